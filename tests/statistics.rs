//! Statistics and open data of an election at a real hub: counted as a person would, signed, checked
//! and computed again; no name in what is published, and no byte that can be changed.

#![expect(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::unwrap_used,
    clippy::panic,
    reason = "a broken rig fails"
)]

#[path = "statistics/schema.rs"]
mod schema;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use barid_client::Draft;
use barid_client::client::{Filed, From};
use barid_client::draft::HashedDocument;
use barid_client::proto::text::search_form;
use barid_client::proto::v1::filing_content::Content;
use barid_client::proto::v1::{
    ActReference, CaseReference, CaseRelation, CivilDate, Confidentiality, DataClass, DocketNumber,
    FilingContent, FilingKind, IntakeRoute, LinkCases, Officer, OfficerRole, Outcome, Referral,
    Registration, Rendering, Text,
};
use barid_tests::{HubProcess, Person, ScriptedOffice, programs};
use quick_xml::Reader;
use quick_xml::events::Event;
use serde_json::Value;

const EVENT: &str = "CoR-2025-6";
const RULES: &str = "IQ-REG10-2025/1";
const COMPLAINT: &str = "plugins/ihec/testdata/form-110.json";
const APPEAL: &str = "plugins/ihec/testdata/appeal-filed.json";
const RULING: &str = "plugins/ejp/testdata/ruling.xml";
/// What the panel publishes of its ruling: as it is, without who it is about.
const REDACTED: &str = "قررت الهيئة نقض القرار.\n\nالطاعن: [...]\n";
/// Who files: a man and two women, in no published byte.
const FILERS: [(&str, &str); 3] = [
    ("سعاد كريم حسن الجبوري", "female"),
    ("أحمد إبراهيم آل مصطفى", "male"),
    ("ئاڤان ڕەشید عەلی", "female"),
];

/// An election with a case that went the whole way, one that is pending, and one that nobody but
/// its parties may know of.
struct Election {
    hub: HubProcess,
    national: Person,
    folder: tempfile::TempDir,
    office: ScriptedOffice,
}

fn text(arabic: &str) -> Text {
    let rendering = Rendering { language: "ar".to_owned(), text: arabic.to_owned() };
    Text { renderings: vec![rendering], authoritative: "ar".to_owned() }
}

fn of_the_election(draft: Draft) -> Draft {
    draft.under("", RULES, EVENT).data_class(DataClass::Synthetic)
}

fn case_of(filed: &Filed) -> CaseReference {
    CaseReference { case_id: filed.receipt.case_id.clone(), docket_numbers: vec![] }
}

fn content(content: Content) -> FilingContent {
    FilingContent { content: Some(content) }
}

/// A complaint of one of these people.
async fn complain(office: &ScriptedOffice, who: usize, draft: Draft) -> Filed {
    let form = fs::read_to_string(programs::root().join(COMPLAINT)).unwrap();
    let mut form: Value = serde_json::from_str(&form).unwrap();
    form["complainant"]["full_name"] = FILERS[who].0.into();
    form["complainant"]["sex"] = FILERS[who].1.into();
    form["form_serial"] = format!("110/2025-{who}").into();
    form["docket_numbers"] = vec![format!("NIN-CMP-2025-{who:04}")].into();
    let document = HashedDocument::in_memory(form.to_string());
    let draft = draft.lead("ihec/form-110+json", "form.json", "application/json", document);
    office.client.submit(draft.stamp(office.stamp())).await.expect("the complaint is taken in")
}

/// Enters the newest filing of an inbox on the docket.
async fn register(office: &ScriptedOffice, position: u64, number: &str) {
    let client = &office.client;
    let mut inbox = client.receive(From::After(position - 1), false, "", &[]).unwrap();
    let served = inbox.next().await.unwrap().expect("something was served");
    client.acknowledge(&served, &[]).await.expect("it is taken in");
    let registration = Registration {
        docket_number: Some(DocketNumber {
            institution: office.address.institution.clone(),
            literal: number.to_owned(),
            normal: String::new(),
        }),
        registered_at_unix_ms: served
            .verified
            .body
            .stamp
            .map_or(1_764_000_000_000, |stamp| stamp.stamped_at_unix_ms),
        clerk: Some(Officer {
            name: "نادية سليم العاني".to_owned(),
            role: OfficerRole::Clerk.into(),
            officer_id: String::new(),
        }),
        route: IntakeRoute::Referred.into(),
    };
    client.register(&served, registration).await.expect("the registration is taken in");
}

