//! Differences between registers, as institutions filed them.

use barid_proto::assess::exceptions_of;
use barid_proto::v1;

use super::Hub;
use super::law::acts::NAMED_ACTS_MAX;
use super::read::{invalid, page_size, page_token};
use crate::error::Error;
use crate::identity::caller::Caller;

/// Longest name of an election event, bytes.
const EVENT_MAX_BYTES: usize = 256;

impl Hub {
    /// What was filed about differences between registers of an election event, in the order of the
    /// log: of each institution the newest 4,096.
    ///
    /// # Errors
    /// `REASON_REQUEST_INVALID` for a page that cannot be, or no event.
    pub async fn exceptions(
        &self,
        caller: &Caller,
        request: v1::ListExceptionsRequest,
    ) -> Result<v1::ListExceptionsResponse, Error> {
        let office = caller.office.clone();
        self.blocking(move |crafts| {
            let size = page_size(request.page_size)?;
            let from = page_token(&request.page_token, 0)?;
            let event = &request.election_event_id;
            let name = exceptions_of(event).filter(|_| event.len() <= EVENT_MAX_BYTES);
            let name = name.ok_or_else(|| invalid("election_event_id has 1 to 256 bytes"))?;
            let mut rows = Vec::new();
            for (institution, _) in crafts.directory.kinds() {
                rows.extend(crafts.store.public_acts(institution, &name, NAMED_ACTS_MAX)?);
            }
            rows.retain(|row| (from..crafts.shown()).contains(&row.leaf));
            rows.sort_by_key(|row| row.leaf);
            rows.dedup_by_key(|row| row.leaf);
            let mut answer = v1::ListExceptionsResponse::default();
            for row in rows {
                if answer.exceptions.len() == size {
                    answer.next_page_token = row.leaf.to_string();
                    break;
                }
                if crafts.may_read(&office, &row)? || crafts.may_rely_on(&office, &row)? {
                    answer.exceptions.push(crafts.sealed_filing(&row)?);
                }
            }
            Ok(answer)
        })
        .await
    }
}
