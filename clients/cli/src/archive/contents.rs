//! What goes into a package: documents, readings, evidence, and what was needed to judge them.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::{self, File};
use std::io::{self, Read as _};
use std::path::Path;

use barid_client::bundle::{Bundle, DocumentBytes, NamedDocument, SealedEnvelope};
use barid_client::hex;
use barid_client::verify::{ProvenFiling, Report};
use barid_proto::envelope;
use barid_proto::key::KeyId;
use barid_proto::rules::Catalogue;
use barid_proto::tlog::Hash;
use barid_proto::tlog::receipt::Receipt;
use barid_proto::v1::{Address, Confidentiality, EnvelopeBody, FilingAssessment, FilingKind};
use prost::Message as _;
use prost_reflect::{DescriptorPool, DynamicMessage};
use serde_json::{Value, json};

use super::{BUNDLE, Package, bag};
use crate::render::office;

/// The largest document that is in the bundle too: what a verifier reads itself is no longer.
const BUNDLED_MAX: u64 = 16 * 1024 * 1024;

/// A filing that was left out, because others may not read it.
#[derive(Debug, Clone)]
pub(crate) struct Withheld {
    /// What it is.
    pub(crate) kind: FilingKind,
    /// Who sent it.
    pub(crate) sender: Option<Address>,
    /// Digest of its envelope.
    pub(crate) digest: Hash,
    /// Its leaf.
    pub(crate) leaf_index: u64,
    /// How many documents it names.
    pub(crate) documents: usize,
}

/// What an archive is made from.
pub(crate) struct Contents<'a> {
    /// The bundle, with its documents.
    pub(crate) bundle: &'a Bundle,
    /// What is proven.
    pub(crate) report: &'a Report,
    /// Rule sets that are known.
    pub(crate) rules: &'a Catalogue,
}

/// Takes restricted and sealed filings out of a bundle; tells which.
pub(crate) fn withhold(bundle: &mut Bundle) -> Vec<Withheld> {
    let mut withheld = Vec::new();
    bundle.filings.retain(|filing| {
        let sealed = &filing.sealed;
        let Ok(opened) = envelope::open(&sealed.envelope) else { return true };
        let body = &opened.body;
        let closed =
            matches!(body.confidentiality(), Confidentiality::Restricted | Confidentiality::Sealed);
        if closed {
            withheld.push(Withheld {
                kind: body.kind(),
                sender: body.sender.clone(),
                digest: opened.digest(),
                leaf_index: Receipt::parse(&sealed.receipt).map_or(0, |receipt| receipt.index),
                documents: usize::from(body.lead.is_some()) + body.exhibits.len(),
            });
        }
        !closed
    });
    if !withheld.is_empty() {
        let named = bundle.named_documents();
        bundle.documents.retain(|document| named.contains(&document.name));
        bundle.readme = barid_client::bundle::readme(&bundle.filings);
    }
    withheld
}

/// Puts the documents of a bundle that somebody brought beside it, each by its digest.
pub(crate) fn unzip(path: &Path, bundle: &mut Bundle, into: &Path) -> io::Result<()> {
    fs::create_dir_all(into)?;
    let mut zip = zip::ZipArchive::new(File::open(path)?).map_err(io::Error::other)?;
    for document in &mut bundle.documents {
        let name = hex::encode(&document.name);
        let place = into.join(&name);
        let member = zip.by_name(&format!("documents/{name}")).map_err(io::Error::other)?;
        // The bundle was read before, in its one form, and told this length.
        let mut member = member.take(document.size);
        io::copy(&mut member, &mut File::create(&place)?)?;
        if bag::digest(&place)?.0 != hex::encode(&document.found) {
            return Err(io::Error::other(format!("{}: another {name} in it", path.display())));
        }
        document.bytes = DocumentBytes::Disk(place);
    }
    Ok(())
}

/// Adds all of it to a package.
pub(crate) fn contents(package: &mut Package, from: &Contents<'_>) -> io::Result<()> {
    add_originals(package, from)?;
    add_readings(package, from.bundle)?;
    add_evidence(package, from.bundle)?;
    add_documentation(package, from)?;
    let messages = barid_proto::MESSAGES_TEXT.as_bytes();
    package.add("schemas/barid-v1.proto.txt", "text/plain", messages)
}

