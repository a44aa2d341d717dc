"""How much the links of a page to one URL are a story's, by all that the page says of it.

A candidate is all links to one URL. Its row of numbers tells of its words, the form of its URL, the
part of the page it stands in, and of four groups that it belongs to: the URLs after the same
pattern, narrow and wide; the links with equal elements around them; and its list. A weighted sum of
them is its score: the log-odds that it is a story. Words of class names, paths and headings are a
few numbers among many; none drops a link by itself.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import chain, islice
from math import log2
from operator import attrgetter, mul
from typing import TYPE_CHECKING, Final, Literal, NamedTuple

from feedmaker.listing import heading_blocks, headings, url_shape
from feedmaker.listing.cards import LONGEST_LABEL, TITLE_RANK, squeeze
from feedmaker.listing.link_weights import BIAS, WEIGHTS
from feedmaker.text import arabic, labels, urls
from feedmaker.text.label_tables import label_tables
from feedmaker.text.word_counts import count_words

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable, Sequence

    from selectolax.lexbor import LexborNode

    from feedmaker.html.class_words import Zone
    from feedmaker.listing.cards import TreePosition
    from feedmaker.listing.page_links import Anchor, PageLinks

Drop = Literal[
    "",  # a story
    "url",
    "wordless",
    "part",
    "score",
    "card",
    "same story",
    "goods",
    "pictures",
    "other section",
]

_TEXT: Final = attrgetter("text")
_PROSE: Final = attrgetter("prose")
_DIGIT: Final = re.compile(r"\d")
_TWO_SIGNS: Final = -8.0  # log-odds, where a label or `main` and a name both speak against a link
_LONGEST_HEADING: Final = 500  # characters that are read
_MOST_OF_OPEN: Final = 0.6  # of the headlines in no part, that the page's title stands over
# Of the headlines more, that a menu may hold, and a sidebar beside a short list.
_BEYOND_HALF: Final = 0.4
_LABELLED_BEYOND: Final = 0.1  # and a list that a label names
HALF: Final = 0.5  # of a page's headlines; a part that holds them is the page's own list
# Of the headlines in what is called a menu, that stand in headings where it is a list.
_HEADED_LIST: Final = 0.7
_FEW_HEADLINES: Final = 4.0  # with fewer, shares of them say little
LIST: Final = 3  # links that make a list
PAGE_TAGS: Final = frozenset({"body", "html"})
_LONG_TITLE: Final = 24  # words
_LABELS: Final = ("most-read", "related")
_MOST_LABEL_WORDS: Final = 10  # eight, and a count
_MOST_HEADINGS: Final = 5000
_MOST_TEXT: Final = 1_000_000  # characters of headings, which may lie in one another
_MOST_LABELLED: Final = 32

_PARTS: Final[dict[str, frozenset[Zone]]] = {
    "menu": frozenset({"navigation", "footer"}),
    "header": frozenset({"header"}),
    "side": frozenset({"sidebar"}),
    "others": frozenset({"related", "most-read", "ticker"}),
    "junk": frozenset({"social", "comments", "advert", "tags", "popup"}),
}
_MENUS: Final = ("menu", "header")
# What is called so is a list where its headlines are headings; feet of pages repeat some.
_CALLED_MENUS: Final[frozenset[Zone]] = frozenset({"navigation", "header"})
_PART_OF_ZONE: Final = {zone: name for name, zones in _PARTS.items() for zone in zones}
_GROUPS: Final = ("narrow", "wide", "equal", "list")
EQUAL: Final = attrgetter("markup")
_LIST_AROUND: Final = attrgetter("list_around")
_OF_GROUP: Final = ("size", "words", "url", "headed", "pictured", "share")
# By what they are of: a candidate, the parts it stands in, its groups, and all of these.
_FEATURES_OF: Final = (
    (
        "words",
        "long",
        "heading",
        "named",
        "attribute",
        "deck",
        "picture",
        "prose",
        "label",
        "repeated",
        "twice",
        "url",
        "url_word",
        "url_word_only",
        "network",
        "parameter",
        "media",
        "own_site",
    ),
    tuple(_PARTS),
    ("labelled", "beside_main"),
    *(tuple([f"{group}_{name}" for name in _OF_GROUP]) for group in _GROUPS),
    (
        "narrow_and_equal",
        "words_and_url",
        "of_best",
        "usual_url",
        "less_url",
        "headed_share",
        "poorer",
        "poorer_in_part",
    ),
)
FEATURES: Final = tuple(chain.from_iterable(_FEATURES_OF))


@dataclass(slots=True)
class Candidate:
    """All that the page says of one URL.

    `row` are the values of `FEATURES`, `score` is the log-odds that it is a story; `drop`
    says why it is no story link, "" that it is one. `place` is the main one: outside of parts
    of the page, and a headline. `card` is the element around it without other stories' links,
    `list_around` the element around that, or the URL itself; links of one `markup` have equal
    elements around them. `date` stood in one text with the title.
    """

    url: str
    anchors: list[Anchor]
    place: Anchor
    title: str = ""
    likeness: float = 0.0
    form: url_shape.UrlForm = url_shape.NO_FORM
    is_headed: bool = False
    has_image: bool = False
    is_known: bool = False
    score: float = 0.0
    row: tuple[float, ...] = ()
    drop: Drop = ""
    card: TreePosition | None = None
    markup: str = ""
    list_around: TreePosition | str = ""
    date: str = ""


def likeness_of(members: Iterable[Candidate]) -> float:
    """How much some candidates read like headlines, in all."""
    return sum([one.likeness for one in members])


def grouped(
    candidates: Iterable[Candidate], by: attrgetter[Hashable] = _LIST_AROUND
) -> list[list[Candidate]]:
    """Candidates by one of their groups: by their lists, or those with `EQUAL` elements."""
    groups: dict[Hashable, list[Candidate]] = defaultdict(list)
    for one in candidates:
        groups[by(one)].append(one)
    return list(groups.values())


def score_links(
    page: PageLinks,
    candidates: Sequence[Candidate],
    *,
    by_parts: bool,
) -> None:
    """Give each candidate of a page its row and its score.

    Without `by_parts` the parts of the page make no difference.
    """
    for one in candidates:
        one.markup = markup_around(one.place.place)
        one.list_around = _list_around(one)
    of_own, of_parts, of_lesser, *of_groups, of_all = _weights()
    all_words = max(_FEW_HEADLINES, likeness_of(candidates))
    groups = _groups(candidates, all_words, of_groups)
    best = max([one.values[-1] for one in chain.from_iterable(groups)]) or 1.0
    usual = _Usual.of([one for one in candidates if not one.place.zones] or candidates)
    parts = _PageParts(page, candidates if by_parts else (), of_parts)
    hosts = {one.form.host for one in candidates}
    own_host = urls.site_host(page.base)
    is_own = {host: urls.are_of_one_site(host.partition(":")[0], own_host) for host in hosts}
    titles = Counter([one.title for one in candidates])
    for one, narrow, wide, equal, listed in zip(candidates, *groups, strict=True):
        evidence = one.form.evidence
        named = parts.named(one)
        lesser = parts.lesser(one)
        own = _own_numbers(one, titles[one.title], listed.media, is_own[one.form.host])
        _, equal_words, _, headed, pictured, share = equal.values
        poorer = max(0.0, usual.wealth - (headed + pictured) / 2)
        together = (
            narrow.values[1] * equal_words,
            one.likeness * evidence,
            share / best,
            usual.url,
            max(0.0, usual.url - evidence),
            usual.headed,
            poorer,
            poorer * parts.holds(one),
        )
        one.row = (
            *own,
            *named.values,
            *lesser,
            *narrow.values,
            *wide.values,
            *equal.values,
            *listed.values,
            *together,
        )
        score = sum(map(mul, of_own, own), BIAS) + named.worth
        score += narrow.worth + wide.worth + equal.worth + listed.worth
        score += sum(map(mul, of_all, together))
        in_part = named.most
        if any(lesser):
            score += sum(map(mul, of_lesser, lesser))
            in_part += max(lesser)
        if in_part:
            other = max(float(parts.is_titled), min(1.0, 2 * poorer))
            score += _TWO_SIGNS * max(0.0, in_part - 1, min(1.0, in_part) * other)
        one.score = score


def _weights() -> list[Sequence[float]]:
    """The weights of `_FEATURES_OF`, by its parts."""
    rest = iter(WEIGHTS)
    return [tuple(islice(rest, len(names))) for names in _FEATURES_OF]


def _own_numbers(one: Candidate, alike: int, media: float, is_own: bool) -> tuple[float, ...]:
    """The features of a candidate's own words, links and URL; `alike` ones have its title.

    `media` is the share of videos and galleries in its list.
    """
    form = one.form
    anchors = one.anchors
    rank = one.place.rank
    likeness = one.likeness
    is_list = form.is_named_list
    return (
        likeness,
        len(one.title) > _LONG_TITLE and count_words(one.title) > _LONG_TITLE,
        one.is_headed,
        rank == TITLE_RANK,
        not (one.place.text or any(map(_TEXT, anchors))),
        rank < 0,
        one.has_image,
        one.place.prose and all(map(_PROSE, anchors)),
        bool(one.title) and not likeness,  # a label
        alike >= LIST,
        len(anchors) > 1,
        form.evidence,
        is_list,
        is_list and form.evidence <= 0,
        form.network,
        form.list_parameter,
        media * form.media,
        is_own,
    )


class _Usual(NamedTuple):
    """What is usual of the headlines of a page that stand in no part of it.

    The evidence of their URLs, how many have headings and pictures, and the share of all links that
    have headings.
    """

    url: float
    wealth: float
    headed: float

    @classmethod
    def of(cls, outside: Sequence[Candidate]) -> _Usual:
        words = max(0.1, likeness_of(outside))
        wealth = sum([one.likeness * (one.is_headed + one.has_image) for one in outside])
        return cls(
            url=sum([one.likeness * one.form.evidence for one in outside]) / words,
            wealth=wealth / words / 2,
            headed=sum([one.is_headed for one in outside]) / len(outside),
        )


# ---- parts of the page


class _Values(NamedTuple):
    """Some features that candidates have in common, and what they are worth.

    `media` is a group's share of videos and galleries, `most` the highest of the values of parts.
    """

    values: tuple[float, ...]
    worth: float
    media: float = 0.0
    most: float = 0.0


class _PageParts:
    """Where candidates stand: in parts of the page by their names, beside `main`, under labels.

    Without candidates nothing stands anywhere.
    """

    def __init__(
        self, page: PageLinks, candidates: Sequence[Candidate], weights: Sequence[float]
    ) -> None:
        words = max(1.0, likeness_of(candidates))
        self._weights = weights
        self._by_names = bool(candidates)
        self._shares = _shares_of_parts(candidates, words)
        self._lists = _headed_lists(candidates)
        self._named: dict[tuple[tuple[Zone, int], ...], _Values] = {}
        self._beside: dict[int, float] = {}
        self._labelled: set[int] = set()
        titled = _titled_list(page, candidates) if candidates else None
        self.is_titled = titled is not None
        if len(candidates) >= LIST:
            self._beside = _beside_main(page, candidates, titled)
            self._labelled = _labelled_links(page)
        labelled = likeness_of(one for one in candidates if one.place.order in self._labelled)
        self._labelled_weight = _minority(labelled / words - _LABELLED_BEYOND)

    def named(self, one: Candidate) -> _Values:
        """How far a candidate stands in named parts of each kind, from 0 to 1.

        0 where the part holds half the page.
        """
        zones = one.place.zones if self._by_names else ()
        found = self._named.get(zones)
        if found is None:
            values = self._of_zones(zones)
            worth = sum(map(mul, self._weights, values))
            found = self._named[zones] = _Values(values, worth, most=max(values))
        return found

    def lesser(self, one: Candidate) -> tuple[float, float]:
        """How far a candidate stands under a label, and beside `main`, from 0 to 1."""
        order = one.place.order
        labelled = self._labelled_weight if order in self._labelled else 0.0
        return labelled, self._beside.get(order, 0.0)

    def holds(self, one: Candidate) -> bool:
        """Whether a candidate stands in any part."""
        order = one.place.order
        if order in self._labelled or order in self._beside:
            return True
        return self._by_names and bool(one.place.zones)

    def _of_zones(self, zones: tuple[tuple[Zone, int], ...]) -> tuple[float, ...]:
        found = dict.fromkeys(_PARTS, 0.0)
        if zones in self._lists:
            return tuple(found.values())
        for zone, element in zones:
            name = _PART_OF_ZONE[zone]
            share = self._shares.get(element, 1.0)
            if name == "menu" or (zone == "sidebar" and self.is_titled):
                share -= _BEYOND_HALF
            found[name] = max(found[name], _minority(share))
        return tuple(found.values())


def _minority(share: float) -> float:
    """How far a part with such a share of the page's headlines is a lesser one, from 0 to 1."""
    return min(1.0, max(0.0, 6 * (HALF - share)))


