//! Whether the pages have text, or are pictures only.

use hayro_syntax::content::UntypedIter;
use hayro_syntax::object::{Array, Dict, MaybeRef, Name, Object, Stream};
use hayro_syntax::page::{Page, Pages, Resources};

use super::streams::{CONTENT_BYTES_MAX, Unpacked, unpack};
use crate::finding::Mark;

/// Most pages that are looked at: a file of a court has a few hundred, and one that is scanned is
/// scanned from the beginning.
const PAGES_MAX: usize = 300;

/// Most bytes of all contents together.
const BYTES_MAX: usize = 64 * 1024 * 1024;

/// Most operators on all pages together.
const OPERATORS_MAX: u64 = 4_000_000;

/// How deep forms may lie within forms.
const DEPTH_MAX: u32 = 6;

/// What was seen on the pages.
#[derive(Debug, Default)]
pub(super) struct Seen {
    /// Pages that were looked at.
    pub(super) looked_at: u32,
    /// Of these: with text.
    pub(super) with_text: u32,
    /// Of these: without text, with a picture.
    scanned: u32,
}

impl Seen {
    /// What a person should know about it.
    pub(super) fn mark(&self) -> Option<Mark> {
        match (self.looked_at, self.with_text, self.scanned) {
            (0, ..) => None,
            (_, 0, 0) => Some(Mark::Blank),
            (_, 0, _) => Some(Mark::ScanOnly),
            (_, _, 0) => None,
            _ => Some(Mark::ScanPartly),
        }
    }
}

/// What is left of the bounds.
struct Budget {
    bytes: usize,
    operators: u64,
}

/// What one page shows.
#[derive(Default)]
struct Shown {
    text: bool,
    picture: bool,
    /// Something could not be read.
    unknown: bool,
}

/// Looks at the first pages.
pub(super) fn look_at(pages: &Pages<'_>) -> Seen {
    let mut budget = Budget { bytes: BYTES_MAX, operators: OPERATORS_MAX };
    let mut seen = Seen::default();
    for page in pages.iter().take(PAGES_MAX) {
        let shown = look_at_page(page, &mut budget);
        if budget.bytes == 0 || budget.operators == 0 {
            break;
        }
        // A page that may have text is not called a scan.
        if shown.unknown && !shown.text {
            continue;
        }
        seen.looked_at += 1;
        seen.with_text += u32::from(shown.text);
        seen.scanned += u32::from(shown.picture && !shown.text);
    }
    seen
}

fn look_at_page(page: &Page<'_>, budget: &mut Budget) -> Shown {
    let mut shown = Shown::default();
    let dictionary = page.raw();
    if let Some(stream) = dictionary.get::<Stream<'_>>("Contents") {
        look_at_stream(&stream, page.resources(), DEPTH_MAX, budget, &mut shown);
        return shown;
    }
    let Some(parts) = dictionary.get::<Array<'_>>("Contents") else { return shown };
    for part in parts.raw_iter() {
        let part = match part {
            MaybeRef::Ref(at) => page.xref().get::<Stream<'_>>(at.into()),
            MaybeRef::NotRef(object) => object.into_stream(),
        };
        if let Some(stream) = part {
            look_at_stream(&stream, page.resources(), DEPTH_MAX, budget, &mut shown);
        }
        if shown.text {
            break;
        }
    }
    shown
}

fn look_at_stream(
    stream: &Stream<'_>,
    resources: &Resources<'_>,
    depth: u32,
    budget: &mut Budget,
    shown: &mut Shown,
) {
    let max = CONTENT_BYTES_MAX.min(budget.bytes);
    let bytes = match unpack(stream, max) {
        Unpacked::Bytes(bytes) => bytes,
        Unpacked::TooLong => {
            budget.bytes -= max;
            shown.unknown = true;
            return;
        }
        Unpacked::Unknown => {
            shown.unknown = true;
            return;
        }
    };
    budget.bytes = budget.bytes.saturating_sub(bytes.len());
    let mut forms = Vec::new();
    let mut operators = UntypedIter::new(&bytes);
    while let Some(one) = operators.next() {
        budget.operators = budget.operators.saturating_sub(1);
        if budget.operators == 0 || shown.text {
            return;
        }
        match &**one.operator {
            b"Tj" | b"TJ" | b"'" | b"\"" => {
                shown.text |= one.operands().any(|shown| has_text(shown))
            }
            b"BI" => shown.picture = true,
            b"Do" => match one.operands().next() {
                Some(Object::Name(name)) => forms.extend(drawn(name, resources, shown)),
                _ => shown.unknown = true,
            },
            _ => {}
        }
    }
    for form in forms {
        if depth == 0 || shown.text || budget.bytes == 0 {
            return;
        }
        let own = form.dict().get::<Dict<'_>>("Resources").map(Resources::new);
        look_at_stream(&form, own.as_ref().unwrap_or(resources), depth - 1, budget, shown);
    }
}

/// The form that is drawn here, to be looked into; a picture is noted.
fn drawn<'a>(name: &Name<'_>, resources: &Resources<'a>, shown: &mut Shown) -> Option<Stream<'a>> {
    let stream = resources.get_x_object(name)?;
    if stream.dict().get::<Name<'_>>("Subtype").is_some_and(|kind| kind.as_str() == "Image") {
        shown.picture = true;
        return None;
    }
    Some(stream)
}

fn has_text(operand: &Object<'_>) -> bool {
    match operand {
        Object::String(string) => !string.as_ref().is_empty(),
        Object::Array(parts) => parts.raw_iter().any(|part| {
            matches!(part, MaybeRef::NotRef(Object::String(string)) if !string.as_ref().is_empty())
        }),
        _ => false,
    }
}
