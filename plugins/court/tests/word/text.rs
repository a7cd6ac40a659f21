//! The body of a Word file is the text that a reader sees, in order.

use barid_trial::{files, sample};
use barid_xml_reading::{Element, Sink};

use crate::archive::{TABLE, body, codes, docx, docx_with, filed, p, ruling};

/// Paragraphs of a judgment as XML: the text of each block, in pieces where a note stands in it.
#[derive(Default)]
struct Blocks {
    path: Vec<String>,
    open: Vec<String>,
    found: Vec<String>,
}

const BLOCKS: [&str; 6] = ["p", "num", "heading", "subheading", "docDate", "courtType"];

impl Blocks {
    fn in_text(&self) -> bool {
        self.path.iter().any(|local| matches!(local.as_str(), "judgmentBody" | "header"))
    }

    /// What has been read of the innermost block is a piece of its own.
    fn cut(&mut self) {
        let piece = self.open.last_mut().map(std::mem::take).unwrap_or_default();
        let piece = piece.split_whitespace().collect::<Vec<_>>().join(" ");
        if !piece.is_empty() {
            self.found.push(piece);
        }
    }
}

impl Sink for Blocks {
    fn start(&mut self, element: &Element<'_>) {
        self.path.push(element.local.to_owned());
        if self.in_text() && BLOCKS.contains(&element.local) {
            self.cut();
            self.open.push(String::new());
        }
    }

    fn text(&mut self, text: &str) {
        if let Some(open) = self.open.last_mut() {
            open.push_str(text);
        }
    }

    fn end(&mut self) {
        let local = self.path.pop().unwrap_or_default();
        if BLOCKS.contains(&local.as_str()) {
            self.cut();
            self.open.pop();
        }
    }
}

fn nfc(text: &str) -> String {
    use unicode_normalization::UnicodeNormalization as _;
    text.nfc().collect()
}

/// Without spaces and hyphens: a converter puts them where the Word file has a tab or a break.
fn dense(text: &str) -> String {
    let kept = |c: &char| !c.is_whitespace() && !matches!(c, '-' | '\u{2011}' | '\u{AD}');
    text.chars().filter(kept).collect()
}

/// The publisher made its XML from these Word files with a converter of its own. Every block of it
/// has to be in what is read here, in the same order.
#[test]
fn the_published_judgments_are_in_the_word_files_they_were_made_from() {
    let Some(folder) = sample("1-akn/docx") else { return };
    let words = files(&folder);
    assert_eq!(words.len(), 7);
    let mut all = 0;
    for path in words {
        let name = path.file_stem().expect("a name").to_string_lossy().into_owned();
        let reply = filed(&std::fs::read(&path).expect("a sample"), TABLE);
        let read = ruling(&reply).judgment.expect("a judgment");
        let xml = folder.join(format!("../judgments/{name}.xml"));
        let xml = std::fs::read(xml).expect("a sample");
        let mut blocks = Blocks::default();
        barid_xml_reading::read(&xml, &mut blocks).expect("a judgment");
        let text = dense(&read.body_text);
        let (mut at, mut lost) = (0, Vec::new());
        for block in &blocks.found {
            let wanted = dense(block);
            match text.get(at..).and_then(|rest| rest.find(&wanted)) {
                // Far away it would be another place with the same words.
                Some(offset) if offset < 2_000 => at += offset + wanted.len(),
                _ => lost.push(block.as_str()),
            }
        }
        assert_eq!(lost, [""; 0], "{name}: of {} blocks", blocks.found.len());
        all += blocks.found.len();
        let published: usize = blocks.found.iter().map(|block| dense(block).len()).sum();
        let share = text.len() as f64 / published as f64;
        assert!((0.99..1.02).contains(&share), "{name}: {share} of what is published");
        assert_eq!(codes(&reply), [""; 0], "{name}");
    }
    assert!(all > 2_200, "{all} blocks are a part only");
}

/// Real rulings in Arabic, put into Word files here: every letter comes back, in its order.
#[test]
fn rulings_in_arabic_keep_every_letter() {
    let Some(folder) = sample("5-arabic/saudi-moj-judgments") else { return };
    for path in files(&folder) {
        let text = std::fs::read(&path).expect("a sample");
        let text: serde_json::Value = serde_json::from_slice(&text).expect("JSON");
        let parts = ["input", "output"].map(|name| text.get(name).and_then(|part| part.as_str()));
        let text = parts.map(|part| part.expect("a text")).join("\n");
        let escaped = text.replace('&', "&amp;").replace('<', "&lt;");
        let word = docx(&escaped.lines().map(p).collect::<String>());
        let wanted = text.split_whitespace().collect::<Vec<_>>().join(" ");
        assert_eq!(body(&word), nfc(&wanted), "{}", path.display());
        assert!(wanted.len() > 1_000, "{} is a whole ruling", path.display());
    }
}

