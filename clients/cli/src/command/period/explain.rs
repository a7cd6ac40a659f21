//! `barid period explain`: what the hub computed about the filings of a case.

use std::path::PathBuf;

use barid_client::client::CaseName;
use barid_client::verify::{self, ProvenFiling, Verdict};
use barid_proto::rules::RuleSet;
use barid_proto::v1::Assessment;
use serde_json::json;

use super::super::rules::Known;
use super::super::verify::{Belief, exit_code, gathered};
use super::super::{Desk, docket};
use super::{draw, page};
use crate::exit::Failure;
use crate::render::{json_periods, office, report, shown_office};
use crate::wording::{self, Msg};

/// Which case, and what of it.
#[derive(Debug, clap::Args)]
pub(in crate::command) struct Args {
    /// The case, by its identifier or a number (`ejp:612/2025`); asks the hub.
    #[arg(value_parser = docket::name, required_unless_present = "bundle")]
    case: Option<CaseName>,
    /// A bundle of the case: needs neither hub nor profile.
    #[arg(long, conflicts_with = "case")]
    bundle: Option<PathBuf>,
    /// Only the filing at this leaf.
    #[arg(long)]
    leaf: Option<u64>,
    /// Only this rule: `appeal-window`.
    #[arg(long)]
    rule: Option<String>,
    /// Texts of further rule sets to know.
    #[arg(long = "with", value_name = "FILE")]
    with: Vec<PathBuf>,
    /// Draw the days too, as an SVG picture; several get numbers behind the name.
    #[arg(long)]
    svg: Option<PathBuf>,
    #[command(flatten)]
    belief: Belief,
}

/// Explains what is proven; what is found about the bundle decides the exit code.
pub(super) async fn run(desk: &Desk, args: Args) -> Result<(), Failure> {
    let known = Known::with(desk, &args.with)?;
    let beliefs = args.belief.read(desk)?;
    let from_hub = args.bundle.is_none();
    let bundle = gathered(desk, args.bundle.as_deref(), args.case).await?;
    let mut believed = beliefs.believed();
    // Whose the keys are is asked of a bundle that somebody brought; here it is about days.
    believed.without_roots |= from_hub && believed.roots.is_none();
    let report = verify::examine(&bundle, &believed);
    let wanted = chosen(&report.filings, args.leaf, args.rule.as_deref());
    let (mut parts, mut told) = (Vec::new(), Vec::new());
    for (number, (filing, assessment)) in (1..).zip(&wanted) {
        let rules = rules(&known, assessment);
        parts.push(format!("{}\n{}", heading(desk, filing), page(desk, rules, assessment)));
        if let Some(path) = &args.svg {
            parts.push(draw(desk, path, number, rules, assessment)?);
        }
        told.push(json!({
            "leaf_index": filing.leaf_index,
            "kind": filing.body.kind().as_str_name(),
            "sender": office(filing.body.sender.as_ref()),
            "rule_set_known": rules.is_some(),
            "assessment": json_periods::assessment(assessment, true),
        }));
    }
    if wanted.is_empty() {
        parts.push(desk.screen.say(Msg::NoPeriods, &[]));
    }
    if report.verdict() != Verdict::Valid {
        parts.push(beliefs.view(desk).findings(&report.findings).join("\n"));
    }
    let value = json!({ "verdict": report::word(report.verdict()), "explained": told });
    desk.screen.show(&parts.join("\n"), &value);
    match exit_code(report.verdict()) {
        0 => Ok(()),
        code => Err(Failure::Said(code)),
    }
}

/// The assessments with readings that were asked for, in the order of the log.
pub(super) fn chosen<'a>(
    filings: &'a [ProvenFiling],
    leaf: Option<u64>,
    rule: Option<&str>,
) -> Vec<(&'a ProvenFiling, &'a Assessment)> {
    let mut chosen = Vec::new();
    for filing in filings.iter().filter(|one| leaf.is_none_or(|leaf| one.leaf_index == leaf)) {
        let all = filing.assessment.iter().flat_map(|added| &added.assessments);
        let asked = |one: &&Assessment| {
            !one.readings.is_empty() && rule.is_none_or(|rule| one.rule == rule)
        };
        chosen.extend(all.filter(asked).map(|one| (filing, one)));
    }
    chosen
}

/// The text an assessment was computed by, if it is known here.
fn rules<'a>(known: &'a Known, assessment: &Assessment) -> Option<&'a RuleSet> {
    let same = |set: &&RuleSet| {
        set.name() == assessment.rule_set_id && assessment.rule_set_sha256 == set.sha256
    };
    known.all().map(AsRef::as_ref).find(same)
}

fn heading(desk: &Desk, filing: &ProvenFiling) -> String {
    let lang = desk.screen.lang;
    let kind = wording::kind(lang, filing.body.kind());
    let sender = shown_office(filing.body.sender.as_ref());
    desk.screen.say(Msg::PeriodOf, &[kind, &sender, &filing.leaf_index.to_string()])
}
