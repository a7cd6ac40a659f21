//! At which stage of the election a matter arose: read off what filings say, never guessed.

use super::class::Stage;
use crate::assess::{Act, Acts};
use crate::v1::filing_content::Content;
use crate::v1::{ActReference, ComplaintRegistered, VotingStream};

/// Procedures that belong to one stage, by their keys in rule sets. A published rule set is never
/// edited, so this stands beside them.
const OF_PROCEDURE: [(&str, Stage); 3] = [
    ("candidate-exclusion", Stage::Candidate),
    ("campaign-violation", Stage::Campaign),
    ("voter-registration", Stage::Registration),
];

/// The stage of a matter: by the procedure of its case, else by the complaint, else by the act
/// that it challenges.
pub(super) fn stage(
    procedure: &str,
    acts: &Acts,
    complaint: Option<&ComplaintRegistered>,
    challenged: Option<&ActReference>,
) -> Stage {
    if let Some((_, stage)) = OF_PROCEDURE.iter().find(|(key, _)| *key == procedure) {
        return *stage;
    }
    if let Some(complaint) = complaint {
        return of_complaint(complaint);
    }
    let results = |act: &&Act| matches!(act.content, Some(Content::ResultsAdopted(_)));
    let adopted = challenged.and_then(|about| acts.case.iter().find(|act| act.is(about)));
    adopted.filter(results).map_or(Stage::NotSaid, |_| Stage::Results)
}

fn of_complaint(complaint: &ComplaintRegistered) -> Stage {
    match complaint.stream() {
        VotingStream::BeforePolling => Stage::BeforePolling,
        VotingStream::AuditCentre => Stage::Counting,
        // Whoever names result forms and counts complains about these.
        _ if !complaint.counts.is_empty() => Stage::Counting,
        VotingStream::General | VotingStream::Special | VotingStream::Abroad => Stage::Polling,
        VotingStream::Unspecified => Stage::NotSaid,
    }
}
