"""The parts of a page that hold no list of its own: menus, footers, tickers, lists of others.

Names and headings say which they are. A name is not believed where most of the page's headlines
stand in the part and next to none outside: there it is the whole page's.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING, Final

from feedmaker.listing import heading_blocks, headings
from feedmaker.listing.link_texts import TITLE_RANK, count_words, short_text
from feedmaker.text import labels

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from feedmaker.html.class_words import Zone
    from feedmaker.listing.page_links import Anchor, KnownLinks, PageLinks

    Part = tuple[Zone, int]  # with the id of its element
    Parts = Sequence[Sequence[Part]]  # of each link, by its order

_FURNITURE: Final = frozenset(
    {
        "navigation",
        "footer",
        "social",
        "comments",
        "advert",
        "tags",
        "popup",
    }
)
_MOST_OF_PAGE: Final = 0.5
_OUTSIDE: Final = 0.1
_MAIN_SHARE: Final = 0.3
_MOST_OF_FURNITURE: Final = 0.8
_WITHOUT_HEADLINES: Final = frozenset({"social", "tags", "popup", "advert"})
# What cards call parts of their own too: each has a "header", a "footer", a "social" bar.
_OF_CARDS: Final = frozenset(
    {
        "header",
        "footer",
        "navigation",
        "sidebar",
        "social",
        "tags",
        "popup",
        "advert",
    }
)
_MANY_CARDS: Final = 4
_DOUBTED: Final = frozenset({"sidebar", "header", "ticker"})
_MENUS: Final = frozenset({"navigation", "footer", "header"})
_MENU_WORDS: Final = range(1, 5)
_FEW_HEADLINES: Final = 2  # in a part that may be a card's
_LISTS_OF_OTHERS: Final = frozenset({"most-read", "related"})
_LIST: Final = 3  # links that make a list
_MOST_HEADINGS: Final = 5000
_MOST_LABELLED: Final = 32


def parts_of_links(
    page: PageLinks,
    known: KnownLinks | None,
) -> list[Zone | None]:
    """The part of the page that each link is left out with; None of those in the main part."""
    labelled = _labelled_parts(page)
    parts: list[Sequence[Part]] = [
        (*anchor.zones, *labelled.get(anchor.order, ())) for anchor in page.anchors
    ]
    for order in _beside_main(page, parts):
        parts[order] = (*parts[order], ("sidebar", 0))
    if not any(parts):
        return [None] * len(parts)
    misnamed = _misnamed_parts(page.anchors, parts)
    if known:
        misnamed |= _parts_with_known(page.anchors, parts, known)
    return [_dropping_part(of_link, misnamed) for of_link in parts]


def menu_links(
    anchors: Iterable[Anchor],
    parts: Sequence[Zone | None],
) -> frozenset[str]:
    """The keys of the links that stand in a menu and name something in few words."""
    found: set[str] = set()
    for anchor in anchors:
        in_menu = parts[anchor.order] in _MENUS
        if not in_menu or anchor.rank > TITLE_RANK:
            continue
        if count_words(anchor.text) in _MENU_WORDS:
            found.add(anchor.key)
    return frozenset(found)


def _beside_main(page: PageLinks, parts: Parts) -> list[int]:
    """The links beside the page's `main` element, where that holds a list (HTML Standard).

    They are given by their order.
    """
    main = page.tree.css("main, [role=main]")
    if len(main) != 1:
        return []
    free = [anchor for anchor in page.anchors if not parts[anchor.order]]
    headlines = {anchor.key for anchor in free if anchor.is_headline}
    if len(headlines) < _LIST:
        return []
    inside = page.within(main[0])
    in_main = headlines.intersection(anchor.key for anchor in inside)
    if len(in_main) < max(_LIST, len(headlines) * _MAIN_SHARE):
        return []
    beside = set(range(len(page.anchors)))
    beside.difference_update(anchor.order for anchor in inside)
    return sorted(beside)


def _misnamed_parts(anchors: Sequence[Anchor], parts: Parts) -> set[Part]:
    """The parts of a page that are none.

    Hardly a headline stands outside of such a one, or one each in many of a kind.
    """
    keys = {anchor.key for anchor in anchors if anchor.is_headline}
    of_headlines = [anchor for anchor in anchors if anchor.key in keys]
    headlines = [(anchor.key, parts[anchor.order]) for anchor in of_headlines]
    counts, depths = _count_headlines(headlines)
    small = _count_small_parts(counts)
    ordered = sorted(
        counts,
        key=lambda part: (depths[part], -counts[part]),
    )
    misnamed: set[Part] = set()
    outside = 0  # headlines in no part that is believed, as each level of parts begins
    levels = 0
    for part in ordered:
        if levels <= depths[part]:
            levels += 1
            outside = _count_outside(headlines, misnamed)
        zone, _ = part
        count = counts[part]
        if _is_of_card(zone, count, small[zone]):
            misnamed.add(part)
        elif _holds_page(
            zone,
            count,
            of=len(keys),
            outside=outside,
        ):
            misnamed.add(part)
            outside = _count_outside(headlines, misnamed)
    return misnamed


def _count_headlines(
    headlines: Iterable[tuple[str, Sequence[Part]]],
) -> tuple[dict[Part, int], dict[Part, int]]:
    """The number of headlines in each part of the page, and the number of parts around it."""
    inside: dict[Part, set[str]] = defaultdict(set)
    depths: dict[Part, int] = {}
    for key, of_link in headlines:
        for depth, part in enumerate(of_link):
            inside[part].add(key)
            depths[part] = depth
    counts = {part: len(keys) for part, keys in inside.items()}
    return counts, depths


def _count_small_parts(counts: Mapping[Part, int]) -> Counter[Zone]:
    """The number of parts of each kind that have few headlines."""
    small: Counter[Zone] = Counter()
    for (zone, _), count in counts.items():
        if count <= _FEW_HEADLINES:
            small[zone] += 1
    return small


def _count_outside(
    headlines: Iterable[tuple[str, Sequence[Part]]],
    misnamed: set[Part],
) -> int:
    """The number of the headlines that stand in no part that is believed."""
    outside = {key for key, of_link in headlines if misnamed.issuperset(of_link)}
    return len(outside)


def _is_of_card(
    zone: Zone,
    count: int,
    small: int,
) -> bool:
    """Whether a part with so many headlines is a card's, where there are `small` ones of a kind."""
    if count > _FEW_HEADLINES:
        return zone in _WITHOUT_HEADLINES
    return zone in _OF_CARDS and small >= _MANY_CARDS


