"""The dates that a page shows, by kind of place.

In `time` elements, in lines around the headline, in the URL, in elements called dates.
"""

from __future__ import annotations

import re
from datetime import datetime
from itertools import islice, pairwise
from typing import TYPE_CHECKING, Final

from feedmaker.article.about.stated_dates import DateClaim, dates_in_meta
from feedmaker.html import class_names
from feedmaker.html.page_head import inline_elements, one_line
from feedmaker.text.label_words import CHANGED, DATE_LABELS, PUBLISHED

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from zoneinfo import ZoneInfo

    from selectolax.lexbor import LexborNode

    from feedmaker.article.about.stated_dates import DateKind, DateReader
    from feedmaker.html.blocks import Block, Box
    from feedmaker.html.page_head import Head, Line

_MODIFIED: Final = re.compile(CHANGED, re.IGNORECASE)
_PUBLISHED: Final = re.compile(PUBLISHED, re.IGNORECASE)
_YEAR: Final = re.compile(r"\d{4}")
_SHORT_YEAR: Final = re.compile(r"(?<![\d.])(\d\d\.[01]\d)\.(\d\d)(?![\d.])")
_AGO: Final = re.compile(
    r"منذ|قبل|أمس|امس|اليوم|الآن|پیش|دیروز|לפני|אתמול|\b(?:ago|today|yesterday|vor|gestern|heute"
    r"|hace|ayer|hoy|il y a|hier|önce|dün|назад|вчера)\b",
    re.IGNORECASE,
)
_LABEL: Final = re.compile(DATE_LABELS, re.IGNORECASE)
_PARTS: Final = re.compile(r"\s[·•|]\s")
_TITLE_PARTS: Final = re.compile(r"\s+[|·•–—-]\s+")
_WORD: Final = re.compile(r"[^\W\d_]{2,}")
_IN_URL: Final = re.compile(
    r"/(20\d\d)(?:(?:/[a-z_-]+)?([/-])(\d\d?)\2(\d\d?)(?!\d)|(\d\d)(\d\d)(?=\D|$))"
)
_WHOLE_PAGE: Final = ("html", "body", "main", "article", "section")
_CALLED_DATE: Final = "[class*=date i], [class*=publish i], [class*=posted i]"
_MOST_DATED: Final = 100  # blocks with a number like a year in them that are looked at
_MOST_TIMES: Final = 30
_MOST_NEAR_TIMES: Final = 12
_LONGEST_BLOCK: Final = 300  # characters
_LONGEST_LINE: Final = 160
_LONGEST_AGO: Final = 60
_LONGEST_DATE: Final = 80
_LONGEST_LABELLED: Final = 120
_FEW_BLOCKS: Final = 4  # in a box that is a date as a whole
_MOST_DATE_WORDS: Final = 7  # of a line that is there for its date
_CLOCK: Final = -4  # the place before which lines above the headline show the page's own clock
_LEVELS: Final = 8  # of elements around a date that are looked at


def visible_dates(
    head: Head, around: list[Line], reader: DateReader
) -> Iterator[Iterable[DateClaim]]:
    """Give the dates that stand elsewhere than in sure metadata, by kind of place and by trust."""
    times = head.tree.css("time, [itemprop^=date]")[:_MOST_TIMES]
    near: dict[int, int] = {}
    lines = around if times else []
    for line in lines:
        if line.place >= _CLOCK:
            distance = _distance(line)
            for node in line.times:
                near[node.mem_id] = distance
    yield _dates_in_times(times[:_MOST_NEAR_TIMES], near)
    yield dates_in_meta(head, sure=False)
    yield dates_in_lines(around, reader)
    in_url = date_in_url(head.path, reader.zone)
    yield [in_url] if in_url else []
    yield _dates_in_title(head)
    yield _dates_in_elements(head, times, reader)


def _distance(line: Line) -> int:
    """Return how far a line is from the headline; above it stands the page's own clock as well."""
    return line.place if line.place > 0 else 3 - line.place


def _kind_of(words: str) -> DateKind:
    is_change = _MODIFIED.search(words) and not _PUBLISHED.search(words)
    return "modified" if is_change else "published"


def _may_date(
    text: str,
    reader: DateReader,
) -> bool:
    """Tell whether a text has a year or the words of a time ago, without which none is a date."""
    if _YEAR.search(text):
        return True
    if reader.now is None or len(text) > _LONGEST_AGO:
        return False
    return _AGO.search(text) is not None


def _is_dateline(text: str) -> bool:
    """Tell whether a line is there for its date, and is no sentence that holds one."""
    if _MODIFIED.search(text) or _PUBLISHED.search(text):
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
    pieces = _labelled_pieces(text)
    dated: list[tuple[str, datetime]] = []
    for piece in pieces:
        at = reader.find(piece) if _may_date(piece, reader) else None
        if at is not None:
            dated.append((piece, at))
    if len(dated) < 2:
        at = reader.find(text)
        dated = [(text, at)] if at is not None else []
    for piece, instant in dated:
        yield DateClaim(
            _kind_of(piece),
            piece.strip(),
            source,
            node,
            instant,
        )


