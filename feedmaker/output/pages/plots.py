"""Small plots as numbers that the templates draw as inline SVG: bars of stories a day, and shares
in hundredths.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping

    from feedmaker.model import Figures

DAYS = 30
WIDTH, HEIGHT = 300, 64  # of the plot, in its own units; ten for each day
_STEP, _BAR = 10, 7


class DayBar(NamedTuple):
    """One day: where its bar stands and how high it is, and what it says."""

    x: int
    y: int
    height: int
    day: date
    stories: int


class Share(NamedTuple):
    """How many in a hundred stories have something."""

    name: str
    percent: int


def bars(days: Mapping[date, int], last: date) -> list[DayBar]:
    """The bars of the last `DAYS` days up to `last`, the newest at the left, where an Arabic
    reader's line ends.
    """
    most = max(days.values(), default=0) or 1
    made = []
    for ago in range(DAYS):
        at = last - timedelta(days=ago)
        count = days.get(at, 0)
        height = max(3, round(count / most * HEIGHT)) if count else 0
        made.append(
            DayBar(
                x=ago * _STEP + (_STEP - _BAR) // 2,
                y=HEIGHT - height,
                height=height,
                day=at,
                stories=count,
            )
        )
    return made


def shares(figures: Figures) -> list[Share]:
    """What part of a section's newest stories have a date, authors, a picture and their full text."""
    whole = figures.stories or 1
    counts = (
        ("تاريخ", figures.dated), ("كاتب", figures.signed), ("صورة", figures.pictured), ("نص كامل", figures.whole),
    )  # fmt: skip
    return [Share(name, round(count / whole * 100)) for name, count in counts]
