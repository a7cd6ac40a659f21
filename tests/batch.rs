//! Many filings by one command: killed at any moment it goes on where it was, files nothing twice
//! and loses nothing; each line has its own outcome; what was filed is found again.
//!
//! `BARID_BATCH_LINES` (how many) and `BARID_BATCH_SEED` (when it is killed) make the first longer
//! or different.

#![expect(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::unwrap_used,
    reason = "a broken rig fails"
)]

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::process::{Output, Stdio};
use std::time::Duration;

use barid_tests::{HubProcess, Person, programs};
use serde_json::{Value, json};

/// Lines of the batch that is killed, unless the environment says otherwise.
const LINES: u64 = 200;

/// How much longer each run may live than the one before until it is killed, in milliseconds: the
/// first are killed while they read and sign, on a quick machine and a slow one, later ones while
/// they send.
const LONGER_MS: u64 = 150;

/// Runs that are killed; the next is let be.
const KILLS: u64 = 16;

fn setting(name: &str, default: u64) -> u64 {
    std::env::var(name).ok().and_then(|value| value.parse().ok()).unwrap_or(default)
}

/// The form of the repository, as the `n`-th of its office.
fn form(n: u64) -> String {
    let path = programs::root().join("plugins/ihec/testdata/form-110.json");
    let text = fs::read_to_string(path).expect("the form is there");
    text.replace("110/2025-0004711", &format!("110/2025-{n:07}"))
        .replace("110/NIN/118204/0007", &format!("110/NIN/118204/{n:04}"))
        .replace("NIN-CMP-2025-0042", &format!("NIN-CMP-2025-{n:04}"))
}

/// A folder with so many forms, and no list.
fn forms(folder: &Path, count: u64) {
    fs::create_dir_all(folder).unwrap();
    for n in 1..=count {
        fs::write(folder.join(format!("form-{n:04}.json")), form(n)).unwrap();
    }
}

/// What holds for all forms.
const FILED: [&str; 6] =
    ["--format", "ihec/form-110+json", "--kind", "complaint-registered", "--to", "ihec/council"];

fn batch<'a>(verb: &'a str, path: &'a Path) -> Vec<&'a str> {
    let mut line = vec!["batch", verb, path.to_str().unwrap()];
    if verb != "report" {
        line.extend(FILED);
    }
    line
}

fn told(output: &Output, code: i32) -> Value {
    let said = String::from_utf8_lossy(&output.stdout);
    let why = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(code), "{said} {why}");
    serde_json::from_str(said.lines().last().unwrap_or_default()).expect("one line of JSON")
}

fn office(hub: &HubProcess, institution: &str, office: &str) -> Person {
    let person = Person::of(hub, &format!("{institution}-{office}"), institution, office);
    told(&person.barid(["enrol"]), 0);
    person
}

/// All cases of a person's office.
fn cases(person: &Person) -> Vec<Value> {
    let found = told(&person.barid(["docket", "list", "--count", "500"]), 0);
    found["cases"].as_array().unwrap().clone()
}

/// Numbers that look random and are the same for the same seed.
struct Dice(u64);

impl Dice {
    fn below(&mut self, bound: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0 % bound
    }
}

