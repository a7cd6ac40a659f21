//! What is refused in a procedure, and where.

use crate::rules::{Catalogue, Procedure, RuleProblem, RuleSet, parse};
use crate::v1::FilingKind;

const T: &str = r#"title = { ar = "أ", ckb = "ب", en = "E", es = "S" }"#;

/// A rule set with a period, a check and these procedures.
fn text(procedures: &str) -> String {
    format!(
        r#"
id = "TEST"
version = 1
{T}
effective-from = 2020-01-01

[[instrument]]
key = "law"
{T}
source = "made up"

[calendar]
zone = "Asia/Baghdad"
[[calendar.week]]
from = 2020-01-01
works = ["sunday", "monday"]
opens = "08:00"
closes = "15:00"

[[rule]]
key = "window"
instrument = "law"
article = "8-V"
{T}
quote = {{ en = "within three days" }}
does = "counts"
[rule.period]
owner = "appellant"
triggers = ["council-decision"]
on = "date-of-act"
length = 3
unit = "calendar-day"

[[rule]]
key = "decides"
instrument = "law"
article = "4-V"
{T}
quote = {{ en = "decides" }}
does = "nothing"
check = "people"

{}
"#,
        procedures.replace("TITLE", T)
    )
}

fn refused(procedures: &str) -> Vec<RuleProblem> {
    parse(&text(procedures), &Catalogue::default()).expect_err("it is wrong").0
}

#[track_caller]
fn told(problems: &[RuleProblem], code: &str, path: &str, place: &str, procedures: &str) {
    let whole = text(procedures);
    let found = problems.iter().find(|problem| problem.code == code && problem.path == path);
    let found = found.unwrap_or_else(|| panic!("no {code} at {path} in {problems:#?}"));
    let line = whole.lines().nth(found.line - 1).expect("the line is there");
    let from: String = line.chars().skip(found.column - 1).collect();
    assert!(from.starts_with(place), "{code} is told at {from:?}, not at {place:?}");
}

/// Steps `a` → `b`, with more lines for each.
fn two(a: &str, b: &str) -> String {
    let after = |lines: &str, field: &str, usual: &str| {
        if lines.contains(field) { String::new() } else { format!("{usual}\n") }
    };
    let mut text = "[[procedure]]\nkey = \"p\"\nTITLE\n".to_owned();
    for (key, kind, lines, usual) in [
        ("a", "council-decision", a, "start = true\nnext = [\"b\"]"),
        ("b", "appeal-filed", b, "final = true"),
    ] {
        text += &format!("[[procedure.step]]\nkey = \"{key}\"\nTITLE\n");
        text += &after(lines, "filings", &format!("filings = [\"{kind}\"]"));
        text += &after(lines, "owner", "owner = \"council\"");
        text += &after(lines, "rule", "rule = \"decides\"");
        text += &after(lines, "period", "no-period = \"none is given\"");
        for line in usual.lines() {
            let field = line.split(' ').next().expect("a field");
            text += &after(lines, field, line);
        }
        text += &format!("{lines}\n");
    }
    text
}

#[track_caller]
fn wrong(a: &str, b: &str, code: &str, path: &str, place: &str) {
    let procedures = two(a, b);
    told(&refused(&procedures), code, path, place, &procedures);
}

fn set(procedures: &str) -> RuleSet {
    parse(&text(procedures), &Catalogue::default()).unwrap_or_else(|problems| panic!("{problems}"))
}

#[test]
fn a_procedure_that_is_right_is_read() {
    let set = set(&two("period = \"window\"", "only = { route = [\"direct\", \"not-said\"] }"));
    let procedure: &Procedure = set.procedure("p").expect("it is there");
    let step = procedure.step("a").expect("it is there");
    assert_eq!(step.period_key(), Some("window"));
    assert_eq!(step.rule_key(), Some("decides"));
    assert_eq!(step.filings, [FilingKind::CouncilDecision]);
    assert_eq!(procedure.step("b").expect("it is there").only.len(), 1);
}

