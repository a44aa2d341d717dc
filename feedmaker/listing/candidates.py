"""What the links of a page to one URL say together, and how much that URL is a story's.

A candidate is all links to one URL. Its row of numbers tells of its words, the form of its URL, the
part of the page it stands in, and of four groups that it belongs to: the URLs after the same
pattern, narrow and wide; the links with equal elements around them; and its list. A weighted sum of
them is its score: the log-odds that it is a story. Words of class names, paths and headings are a
few numbers among many; none drops a link by itself.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice
from math import log2
from operator import attrgetter, mul
from typing import TYPE_CHECKING, Final, Literal

from feedmaker.listing import heading_blocks, headings, url_shape
from feedmaker.listing.cards import (
    ATTRIBUTE_RANK,
    TITLE_RANK,
    ancestors,
    choose_title,
    count_words,
    likeness,
    nearest_title,
    short_text,
)
from feedmaker.listing.link_weights import BIAS, WEIGHTS
from feedmaker.model import TracedBlock
from feedmaker.text import arabic, labels, urls

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable, Mapping, Sequence

    from feedmaker.html.class_words import Zone
    from feedmaker.listing.cards import TreePosition
    from feedmaker.listing.page_links import Anchor, KnownLinks, PageLinks

Drop = Literal[
    "",  # a story
    "url",
    "wordless",
    "part",
    "score",
    "card",
    "same story",
    "other section",
]

_REASONS: Final[dict[Drop, str]] = {
    "": "one of the page's own stories",
    "url": "its URL is no story's",
    "wordless": "no words stand for it",
    "score": "its words, its URL and its place are too unlike a story's",
    "card": "in the card of another story",
    "same story": "the same story under another URL",
    "other section": "in a list without stories that the section is known to have",
}
_DIGIT: Final = re.compile(r"\d")
_NODE_ID: Final = attrgetter("node.mem_id")
_PATH_LENGTH: Final = 5
_BOX_LEVELS: Final = 7  # elements from a link on, that its card may be
_HEADLINES: Final = 0.7  # of the likeness to headlines, on average, that a list of them has
_UNLIKE: Final = -3.0  # log-odds, at which the best links of a block are none of stories
_TWO_SIGNS: Final = -8.0  # log-odds, where a label or `main` and a name both speak against a link
_LONGEST_HEADING: Final = 500  # characters that are read
_MOST_OF_OPEN: Final = 0.6  # of the headlines in no part, that the page's title stands over
_BEYOND_HALF: Final = 0.25  # of the headlines more, that a sidebar may hold beside a short list
_HALF: Final = 0.5  # of a page's headlines; a part that holds them is the page's own list
_FEW_HEADLINES: Final = 4.0  # with fewer, shares of them say little
LIST: Final = 3  # links that make a list
DOUBT: Final = 1.0  # log-odds; a score nearer to 0 says little
_CARD_DEPTH: Final = 30
_PAGE_TAGS: Final = frozenset({"body", "html"})
_SEVERAL: Final = "*"  # in place of the one story whose links an element holds
_LIKELY_WORDS: Final = 0.45
_LABEL_WORDS: Final = 6
_LONG_TITLE: Final = 24  # words
_LABELS: Final = ("most-read", "related")
_MOST_HEADINGS: Final = 5000
_MOST_LABELLED: Final = 32
_KNOWN_WORTH: Final = 3.0  # log-odds
_KNOWN_LIST: Final = 14.0  # log-odds, of a link in a list that held the section's stories before
_KNOWN_SHARE: Final = 0.2  # of its links
_LEAST_KNOWN: Final = 2

_PARTS: Final[dict[str, frozenset[Zone]]] = {
    "menu": frozenset({"navigation", "footer"}),
    "header": frozenset({"header"}),
    "side": frozenset({"sidebar"}),
    "others": frozenset({"related", "most-read", "ticker"}),
    "junk": frozenset({"social", "comments", "advert", "tags", "popup"}),
}
_PART_OF_ZONE: Final = {zone: name for name, zones in _PARTS.items() for zone in zones}
_NO_PARTS: Final = (0.0,) * len(_PARTS)
_GROUPS: Final = ("narrow", "wide", "equal", "list")
_OF_GROUP: Final = ("size", "words", "url", "headed", "pictured", "share")
FEATURES: Final = (
    "words",
    "long",
    "heading",
    "named",
    "attribute",
    "deck",
    "picture",
    "prose",
    "label",
    "twice",
    "url",
    "url_word",
    "url_word_only",
    "network",
    "parameter",
    "media",
    "own_site",
    *_PARTS,
    "labelled",
    "beside_main",
    *(f"{group}_{name}" for group in _GROUPS for name in _OF_GROUP),
    "narrow_and_equal",
    "words_and_url",
    "of_best",
    "usual_url",
    "less_url",
    "headed_share",
    "poorer",
    "poorer_in_part",
)


@dataclass(slots=True)
class Candidate:
    """All that the page says of one URL.

    `row` has the values of `FEATURES`, `score` is the log-odds that it is a story. `drop` says why
    it is no story link, "" that it is one. `place` is the main one of its links: outside of parts
    of the page, and a headline. `card` is the element around it without other stories' links.
    """

    url: str
    anchors: list[Anchor]
    place: Anchor
    title: str = ""
    likeness: float = 0.0
    form: url_shape.UrlForm = url_shape.NO_FORM
    score: float = 0.0
    row: Sequence[float] = ()
    drop: Drop = ""
    card: TreePosition | None = None
    groups: tuple[Hashable, ...] = ()
    is_headed: bool = False
    has_image: bool = False
    is_known: bool = False


def find(
    page: PageLinks,
    known: KnownLinks | None,
    block: Iterable[Anchor] | None = None,
) -> list[Candidate]:
    """Return the candidates of a page in page order: story links, and why others are none.

    Of a `block` that was asked for by name only its own are returned, and the parts of the page
    make no difference to them. The card of a story ends where another story's begins.
    """
    candidates = weigh(page, known=known, by_parts=block is None)
    if block is not None:
        candidates = _within_block(candidates, block)
    if sum(not one.drop for one in candidates) < LIST:
        _take_best_group(candidates)
    _drop_labels_of_cards(candidates)
    stories: list[Anchor] = []
    seen: set[tuple[str, str]] = set()
    for one in candidates:
        if one.drop:
            continue
        # A story may have further URLs, with the same headline and the same long number.
        number = url_shape.long_number(one.url)
        story = (arabic.fold(one.title), number)
        if number and story in seen:
            one.drop = "same story"
        else:
            seen.add(story)
            stories += one.anchors
    cards = find_cards(stories, stories)
    for one in candidates:
        if not one.drop:
            one.card = cards[one.place.order]
    return sorted(candidates, key=lambda one: one.place.order)


def _within_block(candidates: Iterable[Candidate], block: Iterable[Anchor]) -> list[Candidate]:
    """The candidates that have links in a block that was asked for, with those alone.

    Its best links are stories even where they are rather unlike those.
    """
    inside = {anchor.order for anchor in block}
    found: list[Candidate] = []
    for one in candidates:
        here = [anchor for anchor in one.anchors if anchor.order in inside]
        if here:
            one.anchors = here
            one.place = here[0]
            found.append(one)
    best = max([one.score for one in found], default=0.0)
    least = max(min(0.0, best), _UNLIKE) - DOUBT
    for one in found:
        if one.score > least and one.drop in ("part", "score"):
            one.drop = ""
    return found


def weigh(
    page: PageLinks,
    *,
    known: KnownLinks | None = None,
    by_parts: bool = True,
) -> list[Candidate]:
    """Return the candidates of a page in page order, each with its score.

    Without `by_parts` the parts of the page make no difference.
    """
    candidates = _gather(page.anchors, known)
    if not candidates:
        return []
    all_words = sum([one.likeness for one in candidates])
    page_words = max(_FEW_HEADLINES, all_words)
    numbers = _group_numbers(candidates, page_words)
    best = max(share for *_, share, _ in numbers.values()) or 1.0
    shares = _shares_of_parts(candidates, max(1.0, all_words)) if by_parts else {}
    beside: dict[int, float] = {}
    labelled: set[int] = set()
    if by_parts and len(candidates) >= LIST:
        beside = _beside_main(page, candidates)
        labelled = _labelled_links(page)
    labelled_words = sum(one.likeness for one in candidates if one.place.order in labelled)
    labelled_share = labelled_words / max(1.0, all_words)
    outside = [one for one in candidates if not one.place.zones] or candidates
    outside_words = max(0.1, sum(one.likeness for one in outside))
    usual_url = sum(one.likeness * one.form.evidence for one in outside) / outside_words
    wealth = sum(one.likeness * (one.is_headed + one.has_image) for one in outside)
    usual_wealth = wealth / outside_words / 2
    headed_share = sum(one.is_headed for one in outside) / len(outside)
    is_titled = by_parts and _has_titled_list(page, candidates)
    for one in candidates:
        narrow, wide, equal, listed = (numbers[key] for key in one.groups)
        parts = _part_numbers(one, shares, is_titled=is_titled) if by_parts else _NO_PARTS
        is_labelled = one.place.order in labelled
        lesser = (_minority(labelled_share) * is_labelled, beside.get(one.place.order, 0.0))
        is_beside = one.place.order in beside
        in_part = is_labelled or is_beside or bool(one.place.zones and by_parts)
        poorer = max(0.0, usual_wealth - (equal[3] + equal[4]) / 2)
        form = one.form
        like = one.likeness
        one.row = [
            like,
            float(count_words(one.title) > _LONG_TITLE),
            float(one.is_headed),
            float(one.place.rank == TITLE_RANK),
            float(not any(anchor.text for anchor in one.anchors)),
            float(one.place.rank < 0),
            float(one.has_image),
            float(all(anchor.prose for anchor in one.anchors)),
            float(count_words(one.title) <= _LABEL_WORDS and labels.label(one.title) is not None),
            float(len(one.anchors) > 1),
            form.evidence,
            float(form.named_list),
            float(form.named_list and form.evidence <= 0),
            float(form.network),
            float(form.list_parameter),
            listed[-1] * form.media,
            float(urls.same_site(one.url, page.base)),
            *parts,
            *lesser,
            *narrow[:-1],
            *wide[:-1],
            *equal[:-1],
            *listed[:-1],
            narrow[1] * equal[1],
            like * form.evidence,
            equal[-2] / best,
            usual_url,
            max(0.0, usual_url - form.evidence),
            headed_share,
            poorer,
            poorer * in_part,
        ]
        named = max(parts)
        placed = max(lesser)
        other = max(float(is_titled), min(1.0, 2 * poorer))
        signs = max(0.0, named + placed - 1, min(1.0, named + placed) * other)
        one.score = sum(map(mul, WEIGHTS, one.row), BIAS) + _TWO_SIGNS * signs
    if known is not None:
        _prefer_known(candidates)
    for one in candidates:
        if one.form.is_nowhere:
            one.drop = "url"
        elif not one.title:
            one.drop = "wordless"
        elif one.score <= 0:
            one.drop = "part" if one.place.zones else "score"
    return candidates


def _prefer_known(candidates: Iterable[Candidate]) -> None:
    """Raise the score of stories that the section is known to have, and of those in their lists."""
    lists: dict[Hashable, list[Candidate]] = defaultdict(list)
    for one in candidates:
        lists[one.groups[-1]].append(one)
    for members in lists.values():
        known = sum(one.is_known for one in members)
        is_of_section = known >= max(_LEAST_KNOWN, len(members) * _KNOWN_SHARE)
        for one in members:
            one.score += _KNOWN_WORTH * one.is_known + _KNOWN_LIST * is_of_section


def _has_titled_list(page: PageLinks, candidates: Iterable[Candidate]) -> bool:
    """Whether the page's only `h1` stands over a list in no part of the page: its title."""
    titles = page.tree.css("h1")
    if len(titles) != 1 or page.around(titles[0]) is not None:
        return False
    place = page.place(titles[0]).above
    if count_words(titles[0].text()[:_LONGEST_HEADING]) > headings.LABEL_WORDS:
        return False
    if place is None or place.zones or place.tag in _PAGE_TAGS:
        return False
    inside = {anchor.key for anchor in page.within(place.node) if not anchor.zones}
    open_ones = [one for one in candidates if not one.place.zones]
    titled = _words_of(one for one in open_ones if one.place.key in inside)
    return titled >= max(_FEW_HEADLINES, _MOST_OF_OPEN * _words_of(open_ones))


