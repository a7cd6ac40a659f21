//! The commission's formats, asked as the hub asks them: bytes in, content and problems out.
#![expect(clippy::expect_used, reason = "a test fails by panicking")]

mod asking;
mod books;
mod dates;
mod examples;
mod garbled;
mod headings;
mod hostile_workbooks;
mod json_problems;
mod json_suite;
mod odd_csv;
mod odd_workbooks;
mod register_csv;
mod register_xlsx;
mod robustness;
mod round_trip;
