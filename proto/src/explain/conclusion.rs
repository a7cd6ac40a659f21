//! What a rule came to, in words: tables from conclusion codes. That of the formal rules is apart.
//!
//! Sorani words other than those of docs/glossary.md wait for a legal reviewer who writes the
//! language, as all of them do there.

use super::formal::TABLES;
use super::language::{Four, Language};

/// A conclusion in words. A code of a later version is shown as it is.
pub(super) fn conclusion(language: Language, code: &str) -> String {
    match words(code) {
        Some(words) => language.pick(words).to_owned(),
        None => language.exact(code),
    }
}

/// The words of a code. `None`: it is none of this version's.
fn words(code: &str) -> Option<Four> {
    all().find(|(known, _)| *known == code).map(|(_, words)| *words)
}

/// Each code that an assessment of this version can have.
fn all() -> impl Iterator<Item = &'static (&'static str, Four)> {
    TABLE.iter().chain(TABLES.into_iter().flatten())
}

/// The codes that are of no formal rule, and those that several have.
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
    (
        "length-unknown",
        [
            "لا يمكن الحسم: طول المدة غير معروف في هذه القراءة",
            "بڕیار نادرێت: درێژیی ماوەکە لەم خوێندنەوەیەدا نەزانراوە",
            "cannot be decided: in this reading nobody says how long the period is",
            "no puede decidirse: en esta lectura no se sabe cuánto dura el plazo",
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
    // Outages.
    (
        "confirmed",
        [
            "الانقطاع مؤكد من المنصة",
            "پلاتفۆرمەکە پچڕانەکە پشتڕاست دەکاتەوە",
            "the hub confirms the outage",
            "el sistema confirma la interrupción",
        ],
    ),
    (
        "reconciled",
        [
            "السجلات متطابقة",
            "تۆمارەکان یەک دەگرنەوە",
            "the registers are reconciled",
            "los registros están conciliados",
        ],
    ),
    (
        "exceptions-open",
        [
            "بين السجلات فروق لم تُسوَّ",
            "جیاوازیی نێوان تۆمارەکان یەکلا نەکراوەتەوە",
            "differences between registers are open",
            "hay diferencias abiertas entre los registros",
        ],
    ),
    (
        "not-told",
        [
            "لا يبيّن الملف كيف تقف الطعون",
            "دۆسیەکە ناڵێت تانەکان لە کوێی وەستاون",
            "the dossier does not say how the appeals stand",
            "el expediente no dice cómo están las impugnaciones",
        ],
    ),
    (
        "contradicted",
        [
            "الانقطاع يناقضه السجل",
            "تۆمارەکە پچڕانەکە بە درۆ دەخاتەوە",
            "the log contradicts the outage",
            "el registro contradice la interrupción",
        ],
    ),
    (
        "reported",
        [
            "الانقطاع يقول به المكتب وحده",
            "تەنیا نووسینگەکە باسی پچڕانەکە دەکات",
            "only the office says that there was an outage",
            "solo la oficina dice que hubo interrupción",
        ],
    ),
];

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;
    use std::path::{Path, PathBuf};

    /// How a conclusion stands in a source: behind its finding, in a call, or in what maps to it.
    const BEFORE: [&str; 4] = ["InOrder, ", "OutOfOrder, ", "Undecided, ", "undecided(settings, "];

    #[test]
    fn every_conclusion_of_the_rules_has_words() {
        let mut found = BTreeSet::new();
        for source in sources(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src/assess")) {
            let text = std::fs::read_to_string(&source).unwrap();
            let text = text.split("#[cfg(test)]\nmod tests {").next().unwrap();
            found.extend(codes(text));
        }
        for known in ["on-time", "late", "no-calendar", "trigger-unknown"] {
            assert!(found.contains(known), "{known} is not found where it stands: {found:?}");
        }
        let without: Vec<_> = found.iter().filter(|code| words(code).is_none()).collect();
        assert!(without.is_empty(), "{without:?}: give them words here, in four languages");
    }

    fn sources(folder: &Path) -> Vec<PathBuf> {
        let mut found = Vec::new();
        for one in std::fs::read_dir(folder).unwrap() {
            let path = one.unwrap().path();
            let tests = path.file_stem().is_some_and(|name| name == "tests" || name == "fixture");
            match (path.is_dir(), tests) {
                (_, true) => {}
                (true, _) => found.extend(sources(&path)),
                (false, _) => found.push(path),
            }
        }
        found
    }

    fn codes(text: &str) -> Vec<String> {
        // One line, single spaces: how it is wrapped does not matter.
        let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
        let literal = |behind: &str| {
            let (code, _) = behind.strip_prefix('"')?.split_once('"')?;
            Some(code.to_owned())
        };
        let mut found: Vec<String> = BEFORE
            .iter()
            .flat_map(|before| line.split(before).skip(1).filter_map(literal))
            .collect();
        // What maps to conclusions by a method of that name.
        for body in line.split("fn conclusion(self)").skip(1) {
            let body = body.split(" fn ").next().unwrap();
            found.extend(body.split("=> ").skip(1).filter_map(literal));
        }
        found
    }

    #[test]
    fn conclusions_are_found_however_they_stand() {
        let text = "x => (Finding::InOrder, \"a-b\"),\n(OutOfOrder,\n  \"c\")\n\
                    fn conclusion(self) -> &'static str { match self { A => \"d\", } } \
                    fn other(self) { B => \"e\" } undecided(settings, \"f\")";
        let mut found = codes(text);
        found.sort();
        assert_eq!(found, ["a-b", "c", "d", "f"]);
    }

    #[test]
    fn words_differ_and_are_written_in_their_script() {
        let arabic = |c: char| ('\u{600}'..='\u{6ff}').contains(&c);
        let mut seen = BTreeSet::new();
        for (code, [ar, ckb, en, es]) in all() {
            assert!(ar.contains(arabic) && ckb.contains(arabic), "{code}");
            assert!(en.is_ascii() && !es.contains(arabic) && !es.is_empty(), "{code}");
            assert!(seen.insert(*code) && ar != ckb, "{code}");
        }
        let told: BTreeSet<_> = all().map(|(_, [_, _, en, _])| *en).collect();
        assert_eq!(told.len(), all().count(), "two codes with the same words");
    }

    #[test]
    fn a_code_of_a_later_version_is_shown_as_it_is() {
        assert_eq!(conclusion(Language::English, "seen-from-mars"), "seen-from-mars");
        assert_eq!(conclusion(Language::Arabic, "x"), "\u{2066}x\u{2069}");
    }
}
