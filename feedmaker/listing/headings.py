"""The block of links under a heading, and the link behind a navigation label."""

from __future__ import annotations

import re
from difflib import get_close_matches
from itertools import dropwhile, islice
from operator import attrgetter
from typing import TYPE_CHECKING, Final

from feedmaker.listing.page_links import LONGEST_LABEL, count_words, is_story, short_text
from feedmaker.model.errors import ListingError
from feedmaker.model.reasons import Code, Reason
from feedmaker.text import arabic, urls
from feedmaker.text import labels as text_labels

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from selectolax.lexbor import LexborNode

    from feedmaker.listing.page_links import Anchor, PageLinks

_TAGS: Final = ("h1", "h2", "h3", "h4", "h5", "h6")
_REAL_HEADINGS: Final = ", ".join(_TAGS)
HEADING_SELECTOR: Final = (
    f"{_REAL_HEADINGS}, [class*=title], [class*=Title], [class*=head], legend, caption, th, dt, b"
    ", strong, [role=heading], [role=tab], a[href^='#']"
)
_NAMED_SELECTOR: Final = f"{_REAL_HEADINGS}, [class*=title], [class*=head]"
_OUTSIDE: Final = frozenset({"body", "html", "head", "title", "script", "style", "-undef"})
_MENUS: Final = frozenset({"navigation", "footer", "header"})
# Attributes of a tab that name its pane by its id.
_TARGETS: Final = ("href", "data-target", "data-bs-target", "aria-controls", "data-tab")
_MOST_HEADINGS: Final = 1000
_MOST_HITS: Final = 200
_DEEP: Final = 40
_TRIED: Final = 10
NEAR: Final = 5  # a list further off is another's; its own may be filled by a script
_LABELS: Final = 8  # in an error message
_LABEL_WORDS: Final = 5
_MORE_WORDS: Final = 3  # behind a heading's text: «اخر الاخبار (20)»
_HEADLINE_WORDS: Final = 3  # of a link, that make it a headline rather than a label
_PANE_LEVELS: Final = 4
_LINK_LEVELS: Final = 3
_IS_TEXT: Final = attrgetter("is_text_node")
_ID: Final = re.compile(r'[^"\\\n]+')
_STATES: Final = frozenset({"active", "current", "selected", "first", "last", "open", "show", "in"})


def block_under(page: PageLinks, heading: str) -> list[Anchor]:
    """The story-like links under the heading with this text, in page order, or [].

    Texts are compared as `arabic.fold` has them. The block ends where the next heading of the same
    kind begins.
    """
    for node in _headings_with_text(page, arabic.fold(heading))[:_TRIED]:
        if block := block_of(page, node):
            return block
    return []


def block_of(page: PageLinks, heading: LexborNode, *, deep: int = _DEEP) -> list[Anchor]:
    """The links in the block that an element is the heading or the tab of.

    The block is at most `deep` levels above the heading.
    """
    pane = _pane_by_id(page, heading)
    if pane is not None:
        return page.within(pane)
    own = {anchor.order for anchor in page.within(heading)}
    start = _links_before(page, heading)
    for around in islice(_above(heading), deep):
        after = [one for one in page.within(around) if one.order >= start and one.order not in own]
        if any(map(is_story, after)):
            block = _until_next(page, around, heading)
            return block if any(map(is_story, block)) else _pane_by_place(page, heading)
    return []


def heading_texts(page: PageLinks) -> list[str]:
    """The texts of the page's headings that are no headlines of stories."""
    found: dict[str, str] = {}
    for node in page.tree.css(_NAMED_SELECTOR)[:_MOST_HEADINGS]:
        text = short_text(node)
        if 0 < count_words(text) <= _LABEL_WORDS and not holds_story(page, node):
            found[arabic.fold(text)] = text
    return list(found.values())


def labelled_url(page: PageLinks, label: str) -> str:
    """The URL that a navigation label leads to.

    Raises ListingError, which names the nearest labels, where there is none.
    """
    labelled: dict[str, tuple[str, Anchor]] = {}
    for anchor in sorted(page.anchors, key=_menu_rank):
        text = anchor.text or next(filter(None, anchor.extra), "")
        if 0 < len(text) <= LONGEST_LABEL:
            labelled.setdefault(arabic.fold(text), (text, anchor))
    folded = arabic.fold(label)
    if folded in labelled:
        _, anchor = labelled[folded]
        return anchor.url
    near = get_close_matches(folded, labelled, n=_LABELS, cutoff=0.5) or list(labelled)[:_LABELS]
    texts = [text for text, _ in map(labelled.__getitem__, near)]
    reason = Reason.of(Code.NO_SUCH_LABEL, label=label, nearest=quoted_list(texts))
    raise ListingError(page.url, reason)


