//! No mutation of a message makes the plugin `ecf` panic, hang, or answer with nothing.

mod formats;
mod mutate;

#[test]
fn ecf() {
    formats::drive(&barid_format_ecf::Ecf, "plugins/ecf/testdata");
}
