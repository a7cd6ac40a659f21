//! Documents of Iraq's commission, panel and court.

use super::{Case, changed};
use barid_tests::programs;

/// The panel's sample ruling.
const RULING: &str = "plugins/ejp/testdata/ruling.xml";

pub(super) const CASES: &[Case] = &[
    Case {
        institution: "ihec",
        office: "geo-nin",
        format: "ihec/form-110+json",
        kind: "complaint-registered",
        class: "live",
        paper: || Some(UNINTELLIGIBLE_FORM.into()),
        acceptable: false,
        problems: &[
            "field-missing @ docket_numbers[1]",
            "bidi-control @ docket_numbers",
            "field-missing @ complainant.full_name",
            "value-unknown @ complainant.sex",
            "capacity-missing @ complainant.capacity",
            "address-missing @ complainant.postal_address",
            "telephone-missing @ complainant.telephone",
            "instant-invalid @ incident_at",
            "field-missing @ facts",
            "form-serial-missing @ form_serial",
            "stream-missing @ stream",
            "place-incomplete @ place",
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
        class: "live",
        paper: || {
            Some(r#"{"complainant": {"full_name": "علي حسن"}, "facts": {"ar": "واقعة"}}"#.into())
        },
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
        class: "live",
        paper: || {
            Some({
                r#"{"kind": "appeal-filed", "challenged": {"number": "21\u202e4"}, "x": 1}"#.into()
            })
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
        class: "live",
        paper: || Some(CONTRADICTING_RESULTS.into()),
        acceptable: true,
        problems: &["figures-differ @ constituencies[0].voters", "votes-differ @ vote.present"],
    },
    Case {
        institution: "ihec",
        office: "geo-nin",
        format: "ihec/register+csv",
        kind: "register-statement",
        class: "live",
        paper: || Some(DOUBTFUL_REGISTER.into()),
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
        class: "live",
        paper: || Some(cut_in_half("plugins/ihec/testdata/register.xlsx")),
        acceptable: false,
        problems: &["not-a-workbook @ "],
    },
    Case {
        institution: "ihec",
        office: "geo-nin",
        format: "ihec/form-110+json",
        kind: "complaint-registered",
        class: "published",
        paper: || Some(changed("plugins/ihec/testdata/form-110.json", &[])),
        acceptable: false,
        problems: &["class-not-permitted @ data_class"],
    },
    Case {
        institution: "ihec",
        office: "geo-nin",
        format: "ihec/register+json",
        kind: "register-statement",
        class: "live",
        paper: || {
            let number = ("BAS-APL-2025-0003", "BAS\\u202e-3");
            let outcome = ("\"inadmissible\"", "\"unlawful\"");
            let day = ("19/11/2025", "9/11/2025");
            Some(changed("plugins/ihec/testdata/register.json", &[number, outcome, day]))
        },
        acceptable: false,
        problems: &[
            "bidi-control @ rows[0].cases[0].literal",
            "value-unknown @ rows[1].outcome",
            "date-ambiguous @ rows[1].date",
        ],
    },
    Case {
        institution: "ejp",
        office: "registry",
        format: "ejp/register+csv",
        kind: "register-statement",
        class: "live",
        paper: || Some(WRONG_TITLES.into()),
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
        class: "live",
        paper: || Some(WRONG_SUMS.into()),
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
        class: "live",
        paper: || {
            Some(r#"{"kind": "query", "number": 3, "due": "2025-13-40", "poem": "x"}"#.into())
        },
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
        class: "live",
        paper: || {
            Some(changed(RULING, &[("2025-12-04", "2025-12-44"), ("judgment name", "act name")]))
        },
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
        class: "live",
        paper: || Some(changed(RULING, &[("</akomaNtoso>", "")])),
        acceptable: false,
        problems: &["xml-syntax @ 57:1 /akomaNtoso"],
    },
    Case {
        institution: "fsc",
        office: "registry",
        format: "fsc/ratification+akn",
        kind: "ratification-decision",
        class: "live",
        paper: || Some(changed(RULING, &[])),
        acceptable: false,
        problems: &[
            "ratification-scope-missing @ /akomaNtoso/judgment/meta/proprietary/ruling/fact[@name='scope']",
        ],
    },
    Case {
        institution: "ihec",
        office: "geo-nin",
        format: "fsc/ratification-request+json",
        kind: "ratification-request",
        class: "live",
        paper: || Some(IMPOSSIBLE_WINNERS.into()),
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
        format: "fsc/suits+json",
        kind: "register-statement",
        class: "live",
        paper: || {
            let number = ("126/اتحادية/2024", "126/2024/x");
            let day = ("18/4/2024", "31/4/2024");
            let outcome = ("\"rejected\"", "\"lost\"");
            let name = ("\"subject\"", "\"about\"");
            let changes = [number, day, outcome, name];
            Some(changed("plugins/fsc/testdata/suits.json", &changes))
        },
        acceptable: false,
        problems: &[
            "value-unknown @ suits[0].outcome",
            "field-unknown @ suits[0].about",
            "docket-unreadable @ suits[0].number",
            "date-unreadable @ suits[0].filed",
        ],
    },
    Case {
        institution: "fsc",
        office: "registry",
        format: "fsc/correspondence+json",
        kind: "query",
        class: "live",
        paper: || Some(r#"{"kind": "join-cases", "lead": "1", "joined": [], "reason": 4}"#.into()),
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

fn cut_in_half(path: &str) -> Vec<u8> {
    let mut whole = std::fs::read(programs::root().join(path)).expect("the document is there");
    whole.truncate(whole.len() / 2);
    whole
}
