//! Writes docs/errors.md out of reason.proto, whose comments are the pages.
//!
//! `cargo xtask gen` writes the page; the repository's rules compare it, with this same code.

/// Where the reasons are.
pub(crate) const SOURCE: &str = "proto/barid/v1/reason.proto";

/// Where the page is.
pub(crate) const PAGE: &str = "docs/errors.md";

/// Whose fault the hundreds of a number name.
const GROUPS: [(u32, &str); 8] = [
    (1, "The connection"),
    (2, "The sender"),
    (3, "The envelope"),
    (4, "The filing"),
    (5, "Timing and load"),
    (6, "Reading"),
    (7, "The request"),
    (9, "The hub itself"),
];

/// One reason of the enum.
pub(crate) struct ReasonPage {
    /// Stable number.
    pub(crate) number: u32,
    /// Name, without the enum's prefix: `SENDER_MISMATCH`.
    pub(crate) name: String,
    /// What it means and what to do.
    pub(crate) text: String,
}

/// The reasons in the order of the source, without the value that is never sent.
pub(crate) fn reasons(source: &str) -> Vec<ReasonPage> {
    let mut comment: Vec<&str> = Vec::new();
    let mut found = Vec::new();
    for line in source.lines().map(str::trim) {
        if let Some(text) = line.strip_prefix("//") {
            comment.push(text.trim());
            continue;
        }
        if let Some((name, number)) = line.strip_prefix("REASON_").and_then(|l| l.split_once(" = "))
            && let Ok(number) = number.trim_end_matches(';').parse::<u32>()
            && number > 0
        {
            found.push(ReasonPage { number, name: name.to_owned(), text: comment.join(" ") });
        }
        comment.clear();
    }
    found
}

/// The whole page.
pub(crate) fn page(source: &str) -> String {
    let mut page = String::from(
        "# Refusals\n\n\
         Every answer of the hub that is not a yes carries one of these numbers; they never change \
         their meaning. Hundreds tell whose fault it is.\n\n\
         Written by `cargo xtask gen` from `proto/barid/v1/reason.proto`. Do not edit.\n",
    );
    let mut hundred = 0;
    for reason in reasons(source) {
        if reason.number / 100 != hundred {
            hundred = reason.number / 100;
            let title = GROUPS.iter().find(|(group, _)| *group == hundred);
            let title = title.map_or("Others", |(_, title)| *title);
            page.push_str(&format!("\n## {hundred}00: {title}\n"));
        }
        page.push_str(&format!("\n### {} {}\n\n{}\n", reason.number, reason.name, reason.text));
    }
    page
}

#[cfg(test)]
mod tests {
    use super::{page, reasons};

    const SOURCE: &str = "// Why.\nenum Reason {\n  // Never.\n  REASON_UNSPECIFIED = 0;\n  \
                          // Too\n  // big.\n  REASON_TOO_LARGE = 501;\n}\n";

    #[test]
    fn comments_become_pages() {
        let found = reasons(SOURCE);
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].text, "Too big.");
        assert!(
            page(SOURCE).ends_with("\n## 500: Timing and load\n\n### 501 TOO_LARGE\n\nToo big.\n")
        );
    }
}
