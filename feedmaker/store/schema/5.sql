-- The step from version 4 to version 5: rows that could not be read, as they were.

CREATE TABLE damaged (
    id    TEXT PRIMARY KEY,
    at    TEXT NOT NULL,
    kind  TEXT NOT NULL,  -- the table
    value TEXT NOT NULL   -- the row, cut
);