impl Election {
    async fn held() -> Self {
        let hub = HubProcess::start();
        let folder = tempfile::tempdir().unwrap();
        let office = hub.office("ihec", "geo-nin").enrolled().await;
        let council = hub.office("ihec", "council").enrolled().await;
        let panel = hub.office("ejp", "registry").enrolled().await;

        let first = complain(&office, 0, of_the_election(office.complaint("council"))).await;
        let case = case_of(&first);
        let appeal = Draft::new(FilingKind::AppealFiled).to("ihec", "council").case(case.clone());
        let appeal = appeal.data_class(DataClass::Synthetic);
        office.file_document(appeal, "ihec/appeal+json", APPEAL).await;
        let referral = Referral {
            letter: Some(ActReference {
                institution: "ihec".to_owned(),
                number: "(خ/ 25 ر.م/ 61)".to_owned(),
                date: Some(CivilDate { year: 2025, month: 11, day: 24 }),
                minutes_number: String::new(),
            }),
            reply: Some(text("يرى المجلس أن القرار صحيح.")),
            recommendation: Outcome::Rejected.into(),
            packing_list: vec![],
        };
        let referral = Draft::new(FilingKind::Referral)
            .to("ejp", "registry")
            .case(case.clone())
            .data_class(DataClass::Synthetic)
            .content(content(Content::Referral(referral)));
        council.client.submit(referral).await.expect("the referral is taken in");
        register(&panel, 1, "3/الهيئة القضائية للانتخابات/2025").await;
        rule(&panel, &case, folder.path()).await;

        complain(&office, 1, of_the_election(office.complaint("council"))).await;
        let secret = of_the_election(office.complaint("council"));
        complain(&office, 2, secret.confidentiality(Confidentiality::Restricted)).await;
        let national = Person::of(&hub, "national", "ihec", "national");
        let enrolled = national.barid(["enrol"]);
        assert!(enrolled.status.success(), "{}", String::from_utf8_lossy(&enrolled.stderr));
        Self { hub, national, folder, office }
    }

    fn place(&self, name: &str) -> String {
        self.folder.path().join(name).display().to_string()
    }
}

/// The panel rules, and files what may be read of it by everybody.
async fn rule(panel: &ScriptedOffice, case: &CaseReference, folder: &Path) {
    let ruling = Draft::new(FilingKind::RulingIssued)
        .to("ihec", "council")
        .case(case.clone())
        .confidentiality(Confidentiality::Public)
        .data_class(DataClass::Synthetic);
    let ruling = panel.file_document(ruling, "ejp/ruling+akn", RULING).await;
    let lead = ruling.verified.body.lead.as_ref().expect("it has a text");
    let original = lead.sha256.as_slice().try_into().unwrap();
    let path = folder.join("redacted.txt");
    fs::write(&path, REDACTED).unwrap();
    let link = LinkCases {
        other: Some(DocketNumber {
            institution: "ejp".to_owned(),
            literal: "2/الهيئة القضائية للانتخابات/2025".to_owned(),
            normal: String::new(),
        }),
        relation: CaseRelation::Related.into(),
        reason: Some(text("نسخة منقحة")),
    };
    let open = Draft::new(FilingKind::LinkCases)
        .to("ihec", "council")
        .case(case.clone())
        .confidentiality(Confidentiality::Public)
        .data_class(DataClass::Synthetic)
        .content(content(Content::LinkCases(link)))
        .redacted_at(&path, original, text("أسماء الأطراف"))
        .unwrap();
    panel.client.submit(open).await.expect("the redacted version is taken in");
}

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

/// Everything below a folder, by its path.
fn everything(folder: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let mut found = BTreeMap::new();
    for one in fs::read_dir(folder).unwrap() {
        let path = one.unwrap().path();
        match path.is_dir() {
            true => found.extend(everything(&path)),
            false => drop(found.insert(path.clone(), fs::read(&path).unwrap())),
        }
    }
    found
}

/// Marked-up text that any reader takes.
fn assert_well_formed(path: &Path, bytes: &[u8]) {
    let text = std::str::from_utf8(bytes).unwrap();
    let mut reader = Reader::from_str(text);
    let mut elements = 0;
    loop {
        match reader.read_event() {
            Ok(Event::Eof) => break,
            Ok(Event::Start(tag) | Event::Empty(tag)) => {
                elements += 1;
                tag.attributes().for_each(|one| drop(one.expect("an attribute")));
                assert_ne!(tag.local_name().as_ref(), b"script", "{}", path.display());
            }
            Ok(_) => {}
            Err(error) => panic!("{}: {error}", path.display()),
        }
    }
    assert!(elements > 3, "{}", path.display());
}

