//! Who takes part: gathered where they stand, and joined with the roles that point to them.

use std::collections::HashMap;

use barid_plugin::Problems;
use barid_proto::v1::CourtParticipant;

use super::inside::{PARTICIPANTS, What, joined};
use super::{CLAIMS_MAX, Claim, Collector, Found, ITEMS_MAX, PARTICIPANTS_MAX};
use crate::said;

/// Most roles of one participant: the bound of `CourtParticipant.roles` in `court.proto`.
const ROLES_MAX: usize = 16;

impl Collector<'_> {
    pub(super) fn add_participant(&mut self, participant: CourtParticipant, path: String) {
        if self.found.filing.participants.len() >= PARTICIPANTS_MAX {
            return said::too_many(&mut self.problems, path, PARTICIPANTS_MAX);
        }
        let path = super::numbered(&self.found.participant_paths, &path);
        self.found.participant_paths.push(path);
        self.found.filing.participants.push(participant);
    }

    /// A role: of somebody who stands elsewhere in the message, or right here.
    pub(super) fn claimed(
        &mut self,
        here: Option<CourtParticipant>,
        mut claim: Claim,
        path: String,
    ) {
        if !claim.targets.is_empty() {
            if self.found.claims.len() >= CLAIMS_MAX {
                return said::too_many(&mut self.problems, path, CLAIMS_MAX);
            }
            claim.path = path;
            self.found.claims.push(claim);
        } else if let Some(mut participant) = here.filter(|here| !here.full_name.is_empty()) {
            add(&mut participant, claim);
            self.add_participant(participant, path);
        }
    }

    /// For whom the holder of the role around acts.
    pub(super) fn represented(&mut self, references: Vec<String>) {
        if let Some(What::Role(_, claim)) = self.inside.last_mut().map(|inside| &mut inside.what) {
            let room = ITEMS_MAX.saturating_sub(claim.acts_for.len());
            claim.acts_for.extend(references.into_iter().take(room));
        }
    }

    /// The first postal address of somebody counts.
    pub(super) fn addressed(&mut self, parts: Vec<(usize, String)>) {
        if let Some(
            What::Submitter(somebody) | What::Participant(somebody) | What::Role(somebody, _),
        ) = self.inside.last_mut().map(|inside| &mut inside.what)
            && somebody.address.is_empty()
        {
            somebody.address = joined(parts, ", ");
        }
    }
}

/// Puts lead documents first, and participants before those who only hold a role, whatever order
/// they came in: JSON keeps none.
pub(super) fn order(found: &mut Found) {
    let participants = std::mem::take(&mut found.filing.participants);
    let paths = std::mem::take(&mut found.participant_paths);
    let mut both: Vec<_> = participants.into_iter().zip(paths).collect();
    both.sort_by_key(|(_, path)| !is_participant(path));
    (found.filing.participants, found.participant_paths) = both.into_iter().unzip();
    let documents = std::mem::take(&mut found.filing.documents);
    let paths = std::mem::take(&mut found.document_paths);
    let mut both: Vec<_> = documents.into_iter().zip(paths).collect();
    both.sort_by_key(|(document, _)| !document.lead);
    (found.filing.documents, found.document_paths) = both.into_iter().unzip();
}

/// Whether the path of somebody leads to a participant's element.
fn is_participant(path: &str) -> bool {
    let name = path.rsplit('/').next().and_then(|last| last.split('[').next());
    name.is_some_and(|name| PARTICIPANTS.contains(&name))
}

/// Gives each role to whom it points to. One that points to nobody is told.
pub(super) fn settle(found: &mut Found, problems: &mut Problems) {
    let participants = &mut found.filing.participants;
    let mut by_reference = HashMap::new();
    for (index, participant) in participants.iter().enumerate() {
        for reference in &participant.references {
            by_reference.entry(reference.clone()).or_insert(index);
        }
    }
    for claim in std::mem::take(&mut found.claims) {
        for target in &claim.targets {
            let index = by_reference.get(target).copied();
            match index.and_then(|index| participants.get_mut(index)) {
                Some(participant) => add(participant, claim.copied()),
                None => said::unresolved(problems, claim.path.clone(), target),
            }
        }
    }
}

impl Claim {
    /// What it gives to one of several.
    fn copied(&self) -> Self {
        Self {
            roles: self.roles.clone(),
            bar_number: self.bar_number.clone(),
            acts_for: self.acts_for.clone(),
            ..Self::default()
        }
    }
}

fn add(participant: &mut CourtParticipant, claim: Claim) {
    for role in claim.roles {
        if !participant.roles.contains(&role) && participant.roles.len() < ROLES_MAX {
            participant.roles.push(role);
        }
    }
    if participant.bar_number.is_empty() {
        participant.bar_number = claim.bar_number;
    }
    for reference in claim.acts_for {
        if !participant.acts_for.contains(&reference) && participant.acts_for.len() < ITEMS_MAX {
            participant.acts_for.push(reference);
        }
    }
}
