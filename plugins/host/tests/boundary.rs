//! The whole way through a real library, in a worker and within one's own process: the same
//! contract, the same words.

#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "helpers of tests stand outside of `#[test]` functions here"
)]

mod rig;

use std::time::{Duration, Instant};

use barid_plugin_host::manifest::to_hex;
use barid_plugin_host::worker::Program;
use barid_plugin_host::{
    CallFailure, Fault, LibraryFailure, LoadFailure, Plugin, PluginIdentity, PluginManifest,
};
use barid_proto::v1::filing_content::Content;
use barid_proto::v1::{
    DecodeReply, DecodeRequest, EncodeReply, EncodeRequest, FilingContent, PilotPaper,
};
use prost::Message as _;

use rig::{Built, HOSTILE, SPECIMEN, harmless_reply, numbers, query, request};

fn program() -> Program {
    Program { path: env!("CARGO_BIN_EXE_barid-plugin-worker").into(), show_errors: true }
}

fn soon() -> Instant {
    Instant::now() + Duration::from_secs(20)
}

/// The manifest as it is, and with its plugin within this process.
fn both(manifest: &PluginManifest) -> [PluginManifest; 2] {
    [manifest.clone(), PluginManifest { in_process: true, ..manifest.clone() }]
}

fn loaded(built: &Built, format: &str) -> [Plugin; 2] {
    both(&built.manifest(format)).map(|manifest| Plugin::load(&manifest, &program()).unwrap())
}

/// What is said of a plugin that is not loaded: the same wherever it would have run.
fn refused(manifest: &PluginManifest) -> (Fault, LoadFailure, String) {
    let [apart, here] = both(manifest).map(|one| Plugin::load(&one, &program()).unwrap_err());
    assert_eq!(apart.to_string(), here.to_string());
    (here.fault(), here, apart.to_string())
}

fn refused_hostile(knobs: &[(&str, &str)]) -> (Fault, LoadFailure, String) {
    refused(&Built::hostile(knobs).manifest(HOSTILE))
}

/// What is said of a reply that is not taken: the same wherever it came from.
fn failed(knobs: &[(&str, &str)]) -> CallFailure {
    let built = Built::hostile(knobs);
    let ask = |plugin: Plugin| plugin.decode(&request(HOSTILE, b"x"), soon()).unwrap_err();
    let [apart, here] = loaded(&built, HOSTILE).map(ask);
    assert_eq!(apart, here);
    assert_eq!(here.fault(), Fault::Plugin);
    here
}

fn read(plugin: &Plugin, request: &DecodeRequest) -> DecodeReply {
    plugin.decode(request, soon()).unwrap()
}

fn written(plugin: &Plugin, content: FilingContent) -> EncodeReply {
    let format = &plugin.formats()[0];
    let request = EncodeRequest {
        format: format.id.clone(),
        content: Some(content),
        ..EncodeRequest::default()
    };
    plugin.encode(format, &request, soon()).unwrap()
}

#[test]
fn specimen_reads_and_writes() {
    let built = Built::specimen();
    for plugin in loaded(&built, SPECIMEN) {
        let sha256 = built.manifest(SPECIMEN).sha256;
        let (name, version) = ("specimen".to_owned(), "1.0.0".to_owned());
        assert_eq!(*plugin.identity(), PluginIdentity { name, version, sha256 });
        assert_eq!(plugin.identity().to_string(), "specimen 1.0.0");
        let line = b"7/2025: Where are the minutes?\n";
        let reply = read(&plugin, &request(SPECIMEN, line));
        assert_eq!(reply.content, Some(query("7/2025", "Where are the minutes?")));
        let back = written(&plugin, reply.content.unwrap());
        assert_eq!(back.output, line);
        assert_eq!(back.name, "question.txt");
    }
}

#[test]
fn specimen_names_what_it_cannot_read_or_write() {
    let long = "9: ".to_owned() + &"x".repeat(2000);
    for plugin in loaded(&Built::specimen(), SPECIMEN) {
        for (input, code, column) in [
            (&b"no number here"[..], "number-missing", 1),
            ("7: أين؟".as_bytes(), "character-unknown", 4),
            (long.as_bytes(), "line-too-long", 1025),
            (b"", "number-missing", 1),
        ] {
            let reply = read(&plugin, &request(SPECIMEN, input));
            assert_eq!(reply.content, None);
            assert_eq!(reply.problems.len(), 1);
            assert_eq!(reply.problems[0].code, code);
            assert_eq!(reply.problems[0].place.as_ref().unwrap().column, column);
        }
        let reply = written(&plugin, query("9", &"x".repeat(2000)));
        assert_eq!(reply.problems[0].code, "line-too-long");
    }
}

