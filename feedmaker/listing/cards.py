"""What leads to a story: the texts of its links and its card, and what else the card shows."""

from __future__ import annotations

import re
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import lru_cache
from itertools import chain, islice, pairwise, takewhile
from typing import TYPE_CHECKING, Final, NamedTuple

from feedmaker.html import class_names, pictures
from feedmaker.html.blocks import HEADINGS, tag_ids
from feedmaker.model import Link
from feedmaker.text import arabic, labels
from feedmaker.text.short_dates import is_date, spell_out_ago
from feedmaker.text.word_counts import count_words

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from selectolax.lexbor import LexborNode

    from feedmaker.html.class_words import Zone

LONGEST_LABEL: Final = 80  # characters of a heading or a menu's label
HEADLINE_WORDS: Final = 5  # a text of as many words is no label
LONGEST_TEXT: Final = 1000  # characters of a link's text that are read
_LONGEST_SIGN: Final = 20  # characters of a label beside a headline
_LONGEST_DATED: Final = 60  # and of a date
_LONGEST_HEADING: Final = 500  # characters of a heading that are read
_LONGEST_TITLE: Final = 500  # characters
_MOST_TITLE_WORDS: Final = 60
_MOST_STACKED: Final = 6  # texts one above the other, in a link
_MOST_NODES: Final = 20  # elements and texts within a heading
_MOST_INNER: Final = 1000  # elements of a link that are looked at
_MOST_IN_CARD: Final = 500  # elements, and texts, of a card that dates are looked for in
_DECK_WORDS: Final = 24
_LABEL_WORDS: Final = 6
_DATE_WORDS: Final = 12
_SLUG_WORDS: Final = 3
_SENTENCE_WORDS: Final = 8  # of a deck
_TITLE_WORDS: Final = 3  # of a title that stands beside a kicker or a deck
_KICKER_WORDS: Final = 3  # at most
_ENDS: Final = "!?:.…,;؟،؛"  # of a headline's first part, and of no kicker

# How much a text of 0 to 4 words is a headline; one of more words is.
_SHORT_LIKENESS: Final = (
    0.0,
    0.1,
    0.25,
    0.45,
    0.7,
)
_DECK_LIKENESS: Final = 0.7
_LONG_LIKENESS: Final = 0.3

# What the text that is chosen for a headline gains and loses.
_RANK_WORTH: Final = 0.5  # for each rank
_SLUG_WORTH: Final = 1.0  # where it spells the whole slug
_CUT_LOSS: Final = 0.3
_DECK_LOSS: Final = 0.6

_CARD_OR_PAGE: Final = frozenset(
    {
        "article",
        "li",
        "td",
        "section",
        "body",
    }
)
_BEFORE: Final = 8  # nodes before a card that may be its heading
_BEFORE_TAGS: Final = HEADINGS | {"dt"}
_CARD_TITLE_WORDS: Final = range(4, 21)  # of a card's whole text that may be its title
_RANK_LEVELS: Final = 4  # a link and the elements around it that may be a heading
_HEADLINE_LIKENESS: Final = 0.7
_DEEPEST: Final = 12  # elements within each other, in a link
_PICTURES: Final = frozenset({"img", "picture"})
_HEADING_IDS: Final = tag_ids(" ".join(HEADINGS))
_PICTURE_IDS: Final = tag_ids(" ".join(_PICTURES))
# Their attributes, often long, say nothing of a headline or a date.
_DRAWN_IDS: Final = tag_ids("img picture source svg g path use br")
_IMAGE_IDS: Final = tag_ids("img")
_TIME_IDS: Final = tag_ids("time")
_UNREAD: Final = frozenset({"script", "style", "noscript", "time", "svg", "button"})
_WORDLESS: Final = _UNREAD | _PICTURES
_BLOCK_TAGS: Final = HEADINGS | {"div", "p", "li", "section", "header", "figcaption", "td"}
# A short text with a time of day, beside a headline: «сегодня, 17:06».
_TIME_OF_DAY: Final = re.compile(r"\s*(?:[^\W\d]+[\s,]+){0,3}\d{1,2}:\d{2}\W*")
_BULLETS: Final = frozenset("•●○■▪◾◆►▶▸|·»›–-")  # before a line
_SIGNS_BEFORE: Final = re.compile(r"^(?:[•●○■▪◾◆►▶▸|·]\s*+|[»›–-]\s++)++")
_ARROWS: Final = "»›→ "  # behind one; in a quotation they may close it
_COUNT: Final = re.compile(r"[(\[]?\d{1,5}[)\]]?")  # of comments, behind a headline
_SEPARATORS: Final = "|/•·›»"  # behind a kicker
_RANK: Final = re.compile(r"#?\d{1,2}[.)]?")  # in a list: «3», "#3", "3."
# What stands before a headline in one text with it.
_LEADING_DATE: Final = re.compile(
    r"^(?:\d{1,2}/\d{1,2}(?:/\d{2,4})?|\d{1,2}[.-]\d{1,2}[.-]\d{2,4})[\s|–-]+(?=[^\W\d])"
)
_CLOCK: Final = re.compile(
    r"^\s*\d{1,2}(?::\d{2}(?!\d)|[.٫]\d{2}(?=\s*[-–|]))\s*(?:[-–|]\s*)?(?=\S)"
)
_CUT: Final = re.compile(r"(?:(?<!\.)\.{2,}|…)\s*$")
CUT_ENDS: Final = ("..", "…")
_FULL_STOPS: Final = (".", "۔", "。")
_ENDED: Final = (*_FULL_STOPS, *CUT_ENDS)

