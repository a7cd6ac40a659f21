//! Connections that only read.

use std::sync::{Condvar, Mutex, PoisonError};

use rusqlite::Connection;

use super::sql_fault;
use crate::error::Fault;

/// A fixed number of read-only connections. Who finds none free waits for one.
pub(super) struct Pool {
    free: Mutex<Vec<Connection>>,
    returned: Condvar,
}

impl Pool {
    pub(super) fn new(connections: Vec<Connection>) -> Self {
        Self { free: Mutex::new(connections), returned: Condvar::new() }
    }

    /// Answers one question from one committed state, however many queries it takes.
    pub(super) fn read<T>(
        &self,
        question: impl FnOnce(&Connection) -> Result<T, Fault>,
    ) -> Result<T, Fault> {
        let lent = self.lend();
        let sql = lent.connection()?;
        let snapshot =
            sql.unchecked_transaction().map_err(|error| sql_fault("beginning to read", error))?;
        question(&snapshot)
    }

    fn lend(&self) -> Lent<'_> {
        let mut free = self.free.lock().unwrap_or_else(PoisonError::into_inner);
        loop {
            if let Some(connection) = free.pop() {
                return Lent { pool: self, connection: Some(connection) };
            }
            free = self.returned.wait(free).unwrap_or_else(PoisonError::into_inner);
        }
    }
}

/// A connection that goes back when it is dropped.
struct Lent<'a> {
    pool: &'a Pool,
    connection: Option<Connection>,
}

impl Lent<'_> {
    fn connection(&self) -> Result<&Connection, Fault> {
        self.connection.as_ref().ok_or_else(|| Fault::broken("a connection was lent twice"))
    }
}

impl Drop for Lent<'_> {
    fn drop(&mut self) {
        let mut free = self.pool.free.lock().unwrap_or_else(PoisonError::into_inner);
        free.extend(self.connection.take());
        self.pool.returned.notify_one();
    }
}