def _shares_of_parts(candidates: Iterable[Candidate], page_words: float) -> dict[int, float]:
    """The share of the page's headlines in each of its parts, by the part's element.

    Those in menus of the page do not count for its other parts.
    """
    inside: dict[int, float] = defaultdict(float)
    menus: set[int] = set()
    outside_words = 0.0
    for one in candidates:
        elements: set[int] = set()
        for anchor in one.anchors:
            for zone, element in anchor.zones:
                elements.add(element)
                if _PART_OF_ZONE[zone] in _MENUS:
                    menus.add(element)
        for element in elements:
            inside[element] += one.likeness
        if menus.isdisjoint(elements):
            outside_words += one.likeness
    outside_words = max(1.0, outside_words)
    return {
        element: min(1.0, words / (page_words if element in menus else outside_words))
        for element, words in inside.items()
    }


def _headed_lists(candidates: Iterable[Candidate]) -> set[tuple[tuple[Zone, int], ...]]:
    """What is called a menu or a header, and is a list: most of its headlines are headings.

    It stands in no other part: a menu may show stories in what unfolds below it.
    """
    words: dict[tuple[tuple[Zone, int], ...], float] = defaultdict(float)
    headed: dict[tuple[tuple[Zone, int], ...], float] = defaultdict(float)
    for one in candidates:
        zones = one.place.zones
        if len(zones) == 1 and _CALLED_MENUS.issuperset([zone for zone, _ in zones]):
            words[zones] += one.likeness
            headed[zones] += one.likeness * one.is_headed
    return {
        zones
        for zones, count in headed.items()
        if count >= max(_FEW_HEADLINES, _HEADED_LIST * words[zones])
    }


