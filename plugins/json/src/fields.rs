//! The fields of one JSON object, taken by name.

use std::fmt::Display;
use std::ops::RangeInclusive;

use barid_plugin::{Place, Problems, problem::Wording};
use barid_proto::text::has_bidi_control;
use barid_proto::v1::{CivilDate, Rendering, Text};
use jiff::Timestamp;
use serde_json::{Map, Value};

use crate::shown::shortened;
use crate::{day, parse, said};

/// Longest string read, in bytes: the bound of `Rendering.text` in `terms.proto`.
pub const STRING_MAX_BYTES: usize = 65_536;

/// Most items of a list read. A register of all complaints of an election has about 5,000.
pub const ITEMS_MAX: usize = 100_000;

/// Most languages of one text: the bound of `Text.renderings` in `terms.proto`.
const LANGUAGES_MAX: usize = 8;

/// The name that tells which rendering of a text binds.
const AUTHORITATIVE: &str = "authoritative";

/// Whether a field may be absent. `null` counts as absent, and so does an empty string.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Need {
    /// Its absence is a problem.
    Required,
    /// Its absence is not.
    Optional,
}

/// Reads a document that is one JSON object. `build` takes the fields it knows; fields it did not
/// ask for are reported when it returns.
///
/// `None`: the bytes are not a JSON object. `Some` does not mean that all is well: ask
/// [`Problems::has_errors`].
pub fn read_object<T>(
    input: &[u8],
    problems: &mut Problems,
    build: impl FnOnce(&mut Fields<'_, '_>) -> T,
) -> Option<T> {
    match parse::value(input, problems)? {
        Value::Object(object) => Some(Fields::read(&object, String::new(), problems, build)),
        _ => {
            said::wrong_type(problems, "$".to_owned(), said::OBJECT);
            None
        }
    }
}

/// The fields of one object, and the problems found so far.
///
/// An accessor that finds a problem reports it and returns the type's empty value, so that the
/// rest of the object is read as well.
#[derive(Debug)]
pub struct Fields<'v, 'p> {
    object: &'v Map<String, Value>,
    path: String,
    asked: Vec<&'static str>,
    left: bool,
    problems: &'p mut Problems,
}

