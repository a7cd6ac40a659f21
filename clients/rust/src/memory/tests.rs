//! A log that grows, shrinks, forks, and what is remembered of it.

use super::*;
use crate::testing::{ORIGIN, TestLog};

struct Setting {
    folder: tempfile::TempDir,
    log: TestLog,
}

impl Setting {
    fn new(leaves: u8) -> Self {
        let mut log = TestLog::new();
        for leaf in 0..leaves {
            log.append([leaf; 32]);
        }
        Self { folder: tempfile::tempdir().unwrap(), log }
    }

    fn memory(&self) -> Memory {
        Memory::open(self.folder.path()).unwrap()
    }

    fn seen(&self, size: usize) -> Seen {
        let note = self.log.note(size);
        let checkpoint = self.log.trust().checkpoint(&note).unwrap().checkpoint;
        Seen { checkpoint, note }
    }
}

fn fault(error: ClientError) -> (HistoryFault, PathBuf) {
    match error {
        ClientError::Evidence(EvidenceError::History { why, kept }) => (why, kept),
        other => panic!("{other}"),
    }
}

#[test]
fn the_larger_checkpoint_is_remembered() {
    let setting = Setting::new(7);
    let (memory, trust) = (setting.memory(), setting.log.trust());
    assert_eq!(memory.newest(ORIGIN, &trust).unwrap(), None);
    memory.remember(None, &setting.seen(5)).unwrap();
    let had = memory.newest(ORIGIN, &trust).unwrap();
    assert_eq!(had, Some(setting.seen(5)));
    memory.remember(had.as_ref(), &setting.seen(3)).unwrap();
    assert_eq!(memory.newest(ORIGIN, &trust).unwrap(), had);
    memory.remember(had.as_ref(), &setting.seen(7)).unwrap();
    assert_eq!(memory.newest(ORIGIN, &trust).unwrap(), Some(setting.seen(7)));
}

#[test]
fn a_log_that_grows_has_to_prove_it() {
    let setting = Setting::new(7);
    let (memory, had, shown) = (setting.memory(), setting.seen(5), setting.seen(7));
    let standing = memory.stand(Some(&had), &shown, Claim::Newest).unwrap();
    assert_eq!(standing, Standing::Needs { old_size: 5, new_size: 7 });
    let path = setting.log.consistency(5, 7);
    memory.reconcile(&had, &shown, &path).unwrap();
    // An old receipt is proven the other way round.
    memory.reconcile(&shown, &had, &path).unwrap();
    let (why, _) = fault(memory.reconcile(&had, &shown, &[[0; 32]]).unwrap_err());
    assert!(matches!(why, HistoryFault::Forked(_)));
}

#[test]
fn a_log_that_shrinks_or_has_two_trees_is_accused_with_both_notes() {
    let setting = Setting::new(7);
    let (memory, had) = (setting.memory(), setting.seen(5));
    let shown = setting.seen(4);
    let (why, kept) = fault(memory.stand(Some(&had), &shown, Claim::Newest).unwrap_err());
    assert_eq!(why, HistoryFault::Shrunk { had: 5, shown: 4 });
    assert_eq!(std::fs::read(kept.join("had.checkpoint")).unwrap(), had.note);
    assert_eq!(std::fs::read(kept.join("shown.checkpoint")).unwrap(), shown.note);
    // The checkpoint of an old receipt may be smaller; then it needs a proof.
    let standing = memory.stand(Some(&had), &shown, Claim::OfSomeTime).unwrap();
    assert_eq!(standing, Standing::Needs { old_size: 4, new_size: 5 });

    let mut other = Setting::new(0);
    for leaf in 0..5 {
        other.log.append([100 + leaf; 32]);
    }
    let (why, _) = fault(memory.stand(Some(&had), &other.seen(5), Claim::Newest).unwrap_err());
    assert_eq!(why, HistoryFault::TwoTrees(5));
}

#[test]
fn a_forged_memory_is_not_believed() {
    let setting = Setting::new(7);
    let (memory, trust) = (setting.memory(), setting.log.trust());
    memory.remember(None, &setting.seen(5)).unwrap();
    let path = memory.path(ORIGIN);
    let forged = String::from_utf8(std::fs::read(&path).unwrap()).unwrap();
    std::fs::write(&path, forged.replacen("\n5\n", "\n4\n", 1)).unwrap();
    assert!(matches!(memory.newest(ORIGIN, &trust), Err(ClientError::Evidence(_))));
}