#[test]
fn a_batch_that_is_killed_again_and_again_files_each_line_once() {
    let lines = setting("BARID_BATCH_LINES", LINES);
    let seed = setting("BARID_BATCH_SEED", 0x0bad_5eed_2025);
    let mut dice = Dice(seed | 1);
    let hub = HubProcess::start();
    let person = office(&hub, "ihec", "geo-nin");
    let folder = tempfile::tempdir().unwrap();
    let letters = folder.path().join("letters");
    forms(&letters, lines);
    let mut kills = 0;
    while kills < KILLS {
        let mut run = person.command(batch("run", &letters));
        let mut run = run.stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
        std::thread::sleep(Duration::from_millis(dice.below((kills + 1) * LONGER_MS)));
        if run.try_wait().unwrap().is_some() {
            break;
        }
        run.kill().unwrap();
        run.wait().unwrap();
        kills += 1;
    }
    println!("seed {seed}: killed {kills} times");
    assert!(kills > 0, "it was too quick to be killed: give it more lines");
    let done = told(&person.barid(batch("run", &letters)), 0);
    assert_eq!(done["stamped"], json!(lines));
    assert_eq!(done["lines"].as_array().unwrap().len() as u64, lines);
    // At the hub: as many cases as lines, each with one filing, none of them twice.
    let cases = cases(&person);
    assert_eq!(cases.len() as u64, lines);
    assert!(cases.iter().all(|case| case["filings"] == 1));
    let number = |case: &Value| case["docket_numbers"][0]["literal"].to_string();
    let numbers: BTreeSet<String> = cases.iter().map(number).collect();
    assert_eq!(numbers.len() as u64, lines);
    // What the report says is what the log has.
    let report = told(&person.barid(batch("report", &letters)), 0);
    let field = |line: &Value, name: &str| line[name].as_str().unwrap_or_default().to_owned();
    let reported = report["lines"].as_array().unwrap();
    let leaves: BTreeSet<u64> =
        reported.iter().map(|line| line["leaf_index"].as_u64().unwrap()).collect();
    assert_eq!(leaves.len() as u64, lines);
    let ids: BTreeSet<String> = reported.iter().map(|line| field(line, "envelope_id")).collect();
    let known: BTreeSet<String> = cases.iter().map(|case| field(case, "case_id")).collect();
    assert_eq!(ids, known, "a case has the identifier of the envelope that opened it");
    // Once more changes nothing.
    let again = told(&person.barid(batch("run", &letters)), 0);
    assert_eq!(again["lines"], report["lines"]);
    assert_eq!(self::cases(&person).len() as u64, lines);
    assert_eq!(told(&person.barid(["pending"]), 0)["pending"], json!([]));
}

#[test]
fn all_problems_of_all_lines_are_told_before_anything_is_signed() {
    let hub = HubProcess::start();
    let person = office(&hub, "ihec", "geo-nin");
    let folder = tempfile::tempdir().unwrap();
    let list = folder.path().join("جلسة.csv");
    forms(folder.path(), 2);
    let broken = form(3).replace("\"signed\": true", "\"signed\": 7");
    fs::write(folder.path().join("broken.json"), broken).unwrap();
    fs::write(folder.path().join("empty.json"), "").unwrap();
    let rows = "الوثيقة,النوع,الصيغة,إلى,المرفقات\n\
                form-0001.json,,,,\n\
                missing.json,,,,empty.json\n\
                form-0002.json,no-such-kind,,IHEC/council؛ ejp,\n\
                form-0001.json,,,,\n\
                broken.json,,,,\n";
    fs::write(&list, rows).unwrap();
    let mut line = batch("check", &list);
    let found = told(&person.barid(&line), 1);
    let problems = found["problems"].as_array().unwrap();
    let told_of = |line: &str| -> Vec<&str> {
        let of_line = problems.iter().filter(|one| one["line"] == line);
        of_line.map(|one| one["code"].as_str().unwrap()).collect()
    };
    assert_eq!(told_of("3"), ["missing", "not-a-document"]);
    assert_eq!(told_of("4"), ["unreadable", "unreadable"]);
    assert_eq!(told_of("5"), ["same-as"]);
    assert_eq!(told_of("6"), ["found"], "{problems:?}");
    assert_eq!(told_of("2"), Vec::<&str>::new());
    // Without the hub, what the hub alone can see is not told.
    line.push("--offline");
    let offline = told(&person.barid(&line), 1);
    assert_eq!(offline["problems"].as_array().unwrap().len(), problems.len() - 1);
    let arabic = person.told("ar", batch("check", &list));
    let arabic = String::from_utf8_lossy(&arabic.stdout).into_owned();
    for part in ["لا توجد وثيقة", "مطابق للسطر", "لم يُوقَّع شيء"]
    {
        assert!(arabic.contains(part), "{part}: {arabic}");
    }
    // To run it files nothing either.
    told(&person.barid(batch("run", &list)), 1);
    assert_eq!(cases(&person), Vec::<Value>::new());
    assert_eq!(told(&person.barid(["pending"]), 0)["pending"], json!([]));
}

