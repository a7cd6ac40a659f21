//! What a hub says about the documents of a filing: what each is by its bytes, beside what its
//! sender says, on the record and never as a gate; and what a hostile one costs.

#![expect(clippy::expect_used, clippy::unwrap_used, reason = "each step must succeed for the next")]

use std::io::{Cursor, Write as _};
use std::path::{Path, PathBuf};
use std::process::Output;
use std::time::{Duration, Instant};

use barid_client::client::Filed;
use barid_client::draft::HashedDocument;
use barid_client::proto::v1::{Assessment, AssessmentFinding, FilingKind};
use barid_client::{Draft, hex};
use barid_tests::{HubProcess, Person, ScriptedOffice, programs};
use tempfile::TempDir;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

const FORM: &str = "ihec/form-110+json";
const COMPLAINT: &str = "plugins/ihec/testdata/form-110.json";
const APPEAL: &str = "plugins/ihec/testdata/appeal-filed.json";
const TEXT: &str = "BT /F1 12 Tf 72 700 Td (hello) Tj ET";

/// A PDF of one page with this content; with what else its trailer has.
fn pdf(content: &str, trailer: &str) -> Vec<u8> {
    let objects = [
        "<< /Type /Catalog /Pages 2 0 R >>".to_owned(),
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>".to_owned(),
        "<< /Type /Page /Parent 2 0 R /Contents 4 0 R >>".to_owned(),
        format!("<< /Length {} >>\nstream\n{content}\nendstream", content.len()),
    ];
    let (mut bytes, mut table) = ("%PDF-1.7\n".to_owned(), String::new());
    for (at, object) in objects.iter().enumerate() {
        table.push_str(&format!("{:010} 00000 n \n", bytes.len()));
        bytes.push_str(&format!("{} 0 obj\n{object}\nendobj\n", at + 1));
    }
    let begins = bytes.len();
    bytes.push_str(&format!("xref\n0 5\n0000000000 65535 f \n{table}"));
    bytes.push_str(&format!("trailer\n<< /Size 5 /Root 1 0 R {trailer} >>\n"));
    bytes.push_str(&format!("startxref\n{begins}\n%%EOF\n"));
    bytes.into_bytes()
}

fn archive(name: &str, part: &[u8], times: usize) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    writer.start_file(name, SimpleFileOptions::default()).unwrap();
    (0..times).for_each(|_| writer.write_all(part).unwrap());
    writer.finish().unwrap().into_inner()
}

/// A PDF of nothing but beginnings, each of which the parser follows to the end: minutes.
fn stall(name: u8) -> Vec<u8> {
    let mut bytes = b"%PDF-1.7\n".to_vec();
    bytes.extend(b"<< /Type ".repeat(500_000));
    bytes.push(name);
    bytes
}

/// Documents on this machine.
struct Papers(TempDir);

impl Papers {
    fn new() -> Self {
        Self(TempDir::new().unwrap())
    }

    fn write(&self, name: &str, bytes: &[u8]) -> PathBuf {
        let path = self.0.path().join(name);
        std::fs::write(&path, bytes).unwrap();
        path
    }
}

fn with(draft: Draft, paths: &[PathBuf]) -> Draft {
    paths.iter().fold(draft, |draft, path| draft.exhibit_at(path).unwrap())
}

async fn filed(office: &ScriptedOffice, draft: Draft) -> Filed {
    let document = HashedDocument::at(&programs::root().join(COMPLAINT)).unwrap();
    let draft = draft.lead(FORM, "form", "application/json", document);
    office.client.submit(draft.stamp(office.stamp())).await.expect("the filing is taken in")
}

fn input<'a>(one: &'a Assessment, name: &str) -> &'a str {
    let found = one.inputs.iter().find(|input| input.name == name);
    found.map_or("", |input| input.value.as_str())
}

/// Of each document: its number, what it is, what it came to, and the marks.
fn told(assessments: &[Assessment]) -> Vec<(String, String, AssessmentFinding, Vec<String>)> {
    let documents = assessments.iter().filter(|one| one.subject == "document");
    let one = |one: &Assessment| {
        let marks = one.inputs.iter().filter(|input| input.name == "mark");
        let marks = marks.map(|input| input.value.clone()).collect();
        (input(one, "document").to_owned(), input(one, "found").to_owned(), one.finding(), marks)
    };
    documents.map(one).collect()
}

