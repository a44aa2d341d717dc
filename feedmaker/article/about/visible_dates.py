"""The dates that a page shows, by kind of place.

In `time` elements, in lines around the headline, in elements called dates.
"""

from __future__ import annotations

import re
from datetime import timedelta
from itertools import chain, islice
from typing import TYPE_CHECKING, Final

from selectolax.lexbor import create_tag

from feedmaker.article.about.stated_dates import DateClaim, is_now
from feedmaker.html import class_names
from feedmaker.html.blocks import one_line
from feedmaker.html.page_head import inline_elements
from feedmaker.text.dates import date_label, is_relative

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from selectolax.lexbor import LexborNode

    from feedmaker.article.about.stated_dates import DateKind, DateReader
    from feedmaker.html.blocks import Block, Box, Inline
    from feedmaker.html.page_head import Head, HeadlineLines, Line

_KINDS: Final[dict[str, DateKind]] = {"updated": "modified"}  # by label
# Begins with what is the same in both, so that it is quickly looked for.
_YEAR: Final = re.compile(r"\d\d(?:\d\d|([./])[01]\d\1\d\d)")
_PARTS: Final = re.compile(r"\s[·•|]\s")
_DASHED: Final = re.compile(r"\s[–|-]\s")
# Of scripts without spaces, four letters count as a word, and the one behind a number as none.
_UNSPACED: Final = r"\u3040-\u30ff\u3400-\u9fff"
_WORD: Final = re.compile(rf"(?<!\d)[{_UNSPACED}]{{1,4}}|[^\W\d_{_UNSPACED}]{{2,}}")
_WHOLE_PAGE: Final = ("html", "body", "main", "article", "section")
_TIME: Final = create_tag("time").tag_id
_TIME_NAMES: Final = frozenset(
    ("data-timestamp", "data-utime", "data-epoch", "data-time", "data-date", "data-datetime")
)
_IN_RDFA: Final = "[property$=datePublished], [property$=dateCreated], [property~='dc:created']"
_TIMES: Final = ", ".join(
    [
        "time",
        "abbr.published",
        "[itemprop^=date]",
        _IN_RDFA,
        *(f"[{name}]" for name in sorted(_TIME_NAMES)),
    ]
)
# To look for an attribute at every element takes three times as long as for a tag: a page is asked
# for all of them only where it has no other date.
_MARKED_TIMES: Final = "time[pubdate], abbr.published, [itemprop]"
_TIME_ATTRIBUTES: Final = (
    *("datetime", "content", "data-timestamp", "data-utime", "data-epoch"),
    *("data-time", "data-date", "data-datetime", "title"),
)
OTHERS: Final = class_names.COMMENT | class_names.RELATED
_FURNITURE: Final = (
    class_names.NAV
    | class_names.FOOT
    | class_names.SIDE
    | class_names.FORM
    | class_names.CONSENT
    | class_names.PROMO
)
_CALLED_DATE: Final = "[class*=date i], [class*=publish i], [class*=posted i]"
_MOST_DATED: Final = 100  # blocks with a number like a year in them that are looked at
_MOST_TIMES: Final = 30
_MOST_NEAR_TIMES: Final = 12
_LONGEST_BLOCK: Final = 300  # characters
_LONGEST_LINE: Final = 160
_LONGEST_AGO: Final = 60
_LONGEST_DATE: Final = 80
_LONGEST_PART: Final = 50  # of a line in which a byline and other labels stand beside the date
_LONGEST_LABELLED: Final = 120
_FEW_BLOCKS: Final = 4  # in a box that is a date as a whole
_MOST_DATE_WORDS: Final = 7  # of a line that is there for its date
_NEAR: Final = 8  # the place of the last line that is right at the headline
_CLOCK: Final = -4  # the place before which lines above the headline show the page's own clock
ZONES_APART: Final = timedelta(hours=36)  # more than two zones can make of one day
_LEVELS: Final = 8  # of elements around a date that are looked at


def dates_at_headline(lines: HeadlineLines, reader: DateReader) -> Iterator[DateClaim]:
    """Give the dates shown right at the headline, those in `time` elements first."""
    short = [line for line in lines.around if len(line.text) <= _LONGEST_DATE]
    near = own_lines(lines, [line for line in short if line.place <= _NEAR])
    near.sort(key=lambda line: _distance(line.place))
    for line in near:  # one by one: who asks wants no more than the first
        for claim in dates_in_times([], [line], reader):
            yield claim._replace(at=reader.read(claim.text, shown=True))
    yield from dates_in_lines(near, reader)


