"""The main menu of a home page, and what its links lead to.

It is the list of links that looks most like one: by how many of its links may lead to sections,
where it stands, what else the page links to, and what such links are usually called.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from operator import attrgetter, itemgetter
from typing import TYPE_CHECKING, Final

from feedmaker.setup.link_lists import find_menus
from feedmaker.setup.section_labels import (
    is_headline,
    is_known_section,
    is_list_url,
    is_service_label,
    is_service_url,
    is_story_url,
    link_text,
    page_key,
)
from feedmaker.text import labels

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from feedmaker.listing import Anchor, PageLinks
    from feedmaker.setup.link_lists import Menu

_ENOUGH: Final = 10  # sections of a list, of which more say no more
_HEADINGS: Final = ("h1", "h2", "h3", "h4", "h5", "h6")
_MENU_ZONES: Final = frozenset({"navigation", "header"})
# Parts of a page that hold no main menu.
_OTHER_ZONES: Final = frozenset(
    {"most-read", "related", "comments", "tags", "advert", "social", "popup"}
)
# What a list gains as the main menu, and what it loses; chosen on the 31 home pages whose sections
# are known, by hand.
_WEIGHTS: Final = {
    "sections": 2.0,
    "share": 2.0,
    "navigation": 1.0,
    "header": 0.7,
    "footer": -1.5,
    "sidebar": -0.5,
    "other": -2.0,
    "early": 1.5,
    "repeated": 1.0,
    "used": 1.5,
    "known": 2.0,
    "named": 1.0,
    "headlines": -3.0,
    "stories": -3.0,
    "headings": -2.0,
    "blocks": -2.0,
    "services": -1.5,
    "depth": -1.5,
}
_LEAST_SCORE: Final = 3.5
_NEAR: Final = 1.0  # of two menus that score about the same, the one that stands first is the main
_SMALLER: Final = 0.5  # of the sections of the likeliest that it has at least
_OTHERS: Final = 2.0  # what others score less at most that are taken beside a small one
_ENOUGH_FOR_PARTS: Final = 3  # sections of a menu whose sub-menus are parts of it
_OF_DROPDOWNS: Final = 0.4  # of its sections that are titles of dropdowns without a page
_LONGEST_TITLE: Final = 40  # characters of a dropdown's title
_FEW: Final = 5  # sections of a main menu, of which fewer are not all


@dataclass(frozen=True, slots=True)
class MenuSection:
    """A link of a menu: `usual` says that it is taken unasked, `is_part` that of a sub-menu."""

    anchor: Anchor
    usual: bool
    is_part: bool = False


def menu_sections(page: PageLinks) -> list[MenuSection]:
    """Return the links of the main menu, then those of its sub-menus and of other menus.

    Where the main menu has few sections, those of the next menus are usual too.
    """
    menus = find_menus(page)
    evidence = _Evidence(page, menus)
    found: dict[str, MenuSection] = {}
    main = _main_menus(menus, evidence)
    row = _row_of(main[0], menus, page) if main else []
    for menu in (*row, *main[1:]):
        if menu not in row and sum(one.usual for one in found.values()) >= _FEW:
            break
        for anchor in (*_with_parts(menu, menus), *_further_sections(menu, menus)):
            section = MenuSection(anchor, usual=evidence.is_section(anchor))
            found.setdefault(anchor.key, section)
    for menu in menus:
        if menu.zones().keys() & _MENU_ZONES:
            for anchor in menu.sections:
                part = MenuSection(anchor, usual=False, is_part=bool(menu.parents))
                found.setdefault(anchor.key, part)
    return list(found.values())


def _further_sections(menu: Menu, menus: Iterable[Menu]) -> Iterator[Anchor]:
    """Return the sections that a menu has no room for: they hang in it under «المزيد»."""
    for one in menus:
        if menu.node.mem_id in one.parents and _is_under_more(one):
            yield from one.sections


def _is_under_more(menu: Menu) -> bool:
    """Whether a dropdown hangs under a title that says "more"."""
    item = menu.node.parent
    title = item.css_first("a, button, span") if item is not None else None
    if title is None:
        return False
    return labels.label(title.text()[:_LONGEST_TITLE].strip()) == "read-more"


def _main_menus(menus: Sequence[Menu], evidence: _Evidence) -> list[Menu]:
    """Return the main menu, then others that look like one, the likeliest first."""
    ranked = _rank_menus(menus, evidence)
    if not ranked:
        return []
    best, likeliest = ranked[0]
    least = _SMALLER * len(likeliest.sections)
    near = [menu for score, menu in ranked if score > best - _NEAR and len(menu.sections) >= least]
    first = min(near, key=attrgetter("order"))
    inside = first.node.mem_id if len(first.sections) >= _ENOUGH_FOR_PARTS else 0
    others = [menu for _, menu in ranked if menu is not first and inside not in menu.parents]
    return [first, *others]


def _row_of(first: Menu, menus: Iterable[Menu], page: PageLinks) -> list[Menu]:
    """Return a menu, and where it is a dropdown whose title leads nowhere, those beside it."""
    row = _row_number(first, page)
    if not row:
        return [first]
    return [menu for menu in menus if _row_number(menu, page) == row]


def _row_number(menu: Menu, page: PageLinks) -> int:
    """Return the id of the row that a dropdown hangs in, behind a title without a page; else 0."""
    item = menu.node.parent
    title = item.css_first("a, button") if item is not None else None
    if item is None or title is None or title.mem_id in page.by_id or item.parent is None:
        return 0
    return item.parent.mem_id


def _rank_menus(menus: Sequence[Menu], evidence: _Evidence) -> list[tuple[float, Menu]]:
    """Return the menus that may be the main one with their scores, the highest first."""
    scores = [(evidence.score(menu), menu) for menu in menus]
    scores.sort(key=itemgetter(0), reverse=True)
    best = scores[0][0] if scores else 0.0
    least = max(_LEAST_SCORE, best - _OTHERS)
    return [(score, menu) for score, menu in scores if score >= least]


def _with_parts(menu: Menu, menus: Sequence[Menu]) -> Iterator[Anchor]:
    """Return the sections of a menu.

    Where many of its titles lead to the first link of their dropdown, they are no sections of their
    own, and all links of those dropdowns take their places.
    """
    dropdowns: dict[str, tuple[Anchor, ...]] = {}
    for one in menus:
        is_inside = one.parents[:1] == (menu.node.mem_id,)
        if is_inside and not _is_overview(one.sections[0], one.sections[1:]):
            dropdowns.setdefault(one.sections[0].key, one.sections)
    titles = dropdowns.keys() & {anchor.key for anchor in menu.sections}
    if len(titles) < _OF_DROPDOWNS * len(menu.sections):
        dropdowns.clear()
    for anchor in menu.sections:
        yield from dropdowns.get(anchor.key, (anchor,))


def _is_overview(first: Anchor, others: Sequence[Anchor]) -> bool:
    """Whether the addresses of other links lie below that of the first."""
    folder = page_key(first.key).removesuffix("/index") + "/"
    below = sum(anchor.key.startswith(folder) for anchor in others)
    return 2 * below >= len(others)


class _Evidence:
    """What the rest of a page says of the links of its menus."""

    def __init__(self, page: PageLinks, menus: Sequence[Menu]) -> None:
        self._anchors = page.anchors
        self._links = max(len(page.anchors), 1)
        self._in_menus: Counter[str] = Counter()
        listed: set[int] = set()
        for menu in menus:
            self._in_menus.update(anchor.key for anchor in menu.sections)
            listed.update(anchor.order for anchor in menu.anchors)
        self._outside: set[str] = set()
        self._folders: set[str] = set()
        for anchor in page.anchors:
            if anchor.order not in listed:
                self._outside.add(anchor.key)
            if is_headline(anchor):
                self._folders.update(_folders(anchor.key))

    def is_used(self, anchor: Anchor) -> bool:
        """Whether stories of the page lie below a link's address, or it labels some."""
        return anchor.key in self._outside or page_key(anchor.key) in self._folders

    def is_section(self, anchor: Anchor) -> bool:
        """Whether a link of a main menu leads to stories: by its words, and what uses it."""
        if is_service_label(link_text(anchor)):
            return False
        return not is_service_url(anchor.url) or self.is_used(anchor)

    def score(self, menu: Menu) -> float:
        """Return how much a list looks like the main menu."""
        return sum(_WEIGHTS[name] * value for name, value in self.features(menu).items())

    def features(self, menu: Menu) -> dict[str, float]:
        """Return what is known of a list, each from 0 to 1 but for its depth."""
        sections = menu.sections
        count = len(sections)
        zones = menu.zones()
        links = len(menu.anchors)
        marked = min(1, (zones["navigation"] + zones["header"]) / links)
        others = sum(zones[zone] for zone in _OTHER_ZONES)
        return {
            "sections": min(count, _ENOUGH) / _ENOUGH,
            "share": count / links,
            "navigation": zones["navigation"] / links,
            "header": zones["header"] / links,
            "footer": zones["footer"] / links,
            "sidebar": zones["sidebar"] / links,
            "other": min(others / links, 1),
            "early": 1 - menu.order / self._links,
            "repeated": _share(self._in_menus[anchor.key] > 1 for anchor in sections),
            "used": _share(map(self.is_used, sections)),
            "known": _share(is_known_section(link_text(anchor)) for anchor in sections),
            "named": _share(map(_is_named_list, sections)) * (1 - marked),
            "headlines": _share(map(is_headline, menu.anchors)),
            "stories": _share(is_story_url(anchor.url) for anchor in sections),
            "headings": _share(map(_is_in_heading, sections)),
            "blocks": self._share_of_blocks(menu) * (1 - marked),
            "services": _share(not self.is_section(anchor) for anchor in sections),
            "depth": min(len(menu.parents), 3),
        }

    def _share_of_blocks(self, menu: Menu) -> float:
        """Return the share of the sections of a list that stories stand under, in its items."""
        following = (self._anchors[anchor.order + 1 : anchor.order + 4] for anchor in menu.sections)
        return _share(any(map(is_headline, after)) for after in following)


def _is_named_list(anchor: Anchor) -> bool:
    """Whether an address says that it is a category's or the like."""
    return is_list_url(anchor.url) and not is_service_url(anchor.url)


def _is_in_heading(anchor: Anchor) -> bool:
    parent = anchor.node.parent
    return parent is not None and parent.tag in _HEADINGS


def _share(values: Iterable[bool]) -> float:
    listed = list(values)
    return sum(listed) / max(len(listed), 1)


def _folders(key: str) -> Iterator[str]:
    """Return the keys of the addresses above one: `a.org/x` of `a.org/x/1`."""
    path, _, _ = key.partition("?")
    host, *segments = path.split("/")
    for count in range(1, len(segments)):
        yield "/".join((host, *segments[:count]))
