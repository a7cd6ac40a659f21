//! Witnesses that the hub reaches over plain HTTP (C2SP tlog-witness): anybody's.
//!
//! No TLS: a cosignature proves itself, and so does the checkpoint that a witness shows. Somebody
//! on the way can only keep the two apart, which is a witness that is away; that it holds nothing
//! counts for nothing before it has cosigned.

use std::sync::Arc;
use std::time::Duration;

use barid_proto::v1::{CheckpointAnswer, Reason};
use bytes::Bytes;
use http::{Method, Request, StatusCode, Uri};
use http_body_util::{BodyExt as _, Full, Limited};
use hyper::client::conn::http1;
use hyper_util::rt::TokioIo;
use sha2::{Digest as _, Sha256};
use tokio::net::TcpStream;
use tokio::time::{sleep, timeout};

use crate::error::{Error, Refusal};
use crate::hub::{Hub, Unasked, WitnessLine};
use crate::log::witnesses::Introduction;

/// How long one request may take over a poor link.
const WITHIN: Duration = Duration::from_secs(20);

/// Most bytes of an answer: some lines, or a checkpoint with all of them.
const ANSWER_BYTES_MAX: usize = 256 * 1024;

/// The first pause before a witness is reached for again.
const FIRST_PAUSE: Duration = Duration::from_secs(1);

/// The longest: a witness that is back should be asked within a minute.
const LONGEST_PAUSE: Duration = Duration::from_secs(60);

/// A witness that has an address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reachable {
    /// Verifier keys of one name.
    pub keys: Vec<String>,
    /// Where `add-checkpoint` is.
    pub url: Uri,
}

/// Asks one witness for as long as it is polled.
pub(super) async fn reach(hub: Arc<Hub>, origin: String, witness: Reachable) {
    let mut pause = FIRST_PAUSE;
    loop {
        let mut line = Http { url: witness.url.clone() };
        let ended = async {
            let checkpoints = line.newest(&origin).await?;
            let keys = witness.keys.clone();
            let introduction = Introduction { keys, checkpoints, ..Introduction::default() };
            pause = FIRST_PAUSE;
            hub.attend_over(None, introduction, &mut line).await
        };
        if let Err(error) = ended.await {
            tracing::warn!(url = %witness.url, %error, "a witness cannot be asked");
        }
        sleep(pause).await;
        pause = (pause * 2).min(LONGEST_PAUSE);
    }
}

/// Plain HTTP/1.1, a connection for each request: there is one in some seconds at most under load.
struct Http {
    url: Uri,
}

impl Http {
    /// The newest checkpoint of a log that the witness has cosigned, if it has any.
    async fn newest(&self, origin: &str) -> Result<Vec<Vec<u8>>, Error> {
        let hash: String =
            Sha256::digest(origin).iter().map(|byte| format!("{byte:02x}")).collect();
        let (code, _, body) =
            self.send(Method::GET, &format!("/{hash}/checkpoint"), Vec::new()).await?;
        match code {
            StatusCode::OK => Ok(vec![body]),
            StatusCode::NOT_FOUND => Ok(Vec::new()),
            _ => Err(unreachable(format!("it answers {code} when asked for its checkpoint"))),
        }
    }

    async fn send(
        &self,
        method: Method,
        path: &str,
        body: Vec<u8>,
    ) -> Result<(StatusCode, String, Vec<u8>), Error> {
        let sent = timeout(WITHIN, self.try_send(method, path, body)).await;
        sent.map_err(|_| unreachable("it does not answer in time".to_owned()))?
            .map_err(|error| unreachable(error.to_string()))
    }

    async fn try_send(
        &self,
        method: Method,
        path: &str,
        body: Vec<u8>,
    ) -> Result<(StatusCode, String, Vec<u8>), Box<dyn std::error::Error + Send + Sync>> {
        let host = self.url.host().unwrap_or_default();
        let stream = TcpStream::connect((host, self.url.port_u16().unwrap_or(80))).await?;
        let (mut sender, connection) = http1::handshake(TokioIo::new(stream)).await?;
        let base = self.url.path().trim_end_matches('/');
        let request = Request::builder()
            .method(method)
            .uri(format!("{base}{path}"))
            .header(http::header::HOST, host)
            .body(Full::new(Bytes::from(body)))?;
        // Ends with `sender`, at the end of this function at the latest.
        tokio::spawn(connection);
        let response = sender.send_request(request).await?;
        let (parts, body) = response.into_parts();
        let body = Limited::new(body, ANSWER_BYTES_MAX).collect().await?.to_bytes();
        let content_type = parts.headers.get(http::header::CONTENT_TYPE);
        let content_type = content_type.and_then(|value| value.to_str().ok());
        Ok((parts.status, content_type.unwrap_or_default().to_owned(), body.to_vec()))
    }
}

impl WitnessLine for Http {
    async fn ask(
        &mut self,
        number: u64,
        question: Vec<u8>,
    ) -> Result<Option<CheckpointAnswer>, Error> {
        let answer = self.send(Method::POST, "/add-checkpoint", question).await?;
        let (code, content_type, body) = answer;
        Ok(Some(CheckpointAnswer { number, code: code.as_u16().into(), content_type, body }))
    }

    async fn unasked(&mut self) -> Result<Unasked, Error> {
        std::future::pending().await
    }
}

fn unreachable(why: String) -> Error {
    Refusal::new(Reason::RequestInvalid, why).into()
}
