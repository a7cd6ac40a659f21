//! Foreign and hostile documents: every format of the panel answers each as it must.

use barid_format_ejp::{Ejp, REGISTER, RULING};
use barid_plugin::Format;
use barid_trial::{Trial, files, hostile, sample};
use proptest::prelude::*;

fn trial() -> Trial<'static> {
    Trial::of(&Ejp, "ejp").worded_in(3)
}

#[test]
fn no_hostile_sample_is_read_as_anything() {
    trial().reads_no_hostile_sample();
}

/// A panel that cites a judgment of another court may file it; its numbers stay as they are.
#[test]
fn judgments_of_other_courts_are_read() {
    let Some(folder) = sample("1-akn/judgments") else { return };
    let judgments = files(&folder);
    assert!(judgments.len() >= 34, "{} judgments are not all", judgments.len());
    for path in judgments {
        let bytes = std::fs::read(&path).expect("a sample");
        assert!(trial().decode(RULING, &bytes).content.is_some(), "{}", path.display());
    }
}

#[test]
fn naughty_strings_are_kept_or_refused_as_cells() {
    let Some(path) = hostile().into_iter().find(|path| path.ends_with("blns.txt")) else { return };
    let strings = std::fs::read_to_string(path).expect("a sample");
    for naughty in strings.lines() {
        let cell = naughty.replace('"', "\"\"");
        let csv = format!(
            "title_as_published,images,note\n7/الهيئة القضائية للانتخابات/2025,1,\"{cell}\"\n"
        );
        let reply = trial().decode(REGISTER, csv.as_bytes());
        assert!(reply.content.is_some(), "a cell that is only kept cannot be wrong: {naughty}");
        let _ = trial().decode(REGISTER, format!("title_as_published\n\"{cell}\"\n").as_bytes());
    }
}

proptest! {
    #[test]
    fn no_bytes_make_a_format_fall_over(bytes: Vec<u8>, which in 0_usize..4) {
        let _ = trial().decode(&Ejp.describe().formats[which].id, &bytes);
    }
}
