//! The course of a case in words: what was done, what may come next, what is open.

mod words;

use self::words::{how_linked, why_odd, why_rests};
use super::conclusion::conclusion;
use super::dates::{Clock, date};
use super::kinds::trigger;
use super::language::{Four, Language};
use super::sentence::deadline;
use crate::kind::filing_kind_name;
use crate::procedure::{Phrase, owner, phrase};
use crate::rules::Owner;
use crate::v1::{
    Assessment, AssessmentFinding, Course, CourseLink, CourseOddity, CourseRest, CourseStep,
    CourseTask, CourseTaskKind, CourseTaskStanding, DocketNumber, ExpectedStep, FilingKind,
};
use crate::word::Word as _;

/// Stands between the parts of a line.
const PART: &str = " · ";

/// The course of a case, a heading and a line for each thing.
#[must_use]
pub fn course(course: &Course, language: Language) -> String {
    let page = Page { course, language, clock: Clock::of_zone(&course.time_zone) };
    let mut lines = page.heading();
    page.section(words::DONE, course.taken.iter().map(|step| page.taken(step)), &mut lines);
    let ordinary = course.expected.iter().filter(|step| !step.any_time);
    page.section(words::NEXT, ordinary.map(|step| page.expected(step)), &mut lines);
    let any = course.expected.iter().filter(|step| step.any_time);
    let any: Vec<String> = any.filter_map(|step| Some(page.title(step.title.as_ref()?))).collect();
    if !any.is_empty() {
        let title = phrase(Phrase::AnyTime, language.tag());
        lines.push(format!("{title}: {}", language.list(&any)));
    }
    let open = |task: &&CourseTask| task.standing() == CourseTaskStanding::Open;
    let tasks = course.tasks.iter();
    page.section(words::OPEN, tasks.clone().filter(open).map(|task| page.task(task)), &mut lines);
    page.section(
        words::SETTLED,
        tasks.filter(|task| !open(task)).map(|task| page.task(task)),
        &mut lines,
    );
    page.section(words::RESTS, course.rests.iter().map(|rest| page.rest(rest)), &mut lines);
    page.section(words::ODD, course.oddities.iter().map(|oddity| page.oddity(oddity)), &mut lines);
    page.section(words::LINKS, course.links.iter().map(|link| page.link(link)), &mut lines);
    let supplements = course.supplements.iter().map(|one| {
        let appeal = one.appeal_leaf.map(|leaf| language.fill(words::APPEAL, &[&page.leaf(leaf)]));
        page.line([Some(page.leaf(one.leaf_index)), appeal])
    });
    page.section(words::SUPPLEMENTS, supplements, &mut lines);
    let duplicates = course.duplicates.iter().map(|pair| {
        let both = pair.both_routes.then(|| language.pick(words::BOTH_ROUTES).to_owned());
        page.line([Some(page.leaf(pair.earlier_leaf)), Some(page.leaf(pair.later_leaf)), both])
    });
    page.section(words::DUPLICATES, duplicates, &mut lines);
    if course.finished {
        lines.push(language.pick(words::FINISHED).to_owned());
    }
    lines.join("\n")
}

struct Page<'a> {
    course: &'a Course,
    language: Language,
    clock: Clock,
}