_MOST_PICTURES: Final = 8  # of a card that are looked at
_LONGEST_DATE: Final = 100  # characters
_LONGEST_SPACED: Final = 300  # and with the space around and in it
_LONGEST_AGO: Final = 30  # of a date without a number
_MOST_DATES: Final = 3  # elements of a card
_DATE_NAME: Final = re.compile("[dD]ate|time")  # in a class, or in an attribute of scripts
_LINE_CLASS: Final = re.compile("info|meta|byline|detail")
_ISO_DATE: Final = re.compile(r"(?:19|20)\d\d-[01]\d-[0-3]\d(?![^\W_T])")
_IS_UTC: Final = re.compile(r"(?:Z|[+-]00:?00)$")
_ISO_DATED: Final = ("title", "content")  # attributes that may state a date in the form of ISO 8601
_DATED: Final = ("datetime", *_ISO_DATED)
_UNDATED: Final = frozenset({"class", "id", "href", "style", "target", "rel"})  # most attributes
_BETWEEN: Final = "\0"  # texts; no text of a page has it
_EPOCH: Final = re.compile(r"1\d{9}(?:\d{3})?")  # seconds or milliseconds, since 2001
_MONTH_AND_DAY: Final = re.compile(r"(\d{1,2})([./-])(\d{1,2})(?=\2\d{4}(?!\d))")
_SHORT_YEAR: Final = re.compile(r"(?<![\d./-])(\d{1,2})([./])(\d{1,2})\2(\d\d)(?![\d./-])")
_YEAR: Final = re.compile(rf"(?<!\d)\d{{4}}(?!\d)|{_SHORT_YEAR.pattern}")
_MAY_BE_YEAR: Final = re.compile(r"\d(?:\d{3}|[./]\d)")  # in every text that has one
_NUMBER: Final = re.compile(r"\d")

# How far a text is trusted to be the headline of the story that it links to.
HEADING_RANK: Final = 3
TITLE_RANK: Final = 2  # an element called a title
TEXT_RANK: Final = 1  # plain link text
PARAGRAPH_RANK: Final = 0
DECK_RANK: Final = -1
ATTRIBUTE_RANK: Final = -2


@dataclass(slots=True, eq=False)
class TreePosition:
    """An element among its ancestors.

    `names` are its `classes` and its id; `in_card` says that it is or stands in what may be a card.
    `zones` are the parts of the page around it, outermost first, each with its element's id.
    `links` is how many links are around it.
    """

    node: LexborNode
    above: TreePosition | None
    tag: str
    classes: str
    names: str
    in_card: bool
    zones: tuple[tuple[Zone, int], ...]
    links: int


