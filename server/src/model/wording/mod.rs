//! What is wrong with a content, and how to mend it, in the languages of the network.
//!
//! A [`Checker`](super::place::Checker) says in English exactly what it found. What stands here
//! belongs to the code of a problem: less exact, and in the language of whoever has to mend it.

mod retention;
mod sense;
mod shape;

use barid_proto::v1::{Rendering, Text};

/// One kind of problem.
struct Wording {
    /// Its code.
    code: &'static str,
    /// What is wrong: Arabic, Sorani, Spanish. In English the checker says it.
    what: [&'static str; 3],
    /// How to mend it: Arabic, Sorani, English, Spanish.
    remedy: [&'static str; 4],
}

/// What is wrong: the English sentence with the same in the other languages.
pub(super) fn what(code: &str, english: String) -> Text {
    match of(code) {
        Some(Wording { what: [ar, ckb, es], .. }) => text([ar, ckb, &english, es]),
        None => super::place::english(english),
    }
}

/// How to mend it, if there is a general answer.
pub(super) fn remedy(code: &str) -> Option<Text> {
    of(code).map(|wording| text(wording.remedy))
}

fn of(code: &str) -> Option<&'static Wording> {
    all().find(|wording| wording.code == code)
}

fn all() -> impl Iterator<Item = &'static Wording> {
    shape::WORDINGS.iter().chain(sense::WORDINGS).chain(retention::WORDINGS)
}

/// A text in Arabic, Sorani, English and Spanish, which is the order of their tags.
fn text(renderings: [&str; 4]) -> Text {
    let tagged = ["ar", "ckb", "en", "es"].into_iter().zip(renderings);
    let rendering = |(language, text): (&str, &str)| Rendering {
        language: language.to_owned(),
        text: text.to_owned(),
    };
    Text { renderings: tagged.map(rendering).collect(), authoritative: String::new() }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Every code that the checks of this crate give, from their sources.
    fn codes() -> Vec<(String, String)> {
        let mut folders = vec![std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("src")];
        let mut codes = Vec::new();
        while let Some(folder) = folders.pop() {
            for found in std::fs::read_dir(folder).unwrap() {
                let path = found.unwrap().path();
                if path.is_dir() {
                    folders.push(path);
                    continue;
                }
                let source = std::fs::read_to_string(&path).unwrap();
                let source = source.replace(".doubtful(", ".wrong(");
                let calls = source.split(".wrong(").skip(1);
                // The name of the field is a string or a variable, and then comes the code.
                let code = calls.filter_map(|call| {
                    let (_, behind) = call.split_once(',')?;
                    behind.trim_start().strip_prefix('"')?.split_once('"')
                });
                let name = path.display().to_string();
                codes.extend(code.map(|(code, _)| (code.to_owned(), name.clone())));
            }
        }
        codes
    }

    #[test]
    fn every_code_is_worded_and_every_wording_used() {
        let codes = codes();
        assert!(codes.len() > 60, "{}", codes.len());
        for (code, path) in &codes {
            assert!(of(code).is_some(), "{code} of {path} has no wording");
        }
        for Wording { code, .. } in all() {
            assert!(codes.iter().any(|(used, _)| used == code), "{code} is not used");
        }
    }

    #[test]
    fn all_languages_say_something() {
        for wording in all() {
            let texts = [what(wording.code, "English.".to_owned()), remedy(wording.code).unwrap()];
            for text in texts {
                assert_eq!(text.renderings.len(), 4, "{}", wording.code);
                assert!(text.renderings.is_sorted_by(|a, b| a.language < b.language));
                assert!(text.renderings.iter().all(|one| one.text.ends_with('.')), "{text:?}");
            }
        }
        for part in [shape::WORDINGS, sense::WORDINGS, retention::WORDINGS] {
            assert!(part.is_sorted_by(|a, b| a.code < b.code));
        }
    }
}
