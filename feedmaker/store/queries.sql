-- name: get_meta(name)$
-- One value of `meta`.
SELECT value FROM meta WHERE name = :name;

-- name: set_meta(name, value)!
INSERT INTO meta (name, value) VALUES (:name, :value)
ON CONFLICT (name) DO UPDATE SET value = excluded.value;

-- name: add_link(key, url, story, title, first_seen, next_check)!
-- A link seen for the first time; nothing happens to one that is known.
INSERT INTO links (key, url, story, title, first_seen, next_check)
VALUES (:key, :url, :story, :title, :first_seen, :next_check)
ON CONFLICT (key) DO NOTHING;

-- name: add_section_link(site, section, key)!
INSERT INTO section_links (site, section, key, next_check, shown)
SELECT :site, :section, links.key, links.next_check, stories.shown FROM links
LEFT JOIN stories ON stories.id = links.story
WHERE links.key = :key
ON CONFLICT (site, section, key) DO NOTHING;

-- name: get_link(key)^
SELECT * FROM links WHERE key = :key;

-- name: count_section_links(site, section)$
SELECT count(*) FROM section_links WHERE site = :site AND section = :section;

-- name: is_in_section(site, section, key)$
SELECT count(*) FROM section_links WHERE site = :site AND section = :section AND key = :key;

-- name: due_links(site, section, now)
-- Links of a section to be asked now: those never had first, each kind newest first.
SELECT links.*, stories.digest, stories.id IS NOT NULL AS stored
FROM section_links
JOIN links ON links.key = section_links.key
LEFT JOIN stories ON stories.id = links.story
WHERE section_links.site = :site AND section_links.section = :section AND section_links.next_check <= :now
ORDER BY stored, links.first_seen DESC;

-- name: recent_links(site, section, count)
-- The newest links of a section.
SELECT links.url, links.title FROM section_links
JOIN links ON links.key = section_links.key
WHERE section_links.site = :site AND section_links.section = :section
ORDER BY links.first_seen DESC LIMIT :count;

-- name: had_link(checks, next_check, etag, last_modified, key)!
-- An article was had: changed, unchanged or for the first time.
UPDATE links SET checks = :checks, failures = 0, reason = '', next_check = :next_check, etag = :etag,
    last_modified = :last_modified
WHERE key = :key;

-- name: failed_link(reason, next_check, key)!
UPDATE links SET failures = failures + 1, reason = :reason, next_check = :next_check WHERE key = :key;

-- name: set_next_check(next_check, key)!
-- The same in each section that a link is in.
UPDATE section_links SET next_check = :next_check WHERE key = :key;

-- name: alias_link(story, key)!
-- A link that turned out to lead to a story known by another URL.
UPDATE links SET story = :story WHERE key = :key;

-- name: move_story(url, story)!
UPDATE stories SET url = :url WHERE id = :story;

-- name: other_links(story, key)
-- The other addresses at which a story was had, the last known first.
SELECT url FROM links WHERE story = :story AND key <> :key AND checks > 0 AND failures = 0 ORDER BY first_seen DESC;

-- name: failed_links(site, section)
-- Articles of a section that could not be had and have no story.
SELECT links.url, links.reason, links.failures, links.next_check FROM section_links
JOIN links ON links.key = section_links.key
WHERE section_links.site = :site AND section_links.section = :section AND links.failures > 0
ORDER BY links.first_seen DESC;

-- name: get_story(id)^
SELECT * FROM stories WHERE id = :id;

-- name: put_story(id, url, title, raw_title, html, text, summary, authors, image, published, shown, modified, category, also, tags, language, teaser, first_seen, updated, digest, signature, site)!
INSERT INTO stories (id, url, title, raw_title, html, text, summary, authors, image, published, shown, modified,
    category, also, tags, language, teaser, first_seen, updated, digest, signature, site)
VALUES (:id, :url, :title, :raw_title, :html, :text, :summary, :authors, :image, :published, :shown, :modified,
    :category, :also, :tags, :language, :teaser, :first_seen, :updated, :digest, :signature, :site)
ON CONFLICT (id) DO UPDATE SET url = excluded.url, title = excluded.title, raw_title = excluded.raw_title,
    html = excluded.html, text = excluded.text, summary = excluded.summary, authors = excluded.authors,
    image = excluded.image, modified = excluded.modified, category = excluded.category, also = excluded.also,
    tags = excluded.tags, language = excluded.language, teaser = excluded.teaser, updated = excluded.updated, digest = excluded.digest,
    signature = excluded.signature;

-- name: signatures(site, count)
-- What the newest stories of a site are compared by with a new one.
SELECT id, signature FROM stories WHERE site = :site AND signature <> '' ORDER BY first_seen DESC LIMIT :count;