def _beside_main(page: PageLinks, candidates: Iterable[Candidate]) -> dict[int, float]:
    """The links beside the page's `main` element (HTML Standard), by their order.

    Each with how clearly `main` holds the page's headlines: 0 where half, 1 where all.
    """
    main = page.tree.css("main, [role=main]")
    if len(main) != 1:
        return {}
    inside = {anchor.order for anchor in page.within(main[0])}
    total = in_main = 0.1
    for one in candidates:
        total += one.likeness
        in_main += one.likeness * any(anchor.order in inside for anchor in one.anchors)
    beside = set(range(len(page.anchors))) - inside
    return dict.fromkeys(beside, _minority(1 - in_main / total))


def _labelled_links(page: PageLinks) -> set[int]:
    """The links in blocks whose heading says "related" or "most read", by their order."""
    found: set[int] = set()
    blocks = 0
    for node in page.tree.css(headings.HEADING_SELECTOR)[:_MOST_HEADINGS]:
        text = short_text(node)
        if not text or labels.label(text) not in _LABELS:
            continue
        block = heading_blocks.block_of(page, node, deep=heading_blocks.NEAR)
        found.update(anchor.order for anchor in block)
        blocks += 1
        if blocks >= _MOST_LABELLED:
            break
    return found


def _take_best_group(candidates: Iterable[Candidate]) -> None:
    """Take the links of a page that are equal, read like headlines and are most of its words.

    For pages whose addresses and markup tell nothing.
    """
    groups: dict[Hashable, list[Candidate]] = defaultdict(list)
    total = 0.1
    for one in candidates:
        if one.drop in ("", "score"):
            total += one.likeness
            groups[one.groups[2]].append(one)
    best = max(groups.values(), key=_words_of, default=[])
    words = _words_of(best)
    if len(best) > LIST and words > max(_HALF * total, _HEADLINES * len(best)):
        for one in best:
            one.drop = ""


