//! What a filing changes and who may read it, as it is kept beside the filing.
//!
//! The tables hold what became of these changes. Here they are kept as they were sealed, so that a
//! filing reads back exactly as it was committed. Protobuf, because fields can be added later.

use barid_proto::key::KeyId;
use prost::Message;

use super::names::{address, institution, role, role_of};
use crate::error::Fault;
use crate::model::access::AccessRow;
use crate::model::id::{CaseId, DocumentDigest};
use crate::model::retention::RetentionChange;
use crate::model::row::{
    AnswerChange, AnswerStep, CaseChange, CaseOpening, DocketNumberRow, FilingRow, KeyChange,
    PublicActRow,
};

#[derive(Clone, PartialEq, Message)]
struct StoredEffects {
    #[prost(message, optional, tag = "1")]
    case: Option<StoredCase>,
    #[prost(message, optional, tag = "2")]
    answer: Option<StoredAnswer>,
    #[prost(message, optional, tag = "3")]
    key: Option<StoredKey>,
    #[prost(bool, tag = "4")]
    restricted: bool,
    #[prost(uint64, optional, tag = "5")]
    answer_by_ms: Option<u64>,
    #[prost(message, optional, tag = "6")]
    public_act: Option<StoredAct>,
    #[prost(bytes = "vec", repeated, tag = "7")]
    mentions: Vec<Vec<u8>>,
    #[prost(message, repeated, tag = "8")]
    access: Vec<StoredAccess>,
    #[prost(message, optional, tag = "9")]
    retention: Option<StoredRetention>,
}

#[derive(Clone, PartialEq, Message)]
struct StoredRetention {
    /// 1 hold, 2 lift, 3 destroy.
    #[prost(uint32, tag = "1")]
    change: u32,
    #[prost(bytes = "vec", repeated, tag = "2")]
    documents: Vec<Vec<u8>>,
    #[prost(uint64, tag = "3")]
    hold_leaf: u64,
}

#[derive(Clone, PartialEq, Message)]
struct StoredAccess {
    #[prost(bytes = "vec", tag = "1")]
    exhibit: Vec<u8>,
    #[prost(string, tag = "2")]
    office: String,
}

#[derive(Clone, PartialEq, Message)]
struct StoredAct {
    #[prost(string, tag = "1")]
    institution: String,
    #[prost(string, tag = "2")]
    name: String,
}

#[derive(Clone, PartialEq, Message)]
struct StoredCase {
    #[prost(message, optional, tag = "1")]
    opening: Option<StoredOpening>,
    #[prost(message, repeated, tag = "2")]
    parties: Vec<StoredParty>,
    #[prost(message, repeated, tag = "3")]
    docket_numbers: Vec<StoredNumber>,
    #[prost(string, repeated, tag = "4")]
    names: Vec<String>,
}

#[derive(Clone, PartialEq, Message)]
struct StoredOpening {
    #[prost(int32, tag = "1")]
    data_class: i32,
    #[prost(string, tag = "2")]
    procedure_id: String,
    #[prost(string, tag = "3")]
    rule_set_id: String,
    #[prost(string, tag = "4")]
    election_event_id: String,
}

#[derive(Clone, PartialEq, Message)]
struct StoredParty {
    #[prost(string, tag = "1")]
    office: String,
    #[prost(string, tag = "2")]
    role: String,
}

#[derive(Clone, PartialEq, Message)]
struct StoredNumber {
    #[prost(string, tag = "1")]
    institution: String,
    #[prost(string, tag = "2")]
    literal: String,
    #[prost(string, tag = "3")]
    normal: String,
}

#[derive(Clone, PartialEq, Message)]
struct StoredAnswer {
    #[prost(uint64, tag = "1")]
    filing_leaf: u64,
    /// 1 acknowledged, 2 registered, 3 refused.
    #[prost(uint32, tag = "2")]
    step: u32,
    #[prost(message, optional, tag = "3")]
    docket_number: Option<StoredNumber>,
    #[prost(int64, tag = "4")]
    registered_at_ms: i64,
}

#[derive(Clone, PartialEq, Message)]
struct StoredKey {
    /// 1 add, 2 retire, 3 revoke.
    #[prost(uint32, tag = "1")]
    change: u32,
    #[prost(bytes = "vec", tag = "2")]
    key_id: Vec<u8>,
    #[prost(bytes = "vec", tag = "3")]
    spki: Vec<u8>,
    #[prost(string, tag = "4")]
    holder: String,
    #[prost(int32, tag = "5")]
    purpose: i32,
    #[prost(uint64, tag = "6")]
    invalid_from: u64,
    #[prost(bytes = "vec", optional, tag = "7")]
    vouched_by: Option<Vec<u8>>,
}

