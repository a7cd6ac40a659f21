//! What institutions said about the differences between their registers: filed, settled, and which
//! cases are one. All of it is filings, so whoever has them comes to the same.

use std::collections::{BTreeMap, BTreeSet};

use super::Number;
use crate::assess::Act;
use crate::v1::filing_content::Content;
use crate::v1::{ExceptionKind, MatchVerdict, ReconciliationException};

/// What makes two filings speak of one exception: its kind, and the numbers by institution and
/// normal form, whichever side files it.
type Key = (i32, BTreeSet<(String, String)>);

/// An exception that was filed, as it stands.
#[derive(Clone, Debug, PartialEq)]
pub struct Filed {
    /// As it was filed last without a resolution; of one that was only ever filed with one, that.
    pub exception: ReconciliationException,
    /// The leaf of that filing.
    pub leaf: u64,
    /// Who filed it first.
    pub filed_by: String,
    /// The leaf of the filing that settled it. `None`: it is open.
    pub settled: Option<u64>,
    /// All its leaves, ascending.
    pub leaves: Vec<u64>,
}

/// Everything that was said about an election's registers.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Said {
    exceptions: BTreeMap<Key, Filed>,
    /// By the two numbers, ascending: what each institution said last, and in which leaf.
    verdicts: BTreeMap<(Number, Number), BTreeMap<String, (MatchVerdict, u64)>>,
}

impl Said {
    /// Reads filings, in the order of the log; those that are no exceptions say nothing here.
    #[must_use]
    pub fn of<'a>(acts: impl IntoIterator<Item = &'a Act>) -> Self {
        let mut said = Self::default();
        for act in acts {
            if let Some(Content::ReconciliationException(exception)) = &act.content {
                said.exception(act, exception);
                said.verdict(act, exception);
            }
        }
        said
    }

    /// The exceptions, each once.
    pub fn exceptions(&self) -> impl Iterator<Item = &Filed> {
        self.exceptions.values()
    }

    /// Those that nobody has settled.
    pub fn open(&self) -> impl Iterator<Item = &Filed> {
        self.exceptions().filter(|one| one.settled.is_none())
    }

    /// The exception of this kind about these cases, if it was filed.
    #[must_use]
    pub fn find(&self, exception: &ReconciliationException) -> Option<&Filed> {
        self.exceptions.get(&key(exception))
    }

    /// Pairs of which people have said that they are one, or, with [`MatchVerdict::NotOne`], that
    /// they are not: the number of the institution that refers, that of the one that dockets. Where
    /// two institutions contradict each other, neither counts.
    #[must_use]
    pub fn pairs(
        &self,
        verdict: MatchVerdict,
        referring: &str,
        docketing: &str,
    ) -> Vec<(Number, Number)> {
        let agreed = self.verdicts.iter().filter(|(_, by)| by.values().all(|(v, _)| *v == verdict));
        let turned = agreed.filter_map(|((one, other), _)| {
            let pair = (one.institution.as_str(), other.institution.as_str());
            if pair == (referring, docketing) {
                Some((one.clone(), other.clone()))
            } else if pair == (docketing, referring) {
                Some((other.clone(), one.clone()))
            } else {
                None
            }
        });
        turned.collect()
    }

    fn exception(&mut self, act: &Act, exception: &ReconciliationException) {
        let by = act.institution();
        let settles = exception.resolution.is_some();
        let filed = self.exceptions.entry(key(exception)).or_insert_with(|| Filed {
            exception: exception.clone(),
            leaf: act.leaf,
            filed_by: by.to_owned(),
            settled: None,
            leaves: Vec::new(),
        });
        filed.leaves.push(act.leaf);
        if !settles {
            // Filed anew: it is open again, and the owner and the day are the new ones.
            (filed.exception, filed.leaf, filed.settled) = (exception.clone(), act.leaf, None);
        } else if filed.settles(by) {
            filed.settled = Some(act.leaf);
        }
    }

    fn verdict(&mut self, act: &Act, exception: &ReconciliationException) {
        let verdict = exception.verdict();
        let (Some(ours), Some(theirs)) = (&exception.ours, &exception.theirs) else { return };
        let mut pair = [Number::of(ours), Number::of(theirs)];
        pair.sort_by(|a, b| a.key().cmp(&b.key()));
        let [one, other] = pair;
        let by = act.institution();
        if verdict == MatchVerdict::Unspecified
            || (by != one.institution && by != other.institution)
        {
            return;
        }
        let known =
            self.verdicts.keys().find(|(a, b)| a.key() == one.key() && b.key() == other.key());
        let pair = known.cloned().unwrap_or((one, other));
        self.verdicts.entry(pair).or_default().insert(by.to_owned(), (verdict, act.leaf));
    }
}

impl Filed {
    /// Whether an institution may say that it is settled: the one that has to settle it, or the one
    /// that found it.
    #[must_use]
    pub fn settles(&self, institution: &str) -> bool {
        let owner = self.exception.owner.as_ref().map(|owner| owner.institution.as_str());
        owner == Some(institution) || self.filed_by == institution
    }

