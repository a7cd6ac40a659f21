//! What is written is valid against the schemas of ECF 4.01, and comes back as it was.

#![expect(clippy::expect_used, reason = "a test that cannot read its sample has to stop")]
#![expect(clippy::print_stdout, reason = "a skipped test says so")]

mod helper;

use std::path::{Path, PathBuf};
use std::process::Command;

use barid_format_ecf::{CALLBACK, DOCKETING, Ecf, FILING, RECEIPT, XML};
use barid_plugin::Format;
use barid_plugin::problem::text;
use barid_plugin::v1::{
    Acknowledgement, DocketNumber, EncodeReply, EncodeRequest, FilingContent, IntakeRoute, Officer,
    OfficerRole, RefusalGround, RefusalToRegister, Registration, filing_content::Content,
};
use helper::{codes, decode};
use proptest::prelude::*;

fn encode(format: &str, content: &Content) -> EncodeReply {
    Ecf.encode(&EncodeRequest {
        format: format.to_owned(),
        content: Some(FilingContent { content: Some(content.clone()) }),
        institution: "court".to_owned(),
        languages: vec!["es".to_owned(), "en".to_owned()],
    })
}

fn receipt() -> Content {
    let document_digests = vec![vec![2; 32], vec![3; 32]];
    Content::Acknowledgement(Acknowledgement { envelope_digest: vec![1; 32], document_digests })
}

fn registration() -> Content {
    Content::Registration(Registration {
        docket_number: Some(DocketNumber {
            institution: "court".to_owned(),
            literal: "612/الهيئة القضائية للانتخابات/2025 <&>".to_owned(),
            normal: String::new(),
        }),
        registered_at_unix_ms: 1_763_740_800_000,
        clerk: Some(Officer {
            name: "نور مثال".to_owned(),
            role: OfficerRole::Clerk.into(),
            officer_id: String::new(),
        }),
        route: IntakeRoute::Direct.into(),
    })
}

fn refusal() -> Content {
    let ground = |code: &str, reason: &[(&str, &str)], remedy: &[(&str, &str)]| RefusalGround {
        code: code.to_owned(),
        reason: text(reason),
        remedy: text(remedy),
    };
    Content::RefusalToRegister(RefusalToRegister {
        grounds: vec![
            ground("no-signature", &[("ar", "غير موقع"), ("es", "Sin firma")], &[("es", "Firme")]),
            ground("no-fee", &[("ar", "لم يدفع الرسم")], &[]),
        ],
        clerk: None,
    })
}

#[test]
fn a_registration_comes_back_with_its_number_and_instant() {
    for format in [CALLBACK, DOCKETING] {
        let written = encode(format, &registration());
        assert_eq!(written.media_type, XML);
        let left: Vec<&str> = written.problems.iter().map(helper::place).collect();
        assert_eq!(left, ["ecf:SendingMDELocationID", "ecf:ReviewedLeadDocument", "route"]);
        let read = decode(format, &written.output);
        assert_eq!(codes(&read.problems), Vec::<&str>::new());
        let Some(Content::Registration(mut before)) = Some(registration()) else { return };
        // What the standard has no element for.
        (before.clerk, before.route) = (None, 0);
        let after = read.content.and_then(|content| content.content);
        assert_eq!(after, Some(Content::Registration(before)), "{format}");
    }
}

#[test]
fn a_refusal_is_written_in_the_readers_language() {
    let written = encode(CALLBACK, &refusal());
    let xml = String::from_utf8(written.output.clone()).expect("UTF-8");
    for part in [
        "<nc:StatusText>no-signature</nc:StatusText>",
        "<nc:StatusDescriptionText>Sin firma — Firme</nc:StatusDescriptionText>",
        "<nc:StatusDescriptionText>لم يدفع الرسم</nc:StatusDescriptionText>",
        "<ecf:FilingStatusCode>rejected</ecf:FilingStatusCode>",
    ] {
        assert!(xml.contains(part), "{part}\n{xml}");
    }
    let left: Vec<&str> = written.problems.iter().map(helper::place).collect();
    let expected =
        ["ecf:SendingMDELocationID", "nc:Case", "grounds[0]", "ecf:ReviewedLeadDocument"];
    assert_eq!(left, expected, "of the reason in two languages one is left out, and told");
    let read = decode(CALLBACK, &written.output);
    let Some(Content::RefusalToRegister(after)) = read.content.and_then(|c| c.content) else {
        panic!("{:?}", read.problems)
    };
    let grounds: Vec<(&str, &str)> = after
        .grounds
        .iter()
        .map(|ground| {
            let reason = ground.reason.as_ref().expect("a reason");
            (ground.code.as_str(), reason.renderings[0].text.as_str())
        })
        .collect();
    assert_eq!(grounds, [("no-signature", "Sin firma — Firme"), ("no-fee", "لم يدفع الرسم")]);
}

