//! From bytes to elements.

use barid_plugin::{Place, Problems};

use crate::encoding;
use crate::guard::{SIZE_MAX_BYTES, walk};
use crate::place::place_at;
use crate::said;
use crate::xml::{Sink, Why};

/// Why a document is not read, and where that shows.
#[derive(Debug)]
pub struct Refusal {
    place: Box<Place>,
    why: Why,
}

impl Refusal {
    /// Tells the sender, in Arabic and English.
    pub fn say(self, problems: &mut Problems) {
        said::refused(problems, *self.place, &self.why);
    }
}

/// Reads an XML document into a sink.
///
/// # Errors
///
/// The [`Refusal`], when it is no harmless, well-formed XML. The sink may have received what stands
/// before the place of it.
pub fn read(input: &[u8], sink: &mut impl Sink) -> Result<(), Refusal> {
    if input.len() > SIZE_MAX_BYTES {
        return Err(Refusal { place: Box::default(), why: Why::TooLarge(input.len()) });
    }
    let (text, encoding) = encoding::decode(input).map_err(|good_bytes| {
        let place = Place::default().at_offset(good_bytes as u64);
        Refusal { place: Box::new(place), why: Why::NotUnicode }
    })?;
    walk(&text, encoding, sink).map_err(|refused| {
        let place = place_at(&text, refused.offset).in_path(refused.path);
        Refusal { place: Box::new(place), why: refused.why }
    })
}

#[cfg(test)]
mod tests {
    use barid_plugin::Problems;

    use super::read;
    use crate::xml::{Element, Sink};

    /// What came in, as a line for each piece.
    #[derive(Default)]
    struct Heard(Vec<String>);

    impl Sink for Heard {
        fn start(&mut self, element: &Element<'_>) {
            self.0.push(format!("<{}", element.local));
        }

        fn text(&mut self, text: &str) {
            self.0.push(text.to_owned());
        }

        fn end(&mut self) {
            self.0.push(">".to_owned());
        }
    }

    fn text_of(xml: &str) -> String {
        let mut heard = Heard::default();
        read(xml.as_bytes(), &mut heard).expect("it is XML");
        heard.0.concat()
    }

    #[test]
    fn every_kind_of_line_end_becomes_a_line_feed() {
        assert_eq!(text_of("<a>1\r\n2\r3\n4\r\r\n5\r</a>"), "<a1\n2\n3\n4\n\n5\n>");
        assert_eq!(text_of("<a><![CDATA[1\r\n2\r]]>3&#13;</a>"), "<a1\n2\n3\r>");
    }

    #[test]
    fn a_place_is_never_longer_than_a_hub_takes() {
        let name = "é".repeat(300);
        let xml = format!("<{name}><{name}><{name}>&x;");
        let refusal = read(xml.as_bytes(), &mut Heard::default()).expect_err("an entity");
        let mut problems = Problems::new();
        refusal.say(&mut problems);
        let place = problems.into_vec().remove(0).place.expect("a place");
        assert!(place.path.len() <= 1_024, "{}", place.path.len());
        assert!(place.path.starts_with('…') && place.path.ends_with('é'));
    }
}
