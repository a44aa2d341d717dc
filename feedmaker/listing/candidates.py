"""What the links of a page to one URL say together: its title, its card, and how much it is a
story's.

The score adds up the words, the form of the URL and of the URLs made after the same pattern, and
what the card shows.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from statistics import fmean
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from feedmaker.listing import url_shape
from feedmaker.listing.anchors import title_within
from feedmaker.listing.headlines import choose, count_words, likeness, squeeze
from feedmaker.text import arabic, urls

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from feedmaker.listing.anchors import Anchor, Tree, TreePosition
    from feedmaker.model import Link

THRESHOLD = 2.0  # a headline at a URL that tells nothing, among others of its kind, passes just
DOUBT = 0.6  # so far below or above the threshold the other links of its list decide
MEDIA = "a video or a gallery that stands in no list of stories"
_CARD_DEPTH = 30
_HEADLINE = 20  # words
_RECENT = 20  # stories that a listing holds
_ENOUGH = 3  # URLs of one pattern that tell what it is a pattern of


@dataclass(slots=True)
class Candidate:
    """All that the page says of one URL. `reason` tells why it is no story link; '' of one that is."""

    url: str
    anchors: list[Anchor]
    title: str = ""
    likeness: float = 0.0
    score: float = 0.0
    features: dict[str, float] = field(default_factory=dict)
    reason: str = ""
    card: TreePosition | None = None

    @property
    def order(self) -> int:
        """Its place on the page: that of its first link that counts."""
        return self.anchors[0].order


class KnownLinks:
    """The stories that a section is known to have, newest first: what a list of it should hold
    after a redesign too.

    A link is of one of them by its URL, by its words, or by the number or the words that end its
    URL, since a new address of the site leaves those as they are. `recent` are the keys of the
    newest; `met` those that were found.
    """

    def __init__(self, links: Iterable[Link]) -> None:
        self.keys: dict[str, str] = {}
        self.titles: dict[str, str] = {}
        self.tails: dict[str, str] = {}
        self.met: set[str] = set()
        twice: set[str] = set()
        for link in links:
            key = urls.key(link.url)
            self.keys[key] = key
            if count_words(link.title) > 2:
                self.titles.setdefault(arabic.fold(link.title), key)
            tail = url_shape.tail(link.url)
            if self.tails.setdefault(tail, key) != key:
                twice.add(tail)
        for tail in ("", *twice):
            self.tails.pop(tail, None)
        self.recent = frozenset(list(self.keys)[:_RECENT])
        self._known: dict[str, str] = {}

    def __bool__(self) -> bool:
        return bool(self.keys)

    def has(self, anchor: Anchor, title: str = "") -> bool:
        """Whether a link leads to a known story."""
        if not self.keys:
            return False
        found = self.keys.get(anchor.key) or self.tails.get(url_shape.tail(anchor.url))
        if not found and self.titles:
            texts = (anchor.text.text, title, *(t.text for t in anchor.extra))
            found = next(
                (self.titles[t] for t in map(arabic.fold, texts) if t in self.titles), None
            )
        if found:
            self.met.add(found)
            self._known[anchor.key] = found
        return bool(found)

    def count(self, keys: Iterable[str]) -> int:
        """How many known stories there are among the keys of links that `has` was asked of."""
        return len({self._known[key] for key in keys if key in self._known})


def weigh(
    tree: Tree,
    anchors: Sequence[Anchor],
    menus: frozenset[str] = frozenset(),
    known: KnownLinks | None = None,
) -> list[Candidate]:
    """Candidates for links taken as they stand, each scored by itself, in page order."""
    groups: dict[str, list[Anchor]] = defaultdict(list)
    for anchor in anchors:
        groups[anchor.key].append(anchor)
    candidates = [Candidate(group[0].url, group) for group in groups.values()]
    for one in candidates:
        texts = [a.text for a in one.anchors] + [t for a in one.anchors for t in a.extra]
        one.title, one.likeness = choose(texts, one.url)
    _find_cards(candidates)
    for one in candidates:
        if not one.title and one.card is not None:
            one.title = _card_title(one.card)
            one.likeness = likeness(one.title)
    _score(candidates, menus, _host(tree.base), known)
    return candidates


def _find_cards(candidates: Sequence[Candidate]) -> None:
    """Find the card of each candidate: the largest element around one of its links that holds no
    other story's.
    """
    likely = [c for c in candidates if url_shape.shape(c.url) > -0.5 or c.likeness >= 0.45]
    for one in likely:
        for anchor in one.anchors:
            at: TreePosition | None = anchor.place
            while at is not None and not at.many and at.sole != anchor.key:
                if at.sole is None:
                    at.sole = anchor.key
                else:
                    at.many = True
                at = at.above
            while at is not None and not at.many and at.sole != anchor.key:
                at.many = True
                at = at.above
    for one in likely:
        cards = [card for a in one.anchors if (card := card_of(a)) is not None]
        one.card = cards[0] if cards else None


def card_of(anchor: Anchor) -> TreePosition | None:
    """The largest element around a link that holds no other story's link, as far as cards go."""
    at: TreePosition | None = anchor.place
    best: TreePosition | None = None
    for _ in range(_CARD_DEPTH):
        if at is None or at.many or at.node.tag in ("body", "html"):
            break
        best, at = at, at.above
    return best


