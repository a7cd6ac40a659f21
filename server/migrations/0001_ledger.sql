-- The ledger: what was filed, what it means, and the log that proves it.
--
-- The last column of each table, `chk`, is a checksum over the table's name and the other columns
-- (server/src/store/embedded/row.rs). Numbers are 64 bits without sign, kept in SQLite's signed
-- ones bit for bit. An office is written `institution/office`.

-- The log's leaves.
CREATE TABLE leaf (
    idx   INTEGER PRIMARY KEY,
    bytes BLOB    NOT NULL CHECK (length(bytes) = 119),
    chk   INTEGER NOT NULL
) STRICT;

-- The tree's hashes, C2SP tlog-tiles: each tile as far as it goes.
CREATE TABLE tile (
    level  INTEGER NOT NULL,
    idx    INTEGER NOT NULL,
    hashes BLOB    NOT NULL CHECK (length(hashes) BETWEEN 32 AND 8192 AND length(hashes) % 32 = 0),
    chk    INTEGER NOT NULL,
    PRIMARY KEY (level, idx)
) STRICT;

-- Every head that was signed. The primary key makes a second head of one size impossible.
CREATE TABLE head (
    size INTEGER PRIMARY KEY,
    root BLOB    NOT NULL CHECK (length(root) = 32),
    note BLOB    NOT NULL,
    chk  INTEGER NOT NULL
) STRICT;

-- The filings, with the envelopes as they were received.
CREATE TABLE filing (
    leaf           INTEGER PRIMARY KEY REFERENCES leaf (idx),
    sealed_size    INTEGER NOT NULL,
    accepted_at_ms INTEGER NOT NULL,
    digest         BLOB    NOT NULL UNIQUE,
    once_key       BLOB    NOT NULL UNIQUE,
    envelope_id    BLOB    NOT NULL UNIQUE,
    kind           INTEGER NOT NULL,
    sender         TEXT    NOT NULL,
    key_id         BLOB    NOT NULL,
    sequence       INTEGER NOT NULL,
    case_id        BLOB,
    recipients     TEXT    NOT NULL, -- offices in the order of the envelope, with spaces between
    documents      BLOB    NOT NULL, -- 32 bytes each, lead first
    assessment     BLOB,             -- FilingAssessment; its leaf is the next one
    effects        BLOB    NOT NULL, -- StoredEffects (store/embedded/effects.rs)
    envelope       BLOB    NOT NULL,
    chk            INTEGER NOT NULL
) STRICT;

CREATE INDEX filing_by_case ON filing (case_id, leaf) WHERE case_id IS NOT NULL;

-- The hub's own statements.
CREATE TABLE statement (
    leaf  INTEGER PRIMARY KEY REFERENCES leaf (idx),
    bytes BLOB    NOT NULL,
    chk   INTEGER NOT NULL
) STRICT;

-- Where the sequence of each signing key stands.
CREATE TABLE chain (
    key_id   BLOB    NOT NULL PRIMARY KEY,
    sequence INTEGER NOT NULL,
    digest   BLOB    NOT NULL,
    chk      INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- The keys that came into use.
CREATE TABLE signing_key (
    key_id            BLOB    NOT NULL PRIMARY KEY,
    spki              BLOB    NOT NULL,
    holder            TEXT    NOT NULL,
    purpose           INTEGER NOT NULL,
    added_leaf        INTEGER NOT NULL,
    retired_leaf      INTEGER,
    revoked_from_leaf INTEGER,
    chk               INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- The cases as they stand.
CREATE TABLE case_file (
    case_id           BLOB    NOT NULL PRIMARY KEY,
    data_class        INTEGER NOT NULL,
    procedure_id      TEXT    NOT NULL,
    rule_set_id       TEXT    NOT NULL,
    election_event_id TEXT    NOT NULL,
    opened_by         INTEGER NOT NULL,
    opened_leaf       INTEGER NOT NULL,
    opened_at_ms      INTEGER NOT NULL,
    changed_at_ms     INTEGER NOT NULL,
    changed_leaf      INTEGER NOT NULL,
    filings           INTEGER NOT NULL,
    parties           TEXT    NOT NULL, -- role=office in the order in which they came, with spaces
    docket_numbers    INTEGER NOT NULL, -- how many rows `docket_number` has for the case
    chk               INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- The docket numbers of each case, in the order in which they came.
CREATE TABLE docket_number (
    case_id     BLOB    NOT NULL,
    position    INTEGER NOT NULL,
    institution TEXT    NOT NULL,
    literal     TEXT    NOT NULL,
    normal      TEXT    NOT NULL,
    chk         INTEGER NOT NULL,
    PRIMARY KEY (case_id, position)
) STRICT, WITHOUT ROWID;

CREATE INDEX docket_number_by_normal ON docket_number (institution, normal);

-- Who may see a case: each party (`institution/office`) and each party's institution.
CREATE TABLE reader_case (
    case_id      BLOB    NOT NULL,
    reader       TEXT    NOT NULL,
    changed_leaf INTEGER NOT NULL, -- that of the case, here too for the order of lists
    chk          INTEGER NOT NULL,
    PRIMARY KEY (case_id, reader)
) STRICT, WITHOUT ROWID;

CREATE INDEX reader_case_by_change ON reader_case (reader, changed_leaf);

-- How many filings were served on each office: the newest position in its inbox.
CREATE TABLE inbox (
    office     TEXT    NOT NULL PRIMARY KEY,
    deliveries INTEGER NOT NULL,
    chk        INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- What became of each filing at each recipient.
CREATE TABLE delivery (
    filing_leaf        INTEGER NOT NULL REFERENCES filing (leaf),
    position           INTEGER NOT NULL, -- in the envelope, from 0
    office             TEXT    NOT NULL,
    cursor             INTEGER NOT NULL,
    fetched_leaf       INTEGER,
    acknowledged_leaf  INTEGER,
    settled_leaf       INTEGER,
    refused            INTEGER NOT NULL CHECK (refused IN (0, 1)),
    number_institution TEXT,
    number_literal     TEXT,
    number_normal      TEXT,
    registered_at_ms   INTEGER NOT NULL,
    chk                INTEGER NOT NULL,
    PRIMARY KEY (filing_leaf, position)
) STRICT, WITHOUT ROWID;

CREATE UNIQUE INDEX delivery_by_cursor ON delivery (office, cursor);
CREATE UNIQUE INDEX delivery_by_registration ON delivery (office, settled_leaf)
    WHERE settled_leaf IS NOT NULL AND refused = 0;

-- Which institutions uploaded a document.
CREATE TABLE holding (
    document    BLOB    NOT NULL,
    institution TEXT    NOT NULL,
    size        INTEGER NOT NULL,
    chk         INTEGER NOT NULL,
    PRIMARY KEY (document, institution)
) STRICT, WITHOUT ROWID;

-- Which cases have a filing that names a document and that all their parties may read.
CREATE TABLE naming (
    document BLOB    NOT NULL,
    case_id  BLOB    NOT NULL,
    chk      INTEGER NOT NULL,
    PRIMARY KEY (document, case_id)
) STRICT, WITHOUT ROWID;

-- Which filings name a document and are for those only on whom they were served: restricted ones,
-- and those that belong to no case.
CREATE TABLE serving (
    document    BLOB    NOT NULL,
    filing_leaf INTEGER NOT NULL REFERENCES filing (leaf),
    chk         INTEGER NOT NULL,
    PRIMARY KEY (document, filing_leaf)
) STRICT, WITHOUT ROWID;
