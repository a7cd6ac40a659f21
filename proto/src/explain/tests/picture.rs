//! The picture: well-formed, complete, and of hostile names nothing but text.

use super::*;

/// The titles of the days, in the order in which they are drawn, with where each is.
pub(super) fn drawn(svg: &str) -> Vec<(String, i64)> {
    use quick_xml::events::Event;
    let mut reader = quick_xml::Reader::from_str(svg);
    let (mut days, mut in_day, mut in_title) = (Vec::new(), false, false);
    loop {
        match reader.read_event().unwrap() {
            Event::Eof => return days,
            Event::Start(tag) => match tag.name().as_ref() {
                "g" => in_day = tag.attributes().any(|one| one.unwrap().value.as_ref() == "day"),
                "title" => in_title = true,
                "script" | "a" | "image" | "foreignObject" => panic!("{svg}"),
                _ => {}
            },
            Event::Text(text) if in_day && in_title => {
                days.push((text.into_inner().into_owned(), 0));
            }
            Event::Empty(tag) if in_day && tag.name().as_ref() == "rect" => {
                let x = tag.attributes().map(Result::unwrap).find(|one| one.key.as_ref() == "x");
                let x = x.unwrap().value.into_owned();
                if let Some(last) = days.last_mut() {
                    last.1 = x.parse().unwrap();
                }
            }
            Event::End(tag) if tag.name().as_ref() == "title" => in_title = false,
            _ => {}
        }
    }
}

#[test]
fn the_picture_is_xml_and_has_each_day_once_for_each_reading() {
    let (rules, assessment) = (rules(), contested());
    let days = |reading: &RuleReading| reading.period.as_ref().unwrap().days.len();
    let all: usize = assessment.readings.iter().map(days).sum();
    for language in Language::ALL {
        let svg = strip(Some(&rules), &assessment, language);
        let found = drawn(&svg);
        assert_eq!(found.len(), all, "{svg}");
        let mut distinct: Vec<_> = found.clone();
        // Two readings may say the same of a day: rows are told apart by order, days by place.
        let first = days(&assessment.readings[0]);
        distinct.truncate(first);
        distinct.sort();
        distinct.dedup();
        assert_eq!(distinct.len(), first);
        let ascending = found[0].1 < found[1].1;
        assert_eq!(ascending, !language.right_to_left(), "{found:?}");
        assert!(!svg.contains("href") && !svg.contains("url(h"), "{svg}");
    }
}

#[test]
fn a_hostile_name_stays_text_in_the_picture() {
    let svg = strip(Some(&rules()), &hostile(), Language::Arabic);
    let titles = drawn(&svg);
    assert!(svg.contains("&lt;script&gt;") && !svg.contains('\u{202e}'), "{svg}");
    assert!(!titles.is_empty());
}

#[test]
fn more_readings_than_are_drawn_are_counted() {
    let mut assessment = contested();
    let one = assessment.readings[0].clone();
    assessment.readings = vec![one; 11];
    let svg = strip(None, &assessment, Language::English);
    assert!(svg.contains("There are 3 more readings."), "{svg}");
}
