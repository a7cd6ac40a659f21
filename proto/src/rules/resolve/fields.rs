//! Reading fields, with a complaint where one is missing or wrong.

use std::collections::BTreeSet;

use jiff::civil::Date;
use toml::value::Datetime;

use super::super::choice::Choice;
use super::super::place::Checked;
use super::super::written::{Field, Line};
use super::super::{Names, Switch};
use super::{missing, near};
use crate::kind::filing_kind_of_name;
use crate::v1::FilingKind;
use crate::word::Word;

/// Longest key, in bytes.
const KEY_MAX_BYTES: usize = 64;

/// Longest identifier of an institution, in bytes: as on the wire.
const INSTITUTION_MAX_BYTES: usize = 32;

/// Reads fields and notes what is wrong with them.
pub(super) struct Fields<'c, 't> {
    checked: &'c mut Checked<'t>,
}

/// The switches that a rule may ask, and those that it did.
pub(super) struct Asked<'a> {
    pub(super) switches: &'a [Switch],
    pub(super) used: &'a mut BTreeSet<String>,
    pub(super) near: Option<&'a Field<String>>,
}

impl<'c, 't> Fields<'c, 't> {
    pub(super) fn new(checked: &'c mut Checked<'t>) -> Self {
        Self { checked }
    }

    /// Whether nothing was wrong so far.
    pub(super) fn fine(&self) -> bool {
        self.checked.fine()
    }

    pub(super) fn wrong(
        &mut self,
        at: Option<usize>,
        path: &str,
        code: &'static str,
        what: impl Into<String>,
    ) {
        self.checked.wrong(at, path, code, what);
    }

    /// As [`Fields::wrong`]; without a place of its own, at the key of its section.
    pub(super) fn wrong_near(
        &mut self,
        at: Option<usize>,
        key: Option<&Field<String>>,
        path: &str,
        code: &'static str,
        what: impl Into<String>,
    ) {
        self.checked.wrong(near(at, key), path, code, what);
    }

    pub(super) fn needed<T: Clone>(&mut self, path: &str, field: Option<&Field<T>>) -> Option<T> {
        if field.is_none() {
            self.wrong(None, path, "missing", "must be given");
        }
        field.map(|field| field.value.clone())
    }

    /// A text that must not be empty; empty when it is, and that was told.
    pub(super) fn line(&mut self, path: &str, line: &Line, key: Option<&Field<String>>) -> String {
        let value = line.as_ref().map(|field| field.value.trim()).unwrap_or_default();
        if value.is_empty() {
            let at = line.as_ref().and_then(|field| field.at);
            self.wrong_near(at, key, path, "missing", "must be given");
        }
        value.to_owned()
    }

    /// A name of letters, digits and hyphens.
    pub(super) fn identifier(&mut self, path: &str, line: &Line) -> Option<String> {
        let field = line.as_ref();
        let Some(field) = field else {
            self.wrong(None, path, "missing", "must be given");
            return None;
        };
        let fits = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-';
        let value = &field.value;
        if value.is_empty() || value.len() > KEY_MAX_BYTES || !value.bytes().all(fits) {
            let what = format!("{value:?} is not 1 to {KEY_MAX_BYTES} of A-Z a-z 0-9 -");
            self.wrong(field.at, path, "identifier", what);
            return None;
        }
        Some(value.clone())
    }

    /// The key of a section, which no other of its kind has.
    pub(super) fn key(
        &mut self,
        section: &str,
        line: &Line,
        known: &mut BTreeSet<String>,
    ) -> Option<String> {
        let key = self.identifier(&format!("{section}.key"), line)?;
        if !known.insert(key.clone()) {
            let at = line.as_ref().and_then(|field| field.at);
            self.wrong(at, &format!("{section}.{key}"), "twice", "is there twice");
            return None;
        }
        Some(key)
    }

    /// A text in all languages.
    pub(super) fn names(&mut self, path: &str, key: Option<&Field<String>>, names: &Names) {
        let missing = missing(names);
        if !missing.is_empty() {
            let what = format!("is missing in {}", missing.join(", "));
            self.wrong_near(None, key, path, "missing-language", what);
        }
    }

    pub(super) fn date(&mut self, path: &str, field: Option<&Field<Datetime>>) -> Option<Date> {
        let field = field?;
        let date = civil(&field.value);
        if date.is_none() {
            let what = format!("{} is no day: write 2025-11-17", field.value);
            self.wrong(field.at, path, "date", what);
        }
        date
    }

    pub(super) fn needed_date(
        &mut self,
        path: &str,
        field: Option<&Field<Datetime>>,
    ) -> Option<Date> {
        self.needed(path, field)?;
        self.date(path, field)
    }

