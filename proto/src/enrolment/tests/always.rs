//! What holds of every history, whatever is tried.

use super::*;
use std::cell::RefCell;

use proptest::prelude::*;

#[test]
fn a_history_that_was_kept_judges_as_the_one_that_was_replayed() {
    let mut log = Log::new();
    let south = log.first("alpha/south");
    let admin = log.admin("alpha/south", &south);
    let restored = KeyHistory::restored(ORIGIN, log.history.keys().cloned());
    let new = new_key();
    let event = signed("alpha/south", add(&new), &[&new, &south]);
    let step = KeyStep::parse(&event).unwrap();
    assert_eq!(restored.check(30, &step), log.history.check(30, &step));
    assert_eq!(restored.standing(&id(&admin), 30), Standing::InUse);
}

/// What may be tried on a log, by number: any of six keys in any part, from two offices.
#[derive(Debug, Clone, Copy)]
struct Try {
    what: u8,
    key: usize,
    by: usize,
    south: bool,
    back: u64,
}

fn attempts() -> impl Strategy<Value = Vec<Try>> {
    let one = (0_u8..6, 0_usize..6, 0_usize..6, any::<bool>(), 0_u64..60)
        .prop_map(|(what, key, by, south, back)| Try { what, key, by, south, back });
    prop::collection::vec(one, 1..40)
}

thread_local! {
    static KEYS: RefCell<Vec<FileKey>> = RefCell::new((0..6).map(|_| new_key()).collect());
}

fn attempt(log: &mut Log, keys: &[FileKey], one: Try) -> Option<u64> {
    let (key, by) = (&keys[one.key], &keys[one.by]);
    let sender = if one.south { "alpha/south" } else { "alpha/head" };
    let from = (log.leaf + 10).saturating_sub(one.back);
    let done = match one.what {
        0 => log.try_event(sender, vouched(add(key)), &[key]),
        1 => log.try_event(sender, add(key), &[key, by]),
        2 => log.try_event(sender, add_admin(key), &[key, by]),
        3 => log.try_event(sender, retire(key), &[by]),
        4 => log.try_event(sender, of("alpha/south", revoke(key, from)), &[by]),
        _ => log.try_event(sender, revoke(key, from), &[by]),
    };
    done.ok().filter(|_| one.what >= 4).map(|_| from)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    /// What held at a leaf when its key event was taken in holds for ever, except where a
    /// revocation reaches back to it; and whoever is in use has somebody in use behind it.
    #[test]
    fn only_a_revocation_that_reaches_back_changes_what_was(tries in attempts()) {
        KEYS.with_borrow(|keys| {
            let mut log = Log::new();
            let mut was: Vec<(u64, KeyId, Standing)> = Vec::new();
            for one in tries {
                let from = attempt(&mut log, keys, one);
                was.retain(|(leaf, ..)| from.is_none_or(|from| *leaf < from));
                let now = keys.iter().map(|key| (log.leaf, id(key), log.standing(key, log.leaf)));
                was.extend(now);
                for (leaf, key, standing) in &was {
                    prop_assert_eq!(log.history.standing(key, *leaf), *standing);
                }
            }
            for known in log.history.keys() {
                let in_use = log.history.standing(&known.key.id(), log.leaf) == Standing::InUse;
                if let (true, VouchedBy::Key(above)) = (in_use, &known.vouched_by) {
                    let then = log.history.standing(above, known.added_leaf);
                    prop_assert_eq!(then, Standing::InUse);
                }
            }
            Ok(())
        })?;
    }
}
