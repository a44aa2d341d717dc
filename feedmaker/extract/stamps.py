"""When a story was published and changed: the dates a page states, by trust."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Literal
from zoneinfo import ZoneInfo

from feedmaker.extract import jsonld
from feedmaker.extract.dates import find_date, parse_date
from feedmaker.extract.head import path

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from selectolax.lexbor import LexborNode

    from feedmaker.extract.head import Head, Line

Kind = Literal["published", "modified"]

_ISO = re.compile(r"(?:19|20)\d\d-\d\d-\d\d(?:[T ]\d\d:\d\d|$)")
_MONTH_FIRST = re.compile(r"(?<![\d/.-])(0?[1-9]|1[0-2])[/.-](1[3-9]|2\d|3[01])[/.-]((?:19|20)\d\d)(?![\d/.-])")
_IN_URL = re.compile(r"/(20\d\d)(?:(?:/[a-z_-]+)?([/-])(\d\d?)\2(\d\d?)(?!\d)|(\d\d)(\d\d)(?=\D|$))")
_MODIFIED = re.compile(
    r"modif|updat|revis|changed|last|review|edit|تحديث|تعديل|aktualis|mise à jour|actualiz|aggiorna|güncel",
    re.IGNORECASE,
)
_PUBLISHED = re.compile(r"publi|post|creat|issued|نشر|veröff", re.IGNORECASE)
_YEAR = re.compile(r"\d{4}")
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
# Names of meta elements: what dates a publication for sure, and what may.
_META_DATE = re.compile("date|time|publi|creat|issued|modif|revis")
_META_PUBLISHED = re.compile(
    r"(?:(?:article|og|parsely|sailthru|citation|bt|cxenseparse)[:._-])?(?:recs:|article[:_.-])?"
    r"(?:published(?:[_.:-]?(?:time|date|at|on))?|pub[_-]?date|publish[_-]?(?:time|date)|publication[_-]?date"
    r"|date[._-]?(?:published|publish)|date)"
)
_META_MAYBE = re.compile(r"publish(?!er)|publication|pub_?date|issued|created?\b|datecreated|upload|(?:^|[.:])date$")
_META_MODIFIED = re.compile(r"modif|updat|revis")
# Boxes of other stories and of comments, and boxes in which only a labelled date is believed to be the page's.
_CARD = re.compile(r"card|teaser|related|recommend|comment|promo|latest|popular|trending|more-|event|slide|carousel")
_SIDE = re.compile(r"sidebar|widget|menu")
_HIDDEN = ("JSON-LD", "meta")
_WHOLE = ("html", "body", "main", "article", "section")  # their class names speak of the page
_MOST_READ = 20_000  # characters of text looked through for dates, on pages that call everything a date
_JUST_NOW = timedelta(minutes=2)


@dataclass(frozen=True, slots=True)
class Stamp:
    """A date that a page states: what it dates, the text, the source, and the element that shows it."""

    kind: Kind
    text: str
    source: str
    node: LexborNode | None = None
    at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Dates:
    """When a story was published and modified, as far as the page says, and how that was decided."""

    published: Stamp | None = None
    modified: Stamp | None = None
    losers: tuple[Stamp, ...] = ()


def _zone(name: str) -> ZoneInfo:
    try:
        return ZoneInfo(name)
    except (ValueError, OSError):
        return ZoneInfo("UTC")


@dataclass(frozen=True, slots=True)
class Reader:
    """Reads date texts for one page: `zone` (IANA) where they name none, `now` for relative ones.

    `english`: a date such as 2/24/2026, which is none with the day first, is read with the month first.
    """

    zone: str
    now: datetime | None
    english: bool

    def read(self, text: str, *, shown: bool = False) -> datetime | None:
        """The instant a date text means; of a text that is shown, also among other words."""
        text = text.strip()[:120]
        at = self._exact(text) or (parse_date(text, timezone=self.zone, now=self.now) if text else None)
        return self.plausible(at) if at or not shown else self.find(text)

    def find(self, line: str) -> datetime | None:
        """The first date in a line."""
        at = find_date(line, timezone=self.zone, now=self.now)
        if at is None and self.english and _MONTH_FIRST.search(line):
            at = find_date(_MONTH_FIRST.sub(r"\3-\1-\2", line), timezone=self.zone, now=self.now)
        return self.plausible(at)

    def _exact(self, text: str) -> datetime | None:
        """The usual ISO 8601 form, without asking the reader of all forms; and a month before its day."""
        if self.english and (found := _MONTH_FIRST.search(text)):
            text = f"{found[3]}-{found[1]:0>2}-{found[2]}{text[found.end() :]}"
            return parse_date(text, timezone=self.zone, now=self.now)
        if not _ISO.match(text):
            return None
        try:
            at = datetime.fromisoformat(text)
        except ValueError:
            return None
        return at if at.tzinfo else at.replace(tzinfo=_zone(self.zone))

    def plausible(self, at: datetime | None) -> datetime | None:
        """The instant, if it can be a web page's: not before the web, not in the future."""
        late = at is not None and self.now is not None and at > self.now + timedelta(days=1)
        return at if at is not None and 1994 <= at.year < 2100 and not late else None


