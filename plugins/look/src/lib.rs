//! Looks at a document: what it is by its bytes, and what a clerk who takes it in should know.
//!
//! [`look`] takes bytes and gives findings: the true kind, pages, text, size of a picture, what an
//! archive holds, and [marks](Mark) for what is wrong. It judges nothing: whether the findings
//! agree with what the sender claims is [`Media::agreement`], and how both are told to people is
//! [`wording`]. Nothing is run, followed, drawn or unpacked beyond a bound.
//!
//! The parsers read what strangers send. Each has bounds of its own, and a hub has them run in a
//! worker that is confined like a plugin's: what gets past a bound costs the answer, nothing more.

#![forbid(unsafe_code)]

mod archive;
mod finding;
mod media;
mod pdf;
mod picture;
mod sniff;
mod text;
pub mod wording;

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

pub use finding::{Contents, Look, Mark, PdfLook, Picture, Verdict, Weight};
pub use media::{Agreement, Media};

use pdf::Shared;

/// Version of the way of looking. It changes whenever the same bytes would be told otherwise.
pub const VERSION: u32 = 1;

/// Longest document that is looked at as a whole, in bytes; of a longer one, its kind is told from
/// its first bytes. Scans of a thousand pages are shorter; recordings are not, and have nothing to
/// be looked into.
pub const WHOLE_BYTES_MAX: u64 = 64 * 1024 * 1024;

/// How many of its first bytes tell the kind of a document that is not looked at as a whole.
pub const HEAD_BYTES: usize = 64 * 1024;

/// Looks at a document of `size` bytes. `bytes` are all of them, or its first [`HEAD_BYTES`].
///
/// A parser that panics costs its own findings: [`Mark::LookerEnded`] stands for them.
#[must_use]
pub fn look(bytes: Vec<u8>, size: u64) -> Look {
    let whole = bytes.len() as u64 >= size;
    let document = Arc::new(Shared(bytes));
    let sniffed = catch_unwind(|| sniff::sniff(&document.0, whole));
    let Ok(mut look) = sniffed else {
        return Look::of(Media::Unknown).with(Mark::LookerEnded);
    };
    let looking = catch_unwind(AssertUnwindSafe(|| {
        let mut deeper = look.clone();
        look_into(&document, whole, &mut deeper);
        deeper
    }));
    match looking {
        Ok(deeper) => deeper,
        Err(_) => {
            look.marks.insert(Mark::LookerEnded);
            look
        }
    }
}

fn look_into(document: &Arc<Shared>, whole: bool, look: &mut Look) {
    let bytes = document.0.as_slice();
    match look.media {
        Media::Age => {
            look.marks.insert(Mark::Sealed);
        }
        Media::Program => {
            look.marks.insert(Mark::Program);
        }
        Media::Docm | Media::Xlsm => {
            look.marks.insert(Mark::Macros);
        }
        _ => {}
    }
    if !whole {
        look.marks.insert(Mark::TooLarge);
        look.picture = picture::size(bytes, look.media);
        return;
    }
    match look.media {
        Media::Pdf => pdf::look_into(document, look),
        Media::Gzip => archive::look_into_gzip(bytes, look),
        Media::Tar => archive::look_into_tar(bytes, look),
        media if media.is_picture_or_recording() => picture::look_into(bytes, look),
        _ => {}
    }
}
