"""Which tables of the configuration were found to be right by an earlier run.

To import pydantic and to tell it our types takes 60 ms, a quarter of a run that finds nothing new;
to make objects of a table that is right takes none of it. So what is kept of such a table, in the
user's cache folder, is its digest. Its values are not: some are secret (headers, cookies, tokens),
and the file that they stand in is read in any case. What is kept is so only ever compared: a
damaged file, or another's, names no table that is there, and no text in it is run as a pickle is.

A digest holds for one state of the code that checked it. What lies outside of a table is looked at
by each run: the file's name, other sites' sections, whether Pillow is there and where the store is.
"""

from __future__ import annotations

import json
import os
import sys
from contextlib import suppress
from dataclasses import fields
from hashlib import sha256
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Final, TypeVar

from feedmaker._version import __version__
from feedmaker.files import open_cache_folder, read_note, write_file
from feedmaker.model import Fetching, Notify, Rules, Section, Settings, Site
from feedmaker.model.errors import PublishError

_T = TypeVar("_T")
_Table = dict[str, Any]

# Keys that hold further tables, or lists of them.
TABLES: Final[dict[type, dict[str, type]]] = {
    Settings: {"fetch": Fetching, "notify": Notify},
    Site: {"rules": Rules, "fetch": Fetching, "sections": Section},
}
# By a digest who cannot read a table could still try guesses at a password in it.
_FOR_THE_USER_ALONE: Final = 0o600


class CheckedTables:
    """The tables of a configuration folder that an earlier run found right, and this one."""

    def __init__(self, folder: Path | None = None) -> None:
        """Read what is kept of a folder; without one nothing is known, and nothing is kept."""
        self._file: Path | None = None
        self._made_by = ""
        self._known: frozenset[str] = frozenset()
        self._right: set[str] = set()
        cache = open_cache_folder() if folder else None
        if folder and cache:
            name = sha256(os.fsencode(folder.absolute())).hexdigest()[:16]
            self._file = cache / f"checked-{name}"
            self._made_by = _made_by()
            made_by, *digests = read_note(self._file).split("\n")
            if made_by == self._made_by:
                self._known = frozenset(filter(None, digests))

    def read(self, kind: type[_T], table: _Table, path: Path) -> _T:
        """Return `table`, of the file at `path`, as a `kind`; check it where it is not known.

        Raises ConfigError with all problems.
        """
        digest = _digest(kind, table)
        if digest in self._known:
            value: _T = _made(kind, table)
        else:
            from feedmaker.config.table_checks import check_table  # with pydantic, as said above

            value = check_table(kind, table, path)
        if digest:
            self._right.add(digest)
        return value

    def keep(self) -> None:
        """Keep what is right, where that is something else than before, and where it can be."""
        if self._file and self._right != self._known:
            text = "\n".join([self._made_by, *sorted(self._right)])
            with suppress(PublishError):
                write_file(self._file, text.encode(), _FOR_THE_USER_ALONE)


def _digest(kind: type, table: _Table) -> str:
    """Return what is kept of a table; "" where JSON has not all its values, such as dates."""
    try:
        text = json.dumps(table)
    except (TypeError, ValueError, RecursionError):
        return ""
    return sha256(f"{kind.__name__} {text}".encode()).hexdigest()


def _made_by() -> str:
    """Return what decides which tables are right: Python, our code, and the packages it uses.

    To install or replace a package changes the folder that all of them are in.
    """
    own = Path(__file__).parent
    places = [*sorted(own.glob("*.py")), own.parent / "model" / "configuration.py"]
    pydantic = find_spec("pydantic")
    if pydantic and pydantic.origin:
        places.append(Path(pydantic.origin).parent.parent)
    changed = [place.stat().st_mtime_ns for place in places if place.exists()]
    return f"{__version__} {sys.version!r} {changed}"


def _made(kind: Any, table: _Table) -> Any:
    """Return a table that is right as a `kind`, just as pydantic makes it."""
    values = dict(table)
    for name, inner in TABLES.get(kind, {}).items():
        if isinstance(given := values.get(name), dict):
            values[name] = _made(inner, given)
        elif isinstance(given, list):
            values[name] = [_made(inner, one) for one in given]
    for key in fields(kind):
        if isinstance(given := values.get(key.name), list):
            values[key.name] = tuple(map(float, given) if "float" in key.type else given)
        elif key.type == "float" and key.name in values:
            values[key.name] = float(values[key.name])
    return kind(**values)
