//! Assessments and their readings for scripts. Keys are stable, as all of [`super::json`].

use barid_client::hex::encode;
use barid_proto::v1::{
    Assessment, CivilDate, CountedDay, Period, PeriodFrame, RuleReading, SwitchSetting,
};
use serde_json::{Map, Value, json};

use super::{json as values, office, time};

/// An assessment; `days`: with every day that was counted or passed over.
pub(crate) fn assessment(one: &Assessment, days: bool) -> Value {
    let inputs: Vec<_> = one.inputs.iter().map(|input| json!([input.name, input.value])).collect();
    let readings: Vec<_> = one.readings.iter().map(|one| reading(one, days)).collect();
    json!({
        "subject": one.subject,
        "finding": one.finding().as_str_name(),
        "rule_set": one.rule_set_id,
        "rule_set_sha256": encode(&one.rule_set_sha256),
        "rule": one.rule,
        "article": one.article,
        "explanation": values::text(one.explanation.as_ref()),
        "inputs": inputs,
        "as_of_size": one.as_of_size,
        "leaves": one.leaves,
        "frame": one.frame.as_ref().map(frame),
        "readings": readings,
    })
}

fn frame(frame: &PeriodFrame) -> Value {
    let calendars = frame.calendars.iter().map(|version| {
        json!({ "leaf": version.leaf_index, "envelope_digest": encode(&version.envelope_digest) })
    });
    json!({
        "office": office(frame.office.as_ref()),
        "trigger": frame.trigger,
        "trigger_leaf": frame.trigger_leaf,
        "measured_unix_ms": Some(frame.measured_unix_ms).filter(|at| *at != 0),
        "calendars": calendars.collect::<Vec<_>>(),
    })
}

fn reading(reading: &RuleReading, days: bool) -> Value {
    let period = reading.period.as_ref();
    let deadline = period
        .filter(|period| period.deadline_unix_ms != 0)
        .and_then(|period| time::rfc3339(period.deadline_unix_ms, period.utc_offset_minutes));
    let left = period.map(|period| period.remaining).filter(|left| *left > 0);
    let mut value = json!({
        "settings": reading.settings.iter().map(setting).collect::<Vec<_>>(),
        "finding": reading.finding().as_str_name(),
        "conclusion": reading.conclusion,
        "deadline": deadline,
        "last_day": period.and_then(|period| period.last_day).map(day),
        "doubtful_day": period.and_then(|period| period.doubtful_day).map(day),
        "remaining": left,
    });
    if let (Value::Object(map), Some(period), true) = (&mut value, period, days) {
        map.insert("days".to_owned(), all_days(period));
    }
    value
}

fn setting(setting: &SwitchSetting) -> Value {
    let one = |value: &barid_proto::v1::SwitchValue| (value.name.clone(), json!(value.value));
    Value::Object(setting.values.iter().map(one).collect::<Map<_, _>>())
}

fn all_days(period: &Period) -> Value {
    let one = |counted: &CountedDay| {
        json!({
            "day": counted.day.map(day),
            "part": counted.part().as_str_name(),
            "number": Some(counted.number).filter(|number| *number > 0),
            "kind": counted.kind().as_str_name(),
            "name": values::text(counted.name.as_ref()),
            "calendar_leaf": counted.calendar_leaf,
            "announced_late": counted.announced_late,
        })
    };
    period.days.iter().map(one).collect()
}

/// As RFC 3339 has it, whether there is such a day or not.
fn day(day: CivilDate) -> String {
    format!("{:04}-{:02}-{:02}", day.year, day.month, day.day)
}

#[cfg(test)]
mod tests {
    use super::*;
    use barid_proto::v1::{AssessmentFinding, SwitchValue};

    #[test]
    fn a_reading_has_its_deadline_with_the_offset_of_the_office() {
        let period = Period {
            deadline_unix_ms: 1_763_899_200_000,
            utc_offset_minutes: 180,
            last_day: Some(CivilDate { year: 2025, month: 11, day: 23 }),
            days: vec![CountedDay::default()],
            ..Period::default()
        };
        let values = vec![SwitchValue { name: "A1".into(), value: "last".into() }];
        let reading = RuleReading {
            settings: vec![SwitchSetting { values }],
            finding: AssessmentFinding::InOrder.into(),
            conclusion: "on-time".into(),
            period: Some(period),
        };
        let assessment = Assessment {
            article: "8-V".into(),
            readings: vec![reading, RuleReading::default()],
            ..Assessment::default()
        };
        let value = super::assessment(&assessment, false);
        assert_eq!(value["article"], "8-V");
        let first = &value["readings"][0];
        assert_eq!(first["deadline"], "2025-11-23T15:00:00+03:00");
        assert_eq!(first["last_day"], "2025-11-23");
        assert_eq!(first["settings"][0]["A1"], "last");
        assert_eq!(first["conclusion"], "on-time");
        assert!(first.get("days").is_none() && value["readings"][1]["deadline"].is_null());
        let whole = super::assessment(&assessment, true);
        assert_eq!(whole["readings"][0]["days"].as_array().unwrap().len(), 1);
    }
}
