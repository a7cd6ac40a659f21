//! No mutation of a document makes the plugin `ihec` panic, hang, or answer with nothing.

mod formats;
mod mutate;

#[test]
fn ihec() {
    formats::drive(&barid_format_ihec::Ihec, "plugins/ihec/testdata");
}
