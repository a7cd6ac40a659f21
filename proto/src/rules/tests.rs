//! What rule sets may say, and what is told of those that are wrong.

use super::*;

#[test]
fn the_rule_sets_that_come_with_barid_are_without_problems() {
    let mut catalogue = Catalogue::default();
    for (name, text) in BUILT_IN {
        match catalogue.add(text) {
            Ok(set) => assert_eq!(set.name(), name),
            Err(problems) => panic!("{name}: {problems}"),
        }
    }
}
