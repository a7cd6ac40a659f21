//! What filings say about each other: chains of one key, answers, acknowledgements, order.

use std::collections::{BTreeMap, HashMap};

use barid_proto::key::KeyId;
use barid_proto::v1::filing_content::Content;
use barid_proto::v1::{Acknowledgement, EnvelopeBody};

use super::finding::Code;
use super::notes::Notes;
use super::report::{Order, ProvenFiling};

/// What is found: place, code, details.
pub(super) type Found = Vec<(String, Code, String)>;

/// Whatever filings, by ascending leaf, contradict in each other. `place` names a filing.
pub(super) fn contradictions(filings: &[ProvenFiling], notes: &Notes<'_>) -> Found {
    let mut found = chains(filings);
    found.extend(answers(filings));
    for filing in filings {
        let Some(seen) = &filing.body.last_seen else { continue };
        if notes.root(seen.size).is_some_and(|root| root[..] != seen.root) {
            let what = format!("a tree of {} leaves with another root", seen.size);
            found.push((filing.place.clone(), Code::SeenOther, what));
        }
    }
    for pair in filings.windows(2) {
        let [one, next] = pair else { continue };
        if one.leaf_index == next.leaf_index {
            found.push((next.place.clone(), Code::Doubled, one.place.clone()));
        } else if one.accepted_at_ms > next.accepted_at_ms {
            let what = format!("leaf {} is said to be later", one.leaf_index);
            found.push((next.place.clone(), Code::TimeBackwards, what));
        }
    }
    found
}

/// How each filing, by ascending leaf, stands to the one before it.
pub(super) fn settle(filings: &mut [ProvenFiling], notes: &Notes<'_>) {
    let orders: Vec<Order> = filings
        .windows(2)
        .map(|pair| match pair {
            [before, filing] => order(before, filing, notes),
            _ => Order::First,
        })
        .collect();
    for (filing, order) in filings.iter_mut().skip(1).zip(orders) {
        filing.order = order;
    }
}

fn order(before: &ProvenFiling, filing: &ProvenFiling, notes: &Notes<'_>) -> Order {
    let key = |filing: &ProvenFiling| filing.signers.first().map(|signer| signer.id);
    let sequence = |filing: &ProvenFiling| filing.body.sender_sequence;
    let chained = key(filing).is_some() && key(filing) == key(before);
    let reply = filing.body.in_reply_to.as_ref();
    if notes.parted(before.leaf_index, filing.leaf_index) {
        Order::Witnessed
    } else if chained && sequence(before) < sequence(filing) {
        Order::Chained
    } else if reply.is_some_and(|reply| reply.digest == before.digest) {
        // The digest cannot be known before the envelope is there; the leaf it names could be.
        Order::Answers
    } else {
        Order::Simultaneous
    }
}

fn chains(filings: &[ProvenFiling]) -> Found {
    let mut chains: BTreeMap<KeyId, Vec<&ProvenFiling>> = BTreeMap::new();
    for filing in filings {
        if let Some(signer) = filing.signers.first() {
            chains.entry(signer.id).or_default().push(filing);
        }
    }
    let mut found = Vec::new();
    for mut chain in chains.into_values() {
        chain.sort_by_key(|filing| (filing.body.sender_sequence, filing.leaf_index));
        for pair in chain.windows(2) {
            let [one, next] = pair else { continue };
            let (first, second) = (one.body.sender_sequence, next.body.sender_sequence);
            let code = if one.digest == next.digest {
                continue; // The same twice is found elsewhere.
            } else if first == second {
                Code::ChainForked
            } else if one.leaf_index > next.leaf_index {
                Code::ChainReordered
            } else if first + 1 == second && next.body.previous_digest != one.digest {
                Code::ChainBroken
            } else {
                continue;
            };
            let what = format!("numbers {first} and {second}, with {}", one.place);
            found.push((next.place.clone(), code, what));
        }
    }
    found
}

fn answers(filings: &[ProvenFiling]) -> Found {
    let by_digest: HashMap<&[u8], &ProvenFiling> =
        filings.iter().map(|filing| (&filing.digest[..], filing)).collect();
    let mut found = Vec::new();
    for filing in filings {
        let Some(reply) = &filing.body.in_reply_to else { continue };
        let Some(answered) = by_digest.get(reply.digest.as_slice()) else { continue };
        if answered.leaf_index != reply.leaf_index || answered.leaf_index >= filing.leaf_index {
            let what = format!("it names leaf {}, not {}", reply.leaf_index, answered.leaf_index);
            found.push((filing.place.clone(), Code::ReplyWrong, what));
        }
        if let Some(what) = acknowledgement(&filing.body).and_then(|ack| differs(ack, answered)) {
            found.push((filing.place.clone(), Code::AcknowledgedOther, what));
        }
    }
    found
}

/// The acknowledgement that an envelope is, when it is one.
pub(crate) fn acknowledgement(body: &EnvelopeBody) -> Option<&Acknowledgement> {
    match body.content.as_ref()?.content.as_ref()? {
        Content::Acknowledgement(acknowledgement) => Some(acknowledgement),
        _ => None,
    }
}

/// In what a recipient's own digests differ from what was sent.
fn differs(acknowledged: &Acknowledgement, sent: &ProvenFiling) -> Option<String> {
    if acknowledged.envelope_digest != sent.digest {
        return Some("another envelope".to_owned());
    }
    let mut given = acknowledged.document_digests.iter();
    // A recipient lists what it fetched, in the order of the envelope; it need not fetch all.
    let fetched = |digest: &Vec<u8>| sent.documents.iter().any(|own| own.sha256[..] == **digest);
    given.position(|digest| !fetched(digest)).map(|at| format!("document {}", at + 1))
}
