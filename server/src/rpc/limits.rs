//! How much, how many, how long: what the hub takes from the network.
//!
//! [`Limits`] are the operator's to set. The constants are not: they follow from the protocol or
//! from measurement.

use std::time::Duration;

/// Any method that has no limits of its own.
pub(super) const ANY_PATH: &str = "";

/// A method of its own limits: it takes a whole document in one message.
pub(super) const CHECK_PATH: &str = "/barid.v1.FilingService/Check";

/// A method of its own limits: it lasts as long as the sender's link takes.
pub(super) const UPLOAD_PATH: &str = "/barid.v1.ExhibitService/UploadExhibit";

const KIB: usize = 1024;
const MIB: usize = 1024 * KIB;

/// Largest request, in bytes: the 1 MiB of small documents that may come with an envelope, or of
/// one chunk of an upload, and 256 KiB for what stands beside it.
const REQUEST_BYTES_MAX: usize = MIB + 256 * KIB;

/// Largest `Check`, in bytes: a document of 16 MiB, and 1 MiB for what stands beside it.
const CHECK_BYTES_MAX: usize = 17 * MIB;

/// Largest chunk of an upload, in bytes, as the protocol says.
pub(super) const CHUNK_BYTES_MAX: usize = MIB;

/// Largest request that a method takes, in bytes.
pub(super) fn request_bytes_max(path: &str) -> usize {
    if path == CHECK_PATH { CHECK_BYTES_MAX } else { REQUEST_BYTES_MAX }
}

/// HTTP/2 window of a stream, in bytes: one chunk under way while the one before is written.
pub(super) const STREAM_WINDOW_BYTES: u32 = 1024 * 1024;

/// HTTP/2 window of a connection, in bytes: more gained nothing when measured.
pub(super) const CONNECTION_WINDOW_BYTES: u32 = 4 * 1024 * 1024;

/// HTTP/2 frame, in bytes: fewer frames for each chunk than the 16 KiB of the protocol's default.
pub(super) const FRAME_BYTES: u32 = 64 * 1024;

/// Request headers, in bytes: gRPC's own, with a generous trace context.
pub(super) const HEADER_BYTES_MAX: u32 = 16 * 1024;

/// Bytes a connection may hold for a stream whose reader is slow.
pub(super) const SEND_BUFFER_BYTES: usize = 256 * KIB;

/// How long the accept loop rests after a failure such as having no file descriptor left.
pub(super) const ACCEPT_PAUSE: Duration = Duration::from_millis(100);

/// What an operator may set.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Limits {
    /// Handshakes at once. Connections beyond wait in the kernel.
    pub handshakes: usize,
    /// Handshakes at once from one address, so that none can take all. Those beyond are closed.
    pub handshakes_per_address: usize,
    /// Time for a handshake, and then for the client's first words of HTTP/2.
    pub handshake_timeout: Duration,
    /// Open connections.
    pub connections: usize,
    /// Open connections of one institution, so that none can take all.
    pub connections_per_institution: usize,
    /// Requests at once on one connection.
    pub streams_per_connection: u32,
    /// A connection that was silent for so long is asked whether it lives.
    pub keepalive_interval: Duration,
    /// And closed when it does not answer within this time.
    pub keepalive_timeout: Duration,
    /// Requests at once, all connections together. Streams count until they begin to answer.
    pub requests: usize,
    /// `Check`s at once, which are large.
    pub checks: usize,
    /// Requests a second of one institution, on average.
    pub requests_per_second: u32,
    /// Requests of one institution at once before the average counts.
    pub request_burst: u32,
    /// Time for a request.
    pub request_deadline: Duration,
    /// Time for an upload.
    pub upload_deadline: Duration,
    /// Time for one step of an upload.
    pub chunk_timeout: Duration,
    /// Time from the signal to stop until what is still open is cut.
    pub drain_limit: Duration,
}

#[cfg(test)]
mod tests {
    use super::*;
    use prost::Message as _;
    use prost_types::FileDescriptorSet;

    #[test]
    fn methods_with_limits_of_their_own_exist() {
        let set = FileDescriptorSet::decode(barid_proto::FILE_DESCRIPTOR_SET).unwrap();
        let mut paths = Vec::new();
        for file in &set.file {
            for service in &file.service {
                let prefix = format!("/{}.{}", file.package(), service.name());
                paths.extend(service.method.iter().map(|m| format!("{prefix}/{}", m.name())));
            }
        }
        for path in [CHECK_PATH, UPLOAD_PATH] {
            assert!(paths.iter().any(|known| known == path), "{path} is not among {paths:?}");
        }
    }
}
