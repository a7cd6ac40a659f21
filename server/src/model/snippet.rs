//! A part of a text with what was looked for marked.

use barid_proto::v1::{Snippet, SnippetMark};

use super::passage::{part, runs};
use super::sought::{Sought, words};

/// Most characters of a snippet: two lines of a screen.
const CHARS_MAX: usize = 240;

/// Characters in front of the first mark.
const CHARS_BEFORE: usize = 60;

/// Most marks.
const MARKS_MAX: usize = 16;

/// The part of a text around the first of what is looked for.
#[must_use]
pub fn of(text: &str, sought: &Sought) -> Snippet {
    let is_meant = |(begin, end): &(usize, usize)| {
        words(part(text, *begin, *end)).any(|word| sought.words.iter().any(|one| one.is(&word)))
    };
    let meant: Vec<(usize, usize)> = runs(text).into_iter().filter(is_meant).collect();
    let first = meant.first().map_or(0, |(begin, _)| *begin);
    let begin = back(text, first, CHARS_BEFORE);
    let end = forth(text, begin, CHARS_MAX);
    let inside = meant.iter().filter(|mark| mark.0 >= begin && mark.1 <= end).take(MARKS_MAX);
    let marks = inside
        .map(|mark| SnippetMark { begin: offset(mark.0 - begin), end: offset(mark.1 - begin) });
    Snippet {
        text: part(text, begin, end).to_owned(),
        marks: marks.collect(),
        cut_before: begin > 0,
        cut_after: end < text.len(),
    }
}

/// A whole text as one mark.
#[must_use]
pub fn whole(text: &str) -> Snippet {
    let end = forth(text, 0, CHARS_MAX);
    Snippet {
        text: part(text, 0, end).to_owned(),
        marks: vec![SnippetMark { begin: 0, end: offset(end) }],
        cut_before: false,
        cut_after: end < text.len(),
    }
}

/// A place at most `chars` before another, behind white space if there is some.
fn back(text: &str, at: usize, chars: usize) -> usize {
    let before = part(text, 0, at);
    let Some((far, _)) = before.char_indices().rev().take(chars).last() else { return at };
    if far == 0 {
        return 0;
    }
    let space = part(text, far, at).char_indices().find(|(_, c)| c.is_whitespace());
    space.map_or(far, |(space, c)| far + space + c.len_utf8())
}

/// A place at most `chars` behind another, before white space if there is some in the last part.
fn forth(text: &str, at: usize, chars: usize) -> usize {
    let rest = part(text, at, text.len());
    let Some((far, _)) = rest.char_indices().nth(chars) else { return text.len() };
    let last = rest.get(..far).unwrap_or_default();
    let space = last.rfind(char::is_whitespace).filter(|space| *space > far / 2);
    at + space.unwrap_or(far)
}

fn offset(bytes: usize) -> u32 {
    u32::try_from(bytes).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn marked(text: &str, typed: &str) -> (Snippet, Vec<String>) {
        let snippet = of(text, &Sought::read(typed).unwrap());
        let marks = snippet.marks.iter();
        let marked = marks.map(|mark| {
            let (begin, end) = (mark.begin as usize, mark.end as usize);
            snippet.text[begin..end].to_owned()
        });
        let marked = marked.collect();
        (snippet, marked)
    }

    #[test]
    fn marks_are_what_is_written_and_not_what_was_typed() {
        let (snippet, marked) = marked("إعادة فرز المحطّـة ٣، والفرز.", "فرز محطة 3");
        assert_eq!(marked, ["فرز", "المحطّـة", "٣", "والفرز"]);
        assert_eq!((snippet.cut_before, snippet.cut_after), (false, false));
    }

    #[test]
    fn a_long_text_is_cut_between_words() {
        let text = format!("{} الهدف {}", "كلمة ".repeat(200), "ثم ".repeat(200));
        let (snippet, marked) = marked(&text, "الهدف");
        assert_eq!(marked, ["الهدف"]);
        assert!(snippet.text.chars().count() <= CHARS_MAX);
        assert!(snippet.text.starts_with("كلمة") && snippet.text.ends_with("ثم"));
        assert_eq!((snippet.cut_before, snippet.cut_after), (true, true));
    }

    #[test]
    fn a_text_without_spaces_is_cut_between_characters() {
        let long = format!("{}=هدف={}", "ك".repeat(300), "م".repeat(300));
        let (snippet, marked) = marked(&long, "هدف");
        assert_eq!(marked, ["هدف"]);
        assert_eq!(snippet.text.chars().count(), CHARS_MAX);
        assert_eq!(whole(&long).text.chars().count(), CHARS_MAX);
    }
}
