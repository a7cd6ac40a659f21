//! Whether a decision was published as the law asks: on each day, in each language, in enough
//! outlets.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;

use super::calendar::day;
use super::combine::{Basis, Read, combine, input};
use super::{Act, Law, same_act};
use crate::rules::{OutletsEach, PublicationRule, PublicationWay, Rule, Settings};
use crate::text::fold;
use crate::v1::AssessmentFinding::{self, InOrder, OutOfOrder, Undecided};
use crate::v1::filing_content::Content;
use crate::v1::{Assessment, PublicationCertificate, PublicationProof};
use crate::word::Word as _;

/// What a rule about publication says about a certificate.
pub(super) fn assess(
    law: &Law<'_>,
    rule: &Rule,
    publication: &PublicationRule,
    subject: &Act,
) -> Option<Assessment> {
    let Some(Content::PublicationCertificate(certificate)) = &subject.content else { return None };
    let mut basis = Basis { about: "publication", ..Basis::default() };
    if let Some(about) = &certificate.decision {
        let acts = law.acts.for_subject(subject);
        let published = acts.filter(|act| act.own().is_some_and(|own| same_act(own, about)));
        basis.leaves.extend(published.map(|act| act.leaf));
    }
    let (first, last) = (certificate.first_day.and_then(day), certificate.last_day.and_then(day));
    basis.inputs.push(input("first-day", shown(first)));
    basis.inputs.push(input("last-day", shown(last)));
    let mut reads = Vec::new();
    for settings in law.rules.readings(rule) {
        let channel = publication.channel.under(&settings)?;
        let way = publication.ways.iter().find(|way| way.channel == channel)?;
        let proven = Proven::of(certificate, way, &settings)?;
        basis.inputs.extend(proven.told());
        reads.push(Read::new(settings, proven.read(first, last)));
    }
    Some(combine(law, rule, subject, basis, reads))
}

fn shown(day: Option<Date>) -> String {
    day.map_or_else(|| "not given".to_owned(), |day| day.to_string())
}

/// What the proofs in one channel come to.
struct Proven {
    channel: &'static str,
    days_needed: u32,
    first: Option<Date>,
    last: Option<Date>,
    days: Vec<Proof>,
}

/// What is proven for a day.
struct Proof {
    day: Date,
    /// What is there, language by language.
    there: Vec<String>,
    /// What is missing.
    missing: Vec<String>,
}

impl Proven {
    fn of(
        certificate: &PublicationCertificate,
        way: &PublicationWay,
        settings: &Settings,
    ) -> Option<Self> {
        let proofs = || certificate.proofs.iter().filter(|proof| proof.channel() == way.channel);
        let mut by_day: BTreeMap<Date, Vec<&PublicationProof>> = BTreeMap::new();
        for proof in proofs() {
            by_day.entry(day(proof.day?)?).or_default().push(proof);
        }
        let each = way.each.under(settings)?;
        let languages: Option<Vec<&str>> =
            way.languages.iter().map(|tags| tags.text_under(settings)).collect();
        let languages = languages?;
        let known: Vec<(&str, Outlets<'_>)> =
            languages.iter().map(|tags| (*tags, outlets(proofs(), tags))).collect();
        let days = by_day.iter().map(|(day, proofs)| {
            let mut proof = Proof { day: *day, there: Vec::new(), missing: Vec::new() };
            for (tags, usual) in &known {
                let here = outlets(proofs.iter().copied(), tags);
                let needed = match each {
                    OutletsEach::Language => way.outlets,
                    OutletsEach::Day => 1,
                };
                proof.compare(tags, &here, usual, needed);
            }
            if each == OutletsEach::Day {
                let any = languages.join("/");
                let all = outlets(proofs.iter().copied(), &any);
                proof.compare("all", &all, &Outlets::new(), way.outlets);
            }
            proof
        });
        let days: Vec<Proof> = days.collect();
        let (first, last) = (days.first().map(|one| one.day), days.last().map(|one| one.day));
        let channel = way.channel.word();
        Some(Self { channel, days_needed: way.days, first, last, days })
    }

    fn complete(&self) -> usize {
        self.days.iter().filter(|day| day.missing.is_empty()).count()
    }

    fn read(&self, first: Option<Date>, last: Option<Date>) -> (AssessmentFinding, &'static str) {
        let enough = u32::try_from(self.complete()).is_ok_and(|days| days >= self.days_needed);
        if !enough {
            return (OutOfOrder, "proofs-missing");
        }
        if first.is_none() || last.is_none() {
            return (Undecided, "days-not-given");
        }
        if (first, last) != (self.first, self.last) {
            return (OutOfOrder, "days-differ");
        }
        (InOrder, "complete")
    }

    /// What there is and what is missing, for people.
    fn told(&self) -> Vec<crate::v1::AssessmentInput> {
        let sum = format!("{} of {} days complete", self.complete(), self.days_needed);
        let mut lines = vec![input(self.channel, sum)];
        let span = format!("{} to {}", shown(self.first), shown(self.last));
        lines.push(input(&format!("{} proven", self.channel), span));
        for proof in &self.days {
            let there = proof.there.join("; ");
            lines.push(input(&format!("{} {}", self.channel, proof.day), there));
            let missing = proof.missing.iter();
            lines.extend(missing.map(|what| input("missing", format!("{}: {what}", proof.day))));
        }
        lines
    }
}

/// Outlets by their normal form, each as written.
type Outlets<'a> = BTreeMap<String, &'a str>;

/// The outlets of proofs in one of these languages.
fn outlets<'a>(proofs: impl Iterator<Item = &'a PublicationProof>, tags: &str) -> Outlets<'a> {
    let tags: BTreeSet<&str> = tags.split('/').collect();
    let fits = |proof: &&PublicationProof| {
        // A language may be given with its region: `ar-IQ`.
        let language = proof.language.split('-').next().unwrap_or_default().to_lowercase();
        tags.contains(language.as_str())
    };
    proofs.filter(fits).map(|proof| (fold(&proof.outlet), proof.outlet.as_str())).collect()
}

