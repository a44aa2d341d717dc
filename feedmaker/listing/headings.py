"""The headings of a page, and the labels of its short links."""

from __future__ import annotations

from difflib import get_close_matches
from itertools import islice
from operator import attrgetter
from typing import TYPE_CHECKING, Final

from feedmaker.html.blocks import HEADINGS
from feedmaker.listing.cards import LONGEST_LABEL, short_text
from feedmaker.listing.page_links import is_story
from feedmaker.model.errors import ListingError
from feedmaker.model.reasons import Code, Reason
from feedmaker.text import arabic, urls
from feedmaker.text.word_counts import count_words

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from selectolax.lexbor import LexborNode

    from feedmaker.listing.page_links import Anchor, PageLinks

TAGS: Final = tuple(sorted(HEADINGS))  # the highest first
REAL_HEADINGS: Final = ", ".join(TAGS)
HEADING_SELECTOR: Final = (
    f"{REAL_HEADINGS}, [class*=itle], [class*=head], b, strong"
    ", [role=heading], [role=tab], a[href^='#']"
)
_NAMED_SELECTOR: Final = f"{REAL_HEADINGS}, [class*=title], [class*=head]"
# Elements that hold no heading.
OUTSIDE: Final = frozenset(
    {
        "body",
        "html",
        "head",
        "title",
        "script",
        "style",
        "-undef",
    }
)
_MENUS: Final = frozenset({"navigation", "footer", "header"})
LABEL_WORDS: Final = 5
_MOST_HEADINGS: Final = 1000
_MOST_HITS: Final = 200
_LABELS: Final = 8  # in an error message
_ALIKE: Final = 0.5  # labels that are near to one that is looked for
_MORE_WORDS: Final = 3  # behind a heading's text: «اخر الاخبار (20)»
_HEADLINE_WORDS: Final = 3  # of a link, that make it a headline rather than a label
_LONGEST_TEXT: Final = 4 * LONGEST_LABEL  # characters of a text that may hold a heading
_LINK_LEVELS: Final = 3
_IS_TEXT: Final = attrgetter("is_text_node")


def heading_texts(page: PageLinks) -> list[str]:
    """The texts of the page's headings that are no headlines of stories.

    Each stands once, in the order of the page.
    """
    found: dict[str, str] = {}
    for node in page.tree.css(_NAMED_SELECTOR)[:_MOST_HEADINGS]:
        text = short_text(node)
        words = count_words(text)
        is_short = 0 < words <= LABEL_WORDS
        if is_short and not holds_story(page, node):
            found[arabic.fold(text)] = text
    return list(found.values())


def labelled_url(page: PageLinks, label: str) -> str:
    """The URL that a navigation label leads to.

    Raises ListingError, which names the nearest labels, where there is none.
    """
    texts: dict[str, str] = {}
    addresses: dict[str, str] = {}
    for anchor in sorted(page.anchors, key=_menu_rank):
        text = anchor.text or next(filter(None, anchor.extra), "")
        if 0 < len(text) <= LONGEST_LABEL:
            folded = arabic.fold(text)
            texts.setdefault(folded, text)
            addresses.setdefault(folded, anchor.url)
    wanted = arabic.fold(label)
    if wanted in addresses:
        return addresses[wanted]
    near = get_close_matches(
        wanted,
        texts,
        n=_LABELS,
        cutoff=_ALIKE,
    )
    named = near or list(texts)[:_LABELS]
    nearest = quoted_list([texts[folded] for folded in named])
    raise ListingError(
        page.url,
        Reason.of(
            Code.NO_SUCH_LABEL,
            label=label,
            nearest=nearest,
        ),
    )


def _menu_rank(anchor: Anchor) -> int:
    """0 for a link of a navigation, 1 for one of another menu, 2 for all others."""
    zones = {zone for zone, _ in anchor.zones}
    if "navigation" in zones:
        return 0
    if zones.isdisjoint(_MENUS):
        return 2
    return 1


def short_links(page: PageLinks) -> list[tuple[str, str]]:
    """The labels and URLs of the page's own links that are no headlines, those of menus first."""
    found: dict[str, Anchor] = {}
    for anchor in page.anchors:
        words = count_words(anchor.text)
        is_label = 0 < words <= LABEL_WORDS
        is_short = len(anchor.text) <= LONGEST_LABEL
        is_own = urls.same_site(anchor.url, page.url)
        if is_label and is_short and is_own:
            found.setdefault(anchor.key, anchor)
    in_menus: list[tuple[str, str]] = []
    others: list[tuple[str, str]] = []
    for anchor in found.values():
        zones = {zone for zone, _ in anchor.zones}
        links = in_menus if "navigation" in zones else others
        links.append((anchor.text, anchor.url))
    return in_menus + others