def _elements_of(line: Line) -> list[LexborNode]:
    """Return the elements in which a line and its pieces stand, in page order."""
    found = [line.box.node]
    seen: set[Inline] = set()
    for _, innermost in line.pieces:
        around = innermost
        chain: list[LexborNode] = []
        while around is not None and around not in seen:
            seen.add(around)
            chain.append(around.node)
            around = around.around
        found += reversed(chain)
    return found


def _times_of(line: Line) -> list[LexborNode]:
    """Return the `time` elements and their like in which a line stands, but for a quotation's."""
    times = [node for node in _elements_of(line) if _is_time(node)]
    return [] if times and _box_named(line.box, "blockquote") else times


def _is_time(node: LexborNode) -> bool:
    """Tell whether an element is a `time` or its like, with a date for machines."""
    if node.tag_id == _TIME:
        return True
    attributes = node.attributes
    if not _TIME_NAMES.isdisjoint(attributes):
        return True
    is_published = node.tag == "abbr" and "published" in (attributes.get("class") or "").split()
    return is_published or (attributes.get("itemprop") or "").startswith("date")


def marked_times(head: Head) -> list[LexborNode]:
    """Return the `time` elements and their like that are marked as the date of their page."""
    times = [node for node in head.tree.css(_MARKED_TIMES) if _is_time(node)]
    return [node for node in times[:_MOST_TIMES] if _is_own_mark(node)]


def own_lines(lines: HeadlineLines, some: list[Line]) -> list[Line]:
    """Return those of some lines around the headline whose dates may be the story's."""
    headline, story = _headline_and_story(lines)
    near = [line for line in some if line.place >= _CLOCK]
    return [line for line in near if not _is_elsewhere(line.box, story, headline)]


def _headline_and_story(lines: HeadlineLines) -> tuple[Box | None, Box | None]:
    """Return the box of the headline, and the innermost one that holds a paragraph as well.

    None where there is none.
    """
    if lines.first < 0:
        return None, None
    headline = lines.page.blocks[lines.first].box
    box: Box | None = headline
    while box is not None and not box.good:
        box = box.parent
    return headline, box


def _is_elsewhere(
    box: Box,
    story: Box | None,
    headline: Box | None,
) -> bool:
    """Tell whether a box is of comments or other stories, or furniture outside the story's box."""
    if box.above & class_names.COMMENT:
        return True
    if story is None or headline is None:
        return bool(box.above & _FURNITURE)
    if box.first < story.first:
        return bool(box.above & _FURNITURE) or _is_in_header(box, headline)
    card = _card_around(box, headline)
    if box.first < story.last:
        return _is_template(box) or _is_template(card)
    return bool(box.above & (_FURNITURE | OTHERS)) or _is_card(box) or _is_card(card)


def _card_around(box: Box, headline: Box) -> Box:
    """Return the parent of a box, or the box itself where the parent holds the headline as well."""
    parent = box.parent
    return box if parent is None or _holds(parent, headline) else parent


def _holds(box: Box, other: Box) -> bool:
    """Tell whether a box stands around another."""
    return box.first <= other.first < box.last


def _is_in_header(box: Box, headline: Box) -> bool:
    """Tell whether a box stands in a header without the headline, with the day's date."""
    header = _box_named(box, "header")
    return header is not None and not _holds(header, headline)


def _box_named(box: Box, name: str) -> Box | None:
    """Return the innermost element of a name around a box, or the box itself."""
    around: Box | None = box
    while around is not None and around.name != name:
        around = around.parent
    return around


def _is_card(box: Box) -> bool:
    """Tell whether a box is mostly links, or one of several of a template with a linked heading."""
    return 2 * box.linked >= box.chars or _is_template(box)


def _is_template(box: Box) -> bool:
    """Tell whether a box is one of several of a template, mostly links or with a linked heading."""
    if not box.linked or box.twins < 2:
        return False
    return box.headings == 1 or (box.twins > 2 and 2 * box.linked >= box.chars)


def _distance(place: int) -> int:
    """Return how far a line is from the headline; above it stands the page's own clock as well."""
    return place if place >= 0 else 3 - place


def _may_date(
    text: str,
    reader: DateReader,
) -> bool:
    """Tell whether a text has a year or the words of a time ago, without which none is a date."""
    if _YEAR.search(text):
        return True
    if reader.now is None or len(text) > _LONGEST_AGO:
        return False
    return is_relative(text)


def _is_dateline(text: str) -> bool:
    """Tell whether a line is there for its date, and is no sentence that holds one."""
    if date_label(text):
        return True
    parts = _PARTS.split(text)
    dated = [part for part in parts if _YEAR.search(part)]
    line = dated[0] if len(dated) == 1 else text
    words = _WORD.findall(line)
    return len(words) <= _MOST_DATE_WORDS


