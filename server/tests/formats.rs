//! Formats over real plugins in real workers, whose program is the hub itself.

#![expect(
    clippy::unwrap_used,
    reason = "helpers of tests stand outside of `#[test]` functions here"
)]

#[path = "../../plugins/host/tests/rig/mod.rs"]
mod rig;

use std::path::Path;
use std::time::{Duration, Instant};

use barid_hub::format::{
    CallFailure, Decoded, Fault, FormatError, Formats, PluginManifest, Program,
};
use barid_proto::v1::filing_content::Content;
use barid_proto::v1::{DecodeRequest, EncodeRequest, FilingContent, FilingKind, PilotPaper};

use rig::{Built, HOSTILE, SPECIMEN, harmless_reply, query, request};

fn program() -> Program {
    Program { path: env!("CARGO_BIN_EXE_barid-hub").into(), show_errors: false }
}

fn load(manifests: &[PluginManifest]) -> Result<Formats, FormatError> {
    Formats::load(manifests, program())
}

fn act(name: &str) -> DecodeRequest {
    request(HOSTILE, format!("act:{name}").as_bytes())
}

async fn read(formats: &Formats, request: &DecodeRequest) -> Result<Decoded, FormatError> {
    formats.decode(request.clone()).await
}

/// A kit with a short deadline, all that ends it kept in a folder.
fn kit_in(built: &Built, folder: &Path) -> Formats {
    let manifest = PluginManifest { deadline_ms: 1_500, ..built.manifest(HOSTILE) };
    load(&[manifest]).unwrap().keep_in(folder).unwrap()
}

#[tokio::test]
async fn the_hubs_own_program_is_its_worker() {
    let built = Built::specimen();
    let formats = load(&[built.manifest(SPECIMEN)]).unwrap();
    let offer = formats.find(SPECIMEN).unwrap();
    assert_eq!(offer.plugin.to_string(), "specimen 1.0.0");
    assert_eq!(formats.describe(), std::slice::from_ref(&offer));
    let decoded = read(&formats, &request(SPECIMEN, b"7/2025: why?\n")).await.unwrap();
    assert_eq!(decoded.reply.content, Some(query("7/2025", "why?")));
    assert_eq!(decoded.plugin, offer.plugin);
    let back = EncodeRequest {
        format: SPECIMEN.to_owned(),
        content: decoded.reply.content,
        ..EncodeRequest::default()
    };
    assert_eq!(formats.encode(back).await.unwrap().reply.output, b"7/2025: why?\n");
}

#[tokio::test]
async fn callers_own_mistakes_never_reach_the_plugin() {
    let built = Built::specimen();
    let formats = load(&[built.manifest(SPECIMEN)]).unwrap();
    formats.check(&request(SPECIMEN, b"7: why?")).unwrap();
    let mut other_kind = request(SPECIMEN, b"7: why?");
    other_kind.kind = FilingKind::Answer.into();
    let mut no_kind = other_kind.clone();
    no_kind.kind = 9999;
    for (asked, told) in [
        (request("nobody/knows\n", b""), "\"nobody/knows\u{FFFD}\" is unknown"),
        (other_kind, "does not read FILING_KIND_ANSWER"),
        (no_kind, "an unknown kind"),
        (request(SPECIMEN, &[b'x'; 65_536]), "more than the 65536"),
    ] {
        let error = formats.check(&asked).unwrap_err();
        assert_eq!(error.fault(), Fault::Caller);
        assert!(error.to_string().contains(told), "{error}");
        assert_eq!(read(&formats, &asked).await.unwrap_err().to_string(), error.to_string());
    }
    let pilot = Content::PilotPaper(PilotPaper::default());
    let asked = EncodeRequest {
        format: SPECIMEN.to_owned(),
        content: Some(FilingContent { content: Some(pilot) }),
        ..EncodeRequest::default()
    };
    let error = formats.encode(asked).await.unwrap_err();
    assert!(error.to_string().contains("does not write FILING_KIND_PILOT_PAPER"));
}

