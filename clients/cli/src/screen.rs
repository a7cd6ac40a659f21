//! The only place that writes to standard output and standard error.
#![expect(clippy::print_stderr, reason = "this is the command line's voice")]

use std::fmt::Display;
use std::io::{self, ErrorKind, Write as _};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use serde_json::Value;

use crate::exit::Failure;
use crate::render::{fault, json};
use crate::wording::{Lang, Msg};

/// Where results go, and in which form.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Screen {
    /// The language.
    pub(crate) lang: Lang,
    /// JSON instead of tables.
    pub(crate) json: bool,
}

/// A line on standard output. That nobody reads it any more, as behind `| head`, is nobody's fault.
fn line(text: &dyn Display) {
    match writeln!(io::stdout().lock(), "{text}") {
        Err(error) if error.kind() != ErrorKind::BrokenPipe => {
            eprintln!("standard output: {error}")
        }
        _ => {}
    }
}

impl Screen {
    /// Shows a result: `text` to people, `value` to scripts, one line of JSON each.
    pub(crate) fn show(&self, text: &str, value: &Value) {
        if self.json {
            line(value);
        } else {
            line(&text.trim_end());
        }
    }

    /// Says why a command failed.
    pub(crate) fn fail(&self, failure: &Failure) {
        match failure {
            Failure::Said(_) => {}
            Failure::Client(error) if self.json => line(&json::fault(error)),
            Failure::Client(error) => eprint!("{}", fault::fault(self.lang, error)),
            Failure::Usage(what) if self.json => {
                line(&serde_json::json!({ "error": { "class": "local", "what": what } }));
            }
            Failure::Usage(what) => eprintln!("{}", self.lang.say(Msg::LocalFault, &[what])),
        }
    }

    /// A bar on standard error, and none when that is no terminal or a script reads along.
    pub(crate) fn bar(&self) -> ProgressBar {
        let target = if self.json {
            ProgressDrawTarget::hidden()
        } else {
            // Draws nothing unless standard error is a terminal.
            ProgressDrawTarget::stderr()
        };
        let style = ProgressStyle::with_template("{bar:40} {bytes}/{total_bytes} {eta}");
        let bar = ProgressBar::with_draw_target(Some(0), target);
        bar.with_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()))
    }

    /// A message in the screen's language.
    pub(crate) fn say(&self, message: Msg, values: &[&str]) -> String {
        self.lang.say(message, values)
    }
}