#[test]
fn a_receipt_says_which_bytes_arrived() {
    let written = encode(RECEIPT, &receipt());
    let xml = String::from_utf8(written.output).expect("UTF-8");
    for (byte, what) in [("01", "envelope"), ("02", "lead document"), ("03", "exhibit 1")] {
        let id = format!("<nc:IdentificationID>{}</nc:IdentificationID>", byte.repeat(32));
        let at = xml.find(&id).expect("a digest");
        let rest = xml.get(at..).expect("the rest");
        assert!(rest.lines().nth(1).is_some_and(|line| line.contains(what)), "{what}");
    }
    assert!(xml.contains("<ecf:ErrorCode>0</ecf:ErrorCode>"));
}

#[test]
fn what_a_format_does_not_carry_is_refused() {
    for (format, content) in
        [(FILING, registration()), (RECEIPT, registration()), (CALLBACK, receipt())]
    {
        let reply = encode(format, &content);
        assert!(reply.output.is_empty());
        assert_eq!(codes(&reply.problems), ["format-unknown"]);
    }
    let bell = Content::RefusalToRegister(RefusalToRegister {
        grounds: vec![RefusalGround { code: "x\u{7}".to_owned(), ..Default::default() }],
        clerk: None,
    });
    let reply = encode(CALLBACK, &bell);
    assert!(reply.output.is_empty());
    assert!(codes(&reply.problems).contains(&"text-not-expressible"));
}

/// The official schemas, their parts where they look for each other.
fn schemas() -> Option<PathBuf> {
    let from = helper::sample("2-ecf/ecf-4.01/xsd")?;
    if Command::new("xmllint").arg("--version").output().is_err() {
        println!("skipped: xmllint is not installed (Debian package libxml2-utils)");
        return None;
    }
    let to = std::env::temp_dir().join(format!("barid-ecf-{}", std::process::id()));
    for (old, new) in [("message", "message"), ("common", "common"), ("Subset", "constraint")] {
        copy(&from.join(old), &to.join(new));
    }
    Some(to)
}

fn copy(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).expect("a folder of our own");
    for found in std::fs::read_dir(from).expect("a readable folder") {
        let path = found.expect("a readable folder").path();
        let target = to.join(path.file_name().expect("a name"));
        if path.is_dir() {
            copy(&path, &target);
        } else {
            let text = std::fs::read(&path).expect("a schema");
            std::fs::write(target, text).expect("a folder of our own");
        }
    }
}

fn is_valid(folder: &Path, message: &str, xml: &[u8]) -> Result<(), String> {
    let path = folder.join("message.xml");
    std::fs::write(&path, xml).expect("a folder of our own");
    let schema = folder.join(format!("message/ECF-4.0-{message}.xsd"));
    let checked = Command::new("xmllint")
        .args(["--nonet", "--noout", "--schema"])
        .args([&schema, &path])
        .output()
        .expect("xmllint runs");
    let said = String::from_utf8_lossy(&checked.stderr).into_owned();
    if checked.status.success() { Ok(()) } else { Err(said) }
}

#[test]
fn what_is_written_is_valid_against_the_official_schemas() {
    let Some(folder) = schemas() else { return };
    let bare = Content::Registration(Registration::default());
    let empty = Content::RefusalToRegister(RefusalToRegister::default());
    for (format, message, contents) in [
        (RECEIPT, "MessageReceiptMessage", vec![receipt()]),
        (
            CALLBACK,
            "ReviewFilingCallbackMessage",
            vec![registration(), refusal(), bare.clone(), empty.clone()],
        ),
        (DOCKETING, "RecordDocketingCallbackMessage", vec![registration(), refusal(), bare, empty]),
    ] {
        for content in contents {
            let written = encode(format, &content).output;
            assert_eq!(is_valid(&folder, message, &written), Ok(()), "{content:?}");
            let xml = String::from_utf8(written).expect("UTF-8");
            let broken = xml.replacen("ecf:SendingMDEProfileCode", "ecf:Profile", 2);
            assert!(is_valid(&folder, message, broken.as_bytes()).is_err(), "the schema is used");
        }
    }
    std::fs::remove_dir_all(&folder).expect("the folder is ours");
}

proptest! {
    #[test]
    fn any_number_and_reason_come_back(
        literal in "[!-~\u{600}-\u{603}\u{620}-\u{6FF}]{1,40}",
        reason in "[!-~\u{620}-\u{6FF}]{1,20}( [!-~]{1,20}){0,5}",
    ) {
        let Content::Registration(mut registration) = registration() else { return Ok(()) };
        registration.docket_number.get_or_insert_default().literal.clone_from(&literal);
        let written = encode(CALLBACK, &Content::Registration(registration));
        let read = decode(CALLBACK, &written.output);
        prop_assert_eq!(&read.docket_numbers[0].literal, &literal);

        let renderings = text(&[("es", &reason)]);
        let ground = RefusalGround { code: "c".to_owned(), reason: renderings, remedy: None };
        let refusal = RefusalToRegister { grounds: vec![ground], clerk: None };
        let written = encode(DOCKETING, &Content::RefusalToRegister(refusal));
        let read = decode(DOCKETING, &written.output);
        let Some(Content::RefusalToRegister(after)) = read.content.and_then(|c| c.content) else {
            panic!("{:?}", read.problems)
        };
        let back = &after.grounds[0].reason.as_ref().expect("one").renderings[0].text;
        prop_assert_eq!(back, &reason);
    }
}
