"""What the links of a page to one URL say together: title, card, and how much it is a story's.

The score adds up the words, the form of the URL and of the URLs made after the same pattern, and
what the card shows.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import chain
from statistics import fmean
from typing import TYPE_CHECKING, Final, Literal
from urllib.parse import unquote, urlsplit

from feedmaker.listing import url_shape
from feedmaker.listing.page_links import (
    ATTRIBUTE_RANK,
    PARAGRAPH_RANK,
    TITLE_RANK,
    count_words,
    squeeze,
    title_within,
)
from feedmaker.text import arabic, labels, urls

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from feedmaker.html.class_words import Zone
    from feedmaker.listing.page_links import Anchor, KnownLinks, PageLinks, TreePosition

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
_CARD_TITLE_WORDS: Final = 20
_PATTERN_LINKS: Final = 3  # so many URLs tell what their pattern is a pattern of
_DECK_WORDS: Final = 24
_LONGEST_TITLE: Final = 500  # characters
_MOST_TITLE_WORDS: Final = 60
_LABEL_WORDS: Final = 6
_FEW_WORDS: Final = (0.0, 0.1, 0.25, 0.45, 0.7)  # how much a text of 0 to 4 words is a headline
_SLUG_WORDS: Final = 3
_CUT: Final = re.compile(r"(?:\.{2,}|…)\s*$")
_SEVERAL: Final = "*"  # in place of the one story whose links an element holds


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
        return cls(anchor.url, [anchor], title=anchor.text, drop="part", part=part)

    def leave_out(self, links: set[int]) -> None:
        """Count some links, by their order, as none; without any other it is dropped."""
        rest = [anchor for anchor in self.anchors if anchor.order not in links]
        if rest:
            self.anchors = rest
        else:
            self.drop = self.drop or "strip"

    def is_story_without(self, links: set[int]) -> bool:
        """Whether it is a story by other links than these."""
        return not self.drop and not links.issuperset(one.order for one in self.anchors)


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
    if len({one.host for one in candidates}) > 1:
        foreign = _foreign_hosts(candidates, page.base)
    for one in candidates:
        shape = url_shape.shape(one.url)
        narrow, wide = url_shape.template(one.url)
        group = groups[narrow] if groups[narrow].size > _PATTERN_LINKS else groups[wide]
        in_menu = one.anchors[0].key in menus
        one.features = {
            "words": 1.6 * one.likeness,
            "url": shape,
            "pattern": 2.0 * (group.likeness - 0.4) * min(1.0, group.size / 4),
            "heading": 0.4 * one.has_heading,
            "picture": 0.3 * one.has_image,
            "menu": -1.5 * (in_menu and shape < 1.3),
            "named": -0.6 * one.is_deck,
            "plain": -0.8 * (group.is_plain and has_rich_cards),
            "prose": -1.0 * one.is_prose,
            "elsewhere": -1.0 * (one.host in foreign),
            "known": 1.5 * one.is_known,
        }
        one.score = sum(one.features.values())
        one.drop = _drop_of(one)
    return candidates


def _gather(anchors: Sequence[Anchor], known: KnownLinks | None) -> list[Candidate]:
    """One candidate for each URL, with its title and its cards."""
    by_key: dict[str, list[Anchor]] = defaultdict(list)
    for anchor in anchors:
        by_key[anchor.key].append(anchor)
    candidates = [_candidate(group, known) for group in by_key.values()]
    owners = _card_owners(candidates)
    for one in candidates:
        one.cards = tuple(_card_of(anchor, owners) for anchor in one.anchors)
        if one.is_likely:
            one.card = next(filter(None, one.cards), None)
            if not one.title and one.card is not None:
                one.title = _card_title(one.card)
                one.likeness = likeness(one.title)
    return candidates


def _candidate(anchors: list[Anchor], known: KnownLinks | None) -> Candidate:
    url = anchors[0].url
    title, like = choose_title(anchors)
    ranks = [anchor.rank for anchor in anchors]
    has_image = any(anchor.image for anchor in anchors)
    return Candidate(
        url=url,
        host=urlsplit(url).netloc.removeprefix("www."),
        anchors=anchors,
        title=title,
        likeness=like,
        is_likely=url_shape.shape(url) > -0.5 or like >= 0.45,
        is_known=known is not None and known.any_of(anchors),
        is_deck=max(ranks) < PARAGRAPH_RANK,
        is_prose=all(anchor.prose for anchor in anchors),
        has_image=has_image,
        has_heading=any(anchor.text for anchor in anchors if anchor.rank >= TITLE_RANK),
        has_card=has_image or max(ranks) >= TITLE_RANK,
    )


def choose_title(anchors: Sequence[Anchor]) -> tuple[str, float]:
    """The headline among the texts that link to one URL, and how much it reads like one (0 to 1).

    A heading wins over a link called a title, that over other links; a text that the URL's slug
    spells gains, a deck loses. A headline cut short on the page is replaced by a longer text that
    begins alike. ("", 0) where there is none.
    """
    texts = [(anchor.text, anchor.rank) for anchor in anchors]
    extra = chain.from_iterable(anchor.extra for anchor in anchors)
    texts += [(text, ATTRIBUTE_RANK) for text in extra]
    best, _ = texts[0]
    if len(texts) > 1:
        best = _best_title(dict.fromkeys(texts), anchors[0].url)
    like = likeness(best)
    return (best, like) if like else ("", 0.0)


def _best_title(texts: Iterable[tuple[str, int]], url: str) -> str:
    slug = _slug(url)
    best, best_score = "", -1.0
    for text, rank in texts:
        like = likeness(text)
        score = like + 0.5 * rank - 0.3 * bool(_CUT.search(text))
        if slug:
            score += len(slug.intersection(arabic.fold(text).split())) / len(slug)
        if count_words(text) > _DECK_WORDS:
            score -= 0.6
        if like and score > best_score:
            best, best_score = text, score
    return _whole_title(best, [text for text, _ in texts]) if _CUT.search(best) else best


def _slug(url: str) -> frozenset[str]:
    """The words of a URL's longest slug; none where they are too few to tell texts apart."""
    segments = unquote(urlsplit(url).path, errors="replace").rstrip("/").split("/")
    words = max(map(url_shape.slug_words, segments), key=len)
    slug = frozenset(filter(None, map(arabic.fold, words)))
    return slug if len(slug) >= _SLUG_WORDS else frozenset()


