"""What the links of a page to one URL say together: title, card, and how much it is a story's.

The score adds up the words, the form of the URL and of the URLs made after the same pattern, and
what the card shows.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from statistics import fmean
from typing import TYPE_CHECKING, Final, Literal
from urllib.parse import urlsplit

from feedmaker.listing import url_shape
from feedmaker.listing.link_texts import (
    ATTRIBUTE_RANK,
    PARAGRAPH_RANK,
    TITLE_RANK,
    choose_title,
    count_words,
    likeness,
    title_text,
    title_within,
)
from feedmaker.text import urls

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from feedmaker.html.class_words import Zone
    from feedmaker.listing.link_texts import TreePosition
    from feedmaker.listing.page_links import Anchor, KnownLinks, PageLinks

Drop = Literal[
    "",  # a story
    "url",
    "wordless",
    "media",
    "score",
    "list",
    "strip",
    "same story",
    "part",
    "other section",
]

THRESHOLD: Final = 2.0  # a headline at a URL that tells nothing, among others of its kind
DOUBT: Final = 0.6  # so near to the threshold the other links of its list decide
_CARD_DEPTH: Final = 30
_PAGE_TAGS: Final = frozenset({"body", "html"})
_CARD_TITLE_WORDS: Final = range(4, 21)  # of a card's whole text that may be its title
_PATTERN_LINKS: Final = 3  # so many URLs tell what their pattern is a pattern of
_SEVERAL: Final = "*"  # in place of the one story whose links an element holds
_LIKELY_SHAPE: Final = -0.5  # a link of a better URL, or of more likely words, may have a card
_LIKELY_WORDS: Final = 0.45
_STORY_SHAPE: Final = 1.3  # a URL that is a story's even where a menu links to it

# What each observation is worth; the first two and the URL's own form are measures, not facts.
_WORDS_WORTH: Final = 1.6  # of a text that reads like a headline
_PATTERN_WORTH: Final = 2.0  # of texts of the URLs after the same pattern that do,
_USUAL_LIKENESS: Final = 0.4  # above this mean,
_WHOLE_PATTERN: Final = 4  # where there are so many URLs or more
_HEADING_WORTH: Final = 0.4
_PICTURE_WORTH: Final = 0.3
_MENU_WORTH: Final = -1.5
_DECK_WORTH: Final = -0.6
_PLAIN_WORTH: Final = -0.8
_PROSE_WORTH: Final = -1.0
_ELSEWHERE_WORTH: Final = -1.0
_KNOWN_WORTH: Final = 1.5


@dataclass(slots=True)
class Candidate:
    """All that the page says of one URL.

    `host` is its site's, without `www.`. `drop` says why it is no story link, "" that it is one;
    `part` is the part of the page that it was dropped with. `cards` are the elements around each of
    its links that hold no other story's; `card` is the first of them where the URL is likely to be
    a story's.
    """

    url: str
    anchors: list[Anchor]
    host: str = ""
    title: str = ""
    likeness: float = 0.0
    score: float = 0.0
    features: dict[str, float] = field(default_factory=dict)
    drop: Drop = ""
    part: Zone | None = None
    cards: tuple[TreePosition | None, ...] = ()
    card: TreePosition | None = None
    has_card: bool = False
    has_image: bool = False
    is_deck: bool = False
    is_prose: bool = False
    has_heading: bool = False
    is_likely: bool = False
    is_known: bool = False

    @classmethod
    def of_part(cls, anchor: Anchor, part: Zone | None) -> Candidate:
        """A link that is left out with the part of the page that it stands in."""
        return cls(
            url=anchor.url,
            anchors=[anchor],
            title=anchor.text,
            drop="part",
            part=part,
        )

    def leave_out(self, links: set[int]) -> None:
        """Count some links, by their order, as none; without any other it is dropped."""
        rest = [anchor for anchor in self.anchors if anchor.order not in links]
        if rest:
            self.anchors = rest
        else:
            self.drop = self.drop or "strip"

    def is_story_without(self, links: set[int]) -> bool:
        """Whether it is a story by other links than these."""
        if self.drop:
            return False
        own = {anchor.order for anchor in self.anchors}
        return not own <= links


@dataclass(slots=True, frozen=True)
class _UrlGroup:
    """The candidates whose URLs are made after one pattern.

    `is_plain` says that none of them has a heading or a picture, and their words are few: they are
    names of sections and authors. `is_rich` says that nearly all have one, and words of headlines.
    """

    size: int
    likeness: float
    is_plain: bool
    is_rich: bool


def weigh(
    page: PageLinks,
    anchors: Sequence[Anchor],
    *,
    menus: frozenset[str] = frozenset(),
    known: KnownLinks | None = None,
) -> list[Candidate]:
    """Return candidates for links taken as they stand, each scored by itself, in page order.

    `menus` are the keys of links that the page's menus name in few words.
    """
    candidates = _gather(anchors, known)
    groups = _group_urls(candidates)
    has_rich_cards = any(group.is_rich for group in groups.values())
    foreign: frozenset[str] = frozenset()
    hosts = {one.host for one in candidates}
    if len(hosts) > 1:
        foreign = _foreign_hosts(candidates, page.base)
    for one in candidates:
        shape = url_shape.shape(one.url)
        narrow, wide = url_shape.template(one.url)
        group = groups[narrow]
        if group.size <= _PATTERN_LINKS:
            group = groups[wide]
        in_menu = one.anchors[0].key in menus
        is_menu_label = in_menu and shape < _STORY_SHAPE
        is_plain = group.is_plain and has_rich_cards
        pattern_weight = min(1.0, group.size / _WHOLE_PATTERN)
        one.features = {
            "words": _WORDS_WORTH * one.likeness,
            "url": shape,
            "pattern": _PATTERN_WORTH * (group.likeness - _USUAL_LIKENESS) * pattern_weight,
            "heading": _HEADING_WORTH * one.has_heading,
            "picture": _PICTURE_WORTH * one.has_image,
            "menu": _MENU_WORTH * is_menu_label,
            "named": _DECK_WORTH * one.is_deck,
            "plain": _PLAIN_WORTH * is_plain,
            "prose": _PROSE_WORTH * one.is_prose,
            "elsewhere": _ELSEWHERE_WORTH * (one.host in foreign),
            "known": _KNOWN_WORTH * one.is_known,
        }
        one.score = sum(one.features.values())
        # The first of these that holds says why it is no story.
        reasons: dict[Drop, bool] = {
            "url": shape <= url_shape.NEVER,
            "wordless": not one.title,
            "media": url_shape.is_media(one.url),
            "score": one.score < THRESHOLD,
        }
        one.drop = next(filter(reasons.__getitem__, reasons), "")
    return candidates


def _gather(
    anchors: Sequence[Anchor],
    known: KnownLinks | None,
) -> list[Candidate]:
    """One candidate for each URL, with its title and its cards."""
    by_key: dict[str, list[Anchor]] = defaultdict(list)
    for anchor in anchors:
        by_key[anchor.key].append(anchor)
    candidates = [_candidate(group, known) for group in by_key.values()]
    likely: list[Anchor] = []
    for one in candidates:
        if one.is_likely:
            likely += one.anchors
    cards = _find_cards(anchors, likely)
    for one in candidates:
        one.cards = tuple(cards[anchor.order] for anchor in one.anchors)
        if not one.is_likely:
            continue
        one.card = next(filter(None, one.cards), None)
        if not one.title and one.card is not None:
            one.title = _card_title(one.card)
            one.likeness = likeness(one.title)
    return candidates


def _candidate(anchors: list[Anchor], known: KnownLinks | None) -> Candidate:
    """All that some links say of the URL that they lead to, but for its cards."""
    url = anchors[0].url
    title = _title_of(anchors)
    like = likeness(title)
    has_image = any(anchor.image for anchor in anchors)
    headed = [anchor for anchor in anchors if anchor.rank >= TITLE_RANK]
    return Candidate(
        url=url,
        host=urlsplit(url).netloc.removeprefix("www."),
        anchors=anchors,
        title=title,
        likeness=like,
        is_likely=url_shape.shape(url) > _LIKELY_SHAPE or like >= _LIKELY_WORDS,
        is_known=known is not None and known.any_of(anchors),
        is_deck=max(anchor.rank for anchor in anchors) < PARAGRAPH_RANK,
        is_prose=all(anchor.prose for anchor in anchors),
        has_image=has_image,
        has_heading=any(anchor.text for anchor in headed),
        has_card=has_image or bool(headed),
    )


def _title_of(anchors: Sequence[Anchor]) -> str:
    """The headline among the texts of links to one URL; "" where there is none.

    Texts of attributes count less than those of links.
    """
    texts = [(anchor.text, anchor.rank) for anchor in anchors]
    for anchor in anchors:
        texts += [(text, ATTRIBUTE_RANK) for text in anchor.extra]
    title, _ = texts[0]
    if len(texts) > 1:
        title = choose_title(texts, anchors[0].url)
    return title if likeness(title) else ""


def _find_cards(
    anchors: Sequence[Anchor],
    likely: Iterable[Anchor],
) -> dict[int, TreePosition | None]:
    """The card of each link, by its order: the largest element that holds no other story's links.

    `likely` are the links of likely stories.
    """
    # The one likely story whose links an element holds, by its key, or that there are several.
    owners: dict[TreePosition, str] = {}
    for anchor in likely:
        at: TreePosition | None = anchor.place
        while at is not None and owners.get(at, "") not in (anchor.key, _SEVERAL):
            owners[at] = _SEVERAL if at in owners else anchor.key
            at = at.above
    cards: dict[int, TreePosition | None] = {}
    for anchor in anchors:
        card: TreePosition | None = None
        at = anchor.place
        for _ in range(_CARD_DEPTH):
            if at is None or at.node.tag in _PAGE_TAGS:
                break
            if owners.get(at) == _SEVERAL:
                break
            card = at
            at = at.above
        cards[anchor.order] = card
    return cards


def _card_title(card: TreePosition) -> str:
    """The heading of a card whose links have no words, or its whole text if that may be one."""
    heading = title_within(card.node)
    if heading is not None:
        return title_text(heading)
    text = title_text(card.node)
    return text if count_words(text) in _CARD_TITLE_WORDS else ""


def _group_urls(candidates: Sequence[Candidate]) -> dict[str, _UrlGroup]:
    """The candidates' URLs by their patterns, narrow and wide."""
    members: dict[str, list[Candidate]] = defaultdict(list)
    for one in candidates:
        for pattern in url_shape.template(one.url):
            members[pattern].append(one)
    groups: dict[str, _UrlGroup] = {}
    for pattern, group in members.items():
        size = len(group)
        rich = sum(one.has_card for one in group)
        mean = fmean([one.likeness for one in group])
        is_told = size >= _PATTERN_LINKS
        groups[pattern] = _UrlGroup(
            size=size,
            likeness=mean,
            is_plain=is_told and not rich and mean < 0.8,
            is_rich=is_told and rich > 0.7 * size and mean >= 0.9,
        )
    return groups


def _foreign_hosts(
    candidates: Sequence[Candidate],
    home: str,
) -> frozenset[str]:
    """The other sites that few headlines of a page lead to.

    None where most headlines lead to other sites by nature, as in a press review.
    """
    headlines: Counter[str] = Counter()
    for one in candidates:
        headlines[one.host] += one.likeness >= 1
    few = max(3, headlines.total() / 5)
    at_home = 0
    foreign: set[str] = set()
    for host, count in headlines.items():
        if urls.same_site(f"http://{host}", home):
            at_home += count
        elif count < few:
            foreign.add(host)
    return frozenset(foreign) if at_home >= few else frozenset()
