"""The part of the store about what goes out beside the stories: pictures, archives, pings; and how
sections fared.
"""

from __future__ import annotations

import json
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, NamedTuple

from feedmaker.model import Enclosure, Event, Figures, Story
from feedmaker.store.rows import utc

if TYPE_CHECKING:
    from collections.abc import Iterable

    from feedmaker.store.statements import Statements


class StoryOutline(NamedTuple):
    """A story without its text: the month that it is of, what decides whether it is shown, and what
    an edit changes.
    """

    month: str
    story: Story
    print: str


class Output:
    """What `Store` inherits; each method that writes is one transaction."""

    _db: Statements
    _queries: Any

    # Lead pictures

    def due_pictures(
        self, site: str, section: str, now: datetime, count: int
    ) -> list[tuple[str, int]]:
        """Addresses of lead pictures of a section that are to be asked for, and how often each was
        already.
        """
        found = self._queries.due_pictures(
            self._db, site=site, section=section, now=utc(now), count=count
        )
        return [(row["url"], row["tries"]) for row in found]

    def describe_picture(
        self, url: str, told: Enclosure | None, next_check: datetime | None
    ) -> None:
        """Note what a server said of a picture, None for nothing; where it did, the feeds that show
        it are stale.
        """

        def work() -> None:
            kind, length = (told.type, told.length) if told else ("", 0)
            self._queries.describe_picture(
                self._db, url=url, type=kind, length=length, next_check=utc(next_check)
            )
            if told:
                self._queries.make_picture_stale(self._db, url=url)

        self._db.whole(work)

    def pictures(self, urls: Iterable[str | None]) -> dict[str, Enclosure]:
        """What is known of lead pictures, by their addresses."""
        found = (self._queries.get_picture(self._db, url=url) for url in urls if url)
        return {row["url"]: Enclosure(**row) for row in found if row}

    # Archives

    def outlines(self, site: str, section: str) -> list[StoryOutline]:
        """All stories of a section, newest first, without their texts."""
        return [
            StoryOutline(
                month=row["month"],
                story=Story(url=row["url"], id=row["id"], title=row["title"], category=row["category"],
                            also=tuple(json.loads(row["also"]))),
                print=f"{row['id']} {row['updated']} {row['digest']} {row['url']} {row['also']}",
            )
            for row in self._queries.section_outlines(self._db, site=site, section=section)
        ]  # fmt: skip

    # Pings of the hub

    def add_pings(self, topics: Iterable[str]) -> None:
        """Note that the hub is to be told of these feeds, by their addresses."""
        listed = list(topics)

        def work() -> None:
            for topic in listed:
                self._queries.add_ping(self._db, topic=topic)

        self._db.whole(work)

    def pings(self) -> list[str]:
        """The feeds that the hub is still to be told of."""
        return [row["topic"] for row in self._queries.all_pings(self._db)]

    def pinged(self, topic: str) -> None:
        """Note that the hub was told."""
        self._db.whole(lambda: self._queries.drop_ping(self._db, topic=topic))

    # How sections fared

    def events(self, site: str, section: str, count: int = 20) -> list[Event]:
        """When a section broke and healed, newest first."""
        found = self._queries.section_events(self._db, site=site, section=section, count=count)
        return [
            Event(at=datetime.fromisoformat(row["at"]), status=row["status"], reason=row["reason"])
            for row in found
        ]

    def figures(self, site: str, section: str, count: int = 50) -> Figures:
        """How many of the newest `count` stories of a section have a date, authors, a picture, a
        full text.
        """
        row = self._queries.section_figures(self._db, site=site, section=section, count=count)
        return Figures(**{name: value or 0 for name, value in row.items()})

    def days(self, site: str, section: str, since: date) -> dict[date, int]:
        """How many stories of a section are of each day from `since` on, in UTC."""
        found = self._queries.section_days(
            self._db, site=site, section=section, since=since.isoformat()
        )
        return {date.fromisoformat(row["day"]): row["stories"] for row in found}