#[test]
fn each_line_has_its_own_outcome_and_all_or_nothing_is_asked_first() {
    let hub = HubProcess::start();
    let person = office(&hub, "ihec", "geo-nin");
    let folder = tempfile::tempdir().unwrap();
    let list = folder.path().join("letters.csv");
    forms(folder.path(), 3);
    let broken = form(9).replace("\"signed\": true", "\"signed\": 7");
    fs::write(folder.path().join("broken.json"), broken).unwrap();
    let rows = "document\nform-0001.json\nbroken.json\nform-0002.json\n";
    fs::write(&list, rows).unwrap();
    let mut all = batch("run", &list);
    all.push("--all-or-nothing");
    let found = told(&person.barid(&all), 1);
    assert_eq!(found["problems"][0]["line"], "3");
    assert_eq!(cases(&person), Vec::<Value>::new());

    let done = told(&person.barid(batch("run", &list)), 1);
    let outcomes = |done: &Value| -> Vec<String> {
        let lines = done["lines"].as_array().unwrap().iter();
        lines.map(|line| line["outcome"].as_str().unwrap().to_owned()).collect()
    };
    assert_eq!(outcomes(&done), ["stamped", "refused", "stamped"]);
    let why = done["lines"][1]["reason"].as_str().unwrap();
    assert!(why.contains("REASON_"), "{why}");
    // A spreadsheet of it; for a person, what was refused and why.
    let csv = folder.path().join("letters.report.csv");
    let mut report = batch("report", &list);
    report.extend(["--csv", csv.to_str().unwrap()]);
    told(&person.barid(&report), 1);
    let written = fs::read_to_string(&csv).unwrap();
    assert_eq!(written.lines().filter(|line| line.contains(",stamped,")).count(), 2);
    let sorani = person.told("ckb", batch("report", &list));
    assert!(String::from_utf8_lossy(&sorani.stdout).contains("ڕەتکرایەوە"));
    // Lines that were signed say what they said, and what was refused is mended.
    fs::write(&list, rows.replace("form-0001.json", "form-0003.json")).unwrap();
    let changed = told(&person.barid(batch("run", &list)), 1);
    assert_eq!(changed["problems"][0]["code"], "changed");
    fs::write(&list, rows).unwrap();
    fs::write(folder.path().join("broken.json"), form(9)).unwrap();
    let still = told(&person.barid(batch("run", &list)), 1);
    assert_eq!(outcomes(&still), ["stamped", "refused", "stamped"], "it was not asked to");
    all.push("--again");
    let mended = told(&person.barid(&all), 0);
    assert_eq!(outcomes(&mended), ["stamped", "stamped", "stamped"]);
    assert_eq!(cases(&person).len(), 3);
}

#[test]
fn what_waits_for_the_hub_goes_when_it_is_back() {
    let mut hub = HubProcess::start();
    let person = office(&hub, "ihec", "geo-nin");
    let folder = tempfile::tempdir().unwrap();
    let letters = folder.path().join("letters");
    forms(&letters, 4);
    hub.kill9();
    let waiting = told(&person.barid(batch("run", &letters)), 3);
    assert_eq!((&waiting["waiting"], &waiting["stamped"]), (&json!(4), &json!(0)));
    assert_eq!(told(&person.barid(["pending"]), 0)["pending"].as_array().unwrap().len(), 4);
    hub.launch().unwrap();
    // Whatever sends them, the batch knows.
    told(&person.barid(["pending", "--send"]), 0);
    // The documents are not needed any more.
    for n in 1..=4 {
        fs::remove_file(letters.join(format!("form-{n:04}.json"))).unwrap();
    }
    let report = told(&person.barid(batch("report", &letters)), 0);
    assert_eq!((&report["waiting"], &report["stamped"]), (&json!(0), &json!(4)));
    fs::write(letters.join("form-0005.json"), form(5)).unwrap();
    let done = told(&person.barid(batch("run", &letters)), 0);
    assert_eq!(done["stamped"], 5);
    assert_eq!(cases(&person).len(), 5);
}

