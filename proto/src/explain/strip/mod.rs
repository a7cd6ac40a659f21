//! The days of an assessment as a picture: a row for each reading, a cell for each day.
//!
//! The picture is one SVG text without scripts, links or foreign resources. Colour is never the
//! only sign: each part of a count has its pattern or mark, so that it is read without colours and
//! printed in grey. What institutions wrote is escaped, and characters that turn text around are
//! shown as replaced. In Arabic and Sorani the days run from right to left.

mod cell;
mod columns;
mod paint;

use super::conclusion::conclusion;
use jiff::civil::DateTime;

use super::dates::{civil, date, day, month, weekday};
use super::language::Language;
use super::sentence::deadline;
use super::{Subject, counting, settings, words};
use crate::v1::{CivilDate, CountedDay, PeriodEnd, RuleReading};
use cell::Look;
use columns::{Column, columns};
use paint::Paint;

/// Readings that are drawn.
const ROWS_MAX: usize = 8;
/// Width of the column that names the readings.
const LABEL: usize = 270;
/// Lines under a reading's name.
const LABELS_MAX: usize = 3;
/// Width of a day.
const CELL: usize = 60;
/// Height of a reading.
const ROW: usize = 74;
/// Height of a day within it.
const BOX: usize = 42;
/// Height of the headings.
const HEAD: usize = 132;
/// Width of an item of the legend.
const ITEM: usize = 300;
/// Height of a line of the legend.
const LINE: usize = 22;
/// Narrower than this the headings would not fit.
const WIDTH_MIN: usize = 900;

/// Where things stand.
struct Strip<'a> {
    subject: &'a Subject<'a>,
    paint: Paint,
    readings: Vec<&'a RuleReading>,
    columns: Vec<Column>,
}

/// The picture.
pub(super) fn strip(subject: &Subject<'_>, language: Language) -> String {
    let readings: Vec<&RuleReading> = subject.assessment.readings.iter().take(ROWS_MAX).collect();
    let measured = subject.measured().and_then(|at| subject.clock.local(at));
    let columns = columns(&readings, measured.map(|at| at.date()));
    let width = (LABEL + CELL * columns.len() + 24).max(WIDTH_MIN);
    let items = Look::LEGEND.len() + 3;
    let lines = items.div_ceil((width / ITEM).max(1));
    let height = HEAD + ROW * readings.len().max(1) + LINE * (lines + 3);
    let paint = Paint { language, width, height };
    let strip = Strip { subject, paint, readings, columns };
    let mut svg = strip.paint.frame();
    svg += &strip.headings();
    let rows = || strip.readings.iter().enumerate();
    svg += &rows().map(|(row, reading)| strip.row(row, reading)).collect::<String>();
    svg += &strip.marker();
    svg += &rows().map(|(row, reading)| strip.flag(row, reading)).collect::<String>();
    svg += &strip.legend();
    svg + "</svg>\n"
}

