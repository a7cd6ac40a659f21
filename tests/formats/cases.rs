//! A document for each format, with everything that is wrong with it.

use barid_client::proto::v1::filing_content::Content;
use barid_client::proto::v1::{
    ComplaintRegistered, CountClaim, FilingContent, Person, Rendering, Text,
};
use barid_tests::programs;

/// A document and what a check must say of it.
pub(crate) struct Case {
    /// The institution whose document it is, and the office that checks it.
    pub(crate) institution: &'static str,
    pub(crate) office: &'static str,
    /// The format that reads it.
    pub(crate) format: &'static str,
    /// The kind of filing it would be.
    pub(crate) kind: &'static str,
    /// Makes it.
    pub(crate) paper: fn() -> Vec<u8>,
    /// Whether it could be filed.
    pub(crate) acceptable: bool,
    /// Code and place of all problems, in order.
    pub(crate) problems: &'static [&'static str],
}

/// Formats whose case is still to be written.
pub(crate) const WITHOUT_CASE: &[&str] = &["ecf/filing+xml", "ecf/callback+xml", "ecf/receipt+xml"];

/// All of them; at least one for each other format.
pub(crate) const CASES: &[Case] = &[
    Case {
        institution: "ihec",
        office: "geo-nin",
        format: "ihec/form-110+json",
        kind: "complaint-registered",
        paper: || UNINTELLIGIBLE_FORM.into(),
        acceptable: false,
        problems: &[
            "field-missing @ docket_numbers[1]",
            "bidi-control @ docket_numbers",
            "field-missing @ complainant.full_name",
            "value-unknown @ complainant.sex",
            "sex-missing @ complainant.sex",
            "capacity-missing @ complainant.capacity",
            "address-missing @ complainant.postal_address",
            "telephone-missing @ complainant.telephone",
            "instant-invalid @ incident_at",
            "field-missing @ facts",
            "form-serial-missing @ form_serial",
            "stream-missing @ stream",
            "place-incomplete @ place",
            "incident-time-missing @ incident_at",
            "relief-missing @ relief",
            "not-witnessed @ witnessed",
            "unsigned @ signed",
            "endorsement-missing @ endorsement",
            "field-unknown @ colour",
        ],
    },
    Case {
        institution: "ihec",
        office: "geo-nin",
        format: "ihec/form-110+json",
        kind: "complaint-registered",
        paper: || r#"{"complainant": {"full_name": "علي حسن"}, "facts": {"ar": "واقعة"}}"#.into(),
        acceptable: true,
        problems: &[
            "name-not-four-part @ complainant.full_name",
            "sex-missing @ complainant.sex",
            "capacity-missing @ complainant.capacity",
            "address-missing @ complainant.postal_address",
            "telephone-missing @ complainant.telephone",
            "form-serial-missing @ form_serial",
            "stream-missing @ stream",
            "place-incomplete @ place",
            "incident-time-missing @ incident_at",
            "relief-missing @ relief",
            "not-witnessed @ witnessed",
            "unsigned @ signed",
            "endorsement-missing @ endorsement",
        ],
    },
    Case {
        institution: "ihec",
        office: "geo-nin",
        format: "ihec/appeal+json",
        kind: "appeal-filed",
        paper: || {
            r#"{"kind": "appeal-filed", "challenged": {"number": "21\u202e4"}, "x": 1}"#.into()
        },
        acceptable: false,
        problems: &[
            "field-missing @ appellant",
            "field-missing @ challenged.institution",
            "bidi-control @ challenged.number",
            "field-unknown @ x",
        ],
    },
    Case {
        institution: "ihec",
        office: "geo-nin",
        format: "ihec/decision+json",
        kind: "results-adopted",
        paper: || CONTRADICTING_RESULTS.into(),
        acceptable: false,
        problems: &[
            "figures-differ @ constituencies[0].voters",
            "votes-differ @ vote.present",
            "vote-sum @ content.constituencies[0].valid",
        ],
    },
    Case {
        institution: "ihec",
        office: "geo-nin",
        format: "ihec/register+csv",
        kind: "register-statement",
        paper: || DOUBTFUL_REGISTER.into(),
        acceptable: true,
        problems: &[
            "column-unknown @ لون الاستمارة row 1",
            "digits-mixed @ رقم الطعن row 2",
            "date-ambiguous @ تاريخ التقديم row 2",
            "date-ambiguous @ تاريخ القرار row 2",
            "outcome-unknown @ النتيجة row 2",
            "papers-unread @ عدد الأوراق row 2",
            "formula-like @ الملاحظات row 2",
        ],
    },
    Case {
        institution: "ihec",
        office: "geo-nin",
        format: "ihec/register+xlsx",
        kind: "register-statement",
        paper: || cut_in_half("plugins/ihec/testdata/register.xlsx"),
        acceptable: false,
        problems: &["not-a-workbook @ "],
    },
    Case {
        institution: "ejp",
        office: "registry",
        format: "ejp/register+csv",
        kind: "register-statement",
        paper: || WRONG_TITLES.into(),
        acceptable: false,
        problems: &[
            "cells-differ @ row 6",
            "date-unreadable @ title_as_published row 2",
            "docket-unreadable @ title_as_published row 3",
            "bidi-control @ title_as_published row 4",
            "digits-mixed @ title_as_published row 5",
            "number-invalid @ images row 5",
        ],
    },
    Case {
        institution: "ejp",
        office: "registry",
        format: "ejp/closing-certificate+json",
        kind: "closing-certificate",
        paper: || WRONG_SUMS.into(),
        acceptable: false,
        problems: &[
            "docket-unreadable @ docket_numbers[3]",
            "counts-differ @ outcomes",
            "listed-twice @ docket_numbers[3]",
            "docket-count-differs @ docket_numbers",
        ],
    },
    Case {
        institution: "ejp",
        office: "registry",
        format: "ejp/correspondence+json",
        kind: "query",
        paper: || r#"{"kind": "query", "number": 3, "due": "2025-13-40", "poem": "x"}"#.into(),
        acceptable: false,
        problems: &[
            "type-wrong @ number",
            "field-missing @ question",
            "date-invalid @ due",
            "field-unknown @ poem",
        ],
    },
    Case {
        institution: "ejp",
        office: "registry",
        format: "ejp/ruling+akn",
        kind: "ruling-issued",
        paper: || changed_ruling(&[("2025-12-04", "2025-12-44"), ("judgment name", "act name")]),
        acceptable: false,
        problems: &[
            "date-unusable @ /akomaNtoso/judgment/meta/identification/FRBRWork/FRBRdate",
            "xml-syntax @ 55:3 /akomaNtoso/act",
        ],
    },
    Case {
        institution: "fsc",
        office: "registry",
        format: "fsc/ruling+akn",
        kind: "ruling-issued",
        paper: || changed_ruling(&[("</akomaNtoso>", "")]),
        acceptable: false,
        problems: &["xml-syntax @ 57:1 /akomaNtoso"],
    },
    Case {
        institution: "fsc",
        office: "registry",
        format: "fsc/ratification+akn",
        kind: "ratification-decision",
        paper: || changed_ruling(&[]),
        acceptable: false,
        problems: &[
            "ratification-scope-missing @ /akomaNtoso/judgment/meta/proprietary/ruling/fact[@name='scope']",
        ],
    },
    Case {
        institution: "fsc",
        office: "registry",
        format: "fsc/ratification-request+json",
        kind: "ratification-request",
        paper: || IMPOSSIBLE_WINNERS.into(),
        acceptable: false,
        problems: &[
            "value-unknown @ winners[1].sex",
            "number-out-of-range @ winners[1].votes",
            "winner-without-votes @ votes row 1 winners[0].votes",
            "seat-twice @ seat row 2 winners[1].seat",
            "candidate-twice @ candidate_id row 2 winners[1].candidate_id",
            "winner-without-votes @ votes row 2 winners[1].votes",
        ],
    },
    Case {
        institution: "fsc",
        office: "registry",
        format: "fsc/correspondence+json",
        kind: "query",
        paper: || r#"{"kind": "join-cases", "lead": "1", "joined": [], "reason": 4}"#.into(),
        acceptable: false,
        problems: &[
            "field-missing @ joined",
            "type-wrong @ reason",
            "docket-unreadable @ lead",
            "kind-differs @ ",
        ],
    },
];

