//! Policies: reading them, and what they make of a checkpoint.

use crate::fixture::{ORIGIN, cosigned, key, log, log_signer, policy, policy_text, witness};
use barid_proto::tlog::checkpoint::Checkpoint;
use barid_proto::tlog::cosignature::{Cosigner, MAX_TIME, generate_ml_dsa_44};
use barid_proto::tlog::note::{Note, NoteSigner};
use barid_proto::tlog::policy::{Policy, PolicyError, PolicyProblem, VerifyError};
use barid_proto::tlog::vkey::{SignatureError, VerifierKey};

/// A note of a tree with ten leaves, cosigned by these witnesses at these times.
fn note(cosigners: &[(u8, u64)]) -> Note {
    let (tree, _) = log(10);
    let checkpoint = Checkpoint::new(ORIGIN, tree.size(), tree.root()).unwrap();
    let mut note = checkpoint.sign(&log_signer()).unwrap();
    for (number, time) in cosigners {
        note.add(witness(*number).cosign(&checkpoint, *time).unwrap()).unwrap();
    }
    note
}

fn with_quorum(lines: &str) -> Policy {
    let mut text = format!("log {} https://hub.example/\n", log_signer().verifier());
    for number in 1..=5 {
        text += &format!("witness\tw{number} {}\n", witness(number).verifier());
    }
    Policy::parse((text + lines).as_bytes()).unwrap()
}

#[test]
fn groups_count_their_members() {
    let nested = with_quorum(
        "group x 2 w1 w2 w3\n# a comment\n\n  group y any w4 w5 \ngroup both all x y\nquorum both",
    );
    for (cosigners, met) in [
        (&[][..], false),
        (&[1, 2, 3], false),
        (&[1, 4, 5], false),
        (&[1, 3, 5], true),
        (&[1, 2, 3, 4, 5], true),
    ] {
        let times: Vec<_> = cosigners.iter().map(|number| (*number, 1)).collect();
        assert_eq!(nested.weigh(&note(&times)).unwrap().quorum, met, "{cosigners:?}");
        assert_eq!(nested.verify(&note(&times)).is_ok(), met, "{cosigners:?}");
    }
    assert!(with_quorum("quorum none").verify(&note(&[])).is_ok());
    assert!(with_quorum("quorum w2").verify(&note(&[(1, 1)])).is_err());
    assert!(with_quorum("quorum w2").verify(&note(&[(2, 1)])).is_ok());
    assert_eq!(nested.logs()[0].url.as_deref(), Some("https://hub.example/"));
    assert_eq!(nested.witnesses().count(), 5);
}

#[test]
fn what_would_suffice_is_known_without_a_checkpoint() {
    let own = with_quorum("group others 2 w1 w2 w3\ngroup all all others w4\nquorum all");
    let with = |names: &[&str]| own.would_suffice(|witness| names.contains(&&*witness.name));
    assert!(with(&["w1", "w3", "w4"]) && with(&["w1", "w2", "w3", "w4", "w5"]));
    assert!(!with(&["w1", "w2", "w3"]) && !with(&["w1", "w4", "w5"]));
    let indispensable: Vec<_> = own.indispensable().map(|witness| &*witness.name).collect();
    assert_eq!(indispensable, ["w4"]);
    assert!(own.asks_witnesses());
    let none = with_quorum("quorum none");
    assert!(none.would_suffice(|_| false) && !none.asks_witnesses());
    assert_eq!(none.indispensable().count(), 0);
}

#[test]
fn lines_without_their_text_are_read_one_by_one() {
    let note = note(&[(1, 7), (2, 8)]);
    let lines: String = note.signatures().iter().map(|line| format!("{line}\n")).collect();
    assert_eq!(Note::parse_lines(lines.as_bytes()).unwrap(), note.signatures());
    for wrong in ["", "\n", "\u{2014} w1 AAAA", "x\n", &format!("{lines}\n"), &format!("\n{lines}")]
    {
        assert!(Note::parse_lines(wrong.as_bytes()).is_err(), "{wrong:?}");
    }
    assert!(Note::parse_lines(lines.repeat(64).as_bytes()).is_err());
}

#[test]
fn a_missing_quorum_says_who_did_cosign() {
    let refused = policy().verify(&note(&[(3, 7), (1, 9)])).unwrap_err();
    assert_eq!(refused, VerifyError::NoQuorum { cosigned: vec!["w3".into(), "w1".into()] });
}

