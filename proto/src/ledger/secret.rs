//! What blinds a ledger.
//!
//! Docket numbers are short: `612/2025` is found among all hashes of docket numbers in a second. So
//! numbers and lines are hashed with a secret that the two institutions share and the hub, the
//! witnesses and everybody else do not have. The secret of one day is made from it and can be laid
//! open, to a court for instance, without opening any other day.

use aws_lc_rs::hmac;
use zeroize::Zeroizing;

use super::{LedgerLine, LedgerNumber};
use crate::tlog::{HASH_LEN, Hash};
use crate::v1::CivilDate;

/// Keep the three uses of HMAC apart.
const DAY_LABEL: &[u8] = b"barid-ledger-day/v1\n";
const NUMBER_LABEL: &[u8] = b"barid-ledger-number/v1\n";
const LINE_LABEL: &[u8] = b"barid-ledger-line/v1\n";

/// What two institutions share: 32 random bytes that one of them made and gave to the other sealed.
#[derive(Clone)]
pub struct PairSecret(Zeroizing<[u8; 32]>);

/// What blinds the ledgers that two institutions compare for one day.
pub struct DaySecret {
    bytes: Zeroizing<[u8; 32]>,
    key: hmac::Key,
}

impl std::fmt::Debug for PairSecret {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("PairSecret(…)")
    }
}

impl std::fmt::Debug for DaySecret {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("DaySecret(…)")
    }
}

impl PairSecret {
    /// Takes over 32 bytes, which have to be random.
    #[must_use]
    pub fn new(bytes: [u8; 32]) -> Self {
        Self(Zeroizing::new(bytes))
    }

    /// The secret of one day: HMAC-SHA256(pair, "barid-ledger-day/v1\n" | the two institutions,
    /// ascending, each with its length before it (u16be) | year i32be | month u8 | day u8).
    #[must_use]
    pub fn for_day(&self, one: &str, other: &str, day: CivilDate) -> DaySecret {
        let key = hmac::Key::new(hmac::HMAC_SHA256, &*self.0);
        let mut context = hmac::Context::with_key(&key);
        context.update(DAY_LABEL);
        for name in [one.min(other), one.max(other)] {
            // Identifiers have at most 32 bytes; longer ones differ in what follows.
            let length = u16::try_from(name.len()).unwrap_or(u16::MAX);
            context.update(&length.to_be_bytes());
            context.update(name.as_bytes());
        }
        context.update(&day.year.to_be_bytes());
        // Month and day are below 256 in every date that exists.
        context.update(&[day.month.to_be_bytes()[3], day.day.to_be_bytes()[3]]);
        DaySecret::new(tag(context))
    }
}

impl DaySecret {
    /// Takes over the secret of a day that was laid open.
    #[must_use]
    pub fn new(bytes: [u8; 32]) -> Self {
        Self { key: hmac::Key::new(hmac::HMAC_SHA256, &bytes), bytes: Zeroizing::new(bytes) }
    }

    /// The bytes, to lay them open.
    #[must_use]
    pub fn as_bytes(&self) -> &[u8; 32] {
        &self.bytes
    }

    /// A docket number, blinded.
    #[must_use]
    pub fn number(&self, number: &LedgerNumber) -> Hash {
        self.blind(NUMBER_LABEL, &number.bytes())
    }

    /// A whole line, blinded.
    #[must_use]
    pub fn line(&self, line: &LedgerLine) -> Hash {
        self.blind(LINE_LABEL, &line.bytes())
    }

    fn blind(&self, label: &[u8], bytes: &[u8]) -> Hash {
        let mut context = hmac::Context::with_key(&self.key);
        context.update(label);
        context.update(bytes);
        tag(context)
    }
}

fn tag(context: hmac::Context) -> Hash {
    let mut hash = [0; HASH_LEN];
    // A tag of HMAC-SHA256 has as many bytes as a hash.
    hash.iter_mut().zip(context.sign().as_ref()).for_each(|(to, from)| *to = *from);
    hash
}