impl Proof {
    fn compare(&mut self, tags: &str, here: &Outlets<'_>, usual: &Outlets<'_>, needed: u32) {
        let names: Vec<&str> = here.values().copied().collect();
        self.there.push(format!("{tags}: {} ({})", here.len(), names.join(", ")));
        if u32::try_from(here.len()).is_ok_and(|count| count >= needed) {
            return;
        }
        // An outlet of the other days that is not there on this one is what people look for.
        let absent = usual.iter().filter(|(outlet, _)| !here.contains_key(*outlet));
        let absent: Vec<&str> = absent.map(|(_, name)| *name).collect();
        let mut what = format!("{tags}: {} of {needed} outlets", here.len());
        if !absent.is_empty() {
            what = format!("{what}, not in {}", absent.join(", "));
        }
        self.missing.push(what);
    }
}

#[cfg(test)]
mod tests {
    use super::super::fixture::{act, conclusions, november, one, reference, rules, value};
    use super::*;
    use crate::v1::{AssessmentFinding, PublicationChannel};

    const PRESS: &str = "[rule.publication]\nchannel = \"newspaper\"\n\
                         [[rule.publication.ways]]\nchannel = \"newspaper\"\ndays = 3\n\
                         outlets = 3\nlanguages = [\"ar\", \"?A14\"]";
    const A14: (&str, &str, &str) = ("A14", "ckb/kmr", "ckb");

    fn proof(day: i32, outlet: &str, language: &str) -> PublicationProof {
        PublicationProof {
            day: november(day),
            channel: PublicationChannel::Newspaper.into(),
            outlet: outlet.to_owned(),
            language: language.to_owned(),
            ..PublicationProof::default()
        }
    }

    /// Three newspapers on three days in two languages.
    fn eighteen(kurdish: &str) -> Vec<PublicationProof> {
        let mut proofs = Vec::new();
        for day in 17..=19 {
            for outlet in ["الصباح", "الزمان", "المدى"] {
                proofs.extend(["ar-IQ", kurdish].map(|language| proof(day, outlet, language)));
            }
        }
        proofs
    }

    fn certified(proofs: Vec<PublicationProof>) -> Act {
        act(
            9,
            Content::PublicationCertificate(PublicationCertificate {
                decision: reference("214", 16),
                proofs,
                first_day: november(17),
                last_day: november(19),
            }),
        )
    }

    fn certificate(subject: &mut Act) -> &mut PublicationCertificate {
        match &mut subject.content {
            Some(Content::PublicationCertificate(certificate)) => certificate,
            _ => panic!("not a certificate"),
        }
    }

