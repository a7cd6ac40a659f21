//! Dialling out to the hub, and answering it over the stream for as long as it lasts.
//!
//! The flow is told in `proto/barid/v1/witness.proto`. When the stream ends, for whatever reason,
//! it is opened again after a pause; the answers are the same as over HTTP.

mod dial;
mod pull;

pub use dial::dial;
pub use pull::{PullError, SharedMirror, pull};

use crate::alarm::Alarm;
use crate::cosigners::Cosigners;
use crate::error::WitnessError;
use crate::ledger::Head;
use crate::witness::{Answer, Witness};
use barid_proto::tlog::add_checkpoint::AddCheckpoint;
use barid_proto::tlog::note::Note;
use barid_proto::v1::attend_request::Step;
use barid_proto::v1::witness_service_client::WitnessServiceClient;
use barid_proto::v1::{
    AttendRequest, AttendResponse, CheckpointAnswer, MirroredCheckpoint, WitnessIntroduction,
};
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::{mpsc, watch};
use tokio::task::AbortHandle;
use tokio::time::{Instant, sleep, timeout};
use tokio_stream::wrappers::ReceiverStream;
use tonic::transport::Channel;
use tonic::{Status, Streaming};

/// Steps that wait to be sent: an answer, and news of the mirror.
const OUTGOING: usize = 4;
/// How long the hub may leave a step unread before the stream is given up.
const SEND_WITHIN: Duration = Duration::from_secs(60);
/// The first pause before dialling again.
const FIRST_PAUSE: Duration = Duration::from_secs(1);
/// The longest: a witness should be back a minute after its hub.
const LONGEST_PAUSE: Duration = Duration::from_secs(60);

/// One witness at one hub.
#[derive(Clone)]
pub struct Attendant {
    /// Who answers.
    pub witness: Arc<Witness>,
    /// Who follows with the leaves, if anybody does.
    pub mirror: Option<SharedMirror>,
    /// The origin of the hub's log.
    pub origin: String,
    /// Who is told of silence.
    pub alarm: Alarm,
    /// How long is silence.
    pub silence: Duration,
}

impl Attendant {
    /// Attends until the future is dropped.
    pub async fn attend(self, channel: Channel) {
        let mut pause = FIRST_PAUSE;
        let mut heard = Heard { at: Instant::now(), told: false };
        loop {
            let before = heard.at;
            if let Err(status) = self.stay(channel.clone(), &mut heard).await {
                tracing::warn!(origin = self.origin, %status, "the stream to the hub ended");
            }
            self.notice_silence(&mut heard);
            pause = if heard.at > before { FIRST_PAUSE } else { (pause * 2).min(LONGEST_PAUSE) };
            sleep(pause).await;
        }
    }

    /// One stream, from the introduction to its end.
    async fn stay(&self, channel: Channel, heard: &mut Heard) -> Result<(), Status> {
        let (outgoing, steps) = mpsc::channel(OUTGOING);
        let introduction = self.introduction().map_err(|error| fault(&error))?;
        send(&outgoing, Step::Introduction(introduction)).await?;
        let mut client = WitnessServiceClient::new(channel.clone());
        let opened = timeout(self.silence, client.attend(ReceiverStream::new(steps))).await;
        let opened = opened.map_err(|_| Status::deadline_exceeded("the hub does not answer"))?;
        let mut questions = opened?.into_inner();
        let (cosigned, heads) = watch::channel(self.head().map_err(|error| fault(&error))?);
        let follow = self.mirror.clone().map(|mirror| {
            tokio::spawn(follow(channel, mirror, heads, outgoing.clone())).abort_handle()
        });
        let _follow = AbortOnDrop(follow);
        while let Some(question) = self.next(&mut questions, heard).await? {
            let answer = self.answer(question).await?;
            let accepted = answer.code == 200;
            send(&outgoing, Step::Answer(answer)).await?;
            if accepted {
                cosigned.send_replace(self.head().map_err(|error| fault(&error))?);
            }
        }
        Ok(())
    }

