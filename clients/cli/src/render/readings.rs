//! What two readings of one document have not in common, element by element.
//!
//! Compared here and not at the hub: whoever asks need not believe what it says about itself.

use barid_proto::FILE_DESCRIPTOR_SET;
use barid_proto::v1::Reading;
use prost::Message as _;
use prost_reflect::{DescriptorPool, DynamicMessage, Value};
use serde_json::json;

/// The message whose elements have names here.
const READING: &str = "barid.v1.Reading";

/// Elements of a reading that say who read: of course they differ.
const WHO_READ: [&str; 2] = ["plugin", "plugin_sha256"];

/// Longest value that is shown, in characters.
const SHOWN_CHARS_MAX: usize = 120;

/// One element that is not the same.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Difference {
    /// Where: `content.appeal_filed.appellant.name.renderings[0].text`.
    pub(crate) path: String,
    /// What it was. `None`: it was not there.
    pub(crate) before: Option<String>,
    /// What it is. `None`: it is not there.
    pub(crate) after: Option<String>,
}

impl Difference {
    /// For scripts.
    pub(crate) fn value(&self) -> serde_json::Value {
        json!({ "path": self.path, "before": self.before, "after": self.after })
    }
}

/// Everything that differs, in the order of the elements. `None`: this program does not know its
/// own messages, which cannot be.
pub(crate) fn differences(before: &Reading, after: &Reading) -> Option<Vec<Difference>> {
    let pool = DescriptorPool::decode(FILE_DESCRIPTOR_SET).ok()?;
    let reading = pool.get_message_by_name(READING)?;
    let dynamic = |one: &Reading| {
        DynamicMessage::decode(reading.clone(), one.encode_to_vec().as_slice()).ok()
    };
    let (before, after) = (dynamic(before)?, dynamic(after)?);
    let mut found = Vec::new();
    compare_messages("", Some(&before), Some(&after), &mut found);
    found.retain(|one| !WHO_READ.contains(&one.path.as_str()));
    Some(found)
}

fn compare_messages(
    path: &str,
    before: Option<&DynamicMessage>,
    after: Option<&DynamicMessage>,
    found: &mut Vec<Difference>,
) {
    let Some(descriptor) = before.or(after).map(prost_reflect::ReflectMessage::descriptor) else {
        return;
    };
    let empty = found.len();
    for field in descriptor.fields() {
        let value = |message: Option<&DynamicMessage>| {
            let message = message.filter(|message| message.has_field(&field))?;
            Some(message.get_field(&field).into_owned())
        };
        let (left, right) = (value(before), value(after));
        if left != right {
            let name = field.name();
            let path = if path.is_empty() { name.to_owned() } else { format!("{path}.{name}") };
            compare_values(&path, left.as_ref(), right.as_ref(), found);
        }
    }
    // A message without any element set is there, or is not.
    if found.len() == empty && before.is_some() != after.is_some() {
        let there = |one: Option<&DynamicMessage>| one.map(|_| "{}".to_owned());
        let (before, after) = (there(before), there(after));
        found.push(Difference { path: path.to_owned(), before, after });
    }
}

fn compare_values(
    path: &str,
    before: Option<&Value>,
    after: Option<&Value>,
    found: &mut Vec<Difference>,
) {
    let list = |value: Option<&Value>| value.and_then(Value::as_list).map(<[Value]>::to_vec);
    let message = |value: Option<&Value>| value.and_then(Value::as_message).cloned();
    let (left, right) = (list(before), list(after));
    if left.is_some() || right.is_some() {
        let (left, right) = (left.unwrap_or_default(), right.unwrap_or_default());
        for index in 0..left.len().max(right.len()) {
            let (left, right) = (left.get(index), right.get(index));
            if left != right {
                compare_values(&format!("{path}[{index}]"), left, right, found);
            }
        }
        return;
    }
    let (left, right) = (message(before), message(after));
    if left.is_some() || right.is_some() {
        compare_messages(path, left.as_ref(), right.as_ref(), found);
        return;
    }
    let (before, after) = (before.map(shown), after.map(shown));
    found.push(Difference { path: path.to_owned(), before, after });
}

/// A single value, shortened.
fn shown(value: &Value) -> String {
    let text = match value {
        Value::String(text) => text.clone(),
        Value::Bytes(bytes) => barid_client::hex::encode(bytes),
        Value::Bool(one) => one.to_string(),
        Value::I32(number) | Value::EnumNumber(number) => number.to_string(),
        Value::I64(number) => number.to_string(),
        Value::U32(number) => number.to_string(),
        Value::U64(number) => number.to_string(),
        other => format!("{other:?}"),
    };
    let mut short: String = text.chars().take(SHOWN_CHARS_MAX).collect();
    if short.len() < text.len() {
        short.push('…');
    }
    short
}

#[cfg(test)]
mod tests {
    use barid_proto::v1::filing_content::Content;
    use barid_proto::v1::{DocketNumber, FilingContent, PilotPaper, Query};

    use super::*;

    fn reading(number: &str) -> Reading {
        let query = Query { number: number.to_owned(), ..Query::default() };
        let docket_number = DocketNumber {
            institution: "ejp".to_owned(),
            literal: "612/2025".to_owned(),
            normal: "612/2025".to_owned(),
        };
        Reading {
            plugin: "a 1".to_owned(),
            plugin_sha256: vec![1; 32],
            content: Some(FilingContent { content: Some(Content::Query(query)) }),
            docket_numbers: vec![docket_number],
            ..Reading::default()
        }
    }

    fn found(before: &Reading, after: &Reading) -> Vec<(String, Option<String>, Option<String>)> {
        let all = differences(before, after).unwrap();
        all.into_iter().map(|one| (one.path, one.before, one.after)).collect()
    }

    #[test]
    fn who_read_is_no_difference() {
        let mut later = reading("7");
        later.plugin = "a 2".to_owned();
        later.plugin_sha256 = vec![2; 32];
        assert_eq!(found(&reading("7"), &later), []);
    }

    #[test]
    fn each_element_that_differs_is_named_with_both_its_values() {
        let some = |text: &str| Some(text.to_owned());
        let mut later = reading("8");
        later.docket_numbers[0].normal = "613/2025".to_owned();
        let second = later.docket_numbers[0].clone();
        later.docket_numbers.push(DocketNumber { normal: String::new(), ..second });
        assert_eq!(
            found(&reading("7"), &later),
            [
                ("content.query.number".to_owned(), some("7"), some("8")),
                ("docket_numbers[0].normal".to_owned(), some("612/2025"), some("613/2025")),
                ("docket_numbers[1].institution".to_owned(), None, some("ejp")),
                ("docket_numbers[1].literal".to_owned(), None, some("612/2025")),
            ]
        );
    }

    #[test]
    fn content_that_is_gone_or_of_another_kind_is_told() {
        let mut later = reading("7");
        later.content = None;
        let gone = found(&reading("7"), &later);
        assert_eq!(gone, [("content.query.number".to_owned(), Some("7".to_owned()), None)]);
        let pilot = Content::PilotPaper(PilotPaper::default());
        later.content = Some(FilingContent { content: Some(pilot) });
        let paths: Vec<_> = found(&reading("7"), &later).into_iter().map(|one| one.0).collect();
        assert_eq!(paths, ["content.query.number", "content.pilot_paper"]);
    }

    #[test]
    fn long_values_are_shortened() {
        let found = found(&reading(&"7".repeat(500)), &reading("7"));
        assert_eq!(found[0].1.as_ref().unwrap().chars().count(), SHOWN_CHARS_MAX + 1);
    }
}
