//! A scripted office: the client library with a key, a certificate and a folder of its own.

use std::sync::Arc;

use barid_client::client::Filed;
use barid_client::draft::HashedDocument;
use barid_client::proto::key::{Algorithm, FileKey, Signer};
use barid_client::proto::v1::{
    Address, ClockSource, FilingKind, KeyPurpose, Officer, OfficerRole, Stamp,
};
use barid_client::source::{Machine, Source};
use barid_client::{Client, Connection, Draft, Office, Trust};

use crate::authority::Identity;
use crate::hub::HubProcess;
use crate::programs;

/// Baghdad's offset from UTC, in minutes.
const BAGHDAD: i32 = 180;

/// An office at work.
pub struct ScriptedOffice {
    /// Its client.
    pub client: Client,
    /// Its address.
    pub address: Address,
    /// The key that signs its envelopes.
    pub signer: Arc<dyn Signer>,
    /// Its connection, for calls that no well-behaved client makes.
    pub connection: Connection,
}

impl ScriptedOffice {
    /// An office that connects with this identity, which need not be its own.
    ///
    /// # Panics
    /// When its client cannot be made.
    #[must_use]
    pub fn new(hub: &HubProcess, institution: &str, office: &str, identity: &Identity) -> Self {
        Self::believing(hub, institution, office, identity, hub.trust())
    }

    /// The same with a trust of its own.
    ///
    /// # Panics
    /// When its client cannot be made.
    #[must_use]
    pub fn believing(
        hub: &HubProcess,
        institution: &str,
        office: &str,
        identity: &Identity,
        trust: Arc<Trust>,
    ) -> Self {
        let key = FileKey::generate(Algorithm::EcdsaP256).expect("a key");
        let signer: Arc<dyn Signer> = Arc::new(key);
        let address = Address { institution: institution.to_owned(), office: office.to_owned() };
        let endpoint = hub.authority().endpoint(hub.address(), identity);
        let connection = Connection::open(&endpoint).expect("a connection");
        let key_name = signer.public_key().id().to_string();
        let client = Client::new(
            connection.clone(),
            Office {
                address: address.clone(),
                officer: Some(Self::officer()),
                signer: Arc::clone(&signer),
                further_signers: Vec::new(),
                folder: hub.folder(&format!("{institution}-{office}-{key_name}")),
                trust,
                source: Arc::new(Machine),
            },
        );
        Self { client: client.expect("a client"), address, signer, connection }
    }

    /// Brings its key into use.
    ///
    /// # Panics
    /// When the hub refuses.
    pub async fn enrolled(self) -> Self {
        self.client.enrol_key(KeyPurpose::Seal).await.expect("the key is enrolled");
        self
    }

    /// Files a document of the repository with a format, stamped at this office now.
    ///
    /// # Panics
    /// When the hub refuses.
    pub async fn file_document(&self, draft: Draft, format: &str, path: &str) -> Filed {
        let path = programs::root().join(path);
        let document = HashedDocument::at(&path).expect("the document is there");
        let draft = draft.lead(format, "document", "application/json", document);
        self.client.submit(draft.stamp(self.stamp())).await.expect("the filing is taken in")
    }

    /// A draft that opens a case at this office, addressed to another of the same institution.
    #[must_use]
    pub fn complaint(&self, to: &str) -> Draft {
        Draft::new(FilingKind::ComplaintRegistered).to(&self.address.institution, to)
    }

    /// The stamp of this office, now.
    #[must_use]
    pub fn stamp(&self) -> Stamp {
        Stamp {
            office: Some(self.address.clone()),
            officer: Some(Self::officer()),
            stamped_at_unix_ms: Machine.now_ms(),
            utc_offset_minutes: BAGHDAD,
            clock_source: ClockSource::Network.into(),
            number: "110/BAS/1".to_owned(),
        }
    }

    fn officer() -> Officer {
        Officer {
            name: "زينب علي حسين".to_owned(),
            role: OfficerRole::Clerk.into(),
            officer_id: "c-1".to_owned(),
        }
    }
}
