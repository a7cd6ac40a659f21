//! Documents of partners in pilots: court systems, and Mexico's tribunal and institute.

use super::{Case, changed, sample};

/// The institute's and the tribunal's invented examples.
const INFORME: &str = "plugins/ine/testdata/informe.json";
const DOCUMENTOS: &str = "plugins/ine/testdata/documentos.csv";
const SENTENCIA: &str = "plugins/tepjf/testdata/sentencia.txt";

pub(super) const CASES: &[Case] = &[
    Case {
        institution: "tepjf",
        office: "registry",
        format: "ecf/filing+xml",
        kind: "pilot-paper",
        class: "published",
        paper: || sample("2-ecf/ecf-4.01/xml/ECF-4.0-CoreFilingMessage-Appellate.xml", &[]),
        acceptable: true,
        problems: &[
            "missing-role @ /CoreFilingMessage/AppellateCase/CaseAugmentation/CaseParticipant[2]/CaseParticipantRoleCode",
            "missing-digest @ /CoreFilingMessage/FilingLeadDocument[1]/DocumentRendition//BinaryBase64Object",
            "missing-digest @ /CoreFilingMessage/FilingConnectedDocument[1]/DocumentRendition//BinaryBase64Object",
            "missing-digest @ /CoreFilingMessage/FilingConnectedDocument[2]/DocumentRendition//BinaryBase64Object",
        ],
    },
    Case {
        institution: "tepjf",
        office: "registry",
        format: "ecf/filing+xml",
        kind: "pilot-paper",
        class: "live",
        paper: || sample("2-ecf/efile-proxy/case_resp.xml", &[]),
        acceptable: false,
        problems: &["not-filing @ /CaseResponseMessage", "class-not-permitted @ data_class"],
    },
    Case {
        institution: "tepjf",
        office: "registry",
        format: "ecf/filing+json",
        kind: "pilot-paper",
        class: "published",
        paper: || Some(INCOMPLETE_FILING.into()),
        acceptable: false,
        problems: &[
            "number-deceptive @ /FilingMessage/Case/CaseDocketID",
            "date-unreadable @ /FilingMessage/DocumentPostDate/DateTime",
            "missing-title @ /FilingMessage/FilingLeadDocument/DocumentDescriptionText",
            "missing-filing-number @ /FilingMessage/DocumentIdentification/IdentificationID",
            "missing-submitter @ /FilingMessage/DocumentSubmitter",
            "missing-case-title @ /FilingMessage/Case/CaseTitleText",
            "missing-court-name @ /FilingMessage/Case/CaseAugmentation/CaseCourt/CourtName",
            "missing-court-code @ /FilingMessage/Case/CaseAugmentation/CaseCourt/OrganizationIdentification",
            "missing-participants @ /FilingMessage/Case/CaseAugmentation/CaseParticipant",
            "missing-description @ /FilingMessage/FilingLeadDocument[1]/DocumentDescriptionText",
            "missing-content @ /FilingMessage/FilingLeadDocument[1]/DocumentRendition",
        ],
    },
    Case {
        institution: "tepjf",
        office: "registry",
        format: "ecf/callback+xml",
        kind: "registration",
        class: "published",
        paper: || sample("2-ecf/ecf-4.01/xml/ECF-4.0-ReviewFilingCallbackMessage.xml", &[]),
        acceptable: false,
        problems: &[
            "missing-registered-at @ /ReviewFilingCallbackMessage/FilingCompletionDate/DateTime",
        ],
    },
    Case {
        institution: "tepjf",
        office: "registry",
        format: "ecf/callback+xml",
        kind: "refusal-to-register",
        class: "live",
        paper: || {
            let code = ("rejected</ecf:FilingStatusCode>", "perhaps</ecf:FilingStatusCode>");
            Some(changed("plugins/ecf/testdata/review-rejected.xml", &[code]))
        },
        acceptable: false,
        problems: &[
            "review-code-unknown @ /ReviewFilingCallbackMessage/FilingStatus/FilingStatusCode",
            "class-not-permitted @ data_class",
        ],
    },
    Case {
        institution: "tepjf",
        office: "registry",
        format: "ecf/docketing+xml",
        kind: "registration",
        class: "published",
        paper: || sample("2-ecf/ecf-4.01/xml/ECF-4.0-RecordDocketingMessage.xml", &[]),
        acceptable: false,
        problems: &["not-answer @ /RecordDocketingMessage"],
    },
    Case {
        institution: "tepjf",
        office: "registry",
        format: "ecf/docketing+xml",
        kind: "registration",
        class: "published",
        paper: || {
            let root = ("ReviewFilingCallbackMessage", "RecordDocketingCallbackMessage");
            let code = ("rejected</ecf:FilingStatusCode>", "accepted</ecf:FilingStatusCode>");
            Some(changed("plugins/ecf/testdata/review-rejected.xml", &[root, code]))
        },
        acceptable: false,
        problems: &[
            "missing-case-number @ /RecordDocketingCallbackMessage/Case/CaseDocketID",
            "missing-registered-at @ /RecordDocketingCallbackMessage/FilingCompletionDate/DateTime",
        ],
    },
    Case {
        institution: "tepjf",
        office: "registry",
        format: "tepjf/docket-index+csv",
        kind: "pilot-paper",
        class: "published",
        paper: || {
            let (from, to) = ("SUP-JDC-427/2023,2023,", "XXX-JDC-427/2023,2022,");
            sample("4-electoral/mexico/tepjf-expedientes.csv", &[(from, to)])
        },
        acceptable: false,
        problems: &[
            "class-not-declared @ clase_de_datos row 1",
            "docket-unreadable @ expediente row 2",
            "address-differs @ url_slug_or_file row 30",
        ],
    },
    Case {
        institution: "tepjf",
        office: "registry",
        format: "tepjf/sentencia+text",
        kind: "pilot-paper",
        class: "live",
        paper: || {
            let real = ("CLASE DE DATOS: sintético", "CLASE DE DATOS: real");
            let number = ("ST-JIN-9081/2024", "ST-JIN-?/2024");
            Some(changed(SENTENCIA, &[real, number]))
        },
        acceptable: false,
        problems: &[
            "class-live @ 3:1",
            "docket-unreadable @ 8:1",
            "class-not-permitted @ data_class",
        ],
    },
    Case {
        institution: "tepjf",
        office: "registry",
        format: "tepjf/sentencia+text",
        kind: "pilot-paper",
        class: "live",
        paper: || Some(changed(SENTENCIA, &[])),
        acceptable: false,
        problems: &["class-differs @ content.data_class", "class-not-permitted @ data_class"],
    },
    Case {
        institution: "tepjf",
        office: "registry",
        format: "tepjf/paper+json",
        kind: "pilot-paper",
        class: "synthetic",
        paper: || Some(WRONG_PAPER.into()),
        acceptable: false,
        problems: &[
            "type-wrong @ resolutivos[0].número",
            "field-missing @ resolutivos[0].texto",
            "field-unknown @ color",
            "docket-unreadable @ expediente",
        ],
    },
    Case {
        institution: "ine",
        office: "secretariat",
        format: "ine/dispute+json",
        kind: "pilot-paper",
        class: "published",
        paper: || {
            let day = ("catorce de junio", "treinta y uno de junio");
            Some(changed(INFORME, &[day, ("\"actor\"", "\"actriz\"")]))
        },
        acceptable: false,
        problems: &["field-missing @ actor", "field-unknown @ actriz", "date-unreadable @ fecha"],
    },
    Case {
        institution: "ine",
        office: "secretariat",
        format: "ine/papers+csv",
        kind: "pilot-paper",
        class: "synthetic",
        paper: || {
            let act = ("INE/CG9228/2024", "CG 9228");
            let class = ("22 de julio de 2024,sintético", "32 de julio de 2024,vivo");
            Some(changed(DOCUMENTOS, &[act, class]))
        },
        acceptable: false,
        problems: &[
            "class-live @ Clase de datos row 4",
            "class-differs @ Clase de datos row 4",
            "class-live @ Clase de datos row 5",
            "class-differs @ Clase de datos row 5",
            "act-unreadable @ Número row 4",
            "date-unreadable @ Fecha row 4",
            "date-unreadable @ Fecha row 5",
        ],
    },
    Case {
        institution: "ine",
        office: "secretariat",
        format: "ine/results+csv",
        kind: "pilot-paper",
        class: "published",
        paper: || {
            let votes = ("AHUMADA,19980705,ok,2027,pan,2666,pri", "AHUMADA,19981305,ok,2O27,pan,,");
            sample("4-electoral/mexico/chihuahua-ayuntamientos.sample.csv", &[votes])
        },
        acceptable: false,
        problems: &[
            "class-not-declared @ clase_de_datos row 1",
            "date-unreadable @ date row 2",
            "number-invalid @ v01 row 2",
        ],
    },
];

const INCOMPLETE_FILING: &str = r#"{"filing:FilingMessage": {
    "nc:DocumentPostDate": {"nc:DateTime": "yesterday"},
    "filing:FilingLeadDocument": {"nc:DocumentSequenceID": 1},
    "nc:Case": {"nc:CaseDocketID": "7\u202e/2025"}}}"#;

const WRONG_PAPER: &str = r#"{"título": {"es": "Sentencia inventada"}, "clase_de_datos": "público",
    "expediente": "SUP-REC-?/2024", "resolutivos": [{"número": "uno"}], "color": "rojo"}"#;
