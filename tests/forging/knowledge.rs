//! What the forging hub knows and what it makes of it. Without a lie it is honest.

use std::sync::Arc;

use barid_client::proto::key::{Algorithm, FileKey, PublicKey};
use barid_client::proto::leaf::{self, Leaf, LeafKind};
use barid_client::proto::tlog::cosignature::Cosigner;
use barid_client::proto::tlog::note::{Note, NoteSigner};
use barid_client::proto::tlog::receipt;
use barid_client::proto::v1::{
    FilingAssessment, GetFilingResponse, ListChunksResponse, PendingWitness, Receipt, SealedFiling,
    SignedEnvelope, StatExhibitResponse, SubmitResponse,
};
use barid_client::proto::{envelope, tlog};
use barid_client::source::{Machine, Source};
use barid_client::verify;
use barid_tests::ForgedLog;
use barid_tests::hub::ORIGIN;
use prost::Message as _;

/// What is done to an answer before it is given.
pub(crate) type Twist<T> = Arc<dyn Fn(&Knowledge, &mut T) + Send + Sync>;

/// The lies that are told at the moment.
#[derive(Default)]
pub(crate) struct Lies {
    /// About the receipt of a filing that was handed in.
    pub(crate) receipt: Option<Twist<Receipt>>,
    /// About the whole answer.
    pub(crate) answer: Option<Twist<SubmitResponse>>,
    /// That witnesses are still missing, whenever it is asked for a receipt again.
    pub(crate) pending: bool,
    /// In place of the newest checkpoint.
    pub(crate) checkpoint: Option<Vec<u8>>,
    /// In place of every consistency proof.
    pub(crate) consistency: Option<Vec<Vec<u8>>>,
    /// The positions under which the first filing of the inbox is served, again and again.
    pub(crate) positions: Option<Vec<u64>>,
    /// The leaf of the filing that is served, whichever is asked for by its leaf.
    pub(crate) wrong_leaf: Option<u64>,
    /// Leaves that are not shown.
    pub(crate) hidden: Vec<u64>,
    /// In place of every document.
    pub(crate) wrong_document: Option<Vec<u8>>,
    /// What is told about every document.
    pub(crate) told: Option<(StatExhibitResponse, ListChunksResponse)>,
}

/// A filing that was taken in.
#[derive(Clone)]
pub(crate) struct Taken {
    pub(crate) envelope: SignedEnvelope,
    pub(crate) leaf: Leaf,
    pub(crate) index: u64,
    pub(crate) assessment: Vec<u8>,
}

/// The hub's knowledge.
pub(crate) struct Knowledge {
    pub(crate) signer: Arc<NoteSigner>,
    pub(crate) log: ForgedLog,
    /// All four witnesses; the first three cosign what is shown.
    pub(crate) witnesses: Vec<Arc<Cosigner>>,
    /// Milliseconds that the hub's clock is ahead of the witnesses'.
    pub(crate) clock_ahead_ms: i64,
    pub(crate) taken: Vec<Taken>,
    pub(crate) inbox: Vec<SealedFiling>,
    pub(crate) lies: Lies,
    /// Keys of whoever signs here, so that filings can be served with them.
    pub(crate) keys: Vec<PublicKey>,
}

impl Knowledge {
    pub(crate) fn new() -> Self {
        let key = FileKey::generate(Algorithm::Ed25519).expect("a key");
        let signer = Arc::new(NoteSigner::new(ORIGIN, Box::new(key)).expect("a log's key"));
        let witness = |number: u8| Arc::new(cosigner(&format!("w{number}.test")));
        Self {
            log: ForgedLog::new(Arc::clone(&signer)),
            signer,
            witnesses: (1..=4).map(witness).collect(),
            clock_ahead_ms: 0,
            taken: Vec::new(),
            inbox: Vec::new(),
            lies: Lies::default(),
            keys: Vec::new(),
        }
    }

