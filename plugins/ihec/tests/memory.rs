//! What hostile registers and forms make a process keep, measured from outside. Alone in its
//! process,
//! because the highest mark of memory is the whole process's.
#![expect(clippy::expect_used, reason = "a test fails by panicking")]

use std::fs;
use std::io::{Cursor, Write};
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::Duration;

use barid_format_ihec::Ihec;
use barid_plugin::Format;
use barid_plugin::v1::DecodeRequest;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

/// Most memory that the process may have while it reads any of the documents, in KiB: four times
/// what the largest document that is allowed unpacks to, and what earlier ones left behind. JSON
/// takes the most: two bytes on the wire can be thirty-two in memory.
const MOST_KIB: u64 = 512 << 10;

/// How often memory is looked at.
const PAUSE: Duration = Duration::from_millis(2);

/// What the process keeps now, in KiB; 0 where the system does not tell.
fn resident_kib() -> u64 {
    let told = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = told.lines().find(|line| line.starts_with("VmRSS:")).unwrap_or_default();
    line.split_whitespace().nth(1).and_then(|number| number.parse().ok()).unwrap_or_default()
}

/// The most that the process kept while `work` was done, in KiB.
fn most_kib(work: impl FnOnce()) -> u64 {
    let done = AtomicBool::new(false);
    thread::scope(|threads| {
        let watch = threads.spawn(|| {
            let mut most = resident_kib();
            while !done.load(Ordering::Relaxed) {
                most = most.max(resident_kib());
                thread::sleep(PAUSE);
            }
            most
        });
        work();
        done.store(true, Ordering::Relaxed);
        watch.join().unwrap_or(u64::MAX)
    })
}

fn packed(parts: &[(&str, String)]) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in parts {
        writer.start_file(*name, SimpleFileOptions::default()).expect("a part");
        writer.write_all(text.as_bytes()).expect("written");
    }
    writer.finish().expect("finished").into_inner()
}

const RELATIONS: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

/// A workbook of one sheet with these rows and shared strings.
fn workbook(rows: &str, strings: &str) -> Vec<u8> {
    let relation = |id: &str, kind: &str, target: &str| {
        format!(r#"<Relationship Id="{id}" Type="{RELATIONS}/{kind}" Target="{target}"/>"#)
    };
    let sheets = r#"<sheets><sheet name="S" sheetId="1" r:id="rId1"/></sheets>"#;
    packed(&[
        ("_rels/.rels", format!("<R>{}</R>", relation("r", "officeDocument", "xl/workbook.xml"))),
        ("xl/workbook.xml", format!(r#"<workbook xmlns:r="{RELATIONS}">{sheets}</workbook>"#)),
        (
            "xl/_rels/workbook.xml.rels",
            format!(
                "<R>{}{}</R>",
                relation("rId1", "worksheet", "s.xml"),
                relation("rId2", "sharedStrings", "sharedStrings.xml"),
            ),
        ),
        ("xl/s.xml", format!("<worksheet><sheetData>{rows}</sheetData></worksheet>")),
        ("xl/sharedStrings.xml", format!("<sst>{strings}</sst>")),
    ])
}

#[test]
fn no_document_takes_more_than_its_share() {
    let megabytes = |text: &str, count: usize| text.repeat((count << 20) / text.len());
    let below_headings = |text: String| format!("رقم الطعن,الطاعن\n{text}").into_bytes();
    let long = || format!("<si><t>{}</t></si>", "ب".repeat(16_000));
    let named = || r#"<c t="s"><v>0</v></c>"#.repeat(500_000);
    let twice = || format!("{{{}\"é\":0}}", megabytes("\"é\":0,", 15)).into_bytes();
    let (csv, xlsx, form) = ("ihec/register+csv", "ihec/register+xlsx", "ihec/form-110+json");
    // Made one after the other: together they would be the most memory.
    type Made<'m> = (&'m str, &'m str, &'m dyn Fn() -> Vec<u8>);
    let documents: [Made<'_>; 11] = [
        ("commas", csv, &|| below_headings(megabytes(",", 15))),
        ("rows", csv, &|| below_headings(megabytes("1,\n", 15))),
        ("quote", csv, &|| below_headings("\"".to_owned() + &megabytes("a\n", 15))),
        ("garbled", csv, &|| below_headings(megabytes("Ø§,Ã˜Â§\n", 15))),
        ("blank", xlsx, &|| workbook(&megabytes(" ", 60), "")),
        ("cells", xlsx, &|| workbook(&named(), &long())),
        ("empty rows", xlsx, &|| workbook(&megabytes("<row/>", 10), "")),
        ("strings", xlsx, &|| workbook("", &megabytes("<si><t>x</t></si>", 20))),
        ("list", form, &|| format!("[{}0]", megabytes("0,", 15)).into_bytes()),
        ("depth", form, &|| megabytes("[", 15).into_bytes()),
        ("names", form, &twice),
    ];
    if resident_kib() == 0 {
        println!("skipped: the system does not tell how much memory is used");
        return;
    }
    for (name, format, make) in documents {
        let request = DecodeRequest {
            format: format.to_owned(),
            input: make(),
            institution: "ihec".to_owned(),
            ..DecodeRequest::default()
        };
        let most = most_kib(|| {
            let reply = Ihec.decode(&request);
            assert!(!reply.problems.is_empty(), "{name} is no sound register");
        });
        println!("{name}: {} MiB", most >> 10);
        assert!(most < MOST_KIB, "{name}: {} MiB", most >> 10);
    }
}