/// Names of everybody in what was filed, as their papers have them.
fn names() -> Vec<String> {
    let mut names: Vec<String> = FILERS.iter().map(|(name, _)| (*name).to_owned()).collect();
    names.extend(["زينب علي حسين", "نادية سليم العاني", "القاضي أ"].map(str::to_owned));
    for path in [COMPLAINT, APPEAL] {
        let paper = fs::read_to_string(programs::root().join(path)).unwrap();
        gather(&serde_json::from_str(&paper).unwrap(), &mut names);
    }
    names.sort();
    names.dedup();
    assert!(names.len() >= 8, "{names:?}");
    names
}

fn gather(value: &Value, names: &mut Vec<String>) {
    match value {
        Value::Object(map) => {
            for (key, part) in map {
                match part.as_str().filter(|_| matches!(key.as_str(), "full_name" | "name")) {
                    Some(name) => names.push(name.to_owned()),
                    None => gather(part, names),
                }
            }
        }
        Value::Array(all) => all.iter().for_each(|part| gather(part, names)),
        _ => {}
    }
}

/// The names that stand in some bytes, however they are spelled there.
fn named_in(bytes: &[u8], names: &[String]) -> Vec<String> {
    let text = search_form(&String::from_utf8_lossy(bytes));
    names.iter().filter(|name| text.contains(&search_form(name))).cloned().collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn figures_are_counted_signed_and_computed_again() {
    let election = Election::held().await;
    let person = &election.national;
    let all = told(&person.barid(["statistics", "--event", EVENT]), 0);
    let classes = |name: &str| figure(&all, name)["classes"].clone();
    let count = |name: &str, class: &str| classes(name)[class]["count"].as_u64().unwrap_or(0);
    assert_eq!(count("filed/matters", "complaint"), 2, "one is for its parties alone: {all}");
    assert_eq!(count("filed/matters", "appeal"), 1);
    assert_eq!(count("outcome/appeal", "decision-annulled"), 1);
    assert_eq!(count("outcome/complaint", "pending"), 2);
    assert_eq!(count("body/ihec/appeal", "referred"), 1);
    assert_eq!(count("body/ejp/appeal", "decided"), 1);
    let reversed = figure(&all, "outcome/appeal")["shares"].as_array().unwrap();
    let reversed = reversed.iter().find(|one| one["share"] == "for-the-filer").unwrap();
    assert_eq!((&reversed["numerator"], &reversed["denominator"]), (&1.into(), &1.into()));
    assert_eq!(all["rule_sets"][0]["name"], RULES);
    let late = figure(&all, "in-time/complaint-window")["count"].as_u64();
    assert_eq!(late, Some(2), "each complaint was measured under the case's own rule set");

    // Down to the cases, and told apart.
    let open = ["statistics", "--event", EVENT, "--open", "outcome/appeal:decision-annulled"];
    let cases = told(&person.barid(open), 0);
    assert_eq!(cases["cases"].as_array().unwrap().len(), 1, "{cases}");
    let apart = told(&person.barid(["statistics", "--event", EVENT, "--by", "sex"]), 0);
    let women = figure(&apart, "outcome/complaint@sex=female");
    assert_eq!(women["classes"]["pending"]["count"], 1);
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
    assert_eq!(woman["shown"], "nothing", "one woman is not told: {woman}");
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

/// Every part of a folder is what it should be.
fn check_folder(folder: &Path) {
    let all = everything(folder);
    let mut charts = 0;
    for (path, bytes) in &all {
        let name = path.strip_prefix(folder).unwrap().to_str().unwrap().to_owned();
        match path.extension().and_then(|ending| ending.to_str()) {
            Some("svg") => {
                charts += 1;
                assert_well_formed(path, bytes);
                let text = String::from_utf8_lossy(bytes).into_owned();
                let rtl = name.ends_with(".ar.svg") || name.ends_with(".ckb.svg");
                assert_eq!(text.contains("direction=\"rtl\""), rtl, "{name}");
                assert!(text.contains("<title ") && text.contains("<desc "), "{name}");
            }
            Some("html") => {
                assert_well_formed(path, bytes);
                let text = String::from_utf8_lossy(bytes).into_owned();
                let rtl = name.contains(".ar.") || name.contains(".ckb.");
                assert_eq!(text.contains("dir=\"rtl\""), rtl, "{name}");
                for part in ["http-equiv=\"Content-Security-Policy\"", "<details>", "synthetic"] {
                    assert!(text.contains(part), "{name}: {part}");
                }
                assert!(!text.contains("src=") && !text.contains("href="), "{name}");
            }
            Some("csv") => assert!(bytes.starts_with("\u{feff}".as_bytes()), "{name}"),
            Some("xml") => assert_well_formed(path, bytes),
            _ => {}
        }
    }
    assert!(charts == 0 || charts >= 8, "{charts}");
}

/// No byte can be changed, nothing taken out and nothing put in.
fn check_changes(person: &Person, folder: &Path) {
    let line = ["verify", folder.to_str().unwrap(), "--without-roots"];
    for (name, bytes) in [
        ("statistics.json", Some(&b"{}"[..])),
        ("tables/all.csv", None),
        ("manifest.json", Some(b"{}")),
        ("checkpoint.txt", Some(b"x")),
        ("charts/stray.svg", Some(b"<svg/>")),
    ] {
        let path = folder.join(name);
        let before = fs::read(&path).ok();
        match bytes {
            Some(bytes) => fs::write(&path, bytes).unwrap(),
            None => fs::remove_file(&path).unwrap(),
        }
        let wrong = told(&person.barid(line), 1);
        assert_eq!(wrong["verdict"], "invalid", "{name}");
        match before {
            Some(before) => fs::write(&path, before).unwrap(),
            None => fs::remove_file(&path).unwrap(),
        }
    }
    let signed = folder.join("manifest.dsse.json");
    let text = fs::read_to_string(&signed).unwrap();
    let mut value: Value = serde_json::from_str(&text).unwrap();
    let signature = value["signatures"][0]["sig"].as_str().unwrap().to_owned();
    value["signatures"][0]["sig"] = signature.chars().rev().collect::<String>().into();
    fs::write(&signed, value.to_string()).unwrap();
    told(&person.barid(line), 1);
    fs::write(&signed, text).unwrap();
    told(&person.barid(line), 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_about_a_person_is_in_what_is_published() {
    let election = Election::held().await;
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
    let hub = HubProcess::start();
    let office = hub.office("ihec", "geo-nin").enrolled().await;
    let panel = hub.office("ejp", "registry").enrolled().await;
    let opens = office.complaint("council").to("ejp", "registry");
    let filed = complain(&office, 0, of_the_election(opens)).await;
    let ruling = |confidentiality| {
        Draft::new(FilingKind::RulingIssued)
            .to("ihec", "council")
            .case(case_of(&filed))
            .confidentiality(confidentiality)
            .data_class(DataClass::Synthetic)
    };
    let public = ruling(Confidentiality::Public);
    panel.file_document(public, "ejp/ruling+akn", RULING).await;
    let person = Person::of(&hub, "national", "ihec", "national");
    told(&person.barid(["enrol"]), 0);
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("open");
    let line = ["publish", "open-data", "--event", EVENT, "--out", out.to_str().unwrap()];
    told(&person.barid(line), 0);
    let bytes = fs::read(out.join("rulings/IQ-EJP-2025-3.json")).unwrap();
    let ruling: Value = serde_json::from_slice(&bytes).unwrap();
    assert_eq!(ruling["text"]["published"], "withheld", "{ruling}");
    for (path, bytes) in everything(&out) {
        let text = String::from_utf8_lossy(&bytes).into_owned();
        assert!(!text.contains("الطعن مقدم ضمن المدة"), "{}", path.display());
    }
}

/// Against the official schema, where it and its validator are.
fn assert_valid_akn(path: &Path) {
    let schema = programs::root().join("../shared/samples/1-akn/schema");
    if !schema.is_dir() || Command::new("xmllint").arg("--version").output().is_err() {
        println!("skipped: samples not present");
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    for name in ["akomantoso30.xsd", "xml.xsd"] {
        let text = fs::read_to_string(schema.join(name)).unwrap();
        let text = text.replace("schemaLocation=\"./xml.xsd\"", "schemaLocation=\"xml.xsd\"");
        fs::write(folder.path().join(name), text).unwrap();
    }
    let mut checking = Command::new("xmllint");
    checking.args(["--nonet", "--noout", "--schema"]).arg(folder.path().join("akomantoso30.xsd"));
    let checked = checking.arg(path).output().unwrap();
    assert!(checked.status.success(), "{}", String::from_utf8_lossy(&checked.stderr));
}
