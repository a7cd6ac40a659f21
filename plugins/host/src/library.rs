//! Calls a plugin's library. Besides taking a worker's descriptors, the only unsafe code of a host.
//!
//! Nothing above this module knows what a library is: bytes go in, bytes or a [`CallFailure`] come
//! out. A plugin that crashes takes its process along, which is why that process is a worker's.

#![expect(unsafe_code, reason = "a C library is called here and nowhere else")]

use std::mem::MaybeUninit;
use std::path::Path;
use std::ptr;

use barid_plugin::abi::{
    BARID_ABI_VERSION, BARID_ABI_VERSION_OLDEST, BARID_MESSAGE_BYTES_MAX, BARID_STATUS_OK,
    BARID_TABLE_SIZE_MIN, BaridBuffer, BaridBytes, BaridPluginEntry, BaridPluginTable,
};
use libloading::os::unix::{Library as Handle, RTLD_LOCAL, RTLD_NOW};

use crate::error::{CallFailure, LibraryFailure, LoadFailure, quoted};
use crate::sealed::Sealed;

/// Longest text of a failed call that is looked at, in bytes.
const FAILURE_TEXT_BYTES_MAX: usize = 4096;

/// What a plugin is asked for.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Operation<'a> {
    /// A `PluginDescription`.
    Describe,
    /// A `DecodeReply` to this serialised `DecodeRequest`.
    Decode(&'a [u8]),
    /// An `EncodeReply` to this serialised `EncodeRequest`.
    Encode(&'a [u8]),
}

/// A loaded plugin. Its library stays in memory until the process ends: a Rust library does not
/// survive being unloaded, and a call that overran its deadline may still be running in it.
#[derive(Debug)]
pub(crate) struct Library {
    describe: unsafe extern "C" fn(*mut BaridBuffer) -> i32,
    decode: unsafe extern "C" fn(BaridBytes, *mut BaridBuffer) -> i32,
    encode: unsafe extern "C" fn(BaridBytes, *mut BaridBuffer) -> i32,
    free_buffer: unsafe extern "C" fn(*mut BaridBuffer),
}

impl Library {
    /// Loads the bytes, whose digest was compared, into this process.
    pub(crate) fn load(path: &Path, bytes: &[u8]) -> Result<Self, LoadFailure> {
        let sealed = Sealed::new(path, bytes)?;
        let opened = Self::open(&sealed.path());
        if !matches!(opened, Err(LibraryFailure::Loader(_))) {
            sealed.keep();
        }
        Ok(opened?)
    }

    /// Loads what lies at `path` and will never change.
    pub(crate) fn open(path: &Path) -> Result<Self, LibraryFailure> {
        // SAFETY: the operator approved these very bytes by their digest; their constructors run.
        let handle = unsafe { Handle::open(Some(path), RTLD_NOW | RTLD_LOCAL) }
            .map_err(|error| LibraryFailure::Loader(quoted(&error.to_string())))?;
        let table = find_table(&handle);
        // Never unloaded, whatever the table is worth.
        let _: *mut std::ffi::c_void = handle.into_raw();
        // SAFETY: what the entry function returned.
        Self::from_table(&unsafe { known_part(table?) }?)
    }

    fn from_table(table: &BaridPluginTable) -> Result<Self, LibraryFailure> {
        Ok(Self {
            describe: table.describe.ok_or_else(|| missing("describe"))?,
            decode: table.decode.ok_or_else(|| missing("decode"))?,
            encode: table.encode.ok_or_else(|| missing("encode"))?,
            free_buffer: table.free_buffer.ok_or_else(|| missing("free_buffer"))?,
        })
    }

    /// Asks, copies the answer into the host's own memory and gives the plugin its buffer back.
    pub(crate) fn call(
        &self,
        operation: Operation<'_>,
        reply_bytes_max: usize,
    ) -> Result<Vec<u8>, CallFailure> {
        let mut reply = BaridBuffer { ptr: ptr::null_mut(), len: 0, owner: ptr::null_mut() };
        // SAFETY: the functions are those of the table, called in the order and with the buffers
        // that its contract asks for; the request outlives the call.
        let code = unsafe {
            match operation {
                Operation::Describe => (self.describe)(&raw mut reply),
                Operation::Decode(request) => (self.decode)(lend(request), &raw mut reply),
                Operation::Encode(request) => (self.encode)(lend(request), &raw mut reply),
            }
        };
        // SAFETY: the plugin filled the buffer, or left it all zero.
        let outcome = unsafe {
            if code == BARID_STATUS_OK {
                copy(&reply, reply_bytes_max.min(BARID_MESSAGE_BYTES_MAX))
            } else {
                Err(CallFailure::Failed { code, text: failure_text(&reply) })
            }
        };
        // SAFETY: the same three fields go back, once.
        unsafe { (self.free_buffer)(&raw mut reply) };
        outcome
    }
}

/// Loads the C library's own parts, those that are there. A plugin may need them, and once a worker
/// is confined nothing but the plugin itself can be loaded.
pub(crate) fn load_system_libraries() {
    for name in ["libc.so.6", "libm.so.6", "libgcc_s.so.1", "libdl.so.2", "libpthread.so.0"] {
        // SAFETY: the system's own; their constructors run in every program.
        if let Ok(handle) = unsafe { Handle::open(Some(name), RTLD_NOW | RTLD_LOCAL) } {
            let _: *mut std::ffi::c_void = handle.into_raw();
        }
    }
}

fn missing(function: &str) -> LibraryFailure {
    LibraryFailure::FunctionMissing(function.to_owned())
}

fn lend(bytes: &[u8]) -> BaridBytes {
    BaridBytes { ptr: bytes.as_ptr(), len: bytes.len() }
}

fn find_table(handle: &Handle) -> Result<*const BaridPluginTable, LibraryFailure> {
    // SAFETY: the name is the boundary's own and has this type in every version.
    let entry = unsafe { handle.get::<BaridPluginEntry>(c"barid_plugin_entry") }
        .map_err(|_| LibraryFailure::SymbolMissing)?;
    // SAFETY: called once, before anything else, as its contract asks.
    Ok(unsafe { entry() })
}

/// The table as far as this hub knows it. What an older plugin lacks is null, what a newer one has
/// appended is left out.
///
/// # Safety
/// `table` is null, or wrongly aligned, or points to as many bytes as its second field says.
unsafe fn known_part(table: *const BaridPluginTable) -> Result<BaridPluginTable, LibraryFailure> {
    if table.is_null() || !table.is_aligned() {
        return Err(LibraryFailure::TableMissing);
    }
    // SAFETY: in every version a table begins with these two numbers.
    let [version, size] = unsafe { table.cast::<[u32; 2]>().read() };
    if !(BARID_ABI_VERSION_OLDEST..=BARID_ABI_VERSION).contains(&version) {
        return Err(LibraryFailure::AbiVersion { plugin: version });
    }
    if size < BARID_TABLE_SIZE_MIN {
        return Err(LibraryFailure::TableTooSmall { size });
    }
    let mut known = MaybeUninit::<BaridPluginTable>::zeroed();
    let bytes = size_of::<BaridPluginTable>().min(size as usize);
    // SAFETY: both sides have that many bytes, and the copy is ours alone.
    unsafe { ptr::copy_nonoverlapping(table.cast::<u8>(), known.as_mut_ptr().cast::<u8>(), bytes) };
    // SAFETY: numbers and optional functions; all zero is valid for both, and the rest was copied.
    Ok(unsafe { known.assume_init() })
}

/// A reply, copied. A size beyond the bound is refused before a byte is read.
///
/// # Safety
/// `reply` was filled by a plugin: `ptr` is null or points to `len` bytes.
unsafe fn copy(reply: &BaridBuffer, max: usize) -> Result<Vec<u8>, CallFailure> {
    if reply.len > max {
        return Err(CallFailure::ReplyTooLarge { bytes: reply.len, max });
    }
    if reply.len == 0 {
        return Ok(Vec::new());
    }
    if reply.ptr.is_null() {
        let reason = format!("a null pointer to {} bytes", reply.len);
        return Err(CallFailure::ReplyInvalid(reason));
    }
    // SAFETY: not null, and within the bound, by the caller's promise readable.
    Ok(unsafe { std::slice::from_raw_parts(reply.ptr, reply.len) }.to_vec())
}

/// The text of a failed call, as much of it as is worth reading.
///
/// # Safety
/// As for [`copy`].
unsafe fn failure_text(reply: &BaridBuffer) -> String {
    if reply.ptr.is_null() || reply.len == 0 {
        return "it gave no text".to_owned();
    }
    let len = reply.len.min(FAILURE_TEXT_BYTES_MAX);
    // SAFETY: not null, and no longer than what the plugin says is there.
    let bytes = unsafe { std::slice::from_raw_parts(reply.ptr, len) };
    quoted(&String::from_utf8_lossy(bytes))
}
