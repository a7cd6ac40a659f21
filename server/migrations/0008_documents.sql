-- Documents by chunks, and how much each institution holds.

-- The root over each document's chunks (proto/src/chunk.rs). Documents from before this step have
-- none here until the scrubber comes to them.
CREATE TABLE document (
    document   BLOB    NOT NULL PRIMARY KEY,
    size       INTEGER NOT NULL,
    chunk_root BLOB    NOT NULL,
    chk        INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- Bytes of all documents that an institution uploaded. Made from `holding` where it is empty and
-- that is not.
CREATE TABLE holding_total (
    institution TEXT    NOT NULL PRIMARY KEY,
    bytes       INTEGER NOT NULL,
    chk         INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
