//! The rules, by what they look at.

pub(crate) mod budgets;
pub(crate) mod code;
pub(crate) mod crates;
pub(crate) mod floors;
pub(crate) mod law;
pub(crate) mod licences;
pub(crate) mod pages;
pub(crate) mod reasons;
pub(crate) mod threats;
pub(crate) mod tokens;
pub(crate) mod tree;
pub(crate) mod wire;
pub(crate) mod wordings;
pub(crate) mod words;
