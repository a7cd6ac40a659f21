//! Statistics and open data of an election at a real hub: counted as a person would, signed,
//! checked and computed again; no name in what is published, and no byte that can be changed.

#![expect(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::unwrap_used,
    clippy::panic,
    clippy::print_stdout,
    reason = "a broken rig fails"
)]

#[path = "statistics/election.rs"]
mod election;
#[path = "statistics/folder.rs"]
mod folder;
#[path = "statistics/schema.rs"]
mod schema;

use std::fs;
use std::path::Path;
use std::process::Output;

use barid_tests::{Person, everything, programs};
use serde_json::Value;

use election::{
    APPEAL, COMPLAINT, EVENT, Election, REDACTED, RULES, RULING, complain, of_the_election,
};
use folder::{assert_valid_akn, check_changes, check_folder, named_in, names};

fn told(output: &Output, code: i32) -> Value {
    let (said, why) =
        (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    assert_eq!(output.status.code(), Some(code), "{said} {why}");
    serde_json::from_str(said.lines().last().unwrap_or_default()).unwrap_or(Value::Null)
}

fn figure<'a>(all: &'a Value, name: &str) -> &'a Value {
    let figures = all["figures"].as_array().expect("figures");
    let found = figures.iter().find(|figure| figure["name"] == name);
    let names = || figures.iter().map(|one| one["name"].to_string()).collect::<Vec<_>>();
    found.unwrap_or_else(|| panic!("{name} in {:?}", names()))
}

