//! The policy that the README recommends.

use crate::fixture::{Log, Place, ask};
use barid_proto::key::{Algorithm, FileKey};
use barid_proto::tlog::cosignature::Cosigner;
use barid_proto::tlog::note::Note;
use barid_proto::tlog::policy::Policy;

const README: &str = include_str!("../../README.md");

#[test]
fn the_policy_of_the_readme_wants_the_own_witness_and_two_others() {
    let log = Log::with_leaves(3);
    let place = Place::following(&log);
    let fsc = place.open();
    let question = log.question(0, 3);
    let answer = ask(&fsc, &question);
    let own = Note::parse(format!("{}{}", question.note, answer.body).as_bytes()).unwrap();

    let others = ["IHEC", "EJP", "OBSERVER"].map(|name| {
        let key = FileKey::generate(Algorithm::Ed25519).unwrap();
        (name, Cosigner::ed25519(&format!("{name}.test/w"), Box::new(key)).unwrap())
    });
    let (_, rest) = README.split_once("```text\n").unwrap();
    let (policy, _) = rest.split_once("```").unwrap();
    let mut policy = policy.replace(" LOG", &format!(" {}", log.verifier()));
    let fsc_key = fsc.cosigners().verifiers().next().unwrap();
    policy = policy.replace(" FSC", &format!(" {fsc_key}"));
    for (name, cosigner) in &others {
        policy = policy.replace(&format!(" {name}"), &format!(" {}", cosigner.verifier()));
    }
    let policy = Policy::parse(policy.as_bytes()).unwrap();

    let with = |mut note: Note, count: usize| {
        for (_, cosigner) in &others[..count] {
            note.add(cosigner.cosign(&log.checkpoint(3), 1).unwrap()).unwrap();
        }
        policy.verify(&note).is_ok()
    };
    assert!(with(own.clone(), 2));
    assert!(!with(own, 1), "one other is not enough");
    assert!(!with(question.note, 3), "all others do not replace the own one");
}
