//! Step 7, serve: an office's inbox as a stream.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use barid_proto::v1::{self, EncodeRequest, ReceiveRequest, ReceiveResponse, Rendition};
use futures::StreamExt as _;
use tokio::sync::mpsc;
use tokio_stream::wrappers::ReceiverStream;

use super::read::{decode_assessment, invalid};
use super::stated::HandedOver;
use super::{Answers, Crafts, Hub};
use crate::error::Error;
use crate::identity::caller::Caller;
use crate::model::id::OfficeAddress;
use crate::model::row::{DeliveryRow, FilingRow};

/// Filings read from an inbox at a time, and stated together to have been fetched. With their
/// readings they may have megabytes each.
const INBOX_PAGE: usize = 16;

/// Filings that wait for a slow receiver. With a page and the transport's own window, the most
/// that a receiver who reads nothing can make the hub hold.
const RECEIVE_QUEUE: usize = 16;

/// One receiver's wishes.
struct Receiver {
    /// Whose inbox it is.
    office: OfficeAddress,
    /// Somebody else carries it there: then the office has not fetched it.
    carried: bool,
    follow: bool,
    rendition_format: String,
    languages: Vec<String>,
}

/// The way to a receiver: a queue, and how much was ever put into it and taken out of it.
struct Queue {
    served: mpsc::Sender<Result<ReceiveResponse, Error>>,
    put: usize,
    taken: Arc<AtomicUsize>,
}

impl Hub {
    /// Streams what was served on the caller's office from a cursor on.
    ///
    /// # Errors
    /// `REASON_REQUEST_INVALID` for a cursor that cannot be.
    pub async fn receive(
        self: &Arc<Self>,
        caller: &Caller,
        request: ReceiveRequest,
    ) -> Result<Answers<ReceiveResponse>, Error> {
        let after = request.after_cursor;
        if i64::try_from(after).is_err() {
            return Err(invalid("after_cursor is not one that this hub gave"));
        }
        let office = self.crafts.inbox_of(&caller.office, request.office.as_ref())?;
        let receiver = Receiver {
            carried: office != caller.office,
            office,
            follow: request.follow,
            rendition_format: request.rendition_format,
            languages: request.languages,
        };
        let share = self.open_stream(caller)?;
        let (served, responses) = mpsc::channel(RECEIVE_QUEUE);
        let taken = Arc::new(AtomicUsize::new(0));
        let mut queue = Queue { served, put: 0, taken: Arc::clone(&taken) };
        let hub = Arc::clone(self);
        tokio::spawn(async move {
            let _share = share;
            if let Err(error) = hub.serve(&receiver, after, &mut queue).await {
                // The receiver may have left; then there is nobody to tell.
                let _ = queue.served.send(Err(error)).await;
            }
        });
        let count = move |_: &Result<_, _>| {
            taken.fetch_add(1, Ordering::Relaxed);
        };
        Ok(ReceiverStream::new(responses).inspect(count).boxed())
    }

    async fn serve(
        &self,
        receiver: &Receiver,
        mut after: u64,
        queue: &mut Queue,
    ) -> Result<(), Error> {
        let mut heads = self.crafts.log.published();
        let mut draining = self.draining.subscribe();
        loop {
            heads.mark_unchanged();
            let office = receiver.office.clone();
            let page = self
                .blocking(move |crafts| {
                    let mut page = crafts.store.inbox(&office, after, INBOX_PAGE)?;
                    let shown = crafts.shown();
                    // In the order of the log: behind one that is not shown, none is.
                    page.retain(|(_, row)| row.leaf < shown);
                    Ok(page)
                })
                .await?;
            let last = page.last().map(|(delivery, _)| delivery.cursor);
            let left = self.hand_over(receiver, page, queue).await?;
            if left {
                return Ok(());
            }
            if let Some(cursor) = last {
                after = cursor;
                continue;
            }
            if !receiver.follow {
                return Ok(());
            }
            tokio::select! {
                _ = heads.changed() => {}
                _ = draining.wait_for(|stopping| *stopping) => return Ok(()),
                () = queue.served.closed() => return Ok(()),
            }
        }
    }

