//! Redacted versions, holds, and the destruction of documents.

use std::collections::BTreeSet;

use barid_proto::v1::filing_content::Content;
use barid_proto::v1::{DispositionAuthority, DocumentsDestroyed, Exhibit, HoldLifted, HoldPlaced};

use crate::model::place::Checker;

/// Most documents of one filing: what one order is about.
const DOCUMENTS_MAX: usize = 256;

/// Checks a content of this family. `false`: it is of another family.
pub(super) fn check(checker: &mut Checker, content: &Content) -> bool {
    match content {
        Content::DocumentsDestroyed(DocumentsDestroyed { documents: named, authority }) => {
            if named.is_empty() {
                checker.wrong("documents", "missing", "names no document");
            }
            documents(checker, named);
            checker.needed("authority", authority.as_ref(), authority_here);
        }
        Content::HoldPlaced(HoldPlaced { documents: named, authority }) => {
            documents(checker, named);
            checker.needed("authority", authority.as_ref(), authority_here);
        }
        Content::HoldLifted(HoldLifted { hold_digest, authority }) => {
            checker.digest("hold_digest", hold_digest);
            checker.needed("authority", authority.as_ref(), authority_here);
        }
        _ => return false,
    }
    true
}

fn documents(checker: &mut Checker, documents: &[Vec<u8>]) {
    let mut known = BTreeSet::new();
    checker.each("documents", documents, DOCUMENTS_MAX, |checker, digest| {
        checker.digest("", digest);
        if !known.insert(digest.clone()) {
            checker.wrong("", "twice", "is named already");
        }
    });
}

fn authority_here(checker: &mut Checker, authority: &DispositionAuthority) {
    let DispositionAuthority { order_digest, order, rule, reason } = authority;
    if !order_digest.is_empty() {
        checker.digest("order_digest", order_digest);
    }
    if order.is_some() {
        checker.act("order", order.as_ref());
    }
    checker.line("rule", rule);
    checker.text("reason", reason.as_ref());
    if order_digest.is_empty() && order.is_none() && rule.is_empty() {
        let what = "follows an order or a retention rule: name it here, in `order` or in `rule`";
        checker.wrong("order_digest", "missing", what);
    }
}

/// Checks what an exhibit says about being a redacted version.
pub(in crate::model) fn redaction(checker: &mut Checker, exhibit: &Exhibit) {
    let Some(redaction) = &exhibit.redaction else { return };
    checker.within("redaction", |checker| {
        checker.digest("original_sha256", &redaction.original_sha256);
        if redaction.original_sha256 == exhibit.sha256 {
            let what = "is this very exhibit: a redacted version has other bytes than its original";
            checker.wrong("original_sha256", "same", what);
        }
        checker.needed_text("what", redaction.what.as_ref());
    });
}
