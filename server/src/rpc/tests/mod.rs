//! The network side under a real client, with the health service in the place of the hub's own.

mod rig;

use crate::rpc::gate::{Admission, Gate};
use crate::rpc::pki::Authority;
use crate::rpc::{Correlation, Limits, with_reflection};
use barid_proto::v1::Reason;
use std::sync::Arc;
use std::time::{Duration, Instant};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpSocket, TcpStream};
use tonic::Status;
use tonic::service::Routes;
use tonic_health::pb::HealthCheckRequest;
use tonic_health::pb::health_server::HealthServer;
use tonic_types::StatusExt as _;
use uuid::Uuid;

use rig::*;

#[tokio::test]
async fn an_office_is_served() {
    let rig = Rig::start(limits()).await;
    assert!(ask(&mut rig.panel(), "").await.is_ok());
}

#[tokio::test]
async fn a_certificate_without_an_office_is_told_so() {
    let rig = Rig::start(limits()).await;
    let mut client = rig.client(rig.authority.client("https://gateway.example", 11));
    assert_eq!(reason(ask(&mut client, "").await), "REASON_CERTIFICATE_WITHOUT_OFFICE");
}

#[tokio::test]
async fn without_a_certificate_or_with_a_foreign_one_there_is_no_connection() {
    let rig = Rig::start(limits()).await;
    assert!(rig.ended_by_hub(None).await.is_err());
    let foreign = Authority::new().client(PANEL, 12);
    assert!(rig.ended_by_hub(Some(&foreign)).await.is_err());
}

#[tokio::test]
async fn tls_1_2_is_refused() {
    let rig = Rig::start(limits()).await;
    // A ClientHello of TLS 1.2 (RFC 5246 §7.4.1.2): one suite, one signature algorithm.
    let algorithms = [0, 8, 0, 13, 0, 4, 0, 2, 4, 3];
    let hello = [&[3, 3][..], &[7; 32], &[0], &[0, 2, 0xc0, 0x2f], &[1, 0], &algorithms].concat();
    let body_length = u8::try_from(hello.len()).unwrap();
    let handshake = [&[1, 0, 0, body_length], hello.as_slice()].concat();
    let flight = [&[22, 3, 1, 0, body_length + 4], handshake.as_slice()].concat();
    let mut socket = TcpStream::connect(rig.address).await.unwrap();
    socket.write_all(&flight).await.unwrap();
    let mut answer = Vec::new();
    in_time(socket.read_to_end(&mut answer)).await.unwrap();
    // A fatal alert, protocol_version.
    assert_eq!((answer[0], &answer[5..7]), (21, &[2, 70][..]));
}

#[tokio::test]
async fn a_handshake_that_dawdles_is_cut() {
    let rig = Rig::start(Limits { handshake_timeout: SHORT, ..limits() }).await;
    let mut socket = TcpStream::connect(rig.address).await.unwrap();
    socket.write_all(&[22, 3]).await.unwrap();
    let began = Instant::now();
    let mut answer = Vec::new();
    let ended = in_time(socket.read_to_end(&mut answer)).await;
    assert!(answer.is_empty(), "{ended:?}");
    assert!(began.elapsed() >= SHORT / 2);
}

#[tokio::test]
async fn one_host_cannot_take_all_handshakes() {
    let rig = Rig::start(Limits { handshakes_per_address: 2, ..limits() }).await;
    let mut dawdling = Vec::new();
    for _ in 0..2 {
        let mut socket = TcpStream::connect(rig.address).await.unwrap();
        socket.write_all(&[22, 3]).await.unwrap();
        dawdling.push(socket);
    }
    // Closed at once, although places are left and the time for a handshake is long.
    let mut third = TcpStream::connect(rig.address).await.unwrap();
    let ended = in_time(third.read(&mut [0; 1])).await;
    assert!(matches!(ended, Ok(0) | Err(_)), "{ended:?}");
    // Another host, also while those go on, and this one once they are gone.
    if let Ok(socket) = TcpSocket::new_v4()
        .and_then(|socket| socket.bind("127.0.0.2:0".parse().unwrap()).map(|()| socket))
    {
        let mut other = socket.connect(rig.address).await.unwrap();
        let quiet = tokio::time::timeout(SHORT, other.read(&mut [0; 1])).await;
        assert!(quiet.is_err(), "{quiet:?}");
    }
    drop(dawdling);
    in_time(async { while ask(&mut rig.panel(), "").await.is_err() {} }).await;
}

