//! Names of kinds of filing, as rule sets, permission tables and command lines write them.

use crate::v1::FilingKind;

const PREFIX: &str = "FILING_KIND_";

/// `FILING_KIND_RULING_ISSUED` → `ruling-issued`.
#[must_use]
pub fn filing_kind_name(kind: FilingKind) -> String {
    kind.as_str_name().trim_start_matches(PREFIX).to_lowercase().replace('_', "-")
}

/// `ruling-issued` → `FILING_KIND_RULING_ISSUED`. `None`: no kind has this name.
#[must_use]
pub fn filing_kind_of_name(name: &str) -> Option<FilingKind> {
    let written = format!("{PREFIX}{}", name.to_uppercase().replace('-', "_"));
    let kind = FilingKind::from_str_name(&written)?;
    (kind != FilingKind::Unspecified && filing_kind_name(kind) == name).then_some(kind)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_lead_back_to_their_kinds_and_nothing_else_does() {
        for number in 1..=64 {
            let Ok(kind) = FilingKind::try_from(number) else { continue };
            assert_eq!(filing_kind_of_name(&filing_kind_name(kind)), Some(kind));
        }
        for name in ["", "unspecified", "RULING-ISSUED", "ruling_issued", "no-such-kind"] {
            assert_eq!(filing_kind_of_name(name), None, "{name}");
        }
    }
}
