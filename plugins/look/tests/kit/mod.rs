//! Documents made by hand, good and bad.

#![allow(
    dead_code,
    clippy::allow_attributes,
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "each test program uses its own part"
)]

use std::io::Write as _;

use barid_look::Look;
use flate2::Compression;
use flate2::write::ZlibEncoder;

/// All of a document, looked at.
pub(crate) fn look(bytes: &[u8]) -> Look {
    barid_look::look(bytes.to_vec(), bytes.len() as u64)
}

/// A PDF of these objects, numbered from 1, the first being the catalog; with what else its trailer
/// has.
pub(crate) fn pdf(objects: &[Vec<u8>], trailer: &str) -> Vec<u8> {
    let mut bytes = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n".to_vec();
    let mut offsets = Vec::new();
    for (at, object) in objects.iter().enumerate() {
        offsets.push(bytes.len());
        bytes.extend(format!("{} 0 obj\n", at + 1).bytes());
        bytes.extend(object);
        bytes.extend(b"\nendobj\n");
    }
    let table = bytes.len();
    bytes.extend(format!("xref\n0 {}\n0000000000 65535 f \n", objects.len() + 1).bytes());
    for offset in offsets {
        bytes.extend(format!("{offset:010} 00000 n \n").bytes());
    }
    let size = objects.len() + 1;
    let end =
        format!("trailer\n<< /Size {size} /Root 1 0 R {trailer} >>\nstartxref\n{table}\n%%EOF\n");
    bytes.extend(end.bytes());
    bytes
}

/// A stream with this dictionary and these bytes.
pub(crate) fn stream(dictionary: &str, bytes: &[u8]) -> Vec<u8> {
    let mut object = format!("<< {dictionary} /Length {} >>\nstream\n", bytes.len()).into_bytes();
    object.extend(bytes);
    object.extend(b"\nendstream");
    object
}

/// As [`stream`], packed.
pub(crate) fn flate(dictionary: &str, bytes: &[u8]) -> Vec<u8> {
    stream(&format!("{dictionary} /Filter /FlateDecode"), &deflate(bytes))
}

pub(crate) fn deflate(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = ZlibEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

/// A PDF with one page for each of these contents; `resources` for all, `more` in the catalog.
pub(crate) fn paged(contents: &[&str], resources: &str, more: &str, extra: &[Vec<u8>]) -> Vec<u8> {
    // 1 catalog, 2 pages, then two objects for each page, then the others.
    let kids: Vec<String> = (0..contents.len()).map(|at| format!("{} 0 R", 3 + 2 * at)).collect();
    let count = contents.len();
    let mut objects = vec![
        format!("<< /Type /Catalog /Pages 2 0 R {more} >>").into_bytes(),
        format!("<< /Type /Pages /Kids [{}] /Count {count} >>", kids.join(" ")).into_bytes(),
    ];
    for (at, content) in contents.iter().enumerate() {
        let page = format!(
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents {} 0 R \
             /Resources << {resources} >> >>",
            4 + 2 * at
        );
        objects.push(page.into_bytes());
        objects.push(flate("", content.as_bytes()));
    }
    objects.extend_from_slice(extra);
    pdf(&objects, "")
}

/// Text on a page.
pub(crate) const TEXT: &str = "BT /F1 12 Tf 72 700 Td (hello) Tj ET";

/// A picture on a page, drawn as `Im`.
pub(crate) const PICTURE: &str = "q 595 0 0 842 0 0 cm /Im Do Q";

/// A picture of one pixel.
pub(crate) fn image() -> Vec<u8> {
    stream(
        "/Type /XObject /Subtype /Image /Width 1 /Height 1 /BitsPerComponent 8 \
         /ColorSpace /DeviceGray",
        b"\x80",
    )
}
