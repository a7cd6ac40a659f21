//! Akoma Ntoso 3.0 judgments, read and written for the courts' formats.
//!
//! [`read()`] takes any well-formed Akoma Ntoso judgment, from any court, and reads off it what its
//! own structure says. [`write()`] writes a ruling so that [`read()`] gets back the same typed
//! content: texts stand in the body, where people read them; facts that Akoma Ntoso has no element
//! for stand in `meta/proprietary`, in Barid's namespace ([`names::BARID`]).
//!
//! Around it stands what the courts' formats share: what makes a [`court`], the numbers of its
//! register ([`docket`]) and its [`day`]s, the [`table`]s it exports, its [`letters`],
//! [`certificate`]s and replies ([`reply`]), and how a plugin names them ([`describe`]).
//!
//! Standard: OASIS LegalDocML Akoma Ntoso Version 1.0 Part 2, schema `akomantoso30.xsd`.

#![forbid(unsafe_code)]

pub mod certificate;
mod collect;
pub mod court;
pub mod day;
pub mod describe;
pub mod docket;
pub mod letters;
pub mod names;
mod paper;
mod read;
pub mod reply;
mod said;
pub mod table;
mod write;

pub use paper::{Paper, Setting};
pub use read::read;
pub use write::write;
