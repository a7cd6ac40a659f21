//! Outages of a real hub with real witnesses: stated once when they are over, reported by the
//! office that felt them, and both proved without the hub.

#![expect(clippy::expect_used, clippy::panic, reason = "each step must succeed for the next")]

use std::time::{Duration, Instant};

use barid_client::client::{Filed, OutageReport, OwnOutage};
use barid_client::draft::HashedDocument;
use barid_client::outbox::Reported;
use barid_client::proto::v1::{KeyPurpose, OutageScope};
use barid_client::source::{Machine, Source as _};
use barid_client::verify::{self, stated};
use barid_client::{ClientError, Trust};
use barid_tests::person::Person;
use barid_tests::{HubProcess, ScriptedOffice};

/// Far longer than anything here takes: the machine is busy.
const PATIENCE: Duration = Duration::from_secs(90);

/// The shortest outage that is stated here.
const BOUND: Duration = Duration::from_secs(4);

/// Longer than that, and than a mark of life is old.
const LONG: Duration = Duration::from_secs(7);

/// Settings behind those of the witnesses: outages count from seconds on.
const QUICK: &str = "patience_ms = 2000\nheartbeat_ms = 500\n[outages]\nat_least_ms = 4000";

fn now_ms() -> i64 {
    Machine.now_ms()
}

fn ms(duration: Duration) -> i64 {
    i64::try_from(duration.as_millis()).expect("a test is short")
}

async fn complain(office: &ScriptedOffice) -> Result<Filed, ClientError> {
    let path = barid_tests::programs::root().join("plugins/ihec/testdata/form-110.json");
    let document = HashedDocument::at(&path).expect("the document is there");
    let draft = office.complaint("council");
    let draft = draft.lead("ihec/form-110+json", "form", "application/json", document);
    office.client.submit(draft.stamp(office.stamp())).await
}

/// Tries until it gets through, or something fails for good.
async fn insist<T, F: Future<Output = Result<T, ClientError>>>(mut ask: impl FnMut() -> F) -> T {
    let started = Instant::now();
    loop {
        match ask().await {
            Ok(done) => return done,
            Err(error) if error.is_temporary() && started.elapsed() < PATIENCE => {
                tokio::time::sleep(Duration::from_millis(100)).await;
            }
            Err(error) => panic!("{error}"),
        }
    }
}

/// What is known of outages, once this holds.
async fn outages(
    office: &ScriptedOffice,
    holds: impl Fn(&[OwnOutage]) -> bool,
) -> (Vec<OwnOutage>, Vec<OutageReport>) {
    let started = Instant::now();
    loop {
        let known = insist(|| office.client.outages()).await;
        if holds(&known.0) {
            return known;
        }
        assert!(started.elapsed() < PATIENCE, "never: {:?}", spans(&known.0));
        tokio::time::sleep(Duration::from_millis(200)).await;
    }
}

/// What the hub states, the newest first.
fn spans(own: &[OwnOutage]) -> Vec<(OutageScope, i64, i64)> {
    let span =
        |one: &OwnOutage| (one.outage.scope(), one.outage.from_unix_ms, one.outage.until_unix_ms);
    own.iter().map(span).collect()
}

/// Both hold without the hub, for whoever has the policy.
fn hold_off_line(trust: &Trust, own: &[OwnOutage], reports: &[OutageReport]) {
    for one in own {
        let again = stated::statement(&one.sealed, trust).expect("it is proved");
        assert_eq!(again.statement.outage, Some(one.outage));
        assert!(again.witnessed.quorum);
    }
    for one in reports {
        let again = verify::sealed(one.sealed.clone(), trust).expect("it is proved");
        assert!(again.assessment.is_some(), "with what it is worth");
    }
}

