//! Signed notes: a text, a blank line, and one line for each signature.
//!
//! Format: [C2SP signed-note v1.0.0](https://c2sp.org/signed-note@v1.0.0). A note that parses is
//! written back byte for byte. Its text means nothing until a known key has verified it.

use super::ascii::{decode_base64, encode_base64};
use super::vkey::{SignatureError, VerifierKey};
use crate::key::{Algorithm, SignError, Signer};
use std::fmt;

/// The longest note that is looked at. A checkpoint with 64 post-quantum lines has 210 KB.
pub const MAX_NOTE_LEN: usize = 1 << 20;
/// The most signature lines in a note. The specification asks for 16; a policy can name 64 keys.
pub const MAX_SIGNATURES: usize = 64;
/// How each signature line begins: em dash, space.
const LINE_START: &str = "\u{2014} ";

/// A text with signature lines, none of which has been verified.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Note {
    text: String,
    signatures: Vec<NoteSignature>,
}

/// One signature line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NoteSignature {
    /// The name of the key; not empty, without spaces and `+`.
    pub name: String,
    /// Tells keys of one name apart; see [`VerifierKey::id`].
    pub key_id: [u8; 4],
    /// What the key made, in the form of its type; not empty.
    pub bytes: Vec<u8>,
}

/// Why bytes are not a note, or cannot become one.
#[derive(Clone, Debug, thiserror::Error, PartialEq, Eq)]
pub enum NoteError {
    /// More than [`MAX_NOTE_LEN`] bytes.
    #[error("the note has {0} bytes; the limit is 1 MiB")]
    TooLong(usize),
    /// More than [`MAX_SIGNATURES`] lines.
    #[error("the note has more than 64 signatures")]
    TooManySignatures,
    /// Not UTF-8, or a control character other than newline.
    #[error("the note is not plain UTF-8 text")]
    NotText,
    /// No text that ends in a newline, blank line and signature line after it.
    #[error("the note has no text, or no signatures")]
    NoSignatures,
    /// This signature line, counted from 1, is not of the form `— name base64`.
    #[error("signature line {0} is malformed")]
    Line(usize),
    /// The name of a key is empty or holds a space or `+`.
    #[error("{0:?} cannot name a key")]
    Name(String),
    /// A key that the reader knows has signed twice; which one counts would be a guess.
    #[error("{0} has signed twice")]
    SignedTwice(String),
    /// A key that the reader knows has a line that does not verify.
    #[error("the signature of {name} does not verify")]
    BadSignature {
        /// The name of the key.
        name: String,
        /// What is wrong with it.
        #[source]
        source: SignatureError,
    },
}

impl Note {
    /// A note of this text without signatures yet. It needs one before it can be sent.
    ///
    /// # Errors
    /// [`NoteError::NotText`] also for a text that does not end in a newline.
    pub fn new(text: String) -> Result<Self, NoteError> {
        if text.ends_with('\n') && is_plain(&text) {
            Ok(Self { text, signatures: Vec::new() })
        } else {
            Err(NoteError::NotText)
        }
    }

    /// Reads a note with at least one signature.
    ///
    /// # Errors
    /// Any [`NoteError`] up to [`NoteError::Name`].
    pub fn parse(bytes: &[u8]) -> Result<Self, NoteError> {
        if bytes.len() > MAX_NOTE_LEN {
            return Err(NoteError::TooLong(bytes.len()));
        }
        let note = str::from_utf8(bytes).map_err(|_| NoteError::NotText)?;
        // The last blank line parts text and signatures; the text keeps its own newline.
        let blank = note.rfind("\n\n").ok_or(NoteError::NoSignatures)?;
        let (text, rest) = note.split_at(blank + 1);
        let lines = rest.strip_prefix('\n').and_then(|rest| rest.strip_suffix('\n'));
        let lines = lines.ok_or(NoteError::NoSignatures)?;
        let mut parsed = Self::new(text.to_owned())?;
        for (number, line) in (1..).zip(lines.split('\n')) {
            parsed.add(parse_line(line).ok_or(NoteError::Line(number))?)?;
        }
        Ok(parsed)
    }

    /// Reads signature lines that came without their text, as a witness answers them.
    ///
    /// # Errors
    /// [`NoteError::NotText`], [`NoteError::Line`], [`NoteError::TooManySignatures`].
    pub fn parse_lines(bytes: &[u8]) -> Result<Vec<NoteSignature>, NoteError> {
        if bytes.len() > MAX_NOTE_LEN {
            return Err(NoteError::TooLong(bytes.len()));
        }
        let text = str::from_utf8(bytes).map_err(|_| NoteError::NotText)?;
        let lines = text.strip_suffix('\n').ok_or(NoteError::NoSignatures)?;
        let mut parsed = Vec::new();
        for (number, line) in (1..).zip(lines.split('\n')) {
            if number > MAX_SIGNATURES {
                return Err(NoteError::TooManySignatures);
            }
            parsed.push(parse_line(line).ok_or(NoteError::Line(number))?);
        }
        Ok(parsed)
    }

