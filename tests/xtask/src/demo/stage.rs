//! The stage: a folder with certificates, a running hub and the offices, and what they do there.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, bail};

use super::authority::Authority;
use super::filing::Filing;
use super::hub::Hub;
use super::listing;
use super::office::{Filed, Office, Watcher};
use super::screen::Screen;
use super::witness::{self, Witness};
use crate::workspace::Workspace;

/// The offices with their clerks. The clerks are made up.
const OFFICES: [(&str, &str); 8] = [
    ("ihec/national", "رنا عادل مهدي المثالي"),
    ("ihec/council", "أمين سر المجلس (مثال)"),
    ("ihec/geo-nin", "ليث يونس خضر المثالي"),
    ("ihec/geo-bas", "زينب علي حسين المثالي"),
    ("ejp/registry", "كاتب الهيئة (مثال)"),
    ("fsc/registry", "كاتب المحكمة (مثال)"),
    ("parliament/secretariat", "الأمانة العامة (مثال)"),
    ("tepjf/registry", "Secretaría de Ejemplo"),
];

/// The offices whose inboxes stay open all the time.
const COURTS: [&str; 2] = ["ejp/registry", "fsc/registry"];

/// Everything there is.
pub(crate) struct Stage {
    /// Where it is shown.
    pub(crate) screen: Screen,
    /// The hub.
    pub(crate) hub: Hub,
    witnesses: Vec<Witness>,
    watchers: Vec<Watcher>,
    offices: Vec<Office>,
    folder: PathBuf,
    papers: PathBuf,
    samples: PathBuf,
}

impl Stage {
    /// Makes everything in `folder`, starts the hub, brings all keys into use.
    pub(crate) fn set(
        workspace: &Workspace,
        folder: &Path,
        screen: Screen,
    ) -> anyhow::Result<Self> {
        screen.scene("The stage");
        let home = folder.join("hub");
        let authority = Authority::new(&home)?;
        authority.certify_hub()?;
        let mut hub = Hub::prepare(workspace, &home)?;
        witness::certify(&authority)?;
        let place = folder.join("witnesses");
        let prepare = |office| Witness::prepare(workspace, &place, office, hub.log_keys());
        let mut witnesses = witness::AT.into_iter().map(prepare).collect::<Result<Vec<_>, _>>()?;
        hub.heed(&witnesses)?;
        hub.start()?;
        screen.remark(&format!("the hub listens on {}, mutual TLS 1.3", hub.address()));
        let first = hub.log_keys().first().map_or("", String::as_str);
        screen.remark(&format!("its log's key: {first}, and an ML-DSA-44 key beside it"));
        for witness in &mut witnesses {
            witness.start(hub.address(), &home)?;
        }
        screen.remark(&format!(
            "a witness with a mirror at each of {}; three of them make a receipt",
            witness::AT.join(", ")
        ));
        let program = workspace.target("debug/barid");
        let mut offices = Vec::with_capacity(OFFICES.len());
        for (name, clerk) in OFFICES {
            let place = folder.join("offices");
            offices.push(Office::open(name, clerk, &program, &place, (&authority, &home), &hub)?);
        }
        let names = OFFICES.map(|(name, _)| name).join(", ");
        screen.remark(&format!("{} offices, each with its own key: {names}", OFFICES.len()));
        let mut stage = Self {
            screen,
            hub,
            witnesses,
            watchers: Vec::new(),
            offices,
            folder: folder.to_owned(),
            papers: workspace.path("tests/demo"),
            samples: workspace.path("../shared/samples"),
        };
        stage.open_inboxes()?;
        Ok(stage)
    }

    /// Opens the courts' inboxes, again when they were open before.
    pub(crate) fn open_inboxes(&mut self) -> anyhow::Result<()> {
        self.watchers.clear();
        for court in COURTS {
            let watcher = self.office(court)?.watch()?;
            self.watchers.push(watcher);
        }
        Ok(())
    }

    /// The offices whose inboxes are not open all the time fetch what came.
    fn collect(&self) -> anyhow::Result<()> {
        for office in self.offices.iter().filter(|office| !COURTS.contains(&office.name)) {
            office.done(&["inbox", "receive"])?;
        }
        Ok(())
    }

