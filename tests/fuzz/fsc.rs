//! No mutation of a document makes the plugin `fsc` panic, hang, or answer with nothing.

mod formats;
mod mutate;

#[test]
fn fsc() {
    formats::drive(&barid_format_fsc::Fsc, "plugins/fsc/testdata");
}
