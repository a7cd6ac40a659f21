//! The witness from outside: over HTTP, over the stream, and with a log that lies.

#![expect(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::unwrap_used,
    reason = "a test fails by panicking"
)]

mod alarm;
mod attend;
mod crash;
mod fixture;
mod fork;
mod http;
mod mirror;
mod policy;
mod program;
mod property;
mod transcript;
