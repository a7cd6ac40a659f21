//! Who can open the sealed exhibits of a filing, as its envelope says.

use barid_client::hex::encode;
use barid_proto::v1::filing_content::Content;
use barid_proto::v1::{AccessGranted, EnvelopeBody, KeyWrap};
use serde_json::{Value, json};

use super::{office, shown_office};
use crate::wording::{Lang, SealedMsg, sealed};

/// The lines of a filing: each sealed exhibit with its readers, and access that is given.
pub(crate) fn lines(lang: Lang, body: &EnvelopeBody) -> Vec<String> {
    let exhibits = body.exhibits.iter().filter(|exhibit| exhibit.sealed.is_some());
    let mut lines: Vec<String> = exhibits
        .map(|exhibit| {
            let readers = lang.list(&readers(&body.wraps, &exhibit.sha256));
            let digest = encode(&exhibit.sha256);
            sealed(lang, SealedMsg::Readers, &[&exhibit.number, &digest, &readers])
        })
        .collect();
    if let Some(granted) = granted(body) {
        let order = order(lang, granted);
        lines.extend(documents(&granted.wraps).into_iter().map(|digest| {
            let readers = lang.list(&readers(&granted.wraps, digest));
            sealed(lang, SealedMsg::Access, &[&readers, &encode(digest), &order])
        }));
        let reason = lang.rendering(granted.reason.as_ref());
        lines.extend((!reason.is_empty()).then(|| lang.isolate(&reason)));
    }
    lines
}

/// The same for scripts.
pub(crate) fn value(body: &EnvelopeBody) -> Value {
    let wraps = granted(body).map_or(&body.wraps, |granted| &granted.wraps);
    let access: Vec<Value> = wraps
        .iter()
        .map(|wrap| {
            let digests: Vec<String> = wrap.keys.iter().map(|key| encode(&key.sha256)).collect();
            json!({
                "office": office(wrap.recipient.as_ref()),
                "key_id": encode(&wrap.key_id),
                "sealed_exhibits": digests,
            })
        })
        .collect();
    let order = granted(body).map(|granted| {
        json!({
            "filing": (!granted.order_digest.is_empty()).then(|| encode(&granted.order_digest)),
            "act": granted.order.as_ref().map(|act| {
                json!({ "institution": act.institution, "number": act.number })
            }),
        })
    });
    json!({ "readers": access, "order": order })
}

fn granted(body: &EnvelopeBody) -> Option<&AccessGranted> {
    match body.content.as_ref()?.content.as_ref()? {
        Content::AccessGranted(granted) => Some(granted),
        _ => None,
    }
}

fn readers(wraps: &[KeyWrap], digest: &[u8]) -> Vec<String> {
    let holds = |wrap: &&KeyWrap| wrap.keys.iter().any(|key| key.sha256 == digest);
    wraps.iter().filter(holds).map(|wrap| shown_office(wrap.recipient.as_ref())).collect()
}

/// The documents of wraps, each once, in their order.
fn documents(wraps: &[KeyWrap]) -> Vec<&[u8]> {
    let mut documents: Vec<&[u8]> = Vec::new();
    for key in wraps.iter().flat_map(|wrap| &wrap.keys) {
        if !documents.contains(&key.sha256.as_slice()) {
            documents.push(&key.sha256);
        }
    }
    documents
}

fn order(lang: Lang, granted: &AccessGranted) -> String {
    let mut parts = Vec::new();
    if let Some(act) = &granted.order {
        parts.push(sealed(lang, SealedMsg::OrderAct, &[&act.number, &act.institution]));
    }
    if !granted.order_digest.is_empty() {
        parts.push(sealed(lang, SealedMsg::OrderFiled, &[&encode(&granted.order_digest)]));
    }
    lang.list(&parts)
}
