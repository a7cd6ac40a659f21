//! A procedure as a picture: time runs downwards, each owner has a lane.
//!
//! The picture is one SVG text without scripts, links or foreign resources. In Arabic and Sorani
//! the lanes run from right to left.

use std::fmt::Write as _;

use super::layout::{BOX_HEIGHT, BOX_WIDTH, Layout, Point, layout};
use super::words::{Phrase, is_rtl, length, owner, phrase};
use crate::period::Unit;
use crate::picture::{cut, escape};
use crate::rules::{
    Choice, Length, Names, Operation, Owner, PeriodRule, Procedure, RuleSet, Step, Term,
};
use crate::text::isolate;
use crate::word::Word;

/// The most characters on a line of a title.
const LINE_MAX: usize = 27;
/// The most lines of a title.
const LINES_MAX: usize = 3;
/// The most characters of an article, and of a period.
const FOOT_MAX: usize = 36;
/// Height of the legend.
const LEGEND: usize = 40;

/// A procedure as SVG, in one of the rule set's languages; in English for others.
#[must_use]
pub fn picture(set: &RuleSet, procedure: &Procedure, language: &str) -> String {
    let layout = layout(procedure);
    let canvas = Canvas { set, language, width: layout.width, height: layout.height + LEGEND };
    canvas.draw(procedure, &layout)
}

struct Canvas<'a> {
    set: &'a RuleSet,
    language: &'a str,
    width: usize,
    height: usize,
}