/// Documents as they were sent. Their name is their digest: what senders called them is on the
/// page.
fn add_originals(package: &mut Package, from: &Contents<'_>) -> io::Result<()> {
    let bodies: Vec<&EnvelopeBody> =
        from.report.filings.iter().map(|filing| &filing.body).collect();
    for document in &from.bundle.documents {
        // A document of another digest is no evidence, and the report says so.
        if document.found != document.name {
            continue;
        }
        let (extension, media) = kind_of(&document.name, &bodies);
        let name = hex::encode(&document.name);
        let path = format!("representations/originals/data/{name}.{extension}");
        let place = package.place(&path)?;
        copy(document, &place)?;
        package.note(&path, media, document.size, name);
    }
    Ok(())
}

fn copy(document: &NamedDocument, place: &Path) -> io::Result<()> {
    match &document.bytes {
        DocumentBytes::Memory(bytes) => fs::write(place, bytes),
        DocumentBytes::Disk(path) => fs::copy(path, place).map(drop),
        DocumentBytes::Passed => Err(io::Error::other("a document was passed by")),
    }
}

/// Extension and media type, by what the sender says it is: from a list of ours, whatever it says.
fn kind_of(digest: &Hash, bodies: &[&EnvelopeBody]) -> (&'static str, &'static str) {
    let leads = bodies.iter().filter_map(|body| body.lead.as_ref());
    let leads = leads.map(|lead| (&lead.sha256, lead.format.as_str(), lead.media_type.as_str()));
    let exhibits = bodies.iter().flat_map(|body| &body.exhibits);
    let exhibits = exhibits.map(|one| (&one.sha256, "", one.media_type.as_str()));
    let mut named = leads.chain(exhibits).filter(|(sha256, ..)| sha256.as_slice() == digest);
    match named.next() {
        Some((_, format, _)) if format.ends_with("+akn") => ("akn.xml", "application/akn+xml"),
        Some((_, _, media)) => match media {
            "application/json" => ("json", "application/json"),
            "application/pdf" => ("pdf", "application/pdf"),
            "application/xml" | "text/xml" | "application/akn+xml" => ("xml", "application/xml"),
            "text/plain" => ("txt", "text/plain"),
            "text/csv" => ("csv", "text/csv"),
            "image/jpeg" => ("jpg", "image/jpeg"),
            "image/png" => ("png", "image/png"),
            "image/tiff" => ("tif", "image/tiff"),
            "video/mp4" => ("mp4", "video/mp4"),
            _ => ("bin", "application/octet-stream"),
        },
        None => ("bin", "application/octet-stream"),
    }
}

/// What formats read, as JSON by the names of the messages' fields.
fn add_readings(package: &mut Package, bundle: &Bundle) -> io::Result<()> {
    let pool =
        DescriptorPool::decode(barid_proto::FILE_DESCRIPTOR_SET).map_err(io::Error::other)?;
    for (number, filing) in (1..).zip(&bundle.filings) {
        let path = |what: &str| format!("representations/readings/data/{number:05}-{what}.json");
        let sealed = &filing.sealed.envelope;
        let envelope = readable(&pool, "barid.v1.EnvelopeBody", &sealed.body);
        add_json(package, &path("envelope"), &envelope)?;
        if let Some(added) = &filing.assessment {
            let added = readable(&pool, "barid.v1.FilingAssessment", &added.bytes);
            add_json(package, &path("assessment"), &added)?;
        }
    }
    Ok(())
}

fn readable(pool: &DescriptorPool, name: &str, bytes: &[u8]) -> Value {
    let message = pool.get_message_by_name(name);
    let decoded = message.and_then(|message| DynamicMessage::decode(message, bytes).ok());
    decoded.and_then(|decoded| serde_json::to_value(decoded).ok()).unwrap_or(Value::Null)
}

fn add_json(package: &mut Package, path: &str, value: &Value) -> io::Result<()> {
    let text = serde_json::to_string_pretty(value).map_err(io::Error::other)?;
    package.add(path, "application/json", (text + "\n").as_bytes())
}

