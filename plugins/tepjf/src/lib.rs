//! Pilots with the Electoral Tribunal of the Federal Judiciary (TEPJF), Mexico: lists of its case
//! files, its judgments as plain text, and both as JSON.
//!
//! Everything read here becomes a pilot paper. A partner's document can be compared with, and can
//! never stand on a docket of live cases.

mod index;
mod sentencia;

use barid_mexico::{paper, reply, table};
use barid_plugin::v1::{DecodeReply, DecodeRequest, EncodeReply, EncodeRequest, PluginDescription};
use barid_plugin::{Format, Problems};

/// A list of case files as CSV.
pub const INDEX: &str = "tepjf/docket-index+csv";
/// A judgment as plain text. Read only: what a court wrote is not written again.
pub const SENTENCIA: &str = "tepjf/sentencia+text";
/// A judgment, or what is said about one, as JSON.
pub const PAPER: &str = "tepjf/paper+json";

/// The tribunal's formats.
#[derive(Debug, Clone, Copy, Default)]
pub struct Tepjf;

impl Format for Tepjf {
    fn describe(&self) -> PluginDescription {
        PluginDescription {
            name: "tepjf".to_owned(),
            version: env!("CARGO_PKG_VERSION").to_owned(),
            formats: vec![
                reply::described(
                    INDEX,
                    table::MEDIA_TYPE,
                    true,
                    [
                        "Índice de expedientes del Tribunal (piloto)",
                        "List of the tribunal's case files (pilot)",
                        "قائمة قضايا المحكمة (تجريبي)",
                    ],
                ),
                reply::described(
                    SENTENCIA,
                    sentencia::MEDIA_TYPE,
                    false,
                    [
                        "Sentencia del Tribunal en texto (piloto)",
                        "Judgment of the tribunal as text (pilot)",
                        "حكم المحكمة نصاً (تجريبي)",
                    ],
                ),
                reply::described(
                    PAPER,
                    paper::MEDIA_TYPE,
                    true,
                    [
                        "Documento del Tribunal en JSON (piloto)",
                        "Paper of the tribunal as JSON (pilot)",
                        "وثيقة المحكمة بصيغة JSON (تجريبي)",
                    ],
                ),
            ],
        }
    }

    fn decode(&self, request: &DecodeRequest) -> DecodeReply {
        let mut problems = Problems::new();
        let read = match request.format.as_str() {
            INDEX => index::read(&request.input, &mut problems),
            SENTENCIA => sentencia::read(&request.input, &mut problems),
            PAPER => paper::read(&request.input, &mut problems),
            other => return reply::unknown_format_to_read(other),
        };
        reply::decoded(request, read, problems)
    }

    fn encode(&self, request: &EncodeRequest) -> EncodeReply {
        let named = match request.format.as_str() {
            INDEX => (table::MEDIA_TYPE, "expedientes.csv"),
            PAPER => (paper::MEDIA_TYPE, "documento.json"),
            other => return reply::unknown_format_to_write(other),
        };
        reply::written(self, request, named, |written, problems| match request.format.as_str() {
            INDEX => index::write(written, problems),
            _ => paper::write(written, problems),
        })
    }
}

barid_plugin::export_format!(Tepjf);
