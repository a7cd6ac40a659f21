//! Typed JSON, read the way a clerk needs it: every problem of a document at once, each with its
//! place and its remedy, instead of the first one and a line number.
//!
//! Several institutions' formats are JSON objects with known fields. [`read_object`] parses the
//! bytes and hands the fields to a function that takes each by name through [`Fields`]; whatever
//! is missing, of the wrong type, impossible, unknown or there twice becomes a problem.
//! [`terms`] reads and writes the words that many kinds of filing share, [`letters`] what several
//! bodies write to each other.

#![forbid(unsafe_code)]

pub mod day;
mod fields;
pub mod letters;
mod parse;
mod said;
mod shown;
pub mod terms;
pub mod words;

pub use fields::{Fields, ITEMS_MAX, Need, STRING_MAX_BYTES, read_object};
pub use parse::{DEPTH_MAX, SIZE_MAX_BYTES, value as read_value};
pub use shown::shown;
