//! Procedures: how a case stands in one, and how one looks.
//!
//! A procedure is data of a rule set ([`crate::rules::Procedure`]). [`course`] follows a case
//! through it: what was done and whether in time, what may come next, from whom, by when and under
//! which article, what came out of order, and what is still open. [`picture`] draws it.
//!
//! Nothing here refuses anything. A filing that no step expected stays a filing, and is told.

mod appeals;
mod course;
mod layout;
mod links;
mod picture;
mod rests;
mod tasks;
#[cfg(test)]
mod tests;
mod walk;
mod words;

pub use course::course;
pub use links::{goes_on_in, is_one_of, numbers};
pub use picture::picture;
pub use tasks::tasks;
pub use walk::text;
pub use words::{Phrase, length, owner, phrase};
