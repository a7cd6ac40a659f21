//! `barid outage`: when hub or link was down, who says so, and what proves it.

use std::time::Duration;

use barid_client::client::{OutageReport, OwnOutage, WorkedMeanwhile, outage_draft};
use barid_client::outbox::{LinkOutage, Reach, Reported};
use barid_proto::text::visible;
use barid_proto::v1::{Assessment, OutageScope};
use jiff::tz::TimeZone;
use serde_json::{Value, json};

use super::{Desk, parse};
use crate::exit::Failure;
use crate::render::grid::Grid;
use crate::render::{json as values, office, time};
use crate::wording::{self, Lang, Msg};

/// What to do about outages.
#[derive(Debug, clap::Subcommand)]
pub(super) enum Command {
    /// Lists outages: what the hub states of itself, what witnesses' dates say of that, what
    /// offices report, and what this office noted of its own link.
    List,
    /// Shows one outage that the hub states or an office reports, with all that proves it.
    Show {
        /// Its leaf.
        leaf: u64,
    },
    /// Reports that this office could not reach the hub: what the outbox noted and nobody reported
    /// yet, or, with times, what the office's own book says.
    Report {
        /// Only what lasted for so many seconds.
        #[arg(long, default_value_t = 120)]
        at_least: u64,
        /// The first attempt that failed: `2025-11-23T14:10:00+03:00`.
        #[arg(long, requires = "until", value_parser = parse::instant)]
        from: Option<(i64, i32)>,
        /// When the hub was reached again.
        #[arg(long, requires = "from", value_parser = parse::instant)]
        until: Option<(i64, i32)>,
        /// How often it was tried in between.
        #[arg(long, requires = "from", default_value_t = 0)]
        attempts: u32,
        /// What was in the way: `no route to host`.
        #[arg(long, requires = "from", default_value = "")]
        cause: String,
    },
}

/// Lists, shows or reports outages.
pub(super) async fn run(desk: &Desk, command: Command) -> Result<(), Failure> {
    let client = desk.client()?;
    match command {
        Command::List => {
            let (own, reports) = client.outages().await?;
            list(desk, &own, &reports, &client.reach()?)
        }
        Command::Show { leaf } => {
            let (own, reports) = client.outages().await?;
            show(desk, &own, &reports, leaf)
        }
        Command::Report {
            from: Some((from_ms, _)),
            until: Some((until_ms, _)),
            attempts,
            cause,
            ..
        } => {
            if until_ms <= from_ms {
                return Err(Failure::usage("--until: an outage ends after it began"));
            }
            let report = Reported::No;
            let outage = LinkOutage { from_ms, until_ms, attempts, cause, report };
            desk.show_outcome(client.submit(outage_draft(&outage)).await, "")
        }
        Command::Report { at_least, .. } => {
            report(desk, client.report_outages(Duration::from_secs(at_least)).await?)
        }
    }
}

/// Shows what became of reports; none at all is told, too.
pub(super) fn report(
    desk: &Desk,
    outcomes: Vec<Result<barid_client::client::Filed, barid_client::ClientError>>,
) -> Result<(), Failure> {
    if outcomes.is_empty() {
        desk.screen.show(&desk.screen.say(Msg::NoOutageToReport, &[]), &json!({ "reported": 0 }));
    }
    // All are shown, and the first that failed decides.
    let mut first = Ok(());
    for outcome in outcomes {
        first = first.and(desk.show_outcome(outcome, ""));
    }
    first
}

/// One line of the table.
struct Row {
    who: String,
    scope: OutageScope,
    from_ms: i64,
    until_ms: i64,
    proof: String,
    value: Value,
}

fn list(
    desk: &Desk,
    own: &[OwnOutage],
    reports: &[OutageReport],
    reach: &Reach,
) -> Result<(), Failure> {
    let (lang, zone) = (desk.screen.lang, desk.zone()?);
    let mut rows: Vec<Row> = own.iter().flat_map(|one| of_hub(lang, &zone, one)).collect();
    rows.extend(reports.iter().map(|one| of_office(lang, one)));
    rows.extend(of_link(lang, reach));
    rows.sort_by_key(|row| row.from_ms);
    let headings =
        [Msg::HeadWho, Msg::HeadScope, Msg::HeadSince, Msg::HeadUntil, Msg::HeadProvenBy];
    let mut grid = Grid::new(lang, headings.map(|heading| lang.pick(heading.wording())));
    for row in &rows {
        grid.row([
            row.who.clone(),
            wording::outage_scope(lang, row.scope).to_owned(),
            time::second(row.from_ms, &zone),
            time::second(row.until_ms, &zone),
            row.proof.clone(),
        ]);
    }
    let text = if rows.is_empty() { lang.say(Msg::NoOutages, &[]) } else { grid.render() };
    let value: Vec<&Value> = rows.iter().map(|row| &row.value).collect();
    desk.screen.show(&text, &json!({ "outages": value }));
    Ok(())
}

