//! Four witnesses, each a process at an institution; and what happens when they are missing, or
//! when somebody puts an older copy of the hub's data back.

use std::fs::{self, OpenOptions};
use std::path::{Path, PathBuf};
use std::process::{Child, Command};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context as _, bail};

use super::authority::{Authority, CA, HUB_NAME};
use super::filing::Filing;
use super::hub::ORIGIN;
use super::office::{Filed, UNREACHABLE};
use super::papers;
use super::stage::Stage;
use crate::workspace::Workspace;

/// The offices at which they run. Three of them make a quorum.
pub(crate) const AT: [&str; 4] =
    ["ihec/national", "ejp/registry", "fsc/registry", "parliament/secretariat"];

/// The two that are away for a while.
const AWAY: [usize; 2] = [1, 3];

/// What the hub says when a witness has dialled in, and when they are enough to go on.
const ATTENDS: &str = "a witness attends";
const CONFIRMED: &str = "witnesses confirm the log";

/// What it says when a witness holds what is missing.
const SET_BACK: &str = "the log was set back";

/// How long anything here may take: far more than it needs.
const PATIENCE: Duration = Duration::from_secs(60);

/// How often it is looked at meanwhile.
const GLANCE: Duration = Duration::from_millis(50);

/// A witness. Ends, by force, with this value.
pub(crate) struct Witness {
    program: PathBuf,
    folder: PathBuf,
    office: &'static str,
    key: String,
    child: Option<Child>,
}

impl Witness {
    /// Makes a witness that follows the log with these keys; starts nothing.
    pub(crate) fn prepare(
        workspace: &Workspace,
        folder: &Path,
        office: &'static str,
        log_keys: &[String],
    ) -> anyhow::Result<Self> {
        let program = workspace.target("debug/barid-witness");
        let institution = office.split('/').next().unwrap_or_default();
        let folder = folder.join(institution);
        let (place, name) = (folder.display().to_string(), name(office));
        let mirror = format!("{institution}.demo/m1");
        let told = run(&program, &["init", &place, "--name", &name, "--mirror-name", &mirror])?;
        for key in log_keys {
            run(&program, &["add-log", &place, "--vkey", key])?;
        }
        let key = told.lines().find_map(|line| line.strip_prefix("witness "));
        let key = key.context("barid-witness told no key")?.to_owned();
        Ok(Self { program, folder, office, key, child: None })
    }

    /// Its line of the policy that everybody agrees on.
    pub(crate) fn policy_line(&self) -> String {
        let institution = self.office.split('/').next().unwrap_or_default();
        format!("witness {institution} {}\n", self.key)
    }

    /// Its line of the hub's settings.
    pub(crate) fn office_line(&self) -> String {
        format!("{:?} = {:?}\n", name(self.office), self.office)
    }

    /// Lets it dial the hub.
    pub(crate) fn start(&mut self, address: &str, home: &Path) -> anyhow::Result<()> {
        let short = short(self.office);
        let path = |name: &str| home.join(name);
        let settings = format!(
            "[hub]\norigin = {ORIGIN:?}\naddress = {address:?}\nserver_name = {HUB_NAME:?}\n\
             authority = {:?}\ncertificate = {:?}\nkey = {:?}\n[mirror]\n",
            path(CA),
            path(&format!("{short}.pem")),
            path(&format!("{short}.key")),
        );
        fs::write(self.folder.join("witness.toml"), settings)?;
        let log = self.folder.join("witness.log");
        let log = OpenOptions::new().create(true).append(true).open(log)?;
        let mut command = Command::new(&self.program);
        command.arg("serve").arg(&self.folder).stdout(log.try_clone()?).stderr(log);
        self.child = Some(command.spawn().context("starting a witness")?);
        Ok(())
    }

    /// Ends it.
    pub(crate) fn stop(&mut self) -> anyhow::Result<()> {
        let mut child = self.child.take().context("the witness is not running")?;
        child.kill().context("ending a witness")?;
        child.wait().context("waiting for a witness's end")?;
        Ok(())
    }
}

impl Drop for Witness {
    fn drop(&mut self) {
        if let Some(child) = &mut self.child {
            let _already_ended = child.kill();
            let _already_ended = child.wait();
        }
    }
}

/// The name of the witness at an office.
fn name(office: &str) -> String {
    format!("{}.demo/w1", office.split('/').next().unwrap_or_default())
}

/// What its certificate is called.
fn short(office: &str) -> String {
    format!("witness-{}", office.replace('/', "-"))
}

