//! Witnesses without disk or network, and a bench whose log needs three of four of them.

use std::time::Duration;

use barid_proto::key::{Algorithm, FileKey};
use barid_proto::tlog::add_checkpoint::AddCheckpoint;
use barid_proto::tlog::checkpoint::Checkpoint;
use barid_proto::tlog::cosignature::Cosigner;
use barid_proto::tlog::policy::Policy;
use barid_proto::tlog::proof::verify_consistency;
use barid_proto::tlog::{EMPTY_ROOT, Hash};

use super::bench::{Bench, NOW};
use crate::log::witnesses::{Attendant, Introduction, Outcome, WitnessPlan};
use crate::model::id::OfficeAddress;
use crate::store::contract::samples::office;

/// Seconds of the bench's clock.
pub(super) const SECONDS: u64 = NOW / 1000;

/// A witness as C2SP describes it, without a disk.
pub(super) struct Person {
    pub(super) cosigner: Cosigner,
    /// Size and root of the largest tree that it has cosigned.
    pub(super) seen: (u64, Hash),
    note: Option<String>,
    time: u64,
}

impl Person {
    pub(super) fn new(name: &str) -> Self {
        let key = FileKey::generate(Algorithm::Ed25519).unwrap();
        let cosigner = Cosigner::ed25519(name, Box::new(key)).unwrap();
        Self { cosigner, seen: (0, EMPTY_ROOT), note: None, time: SECONDS }
    }

    pub(super) fn introduction(&self) -> Introduction {
        Introduction {
            keys: vec![self.cosigner.verifier().to_string()],
            mirror_keys: Vec::new(),
            checkpoints: self.note.iter().map(|note| note.clone().into_bytes()).collect(),
        }
    }

    pub(super) fn answer(&mut self, body: &[u8]) -> (u32, Vec<u8>) {
        let asked = AddCheckpoint::parse(body).unwrap();
        let checkpoint = Checkpoint::parse(asked.note.text()).unwrap();
        let (size, root) = self.seen;
        if asked.old_size != size {
            return (409, format!("{size}\n").into_bytes());
        }
        let (new_size, new_root) = (checkpoint.size(), *checkpoint.root());
        if verify_consistency(size, new_size, &asked.proof, &root, &new_root).is_err() {
            return (422, b"not consistent\n".to_vec());
        }
        self.time += 1;
        let line = self.cosigner.cosign(&checkpoint, self.time).unwrap();
        let mut note = asked.note;
        note.add(line.clone()).unwrap();
        (self.seen, self.note) = ((new_size, new_root), Some(note.to_string()));
        (200, format!("{line}\n").into_bytes())
    }

    /// Answers what is due for an attendance.
    pub(super) async fn attend(&mut self, attendant: &mut Attendant) -> Outcome {
        let head = attendant.due().await.unwrap();
        loop {
            let (code, body) = self.answer(&attendant.question(&head).unwrap());
            match attendant.take(&head, code, &body).unwrap() {
                Outcome::AskAgain => {}
                outcome => return outcome,
            }
        }
    }
}

/// A bench whose log needs three of four witnesses, and these.
pub(super) fn bench() -> (Bench, Vec<Person>) {
    let mut bench = Bench::new();
    let people: Vec<Person> = (1..=4).map(|n| Person::new(&format!("w{n}.example/w"))).collect();
    let mut text = format!("log {}\n", bench.signer().verifier());
    for (number, person) in (1..).zip(&people) {
        text += &format!("witness w{number} {}\n", person.cosigner.verifier());
    }
    text += "group three 3 w1 w2 w3 w4\nquorum three\n";
    bench.plan = Some(WitnessPlan {
        policy: Policy::parse(text.as_bytes()).unwrap(),
        text,
        offices: (1..=4).map(|n| (format!("w{n}.example/w"), from(n))).collect(),
        patience: Duration::from_millis(50),
        heartbeat: Duration::from_secs(60),
    });
    (bench, people)
}

/// The office from which witness `n` attends.
pub(super) fn from(n: usize) -> OfficeAddress {
    office(&format!("north/w{n}"))
}
