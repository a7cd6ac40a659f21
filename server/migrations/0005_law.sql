-- Filings that count beyond their own case, and cases on whose dockets a filing of another stands.

-- Calendars, publications, decisions and the like, by whose act they are and how it is numbered.
CREATE TABLE public_act (
    institution TEXT    NOT NULL,
    name        TEXT    NOT NULL, -- the act's number, folded; empty for acts that have none
    leaf        INTEGER NOT NULL REFERENCES filing (leaf),
    chk         INTEGER NOT NULL,
    PRIMARY KEY (institution, name, leaf)
) STRICT, WITHOUT ROWID;

-- A decision about many cases is filed once and stands on the docket of each.
CREATE TABLE mention (
    case_id BLOB    NOT NULL CHECK (length(case_id) = 16),
    leaf    INTEGER NOT NULL REFERENCES filing (leaf),
    chk     INTEGER NOT NULL,
    PRIMARY KEY (case_id, leaf)
) STRICT, WITHOUT ROWID;
