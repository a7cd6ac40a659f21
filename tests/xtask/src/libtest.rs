//! Reads what Rust's test programs print: counts, and the lines in which a test says that it
//! could not run for want of a sample.

/// How a test begins the line that says why it proved nothing.
const SKIPPED: &str = "skipped:";

/// How that line begins where it is a sample that is missing, and not a tool.
const WITHOUT_SAMPLE: &str = "skipped: samples not present";

/// What was counted.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Tally {
    /// Tests that passed.
    pub(crate) passed: usize,
    /// Tests, or whole steps, that failed.
    pub(crate) failed: usize,
    /// Tests that passed only because a sample was missing, and those marked as not to run.
    pub(crate) skipped: usize,
}

impl Tally {
    /// Adds another tally.
    pub(crate) fn add(&mut self, other: Self) {
        self.passed += other.passed;
        self.failed += other.failed;
        self.skipped += other.skipped;
    }
}

/// Reads line by line. The output of passing tests is dropped but for `skipped:` lines; all else
/// is to be shown.
#[derive(Default)]
pub(crate) struct Reader {
    tally: Tally,
    without_sample: usize,
    in_successes: bool,
}

impl Reader {
    /// Takes a line; says whether to show it.
    pub(crate) fn take(&mut self, line: &str) -> bool {
        if let Some(counts) = line.strip_prefix("test result: ") {
            self.in_successes = false;
            self.tally.passed += count(counts, "passed");
            self.tally.failed += count(counts, "failed");
            self.tally.skipped += count(counts, "ignored");
            return true;
        }
        match line {
            "successes:" => self.in_successes = true,
            "failures:" => self.in_successes = false,
            _ => {}
        }
        let skipped = line.trim_start().starts_with(SKIPPED);
        self.tally.skipped += usize::from(skipped);
        self.without_sample += usize::from(line.trim_start().starts_with(WITHOUT_SAMPLE));
        skipped || !self.in_successes
    }

    /// What was counted.
    pub(crate) fn tally(&self) -> Tally {
        self.tally
    }

    /// How many of those that were skipped missed a sample.
    pub(crate) fn without_sample(&self) -> usize {
        self.without_sample
    }
}

/// The number before a word in `ok. 5 passed; 0 failed; …`.
fn count(counts: &str, word: &str) -> usize {
    let words: Vec<&str> = counts.split([' ', ';', '.']).filter(|word| !word.is_empty()).collect();
    let pair = words.windows(2).find(|pair| pair.last() == Some(&word));
    pair.and_then(|pair| pair.first()).and_then(|number| number.parse().ok()).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::{Reader, Tally};

    const OUTPUT: &str = "\nrunning 3 tests\ntest a ... ok\ntest b ... FAILED\n\nsuccesses:\n\n\
        ---- a stdout ----\nnoise\nskipped: samples not present\n\
        skipped: python3 is not there\n\nsuccesses:\n    a\n\n\
        failures:\n\n---- b stdout ----\nwhy\n\n\
        test result: FAILED. 12 passed; 1 failed; 2 ignored; 0 measured; 0 filtered out\n";

    #[test]
    fn counts_and_what_is_shown() {
        let mut reader = Reader::default();
        let shown: Vec<&str> = OUTPUT.lines().filter(|line| reader.take(line)).collect();
        assert_eq!(reader.tally(), Tally { passed: 12, failed: 1, skipped: 4 });
        assert_eq!(reader.without_sample(), 1, "a missing tool is no missing sample");
        assert!(shown.contains(&"skipped: samples not present"));
        assert!(shown.contains(&"why"));
        assert!(!shown.contains(&"noise"));
    }

    #[test]
    fn several_programs_add_up() {
        let mut reader = Reader::default();
        OUTPUT.lines().chain(OUTPUT.lines()).for_each(|line| {
            reader.take(line);
        });
        assert_eq!(reader.tally().passed, 24);
    }
}
