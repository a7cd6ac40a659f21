//! The pages of statistics: one for each language, from the disk, without scripts or anything of
//! others; every figure opens down to the cases behind it.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use barid_proto::picture::escape;
use barid_proto::statistics::class::Dimension;
use barid_proto::statistics::{Counted, Figure, Indicator, Shown, Statistics, Unit};
use barid_proto::word::Word as _;

use super::chart::Chart;
use super::{Parts, Scope, figures};
use crate::render::time;
use crate::wording::Lang;
use crate::wording::figures as words;
use crate::wording::statistics::StatMsg as Msg;

/// Nothing is loaded, run or sent, whatever stands in the page.
const POLICY: &str =
    "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'";

const STYLE: &str = "body{font:16px/1.6 'Noto Naskh Arabic','Noto Sans Arabic','Segoe UI',Tahoma,\
'Noto Sans',sans-serif;margin:0 auto;max-width:68rem;padding:1.5rem;color:#1b1b1b;background:#fff}\
h1{font-size:1.5rem}h2{font-size:1.15rem;margin-top:2rem}h3{font-size:1rem}\
table{border-collapse:collapse;width:100%}th,td{border-bottom:1px solid #bbb;padding:.3rem .6rem;\
text-align:start;vertical-align:top}th{background:#eee}svg{max-width:100%;height:auto}\
details{display:inline-block}code{font:13px/1.5 monospace;unicode-bidi:isolate}";

/// Most cases that a page lists behind one number; the JSON has all.
const LISTED_MAX: usize = 500;

/// Languages of the pages and of the charts.
pub(crate) const LANGS: [Lang; 4] = [Lang::Ar, Lang::Ckb, Lang::En, Lang::Es];

/// All parts of a publication of statistics.
pub(crate) fn parts(parts: &mut Parts, scope: &Scope, all: &Statistics) {
    parts.json("statistics.json", &figures::value(scope, all));
    parts.schema("statistics.schema.json", figures::SCHEMA);
    let mut tables: BTreeMap<&str, Vec<&Figure>> = BTreeMap::new();
    for figure in &all.figures {
        let dimension = figure.stratum.as_ref().map_or("all", |(dimension, _)| dimension.word());
        tables.entry(dimension).or_default().push(figure);
    }
    for (name, figures) in tables {
        parts.add(format!("tables/{name}.csv"), "text/csv", &figures::rows(&figures));
    }
    for lang in LANGS {
        let charts = charts(lang, all);
        for (key, svg) in &charts {
            let path = format!("charts/{key}.{}.svg", lang.tag());
            parts.add(path, "image/svg+xml", svg.as_bytes());
        }
        let page = Page { lang, scope, all, charts: &charts }.render();
        parts.add(format!("index.{}.html", lang.tag()), "text/html", page.as_bytes());
    }
}

/// The charts, by their names: one for each figure of classes, and one for all times.
fn charts(lang: Lang, all: &Statistics) -> BTreeMap<String, String> {
    let mut charts = BTreeMap::new();
    let mut times = Vec::new();
    for figure in all.by(None) {
        let title =
            format!("{}: {}", words::indicator(lang, figure.indicator), of(lang, all, figure));
        match &figure.counted {
            Counted::Classes(classes) if classes.len() > 1 => {
                let row = |(class, units): &(String, Vec<Unit>)| {
                    let count = units.len();
                    (words::class(lang, class), vec![(count as u64, count.to_string())])
                };
                let key = figure.name().replace(['/', '@', '='], "-");
                let rows = classes.iter().map(row).collect();
                let chart = Chart { lang, key: &key, title, series: vec![String::new()], rows };
                let svg = chart.svg();
                charts.insert(key, svg);
            }
            Counted::Times(..) if figure.indicator == Indicator::Took => {
                if let Some((median, ninetieth)) = figure.quantiles() {
                    let bar = |seconds| (seconds, duration(lang, seconds));
                    times.push((of(lang, all, figure), vec![bar(median), bar(ninetieth)]));
                }
            }
            _ => {}
        }
    }
    if !times.is_empty() {
        let title = words::indicator(lang, Indicator::Took).to_owned();
        let series = [
            ["median", "90 %"],
            ["الوسيط", "المئين التسعون"],
            ["ناوەند", "سەدەکی نەوەدەم"],
            ["mediana", "percentil 90"],
        ];
        let at = match lang {
            Lang::En => 0,
            Lang::Ar => 1,
            Lang::Ckb => 2,
            Lang::Es => 3,
        };
        let series = series.get(at).map(|names| names.map(str::to_owned).to_vec());
        let chart =
            Chart { lang, key: "took", title, series: series.unwrap_or_default(), rows: times };
        charts.insert("took".to_owned(), chart.svg());
    }
    charts
}

