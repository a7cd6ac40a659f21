//! The whole way through a real library: the specimen in C, and plugins that break one promise
//! each. Both are in `plugins/api/tests` and compiled here with the system's C compiler.

use std::path::{Path, PathBuf};
use std::process::Command;

use barid_plugin::problem::text;
use barid_proto::v1::filing_content::Content;
use barid_proto::v1::{
    DecodeReply, DecodeRequest, EncodeRequest, FilingContent, FilingKind, FormatDescription,
    PilotPaper, PluginDescription, Problem, ProblemSeverity, Query,
};
use prost::Message;
use sha2::{Digest, Sha256};
use tempfile::TempDir;

use super::{CallFailure, Fault, FormatError, Formats, LoadFailure, PluginManifest};

const SPECIMEN: &str = "specimen/line+text";
const HOSTILE: &str = "hostile/any+text";

/// A library built from C, in a folder that goes with it.
struct Built {
    _folder: TempDir,
    path: PathBuf,
}

impl Built {
    fn new(source: &str, knobs: &[(&str, String)]) -> Self {
        let api = Path::new(env!("CARGO_MANIFEST_DIR")).join("../plugins/api");
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("format.so");
        let compiled = Command::new("cc")
            .args(["-std=c11", "-Wall", "-Wextra", "-Werror", "-fPIC", "-shared", "-I"])
            .arg(api.join("include"))
            .args(knobs.iter().map(|(name, value)| format!("-D{name}={value}")))
            .arg(api.join("tests").join(source))
            .arg("-o")
            .arg(&path)
            .output()
            .expect("a C compiler, `cc`, is installed");
        assert!(compiled.status.success(), "{}", String::from_utf8_lossy(&compiled.stderr));
        Self { _folder: folder, path }
    }

    fn specimen() -> Self {
        Self::new("specimen.c", &[])
    }

    /// The hostile plugin with a harmless description and reply, and these knobs turned.
    fn hostile(knobs: &[(&str, &str)]) -> Self {
        let mut all = vec![
            ("DESCRIPTION", numbers(&hostile_description().encode_to_vec())),
            ("REPLY", numbers(&harmless_reply().encode_to_vec())),
        ];
        for (name, value) in knobs {
            all.retain(|(earlier, _)| earlier != name);
            all.push((name, (*value).to_owned()));
        }
        Self::new("hostile/plugin.c", &all)
    }

    fn manifest(&self, format: &str) -> PluginManifest {
        PluginManifest {
            path: self.path.clone(),
            sha256: Sha256::digest(std::fs::read(&self.path).unwrap()).into(),
            formats: vec![format.to_owned()],
            max_input_bytes: 64 * 1024,
            max_output_bytes: 64 * 1024,
            deadline_ms: 10_000,
        }
    }

    fn load(&self, format: &str) -> Result<Formats, FormatError> {
        Formats::load(&[self.manifest(format)])
    }
}

/// Bytes as a list that C understands.
fn numbers(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte},")).collect()
}

fn hostile_description() -> PluginDescription {
    PluginDescription {
        name: "hostile".to_owned(),
        version: "6.6.6".to_owned(),
        formats: vec![FormatDescription {
            id: HOSTILE.to_owned(),
            media_types: vec!["text/plain".to_owned()],
            decodes: vec![FilingKind::Query.into()],
            encodes: vec![FilingKind::Query.into()],
            title: None,
        }],
    }
}

fn harmless_reply() -> DecodeReply {
    let problem = Problem {
        severity: ProblemSeverity::Error.into(),
        code: "nothing-read".to_owned(),
        what: text(&[("en", "never reads anything")]),
        ..Problem::default()
    };
    DecodeReply { problems: vec![problem], ..DecodeReply::default() }
}

fn request(format: &str, input: &[u8]) -> DecodeRequest {
    DecodeRequest {
        format: format.to_owned(),
        input: input.to_vec(),
        kind: FilingKind::Query.into(),
        institution: "specimen".to_owned(),
        languages: vec!["en".to_owned()],
    }
}

fn query(number: &str, question: &str) -> FilingContent {
    let question = text(&[("en", question)]);
    let query = Query { number: number.to_owned(), question, ..Query::default() };
    FilingContent { content: Some(Content::Query(query)) }
}

