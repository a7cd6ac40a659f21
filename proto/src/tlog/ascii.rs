//! Numbers and hashes as the C2SP texts write them: one spelling each, anything else refused.
//!
//! Two spellings of one value would let somebody change a signed text without changing what it
//! says, and two readers disagree on whether it is valid.

use super::Hash;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

/// A decimal number without sign or leading zeroes, `0` to `u64::MAX`.
pub(super) fn parse_decimal(text: &str) -> Option<u64> {
    let padded = text.len() > 1 && text.starts_with('0');
    // `parse` would also take a plus sign.
    let digits_only = text.bytes().all(|byte| byte.is_ascii_digit());
    if padded || !digits_only { None } else { text.parse().ok() }
}

/// Standard base64 (RFC 4648 §4) with padding and without stray bits.
pub(super) fn decode_base64(text: &str) -> Option<Vec<u8>> {
    STANDARD.decode(text).ok()
}

/// Standard base64 (RFC 4648 §4) of exactly one hash.
pub(super) fn decode_hash(text: &str) -> Option<Hash> {
    decode_base64(text)?.try_into().ok()
}

/// Standard base64 (RFC 4648 §4) with padding.
pub(super) fn encode_base64(bytes: &[u8]) -> String {
    STANDARD.encode(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_has_one_spelling() {
        assert_eq!(parse_decimal("0"), Some(0));
        assert_eq!(parse_decimal("18446744073709551615"), Some(u64::MAX));
        for wrong in ["", "00", "01", "+1", "-1", " 1", "1 ", "1_0", "18446744073709551616", "١"] {
            assert_eq!(parse_decimal(wrong), None, "{wrong:?}");
        }
    }

    #[test]
    fn base64_has_one_spelling() {
        assert_eq!(decode_base64("AA=="), Some(vec![0]));
        for wrong in ["AA", "AB==", "AA==\n", "AA= =", "_w==", "AA==AA=="] {
            assert_eq!(decode_base64(wrong), None, "{wrong:?}");
        }
        assert_eq!(decode_hash("AA=="), None);
        assert_eq!(decode_hash(&encode_base64(&[7; 32])), Some([7; 32]));
    }
}