    pub(super) fn dates(&mut self, path: &str, field: Option<&Field<Vec<Datetime>>>) -> Vec<Date> {
        let Some(field) = field else { return Vec::new() };
        let dates: Option<Vec<Date>> = field.value.iter().map(civil).collect();
        if dates.is_none() {
            self.wrong(field.at, path, "date", "not all of these are days: write 2025-11-17");
        }
        dates.unwrap_or_default()
    }

    /// A word of a fixed list.
    pub(super) fn word<T: Word>(
        &mut self,
        path: &str,
        line: &Line,
        key: Option<&Field<String>>,
    ) -> Option<T> {
        let value = self.line(path, line, key);
        let word = T::from_word(&value);
        if word.is_none() && !value.is_empty() {
            let at = line.as_ref().and_then(|field| field.at);
            let what = format!("{value:?} is none of {}", T::all_words());
            self.wrong_near(at, key, path, "unknown-word", what);
        }
        word
    }

    /// Words of a fixed list, none twice.
    pub(super) fn words<T: Word>(
        &mut self,
        path: &str,
        field: &Field<Vec<String>>,
        key: Option<&Field<String>>,
    ) -> Vec<T> {
        let mut words = Vec::new();
        for value in &field.value {
            match T::from_word(value) {
                Some(word) if words.contains(&word) => {
                    let what = format!("{value:?} is there twice");
                    self.wrong_near(field.at, key, path, "twice", what);
                }
                Some(word) => words.push(word),
                None => {
                    let what = format!("{value:?} is none of {}", T::all_words());
                    self.wrong_near(field.at, key, path, "unknown-word", what);
                }
            }
        }
        words
    }

    /// A word of a fixed list, or `?` with the key of a switch whose options are such words.
    pub(super) fn choice<T: Word>(
        &mut self,
        path: &str,
        line: &Line,
        asked: &mut Asked<'_>,
    ) -> Option<Choice<T>> {
        let written = line.as_ref().and_then(|field| field.value.strip_prefix('?'));
        let Some(name) = written else {
            return self.word(path, line, asked.near).map(Choice::Fixed);
        };
        let at = line.as_ref().and_then(|field| field.at);
        let fits = |word: &str| T::from_word(word).is_some();
        let key = self.switch(path, at, name, asked, fits, &T::all_words())?;
        Some(Choice::Switch(key))
    }

    /// A switch that answers a field: each of its options is one of `wanted`.
    pub(super) fn switch(
        &mut self,
        path: &str,
        at: Option<usize>,
        name: &str,
        asked: &mut Asked<'_>,
        fits: impl Fn(&str) -> bool,
        wanted: &str,
    ) -> Option<String> {
        let at = near(at, asked.near);
        let Some(switch) = asked.switches.iter().find(|switch| switch.key == name) else {
            let what = format!("{name:?} is no switch of this rule set");
            self.wrong(at, path, "unknown-switch", what);
            return None;
        };
        let options = switch.options.iter().map(|option| option.word.as_str());
        let odd: Vec<&str> = options.filter(|word| !fits(word)).collect();
        if !odd.is_empty() {
            let what =
                format!("the switch {name} can be {}, which is none of {wanted}", odd.join(", "));
            self.wrong(at, path, "unknown-word", what);
            return None;
        }
        asked.used.insert(name.to_owned());
        Some(name.to_owned())
    }

    /// Identifiers of institutions.
    pub(super) fn institutions(
        &mut self,
        path: &str,
        field: Option<&Field<Vec<String>>>,
    ) -> Vec<String> {
        let fits = |name: &String| {
            let plain =
                |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
            (1..=INSTITUTION_MAX_BYTES).contains(&name.len()) && name.bytes().all(plain)
        };
        for name in field.iter().flat_map(|field| &field.value).filter(|name| !fits(name)) {
            let what = format!("{name:?} is not 1 to {INSTITUTION_MAX_BYTES} of a-z 0-9 -");
            self.wrong(field.and_then(|field| field.at), path, "identifier", what);
        }
        field.map(|field| field.value.clone()).unwrap_or_default()
    }

    /// Names of kinds of filing.
    pub(super) fn kinds(
        &mut self,
        path: &str,
        field: Option<&Field<Vec<String>>>,
    ) -> Vec<FilingKind> {
        let mut kinds = Vec::new();
        for name in field.iter().flat_map(|field| &field.value) {
            match filing_kind_of_name(name) {
                Some(kind) => kinds.push(kind),
                None => {
                    let what = format!("{name:?} is no kind of filing");
                    self.wrong(field.and_then(|field| field.at), path, "unknown-kind", what);
                }
            }
        }
        kinds
    }
}

fn civil(written: &Datetime) -> Option<Date> {
    let date = written.date.filter(|_| written.time.is_none() && written.offset.is_none())?;
    let year = i16::try_from(date.year).ok()?;
    Date::new(year, i8::try_from(date.month).ok()?, i8::try_from(date.day).ok()?).ok()
}
