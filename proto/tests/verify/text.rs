//! Folding real texts and any text.

use crate::fixture::samples;
use barid_proto::text::{digits, fold, has_bidi_control, isolate};
use proptest::prelude::*;

#[test]
fn all_normal_forms_of_a_text_fold_alike() {
    let Some(folder) = samples("5-arabic/unicode") else { return };
    let lines = std::fs::read_to_string(folder.join("NormalizationTest.arabic.txt")).unwrap();
    let mut checked = 0;
    for line in lines.lines().filter(|line| line.contains(';') && !line.starts_with('#')) {
        let columns: Vec<String> = line.split(';').take(5).map(from_code_points).collect();
        for column in &columns {
            assert_eq!(fold(column), fold(&columns[0]), "{line}");
        }
        checked += 1;
    }
    assert!(checked > 300, "{checked}");
}

/// `0627 0654` to the characters it names.
fn from_code_points(column: &str) -> String {
    let code = |hex| char::from_u32(u32::from_str_radix(hex, 16).unwrap()).unwrap();
    column.split(' ').map(code).collect()
}

#[test]
fn published_texts_keep_no_marks_and_no_foreign_digits() {
    let Some(folder) = samples("5-arabic") else { return };
    for name in
        ["iraq-constitution/articles-1-13.json", "iraq-cassation/principles.json", "udhr/arb.html"]
    {
        let text = std::fs::read_to_string(folder.join(name)).unwrap();
        let folded = fold(&text);
        assert!(folded.len() > 1000, "{name}");
        let unwanted = |c: char| {
            matches!(c, '\u{640}' | '\u{64B}'..='\u{655}' | '\u{660}'..='\u{669}'
                | '\u{6F0}'..='\u{6F9}' | '\u{622}'..='\u{626}' | '\u{629}' | '\u{649}'
                | '\u{6A9}' | '\u{6CC}' | '\u{6D5}' | '\u{200C}')
        };
        assert_eq!(folded.find(unwanted), None, "{name}");
        assert!(folded.contains("الم"), "{name}");
    }
}

proptest! {
    #[test]
    fn folding_twice_changes_nothing(
        text in "\\PC{0,40}|[\\x{600}-\\x{6FF}\\x{FB50}-\\x{FDFF} ]{0,40}",
    ) {
        let once = fold(&text);
        prop_assert_eq!(fold(&once), once.clone());
        prop_assert_eq!(fold(&digits(&text)), once);
    }

    #[test]
    fn digits_change_digits_only(text in "[\\x{600}-\\x{6FF}a-z0-9/ ]{0,40}") {
        let mapped = digits(&text);
        prop_assert_eq!(mapped.chars().count(), text.chars().count());
        for (before, after) in text.chars().zip(mapped.chars()) {
            prop_assert!(before == after || after.is_ascii_digit());
        }
    }

    #[test]
    fn an_isolate_holds_what_is_in_it(text in any::<String>()) {
        let isolated = isolate(&text);
        let inside = isolated.strip_prefix('\u{2068}').unwrap().strip_suffix('\u{2069}').unwrap();
        let mark = |c: char| matches!(c, '\u{61C}' | '\u{200E}' | '\u{200F}');
        let control = |c: char| has_bidi_control(&c.to_string()).is_some();
        let escape = inside.chars().find(|c| control(*c) && !mark(*c));
        prop_assert_eq!(escape, None);
    }
}
