//! An error as a person needs it: what is wrong, where, whose fault it is, what to do.

use barid_client::ClientError;
use barid_client::error::LocalError;
use barid_client::refusal::Refusal;

use super::problems::problems;
use crate::wording::{self, Lang, Msg};

/// The lines for standard error.
pub(crate) fn fault(lang: Lang, error: &ClientError) -> String {
    match error {
        ClientError::Refused(refusal) => refused(lang, refusal),
        ClientError::Unreachable(unreachable) => {
            let mut lines =
                lang.say(Msg::CannotReach, &[&unreachable.address, &unreachable.why]) + "\n";
            if let Some(hint) = unreachable.hint {
                let advice = wording::hint(lang, hint);
                lines += &(lang.say(Msg::WhatToDo, &[advice]) + "\n");
            }
            lines
        }
        ClientError::Unwitnessed(one) => {
            lang.say(Msg::Unwitnessed, &[&one.leaf_index.to_string()]) + "\n"
        }
        ClientError::Evidence(evidence) => {
            let what = lang.say(Msg::EvidenceBroken, &[&evidence.to_string()]);
            format!("{what}\n{}\n", lang.say(Msg::EvidenceAdvice, &[]))
        }
        ClientError::Local(LocalError::Sealed(fault)) => wording::sealed_fault(lang, fault) + "\n",
        ClientError::Local(local) => lang.say(Msg::LocalFault, &[&local.to_string()]) + "\n",
    }
}

fn refused(lang: Lang, refusal: &Refusal) -> String {
    let number = refusal.reason as i32;
    let reason = format!("{} ({number}, {})", refusal.text, refusal.reason.as_str_name());
    let mut lines = vec![
        lang.say(Msg::RefusedBecause, &[&reason]),
        lang.say(Msg::WhoseFault, &[wording::blame(lang, refusal.blame())]),
        lang.say(Msg::WhatToDo, &[wording::advice(lang, refusal.reason)]),
    ];
    if let Some(leaf) = refusal.rejection_leaf {
        lines.push(lang.say(Msg::RejectionLeaf, &[&leaf.to_string()]));
    }
    if !refusal.correlation_id.is_empty() {
        lines.push(lang.say(Msg::Correlation, &[&refusal.correlation_id]));
    }
    lines.push(problems(lang, &refusal.problems));
    lines.join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;
    use barid_proto::v1::Reason;

    #[test]
    fn a_refusal_says_what_whose_and_what_to_do() {
        let refusal = Refusal {
            reason: Reason::KeyUnknown,
            text: "the key is not in use".into(),
            problems: vec![],
            expected_link: None,
            rejection_leaf: Some(41),
            correlation_id: "c-7".into(),
            retry_after: None,
        };
        let shown = fault(Lang::En, &refusal.into());
        assert_eq!(
            shown,
            "Refused: the key is not in use (202, REASON_KEY_UNKNOWN)\nLies with: the sender\n\
             What to do: Enrol the key first: barid enrol.\nThe log states this refusal: leaf 41\n\
             For the operator: c-7\n"
        );
    }
}