impl Page<'_> {
    fn heading(&self) -> Vec<String> {
        let language = self.language;
        let named = match (&self.course.title, self.course.candidates.as_slice()) {
            (Some(title), _) => self.title(title),
            (None, []) => language.pick(words::UNKNOWN).to_owned(),
            (None, several) => {
                let several: Vec<String> = several.iter().map(|key| language.exact(key)).collect();
                language.fill(words::SEVERAL, &[&language.list(&several)])
            }
        };
        vec![format!("{named} ({})", language.exact(&self.course.rule_set_id))]
    }

    fn section(&self, title: Four, rows: impl Iterator<Item = String>, lines: &mut Vec<String>) {
        let rows: Vec<String> = rows.collect();
        if !rows.is_empty() {
            lines.push(format!("{}:", self.language.pick(title)));
            lines.extend(rows.into_iter().map(|row| format!("  {row}")));
        }
    }

    fn line<const N: usize>(&self, parts: [Option<String>; N]) -> String {
        let parts: Vec<String> =
            parts.into_iter().flatten().filter(|part| !part.is_empty()).collect();
        parts.join(PART)
    }

    fn title(&self, title: &crate::v1::Text) -> String {
        self.language.rendering(title)
    }

    fn article(&self, article: &str) -> Option<String> {
        let said = || self.language.fill(words::ARTICLE, &[&self.language.exact(article)]);
        (!article.is_empty()).then(said)
    }

    fn leaf(&self, leaf: u64) -> String {
        self.language.fill(words::LEAF, &[&self.language.exact(&leaf.to_string())])
    }

    fn owner(&self, word: &str) -> String {
        match Owner::from_word(word) {
            Some(known) => owner(known, self.language.tag()).to_owned(),
            None => self.language.exact(word),
        }
    }

    fn kind(&self, kind: FilingKind) -> String {
        trigger(self.language, &filing_kind_name(kind))
    }

    fn number(&self, number: Option<&DocketNumber>) -> Option<String> {
        let number = number?;
        let whose = self.language.exact(&number.institution);
        Some(format!("{whose} {}", self.language.foreign(&number.literal)))
    }

    fn taken(&self, step: &CourseStep) -> String {
        let timely = step.timeliness.first().map(|said| match said.finding() {
            AssessmentFinding::Contested => self.language.pick(words::CONTESTED).to_owned(),
            _ => {
                let code = said.readings.first().map_or("", |one| one.conclusion.as_str());
                conclusion(self.language, code)
            }
        });
        self.line([
            Some(self.clock.moment(self.language, step.at_unix_ms)),
            step.title.as_ref().map(|title| self.title(title)),
            step.sender.as_ref().map(|sender| self.language.office(sender)),
            self.article(&step.article),
            timely,
            Some(self.leaf(step.leaf_index)),
        ])
    }

    fn expected(&self, step: &ExpectedStep) -> String {
        let tag = self.language.tag();
        let said = |yes: bool, what| yes.then(|| phrase(what, tag).to_owned());
        let time = match step.periods.as_slice() {
            [] if step.not_begun => self.language.pick(words::NOT_BEGUN).to_owned(),
            [] if step.no_period.is_empty() => String::new(),
            [] => phrase(Phrase::Open, tag).to_owned(),
            periods => self.until(periods),
        };
        self.line([
            step.title.as_ref().map(|title| self.title(title)),
            Some(self.owner(&step.owner)),
            self.article(&step.article),
            Some(time),
            said(step.optional_step, Phrase::Optional),
            said(step.goes_back, Phrase::Returns),
        ])
    }

    /// Until when: in general, and at each office whose calendar leads elsewhere.
    fn until(&self, periods: &[Assessment]) -> String {
        let mut said = Vec::new();
        for (at, period) in periods.iter().enumerate() {
            let ends = self.ends(period);
            let office = period.frame.as_ref().and_then(|frame| frame.office.as_ref());
            said.push(match office.filter(|_| at > 0) {
                Some(office) => {
                    self.language.fill(words::AT_OFFICE, &[&self.language.office(office), &ends])
                }
                None => ends,
            });
        }
        said.join(self.language.pick(["؛ ", "؛ ", "; ", "; "]))
    }

    /// When a period ends under the preferred reading, and under others.
    fn ends(&self, period: &Assessment) -> String {
        let Some(preferred) = period.readings.first() else { return String::new() };
        let own = deadline(preferred);
        let said = match own {
            Some(at) => self.language.fill(words::BY, &[&self.clock.moment(self.language, at)]),
            None => conclusion(self.language, &preferred.conclusion),
        };
        let mut others: Vec<i64> = period.readings.iter().filter_map(deadline).collect();
        others.retain(|at| Some(*at) != own);
        others.sort_unstable();
        others.dedup();
        if others.is_empty() {
            return said;
        }
        let others: Vec<String> =
            others.into_iter().map(|at| self.clock.moment(self.language, at)).collect();
        let others = self.language.fill(words::OTHERWISE, &[&self.language.list(&others)]);
        format!("{said} ({others})")
    }

    fn task(&self, task: &CourseTask) -> String {
        let language = self.language;
        let what = match task.kind() {
            CourseTaskKind::Acknowledge => Some(words::TO_ACKNOWLEDGE),
            CourseTaskKind::Reroute => Some(words::TO_REROUTE),
            _ => None,
        };
        let clause = (task.clause > 0)
            .then(|| language.fill(words::CLAUSE, &[&language.exact(&task.clause.to_string())]));
        let fell = (task.standing() == CourseTaskStanding::FellAway)
            .then(|| language.pick(words::FELL_AWAY));
        let due = task.due_on.map(|due| language.fill(words::BY, &[&date(language, due)]));
        self.line([
            task.act.as_ref().map(|act| language.foreign(&act.number)),
            clause,
            what.map(|what| language.pick(what).to_owned()),
            task.text.as_ref().map(|text| language.rendering(text)),
            task.charged.as_ref().map(|office| language.office(office)),
            due,
            fell.map(str::to_owned),
            Some(self.leaf(task.leaf_index)),
        ])
    }

    fn rest(&self, rest: &CourseRest) -> String {
        let until =
            rest.until.map(|day| self.language.fill(words::BY, &[&date(self.language, day)]));
        self.line([
            Some(self.language.pick(why_rests(rest.kind())).to_owned()),
            self.number(rest.lead.as_ref()),
            rest.waits_for.as_ref().map(|office| self.language.office(office)),
            until,
            Some(self.leaf(rest.leaf_index)),
        ])
    }

    fn oddity(&self, oddity: &CourseOddity) -> String {
        let missing: Vec<String> =
            oddity.missing.iter().map(|key| self.language.exact(key)).collect();
        let missing = (!missing.is_empty())
            .then(|| self.language.fill(words::MISSING, &[&self.language.list(&missing)]));
        self.line([
            Some(self.leaf(oddity.leaf_index)),
            Some(self.kind(oddity.kind())),
            Some(self.language.pick(why_odd(oddity.why())).to_owned()),
            Some(self.language.exact(&oddity.step)),
            missing,
        ])
    }

    fn link(&self, link: &CourseLink) -> String {
        self.line([
            self.number(link.other.as_ref()),
            Some(self.language.pick(how_linked(link.kind())).to_owned()),
            Some(self.leaf(link.leaf_index)),
        ])
    }
}