-- name: section_story_ids(site, section)
-- Ids of the stories of a section, newest first, each once.
SELECT stories.id FROM stories
WHERE stories.id IN (
    SELECT links.story FROM section_links JOIN links ON links.key = section_links.key
    WHERE section_links.site = :site AND section_links.section = :section
)
ORDER BY stories.shown DESC, stories.first_seen DESC, stories.id;

-- name: section_heads(site, section, count)
-- The newest stories of a section without their texts, for pages that list them.
SELECT id, url, title, raw_title, '' AS html, '' AS text, summary, authors, image, published, modified, category, also,
    tags, language, teaser, first_seen, updated
FROM stories
WHERE id IN (
    SELECT links.story FROM section_links JOIN links ON links.key = section_links.key
    WHERE section_links.site = :site AND section_links.section = :section
)
ORDER BY shown DESC, first_seen DESC, id LIMIT :count;

-- name: count_section_stories(site, section)$
SELECT count(DISTINCT links.story) FROM section_links
JOIN links ON links.key = section_links.key
JOIN stories ON stories.id = links.story
WHERE section_links.site = :site AND section_links.section = :section;

-- name: make_stale(story)!
-- The feeds of every section that shows a story are to be rendered again.
UPDATE sections SET changed = changed + 1
WHERE (site, section) IN (
    SELECT section_links.site, section_links.section FROM section_links
    JOIN links ON links.key = section_links.key
    WHERE links.story = :story
);

-- name: get_validators(site, section, url, made_with)^
SELECT etag, last_modified FROM listings
WHERE site = :site AND section = :section AND url = :url AND made_with = :made_with;

-- name: set_validators(site, section, url, etag, last_modified, made_with)!
INSERT INTO listings (site, section, url, etag, last_modified, made_with)
VALUES (:site, :section, :url, :etag, :last_modified, :made_with)
ON CONFLICT (site, section, url) DO UPDATE SET etag = excluded.etag, last_modified = excluded.last_modified,
    made_with = excluded.made_with;

-- name: drop_validators(site, section)!
DELETE FROM listings WHERE site = :site AND section = :section;

-- name: drop_section_links(site, section)!
DELETE FROM section_links WHERE site = :site AND section = :section;

-- name: drop_section(site, section)!
DELETE FROM sections WHERE site = :site AND section = :section;

-- name: add_section(site, section)!
INSERT INTO sections (site, section) VALUES (:site, :section)
ON CONFLICT (site, section) DO NOTHING;

-- name: get_section(site, section)^
SELECT * FROM sections WHERE site = :site AND section = :section;

-- name: all_sections()
SELECT * FROM sections ORDER BY site, section;

-- name: set_status(status, reason, since, told, good_at, links, usual, next_poll, asked_with, doubted, note, site, section)!
UPDATE sections SET status = :status, reason = :reason, since = :since, told = :told, good_at = :good_at, links = :links,
    usual = :usual, next_poll = :next_poll, asked_with = :asked_with, doubted = :doubted, note = :note
WHERE site = :site AND section = :section;

-- name: set_nav(nav_from, nav_url, site, section)!
UPDATE sections SET nav_from = :nav_from, nav_url = :nav_url WHERE site = :site AND section = :section;

-- name: add_change(site, section)!
UPDATE sections SET changed = changed + 1 WHERE site = :site AND section = :section;

-- name: due_sites(now)
-- Sites with a section whose time has come, the longest due first.
SELECT site FROM sections WHERE due <= :now GROUP BY site ORDER BY min(due), site;

-- name: due_sections(site, now)
SELECT section, due FROM sections WHERE site = :site AND due <= :now;

-- name: set_due(due, every, site, section)!
UPDATE sections SET due = :due, every = :every WHERE site = :site AND section = :section;

-- name: story_times(site, section, count)
-- When the newest stories of a section were published.
SELECT shown FROM section_links WHERE site = :site AND section = :section AND shown IS NOT NULL
ORDER BY shown DESC LIMIT :count;

-- name: set_shown(story)!
-- When a story was published, in each section that a link to it is in.
UPDATE section_links SET shown = (SELECT stories.shown FROM stories WHERE stories.id = :story)
WHERE key IN (SELECT links.key FROM links WHERE links.story = :story);

-- name: section_changes()
SELECT site, section, changed FROM sections;

-- name: count_changes()$
SELECT sum(changed) FROM sections;

-- name: add_event(at, site, section, status, reason)!
INSERT INTO events (at, site, section, status, reason) VALUES (:at, :site, :section, :status, :reason)
ON CONFLICT (site, section, at) DO UPDATE SET status = excluded.status, reason = excluded.reason;

-- name: get_pause(host)$
SELECT closed_until FROM hosts WHERE host = :host;

-- name: set_pause(host, closed_until)!
INSERT INTO hosts (host, closed_until) VALUES (:host, :closed_until)
ON CONFLICT (host) DO UPDATE SET closed_until = excluded.closed_until;

