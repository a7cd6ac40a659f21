//! Rows that notice when they were changed.
//!
//! SQLite trusts what it reads. A flipped bit on the disk would come back as another number or
//! name, so every row ends in a checksum over its table's name and its other columns, written and
//! checked here and nowhere else. It guards against accidents; against people there is the log.

use rusqlite::types::{ToSqlOutput, ValueRef};
use rusqlite::{Connection, Row, ToSql, params_from_iter};
use sha2::{Digest, Sha256};

use super::sql_fault;
use crate::error::Fault;

/// A value on its way into a row.
pub(super) type Cell<'a> = ToSqlOutput<'a>;

/// A number. SQLite's are signed: the bits stay the same, the order only below 2^63.
pub(super) fn number(value: u64) -> Cell<'static> {
    Cell::from(value.cast_signed())
}

/// A signed number.
pub(super) fn signed(value: i64) -> Cell<'static> {
    Cell::from(value)
}

/// A number or nothing.
pub(super) fn maybe_number(value: Option<u64>) -> Cell<'static> {
    value.map_or(Cell::Borrowed(ValueRef::Null), number)
}

/// Bytes.
pub(super) fn blob(value: &[u8]) -> Cell<'_> {
    Cell::Borrowed(ValueRef::Blob(value))
}

/// Bytes or nothing.
pub(super) fn maybe_blob(value: Option<&[u8]>) -> Cell<'_> {
    value.map_or(Cell::Borrowed(ValueRef::Null), blob)
}

/// Text.
pub(super) fn text(value: &str) -> Cell<'_> {
    Cell::Borrowed(ValueRef::Text(value.as_bytes()))
}

/// Text or nothing.
pub(super) fn maybe_text(value: Option<&str>) -> Cell<'_> {
    value.map_or(Cell::Borrowed(ValueRef::Null), text)
}

/// Owned text.
pub(super) fn owned_text(value: String) -> Cell<'static> {
    Cell::from(value)
}

/// A number to compare with, for bounds that may be beyond SQLite's largest.
pub(super) fn bound(value: u64) -> i64 {
    i64::try_from(value).unwrap_or(i64::MAX)
}

/// A table: its name and its columns in order, without the checksum.
pub(super) struct Table {
    pub(super) name: &'static str,
    pub(super) columns: &'static str,
}

