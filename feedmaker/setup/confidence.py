"""Why a listing's links may be wrong, and selectors that could find a list or a story instead."""

from __future__ import annotations

import math
from dataclasses import dataclass
from statistics import fmean
from typing import TYPE_CHECKING, Final

from feedmaker import listing
from feedmaker.html import parsing
from feedmaker.html.element_selectors import element_selector
from feedmaker.text.sayings import Saying

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from selectolax.lexbor import LexborNode

    from feedmaker.listing import Anchor
    from feedmaker.model import ListingDoubt

ENOUGH_LINKS: Final = 3  # story links that a section has at least
_DOUBTS: Final = {
    "narrow": "{count} of the {found} links are only just taken for stories",
    "outside": "about {count} stories may be among the links beside the {found} taken",
    "alike": "{count} of the {found} links have the title of another",
    "undated": "none of the {found} links shows a date, and {count} others of the page do",
}
_LEAST_LINKS: Final = 4  # of a list
_LEAST_WORDS: Final = 3  # of its titles, on average
_MOST_WORDS: Final = 15  # of a title that count
_MOST_LINKS: Final = 30  # of a list that count
_OVERLAP: Final = 0.5  # of a list's links that a better one has too
_SHOWN_TITLES: Final = 3  # of a list, by which a person tells it from others
_BOXES: Final = "article, main, section, div, td"
_MOST_BOXES: Final = 3000
_LEAST_TEXT: Final = 200  # characters of a story
_LINKED: Final = 0.5  # of a story's text that may stand in links
_MOST_BOX_LINKS: Final = 200
_LETTERS_OF_WORD: Final = 6  # with the space after it, about


@dataclass(frozen=True, slots=True)
class SelectorProposal:
    """A selector that may be meant, and the evidence for it."""

    selector: str
    why: str


@dataclass(frozen=True, slots=True)
class SelectedList:
    """What one selector names: the keys and titles of its links in page order.

    `words` is the mean number of words of a title.
    """

    selector: str
    keys: tuple[str, ...]
    titles: tuple[str, ...]
    words: float

    @property
    def score(self) -> float:
        """How likely it is a list of stories: by the words of its titles and by its length."""
        links = min(len(self.keys), _MOST_LINKS)
        return self.words * math.sqrt(links)

    def overlaps(self, other: SelectedList) -> bool:
        """Whether another list has half of the links, or more."""
        common = set(self.keys).intersection(other.keys)
        return len(common) >= _OVERLAP * len(self.keys)


def describe_doubts(doubts: Iterable[ListingDoubt], found: int) -> str:
    """Return in words why the `found` links of a listing may be wrong; '' where no doubt is."""
    if not found:
        return Saying("no story link was found")
    if found == 1:
        return Saying("only 1 story link was found")
    if found < ENOUGH_LINKS:
        return Saying("only {found} story links were found", found=found)
    for doubt in doubts:
        if doubt.code in _DOUBTS:
            return Saying(_DOUBTS[doubt.code], count=doubt.count, found=found)
    return ""


def propose_selectors(page: listing.PageLinks, *, most: int = 3) -> list[SelectorProposal]:
    """Return selectors of the page's likeliest lists, with the number and words of their links."""
    found = []
    for one in likely_lists(page)[:most]:
        shown = one.titles[:_SHOWN_TITLES]
        sample = "; ".join(f"«{title[:60]}»" for title in shown)
        why = f"{len(one.keys)} links of {one.words:.0f} words on average: {sample}"
        found.append(SelectorProposal(one.selector, why))
    return found


def likely_lists(page: listing.PageLinks) -> list[SelectedList]:
    """Return the page's likeliest lists of stories, best first.

    Each is named by the shortest selector, and no two share half of their links.
    """
    anchors = [anchor for anchor in page.anchors if _may_be_listed(anchor)]
    shortest: dict[frozenset[str], SelectedList] = {}
    for one in _selected_lists(page, listing.common_selectors(anchors)):
        known = shortest.setdefault(frozenset(one.keys), one)
        if len(one.selector) < len(known.selector):
            shortest[frozenset(one.keys)] = one
    chosen: list[SelectedList] = []
    for one in sorted(shortest.values(), key=_negative_score):
        if not any(one.overlaps(other) for other in chosen):
            chosen.append(one)
    return chosen


def _negative_score(found: SelectedList) -> float:
    return -found.score


def _may_be_listed(anchor: Anchor) -> bool:
    """Whether a link may be of a list of stories: it has words, and is in no menu or the like."""
    if anchor.zones or listing.count_words(anchor.text) < _LEAST_WORDS:
        return False
    return listing.shape(anchor.url) > -2


def _selected_lists(page: listing.PageLinks, selectors: Sequence[str]) -> Iterator[SelectedList]:
    candidates = listing.candidates_by_key(page)
    for selector in selectors:
        keys = listing.selected_keys(page, selector, candidates)
        if len(keys) < _LEAST_LINKS:
            continue
        titles = tuple(candidates[key].title for key in keys)
        words = fmean(map(_count_title_words, titles))
        if words >= _LEAST_WORDS:
            yield SelectedList(selector, keys, titles, words)


def _count_title_words(title: str) -> int:
    return min(listing.count_words(title), _MOST_WORDS)


def propose_body_rule(pages: Sequence[str]) -> SelectorProposal | None:
    """Return a selector for the story of article pages on which none was found.

    It names the box that has most text of its own on all of them. `pages` are their texts. None
    where they have no such box in common.
    """
    if not pages:
        return None
    common = _text_boxes(pages[0])
    for text in pages[1:]:
        common = _smaller_sizes(common, _text_boxes(text))
    if not common:
        return None
    selector = max(common, key=common.__getitem__)
    words = common[selector] // _LETTERS_OF_WORD
    return SelectorProposal(
        selector=selector,
        why=f"it holds about {words} words of running text or more on each of {len(pages)} pages",
    )


def _smaller_sizes(sizes: dict[str, int], others: dict[str, int]) -> dict[str, int]:
    """Return the boxes that two pages have, with the smaller of their sizes."""
    common = {}
    for selector, size in sizes.items():
        if selector in others:
            common[selector] = min(size, others[selector])
    return common


def _text_boxes(html: str) -> dict[str, int]:
    """Return the boxes of a page that may hold its story: selector -> characters of own text."""
    found: dict[str, int] = {}
    tree = parsing.parse(html)
    for node in tree.css(_BOXES)[:_MOST_BOXES]:
        selector = element_selector(node)
        size = own_text(node) if selector else 0
        if size > _LEAST_TEXT and _linked_text(node) < _LINKED * size:
            known = found.get(selector, 0)
            found[selector] = max(known, size)
    return found


def own_text(node: LexborNode) -> int:
    """Return the characters of the paragraphs directly in an element."""
    size = 0
    for child in node.iter():
        if _is_paragraph(child):
            size += len(listing.squeeze(child.text()))
    return size


def _linked_text(node: LexborNode) -> int:
    links = node.css("a")[:_MOST_BOX_LINKS]
    return sum(len(link.text()) for link in links)


def _is_paragraph(node: LexborNode) -> bool:
    if node.tag == "div":
        return node.css_first("div") is None
    return node.tag == "p"