/// What a figure is of, in a language: the rule set's own title of a step or rule, a kind of
/// matter, a body.
pub(crate) fn of(lang: Lang, all: &Statistics, figure: &Figure) -> String {
    let title = all.titles.get(&(figure.indicator, figure.of.clone()));
    let named = title.map(|text| lang.rendering(Some(text))).filter(|name| !name.is_empty());
    named.unwrap_or_else(|| match figure.of.rsplit_once('/') {
        Some((body, level)) => format!("{}: {}", lang.isolate(body), words::class(lang, level)),
        None => words::class(lang, &figure.of),
    })
}

/// Seconds as people say them.
pub(crate) fn duration(lang: Lang, seconds: u64) -> String {
    let parts = [seconds / 86_400, seconds % 86_400 / 3600, seconds % 3600 / 60];
    let [days, hours, minutes] = parts.map(|part| part.to_string());
    Msg::Duration.fill(lang, &[&days, &hours, &minutes])
}

struct Page<'a> {
    lang: Lang,
    scope: &'a Scope,
    all: &'a Statistics,
    charts: &'a BTreeMap<String, String>,
}

impl Page<'_> {
    fn render(&self) -> String {
        let (lang, direction) = (self.lang, if self.lang.is_rtl() { "rtl" } else { "ltr" });
        let title = escape(&Msg::Title.fill(lang, &[&self.scope.event]));
        let mut html = format!(
            "<!DOCTYPE html>\n<html xmlns=\"http://www.w3.org/1999/xhtml\" lang=\"{}\" \
             dir=\"{direction}\">\n<head>\n<meta charset=\"utf-8\"/>\n\
             <meta http-equiv=\"Content-Security-Policy\" content=\"{POLICY}\"/>\n\
             <meta name=\"viewport\" content=\"width=device-width\"/>\n<title>{title}</title>\n\
             <style>{STYLE}</style>\n</head>\n<body>\n<h1>{title}</h1>\n",
            lang.tag()
        );
        for line in heading(lang, self.scope, self.all) {
            let _infallible = writeln!(html, "<p>{}</p>", escape(&line));
        }
        for (_, indicator) in Indicator::WORDS {
            html += &self.indicator(*indicator);
        }
        for (_, dimension) in Dimension::WORDS {
            html += &self.dimension(*dimension);
        }
        let end = [Msg::Definition.fill(lang, &[]), Msg::HowToCheck.fill(lang, &[])];
        for line in end {
            let _infallible = writeln!(html, "<p>{}</p>", escape(&line));
        }
        html + "</body>\n</html>\n"
    }

    /// An indicator over all: charts, and a table whose numbers open.
    fn indicator(&self, indicator: Indicator) -> String {
        let figures: Vec<&Figure> =
            self.all.by(None).filter(|figure| figure.indicator == indicator).collect();
        if figures.is_empty() {
            return String::new();
        }
        let mut html = format!("<h2>{}</h2>\n", escape(words::indicator(self.lang, indicator)));
        for figure in &figures {
            let key = figure.name().replace(['/', '@', '='], "-");
            html += self.charts.get(&key).map_or("", String::as_str);
        }
        if indicator == Indicator::Took {
            html += self.charts.get("took").map_or("", String::as_str);
        }
        html + &self.table(&figures)
    }

    fn dimension(&self, dimension: Dimension) -> String {
        let of =
            |figure: &&Figure| figure.stratum.as_ref().is_some_and(|(one, _)| *one == dimension);
        let figures: Vec<&Figure> = self.all.figures.iter().filter(of).collect();
        if figures.is_empty() {
            return String::new();
        }
        let name = words::dimension(self.lang, dimension);
        format!("<h2>{}</h2>\n{}", escape(name), self.table(&figures))
    }

    fn table(&self, figures: &[&Figure]) -> String {
        let heads = [Msg::HeadFigure, Msg::HeadClass, Msg::HeadCount];
        let mut html = "<table>\n<tr>".to_owned();
        for head in heads {
            let _infallible = write!(html, "<th>{}</th>", escape(&head.fill(self.lang, &[])));
        }
        html += "</tr>\n";
        for figure in figures {
            for (class, said, units) in lines(self.lang, figure) {
                let name = name(self.lang, self.all, figure);
                let _infallible = writeln!(
                    html,
                    "<tr><td>{}</td><td>{}</td><td>{}</td></tr>",
                    escape(&name),
                    escape(&class),
                    self.opens(figure, &said, &units)
                );
            }
        }
        html + "</table>\n"
    }

    /// A number, with the cases behind it.
    fn opens(&self, figure: &Figure, said: &str, units: &[Unit]) -> String {
        let said = escape(said);
        // Strata repeat what stands under the whole; the JSON opens these, too.
        if figure.shown != Shown::All || units.is_empty() || figure.stratum.is_some() {
            return said;
        }
        let mut names: Vec<String> = units.iter().map(|unit| called(self.all, *unit)).collect();
        names.sort();
        names.dedup();
        let more = if names.len() > LISTED_MAX { " …" } else { "" };
        names.truncate(LISTED_MAX);
        let names: Vec<String> =
            names.iter().map(|name| format!("<code>{}</code>", escape(name))).collect();
        format!("<details><summary>{said}</summary>{}{more}</details>", self.lang.list(&names))
    }
}

