//! From a safe [`Format`] to the table of C functions, so that its author writes no `unsafe`.
//!
//! [`export_format!`](crate::export_format) makes the four functions and the symbol; the work is
//! done here, once: null pointers and sizes are checked, messages are read and written, and a panic
//! becomes [`BARID_STATUS_FAULT`] with its text. No panic crosses the boundary.

use std::any::Any;
use std::ffi::c_void;
use std::panic::{AssertUnwindSafe, catch_unwind};

use barid_proto::v1::{DecodeRequest, EncodeRequest};
use prost::Message;

use crate::Format;
use crate::abi::{
    BARID_MESSAGE_BYTES_MAX, BARID_STATUS_FAULT, BARID_STATUS_NULL_ARGUMENT, BARID_STATUS_OK,
    BARID_STATUS_REQUEST_INVALID, BaridBuffer, BaridBytes,
};

/// Makes a [`Format`] loadable: exports `barid_plugin_entry` from this library.
///
/// Takes an expression that makes the format; it is evaluated at most once, at the first call. Say
/// it once, at the top level of a crate of type `cdylib`. The symbol exists once in a program, so
/// link at most one such crate into a program; a hub loads them instead, as many as it likes.
///
/// ```
/// use barid_plugin::v1::{
///     DecodeReply, DecodeRequest, EncodeReply, EncodeRequest, PluginDescription,
/// };
/// use barid_plugin::{Format, export_format};
///
/// struct Telegram;
///
/// impl Format for Telegram {
///     fn describe(&self) -> PluginDescription {
///         PluginDescription { name: "telegram".to_owned(), ..PluginDescription::default() }
///     }
///     fn decode(&self, _: &DecodeRequest) -> DecodeReply {
///         DecodeReply::default()
///     }
///     fn encode(&self, _: &EncodeRequest) -> EncodeReply {
///         EncodeReply::default()
///     }
/// }
///
/// export_format!(Telegram);
/// # fn main() {}
/// ```
#[macro_export]
macro_rules! export_format {
    ($format:expr) => {
        #[cfg(not(panic = "unwind"))]
        compile_error!("a format is compiled with panic = \"unwind\": a panic is its own fault");

        #[expect(unsafe_code, reason = "the C boundary; each function only hands its arguments on")]
        const _: () = {
            use $crate::abi::{BaridBuffer, BaridBytes, BaridPluginTable};

            static FORMAT: ::std::sync::LazyLock<::std::boxed::Box<dyn $crate::Format>> =
                ::std::sync::LazyLock::new(|| ::std::boxed::Box::new($format));

            static TABLE: BaridPluginTable = BaridPluginTable {
                abi_version: $crate::abi::BARID_ABI_VERSION,
                table_size: ::std::mem::size_of::<BaridPluginTable>() as u32,
                describe: Some(describe),
                decode: Some(decode),
                encode: Some(encode),
                free_buffer: Some($crate::export::free_buffer),
            };

            unsafe extern "C" fn describe(reply: *mut BaridBuffer) -> i32 {
                // SAFETY: the arguments are the hub's, as the table's contract has them.
                unsafe { $crate::export::describe(|| &**FORMAT, reply) }
            }

            unsafe extern "C" fn decode(request: BaridBytes, reply: *mut BaridBuffer) -> i32 {
                // SAFETY: as in `describe`.
                unsafe { $crate::export::decode(|| &**FORMAT, request, reply) }
            }

            unsafe extern "C" fn encode(request: BaridBytes, reply: *mut BaridBuffer) -> i32 {
                // SAFETY: as in `describe`.
                unsafe { $crate::export::encode(|| &**FORMAT, request, reply) }
            }

            // SAFETY: the name is the boundary's own; nothing else defines it.
            #[unsafe(no_mangle)]
            extern "C" fn barid_plugin_entry() -> *const BaridPluginTable {
                &raw const TABLE
            }
        };
    };
}

/// Why a call has no reply, and the text for the hub's operator.
type Failure = (i32, String);

/// Answers `describe`.
///
/// # Safety
/// `reply` is null or points to a [`BaridBuffer`] that may be written.
#[expect(unsafe_code, reason = "called with the hub's pointers")]
pub unsafe fn describe(format: impl Fn() -> &'static dyn Format, reply: *mut BaridBuffer) -> i32 {
    // SAFETY: the caller promises what `answer` asks for.
    unsafe { answer(reply, || Ok(format().describe().encode_to_vec())) }
}

/// Answers `decode`.
///
/// # Safety
/// `reply` is null or points to a [`BaridBuffer`] that may be written; `request.ptr` is null or
/// points to `request.len` bytes that nobody changes during the call.
#[expect(unsafe_code, reason = "called with the hub's pointers")]
pub unsafe fn decode(
    format: impl Fn() -> &'static dyn Format,
    request: BaridBytes,
    reply: *mut BaridBuffer,
) -> i32 {
    let work = || {
        // SAFETY: the caller promises what `read` asks for.
        let request: DecodeRequest = unsafe { read(request) }?;
        Ok(format().decode(&request).encode_to_vec())
    };
    // SAFETY: the caller promises what `answer` asks for.
    unsafe { answer(reply, work) }
}

