//! The conformance kit on real plugins, which pass it; on careless and hostile ones, which fail the
//! checks that they should fail; and the report that an operator reads.

#![expect(
    clippy::expect_used,
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "what is set up must stand before it can be checked"
)]

#[path = "../plugins/host/tests/rig/mod.rs"]
mod rig;

use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use barid_client::proto::key::{Algorithm, FileKey, Signer as _};
use barid_tests::programs;
use serde_json::Value;
use tempfile::TempDir;

use rig::Built;

/// Limits that a debug build on a busy machine keeps.
const LIMITS: [&str; 4] = ["--max-input-bytes", "262144", "--deadline-ms", "30000"];

/// What `barid plugin` said, and how it ended.
struct Said {
    code: i32,
    value: Value,
    text: String,
}

fn barid(arguments: impl IntoIterator<Item = impl AsRef<OsStr>>) -> Said {
    let output = Command::new(programs::program("barid"))
        .args(["--profile", "/nowhere", "--json", "plugin"])
        .args(arguments)
        .output()
        .expect("barid starts");
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    let value = serde_json::from_str(&text).unwrap_or(Value::Null);
    Said { code: output.status.code().unwrap(), value, text }
}

fn check(library: &Path, folder: Option<&Path>, more: &[&str]) -> Said {
    let mut arguments = vec![OsStr::new("check"), library.as_os_str()];
    arguments.extend(folder.map(Path::as_os_str));
    arguments.extend(LIMITS.iter().chain(more).map(OsStr::new));
    barid(arguments)
}

impl Said {
    fn check(&self, name: &str) -> &Value {
        let checks = self.value["checks"].as_array().unwrap_or_else(|| panic!("{}", self.text));
        checks.iter().find(|one| one["check"] == name).expect("the check is there")
    }

    fn verdict(&self, name: &str) -> &str {
        self.check(name)["verdict"].as_str().expect("a verdict")
    }

    /// Names of the checks that failed.
    fn failed(&self) -> Vec<&str> {
        let checks = self.value["checks"].as_array().unwrap_or_else(|| panic!("{}", self.text));
        let failed = checks.iter().filter(|one| one["verdict"] == "failed");
        failed.map(|one| one["check"].as_str().unwrap()).collect()
    }

    /// Names of the reasons for which a check failed, each once.
    fn reasons(&self, name: &str) -> Vec<&str> {
        let failures = self.check(name)["failures"].as_array().unwrap();
        let mut reasons: Vec<&str> =
            failures.iter().map(|one| one["reason"].as_str().unwrap()).collect();
        reasons.sort_unstable();
        reasons.dedup();
        reasons
    }
}

/// A folder with these documents.
fn folder(documents: &[(&str, &str)]) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (path, text) in documents {
        let path = folder.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    folder
}

/// The table that the careless plugin reads.
fn table() -> TempDir {
    folder(&[("cells+csv/query/a.csv", "number,name\n12,one\n13,two\n14,three\n")])
}

fn careless(way: &str) -> Built {
    Built::new("hostile/careless.c", &[(way, "1".to_owned())])
}

/// Runs the kit on a real plugin with its documents: all of it applies, and passes.
fn passes(name: &str) {
    let documents = programs::root().join("plugins").join(name).join("testdata");
    let said = check(&programs::plugin(name), Some(&documents), &["--mutations", "20"]);
    assert_eq!((said.code, said.failed()), (0, vec![]), "{}", said.text);
    for check in said.value["checks"].as_array().unwrap() {
        let (check, verdict) = (check["check"].as_str().unwrap(), check["verdict"].as_str());
        assert_eq!(verdict, Some("passed"), "{check}: {}", said.text);
    }
}

#[test]
fn the_commissions_plugin_passes() {
    passes("ihec");
}

#[test]
fn the_courts_plugins_pass() {
    for name in ["ejp", "fsc", "court"] {
        passes(name);
    }
}

#[test]
fn the_other_plugins_pass() {
    for name in ["ecf", "ine", "tepjf"] {
        passes(name);
    }
}

