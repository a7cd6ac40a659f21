//! Replies of a court's format: content or problems, never half of both.

use barid_json_reading::shown;
use barid_plugin::{Place, Problems};
use barid_proto::v1::{
    DecodeReply, DecodeRequest, DocketNumber, EncodeReply, FilingContent, FilingKind,
    filing_content::Content,
};

/// What was read from a document.
#[derive(Debug)]
pub struct Decoded {
    /// The kind of filing it is.
    pub kind: FilingKind,
    /// Its content.
    pub content: Content,
    /// Docket numbers in it.
    pub docket_numbers: Vec<DocketNumber>,
}

/// The reply to a request to read: without content when anything is wrong with it, or when it is
/// another kind of filing than the sender says.
#[must_use]
pub fn decoded(
    request: &DecodeRequest,
    read: Option<Decoded>,
    mut problems: Problems,
) -> DecodeReply {
    if let Some(read) = &read
        && request.kind != i32::from(FilingKind::Unspecified)
        && request.kind != i32::from(read.kind)
    {
        say_kind_differs(&mut problems, read.kind);
    }
    let read = read.filter(|_| !problems.has_errors());
    let (content, docket_numbers) = match read {
        Some(read) => (Some(FilingContent { content: Some(read.content) }), read.docket_numbers),
        None => (None, Vec::new()),
    };
    DecodeReply { content, problems: problems.into_vec(), docket_numbers }
}

/// The reply to a request to write: without bytes when anything is wrong.
#[must_use]
pub fn encoded(output: Vec<u8>, media_type: &str, name: &str, problems: Problems) -> EncodeReply {
    if problems.has_errors() {
        return EncodeReply { problems: problems.into_vec(), ..EncodeReply::default() };
    }
    EncodeReply {
        output,
        media_type: media_type.to_owned(),
        name: name.to_owned(),
        problems: problems.into_vec(),
    }
}

/// The reply to a request to read in a format that the plugin does not have.
#[must_use]
pub fn unknown_format_to_read(format: &str) -> DecodeReply {
    let mut problems = Problems::new();
    say_unknown_format(&mut problems, format);
    DecodeReply { problems: problems.into_vec(), ..DecodeReply::default() }
}

/// The reply to a request to write what a format cannot express, or in a format that the plugin
/// does not have.
#[must_use]
pub fn not_writable(format: &str) -> EncodeReply {
    let mut problems = Problems::new();
    say_unknown_format(&mut problems, format);
    EncodeReply { problems: problems.into_vec(), ..EncodeReply::default() }
}

fn say_unknown_format(problems: &mut Problems, format: &str) {
    problems.error(
        "format-unknown",
        Place::default(),
        &[
            ("ar", &format!("الصيغة {} لا تناسب هذا النوع من الوثائق.", shown(format))),
            ("ckb", &format!("فۆرماتی {} بۆ ئەم جۆرە بەڵگەنامەیە ناگونجێت.", shown(format))),
            ("en", &format!("The format `{format}` does not carry this kind of filing.")),
        ],
        &[
            ("ar", "اختر صيغة أخرى."),
            ("ckb", "فۆرماتێکی تر هەڵبژێرە."),
            ("en", "Choose another format."),
        ],
    );
}

fn say_kind_differs(problems: &mut Problems, kind: FilingKind) {
    let kind = kind.as_str_name();
    problems.error(
        "kind-differs",
        Place::default(),
        &[
            ("ar", &format!("نوع الوثيقة هو {} لا النوع المعلن.", shown(kind))),
            ("ckb", &format!("جۆری بەڵگەنامەکە {}ە، نەک جۆرە ڕاگەیەنراوەکە.", shown(kind))),
            ("en", &format!("The document is a {kind}, not what the sender says.")),
        ],
        &[
            ("ar", "صحّح نوع الإيداع."),
            ("ckb", "جۆری ناردنەکە ڕاست بکەرەوە."),
            ("en", "Correct the kind of filing."),
        ],
    );
}
