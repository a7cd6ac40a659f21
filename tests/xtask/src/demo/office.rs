//! An office: a profile folder. Each act of it is a `barid` process of its own.

use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output};

use anyhow::{Context as _, bail};
use serde_json::Value;

use super::authority::{Authority, CA, HUB_NAME};
use super::filing::Filing;
use super::hub::Hub;

/// The exit code of `barid` when a filing was signed but the hub could not be reached.
pub(crate) const UNREACHABLE: i32 = 3;

/// An office.
#[derive(Clone)]
pub(crate) struct Office {
    /// As `barid` writes it: `ihec/geo-bas`.
    pub(crate) name: &'static str,
    program: PathBuf,
    folder: PathBuf,
}

/// A filing that is in the log.
#[derive(Clone)]
pub(crate) struct Filed {
    /// Its position in the log.
    pub(crate) leaf: u64,
    /// Its case; empty when it belongs to none.
    pub(crate) case: String,
    /// Digest of its envelope.
    pub(crate) digest: String,
    /// Whether the hub had it before; then this is the first receipt.
    pub(crate) repeated: bool,
    /// All that `barid` told.
    pub(crate) told: Value,
}

/// How a process of an office ended.
pub(crate) struct Ended {
    /// Its exit code.
    pub(crate) code: i32,
    /// The JSON values it wrote.
    pub(crate) values: Vec<Value>,
    /// What it wrote for people.
    pub(crate) said: String,
}

/// A process of an office that goes on until it is stopped. Ends with this value.
pub(crate) struct Watcher(Child);

impl Office {
    /// A new office: certificate, profile, signing key, and the key in use at the hub.
    pub(crate) fn open(
        name: &'static str,
        clerk: &str,
        program: &Path,
        offices: &Path,
        (authority, certificates): (&Authority, &Path),
        hub: &Hub,
    ) -> anyhow::Result<Self> {
        let (institution, place) = name.split_once('/').context("an office has two names")?;
        let short = format!("{institution}-{place}");
        authority.certify_office(institution, place, &short)?;
        let folder = offices.join(&short);
        fs::create_dir_all(&folder)?;
        let office = Self { name, program: program.to_owned(), folder };
        let path = |name: String| certificates.join(name).display().to_string();
        let zone = if institution == "tepjf" { "America/Mexico_City" } else { "Asia/Baghdad" };
        let (ca, pem, key) =
            (path(CA.to_owned()), path(format!("{short}.pem")), path(format!("{short}.key")));
        office.done(&[
            "init",
            "--hub",
            hub.address(),
            "--server-name",
            HUB_NAME,
            "--office",
            name,
            "--ca",
            &ca,
            "--certificate",
            &pem,
            "--key",
            &key,
            "--trust",
            &hub.trust().display().to_string(),
            "--officer",
            clerk,
            "--role",
            "clerk",
            "--time-zone",
            zone,
        ])?;
        office.done(&["key", "new"])?;
        office.done(&["enrol"])?;
        Ok(office)
    }

    /// A path in its folder.
    pub(crate) fn path(&self, relative: &str) -> PathBuf {
        self.folder.join(relative)
    }

    /// Runs `barid` for scripts, to its end.
    pub(crate) fn run(&self, arguments: &[&str]) -> anyhow::Result<Ended> {
        let Output { status, stdout, stderr } =
            self.barid().arg("--json").args(arguments).output().context("starting barid")?;
        let stdout = String::from_utf8(stdout)?;
        let values: Result<_, _> = stdout.lines().map(serde_json::from_str).collect();
        let values = values.with_context(|| format!("reading what barid answered: {stdout}"))?;
        let said = String::from_utf8_lossy(&stderr).into_owned();
        Ok(Ended { code: status.code().unwrap_or(-1), values, said })
    }

    /// Runs `barid` for scripts; it must succeed. The first value it wrote.
    pub(crate) fn done(&self, arguments: &[&str]) -> anyhow::Result<Value> {
        let ended = self.run(arguments)?;
        if ended.code != 0 {
            let command = arguments.first().copied().unwrap_or_default();
            bail!("`barid {command}` failed at {}: {}", self.name, ended.why());
        }
        Ok(ended.values.into_iter().next().unwrap_or_default())
    }

