//! The library under test: loaded twice, as two hubs would, asked, and listened to.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use barid_plugin_host::worker::{Confinement, Program};
use barid_plugin_host::{CallFailure, LoadFailure, Plugin, PluginManifest, library_digest};
use barid_proto::v1::{
    DecodeReply, DecodeRequest, EncodeReply, EncodeRequest, FilingContent, FilingKind,
    FormatDescription, PluginDescription, Problem,
};

use super::{Limits, Plan};

/// Languages that every plugin speaks, best first.
pub(super) const LANGUAGES: [&str; 2] = ["ar", "en"];

/// Most codes of problems of which a request is kept. Real plugins have a few dozen.
const CODES_MAX: usize = 1_000;

/// Largest input that is kept for its problems, in bytes: there are many of them.
const KEPT_INPUT_MAX: usize = 1024 * 1024;

/// A library as it lies on the disk, and what it says of itself.
pub(crate) struct Library {
    /// As a hub would be told of it, with all its formats.
    pub(crate) manifest: PluginManifest,
    /// What it says of itself.
    pub(crate) description: PluginDescription,
    program: Program,
}

impl Library {
    /// Reads and describes it.
    ///
    /// # Errors
    /// It cannot be read, or does not load.
    pub(crate) fn open(path: &Path, limits: &Limits) -> Result<Self, LoadFailure> {
        let manifest = PluginManifest {
            path: path.to_owned(),
            sha256: library_digest(path)?,
            formats: Vec::new(),
            max_input_bytes: limits.max_input_bytes,
            max_output_bytes: limits.max_output_bytes,
            deadline_ms: limits.deadline_ms,
            max_memory_bytes: limits.max_memory_bytes,
            in_process: false,
        };
        // What it prints is for its authors, and they are who is here.
        let program = Program { show_errors: true, ..Program::own() };
        let description = Plugin::describe(&manifest, &program)?;
        let formats = description.formats.iter().map(|format| format.id.clone()).collect();
        Ok(Self { manifest: PluginManifest { formats, ..manifest }, description, program })
    }
}

/// The first request that gave a problem of some code.
#[derive(Debug, Clone)]
pub(super) struct Witness {
    pub(super) paper: String,
    pub(super) request: DecodeRequest,
    pub(super) problem: Problem,
}

/// A library that loads.
pub(crate) struct Subject {
    /// As a hub would be told of it.
    pub(crate) manifest: PluginManifest,
    /// What it says of itself.
    pub(crate) description: PluginDescription,
    plugins: [Plugin; 2],
    witnesses: Mutex<BTreeMap<(String, String), Witness>>,
    answered: AtomicUsize,
}

impl Subject {
    /// Loads it twice.
    pub(crate) fn load(library: Library) -> Result<Self, LoadFailure> {
        let Library { manifest, description, program } = library;
        let load = || Plugin::load(&manifest, &program);
        let plugins = [load()?, load()?];
        let answered = AtomicUsize::new(0);
        Ok(Self { manifest, description, plugins, witnesses: Mutex::default(), answered })
    }

    /// What keeps its workers in on this machine.
    pub(crate) fn confinement(&self) -> Confinement {
        let [first, _] = &self.plugins;
        first.confinement().unwrap_or_default()
    }

    /// Describes itself once more, in a worker of its own.
    pub(super) fn describe_again(&self) -> Result<PluginDescription, LoadFailure> {
        let program = Program { show_errors: true, ..Program::own() };
        Plugin::describe(&self.manifest, &program)
    }

    /// Every format with each kind of filing that it reads and that the plan asks for.
    pub(super) fn readable<'s>(
        &'s self,
        plan: &'s Plan,
    ) -> impl Iterator<Item = (&'s FormatDescription, FilingKind)> {
        let wanted = |kind: &FilingKind| plan.kinds.is_empty() || plan.kinds.contains(kind);
        self.description
            .formats
            .iter()
            .flat_map(move |format| format.decodes().filter(wanted).map(move |kind| (format, kind)))
    }

    /// The format of this identifier.
    pub(super) fn format(&self, id: &str) -> Option<&FormatDescription> {
        self.description.formats.iter().find(|format| format.id == id)
    }

    /// A request to read.
    pub(super) fn request(&self, format: &str, kind: FilingKind, input: &[u8]) -> DecodeRequest {
        DecodeRequest {
            format: format.to_owned(),
            input: input.to_vec(),
            kind: kind.into(),
            institution: self.description.name.clone(),
            languages: LANGUAGES.map(str::to_owned).to_vec(),
        }
    }

    /// Has a document read by the first of both.
    pub(super) fn read(
        &self,
        paper: &str,
        request: &DecodeRequest,
    ) -> Result<DecodeReply, CallFailure> {
        let [first, _] = &self.plugins;
        let reply = first.decode(request, self.deadline())?;
        self.answered.fetch_add(1, Ordering::Relaxed);
        self.remember(paper, request, &reply);
        Ok(reply)
    }

    /// Has a document read by the other.
    pub(super) fn read_elsewhere(
        &self,
        request: &DecodeRequest,
    ) -> Result<DecodeReply, CallFailure> {
        let [_, second] = &self.plugins;
        second.decode(request, self.deadline())
    }

    /// Has content written, by the first or the second of both.
    pub(super) fn write(
        &self,
        format: &FormatDescription,
        content: &FilingContent,
        elsewhere: bool,
    ) -> Result<EncodeReply, CallFailure> {
        let [first, second] = &self.plugins;
        let request = EncodeRequest {
            format: format.id.clone(),
            content: Some(content.clone()),
            institution: self.description.name.clone(),
            languages: LANGUAGES.map(str::to_owned).to_vec(),
        };
        let plugin = if elsewhere { second } else { first };
        plugin.encode(format, &request, self.deadline())
    }

    /// How many requests to read were answered by the rules.
    pub(super) fn answered(&self) -> usize {
        self.answered.load(Ordering::Relaxed)
    }

    /// For each format and code of problem the first request that gave it.
    pub(super) fn witnesses(&self) -> Vec<((String, String), Witness)> {
        let witnesses = self.witnesses.lock().unwrap_or_else(PoisonError::into_inner);
        witnesses.iter().map(|(key, one)| (key.clone(), one.clone())).collect()
    }

    /// When a call that begins now has to be over. As in a hub, starting a worker counts.
    fn deadline(&self) -> Instant {
        Instant::now() + Duration::from_millis(self.manifest.deadline_ms)
    }

    fn remember(&self, paper: &str, request: &DecodeRequest, reply: &DecodeReply) {
        if request.input.len() > KEPT_INPUT_MAX {
            return;
        }
        let mut witnesses = self.witnesses.lock().unwrap_or_else(PoisonError::into_inner);
        for problem in &reply.problems {
            let key = (request.format.clone(), problem.code.clone());
            if witnesses.len() < CODES_MAX && !witnesses.contains_key(&key) {
                let (paper, request) = (paper.to_owned(), request.clone());
                witnesses.insert(key, Witness { paper, request, problem: problem.clone() });
            }
        }
    }
}
