//! Floor 0: the nouns. Values without input or output, clock or async.
//!
//! - [`id`]: one type per identifier, none convertible into another;
//! - [`row`]: what becomes durable in one commit, and what is read back;
//! - [`filing`]: a filing that cannot be malformed, parsed from an envelope's body;
//! - [`content`]: what each kind of filing must say to be understood;
//! - [`access`]: who may read which sealed exhibit;
//! - [`keys`]: signing keys, and the rules about them;
//! - [`wire`]: from these types to messages.

pub mod access;
pub mod content;
pub mod filing;
pub mod id;
pub mod keys;
pub mod place;
pub mod retention;
pub mod row;
pub mod shares;
pub mod wire;
mod wording;
