-- What cases are found by, beyond names and whole numbers. All of it is made from the filings and
-- follows the log a little behind (server/src/store/embedded/found): it may be missing, never
-- wrong.

-- How far it was made: every leaf below, and how many lines there are. Missing: nothing was.
CREATE TABLE found_below (
    one   INTEGER NOT NULL PRIMARY KEY CHECK (one = 1),
    leaf  INTEGER NOT NULL,
    lines INTEGER NOT NULL,
    chk   INTEGER NOT NULL
) STRICT;

-- For whom the filings of a case, unless restricted, were made findable.
CREATE TABLE found_reader (
    case_id BLOB NOT NULL,
    reader  TEXT NOT NULL,
    chk     INTEGER NOT NULL,
    PRIMARY KEY (case_id, reader)
) STRICT, WITHOUT ROWID;

-- Something that can be found: a name, a number, an act, or all texts of a filing. What is likelier
-- meant has higher numbers (from bit 48 on: 4 number, 3 name, 2 act, 1 texts), and within that what
-- is newer (below bit 48: its place among all lines).
CREATE TABLE found (
    id         INTEGER NOT NULL PRIMARY KEY,
    case_id    BLOB    NOT NULL CHECK (length(case_id) = 16),
    leaf       INTEGER NOT NULL REFERENCES filing (leaf), -- the filing in which it stands
    place      INTEGER NOT NULL, -- among those of its kind in that filing
    since_leaf INTEGER NOT NULL, -- from which leaf on its readers may read it
    chk        INTEGER NOT NULL
) STRICT;

-- The words of each, in the form in which they are compared, and a word for each of its readers.
-- Words only: no positions, no text; what is shown is read from the filing.
CREATE VIRTUAL TABLE found_words USING fts5 (
    words, content = '', detail = none, columnsize = 0, tokenize = 'ascii'
);

-- A whole number may be looked for without saying whose it is.
CREATE INDEX number_writing_by_itself ON number_writing (writing);
