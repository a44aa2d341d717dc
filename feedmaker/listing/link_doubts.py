"""How far the links that were taken from a page are to be trusted, and what speaks against them.

The scores of all links say how many stories are expected among those that were taken, and how many
among the others: with them the F1 of the list can be estimated where nobody knows the right one.
"""

from __future__ import annotations

from math import exp
from typing import TYPE_CHECKING, Final, NamedTuple

from feedmaker.listing.candidates import DOUBT
from feedmaker.model import ListingDoubt

if TYPE_CHECKING:
    from collections.abc import Iterable

    from feedmaker.listing.link_scores import Candidate

FEW: Final = 3  # links; a list of fewer may be another part of the page
# The expected F1 from which on a list is trusted. By `tests/bench/listing_doubts.py` 11 of 12 lists
# with an F1 under .8 are doubted, and 11 of 159 with more than .95.
_TRUSTED: Final = 0.8
_MOST_ODDS: Final = 30.0  # log-odds, beyond which exp() tells nothing


class Trust(NamedTuple):
    """How far a list is to be trusted, from 0 to 1, and why not further."""

    confidence: float
    doubts: tuple[ListingDoubt, ...]


def judge_list(candidates: Iterable[Candidate]) -> Trust:
    """Judge the links of a page that were taken: the candidates that have no reason against them.

    The confidence is the F1 that is expected of them: where links are stories only just, or others
    are nearly so, it is low. A list of fewer than three links is doubted in any case.
    """
    taken: list[float] = []
    outside: list[float] = []
    for one in candidates:
        if not one.drop:
            taken.append(one.score)
        elif one.drop in ("score", "part") and one.title:
            outside.append(one.score)
    right = sum(map(_probability, taken))
    missed = sum(map(_probability, outside))
    count = len(taken)
    confidence = 2 * right / (count + right + missed) if count else 0.0
    if count < FEW:
        return Trust(confidence * count / FEW, (ListingDoubt("few", count),))
    if confidence >= _TRUSTED:
        return Trust(confidence, ())
    if missed > count - right:
        return Trust(confidence, (ListingDoubt("outside", max(1, round(missed))),))
    narrow = sum(score < DOUBT for score in taken)
    return Trust(confidence, (ListingDoubt("narrow", narrow),))


def _probability(score: float) -> float:
    """The probability of log-odds."""
    return 1 / (1 + exp(-max(-_MOST_ODDS, min(_MOST_ODDS, score))))