fn said(output: &Output) -> String {
    let wrong = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{}: {wrong}", output.status);
    words(&output.stdout)
}

/// What was shown, on one line however narrow the screen was.
fn words(shown: &[u8]) -> String {
    let shown = String::from_utf8_lossy(shown);
    shown.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[tokio::test(flavor = "multi_thread")]
async fn a_filing_says_what_its_exhibits_are_and_the_record_keeps_it() {
    let hub = HubProcess::start();
    let office = hub.office("ihec", "geo-nin").enrolled().await;
    let _council = hub.office("ihec", "council").enrolled().await;
    let papers = Papers::new();
    let keys = "00".repeat(32);
    let locked = format!(
        "/Encrypt << /Filter /Standard /V 1 /R 2 /O <{keys}> /U <{keys}> /P -4 >> /ID [<00> <00>]"
    );
    let whole = pdf(TEXT, "");
    let cut = whole.get(..whole.len() - 40).unwrap();
    let exhibits = [
        papers.write("good.pdf", &whole),
        papers.write("zipped.pdf", &archive("a.txt", b"text", 1)),
        papers.write("locked.pdf", &pdf(TEXT, &locked)),
        papers.write("cut.pdf", cut),
        papers.write("bomb.zip", &archive("zeros", &[0; 1024 * 1024], 300)),
        papers.write("notes.txt", "ملاحظات الموظف، في سطر\n".as_bytes()),
    ];
    let filed = filed(&office, with(office.complaint("council"), &exhibits)).await;

    let (pdf, zip) = ("application/pdf", "application/zip");
    let (good, bad) = (AssessmentFinding::InOrder, AssessmentFinding::OutOfOrder);
    let expected = [
        ("lead", "application/json", good, vec![]),
        ("E1", pdf, good, vec![]),
        ("E2", zip, bad, vec![]),
        ("E3", pdf, bad, vec!["password-needed"]),
        ("E4", pdf, bad, vec!["truncated"]),
        ("E5", zip, bad, vec!["bomb"]),
        ("E6", "text/plain", good, vec![]),
    ];
    let found = told(&filed.assessments);
    let found: Vec<_> = found
        .iter()
        .map(|(number, media, finding, marks)| {
            let marks: Vec<&str> = marks.iter().map(String::as_str).collect();
            (number.as_str(), media.as_str(), *finding, marks)
        })
        .collect();
    assert_eq!(found, expected);

    // Beside the claim, in the leaf, which the client has proven.
    let (_, verified) = office.client.filing(filed.verified.digest).await.unwrap();
    let recorded = verified.assessment.expect("it is a leaf").assessments;
    assert_eq!(recorded, filed.assessments);
    let second = recorded.iter().find(|one| input(one, "document") == "E2").unwrap();
    assert_eq!((input(second, "claimed"), input(second, "pages")), (pdf, ""));

    let person = Person::of(&hub, "council", "ihec", "council");
    let case = hex::encode(&filed.receipt.case_id);
    let english = said(&person.told("en", ["docket", "show", &case]));
    assert!(english.contains("is ZIP, and not application/pdf as it says"), "{english}");
    assert!(english.contains("exhibit E1: PDF 1.7; pages: 1"), "{english}");
    let arabic = said(&person.told("ar", ["docket", "show", &case]));
    assert!(arabic.contains("لا يفتح دون كلمة مرور"), "{arabic}");
    let saved = said(&person.told("en", inbox(papers.0.path())));
    assert!(saved.contains("exhibit E4") && !saved.contains("exhibit E1"), "{saved}");
}

fn inbox(into: &Path) -> [String; 5] {
    let into = into.join("inbox").display().to_string();
    ["inbox", "save", "1", "--into", &into].map(str::to_owned)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_document_that_stalls_the_looker_costs_its_own_finding_and_two_seconds() {
    let hub = HubProcess::start();
    let office = hub.office("ihec", "geo-nin").enrolled().await;
    let panel = hub.office("ihec", "council").enrolled().await;
    let papers = Papers::new();
    let stalls: Vec<PathBuf> =
        (0..6).map(|at| papers.write(&format!("{at}.pdf"), &stall(at))).collect();
    let good = papers.write("good.pdf", &pdf(TEXT, ""));
    let bad = with(office.complaint("council"), &stalls);
    let began = Instant::now();
    let stalled = filed(&office, with(bad, std::slice::from_ref(&good))).await;
    let took = began.elapsed();
    assert!(took < Duration::from_secs(10), "{took:?}");
    let open = told(&stalled.assessments);
    let (_, _, finding, marks) = open.get(1).unwrap();
    assert_eq!(
        (*finding, marks.clone()),
        (AssessmentFinding::Undecided, vec!["not-in-time".into()])
    );

    // Others have their places.
    let other = Draft::new(FilingKind::ComplaintRegistered);
    let began = Instant::now();
    let other = filed(&panel, with(other.to("ihec", "geo-nin"), &[good])).await;
    assert_eq!(told(&other.assessments).len(), 2);
    assert!(began.elapsed() < Duration::from_secs(10), "{:?}", began.elapsed());

    // What was found in the end is there when the document is named again.
    let deadline = Instant::now() + Duration::from_secs(60);
    loop {
        let again = with(office.complaint("council"), stalls.get(..1).unwrap());
        let found = told(&filed(&office, again).await.assessments);
        let (_, media, finding, marks) = found.get(1).unwrap();
        if marks.iter().any(|mark| mark == "looker-ended") {
            let expected = ("application/pdf", AssessmentFinding::OutOfOrder);
            assert_eq!((media.as_str(), *finding), expected);
            break;
        }
        assert!(Instant::now() < deadline, "{found:?}");
        tokio::time::sleep(Duration::from_millis(500)).await;
    }
    assert!(hub.said().contains("a document ended the looker"));
}

/// A person whose office can sign and can open what is sealed for it.
fn clerk(hub: &HubProcess, institution: &str, office: &str) -> Person {
    let person = Person::of(hub, institution, institution, office);
    said(&person.barid(["enrol"]));
    said(&person.barid(["key", "new", "--for", "sealing"]));
    said(&person.barid(["enrol", "--sealing"]));
    person
}

#[test]
fn sealed_exhibits_are_not_looked_at_and_that_is_said() {
    let hub = HubProcess::start();
    let (office, panel) = (clerk(&hub, "ihec", "geo-nin"), clerk(&hub, "ejp", "registry"));
    let papers = Papers::new();
    let secret = papers.write("secret.pdf", &pdf(TEXT, "")).display().to_string();
    let appeal = programs::root().join(APPEAL).display().to_string();
    let to = ["--to", "ejp/registry", "--data-class", "synthetic", "--sealed-exhibit", &secret];
    let line = ["submit", &appeal, "--format", "ihec/appeal+json", "--kind", "appeal-filed"];
    let filed = said(&office.barid([&line[..], &to].concat()));
    assert!(filed.contains("\"sealed\"") && !filed.contains("pages"), "{filed}");
    let into = inbox(papers.0.path());
    let saved = said(&panel.told("en", into));
    let expected = "exhibit E1: sealed for its recipients: nobody else can look at it";
    assert!(saved.contains(expected), "{saved}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_clerk_sees_it_before_filing() {
    let hub = HubProcess::start();
    let person = Person::of(&hub, "office", "ihec", "geo-nin");
    let papers = Papers::new();
    let good = papers.write("good.pdf", &pdf(TEXT, ""));
    let bad = papers.write("bad.pdf", &archive("a.txt", b"text", 1));
    let show = |path: &Path| path.display().to_string();
    let alone = person.told("en", ["exhibit", "look", &show(&good)]);
    assert!(said(&alone).contains("good.pdf: PDF 1.7; pages: 1; pages with text: 1 of 1"));
    let both = person.told("ckb", ["exhibit", "look", &show(&good), &show(&bad)]);
    assert_eq!(both.status.code(), Some(1));
    let told = words(&both.stdout);
    assert!(told.contains("نەک \u{2066}application/pdf\u{2069} وەک نووسراوە"), "{told}");
    let form = show(&programs::root().join(COMPLAINT));
    let kind = "complaint-registered";
    let check = ["check", &form, "--format", FORM, "--kind", kind, "--exhibit", &show(&bad)];
    let told = said(&person.told("en", check));
    assert!(told.contains("bad.pdf: is ZIP, and not application/pdf as it says"), "{told}");
}
