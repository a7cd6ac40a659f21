//! No mutation of a document makes the plugin `ejp` panic, hang, or answer with nothing.

mod formats;
mod mutate;

#[test]
fn ejp() {
    formats::drive(&barid_format_ejp::Ejp, "plugins/ejp/testdata");
}
