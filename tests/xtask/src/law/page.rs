//! The page.

use barid_proto::rules::{
    Catalogue, LANGUAGES, Names, Operation, Rule, RuleSet, Switch, diff, facts,
};

use super::named::Naming;
use super::{phrase, steps, tests_of, unchanged_from};

/// What stands above everything.
const HEAD: &str = "\
# The law as data

What each rule set says, article by article: the words of the source, the rule that stands for them, \
what the software does, and the tests that show it. A rule set over another lists only what it \
changes or adds; everything else holds as below it. What is computed informs people; it never \
refuses a filing.

Written by `cargo xtask law --write` from [`proto/rules`](../proto/rules) and from the tests that \
name rules. Do not edit. How a rule set comes to be is told in \
[operating](operating.md), why it is data in \
[decision 0015](decisions/0015-the-law-as-data.md).
";

/// The whole page.
pub(crate) fn page(known: &Catalogue, namings: &[Naming]) -> String {
    let mut page = HEAD.to_owned();
    for set in known.all() {
        page.push_str(&heading(set));
        page.push_str(&rules(known, set, namings));
        page.push_str(&steps::procedures(known, set));
        page.push_str(&questions(known, set));
        page.push_str(&errata(known, set));
    }
    page
}

fn heading(set: &RuleSet) -> String {
    let hex: String = set.sha256.iter().map(|byte| format!("{byte:02x}")).collect();
    let until =
        set.effective_until.map_or("until superseded".to_owned(), |day| format!("to {day}"));
    let mut lines = vec![
        format!("\n## {}: {}\n", set.name(), english(&set.title)),
        format!("- In force from {} {until}; time zone {}.", set.effective_from, set.calendar.zone),
        format!("- SHA-256 of its text: `{hex}`."),
    ];
    if !set.extends.is_empty() {
        lines.push(format!("- Over {}.", set.extends.join(", over ")));
    }
    for event in &set.events {
        let days: Vec<String> = event.polling.iter().map(ToString::to_string).collect();
        let days = if days.is_empty() { "not said".to_owned() } else { days.join(", ") };
        lines.push(format!("- Election `{}`, {}: polling {days}.", event.id, event.election));
    }
    for part in facts::parts(set).iter().filter(|part| part.section == facts::Section::Week) {
        let said: Vec<String> =
            part.facts.iter().map(|fact| format!("{} {}", fact.field, fact.value)).collect();
        lines.push(format!("- Weekly hours from {}: {}.", part.key, said.join("; ")));
    }
    format!("{}\n", lines.join("\n"))
}

fn rules(known: &Catalogue, set: &RuleSet, namings: &[Naming]) -> String {
    let own = |rule: &&Rule| unchanged_from(known, set, rule).is_empty();
    let shown: Vec<&Rule> = set.rules.iter().filter(own).collect();
    let mut text = String::from("\n### Rules\n\n");
    let inherited = set.rules.len() - shown.len();
    if inherited > 0 {
        let below = set.extends.first().map_or("", String::as_str);
        text.push_str(&format!("Rules that hold as in {below}: {inherited}.\n\n"));
    }
    if shown.is_empty() {
        return text;
    }
    text.push_str("| article | the source says | rule | what the software does | tests |\n");
    text.push_str("|---|---|---|---|---|\n");
    for rule in shown {
        let tests = tests_of(known, set, rule, namings);
        text.push_str(&row([
            format!("{} {}", rule.instrument, rule.article),
            quotes(&rule.quote),
            format!("`{}`<br>{}", rule.key, cell(english(&rule.title))),
            does(set, rule),
            named(&tests),
        ]));
    }
    text
}

/// What a rule does: what it says of itself, the period as a sentence, the questions for people.
fn does(set: &RuleSet, rule: &Rule) -> String {
    let mut parts = vec![cell(&rule.does)];
    match &rule.operation {
        Operation::Period(period) => parts.push(cell(&phrase::period(set, period))),
        _ => parts.push(section(rule)),
    }
    let open = |title: &str, keys: &[String]| {
        (!keys.is_empty()).then(|| format!("{title}: {}.", keys.join(", ")))
    };
    parts.extend(open("Computed under each answer to", &rule.switches));
    parts.extend(open("Left open", &rule.ambiguities));
    parts.join("<br>")
}