    /// Runs `barid` for people: its exit code and all it wrote.
    pub(crate) fn shown(&self, lang: &str, arguments: &[&str]) -> anyhow::Result<(i32, String)> {
        let ended = self.barid().args(["--lang", lang]).args(arguments).output()?;
        let mut text = String::from_utf8_lossy(&ended.stdout).into_owned();
        text += &String::from_utf8_lossy(&ended.stderr);
        Ok((ended.status.code().unwrap_or(-1), text))
    }

    /// Files; it must be taken in.
    pub(crate) fn submit(&self, filing: &Filing) -> anyhow::Result<Filed> {
        Filed::read(self.done(&filing.arguments())?)
    }

    /// Where a filing stands in its inbox.
    pub(crate) fn position(&self, filed: &Filed) -> anyhow::Result<String> {
        let inbox = self.inbox()?;
        let found = inbox.iter().find(|one| digest(one) == Some(filed.digest.as_str()));
        let found = found.and_then(|one| one.get("cursor")?.as_u64());
        let found = found
            .with_context(|| format!("leaf {} was not served on {}", filed.leaf, self.name))?;
        Ok(found.to_string())
    }

    /// All that was served on it, each filing verified.
    pub(crate) fn inbox(&self) -> anyhow::Result<Vec<Value>> {
        let mut listed = self.done(&["inbox", "list"])?;
        match listed.get_mut("inbox").map(Value::take) {
            Some(Value::Array(inbox)) => Ok(inbox),
            _ => bail!("{}: `barid inbox list` told no list", self.name),
        }
    }

    /// Opens its inbox for good: everything served is verified and saved as it comes.
    pub(crate) fn watch(&self) -> anyhow::Result<Watcher> {
        let log = File::create(self.path("inbox.log"))?;
        let mut command = self.barid();
        command.args(["--json", "inbox", "receive", "--follow"]);
        Ok(Watcher(command.stdout(log.try_clone()?).stderr(log).spawn()?))
    }

    fn barid(&self) -> Command {
        let mut command = Command::new(&self.program);
        command.current_dir(&self.folder).arg("--profile").arg(self.folder.join("profile"));
        command
    }
}

impl Filed {
    /// What `barid submit` and its like told.
    pub(crate) fn read(told: Value) -> anyhow::Result<Self> {
        let text =
            |value: Option<&Value>| value.and_then(Value::as_str).unwrap_or_default().to_owned();
        let filing = told.get("filed").context("barid told of no filing")?;
        let leaf = filing.get("leaf_index").and_then(Value::as_u64);
        Ok(Self {
            leaf: leaf.context("barid told of no leaf")?,
            case: text(told.get("case_id")),
            digest: text(filing.get("envelope_digest")),
            repeated: told.get("repeated").and_then(Value::as_bool).unwrap_or_default(),
            told,
        })
    }
}

impl Ended {
    /// Why it failed: what `barid` told, with every problem of a document.
    pub(crate) fn why(&self) -> String {
        let Some(told) = self.values.iter().find_map(|value| value.get("error")) else {
            return format!("exit code {} {}", self.code, self.said.trim());
        };
        let mut why = told.get("what").and_then(Value::as_str).unwrap_or_default().to_owned();
        let problems = told.get("details").and_then(|details| details.get("problems")?.as_array());
        for problem in problems.into_iter().flatten() {
            why += &format!("\n  {problem}");
        }
        why
    }
}

/// The arguments that check a document: it is read as if it were filed, and nothing is recorded.
pub(crate) fn check<'a>(path: &'a str, format: &'a str, kind: &'a str) -> [&'a str; 6] {
    ["check", path, "--format", format, "--kind", kind]
}

/// The envelope's digest of a value that tells of a filing.
pub(crate) fn digest(value: &Value) -> Option<&str> {
    value.get("filing")?.get("envelope_digest")?.as_str()
}

impl Drop for Watcher {
    fn drop(&mut self) {
        let _already_ended = self.0.kill();
        let _already_ended = self.0.wait();
    }
}
