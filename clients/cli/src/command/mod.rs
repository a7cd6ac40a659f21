//! The commands, one module each, and what they share.

mod access;
mod archive;
mod batch;
mod bundle;
mod check;
mod clock;
mod course;
mod custody;
mod docket;
mod enrol;
mod exception;
mod exhibit;
mod inbox;
mod init;
mod key;
mod ledger;
mod log;
mod look;
mod outage;
pub(crate) mod parse;
mod pending;
mod period;
mod plugin;
mod publish;
mod reconcile;
mod refuse;
mod register;
mod register_all;
mod registers;
mod reread;
mod retention;
mod rules;
mod search;
mod statement;
mod statistics;
mod stick;
mod submit;
mod verify;
mod whoami;

pub(crate) use submit::answering;

use std::path::PathBuf;

use barid_client::Client;
use barid_client::client::{Filed, From, Served};
use clap::{Parser, Subcommand};
use jiff::tz::TimeZone;
use serde_json::json;

use crate::exit::{self, Failure};
use crate::profile::Profile;
use crate::render::{json as values, problems, time};
use crate::screen::Screen;
use crate::wording::{Lang, Msg};

/// Files, receives, registers and proves, at a hub for electoral case files.
#[derive(Debug, Parser)]
#[command(name = "barid", version, after_help = exit::CODES, max_term_width = 100)]
pub(crate) struct Line {
    /// The folder that says who one is and where the hub is.
    #[arg(long, global = true, env = "BARID_PROFILE", default_value = "barid-profile")]
    profile: PathBuf,
    /// Language of the screen; the profile's by default.
    #[arg(long, global = true, value_enum)]
    lang: Option<Lang>,
    /// One JSON value a line instead of tables; the keys are stable.
    #[arg(long, global = true)]
    pub(crate) json: bool,
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Writes a profile.
    Init(init::Args),
    /// Makes or shows the signing key, takes keys out of use.
    #[command(subcommand)]
    Key(key::Command),
    /// Brings a signing key into use at the hub.
    Enrol(enrol::Args),
    /// Tells who the hub takes one for.
    Whoami(whoami::Args),
    /// Reads a document as the hub would, and shows all its problems. Records nothing.
    Check(check::Args),
    /// Files a document or ready-made content.
    Submit(Box<submit::Args>),
    /// Files many documents from a list or a folder, each with its own outcome; goes on where it
    /// stopped.
    #[command(subcommand)]
    Batch(Box<batch::Command>),
    /// What was served on this office.
    #[command(subcommand)]
    Inbox(inbox::Command),
    /// Enters a served filing on the docket under a number.
    Register(register::Args),
    /// Declares that a served filing is not taken in, and why.
    Refuse(refuse::Args),
    /// Cases and their history.
    #[command(subcommand)]
    Docket(docket::Command),
    /// Finds cases by docket number, name, decision, or words of what was filed.
    Search(Box<search::Args>),
    /// Documents by digest.
    #[command(subcommand)]
    Exhibit(exhibit::Command),
    /// Who can open sealed exhibits.
    #[command(subcommand)]
    Access(access::Command),
    /// Which documents must be kept, and which are destroyed.
    #[command(subcommand)]
    Retention(Box<retention::Command>),
    /// The transparency log.
    #[command(subcommand)]
    Log(log::Command),
    /// Time-stamps of third parties over the log.
    #[command(subcommand)]
    Clock(clock::Command),
    /// Writes everything that proves a case or a filing into one file.
    Bundle(Box<bundle::Args>),
    /// Writes a case into a folder that an archive takes: BagIt, E-ARK, and a page to read.
    Archive(Box<archive::Args>),
    /// Checks bundles and archives without the hub.
    Verify(verify::Args),
    /// The chain of custody of a case: who had what, when, and who signs for it.
    Custody(custody::Args),
    /// Where a case stands: what was done, what may come next, from whom, by when, under which
    /// article.
    Course(Box<course::Args>),
    /// Rule sets: the law as data. Needs neither hub nor profile.
    #[command(subcommand)]
    Rules(rules::Command),
    /// Periods of the law: how they were counted, and what they would be.
    #[command(subcommand)]
    Period(period::Command),
    /// Files what goes for all cases: calendars, rule sets, members of a deciding body.
    #[command(subcommand)]
    Publish(publish::Command),
    /// When hub or link was down: who says so, what proves it, and reporting it.
    #[command(subcommand)]
    Outage(outage::Command),
    /// Compares two institutions' registers case by case, as stated or as became known in the hub:
    /// how the figures add up, and each case in which they differ, with its kind, the evidence and
    /// who has to settle it. Records nothing.
    Reconcile(Box<reconcile::Args>),
    /// What became of the complaints and appeals of an election, how long it took, whether in time;
    /// each figure with the cases behind it. Writes them into a signed folder, and checks one.
    Statistics(Box<statistics::Args>),
    /// This institution's own register: stating it, and what changed since.
    #[command(subcommand)]
    Statement(Box<statement::Command>),
    /// Differences between registers that were filed: which are open, and settling one.
    #[command(subcommand)]
    Exception(exception::Command),
    /// The daily digest of one's register for another institution, and finding with it where the
    /// two differ while showing nothing of what agrees.
    #[command(subcommand)]
    Ledger(Box<ledger::Command>),
    /// Has a filed document read again, by the plugin of then and that of now, and compares.
    Reread(reread::Args),
    /// Checks a plugin before it is given to a hub's operator. Needs neither hub nor profile.
    #[command(subcommand)]
    Plugin(plugin::Command),
    /// What is signed and not yet answered.
    Pending(pending::Args),
    /// A memory stick as the link: packs, hands in, answers, unpacks.
    #[command(subcommand, visible_alias = "courier")]
    Stick(stick::Command),
}

