-- What feedmaker remembers, in SQL that SQLite and PostgreSQL both read; the tests run it on both. This is the first
-- step: later ones add to it, see `store`. Rules for all of them, and for the queries of the parts:
--   Types are TEXT, INTEGER (within 32 bits) and DOUBLE PRECISION. Instants are ISO 8601 texts in UTC, so that they sort
--   and compare as text; lists are JSON in TEXT; yes and no are 1 and 0.
--   Say INSERT ... ON CONFLICT (columns) DO NOTHING or DO UPDATE, never INSERT OR ...; no rowid, PRAGMA, datetime(),
--   double quotes or backticks. Every column of a SELECT that groups stands in its GROUP BY.
--   A parameter is written :name; compare like with like, since PostgreSQL converts nothing.
--   A statement ends with ; at the end of a line.
--   What a method writes may be done twice (see `in_transaction`): set values rather than add to them.
--   A row that all sites write would make all workers wait for each other: keep rows to one site, or insert new ones.

CREATE TABLE IF NOT EXISTS meta (
    name  TEXT PRIMARY KEY,
    value TEXT NOT NULL
);

-- Every story link ever seen, once, by `urls.key`. Two links may lead to one story: the second is an alias.
CREATE TABLE IF NOT EXISTS links (
    key           TEXT PRIMARY KEY,
    url           TEXT NOT NULL,
    story         TEXT NOT NULL,
    title         TEXT NOT NULL,
    first_seen    TEXT NOT NULL,
    checks        INTEGER NOT NULL DEFAULT 0,  -- times the article was had since, changed or not
    failures      INTEGER NOT NULL DEFAULT 0,  -- failures in a row
    reason        TEXT NOT NULL DEFAULT '',    -- of the last failure
    next_check    TEXT,                        -- null: never again
    etag          TEXT,
    last_modified TEXT
);
CREATE INDEX IF NOT EXISTS links_due ON links (next_check);
CREATE INDEX IF NOT EXISTS links_story ON links (story);

-- Which sections a link was found in.
CREATE TABLE IF NOT EXISTS section_links (
    site    TEXT NOT NULL,
    section TEXT NOT NULL,
    key     TEXT NOT NULL REFERENCES links (key),
    PRIMARY KEY (site, section, key)
);
CREATE INDEX IF NOT EXISTS section_links_key ON section_links (key);

CREATE TABLE IF NOT EXISTS stories (
    id         TEXT PRIMARY KEY,
    url        TEXT NOT NULL,
    title      TEXT NOT NULL,
    raw_title  TEXT NOT NULL,
    html       TEXT NOT NULL,
    text       TEXT NOT NULL,
    summary    TEXT NOT NULL,
    authors    TEXT NOT NULL,
    image      TEXT,
    published  TEXT NOT NULL,  -- what readers are shown: the page's date or first_seen; never moves
    shown      TEXT NOT NULL,  -- `published` in UTC, to sort by
    modified   TEXT,
    category   TEXT,
    also       TEXT NOT NULL,  -- categories of its copies, which are aliases of its link
    tags       TEXT NOT NULL,
    language   TEXT,
    teaser     INTEGER NOT NULL,
    first_seen TEXT NOT NULL,
    updated    TEXT NOT NULL,
    digest     TEXT NOT NULL,  -- of the normalised title and text: an edit changes it, an advert does not
    signature  TEXT NOT NULL   -- `alike.signature`, to find copies of it
);
CREATE INDEX IF NOT EXISTS stories_shown ON stories (shown);

-- Validators of listing pages, by the section whose feed was made from them.
CREATE TABLE IF NOT EXISTS listings (
    site          TEXT NOT NULL,
    section       TEXT NOT NULL,
    url           TEXT NOT NULL,
    etag          TEXT,
    last_modified TEXT,
    PRIMARY KEY (site, section, url)
);

CREATE TABLE IF NOT EXISTS sections (
    site      TEXT NOT NULL,
    section   TEXT NOT NULL,
    status    TEXT NOT NULL DEFAULT '',   -- of the last run, as in model.Report
    reason    TEXT NOT NULL DEFAULT '',
    since     TEXT NOT NULL DEFAULT '',   -- when the section last broke or healed
    told      TEXT NOT NULL DEFAULT '',   -- when a person was last told that it is broken
    good_at   TEXT NOT NULL DEFAULT '',   -- last run without a failure of the section
    links     INTEGER NOT NULL DEFAULT 0, -- links on the listing when it was last read
    nav_from  TEXT NOT NULL DEFAULT '',   -- page and label that `nav_url` was found by
    nav_url   TEXT NOT NULL DEFAULT '',
    published TEXT NOT NULL DEFAULT '',   -- what the feed files were made with; empty: they are stale
    PRIMARY KEY (site, section)
);

-- What broke and healed, for status and health pages.
CREATE TABLE IF NOT EXISTS events (
    at      TEXT NOT NULL,
    site    TEXT NOT NULL,
    section TEXT NOT NULL,
    status  TEXT NOT NULL,
    reason  TEXT NOT NULL,
    PRIMARY KEY (site, section, at)
);

CREATE TABLE IF NOT EXISTS robots (
    origin TEXT PRIMARY KEY,
    body   TEXT NOT NULL,
    had_at DOUBLE PRECISION NOT NULL  -- seconds of the epoch
);
