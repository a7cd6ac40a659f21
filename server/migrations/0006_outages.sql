-- Outages: what the hub stated of its own, until when it is known to have worked, and what an office
-- filed in a span of time.

-- Statements that the hub was down or gave no receipts.
CREATE TABLE outage (
    leaf INTEGER PRIMARY KEY REFERENCES statement (leaf),
    chk  INTEGER NOT NULL
) STRICT;

-- The mark of life: one row, written again and again.
CREATE TABLE life (
    id    INTEGER PRIMARY KEY CHECK (id = 1),
    at_ms INTEGER NOT NULL,                           -- when it worked last
    size  INTEGER NOT NULL,                           -- the newest published head then,
    root  BLOB    NOT NULL CHECK (length(root) = 32), -- with the newest line of each witness
    note  BLOB    NOT NULL,
    chk   INTEGER NOT NULL
) STRICT;

CREATE INDEX filing_by_sender ON filing (sender, accepted_at_ms);
