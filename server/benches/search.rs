//! What it costs to find a case among ten thousand: `cargo xtask bench` runs this.
//!
//! ```text
//! search FOLDER CASES     makes a store with so many cases, makes them findable, asks;
//!                         NAME VALUE UNIT a line
//! ```
//!
//! All cases are the reader's own, which is the worst for the reader: a common word leads to each.

#![expect(clippy::print_stdout, reason = "a program speaks to its caller")]

use std::path::Path;
use std::time::{Duration, Instant};

use anyhow::{Context as _, bail};
use barid_hub::model::id::{
    CaseId, EnvelopeDigest, EnvelopeId, InstitutionId, OfficeAddress, OfficeId, OnceKey,
};
use barid_hub::model::row::{
    Batch, CaseChange, CaseOpening, CaseRole, DocketNumberRow, FilingRow, HeadRow, SealedRow,
    TileRow,
};
use barid_hub::model::sought::Sought;
use barid_hub::store::embedded::Embedded;
use barid_hub::store::{Reader, Store, Within};
use barid_proto::key::KeyId;
use barid_proto::leaf::LEAF_LEN;
use barid_proto::v1::filing_content::Content;
use barid_proto::v1::{
    AppealFiled, EnvelopeBody, FilingContent, Person, Rendering, SignedEnvelope, Text,
};
use prost::Message as _;
use sha2::{Digest as _, Sha256};

/// Filings in one commit.
const COMMIT: u64 = 500;
/// Times that each question is asked.
const ASKED: u64 = 200;
/// Hits of a first page, and one more.
const PAGE: usize = 21;

const NAMES: [&str; 16] = [
    "أحمد",
    "محمد",
    "علي",
    "حسين",
    "زينب",
    "فاطمة",
    "كريم",
    "سعاد",
    "ئازاد",
    "کاوە",
    "شیرین",
    "ناصر",
    "جاسم",
    "هدى",
    "رعد",
    "سلمان",
];
const WORDS: [&str; 16] = [
    "تزوير",
    "فرز",
    "الصناديق",
    "المحطة",
    "النتائج",
    "الاستبعاد",
    "المراقبين",
    "القائمة",
    "الأصوات",
    "الدعاية",
    "الاقتراع",
    "العد",
    "الشكوى",
    "الخروقات",
    "المفوضية",
    "المرشح",
];

/// What a question is called, and the `n`-th of its kind.
type Question = (&'static str, fn(u64) -> String);

fn main() -> anyhow::Result<()> {
    let arguments: Vec<String> = std::env::args().skip(1).filter(|one| one != "--bench").collect();
    match arguments.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        [folder, cases] => measure(Path::new(folder), cases.parse()?),
        // `cargo bench` without more would come here.
        _ => {
            println!("run `cargo xtask bench search`");
            Ok(())
        }
    }
}

fn hash(what: &str, n: u64) -> [u8; 32] {
    Sha256::new().chain_update(what).chain_update(n.to_be_bytes()).finalize().into()
}

/// Words that look chosen at random and are the same each time.
fn pick<'a>(words: &[&'a str], what: &str, n: u64) -> &'a str {
    let index = hash(what, n).first().copied().unwrap_or(0) as usize % words.len();
    words.get(index).copied().unwrap_or_default()
}

fn office(institution: &str, office: &str) -> anyhow::Result<OfficeAddress> {
    let institution = InstitutionId::new(institution).context("an institution")?;
    Ok(OfficeAddress { institution, office: OfficeId::new(office).context("an office")? })
}

/// An appeal of somebody, with sixty words of grounds.
fn appeal(n: u64) -> Vec<u8> {
    let name: Vec<&str> =
        ["one", "two", "three", "four"].iter().map(|part| pick(&NAMES, part, n)).collect();
    let ground: Vec<&str> = (0..60).map(|word| pick(&WORDS, "word", n * 60 + word)).collect();
    let text = format!("الطعن {} في {}", n, ground.join(" "));
    let rendering = Rendering { language: "ar".into(), text };
    let content = Content::AppealFiled(AppealFiled {
        appellant: Some(Person { full_name: name.join(" "), ..Person::default() }),
        grounds: vec![Text { renderings: vec![rendering], authoritative: "ar".into() }],
        ..AppealFiled::default()
    });
    let content = Some(FilingContent { content: Some(content) });
    let body = EnvelopeBody { content, ..EnvelopeBody::default() }.encode_to_vec();
    SignedEnvelope { body: body.into(), ..SignedEnvelope::default() }.encode_to_vec()
}

