//! Asking an authority over plain HTTP (RFC 3161 §3.4). The answer proves itself, so nothing is
//! encrypted; that it is for our request shows in its digest and nonce.

use std::time::Duration;

use bytes::Bytes;
use http::header::{ACCEPT, CONTENT_TYPE, HOST};
use http::{Request as Question, StatusCode, Uri};
use http_body_util::{BodyExt as _, Full, Limited};
use hyper_util::rt::TokioIo;
use tokio::net::TcpStream;
use tokio::time::timeout;

use super::{Request, Token, TokenError, granted};

/// Time for all of it. Authorities answer within a second.
const WITHIN: Duration = Duration::from_secs(20);
/// Bytes of an answer: the longest token and the words around it.
const ANSWER_BYTES_MAX: usize = barid_proto::clock::MAX_TOKEN_LEN + 1024;
/// Plain HTTP's port.
const HTTP_PORT: u16 = 80;

/// Why an authority gave no token.
#[derive(Debug, thiserror::Error)]
pub enum AskError {
    /// The address is not one of plain HTTP.
    #[error("{0:?} is not the address of a time-stamp authority: http://HOST[:PORT][/PATH]")]
    Address(String),
    /// It cannot be reached, or the connection broke.
    #[error("the time-stamp authority {address} cannot be reached: {why}")]
    Unreachable {
        /// Its address.
        address: String,
        /// Why.
        why: String,
    },
    /// It answered, but not with a time-stamp.
    #[error("the time-stamp authority answered with HTTP status {0}")]
    Status(StatusCode),
    /// It refused, or its answer cannot be read.
    #[error(transparent)]
    Token(#[from] TokenError),
    /// It answered another question.
    #[error("the time-stamp authority answered another request than ours: another digest or nonce")]
    OtherRequest,
}

/// The token that an authority gives for a request. Not verified yet, but it answers the request.
///
/// # Errors
/// Any [`AskError`].
pub async fn ask(address: &str, request: &Request) -> Result<Vec<u8>, AskError> {
    let uri: Uri = address.parse().map_err(|_| AskError::Address(address.to_owned()))?;
    let authority = uri.authority().filter(|_| uri.scheme_str() == Some("http"));
    let host = authority.map(|authority| (authority.host(), authority.as_str()));
    let Some((host, named)) = host else { return Err(AskError::Address(address.to_owned())) };
    let unreachable = |why: String| AskError::Unreachable { address: address.to_owned(), why };
    let path = uri.path_and_query().map_or("/", |path| path.as_str());
    let question = Question::post(path)
        .header(HOST, named)
        .header(CONTENT_TYPE, "application/timestamp-query")
        .header(ACCEPT, "application/timestamp-reply")
        .body(Full::new(Bytes::from(request.encode())))
        .map_err(|error| unreachable(error.to_string()))?;
    let place = (host.trim_matches(['[', ']']), uri.port_u16().unwrap_or(HTTP_PORT));
    let answered = timeout(WITHIN, exchange(place, question)).await;
    let (status, answer) = answered
        .map_err(|_| unreachable(format!("no answer within {} seconds", WITHIN.as_secs())))?
        .map_err(|error| unreachable(error.to_string()))?;
    if status != StatusCode::OK {
        return Err(AskError::Status(status));
    }
    let token = granted(&answer)?;
    if !request.is_answered_by(&Token::parse(token)?) {
        return Err(AskError::OtherRequest);
    }
    Ok(token.to_vec())
}

type AnyError = Box<dyn std::error::Error + Send + Sync>;

async fn exchange(
    place: (&str, u16),
    question: Question<Full<Bytes>>,
) -> Result<(StatusCode, Bytes), AnyError> {
    let socket = TcpStream::connect(place).await?;
    let (mut sender, connection) =
        hyper::client::conn::http1::handshake(TokioIo::new(socket)).await?;
    let talking = async {
        let (head, body) = sender.send_request(question).await?.into_parts();
        let body = Limited::new(body, ANSWER_BYTES_MAX).collect().await?;
        Ok((head.status, body.to_bytes()))
    };
    tokio::pin!(talking);
    tokio::select! {
        answer = &mut talking => answer,
        // The connection may end as soon as the answer is here.
        ended = connection => match ended {
            Ok(()) => talking.await,
            Err(error) => Err(error.into()),
        },
    }
}
