//! `barid whoami`: who the hub takes one for, and whether it is the hub one trusts.

use barid_proto::v1::{EnrolledKey, Institution};
use serde_json::{Value, json};

use super::Desk;
use crate::exit::Failure;
use crate::render::grid::Grid;
use crate::render::{office, time};
use crate::wording::Msg;

/// What to show besides.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// Also the institutions and offices on the network.
    #[arg(long)]
    directory: bool,
}

/// Asks the hub, and compares its log keys with the trust file.
pub(super) async fn run(desk: &Desk, args: &Args) -> Result<(), Failure> {
    let (profile, screen) = (desk.profile()?, desk.screen);
    let client = profile.client()?;
    let caller = client.caller().await?;
    let trust = profile.trust()?;
    let pinned: Vec<String> = trust.policy().logs().iter().map(|log| log.key.to_string()).collect();
    let stranger = caller.log_verifier_keys.iter().find(|key| !pinned.contains(key));
    let own = profile.signing_key()?.public_key().id();
    let keys = client.keys(&profile.settings.office.institution).await?;
    let enrolled = keys.iter().any(|key| in_use(key) && key.key_id == own.as_bytes());
    let name = office(caller.caller.as_ref());
    let clock = time::second(caller.hub_time_unix_ms, &profile.zone()?);
    let mut lines = vec![
        screen.say(Msg::YouAre, &[&name]),
        screen.say(Msg::HubIs, &[&caller.hub_origin, &clock]),
        match stranger {
            None => screen.say(Msg::LogKeyPinned, &[]),
            Some(key) => screen.say(Msg::LogKeyOther, &[key]),
        },
        screen.say(Msg::KeyIdentifier, &[&own.to_string()]),
        screen.say(if enrolled { Msg::KeyEnrolled } else { Msg::KeyNotEnrolled }, &[]),
    ];
    let mut value = json!({
        "caller": name,
        "hub_origin": caller.hub_origin,
        "hub_time_unix_ms": caller.hub_time_unix_ms,
        "log_keys": caller.log_verifier_keys,
        "log_keys_trusted": stranger.is_none(),
        "key_id": own.to_string(),
        "key_enrolled": enrolled,
    });
    if args.directory {
        let institutions = client.directory().await?;
        lines.push(String::new());
        lines.push(table(desk, &institutions));
        if let Value::Object(map) = &mut value {
            map.insert("directory".to_owned(), directory_value(&institutions));
        }
    }
    screen.show(&lines.join("\n"), &value);
    if stranger.is_some() { Err(Failure::Said(4)) } else { Ok(()) }
}

fn in_use(key: &EnrolledKey) -> bool {
    key.retired_leaf.is_none() && key.revoked_from_leaf.is_none()
}

fn table(desk: &Desk, institutions: &[Institution]) -> String {
    let lang = desk.screen.lang;
    let headings = [Msg::HeadInstitution, Msg::HeadOffice, Msg::HeadName];
    let mut grid = Grid::new(lang, headings.map(|heading| lang.pick(heading.wording())));
    for institution in institutions {
        let name = lang.rendering(institution.name.as_ref());
        grid.row([institution.institution.as_str(), "", name]);
        for one in &institution.offices {
            grid.row(["", one.office.as_str(), lang.rendering(one.name.as_ref())]);
        }
    }
    grid.render()
}

fn directory_value(institutions: &[Institution]) -> Value {
    let one = |institution: &Institution| {
        let offices: Vec<&str> = institution.offices.iter().map(|o| o.office.as_str()).collect();
        json!({
            "institution": institution.institution,
            "kind": institution.kind,
            "name": crate::render::json::text(institution.name.as_ref()),
            "offices": offices,
            "formats": institution.formats.iter().map(|f| f.format.as_str()).collect::<Vec<_>>(),
        })
    };
    institutions.iter().map(one).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_that_was_retired_or_revoked_is_not_in_use() {
        let key = EnrolledKey { key_id: vec![10], ..Default::default() };
        assert!(in_use(&key));
        assert!(!in_use(&EnrolledKey { retired_leaf: Some(0), ..key.clone() }));
        assert!(!in_use(&EnrolledKey { revoked_from_leaf: Some(0), ..key }));
    }
}
