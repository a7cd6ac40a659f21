-- Heads that a quorum of witnesses has cosigned, with all lines that came. Receipts are given under
-- the first of them that covers a leaf.
CREATE TABLE cosigned (
    size INTEGER PRIMARY KEY REFERENCES head (size),
    root BLOB    NOT NULL CHECK (length(root) = 32),
    note BLOB    NOT NULL,
    chk  INTEGER NOT NULL
) STRICT;
