//! Libraries built from C, and requests to them: the specimen, and plugins that break a promise.

#![allow(
    dead_code,
    clippy::allow_attributes,
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "each test program uses its own part"
)]

use std::path::{Path, PathBuf};
use std::process::Command;

use barid_plugin::problem::text;
use barid_plugin_host::PluginManifest;
use barid_proto::v1::filing_content::Content;
use barid_proto::v1::{
    DecodeReply, DecodeRequest, FilingContent, FilingKind, FormatDescription, PluginDescription,
    Problem, ProblemSeverity, Query,
};
use prost::Message;
use sha2::{Digest, Sha256};
use tempfile::TempDir;

pub(crate) const SPECIMEN: &str = "specimen/line+text";
pub(crate) const HOSTILE: &str = "hostile/any+text";

/// A library built from C, in a folder that goes with it.
pub(crate) struct Built {
    _folder: TempDir,
    pub(crate) path: PathBuf,
}

impl Built {
    /// Compiles one of the sources in `plugins/api/tests` with some macros.
    pub(crate) fn new(source: &str, knobs: &[(&str, String)]) -> Self {
        let api = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
        let api = [api.join("api"), api.join("plugins/api")];
        let api = api.iter().find(|path| path.join("include").exists()).unwrap();
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

    pub(crate) fn specimen() -> Self {
        Self::new("specimen.c", &[])
    }

    /// The plugin that breaks one promise, with a harmless description and reply, and these knobs
    /// turned.
    pub(crate) fn hostile(knobs: &[(&str, &str)]) -> Self {
        let mut all = harmless();
        for (name, value) in knobs {
            all.retain(|(earlier, _)| earlier != name);
            all.push((name, (*value).to_owned()));
        }
        Self::new("hostile/plugin.c", &all)
    }

    /// The plugin that does what its document tells it to.
    pub(crate) fn kit() -> Self {
        Self::new("hostile/kit.c", &harmless())
    }

    pub(crate) fn manifest(&self, format: &str) -> PluginManifest {
        PluginManifest {
            path: self.path.clone(),
            sha256: Sha256::digest(std::fs::read(&self.path).unwrap()).into(),
            formats: vec![format.to_owned()],
            max_input_bytes: 64 * 1024,
            max_output_bytes: 64 * 1024,
            deadline_ms: 20_000,
            max_memory_bytes: 128 * 1024 * 1024,
            in_process: false,
        }
    }
}

fn harmless() -> Vec<(&'static str, String)> {
    vec![
        ("DESCRIPTION", numbers(&hostile_description().encode_to_vec())),
        ("REPLY", numbers(&harmless_reply().encode_to_vec())),
    ]
}

/// Bytes as a list that C understands.
pub(crate) fn numbers(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte},")).collect()
}

pub(crate) fn hostile_description() -> PluginDescription {
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

pub(crate) fn harmless_reply() -> DecodeReply {
    let problem = Problem {
        severity: ProblemSeverity::Error.into(),
        code: "nothing-read".to_owned(),
        what: text(&[("en", "never reads anything")]),
        ..Problem::default()
    };
    DecodeReply { problems: vec![problem], ..DecodeReply::default() }
}

pub(crate) fn request(format: &str, input: &[u8]) -> DecodeRequest {
    DecodeRequest {
        format: format.to_owned(),
        input: input.to_vec(),
        kind: FilingKind::Query.into(),
        institution: "specimen".to_owned(),
        languages: vec!["en".to_owned()],
    }
}

pub(crate) fn query(number: &str, question: &str) -> FilingContent {
    let question = text(&[("en", question)]);
    let query = Query { number: number.to_owned(), question, ..Query::default() };
    FilingContent { content: Some(Content::Query(query)) }
}
