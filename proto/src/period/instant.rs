//! Days and instants, by an office's own clock.

use jiff::Timestamp;
use jiff::civil::{Date, time};
use jiff::tz::TimeZone;

/// The day on which an instant falls. `None`: it is outside the calendar.
#[must_use]
pub fn day_of(instant_ms: i64, zone: &TimeZone) -> Option<Date> {
    let instant = Timestamp::from_millisecond(instant_ms).ok()?;
    Some(instant.to_zoned(zone.clone()).date())
}

/// The offset from UTC at an instant, in minutes; 0 outside the calendar.
#[must_use]
pub fn offset_minutes(instant_ms: i64, zone: &TimeZone) -> i32 {
    let instant = Timestamp::from_millisecond(instant_ms).ok();
    instant.map_or(0, |instant| zone.to_offset(instant).seconds() / 60)
}

/// An instant of a day, so many minutes after midnight; 1,440 is its last millisecond, since
/// midnight itself belongs to the next day. `None`: it is outside the calendar.
pub(super) fn at_minute(day: Date, minute: u32, zone: &TimeZone) -> Option<i64> {
    if minute >= 1_440 {
        let next = day.tomorrow().ok()?.to_zoned(zone.clone()).ok()?;
        return Some(next.timestamp().as_millisecond() - 1);
    }
    let (hour, minute) = (i8::try_from(minute / 60).ok()?, i8::try_from(minute % 60).ok()?);
    let local = day.to_datetime(time(hour, minute, 0, 0));
    Some(local.to_zoned(zone.clone()).ok()?.timestamp().as_millisecond())
}