#[test]
fn the_specimen_passes_and_says_what_does_not_apply() {
    let documents = folder(&[("line+text/query/a.txt", "7/2025: Where are the minutes?\n")]);
    let said = check(&Built::specimen().path, Some(documents.path()), &[]);
    assert_eq!((said.code, said.failed()), (0, vec![]), "{}", said.text);
    assert_eq!(said.verdict("round-trips"), "passed");
    assert_eq!(said.verdict("all-at-once"), "not-applicable");
    let alone = check(&Built::specimen().path, None, &["--kind", "query"]);
    assert_eq!((alone.code, alone.verdict("documents")), (0, "not-applicable"), "{}", alone.text);
    assert!(alone.check("hostile")["cases"].as_u64().unwrap() > 20);
}

#[test]
fn a_careful_plugin_passes_where_each_careless_one_fails() {
    let documents = table();
    let said = check(&careless("CAREFUL").path, Some(documents.path()), &[]);
    assert_eq!((said.code, said.failed()), (0, vec![]), "{}", said.text);
    assert_eq!(said.verdict("all-at-once"), "passed");
    for (way, failed, check_name, reason) in [
        ("STOPS", vec!["all-at-once"], "all-at-once", "problem-hidden"),
        ("FORGETS", vec!["round-trips"], "round-trips", "differs"),
    ] {
        let said = check(&careless(way).path, Some(documents.path()), &[]);
        assert_eq!((said.code, said.failed()), (1, failed), "{way}: {}", said.text);
        assert_eq!(said.reasons(check_name), [reason]);
    }
    let said = check(&careless("COUNTS").path, Some(documents.path()), &[]);
    assert!(said.failed().contains(&"deterministic"), "{}", said.text);
    assert_eq!(said.reasons("deterministic"), ["unsteady"]);
}

#[test]
fn a_hostile_plugin_fails_by_the_names_of_its_misdeeds() {
    let acts = ["abort", "null", "four-gib", "open", "thread"];
    let documents: Vec<(String, String)> =
        acts.iter().map(|act| (format!("any+text/query/{act}"), format!("act:{act}"))).collect();
    let documents: Vec<(&str, &str)> =
        documents.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
    let said = check(&Built::kit().path, Some(folder(&documents).path()), &[]);
    assert_eq!(said.code, 1);
    assert_eq!(said.reasons("documents"), ["crash", "failed", "reply-too-large"]);
    // Its harmless reply is in English only and says nowhere where.
    assert_eq!(said.reasons("problems"), ["place-missing", "what-missing"]);
    assert_eq!(said.verdict("description"), "passed", "{}", said.text);
    assert_eq!(said.verdict("hostile"), "passed", "{}", said.text);
}

#[test]
fn what_a_plugin_prints_is_shown_and_ends_nothing() {
    let documents = folder(&[("any+text/query/print", "act:print")]);
    let (kit, printed) = (Built::kit(), documents.path().join(".printed"));
    let status = Command::new(programs::program("barid"))
        .args(["--json", "plugin", "check"])
        .args([kit.path.as_os_str(), documents.path().as_os_str()])
        .args(LIMITS)
        .stdout(fs::File::create(documents.path().join(".said")).unwrap())
        .stderr(fs::File::create(&printed).unwrap())
        .status()
        .expect("barid starts");
    let said = fs::read_to_string(documents.path().join(".said")).unwrap();
    assert_eq!(status.code(), Some(1), "its problems are in English only");
    assert!(!said.contains("\"crash\""), "{said}");
    let printed = fs::read_to_string(printed).unwrap();
    assert!(printed.contains("a word to nobody") && printed.contains("another"), "{printed}");
}

#[test]
fn a_plugin_that_does_not_end_is_given_up() {
    let loops: Vec<(String, String)> =
        (0..12).map(|at| (format!("any+text/query/{at}"), "act:loop".to_owned())).collect();
    let loops: Vec<(&str, &str)> =
        loops.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
    let documents = folder(&loops);
    let kit = Built::kit();
    let arguments = ["--max-input-bytes", "65536", "--deadline-ms", "300"].map(OsStr::new);
    let named = [OsStr::new("check"), kit.path.as_os_str(), documents.path().as_os_str()];
    let said = barid(named.into_iter().chain(arguments));
    assert_eq!(said.code, 1);
    assert_eq!(said.reasons("documents"), ["given-up", "too-slow"], "{}", said.text);
}

