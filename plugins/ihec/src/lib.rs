//! The commission's formats: Form 110, appeals, decisions and other acts as JSON, and registers as
//! CSV or workbook.
//!
//! What each looks like is shown by example in `README.md` and `testdata/`. Where the law leaves it
//! to the Council what to make of a gap, a gap is a warning; an error says that a document cannot
//! be understood.

mod decode;
mod describe;
mod docket;
mod encode;
mod garbled;
mod json;
mod limits;
mod names;
mod register;

use barid_plugin::Format;
use barid_plugin::v1::{DecodeReply, DecodeRequest, EncodeReply, EncodeRequest, PluginDescription};

/// The commission's formats.
#[derive(Debug, Clone, Copy)]
pub struct Ihec;

impl Format for Ihec {
    fn describe(&self) -> PluginDescription {
        describe::plugin()
    }

    fn decode(&self, request: &DecodeRequest) -> DecodeReply {
        decode::reply(request)
    }

    fn encode(&self, request: &EncodeRequest) -> EncodeReply {
        encode::reply(request)
    }
}

barid_plugin::export_format!(Ihec);
