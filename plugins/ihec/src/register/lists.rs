//! Lists of rows and cells, short enough for a sentence.

use crate::limits::LISTED_MAX;

/// Rows, from 1, as people list them: `3, 7–9, 12`.
pub(super) fn rows(numbers: &[u32]) -> String {
    let mut ranges: Vec<(u32, u32)> = Vec::new();
    for number in numbers {
        match ranges.last_mut() {
            Some((_, last)) if last.saturating_add(1) == *number => *last = *number,
            _ => ranges.push((*number, *number)),
        }
    }
    spans(&ranges)
}

/// First and last of each, as people list them.
pub(super) fn spans(ranges: &[(u32, u32)]) -> String {
    let one = |(first, last): &(u32, u32)| {
        if first == last { first.to_string() } else { format!("{first}–{last}") }
    };
    some(ranges.len(), ranges.iter().map(one))
}

/// The first of many texts, and how many more there are.
pub(super) fn some(count: usize, texts: impl Iterator<Item = String>) -> String {
    let listed: Vec<String> = texts.take(LISTED_MAX).collect();
    let left = count.saturating_sub(LISTED_MAX);
    let listed = listed.join(", ");
    if left == 0 { listed } else { format!("{listed} … (+{left})") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_that_follow_each_other_are_one_range() {
        assert_eq!(rows(&[3, 7, 8, 9, 12]), "3, 7–9, 12");
        assert_eq!(rows(&[]), "");
        let far_apart: Vec<u32> = (1..=20).map(|number| number * 2).collect();
        assert!(rows(&far_apart).ends_with("24 … (+8)"), "{}", rows(&far_apart));
    }
}
