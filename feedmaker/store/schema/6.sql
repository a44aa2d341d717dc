-- The step from version 5 to version 6: sections of which nothing comes any more.

ALTER TABLE sections ADD COLUMN failing INTEGER NOT NULL DEFAULT 0;      -- new articles that failed since the last was had
