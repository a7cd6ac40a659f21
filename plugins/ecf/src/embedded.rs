//! A document inside a message: counted and hashed as it passes by, never held.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest as _, Sha256};

/// How many characters are decoded at a time; a multiple of four, so that every block but the last
/// stands for whole bytes.
const BLOCK: usize = 4_096;

/// Base64 that passes by.
#[derive(Debug, Default)]
pub(crate) struct Embedded {
    pending: Vec<u8>,
    hash: Sha256,
    size_bytes: u64,
    broken: bool,
}

impl Embedded {
    /// Takes the next characters. White space means nothing (XML Schema part 2, section 3.2.16).
    pub(crate) fn push(&mut self, text: &str) {
        for byte in text.bytes().filter(|byte| !byte.is_ascii_whitespace()) {
            self.pending.push(byte);
            if self.pending.len() == BLOCK {
                self.decode();
            }
        }
    }

    /// Length and SHA-256 of the bytes. `None`: it is no base64.
    pub(crate) fn finish(mut self) -> Option<(u64, Vec<u8>)> {
        self.decode();
        (!self.broken).then(|| (self.size_bytes, self.hash.finalize().to_vec()))
    }

    fn decode(&mut self) {
        // Padding ends base64: after a block with some there may be no other.
        let over = !self.size_bytes.is_multiple_of(3) && !self.pending.is_empty();
        match STANDARD.decode(&self.pending) {
            Ok(bytes) if !over => {
                self.size_bytes += bytes.len() as u64;
                self.hash.update(&bytes);
            }
            _ => self.broken = true,
        }
        self.pending.clear();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(pieces: &[&str]) -> Option<(u64, Vec<u8>)> {
        let mut embedded = Embedded::default();
        for piece in pieces {
            embedded.push(piece);
        }
        embedded.finish()
    }

    #[test]
    fn bytes_are_counted_and_hashed_however_they_are_cut() {
        for size in [0_usize, 1, 2, 3, 3_071, 3_072, 3_073, 3_074, 10_000] {
            let bytes: Vec<u8> = (0..size).map(|at| u8::try_from(at % 251).unwrap()).collect();
            let text = STANDARD.encode(&bytes);
            let expected = Some((size as u64, Sha256::digest(&bytes).to_vec()));
            assert_eq!(read(&[&text]), expected);
            let lines: Vec<String> = text
                .as_bytes()
                .chunks(76)
                .map(|line| format!("{}\r\n", std::str::from_utf8(line).unwrap()))
                .collect();
            let lines: Vec<&str> = lines.iter().map(String::as_str).collect();
            assert_eq!(read(&lines), expected);
        }
    }

    #[test]
    fn what_is_no_base64_has_no_digest() {
        let one_block_and_padding = format!("{}AA==", "A".repeat(BLOCK - 4));
        let more_after_padding = format!("{one_block_and_padding}AAAA");
        assert!(read(&[&one_block_and_padding]).is_some());
        for wrong in ["A", "AAAAA", "A===", "AA==AAAA", "é", "A-_A", &more_after_padding] {
            assert_eq!(read(&[wrong]), None, "{wrong}");
        }
    }
}
