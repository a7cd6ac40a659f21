//! The cases that one literal names.

use super::{Case, Docket};
use barid_proto::text::fold;

/// Most cases in one literal. More than a handful has not been seen.
const JOINED_MAX: usize = 64;

/// Years that a register can be of. The courts in question began to number so after 2005.
const YEARS: std::ops::RangeInclusive<u32> = 1900..=2200;

/// Words and signs between the numbers of joined cases: "and", "and the one joined to it" in its
/// forms, "and the suit", "and the suits".
const JOINING: &[&str] = &[
    "و",
    "وموحدتها",
    "وموحدتاها",
    "وموحداتها",
    "وموحدها",
    "وموحدته",
    "وموحداته",
    "والدعوى",
    "والدعويين",
    "والدعاوى",
    "+",
    "،",
    ",",
    "&",
    "and",
];

/// What stands in place of further numbers: "and those joined to it", "and others".
const UNNAMED: &[&str] = &[
    "وموحدتها",
    "وموحدتاها",
    "وموحداتها",
    "وموحدها",
    "وموحدته",
    "وموحداته",
    "واخرى",
    "واخريات",
    "and others",
];

/// Reads a folded literal. `None`: it is no list of numbers of this register.
pub(super) fn read(folded: &str, is_named: impl Fn(&str) -> bool) -> Option<Docket> {
    // The press puts a whole number in brackets, clerks the numbers of joined cases.
    let plain = folded.replace(['(', ')', '[', ']'], " ");
    let parts: Vec<&str> = plain.split('/').map(str::trim).collect();
    let mut list = List::default();
    // The normal form itself: `612/2025`.
    if let [numbers, year] = parts[..] {
        list.numbers(numbers)?;
        list.of_year(year)?;
        return list.finish();
    }
    let mut parts = parts.into_iter();
    while let Some(part) = parts.next() {
        if !is_named(part) {
            list.numbers(part)?;
            continue;
        }
        let after = parts.next()?;
        let (year, more) = after.split_at(digits_end(after));
        list.of_year(year)?;
        list.go_on(more.trim())?;
    }
    list.finish()
}

/// A list that is being read.
#[derive(Default)]
struct List {
    cases: Vec<Case>,
    /// Numbers whose year has not come yet.
    pending: Vec<u32>,
    more_joined: bool,
}

impl List {
    /// Takes the numbers of one part: `83 و185`, or `12 وموحداتها`.
    fn numbers(&mut self, part: &str) -> Option<()> {
        let mut expect_number = true;
        let mut runs = runs(part).into_iter().peekable();
        while let Some(run) = runs.next() {
            if run.starts_with(|c: char| c.is_ascii_digit()) {
                let number = whole_number(run).filter(|number| *number > 0 && expect_number)?;
                self.pending.push(number);
            } else if runs.peek().is_none() && !expect_number && is_one_of(UNNAMED, run) {
                self.more_joined = true;
                return self.bounded();
            } else if expect_number || !joins(run) {
                return None;
            }
            expect_number = !expect_number;
        }
        // A part ends with a number.
        if expect_number { None } else { self.bounded() }
    }

    /// Takes the year of the numbers before it.
    fn of_year(&mut self, year: &str) -> Option<()> {
        let year = whole_number(year).filter(|year| YEARS.contains(year))?;
        if self.pending.is_empty() {
            return None;
        }
        let cases = self.pending.drain(..).map(|number| Case { number, year });
        self.cases.extend(cases);
        Some(())
    }

    /// Takes what follows a year: nothing, or what leads to the next number.
    fn go_on(&mut self, more: &str) -> Option<()> {
        if more.is_empty() {
            return Some(());
        }
        if is_one_of(UNNAMED, more) {
            self.more_joined = true;
            return Some(());
        }
        let numbers = more.find(|c: char| c.is_ascii_digit())?;
        let (joining, numbers) = more.split_at(numbers);
        if joins(joining.trim()) { self.numbers(numbers) } else { None }
    }

    fn bounded(&self) -> Option<()> {
        (self.cases.len() + self.pending.len() <= JOINED_MAX).then_some(())
    }

    fn finish(self) -> Option<Docket> {
        let whole = self.pending.is_empty();
        whole.then_some(Docket {
            cases: self.cases,
            more_joined: self.more_joined,
            mixed_digits: false,
        })
    }
}

/// Whether a text between two numbers consists of joining words, at least one.
fn joins(between: &str) -> bool {
    let mut words = between.split_whitespace().peekable();
    words.peek().is_some() && words.all(|word| is_one_of(JOINING, word))
}

fn is_one_of(words: &[&str], folded: &str) -> bool {
    words.iter().any(|word| fold(word) == folded)
}

/// Runs of digits and of other characters, in turn, without the spaces around them.
fn runs(text: &str) -> Vec<&str> {
    let mut runs = Vec::new();
    let mut rest = text.trim();
    while let Some(first) = rest.chars().next() {
        let digits = first.is_ascii_digit();
        let end = rest.find(|c: char| c.is_ascii_digit() != digits).unwrap_or(rest.len());
        let (run, after) = rest.split_at(end);
        runs.push(run.trim());
        rest = after.trim_start();
    }
    runs
}

/// Where the digits that a text begins with end.
fn digits_end(text: &str) -> usize {
    text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len())
}

/// At most eight digits: no register has reached a hundred million cases.
fn whole_number(digits: &str) -> Option<u32> {
    let digits = digits.trim();
    let plain = (1..=8).contains(&digits.len()) && digits.bytes().all(|b| b.is_ascii_digit());
    plain.then(|| digits.parse().ok()).flatten()
}
