//! What an office needs to work with a hub.
//!
#![doc = include_str!("../README.md")]
#![forbid(unsafe_code)]

pub mod bundle;
pub mod client;
pub mod clock;
pub mod connect;
pub mod custody;
pub mod disk;
pub mod draft;
pub mod error;
pub mod export;
pub mod hex;
pub mod ledgers;
pub mod memory;
pub mod outbox;
pub mod refusal;
mod retry;
pub mod sealing;
pub mod source;
pub mod stick;
#[cfg(test)]
mod testing;
pub mod trust;
pub mod verify;

pub use barid_proto as proto;
pub use client::{Client, Office};
pub use connect::{Connection, Endpoint};
pub use draft::Draft;
pub use error::ClientError;
pub use trust::Trust;
