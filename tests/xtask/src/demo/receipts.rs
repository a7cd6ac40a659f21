//! Who holds which receipt; and the end: every receipt is checked with the hub stopped.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, bail};
use serde_json::Value;

use super::authority::CA;
use super::listing;
use super::office::{Filed, Office};
use super::stage::Stage;

/// Who takes case B with it.
const READER: &str = "ihec/national";

/// The exit code of `barid verify` for a receipt that does not hold.
const INVALID: i32 = 1;

/// Lines of a report that are shown in each language.
const SHOWN_LINES: usize = 25;

/// A table: the leaf of each filing of a case, who holds its receipt, who proved to have it.
pub(crate) fn holders(docket: &Value) -> anyhow::Result<String> {
    let lines = docket.get("docket").and_then(Value::as_array).context("no docket was told")?;
    let mut table =
        format!("{:>6}  {:<24} {:<22} {}\n", "leaf", "filing", "receipt", "proof of service");
    for line in lines {
        let filing = line.get("filing").unwrap_or(&Value::Null);
        let served = line.get("deliveries").and_then(Value::as_array);
        let served: Vec<String> = served.into_iter().flatten().map(proof).collect();
        table += &format!(
            "{:>6}  {:<24} {:<22} {}\n",
            filing.get("leaf_index").and_then(Value::as_u64).unwrap_or_default(),
            word(text(filing, "kind"), "FILING_KIND_"),
            text(filing, "sender"),
            if served.is_empty() { "-".to_owned() } else { served.join(", ") },
        );
    }
    Ok(table)
}

/// A recipient and the leaf that proves how far the filing came there.
fn proof(delivery: &Value) -> String {
    let leaf = ["settled_leaf", "acknowledged_leaf", "fetched_leaf"];
    let leaf = leaf.into_iter().find_map(|name| delivery.get(name)?.as_u64());
    let step = word(text(delivery, "step"), "DELIVERY_STEP_");
    let at = leaf.map_or_else(String::new, |leaf| format!(" {leaf}"));
    format!("{} {step}{at}", text(delivery, "recipient"))
}

fn text<'v>(value: &'v Value, name: &str) -> &'v str {
    value.get(name).and_then(Value::as_str).unwrap_or_default()
}

/// `FILING_KIND_APPEAL_FILED` as `appeal-filed`.
fn word(name: &str, prefix: &str) -> String {
    name.trim_start_matches(prefix).to_lowercase().replace('_', "-")
}

/// Every office fetches the rest of its inbox, and one the bundle of case B; the hub stops; all
/// receipts are checked, that of the ruling is shown, and the whole case.
pub(crate) fn play(stage: &mut Stage, ruling: &Filed) -> anyhow::Result<String> {
    stage.screen.scene("The hub stops; every receipt is checked without it");
    stage.close_inboxes()?;
    for office in stage.offices() {
        office.done(&["inbox", "receive"])?;
    }
    let case = bundled(stage, &ruling.case)?;
    stage.hub.stop()?;
    stage.screen.remark("the hub has stopped");
    let (mut own, mut served) = (0, 0);
    let mut one = None;
    for office in stage.offices() {
        let sent = sent(office)?;
        let kept = verified(office, &sent)?;
        let mut received = 0;
        for folder in listing(&office.path("inbox"))? {
            received += verified(office, &folder)?;
        }
        stage.screen.remark(&format!(
            "{:<22} {kept:>3} receipts of its own, {received:>3} of what it was served: valid",
            office.name
        ));
        own += kept;
        served += received;
        one.get_or_insert((office, sent));
    }
    let (office, sent) = one.context("there is an office")?;
    forged(stage, office, &sent)?;
    stage.screen.remark("one receipt with one bit changed: not valid");
    show(stage, ruling)?;
    whole_case(stage, &case)?;
    Ok(format!(
        "Everything held: 3 cases, {own} filings with valid receipts, {served} copies with valid \
         proofs, 1 kill -9, none lost, none twice"
    ))
}

/// One file that proves the whole of a case, with the keys' history, written before the hub stops.
fn bundled(stage: &Stage, case: &str) -> anyhow::Result<String> {
    let path = stage.made("caseB.barid")?.display().to_string();
    let told = stage.office(READER)?.done(&["bundle", case, "--output", &path])?;
    let filings = told.get("filings").and_then(Value::as_u64).context("no filings were told")?;
    stage.screen.remark(&format!("{READER} takes case B with it: caseB.barid, {filings} filings"));
    Ok(path)
}

