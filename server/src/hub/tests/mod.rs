//! The story told in one process: real store, real log, real signatures; no network.

mod answers;
mod carry;
mod cases;
mod check;
mod course;
mod fixture;
mod found;
mod keys;
mod law;
mod outages;
mod papers;
mod registers;
mod relied;
mod retention;
mod sealed;
mod search;
mod stated;