#[tokio::test]
async fn silence_after_the_handshake_is_cut() {
    let rig = Rig::start(Limits { handshake_timeout: SHORT, ..limits() }).await;
    let _ = rig.ended_by_hub(Some(&rig.authority.client(PANEL, 13))).await;
    // One who spoke may then be silent for longer.
    let mut client = rig.panel();
    assert!(ask(&mut client, "").await.is_ok());
    let mut watch = client.watch(HealthCheckRequest::default()).await.unwrap().into_inner();
    assert!(watch.message().await.unwrap().is_some());
    assert!(tokio::time::timeout(3 * SHORT, watch.message()).await.is_err(), "it was cut");
}

#[tokio::test]
async fn revocation_reaches_open_connections_and_new_ones() {
    let rig = Rig::start(limits()).await;
    let (revoked, other) = (rig.authority.client(PANEL, 14), rig.authority.client(PANEL, 15));
    rig.authority.revoke(&[&revoked]);
    let (mut going, mut staying) = (rig.client(revoked), rig.client(other));
    // The list was read before it changed.
    assert!(ask(&mut going, "").await.is_ok());
    assert!(ask(&mut staying, "").await.is_ok());
    let mut watch = going.watch(HealthCheckRequest::default()).await.unwrap().into_inner();
    assert!(watch.message().await.unwrap().is_some());

    assert_eq!(rig.acceptor.reload().unwrap(), 1);
    assert!(in_time(watch.message()).await.is_err());
    assert!(ask(&mut going, "").await.is_err());
    assert!(ask(&mut staying, "").await.is_ok());
}

#[tokio::test]
async fn a_revocation_list_out_of_date_refuses_everybody() {
    let rig = Rig::start(limits()).await;
    assert!(ask(&mut rig.panel(), "").await.is_ok());
    rig.authority.let_crl_expire();
    assert_eq!(rig.acceptor.reload().unwrap(), 1);
    assert!(ask(&mut rig.panel(), "").await.is_err());
}

#[tokio::test]
async fn without_its_authoritys_list_a_certificate_cannot_be_judged_and_is_refused() {
    let rig = Rig::start(limits()).await;
    let other = Authority::new();
    std::fs::copy(&other.files().crls[0], &rig.authority.files().crls[0]).unwrap();
    rig.acceptor.reload().unwrap();
    assert!(ask(&mut rig.panel(), "").await.is_err());
}

#[test]
fn reflection_reads_the_descriptors() {
    assert!(with_reflection(Routes::default()).is_ok());
}

#[tokio::test]
async fn a_renewed_certificate_of_the_hub_is_shown_without_a_restart() {
    let rig = Rig::start(limits()).await;
    let first = rig.shown_by_hub().await;
    assert_eq!(rig.shown_by_hub().await, first);
    rig.authority.renew_hub(2);
    assert_eq!(rig.shown_by_hub().await, first, "not before it is told to");
    rig.acceptor.reload().unwrap();
    assert_ne!(rig.shown_by_hub().await, first);
    assert!(ask(&mut rig.panel(), "").await.is_ok());
}

#[tokio::test]
async fn another_authority_of_the_clients_takes_effect_without_a_restart() {
    let rig = Rig::start(limits()).await;
    let other = Authority::new();
    let theirs = || rig.client(other.client(PANEL, 20));
    let mut before = rig.panel();
    assert!(ask(&mut before, "").await.is_ok());
    assert!(ask(&mut theirs(), "").await.is_err());
    std::fs::copy(other.files().client_ca, rig.authority.files().client_ca).unwrap();
    std::fs::copy(&other.files().crls[0], &rig.authority.files().crls[0]).unwrap();
    assert_eq!(rig.acceptor.reload().unwrap(), 1, "the open connection is cut");
    assert!(ask(&mut before, "").await.is_err());
    assert!(ask(&mut rig.panel(), "").await.is_err());
    assert!(ask(&mut theirs(), "").await.is_ok());
}