/// Anybody with the policy and the authority's certificate checks the whole case; who had what.
fn whole_case(stage: &Stage, path: &str) -> anyhow::Result<()> {
    let reader = stage.office(READER)?;
    let (policy, roots) = (stage.hub.trust(), stage.hub.path(CA));
    let (policy, roots) = (policy.display().to_string(), roots.display().to_string());
    let believed = ["--policy", &policy, "--roots", &roots];
    for (lang, name) in [("en", "English"), ("ar", "Arabic")] {
        let (code, shown) = reader.shown(lang, &[&["verify", path][..], &believed].concat())?;
        if code != 0 {
            bail!("case B does not prove itself: {shown}");
        }
        let lines = shown.lines().count();
        let mut begins = shown.lines().take(SHOWN_LINES).collect::<Vec<_>>().join("\n");
        if lines > SHOWN_LINES {
            begins += &format!("\n[{} more lines]", lines.saturating_sub(SHOWN_LINES));
        }
        stage.screen.page(&format!("barid verify caseB.barid, {name}, how it begins"), &begins);
    }
    let custody = [&["custody", "--bundle", path][..], &believed].concat();
    let (code, shown) = reader.shown("en", &custody)?;
    if code != 0 {
        bail!("the chain of custody of case B is not proven: {shown}");
    }
    stage.screen.page("barid custody --bundle caseB.barid", &shown);
    stage.screen.remark("case B: valid, whose the keys are included; who had what is proven");
    Ok(())
}

/// Checks the bundles of a folder with the office's trust file alone; how many there are.
fn verified(office: &Office, folder: &Path) -> anyhow::Result<usize> {
    let trust = office.path("profile").join("trust.policy");
    let (folder, trust) = (folder.display().to_string(), trust.display().to_string());
    // A receipt that an office keeps has no key events; the bundle of a case has them.
    let ended = office.run(&["verify", &folder, "--policy", &trust, "--without-roots"])?;
    let valid = |value: &&Value| text(value, "verdict") == "valid";
    let count = ended.values.iter().filter(valid).count();
    if ended.code != 0 || count != ended.values.len() || count == 0 {
        bail!("{}: not every receipt in {folder} is valid: {}", office.name, ended.why());
    }
    Ok(count)
}

/// A receipt in which one bit was turned must not pass.
fn forged(stage: &Stage, office: &Office, sent: &Path) -> anyhow::Result<()> {
    let mut bytes = fs::read(listing(sent)?.last().context("a receipt to forge")?)?;
    let middle = bytes.len() / 2;
    let bit = bytes.get_mut(middle).context("a receipt has bytes")?;
    *bit ^= 1;
    let path = stage.made("forged.barid")?;
    fs::write(&path, bytes)?;
    let ended = office.run(&["verify", &path.display().to_string(), "--without-roots"])?;
    if ended.code != INVALID {
        bail!("a forged receipt was not found out: exit code {}", ended.code);
    }
    Ok(())
}

/// What the panel's clerk holds in hand about the ruling, in both languages of the screen.
fn show(stage: &Stage, ruling: &Filed) -> anyhow::Result<()> {
    let kept = text(&ruling.told, "kept");
    let registry = stage.office("ejp/registry")?;
    let mut both = String::new();
    for lang in ["ar", "en"] {
        let (code, shown) = registry.shown(lang, &["verify", kept, "--without-roots"])?;
        if code != 0 {
            bail!("the receipt of the ruling does not prove itself: {shown}");
        }
        both += &format!("{shown}\n");
    }
    let title = "what the receipt of the ruling proves, without the hub";
    stage.screen.page(title, &both);
    Ok(())
}

/// The folder of an office's own receipts: of its one chain at the one hub.
fn sent(office: &Office) -> anyhow::Result<PathBuf> {
    let chains = listing(&office.path("profile/office/outbox"))?;
    let chain = chains.first().with_context(|| format!("{} has no outbox", office.name))?;
    Ok(chain.join("sent"))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::{holders, word};

    #[test]
    fn the_leaf_that_proves_most_is_shown() {
        let docket = json!({ "docket": [
            {
                "filing": { "leaf_index": 7, "kind": "FILING_KIND_REFERRAL", "sender": "a/b" },
                "deliveries": [
                    { "recipient": "c/d", "step": "DELIVERY_STEP_REGISTERED", "settled_leaf": 9,
                      "fetched_leaf": 8 },
                    { "recipient": "e/f", "step": "DELIVERY_STEP_CONSIGNED" },
                ],
            },
            { "filing": { "leaf_index": 9, "kind": "FILING_KIND_REGISTRATION", "sender": "c/d" } },
        ] });
        let table = holders(&docket).unwrap();
        let lines: Vec<&str> = table.lines().collect();
        assert!(lines[1].contains("7  referral "), "{table}");
        assert!(lines[1].ends_with("c/d registered 9, e/f consigned"), "{table}");
        assert!(lines[2].ends_with(" -"), "{table}");
        assert!(holders(&json!({})).is_err());
    }

    #[test]
    fn a_wire_name_becomes_a_word() {
        assert_eq!(word("FILING_KIND_APPEAL_FILED", "FILING_KIND_"), "appeal-filed");
    }
}