@lru_cache(maxsize=2048)
def squeeze(text: str) -> str:
    """One line: white space folded, junk removed, a leading clock time dropped."""
    if not (text.isascii() and text.isprintable()):
        text = arabic.tidy(text)
    text = " ".join(text.split())
    if text[:1] in _BULLETS or text[-1:] in _ARROWS:
        text = _without_signs(text)
    if text[:1].isdigit():
        text = _LEADING_DATE.sub("", _CLOCK.sub("", text), count=1)
    return text


def _without_signs(text: str) -> str:
    """A line without a bullet before it and an arrow behind it; signs alone stay."""
    if not count_words(text):
        return text
    text = _SIGNS_BEFORE.sub("", text, count=1)
    return text if "«" in text else text.rstrip(_ARROWS)


@lru_cache(maxsize=8192)
def label_kind(text: str) -> str | None:
    """The kind of label that a text is, as `labels.label` says; a date is one."""
    return labels.label(text) or ("date" if is_date(text) else None)


@lru_cache(maxsize=8192)
def likeness(text: str) -> float:
    """How much a text reads like a headline, from 0 to 1: by its length, and as it is no label."""
    words = count_words(text)
    if words == 0 or _is_label(text, words):
        return 0.0
    if words > _MOST_TITLE_WORDS or len(text) > _LONGEST_TITLE:
        return _LONG_LIKENESS
    if words > _DECK_WORDS:
        return _DECK_LIKENESS
    if words < len(_SHORT_LIKENESS):
        return _SHORT_LIKENESS[words]
    return 1.0


def _is_label(text: str, words: int) -> bool:
    """Whether a text of so many words is a label, a date or a number, and no headline."""
    if words <= _LABEL_WORDS:
        return text.isdigit() or label_kind(text) is not None
    return words <= _DATE_WORDS and _NUMBER.search(text) is not None and is_date(text)


# ---- texts of elements


def short_text(node: LexborNode) -> str:
    """The text of an element that is small enough to be a heading; '' of any other."""
    text = _only_text(node)
    if text is None:
        nodes = list(islice(node.traverse(include_text=True), _MOST_NODES + 2))
        if len(nodes) > _MOST_NODES + 1:
            return ""
        text = "".join([one.text() for one in nodes if one.is_text_node])
    if len(text) > LONGEST_LABEL * 2:
        return ""
    text = squeeze(text)
    return text if len(text) <= LONGEST_LABEL else ""


def _only_text(node: LexborNode) -> str | None:
    """The text of an element that has nothing else."""
    child = node.first_child
    if child is None or child.next is not None or not child.is_text_node:
        return None
    return child.text()


def element_names(attributes: Mapping[str, str | None]) -> str:
    """The classes and the id of an element with these attributes."""
    classes = attributes.get("class") or ""
    identity = attributes.get("id")
    return f"{classes} {identity}".lstrip() if identity else classes


class Inside(NamedTuple):
    """What stands in a link or a card: what may be its title, and the first picture."""

    title: LexborNode | None
    picture: LexborNode | None


def look_inside(
    node: LexborNode,
    attributes: Mapping[str, str | None] | None = None,
) -> Inside:
    """The heading within a link or a card, or else what its class calls a title; and a picture.

    Of several headings the highest one, and of equal ones the last: what stands before is a kicker.
    `attributes` are the element's own, where they are known.
    """
    heading: LexborNode | None = None
    highest = ""
    called: LexborNode | None = None
    picture: LexborNode | None = None
    for one in islice(node.traverse(), _MOST_INNER):
        tag_id = one.tag_id
        if tag_id in _DRAWN_IDS:
            if picture is None and tag_id in _PICTURE_IDS:
                picture = one
            continue
        kind = None
        attributes = attributes or one.attributes
        if attributes:
            if picture is None and "background" in (attributes.get("style") or ""):
                picture = one
            kind = class_names.text_kind(element_names(attributes))
            attributes = None
        tag = _HEADING_IDS.get(tag_id, "")
        if tag and (heading is None or tag <= highest) and kind != "deck":
            heading = one
            highest = tag
        elif kind == "title" and called is None:
            called = one
    return Inside(heading or called, picture)


