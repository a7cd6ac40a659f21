//! A worker and nothing else, for programs that cannot be one themselves: those that test.

use std::process::ExitCode;

fn main() -> ExitCode {
    barid_plugin_host::worker::run()
}
