"""Whether what was found by itself on a listing or an article may be wrong, and which selectors
would say otherwise.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from statistics import fmean
from typing import TYPE_CHECKING, Final

from feedmaker import listing
from feedmaker.html import parsing

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from feedmaker.model import ListingDoubt

_FEW: Final = 3
_MOST_LINKED: Final = 0.5
_LEAST_LINKS: Final = 4  # of a list
_LEAST_WORDS: Final = 3  # of its titles, on average
_MOST_WORDS: Final = 15  # of a title that count
_MOST_LINKS: Final = 30  # of a list that count
_OVERLAP: Final = 0.5  # of a list's links that a better one has too


@dataclass(frozen=True, slots=True)
class SelectedList:
    """What one selector names: the keys and titles of its links in page order, and words a title."""

    selector: str
    keys: tuple[str, ...]
    titles: tuple[str, ...]
    words: float

    @property
    def score(self) -> float:
        """How likely it is a list of stories: by the words of its titles and by its length."""
        return self.words * math.sqrt(min(len(self.keys), _MOST_LINKS))


def doubt(doubts: Sequence[ListingDoubt], found: int) -> str:
    """Why the `found` links of a listing may be wrong, in words; '' where nothing speaks so."""
    if not found:
        return "no story link was found"
    if found < _FEW:
        return f"only {found} story link{'s were' if found > 1 else ' was'} found"
    narrow = next((one.count for one in doubts if one.code == "narrow"), 0)
    return f"{narrow} of the {found} links are near to being taken for none" if narrow else ""


def proposals(page: listing.PageLinks, *, most: int = 3) -> list[tuple[str, str]]:
    """Selectors of the page's likeliest lists, each with the evidence.

    That is how many links they have, and how long their words are.
    """
    found = []
    for one in likely_lists(page)[:most]:
        sample = "; ".join(f"«{title[:60]}»" for title in one.titles[:2])
        found.append(
            (one.selector, f"{len(one.keys)} links of {one.words:.0f} words on average: {sample}")
        )
    return found


def likely_lists(page: listing.PageLinks) -> list[SelectedList]:
    """The page's likeliest lists of stories, best first.

    Each is named by one selector, and no two have the same links.
    """
    anchors = [
        anchor
        for anchor in page.anchors
        if listing.count_words(anchor.text) >= _LEAST_WORDS
        and listing.shape(anchor.url) > -2
        and not anchor.zones
    ]
    shortest: dict[frozenset[str], SelectedList] = {}
    for one in _selected_lists(page, listing.common_selectors(anchors)):
        known = shortest.setdefault(frozenset(one.keys), one)
        if len(one.selector) < len(known.selector):
            shortest[frozenset(one.keys)] = one
    chosen: list[SelectedList] = []
    for one in sorted(shortest.values(), key=lambda found: -found.score):
        most = _OVERLAP * len(one.keys)
        if all(len(set(one.keys).intersection(other.keys)) < most for other in chosen):
            chosen.append(one)
    return chosen


def _selected_lists(page: listing.PageLinks, selectors: Sequence[str]) -> Iterator[SelectedList]:
    candidates = listing.candidates_by_key(page)
    for name in selectors:
        keys = listing.selected_keys(page, name, candidates)
        titles = tuple(candidates[key].title for key in keys)
        words = [min(listing.count_words(title), _MOST_WORDS) for title in titles]
        if len(keys) >= _LEAST_LINKS and fmean(words) >= _LEAST_WORDS:
            yield SelectedList(name, keys, titles, fmean(words))


def article_rule(pages: Sequence[str]) -> tuple[str, str] | None:
    """A selector for the story of article pages none was found on: the box with most text of its
    own in all of them.

    Returns it with the evidence; None where the pages have no such box in common.
    """
    best: dict[str, list[int]] = {}
    for text in pages:
        tree = parsing.parse(text)
        seen: dict[str, int] = {}
        for node in tree.css("article, main, section, div, td")[:3000]:
            step = listing.element_selector(node)
            own = sum(
                len(listing.squeeze(p.text()))
                for p in node.iter()
                if p.tag in ("p", "br") or (p.tag == "div" and not p.css_first("div"))
            )
            if step and own > 200:
                linked = sum(len(a.text()) for a in node.css("a")[:200])
                if linked < _MOST_LINKED * own:
                    seen[step] = max(seen.get(step, 0), own)
        for step, size in seen.items():
            best.setdefault(step, []).append(size)
    common = {step: sizes for step, sizes in best.items() if len(sizes) == len(pages)}
    if not common:
        return None
    step = max(common, key=lambda s: min(common[s]))
    words = min(common[step]) // 6
    return (
        step,
        f"it holds some {words} words of running text or more on each of {len(pages)} pages",
    )