    /// The next question; tells of silence while it waits.
    async fn next(
        &self,
        questions: &mut Streaming<AttendResponse>,
        heard: &mut Heard,
    ) -> Result<Option<AttendResponse>, Status> {
        loop {
            let Ok(question) = timeout(self.silence, questions.message()).await else {
                self.notice_silence(heard);
                continue;
            };
            *heard = Heard { at: Instant::now(), told: false };
            return question;
        }
    }

    /// Tells of silence, once until the hub is heard again.
    fn notice_silence(&self, heard: &mut Heard) {
        let silent = heard.at.elapsed();
        if silent >= self.silence && !heard.told {
            self.alarm.silence(&self.origin, silent.as_secs());
            heard.told = true;
        }
    }

    async fn answer(&self, question: AttendResponse) -> Result<CheckpointAnswer, Status> {
        let AttendResponse { number, body } = question;
        let (witness, origin) = (Arc::clone(&self.witness), self.origin.clone());
        let answer = move || match AddCheckpoint::parse(&body) {
            // What this witness does for other logs is no business of this hub.
            Ok(question) if question.origin() != origin => Answer::not_asked_here(&origin),
            _ => witness.add_checkpoint(&body),
        };
        let answer = tokio::task::spawn_blocking(answer).await;
        let answer = answer.map_err(|error| Status::internal(error.to_string()))?;
        Ok(CheckpointAnswer {
            number,
            code: u32::from(answer.code),
            content_type: answer.content_type.to_owned(),
            body: answer.body.into_bytes(),
        })
    }

    fn introduction(&self) -> Result<WitnessIntroduction, WitnessError> {
        let keys = |cosigners: &Cosigners| -> Vec<String> {
            cosigners.verifiers().map(ToString::to_string).collect()
        };
        let mirror_keys = match &self.mirror {
            Some(mirror) => keys(mirror.lock().map_err(|_| WitnessError::Broken)?.cosigners()),
            None => Vec::new(),
        };
        // Only of this hub's log: what others have signed is no business of this one.
        let checkpoints = self.head()?.note.iter().map(|note| note.to_string().into()).collect();
        Ok(WitnessIntroduction {
            witness_keys: keys(self.witness.cosigners()),
            mirror_keys,
            checkpoints,
        })
    }

    fn head(&self) -> Result<Head, WitnessError> {
        self.witness
            .ledger()
            .log(&self.origin)
            .map_or_else(|| Ok(Head::default()), |log| log.head())
    }
}

/// When the hub was last heard, and whether somebody was told that it was not heard since.
struct Heard {
    at: Instant,
    told: bool,
}

/// Brings the mirror up to each head that the witness cosigns, and tells the hub.
async fn follow(
    channel: Channel,
    mirror: SharedMirror,
    mut heads: watch::Receiver<Head>,
    outgoing: mpsc::Sender<AttendRequest>,
) {
    heads.mark_changed();
    while heads.changed().await.is_ok() {
        let head = heads.borrow_and_update().clone();
        match pull(channel.clone(), &mirror, head).await {
            Ok(Some(note)) => {
                let note = Note::to_string(&note).into();
                if send(&outgoing, Step::Mirrored(MirroredCheckpoint { note })).await.is_err() {
                    return;
                }
            }
            Ok(None) => {}
            // The next question, a heartbeat at the latest, is the next attempt.
            Err(error) => tracing::error!(%error, "the mirror could not follow the witness"),
        }
    }
}

async fn send(outgoing: &mpsc::Sender<AttendRequest>, step: Step) -> Result<(), Status> {
    let sent = outgoing.send_timeout(AttendRequest { step: Some(step) }, SEND_WITHIN).await;
    sent.map_err(|_| Status::cancelled("the stream has ended, or the hub does not read it"))
}

fn fault(error: &WitnessError) -> Status {
    Status::internal(error.to_string())
}

struct AbortOnDrop(Option<AbortHandle>);

impl Drop for AbortOnDrop {
    fn drop(&mut self) {
        if let Some(task) = &self.0 {
            task.abort();
        }
    }
}