/// What the hub says about a plugin that it does not load; the path is always named.
fn refused(built: &Built, manifest: &PluginManifest) -> (Fault, LoadFailure, String) {
    let error = Formats::load(std::slice::from_ref(manifest)).unwrap_err();
    let said = error.to_string();
    assert!(said.contains(&built.path.display().to_string()), "{said}");
    let fault = error.fault();
    match error {
        FormatError::Loading { failure, .. } => (fault, failure, said),
        other => panic!("{other}"),
    }
}

fn refused_hostile(knobs: &[(&str, &str)]) -> (Fault, LoadFailure, String) {
    let built = Built::hostile(knobs);
    refused(&built, &built.manifest(HOSTILE))
}

/// What the hub says about a reply that it does not take.
fn failed(knobs: &[(&str, &str)]) -> CallFailure {
    let formats = Built::hostile(knobs).load(HOSTILE).unwrap();
    let error = formats.decode_blocking(&request(HOSTILE, b"x")).unwrap_err();
    assert_eq!(error.fault(), Fault::Plugin);
    assert!(error.to_string().starts_with("plugin hostile 6.6.6, format hostile/any+text: "));
    match error {
        FormatError::Calling { failure, .. } => failure,
        other => panic!("{other}"),
    }
}

#[test]
fn specimen_reads_and_writes() {
    let built = Built::specimen();
    let formats = built.load(SPECIMEN).unwrap();
    let offer = formats.find(SPECIMEN).unwrap();
    assert_eq!(offer.plugin.to_string(), "specimen 1.0.0");
    assert_eq!(offer.plugin.sha256, built.manifest(SPECIMEN).sha256);
    assert_eq!(formats.describe().collect::<Vec<_>>(), [offer]);

    let line = b"7/2025: Where are the minutes?\n";
    let decoded = formats.decode_blocking(&request(SPECIMEN, line)).unwrap();
    assert_eq!(decoded.reply.content, Some(query("7/2025", "Where are the minutes?")));
    assert_eq!(decoded.plugin, offer.plugin);

    let back = EncodeRequest {
        format: SPECIMEN.to_owned(),
        content: decoded.reply.content,
        ..EncodeRequest::default()
    };
    let encoded = formats.encode_blocking(&back).unwrap();
    assert_eq!(encoded.reply.output, line);
    assert_eq!(encoded.reply.name, "question.txt");
}

#[test]
fn specimen_names_what_it_cannot_read_or_write() {
    let formats = Built::specimen().load(SPECIMEN).unwrap();
    let long = "9: ".to_owned() + &"x".repeat(2000);
    for (input, code, column) in [
        (&b"no number here"[..], "number-missing", 1),
        ("7: أين؟".as_bytes(), "character-unknown", 4),
        (long.as_bytes(), "line-too-long", 1025),
        (b"", "number-missing", 1),
    ] {
        let reply = formats.decode_blocking(&request(SPECIMEN, input)).unwrap().reply;
        assert_eq!(reply.content, None);
        assert_eq!(reply.problems.len(), 1);
        assert_eq!(reply.problems[0].code, code);
        assert_eq!(reply.problems[0].place.as_ref().unwrap().column, column);
    }
    let request = EncodeRequest {
        format: SPECIMEN.to_owned(),
        content: Some(query("9", &"x".repeat(2000))),
        ..EncodeRequest::default()
    };
    let reply = formats.encode_blocking(&request).unwrap().reply;
    assert_eq!(reply.problems[0].code, "line-too-long");
}

#[test]
fn callers_own_mistakes_never_reach_the_plugin() {
    let formats = Built::specimen().load(SPECIMEN).unwrap();
    let said = |request: &DecodeRequest| {
        let error = formats.check(request).unwrap_err();
        assert_eq!(error.fault(), Fault::Caller);
        assert_eq!(formats.decode_blocking(request).unwrap_err().to_string(), error.to_string());
        error.to_string()
    };
    formats.check(&request(SPECIMEN, b"7: why?")).unwrap();
    assert!(said(&request("nobody/knows\n", b"")).contains("\"nobody/knows\u{FFFD}\" is unknown"));
    let mut other_kind = request(SPECIMEN, b"7: why?");
    other_kind.kind = FilingKind::Answer.into();
    assert!(said(&other_kind).contains("does not read FILING_KIND_ANSWER"));
    other_kind.kind = 9999;
    assert!(said(&other_kind).contains("an unknown kind"));
    assert!(said(&request(SPECIMEN, &[b'x'; 65_536])).contains("more than the 65536"));

    let pilot = Content::PilotPaper(PilotPaper::default());
    let request = EncodeRequest {
        format: SPECIMEN.to_owned(),
        content: Some(FilingContent { content: Some(pilot) }),
        ..EncodeRequest::default()
    };
    let error = formats.encode_blocking(&request).unwrap_err();
    assert!(error.to_string().contains("does not write FILING_KIND_PILOT_PAPER"));
}

