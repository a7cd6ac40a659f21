//! The chain of custody as a table.

use barid_client::custody::{Event, SignedBy};
use barid_proto::text::visible;
use jiff::tz::TimeZone;

use super::grid::Grid;
use super::{number, short, shown_office, time};
use crate::wording::{self, Lang, Msg};

/// One row for each event.
pub(crate) fn table(lang: Lang, events: &[Event], zone: &TimeZone) -> String {
    if events.is_empty() {
        return lang.say(Msg::CustodyEmpty, &[]);
    }
    let headings = [
        Msg::HeadTime,
        Msg::HeadLeaf,
        Msg::HeadEvent,
        Msg::HeadOffice,
        Msg::HeadFiling,
        Msg::HeadSigned,
    ];
    let mut grid = Grid::new(lang, headings.map(|heading| lang.pick(heading.wording())));
    for event in events {
        grid.row([
            time::second(i64::try_from(event.at_ms).unwrap_or(0), zone),
            event.leaf_index.to_string(),
            format!("{}\n{}", what(lang, event), event.kind.name()),
            shown_office(Some(&event.office)),
            about(lang, event),
            lang.say(signed(event), &[]),
        ]);
    }
    grid.render()
}

/// What happened, with the number or grounds that go with it.
fn what(lang: Lang, event: &Event) -> String {
    let word = wording::event(lang, event.kind);
    match (&event.docket_number, more(lang, event)) {
        (_, more) if more.is_empty() => word.to_owned(),
        (Some(_), more) => lang.say(Msg::DeliveryUnder, &[word, &more]),
        (None, more) => format!("{word}: {more}"),
    }
}

/// The docket number or the grounds, as far as they can be shown without harm.
pub(super) fn more(lang: Lang, event: &Event) -> String {
    match &event.docket_number {
        Some(given) => number(given),
        None => visible(&lang.list(&event.grounds)),
    }
}

/// The filing that an event is about.
pub(super) fn about(lang: Lang, event: &Event) -> String {
    let kind = event.about_kind.map_or("-", |kind| wording::kind(lang, kind));
    format!("{kind} {}", lang.isolate(&short(&event.about)))
}

fn signed(event: &Event) -> Msg {
    match event.signed_by {
        SignedBy::Office => Msg::SignedOffice,
        SignedBy::Log => Msg::SignedLog,
    }
}
