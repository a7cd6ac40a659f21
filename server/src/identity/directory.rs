//! The institutions on the network and their offices.
//!
//! The directory is a data file that the network's steward maintains. The hub knows no institution
//! by name: it reads here which ones exist, of which kind they are, which of their offices receives
//! what is addressed to none in particular, and which classes of data they may touch.

use std::collections::BTreeMap;

use barid_proto::v1;
use serde::Deserialize;

use crate::identity::policy::{data_class_from_name, filing_kind_from_name};
use crate::model::id::{InstitutionId, OfficeAddress, OfficeId};
use crate::model::wire;

/// Most institutions in one directory. A network of courts is small; a larger number is a mistake.
pub const INSTITUTIONS_MAX: usize = 256;

/// Most offices of one institution.
pub const OFFICES_MAX: usize = 1024;

/// The directory, indexed.
#[derive(Debug, Clone)]
pub struct Directory {
    institutions: BTreeMap<InstitutionId, Member>,
}

/// An institution in the directory.
#[derive(Debug, Clone)]
pub struct Member {
    /// Its kind in the permission table.
    pub kind: String,
    /// The office that receives what is addressed to the institution.
    pub main_office: OfficeId,
    /// Classes of data it may touch.
    pub data_classes: Vec<v1::DataClass>,
    /// As it is shown to others.
    shown: v1::Institution,
}

/// Everything that is wrong with a directory, one line each.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("the directory is not usable:\n{}", .0.join("\n"))]
pub struct DirectoryError(pub Vec<String>);

impl Directory {
    /// Reads a directory from the text of its file.
    ///
    /// # Errors
    /// All problems of the text at once.
    pub fn parse(text: &str) -> Result<Self, DirectoryError> {
        let written: WrittenDirectory =
            toml::from_str(text).map_err(|error| DirectoryError(vec![error.to_string()]))?;
        let mut problems = Vec::new();
        let mut institutions = BTreeMap::new();
        if written.institution.is_empty() || written.institution.len() > INSTITUTIONS_MAX {
            problems.push(format!("1 to {INSTITUTIONS_MAX} institutions are allowed"));
        }
        for institution in &written.institution {
            if let Some((id, member)) = institution.read(&mut problems)
                && institutions.insert(id, member).is_some()
            {
                problems.push(format!("institution {:?} is given twice", institution.id));
            }
        }
        if problems.is_empty() { Ok(Self { institutions }) } else { Err(DirectoryError(problems)) }
    }

    /// The institution, if it is on the network.
    #[must_use]
    pub fn member(&self, institution: &InstitutionId) -> Option<&Member> {
        self.institutions.get(institution)
    }

    /// The office meant by an address on the wire: the one named, or the institution's main
    /// office. `None`: there is no such institution or office.
    #[must_use]
    pub fn resolve(&self, address: &v1::Address) -> Option<OfficeAddress> {
        let institution = InstitutionId::new(&address.institution)?;
        let member = self.institutions.get(&institution)?;
        let office = if address.office.is_empty() {
            member.main_office.clone()
        } else {
            OfficeId::new(&address.office)?
        };
        member.has_office(&office).then_some(OfficeAddress { institution, office })
    }

    /// Whether the office exists.
    #[must_use]
    pub fn knows(&self, address: &OfficeAddress) -> bool {
        self.member(&address.institution).is_some_and(|member| member.has_office(&address.office))
    }

    /// Whether the office is its institution's main office.
    #[must_use]
    pub fn is_main(&self, address: &OfficeAddress) -> bool {
        self.member(&address.institution).is_some_and(|member| member.main_office == address.office)
    }

    /// The directory as others see it, by identifier.
    #[must_use]
    pub fn shown(&self) -> Vec<v1::Institution> {
        self.institutions.values().map(|member| member.shown.clone()).collect()
    }

    /// Kinds of institution that occur, for checking them against the permission table.
    pub fn kinds(&self) -> impl Iterator<Item = (&InstitutionId, &str)> {
        self.institutions.iter().map(|(id, member)| (id, member.kind.as_str()))
    }
}

