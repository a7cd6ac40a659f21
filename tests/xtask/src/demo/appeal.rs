//! Case B: a decision of the Council is published, appealed, annulled by the panel, and put right.

use std::path::{Path, PathBuf};

use anyhow::bail;

use super::filing::Filing;
use super::office::Filed;
use super::stage::Stage;
use super::{listing, papers};

const DECISION: &str = "ihec/decision+json";
const APPEAL: &str = "ihec/appeal+json";
const LETTER: &str = "ejp/correspondence+json";

/// The panel's number of the appeal.
const NUMBER: &str = "612/الهيئة القضائية للانتخابات/2025";

/// From the complaint to the panel's docket; the case's identifier.
pub(crate) fn up_to_the_panel(stage: &Stage) -> anyhow::Result<String> {
    stage.screen.scene("Case B: decided by the Council, published, appealed");
    let decided = decided(stage)?;
    appealed(stage, &decided)?;
    Ok(decided.case)
}

/// From the panel's question to the report that its ruling was carried out; the ruling.
pub(crate) fn to_the_end(stage: &Stage, case: &str) -> anyhow::Result<Filed> {
    stage.screen.scene("Case B goes on: asked, answered, ruled, carried out");
    let within = |kind: &str, format: &str, name: &str| {
        Filing::of(kind, format, &stage.paper(name)).within(case)
    };
    let query = within("query", LETTER, "b-appeal/8-query.json")
        .to(&["ihec/national"])
        .stamped("2025-11-26T10:30");
    let query = stage.submit("ejp/registry", "asks for log books and a recount", &query)?;
    stage.acknowledge("ihec/national", "has the question", &query)?;
    let minutes: Vec<PathBuf> = ["E7-recount-02.txt", "E8-recount-05.txt", "E9-seals.txt"]
        .into_iter()
        .map(|name| papers::log_book(stage.made(name)?, name))
        .collect::<anyhow::Result<_>>()?;
    let answer = within("answer", DECISION, "b-appeal/9-answer.json")
        .to(&["ejp/registry"])
        .exhibits(minutes.iter().map(AsRef::as_ref))
        .stamped("2025-11-30T13:20");
    let answer =
        stage.submit("ihec/national", "answers with the recount minutes, E7 to E9", &answer)?;
    stage.acknowledge("ejp/registry", "has the answer, digests checked", &answer)?;
    let ruling = within("ruling-issued", "ejp/ruling+akn", "b-appeal/10-ruling.xml")
        .to(&["ihec/national", "ihec/council", "ihec/geo-bas"])
        .stamped("2025-12-04T12:00")
        .numbered(NUMBER);
    let ruling =
        stage.submit("ejp/registry", "rules: decision 214 is annulled, unanimous", &ruling)?;
    stage.acknowledge("ihec/national", "has been served with the ruling", &ruling)?;
    stage.acknowledge("ihec/council", "has been served with the ruling", &ruling)?;
    let report = within("implementation-report", DECISION, "b-appeal/11-implementation.json")
        .to(&["ejp/registry", "ihec/council"])
        .stamped("2025-12-07T11:00");
    stage.submit("ihec/national", "reports: results of both stations restored", &report)?;
    stage.show_case("ihec/national", "Case B", case)?;
    Ok(ruling)
}

/// The case after the Council decided it, and what later papers refer to.
struct Decided {
    case: String,
    decision: Filed,
    certificate: Filed,
}

/// The complaint and the Council's decision on it, published.
fn decided(stage: &Stage) -> anyhow::Result<Decided> {
    let paper = |kind: &str, name: &str| Filing::of(kind, DECISION, &stage.paper(name));
    let form = stage.paper("b-appeal/1-form-110.json");
    let form = Filing::of("complaint-registered", "ihec/form-110+json", &form)
        .to(&["ihec/national", "ihec/council"])
        .stamped("2025-11-12T09:40")
        .numbered("110/BAS/124310/0002");
    let opened = stage.submit("ihec/geo-bas", "takes in Form 110: count sheets differ", &form)?;
    let case = opened.case;
    let classified = paper("complaint-classified", "b-appeal/2-classified.json")
        .within(&case)
        .to(&["ihec/geo-bas", "ihec/council"])
        .stamped("2025-11-13T12:10");
    stage.submit("ihec/national", "gives it the colour red", &classified)?;
    let decision = paper("council-decision", "b-appeal/3-council-decision.json")
        .within(&case)
        .to(&["ihec/national", "ihec/geo-bas"])
        .stamped("2025-11-16T15:30")
        .numbered("214");
    let what = "decision 214: 4 to 4, the chair decides; two stations cancelled";
    let decision = stage.submit("ihec/council", what, &decision)?;
    let published = paper("publication-certificate", "b-appeal/4-publication-certificate.json")
        .within(&case)
        .to(&["ihec/national", "ihec/geo-bas"])
        .stamped("2025-11-19T14:30");
    let what = "certifies the publication: 3 days, 3 newspapers, 2 languages";
    let certificate = stage.submit("ihec/council", what, &published)?;
    Ok(Decided { case, decision, certificate })
}

