//! What dated cosignatures prove about time, when some of the witnesses may lie.
//!
//! A policy says which witnesses may be missing: those without whom the others still are a quorum.
//! Whoever may be missing may as well lie. So a set of witnesses is believed as soon as it is *not*
//! among those that may be missing, or is a quorum by itself. For a plain `k` of `n` these are the
//! sets of `f + 1` witnesses with `f = min(n - k, k - 1)`: one of four may lie with a quorum of 3,
//! two of seven with one of 5. The same rule holds for groups within groups.
//!
//! A liar among fewer than `f + 1` can move neither bound past what an honest witness stated.

use super::{Cosigned, Policy, Witnessed};

impl Policy {
    /// The tree existed no later than this: the smallest time by which witnesses that are believed
    /// together had cosigned it; seconds since 1970. `None` when the policy asks for no witness, or
    /// too few of them cosigned.
    #[must_use]
    pub fn existed_by(&self, witnessed: &Witnessed) -> Option<u64> {
        // By ascending time, as `weigh` gives them.
        self.first_believed(witnessed.cosigned.iter())
    }

    /// What this tree does not cover was in no tree that witnesses had seen by this time: the
    /// largest time at or after which witnesses that are believed together cosigned it; seconds
    /// since 1970. `None` as with [`Policy::existed_by`].
    #[must_use]
    pub fn newest_until(&self, witnessed: &Witnessed) -> Option<u64> {
        self.first_believed(witnessed.cosigned.iter().rev())
    }

    /// The newest time at or after which witnesses that are a quorum by themselves cosigned it:
    /// when the log last had all that it needs; seconds since 1970. `None` as with
    /// [`Policy::existed_by`].
    #[must_use]
    pub fn quorum_since(&self, witnessed: &Witnessed) -> Option<u64> {
        let mut stated: Vec<&str> = Vec::new();
        for one in witnessed.cosigned.iter().rev().take_while(|_| self.asks_witnesses()) {
            stated.push(&one.witness);
            if self.would_suffice(|witness| stated.contains(&witness.name.as_str())) {
                return Some(one.time);
            }
        }
        None
    }

    fn first_believed<'a>(&self, cosigned: impl Iterator<Item = &'a Cosigned>) -> Option<u64> {
        let mut stated: Vec<&str> = Vec::new();
        for one in cosigned.take_while(|_| self.asks_witnesses()) {
            stated.push(&one.witness);
            let alone = self.would_suffice(|witness| stated.contains(&witness.name.as_str()));
            let others = self.would_suffice(|witness| !stated.contains(&witness.name.as_str()));
            if alone || !others {
                return Some(one.time);
            }
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tlog::EMPTY_ROOT;
    use crate::tlog::checkpoint::Checkpoint;
    use crate::tlog::vkey::{KeyType, VerifierKey};

    /// A policy of witnesses `w1` to `wN` and these further lines.
    fn policy(witnesses: u8, more: &str) -> Policy {
        let line = |number: u8| {
            let kind = KeyType::CosignatureEd25519;
            let key = VerifierKey::new("w.example", kind, &[number; 32]).unwrap();
            format!("witness w{number} {key}\n")
        };
        let text: String = (1..=witnesses).map(line).chain([more.to_owned()]).collect();
        Policy::parse(text.as_bytes()).unwrap()
    }

    fn witnessed(stated: &[(&str, u64)]) -> Witnessed {
        let one =
            |(witness, time): &(&str, u64)| Cosigned { witness: (*witness).into(), time: *time };
        let mut cosigned: Vec<Cosigned> = stated.iter().map(one).collect();
        cosigned.sort_by_key(|cosigned| cosigned.time);
        let checkpoint = Checkpoint::new("log.example", 0, EMPTY_ROOT).unwrap();
        Witnessed { checkpoint, cosigned, quorum: true }
    }

    #[test]
    fn a_plain_quorum_believes_the_f_plus_first() {
        // n, k, and the place of the time that is believed, from 1.
        for (n, k, place) in [(1, 1, 1), (3, 2, 2), (3, 3, 1), (4, 3, 2), (7, 5, 3), (4, 1, 1)] {
            let members: Vec<String> = (1..=n).map(|number| format!("w{number}")).collect();
            let more = format!("group q {k} {}\nquorum q\n", members.join(" "));
            let policy = policy(n, &more);
            let all: Vec<(&str, u64)> =
                members.iter().map(String::as_str).zip((1..).map(|at| at * 10)).collect();
            let seen = witnessed(&all);
            assert_eq!(policy.existed_by(&seen), Some(place * 10), "{k} of {n}");
            assert_eq!(policy.newest_until(&seen), Some((u64::from(n) + 1 - place) * 10));
        }
    }

    #[test]
    fn one_liar_of_four_moves_neither_bound_past_an_honest_time() {
        let policy = policy(4, "group q 3 w1 w2 w3 w4\nquorum q\n");
        let honest = [("w2", 100), ("w3", 101)];
        for lie in [0, 5, 100, 1_000_000] {
            let seen = witnessed(&[&honest[..], &[("w1", lie)]].concat());
            for bound in [policy.existed_by(&seen), policy.newest_until(&seen)] {
                assert!((100..=101).contains(&bound.unwrap()), "a lie of {lie}");
            }
        }
    }

    #[test]
    fn the_newest_time_of_a_whole_quorum_is_that_of_its_slowest() {
        let policy = policy(4, "group q 3 w1 w2 w3 w4\nquorum q\n");
        let all = [("w1", 100), ("w2", 200), ("w3", 300), ("w4", 400)];
        assert_eq!(policy.quorum_since(&witnessed(&all)), Some(200));
        // Two go on cosigning: the quorum was there before.
        let two = [("w1", 100), ("w2", 200), ("w3", 900), ("w4", 901)];
        assert_eq!(policy.quorum_since(&witnessed(&two)), Some(200));
        assert_eq!(policy.quorum_since(&witnessed(&all[..2])), None);
    }

    #[test]
    fn groups_within_groups_follow_the_same_rule() {
        let policy = policy(
            4,
            "group others 2 w1 w2 w3\ngroup all-but-me all others w4\nquorum all-but-me\n",
        );
        // Without w4 there is no quorum, so w4 is believed alone.
        assert_eq!(policy.existed_by(&witnessed(&[("w4", 7), ("w1", 9), ("w2", 10)])), Some(7));
        assert_eq!(policy.existed_by(&witnessed(&[("w1", 1), ("w2", 2), ("w4", 7)])), Some(2));
        assert_eq!(policy.existed_by(&witnessed(&[("w1", 1)])), None);
    }

    #[test]
    fn without_a_quorum_there_is_no_time() {
        let policy = policy(1, "quorum none\n");
        assert_eq!(policy.existed_by(&witnessed(&[("w1", 1)])), None);
    }
}
