//! The Electoral Judicial Panel (الهيئة القضائية للانتخابات): its rulings as Akoma Ntoso, the
//! register it publishes, its certificates and its letters to the Council.
//!
//! The panel sits in the Federal Court of Cassation and rules on appeals against decisions of the
//! Council of Commissioners (Law 31 of 2019, articles 19 and 20).

mod certificate;
mod correspondence;
pub mod docket;
mod register;
pub mod title;

use barid_akn::describe::described;
use barid_akn::reply;
use barid_plugin::Format;
use barid_plugin::v1::{
    DecodeReply, DecodeRequest, EncodeReply, EncodeRequest, FilingKind, PluginDescription,
};

/// Rulings as Akoma Ntoso judgments.
pub const RULING: &str = "ejp/ruling+akn";
/// The published register as CSV.
pub const REGISTER: &str = "ejp/register+csv";
/// The certificate that no appeal is open.
pub const CERTIFICATE: &str = "ejp/closing-certificate+json";
/// Questions and answers, returns, interim orders, joined, parted and linked cases, corrections.
pub const CORRESPONDENCE: &str = "ejp/correspondence+json";

/// The panel's formats.
#[derive(Debug, Clone, Copy, Default)]
pub struct Ejp;

impl Format for Ejp {
    fn describe(&self) -> PluginDescription {
        PluginDescription {
            name: "ejp".to_owned(),
            version: env!("CARGO_PKG_VERSION").to_owned(),
            formats: vec![
                described(
                    RULING,
                    barid_akn::court::MEDIA_TYPE,
                    &[FilingKind::RulingIssued],
                    ("قرار الهيئة بصيغة Akoma Ntoso", "Ruling of the panel as Akoma Ntoso"),
                ),
                described(
                    REGISTER,
                    register::MEDIA_TYPE,
                    &[FilingKind::RegisterStatement],
                    ("سجل قرارات الهيئة المنشور", "The panel's published register"),
                ),
                described(
                    CERTIFICATE,
                    correspondence::MEDIA_TYPE,
                    &[FilingKind::ClosingCertificate],
                    ("شهادة حسم الطعون", "Certificate that no appeal is open"),
                ),
                described(
                    CORRESPONDENCE,
                    correspondence::MEDIA_TYPE,
                    &correspondence::LETTERS.kinds(),
                    ("مراسلات الهيئة", "The panel's letters"),
                ),
            ],
        }
    }

    fn decode(&self, request: &DecodeRequest) -> DecodeReply {
        match request.format.as_str() {
            RULING => docket::COURT.decode_ruling(request),
            REGISTER => register::decode(request),
            CERTIFICATE => certificate::decode(request),
            CORRESPONDENCE => correspondence::LETTERS.decode(request),
            other => reply::unknown_format_to_read(other),
        }
    }

    fn encode(&self, request: &EncodeRequest) -> EncodeReply {
        let content = request.content.as_ref();
        match request.format.as_str() {
            RULING => docket::COURT.encode_ruling(RULING, content),
            REGISTER => register::encode(content),
            CERTIFICATE => certificate::encode(content),
            CORRESPONDENCE => correspondence::LETTERS.encode(CORRESPONDENCE, content),
            other => reply::not_writable(other),
        }
    }
}

barid_plugin::export_format!(Ejp);
