//! What a clerk checks in a list of winners: each seat once, none missing, nobody twice.

use std::collections::BTreeMap;

use barid_json_reading::shown;
use barid_plugin::v1::Winner;
use barid_plugin::{Place, Problems};

/// Highest seat number that can be. The Council of Representatives has 329 seats; the provincial
/// councils together have fewer.
pub(crate) const SEATS_MAX: u32 = 1_000;

/// Missing seats that are named; the remedy is the same for the rest.
const NAMED_MAX: usize = 20;

/// Reports every seat and person that cannot be as listed together.
pub(crate) fn check(winners: &[Winner], problems: &mut Problems) {
    let mut seats = BTreeMap::new();
    let mut candidates = BTreeMap::new();
    for (index, winner) in winners.iter().enumerate() {
        // A seat that could not be read was reported where it stands.
        if winner.seat != 0
            && let Some(first) = seats.insert(winner.seat, index)
        {
            say_twice(problems, "seat-twice", place(index, "seat"), first);
        }
        let candidate = (&winner.list, &winner.candidate_id);
        if !winner.candidate_id.is_empty()
            && let Some(first) = candidates.insert(candidate, index)
        {
            say_twice(problems, "candidate-twice", place(index, "candidate_id"), first);
        }
        if winner.votes == 0 {
            say_without_votes(problems, index);
        }
    }
    let last = seats.keys().next_back().copied().unwrap_or_default();
    let missing: Vec<u32> = (1..=last).filter(|seat| !seats.contains_key(seat)).collect();
    if !missing.is_empty() {
        say_missing(problems, &missing);
    }
}

/// The place of a winner's field, with the row a person would count: from 1.
fn place(index: usize, field: &str) -> Place {
    let row = u32::try_from(index + 1).unwrap_or(u32::MAX);
    Place::cell(row, field).in_path(format!("winners[{index}].{field}"))
}

fn say_twice(problems: &mut Problems, code: &str, place: Place, first: usize) {
    let row = first + 1;
    problems.error(
        code,
        place,
        &[
            ("ar", &format!("مذكور قبل ذلك في الفائز {row}.")),
            ("ckb", &format!("پێشتر لە براوەی {row}دا نووسراوە.")),
            ("en", &format!("Winner {row} has it already.")),
        ],
        &[
            ("ar", "صحّح أحدهما."),
            ("ckb", "یەکێکیان ڕاست بکەرەوە."),
            ("en", "Correct one of the two."),
        ],
    );
}

fn say_without_votes(problems: &mut Problems, index: usize) {
    problems.warning(
        "winner-without-votes",
        place(index, "votes"),
        &[
            ("ar", "فائز بلا أصوات."),
            ("ckb", "براوەیەک بەبێ دەنگ."),
            ("en", "A winner without a vote."),
        ],
        &[
            ("ar", "تأكد من عدد الأصوات."),
            ("ckb", "لە ژمارەی دەنگەکان دڵنیا بە."),
            ("en", "Check the number of votes."),
        ],
    );
}

fn say_missing(problems: &mut Problems, missing: &[u32]) {
    let named: Vec<String> = missing.iter().take(NAMED_MAX).map(u32::to_string).collect();
    let named = named.join(", ");
    let count = missing.len();
    problems.error(
        "seats-missing",
        Place::path("winners"),
        &[
            ("ar", &format!("مقاعد بلا فائز ({count}): {}", shown(&named))),
            ("ckb", &format!("کورسیی بێ براوە ({count}): {}", shown(&named))),
            ("en", &format!("Seats without winner ({count}): {named}.")),
        ],
        &[("ar", "أكمل القائمة."), ("ckb", "لیستەکە تەواو بکە."), ("en", "Complete the list.")],
    );
}
