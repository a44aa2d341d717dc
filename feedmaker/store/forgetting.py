"""What a store forgets, so that it does not grow for ever.

Links without a story are forgotten once they are long off their listing; stories where `keep_days`
says so.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Final

from feedmaker.store.database import utc_text

if TYPE_CHECKING:
    from feedmaker.store.database import Database

# A link that was not on its listing for so long does not come back.
_UNSEEN: Final = timedelta(days=30)
# Links of a section without a story that are kept: twice as many as one of its listings may have.
_MOST: Final = 10_000

_OFF_THE_LISTING: Final = """
SELECT key FROM section_links
WHERE site = :site AND section = :section AND shown IS NULL AND seen < :since
    AND (next_check IS NULL OR first_seen < :since)
"""
# Those of today's listing are the newest.
_TOO_MANY: Final = """
SELECT key FROM section_links
WHERE site = :site AND section = :section AND shown IS NULL
ORDER BY seen DESC, first_seen DESC LIMIT 1000000 OFFSET :most
"""
# Older than the feed shows and `keep_days` wants, and off the listing.
_OLD: Final = """
SELECT section_links.key, links.story FROM section_links
JOIN links ON links.key = section_links.key
WHERE section_links.site = :site AND section_links.section = :section
    AND section_links.shown < :before AND section_links.seen < :since
    AND section_links.shown < (
        SELECT newest.shown FROM section_links AS newest
        WHERE newest.site = :site AND newest.section = :section AND newest.shown IS NOT NULL
        ORDER BY newest.shown DESC LIMIT 1 OFFSET :last
    )
"""
_DROP_FROM_SECTION: Final = """
DELETE FROM section_links WHERE site = :site AND section = :section AND key = :key
"""
_DROP_LINK: Final = """
DELETE FROM links WHERE key = :key
    AND NOT EXISTS (SELECT 1 FROM section_links WHERE section_links.key = :key)
    AND NOT EXISTS (SELECT 1 FROM stories WHERE stories.id = links.story)
"""
# A story goes with its last link that a section has.
_DROP_STORY: Final = (
    """
DELETE FROM links WHERE story = :story
    AND NOT EXISTS (SELECT 1 FROM section_links WHERE section_links.key = links.key)
    AND NOT EXISTS (
        SELECT 1 FROM section_links JOIN links AS other ON other.key = section_links.key
        WHERE other.story = :story
    )
""",
    """
DELETE FROM pictures WHERE pictures.story = :story
    AND NOT EXISTS (SELECT 1 FROM links WHERE links.story = :story)
""",
    """
DELETE FROM stories WHERE id = :story
    AND NOT EXISTS (SELECT 1 FROM links WHERE links.story = :story)
""",
)


def forget_links(db: Database, site: str, section: str, now: datetime) -> None:
    """Forget the links of a section that have no story and are long off its listing."""
    since = utc_text(now - _UNSEEN)
    unseen = db.execute(_OFF_THE_LISTING, site=site, section=section, since=since)
    too_many = db.execute(_TOO_MANY, site=site, section=section, most=_MOST)
    for key in {row["key"] for row in (*unseen, *too_many)}:
        db.execute(_DROP_FROM_SECTION, site=site, section=section, key=key)
        db.execute(_DROP_LINK, key=key)


def forget_stories(
    db: Database, site: str, section: str, *, items: int, before: datetime, now: datetime
) -> None:
    """Forget the stories of a section of the time `before`, besides its newest `items`."""
    rows = db.execute(
        _OLD,
        site=site,
        section=section,
        last=items - 1,
        before=utc_text(before),
        since=utc_text(now - _UNSEEN),
    )
    for row in rows:
        db.execute(_DROP_FROM_SECTION, site=site, section=section, key=row["key"])
        for statement in _DROP_STORY:
            db.execute(statement, story=row["story"])
