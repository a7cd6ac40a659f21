//! The wording of every problem of a register, in Arabic and English: what is wrong and how to mend
//! it. What was typed stands in a directional isolate, or a screen would rearrange the sentence.

mod cell;
mod date;
mod row;
mod sheet;
mod unfit;
mod whole;

pub(super) use cell::*;
pub(super) use date::*;
pub(super) use row::*;
pub(super) use sheet::*;
pub(super) use unfit::*;
pub(super) use whole::*;

/// Text in Arabic and in English.
type Both<'a> = [(&'static str, &'a str); 2];

fn both<'a>(ar: &'a str, en: &'a str) -> Both<'a> {
    [("ar", ar), ("en", en)]
}

const SPLIT: Both<'static> =
    [("ar", "قسّم السجل على عدة ملفات."), ("en", "Split the register into several.")];
