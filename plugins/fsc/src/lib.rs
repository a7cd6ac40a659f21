//! The Federal Supreme Court (المحكمة الاتحادية العليا): the dossier with the request to ratify
//! results, the decision on it, suits and rulings in them, and its letters.
//!
//! The court ratifies the results of elections to the Council of Representatives (Constitution,
//! article 93(7)); its decisions are final and bind all powers (article 94).

mod appeals;
mod correspondence;
pub mod docket;
mod ratification;
mod request;
mod suits;
mod winners;

use barid_akn::court::MEDIA_TYPE as AKN;
use barid_akn::describe::described;
use barid_akn::reply;
use barid_plugin::Format;
use barid_plugin::v1::{
    DecodeReply, DecodeRequest, EncodeReply, EncodeRequest, FilingKind, PluginDescription,
};

/// The dossier: the request to ratify, with the winners and how the appeals stand.
pub const REQUEST: &str = "fsc/ratification-request+json";
/// The register of suits.
pub const SUITS: &str = "fsc/suits+json";
/// The decision on ratification.
pub const RATIFICATION: &str = "fsc/ratification+akn";
/// Rulings in suits.
pub const RULING: &str = "fsc/ruling+akn";
/// Questions and answers, interim orders, notices of ratification, joined, parted and linked cases,
/// corrections.
pub const CORRESPONDENCE: &str = "fsc/correspondence+json";

/// The court's formats.
#[derive(Debug, Clone, Copy, Default)]
pub struct Fsc;

impl Format for Fsc {
    fn describe(&self) -> PluginDescription {
        PluginDescription {
            name: "fsc".to_owned(),
            version: env!("CARGO_PKG_VERSION").to_owned(),
            formats: vec![
                described(
                    REQUEST,
                    request::MEDIA_TYPE,
                    &[FilingKind::RatificationRequest],
                    ("إضبارة المصادقة على النتائج", "Dossier: request to ratify results"),
                ),
                described(
                    SUITS,
                    request::MEDIA_TYPE,
                    &[FilingKind::RegisterStatement],
                    ("سجل دعاوى المحكمة", "The court's register of suits"),
                ),
                described(
                    RATIFICATION,
                    AKN,
                    &[FilingKind::RatificationDecision],
                    ("قرار المصادقة بصيغة Akoma Ntoso", "Ratification decision as Akoma Ntoso"),
                ),
                described(
                    RULING,
                    AKN,
                    &[FilingKind::RulingIssued],
                    ("حكم المحكمة بصيغة Akoma Ntoso", "Ruling of the court as Akoma Ntoso"),
                ),
                described(
                    CORRESPONDENCE,
                    request::MEDIA_TYPE,
                    &correspondence::LETTERS.kinds(),
                    ("مراسلات المحكمة", "The court's letters"),
                ),
            ],
        }
    }

    fn decode(&self, request: &DecodeRequest) -> DecodeReply {
        match request.format.as_str() {
            REQUEST => request::decode(request),
            SUITS => suits::decode(request),
            RATIFICATION => ratification::decode(request),
            RULING => docket::COURT.decode_ruling(request),
            CORRESPONDENCE => correspondence::LETTERS.decode(request),
            other => reply::unknown_format_to_read(other),
        }
    }

    fn encode(&self, request: &EncodeRequest) -> EncodeReply {
        let content = request.content.as_ref();
        match request.format.as_str() {
            REQUEST => request::encode(content),
            SUITS => suits::encode(content),
            RATIFICATION => ratification::encode(content),
            RULING => docket::COURT.encode_ruling(RULING, content),
            CORRESPONDENCE => correspondence::LETTERS.encode(CORRESPONDENCE, content),
            other => reply::not_writable(other),
        }
    }
}

barid_plugin::export_format!(Fsc);
