"""The links of the store: every story link ever seen, the sections it stands in, when it is due."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, Final

from feedmaker.model import (
    Code,
    Failure,
    Link,
    ListedLink,
    Reason,
    StoredLink,
    Validators,
    read_reason,
)
from feedmaker.store.database import StorePart, in_transaction, instant, utc_text
from feedmaker.text import urls

if TYPE_CHECKING:
    from collections.abc import Sequence

    from feedmaker.store.database import Database, Row

GET_LINK: Final = "SELECT * FROM links WHERE key = :key"
ADD_LINK: Final = """
INSERT INTO links (key, url, story, title, first_seen, next_check)
VALUES (:key, :url, :story, :title, :first_seen, :next_check)
ON CONFLICT (key) DO NOTHING
"""
ADD_SECTION: Final = """
INSERT INTO sections (site, section) VALUES (:site, :section)
ON CONFLICT (site, section) DO NOTHING
"""
# What a section's listing says of a link: its address and headline where they are others.
NOTE_LINK: Final = """
INSERT INTO section_links
    (site, section, key, url, title, retitled, first_seen, seen, next_check, shown)
SELECT :site, :section, links.key, CASE WHEN links.url = :url THEN '' ELSE :url END,
    CASE WHEN links.title = :title THEN '' ELSE :title END, :retitled, :first_seen, :seen,
    :next_check, stories.shown
FROM links LEFT JOIN stories ON stories.id = links.story
WHERE links.key = :key
ON CONFLICT (site, section, key) DO UPDATE SET url = excluded.url, title = excluded.title,
    retitled = excluded.retitled, first_seen = excluded.first_seen, seen = excluded.seen,
    next_check = excluded.next_check, shown = excluded.shown
"""
FETCHED_LINK: Final = """
UPDATE links SET checks = :checks, failures = 0, reason = '', next_check = :next_check,
    etag = :etag, last_modified = :last_modified
WHERE key = :key
"""
# The same in each section that a link is in.
SET_NEXT_CHECK: Final = "UPDATE section_links SET next_check = :next_check WHERE key = :key"
MOVE_STORY: Final = "UPDATE stories SET url = :url WHERE id = :story"
# When a story was published, in each section that a link to it is in.
SET_SHOWN: Final = """
UPDATE section_links SET shown = (SELECT stories.shown FROM stories WHERE stories.id = :story)
WHERE key IN (SELECT links.key FROM links WHERE links.story = :story)
"""
# The feeds of every section that shows a story are to be rendered again.
MAKE_STALE: Final = """
UPDATE sections SET changed = changed + 1
WHERE (site, section) IN (
    SELECT section_links.site, section_links.section FROM section_links
    JOIN links ON links.key = section_links.key
    WHERE links.story = :story
)
"""
_LISTED: Final = """
SELECT own.key AS noted, own.tried, coalesce(nullif(own.title, ''), links.title) AS title,
    own.retitled, own.first_seen, own.seen, stories.id AS stored,
    CASE WHEN own.key IS NULL AND stories.id IS NOT NULL THEN links.next_check
        ELSE own.next_check END AS next_check
FROM links
LEFT JOIN section_links AS own
    ON own.key = links.key AND own.site = :site AND own.section = :section
LEFT JOIN stories ON stories.id = links.story
WHERE links.key = :key
"""
_ADD_CHANGE: Final = """
UPDATE sections SET changed = changed + 1 WHERE site = :site AND section = :section
"""
# Links never fetched come first, each kind newest first.
_DUE: Final = """
SELECT links.key, links.story, links.checks, links.failures, links.etag, links.last_modified,
    coalesce(nullif(section_links.url, ''), links.url) AS url,
    coalesce(nullif(section_links.title, ''), links.title) AS title,
    CASE WHEN stories.id IS NULL THEN section_links.first_seen ELSE links.first_seen END
        AS first_seen,
    stories.digest, stories.made_with
FROM section_links
JOIN links ON links.key = section_links.key
LEFT JOIN stories ON stories.id = links.story
WHERE section_links.site = :site AND section_links.section = :section
    AND (section_links.next_check <= :now OR section_links.next_check > :latest)
ORDER BY stories.id IS NOT NULL, section_links.first_seen DESC
"""
# Longer than any rule and any server puts an article off.
_LONGEST: Final = timedelta(days=40)
_ANY: Final = """
SELECT key FROM section_links WHERE site = :site AND section = :section LIMIT 1
"""
_NEWEST: Final = """
SELECT coalesce(nullif(section_links.url, ''), links.url) AS url,
    coalesce(nullif(section_links.title, ''), links.title) AS title
FROM section_links
JOIN links ON links.key = section_links.key
WHERE section_links.site = :site AND section_links.section = :section
ORDER BY links.first_seen DESC LIMIT :count
"""
_FAILED: Final = """
UPDATE links SET failures = failures + 1, reason = :reason, next_check = :next_check
WHERE key = :key
"""
# For the sections of one site: another may have what this one has not.
_FAILED_FOR_SITE: Final = """
UPDATE section_links SET next_check = :next_check, tried = 1 WHERE key = :key AND site = :site
"""
_FAILURES: Final = """
SELECT links.url, links.reason FROM section_links
JOIN links ON links.key = section_links.key
WHERE section_links.site = :site AND section_links.section = :section AND section_links.tried = 1
    AND links.failures > 0
