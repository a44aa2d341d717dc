-- The step from version 6 to version 7: a story may have several files to enclose, which go with it.

CREATE INDEX pictures_story ON pictures (story);
