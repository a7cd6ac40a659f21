//! What it costs to look at a document in a worker. `cargo xtask bench looks` runs it.

#![expect(clippy::print_stdout, reason = "a bench says what it measured")]

use std::time::{Duration, Instant};

use barid_plugin_host::worker::Program;
use barid_plugin_host::{CallFailure, LoadFailure, Looker};

/// Looks of each kind that are measured.
const LOOKS: usize = 200;

/// Looks at what is large.
const LARGE_LOOKS: usize = 5;

/// Bytes that a hub reads at once.
const PIECE_BYTES: usize = 1024 * 1024;

#[derive(Debug, thiserror::Error)]
enum Failed {
    #[error(transparent)]
    Loading(#[from] LoadFailure),
    #[error(transparent)]
    Calling(#[from] CallFailure),
}

fn main() -> Result<(), Failed> {
    let program =
        Program { path: env!("CARGO_BIN_EXE_barid-plugin-worker").into(), show_errors: false };
    let started = Instant::now();
    let looker = Looker::start(&program)?;
    println!("start {}", started.elapsed().as_micros());
    for (name, pages, page_bytes, looks) in [
        ("letter", 2, 3_000, LOOKS),
        ("ruling", 40, 4_000, LOOKS),
        ("register", 1_000, 4_000, LARGE_LOOKS),
        ("longest", 300, 223_000, LARGE_LOOKS),
    ] {
        let document = pdf(pages, page_bytes);
        let mut times = Vec::with_capacity(looks);
        for _ in 0..looks {
            times.push(look(&looker, &document)?);
        }
        times.sort();
        let median = times.get(looks / 2).copied().unwrap_or_default();
        println!("{name} {}", median.as_micros());
    }
    Ok(())
}

fn look(looker: &Looker, document: &[u8]) -> Result<Duration, CallFailure> {
    let read = |at: u64| {
        let rest = document.get(usize::try_from(at).unwrap_or(usize::MAX)..).unwrap_or_default();
        Ok(rest.get(..PIECE_BYTES).unwrap_or(rest).to_vec())
    };
    let started = Instant::now();
    let deadline = started + Duration::from_millis(Looker::DEADLINE_MS);
    looker.look(document.len() as u64, &read, "alpha", deadline)?;
    Ok(started.elapsed())
}

/// A PDF of pages with so many bytes of text each, not packed.
fn pdf(pages: usize, page_bytes: usize) -> Vec<u8> {
    let kids: String = (0..pages).map(|page| format!("{} 0 R ", 3 + 2 * page)).collect();
    let mut objects = vec![
        "<< /Type /Catalog /Pages 2 0 R >>".to_owned(),
        format!("<< /Type /Pages /Kids [{kids}] /Count {pages} >>"),
    ];
    for page in 0..pages {
        let contents = 4 + 2 * page;
        objects.push(format!("<< /Type /Page /Parent 2 0 R /Contents {contents} 0 R >>"));
        let mut text = "0 0 m 10 10 l S ".repeat(page_bytes / 16);
        text.push_str("BT (x) Tj ET");
        objects.push(format!("<< /Length {} >>\nstream\n{text}\nendstream", text.len()));
    }
    let (mut bytes, mut table) = ("%PDF-1.7\n".to_owned(), String::new());
    for (at, object) in objects.iter().enumerate() {
        table.push_str(&format!("{:010} 00000 n \n", bytes.len()));
        bytes.push_str(&format!("{} 0 obj\n{object}\nendobj\n", at + 1));
    }
    let (size, begins) = (objects.len() + 1, bytes.len());
    bytes.push_str(&format!("xref\n0 {size}\n0000000000 65535 f \n{table}"));
    bytes.push_str(&format!(
        "trailer\n<< /Size {size} /Root 1 0 R >>\nstartxref\n{begins}\n%%EOF\n"
    ));
    bytes.into_bytes()
}