#[test]
fn library_that_was_not_approved_is_refused_before_it_is_loaded() {
    let built = Built::specimen();
    let mut manifest = built.manifest(SPECIMEN);
    manifest.sha256[0] ^= 1;
    let (fault, failure, said) = refused(&built, &manifest);
    assert_eq!(fault, Fault::Configuration);
    assert!(matches!(failure, LoadFailure::DigestDiffers { .. }));
    assert!(said.contains(&super::manifest::to_hex(&manifest.sha256)), "{said}");

    let mut missing = built.manifest(SPECIMEN);
    missing.path.set_extension("dll");
    let error = Formats::load(&[missing]).unwrap_err();
    assert!(error.to_string().contains("cannot be read"));

    std::fs::write(&built.path, "int main;").unwrap();
    let (_, failure, _) = refused(&built, &built.manifest(SPECIMEN));
    assert!(matches!(failure, LoadFailure::NotALibrary));
    std::fs::write(&built.path, b"\x7FELF and then nothing").unwrap();
    let (fault, failure, _) = refused(&built, &built.manifest(SPECIMEN));
    assert!(matches!((fault, failure), (Fault::Configuration, LoadFailure::Loader(_))));
}

#[test]
fn manifest_out_of_bounds_is_refused() {
    let built = Built::specimen();
    let mut manifest = built.manifest(SPECIMEN);
    manifest.deadline_ms = 0;
    let (fault, _, said) = refused(&built, &manifest);
    assert_eq!(fault, Fault::Configuration);
    assert!(said.contains("`deadline_ms` must be 1 to 60000"));
}

#[test]
fn broken_tables_are_refused_each_by_its_own_words() {
    let (fault, _, said) = refused_hostile(&[("VERSION", "7")]);
    assert_eq!(fault, Fault::Configuration);
    assert!(said.contains("version 7 of the boundary, and this hub loads versions 1 to 1"));
    assert!(said.contains("use a newer hub"));
    let (_, _, said) = refused_hostile(&[("VERSION", "0")]);
    assert!(said.contains("build the plugin again"));
    let (fault, _, said) = refused_hostile(&[("SIZE", "39")]);
    assert_eq!(fault, Fault::Plugin);
    assert!(said.contains("a table of 39 bytes, and version 1 needs 40"));
    let (_, failure, _) = refused_hostile(&[("TABLE", "NULL")]);
    assert!(matches!(failure, LoadFailure::TableMissing));
    let odd = "(const BaridPluginTable*)((const char*)&table+1)";
    let (_, failure, _) = refused_hostile(&[("TABLE", odd)]);
    assert!(matches!(failure, LoadFailure::TableMissing));
    let (_, failure, _) = refused_hostile(&[("ENCODE", "NULL")]);
    assert!(matches!(failure, LoadFailure::FunctionMissing("encode")));

    let built = Built::new("hostile/no_symbol.c", &[]);
    let (fault, failure, said) = refused(&built, &built.manifest(HOSTILE));
    assert!(matches!((fault, failure), (Fault::Plugin, LoadFailure::SymbolMissing)));
    assert!(said.contains("barid_plugin_entry"));
}

#[test]
fn table_of_a_later_author_is_taken_as_far_as_it_is_known() {
    let formats = Built::hostile(&[("APPENDED", "1")]).load(HOSTILE).unwrap();
    let reply = formats.decode_blocking(&request(HOSTILE, b"x")).unwrap().reply;
    assert_eq!(reply, harmless_reply());
}

#[test]
fn descriptions_are_checked_against_rules_and_manifest() {
    let (fault, failure, _) = refused_hostile(&[("DESCRIPTION", "255,255")]);
    assert!(matches!((fault, failure), (Fault::Plugin, LoadFailure::Description(_))));
    let built = Built::specimen();
    let (fault, _, said) = refused(&built, &built.manifest("specimen/other"));
    assert_eq!(fault, Fault::Configuration);
    assert!(said.contains("no format \"specimen/other\"; it offers specimen/line+text"), "{said}");
}