_DATA: tuple[tuple[str, Kind], ...] = (
    ("datePublished", "published"),
    ("dateCreated", "published"),
    ("uploadDate", "published"),
    ("dateModified", "modified"),
)


def _from_data(head: Head) -> Iterator[Stamp]:
    """Dates of the story in JSON-LD."""
    for name, kind in _DATA:
        if text := jsonld.text(head.story.get(name)):
            yield Stamp(kind, text, f"JSON-LD {name}")


def _from_meta(head: Head, *, sure: bool) -> Iterator[Stamp]:
    """Dates in meta elements: those of whose meaning their names leave no doubt, or the others."""
    for name, values in head.meta.items():
        text = values[0]
        if not _META_DATE.search(name) or len(text) > 60 or not any(map(str.isdigit, text)):
            continue
        if _META_MODIFIED.search(name):
            if sure:
                yield Stamp("modified", text, f"meta {name}")
        elif bool(_META_PUBLISHED.fullmatch(name)) == sure and (sure or _META_MAYBE.search(name)):
            yield Stamp("published", text, f"meta {name}")


def _may_date(text: str, reader: Reader) -> bool:
    """Whether a text has what a date cannot do without, seen before it is read: a year, or the words of a time ago."""
    return bool(_YEAR.search(text) or (reader.now is not None and len(text) <= 60 and _AGO.search(text)))


def _is_dateline(text: str) -> bool:
    """Whether a line may be there to date the story, and is no sentence or caption that holds a date."""
    return len(re.findall(r"[^\W\d_]{2,}", text)) <= 7 or bool(_MODIFIED.search(text) or _PUBLISHED.search(text))


def _kind_of(words: str) -> Kind:
    return "modified" if _MODIFIED.search(words) and not _PUBLISHED.search(words) else "published"


def _from_times(head: Head, near: set[int]) -> Iterator[Stamp]:
    """`time` elements and itemprop dates: those near the headline, or those marked as the page's own."""
    for node in head.tree.css("time, [itemprop=datePublished], [itemprop=dateModified]")[:12]:
        a = node.attributes
        shown = node.text(separator=" ").strip()
        stated = a.get("datetime") or a.get("content") or ""
        parent = node.parent
        words = " ".join(
            filter(None, (a.get("class"), a.get("itemprop"), shown, parent.attributes.get("class") if parent else ""))
        )
        marked = a.get("itemprop") or "pubdate" in a
        if marked or node.mem_id in near:
            yield from (Stamp(_kind_of(words), text, "time", node) for text in (stated, shown) if text)


def _from_lines(lines: list[Line], reader: Reader) -> Iterator[Stamp]:
    """Dates in the visible lines around the headline, nearest first; far before it stands the page's own clock."""
    for line in sorted(lines, key=lambda line: abs(line.place) + 3 * (line.place < 0)):
        text = line.text
        if line.place >= -4 and 4 <= len(text) <= 160 and _may_date(text, reader) and _is_dateline(text):
            found = list(_in_text(text, line.node, "visible text", reader))
            for part in () if found else filter(_YEAR.search, line.parts[1:]):  # a number may stand beside the date
                found += _in_text(part, line.node, "visible text", reader)
            yield from found