def _menu_rank(anchor: Anchor) -> int:
    zones = {zone for zone, _ in anchor.zones}
    if "navigation" in zones:
        return 0
    return 2 if zones.isdisjoint(_MENUS) else 1


def short_links(page: PageLinks) -> list[tuple[str, str]]:
    """The labels and URLs of the page's own links that are no headlines, those of menus first."""
    found: dict[str, Anchor] = {}
    for anchor in page.anchors:
        is_label = 0 < count_words(anchor.text) <= _LABEL_WORDS
        is_short = len(anchor.text) <= LONGEST_LABEL
        if is_label and is_short and urls.same_site(anchor.url, page.url):
            found.setdefault(anchor.key, anchor)
    ordered = sorted(found.values(), key=lambda anchor: "navigation" not in dict(anchor.zones))
    return [(anchor.text, anchor.url) for anchor in ordered]


def quoted_list(texts: Sequence[str]) -> str:
    """Headings or labels for an error message."""
    return ", ".join(f"«{text}»" for text in texts[: _LABELS * 2]) or "none"


def holds_story(page: PageLinks, node: LexborNode) -> bool:
    """Whether an element stands in a link, or holds a link to a story with words of a headline."""
    if in_link(page, node):
        return True
    return any(
        is_story(anchor) and count_words(anchor.text) >= _HEADLINE_WORDS
        for anchor in page.within(node)
    )


def in_link(page: PageLinks, node: LexborNode) -> bool:
    """Whether an element stands in a link."""
    return any(one.mem_id in page.by_id for one in islice(_above(node), _LINK_LEVELS))


def _above(node: LexborNode) -> Iterator[LexborNode]:
    """The elements around an element, from the inside out."""
    at = node.parent
    while at is not None and at.tag != "-undef":
        yield at
        at = at.parent


# ---- which element is the heading


def _headings_with_text(page: PageLinks, target: str) -> list[LexborNode]:
    """The outermost elements whose whole text is `target`, real headings first, menus last.

    Where there are none, those whose text begins with it and goes on for a few words.
    """
    if not target:
        return []
    texts = _folded_texts(page)
    hits = _nodes_with(texts, lambda text: text == target)
    if not hits:
        hits = _nodes_with(texts, lambda text: text != "" and target.startswith(text))
    found = _outermost_of(hits, target, more=0)
    if not found:
        begun = _nodes_with(texts, lambda text: text.startswith(target + " "))
        found = _outermost_of(begun or hits, target, more=_MORE_WORDS)
    return sorted(found, key=lambda node: _heading_rank(page, node))


def _nodes_with(
    texts: Sequence[tuple[LexborNode, str]], test: Callable[[str], bool]
) -> list[LexborNode]:
    return [node for node, text in texts if test(text)]


def _folded_texts(page: PageLinks) -> list[tuple[LexborNode, str]]:
    root = page.tree.root
    nodes = root.traverse(include_text=True) if root is not None else ()
    texts = filter(_IS_TEXT, nodes)
    return [(node, arabic.fold(node.text()[: LONGEST_LABEL * 4])) for node in texts]


def _outermost_of(hits: Sequence[LexborNode], target: str, more: int) -> list[LexborNode]:
    """The elements of the first texts that are hits, each once."""
    found = (_outermost(hit, target, more) for hit in hits[:_MOST_HITS])
    return list({node.mem_id: node for node in found if node is not None}.values())


def _outermost(text_node: LexborNode, target: str, more: int) -> LexborNode | None:
    """The largest element around a text that holds `target` and at most `more` further words."""
    best: LexborNode | None = None
    most = len(target.split()) + more
    for at in _above(text_node):
        if at.tag in _OUTSIDE:
            break
        whole = arabic.fold(at.text()[: LONGEST_LABEL * 4])
        goes_on = whole.startswith(target + " ") and len(whole.split()) <= most
        if whole == target or (more and goes_on):
            best = at
        elif not target.startswith(whole):
            break
    return best


