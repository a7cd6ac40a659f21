//! From a filing's message to a paper for a pilot.

use barid_akn::reply::{self, Decoded};
use barid_plugin::Problems;
use barid_plugin::v1::{
    DecodeReply, DecodeRequest, FilingKind, PilotPaper, Rendering, Text, filing_content::Content,
};

use crate::filing::{Collector, Found};
use crate::messages::{self, Reads};
use crate::{missing, said};

/// Reads a message in one of its notations.
pub(crate) type Reader<'c> = fn(&[u8], &mut Collector<'c>, &mut Problems) -> bool;

/// Languages by their three letters (ISO 639-3), as messages write them, and their shortest tag.
const LANGUAGES: &[(&str, &str)] = &[
    ("ara", "ar"),
    ("deu", "de"),
    ("eng", "en"),
    ("fas", "fa"),
    ("fra", "fr"),
    ("kur", "ku"),
    ("spa", "es"),
    ("tur", "tr"),
];

/// Reads a filing.
pub(crate) fn decode<'r>(request: &'r DecodeRequest, read: Reader<'r>) -> DecodeReply {
    let mut unreadable = Problems::new();
    let mut collector = Collector::new(&request.institution);
    if !read(&request.input, &mut collector, &mut unreadable) {
        return reply::decoded(request, None, unreadable);
    }
    let (found, mut problems) = collector.finish();
    let mut unfit = Problems::new();
    if !is_filing(&found, &mut unfit) {
        return reply::decoded(request, None, unfit);
    }
    told_beside(&found, &mut problems);
    missing::list(&found, &mut problems);
    let read = Decoded {
        kind: FilingKind::PilotPaper,
        docket_numbers: found.filing.docket_numbers.clone(),
        content: Content::PilotPaper(paper(found)),
    };
    reply::decoded(request, Some(read), problems)
}

/// Whether the message is a filing. Otherwise it is told what it is.
fn is_filing(found: &Found, problems: &mut Problems) -> bool {
    let Some((name, namespace)) = &found.root else { return false };
    let Some(known) = messages::named(name).filter(|_| !found.filing.standard.is_empty()) else {
        said::not_ecf(problems, name, namespace);
        return false;
    };
    match known.reads {
        Reads::Filing | Reads::Wrapped if found.base.is_none() => {
            said::wraps_nothing(problems, name);
            false
        }
        Reads::Filing | Reads::Wrapped => true,
        Reads::Review | Reads::Docketing => {
            said::answer_not_filing(problems, name, known);
            false
        }
        Reads::Nothing => {
            said::not_filing(problems, name, known);
            false
        }
    }
}

/// What a person should know about the message as a whole.
fn told_beside(found: &Found, problems: &mut Problems) {
    let Some((name, namespace)) = &found.root else { return };
    if messages::standard(namespace).is_none() {
        said::extended(problems, name, namespace);
    }
    if found.paid {
        said::payment_left(problems, name);
    }
}

fn paper(found: Found) -> PilotPaper {
    let filing = found.filing;
    let lead = filing.documents.iter().find(|document| document.lead);
    let language = tag(lead.map_or("", |lead| &lead.language));
    // A message without any name is called what it calls itself; that is told as missing.
    let title = title(&filing.documents, &filing.case_title).unwrap_or(&filing.message_name);
    let rendering = Rendering { language, text: title.to_owned() };
    let number = filing.docket_numbers.first();
    PilotPaper {
        title: Some(Text { renderings: vec![rendering], authoritative: String::new() }),
        foreign_case: number.map(|number| number.literal.clone()).unwrap_or_default(),
        court_filing: Some(filing),
        ..PilotPaper::default()
    }
}

/// What a filing is called: its lead document, or its case. `None`: neither has a name.
pub(crate) fn title<'f>(
    documents: &'f [barid_plugin::v1::FiledDocument],
    case_title: &'f str,
) -> Option<&'f str> {
    let leads = documents.iter().filter(|document| document.lead);
    let mut names = leads.map(|lead| lead.description.as_str()).chain([case_title]);
    names.find(|name| !name.is_empty())
}

/// The BCP 47 tag of a language as messages write it; `und` when they do not say.
fn tag(written: &str) -> String {
    let lower = written.to_ascii_lowercase();
    let short = LANGUAGES.iter().find(|(long, _)| *long == lower).map(|(_, short)| *short);
    let plain = matches!(lower.len(), 2 | 3) && lower.bytes().all(|b| b.is_ascii_lowercase());
    match short {
        Some(short) => short.to_owned(),
        None if plain => lower,
        None => "und".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::tag;

    #[test]
    fn languages_get_their_shortest_tag() {
        for (written, short) in
            [("eng", "en"), ("SPA", "es"), ("ckb", "ckb"), ("en", "en"), ("", "und"), ("x?", "und")]
        {
            assert_eq!(tag(written), short);
        }
    }
}
