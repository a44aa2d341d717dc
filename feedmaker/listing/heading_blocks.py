"""The block of links that stands under a heading, or in the pane of a tab."""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING, Final

from feedmaker.listing.cards import LONGEST_LABEL, label_kind
from feedmaker.listing.headings import (
    LABEL_WORDS,
    OUTSIDE,
    REAL_HEADINGS,
    TAGS,
    headings_with_text,
    holds_story,
    nodes_above,
)
from feedmaker.listing.page_links import is_story
from feedmaker.text import arabic
from feedmaker.text.word_counts import count_words

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from selectolax.lexbor import LexborNode

    from feedmaker.listing.page_links import Anchor, PageLinks

NEAR: Final = 5  # a list further off is another's; its own may be filled by a script
_DEEP: Final = 40
_TRIED: Final = 10  # headings with one text
# Attributes of a tab that name its pane by its id.
_TARGETS: Final = (
    "href",
    "data-target",
    "data-bs-target",
    "aria-controls",
    "data-tab",
)
_ID: Final = re.compile(r'[^"\\\n]+')
_MOST_INNER: Final = 3  # elements of a tab that may name its pane
_PANE_LEVELS: Final = 4
_ROWS: Final = 3  # a row of tabs and those around it, which the panes may follow
_MOST_PANES: Final = 4  # elements after the tabs that may hold the panes
_STATES: Final = frozenset(
    {
        "active",
        "current",
        "selected",
        "first",
        "last",
        "open",
        "show",
        "in",
    }
)


def block_under(page: PageLinks, heading: str) -> list[Anchor]:
    """The story-like links under the heading with this text, in page order, or [].

    Texts are compared as `arabic.fold` has them. The block ends where the next heading of the same
    kind begins.
    """
    target = arabic.fold(heading)
    found = headings_with_text(page, target)
    for node in found[:_TRIED]:
        block = block_of(page, node)
        if block:
            return block
    return []


def block_of(
    page: PageLinks,
    heading: LexborNode,
    *,
    deep: int = _DEEP,
) -> list[Anchor]:
    """The links in the block that an element is the heading or the tab of.

    The block is at most `deep` levels above the heading.
    """
    pane = _pane_by_id(page, heading)
    if pane is not None:
        return page.within(pane)
    end = page.before(heading) + len(page.within(heading))
    for around in islice(nodes_above(heading), deep):
        start = end
        end = max(start, page.before(around) + len(page.within(around)))
        if any(map(is_story, page.anchors[start:end])):
            return _block_within(page, around, heading)
    return []


def _block_within(
    page: PageLinks,
    around: LexborNode,
    heading: LexborNode,
) -> list[Anchor]:
    """The links under a heading in an element that holds stories after it, or in a tab's pane."""
    block = _until_next(page, around, heading)
    if any(map(is_story, block)):
        return block
    return _pane_by_place(page, heading)


# ---- up to the next heading


def _tag_selector(node: LexborNode) -> str:
    """Return a selector of an element's tag; of one that no selector can name, `<h2"x>`, of all."""
    return node.tag if node.tag and node.tag.isalnum() else "*"


def _until_next(
    page: PageLinks,
    block: LexborNode,
    heading: LexborNode,
) -> list[Anchor]:
    """The links of `block` from its heading to the next heading of the same kind."""
    tag = _tag_selector(heading)
    kind = _heading_kind(heading)
    levels = _levels_to(heading)
    selector = ", ".join(dict.fromkeys(("a[href]", "area[href]", tag, *levels)))
    found: list[Anchor] = []
    for node in _select_after(heading, block, selector):
        is_of_kind = node.tag == heading.tag and _heading_kind(node) == kind
        if is_of_kind and not holds_story(page, node):
            label = label_kind(node.text()[:LONGEST_LABEL])
            if label == "read-more":
                continue  # «المزيد» beside the heading
            break
        if node.tag in levels and _is_label(page, node):
            break
        anchor = page.by_id.get(node.mem_id)
        if anchor is not None:
            found.append(anchor)
    return found


def _select_after(heading: LexborNode, block: LexborNode, selector: str) -> Iterator[LexborNode]:
    """Yield what matches a selector in `block` after a heading, in page order.

    What stands before the heading is not looked at: a page may have thousands of them.
    """
    inner: LexborNode | None = heading
    while inner is not None and inner.mem_id != block.mem_id:
        after = inner.next
        while after is not None:
            yield from after.css(selector)
            after = after.next
        inner = inner.parent


def _is_label(page: PageLinks, node: LexborNode) -> bool:
    """Whether a heading is that of a block, in few words, and not a story's."""
    words = count_words(node.text()[:LONGEST_LABEL])
    return words <= LABEL_WORDS and not holds_story(page, node)


def _levels_to(heading: LexborNode) -> tuple[str, ...]:
    """The tags of headings that rank as high as a heading, or higher."""
    inner: LexborNode | None = heading
    if heading.tag not in TAGS:
        inner = heading.css_first(REAL_HEADINGS)
    if inner is None:
        return ()
    level = TAGS.index(inner.tag or "h6")
    return TAGS[: level + 1]


def _heading_kind(node: LexborNode) -> list[tuple[str | None, frozenset[str]]]:
    """What headings of one kind have in common: their tag and classes, and their parent's."""
    kind: list[tuple[str | None, frozenset[str]]] = []
    for one in (node, node.parent):
        if one is not None:
            classes = (one.attributes.get("class") or "").split()
            kind.append((one.tag, frozenset(classes) - _STATES))
    return kind


# ---- the panes of tabs


def _pane_by_id(page: PageLinks, heading: LexborNode) -> LexborNode | None:
    """The pane that a tab names by its id."""
    inner = heading.css("a, button, [data-target]")[:_MOST_INNER]
    for node in (heading, *inner):
        for attribute in _TARGETS:
            name = (node.attributes.get(attribute) or "").strip()
            if attribute == "href" and not name.startswith("#"):
                continue
            pane = _pane_with_id(page, name.lstrip("#"))
            if pane is not None:
                return pane
    return None


def _pane_with_id(page: PageLinks, name: str) -> LexborNode | None:
    """The element with this id, if it holds links."""
    if not _ID.fullmatch(name):
        return None
    pane = page.tree.css_first(f'[id="{name}"]')
    if pane is None or not page.within(pane):
        return None
    return pane


def _pane_by_place(page: PageLinks, heading: LexborNode) -> list[Anchor]:
    """The links of a tab's pane: the one in the tab's place among as many panes after the tabs."""
    at = heading
    for _ in range(_PANE_LEVELS):
        around = at.parent
        if around is None:
            break
        siblings = around.iter()
        tabs = [node.mem_id for node in siblings if node.tag == at.tag]
        if len(tabs) > 1:
            for panes in _panes_after(around):
                if len(panes) == len(tabs):
                    place = tabs.index(at.mem_id)
                    return page.within(panes[place])
        at = around
    return []


def _panes_after(node: LexborNode) -> Iterator[Sequence[LexborNode]]:
    """What may be the panes of some tabs.

    The element children of what follows the tabs, and of what follows their parents; or their own
    further siblings.
    """
    for at in islice((node, *nodes_above(node)), _ROWS):
        if at.tag in OUTSIDE:
            return
        after: list[LexborNode] = []
        sibling = at.next
        while sibling is not None:
            if sibling.is_element_node:
                after.append(sibling)
            sibling = sibling.next
        for one in after[:_MOST_PANES]:
            children = one.iter()
            yield [child for child in children if child.css_first("a[href]") is not None]
        yield after