/// The bundle, and beside it what is most asked for, so that nobody has to open it. Large documents
/// are not in it a second time: they lie with the originals, under their digests.
fn add_evidence(package: &mut Package, bundle: &Bundle) -> io::Result<()> {
    let place = package.place(BUNDLE)?;
    let mut light = bundle.clone();
    light.documents.retain(|document| document.size <= BUNDLED_MAX);
    let written = light.write(io::BufWriter::new(File::create(&place)?));
    let written = written.map_err(io::Error::other)?;
    written.into_inner().map_err(io::IntoInnerError::into_error)?.sync_all()?;
    let (sha256, bytes) = bag::digest(&place)?;
    package.note(BUNDLE, "application/zip", bytes, sha256);
    for (number, filing) in (1..).zip(&bundle.filings) {
        let folder = format!("representations/evidence/data/{number:05}");
        let envelope = filing.sealed.envelope.encode_to_vec();
        package.add(&format!("{folder}-envelope.bin"), "application/octet-stream", &envelope)?;
        let receipt = format!("{folder}-receipt.tlog-proof");
        package.add(&receipt, "text/plain", &filing.sealed.receipt)?;
        for (number, stated) in (1..).zip(&filing.statements) {
            let stem = format!("{folder}-statement-{number:03}");
            package.add(&format!("{stem}.bin"), "application/octet-stream", &stated.bytes)?;
            package.add(&format!("{stem}.tlog-proof"), "text/plain", &stated.receipt)?;
        }
    }
    Ok(())
}

/// Keys, rule sets, calendars, the newest checkpoint, and the policy that was believed.
fn add_documentation(package: &mut Package, from: &Contents<'_>) -> io::Result<()> {
    let pool =
        DescriptorPool::decode(barid_proto::FILE_DESCRIPTOR_SET).map_err(io::Error::other)?;
    let event =
        |event: &SealedEnvelope| readable(&pool, "barid.v1.EnvelopeBody", &event.envelope.body);
    let events: Vec<Value> = from.bundle.keys.iter().map(event).collect();
    let keys = keys(&from.report.filings, from.bundle);
    add_json(package, "documentation/keys.json", &json!({ "keys": keys, "events": events }))?;
    for used in &from.report.rules {
        let Some((text, _)) = from.rules.text(&used.name) else { continue };
        let path = format!("documentation/rules/{}.toml", used.name.replace('/', "-"));
        package.add(&path, "application/toml", text.as_bytes())?;
    }
    let pool =
        DescriptorPool::decode(barid_proto::FILE_DESCRIPTOR_SET).map_err(io::Error::other)?;
    for (number, law) in (1..).zip(&from.bundle.law) {
        let body = readable(&pool, "barid.v1.EnvelopeBody", &law.sealed.envelope.body);
        let added = law.assessment.as_ref().map(|added| FilingAssessment::decode(&*added.bytes));
        let read = added.and_then(Result::ok).and_then(|added| added.reading);
        let read = read.map(|read| readable(&pool, "barid.v1.Reading", &read.encode_to_vec()));
        let path = format!("documentation/law/{number:05}.json");
        add_json(package, &path, &json!({ "envelope": body, "reading": read }))?;
    }
    if let Some(note) = newest_checkpoint(from.bundle) {
        package.add("documentation/checkpoint.txt", "text/plain", note.as_bytes())?;
    }
    let policy = from.bundle.policy.as_bytes();
    if policy.is_empty() {
        Ok(())
    } else {
        package.add("documentation/policy.txt", "text/plain", policy)
    }
}

/// Whose the keys are and who vouched for them, as the verification proved.
fn keys(filings: &[ProvenFiling], bundle: &Bundle) -> Vec<Value> {
    let spkis = bundle.filings.iter().flat_map(|filing| &filing.sealed.signer_spkis);
    let spkis: BTreeMap<KeyId, String> =
        spkis.map(|spki| (KeyId::of_spki(spki), hex::encode(spki))).collect();
    let mut seen = BTreeSet::new();
    let signers = filings.iter().flat_map(|filing| &filing.signers);
    signers
        .filter(|key| seen.insert(key.id.to_string()))
        .map(|key| {
            json!({
                "key_id": key.id.to_string(),
                "spki": spkis.get(&key.id),
                "holder": key.holder.as_ref().map(|holder| office(Some(holder))),
                "authority": key.authority,
            })
        })
        .collect()
}

/// The checkpoint of the largest tree among the receipts.
fn newest_checkpoint(bundle: &Bundle) -> Option<String> {
    let receipts = bundle.filings.iter().filter_map(|filing| {
        let receipt = Receipt::parse(&filing.sealed.receipt).ok()?;
        let size: u64 = receipt.checkpoint.text().lines().nth(1)?.parse().ok()?;
        Some((size, receipt.checkpoint.to_string()))
    });
    receipts.collect::<BTreeMap<_, _>>().pop_last().map(|(_, note)| note)
}
