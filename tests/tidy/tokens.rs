//! Rust sources as tokens. Unlike a search in the text it does not mistake a comment or a string
//! for code; unlike the syntax tree it also sees into macros.

use std::str::FromStr;

use proc_macro2::{Delimiter, Group, Spacing, TokenStream, TokenTree};

/// The tokens of one group, in order.
pub(crate) type Tokens = Vec<TokenTree>;

/// Visits every run of tokens: the whole source first, then what is in brackets of any kind.
/// A source that cannot be read has no tokens; the compiler says so better than we could.
pub(crate) fn each_run(text: &str, visit: &mut dyn FnMut(&Tokens)) {
    if let Ok(stream) = TokenStream::from_str(text) {
        each_run_of(stream, visit);
    }
}

fn each_run_of(stream: TokenStream, visit: &mut dyn FnMut(&Tokens)) {
    let tokens: Tokens = stream.into_iter().collect();
    visit(&tokens);
    for token in &tokens {
        if let TokenTree::Group(group) = token {
            each_run_of(group.stream(), visit);
        }
    }
}

/// Lines (from 1) at which a sequence stands: identifiers and punctuation, `::` as one word.
pub(crate) fn lines_of(text: &str, sequence: &[&str]) -> Vec<usize> {
    let mut lines = Vec::new();
    each_run(text, &mut |tokens| {
        let words = words(tokens);
        for window in words.windows(sequence.len()) {
            if window.iter().map(|(word, _)| word.as_str()).eq(sequence.iter().copied())
                && let Some((_, line)) = window.first()
            {
                lines.push(*line);
            }
        }
    });
    lines
}

/// Tokens as words with their lines; a group is its opening bracket followed by its content when
/// that is short, so that `assert!(true)` and `#[ignore]` are sequences too.
fn words(tokens: &Tokens) -> Vec<(String, usize)> {
    let mut words: Vec<(String, usize)> = Vec::new();
    let mut joint_colon = false;
    for token in tokens {
        let line = token.span().start().line;
        match token {
            TokenTree::Punct(punct) => {
                if joint_colon && punct.as_char() == ':' {
                    words.pop();
                    words.push(("::".to_owned(), line));
                } else {
                    words.push((punct.as_char().to_string(), line));
                }
                joint_colon = punct.as_char() == ':' && punct.spacing() == Spacing::Joint;
                continue;
            }
            TokenTree::Group(group) => words.push((short_group(group), line)),
            other => words.push((other.to_string(), line)),
        }
        joint_colon = false;
    }
    words
}

/// `[name …]` and `(name …)` as their bracket and first word; what follows is another run.
fn short_group(group: &Group) -> String {
    let open = match group.delimiter() {
        Delimiter::Parenthesis => "(",
        Delimiter::Bracket => "[",
        Delimiter::Brace => "{",
        Delimiter::None => "",
    };
    let first = group.stream().into_iter().next();
    let first = first.filter(|token| matches!(token, TokenTree::Ident(_)));
    format!("{open}{}", first.map(|token| token.to_string()).unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::lines_of;

    #[test]
    fn finds_code_and_nothing_else() {
        let text = "// todo!()\nfn f() {\n    let s = \"todo!()\";\n    vec![todo!()];\n}\n";
        assert_eq!(lines_of(text, &["todo", "!"]), [4]);
        assert_eq!(lines_of("#[test]\n#[ignore]\nfn f() {}", &["#", "[ignore"]), [2]);
        assert_eq!(lines_of("fn f() { a::b::c() }", &["b", "::", "c"]), [1]);
    }
}
