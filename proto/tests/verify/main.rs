//! The verification core from outside: foreign vectors, properties over random input, and the
//! known answers that other languages share.
//!
//! Foreign samples lie beside the repository, not in it. Without them the tests that need them say
//! "skipped: samples not present" and pass.

#![expect(
    clippy::indexing_slicing,
    clippy::panic,
    clippy::print_stderr,
    clippy::unwrap_used,
    reason = "helpers of tests fail loudly; the lint only excuses test functions themselves"
)]

mod edge;
mod field;
mod fixture;
mod foreign_log;
mod foreign_proof;
mod foreign_signature;
mod key;
mod known_answer;
mod ledger;
mod mutation;
mod policy;
mod quorum;
mod sealed;
mod text;
mod tree;
mod voucher;
