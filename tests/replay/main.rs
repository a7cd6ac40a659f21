//! The program `replay-2025`: plays an election and shows one screen.
//!
//! ```text
//! replay-2025 [--seed N] [--small]
//! ```

#![expect(clippy::print_stdout, reason = "a program speaks to its caller")]
#![expect(clippy::expect_used, reason = "without threads nothing runs")]

#[path = "mod.rs"]
mod replay;

use std::process::ExitCode;

use replay::Size;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let (mut seed, mut size) = (2025, Size::OF_2025);
    let mut words = arguments.iter();
    while let Some(word) = words.next() {
        match (word.as_str(), words.as_slice().first().and_then(|next| next.parse().ok())) {
            ("--small", _) => size = Size::SMALL,
            ("--seed", Some(given)) => {
                seed = given;
                words.next();
            }
            _ => {
                println!("replay-2025 [--seed NUMBER] [--small]");
                return ExitCode::from(2);
            }
        }
    }
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build();
    match runtime.expect("threads").block_on(replay::replay(seed, size)) {
        Ok((screen, good)) => {
            println!("{screen}");
            if good { ExitCode::SUCCESS } else { ExitCode::FAILURE }
        }
        Err(why) => {
            println!("the replay stopped: {why:#}");
            ExitCode::FAILURE
        }
    }
}
