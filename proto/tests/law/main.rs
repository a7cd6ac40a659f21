//! The rule sets that come with Barid, at work: acts are made by hand, and what is assessed is
//! compared with what the law says and with what really happened.
//!
//! A test that covers a rule says so in a line `// Rule: RULE-SET rule-key`.

#![expect(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "helpers of tests fail loudly; the lint only excuses test functions themselves"
)]

mod announced;
mod call_in;
mod closure;
mod course;
mod fixture;
mod formal;
mod mexico;
mod panel;
mod publication;
mod results;
mod window;