/// The table of a person at another institution: the hub's word, and the office's.
fn a_person_sees_both(hub: &HubProcess) {
    let person = Person::of(hub, "reader", "ejp", "registry");
    let listed = person.barid(["outage", "list"]);
    let said = String::from_utf8_lossy(&listed.stdout).into_owned();
    assert!(listed.status.success(), "{said}{}", String::from_utf8_lossy(&listed.stderr));
    for by in ["\"by\":\"hub\"", "\"by\":\"ihec/geo-bas\"", "\"conclusion\":\"confirmed\""] {
        assert!(said.contains(by), "{by} in {said}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_outage_is_stated_once_reported_and_proved_without_the_hub() {
    let mut hub = HubProcess::start_witnessed(QUICK);
    let office = hub.office("ihec", "geo-bas");
    insist(|| office.client.enrol_key(KeyPurpose::Seal)).await;
    complain(&office).await.expect("it has a receipt");
    let (before, _) = outages(&office, |_| true).await;
    assert!(before.is_empty(), "nothing was down: {:?}", spans(&before));
    // Old enough for a mark of life behind the filing.
    tokio::time::sleep(BOUND / 2).await;

    let killed_ms = now_ms();
    hub.kill9();
    let tried_ms = now_ms();
    let tried = complain(&office).await;
    assert!(matches!(tried, Err(ClientError::Unreachable(_))), "{tried:?}");
    tokio::time::sleep(LONG).await;
    hub.launch().expect("it starts again");
    let sent = insist(async || {
        let sent = office.client.send().await?;
        sent.into_iter().next().expect("one was pending")
    });
    sent.await;

    // The office's own log: once, however often it is asked.
    let noted = office.client.reach().expect("the outbox can be read");
    let [link] = noted.over.as_slice() else { panic!("{noted:?}") };
    assert!(noted.now.is_none() && link.attempts >= 1 && link.report == Reported::No);
    assert!(link.from_ms >= tried_ms && link.until_ms - link.from_ms >= ms(LONG));
    let reported = office.client.report_outages(BOUND).await.expect("the outbox can be used");
    let leaf = match reported.as_slice() {
        [Ok(filed)] => filed.verified.leaf_index,
        other => panic!("{other:?}"),
    };
    let again = office.client.report_outages(BOUND).await.expect("the outbox can be used");
    assert!(again.is_empty(), "{again:?}");
    let noted = office.client.reach().expect("the outbox can be read");
    assert_eq!(noted.over.first().expect("it is kept").report, Reported::Leaf(leaf));

    // The hub's: since the last mark of life, until it sealed again.
    let (own, reports) = outages(&office, |own| !own.is_empty()).await;
    let [(OutageScope::Hub, from_ms, until_ms)] = spans(&own)[..] else { panic!("{own:?}") };
    assert!((killed_ms - ms(BOUND)..=killed_ms).contains(&from_ms), "{from_ms} {killed_ms}");
    assert!(until_ms - from_ms >= ms(LONG) && until_ms <= now_ms());
    let statement = own.first().expect("it is there");
    assert!(statement.contradicted.is_none() && statement.before.is_some());
    assert!(statement.outage.witnessed_before_unix_ms > 0 && statement.outage.size_before > 0);
    let [report] = reports.as_slice() else { panic!("{reports:?}") };
    let added = report.verified.assessment.as_ref().expect("the hub assessed it");
    let worth = added.assessments.iter().find(|one| one.subject == "outage").expect("its worth");
    assert_eq!(worth.readings.first().expect("one").conclusion, "confirmed");
    assert_eq!(worth.leaves, [statement.stated.leaf_index]);
    hold_off_line(&hub.trust(), &own, &reports);

    a_person_sees_both(&hub);

    // Once, also when the hub dies right behind it.
    hub.kill9();
    hub.launch().expect("it starts again");
    insist(|| complain(&office)).await;
    let (own, _) = outages(&office, |_| true).await;
    let (first, later) = (from_ms, spans(&own));
    assert_eq!(later.iter().filter(|(_, from_ms, _)| *from_ms == first).count(), 1, "{later:?}");
    assert!(later.iter().all(|(_, from_ms, _)| *from_ms == first || *from_ms >= until_ms));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_silence_of_the_witnesses_is_stated_when_they_are_back() {
    let mut hub = HubProcess::start_witnessed(QUICK);
    let office = hub.office("ihec", "geo-nin");
    insist(|| office.client.enrol_key(KeyPurpose::Seal)).await;
    complain(&office).await.expect("it has a receipt");
    tokio::time::sleep(BOUND / 2).await;
    for number in [1, 3] {
        hub.witnesses.get_mut(number).expect("there are four").kill9();
    }
    let gone_ms = now_ms();
    let first = complain(&office).await;
    assert!(matches!(first, Err(ClientError::Unwitnessed(_))), "{first:?}");
    tokio::time::sleep(LONG).await;
    hub.start_witness(1);
    hub.start_witness(3);
    let (own, _) = outages(&office, |own| !own.is_empty()).await;
    let [(OutageScope::Witnesses, from_ms, until_ms)] = spans(&own)[..] else { panic!("{own:?}") };
    // Witnesses give whole seconds, and cosign twice in one when nothing happens.
    assert!((gone_ms - 3_000..=gone_ms).contains(&from_ms), "{from_ms} {gone_ms}");
    assert!(until_ms - from_ms >= ms(BOUND) && until_ms <= now_ms());
    let outage = own.first().expect("it is there").outage;
    assert!(outage.witnessed_after_unix_ms > outage.witnessed_before_unix_ms);
    hold_off_line(&hub.trust(), &own, &[]);
    // It stays the only one while they answer.
    tokio::time::sleep(LONG).await;
    let (own, _) = outages(&office, |_| true).await;
    assert_eq!(own.len(), 1, "{:?}", spans(&own));
}
