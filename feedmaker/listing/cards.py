"""Find the story links of a listing without a rule: the cards of the page's own lists.

Each link says how much it is one of a story: by its words, by the form of its URL and of the URLs
made after the same pattern, by the card it stands in, by its list, and by the part of the page. All
links to one story count together.

    find          the whole page
    find_under    one block of it, which was asked for by its heading
    find_selected what CSS selectors match
"""

from __future__ import annotations

from collections import Counter, defaultdict
from contextlib import suppress
from datetime import datetime
from itertools import islice
from typing import TYPE_CHECKING, Final

from selectolax.lexbor import SelectolaxError

from feedmaker.html import pictures
from feedmaker.listing import furniture, url_shape
from feedmaker.listing.candidates import DOUBT, THRESHOLD, Candidate, weigh
from feedmaker.listing.page_links import TITLE_RANK, ancestors
from feedmaker.model import Link, TracedBlock
from feedmaker.model.errors import ListingError
from feedmaker.model.reasons import Code, Reason
from feedmaker.text import arabic

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from selectolax.lexbor import LexborNode

    from feedmaker.html.class_words import Zone
    from feedmaker.listing.candidates import Drop
    from feedmaker.listing.page_links import Anchor, KnownLinks, PageLinks, TreePosition

_NO_STORY: Final = -3  # what the URL of a search, a login or another site's profile weighs
_LIST: Final = 3  # links that make a list
_STRIP: Final = 4  # stories that make a strip
_REPEATED: Final = 0.6  # of a strip's stories, that richer lists have too
# Shares of a list's links that are clearly stories.
_MEDIA_SHARE: Final = 0.6
_STORY_SHARE: Final = 0.7
_FEW_SHARE: Final = 0.34
_KNOWN_SHARE: Final = 0.2
_MOST_PICTURES: Final = 8  # of a card that are looked at
_PATH_LENGTH: Final = 5
_LONGEST_DATE: Final = 100  # characters
_MOST_DATES: Final = 3  # elements of a card
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
    free, menus = page.anchors, frozenset[str]()
    if any(parts):
        free = [anchor for anchor in page.anchors if parts[anchor.order] is None]
        menus = furniture.menu_links(page.anchors, parts)
    candidates = weigh(page, free, menus=menus, known=known)
    if len(candidates) >= _LIST:
        for one, drop in _judge_lists(candidates):
            one.drop = drop
        repeating = _repeating_links(candidates)
        for one in candidates:
            one.leave_out(repeating)
    for one in _further_urls(candidates):
        one.drop = "same story"
    if len(free) < len(page.anchors):
        candidates += _dropped_links(
            page.anchors, parts, {one.anchors[0].key for one in candidates}
        )
    return sorted(candidates, key=lambda one: one.anchors[0].order)


def _dropped_links(
    anchors: Iterable[Anchor], parts: Sequence[Zone | None], found: set[str]
) -> Iterable[Candidate]:
    """The links that are left out with parts of the page and stand nowhere else on it."""
    left: dict[str, Candidate] = {}
    for anchor in anchors:
        if anchor.key not in found and anchor.key not in left:
            left[anchor.key] = Candidate.of_part(anchor, parts[anchor.order])
    return left.values()


def find_under(
    page: PageLinks, block: Iterable[Anchor], known: KnownLinks | None
) -> list[Candidate]:
    """Return the candidates of one block that was asked for by name.

    The parts of the page make no difference to them.
    """
    inside = {anchor.order for anchor in block}
    found = []
    for one in weigh(page, page.anchors, known=known):
        here = [anchor for anchor in one.anchors if anchor.order in inside]
        if not here:
            continue
        one.anchors = here
        is_near = one.score >= THRESHOLD - DOUBT
        if one.title and is_near and url_shape.shape(one.url) > -2:
            one.drop = ""
        found.append(one)
    for one in _further_urls(found):
        one.drop = "same story"
    return sorted(found, key=lambda one: one.anchors[0].order)


