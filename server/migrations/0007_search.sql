-- By what people look for cases, in the form in which names and numbers are compared (proto/src/text.rs).

-- Names of persons that the filings of a case give, restricted ones left out. Filings from before
-- this step have none here.
CREATE TABLE case_name (
    case_id BLOB    NOT NULL,
    name    TEXT    NOT NULL,
    leaf    INTEGER NOT NULL, -- of the first filing that gives it
    chk     INTEGER NOT NULL,
    PRIMARY KEY (case_id, name)
) STRICT, WITHOUT ROWID;

-- Each docket number in every form in which it may be asked for: the one that its institution's
-- format made, and the one that is made from its literal. Made from `docket_number` where it is
-- empty and that is not.
CREATE TABLE number_writing (
    case_id     BLOB    NOT NULL,
    position    INTEGER NOT NULL, -- as in `docket_number`
    writing     TEXT    NOT NULL,
    institution TEXT    NOT NULL,
    chk         INTEGER NOT NULL,
    PRIMARY KEY (case_id, position, writing)
) STRICT, WITHOUT ROWID;

CREATE INDEX number_writing_by_writing ON number_writing (institution, writing);
