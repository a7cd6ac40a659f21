//! Case A: a complaint about polling day, decided by a governorate office under a delegation.

use super::filing::Filing;
use super::papers;
use super::stage::Stage;

const DECISION: &str = "ihec/decision+json";

/// Plays the case; its identifier.
pub(crate) fn play(stage: &Stage) -> anyhow::Result<String> {
    stage.screen.scene("Case A: a complaint, decided under a delegation");
    let paper = |kind: &str, name: &str| Filing::of(kind, DECISION, &stage.paper(name));
    let delegation = paper("delegation-granted", "a-complaint/1-delegation.json")
        .to(&["ihec/geo-nin", "ihec/geo-bas"])
        .stamped("2025-11-03T12:00")
        .numbered("71/2025");
    stage.submit(
        "ihec/council",
        "lets offices decide green complaints: decision 71",
        &delegation,
    )?;

    let photos = [stage.made("photo-1.jpg")?, stage.made("photo-2.jpg")?];
    for (seed, photo) in (1..).zip(&photos) {
        papers::photo(photo, seed, papers::PHOTO_BYTES)?;
    }
    let form = stage.paper("a-complaint/2-form-110.json");
    let form = Filing::of("complaint-registered", "ihec/form-110+json", &form)
        .to(&["ihec/national", "ihec/council"])
        .exhibits(photos.iter().map(AsRef::as_ref))
        .stamped("2025-11-11T16:55")
        .numbered("110/NIN/118204/0007");
    let what = "takes in Form 110 with two photos: posters inside centre 118204";
    let opened = stage.submit("ihec/geo-nin", what, &form)?;
    let case = opened.case.clone();
    stage.acknowledge("ihec/national", "has the form and both photos, digests checked", &opened)?;

    let within = |kind: &str, name: &str, at: &str| paper(kind, name).within(&case).stamped(at);
    let classified =
        within("complaint-classified", "a-complaint/3-classified.json", "2025-11-13T11:30")
            .to(&["ihec/geo-nin"]);
    stage.submit("ihec/national", "committee 2 gives it the colour green", &classified)?;
    let inquiry = within("inquiry-reported", "a-complaint/4-inquiry.json", "2025-11-16T13:00")
        .to(&["ihec/national", "ihec/council"]);
    stage.submit("ihec/geo-nin", "heard two witnesses: proven in part", &inquiry)?;
    let decision =
        within("delegated-decision", "a-complaint/5-delegated-decision.json", "2025-11-17T14:00")
            .to(&["ihec/national", "ihec/council"])
            .numbered("NIN-DD-2025-0019");
    stage.submit("ihec/geo-nin", "decides: upheld in part, coordinator warned", &decision)?;
    let service = within("proof-of-service", "a-complaint/7-service.json", "2025-11-17T14:30")
        .to(&["ihec/national"]);
    stage.submit("ihec/geo-nin", "serves it on the complainant by hand", &service)?;
    let call_in = within("call-in", "a-complaint/6-call-in.json", "2025-11-19T14:00")
        .to(&["ihec/geo-nin", "ihec/national"]);
    stage.submit("ihec/council", "does not call it in: the decision is final", &call_in)?;
    stage.show_case("ihec/national", "Case A", &case)?;
    Ok(case)
}
