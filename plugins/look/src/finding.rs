//! What was found about a document. Every part has a bound by its type: what a worker answers is
//! read as a stranger's, and can be no more than one of these.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::media::{Agreement, Media};

/// What a document is and what is wrong with it, by its bytes alone.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Look {
    /// What it is.
    pub media: Media,
    /// Its pages: of a PDF, a TIFF, a DjVu. `None`: it has none, or they could not be counted.
    pub pages: Option<u32>,
    /// Of a PDF.
    pub pdf: Option<PdfLook>,
    /// Of a picture.
    pub picture: Option<Picture>,
    /// Of an archive, and of what is an archive beneath: a DOCX.
    pub contents: Option<Contents>,
    /// What a person should know.
    pub marks: BTreeSet<Mark>,
}

impl Look {
    /// Bytes of this kind, of which nothing more is known.
    #[must_use]
    pub fn of(media: Media) -> Self {
        Self {
            media,
            pages: None,
            pdf: None,
            picture: None,
            contents: None,
            marks: BTreeSet::new(),
        }
    }

    /// The same with one thing more that a person should know.
    #[must_use]
    pub fn with(mut self, mark: Mark) -> Self {
        self.marks.insert(mark);
        self
    }

    /// What it came to, beside the media type that its sender claims.
    #[must_use]
    pub fn verdict(&self, claimed: &str) -> Verdict {
        let heaviest = self.marks.iter().map(|mark| mark.weight()).max();
        let unseen = heaviest == Some(Weight::Open) && self.media == Media::Unknown;
        let differs = !unseen && self.media.agreement(claimed) == Agreement::Differs;
        match heaviest {
            _ if differs => Verdict::OutOfOrder,
            Some(Weight::Wrong) => Verdict::OutOfOrder,
            Some(Weight::Open) => Verdict::Undecided,
            _ if self.media == Media::Unknown => Verdict::Undecided,
            _ => Verdict::InOrder,
        }
    }
}

/// What looking at a document came to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// It is what it is said to be, and nothing is wrong with it.
    InOrder,
    /// It is something else, or something is wrong: a person should look.
    OutOfOrder,
    /// It cannot be told.
    Undecided,
}

/// What a PDF has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PdfLook {
    /// Its version, tenths: 17 is PDF 1.7. `None`: it does not say, or none that exists.
    pub version_tenths: Option<u8>,
    /// Pages that were looked at for text: the first ones.
    pub pages_looked_at: u32,
    /// Those of them on which text is shown, also the invisible text behind a scan.
    pub pages_with_text: u32,
}

/// What a picture is like.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Picture {
    /// Pixels from left to right, as stored.
    pub width: u64,
    /// Pixels from top to bottom, as stored.
    pub height: u64,
    /// How it is to be turned to be upright, as Exif numbers it: 1 to 8; 1 is upright. `None`: it
    /// does not say.
    pub orientation: Option<u8>,
}

/// What an archive says that it holds. Nothing was unpacked to find out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Contents {
    /// How many it holds, folders among them.
    pub parts: u64,
    /// Their length when unpacked, in bytes, as the archive says.
    pub unpacked_bytes: u64,
}

/// How much a [`Mark`] weighs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Weight {
    /// Good to know.
    Note,
    /// It could not be found out.
    Open,
    /// Something is wrong, and a person should look.
    Wrong,
}

