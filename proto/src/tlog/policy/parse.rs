//! Reading a policy, line by line.

use super::{Group, MAX_DEFINITIONS, MAX_POLICY_LEN, Party, Policy, TrustedLog, Witness};
use crate::tlog::ascii::parse_decimal;
use crate::tlog::vkey::{KeyType, VerifierKey, VerifierKeyError};

/// The name that stands for "no witness at all" as a quorum and can name nothing else.
const NO_QUORUM: &str = "none";

/// Why a policy was refused, and on which line (from 1).
#[derive(Clone, Debug, thiserror::Error, PartialEq, Eq)]
#[error("line {line}: {problem}")]
pub struct PolicyError {
    /// The line at fault; for a missing quorum the last one.
    pub line: usize,
    /// What is wrong with it.
    #[source]
    pub problem: PolicyProblem,
}

/// What is wrong with a line of a policy.
#[derive(Clone, Debug, thiserror::Error, PartialEq, Eq)]
pub enum PolicyProblem {
    /// The policy is longer than [`MAX_POLICY_LEN`].
    #[error("the policy is longer than 1 MiB")]
    TooLong,
    /// A control character other than tab, or not UTF-8.
    #[error("not plain UTF-8 text")]
    NotText,
    /// The line begins with none of the four words.
    #[error("{0:?} is none of log, witness, group, quorum")]
    Keyword(String),
    /// Too few or too many words.
    #[error("the wrong number of words")]
    Words,
    /// The verifier key cannot be used.
    #[error("the key cannot be used")]
    Key(#[source] VerifierKeyError),
    /// A log with a witness's kind of key, or the reverse.
    #[error("a key of type {0:?} does not belong here")]
    KeyType(KeyType),
    /// Two logs, or two witnesses, with one public key.
    #[error("this public key was given before")]
    KeyTwice,
    /// The name is taken, or reserved.
    #[error("the name {0:?} is taken")]
    NameTaken(String),
    /// No line before defines this name.
    #[error("{0:?} is not defined above")]
    NotDefined(String),
    /// A name is a member already, of this group or of another.
    #[error("{0:?} is a member of a group already")]
    MemberTwice(String),
    /// Not `any`, `all`, or a number from 1 to the number of members.
    #[error("{0:?} is not a threshold for so many members")]
    Threshold(String),
    /// More than [`MAX_DEFINITIONS`] of a kind.
    #[error("more than 64 definitions of one kind")]
    TooMany,
    /// A second quorum.
    #[error("the quorum was given before")]
    QuorumTwice,
    /// No quorum at all.
    #[error("the policy names no quorum")]
    NoQuorum,
}

/// Reads a whole policy.
pub(super) fn parse(text: &[u8]) -> Result<Policy, PolicyError> {
    let at = |line| move |problem| PolicyError { line, problem };
    if text.len() > MAX_POLICY_LEN {
        return Err(at(1)(PolicyProblem::TooLong));
    }
    let text = text.strip_suffix(b"\n").unwrap_or(text);
    let mut parser = Parser::default();
    let mut last = 1;
    for (line, bytes) in (1..).zip(text.split(|byte| *byte == b'\n')) {
        parser.line(bytes).map_err(at(line))?;
        last = line;
    }
    let Parser { logs, parties, quorum, .. } = parser;
    let quorum = quorum.ok_or_else(|| at(last)(PolicyProblem::NoQuorum))?;
    Ok(Policy { logs, parties, quorum })
}

/// What has been read so far.
#[derive(Default)]
struct Parser {
    logs: Vec<TrustedLog>,
    parties: Vec<Party>,
    /// For each party, whether it is a member of a group.
    taken: Vec<bool>,
    quorum: Option<Option<usize>>,
}

impl Parser {
    fn line(&mut self, bytes: &[u8]) -> Result<(), PolicyProblem> {
        let line = str::from_utf8(bytes).map_err(|_| PolicyProblem::NotText)?;
        // Bytes rather than `char::is_control`: above ASCII everything is opaque.
        if line.bytes().any(|byte| (byte < b' ' && byte != b'\t') || byte == 0x7f) {
            return Err(PolicyProblem::NotText);
        }
        let words: Vec<&str> = line.split([' ', '\t']).filter(|word| !word.is_empty()).collect();
        match words.as_slice() {
            [] => Ok(()),
            [first, ..] if first.starts_with('#') => Ok(()),
            ["log", key] => self.log(key, None),
            ["log", key, url] => self.log(key, Some(url)),
            ["witness", name, key] => self.witness(name, key, None),
            ["witness", name, key, url] => self.witness(name, key, Some(url)),
            ["group", name, threshold, members @ ..] if !members.is_empty() => {
                self.group(name, threshold, members)
            }
            ["quorum", name] => self.quorum(name),
            ["log" | "witness" | "group" | "quorum", ..] => Err(PolicyProblem::Words),
            [first, ..] => Err(PolicyProblem::Keyword((*first).to_owned())),
        }
    }

