//! Opening: a database is made whole or not at all, and taken only when it is sound.

use std::fs::{self, File, OpenOptions, TryLockError};
use std::io;
use std::path::Path;
use std::time::Duration;

use rusqlite::{Connection, OpenFlags};

use super::mark::Mark;
use super::pool::Pool;
use super::row::Table;
use super::writer::Writer;
use super::{
    Embedded, access, acts, cases, deliveries, expiry, filings, found, holdings, keys, migrate,
    outages, retention, sought, sql_fault, tree,
};
use crate::error::Fault;

const DATABASE: &str = "hub.sqlite";
/// A database that is being made; what is left of one after a crash is worth nothing.
const UNFINISHED: [&str; 3] = ["hub.sqlite.new", "hub.sqlite.new-wal", "hub.sqlite.new-shm"];
const LOCK: &str = "hub.lock";

/// Marks the database as ours: "Brid" in ASCII.
const APPLICATION_ID: i64 = 0x4272_6964;
/// The oldest SQLite that does not lose committed pages when a write meets a checkpoint.
const SQLITE_AT_LEAST: i32 = 3_051_003;
/// Reading connections. As many questions run at once; more wait, and cost no more memory.
const READERS: usize = 8;
/// Distinct statements of this module, with room to spare.
const STATEMENTS: usize = 64;
/// How long a connection waits for another's lock. Only a checkpoint ever takes one.
const BUSY: Duration = Duration::from_secs(10);
/// The writer's page cache, KiB: the upper pages of the indexes over random digests.
const WRITER_CACHE_KIB: i64 = 64 * 1024;
/// Pages of 4 KiB in the write-ahead log before they are folded into the database: 64 MiB. Pages
/// that change in many batches, such as those of indexes over digests, are then folded in once.
const AHEAD_PAGES: i64 = 16 * 1024;
/// Up to this many bytes, opening checks all: the whole structure, and the checksum of each row.
/// That takes a second or two. Beyond, it checks what is small and what everything hangs on; the
/// rest is checked row by row when it is read.
const CHECKED_WHOLE_BYTES: u64 = 256 * 1024 * 1024;
/// Problems of structure that are listed.
const PROBLEMS: i64 = 8;

/// All tables, the small ones first.
const TABLES: [&Table; 33] = [
    &outages::LIFE,
    &found::FOUND_BELOW,
    &outages::OUTAGE,
    &keys::SIGNING_KEY,
    &keys::KEY_EVENT,
    &keys::CHAIN,
    &deliveries::INBOX,
    &holdings::HOLDING_TOTAL,
    &tree::HEAD,
    &tree::COSIGNED,
    &tree::LEAF,
    &tree::TILE,
    &filings::FILING,
    &filings::STATEMENT,
    &cases::CASE_FILE,
    &cases::DOCKET_NUMBER,
    &acts::PUBLIC_ACT,
    &acts::MENTION,
    &cases::OWN_NUMBER,
    &sought::NUMBER_WRITING,
    &sought::CASE_NAME,
    &cases::READER_CASE,
    &found::FOUND_READER,
    &found::FOUND,
    &deliveries::DELIVERY,
    &expiry::EXPIRY,
    &holdings::NAMING,
    &holdings::SERVING,
    &access::ACCESS,
    &retention::HOLD,
    &retention::DESTRUCTION,
    &holdings::HOLDING,
    &holdings::DOCUMENT,
];
/// How many of [`TABLES`] are checked at any size: a row for each office, key or outage, no more.
const SMALL_TABLES: usize = 8;

pub(super) fn open(directory: &Path) -> Result<Embedded, Fault> {
    let sqlite = rusqlite::version_number();
    if sqlite < SQLITE_AT_LEAST {
        return Err(Fault::broken(format!("SQLite {sqlite} loses data: {SQLITE_AT_LEAST} is due")));
    }
    fs::create_dir_all(directory).map_err(|error| file_fault("making", directory, error))?;
    let lock = lock(directory)?;
    let path = directory.join(DATABASE);
    if !path.exists() {
        create(directory)?;
    }
    let mut sql = connect(&path, OpenFlags::SQLITE_OPEN_READ_WRITE)?;
    check_identity(&sql, &path)?;
    let sound = migrate::run(&mut sql, migrate::STEPS).and_then(|()| check_soundness(&sql, &path));
    sound.map_err(|fault| Fault::while_doing(format!("opening {}", path.display()), fault))?;
    sought::fill(&mut sql)?;
    holdings::fill(&mut sql)?;
    let mark = Mark::open(directory).map_err(|error| file_fault("opening", directory, error))?;
    mark.check(tree::head(&sql)?.as_ref())?;
    let reader = || connect(&path, OpenFlags::SQLITE_OPEN_READ_ONLY);
    let readers = (0..READERS).map(|_| reader()).collect::<Result<_, _>>()?;
    Ok(Embedded { readers: Pool::new(readers), writer: Writer::new(sql, mark), _lock: lock })
}

fn lock(directory: &Path) -> Result<File, Fault> {
    let path = directory.join(LOCK);
    let open = OpenOptions::new().create(true).truncate(false).write(true).open(&path);
    let lock = open.map_err(|error| file_fault("opening", &path, error))?;
    match lock.try_lock() {
        Ok(()) => Ok(lock),
        Err(TryLockError::WouldBlock) => {
            let place = directory.display();
            Err(Fault::broken(format!("another hub has {place} open: stop it first")))
        }
        Err(TryLockError::Error(error)) => Err(file_fault("locking", &path, error)),
    }
}

