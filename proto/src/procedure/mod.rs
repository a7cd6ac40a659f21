//! Procedures: how a case stands in one, and how one looks.
//!
//! A procedure is data of a rule set ([`crate::rules::Procedure`]). [`picture`] draws it.

mod layout;
mod picture;
mod words;

pub use picture::picture;
pub use words::{Phrase, length, owner, phrase};