def _titled_list(page: PageLinks, candidates: Iterable[Candidate]) -> LexborNode | None:
    """The element where the page's only `h1` stands over a list in no part: the page's own list."""
    around = _titled_element(page)
    if around is None:
        return None
    inside = {anchor.key for anchor in page.inside(around) if not anchor.zones}
    open_ones = [one for one in candidates if not one.place.zones]
    titled = likeness_of(one for one in open_ones if one.place.key in inside)
    is_list = titled >= max(_FEW_HEADLINES, _MOST_OF_OPEN * likeness_of(open_ones))
    return around if is_list else None


def _titled_element(page: PageLinks) -> LexborNode | None:
    """The element around the page's only `h1`, where that is a title of a few words."""
    titles = page.titles
    if len(titles) != 1 or page.around(titles[0]) is not None:
        return None
    if count_words(titles[0].text()[:_LONGEST_HEADING]) > headings.LABEL_WORDS:
        return None
    place = page.place(titles[0]).above
    if place is None or place.zones or place.tag in PAGE_TAGS:
        return None
    return place.node


def _beside_main(
    page: PageLinks,
    candidates: Iterable[Candidate],
    titled: LexborNode | None,
) -> dict[int, float]:
    """The links beside the page's `main` element (HTML Standard), else its `titled` list.

    By their order, each with how clearly that holds the headlines: 0 where half, 1 where all.
    """
    main = page.mains[0] if len(page.mains) == 1 else titled
    if main is None:
        return {}
    within = page.inside(main)
    inside = {anchor.key for anchor in within}
    total = in_main = 0.1
    for one in candidates:
        total += one.likeness
        in_main += one.likeness * (one.place.key in inside)
    beside = set(range(len(page.anchors))).difference([anchor.order for anchor in within])
    return dict.fromkeys(beside, _minority(1 - in_main / total))


