"""Finding a section's list again after a redesign: the links that agree best with the stories it is
known to have had.

What could be meant is tried: what is found by itself, what stands under each heading, and what the
selectors of the known stories' own boxes name. The agreement of each is its F1: the share of its
links that are known, and of the known on the page that it has. Stories that are new count little
against a list, and links that are no stories much.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal

from feedmaker.listing import cards, headings, selectors
from feedmaker.model import HealedRule
from feedmaker.text import urls

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from feedmaker.listing.anchors import Tree, TreePosition
    from feedmaker.listing.candidates import Candidate, KnownLinks

BY_ITSELF: Final = "page"
SURE = 0.6  # the agreement from which on a list is taken for the section's
DEVIATING = 0.8  # and from which on it is so against selectors that still name something
LEAST = 3  # known stories on the page
_RECENT = 20  # stories that a listing holds, as the section had them last
_STILL_THERE = 0.25  # of those
_NEW = 0.2  # what a story that is not known counts against a list, of 1
_SHARE = 0.25  # of known stories in a list that is the section's
_FOREIGN = "in a list without stories that the section is known to have"
_BETTER = 0.02
_UNION = 4
_ITEM = re.compile(r'"(?:url|@id)"\s*:\s*"(http[^"\\]+)"')


@dataclass(frozen=True, slots=True)
class _Try:
    """One list that could be meant: what would be asked for to have it, and its links."""

    kind: Literal["selectors", "heading", "page"]
    name: str
    keys: frozenset[str]
    score: float


@dataclass(frozen=True, slots=True)
class Cure:
    """A list that was found again, and what is to be told of it."""

    heal: HealedRule
    candidates: list[Candidate]


def heal(
    tree: Tree,
    known: KnownLinks,
    what: Literal["heading", "links"],
    before: str,
    *,
    least: float = SURE,
) -> tuple[Cure | None, str]:
    """The section's list on a page where `before`, its selectors or its heading, does not name it
    any more.

    None where no list agrees well enough with the stories that are known; the text says how well
    the best does.
    """
    best, agreed, by_itself = _best(tree, known, with_headings=what == "heading")
    if best is None or best.score < least:
        told = f"{agreed} of the section's last {len(known.recent)} stories are among the best list's links"
        return (
            None,
            f"{told}, an agreement of {best.score if best else 0:.2f} where {least} is needed",
        )
    found = by_itself if best.kind == BY_ITSELF else apply(tree, best.kind, best.name, known)
    return Cure(
        HealedRule(
            what=what,
            before=before,
            kind=best.kind,
            name=best.name,
            agreed=agreed,
            confidence=round(best.score, 2),
        ),
        found,
    ), ""


def agreement(tree: Tree, known: KnownLinks) -> tuple[float, int]:
    """The agreement of a page's best list with the known stories, and how many of them it has."""
    best, agreed, _ = _best(tree, known, with_headings=False)
    return (best.score if best else 0.0), agreed


def strayed(tree: Tree, found: Sequence[Candidate], known: KnownLinks) -> bool:
    """Whether links are none of the section's though stories of it stand elsewhere on the page."""
    if len(known.recent) < LEAST + 2 or any(known.has(a) for one in found for a in one.anchors):
        return False
    return sum(known.has(a) for a in tree.anchors) >= LEAST + 2


def apply(tree: Tree, kind: str, name: str, known: KnownLinks) -> list[Candidate]:
    """The candidates that a healed rule names."""
    if kind == "selectors":
        return cards.within(tree, [name], tree.anchors)
    if kind == "heading":
        return cards.under(tree, headings.block_under(tree, name), known)
    return _by_itself(tree, known)


def _by_itself(tree: Tree, known: KnownLinks) -> list[Candidate]:
    """What is found by itself, but for the page's lists that hold next to no story of the section."""
    found = cards.find(tree, known)
    stories = [one for one in found if not one.reason]
    mine = {one.url for one in stories if any(known.has(a, one.title) for a in one.anchors)}
    around: dict[int, list[Candidate]] = defaultdict(list)
    for one in stories:
        for place in _above(one):
            around[place.node.mem_id].append(one)
    for one in stories:
        circle = next((c for p in _above(one) if len(c := around[p.node.mem_id]) >= LEAST), [one])
        if one.url not in mine and sum(other.url in mine for other in circle) < _SHARE * len(
            circle
        ):
            one.reason = _FOREIGN
    return found