#[test]
fn an_inbox_is_registered_by_one_command_and_found_again() {
    let hub = HubProcess::start();
    let sender = office(&hub, "ihec", "geo-nin");
    let clerk = office(&hub, "ihec", "council");
    let stranger = office(&hub, "fsc", "registry");
    let folder = tempfile::tempdir().unwrap();
    let letters = folder.path().join("letters");
    forms(&letters, 5);
    told(&sender.barid(batch("run", &letters)), 0);
    told(&clerk.barid(["register", "2", "--number", "12/2025"]), 0);
    let list = folder.path().join("numbers.csv");
    let line = |list: &Path| -> Vec<String> {
        let list = list.to_str().unwrap().to_owned();
        vec!["inbox".into(), "register-all".into(), "--numbers".into(), list]
    };
    // All that is wrong with it, at once.
    let wrong = "الموضع,الرقم\n١,11/2025\n2,13/2025\n1,14/2025\n9,15/2025\nx,\n";
    fs::write(&list, wrong).unwrap();
    let found = told(&clerk.barid(line(&list)), 1);
    let mut codes: Vec<String> = found["problems"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| format!("{} {}", one["line"].as_str().unwrap(), one["code"].as_str().unwrap()))
        .collect();
    codes.sort();
    assert_eq!(
        codes,
        ["3 registered-as", "4 same-as", "5 not-in-inbox", "6 empty", "6 unreadable"]
    );
    let rows: String = (1..=5).map(|n| format!("{n},{}/2025\n", 10 + n)).collect();
    fs::write(&list, format!("position,number\n{rows}")).unwrap();
    let done = told(&clerk.barid(line(&list)), 0);
    assert_eq!((&done["stamped"], &done["before"]), (&json!(4), &json!(1)));
    let again = told(&clerk.barid(line(&list)), 0);
    assert_eq!(again["lines"], done["lines"]);
    for case in cases(&clerk) {
        let own = case["docket_numbers"].as_array().unwrap().iter();
        assert_eq!(own.filter(|one| one["institution"] == "ihec").count(), 3, "{case}");
    }

    // By the number in another spelling, by a name, by words; by nobody else.
    let search = |who: &Person, code: i32, text: &str| told(&who.barid(["search", text]), code);
    let found = search(&clerk, 0, "١٣/٢٠٢٥");
    assert_eq!(found["hits"][0]["matched"], "SEARCH_MATCH_NUMBER_SPELLING");
    assert_eq!(found["hits"].as_array().unwrap().len(), 1);
    assert_eq!(search(&clerk, 0, "13/2025")["hits"][0]["matched"], "SEARCH_MATCH_NUMBER");
    let found = search(&sender, 0, "سعاد الجبورى");
    assert_eq!(found["hits"].as_array().unwrap().len(), 5);
    assert_eq!(found["hits"][0]["matched"], "SEARCH_MATCH_NAME");
    let found = search(&clerk, 0, "الملصقات");
    assert_eq!(found["hits"][0]["path"], "complaint_registered.facts");
    // Who endorsed the form is not looked for.
    assert_eq!(search(&clerk, 1, "العبيدي")["hits"], json!([]));
    for text in ["13/2025", "سعاد", "ملصقات"] {
        assert_eq!(search(&stranger, 1, text)["hits"], json!([]), "{text}");
    }
    let shown = clerk.told("ar", ["search", "ملصقات", "--kind", "complaint-registered"]);
    let shown = String::from_utf8_lossy(&shown.stdout).into_owned();
    assert!(shown.contains("«ملصقات»") && shown.contains("كلمات"), "{shown}");
}