def _claims_in_text(
    text: str, node: LexborNode, source: str, reader: DateReader
) -> Iterator[DateClaim]:
    """Give the dates of a line such as `December 3, 2025. Updated: December 7, 2025`."""
    for label, at in reader.find_all(text):
        if label != "other":
            yield DateClaim(
                _KINDS.get(label, "published"),
                text,
                source,
                node,
                at,
            )


# ---- kinds of places


def dates_in_times(
    marked: list[LexborNode],
    lines: list[Line],
    reader: DateReader,
) -> Iterator[DateClaim]:
    """Give the dates in `time` elements and in their like that are the page's own, nearest first.

    These are those called so anywhere (`marked`), and all in some lines at the headline.
    """
    places: dict[int, int] = {}
    shown: dict[int, LexborNode] = {}
    for line in lines:
        for node in _times_of(line):
            places[node.mem_id] = line.place
            shown.setdefault(node.mem_id, node)
    own = [node for node in marked if node.mem_id not in places]
    own += shown.values()
    own.sort(key=lambda node: _distance(places.get(node.mem_id, _NEAR)))
    for node in own[:_MOST_NEAR_TIMES]:
        place = places.get(node.mem_id)
        for claim in _claims_of_time(node, reader):
            if place is None or place > 0 or not _is_clock(claim, reader):
                yield claim


def _is_own_mark(node: LexborNode) -> bool:
    """Tell whether an element is marked as the date of the page, and not of something aside."""
    attributes = node.attributes
    is_marked = "itemprop" in attributes or "pubdate" in attributes or node.tag == "abbr"
    return is_marked and not _is_aside(node)


def _claims_of_time(node: LexborNode, reader: DateReader) -> Iterator[DateClaim]:
    """Give the date that a `time` or its like states, and the one that it shows.

    What is shown comes first where it is labelled, and another day than what is stated.
    """
    get = node.attributes.get
    shown = one_line(node.text(separator=" "))
    around = node.parent.attributes.get("class") if node.parent else ""
    names = (get("itemprop"), get("class"), shown, around)
    words = " ".join(filter(None, names))
    # WordPress calls the date of publication `entry-date`, and `updated` where none is later.
    kind = "published" if "entry-date" in words else _KINDS.get(date_label(words), "published")
    texts = [_stated_time(node), shown]
    if _is_of_another_day(shown, texts[0], reader):
        texts.reverse()
    for text in filter(None, texts):
        yield DateClaim(
            kind,
            text,
            "time",
            node,
        )


def _is_of_another_day(shown: str, stated: str, reader: DateReader) -> bool:
    """Tell whether a text is labelled as a publication, and of another day than its attribute."""
    if not stated or date_label(shown) != "published":
        return False
    stated_at = reader.read(stated)
    shown_at = reader.find(shown)
    if stated_at is None or shown_at is None:
        return False
    return is_another_day(shown, shown_at, stated_at)


def is_another_day(
    text: str,
    at: datetime,
    stated: datetime,
) -> bool:
    """Tell whether a shown date is another day than what is stated.

    It is not where zones make the difference, or a text such as 11/01/2021 has the month first.
    """
    if abs(stated - at) <= ZONES_APART:
        return False
    in_other_order = "/" in text and (at.year, at.day, at.month) == (
        stated.year,
        stated.month,
        stated.day,
    )
    return not in_other_order


def _stated_time(node: LexborNode) -> str:
    """Return what a `time` or its like states for machines; empty where it does not."""
    get = node.attributes.get
    stated = filter(None, map(get, _TIME_ATTRIBUTES))
    return next(stated, "")


def dates_in_lines(
    lines: list[Line],
    reader: DateReader,
) -> Iterator[DateClaim]:
    """Give the dates in the visible lines around the headline, nearest first."""
    for line in sorted(lines, key=lambda line: _distance(line.place)):
        text = line.text
        if not 4 <= len(text) <= _LONGEST_LINE:
            continue
        if not _may_date(text, reader) or _is_other_matter(line.box):
            continue
        texts = [text] if _is_dateline(text) else _parts_with_date(line)
        for claim in chain.from_iterable(_dates_in_line(line, one, reader) for one in texts):
            if line.place > 0 or not _is_clock(claim, reader):
                yield claim


def _is_other_matter(box: Box) -> bool:
    """Tell whether a box is the caption of a picture, or in a quotation."""
    return box.name == "figcaption" or _box_named(box, "blockquote") is not None


def _parts_with_date(line: Line) -> list[str]:
    """Return the parts of a line that are there for a date, where all of it are short ones."""
    parts = line.parts
    if len(parts) == 1 or max(map(len, parts)) > _LONGEST_PART:
        return []
    return [part for part in parts if _YEAR.search(part) and _is_dateline(part)]