#[test]
fn library_that_was_not_approved_is_refused_before_it_is_loaded() {
    let built = Built::specimen();
    let mut manifest = built.manifest(SPECIMEN);
    manifest.sha256[0] ^= 1;
    let (fault, failure, said) = refused(&manifest);
    assert_eq!(fault, Fault::Configuration);
    assert!(matches!(failure, LoadFailure::DigestDiffers { .. }));
    assert!(said.contains(&to_hex(&manifest.sha256)), "{said}");

    let mut missing = built.manifest(SPECIMEN);
    missing.path.set_extension("dll");
    assert!(refused(&missing).2.contains("cannot be read"));

    std::fs::write(&built.path, "int main;").unwrap();
    let (_, failure, _) = refused(&built.manifest(SPECIMEN));
    assert!(matches!(failure, LoadFailure::Library(LibraryFailure::NotALibrary)));
    std::fs::write(&built.path, b"\x7FELF and then nothing").unwrap();
    let failures = both(&built.manifest(SPECIMEN))
        .map(|manifest| Plugin::load(&manifest, &program()).unwrap_err());
    for failure in failures {
        assert_eq!(failure.fault(), Fault::Configuration);
        assert!(matches!(failure, LoadFailure::Library(LibraryFailure::Loader(_))), "{failure}");
    }
}

#[test]
fn manifest_out_of_bounds_is_refused() {
    let mut manifest = Built::specimen().manifest(SPECIMEN);
    manifest.deadline_ms = 0;
    let (fault, _, said) = refused(&manifest);
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
    assert!(matches!(failure, LoadFailure::Library(LibraryFailure::TableMissing)));
    let odd = "(const BaridPluginTable*)((const char*)&table+1)";
    let (_, failure, _) = refused_hostile(&[("TABLE", odd)]);
    assert!(matches!(failure, LoadFailure::Library(LibraryFailure::TableMissing)));
    let (_, _, said) = refused_hostile(&[("ENCODE", "NULL")]);
    assert!(said.contains("has no function `encode`"));

    let built = Built::new("hostile/no_symbol.c", &[]);
    let (fault, failure, said) = refused(&built.manifest(HOSTILE));
    assert_eq!(fault, Fault::Plugin);
    assert!(matches!(failure, LoadFailure::Library(LibraryFailure::SymbolMissing)));
    assert!(said.contains("barid_plugin_entry"));
}

#[test]
fn table_of_a_later_author_is_taken_as_far_as_it_is_known() {
    for plugin in loaded(&Built::hostile(&[("APPENDED", "1")]), HOSTILE) {
        assert_eq!(read(&plugin, &request(HOSTILE, b"x")), harmless_reply());
    }
}

#[test]
fn descriptions_are_checked_against_rules_and_manifest() {
    let (fault, failure, _) = refused_hostile(&[("DESCRIPTION", "255,255")]);
    assert!(matches!((fault, failure), (Fault::Plugin, LoadFailure::Description(_))));
    let (fault, _, said) = refused(&Built::specimen().manifest("specimen/other"));
    assert_eq!(fault, Fault::Configuration);
    assert!(said.contains("no format \"specimen/other\"; it offers specimen/line+text"), "{said}");
}

#[test]
fn plugin_cannot_speak_under_another_institutions_name() {
    // The operator approved it for the panel's register; it says that it is somebody else.
    let (fault, failure, _) = refused(&Built::kit().manifest("ejp/register+csv"));
    assert_eq!(fault, Fault::Configuration);
    assert!(matches!(failure, LoadFailure::FormatMissing { .. }));
    // Or it is called one name and offers formats under another.
    let mut description = rig::hostile_description();
    description.formats[0].id = "ejp/register+csv".to_owned();
    let bytes = numbers(&description.encode_to_vec());
    let (fault, _, said) = refused_hostile(&[("DESCRIPTION", bytes.as_str())]);
    assert_eq!(fault, Fault::Plugin);
    assert!(said.contains("is not its name, a slash"), "{said}");
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
    let (bytes, max) = (usize::MAX, 65_536);
    assert_eq!(failed(&[("LEN", "SIZE_MAX")]), CallFailure::ReplyTooLarge { bytes, max });
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

#[test]
fn large_documents_go_there_and_back() {
    let built = Built::specimen();
    let mut manifest = built.manifest(SPECIMEN);
    manifest.max_input_bytes = 32 * 1024 * 1024;
    let plugin = Plugin::load(&manifest, &program()).unwrap();
    let input = vec![b'x'; 20 * 1024 * 1024];
    let reply = read(&plugin, &request(SPECIMEN, &input));
    assert_eq!(reply.problems.len(), 1);
}
