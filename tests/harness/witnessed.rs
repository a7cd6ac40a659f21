//! The hub with witnesses: ours as processes beside it, or somebody else's.

use std::fs;
use std::sync::Arc;
use std::time::Instant;

use barid_client::Trust;
use barid_client::proto::tlog::policy::Policy;
use barid_client::proto::tlog::vkey::VerifierKey;
use barid_client::proto::v1::KeyPurpose;

use crate::hub::{HubProcess, PATIENCE, panic_with};
use crate::office::ScriptedOffice;
use crate::witness::{self, WitnessProcess};

impl HubProcess {
    /// A hub that gives no receipt before three of four witnesses have cosigned, and these, each a
    /// process of its own with a mirror. `more` are further settings of its witnesses.
    ///
    /// # Panics
    /// When something does not build or does not start.
    #[must_use]
    pub fn start_witnessed(more: &str) -> Self {
        Self::witnessed(more, false)
    }

    /// The same, but the fourth is a stranger's that the hub reaches over plain HTTP.
    ///
    /// # Panics
    /// When something does not build or does not start.
    #[must_use]
    pub fn start_with_distant_witness(more: &str) -> Self {
        Self::witnessed(more, true)
    }

    fn witnessed(more: &str, distant: bool) -> Self {
        let mut hub = Self::prepared("");
        let keys: Vec<String> =
            hub.trust.policy().logs().iter().map(|log| log.key.to_string()).collect();
        let folder = hub.folder.path().join("witnesses");
        let mut policy: String = keys.iter().map(|key| format!("log {key}\n")).collect();
        let mut settings = format!("[witnesses]\npolicy = \"policy.txt\"\n{more}\n");
        settings += "[witnesses.offices]\n";
        for (number, (institution, office)) in (1..).zip(witness::OFFICES) {
            let mut witness = WitnessProcess::init(&folder, institution, office, &keys);
            if distant && number == witness::OFFICES.len() {
                witness = witness.over_http();
            }
            policy += &witness.policy_line();
            settings += &witness.office_line();
            hub.witnesses.push(witness);
        }
        policy += "group quorum-of-three 3 ihec ejp fsc parliament\nquorum quorum-of-three\n";
        fs::write(hub.folder.path().join("policy.txt"), &policy).expect("the folder is ours");
        hub.trust = Arc::new(Trust::new(Policy::parse(policy.as_bytes()).expect("a policy")));
        hub.settings = settings;
        hub.launch().unwrap_or_else(|why| panic_with(&why));
        (0..hub.witnesses.len()).for_each(|number| hub.start_witness(number));
        hub
    }

    /// A hub whose witnesses somebody else runs: told the log's keys, `witnesses` gives the lines
    /// of the policy that stand behind theirs.
    ///
    /// # Panics
    /// When it does not build or does not start, or the lines are no policy.
    #[must_use]
    pub fn start_with_policy(witnesses: impl FnOnce(&[VerifierKey]) -> String) -> Self {
        let settings = "[witnesses]\npolicy = \"policy.txt\"\npatience_ms = 20000\n";
        let mut hub = Self::prepared(settings);
        let logs = hub.trust.policy().logs().iter().map(|log| log.key.clone());
        let logs: Vec<VerifierKey> = logs.collect();
        let policy: String = logs.iter().map(|key| format!("log {key}\n")).collect();
        let policy = policy + &witnesses(&logs);
        fs::write(hub.folder.path().join("policy.txt"), &policy).expect("the folder is ours");
        hub.trust = Arc::new(Trust::new(Policy::parse(policy.as_bytes()).expect("a policy")));
        hub.launch().unwrap_or_else(|why| panic_with(&why));
        hub
    }

    /// An office with an enrolled key: files until the hub, which has just started, is confirmed by
    /// its witnesses.
    ///
    /// # Panics
    /// When that takes far longer than it should.
    pub async fn enrolled(&self, institution: &str, office: &str) -> ScriptedOffice {
        let office = self.office(institution, office);
        let started = Instant::now();
        loop {
            match office.client.enrol_key(KeyPurpose::Seal).await {
                Ok(_) => return office,
                Err(error) if error.is_temporary() && started.elapsed() < PATIENCE => {}
                Err(error) => panic_with(&error.to_string()),
            }
        }
    }

    /// Lets a witness dial the hub where it is now.
    ///
    /// # Panics
    /// When there is no such witness, or it does not start.
    pub fn start_witness(&mut self, number: usize) {
        let witness = self.witnesses.get_mut(number).expect("there is such a witness");
        witness.start(&self.authority, &self.address);
    }
}