const UNINTELLIGIBLE_FORM: &str = r#"{
    "complainant": {"full_name": "", "sex": "f"},
    "incident_at": "11/11/2025",
    "docket_numbers": ["BAS\u202e-1", ""],
    "colour": "red"
}"#;

const CONTRADICTING_RESULTS: &str = r#"{"kind": "results-adopted",
    "decision": {"institution": "ihec", "number": "1"},
    "constituencies": [{"constituency": "x", "registered": 3, "voters": 2, "valid": 2,
                        "invalid": 1, "seats": 1}],
    "vote": {"present": 9, "in_favour": 4, "against": 4}}"#;

const DOUBTFUL_REGISTER: &str = concat!(
    "رقم الطعن;تاريخ التقديم;تاريخ القرار;النتيجة;عدد الأوراق;لون الاستمارة;الملاحظات\n",
    "BAS-٠١2;7/11/2025;7/11/2025;انظر الكتاب;ثلاث;أحمر;=HYPERLINK(1)\n",
);

const WRONG_TITLES: &str = concat!(
    "title_as_published,images\n",
    "7/الهيئة القضائية للانتخابات/2025 في 31/ 2 / 2025,1\n",
    "hello,1\n",
    "8/\u{202E}الهيئة القضائية للانتخابات/2025,1\n",
    "٩/الهيئة القضائية للانتخابات/2025,many\n",
    "10/الهيئة القضائية للانتخابات/2025,1,2\n",
);