#[test]
fn two_claims_to_one_format_are_refused() {
    let (first, second) = (Built::specimen(), Built::specimen());
    let manifests = [first.manifest(SPECIMEN), second.manifest(SPECIMEN)];
    let error = Formats::load(&manifests).unwrap_err();
    assert_eq!(error.fault(), Fault::Configuration);
    let said = error.to_string();
    for built in [first, second] {
        assert!(said.contains(&built.path.display().to_string()), "{said}");
    }
}

#[test]
fn two_plugins_stand_side_by_side_and_none_is_fine() {
    let (first, second) = (Built::specimen(), Built::hostile(&[]));
    let formats = Formats::load(&[first.manifest(SPECIMEN), second.manifest(HOSTILE)]).unwrap();
    let ids: Vec<_> = formats.describe().map(|offer| offer.description.id.as_str()).collect();
    assert_eq!(ids, [HOSTILE, SPECIMEN]);
    assert_eq!(formats.find(HOSTILE).unwrap().plugin.name, "hostile");
    assert_eq!(Formats::load(&[]).unwrap().describe().count(), 0);
}

#[test]
fn failure_of_a_plugin_is_told_with_its_text() {
    // "no<line feed><not UTF-8>"
    match failed(&[("STATUS", "3"), ("REPLY", "110,111,10,255")]) {
        CallFailure::Failed { code: 3, text } => assert_eq!(text, "no\u{FFFD}\u{FFFD}"),
        other => panic!("{other}"),
    }
    match failed(&[("STATUS", "-9"), ("PTR", "NULL"), ("LEN", "0")]) {
        CallFailure::Failed { code: -9, text } => assert_eq!(text, "it gave no text"),
        other => panic!("{other}"),
    }
}

#[test]
fn hostile_replies_are_refused() {
    assert!(matches!(
        failed(&[("LEN", "SIZE_MAX")]),
        CallFailure::ReplyTooLarge { bytes: usize::MAX, max: 65_536 }
    ));
    let said = |knobs| failed(knobs).to_string();
    assert!(said(&[("PTR", "NULL"), ("LEN", "5")]).contains("a null pointer to 5 bytes"));
    assert!(said(&[("REPLY", "255,255,255")]).contains("unreadable"));
    assert!(said(&[("REPLY", "18,3,18,1,255")]).contains("UTF-8"));
    assert!(said(&[("PTR", "NULL"), ("LEN", "0")]).contains("neither content nor an error"));
    let pilot = Content::PilotPaper(PilotPaper::default());
    let pilot = FilingContent { content: Some(pilot) };
    let undeclared = DecodeReply { content: Some(pilot), ..DecodeReply::default() };
    let undeclared = numbers(&undeclared.encode_to_vec());
    assert!(said(&[("REPLY", undeclared.as_str())]).contains("not of the kind"));
}

#[tokio::test]
async fn deadline_is_kept_and_runaway_calls_keep_their_places() {
    let built = Built::hostile(&[("SLEEP_MS", "1500")]);
    let mut manifest = built.manifest(HOSTILE);
    manifest.deadline_ms = 100;
    let formats = Formats::load(&[manifest]).unwrap();
    let call = || formats.decode(request(HOSTILE, b"x"));
    let (a, b, c, d) = tokio::join!(call(), call(), call(), call());
    for outcome in [a, b, c, d] {
        let error = outcome.unwrap_err();
        assert_eq!(error.fault(), Fault::Plugin);
        assert!(error.to_string().contains("did not answer within 100 ms"), "{error}");
    }
    let error = call().await.unwrap_err();
    assert_eq!(error.fault(), Fault::Load);
    assert!(error.to_string().contains("busy"), "{error}");
}

#[tokio::test]
async fn calls_on_other_threads_answer_as_calls_on_this_one() {
    let formats = Built::specimen().load(SPECIMEN).unwrap();
    let question = request(SPECIMEN, b"7/2025: why?");
    let decoded = formats.decode(question.clone()).await.unwrap();
    assert_eq!(decoded, formats.decode_blocking(&question).unwrap());
    let back = EncodeRequest {
        format: SPECIMEN.to_owned(),
        content: decoded.reply.content,
        ..EncodeRequest::default()
    };
    let encoded = formats.encode(back.clone()).await.unwrap();
    assert_eq!(encoded, formats.encode_blocking(&back).unwrap());
}
