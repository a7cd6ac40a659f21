//! Everything the command line says, in English and Arabic. One table for each subject; a test
//! refuses a table with a gap. What the hub computed comes in Sorani and Spanish too.

/// Makes a table of sentences with their wording in both languages. `{}` stands for a value, in the
/// same order in both.
macro_rules! sentences {
    (
        $(#[$about:meta])*
        $table:ident:
        $($(#[$doc:meta])* $name:ident: $english:literal, $arabic:literal;)*
    ) => {
        $(#[$about])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub(crate) enum $table {
            $($(#[$doc])* $name,)*
        }

        impl $table {
            /// English and Arabic.
            pub(crate) fn wording(self) -> Both {
                match self {
                    $(Self::$name => ($english, $arabic),)*
                }
            }

            #[cfg(test)]
            const ALL: &'static [Self] = &[$(Self::$name,)*];
        }
    };
}

mod advice;
mod archive;
pub(crate) mod batch;
mod evidence;
pub(crate) mod exception;
pub(crate) mod figures;
mod kinds;
pub(crate) mod ledger;
mod messages;
mod plugin;
pub(crate) mod reconcile;
mod retention;
mod rules;
mod sealed;
pub(crate) mod search;
pub(crate) mod statement;
pub(crate) mod statistics;
mod stick;
mod terms;

pub(crate) use advice::advice;
pub(crate) use archive::ArchiveMsg;
pub(crate) use evidence::{event, found, keeper, remedy};
pub(crate) use kinds::kind;
pub(crate) use messages::Msg;
pub(crate) use plugin::{PluginMsg, check, failed_because, remark, verdict, what_to_mend};
pub(crate) use retention::RetentionMsg;
pub(crate) use rules::{LawLang, rule_field, rule_section};
pub(crate) use sealed::{SealedMsg, sealed, sealed_fault};
pub(crate) use stick::{StickMsg, stick_fault};
pub(crate) use terms::{
    blame, class, finding, hint, outage_scope, reading_severity, report_worth, stated, step,
};

use barid_proto::explain::Language;
use barid_proto::text::{is_right_to_left, legible};
use barid_proto::v1::Text;

/// A language the command line speaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, clap::ValueEnum, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Lang {
    /// English.
    #[default]
    En,
    /// العربية.
    Ar,
    /// کوردی (سۆرانی): what was computed and the law; the rest in Arabic.
    Ckb,
    /// Español: what was computed and the law; the rest in English.
    Es,
}

/// A wording in both languages: English, Arabic.
pub(crate) type Both = (&'static str, &'static str);

impl Lang {
    /// Picks this language's wording.
    pub(crate) fn pick(self, (english, arabic): Both) -> &'static str {
        if self.is_rtl() { arabic } else { english }
    }

    /// Whether its lines run from right to left.
    pub(crate) fn is_rtl(self) -> bool {
        matches!(self, Self::Ar | Self::Ckb)
    }

    /// The language in which assessments are explained.
    pub(crate) fn explained(self) -> Language {
        match self {
            Self::En => Language::English,
            Self::Ar => Language::Arabic,
            Self::Ckb => Language::Sorani,
            Self::Es => Language::Spanish,
        }
    }

    /// A message with its `{}` filled in, in order. What is filled in keeps its own direction.
    pub(crate) fn say(self, message: Msg, values: &[&str]) -> String {
        self.fill(message.wording(), values)
    }

    /// As [`Lang::fill`], with a wording in English, Arabic and Sorani.
    pub(crate) fn fill_three(
        self,
        [english, arabic, sorani]: [&'static str; 3],
        values: &[&str],
    ) -> String {
        self.fill((english, if self == Self::Ckb { sorani } else { arabic }), values)
    }

    /// As [`Lang::fill`], with a wording in English, Arabic, Sorani and Spanish.
    pub(crate) fn fill_four(
        self,
        [english, arabic, sorani, spanish]: [&'static str; 4],
        values: &[&str],
    ) -> String {
        let western = if self == Self::Es { spanish } else { english };
        self.fill((western, if self == Self::Ckb { sorani } else { arabic }), values)
    }

    /// As [`Lang::say`], with a wording of any table.
    pub(crate) fn fill(self, wording: Both, values: &[&str]) -> String {
        let mut said = String::new();
        let mut values = values.iter();
        for (position, part) in self.pick(wording).split("{}").enumerate() {
            if position > 0 {
                said.push_str(&self.isolate(values.next().copied().unwrap_or_default()));
            }
            said.push_str(part);
        }
        said
    }

    /// Keeps an identifier, number or date in its own reading direction within a line of another,
    /// and foreign text within its place ([`legible`]).
    /// U+2068 FIRST STRONG ISOLATE and U+2069 take no room on the screen.
    pub(crate) fn isolate(self, text: &str) -> String {
        let text = legible(text);
        let needed = self.is_rtl() || text.chars().any(is_right_to_left);
        if needed && !text.is_empty() { format!("\u{2068}{text}\u{2069}") } else { text }
    }

    /// Several things on one line, with this language's own comma between them.
    pub(crate) fn list(self, items: &[impl AsRef<str>]) -> String {
        let items: Vec<&str> = items.iter().map(AsRef::as_ref).collect();
        items.join(self.pick((", ", "، ")))
    }

    /// This language as a BCP 47 tag.
    pub(crate) fn tag(self) -> &'static str {
        self.explained().tag()
    }

    /// Languages for the hub to answer in, best first.
    pub(crate) fn tags(self) -> Vec<String> {
        let others: &[&str] = match self {
            Self::En => &["ar"],
            Self::Ar | Self::Es => &["en"],
            Self::Ckb => &["ar", "en"],
        };
        std::iter::once(self.tag()).chain(others.iter().copied()).map(str::to_owned).collect()
    }

    /// A text of the hub or of a plugin in this language, else in its authoritative one, else in
    /// any; on one line and harmless.
    pub(crate) fn rendering(self, text: Option<&Text>) -> String {
        let Some(text) = text else { return String::new() };
        let named = |tag: &str| text.renderings.iter().find(|one| one.language == tag);
        let best = named(self.tag()).or_else(|| named(&text.authoritative));
        let best = best.or_else(|| self.tags().iter().find_map(|tag| named(tag)));
        best.or_else(|| text.renderings.first()).map(|one| legible(&one.text)).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use barid_proto::v1::Rendering;

    #[test]
    fn values_keep_their_own_direction() {
        assert_eq!(Lang::En.say(Msg::CaseOfId, &["612/2025"]), "Case 612/2025");
        assert!(Lang::En.say(Msg::CaseOfId, &["612/هيئة"]).contains("\u{2068}612/هيئة\u{2069}"));
        assert!(Lang::Ar.say(Msg::CaseOfId, &["612/2025"]).contains("\u{2068}612/2025\u{2069}"));
    }

    #[test]
    fn a_list_has_the_comma_of_its_language() {
        for (lang, listed) in
            [(Lang::En, "a, b"), (Lang::Es, "a, b"), (Lang::Ar, "a، b"), (Lang::Ckb, "a، b")]
        {
            assert_eq!(lang.list(&["a", "b"]), listed);
            assert_eq!(lang.list(&["a".to_owned()]), "a");
            assert_eq!(lang.list(&[""; 0]), "");
        }
    }

    #[test]
    fn the_reader_gets_the_best_rendering_there_is() {
        let one =
            |language: &str, text: &str| Rendering { language: language.into(), text: text.into() };
        let renderings = vec![one("ar", "نص"), one("ckb", "دەق")];
        let text = Text { renderings, authoritative: "ckb".into() };
        assert_eq!(Lang::Ar.rendering(Some(&text)), "نص");
        assert_eq!(Lang::En.rendering(Some(&text)), "دەق");
        assert_eq!(Lang::En.rendering(None), "");
        assert_eq!(Lang::Ckb.rendering(Some(&text)), "دەق");
        assert_eq!(Lang::Es.say(Msg::CaseOfId, &["1"]), "Case 1");
        assert_eq!(Lang::Ckb.tags(), ["ckb", "ar", "en"]);
    }
}
