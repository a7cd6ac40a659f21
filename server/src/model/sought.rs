//! What somebody looks for, and how it meets what there is.
//!
//! Both sides are words in the form in which texts are compared ([`barid_proto::text::fold`]),
//! parted by everything that is neither letter nor digit. No sign has a meaning: what is typed is
//! never a query language.

use barid_proto::text::fold;

/// Most bytes of a text that is looked for: a name in eight parts, or a docket number.
pub const TEXT_MAX_BYTES: usize = 512;

/// Most words of one: each is one more list to go through. A docket number has eight.
pub const WORDS_MAX: usize = 16;

/// Most characters of a word that count; beyond, words are one.
const WORD_MAX_CHARS: usize = 40;

/// From how many letters on the beginning of a word is enough. Shorter, it would lead everywhere.
const BEGINNING_FROM: usize = 3;

/// The Arabic article, alone and grown together with `and`, `with`, `for`.
const ARTICLES: [&str; 5] = ["ال", "وال", "بال", "كال", "لل"];

/// The words of a text, in order.
pub fn words(text: &str) -> impl Iterator<Item = String> {
    let folded = fold(text);
    let words = folded.split(|letter: char| !letter.is_alphanumeric());
    let words = words.filter(|word| !word.is_empty());
    words.map(|word| word.chars().take(WORD_MAX_CHARS).collect()).collect::<Vec<_>>().into_iter()
}

/// What is looked for.
#[derive(Debug, Clone)]
pub struct Sought {
    /// As it was typed, without white space at its ends.
    pub typed: String,
    /// Its words, each once.
    pub words: Vec<SoughtWord>,
}

/// One word that is looked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SoughtWord {
    /// Any of these will do.
    pub forms: Vec<String>,
    /// Whether the beginning of a word is enough.
    pub beginning: bool,
}

impl Sought {
    /// Reads what was typed. `None`: it has no words, or more or longer ones than are looked for.
    #[must_use]
    pub fn read(typed: &str) -> Option<Self> {
        if typed.len() > TEXT_MAX_BYTES {
            return None;
        }
        let mut sought: Vec<SoughtWord> = Vec::new();
        for word in words(typed).map(SoughtWord::of) {
            if !sought.contains(&word) {
                sought.push(word);
            }
        }
        let fits = (1..=WORDS_MAX).contains(&sought.len());
        fits.then(|| Self { typed: typed.trim().to_owned(), words: sought })
    }
}

impl SoughtWord {
    /// A word in the form in which texts are compared. Digits are compared whole: `17` is not
    /// `170`.
    fn of(word: String) -> Self {
        let letters = word.chars().count();
        let beginning = letters >= BEGINNING_FROM && word.chars().any(|c| !c.is_ascii_digit());
        let arabic = word.chars().next().is_some_and(|c| matches!(c, '\u{620}'..='\u{6ff}'));
        let mut forms = vec![word];
        if beginning && arabic {
            let bare = forms.first().and_then(|word| bare(word)).map(str::to_owned);
            forms.extend(bare);
            let last = forms.last().cloned().unwrap_or_default();
            forms.extend(ARTICLES.map(|article| format!("{article}{last}")));
            forms.sort_unstable();
            forms.dedup();
        }
        Self { forms, beginning }
    }

    /// Whether it is this word.
    #[must_use]
    pub fn is(&self, word: &str) -> bool {
        self.forms
            .iter()
            .any(|form| if self.beginning { word.starts_with(form.as_str()) } else { word == form })
    }
}

/// A word without its article, where enough of it is left.
fn bare(word: &str) -> Option<&str> {
    let without = |article: &&str| word.strip_prefix(*article);
    let bare = ARTICLES.iter().find_map(without)?;
    (bare.chars().count() >= BEGINNING_FROM).then_some(bare)
}

/// What of a case was found, the likeliest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Match {
    /// A docket number as it is written.
    Number,
    /// A docket number in another spelling.
    NumberSpelling,
    /// Parts of one docket number.
    NumberPart,
    /// A name.
    Name,
    /// An act.
    Decision,
    /// Words of one filing.
    Text,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn meets(sought: &str, text: &str) -> bool {
        let Some(sought) = Sought::read(sought) else { return false };
        let words: Vec<String> = words(text).collect();
        sought.words.iter().all(|one| words.iter().any(|word| one.is(word)))
    }

    #[test]
    fn words_meet_however_they_are_spelled() {
        for (sought, text) in [
            ("إحسان", "احسان محمد"),
            ("كاوه", "کاوە ئەحمەد"),
            ("٦١٢", "612/2025"),
            ("قرار", "القرارات المطعون بها"),
            ("القرار", "قرار المجلس"),
            ("طعن", "والطعن مرفوض"),
            ("مجلس", "للمجلس"),
            ("recou", "The RECOUNT of votes"),
            ("تزوير", "تـــزويــر"),
        ] {
            assert!(meets(sought, text), "{sought} in {text}");
        }
        for (sought, text) in [
            ("17", "170/2025"),
            ("202", "2025"),
            ("عل", "علي"),
            ("زوير", "تزوير"),
            ("الله", "عبد"),
            ("پارت", "بارت"),
        ] {
            assert!(!meets(sought, text), "{sought} in {text}");
        }
    }

    #[test]
    fn signs_part_words_and_mean_nothing() {
        for hostile in ["a\" OR \"b", "words : x* NEAR(y)", "-a NOT {b}", "^a+b", "a\u{0}b"] {
            let sought = Sought::read(hostile).unwrap();
            let forms = sought.words.iter().flat_map(|word| &word.forms);
            assert!(forms.flat_map(|form| form.chars()).all(char::is_alphanumeric), "{hostile}");
        }
        assert!(meets("\u{202e}إحسان\u{200f}", "ا\u{200b}حسان"));
    }

    #[test]
    fn what_is_nothing_or_too_much_is_not_looked_for() {
        let many = (0..17).map(|n| format!("w{n} ")).collect::<String>();
        for wrong in ["", " \u{200f}\u{202e} ", "()\"*", &many, &"x ".repeat(257)] {
            assert!(Sought::read(wrong).is_none(), "{wrong}");
        }
        // The same word again is one word.
        assert_eq!(Sought::read(&"word ".repeat(100)).unwrap().words.len(), 1);
    }
}
