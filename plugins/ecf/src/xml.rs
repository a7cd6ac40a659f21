//! Messages in XML.

use barid_plugin::Problems;
use barid_xml_reading::{Element, Sink};

use crate::receive::{Opening, Receiver};

/// Namespace of the attributes by which NIEM 2.0 points within a message.
const STRUCTURES: &str = "http://niem.gov/niem/structures/2.0";

/// Reads a message in XML. `false`: it is none, and the problems say why.
pub(crate) fn read<R: Receiver>(input: &[u8], receiver: &mut R, problems: &mut Problems) -> bool {
    match barid_xml_reading::read(input, &mut Handing(receiver)) {
        Ok(()) => true,
        Err(refusal) => {
            refusal.say(problems);
            false
        }
    }
}

struct Handing<'r, R>(&'r mut R);

impl<R: Receiver> Sink for Handing<'_, R> {
    fn start(&mut self, element: &Element<'_>) {
        self.0.open(Opening {
            name: element.local,
            namespace: &element.namespace,
            id: element.attribute_of(STRUCTURES, "id"),
            reference: element.attribute_of(STRUCTURES, "ref"),
        });
    }

    fn text(&mut self, text: &str) {
        self.0.text(text);
    }

    fn end(&mut self) {
        self.0.close();
    }
}
