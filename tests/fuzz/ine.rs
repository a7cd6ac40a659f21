//! No mutation of a document makes the plugin `ine` panic, hang, or answer with nothing.

mod formats;
mod mutate;

#[test]
fn ine() {
    formats::drive(&barid_format_ine::Ine, "plugins/ine/testdata");
}
