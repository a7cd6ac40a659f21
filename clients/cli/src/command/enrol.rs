//! `barid enrol`: brings the signing key into use at the hub.

use barid_proto::v1::KeyPurpose;

use super::Desk;
use crate::exit::Failure;
use crate::wording::Msg;

/// Files a key event that the key itself signs: proof that this office holds it. The hub takes an
/// office's first key so; a later one needs the counter-signature of a key in use.
pub(super) async fn run(desk: &Desk) -> Result<(), Failure> {
    let outcome = desk.client()?.enrol_key(KeyPurpose::Seal).await;
    desk.show_outcome(outcome, &desk.screen.say(Msg::KeyEnrolled, &[]))
}
