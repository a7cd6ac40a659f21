//! Courses.

use crate::rules::{BUILT_IN, Catalogue};

#[test]
fn zz() {
    let _ = BUILT_IN;
    match Catalogue::built_in() {
        Ok(known) => {
            for set in known.all() {
                for procedure in &set.procedures {
                    for language in ["en", "ar"] {
                        let path = format!("/tmp/pic-{}-{}-{language}.svg", set.id, procedure.key);
                        std::fs::write(path, super::picture(set, procedure, language)).unwrap();
                    }
                }
            }
        }
        Err(problems) => panic!("{problems}"),
    }
}
