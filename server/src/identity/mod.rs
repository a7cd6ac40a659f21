//! Floor 2: who is who, and who may what.
//!
//! - [`caller`]: from a peer certificate to an office;
//! - [`directory`]: the institutions on the network and their offices, from a data file;
//! - [`policy`]: the permission table, from a data file;
//! - [`tls`]: mutual TLS.

pub mod caller;
pub mod directory;
pub mod policy;
pub mod tls;
