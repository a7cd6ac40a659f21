//! The boundary itself: one symbol, one table, two kinds of buffer. Frozen.
//!
//! `include/barid_plugin.h` is generated from this file, comments included; write both for readers
//! of C. `tests/layout.rs` holds the numbers. What may change: functions are appended to the end of
//! [`BaridPluginTable`], each optional for ever, and status codes are added. Anything else is a new
//! [`BARID_ABI_VERSION`], and a hub goes on loading plugins of the version before its own.

use core::ffi::c_void;

/// Version of this boundary. Appended functions do not raise it; `table_size` tells them.
pub const BARID_ABI_VERSION: u32 = 1;

/// Oldest version that a hub of this version loads. From version 2 on: the one before its own.
pub const BARID_ABI_VERSION_OLDEST: u32 = 1;

/// Size in bytes of the smallest table of version 1: everything up to and including `free_buffer`.
/// A smaller table is refused. Pointers have 8 bytes: hubs and plugins are 64-bit programs.
pub const BARID_TABLE_SIZE_MIN: u32 = 40;

/// Most bytes of one request or reply, whatever the hub's operator allows: twice the largest
/// document that is sent in one piece, so that a reading may be longer than what was read.
pub const BARID_MESSAGE_BYTES_MAX: usize = 134_217_728;

/// The call succeeded. The reply buffer holds the serialised reply.
pub const BARID_STATUS_OK: i32 = 0;

/// A pointer that must not be null was null. The reply buffer holds a text, if there was one.
pub const BARID_STATUS_NULL_ARGUMENT: i32 = 1;

/// The request is not the serialised request it should be. The reply buffer holds a text.
pub const BARID_STATUS_REQUEST_INVALID: i32 = 2;

/// The plugin failed by its own fault. The reply buffer holds a text. What is wrong with a
/// *document* is never a fault: it is a problem in a reply, with `BARID_STATUS_OK`.
pub const BARID_STATUS_FAULT: i32 = 3;

/// Bytes lent to the plugin for the length of one call. The hub owns them: do not write to them,
/// free them or keep the pointer. `ptr` has no alignment and is not null, even when `len` is 0.
#[repr(C)]
#[derive(Debug, Clone, Copy)]
pub struct BaridBytes {
    /// The first byte.
    pub ptr: *const u8,
    /// Number of bytes.
    pub len: usize,
}

/// Bytes that the plugin made. The hub reads them, then hands the same three fields, unchanged, to
/// `free_buffer` of the plugin that made them. All zero: no bytes, nothing to free.
#[repr(C)]
#[derive(Debug)]
pub struct BaridBuffer {
    /// The first byte. No alignment. Not null unless `len` is 0.
    pub ptr: *mut u8,
    /// Number of bytes. At most `BARID_MESSAGE_BYTES_MAX`.
    pub len: usize,
    /// Whatever the plugin needs to free the bytes, or null. The hub does not look at it.
    pub owner: *mut c_void,
}

/// What a plugin can do. It must live, unchanged, until the process ends: a library is never
/// unloaded. Pointers are aligned as C aligns them.
///
/// Order: the entry function once, then `describe` once, then `decode` and `encode` any number of
/// times. Threads: after `describe` has returned, every function may be called from any thread and
/// from several at once. A function may not unwind, `longjmp` out, exit the process, start threads
/// or processes, open files or connections, or change the locale, the working directory or a
/// signal's disposition. A worker's kernel refuses what it can of this.
///
/// Replies: the hub passes a pointer, never null, to a buffer that is all zero. The plugin fills it
/// or leaves it alone, whatever status it returns. With a status other than `BARID_STATUS_OK` the
/// buffer holds a text in UTF-8 for the hub's operator: what happened, without case data. Replies
/// are plain proto3: known fields only, defaults left out, each message once.
#[repr(C)]
pub struct BaridPluginTable {
    /// `BARID_ABI_VERSION` of the header that the plugin was compiled with. Stays first for ever.
    pub abi_version: u32,
    /// `sizeof(BaridPluginTable)` of that header, in bytes. Stays second for ever.
    pub table_size: u32,
    /// Replies with a `barid.v1.PluginDescription`. Required. Always the same answer.
    pub describe: Option<unsafe extern "C" fn(reply: *mut BaridBuffer) -> i32>,
    /// Takes a `barid.v1.DecodeRequest`, replies with a `barid.v1.DecodeReply`. Required; a plugin
    /// that reads nothing describes no format that decodes and is never called here.
    pub decode: Option<unsafe extern "C" fn(request: BaridBytes, reply: *mut BaridBuffer) -> i32>,
    /// Takes a `barid.v1.EncodeRequest`, replies with a `barid.v1.EncodeReply`. Required, as
    /// `decode` is.
    pub encode: Option<unsafe extern "C" fn(request: BaridBytes, reply: *mut BaridBuffer) -> i32>,
    /// Frees a buffer that this plugin filled. Required. Called once for each reply, on any thread,
    /// also after a call that failed; a buffer that is all zero must be accepted. Cannot fail.
    pub free_buffer: Option<unsafe extern "C" fn(buffer: *mut BaridBuffer)>,
    // Appended functions go here: optional, told by `table_size`, null when the author has none.
}

/// The one symbol a plugin exports, `barid_plugin_entry`. Called once, before anything else, and
/// must not do any work: it returns the address of the table.
pub type BaridPluginEntry = unsafe extern "C" fn() -> *const BaridPluginTable;