#[tokio::test]
async fn two_plugins_stand_side_by_side_and_none_is_fine() {
    let (first, second) = (Built::specimen(), Built::hostile(&[]));
    let formats = load(&[first.manifest(SPECIMEN), second.manifest(HOSTILE)]).unwrap();
    let ids: Vec<_> = formats.describe().into_iter().map(|offer| offer.description.id).collect();
    assert_eq!(ids, [HOSTILE, SPECIMEN]);
    assert_eq!(formats.find(HOSTILE).unwrap().plugin.name, "hostile");
    assert!(load(&[]).unwrap().describe().is_empty());
}

#[test]
fn two_claims_to_one_format_are_refused() {
    let (first, second) = (Built::specimen(), Built::specimen());
    let error = load(&[first.manifest(SPECIMEN), second.manifest(SPECIMEN)]).unwrap_err();
    assert_eq!(error.fault(), Fault::Configuration);
    for built in [first, second] {
        let path = built.path.display().to_string();
        assert!(error.to_string().contains(&path), "{error}");
    }
}

#[tokio::test]
async fn within_the_hub_runaway_calls_keep_their_places() {
    let built = Built::hostile(&[("SLEEP_MS", "1500")]);
    let manifest = PluginManifest { deadline_ms: 100, in_process: true, ..built.manifest(HOSTILE) };
    let formats = load(&[manifest]).unwrap();
    let by = |who: &str, what: &[u8]| {
        let mut asked = request(HOSTILE, what);
        asked.institution = who.to_owned();
        formats.decode(asked)
    };
    let calls =
        tokio::join!(by("a", b"1"), by("a", b"2"), by("b", b"3"), by("b", b"4"), by("c", b"5"));
    for outcome in [calls.0, calls.1, calls.2, calls.3] {
        let error = outcome.unwrap_err();
        assert_eq!(error.fault(), Fault::Plugin);
        assert!(error.to_string().contains("did not answer within 100 ms"), "{error}");
    }
    let error = calls.4.unwrap_err();
    assert_eq!(error.fault(), Fault::Load);
    assert!(error.to_string().contains("busy"), "{error}");
}

#[tokio::test]
async fn document_that_ends_its_worker_twice_is_kept_and_not_read_again() {
    let (built, folder) = (Built::kit(), tempfile::tempdir().unwrap());
    let formats = kit_in(&built, folder.path());
    let Err(FormatError::Quarantined { name, .. }) = read(&formats, &act("abort")).await else {
        panic!("it is not in quarantine");
    };
    let held = folder.path().join("quarantine");
    let request = std::fs::read(held.join(&name).with_extension("request")).unwrap();
    assert!(request.windows(9).any(|bytes| bytes == b"act:abort"), "its bytes are kept");
    let note = std::fs::read_to_string(held.join(&name).with_extension("toml")).unwrap();
    assert!(note.contains("plugin = \"hostile 6.6.6\""), "{note}");
    assert!(note.contains("it aborted"), "{note}");

    // A hub that starts again knows it still; others' documents never noticed.
    drop(formats);
    let formats = kit_in(&built, folder.path());
    let error = read(&formats, &act("abort")).await.unwrap_err();
    assert!(error.to_string().contains(&name), "{error}");
    assert_eq!(read(&formats, &act("nothing")).await.unwrap().reply, harmless_reply());

    // An operator lets it in again.
    std::fs::remove_file(held.join(&name).with_extension("toml")).unwrap();
    let manifest = PluginManifest { deadline_ms: 1_500, ..built.manifest(HOSTILE) };
    formats.reload(&[manifest]).unwrap();
    let error = read(&formats, &act("abort")).await.unwrap_err();
    assert!(matches!(error, FormatError::Quarantined { .. }), "it was read, and did it again");
}

#[tokio::test]
async fn document_that_never_ends_has_two_attempts() {
    let (built, folder) = (Built::kit(), tempfile::tempdir().unwrap());
    let formats = kit_in(&built, folder.path());
    let first = read(&formats, &act("loop")).await.unwrap_err();
    let slow = CallFailure::TooSlow { deadline_ms: 1_500 };
    assert!(matches!(first, FormatError::Calling { failure, .. } if failure == slow));
    let second = read(&formats, &act("loop")).await.unwrap_err();
    assert!(matches!(second, FormatError::Quarantined { .. }), "{second}");
}

