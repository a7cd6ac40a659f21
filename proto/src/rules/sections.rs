//! The sections of formal rules as a text has them, and how one lies over another.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::overlay::Unplaced;
use super::written::{Field, WrittenLength};

/// A section all of whose fields may be missing: then those of the section below count.
macro_rules! section {
    ($name:ident { $($field:ident: $kind:ty),+ $(,)? }) => {
        #[derive(Debug, Clone, Default, Deserialize)]
        #[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
        pub(super) struct $name {
            $(pub(super) $field: Option<Field<$kind>>,)+
        }

        impl $name {
            /// Puts this section on the same one of the text below.
            pub(super) fn over(self, known: &mut Self) {
                $(if self.$field.is_some() {
                    known.$field = self.$field;
                })+
            }
        }

        impl Unplaced for $name {
            fn unplaced(self) -> Self {
                Self { $($field: self.$field.unplaced(),)+ }
            }
        }
    };
}

section! { WrittenSitting {
    part: String,
    body: String,
    of: Vec<String>,
    seats: WrittenLength,
    base: String,
    recused: String,
    majority_of: String,
    casting: String,
    acting: String,
    except: Vec<String>,
    matters: Vec<String>,
    threshold: u32,
    out_of: u32,
    requires: Vec<String>,
    professions: BTreeMap<String, u32>,
} }

section! { WrittenPublication {
    channel: String,
    ways: Vec<WrittenWay>,
} }

/// What one channel needs. Overlays replace all of them.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub(super) struct WrittenWay {
    pub(super) channel: String,
    pub(super) days: u32,
    pub(super) outlets: u32,
    pub(super) each: Option<String>,
    pub(super) languages: Vec<String>,
}

section! { WrittenDelegation {
    mode: String,
} }

section! { WrittenStanding {
    of: Vec<String>,
    who: String,
    capacities: BTreeMap<String, Vec<String>>,
} }

section! { WrittenFinality {
    of: Vec<String>,
    rulings: String,
    delegated: String,
    heard_by: Vec<String>,
} }

section! { WrittenRuling {
    from: Vec<String>,
    seats: WrittenLength,
    needed: WrittenLength,
    says_final: bool,
} }

section! { WrittenRatification {
    parts: Vec<String>,
    ratifier: BTreeMap<String, String>,
} }