#[test]
fn times_come_in_order() {
    let witnessed = policy().verify(&note(&[(1, 3000), (2, 1000), (3, 2000)])).unwrap();
    let kth: Vec<_> = (0..5).map(|k| witnessed.kth_time(k)).collect();
    assert_eq!(kth, [None, Some(1000), Some(2000), Some(3000), None]);
    assert_eq!(witnessed.cosigned[0].witness, "w2");
}

#[test]
fn a_cosignature_without_time_does_not_count() {
    assert!(!policy().weigh(&note(&[(1, 0), (2, 1), (3, 1)])).unwrap().quorum);
}

#[test]
fn a_time_no_clock_shows_is_refused() {
    let (tree, _) = log(1);
    let checkpoint = Checkpoint::new(ORIGIN, 1, tree.root()).unwrap();
    assert!(witness(1).cosign(&checkpoint, MAX_TIME).is_ok());
    assert!(witness(1).cosign(&checkpoint, MAX_TIME + 1).is_err());
}

#[test]
fn strangers_and_impostors() {
    let policy = policy();
    let (tree, _) = log(10);
    let foreign = Checkpoint::new("other.example/log", 10, tree.root()).unwrap();
    let foreign_log = NoteSigner::new("other.example/log", Box::new(key(9))).unwrap();
    let unknown = foreign.sign(&foreign_log).unwrap();
    assert_eq!(policy.weigh(&unknown), Err(VerifyError::UnknownLog("other.example/log".into())));

    // The right log's key under the origin of another log.
    let mut renamed = Note::new(foreign.to_string()).unwrap();
    renamed.add(log_signer().sign(&foreign.to_string()).unwrap()).unwrap();
    assert_eq!(policy.weigh(&renamed), Err(VerifyError::UnknownLog("other.example/log".into())));

    // The right name with another key is a stranger; witnesses alone make no checkpoint.
    let impostor = NoteSigner::new(ORIGIN, Box::new(key(9))).unwrap();
    let checkpoint = Checkpoint::new(ORIGIN, 10, tree.root()).unwrap();
    let mut forged = checkpoint.sign(&impostor).unwrap();
    forged.add(witness(1).cosign(&checkpoint, 1).unwrap()).unwrap();
    assert_eq!(policy.weigh(&forged), Err(VerifyError::UnknownLog(ORIGIN.into())));
    assert!(foreign.sign(&log_signer()).is_err(), "a log signs under its origin only");

    // One wrong line of a known witness spoils the note, even beside a quorum.
    let good = cosigned(&tree);
    let smaller = Checkpoint::new(ORIGIN, 9, *checkpoint.root()).unwrap();
    let mut spoiled = checkpoint.sign(&log_signer()).unwrap();
    spoiled.add(witness(1).cosign(&smaller, 1).unwrap()).unwrap();
    assert!(policy.verify(&good).is_ok());
    assert!(matches!(policy.weigh(&spoiled), Err(VerifyError::Note(_))));
}

#[test]
fn post_quantum_lines_are_made_and_checked() {
    let pem = generate_ml_dsa_44().unwrap();
    let log_pq = Cosigner::ml_dsa_44(ORIGIN, &pem).unwrap();
    let witness_pq = Cosigner::ml_dsa_44("pq.example", &pem).unwrap();
    let (tree, _) = log(10);
    let checkpoint = Checkpoint::new(ORIGIN, 10, tree.root()).unwrap();
    let mut note = Note::new(checkpoint.to_string()).unwrap();
    note.add(log_pq.cosign(&checkpoint, 5).unwrap()).unwrap();
    note.add(witness_pq.cosign(&checkpoint, 6).unwrap()).unwrap();
    let note = Note::parse(note.to_string().as_bytes()).unwrap();
    let text =
        format!("log {}\nwitness pq {}\nquorum pq\n", log_pq.verifier(), witness_pq.verifier());
    let policy = Policy::parse(text.as_bytes()).unwrap();
    assert_eq!(policy.verify(&note).unwrap().kth_time(1), Some(6));
}

