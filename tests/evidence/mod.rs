//! What the tests of the evidence share: the log under test, the foreign verifiers, and how their
//! tools come here.
//!
//! `go/`, `python/` and `node/` hold the few lines each that hand the log to the foreign library.
//! Their tools are installed under `target/tools` when they are missing, in the versions that the
//! lock files beside those lines pin.

pub(crate) mod change;
pub(crate) mod produced;
pub(crate) mod rollback;
pub(crate) mod tools;
pub(crate) mod verifier;
pub(crate) mod web;
pub(crate) mod witness;
