"""The stories of the store, with what is asked of a section's stories as a whole."""

from __future__ import annotations

import json
from datetime import date, datetime
from functools import partial
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from feedmaker.html.media_files import linked_media
from feedmaker.model import Enclosure, Figures, Story
from feedmaker.store.database import StorePart, in_transaction, instant, utc_text
from feedmaker.store.links import (
    ADD_LINK,
    ADD_SECTION,
    GET_LINK,
    NOTE_LINK,
    note_changed,
    note_fetched,
)
from feedmaker.text import urls

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from feedmaker.model import StoredLink, Validators
    from feedmaker.store.database import Row

_GET: Final = "SELECT * FROM stories WHERE id = :id"
_TITLE_AT: Final = """
SELECT links.story AS id, coalesce(stories.title, links.title) AS title FROM links
LEFT JOIN stories ON stories.id = links.story
WHERE links.key = :key
"""
_PUT: Final = """
INSERT INTO stories (id, url, title, html, text, summary, authors, image, published, shown,
    modified, category, also, tags, language, teaser, first_seen, updated, digest, signature, site,
    made_with, dated)
VALUES (:id, :url, :title, :html, :text, :summary, :authors, :image, :published, :shown,
    :modified, :category, :also, :tags, :language, :teaser, :first_seen, :updated, :digest,
    :signature, :site, :made_with, :dated)
ON CONFLICT (id) DO UPDATE SET url = excluded.url, title = excluded.title, html = excluded.html,
    text = excluded.text, summary = excluded.summary, authors = excluded.authors,
    image = excluded.image, modified = excluded.modified, category = excluded.category,
    also = excluded.also, tags = excluded.tags, language = excluded.language,
    teaser = excluded.teaser, updated = excluded.updated, digest = excluded.digest,
    signature = excluded.signature, made_with = excluded.made_with
"""
_OF_SECTION: Final = """
FROM stories
WHERE stories.id IN (
    SELECT links.story FROM section_links JOIN links ON links.key = section_links.key
    WHERE section_links.site = :site AND section_links.section = :section
)
"""
_NEWEST_FIRST: Final = "ORDER BY stories.shown DESC, stories.first_seen DESC, stories.id"
_IDS: Final = f"SELECT stories.id {_OF_SECTION} {_NEWEST_FIRST}"
_HEAD: Final = f"""
SELECT id, url, title, '' AS html, '' AS text, summary, authors, image, published, modified,
    category, also, tags, language, teaser, first_seen, updated
{_OF_SECTION}"""
_HEADS: Final = f"""
{_HEAD} {_NEWEST_FIRST} LIMIT :count
"""
_SINCE: Final = f"""
{_HEAD} AND stories.first_seen > :since {_NEWEST_FIRST} LIMIT :count
"""
_OUTLINES: Final = f"""
SELECT stories.id, substr(stories.shown, 1, 7) AS month, stories.title, stories.category,
    stories.also, stories.url, stories.updated, stories.digest
{_OF_SECTION} {_NEWEST_FIRST}
"""
_FIGURES: Final = f"""
SELECT count(*) AS stories,
    coalesce(sum(CASE WHEN newest.shown <> newest.first_seen THEN 1 ELSE 0 END), 0) AS dated,
    coalesce(sum(CASE WHEN newest.authors <> '[]' THEN 1 ELSE 0 END), 0) AS signed,
    coalesce(sum(CASE WHEN newest.image <> '' THEN 1 ELSE 0 END), 0) AS pictured,
    coalesce(sum(CASE WHEN newest.teaser = 0 THEN 1 ELSE 0 END), 0) AS whole
FROM (
    SELECT stories.shown, stories.first_seen, stories.authors, stories.image, stories.teaser
    {_OF_SECTION} {_NEWEST_FIRST} LIMIT :count
) AS newest
"""  # noqa: S608 - made of the constants above
# By the clock of UTC.
_DAYS: Final = f"""
SELECT substr(stories.shown, 1, 10) AS day, count(*) AS stories
{_OF_SECTION} AND stories.shown >= :since
GROUP BY substr(stories.shown, 1, 10)
"""
_COUNT: Final = """
SELECT count(DISTINCT links.story) AS stories FROM section_links
JOIN links ON links.key = section_links.key
JOIN stories ON stories.id = links.story
WHERE section_links.site = :site AND section_links.section = :section
"""
# The newest stories of a section with the links to them, the oldest link first.
_READ: Final = """
SELECT links.key, stories.id, stories.url, stories.made_with FROM section_links
JOIN links ON links.key = section_links.key
JOIN stories ON stories.id = links.story
WHERE section_links.site = :site AND section_links.section = :section
    AND section_links.shown IS NOT NULL
ORDER BY section_links.shown DESC, links.first_seen, links.key LIMIT :count
"""
# Unconditionally: the page may be the same.
_READ_AGAIN: Final = (
    "UPDATE stories SET made_with = '' WHERE id = :id",
    "UPDATE links SET next_check = :now, etag = NULL, last_modified = NULL WHERE key = :key",
    "UPDATE section_links SET next_check = :now WHERE key = :key",
)
_LINKS_TO: Final = """
SELECT section_links.site, links.story, min(links.key) AS key FROM section_links
JOIN links ON links.key = section_links.key
WHERE links.story = (SELECT own.story FROM links AS own WHERE own.key = :key)
GROUP BY section_links.site, links.story
ORDER BY section_links.site
"""
_SECTIONS_WITH: Final = """
SELECT section_links.site, section_links.section FROM section_links
JOIN links ON links.key = section_links.key
WHERE links.story = :story
"""
_TIMES: Final = """
SELECT shown FROM section_links WHERE site = :site AND section = :section AND shown IS NOT NULL
ORDER BY shown DESC LIMIT :count
"""
_SIGNATURES: Final = """
SELECT id, signature FROM stories WHERE site = :site AND signature <> ''
ORDER BY first_seen DESC LIMIT :count
"""
_WANT_FILE: Final = """
INSERT INTO pictures (url, story, next_check) VALUES (:url, :story, :next_check)
ON CONFLICT (url) DO NOTHING
"""
# Files of a section's stories; those that were never asked for come first.
_DUE_FILES: Final = """
SELECT pictures.url, pictures.tries FROM pictures
WHERE pictures.next_check <= :now AND pictures.story IN (
    SELECT links.story FROM section_links JOIN links ON links.key = section_links.key
    WHERE section_links.site = :site AND section_links.section = :section
)
ORDER BY pictures.tries, pictures.next_check DESC LIMIT :count
"""
_DESCRIBE_FILE: Final = """
UPDATE pictures SET type = :type, length = :length, tries = tries + 1, next_check = :next_check
WHERE url = :url
"""
# The feeds of every section that encloses a file are to be rendered again.
_MAKE_FILE_STALE: Final = """
UPDATE sections SET changed = changed + 1
WHERE (site, section) IN (
    SELECT section_links.site, section_links.section FROM section_links
    JOIN links ON links.key = section_links.key
    JOIN pictures ON pictures.story = links.story
    WHERE pictures.url = :url
)
"""
_SHOWN_PICTURES: Final = """
SELECT pictures.url, pictures.type, pictures.length FROM pictures
JOIN links ON links.story = pictures.story
JOIN section_links ON section_links.key = links.key
WHERE section_links.site = :site AND section_links.section = :section
AND section_links.shown IS NOT NULL AND pictures.length > 0
ORDER BY section_links.shown DESC LIMIT :count
"""
_FILE: Final = "SELECT url, type, length FROM pictures WHERE url = :url AND length > 0"


