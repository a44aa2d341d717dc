"""CSS selectors of a page's lists: which there are, and which links each of them names."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final

from selectolax.lexbor import SelectolaxError

from feedmaker.html.element_selectors import selectors_of
from feedmaker.listing.candidates import weigh
from feedmaker.model.errors import ListingError
from feedmaker.model.reasons import Code, Reason

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from feedmaker.listing.link_scores import Candidate
    from feedmaker.listing.page_links import Anchor, PageLinks

_TRIED: Final = 300
_MOST_BOXES: Final = 500
_MOST_IN_BOX: Final = 60


def candidates_by_key(page: PageLinks) -> dict[str, Candidate]:
    """All links of a page, weighed as they stand, by their keys."""
    return {one.place.key: one for one in weigh(page, by_parts=False)}


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
        found.update(dict.fromkeys(selectors_of(anchor.node), 1))
    return [name for name, _ in found.most_common(_TRIED)]
