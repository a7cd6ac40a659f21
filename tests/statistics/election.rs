//! An election: complaints, an appeal and its ruling, filed by offices at a real hub.

use std::fs;
use std::path::Path;

use barid_client::Draft;
use barid_client::client::{Filed, From};
use barid_client::draft::HashedDocument;
use barid_client::proto::v1::filing_content::Content;
use barid_client::proto::v1::{
    ActReference, CaseReference, CaseRelation, CivilDate, Confidentiality, DataClass, DocketNumber,
    FilingContent, FilingKind, IntakeRoute, LinkCases, Officer, OfficerRole, Outcome, Referral,
    Registration, Rendering, Text,
};
use barid_client::source::{Machine, Source as _};
use barid_tests::{HubProcess, Person, ScriptedOffice, programs};
use serde_json::Value;

pub(crate) const EVENT: &str = "CoR-2025-6";
pub(crate) const RULES: &str = "IQ-REG10-2025/1";
pub(crate) const COMPLAINT: &str = "plugins/ihec/testdata/form-110.json";
pub(crate) const APPEAL: &str = "plugins/ihec/testdata/appeal-filed.json";
pub(crate) const RULING: &str = "plugins/ejp/testdata/ruling.xml";
/// What the panel publishes of its ruling: as it is, without who it is about.
pub(crate) const REDACTED: &str = "قررت الهيئة نقض القرار.\n\nالطاعن: [...]\n";
/// Who files: a man and two women, in no published byte.
pub(crate) const FILERS: [(&str, &str); 3] = [
    ("سعاد كريم حسن الجبوري", "female"),
    ("أحمد إبراهيم آل مصطفى", "male"),
    ("ئاڤان ڕەشید عەلی", "female"),
];

/// An election with a case that went the whole way, one that is pending, and one that nobody but
/// its parties may know of.
pub(crate) struct Election {
    pub(crate) hub: HubProcess,
    pub(crate) national: Person,
    pub(crate) folder: tempfile::TempDir,
    pub(crate) office: ScriptedOffice,
}

fn text(arabic: &str) -> Text {
    let rendering = Rendering { language: "ar".to_owned(), text: arabic.to_owned() };
    Text { renderings: vec![rendering], authoritative: "ar".to_owned() }
}

pub(crate) fn of_the_election(draft: Draft) -> Draft {
    draft.under("", RULES, EVENT).data_class(DataClass::Synthetic)
}

fn case_of(filed: &Filed) -> CaseReference {
    CaseReference { case_id: filed.receipt.case_id.clone(), docket_numbers: vec![] }
}

fn content(content: Content) -> FilingContent {
    FilingContent { content: Some(content) }
}

/// A complaint of one of these people.
pub(crate) async fn complain(office: &ScriptedOffice, who: usize, draft: Draft) -> Filed {
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
        registered_at_unix_ms: Machine.now_ms(),
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
    pub(crate) async fn held(redacted: bool) -> Self {
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
        rule(&panel, &case, folder.path(), redacted).await;

        complain(&office, 1, of_the_election(office.complaint("council"))).await;
        let secret = of_the_election(office.complaint("council"));
        complain(&office, 2, secret.confidentiality(Confidentiality::Restricted)).await;
        let national = Person::of(&hub, "national", "ihec", "national");
        let enrolled = national.barid(["enrol"]);
        assert!(enrolled.status.success(), "{}", String::from_utf8_lossy(&enrolled.stderr));
        Self { hub, national, folder, office }
    }

    pub(crate) fn place(&self, name: &str) -> String {
        self.folder.path().join(name).display().to_string()
    }
}

/// The panel rules, and, when asked, files what may be read of it by everybody.
async fn rule(panel: &ScriptedOffice, case: &CaseReference, folder: &Path, redacted: bool) {
    let ruling = Draft::new(FilingKind::RulingIssued)
        .to("ihec", "council")
        .case(case.clone())
        .confidentiality(Confidentiality::Public)
        .data_class(DataClass::Synthetic);
    let ruling = panel.file_document(ruling, "ejp/ruling+akn", RULING).await;
    if !redacted {
        return;
    }
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
