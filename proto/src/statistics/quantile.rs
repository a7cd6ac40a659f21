//! Quantiles by nearest rank: integers in, one of them out, so that a signed figure has one
//! spelling and everybody who computes it again gets the same.

/// The value at the rank ⌈percent × n ÷ 100⌉, counted from 1, of values in ascending order. `None`:
/// there are none. `percent` is 1 to 100.
#[must_use]
pub fn nearest_rank(ascending: &[u64], percent: u32) -> Option<u64> {
    let count = u64::try_from(ascending.len()).ok()?;
    let rank = (count * u64::from(percent)).div_ceil(100).max(1);
    ascending.get(usize::try_from(rank - 1).ok()?).copied()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_rank_is_the_one_of_the_definition() {
        // The example by which the definition is taught: 15, 20, 35, 40, 50.
        let values = [15, 20, 35, 40, 50];
        for (percent, value) in [(5, 15), (30, 20), (40, 20), (50, 35), (90, 50), (100, 50)] {
            assert_eq!(nearest_rank(&values, percent), Some(value), "{percent}");
        }
        let ten: Vec<u64> = (1..=10).collect();
        assert_eq!(nearest_rank(&ten, 50), Some(5));
        assert_eq!(nearest_rank(&ten, 90), Some(9));
        assert_eq!(nearest_rank(&[7], 90), Some(7));
        assert_eq!(nearest_rank(&[], 50), None);
    }
}
