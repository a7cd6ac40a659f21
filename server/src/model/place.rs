//! Collecting everything that is wrong with a message, each with the path of its field.

use barid_proto::text::has_bidi_control;
use barid_proto::v1::{self, Problem, ProblemPlace, ProblemSeverity};

use super::wording;

/// Most problems collected from one message: a person mends the first hundreds and sends again.
pub const PROBLEMS_MAX: usize = 200;

/// Longest text in one language, in bytes.
pub const TEXT_MAX_BYTES: usize = 65_536;

/// Longest single-line field, in bytes.
pub const LINE_MAX_BYTES: usize = 1_024;

/// Longest docket number, in bytes.
pub const DOCKET_NUMBER_MAX_BYTES: usize = 512;

/// Most languages of one text.
pub const LANGUAGES_MAX: usize = 8;

/// Walks a message, remembers where it is and notes what is wrong.
#[derive(Debug, Default)]
pub struct Checker {
    path: Vec<String>,
    problems: Vec<Problem>,
}

impl Checker {
    /// Nothing wrong yet.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// What was found.
    #[must_use]
    pub fn into_problems(self) -> Vec<Problem> {
        self.problems
    }

    /// Notes a problem with the field `name` of where the walk is.
    pub fn wrong(&mut self, name: &str, code: &str, what: impl Into<String>) {
        self.note(ProblemSeverity::Error, name, code, what.into());
    }

    /// Notes something about the field `name` that a person should look at.
    pub fn doubtful(&mut self, name: &str, code: &str, what: impl Into<String>) {
        self.note(ProblemSeverity::Warning, name, code, what.into());
    }

    fn note(&mut self, severity: ProblemSeverity, name: &str, code: &str, what: String) {
        if self.problems.len() >= PROBLEMS_MAX {
            return;
        }
        let mut path = self.path.join(".");
        if !path.is_empty() && !name.is_empty() {
            path.push('.');
        }
        path.push_str(name);
        self.problems.push(Problem {
            severity: severity.into(),
            code: code.to_owned(),
            place: Some(ProblemPlace { path, ..ProblemPlace::default() }),
            what: Some(wording::what(code, what)),
            remedy: wording::remedy(code),
        });
    }

    /// Walks into a field.
    pub fn within(&mut self, name: &str, walk: impl FnOnce(&mut Self)) {
        self.path.push(name.to_owned());
        walk(self);
        self.path.pop();
    }

    /// Walks into each element of a repeated field of at most `max` elements.
    pub fn each<T>(
        &mut self,
        name: &str,
        items: &[T],
        max: usize,
        mut walk: impl FnMut(&mut Self, &T),
    ) {
        if items.len() > max {
            self.wrong(
                name,
                "too-many",
                format!("{} are given, at most {max} allowed", items.len()),
            );
            return;
        }
        for (index, item) in items.iter().enumerate() {
            self.within(&format!("{name}[{index}]"), |checker| walk(checker, item));
        }
    }

    /// Walks into a field that must be there.
    pub fn needed<T>(&mut self, name: &str, field: Option<&T>, walk: impl FnOnce(&mut Self, &T)) {
        match field {
            Some(value) => self.within(name, |checker| walk(checker, value)),
            None => self.wrong(name, "missing", "must be given"),
        }
    }

    /// Walks into a field that may be absent.
    pub fn maybe<T>(&mut self, name: &str, field: Option<&T>, walk: impl FnOnce(&mut Self, &T)) {
        if let Some(value) = field {
            self.within(name, |checker| walk(checker, value));
        }
    }

    /// A line of text: bounded, no control characters.
    pub fn line(&mut self, name: &str, text: &str) {
        if text.len() > LINE_MAX_BYTES {
            self.wrong(name, "too-long", format!("longer than {LINE_MAX_BYTES} bytes"));
        }
        if text.chars().any(char::is_control) {
            self.wrong(name, "control-character", "has a control character in it");
        }
    }

    /// A line of text that must not be empty.
    pub fn needed_line(&mut self, name: &str, text: &str) {
        if text.trim().is_empty() {
            self.wrong(name, "missing", "must be given");
        }
        self.line(name, text);
    }

