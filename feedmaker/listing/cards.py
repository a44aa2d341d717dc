"""Find the story links of a listing without a rule: the cards of the page's own lists.

Each link says how much it is one of a story: by its words, by the form of its URL and of the URLs
made after the same pattern, by the card it stands in, by its list, and by the part of the page. All
links to one story count together.

    find          the whole page
    find_under    one block of it, which was asked for by its heading
    find_selected what CSS selectors match
"""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime
from itertools import islice
from operator import attrgetter
from typing import TYPE_CHECKING, Final

from selectolax.lexbor import SelectolaxError

from feedmaker.html import pictures
from feedmaker.listing import furniture, url_shape
from feedmaker.listing.candidates import DOUBT, THRESHOLD, Candidate, weigh
from feedmaker.listing.link_texts import ancestors
from feedmaker.listing.page_lists import LIST, further_urls, judge_lists, repeating_links
from feedmaker.model import Link, TracedBlock
from feedmaker.model.errors import ListingError
from feedmaker.model.reasons import Code, Reason

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from selectolax.lexbor import LexborNode

    from feedmaker.html.class_words import Zone
    from feedmaker.listing.candidates import Drop
    from feedmaker.listing.link_texts import TreePosition
    from feedmaker.listing.page_links import Anchor, KnownLinks, PageLinks

_MOST_PICTURES: Final = 8  # of a card that are looked at
_PATH_LENGTH: Final = 5
_LONGEST_DATE: Final = 100  # characters
_MOST_DATES: Final = 3  # elements of a card
_VISIBLE_DATES: Final = "time, [class*=date], [class*=Date]"
_REASONS: Final[dict[Drop, str]] = {
    "": "one of the page's own stories",
    "url": "its URL is no story's",
    "wordless": "no words stand for it",
    "media": "a video or a gallery that stands in no list of stories",
    "score": "its words and URL are too unlike a story's",
    "list": "most links of its list are no stories",
    "strip": "in a strip that repeats other lists",
    "same story": "the same story under another URL",
    "other section": "in a list without stories that the section is known to have",
}


def find(page: PageLinks, known: KnownLinks | None) -> list[Candidate]:
    """Return the candidates of a whole page in page order: story links, and why others are none."""
    parts = furniture.parts_of_links(page, known)
    free = page.anchors
    menus: frozenset[str] = frozenset()
    if any(parts):
        free = [anchor for anchor in page.anchors if parts[anchor.order] is None]
        menus = furniture.menu_links(page.anchors, parts)
    candidates = weigh(
        page,
        free,
        menus=menus,
        known=known,
    )
    if len(candidates) >= LIST:
        for one, drop in judge_lists(candidates):
            one.drop = drop
        repeating = repeating_links(candidates)
        for one in candidates:
            one.leave_out(repeating)
    if len(candidates) > 1:
        for one in further_urls(candidates):
            one.drop = "same story"
    if len(free) < len(page.anchors):
        candidates += _dropped_links(page.anchors, parts, candidates)
    return sorted(candidates, key=lambda one: one.anchors[0].order)


def _dropped_links(
    anchors: Iterable[Anchor],
    parts: Sequence[Zone | None],
    candidates: Iterable[Candidate],
) -> list[Candidate]:
    """The links that are left out with parts of the page and stand nowhere else on it."""
    found = {one.anchors[0].key for one in candidates}
    left: list[Candidate] = []
    for anchor in anchors:
        if anchor.key in found:
            continue
        found.add(anchor.key)
        part = parts[anchor.order]
        one = Candidate.of_part(anchor, part)
        left.append(one)
    return left


def find_under(
    page: PageLinks,
    block: Iterable[Anchor],
    known: KnownLinks | None,
) -> list[Candidate]:
    """Return the candidates of one block that was asked for by name.

    The parts of the page make no difference to them.
    """
    inside = {anchor.order for anchor in block}
    found: list[Candidate] = []
    for one in weigh(page, page.anchors, known=known):
        here = [anchor for anchor in one.anchors if anchor.order in inside]
        if not here:
            continue
        one.anchors = here
        is_near = one.score >= THRESHOLD - DOUBT
        may_be_story = url_shape.shape(one.url) > url_shape.NEVER
        if one.title and is_near and may_be_story:
            one.drop = ""
        found.append(one)
    for one in further_urls(found):
        one.drop = "same story"
    return sorted(found, key=lambda one: one.anchors[0].order)


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
    chosen: set[int] = set()
    for node in matched:
        links = page.links_of(node)
        inside = [anchor for anchor in links if anchor.order in allowed]
        if inside:
            weighed = weigh(page, inside)
            best = max(weighed, key=attrgetter("score"))
            chosen.update(anchor.order for anchor in best.anchors)
    anchors = [page.anchors[order] for order in sorted(chosen)]
    found = weigh(page, anchors)
    for one in found:
        one.drop = ""
    return found


# ---- what a candidate becomes


def make_link(
    page: PageLinks,
    one: Candidate,
    timezone: str = "UTC",
    now: datetime | None = None,
) -> Link:
    """The link of a candidate, with the date and the picture that its card shows.

    A date counts where it names its zone. With `now` all others count as well, in `timezone`.
    """
    place = one.card or one.anchors[0].place
    box = place.node
    published: datetime | None = None
    for node in box.css("time[datetime]")[:_MOST_DATES]:
        text = node.attributes.get("datetime") or ""
        with suppress(ValueError):
            stated = datetime.fromisoformat(text.strip())
            if published is None and stated.tzinfo is not None:
                published = stated
    if published is None and now is not None:
        published = _visible_date(box, timezone, now)
    shown = box.css("img")[:_MOST_PICTURES]
    images = (pictures.source(node, page.base, prefer_srcset=True) for node in shown)
    return Link(
        url=one.url,
        title=one.title,
        published=published,
        image=next(filter(None, images), None),
    )


def _visible_date(
    box: LexborNode,
    timezone: str,
    now: datetime,
) -> datetime | None:
    """The date that a card shows, in `timezone` where it names no zone."""
    from feedmaker.text.dates import parse_date  # 34 ms, which runs of `build` do without

    texts: list[str] = []
    for node in box.css(_VISIBLE_DATES)[:_MOST_DATES]:
        stated = node.attributes.get("datetime") or ""
        visible = node.text()
        texts += [stated, visible[:_LONGEST_DATE]]
    for text in filter(str.strip, texts):
        date = parse_date(
            text,
            timezone=timezone,
            now=now,
        )
        if date:
            return date
    return None


def traced_block(one: Candidate) -> TracedBlock:
    """What `explain` shows of a candidate.

    Features that say nothing are left out.
    """
    first = one.anchors[0]
    title = one.title or first.text
    reason = _REASONS.get(one.drop, "")
    if one.drop == "part":
        reason = f"in the page's {one.part}"
    features: dict[str, float] = {}
    for name, value in one.features.items():
        if value:
            features[name] = round(value, 2)
    return TracedBlock(
        path=_path(first.place),
        text=f"{title} <{one.url}>",
        kept=not one.drop,
        score=round(one.score, 2),
        reason=reason,
        features=features,
    )


def _path(place: TreePosition) -> str:
    """Where an element stands, as a selector of its last few ancestors."""
    parts: list[str] = []
    for at in islice(ancestors(place), _PATH_LENGTH):
        tag = at.node.tag or ""
        if tag in ("body", "html"):
            break
        classes = at.node.attributes.get("class") or ""
        names = [tag, *classes.split()[:2]]
        parts.append(".".join(names))
    return " > ".join(reversed(parts))