def headline_within(node: LexborNode, title: LexborNode | None) -> tuple[str, int | None]:
    """The text of a link that has elements, and its rank where its title has several words."""
    if title is not None:
        text = title_text(title)
        if count_words(text) > 1:
            return text, HEADING_RANK if title.tag in HEADINGS else TITLE_RANK
    return title_text(node), None


def title_text(node: LexborNode) -> str:
    """The text of an element that may be a title, without kicker, label, date and deck.

    Of several blocks the first counts that reads like a headline.
    """
    text = node.text(separator=_BETWEEN, skip_empty=True)
    if _BETWEEN not in text:  # most have one text, or a picture alone
        return squeeze(text[:_LONGEST_HEADING])
    for skipped in ("deck", None):
        reader = _BlockReader(skipped)
        reader.read(node, _DEEPEST)
        blocks = [squeeze(text[:_LONGEST_HEADING]) for text in reader.texts]
        headline = next((text for text in blocks if likeness(text) >= _HEADLINE_LIKENESS), "")
        if headline:
            return _short_title_before(headline, blocks) or headline
        best = max(blocks, key=likeness)
        if likeness(best):
            return best
        if not reader.has_skipped:
            break
    whole = node.text(separator=" ")
    return squeeze(whole[:_LONGEST_HEADING])


def _short_title_before(text: str, blocks: Iterable[str]) -> str:
    """The words before a block, where that is a deck: a sentence to its full stop."""
    if not _is_sentence(text):
        return ""
    title = max(takewhile(text.__ne__, blocks), key=likeness, default="")
    return title if count_words(title) >= _TITLE_WORDS else ""


def _is_sentence(text: str) -> bool:
    """Whether a text of several words ends with a full stop, as few headlines do."""
    is_ended = text.endswith(_FULL_STOPS) and not text.endswith(CUT_ENDS)
    return is_ended and count_words(text) >= _SENTENCE_WORDS


class _BlockReader:
    """What an element says, as `texts` of blocks, the last of which goes on.

    Elements that their class calls a `skipped` kind of text are left out.
    """

    def __init__(self, skipped: str | None) -> None:
        self.texts = [""]
        self.has_skipped = False
        self._skipped = skipped

    def read(self, node: LexborNode, depth: int) -> None:
        """Add what an element says, with what is in it to a depth."""
        texts = self.texts
        children = list(islice(node.iter(include_text=True), _MOST_INNER))
        parts: list[str] | None = [] if _is_stack(children) else None
        for child in children:
            if child.is_text_node:
                texts[-1] += child.text()
                continue
            tag = child.tag or ""
            if depth == 0 or len(texts) > _MOST_NODES or self._is_unread(child, tag):
                continue
            is_block = tag in _BLOCK_TAGS
            if is_block:
                texts.append("")
            elif tag != "ruby":  # words with their reading stand within others
                texts[-1] += " "
            length = len(texts[-1])
            self._read_inner(child, depth - 1)
            if _is_no_title(child, texts[-1], length):
                texts[-1] = texts[-1][:length]
            if is_block:
                texts.append("")
            elif parts is not None:
                parts.append(texts[-1][length:])
                texts[-1] = texts[-1][:length]
        if parts is not None:
            texts[-1] += _title_of_stack(parts, in_heading=_is_in_heading(node))

    def _read_inner(self, node: LexborNode, depth: int) -> None:
        """Add what an element within another says: most have one text."""
        only = _only_text(node)
        if only is None:
            self.read(node, depth)
        else:
            self.texts[-1] += only

    def _is_unread(self, node: LexborNode, tag: str) -> bool:
        """Whether an element says no part of a title, or is of the kind that is skipped."""
        if tag in _UNREAD:
            return True
        names = element_names(node.attributes) if self._skipped else ""
        is_skipped = bool(names) and class_names.text_kind(names) == self._skipped
        self.has_skipped |= is_skipped
        return is_skipped


def _is_in_heading(node: LexborNode) -> bool:
    """Whether an element is a heading, or stands right in one."""
    return node.tag in HEADINGS or (node.parent is not None and node.parent.tag in HEADINGS)


