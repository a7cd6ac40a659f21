//! The commission's formats, asked as the hub asks them: bytes in, content and problems out.
#![expect(clippy::expect_used, reason = "a test fails by panicking")]

mod asking;
mod examples;
mod json_problems;
mod register_csv;
mod register_xlsx;
mod robustness;
mod round_trip;
