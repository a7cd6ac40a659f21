//! A real hub, a throw-away certificate authority and scripted offices, for tests of the whole
//! system and for the demonstration.
//!
//! Everything runs as it would for an operator: the hub is the built program with a configuration
//! in a temporary folder, and offices speak to it over mutual TLS with the client library. Nothing
//! here reaches into the hub.

#![expect(clippy::expect_used, reason = "a rig that cannot be set up fails the test that asked")]
#![expect(clippy::print_stdout, reason = "a failing test shows what the hub wrote")]

pub mod authority;
pub mod bucket;
mod disk;
mod folder;
pub mod forge;
pub mod hub;
pub mod link;
pub mod office;
pub mod person;
pub mod plugins;
pub mod programs;
pub mod raw;
pub mod stamper;
pub mod tools;
pub mod witness;
mod witnessed;

pub use authority::{Authority, Identity};
pub use folder::everything;
pub use forge::ForgedLog;
pub use hub::HubProcess;
pub use link::Link;
pub use office::ScriptedOffice;
pub use person::Person;
pub use raw::RawSender;
pub use witness::WitnessProcess;