def _is_stack(children: Iterable[LexborNode]) -> bool:
    """Whether inline elements may stand one above the other: a kicker, a headline and a deck.

    No text is between them, and their tags or classes differ, as those of parts of one text do not;
    or there is not even a space, without which the words of one text would run together.
    """
    kinds: list[str] = []
    is_tight = True
    for child in children:
        if child.is_text_node:
            if child.text().strip():
                return False
            is_tight = False
        elif child.tag in _BLOCK_TAGS:
            return False
        elif child.tag not in _WORDLESS and child.first_child is not None:
            kinds.append(f"{child.tag} {child.attributes.get('class') or ''}")
    return 1 < len(kinds) <= _MOST_STACKED and (is_tight or len(set(kinds)) == len(kinds))


def _title_of_stack(texts: Iterable[str], *, in_heading: bool) -> str:
    """The headline among texts one above the other; in a heading they may be lines of one."""
    parts = list(filter(None, map(squeeze, texts)))
    start = 0
    most = _KICKER_WORDS - in_heading
    for part, after in pairwise(parts):
        is_kicker = count_words(part) <= most and part[-1] not in _ENDS
        is_title = _is_sentence(after) and count_words(part) >= _TITLE_WORDS
        if is_title or not is_kicker or count_words(after) < _TITLE_WORDS:
            break
        start += 1
    if in_heading:
        return " ".join(parts[start:])
    return next(islice(parts, start, None), "")


def _is_no_title(node: LexborNode, text: str, start: int) -> bool:
    """Whether what an element says from `start` on is a date, or a label in its line.

    So are «عاجل» and "LIVE" before a headline, its place in a list of the most read, and "Video"
    behind it.
    """
    if ":" in text and _TIME_OF_DAY.fullmatch(text, start):
        return True
    said = text[start:].strip()
    if not 0 < len(said) <= _LONGEST_DATED:
        return False
    if is_date(said):
        return True
    is_label = len(said) <= _LONGEST_SIGN and label_kind(said) is not None
    if count_words(text[:start]):
        return _ends_line(node) and (is_label or _COUNT.fullmatch(said) is not None)
    return is_label or _is_sign(node, said)


def _is_sign(node: LexborNode, said: str) -> bool:
    """Whether an element before a headline says a kicker with a sign behind it, or a rank."""
    return len(said) <= _LONGEST_SIGN and (said[-1] in _SEPARATORS or _is_rank(node, said))


def _ends_line(node: LexborNode) -> bool:
    """Whether an element with a class, by which a page shows labels, is the last of its line."""
    return _next_part(node) is None and "class" in node.attributes


def _next_part(node: LexborNode) -> LexborNode | None:
    """The element or the text that follows an element, but for white space."""
    after = node.next
    while after is not None and after.is_text_node and not after.text().strip():
        after = after.next
    return after


def _is_rank(node: LexborNode, said: str) -> bool:
    """Whether an element says a number of at most two digits that counts the items of a list.

    Another element follows, or text without a space between them; or it is «01».
    """
    if not _RANK.fullmatch(said):
        return False
    after = _next_part(node)
    if said.startswith("0") or after is None:
        return said.startswith("0")
    return after.is_element_node or after.text()[:1].isalpha()


def nearest_title(card: TreePosition, links: set[int], *, is_worded: bool) -> str:
    """The heading of a card whose `links` have no words, or of what stands right before it.

    Else the whole text of the card, if that may be a title, its links are not `is_worded` and no
    others are in it: so are page numbers. A heading that is or holds another link is the title of
    what that leads to.
    """
    heading = look_inside(card.node).title or _heading_before(card.node)
    if heading is None:
        if is_worded or not links.issuperset(one.mem_id for one in card.node.css("a[href]")):
            return ""
        text = title_text(card.node)
        return text if count_words(text) in _CARD_TITLE_WORDS else ""
    inner = heading.css_first("a[href]")
    around = [heading, heading.parent, inner]
    others = [one.mem_id for one in filter(None, around) if one.tag == "a"]
    return title_text(heading) if links.issuperset(others) else ""


