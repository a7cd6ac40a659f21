//! What the Council decides, and how that is published.

use super::*;

#[test]
fn decision_214_was_carried_four_to_four_by_the_chair() {
    // Rule: IQ-L11-2007 seats
    // Rule: IQ-L11-2007 oath
    // Rule: IQ-L11-2007 quorum
    // Rule: IQ-L11-2007 majority
    // Rule: IQ-L11-2007 casting-vote
    // Rule: IQ-L11-2007 tally
    // Rule: IQ-L11-2007 membership-ends
    // Scenario B of the law's brief: eight of nine, four to four, the chair in favour.
    let mut case = Case::under(SEED);
    assert_eq!(told(&council(&mut case, lawyers)), ["composition-met"]);
    let vote = Vote { casting_vote: true, ..tally(8, 4, 4, 0) };
    let decided = sitting(&mut case, "ffffaaaax", vote);
    for (rule, about, conclusion) in [
        ("quorum", "quorum", "quorum-met"),
        ("majority", "majority", "decided-by-casting-vote"),
        ("casting-vote", "casting-vote", "chair-decided"),
        ("oath", "oath", "oaths-taken"),
        ("membership-ends", "roll", "members-entitled"),
        ("tally", "tally", "tally-agrees"),
    ] {
        let found = case.one(&decided, rule, about);
        assert_eq!((finding(&found), told(&found)), (IN_ORDER, vec![conclusion]), "{rule}");
        assert_eq!(found.leaves, [0], "{rule} rests on the seats");
    }
}

#[test]
fn four_to_four_without_the_chair_decides_nothing() {
    // Rule: IQ-L11-2007 casting-vote
    let mut case = Case::under(SEED);
    council(&mut case, lawyers);
    let decided = sitting(&mut case, "xffffaaaa", tally(8, 4, 4, 0));
    assert_eq!(told(&case.one(&decided, "majority", "majority")), ["tied"]);
    let casting = case.one(&decided, "casting-vote", "casting-vote");
    assert_eq!((finding(&casting), told(&casting)), (OUT_OF_ORDER, vec!["chair-absent"]));
    let aside = sitting(&mut case, "rffffaaaa", tally(8, 4, 4, 0));
    assert_eq!(told(&case.one(&aside, "casting-vote", "casting-vote")), ["chair-recused"]);
}

#[test]
fn four_to_three_with_one_abstention_is_contested() {
    // Rule: IQ-L11-2007 majority
    let mut case = Case::under(SEED);
    council(&mut case, lawyers);
    let decided = sitting(&mut case, "ffffaaa-x", tally(8, 4, 3, 1));
    let found = case.one(&decided, "majority", "majority");
    assert_eq!(finding(&found), CONTESTED);
    assert_eq!(case.reading(&found, &[("A11-majority", "present")]).conclusion, "failed");
    assert_eq!(case.reading(&found, &[("A11-majority", "cast")]).conclusion, "passed");
}

#[test]
fn a_senior_post_takes_five_and_a_directors_too() {
    // Rule: IQ-L11-2007 special-majority
    // Rule: IQ-L11-2007 office-directors
    let mut case = Case::under(SEED);
    council(&mut case, lawyers);
    for (matter, rule) in [
        ("appoint-senior-post", "special-majority"),
        ("appoint-office-director", "office-directors"),
    ] {
        for (ballots, expected) in [("fffffaaax", IN_ORDER), ("ffffaaaax", OUT_OF_ORDER)] {
            let mut decided = sitting(&mut case, ballots, tally(8, 4, 4, 0));
            if let Some(Content::CouncilDecision(decision)) = &mut decided.content {
                decision.matter = matter.to_owned();
            }
            let found = case.one(&decided, rule, "special-majority");
            assert_eq!(finding(&found), expected, "{matter} {ballots}");
            let rules: Vec<String> =
                case.assess(&decided).into_iter().map(|one| one.rule).collect();
            assert!(!rules.contains(&"majority".to_owned()), "the ordinary one does not apply");
        }
    }
}

/// Proofs by day, newspaper and language.
fn certified(case: &mut Case, days: &[&str], papers: &[&str], languages: &[&str]) -> Assessment {
    let mut proofs = Vec::new();
    for day in days {
        for paper in papers {
            for language in languages {
                proofs.push(PublicationProof {
                    day: Some(civil(day)),
                    channel: PublicationChannel::Newspaper.into(),
                    outlet: (*paper).to_owned(),
                    language: (*language).to_owned(),
                    ..PublicationProof::default()
                });
            }
        }
    }
    let content = Content::PublicationCertificate(PublicationCertificate {
        decision: Some(decision()),
        proofs,
        first_day: days.first().map(|day| civil(day)),
        last_day: days.last().map(|day| civil(day)),
    });
    let kind = FilingKind::PublicationCertificate;
    let act = case.act(kind, content, COUNCIL, "2025-11-19T15:00");
    case.one(&act, "publication", "publication")
}

#[test]
fn eighteen_proofs_are_complete_in_newspapers_and_none_on_the_website() {
    // Rule: IQ-L11-2007 publication
    let mut case = Case::under(SEED);
    let days = ["2025-11-17", "2025-11-18", "2025-11-19"];
    let papers = ["الصباح", "الزمان", "المدى"];
    let found = certified(&mut case, &days, &papers, &["ar", "ckb"]);
    assert_eq!(finding(&found), CONTESTED, "the website is the other reading");
    let press = [("A5", "newspaper")];
    assert_eq!(case.reading(&found, &press).conclusion, "complete");
    assert_eq!(case.reading(&found, &[("A5", "website")]).conclusion, "proofs-missing");
    let badini = [("A5", "newspaper"), ("A14-kurdish", "kmr")];
    assert_eq!(case.reading(&found, &badini).conclusion, "proofs-missing");
    let short = certified(&mut case, &days, &papers[..2], &["ar", "ckb"]);
    assert_eq!((finding(&short), told(&short)), (OUT_OF_ORDER, vec!["proofs-missing"]));
    for language in ["ar:", "ckb/kmr:"] {
        let of = |input: &&barid_proto::v1::AssessmentInput| {
            input.name == "missing" && input.value.contains(language)
        };
        assert_eq!(short.inputs.iter().filter(of).count(), 3, "three days, {language}");
    }
}

#[test]
fn the_website_is_enough_under_the_later_law() {
    // Rule: IQ-L31-2019 publication
    let mut case = Case::under(LATER);
    let content = Content::PublicationCertificate(PublicationCertificate {
        decision: Some(decision()),
        proofs: vec![PublicationProof {
            day: Some(civil("2025-11-17")),
            channel: PublicationChannel::Website.into(),
            outlet: "https://www.example.iq/214".to_owned(),
            language: "ar".to_owned(),
            ..PublicationProof::default()
        }],
        first_day: Some(civil("2025-11-17")),
        last_day: Some(civil("2025-11-17")),
    });
    let kind = FilingKind::PublicationCertificate;
    let act = case.act(kind, content, COUNCIL, "2025-11-17T15:00");
    let found = case.one(&act, "publication", "publication");
    assert_eq!((finding(&found), told(&found)), (IN_ORDER, vec!["complete"]));
}
