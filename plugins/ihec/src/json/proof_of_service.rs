//! Proof that an act was served on a person. A period can begin with it, so it needs a time.

use barid_json_reading::Fields;
use barid_json_reading::Need::{Optional, Required};
use barid_json_reading::terms::{Object, read_act, write_act, write_instant};
use barid_json_reading::words::{SERVICE_MODES, word_for};
use barid_proto::v1::ProofOfService;

use super::person::{read_officer, read_person, write_officer, write_person};
use super::value::{digest, write_digest};

/// Reads a proof of service. No officer hands over what is published, so `served_by` may be absent.
pub(super) fn read(fields: &mut Fields<'_, '_>) -> ProofOfService {
    ProofOfService {
        act: fields.object("act", Required, read_act),
        served_on: fields.object("served_on", Required, read_person),
        mode: fields.choice("mode", Required, SERVICE_MODES).map_or(0, Into::into),
        served_at_unix_ms: fields.instant("served_at", Required),
        served_by: fields.object("served_by", Optional, read_officer),
        proof_sha256: digest(fields, "proof_sha256"),
    }
}

/// Writes a proof of service.
pub(super) fn write(proof: &ProofOfService) -> Object {
    Object::new()
        .field("act", proof.act.as_ref().map(write_act))
        .field("served_on", proof.served_on.as_ref().map(write_person))
        .field("mode", word_for(SERVICE_MODES, proof.mode()))
        .field("served_at", write_instant(proof.served_at_unix_ms))
        .field("served_by", proof.served_by.as_ref().map(write_officer))
        .field("proof_sha256", write_digest(&proof.proof_sha256))
}
