//! `barid`: files, receives, registers and proves, for clerks, operators and scripts.

mod archive;
mod bar;
mod batch;
mod command;
mod exit;
mod kit;
mod profile;
mod published;
mod render;
mod screen;
mod wording;

use std::env;
use std::process::ExitCode;

use barid_plugin_host::worker;
use clap::Parser as _;

fn main() -> ExitCode {
    // `barid plugin check` starts this program again as a worker: before anything is opened.
    if env::args_os().skip(1).eq([worker::ARGUMENT]) {
        return worker::run();
    }
    let line = command::Line::parse();
    let lang = line.language();
    let screen = screen::Screen { lang, json: line.json };
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build();
    let outcome = match runtime {
        Ok(runtime) => runtime.block_on(line.run(screen)),
        Err(error) => Err(exit::Failure::usage(error.to_string())),
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            screen.fail(&failure);
            ExitCode::from(failure.code())
        }
    }
}
