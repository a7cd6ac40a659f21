//! The only place that writes to standard output and standard error.
//!
//! Whatever a renderer forgot, nothing leaves here that moves the cursor, colours, turns a line
//! around or is not seen: people get [`legible`] lines, and scripts the exact text, in which such
//! characters are written as JSON's escapes.
#![expect(clippy::print_stderr, reason = "this is the command line's voice")]

use std::fmt::{Display, Write as _};
use std::io::{self, ErrorKind, Write as _};

use barid_proto::text::legible;
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

/// Lines for people, each by itself harmless.
fn lines(text: &str) -> String {
    text.trim_end().split('\n').map(legible).collect::<Vec<_>>().join("\n")
}

/// One line of JSON, the same value as before: beyond strings JSON is ASCII.
fn escaped(value: &Value) -> String {
    let mut text = String::new();
    for c in value.to_string().chars() {
        if legible(c.encode_utf8(&mut [0; 4])).contains('\u{fffd}') && c != '\u{fffd}' {
            for unit in c.encode_utf16(&mut [0; 2]) {
                // Writing to a `String` does not fail.
                let _ = write!(text, "\\u{unit:04x}");
            }
        } else {
            text.push(c);
        }
    }
    text
}

impl Screen {
    /// Shows a result: `text` to people, `value` to scripts, one line of JSON each.
    pub(crate) fn show(&self, text: &str, value: &Value) {
        if self.json {
            line(&escaped(value));
        } else {
            line(&lines(text));
        }
    }

    /// Says why a command failed.
    pub(crate) fn fail(&self, failure: &Failure) {
        match failure {
            Failure::Said(_) => {}
            Failure::Client(error) if self.json => line(&escaped(&json::fault(error))),
            Failure::Client(error) => eprintln!("{}", lines(&fault::fault(self.lang, error))),
            Failure::Usage(what) | Failure::Evident(what) if self.json => {
                let class = if failure.code() == 4 { "evidence" } else { "local" };
                let value = serde_json::json!({ "error": { "class": class, "what": what } });
                line(&escaped(&value));
            }
            Failure::Evident(what) => eprintln!("{}", lines(what)),
            Failure::Usage(what) => {
                eprintln!("{}", lines(&self.lang.say(Msg::LocalFault, &[what])));
            }
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
        Self::drawn(target, "{bar:40} {bytes}/{total_bytes} {eta}")
    }

    /// The same for things that are counted.
    pub(crate) fn counter(&self) -> ProgressBar {
        let target =
            if self.json { ProgressDrawTarget::hidden() } else { ProgressDrawTarget::stderr() };
        Self::drawn(target, "{bar:40} {pos}/{len} {eta}")
    }

    fn drawn(target: ProgressDrawTarget, template: &str) -> ProgressBar {
        let style = ProgressStyle::with_template(template);
        let bar = ProgressBar::with_draw_target(Some(0), target);
        bar.with_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()))
    }

    /// A message in the screen's language.
    pub(crate) fn say(&self, message: Msg, values: &[&str]) -> String {
        self.lang.say(message, values)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_leaves_that_moves_the_cursor_or_turns_a_line() {
        let text = "one \u{1b}[31mred\r\n\u{202e}two\n\u{2066}three\nfour\u{2069}\n";
        assert_eq!(
            lines(text),
            "one \u{fffd}[31mred\u{fffd}\n\u{fffd}two\n\u{fffd}three\nfour\u{fffd}"
        );
        let arabic = "القضية \u{2068}612/2025\u{2069}";
        assert_eq!(lines(arabic), arabic);
    }

    #[test]
    fn scripts_get_the_exact_text() {
        let hostile = "a\u{202e}\u{9b}31m\u{2066}\u{e0041}\u{feff}\n\"\\\u{fffd}ع";
        let value = serde_json::json!({ hostile: hostile });
        let shown = escaped(&value);
        assert_eq!(serde_json::from_str::<Value>(&shown).unwrap(), value);
        assert!(shown.contains("\\u202e") && shown.contains("\\udb40\\udc41"), "{shown}");
        assert_eq!(legible(&shown), shown);
    }
}
