//! A written date as numbers and words.

use barid_proto::text::digits;

use super::super::words::key;
use super::months::{self, Word};

/// The longest text that is taken apart, in bytes. No date is longer; a column of dates can hold a
/// letter.
const LENGTH_MAX: usize = 200;

/// The most words of a month's name.
const WORDS_MAX: usize = 2;

/// Words between one day's dates in two calendars. Folded.
const SAME_DAY: [&str; 4] = [" الموافق ", " موافق ", " الموافق لـ", "بەرامبەر بە"];

/// A part of a date.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Token {
    /// Digits, in ASCII.
    Number(String),
    /// A word or two that we know.
    Word(Word),
    /// A word that we do not, or a separator where none belongs.
    Unknown,
}

/// The text with one kind of digit, slash and dash, without what is not seen.
pub(super) fn plain(literal: &str) -> String {
    if literal.len() > LENGTH_MAX {
        return String::new();
    }
    if literal.is_ascii() {
        return literal.trim().replace('\\', "/");
    }
    let letters: Vec<char> = digits(literal).chars().filter(|letter| !is_unseen(*letter)).collect();
    let is_digit_at =
        |at: Option<usize>| at.and_then(|at| letters.get(at)).is_some_and(char::is_ascii_digit);
    let one = |(at, letter): (usize, &char)| match letter {
        '\\' | '\u{60D}' | '\u{2044}' | '\u{2215}' => '/',
        '\u{2010}'..='\u{2015}' | '\u{2212}' => '-',
        // The key beside the slash: between digits it was meant for a dash.
        '\u{640}' if is_digit_at(at.checked_sub(1)) && is_digit_at(at.checked_add(1)) => '-',
        '\u{A0}' | '\u{202F}' => ' ',
        other => *other,
    };
    let plain: String = letters.iter().enumerate().map(one).collect();
    plain.trim().to_owned()
}

fn is_unseen(letter: char) -> bool {
    matches!(letter, '\u{61C}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}')
        || matches!(letter, '\u{2066}'..='\u{2069}' | '\u{FEFF}')
}

/// The two dates of a text that gives one day in two calendars; else the text.
pub(super) fn in_two(plain: &str) -> Vec<&str> {
    // None of the words is in ASCII.
    if plain.is_ascii() {
        return vec![plain];
    }
    let halves = SAME_DAY.iter().find_map(|words| plain.split_once(words));
    halves.map_or_else(|| vec![plain], |(one, other)| vec![one.trim(), other.trim()])
}

/// `2025-11-16 14:10` and `2025-11-16T14:10` without the time of day.
pub(super) fn without_time(text: &str) -> &str {
    let Some(colon) = text.find(':') else { return text };
    let before = text.get(..colon).unwrap_or(text);
    let end = before.rfind([' ', 'T']).unwrap_or(before.len());
    before.get(..end).unwrap_or(before).trim_end()
}

/// Takes a date apart.
pub(super) fn split(plain: &str) -> Vec<Token> {
    let pieces = pieces(plain);
    let mut tokens = Vec::new();
    let mut at = 0;
    while let Some(piece) = pieces.get(at) {
        let rest = pieces.get(at..).unwrap_or_default();
        let taken = match piece {
            Piece::Number(number) => {
                tokens.push(Token::Number(number.clone()));
                1
            }
            Piece::Word(_) => word(rest, &mut tokens),
            Piece::Misplaced => {
                tokens.push(Token::Unknown);
                1
            }
        };
        at += taken;
    }
    tokens
}

#[derive(Debug)]
enum Piece {
    Number(String),
    /// Folded.
    Word(String),
    /// A separator at the beginning, or a second one.
    Misplaced,
}

/// Cuts between digits and letters. Separators may stand once between two pieces.
fn pieces(plain: &str) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let mut rest = plain;
    let mut separated = true;
    while let Some(first) = rest.chars().next() {
        let is_digit = first.is_ascii_digit();
        let belongs = |letter: char| {
            if is_digit { letter.is_ascii_digit() } else { is_of_word(letter) }
        };
        let end = rest.find(|letter| !belongs(letter)).unwrap_or(rest.len());
        if end > 0 {
            let (piece, after) = rest.split_at(end);
            let number = || Piece::Number(piece.to_owned());
            pieces.push(if is_digit { number() } else { Piece::Word(key(piece)) });
            (rest, separated) = (after, false);
            continue;
        }
        if matches!(first, '/' | '-' | '.' | ',' | '،') {
            if separated {
                pieces.push(Piece::Misplaced);
            }
            separated = matches!(first, '/' | '-');
        } else if !first.is_whitespace() {
            pieces.push(Piece::Misplaced);
        }
        rest = rest.get(first.len_utf8()..).unwrap_or_default();
    }
    pieces
}

/// Letters, and marks over and under them.
fn is_of_word(letter: char) -> bool {
    !letter.is_ascii_digit()
        && (letter.is_alphanumeric()
            || matches!(letter, '\u{640}' | '\u{64B}'..='\u{65F}' | '\u{670}'))
}

/// The longest phrase at the beginning that we know. Answers how many pieces it takes.
fn word(pieces: &[Piece], tokens: &mut Vec<Token>) -> usize {
    let words: Vec<&str> = pieces
        .iter()
        .take(WORDS_MAX)
        .map_while(|piece| match piece {
            Piece::Word(word) => Some(word.as_str()),
            _ => None,
        })
        .collect();
    for length in (1..=words.len()).rev() {
        let phrase = words.get(..length).unwrap_or_default().join(" ");
        if let Some(meaning) = known(&phrase) {
            tokens.push(Token::Word(meaning));
            return length;
        }
    }
    if let (Some(word), Some(Piece::Number(number))) = (words.first(), pieces.get(1))
        && let Some(month) = months::numbered(word, number)
    {
        tokens.push(Token::Word(Word::Month(month)));
        return 2;
    }
    tokens.push(Token::Unknown);
    1
}

/// A phrase, also with the Sorani ending that ties it to the next word: `تشرینی دووەمی ٢٠٢٥`.
fn known(phrase: &str) -> Option<Word> {
    months::meaning(phrase).or_else(|| months::meaning(phrase.strip_suffix('ي')?))
}
