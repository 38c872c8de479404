-- Version 2 of the case file. A column is never given another meaning; a new version adds.
CREATE TABLE capture (
    sha256     TEXT PRIMARY KEY,            -- lower-case hexadecimal
    bytes      BLOB NOT NULL,               -- as they came
    captured   TEXT NOT NULL                -- when the program read them, UTC, RFC 3339
) STRICT;
CREATE TABLE source (                       -- every name the bytes came under
    sha256     TEXT NOT NULL REFERENCES capture,
    path       TEXT NOT NULL,
    PRIMARY KEY (sha256, path)
) STRICT, WITHOUT ROWID;
CREATE TABLE report (
    id         TEXT PRIMARY KEY,            -- sha256:...[#n]
    sha256     TEXT NOT NULL REFERENCES capture,
    reader     TEXT NOT NULL,               -- the version of the program that read it
    record     TEXT NOT NULL                -- the stand-off record, JSON
) STRICT;
CREATE INDEX report_capture ON report (sha256);
CREATE TABLE left_out (                     -- what was not read of a path, and why
    path       TEXT NOT NULL,
    what       TEXT NOT NULL,
    PRIMARY KEY (path, what)
) STRICT, WITHOUT ROWID;
CREATE TABLE ledger (                       -- at most one row: what the reports make together
    one        INTEGER PRIMARY KEY CHECK (one = 1),
    drawn_from TEXT NOT NULL,               -- SHA-256 over the ids and readers of the reports and what was decided
    origins    TEXT NOT NULL,               -- JSON
    ledger     TEXT NOT NULL,               -- JSON
    flags      TEXT NOT NULL                -- JSON: the flags that reports have beside one another, by report
) STRICT;
CREATE TABLE decision (                     -- append-only
    number     INTEGER PRIMARY KEY AUTOINCREMENT,
    decided    TEXT NOT NULL,               -- when, UTC, RFC 3339
    who        TEXT,
    act        TEXT NOT NULL,               -- accept, reject, merge, split, assign, note, undo
    about      TEXT NOT NULL,               -- the id decided on; of actors a name, or report/name
    value      TEXT                         -- what the act needs beside
) STRICT;
CREATE VIRTUAL TABLE passage USING fts5 (   -- the regions that make claims
    text, report UNINDEXED, region UNINDEXED, tokenize = 'unicode61 remove_diacritics 2'
);