const WRONG_SUMS: &str = r#"{"certificate": {"institution": "ejp", "number": "9",
    "date": "2025-12-07"}, "docketed": 872, "outcomes": [{"outcome": "rejected", "count": 2},
    {"outcome": "decision-annulled", "count": 1}], "none_pending": true,
    "docket_numbers": ["3/4/ الهيئة القضائية للانتخابات/ 2025", "612/2025", "4/2025", "x/2025"]}"#;

const IMPOSSIBLE_WINNERS: &str = r#"{
    "letter": {"institution": "ihec", "number": "(خ/ 25 ر.م/ 79)", "date": "2025-12-08"},
    "closing_certificate": {"institution": "ejp", "number": "9", "date": "2025-12-07"},
    "winners": [
        {"seat": 1, "constituency": "بغداد", "candidate_id": "9", "full_name": "مرشح أ",
         "sex": "male", "list": "187", "votes": 0},
        {"seat": 1, "constituency": "بغداد", "candidate_id": "9", "full_name": "مرشح ب",
         "sex": "unknown", "list": "187", "votes": -3}
    ]}"#;

/// The panel's sample ruling with parts of its text exchanged.
fn changed_ruling(changes: &[(&str, &str)]) -> Vec<u8> {
    let path = programs::root().join("plugins/ejp/testdata/ruling.xml");
    let mut ruling = std::fs::read_to_string(path).expect("the ruling is there");
    for (part, other) in changes {
        assert!(ruling.contains(part), "{part}");
        ruling = ruling.replace(part, other);
    }
    ruling.into_bytes()
}

fn cut_in_half(path: &str) -> Vec<u8> {
    let mut whole = std::fs::read(programs::root().join(path)).expect("the document is there");
    whole.truncate(whole.len() / 2);
    whole
}

/// Content that came ready-made, with as many mistakes as there are in [`WRONG_CONTENT`].
pub(crate) fn wrong_content() -> FilingContent {
    let rendering = |language: &str| Rendering { language: language.into(), text: "x".into() };
    let content = Content::ComplaintRegistered(ComplaintRegistered {
        complainant: Some(Person { sex: 77, telephone: "1\n2".into(), ..Person::default() }),
        facts: Some(Text {
            renderings: vec![rendering("en"), rendering("ar")],
            authoritative: "ckb".into(),
        }),
        stream: -1,
        counts: vec![CountClaim { result_form: "\u{7}".into(), ..CountClaim::default() }],
        ..ComplaintRegistered::default()
    });
    FilingContent { content: Some(content) }
}

/// What is wrong with it.
pub(crate) const WRONG_CONTENT: &[&str] = &[
    "missing @ content.complainant.full_name",
    "unknown-value @ content.complainant.sex",
    "control-character @ content.complainant.telephone",
    "unknown-value @ content.stream",
    "order @ content.facts.renderings",
    "absent @ content.facts.authoritative",
    "control-character @ content.counts[0].result_form",
];