impl Canvas<'_> {
    /// A distance from the side on which reading begins, as a coordinate.
    fn x(&self, from_start: usize) -> usize {
        if is_rtl(self.language) { self.width.saturating_sub(from_start) } else { from_start }
    }

    fn draw(&self, procedure: &Procedure, layout: &Layout<'_>) -> String {
        let (width, height) = (self.width, self.height);
        let direction = if is_rtl(self.language) { "rtl" } else { "ltr" };
        let title = named(&procedure.title, self.language);
        let whole = format!("{title} · {}", isolate(&self.set.name()));
        let mut svg = format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" xml:lang=\"{}\" direction=\"{direction}\" \
             role=\"img\" width=\"{width}\" height=\"{height}\" viewBox=\"0 0 {width} {height}\" \
             font-family=\"Noto Sans Arabic, DejaVu Sans, sans-serif\" font-size=\"12\">\n\
             <title>{}</title>\n<defs>",
            escape(self.language),
            escape(&whole),
        );
        for (tip, colour) in [("tip", "#444"), ("back", "#a33")] {
            let _infallible = write!(
                svg,
                "<marker id=\"{tip}\" viewBox=\"0 0 8 8\" refX=\"8\" refY=\"4\" markerWidth=\"8\" \
                 markerHeight=\"8\" orient=\"auto\"><path d=\"M0 0 8 4 0 8z\" fill=\"{colour}\"/>\
                 </marker>"
            );
        }
        let _infallible =
            writeln!(svg, "</defs>\n<rect width=\"{width}\" height=\"{height}\" fill=\"#fff\"/>");
        svg += &self.text(16, 30, "start", "18\" font-weight=\"bold", &whole);
        for (lane, from, until) in &layout.lanes {
            svg += &self.lane(*lane, *from, *until, layout.height);
        }
        for points in &layout.ways {
            svg += &self.line(points, "#444", "marker-end=\"url(#tip)\"");
        }
        for points in &layout.returns {
            let dashed = "stroke-dasharray=\"5 4\" marker-end=\"url(#back)\"";
            svg += &self.line(points, "#a33", dashed);
        }
        for (step, corner) in &layout.steps {
            svg += &self.step(step, *corner);
        }
        svg + &self.legend(layout.height) + "</svg>\n"
    }

    fn lane(&self, lane: Owner, from: usize, until: usize, bottom: usize) -> String {
        let (from, until) = (from.saturating_sub(10), until + 10);
        let (left, width) = (self.x(from).min(self.x(until)), until - from);
        let (fill, _) = colours(lane);
        let rect = format!(
            "<rect x=\"{left}\" y=\"48\" width=\"{width}\" height=\"{}\" rx=\"6\" fill=\"{fill}\" \
             fill-opacity=\".35\"/>\n",
            bottom.saturating_sub(48)
        );
        let middle = from.midpoint(until);
        let name = owner(lane, self.language);
        rect + &self.text(middle, 70, "middle", "13\" font-weight=\"bold", name)
    }

    fn line(&self, points: &[Point], colour: &str, more: &str) -> String {
        let drawn: Vec<String> =
            points.iter().map(|(x, y)| format!("{} {y}", self.x(*x))).collect();
        format!(
            "<path d=\"M{}\" fill=\"none\" stroke=\"{colour}\" stroke-width=\"1.3\" \
             stroke-linejoin=\"round\" {more}/>\n",
            drawn.join(" L")
        )
    }

    fn step(&self, step: &Step, (x, y): Point) -> String {
        let (fill, edge) = colours(step.owner);
        let left = self.x(x).min(self.x(x + BOX_WIDTH));
        let dash = if step.optional { " stroke-dasharray=\"2 3\"" } else { "" };
        let thick = if step.last { 4 } else { 1 };
        let mut svg = format!(
            "<g><title>{}</title>\n<rect x=\"{left}\" y=\"{y}\" width=\"{BOX_WIDTH}\" \
             height=\"{BOX_HEIGHT}\" rx=\"5\" fill=\"{fill}\" stroke=\"{edge}\" \
             stroke-width=\"{thick}\"{dash}/>\n",
            escape(&self.tip(step)),
        );
        if step.start {
            let _infallible =
                writeln!(svg, "<circle cx=\"{}\" cy=\"{}\" r=\"5\" fill=\"#222\"/>", self.x(x), y);
        }
        let middle = x + BOX_WIDTH / 2;
        let title = wrapped(named(&step.title, self.language));
        for (row, line) in title.iter().enumerate() {
            svg += &self.text(middle, y + 22 + 15 * row, "middle", "12", line);
        }
        for (row, line) in self.foot(step).iter().rev().enumerate() {
            let y = y + BOX_HEIGHT - 10 - 14 * row;
            let line = cut(line, FOOT_MAX);
            svg += &self.text(middle, y, "middle", "10\" fill=\"#333", &line);
        }
        svg + "</g>\n"
    }

    /// Article and period.
    fn foot(&self, step: &Step) -> Vec<String> {
        let rule = step.rule_key().and_then(|key| self.set.rule(key));
        let article = rule.map(|rule| isolate(&rule.article));
        let time = match &step.term {
            Some(Term::Period(key)) => self.set.rule(key).and_then(|rule| match &rule.operation {
                Operation::Period(period) => Some(self.lasts(period)),
                _ => None,
            }),
            Some(Term::Open(_)) => Some(phrase(Phrase::Open, self.language).to_owned()),
            None => None,
        };
        let any = step.any_time.then(|| phrase(Phrase::AnyTime, self.language).to_owned());
        [article, any.or(time)].into_iter().flatten().collect()
    }

    /// How long a period is, under each answer to what it leaves open.
    fn lasts(&self, period: &PeriodRule) -> String {
        let words = |key: &str| -> Vec<&str> {
            let switch = self.set.switch(key);
            let options = switch.map(|switch| switch.options.as_slice()).unwrap_or_default();
            options.iter().map(|option| option.word.as_str()).collect()
        };
        let units: Vec<Unit> = match &period.unit {
            Choice::Fixed(unit) => vec![*unit],
            Choice::Switch(key) => words(key).into_iter().filter_map(Word::from_word).collect(),
        };
        let lengths: Vec<u32> = match &period.length {
            Length::Fixed(length) => vec![*length],
            Length::Switch(key) => words(key).iter().filter_map(|word| word.parse().ok()).collect(),
            Length::CallIn => return phrase(Phrase::AsDelegated, self.language).to_owned(),
        };
        let all = lengths.iter().flat_map(|length| units.iter().map(|unit| (*length, *unit)));
        let said: Vec<String> =
            all.map(|(number, unit)| length(number, unit, self.language)).collect();
        said.join(" / ")
    }

    /// What is shown when one points at a step: everything that has no room in the box.
    fn tip(&self, step: &Step) -> String {
        let mut tip = format!(
            "{} · {} · {}",
            named(&step.title, self.language),
            owner(step.owner, self.language),
            self.foot(step).join(" · ")
        );
        let rule = step.rule_key().and_then(|key| self.set.rule(key));
        if let Some(rule) = rule {
            let _infallible = write!(tip, " · {}", named(&rule.title, self.language));
        }
        tip
    }

    fn legend(&self, top: usize) -> String {
        let y = top + LEGEND / 2;
        let swatch = |from: usize, more: &str| {
            let left = self.x(from).min(self.x(from + 26));
            format!(
                "<rect x=\"{left}\" y=\"{}\" width=\"26\" height=\"14\" rx=\"3\" fill=\"#fff\" \
                 stroke=\"#444\" {more}/>\n",
                y - 7
            )
        };
        let mut svg = format!("<circle cx=\"{}\" cy=\"{y}\" r=\"5\" fill=\"#222\"/>\n", self.x(24));
        svg += &swatch(140, "stroke-width=\"4\"");
        svg += &swatch(280, "stroke-dasharray=\"2 3\"");
        let dashed = "stroke-dasharray=\"5 4\" marker-end=\"url(#back)\"";
        svg += &self.line(&[(430, y), (460, y)], "#a33", dashed);
        let said = [
            (36, Phrase::Begins),
            (174, Phrase::Ends),
            (314, Phrase::Optional),
            (468, Phrase::Returns),
        ];
        for (from, what) in said {
            svg += &self.text(from, y + 4, "start", "11", phrase(what, self.language));
        }
        svg
    }

    fn text(&self, from: usize, y: usize, anchor: &str, size: &str, text: &str) -> String {
        format!(
            "<text x=\"{}\" y=\"{y}\" text-anchor=\"{anchor}\" font-size=\"{size}\">{}</text>\n",
            self.x(from),
            escape(text)
        )
    }
}