def _labelled_links(page: PageLinks) -> set[int]:
    """The links in blocks whose heading says "related" or "most read", by their order."""
    found: set[int] = set()
    blocks = read = 0
    others = {""}  # texts that are no such labels
    for node in page.tree.css(headings.HEADING_SELECTOR)[:_MOST_HEADINGS]:
        text = node.text()
        if text in others:  # of an element around, or of one that two parts of the selector match
            continue
        read += len(text)
        if blocks >= _MOST_LABELLED or read > _MOST_TEXT:
            break
        if not _names_others(text):
            others.add(text)
            continue
        block = heading_blocks.block_of(page, node, deep=heading_blocks.NEAR)
        found.update(anchor.order for anchor in block)
        blocks += 1
    return found


def _names_others(text: str) -> bool:
    """Whether a heading says "related" or "most read"; most are of stories, with more words."""
    words = arabic.fold_words(text) if len(text) <= 2 * LONGEST_LABEL else ()
    if len(words) > _MOST_LABEL_WORDS or _first_words().isdisjoint(words):
        return False
    return labels.label(squeeze(text)) in _LABELS


@cache
def _first_words() -> frozenset[str]:
    kinds = label_tables().kinds.items()
    return frozenset(phrase.partition(" ")[0] for phrase, kind in kinds if kind in _LABELS)


