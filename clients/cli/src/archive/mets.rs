//! METS, as E-ARK CSIP 2.1 wants it: of the package, and of each representation in it.

use super::xml::Xml;
use super::{Case, Kept, Package, REPRESENTATIONS};

const PROFILE: &str = "https://earkcsip.dilcis.eu/profile/E-ARK-CSIP.xml";
/// What kind of content it is, in words of ours: E-ARK has none for case files of courts.
const KIND: &str = "Barid case file, version 1";
const NAMESPACES: [(&str, &str); 5] = [
    ("xmlns:mets", "http://www.loc.gov/METS/"),
    ("xmlns:csip", "https://DILCIS.eu/XML/METS/CSIPExtensionMETS"),
    ("xmlns:xlink", "http://www.w3.org/1999/xlink"),
    ("xmlns:xsi", "http://www.w3.org/2001/XMLSchema-instance"),
    (
        "xsi:schemaLocation",
        "http://www.loc.gov/METS/ http://www.loc.gov/standards/mets/mets.xsd \
         https://DILCIS.eu/XML/METS/CSIPExtensionMETS \
         https://earkcsip.dilcis.eu/schema/DILCISExtensionMETS.xsd",
    ),
];

/// Dublin Core: what finding aids read.
pub(super) fn dublin_core(case: &Case<'_>) -> String {
    let mut xml = Xml::new();
    let names =
        [("xmlns", "http://purl.org/dc/elements/1.1/"), ("xmlns:dcx", "http://purl.org/dc/terms/")];
    xml.open("simpledc", &names);
    xml.text("title", &[("xml:lang", "ar")], &format!("ملف القضية {}", case.id));
    xml.text("title", &[("xml:lang", "en")], &format!("Case file {}", case.id));
    xml.text("identifier", &[], &case.id);
    for institution in case.institutions() {
        xml.text("creator", &[], &institution);
    }
    xml.text("date", &[], &case.made_at);
    xml.text("type", &[], "Collection");
    xml.text("publisher", &[], &case.report.log);
    xml.finish()
}

impl Case<'_> {
    /// The institutions that filed.
    pub(super) fn institutions(&self) -> std::collections::BTreeSet<String> {
        let senders = self.report.filings.iter().filter_map(|filing| filing.body.sender.as_ref());
        senders.map(|sender| sender.institution.clone()).collect()
    }

    /// The same on one line.
    pub(crate) fn senders(&self) -> String {
        self.institutions().into_iter().collect::<Vec<_>>().join("; ")
    }
}

/// METS of the whole package.
pub(super) fn package(case: &Case<'_>, package: &Package) -> String {
    let mut xml = head(case, &case.id);
    let one = |path: &str| package.below(path).into_iter().next();
    if let Some(kept) = one("metadata/descriptive/") {
        xml.open(
            "mets:dmdSec",
            &[("ID", "dmd"), ("CREATED", &case.made_at), ("STATUS", "CURRENT")],
        );
        reference(&mut xml, case, kept, "DC");
        xml.close();
    }
    if let Some(kept) = one("metadata/preservation/") {
        xml.open("mets:amdSec", &[]);
        xml.open("mets:digiprovMD", &[("ID", "premis"), ("STATUS", "CURRENT")]);
        reference(&mut xml, case, kept, "PREMIS");
        xml.close().close();
    }
    xml.open("mets:fileSec", &[("ID", "files")]);
    group(&mut xml, case, "documentation", "Documentation", &package.below("documentation/"));
    group(&mut xml, case, "schemas", "Schemas", &package.below("schemas/"));
    let inner: Vec<&Kept> = REPRESENTATIONS.iter().flat_map(|name| inner(package, name)).collect();
    group(&mut xml, case, "representations", "Representations", &inner);
    xml.close();
    structure(&mut xml, case);
    xml.finish()
}

fn inner<'a>(package: &'a Package, name: &str) -> Vec<&'a Kept> {
    package.below(&format!("representations/{name}/METS.xml"))
}

fn structure(xml: &mut Xml, case: &Case<'_>) {
    let map = [("ID", "structure"), ("TYPE", "PHYSICAL"), ("LABEL", "CSIP")];
    xml.open("mets:structMap", &map);
    xml.open("mets:div", &[("ID", "all"), ("LABEL", &case.id)]);
    let metadata =
        [("ID", "d-metadata"), ("LABEL", "Metadata"), ("DMDID", "dmd"), ("ADMID", "premis")];
    xml.empty("mets:div", &metadata);
    for (name, label) in [("documentation", "Documentation"), ("schemas", "Schemas")] {
        xml.open("mets:div", &[("ID", &format!("d-{name}")), ("LABEL", label)]);
        xml.empty("mets:fptr", &[("FILEID", &format!("g-{name}"))]);
        xml.close();
    }
    xml.open("mets:div", &[("ID", "d-representations"), ("LABEL", "Representations")]);
    xml.empty("mets:fptr", &[("FILEID", "g-representations")]);
    for name in REPRESENTATIONS {
        xml.open("mets:div", &[("ID", &format!("d-{name}")), ("LABEL", name)]);
        let place = format!("representations/{name}/METS.xml");
        xml.empty(
            "mets:mptr",
            &[
                ("LOCTYPE", "URL"),
                ("xlink:type", "simple"),
                ("xlink:href", &place),
                ("xlink:title", name),
            ],
        );
        xml.close();
    }
    xml.close();
    xml.close().close();
}

