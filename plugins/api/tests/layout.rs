//! The boundary's numbers, frozen. A failing line here means that plugins already in use would
//! break: append to the table instead, or begin a new version.

use std::fmt::Write;
use std::mem::{align_of, offset_of, size_of};
use std::path::Path;
use std::process::Command;

use barid_plugin::abi::{
    BARID_ABI_VERSION, BARID_ABI_VERSION_OLDEST, BARID_MESSAGE_BYTES_MAX, BARID_STATUS_FAULT,
    BARID_STATUS_NULL_ARGUMENT, BARID_STATUS_OK, BARID_STATUS_REQUEST_INVALID,
    BARID_TABLE_SIZE_MIN, BaridBuffer, BaridBytes, BaridPluginTable,
};

/// What C is asked, what Rust says, and what it was when version 1 was frozen.
const FROZEN: &[(&str, usize, usize)] = &[
    ("sizeof(BaridBytes)", size_of::<BaridBytes>(), 16),
    ("_Alignof(BaridBytes)", align_of::<BaridBytes>(), 8),
    ("offsetof(BaridBytes, ptr)", offset_of!(BaridBytes, ptr), 0),
    ("offsetof(BaridBytes, len)", offset_of!(BaridBytes, len), 8),
    ("sizeof(BaridBuffer)", size_of::<BaridBuffer>(), 24),
    ("_Alignof(BaridBuffer)", align_of::<BaridBuffer>(), 8),
    ("offsetof(BaridBuffer, ptr)", offset_of!(BaridBuffer, ptr), 0),
    ("offsetof(BaridBuffer, len)", offset_of!(BaridBuffer, len), 8),
    ("offsetof(BaridBuffer, owner)", offset_of!(BaridBuffer, owner), 16),
    ("sizeof(BaridPluginTable)", size_of::<BaridPluginTable>(), 40),
    ("_Alignof(BaridPluginTable)", align_of::<BaridPluginTable>(), 8),
    ("offsetof(BaridPluginTable, abi_version)", offset_of!(BaridPluginTable, abi_version), 0),
    ("offsetof(BaridPluginTable, table_size)", offset_of!(BaridPluginTable, table_size), 4),
    ("offsetof(BaridPluginTable, describe)", offset_of!(BaridPluginTable, describe), 8),
    ("offsetof(BaridPluginTable, decode)", offset_of!(BaridPluginTable, decode), 16),
    ("offsetof(BaridPluginTable, encode)", offset_of!(BaridPluginTable, encode), 24),
    ("offsetof(BaridPluginTable, free_buffer)", offset_of!(BaridPluginTable, free_buffer), 32),
    ("BARID_ABI_VERSION", BARID_ABI_VERSION as usize, 1),
    ("BARID_ABI_VERSION_OLDEST", BARID_ABI_VERSION_OLDEST as usize, 1),
    ("BARID_TABLE_SIZE_MIN", BARID_TABLE_SIZE_MIN as usize, 40),
    ("BARID_MESSAGE_BYTES_MAX", BARID_MESSAGE_BYTES_MAX, 128 * 1024 * 1024),
    ("BARID_STATUS_OK", BARID_STATUS_OK as usize, 0),
    ("BARID_STATUS_NULL_ARGUMENT", BARID_STATUS_NULL_ARGUMENT as usize, 1),
    ("BARID_STATUS_REQUEST_INVALID", BARID_STATUS_REQUEST_INVALID as usize, 2),
    ("BARID_STATUS_FAULT", BARID_STATUS_FAULT as usize, 3),
];

#[test]
fn rust_has_the_frozen_numbers() {
    for (what, now, frozen) in FROZEN {
        assert_eq!(now, frozen, "{what}");
    }
}

#[test]
fn c_has_the_frozen_numbers() {
    let mut source = "#include \"barid_plugin.h\"\n".to_owned();
    for (what, _, frozen) in FROZEN {
        writeln!(source, "_Static_assert({what} == {frozen}, \"{what}\");")
            .expect("a string takes everything");
    }
    let folder = tempfile::tempdir().expect("a folder for the questions");
    let path = folder.path().join("layout.c");
    std::fs::write(&path, source).expect("the folder is ours");
    let compiled = Command::new("cc")
        .args(["-std=c11", "-fsyntax-only", "-I"])
        .args([Path::new(env!("CARGO_MANIFEST_DIR")).join("include"), path])
        .output()
        .expect("a C compiler, `cc`, is installed");
    assert!(compiled.status.success(), "{}", String::from_utf8_lossy(&compiled.stderr));
}
