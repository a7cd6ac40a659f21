//! The examples that integrators read are true: each is understood without a problem, and what is
//! understood can be written and understood again.

use barid_format_fsc::{CORRESPONDENCE, Fsc, RATIFICATION, REQUEST, SUITS};
use barid_plugin::Format;
use barid_plugin::v1::EncodeRequest;
use barid_trial::Trial;

#[test]
fn every_example_is_read_and_written_without_loss() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("testdata");
    for (name, format) in [
        ("dossier.json", REQUEST),
        ("suits.json", SUITS),
        ("interim-order.json", CORRESPONDENCE),
        ("ratification.xml", RATIFICATION),
    ] {
        let trial = Trial::of(&Fsc, "fsc").worded_in(3);
        let first = trial.decode(format, &std::fs::read(folder.join(name)).expect("an example"));
        assert_eq!(first.problems, [], "{name}");
        let written = Fsc.encode(&EncodeRequest {
            format: format.to_owned(),
            content: first.content.clone(),
            ..EncodeRequest::default()
        });
        assert_eq!(trial.decode(format, &written.output), first, "{name}");
    }
    let files = barid_trial::files(&folder);
    let examples = files.iter().filter(|path| !path.ends_with("check.toml"));
    assert_eq!(examples.count(), 4, "each has its line above");
}
