//! `NAME.barid`: one filing with everything needed to check it without the hub.
//!
//! Version 0, the smallest container that is unambiguous; later versions add what the archive
//! needs (registry proofs, time stamps, the documents) under new section names.
//!
//! ```text
//! "barid-bundle/v0\n"
//! then sections, in this order, each:  NAME SP LENGTH LF, LENGTH bytes, LF
//!   envelope     the SignedEnvelope, exactly once
//!   receipt      the C2SP tlog-proof text, exactly once
//!   signer       SubjectPublicKeyInfo, DER, of each signer in the order of the envelope
//!   assessment   the FilingAssessment whose leaf follows the filing's, at most once
//! ```
//!
//! LENGTH is decimal without leading zeroes. Anything else, and anything behind the last section,
//! is refused: two readers must not see two things in one bundle.

use barid_proto::envelope::SIGNATURES_MAX;
use barid_proto::v1::{SealedFiling, SignedEnvelope};
use prost::Message as _;

/// The first bytes.
const MAGIC: &[u8] = b"barid-bundle/v0\n";
/// The longest bundle that is looked at: a receipt may have 1 MiB, an assessment some more.
pub const MAX_BYTES: usize = 32 * 1024 * 1024;

/// One filing and its proof.
#[derive(Debug, Clone, PartialEq)]
pub struct Bundle {
    /// The envelope as it was sent.
    pub envelope: SignedEnvelope,
    /// The receipt: C2SP tlog-proof text.
    pub receipt: Vec<u8>,
    /// SubjectPublicKeyInfo of each signer, in the order of the envelope.
    pub signer_spkis: Vec<Vec<u8>>,
    /// The serialised `FilingAssessment`; empty when there is none.
    pub assessment: Vec<u8>,
}

/// Why bytes are not a bundle.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum BundleError {
    /// More than [`MAX_BYTES`].
    #[error("{0} bytes are more than a bundle has")]
    TooLong(usize),
    /// It does not begin as a bundle of version 0 does.
    #[error("not a bundle of version 0")]
    Magic,
    /// A section is cut short or its heading is malformed.
    #[error("the heading or the length of the section at byte {0} is malformed")]
    Section(usize),
    /// A section is missing, doubled, unknown or out of order.
    #[error("section {0:?} is missing, unknown or out of place")]
    Order(String),
    /// The envelope cannot be decoded.
    #[error("the envelope cannot be read: {0}")]
    Envelope(String),
}

impl Bundle {
    /// Writes the bundle.
    #[must_use]
    pub fn encode(&self) -> Vec<u8> {
        let mut bytes = MAGIC.to_vec();
        let mut section = |name: &str, content: &[u8]| {
            bytes.extend_from_slice(format!("{name} {}\n", content.len()).as_bytes());
            bytes.extend_from_slice(content);
            bytes.push(b'\n');
        };
        section("envelope", &self.envelope.encode_to_vec());
        section("receipt", &self.receipt);
        self.signer_spkis.iter().for_each(|spki| section("signer", spki));
        if !self.assessment.is_empty() {
            section("assessment", &self.assessment);
        }
        bytes
    }

    /// Reads a bundle strictly. That it reads says nothing about what it proves: see
    /// [`verify`](crate::verify).
    ///
    /// # Errors
    /// Any [`BundleError`].
    pub fn decode(bytes: &[u8]) -> Result<Self, BundleError> {
        if bytes.len() > MAX_BYTES {
            return Err(BundleError::TooLong(bytes.len()));
        }
        let mut sections =
            Sections { all: bytes, rest: bytes.strip_prefix(MAGIC).ok_or(BundleError::Magic)? };
        let envelope = sections.expect("envelope")?;
        let envelope = SignedEnvelope::decode(envelope)
            .map_err(|error| BundleError::Envelope(error.to_string()))?;
        let receipt = sections.expect("receipt")?.to_vec();
        let mut bundle = Self { envelope, receipt, signer_spkis: vec![], assessment: vec![] };
        while let Some((name, content)) = sections.next()? {
            let complete = !bundle.assessment.is_empty();
            match name {
                "signer" if !complete && bundle.signer_spkis.len() < SIGNATURES_MAX => {
                    bundle.signer_spkis.push(content.to_vec());
                }
                "assessment" if !complete && !content.is_empty() => {
                    bundle.assessment = content.to_vec();
                }
                other => return Err(BundleError::Order(other.to_owned())),
            }
        }
        Ok(bundle)
    }
}