    /// Another hub with the same keys and the same past, to be continued otherwise.
    pub(crate) fn twin(&self) -> Self {
        Self {
            signer: Arc::clone(&self.signer),
            log: self.log.branch(self.log.size()),
            witnesses: self.witnesses.clone(),
            clock_ahead_ms: self.clock_ahead_ms,
            taken: self.taken.clone(),
            inbox: Vec::new(),
            lies: Lies::default(),
            keys: Vec::new(),
        }
    }

    /// Three of the four witnesses have to cosign.
    pub(crate) fn policy(&self) -> String {
        let mut text = format!("log {}\n", self.signer.verifier());
        for (number, witness) in (1..).zip(&self.witnesses) {
            text += &format!("witness w{number} {}\n", witness.verifier());
        }
        text + "group enough 3 w1 w2 w3 w4\nquorum enough\n"
    }

    /// Takes an envelope in: its leaf, and that of an assessment behind it.
    pub(crate) fn take(&mut self, envelope: &SignedEnvelope) -> Taken {
        self.take_with(envelope, |_| FilingAssessment::default())
    }

    /// Takes an envelope in, with what `assess` makes of it; the leaf says when it came.
    pub(crate) fn take_with(
        &mut self,
        envelope: &SignedEnvelope,
        assess: impl FnOnce(&Leaf) -> FilingAssessment,
    ) -> Taken {
        let opened = envelope::open(envelope).expect("offices send envelopes");
        let nonce = opened.body.nonce.as_slice().try_into().expect("32 bytes");
        let names: Vec<String> =
            opened.body.recipients.iter().map(verify::recipient_name).collect();
        let leaf = Leaf {
            kind: LeafKind::Envelope,
            accepted_at_ms: u64::try_from(Machine.now_ms() + self.clock_ahead_ms).expect("a time"),
            envelope_digest: opened.digest(),
            signer_key_id: opened.signatures.first().expect("it is signed").key_id,
            routing_tag: leaf::routing_tag(nonce, &names).expect("names of offices"),
        };
        let envelope_digest = opened.digest().to_vec();
        let assessment = FilingAssessment { envelope_digest, ..assess(&leaf) }.encode_to_vec();
        let index = self.log.push(leaf.encode().to_vec());
        let behind = Leaf {
            kind: LeafKind::Assessment,
            envelope_digest: leaf::assessment_digest(&assessment),
            signer_key_id: self.signer.verifier().log_key_id().expect("an Ed25519 key"),
            routing_tag: [0; 32],
            ..leaf.clone()
        };
        self.log.push(behind.encode().to_vec());
        let taken = Taken { envelope: envelope.clone(), leaf, index, assessment };
        self.taken.push(taken.clone());
        taken
    }

    /// The newest checkpoint with the lines of the first `count` witnesses.
    pub(crate) fn note_by(&self, count: usize) -> Note {
        let cosigners = self.witnesses.iter().take(count).map(|witness| &**witness);
        self.log.note(self.log.size(), cosigners, now())
    }

    /// The newest checkpoint.
    pub(crate) fn note(&self) -> Note {
        self.note_by(3)
    }

    /// The proof that a leaf is in the log, under any checkpoint.
    pub(crate) fn proof(&self, taken: &Taken, checkpoint: Note) -> receipt::Receipt {
        receipt::Receipt {
            extra: taken.leaf.extra().to_vec(),
            index: taken.index,
            path: self.log.inclusion(taken.index, self.log.size()),
            checkpoint,
        }
    }

    /// The receipt of a filing.
    pub(crate) fn receipt(&self, taken: &Taken) -> Receipt {
        let body = envelope::decode_body(&taken.envelope.body).expect("a body");
        Receipt {
            tlog_proof: self.proof(taken, self.note()).to_string().into_bytes(),
            leaf_index: taken.index,
            accepted_at_unix_ms: i64::try_from(taken.leaf.accepted_at_ms).expect("a time"),
            envelope_digest: taken.leaf.envelope_digest.to_vec(),
            case_id: body.envelope_id,
        }
    }

