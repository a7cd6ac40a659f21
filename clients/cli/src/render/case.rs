//! A case and lists of cases.

use barid_proto::v1::CaseFile;
use jiff::tz::TimeZone;

use super::grid::Grid;
use super::{number, office, time};
use crate::wording::{self, Lang, Msg};

/// What stands above a docket.
pub(crate) fn heading(lang: Lang, case: &CaseFile, zone: &TimeZone) -> String {
    let or_dash = |text: &str| if text.is_empty() { "-".to_owned() } else { text.to_owned() };
    let numbers: Vec<String> = case.docket_numbers.iter().map(number).collect();
    let parties: Vec<String> = case.parties.iter().map(|party| office(Some(party))).collect();
    let class = wording::class(lang, case.data_class());
    let opened = time::minute(case.opened_at_unix_ms, zone);
    let rules = or_dash(&case.rule_set_id);
    let event = or_dash(&case.election_event_id);
    let lines = [
        lang.say(Msg::CaseOfId, &[&barid_client::hex::encode(&case.case_id)]),
        lang.say(Msg::CaseNumbers, &[&or_dash(&lang.list(&numbers))]),
        lang.say(Msg::CaseParties, &[&lang.list(&parties)]),
        lang.say(Msg::CaseOpened, &[&opened, wording::kind(lang, case.opened_by())]),
        lang.say(Msg::CaseClass, &[class, &rules, &event]),
    ];
    lines.map(|line| format!("{line}\n")).concat()
}

/// Cases, one to a row.
pub(crate) fn list(lang: Lang, cases: &[CaseFile], zone: &TimeZone) -> String {
    let headings =
        [Msg::HeadCase, Msg::HeadDocketNumber, Msg::HeadFiling, Msg::HeadTime, Msg::HeadFilings];
    let mut grid = Grid::new(lang, headings.map(|heading| lang.pick(heading.wording())));
    for case in cases {
        let numbers: Vec<String> = case.docket_numbers.iter().map(number).collect();
        grid.row([
            barid_client::hex::encode(&case.case_id),
            numbers.join("\n"),
            wording::kind(lang, case.opened_by()).to_owned(),
            time::minute(case.changed_at_unix_ms, zone),
            case.filings.to_string(),
        ]);
    }
    grid.render()
}
