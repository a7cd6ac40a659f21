//! The course of a case, from the filings that its reader may read.

use std::collections::BTreeSet;

use barid_proto::assess::{Act, ActName, Acts, CASE_ACTS_MAX, Law, appeals_against, names_needed};
use barid_proto::procedure::course;
use barid_proto::rules::Found;
use barid_proto::v1;
use barid_proto::v1::filing_content::Content;

use super::{Crafts, Hub};
use crate::error::Error;
use crate::identity::caller::Caller;
use crate::model::id::{InstitutionId, OfficeAddress};
use crate::model::row::{CaseRow, FilingRow};

/// Filings of a case read at a time.
const PAGE: usize = 64;

/// Acts under one name that are looked at: calendars of twenty offices over ten years, or appeals
/// against one decision.
const NAMED_MAX: usize = 1_024;

impl Hub {
    /// The course of a case.
    ///
    /// # Errors
    /// `REASON_NOT_FOUND` when there is no such case for this caller.
    pub async fn course(
        &self,
        caller: &Caller,
        request: v1::GetCourseRequest,
    ) -> Result<v1::GetCourseResponse, Error> {
        let office = caller.office.clone();
        self.blocking(move |crafts| {
            let named = v1::GetCaseRequest {
                case_id: request.case_id,
                docket_number: request.docket_number,
            };
            let case = crafts.named_case(&office, &named)?;
            let mut reading = Reading { crafts, office: &office, left_out: false };
            let course = reading.course(&case)?;
            Ok(v1::GetCourseResponse {
                case_id: case.case.to_vec(),
                rule_set_id: case.opening.rule_set_id,
                procedure_id: case.opening.procedure_id,
                course,
                left_out: reading.left_out,
            })
        })
        .await
    }
}

/// Reading for an office, and whether something was not for it.
struct Reading<'a> {
    crafts: &'a Crafts,
    office: &'a OfficeAddress,
    left_out: bool,
}

impl Reading<'_> {
    fn course(&mut self, case: &CaseRow) -> Result<Option<v1::Course>, Error> {
        let opening = &case.opening;
        let Found::One(rules) = self.crafts.laws.catalogue().find(&opening.rule_set_id) else {
            return Ok(None);
        };
        let as_of_size = self.crafts.shown();
        let acts = self.case(case, as_of_size)?;
        let needed: BTreeSet<ActName> =
            acts.iter().flat_map(|act| names_needed(act, &[])).collect();
        let general = self.named(needed, as_of_size, &acts)?;
        let appeals: BTreeSet<ActName> = acts.iter().filter_map(challenged).collect();
        // Appeals that are not for the reader are nothing of this case that was left out.
        let complete = self.left_out;
        let elsewhere = self.named(appeals, as_of_size, &acts)?;
        self.left_out = complete;
        let mut general = general;
        general.extend(self.crafts.filed_meanwhile(None, &acts, &general, as_of_size)?);
        general.sort_by_key(|act| act.leaf);
        let outages = self.crafts.own_outages(as_of_size)?;
        let acts = Acts { as_of_size, case: acts, general, outages };
        let law = Law { rules: &rules, acts: &acts, event: &opening.election_event_id };
        Ok(Some(course(&law, &opening.procedure_id, &elsewhere)))
    }

    /// The filings on the case's docket.
    fn case(&mut self, case: &CaseRow, as_of_size: u64) -> Result<Vec<Act>, Error> {
        let mut acts = Vec::new();
        let mut from = 0;
        loop {
            let rows = self.crafts.store.docket(case.case, from, PAGE)?;
            let Some(last) = rows.last() else { break };
            if acts.len() >= CASE_ACTS_MAX {
                self.left_out = true;
                break;
            }
            from = last.leaf + 1;
            for row in rows.iter().filter(|row| row.leaf < as_of_size) {
                if self.crafts.may_read(self.office, row)? {
                    acts.push(self.crafts.act(row)?);
                } else {
                    self.left_out = true;
                }
            }
        }
        Ok(acts)
    }

    /// Filings beyond the case, in the order of the log.
    fn named(
        &mut self,
        names: BTreeSet<ActName>,
        as_of_size: u64,
        case: &[Act],
    ) -> Result<Vec<Act>, Error> {
        let mut acts: Vec<Act> = Vec::new();
        for (institution, name) in names {
            let Some(institution) = InstitutionId::new(&institution) else { continue };
            for row in self.crafts.store.public_acts(&institution, &name, NAMED_MAX)? {
                let known = acts.iter().chain(case).any(|act| act.leaf == row.leaf);
                if row.leaf >= as_of_size || known {
                    continue;
                }
                if self.may_use(&row)? {
                    acts.push(self.crafts.act(&row)?);
                } else {
                    self.left_out = true;
                }
            }
        }
        acts.sort_by_key(|act| act.leaf);
        Ok(acts)
    }

    fn may_use(&self, row: &FilingRow) -> Result<bool, Error> {
        Ok(self.crafts.may_read(self.office, row)? || self.crafts.may_rely_on(self.office, row)?)
    }
}

/// The name under which appeals against the same act are found.
fn challenged(act: &Act) -> Option<ActName> {
    match act.content.as_ref()? {
        Content::AppealFiled(appeal) => appeals_against(appeal.challenged.as_ref()?),
        _ => None,
    }
}
