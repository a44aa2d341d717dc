"""Dates that stand in one text with the headlines of a list: «خبر من القرية 2026/11/30»."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, NamedTuple

from feedmaker.listing.cards import squeeze
from feedmaker.listing.link_scores import EQUAL, grouped
from feedmaker.text import arabic
from feedmaker.text.short_dates import is_date
from feedmaker.text.word_counts import count_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from feedmaker.listing.link_scores import Candidate

MAY_BE_DATED: Final = re.compile(r"\d(?:\d\d\d|[./-]\d)")  # told by its first digit alone
# A year, or a date in digits with a short one.
_YEAR: Final = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)|\d{1,2}([./-])\d{1,2}\1\d\d")
LEAST: Final = 3  # dated headlines of a list
_MOST_WORDS: Final = 6  # of a date: a weekday, the day, a time
_TITLE_WORDS: Final = 3
# Of the headlines without their dates: where fewer differ, the dates are what tells them apart.
_DIFFERENT: Final = 0.7
_SIGNS: Final = " -–—|:,،·•()[]/"


class _Parts(NamedTuple):
    """A headline, and the date in front of it or behind it."""

    title: str
    date: str


def part_titles(stories: Iterable[Candidate]) -> None:
    """Give stories their headlines without the dates that most of those like them have.

    Of one alone, a date may be what its headline speaks of.
    """
    for members in grouped(stories, EQUAL):
        for one, parts in _dated(members):
            one.title, one.date = parts


def _dated(members: Sequence[Candidate]) -> list[tuple[Candidate, _Parts]]:
    """Stories of a list with the parts of their headlines, where most have a date in them."""
    likely = [one for one in members if MAY_BE_DATED.search(one.title) is not None]
    if len(likely) < max(LEAST, len(members) / 2):
        return []
    found = [(one, parts) for one in likely if (parts := _part(one.title)) is not None]
    if len(found) < LEAST or 2 * len(found) <= len(members):
        return []
    titles = {arabic.fold(parts.title) for _, parts in found}
    return found if len(titles) >= _DIFFERENT * len(found) else []


def _part(text: str) -> _Parts | None:
    """Part a text into a headline of several words and a date; None where it has none."""
    words = text.split()
    for count in range(min(_MOST_WORDS, len(words) - _TITLE_WORDS), 0, -1):
        for date, rest in (
            (words[-count:], words[:-count]),
            (words[:count], words[count:]),
        ):
            said = " ".join(date).strip(_SIGNS)
            if _YEAR.search(said) is None or not is_date(said):
                continue
            title = squeeze(" ".join(rest).strip(_SIGNS))
            if count_words(title) >= _TITLE_WORDS:
                return _Parts(title, said)
    return None
