//! Damaged copies of a document: seeded, so that a finding can be found again.

/// Bits and pieces that readers of text and archives stumble over.
const PIECES: &[&[u8]] = &[
    b"\"",
    b"\\",
    b"{",
    b"}",
    b"[",
    b"]",
    b",",
    b";",
    b":",
    b"<",
    b">",
    b"</",
    b"/>",
    b"<!--",
    b"<![CDATA[",
    b"<!DOCTYPE x [",
    b"&#0;",
    b"&x;",
    b"\0",
    b"\r",
    b"\n",
    b"\t",
    b"-0",
    b"1e999",
    b"18446744073709551616",
    b"null",
    b"\\ud800",
    b"\xFF",
    b"\xC3",
    b"\xED\xA0\x80",
    b"\xEF\xBB\xBF",
    b"\xE2\x80\xAE",
    b"\xD9\xA0",
    b"31/02/2025",
    b"PK\x03\x04",
    b"PK\x05\x06",
];

/// Longest run that is removed or repeated, in bytes.
const RUN_MAX: usize = 256;

/// Numbers that look random and come again with the same seed (SplitMix64: Steele, Lea and Flood,
/// "Fast splittable pseudorandom number generators", 2014).
#[derive(Debug, Clone)]
pub(super) struct Dice(u64);

impl Dice {
    /// The same seed, the same numbers.
    pub(super) fn new(seed: u64) -> Self {
        Self(seed)
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    /// 0 to `end`, without `end` itself; 0 when `end` is 0.
    pub(super) fn below(&mut self, end: usize) -> usize {
        let drawn = self.next() % (end.max(1) as u64);
        usize::try_from(drawn).unwrap_or_default()
    }

    /// This many bytes.
    pub(super) fn bytes(&mut self, count: usize) -> Vec<u8> {
        (0..count).map(|_| self.next().to_le_bytes()[0]).collect()
    }
}

/// A copy with one to four damages, at most `max` bytes long.
pub(super) fn mutated(bytes: &[u8], dice: &mut Dice, max: usize) -> Vec<u8> {
    let mut copy = bytes.to_vec();
    for _ in 0..=dice.below(4) {
        damage(&mut copy, dice);
    }
    copy.truncate(max);
    copy
}

fn damage(copy: &mut Vec<u8>, dice: &mut Dice) {
    let at = dice.below(copy.len() + 1);
    let run = at..(at + 1 + dice.below(RUN_MAX)).min(copy.len());
    match dice.below(6) {
        0 => {
            if let Some(byte) = copy.get_mut(at) {
                *byte ^= 1 << dice.below(8);
            }
        }
        1 => {
            copy.drain(run);
        }
        2 => {
            let again = copy.get(run).unwrap_or_default().to_vec();
            copy.splice(at..at, again);
        }
        3 => copy.truncate(at),
        4 => {
            let from = dice.below(copy.len() + 1);
            let end = (from + run.len()).min(copy.len());
            let other = copy.get(from..end).unwrap_or_default().to_vec();
            copy.splice(run, other);
        }
        _ => {
            let piece = PIECES.get(dice.below(PIECES.len())).copied().unwrap_or_default();
            copy.splice(at..at, piece.iter().copied());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn same_seed_same_damage_and_other_seed_other_damage() {
        let all = |seed| {
            let mut dice = Dice::new(seed);
            (0..50).map(|_| mutated(b"a document of some length", &mut dice, 1000)).collect()
        };
        let (first, again, other): (Vec<_>, Vec<_>, Vec<_>) = (all(1), all(1), all(2));
        assert_eq!(first, again);
        assert_ne!(first, other);
        let changed = first.iter().filter(|one| one.as_slice() != b"a document of some length");
        assert!(changed.count() > 40);
    }

    #[test]
    fn nothing_and_bounds_are_no_trouble() {
        let mut dice = Dice::new(7);
        for _ in 0..500 {
            assert!(mutated(b"", &mut dice, 10).len() <= 10);
            assert!(mutated(&[b'x'; 40], &mut dice, 30).len() <= 30);
        }
    }

    #[test]
    fn known_numbers_come_out() {
        // The published generator's first number for the seed 1234567.
        assert_eq!(Dice::new(1_234_567).next(), 6_457_827_717_110_365_317);
    }
}
