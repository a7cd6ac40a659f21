//! Messages in the JSON form of NIEM: an object with one field, the message; fields named
//! `prefix:Name`; lists for what stands several times; `@id` for identifiers.
//!
//! An object with nothing but an `@id` points to the one that has the same and more.

use barid_json_reading::read_value;
use barid_plugin::Problems;
use serde_json::{Map, Value};

use crate::messages::ECF_5;
use crate::receive::{Opening, Receiver};
use crate::said;

/// The text of an element that also has attributes.
const TEXT: &str = "rdf:value";

/// Field of identifiers.
const ID: &str = "@id";

/// Reads a message in JSON. `false`: it is none, and the problems say why.
pub(crate) fn read<R: Receiver>(input: &[u8], receiver: &mut R, problems: &mut Problems) -> bool {
    let Some(value) = read_value(input, problems) else { return false };
    if problems.has_errors() {
        return false;
    }
    match message_of(&value) {
        Some((name, message)) => {
            walk(name, message, receiver);
            true
        }
        None => {
            said::not_ecf_json(problems, &value);
            false
        }
    }
}

/// The one field of the outermost object that is no annotation (`@context` says what the prefixes
/// stand for).
fn message_of(value: &Value) -> Option<(&str, &Value)> {
    let mut fields = value.as_object()?.iter().filter(|(name, _)| !name.starts_with('@'));
    let (name, message) = fields.next()?;
    let only = fields.next().is_none();
    (only && name.contains(':') && message.is_object()).then_some((name.as_str(), message))
}

/// What is still to be told.
enum Step<'v> {
    Element(&'v str, &'v Value),
    Text(&'v Value),
    Close,
}

/// Walks through the value without recursion, which its nesting would control.
fn walk(name: &str, message: &Value, receiver: &mut impl Receiver) {
    let mut ahead = vec![Step::Element(name, message)];
    while let Some(step) = ahead.pop() {
        match step {
            Step::Element(name, Value::Array(items)) => {
                ahead.extend(items.iter().rev().map(|item| Step::Element(name, item)));
            }
            Step::Element(name, value) => {
                open(name, value, receiver);
                ahead.push(Step::Close);
                match value {
                    Value::Object(fields) => ahead.extend(inside(fields)),
                    other => ahead.push(Step::Text(other)),
                }
            }
            Step::Text(value) => tell(value, receiver),
            Step::Close => receiver.close(),
        }
    }
}

/// The fields of an object that are elements, or its text; last first.
fn inside(fields: &Map<String, Value>) -> impl Iterator<Item = Step<'_>> {
    fields.iter().rev().filter(|(name, _)| !name.starts_with('@')).map(|(name, value)| {
        if name == TEXT { Step::Text(value) } else { Step::Element(name, value) }
    })
}

fn open(name: &str, value: &Value, receiver: &mut impl Receiver) {
    let local = name.split_once(':').map_or(name, |(_, local)| local);
    let identifier = value.get(ID).and_then(Value::as_str);
    let points = value.as_object().is_some_and(|fields| fields.len() == 1);
    receiver.open(Opening {
        name: local,
        // The notation came with this version; what prefixes stand for is said elsewhere, or not.
        namespace: ECF_5,
        id: identifier.filter(|_| !points),
        reference: identifier.filter(|_| points),
    });
}

fn tell(value: &Value, receiver: &mut impl Receiver) {
    match value {
        Value::String(text) => receiver.text(text),
        Value::Bool(_) | Value::Number(_) => receiver.text(&value.to_string()),
        Value::Null | Value::Array(_) | Value::Object(_) => {}
    }
}