impl Line {
    /// The language asked for, else the profile's, else English.
    pub(crate) fn language(&self) -> Lang {
        let from_profile = || Profile::read(&self.profile).ok().map(|p| p.settings.language);
        self.lang.or_else(from_profile).unwrap_or_default()
    }

    /// Does what was asked.
    pub(crate) async fn run(self, screen: Screen) -> Result<(), Failure> {
        let desk = Desk { folder: self.profile, screen };
        match self.command {
            Command::Init(args) => init::run(&desk, args),
            Command::Key(command) => key::run(&desk, &command).await,
            Command::Enrol(args) => enrol::run(&desk, args).await,
            Command::Whoami(args) => whoami::run(&desk, &args).await,
            Command::Check(args) => check::run(&desk, &args).await,
            Command::Submit(args) => submit::run(&desk, *args).await,
            Command::Batch(command) => batch::run(&desk, *command).await,
            Command::Inbox(command) => inbox::run(&desk, command).await,
            Command::Register(args) => register::run(&desk, args).await,
            Command::Refuse(args) => refuse::run(&desk, args).await,
            Command::Docket(command) => docket::run(&desk, command).await,
            Command::Search(args) => search::run(&desk, *args).await,
            Command::Exhibit(command) => exhibit::run(&desk, command).await,
            Command::Access(command) => access::run(&desk, command).await,
            Command::Retention(command) => retention::run(&desk, *command).await,
            Command::Log(command) => log::run(&desk, &command).await,
            Command::Clock(command) => clock::run(&desk, &command).await,
            Command::Bundle(args) => bundle::run(&desk, *args).await,
            Command::Archive(args) => archive::run(&desk, *args).await,
            Command::Verify(args) => verify::run(&desk, args),
            Command::Custody(args) => custody::run(&desk, args).await,
            Command::Course(args) => course::run(&desk, *args).await,
            Command::Rules(command) => rules::run(&desk, &command),
            Command::Period(command) => period::run(&desk, command).await,
            Command::Publish(command) => publish::run(&desk, command).await,
            Command::Outage(command) => outage::run(&desk, command).await,
            Command::Reconcile(args) => reconcile::run(&desk, *args).await,
            Command::Statistics(args) => statistics::run(&desk, *args).await,
            Command::Statement(command) => statement::run(&desk, *command).await,
            Command::Exception(command) => exception::run(&desk, command).await,
            Command::Ledger(command) => ledger::run(&desk, *command).await,
            Command::Reread(args) => reread::run(&desk, &args).await,
            Command::Plugin(command) => plugin::run(&desk, command),
            Command::Pending(args) => pending::run(&desk, &args).await,
            Command::Stick(command) => stick::run(&desk, command).await,
        }
    }
}

/// Where a command works: the profile's folder and the screen.
struct Desk {
    folder: PathBuf,
    screen: Screen,
}

impl Desk {
    fn profile(&self) -> Result<Profile, Failure> {
        Profile::read(&self.folder)
    }

    fn client(&self) -> Result<Client, Failure> {
        self.profile()?.client()
    }

    fn zone(&self) -> Result<TimeZone, Failure> {
        self.profile()?.zone()
    }

    /// Shows what became of a filing.
    fn show_filed(&self, filed: &Filed, more: &str) -> Result<(), Failure> {
        let lang = self.screen.lang;
        let leaf = filed.verified.leaf_index.to_string();
        let accepted = time::second(filed.receipt.accepted_at_unix_ms, &self.zone()?);
        let kept = filed.kept.display().to_string();
        let case = barid_client::hex::encode(&filed.receipt.case_id);
        let mut lines = vec![lang.say(Msg::Filed, &[&leaf, &accepted])];
        if filed.repeated {
            lines.push(lang.say(Msg::FiledBefore, &[]));
        }
        if !case.is_empty() {
            lines.push(lang.say(Msg::CaseOfId, &[&case]));
        }
        lines.push(lang.say(Msg::ReceiptKept, &[&kept]));
        lines.extend((!more.is_empty()).then(|| more.to_owned()));
        lines.push(problems::problems(lang, &filed.problems));
        lines.push(problems::assessments(lang, &filed.assessments));
        lines.retain(|line| !line.is_empty());
        let value = json!({
            "filed": values::verified(&filed.verified),
            "case_id": case,
            "repeated": filed.repeated,
            "kept": kept,
            "problems": values::all_problems(&filed.problems),
            "assessments": values::assessments(&filed.assessments),
        });
        self.screen.show(&lines.join("\n"), &value);
        Ok(())
    }

    /// Shows the outcome of filing; a filing that could not be sent says where it waits.
    fn show_outcome(
        &self,
        outcome: Result<Filed, barid_client::ClientError>,
        more: &str,
    ) -> Result<(), Failure> {
        match outcome {
            Ok(filed) => self.show_filed(&filed, more),
            Err(error) => {
                let waits = error.is_temporary();
                let failure = Failure::from(error);
                self.screen.fail(&failure);
                if waits && !self.screen.json {
                    let text = self.screen.say(Msg::KeptPending, &[]);
                    self.screen.show(&text, &json!(null));
                }
                Err(Failure::Said(failure.code()))
            }
        }
    }
}

/// The filing at a position of the inbox.
async fn served(client: &Client, cursor: u64) -> Result<Served, Failure> {
    let before = cursor.checked_sub(1).ok_or_else(|| Failure::usage("positions begin at 1"))?;
    let mut inbox = client.receive(From::After(before), false, "", &[])?;
    match inbox.next().await? {
        Some(served) if served.cursor == cursor => Ok(served),
        _ => Err(Failure::usage(format!("there is nothing at position {cursor} of the inbox"))),
    }
}

#[cfg(test)]
mod tests;