/// Makes an empty database under another name and renames it, so that one under the right name is
/// never half-made, and an empty or missing one is a loss and not a beginning.
fn create(directory: &Path) -> Result<(), Fault> {
    let failed = |error| file_fault("making a database in", directory, error);
    for entry in fs::read_dir(directory).map_err(failed)? {
        let name = entry.map_err(failed)?.file_name();
        if UNFINISHED.iter().any(|unfinished| name == *unfinished) {
            fs::remove_file(directory.join(&name)).map_err(failed)?;
        } else if name != LOCK {
            let (place, name) = (directory.display(), name.display());
            return Err(Fault::broken(format!(
                "{place} has no {DATABASE} and is not empty ({name}): put the database back, or \
                 name an empty directory for a new hub"
            )));
        }
    }
    let [unfinished, ..] = UNFINISHED.map(|name| directory.join(name));
    make(&unfinished).map_err(|error| sql_fault("making a database", error))?;
    File::open(&unfinished).and_then(|file| file.sync_all()).map_err(failed)?;
    fs::rename(&unfinished, directory.join(DATABASE)).map_err(failed)?;
    File::open(directory).and_then(|folder| folder.sync_all()).map_err(failed)
}

fn make(path: &Path) -> rusqlite::Result<()> {
    let sql = Connection::open(path)?;
    sql.pragma_update_and_check(None, "journal_mode", "WAL", |row| row.get::<_, String>(0))?;
    sql.pragma_update(None, "application_id", APPLICATION_ID)?;
    sql.close().map_err(|(_, error)| error)
}

fn connect(path: &Path, access: OpenFlags) -> Result<Connection, Fault> {
    let open = || {
        let sql = Connection::open_with_flags(path, access | OpenFlags::SQLITE_OPEN_NO_MUTEX)?;
        sql.busy_timeout(BUSY)?;
        sql.set_prepared_statement_cache_capacity(STATEMENTS);
        sql.pragma_update(None, "trusted_schema", false)?;
        sql.pragma_update(None, "cell_size_check", true)?;
        sql.pragma_update(None, "foreign_keys", true)?;
        if access.contains(OpenFlags::SQLITE_OPEN_READ_WRITE) {
            sql.pragma_update(None, "cache_size", -WRITER_CACHE_KIB)?;
            sql.pragma_update(None, "wal_autocheckpoint", AHEAD_PAGES)?;
            sql.pragma_update(None, "synchronous", "FULL")?;
        }
        Ok(sql)
    };
    open().map_err(|error| sql_fault(format!("opening {}", path.display()), error))
}

fn check_identity(sql: &Connection, path: &Path) -> Result<(), Fault> {
    let place = path.display();
    let ask = || {
        let id: i64 = sql.pragma_query_value(None, "application_id", |row| row.get(0))?;
        let mode: String = sql.pragma_query_value(None, "journal_mode", |row| row.get(0))?;
        Ok((id, mode))
    };
    let asked = ask().map_err(|error| sql_fault(format!("asking what {place} is"), error));
    let (id, mode) = asked?;
    if id != APPLICATION_ID {
        return Err(Fault::broken(format!("{place} is a database, but not a hub's")));
    }
    if mode != "wal" {
        return Err(Fault::broken(format!("{place} cannot keep a write-ahead log: it is {mode}")));
    }
    Ok(())
}

fn check_soundness(sql: &Connection, path: &Path) -> Result<(), Fault> {
    let damaged = |what: &dyn std::fmt::Display| {
        let place = path.display();
        format!("{place} is damaged ({what}): restore it from a copy, and ask the witnesses first")
    };
    let bytes = fs::metadata(path).map_err(|error| file_fault("measuring", path, error))?.len();
    let whole = bytes <= CHECKED_WHOLE_BYTES;
    let (small, _) = TABLES.split_at(SMALL_TABLES);
    let tables = if whole { &TABLES[..] } else { small };
    let problems = if whole {
        problems(sql, &format!("PRAGMA integrity_check({PROBLEMS})"))?
    } else {
        let each = small
            .iter()
            .map(|table| problems(sql, &format!("PRAGMA integrity_check({})", table.name)));
        each.collect::<Result<Vec<_>, _>>()?.concat()
    };
    if !problems.is_empty() {
        return Err(Fault::broken(damaged(&problems.join("; "))));
    }
    for table in tables {
        table.verify(sql).map_err(|fault| Fault::while_doing(damaged(&"a row"), fault))?;
    }
    Ok(())
}

fn problems(sql: &Connection, pragma: &str) -> Result<Vec<String>, Fault> {
    let ask = || -> rusqlite::Result<Vec<String>> {
        let mut statement = sql.prepare(pragma)?;
        let lines = statement.query_map([], |row| row.get::<_, String>(0))?;
        lines.filter(|line| !matches!(line, Ok(line) if line == "ok")).collect()
    };
    ask().map_err(|error| sql_fault("checking the database's structure", error))
}

fn file_fault(doing: &str, path: &Path, error: io::Error) -> Fault {
    let full = matches!(error.kind(), io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded);
    let fault = Fault::while_doing(format!("{doing} {}", path.display()), error);
    if full { fault.disk_full() } else { fault }
}
