"""How often and how long a site was worked on, counted since its store began: for monitors."""

from __future__ import annotations

import json
from bisect import bisect_left
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Sequence

DURATION_LIMITS: Final = (0.1, 0.3, 1.0, 3.0, 10.0, 30.0, 100.0, 300.0)
"""Seconds by which durations are told apart; a last kind took longer."""


@dataclass(slots=True)
class Durations:
    """How many took at most so many seconds, each counted once, and how many they took in all."""

    counts: list[int] = field(default_factory=lambda: [0] * (len(DURATION_LIMITS) + 1))
    seconds: float = 0.0

    def note(self, seconds: float) -> None:
        """Count one."""
        self.counts[bisect_left(DURATION_LIMITS, seconds)] += 1
        self.seconds += seconds

    def add(self, other: Durations) -> None:
        """Count those of another, too."""
        self.counts = [one + more for one, more in zip(self.counts, other.counts, strict=True)]
        self.seconds += other.seconds


@dataclass(slots=True)
class WorkCounts:
    """The requests of a site by their status ("none" where no answer came), and its runs."""

    statuses: Counter[str] = field(default_factory=Counter)
    fetches: Durations = field(default_factory=Durations)
    runs: Durations = field(default_factory=Durations)

    def note_fetch(self, status: int | None, seconds: float) -> None:
        """Count a request."""
        self.statuses[str(status or "none")] += 1
        self.fetches.note(seconds)

    def add(self, other: WorkCounts) -> None:
        """Count what another counted, too."""
        self.statuses.update(other.statuses)
        self.fetches.add(other.fetches)
        self.runs.add(other.runs)

    def to_text(self) -> str:
        """Write them down for the store."""
        durations = [[*one.counts, round(one.seconds, 3)] for one in (self.fetches, self.runs)]
        return json.dumps([self.statuses, *durations])


def read_work_counts(text: str) -> WorkCounts:
    """Read what `to_text` wrote; what it did not write counts nothing."""
    counts = WorkCounts()
    try:
        statuses, fetches, runs = json.loads(text)
        counts.add(WorkCounts(Counter(statuses), _durations(fetches), _durations(runs)))
    except (ValueError, TypeError):
        return WorkCounts()
    return counts


def _durations(numbers: Sequence[float]) -> Durations:
    *counts, seconds = numbers
    return Durations([int(count) for count in counts], float(seconds))