impl<'v> Fields<'v, '_> {
    fn read<T>(
        object: &'v Map<String, Value>,
        path: String,
        problems: &mut Problems,
        build: impl FnOnce(&mut Fields<'_, '_>) -> T,
    ) -> T {
        let mut fields = Fields { object, path, asked: Vec::new(), left: false, problems };
        let built = build(&mut fields);
        fields.report_unknown();
        built
    }

    fn report_unknown(&mut self) {
        for name in self.object.keys().filter(|_| !self.left) {
            if !self.asked.contains(&name.as_str()) {
                said::unknown(self.problems, self.path_of(name));
            }
        }
    }

    /// The path of a field of this object: `winners[3].sex`.
    #[must_use]
    pub fn path_of(&self, name: &str) -> String {
        let name = shortened(name);
        if self.path.is_empty() { name.into_owned() } else { format!("{}.{name}", self.path) }
    }

    /// Reports an error of the format's own about a field.
    pub fn error(&mut self, name: &str, code: &str, what: Wording<'_>, remedy: Wording<'_>) {
        self.problems.error(code, Place::path(self.path_of(name)), what, remedy);
    }

    /// Reports a warning of the format's own about a field.
    pub fn warning(&mut self, name: &str, code: &str, what: Wording<'_>, remedy: Wording<'_>) {
        self.problems.warning(code, Place::path(self.path_of(name)), what, remedy);
    }

    /// Gives up on this object: its other fields are not reported as unknown.
    pub fn leave_rest(&mut self) {
        self.left = true;
    }

    /// Whether the field is there with a value. Does not count as reading it.
    #[must_use]
    pub fn has(&self, name: &str) -> bool {
        self.object.get(name).is_some_and(|value| !value.is_null())
    }

    /// Whether an error was reported about the field itself: what it says is not known, and that it
    /// says nothing would be untrue.
    #[must_use]
    pub fn is_refused(&self, name: &str) -> bool {
        self.problems.has_error_at(&self.path_of(name))
    }

    /// A string, as written; empty when absent. At most [`STRING_MAX_BYTES`].
    pub fn string(&mut self, name: &'static str, need: Need) -> String {
        let Some(value) = self.take(name, need) else { return String::new() };
        let path = self.path_of(name);
        let text = self.string_of(value, &path);
        if text.as_ref().is_some_and(String::is_empty) && need == Need::Required {
            said::missing(self.problems, path);
        }
        text.unwrap_or_default()
    }

    /// A docket number or other identifier: a string without invisible characters that change the
    /// writing direction, because two such strings can look alike and differ.
    pub fn identifier(&mut self, name: &'static str, need: Need) -> String {
        let text = self.string(name, need);
        if let Some((_, control)) = has_bidi_control(&text) {
            said::bidi(self.problems, self.path_of(name), control);
        }
        text
    }

    /// A whole number; 0 when absent.
    pub fn integer<T: TryFrom<i128> + Default>(&mut self, name: &'static str, need: Need) -> T {
        let Some(value) = self.take(name, need) else { return T::default() };
        let path = self.path_of(name);
        self.integer_of(value, path).unwrap_or_default()
    }

    /// A whole number within bounds; 0 when absent or outside.
    pub fn integer_in<T>(&mut self, name: &'static str, need: Need, bounds: RangeInclusive<T>) -> T
    where
        T: TryFrom<i128> + Default + PartialOrd + Display,
    {
        let Some(value) = self.take(name, need) else { return T::default() };
        let path = self.path_of(name);
        match self.integer_of::<T>(value, path.clone()) {
            Some(number) if bounds.contains(&number) => number,
            Some(number) => {
                said::out_of_range(self.problems, path, &number.to_string());
                T::default()
            }
            None => T::default(),
        }
    }

    /// True or false; false when absent.
    pub fn flag(&mut self, name: &'static str, need: Need) -> bool {
        match self.take(name, need) {
            Some(Value::Bool(flag)) => *flag,
            Some(_) => self.wrong_type(name, said::FLAG),
            None => false,
        }
    }

    /// A day, written `2025-12-08`. Must exist and lie in 1900 to 2200.
    pub fn date(&mut self, name: &'static str, need: Need) -> Option<CivilDate> {
        let value = self.take(name, need)?;
        let read = value.as_str().and_then(day::parse);
        if read.is_none() {
            said::bad_day(self.problems, self.path_of(name));
        }
        read
    }

    /// An instant with its offset from UTC, `2025-11-11T13:20:00+03:00`, as milliseconds since
    /// 1970; 0 when absent.
    pub fn instant(&mut self, name: &'static str, need: Need) -> i64 {
        let text = self.string(name, need);
        if text.is_empty() {
            return 0;
        }
        let read = text.parse::<Timestamp>();
        if read.is_err() {
            said::bad_instant(self.problems, self.path_of(name));
        }
        read.map_or(0, Timestamp::as_millisecond)
    }

    /// One word of a list, such as those in [`crate::words`].
    pub fn choice<T: Copy>(
        &mut self,
        name: &'static str,
        need: Need,
        words: &[(&str, T)],
    ) -> Option<T> {
        let value = self.take(name, need)?;
        let path = self.path_of(name);
        let word = self.string_of(value, &path)?;
        let found = words.iter().find(|(known, _)| *known == word).map(|(_, meaning)| *meaning);
        if found.is_none() {
            let known: Vec<&str> = words.iter().map(|(known, _)| *known).collect();
            said::unknown_word(self.problems, path, &word, &known.join(", "));
        }
        found
    }

    /// A nested object.
    pub fn object<T>(
        &mut self,
        name: &'static str,
        need: Need,
        build: impl FnOnce(&mut Fields<'_, '_>) -> T,
    ) -> Option<T> {
        let path = self.path_of(name);
        match self.take(name, need)? {
            Value::Object(object) => Some(Fields::read(object, path, self.problems, build)),
            _ => {
                said::wrong_type(self.problems, path, said::OBJECT);
                None
            }
        }
    }

    /// A list of objects; empty when absent. A required list has at least one.
    pub fn objects<T>(
        &mut self,
        name: &'static str,
        need: Need,
        mut build: impl FnMut(&mut Fields<'_, '_>) -> T,
    ) -> Vec<T> {
        self.items(name, need, |fields, value, path| match value {
            Value::Object(object) => Some(Fields::read(object, path, fields.problems, &mut build)),
            _ => {
                said::wrong_type(fields.problems, path, said::OBJECT);
                None
            }
        })
    }

    /// A list of strings, none empty; empty when absent. A required list has at least one.
    pub fn strings(&mut self, name: &'static str, need: Need) -> Vec<String> {
        self.items(name, need, |fields, value, path| {
            let text = fields.string_of(value, &path)?;
            if text.is_empty() {
                said::missing(fields.problems, path);
            }
            Some(text)
        })
    }

    /// A list of whole numbers; empty when absent. A required list has at least one.
    pub fn integers<T: TryFrom<i128>>(&mut self, name: &'static str, need: Need) -> Vec<T> {
        self.items(name, need, |fields, value, path| fields.integer_of(value, path))
    }

    /// A text in its languages: `{"ar": "…", "ckb": "…", "authoritative": "ar"}`.
    pub fn text(&mut self, name: &'static str, need: Need) -> Option<Text> {
        let path = self.path_of(name);
        let value = self.take(name, need)?;
        let Value::Object(object) = value else {
            said::wrong_type(self.problems, path, said::OBJECT);
            return None;
        };
        let mut text = Text::default();
        for (language, rendering) in object {
            let place = format!("{path}.{}", shortened(language));
            let Some(rendering) = self.string_of(rendering, &place) else { continue };
            if language == AUTHORITATIVE {
                text.authoritative = rendering;
            } else if !is_language(language) {
                said::bad_language(self.problems, place);
            } else if rendering.is_empty() {
                said::missing(self.problems, place);
            } else {
                text.renderings.push(Rendering { language: language.clone(), text: rendering });
            }
        }
        self.checked(text, path)
    }

    fn checked(&mut self, mut text: Text, path: String) -> Option<Text> {
        text.renderings.sort_by(|left, right| left.language.cmp(&right.language));
        let binding = &text.authoritative;
        let known = text.renderings.iter().any(|rendering| rendering.language == *binding);
        if !binding.is_empty() && !known {
            said::bad_language(self.problems, format!("{path}.{AUTHORITATIVE}"));
        }
        if text.renderings.len() > LANGUAGES_MAX {
            said::too_long(self.problems, path, LANGUAGES_MAX);
            return None;
        }
        if text.renderings.is_empty() {
            said::missing(self.problems, path);
            return None;
        }
        Some(text)
    }

    fn items<T>(
        &mut self,
        name: &'static str,
        need: Need,
        mut read: impl FnMut(&mut Self, &'v Value, String) -> Option<T>,
    ) -> Vec<T> {
        let path = self.path_of(name);
        let list = match self.take(name, need) {
            Some(Value::Array(list)) => list,
            Some(_) => return self.wrong_type(name, said::ARRAY),
            None => return Vec::new(),
        };
        if list.is_empty() && need == Need::Required {
            said::missing(self.problems, path.clone());
        }
        if list.len() > ITEMS_MAX {
            said::too_long(self.problems, path, ITEMS_MAX);
            return Vec::new();
        }
        list.iter()
            .enumerate()
            .filter_map(|(index, value)| read(self, value, format!("{path}[{index}]")))
            .collect()
    }

    fn take(&mut self, name: &'static str, need: Need) -> Option<&'v Value> {
        self.asked.push(name);
        let found = self.object.get(name).filter(|value| !value.is_null());
        if found.is_none() && need == Need::Required {
            said::missing(self.problems, self.path_of(name));
        }
        found
    }

    fn string_of(&mut self, value: &Value, path: &str) -> Option<String> {
        let Value::String(text) = value else {
            said::wrong_type(self.problems, path.to_owned(), said::STRING);
            return None;
        };
        if text.len() > STRING_MAX_BYTES {
            said::too_long(self.problems, path.to_owned(), STRING_MAX_BYTES);
            return None;
        }
        Some(text.clone())
    }

    fn integer_of<T: TryFrom<i128>>(&mut self, value: &Value, path: String) -> Option<T> {
        let number = value.as_u64().map(i128::from).or_else(|| value.as_i64().map(i128::from));
        let Some(number) = number else {
            said::wrong_type(self.problems, path, said::INTEGER);
            return None;
        };
        let fitting = T::try_from(number).ok();
        if fitting.is_none() {
            said::out_of_range(self.problems, path, &number.to_string());
        }
        fitting
    }

    fn wrong_type<T: Default>(&mut self, name: &str, expected: said::Expected) -> T {
        said::wrong_type(self.problems, self.path_of(name), expected);
        T::default()
    }
}

/// Whether this has the shape of a BCP 47 tag in its shortest form: `ar`, `ckb`, `es-MX`.
fn is_language(tag: &str) -> bool {
    let mut parts = tag.split('-');
    let primary = parts.next().unwrap_or_default();
    (2..=3).contains(&primary.len())
        && primary.bytes().all(|byte| byte.is_ascii_lowercase())
        && parts.all(|part| {
            (1..=8).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_alphanumeric())
        })
}
