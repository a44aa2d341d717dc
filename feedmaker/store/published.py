"""What goes out beside the stories, and what hosts asked for: pictures, pings, robots, pauses."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from feedmaker.model import Enclosure
from feedmaker.store.database import StorePart, in_transaction, utc_text

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

# Lead pictures of a section's stories; those that were never asked for come first.
_DUE_PICTURES: Final = """
SELECT pictures.url, pictures.tries FROM pictures
WHERE pictures.next_check <= :now AND pictures.story IN (
    SELECT links.story FROM section_links JOIN links ON links.key = section_links.key
    WHERE section_links.site = :site AND section_links.section = :section
)
ORDER BY pictures.tries, pictures.next_check DESC LIMIT :count
"""
_DESCRIBE_PICTURE: Final = """
UPDATE pictures SET type = :type, length = :length, tries = tries + 1, next_check = :next_check
WHERE url = :url
"""
# The feeds of every section that shows a picture are to be rendered again.
_MAKE_PICTURE_STALE: Final = """
UPDATE sections SET changed = changed + 1
WHERE (site, section) IN (
    SELECT section_links.site, section_links.section FROM section_links
    JOIN links ON links.key = section_links.key
    JOIN pictures ON pictures.story = links.story
    WHERE pictures.url = :url
)
"""
_PICTURE: Final = "SELECT url, type, length FROM pictures WHERE url = :url AND length > 0"
_ADD_PING: Final = "INSERT INTO pings (topic) VALUES (:topic) ON CONFLICT (topic) DO NOTHING"
_PINGS: Final = "SELECT topic FROM pings ORDER BY topic"
_DROP_PING: Final = "DELETE FROM pings WHERE topic = :topic"
_PAUSE: Final = "SELECT closed_until FROM hosts WHERE host = :host"
_SET_PAUSE: Final = """
INSERT INTO hosts (host, closed_until) VALUES (:host, :closed_until)
ON CONFLICT (host) DO UPDATE SET closed_until = excluded.closed_until
"""
_ROBOTS: Final = "SELECT body, had_at FROM robots WHERE origin = :origin"
_SET_ROBOTS: Final = """
INSERT INTO robots (origin, body, had_at) VALUES (:origin, :body, :had_at)
ON CONFLICT (origin) DO UPDATE SET body = excluded.body, had_at = excluded.had_at
"""


class Pictures(StorePart):
    """The lead pictures of stories as their servers describe them, for enclosures."""

    def due(self, site: str, section: str, now: datetime, count: int) -> dict[str, int]:
        """Return how often each picture of a section that is to be asked for was asked already.

        They are at most `count`, by their addresses.
        """
        rows = self._db.rows(
            _DUE_PICTURES, site=site, section=section, now=utc_text(now), count=count
        )
        return {row["url"]: row["tries"] for row in rows}

    @in_transaction
    def describe(self, url: str, found: Enclosure | None, next_check: datetime | None) -> None:
        """Note what a server said of a picture (None: nothing); feeds that show it are stale."""
        self._db.execute(
            _DESCRIBE_PICTURE,
            url=url,
            type=found.type if found else "",
            length=found.length if found else 0,
            next_check=utc_text(next_check),
        )
        if found:
            self._db.execute(_MAKE_PICTURE_STALE, url=url)

    def known(self, urls: Iterable[str | None]) -> dict[str, Enclosure]:
        """Return what is known of pictures, by their addresses."""
        rows = (self._db.row(_PICTURE, url=url) for url in urls if url)
        return {row["url"]: Enclosure(**row) for row in rows if row}


class Pings(StorePart):
    """The feeds, by their addresses, that a WebSub hub is still to be told of."""

    @in_transaction
    def add(self, topics: list[str]) -> None:
        """Note that the hub is to be told of these feeds."""
        for topic in topics:
            self._db.execute(_ADD_PING, topic=topic)

    def all(self) -> list[str]:
        """Return the feeds that the hub is still to be told of."""
        return [row["topic"] for row in self._db.rows(_PINGS)]

    @in_transaction
    def sent(self, topic: str) -> None:
        """Note that the hub was told of a feed."""
        self._db.execute(_DROP_PING, topic=topic)


class StoredPauses(StorePart):
    """The pauses that hosts asked for, in seconds of the epoch, as a mapping that `fetch` uses."""

    def get(self, host: str) -> float | None:
        """Return until when a host asked to be left alone, or None."""
        row = self._db.row(_PAUSE, host=host)
        return float(row["closed_until"]) if row else None

    @in_transaction
    def __setitem__(self, host: str, until: float) -> None:
        self._db.execute(_SET_PAUSE, host=host, closed_until=until)


class StoredRobots(StorePart):
    """The robots.txt of origins: text and time of fetching, as a mapping that `fetch` uses."""

    def get(self, origin: str) -> tuple[str, float] | None:
        """Return the copy of an origin's robots.txt, or None."""
        row = self._db.row(_ROBOTS, origin=origin)
        return (row["body"], row["had_at"]) if row else None

    @in_transaction
    def __setitem__(self, origin: str, copy: tuple[str, float]) -> None:
        body, had_at = copy
        self._db.execute(_SET_ROBOTS, origin=origin, body=body, had_at=had_at)