def _words_of(members: Iterable[Candidate]) -> float:
    """How much some candidates read like headlines, in all."""
    return sum([one.likeness for one in members])


def _drop_labels_of_cards(candidates: Iterable[Candidate]) -> None:
    """Drop the links that stand in many cards beside the headline of another story.

    They name its author, its section or the like, and their URLs are made after another pattern.
    """
    boxes: dict[TreePosition, str] = {}  # the headline in an element, or that there are several
    groups: dict[Hashable, list[Candidate]] = defaultdict(list)
    stories = [one for one in candidates if not one.drop]
    patterns = {one.groups[0] for one in stories if one.is_headed}
    for one in stories:
        if one.groups[0] not in patterns:
            groups[one.groups[0], one.groups[2]].append(one)
        elif one.is_headed:
            for at in islice(ancestors(one.place.place), _BOX_LEVELS):
                boxes[at] = one.url if boxes.get(at, one.url) == one.url else _SEVERAL
    for members in groups.values():
        beside: set[str] = {_SEVERAL}
        for one in members:
            around = islice(ancestors(one.place.place), _BOX_LEVELS)
            beside.add(next((boxes[at] for at in around if at in boxes), _SEVERAL))
        if len(beside) > max(LIST, len(members) / 2):
            for one in members:
                one.drop = "card"


