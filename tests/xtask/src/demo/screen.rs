//! What is shown, and how it is aligned.

/// The screen.
#[derive(Clone, Copy)]
pub(crate) struct Screen {
    /// Headings and acts only.
    pub(crate) quiet: bool,
}

impl Screen {
    /// A line that is always shown.
    #[expect(clippy::unused_self, reason = "all that is shown goes through the screen")]
    pub(crate) fn line(self, text: &str) {
        println!("{text}");
    }

    /// The beginning of a scene.
    pub(crate) fn scene(self, title: &str) {
        self.line(&format!("\n== {title}"));
    }

    /// An act that left a leaf in the log: when it is stamped, who acts, and what happens.
    pub(crate) fn act(self, leaf: u64, when: &str, who: &str, what: &str) {
        let (leaf, when) = (format!("leaf {leaf}"), when.replace('T', " "));
        self.line(&format!("{leaf:>9}  {when:<16}  {who:<22} {what}"));
    }

    /// A remark on what happened.
    pub(crate) fn remark(self, text: &str) {
        self.line(&format!("           {text}"));
    }

    /// What happened, with what a person is told about it; the former only for build machines.
    pub(crate) fn told(self, title: &str, text: &str) {
        if self.quiet {
            self.remark(title);
        }
        self.page(title, text);
    }

    /// Something longer, as `barid` shows it to its user; not for build machines.
    pub(crate) fn page(self, title: &str, text: &str) {
        if !self.quiet {
            self.line(&format!("\n-- {title}\n{}", text.trim_end()));
        }
    }
}