def _heading_before(node: LexborNode) -> LexborNode | None:
    """The heading right before a card, with no link between them."""
    before = node.prev
    for _ in range(_BEFORE):
        if before is None:
            break
        if before.is_element_node:
            if before.tag in _BEFORE_TAGS:
                return before
            if before.css_first("a[href]") is not None:
                break
        before = before.prev
    return None


# ---- what the place of a link says of its text


def ancestors(place: TreePosition | None) -> Iterable[TreePosition]:
    """An element's place and those of the elements around it, from the inside out."""
    while place is not None:
        yield place
        place = place.above


def place_rank(place: TreePosition) -> int:
    """How far the text of a link is trusted to be a headline, by the elements around it."""
    at: TreePosition | None = place
    for _ in range(_RANK_LEVELS):
        if at is None or at.tag in _CARD_OR_PAGE:
            break
        if at.tag in HEADINGS:
            kind = class_names.text_kind(at.names)
            return DECK_RANK if kind == "deck" else HEADING_RANK
        at = at.above
    above = place.above
    if above is None:
        return TEXT_RANK
    kind = class_names.text_kind(f"{place.names} {above.names}")
    if kind is not None:
        return TITLE_RANK if kind == "title" else DECK_RANK
    return PARAGRAPH_RANK if above.tag == "p" else TEXT_RANK


# ---- the headline among several texts


def is_whole_title(text: str, rank: int) -> bool:
    """Whether a text of a link is a headline that none of its attributes can surpass."""
    return rank >= TEXT_RANK and not text.endswith(_ENDED) and likeness(text) == 1


def choose_title(texts: Sequence[tuple[str, int]], slug: Sequence[str]) -> str:
    """The headline among the texts, each with its rank, that link to one URL; "" if none is one.

    A heading wins over a link called a title, that over other links; a text that the words of the
    URL's `slug` spell gains, a deck loses. A headline cut short on the page is replaced by a longer
    text that begins alike.
    """
    ranks: dict[str, int] = {}
    for text, rank in texts:
        if rank > ranks.get(text, ATTRIBUTE_RANK - 1) and likeness(text):
            ranks[text] = rank
    if not ranks:
        return ""
    best = _best_title(ranks, slug) if len(ranks) > 1 else next(iter(ranks))
    if best.endswith(CUT_ENDS):
        return _whole_title(best, [text for text, _ in texts])
    return best


def _best_title(ranks: Mapping[str, int], slug: Sequence[str]) -> str:
    """The likeliest headline; beside a title a sentence is a deck."""
    scores = {text: _title_score(text, rank) for text, rank in ranks.items()}
    sentences = set(filter(_is_sentence, ranks))
    if sentences and any(count_words(text) >= _TITLE_WORDS for text in ranks.keys() - sentences):
        scores |= {text: scores[text] - _DECK_LOSS for text in sentences}
    least = max(scores.values()) - _SLUG_WORTH
    near = {text: score for text, score in scores.items() if score >= least}
    if len(near) > 1:  # the address may decide
        words = frozenset(arabic.fold_words(" ".join(slug)))
        near = {text: score + _spelled_share(words, text) for text, score in near.items()}
    return max(near, key=near.__getitem__)


def _spelled_share(slug: frozenset[str], text: str) -> float:
    """How much of a slug a text spells, from 0 to 1; few words are none, as they tell nothing."""
    if len(slug) < _SLUG_WORDS:
        return 0.0
    return _SLUG_WORTH * len(slug.intersection(arabic.fold_words(text))) / len(slug)


def _title_score(text: str, rank: int) -> float:
    like = likeness(text)
    score = like + _RANK_WORTH * rank
    if text.endswith(CUT_ENDS):
        score -= _CUT_LOSS
    if like < 1 and count_words(text) > _DECK_WORDS:
        score -= _DECK_LOSS
    return score


