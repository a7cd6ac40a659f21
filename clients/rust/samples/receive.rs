//! Takes what is new in the inbox and acknowledges it.
#![expect(clippy::print_stdout, reason = "a sample speaks to the terminal")]

mod setting;

use std::error::Error;

use barid_client::client::From;

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let client = setting::client()?;
    let mut inbox = client.receive(From::WhereILeftOff, false, "", &[])?;
    while let Some(served) = inbox.next().await? {
        let body = &served.verified.body;
        println!(
            "{}: {} at leaf {}",
            served.cursor,
            body.kind().as_str_name(),
            served.verified.leaf_index
        );
        // A real office saves the filing here: an acknowledgement says that it has it.
        client.acknowledge(&served, &[]).await?;
        client.remember_cursor(served.cursor)?;
    }
    Ok(())
}
