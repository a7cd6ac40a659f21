//! The course of a case in words: what was done, what may come next, what is open.

use super::conclusion::conclusion;
use super::dates::{Clock, date};
use super::kinds::trigger;
use super::language::{Four, Language};
use super::sentence::deadline;
use crate::kind::filing_kind_name;
use crate::procedure::{Phrase, owner, phrase};
use crate::rules::Owner;
use crate::v1::{
    Assessment, AssessmentFinding, Course, CourseLink, CourseLinkKind, CourseOddity,
    CourseOddityKind, CourseRest, CourseRestKind, CourseStep, CourseTask, CourseTaskKind,
    CourseTaskStanding, DocketNumber, ExpectedStep, FilingKind,
};
use crate::word::Word as _;

/// Stands between the parts of a line.
const PART: &str = " · ";

const UNKNOWN: Four = [
    "لا إجراءات معروفة لهذه القضية",
    "هیچ ڕێکارێک بۆ ئەم دۆسیەیە نەزانراوە",
    "No procedure is known for this case",
    "No se conoce procedimiento para este expediente",
];
const SEVERAL: Four = [
    "قد تتبع القضية أحد هذه الإجراءات: {0}",
    "دۆسیەکە لەوانەیە یەکێک لەم ڕێکارانە بگرێتەبەر: {0}",
    "The case may follow one of these procedures: {0}",
    "El expediente puede seguir uno de estos procedimientos: {0}",
];
const DONE: Four = ["ما تم", "ئەوەی کرا", "What was done", "Lo actuado"];
const NEXT: Four =
    ["ما قد يأتي الآن", "ئەوەی ئێستا لەوانەیە بێت", "What may come next", "Lo que puede seguir"];
const OPEN: Four = ["ما لا يزال مفتوحاً", "ئەوەی هێشتا کراوەیە", "Still open", "Pendiente"];
const SETTLED: Four = ["ما أُنجز من المهام", "ئەرکە جێبەجێکراوەکان", "Settled", "Cumplido"];
const RESTS: Four =
    ["القضية متوقفة", "دۆسیەکە ڕاوەستاوە", "The case rests", "El expediente espera"];
const ODD: Four = ["خارج الترتيب", "لە دەرەوەی ڕیزبەندی", "Out of order", "Fuera de orden"];
const LINKS: Four = ["قضايا أخرى", "دۆسیەی تر", "Other cases", "Otros expedientes"];
const SUPPLEMENTS: Four = ["الملاحق", "پاشکۆکان", "Supplements", "Ampliaciones"];
const DUPLICATES: Four =
    ["طعون قد تكون واحدة", "تانەی لەوانەیە دووبارە", "Possible duplicates", "Posibles duplicados"];
const FINISHED: Four = [
    "انتهت الإجراءات.",
    "ڕێکارەکان تەواو بوون.",
    "The procedure is over.",
    "El procedimiento terminó.",
];
const ARTICLE: Four = ["المادة {0}", "ماددەی {0}", "article {0}", "artículo {0}"];
const LEAF: Four = ["الورقة {0}", "گەڵای {0}", "leaf {0}", "hoja {0}"];
const CLAUSE: Four = ["الفقرة {0}", "بڕگەی {0}", "clause {0}", "punto {0}"];
const BY: Four = ["لغاية {0}", "تا {0}", "by {0}", "a más tardar el {0}"];
const OTHERWISE: Four = [
    "وفي قراءات أخرى: {0}",
    "لە خوێندنەوەی تردا: {0}",
    "in other readings: {0}",
    "en otras lecturas: {0}",
];
const AT_OFFICE: Four = ["في {0}: {1}", "لە {0}: {1}", "at {0}: {1}", "en {0}: {1}"];
const NOT_BEGUN: Four = [
    "لم تبدأ المدة بعد",
    "ماوەکە هێشتا دەستی پێنەکردووە",
    "its period has not begun",
    "su plazo no ha empezado",
];
const CONTESTED: Four = [
    "محل خلاف بين القراءات",
    "خوێندنەوەکان لێی جیاوازن",
    "contested between readings",
    "hay lecturas opuestas",
];
const MISSING: Four = ["سبق: {0}", "پێش: {0}", "before {0}", "antes de {0}"];
const APPEAL: Four =
    ["ملحق للطعن {0}", "پاشکۆی تانەی {0}", "to the appeal {0}", "de la impugnación {0}"];
const BOTH_ROUTES: Four =
    ["قُدّم بالطريقين", "بە هەردوو ڕێگا پێشکەشکراوە", "filed both ways", "presentada por ambas vías"];