#[tokio::test]
async fn a_reload_that_fails_changes_nothing() {
    let rig = Rig::start(limits()).await;
    let mut client = rig.panel();
    assert!(ask(&mut client, "").await.is_ok());
    std::fs::write(rig.authority.files().client_ca, "no certificate").unwrap();
    let error = rig.acceptor.reload().unwrap_err();
    assert!(error.to_string().contains("ca.pem"), "{error}");
    assert!(ask(&mut client, "").await.is_ok());
    assert!(ask(&mut rig.panel(), "").await.is_ok());
}

#[tokio::test]
async fn an_institution_that_asks_too_often_is_told_when_to_come_back() {
    let slow = Limits { requests_per_second: 1, request_burst: 2, ..limits() };
    let rig = Rig::start(slow).await;
    let mut client = rig.panel();
    assert!(ask(&mut client, "").await.is_ok());
    assert!(ask(&mut client, "").await.is_ok());
    let refused = ask(&mut client, "").await.unwrap_err();
    assert_eq!(refused.get_details_error_info().unwrap().reason, "REASON_TOO_MANY");
    let wait = refused.get_details_retry_info().unwrap().retry_delay.unwrap();
    assert!(wait > Duration::ZERO && wait <= Duration::from_millis(1001), "{wait:?}");

    let other = rig.authority.client("urn:barid:institution:court:office:main", 16);
    assert!(ask(&mut rig.client(other), "").await.is_ok());
}

#[tokio::test]
async fn requests_at_once_are_bounded() {
    let rig = Rig::start(Limits { requests: 1, ..limits() }).await;
    let mut client = rig.panel();
    assert!(ask(&mut client, "").await.is_ok());
    let mut sleeper = client.clone();
    // Either may find the place taken by the other; the sleeper insists.
    let sleeping = tokio::spawn(async move { while ask(&mut sleeper, "sleep").await.is_err() {} });
    let refused = loop {
        match ask(&mut client, "").await {
            Ok(()) => tokio::task::yield_now().await,
            refused => break refused,
        }
    };
    assert_eq!(reason(refused), "REASON_TOO_MANY");
    sleeping.abort();
}

#[tokio::test]
async fn one_institution_cannot_take_all_places() {
    let rig = Rig::start(Limits { requests: 4, ..limits() }).await;
    let mut client = rig.panel();
    assert!(ask(&mut client, "").await.is_ok());
    // They may find the places taken by each other and by what is asked below; they insist.
    let sleeping: Vec<_> = (0..2)
        .map(|_| {
            let mut sleeper = client.clone();
            tokio::spawn(async move { while ask(&mut sleeper, "sleep").await.is_err() {} })
        })
        .collect();
    let refused = in_time(async {
        loop {
            match ask(&mut client, "").await {
                Ok(()) => tokio::task::yield_now().await,
                refused => break refused,
            }
        }
    });
    assert_eq!(reason(refused.await), "REASON_TOO_MANY");
    let other = rig.authority.client("urn:barid:institution:court:office:main", 18);
    assert!(ask(&mut rig.client(other), "").await.is_ok());
    sleeping.into_iter().for_each(|sleeper| sleeper.abort());
}

#[tokio::test]
async fn a_certificate_whose_office_has_left_opens_nothing() {
    let correlations = Arc::new(|| Correlation::new(Uuid::nil()));
    let left: Admission =
        Arc::new(|_| Err(crate::error::Refusal::new(Reason::OfficeUnknown, "It has left.")));
    let routes = Routes::new(HealthServer::new(Moody));
    let gate = Gate::new(routes, &limits(), correlations, left);
    let request = http::Request::post("/grpc.health.v1.Health/Check").body(String::new());
    let response = in_time(gate.answer(&Ok(Arc::new(panel_caller())), request.unwrap())).await;
    let status = response.extensions().get::<Status>().unwrap().clone();
    assert_eq!(reason(Err(status)), "REASON_OFFICE_UNKNOWN");
}