def _in_text(text: str, node: LexborNode, source: str, reader: Reader) -> Iterator[Stamp]:
    """The dates of a line such as `December 3, 2025. Updated: December 7, 2025`."""
    starts = [0, *(m.start() for m in _LABEL.finditer(text) if m.start())]
    pieces = [text[start:end] for start, end in zip(starts, [*starts[1:], len(text)], strict=True)]
    dated = [(p, reader.find(p)) for p in pieces if _may_date(p, reader)] if len(pieces) > 1 else []
    if sum(at is not None for _, at in dated) < 2:
        dated = [(text, reader.find(text))]
    for piece, at in dated:
        if at:
            yield Stamp(_kind_of(piece), piece.strip(), source, node, at)


def _from_title(head: Head) -> Iterator[Stamp]:
    """A date that stands as a part of its own in the title element, where papers file stories by day."""
    for piece in re.split(r"\s+[|·•–—-]\s+", head.title)[1:]:
        if sum(map(str.isdigit, piece)) >= 5:
            yield Stamp("published", piece, "title")


def _from_elements(head: Head, reader: Reader) -> Iterator[Stamp]:
    """Dates in `time` elements and in short ones that are called dates by class, anywhere on the page."""
    read = 0
    for node in head.tree.css("time, [class*=date i], [class*=publish i], [class*=posted i]")[:30]:
        if node.tag in _WHOLE or read > _MOST_READ:
            continue
        shown = " ".join(node.text(separator=" ").split())
        text = node.attributes.get("datetime") or (
            shown if len(shown) <= 80 else shown[: 80 * bool(_LABEL.match(shown))]
        )
        if not _may_date(text, reader) or not _is_dateline(text) or _is_aside(node):
            continue
        yield from _in_text(text, node, "element", reader)


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


def _from_url(url: str, timezone: str) -> Iterator[Stamp]:
    found = _IN_URL.search(path(url))
    if found:
        year, month, day = int(found[1]), int(found[3] or found[5]), int(found[4] or found[6])
        try:
            yield Stamp("published", found[0], "URL", at=datetime(year, month, day, tzinfo=_zone(timezone)))
        except ValueError:
            return


def _stated(head: Head, rules: tuple[str, ...]) -> Iterator[Stamp]:
    """The dates that the site's rules, JSON-LD and the surest meta elements give."""
    for selector in rules:
        for node in head.tree.css(selector):
            get = node.attributes.get
            text = get("datetime") or get("content") or node.text(separator=" ").strip()
            yield Stamp("published", text, f"rules: {selector}", node)
    yield from _from_data(head)
    yield from _from_meta(head, sure=True)


def _shown(head: Head, around: list[Line], reader: Reader) -> Iterator[Stamp]:
    """The dates that stand elsewhere, by trust."""
    yield from _from_times(head, {node.mem_id for line in around for node in line.times if line.place >= -4})
    yield from _from_meta(head, sure=False)
    yield from _from_lines(around, reader)
    yield from _from_url(head.url, reader.zone)
    yield from _from_title(head)
    yield from _from_elements(head, reader)


