//! How much, how many, how long: the settings of `[limits]`.

use serde::Deserialize;

macro_rules! limits {
    ($($name:ident: $type:ty = $default:literal, $about:literal;)*) => {
        /// How much, how many, how long. The example says why.
        #[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
        #[serde(deny_unknown_fields, default)]
        pub struct LimitSettings {
            $(#[doc = $about] pub $name: $type,)*
        }

        impl Default for LimitSettings {
            fn default() -> Self {
                Self { $($name: $default,)* }
            }
        }

        impl LimitSettings {
            /// Settings by name, all as one type, for the rule that none may be 0.
            pub(super) fn all(&self) -> Vec<(&'static str, u64)> {
                vec![$((stringify!($name), u64::try_from(self.$name).unwrap_or(u64::MAX)),)*]
            }
        }
    };
}

limits! {
    handshakes: usize = 256, "Handshakes at once.";
    handshakes_per_address: usize = 64, "Handshakes at once from one address.";
    handshake_timeout_ms: u64 = 10_000, "Time for a handshake and for the first words after it.";
    connections: usize = 1024, "Open connections.";
    connections_per_institution: usize = 256, "Open connections of one institution.";
    streams_per_connection: u32 = 128, "Requests at once on one connection.";
    keepalive_interval_ms: u64 = 20_000, "Silence after which a connection is asked for life.";
    keepalive_timeout_ms: u64 = 20_000, "Time for it to answer.";
    requests: usize = 512, "Requests at once.";
    checks: usize = 8, "`Check` requests at once.";
    requests_per_second: u32 = 500, "Requests a second of one institution.";
    request_burst: u32 = 2000, "Requests of one institution at once.";
    request_deadline_ms: u64 = 30_000, "Time for a request.";
    upload_deadline_ms: u64 = 1_800_000, "Time for an upload.";
    chunk_timeout_ms: u64 = 30_000, "Time for one step of an upload.";
}