/// The course of a case, a heading and a line for each thing.
#[must_use]
pub fn course(course: &Course, language: Language) -> String {
    let page = Page { course, language, clock: Clock::of_zone(&course.time_zone) };
    let mut lines = page.heading();
    page.section(DONE, course.taken.iter().map(|step| page.taken(step)), &mut lines);
    let ordinary = course.expected.iter().filter(|step| !step.any_time);
    page.section(NEXT, ordinary.map(|step| page.expected(step)), &mut lines);
    let any = course.expected.iter().filter(|step| step.any_time);
    let any: Vec<String> = any.filter_map(|step| Some(page.title(step.title.as_ref()?))).collect();
    if !any.is_empty() {
        let title = phrase(Phrase::AnyTime, language.tag());
        lines.push(format!("{title}: {}", language.list(&any)));
    }
    let open = |task: &&CourseTask| task.standing() == CourseTaskStanding::Open;
    let tasks = course.tasks.iter();
    page.section(OPEN, tasks.clone().filter(open).map(|task| page.task(task)), &mut lines);
    page.section(SETTLED, tasks.filter(|task| !open(task)).map(|task| page.task(task)), &mut lines);
    page.section(RESTS, course.rests.iter().map(|rest| page.rest(rest)), &mut lines);
    page.section(ODD, course.oddities.iter().map(|oddity| page.oddity(oddity)), &mut lines);
    page.section(LINKS, course.links.iter().map(|link| page.link(link)), &mut lines);
    let supplements = course.supplements.iter().map(|one| {
        let appeal = one.appeal_leaf.map(|leaf| language.fill(APPEAL, &[&page.leaf(leaf)]));
        page.line([Some(page.leaf(one.leaf_index)), appeal])
    });
    page.section(SUPPLEMENTS, supplements, &mut lines);
    let duplicates = course.duplicates.iter().map(|pair| {
        let both = pair.both_routes.then(|| language.pick(BOTH_ROUTES).to_owned());
        page.line([Some(page.leaf(pair.earlier_leaf)), Some(page.leaf(pair.later_leaf)), both])
    });
    page.section(DUPLICATES, duplicates, &mut lines);
    if course.finished {
        lines.push(language.pick(FINISHED).to_owned());
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
            (None, []) => language.pick(UNKNOWN).to_owned(),
            (None, several) => {
                let several: Vec<String> = several.iter().map(|key| language.exact(key)).collect();
                language.fill(SEVERAL, &[&language.list(&several)])
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
        let said = || self.language.fill(ARTICLE, &[&self.language.exact(article)]);
        (!article.is_empty()).then(said)
    }

    fn leaf(&self, leaf: u64) -> String {
        self.language.fill(LEAF, &[&self.language.exact(&leaf.to_string())])
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
            AssessmentFinding::Contested => self.language.pick(CONTESTED).to_owned(),
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
            [] if step.not_begun => self.language.pick(NOT_BEGUN).to_owned(),
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
                    self.language.fill(AT_OFFICE, &[&self.language.office(office), &ends])
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
            Some(at) => self.language.fill(BY, &[&self.clock.moment(self.language, at)]),
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
        let others = self.language.fill(OTHERWISE, &[&self.language.list(&others)]);
        format!("{said} ({others})")
    }

    fn task(&self, task: &CourseTask) -> String {
        let language = self.language;
        let what = match task.kind() {
            CourseTaskKind::Acknowledge => Some([
                "تسلّم الجهة التحقيقية للإحالة",
                "وەرگرتنی ڕەوانەکردن لەلایەن لایەنی لێکۆڵینەوە",
                "acknowledgement by the criminal authority",
                "acuse del ministerio público",
            ]),
            CourseTaskKind::Reroute => Some([
                "بيان القضية التي تستمر فيها",
                "دیاریکردنی ئەو دۆسیەیەی تێیدا بەردەوام دەبێت",
                "to say in which case the matter goes on",
                "indicar en qué expediente continúa el asunto",
            ]),
            _ => None,
        };
        let clause = (task.clause > 0)
            .then(|| language.fill(CLAUSE, &[&language.exact(&task.clause.to_string())]));
        let fell: Four = [
            "سقطت بإلغاء القرار",
            "بە هەڵوەشاندنەوەی بڕیارەکە نەما",
            "fell away with the act",
            "quedó sin efecto con el acto",
        ];
        let fell = (task.standing() == CourseTaskStanding::FellAway).then(|| language.pick(fell));
        let due = task.due_on.map(|due| language.fill(BY, &[&date(language, due)]));
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
        let why: Four = match rest.kind() {
            CourseRestKind::Suspended => [
                "أوقفها أمر ولائي",
                "بە فەرمانی ویلایی ڕاگیراوە",
                "suspended by an order",
                "suspendido",
            ],
            CourseRestKind::Question => [
                "سؤال بلا جواب",
                "پرسیارێک بێ وەڵام",
                "a question is not answered",
                "un requerimiento sin desahogar",
            ],
            CourseRestKind::SentBack => [
                "أُعيدت الإضبارة ولم ترجع",
                "دۆسیەکە گەڕێنراوەتەوە و نەهاتووەتەوە",
                "sent back, and has not come again",
                "devuelto, y no ha regresado",
            ],
            CourseRestKind::Joined => [
                "تستمر في قضية أخرى",
                "لە دۆسیەیەکی تردا بەردەوامە",
                "it goes on in another case",
                "continúa en otro expediente",
            ],
            CourseRestKind::Unspecified => ["", "", "", ""],
        };
        let until = rest.until.map(|day| self.language.fill(BY, &[&date(self.language, day)]));
        self.line([
            Some(self.language.pick(why).to_owned()),
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
            .then(|| self.language.fill(MISSING, &[&self.language.list(&missing)]));
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

fn why_odd(why: CourseOddityKind) -> Four {
    match why {
        CourseOddityKind::NoStep => [
            "لا خطوة لهذا النوع في الإجراءات",
            "هیچ هەنگاوێک بۆ ئەم جۆرە نییە",
            "the procedure has no step for it",
            "el procedimiento no tiene paso para ello",
        ],
        CourseOddityKind::Otherwise => [
            "لا تقول ما تطلبه الخطوة",
            "ئەوە ناڵێت کە هەنگاوەکە داوای دەکات",
            "it does not say what a step for it asks",
            "no dice lo que el paso pide",
        ],
        CourseOddityKind::Skipped => [
            "جاءت قبل خطوات تسبقها",
            "پێش هەنگاوەکانی پێش خۆی هات",
            "it came before steps that come first",
            "llegó antes que pasos previos",
        ],
        CourseOddityKind::Past => [
            "تجاوزت القضية هذه الخطوة",
            "دۆسیەکە لەم هەنگاوە تێپەڕیوە",
            "the case is past that step",
            "el expediente ya pasó ese paso",
        ],
        CourseOddityKind::Over => [
            "كانت الإجراءات قد انتهت",
            "ڕێکارەکان تەواو بووبوون",
            "the procedure was over",
            "el procedimiento había terminado",
        ],
        CourseOddityKind::ProcedureUnknown => [
            "تسمّي القضية إجراءات لا تعرفها مجموعة القواعد",
            "دۆسیەکە ناوی ڕێکارێک دەهێنێت کە کۆمەڵە یاساکە نایناسێت",
            "the case names a procedure that its rule set does not have",
            "el expediente nombra un procedimiento que sus reglas no tienen",
        ],
        CourseOddityKind::AppealUnknown => [
            "الطعن الذي تتبعه ليس في القضية",
            "تانەکەی لە دۆسیەکەدا نییە",
            "its appeal is not in the case",
            "su impugnación no está en el expediente",
        ],
        CourseOddityKind::Unspecified => ["", "", "", ""],
    }
}

fn how_linked(kind: CourseLinkKind) -> Four {
    match kind {
        CourseLinkKind::GoesOnIn => [
            "تستمر القضية فيها",
            "دۆسیەکە لەوێدا بەردەوامە",
            "this case goes on in it",
            "este expediente continúa en él",
        ],
        CourseLinkKind::TakenIn => [
            "تستمر في هذه القضية",
            "لەم دۆسیەیەدا بەردەوامە",
            "goes on in this case",
            "continúa en este",
        ],
        CourseLinkKind::Joined => ["موحدة", "یەکخراوە", "joined", "acumulado"],
        CourseLinkKind::Parted => ["مفرّقة", "جیاکراوەتەوە", "parted", "escindido"],
        CourseLinkKind::Duplicate => {
            ["الطعن نفسه", "هەمان تانە", "the same appeal", "la misma impugnación"]
        }
        CourseLinkKind::Successor => [
            "موضوع سابق أو لاحق",
            "بابەتێکی پێشوو یان دواتر",
            "an earlier or later matter",
            "un asunto anterior o posterior",
        ],
        CourseLinkKind::Related => ["ذات صلة", "پەیوەندیدار", "related", "relacionado"],
        CourseLinkKind::LaterEffect => [
            "قرار لاحق ذو أثر",
            "بڕیارێکی دواتر بە کاریگەری",
            "a later ruling with effect on it",
            "una resolución posterior con efectos",
        ],
        CourseLinkKind::Unspecified => ["", "", "", ""],
    }
}
