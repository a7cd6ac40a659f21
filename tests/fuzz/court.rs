//! No mutation of a document makes the plugin `court` panic, hang, or answer with nothing.

mod formats;
mod mutate;

#[test]
fn court() {
    formats::drive(&barid_format_court::AnyCourt, "plugins/court/testdata");
}