    /// An identifier as people write it: a line without bidirectional control characters, which
    /// would make it look like another.
    pub fn identifier(&mut self, name: &str, text: &str, max_bytes: usize) {
        self.needed_line(name, text);
        if text.len() > max_bytes {
            self.wrong(name, "too-long", format!("longer than {max_bytes} bytes"));
        }
        if let Some((offset, found)) = has_bidi_control(text) {
            self.wrong(
                name,
                "bidi-control",
                format!(
                    "has the invisible character U+{:04X} at byte {offset}, which changes how the \
                     identifier looks; write it without",
                    u32::from(found)
                ),
            );
        }
    }

    /// An enum value that this version knows and that is not the unspecified one.
    pub fn known<E: TryFrom<i32>>(&mut self, name: &str, value: i32) {
        if value == 0 {
            self.wrong(name, "missing", "must be given");
        } else {
            self.known_or_none::<E>(name, value);
        }
    }

    /// An enum value that this version knows, or the unspecified one.
    pub fn known_or_none<E: TryFrom<i32>>(&mut self, name: &str, value: i32) {
        if E::try_from(value).is_err() {
            self.wrong(name, "unknown-value", format!("{value} is not a value of version 1"));
        }
    }

    /// A SHA-256.
    pub fn digest(&mut self, name: &str, bytes: &[u8]) {
        if bytes.len() != 32 {
            self.wrong(name, "digest-length", format!("has {} bytes, not 32", bytes.len()));
        }
    }

    /// A day that exists.
    pub fn date(&mut self, name: &str, date: Option<&v1::CivilDate>) {
        self.maybe(name, date, |checker, date| {
            if !exists(date) {
                let v1::CivilDate { year, month, day } = date;
                checker.wrong(
                    "",
                    "no-such-day",
                    format!("{year:04}-{month:02}-{day:02} is no day"),
                );
            }
        });
    }

    /// A text: bounded, sorted by language, none twice, the binding language among them.
    pub fn text(&mut self, name: &str, text: Option<&v1::Text>) {
        self.maybe(name, text, |checker, text| {
            checker.each("renderings", &text.renderings, LANGUAGES_MAX, |checker, rendering| {
                checker.language("language", &rendering.language);
                if rendering.text.len() > TEXT_MAX_BYTES {
                    checker.wrong(
                        "text",
                        "too-long",
                        format!("longer than {TEXT_MAX_BYTES} bytes"),
                    );
                }
            });
            if !text.renderings.is_sorted_by(|left, right| left.language < right.language) {
                checker.wrong("renderings", "order", "must be sorted by language, none twice");
            }
            let binding = &text.authoritative;
            let present = text.renderings.iter().any(|rendering| rendering.language == *binding);
            if !binding.is_empty() && !present {
                checker.wrong("authoritative", "absent", "is not one of the languages given");
            }
        });
    }

    /// A text that must be there and say something.
    pub fn needed_text(&mut self, name: &str, text: Option<&v1::Text>) {
        let says = text.is_some_and(|text| {
            text.renderings.iter().any(|rendering| !rendering.text.trim().is_empty())
        });
        if !says {
            self.wrong(name, "missing", "must be given");
        }
        self.text(name, text);
    }

    /// A BCP 47 tag, as far as its shape goes.
    pub fn language(&mut self, name: &str, tag: &str) {
        let well_formed = (2..=35).contains(&tag.len())
            && tag.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
        if !well_formed {
            self.wrong(name, "language", "is no language tag, such as ar, ckb or en");
        }
    }

    /// A docket number.
    pub fn docket_number(&mut self, name: &str, number: Option<&v1::DocketNumber>) {
        self.needed(name, number, Self::docket_number_here);
    }

    /// A docket number, at the place where the walk is.
    pub fn docket_number_here(&mut self, number: &v1::DocketNumber) {
        self.needed_line("institution", &number.institution);
        self.identifier("literal", &number.literal, DOCKET_NUMBER_MAX_BYTES);
        self.line("normal", &number.normal);
    }

    /// A reference to an act: it has at least a number or a day.
    pub fn act(&mut self, name: &str, act: Option<&v1::ActReference>) {
        self.needed(name, act, |checker, act| {
            checker.line("institution", &act.institution);
            if act.number.is_empty() && act.date.is_none() {
                checker.wrong("number", "missing", "an act needs a number or a day");
            }
            if !act.number.is_empty() {
                checker.identifier("number", &act.number, DOCKET_NUMBER_MAX_BYTES);
            }
            checker.line("minutes_number", &act.minutes_number);
            checker.date("date", act.date.as_ref());
        });
    }

