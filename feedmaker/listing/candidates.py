"""Which links of a page are its stories.

All links to one URL are a candidate, with one title and one card. `link_scores` says how much it is
a story's; what is known of the section, and the cards of other stories, decide with it.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from itertools import chain, islice, starmap
from operator import attrgetter
from typing import TYPE_CHECKING, Final

from feedmaker.listing import joined_dates, url_shape
from feedmaker.listing.cards import (
    ATTRIBUTE_RANK,
    CUT_ENDS,
    LONGEST_TEXT,
    TITLE_RANK,
    ancestors,
    choose_title,
    is_whole_title,
    label_kind,
    likeness,
    nearest_title,
)
from feedmaker.listing.link_scores import (
    EQUAL,
    FEATURES,
    HALF,
    LIST,
    PAGE_TAGS,
    Candidate,
    grouped,
    likeness_of,
    score_links,
)
from feedmaker.listing.link_weights import WEIGHTS
from feedmaker.model.trace import TracedBlock
from feedmaker.text import arabic
from feedmaker.text.word_counts import count_words

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable, Mapping, Sequence

    from feedmaker.listing.cards import TreePosition
    from feedmaker.listing.link_scores import Drop
    from feedmaker.listing.page_links import Anchor, KnownLinks, PageLinks

_REASONS: Final[dict[Drop, str]] = {
    "": "one of the page's own stories",
    "url": "its URL is no story's",
    "wordless": "no words stand for it",
    "score": "its words, its URL and its place are too unlike a story's",
    "card": "in the card of another story",
    "same story": "the same story under another URL",
    "goods": "in a list of goods with their prices, or of matches with their results",
    "pictures": "one of the pictures of an album",
    "other section": "in a list without stories that the section is known to have",
}
_MOST_PRICED: Final = 9  # cards of a list whose prices are looked for
_CURRENCY: Final = (
    r"(?:[$€£¥₹₺₽₪₩฿₫]|(?:USD|EUR|GBP|CHF|SAR|AED|EGP|MAD|QAR|KWD|US[$]|R[$]|zł|kr|Kč|TL|Rs[.]?)(?!\w)"
    r"|(?:ريال|درهم|جنيه|دينار|تومان|روپے)(?!\w))"
)
_PRICE: Final = re.compile(
    rf"{_CURRENCY}[ \xa0]?\d[\d.,' \xa0]{{0,12}}|\d[\d.,']{{0,12}}[ \xa0]?{_CURRENCY}"
)
_RESULT: Final = re.compile(r"\d ?[-–:] ?\d")
_MATCH_WORDS: Final = 10  # names of two teams, and two numbers
# Kinds of labels on links whose attributes say what they do, as "Click to share on ...".
_ACTIONS: Final = frozenset({"comments", "reply", "share", "print"})
# Kinds of labels on links that lead to no story.
_BESIDE: Final = frozenset(
    {*_ACTIONS, "loading", "follow", "login", "navigation", "consent", "newsletter", "date", "buy"}
)
_OWN_PAGES: Final = ("date", "buy")  # labels of links to a day's archive, and to a shop's cart
_HEADER: Final = frozenset({"header"})
_NOTHING: Final[frozenset[str | None]] = frozenset({None, ""})
_IMAGE: Final = attrgetter("image")
_TEXT: Final = attrgetter("text")
_TITLE: Final = attrgetter("title")
_ATTRIBUTES: Final = attrgetter("attributes")
_ANCHORS: Final = attrgetter("anchors")
_NODE_ID: Final = attrgetter("node.mem_id")
_PATH_LENGTH: Final = 5
_BOX_LEVELS: Final = 7  # elements from a link on, that its card may be
_HEADLINES: Final = 0.7  # of the likeness to headlines, on average, that a list of them has
_NEAR: Final = -0.5  # log-odds, from which links whose URLs are of stories' pattern are stories
_UNLIKE: Final = -3.0  # log-odds, at which the best links of a block are none of stories
DOUBT: Final = 1.0  # log-odds; a score nearer to 0 says little
_CARD_DEPTH: Final = 30
_SEVERAL: Final = "*"  # in place of the one story whose links an element holds
_LIKELY_WORDS: Final = 0.45
_KNOWN_WORTH: Final = 3.0  # log-odds
_KNOWN_LIST: Final = 14.0  # log-odds, of a link in a list that held the section's stories before
_KNOWN_SHARE: Final = 0.2  # of its links
_LEAST_KNOWN: Final = 2


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
    _take_alike(candidates)
    _take_equal_cards(candidates)
    _drop_labels_of_cards(candidates)
    _drop_same_stories(candidates)
    stories = [one for one in candidates if not one.drop]
    owners = card_owners(chain.from_iterable(map(_ANCHORS, stories)))
    for one in stories:
        one.card = find_card(one.place, owners)
    _drop_goods(candidates)
    _drop_pictures(candidates)
    dated = filter(joined_dates.MAY_BE_DATED.search, map(_TITLE, stories))
    if next(islice(dated, joined_dates.LEAST - 1, None), None) is not None:
        joined_dates.part_titles(stories)
    return sorted(candidates, key=lambda one: one.place.order)


def _drop_same_stories(candidates: Iterable[Candidate]) -> None:
    """Drop the further URLs of a story: with the same headline and the same long number."""
    by_number: dict[str, list[Candidate]] = defaultdict(list)
    for one in candidates:
        if not one.drop:
            by_number[url_shape.long_number(one.url)].append(one)
    by_number.pop("", None)
    for members in by_number.values():
        seen: set[str] = set()
        for one in members if len(members) > 1 else ():
            title = arabic.fold(one.title)
            if title in seen:
                one.drop = "same story"
            seen.add(title)


def _drop_pictures(candidates: Iterable[Candidate]) -> None:
    """Drop the pictures of an album: links to one page that differ in their query alone.

    A page that others lead to in words shows a story for each query.
    """
    pages: dict[str, list[Candidate]] = defaultdict(list)
    named: set[str] = set()
    for one in candidates:
        path, sign, _ = one.url.partition("?")
        if one.drop or not sign:
            continue
        if any(map(_TEXT, one.anchors)):
            named.add(path)
        elif one.has_image:
            pages[path].append(one)
    for path, members in pages.items():
        if len(members) >= LIST and path not in named:
            for one in members:
                one.drop = "pictures"


def _drop_goods(candidates: Iterable[Candidate]) -> None:
    """Drop the cards of a list most of which show a price or a result: goods or matches."""
    for members in grouped(one for one in candidates if not one.drop):
        if len(members) >= LIST and _are_goods(members[:_MOST_PRICED]):
            for one in members:
                one.drop = "goods"


def _are_goods(members: Sequence[Candidate]) -> bool:
    """Whether several cards, and most of them, are of goods."""
    others = len(members) - max(LIST, len(members) // 2 + 1)  # that may be among them
    for one in members:  # of most lists the first few tell
        if one.card is None or not _shows_price_or_result(one.card):
            others -= 1
            if others < 0:
                return False
    return True


def _shows_price_or_result(card: TreePosition) -> bool:
    """Whether a text of a card is a price and nothing else, or it has two names and a result."""
    text = card.node.text(separator="\n")[:LONGEST_TEXT]
    lines = map(str.strip, text.split("\n"))
    numbers = [line for line in lines if line[:1].isdigit() or line[-1:].isdigit()]
    if any(map(_PRICE.fullmatch, numbers)):
        return True
    return any(map(_RESULT.fullmatch, numbers)) and count_words(text) <= _MATCH_WORDS


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
    score_links(page, candidates, by_parts=by_parts)
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
    for members in grouped(candidates):
        known = sum(one.is_known for one in members)
        is_of_section = known >= max(_LEAST_KNOWN, len(members) * _KNOWN_SHARE)
        for one in members:
            one.score += _KNOWN_WORTH * one.is_known
            if is_of_section and one.likeness >= _LIKELY_WORDS:  # its labels are no stories
                one.score += _KNOWN_LIST


def _take_best_group(candidates: Iterable[Candidate]) -> None:
    """Take the links of a page that are equal, read like headlines and are most of its words.

    For pages whose addresses and markup tell nothing.
    """
    likely = [one for one in candidates if one.drop in ("", "score")]
    best = max(grouped(likely, EQUAL), key=likeness_of, default=[])
    least = max(HALF * likeness_of(likely), _HEADLINES * len(best))
    if len(best) > LIST and likeness_of(best) > least:
        for one in best:
            one.drop = ""


def _take_alike(candidates: Iterable[Candidate]) -> None:
    """Take the headlines outside of parts whose URLs are made as those of the stories taken.

    A plain list under rich cards is rather unlike those.
    """
    taken = Counter(one.form.narrow for one in candidates if not one.drop)
    for one in candidates:
        is_near = one.score > _NEAR and one.likeness >= _HEADLINES
        if is_near and one.drop == "score" and taken[one.form.narrow] >= LIST:
            one.drop = ""


def _take_equal_cards(candidates: Iterable[Candidate]) -> None:
    """Take the headlines with the markup of stories, whose paths have as many parts as theirs.

    They may be a word or two, and their URLs tell nothing. They stand in no part of the page, or in
    a header, which may be called so and hold the page.
    """
    equal: dict[Hashable, list[Candidate]] = defaultdict(list)
    for one in candidates:
        if one.is_headed and one.score > _UNLIKE and _is_open(one):
            equal[one.markup, one.url.count("/")].append(one)
    for members in equal.values():
        best = max([one.score for one in members if not one.drop], default=0.0)
        if best > 0 and len(members) >= LIST:
            _take_all(members, min(best, DOUBT))


def _is_open(one: Candidate) -> bool:
    """Whether a candidate stands in no part of the page but a header."""
    return _HEADER.issuperset([zone for zone, _ in one.place.zones])


def _take_all(members: Iterable[Candidate], score: float) -> None:
    for one in members:
        if one.drop in ("score", "part"):
            one.drop = ""
            one.score = max(one.score, score)


def _drop_labels_of_cards(candidates: Iterable[Candidate]) -> None:
    """Drop the links that stand in many cards beside the headline of another story.

    They name its author, its section or the like, and their URLs are made after another pattern.
    """
    boxes: dict[TreePosition, str] = {}  # the headline in an element, or that there are several
    groups: dict[Hashable, list[Candidate]] = defaultdict(list)
    stories = [one for one in candidates if not one.drop]
    patterns = {one.form.narrow for one in stories if one.is_headed}
    for one in candidates:
        if one.form.narrow not in patterns:
            if one.drop in ("", "score"):
                groups[one.form.narrow, one.markup].append(one)
        elif one.is_headed and not one.drop:
            for at in islice(ancestors(one.place.place), _BOX_LEVELS):
                boxes[at] = one.url if boxes.get(at, one.url) == one.url else _SEVERAL
    for members in groups.values():
        # The same author may have written all: one URL, in each card again.
        anchors = [anchor for one in members for anchor in one.anchors]
        if len(anchors) < LIST:
            continue
        beside = {_headline_beside(one.place, boxes) for one in anchors} | {_SEVERAL}
        if len(beside) > max(LIST, len(anchors) / 2):
            for one in members:
                one.drop = one.drop or "card"


def _headline_beside(place: TreePosition, boxes: Mapping[TreePosition, str]) -> str:
    """The headline in the nearest element around a link that has any."""
    around = islice(ancestors(place), _BOX_LEVELS)
    return next((boxes[at] for at in around if at in boxes), _SEVERAL)


def _gather(anchors: Sequence[Anchor], known: KnownLinks | None) -> list[Candidate]:
    """One candidate for each URL, with its title and its card."""
    by_key: dict[str, list[Anchor]] = defaultdict(list)
    for anchor in anchors:
        by_key[anchor.key].append(anchor)
    candidates = [_candidate(group, known) for group in by_key.values()]
    # What may be a story ends the card of another.
    likely = filter(_may_be_story, candidates)
    owners = card_owners(chain.from_iterable(map(_ANCHORS, likely)))
    for one in candidates:
        for anchor in one.anchors:
            one.card = find_card(anchor, owners)
            if one.card is not None:
                break
    _name_by_cards(candidates)
    return candidates


def _name_by_cards(candidates: Iterable[Candidate]) -> None:
    """Give links without a headline the one of their cards.

    Those of a list that say the same have none, as "Read the story".
    """
    in_cards = [(one, one.card) for one in candidates if one.card is not None]
    same = Counter([(card.above, one.title) for one, card in in_cards])
    for one, card in in_cards:
        is_named = bool(one.title) and same[card.above, one.title] < LIST
        if (is_named and any(map(_TEXT, one.anchors))) or not _may_be_of_card(one):
            continue
        title = _title_in_card(one, card, is_named=is_named)
        if title:
            one.title = title
            one.likeness = likeness(title)
            one.is_headed = True


def _title_in_card(one: Candidate, card: TreePosition, *, is_named: bool) -> str:
    """The headline that a card shows; of links that an attribute names, that in its end.

    It may say "Read more about" before the headline.
    """
    links = set(map(_NODE_ID, one.anchors))
    title = nearest_title(card, links, is_worded=bool(one.title) and not is_named)
    for label in filter(label_kind, map(_TEXT, one.anchors)):
        title = title.removesuffix(label).rstrip()
    return title if not is_named or one.title.endswith(title) else ""


def _may_be_story(one: Candidate) -> bool:
    """Whether a candidate may be a story, by its URL and its words."""
    form = one.form
    if form.network or form.is_nowhere or (_is_of_list(form) and one.likeness < 1):
        return False
    if not one.title and label_kind(one.place.text) in _OWN_PAGES:
        return False
    return form.evidence > 0 or one.likeness >= _LIKELY_WORDS or not one.title


def _is_of_list(form: url_shape.UrlForm) -> bool:
    """Whether a URL is that of a list, unless words tell otherwise."""
    return form.list_word == "never" or (form.is_named_list and form.evidence <= 0)


def _may_be_of_card(one: Candidate) -> bool:
    """Whether links without a headline may lead to the story of their card.

    Those to its comments and the like do not.
    """
    is_link = any(label_kind(anchor.text) not in _BESIDE for anchor in one.anchors)
    return is_link and not one.form.is_nowhere


def _candidate(anchors: list[Anchor], known: KnownLinks | None) -> Candidate:
    """All that some links say of the URL that they lead to, but for its card."""
    place = anchors[0]
    url = place.url
    form = url_shape.url_form(url)
    is_headed = _is_headed(place)
    has_image = place.image
    if len(anchors) > 1:
        place = min(anchors, key=_outside_and_ranked)
        is_headed = any(map(_is_headed, anchors))
        has_image = any(map(_IMAGE, anchors))
    title = place.text
    if len(anchors) > 1 or (any(place.attributes) and not is_whole_title(title, place.rank)):
        title = _title_of_links(anchors, form.words)
    like = likeness(title)
    # By their places: with names, making one takes several times as long.
    return Candidate(
        url,
        anchors,
        place,
        title if like else "",
        like,
        form,
        is_headed,
        has_image,
        known is not None and known.any_of(anchors),
    )


def _title_of_links(anchors: Sequence[Anchor], slug: Sequence[str]) -> str:
    """The headline among the texts of some links to one URL, and their attributes if need be."""
    said: set[str] = set(filter(None, map(_TEXT, anchors)))
    attributes = chain.from_iterable(map(_ATTRIBUTES, anchors))
    if len(said) == 1 and _NOTHING.union(said).issuperset(attributes):  # as of most
        return said.pop()
    texts = [(anchor.text, anchor.rank) for anchor in anchors if anchor.text]
    is_cut = any(text.endswith(CUT_ENDS) for text, _ in texts)
    if is_cut or not any(starmap(is_whole_title, texts)):
        for anchor in anchors:
            texts += _attribute_texts(anchor)
    return choose_title(texts, slug)


def _attribute_texts(anchor: Anchor) -> list[tuple[str, int]]:
    """What the attributes of a link say, with its rank; nothing where they say what it does."""
    if label_kind(anchor.text) in _ACTIONS:
        return []
    return [(text, ATTRIBUTE_RANK) for text in anchor.extra]


def _outside_and_ranked(anchor: Anchor) -> tuple[int, int]:
    """Sort links in no part of the page first, and of those headlines."""
    return (len(anchor.zones), -anchor.rank)


def _is_headed(anchor: Anchor) -> bool:
    """Whether the text of a link is a heading."""
    return anchor.rank > TITLE_RANK and bool(anchor.text)


def card_owners(stories: Iterable[Anchor]) -> dict[TreePosition, str]:
    """The one story whose links an element holds, by its key, or that there are several."""
    owners: dict[TreePosition, str] = {}
    for anchor in stories:
        key = anchor.key
        at: TreePosition | None = anchor.place
        while at is not None:
            owner = owners.get(at)
            if owner in (key, _SEVERAL):
                break
            owners[at] = key if owner is None else _SEVERAL
            at = at.above
    return owners


def find_card(anchor: Anchor, owners: Mapping[TreePosition, str]) -> TreePosition | None:
    """The card of a link: the largest element that holds no links of another of the `owners`."""
    key = anchor.key
    card: TreePosition | None = None
    at: TreePosition | None = anchor.place
    for _ in range(_CARD_DEPTH):
        if at is None or owners.get(at, key) != key or at.tag in PAGE_TAGS:
            break
        card = at
        at = at.above
    return card


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
