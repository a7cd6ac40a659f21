//! Shows the docket of a case, each line verified: `docket CASE`.
#![expect(clippy::print_stdout, reason = "a sample speaks to the terminal")]

mod setting;

use std::error::Error;

use barid_client::client::CaseName;
use barid_client::hex;

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let case = std::env::args().nth(1).and_then(|text| hex::decode(&text));
    let case = case.ok_or("CASE has 32 hexadecimal digits")?;
    let client = setting::client()?;
    for line in client.case(CaseName::Id(case)).await?.entries {
        let verified = client.verify_line(&line).await?;
        println!("leaf {}: {}", verified.leaf_index, verified.body.kind().as_str_name());
        for delivery in &line.deliveries {
            println!("  {:?}: {}", delivery.recipient, delivery.step().as_str_name());
        }
    }
    Ok(())
}