/// Answers `encode`.
///
/// # Safety
/// As for [`decode`].
#[expect(unsafe_code, reason = "called with the hub's pointers")]
pub unsafe fn encode(
    format: impl Fn() -> &'static dyn Format,
    request: BaridBytes,
    reply: *mut BaridBuffer,
) -> i32 {
    let work = || {
        // SAFETY: the caller promises what `read` asks for.
        let request: EncodeRequest = unsafe { read(request) }?;
        Ok(format().encode(&request).encode_to_vec())
    };
    // SAFETY: the caller promises what `answer` asks for.
    unsafe { answer(reply, work) }
}

/// Frees what [`describe`], [`decode`] or [`encode`] put into a buffer, and empties it.
///
/// # Safety
/// `buffer` is null or points to a [`BaridBuffer`] that is all zero or holds what one of the three
/// functions wrote, unchanged and not yet freed.
#[expect(unsafe_code, reason = "takes back memory that crossed the boundary")]
pub unsafe extern "C" fn free_buffer(buffer: *mut BaridBuffer) {
    // SAFETY: null or valid, by the caller's promise.
    let Some(buffer) = (unsafe { buffer.as_mut() }) else { return };
    let owner = std::mem::replace(&mut buffer.owner, std::ptr::null_mut());
    buffer.ptr = std::ptr::null_mut();
    buffer.len = 0;
    if !owner.is_null() {
        // SAFETY: `fill` made the owner with `Box::into_raw`, and it is taken out only here.
        drop(unsafe { Box::from_raw(owner.cast::<Vec<u8>>()) });
    }
}

/// Does the work, keeps every panic in, and fills the reply with the result or with a text.
///
/// # Safety
/// `reply` is null or points to a [`BaridBuffer`] that may be written.
#[expect(unsafe_code, reason = "writes through the hub's pointer")]
unsafe fn answer(reply: *mut BaridBuffer, work: impl FnOnce() -> Result<Vec<u8>, Failure>) -> i32 {
    // SAFETY: null or valid, by the caller's promise.
    let Some(reply) = (unsafe { reply.as_mut() }) else { return BARID_STATUS_NULL_ARGUMENT };
    // A format has no memory of earlier calls, so a panic leaves nothing half changed behind.
    let outcome = catch_unwind(AssertUnwindSafe(work))
        .unwrap_or_else(|panic| Err((BARID_STATUS_FAULT, panic_text(panic))))
        .and_then(within_bound);
    let (status, bytes) = match outcome {
        Ok(bytes) => (BARID_STATUS_OK, bytes),
        Err((status, text)) => (status, text.into_bytes()),
    };
    fill(reply, bytes);
    status
}

/// Reads a request.
///
/// # Safety
/// `request.ptr` is null or points to `request.len` bytes that nobody changes during the call.
#[expect(unsafe_code, reason = "reads through the hub's pointer")]
unsafe fn read<M: Message + Default>(request: BaridBytes) -> Result<M, Failure> {
    if request.ptr.is_null() {
        return Err((BARID_STATUS_NULL_ARGUMENT, "the request's pointer is null".to_owned()));
    }
    if request.len > BARID_MESSAGE_BYTES_MAX {
        let text = format!(
            "the request has {} bytes; at most {BARID_MESSAGE_BYTES_MAX} are read",
            request.len
        );
        return Err((BARID_STATUS_REQUEST_INVALID, text));
    }
    // SAFETY: not null, and `len` readable bytes by the caller's promise.
    let bytes = unsafe { std::slice::from_raw_parts(request.ptr, request.len) };
    M::decode(bytes).map_err(|error| {
        (BARID_STATUS_REQUEST_INVALID, format!("the request is unreadable: {error}"))
    })
}

fn within_bound(bytes: Vec<u8>) -> Result<Vec<u8>, Failure> {
    if bytes.len() <= BARID_MESSAGE_BYTES_MAX {
        return Ok(bytes);
    }
    let text =
        format!("the reply has {} bytes; at most {BARID_MESSAGE_BYTES_MAX} may be", bytes.len());
    Err((BARID_STATUS_FAULT, text))
}

fn fill(reply: &mut BaridBuffer, bytes: Vec<u8>) {
    // The vector itself goes along as owner: it alone knows its capacity.
    let mut owner = Box::new(bytes);
    reply.ptr = owner.as_mut_ptr();
    reply.len = owner.len();
    reply.owner = Box::into_raw(owner).cast::<c_void>();
}

fn panic_text(panic: Box<dyn Any + Send>) -> String {
    let text = match panic.downcast::<String>() {
        Ok(text) => *text,
        Err(panic) => match panic.downcast::<&'static str>() {
            Ok(text) => (*text).to_owned(),
            Err(other) => {
                // Dropping a stranger's value could panic again, outside the net.
                std::mem::forget(other);
                "a panic without text".to_owned()
            }
        },
    };
    format!("the format panicked: {text}")
}
