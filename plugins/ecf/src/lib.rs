//! OASIS LegalXML Electronic Court Filing: what court systems send each other about filings.
//!
//! Filings come in as ECF 4.0 and 4.01 messages (XML) or as ECF 5.0 messages (JSON) and become
//! papers of a pilot, read as far as they say ([`barid_proto::v1::CourtFiling`]); a court's answer
//! to a filing comes in and goes out as a callback; receipts and docketing notices go out. Which
//! message becomes what, and why: `docs/decisions/0017-ecf-mapping.md`.
//!
//! Standards: Electronic Court Filing Version 4.01 (OASIS Standard, 2013) on NIEM 2.0; Electronic
//! Court Filing Version 5.0 on NIEM 4.0, in the JSON form of NIEM.

mod answer;
mod embedded;
mod filing;
mod json;
mod messages;
mod missing;
mod paper;
mod receive;
mod said;
mod when;
mod write;
mod xml;

use barid_akn::describe::described;
use barid_akn::reply;
use barid_plugin::Format;
use barid_plugin::problem::text;
use barid_plugin::v1::{
    DecodeReply, DecodeRequest, EncodeReply, EncodeRequest, FilingKind, FormatDescription,
    PluginDescription,
};

/// Filings of ECF 4.0 and 4.01.
pub const FILING: &str = "ecf/filing+xml";
/// Filings of ECF 5.0.
pub const FILING_JSON: &str = "ecf/filing+json";
/// A court's review of a filing: taken in, or refused.
pub const CALLBACK: &str = "ecf/callback+xml";
/// The end of docketing: entered on the docket, or not.
pub const DOCKETING: &str = "ecf/docketing+xml";
/// That a message has arrived.
pub const RECEIPT: &str = "ecf/receipt+xml";

/// Media type of the messages in XML.
pub const XML: &str = "application/xml";
/// Media type of the messages in JSON.
pub const JSON: &str = "application/json";

/// What a court answers to a filing.
const ANSWERS: &[FilingKind] = &[FilingKind::Registration, FilingKind::RefusalToRegister];

/// The formats.
#[derive(Debug, Clone, Copy, Default)]
pub struct Ecf;

impl Format for Ecf {
    fn describe(&self) -> PluginDescription {
        let one_way = |id: &str, media_type: &str, ar: &str, en: &str| FormatDescription {
            id: id.to_owned(),
            media_types: vec![media_type.to_owned()],
            title: text(&[("ar", ar), ("en", en)]),
            ..FormatDescription::default()
        };
        let filing = "إيداع إلكتروني لدى محكمة";
        let paper = vec![FilingKind::PilotPaper.into()];
        PluginDescription {
            name: "ecf".to_owned(),
            version: env!("CARGO_PKG_VERSION").to_owned(),
            formats: vec![
                FormatDescription {
                    decodes: paper.clone(),
                    ..one_way(FILING, XML, filing, "Court filing, ECF 4.0 and 4.01")
                },
                FormatDescription {
                    decodes: paper,
                    ..one_way(FILING_JSON, JSON, filing, "Court filing, ECF 5.0 as JSON")
                },
                described(
                    CALLBACK,
                    XML,
                    ANSWERS,
                    ("رد المحكمة على إيداع", "A court's review of a filing, ECF 4.01"),
                ),
                described(
                    DOCKETING,
                    XML,
                    ANSWERS,
                    ("إشعار القيد في السجل", "Docketing notice, ECF 4.01"),
                ),
                FormatDescription {
                    encodes: vec![FilingKind::Acknowledgement.into()],
                    ..one_way(RECEIPT, XML, "إشعار استلام رسالة", "Message receipt, ECF 4.01")
                },
            ],
        }
    }

    fn decode(&self, request: &DecodeRequest) -> DecodeReply {
        match request.format.as_str() {
            FILING => paper::decode(request, xml::read),
            FILING_JSON => paper::decode(request, json::read),
            CALLBACK => answer::decode(request, messages::Reads::Review),
            DOCKETING => answer::decode(request, messages::Reads::Docketing),
            other => reply::unknown_format_to_read(other),
        }
    }

    fn encode(&self, request: &EncodeRequest) -> EncodeReply {
        write::encode(request)
    }
}

barid_plugin::export_format!(Ecf);
