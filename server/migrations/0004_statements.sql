-- What the hub states: limits for answers; and whose claim a docket number is.

-- Deliveries of filings whose sender set a limit for the answer.
CREATE TABLE expiry (
    filing_leaf  INTEGER NOT NULL REFERENCES filing (leaf),
    office       TEXT    NOT NULL,
    limit_ms     INTEGER NOT NULL,
    digest       BLOB    NOT NULL CHECK (length(digest) = 32), -- the filing's, here too for the statement
    waiting      INTEGER NOT NULL CHECK (waiting IN (0, 1)),   -- neither answered nor expired
    expired_leaf INTEGER,                                      -- leaf of the statement that it expired
    chk          INTEGER NOT NULL,
    PRIMARY KEY (filing_leaf, office)
) STRICT, WITHOUT ROWID;

CREATE INDEX expiry_by_limit ON expiry (limit_ms, filing_leaf, office) WHERE waiting = 1;

-- Docket numbers that the institution whose they are gave itself. What others say of its numbers is
-- in `docket_number` only, as is what was filed before this step.
CREATE TABLE own_number (
    case_id     BLOB    NOT NULL,
    institution TEXT    NOT NULL,
    normal      TEXT    NOT NULL,
    chk         INTEGER NOT NULL,
    PRIMARY KEY (case_id, institution, normal)
) STRICT, WITHOUT ROWID;
