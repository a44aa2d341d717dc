"""Damaged rows set aside one by one, so that the rest of a store goes on.

A store is looked through only once a row could not be read. What a row was is kept in the table
`damaged`. A story is fetched again, a link is due again, and a section counts as new.
"""

from __future__ import annotations

import json
import os
from base64 import b64decode
from collections import Counter
from datetime import datetime
from typing import TYPE_CHECKING, Any, Final

from feedmaker.store.database import utc_text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from feedmaker.store.database import Database, Row

# The keys of each table of which a row may be set aside.
KEYS: Final = {
    "stories": ("id",),
    "links": ("key",),
    "section_links": ("site", "section", "key"),
    "sections": ("site", "section"),
    "events": ("site", "section", "at"),
    "heals": ("site", "section", "what"),
    "listings": ("site", "section", "url"),
    "pictures": ("url",),
    "robots": ("origin",),
    "hosts": ("host",),
}
_INSTANTS: Final = frozenset(
    [
        "first_seen",
        "published",
        "shown",
        "modified",
        "updated",
        "dated",
        "next_check",
        "since",
        "told",
        "good_at",
        "next_poll",
        "due",
        "at",
    ]
)
_LISTS: Final = frozenset({"authors", "also", "tags"})


def _decode(signature: str) -> None:
    for part in signature.split("."):
        b64decode(part, validate=True)


_READERS: Final[dict[str, Callable[[str], object]]] = {
    **dict.fromkeys(_INSTANTS, datetime.fromisoformat),
    **dict.fromkeys(_LISTS, json.loads),
    "signature": _decode,
}
_NUMBERS: Final = frozenset(
    [
        "checks",
        "failures",
        "failing",
        "links",
        "usual",
        "changed",
        "every",
        "retitled",
        "tried",
        "teaser",
        "agreed",
        "length",
        "tries",
        "confidence",
        "closed_until",
        "had_at",
    ]
)
_NEEDED: Final = {"stories": ("published", "shown", "first_seen", "updated"), "events": ("at",)}
_DROP: Final = {
    "stories": (
        "UPDATE links SET etag = NULL, last_modified = NULL WHERE story = :id",
        (
            "UPDATE section_links SET next_check = :now, shown = NULL, tried = 0"
            " WHERE key IN (SELECT links.key FROM links WHERE links.story = :id)"
        ),
        "DELETE FROM stories WHERE id = :id",
    ),
    "links": (
        (
            "UPDATE links SET first_seen = :now, checks = 0, failures = 0, reason = '',"
            " etag = NULL, last_modified = NULL, next_check = :now WHERE key = :key"
        ),
        "UPDATE section_links SET next_check = :now WHERE key = :key",
    ),
    "section_links": (
        (
            "UPDATE section_links SET first_seen = :now, next_check = :now, shown = NULL, url = '',"
            " title = '', retitled = 0, tried = 0, seen = ''"
            " WHERE site = :site AND section = :section AND key = :key"
        ),
    ),
}
_ASIDE: Final = """
INSERT INTO damaged (id, at, kind, value) VALUES (:id, :now, :kind, :value)
"""
_MOST: Final = 10_000  # characters of a row that are kept


def set_damaged_aside(db: Database, now: datetime) -> dict[str, int]:
    """Look through all rows, and set aside those that cannot be read; return how many by table."""
    damaged: Counter[str] = Counter()
    for table, key, row in find_damaged(db):
        _set_aside(db, table, key, row, now)
        damaged[table] += 1
    return dict(damaged)


def find_damaged(db: Database) -> Iterator[tuple[str, Row, Row]]:
    """Yield the rows that cannot be read: their table, their key, and all of them."""
    for table, keys in KEYS.items():
        names = ", ".join(keys)
        where = " AND ".join(f"{name} = :{name}" for name in keys)
        for key in db.execute_raw(f"SELECT {names} FROM {table}"):  # noqa: S608 - names of ours
            whole = f"SELECT * FROM {table} WHERE {where}"  # noqa: S608
            for row in db.execute_raw(whole, **key):
                if _is_damaged(table, row):
                    yield table, key, row


def _is_damaged(table: str, row: Row) -> bool:
    try:
        for name, value in dict(row).items():
            _check(name, value)
    except (ValueError, TypeError):
        return True
    return not all(row[name] for name in _NEEDED.get(table, ()))


def _check(name: str, value: Any) -> None:
    """Raise ValueError or TypeError where a column cannot have a value."""
    if name in _NUMBERS:
        value + 0
    elif isinstance(value, bytes):  # no text, or none in UTF-8
        raise TypeError(name)
    elif value:
        _READERS.get(name, str.strip)(value)


def _set_aside(db: Database, table: str, key: Row, row: Row, now: datetime) -> None:
    at = utc_text(now)
    where = " AND ".join(f"{name} = :{name}" for name in KEYS[table])
    usual = (f"DELETE FROM {table} WHERE {where}",)  # noqa: S608
    value = repr(dict(row))[:_MOST]

    def work() -> None:
        db.execute(_ASIDE, id=os.urandom(16).hex(), now=at, kind=table, value=value)
        for statement in _DROP.get(table, usual):
            db.execute(statement, **key, now=at)

    db.transaction(work)