# ---- groups


def _list_around(one: Candidate) -> TreePosition | str:
    """The element around the card of a candidate; its URL where there is none."""
    around = one.card.above if one.card is not None else None
    return around or one.url


def markup_around(place: TreePosition) -> str:
    """What links with equal elements around them have in common."""
    above = place.above or place
    around = above.above or above
    return f"{_lasting_names(place)}\n{_lasting_names(above)}\n{around.tag}"


def _lasting_names(place: TreePosition) -> str:
    """The tag and the classes of an element, without those that have digits.

    Each story may have its own of these.
    """
    names = _without_digits(place.classes) if place.classes else ""
    return f"{place.tag} {names}"


@lru_cache(maxsize=8192)
def _without_digits(classes: str) -> str:
    return " ".join([name for name in classes.split() if not _DIGIT.search(name)])


def _groups(
    candidates: Sequence[Candidate],
    page_words: float,
    weights: Sequence[Sequence[float]],
) -> list[list[_Values]]:
    """The values of `_OF_GROUP` of the four groups that each candidate is in, kind by kind."""
    forms = [one.form for one in candidates]
    keys: tuple[Sequence[Hashable], ...] = (
        [form.narrow for form in forms],
        [form.wide for form in forms],
        [one.markup for one in candidates],
        [one.list_around for one in candidates],
    )
    numbers = list(map(_summed_numbers, candidates))
    found: list[list[_Values]] = []
    for kind, weights_of in zip(keys, weights, strict=True):
        members: dict[Hashable, list[tuple[float, ...]]] = defaultdict(list)
        for key, summed in zip(kind, numbers, strict=True):
            members[key].append(summed)
        values = {key: _values_of(rows, page_words, weights_of) for key, rows in members.items()}
        found.append([values[key] for key in kind])
    return found


def _values_of(
    rows: Sequence[tuple[float, ...]], page_words: float, weights: Sequence[float]
) -> _Values:
    """The values of a group by what is summed up of its candidates."""
    size = len(rows)
    words, evidence, headed, pictured, media = rows[0]
    if size > 1:
        words, evidence, headed, pictured, media = map(sum, zip(*rows, strict=True))
    values = (
        min(log2(size), 5.0),
        words / size,
        evidence / size,
        headed / size,
        pictured / size,
        words / page_words,
    )
    return _Values(values, sum(map(mul, weights, values)), media / size)


def _summed_numbers(one: Candidate) -> tuple[float, ...]:
    """What is summed up of the candidates of a group."""
    form = one.form
    return (one.likeness, form.evidence, one.is_headed, one.has_image, form.media)