def _is_clock(
    claim: DateClaim,
    reader: DateReader,
) -> bool:
    """Tell whether a date is the day of the visit, or its minute, as sites show it at the top."""
    at = claim.at or reader.read(claim.text)
    if at is None or reader.now is None:
        return False
    now = reader.now.astimezone(at.tzinfo)
    today = now.replace(hour=0, minute=0, second=0, microsecond=0)
    return at == today or is_now(at, now)


def _dates_in_line(
    line: Line,
    text: str,
    reader: DateReader,
) -> Iterator[DateClaim]:
    """Give the dates in the text of a line, else in its parts: a number may be beside the date."""
    node = line.box.node
    if line.box.blocks > 1:  # more than the date stands in it
        alone = [one for one in inline_elements(line.pieces) if one_line(one.text()) == text]
        node = alone[0] if alone else node
    claim = None
    for claim in _claims_in_text(
        text,
        node,
        "visible text",
        reader,
    ):
        yield claim
    parts = line.parts[1:] or _DASHED.split(text)[1:]
    for part in parts if claim is None else ():
        if _may_date(part, reader):
            yield from _claims_in_text(part, node, "visible text", reader)


def dates_in_elements(head: Head, lines: HeadlineLines, reader: DateReader) -> Iterator[DateClaim]:
    """Give the dates in `time` elements and in those called dates by class, wherever they are."""
    for node in head.tree.css(_TIMES)[:_MOST_TIMES]:
        if not (stated := _stated_time(node)):
            yield from _dates_in_element(node, _short_text(node), reader)
        elif not _is_aside(node):
            claim = DateClaim("published", stated, "element", node)
            if not _is_clock(claim, reader):
                yield claim
    for node in _elements_called_date(head, lines, reader):
        yield from _dates_in_element(node, _short_text(node), reader)


def _dates_in_element(
    node: LexborNode,
    text: str,
    reader: DateReader,
) -> Iterator[DateClaim]:
    if not _may_date(text, reader) or not _is_dateline(text):
        return
    if not _is_aside(node):
        claims = _claims_in_text(
            text,
            node,
            "element",
            reader,
        )
        yield from (claim for claim in claims if not _is_clock(claim, reader))


def _short_text(node: LexborNode) -> str:
    """Return the text of an element; of a long one the beginning, and only if it labels a date."""
    text = one_line(node.text(separator=" "))
    if len(text) <= _LONGEST_DATE:
        return text
    start = text[:_LONGEST_DATE]
    return start if date_label(start) else ""


def _elements_called_date(
    head: Head,
    lines: HeadlineLines,
    reader: DateReader,
) -> Iterator[LexborNode]:
    """Give the elements called a date: around short blocks, and in an article's own footers."""
    headline, story = _headline_and_story(lines)
    short = (block for block in head.page.blocks if block.chars <= _LONGEST_BLOCK)
    own = (block for block in short if not _is_elsewhere(block.box, story, headline))
    dated = (block for block in own if _may_date(block.text, reader))
    for block in islice(dated, _MOST_DATED):
        yield from _called_date_around(block)
    if not head.page.asides:
        return
    footers = head.tree.css("article footer")
    for footer in footers[:3]:
        called = footer.css(_CALLED_DATE)
        yield from called[:_MOST_TIMES]


def _called_date_around(block: Block) -> Iterator[LexborNode]:
    """Give the elements around a block that are called a date by their class."""
    for node in inline_elements(block.pieces):
        if _is_called_date(node.attributes.get("class")):
            yield node
    box: Box | None = block.box
    while box is not None and box.blocks <= _FEW_BLOCKS:
        if box.name in _WHOLE_PAGE:
            break
        if _is_called_date(box.sign):
            yield box.node
        box = box.parent


def _is_called_date(words: str | None) -> bool:
    if not words:
        return False
    words = words.lower()
    return "date" in words or "publish" in words or "posted" in words


def _is_aside(node: LexborNode) -> bool:
    """Tell whether an element belongs to another story's card, to comments or to furniture."""
    above: LexborNode | None = node
    for _ in range(_LEVELS):
        if above is None or above.tag in ("body", "main"):
            return False
        words = (above.attributes.get("class") or "").lower()
        if above.tag in ("a", "nav", "blockquote") or class_names.OTHER_STORY.search(words):
            return True
        if above.tag == "aside" or class_names.SIDE_BOX.search(words):
            return not _is_labelled(node)
        above = above.parent
    return False


def _is_labelled(node: LexborNode) -> bool:
    """Tell whether the text around an element is short and says what the date is."""
    if node.parent is None:
        return False
    around = node.parent.text(separator=" ")
    if len(around) > _LONGEST_LABELLED:
        return False
    return date_label(around) in ("published", "updated")
