//! The certificate by which a court or panel states that no appeal is open, as a JSON object.

use std::collections::BTreeMap;

use barid_json_reading::{
    Fields, Need::Optional, Need::Required, shown, terms, terms::Object, words,
};
use barid_plugin::{Place, Problems};
use barid_proto::v1::{ClosingCertificate, OutcomeCount};

use crate::docket::literals;

/// Takes the fields of a certificate; the docket numbers in it are still as written.
pub fn read(fields: &mut Fields<'_, '_>) -> (ClosingCertificate, Vec<String>) {
    let certificate = ClosingCertificate {
        certificate: fields.object("certificate", Required, terms::read_act),
        docketed: fields.integer("docketed", Required),
        outcomes: fields.objects("outcomes", Optional, |outcome| OutcomeCount {
            outcome: outcome.choice("outcome", Required, words::OUTCOMES).map_or(0, Into::into),
            count: outcome.integer("count", Required),
        }),
        docket_numbers: Vec::new(),
        none_pending: fields.flag("none_pending", Required),
    };
    (certificate, fields.strings("docket_numbers", Optional))
}

/// What a clerk would check: the counts add up, and nothing is listed twice.
pub fn check(certificate: &ClosingCertificate, problems: &mut Problems) {
    let counted: u64 = certificate.outcomes.iter().map(|outcome| u64::from(outcome.count)).sum();
    if counted != u64::from(certificate.docketed) {
        say_counts_differ(problems, counted, certificate.docketed);
    }
    let mut outcomes = BTreeMap::new();
    for (index, count) in certificate.outcomes.iter().enumerate() {
        if let Some(first) = outcomes.insert(count.outcome, index) {
            say_twice(problems, format!("outcomes[{index}]"), &format!("outcomes[{first}]"));
        }
    }
    let mut normals = BTreeMap::new();
    for (index, number) in certificate.docket_numbers.iter().enumerate() {
        // Numbers of another court have no normal form here.
        let normal = if number.normal.is_empty() { &number.literal } else { &number.normal };
        if let Some(first) = normals.insert(normal, &number.literal) {
            say_twice(problems, format!("docket_numbers[{index}]"), first);
        }
    }
    let listed = certificate.docket_numbers.len();
    if listed > 0 && listed as u64 != u64::from(certificate.docketed) {
        say_list_differs(problems, listed, certificate.docketed);
    }
}

fn say_counts_differ(problems: &mut Problems, counted: u64, docketed: u32) {
    problems.warning(
        "counts-differ",
        Place::path("outcomes"),
        &[
            ("ar", &format!("مجموع النتائج {counted} والطعون المسجلة {docketed}.")),
            ("ckb", &format!("کۆی ئەنجامەکان {counted}ە و تانە تۆمارکراوەکان {docketed}ن.")),
            ("en", &format!("The outcomes add up to {counted}, but {docketed} were docketed.")),
        ],
        &[
            ("ar", "صحّح الأعداد."),
            ("ckb", "ژمارەکان ڕاست بکەرەوە."),
            ("en", "Correct the outcomes' counts."),
        ],
    );
}

fn say_list_differs(problems: &mut Problems, listed: usize, docketed: u32) {
    problems.warning(
        "docket-count-differs",
        Place::path("docket_numbers"),
        &[
            ("ar", &format!("في القائمة {listed} رقماً والطعون المسجلة {docketed}.")),
            ("ckb", &format!("لە لیستەکەدا {listed} ژمارە هەیە و تانە تۆمارکراوەکان {docketed}ن.")),
            ("en", &format!("{listed} numbers are listed, but {docketed} were docketed.")),
        ],
        &[
            ("ar", "أكمل القائمة أو بيّن الفرق."),
            ("ckb", "لیستەکە تەواو بکە یان جیاوازییەکە ڕوون بکەرەوە."),
            ("en", "Complete the list or explain it."),
        ],
    );
}

fn say_twice(problems: &mut Problems, path: String, first: &str) {
    problems.warning(
        "listed-twice",
        Place::path(path),
        &[
            ("ar", &format!("مذكور قبل ذلك: {}", shown(first))),
            ("ckb", &format!("پێشتر نووسراوە: {}", shown(first))),
            ("en", &format!("Already listed as {}.", shown(first))),
        ],
        &[
            ("ar", "أبقِ واحداً منهما."),
            ("ckb", "یەکێکیان بهێڵەرەوە."),
            ("en", "Keep only one of them."),
        ],
    );
}

/// Writes a certificate.
#[must_use]
pub fn write(certificate: &ClosingCertificate) -> Object {
    let outcomes: Vec<_> = certificate.outcomes.iter().map(outcome).collect();
    Object::new()
        .field("certificate", certificate.certificate.as_ref().map(terms::write_act))
        .field("docketed", certificate.docketed)
        .field("outcomes", outcomes)
        .field("docket_numbers", literals(&certificate.docket_numbers))
        .field("none_pending", certificate.none_pending)
}

fn outcome(count: &OutcomeCount) -> Object {
    Object::new()
        .field("outcome", words::word_for(words::OUTCOMES, count.outcome()))
        .field("count", count.count)
}
