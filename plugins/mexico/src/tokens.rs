//! A number of a case or act, cut into words, numbers and what is between them.

use barid_proto::text::{fold, has_bidi_control};

/// Longest literal, in bytes: the bound of `DocketNumber.literal` in `terms.proto`.
pub(crate) const LITERAL_MAX_BYTES: usize = 512;

/// One piece of a literal, folded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Token {
    /// Letters, in lower case and without accents.
    Word(String),
    /// Digits.
    Number(String),
    /// Signs and spaces; dashes of all kinds are `-`, slashes of all kinds `/`.
    Gap(String),
}

/// Why a literal cannot even be cut.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Uncut {
    Empty,
    TooLong,
    /// An invisible character at this byte that changes the writing direction.
    Direction(usize, char),
    /// A sign that no such number has.
    Stranger(char),
}

/// Cuts a literal.
pub(crate) fn cut(literal: &str) -> Result<Vec<Token>, Uncut> {
    if let Some((offset, control)) = has_bidi_control(literal) {
        return Err(Uncut::Direction(offset, control));
    }
    if literal.len() > LITERAL_MAX_BYTES {
        return Err(Uncut::TooLong);
    }
    // Folding would make a tab or line break a space, and the literal has to stay one line.
    if let Some(control) = literal.chars().find(|sign| sign.is_control()) {
        return Err(Uncut::Stranger(control));
    }
    let mut tokens: Vec<Token> = Vec::new();
    for sign in fold(literal).chars().map(plain) {
        match (tokens.last_mut(), sign) {
            (Some(Token::Word(word)), 'a'..='z') => word.push(sign),
            (_, 'a'..='z') => tokens.push(Token::Word(sign.to_string())),
            (Some(Token::Number(number)), '0'..='9') => number.push(sign),
            (_, '0'..='9') => tokens.push(Token::Number(sign.to_string())),
            (Some(Token::Gap(gap)), _) if is_gap(sign) => gap.push(sign),
            (_, _) if is_gap(sign) => tokens.push(Token::Gap(sign.to_string())),
            (_, stranger) => return Err(Uncut::Stranger(stranger)),
        }
    }
    if tokens.iter().all(|token| matches!(token, Token::Gap(_))) {
        return Err(Uncut::Empty);
    }
    Ok(tokens)
}

fn is_gap(sign: char) -> bool {
    matches!(sign, '-' | '/' | '_' | ' ' | '.' | ',' | ';' | ':' | '(' | ')' | '&' | '+')
}

/// One dash and one slash for the many that keyboards and word processors make.
fn plain(sign: char) -> char {
    match sign {
        '\u{2010}'..='\u{2015}' | '\u{2043}' | '\u{2212}' | '\u{2E3A}' | '\u{2E3B}' => '-',
        '\u{2044}' | '\u{2215}' | '\u{29F8}' | '\\' => '/',
        '[' => '(',
        ']' => ')',
        other => other,
    }
}

/// A place in the tokens of one literal.
pub(crate) struct Cursor<'t> {
    tokens: &'t [Token],
    at: usize,
}

impl<'t> Cursor<'t> {
    pub(crate) fn new(tokens: &'t [Token]) -> Self {
        Self { tokens, at: 0 }
    }

    pub(crate) fn position(&self) -> usize {
        self.at
    }

    pub(crate) fn back_to(&mut self, position: usize) {
        self.at = position;
    }

    pub(crate) fn word(&mut self) -> Option<&'t str> {
        match self.tokens.get(self.at) {
            Some(Token::Word(word)) => {
                self.at += 1;
                Some(word)
            }
            _ => None,
        }
    }

    pub(crate) fn number(&mut self) -> Option<&'t str> {
        match self.tokens.get(self.at) {
            Some(Token::Number(number)) => {
                self.at += 1;
                Some(number)
            }
            _ => None,
        }
    }

    /// What is between two pieces; empty when they touch.
    pub(crate) fn gap(&mut self) -> &'t str {
        match self.tokens.get(self.at) {
            Some(Token::Gap(gap)) => {
                self.at += 1;
                gap
            }
            _ => "",
        }
    }

    pub(crate) fn is_at_end(&self) -> bool {
        self.at >= self.tokens.len()
    }

    /// What has not been read, as it is compared.
    pub(crate) fn rest(&self) -> String {
        let rest = self.tokens.get(self.at..).unwrap_or_default().iter();
        rest.map(|token| match token {
            Token::Word(text) | Token::Number(text) | Token::Gap(text) => text.as_str(),
        })
        .collect()
    }
}

/// Whether a gap can stand inside a number: signs of at most this many characters.
pub(crate) fn is_inside(gap: &str) -> bool {
    gap.len() <= 8 && gap.chars().all(|sign| matches!(sign, '-' | '/' | '_' | ' ' | '.'))
}

/// A number of at most six digits, not zero.
pub(crate) fn sequence(digits: &str) -> Option<u32> {
    let digits = digits.trim_start_matches('0');
    if (1..=6).contains(&digits.len()) { digits.parse().ok() } else { None }
}

/// A year of four digits, or of two between `first` and ninety-nine years later.
pub(crate) fn year(digits: &str, first: u16) -> Option<u16> {
    let written: u16 = digits.parse().ok()?;
    let year = match digits.len() {
        4 => written,
        2 => {
            let century = first - first % 100;
            if century + written >= first { century + written } else { century + 100 + written }
        }
        _ => return None,
    };
    (first..=first + 99).contains(&year).then_some(year)
}