    fn log(&mut self, key: &str, url: Option<&&str>) -> Result<(), PolicyProblem> {
        let key: VerifierKey = key.parse().map_err(PolicyProblem::Key)?;
        if key.key_type() == KeyType::CosignatureEd25519 {
            return Err(PolicyProblem::KeyType(key.key_type()));
        }
        if self.logs.iter().any(|log| log.key.raw() == key.raw()) {
            return Err(PolicyProblem::KeyTwice);
        }
        if self.logs.len() == MAX_DEFINITIONS {
            return Err(PolicyProblem::TooMany);
        }
        self.logs.push(TrustedLog { key, url: url.map(|url| (*url).to_owned()) });
        Ok(())
    }

    fn witness(&mut self, name: &str, key: &str, url: Option<&&str>) -> Result<(), PolicyProblem> {
        let key: VerifierKey = key.parse().map_err(PolicyProblem::Key)?;
        if key.key_type() == KeyType::Ed25519 {
            return Err(PolicyProblem::KeyType(key.key_type()));
        }
        let same_key = |party: &Party| match party {
            Party::Witness(witness) => witness.key.raw() == key.raw(),
            Party::Group(_) => false,
        };
        if self.parties.iter().any(same_key) {
            return Err(PolicyProblem::KeyTwice);
        }
        let url = url.map(|url| (*url).to_owned());
        self.define(Party::Witness(Witness { name: name.to_owned(), key, url }))
    }

    fn group(
        &mut self,
        name: &str,
        threshold: &str,
        members: &[&str],
    ) -> Result<(), PolicyProblem> {
        let threshold = parse_threshold(threshold, members.len())
            .ok_or_else(|| PolicyProblem::Threshold(threshold.to_owned()))?;
        let mut indices = Vec::with_capacity(members.len());
        for member in members {
            let index = self.find(member)?;
            match self.taken.get_mut(index) {
                Some(taken) if !*taken => *taken = true,
                _ => return Err(PolicyProblem::MemberTwice((*member).to_owned())),
            }
            indices.push(index);
        }
        self.define(Party::Group(Group { name: name.to_owned(), threshold, members: indices }))
    }

    fn quorum(&mut self, name: &str) -> Result<(), PolicyProblem> {
        if self.quorum.is_some() {
            return Err(PolicyProblem::QuorumTwice);
        }
        let party = if name == NO_QUORUM { None } else { Some(self.find(name)?) };
        self.quorum = Some(party);
        Ok(())
    }

    fn define(&mut self, party: Party) -> Result<(), PolicyProblem> {
        let name = party.name();
        if name == NO_QUORUM || self.find(name).is_ok() {
            return Err(PolicyProblem::NameTaken(name.to_owned()));
        }
        let kind = std::mem::discriminant(&party);
        let of_kind = |other: &&Party| std::mem::discriminant(*other) == kind;
        if self.parties.iter().filter(of_kind).count() == MAX_DEFINITIONS {
            return Err(PolicyProblem::TooMany);
        }
        self.parties.push(party);
        self.taken.push(false);
        Ok(())
    }

    fn find(&self, name: &str) -> Result<usize, PolicyProblem> {
        let found = self.parties.iter().position(|party| party.name() == name);
        found.ok_or_else(|| PolicyProblem::NotDefined(name.to_owned()))
    }
}

impl Party {
    fn name(&self) -> &str {
        match self {
            Self::Witness(witness) => &witness.name,
            Self::Group(group) => &group.name,
        }
    }
}

fn parse_threshold(text: &str, members: usize) -> Option<usize> {
    match text {
        "any" => Some(1),
        "all" => Some(members),
        _ => {
            let threshold = usize::try_from(parse_decimal(text)?).ok()?;
            (1..=members).contains(&threshold).then_some(threshold)
        }
    }
}
