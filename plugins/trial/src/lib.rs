//! What the tests of all formats share; nothing that is shipped depends on it.
//!
//! A [`Trial`] asks a format as a hub would and holds its replies to the rules of
//! `plugins/README.md`: content or an error and never both, soon, every problem worded in two
//! languages at least, not more problems than a person reads. [`sample`] and [`hostile`] find the
//! documents to try it with.

#![expect(clippy::expect_used, reason = "a test that cannot read its sample has to stop")]
#![expect(clippy::panic, reason = "this crate is part of tests, which end so")]
#![expect(clippy::print_stdout, reason = "a skipped test says so")]

mod memory;
mod pilot;
mod samples;

use std::time::{Duration, Instant};

use barid_plugin::v1::{
    DecodeReply, DecodeRequest, EncodeReply, EncodeRequest, FilingContent, ProblemSeverity,
};
use barid_plugin::{Format, PROBLEMS_MAX};

pub use memory::Peak;
pub use pilot::{pilot_paper, pilot_rows};
pub use samples::{files, hostile, naughty, sample};

/// Longest that one document may take, unoptimised and on a busy machine. Without its bounds a
/// reader would take minutes.
pub const PATIENCE: Duration = Duration::from_secs(20);

/// Languages of every problem, when a plugin promises no more.
const LANGUAGES_MIN: usize = 2;

/// Longest cell and path of a problem's place, in bytes: what a host takes.
const PLACE_BYTES_MAX: usize = 1_024;

/// A plugin on trial.
#[derive(Clone, Copy)]
pub struct Trial<'t> {
    format: &'t dyn Format,
    institution: &'t str,
    languages: usize,
}

impl<'t> Trial<'t> {
    /// A plugin, and the institution whose documents it reads.
    #[must_use]
    pub fn of(format: &'t dyn Format, institution: &'t str) -> Self {
        Self { format, institution, languages: LANGUAGES_MIN }
    }

    /// A plugin that promises to word its problems in so many languages.
    #[must_use]
    pub fn worded_in(self, languages: usize) -> Self {
        Self { languages, ..self }
    }

    /// Reads a document and checks the reply.
    ///
    /// # Panics
    /// When the reply breaks a rule or comes late.
    #[must_use]
    pub fn decode(&self, format: &str, input: &[u8]) -> DecodeReply {
        let began = Instant::now();
        let reply = self.format.decode(&DecodeRequest {
            format: format.to_owned(),
            input: input.to_vec(),
            institution: self.institution.to_owned(),
            ..DecodeRequest::default()
        });
        let took = began.elapsed();
        assert!(took < PATIENCE, "{format} took {took:?}");
        let mut problems = reply.problems.iter();
        let refused = problems.any(|problem| problem.severity() == ProblemSeverity::Error);
        assert_eq!(reply.content.is_none(), refused, "{format}: content or an error, not both");
        assert!(reply.problems.len() <= PROBLEMS_MAX, "{format}: {}", reply.problems.len());
        for problem in &reply.problems {
            let languages = problem.what.as_ref().map_or(0, |what| what.renderings.len());
            let wanted = self.languages;
            assert!(languages >= wanted, "{format}: {} is worded in {languages}", problem.code);
            let place = problem.place.clone().unwrap_or_default();
            let bytes = place.cell.len() + place.path.len();
            assert!(
                bytes <= PLACE_BYTES_MAX,
                "{format}: the place of {} is too long",
                problem.code
            );
        }
        reply
    }

    /// Writes content.
    #[must_use]
    pub fn encode(&self, format: &str, content: Option<FilingContent>) -> EncodeReply {
        self.format.encode(&EncodeRequest {
            format: format.to_owned(),
            content,
            institution: self.institution.to_owned(),
            ..EncodeRequest::default()
        })
    }

    /// Checks that every format is named after the plugin, has its title in as many languages as
    /// problems are worded in, and says so when it is given nothing to write.
    ///
    /// # Panics
    /// When one does not.
    pub fn describes_and_refuses(&self) {
        for format in self.format.describe().formats {
            let own = format.id.strip_prefix(self.institution);
            assert!(own.is_some_and(|rest| rest.starts_with('/')), "{}", format.id);
            assert_eq!(format.title.map_or(0, |title| title.renderings.len()), self.languages);
            let refused = self.encode(&format.id, None);
            let code = refused.problems.first().map(|one| one.code.as_str());
            assert_eq!(code, Some("format-unknown"), "{}", format.id);
            assert!(refused.output.is_empty(), "{}", format.id);
        }
        let other = format!("{}/other", self.institution);
        assert_eq!(self.decode(&other, b"").problems.len(), 1);
    }

    /// Reads every hostile sample with every format of the plugin. None of them is a document of
    /// any institution, so none may be read as one.
    ///
    /// # Panics
    /// When one is.
    pub fn reads_no_hostile_sample(&self) {
        let formats = self.format.describe().formats;
        for path in hostile() {
            let bytes = std::fs::read(&path).expect("a sample");
            for format in &formats {
                let reply = self.decode(&format.id, &bytes);
                assert_eq!(reply.content, None, "{} as {}", path.display(), format.id);
            }
        }
    }

    /// Reads the same bytes with every format of the plugin; only the rules are checked.
    pub fn answers(&self, input: &[u8]) {
        for format in self.format.describe().formats {
            let _ = self.decode(&format.id, input);
        }
    }
}
