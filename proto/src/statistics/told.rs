//! What goes in: cases, as far as whoever counts may read them.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::assess::Acts;
use crate::rules::RuleSet;
use crate::v1::{Assessment, DocketNumber};

/// A case as far as somebody may read it.
#[derive(Debug, Clone)]
pub struct CaseTold {
    /// Its identifier, 16 bytes.
    pub case_id: Vec<u8>,
    /// Numbers by which institutions know it.
    pub docket_numbers: Vec<DocketNumber>,
    /// The procedure that it names. Empty: none.
    pub procedure: String,
    /// The rule set that it is under. `None`: none, or one that is not known here; then its steps
    /// are not told apart.
    pub rules: Option<Arc<RuleSet>>,
    /// Its filings, in the order of the log. Nothing beyond the case is needed.
    pub acts: Acts,
    /// What the log says of the timeliness of each filing, by its leaf: as it was computed when the
    /// filing was sealed, under the case's own rule set.
    pub timeliness: BTreeMap<u64, Vec<Assessment>>,
}

impl CaseTold {
    /// Takes out everything from a leaf on.
    pub fn until(&mut self, size: u64) {
        self.acts.as_of_size = size;
        self.acts.case.retain(|act| act.leaf < size);
        self.timeliness.retain(|leaf, _| *leaf < size);
    }
}
