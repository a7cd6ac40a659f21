//! What `export_format!` exports, called as a hub calls it: through the symbol and the table.

#![expect(unsafe_code, reason = "stands in for the hub on the other side of the boundary")]
#![expect(clippy::expect_used, clippy::panic, reason = "a test says what it expected")]

use std::ptr;

use barid_plugin::abi::{
    BARID_ABI_VERSION, BARID_MESSAGE_BYTES_MAX, BARID_STATUS_FAULT, BARID_STATUS_NULL_ARGUMENT,
    BARID_STATUS_OK, BARID_STATUS_REQUEST_INVALID, BaridBuffer, BaridBytes, BaridPluginTable,
};
use barid_plugin::v1::{DecodeReply, DecodeRequest, EncodeReply, EncodeRequest, PluginDescription};
use barid_plugin::{Format, Place, Problems, export_format};
use prost::Message;

/// Echoes, and panics on demand.
struct Echo;

impl Format for Echo {
    fn describe(&self) -> PluginDescription {
        PluginDescription { name: "echo".to_owned(), ..PluginDescription::default() }
    }

    fn decode(&self, request: &DecodeRequest) -> DecodeReply {
        match request.input.as_slice() {
            b"panic" => panic!("line {} is odd", 7),
            b"panic without text" => std::panic::panic_any(7_u8),
            _ => {}
        }
        let mut problems = Problems::new();
        problems.error("echo", Place::line(1, 1), &[("en", "as asked")], &[]);
        DecodeReply { problems: problems.into_vec(), ..DecodeReply::default() }
    }

    fn encode(&self, request: &EncodeRequest) -> EncodeReply {
        EncodeReply { output: request.format.clone().into_bytes(), ..EncodeReply::default() }
    }
}

export_format!(Echo);

unsafe extern "C" {
    fn barid_plugin_entry() -> *const BaridPluginTable;
}

fn table() -> &'static BaridPluginTable {
    // SAFETY: defined by the macro above; the table is a static.
    unsafe { barid_plugin_entry().as_ref() }.expect("the table is not null")
}

type Call = unsafe extern "C" fn(BaridBytes, *mut BaridBuffer) -> i32;

fn empty() -> BaridBuffer {
    BaridBuffer { ptr: ptr::null_mut(), len: 0, owner: ptr::null_mut() }
}

/// Copies a reply, gives it back to the plugin, and sees that it is empty afterwards.
fn take(mut reply: BaridBuffer) -> Vec<u8> {
    assert!(!reply.ptr.is_null());
    // SAFETY: the plugin filled it.
    let bytes = unsafe { std::slice::from_raw_parts(reply.ptr, reply.len) }.to_vec();
    let free = table().free_buffer.expect("required");
    // SAFETY: as filled. The second time it is all zero.
    unsafe {
        free(&raw mut reply);
        free(&raw mut reply);
    }
    assert!(reply.ptr.is_null() && reply.len == 0 && reply.owner.is_null());
    bytes
}

fn call(function: Call, request: &[u8]) -> (i32, Vec<u8>) {
    let mut reply = empty();
    // SAFETY: a slice, and a buffer that is all zero.
    let status = unsafe {
        function(BaridBytes { ptr: request.as_ptr(), len: request.len() }, &raw mut reply)
    };
    (status, take(reply))
}

fn decode(input: &[u8]) -> (i32, Vec<u8>) {
    let request = DecodeRequest { input: input.to_vec(), ..DecodeRequest::default() };
    call(table().decode.expect("required"), &request.encode_to_vec())
}

#[test]
fn table_begins_with_version_and_size() {
    assert_eq!(table().abi_version, BARID_ABI_VERSION);
    assert_eq!(table().table_size as usize, std::mem::size_of::<BaridPluginTable>());
}

#[test]
fn describe_answers_with_the_description() {
    let mut reply = empty();
    // SAFETY: a buffer that is all zero.
    let status = unsafe { table().describe.expect("required")(&raw mut reply) };
    assert_eq!(status, BARID_STATUS_OK);
    let description = PluginDescription::decode(&*take(reply)).expect("a description");
    assert_eq!(description, Echo.describe());
}

#[test]
fn decode_and_encode_answer_with_their_replies() {
    let (status, bytes) = decode(b"anything");
    assert_eq!(status, BARID_STATUS_OK);
    let reply = DecodeReply::decode(&*bytes).expect("a reply");
    assert_eq!(reply.problems.len(), 1);

    let request = EncodeRequest { format: "echo/x".to_owned(), ..EncodeRequest::default() };
    let (status, bytes) = call(table().encode.expect("required"), &request.encode_to_vec());
    assert_eq!(status, BARID_STATUS_OK);
    assert_eq!(EncodeReply::decode(&*bytes).expect("a reply").output, b"echo/x");
}

#[test]
fn panic_becomes_a_fault_with_its_text() {
    let (status, text) = decode(b"panic");
    assert_eq!(status, BARID_STATUS_FAULT);
    assert_eq!(text, b"the format panicked: line 7 is odd");
    let (status, text) = decode(b"panic without text");
    assert_eq!(status, BARID_STATUS_FAULT);
    assert_eq!(text, b"the format panicked: a panic without text");
    assert_eq!(decode(b"and goes on").0, BARID_STATUS_OK);
}

#[test]
fn unreadable_request_is_refused_with_a_text() {
    let (status, text) = call(table().encode.expect("required"), b"\xFF\xFF");
    assert_eq!(status, BARID_STATUS_REQUEST_INVALID);
    assert!(String::from_utf8(text).expect("UTF-8").starts_with("the request is unreadable"));
}

#[test]
fn null_pointers_are_refused() {
    let nothing = BaridBytes { ptr: ptr::null(), len: 0 };
    let mut reply = empty();
    // SAFETY: the contract of the exported functions covers null.
    let status = unsafe { table().decode.expect("required")(nothing, &raw mut reply) };
    assert_eq!(status, BARID_STATUS_NULL_ARGUMENT);
    assert_eq!(take(reply), b"the request's pointer is null");
    // SAFETY: as above.
    unsafe {
        assert_eq!(
            table().describe.expect("required")(ptr::null_mut()),
            BARID_STATUS_NULL_ARGUMENT
        );
        table().free_buffer.expect("required")(ptr::null_mut());
    }
}

#[test]
fn oversized_request_is_refused_before_it_is_read() {
    let mut reply = empty();
    let request = BaridBytes { ptr: b"x".as_ptr(), len: BARID_MESSAGE_BYTES_MAX + 1 };
    // SAFETY: the length is beyond the bound, so that no byte is read.
    let status = unsafe { table().decode.expect("required")(request, &raw mut reply) };
    assert_eq!(status, BARID_STATUS_REQUEST_INVALID);
    assert!(!take(reply).is_empty());
}
