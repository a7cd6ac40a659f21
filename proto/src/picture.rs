//! Text within pictures: SVG is XML, and what stands in it was written by others.

use crate::text::{legible, visible};

/// A text of at most so many characters; one that was cut ends in an ellipsis, and its isolates in
/// it.
#[must_use]
pub fn cut(text: &str, most: usize) -> String {
    if text.chars().count() <= most {
        return text.to_owned();
    }
    let mut cut: String = text.chars().take(most.saturating_sub(1)).collect();
    // An isolate that lost its end would run on into what follows.
    let opened = cut.chars().filter(|c| matches!(c, '\u{2066}' | '\u{2068}')).count();
    let closed = cut.chars().filter(|c| *c == '\u{2069}').count();
    cut.push('\u{2026}');
    cut.extend(std::iter::repeat_n('\u{2069}', opened.saturating_sub(closed)));
    cut
}

/// Text that stays text in an element or an attribute. Isolates of our own stay;
/// [`isolate`](crate::text::isolate) took out those of others.
#[must_use]
pub fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in legible(text).chars() {
        match c {
            '&' => escaped += "&amp;",
            '<' => escaped += "&lt;",
            '>' => escaped += "&gt;",
            '"' => escaped += "&quot;",
            '\'' => escaped += "&#39;",
            '\u{2066}' | '\u{2068}' | '\u{2069}' => escaped.push(c),
            // Not characters of XML.
            '\u{fffe}' | '\u{ffff}' => escaped.push('\u{fffd}'),
            c => escaped += &visible(c.encode_utf8(&mut [0; 4])),
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_that_is_cut_keeps_its_isolates_balanced() {
        let long = format!("\u{2068}{}\u{2069}", "x".repeat(200));
        let short = cut(&long, 40);
        assert_eq!(short.chars().filter(|c| *c == '\u{2068}').count(), 1);
        assert!(short.ends_with("\u{2026}\u{2069}"), "{short}");
        assert_eq!(cut("short", 40), "short");
    }

    #[test]
    fn text_stays_text() {
        assert_eq!(
            escape("<a href='x'>&\"\u{202e}"),
            "&lt;a href=&#39;x&#39;&gt;&amp;&quot;\u{fffd}"
        );
        assert_eq!(escape("\u{ffff}\u{0}"), "\u{fffd}\u{fffd}");
    }
}
