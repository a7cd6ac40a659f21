//! Files a paper and keeps its receipt: `submit FORMAT KIND DOCUMENT RECIPIENT`.
#![expect(clippy::print_stdout, reason = "a sample speaks to the terminal")]

mod setting;

use std::error::Error;
use std::path::Path;

use barid_client::Draft;
use barid_client::draft::HashedDocument;
use barid_client::proto::v1::{DataClass, FilingKind};

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let [format, kind, path, to] =
        std::env::args().skip(1).collect::<Vec<_>>().try_into().map_err(|_| "four arguments")?;
    let kind = FilingKind::from_str_name(&kind).ok_or("KIND is like FILING_KIND_APPEAL_FILED")?;
    let (institution, office) = to.split_once('/').ok_or("RECIPIENT is like ejp/registry")?;
    let document = HashedDocument::at(Path::new(&path))?;
    let draft = Draft::new(kind).to(institution, office).data_class(DataClass::Synthetic).lead(
        &format,
        "document",
        "application/octet-stream",
        document,
    );
    let filed = setting::client()?.submit(draft).await?;
    println!("leaf {}, receipt kept in {}", filed.verified.leaf_index, filed.kept.display());
    Ok(())
}
