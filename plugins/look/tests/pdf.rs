//! PDFs made by hand: what each has, and what is wrong with each.

#![allow(
    clippy::allow_attributes,
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test"
)]

mod kit;

use barid_look::{Look, Mark, Media};
use kit::{PICTURE, TEXT, flate, image, look, paged, pdf, stream};

fn marks(look: &Look) -> Vec<Mark> {
    look.marks.iter().copied().collect()
}

#[test]
fn pages_and_text_are_counted() {
    let found = look(&paged(&[TEXT, TEXT, TEXT], "", "", &[]));
    assert_eq!((found.media, found.pages), (Media::Pdf, Some(3)));
    let seen = found.pdf.unwrap();
    assert_eq!((seen.version_tenths, seen.pages_looked_at, seen.pages_with_text), (Some(17), 3, 3));
    assert_eq!(marks(&found), []);
}

#[test]
fn a_scan_is_told_from_text_and_from_nothing() {
    let resources = |at: usize| format!("/XObject << /Im {at} 0 R >>");
    let scan = paged(&[PICTURE], &resources(5), "", &[image()]);
    assert_eq!(marks(&look(&scan)), [Mark::ScanOnly]);
    let partly = paged(&[PICTURE, TEXT], &resources(7), "", &[image()]);
    assert_eq!(marks(&look(&partly)), [Mark::ScanPartly]);
    // Text behind the picture, as text recognition leaves it.
    let both = format!("{PICTURE} BT 3 Tr (x) Tj ET");
    assert_eq!(marks(&look(&paged(&[&both], &resources(5), "", &[image()]))), []);
    assert_eq!(marks(&look(&paged(&["q Q"], "", "", &[]))), [Mark::Blank]);
    // Operators without letters show none.
    assert_eq!(marks(&look(&paged(&["BT () Tj [() -5] TJ ET"], "", "", &[]))), [Mark::Blank]);
}

#[test]
fn text_within_forms_counts_and_forms_that_draw_themselves_end() {
    let form = flate("/Type /XObject /Subtype /Form /BBox [0 0 1 1]", TEXT.as_bytes());
    let found = look(&paged(&["/Im Do"], "/XObject << /Im 5 0 R >>", "", &[form]));
    assert_eq!(marks(&found), []);
    let own = "/Type /XObject /Subtype /Form /Resources << /XObject << /Im 5 0 R >> >>";
    let endless = flate(own, "/Im Do ".repeat(50).as_bytes());
    let found = look(&paged(&["/Im Do"], "/XObject << /Im 5 0 R >>", "", &[endless]));
    assert_eq!(found.pages, Some(1));
}

#[test]
fn what_would_run_is_named() {
    for (more, extra, expected) in [
        ("/OpenAction << /S /JavaScript /JS (app.alert\\(1\\)) >>", None, Mark::Scripts),
        ("/OpenAction 5 0 R", Some("<< /S /JavaScript /JS (x) >>"), Mark::Scripts),
        ("/OpenAction << /S /Launch /F (cmd.exe) >>", None, Mark::Launch),
        ("/AA << /WC << /Next [<< /S /Launch >>] >> >>", None, Mark::Launch),
        (
            "/Names << /EmbeddedFiles << /Names [(a) 5 0 R] >> >>",
            Some("<< /Type /Filespec /F (a.exe) /EF << /F 4 0 R >> >>"),
            Mark::Embedded,
        ),
    ] {
        let extra: Vec<Vec<u8>> = extra.iter().map(|one: &&str| one.as_bytes().to_vec()).collect();
        assert_eq!(marks(&look(&paged(&[TEXT], "", more, &extra))), [expected], "{more}");
    }
}

#[test]
fn every_cut_is_noticed() {
    let whole = paged(&[TEXT, TEXT], "", "", &[]);
    for end in 9..whole.len() - 6 {
        let found = look(&whole[..end]);
        assert!(found.marks.contains(&Mark::Truncated), "cut at {end}: {found:?}");
    }
}

