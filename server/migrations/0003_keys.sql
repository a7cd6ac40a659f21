-- What was done to each key, so that whose it is can be proven from the log.

-- The leaves that are key events. Keys that came into use under an older schema have none here:
-- their certificates vouched for them.
CREATE TABLE key_event (
    leaf       INTEGER PRIMARY KEY REFERENCES leaf (idx),
    key_id     BLOB    NOT NULL CHECK (length(key_id) = 32),
    vouched_by BLOB    CHECK (length(vouched_by) = 32),
    chk        INTEGER NOT NULL
) STRICT;
CREATE INDEX key_event_by_key ON key_event (key_id, leaf);
