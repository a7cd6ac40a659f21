//! Case C: no appeal is open, the final results are adopted, and the court ratifies them.

use super::filing::Filing;
use super::papers;
use super::stage::Stage;

const DECISION: &str = "ihec/decision+json";

/// The court's number of the request and of its decision.
const NUMBER: &str = "235/اتحادية/2025";

/// Plays the case.
pub(crate) fn play(stage: &Stage) -> anyhow::Result<()> {
    stage.screen.scene("Case C: final results, ratified by the Federal Supreme Court");
    let certificate = stage.paper("c-ratification/1-closing-certificate.json");
    let certificate =
        Filing::of("closing-certificate", "ejp/closing-certificate+json", &certificate)
            .to(&["ihec/national", "ihec/council"])
            .stamped("2025-12-07T09:30");
    let certified = stage.submit("ejp/registry", "certifies: no appeal is open", &certificate)?;
    let case = certified.case.clone();
    stage.acknowledge("ihec/council", "has the certificate", &certified)?;
    let adopted = stage.paper("c-ratification/2-results-adopted.json");
    let adopted = Filing::of("results-adopted", DECISION, &adopted)
        .within(&case)
        .to(&["ihec/national"])
        .stamped("2025-12-07T16:00")
        .numbered("231");
    stage.submit("ihec/council", "adopts the final results", &adopted)?;
    let request = papers::ratification_request(stage.made("ratification-request.json")?)?;
    let request = Filing::of("ratification-request", "fsc/ratification-request+json", &request)
        .within(&case)
        .to(&["fsc/registry"])
        .stamped("2025-12-08T10:00")
        .numbered("(خ/ 25 ر.م/ 79)");
    let what = "asks for ratification: 329 winners";
    let request = stage.submit("ihec/council", what, &request)?;
    stage.acknowledge("fsc/registry", "has the request, digest checked", &request)?;
    stage.register("fsc/registry", &request, NUMBER, "2025-12-08T11:10")?;
    let decision = stage.paper("c-ratification/4-ratification.xml");
    let decision = Filing::of("ratification-decision", "fsc/ratification+akn", &decision)
        .within(&case)
        .to(&["ihec/national", "ihec/council", "parliament/secretariat"])
        .stamped("2025-12-14T12:30")
        .numbered(NUMBER);
    let decision = stage.submit("fsc/registry", "ratifies all seats, unanimous", &decision)?;
    stage.acknowledge("parliament/secretariat", "has been told of the ratification", &decision)?;
    stage.acknowledge("ihec/council", "has the ratification", &decision)?;
    let announced = stage.paper("c-ratification/5-results-announced.json");
    let announced = Filing::of("results-announced", DECISION, &announced)
        .within(&case)
        .to(&["parliament/secretariat", "ihec/national"])
        .stamped("2025-12-14T18:00")
        .numbered("235");
    stage.submit("ihec/council", "announces; parliament meets by 29 December", &announced)?;
    stage.show_case("ihec/national", "Case C", &case)
}