#[test]
fn names_that_lead_nowhere_are_told_with_their_place() {
    wrong("next = [\"c\"]", "", "unknown-step", "procedure.p.step.a.next", "[\"c\"]");
    wrong("returns-to = [\"c\"]", "", "unknown-step", "procedure.p.step.a.returns-to", "[\"c\"]");
    wrong("rule = \"none\"", "", "unknown-rule", "procedure.p.step.a.rule", "\"none\"");
    wrong("period = \"none\"", "", "unknown-rule", "procedure.p.step.a.period", "\"none\"");
    wrong("period = \"decides\"", "", "no-period", "procedure.p.step.a.period", "\"decides\"");
    wrong(
        "filings = [\"appeal\"]",
        "",
        "unknown-kind",
        "procedure.p.step.a.filings",
        "[\"appeal\"]",
    );
    wrong("owner = \"bench\"", "", "unknown-word", "procedure.p.step.a.owner", "\"bench\"");
    let lost =
        format!("{}\n", two("", "")).replace("key = \"p\"", "key = \"p\"\ngoes-on-in = [\"q\"]");
    told(&refused(&lost), "unknown-procedure", "procedure.p.goes-on-in", "[\"q\"]", &lost);
}

#[test]
fn a_step_says_whose_it_is_by_when_and_under_which_article() {
    wrong("owner = \"\"", "", "missing", "procedure.p.step.a.owner", "\"\"");
    let bare = |field: &str| two("", "").replace(field, "");
    let periodless = bare("no-period = \"none is given\"\n");
    told(&refused(&periodless), "missing", "procedure.p.step.a.period", "\"a\"", &periodless);
    let only_one = refused(&periodless);
    assert_eq!(only_one.len(), 1, "a final step needs none: {only_one:#?}");
    let uncited = bare("rule = \"decides\"\n");
    told(&refused(&uncited), "uncited", "procedure.p.step.b.rule", "\"b\"", &uncited);
    let both = "period = \"window\"\nno-period = \"none\"";
    wrong(both, "", "both", "procedure.p.step.a.period", "\"window\"");
    wrong(
        "rule = \"decides\"\nno-rule = \"x\"",
        "",
        "both",
        "procedure.p.step.a.rule",
        "\"decides\"",
    );
    let mute =
        two("", "").replacen("ckb = \"ب\", ", "", 1).replace("TITLE", "title = { en = \"E\" }");
    told(&refused(&mute), "missing-language", "procedure.p.step.a.title", "\"a\"", &mute);
}

#[test]
fn a_way_that_ends_nowhere_or_goes_round_is_told() {
    wrong("next = []", "", "dead-end", "procedure.p.step.a.next", "[]");
    wrong("next = []", "", "unreachable", "procedure.p.step.b", "\"b\"");
    wrong("start = false", "", "no-start", "procedure.p", "\"p\"");
    let round = "final = false\nnext = [\"a\"]";
    wrong("", round, "cycle", "procedure.p.step.b.next", "[\"a\"]");
    let procedures = two("", round);
    let problems = refused(&procedures);
    let cycle = problems.iter().find(|problem| problem.code == "cycle").expect("it is told");
    assert!(cycle.what.contains("a → b → a"), "{cycle}");
    wrong("next = [\"a\"]", "", "cycle", "procedure.p.step.a.next", "[\"a\"]");
    wrong("", "next = [\"a\"]", "final", "procedure.p.step.b.next", "[\"a\"]");
    wrong("any-time = true", "", "any-time", "procedure.p.step.a.any-time", "[\"b\"]");
    wrong("owner = \"nobody\"", "", "nobody", "procedure.p.step.a.filings", "[\"council-d");
    wrong("filings = []", "", "nobody", "procedure.p.step.a.filings", "[]");
    let back = "final = false\nreturns-to = [\"a\"]\nnext = []";
    wrong("", back, "endless", "procedure.p.step.b.next", "[]");
    let again = set(&two("", "returns-to = [\"a\"]"));
    assert_eq!(again.procedures.len(), 1, "going back by name is no cycle");
}