impl Table {
    /// Inserts a row that must not be there yet.
    pub(super) fn insert(&self, sql: &Connection, cells: &[Cell<'_>]) -> Result<(), Fault> {
        self.write("INSERT", sql, cells)
    }

    /// Inserts a row, or puts it in the place of the one with the same primary key.
    pub(super) fn put(&self, sql: &Connection, cells: &[Cell<'_>]) -> Result<(), Fault> {
        self.write("REPLACE", sql, cells)
    }

    fn write(&self, verb: &str, sql: &Connection, cells: &[Cell<'_>]) -> Result<(), Fault> {
        let mut checksum = Checksum::new(self.name);
        for cell in cells {
            checksum.add(match cell {
                Cell::Borrowed(value) => *value,
                Cell::Owned(value) => ValueRef::from(value),
                _ => return Err(Fault::broken(format!("a cell of {} is of no kind", self.name))),
            });
        }
        let check = checksum.finish();
        let marks = "?,".repeat(cells.len());
        let text = format!("{verb} INTO {} ({}, chk) VALUES ({marks}?)", self.name, self.columns);
        let values = cells.iter().map(|cell| cell as &dyn ToSql).chain([&check as &dyn ToSql]);
        let run = || sql.prepare_cached(&text)?.execute(params_from_iter(values));
        run().map_err(|error| sql_fault(format!("writing a row of {}", self.name), error))?;
        Ok(())
    }

    /// The first row for which `clause` holds.
    pub(super) fn one<T>(
        &self,
        sql: &Connection,
        clause: &str,
        parameters: &[&dyn ToSql],
        read: impl FnMut(&mut Cells<'_>) -> Result<T, Fault>,
    ) -> Result<Option<T>, Fault> {
        Ok(self.all(sql, &format!("{clause} LIMIT 1"), parameters, read)?.pop())
    }

    /// Reads the whole table for the sake of its checksums.
    pub(super) fn verify(&self, sql: &Connection) -> Result<(), Fault> {
        self.all(sql, "", &[], |_| Ok(()))?;
        Ok(())
    }

    /// All rows that `clause` selects and orders. Whoever calls has bounded their number.
    pub(super) fn all<T>(
        &self,
        sql: &Connection,
        clause: &str,
        parameters: &[&dyn ToSql],
        mut read: impl FnMut(&mut Cells<'_>) -> Result<T, Fault>,
    ) -> Result<Vec<T>, Fault> {
        let failed = |error| sql_fault(format!("reading the table {}", self.name), error);
        let text = format!("SELECT {}, chk FROM {} {clause}", self.columns, self.name);
        let mut statement = sql.prepare_cached(&text).map_err(failed)?;
        let mut rows = statement.query(parameters).map_err(failed)?;
        let mut found = Vec::new();
        while let Some(row) = rows.next().map_err(failed)? {
            found.push(read(&mut Cells::checked(self, row)?)?);
        }
        Ok(found)
    }
}

/// The columns of a row whose checksum was right, taken one after the other.
pub(super) struct Cells<'a> {
    table: &'static str,
    row: &'a Row<'a>,
    next: usize,
}

impl<'a> Cells<'a> {
    fn checked(table: &Table, row: &'a Row<'a>) -> Result<Self, Fault> {
        let cells = Self { table: table.name, row, next: 0 };
        let columns = row.as_ref().column_count() - 1;
        let mut checksum = Checksum::new(table.name);
        for column in 0..columns {
            checksum.add(cells.at(column)?);
        }
        if cells.at(columns)? == ValueRef::Integer(checksum.finish()) {
            Ok(cells)
        } else {
            Err(Fault::broken(format!("{} is not as it was written", cells.name())))
        }
    }

    /// A number.
    pub(super) fn number(&mut self) -> Result<u64, Fault> {
        Ok(self.signed()?.cast_unsigned())
    }

    /// A signed number.
    pub(super) fn signed(&mut self) -> Result<i64, Fault> {
        self.maybe_signed()?.ok_or_else(|| self.odd("a number"))
    }

    /// A number that fits 32 bits.
    pub(super) fn small(&mut self) -> Result<i32, Fault> {
        let value = self.signed()?;
        i32::try_from(value).map_err(|_| self.odd("a small number"))
    }

    /// A number or nothing.
    pub(super) fn maybe_number(&mut self) -> Result<Option<u64>, Fault> {
        Ok(self.maybe_signed()?.map(i64::cast_unsigned))
    }

    fn maybe_signed(&mut self) -> Result<Option<i64>, Fault> {
        match self.take()? {
            ValueRef::Integer(value) => Ok(Some(value)),
            ValueRef::Null => Ok(None),
            _ => Err(self.odd("a number")),
        }
    }

    /// Bytes.
    pub(super) fn blob(&mut self) -> Result<&'a [u8], Fault> {
        self.maybe_blob()?.ok_or_else(|| self.odd("bytes"))
    }

    /// Bytes or nothing.
    pub(super) fn maybe_blob(&mut self) -> Result<Option<&'a [u8]>, Fault> {
        match self.take()? {
            ValueRef::Blob(value) => Ok(Some(value)),
            ValueRef::Null => Ok(None),
            _ => Err(self.odd("bytes")),
        }
    }

    /// Bytes of a fixed length.
    pub(super) fn array<const N: usize>(&mut self) -> Result<[u8; N], Fault> {
        let bytes = self.blob()?;
        bytes.try_into().map_err(|_| self.odd(&format!("{N} bytes")))
    }

    /// Text.
    pub(super) fn text(&mut self) -> Result<&'a str, Fault> {
        self.maybe_text()?.ok_or_else(|| self.odd("text"))
    }

    /// Text or nothing.
    pub(super) fn maybe_text(&mut self) -> Result<Option<&'a str>, Fault> {
        match self.take()? {
            ValueRef::Text(value) => {
                str::from_utf8(value).map(Some).map_err(|_| self.odd("text in UTF-8"))
            }
            ValueRef::Null => Ok(None),
            _ => Err(self.odd("text")),
        }
    }

    /// The column taken last does not hold what it should, though the checksum is right.
    pub(super) fn odd(&self, wanted: &str) -> Fault {
        Fault::broken(format!("column {} of {} is not {wanted}", self.next, self.name()))
    }

    fn take(&mut self) -> Result<ValueRef<'a>, Fault> {
        let value = self.at(self.next)?;
        self.next += 1;
        Ok(value)
    }

    fn at(&self, column: usize) -> Result<ValueRef<'a>, Fault> {
        let value = self.row.get_ref(column);
        value.map_err(|error| sql_fault(format!("reading a row of {}", self.table), error))
    }

    /// The table and the beginning of the primary key, for the operator.
    fn name(&self) -> String {
        let key = match self.row.get_ref(0) {
            Ok(ValueRef::Integer(number)) => number.to_string(),
            Ok(ValueRef::Text(text)) => String::from_utf8_lossy(text).into_owned(),
            Ok(ValueRef::Blob(bytes)) => bytes.iter().map(|byte| format!("{byte:02x}")).collect(),
            _ => "?".to_owned(),
        };
        format!("the row {key} of the table {}", self.table)
    }
}

/// The first 8 bytes of SHA-256(table | 0 | for each value: type u8, length u64be, bytes).
struct Checksum(Sha256);

impl Checksum {
    fn new(table: &str) -> Self {
        Self(Sha256::new().chain_update(table).chain_update([0]))
    }

    fn add(&mut self, value: ValueRef<'_>) {
        let number;
        let (kind, bytes): (u8, &[u8]) = match value {
            ValueRef::Null => (0, &[]),
            ValueRef::Integer(value) => {
                number = value.to_be_bytes();
                (1, &number)
            }
            ValueRef::Real(value) => {
                number = value.to_be_bytes();
                (2, &number)
            }
            ValueRef::Text(value) => (3, value),
            ValueRef::Blob(value) => (4, value),
        };
        self.0.update([kind]);
        self.0.update((bytes.len() as u64).to_be_bytes());
        self.0.update(bytes);
    }

    fn finish(self) -> i64 {
        let digest: [u8; 32] = self.0.finalize().into();
        let [a, b, c, d, e, f, g, h, ..] = digest;
        i64::from_be_bytes([a, b, c, d, e, f, g, h])
    }
}
