//! What two parties must agree on, and nothing else.
//!
//! A court that wants to check a receipt in five years needs this crate and no other: the
//! messages ([`v1`]), the envelope that is signed ([`envelope`]), the [`leaf`] that stands for it
//! in the log, the log's mathematics ([`tlog`]), documents in chunks ([`chunk`]) and
//! encrypted ones ([`sealed`]), third parties'
//! time-stamps ([`clock`]), keys and signatures ([`key`]), whose a key is ([`enrolment`]), the
//! normal form in which docket numbers are compared ([`text`]), and the law: rule sets ([`rules`]),
//! how periods are counted ([`period`]), what follows for a filing ([`assess`]) and how that is
//! said ([`explain`]); and registers: their daily digests ([`ledger`]) and where two of them differ
//! ([`reconcile`]). The hub, the clients and the witness share it, so that what one calls valid
//! all call valid.
//!
//! Everything here is a pure computation over values: no input or output, no clock, no randomness,
//! no `unsafe`. With the feature `grpc` (the default) the generated gRPC clients and servers come
//! along; a verifier does not need them.

#![forbid(unsafe_code)]

pub mod assess;
pub mod chunk;
pub mod clock;
pub mod enrolment;
pub mod envelope;
pub mod explain;
pub mod key;
pub mod kind;
pub mod leaf;
pub mod ledger;
pub mod period;
pub mod picture;
pub mod procedure;
pub mod reconcile;
pub mod rules;
pub mod sealed;
pub mod statistics;
pub mod text;
pub mod tlog;
pub mod word;

/// The messages of `proto/barid/v1`, generated. Their comments are the manual.
pub mod v1 {
    #![allow(
        clippy::allow_attributes,
        clippy::allow_attributes_without_reason,
        reason = "generated"
    )]
    #![allow(clippy::all, clippy::too_many_lines, reason = "generated")]
    #![allow(missing_docs, unreachable_pub, reason = "generated; the proto comments document it")]
    include!(concat!(env!("OUT_DIR"), "/barid.v1.rs"));
}

/// The messages as they were written, all in one text: whoever finds an envelope in a hundred years
/// can read it with this.
pub const MESSAGES_TEXT: &str = include_str!(concat!(env!("OUT_DIR"), "/barid.v1.proto.txt"));

/// The messages' descriptors with their comments, as a serialised `FileDescriptorSet`: what gRPC
/// reflection serves.
pub const FILE_DESCRIPTOR_SET: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/barid.v1.bin"));
