//! What the hub itself says, proved: the assessment beside a filing's receipt, and statements.
//!
//! Their leaves carry no signature of their own, so each goes out with its path to a signed root,
//! checked here as the client will check it.

use barid_proto::key::KeyId;
use barid_proto::leaf::{Leaf, LeafKind, assessment_digest, statement_digest};
use barid_proto::tlog::Hash;
use barid_proto::tlog::checkpoint::Checkpoint;
use barid_proto::tlog::receipt::Receipt;
use barid_proto::tlog::vkey::VerifierKey;
use barid_proto::v1::{self, HubStatement};
use prost::Message as _;

use super::Log;
use super::receipt::prove_leaf;
use crate::error::Fault;
use crate::model::row::FilingRow;

impl Log {
    /// The path of the leaf of a filing's assessment, in the tree of the filing's receipt. Empty:
    /// the filing has no assessment. Blocks.
    ///
    /// # Errors
    /// When what is stored does not prove the assessment.
    pub fn assessment_path(
        &self,
        filing: &FilingRow,
        receipt: &v1::Receipt,
    ) -> Result<Vec<Hash>, Fault> {
        let Some(assessment) = &filing.assessment else { return Ok(Vec::new()) };
        let doing = |what| format!("proving the assessment of filing {}: {what}", filing.leaf);
        let given = Receipt::parse(&receipt.tlog_proof)
            .map_err(|error| Fault::while_doing(doing("its receipt"), error))?;
        let tree = Checkpoint::parse(given.checkpoint.text())
            .map_err(|error| Fault::while_doing(doing("its checkpoint"), error))?;
        let digest = assessment_digest(assessment);
        let (kind, at_ms) = (LeafKind::Assessment, filing.accepted_at_ms);
        let leaf = Leaf::of_hub(kind, at_ms, digest, self.key_id()?).encode();
        prove_leaf(filing.leaf + 1, &leaf, tree.size(), tree.root(), &self.tiles)
    }

    /// The receipt of a statement of the hub. `None`: witnesses are missing, and it is shown to
    /// nobody yet. Blocks.
    ///
    /// # Errors
    /// When what is stored does not prove the statement.
    pub fn statement_receipt(
        &self,
        leaf: u64,
        statement: &[u8],
    ) -> Result<Option<v1::Receipt>, Fault> {
        let kind = HubStatement::decode(statement)
            .ok()
            .and_then(|statement| LeafKind::of_statement(statement.kind()))
            .ok_or_else(|| Fault::broken(format!("statement {leaf} states nothing")))?;
        let (digest, key) = (statement_digest(statement), self.key_id()?);
        self.receipts.own(leaf, |at_ms| Leaf::of_hub(kind, at_ms, digest, key), &self.tiles)
    }

    /// By which the leaves of the hub's own words name it.
    fn key_id(&self) -> Result<KeyId, Fault> {
        let id = self.verifiers.iter().find_map(VerifierKey::log_key_id);
        id.ok_or_else(|| Fault::broken("the log has no key that signs notes"))
    }
}