ORDER BY links.first_seen DESC
"""
_SITE_FAILURES: Final = """
SELECT section_links.section, links.url, links.reason FROM section_links
JOIN links ON links.key = section_links.key
WHERE section_links.site = :site AND section_links.tried = 1 AND links.failures > 0
ORDER BY section_links.section, links.key
"""
_ADD_MOVED: Final = """
INSERT INTO links (key, url, story, title, first_seen, next_check)
VALUES (:key, :url, :story, :title, :first_seen, :next_check)
ON CONFLICT (key) DO UPDATE SET story = excluded.story, next_check = excluded.next_check
"""
_ALIAS: Final = "UPDATE links SET story = :story WHERE key = :key"
# The other addresses at which a story was fetched, the last known first.
_OTHER_ADDRESSES: Final = """
SELECT url FROM links
WHERE story = :story AND key <> :key AND checks > 0 AND failures = 0
ORDER BY first_seen DESC
"""

# Nothing is fetched for a section that takes its stories from another.
_TAKE_STORY: Final = """
INSERT INTO section_links
    (site, section, key, url, title, retitled, first_seen, seen, next_check, shown)
SELECT :site, :section, own.key, own.url, own.title, 0, own.first_seen, :seen, NULL, own.shown
FROM section_links AS own JOIN links ON links.key = own.key
WHERE own.site = :from_site AND own.section = :from_section AND links.story = :story
ON CONFLICT (site, section, key) DO UPDATE SET seen = excluded.seen, next_check = NULL
"""
_HAS_STORY: Final = """
SELECT section_links.key FROM section_links JOIN links ON links.key = section_links.key
WHERE section_links.site = :site AND section_links.section = :section AND links.story = :story
LIMIT 1
"""


class Links(StorePart):
    """The part of the store about links. A link's identity is `urls.key` of its URL."""

    def listed(self, site: str, section: str, links: Sequence[Link]) -> list[ListedLink]:
        """Return the links of a listing with what its section knows of them."""
        found = []
        for link in links:
            key = urls.key(link.url)
            row = self._db.row(_LISTED, site=site, section=section, key=key)
            known: dict[str, Any] = {"title": link.title}
            if row:
                known = {
                    "is_noted": row["noted"] is not None,
                    "is_tried": bool(row["tried"]),
                    "is_stored": row["stored"] is not None,
                    "title": row["title"],
                    "retitled": row["retitled"] or 0,
                    "first_seen": instant(row["first_seen"]),
                    "seen": row["seen"] or "",
                    "next_check": instant(row["next_check"]),
                }
            found.append(ListedLink(link=link, key=key, **known))
        return found

    @in_transaction
    def note(self, site: str, section: str, links: Sequence[ListedLink]) -> None:
        """Note that `links` are in a section, and what its listing says of them."""
        self._db.execute(ADD_SECTION, site=site, section=section)
        for one in links:
            next_check = utc_text(one.next_check)
            first_seen = utc_text(one.first_seen) or ""
            self._db.execute(
                ADD_LINK,
                key=one.key,
                url=one.link.url,
                story=urls.urn(one.key),
                title=one.link.title,
                first_seen=first_seen,
                next_check=next_check,
            )
            self._db.execute(
                NOTE_LINK,
                site=site,
                section=section,
                key=one.key,
                url=one.link.url,
                title=one.title if one.is_noted else one.link.title,
                retitled=one.retitled,
                first_seen=first_seen,
                seen=one.seen,
                next_check=next_check,
            )
        if any(one.is_stored and not one.is_noted for one in links):
            # A story known from another section is new in this one's feed.
            self._db.execute(_ADD_CHANGE, site=site, section=section)

    @in_transaction
    def take_stories(
        self,
        site: str,
        section: str,
        stories: Sequence[str],
        *,
        source: tuple[str, str],
        now: datetime,
    ) -> None:
        """Let a section show stories, by their ids, that a `source` has, by its slugs."""
        self._db.execute(ADD_SECTION, site=site, section=section)
        from_site, from_section = source
        is_new = False
        for story in stories:
            had = self._db.row(_HAS_STORY, site=site, section=section, story=story)
            is_new = is_new or had is None
            self._db.execute(
                _TAKE_STORY,
                site=site,
                section=section,
                from_site=from_site,
                from_section=from_section,
                story=story,
                seen=f"{now:%Y-%m-%d}",
            )
        if is_new:
            self._db.execute(_ADD_CHANGE, site=site, section=section)

    def due(self, site: str, section: str, now: datetime) -> list[StoredLink]:
        """Return the links of a section whose articles are due.

        Those never fetched come first, each kind newest first. So are those that a clock that was
        wrong made due in a year.
        """
        latest = utc_text(now + _LONGEST)
        rows = self._db.execute(_DUE, site=site, section=section, now=utc_text(now), latest=latest)
        return [
            StoredLink(
                url=row["url"],
                key=row["key"],
                story=row["story"],
                title=row["title"],
                first_seen=datetime.fromisoformat(row["first_seen"]),
                checks=row["checks"],
                failures=row["failures"],
                validators=Validators(etag=row["etag"], last_modified=row["last_modified"]),
                digest=row["digest"] or "",
                again=row["made_with"] == "",
            )
            for row in rows
        ]

    def is_empty(self, site: str, section: str) -> bool:
        """Whether a section has never had a link: this is its first run."""
        return self._db.row(_ANY, site=site, section=section) is None

    def newest(self, site: str, section: str, count: int = 100) -> list[Link]:
        """Return the newest links of a section, to find links again after a redesign."""
        rows = self._db.execute(_NEWEST, site=site, section=section, count=count)
        return [Link(url=row["url"], title=row["title"]) for row in rows]

    @in_transaction
    def fetched(
        self,
        link: StoredLink,
        next_check: datetime | None,
        validators: Validators | None = None,
    ) -> None:
        """Note that an article was fetched and has not changed.

        `validators` are given where the server sent new ones.
        """
        note_fetched(self._db, link, next_check, validators or link.validators)

    @in_transaction
    def failed(
        self, site: str, link: StoredLink, reason: Reason, next_check: datetime | None
    ) -> None:
        """Note that a site's article could not be fetched, and when to try again (None: never)."""
        due = utc_text(next_check)
        self._db.execute(_FAILED, key=link.key, reason=reason.to_text(), next_check=due)
        self._db.execute(_FAILED_FOR_SITE, site=site, key=link.key, next_check=due)

    def failures(self, site: str, section: str) -> list[Failure]:
        """Return the articles of a section that could not be fetched when last tried."""
        rows = self._db.execute(_FAILURES, site=site, section=section)
        unknown = Reason.of(Code.TEXT, text="")
        return [
            Failure(url=row["url"], reason=read_reason(row["reason"]) or unknown) for row in rows
        ]

    def site_failures(self, site: str) -> list[tuple[str, str, str]]:
        """Return the same of all sections of a site: section, address, and reason as stored."""
        rows = self._db.execute(_SITE_FAILURES, site=site)
        return [(row["section"], row["url"], row["reason"]) for row in rows]

    @in_transaction
    def alias(self, link: StoredLink, story: str) -> None:
        """Note that a link leads to a story, by its id, that is known by another URL."""
        self._db.execute(_ALIAS, key=link.key, story=story)
        known = self._db.row("SELECT url FROM stories WHERE id = :id", id=story)
        own = self._db.row(GET_LINK, key=urls.key(known["url"])) if known else None
        if own and own["failures"] and own["next_check"] is None:
            # Nothing is at the story's own address any more.
            self._db.execute(MOVE_STORY, url=link.url, story=story)
        note_changed(self._db, story)

    def move(self, key: str, link: Link, now: datetime) -> bool:
        """Note that a known link, by its key, has a new address, and make it due there.

        Return False where the key is not known.
        """
        known = self._db.row(GET_LINK, key=key)
        if known:
            self._move(known, link, now)
        return known is not None

    @in_transaction
    def _move(self, known: Row, link: Link, now: datetime) -> None:
        self._db.execute(
            _ADD_MOVED,
            key=urls.key(link.url),
            url=link.url,
            story=known["story"],
            title=link.title or known["title"],
            first_seen=known["first_seen"],
            next_check=utc_text(now),
        )
        self._db.execute(SET_NEXT_CHECK, key=known["key"], next_check=None)
        self._db.execute(MOVE_STORY, url=link.url, story=known["story"])
        note_changed(self._db, known["story"])

    @in_transaction
    def gone(self, link: StoredLink) -> None:
        """Note that nothing is at a link's address any more.

        Its story is shown at another address, where one is known.
        """
        other = self._db.row(_OTHER_ADDRESSES, story=link.story, key=link.key)
        story = self._db.row("SELECT url FROM stories WHERE id = :id", id=link.story)
        if other and story and urls.key(story["url"]) == link.key:
            self._db.execute(MOVE_STORY, url=other["url"], story=link.story)
            note_changed(self._db, link.story)


def note_fetched(
    db: Database,
    link: StoredLink,
    next_check: datetime | None,
    validators: Validators,
) -> None:
    """Note, within a transaction, that an article was fetched."""
    due = utc_text(next_check)
    db.execute(
        FETCHED_LINK,
        key=link.key,
        checks=link.checks + 1,
        next_check=due,
        etag=validators.etag,
        last_modified=validators.last_modified,
    )
    db.execute(SET_NEXT_CHECK, key=link.key, next_check=due)


def note_changed(db: Database, story: str) -> None:
    """Note, within a transaction, that a story is new, changed, or found by another link."""
    db.execute(SET_SHOWN, story=story)
    db.execute(MAKE_STALE, story=story)