/// METS of one representation.
pub(super) fn representation(case: &Case<'_>, package: &Package, name: &str) -> String {
    let folder = format!("representations/{name}/");
    let mut xml = head(case, name);
    let relative: Vec<Kept> = package
        .below(&format!("{folder}data/"))
        .into_iter()
        .map(|kept| {
            let path = kept.path.strip_prefix(&folder).unwrap_or(&kept.path).to_owned();
            Kept { path, ..kept.clone() }
        })
        .collect();
    let relative: Vec<&Kept> = relative.iter().collect();
    let map = [("ID", "structure"), ("TYPE", "PHYSICAL"), ("LABEL", "CSIP")];
    if !relative.is_empty() {
        xml.open("mets:fileSec", &[("ID", "files")]);
        group(&mut xml, case, "data", "Data", &relative);
        xml.close();
    }
    xml.open("mets:structMap", &map);
    xml.open("mets:div", &[("ID", "all"), ("LABEL", name)]);
    xml.open("mets:div", &[("ID", "d-data"), ("LABEL", "Data")]);
    if !relative.is_empty() {
        xml.empty("mets:fptr", &[("FILEID", "g-data")]);
    }
    xml.finish()
}

/// The head of both. The package calls itself an AIP: what the profile for SIPs adds, its own
/// validator asks for in a way that CSIP forbids (a creator that is software and organisation).
fn head(case: &Case<'_>, id: &str) -> Xml {
    let mut xml = Xml::new();
    let own = [
        ("OBJID", id),
        ("TYPE", "Collection"),
        ("PROFILE", PROFILE),
        ("csip:CONTENTINFORMATIONTYPE", "OTHER"),
        ("csip:OTHERCONTENTINFORMATIONTYPE", KIND),
    ];
    let attributes: Vec<(&str, &str)> = own.into_iter().chain(NAMESPACES).collect();
    xml.open("mets:mets", &attributes);
    xml.open(
        "mets:metsHdr",
        &[
            ("CREATEDATE", &case.made_at),
            ("LASTMODDATE", &case.made_at),
            ("csip:OAISPACKAGETYPE", "AIP"),
        ],
    );
    xml.open("mets:agent", &[("ROLE", "CREATOR"), ("TYPE", "OTHER"), ("OTHERTYPE", "SOFTWARE")]);
    xml.text("mets:name", &[], "barid");
    let version = [("csip:NOTETYPE", "SOFTWARE VERSION")];
    xml.text("mets:note", &version, env!("CARGO_PKG_VERSION"));
    xml.close().close();
    xml
}

fn reference(xml: &mut Xml, case: &Case<'_>, kept: &Kept, kind: &str) {
    xml.empty(
        "mets:mdRef",
        &[
            ("LOCTYPE", "URL"),
            ("MDTYPE", kind),
            ("xlink:type", "simple"),
            ("xlink:href", &kept.path),
            ("MIMETYPE", kept.media),
            ("SIZE", &kept.bytes.to_string()),
            ("CREATED", &case.made_at),
            ("CHECKSUM", &kept.sha256),
            ("CHECKSUMTYPE", "SHA-256"),
        ],
    );
}

fn group(xml: &mut Xml, case: &Case<'_>, name: &str, uses: &str, all: &[&Kept]) {
    xml.open(
        "mets:fileGrp",
        &[
            ("ID", &format!("g-{name}")),
            ("USE", uses),
            ("csip:CONTENTINFORMATIONTYPE", "OTHER"),
            ("csip:OTHERCONTENTINFORMATIONTYPE", KIND),
        ],
    );
    for (number, kept) in (1..).zip(all) {
        xml.open(
            "mets:file",
            &[
                ("ID", &format!("f-{name}-{number}")),
                ("MIMETYPE", kept.media),
                ("SIZE", &kept.bytes.to_string()),
                ("CREATED", &case.made_at),
                ("CHECKSUM", &kept.sha256),
                ("CHECKSUMTYPE", "SHA-256"),
            ],
        );
        let place = [("LOCTYPE", "URL"), ("xlink:type", "simple"), ("xlink:href", &kept.path)];
        xml.empty("mets:FLocat", &place);
        xml.close();
    }
    xml.close();
}