/// What the hub states, and what its witnesses' dates say of it.
fn of_hub(lang: Lang, zone: &TimeZone, own: &OwnOutage) -> Vec<Row> {
    let outage = &own.outage;
    let leaf = own.stated.leaf_index.to_string();
    let proof = match own.contradicted {
        None => lang.say(Msg::ProofLeaf, &[&leaf]),
        Some(WorkedMeanwhile::Leaf(other)) => {
            lang.say(Msg::ProofAgainstLeaf, &[&leaf, &other.to_string()])
        }
        Some(WorkedMeanwhile::Cosigned(at_ms)) => {
            lang.say(Msg::ProofAgainstCosigned, &[&leaf, &time::second(signed(at_ms), zone)])
        }
    };
    let row = |who: Msg, from_ms, until_ms, proof: String, value| Row {
        who: lang.say(who, &[]),
        scope: outage.scope(),
        from_ms,
        until_ms,
        proof,
        value,
    };
    let (from_ms, until_ms) = (outage.from_unix_ms, outage.until_unix_ms);
    let mut rows = vec![row(Msg::WhoHub, from_ms, until_ms, proof, own_value(own))];
    if let (Some((size, at_ms)), Some(after_ms)) = (own.before, own.after_ms) {
        let value = json!({
            "by": "witnesses", "leaf": own.stated.leaf_index, "size_before": size,
            "from_unix_ms": at_ms, "until_unix_ms": after_ms,
        });
        let proof = lang.say(Msg::ProofBracket, &[&size.to_string(), &leaf]);
        rows.push(row(Msg::WhoWitnesses, signed(at_ms), signed(after_ms), proof, value));
    }
    rows
}

fn own_value(own: &OwnOutage) -> Value {
    let outage = &own.outage;
    let contradicted = own.contradicted.map(|how| match how {
        WorkedMeanwhile::Leaf(leaf) => json!({ "leaf": leaf }),
        WorkedMeanwhile::Cosigned(at_ms) => json!({ "cosigned_at_unix_ms": at_ms }),
    });
    json!({
        "by": "hub",
        "leaf": own.stated.leaf_index,
        "scope": outage.scope().as_str_name(),
        "from_unix_ms": outage.from_unix_ms,
        "until_unix_ms": outage.until_unix_ms,
        "size_before": outage.size_before,
        "witnessed_before_unix_ms": outage.witnessed_before_unix_ms,
        "witnessed_after_unix_ms": outage.witnessed_after_unix_ms,
        "contradicted": contradicted,
    })
}

/// What the hub computed about a report.
fn assessed(report: &OutageReport) -> Option<&Assessment> {
    let added = report.verified.assessment.as_ref()?;
    added.assessments.iter().find(|one| one.subject == "outage")
}

fn conclusion(report: &OutageReport) -> &str {
    let first = assessed(report).and_then(|assessed| assessed.readings.first());
    first.map_or("reported", |reading| reading.conclusion.as_str())
}

fn of_office(lang: Lang, one: &OutageReport) -> Row {
    let outage = one.report.outage.unwrap_or_default();
    let sender = office(one.verified.body.sender.as_ref());
    let leaf = one.verified.leaf_index.to_string();
    let worth = wording::report_worth(lang, conclusion(one));
    Row {
        who: visible(&sender),
        scope: outage.scope(),
        from_ms: outage.from_unix_ms,
        until_ms: outage.until_unix_ms,
        proof: lang.say(Msg::ProofReport, &[&leaf, worth]),
        value: json!({
            "by": sender,
            "leaf": one.verified.leaf_index,
            "scope": outage.scope().as_str_name(),
            "from_unix_ms": outage.from_unix_ms,
            "until_unix_ms": outage.until_unix_ms,
            "attempts": one.report.attempts,
            "cause": one.report.cause,
            "conclusion": conclusion(one),
            "leaves": assessed(one).map(|assessed| &assessed.leaves),
        }),
    }
}

