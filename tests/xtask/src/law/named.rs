//! Which tests name which rules: by a line `// Rule: IQ-L11-2007 appeal-window` within the
//! function of a test, or right above it.

/// How the line begins.
const MARK: &str = "// Rule:";

/// Sources that speak about such lines and contain them as examples.
const ABOUT_THEM: [&str; 2] = ["tests/tidy/", "tests/xtask/"];

/// A line that names a rule.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Naming {
    /// The source.
    pub(crate) path: String,
    /// Its line, from 1.
    pub(crate) line: usize,
    /// Identifier of the rule set, without version. Empty when the line does not name two words.
    pub(crate) set: String,
    /// Key of the rule.
    pub(crate) rule: String,
    /// The test in which the line stands. `None`: in none.
    pub(crate) test: Option<String>,
}

/// All such lines, in the order of the sources.
pub(crate) fn namings<'a>(sources: impl Iterator<Item = (&'a str, &'a str)>) -> Vec<Naming> {
    let about = |path: &str| ABOUT_THEM.iter().any(|start| path.starts_with(start));
    let mut found: Vec<Naming> = Vec::new();
    for (path, text) in sources.filter(|(path, _)| path.ends_with(".rs") && !about(path)) {
        let mut within = Within::default();
        let mut above = found.len();
        for (at, line) in text.lines().enumerate() {
            within.step(line);
            if within.begun {
                // What stands above a test belongs to it.
                for one in found.iter_mut().skip(above) {
                    one.test = one.test.take().or_else(|| within.test.clone());
                }
            }
            let Some(words) = line.trim().strip_prefix(MARK) else {
                if !is_above(line) {
                    above = found.len();
                }
                continue;
            };
            let (set, rule) = two_words(words).unwrap_or_default();
            let (path, line) = (path.to_owned(), at + 1);
            found.push(Naming { path, line, set, rule, test: within.test.clone() });
        }
    }
    found
}

/// Whether a line can stand between a naming and the test below it.
fn is_above(line: &str) -> bool {
    let code = line.trim();
    code.starts_with("//") || code.starts_with("#[")
}

fn two_words(text: &str) -> Option<(String, String)> {
    let mut words = text.split_whitespace().map(ToOwned::to_owned);
    let both = (words.next()?, words.next()?);
    words.next().is_none().then_some(both)
}

/// In which test a line stands. Sources are formatted: a function ends with a bracket that stands
/// as far in as the function began.
#[derive(Default)]
struct Within {
    marked: bool,
    begun: bool,
    test: Option<String>,
    indent: usize,
}

impl Within {
    fn step(&mut self, line: &str) {
        let indent = line.len() - line.trim_start().len();
        let code = line.trim();
        self.begun = false;
        if self.test.is_some() && code == "}" && indent == self.indent {
            self.test = None;
        }
        self.marked |= code.starts_with("#[test") || code.starts_with("#[tokio::test");
        let Some(rest) = code.strip_prefix("async ").unwrap_or(code).strip_prefix("fn ") else {
            return;
        };
        if std::mem::take(&mut self.marked) && !code.ends_with('}') {
            let name = rest.split(['(', '<']).next().unwrap_or_default();
            (self.test, self.indent, self.begun) = (Some(name.to_owned()), indent, true);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::namings;

    fn told(text: &str) -> Vec<String> {
        let found = namings([("proto/src/a.rs", text), ("tests/tidy/b.rs", text)].into_iter());
        let one = |one: &super::Naming| {
            let test = one.test.as_deref().unwrap_or("-");
            format!("{}:{} {} {} {test}", one.path, one.line, one.set, one.rule)
        };
        found.iter().map(one).collect()
    }

    #[test]
    fn a_line_belongs_to_the_test_around_it() {
        let text = "\
            // Rule: A before\n\
            mod tests {\n    \
                #[test]\n    \
                fn one() {\n        \
                    // Rule: A first\n        \
                    if true {\n            \
                        // Rule: A-B second\n        \
                    }\n    \
                }\n    \
                // Rule: A between\n    \
                #[tokio::test]\n    \
                async fn two() {\n        \
                    // Rule: A third\n    \
                }\n    \
                fn no_test() {\n        \
                    // Rule: A helper\n    \
                }\n\
            }\n";
        assert_eq!(
            told(text),
            [
                "proto/src/a.rs:1 A before -",
                "proto/src/a.rs:5 A first one",
                "proto/src/a.rs:7 A-B second one",
                "proto/src/a.rs:10 A between two",
                "proto/src/a.rs:13 A third two",
                "proto/src/a.rs:16 A helper -",
            ]
        );
    }

    #[test]
    fn what_stands_right_above_a_test_belongs_to_it() {
        let text = "\
            // Rule: A apart\n\
            \n\
            // Rule: A first\n\
            // Rule: A second\n\
            /// Why.\n\
            #[test]\n\
            #[should_panic]\n\
            fn one() {\n    \
                // Rule: A third\n\
            }\n\
            // Rule: A fourth\n\
            #[test]\n\
            fn two() {\n\
            }\n\
            // Rule: A helper\n\
            fn no_test() {\n\
            }\n";
        assert_eq!(
            told(text),
            [
                "proto/src/a.rs:1 A apart -",
                "proto/src/a.rs:3 A first one",
                "proto/src/a.rs:4 A second one",
                "proto/src/a.rs:9 A third one",
                "proto/src/a.rs:11 A fourth two",
                "proto/src/a.rs:15 A helper -",
            ]
        );
    }

    #[test]
    fn a_line_without_exactly_two_words_names_nothing() {
        for line in ["// Rule:", "// Rule: A", "// Rule: A b c"] {
            assert_eq!(told(line), ["proto/src/a.rs:1   -"], "{line}");
        }
        assert_eq!(told("// a rule: A b\nlet x = 1; // Rule A b"), Vec::<String>::new());
    }
}