def _holds_page(
    zone: Zone,
    count: int,
    *,
    of: int,
    outside: int,
) -> bool:
    """Whether a part has most of a page's headlines, and next to none are in no part."""
    share = _MOST_OF_PAGE
    if zone in _FURNITURE:
        share = _MOST_OF_FURNITURE
    if count <= of * share:
        return False
    return outside < max(_LIST, count * _OUTSIDE)


def _parts_with_known(
    anchors: Iterable[Anchor],
    parts: Parts,
    known: KnownLinks,
) -> set[Part]:
    """The doubtful parts that known stories stand in, where none stands in the open."""
    found: set[Part] = set()
    for anchor in anchors:
        if not known.story(anchor):
            continue
        of_link = parts[anchor.order]
        if not of_link:
            return set()
        for zone, element in of_link:
            if zone in _DOUBTED:
                found.add((zone, element))
    return found


def _dropping_part(
    of_link: Sequence[Part],
    misnamed: set[Part],
) -> Zone | None:
    """The part that a link is dropped with: a list of others, else the outermost."""
    zones = [zone for zone, element in of_link if (zone, element) not in misnamed]
    if not zones:
        return None
    others = filter(_LISTS_OF_OTHERS.__contains__, zones)
    return next(others, zones[0])


def _labelled_parts(page: PageLinks) -> dict[int, list[Part]]:
    """The links in blocks whose heading says "related" or "most read", by their order."""
    found: dict[int, list[Part]] = defaultdict(list)
    blocks = 0
    nodes = page.tree.css(headings.HEADING_SELECTOR)
    for node in nodes[:_MOST_HEADINGS]:
        text = short_text(node)
        kind = labels.label(text) if text else None
        zone: Zone
        if kind == "most-read":
            zone = "most-read"
        elif kind == "related" and not page.within(node):
            # A heading that leads to a page of its own («في الأخبار أيضا») is a section's.
            zone = "related"
        else:
            continue
        block = heading_blocks.block_of(page, node, deep=heading_blocks.NEAR)
        for anchor in block:
            found[anchor.order].append((zone, node.mem_id))
        blocks += 1
        if blocks >= _MOST_LABELLED:
            break
    return found
