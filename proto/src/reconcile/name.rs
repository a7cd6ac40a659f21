//! Names of appellants, compared part by part: forms ask for four parts, and clerks write three,
//! or five.

use crate::text::search_form;

/// Fewest parts of a name by which persons can be told apart.
const PARTS_MIN: usize = 2;

/// Fewest parts of a name of which one may be missing or different.
const NEAR_PARTS_MIN: usize = 3;

/// A name in its search form, taken apart.
pub(super) struct Name {
    form: String,
    /// Ascending.
    parts: Vec<String>,
}

impl Name {
    pub(super) fn of(written: &str) -> Self {
        let form = search_form(written);
        let mut parts: Vec<String> = form.split(' ').map(str::to_owned).collect();
        parts.retain(|part| !part.is_empty());
        parts.sort_unstable();
        Self { form, parts }
    }

    /// Whether both are given and the same.
    pub(super) fn equals(&self, other: &Self) -> bool {
        !self.form.is_empty() && self.form == other.form
    }

    /// Whether all but one part of the longer name agree.
    pub(super) fn is_near(&self, other: &Self) -> bool {
        let (shorter, longer) =
            (self.parts.len().min(other.parts.len()), self.parts.len().max(other.parts.len()));
        shorter + 1 >= NEAR_PARTS_MIN
            && longer >= NEAR_PARTS_MIN
            && self.in_common(other) + 1 >= longer
    }

    /// Whether both are given in enough parts to be two persons, and have none in common.
    pub(super) fn clashes_with(&self, other: &Self) -> bool {
        self.parts.len() >= PARTS_MIN
            && other.parts.len() >= PARTS_MIN
            && self.in_common(other) == 0
    }

    /// How many parts both have.
    fn in_common(&self, other: &Self) -> usize {
        let mut theirs = other.parts.iter().peekable();
        let mut count = 0;
        for part in &self.parts {
            while theirs.next_if(|their| *their < part).is_some() {}
            count += usize::from(theirs.next_if_eq(&part).is_some());
        }
        count
    }

    /// The form that equal names share. `None`: no name is given.
    pub(super) fn form(&self) -> Option<&str> {
        (!self.form.is_empty()).then_some(self.form.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_compared_by_their_parts() {
        let name = Name::of("أحمد إبراهيم علي العبادي");
        assert!(name.equals(&Name::of("احمد ابراهيم  علي العبادي")));
        for near in
            ["احمد ابراهيم العبادي", "احمد ابراهيم علي الجبوري", "علي احمد ابراهيم العبادي حسن"]
        {
            assert!(name.is_near(&Name::of(near)), "{near}");
        }
        assert!(!name.is_near(&Name::of("احمد حسن علي الجبوري")));
        assert!(!Name::of("احمد علي").is_near(&Name::of("احمد")));
        assert!(name.clashes_with(&Name::of("زينب حسن")));
        assert!(!name.clashes_with(&Name::of("زينب علي حسن")));
        assert!(!name.clashes_with(&Name::of("")) && !Name::of("").equals(&Name::of("")));
    }
}
