//! What formal rules come to, in words: tables from conclusion codes, by subject.

mod acts;
mod results;
mod sittings;

use super::language::Four;

/// The tables.
pub(super) const TABLES: [&[(&str, Four)]; 3] = [sittings::TABLE, acts::TABLE, results::TABLE];
