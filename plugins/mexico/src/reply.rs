//! Replies of a format for pilots: a pilot paper or problems, and nothing else ever.

use barid_json_reading::shown;
use barid_plugin::problem::text;
use barid_plugin::{Format, Place, Problems};
use barid_proto::v1::{
    DataClass, DecodeReply, DecodeRequest, EncodeReply, EncodeRequest, FilingContent, FilingKind,
    FormatDescription, PilotPaper, filing_content::Content,
};

use crate::{class, spanish};

/// A format for pilot papers, with its title in Spanish, English and Arabic.
#[must_use]
pub fn described(
    id: &str,
    media_type: &str,
    writes: bool,
    [es, en, ar]: [&str; 3],
) -> FormatDescription {
    let kinds = vec![i32::from(FilingKind::PilotPaper)];
    FormatDescription {
        id: id.to_owned(),
        media_types: vec![media_type.to_owned()],
        encodes: if writes { kinds.clone() } else { Vec::new() },
        decodes: kinds,
        title: text(&[("es", es), ("en", en), ("ar", ar)]),
    }
}

/// The reply to a request to read: without content when anything is wrong with it, or when another
/// kind of filing was asked for. A format for pilots makes pilot papers only, so that nothing it
/// reads can stand on a docket of live cases.
#[must_use]
pub fn decoded(
    request: &DecodeRequest,
    paper: Option<PilotPaper>,
    mut problems: Problems,
) -> DecodeReply {
    let asked = request.kind;
    if ![i32::from(FilingKind::Unspecified), FilingKind::PilotPaper.into()].contains(&asked) {
        say_pilots_only(&mut problems);
    }
    let paper = paper.filter(|_| !problems.has_errors());
    let docket_numbers = paper.as_ref().map(numbers).unwrap_or_default();
    let content = paper.map(|paper| FilingContent { content: Some(Content::PilotPaper(paper)) });
    DecodeReply { content, problems: spanish::beside(problems.into_vec()), docket_numbers }
}

/// Most docket numbers for the case's index, each once: as many as the hub takes.
const INDEX_MAX: usize = 10_000;

fn numbers(paper: &PilotPaper) -> Vec<barid_proto::v1::DocketNumber> {
    let rows = paper.table.iter().flat_map(|table| &table.rows);
    let all = paper.docket_numbers.iter().chain(rows.flat_map(|row| &row.docket_numbers));
    let mut seen = std::collections::BTreeSet::new();
    all.filter(|number| seen.insert((&number.institution, &number.literal, &number.normal)))
        .take(INDEX_MAX)
        .cloned()
        .collect()
}

/// The reply to a request to write a paper in a format of `plugin`, as a document of this media
/// type and name. What was written is read again, so that it is said what the format does not
/// express. A paper of a live case is not written.
#[must_use]
pub fn written(
    plugin: &impl Format,
    request: &EncodeRequest,
    (media_type, name): (&str, &str),
    write: impl FnOnce(&PilotPaper, &mut Problems) -> Option<Vec<u8>>,
) -> EncodeReply {
    let mut problems = Problems::new();
    let paper = paper(request, &mut problems);
    let output = paper.and_then(|paper| {
        let output = write(paper, &mut problems)?;
        say_lost(&mut problems, paper, read_again(plugin, &request.format, &output).as_ref());
        Some(output)
    });
    let output = output.filter(|_| !problems.has_errors());
    let problems = spanish::beside(problems.into_vec());
    match output {
        Some(output) => EncodeReply {
            output,
            media_type: media_type.to_owned(),
            name: name.to_owned(),
            problems,
        },
        None => EncodeReply { problems, ..EncodeReply::default() },
    }
}

fn paper<'r>(request: &'r EncodeRequest, problems: &mut Problems) -> Option<&'r PilotPaper> {
    let content = request.content.as_ref().and_then(|content| content.content.as_ref());
    let Some(Content::PilotPaper(paper)) = content else {
        say_unknown_format(problems, &request.format);
        return None;
    };
    if paper.data_class() == DataClass::Live {
        class::say_live(problems, &Place::path("data_class"));
        return None;
    }
    Some(paper)
}

