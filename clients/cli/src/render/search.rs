//! What a search found.

use barid_client::hex;
use barid_proto::v1::{SearchCasesResponse, SearchHit, Snippet};
use jiff::tz::TimeZone;
use serde_json::{Value, json};

use super::grid::Grid;
use super::{json as values, number, short, time};
use crate::wording::search::{SearchMsg, matched};
use crate::wording::{self, Lang, Msg};

/// Hits, one to a row, the likeliest first.
pub(crate) fn text(lang: Lang, found: &SearchCasesResponse, zone: &TimeZone) -> String {
    if found.hits.is_empty() {
        return SearchMsg::Nothing.fill(lang, &[]);
    }
    let headings = [
        lang.pick(Msg::HeadCase.wording()).to_owned(),
        lang.pick(Msg::HeadDocketNumber.wording()).to_owned(),
        SearchMsg::HeadFound.fill(lang, &[]),
        SearchMsg::HeadText.fill(lang, &[]),
        lang.pick(Msg::HeadTime.wording()).to_owned(),
    ];
    let mut grid = Grid::new(lang, headings);
    for hit in &found.hits {
        let case = hit.case.clone().unwrap_or_default();
        let numbers: Vec<String> = case.docket_numbers.iter().map(number).collect();
        grid.row([
            hex::encode(&case.case_id),
            numbers.join("\n"),
            where_found(lang, hit),
            marked(hit.snippet.as_ref()),
            time::minute(case.changed_at_unix_ms, zone),
        ]);
    }
    let mut shown = grid.render();
    if !found.next_page_token.is_empty() {
        shown.push_str(&SearchMsg::More.fill(lang, &[&found.next_page_token]));
    }
    if found.cut_short {
        shown.push_str(&SearchMsg::CutShort.fill(lang, &[]));
    }
    shown
}

/// What was found; in which filing, unless it is a number of the case.
fn where_found(lang: Lang, hit: &SearchHit) -> String {
    let what = matched(lang, hit.matched());
    if hit.envelope_digest.is_empty() {
        return what;
    }
    let kind = wording::kind(lang, hit.kind());
    format!("{what}\n{kind} {}", lang.isolate(&short(&hit.envelope_digest)))
}

/// The text with what was looked for between marks that every terminal shows.
fn marked(snippet: Option<&Snippet>) -> String {
    let Some(snippet) = snippet else { return String::new() };
    let (mut shown, mut from) = (String::new(), 0);
    if snippet.cut_before {
        shown.push('…');
    }
    for mark in &snippet.marks {
        let (begin, end) = (mark.begin as usize, mark.end as usize);
        // A hub that lies about places marks nothing.
        let (Some(before), Some(inside)) =
            (snippet.text.get(from..begin), snippet.text.get(begin..end))
        else {
            break;
        };
        shown.push_str(&format!("{before}«{inside}»"));
        from = end;
    }
    shown.push_str(snippet.text.get(from..).unwrap_or_default());
    if snippet.cut_after {
        shown.push('…');
    }
    shown.replace(['\n', '\r'], " ")
}

/// The same for scripts.
pub(crate) fn value(hit: &SearchHit) -> Value {
    let snippet = hit.snippet.as_ref();
    let mark = |mark: &barid_proto::v1::SnippetMark| json!([mark.begin, mark.end]);
    json!({
        "case": hit.case.as_ref().map(values::case),
        "matched": hit.matched().as_str_name(),
        "envelope_digest": hex::encode(&hit.envelope_digest),
        "filing_leaf": Some(hit.filing_leaf).filter(|_| !hit.envelope_digest.is_empty()),
        "kind": hit.kind().as_str_name(),
        "path": hit.path,
        "text": snippet.map(|one| one.text.as_str()),
        "marks": snippet.map(|one| one.marks.iter().map(mark).collect::<Vec<_>>()),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use barid_proto::v1::SnippetMark;

    fn snippet(text: &str, marks: &[(u32, u32)]) -> Snippet {
        let marks = marks.iter().map(|&(begin, end)| SnippetMark { begin, end }).collect();
        Snippet { text: text.to_owned(), marks, cut_before: true, cut_after: false }
    }

    #[test]
    fn what_was_looked_for_is_marked() {
        assert_eq!(
            marked(Some(&snippet("one two\nthree", &[(4, 7), (8, 13)]))),
            "…one «two» «three»"
        );
        assert_eq!(marked(Some(&snippet("فرز", &[(0, 6)]))), "…«فرز»");
        // Marks in the middle of letters, backwards, beyond the end.
        for wrong in [(1, 2), (4, 2), (0, 99)] {
            assert_eq!(marked(Some(&snippet("فرز", &[wrong]))), "…فرز");
        }
    }
}