/// A text in a language, or else in English.
fn named<'a>(names: &'a Names, language: &str) -> &'a str {
    names.get(language).or_else(|| names.get("en")).map_or("", String::as_str)
}

/// Fill and edge of an owner's boxes: light enough for black letters.
fn colours(owner: Owner) -> (&'static str, &'static str) {
    match owner {
        Owner::Complainant | Owner::Appellant => ("#fdf1d6", "#b07d12"),
        Owner::ThirdParty | Owner::Asked | Owner::Anybody => ("#f3ecdf", "#8a7750"),
        Owner::Office => ("#e3f1e1", "#4c8a45"),
        Owner::Committee => ("#dcefed", "#2e8079"),
        Owner::Council => ("#e0ebf7", "#3a6ea5"),
        Owner::Administration => ("#e8e6f6", "#5d55a5"),
        Owner::Panel => ("#f6e3e6", "#a54257"),
        Owner::Court => ("#f4e0f0", "#8e3a80"),
        Owner::Authority => ("#efe3da", "#8a5a32"),
        Owner::Nobody => ("#eeeeee", "#777777"),
    }
}

/// A title in lines of a few words.
fn wrapped(title: &str) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in title.split_whitespace() {
        let fits = |line: &&mut String| line.chars().count() + 1 + word.chars().count() <= LINE_MAX;
        match lines.last_mut().filter(fits) {
            Some(line) => {
                line.push(' ');
                line.push_str(word);
            }
            None => lines.push(word.to_owned()),
        }
    }
    if lines.len() > LINES_MAX {
        lines.truncate(LINES_MAX);
        if let Some(last) = lines.last_mut() {
            last.push_str(" …");
        }
    }
    lines
}
