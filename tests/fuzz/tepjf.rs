//! No mutation of a document makes the plugin `tepjf` panic, hang, or answer with nothing.

mod formats;
mod mutate;

#[test]
fn tepjf() {
    formats::drive(&barid_format_tepjf::Tepjf, "plugins/tepjf/testdata");
}