    /// Adds a signature line after the others.
    ///
    /// # Errors
    /// [`NoteError::TooManySignatures`], [`NoteError::Name`].
    pub fn add(&mut self, signature: NoteSignature) -> Result<(), NoteError> {
        if self.signatures.len() == MAX_SIGNATURES {
            return Err(NoteError::TooManySignatures);
        }
        if !is_key_name(&signature.name) {
            return Err(NoteError::Name(signature.name));
        }
        self.signatures.push(signature);
        Ok(())
    }

    /// The signed text with its final newline.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The signature lines in order, verified or not.
    #[must_use]
    pub fn signatures(&self) -> &[NoteSignature] {
        &self.signatures
    }

    /// Checks the line of one known key. Lines of other keys are ignored, even when they share its
    /// name or its id.
    ///
    /// Returns `None` when the key has not signed, and otherwise what it [`Signed`].
    ///
    /// # Errors
    /// [`NoteError::BadSignature`], [`NoteError::SignedTwice`].
    pub fn verify(&self, key: &VerifierKey) -> Result<Option<Signed>, NoteError> {
        let mut lines = self.signatures.iter().filter(|line| key.made(line));
        let Some(line) = lines.next() else { return Ok(None) };
        if lines.next().is_some() {
            return Err(NoteError::SignedTwice(key.name().to_owned()));
        }
        let time = key
            .verify(&self.text, &line.bytes)
            .map_err(|source| NoteError::BadSignature { name: key.name().to_owned(), source })?;
        Ok(Some(Signed { time }))
    }
}

/// A known key's valid signature.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Signed {
    /// When, in seconds since 1970-01-01T00:00:00Z, if it is a cosignature that states a time.
    pub time: Option<u64>,
}

impl fmt::Display for Note {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{}", self.text)?;
        self.signatures.iter().try_for_each(|signature| writeln!(f, "{signature}"))
    }
}

impl fmt::Display for NoteSignature {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let signature = encode_base64(&[&self.key_id, self.bytes.as_slice()].concat());
        write!(f, "{LINE_START}{} {signature}", self.name)
    }
}

fn parse_line(line: &str) -> Option<NoteSignature> {
    let (name, signature) = line.strip_prefix(LINE_START)?.split_once(' ')?;
    let signature = decode_base64(signature)?;
    let (key_id, bytes) = signature.split_first_chunk()?;
    let signed = !bytes.is_empty() && is_key_name(name);
    signed.then(|| NoteSignature { name: name.to_owned(), key_id: *key_id, bytes: bytes.to_vec() })
}

/// Whether a text may name a key: not empty, no Unicode space, no `+`, nothing a note forbids.
pub(super) fn is_key_name(name: &str) -> bool {
    let forbidden = |c: char| c.is_whitespace() || c == '+' || c < ' ';
    !name.is_empty() && !name.contains(forbidden)
}

fn is_plain(text: &str) -> bool {
    !text.contains(|c: char| c < ' ' && c != '\n')
}

/// Signs note texts with a plain Ed25519 key (type 0x01): how a log signs its checkpoints.
pub struct NoteSigner {
    verifier: VerifierKey,
    signer: Box<dyn Signer>,
}

/// Why a key cannot sign notes.
#[derive(Debug, thiserror::Error)]
pub enum NoteSignerError {
    /// The key is of another kind than notes of this type are signed with.
    #[error("notes of this type are not signed with {0:?} keys")]
    Algorithm(Algorithm),
    /// The name cannot name a key.
    #[error(transparent)]
    Name(#[from] super::vkey::VerifierKeyError),
    /// The bytes are not a private key of the kind needed.
    #[error("not a private key of the kind needed")]
    NotPrivate,
}

impl NoteSigner {
    /// Signs as `name` with an Ed25519 key.
    ///
    /// # Errors
    /// Any [`NoteSignerError`].
    pub fn new(name: &str, signer: Box<dyn Signer>) -> Result<Self, NoteSignerError> {
        let public = signer.public_key();
        let raw = public.ed25519().ok_or(NoteSignerError::Algorithm(public.algorithm()))?;
        let verifier = VerifierKey::ed25519(name, raw)?;
        Ok(Self { verifier, signer })
    }

    /// The key that verifies what this one signs.
    #[must_use]
    pub fn verifier(&self) -> &VerifierKey {
        &self.verifier
    }