#[test]
fn a_broken_table_is_told_although_the_pages_can_be_read() {
    let whole = paged(&[TEXT], "", "", &[]);
    let text = String::from_utf8_lossy(&whole);
    let at = text.rfind("startxref\n").unwrap();
    let at = at - (text.len() - whole.len());
    let mut broken = whole[..at].to_vec();
    broken.extend(b"startxref\n7\n%%EOF\n");
    let found = look(&broken);
    assert_eq!((marks(&found), found.pages), (vec![Mark::Repaired], Some(1)));
}

#[test]
fn what_does_not_belong_to_it_is_told() {
    let whole = paged(&[TEXT], "", "", &[]);
    let behind = [&whole[..], &[b'x'; 4000]].concat();
    assert!(look(&behind).marks.contains(&Mark::ForeignBytes));
    let before = [&b"From: somebody\r\n\r\n"[..], &whole].concat();
    let found = look(&before);
    assert!(found.marks.contains(&Mark::ForeignBytes), "{found:?}");
    assert_eq!((found.media, found.pages), (Media::Pdf, Some(1)));
    // Padding is none.
    let padded = [&whole[..], &[0; 4000]].concat();
    assert_eq!(marks(&look(&padded)), []);
}

#[test]
fn pages_that_are_announced_and_missing_are_told() {
    let root = b"<< /Type /Catalog /Pages 2 0 R >>".to_vec();
    let kids = b"<< /Type /Pages /Kids [3 0 R 9 0 R] /Count 2 >>".to_vec();
    let page = b"<< /Type /Page /Parent 2 0 R /Contents 4 0 R >>".to_vec();
    let bytes = pdf(&[root, kids, page, flate("", TEXT.as_bytes())], "");
    let found = look(&bytes);
    assert_eq!((marks(&found), found.pages), (vec![Mark::PagesMissing], Some(1)));
    let none = pdf(&[b"<< /Type /Catalog >>".to_vec()], "");
    assert!(look(&none).marks.contains(&Mark::Unreadable));
}

/// A standard security handler, revision 2, whose keys open nothing (ISO 32000-1, 7.6.3).
#[test]
fn a_password_that_nobody_has_is_told() {
    let keys = "00".repeat(32);
    let encrypt = format!(
        "/Encrypt << /Filter /Standard /V 1 /R 2 /O <{keys}> /U <{keys}> /P -4 >> \
         /ID [<00112233445566778899aabbccddeeff> <00112233445566778899aabbccddeeff>]"
    );
    let root = b"<< /Type /Catalog /Pages 2 0 R >>".to_vec();
    let pages = b"<< /Type /Pages /Kids [] /Count 0 >>".to_vec();
    let found = look(&pdf(&[root.clone(), pages.clone()], &encrypt));
    assert_eq!((found.media, marks(&found)), (Media::Pdf, vec![Mark::PasswordNeeded]));
    let other = "/Encrypt << /Filter /Somebodys.Own /V 9 >> /ID [<00> <00>]";
    assert_eq!(marks(&look(&pdf(&[root, pages], other))), [Mark::EncryptionUnknown]);
}

#[test]
fn streams_that_become_enormous_are_named_and_not_unpacked() {
    let zeros = vec![0; 200 * 1024 * 1024];
    let bomb = flate("/Type /ObjStm /N 1 /First 4", &zeros);
    let found = look(&paged(&[TEXT], "", "", &[bomb]));
    assert_eq!(marks(&found), [Mark::Bomb]);
    // Of contents only the bound is unpacked; what the page shows stays open.
    let content = flate("", &zeros);
    let root = b"<< /Type /Catalog /Pages 2 0 R >>".to_vec();
    let kids = b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>".to_vec();
    let page = b"<< /Type /Page /Parent 2 0 R /Contents 4 0 R >>".to_vec();
    let found = look(&pdf(&[root, kids, page, content], ""));
    assert_eq!((found.pages, found.pdf.unwrap().pages_looked_at), (Some(1), 0));
}

#[test]
fn depth_does_not_end_the_looker() {
    let deep = format!("{}{}", "[".repeat(200_000), "]".repeat(200_000));
    let found = look(&paged(&[&deep], "", "", &[deep.clone().into_bytes()]));
    assert_eq!(found.media, Media::Pdf);
    let chain = "<< /A ".repeat(50_000);
    let found = look(&paged(&[TEXT], "", "", &[chain.into_bytes(), stream("", b"")]));
    assert_eq!(found.media, Media::Pdf);
}
