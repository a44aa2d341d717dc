-- The step from version 2 to version 3: nothing reads the title as the page had it.

ALTER TABLE stories DROP COLUMN raw_title;
