//! Differences between registers filed, seen by both sides, and settled.

use barid_tests::{HubProcess, Person};
use serde_json::{Value, json};

use super::event::{EVENT, LOST, election, own};
use super::told;

/// The leaf of the open difference about this case.
fn leaf_of(list: &Value, number: &str) -> String {
    let all = list["exceptions"].as_array().unwrap().iter();
    let about = |one: &&Value| one["ours"]["literal"] == number && one["settled_in"].is_null();
    all.clone().find(about).unwrap_or_else(|| panic!("{list}"))["leaf"].to_string()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_difference_is_filed_once_seen_by_both_and_settled_by_who_has_to() {
    let hub = HubProcess::start();
    let _panel = election(&hub).await;
    let national = Person::of(&hub, "national", "ihec", "national");
    let registry = Person::of(&hub, "registry", "ejp", "registry");
    told(&national.barid(["enrol"]), 0);
    told(&registry.barid(["enrol"]), 0);
    let list = ["exception", "list", "--event", EVENT];
    let empty = told(&national.barid(list), 0);
    assert_eq!((&empty["open"], &empty["filed"]), (&json!(0), &json!(0)));

    let file = ["reconcile", "--event", EVENT, "--file", "--due", "2025-12-10"];
    told(&national.barid(file), 1);
    let open = told(&registry.barid(list), 1);
    assert_eq!((&open["open"], &open["filed"]), (&json!(4), &json!(4)), "{open}");
    assert_eq!(open["exceptions"][0]["due_on"], "2025-12-10");
    // Filed is filed, whoever compares again.
    for person in [&national, &registry] {
        told(&person.barid(file), 1);
    }
    assert_eq!(told(&national.barid(list), 1)["filed"], json!(4));

    // Who referred it has to find it; the panel cannot say that it is found.
    let leaf = leaf_of(&open, &own(LOST));
    let settle = ["exception", "settle", &leaf, "--event", EVENT, "--how", "وجدت في بريد آخر"];
    let why = registry.refused("en", &settle);
    assert!(why.contains("another institution has to settle it"), "{why}");
    told(&national.barid(settle), 0);
    let open = told(&registry.barid(list), 1);
    assert_eq!(open["open"], json!(3), "{open}");
    let all = told(&registry.barid([&list[..], &["--all"]].concat()), 1);
    assert_eq!(all["exceptions"].as_array().unwrap().len(), 4);
    let shown = national.told("ar", list);
    let shown = String::from_utf8_lossy(&shown.stdout).into_owned();
    assert!(shown.contains("الفروق المفتوحة") && !shown.contains(&own(LOST)), "{shown}");
    let nowhere = ["exception", "settle", "0", "--event", EVENT, "--how", "x"];
    assert!(national.refused("en", &nowhere).contains("no exception"));
}
