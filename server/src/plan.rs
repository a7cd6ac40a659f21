//! Floor 5: whose cosignatures the settings ask for, and how those witnesses are reached.

use std::collections::BTreeMap;
use std::time::Duration;

use barid_proto::tlog::policy as witness;
use barid_proto::tlog::vkey::VerifierKey;
use barid_proto::v1::Address;

use crate::config::WitnessSettings;
use crate::identity::directory::Directory;
use crate::log::LogSigner;
use crate::log::witnesses::WitnessPlan;
use crate::parsed;
use crate::rpc::Reachable;

/// Whose cosignatures are needed; everything that does not fit together is told at once.
pub(super) fn plan(
    settings: &WitnessSettings,
    signer: Option<&LogSigner>,
    directory: Option<&Directory>,
) -> Result<WitnessPlan, String> {
    let text = parsed(&settings.policy, |text| Ok::<_, String>(text.to_owned()))?;
    let policy = witness::Policy::parse(text.as_bytes())
        .map_err(|error| format!("{}: {error}", settings.policy.display()))?;
    let mut wrong = Vec::new();
    if !policy.asks_witnesses() {
        wrong.push("the policy asks for no witness: leave the table out instead".to_owned());
    }
    if let Some(signer) = signer {
        let named = |key: &VerifierKey| policy.logs().iter().any(|log| log.key == *key);
        let missing = signer.verifiers().into_iter().filter(|key| !named(key));
        wrong.extend(missing.map(|key| format!("the policy lacks this log's key {key}")));
    }
    let mut offices = BTreeMap::new();
    for (name, office) in &settings.offices {
        if !policy.witnesses().any(|witness| witness.key.name() == name) {
            wrong.push(format!("offices: the policy has no witness with a key named {name}"));
        }
        let address = office.split_once('/').map(|(institution, office)| Address {
            institution: institution.to_owned(),
            office: office.to_owned(),
        });
        let known = address.as_ref().and_then(|address| directory?.resolve(address));
        match known {
            Some(office) => drop(offices.insert(name.clone(), office)),
            None => wrong.push(format!("offices: {office} of {name} is not in the directory")),
        }
    }
    for witness in policy.witnesses() {
        let (name, dials) = (&witness.name, settings.offices.contains_key(witness.key.name()));
        match &witness.url {
            None if !dials => {
                wrong.push(format!("the witness {name} has neither an office nor an address"));
            }
            Some(url) if !dials && address(url).is_none() => {
                wrong.push(format!("the witness {name} has no address http://host:port: {url}"));
            }
            _ => {}
        }
    }
    if !wrong.is_empty() {
        return Err(wrong.join("; "));
    }
    let patience = Duration::from_millis(settings.patience_ms);
    let heartbeat = Duration::from_millis(settings.heartbeat_ms);
    Ok(WitnessPlan { policy, text, offices, patience, heartbeat })
}

/// The witnesses that do not dial in, each with the keys of one name.
pub(super) fn reachable(plan: &WitnessPlan) -> Vec<Reachable> {
    let mut found: BTreeMap<&str, Reachable> = BTreeMap::new();
    for witness in plan.policy.witnesses() {
        let name = witness.key.name();
        if let Some(url) = witness.url.as_deref().and_then(address)
            && !plan.offices.contains_key(name)
        {
            let new = Reachable { keys: Vec::new(), url };
            found.entry(name).or_insert(new).keys.push(witness.key.to_string());
        }
    }
    found.into_values().collect()
}

/// An address over plain HTTP: what a witness says needs no protection on the way.
fn address(url: &str) -> Option<http::Uri> {
    let url: http::Uri = url.parse().ok()?;
    (url.scheme_str() == Some("http") && url.host().is_some()).then_some(url)
}
