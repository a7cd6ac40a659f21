//! Instants as people of an office read them.

use jiff::Timestamp;
use jiff::tz::{Offset, TimeZone};

use barid_proto::v1::Stamp;

/// Where an instant without an offset of its own is shown, unless the profile says otherwise.
pub(crate) const DEFAULT_ZONE: &str = "Asia/Baghdad";

/// A zone by its IANA name, from the tables compiled in: two machines show the same time.
pub(crate) fn zone(name: &str) -> Option<TimeZone> {
    jiff::tz::TimeZoneDatabase::bundled().get(name).ok()
}

/// An instant in a zone, to the minute: `2025-11-23 14:10`. `-` for 0, which means "not given".
pub(crate) fn minute(unix_ms: i64, zone: &TimeZone) -> String {
    show(unix_ms, zone, "%Y-%m-%d %H:%M")
}

/// An instant in a zone, to the second with its offset.
pub(crate) fn second(unix_ms: i64, zone: &TimeZone) -> String {
    show(unix_ms, zone, "%Y-%m-%d %H:%M:%S %:z")
}

/// An instant by a clock so many minutes from UTC, as RFC 3339 has it. `None`: there is no such
/// instant or offset.
pub(crate) fn rfc3339(unix_ms: i64, offset_minutes: i32) -> Option<String> {
    let offset = Offset::from_seconds(offset_minutes.checked_mul(60)?).ok()?;
    let instant = Timestamp::from_millisecond(unix_ms).ok()?;
    let local = instant.to_zoned(TimeZone::fixed(offset));
    Some(local.strftime("%Y-%m-%dT%H:%M:%S%.f%:z").to_string())
}

/// The time on a stamp, by the clock of the office that stamped.
pub(crate) fn stamped(stamp: &Stamp) -> String {
    // The wire bounds the offset; one outside it is shown in UTC rather than not at all.
    let offset = stamp.utc_offset_minutes.checked_mul(60);
    let offset = offset.and_then(|seconds| Offset::from_seconds(seconds).ok());
    minute(stamp.stamped_at_unix_ms, &TimeZone::fixed(offset.unwrap_or(Offset::UTC)))
}

fn show(unix_ms: i64, zone: &TimeZone, format: &str) -> String {
    match Timestamp::from_millisecond(unix_ms) {
        Ok(instant) if unix_ms != 0 => instant.to_zoned(zone.clone()).strftime(format).to_string(),
        _ => "-".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_instant_is_shown_by_the_clock_of_the_office() {
        let baghdad = zone(DEFAULT_ZONE).unwrap();
        assert_eq!(minute(1_763_896_200_000, &baghdad), "2025-11-23 14:10");
        assert_eq!(second(1_763_896_200_000, &baghdad), "2025-11-23 14:10:00 +03:00");
        assert_eq!(minute(0, &baghdad), "-");
        let written = |ms, offset| rfc3339(ms, offset);
        assert_eq!(written(1_763_896_200_000, 180).unwrap(), "2025-11-23T14:10:00+03:00");
        assert_eq!(written(1_763_931_599_999, 180).unwrap(), "2025-11-23T23:59:59.999+03:00");
        assert_eq!((written(i64::MAX, 0), written(0, i32::MAX)), (None, None));
        assert_eq!(minute(i64::MAX, &baghdad), "-");
        let mexico = Stamp {
            stamped_at_unix_ms: 1_763_896_200_000,
            utc_offset_minutes: -360,
            ..Stamp::default()
        };
        assert_eq!(stamped(&mexico), "2025-11-23 05:10");
    }
}