    /// A filing as it is served.
    pub(crate) fn sealed(&self, taken: &Taken, spki: &[u8]) -> SealedFiling {
        SealedFiling {
            envelope: Some(taken.envelope.clone()),
            receipt: Some(self.receipt(taken)),
            assessment: taken.assessment.clone().into(),
            signer_spkis: vec![spki.to_vec()],
            assessment_path: wire(&self.log.inclusion(taken.index + 1, self.log.size())),
        }
    }

    /// The receipt of a filing, with the lies of the moment.
    fn twisted(&self, taken: &Taken) -> Receipt {
        let mut receipt = self.receipt(taken);
        if let Some(twist) = self.lies.receipt.clone() {
            twist(self, &mut receipt);
        }
        receipt
    }

    /// A filing that was taken in, for whoever asks by its leaf; or another one.
    pub(crate) fn filing_at(&self, leaf: u64) -> Option<GetFilingResponse> {
        let leaf = self.lies.wrong_leaf.unwrap_or(leaf);
        let taken = self.taken.iter().find(|taken| taken.index == leaf)?;
        let filing = self.served(taken).filter(|_| !self.lies.hidden.contains(&leaf))?;
        Some(GetFilingResponse { filing: Some(filing), pending_witness: None })
    }

    /// A filing with everything beside its receipt, when the key that signed it is known here.
    fn served(&self, taken: &Taken) -> Option<SealedFiling> {
        let key = self.keys.iter().find(|key| key.id() == taken.leaf.signer_key_id)?;
        Some(self.sealed(taken, key.spki()))
    }

    /// A filing that was taken in, for whoever asks for its receipt again.
    pub(crate) fn filing(&self, digest: &[u8]) -> Option<GetFilingResponse> {
        let taken = self.taken.iter().find(|taken| taken.leaf.envelope_digest == digest)?;
        if let Some(filing) = self.served(taken) {
            return Some(GetFilingResponse { filing: Some(filing), pending_witness: None });
        }
        let receipt = self.twisted(taken);
        let pending_witness = self
            .lies
            .pending
            .then(|| PendingWitness { unwitnessed: Some(receipt.clone()), retry_after_ms: 1 });
        let envelope = Some(taken.envelope.clone());
        let filing = SealedFiling { envelope, receipt: Some(receipt), ..SealedFiling::default() };
        Some(GetFilingResponse { filing: Some(filing), pending_witness })
    }

    /// The answer to a filing, with the lies of the moment. The same envelope again is not taken
    /// in again.
    pub(crate) fn answer(&mut self, envelope: &SignedEnvelope) -> SubmitResponse {
        let known = self.taken.iter().find(|taken| taken.envelope == *envelope).cloned();
        let repeated_submission = known.is_some();
        let taken = known.unwrap_or_else(|| self.take(envelope));
        let receipt = self.twisted(&taken);
        let mut answer =
            SubmitResponse { receipt: Some(receipt), repeated_submission, ..Default::default() };
        if let Some(twist) = self.lies.answer.clone() {
            twist(self, &mut answer);
        }
        answer
    }
}

/// A witness's key under a name.
pub(crate) fn cosigner(name: &str) -> Cosigner {
    let key = FileKey::generate(Algorithm::Ed25519).expect("a key");
    Cosigner::ed25519(name, Box::new(key)).expect("a witness's key")
}

/// Now, in unix seconds.
pub(crate) fn now() -> u64 {
    u64::try_from(Machine.now_ms()).expect("a time") / 1000
}

/// Hashes as answers carry them.
pub(crate) fn wire(path: &[tlog::Hash]) -> Vec<Vec<u8>> {
    path.iter().map(|hash| hash.to_vec()).collect()
}
