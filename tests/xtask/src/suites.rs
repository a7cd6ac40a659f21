//! The test plan: every suite, what it proves and how it is started. A suite that is not listed
//! here does not run.

/// One line of the plan.
pub(crate) struct Suite {
    /// Its name.
    pub(crate) name: &'static str,
    /// The group it belongs to: `rules`, `unit` or `system`.
    pub(crate) group: &'static str,
    /// What it proves.
    pub(crate) proves: &'static str,
    /// Programs it needs beyond Rust, by their name in `tools.rs`.
    pub(crate) needs: &'static [&'static str],
    /// What is started, in order.
    pub(crate) steps: &'static [Step],
}

/// One program of a suite.
pub(crate) enum Step {
    /// Cargo with these arguments; passes or fails as one.
    Cargo(&'static [&'static str]),
    /// `cargo test` with these arguments; its tests are counted.
    Tests(&'static [&'static str]),
    /// A tool of `tools.rs` with these arguments; passes or fails as one.
    Tool(&'static str, &'static [&'static str]),
}

/// The plan, cheapest first.
pub(crate) const SUITES: &[Suite] = &[
    Suite {
        name: "format",
        group: "rules",
        proves: "the sources are formatted",
        needs: &[],
        steps: &[Step::Cargo(&["fmt", "--all", "--check"])],
    },
    Suite {
        name: "tidy",
        group: "rules",
        proves: "the repository keeps its own rules",
        needs: &[],
        steps: &[Step::Tests(&["--package", "barid-tests", "--test", "tidy"])],
    },
    Suite {
        name: "lints",
        group: "rules",
        proves: "no lint fires anywhere",
        needs: &[],
        steps: &[Step::Cargo(&["clippy", "--workspace", "--all-targets", "--", "-D", "warnings"])],
    },
    Suite {
        name: "wire",
        group: "rules",
        proves: "the messages keep buf's rules",
        needs: &["buf"],
        steps: &[Step::Tool("buf", &["lint", "proto"])],
    },
    Suite {
        name: "proto",
        group: "unit",
        proves: "envelope, leaf, log proofs, keys; the vectors other languages share",
        needs: &[],
        steps: &[Step::Tests(&["--package", "barid-proto", "--tests"])],
    },
    Suite {
        name: "registers",
        group: "unit",
        proves: "two registers reconcile to a seeded truth; ledgers show their differences only; \
                 batches file each line once",
        needs: &[],
        steps: &[
            Step::Tests(&["--package", "barid-proto", "--lib", "reconcile::"]),
            Step::Tests(&["--package", "barid-proto", "--lib", "ledger::"]),
            Step::Tests(&["--package", "barid-proto", "--test", "verify", "ledger"]),
            Step::Tests(&["--package", "barid-proto", "--lib", "statistics::"]),
            Step::Tests(&["--package", "barid-format-ejp", "--test", "reconcile"]),
            Step::Tests(&["--package", "barid-tests", "--test", "registers"]),
            Step::Tests(&["--package", "barid-cli", "--bin", "barid", "published::"]),
            Step::Tests(&["--package", "barid-tests", "--test", "statistics"]),
            Step::Tests(&["--package", "barid-tests", "--test", "batch"]),
        ],
    },
    Suite {
        name: "formats",
        group: "unit",
        proves: "the plugin boundary, every institution's format on real samples, the dry run",
        needs: &["cc", "xmllint"],
        steps: &[
            Step::Tests(&[
                "--package=barid-plugin",
                "--package=barid-plugin-host",
                "--package=barid-json-reading",
                "--package=barid-xml-reading",
                "--package=barid-table-reading",
                "--package=barid-akn",
                "--package=barid-word-reading",
                "--package=barid-format-ihec",
                "--package=barid-format-ejp",
                "--package=barid-format-fsc",
                "--package=barid-format-court",
                "--package=barid-format-ecf",
                "--package=barid-mexico",
                "--package=barid-format-tepjf",
                "--package=barid-format-ine",
                "--tests",
            ]),
            Step::Tests(&["--package", "barid-tests", "--test", "formats"]),
        ],
    },
    Suite {
        name: "hub",
        group: "unit",
        proves: "each floor of the hub by itself",
        needs: &[],
        steps: &[Step::Tests(&["--package", "barid-hub", "--tests"])],
    },
    Suite {
        name: "clients",
        group: "unit",
        proves: "the client library, its samples, the command line, keys on tokens, the witness",
        needs: &["softhsm2-util"],
        steps: &[Step::Tests(&[
            "--package",
            "barid-client",
            "--package",
            "barid-cli",
            "--package",
            "barid-pkcs11",
            "--package",
            "barid-witness",
            "--tests",
        ])],
    },
    Suite {
        name: "xtask",
        group: "unit",
        proves: "this tool reads test output right",
        needs: &[],
        steps: &[Step::Tests(&["--package", "xtask"])],
    },
    Suite {
        name: "harness",
        group: "system",
        proves: "the rig that the tests below stand on",
        needs: &[],
        steps: &[Step::Tests(&["--package", "barid-tests", "--lib"])],
    },
    Suite {
        name: "journey",
        group: "system",
        proves: "a case from filing to ruling, registered and proven, across a restart",
        needs: &[],
        steps: &[Step::Tests(&["--package", "barid-tests", "--test", "journey"])],
    },
    Suite {
        name: "refusals",
        group: "system",
        proves: "every bad input meets its own refusal and leaves no trace",
        needs: &[],
        steps: &[Step::Tests(&["--package", "barid-tests", "--test", "refusals"])],
    },
    Suite {
        name: "plugins",
        group: "system",
        proves: "a plugin that does its worst costs nobody else anything; exchanged, read again",
        needs: &["cc"],
        steps: &[Step::Tests(&["--package", "barid-tests", "--test", "plugins"])],
    },
    Suite {
        name: "conformance",
        group: "system",
        proves: "barid plugin check: real plugins pass, careless and hostile ones fail by name",
        needs: &["cc"],
        steps: &[Step::Tests(&["--package", "barid-tests", "--test", "conformance"])],
    },
    Suite {
        name: "keys",
        group: "system",
        proves: "an office's keys by the command line: on a token, administrative, stolen, ML-DSA",
        needs: &["softhsm2-util"],
        steps: &[Step::Tests(&["--package", "barid-tests", "--test", "keys"])],
    },
    Suite {
        name: "crash",
        group: "system",
        proves: "what was acknowledged survives kills, a full disk, a damaged store",
        needs: &["unshare"],
        steps: &[Step::Tests(&["--package", "barid-tests", "--test", "crash"])],
    },
    Suite {
        name: "exhibits",
        group: "system",
        proves: "documents of any size over links that break, on disks and buckets that rot",
        needs: &["unshare"],
        steps: &[Step::Tests(&["--package", "barid-tests", "--test", "exhibits"])],
    },
    Suite {
        name: "sealed",
        group: "system",
        proves: "the hub holds ciphertext only; recipients open it, a third party by order",
        needs: &[],
        steps: &[Step::Tests(&["--package", "barid-tests", "--test", "sealed"])],
    },
    Suite {
        name: "retention",
        group: "system",
        proves: "a hold keeps documents; a destroyed one is gone and the case is proven without it",
        needs: &[],
        steps: &[Step::Tests(&["--package", "barid-tests", "--test", "retention"])],
    },
    Suite {
        name: "looks",
        group: "system",
        proves: "what documents are by their bytes is on the record; a hostile one costs itself",
        needs: &[],
        steps: &[
            Step::Tests(&["--package", "barid-look"]),
            Step::Tests(&["--package", "barid-tests", "--test", "looks"]),
        ],
    },
    Suite {
        name: "sticks",
        group: "system",
        proves: "offices without a link file, are answered and are served by memory stick",
        needs: &[],
        steps: &[Step::Tests(&["--package", "barid-tests", "--test", "sticks"])],
    },
    Suite {
        name: "archive",
        group: "system",
        proves: "archives' own tools take a case; nothing restricted is in it, no change is hidden",
        needs: &[],
        steps: &[Step::Tests(&["--package", "barid-tests", "--test", "archive"])],
    },
    Suite {
        name: "clock",
        group: "system",
        proves: "time-stamps by openssl date the log; what dates nothing is refused",
        needs: &["openssl"],
        steps: &[Step::Tests(&["--package", "barid-tests", "--test", "clock"])],
    },
    Suite {
        name: "bundle",
        group: "system",
        proves: "one file proves a case when the hub is gone: who, what, when, in which order",
        needs: &["openssl"],
        steps: &[Step::Tests(&["--package", "barid-tests", "--test", "bundle"])],
    },
    Suite {
        name: "witnesses",
        group: "system",
        proves: "no receipt without other institutions' machines, no signature after a set-back",
        needs: &[],
        steps: &[Step::Tests(&["--package", "barid-tests", "--test", "witnesses"])],
    },
    Suite {
        name: "outage",
        group: "system",
        proves: "a hub that was down says so once, its office reports it; both hold without it",
        needs: &[],
        steps: &[Step::Tests(&["--package", "barid-tests", "--test", "outage"])],
    },
    Suite {
        name: "evidence",
        group: "system",
        proves: "others' verifiers and witness accept the log, and no change or fork of it",
        needs: &[],
        steps: &[Step::Tests(&["--package", "barid-tests", "--test", "evidence"])],
    },
    Suite {
        name: "forging",
        group: "system",
        proves: "clients notice every lie of a hub that owns the log's key",
        needs: &[],
        steps: &[Step::Tests(&["--package", "barid-tests", "--test", "forging"])],
    },
    Suite {
        name: "law",
        group: "system",
        proves: "the law as data: counting, deadlines to the minute, sittings, courses, calendars",
        needs: &[],
        steps: &[
            Step::Tests(&["--package", "barid-proto", "--lib", "--test", "law"]),
            Step::Tests(&["--package", "barid-tests", "--test", "law"]),
        ],
    },
    Suite {
        name: "fuzz",
        group: "system",
        proves: "no mutation of good bytes and no published bad input upsets a reader",
        needs: &[],
        steps: &[Step::Tests(&["--package", "barid-tests", "--test", "fuzz-*"])],
    },
    Suite {
        name: "demo",
        group: "system",
        proves: "the product as it is shown: three cases, a kill, every receipt off-line",
        needs: &[],
        steps: &[Step::Cargo(&["run", "--quiet", "--package", "xtask", "--", "demo", "--quiet"])],
    },
];

/// The suites of a name or group; all when none is given.
pub(crate) fn chosen(name: Option<&str>) -> Vec<&'static Suite> {
    let wanted = |suite: &&Suite| name.is_none_or(|name| suite.name == name || suite.group == name);
    SUITES.iter().filter(wanted).collect()
}

#[cfg(test)]
mod tests {
    use super::{SUITES, chosen};

    #[test]
    fn names_are_unique_and_no_group_is_also_a_name() {
        for suite in SUITES {
            assert_eq!(chosen(Some(suite.name)).len(), 1, "{}", suite.name);
        }
        assert!(chosen(Some("unit")).len() > 1);
        assert!(chosen(Some("no such suite")).is_empty());
        assert_eq!(chosen(None).len(), SUITES.len());
    }
}
