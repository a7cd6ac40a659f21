//! The one connection that writes.

use std::sync::{Mutex, PoisonError};

use rusqlite::{Connection, TransactionBehavior};

use super::mark::Mark;
use super::{
    acts, cases, deliveries, expiry, filings, holdings, keys, outages, retention, sql_fault, tree,
};
use crate::error::Fault;
use crate::model::row::{Batch, FilingRow, SealedRow, StatementRow};

/// The writing connection, until it fails.
pub(super) struct Writer {
    writing: Mutex<Writing>,
    mark: Mark,
}

struct Writing {
    sql: Connection,
    /// Why nothing is written any more.
    failed: Option<String>,
}

impl Writer {
    pub(super) fn new(sql: Connection, mark: Mark) -> Self {
        Self { writing: Mutex::new(Writing { sql, failed: None }), mark }
    }

    /// Makes a batch durable as a whole, or leaves nothing of it.
    pub(super) fn commit(&self, batch: &Batch) -> Result<(), Fault> {
        self.write("committing a batch", |sql| {
            tree::append(sql, batch)?;
            tree::keep_cosigned(sql, &batch.cosigned)?;
            batch.entries.iter().try_for_each(|entry| match entry {
                SealedRow::Filing(filing) => write_filing(sql, filing),
                SealedRow::Statement(statement) => write_statement(sql, statement),
            })
        })?;
        self.mark.set(&batch.head);
        Ok(())
    }

    /// Runs `work` in a transaction of its own.
    ///
    /// A full disk is the one failure that leaves the writer usable: SQLite had no room for the
    /// pages before it could mark the transaction as complete, so surely nothing of it is there.
    pub(super) fn write(
        &self,
        doing: &str,
        work: impl FnOnce(&Connection) -> Result<(), Fault>,
    ) -> Result<(), Fault> {
        // A panic while writing left an open transaction, which dropping it rolled back.
        let mut writing = self.writing.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(reason) = &writing.failed {
            return Err(Fault::broken(format!("{doing}: the writer had failed before: {reason}")));
        }
        let done = in_transaction(&mut writing.sql, doing, work);
        if let Err(fault) = &done
            && !(fault.is_disk_full() && writing.sql.is_autocommit())
        {
            writing.failed = Some(fault.chain());
        }
        done
    }

    /// Lets tests make the disk look full, and other such things.
    #[cfg(test)]
    pub(super) fn with_connection<T>(&self, look: impl FnOnce(&Connection) -> T) -> T {
        look(&self.writing.lock().unwrap().sql)
    }
}

fn in_transaction(
    sql: &mut Connection,
    doing: &str,
    work: impl FnOnce(&Connection) -> Result<(), Fault>,
) -> Result<(), Fault> {
    // IMMEDIATE takes the write lock now: a deferred one could fail in the middle.
    let transaction = sql
        .transaction_with_behavior(TransactionBehavior::Immediate)
        .map_err(|error| sql_fault(format!("{doing}: beginning"), error))?;
    // Dropping the transaction on an error rolls it back.
    work(&transaction)?;
    transaction.commit().map_err(|error| sql_fault(format!("{doing}: making it durable"), error))
}

fn write_filing(sql: &Connection, filing: &FilingRow) -> Result<(), Fault> {
    filings::insert(sql, filing)?;
    keys::advance(sql, filing)?;
    if let Some(change) = &filing.case {
        cases::apply(sql, filing, change)?;
    }
    acts::note(sql, filing)?;
    deliveries::serve(sql, filing)?;
    expiry::expect(sql, filing)?;
    holdings::name(sql, filing)?;
    retention::apply(sql, filing)?;
    if let Some(answer) = &filing.answer {
        deliveries::settle(sql, filing.leaf, &filing.sender, answer)?;
        expiry::answered(sql, &filing.sender, answer.filing_leaf)?;
    }
    if let Some(change) = &filing.key {
        keys::apply(sql, filing.leaf, change)?;
    }
    Ok(())
}

fn write_statement(sql: &Connection, statement: &StatementRow) -> Result<(), Fault> {
    filings::insert_statement(sql, statement)?;
    if statement.outage {
        outages::note(sql, statement.leaf)?;
    }
    for (office, filing) in &statement.fetched {
        deliveries::fetched(sql, statement.leaf, office, *filing)?;
    }
    for (office, filing) in &statement.expired {
        expiry::expired(sql, statement.leaf, office, *filing)?;
    }
    Ok(())
}