#[test]
fn paragraphs_tables_breaks_and_formulas_are_read_in_order() {
    let cell = |text: &str| format!("<w:tc>{}</w:tc>", p(text));
    let table = format!("<w:tbl><w:tr>{}{}</w:tr></w:tbl>", cell("a"), cell("b"));
    let broken = "<w:p><w:r><w:t>one</w:t><w:tab/><w:t>two</w:t><w:br/><w:t>three</w:t>\
        <w:noBreakHyphen/><w:t>four</w:t></w:r><m:oMath><m:r><m:t>x=1</m:t></m:r></m:oMath></w:p>";
    let split = "<w:p><w:r><w:t>لل</w:t></w:r><w:r><w:t>قرار</w:t></w:r><w:r>\
        <w:t xml:space='preserve'> </w:t></w:r><w:r><w:t> end </w:t></w:r></w:p>";
    let word = docx(&format!("{}{table}{broken}{split}", p("first")));
    assert_eq!(body(&word), "first a b one two three\u{2011}fourx=1 للقرار end");
    let judgment = ruling(&filed(&word, TABLE)).judgment.expect("a judgment");
    assert_eq!((judgment.tables, judgment.paragraphs), (1, 0));
}

#[test]
fn notes_stand_where_they_are_referred_to_and_once() {
    let note = |id: &str| format!("<w:r><w:footnoteReference w:id='{id}'/></w:r>");
    let main = format!(
        "<w:p><w:r><w:t>before</w:t></w:r>{0}{0}<w:r><w:t>after</w:t></w:r></w:p>",
        note("2")
    );
    let notes = "<w:footnote w:id='1'><w:p><w:r><w:t>unused</w:t></w:r></w:p></w:footnote>\
        <w:footnote w:id='2'><w:p><w:r><w:t>the note</w:t></w:r><w:del><w:r>\
        <w:delText>x</w:delText></w:r></w:del></w:p></w:footnote>";
    assert_eq!(body(&docx_with(&main, &[("footnotes", notes)])), "before the note after");
}

#[test]
fn numbers_that_word_shows_are_read() {
    let numbering = "<w:abstractNum w:abstractNumId='1'><w:lvl w:ilvl='0'><w:start w:val='1'/>\
        <w:numFmt w:val='arabicAbjad'/><w:lvlText w:val='%1-'/></w:lvl></w:abstractNum>\
        <w:num w:numId='4'><w:abstractNumId w:val='1'/></w:num>";
    let numbered = |text: &str| {
        format!(
            "<w:p><w:pPr><w:numPr><w:ilvl w:val='0'/><w:numId w:val='4'/></w:numPr></w:pPr><w:r>\
             <w:t>{text}</w:t></w:r></w:p>"
        )
    };
    let main = format!("{}{}", numbered("رد الطعن"), numbered("تصديق القرار"));
    let word = docx_with(&main, &[("numbering", numbering)]);
    assert_eq!(body(&word), "أ- رد الطعن ب- تصديق القرار");
    assert_eq!(ruling(&filed(&word, TABLE)).judgment.expect("a judgment").paragraphs, 2);
}

#[test]
fn what_is_signed_and_what_is_seen_do_not_differ_silently() {
    let changed = "<w:p><w:ins><w:r><w:t>new</w:t></w:r></w:ins><w:del><w:r>\
        <w:delText>old</w:delText></w:r></w:del></w:p>";
    let hidden = "<w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>secret</w:t></w:r>\
        <w:r><w:rPr><w:vanish w:val='0'/></w:rPr><w:t>seen</w:t></w:r></w:p>";
    let mark = "<w:p><w:pPr><w:rPr><w:vanish/></w:rPr></w:pPr><w:r><w:t>mark</w:t></w:r></w:p>";
    let symbol = "<w:p><w:r><w:sym w:font='Wingdings' w:char='F0FC'/></w:r></w:p>";
    let twice = "<w:p><w:r><mc:AlternateContent><mc:Choice Requires='x'><w:t>once</w:t></mc:Choice>\
        <mc:Fallback><w:t>once</w:t></mc:Fallback></mc:AlternateContent></w:r></w:p>";
    let word = docx(&format!("{changed}{hidden}{mark}{symbol}{twice}"));
    assert_eq!(body(&word), "new seen mark once");
    let reply = filed(&word, TABLE);
    assert_eq!(codes(&reply), ["word-tracked-changes", "word-hidden-text", "word-symbols"]);
}