#[tokio::test]
async fn document_that_waited_for_others_is_not_blamed_for_what_time_was_left() {
    let (built, folder) = (Built::hostile(&[("SLEEP_MS", "1200")]), tempfile::tempdir().unwrap());
    let manifest = PluginManifest { deadline_ms: 2_000, ..built.manifest(HOSTILE) };
    let formats = load(&[manifest]).unwrap().keep_in(folder.path()).unwrap();
    let last = request(HOSTILE, b"last");
    for round in 0..2 {
        // An institution has two places: the last has less than half of the deadline.
        let (one, other) = (request(HOSTILE, b"one"), request(HOSTILE, b"other"));
        let (one, other, waited) =
            tokio::join!(read(&formats, &one), read(&formats, &other), read(&formats, &last));
        assert!(one.is_ok() && other.is_ok(), "{round}: {one:?} {other:?}");
        let error = waited.unwrap_err();
        assert_eq!(error.fault(), Fault::Load, "{round}: {error}");
    }
    assert_eq!(read(&formats, &last).await.unwrap().reply, harmless_reply());
}

#[tokio::test]
async fn caller_who_leaves_gives_back_no_place_that_is_taken() {
    let folder = tempfile::tempdir().unwrap();
    let (old, new) = (Built::hostile(&[("SLEEP_MS", "2500")]), Built::kit());
    let formats = load(&[old.manifest(HOSTILE)]).unwrap().keep_in(folder.path()).unwrap();
    let sha256 = old.manifest(HOSTILE).sha256;
    let changing = formats.clone();
    let manifests = [new.manifest(HOSTILE)];
    tokio::task::spawn_blocking(move || changing.reload(&manifests)).await.unwrap().unwrap();
    // Both places are taken by calls whose callers leave in the middle.
    let begun = Instant::now();
    for _ in 0..2 {
        let leaving = formats.decode_by(sha256, act("nothing"));
        tokio::time::timeout(Duration::from_millis(800), leaving).await.unwrap_err();
    }
    formats.decode_by(sha256, act("nothing")).await.unwrap();
    // The first call took as long as this one, which could not begin before.
    assert!(begun.elapsed() > Duration::from_millis(5_000), "{:?}", begun.elapsed());
}

#[tokio::test]
async fn plugins_are_exchanged_while_calls_go_on() {
    let folder = tempfile::tempdir().unwrap();
    let (old, new) = (Built::hostile(&[("SLEEP_MS", "400")]), Built::kit());
    let formats = load(&[old.manifest(HOSTILE)]).unwrap().keep_in(folder.path()).unwrap();
    let (old_sha, new_sha) = (old.manifest(HOSTILE).sha256, new.manifest(HOSTILE).sha256);
    let under_way = tokio::spawn({
        let formats = formats.clone();
        async move { read(&formats, &act("nothing")).await }
    });
    tokio::time::sleep(Duration::from_millis(100)).await;
    let changing = formats.clone();
    let manifests = [new.manifest(HOSTILE)];
    tokio::task::spawn_blocking(move || changing.reload(&manifests)).await.unwrap().unwrap();
    assert_eq!(under_way.await.unwrap().unwrap().plugin.sha256, old_sha);
    assert_eq!(read(&formats, &act("nothing")).await.unwrap().plugin.sha256, new_sha);

    // What cannot be used changes nothing.
    let mut wrong = old.manifest(HOSTILE);
    wrong.sha256[0] ^= 1;
    assert_eq!(formats.reload(&[wrong]).unwrap_err().fault(), Fault::Configuration);
    assert_eq!(read(&formats, &act("nothing")).await.unwrap().plugin.sha256, new_sha);

    // What read an old record reads it again, though its file is long gone.
    drop(old);
    let again = formats.decode_by(old_sha, act("nothing")).await.unwrap();
    assert_eq!(again.plugin.sha256, old_sha);
    let now = formats.decode_by(new_sha, act("nothing")).await.unwrap();
    assert_eq!(now.plugin.sha256, new_sha);
    let unknown = formats.decode_by([9; 32], act("nothing")).await.unwrap_err();
    assert!(unknown.to_string().contains("no plugin with SHA-256 0909"), "{unknown}");
}
