//! Sealed exhibits, and who was given their keys.
//!
//! The hub can check the form only: whether a wrap opens, whether a document is what its sender
//! says it is, and even whether it is encrypted at all, nobody knows but those who hold a key.

use std::collections::BTreeSet;

use barid_proto::sealed::{
    DESCRIPTION_MAX_BYTES, ENCAPSULATED_BYTES, KEYS_MAX, Layout, MEDIA_TYPE, TAG_BYTES, VERSION,
    WRAPPED_BYTES, WRAPS_MAX,
};
use barid_proto::v1::{self, AccessGranted, Exhibit, KeyWrap, SealedExhibit};

use crate::model::place::Checker;

/// Checks what an exhibit says about being sealed.
pub(in crate::model) fn sealed_exhibit(checker: &mut Checker, exhibit: &Exhibit) {
    let Some(sealed) = &exhibit.sealed else { return };
    checker.within("sealed", |checker| sealed_form(checker, sealed));
    let tells = [
        ("title", !exhibit.title.is_empty()),
        ("language", !exhibit.language.is_empty()),
        ("origin", !exhibit.origin.is_empty()),
        ("pages", exhibit.pages != 0),
        ("media_type", exhibit.media_type != MEDIA_TYPE),
    ];
    for (name, _) in tells.into_iter().filter(|(_, tells)| *tells) {
        let what = "tells what the sealed exhibit hides: it belongs into its description";
        checker.wrong(name, "sealed", what);
    }
    if let Err(error) = Layout::of(exhibit.size_bytes) {
        checker.wrong("size_bytes", "sealed", error.to_string());
    }
}

fn sealed_form(checker: &mut Checker, sealed: &SealedExhibit) {
    if sealed.version != VERSION {
        let what = format!("is {}: this hub knows version {VERSION}", sealed.version);
        checker.wrong("version", "unknown-value", what);
    }
    checker.digest("key_commitment", &sealed.key_commitment);
    let length = sealed.description.len();
    if !(TAG_BYTES + 1..=DESCRIPTION_MAX_BYTES).contains(&length) {
        let what = format!("has {length} bytes, not {} to {DESCRIPTION_MAX_BYTES}", TAG_BYTES + 1);
        checker.wrong("description", "length", what);
    }
}

/// Checks the exhibits of a body together with the keys that it carries for them.
pub(in crate::model) fn sealing(checker: &mut Checker, body: &v1::EnvelopeBody) {
    let sealed: BTreeSet<&[u8]> = digests(body, |exhibit| exhibit.sealed.is_some());
    if body.confidentiality == i32::from(v1::Confidentiality::Sealed) {
        for (index, exhibit) in body.exhibits.iter().enumerate() {
            if exhibit.sealed.is_none() {
                let what = "is in the clear, in a filing whose exhibits are to be sealed";
                checker.wrong(&format!("exhibits[{index}].sealed"), "missing", what);
            }
        }
    }
    wraps(checker, &body.wraps);
    let mut wrapped = BTreeSet::new();
    for (index, wrap) in body.wraps.iter().enumerate() {
        for (place, key) in wrap.keys.iter().enumerate() {
            wrapped.insert(key.sha256.as_slice());
            if !sealed.contains(key.sha256.as_slice()) {
                let path = format!("wraps[{index}].keys[{place}].sha256");
                checker.wrong(&path, "not-sealed", "is no sealed exhibit of this filing");
            }
        }
    }
    for (index, exhibit) in body.exhibits.iter().enumerate() {
        if exhibit.sealed.is_some() && !wrapped.contains(exhibit.sha256.as_slice()) {
            let what = "is wrapped for nobody: no key in `wraps` is for it";
            checker.wrong(&format!("exhibits[{index}].sha256"), "no-key", what);
        }
    }
}

fn digests(body: &v1::EnvelopeBody, wanted: impl Fn(&Exhibit) -> bool) -> BTreeSet<&[u8]> {
    let exhibits = body.exhibits.iter().filter(|exhibit| wanted(exhibit));
    exhibits.map(|exhibit| exhibit.sha256.as_slice()).collect()
}

/// Checks the form of wraps: for whom each is, whether that office is named by the envelope and
/// holds the key, is judged later.
fn wraps(checker: &mut Checker, wraps: &[KeyWrap]) {
    let mut recipients = BTreeSet::new();
    checker.each("wraps", wraps, WRAPS_MAX, |checker, wrap| {
        checker.needed("recipient", wrap.recipient.as_ref(), |checker, recipient| {
            checker.needed_line("institution", &recipient.institution);
            if !recipients.insert((recipient.institution.clone(), recipient.office.clone())) {
                checker.wrong("office", "twice", "has another wrap already: one holds all keys");
            }
        });
        checker.digest("key_id", &wrap.key_id);
        exactly(checker, "encapsulated", &wrap.encapsulated, ENCAPSULATED_BYTES);
        if wrap.keys.is_empty() {
            checker.wrong("keys", "missing", "holds no key");
        }
        let mut documents = BTreeSet::new();
        checker.each("keys", &wrap.keys, KEYS_MAX, |checker, key| {
            checker.digest("sha256", &key.sha256);
            if !documents.insert(key.sha256.clone()) {
                checker.wrong("sha256", "twice", "has another key in this wrap already");
            }
            exactly(checker, "ciphertext", &key.ciphertext, WRAPPED_BYTES);
        });
    });
}

fn exactly(checker: &mut Checker, name: &str, bytes: &[u8], wanted: usize) {
    if bytes.len() != wanted {
        checker.wrong(name, "length", format!("has {} bytes, not {wanted}", bytes.len()));
    }
}

/// Checks access that is given later.
pub(super) fn granted(checker: &mut Checker, granted: &AccessGranted) {
    if granted.wraps.is_empty() {
        checker.wrong("wraps", "missing", "gives access to nobody");
    }
    wraps(checker, &granted.wraps);
    if !granted.order_digest.is_empty() {
        checker.digest("order_digest", &granted.order_digest);
    }
    if granted.order.is_some() {
        checker.act("order", granted.order.as_ref());
    }
    if granted.order_digest.is_empty() && granted.order.is_none() {
        checker.wrong(
            "order_digest",
            "missing",
            "access follows an order: name it here or in `order`",
        );
    }
    checker.text("reason", granted.reason.as_ref());
}