impl Member {
    fn has_office(&self, office: &OfficeId) -> bool {
        self.shown.offices.iter().any(|known| known.office == office.as_str())
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenDirectory {
    institution: Vec<WrittenInstitution>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenInstitution {
    id: String,
    kind: String,
    name: BTreeMap<String, String>,
    data_classes: Vec<String>,
    office: Vec<WrittenOffice>,
    #[serde(default)]
    format: Vec<WrittenFormat>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenOffice {
    id: String,
    name: BTreeMap<String, String>,
    time_zone: String,
    #[serde(default)]
    main: bool,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenFormat {
    kind: String,
    format: String,
}

impl WrittenInstitution {
    fn read(&self, problems: &mut Vec<String>) -> Option<(InstitutionId, Member)> {
        let before = problems.len();
        let id = InstitutionId::new(&self.id);
        if id.is_none() {
            problems
                .push(format!("institution {:?}: the identifier is 1 to 32 of a-z 0-9 -", self.id));
        }
        let main_office = self.main_office(problems);
        let data_classes = self.read_data_classes(problems);
        let formats = self.read_formats(problems);
        if problems.len() > before {
            return None;
        }
        let shown = v1::Institution {
            institution: self.id.clone(),
            kind: self.kind.clone(),
            name: Some(wire::text(&self.name)),
            offices: self.office.iter().map(WrittenOffice::shown).collect(),
            data_classes: data_classes.iter().map(|class| i32::from(*class)).collect(),
            formats,
        };
        let member =
            Member { kind: self.kind.clone(), main_office: main_office?, data_classes, shown };
        Some((id?, member))
    }

    fn main_office(&self, problems: &mut Vec<String>) -> Option<OfficeId> {
        if self.office.is_empty() || self.office.len() > OFFICES_MAX {
            problems.push(format!("institution {:?}: 1 to {OFFICES_MAX} offices", self.id));
        }
        let mut seen = std::collections::BTreeSet::new();
        for office in &self.office {
            if OfficeId::new(&office.id).is_none() {
                problems.push(format!(
                    "institution {:?}: office {:?}: the identifier is 1 to 32 of a-z 0-9 -",
                    self.id, office.id
                ));
            }
            if !seen.insert(&office.id) {
                problems.push(format!(
                    "institution {:?}: office {:?} is given twice",
                    self.id, office.id
                ));
            }
        }
        let mut main = self.office.iter().filter(|office| office.main);
        match (main.next(), main.next()) {
            (Some(office), None) => OfficeId::new(&office.id),
            _ => {
                problems.push(format!("institution {:?}: exactly one office is main", self.id));
                None
            }
        }
    }

    fn read_data_classes(&self, problems: &mut Vec<String>) -> Vec<v1::DataClass> {
        let mut read = Vec::new();
        for name in &self.data_classes {
            match data_class_from_name(name) {
                Some(class) => read.push(class),
                None => problems
                    .push(format!("institution {:?}: no such class of data: {name:?}", self.id)),
            }
        }
        read
    }

    fn read_formats(&self, problems: &mut Vec<String>) -> Vec<v1::PreferredFormat> {
        let mut read = Vec::new();
        for written in &self.format {
            match filing_kind_from_name(&written.kind) {
                Some(kind) => read.push(v1::PreferredFormat {
                    kind: kind.into(),
                    format: written.format.clone(),
                }),
                None => problems.push(format!(
                    "institution {:?}: no such kind of filing: {:?}",
                    self.id, written.kind
                )),
            }
        }
        read
    }
}

impl WrittenOffice {
    fn shown(&self) -> v1::Office {
        v1::Office {
            office: self.id.clone(),
            name: Some(wire::text(&self.name)),
            time_zone: self.time_zone.clone(),
            main: self.main,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SMALL: &str = r#"
        [[institution]]
        id = "alpha"
        kind = "commission"
        name = { en = "Alpha" }
        data_classes = ["live"]
        [[institution.office]]
        id = "head"
        main = true
        time_zone = "Asia/Baghdad"
        name = { en = "Head office" }
        [[institution.office]]
        id = "south"
        time_zone = "Asia/Baghdad"
        name = { en = "South" }
    "#;

    fn address(institution: &str, office: &str) -> v1::Address {
        v1::Address { institution: institution.into(), office: office.into() }
    }

    #[test]
    fn an_address_without_office_means_the_main_one() {
        let directory = Directory::parse(SMALL).unwrap();
        let found = directory.resolve(&address("alpha", "")).unwrap();
        assert_eq!(found.to_string(), "alpha/head");
        assert!(directory.is_main(&found));
        assert!(!directory.is_main(&directory.resolve(&address("alpha", "south")).unwrap()));
    }

    #[test]
    fn strangers_are_not_resolved() {
        let directory = Directory::parse(SMALL).unwrap();
        for (institution, office) in [("beta", ""), ("alpha", "north"), ("", ""), ("ALPHA", "")] {
            assert!(directory.resolve(&address(institution, office)).is_none());
        }
    }

    #[test]
    fn all_problems_come_at_once() {
        let text = SMALL
            .replace("main = true", "main = false")
            .replace("[\"live\"]", "[\"alive\"]")
            .replace("id = \"south\"", "id = \"head\"");
        let DirectoryError(problems) = Directory::parse(&text).unwrap_err();
        assert_eq!(problems.len(), 3, "{problems:#?}");
    }

    #[test]
    fn unknown_keys_are_refused() {
        let text = SMALL.replace("kind =", "colour = \"red\"\nkind =");
        assert!(Directory::parse(&text).is_err());
    }
}
