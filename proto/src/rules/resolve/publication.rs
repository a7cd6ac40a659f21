//! Rules about publication.

use super::super::choice::Choice;
use super::super::formal::{OutletsEach, PublicationRule, PublicationWay};
use super::super::sections::{WrittenPublication, WrittenWay};
use super::super::written::Field;
use super::fields::{Asked, Fields};
use super::formal::{listed, text_choice, usual};
use crate::v1::PublicationChannel;
use crate::word::Word;

/// What languages are written as.
const TAGS: &str = "the language tags, nor several with slashes between: ckb/kmr";

/// Most days, outlets or languages that a publication needs: many times any.
const EACH_MAX: u32 = 100;

pub(super) fn rule(
    written: &WrittenPublication,
    path: &str,
    asked: &mut Asked<'_>,
    fields: &mut Fields<'_, '_>,
) -> Option<PublicationRule> {
    let channel: Option<Choice<PublicationChannel>> =
        fields.choice(&format!("{path}.channel"), &written.channel, asked);
    let path = format!("{path}.ways");
    let at = written.ways.as_ref().and_then(|field| field.at);
    let mut ways: Vec<PublicationWay> = Vec::new();
    for one in written.ways.iter().flat_map(|field| &field.value) {
        let Some(way) = way(one, at, &path, asked, fields) else { continue };
        if ways.iter().any(|known| known.channel == way.channel) {
            let what = format!("{} is there twice", way.channel.word());
            fields.wrong_near(at, asked.near, &path, "twice", what);
        }
        ways.push(way);
    }
    let channel = channel?;
    for wanted in channels(&channel, asked) {
        if ways.iter().all(|way| way.channel != wanted) {
            let what = format!("nothing says what a publication by {} needs", wanted.word());
            fields.wrong_near(at, asked.near, &path, "missing", what);
        }
    }
    Some(PublicationRule { channel, ways })
}

/// The channels that a choice can come to.
fn channels(choice: &Choice<PublicationChannel>, asked: &Asked<'_>) -> Vec<PublicationChannel> {
    match choice {
        Choice::Fixed(channel) => vec![*channel],
        Choice::Switch(key) => asked
            .switches
            .iter()
            .filter(|switch| switch.key == *key)
            .flat_map(|switch| &switch.options)
            .filter_map(|option| PublicationChannel::from_word(&option.word))
            .collect(),
    }
}

fn way(
    one: &WrittenWay,
    at: Option<usize>,
    path: &str,
    asked: &mut Asked<'_>,
    fields: &mut Fields<'_, '_>,
) -> Option<PublicationWay> {
    let channel = listed(&format!("{path}.channel"), at, &one.channel, asked, fields)?;
    for (name, number) in [("days", one.days), ("outlets", one.outlets)] {
        if !(1..=EACH_MAX).contains(&number) {
            let what = format!("{number} is not 1 to {EACH_MAX}");
            fields.wrong_near(at, asked.near, &format!("{path}.{name}"), "range", what);
        }
    }
    let each = one.each.as_ref().map(|word| Field { at, value: word.clone() });
    let each = usual(OutletsEach::Language, &each, &format!("{path}.each"), asked, fields)?;
    let path = format!("{path}.languages");
    let mut languages = Vec::new();
    for tags in &one.languages {
        let line = Some(Field { at, value: tags.clone() });
        languages.extend(text_choice(&path, &line, asked, fields, are_tags, TAGS));
    }
    if one.languages.is_empty() {
        fields.wrong_near(at, asked.near, &path, "missing", "names no language");
    }
    Some(PublicationWay { channel, days: one.days, outlets: one.outlets, each, languages })
}

/// `ar`, or `ckb/kmr`.
fn are_tags(text: &str) -> bool {
    text.split('/').all(|tag| (2..=3).contains(&tag.len()) && tag.bytes().all(is_letter))
}

fn is_letter(byte: u8) -> bool {
    byte.is_ascii_lowercase()
}
