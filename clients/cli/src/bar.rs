//! How far a document has come: a line on standard error, for people only.

use std::path::Path;

use barid_proto::text::legible;
use indicatif::{MultiProgress, ProgressBar, ProgressDrawTarget, ProgressStyle};

use crate::screen::Screen;

/// Name, bar, how much of how much, how fast, and for how long still.
const STYLE: &str = "{prefix:24} {bar:24} {bytes}/{total_bytes} {bytes_per_sec} {eta}";
/// Characters of a name that are shown: its end is cut off.
const NAME_MAX: usize = 24;

/// One document's line.
pub(crate) struct Bar(ProgressBar);

impl Bar {
    /// A line among others; none when a script reads along.
    pub(crate) fn new(screen: &Screen, others: &MultiProgress, path: &Path) -> Self {
        if screen.json {
            others.set_draw_target(ProgressDrawTarget::hidden());
        }
        let bar = others.add(ProgressBar::new(0));
        let style = ProgressStyle::with_template(STYLE);
        bar.set_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()));
        let name = path.file_name().unwrap_or(path.as_os_str()).to_string_lossy();
        bar.set_prefix(legible(&name).chars().take(NAME_MAX).collect::<String>());
        Self(bar)
    }

    /// What is told the bytes done and all of them. Rate and time left count from the first call:
    /// what was there before was not carried now.
    pub(crate) fn progress(&self) -> impl FnMut(u64, u64) + Send + use<> {
        let bar = self.0.clone();
        let mut begun = false;
        move |done, size| {
            bar.set_length(size);
            bar.set_position(done);
            if !begun {
                bar.reset_eta();
                begun = true;
            }
        }
    }

    /// Takes the line away.
    pub(crate) fn finish(&self) {
        self.0.finish_and_clear();
    }
}