def _minority(share: float) -> float:
    """How far a part with such a share of the page's headlines is a lesser one, from 0 to 1."""
    return min(1.0, max(0.0, 6 * (_HALF - share)))


def _part_numbers(
    one: Candidate,
    shares: Mapping[int, float],
    *,
    is_titled: bool,
) -> Sequence[float]:
    """How far a candidate stands in parts of each kind: 1, and 0 where they hold half the page."""
    found = dict.fromkeys(_PARTS, 0.0)
    for zone, element in one.place.zones:
        name = _PART_OF_ZONE[zone]
        share = shares.get(element, 1.0)
        if zone == "sidebar" and is_titled:
            share -= _BEYOND_HALF
        found[name] = max(found[name], _minority(share))
    return list(found.values())


def _shares_of_parts(candidates: Iterable[Candidate], page_words: float) -> dict[int, float]:
    """The share of the page's headlines in each of its parts, by the part's element."""
    inside: dict[int, float] = defaultdict(float)
    for one in candidates:
        elements: set[int] = set()
        for anchor in one.anchors:
            elements.update(element for _, element in anchor.zones)
        for element in elements:
            inside[element] += one.likeness
    return {element: words / page_words for element, words in inside.items()}


def _group_keys(one: Candidate) -> tuple[Hashable, Hashable, Hashable, Hashable]:
    """What a candidate's groups have in common, in the order of `_GROUPS`."""
    place = one.place.place
    above = place.above or place
    around = above.above or above
    around_list = one.card.above if one.card is not None else None
    return (
        one.form.narrow,
        (one.form.wide,),
        (_lasting_names(place), _lasting_names(above), around.tag),
        around_list or one.url,
    )


def _lasting_names(place: TreePosition) -> str:
    """The tag and the classes of an element, without those that have digits.

    Each story may have its own of these.
    """
    return f"{place.tag} {_without_digits(place.classes)}"


@lru_cache(maxsize=8192)
def _without_digits(classes: str) -> str:
    return " ".join([name for name in classes.split() if not _DIGIT.search(name)])


