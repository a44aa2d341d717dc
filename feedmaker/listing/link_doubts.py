"""How far the links that were taken from a page are to be trusted, and what speaks against them.

The scores of all links say how many stories are expected among those that were taken, and how many
among the others: with them the F1 of the list can be estimated where nobody knows the right one.
"""

from __future__ import annotations

from math import exp
from typing import TYPE_CHECKING, Final, NamedTuple

from feedmaker.listing.candidates import DOUBT
from feedmaker.model import ListingDoubt
from feedmaker.text import arabic

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from feedmaker.listing.link_scores import Candidate

FEW: Final = 3  # links; a list of fewer may be another part of the page
# The expected F1 from which on a list is trusted. By `tests/bench/listing_doubts.py` 11 of 12 lists
# with an F1 under .8 are doubted, and 7 of 159 with more than .95.
_TRUSTED: Final = 0.8
_TRUSTED_PAIR: Final = 0.9  # of two links, as a section may have that begins
# A link below is no story's: on a page of hundreds such small chances would add up to some.
_NO_CHANCE: Final = 0.05
_LEAST_DIFFERENT: Final = 0.7  # titles of a list; the right ones of 84 pages have .9 or more
_MOST_ODDS: Final = 30.0  # log-odds, beyond which exp() tells nothing
_DATED: Final = "time, [datetime]"


class Trust(NamedTuple):
    """How far a list is to be trusted, from 0 to 1, and why not further."""

    confidence: float
    doubts: tuple[ListingDoubt, ...]


def judge_list(candidates: Iterable[Candidate]) -> Trust:
    """Judge the links of a page that were taken: the candidates that have no reason against them.

    The confidence is the F1 that is expected of them: where links are stories only just, or others
    are nearly so, it is low. A single link is doubted in any case, two where they are not clear;
    and a list whose titles are alike, or that shows no date where the others of the page do.
    """
    taken: list[Candidate] = []
    outside: list[Candidate] = []
    for one in candidates:
        if not one.drop:
            taken.append(one)
        elif one.drop in ("score", "part") and one.title:
            outside.append(one)
    right = sum([_probability(one.score) for one in taken])
    chances = [_probability(one.score) for one in outside]
    missed = sum([chance for chance in chances if chance > _NO_CHANCE])
    count = len(taken)
    confidence = 2 * right / (count + right + missed) if count else 0.0
    if count < FEW:
        return _judge_few(count, confidence)
    doubt = _doubt_by_cards(taken, outside)
    if doubt is None and confidence < _TRUSTED:
        if missed > count - right:
            doubt = ListingDoubt("outside", max(1, round(missed)))
        else:
            doubt = ListingDoubt("narrow", sum(one.score < DOUBT for one in taken))
    return Trust(confidence, () if doubt is None else (doubt,))


def _judge_few(count: int, confidence: float) -> Trust:
    if count == FEW - 1 and confidence >= _TRUSTED_PAIR:
        return Trust(confidence, ())
    return Trust(confidence * count / FEW, (ListingDoubt("few", count),))


def _doubt_by_cards(
    taken: Sequence[Candidate],
    outside: Iterable[Candidate],
) -> ListingDoubt | None:
    """What the titles and dates of a list say against it."""
    alike = len(taken) - len({arabic.fold(one.title) for one in taken})
    if alike > (1 - _LEAST_DIFFERENT) * len(taken):
        return ListingDoubt("alike", alike)
    dated = 0 if _count_dated(taken) else _count_dated(outside)
    return ListingDoubt("undated", dated) if dated >= FEW else None


def _count_dated(some: Iterable[Candidate]) -> int:
    """How many cards of some links show a date, by an element for dates."""
    cards = {one.card.node.mem_id: one.card.node for one in some if one.card is not None}
    return sum(node.css_first(_DATED) is not None for node in cards.values())


def _probability(score: float) -> float:
    """The probability of log-odds."""
    return 1 / (1 + exp(-max(-_MOST_ODDS, min(_MOST_ODDS, score))))
