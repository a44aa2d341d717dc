"""A store copied into an empty one, from SQLite to PostgreSQL or back, and looked through."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from feedmaker.model.errors import StoreError
from feedmaker.store.damage import KEYS
from feedmaker.text.sayings import Saying, placed

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from feedmaker.store.database import Database, Row

# All tables by the columns of their keys. Links come before what refers to them.
TABLES: Final[Mapping[str, tuple[str, ...]]] = {
    "links": KEYS["links"],
    **KEYS,
    "pings": ("topic",),
    "damaged": ("id",),
    "meta": ("name",),
}
_ROWS: Final = 200  # read at once: of the largest stories 100 MB
# Of a store its own: what a new one has by itself.
_OWN: Final = frozenset({"name", "schema"})


def copy_rows(source: Database, target: Database) -> dict[str, int]:
    """Copy all rows into an empty store, as they are at one moment; return how many by table.

    Raises StoreError where the target is not empty, or does not hold in the end what it should; it
    stays empty then.
    """
    copied: dict[str, int] = {}

    def write() -> None:
        if target.row("SELECT 1 FROM sections") or target.row("SELECT 1 FROM links"):
            full = Saying("holds stories already; name a store that is empty")
            raise StoreError(placed(target.name, full))
        for table in TABLES:
            for row in _rows(source, table):
                _insert(target, table, row)
            copied[table] = _count(target, table)
            _check_count(target, table, copied[table], _count(source, table))

    def read() -> None:
        if source.snapshot:
            source.execute(source.snapshot)
        target.transaction(write)

    source.transaction(read)
    return copied


def _rows(db: Database, table: str) -> Iterator[Row]:
    """Yield the rows of a table in the order of its key, some at a time."""
    keys = TABLES[table]
    names = ", ".join(keys)
    order = f"ORDER BY {names} LIMIT {_ROWS}"
    found = db.execute(f"SELECT * FROM {table} {order}")  # noqa: S608 - names of ours
    while found:
        yield from found
        last: dict[str, Any] = {name: found[-1][name] for name in keys}
        after = ", ".join(f":{name}" for name in keys)
        found = db.execute(f"SELECT * FROM {table} WHERE ({names}) > ({after}) {order}", **last)  # noqa: S608


def _insert(db: Database, table: str, row: Row) -> None:
    if table == "meta" and row["name"] in _OWN:
        return
    columns = dict(row)
    names = ", ".join(columns)
    values = ", ".join(f":{name}" for name in columns)
    db.execute(f"INSERT INTO {table} ({names}) VALUES ({values})", **columns)  # noqa: S608


def _check_count(target: Database, table: str, count: int, held: int) -> None:
    """Raise StoreError where a table does not have all rows."""
    if count != held:
        lacks = "{count} rows of {held} are in {table}"
        problem = Saying(lacks, count=count, held=held, table=table)
        raise StoreError(placed(target.name, problem))


def _count(db: Database, table: str) -> int:
    row = db.row(f"SELECT count(*) AS rows FROM {table}")  # noqa: S608 - a name of ours
    return int(row["rows"]) if row else 0
