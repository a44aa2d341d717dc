"""The dates that a page shows: in `time` elements, in lines around the headline, in elements called
dates, alone.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import chain, islice
from typing import TYPE_CHECKING, Literal
from zoneinfo import ZoneInfo

from feedmaker.html.page_head import Statement
from feedmaker.html.page_head import inline_elements as inline
from feedmaker.text.dates import find_date, parse_date

if TYPE_CHECKING:
    from collections.abc import Iterator

    from selectolax.lexbor import LexborNode

    from feedmaker.html.blocks import Block, Box
    from feedmaker.html.page_head import Head, Line

Kind = Literal["published", "modified"]

_ISO = re.compile(r"(?:19|20)\d\d-\d\d-\d\d(?:[T ]\d\d:\d\d|$)")
_MONTH_FIRST = re.compile(
    r"(?<![\d/.-])(0?[1-9]|1[0-2])[/.-](1[3-9]|2\d|3[01])[/.-]((?:19|20)\d\d)(?![\d/.-])"
)
_MODIFIED = re.compile(
    r"modif|updat|revis|changed|last|review|edit|تحديث|تعديل|aktualis|mise à jour|actualiz|aggiorna|güncel",
    re.IGNORECASE,
)
_PUBLISHED = re.compile(r"publi|post|creat|issued|نشر|veröff", re.IGNORECASE)
_YEAR = re.compile(r"\d{4}")
_SHORT_YEAR = re.compile(r"(?<![\d.])(\d\d\.[01]\d)\.(\d\d)(?![\d.])")
_AGO = re.compile(
    r"منذ|قبل|أمس|امس|اليوم|الآن|پیش|دیروز|לפני|אתמול|\b(?:ago|today|yesterday|vor|gestern|heute|hace|ayer|hoy|il y a"
    r"|hier|önce|dün|назад|вчера)\b",
    re.IGNORECASE,
)
# Where a line goes on to date something else.
_LABEL = re.compile(
    r"\b(?:(?:page|date|last)\s+)*(?:updated|modified|published|reviewed|posted|revised)\b|آخر تحديث|تاريخ التحديث"
    r"|تم التحديث|تم تحديث|\b(?:zuletzt )?aktualisiert\b|\bmis à jour\b|\bmodifié\b|\bactualizado\b|\baggiornato\b"
    r"|\bgüncelleme\b",
    re.IGNORECASE,
)
# Begins with what is the same in all names, so that it is quickly looked for.
_STATE = re.compile(
    rb"""ublish(ed_?[Aa]t|_?[Dd]ate|ed)(?:&quot;|\\*+")\s*+:\s*+"""
    rb"""(?:&quot;|\\*+")((?:19|20)\d\d-\d\d-\d\d[T \d:.+Z-]{0,30})"""
)
# Boxes of other stories and of comments, and boxes in which only a labelled date is believed to be
# the page's.
_CARD = re.compile(
    r"card|teaser|related|recommend|comment|promo(?!ted)|latest|popular|trending|more-|event|slide|carousel"
)
_SIDE = re.compile(r"sidebar|widget|menu")
_WHOLE = ("html", "body", "main", "article", "section")  # their class names speak of the page
_CODE = re.compile(r"[\"'{}\[\];=]")  # of scripts, whose text is the page's as well
_MOST_LINES = 100  # with a number like a year in them, looked through for the page's only date
_MOST_TIMES = 30
_MOST_NEAR = 12
_LONGEST_LINE = 300
_FEW = 4  # blocks in a box that is a date as a whole
_CALLED_DATE = "[class*=date i], [class*=publish i], [class*=posted i]"


@dataclass(frozen=True, slots=True)
class Stamp:
    """A date that a page states: what it dates, the text, the source, and the element that shows
    it.
    """

    kind: Kind
    text: str
    source: str
    node: LexborNode | None = None
    at: datetime | None = None

    @property
    def statement(self) -> Statement:
        """The text and its source."""
        return Statement(self.source, self.text)


def zone_of(name: str) -> ZoneInfo:
    """The zone of a name (IANA); UTC where there is none."""
    try:
        return ZoneInfo(name)
    except (ValueError, OSError):
        return ZoneInfo("UTC")


