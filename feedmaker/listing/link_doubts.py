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
# The expected F1 from which on a list is trusted. By `tests/bench/listing_doubts.py` 8 of 8 lists
# with an F1 under .8 are doubted, and 8 of 164 with more than .95.
_TRUSTED: Final = 0.815
_TRUSTED_PAIR: Final = 0.9  # of two links, as a section may have that begins
_BARE: Final = 4  # links at most, whose words alone are no sign: pages of forms have as many
# A link below is no story's: on a page of hundreds such small chances would add up to some.
_NO_CHANCE: Final = 0.05
_LEAST_DIFFERENT: Final = 0.7  # titles of a list; the right ones of 84 pages have .9 or more
_MOST_ODDS: Final = 30.0  # log-odds, beyond which exp() tells nothing
_UNLIKE_STORIES: Final = ("score", "part")
_DATED: Final = "time, [datetime]"


class Trust(NamedTuple):
    """How far a list is to be trusted, from 0 to 1, and why not further."""

    confidence: float
    doubts: tuple[ListingDoubt, ...]


def judge_list(candidates: Iterable[Candidate]) -> Trust:
    """Judge the links of a page that were taken: the candidates that have no reason against them.

    The confidence is the F1 that is expected of them: where links are stories only just, or others
    are nearly so, it is low. A single link is doubted in any case, two where they are not clear,
    and a few that are nothing but words; so is a list whose titles are alike, or that shows no date
    where the others of the page do.
    """
    all_links = list(candidates)
    taken = [one for one in all_links if not one.drop]
    outside = [one for one in all_links if one.drop in _UNLIKE_STORIES and one.title]
    right = sum(map(_probability, taken))
    missed = sum(filter(_NO_CHANCE.__lt__, map(_probability, outside)))
    count = len(taken)
    confidence = 2 * right / max(1, count + right + missed)
    if count < FEW or _are_bare(taken):
        return _judge_few(count, confidence)
    doubt = _doubt_by_cards(taken, outside)
    if doubt is None and confidence < _TRUSTED:
        doubt = _doubt_by_scores(taken, right, missed)
    return Trust(confidence, tuple(filter(None, [doubt])))


def _are_bare(taken: Sequence[Candidate]) -> bool:
    """Whether a few links are nothing but words, without a URL of a story, heading or picture."""
    if len(taken) > _BARE:
        return False
    return not any(one.form.evidence > 0 or one.is_headed or one.has_image for one in taken)


def _judge_few(count: int, confidence: float) -> Trust:
    if count == FEW - 1 and confidence >= _TRUSTED_PAIR:
        return Trust(confidence, ())
    return Trust(confidence * min(count, FEW - 1) / FEW, (ListingDoubt("few", count),))


def _doubt_by_scores(taken: Sequence[Candidate], right: float, missed: float) -> ListingDoubt:
    """Why little is expected of a list: stories outside of it, or links that are narrow ones."""
    if missed > len(taken) - right:
        return ListingDoubt("outside", max(1, round(missed)))
    return ListingDoubt("narrow", sum(one.score < DOUBT for one in taken))


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


def _probability(one: Candidate) -> float:
    """How probable a link leads to a story, by the log-odds that are its score."""
    return 1 / (1 + exp(-max(-_MOST_ODDS, min(_MOST_ODDS, one.score))))
