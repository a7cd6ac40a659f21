//! The law as data: its page is what the rule sets say, every rule has a test that names it, and
//! nothing that the sources leave open or rule is forgotten.

use barid_proto::rules::{Catalogue, Found, Rule};

use super::tree::{Finding, Tree};

#[path = "../xtask/src/law/mod.rs"]
mod law_page;

/// How the rule sets of the country begin whose ambiguities are numbered.
const NUMBERED: &str = "IQ-";

/// The ambiguities are A1 to this one.
const AMBIGUITIES: u32 = 16;

/// Articles that must have a rule, by instrument: every row of the seed law.
const ARTICLES: [(&str, &[&str]); 1] = [(
    "L11-2007",
    &[
        "1-I",
        "2",
        "2(4)",
        "3-II",
        "3-IV",
        "3-V",
        "4-I",
        "4-II",
        "4-III",
        "4-IV",
        "4-V",
        "4-VI",
        "4-VII",
        "4-VIII",
        "5(a)",
        "5(b)",
        "5(c)",
        "5(d)",
        "6(1) to 6(7)",
        "8-I",
        "8-II",
        "8-III",
        "8-IV",
        "8-V",
        "8-VI",
    ],
)];

/// docs/law.md is what the rule sets and the tests say.
pub(crate) fn check_law_page(tree: &Tree) -> Vec<Finding> {
    let (known, mut findings) = read(tree);
    let page = law_page::page(&known, &law_page::namings(tree.rust()));
    if tree.text(law_page::PAGE) != Some(page.as_str()) {
        let what = "is not what the rule sets and the tests say: run `cargo xtask law --write`";
        findings.push(Finding::new(law_page::PAGE, 1, what));
    }
    findings
}

/// Every rule of a built-in rule set is named within a test, and no test names what is not there.
pub(crate) fn check_rules_tested(tree: &Tree) -> Vec<Finding> {
    let (known, mut findings) = read(tree);
    let namings = law_page::namings(tree.rust());
    for one in &namings {
        let exists = match known.find(&one.set) {
            Found::One(set) => set.id == one.set && set.rule(&one.rule).is_some(),
            Found::Unknown | Found::Several(_) => false,
        };
        if !exists {
            let what = format!(
                "{:?} has no rule {:?}: name a rule set without version, and a rule of it",
                one.set, one.rule
            );
            findings.push(Finding::new(&one.path, one.line, what));
        } else if one.test.is_none() {
            let what =
                "names a rule outside a test: move the line into the test, or right above it";
            findings.push(Finding::new(&one.path, one.line, what));
        }
    }
    for set in known.all() {
        // What a rule set leaves as it is below is shown by the tests of that one.
        let own = |rule: &&Rule| law_page::unchanged_from(&known, set, rule).is_empty();
        for rule in set.rules.iter().filter(own) {
            if law_page::tests_of(&known, set, rule, &namings).is_empty() {
                let (id, key) = (&set.id, &rule.key);
                let what = format!("no test names it: write one with `// Rule: {id} {key}` in it");
                let (path, line) = place(tree, id, key);
                findings.push(Finding::new(path, line, what));
            }
        }
    }
    findings
}

/// Every numbered ambiguity is a switch.
pub(crate) fn check_ambiguities(tree: &Tree) -> Vec<Finding> {
    let (known, mut findings) = read(tree);
    let switches = || known.all().filter(|set| set.id.starts_with(NUMBERED));
    for number in 1..=AMBIGUITIES {
        let (whole, part) = (format!("A{number}"), format!("A{number}-"));
        let asks = |key: &str| key == whole || key.starts_with(&part);
        if !switches().any(|set| set.switches.iter().any(|switch| asks(&switch.key))) {
            let what = format!("{whole} is no switch of any rule set {NUMBERED}…: write one");
            findings.push(Finding::new(law_page::TEXTS, 1, what));
        }
    }
    findings
}

/// Every article that must have a rule has one.
pub(crate) fn check_articles(tree: &Tree) -> Vec<Finding> {
    let (known, mut findings) = read(tree);
    for (instrument, articles) in ARTICLES {
        for article in articles {
            let mut rules = known.all().flat_map(|set| &set.rules);
            let cited = rules.any(|rule| {
                rule.instrument == instrument && rule.article.split(", ").any(|one| one == *article)
            });
            if !cited {
                let what = format!("article {article} of {instrument} has no rule: write one");
                findings.push(Finding::new(law_page::TEXTS, 1, what));
            }
        }
    }
    findings
}

/// Where a rule stands; the folder when its text writes it in another way than all others.
fn place<'t>(tree: &'t Tree, set: &str, rule: &str) -> (&'t str, usize) {
    let (id, key) = (format!("id = \"{set}\""), format!("key = \"{rule}\""));
    let mut texts = tree.texts().filter(|(path, _)| path.starts_with(law_page::TEXTS));
    let Some((path, text)) = texts.find(|(_, text)| text.lines().any(|line| line == id)) else {
        return (law_page::TEXTS, 1);
    };
    let lines: Vec<&str> = text.lines().collect();
    let at = lines.windows(2).position(|pair| pair == ["[[rule]]", key.as_str()]);
    (path, at.map_or(1, |at| at + 2))
}

