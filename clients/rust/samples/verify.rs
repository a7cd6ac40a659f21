//! Checks a bundle without the hub: `verify BUNDLE POLICY ROOTS`.
#![expect(clippy::print_stdout, reason = "a sample speaks to the terminal")]

use std::error::Error;
use std::fs::{self, File};
use std::io::BufReader;
use std::path::Path;

use barid_client::Trust;
use barid_client::bundle::Bundle;
use barid_client::proto::rules::Catalogue;
use barid_client::verify::{Believed, Roots, examine};

fn main() -> Result<(), Box<dyn Error>> {
    let [bundle, policy, roots] =
        std::env::args().skip(1).collect::<Vec<_>>().try_into().map_err(|_| "three arguments")?;
    let bundle = Bundle::read(BufReader::new(File::open(bundle)?))?;
    let trust = Trust::read(Path::new(&policy))?;
    let roots = Roots::parse(&fs::read(roots)?)?;
    let rules = Catalogue::built_in()?;
    let report = examine(
        &bundle,
        &Believed {
            policy: trust.policy(),
            roots: Some(&roots),
            tsa_roots: None,
            rules: &rules,
            without_roots: false,
            strict: false,
        },
    );
    for finding in &report.findings {
        println!("{finding}");
    }
    println!("{:?}: {} filings in {}", report.verdict(), report.filings.len(), report.log);
    Ok(())
}
