//! Writes `include/barid_plugin.h`, the boundary for authors who do not write Rust.
//!
//! Run `cargo run -p barid-plugin --example header` after a change to `src/abi.rs`;
//! `tests/header.rs` fails until it is done.

mod generator;

use std::error::Error;
use std::path::Path;

fn main() -> Result<(), Box<dyn Error>> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let abi = std::fs::read_to_string(root.join("src/abi.rs"))?;
    std::fs::write(root.join("include/barid_plugin.h"), generator::header(&abi)?)?;
    Ok(())
}