#[tokio::test]
async fn requests_end_at_the_hubs_limit() {
    let rig = Rig::start(Limits { request_deadline: SHORT, ..limits() }).await;
    let mut client = rig.panel();
    assert_eq!(reason(ask(&mut client, "sleep").await), "REASON_TOO_SLOW");
}

#[tokio::test]
async fn a_request_may_set_itself_a_shorter_limit() {
    let correlations = Arc::new(|| Correlation::new(Uuid::nil()));
    let routes = Routes::new(HealthServer::new(Moody));
    let gate = Gate::new(routes, &limits(), correlations, anybody());
    let caller = panel_caller();
    // A message's frame: not compressed, 7 bytes, of which field 1 is the text of 5.
    let request = http::Request::post("/grpc.health.v1.Health/Check")
        .header("grpc-timeout", "50m")
        .body("\0\0\0\0\u{7}\n\u{5}sleep".to_owned());
    let response = in_time(gate.answer(&Ok(Arc::new(caller)), request.unwrap())).await;
    let status = response.extensions().get::<Status>().unwrap().clone();
    assert_eq!(reason(Err(status)), "REASON_TOO_SLOW");
}

#[tokio::test]
async fn a_panic_ends_its_request_only() {
    let rig = Rig::start(limits()).await;
    let mut client = rig.panel();
    let refused = ask(&mut client, "panic").await.unwrap_err();
    let info = refused.get_details_error_info().unwrap();
    assert_eq!(info.reason, "REASON_HUB_FAILED");
    assert!(refused.message().contains(&info.metadata["correlation_id"]));
    assert!(!refused.message().contains("asked to"));
    assert!(ask(&mut client, "").await.is_ok());
}

#[tokio::test]
async fn a_request_beyond_the_bound_is_too_large() {
    let rig = Rig::start(limits()).await;
    let refused = ask(&mut rig.panel(), &"x".repeat(2048)).await;
    assert_eq!(reason(refused), "REASON_TOO_LARGE");
}

#[tokio::test]
async fn connections_of_one_institution_are_bounded() {
    let rig = Rig::start(Limits { connections_per_institution: 1, ..limits() }).await;
    let mut first = rig.panel();
    assert!(ask(&mut first, "").await.is_ok());
    assert!(ask(&mut rig.panel(), "").await.is_err());
    let other = rig.authority.client("urn:barid:institution:court:office:main", 17);
    assert!(ask(&mut rig.client(other), "").await.is_ok());
}

#[tokio::test]
async fn draining_waits_for_requests_and_cuts_at_the_limit() {
    let rig = Rig::start(Limits { drain_limit: SHORT, ..limits() }).await;
    let mut client = rig.panel();
    assert!(ask(&mut client, "").await.is_ok());
    let mut watch = client.watch(HealthCheckRequest::default()).await.unwrap().into_inner();
    assert!(watch.message().await.unwrap().is_some());

    rig.stop.cancel();
    in_time(rig.accepting).await.unwrap();
    let began = Instant::now();
    in_time(rig.acceptor.drain()).await;
    assert!(began.elapsed() >= SHORT, "the open stream was not waited for");
    assert!(in_time(watch.message()).await.is_err());
    assert!(TcpStream::connect(rig.address).await.is_err());
}

#[tokio::test]
async fn draining_with_idle_connections_ends_at_once() {
    let rig = Rig::start(limits()).await;
    let mut client = rig.panel();
    assert!(ask(&mut client, "").await.is_ok());
    rig.stop.cancel();
    in_time(rig.accepting).await.unwrap();
    let began = Instant::now();
    in_time(rig.acceptor.drain()).await;
    assert!(began.elapsed() < PATIENCE / 2, "{:?}", began.elapsed());
}