/// What stands above all figures: election, cases, moment, view, rule sets, what is withheld.
pub(crate) fn heading(lang: Lang, scope: &Scope, all: &Statistics) -> Vec<String> {
    let at = time::rfc3339(scope.at_ms, scope.utc_offset_minutes).unwrap_or_default();
    let counts = [all.cases.len(), all.matters.len()].map(|count| count.to_string());
    let [cases, matters] = &counts;
    let size = scope.as_of_size.to_string();
    let view = crate::render::shown_office(Some(&scope.view));
    let mut lines = Vec::new();
    if scope.data_class != barid_proto::v1::DataClass::Live {
        lines.push(Msg::Class.fill(lang, &[&scope.class_word()]));
    }
    lines.push(Msg::AsOf.fill(lang, &[cases, matters, &size, &at]));
    lines.push(Msg::View.fill(lang, &[&view]));
    let rules: Vec<&str> = all.rule_sets.keys().map(String::as_str).collect();
    lines.push(Msg::Rules.fill(lang, &[&lang.list(&rules)]));
    if !all.without_rules.is_empty() {
        lines.push(Msg::WithoutRules.fill(lang, &[&all.without_rules.len().to_string()]));
    }
    let withheld = |figure: &&Figure| figure.shown == Shown::Nothing || !figure.withheld.is_empty();
    let withheld = all.figures.iter().filter(withheld).count();
    if withheld > 0 {
        let values = [scope.minimum.to_string(), withheld.to_string()];
        let [minimum, withheld] = &values;
        lines.push(Msg::WithheldMany.fill(lang, &[minimum, withheld]));
    }
    lines
}

/// A figure's name for people, with its stratum.
pub(crate) fn name(lang: Lang, all: &Statistics, figure: &Figure) -> String {
    let name = format!("{}: {}", words::indicator(lang, figure.indicator), of(lang, all, figure));
    match &figure.stratum {
        Some((dimension, value)) => format!("{name} ({})", words::stratum(lang, *dimension, value)),
        None => name,
    }
}

/// The lines of a figure: class, what is said, the units behind it.
pub(crate) fn lines(lang: Lang, figure: &Figure) -> Vec<(String, String, Vec<Unit>)> {
    let withheld = || Msg::Withheld.fill(lang, &[]);
    if figure.shown == Shown::Nothing {
        return vec![(String::new(), withheld(), Vec::new())];
    }
    let mut lines = Vec::new();
    match &figure.counted {
        Counted::Classes(classes) => {
            for (class, units) in classes {
                let name = words::class(lang, class);
                match figure.withheld.contains(class) {
                    true => lines.push((name, withheld(), Vec::new())),
                    false => lines.push((name, units.len().to_string(), units.clone())),
                }
            }
            for (share, part, whole) in figure.shares() {
                let name = words::share(lang, share).to_owned();
                lines.push((name, lang.isolate(&format!("{part} / {whole}")), Vec::new()));
            }
        }
        Counted::Times(measured, unclear) => {
            let units: Vec<Unit> = measured.iter().map(|(_, unit)| *unit).collect();
            if let Some((median, ninetieth)) = figure.quantiles() {
                let [median, ninetieth] = [median, ninetieth].map(|one| duration(lang, one));
                let said = Msg::Quantiles.fill(lang, &[&median, &ninetieth]);
                lines.push((said, units.len().to_string(), units));
            }
            if !unclear.is_empty() {
                let said = Msg::Unclear.fill(lang, &[]);
                lines.push((said, unclear.len().to_string(), unclear.clone()));
            }
        }
        Counted::Amount(amounts) => {
            let total = figure.amount().unwrap_or_default().to_string();
            let units = amounts.iter().map(|(_, unit)| *unit).collect();
            lines.push((String::new(), total, units));
        }
    }
    lines
}

/// What the case of a unit is called: its first number, or its identifier.
pub(crate) fn called(all: &Statistics, unit: Unit) -> String {
    let case = all.matters.get(unit.matter).and_then(|matter| all.cases.get(matter.case));
    let number = case.and_then(|case| case.numbers.first());
    match (number, case) {
        (Some((institution, literal)), _) => format!("{institution}:{literal}"),
        (None, Some(case)) => barid_client::hex::encode(&case.case_id),
        (None, None) => String::new(),
    }
}
