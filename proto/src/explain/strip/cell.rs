//! What a day looks like: colour, pattern and mark.

use super::super::language::Language;
use super::super::{counting, words};
use crate::v1::{CountedDay, DayKind, DayPart};

/// What a day looks like.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Look {
    /// Sets the period going.
    Trigger,
    /// Counts.
    Counted,
    /// Counts, though offices are closed.
    CountedOff,
    /// Day of rest of the week, not counted.
    Weekend,
    /// Closed by a calendar, not counted.
    Closed,
    /// The period stands still.
    Suspended,
    /// The end moves over it.
    Rolled,
    /// The end moves to it.
    RolledTo,
    /// An outage moves the end.
    Extended,
    /// Nobody knows.
    Doubtful,
}

impl Look {
    /// Those that the legend explains.
    pub(super) const LEGEND: [Self; 10] = [
        Self::Trigger,
        Self::Counted,
        Self::CountedOff,
        Self::Weekend,
        Self::Closed,
        Self::Suspended,
        Self::Rolled,
        Self::RolledTo,
        Self::Extended,
        Self::Doubtful,
    ];

    /// The look of a day.
    pub(super) fn of(day: &CountedDay) -> Self {
        let off = matches!(day.kind(), DayKind::Weekend | DayKind::Closed);
        match day.part() {
            DayPart::Unspecified => Self::Doubtful,
            DayPart::Trigger => Self::Trigger,
            DayPart::Counted if off => Self::CountedOff,
            DayPart::Counted => Self::Counted,
            DayPart::PassedOver if day.kind() == DayKind::Closed => Self::Closed,
            DayPart::PassedOver => Self::Weekend,
            DayPart::Suspended => Self::Suspended,
            DayPart::Rolled => Self::Rolled,
            DayPart::RolledTo => Self::RolledTo,
            DayPart::Extended => Self::Extended,
        }
    }

    /// Its colour.
    pub(super) fn fill(self) -> &'static str {
        match self {
            Self::Trigger | Self::Doubtful => "#ffffff",
            Self::Counted | Self::CountedOff => "#cfe3f7",
            Self::Weekend => "#eeeeee",
            Self::Closed => "#f6dcc0",
            Self::Suspended => "#e6e0f2",
            Self::Rolled => "#f3f3f3",
            Self::RolledTo => "#d5ecd4",
            Self::Extended => "#fdf3c4",
        }
    }

    /// Its pattern, by its identifier in the picture. `None`: plain.
    pub(super) fn pattern(self) -> Option<&'static str> {
        match self {
            Self::CountedOff | Self::Weekend => Some("rest"),
            Self::Closed => Some("closed"),
            Self::Suspended => Some("still"),
            Self::Rolled => Some("moves"),
            Self::Extended => Some("cut"),
            Self::Trigger | Self::Counted | Self::RolledTo | Self::Doubtful => None,
        }
    }

    /// Its edge: width and dashes.
    pub(super) fn edge(self) -> &'static str {
        match self {
            Self::Trigger | Self::RolledTo => "stroke-width=\"3\"",
            Self::Doubtful => "stroke-width=\"2\" stroke-dasharray=\"4 3\"",
            _ => "stroke-width=\"1\"",
        }
    }

    /// The mark in it.
    pub(super) fn mark(self, language: Language, number: u32) -> String {
        let onward = if language.right_to_left() { "\u{2190}" } else { "\u{2192}" };
        match self {
            Self::Trigger => "0".to_owned(),
            Self::Counted | Self::CountedOff => number.to_string(),
            Self::Weekend => "\u{2013}".to_owned(),
            Self::Closed => "\u{d7}".to_owned(),
            Self::Suspended => "=".to_owned(),
            Self::Rolled => onward.to_owned(),
            Self::RolledTo => "\u{25cf}".to_owned(),
            Self::Extended => "+".to_owned(),
            Self::Doubtful => "?".to_owned(),
        }
    }

    /// What the legend says of it.
    pub(super) fn told(self, language: Language) -> String {
        let part = |part| language.fill(counting::part(part), &[]);
        let off = |kind| {
            let why = language.pick(kind);
            format!("{} ({why})", part(DayPart::PassedOver))
        };
        match self {
            Self::Trigger => part(DayPart::Trigger),
            Self::Counted => language.pick(words::COUNTED_MARK).to_owned(),
            Self::CountedOff => {
                let counted = language.pick(words::COUNTED_MARK);
                format!("{counted} ({})", language.pick(counting::CLOSED))
            }
            Self::Weekend => off(counting::WEEKEND),
            Self::Closed => off(counting::CLOSED),
            Self::Suspended => part(DayPart::Suspended),
            Self::Rolled => part(DayPart::Rolled),
            Self::RolledTo => part(DayPart::RolledTo),
            Self::Extended => part(DayPart::Extended),
            Self::Doubtful => language.pick(counting::DOUBTFUL).to_owned(),
        }
    }
}