#[test]
fn a_post_quantum_line_belongs_to_one_name() {
    let cosigner = Cosigner::ml_dsa_44("pq.example", &generate_ml_dsa_44().unwrap()).unwrap();
    let (tree, _) = log(10);
    let checkpoint = Checkpoint::new(ORIGIN, 10, tree.root()).unwrap();
    let line = cosigner.cosign(&checkpoint, 6).unwrap();
    let key = cosigner.verifier();
    assert_eq!(key.verify(&checkpoint.to_string(), &line.bytes), Ok(Some(6)));
    let renamed = VerifierKey::new("qq.example", key.key_type(), key.raw()).unwrap();
    let refused = renamed.verify(&checkpoint.to_string(), &line.bytes);
    assert_eq!(refused, Err(SignatureError::Wrong));
}

#[test]
fn problems_are_named_with_their_line() {
    use PolicyProblem as P;
    let w = |number| witness(number).verifier().to_string();
    let log_key = log_signer().verifier().to_string();
    let twice = format!("witness a {}\nwitness b {}\nquorum a", w(1), w(1));
    let taken = |name: &str| format!("witness a {}\nwitness {name} {}\nquorum a", w(1), w(2));
    let member = |lines: &str| format!("witness a {}\nwitness b {}\n{lines}\nquorum a", w(1), w(2));
    for (text, line, problem) in [
        (String::new(), 1, P::NoQuorum),
        ("# only a comment\n\n".into(), 2, P::NoQuorum),
        ("quorum none\nquorum none".into(), 2, P::QuorumTwice),
        ("quorum".into(), 1, P::Words),
        ("quorum none none".into(), 1, P::Words),
        ("\nquorum a".into(), 2, P::NotDefined("a".into())),
        ("quorums a".into(), 1, P::Keyword("quorums".into())),
        ("quorum none\r\n".into(), 1, P::NotText),
        ("quorum none\x7f".into(), 1, P::NotText),
        ("log".into(), 1, P::Words),
        (format!("log {log_key} u v"), 1, P::Words),
        (format!("log {log_key}\nlog {log_key}"), 2, P::KeyTwice),
        (format!("witness a {log_key}"), 1, P::KeyType(log_signer().verifier().key_type())),
        (format!("log {}", w(1)), 1, P::KeyType(witness(1).verifier().key_type())),
        (twice, 2, P::KeyTwice),
        (taken("a"), 2, P::NameTaken("a".into())),
        (taken("none"), 2, P::NameTaken("none".into())),
        (member("group a any b"), 3, P::NameTaken("a".into())),
        (member("group g any none"), 3, P::NotDefined("none".into())),
        (member("group g any g"), 3, P::NotDefined("g".into())),
        (member("group g any"), 3, P::Words),
        (member("group g 0 a b"), 3, P::Threshold("0".into())),
        (member("group g 3 a b"), 3, P::Threshold("3".into())),
        (member("group g 02 a b"), 3, P::Threshold("02".into())),
        (member("group g most a b"), 3, P::Threshold("most".into())),
        (member("group g any a a"), 3, P::MemberTwice("a".into())),
        (member("group g any a\ngroup h any a b"), 4, P::MemberTwice("a".into())),
    ] {
        let refused = Policy::parse(text.as_bytes());
        assert_eq!(refused, Err(PolicyError { line, problem }), "{text}");
    }
    let bad_key = Policy::parse(b"log example.com+00000000+AA==").unwrap_err();
    assert!(matches!(bad_key, PolicyError { line: 1, problem: P::Key(_) }));
    assert_eq!(
        Policy::parse(b"\n# \xff\n").unwrap_err(),
        PolicyError { line: 2, problem: P::NotText }
    );
}

#[test]
fn what_the_specification_asks_room_for_fits() {
    let mut text = policy_text().replace("group everyone all w1 w2 w3\nquorum everyone\n", "");
    let mut name = "w1".to_owned();
    for number in 0..64 {
        text += &format!("group g{number} 1 {name}\n");
        name = format!("g{number}");
    }
    let deepest = text.clone() + &format!("quorum {name}\n");
    assert!(Policy::parse(deepest.as_bytes()).unwrap().verify(&note(&[(1, 1)])).is_ok());
    text += "group more any w2\nquorum w3\n";
    let refused = Policy::parse(text.as_bytes()).unwrap_err();
    assert_eq!(refused.problem, PolicyProblem::TooMany);
}
