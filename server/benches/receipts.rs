//! How long a receipt takes when four witnesses are asked for three cosignatures: a real hub, four
//! real witnesses that dial in over mutual TLS, and offices that file over mutual TLS, all on this
//! machine. `cargo xtask bench` runs this.
//!
//! ```text
//! receipts WITNESS-PROGRAM     NAME VALUE UNIT a line
//! ```
//!
//! First every office files as fast as it gets receipts; then all file at fixed times, half as
//! often together. A latency counts from the time at which a filing was due, so that a hub that is
//! behind cannot hide it.

#![expect(clippy::print_stdout, reason = "a program speaks to its caller")]

mod network;

use std::fs;
use std::path::Path;
use std::time::{Duration, Instant};

use anyhow::{Context as _, bail};
use barid_proto::envelope::{self, NO_PREVIOUS, PAYLOAD_TYPE, pre_authentication};
use barid_proto::key::{Algorithm, FileKey, Signer as _};
use barid_proto::tlog::note::Note;
use barid_proto::tlog::policy::Policy;
use barid_proto::tlog::receipt::Receipt;
use barid_proto::v1::filing_content::Content;
use barid_proto::v1::filing_service_client::FilingServiceClient;
use barid_proto::v1::{self, EnvelopeBody, SignedEnvelope};
use network::{Network, ORIGIN};
use prost::Message as _;
use tonic::transport::Channel;

/// Offices that file: as many connections, and as many chains.
const OFFICES: usize = 32;
/// How long they file as fast as they can, and how long at half of that.
const FULL: Duration = Duration::from_secs(5);
const HALF: Duration = Duration::from_secs(10);
/// How long the witnesses may take to dial in and confirm the log.
const BEGIN_WITHIN: Duration = Duration::from_secs(60);

fn main() -> anyhow::Result<()> {
    let Some(witness) = std::env::args().skip(1).find(|one| one != "--bench") else {
        println!("run `cargo xtask bench receipts`");
        return Ok(());
    };
    let network = Network::start(Path::new(&witness), OFFICES)?;
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    runtime.block_on(measure(&network))
}

async fn measure(network: &Network) -> anyhow::Result<()> {
    let mut offices = Vec::new();
    for name in network.offices() {
        let mut office = Office::new(&name, network.connect(&name).await?)?;
        office.enrol(network).await.with_context(|| format!("enrolling {name}"))?;
        offices.push(office);
    }
    let (full, offices) = all_file(offices, FULL, None).await?;
    let rate = full.len() as f64 / FULL.as_secs_f64();
    let every = Duration::from_secs_f64(2.0 * OFFICES as f64 / rate);
    let (mut half, offices) = all_file(offices, HALF, Some(every)).await?;
    half.sort_unstable();
    println!("saturation {rate:.0} filings/s");
    println!("half-load {:.0} filings/s", half.len() as f64 / HALF.as_secs_f64());
    for (name, percent) in [("receipt-p50", 50), ("receipt-p99", 99)] {
        let at = half.len().saturating_sub(1) * percent / 100;
        println!("{name} {} ms", half.get(at).context("nothing was filed")?.as_millis());
    }
    let pending: usize = offices.iter().map(|office| office.pending).sum();
    println!("pending {pending} filings");
    let policy = Policy::parse(&fs::read(network.policy())?)?;
    offices.iter().try_for_each(|office| office.check(&policy))
}

/// Every office files for so long: each at its own fixed times, or as fast as it gets answers.
async fn all_file(
    offices: Vec<Office>,
    during: Duration,
    every: Option<Duration>,
) -> anyhow::Result<(Vec<Duration>, Vec<Office>)> {
    let begun = Instant::now();
    let count = u32::try_from(offices.len().max(1))?;
    let tasks = (0..).zip(offices).map(|(number, mut office)| {
        tokio::spawn(async move {
            let mut latencies = Vec::new();
            let mut due = begun + every.unwrap_or_default() * number / count;
            while due < begun + during {
                tokio::time::sleep_until(due.into()).await;
                office.file_complaint().await?;
                latencies.push(due.elapsed());
                due = every.map_or_else(Instant::now, |every| due + every);
            }
            Ok::<_, anyhow::Error>((latencies, office))
        })
    });
    let (mut latencies, mut offices) = (Vec::new(), Vec::new());
    for task in tasks.collect::<Vec<_>>() {
        let (those, office) = task.await??;
        latencies.extend(those);
        offices.push(office);
    }
    Ok((latencies, offices))
}

/// An office that signs for itself and keeps its chain.
struct Office {
    name: String,
    hub: FilingServiceClient<Channel>,
    key: FileKey,
    sequence: u64,
    previous: [u8; 32],
    /// Its newest receipt.
    receipt: Option<(v1::Receipt, [u8; 32])>,
    /// Answers without a receipt: witnesses were missing.
    pending: usize,
}

