//! Papers made on the spot, the same in every run: photos, log books, forms, the list of winners.

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::{Value, json};

/// A photo that travels in the same request as its filing.
pub(crate) const PHOTO_BYTES: usize = 60_000;

/// A scan that does not, and is uploaded in parts.
pub(crate) const SCAN_BYTES: usize = 2_500_000;

/// Seats of the Council of Representatives.
const SEATS: u32 = 329;

/// Lines of a log book.
const LOG_LINES: u32 = 40;

/// Constituencies of the winners, in turn.
const CONSTITUENCIES: [&str; 6] = ["بغداد", "البصرة", "نينوى", "النجف", "أربيل", "كركوك"];

/// Writes bytes with the beginning and end of a JPEG; between them is noise.
pub(crate) fn photo(path: &Path, seed: u32, bytes: usize) -> anyhow::Result<()> {
    let mut state = seed;
    let noise = std::iter::repeat_with(|| {
        // A linear congruential generator (Knuth): noise that is the same in every run.
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        state.to_be_bytes()[0]
    });
    let mut photo = vec![0xff, 0xd8, 0xff, 0xe0];
    photo.extend(noise.take(bytes));
    photo.extend([0xff, 0xd9]);
    Ok(fs::write(path, photo)?)
}

/// Writes what stands for the scan of a log book.
pub(crate) fn log_book(path: PathBuf, title: &str) -> anyhow::Result<PathBuf> {
    let mut text = format!("{title}\nبيانات مصطنعة / synthetic\n\n");
    for line in 1..=LOG_LINES {
        let minute = line * 15;
        text += &format!(
            "{:02}:{:02}  ناخب {line:03}  voter {line:03}\n",
            7 + minute / 60,
            minute % 60
        );
    }
    fs::write(&path, text)?;
    Ok(path)
}

/// Writes a complaint of the rush hour; `number` is the one that the office stamps on it.
pub(crate) fn complaint(path: PathBuf, governorate: &str, number: &str) -> anyhow::Result<PathBuf> {
    let form = json!({
        "form_serial": format!("110/2025-{number}"),
        "docket_numbers": [number],
        "complainant": {
            "full_name": "مشتكٍ مثالي من الناخبين",
            "sex": "female",
            "capacity": "voter",
            "postal_address": "حي المثال، دار 00",
            "telephone": "0000 000 0000",
            "preferred_language": "ar",
        },
        "stream": "general",
        "place": {
            "governorate": governorate,
            "constituency": governorate,
            "centre": "124399",
            "stations": ["01"],
        },
        "incident_at": "2025-11-11T17:40:00+03:00",
        "facts": { "ar": "أُغلقت المحطة قبل الموعد.", "en": "The station closed early." },
        "relief": { "ar": "التحقيق." },
        "witnessed": true,
        "signed": true,
        "endorsement": {
            "name": "منسق المثال",
            "post": "مدير المحطة",
            "endorsed_at": "2025-11-11T18:00:00+03:00",
        },
    });
    write(path, &form)
}

/// Writes the request to ratify, with as many winners as there are seats. All are made up.
pub(crate) fn ratification_request(path: PathBuf) -> anyhow::Result<PathBuf> {
    let winners: Vec<Value> = (1..=SEATS).zip(CONSTITUENCIES.iter().cycle()).map(winner).collect();
    let request = json!({
        "letter": { "institution": "ihec", "number": "(خ/ 25 ر.م/ 79)", "date": "2025-12-08" },
        "closing_certificate": { "institution": "ejp", "number": "9", "date": "2025-12-07" },
        "winners": winners,
    });
    write(path, &request)
}

/// Writes the letter of referral: what its packing list has no exhibit number for is an earlier
/// filing, and gets the digest of that envelope.
pub(crate) fn referral(template: &Path, path: &Path, packet: &[&str]) -> anyhow::Result<()> {
    let mut letter: Value = serde_json::from_slice(&fs::read(template)?)?;
    let list = letter.get_mut("packing_list").and_then(Value::as_array_mut);
    let filings = list.into_iter().flatten().filter_map(Value::as_object_mut);
    let filings = filings.filter(|item| !item.contains_key("exhibit_number"));
    for (item, digest) in filings.zip(packet) {
        item.insert("digest".to_owned(), json!(digest));
    }
    Ok(fs::write(path, serde_json::to_vec_pretty(&letter)?)?)
}

fn winner((seat, constituency): (u32, &&str)) -> Value {
    let mut winner = json!({
        "seat": seat,
        "constituency": constituency,
        "candidate_id": (9_000 + seat).to_string(),
        "full_name": format!("فائز مثالي رقم {seat}"),
        "sex": "male",
        "list": (180 + seat % 12).to_string(),
        "votes": 20_000 - seat * 7,
    });
    // Every fourth seat: the share that the law keeps for women.
    if seat.is_multiple_of(4)
        && let Value::Object(fields) = &mut winner
    {
        fields.insert("sex".to_owned(), json!("female"));
        fields.insert("quota".to_owned(), json!("women"));
    }
    winner
}

fn write(path: PathBuf, value: &Value) -> anyhow::Result<PathBuf> {
    fs::write(&path, serde_json::to_vec_pretty(value)?)?;
    Ok(path)
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::{photo, ratification_request, referral};

    #[test]
    fn papers_are_the_same_in_every_run() {
        let folder = tempfile::tempdir().unwrap();
        let read = |name: &str| std::fs::read(folder.path().join(name)).unwrap();
        for name in ["a", "b"] {
            photo(&folder.path().join(name), 1, 100).unwrap();
        }
        assert_eq!(read("a"), read("b"));
        photo(&folder.path().join("b"), 2, 100).unwrap();
        assert_ne!(read("a"), read("b"));
    }

    #[test]
    fn every_seat_has_a_winner() {
        let folder = tempfile::tempdir().unwrap();
        let path = ratification_request(folder.path().join("request.json")).unwrap();
        let request: Value = serde_json::from_slice(&std::fs::read(path).unwrap()).unwrap();
        let winners = request["winners"].as_array().unwrap();
        assert_eq!(winners.len(), 329);
        let women = winners.iter().filter(|winner| winner["sex"] == "female").count();
        assert_eq!(women, 82);
        assert!(winners.iter().all(|winner| winner["votes"].as_u64() > Some(0)));
    }

    #[test]
    fn only_what_is_no_exhibit_gets_a_digest() {
        let folder = tempfile::tempdir().unwrap();
        let (template, letter) = (folder.path().join("t"), folder.path().join("l"));
        let list = json!([{ "title": "a" }, { "exhibit_number": "E1" }, { "title": "b" }]);
        std::fs::write(&template, json!({ "packing_list": list }).to_string()).unwrap();
        referral(&template, &letter, &["x", "y"]).unwrap();
        let letter: Value = serde_json::from_slice(&std::fs::read(letter).unwrap()).unwrap();
        let digests: Vec<&Value> = (0..3).map(|at| &letter["packing_list"][at]["digest"]).collect();
        assert_eq!(digests, [&json!("x"), &Value::Null, &json!("y")]);
    }
}
