//! Randomness that was drawn before, in the form in which the library for HPKE takes it.

use std::convert::Infallible;

use hpke::rand_core::{TryCryptoRng, TryRng};

use super::wrap::RANDOM_BYTES;

/// Random bytes, each given once: an encapsulation takes all of them. Whoever draws them keeps them
/// in memory that is wiped.
#[derive(Debug)]
pub struct Drawn<'a> {
    bytes: &'a [u8; RANDOM_BYTES],
    taken: usize,
}

impl<'a> Drawn<'a> {
    /// Bytes of which none was taken yet, and which are used for nothing else.
    #[must_use]
    pub fn new(bytes: &'a [u8; RANDOM_BYTES]) -> Self {
        Self { bytes, taken: 0 }
    }

    /// Whether more was asked for than there is: then what came out of it is not random.
    #[must_use]
    pub fn is_overdrawn(&self) -> bool {
        self.taken > RANDOM_BYTES
    }
}

impl TryRng for Drawn<'_> {
    type Error = Infallible;

    fn try_next_u32(&mut self) -> Result<u32, Infallible> {
        let mut bytes = [0; 4];
        self.try_fill_bytes(&mut bytes)?;
        Ok(u32::from_le_bytes(bytes))
    }

    fn try_next_u64(&mut self) -> Result<u64, Infallible> {
        let mut bytes = [0; 8];
        self.try_fill_bytes(&mut bytes)?;
        Ok(u64::from_le_bytes(bytes))
    }

    fn try_fill_bytes(&mut self, wanted: &mut [u8]) -> Result<(), Infallible> {
        let rest = self.bytes.get(self.taken..).unwrap_or_default();
        wanted.iter_mut().zip(rest).for_each(|(place, byte)| *place = *byte);
        self.taken = self.taken.saturating_add(wanted.len());
        Ok(())
    }
}

impl TryCryptoRng for Drawn<'_> {}
