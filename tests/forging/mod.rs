//! The hub that lies, and the offices it lies to.

pub(crate) mod office;
pub(crate) mod server;
pub(crate) mod state;
