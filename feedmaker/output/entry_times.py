"""Instants of feed entries: RFC 3339 as every reader parses it, and no two of a feed the same."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Final
from zlib import crc32

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

_FRACTIONS: Final = 999  # milliseconds of a second, without its beginning


def distinct_instants(entries: Sequence[tuple[str, datetime]]) -> list[datetime]:
    """Return when entries were updated, given their ids and whole seconds, newest first.

    Sites date to the minute, and the W3C validator warns of two entries updated at once: a client
    cannot tell which is newer. The oldest keeps the second, others get milliseconds by their ids.
    So a new entry changes none that were there.
    """
    taken: defaultdict[datetime, set[int]] = defaultdict(set)
    instants = []
    for identity, second in reversed(entries):
        fractions = taken[second]
        fraction = 0
        if fractions:
            fraction = crc32(identity.encode()) % _FRACTIONS + 1
            while fraction in fractions and len(fractions) <= _FRACTIONS:
                fraction = fraction % _FRACTIONS + 1
        fractions.add(fraction)
        instants.append(second.replace(microsecond=fraction * 1000))
    instants.reverse()
    return instants


def rfc3339(instant: datetime) -> str:
    """Return an instant with at most three digits of a second.

    ROME reads six digits as milliseconds, which is up to sixteen minutes too late.
    """
    return instant.isoformat(timespec="milliseconds" if instant.microsecond else "seconds")