def quoted_list(texts: Sequence[str]) -> str:
    """Headings or labels for an error message.

    "none" where there are none, and no more than a line takes.
    """
    quoted = [f"«{text}»" for text in texts[: _LABELS * 2]]
    return ", ".join(quoted) or "none"


def holds_story(page: PageLinks, node: LexborNode) -> bool:
    """Whether an element stands in a link, or holds a link to a story with words of a headline."""
    if in_link(page, node):
        return True
    for anchor in page.within(node):
        has_words = count_words(anchor.text) >= _HEADLINE_WORDS
        if has_words and is_story(anchor):
            return True
    return False


def in_link(page: PageLinks, node: LexborNode) -> bool:
    """Whether an element stands in a link."""
    around = islice(nodes_above(node), _LINK_LEVELS)
    return any(one.mem_id in page.by_id for one in around)


def nodes_above(node: LexborNode) -> Iterator[LexborNode]:
    """The elements around an element, from the inside out."""
    at = node.parent
    while at is not None and at.tag != "-undef":
        yield at
        at = at.parent


# ---- which element is the heading


def headings_with_text(page: PageLinks, target: str) -> list[LexborNode]:
    """The outermost elements whose whole text is `target`, real headings first, menus last.

    Where there are none, those whose text begins with it and goes on for a few words. Texts are
    compared as `arabic.fold` has them.
    """
    if not target:
        return []
    texts = _folded_texts(page)
    hits = _nodes_with(texts, lambda text: text == target)
    if not hits:
        parts = [(node, text) for node, text in texts if text]
        hits = _nodes_with(parts, target.startswith)
    found = _outermost_of(hits, target, more=0)
    if not found:
        beginning = target + " "
        begun = _nodes_with(texts, lambda text: text.startswith(beginning))
        found = _outermost_of(begun or hits, target, more=_MORE_WORDS)
    return sorted(found, key=lambda node: _heading_rank(page, node))


def _nodes_with(
    texts: Sequence[tuple[LexborNode, str]],
    test: Callable[[str], bool],
) -> list[LexborNode]:
    """The texts of a page that pass a test, by their nodes."""
    return [node for node, text in texts if test(text)]


def _folded_texts(page: PageLinks) -> list[tuple[LexborNode, str]]:
    """The texts of a page, each with its node."""
    root = page.tree.root
    if root is None:
        return []
    found: list[tuple[LexborNode, str]] = []
    nodes = root.traverse(include_text=True)
    for node in filter(_IS_TEXT, nodes):
        text = node.text()[:_LONGEST_TEXT]
        folded = arabic.fold(text)
        found.append((node, folded))
    return found


def _outermost_of(
    hits: Sequence[LexborNode],
    target: str,
    more: int,
) -> list[LexborNode]:
    """The elements of the first texts that are hits, each once."""
    found: dict[int, LexborNode] = {}
    for hit in hits[:_MOST_HITS]:
        node = _outermost(hit, target, more)
        if node is not None:
            found[node.mem_id] = node
    return list(found.values())


def _outermost(
    text_node: LexborNode,
    target: str,
    more: int,
) -> LexborNode | None:
    """The largest element around a text that holds `target` and at most `more` further words.

    None where the text is part of another one.
    """
    best: LexborNode | None = None
    most = len(target.split()) + more
    for at in nodes_above(text_node):
        if at.tag in OUTSIDE:
            break
        text = at.text()[:_LONGEST_TEXT]
        whole = arabic.fold(text)
        is_longer = whole.startswith(target + " ")
        goes_on = is_longer and len(whole.split()) <= most
        if whole == target or (more and goes_on):
            best = at
        elif not target.startswith(whole):
            break
    return best


def _heading_rank(page: PageLinks, node: LexborNode) -> int:
    """0 for a real heading, more for what is less of one."""
    place = page.place(node)
    zones = {zone for zone, _ in place.zones}
    if not zones.isdisjoint(_MENUS):
        return 3
    if node.tag in TAGS:
        return 0
    if node.css_first(REAL_HEADINGS) is not None:
        return 0
    if node.tag != "a":
        return 1
    return 2
