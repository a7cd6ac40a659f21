//! Case C: no appeal is open, the final results are adopted, and the court asks, ratifies them and
//! gives notice of it.

use super::filing::Filing;
use super::papers;
use super::stage::Stage;

const DECISION: &str = "ihec/decision+json";
const LETTER: &str = "fsc/correspondence+json";

/// The court's number of the request and of its decision.
const NUMBER: &str = "235/اتحادية/2025";

/// Plays the case.
pub(crate) fn play(stage: &Stage) -> anyhow::Result<()> {
    stage.screen.scene("Case C: final results, ratified by the Federal Supreme Court");
    let case = adopted(stage)?;
    requested(stage, &case)?;
    asked(stage, &case)?;
    ratified(stage, &case)?;
    let announced = stage.paper("c-ratification/8-results-announced.json");
    let announced = Filing::of("results-announced", DECISION, &announced)
        .within(&case)
        .to(&["parliament/secretariat", "ihec/national"])
        .stamped("2025-12-14T18:00")
        .numbered("235");
    stage.submit("ihec/council", "announces; parliament meets by 29 December", &announced)?;
    stage.show_case("ihec/national", "Case C", &case)
}

/// No appeal is open, so the Council adopts the final results; the case's identifier.
fn adopted(stage: &Stage) -> anyhow::Result<String> {
    let certificate = stage.paper("c-ratification/1-closing-certificate.json");
    let certificate =
        Filing::of("closing-certificate", "ejp/closing-certificate+json", &certificate)
            .to(&["ihec/national", "ihec/council"])
            .stamped("2025-12-07T09:30");
    let certified = stage.submit("ejp/registry", "certifies: no appeal is open", &certificate)?;
    stage.acknowledge("ihec/council", "has the certificate", &certified)?;
    let adopted = stage.paper("c-ratification/2-results-adopted.json");
    let adopted = Filing::of("results-adopted", DECISION, &adopted)
        .within(&certified.case)
        .to(&["ihec/national"])
        .stamped("2025-12-07T16:00")
        .numbered("231");
    stage.submit("ihec/council", "adopts the final results", &adopted)?;
    Ok(certified.case)
}

/// The Council's request, and its number at the court.
fn requested(stage: &Stage, case: &str) -> anyhow::Result<()> {
    let request = papers::ratification_request(stage.made("ratification-request.json")?)?;
    let request = Filing::of("ratification-request", "fsc/ratification-request+json", &request)
        .within(case)
        .to(&["fsc/registry"])
        .stamped("2025-12-08T10:00")
        .numbered("(خ/ 25 ر.م/ 79)");
    let what = "asks for ratification: 329 winners";
    let request = stage.submit("ihec/council", what, &request)?;
    stage.acknowledge("fsc/registry", "has the request, digest checked", &request)?;
    stage.register("fsc/registry", &request, NUMBER, "2025-12-08T11:10")
}

/// The court's question, answered the same day.
fn asked(stage: &Stage, case: &str) -> anyhow::Result<()> {
    let query = Filing::of("query", LETTER, &stage.paper("c-ratification/4-query.json"))
        .within(case)
        .to(&["ihec/council"])
        .stamped("2025-12-10T10:20");
    let query = stage.submit("fsc/registry", "asks how ruling 612 was carried out", &query)?;
    stage.acknowledge("ihec/council", "has the question", &query)?;
    let answer = Filing::of("answer", DECISION, &stage.paper("c-ratification/5-answer.json"))
        .within(case)
        .to(&["fsc/registry"])
        .stamped("2025-12-10T14:40");
    let what = "answers: votes restored, no red complaint open";
    let answer = stage.submit("ihec/council", what, &answer)?;
    stage.acknowledge("fsc/registry", "has the answer", &answer)?;
    Ok(())
}

/// The court's decision, and its notice to those who have to act on it.
fn ratified(stage: &Stage, case: &str) -> anyhow::Result<()> {
    let decision = stage.paper("c-ratification/6-ratification.xml");
    let decision = Filing::of("ratification-decision", "fsc/ratification+akn", &decision)
        .within(case)
        .to(&["ihec/national", "ihec/council", "parliament/secretariat"])
        .stamped("2025-12-14T12:30")
        .numbered(NUMBER);
    let decision = stage.submit("fsc/registry", "ratifies all seats, unanimous", &decision)?;
    stage.acknowledge("ihec/council", "has the ratification", &decision)?;
    stage.acknowledge("parliament/secretariat", "has the ratification", &decision)?;
    let notice = stage.paper("c-ratification/7-ratification-notice.json");
    let notice = Filing::of("ratification-notice", LETTER, &notice)
        .within(case)
        .to(&["parliament/secretariat", "ihec/council"])
        .stamped("2025-12-14T14:00");
    let what = "notifies parliament and the Council of the ratification";
    let notice = stage.submit("fsc/registry", what, &notice)?;
    stage.acknowledge("parliament/secretariat", "has been told of the ratification", &notice)?;
    stage.acknowledge("ihec/council", "has the notice", &notice)?;
    Ok(())
}
