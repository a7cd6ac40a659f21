//! What a judge reads about the bundle that the client library keeps as a sample.

use super::*;
use barid_client::bundle::Bundle;
use barid_client::verify::{Believed, Roots, examine};
use barid_proto::rules::Catalogue;
use barid_proto::tlog::policy::Policy;

fn sample(name: &str) -> Vec<u8> {
    std::fs::read(format!("../rust/testdata/{name}")).unwrap()
}

/// The report on the sample, changed, with or without roots, in a language.
fn shown(lang: Lang, with_roots: bool, change: fn(&mut Bundle)) -> String {
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
    let report = examine(&bundle, &believed);
    let zone = &time::zone(time::DEFAULT_ZONE).unwrap();
    View { lang, zone, asked_roots: with_roots, asks_witnesses: true }.report(&report)
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
