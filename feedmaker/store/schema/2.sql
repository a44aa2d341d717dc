-- The step from version 1 to version 2: how a section that fails is left in peace, and hosts that asked for a pause.

ALTER TABLE sections ADD COLUMN usual INTEGER NOT NULL DEFAULT 0;    -- links that its listing usually holds
ALTER TABLE sections ADD COLUMN next_poll TEXT NOT NULL DEFAULT '';  -- not asked before; empty: by each run
ALTER TABLE sections ADD COLUMN asked_with TEXT NOT NULL DEFAULT ''; -- its configuration when it was last asked
ALTER TABLE sections ADD COLUMN doubted TEXT NOT NULL DEFAULT '';    -- what put it in quarantine: listing or articles
ALTER TABLE sections ADD COLUMN note TEXT NOT NULL DEFAULT '';       -- what a person should know though it is good
ALTER TABLE sections ADD COLUMN changed INTEGER NOT NULL DEFAULT 0;  -- changes of what its feed shows, counted
ALTER TABLE sections ADD COLUMN every INTEGER NOT NULL DEFAULT 0;    -- seconds that workers leave it alone, by its rhythm
ALTER TABLE sections ADD COLUMN due TEXT NOT NULL DEFAULT '';        -- when a worker is to run it; empty: at once
CREATE INDEX sections_due ON sections (due);
-- What a feed was made with stands beside its files: there may be several folders, on several machines.
ALTER TABLE sections DROP COLUMN published;
-- What a listing was read with besides its validators: after another configuration it is read again whole.
ALTER TABLE listings ADD COLUMN made_with TEXT NOT NULL DEFAULT '';

-- When the article of a link is to be asked for, kept beside each section that it is in: so what is due of a section is
-- found without looking through all that it ever had.
ALTER TABLE section_links ADD COLUMN next_check TEXT;
UPDATE section_links SET next_check = (SELECT links.next_check FROM links WHERE links.key = section_links.key);
CREATE INDEX section_links_due ON section_links (site, section, next_check) WHERE next_check IS NOT NULL;
DROP INDEX links_due;
-- Likewise when its story was published: a section's rhythm is known without reading its stories.
ALTER TABLE section_links ADD COLUMN shown TEXT;
UPDATE section_links SET shown = (
    SELECT stories.shown FROM links JOIN stories ON stories.id = links.story WHERE links.key = section_links.key
);
CREATE INDEX section_links_shown ON section_links (site, section, shown) WHERE shown IS NOT NULL;
-- The site that a story was first had from, to find its newest by: what a new one may be a copy of.
ALTER TABLE stories ADD COLUMN site TEXT NOT NULL DEFAULT '';
UPDATE stories SET site = coalesce((
    SELECT min(section_links.site) FROM section_links
    JOIN links ON links.key = section_links.key
    WHERE links.story = stories.id
), '');
CREATE INDEX stories_site ON stories (site, first_seen);
-- To sort the stories of a section without reading their texts.
DROP INDEX stories_shown;
CREATE INDEX stories_order ON stories (id, shown, first_seen);

-- Hosts that asked to be left alone for a while (Retry-After).
CREATE TABLE hosts (
    host         TEXT PRIMARY KEY,
    closed_until DOUBLE PRECISION NOT NULL  -- seconds of the epoch
);

-- Lead pictures of stories as their servers describe them, for enclosures.
CREATE TABLE pictures (
    url        TEXT PRIMARY KEY,            -- as in `stories.image`
    story      TEXT NOT NULL,
    type       TEXT NOT NULL DEFAULT '',
    length     BIGINT NOT NULL DEFAULT 0,   -- bytes; 0: unknown
    tries      INTEGER NOT NULL DEFAULT 0,
    next_check TEXT                         -- null: never again
);
CREATE INDEX pictures_due ON pictures (next_check);

-- Feeds that changed and that the hub is still to be told of.
CREATE TABLE pings (
    topic TEXT PRIMARY KEY
);

-- Rules that did not match any more, and what is used in their place; a rule for articles is of no section ('').
CREATE TABLE heals (
    site       TEXT NOT NULL,
    section    TEXT NOT NULL,
    what       TEXT NOT NULL,
    before     TEXT NOT NULL,             -- as configured: with another configuration the row says nothing
    after      TEXT NOT NULL,
    agreed     INTEGER NOT NULL,
    confidence DOUBLE PRECISION NOT NULL,
    at         TEXT NOT NULL,
    PRIMARY KEY (site, section, what)
);
