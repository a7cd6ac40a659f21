//! `README.txt`: what a stranger reads first. It proves nothing, and says so.

use barid_proto::envelope;
use barid_proto::tlog::receipt::Receipt;
use barid_proto::v1::{Address, EnvelopeBody};
use jiff::Timestamp;

use super::Evidence;
use crate::hex;

/// Filings that are listed by name; a longer case says how many more there are.
const LISTED_MAX: usize = 50;

const ARABIC: &str = "\
هذه حزمة بريد: معاملات موقّعة مع كل ما يلزم للتحقق منها دون الرجوع إلى المنصة.

للتحقق بالبرنامج (لا يحتاج شبكة ولا ملفاً شخصياً):
    barid verify --lang ar --policy policy.txt --roots roots.pem هذا-الملف.barid
خذ السياسة والجذور من مصدر تثق به (الجريدة الرسمية أو أرشيف مؤسستك)، لا من هذه الحزمة.

للتحقق يدوياً: هذا ملف ZIP غير مضغوط.
  1. filings/*/envelope.bin رسالة protobuf فيها البايتات الموقّعة والتواقيع.
  2. filings/*/receipt.tlog-proof إيصال بصيغة C2SP tlog-proof تتحقق منه أدوات غيرنا.
  3. sha256sum --check documents.sha256 يقارن الوثائق ببصماتها.
الخطوات كاملة في docs/verifying.md في مستودع بريد.

هذا النص لا يثبت شيئاً. الحكم لما يقوله التحقق وحده.
";

const ENGLISH: &str = "\
This is a Barid bundle: signed filings with everything needed to check them without the hub.

To verify with the program (it needs no network and no profile):
    barid verify --policy policy.txt --roots roots.pem THIS-FILE.barid
Take policy and roots from a source you trust (the gazette, your institution's archive), never
from this bundle.

To verify by hand: this is a ZIP file without compression.
  1. filings/*/envelope.bin is a protobuf message: the signed bytes and the signatures.
  2. filings/*/receipt.tlog-proof is a receipt in the form C2SP tlog-proof, which foreign tools
     check too.
  3. `sha256sum --check documents.sha256` compares the documents with their digests.
All steps are in docs/verifying.md of Barid's repository.

This text proves nothing. Only what the verification says does.
";

/// The README of a bundle of these filings.
#[must_use]
pub fn readme(filings: &[Evidence]) -> String {
    let mut lines = vec![ARABIC.to_owned(), ENGLISH.to_owned(), "المعاملات · Filings".to_owned()];
    lines.extend((1..).zip(filings).take(LISTED_MAX).map(|(number, filing)| line(number, filing)));
    if let Some(more) = filings.len().checked_sub(LISTED_MAX).filter(|more| *more > 0) {
        lines.push(format!("  … +{more}"));
    }
    lines.join("\n") + "\n"
}

fn line(number: usize, filing: &Evidence) -> String {
    let body = envelope::decode_body(&filing.sealed.envelope.body).unwrap_or_default();
    let kind = body.kind().as_str_name().trim_start_matches("FILING_KIND_").to_ascii_lowercase();
    let (sender, to) = (office(body.sender.as_ref()), recipients(&body));
    let id = hex::encode(&body.envelope_id);
    let when = accepted(&filing.sealed.receipt);
    format!("  {number:05}  {when}  {kind}  {sender} -> {to}  {id}")
}

fn recipients(body: &EnvelopeBody) -> String {
    let all: Vec<String> = body.recipients.iter().map(|address| office(Some(address))).collect();
    if all.is_empty() { "-".to_owned() } else { all.join(", ") }
}

/// An office, without what could turn the line around: the envelope is foreign text.
fn office(address: Option<&Address>) -> String {
    let plain = |text: &str| -> String {
        text.chars().filter(|c| c.is_ascii_alphanumeric() || *c == '-').take(32).collect()
    };
    let Some(address) = address else { return "-".to_owned() };
    match (plain(&address.institution), plain(&address.office)) {
        (institution, office) if office.is_empty() => institution,
        (institution, office) => format!("{institution}/{office}"),
    }
}

/// When the hub accepted it, as the receipt says, in UTC to the second.
fn accepted(receipt: &[u8]) -> String {
    let receipt = Receipt::parse(receipt).ok();
    let time = receipt.and_then(|receipt| {
        let [_, time @ ..]: [u8; 9] = receipt.extra.try_into().ok()?;
        let seconds = i64::try_from(u64::from_be_bytes(time) / 1000).ok()?;
        Timestamp::from_second(seconds).ok()
    });
    time.map_or_else(|| "-".to_owned(), |time| time.to_string())
}
