//! Pilots with the National Electoral Institute (INE), Mexico: what it sends and gets in disputes
//! about its acts, and returns as they are published.
//!
//! Everything read here becomes a pilot paper. A partner's document can be compared with, and can
//! never stand on a docket of live cases.

mod dispute;
mod papers;
mod results;

use barid_mexico::{paper, reply, table};
use barid_plugin::v1::{DecodeReply, DecodeRequest, EncodeReply, EncodeRequest, PluginDescription};
use barid_plugin::{Format, Problems};

/// One paper of a dispute as JSON: report, notice, certificate of publication, case file, act.
pub const DISPUTE: &str = "ine/dispute+json";
/// A list of such papers as CSV.
pub const PAPERS: &str = "ine/papers+csv";
/// Published returns as CSV.
pub const RESULTS: &str = "ine/results+csv";

/// The institute's formats.
#[derive(Debug, Clone, Copy, Default)]
pub struct Ine;

impl Format for Ine {
    fn describe(&self) -> PluginDescription {
        PluginDescription {
            name: "ine".to_owned(),
            version: env!("CARGO_PKG_VERSION").to_owned(),
            formats: vec![
                reply::described(
                    DISPUTE,
                    paper::MEDIA_TYPE,
                    true,
                    [
                        "Documento del Instituto en una impugnación (piloto)",
                        "Paper of the institute in a challenge (pilot)",
                        "وثيقة المعهد في طعن (تجريبي)",
                    ],
                ),
                reply::described(
                    PAPERS,
                    table::MEDIA_TYPE,
                    true,
                    [
                        "Relación de documentos de impugnaciones (piloto)",
                        "List of papers of challenges (pilot)",
                        "قائمة وثائق الطعون (تجريبي)",
                    ],
                ),
                reply::described(
                    RESULTS,
                    table::MEDIA_TYPE,
                    true,
                    [
                        "Cómputos publicados (piloto)",
                        "Published returns (pilot)",
                        "نتائج منشورة (تجريبي)",
                    ],
                ),
            ],
        }
    }

    fn decode(&self, request: &DecodeRequest) -> DecodeReply {
        let mut problems = Problems::new();
        let read = match request.format.as_str() {
            DISPUTE => dispute::read(&request.input, &mut problems),
            PAPERS => papers::read(&request.input, &mut problems),
            RESULTS => results::read(&request.input, &mut problems),
            other => return reply::unknown_format_to_read(other),
        };
        reply::decoded(request, read, problems)
    }

    fn encode(&self, request: &EncodeRequest) -> EncodeReply {
        let named = match request.format.as_str() {
            DISPUTE => (paper::MEDIA_TYPE, "documento.json"),
            PAPERS => (table::MEDIA_TYPE, "documentos.csv"),
            RESULTS => (table::MEDIA_TYPE, "computos.csv"),
            other => return reply::unknown_format_to_write(other),
        };
        reply::written(self, request, named, |paper, problems| match request.format.as_str() {
            DISPUTE => dispute::write(paper, problems),
            other => papers::write(paper, other, problems),
        })
    }
}

barid_plugin::export_format!(Ine);