/// What else than a period is computed: `[rule.sitting]` with what it says, `check = "kept"`.
fn section(rule: &Rule) -> String {
    let computed = facts::computed(rule);
    let field =
        |fact: &facts::Fact| fact.field.split_once('.').map(|(section, _)| section.to_owned());
    let Some(section) = computed.first().and_then(field) else {
        return format!("`check = \"{}\"`.", rule.operation.name());
    };
    let said = computed.iter().map(|fact| {
        let field = fact.field.split_once('.').map_or("", |(_, field)| field);
        format!("{field} {}", cell(&fact.value))
    });
    format!("`[rule.{section}]`: {}.", said.collect::<Vec<_>>().join("; "))
}

/// Each test with the source in which it stands, once.
fn named(tests: &[&Naming]) -> String {
    let mut links: Vec<String> = Vec::new();
    for one in tests {
        let test = one.test.as_deref().unwrap_or_default();
        let link = format!("[`{test}`](../{})", one.path);
        if !links.contains(&link) {
            links.push(link);
        }
    }
    if links.is_empty() { "none yet".to_owned() } else { links.join("<br>") }
}

fn questions(known: &Catalogue, set: &RuleSet) -> String {
    let below = set.extends.first().and_then(|name| match known.find(name) {
        barid_proto::rules::Found::One(below) => Some(below),
        _ => None,
    });
    let changed = below.map(|below| diff(&below, set));
    let own = |switch: &&Switch| {
        changed.as_ref().is_none_or(|found| {
            found.iter().any(|one| one.section == facts::Section::Switch && one.key == switch.key)
        })
    };
    let shown: Vec<&Switch> = set.switches.iter().filter(own).collect();
    if shown.is_empty() {
        return String::new();
    }
    let mut text = String::from(
        "\n### What the law leaves open\n\n\
         | switch | question | preferred | other answers | why | rules |\n|---|---|---|---|---|---|\n",
    );
    for switch in shown {
        let mut answers = switch
            .options
            .iter()
            .map(|option| format!("`{}`: {}", option.word, cell(english(&option.meaning))));
        let preferred = answers.next().unwrap_or_default();
        text.push_str(&row([
            switch.key.clone(),
            cell(english(&switch.question)),
            preferred,
            answers.collect::<Vec<_>>().join("<br>"),
            cell(english(&switch.reason)),
            asking(set, &switch.key),
        ]));
    }
    text
}

/// The rules that depend on a switch, and those that only name it.
fn asking(set: &RuleSet, key: &String) -> String {
    let names = |asks: fn(&Rule) -> &Vec<String>| -> Vec<String> {
        let asking = set.rules.iter().filter(|rule| asks(rule).contains(key));
        asking.map(|rule| format!("`{}`", rule.key)).collect()
    };
    let mut all = names(|rule| &rule.switches);
    let named = names(|rule| &rule.ambiguities);
    all.extend(named.into_iter().map(|rule| format!("{rule} (for people)")));
    all.join("<br>")
}

fn errata(known: &Catalogue, set: &RuleSet) -> String {
    let below = set.extends.iter().filter_map(|name| match known.find(name) {
        barid_proto::rules::Found::One(below) => Some(below),
        _ => None,
    });
    let told: Vec<String> = below.flat_map(|below| lines(&below)).collect();
    let own: Vec<String> = lines(set).into_iter().filter(|line| !told.contains(line)).collect();
    if own.is_empty() {
        return String::new();
    }
    format!("\n### Known errors of the sources\n\n{}", own.concat())
}

fn lines(set: &RuleSet) -> Vec<String> {
    let line = |one: &barid_proto::rules::Erratum| {
        format!("- {} {}: {}\n", one.instrument, one.article, cell(&one.text))
    };
    set.errata.iter().map(line).collect()
}

