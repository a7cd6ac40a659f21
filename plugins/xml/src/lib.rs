//! XML as institutions' formats read and write it.
//!
//! [`read()`] hands a document to a [`Sink`], element by element, in one pass; what is not
//! well-formed XML, or is XML made to hurt, is refused with its place (the module `guard` says
//! how). [`Prose`] gathers text from it; [`Emit`] puts a document together so that a reader gets
//! back what went in.

#![forbid(unsafe_code)]

mod chars;
mod emit;
mod encoding;
mod guard;
mod place;
mod prose;
mod read;
mod said;
mod xml;

pub use chars::{is_char, is_space};
pub use emit::{Attributes, Emit};
pub use guard::{ATTRIBUTES_MAX, DEPTH_MAX, EVENTS_MAX, SIZE_MAX_BYTES};
pub use prose::Prose;
pub use read::{Refusal, read};
pub use xml::{Element, Sink, XML};
