//! Checks a kept receipt without the hub: `verify BUNDLE TRUST`.
#![expect(clippy::print_stdout, reason = "a sample speaks to the terminal")]

use std::error::Error;
use std::path::Path;

use barid_client::bundle::Bundle;
use barid_client::{Trust, verify};

fn main() -> Result<(), Box<dyn Error>> {
    let [bundle, trust] =
        std::env::args().skip(1).collect::<Vec<_>>().try_into().map_err(|_| "two arguments")?;
    let bundle = Bundle::decode(&std::fs::read(bundle)?)?;
    let verified = verify::bundle(&bundle, &Trust::read(Path::new(&trust))?)?;
    println!("valid: leaf {} of {}", verified.leaf_index, verified.witnessed.checkpoint.origin());
    Ok(())
}
