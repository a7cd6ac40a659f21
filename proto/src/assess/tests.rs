//! Acts that are the same, and acts that only look alike.

use super::*;
use crate::v1::{ActReference, CivilDate};

fn act(number: &str, day: Option<i32>) -> ActReference {
    ActReference {
        institution: "alpha".to_owned(),
        number: number.to_owned(),
        date: day.map(|day| CivilDate { year: 2025, month: 11, day }),
        ..ActReference::default()
    }
}

#[test]
fn an_act_is_known_by_its_number_and_by_nothing_that_differs() {
    assert!(same_act(&act("214", Some(16)), &act("214", Some(16))));
    assert!(same_act(&act("214", Some(16)), &act("٢١٤", None)), "digits of two kinds");
    assert!(!same_act(&act("214", Some(16)), &act("214", Some(17))));
    assert!(!same_act(&act("214", None), &act("215", None)));
    let other = ActReference { institution: "beta".to_owned(), ..act("214", None) };
    assert!(!same_act(&act("214", None), &other));
    assert!(!same_number("", ""), "nothing is not the same as nothing");
}
