//! The command line as people and scripts type it.

use super::*;
use clap::CommandFactory as _;

fn parses(line: &str) -> bool {
    Line::try_parse_from(line.split(' ')).is_ok()
}

#[test]
fn the_definition_is_sound_and_tells_the_exit_codes() {
    Line::command().debug_assert();
    let help = Line::command().render_long_help().to_string();
    for code in ["0  done", "1  refused", "2  cannot decide", "3  the hub", "4  the hub's"] {
        assert!(help.contains(code), "{code}");
    }
}

#[test]
fn commands_about_sealed_exhibits_parse() {
    let (id, digest) = ("ab".repeat(16), "ab".repeat(32));
    for line in [
        &format!("barid exhibit open {id} {digest} video.mp4"),
        &format!("barid access grant {id} {digest} --to fsc/registry --order {digest}"),
        &format!("barid access grant ejp:6/2025 {digest} --to fsc --order-number ejp:17/2025"),
        "barid key new --for sealing",
        "barid enrol --sealing --vouched-by admin.pem --holder ihec/geo-bas",
        "barid submit --content c.binpb --kind appeal-filed --to ejp --sealed-exhibit a.mp4",
    ] {
        assert!(parses(line), "{line}");
    }
    for line in [
        "barid enrol --sealing --administration",
        &format!("barid access grant {id} {digest} --to fsc"),
        &format!("barid access grant {id} --to fsc --order {digest}"),
    ] {
        assert!(!parses(line), "{line}");
    }
}

#[test]
fn every_command_parses_as_documented() {
    let id = "ab".repeat(16);
    let digest = "ab".repeat(32);
    for line in [
        "barid key new",
        "barid key show --json",
        "barid enrol --lang ar",
        "barid enrol --key a.pem --administration --vouched-by b.pem",
        "barid enrol --key pkcs11:object=a --admin-key b.pem --holder ihec/geo-bas",
        "barid key new --algorithm ml-dsa-65 --out further.pem",
        &format!("barid key retire {digest} --signed-by other.pem"),
        &format!("barid key revoke {digest} --from 5 --admin-key admin.pem"),
        "barid whoami --directory",
        "barid check f.json --format ihec/form-110+json --kind complaint-registered",
        "barid submit f.json --format ihec/form-110+json --kind complaint-registered \
         --to ihec/national --exhibit a.jpg --exhibit b.jpg --data-class synthetic \
         --stamp-time 2025-11-23T14:10:00+03:00 --stamp-number 110/NIN/1/7",
        "barid submit --content c.binpb --kind referral --to ejp --docket ihec:BAS-1 --reply-to 3",
        "barid inbox list --after 3",
        "barid inbox receive --follow --format ejp/ruling+akn",
        "barid inbox ack 4",
        "barid register 4 --number 612/2025",
        "barid refuse 4 --ground no-signature=unsigned --ground late=late",
        "barid docket list",
        "barid docket list --find إحسان --count 5",
        &format!("barid docket show {id}"),
        "barid docket show ejp:612/2025",
        &format!("barid docket watch {id}"),
        &format!("barid exhibit stat {digest}"),
        "barid log checkpoint",
        "barid outage list --lang ar",
        "barid outage show 7 --json",
        "barid outage report --at-least 600",
        "barid outage report --from 2025-11-23T10:00:00+03:00 --until 2025-11-23T12:00:00+03:00 \
         --attempts 9 --cause unplugged",
        "barid log follow --every 5",
        "barid log export public/log --json",
        "barid clock request year.tsq",
        "barid clock file year.tsr --roots tsa.pem",
        "barid clock take --tsa http://tsa.example/stamp --roots tsa.pem",
        "barid verify some.barid --trust trust.policy",
        "barid verify some.barid --policy trust.policy --roots roots.pem --strict --json",
        "barid verify folder --without-roots",
        &format!("barid bundle {id} -o case.barid --documents"),
        &format!("barid bundle {digest}"),
        &format!("barid bundle {id} --clock {digest}"),
        "barid bundle ejp:612/2025 --crl revoked.crl",
        &format!("barid custody {id} --svg case.svg"),
        "barid custody --bundle case.barid --json",
        &format!("barid course {id} --law-lang ckb"),
        "barid course --bundle case.barid --json",
        "barid rules list",
        "barid rules list --with regulation.toml --lang ar",
        "barid rules show IQ-L11-2007 appeal-window --law-lang ckb",
        "barid rules draw IQ-L11-2007 --procedure complaint --law-lang es --svg complaint.svg",
        "barid rules check law.toml regulation.toml --json",
        "barid rules diff IQ-L11-2007/1 regulation.toml --json",
        "barid pending --send",
        "barid period explain ejp:612/2025 --leaf 41 --rule appeal-window --lang ckb --svg a.svg",
        "barid period explain --bundle case.barid --policy p.txt --without-roots --json",
        "barid period compute --rules IQ-L31-2019 --rule appeal-window --from 2025-11-17T14:00 \
         --office geo-bas --calendar a.toml --calendar b.toml --measure 2025-11-23T14:10 \
         --event CoR-2025-6 --set A1=first --lang es --svg b.svg",
    ] {
        assert!(parses(line), "{line}");
    }
}

