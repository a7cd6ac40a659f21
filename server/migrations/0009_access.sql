-- Who may read sealed exhibits: those for whom an envelope carries their key, and nobody else.

-- `filing_leaf` is the filing that gave access first.
CREATE TABLE access (
    document    BLOB    NOT NULL,
    office      TEXT    NOT NULL,
    filing_leaf INTEGER NOT NULL,
    chk         INTEGER NOT NULL,
    PRIMARY KEY (document, office)
) STRICT, WITHOUT ROWID;
