-- The step from version 3 to version 4: what a listing says of a link decides for its own section alone.

ALTER TABLE section_links ADD COLUMN url TEXT NOT NULL DEFAULT '';       -- where it is another than in `links`
ALTER TABLE section_links ADD COLUMN title TEXT NOT NULL DEFAULT '';     -- the headline last seen, likewise
ALTER TABLE section_links ADD COLUMN retitled INTEGER NOT NULL DEFAULT 0; -- how often that was corrected
ALTER TABLE section_links ADD COLUMN first_seen TEXT NOT NULL DEFAULT ''; -- on this section's listing
ALTER TABLE section_links ADD COLUMN seen TEXT NOT NULL DEFAULT '';      -- the day (UTC) it was last there; empty: unknown
ALTER TABLE section_links ADD COLUMN tried INTEGER NOT NULL DEFAULT 0;   -- 1: its article failed for this site
UPDATE section_links SET tried = 1 WHERE key IN (SELECT links.key FROM links WHERE links.failures > 0);
UPDATE section_links SET first_seen = (SELECT links.first_seen FROM links WHERE links.key = section_links.key);
-- Links without a story are forgotten, the longest unseen first.
CREATE INDEX section_links_unseen ON section_links (site, section, seen) WHERE shown IS NULL;

-- The page's own date, where it lay in the future when the story was first read: then the clock may have been wrong.
ALTER TABLE stories ADD COLUMN dated TEXT;
CREATE INDEX stories_dated ON stories (site, dated) WHERE dated IS NOT NULL;
-- The extractor's version and a digest of the site's rules that a story was read with; empty: it is to be read again.
ALTER TABLE stories ADD COLUMN made_with TEXT NOT NULL DEFAULT '0';