def _whole_title(cut: str, texts: Iterable[str]) -> str:
    """The shortest text that begins like a cut headline and goes on; else the cut one."""
    stem = arabic.fold(_CUT.sub("", cut))
    whole: list[str] = []
    for text in texts:
        is_long = len(text) >= len(cut) - 3
        begins_alike = is_long and arabic.fold(text).startswith(stem)
        if begins_alike and not text.endswith(CUT_ENDS):
            whole.append(text)
    return min(whole, key=len, default=cut)


# ---- what a card shows


@dataclass(slots=True)
class _Shown:
    """What a card shows besides its headline, each in page order.

    `stated` are dates for machines, `instants` those in UTC, which do not say what day the card
    shows; `dates` are elements called dates, `lines` those called what may hold one. `boxes` are
    the elements that the card consists of.
    """

    boxes: list[LexborNode]
    stated: list[str] = field(default_factory=list)
    instants: list[str] = field(default_factory=list)
    dates: list[LexborNode] = field(default_factory=list)
    lines: list[LexborNode] = field(default_factory=list)
    pictures: list[LexborNode] = field(default_factory=list)

    def add(
        self,
        node: LexborNode,
        attributes: Mapping[str, str | None],
        *,
        is_date: bool,
        is_line: bool,
    ) -> None:
        """Add what an element says of a date; it may be called one, or what may hold one."""
        stating = _stating(tuple(attributes))
        for name in stating:
            date = _stated_in(name, attributes[name])
            is_shown = name == "datetime" or not _IS_UTC.search(date)
            if date:
                (self.stated if is_shown else self.instants).append(date)
        if is_date or "datetime" in stating:
            self.dates.append(node)
        if is_line:
            self.lines.append(node)


def _read_card(box: LexborNode) -> _Shown:
    """Look once through a card."""
    shown = _Shown([box, *_descriptions(box)])
    nodes = chain.from_iterable([one.traverse() for one in shown.boxes])
    for node in islice(nodes, _MOST_IN_CARD):
        tag_id = node.tag_id
        if tag_id in _IMAGE_IDS:
            shown.pictures.append(node)
        elif tag_id not in _DRAWN_IDS:
            attributes = node.attributes
            classes = attributes.get("class")
            is_date, is_line = _called(classes) if classes else (False, False)
            is_date = is_date or tag_id in _TIME_IDS
            if is_date or is_line or not attributes.keys() <= _UNDATED:
                shown.add(node, attributes, is_date=is_date, is_line=is_line)
    return shown


@lru_cache(maxsize=2048)
def _called(classes: str) -> tuple[bool, bool]:
    """Whether classes call an element a date, and whether a line that may hold one."""
    return _DATE_NAME.search(classes) is not None, _LINE_CLASS.search(classes) is not None


@lru_cache(maxsize=512)
def _stating(names: tuple[str, ...]) -> tuple[str, ...]:
    """Which of the names of attributes may state a date for machines."""
    return tuple(
        name
        for name in names
        if name in _DATED or (name.startswith("data-") and _DATE_NAME.search(name))
    )


def _stated_in(name: str, value: str | None) -> str:
    """The date that an attribute states for machines, '' where it states none.

    That of `time`, or one of the page's own scripts; the content of a property (microdata), and a
    title, in the form of ISO 8601. Seconds are counted from 1970 (POSIX).
    """
    text = (value or "").strip()
    if name == "datetime":
        return text
    if name.startswith("data-") and _EPOCH.fullmatch(text):
        return datetime.fromtimestamp(int(text[:10]), tz=UTC).isoformat()
    return text if _ISO_DATE.match(text) else ""


def _descriptions(term: LexborNode) -> Iterator[LexborNode]:
    """Yield the descriptions of a term in a list of definitions; nothing of other elements."""
    after = term.next if term.tag == "dt" else None
    while after is not None and after.tag != "dt":
        yield after
        after = after.next


