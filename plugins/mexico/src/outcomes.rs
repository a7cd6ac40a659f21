//! What a tribunal decides, by the verbs it uses, and the neutral word for each.
//!
//! | word | neutral |
//! |---|---|
//! | confirma | the decision stands |
//! | modifica | the decision is changed |
//! | revoca, anula, declara la nulidad, deja sin efectos | the decision is annulled |
//! | repone, devuelve | sent back |
//! | desecha, improcedente | refused for form or time |
//! | sobresee | without object; taken back with *desistimiento*; refused with *extemporánea* |
//! | tiene por no presentada | refused for form or time; taken back with *desistimiento* |
//! | acumula | joined |
//! | reencauza, encauza, reconduce | sent to the competent body |
//! | incompetente, carece de competencia | no competence |
//! | fundado, existencia | granted |
//! | parcialmente fundado | granted in part |
//! | infundado, inoperante, ineficaz, inexistencia | rejected |
//! | nuevo escrutinio y cómputo, recuento | a recount |
//!
//! Orders (*ordena*, *vincula*, *amonesta* …) have no neutral word: they are found and kept, and
//! the outcome stays open. A verb that is denied (*no ha lugar a revocar*) decides nothing.

use barid_proto::v1::{Outcome, PilotVerb};

use crate::words::{Word, between, words};

/// Endings of verbs in -ar, of their participles and of the nouns made from them, as they stand in
/// points of judgments, folded.
const ENDINGS: [&str; 21] = [
    "a", "an", "ar", "o", "aron", "ada", "adas", "ado", "ados", "ando", "ara", "aran", "arse",
    "ase", "anse", "aria", "e", "en", "acion", "ese", "andose",
];

/// Stems of verbs in -ar.
const STEMS: [(&str, Outcome); 22] = [
    ("confirm", Outcome::DecisionConfirmed),
    ("modific", Outcome::DecisionModified),
    ("modifiqu", Outcome::DecisionModified),
    ("revoc", Outcome::DecisionAnnulled),
    ("revoqu", Outcome::DecisionAnnulled),
    ("anul", Outcome::DecisionAnnulled),
    ("desech", Outcome::Inadmissible),
    ("acumul", Outcome::Joined),
    ("reencauz", Outcome::Transferred),
    ("reencauc", Outcome::Transferred),
    ("encauz", Outcome::Transferred),
    ("orden", Outcome::Unspecified),
    ("vincul", Outcome::Unspecified),
    ("amonest", Outcome::Unspecified),
    ("exhort", Outcome::Unspecified),
    ("conmin", Outcome::Unspecified),
    ("mult", Outcome::Unspecified),
    ("sancion", Outcome::Unspecified),
    ("decret", Outcome::Unspecified),
    ("declar", Outcome::Unspecified),
    ("asign", Outcome::Unspecified),
    ("neg", Outcome::Unspecified),
];

