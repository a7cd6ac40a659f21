//! Many filings of many keys, in any order.

use std::collections::HashMap;
use std::time::Duration;

use barid_proto::key::KeyId;
use barid_proto::tlog::proof::verify_consistency;
use futures::future::join_all;

use super::bench::{Bench, check_receipt, proposal};
use crate::log::Proposal;
use crate::model::row::FilingRow;
use crate::store::{FilingKey, Store};

const FILINGS: u64 = 10_000;
const KEYS: u64 = 23;
/// Sent at once: more than one batch takes, fewer than the queue holds.
const AT_ONCE: usize = 2_000;

/// A small generator of numbers (xorshift64), so that a failure can be repeated.
struct Dice(u64);

impl Dice {
    fn below(&mut self, bound: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % bound as u64) as usize
    }
}

/// Filing `n` is number `n / KEYS + 1` of key `n % KEYS`, behind filing `n - KEYS`.
fn nth(n: u64) -> Proposal {
    let mut proposal = proposal(n, n % KEYS, n / KEYS + 1, n.checked_sub(KEYS));
    if n.is_multiple_of(3) {
        proposal.filing.assessment = Some(n.to_be_bytes().to_vec());
    }
    proposal
}

#[tokio::test]
async fn any_order_gives_chains_without_gaps_and_valid_receipts() {
    let mut bench = Bench::new();
    bench.patience = Duration::from_secs(600);
    let mut dice = Dice(0x9e37_79b9_7f4a_7c15);
    let (log, store) = bench.open();
    let mut heads = Vec::new();
    let mut early = None;
    let numbers: Vec<u64> = (0..FILINGS).collect();
    for part in numbers.chunks(AT_ONCE) {
        let mut part = part.to_vec();
        for last in (1..part.len()).rev() {
            part.swap(last, dice.below(last + 1));
        }
        let sealed = join_all(part.iter().map(|n| log.seal(nth(*n)))).await;
        for filing in sealed.into_iter().map(|sealed| sealed.unwrap().filing).step_by(97) {
            let receipt = check_receipt(&log, store.as_ref(), &filing);
            early.get_or_insert((filing, receipt));
        }
        heads.push(log.head());
    }
    let filings = check_chains(store.as_ref(), log.head().size);
    assert_eq!(filings, FILINGS);
    let newest = log.head();
    for head in &heads {
        let path = log.consistency_proof(head.size, 0).unwrap().path;
        verify_consistency(head.size, newest.size, &path, &head.root, &newest.root).unwrap();
    }
    let (filing, receipt) = early.unwrap();
    assert_eq!(check_receipt(&log, store.as_ref(), &filing), receipt, "after growth");
    drop((log, store));
    let (log, store) = bench.open();
    assert_eq!(check_receipt(&log, store.as_ref(), &filing), receipt, "after a restart");
    log.seal(nth(FILINGS)).await.unwrap();
}

/// Every leaf in order: each key's sequence goes up by one. Says how many filings there are.
fn check_chains(store: &dyn Store, size: u64) -> u64 {
    let mut chains: HashMap<KeyId, u64> = HashMap::new();
    let filings = (0..size).filter_map(|leaf| store.filing(FilingKey::Leaf(leaf)).unwrap());
    let check = |filing: FilingRow| {
        let at = chains.entry(filing.key_id).or_default();
        *at += 1;
        assert_eq!(filing.sequence, *at);
    };
    filings.map(check).count() as u64
}
