//! How a court's plugin describes its formats.

use barid_plugin::problem::text;
use barid_proto::v1::{FilingKind, FormatDescription};

/// A format that reads and writes the same kinds of filing, with its title in Arabic and English.
#[must_use]
pub fn described(
    id: &str,
    media_type: &str,
    kinds: &[FilingKind],
    (ar, en): (&str, &str),
) -> FormatDescription {
    let kinds: Vec<i32> = kinds.iter().map(|kind| i32::from(*kind)).collect();
    FormatDescription {
        id: id.to_owned(),
        media_types: vec![media_type.to_owned()],
        decodes: kinds.clone(),
        encodes: kinds,
        title: text(&[("ar", ar), ("en", en)]),
    }
}
