//! What a plugin says about itself, held against the rules of `PluginDescription`.

use std::collections::BTreeSet;

use barid_proto::v1::{FilingKind, FormatDescription, PluginDescription};

use crate::manifest::FORMATS_MAX;
use crate::reply::{check_text, exactly};

/// Longest description, in bytes: 64 formats with a title in eight languages each.
pub(crate) const DESCRIPTION_BYTES_MAX: usize = 1024 * 1024;

/// Longest name of a plugin, in bytes. From `PluginDescription.name`.
const NAME_BYTES_MAX: usize = 32;

/// Longest version, in bytes: a version number with a commit.
const VERSION_BYTES_MAX: usize = 64;

/// Longest identifier of a format, in bytes: the plugin's name, a slash, and three times as much.
const ID_BYTES_MAX: usize = 128;

/// Longest media type, in bytes. RFC 6838, section 4.2: 127 for each side of the slash.
const MEDIA_TYPE_BYTES_MAX: usize = 255;

/// Most media types of one format.
const MEDIA_TYPES_MAX: usize = 16;

/// Reads a description, or says which rule it breaks.
pub(crate) fn read(bytes: &[u8]) -> Result<PluginDescription, String> {
    let description: PluginDescription = exactly(bytes)?;
    if !is_word(&description.name, NAME_BYTES_MAX, "") {
        return Err("its name is not 1 to 32 of [a-z0-9-]".to_owned());
    }
    let version = &description.version;
    let printable = version.bytes().all(|byte| byte.is_ascii_graphic());
    if version.is_empty() || version.len() > VERSION_BYTES_MAX || !printable {
        return Err(format!(
            "its version is not 1 to {VERSION_BYTES_MAX} visible ASCII characters"
        ));
    }
    if description.formats.is_empty() || description.formats.len() > FORMATS_MAX {
        return Err(format!("it does not describe 1 to {FORMATS_MAX} formats"));
    }
    let mut seen = BTreeSet::new();
    for format in &description.formats {
        check_format(&description.name, format)?;
        if !seen.insert(&format.id) {
            return Err(format!("it describes {} twice", format.id));
        }
    }
    Ok(description)
}

fn check_format(plugin: &str, format: &FormatDescription) -> Result<(), String> {
    let id = &format.id;
    let own = id.strip_prefix(plugin).and_then(|rest| rest.strip_prefix('/'));
    if !own.is_some_and(|name| is_word(name, ID_BYTES_MAX, "+._")) {
        return Err(format!("the identifier {id:.64?} is not its name, a slash, and [a-z0-9+._-]"));
    }
    let media_types = &format.media_types;
    if media_types.len() > MEDIA_TYPES_MAX || !media_types.iter().all(|one| is_media_type(one)) {
        return Err(format!("{id} has media types that are none, or more than {MEDIA_TYPES_MAX}"));
    }
    if format.decodes.is_empty() && format.encodes.is_empty() {
        return Err(format!("{id} neither reads nor writes"));
    }
    if !format.encodes.is_empty() && media_types.is_empty() {
        return Err(format!("{id} writes documents without a media type"));
    }
    for kinds in [&format.decodes, &format.encodes] {
        check_kinds(kinds).map_err(|reason| format!("{id} {reason}"))?;
    }
    check_text(format.title.as_ref()).map_err(|reason| format!("the title of {id} {reason}"))
}

fn check_kinds(kinds: &[i32]) -> Result<(), String> {
    let mut seen = BTreeSet::new();
    for kind in kinds {
        if *kind == 0 || FilingKind::try_from(*kind).is_err() {
            return Err(format!("knows a kind of filing, {kind}, that this hub does not"));
        }
        if !seen.insert(kind) {
            return Err(format!("names the kind {kind} twice"));
        }
    }
    Ok(())
}

/// Whether this is a word of `[a-z0-9-]` and of a few other characters.
pub(crate) fn is_word(text: &str, bytes_max: usize, others: &str) -> bool {
    let known = |one: char| {
        one.is_ascii_lowercase() || one.is_ascii_digit() || one == '-' || others.contains(one)
    };
    !text.is_empty() && text.len() <= bytes_max && text.chars().all(known)
}

/// Whether this is a media type, with or without parameters: visible ASCII and spaces, one type,
/// one subtype.
fn is_media_type(text: &str) -> bool {
    let visible = text.bytes().all(|byte| byte == b' ' || byte.is_ascii_graphic());
    let halves = text.split_once('/');
    text.len() <= MEDIA_TYPE_BYTES_MAX
        && visible
        && halves.is_some_and(|(left, right)| !left.is_empty() && !right.is_empty())
}

#[cfg(test)]
mod tests {
    use prost::Message;

    use super::*;

    fn good() -> PluginDescription {
        PluginDescription {
            name: "specimen".to_owned(),
            version: "1.0.0".to_owned(),
            formats: vec![FormatDescription {
                id: "specimen/line+text".to_owned(),
                media_types: vec!["text/plain; charset=utf-8".to_owned()],
                decodes: vec![FilingKind::Query.into()],
                encodes: vec![FilingKind::Query.into()],
                title: None,
            }],
        }
    }

    fn refused(change: impl FnOnce(&mut PluginDescription)) -> String {
        let mut description = good();
        change(&mut description);
        read(&description.encode_to_vec()).unwrap_err()
    }

    #[test]
    fn good_description_is_read() {
        assert_eq!(read(&good().encode_to_vec()).unwrap(), good());
    }

    #[test]
    fn each_broken_rule_is_named() {
        assert!(refused(|one| one.name = "Specimen".to_owned()).contains("[a-z0-9-]"));
        assert!(refused(|one| one.name = "s".repeat(33)).contains("1 to 32"));
        assert!(refused(|one| one.version.clear()).contains("version"));
        assert!(refused(|one| one.version = "1\n2".to_owned()).contains("version"));
        assert!(refused(|one| one.formats.clear()).contains("1 to 64 formats"));
        assert!(refused(|one| one.formats.push(good().formats[0].clone())).contains("twice"));
        let first = |change: fn(&mut FormatDescription)| refused(|one| change(&mut one.formats[0]));
        assert!(first(|one| one.id = "other/line".to_owned()).contains("a slash"));
        assert!(first(|one| one.id = "specimen/".to_owned()).contains("a slash"));
        assert!(first(|one| one.id = "specimen/a b".to_owned()).contains("a slash"));
        assert!(first(|one| one.media_types = vec!["text".to_owned()]).contains("media types"));
        assert!(first(|one| one.media_types.clear()).contains("without a media type"));
        assert!(first(|one| one.decodes = vec![0]).contains("kind of filing"));
        assert!(first(|one| one.encodes = vec![9999]).contains("kind of filing"));
        assert!(first(|one| one.decodes = vec![14, 14]).contains("twice"));
        let silent = first(|one| {
            one.decodes.clear();
            one.encodes.clear();
        });
        assert!(silent.contains("neither reads nor writes"));
    }
}
