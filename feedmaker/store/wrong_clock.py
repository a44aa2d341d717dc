"""What a run remembered by a clock that was wrong, corrected once the clock is right.

This is the one case in which first-seen times, and the dates that stories without dates of their
own are shown with, move.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Final

from feedmaker.store.database import utc_text
from feedmaker.store.links import note_changed

if TYPE_CHECKING:
    from feedmaker.store.database import Database, Row

# What lies further in the future was remembered by a clock that was ahead.
_CLOCK_SKEW: Final = timedelta(minutes=10)
# Two zones differ by 26 hours at most: a date that lies further ahead is no mistake in the zone.
_ZONES: Final = timedelta(hours=26)
# Stories first seen so near to another were seen in the same run.
_RUN: Final = timedelta(minutes=30)

_IN_FUTURE: Final = """
SELECT id, first_seen, published, shown, updated FROM stories
WHERE site = :site AND (first_seen > :latest OR shown > :latest OR updated > :latest)
ORDER BY first_seen DESC, id
"""
_DATED: Final = """
SELECT id, first_seen, published, shown, updated, dated FROM stories
WHERE site = :site AND dated <= :now
ORDER BY dated DESC, id
"""
# A story of the same run whose own date was no later than the clock: it was right.
_WAS_RIGHT: Final = """
SELECT id FROM stories
WHERE site = :site AND first_seen >= :since AND first_seen <= :until AND dated IS NULL
    AND shown <> first_seen
LIMIT 1
"""
_SET_TIMES: Final = """
UPDATE stories SET first_seen = :first_seen, published = :published, shown = :shown,
    updated = :updated, dated = NULL
WHERE id = :id
"""
_SET_FIRST_SEEN: Final = """
UPDATE links SET first_seen = :first_seen WHERE story = :id AND first_seen = :was
"""
_LINKS_IN_FUTURE: Final = (
    """
UPDATE section_links SET first_seen = :now WHERE site = :site AND first_seen > :latest
""",
    """
UPDATE links SET first_seen = :now
WHERE first_seen > :latest AND key IN (SELECT key FROM section_links WHERE site = :site)
""",
    "UPDATE section_links SET next_check = :now WHERE site = :site AND next_check > :due",
)


def correct_future_times(db: Database, site: str, now: datetime, due: datetime) -> None:
    """Let what a site's stories and links were remembered with in the future be of now.

    Stories keep their order, a second apart. What is due after `due` is due now.
    """
    latest = utc_text(now + _CLOCK_SKEW)
    for place, row in enumerate(db.execute(_IN_FUTURE, site=site, latest=latest)):
        seen = min(datetime.fromisoformat(row["first_seen"]), now - timedelta(seconds=place))
        published = datetime.fromisoformat(row["published"])
        _set_times(db, row, seen, published if published <= now + _CLOCK_SKEW else seen)
    for statement in _LINKS_IN_FUTURE:
        db.execute(statement, site=site, latest=latest, due=utc_text(due), now=utc_text(now))


def refused_dates(db: Database, site: str, now: datetime) -> list[Row]:
    """Return the stories whose pages' dates lay in the future once, and do no more."""
    return db.execute(_DATED, site=site, now=utc_text(now))


def adopt_dates(db: Database, site: str, last_run: datetime | None, now: datetime) -> None:
    """Date stories by their pages where the clock was behind when they were first seen.

    Their dates lay in its future then, and do no more, since the clock was set: it has leapt over
    them after the last run. Where another story of that run was dated by its page, or a zone
    explains it, the clock was right, and the date stays refused.
    """
    for row in refused_dates(db, site, now):
        first_seen = datetime.fromisoformat(row["first_seen"])
        dated = datetime.fromisoformat(row["dated"])
        has_leapt = last_run is None or last_run < dated - _ZONES
        is_right = (
            not has_leapt
            or dated - first_seen <= _ZONES
            or db.row(
                _WAS_RIGHT,
                site=site,
                since=utc_text(first_seen - _RUN),
                until=utc_text(first_seen + _RUN),
            )
        )
        if is_right:
            db.execute("UPDATE stories SET dated = NULL WHERE id = :id", id=row["id"])
        else:
            _set_times(db, row, dated, dated)


def _set_times(db: Database, row: Row, seen: datetime, published: datetime) -> None:
    """Correct the times of a story, and of the links that were first seen with it."""
    updated = datetime.fromisoformat(row["updated"])
    db.execute(
        _SET_TIMES,
        id=row["id"],
        first_seen=utc_text(seen),
        published=published.isoformat(timespec="seconds"),
        shown=utc_text(published),
        updated=utc_text(max(published, min(updated, max(seen, published)))),
    )
    db.execute(_SET_FIRST_SEEN, id=row["id"], first_seen=utc_text(seen), was=row["first_seen"])
    note_changed(db, row["id"])