/// What a reader makes of a document that was just written.
fn read_again(plugin: &impl Format, format: &str, output: &[u8]) -> Option<PilotPaper> {
    let request = DecodeRequest {
        format: format.to_owned(),
        input: output.to_vec(),
        ..DecodeRequest::default()
    };
    match plugin.decode(&request).content {
        Some(FilingContent { content: Some(Content::PilotPaper(paper)) }) => Some(paper),
        _ => None,
    }
}

/// The reply to a request to read in a format that the plugin does not have.
#[must_use]
pub fn unknown_format_to_read(format: &str) -> DecodeReply {
    let mut problems = Problems::new();
    say_unknown_format(&mut problems, format);
    DecodeReply { problems: problems.into_vec(), ..DecodeReply::default() }
}

/// The reply to a request to write in a format that the plugin does not have.
#[must_use]
pub fn unknown_format_to_write(format: &str) -> EncodeReply {
    let mut problems = Problems::new();
    say_unknown_format(&mut problems, format);
    EncodeReply { problems: problems.into_vec(), ..EncodeReply::default() }
}

/// Says that a format does not carry what is asked of it.
pub fn say_unknown_format(problems: &mut Problems, format: &str) {
    let format = shown(format);
    problems.error(
        "format-unknown",
        Place::default(),
        &[
            ("es", &format!("El formato {format} no corresponde a este tipo de documento.")),
            ("en", &format!("The format {format} does not carry this kind of filing.")),
            ("ar", &format!("الصيغة {format} لا تناسب هذا النوع من الوثائق.")),
        ],
        &[
            ("es", "Elija otro formato."),
            ("en", "Choose another format."),
            ("ar", "اختر صيغة أخرى."),
        ],
    );
}

fn say_pilots_only(problems: &mut Problems) {
    problems.error(
        "kind-differs",
        Place::default(),
        &[
            ("es", "Este formato solo produce documentos de piloto."),
            ("en", "This format makes pilot papers only."),
            ("ar", "هذه الصيغة للوثائق التجريبية فقط."),
        ],
        &[
            ("es", "Envíe el documento como FILING_KIND_PILOT_PAPER."),
            ("en", "File it as FILING_KIND_PILOT_PAPER."),
            ("ar", "أودعها بنوع \u{2066}FILING_KIND_PILOT_PAPER\u{2069}."),
        ],
    );
}

/// Says which parts of a paper the written document does not have, by comparing it with what the
/// format reads from it.
fn say_lost(problems: &mut Problems, paper: &PilotPaper, read_again: Option<&PilotPaper>) {
    let Some(again) = read_again else {
        problems.error("not-expressible", Place::path("$"), &NOT_EXPRESSED, &[]);
        return;
    };
    let parts = [
        ("title", paper.title == again.title),
        ("purpose", paper.purpose == again.purpose),
        ("foreign_case", paper.foreign_case == again.foreign_case),
        ("outcome_literal", paper.outcome_literal == again.outcome_literal),
        ("outcome", paper.outcome == again.outcome),
        ("data_class", paper.data_class == again.data_class),
        ("docket_numbers", paper.docket_numbers == again.docket_numbers),
        ("facts", paper.facts == again.facts),
        ("parts", paper.parts == again.parts),
        ("points", paper.points == again.points),
        ("table", paper.table == again.table),
    ];
    for (part, _) in parts.into_iter().filter(|(_, same)| !same) {
        problems.warning("not-expressible", Place::path(part), &NOT_EXPRESSED, &[]);
    }
}

const NOT_EXPRESSED: [(&str, &str); 3] = [
    ("es", "El formato no expresa esta parte tal como está."),
    ("en", "The format does not express this part as it is."),
    ("ar", "لا تعبّر الصيغة عن هذا الجزء كما هو."),
];