@dataclass(frozen=True, slots=True)
class VisibleDates:
    """Reads date texts for one page: `zone` (IANA) where they name none, `now` for relative ones.

    `english`: a date such as 2/24/2026, which is none with the day first, is read with the month
    first.
    """

    zone: str
    now: datetime | None
    english: bool

    def read(self, text: str, *, shown: bool = False) -> datetime | None:
        """The instant a date text means; of a text that is shown, also among other words."""
        text = text.strip()[:120]
        at = self._exact(text) or (
            parse_date(text, timezone=self.zone, now=self.now) if text else None
        )
        return self.plausible(at) if at or not shown else self.find(text)

    def find(self, line: str) -> datetime | None:
        """The first date in a line."""
        at = find_date(line, timezone=self.zone, now=self.now)
        if at is None and self.english and _MONTH_FIRST.search(line):
            at = find_date(_MONTH_FIRST.sub(r"\3-\1-\2", line), timezone=self.zone, now=self.now)
        return self.plausible(at)

    def _exact(self, text: str) -> datetime | None:
        """The usual ISO 8601 form, without asking the reader of all forms; and a month before its
        day.
        """
        if self.english and (found := _MONTH_FIRST.search(text)):
            text = f"{found[3]}-{found[1]:0>2}-{found[2]}{text[found.end() :]}"
            return parse_date(text, timezone=self.zone, now=self.now)
        if not _ISO.match(text):
            return None
        try:
            at = datetime.fromisoformat(text)
        except ValueError:
            return None
        return at if at.tzinfo else at.replace(tzinfo=zone_of(self.zone))

    def plausible(self, at: datetime | None) -> datetime | None:
        """The instant, if it can be a web page's: not before the web, not in the future."""
        late = at is not None and self.now is not None and at > self.now + timedelta(days=1)
        return at if at is not None and 1994 <= at.year < 2100 and not late else None


def _may_date(text: str, reader: VisibleDates) -> bool:
    """Whether a text has what a date cannot do without, seen before it is read: a year, or the
    words of a time ago.
    """
    return bool(
        _YEAR.search(text) or (reader.now is not None and len(text) <= 60 and _AGO.search(text))
    )


def _is_dateline(text: str) -> bool:
    """Whether a line may be there to date the story, and is no sentence or caption that holds a
    date.
    """
    dated = [part for part in re.split(r"\s[·•|]\s", text) if _YEAR.search(part)]
    words = re.findall(r"[^\W\d_]{2,}", dated[0] if len(dated) == 1 else text)
    return len(words) <= 7 or bool(_MODIFIED.search(text) or _PUBLISHED.search(text))


def _kind_of(words: str) -> Kind:
    return "modified" if _MODIFIED.search(words) and not _PUBLISHED.search(words) else "published"


def times(head: Head) -> list[LexborNode]:
    """The `time` elements of a page and those with a date by itemprop."""
    return head.tree.css("time, [itemprop^=date]")[:_MOST_TIMES]


def distance(line: Line) -> int:
    """How far a line is from the headline; before it stands the page's own clock as well."""
    return abs(line.place) + 3 * (line.place < 0)


def in_times(nodes: list[LexborNode], near: dict[int, int]) -> Iterator[Stamp]:
    """Dates in `time` elements and itemprop dates: those marked as the page's own, and those near
    the headline.

    `near` has their distances.
    """
    for node in sorted(nodes[:_MOST_NEAR], key=lambda node: near.get(node.mem_id, 0)):
        a = node.attributes
        shown = " ".join(node.text(separator=" ").split())
        stated = a.get("datetime") or a.get("content") or ""
        parent = node.parent
        words = " ".join(
            filter(
                None,
                (
                    a.get("class"),
                    a.get("itemprop"),
                    shown,
                    parent.attributes.get("class") if parent else "",
                ),
            )
        )
        marked = a.get("itemprop") or "pubdate" in a
        if marked or node.mem_id in near:
            yield from (
                Stamp(_kind_of(words), text, "time", node) for text in (stated, shown) if text
            )


def in_lines(lines: list[Line], reader: VisibleDates) -> Iterator[Stamp]:
    """Dates in the visible lines around the headline, nearest first; far before it stands the
    page's own clock.
    """
    for line in sorted(lines, key=distance):
        text = line.text
        if line.place < -4 or not 4 <= len(text) <= 160 or line.box.name == "figcaption":
            continue
        if text.count(".") > 1 and not _YEAR.search(text):
            text = _SHORT_YEAR.sub(r"\1.20\2", text, count=1)
        if _may_date(text, reader) and _is_dateline(text):
            found = list(_in_text(text, line.box.node, "visible text", reader))
            for part in (
                () if found else filter(_YEAR.search, line.parts[1:])
            ):  # a number may stand beside the date
                found += _in_text(part, line.box.node, "visible text", reader)
            yield from found


