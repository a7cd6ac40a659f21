//! Messages in XML.

use barid_plugin::Problems;
use barid_xml_reading::{Element, Sink};

use crate::receive::{Opening, Receiver};

/// Namespaces of the attributes by which NIEM points within a message: 2.0 and 4.0.
const STRUCTURES: [&str; 2] =
    ["http://niem.gov/niem/structures/2.0", "http://release.niem.gov/niem/structures/4.0/"];

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
        let pointing = |name: &str| {
            STRUCTURES.iter().find_map(|namespace| element.attribute_of(namespace, name))
        };
        self.0.open(Opening {
            name: element.local,
            namespace: element.namespace,
            id: pointing("id"),
            reference: pointing("ref"),
        });
    }

    fn text(&mut self, text: &str) {
        self.0.text(text);
    }

    fn end(&mut self) {
        self.0.close();
    }
}
