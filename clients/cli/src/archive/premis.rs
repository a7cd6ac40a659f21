//! PREMIS 3: each document with its digest, what happened to the case, and who acted.

use barid_client::hex;

use super::xml::Xml;
use super::{Case, Package};
use crate::render::{office, time};

const NAMESPACES: [(&str, &str); 3] = [
    ("xmlns:premis", "http://www.loc.gov/premis/v3"),
    ("xmlns:xsi", "http://www.w3.org/2001/XMLSchema-instance"),
    ("version", "3.0"),
];

/// All of it.
pub(super) fn premis(case: &Case<'_>, package: &Package) -> String {
    let mut xml = Xml::new();
    xml.open("premis:premis", &NAMESPACES);
    let kept = package.below("representations/");
    for one in kept {
        xml.open("premis:object", &[("xsi:type", "premis:file")]);
        identifier(&mut xml, "premis:objectIdentifier", "path", &one.path);
        xml.open("premis:objectCharacteristics", &[]);
        xml.open("premis:fixity", &[]);
        xml.text("premis:messageDigestAlgorithm", &[], "SHA-256");
        xml.text("premis:messageDigest", &[], &one.sha256);
        xml.close();
        xml.text("premis:size", &[], &one.bytes.to_string());
        xml.open("premis:format", &[]).open("premis:formatDesignation", &[]);
        xml.text("premis:formatName", &[], one.media);
        xml.close().close().close().close();
    }
    for (number, event) in (1..).zip(&case.events) {
        xml.open("premis:event", &[]);
        identifier(
            &mut xml,
            "premis:eventIdentifier",
            "log leaf",
            &format!("{}/{number}", event.leaf_index),
        );
        xml.text("premis:eventType", &[], event.kind.name());
        let at_ms = i64::try_from(event.at_ms).unwrap_or_default();
        let at = time::rfc3339(at_ms, 0).unwrap_or_default();
        xml.text("premis:eventDateTime", &[], &at);
        xml.open("premis:eventDetailInformation", &[]);
        let about = format!("{} envelope {}", event.kind.uri(), hex::encode(&event.about));
        xml.text("premis:eventDetail", &[], &about);
        xml.close();
        identifier(
            &mut xml,
            "premis:linkingAgentIdentifier",
            "office",
            &office(Some(&event.office)),
        );
        xml.close();
    }
    let offices: std::collections::BTreeSet<String> =
        case.events.iter().map(|event| office(Some(&event.office))).collect();
    for name in offices {
        xml.open("premis:agent", &[]);
        identifier(&mut xml, "premis:agentIdentifier", "office", &name);
        xml.text("premis:agentName", &[], &name);
        xml.text("premis:agentType", &[], "organization");
        xml.close();
    }
    xml.finish()
}

fn identifier(xml: &mut Xml, name: &'static str, kind: &str, value: &str) {
    xml.open(name, &[]);
    xml.text(&format!("{name}Type"), &[], kind);
    xml.text(&format!("{name}Value"), &[], value);
    xml.close();
}
