//! What a judge reads about the bundle that the client library keeps as a sample.

use super::*;
use barid_client::bundle::Bundle;
use barid_client::verify::{Believed, Roots, RulesSource, UsedRules, examine};
use barid_proto::rules::Catalogue;
use barid_proto::tlog::policy::Policy;
use barid_proto::v1::{Address, Assessment, Rendering, Text};

fn sample(name: &str) -> Vec<u8> {
    std::fs::read(format!("../rust/testdata/{name}")).unwrap()
}

/// The report on the sample, changed, with or without roots, in a language.
fn shown(lang: Lang, with_roots: bool, change: fn(&mut Bundle)) -> String {
    let report = examined(with_roots, change);
    let zone = &time::zone(time::DEFAULT_ZONE).unwrap();
    View { lang, zone, asked_roots: with_roots, asks_witnesses: true }.report(&report)
}

fn examined(with_roots: bool, change: fn(&mut Bundle)) -> Report {
    let mut bundle = Bundle::decode(&sample("case.barid")).unwrap();
    change(&mut bundle);
    let policy = Policy::parse(&sample("case.policy")).unwrap();
    let roots = Roots::parse(&sample("case-roots.pem")).unwrap();
    let roots = with_roots.then_some(&roots);
    let believed = Believed {
        policy: &policy,
        roots,
        tsa_roots: None,
        rules: &Catalogue::built_in().unwrap(),
        without_roots: false,
        strict: false,
    };
    examine(&bundle, &believed)
}

#[test]
fn a_judge_reads_who_what_when_and_in_which_order() {
    let text = shown(Lang::En, true, |_| {});
    for part in [
        "VALID\n\nWhat is proven\n  1. Appeal filed, from ihec/geo-bas to ejp/registry, fsc/clerk\n",
        "     Signed by ihec/geo-bas with key ",
        "     The key's certificate is from CN=Network authority\n",
        "     In the log as leaf 3 no later than 2025-11-23 14:10:02 +03:00; cosigned by w1, w2, w3\n",
        "     Not in the log before 2025-11-23 14:10:01 +03:00\n",
        "     Document appeal.pdf, here and unchanged: d17be684",
        "     The hub stated: fsc/clerk no answer in time, leaf 8\n",
        "     It answers number 1\n",
        "     It gives the docket number ",
        "     Came after the one above: witnesses saw the log between the two\n",
        "What is NOT proven\n  - that what the filings say is true\n",
    ] {
        assert!(text.contains(part), "{part}\n{text}");
    }
    assert!(!text.contains("What was found"), "{text}");
}

#[test]
fn the_same_in_arabic() {
    let text = shown(Lang::Ar, true, |_| {});
    for part in ["صحيحة", "ما هو مثبت", "تقديم طعن", "ما ليس مثبتاً", "جواب على رقم"]
    {
        assert!(text.contains(part), "{part}\n{text}");
    }
    let left_open = text
        .lines()
        .find(|line| line.matches('\u{2068}').count() != line.matches('\u{2069}').count());
    assert_eq!(left_open, None, "an isolate is left open");
}

#[test]
fn without_roots_the_holder_is_not_told_as_proven() {
    let text = shown(Lang::En, false, |_| {});
    assert!(text.starts_with("CANNOT DECIDE\n"), "{text}");
    assert!(text.contains("ihec/geo-bas's by the log; no authority confirms it"), "{text}");
    assert!(!text.contains("Signed by ihec/geo-bas"), "{text}");
    assert!(text.contains("[roots-missing]") && text.contains("--without-roots"), "{text}");
    assert!(text.contains("  - whose the signing keys are"), "{text}");
}

