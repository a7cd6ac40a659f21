//! From bytes to a ruling.

use barid_plugin::Problems;

use crate::collect::Collector;
use crate::paper::Paper;

/// Reads an Akoma Ntoso judgment. `None`: it is not one, and the problems say why.
///
/// `institution` is the court whose document it is: numbers in it that name no owner are its own.
/// Foreign judgments yield what their structure says; `docket_numbers[].normal` is left to the
/// court's own format.
#[must_use]
pub fn read(input: &[u8], institution: &str, problems: &mut Problems) -> Option<Paper> {
    let mut collector = Collector::new(institution, problems);
    match barid_xml_reading::read(input, &mut collector) {
        Ok(()) => collector.finish(),
        Err(refusal) => {
            refusal.say(problems);
            None
        }
    }
}