/// The rule sets of a tree, and what is wrong with their texts.
fn read(tree: &Tree) -> (Catalogue, Vec<Finding>) {
    let (known, wrong) = law_page::read(tree.texts());
    let findings = wrong.iter().map(|one| Finding::new(&one.path, one.line, one.what.as_str()));
    (known, findings.collect())
}

#[cfg(test)]
mod tests {
    use super::super::tree::{Tree, assert_catches};
    use super::{check_ambiguities, check_articles, check_law_page, check_rules_tested, law_page};

    const LAW: (&str, &str) =
        ("proto/rules/b.toml", include_str!("../../proto/tests/rules/law.toml"));
    const REGULATION: (&str, &str) =
        ("proto/rules/a.toml", include_str!("../../proto/tests/rules/regulation.toml"));

    #[test]
    fn a_stale_law_page_is_caught() {
        let page = {
            let tree = Tree::of(&[LAW]);
            law_page::page(&law_page::read(tree.texts()).0, &[])
        };
        assert_catches(check_law_page, &[LAW, (law_page::PAGE, &page)], 0);
        assert_catches(check_law_page, &[LAW, (law_page::PAGE, "old")], 1);
        assert_catches(check_law_page, &[LAW, REGULATION, (law_page::PAGE, &page)], 1);
    }

    #[test]
    fn a_text_that_cannot_be_read_is_caught() {
        let wrong = LAW.1.replace("calendar-day", "moon");
        assert_catches(check_rules_tested, &[("proto/rules/b.toml", &wrong)], 1);
        assert_catches(check_rules_tested, &[("proto/tests/rules/b.toml", &wrong)], 0);
    }

    #[test]
    fn a_rule_without_test_is_caught() {
        let test = |lines: &str| format!("#[test]\nfn f() {{\n{lines}}}\n");
        let appeal = test("    // Rule: T-LAW appeal\n");
        assert_catches(check_rules_tested, &[LAW], 1);
        assert_catches(check_rules_tested, &[LAW, ("proto/src/a.rs", &appeal)], 0);
        // The regulation changes one rule and adds another.
        assert_catches(check_rules_tested, &[LAW, REGULATION, ("a.rs", &appeal)], 2);
        let all = test(
            "    // Rule: T-LAW appeal\n    // Rule: T-REG appeal\n    // Rule: T-REG notice\n",
        );
        assert_catches(check_rules_tested, &[LAW, REGULATION, ("a.rs", &all)], 0);
        // What it leaves as it was is shown by the tests of what is below.
        let unchanged = REGULATION.1.replace("[rule.period]\nlength = 4\n", "");
        let over = ("proto/rules/a.toml", &*unchanged);
        assert_catches(check_rules_tested, &[LAW, over, ("a.rs", &appeal)], 1);
    }

    #[test]
    fn a_rule_without_test_is_found_where_it_stands() {
        let found = check_rules_tested(&Tree::of(&[LAW]));
        let key = LAW.1.lines().position(|line| line == "key = \"appeal\"").unwrap() + 1;
        let expected = format!("{}:{key}: no test names it: write one", LAW.0);
        assert!(found[0].to_string().starts_with(&expected), "{found:?}");
    }

    #[test]
    fn a_test_that_names_no_rule_is_caught() {
        let good = "#[test]\nfn f() {\n    // Rule: T-LAW appeal\n";
        for (line, findings) in [
            ("    // Rule: T-LAW no-such\n}", 1),
            ("    // Rule: T-LAW/1 appeal\n}", 1),
            ("    // Rule: appeal\n}", 1),
            ("}\n// Rule: T-LAW appeal", 1),
            ("}", 0),
        ] {
            let text = format!("{good}{line}\n");
            assert_catches(check_rules_tested, &[LAW, ("a.rs", &text)], findings);
        }
    }

    #[test]
    fn an_ambiguity_without_switch_is_caught() {
        assert_catches(check_ambiguities, &[LAW], 16);
        let ours = LAW.1.replace("T-LAW", "IQ-LAW");
        assert_catches(check_ambiguities, &[(LAW.0, &ours)], 15);
        let part = ours.replace("A1\"", "A1-day\"");
        assert_catches(check_ambiguities, &[(LAW.0, &part)], 15);
        let other = ours.replace("A1\"", "A12\"");
        assert_catches(check_ambiguities, &[(LAW.0, &other)], 15);
    }

    #[test]
    fn an_article_without_rule_is_caught() {
        let all = super::ARTICLES.iter().map(|(_, articles)| articles.len()).sum();
        assert_catches(check_articles, &[LAW], all);
        let seed = LAW.1.replace("\"LAW\"", "\"L11-2007\"").replace("\"1\"", "\"4-I, 8-V\"");
        assert_catches(check_articles, &[(LAW.0, &seed)], all - 2);
    }
}