    /// Its kind.
    #[must_use]
    pub fn kind(&self) -> ExceptionKind {
        self.exception.kind()
    }
}

fn key(exception: &ReconciliationException) -> Key {
    let numbers = [&exception.ours, &exception.theirs].into_iter().flatten().map(Number::of);
    (exception.kind, numbers.map(|number| (number.institution, number.normal)).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::v1::{Address, DocketNumber, EnvelopeBody, Text};

    fn number(institution: &str, normal: &str) -> DocketNumber {
        let (institution, normal) = (institution.to_owned(), normal.to_owned());
        DocketNumber { institution, literal: normal.clone(), normal }
    }

    fn exception(ours: DocketNumber, theirs: Option<DocketNumber>) -> ReconciliationException {
        ReconciliationException {
            kind: ExceptionKind::AmbiguousMatch.into(),
            ours: Some(ours),
            theirs,
            owner: Some(Address { institution: "ejp".into(), office: "registry".into() }),
            ..ReconciliationException::default()
        }
    }

    fn settled(mut exception: ReconciliationException) -> ReconciliationException {
        exception.resolution = Some(Text::default());
        exception
    }

    fn by(institution: &str, leaf: u64, exception: ReconciliationException) -> Act {
        let sender = Address { institution: institution.to_owned(), ..Address::default() };
        Act {
            leaf,
            accepted_at_ms: 0,
            digest: [0; 32],
            body: EnvelopeBody { sender: Some(sender), ..EnvelopeBody::default() },
            content: Some(Content::ReconciliationException(exception)),
        }
    }

    fn open(acts: &[Act]) -> Vec<u64> {
        Said::of(acts).open().map(|one| one.leaf).collect()
    }

    #[test]
    fn an_exception_is_one_whichever_side_files_it() {
        let (ours, theirs) = (number("ihec", "a/1"), number("ejp", "612/2025"));
        let mine = exception(ours.clone(), Some(theirs.clone()));
        let yours = exception(theirs, Some(ours));
        let said = Said::of(&[by("ihec", 3, mine.clone()), by("ejp", 5, yours)]);
        let all: Vec<_> = said.exceptions().collect();
        assert_eq!((all.len(), all[0].leaf, &all[0].leaves[..]), (1, 5, &[3, 5][..]));
        assert_eq!(said.find(&mine), Some(all[0]));
        let mut other = mine;
        other.kind = ExceptionKind::OutcomeDiffers.into();
        assert_eq!(said.find(&other), None);
    }

    #[test]
    fn it_is_settled_by_who_has_to_or_who_found_it_and_open_again_when_filed_anew() {
        let mine = || exception(number("ihec", "a/1"), None);
        let found = by("ihec", 3, mine());
        assert_eq!(open(std::slice::from_ref(&found)), [3]);
        let settled_by = |who| [found.clone(), by(who, 4, settled(mine()))];
        assert_eq!(open(&settled_by("ejp")), [], "its owner");
        assert_eq!(open(&settled_by("ihec")), [], "who found it");
        assert_eq!(open(&settled_by("fsc")), [3], "somebody else");
        let [first, second] = settled_by("ejp");
        assert_eq!(open(&[first, second, by("ihec", 9, mine())]), [9]);
        let only = Said::of(&[by("ihec", 2, settled(mine()))]);
        assert_eq!(only.exceptions().map(|one| one.settled).collect::<Vec<_>>(), [Some(2)]);
    }

    #[test]
    fn what_people_say_about_pairs_counts_unless_they_contradict_each_other() {
        let (a, b) = (number("ihec", "a/1"), number("ejp", "612/2025"));
        let stated = |who, leaf, verdict: MatchVerdict, turned: bool| {
            let (ours, theirs) = if turned { (&b, &a) } else { (&a, &b) };
            let mut one = exception(ours.clone(), Some(theirs.clone()));
            one.verdict = verdict.into();
            by(who, leaf, one)
        };
        let pairs = |acts: &[Act], verdict| Said::of(acts).pairs(verdict, "ihec", "ejp");
        let pair = vec![(Number::of(&a), Number::of(&b))];
        use MatchVerdict::{NotOne, One};
        let one = stated("ihec", 1, One, false);
        assert_eq!(pairs(std::slice::from_ref(&one), One), pair);
        assert_eq!(pairs(std::slice::from_ref(&one), NotOne), []);
        let agreed = [one.clone(), stated("ejp", 2, One, true)];
        assert_eq!(pairs(&agreed, One), pair);
        let contradicted = [one.clone(), stated("ejp", 2, NotOne, true)];
        assert_eq!((pairs(&contradicted, One), pairs(&contradicted, NotOne)), (vec![], vec![]));
        // Who said it may say otherwise later.
        let later = [one, stated("ihec", 3, NotOne, false)];
        assert_eq!(pairs(&later, NotOne), pair);
        // A third institution has no say.
        assert_eq!(pairs(&[stated("fsc", 1, One, false)], One), []);
        assert_eq!(Said::of(&agreed).pairs(One, "ejp", "ihec"), [(Number::of(&b), Number::of(&a))]);
    }
}