def choose(
    head: Head,
    lines: Callable[[], list[Line]],
    title: str = "",
    *,
    rules: tuple[str, ...] = (),
    timezone: str,
    now: datetime | None,
    thorough: bool = False,
) -> Dates:
    """When the page's story was published and modified.

    The first readable date by trust: the site's rules, JSON-LD, meta elements, `time` elements, text around the
    headline, the URL, other elements, a lone date below the `title`. What is shown is looked at only where metadata has no date, or to be `thorough`
    about the losers. A page that shows only when it was changed is dated by that.
    """
    reader = Reader(timezone, now, _is_english(head))
    chosen: dict[str, Stamp] = {}
    losers: list[Stamp] = []
    for stamp in _stated(head, rules):
        _weigh(stamp, chosen, losers, reader)
    if thorough or "published" not in chosen:
        for stamp in _shown(head, lines(), reader):
            winner = chosen.get("published")
            # What stands in one element is weighed together: it may say when the story was changed as well.
            if winner is None or (stamp.node is not None and stamp.node is winner.node):
                _weigh(stamp, chosen, losers, reader)
            elif thorough:
                losers.append(stamp)
            else:
                break
    elif _is_served(chosen):
        shown = _earlier(chosen["published"], lines(), reader)
        if shown is not None:
            losers.append(chosen["published"])
            chosen["published"] = shown
    published = chosen.get("published") or chosen.get("shown")
    if published is None:
        published = _alone(head, title, reader)
    else:
        published = _mended(published, lines, reader)
    return Dates(published, chosen.get("modified"), tuple(losers))


def _is_served(chosen: dict[str, Stamp]) -> bool:
    """Whether a page says that it was changed when it was published, or before: some state their last building twice."""
    published, modified = chosen["published"].at, chosen["modified"].at if "modified" in chosen else None
    return published is not None and modified is not None and modified - published < timedelta(minutes=1)


def _earlier(stated: Stamp, around: list[Line], reader: Reader) -> Stamp | None:
    """The publication that is shown beside the headline, if it is earlier by more than zones can make it."""
    for stamp in _from_lines([line for line in around if -4 <= line.place <= 8], reader):
        if stamp.kind == "published" and stamp.at is not None and stated.at is not None:
            return stamp if stated.at - stamp.at > timedelta(hours=36) else None
    return None


def _alone(head: Head, title: str, reader: Reader) -> Stamp | None:
    """The one date that stands alone in a line somewhere below the title; above it stands the page's own clock."""
    body = head.tree.body
    _, _, below = body.text(separator="\n").partition(title) if body is not None and title else ("", "", "")
    only: Stamp | None = None
    for line in below.split("\n"):
        if 6 <= len(line) <= 60 and _YEAR.search(line) and len(text := line.strip()) <= 36:
            at = reader.read(text)
            if at is not None and (only is not None or _MODIFIED.search(text)):
                return None
            if at is not None:
                only = Stamp("published", text, "the page's only date", at=at)
    return only


def _is_english(head: Head) -> bool:
    """Whether the page says that it is in English."""
    root = head.tree.root
    language = (root.attributes.get("lang") if root else None) or head.first("og:locale")
    return language.lower().startswith("en")


def _weigh(stamp: Stamp, chosen: dict[str, Stamp], losers: list[Stamp], reader: Reader) -> None:
    """Choose a stamp for its kind if it is the first that can be read; "shown" is the first visible change."""
    at = stamp.at or reader.read(stamp.text, shown=stamp.node is not None)
    dated = replace(stamp, at=at)
    changed = stamp.kind == "modified"
    served = changed and at is not None and reader.now is not None and abs(reader.now - at) < _JUST_NOW
    if at is not None and changed and not stamp.source.startswith(_HIDDEN):
        chosen.setdefault("shown", dated)
    if at is None or served or stamp.kind in chosen:
        losers.append(dated)
    else:
        chosen[stamp.kind] = dated


def _mended(stamp: Stamp, lines: Callable[[], list[Line]], reader: Reader) -> Stamp:
    """A date whose local time is labelled as UTC, put right where the page shows the same clock time without a zone."""
    at = stamp.at
    if at is None or at.utcoffset() or not stamp.source.startswith(_HIDDEN):
        return stamp
    local = at.replace(tzinfo=_zone(reader.zone))
    if not local.utcoffset() or not (at.hour or at.minute):
        return stamp
    minute = local.replace(second=0, microsecond=0)
    for line in lines():
        if line.place >= -4 and len(line.text) <= 160 and ":" in line.text:
            shown = reader.find(line.text)
            if shown is not None and shown.replace(second=0, microsecond=0) == minute:
                return replace(stamp, at=local, source=f"{stamp.source}, local time labelled UTC")
    return stamp