def _group_numbers(
    candidates: Sequence[Candidate],
    page_words: float,
) -> dict[Hashable, list[float]]:
    """The values of `_OF_GROUP` of each group, by what its candidates have in common.

    With the share of videos and galleries as the last one.
    """
    groups: dict[Hashable, list[Candidate]] = defaultdict(list)
    for one in candidates:
        for key in one.groups:
            groups[key].append(one)
    found: dict[Hashable, list[float]] = {}
    for key, members in groups.items():
        size = len(members)
        words = sum([one.likeness for one in members])
        found[key] = [
            min(log2(size), 5.0),
            words / size,
            sum([one.form.evidence for one in members]) / size,
            sum([one.is_headed for one in members]) / size,
            sum([one.has_image for one in members]) / size,
            words / page_words,
            sum([one.form.media for one in members]) / size,
        ]
    return found


def _gather(anchors: Sequence[Anchor], known: KnownLinks | None) -> list[Candidate]:
    """One candidate for each URL, with its title and its card."""
    by_key: dict[str, list[Anchor]] = defaultdict(list)
    for anchor in anchors:
        by_key[anchor.key].append(anchor)
    candidates = [_candidate(group, known) for group in by_key.values()]
    # What may be a story ends the card of another.
    likely: list[Anchor] = []
    for one in candidates:
        form = one.form
        may_be = form.evidence > 0 or one.likeness >= _LIKELY_WORDS or not one.title
        is_listing = form.named_list and one.likeness < 1
        if may_be and not (is_listing or form.network or form.is_nowhere):
            likely += one.anchors
    cards = find_cards(anchors, likely)
    for one in candidates:
        of_anchors = [cards[anchor.order] for anchor in one.anchors]
        one.card = next(filter(None, of_anchors), None)
        if not one.title and one.card is not None and not one.form.is_nowhere:
            one.title = nearest_title(one.card, set(map(_NODE_ID, one.anchors)))
            one.likeness = likeness(one.title)
            one.is_headed = bool(one.title)
        one.groups = _group_keys(one)
    return candidates


def _candidate(anchors: list[Anchor], known: KnownLinks | None) -> Candidate:
    """All that some links say of the URL that they lead to, but for its card."""
    url = anchors[0].url
    texts = [(anchor.text, anchor.rank) for anchor in anchors]
    for anchor in anchors:
        texts += [(text, ATTRIBUTE_RANK) for text in anchor.extra]
    title, _ = texts[0]
    if len(texts) > 1:
        title = choose_title(texts, url)
    return Candidate(
        url=url,
        anchors=anchors,
        place=min(anchors, key=lambda anchor: (len(anchor.zones), -anchor.rank)),
        title=title if likeness(title) else "",
        likeness=likeness(title),
        form=url_shape.url_form(url),
        is_headed=any(anchor.rank > TITLE_RANK and anchor.text for anchor in anchors),
        has_image=any(anchor.image for anchor in anchors),
        is_known=known is not None and known.any_of(anchors),
    )


def find_cards(
    anchors: Iterable[Anchor],
    stories: Iterable[Anchor],
) -> dict[int, TreePosition | None]:
    """The card of each link, by its order: the largest element that holds no other story's links.

    `stories` are the links that count as stories'.
    """
    # The one story whose links an element holds, by its key, or that there are several.
    owners: dict[TreePosition, str] = {}
    for anchor in stories:
        at: TreePosition | None = anchor.place
        while at is not None and owners.get(at, "") not in (anchor.key, _SEVERAL):
            owners[at] = _SEVERAL if at in owners else anchor.key
            at = at.above
    cards: dict[int, TreePosition | None] = {}
    for anchor in anchors:
        card: TreePosition | None = None
        at = anchor.place
        for _ in range(_CARD_DEPTH):
            if at is None or at.tag in _PAGE_TAGS:
                break
            if owners.get(at, anchor.key) != anchor.key:
                break
            card = at
            at = at.above
        cards[anchor.order] = card
    return cards


def traced_block(one: Candidate) -> TracedBlock:
    """What `explain` shows of a candidate.

    Features that say nothing are left out.
    """
    first = one.anchors[0]
    title = one.title or first.text
    reason = _REASONS.get(one.drop, "")
    if one.drop == "part":
        zone, _ = one.place.zones[0]
        reason = f"in the page's {zone}"
    features: dict[str, float] = {}
    for name, weight, value in zip(FEATURES, WEIGHTS, one.row, strict=True):
        worth = round(weight * value, 2)
        if worth:
            features[name] = worth
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
        tag = at.tag or ""
        if tag in ("body", "html"):
            break
        classes = at.node.attributes.get("class") or ""
        names = [tag, *classes.split()[:2]]
        parts.append(".".join(names))
    return " > ".join(reversed(parts))
