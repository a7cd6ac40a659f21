//! A third party's time-stamp: it has to be over a checkpoint that this log signed.
//!
//! The hub does not judge authorities: whom to believe is the reader's to say. It keeps out what
//! would date nothing here.

use barid_proto::clock::Token;
use barid_proto::tlog::checkpoint::Checkpoint;
use barid_proto::tlog::note::Note;
use barid_proto::v1::filing_content::Content;
use barid_proto::v1::{ClockToken, Reason};
use sha2::{Digest as _, Sha256};

use super::Crafts;
use super::understand::Understood;
use crate::error::{Error, Refusal};
use crate::model::place::Checker;

impl Crafts {
    /// A time-stamp that is filed dates a checkpoint of this log.
    pub(super) fn check_clock(&self, understood: &Understood) -> Result<(), Error> {
        let Some(Content::ClockToken(clock)) = understood.content.content.as_ref() else {
            return Ok(());
        };
        let signed_here = self.signed_here(clock)?;
        let mut checker = Checker::new();
        checker.within("content", |checker| {
            if !signed_here {
                let what = "is not a checkpoint that this log signed; the newest is";
                let what = format!("{what} of {} leaves", self.log.published().borrow().size);
                checker.wrong("checkpoint", "not-of-this-log", what);
            }
            if let Some((code, what)) = wrong_token(clock) {
                checker.wrong("token", code, what);
            }
        });
        let problems = checker.into_problems();
        if problems.is_empty() {
            return Ok(());
        }
        let text = "the time-stamp does not date a checkpoint of this log";
        Err(Refusal::new(Reason::ContentInvalid, text).with_problems(problems).into())
    }

    /// Whether this log signed the checkpoint and still holds exactly that tree.
    fn signed_here(&self, clock: &ClockToken) -> Result<bool, Error> {
        let keys = self.log.verifier_keys();
        let verified = keys.iter().find_map(|key| Checkpoint::verify(&clock.checkpoint, key).ok());
        let Some(checkpoint) = verified else { return Ok(false) };
        let head = self.store.head_at(checkpoint.size())?;
        Ok(head.is_some_and(|head| head.root == *checkpoint.root()))
    }
}

/// What keeps a token from being about the checkpoint beside it.
fn wrong_token(clock: &ClockToken) -> Option<(&'static str, String)> {
    let token = match Token::parse(&clock.token) {
        Ok(token) => token,
        Err(error) => return Some(("token", error.to_string())),
    };
    let note = Note::parse(&clock.checkpoint).ok()?;
    let text: [u8; 32] = Sha256::digest(note.text()).into();
    if token.sha256() == Some(&text) {
        return None;
    }
    let what = "its message imprint is not the SHA-256 of the checkpoint's text, which is the note \
                without its signature lines";
    Some(("imprint", what.to_owned()))
}
