//! Witnesses that dial in: asked over the stream that they opened (`proto/barid/v1/witness.proto`).

use std::sync::Arc;
use std::time::Duration;

use barid_proto::v1::attend_request::Step;
use barid_proto::v1::{AttendRequest, AttendResponse, CheckpointAnswer};
use futures::StreamExt as _;
use futures::stream::BoxStream;
use tokio::sync::mpsc;
use tokio::time::timeout;
use tokio_stream::wrappers::ReceiverStream;

use super::read::invalid;
use super::{Answers, Hub};
use crate::error::Error;
use crate::identity::caller::Caller;
use crate::log::witnesses::{Attendant, Introduction, Outcome};
use crate::model::id::OfficeAddress;
use crate::model::row::HeadRow;

/// How long a witness may take to say who it is: it does so before it has anything to wait for.
const INTRODUCTION_WITHIN: Duration = Duration::from_secs(10);

/// How long a witness may take over an answer before its stream is given up. It dials again.
const ANSWER_WITHIN: Duration = Duration::from_secs(30);

/// How often a question is put again when the witness says that it knows another size. Once is
/// enough for one that answers truly.
const ASKED_AGAIN_MAX: usize = 2;

/// What a witness sends.
pub type Steps = BoxStream<'static, Result<AttendRequest, Error>>;

/// Where questions go.
type Questions = mpsc::Sender<Result<AttendResponse, Error>>;

impl Hub {
    /// Asks the witnesses for as long as it is polled.
    pub async fn ask_witnesses(&self) {
        self.crafts.log.gather_cosignatures().await;
    }

    /// A witness attends, until it leaves or the hub stops.
    ///
    /// # Errors
    /// `REASON_STOPPING`, `REASON_TOO_MANY`. Whatever is wrong with the witness ends the stream.
    pub fn attend(
        self: &Arc<Self>,
        caller: &Caller,
        steps: Steps,
    ) -> Result<Answers<AttendResponse>, Error> {
        self.refuse_when_draining()?;
        let share = self.open_stream(caller)?;
        let (questions, asked) = mpsc::channel(1);
        let (hub, office) = (Arc::clone(self), caller.office.clone());
        tokio::spawn(async move {
            let _share = share;
            let mut draining = hub.draining.subscribe();
            let ended = tokio::select! {
                ended = hub.converse(&office, steps, &questions) => ended,
                _ = draining.wait_for(|stopping| *stopping) => Ok(()),
                () = questions.closed() => Ok(()),
            };
            if let Err(error) = ended {
                // The witness may have left; then there is nobody to tell.
                let _ = questions.send(Err(error)).await;
            }
        });
        Ok(ReceiverStream::new(asked).boxed())
    }

    async fn converse(
        &self,
        office: &OfficeAddress,
        mut steps: Steps,
        questions: &Questions,
    ) -> Result<(), Error> {
        let first = timeout(INTRODUCTION_WITHIN, steps.next()).await.ok().flatten().transpose()?;
        let Some(Step::Introduction(introduction)) = first.and_then(|step| step.step) else {
            return Err(invalid("a witness introduces itself before anything else"));
        };
        let introduction = Introduction {
            keys: introduction.witness_keys,
            mirror_keys: introduction.mirror_keys,
            checkpoints: introduction.checkpoints.iter().map(|note| note.to_vec()).collect(),
        };
        let office = office.clone();
        let mut attendant = self
            .blocking(move |crafts| crafts.log.witnesses().introduce(Some(&office), &introduction))
            .await?;
        tracing::info!(witness = attendant.name(), "a witness attends");
        let mut number = 0;
        loop {
            let head = tokio::select! {
                head = attendant.due() => head,
                step = steps.next() => {
                    let Some(step) = step.transpose()? else { return Ok(()) };
                    self.take_unasked(step, &attendant)?;
                    continue;
                }
            };
            let Some(head) = head else { return Ok(()) };
            let mut asked = 0;
            loop {
                let question;
                (attendant, question) = self.question(attendant, &head).await?;
                number += 1;
                let response = AttendResponse { number, body: question.into() };
                if questions.send(Ok(response)).await.is_err() {
                    return Ok(());
                }
                let answer = self.answer_to(number, &mut steps, &attendant);
                let Some(answer) = timeout(ANSWER_WITHIN, answer).await.map_err(|_| late())??
                else {
                    return Ok(());
                };
                let outcome;
                (attendant, outcome) = self.take(attendant, &head, answer).await?;
                asked += 1;
                if outcome != Outcome::AskAgain || asked > ASKED_AGAIN_MAX {
                    break;
                }
            }
        }
    }

    async fn question(
        &self,
        attendant: Attendant,
        head: &Arc<HeadRow>,
    ) -> Result<(Attendant, Vec<u8>), Error> {
        let head = Arc::clone(head);
        self.blocking(move |_| {
            let question = attendant.question(&head)?;
            Ok((attendant, question))
        })
        .await
    }

    async fn take(
        &self,
        mut attendant: Attendant,
        head: &Arc<HeadRow>,
        answer: CheckpointAnswer,
    ) -> Result<(Attendant, Outcome), Error> {
        let head = Arc::clone(head);
        self.blocking(move |_| {
            let outcome = attendant.take(&head, answer.code, &answer.body)?;
            Ok((attendant, outcome))
        })
        .await
    }

    /// The answer to a question. `None`: the witness has left.
    async fn answer_to(
        &self,
        number: u64,
        steps: &mut Steps,
        attendant: &Attendant,
    ) -> Result<Option<CheckpointAnswer>, Error> {
        while let Some(step) = steps.next().await.transpose()? {
            match step.step {
                Some(Step::Answer(answer)) if answer.number == number => return Ok(Some(answer)),
                _ => self.take_unasked(step, attendant)?,
            }
        }
        Ok(None)
    }

    /// A step that answers no question: news of the mirror, or nothing that a witness does.
    fn take_unasked(&self, step: AttendRequest, attendant: &Attendant) -> Result<(), Error> {
        match step.step {
            Some(Step::Mirrored(mirrored)) => {
                let witnesses = self.crafts.log.witnesses();
                witnesses.take_mirrored(attendant, &mirrored.note)
            }
            Some(Step::Introduction(_)) => Err(invalid("a witness introduces itself once")),
            Some(Step::Answer(_)) => Err(invalid("an answer to a question that was not asked")),
            None => Err(invalid("a step that this hub does not know")),
        }
    }
}

fn late() -> Error {
    invalid("the answer did not come in time: attend again")
}