def _heading_rank(page: PageLinks, node: LexborNode) -> int:
    """0 for a real heading, more for what is less of one."""
    zones = {zone for zone, _ in page.place(node).zones}
    if not zones.isdisjoint(_MENUS):
        return 3
    if node.tag in _TAGS or node.css_first(_REAL_HEADINGS) is not None:
        return 0
    return 1 if node.tag != "a" else 2


# ---- where its block is


def _links_before(page: PageLinks, node: LexborNode) -> int:
    """How many links stand before an element."""
    before = 0
    root = page.tree.root
    assert root is not None
    for one in root.traverse():
        if one.mem_id == node.mem_id:
            break
        before += one.mem_id in page.by_id
    return before


def _pane_by_id(page: PageLinks, heading: LexborNode) -> LexborNode | None:
    """The pane that a tab names by its id."""
    for node in (heading, *heading.css("a, button, [data-target]")[:3]):
        for attribute in _TARGETS:
            name = (node.attributes.get(attribute) or "").strip()
            if attribute == "href" and not name.startswith("#"):
                continue
            name = name.lstrip("#")
            pane = page.tree.css_first(f'[id="{name}"]') if _ID.fullmatch(name) else None
            if pane is not None and page.within(pane):
                return pane
    return None


def _until_next(page: PageLinks, block: LexborNode, heading: LexborNode) -> list[Anchor]:
    """The links of `block` from its heading to the next heading of the same kind."""
    tag, kind = heading.tag or "*", _heading_kind(heading)
    levels = _levels_to(heading)
    selector = ", ".join(dict.fromkeys(("a[href]", "area[href]", tag, *levels)))
    within = {heading.mem_id, *(node.mem_id for node in heading.css("*"))}
    found: list[Anchor] = []
    for node in dropwhile(lambda one: one.mem_id not in within, block.css(selector)):
        if node.mem_id in within:
            continue
        if _heading_kind(node) == kind and not holds_story(page, node):
            if text_labels.label(node.text()[:LONGEST_LABEL]) == "read-more":
                continue  # «المزيد» beside the heading
            break
        if node.tag in levels and _is_label(page, node):
            break
        found += _links_at(page, node)
    return found


def _links_at(page: PageLinks, node: LexborNode) -> tuple[Anchor, ...]:
    anchor = page.by_id.get(node.mem_id)
    return (anchor,) if anchor is not None else ()


def _is_label(page: PageLinks, node: LexborNode) -> bool:
    """Whether a heading is that of a block, in few words, and not a story's."""
    is_short = count_words(node.text()[:LONGEST_LABEL]) <= _LABEL_WORDS
    return is_short and not holds_story(page, node)


def _levels_to(heading: LexborNode) -> tuple[str, ...]:
    """The tags of headings that rank as high as a heading, or higher."""
    inner = heading if heading.tag in _TAGS else heading.css_first(_REAL_HEADINGS)
    if inner is None:
        return ()
    return _TAGS[: _TAGS.index(inner.tag or "h6") + 1]


def _heading_kind(node: LexborNode) -> tuple[object, ...]:
    """What headings of one kind have in common: their tag and classes, and their parent's."""
    return tuple(
        (one.tag, frozenset((one.attributes.get("class") or "").split()) - _STATES)
        for one in (node, node.parent)
        if one is not None
    )


def _pane_by_place(page: PageLinks, heading: LexborNode) -> list[Anchor]:
    """The links of a tab's pane: the one in the tab's place among as many panes after the tabs."""
    at = heading
    for _ in range(_PANE_LEVELS):
        around = at.parent
        if around is None:
            break
        tabs = [node.mem_id for node in around.iter() if node.tag == at.tag]
        if len(tabs) > 1:
            place = tabs.index(at.mem_id)
            panes = next((found for found in _panes_after(around) if len(found) == len(tabs)), None)
            if panes is not None:
                return page.within(panes[place])
        at = around
    return []


def _panes_after(node: LexborNode) -> Iterator[Sequence[LexborNode]]:
    """What may be the panes of some tabs.

    The element children of what follows the tabs, and of what follows their parents; or their own
    further siblings.
    """
    for at in islice((node, *_above(node)), 3):
        if at.tag in _OUTSIDE:
            return
        after: list[LexborNode] = []
        sibling = at.next
        while sibling is not None:
            if sibling.is_element_node:
                after.append(sibling)
            sibling = sibling.next
        for one in after[:4]:
            yield [child for child in one.iter() if child.css_first("a[href]") is not None]
        yield after
