"""Which of a site's sources gives the stories of a section and no others: pure, and given `now`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal

from feedmaker.text import urls

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from feedmaker.model import Link

# As of a list that is found again: the agreement from which on a source is the section's.
_SURE: Final = 0.6
_LEAST: Final = 3  # known stories that it has
_OURS: Final = 0.8  # of its stories that may be known
_LISTED: Final = 50  # links of a source that are looked at, its first
_RECENT: Final = 20  # stories that the section had last
_WHOLE: Final = 0.5  # what whole texts, dates and pictures are worth beside the agreement
_DATES: Final = 0.2
_PICTURES: Final = 0.1


@dataclass(frozen=True, slots=True)
class SourceOffer:
    """What a site has beside a section's page: `address` is as `HealedRule` names it."""

    kind: Literal["wordpress", "feed", "sitemap"]
    address: str
    links: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class RatedOffer:
    """A source with the known stories that it has, how well it agrees with these, its worth."""

    offer: SourceOffer
    agreed: int
    confidence: float
    worth: float


def best_offer(
    offers: Sequence[SourceOffer], known: Sequence[Link], good_at: datetime | None
) -> RatedOffer | None:
    """Return the source that is worth most, None where none is the section's.

    `known` are its links, the newest first, and `good_at` when its listing was last read. A link
    that is dated before that and is not known, or has no date, is of another section. Of sources
    that agree, the one with whole texts, then with dates and pictures, is worth more.
    """
    rated = [_rate(offer, known, good_at) for offer in offers]
    ours = [one for one in rated if one.agreed >= _LEAST and one.confidence >= _SURE]
    return max(ours, key=lambda one: one.worth, default=None)


def _rate(offer: SourceOffer, known: Sequence[Link], good_at: datetime | None) -> RatedOffer:
    keys = {urls.key(link.url) for link in known}
    listed = {urls.key(link.url): link for link in offer.links[:_LISTED]}
    agreed = len(keys.intersection(listed))
    unknown = [link for key, link in listed.items() if key not in keys]
    others = sum(not _is_since(link, good_at) for link in unknown)
    recent = [urls.key(link.url) for link in known[:_RECENT]]
    confidence = _agreement(
        share=agreed / max(agreed + others, 1),
        found=sum(map(listed.__contains__, recent)) / max(min(len(recent), agreed + others), 1),
    )
    return RatedOffer(
        offer, agreed, confidence, confidence * _wealth(offer, tuple(listed.values()))
    )


def _agreement(*, share: float, found: float) -> float:
    """F1 of how much of a source is known and of what it has of that; 0 of others' stories."""
    return 2 * share * found / (share + found) if share >= _OURS and found else 0.0


def _is_since(link: Link, good_at: datetime | None) -> bool:
    """Whether a link is new since the section was last read."""
    return bool(good_at and link.published and link.published >= good_at)


def _wealth(offer: SourceOffer, links: tuple[Link, ...]) -> float:
    """What whole texts, dates and pictures make of a source."""
    count = max(len(links), 1)
    dated = sum(link.published is not None for link in links) / count
    pictured = sum(link.image is not None for link in links) / count
    whole = _WHOLE if offer.kind == "wordpress" else 0.0
    return 1 + whole + _DATES * dated + _PICTURES * pictured
