//! A hub with the log's real key that lies to real clients, in one way at a time.
//!
//! | lie | what notices it |
//! |---|---|
//! | a receipt that is none | the proof, recomputed from the client's own bytes; the policy |
//! | a log without what was in it, other than it was, smaller than it was | the remembered checkpoint |
//! | two logs, one for each office | the checkpoint that the sender's envelope names |
//! | a leaf at a place or time where it cannot be | the sender's checkpoint; the witnesses' times |
//! | envelopes of one key in another order | the sequence that is signed |
//! | another envelope, document or assessment | signature and digests |
//! | a deadline that does not follow from the log | the assessment, computed again |
//!
//! Each is refused, and kept for whoever has to judge it.

#![expect(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a lie that cannot be told fails the test that tells it"
)]

#[path = "forging/mod.rs"]
mod lies;
