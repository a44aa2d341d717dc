"""CSS selectors of a page's lists: which there are, and which links each of them names."""

from __future__ import annotations

import re
from collections import Counter
from itertools import islice
from typing import TYPE_CHECKING, Final

from selectolax.lexbor import SelectolaxError

from feedmaker.listing.candidates import weigh
from feedmaker.model.errors import ListingError
from feedmaker.model.reasons import Code, Reason

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from selectolax.lexbor import LexborNode

    from feedmaker.listing.link_scores import Candidate
    from feedmaker.listing.page_links import Anchor, PageLinks

_HIGH: Final = 7  # elements above a link that its card may be
_WIDE: Final = 6  # elements above those that may be named to tell its list from others
_NAME: Final = re.compile(r"[A-Za-z_][A-Za-z0-9_-]*")
# Names that change from story to story, or by script.
_PASSING: Final = re.compile(
    r"[-_]\d{4,}|^(?:active|current|selected|first|last|odd|even|open|show|lazy\w*|loaded|new"
    r"|hidden|swiper-slide-\w+|slick-\w+|post-[^\W\d]*\d\w*|category-.+|tag-.+|wow|animated|clearfix"
    r"|rtl|ltr)$"
)
_TRIED: Final = 300
_MOST_BOXES: Final = 500
_MOST_IN_BOX: Final = 60


def candidates_by_key(page: PageLinks) -> dict[str, Candidate]:
    """All links of a page, weighed as they stand, by their keys."""
    found: dict[str, Candidate] = {}
    for one in weigh(page, by_parts=False):
        key = one.anchors[0].key
        found[key] = one
    return found


def find_selected(
    page: PageLinks,
    selectors: Sequence[str],
    block: Iterable[Anchor],
) -> list[Candidate]:
    """Return the candidates that CSS selectors name among some links of a page.

    A selector matches links, what stands in a link, or boxes from each of which the likeliest link
    is taken. Raises ListingError for what is no selector.
    """
    joined = ", ".join(selectors)
    try:
        matched = page.tree.css(joined)
    except SelectolaxError:
        reason = Reason.of(Code.NOT_A_SELECTOR, selectors=joined)
        raise ListingError(page.url, reason) from None
    allowed = {anchor.order for anchor in block}
    by_key = candidates_by_key(page)
    chosen: dict[str, set[int]] = {}
    for node in matched:
        inside = [anchor for anchor in page.links_of(node) if anchor.order in allowed]
        if inside:
            best = max(inside, key=lambda anchor: by_key[anchor.key].score)
            same = [anchor.order for anchor in inside if anchor.key == best.key]
            chosen.setdefault(best.key, set()).update(same)
    found: list[Candidate] = []
    for key, orders in chosen.items():
        one = by_key[key]
        one.anchors = [page.anchors[order] for order in sorted(orders)]
        one.place = one.anchors[0]
        one.drop = ""
        found.append(one)
    return sorted(found, key=lambda one: one.place.order)


def selected_keys(
    page: PageLinks,
    selector: str,
    candidates: Mapping[str, Candidate],
) -> tuple[str, ...]:
    """The keys of the links that a selector names, in page order, each once.

    Of each box its likeliest link is taken, as `find_selected` does.
    """
    try:
        nodes = page.tree.css(selector)
    except SelectolaxError:
        return ()
    keys: dict[str, None] = {}
    for node in nodes[:_MOST_BOXES]:
        links = page.links_of(node)[:_MOST_IN_BOX]
        if links:
            best = max(
                links,
                key=lambda link: candidates[link.key].score,
            )
            keys[best.key] = None
    return tuple(keys)


def common_selectors(anchors: Iterable[Anchor]) -> list[str]:
    """The selectors that some links can be named by, those that name most of them first."""
    found: Counter[str] = Counter()
    for anchor in anchors:
        found.update(dict.fromkeys(_selectors_of(anchor), 1))
    return [name for name, _ in found.most_common(_TRIED)]


def element_selector(node: LexborNode) -> str:
    """An element by its own id or lasting classes, as a selector; '' of one that has none."""
    name = node.attributes.get("id") or ""
    if _NAME.fullmatch(name) and not _PASSING.search(name):
        return f"#{name}"
    classes = _lasting_classes(node)
    if not classes:
        return ""
    joined = ".".join(classes[:2])
    return f"{node.tag}.{joined}"


def _lasting_classes(node: LexborNode) -> list[str]:
    """The classes of an element that do not change from story to story, or by script."""
    classes = node.attributes.get("class") or ""
    names = filter(_NAME.fullmatch, classes.split())
    return [name for name in names if not _PASSING.search(name)]


def _selectors_of(anchor: Anchor) -> Iterator[str]:
    """The selectors that a link, or a box around it, can be named by; those of itself first."""
    for box in islice(_boxes(anchor.node), _HIGH):
        classes = _lasting_classes(box)
        own = [f"{box.tag}.{name}" for name in classes[:3]]
        if len(classes) > 1:
            joined = ".".join(classes[:2])
            own.append(f"{box.tag}.{joined}")
        yield from own
        yield from _selectors_from_above(box, own)


def _selectors_from_above(box: LexborNode, own: list[str]) -> Iterator[str]:
    """The selectors of a box that name elements around it as well.

    `own` are the selectors that name the box by itself.
    """
    path = own[0] if own else box.tag or ""
    named = False
    for around in islice(_boxes(box.parent), _WIDE):
        name = element_selector(around)
        if name:
            if not named:
                yield f"{name} > {path}"
                path = path.rpartition(" > ")[2]
            yield f"{name} {path}"
            named = True
        elif not named:
            path = f"{around.tag} > {path}"
    if not (own or named) and " > " in path:
        yield path


def _boxes(node: LexborNode | None) -> Iterator[LexborNode]:
    """An element and those around it, within the body."""
    while node is not None and node.tag not in ("body", "html", "-undef"):
        yield node
        node = node.parent
