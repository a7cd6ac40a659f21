//! Figures as JSON and CSV. Everything that decides what they mean stands with them.

use barid_client::hex;
use barid_proto::statistics::{Counted, Figure, Shown, Statistics, Unit};
use barid_proto::v1::Text;
use barid_proto::word::Word as _;
use serde_json::{Map, Value, json};

use super::Scope;
use super::table::csv;
use crate::render::time;

/// The schema of [`value`].
pub(crate) const SCHEMA: &str = include_str!("schema/statistics.schema.json");

/// All figures, each down to the matters behind it, and these to their cases.
pub(crate) fn value(scope: &Scope, all: &Statistics) -> Value {
    let numbers =
        |numbers: &[(String, String)]| -> Value { numbers.iter().map(super::number).collect() };
    let cases: Vec<Value> = all
        .cases
        .iter()
        .map(|case| json!({ "id": hex::encode(&case.case_id), "numbers": numbers(&case.numbers) }))
        .collect();
    let matters: Vec<Value> = all
        .matters
        .iter()
        .map(|one| json!({ "case": one.case, "leaf": one.leaf, "level": one.level.word() }))
        .collect();
    let rules: Vec<Value> = all
        .rule_sets
        .iter()
        .map(|(name, digest)| json!({ "name": name, "sha256": hex::encode(digest) }))
        .collect();
    json!({
        "format": "barid-statistics/1",
        "event": scope.event,
        "data_class": scope.class_word(),
        "log": scope.log,
        "as_of_size": scope.as_of_size,
        "at": time::rfc3339(scope.at_ms, 0).unwrap_or_default(),
        "view": { "institution": scope.view.institution, "office": scope.view.office },
        "minimum": scope.minimum,
        "rule_sets": rules,
        "cases_without_rule_set": all.without_rules,
        "cases": cases,
        "matters": matters,
        "figures": all.figures.iter().map(|one| figure(all, one)).collect::<Vec<_>>(),
    })
}

/// One figure. What is withheld is not there, and that it is withheld is.
pub(crate) fn figure(all: &Statistics, figure: &Figure) -> Value {
    let shown = match figure.shown {
        Shown::All => "all",
        Shown::Numbers => "numbers",
        Shown::Nothing => "nothing",
    };
    let stratum = figure
        .stratum
        .as_ref()
        .map(|(dimension, value)| json!({ "dimension": dimension.word(), "value": value }));
    let mut out = json!({
        "name": figure.name(),
        "indicator": figure.indicator.word(),
        "of": figure.of,
        "title": title(all.titles.get(&(figure.indicator, figure.of.clone()))),
        "stratum": stratum,
        "shown": shown,
        "withheld_classes": figure.withheld,
    });
    if let Some(map) = out.as_object_mut().filter(|_| figure.shown != Shown::Nothing) {
        counted(map, figure);
    }
    out
}

fn counted(map: &mut Map<String, Value>, figure: &Figure) {
    let behind = |units: &mut dyn Iterator<Item = Unit>| -> Value {
        match figure.shown {
            Shown::All => units.map(|unit| unit.matter).collect::<Vec<_>>().into(),
            _ => Value::Null,
        }
    };
    map.insert("count".to_owned(), figure.count().into());
    match &figure.counted {
        Counted::Classes(classes) => {
            let told = classes.iter().filter(|(class, _)| !figure.withheld.contains(class));
            let told = told.map(|(class, units)| {
                let matters = behind(&mut units.iter().copied());
                (class.clone(), json!({ "count": units.len(), "matters": matters }))
            });
            map.insert("classes".to_owned(), told.collect::<Map<_, _>>().into());
            let shares = figure.shares().into_iter().map(|(share, part, whole)| {
                json!({ "share": share.word(), "numerator": part, "denominator": whole })
            });
            map.insert("shares".to_owned(), shares.collect::<Vec<_>>().into());
        }
        Counted::Times(measured, unclear) => {
            let (median, ninetieth) = figure.quantiles().unzip();
            let mut units = measured.iter().map(|(_, unit)| *unit);
            let times = json!({
                "measured": measured.len(),
                "contradictory": unclear.len(),
                "median_s": median,
                "p90_s": ninetieth,
                "matters": behind(&mut units),
            });
            map.insert("times".to_owned(), times);
        }
        Counted::Amount(amounts) => {
            let mut units = amounts.iter().map(|(_, unit)| *unit);
            let amount = json!({ "total": figure.amount(), "matters": behind(&mut units) });
            map.insert("amount".to_owned(), amount);
        }
    }
}

fn title(text: Option<&Text>) -> Value {
    let Some(text) = text else { return Value::Null };
    let one = |one: &barid_proto::v1::Rendering| (one.language.clone(), one.text.clone().into());
    text.renderings.iter().map(one).collect::<Map<_, _>>().into()
}

/// One row for each class, share, time and amount.
pub(crate) fn rows(figures: &[&Figure]) -> Vec<u8> {
    let headings = [
        "figure",
        "indicator",
        "of",
        "dimension",
        "stratum",
        "class",
        "count",
        "share",
        "numerator",
        "denominator",
        "median_s",
        "p90_s",
        "withheld",
    ];
    let mut rows = Vec::new();
    for figure in figures {
        let (dimension, stratum) = match &figure.stratum {
            Some((dimension, value)) => (dimension.word(), value.as_str()),
            None => ("", ""),
        };
        let mut row = |class: &str, rest: [String; 6], withheld: bool| {
            let name = figure.name();
            let head = [&name, figure.indicator.word(), &figure.of, dimension, stratum];
            let mut cells: Vec<String> = head.map(str::to_owned).to_vec();
            cells.push(class.to_owned());
            cells.extend(rest);
            cells.push(if withheld { "yes" } else { "" }.to_owned());
            rows.push(cells);
        };
        let none = || [(); 6].map(|()| String::new());
        if figure.shown == Shown::Nothing {
            row("", none(), true);
            continue;
        }
        match &figure.counted {
            Counted::Classes(classes) => {
                for (class, units) in classes {
                    match figure.withheld.contains(class) {
                        true => row(class, none(), true),
                        false => row(class, first(units.len()), false),
                    }
                }
                for (share, part, whole) in figure.shares() {
                    let [_, _, _, _, median, ninetieth] = none();
                    let (part, whole) = (part.to_string(), whole.to_string());
                    let share = share.word().to_owned();
                    row("", [String::new(), share, part, whole, median, ninetieth], false);
                }
            }
            Counted::Times(measured, unclear) => {
                let (median, ninetieth) = figure.quantiles().unzip();
                let [_, share, part, whole, _, _] = none();
                let shown = |value: Option<u64>| value.map(|v| v.to_string()).unwrap_or_default();
                let count = measured.len().to_string();
                row("", [count, share, part, whole, shown(median), shown(ninetieth)], false);
                if !unclear.is_empty() {
                    row("contradictory", first(unclear.len()), false);
                }
            }
            Counted::Amount(_) => {
                row("", first(figure.amount().unwrap_or_default()), false);
            }
        }
    }
    csv(&headings, &rows)
}

fn first(count: impl ToString) -> [String; 6] {
    let none = String::new;
    [count.to_string(), none(), none(), none(), none(), none()]
}
