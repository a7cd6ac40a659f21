//! What a filing says about keeping documents, and about redacted versions, as its envelope says.

use barid_client::hex::encode;
use barid_proto::v1::filing_content::Content;
use barid_proto::v1::{DispositionAuthority, EnvelopeBody};
use serde_json::{Value, json};

use crate::wording::{Lang, RetentionMsg};

/// What it decides, about which documents, or about which hold.
struct Decided<'a> {
    decision: Decision,
    digests: Vec<&'a [u8]>,
    authority: Option<&'a DispositionAuthority>,
}

#[derive(Clone, Copy)]
enum Decision {
    Hold,
    Lift,
    Destroy,
}

/// The lines of a filing.
pub(crate) fn lines(lang: Lang, body: &EnvelopeBody) -> Vec<String> {
    let redacted = body.exhibits.iter().filter_map(|exhibit| {
        let redaction = exhibit.redaction.as_ref()?;
        let what = lang.rendering(redaction.what.as_ref());
        let original = encode(&redaction.original_sha256);
        Some(RetentionMsg::Redacted.fill(lang, &[&exhibit.number, &original, &what]))
    });
    let mut lines: Vec<String> = redacted.collect();
    let Some(decided) = decided(body) else { return lines };
    let authority = authority(lang, decided.authority);
    if matches!(decided.decision, Decision::Hold) && decided.digests.is_empty() {
        lines.push(RetentionMsg::KeepsAll.fill(lang, &[&authority]));
    }
    let message = match decided.decision {
        Decision::Hold => RetentionMsg::Keeps,
        Decision::Lift => RetentionMsg::Lifts,
        Decision::Destroy => RetentionMsg::Destroys,
    };
    let line = |digest: &[u8]| message.fill(lang, &[&encode(digest), &authority]);
    lines.extend(decided.digests.into_iter().map(line));
    let reason = decided.authority.and_then(|authority| authority.reason.as_ref());
    let reason = lang.rendering(reason);
    lines.extend((!reason.is_empty()).then(|| lang.isolate(&reason)));
    lines
}

/// The same for scripts. `null`: nothing is decided about documents.
pub(crate) fn value(body: &EnvelopeBody) -> Value {
    let Some(Decided { decision, digests, authority }) = decided(body) else { return Value::Null };
    let digests: Vec<String> = digests.into_iter().map(encode).collect();
    let (name, about) = match decision {
        Decision::Hold => ("hold-placed", "documents"),
        Decision::Lift => ("hold-lifted", "hold"),
        Decision::Destroy => ("documents-destroyed", "documents"),
    };
    let authority = authority.map(|authority| {
        json!({
            "filing": (!authority.order_digest.is_empty()).then(|| encode(&authority.order_digest)),
            "act": authority.order.as_ref().map(|act| {
                json!({ "institution": act.institution, "number": act.number })
            }),
            "rule": (!authority.rule.is_empty()).then_some(&authority.rule),
        })
    });
    json!({ "decision": name, about: digests, "authority": authority })
}

fn decided(body: &EnvelopeBody) -> Option<Decided<'_>> {
    let (decision, digests, authority) = match body.content.as_ref()?.content.as_ref()? {
        Content::HoldPlaced(said) => {
            (Decision::Hold, said.documents.iter().collect::<Vec<_>>(), &said.authority)
        }
        Content::HoldLifted(said) => (Decision::Lift, vec![&said.hold_digest], &said.authority),
        Content::DocumentsDestroyed(said) => {
            (Decision::Destroy, said.documents.iter().collect::<Vec<_>>(), &said.authority)
        }
        _ => return None,
    };
    let digests = digests.into_iter().map(Vec::as_slice).collect();
    Some(Decided { decision, digests, authority: authority.as_ref() })
}

fn authority(lang: Lang, authority: Option<&DispositionAuthority>) -> String {
    let Some(authority) = authority else { return String::new() };
    let mut parts = Vec::new();
    if let Some(act) = &authority.order {
        parts.push(RetentionMsg::ByAct.fill(lang, &[&act.number, &act.institution]));
    }
    if !authority.order_digest.is_empty() {
        parts.push(RetentionMsg::ByFiling.fill(lang, &[&encode(&authority.order_digest)]));
    }
    if !authority.rule.is_empty() {
        parts.push(lang.isolate(&authority.rule));
    }
    lang.list(&parts)
}