/// Words of other shapes, whole.
const WHOLE: [(&str, Outcome); 55] = [
    ("desechamiento", Outcome::Inadmissible),
    ("reencauzamiento", Outcome::Transferred),
    ("encauzamiento", Outcome::Transferred),
    ("sobresee", Outcome::Abated),
    ("sobreseen", Outcome::Abated),
    ("sobreseer", Outcome::Abated),
    ("sobreseyo", Outcome::Abated),
    ("sobreseido", Outcome::Abated),
    ("sobreseida", Outcome::Abated),
    ("sobreseidos", Outcome::Abated),
    ("sobreseidas", Outcome::Abated),
    ("sobreseimiento", Outcome::Abated),
    ("sobresease", Outcome::Abated),
    ("improcedente", Outcome::Inadmissible),
    ("improcedentes", Outcome::Inadmissible),
    ("improcedencia", Outcome::Inadmissible),
    ("incompetente", Outcome::NoCompetence),
    ("incompetentes", Outcome::NoCompetence),
    ("incompetencia", Outcome::NoCompetence),
    ("reconduce", Outcome::Transferred),
    ("reconducen", Outcome::Transferred),
    ("reconducir", Outcome::Transferred),
    ("devuelve", Outcome::Remitted),
    ("devuelven", Outcome::Remitted),
    ("devuelvase", Outcome::Remitted),
    ("repone", Outcome::Remitted),
    ("reponer", Outcome::Remitted),
    ("reposicion", Outcome::Remitted),
    ("recuento", Outcome::RecountOrdered),
    ("fundado", Outcome::Upheld),
    ("fundada", Outcome::Upheld),
    ("fundados", Outcome::Upheld),
    ("fundadas", Outcome::Upheld),
    ("existencia", Outcome::Upheld),
    ("existente", Outcome::Upheld),
    ("existentes", Outcome::Upheld),
    ("infundado", Outcome::Rejected),
    ("infundada", Outcome::Rejected),
    ("infundados", Outcome::Rejected),
    ("infundadas", Outcome::Rejected),
    ("inoperante", Outcome::Rejected),
    ("inoperantes", Outcome::Rejected),
    ("ineficaz", Outcome::Rejected),
    ("ineficaces", Outcome::Rejected),
    ("inexistencia", Outcome::Rejected),
    ("inexistente", Outcome::Rejected),
    ("inexistentes", Outcome::Rejected),
    ("apercibe", Outcome::Unspecified),
    ("escinde", Outcome::Unspecified),
    ("escinden", Outcome::Unspecified),
    ("escindir", Outcome::Unspecified),
    ("escision", Outcome::Unspecified),
    ("instruye", Outcome::Unspecified),
    ("requiere", Outcome::Unspecified),
    ("impone", Outcome::Unspecified),
];

/// Several words that only together decide. A word that ends in `*` stands for all that begin so.
const PHRASES: [(&[&str], Outcome); 13] = [
    (&["tiene*", "por", "no", "presentad*"], Outcome::Inadmissible),
    (&["tener*", "por", "no", "presentad*"], Outcome::Inadmissible),
    (&["tiene*", "por", "no", "interpuest*"], Outcome::Inadmissible),
    (&["declara*", "la", "nulidad"], Outcome::DecisionAnnulled),
    (&["decreta*", "la", "nulidad"], Outcome::DecisionAnnulled),
    (&["deja*", "sin", "efecto*"], Outcome::DecisionAnnulled),
    (&["quedado", "sin", "materia"], Outcome::Abated),
    (&["sin", "materia"], Outcome::Abated),
    (&["carece*", "de", "competencia"], Outcome::NoCompetence),
    (&["no", "es", "competente"], Outcome::NoCompetence),
    (&["nuevo", "escrutinio", "y", "computo"], Outcome::RecountOrdered),
    (&["parcialmente", "fundad*"], Outcome::PartlyUpheld),
    (&["da", "vista"], Outcome::Unspecified),
];

/// Most words between a negation and its verb: `no ha lugar a revocar`.
const DENIAL_MAX: usize = 4;

/// Words that may stand between a negation and its verb.
const DENIAL: [&str; 9] = ["ha", "se", "lugar", "a", "procede", "es", "la", "debe", "de"];

/// Most verbs of one text that are kept. A point has two or three.
const VERBS_MAX: usize = 64;

/// Most words that the outcome of a case is told in.
const LITERALS_MAX: usize = 32;

/// The words of a text that say what is decided, in order: the first 64.
#[must_use]
pub fn verbs(text: &str) -> Vec<PilotVerb> {
    let words = words(text);
    let context = Context::of(&words);
    let mut verbs = Vec::new();
    let mut at = 0;
    while at < words.len() && verbs.len() < VERBS_MAX {
        let Some((length, outcome)) = decides(&words, at) else {
            at += 1;
            continue;
        };
        let denied = denial(&words, at);
        let first = at - denied.unwrap_or(0);
        let literal = words.get(first..at + length).map(|words| between(text, words));
        let outcome = match denied {
            Some(_) => Outcome::Unspecified,
            None => context.meant(outcome, words.get(at)),
        };
        verbs.push(PilotVerb {
            literal: on_one_line(literal.unwrap_or_default()),
            outcome: outcome.into(),
        });
        at += length;
    }
    verbs
}

