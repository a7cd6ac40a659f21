//! `barid whoami`: who the hub takes one for, and whether it is the hub one trusts.

use barid_proto::text::visible;
use barid_proto::tlog::vkey::VerifierKey;
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
    let pinned: Vec<&VerifierKey> = trust.policy().logs().iter().map(|log| &log.key).collect();
    let LogKeys { stranger, further } = LogKeys::compare(&caller.log_verifier_keys, &pinned);
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
    ];
    lines.extend(further.iter().map(|key| screen.say(Msg::LogKeyFurther, &[key])));
    lines.push(screen.say(Msg::KeyIdentifier, &[&own.to_string()]));
    lines.push(screen.say(if enrolled { Msg::KeyEnrolled } else { Msg::KeyNotEnrolled }, &[]));
    let mut value = json!({
        "caller": name,
        "hub_origin": caller.hub_origin,
        "hub_time_unix_ms": caller.hub_time_unix_ms,
        "log_keys": caller.log_verifier_keys,
        "log_keys_trusted": stranger.is_none(),
        "log_keys_further": further,
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

/// The log keys that the hub names, beside those that the trust file pins.
#[derive(Debug, PartialEq, Eq)]
struct LogKeys<'k> {
    /// One that contradicts the trust file.
    stranger: Option<&'k str>,
    /// Those of kinds that the trust file does not pin: news, and no contradiction.
    further: Vec<&'k str>,
}

impl<'k> LogKeys<'k> {
    /// A log has one key of each kind. So a key that is not pinned contradicts a pinned one of its
    /// kind, and all of them do when none is pinned; so does a text that is no key.
    fn compare(named: &'k [String], pinned: &[&VerifierKey]) -> Self {
        let known = |text: &str| pinned.iter().any(|key| key.to_string() == text);
        let contradicts = |text: &str| match text.parse::<VerifierKey>() {
            Ok(key) => pinned.iter().any(|other| other.key_type() == key.key_type()),
            Err(_) => true,
        };
        let others = || named.iter().map(String::as_str).filter(|text| !known(text));
        let none_pinned = others().count() == named.len();
        let stranger = if none_pinned {
            Some(others().next().unwrap_or("–"))
        } else {
            others().find(|text| contradicts(text))
        };
        let further = match stranger {
            Some(_) if none_pinned => Vec::new(),
            _ => others().filter(|text| !contradicts(text)).collect(),
        };
        Self { stranger, further }
    }
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
        grid.row([visible(&institution.institution), String::new(), name]);
        for one in &institution.offices {
            let name = lang.rendering(one.name.as_ref());
            grid.row([String::new(), visible(&one.office), name]);
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
    use barid_proto::tlog::vkey::KeyType;

    use super::*;

    /// Two points of RFC 8032, section 7.1.
    const RAW: [&str; 2] = [
        "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
        "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c",
    ];

    #[test]
    fn a_log_key_contradicts_a_pinned_one_of_its_kind_only() {
        let [ours, other] = RAW.map(|raw| {
            let raw = barid_client::hex::decode(raw).unwrap();
            VerifierKey::ed25519("hub.example/log", &raw).unwrap()
        });
        let second = VerifierKey::new("hub.example/log", KeyType::CosignatureMlDsa44, &[7; 1312]);
        let second = second.unwrap();
        let [our, their, later] = [&ours, &other, &second].map(VerifierKey::to_string);
        let found = |named: &[&str], pinned: &[&VerifierKey]| {
            let named: Vec<String> = named.iter().map(|&text| text.to_owned()).collect();
            let LogKeys { stranger, further } = LogKeys::compare(&named, pinned);
            let further: Vec<String> = further.into_iter().map(str::to_owned).collect();
            (stranger.map(str::to_owned), further)
        };
        assert_eq!(found(&[&our], &[&ours]), (None, vec![]));
        assert_eq!(found(&[&our, &later], &[&ours, &second]), (None, vec![]));
        assert_eq!(found(&[&our, &later], &[&ours]), (None, vec![later.clone()]));
        assert_eq!(found(&[&our, &their], &[&ours]), (Some(their.clone()), vec![]));
        let both = found(&[&their, &our, &later], &[&ours]);
        assert_eq!(both, (Some(their.clone()), vec![later.clone()]));
        assert_eq!(found(&[&later], &[&ours]), (Some(later), vec![]));
        assert_eq!(found(&[&their], &[&ours]), (Some(their), vec![]));
        assert_eq!(found(&[&our, "no key"], &[&ours]), (Some("no key".to_owned()), vec![]));
        assert_eq!(found(&[], &[&ours]), (Some("–".to_owned()), vec![]));
    }

    #[test]
    fn a_key_that_was_retired_or_revoked_is_not_in_use() {
        let key = EnrolledKey { key_id: vec![10], ..Default::default() };
        assert!(in_use(&key));
        assert!(!in_use(&EnrolledKey { retired_leaf: Some(0), ..key.clone() }));
        assert!(!in_use(&EnrolledKey { revoked_from_leaf: Some(0), ..key }));
    }
}
