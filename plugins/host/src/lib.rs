//! Runs a plugin where it can hurt nobody.
//!
//! A plugin is a library that somebody else wrote and that reads what strangers sent. Here it is
//! loaded by its digest, asked, and its answers held to the rules of the boundary:
//!
//! - [`manifest`]: what an operator allows: which library, which formats, how much;
//! - [`Plugin`]: one loaded plugin; its replies are checked as the untrusted input they are;
//! - [`Looker`]: looks at documents, of which nobody else has to understand anything;
//! - [`worker`]: a process of its own that has given up everything but the right to answer, which
//!   is where a plugin runs unless an operator says otherwise.
//!
//! Everything here blocks; whoever must not be blocked calls from a thread that may be.

mod description;
mod error;
mod library;
mod looker;
pub mod manifest;
mod plugin;
mod reply;
mod sealed;
pub mod worker;

pub use error::{CallFailure, Fault, LibraryFailure, LoadFailure, quoted};
pub use looker::Looker;
pub use manifest::PluginManifest;
pub use plugin::{Plugin, PluginIdentity};
pub use reply::kind_of;
pub use sealed::{digest as library_digest, read as read_library};