#[test]
fn what_is_no_plugin_is_told_apart_from_what_is_not_there() {
    let said = check(&Built::new("hostile/no_symbol.c", &[]).path, None, &[]);
    assert_eq!((said.code, said.failed()), (1, vec!["loads"]), "{}", said.text);
    assert_eq!(said.reasons("loads"), ["not-loaded"]);
    assert_eq!(said.verdict("hostile"), "not-applicable");
    let said = check(Path::new("/nowhere/lib.so"), None, &[]);
    assert_eq!(said.code, 2, "{}", said.text);
    let documents = folder(&[("page+text/query/a", "x")]);
    let said = check(&Built::specimen().path, Some(documents.path()), &[]);
    assert_eq!(said.code, 2, "{}", said.text);
    assert!(said.text.contains("it has specimen/line+text"), "{}", said.text);
}

#[test]
fn a_library_describes_itself_for_the_hubs_settings() {
    let built = Built::specimen();
    let said = barid([OsStr::new("describe"), built.path.as_os_str()]);
    assert_eq!((said.code, &said.value["name"]), (0, &Value::from("specimen")), "{}", said.text);
    let settings = said.value["settings"].as_str().unwrap();
    let settings: toml::Table = settings.parse().expect("TOML");
    let [table] = settings["plugins"].as_array().unwrap().as_slice() else { panic!("{settings}") };
    let manifest: barid_plugin_host::PluginManifest = table.clone().try_into().unwrap();
    manifest.check().unwrap();
    assert_eq!(manifest.sha256, built.manifest(rig::SPECIMEN).sha256);
    assert_eq!(manifest.formats, [rig::SPECIMEN]);
}

/// A signed report about the specimen, and who signed.
struct Reported {
    folder: TempDir,
    built: Built,
    key_id: String,
}

impl Reported {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let key = FileKey::generate(Algorithm::EcdsaP256).unwrap();
        let key_id = key.public_key().id().to_string();
        fs::write(folder.path().join("key.pem"), key.to_pem().unwrap().as_bytes()).unwrap();
        Self { folder, built: Built::specimen(), key_id }
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn check(&self, library: &Path) -> Said {
        let (key, out) = (self.path("key.pem"), self.path("report.json"));
        let [key, out] = [&key, &out].map(|path| path.to_str().unwrap());
        check(library, None, &["--key", key, "--out", out])
    }

    fn report(&self, more: &[&OsStr]) -> Said {
        let path = self.path("report.json");
        let named = [OsStr::new("report"), path.as_os_str()];
        barid(named.into_iter().chain(more.iter().copied()))
    }
}

#[test]
fn a_report_is_about_one_library_and_by_one_key() {
    let it = Reported::new();
    assert_eq!(it.check(&it.built.path).code, 0);
    let library = [OsStr::new("--plugin"), it.built.path.as_os_str()];
    let said = it.report(&[&library[..], &[OsStr::new("--signer"), it.key_id.as_ref()]].concat());
    assert_eq!((said.code, &said.value["valid"]), (0, &Value::from(true)), "{}", said.text);
    assert_eq!(said.value["key_id"], it.key_id);
    assert_eq!(said.value["report"]["plugin"]["name"], "specimen");

    let other = Built::kit();
    let said = it.report(&[OsStr::new("--plugin"), other.path.as_os_str()]);
    assert_eq!((said.code, &said.value["valid"]), (1, &Value::from(false)), "{}", said.text);
    let said = it.report(&[OsStr::new("--signer"), "ab".repeat(32).as_ref()]);
    assert_eq!(said.code, 1, "{}", said.text);

    let text = fs::read_to_string(it.path("report.json")).unwrap();
    let at = text.find("\"payload\"").unwrap() + 60;
    let mut changed = text.into_bytes();
    let byte = changed.get_mut(at).unwrap();
    *byte = if *byte == b'A' { b'B' } else { b'A' };
    fs::write(it.path("report.json"), changed).unwrap();
    let said = it.report(&[]);
    assert_eq!((said.code, &said.value["valid"]), (1, &Value::from(false)), "{}", said.text);
}

#[test]
fn a_plugin_that_fails_gets_no_report() {
    let it = Reported::new();
    assert_eq!(it.check(&Built::kit().path).code, 1);
    assert!(!it.path("report.json").exists());
}