class StoryRecord(NamedTuple):
    """A story with what the store keeps beside it.

    `digest` is `schedule.digest` and `signature` is `near_duplicates.signature`, both of the story;
    `made_with` is `schedule.read_with` of its site, "0" where that is not known;
    `dated` is the page's own date where it lay in the future when the story was first read;
    `next_check` says when its article is due again (None: never).
    """

    story: Story
    digest: str
    signature: str
    next_check: datetime | None
    made_with: str = "0"
    dated: datetime | None = None


class StoryOutline(NamedTuple):
    """A story without its text: its month ("2026-11"), and a print that changes with an edit."""

    month: str
    story: Story
    print: str


class Stories(StorePart):
    """The part of the store about stories."""

    def get(self, story: str) -> Story | None:
        """Return the story with this id, or None."""
        row = self._db.row(_GET, id=story)
        return _story(row) if row else None

    def title_at(self, url: str) -> tuple[str, str]:
        """Return the id and title of the story that a URL is known to lead to; "" for none.

        The title is the link's where the story is not stored.
        """
        row = self._db.row(_TITLE_AT, key=urls.key(url))
        return (row["id"], row["title"]) if row else ("", "")

    def of_section(self, site: str, section: str) -> Iterator[Story]:
        """Return the stories of a section, newest first, each once; they are read one by one."""
        for row in self._db.execute(_IDS, site=site, section=section):
            whole = self._db.row(_GET, id=row["id"])
            if whole:  # another program may have removed it meanwhile
                yield _story(whole)

    def heads(self, site: str, section: str, count: int) -> Iterator[Story]:
        """Return the newest `count` stories of a section, newest first, without their texts."""
        for row in self._db.execute(_HEADS, site=site, section=section, count=count):
            yield _story(row)

    def since(self, site: str, section: str, since: str, count: int) -> Iterator[Story]:
        """Return the newest `count` stories first seen after an instant, without their texts."""
        rows = self._db.execute(_SINCE, site=site, section=section, since=since, count=count)
        return map(_story, rows)

    def sections_with(self, story: str) -> set[tuple[str, str]]:
        """Return the sections that have a story, by the slugs of their sites and themselves."""
        rows = self._db.execute(_SECTIONS_WITH, story=story)
        return {(row["site"], row["section"]) for row in rows}

    def count(self, site: str, section: str) -> int:
        """Return how many stories a section has."""
        row = self._db.row(_COUNT, site=site, section=section)
        return int(row["stories"]) if row else 0

    def times(self, site: str, section: str, count: int = 60) -> list[datetime]:
        """Return when the newest stories of a section were published, the newest first."""
        rows = self._db.execute(_TIMES, site=site, section=section, count=count)
        return [datetime.fromisoformat(row["shown"]) for row in rows]

    def signatures(self, site: str, count: int) -> dict[str, str]:
        """Return the signatures, by id, of the stories of a site that were first seen last."""
        rows = self._db.execute(_SIGNATURES, site=site, count=count)
        return {row["id"]: "" + row["signature"] for row in rows}

    @in_transaction
    def read_again(
        self,
        site: str,
        section: str,
        count: int,
        is_stale: Callable[[str, str], bool],
        now: datetime,
    ) -> None:
        """Make those of a section's newest stories due that `is_stale` says of, unconditionally.

        It is given a story's id, and what it was read with.
        """
        chosen: dict[str, str] = {}
        # A story may have several links: the one of its own address is asked, else the oldest.
        rows = self._db.execute(_READ, site=site, section=section, count=2 * count)
        for row in rows:
            is_own = row["key"] == urls.key(row["url"])
            if is_own or row["id"] not in chosen:
                chosen[row["id"]] = row["key"]
        made_with = {row["id"]: row["made_with"] for row in rows}
        for story in [*chosen][:count]:
            if made_with[story] and is_stale(story, made_with[story]):
                self._read_again(story, chosen[story], now)

    def read_article_again(self, url: str, now: datetime) -> list[str]:
        """Make an article due by its URL, unconditionally; return the sites that have it."""
        sites = []
        for row in self._db.execute(_LINKS_TO, key=urls.key(url)):
            self._db.transaction(partial(self._read_again, row["story"], row["key"], now))
            sites.append(row["site"])
        return sites

    def _read_again(self, story: str, key: str, now: datetime) -> None:
        for statement in _READ_AGAIN:
            self._db.execute(statement, id=story, key=key, now=utc_text(now))

    def outlines(self, site: str, section: str) -> list[StoryOutline]:
        """Return all stories of a section, newest first, without their texts."""
        found = []
        for row in self._db.execute(_OUTLINES, site=site, section=section):
            story = Story(
                url=row["url"],
                id=row["id"],
                title=row["title"],
                category=row["category"],
                also=tuple(json.loads(row["also"])),
            )
            edit = f"{row['id']} {row['updated']} {row['digest']} {row['url']} {row['also']}"
            found.append(StoryOutline(month=row["month"], story=story, print=edit))
        return found

    def figures(self, site: str, section: str, count: int = 50) -> Figures:
        """Count what the newest `count` stories of a section have: date, authors, picture, text."""
        row = self._db.row(_FIGURES, site=site, section=section, count=count)
        return Figures(**row) if row else Figures()

    def days(self, site: str, section: str, since: date) -> dict[date, int]:
        """Count the stories of a section by the day (UTC) they are of, from `since` on."""
        rows = self._db.execute(_DAYS, site=site, section=section, since=since.isoformat())
        return {date.fromisoformat(row["day"]): row["stories"] for row in rows}

    @in_transaction
    def save(
        self,
        link: StoredLink,
        record: StoryRecord,
        *,
        site: str,
        validators: Validators,
    ) -> None:
        """Keep a new or changed story of a site; the feeds of its sections are stale then.

        A URL of the story's own that differs from the link's (a redirect, a canonical link) is
        noted as its alias.
        """
        story = record.story
        self._put(record, site)
        note_fetched(self._db, link, record.next_check, validators)
        first_seen = utc_text(link.first_seen)
        self._db.execute(
            ADD_LINK,
            key=urls.key(story.url),
            url=story.url,
            story=story.id,
            title=link.title,
            first_seen=first_seen,
            next_check=None,
        )
        self._want_files(story, first_seen)
        note_changed(self._db, story.id)

    @in_transaction
    def restore(self, site: str, section: str, records: Sequence[StoryRecord]) -> None:
        """Take stories into a section that this store does not know."""
        self._db.execute(ADD_SECTION, site=site, section=section)
        for record in records:
            self._restore(site, section, record)

    def _restore(self, site: str, section: str, record: StoryRecord) -> None:
        story = record.story
        key = urls.key(story.url)
        first_seen = utc_text(story.first_seen)
        if self._is_newer(story, key):
            self._put(record, site)
        self._db.execute(
            ADD_LINK,
            key=key,
            url=story.url,
            story=story.id,
            title=story.title,
            first_seen=first_seen,
            next_check=utc_text(record.next_check),
        )
        self._db.execute(
            NOTE_LINK,
            site=site,
            section=section,
            key=key,
            url=story.url,
            title=story.title,
            retitled=0,
            first_seen=first_seen,
            seen="",
            next_check=utc_text(record.next_check),
        )
        self._want_files(story, first_seen)
        note_changed(self._db, story.id)

    def _want_files(self, story: Story, next_check: str | None) -> None:
        """Note the files of a story that a feed encloses once their servers have described them."""
        for url in filter(None, (story.image, *linked_media(story.html))):
            self._db.execute(_WANT_FILE, url=url, story=story.id, next_check=next_check)

    def _is_newer(self, story: Story, key: str) -> bool:
        """Whether a restored story is unknown, or newer than what another feed restored."""
        known = self.get(story.id)
        if known is None:
            return True
        link = self._db.row(GET_LINK, key=key)
        if link and link["checks"]:  # it was read from its page
            return False
        return bool(known.updated and story.updated and known.updated < story.updated)

    # Files to enclose: lead pictures, sound and film

    def pictures_due(self, site: str, section: str, now: datetime, count: int) -> dict[str, int]:
        """Return how often each file of a section that is to be asked for was asked already.

        They are at most `count`, by their addresses.
        """
        rows = self._db.execute(
            _DUE_FILES, site=site, section=section, now=utc_text(now), count=count
        )
        return {row["url"]: row["tries"] for row in rows}

    @in_transaction
    def describe_picture(
        self, url: str, found: Enclosure | None, next_check: datetime | None
    ) -> None:
        """Note what a server said of a file (None: nothing); feeds that enclose it are stale."""
        self._db.execute(
            _DESCRIBE_FILE,
            url=url,
            type=found.type if found else "",
            length=found.length if found else 0,
            next_check=utc_text(next_check),
        )
        if found:
            self._db.execute(_MAKE_FILE_STALE, url=url)

    def shown_pictures(self, site: str, section: str, count: int) -> list[Enclosure]:
        """Return what servers say of the lead pictures of a section's newest `count` stories."""
        rows = self._db.execute(_SHOWN_PICTURES, site=site, section=section, count=count)
        return [Enclosure(**row) for row in rows]

    def pictures(self, urls: Iterable[str | None]) -> dict[str, Enclosure]:
        """Return what servers say of files, for enclosures, by their addresses."""
        rows = (self._db.row(_FILE, url=url) for url in urls if url)
        return {row["url"]: Enclosure(**row) for row in rows if row}

    def _put(self, record: StoryRecord, site: str) -> None:
        story = record.story
        columns: dict[str, Any] = {name: getattr(story, name) for name in _TEXTS}
        for name in _LISTS:
            columns[name] = json.dumps(getattr(story, name), ensure_ascii=False)
        for name in _TIMES_OF:  # they keep the offset that the page gave
            at: datetime | None = getattr(story, name)
            columns[name] = at.isoformat(timespec="seconds") if at else None
        self._db.execute(
            _PUT,
            **columns,
            shown=utc_text(story.published),
            teaser=int(story.teaser),
            digest=record.digest,
            signature=record.signature,
            made_with=record.made_with,
            dated=utc_text(record.dated),
            site=site,
        )


_TEXTS: Final = ("id", "url", "title", "html", "text", "summary", "image", "category", "language")
_LISTS: Final = ("authors", "also", "tags")
_TIMES_OF: Final = ("published", "modified", "first_seen", "updated")


def _story(row: Row) -> Story:
    values: dict[str, Any] = {name: row[name] for name in _TEXTS}
    if any(isinstance(value, bytes) for value in values.values()):
        raise TypeError("no text")
    for name in _LISTS:
        values[name] = tuple(json.loads(row[name]))
    for name in _TIMES_OF:
        values[name] = instant(row[name])
    return Story(**values, teaser=bool(row["teaser"]))
