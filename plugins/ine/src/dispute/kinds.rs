//! Kinds of paper that the institute sends in a dispute, and what each has to say.

use barid_mexico::facts;
use barid_mexico::words::plain;

/// The number of the institute's own act.
pub(crate) const ACT_NUMBER: &str = facts::NUMBER;
/// When a challenge came in.
pub(super) const RECEIVED: &str = "presentacion";
/// When a notice was put on the board.
pub(super) const POSTED: &str = "fijacion";
/// When it was taken off.
pub(super) const REMOVED: &str = "retiro";
/// One paper of a case file that is sent.
pub(super) const ENCLOSED: &str = "constancia";
/// Whether the standing of who challenges is recognised.
pub(super) const STANDING: &str = "personeria";

/// A kind of paper.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Kind {
    /// Its name: `informe-circunstanciado`.
    pub(crate) name: &'static str,
    /// What it is called in Spanish, English and Arabic.
    pub(super) titles: [&'static str; 3],
    /// Facts that it has to say, beside its day.
    pub(super) needs: &'static [&'static str],
    /// Whether it has to have a text.
    pub(super) has_text: bool,
    /// Whether it is an act of the institute, with a number of its own.
    pub(crate) is_act: bool,
}

const PARTIES: &[&str] = &[facts::ACTOR, facts::AUTHORITY, facts::ACT];

/// All kinds. What each has to say is what articles 17 and 18 of the law (LGSMIME) ask for, as far
/// as the papers of a pilot need it.
const KINDS: [Kind; 6] = [
    Kind {
        name: "informe-circunstanciado",
        titles: ["Informe circunstanciado", "Report of the responsible authority", "تقرير مفصل"],
        needs: PARTIES,
        has_text: true,
        is_act: false,
    },
    Kind {
        name: "aviso-de-interposicion",
        titles: ["Aviso de interposición", "Notice that a challenge was filed", "إشعار بتقديم طعن"],
        needs: &[facts::ACTOR, facts::AUTHORITY, facts::ACT, RECEIVED],
        has_text: false,
        is_act: false,
    },
    Kind {
        name: "cedula-de-publicitacion",
        titles: ["Cédula de publicitación", "Certificate of publication", "شهادة الإعلان"],
        needs: &[facts::ACTOR, facts::AUTHORITY, POSTED],
        has_text: false,
        is_act: false,
    },
    Kind {
        name: "remision-de-constancias",
        titles: ["Remisión de constancias", "Sending of the case file", "إرسال أوراق القضية"],
        needs: &[facts::AUTHORITY, ENCLOSED],
        has_text: false,
        is_act: false,
    },
    Kind {
        name: "acuerdo",
        titles: ["Acuerdo", "Agreement", "قرار"],
        needs: &[ACT_NUMBER],
        has_text: false,
        is_act: true,
    },
    Kind {
        name: "resolucion",
        titles: ["Resolución", "Resolution", "قرار فصل"],
        needs: &[ACT_NUMBER],
        has_text: false,
        is_act: true,
    },
];

impl Kind {
    /// The kind that a paper calls itself, with or without accents and hyphens.
    pub(crate) fn of(literal: &str) -> Option<Self> {
        let said = plain(literal);
        KINDS.into_iter().find(|kind| plain(kind.name) == said)
    }

    /// The names of all kinds, for people.
    pub(crate) fn names() -> String {
        KINDS.map(|kind| kind.name).join(", ")
    }
}