/// The words of the source in the languages in which they are known.
fn quotes(names: &Names) -> String {
    let known = LANGUAGES.iter().filter_map(|tag| Some((*tag, names.get(*tag)?)));
    let one = |(tag, words): (&str, &String)| {
        let words = cell(words);
        // A cell runs from the left unless it says otherwise.
        let leftward = matches!(tag, "ar" | "ckb");
        if leftward { format!("<span lang=\"{tag}\" dir=\"rtl\">{words}</span>") } else { words }
    };
    known.map(one).collect::<Vec<_>>().join("<br>")
}

/// The English wording.
pub(super) fn english(names: &Names) -> &str {
    names.get("en").map_or("", String::as_str)
}

/// A row of a table.
pub(super) fn row<const CELLS: usize>(cells: [String; CELLS]) -> String {
    format!("| {} |\n", cells.join(" | "))
}

/// A text as it can stand in a cell.
pub(super) fn cell(text: &str) -> String {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    line.replace('|', "\\|").replace('<', "&lt;")
}

#[cfg(test)]
mod tests {
    use super::super::{namings, read};
    use super::page;

    const LAW: &str = include_str!("../../../../proto/tests/rules/law.toml");
    const REGULATION: &str = include_str!("../../../../proto/tests/rules/regulation.toml");

    fn made() -> String {
        // The overlay's name comes first in the order of paths, and still finds its base.
        let texts = [("proto/rules/a.toml", REGULATION), ("proto/rules/b.toml", LAW)];
        let (known, wrong) = read(texts.into_iter());
        assert!(wrong.is_empty(), "{wrong:?}");
        let test = "#[test]\nfn days_are_counted() {\n    // Rule: T-LAW appeal\n}\n";
        page(&known, &namings([("proto/src/a.rs", test)].into_iter()))
    }

    #[test]
    fn a_rule_stands_with_source_sentence_and_test() {
        let page = made();
        let row = page.lines().find(|line| line.contains("`appeal`")).unwrap();
        for part in [
            "| LAW 1 |",
            "<span lang=\"ar\" dir=\"rtl\">خلال ثلاثة أيام</span><br>\
             within three days |",
            "Counts 3 calendar days, from the day after the last day (A1; or the first day) of \
             `publication-certificate` about the act that is challenged, the last of several; \
             the last day ends with the office's hours; if offices are closed on it, on the next \
             day on which they work; to be kept by the appellant; measures `appeal-filed`.",
            "Computed under each answer to: A1.",
            "[`days_are_counted`](../proto/src/a.rs)",
        ] {
            assert!(row.contains(part), "{part}\n{row}");
        }
        assert!(page.contains("| A1 | Which day? | `last-publication-day`: The last |"), "{page}");
    }

    #[test]
    fn a_step_stands_with_whose_it_is_and_by_when() {
        let page = made();
        let row = "| `filing`<br>Appeal filed | appellant | `appeal-filed` | `appeal` | \
                   within `appeal` | ends |";
        assert!(page.lines().any(|line| line == row), "{page}");
    }

    #[test]
    fn a_rule_set_over_another_shows_what_it_changes() {
        let page = made();
        let (_, over) = page.split_once("## T-REG/1: A regulation").unwrap();
        assert!(over.contains("- Over T-LAW/1."), "{over}");
        assert!(
            over.contains("Counts 4 calendar days, from the day after the first day (A1; or"),
            "{over}"
        );
        let changed = over.lines().find(|line| line.contains("`appeal`")).unwrap();
        assert!(changed.ends_with("| none yet |"), "a changed rule has its own test: {changed}");
        assert!(over.contains("`check = \"kept\"`."), "{over}");
        assert!(!over.contains("### Procedures"), "{over}");
    }

    #[test]
    fn what_holds_as_below_is_only_counted() {
        let (head, _) = REGULATION.split_once("[[switch]]").unwrap();
        let texts = [("proto/rules/a.toml", head), ("proto/rules/b.toml", LAW)];
        let (known, wrong) = read(texts.into_iter());
        assert!(wrong.is_empty(), "{wrong:?}");
        let page = page(&known, &[]);
        let (_, over) = page.split_once("## T-REG/1").unwrap();
        assert!(over.contains("Rules that hold as in T-LAW/1: 1."), "{over}");
        assert!(!over.contains("`appeal`") && !over.contains("A1"), "{over}");
    }
}