    /// A person: named, with values this version knows.
    pub fn person(&mut self, name: &str, person: Option<&v1::Person>) {
        self.needed(name, person, Self::person_here);
    }

    /// A person, at the place where the walk is.
    pub fn person_here(&mut self, person: &v1::Person) {
        self.needed_line("full_name", &person.full_name);
        self.known_or_none::<v1::Sex>("sex", person.sex);
        self.known_or_none::<v1::Capacity>("capacity", person.capacity);
        for (name, line) in [
            ("accreditation_number", &person.accreditation_number),
            ("entity_number", &person.entity_number),
            ("postal_address", &person.postal_address),
            ("telephone", &person.telephone),
            ("power_of_attorney", &person.power_of_attorney),
        ] {
            self.line(name, line);
        }
    }

    /// A vote. Whether its numbers add up is assessed, and not refused: a casting vote may have
    /// been written down as one vote more than there are members.
    pub fn vote(&mut self, name: &str, vote: Option<&v1::Vote>) {
        self.maybe(name, vote, |checker, vote| {
            checker.known_or_none::<v1::Agreement>("agreement", vote.agreement);
        });
    }

    /// Operative clauses: numbered 1, 2, 3 …
    pub fn clauses(&mut self, name: &str, clauses: &[v1::OperativeClause]) {
        let mut expected = 0;
        self.each(name, clauses, 512, |checker, clause| {
            expected += 1;
            if clause.number != expected {
                checker.wrong("number", "clause-number", format!("must be {expected}"));
            }
            checker.needed_text("text", clause.text.as_ref());
            checker.date("due_on", clause.due_on.as_ref());
        });
    }
}

/// Whether a day exists in the Gregorian calendar, between 1900 and 2200.
#[must_use]
pub fn exists(date: &v1::CivilDate) -> bool {
    let leap = date.year % 4 == 0 && (date.year % 100 != 0 || date.year % 400 == 0);
    let days = match date.month {
        4 | 6 | 9 | 11 => 30,
        2 if leap => 29,
        2 => 28,
        1 | 3 | 5 | 7 | 8 | 10 | 12 => 31,
        _ => 0,
    };
    (1900..=2200).contains(&date.year) && (1..=days).contains(&date.day)
}

/// A text in English only, for what the hub itself says.
#[must_use]
pub fn english(text: String) -> v1::Text {
    v1::Text {
        renderings: vec![v1::Rendering { language: "en".to_owned(), text }],
        authoritative: String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_exist_or_not() {
        let date = |year, month, day| v1::CivilDate { year, month, day };
        assert!(exists(&date(2024, 2, 29)));
        assert!(exists(&date(2000, 2, 29)));
        for (year, month, day) in
            [(2023, 2, 29), (1900, 2, 29), (2025, 4, 31), (2025, 13, 1), (2025, 0, 1), (25, 1, 1)]
        {
            assert!(!exists(&date(year, month, day)), "{year}-{month}-{day}");
        }
    }

    #[test]
    fn problems_carry_the_path_of_their_field() {
        let mut checker = Checker::new();
        checker.within("body", |checker| {
            checker.each("exhibits", &["", "E2"], 4, |checker, number| {
                checker.needed_line("number", number);
            });
        });
        let problems = checker.into_problems();
        assert_eq!(problems.len(), 1);
        assert_eq!(problems[0].place.as_ref().unwrap().path, "body.exhibits[0].number");
    }

    #[test]
    fn an_identifier_with_an_invisible_character_is_named() {
        let mut checker = Checker::new();
        checker.identifier("literal", "612/\u{202E}2025", 100);
        let problems = checker.into_problems();
        assert_eq!(problems[0].code, "bidi-control");
        let what = &problems[0].what.as_ref().unwrap().renderings;
        assert!(what.iter().any(|one| one.language == "en" && one.text.contains("U+202E")));
    }

    #[test]
    fn a_text_is_sorted_and_its_binding_language_present() {
        let rendering =
            |language: &str| v1::Rendering { language: language.to_owned(), text: "x".to_owned() };
        let mut checker = Checker::new();
        let text = v1::Text {
            renderings: vec![rendering("en"), rendering("ar")],
            authoritative: "ckb".to_owned(),
        };
        checker.text("facts", Some(&text));
        let codes: Vec<String> =
            checker.into_problems().into_iter().map(|problem| problem.code).collect();
        assert_eq!(codes, ["order", "absent"]);
    }
}