impl From<SealedFiling> for Bundle {
    fn from(filing: SealedFiling) -> Self {
        Self {
            envelope: filing.envelope.unwrap_or_default(),
            receipt: filing.receipt.unwrap_or_default().tlog_proof,
            signer_spkis: filing.signer_spkis,
            assessment: filing.assessment.to_vec(),
        }
    }
}

struct Sections<'a> {
    all: &'a [u8],
    rest: &'a [u8],
}

impl<'a> Sections<'a> {
    fn expect(&mut self, wanted: &str) -> Result<&'a [u8], BundleError> {
        match self.next()? {
            Some((name, content)) if name == wanted => Ok(content),
            _ => Err(BundleError::Order(wanted.to_owned())),
        }
    }

    fn next(&mut self) -> Result<Option<(&'a str, &'a [u8])>, BundleError> {
        if self.rest.is_empty() {
            return Ok(None);
        }
        let at = self.all.len() - self.rest.len();
        let (name, content, rest) = split(self.rest).ok_or(BundleError::Section(at))?;
        self.rest = rest;
        Ok(Some((name, content)))
    }
}

/// Splits one section off: its name, its content, and what follows.
fn split(bytes: &[u8]) -> Option<(&str, &[u8], &[u8])> {
    /// Longer than any heading.
    const HEADING_MAX: usize = 40;
    let end = bytes.iter().take(HEADING_MAX).position(|byte| *byte == b'\n')?;
    let (heading, rest) = bytes.split_at_checked(end)?;
    let (name, length) = str::from_utf8(heading).ok()?.split_once(' ')?;
    let parsed: usize = length.parse().ok()?;
    // One spelling: no plus sign, no leading zeroes.
    if parsed.to_string() != length {
        return None;
    }
    let (content, rest) = rest.strip_prefix(b"\n")?.split_at_checked(parsed)?;
    Some((name, content, rest.strip_prefix(b"\n")?))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bundle() -> Bundle {
        let envelope = SignedEnvelope { payload_type: "t".into(), ..Default::default() };
        Bundle {
            envelope,
            receipt: b"receipt\n".to_vec(),
            signer_spkis: vec![vec![1; 44], vec![2; 91]],
            assessment: vec![3; 5],
        }
    }

    #[test]
    fn a_bundle_reads_as_written() {
        assert_eq!(Bundle::decode(&bundle().encode()), Ok(bundle()));
        let bare = Bundle { assessment: vec![], signer_spkis: vec![], ..bundle() };
        assert_eq!(Bundle::decode(&bare.encode()), Ok(bare));
    }

    #[test]
    fn every_cut_is_noticed_or_gives_a_smaller_bundle() {
        let bytes = bundle().encode();
        for end in 0..bytes.len() {
            if let Ok(smaller) = Bundle::decode(&bytes[..end]) {
                assert_eq!(smaller.encode(), bytes[..end], "cut at {end}");
            }
        }
    }

    #[test]
    fn disorder_is_refused() {
        let text = |body: &str| Bundle::decode(format!("barid-bundle/v0\n{body}").as_bytes());
        assert_eq!(text("receipt 0\n\n"), Err(BundleError::Order("envelope".into())));
        assert_eq!(text("envelope 0\n\n"), Err(BundleError::Order("receipt".into())));
        let start = "envelope 0\n\nreceipt 0\n\n";
        assert!(text(start).is_ok());
        for (more, error) in [
            ("assessment 1\na\nsigner 1\na\n", BundleError::Order("signer".into())),
            ("assessment 1\na\nassessment 1\na\n", BundleError::Order("assessment".into())),
            ("assessment 0\n\n", BundleError::Order("assessment".into())),
            ("policy 0\n\n", BundleError::Order("policy".into())),
            ("signer 01\na\n", BundleError::Section(39)),
            ("signer +1\na\n", BundleError::Section(39)),
            ("signer 2\na\n", BundleError::Section(39)),
        ] {
            assert_eq!(text(&format!("{start}{more}")), Err(error), "{more}");
        }
        assert_eq!(Bundle::decode(b"PK\x03\x04"), Err(BundleError::Magic));
    }
}