def _card_title(card: TreePosition) -> str:
    """The heading of a card none of whose links has words, or its whole text where that could be a
    headline.
    """
    heading = title_within(card.node)
    text = squeeze((heading or card.node).text(separator=" ")[:500])
    return text if heading is not None or 4 <= count_words(text) <= _HEADLINE else ""


@dataclass(slots=True)
class _Kin:
    """The candidates whose URLs are made after one pattern."""

    likeness: list[float] = field(default_factory=list)
    rich: int = 0

    @property
    def plain(self) -> bool:
        """Whether none of them has a heading or a picture, and their words are few: names of
        sections and authors.
        """
        return not self.rich and len(self.likeness) >= _ENOUGH and fmean(self.likeness) < 0.8

    @property
    def stories(self) -> bool:
        """Whether nearly all of them have a heading or a picture, and the words of headlines."""
        count = len(self.likeness)
        return count >= _ENOUGH and self.rich > 0.7 * count and fmean(self.likeness) >= 0.9


def _score(
    candidates: Sequence[Candidate], menus: frozenset[str], host: str, known: KnownLinks | None
) -> None:
    kins: dict[str, _Kin] = defaultdict(_Kin)
    hosts: Counter[str] = Counter()
    for one in candidates:
        for pattern in url_shape.template(one.url):
            kins[pattern].likeness.append(one.likeness)
            kins[pattern].rich += any(a.image or a.text.rank >= 2 for a in one.anchors)
        hosts[_host(one.url)] += one.likeness >= 1
    cards_are_rich = any(kin.stories for kin in kins.values())
    few = max(3, hosts.total() / 5)
    # A page whose headlines lead to other sites by nature (a press review) says nothing by leading
    # elsewhere.
    at_home = (
        sum(
            count
            for name, count in hosts.items()
            if urls.same_site(f"http://{name}", f"http://{host}")
        )
        >= few
    )
    for one in candidates:
        narrow, wide = url_shape.template(one.url)
        kin = kins[narrow] if len(kins[narrow].likeness) > _ENOUGH else kins[wide]
        foreign = (
            at_home
            and hosts[_host(one.url)] < few
            and not urls.same_site(one.url, f"http://{host}")
        )
        features = {
            "words": 1.6 * one.likeness,
            "url": url_shape.shape(one.url),
            "pattern": 2.0 * (fmean(kin.likeness) - 0.4) * min(1.0, len(kin.likeness) / 4),
            "heading": 0.4 * any(a.text.rank >= 2 and a.text.text for a in one.anchors),
            "picture": 0.3 * any(a.image for a in one.anchors),
            "menu": -1.5 * (one.anchors[0].key in menus and url_shape.shape(one.url) < 1.3),
            "named": -0.6 * all(a.text.rank < 0 for a in one.anchors),
            "plain": -0.8 * (kin.plain and cards_are_rich),
            "prose": -1.0 * all(a.prose for a in one.anchors),
            "elsewhere": -1.0 * foreign,
            "known": 1.5 * (known is not None and any(known.has(a) for a in one.anchors)),
        }
        one.features = {name: round(value, 2) for name, value in features.items() if value}
        one.score = sum(features.values())
        if features["url"] <= -2:
            one.reason = "its URL is no story's"
        elif not one.title:
            one.reason = "no words stand for it"
        elif url_shape.is_media(one.url):
            one.reason = MEDIA
        elif one.score < THRESHOLD:
            one.reason = "its words and URL are too unlike a story's"


def _host(url: str) -> str:
    return urlsplit(url).netloc.removeprefix("www.")