/// What a filing changes, read back.
pub(super) struct Effects {
    pub(super) case: Option<CaseChange>,
    pub(super) answer: Option<AnswerChange>,
    pub(super) key: Option<KeyChange>,
    pub(super) restricted: bool,
    pub(super) answer_by_ms: Option<u64>,
    pub(super) public_act: Option<PublicActRow>,
    pub(super) mentions: Vec<CaseId>,
    pub(super) access: Vec<AccessRow>,
    pub(super) retention: Option<RetentionChange>,
}

/// The bytes to keep for a filing.
pub(super) fn encode(filing: &FilingRow) -> Vec<u8> {
    StoredEffects {
        case: filing.case.as_ref().map(StoredCase::from),
        answer: filing.answer.as_ref().map(StoredAnswer::from),
        key: filing.key.as_ref().map(StoredKey::from),
        restricted: filing.restricted,
        answer_by_ms: filing.answer_by_ms,
        public_act: filing.public_act.as_ref().map(|act| StoredAct {
            institution: act.institution.to_string(),
            name: act.name.clone(),
        }),
        mentions: filing.mentions.iter().map(|case| case.to_vec()).collect(),
        access: filing.access.iter().map(StoredAccess::from).collect(),
        retention: filing.retention.as_ref().map(StoredRetention::from),
    }
    .encode_to_vec()
}

/// The changes that were kept, for a filing of this case.
pub(super) fn decode(bytes: &[u8], case: Option<CaseId>) -> Result<Effects, Fault> {
    let stored = StoredEffects::decode(bytes)
        .map_err(|error| Fault::while_doing("reading what a filing changes", error))?;
    let case = match (stored.case, case) {
        (Some(stored), Some(case)) => Some(stored.read(case)?),
        (None, None) => None,
        _ => return Err(Fault::broken("a filing's case and its changes do not fit")),
    };
    Ok(Effects {
        case,
        answer: stored.answer.map(StoredAnswer::read).transpose()?,
        key: stored.key.map(StoredKey::read).transpose()?,
        restricted: stored.restricted,
        answer_by_ms: stored.answer_by_ms,
        public_act: stored.public_act.map(StoredAct::read).transpose()?,
        mentions: stored.mentions.iter().map(|case| read_case(case)).collect::<Result<_, _>>()?,
        access: stored.access.into_iter().map(StoredAccess::read).collect::<Result<_, _>>()?,
        retention: stored.retention.map(StoredRetention::read).transpose()?,
    })
}

fn read_case(bytes: &[u8]) -> Result<CaseId, Fault> {
    CaseId::from_slice(bytes).ok_or_else(|| Fault::broken("a mentioned case is cut short"))
}

impl From<&AccessRow> for StoredAccess {
    fn from(given: &AccessRow) -> Self {
        Self { exhibit: given.exhibit.as_bytes().to_vec(), office: given.office.to_string() }
    }
}

impl From<&RetentionChange> for StoredRetention {
    fn from(change: &RetentionChange) -> Self {
        let digests =
            |documents: &[DocumentDigest]| documents.iter().map(|one| one.to_vec()).collect();
        match change {
            RetentionChange::Hold { documents } => {
                Self { change: 1, documents: digests(documents), hold_leaf: 0 }
            }
            RetentionChange::Lift { hold_leaf } => {
                Self { change: 2, documents: Vec::new(), hold_leaf: *hold_leaf }
            }
            RetentionChange::Destroy { documents } => {
                Self { change: 3, documents: digests(documents), hold_leaf: 0 }
            }
        }
    }
}

impl StoredRetention {
    fn read(self) -> Result<RetentionChange, Fault> {
        let digest = |bytes: &Vec<u8>| {
            DocumentDigest::from_slice(bytes)
                .ok_or_else(|| Fault::broken("the digest of a document to keep is cut short"))
        };
        let documents = self.documents.iter().map(digest).collect::<Result<_, _>>()?;
        match self.change {
            1 => Ok(RetentionChange::Hold { documents }),
            2 => Ok(RetentionChange::Lift { hold_leaf: self.hold_leaf }),
            3 => Ok(RetentionChange::Destroy { documents }),
            other => Err(Fault::broken(format!("a filing decides {other} about documents"))),
        }
    }
}

impl StoredAccess {
    fn read(self) -> Result<AccessRow, Fault> {
        let exhibit = DocumentDigest::from_slice(&self.exhibit)
            .ok_or_else(|| Fault::broken("a sealed exhibit's digest is cut short"))?;
        Ok(AccessRow { exhibit, office: address(&self.office)? })
    }
}