/// What this office noted of its own link and has not reported.
fn of_link(lang: Lang, reach: &Reach) -> Vec<Row> {
    let row = |from_ms: i64, until_ms: i64, proof: Msg, attempts: u32, cause: &str| Row {
        who: lang.say(Msg::WhoOwn, &[]),
        scope: OutageScope::Link,
        from_ms,
        until_ms,
        proof: lang.say(proof, &[&attempts.to_string()]),
        value: json!({
            "by": "own", "from_unix_ms": from_ms, "until_unix_ms": until_ms,
            "attempts": attempts, "cause": cause,
        }),
    };
    let over = reach.over.iter().filter_map(|outage| {
        let proof = match outage.report {
            Reported::No => Msg::ProofOwn,
            Reported::Refused => Msg::ProofOwnRefused,
            // It is in the list as the hub has it.
            Reported::Leaf(_) => return None,
        };
        Some(row(outage.from_ms, outage.until_ms, proof, outage.attempts, &outage.cause))
    });
    let now =
        reach.now.iter().map(|now| row(now.from_ms, 0, Msg::ProofLasts, now.attempts, &now.cause));
    over.chain(now).collect()
}

fn show(
    desk: &Desk,
    own: &[OwnOutage],
    reports: &[OutageReport],
    leaf: u64,
) -> Result<(), Failure> {
    let (lang, zone) = (desk.screen.lang, desk.zone()?);
    if let Some(one) = own.iter().find(|one| one.stated.leaf_index == leaf) {
        let rows = of_hub(lang, &zone, one);
        let mut lines: Vec<String> = rows.iter().map(|row| line(lang, &zone, row)).collect();
        let outage = &one.outage;
        if outage.witnessed_before_unix_ms > 0 {
            let at = time::second(outage.witnessed_before_unix_ms, &zone);
            lines.push(lang.say(Msg::HubHeardBefore, &[&outage.size_before.to_string(), &at]));
        }
        let witnesses = one.stated.witnessed.cosigned.iter().map(|one| one.witness.as_str());
        let witnesses: Vec<&str> = witnesses.collect();
        lines.push(lang.say(Msg::StatementCosigned, &[&lang.list(&witnesses)]));
        let value = json!({ "outage": own_value(one), "statement": values::stated(&one.stated) });
        desk.screen.show(&lines.join("\n"), &value);
        return Ok(());
    }
    let Some(one) = reports.iter().find(|one| one.verified.leaf_index == leaf) else {
        return Err(Failure::usage(format!("leaf {leaf} states or reports no outage")));
    };
    let row = of_office(lang, one);
    let mut lines = vec![line(lang, &zone, &row)];
    let (attempts, cause) = (one.report.attempts.to_string(), one.report.cause.clone());
    let cause = visible(&cause);
    lines.push(lang.say(Msg::ReportSays, &[&attempts, &cause]));
    let explained = assessed(one).and_then(|assessed| assessed.explanation.as_ref());
    lines.push(lang.rendering(explained));
    lines.retain(|line| !line.is_empty());
    let value = json!({ "outage": row.value, "filing": values::verified(&one.verified) });
    desk.screen.show(&lines.join("\n"), &value);
    Ok(())
}

/// A row as a line of its own.
fn line(lang: Lang, zone: &TimeZone, row: &Row) -> String {
    let (from, until) = (time::second(row.from_ms, zone), time::second(row.until_ms, zone));
    let scope = wording::outage_scope(lang, row.scope);
    lang.say(Msg::OutageLine, &[&row.who, scope, &from, &until, &row.proof])
}

fn signed(at_ms: u64) -> i64 {
    i64::try_from(at_ms).unwrap_or(i64::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_lasts_or_was_not_reported_is_in_the_list() {
        let outage = |from_ms, report| LinkOutage {
            from_ms,
            until_ms: from_ms + 9,
            attempts: 4,
            cause: "no route to host".to_owned(),
            report,
        };
        let reach = Reach {
            now: Some(barid_client::outbox::Unreachable {
                from_ms: 90,
                last_ms: 95,
                attempts: 2,
                cause: String::new(),
            }),
            over: vec![
                outage(10, Reported::No),
                outage(20, Reported::Leaf(7)),
                outage(30, Reported::Refused),
            ],
        };
        for lang in [Lang::En, Lang::Ar] {
            let rows = of_link(lang, &reach);
            let spans: Vec<(i64, i64)> =
                rows.iter().map(|row| (row.from_ms, row.until_ms)).collect();
            assert_eq!(spans, [(10, 19), (30, 39), (90, 0)]);
            assert!(rows[0].proof.contains('4') && rows[2].proof.contains('2'));
            assert_eq!(rows[0].value["cause"], "no route to host");
        }
    }
}