impl Strip<'_> {
    fn language(&self) -> Language {
        self.paint.language
    }

    /// Where a column begins, from the side on which reading begins.
    fn left(&self, column: usize) -> usize {
        LABEL + CELL * column
    }

    fn bottom(&self) -> usize {
        HEAD + ROW * self.readings.len().max(1)
    }

    /// What is assessed, and above each column its day.
    fn headings(&self) -> String {
        let (language, paint, assessment) = (self.language(), &self.paint, self.subject.assessment);
        let title = self.subject.title(language);
        let finding = language.pick(words::finding(assessment.finding()));
        let mut svg = paint.text(16, 26, "start", "15\" font-weight=\"bold", &title);
        svg += &paint.text(16, 46, "start", "13", finding);
        let article = language.fill(words::ARTICLE, &[&language.exact(&assessment.article)]);
        let under = language.list(&[article, language.exact(&assessment.rule_set_id)]);
        svg += &paint.text(16, 64, "start", "11\" fill=\"#555", &under);
        if self.columns.is_empty() {
            return svg + &paint.text(16, 94, "start", "12", language.pick(words::NO_DAYS));
        }
        let mut shown = None;
        for (number, column) in self.columns.iter().enumerate() {
            let middle = self.left(number) + CELL / 2;
            let Column::Day(day) = column else {
                svg += &paint.text(middle, HEAD - 14, "middle", "12\" fill=\"#777", "\u{2026}");
                continue;
            };
            let this = (day.year(), day.month());
            if shown != Some(this) {
                let from = self.left(number) + 4;
                let name = month(language, *day);
                svg += &paint.text(from, HEAD - 48, "start", "12\" font-weight=\"bold", &name);
                shown = Some(this);
            }
            svg += &paint.text(middle, HEAD - 28, "middle", "9", weekday(language, *day));
            let figures = language.exact(&format!("{}/{}", day.day(), day.month()));
            svg += &paint.text(middle, HEAD - 12, "middle", "12", &figures);
        }
        svg
    }

    /// A reading: what it hangs on, what it comes to, its days and its end.
    fn row(&self, row: usize, reading: &RuleReading) -> String {
        let (language, paint) = (self.language(), &self.paint);
        let top = HEAD + ROW * row;
        let base = self.subject.base();
        let best = base.as_ref().is_some_and(|base| base.preferred && base.is(reading));
        let star = if best { "\u{2605} " } else { "" };
        let number = language.exact(&(row + 1).to_string());
        let result = conclusion(language, &reading.conclusion);
        let mut svg = paint.line(top);
        let name = format!("{number} {star}{result}");
        svg += &paint.label(top + 22, "12\" font-weight=\"bold", &name);
        let terms = match base.filter(|base| !base.is(reading)) {
            Some(base) => base.deviations([reading]).into_iter().map(|(term, _)| term).collect(),
            None => Vec::new(),
        };
        for (line, set) in labels(language, &terms).iter().enumerate() {
            svg += &paint.label(top + 37 + 14 * line, "10\" fill=\"#333", set);
        }
        let Some(period) = &reading.period else { return svg };
        let mut drawn = Vec::new();
        for counted in &period.days {
            let Some(day) = counted.day.and_then(day) else { continue };
            let Some(number) = columns::place(&self.columns, day) else { continue };
            if !drawn.contains(&day) {
                drawn.push(day);
                svg += &self.cell(number, top, counted);
            }
        }
        if period.end() == PeriodEnd::UnknownDay {
            svg += &self.doubtful(top, period.doubtful_day);
        }
        svg
    }

    fn cell(&self, column: usize, top: usize, counted: &CountedDay) -> String {
        let language = self.language();
        let look = Look::of(counted);
        let when = date(language, counted.day.unwrap_or_default());
        let title = format!("{when} \u{2013} {}", super::whole::described(language, counted));
        let mark = look.mark(language, counted.number);
        self.paint.cell((self.left(column), top + 8), (CELL, BOX), look, &mark, Some(&title))
    }

    fn doubtful(&self, top: usize, doubtful: Option<CivilDate>) -> String {
        let language = self.language();
        let place = doubtful.and_then(|doubtful| {
            let column = columns::place(&self.columns, day(doubtful)?)?;
            Some((column, date(language, doubtful)))
        });
        let Some((column, when)) = place else { return String::new() };
        let title = format!("{when} \u{2013} {}", language.pick(counting::DOUBTFUL));
        let look = Look::Doubtful;
        self.paint.cell((self.left(column), top + 8), (CELL, BOX), look, "?", Some(&title))
    }

    /// The end at its time of day.
    fn flag(&self, row: usize, reading: &RuleReading) -> String {
        let (language, top) = (self.language(), HEAD + ROW * row);
        let local = deadline(reading).and_then(|end| self.subject.clock.local(end));
        let Some(local) = local else { return String::new() };
        let Some(column) = columns::place(&self.columns, local.date()) else {
            return String::new();
        };
        let from = self.left(column) + share(local);
        let title = language
            .fill(words::PAIR, &[language.pick(words::FLAG), &date(language, civil(local.date()))]);
        let at = language.exact(&super::dates::time(local));
        let mut svg = self.paint.flag(from, top + 2, BOX + 12, &title);
        svg += &self.paint.time(from, top + BOX + 25, &at);
        svg
    }

    /// When the act was done that is measured: a line through all readings.
    fn marker(&self) -> String {
        let language = self.language();
        let Some(at) = self.subject.measured() else { return String::new() };
        let Some(local) = self.subject.clock.local(at) else { return String::new() };
        let Some(column) = columns::place(&self.columns, local.date()) else {
            return String::new();
        };
        let from = self.left(column) + share(local);
        let moment = self.subject.clock.moment(language, at);
        let title = language.fill(words::PAIR, &[language.pick(words::CAME_MARK), &moment]);
        self.paint.marker(from, HEAD - 4, self.bottom(), &title)
    }

    fn legend(&self) -> String {
        let (language, paint) = (self.language(), &self.paint);
        let mut y = self.bottom() + LINE;
        let mut svg = String::new();
        if let Some(at) = self.subject.measured() {
            let moment = self.subject.clock.moment(language, at);
            let zone = self.subject.clock.name(language, at);
            let came = language.fill(words::MEASURED, &[&moment]);
            let line = language.list(&[came, zone]);
            svg += &paint.text(16, y, "start", "12", &line);
        }
        let all = self.subject.assessment.readings.len();
        if let Some(more) = all.checked_sub(ROWS_MAX).filter(|more| *more > 0) {
            y += LINE;
            let more = language.exact(&more.to_string());
            let line = language.fill(words::MORE_READINGS, &[&more]);
            svg += &paint.text(16, y, "start", "12", &line);
        }
        let each = (paint.width / ITEM).max(1);
        let place = |item: usize| (16 + ITEM * (item % each), y + LINE * (item / each + 1));
        for (item, look) in Look::LEGEND.iter().enumerate() {
            let (from, y) = place(item);
            let mark = look.mark(language, 1);
            svg += &paint.cell((from, y - 13), (26, 16), *look, &mark, None);
            svg += &paint.text(from + 34, y, "start", "11", &look.told(language));
        }
        let (from, y) = place(Look::LEGEND.len());
        svg += &paint.flag(from + 10, y - 14, 18, language.pick(words::FLAG));
        svg += &paint.text(from + 34, y, "start", "11", language.pick(words::FLAG));
        let (from, y) = place(Look::LEGEND.len() + 1);
        svg += &paint.marker(from + 12, y - 14, y + 4, language.pick(words::CAME_MARK));
        svg += &paint.text(from + 34, y, "start", "11", language.pick(words::CAME_MARK));
        let (from, y) = place(Look::LEGEND.len() + 2);
        svg += &paint.text(from + 13, y, "middle", "13", "\u{2605}");
        svg + &paint.text(from + 34, y, "start", "11", language.pick(words::PREFERRED))
    }
}

/// What is read otherwise, a switch on each line; of alternatives, each on one.
fn labels(language: Language, terms: &[settings::Term]) -> Vec<String> {
    let lines: Vec<String> = match terms {
        [one] => one.iter().map(|one| settings::set(language, one)).collect(),
        several => several.iter().map(|term| settings::told(language, None, term)).collect(),
    };
    match lines.len().checked_sub(LABELS_MAX) {
        None | Some(0) => lines,
        Some(more) => {
            let shown = lines.into_iter().take(LABELS_MAX - 1);
            shown.chain([language.exact(&format!("+{}", more + 1))]).collect()
        }
    }
}

/// How far into its cell an instant lies.
fn share(local: DateTime) -> usize {
    let minute =
        usize::from(local.hour().unsigned_abs()) * 60 + usize::from(local.minute().unsigned_abs());
    CELL * minute / 1_440
}