/// Declares [`Mark`] with the code and the weight of each.
macro_rules! marks {
    ($($(#[$doc:meta])* $variant:ident = $code:literal, $weight:ident;)*) => {
        /// Something that a person should know about a document.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        pub enum Mark {
            $($(#[$doc])* #[serde(rename = $code)] $variant,)*
        }

        impl Mark {
            /// All of them.
            pub const ALL: &[Self] = &[$(Self::$variant,)*];

            /// Its name for programs, which stays: 1 to 64 of `[a-z-]`.
            #[must_use]
            pub const fn code(self) -> &'static str {
                match self { $(Self::$variant => $code,)* }
            }

            /// How much it weighs.
            #[must_use]
            pub const fn weight(self) -> Weight {
                match self { $(Self::$variant => Weight::$weight,)* }
            }
        }
    };
}

marks! {
    /// No bytes, or nothing but zero bytes.
    Empty = "empty", Wrong;
    /// It ends before its end.
    Truncated = "truncated", Wrong;
    /// It is damaged so that nothing can be read.
    Unreadable = "unreadable", Wrong;
    /// It is damaged, and readers that repair it can show it.
    Repaired = "repaired", Wrong;
    /// It says that it has other pages than can be found.
    PagesMissing = "pages-missing", Wrong;
    /// It has no page.
    NoPages = "no-pages", Wrong;
    /// Bytes that do not belong to it stand before or behind it.
    ForeignBytes = "foreign-bytes", Wrong;
    /// It cannot be opened without a password.
    PasswordNeeded = "password-needed", Wrong;
    /// It is encrypted in a way that is not known here.
    EncryptionUnknown = "encryption-unknown", Wrong;
    /// It opens without a password, and asks readers not to print, copy or change it.
    Restricted = "restricted", Note;
    /// Its pages are pictures without text: it cannot be searched or read aloud.
    ScanOnly = "scan-only", Note;
    /// Some of its pages are pictures without text.
    ScanPartly = "scan-partly", Note;
    /// No text and no picture is on its pages.
    Blank = "blank", Wrong;
    /// It has scripts.
    Scripts = "scripts", Wrong;
    /// It starts a program, or opens something outside of it.
    Launch = "launch", Wrong;
    /// Other documents are hidden within it.
    Embedded = "embedded", Note;
    /// It has macros.
    Macros = "macros", Wrong;
    /// It is a program.
    Program = "program", Wrong;
    /// It becomes enormous when it is unpacked.
    Bomb = "bomb", Wrong;
    /// Parts of the archive are encrypted.
    PartsEncrypted = "parts-encrypted", Wrong;
    /// Names within the archive lead out of the folder that it is unpacked in.
    PathsLeave = "paths-leave", Wrong;
    /// Text in an older encoding than UTF-8, which readers have to guess.
    OldEncoding = "old-encoding", Note;
    /// Longer than what is looked at: its kind is known from its first bytes.
    TooLarge = "too-large", Open;
    /// Encrypted to its recipients: nobody but them can look.
    Sealed = "sealed", Open;
    /// The looker did not get to it before the filing had to be sealed.
    NotInTime = "not-in-time", Open;
    /// Looking at it took more time or memory than any honest document takes, or ended the looker.
    LookerEnded = "looker-ended", Wrong;
    /// There was no looker.
    NoLooker = "no-looker", Open;
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_words_and_none_is_there_twice() {
        let codes: BTreeSet<&str> = Mark::ALL.iter().map(|mark| mark.code()).collect();
        assert_eq!(codes.len(), Mark::ALL.len());
        let is_word = |code: &&str| code.bytes().all(|b| b.is_ascii_lowercase() || b == b'-');
        assert!(codes.iter().all(is_word));
    }

    #[test]
    fn what_is_claimed_and_what_is_wrong_make_the_verdict() {
        use Verdict::{InOrder, OutOfOrder, Undecided};
        let pdf = Look::of(Media::Pdf);
        for (look, claimed, expected) in [
            (pdf.clone(), "application/pdf", InOrder),
            (pdf.clone().with(Mark::ScanOnly), "application/pdf", InOrder),
            (pdf.clone(), "application/octet-stream", InOrder),
            (pdf.clone(), "image/png", OutOfOrder),
            (pdf.clone().with(Mark::TooLarge), "application/pdf", Undecided),
            (pdf.clone().with(Mark::TooLarge), "image/png", OutOfOrder),
            (pdf.with(Mark::PasswordNeeded), "application/pdf", OutOfOrder),
            (Look::of(Media::Unknown).with(Mark::NotInTime), "image/png", Undecided),
            (Look::of(Media::Unknown).with(Mark::LookerEnded), "image/png", OutOfOrder),
            (Look::of(Media::Unknown), "image/png", OutOfOrder),
            (Look::of(Media::Unknown), "application/vnd.nobody-knows", Undecided),
            (Look::of(Media::Unknown).with(Mark::Sealed), "application/pdf", Undecided),
        ] {
            assert_eq!(look.verdict(claimed), expected, "{look:?} as {claimed}");
        }
    }

    #[test]
    fn a_look_is_the_same_after_its_travel_and_strangers_are_refused() {
        let mut look = Look::of(Media::Pdf).with(Mark::Truncated).with(Mark::Truncated);
        look.pages = Some(3);
        let told = serde_json::to_string(&look).unwrap();
        assert!(told.contains(r#""media":"application/pdf""#), "{told}");
        assert_eq!(serde_json::from_str::<Look>(&told).unwrap(), look);
        let more = told.replacen('{', r#"{"x":1,"#, 1);
        assert!(serde_json::from_str::<Look>(&more).is_err());
        let other = told.replace("application/pdf", "application/x-anything");
        assert!(serde_json::from_str::<Look>(&other).is_err());
    }
}