#[tokio::test(flavor = "multi_thread")]
async fn figures_are_counted_signed_and_computed_again() {
    let election = Election::held(true).await;
    let person = &election.national;
    let all = told(&person.barid(["statistics", "--event", EVENT]), 0);
    let classes = |name: &str| figure(&all, name)["classes"].clone();
    let count = |name: &str, class: &str| classes(name)[class]["count"].as_u64().unwrap_or(0);
    // Its main office may read what is restricted.
    assert_eq!(count("filed/matters", "complaint"), 3);
    assert_eq!(count("filed/matters", "appeal"), 1);
    assert_eq!(count("outcome/appeal", "decision-annulled"), 1);
    assert_eq!(count("outcome/complaint", "pending"), 3);
    assert_eq!(figure(&all, "waits/complaint")["times"]["measured"], 3);
    assert_eq!(count("body/ihec/appeal", "referred"), 1);
    assert_eq!(count("body/ejp/appeal", "decided"), 1);
    let reversed = figure(&all, "outcome/appeal")["shares"].as_array().unwrap();
    let reversed = reversed.iter().find(|one| one["share"] == "for-the-filer").unwrap();
    assert_eq!((&reversed["numerator"], &reversed["denominator"]), (&1.into(), &1.into()));
    assert_eq!(all["rule_sets"][0]["name"], RULES);
    let late = figure(&all, "in-time/complaint-window")["count"].as_u64();
    assert_eq!(late, Some(3), "each complaint was measured under the case's own rule set");

    // Down to the cases, and told apart.
    let open = ["statistics", "--event", EVENT, "--open", "outcome/appeal:decision-annulled"];
    let cases = told(&person.barid(open), 0);
    assert_eq!(cases["cases"].as_array().unwrap().len(), 1, "{cases}");
    let apart = told(&person.barid(["statistics", "--event", EVENT, "--by", "sex"]), 0);
    let women = figure(&apart, "outcome/complaint@sex=female");
    assert_eq!(women["classes"]["pending"]["count"], 2);
    let unknown = person.told("ar", ["statistics", "--event", EVENT, "--open", "nothing"]);
    let why = String::from_utf8_lossy(&unknown.stderr).into_owned();
    assert!(unknown.status.code() == Some(2) && why.contains("لا يوجد رقم"), "{why}");
    for (language, word) in [("ar", "قيد النظر"), ("ckb", "چاوەڕوان"), ("es", "pendiente")]
    {
        let shown = person.told(language, ["statistics", "--event", EVENT]);
        let shown = String::from_utf8_lossy(&shown.stdout).into_owned();
        assert!(shown.contains(word), "{language}: {shown}");
    }

    let out = election.place("figures");
    let written = told(&person.barid(["statistics", "--event", EVENT, "--out", &out]), 0);
    assert!(written["files"].as_u64().unwrap() > 20, "{written}");
    check_folder(Path::new(&out));
    let statistics = fs::read(Path::new(&out).join("statistics.json")).unwrap();
    let published: Value = serde_json::from_slice(&statistics).unwrap();
    let schema = fs::read(Path::new(&out).join("schema/statistics.schema.json")).unwrap();
    let schema = serde_json::from_slice(&schema).unwrap();
    assert_eq!(schema::faults(&schema, &published), Vec::<String>::new());
    let woman = figure(&published, "outcome/complaint@sex=female");
    assert_eq!(woman["shown"], "nothing", "two women are not told: {woman}");
    assert!(figure(&published, "outcome/complaint")["shown"] == "all");

    // What is filed later changes nothing about it.
    complain(&election.office, 1, of_the_election(election.office.complaint("council"))).await;
    let again = ["statistics", "verify", &out, "--recompute"];
    let same = told(&person.barid(again), 0);
    assert_eq!((&same["verdict"], &same["computed_again"]), (&"valid".into(), &true.into()));
    assert!(same["lines"].to_string().contains("ihec/national"), "{same}");
    told(&person.barid(["verify", &out]), 2);
    told(&person.barid(["verify", &out, "--without-roots"]), 0);
    check_changes(person, Path::new(&out));

    // Another institution has its own view, and cannot compute this one.
    let panel = Person::of(&election.hub, "panel", "ejp", "registry");
    let theirs = told(&panel.barid(["statistics", "--event", EVENT]), 0);
    assert_eq!(figure(&theirs, "filed/matters")["classes"]["complaint"]["count"], 1, "{theirs}");
    told(&panel.barid(again), 2);
    told(&person.barid(["statistics", "--event", EVENT, "--out", &out]), 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_about_a_person_is_in_what_is_published() {
    let election = Election::held(true).await;
    let person = &election.national;
    let out = election.place("open");
    let written = told(&person.barid(["publish", "open-data", "--event", EVENT, "--out", &out]), 0);
    assert_eq!(written["cases"], 2, "{written}");
    let folder = Path::new(&out);
    check_folder(folder);
    let all = everything(folder);
    let names = names();
    // The check would see them: they stand in what was filed.
    for (paper, least) in [(COMPLAINT, 3), (APPEAL, 1), (RULING, 1)] {
        let bytes = fs::read(programs::root().join(paper)).unwrap();
        assert!(named_in(&bytes, &names).len() >= least, "{paper}");
    }
    for (path, bytes) in &all {
        let found = named_in(bytes, &names);
        assert!(found.is_empty(), "{}: {found:?}", path.display());
        // A number that somebody was reached by, a digest of an original.
        for part in ["0000 000 0000", "AG-215-00981", "PoA 3312"] {
            let text = String::from_utf8_lossy(bytes);
            assert!(!text.contains(part), "{}: {part}", path.display());
        }
    }
    let json = |name: &str| -> Value {
        serde_json::from_slice(&fs::read(folder.join(name)).unwrap()).unwrap()
    };
    for (name, schema) in
        [("cases.json", "cases.schema.json"), ("rulings/IQ-EJP-2025-3.json", "ruling.schema.json")]
    {
        let schema = json(&format!("schema/{schema}"));
        assert_eq!(schema::faults(&schema, &json(name)), Vec::<String>::new(), "{name}");
    }
    let cases = json("cases.json");
    let matters = cases["matters"].as_array().unwrap();
    assert_eq!(
        matters.len(),
        3,
        "two complaints and an appeal; the restricted one is not: {cases}"
    );
    let appeal = matters.iter().find(|one| one["level"] == "appeal").unwrap();
    assert_eq!(appeal["outcome"], "decision-annulled");
    assert_eq!(appeal["office"], "ihec/geo-nin");
    assert!(appeal["steps"].as_array().unwrap().iter().any(|one| one["kind"] == "referral"));
    let ruling = json("rulings/IQ-EJP-2025-3.json");
    assert_eq!(ruling["citation"], "IQ:EJP:2025:3");
    assert_eq!(ruling["text"]["published"], "redacted");
    let published = fs::read_to_string(folder.join(ruling["text"]["path"].as_str().unwrap()));
    assert_eq!(published.unwrap(), REDACTED);
    let akn = fs::read_to_string(folder.join("rulings/IQ-EJP-2025-3.akn.xml")).unwrap();
    assert!(
        akn.contains("<p>قررت الهيئة نقض القرار.</p>") && akn.contains("IQ:EJP:2025:3"),
        "{akn}"
    );
    assert_valid_akn(&folder.join("rulings/IQ-EJP-2025-3.akn.xml"));
    let same = told(&person.barid(["statistics", "verify", &out, "--recompute"]), 0);
    assert_eq!(same["computed_again"], true, "{same}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_ruling_without_a_redacted_version_is_published_without_its_text() {
    let election = Election::held(false).await;
    let out = election.folder.path().join("open");
    let line = ["publish", "open-data", "--event", EVENT, "--out", out.to_str().unwrap()];
    told(&election.national.barid(line), 0);
    let bytes = fs::read(out.join("rulings/IQ-EJP-2025-3.json")).unwrap();
    let ruling: Value = serde_json::from_slice(&bytes).unwrap();
    assert_eq!(ruling["text"]["published"], "withheld", "{ruling}");
    for (path, bytes) in everything(&out) {
        let text = String::from_utf8_lossy(&bytes).into_owned();
        assert!(!text.contains("الطعن مقدم ضمن المدة"), "{}", path.display());
    }
}
