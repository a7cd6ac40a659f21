//! An office that was lied to: the real client library with a folder of its own.

use std::fs;
use std::path::PathBuf;
use std::sync::Arc;

use barid_client::client::{Filed, From, Served};
use barid_client::proto::key::{Algorithm, FileKey, Signer};
use barid_client::proto::v1::{Address, FilingKind};
use barid_client::source::Machine;
use barid_client::{Client, ClientError, Connection, Draft, Office};
use barid_tests::authority::Wish;

use super::server::Forger;

/// An office of the commission.
pub(crate) struct LiedTo {
    pub(crate) client: Client,
    pub(crate) signer: Arc<dyn Signer>,
    folder: PathBuf,
}

impl LiedTo {
    /// An office at this hub.
    pub(crate) fn at(forger: &Forger, office: &str) -> Self {
        let identity = forger.authority.issue(&Wish::office("ihec", office));
        let endpoint = forger.authority.endpoint(&forger.address, &identity);
        let signer: Arc<dyn Signer> =
            Arc::new(FileKey::generate(Algorithm::EcdsaP256).expect("a key"));
        let folder = forger.folder.path().join(office);
        let client = Client::new(
            Connection::open(&endpoint).expect("a connection"),
            Office {
                address: Address { institution: "ihec".into(), office: office.into() },
                officer: None,
                signer: Arc::clone(&signer),
                further_signers: Vec::new(),
                folder: folder.clone(),
                trust: forger.trust(),
                source: Arc::new(Machine),
            },
        );
        Self { client: client.expect("a client"), signer, folder }
    }

    /// Files a complaint.
    pub(crate) async fn complain(&self) -> Result<Filed, ClientError> {
        let draft = Draft::new(FilingKind::ComplaintRegistered).to("ihec", "council");
        self.client.submit(draft).await
    }

    /// The next filing that was served on it, from the beginning.
    pub(crate) async fn receive(&self, after: u64) -> Result<Served, ClientError> {
        let mut inbox = self.client.receive(From::After(after), false, "", &[])?;
        Ok(inbox.next().await?.expect("something was served"))
    }

    /// How many contradictions of the log are kept, and how many filings that were not believed.
    pub(crate) fn kept(&self) -> (usize, usize) {
        let count = |name: &str| {
            fs::read_dir(self.folder.join("memory").join(name)).map_or(0, Iterator::count)
        };
        (count("contradictions"), count("not-believed"))
    }

    /// How many filings wait for a receipt.
    pub(crate) fn waiting(&self) -> usize {
        self.client.outbox().turn().and_then(|turn| turn.pending()).expect("an outbox").len()
    }
}
