//! A small deterministic mutator and the loop that drives a reader with it.
//!
//! Coverage-guided fuzzing finds more and needs a nightly compiler; this runs with every test run,
//! on every machine, and says the same thing twice. `BARID_FUZZ_ROUNDS` (mutations for each seed)
//! and `BARID_FUZZ_SEED` make it longer or different.

use std::ops::Range;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

/// Mutations of each seed, unless the environment says otherwise: some seconds for each reader.
const ROUNDS: u64 = 300;

/// The longest that a reader may take over one mutation. Generous, because builds for tests are
/// slow and machines busy; what is caught is what would take minutes.
const READ_WITHIN: Duration = Duration::from_secs(10);

/// The longest mutation: a longer one mostly tests patience.
const MUTATION_MAX_BYTES: usize = 128 * 1024;

/// The most edits that are made at once.
const EDITS_MAX: usize = 8;

/// Bytes at the edges of what readers compare with.
const EDGES: [u8; 12] = [0, 1, 0x7f, 0x80, 0xff, b'\n', b'"', b'<', b'{', b',', b'0', b'-'];

/// xorshift64*: good enough to choose where to break something, and the same everywhere.
struct Dice(u64);

impl Dice {
    fn roll(&mut self) -> u64 {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        self.0.wrapping_mul(0x2545_f491_4f6c_dd1d)
    }

    /// A number below a bound; 0 when the bound is 0.
    fn below(&mut self, bound: usize) -> usize {
        let bound = u64::try_from(bound).unwrap_or(u64::MAX).max(1);
        usize::try_from(self.roll() % bound).unwrap_or(0)
    }

    /// One of several, as a run of one; none of none.
    fn choose<'a, T>(&mut self, all: &'a [T]) -> &'a [T] {
        let at = self.below(all.len());
        all.get(at..=at).unwrap_or_default()
    }
}

/// Gives a reader what was found before, each seed, and many mutations of it. The reader must
/// neither panic nor dawdle. Its name, as far as " as ", is its folder of findings in
/// `tests/fuzz/corpus`.
///
/// # Panics
/// With the bytes that did it, in hexadecimal.
pub(crate) fn drive(name: &str, seeds: &[Vec<u8>], read: &dyn Fn(&[u8])) {
    assert!(!seeds.is_empty(), "{name}: no seed to mutate");
    let rounds = setting("BARID_FUZZ_ROUNDS", ROUNDS);
    for finding in findings(name) {
        try_one(name, &finding, read);
    }
    let mut dice = Dice(setting("BARID_FUZZ_SEED", 1).max(1));
    for seed in seeds {
        try_one(name, seed, read);
        for _ in 0..rounds {
            let mutation = mutate(seed, seeds, &mut dice);
            try_one(name, &mutation, read);
        }
    }
}

/// Inputs that a reader once failed on, in order of their names.
fn findings(name: &str) -> Vec<Vec<u8>> {
    let folder = name.split(" as ").next().unwrap_or(name).replace(' ', "-");
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz/corpus").join(folder);
    let listed = std::fs::read_dir(root).into_iter().flatten().flatten();
    let mut paths: Vec<PathBuf> = listed.map(|found| found.path()).collect();
    paths.retain(|path| path.is_file());
    paths.sort();
    paths.iter().filter_map(|path| std::fs::read(path).ok()).collect()
}

fn try_one(name: &str, bytes: &[u8], read: &dyn Fn(&[u8])) {
    let started = Instant::now();
    let outcome = catch_unwind(AssertUnwindSafe(|| read(bytes)));
    let hex: String = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
    assert!(outcome.is_ok(), "{name}: the reader panicked over {hex}");
    assert!(started.elapsed() < READ_WITHIN, "{name}: the reader took too long over {hex}");
}

fn setting(name: &str, default: u64) -> u64 {
    std::env::var(name).ok().and_then(|value| value.parse().ok()).unwrap_or(default)
}

/// One to a few edits: a byte changed, dropped, doubled; a run repeated, removed, or taken from
/// another seed; the end cut off.
fn mutate(seed: &[u8], seeds: &[Vec<u8>], dice: &mut Dice) -> Vec<u8> {
    let mut bytes = seed.to_vec();
    for _ in 0..=dice.below(EDITS_MAX) {
        let at = dice.below(bytes.len() + 1);
        let end = at + dice.below(bytes.len() - at + 1);
        match dice.below(7) {
            0 => flip(&mut bytes, at, 1 << dice.below(8)),
            1 => replace(&mut bytes, at..at + 1, dice.choose(&EDGES)),
            2 => replace(&mut bytes, at..at, dice.choose(&EDGES)),
            3 => replace(&mut bytes, at..end, &[]),
            4 => {
                let run = bytes.get(at..end).unwrap_or_default().to_vec();
                replace(&mut bytes, at..at, &run);
            }
            5 => bytes.truncate(at),
            _ => {
                let other = dice.choose(seeds).first().map_or(seed, Vec::as_slice);
                let from = dice.below(other.len() + 1);
                let until = from + dice.below(other.len() - from + 1);
                replace(&mut bytes, at..end, other.get(from..until).unwrap_or_default());
            }
        }
    }
    bytes.truncate(MUTATION_MAX_BYTES);
    bytes
}

fn flip(bytes: &mut [u8], at: usize, bit: u8) {
    if let Some(byte) = bytes.get_mut(at) {
        *byte ^= bit;
    }
}

/// Replaces a range, as far as it is inside.
fn replace(bytes: &mut Vec<u8>, range: Range<usize>, with: &[u8]) {
    let start = range.start.min(bytes.len());
    let end = range.end.clamp(start, bytes.len());
    bytes.splice(start..end, with.iter().copied());
}