    /// Signs a note text, final newline included.
    ///
    /// # Errors
    /// When the key cannot be used now.
    pub fn sign(&self, text: &str) -> Result<NoteSignature, SignError> {
        let bytes = self.signer.sign(text.as_bytes())?;
        Ok(self.verifier.line(bytes))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const EXAMPLE_KEY: &str =
        "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k";
    const EXAMPLE: &str = "This is an example message.\n\n\
        \u{2014} example.com/foo Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2\
        ONncAlTgK7Ztg1ERYNZXsYjOBH3mFXmRKuwHjG1Yu72IneyaQM=\n";

    #[test]
    fn the_example_of_the_specification() {
        let key: VerifierKey = EXAMPLE_KEY.parse().unwrap();
        let note = Note::parse(EXAMPLE.as_bytes()).unwrap();
        assert_eq!(note.text(), "This is an example message.\n");
        assert_eq!(note.verify(&key), Ok(Some(Signed { time: None })));
        assert_eq!(note.to_string(), EXAMPLE);
    }

    #[test]
    fn a_known_key_must_verify_and_only_once() {
        let key: VerifierKey = EXAMPLE_KEY.parse().unwrap();
        let forged = EXAMPLE.replace("an example", "a forged");
        let forged = Note::parse(forged.as_bytes()).unwrap().verify(&key);
        assert!(matches!(forged, Err(NoteError::BadSignature { .. })));
        let mut twice = Note::parse(EXAMPLE.as_bytes()).unwrap();
        twice.add(twice.signatures()[0].clone()).unwrap();
        assert_eq!(twice.verify(&key), Err(NoteError::SignedTwice("example.com/foo".into())));
    }

    #[test]
    fn unknown_keys_are_ignored_even_with_a_known_name_or_id() {
        let key: VerifierKey = EXAMPLE_KEY.parse().unwrap();
        let mut note = Note::parse(EXAMPLE.as_bytes()).unwrap();
        let known = note.signatures()[0].clone();
        note.add(NoteSignature { key_id: [0; 4], ..known.clone() }).unwrap();
        note.add(NoteSignature { name: "other".into(), ..known }).unwrap();
        assert_eq!(note.verify(&key), Ok(Some(Signed { time: None })));
        let nobody = Note::parse(EXAMPLE.replace("/foo", "/bar").as_bytes()).unwrap();
        assert_eq!(nobody.verify(&key), Ok(None));
    }

    #[test]
    fn the_last_blank_line_parts_the_text() {
        let note = Note::parse("a\n\n\u{2014} x y\n\n\u{2014} n AAAAAAA=\n".as_bytes()).unwrap();
        assert_eq!(note.text(), "a\n\n\u{2014} x y\n");
        assert_eq!(note.signatures().len(), 1);
    }

    #[test]
    fn what_is_no_note_is_refused() {
        let line = "\u{2014} n AAAAAAA=\n";
        for (wrong, why) in [
            ("".into(), NoteError::NoSignatures),
            ("text\n\n".into(), NoteError::NoSignatures),
            (format!("text\n{line}"), NoteError::NoSignatures),
            (format!("\n{line}"), NoteError::NoSignatures),
            (format!("text\n\n{}", line.trim_end()), NoteError::NoSignatures),
            (format!("te\txt\n\n{line}"), NoteError::NotText),
            (format!("text\r\n\n{line}"), NoteError::NotText),
            (format!("text\n\n{line}{line}- n AAAAAAA=\n"), NoteError::Line(3)),
            ("text\n\n\u{2014} n AAAAAA==\n".into(), NoteError::Line(1)),
            ("text\n\n\u{2014} n AAAAAAB=\n".into(), NoteError::Line(1)),
            ("text\n\n\u{2014}  AAAAAAA=\n".into(), NoteError::Line(1)),
            ("text\n\n\u{2014} a+b AAAAAAA=\n".into(), NoteError::Line(1)),
            ("text\n\n\u{2014} a\u{a0}b AAAAAAA=\n".into(), NoteError::Line(1)),
            ("text\n\n\u{2014} a\tb AAAAAAA=\n".into(), NoteError::Line(1)),
            ("text\n\n\u{2014} n AAAAAAA= \n".into(), NoteError::Line(1)),
            (format!("text\n\n{}", line.repeat(65)), NoteError::TooManySignatures),
        ] {
            assert_eq!(Note::parse(wrong.as_bytes()), Err(why), "{wrong:?}");
        }
        assert_eq!(Note::parse(b"\xff\n\n\n"), Err(NoteError::NotText));
        let long = vec![b'a'; MAX_NOTE_LEN + 1];
        assert_eq!(Note::parse(&long), Err(NoteError::TooLong(MAX_NOTE_LEN + 1)));
    }
}