def _whole_title(cut: str, texts: Sequence[str]) -> str:
    """The shortest text that begins like a cut headline and goes on; else the cut one."""
    stem = arabic.fold(_CUT.sub("", cut))
    whole = [
        text
        for text in texts
        if len(text) >= len(cut) - 3
        and arabic.fold(text).startswith(stem)
        and not _CUT.search(text)
    ]
    return min(whole, key=len, default=cut)


@lru_cache(maxsize=8192)
def likeness(text: str) -> float:
    """How much a text reads like a headline, from 0 to 1: by its length, and as it is no label."""
    words = count_words(text)
    if words == 0 or (words <= _LABEL_WORDS and labels.label(text)):
        return 0.0
    if words > _MOST_TITLE_WORDS or len(text) > _LONGEST_TITLE:
        return 0.3
    if words > _DECK_WORDS:
        return 0.7
    return _FEW_WORDS[words] if words < len(_FEW_WORDS) else 1.0


def _card_owners(candidates: Iterable[Candidate]) -> dict[TreePosition, str]:
    """The one likely story whose links an element holds, by its key, or that there are several."""
    owners: dict[TreePosition, str] = {}
    for one in candidates:
        key = one.anchors[0].key
        for anchor in one.anchors if one.is_likely else ():
            at: TreePosition | None = anchor.place
            while at is not None and owners.get(at, "") not in (key, _SEVERAL):
                owners[at] = _SEVERAL if at in owners else key
                at = at.above
    return owners


def _card_of(anchor: Anchor, owners: Mapping[TreePosition, str]) -> TreePosition | None:
    at: TreePosition | None = anchor.place
    card: TreePosition | None = None
    for _ in range(_CARD_DEPTH):
        if at is None or at.node.tag in ("body", "html") or owners.get(at) == _SEVERAL:
            break
        card, at = at, at.above
    return card


def _card_title(card: TreePosition) -> str:
    """The heading of a card whose links have no words, or its whole text if that may be one."""
    heading = title_within(card.node)
    text = squeeze((heading or card.node).text(separator=" ")[:500])
    may_be_title = heading is not None or 4 <= count_words(text) <= _CARD_TITLE_WORDS
    return text if may_be_title else ""


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
        groups[pattern] = _UrlGroup(
            size=size,
            likeness=mean,
            is_plain=size >= _PATTERN_LINKS and not rich and mean < 0.8,
            is_rich=size >= _PATTERN_LINKS and rich > 0.7 * size and mean >= 0.9,
        )
    return groups


def _foreign_hosts(candidates: Sequence[Candidate], home: str) -> frozenset[str]:
    """The other sites that few headlines of a page lead to.

    None where most headlines lead to other sites by nature, as in a press review.
    """
    headlines: Counter[str] = Counter()
    for one in candidates:
        headlines[one.host] += one.likeness >= 1
    at_home = {host for host in headlines if urls.same_site(f"http://{host}", home)}
    few = max(3, headlines.total() / 5)
    if sum(headlines[host] for host in at_home) < few:
        return frozenset()
    return frozenset(host for host in headlines.keys() - at_home if headlines[host] < few)


def _drop_of(one: Candidate) -> Drop:
    if url_shape.shape(one.url) <= -2:
        return "url"
    if not one.title:
        return "wordless"
    if url_shape.is_media(one.url):
        return "media"
    return "score" if one.score < THRESHOLD else ""