impl Office {
    fn new(name: &str, channel: Channel) -> anyhow::Result<Self> {
        Ok(Self {
            name: name.to_owned(),
            hub: FilingServiceClient::new(channel),
            key: FileKey::generate(Algorithm::EcdsaP256)?,
            sequence: 0,
            previous: NO_PREVIOUS,
            receipt: None,
            pending: 0,
        })
    }

    /// Brings its key into use, as soon as the witnesses have confirmed the log.
    async fn enrol(&mut self, network: &Network) -> anyhow::Result<()> {
        let event = v1::KeyEvent {
            action: v1::KeyAction::Add.into(),
            spki: self.key.public_key().spki().to_vec(),
            purpose: v1::KeyPurpose::Seal.into(),
            voucher: Some(network.voucher(&self.name, &self.key.public_key().id())?),
            ..v1::KeyEvent::default()
        };
        let begun = Instant::now();
        loop {
            let content = Content::KeyEvent(event.clone());
            match self.submit(v1::FilingKind::KeyEvent, content).await {
                Err(error) if begun.elapsed() > BEGIN_WITHIN => return Err(error),
                Err(_) => tokio::time::sleep(Duration::from_millis(100)).await,
                Ok(()) => return Ok(()),
            }
        }
    }

    async fn file_complaint(&mut self) -> anyhow::Result<()> {
        let complaint = v1::ComplaintRegistered {
            form_serial: format!("110-{}", self.sequence),
            complainant: Some(v1::Person {
                full_name: "One Two Three Four".to_owned(),
                ..v1::Person::default()
            }),
            facts: Some(network::english("posters inside the centre, and a queue outside of it")),
            ..v1::ComplaintRegistered::default()
        };
        self.submit(v1::FilingKind::ComplaintRegistered, Content::ComplaintRegistered(complaint))
            .await
    }

    async fn submit(&mut self, kind: v1::FilingKind, content: Content) -> anyhow::Result<()> {
        let envelope = self.sign(kind, content)?;
        let digest = envelope::open(&envelope)?.digest();
        let request =
            v1::SubmitRequest { envelope: Some(envelope), documents: Vec::new(), carriage: None };
        let answer = self.hub.submit(request).await?.into_inner();
        self.sequence += 1;
        self.previous = digest;
        match answer.receipt {
            Some(receipt) => self.receipt = Some((receipt, digest)),
            None => self.pending += 1,
        }
        Ok(())
    }

    fn sign(&self, kind: v1::FilingKind, content: Content) -> anyhow::Result<SignedEnvelope> {
        let key = self.key.public_key();
        let mut envelope_id = key.id().as_bytes()[..8].to_vec();
        envelope_id.extend((self.sequence + 1).to_be_bytes());
        let opens_a_case = kind == v1::FilingKind::ComplaintRegistered;
        let class = if opens_a_case { v1::DataClass::Live } else { v1::DataClass::Published };
        let body = EnvelopeBody {
            hub_origin: ORIGIN.into(),
            envelope_id,
            kind: kind.into(),
            sender: Some(network::address(&self.name)),
            recipients: opens_a_case.then(|| network::address("o0")).into_iter().collect(),
            case: opens_a_case.then(v1::CaseReference::default),
            sender_sequence: self.sequence + 1,
            previous_digest: self.previous.to_vec(),
            nonce: vec![7; 32],
            confidentiality: v1::Confidentiality::Parties.into(),
            data_class: class.into(),
            signers: vec![v1::EnvelopeSigner {
                key_id: key.id().as_bytes().to_vec(),
                algorithm: key.algorithm().wire().into(),
            }],
            content: Some(v1::FilingContent { content: Some(content) }),
            ..EnvelopeBody::default()
        };
        let bytes = body.encode_to_vec();
        let signature = v1::EnvelopeSignature {
            key_id: key.id().as_bytes().to_vec(),
            algorithm: key.algorithm().wire().into(),
            signature: self.key.sign(&pre_authentication(PAYLOAD_TYPE, &bytes))?,
        };
        Ok(SignedEnvelope {
            body: bytes.into(),
            payload_type: PAYLOAD_TYPE.into(),
            signatures: vec![signature],
        })
    }

    /// Its newest receipt carries a quorum: otherwise the figures say nothing.
    fn check(&self, policy: &Policy) -> anyhow::Result<()> {
        let Some((receipt, digest)) = &self.receipt else { bail!("{} has no receipt", self.name) };
        if receipt.envelope_digest != digest {
            bail!("{} has a receipt for something else", self.name);
        }
        let proof = Receipt::parse(&receipt.tlog_proof)?;
        let note = Note::parse(proof.checkpoint.to_string().as_bytes())?;
        if policy.verify(&note)?.quorum { Ok(()) } else { bail!("a receipt without a quorum") }
    }
}
