"""`feedmaker store`: look after what is remembered between runs.

`check` looks through the whole store and names what is wrong with it. `backup FILE` writes it as it
is now into a new SQLite file, beside a run too. `move FROM TO` copies it into an empty one, from a
SQLite file to a PostgreSQL URL or back; FROM stays as it is.
"""

from __future__ import annotations

from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Final

from feedmaker.cli import tell, told
from feedmaker.config import is_store, load_settings_in_place
from feedmaker.model.errors import ConfigError
from feedmaker.store import Store, exists, is_shared, lock

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace

SHARED_OPTIONS = ("--config",)
# How many places each action is given.
_PLACES: Final = {"check": 0, "backup": 1, "move": 2}


def configure(parser: ArgumentParser) -> None:
    """Add the arguments."""
    parser.add_argument("action", choices=tuple(_PLACES), help="what to do")
    parser.add_argument(
        "places", nargs="*", metavar="PLACE", help="the file of a backup; FROM and TO of a move"
    )


def run(options: Namespace) -> int:
    """Do it."""
    wanted = _PLACES[options.action]
    if len(options.places) != wanted:
        takes = "store {action}: takes {count} places; see `--help`"
        raise ConfigError([tell(takes, action=options.action, count=wanted)])
    if options.action == "move":
        return _move(*options.places)
    where = load_settings_in_place(options.config).store
    if not exists(where):
        none_yet = "{store}: no store yet; `feedmaker build` makes it"
        raise ConfigError([tell(none_yet, store=where)])
    with Store(where) as store:
        if options.action == "check":
            return _check(store)
        store.back_up(Path(options.places[0]))
    print(tell("The store is in {path}.", path=options.places[0]))
    return 0


def _check(store: Store) -> int:
    problems = store.problems()
    for line in problems or [tell("The store is sound.")]:
        print(told(line))
    return 1 if problems else 0


def _check_places(source: str, target: str) -> None:
    """Raise ConfigError where a store cannot be moved from one place to the other.

    Of a place that is no path only its name is told: a password may stand in it.
    """
    for name, place in (("FROM", source), ("TO", target)):
        if not is_store(place):
            expected = tell("expected the path of a file, or a URL that begins with postgresql://")
            raise ConfigError([f"{name}: {expected}"])
    if not exists(source):
        raise ConfigError([tell("{store}: no such store", store=source)])
    if source == target:
        same = "FROM" if is_shared(source) else source
        raise ConfigError([tell("{store}: FROM and TO are the same", store=same)])


def _move(source: str, target: str) -> int:
    """Copy a store into an empty one, which no run may be at work on."""
    _check_places(source, target)
    with ExitStack() as held:
        for place in (source, target):
            held.enter_context(lock(place))
        old, new = (held.enter_context(Store(place)) for place in (source, target))
        for site in sorted({name.site for name in old.sections.states()}):
            held.enter_context(old.site_lock(site))
        copied = old.copy_to(new)
    shown = "TO" if is_shared(target) else target
    rows = sum(copied.values())
    print(
        tell(
            "Copied {rows} rows, {stories} stories among them. Set `store` to {place} now.",
            rows=rows,
            stories=copied["stories"],
            place=shown,
        )
    )
    return 0
