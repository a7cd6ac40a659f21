//! What deny.toml lets into the build, checked against what cargo would build on this machine.
//! `cargo deny` knows more; this runs everywhere, with every test run.

use super::tree::Finding;

/// Where the rules are.
const RULES: &str = "deny.toml";

/// What cargo is asked for, one crate a line: name and version with where it comes from if not the
/// registry, then the licence.
pub(crate) const LISTING: [&str; 8] =
    ["tree", "--workspace", "--edges", "all", "--prefix", "none", "--format", "{p}|{l}"];

/// Every crate of the listing is allowed, has an allowed licence, and comes from the registry.
pub(crate) fn check_listing(rules: &toml::Table, listing: &str) -> Vec<Finding> {
    let licences = strings(rules, "licenses", "allow");
    let banned: Vec<&str> = list(rules, "bans", "deny")
        .iter()
        .filter_map(|ban| ban.get("crate").and_then(toml::Value::as_str))
        .collect();
    let mut findings = Vec::new();
    for line in listing.lines() {
        let Some((package, licence)) = line.split_once('|') else { continue };
        let name = package.split(' ').next().unwrap_or_default();
        let licence = licence.trim_end_matches("(*)").trim();
        let ours = package.contains("(/");
        let mut report = |what: String| findings.push(Finding::new(RULES, 1, what));
        if banned.contains(&name) {
            report(format!("{name} is banned and built: `cargo tree -i {name}` tells by whom"));
        }
        if package.contains("://") {
            report(format!("{package} does not come from the registry"));
        }
        if !ours && !Expression::new(licence).satisfied_by(&licences) {
            report(format!("{name} has the licence {licence:?}, which is not allowed"));
        }
    }
    findings
}

fn list<'a>(rules: &'a toml::Table, table: &str, key: &str) -> &'a [toml::Value] {
    let values = rules.get(table).and_then(|table| table.get(key)).and_then(toml::Value::as_array);
    values.map_or(&[], Vec::as_slice)
}

fn strings<'a>(rules: &'a toml::Table, table: &str, key: &str) -> Vec<&'a str> {
    list(rules, table, key).iter().filter_map(toml::Value::as_str).collect()
}

/// A licence expression (SPDX): `(MIT OR Apache-2.0) AND Unicode-3.0`. The older `/` means OR.
struct Expression {
    words: Vec<String>,
    at: usize,
}

impl Expression {
    fn new(text: &str) -> Self {
        let spaced = text.replace('(', " ( ").replace(')', " ) ").replace('/', " OR ");
        let spaced = spaced.replace(" WITH ", "\u{a0}WITH\u{a0}");
        let words = spaced.split(' ').filter(|word| !word.is_empty());
        Self { words: words.map(|word| word.replace('\u{a0}', " ")).collect(), at: 0 }
    }

    /// Whether the licences suffice. What cannot be read is not satisfied.
    fn satisfied_by(mut self, licences: &[&str]) -> bool {
        self.any(licences) && self.at == self.words.len()
    }

    fn any(&mut self, licences: &[&str]) -> bool {
        let mut satisfied = self.all(licences);
        while self.take("OR") {
            satisfied |= self.all(licences);
        }
        satisfied
    }

    fn all(&mut self, licences: &[&str]) -> bool {
        let mut satisfied = self.one(licences);
        while self.take("AND") {
            satisfied &= self.one(licences);
        }
        satisfied
    }

    fn one(&mut self, licences: &[&str]) -> bool {
        if self.take("(") {
            let satisfied = self.any(licences);
            return self.take(")") && satisfied;
        }
        let licence = self.words.get(self.at);
        self.at += 1;
        licence.is_some_and(|licence| licences.contains(&licence.as_str()))
    }

    fn take(&mut self, word: &str) -> bool {
        let here = self.words.get(self.at).is_some_and(|here| here == word);
        self.at += usize::from(here);
        here
    }
}

#[cfg(test)]
mod tests {
    use super::{Expression, check_listing};

    const RULES: &str = "[licenses]\nallow = [\"MIT\", \"ISC\", \"A WITH x\"]\n\
                         [bans]\ndeny = [{ crate = \"bad\" }]\n";

    #[test]
    fn expressions_are_read_as_people_mean_them() {
        let satisfied =
            |text: &str| Expression::new(text).satisfied_by(&["MIT", "ISC", "A WITH x"]);
        for good in
            ["MIT", "GPL/MIT", "(GPL OR ISC) AND MIT", "A WITH x OR GPL", "GPL AND X OR MIT"]
        {
            assert!(satisfied(good), "{good}");
        }
        for bad in ["", "GPL", "MIT AND GPL", "(MIT", "MIT)", "MIT MIT", "A", "(GPL OR ISC) AND X"]
        {
            assert!(!satisfied(bad), "{bad}");
        }
    }

    #[test]
    fn what_is_not_allowed_is_caught() {
        let rules: toml::Table = RULES.parse().unwrap();
        let count = |listing: &str| check_listing(&rules, listing).len();
        assert_eq!(count("good v1.0.0|MIT\nours v0.1.0 (/here)|\ngood v1.0.0|MIT (*)\n"), 0);
        assert_eq!(count("bad v1.0.0|MIT\n"), 1);
        assert_eq!(count("copyleft v1.0.0|GPL-3.0\n"), 1);
        assert_eq!(count("foreign v1.0.0 (https://example.org/x)|MIT\n"), 1);
    }
}