    #[test]
    fn three_days_in_three_newspapers_in_two_languages_are_complete() {
        // Rule: IQ-L11-2007 publication
        let rules = rules(&[A14], &[PRESS]);
        let found = one(&rules, vec![], vec![], &certified(eighteen("ckb")));
        assert_eq!((found.finding(), conclusions(&found)), (InOrder, vec!["complete"]));
        assert_eq!(value(&found, "newspaper"), Some("3 of 3 days complete"));
        assert_eq!(value(&found, "newspaper proven"), Some("2025-11-17 to 2025-11-19"));
    }

    #[test]
    fn one_clipping_that_is_missing_is_named_by_day_language_and_newspaper() {
        // Rule: IQ-L11-2007 publication
        let rules = rules(&[A14], &[PRESS]);
        let mut proofs = eighteen("ckb");
        proofs.retain(|one| *one != proof(18, "الزمان", "ckb"));
        let found = one(&rules, vec![], vec![], &certified(proofs));
        assert_eq!((found.finding(), conclusions(&found)), (OutOfOrder, vec!["proofs-missing"]));
        let missing = value(&found, "missing").unwrap();
        assert_eq!(missing, "2025-11-18: ckb/kmr: 2 of 3 outlets, not in الزمان");
        assert_eq!(value(&found, "newspaper"), Some("2 of 3 days complete"));
    }

    #[test]
    fn badini_is_kurdish_under_one_reading_only() {
        // Rule: IQ-L11-2007 publication
        let rules = rules(&[A14], &[PRESS]);
        let found = one(&rules, vec![], vec![], &certified(eighteen("kmr")));
        assert_eq!(found.finding(), AssessmentFinding::Contested);
        assert_eq!(conclusions(&found), ["complete", "proofs-missing"]);
    }

    #[test]
    fn days_that_the_proofs_do_not_bear_out_differ() {
        // Rule: IQ-L11-2007 publication
        let rules = rules(&[A14], &[PRESS]);
        let mut subject = certified(eighteen("ckb"));
        certificate(&mut subject).last_day = november(20);
        let found = one(&rules, vec![], vec![], &subject);
        assert_eq!((found.finding(), conclusions(&found)), (OutOfOrder, vec!["days-differ"]));
        certificate(&mut subject).last_day = None;
        assert_eq!(conclusions(&one(&rules, vec![], vec![], &subject)), ["days-not-given"]);
    }

    #[test]
    fn the_same_newspaper_twice_is_one() {
        let rules = rules(&[A14], &[PRESS]);
        let mut proofs = eighteen("ckb");
        for proof in proofs.iter_mut().filter(|proof| proof.outlet == "المدى") {
            proof.outlet = "الزمــان".to_owned();
        }
        let found = one(&rules, vec![], vec![], &certified(proofs));
        assert_eq!(conclusions(&found), ["proofs-missing"]);
    }

    #[test]
    fn three_newspapers_in_whatever_language_are_enough_where_the_rule_says_so() {
        let each = "each = \"day\"";
        let rules = rules(&[A14], &[&format!("{PRESS}\n{each}")]);
        let mut proofs = Vec::new();
        for day in 17..=19 {
            proofs.push(proof(day, "الصباح", "ar"));
            proofs.push(proof(day, "الزمان", "ar"));
            proofs.push(proof(day, "خەبات", "ckb"));
        }
        let found = one(&rules, vec![], vec![], &certified(proofs.clone()));
        assert_eq!(conclusions(&found), ["complete"]);
        proofs.retain(|proof| proof.language == "ar");
        let found = one(&rules, vec![], vec![], &certified(proofs));
        assert_eq!(conclusions(&found), ["proofs-missing"]);
    }

    #[test]
    fn a_website_may_be_the_channel_that_counts_and_papers_the_other_reading() {
        // Rule: IQ-L31-2019 publication
        let ways = "[rule.publication]\nchannel = \"?A5\"\n\
                    [[rule.publication.ways]]\nchannel = \"website\"\ndays = 1\noutlets = 1\n\
                    languages = [\"ar\"]\n\
                    [[rule.publication.ways]]\nchannel = \"newspaper\"\ndays = 3\noutlets = 3\n\
                    languages = [\"ar\"]";
        let rules = rules(&[("A5", "website", "newspaper")], &[ways]);
        let mut web = proof(17, "https://board.example/214", "ar");
        web.channel = PublicationChannel::Website.into();
        let mut subject = certified(vec![web]);
        certificate(&mut subject).last_day = november(17);
        let found = one(&rules, vec![], vec![], &subject);
        assert_eq!(found.finding(), AssessmentFinding::Contested);
        assert_eq!(conclusions(&found), ["complete", "proofs-missing"]);
    }
}