#[test]
fn commands_about_many_filings_and_searches_parse() {
    for line in [
        "barid search 612/2025 --json",
        "barid search احسان محمد --event CoR-2025-6 --kind appeal-filed --office ihec/geo-bas \
         --from 2025-11-12 --until 2025-11-30 --count 5 --page 9-20",
        "barid batch check list.csv --offline --format a/b --kind appeal-filed --to ejp;fsc",
        "barid batch run letters --all-or-nothing --again --data-class synthetic",
        "barid batch report list.csv --csv out.csv --lang ckb",
        "barid inbox register-all --numbers n.csv --check",
        "barid inbox register-all --numbers n.csv --again",
    ] {
        assert!(parses(line), "{line}");
    }
    for line in [
        "barid search",
        "barid search a --from 12/11/2025",
        "barid batch",
        "barid batch report",
        "barid inbox register-all",
        "barid inbox register-all --numbers n.csv --check --again",
    ] {
        assert!(!parses(line), "{line}");
    }
}

#[test]
fn commands_about_plugins_parse_as_documented() {
    let digest = "ab".repeat(32);
    for line in [
        "barid plugin check lib.so --json",
        "barid plugin check lib.so documents --kind query --kind answer --seed 7 --mutations 0 \
         --max-input-bytes 65536 --deadline-ms 900 --out report.json --key pkcs11:object=a",
        "barid plugin describe lib.so --lang ar",
        &format!("barid plugin report report.json --plugin lib.so --signer {digest}"),
    ] {
        assert!(parses(line), "{line}");
    }
}

#[test]
fn commands_about_figures_parse_as_documented() {
    for line in [
        "barid statistics --event CoR-2025-6",
        "barid statistics --event CoR-2025-6 --by sex --class synthetic --lang ckb",
        "barid statistics --event E --open outcome/appeal:pending --as-of 41200 --json",
        "barid statistics --event E --at 2025-12-07T15:00:00+03:00 --out figures --minimum 10",
        "barid statistics verify figures --recompute --rules regulation.toml",
        "barid publish open-data --event E --out open --as-of 9",
    ] {
        assert!(parses(line), "{line}");
    }
    for line in [
        "barid statistics",
        "barid statistics --by sex",
        "barid statistics --event E --by name",
        "barid statistics --event E --out figures --by sex",
        "barid statistics verify",
        "barid publish open-data --event E",
    ] {
        assert!(!parses(line), "{line}");
    }
}

#[test]
fn what_makes_no_sense_is_refused() {
    for line in [
        "barid",
        "barid submit --kind referral",
        "barid submit f.json --kind referral",
        "barid submit f.json --format a --kind nothing",
        "barid submit f.json --format a --kind referral --data-class secret",
        "barid register 4",
        "barid refuse 4",
        "barid docket show 612/2025",
        "barid exhibit get zz out.pdf",
        "barid whoami --lang fr",
        "barid enrol --holder ihec/geo-bas",
        "barid key new --algorithm rsa",
        "barid key retire 07",
        "barid verify some.barid --roots r.pem --without-roots",
        "barid custody",
        "barid course",
        "barid period explain",
        "barid period compute --rules a.toml --from 2025-11-17",
        "barid period compute --rules a.toml --rule b --from 17/11/2025",
        "barid period compute --rules a.toml --rule b --from 2025-11-17 --set A1",
        "barid bundle 612/2025",
        "barid rules check",
        "barid rules diff IQ-L11-2007",
        "barid rules list --law-lang fr",
        "barid plugin check",
        "barid plugin check lib.so --key a.pem",
        "barid plugin check lib.so --kind poem",
        "barid plugin report report.json --signer 07",
    ] {
        assert!(!parses(line), "{line}");
    }
}

#[test]
fn commands_about_registers_parse() {
    let digest = "ab".repeat(32);
    for line in [
        format!("barid reconcile {digest} {digest}"),
        "barid reconcile a.json:ihec/register+json hub:ejp --event CoR-2025-6".to_owned(),
        format!("barid reconcile hub:ihec hub:ejp+{digest} --event E --not-all-referred"),
        "barid reconcile --event E --from 2025-11-12 --until 2025-11-20".to_owned(),
        "barid register 3 --number 612/2025 --direct".to_owned(),
        format!("barid statement import r.csv --format ejp/register+csv --since {digest}"),
        "barid statement import r.csv --format a/b --event E --to ihec --to fsc".to_owned(),
        format!("barid statement show {digest}"),
        format!("barid statement changes r.csv:ejp/register+csv {digest}"),
    ] {
        assert!(parses(&line), "{line}");
    }
    for line in [
        "barid reconcile".to_owned(),
        format!("barid reconcile {digest}"),
        "barid reconcile hub:ejp/registry hub:ihec --event E".to_owned(),
        "barid statement import r.csv".to_owned(),
        "barid statement show hub:ejp".to_owned(),
    ] {
        assert!(!parses(&line), "{line}");
    }
}
