//! The rush hour: two offices file at once, the hub is killed in the middle and started again.
//!
//! What was acknowledged before is there afterwards, at the same leaf. What was signed and not
//! acknowledged waits in the outbox and goes out again; whether the hub had sealed it before it
//! died does not matter. Nothing is there twice.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use std::time::Duration;

use anyhow::{Context as _, bail};
use serde_json::Value;

use super::filing::Filing;
use super::office::{Ended, Filed, Office, UNREACHABLE, digest};
use super::papers;
use super::stage::Stage;
use super::witness;

/// The offices and the names of their governorates.
const OFFICES: [(&str, &str); 2] = [("ihec/geo-bas", "BAS"), ("ihec/geo-nin", "NIN")];

/// What each office files.
const EACH: usize = 10;

/// The hub is killed when so many were acknowledged.
const KILL_AFTER: usize = 6;

/// What an office goes on stamping without a hub, the one included that noticed.
const STAMPED_OFF_LINE: usize = 2;

/// How often the acknowledged are counted.
const GLANCE: Duration = Duration::from_millis(1);

/// An office at its counter: what it has to file, what was acknowledged, what waits.
struct Counter {
    office: Office,
    papers: Vec<(String, PathBuf)>,
    acknowledged: Vec<Filed>,
    /// When each of those was stamped that wait.
    waiting: Vec<String>,
}

/// Plays the rush hour.
pub(crate) fn play(stage: &mut Stage) -> anyhow::Result<()> {
    stage.screen.scene("The rush hour: two offices file at once, and the hub is killed");
    let mut counters = Vec::new();
    for (name, governorate) in OFFICES {
        counters.push(Counter::new(stage, name, governorate)?);
    }
    let before = checkpoint(stage)?;
    let counted = AtomicUsize::new(0);
    thread::scope(|scope| {
        let filing: Vec<_> = counters
            .iter_mut()
            .map(|counter| scope.spawn(|| counter.file_until_cut_off(&counted)))
            .collect();
        while counted.load(Ordering::Relaxed) < KILL_AFTER
            && !filing.iter().all(thread::ScopedJoinHandle::is_finished)
        {
            thread::sleep(GLANCE);
        }
        stage.hub.kill9()?;
        joined(filing)
    })?;
    let acknowledged: usize = counters.iter().map(|counter| counter.acknowledged.len()).sum();
    let waiting: usize = counters.iter().map(|counter| counter.waiting.len()).sum();
    stage.screen.remark(&format!("kill -9: {acknowledged} filings had been acknowledged"));
    stage.screen.remark(&format!("{waiting} stamped since then wait in the offices' outboxes"));
    if waiting == 0 {
        bail!("the hub was killed too late to interrupt anybody");
    }
    stage.hub.back_up()?;
    stage.hub.start()?;
    witness::until_confirmed(stage, 2)?;
    stage.open_inboxes()?;
    let after = checkpoint(stage)?;
    stage.screen.remark(&format!(
        "the hub is back: its log has {after} leaves, and grew from the {before} seen before"
    ));
    send_pending(stage, &mut counters)?;
    thread::scope(|scope| {
        let rest = counters.iter_mut().map(|counter| scope.spawn(|| counter.file_rest())).collect();
        joined(rest)
    })?;
    count(stage, &counters)
}

/// Waits for all; the first failure is theirs together.
fn joined(handles: Vec<thread::ScopedJoinHandle<'_, anyhow::Result<()>>>) -> anyhow::Result<()> {
    for handle in handles {
        match handle.join() {
            Ok(ended) => ended?,
            Err(_) => bail!("an office's thread panicked"),
        }
    }
    Ok(())
}

/// What waits is sent again, shown with what the hub says about its stamp.
fn send_pending(stage: &Stage, counters: &mut [Counter]) -> anyhow::Result<()> {
    for Counter { office, acknowledged, waiting, .. } in counters {
        let told = office.done(&["pending"])?;
        let listed = told.get("pending").and_then(Value::as_array).map_or(0, Vec::len);
        if listed != waiting.len() {
            bail!("{} stamped {} filings off-line, {listed} wait", office.name, waiting.len());
        }
        let sent = office.run(&["pending", "--send"])?;
        if sent.code != 0 {
            bail!("{} could not send what waited: {}", office.name, sent.why());
        }
        for (told, stamped) in sent.values.into_iter().zip(waiting.iter()) {
            let filed = Filed::read(told)?;
            let what = if filed.repeated {
                "sends again; the hub had sealed it before it died: the first receipt"
            } else {
                "sends what was stamped while the hub was away: accepted"
            };
            stage.screen.act(filed.leaf, stamped, office.name, what);
            if let Some(said) = stamp_delay(&filed.told) {
                stage.screen.remark(&format!("marked: {said}"));
            }
            acknowledged.push(filed);
        }
    }
    Ok(())
}

