"""The lists of links of a page, by its structure alone.

A list is an element that repeats one kind of child with links in them, whatever it is called.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from operator import attrgetter
from typing import TYPE_CHECKING, Final

from feedmaker.setup.section_labels import may_be_section

if TYPE_CHECKING:
    from collections.abc import Iterable

    from selectolax.lexbor import LexborNode

    from feedmaker.listing import Anchor, PageLinks

_LEVELS: Final = 8  # elements from a link up to its list
_LEAST: Final = 3  # items of a list
_WHOLE_PAGE: Final = frozenset({"body", "html", "-undef"})


@dataclass(frozen=True, slots=True)
class Menu:
    """A list of links: its element, the first link of each item, and those that may be sections.

    `parents` are the ids of the lists that it is nested in, the nearest first.
    """

    node: LexborNode
    anchors: tuple[Anchor, ...]
    sections: tuple[Anchor, ...]
    parents: tuple[int, ...] = ()

    @property
    def order(self) -> int:
        """The place of its first link on the page."""
        return self.anchors[0].order

    def zones(self) -> Counter[str]:
        """Return how many of its links stand in each part of the page."""
        found: Counter[str] = Counter()
        for anchor in self.anchors:
            found.update({zone for zone, _ in anchor.zones})
        return found


def find_menus(page: PageLinks) -> list[Menu]:
    """Return the page's lists of which three items or more may lead to sections.

    The first link of an item stands for it; the others are parts of it, or its stories.
    """
    lists = _LinkLists(page)
    firsts: dict[int, dict[int, Anchor]] = {}
    places: dict[int, list[_ListPlace]] = {}
    for anchor in page.anchors:
        around = lists.around(anchor.node)
        if around:
            number = around[0].node.mem_id
            firsts.setdefault(number, {}).setdefault(around[0].item, anchor)
            places.setdefault(number, around)
    sections: dict[int, tuple[Anchor, ...]] = {}
    for number, items in firsts.items():
        likely = _likely_sections(items.values(), page.url)
        if len(likely) >= _LEAST:
            sections[number] = likely
    found = []
    for number, likely in sections.items():
        nearest, *outer = places[number]
        parents = [one.node.mem_id for one in outer if one.node.mem_id in sections]
        menu = Menu(nearest.node, tuple(firsts[number].values()), likely, tuple(parents))
        found.append(menu)
    return sorted(found, key=attrgetter("order"))


def _likely_sections(anchors: Iterable[Anchor], home: str) -> tuple[Anchor, ...]:
    """Return the links that may lead to a section, one for each address."""
    found: dict[str, Anchor] = {}
    for anchor in anchors:
        if may_be_section(anchor, home):
            found.setdefault(anchor.key, anchor)
    return tuple(found.values())


@dataclass(frozen=True, slots=True)
class _ListPlace:
    """A list around a link, and the id of the item that holds the link."""

    node: LexborNode
    item: int


class _LinkLists:
    """Which elements of a page are lists of links: three children of one tag hold some."""

    def __init__(self, page: PageLinks) -> None:
        self._page = page
        self._counts: dict[tuple[int, str], int] = {}

    def around(self, node: LexborNode) -> list[_ListPlace]:
        """Return the lists around a link, the nearest first."""
        found = []
        at = node
        for _ in range(_LEVELS):
            parent = at.parent
            if parent is None or parent.tag in _WHOLE_PAGE:
                break
            if self._count_items(parent, at.tag or "") >= _LEAST:
                found.append(_ListPlace(parent, at.mem_id))
            at = parent
        return found

    def _count_items(self, node: LexborNode, tag: str) -> int:
        """Return how many children of an element with this tag are links or hold some."""
        key = (node.mem_id, tag)
        if key not in self._counts:
            children = (child for child in node.iter() if child.tag == tag)
            self._counts[key] = sum(map(self._holds_link, children))
        return self._counts[key]

    def _holds_link(self, node: LexborNode) -> bool:
        return node.mem_id in self._page.by_id or node.css_first("a[href]") is not None