def find_selected(
    page: PageLinks, selectors: Sequence[str], block: Iterable[Anchor]
) -> list[Candidate]:
    """Return the candidates that CSS selectors name among some links of a page.

    A selector matches links, what stands in a link, or boxes from each of which the likeliest link
    is taken. Raises ListingError for what is no selector.
    """
    allowed = {anchor.order for anchor in block}
    chosen: set[int] = set()
    try:
        matched = page.tree.css(", ".join(selectors))
    except SelectolaxError:
        reason = Reason.of(Code.NOT_A_SELECTOR, selectors=", ".join(selectors))
        raise ListingError(page.url, reason) from None
    for node in matched:
        inside = [one for one in page.links_of(node) if one.order in allowed]
        if inside:
            best = max(weigh(page, inside), key=lambda one: one.score)
            chosen.update(anchor.order for anchor in best.anchors)
    found = weigh(page, [page.anchors[order] for order in sorted(chosen)])
    for one in found:
        one.drop = ""
    return found


# ---- the page's lists


def _judge_lists(candidates: Iterable[Candidate]) -> Iterator[tuple[Candidate, Drop]]:
    """What each list decides on its links: with the most, when the most are clear."""
    lists: dict[TreePosition, list[Candidate]] = defaultdict(list)
    for one in candidates:
        around = one.card.above if one.card is not None else None
        if around is not None and url_shape.shape(one.url) > _NO_STORY:
            lists[around].append(one)
    for members in lists.values():
        if len(members) >= _LIST:
            yield from zip(members, _judge_list(members), strict=True)


def _judge_list(members: Sequence[Candidate]) -> list[Drop]:
    known = sum(one.is_known for one in members)
    if known >= max(2, len(members) * _KNOWN_SHARE):
        return [_drop_in_known_list(one) for one in members]
    clear = [one for one in members if one.score >= THRESHOLD and one.drop != "media"]
    patterns = Counter(map(_wide_pattern, clear))
    headed = all(one.has_heading for one in clear)
    share = len(clear) / len(members)
    return [
        _drop_in_list(one, share, headed=headed, of_pattern=patterns[_wide_pattern(one)] > 1)
        for one in members
    ]


def _drop_in_known_list(one: Candidate) -> Drop:
    """Why a link is no story, in a list that held the section's stories before."""
    is_story = one.title and one.score >= THRESHOLD - 2 * DOUBT
    return "" if is_story else one.drop


def _wide_pattern(one: Candidate) -> str:
    _, wide = url_shape.template(one.url)
    return wide


def _drop_in_list(one: Candidate, clear_share: float, *, headed: bool, of_pattern: bool) -> Drop:
    """Why a link is no story, in a list where so many links are clearly stories.

    `headed` says that all of those have headings, `of_pattern` that some have URLs like this one.
    """
    is_near = one.score >= THRESHOLD - DOUBT
    is_story = False
    if one.drop == "media":
        is_story = is_near and clear_share >= _MEDIA_SHARE
    elif one.drop:
        is_alike = _is_like_others(one, headed=headed, of_pattern=of_pattern)
        is_story = is_alike and clear_share >= _STORY_SHARE
    elif clear_share <= _FEW_SHARE and one.score < THRESHOLD + DOUBT:
        return "list"
    return "" if is_story and one.title else one.drop


def _is_like_others(one: Candidate, *, headed: bool, of_pattern: bool) -> bool:
    """Whether a doubtful link is like the stories of its list, by its URL or by its heading.

    A card like all others, whose heading has the words of a headline, counts whatever its URL looks
    like.
    """
    is_near = one.score >= THRESHOLD - DOUBT
    if headed and one.has_heading and (is_near or one.likeness >= 1):
        return True
    return is_near and of_pattern


# ---- what stands twice


