//! One PEM block `PRIVATE KEY` (RFC 7468 §10), and nothing around it but blank space.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use zeroize::{Zeroize as _, Zeroizing};

const BEGIN: &str = "-----BEGIN PRIVATE KEY-----";
const END: &str = "-----END PRIVATE KEY-----";
/// Characters on a line (RFC 7468 §2).
const LINE_LEN: usize = 64;
/// More than any accepted private key needs; an ML-DSA-65 key with both forms has 5.6 KB.
const MAX_PEM_LEN: usize = 16 * 1024;

pub(crate) fn decode_private_key(text: &str) -> Option<Zeroizing<Vec<u8>>> {
    if text.len() > MAX_PEM_LEN {
        return None;
    }
    let body = text.trim_ascii().strip_prefix(BEGIN)?.strip_suffix(END)?;
    // One allocation of the final size: growing would leave copies of the key behind.
    let mut joined = Zeroizing::new(String::with_capacity(body.len()));
    body.lines().for_each(|line| joined.push_str(line));
    STANDARD.decode(joined.as_bytes()).ok().map(Zeroizing::new)
}

pub(crate) fn encode_private_key(der: &[u8]) -> Zeroizing<String> {
    let mut joined = STANDARD.encode(der);
    let mut text = Zeroizing::new(String::with_capacity(2 * joined.len() + 64));
    text.push_str(BEGIN);
    for (position, character) in joined.char_indices() {
        if position % LINE_LEN == 0 {
            text.push('\n');
        }
        text.push(character);
    }
    text.push('\n');
    text.push_str(END);
    text.push('\n');
    joined.zeroize();
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_64_wide() {
        let text = encode_private_key(&[0; 100]);
        let lines: Vec<usize> = text.lines().map(str::len).collect();
        assert_eq!(lines, [27, 64, 64, 8, 25]);
        assert_eq!(decode_private_key(&text).unwrap().as_slice(), [0; 100]);
    }

    #[test]
    fn anything_else_is_refused() {
        let text = encode_private_key(&[0; 10]);
        for wrong in [
            String::new(),
            text.replace("PRIVATE", "PUBLIC"),
            format!("{}{}", *text, *text),
            text.replace("AAAA\n", "AAA!\n").replace("AAAA", "AAA!"),
            format!("comment {}", *text),
            " ".repeat(MAX_PEM_LEN + 1),
        ] {
            assert_eq!(decode_private_key(&wrong), None, "{wrong}");
        }
    }
}