/// What the hub computed about the time between stamp and receipt.
fn stamp_delay(told: &Value) -> Option<&str> {
    let all = told.get("assessments")?.as_array()?;
    let delay =
        all.iter().find(|one| one.get("subject").is_some_and(|name| name == "stamp-delay"))?;
    delay.get("explanation")?.get("en")?.as_str()
}

/// Everything acknowledged is in the inbox of the National Office, at its leaf, once.
fn count(stage: &Stage, counters: &[Counter]) -> anyhow::Result<()> {
    let inbox = stage.office("ihec/national")?.inbox()?;
    let mut times: BTreeMap<&str, usize> = BTreeMap::new();
    for served in inbox.iter().filter_map(|one| one.get("filing")) {
        if let Some(id) = served.get("envelope_id").and_then(Value::as_str) {
            *times.entry(id).or_default() += 1;
        }
    }
    let all: Vec<&Filed> = counters.iter().flat_map(|counter| &counter.acknowledged).collect();
    if all.len() != OFFICES.len() * EACH {
        bail!("{} filings were acknowledged, {} were stamped", all.len(), OFFICES.len() * EACH);
    }
    for filed in &all {
        let found = inbox.iter().find(|one| digest(one) == Some(filed.digest.as_str()));
        let served = found.and_then(|one| one.get("filing"));
        let served = served.with_context(|| format!("leaf {} is lost", filed.leaf))?;
        if served.get("leaf_index").and_then(Value::as_u64) != Some(filed.leaf) {
            bail!("the filing of leaf {} moved to another", filed.leaf);
        }
    }
    if let Some((id, count)) = times.iter().find(|(_, count)| **count > 1) {
        bail!("envelope {id} was served {count} times");
    }
    stage.screen.remark(&format!("all {} are there, at their leaves, none twice", all.len()));
    Ok(())
}

/// The size of the log, after the panel's office compared it with what it saw before.
fn checkpoint(stage: &Stage) -> anyhow::Result<u64> {
    let told = stage.office("ejp/registry")?.done(&["log", "checkpoint"])?;
    told.get("size").and_then(Value::as_u64).context("barid told of no checkpoint")
}

impl Counter {
    fn new(stage: &Stage, name: &str, governorate: &str) -> anyhow::Result<Self> {
        let office = stage.office(name)?.clone();
        let mut papers = Vec::with_capacity(EACH);
        for at in 1..=EACH {
            let number = format!("110/{governorate}/124399/{at:04}");
            let path = stage.made(&format!("rush-{governorate}-{at}.json"))?;
            let governorate = governorate.to_lowercase();
            papers.push((number.clone(), papers::complaint(path, &governorate, &number)?));
        }
        papers.reverse();
        Ok(Self { office, papers, acknowledged: Vec::new(), waiting: Vec::new() })
    }

    /// Files one after the other. Without a hub it goes on stamping for a while.
    fn file_until_cut_off(&mut self, counted: &AtomicUsize) -> anyhow::Result<()> {
        while self.waiting.len() < STAMPED_OFF_LINE {
            let Some((stamped, ended)) = self.file_next()? else { return Ok(()) };
            match ended.code {
                0 => {
                    self.take(ended)?;
                    counted.fetch_add(1, Ordering::Relaxed);
                }
                UNREACHABLE => self.waiting.push(stamped),
                _ => bail!("{} could not file: {}", self.office.name, ended.why()),
            }
        }
        Ok(())
    }

    fn file_rest(&mut self) -> anyhow::Result<()> {
        while let Some((_, ended)) = self.file_next()? {
            if ended.code != 0 {
                bail!("{} could not file: {}", self.office.name, ended.why());
            }
            self.take(ended)?;
        }
        Ok(())
    }

    /// Files the next paper: when it was stamped, and how that ended.
    fn file_next(&mut self) -> anyhow::Result<Option<(String, Ended)>> {
        let Some((number, path)) = self.papers.pop() else { return Ok(None) };
        let minute = 59 - self.papers.len();
        let filing = Filing::of("complaint-registered", "ihec/form-110+json", &path)
            .to(&["ihec/national"])
            .stamped(&format!("2025-11-12T14:{minute:02}"))
            .numbered(&number);
        let ended = self.office.run(&filing.arguments())?;
        Ok(Some((filing.when().to_owned(), ended)))
    }

    fn take(&mut self, ended: Ended) -> anyhow::Result<()> {
        let told = ended.values.into_iter().next_back().context("barid told nothing")?;
        self.acknowledged.push(Filed::read(told)?);
        Ok(())
    }
}