fn run(program: &Path, arguments: &[&str]) -> anyhow::Result<String> {
    let done = Command::new(program).args(arguments).output().context("starting a witness")?;
    if !done.status.success() {
        bail!("barid-witness {arguments:?}: {}", String::from_utf8_lossy(&done.stderr));
    }
    Ok(String::from_utf8(done.stdout)?)
}

/// Waits until the hub has said something so many times.
pub(crate) fn until_said(stage: &Stage, what: &str, times: usize) -> anyhow::Result<()> {
    let started = Instant::now();
    while stage.hub.said().matches(what).count() < times {
        if started.elapsed() > PATIENCE {
            bail!("the hub never said {what:?} for the {times}th time");
        }
        thread::sleep(GLANCE);
    }
    Ok(())
}

/// Waits until the hub's witnesses let it sign, for the n-th time.
pub(crate) fn until_confirmed(stage: &Stage, times: usize) -> anyhow::Result<()> {
    until_said(stage, CONFIRMED, times)
}

/// Makes a certificate for each witness: it dials as the office at which it runs.
pub(crate) fn certify(authority: &Authority) -> anyhow::Result<()> {
    for office in AT {
        let (institution, place) = office.split_once('/').context("an office has two names")?;
        authority.certify_office(institution, place, &short(office))?;
    }
    Ok(())
}

/// Two of four witnesses are away: filings are sealed, and there is no receipt until one is back.
pub(crate) fn away(stage: &mut Stage) -> anyhow::Result<()> {
    stage.screen.scene("Two of four witnesses are away");
    let attending = stage.hub.said().matches(ATTENDS).count();
    for number in AWAY {
        stage.witness(number)?.stop()?;
    }
    let path = stage.made("away.json")?;
    let paper = papers::complaint(path, "nin", "110/NIN/118204/0999")?;
    let filing = Filing::of("complaint-registered", "ihec/form-110+json", &paper)
        .to(&["ihec/national"])
        .stamped("2025-11-12T14:59")
        .numbered("110/NIN/118204/0999");
    let office = stage.office("ihec/geo-nin")?;
    let ended = office.run(&filing.arguments())?;
    if ended.code != UNREACHABLE {
        bail!("a receipt without a quorum, or something else: {}", ended.why());
    }
    stage.screen.remark(&format!("ihec/geo-nin files: {}", ended.why()));
    let before = stage.office("ihec/national")?.inbox()?.len();
    stage.screen.remark("nobody is shown it: a hub could still take it back");
    stage.dial(AWAY[0])?;
    until_said(stage, ATTENDS, attending + 1)?;
    let office = stage.office("ihec/geo-nin")?;
    let sent = office.run(&["pending", "--send"])?;
    let told = sent.values.into_iter().next().context("barid told nothing")?;
    let filed = Filed::read(told)?;
    stage.screen.act(filed.leaf, filing.when(), "ihec/geo-nin", "asks again: the receipt is there");
    let after = stage.office("ihec/national")?.inbox()?.len();
    if after != before + 1 {
        bail!("{} filings were served, {after} are", before + 1);
    }
    stage.dial(AWAY[1])
}

/// Somebody puts the copy back that was made when the hub was killed, and starts it.
pub(crate) fn set_back(stage: &mut Stage) -> anyhow::Result<()> {
    stage.screen.scene("Somebody puts an older copy of the hub's data back");
    stage.hub.restore()?;
    stage.hub.start()?;
    until_said(stage, SET_BACK, 1)?;
    let said = stage.hub.said();
    let line = said.lines().rfind(|line| line.contains("holds a signed tree"));
    let what = line.and_then(|line| line.split("what=").nth(1)).unwrap_or_default();
    let what = what.split('"').nth(1).unwrap_or_default();
    stage.screen.remark(&format!("the hub: {what}; it signs nothing any more"));
    let paper = stage.paper("a-complaint/2-form-110.json");
    let filing = Filing::of("complaint-registered", "ihec/form-110+json", &paper)
        .to(&["ihec/council"])
        .stamped("2025-11-13T09:00")
        .numbered("110/BAS/1");
    let (code, text) = stage.office("ihec/geo-bas")?.shown("en", &filing.arguments())?;
    // The office's own memory contradicts it first: it names the checkpoint that it saw last.
    if code == 0 || !text.contains("REASON_HISTORY") {
        bail!("a hub that was set back took something in: {text}");
    }
    stage.screen.told("ihec/geo-bas files", &text);
    stage.hub.stop()
}
