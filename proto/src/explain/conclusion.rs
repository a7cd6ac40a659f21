//! What a rule came to, in words: one table from conclusion codes.
//!
//! Sorani words other than those of docs/glossary.md wait for a legal reviewer who writes the
//! language, as all of them do there.

use super::language::{Four, Language};

/// A conclusion in words. A code of a later version is shown as it is.
pub(super) fn conclusion(language: Language, code: &str) -> String {
    match words(code) {
        Some(words) => language.pick(words).to_owned(),
        None => language.exact(code),
    }
}

/// The words of a code. `None`: it is none of this version's.
pub(super) fn words(code: &str) -> Option<Four> {
    TABLE.iter().find(|(known, _)| *known == code).map(|(_, words)| *words)
}

/// Each code that an assessment of this version can have.
const TABLE: &[(&str, Four)] = &[
    // Periods.
    ("on-time", ["ضمن المدة", "لە ماوەی دیاریکراودا", "in time", "dentro del plazo"]),
    ("late", ["بعد انقضاء المدة", "دوای بەسەرچوونی ماوە", "late", "fuera del plazo"]),
    ("runs", ["المدة جارية", "ماوەکە بەردەوامە", "the period runs", "el plazo corre"]),
    (
        "on-time-suspended",
        [
            "ضمن المدة، وهي موقوفة",
            "لە ماوەی دیاریکراودا، ماوەکە ڕاگیراوە",
            "in time, the period stands still",
            "dentro del plazo, que está suspendido",
        ],
    ),
    (
        "suspended",
        ["المدة موقوفة", "ماوەکە ڕاگیراوە", "the period stands still", "el plazo está suspendido"],
    ),
    (
        "no-calendar",
        [
            "لا يمكن الحسم: يوم لا يعرفه أي تقويم",
            "بڕیار نادرێت: ڕۆژێک کە هیچ ڕۆژژمێرێک نایزانێت",
            "cannot be decided: a day that no calendar knows",
            "no puede decidirse: un día que ningún calendario conoce",
        ],
    ),
    (
        "no-such-day",
        [
            "لا يمكن الحسم: الشهر ليس فيه يوم كهذا",
            "بڕیار نادرێت: مانگەکە ڕۆژی وەهای تێدا نییە",
            "cannot be decided: the month has no such day",
            "no puede decidirse: el mes no tiene ese día",
        ],
    ),
    (
        "length-unknown",
        [
            "لا يمكن الحسم: لا يُعرف كم تدوم المدة",
            "بڕیار نادرێت: نازانرێت ماوەکە چەندە",
            "cannot be decided: nothing in the log says how long the period is",
            "no puede decidirse: nada en el registro dice cuánto dura el plazo",
        ],
    ),
    (
        "trigger-unknown",
        [
            "لا يمكن الحسم: لم يرد بعد ما تبدأ به المدة",
            "بڕیار نادرێت: ئەوەی ماوەکەی پێ دەست پێ دەکات هێشتا نەهاتووە",
            "cannot be decided: what sets the period going is not in the log",
            "no puede decidirse: en el registro no consta lo que inicia el plazo",
        ],
    ),
    (
        "trigger-undated",
        [
            "لا يمكن الحسم: ما تبدأ به المدة بلا تاريخ",
            "بڕیار نادرێت: ئەوەی ماوەکەی پێ دەست پێ دەکات بێ بەروارە",
            "cannot be decided: what sets the period going bears no date",
            "no puede decidirse: lo que inicia el plazo no tiene fecha",
        ],
    ),
    // Reports of outages.
    (
        "contradicted",
        [
            "يخالفه السجل",
            "تۆمارەکە ڕەتی دەکاتەوە",
            "contradicted by the log",
            "contradicho por el registro",
        ],
    ),
    (
        "confirmed",
        [
            "تؤكده المنصة نفسها",
            "سەکۆکە خۆی پشتڕاستی دەکاتەوە",
            "confirmed by the hub itself",
            "confirmado por el propio nodo",
        ],
    ),
    (
        "reported",
        [
            "أفاد به المكتب وحده",
            "تەنها نووسینگەکە وا دەڵێت",
            "reported by the office alone",
            "informado solo por la oficina",
        ],
    ),
    // Sittings and votes.
    ("quorum-met", ["اكتمل النصاب", "ڕێژەی یاسایی تەواوە", "the quorum is met", "hay quórum"]),
    (
        "quorum-missing",
        ["النصاب غير مكتمل", "ڕێژەی یاسایی تەواو نییە", "the quorum is missing", "falta quórum"],
    ),
    ("passed", ["تمت الموافقة", "پەسەند کرا", "passed", "aprobado"]),
    ("failed", ["لم تتم الموافقة", "پەسەند نەکرا", "not passed", "no aprobado"]),
    ("tied", ["تساوت الأصوات", "دەنگەکان یەکسان بوون", "tied", "empate"]),
    (
        "decided-by-casting-vote",
        [
            "حُسم بصوت الرئيس المرجِّح",
            "بە دەنگی یەکلاکەرەوەی سەرۆک بڕیاری لێ درا",
            "decided by the casting vote of the chair",
            "decidido por el voto de calidad de la presidencia",
        ],
    ),
    // Publication.
    ("complete", ["مكتمل", "تەواوە", "complete", "completo"]),
    (
        "proofs-missing",
        [
            "تنقص أدلة نشر",
            "بەڵگەی بڵاوکردنەوە کەمە",
            "proofs of publication are missing",
            "faltan pruebas de publicación",
        ],
    ),
    (
        "days-differ",
        [
            "الأيام في الشهادة غير أيام أدلة النشر",
            "ڕۆژەکانی بڕوانامەکە لەگەڵ ڕۆژەکانی بەڵگەکان جیاوازن",
            "the certificate's days are not those of the proofs",
            "los días del certificado no son los de las pruebas",
        ],
    ),
    // Delegation.
    (
        "covered",
        [
            "ضمن حدود التخويل",
            "لە سنووری دەسەڵاتپێداندایە",
            "within the delegation",
            "dentro de la delegación",
        ],
    ),
    (
        "expired",
        [
            "التخويل غير نافذ في ذلك اليوم",
            "دەسەڵاتپێدانەکە لەو ڕۆژەدا کارا نییە",
            "the delegation is not in force on that day",
            "la delegación no está vigente ese día",
        ],
    ),
    (
        "delegation-unknown",
        [
            "لا يوجد تخويل كهذا في السجل",
            "دەسەڵاتپێدانێکی وەها لە تۆماردا نییە",
            "no such delegation is in the log",
            "en el registro no consta esa delegación",
        ],
    ),
    (
        "office-not-delegated",
        [
            "المكتب غير مخوّل",
            "نووسینگەکە دەسەڵاتی پێ نەدراوە",
            "the office has no delegation",
            "la oficina no tiene delegación",
        ],
    ),
    (
        "colour-not-covered",
        [
            "التخويل لا يشمل هذا التصنيف",
            "دەسەڵاتپێدانەکە ئەم پۆلێنە ناگرێتەوە",
            "the delegation does not cover this classification",
            "la delegación no comprende esta clasificación",
        ],
    ),
    // Ratification.
    (
        "before-ratification",
        [
            "قبل المصادقة",
            "پێش پەسەندکردن",
            "before the ratification",
            "antes de la declaración de validez",
        ],
    ),
];

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;
    use std::path::{Path, PathBuf};

    /// Literals of `proto/src/assess` that look like codes and are none: subjects, names of inputs,
    /// values.
    const NOT_CONCLUSIONS: &[&str] =
        &["timeliness", "period", "time-zone", "polling", "outage", "attempts"];

    #[test]
    fn every_conclusion_of_the_rules_has_words() {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/assess");
        let mut found = BTreeSet::new();
        for source in sources(&folder) {
            let text = std::fs::read_to_string(&source).unwrap();
            let text = text.split("#[cfg(test)]\nmod tests {").next().unwrap();
            found.extend(codes(text));
        }
        let without =
            |code: &&String| words(code).is_none() && !NOT_CONCLUSIONS.contains(&code.as_str());
        let without: Vec<_> = found.iter().filter(without).collect();
        assert!(found.contains("late"), "the sources were not read: {found:?}");
        assert!(
            without.is_empty(),
            "{without:?}: give each conclusion its words in TABLE, in four languages; what is no \
             conclusion goes into NOT_CONCLUSIONS"
        );
    }

    fn sources(folder: &Path) -> Vec<PathBuf> {
        let mut found = Vec::new();
        for one in std::fs::read_dir(folder).unwrap() {
            let path = one.unwrap().path();
            let tests = path.file_stem().is_some_and(|name| name == "tests");
            match (path.is_dir(), tests) {
                (_, true) => {}
                (true, _) => found.extend(sources(&path)),
                (false, _) => found.push(path),
            }
        }
        found
    }

    /// Literals that have the form of a code.
    fn codes(text: &str) -> Vec<String> {
        let code = |text: &&str| {
            let letters = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
            (1..=64).contains(&text.len())
                && text.chars().all(letters)
                && text.starts_with(|c: char| c.is_ascii_lowercase())
        };
        let lines = text.lines().filter(|line| !line.trim_start().starts_with("//"));
        lines
            .flat_map(|line| line.split('"').skip(1).step_by(2))
            .filter(code)
            .map(str::to_owned)
            .collect()
    }

    #[test]
    fn words_differ_and_are_written_in_their_script() {
        let arabic = |c: char| ('\u{600}'..='\u{6ff}').contains(&c);
        let mut seen = BTreeSet::new();
        for (code, [ar, ckb, en, es]) in TABLE {
            assert!(ar.contains(arabic) && ckb.contains(arabic), "{code}");
            assert!(en.is_ascii() && !es.contains(arabic) && !es.is_empty(), "{code}");
            assert!(seen.insert(*code) && ar != ckb, "{code}");
        }
        let codes: BTreeSet<_> = TABLE.iter().map(|(_, [_, _, en, _])| *en).collect();
        assert_eq!(codes.len(), TABLE.len(), "two codes with the same words");
    }

    #[test]
    fn a_code_of_a_later_version_is_shown_as_it_is() {
        assert_eq!(conclusion(Language::English, "seen-from-mars"), "seen-from-mars");
        assert_eq!(conclusion(Language::Arabic, "x"), "\u{2066}x\u{2069}");
    }
}
