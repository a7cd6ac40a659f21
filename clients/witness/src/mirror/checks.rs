//! What can be told of a leaf without knowing the case: its form and its time.

use barid_proto::leaf::{Leaf, LeafError};

/// How far the hub's clock may be from this machine's, in milliseconds: 120 s, the bound that the
/// verifiers of receipts use as well.
pub const SKEW_MS: u64 = 120_000;

/// Between which times a leaf must have been accepted.
#[derive(Clone, Copy, Debug)]
pub(super) struct Bracket {
    not_before_ms: u64,
    not_after_ms: u64,
}

impl Bracket {
    /// For leaves that a tree did not hold yet when the witness cosigned it at `witnessed_at`, and
    /// that are here `now`. In seconds since 1970; 0 when no tree was witnessed before.
    pub(super) fn new(witnessed_at: u64, now: u64) -> Self {
        Self {
            not_before_ms: witnessed_at.saturating_mul(1000).saturating_sub(SKEW_MS),
            not_after_ms: now.saturating_mul(1000).saturating_add(SKEW_MS),
        }
    }
}

/// Why a leaf cannot be what an honest hub wrote.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
pub(super) enum Implausible {
    /// Not a leaf, or of a kind that this version does not know.
    #[error(transparent)]
    Form(#[from] LeafError),
    /// Earlier than the leaf before it.
    #[error("the leaf is from {at_ms}, the one before it from {before_ms} (unix ms)")]
    Backwards { at_ms: u64, before_ms: u64 },
    /// Earlier than a tree that did not hold it, or later than now.
    #[error("the leaf claims {at_ms}, outside {from_ms} to {to_ms} (unix ms)")]
    Skewed { at_ms: u64, from_ms: u64, to_ms: u64 },
}

/// Checks one leaf; `before_ms` is the time of the leaf before it.
pub(super) fn check(bytes: &[u8], before_ms: u64, bracket: Bracket) -> Result<Leaf, Implausible> {
    let leaf = Leaf::decode(bytes)?;
    let at_ms = leaf.accepted_at_ms;
    if at_ms < before_ms {
        return Err(Implausible::Backwards { at_ms, before_ms });
    }
    let Bracket { not_before_ms: from_ms, not_after_ms: to_ms } = bracket;
    if !(from_ms..=to_ms).contains(&at_ms) {
        return Err(Implausible::Skewed { at_ms, from_ms, to_ms });
    }
    Ok(leaf)
}

#[cfg(test)]
mod tests {
    use super::*;
    use barid_proto::key::KeyId;
    use barid_proto::leaf::LeafKind;

    fn leaf_at(accepted_at_ms: u64) -> [u8; 119] {
        let (envelope_digest, signer_key_id) = ([1; 32], KeyId::new([2; 32]));
        let kind = LeafKind::Envelope;
        let routing_tag = [3; 32];
        Leaf { kind, accepted_at_ms, envelope_digest, signer_key_id, routing_tag }.encode()
    }

    #[test]
    fn a_leaf_lies_between_the_tree_before_it_and_now() {
        let bracket = Bracket::new(1_000, 2_000);
        for honest in [880_000, 1_000_000, 2_120_000] {
            assert!(check(&leaf_at(honest), 0, bracket).is_ok(), "{honest}");
        }
        for skewed in [879_999, 2_120_001] {
            let why = check(&leaf_at(skewed), 0, bracket).unwrap_err();
            assert!(matches!(why, Implausible::Skewed { .. }), "{skewed}: {why}");
        }
    }

    /// Hub and witness each with a clock that is wrong by so much, against each other: what counts
    /// is how far they are apart.
    #[test]
    fn clocks_may_be_two_minutes_apart_and_no_more() {
        const NOON: i64 = 1_763_899_200;
        const SKEWS: [i64; 7] = [0, 10, -10, 600, -600, 86_400, -86_400];
        let pairs = SKEWS.into_iter().flat_map(|hub| SKEWS.map(|witness| (hub, witness)));
        let (mut taken, mut refused) = (0, 0);
        for (hub, witness) in pairs {
            let its = |seconds: i64| u64::try_from(seconds + witness).unwrap();
            // The tree before was witnessed at noon, and the leaf comes a minute later.
            let bracket = Bracket::new(its(NOON), its(NOON + 60));
            let leaf = leaf_at(u64::try_from((NOON + 60 + hub) * 1000).unwrap());
            let checked = check(&leaf, 0, bracket);
            let apart = hub.abs_diff(witness);
            match checked {
                Ok(_) => taken += 1,
                Err(Implausible::Skewed { .. }) => refused += 1,
                Err(other) => panic!("{hub} {witness}: {other}"),
            }
            assert_eq!(checked.is_ok(), apart <= 120, "hub {hub} s, witness {witness} s");
        }
        assert_eq!((taken, refused), (13, 36));
    }

    #[test]
    fn time_does_not_go_backwards() {
        let bracket = Bracket::new(0, 2_000);
        assert!(check(&leaf_at(500), 500, bracket).is_ok());
        let why = check(&leaf_at(500), 501, bracket).unwrap_err();
        assert_eq!(why, Implausible::Backwards { at_ms: 500, before_ms: 501 });
    }

    #[test]
    fn what_is_no_leaf_is_implausible() {
        let why = check(b"no leaf", 0, Bracket::new(0, 1)).unwrap_err();
        assert!(matches!(why, Implausible::Form(_)));
    }
}