-- name: get_robots(origin)^
SELECT body, had_at FROM robots WHERE origin = :origin;

-- name: set_robots(origin, body, had_at)!
INSERT INTO robots (origin, body, had_at) VALUES (:origin, :body, :had_at)
ON CONFLICT (origin) DO UPDATE SET body = excluded.body, had_at = excluded.had_at;

-- name: want_picture(url, story, next_check)!
INSERT INTO pictures (url, story, next_check) VALUES (:url, :story, :next_check)
ON CONFLICT (url) DO NOTHING;

-- name: due_pictures(site, section, now, count)
-- Lead pictures of a section's stories that are to be asked for, those that were never asked for first.
SELECT pictures.url, pictures.story, pictures.tries FROM pictures
WHERE pictures.next_check <= :now AND pictures.story IN (
    SELECT links.story FROM section_links JOIN links ON links.key = section_links.key
    WHERE section_links.site = :site AND section_links.section = :section
)
ORDER BY pictures.tries, pictures.next_check DESC LIMIT :count;

-- name: describe_picture(type, length, next_check, url)!
UPDATE pictures SET type = :type, length = :length, tries = tries + 1, next_check = :next_check WHERE url = :url;

-- name: make_picture_stale(url)!
-- The feeds of every section that shows a picture must be rendered again.
UPDATE sections SET changed = changed + 1
WHERE (site, section) IN (
    SELECT section_links.site, section_links.section FROM section_links
    JOIN links ON links.key = section_links.key
    JOIN pictures ON pictures.story = links.story
    WHERE pictures.url = :url
);

-- name: get_picture(url)^
SELECT url, type, length FROM pictures WHERE url = :url AND length > 0;

-- name: section_outlines(site, section)
-- All stories of a section, newest first, by what decides which archive shows them and whether that is as it was.
SELECT stories.id, substr(stories.shown, 1, 7) AS month, stories.title, stories.category, stories.also, stories.url,
    stories.updated, stories.digest
FROM stories
WHERE stories.id IN (
    SELECT links.story FROM section_links JOIN links ON links.key = section_links.key
    WHERE section_links.site = :site AND section_links.section = :section
)
ORDER BY stories.shown DESC, stories.first_seen DESC, stories.id;

-- name: add_ping(topic)!
INSERT INTO pings (topic) VALUES (:topic)
ON CONFLICT (topic) DO NOTHING;

-- name: all_pings()
SELECT topic FROM pings ORDER BY topic;

-- name: drop_ping(topic)!
DELETE FROM pings WHERE topic = :topic;

-- name: section_events(site, section, count)
-- When a section broke and healed, newest first.
SELECT at, status, reason FROM events WHERE site = :site AND section = :section ORDER BY at DESC LIMIT :count;

-- name: section_figures(site, section, count)^
-- Of the newest stories of a section: how many there are, and how many have what.
SELECT count(*) AS stories,
    sum(CASE WHEN newest.shown <> newest.first_seen THEN 1 ELSE 0 END) AS dated,
    sum(CASE WHEN newest.authors <> '[]' THEN 1 ELSE 0 END) AS signed,
    sum(CASE WHEN newest.image <> '' THEN 1 ELSE 0 END) AS pictured,
    sum(CASE WHEN newest.teaser = 0 THEN 1 ELSE 0 END) AS whole
FROM (
    SELECT stories.shown, stories.first_seen, stories.authors, stories.image, stories.teaser FROM stories
    WHERE stories.id IN (
        SELECT links.story FROM section_links JOIN links ON links.key = section_links.key
        WHERE section_links.site = :site AND section_links.section = :section
    )
    ORDER BY stories.shown DESC, stories.first_seen DESC, stories.id LIMIT :count
) AS newest;

-- name: section_days(site, section, since)
-- How many stories of a section are of each day, by the clocks of UTC.
SELECT substr(stories.shown, 1, 10) AS day, count(*) AS stories FROM stories
WHERE stories.shown >= :since AND stories.id IN (
    SELECT links.story FROM section_links JOIN links ON links.key = section_links.key
    WHERE section_links.site = :site AND section_links.section = :section
)
GROUP BY substr(stories.shown, 1, 10);

-- name: get_heals(site)
SELECT * FROM heals WHERE site = :site ORDER BY section, what;

-- name: put_heal(site, section, what, before, after, agreed, confidence, at)!
INSERT INTO heals (site, section, what, before, after, agreed, confidence, at)
VALUES (:site, :section, :what, :before, :after, :agreed, :confidence, :at)
ON CONFLICT (site, section, what) DO UPDATE SET before = excluded.before, after = excluded.after,
    agreed = excluded.agreed, confidence = excluded.confidence, at = excluded.at;

-- name: drop_heals(site, section)!
DELETE FROM heals WHERE site = :site AND section = :section;
