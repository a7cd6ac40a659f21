//! The wording of every problem of a register, in Arabic, Sorani and English: what is wrong and how
//! to mend it. What was typed stands in a directional isolate, or a screen would rearrange the
//! sentence.

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

/// Text in Arabic, Sorani and English.
type Three<'a> = [(&'static str, &'a str); 3];

fn three<'a>(ar: &'a str, ckb: &'a str, en: &'a str) -> Three<'a> {
    [("ar", ar), ("ckb", ckb), ("en", en)]
}

const SPLIT: Three<'static> = [
    ("ar", "قسّم السجل على عدة ملفات."),
    ("ckb", "تۆمارەکە بەسەر چەند پەڕگەیەکدا دابەش بکە."),
    ("en", "Split the register into several."),
];