def _in_text(text: str, node: LexborNode, source: str, reader: VisibleDates) -> Iterator[Stamp]:
    """The dates of a line such as `December 3, 2025. Updated: December 7, 2025`."""
    starts = [0, *(m.start() for m in _LABEL.finditer(text) if m.start())]
    pieces = [text[start:end] for start, end in zip(starts, [*starts[1:], len(text)], strict=True)]
    dated = [(p, reader.find(p)) for p in pieces if _may_date(p, reader)] if len(pieces) > 1 else []
    if sum(at is not None for _, at in dated) < 2:
        dated = [(text, reader.find(text))]
    for piece, at in dated:
        if at:
            yield Stamp(_kind_of(piece), piece.strip(), source, node, at)


def in_elements(head: Head, nodes: list[LexborNode], reader: VisibleDates) -> Iterator[Stamp]:
    """Dates in `time` elements (`nodes`) and in short blocks that are called dates by class,
    anywhere on the page.
    """
    for node in nodes:
        shown = " ".join(node.text(separator=" ").split())
        text = (
            node.attributes.get("datetime")
            or shown[: 80 * (len(shown) <= 80 or bool(_LABEL.match(shown)))]
        )
        if _may_date(text, reader) and _is_dateline(text) and not _is_aside(node):
            yield from _in_text(text, node, "element", reader)
    dated = (
        block
        for block in head.page.blocks
        if block.chars <= _LONGEST_LINE and _may_date(block.text, reader)
    )
    called = (node for block in islice(dated, _MOST_LINES) for node in _called_date(block))
    footers = (
        head.tree.css("article footer")[:3] if head.page.asides else ()
    )  # of an article, not of the page
    in_footers = (node for footer in footers for node in footer.css(_CALLED_DATE)[:_MOST_TIMES])
    for node in chain(called, in_footers):
        text = " ".join(node.text(separator=" ").split())
        text = text[: 80 * (len(text) <= 80 or bool(_LABEL.match(text)))]
        if text and _may_date(text, reader) and _is_dateline(text) and not _is_aside(node):
            yield from _in_text(text, node, "element", reader)


def _called_date(block: Block) -> Iterator[LexborNode]:
    """The elements around a block that are called a date by their class."""
    for node in inline(block.pieces):
        if _is_called(node.attributes.get("class") or ""):
            yield node
    box: Box | None = block.box
    while box is not None and box.blocks <= _FEW and box.name not in _WHOLE:
        if _is_called(box.sign):
            yield box.node
        box = box.parent


def _is_called(words: str) -> bool:
    """Whether a class speaks of a date."""
    words = words.lower()
    return "date" in words or "publish" in words or "posted" in words


def _is_aside(node: LexborNode) -> bool:
    """Whether an element belongs to another story's card, to comments or to the page's furniture."""
    above: LexborNode | None = node
    for _ in range(8):
        if above is None or above.tag in ("body", "main"):
            return False
        words = (above.attributes.get("class") or "").lower()
        if above.tag in ("a", "nav") or _CARD.search(words):
            return True
        if above.tag == "aside" or _SIDE.search(words):
            around = node.parent.text(separator=" ") if node.parent is not None else ""
            return len(around) > 120 or not (_PUBLISHED.search(around) or _MODIFIED.search(around))
        above = above.parent
    return False


def alone(below: list[Block], reader: VisibleDates) -> Stamp | None:
    """The one date that stands alone in a line somewhere below the title; above it stands the
    page's own clock.
    """
    only: Stamp | None = None
    dated = (
        b.text
        for b in below
        if 6 <= b.chars <= 36 and _YEAR.search(b.text) and not _CODE.search(b.text)
    )
    for line in islice(dated, _MOST_LINES):
        at = reader.read(line)
        if at is not None and only is not None:
            return None
        if at is not None:
            only = Stamp("published", line, "the page's only date", at=at)
    return only


def in_state(page: bytes, reader: VisibleDates) -> Stamp | None:
    """The day of publication in what a page's scripts start from, where all of that knows only one."""
    found = [
        match[2]
        for match in _STATE.finditer(page)
        if match[1] != b"ed" or page[match.start() - 5 : match.start()].lower() == b"datep"
    ]
    if len({day[:10] for day in found}) != 1:
        return None
    text = found[0].decode("ascii")
    at = reader.read(text)
    return Stamp("published", text, "the page's state", at=at) if at is not None else None