def _labelled_pieces(text: str) -> list[str]:
    """Return the pieces of a line, of which each but the first begins with the label of a date."""
    labels = _LABEL.finditer(text)
    starts = [label.start() for label in labels]
    starts = list(filter(None, starts))
    if not starts:
        return []
    cuts = pairwise([0, *starts, len(text)])
    return [text[start:end] for start, end in cuts]


# ---- kinds of places


def _dates_in_times(
    times: list[LexborNode],
    near: dict[int, int],
) -> Iterator[DateClaim]:
    """Give the dates in `time` elements and itemprop dates that are the page's own.

    These are marked so, or near the headline: `near` has their distances.
    """
    nearest = sorted(times, key=lambda node: near.get(node.mem_id, 0))
    for node in nearest:
        get = node.attributes.get
        is_marked = get("itemprop") or "pubdate" in node.attributes
        if not is_marked and node.mem_id not in near:
            continue
        shown = one_line(node.text(separator=" "))
        stated = get("datetime") or get("content") or ""
        around = node.parent.attributes.get("class") if node.parent else ""
        names = (get("class"), get("itemprop"), shown, around)
        words = " ".join(filter(None, names))
        for text in filter(None, (stated, shown)):
            yield DateClaim(
                _kind_of(words),
                text,
                "time",
                node,
            )


def dates_in_lines(
    lines: list[Line],
    reader: DateReader,
) -> Iterator[DateClaim]:
    """Give the dates in the visible lines around the headline, nearest first."""
    for line in sorted(lines, key=_distance):
        text = line.text
        if line.place < _CLOCK or line.box.name == "figcaption":
            continue
        if not 4 <= len(text) <= _LONGEST_LINE:
            continue
        if text.count(".") > 1 and not _YEAR.search(text):
            text = _SHORT_YEAR.sub(r"\1.20\2", text, count=1)
        if _may_date(text, reader) and _is_dateline(text):
            yield from _dates_in_line(line, text, reader)


def _dates_in_line(
    line: Line,
    text: str,
    reader: DateReader,
) -> Iterator[DateClaim]:
    """Give the dates in the text of a line, else in its parts: a number may be beside the date."""
    node = line.box.node
    claim = None
    for claim in _claims_in_text(
        text,
        node,
        "visible text",
        reader,
    ):
        yield claim
    if claim is None:
        dated = filter(_YEAR.search, line.parts[1:])
        for part in dated:
            yield from _claims_in_text(
                part,
                node,
                "visible text",
                reader,
            )


def date_in_url(
    path: str,
    zone: ZoneInfo,
) -> DateClaim | None:
    """Return the day in the path of a URL, as its beginning in a zone."""
    found = _IN_URL.search(path)
    if not found:
        return None
    year, _, month, day, short_month, short_day = found.groups()
    try:
        at = datetime(
            int(year),
            int(month or short_month),
            int(day or short_day),
            tzinfo=zone,
        )
    except ValueError:
        return None
    return DateClaim(
        "published",
        found[0],
        "URL",
        at=at,
    )


def _dates_in_title(head: Head) -> Iterator[DateClaim]:
    """Give a date that is a part of the title element, where papers file stories by day."""
    for piece in _TITLE_PARTS.split(head.title)[1:]:
        if sum(map(str.isdigit, piece)) >= 5:
            yield DateClaim("published", piece, "title")


def _dates_in_elements(
    head: Head, times: list[LexborNode], reader: DateReader
) -> Iterator[DateClaim]:
    """Give the dates in `time` elements and in those called dates by class, wherever they are."""
    for node in times:
        stated = node.attributes.get("datetime")
        yield from _dates_in_element(node, stated or _short_text(node), reader)
    for node in _elements_called_date(head, reader):
        yield from _dates_in_element(node, _short_text(node), reader)


def _dates_in_element(
    node: LexborNode,
    text: str,
    reader: DateReader,
) -> Iterator[DateClaim]:
    if not _may_date(text, reader) or not _is_dateline(text):
        return
    if not _is_aside(node):
        yield from _claims_in_text(
            text,
            node,
            "element",
            reader,
        )


def _short_text(node: LexborNode) -> str:
    """Return the text of an element; of a long one the beginning, and only if it labels a date."""
    text = one_line(node.text(separator=" "))
    if len(text) <= _LONGEST_DATE:
        return text
    return text[:_LONGEST_DATE] if _LABEL.match(text) else ""


def _elements_called_date(
    head: Head,
    reader: DateReader,
) -> Iterator[LexborNode]:
    """Give the elements called a date: around short blocks, and in an article's own footers."""
    blocks = head.page.blocks
    short = (block for block in blocks if block.chars <= _LONGEST_BLOCK)
    dated = (block for block in short if _may_date(block.text, reader))
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
        if above.tag in ("a", "nav") or class_names.OTHER_STORY.search(words):
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
    label = _PUBLISHED.search(around) or _MODIFIED.search(around)
    return label is not None
