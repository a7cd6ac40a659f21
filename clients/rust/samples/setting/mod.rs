//! What all samples need: an office, its keys, whom it trusts, and where the hub is.

use std::error::Error;
use std::path::PathBuf;
use std::sync::Arc;

use barid_client::proto::key::FileKey;
use barid_client::proto::v1::Address;
use barid_client::source::Machine;
use barid_client::{Client, Connection, Endpoint, Office, Trust};

/// The office that `BARID_OFFICE` names, at the hub `BARID_HUB`, with the folder `BARID_PROFILE`.
pub(crate) fn client() -> Result<Client, Box<dyn Error>> {
    let folder = PathBuf::from(std::env::var("BARID_PROFILE")?);
    let address = std::env::var("BARID_HUB")?;
    let name = std::env::var("BARID_OFFICE")?;
    let (institution, office) = name.split_once('/').ok_or("BARID_OFFICE is not `inst/office`")?;
    let host = address.rsplit_once(':').map_or(address.as_str(), |(host, _)| host);
    let endpoint = Endpoint {
        server_name: host.to_owned(),
        ca_pem: std::fs::read(folder.join("ca.pem"))?,
        cert_pem: std::fs::read(folder.join("office.pem"))?,
        key_pem: std::fs::read(folder.join("office.key"))?,
        address,
    };
    let office = Office {
        address: Address { institution: institution.to_owned(), office: office.to_owned() },
        officer: None,
        signer: Arc::new(FileKey::from_pem(&std::fs::read_to_string(folder.join("signing.pem"))?)?),
        further_signers: Vec::new(),
        trust: Arc::new(Trust::read(&folder.join("trust.policy"))?),
        folder: folder.join("office"),
        source: Arc::new(Machine),
    };
    Ok(Client::new(Connection::open(&endpoint)?, office)?)
}