def make_link(
    box: LexborNode,
    base: str,
    *,
    url: str,
    title: str,
    timezone: str | None = None,
    now: datetime | None = None,
    is_month_first: Callable[[], bool] = bool,
    date: str = "",
) -> Link:
    """The link of a story, with the date and the picture that its card `box` shows.

    Without a `timezone` only dates count that elements state with their zone, for machines; with it
    all that the card shows, relative ones where `now` is given. `is_month_first` is asked where a
    date in digits is met; `date` stood beside the title, in one text.
    """
    shown = _read_card(box)
    if date:
        shown.stated.append(date)
    published = _stated_date(shown.stated)
    if published is None and timezone is not None:
        published = _visible_date(shown, timezone, now, is_month_first)
    if published is None:
        published = _stated_date(shown.instants)
    shows = shown.pictures[:_MOST_PICTURES]
    images = (pictures.source(node, base, prefer_srcset=True) for node in shows)
    return Link(
        url=url,
        title=title,
        published=published,
        image=next(filter(None, images), None),
    )


def _stated_date(stated: Sequence[str]) -> datetime | None:
    """The first date that a card states for machines, with its zone."""
    for text in stated[:_MOST_DATES]:
        with suppress(ValueError):
            date = datetime.fromisoformat(text.strip())
            if date.tzinfo is not None:
                return date
    return None


def _visible_date(
    shown: _Shown,
    timezone: str,
    now: datetime | None,
    is_month_first: Callable[[], bool],
) -> datetime | None:
    """The date that a card shows, in `timezone` where it names no zone."""
    tried: set[str] = set()
    for text in map(squeeze, _texts_of_dates(shown, now)):
        if 0 < len(text) <= _LONGEST_DATE and text not in tried:
            date = _date_of_text(spell_out(text, is_month_first), timezone, now)
            if date:
                return date
        tried.add(text)
    if not tried:
        return None
    from feedmaker.text.dates import find_date  # 34 ms, which runs of `build` do without

    looks_dated = _YEAR if now is None else _NUMBER
    lines = [squeeze(line[:_LONGEST_DATE]) for line in _lines_of(shown)]
    dated = (spell_out(line, is_month_first) for line in filter(looks_dated.search, lines))
    dates = (find_date(line, timezone=timezone, now=now) for line in dated)
    return next(filter(None, dates), None)


def spell_out(text: str, is_month_first: Callable[[], bool]) -> str:
    """A text as `parse_date` reads it: "3 days ago"; the year whole and the day first in digits."""
    whole = _SHORT_YEAR.sub(r"\1\2\3\g<2>20\4", text)
    if _MONTH_AND_DAY.search(whole) is not None and is_month_first():
        return _MONTH_AND_DAY.sub(r"\3\2\1", whole)
    return spell_out_ago(whole) if len(whole) <= _LONGEST_SIGN else whole


@lru_cache(maxsize=256)
def _date_of_text(text: str, timezone: str, now: datetime | None) -> datetime | None:
    """The date that a text is; many cards of a list show the same one."""
    from feedmaker.text.dates import parse_date  # as above

    return parse_date(text, timezone=timezone, now=now)


def _texts_of_dates(shown: _Shown, now: datetime | None) -> Iterator[str]:
    """Yield the texts of a card that may be a date and nothing else, of elements called so first.

    Others have a number like a year, or where relative dates are read any number, or a word like
    «أمس».
    """
    yield from shown.stated[:_MOST_DATES]
    for node in shown.dates[:_MOST_DATES]:
        yield node.text(separator=" ")
    said = [one.text(separator=_BETWEEN, skip_empty=True) for one in shown.boxes]
    whole = _BETWEEN.join(said)
    if now is None and not _MAY_BE_YEAR.search(whole):
        return
    parts = whole.split(_BETWEEN, _MOST_IN_CARD)[:_MOST_IN_CARD]
    if now is None:
        short = [part for part in parts if len(part) <= _LONGEST_SPACED]
        yield from filter(_YEAR.search, filter(_MAY_BE_YEAR.search, short))
        return
    yield from filter(_NUMBER.search, parts)
    yield from filter(_is_short_date, parts)
    yield from _lines_of(shown)


def _is_short_date(text: str) -> bool:
    """Whether a text is a date without a number, and nothing else."""
    return len(text) < _LONGEST_AGO and is_date(text)


def _lines_of(shown: _Shown) -> list[str]:
    """The texts of the lines of a card that a date may stand in."""
    return [node.text(separator=" ")[:LONGEST_TEXT] for node in shown.lines[:_MOST_DATES]]
