//! Foreign characters inside a sentence for people.

use std::borrow::Cow;

use barid_proto::text::isolate;

/// Most characters of a foreign token that a sentence quotes. The place leads to the rest, and
/// hundreds of problems that each quote a megabyte would be an attack.
const SHOWN_MAX: usize = 120;

/// A token from a document, shortened and between directional isolates, so that it rearranges
/// nothing around it.
#[must_use]
pub fn shown(token: &str) -> String {
    isolate(&shortened(token))
}

/// The beginning of a token, marked as such when there is more.
pub(crate) fn shortened(token: &str) -> Cow<'_, str> {
    match token.char_indices().nth(SHOWN_MAX) {
        Some((end, _)) => Cow::Owned(format!("{}…", token.get(..end).unwrap_or_default())),
        None => Cow::Borrowed(token),
    }
}