def _repeating_links(candidates: Iterable[Candidate]) -> set[int]:
    """The links of bare strips (tickers) that mostly repeat stories of richer lists."""
    strips, rich = _strips(candidates)
    in_rich: set[int] = set()
    for strip in rich:
        in_rich.update(map(id, strips[strip].values()))
    repeating: set[int] = set()
    for strip, members in strips.items():
        stories = {id(one) for one in members.values() if one.is_story_without(repeating)}
        if strip in rich or len(stories) < _STRIP:
            continue
        if len(stories & in_rich) >= _REPEATED * len(stories):
            repeating.update(members)
    return repeating


def _strips(
    candidates: Iterable[Candidate],
) -> tuple[dict[TreePosition | None, dict[int, Candidate]], set[TreePosition | None]]:
    """The links by the element that holds their cards among others, and which of those are rich."""
    strips: dict[TreePosition | None, dict[int, Candidate]] = defaultdict(dict)
    rich: set[TreePosition | None] = set()
    for one in candidates:
        times = Counter(one.cards)
        for anchor, card in zip(one.anchors, one.cards, strict=True):
            strip = card.above if card is not None else None
            strips[strip][anchor.order] = one
            if anchor.image or anchor.rank >= TITLE_RANK or times[card] > 1:
                rich.add(strip)
    return strips, rich


def _further_urls(candidates: Iterable[Candidate]) -> Iterator[Candidate]:
    """The further URLs of one story: the same headline and the same long number."""
    by_title: dict[str, list[Candidate]] = defaultdict(list)
    for one in sorted(candidates, key=lambda one: one.anchors[0].order):
        if not one.drop:
            by_title[arabic.fold(one.title)].append(one)
    for alike in by_title.values():
        numbers: set[str] = set()
        for one in alike if len(alike) > 1 else ():
            number = url_shape.long_number(one.url)
            if number and number in numbers:
                yield one
            numbers.add(number)


# ---- what a candidate becomes


def make_link(
    page: PageLinks, one: Candidate, timezone: str = "UTC", now: datetime | None = None
) -> Link:
    """The link of a candidate, with the date and the picture that its card shows."""
    box = (one.card or one.anchors[0].place).node
    published: datetime | None = None
    for node in box.css("time[datetime]")[:_MOST_DATES]:
        with suppress(ValueError):
            stated = datetime.fromisoformat((node.attributes.get("datetime") or "").strip())
            if published is None and stated.tzinfo is not None:
                published = stated
    if published is None and now is not None:
        published = _shown_date(box, timezone, now)
    shown = box.css("img")[:_MOST_PICTURES]
    images = (pictures.source(node, page.base, prefer_srcset=True) for node in shown)
    return Link(
        url=one.url,
        title=one.title,
        published=published,
        image=next(filter(None, images), None),
    )


def _shown_date(box: LexborNode, timezone: str, now: datetime) -> datetime | None:
    """The date that a card shows, in `timezone` where it names no zone."""
    from feedmaker.text.dates import parse_date  # 34 ms, which runs of `build` do without

    texts: list[str] = []
    for node in box.css("time, [class*=date], [class*=Date]")[:_MOST_DATES]:
        texts += [node.attributes.get("datetime") or "", node.text()[:_LONGEST_DATE]]
    dates = (parse_date(text, timezone=timezone, now=now) for text in filter(str.strip, texts))
    return next(filter(None, dates), None)


def traced_block(one: Candidate) -> TracedBlock:
    """What `explain` shows of a candidate."""
    first = one.anchors[0]
    reason = f"in the page's {one.part}" if one.drop == "part" else _REASONS[one.drop]
    features = {name: round(value, 2) for name, value in one.features.items() if value}
    return TracedBlock(
        path=_path(first.place),
        text=f"{one.title or first.text} <{one.url}>",
        kept=not one.drop,
        score=round(one.score, 2),
        reason=reason,
        features=features,
    )


def _path(place: TreePosition) -> str:
    """Where an element stands, as a selector of its last few ancestors."""
    parts: list[str] = []
    for at in islice(ancestors(place), _PATH_LENGTH):
        if at.node.tag in ("body", "html"):
            break
        classes = (at.node.attributes.get("class") or "").split()
        parts.append(".".join([at.node.tag or "", *classes[:2]]))
    return " > ".join(reversed(parts))
