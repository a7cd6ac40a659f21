//! The certificate by which the panel states that no appeal is open.

use barid_akn::certificate;
use barid_akn::reply::{self, Decoded};
use barid_json_reading::read_object;
use barid_plugin::Problems;
use barid_plugin::v1::{
    DecodeReply, DecodeRequest, EncodeReply, FilingContent, FilingKind, filing_content::Content,
};

use crate::correspondence::MEDIA_TYPE;
use crate::docket::COURT;

pub(crate) fn decode(request: &DecodeRequest) -> DecodeReply {
    let mut problems = Problems::new();
    let read = read_object(&request.input, &mut problems, certificate::read);
    let decoded = read.map(|(mut certificate, literals)| {
        let owner = &request.institution;
        certificate.docket_numbers =
            COURT.numbers(owner, "docket_numbers", &literals, &mut problems);
        certificate::check(&certificate, &mut problems);
        Decoded {
            kind: FilingKind::ClosingCertificate,
            docket_numbers: certificate.docket_numbers.clone(),
            content: Content::ClosingCertificate(certificate),
        }
    });
    reply::decoded(request, decoded, problems)
}

pub(crate) fn encode(content: Option<&FilingContent>) -> EncodeReply {
    let Some(Content::ClosingCertificate(certificate)) =
        content.and_then(|content| content.content.as_ref())
    else {
        return reply::not_writable(crate::CERTIFICATE);
    };
    let bytes = certificate::write(certificate).into_bytes();
    reply::encoded(bytes, MEDIA_TYPE, "closing-certificate.json", Problems::new())
}
