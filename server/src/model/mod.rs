//! Floor 0: the nouns. Values without input or output, clock or async.
//!
//! - [`id`]: one type per identifier, none convertible into another;
//! - [`row`]: what becomes durable in one commit, and what is read back;
//! - [`filing`]: a filing that cannot be malformed, parsed from an envelope's body;
//! - [`content`]: what each kind of filing must say to be understood;
//! - [`access`]: who may read which sealed exhibit;
//! - [`sought`]: what somebody looks for; [`passage`]: what of a filing can be found; [`snippet`]:
//!   a part of it;
//! - [`keys`]: signing keys, and the rules about them;
//! - [`wire`]: from these types to messages.

pub mod access;
pub mod content;
pub mod filing;
pub mod id;
pub mod keys;
pub mod passage;
pub mod place;
pub mod retention;
pub mod row;
pub mod shares;
pub mod snippet;
pub mod sought;
pub mod wire;
mod wording;
