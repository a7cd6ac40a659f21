//! Formats for any court: a court that has no plugin of its own files its rulings as Akoma Ntoso,
//! or as it wrote them with Word, with what its register says about them; and writes its letters.
//!
//! Nothing here knows a country, a court or its way of numbering. Docket numbers are kept as
//! written.

mod metadata;
mod package;
mod said;
mod word;

use barid_akn::Setting;
use barid_akn::court::{Court, MEDIA_TYPE as AKN};
use barid_akn::describe::described;
use barid_akn::docket::Series;
use barid_akn::letters::{self, Letters};
use barid_akn::reply;
use barid_plugin::Format;
use barid_plugin::problem::text;
use barid_plugin::v1::{
    DecodeReply, DecodeRequest, EncodeReply, EncodeRequest, FilingKind, FormatDescription,
    PluginDescription,
};

/// Rulings as Akoma Ntoso judgments.
pub const RULING: &str = "court/ruling+akn";
/// A ruling written with Word, in a ZIP archive with the row of the court's register about it.
pub const WORD: &str = "court/ruling+word";
/// Questions and answers, interim orders, joined, parted and linked cases, corrections.
pub const CORRESPONDENCE: &str = "court/correspondence+json";

/// Any court. Its country is unknown: `zz`, as CLDR writes it (a code that ISO 3166-1 leaves to its
/// users).
const COURT: Court<'static> =
    Court { setting: Setting { country: "zz", court: "court" }, series: Series { names: &[] } };

const LETTERS: Letters<'static> = Letters { court: COURT, own: &[] };

/// The formats of any court.
#[derive(Debug, Clone, Copy, Default)]
pub struct AnyCourt;

impl Format for AnyCourt {
    fn describe(&self) -> PluginDescription {
        PluginDescription {
            name: "court".to_owned(),
            version: env!("CARGO_PKG_VERSION").to_owned(),
            formats: vec![
                described(
                    RULING,
                    AKN,
                    &[FilingKind::RulingIssued],
                    ("حكم بصيغة Akoma Ntoso", "Ruling as Akoma Ntoso"),
                ),
                FormatDescription {
                    id: WORD.to_owned(),
                    media_types: vec![package::MEDIA_TYPE.to_owned()],
                    decodes: vec![FilingKind::RulingIssued.into()],
                    encodes: Vec::new(),
                    title: text(&[
                        ("ar", "حكم مكتوب ببرنامج Word مع سطره من السجل"),
                        ("en", "Ruling written with Word, with its row of the register"),
                    ]),
                },
                described(
                    CORRESPONDENCE,
                    letters::MEDIA_TYPE,
                    &LETTERS.kinds(),
                    ("مراسلات المحكمة", "The court's letters"),
                ),
            ],
        }
    }

    fn decode(&self, request: &DecodeRequest) -> DecodeReply {
        match request.format.as_str() {
            RULING => COURT.decode_ruling(request),
            WORD => word::decode(request),
            CORRESPONDENCE => LETTERS.decode(request),
            other => reply::unknown_format_to_read(other),
        }
    }

    fn encode(&self, request: &EncodeRequest) -> EncodeReply {
        let content = request.content.as_ref();
        match request.format.as_str() {
            RULING => COURT.encode_ruling(RULING, content),
            CORRESPONDENCE => LETTERS.encode(CORRESPONDENCE, content),
            other => reply::not_writable(other),
        }
    }
}

barid_plugin::export_format!(AnyCourt);
