//! Witnesses, asked one by one: those that dial in, over the stream that they opened
//! (`proto/barid/v1/witness.proto`), and those that the hub reaches, over whatever line it has.

use std::collections::VecDeque;
use std::future::Future;
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
            let mut stream =
                Stream { steps, questions: questions.clone(), mirrored: VecDeque::new() };
            let conversation = async {
                let introduction = stream.introduction().await?;
                hub.attend_over(Some(office), introduction, &mut stream).await
            };
            let ended = tokio::select! {
                ended = conversation => ended,
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

    /// Asks a witness over a line of its own, until it leaves or the hub stops. `office` is the one
    /// from which it has dialled; `None`: the hub has reached it where the policy says.
    ///
    /// # Errors
    /// What is wrong with the witness.
    pub async fn attend_over(
        &self,
        office: Option<OfficeAddress>,
        introduction: Introduction,
        line: &mut impl WitnessLine,
    ) -> Result<(), Error> {
        let mut attendant = self
            .blocking(move |crafts| {
                crafts.log.witnesses().introduce(office.as_ref(), &introduction)
            })
            .await?;
        tracing::info!(witness = attendant.name(), "a witness attends");
        let mut number = 0;
        loop {
            let head = tokio::select! {
                head = attendant.due() => head,
                left = line.unasked() => match left? {
                    Unasked::Left => return Ok(()),
                    Unasked::Mirrored(note) => {
                        self.crafts.log.witnesses().take_mirrored(&attendant, &note)?;
                        continue;
                    }
                },
            };
            let Some(head) = head else { return Ok(()) };
            for _ in 0..=ASKED_AGAIN_MAX {
                let question;
                (attendant, question) = self.question(attendant, &head).await?;
                number += 1;
                let asked = timeout(ANSWER_WITHIN, line.ask(number, question)).await;
                let Some(answer) = asked.map_err(|_| late())?? else { return Ok(()) };
                let outcome;
                (attendant, outcome) = self.take(attendant, &head, answer).await?;
                if outcome != Outcome::AskAgain {
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
}

/// What a witness sends without being asked.
#[derive(Debug)]
pub enum Unasked {
    /// It has left.
    Left,
    /// Its mirror holds all leaves under this checkpoint.
    Mirrored(Vec<u8>),
}

/// The way to one witness.
pub trait WitnessLine: Send {
    /// Puts the body of an `add-checkpoint` request; numbers rise by one. `None`: it has left.
    fn ask(
        &mut self,
        number: u64,
        question: Vec<u8>,
    ) -> impl Future<Output = Result<Option<CheckpointAnswer>, Error>> + Send;

    /// Waits for what comes without a question. Dropping it loses nothing.
    fn unasked(&mut self) -> impl Future<Output = Result<Unasked, Error>> + Send;
}

/// The stream that a witness has opened.
struct Stream {
    steps: Steps,
    questions: Questions,
    /// News of the mirror that came while an answer was waited for.
    mirrored: VecDeque<Vec<u8>>,
}

impl Stream {
    async fn introduction(&mut self) -> Result<Introduction, Error> {
        let first = timeout(INTRODUCTION_WITHIN, self.steps.next()).await;
        let first = first.ok().flatten().transpose()?;
        let Some(Step::Introduction(introduction)) = first.and_then(|step| step.step) else {
            return Err(invalid("a witness introduces itself before anything else"));
        };
        Ok(Introduction {
            keys: introduction.witness_keys,
            mirror_keys: introduction.mirror_keys,
            checkpoints: introduction.checkpoints.iter().map(|note| note.to_vec()).collect(),
        })
    }
}

impl WitnessLine for Stream {
    async fn ask(
        &mut self,
        number: u64,
        question: Vec<u8>,
    ) -> Result<Option<CheckpointAnswer>, Error> {
        let response = AttendResponse { number, body: question };
        if self.questions.send(Ok(response)).await.is_err() {
            return Ok(None);
        }
        while let Some(step) = self.steps.next().await.transpose()? {
            match step.step {
                Some(Step::Answer(answer)) if answer.number == number => return Ok(Some(answer)),
                // The newest is what counts.
                Some(Step::Mirrored(mirrored)) => self.mirrored = [mirrored.note.to_vec()].into(),
                other => return Err(no_step(other.as_ref())),
            }
        }
        Ok(None)
    }

    async fn unasked(&mut self) -> Result<Unasked, Error> {
        if let Some(note) = self.mirrored.pop_front() {
            return Ok(Unasked::Mirrored(note));
        }
        match self.steps.next().await.transpose()? {
            None => Ok(Unasked::Left),
            Some(AttendRequest { step: Some(Step::Mirrored(mirrored)) }) => {
                Ok(Unasked::Mirrored(mirrored.note.to_vec()))
            }
            Some(other) => Err(no_step(other.step.as_ref())),
        }
    }
}

/// A step that no witness takes now.
fn no_step(step: Option<&Step>) -> Error {
    invalid(match step {
        Some(Step::Introduction(_)) => "a witness introduces itself once",
        Some(Step::Answer(_)) => "an answer to a question that was not asked",
        Some(Step::Mirrored(_)) | None => "a step that this hub does not know",
    })
}

fn late() -> Error {
    invalid("the answer did not come in time: attend again")
}