    /// Closes the courts' inboxes, into which everything served came by itself.
    pub(crate) fn close_inboxes(&mut self) -> anyhow::Result<()> {
        self.watchers.clear();
        for court in COURTS {
            let arrived = listing(&self.office(court)?.path("inbox"))?.len();
            if arrived == 0 {
                bail!("nothing arrived in the open inbox of {court}");
            }
            self.screen.remark(&format!(
                "{court:<22} {arrived:>3} came into its open inbox as they were served"
            ));
        }
        Ok(())
    }

    /// A witness by its place in [`witness::AT`].
    pub(crate) fn witness(&mut self, number: usize) -> anyhow::Result<&mut Witness> {
        self.witnesses.get_mut(number).context("no such witness")
    }

    /// Lets a witness dial the hub again.
    pub(crate) fn dial(&mut self, number: usize) -> anyhow::Result<()> {
        let (address, home) = (self.hub.address().to_owned(), self.folder.join("hub"));
        self.witness(number)?.start(&address, &home)
    }

    /// An office by name.
    pub(crate) fn office(&self, name: &str) -> anyhow::Result<&Office> {
        let found = self.offices.iter().find(|office| office.name == name);
        found.with_context(|| format!("no office {name}"))
    }

    /// All offices.
    pub(crate) fn offices(&self) -> &[Office] {
        &self.offices
    }

    /// A paper of `tests/demo`.
    pub(crate) fn paper(&self, relative: &str) -> PathBuf {
        self.papers.join(relative)
    }

    /// The folder of real samples, when it is there.
    pub(crate) fn samples(&self, relative: &str) -> Option<PathBuf> {
        Some(self.samples.join(relative)).filter(|path| path.exists())
    }

    /// A path for something made on the spot.
    pub(crate) fn made(&self, name: &str) -> anyhow::Result<PathBuf> {
        let folder = self.folder.join("made");
        fs::create_dir_all(&folder)?;
        Ok(folder.join(name))
    }

    /// An office files, and it is shown.
    pub(crate) fn submit(&self, who: &str, what: &str, filing: &Filing) -> anyhow::Result<Filed> {
        let filed = self.office(who)?.submit(filing).with_context(|| what.to_owned())?;
        self.screen.act(filed.leaf, filing.when(), who, what);
        Ok(filed)
    }

    /// An office fetches a filing with its documents, checks their digests, and says so in the log.
    /// The folder with what it fetched.
    pub(crate) fn acknowledge(
        &self,
        who: &str,
        what: &str,
        filed: &Filed,
    ) -> anyhow::Result<PathBuf> {
        let office = self.office(who)?;
        let position = office.position(filed)?;
        let told = office.run(&["inbox", "ack", &position, "--into", "desk"])?;
        if told.code != 0 {
            bail!("{who} could not acknowledge leaf {}: {}", filed.leaf, told.why());
        }
        let answer = told.values.into_iter().next_back().context("barid told nothing")?;
        self.screen.act(Filed::read(answer)?.leaf, "", who, what);
        Ok(office.path("desk").join(format!("{position:0>6}")))
    }

    /// A clerk enters a filing on the docket under a number, at this time in Baghdad.
    pub(crate) fn register(
        &self,
        who: &str,
        filed: &Filed,
        number: &str,
        at: &str,
    ) -> anyhow::Result<()> {
        let office = self.office(who)?;
        let position = office.position(filed)?;
        let instant = format!("{at}:00+03:00");
        let told = office.done(&["register", &position, "--number", number, "--at", &instant])?;
        // Isolated, so that the number keeps its own direction within the sentence.
        let what = format!("registers it under \u{2068}{number}\u{2069}");
        self.screen.act(Filed::read(told)?.leaf, at, who, &what);
        Ok(())
    }

    /// Shows the docket of a case as an office sees it, in English and Arabic, and who holds which
    /// receipt.
    pub(crate) fn show_case(&self, who: &str, title: &str, case: &str) -> anyhow::Result<()> {
        self.collect()?;
        let office = self.office(who)?;
        for (lang, name) in [("en", "English"), ("ar", "Arabic")] {
            let (code, text) = office.shown(lang, &["docket", "show", case])?;
            if code != 0 {
                bail!("the docket of {title} does not prove itself: {text}");
            }
            self.screen.page(&format!("{title}, as {who} sees it, {name}"), &text);
        }
        let told = office.done(&["docket", "show", case])?;
        let table = super::receipts::holders(&told)?;
        self.screen.page(&format!("{title}: who holds which receipt"), &table);
        Ok(())
    }
}