/// The appeal on its last day, its way to the panel, and a supplement.
fn appealed(stage: &Stage, decided: &Decided) -> anyhow::Result<()> {
    let case = &decided.case;
    let exhibits = exhibits(stage)?;
    let appeal = Filing::of("appeal-filed", APPEAL, &stage.paper("b-appeal/5-appeal.json"))
        .within(case)
        .to(&["ihec/national", "ihec/council"])
        .exhibits(exhibits.iter().map(AsRef::as_ref))
        .stamped("2025-11-23T14:10")
        .numbered("BAS-APL-2025-0003");
    let what = "stamps the appeal of list 187, fifty minutes before closing, E1 to E6";
    let appeal = stage.submit("ihec/geo-bas", what, &appeal)?;
    stage.acknowledge("ihec/national", "has the appeal and its exhibits", &appeal)?;
    let packet = [&decided.decision, &decided.certificate, &appeal].map(|filed| &*filed.digest);
    let letter = stage.made("referral.json")?;
    papers::referral(&stage.paper("b-appeal/6-referral.json"), &letter, &packet)?;
    let referral = Filing::of("referral", DECISION, &letter)
        .within(case)
        .to(&["ejp/registry"])
        .exhibits(exhibits.iter().map(AsRef::as_ref))
        .stamped("2025-11-24T11:00")
        .numbered("(خ/ 25 ر.م/ 61)");
    let what = "refers it to the panel with the Council's reply and E1 to E6";
    let referral = stage.submit("ihec/national", what, &referral)?;
    let fetched =
        stage.acknowledge("ejp/registry", "has the referral, digests checked", &referral)?;
    compare(&exhibits, &fetched)?;
    stage.screen.remark("what the panel fetched equals what Basra filed, byte for byte");
    stage.register("ejp/registry", &referral, NUMBER, "2025-11-24T13:00")?;
    let supplement =
        Filing::of("supplement-filed", APPEAL, &stage.paper("b-appeal/7-supplement.json"))
            .within(case)
            .to(&["ihec/national"])
            .stamped("2025-11-25T10:15");
    stage.submit("ejp/registry", "passes on a supplement that came directly", &supplement)?;
    Ok(())
}

/// E1 to E6. E3 is larger than what travels in one request, so it is uploaded in parts.
fn exhibits(stage: &Stage) -> anyhow::Result<Vec<PathBuf>> {
    let mut exhibits = Vec::new();
    for name in ["E1-log-book-02.txt", "E2-log-book-05.txt"] {
        exhibits.push(papers::log_book(stage.made(name)?, name)?);
    }
    let sizes = [("E3-seals-02.jpg", papers::SCAN_BYTES), ("E4-seals-05.jpg", papers::PHOTO_BYTES)];
    for (seed, (name, bytes)) in (3..).zip(sizes) {
        let path = stage.made(name)?;
        papers::photo(&path, seed, bytes)?;
        exhibits.push(path);
    }
    for name in ["E5-power-of-attorney.txt", "E6-audit-minutes.txt"] {
        exhibits.push(papers::log_book(stage.made(name)?, name)?);
    }
    Ok(exhibits)
}

/// What was fetched is what was filed. A fetched document's name ends with the name it had.
fn compare(filed: &[PathBuf], fetched: &Path) -> anyhow::Result<()> {
    let there = listing(fetched)?;
    for exhibit in filed {
        let name = exhibit.file_name().unwrap_or_default().to_string_lossy();
        let copy = there.iter().find(|path| path.to_string_lossy().ends_with(&*name));
        match copy {
            Some(copy) if std::fs::read(copy)? == std::fs::read(exhibit)? => {}
            Some(_) => bail!("{name} arrived changed"),
            None => bail!("{name} did not arrive"),
        }
    }
    Ok(())
}
