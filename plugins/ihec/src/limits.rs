//! Every bound of this format, with its reason. Beyond a bound a document is refused whole; nothing
//! is ever cut off and read in part.

/// Largest register read, in bytes: what the hub hands over at most.
pub(crate) const REGISTER_BYTES_MAX: usize = 16 << 20;

/// Most rows of one sheet. One election brought 872 appeals and at most 2,023 complaints; ten times
/// that leaves room for a register kept over several elections.
pub(crate) const ROWS_MAX: usize = 20_000;

/// Most columns of one sheet. Offices use about ten; stray formatting reaches the hundreds.
pub(crate) const COLUMNS_MAX: usize = 256;

/// Most cells of one register: `ROWS_MAX` rows of twenty columns. Bounds what a few kilobytes of
/// packed repetition can make us keep.
pub(crate) const CELLS_MAX: usize = 400_000;

/// Most text of one workbook's cells, in bytes of UTF-8: `CELLS_MAX` cells of 80 bytes.
pub(crate) const TEXT_BYTES_MAX: usize = 32 << 20;

/// Longest cell, in bytes of UTF-8: a spreadsheet's 32,767 characters, two bytes each. A longer one
/// in a CSV is a quotation mark that is never closed.
pub(crate) const CELL_BYTES_MAX: usize = 65_534;

/// How much of a text is looked at to guess its encoding, in characters.
pub(crate) const GUESSED_FROM_MAX: usize = 100_000;

/// How much of a CSV is tried with each delimiter, in bytes: far more than headings take.
pub(crate) const PROBED_BYTES_MAX: usize = 256 << 10;

/// How many rows may stand above the headings: titles, emblems' captions, empty rows.
pub(crate) const HEADING_ROWS_MAX: usize = 30;

/// Most sheets of one workbook. There are twenty offices; some keep one sheet for each.
pub(crate) const SHEETS_MAX: usize = 64;

/// Most merged areas of one sheet.
pub(crate) const MERGES_MAX: usize = 10_000;

/// Most parts in a workbook's archive. A workbook of `SHEETS_MAX` sheets has about 200.
pub(crate) const ARCHIVE_PARTS_MAX: usize = 1_000;

/// Most bytes that a workbook's archive may unpack to, all parts together. `ROWS_MAX` rows of
/// twelve filled columns unpack to about 25 MB.
pub(crate) const ARCHIVE_UNPACKED_MAX: u64 = 64 << 20;

/// Most docket numbers in one cell. The largest joinder known joined some thirty cases.
pub(crate) const JOINED_MAX: usize = 200;

/// Longest docket number, in bytes (`DocketNumber.literal` in `terms.proto`).
pub(crate) const DOCKET_BYTES_MAX: usize = 512;

/// How far into a part of an archive its first element must begin, in bytes. Real ones begin
/// within 200.
pub(crate) const PART_HEAD_BYTES_MAX: u64 = 64 << 10;

/// Most different texts that a workbook may announce: more than `CELLS_MAX` cells can show. The
/// workbook's reader reserves memory for as many as are announced.
pub(crate) const STRINGS_MAX: u64 = 1_000_000;

/// How many cells or rows a problem lists before it only counts them.
pub(crate) const LISTED_MAX: usize = 12;