#[test]
fn one_filing_means_one_step() {
    let third = |only: &str| {
        let c = "[[procedure.step]]\nkey = \"c\"\nTITLE\nfilings = [\"appeal-filed\", \"referral\"]\n\
            owner = \"panel\"\nrule = \"decides\"\nfinal = true\n";
        two("next = [\"b\", \"c\"]", "only = { route = [\"direct\"] }") + c + only
    };
    let ambiguous = third("");
    told(&refused(&ambiguous), "ambiguous", "procedure.p.step.c", "\"c\"", &ambiguous);
    // A referral says nothing about a route, so the condition needs a step of its own.
    let split = third("only = { answers = [\"query\"] }");
    told(&refused(&split), "ambiguous", "procedure.p.step.c", "\"c\"", &split);
    let apart = third("only = { route = [\"referred\"] }").replace(", \"referral\"", "");
    assert_eq!(set(&apart).procedures.len(), 1);
}

#[test]
fn conditions_ask_only_what_a_filing_says() {
    let b = "filings = [\"referral\"]\nonly = { route = [\"direct\"] }";
    wrong("", b, "not-said", "procedure.p.step.b.only", "{");
    let path = "procedure.p.step.b.only";
    wrong("", "only = { route = [\"side\"] }", "unknown-word", path, "{");
    wrong("", "only = { door = [\"direct\"] }", "unknown-word", path, "{");
    wrong("", "only = { route = [] }", "missing", path, "{");
    wrong("", "only = { route = [\"unspecified\"] }", "unknown-word", path, "{");
}

#[test]
fn a_procedure_goes_on_in_another_with_the_steps_that_it_reaches() {
    let first = two("", "").replace("\"p\"", "\"q\"");
    let second = "[[procedure]]\nkey = \"p\"\nTITLE\ngoes-on-in = [\"q\"]\n[[procedure.step]]\n\
        key = \"z\"\nTITLE\nfilings = [\"call-in\"]\nowner = \"council\"\nrule = \"decides\"\n\
        no-period = \"none\"\nstart = true\nnext = [\"b\"]\n";
    let set = set(&format!("{first}\n{second}"));
    let keys = |key: &str| -> Vec<String> {
        let procedure = set.procedure(key).expect("it is there");
        procedure.steps.iter().map(|step| step.key.clone()).collect()
    };
    assert_eq!(keys("q"), ["a", "b"]);
    assert_eq!(keys("p"), ["z", "b"], "a begins the other one and is not reached here");
    let twice = second.replace("key = \"z\"", "key = \"b\"");
    let twice = format!("{first}\n{twice}");
    told(&refused(&twice), "twice", "procedure.p.step.b", "\"b\"", &twice);
}

#[test]
fn an_overlay_changes_single_fields_of_a_step() {
    let mut known = Catalogue::default();
    let below = text(&two("", ""));
    let base = known.add(&below).expect("it is right");
    let hex: String = base.sha256.iter().map(|byte| format!("{byte:02x}")).collect();
    let over = |step: &str| {
        format!(
            "id = \"OVER\"\nversion = 1\nextends = \"TEST/1\"\nextends-sha256 = \"{hex}\"\n{T}\n\
             effective-from = 2021-01-01\n[[procedure]]\nkey = \"p\"\n[[procedure.step]]\n{step}\n"
        )
    };
    let set = parse(&over("key = \"a\"\nperiod = \"window\""), &known).expect("it is right");
    let step = set.procedure("p").and_then(|found| found.step("a")).expect("it is there");
    assert_eq!(step.period_key(), Some("window"));
    assert_eq!(step.next, ["b"]);
    let problems = parse(&over("key = \"a\"\nnext = []"), &known).expect_err("a dead end").0;
    let found = problems.iter().find(|problem| problem.code == "dead-end").expect("it is told");
    assert_eq!((found.line, found.column), (11, 8), "in the overlay's own text: {found}");
}
