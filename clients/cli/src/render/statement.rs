//! A stated register, and what changed from one statement of it to the next.

use barid_proto::reconcile::{Change, Register, RegisteredCase};
use barid_proto::v1::RegisterStatement;
use serde_json::{Value, json};

use super::grid::Grid;
use super::registered;
use crate::wording::Lang;
use crate::wording::statement::{self as words, StatementMsg as Msg};

/// Changes that are shown; the rest is counted. Scripts get all.
const SHOWN_MAX: usize = 500;

/// A field of a case by which registers are compared: what it is called, what is in it.
type Field = (Msg, fn(Lang, &RegisteredCase) -> String);

/// All of them.
const FIELDS: [Field; 6] = [
    (Msg::OtherNumbers, |lang, case| {
        let numbers: Vec<String> =
            case.other_numbers.iter().map(|number| lang.isolate(&number.literal)).collect();
        lang.list(&numbers)
    }),
    (Msg::Joined, |_, case| {
        case.joined_to.as_ref().map(|lead| lead.literal.clone()).unwrap_or_default()
    }),
    (Msg::Appellant, |_, case| case.appellant.clone()),
    (Msg::Challenged, |_, case| {
        case.challenged.as_ref().map(|act| act.number.clone()).unwrap_or_default()
    }),
    (Msg::Day, |lang, case| {
        let days: Vec<String> = case.days.iter().map(ToString::to_string).collect();
        lang.list(&days)
    }),
    (Msg::Outcome, |lang, case| words::outcome(lang, case.outcome)),
];

/// For people: all cases of a register.
pub(crate) fn register(lang: Lang, statement: &RegisterStatement, register: &Register) -> String {
    let as_of = statement.as_of.as_ref();
    let day = as_of.map(|day| format!("{:04}-{:02}-{:02}", day.year, day.month, day.day));
    let cases = register.cases().len().to_string();
    let day = day.unwrap_or_else(|| "-".to_owned());
    let head = Msg::Heading.fill(lang, &[register.institution(), &statement.name, &day, &cases]);
    let number = Msg::Number.fill(lang, &[]);
    let headings = FIELDS.iter().map(|(field, _)| field.fill(lang, &[]));
    let mut grid = Grid::new(lang, std::iter::once(number).chain(headings));
    for case in register.cases() {
        let cells = FIELDS.iter().map(|(_, cell)| cell(lang, case));
        grid.row(std::iter::once(registered::called(lang, case)).chain(cells));
    }
    format!("{head}\n{}", grid.render())
}

/// For scripts.
pub(crate) fn register_value(statement: &RegisterStatement, register: &Register) -> Value {
    json!({
        "institution": register.institution(),
        "name": statement.name,
        "rows": statement.rows.len(),
        "cases": register.cases().iter().map(registered::value).collect::<Value>(),
    })
}

/// For people: what is new, gone, or otherwise, and each field from what to what. `rows`: whether
/// any row is another, be it only in what registers are not compared by.
pub(crate) fn changes(lang: Lang, changed: &[Change<'_>], rows: bool) -> String {
    if changed.is_empty() {
        let said = if rows { Msg::OtherColumns } else { Msg::Unchanged };
        return said.fill(lang, &[]);
    }
    let count = |is: fn(&Change<'_>) -> bool| changed.iter().filter(|one| is(one)).count();
    let figures = [
        count(|one| one.before.is_none()),
        count(|one| one.after.is_none()),
        count(|one| one.before.is_some() && one.after.is_some()),
    ];
    let figures = figures.map(|figure| figure.to_string());
    let headings = [Msg::Number, Msg::What, Msg::From, Msg::To];
    let mut grid = Grid::new(lang, headings.map(|heading| heading.fill(lang, &[])));
    for one in changed.iter().take(SHOWN_MAX) {
        row(lang, one, &mut grid);
    }
    let [new, gone, otherwise] = &figures;
    let mut lines = vec![Msg::Changed.fill(lang, &[new, gone, otherwise]), grid.render()];
    if changed.len() > SHOWN_MAX {
        lines.push(Msg::More.fill(lang, &[&(changed.len() - SHOWN_MAX).to_string()]));
    }
    lines.join("\n")
}

fn row(lang: Lang, change: &Change<'_>, grid: &mut Grid) {
    let (said, case) = match (change.before, change.after) {
        (None, Some(case)) => (Msg::New, case),
        (Some(case), None) => (Msg::Gone, case),
        (Some(before), Some(after)) => {
            let mut called = registered::called(lang, after);
            for (field, from, to) in fields(lang, before, after) {
                grid.row([std::mem::take(&mut called), field.fill(lang, &[]), from, to]);
            }
            return;
        }
        (None, None) => return,
    };
    let told = if change.before.is_none() {
        [String::new(), case.appellant.clone()]
    } else {
        [case.appellant.clone(), String::new()]
    };
    let [from, to] = told;
    grid.row([registered::called(lang, case), said.fill(lang, &[]), from, to]);
}

/// The fields in which a case is told otherwise.
fn fields(
    lang: Lang,
    before: &RegisteredCase,
    after: &RegisteredCase,
) -> Vec<(Msg, String, String)> {
    let each = FIELDS.iter().map(|(field, cell)| (*field, cell(lang, before), cell(lang, after)));
    let mut told: Vec<_> = each.filter(|(_, from, to)| from != to).collect();
    let literal = |case: &RegisteredCase| {
        case.number.as_ref().map(|number| number.literal.clone()).unwrap_or_default()
    };
    if literal(before) != literal(after) {
        told.insert(0, (Msg::Number, literal(before), literal(after)));
    }
    told
}

/// For scripts.
pub(crate) fn changes_value(changed: &[Change<'_>]) -> Value {
    let one = |change: &Change<'_>| {
        json!({
            "before": change.before.map(registered::value),
            "after": change.after.map(registered::value),
        })
    };
    changed.iter().map(one).collect()
}
