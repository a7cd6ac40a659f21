//! Rulings written with Word, in one program: all of them need archives, which are made here.

#![expect(clippy::expect_used, reason = "a test that cannot read its sample has to stop")]

mod archive;
mod metadata;
mod problems;
mod text;
