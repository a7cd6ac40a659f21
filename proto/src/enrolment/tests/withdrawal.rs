//! How a key goes, and what goes with it.

use super::*;

#[test]
fn a_key_never_comes_back() {
    let mut log = Log::new();
    let (south, second) = (log.first("alpha/south"), new_key());
    log.event("alpha/south", add(&second), &[&second, &south]);
    let came = RuleBroken::CameBefore(id(&second));
    assert_eq!(log.broken("alpha/south", add(&second), &[&second, &south]), came);
    log.event("alpha/south", retire(&second), &[&south]);
    assert_eq!(log.broken("alpha/south", add(&second), &[&second, &south]), came);
    assert_eq!(log.broken("alpha/south", retire(&second), &[&south]), RuleBroken::AlreadyOut);
}

#[test]
fn a_retired_key_keeps_what_it_signed() {
    let mut log = Log::new();
    let (south, north) = (log.first("alpha/south"), log.first("alpha/north"));
    assert_eq!(log.broken("alpha/north", retire(&south), &[&north]), {
        RuleBroken::OtherHolder("alpha/south".into())
    });
    let by_colleague = log.broken("alpha/north", of("alpha/south", retire(&south)), &[&north]);
    assert_eq!(by_colleague, RuleBroken::OtherOffice);
    let nobodys = new_key();
    let never = RuleBroken::NeverCame(id(&nobodys));
    assert_eq!(log.broken("alpha/north", retire(&nobodys), &[&north]), never);

    let leaf = log.event("alpha/south", retire(&south), &[&south]);
    assert_eq!(log.standing(&south, 9), Standing::Unknown);
    assert_eq!(log.standing(&south, 10), Standing::InUse);
    assert_eq!(log.standing(&south, leaf), Standing::InUse);
    assert_eq!(log.standing(&south, leaf + 1), Standing::Retired { leaf });
}

#[test]
fn an_administrative_key_withdraws_the_keys_of_every_office() {
    let mut log = Log::new();
    let (head, south) = (log.first("alpha/head"), log.first("alpha/south"));
    let (admin, beta) = (log.admin("alpha/head", &head), log.first("beta/desk"));
    log.event("alpha/head", of("alpha/south", retire(&south)), &[&admin]);
    let foreign = of("beta/desk", retire(&beta));
    assert_eq!(log.broken("alpha/head", foreign, &[&admin]), RuleBroken::Foreign);
    // A retired key may have been stolen all the same.
    log.event("alpha/head", of("alpha/south", revoke(&south, 15)), &[&admin]);
    let because = id(&south);
    assert_eq!(log.standing(&south, 99), Standing::Revoked { from: 15, because });
}

#[test]
fn reaching_back_takes_a_key_that_may() {
    let mut log = Log::new();
    let (head, south) = (log.first("alpha/head"), log.first("alpha/south"));
    let second = new_key();
    log.event("alpha/south", add(&second), &[&second, &south]);
    let ahead = RuleBroken::RevokedAhead { from: 41, leaf: 40 };
    assert_eq!(log.broken("alpha/south", revoke(&second, 41), &[&south]), ahead);
    let own = log.broken("alpha/south", revoke(&second, 39), &[&second]);
    assert_eq!(own, RuleBroken::TakesBackItsOwn);
    log.event("alpha/south", revoke(&second, 35), &[&south]);
    let later = log.broken("alpha/south", revoke(&second, 36), &[&south]);
    assert_eq!(later, RuleBroken::AlreadyOut);
    log.event("alpha/south", revoke(&second, 31), &[&south]);

    let third = new_key();
    log.event("alpha/south", add(&third), &[&third, &south]);
    let admin = log.admin("alpha/head", &head);
    let broken = log.broken("alpha/south", revoke(&third, 65), &[&south]);
    assert_eq!(broken, RuleBroken::ReachesBack);
    let leaf = log.leaf + 10;
    log.event("alpha/south", revoke(&third, leaf), &[&south]);
    log.event("alpha/south", revoke(&third, 65), &[&admin]);
    log.event("alpha/south", revoke(&south, log.leaf + 10), &[&south]);
}

#[test]
fn what_a_revoked_key_vouched_for_falls_with_it() {
    let mut log = Log::new();
    let south = log.first("alpha/south"); // leaf 10
    let [before, after, below] = [new_key(), new_key(), new_key()];
    log.event("alpha/south", add(&before), &[&before, &south]); // 20
    log.event("alpha/south", add(&after), &[&after, &south]); // 30
    log.event("alpha/south", add(&below), &[&below, &after]); // 40
    for cut_off in [&after, &below] {
        let broken = log.broken("alpha/south", revoke(&south, 25), &[cut_off]);
        assert_eq!(broken, RuleBroken::CutsItselfOff);
    }
    log.event("alpha/south", revoke(&south, 25), &[&before]);
    let because = id(&south);
    assert_eq!(log.standing(&south, 24), Standing::InUse);
    assert_eq!(log.standing(&south, 25), Standing::Revoked { from: 25, because });
    assert_eq!(log.standing(&before, 99), Standing::InUse);
    assert_eq!(log.standing(&after, 30), Standing::Revoked { from: 30, because });
    assert_eq!(log.standing(&below, 40), Standing::Revoked { from: 40, because });
    assert_eq!(log.standing(&below, 39), Standing::Unknown);
}