#[test]
fn what_is_wrong_says_where_whose_and_what_to_do() {
    let text = shown(Lang::En, true, |bundle| {
        bundle.filings[0].sealed.signer_spkis = bundle.filings[3].sealed.signer_spkis.clone();
    });
    assert!(text.starts_with("NOT VALID\n"), "{text}");
    for part in [
        "!! Something is wrong with it: see below\n     Its signatures do not hold\n",
        "  !! A signature is wrong, or of another key. [signature-wrong]\n     At filings/00001: ",
        "     Lies with: whoever made or kept this bundle\n     What to do: Do not rely on this",
    ] {
        assert!(text.contains(part), "{part}\n{text}");
    }
    assert!(!text.contains("Signed by ihec/geo-bas"), "{text}");
}

#[test]
fn foreign_text_cannot_turn_a_line_around() {
    assert_eq!(visible("a\u{202e}b\u{2066}c\n\u{1b}[2J"), "a\u{fffd}b\u{fffd}c\u{fffd}\u{fffd}[2J");
    assert_eq!(visible("612/الهيئة"), "612/الهيئة");
}

/// The report on the sample, had its appeal two assessments of which one came out again.
fn lawful(lang: Lang) -> String {
    let mut report = examined(true, |_| {});
    let rendering = |language: &str, text: &str| Rendering {
        language: language.to_owned(),
        text: text.to_owned(),
    };
    let said = vec![rendering("en", "in time until 3 pm"), rendering("ar", "ضمن المدة")];
    let timely = Assessment {
        subject: "timeliness".to_owned(),
        rule_set_id: "IQ-L11-2007/1".to_owned(),
        rule_set_sha256: vec![1; 32],
        rule: "appeal-window".to_owned(),
        explanation: Some(Text { renderings: said, authoritative: String::new() }),
        ..Assessment::default()
    };
    let mut wordless = Assessment { rule: "quorum".to_owned(), ..timely.clone() };
    (wordless.subject, wordless.explanation) = ("quorum\u{202e}".to_owned(), None);
    let filing = &mut report.filings[0];
    let added = filing.assessment.as_mut().unwrap();
    added.assessments = vec![timely.clone(), wordless];
    filing.computed = vec![timely];
    report.law = vec![report.filings[1].clone()];
    let by = Address { institution: "ihec".to_owned(), office: "national".to_owned() };
    let rules = |name: &str, source| UsedRules { name: name.to_owned(), sha256: [7; 32], source };
    report.rules = vec![
        rules("IQ-L11-2007/1", RulesSource::Given),
        rules("IQ-REG-2025/1", RulesSource::Published { by, leaf_index: 12 }),
    ];
    let zone = &time::zone(time::DEFAULT_ZONE).unwrap();
    View { lang, zone, asked_roots: true, asks_witnesses: true }.report(&report)
}

#[test]
fn a_judge_reads_which_deadlines_came_out_again_and_what_they_rest_on() {
    let text = lawful(Lang::En);
    let digest = "07".repeat(32);
    for part in [
        "     Computed again, and as logged: in time until 3 pm\n",
        "     Logged by the hub, and not confirmed: quorum\u{fffd}: unknown\n",
        "\nWhat the assessments rest on\n  Acknowledgement, from ejp/registry, leaf ",
        &format!("  Rule set IQ-L11-2007/1, known here: {digest}\n"),
        &format!("  Rule set IQ-REG-2025/1, published by ihec/national at leaf 12: {digest}\n"),
        "\n1 of 2 assessments recomputed and as logged; for the others see below\n",
        "  - that whoever published a rule set in the log had the power to",
        "  - that nothing else should have been counted: a calendar, say, ",
    ] {
        assert!(text.contains(part), "{part}\n{text}");
    }
    let text = lawful(Lang::Ar);
    for part in ["أُعيد حسابه", "ضمن المدة", "ما تستند إليه التقييمات", "مجموعة القواعد"]
    {
        assert!(text.contains(part), "{part}\n{text}");
    }
    let balanced =
        |line: &str| line.matches('\u{2068}').count() == line.matches('\u{2069}').count();
    assert!(text.lines().all(balanced), "{text}");
}
