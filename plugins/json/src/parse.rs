//! Bytes to a JSON value, with what `serde_json` does not say: fields there twice, a bound on size
//! and depth, and columns counted in characters.

use std::fmt;

use barid_plugin::problem::PROBLEMS_MAX;
use barid_plugin::{Place, Problems};
use serde::de::{DeserializeSeed, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Value};

use crate::said;
use crate::shown::shortened;

/// Largest document read, in bytes. The largest real one, a list of 329 winners, has about 100 KB;
/// the hub hands over at most 16 MiB.
pub const SIZE_MAX_BYTES: usize = 16 << 20;

/// Deepest nesting read. The formats' own objects nest 6 deep.
pub const DEPTH_MAX: usize = 32;

/// Reads one JSON value of any shape. `None`: it is not JSON, and the problems say where and why.
pub fn value(input: &[u8], problems: &mut Problems) -> Option<Value> {
    if input.len() > SIZE_MAX_BYTES {
        said::too_large(problems, input.len());
        return None;
    }
    if input.starts_with(b"\xFF\xFE") || input.starts_with(b"\xFE\xFF") {
        said::not_utf8(problems, Place::line(1, 1));
        return None;
    }
    // RFC 8259 section 8.1 lets a reader ignore the byte order mark that some editors write.
    let text = input.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(input);
    if let Err(invalid) = std::str::from_utf8(text) {
        said::not_utf8(problems, place_at(text, invalid.valid_up_to()));
        return None;
    }

    let mut twice = Vec::new();
    let mut parser = serde_json::Deserializer::from_slice(text);
    let tree = Tree { path: &Step::Root, depth: 0, twice: &mut twice };
    let parsed = tree.deserialize(&mut parser).and_then(|value| parser.end().map(|()| value));
    for path in twice {
        said::twice(problems, path);
    }
    match parsed {
        Ok(value) => Some(value),
        Err(broken) => {
            said::syntax(problems, place_of(text, &broken), &broken);
            None
        }
    }
}

/// The place `serde_json` stopped at; it counts columns in bytes.
fn place_of(text: &[u8], broken: &serde_json::Error) -> Place {
    let line_start = text
        .split_inclusive(|byte| *byte == b'\n')
        .take(broken.line().saturating_sub(1))
        .map(<[u8]>::len)
        .sum::<usize>();
    place_at(text, line_start + broken.column().saturating_sub(1))
}

/// The place of a byte offset, line and column from 1.
fn place_at(text: &[u8], offset: usize) -> Place {
    let before = text.get(..offset).unwrap_or(text);
    let line_start = before.iter().rposition(|byte| *byte == b'\n').map_or(0, |at| at + 1);
    let lines = before.iter().filter(|byte| **byte == b'\n').count();
    let in_line = before.get(line_start..).unwrap_or_default();
    let column = String::from_utf8_lossy(in_line).chars().count();
    Place::line(number(lines + 1), number(column + 1)).at_offset(before.len() as u64)
}

fn number(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}

/// Where the parser is, as a chain on its own stack.
enum Step<'p> {
    Root,
    Field(&'p Step<'p>, &'p str),
    Item(&'p Step<'p>, usize),
}

impl fmt::Display for Step<'_> {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Root => Ok(()),
            Self::Field(Self::Root, name) => out.write_str(&shortened(name)),
            Self::Field(parent, name) => write!(out, "{parent}.{}", shortened(name)),
            Self::Item(parent, index) => write!(out, "{parent}[{index}]"),
        }
    }
}

/// Builds a value and notes fields that are there twice: `serde_json` would keep the last one
/// without a word, and two readers of the same bytes could then read two different filings.
struct Tree<'t> {
    path: &'t Step<'t>,
    depth: usize,
    twice: &'t mut Vec<String>,
}

impl<'de> DeserializeSeed<'de> for Tree<'_> {
    type Value = Value;

    fn deserialize<D: serde::Deserializer<'de>>(self, parser: D) -> Result<Value, D::Error> {
        parser.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Tree<'_> {
    type Value = Value;

    fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("a JSON value")
    }

    fn visit_unit<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_bool<E>(self, flag: bool) -> Result<Value, E> {
        Ok(Value::Bool(flag))
    }

    fn visit_u64<E>(self, number: u64) -> Result<Value, E> {
        Ok(number.into())
    }

    fn visit_i64<E>(self, number: i64) -> Result<Value, E> {
        Ok(number.into())
    }

    fn visit_f64<E>(self, number: f64) -> Result<Value, E> {
        Ok(number.into())
    }

    fn visit_str<E>(self, text: &str) -> Result<Value, E> {
        Ok(text.into())
    }

    fn visit_string<E>(self, text: String) -> Result<Value, E> {
        Ok(Value::String(text))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Value, A::Error> {
        let depth = deeper(self.depth)?;
        let mut list = Vec::new();
        loop {
            let path = Step::Item(self.path, list.len());
            let seed = Tree { path: &path, depth, twice: &mut *self.twice };
            match items.next_element_seed(seed)? {
                Some(item) => list.push(item),
                None => return Ok(Value::Array(list)),
            }
        }
    }

    fn visit_map<A: MapAccess<'de>>(self, mut fields: A) -> Result<Value, A::Error> {
        let depth = deeper(self.depth)?;
        let mut object = Map::new();
        while let Some(name) = fields.next_key::<String>()? {
            let path = Step::Field(self.path, &name);
            let seed = Tree { path: &path, depth, twice: &mut *self.twice };
            let value = fields.next_value_seed(seed)?;
            if object.contains_key(&name) {
                if self.twice.len() < PROBLEMS_MAX {
                    self.twice.push(path.to_string());
                }
            } else {
                object.insert(name, value);
            }
        }
        Ok(Value::Object(object))
    }
}

fn deeper<E: serde::de::Error>(depth: usize) -> Result<usize, E> {
    if depth >= DEPTH_MAX {
        return Err(E::custom(format_args!("nested deeper than {DEPTH_MAX}")));
    }
    Ok(depth + 1)
}
