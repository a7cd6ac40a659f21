//! Proof that a decision was published, and how an act was carried out.

use barid_json_reading::Fields;
use barid_json_reading::Need::{Optional, Required};
use barid_json_reading::terms::{self, Object, read_act, read_address, write_act, write_address};
use barid_json_reading::words::word_for;
use barid_proto::v1::{
    FigureChange, ImplementationReport, ImplementationTask, PublicationCertificate,
    PublicationProof,
};
use serde_json::Value;

use super::value::{digest, list, write_digest};
use super::words::CHANNELS;

/// Reads a certificate of publication.
pub(super) fn read_certificate(fields: &mut Fields<'_, '_>) -> PublicationCertificate {
    PublicationCertificate {
        decision: fields.object("decision", Required, read_act),
        proofs: fields.objects("proofs", Required, read_proof),
        first_day: fields.date("first_day", Required),
        last_day: fields.date("last_day", Required),
    }
}

fn read_proof(fields: &mut Fields<'_, '_>) -> PublicationProof {
    PublicationProof {
        day: fields.date("day", Required),
        channel: fields.choice("channel", Required, CHANNELS).map_or(0, Into::into),
        outlet: fields.string("outlet", Required),
        issue: fields.identifier("issue", Optional),
        page: fields.identifier("page", Optional),
        language: fields.string("language", Required),
        sha256: digest(fields, "sha256"),
    }
}

/// Writes a certificate of publication.
pub(super) fn write_certificate(certificate: &PublicationCertificate) -> Object {
    Object::new()
        .field("decision", certificate.decision.as_ref().map(write_act))
        .field("proofs", list(&certificate.proofs, write_proof))
        .field("first_day", certificate.first_day.as_ref().map(terms::write_day))
        .field("last_day", certificate.last_day.as_ref().map(terms::write_day))
}

fn write_proof(proof: &PublicationProof) -> Value {
    Object::new()
        .field("day", proof.day.as_ref().map(terms::write_day))
        .field("channel", word_for(CHANNELS, proof.channel()))
        .field("outlet", proof.outlet.as_str())
        .field("issue", proof.issue.as_str())
        .field("page", proof.page.as_str())
        .field("language", proof.language.as_str())
        .field("sha256", write_digest(&proof.sha256))
        .into()
}

/// Reads a report of implementation.
pub(super) fn read_report(fields: &mut Fields<'_, '_>) -> ImplementationReport {
    ImplementationReport {
        act: fields.object("act", Required, read_act),
        tasks: fields.objects("tasks", Optional, read_task),
        changes: fields.objects("changes", Optional, read_change),
    }
}

fn read_task(fields: &mut Fields<'_, '_>) -> ImplementationTask {
    ImplementationTask {
        clause: fields.integer("clause", Required),
        done_by: fields.object("done_by", Optional, read_address),
        done_on: fields.date("done_on", Optional),
        report: fields.text("report", Optional),
    }
}

fn read_change(fields: &mut Fields<'_, '_>) -> FigureChange {
    FigureChange {
        subject: fields.string("subject", Required),
        before: fields.integer("before", Required),
        after: fields.integer("after", Required),
    }
}

/// Writes a report of implementation.
pub(super) fn write_report(report: &ImplementationReport) -> Object {
    Object::new()
        .field("act", report.act.as_ref().map(write_act))
        .field("tasks", list(&report.tasks, write_task))
        .field("changes", list(&report.changes, write_change))
}

fn write_task(task: &ImplementationTask) -> Value {
    Object::new()
        .field("clause", task.clause)
        .field("done_by", task.done_by.as_ref().map(write_address))
        .field("done_on", task.done_on.as_ref().map(terms::write_day))
        .field("report", task.report.as_ref().map(terms::write_text))
        .into()
}

fn write_change(change: &FigureChange) -> Value {
    Object::new()
        .field("subject", change.subject.as_str())
        .field("before", change.before)
        .field("after", change.after)
        .into()
}
