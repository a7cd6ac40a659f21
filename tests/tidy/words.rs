//! Words that mean two things and therefore never stand alone as a name.

use syn::visit::{self, Visit};

use super::tree::{Finding, Tree};

/// The words, from docs/glossary.md.
const BANNED_ALONE: [&str; 15] = [
    "service",
    "record",
    "file",
    "entry",
    "message",
    "document",
    "signature",
    "state",
    "status",
    "data",
    "info",
    "manager",
    "handler",
    "util",
    "common",
];

/// Names that are right all the same, with the reason: path, word, why.
const EXCEPTIONS: [(&str, &str, &str); 1] =
    [("server/src/rpc/mod.rs", "status", "gRPC's own word, in the only folder that speaks gRPC")];

/// No type, function, module or field of ours has such a name.
pub(crate) fn check_words(tree: &Tree) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (path, text) in tree.rust() {
        let Ok(source) = syn::parse_file(text) else { continue };
        let mut names = Names::default();
        names.visit_file(&source);
        for (name, line) in names.found {
            let banned = BANNED_ALONE.contains(&name.to_lowercase().as_str());
            if banned && !is_exception(path, &name) {
                let what = format!("`{name}` alone means two things: say which (docs/glossary.md)");
                findings.push(Finding::new(path, line, what));
            }
        }
    }
    findings
}

fn is_exception(path: &str, name: &str) -> bool {
    EXCEPTIONS.iter().any(|(known, word, _)| *known == path && *word == name)
}

/// Collects the names we choose. Methods of a foreign trait are not our choice.
#[derive(Default)]
struct Names {
    found: Vec<(String, usize)>,
}

impl Names {
    fn note(&mut self, name: &syn::Ident) {
        self.found.push((name.to_string(), name.span().start().line));
    }
}

impl<'ast> Visit<'ast> for Names {
    fn visit_item_struct(&mut self, node: &'ast syn::ItemStruct) {
        self.note(&node.ident);
        visit::visit_item_struct(self, node);
    }

    fn visit_item_enum(&mut self, node: &'ast syn::ItemEnum) {
        self.note(&node.ident);
        visit::visit_item_enum(self, node);
    }

    fn visit_item_trait(&mut self, node: &'ast syn::ItemTrait) {
        self.note(&node.ident);
        visit::visit_item_trait(self, node);
    }

    fn visit_item_type(&mut self, node: &'ast syn::ItemType) {
        self.note(&node.ident);
        visit::visit_item_type(self, node);
    }

    fn visit_item_mod(&mut self, node: &'ast syn::ItemMod) {
        self.note(&node.ident);
        visit::visit_item_mod(self, node);
    }

    fn visit_item_fn(&mut self, node: &'ast syn::ItemFn) {
        self.note(&node.sig.ident);
        visit::visit_item_fn(self, node);
    }

    fn visit_item_impl(&mut self, node: &'ast syn::ItemImpl) {
        for item in &node.items {
            if let syn::ImplItem::Fn(method) = item
                && node.trait_.is_none()
            {
                self.note(&method.sig.ident);
            }
        }
        visit::visit_item_impl(self, node);
    }

    fn visit_trait_item_fn(&mut self, node: &'ast syn::TraitItemFn) {
        self.note(&node.sig.ident);
        visit::visit_trait_item_fn(self, node);
    }

    fn visit_field(&mut self, node: &'ast syn::Field) {
        if let Some(name) = &node.ident {
            self.note(name);
        }
        visit::visit_field(self, node);
    }
}

#[cfg(test)]
mod tests {
    use super::super::tree::assert_catches;
    use super::check_words;

    #[test]
    fn each_place_of_a_name_is_caught() {
        for text in [
            "struct Record;",
            "enum Status { A }",
            "trait Handler {}",
            "type Data = u8;",
            "mod util {}",
            "fn file() {}",
            "impl A { fn state(&self) {} }",
            "trait A { fn info(&self); }",
            "struct A { signature: u8 }",
        ] {
            assert_catches(check_words, &[("a.rs", text)], 1);
        }
    }

    #[test]
    fn said_which_it_is_fine() {
        let text =
            "struct DocketEntry { key_file: u8 }\nimpl Foreign for A { fn status(&self) {} }";
        assert_catches(check_words, &[("a.rs", text)], 0);
    }
}
