//! The boundary between the hub and an institution's format.
//!
//! A format is a shared library with one C symbol. Authors in Rust implement [`Format`] and say
//! [`export_format!`]; authors in other languages include `barid_plugin.h`, which is generated from
//! [`abi`]. What crosses the boundary is bytes: the serialised requests and replies of
//! `proto/barid/v1/reading.proto`. How to write a format: `plugins/README.md`.

pub mod abi;
pub mod export;
pub mod format;
pub mod problem;

pub use barid_proto::v1;
pub use format::Format;
pub use problem::{PROBLEMS_MAX, Place, Problems};
