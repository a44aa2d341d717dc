"""Which of a site's sources gives the stories of a section and no others: pure, and given `now`."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from itertools import chain
from typing import TYPE_CHECKING, Final, Literal
from urllib.parse import unquote, urlsplit

from feedmaker.text import arabic, urls

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from feedmaker.model import Link

# As of a list that is found again: the agreement from which on a source is the section's.
_SURE: Final = 0.6
_LEAST: Final = 3  # known stories that it has
_OURS: Final = 0.8  # of its stories that may be known
_BY_NAME: Final = 0.8  # the agreement of a source that only its name says to be the section's
_LISTED: Final = 50  # links of a source that are looked at, its first
_RECENT: Final = 20  # stories that the section had last
_WHOLE: Final = 0.5  # what whole texts, dates and pictures are worth beside the agreement
_DATES: Final = 0.2
_PICTURES: Final = 0.1
_TITLES: Final = 0.3  # what is lost without titles
_REQUEST: Final = 0.05  # what each further request of a run costs


SourceKind = Literal["auto", "page", "state", "wordpress", "feed", "sitemap"]
_FOUND: Final[dict[str, SourceKind]] = {
    "wordpress": "wordpress",
    "feed": "feed",
    "sitemap": "sitemap",
}


@dataclass(frozen=True, slots=True)
class SourceAt:
    """What a section is read from: a kind of source, where it is if that is known, and its part.

    `part` is as `SourceOffer` has it.
    """

    kind: SourceKind
    at: str = ""
    part: str = ""


@dataclass(frozen=True, slots=True)
class SourceOffer:
    """What a site has of a section's stories: `address` is as `HealedRule` names it.

    `is_own`: the section's page names it for itself. `part` is what of it is the section's, where
    it is the whole site's: "/politics/" for the addresses with that folder, else a folded category.
    `requests` are those of a run that reads it.
    """

    kind: Literal["page", "wordpress", "feed", "sitemap"]
    address: str
    links: tuple[Link, ...]
    is_own: bool = False
    part: str = ""
    requests: int = 1

    @property
    def name(self) -> str:
        """Its kind, address and part as one text: what `HealedRule` calls it."""
        return f"{self.kind} {self.address} {self.part}".strip()


@dataclass(frozen=True, slots=True)
class RatedOffer:
    """A source with the known stories that it has, how well it agrees with these, its worth."""

    offer: SourceOffer
    agreed: int
    confidence: float
    worth: float


def best_offer(
    offers: Sequence[SourceOffer],
    known: Sequence[Link],
    good_at: datetime | None = None,
    *,
    page: str = "",
    title: str = "",
) -> RatedOffer | None:
    """Return the source that is worth most, None where none is the section's; of equals the first.

    `known` are its links, the newest first, and `good_at` when its listing was last read. A link
    that is dated before that and is not known, or has no date, is of another section. Of sources
    that agree, the one with more stories, whole texts, dates and pictures is worth more. Of the
    whole site's the part is taken that is called as the section's `page` or its `title`. Where
    nothing is known, a source counts that is the section's by name.
    """
    every = chain.from_iterable((one, *_parts(one, page, title)) for one in offers)
    rated = [_rate(offer, known, good_at) for offer in every]
    least = _LEAST if known else 0
    ours = [one for one in rated if one.agreed >= least and one.confidence >= _SURE]
    return max(ours, key=lambda one: one.worth, default=None)


def source_named(name: str) -> SourceAt:
    """Return the source that a `HealedRule` names."""
    kind, _, at = name.partition(" ")
    found = _FOUND.get(kind, "auto")
    if found == "wordpress":
        return SourceAt(found, at)
    address, _, part = at.partition(" ")
    return SourceAt(found, address, part)


def links_of_part(links: Sequence[Link], part: str) -> tuple[Link, ...]:
    """Return the links of a part of a source, all of "" (`SourceOffer.part`)."""
    if part.startswith("/"):
        return tuple(link for link in links if part in _path(link.url))
    if part:
        return tuple(link for link in links if part in map(arabic.fold, link.categories))
    return tuple(links)


def _path(url: str) -> str:
    return unquote(urlsplit(url).path)


def _parts(offer: SourceOffer, page: str, title: str) -> list[SourceOffer]:
    """The parts of a site's source that are called as a section's page or as the section."""
    if offer.is_own or offer.kind in ("page", "wordpress"):
        return []
    found = []
    for part in filter(None, (_folder(offer.links, _path(page)), arabic.fold(title))):
        links = links_of_part(offer.links, part)
        if len(links) >= _LEAST:
            found.append(replace(offer, links=links, part=part))
    return found


def _folder(links: Sequence[Link], page: str) -> str:
    """The folder of a section's stories, called as its page: with the folders before, or alone."""
    whole = f"/{page.strip('/').partition('.')[0]}/"
    last = f"/{whole.strip('/').rpartition('/')[2]}/"
    counted = Counter(one for one in (whole, last) for link in links if one in _path(link.url))
    if last.strip("/").isdigit() or not counted or whole == "//":
        return ""
    return whole if counted[whole] >= _LEAST else last


def _rate(offer: SourceOffer, known: Sequence[Link], good_at: datetime | None) -> RatedOffer:
    listed = {urls.key(link.url): link for link in offer.links[:_LISTED]}
    wealth = _wealth(offer, tuple(listed.values()))
    is_ours = offer.is_own or bool(offer.part)
    if not known:
        return RatedOffer(offer, 0, _BY_NAME * is_ours, _BY_NAME * wealth)
    keys = {urls.key(link.url) for link in known}
    agreed = len(keys.intersection(listed))
    unknown = [link for key, link in _judged(offer, listed, keys) if key not in keys]
    others = sum(not _is_since(link, good_at) for link in unknown)
    recent = [urls.key(link.url) for link in known[:_RECENT]]
    confidence = _agreement(
        share=agreed / max(agreed + others, 1),
        found=sum(map(listed.__contains__, recent)) / max(min(len(recent), agreed + others), 1),
    )
    wanted = min(len(recent), _RECENT)
    enough = (1 + min(len(listed) / wanted, 1)) / 2
    return RatedOffer(offer, agreed, confidence, confidence * wealth * enough)


def _judged(offer: SourceOffer, listed: dict[str, Link], keys: set[str]) -> list[tuple[str, Link]]:
    """What of a source is judged: of a part up to its last known story, others are older."""
    items = list(listed.items())
    if not offer.part:
        return items
    places = [place for place, (key, _) in enumerate(items) if key in keys]
    return items[: max(places, default=-1) + 1]


def _agreement(*, share: float, found: float) -> float:
    """F1 of how much of a source is known and of what it has of that; 0 of others' stories."""
    return 2 * share * found / (share + found) if share >= _OURS and found else 0.0


def _is_since(link: Link, good_at: datetime | None) -> bool:
    """Whether a link is new since the section was last read."""
    return bool(good_at and link.published and link.published >= good_at)


def _wealth(offer: SourceOffer, links: tuple[Link, ...]) -> float:
    """What whole texts, dates, pictures, titles and requests make of a source."""
    count = max(len(links), 1)
    dated = sum(link.published is not None for link in links) / count
    pictured = sum(link.image is not None for link in links) / count
    untitled = sum(not link.title for link in links) / count
    worth = 1 + _DATES * dated + _PICTURES * pictured - _TITLES * untitled
    whole = _WHOLE if offer.kind == "wordpress" else 0.0
    return worth + whole - _REQUEST * (offer.requests - 1)
