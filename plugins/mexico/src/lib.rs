//! What the formats of Mexico's electoral institutions share, for pilots with partners.
//!
//! Everything they read becomes a [pilot paper](barid_proto::v1::PilotPaper) and nothing else, so
//! that no document of a partner can stand on a docket of live cases. [`docket`] reads the
//! tribunal's numbers and [`act`] the institute's, [`days`] dates in words, [`outcomes`] the verbs
//! of judgments, [`table`] published tables; [`paper`] reads and writes papers as JSON.

#![forbid(unsafe_code)]

pub mod act;
pub mod class;
pub mod days;
pub mod docket;
pub mod facts;
pub mod outcomes;
pub mod paper;
pub mod reply;
mod spanish;
pub mod table;
mod tokens;
pub mod words;
