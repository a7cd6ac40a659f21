//! Whatever stands in a leaf is rendered.

use proptest::prelude::*;

use super::picture::drawn;
use super::*;
use crate::v1::{
    AssessmentInput, CalendarVersion, CountedDay, Period, PeriodFrame, SwitchSetting, SwitchValue,
};

fn any_date() -> impl Strategy<Value = Option<CivilDate>> {
    let date = (any::<i32>(), -1i32..40, any::<i32>()).prop_map(|(year, month, day)| CivilDate {
        year,
        month,
        day,
    });
    let real = (1990i32..2040, 1i32..13, 1i32..32).prop_map(|(year, month, day)| CivilDate {
        year,
        month,
        day,
    });
    proptest::option::of(prop_oneof![date, real])
}

fn any_day() -> impl Strategy<Value = CountedDay> {
    let name = proptest::option::of(any_text());
    let flags = (any::<i32>(), any::<u32>(), any::<i32>(), any::<Option<u64>>(), any::<bool>());
    (any_date(), name, -1i32..9, flags).prop_map(|(day, name, part, flags)| {
        let (_, number, kind, calendar_leaf, announced_late) = flags;
        CountedDay { day, part, number, kind, name, calendar_leaf, announced_late }
    })
}

fn any_text() -> impl Strategy<Value = Text> {
    let rendering = (any::<String>(), any::<String>())
        .prop_map(|(language, text)| Rendering { language, text });
    (proptest::collection::vec(rendering, 0..3), any::<String>())
        .prop_map(|(renderings, authoritative)| Text { renderings, authoritative })
}

fn any_period() -> impl Strategy<Value = Period> {
    let days = proptest::collection::vec(any_day(), 0..9);
    let numbers = (any::<i64>(), any::<i32>(), any::<u32>(), -1i32..6);
    (days, numbers, any_date(), any_date(), any_date()).prop_map(
        |(days, (deadline_unix_ms, utc_offset_minutes, remaining, end), trigger, last, doubt)| {
            Period {
                end,
                deadline_unix_ms,
                utc_offset_minutes,
                trigger_day: trigger,
                last_day: last,
                days,
                remaining,
                doubtful_day: doubt,
            }
        },
    )
}

fn any_reading() -> impl Strategy<Value = RuleReading> {
    let value =
        ("A[12]|\\PC*", "first|last|\\PC*").prop_map(|(name, value)| SwitchValue { name, value });
    let setting =
        proptest::collection::vec(value, 0..3).prop_map(|values| SwitchSetting { values });
    let settings = proptest::collection::vec(setting, 0..4);
    let code = "on-time|late|runs|suspended|no-calendar|no-such-day|trigger-unknown|\\PC*";
    (settings, -1i32..6, code, proptest::option::of(any_period())).prop_map(
        |(settings, finding, conclusion, period)| RuleReading {
            settings,
            finding,
            conclusion,
            period,
        },
    )
}

fn any_frame() -> impl Strategy<Value = PeriodFrame> {
    let office = (any::<String>(), any::<String>())
        .prop_map(|(institution, office)| Address { institution, office });
    let version = (any::<u64>(), proptest::collection::vec(any::<u8>(), 0..40))
        .prop_map(|(leaf_index, envelope_digest)| CalendarVersion { leaf_index, envelope_digest });
    let calendars = proptest::collection::vec(version, 0..3);
    let measured = prop_oneof![any::<i64>(), Just(FILED), Just(0)];
    let trigger = "publication-certificate|polling|\\PC*";
    (proptest::option::of(office), trigger, any::<Option<u64>>(), measured, calendars).prop_map(
        |(office, trigger, trigger_leaf, measured_unix_ms, calendars)| PeriodFrame {
            office,
            trigger,
            trigger_leaf,
            measured_unix_ms,
            calendars,
        },
    )
}

fn any_assessment() -> impl Strategy<Value = Assessment> {
    let names = ("\\PC*", "appeal-window|\\PC*", "\\PC*", "\\PC*");
    let input = ("time-zone|\\PC*", "Asia/Baghdad|America/Mexico_City|\\PC*")
        .prop_map(|(name, value)| AssessmentInput { name, value });
    let readings = proptest::collection::vec(any_reading(), 0..11);
    let rest = (
        proptest::collection::vec(input, 0..3),
        proptest::collection::vec(any::<u64>(), 0..4),
        any::<u64>(),
        -1i32..6,
    );
    (names, readings, proptest::option::of(any_frame()), rest).prop_map(
        |((subject, rule, article, rule_set_id), readings, frame, rest)| {
            let (inputs, leaves, as_of_size, finding) = rest;
            Assessment {
                subject,
                rule_set_id,
                rule,
                finding,
                inputs,
                article,
                as_of_size,
                leaves,
                frame,
                readings,
                ..Assessment::default()
            }
        },
    )
}

proptest! {
    #[test]
    fn whatever_stands_in_a_leaf_is_rendered(assessment in any_assessment()) {
        let rules = rules();
        for known in [None, Some(&rules)] {
            for language in Language::ALL {
                let whole = explanation(known, &assessment, language);
                prop_assert!(balanced(&whole), "{whole:?}");
                let svg = strip(known, &assessment, language);
                prop_assert!(balanced(&svg));
                drawn(&svg);
            }
        }
        let text = sentence(&rules, &assessment);
        prop_assert_eq!(text.renderings.len(), 4);
        prop_assert!(text.renderings.iter().all(|one| balanced(&one.text)));
    }
}
