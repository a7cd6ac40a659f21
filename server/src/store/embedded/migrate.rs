//! Brings a database to the schema of this version, step by step, once each.
//!
//! The steps are the files of `server/migrations`, compiled in. Each is recorded with its SHA-256,
//! so that a database that went through other steps, or further ones, is refused and not guessed
//! at. A step that was released is never edited: a change is a new step.

use rusqlite::{Connection, TransactionBehavior};
use sha2::{Digest, Sha256};

use super::sql_fault;
use crate::error::Fault;

/// A step: what it is called and what it runs.
pub(super) struct Step {
    pub(super) name: &'static str,
    pub(super) sql: &'static str,
}

/// All steps in order. The number of a step is its place, from 1.
pub(super) const STEPS: &[Step] = &[
    Step { name: "0001_ledger", sql: include_str!("../../../migrations/0001_ledger.sql") },
    Step { name: "0002_cosigned", sql: include_str!("../../../migrations/0002_cosigned.sql") },
    Step { name: "0003_keys", sql: include_str!("../../../migrations/0003_keys.sql") },
    Step { name: "0004_statements", sql: include_str!("../../../migrations/0004_statements.sql") },
    Step { name: "0005_law", sql: include_str!("../../../migrations/0005_law.sql") },
    Step { name: "0006_outages", sql: include_str!("../../../migrations/0006_outages.sql") },
    Step { name: "0007_search", sql: include_str!("../../../migrations/0007_search.sql") },
    Step { name: "0008_documents", sql: include_str!("../../../migrations/0008_documents.sql") },
    Step { name: "0009_access", sql: include_str!("../../../migrations/0009_access.sql") },
    Step { name: "0010_retention", sql: include_str!("../../../migrations/0010_retention.sql") },
    Step { name: "0011_found", sql: include_str!("../../../migrations/0011_found.sql") },
];

const RECORD: &str = "CREATE TABLE IF NOT EXISTS migration (
    number INTEGER PRIMARY KEY, name TEXT NOT NULL, sha256 BLOB NOT NULL
) STRICT";

/// Runs the steps that are missing.
///
/// # Errors
/// When the database went through a step that is not ours, or SQLite fails.
pub(super) fn run(sql: &mut Connection, steps: &[Step]) -> Result<(), Fault> {
    let failed = |error| sql_fault("bringing the schema up to date", error);
    let transaction =
        sql.transaction_with_behavior(TransactionBehavior::Immediate).map_err(failed)?;
    transaction.execute_batch(RECORD).map_err(failed)?;
    let done = recorded(&transaction).map_err(failed)?;
    check(&done, steps)?;
    for (number, step) in (1_i64..).zip(steps).skip(done.len()) {
        transaction
            .execute_batch(step.sql)
            .map_err(|error| sql_fault(format!("running the migration {}", step.name), error))?;
        let digest: [u8; 32] = Sha256::digest(step.sql).into();
        transaction
            .execute("INSERT INTO migration VALUES (?, ?, ?)", (number, step.name, digest))
            .map_err(failed)?;
        transaction.pragma_update(None, "user_version", number).map_err(failed)?;
    }
    transaction.commit().map_err(failed)
}

fn recorded(sql: &Connection) -> rusqlite::Result<Vec<(String, [u8; 32])>> {
    let mut query = sql.prepare("SELECT name, sha256 FROM migration ORDER BY number")?;
    query.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?.collect()
}

fn check(done: &[(String, [u8; 32])], steps: &[Step]) -> Result<(), Fault> {
    if done.len() > steps.len() {
        let (known, found) = (steps.len(), done.len());
        return Err(Fault::broken(format!(
            "the database has schema {found}, this hub knows {known}: run the newer hub"
        )));
    }
    for ((name, digest), step) in done.iter().zip(steps) {
        let ours: [u8; 32] = Sha256::digest(step.sql).into();
        if name != step.name || *digest != ours {
            return Err(Fault::broken(format!(
                "the database went through a migration {name} that is not this hub's {}",
                step.name
            )));
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    const FIRST: Step = Step { name: "1", sql: "CREATE TABLE a (x INTEGER) STRICT" };
    const SECOND: Step = Step { name: "2", sql: "CREATE TABLE b (x INTEGER) STRICT" };

    #[test]
    fn each_step_runs_once() {
        let mut sql = Connection::open_in_memory().unwrap();
        run(&mut sql, &[FIRST]).unwrap();
        run(&mut sql, &[FIRST, SECOND]).unwrap();
        run(&mut sql, &[FIRST, SECOND]).unwrap();
        let version: i64 = sql.pragma_query_value(None, "user_version", |row| row.get(0)).unwrap();
        assert_eq!(version, 2);
    }

    #[test]
    fn a_newer_or_other_schema_is_refused() {
        let mut sql = Connection::open_in_memory().unwrap();
        run(&mut sql, &[FIRST, SECOND]).unwrap();
        assert!(run(&mut sql, &[FIRST]).unwrap_err().chain().contains("run the newer hub"));
        let edited = Step { sql: "CREATE TABLE a (y INTEGER) STRICT", ..FIRST };
        assert!(run(&mut sql, &[edited, SECOND]).unwrap_err().chain().contains("not this hub's"));
    }

    #[test]
    fn a_failing_step_leaves_nothing() {
        let mut sql = Connection::open_in_memory().unwrap();
        let broken = Step { name: "2", sql: "CREATE TABLE c (x INTEGER); nonsense" };
        run(&mut sql, &[FIRST, broken]).unwrap_err();
        assert!(run(&mut sql, &[FIRST, SECOND]).is_ok());
    }
}
