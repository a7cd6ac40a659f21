//! What an author of a format implements.

use barid_proto::v1::{DecodeReply, DecodeRequest, EncodeReply, EncodeRequest, PluginDescription};

/// One institution's ways of writing.
///
/// A format sees bytes and answers bytes. It has no clock, no network, no files and no memory of
/// earlier calls: the same request always gets the same reply. Calls may come from several threads
/// at once.
pub trait Format: Send + Sync + 'static {
    /// What this plugin is and which formats it knows. Constant.
    fn describe(&self) -> PluginDescription;

    /// Reads a document.
    ///
    /// Finds every problem of the document, not the first. With any problem of severity error the
    /// reply has no content; with warnings only it has both. Content is of the kind that was asked
    /// for; a document of another kind is a problem. Never invents what the document does not say:
    /// what is missing stays absent.
    fn decode(&self, request: &DecodeRequest) -> DecodeReply;

    /// Writes a filing in one of the plugin's formats, under a media type that `describe` gives for
    /// it. What the format cannot express is named in the reply's problems; with any problem of
    /// severity error there is no document.
    fn encode(&self, request: &EncodeRequest) -> EncodeReply;
}
