//! A document is read again: by what read it first, and by what reads its format now.

use barid_proto::v1::{self, DecodeRequest, Reading, RereadAttempt};

use super::read::{decode_assessment, invalid, not_found};
use super::{Crafts, Hub};
use crate::error::{Error, Fault};
use crate::format::{Decoded, FormatError};
use crate::identity::caller::Caller;
use crate::model::id::{DocumentDigest, EnvelopeDigest, OfficeAddress};
use crate::store::FilingKey;

/// A reading as it was recorded, and the request that it answered.
struct Recorded {
    reading: Reading,
    plugin_sha256: [u8; 32],
    asked: DecodeRequest,
}

impl Hub {
    /// Has the lead document of a filing read again, twice. Records nothing.
    ///
    /// # Errors
    /// `REASON_NOT_FOUND` when there is no such filing for this caller, `REASON_REQUEST_INVALID`
    /// when no format read it. That a plugin fails today is an answer, not an error.
    pub async fn reread(
        &self,
        caller: &Caller,
        request: v1::RereadRequest,
    ) -> Result<v1::RereadResponse, Error> {
        let digest = EnvelopeDigest::from_slice(&request.envelope_digest)
            .ok_or_else(|| invalid("envelope_digest has 32 bytes"))?;
        let office = caller.office.clone();
        let Recorded { reading, plugin_sha256, asked } =
            self.blocking(move |crafts| crafts.recorded_reading(&office, digest)).await?;
        let formats = &self.crafts.formats;
        let (again, current) =
            tokio::join!(formats.decode_by(plugin_sha256, asked.clone()), formats.decode(asked));
        Ok(v1::RereadResponse {
            again: Some(attempt(again, &reading)),
            current: Some(attempt(current, &reading)),
            recorded: Some(reading),
        })
    }
}

impl Crafts {
    fn recorded_reading(
        &self,
        office: &OfficeAddress,
        digest: EnvelopeDigest,
    ) -> Result<Recorded, Error> {
        let row = self.store.filing(FilingKey::Digest(digest))?.ok_or_else(not_found)?;
        if row.leaf >= self.shown() || !self.may_read(office, &row)? {
            return Err(not_found());
        }
        let added = decode_assessment(row.assessment.as_deref())?;
        let reading = added
            .reading
            .ok_or_else(|| invalid("no format read this filing: its content came ready-made"))?;
        let broken = || Fault::broken("a stored reading has digests of another length");
        let plugin_sha256 = reading.plugin_sha256.as_slice().try_into().map_err(|_| broken())?;
        let document = DocumentDigest::from_slice(&reading.document_sha256).ok_or_else(broken)?;
        let asked = DecodeRequest {
            format: reading.format.clone(),
            input: self.document_bytes(document, &self.reader(office))?,
            kind: row.kind,
            institution: row.sender.institution.as_str().to_owned(),
            languages: Vec::new(),
        };
        Ok(Recorded { reading, plugin_sha256, asked })
    }
}

fn attempt(outcome: Result<Decoded, FormatError>, recorded: &Reading) -> RereadAttempt {
    match outcome {
        Ok(decoded) => RereadAttempt {
            reading: Some(Reading {
                format: recorded.format.clone(),
                plugin: decoded.plugin.to_string(),
                plugin_sha256: decoded.plugin.sha256.to_vec(),
                document_sha256: recorded.document_sha256.clone(),
                content: decoded.reply.content,
                problems: decoded.reply.problems,
                docket_numbers: decoded.reply.docket_numbers,
            }),
            failure: String::new(),
        },
        Err(error) => RereadAttempt { reading: None, failure: error.to_string() },
    }
}
