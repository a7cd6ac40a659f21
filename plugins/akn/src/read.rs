//! From bytes to a ruling.

use barid_plugin::{Place, Problems};

use crate::collect::Collector;
use crate::guard::{SIZE_MAX_BYTES, walk};
use crate::paper::Paper;
use crate::place::place_at;
use crate::{encoding, said};

/// Reads an Akoma Ntoso judgment. `None`: it is not one, and the problems say why.
///
/// `institution` is the court whose document it is: numbers in it that name no owner are its own.
/// Foreign judgments yield what their structure says; `docket_numbers[].normal` is left to the
/// court's own format.
#[must_use]
pub fn read(input: &[u8], institution: &str, problems: &mut Problems) -> Option<Paper> {
    if input.len() > SIZE_MAX_BYTES {
        said::too_large(problems, input.len());
        return None;
    }
    let (text, encoding) = match encoding::decode(input) {
        Ok(decoded) => decoded,
        Err(good_bytes) => {
            said::not_unicode(problems, Place::default().at_offset(good_bytes as u64));
            return None;
        }
    };
    let mut collector = Collector::new(institution, problems);
    match walk(&text, encoding, &mut collector) {
        Ok(()) => collector.finish(),
        Err(refused) => {
            let place = place_at(&text, refused.offset).in_path(refused.path);
            said::refused(problems, place, &refused.why);
            None
        }
    }
}