impl StoredAct {
    fn read(self) -> Result<PublicActRow, Fault> {
        Ok(PublicActRow { institution: institution(&self.institution)?, name: self.name })
    }
}

impl From<&CaseChange> for StoredCase {
    fn from(change: &CaseChange) -> Self {
        let parties = change.parties.iter().map(|(office, part)| StoredParty {
            office: office.to_string(),
            role: role(*part).to_owned(),
        });
        Self {
            opening: change.opening.clone().map(|opening| StoredOpening {
                data_class: opening.data_class,
                procedure_id: opening.procedure_id,
                rule_set_id: opening.rule_set_id,
                election_event_id: opening.election_event_id,
            }),
            parties: parties.collect(),
            docket_numbers: change.docket_numbers.iter().map(StoredNumber::from).collect(),
            names: change.names.clone(),
        }
    }
}

impl StoredCase {
    fn read(self, case: CaseId) -> Result<CaseChange, Fault> {
        let parties = self.parties.iter();
        let numbers = self.docket_numbers.into_iter();
        Ok(CaseChange {
            case,
            opening: self.opening.map(|opening| CaseOpening {
                data_class: opening.data_class,
                procedure_id: opening.procedure_id,
                rule_set_id: opening.rule_set_id,
                election_event_id: opening.election_event_id,
            }),
            parties: parties
                .map(|party| Ok((address(&party.office)?, role_of(&party.role)?)))
                .collect::<Result<_, Fault>>()?,
            docket_numbers: numbers.map(StoredNumber::read).collect::<Result<_, _>>()?,
            names: self.names,
        })
    }
}

impl From<&DocketNumberRow> for StoredNumber {
    fn from(number: &DocketNumberRow) -> Self {
        Self {
            institution: number.institution.to_string(),
            literal: number.literal.clone(),
            normal: number.normal.clone(),
        }
    }
}

impl StoredNumber {
    fn read(self) -> Result<DocketNumberRow, Fault> {
        let institution = institution(&self.institution)?;
        Ok(DocketNumberRow { institution, literal: self.literal, normal: self.normal })
    }
}

impl From<&AnswerChange> for StoredAnswer {
    fn from(answer: &AnswerChange) -> Self {
        Self {
            filing_leaf: answer.filing_leaf,
            step: match answer.step {
                AnswerStep::Acknowledged => 1,
                AnswerStep::Registered => 2,
                AnswerStep::Refused => 3,
            },
            docket_number: answer.docket_number.as_ref().map(StoredNumber::from),
            registered_at_ms: answer.registered_at_ms,
        }
    }
}

impl StoredAnswer {
    fn read(self) -> Result<AnswerChange, Fault> {
        Ok(AnswerChange {
            filing_leaf: self.filing_leaf,
            step: match self.step {
                1 => AnswerStep::Acknowledged,
                2 => AnswerStep::Registered,
                3 => AnswerStep::Refused,
                other => return Err(Fault::broken(format!("{other} is no step of an answer"))),
            },
            docket_number: self.docket_number.map(StoredNumber::read).transpose()?,
            registered_at_ms: self.registered_at_ms,
        })
    }
}

impl From<&KeyChange> for StoredKey {
    fn from(change: &KeyChange) -> Self {
        let bytes = |key_id: &KeyId| key_id.as_bytes().to_vec();
        match change {
            KeyChange::Add { key_id, spki, holder, purpose, vouched_by } => Self {
                change: 1,
                key_id: bytes(key_id),
                spki: spki.clone(),
                holder: holder.to_string(),
                purpose: *purpose,
                vouched_by: vouched_by.as_ref().map(bytes),
                ..Self::default()
            },
            KeyChange::Retire { key_id } => {
                Self { change: 2, key_id: bytes(key_id), ..Self::default() }
            }
            KeyChange::Revoke { key_id, invalid_from } => Self {
                change: 3,
                key_id: bytes(key_id),
                invalid_from: *invalid_from,
                ..Self::default()
            },
        }
    }
}

impl StoredKey {
    fn read(self) -> Result<KeyChange, Fault> {
        let whole = |bytes: Vec<u8>| {
            KeyId::from_slice(&bytes).ok_or_else(|| Fault::broken("a key id is cut short"))
        };
        let key_id = whole(self.key_id)?;
        match self.change {
            1 => Ok(KeyChange::Add {
                key_id,
                spki: self.spki,
                holder: address(&self.holder)?,
                purpose: self.purpose,
                vouched_by: self.vouched_by.map(whole).transpose()?,
            }),
            2 => Ok(KeyChange::Retire { key_id }),
            3 => Ok(KeyChange::Revoke { key_id, invalid_from: self.invalid_from }),
            other => Err(Fault::broken(format!("{other} is no change of a key"))),
        }
    }
}
