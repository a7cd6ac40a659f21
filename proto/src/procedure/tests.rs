//! Pictures of the procedures that come with Barid.

use super::layout::{BOX_HEIGHT, BOX_WIDTH, Layout, Point, layout};
use super::picture;
use crate::picture::escape;
use crate::rules::{Catalogue, LANGUAGES, Procedure, RuleSet};

fn all(check: impl Fn(&RuleSet, &Procedure)) {
    let known = Catalogue::built_in().unwrap_or_else(|problems| panic!("{problems}"));
    let mut seen = 0;
    for set in known.all() {
        for procedure in &set.procedures {
            check(set, procedure);
            seen += 1;
        }
    }
    assert!(seen >= 9, "two laws with four procedures each, and the pilot's: {seen}");
}

/// Whether a line runs through the inside of a box.
fn crosses((from, to): (&Point, &Point), (left, top): Point) -> bool {
    let (low_x, high_x) = (from.0.min(to.0), from.0.max(to.0));
    let (low_y, high_y) = (from.1.min(to.1), from.1.max(to.1));
    low_x < left + BOX_WIDTH && high_x > left && low_y < top + BOX_HEIGHT && high_y > top
}

#[test]
fn boxes_stand_apart_and_no_line_runs_through_one() {
    all(|set, procedure| {
        let Layout { steps, ways, returns, width, height, .. } = layout(procedure);
        assert_eq!(steps.len(), procedure.steps.len());
        for (at, (step, corner)) in steps.iter().enumerate() {
            assert!(corner.0 + BOX_WIDTH < width && corner.1 + BOX_HEIGHT < height);
            for (other, beside) in steps.iter().skip(at + 1) {
                let far = (beside.0 + BOX_WIDTH, beside.1 + BOX_HEIGHT);
                let apart = !crosses((beside, &far), *corner);
                assert!(apart, "{}: {} and {}", set.id, step.key, other.key);
            }
            for line in ways.iter().chain(&returns) {
                for pair in line.windows(2) {
                    let [from, to] = pair else { continue };
                    assert!(
                        !crosses((from, to), *corner),
                        "{} {}: a line runs through {}",
                        set.id,
                        procedure.key,
                        step.key
                    );
                }
            }
        }
    });
}

#[test]
fn lines_lead_down_and_returns_lead_back() {
    all(|_, procedure| {
        let layout = layout(procedure);
        let leads = procedure.steps.iter().map(|step| step.next.len()).sum::<usize>();
        let back = procedure.steps.iter().map(|step| step.returns_to.len()).sum::<usize>();
        assert_eq!((layout.ways.len(), layout.returns.len()), (leads, back));
        for way in &layout.ways {
            let ends = way.first().zip(way.last());
            assert!(ends.is_some_and(|(from, to)| from.1 < to.1), "{}: {way:?}", procedure.key);
        }
    });
}

#[test]
fn a_picture_shows_every_step_with_its_article_in_every_language() {
    all(|set, procedure| {
        for language in LANGUAGES {
            let svg = picture(set, procedure, language);
            assert!(svg.starts_with("<svg ") && svg.ends_with("</svg>\n"));
            assert!(!svg.contains("<script") && !svg.contains("href"));
            assert_eq!(svg.matches("<g>").count(), procedure.steps.len());
            assert_eq!(svg.matches("<g>").count(), svg.matches("</g>").count());
            let rtl = matches!(language, "ar" | "ckb");
            assert_eq!(svg.contains("direction=\"rtl\""), rtl);
            for step in &procedure.steps {
                let title = step.title.get(language).map_or("", String::as_str);
                assert!(svg.contains(&escape(title)), "{} lacks {title}", procedure.key);
                let rule = step.rule_key().and_then(|key| set.rule(key));
                let article = rule.map_or("", |rule| rule.article.as_str());
                assert!(svg.contains(&escape(article)), "{} lacks {article}", procedure.key);
            }
        }
        assert_eq!(
            picture(set, procedure, "fr").matches("<text").count(),
            picture(set, procedure, "en").matches("<text").count()
        );
    });
}

#[test]
fn what_a_rule_set_says_is_escaped() {
    let known = Catalogue::built_in().unwrap_or_else(|problems| panic!("{problems}"));
    let set = known.all().next().expect("there is one");
    let mut procedure = set.procedures.first().expect("there is one").clone();
    let step = procedure.steps.first_mut().expect("there is one");
    step.title.insert("en".to_owned(), "a <b> & \"c\"\u{1}\u{202e}".to_owned());
    let svg = picture(set, &procedure, "en");
    assert!(svg.contains("a &lt;b&gt; &amp; &quot;c&quot;\u{fffd}\u{fffd}"), "{svg}");
    assert!(!svg.contains("<b>") && !svg.contains(['\u{1}', '\u{202e}']), "{svg}");
}
