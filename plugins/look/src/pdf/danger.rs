//! What a PDF would do when it is opened, and what is hidden in it: nothing is followed or run.

use std::collections::BTreeSet;

use hayro_syntax::Pdf;
use hayro_syntax::object::{Dict, MaybeRef, Name, Object};

use crate::finding::Mark;

/// Most objects that are looked at.
const OBJECTS_MAX: usize = 200_000;

/// Most dictionaries, arrays and values within all of them.
const VALUES_MAX: u32 = 4_000_000;

/// How deep dictionaries may lie within one object.
const DEPTH_MAX: u32 = 8;

/// Scripts, programs that are started, and documents within the document.
pub(super) fn marks(pdf: &Pdf) -> BTreeSet<Mark> {
    let mut found = Found { marks: BTreeSet::new(), left: VALUES_MAX };
    for object in pdf.objects().into_iter().take(OBJECTS_MAX) {
        found.look_at(&object, DEPTH_MAX);
        if found.left == 0 {
            break;
        }
    }
    found.marks
}

struct Found {
    marks: BTreeSet<Mark>,
    left: u32,
}

impl Found {
    fn look_at(&mut self, object: &Object<'_>, depth: u32) {
        self.left = self.left.saturating_sub(1);
        if depth == 0 || self.left == 0 {
            return;
        }
        match object {
            Object::Dict(dictionary) => self.look_at_dictionary(dictionary, depth),
            Object::Stream(stream) => self.look_at_dictionary(stream.dict(), depth),
            Object::Array(array) => array.raw_iter().for_each(|value| {
                // What is referred to is an object of its own, and comes by itself.
                if let MaybeRef::NotRef(value) = value {
                    self.look_at(&value, depth - 1);
                }
            }),
            _ => {}
        }
    }

    fn look_at_dictionary(&mut self, dictionary: &Dict<'_>, depth: u32) {
        let is = |key: &str, value: &str| {
            dictionary.get::<Name<'_>>(key).is_some_and(|name| name.as_str() == value)
        };
        if is("S", "JavaScript") || dictionary.contains_key("JS") {
            self.marks.insert(Mark::Scripts);
        }
        if is("S", "Launch") {
            self.marks.insert(Mark::Launch);
        }
        // Of a specification of a file: that the file lies within.
        if dictionary.contains_key("EF") || is("Type", "EmbeddedFile") {
            self.marks.insert(Mark::Embedded);
        }
        for (_, value) in dictionary.entries() {
            if let MaybeRef::NotRef(value) = value {
                self.look_at(&value, depth - 1);
            }
        }
    }
}