def _above(one: Candidate) -> Iterator[TreePosition]:
    """The elements around a candidate's card, from the one that holds it among others."""
    place = one.card.above if one.card is not None else one.anchors[0].place.above
    while place is not None:
        yield place
        place = place.above


def _best(
    tree: Tree, known: KnownLinks, *, with_headings: bool
) -> tuple[_Try | None, int, list[Candidate]]:
    reader = selectors.SelectorReader(tree)
    on_page = frozenset(a.key for a in tree.anchors if known.has(a, reader.candidates[a.key].title))
    here = known.count(on_page)
    if here < LEAST or len(known.recent & known.met) < _STILL_THERE * min(
        _RECENT, len(known.recent)
    ):
        return None, here, []
    by_itself = _by_itself(tree, known)
    stories = frozenset(
        a.key for one in by_itself if one.reason in ("", _FOREIGN) for a in one.anchors
    ) | _listed(tree)

    def score(keys: frozenset[str]) -> float:
        had = len(keys & on_page)
        if not had:
            return 0.0
        new = len((keys & stories) - on_page)
        precision = had / (had + _NEW * new + len(keys - stories - on_page))
        recall = known.count(keys) / here
        return 2 * precision * recall / (precision + recall)

    accepted = frozenset(one.anchors[0].key for one in by_itself if not one.reason)
    best = _Try(BY_ITSELF, "", accepted, score(accepted))
    tries = [
        *(_headed(tree, score) if with_headings else ()),
        _selected(tree, reader, on_page, score),
    ]
    for one in tries:
        # One selector that names all known stories is a list; a set of them may be made to fit.
        whole = one.kind == "selectors" and ", " not in one.name and known.count(one.keys) == here
        if one.score > best.score + (-_BETTER if whole else _BETTER):
            best = one
    return best, known.count(best.keys), by_itself


def _headed(tree: Tree, score: Callable[[frozenset[str]], float]) -> Iterator[_Try]:
    """The blocks of the page by their headings."""
    for name in headings.headings(tree)[:60]:
        keys = frozenset(a.key for a in headings.block_under(tree, name) if headings.is_story(a))
        yield _Try("heading", name, keys, score(keys))


def _selected(
    tree: Tree,
    reader: selectors.SelectorReader,
    on_page: frozenset[str],
    score: Callable[[frozenset[str]], float],
) -> _Try:
    """The selectors that name the known stories best, as few as do it."""
    names = reader.all([a for a in tree.anchors if a.key in on_page])
    rated = sorted(
        (
            (round(score(keys), 2), -len(name), name, keys)
            for name in names
            if (keys := frozenset(reader.keys(name)))
        ),
        key=lambda rate: rate[:2],
        reverse=True,
    )
    chosen: list[str] = []
    have: frozenset[str] = frozenset()
    reached = 0.0
    for _ in range(_UNION):
        gains = [(score(have | keys), length, name, keys) for _, length, name, keys in rated[:120]]
        gained = max(gains, key=lambda gain: (round(gain[0], 2), gain[1]), default=None)
        if gained is None or gained[0] < reached + _BETTER:
            break
        reached, chosen, have = gained[0], [*chosen, gained[2]], have | gained[3]
    return _Try("selectors", ", ".join(chosen), have, reached)


def _listed(tree: Tree) -> frozenset[str]:
    """The keys of pages that the page's own JSON-LD lists (schema.org ItemList)."""
    found = set()
    for node in tree.tree.css("script[type='application/ld+json']")[:20]:
        text = (node.text() or "").replace("\\/", "/")
        if "itemListElement" in text:
            found |= {
                urls.key(url) for match in _ITEM.findall(text) if (url := urls.canonical(match))
            }
    return frozenset(found)