fn filing(n: u64, previous: u64) -> anyhow::Result<FilingRow> {
    let (sender, panel) = (office("ihec", "geo-nin")?, office("ejp", "registry")?);
    let number = DocketNumberRow {
        institution: panel.institution.clone(),
        literal: format!("{n}/الهيئة القضائية للانتخابات/2025"),
        normal: format!("{n}/2025"),
    };
    let id = hash("case", n);
    let id = id.get(..16).context("sixteen bytes")?;
    Ok(FilingRow {
        leaf: n,
        sealed_size: previous,
        accepted_at_ms: 1_763_000_000_000 + n,
        digest: EnvelopeDigest::new(hash("digest", n)),
        once_key: OnceKey::new(hash("once", n)),
        envelope_id: EnvelopeId::from_slice(id).context("an identifier")?,
        envelope: appeal(n),
        kind: 9,
        sender: sender.clone(),
        key_id: KeyId::new([7; 32]),
        sequence: n + 1,
        case: Some(CaseChange {
            case: CaseId::from_slice(id).context("an identifier")?,
            opening: Some(CaseOpening {
                data_class: 3,
                procedure_id: String::new(),
                rule_set_id: String::new(),
                election_event_id: "CoR-2025-6".to_owned(),
            }),
            parties: vec![(sender, CaseRole::Opener), (panel.clone(), CaseRole::Addressee)],
            docket_numbers: vec![number],
            names: Vec::new(),
        }),
        recipients: vec![panel],
        documents: Vec::new(),
        restricted: false,
        assessment: None,
        answer: None,
        key: None,
        answer_by_ms: None,
        public_act: None,
        mentions: Vec::new(),
        access: Vec::new(),
        retention: None,
    })
}

fn make(store: &Embedded, cases: u64) -> anyhow::Result<()> {
    let mut first = 0;
    while first < cases {
        let size = (first + COMMIT).min(cases);
        let entries = (first..size).map(|n| Ok(SealedRow::Filing(Box::new(filing(n, size)?))));
        let leaf = |n: u64| {
            let mut bytes = [0; LEAF_LEN];
            bytes.iter_mut().zip(hash("leaf", n)).for_each(|(byte, one)| *byte = one);
            bytes
        };
        let hashes = (0..size.min(256)).flat_map(|n| hash("tile", n)).collect();
        let batch = Batch {
            first_leaf: first,
            leaves: (first..size).map(leaf).collect(),
            tiles: vec![TileRow { level: 0, index: 0, hashes }],
            head: HeadRow { size, root: hash("root", size), note: b"note\n".to_vec() },
            entries: entries.collect::<anyhow::Result<Vec<_>>>()?,
            cosigned: Vec::new(),
        };
        store.commit(&batch).map_err(|fault| anyhow::anyhow!(fault.chain()))?;
        first = size;
    }
    Ok(())
}

fn measure(folder: &Path, cases: u64) -> anyhow::Result<()> {
    let failed = |fault: barid_hub::error::Fault| anyhow::anyhow!(fault.chain());
    let store = Embedded::open(folder).map_err(failed)?;
    make(&store, cases)?;
    let started = Instant::now();
    while store.make_findable(64).map_err(failed)? {}
    println!("cases {cases} cases");
    let per_second = cases as f64 / started.elapsed().as_secs_f64();
    println!("made-findable {per_second:.0} filings/s");
    let reader = Reader::Office(office("ejp", "registry")?);
    let within = Within { below: u64::MAX, ..Within::default() };
    let questions: [Question; 5] = [
        ("number", |n| format!("{n}/2025")),
        ("number-spelled", |n| format!("{n} / الهيئه القضائيه للانتخابات / ٢٠٢٥")),
        ("name", |n| format!("{} {}", pick(&NAMES, "one", n), pick(&NAMES, "two", n))),
        ("word", |n| pick(&WORDS, "word", n).to_owned()),
        ("words", |n| format!("{} {} {n}", pick(&WORDS, "word", n), pick(&WORDS, "word", n + 1))),
    ];
    for (name, text) in questions {
        let mut took = Vec::new();
        for asked in 0..ASKED {
            let text = text(asked * 41 % cases);
            let sought = Sought::read(&text).context("something to look for")?;
            let started = Instant::now();
            let found = store.search(&reader, &sought, &within, PAGE).map_err(failed)?;
            took.push(started.elapsed());
            if found.is_empty() && name != "words" {
                bail!("{text} leads nowhere");
            }
        }
        took.sort_unstable();
        let at = |part: usize| took.get(part).copied().unwrap_or(Duration::ZERO).as_micros();
        println!("{name}-p50 {} us", at(took.len() / 2));
        println!("{name}-p99 {} us", at(took.len() * 99 / 100));
    }
    Ok(())
}
