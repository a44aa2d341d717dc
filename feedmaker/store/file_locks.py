"""Who is at work on a store that is a file: locks of files beside it, which the kernel frees.

store.sqlite.lock          a whole run: one at a time
store.sqlite.open          shared by all who have the store open
locks/store.sqlite.SITE    whoever works on a site, whole runs too
"""

from __future__ import annotations

import fcntl
import os
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

from feedmaker.files import make_folder
from feedmaker.model.errors import LockedError
from feedmaker.text.sayings import Saying, placed

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_FILE_MODE: Final = 0o600
_FOLDER_MODE: Final = 0o700
# Seconds that others are given to close a store that is to be moved away: pages of the app that
# read it take less than one. Those of a run take longer, and it is left to that one.
_WAIT: Final = 2.0


@contextmanager
def held_run(store: Path) -> Iterator[None]:
    """Hold a store for a whole run. Raises LockedError at once where another holds it."""
    busy = placed(store, Saying("another run is at work on this store; this one ends"))
    with _held(store.with_name(f"{store.name}.lock"), busy):
        yield


@contextmanager
def held_site(store: Path, site: str) -> Iterator[None]:
    """Hold a site. Raises LockedError at once where another run is at work on it."""
    busy = placed(site, Saying("another run is at work on this site; it is left to that one"))
    with _held(store.parent / "locks" / f"{store.name}.{site}", busy):
        yield


@contextmanager
def _held(path: Path, busy: Saying) -> Iterator[None]:
    make_folder(path.parent, _FOLDER_MODE)
    descriptor = _open(path)
    try:
        if not _take(descriptor):
            raise LockedError(busy)
        yield
    finally:
        os.close(descriptor)  # which frees it


class OpenMark:
    """The mark of one who has a store open, until it is closed.

    `is_first` says that nobody else has it open; then nobody comes in before `let_others_in`.
    """

    def __init__(self, store: Path) -> None:
        self._descriptor = _open(_mark(store))
        self.is_first = _take(self._descriptor)
        if not self.is_first:
            fcntl.flock(self._descriptor, fcntl.LOCK_SH)

    def let_others_in(self) -> None:
        """Share the store with others from now on."""
        fcntl.flock(self._descriptor, fcntl.LOCK_SH)

    def close(self) -> None:
        """Take the mark away."""
        os.close(self._descriptor)


@contextmanager
def nobody_inside(store: Path) -> Iterator[None]:
    """Keep a store closed to all. Raises LockedError where another has it open and goes on so."""
    descriptor = _open(_mark(store))
    until = time.monotonic() + _WAIT
    try:
        while not _take(descriptor):
            if time.monotonic() > until:
                is_open = Saying("another run has this store open; this one ends")
                raise LockedError(placed(store, is_open))
            time.sleep(0.05)
        yield
    finally:
        os.close(descriptor)


def _mark(store: Path) -> Path:
    return store.with_name(f"{store.name}.open")


def _open(path: Path) -> int:
    return os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, _FILE_MODE)


def _take(descriptor: int) -> bool:
    """Whether a file could be locked for one alone."""
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