/// The words as written, but for the line breaks between them.
fn on_one_line(literal: &str) -> String {
    literal.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// How many words from here on decide, and what.
fn decides(words: &[Word], at: usize) -> Option<(usize, Outcome)> {
    let phrase = PHRASES.iter().find(|(phrase, _)| {
        let here = words.get(at..at + phrase.len()).unwrap_or_default();
        here.len() == phrase.len() && here.iter().zip(*phrase).all(|(word, want)| is(word, want))
    });
    if let Some((phrase, outcome)) = phrase {
        return Some((phrase.len(), *outcome));
    }
    let word = words.get(at)?.folded.as_str();
    let stem = || {
        let (_, outcome) = STEMS.iter().find(|(stem, _)| {
            word.strip_prefix(stem).is_some_and(|ending| ENDINGS.contains(&ending))
        })?;
        Some(*outcome)
    };
    let whole = WHOLE.iter().find(|(known, _)| *known == word).map(|(_, outcome)| *outcome);
    whole.or_else(stem).map(|outcome| (1, outcome))
}

fn is(word: &Word, want: &str) -> bool {
    match want.strip_suffix('*') {
        Some(beginning) => word.folded.starts_with(beginning),
        None => word.folded == want,
    }
}

/// How many words before this one its negation stands.
fn denial(words: &[Word], at: usize) -> Option<usize> {
    for back in 1..=DENIAL_MAX.min(at) {
        match words.get(at - back).map(|word| word.folded.as_str()) {
            Some("no") => return Some(back),
            Some(word) if DENIAL.contains(&word) => {}
            _ => return None,
        }
    }
    None
}

/// Words around a verb that say which of its meanings it has.
struct Context {
    withdrawn: bool,
    late: bool,
}

impl Context {
    fn of(words: &[Word]) -> Self {
        let says = |beginning: &str| words.iter().any(|word| word.folded.starts_with(beginning));
        Self { withdrawn: says("desisti"), late: says("extempor") }
    }

    fn meant(&self, outcome: Outcome, verb: Option<&Word>) -> Outcome {
        let verb = verb.map(|word| word.folded.as_str()).unwrap_or_default();
        let open = ["sobrese", "tiene", "tener"].iter().any(|stem| verb.starts_with(stem));
        match (open, self) {
            (true, Self { withdrawn: true, .. }) => Outcome::Withdrawn,
            (true, Self { late: true, .. }) => Outcome::Inadmissible,
            _ => outcome,
        }
    }
}

/// What a case comes to when several words decide. `None`: they do not agree, or none decides.
///
/// Joining says nothing when something else is decided too; a re-routed action counts as such even
/// though it was the wrong one; a decision that is annulled and sent back is sent back.
#[must_use]
pub fn whole(verbs: &[PilotVerb]) -> Option<Outcome> {
    let mut seen: Vec<Outcome> = verbs.iter().map(PilotVerb::outcome).collect();
    seen.retain(|outcome| *outcome != Outcome::Unspecified);
    seen.sort_unstable_by_key(|outcome| i32::from(*outcome));
    seen.dedup();
    let mut absorb = |strong: Outcome, weak: &[Outcome]| {
        if seen.contains(&strong) {
            seen.retain(|outcome| !weak.contains(outcome));
        }
    };
    absorb(Outcome::Transferred, &[Outcome::Inadmissible, Outcome::NoCompetence]);
    absorb(Outcome::Remitted, &[Outcome::DecisionAnnulled]);
    if seen.len() > 1 {
        seen.retain(|outcome| *outcome != Outcome::Joined);
    }
    match seen[..] {
        [outcome] => Some(outcome),
        _ => None,
    }
}

/// The words that decide, each once, as written: the first 32.
#[must_use]
pub fn literal(verbs: &[PilotVerb]) -> String {
    let mut literals: Vec<&str> = Vec::new();
    for verb in verbs.iter().filter(|verb| verb.outcome() != Outcome::Unspecified) {
        if literals.len() < LITERALS_MAX && !literals.contains(&verb.literal.as_str()) {
            literals.push(&verb.literal);
        }
    }
    literals.join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn said(text: &str, want: &[(&str, Outcome)]) {
        let verbs = verbs(text);
        let found: Vec<(&str, Outcome)> =
            verbs.iter().map(|verb| (verb.literal.as_str(), verb.outcome())).collect();
        assert_eq!(found, want, "{text}");
    }

    #[test]
    fn one_verb_in_all_its_forms_is_one_outcome() {
        let forms = [
            "Se confirma el acuerdo",
            "SE CONFIRMAN los acuerdos",
            "procede confirmar la sentencia",
            "queda confirmada",
            "la confirmación del cómputo",
            "confírmese",
            "confirmó",
        ];
        for form in forms {
            assert_eq!(whole(&verbs(form)), Some(Outcome::DecisionConfirmed), "{form}");
        }
        for form in ["se revoca", "revóquese", "revocación", "SE REVOCAN", "revocadas"] {
            assert_eq!(whole(&verbs(form)), Some(Outcome::DecisionAnnulled), "{form}");
        }
        for form in ["se desecha de plano", "desechamiento", "deséchese", "desecharon"] {
            assert_eq!(whole(&verbs(form)), Some(Outcome::Inadmissible), "{form}");
        }
        for form in ["se reencauza", "reencauzamiento", "reencáucese"] {
            assert_eq!(whole(&verbs(form)), Some(Outcome::Transferred), "{form}");
        }
        assert_eq!(whole(&verbs("se modifica")), Some(Outcome::DecisionModified));
        assert_eq!(whole(&verbs("modifíquese")), Some(Outcome::DecisionModified));
        assert_eq!(whole(&verbs("se acumulan los expedientes")), Some(Outcome::Joined));
    }

    #[test]
    fn what_only_looks_like_a_verb_decides_nothing() {
        for text in [
            "el ordenamiento jurídico",
            "el acumulador",
            "la negociación",
            "acordado en la sala",
            "multitud",
            "",
        ] {
            assert_eq!(whole(&verbs(text)), None, "{text}");
        }
        said("el ordenamiento", &[]);
    }

    #[test]
    fn phrases_count_as_a_whole() {
        said(
            "Se tiene por no presentada la demanda",
            &[("tiene por no presentada", Outcome::Inadmissible)],
        );
        said(
            "Ante el desistimiento, se tienen por no presentadas las demandas",
            &[("tienen por no presentadas", Outcome::Withdrawn)],
        );
        said("Se tiene por\nno presentada", &[("tiene por no presentada", Outcome::Inadmissible)]);
        said("Se sobresee por desistimiento", &[("sobresee", Outcome::Withdrawn)]);
        said("Se sobresee por extemporánea", &[("sobresee", Outcome::Inadmissible)]);
        said("Se sobresee en el juicio", &[("sobresee", Outcome::Abated)]);
        said("Es parcialmente fundada", &[("parcialmente fundada", Outcome::PartlyUpheld)]);
        said("Se declara la nulidad", &[("declara la nulidad", Outcome::DecisionAnnulled)]);
        said("La sala carece de competencia", &[("carece de competencia", Outcome::NoCompetence)]);
        said(
            "Se ordena realizar nuevo escrutinio y cómputo",
            &[
                ("ordena", Outcome::Unspecified),
                ("nuevo escrutinio y cómputo", Outcome::RecountOrdered),
            ],
        );
    }

    #[test]
    fn a_denied_verb_is_kept_and_decides_nothing() {
        said(
            "No ha lugar a revocar el acuerdo",
            &[("No ha lugar a revocar", Outcome::Unspecified)],
        );
        said("no se confirma", &[("no se confirma", Outcome::Unspecified)]);
    }

    #[test]
    fn orders_are_kept_without_a_neutral_word() {
        said("Se ordena a la responsable", &[("ordena", Outcome::Unspecified)]);
        said(
            "Se vincula al Congreso y se da vista",
            &[("vincula", Outcome::Unspecified), ("da vista", Outcome::Unspecified)],
        );
    }

    #[test]
    fn several_words_come_to_one_outcome_or_to_none() {
        let come_to = |text: &str| whole(&verbs(text));
        assert_eq!(come_to("Se acumulan. Se confirma."), Some(Outcome::DecisionConfirmed));
        assert_eq!(come_to("Es improcedente. Se reencauza."), Some(Outcome::Transferred));
        assert_eq!(come_to("Se revoca y se repone el procedimiento"), Some(Outcome::Remitted));
        assert_eq!(come_to("Se confirma uno. Se revoca otro."), None);
        assert_eq!(literal(&verbs("Se acumulan. Se confirma. Se confirma.")), "acumulan, confirma");
    }
}
