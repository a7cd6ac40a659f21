//! An institution's own witness of the log, and its own copy of it.
//!
//! Whoever runs the hub could show each institution another history. A witness makes that
//! impossible to hide: it remembers the largest tree it has seen, cosigns only what contains it,
//! and keeps the proof when a log contradicts itself. A receipt counts only with the lines of
//! enough witnesses, so a hub that wants to lie has to persuade other institutions' machines.
//!
//! | module | what |
//! |---|---|
//! | [`judge`], [`finding`] | the question, judged: pure, no disk, no clock |
//! | [`cosigners`] | the keys, made together with the ledger and never without it |
//! | [`ledger`] | what was cosigned: compared and persisted in one step |
//! | [`evidence`], [`alarm`] | what proves or suggests a fork, kept; somebody is told |
//! | [`witness`] | these together: bytes of a question in, bytes of an answer out |
//! | [`mirror`] | every leaf, checked and held, before the mirror's key says so |
//! | [`http`], [`attend`] | the two ways to be asked: plain C2SP, or dialling out to the hub |
//! | [`settings`] | the operator's file |
//!
//! Protocol: [C2SP tlog-witness v1.0.0](https://c2sp.org/tlog-witness@v1.0.0) with its monitoring
//! path, and the promises of [tlog-mirror](https://c2sp.org/tlog-mirror) (C2SP commit `5ba5ee8`),
//! whose upload calls are replaced by pulling from the hub.

#![forbid(unsafe_code)]

pub mod alarm;
pub mod attend;
pub mod cosigners;
pub mod error;
pub mod evidence;
pub mod finding;
pub mod http;
pub mod judge;
pub mod ledger;
pub mod mirror;
pub mod settings;
pub mod witness;

use std::sync::Arc;

/// Tells the time: seconds since 1970-01-01T00:00:00Z. Passed in, so that tests can turn it.
pub type Clock = Arc<dyn Fn() -> u64 + Send + Sync>;