    /// Hands a page to the receiver, then states in the log what it took for the first time. What
    /// lay in the queue when the receiver left was not fetched. `true`: the receiver has left.
    async fn hand_over(
        &self,
        receiver: &Receiver,
        page: Vec<(DeliveryRow, FilingRow)>,
        queue: &mut Queue,
    ) -> Result<bool, Error> {
        // Nothing is in the queue when a page begins.
        let before = queue.put;
        let mut handed = Vec::with_capacity(page.len());
        let mut left = false;
        for (delivery, row) in page {
            let one = HandedOver::of(&delivery, &row);
            let response = self.served(receiver, delivery, row).await?;
            if queue.served.send(Ok(response)).await.is_err() {
                left = true;
                break;
            }
            queue.put += 1;
            handed.push(one);
        }
        // All room is free again when all was taken.
        if left || queue.served.reserve_many(RECEIVE_QUEUE).await.is_err() {
            left = true;
            handed.truncate(queue.taken.load(Ordering::Relaxed).saturating_sub(before));
        }
        if !receiver.carried {
            self.state_fetched(&receiver.office, &handed).await?;
        }
        Ok(left)
    }

    async fn served(
        &self,
        receiver: &Receiver,
        delivery: DeliveryRow,
        row: FilingRow,
    ) -> Result<ReceiveResponse, Error> {
        let wants = !receiver.rendition_format.is_empty();
        let (filing, content) = self
            .blocking(move |crafts| {
                let content = if wants { crafts.content_of(&row)? } else { None };
                Ok((crafts.sealed_filing(&row)?, content))
            })
            .await?;
        let (rendition, rendition_problem) = match content {
            _ if !wants => (None, String::new()),
            None => (None, "the filing has no content to write".to_owned()),
            Some(content) => self.render(receiver, content).await,
        };
        Ok(ReceiveResponse {
            cursor: delivery.cursor,
            filing: Some(filing),
            rendition,
            rendition_problem,
        })
    }

    /// Writes a content in the receiver's format. A format that cannot is no reason to withhold
    /// the filing: the receiver gets it without rendition and is told why.
    async fn render(
        &self,
        receiver: &Receiver,
        content: v1::FilingContent,
    ) -> (Option<Rendition>, String) {
        let request = EncodeRequest {
            format: receiver.rendition_format.clone(),
            content: Some(content),
            institution: receiver.office.institution.as_str().to_owned(),
            languages: receiver.languages.clone(),
        };
        match self.crafts.formats.encode(request).await {
            Ok(encoded) if encoded.reply.output.is_empty() => {
                (None, "the format cannot express this filing".to_owned())
            }
            Ok(encoded) => {
                let rendition = Rendition {
                    format: receiver.rendition_format.clone(),
                    media_type: encoded.reply.media_type,
                    name: encoded.reply.name,
                    content: encoded.reply.output,
                    plugin_sha256: encoded.plugin.sha256.to_vec(),
                };
                (Some(rendition), String::new())
            }
            Err(error) => (None, error.to_string()),
        }
    }
}

impl Crafts {
    /// The typed content of a sealed filing: from its reading, or ready-made from its body.
    fn content_of(&self, row: &FilingRow) -> Result<Option<v1::FilingContent>, Error> {
        let added = decode_assessment(row.assessment.as_deref())?;
        if let Some(reading) = added.reading {
            return Ok(reading.content);
        }
        let envelope = self.sealed_filing(row)?.envelope.unwrap_or_default();
        let body = barid_proto::envelope::decode_body(&envelope.body).map_err(|error| {
            crate::error::Fault::while_doing(
                format!("reading the body of leaf {}", row.leaf),
                error,
            )
        })?;
        Ok(body.content)
    }
}
