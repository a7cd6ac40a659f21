-- Holds on documents, and documents whose content was destroyed.

-- `documents` are digests one after the other; empty: all documents of the case.
CREATE TABLE hold (
    filing_leaf INTEGER NOT NULL PRIMARY KEY REFERENCES filing (leaf),
    case_id     BLOB    NOT NULL CHECK (length(case_id) = 16),
    documents   BLOB    NOT NULL,
    lifted_leaf INTEGER,
    chk         INTEGER NOT NULL
) STRICT;
CREATE INDEX hold_case ON hold (case_id);

-- `filing_leaf` is the filing by which it was destroyed. The bytes themselves go afterwards.
CREATE TABLE destruction (
    document    BLOB    NOT NULL PRIMARY KEY,
    filing_leaf INTEGER NOT NULL REFERENCES filing (leaf),
    chk         INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
