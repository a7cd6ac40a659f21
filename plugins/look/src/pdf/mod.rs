//! What a PDF is like: its version and pages, whether it opens, has text, runs things or is broken.
//!
//! The parser reads lazily, mends what it can and does not say so; what is broken is therefore
//! looked for in the bytes themselves ([`damage`]). It unpacks the streams that hold other objects
//! without a bound: those are unpacked here first, with one ([`streams`]). Where both leave a gap,
//! the worker's own limits are the bound.

mod damage;
mod danger;
mod pages;
mod streams;

use std::sync::Arc;

use hayro_syntax::object::Dict;
use hayro_syntax::{DecryptionError, LoadPdfError, Pdf, PdfVersion};
use memchr::memmem;

use crate::finding::{Look, Mark, PdfLook};

/// The document, for a parser that shares it.
pub(crate) struct Shared(pub(crate) Vec<u8>);

impl AsRef<[u8]> for Shared {
    fn as_ref(&self) -> &[u8] {
        &self.0
    }
}

/// Looks into a PDF that is whole.
pub(crate) fn look_into(document: &Arc<Shared>, look: &mut Look) {
    let bytes = document.0.as_slice();
    let is_encrypted = says_encrypted(bytes);
    look.marks.extend(damage::marks(bytes));
    if streams::is_bomb(bytes) {
        look.marks.insert(Mark::Bomb);
        return;
    }
    let pdf = match Pdf::new(Arc::clone(document)) {
        Ok(pdf) => pdf,
        Err(error) => {
            look.marks.insert(refused(error, is_encrypted));
            return;
        }
    };
    if is_encrypted {
        look.marks.insert(Mark::Restricted);
    }
    let pages = pdf.pages();
    let count = u32::try_from(pages.len()).unwrap_or(u32::MAX);
    look.pages = Some(count);
    if count == 0 {
        look.marks.insert(Mark::NoPages);
    }
    if announced(&pdf).is_some_and(|announced| announced != i64::from(count)) {
        look.marks.insert(Mark::PagesMissing);
    }
    look.marks.extend(danger::marks(&pdf));
    let seen = pages::look_at(pages);
    look.marks.extend(seen.mark());
    look.pdf = Some(PdfLook {
        version_tenths: damage::says_version(bytes).then(|| tenths(pdf.version())),
        pages_looked_at: seen.looked_at,
        pages_with_text: seen.with_text,
    });
}

/// Whether a trailer names an encryption dictionary: neither it nor its name is ever encrypted or
/// packed (ISO 32000-1, 7.6.1).
fn says_encrypted(bytes: &[u8]) -> bool {
    memmem::find_iter(bytes, b"/Encrypt").any(|at| {
        let behind = bytes.get(at + 8..).unwrap_or_default();
        let mut behind = behind.iter().skip_while(|byte| byte.is_ascii_whitespace());
        behind.next().is_some_and(|byte| byte.is_ascii_digit() || *byte == b'<')
    })
}

fn refused(error: LoadPdfError, is_encrypted: bool) -> Mark {
    match error {
        LoadPdfError::Decryption(DecryptionError::PasswordProtected) => Mark::PasswordNeeded,
        LoadPdfError::Decryption(_) => Mark::EncryptionUnknown,
        LoadPdfError::Invalid if is_encrypted => Mark::EncryptionUnknown,
        LoadPdfError::Invalid => Mark::Unreadable,
    }
}

/// How many pages the root of the tree of pages says that there are.
fn announced(pdf: &Pdf) -> Option<i64> {
    let root = pdf.xref().get::<Dict<'_>>(pdf.xref().root_id())?;
    root.get::<Dict<'_>>("Pages")?.get::<i32>("Count").map(i64::from)
}

fn tenths(version: PdfVersion) -> u8 {
    match version {
        PdfVersion::Pdf10 => 10,
        PdfVersion::Pdf11 => 11,
        PdfVersion::Pdf12 => 12,
        PdfVersion::Pdf13 => 13,
        PdfVersion::Pdf14 => 14,
        PdfVersion::Pdf15 => 15,
        PdfVersion::Pdf16 => 16,
        PdfVersion::Pdf17 => 17,
        PdfVersion::Pdf20 => 20,
    }
}
