//! Where in the archive the parts of a Word file are: the relationships say it (ECMA-376 part 2,
//! section 6.5).

use barid_xml_reading::{Element, Sink};

use crate::archive::Archive;

/// Relationships of the file as a whole.
const ROOT: &str = "_rels/.rels";

/// Largest list of relationships read, in bytes. A file with hundreds of links has 100 KB.
const RELATIONSHIPS_MAX_BYTES: u64 = 4 << 20;

/// Where the text is when nothing says so.
const USUAL: &str = "word/document.xml";

/// The parts of a Word file that its text is made of; empty for one that it does not have.
#[derive(Debug, Default)]
pub(crate) struct Parts {
    pub(crate) main: String,
    pub(crate) numbering: String,
    pub(crate) styles: String,
    pub(crate) footnotes: String,
    pub(crate) endnotes: String,
}

/// Finds the parts. `None`: there is no text in the archive.
pub(crate) fn find(archive: &mut Archive<'_>) -> Option<Parts> {
    let named = related(archive, ROOT).and_then(|list| list.target("", "officeDocument"));
    let main = named
        .filter(|name| archive.has(name))
        .or_else(|| archive.has(USUAL).then(|| USUAL.to_owned()))?;
    let (folder, file) = main.rsplit_once('/').unwrap_or(("", &main));
    let (folder, file) = (folder.to_owned(), file.to_owned());
    let list = if folder.is_empty() {
        format!("_rels/{file}.rels")
    } else {
        format!("{folder}/_rels/{file}.rels")
    };
    let list = related(archive, &list).unwrap_or_default();
    let part = |kind: &str| {
        list.target(&folder, kind).filter(|name| archive.has(name)).unwrap_or_default()
    };
    Some(Parts {
        numbering: part("numbering"),
        styles: part("styles"),
        footnotes: part("footnotes"),
        endnotes: part("endnotes"),
        main,
    })
}

fn related(archive: &mut Archive<'_>, name: &str) -> Option<Related> {
    let bytes = archive.read(name, RELATIONSHIPS_MAX_BYTES).ok()?;
    let mut related = Related::default();
    barid_xml_reading::read(&bytes, &mut related).ok()?;
    Some(related)
}

/// A list of relationships: type and target of each that stays within the archive.
#[derive(Default)]
struct Related(Vec<(String, String)>);

impl Related {
    /// The part that the first relationship of a type leads to, seen from a folder. `None`: there
    /// is none, or it leads out of the archive.
    fn target(&self, folder: &str, kind: &str) -> Option<String> {
        let is_kind = |known: &str| known.rsplit_once('/').is_some_and(|(_, last)| last == kind);
        let (_, target) = self.0.iter().find(|(known, _)| is_kind(known))?;
        let absolute = target.strip_prefix('/');
        let mut steps: Vec<&str> = Vec::new();
        if absolute.is_none() {
            steps.extend(folder.split('/').filter(|step| !step.is_empty()));
        }
        for step in absolute.unwrap_or(target).split('/') {
            match step {
                "." | "" => {}
                ".." => drop(steps.pop()?),
                step => steps.push(step),
            }
        }
        Some(steps.join("/"))
    }
}

impl Sink for Related {
    fn start(&mut self, element: &Element<'_>) {
        if element.local != "Relationship" || element.attribute("TargetMode") == Some("External") {
            return;
        }
        if let (Some(kind), Some(target)) = (element.attribute("Type"), element.attribute("Target"))
        {
            self.0.push((kind.to_owned(), target.to_owned()));
        }
    }

    fn text(&mut self, _: &str) {}

    fn end(&mut self) {}
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn targets_stay_in_the_archive() {
        let at = |target: &str| {
            Related(vec![("x/styles".to_owned(), target.to_owned())]).target("word", "styles")
        };
        assert_eq!(at("styles.xml").as_deref(), Some("word/styles.xml"));
        assert_eq!(at("/word/styles.xml").as_deref(), Some("word/styles.xml"));
        assert_eq!(at("../other/./styles.xml").as_deref(), Some("other/styles.xml"));
        assert_eq!(at("../../etc/passwd"), None);
    }
}
