"""When a story was published and changed: the dates a page states, by trust."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from datetime import timezone as fixed
from functools import lru_cache
from typing import TYPE_CHECKING

from feedmaker.article.about.visible_dates import (
    Stamp,
    VisibleDates,
    alone,
    distance,
    in_elements,
    in_lines,
    in_state,
    in_times,
    times,
    zone_of,
)
from feedmaker.html.page_head import url_path as path

if TYPE_CHECKING:
    from collections.abc import Iterator

    from feedmaker.article.about.visible_dates import Kind
    from feedmaker.html.blocks import PageBlocks
    from feedmaker.html.page_head import Head, HeadlineLines, Line

_IN_URL = re.compile(
    r"/(20\d\d)(?:(?:/[a-z_-]+)?([/-])(\d\d?)\2(\d\d?)(?!\d)|(\d\d)(\d\d)(?=\D|$))"
)
# Names of meta elements: what dates a publication for sure, and what may.
_META_DATE = re.compile("date|time|publi|creat|issued|modif|revis")
_META_PUBLISHED = re.compile(
    r"(?:(?:article|og|parsely|sailthru|citation|bt|cxenseparse)[:._-])?(?:recs:|article[:_.-])?"
    r"(?:published(?:[_.:-]?(?:time|date|at|on))?|pub[_-]?date|publish[_-]?(?:time|date)|publication[_-]?date"
    r"|date[._-]?(?:published|publish)|date)"
)
_META_MAYBE = re.compile(
    r"publish(?!er)|publication|pub_?date|issued|created?\b|datecreated|upload|(?:^|[.:])date$"
)
_META_MODIFIED = re.compile(r"modif|updat|revis")
_HIDDEN = ("JSON-LD", "meta")
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_SHORT = 60  # characters of a line that is there for its date
_JUST_NOW = timedelta(minutes=2)


@dataclass(frozen=True, slots=True)
class Dates:
    """When a story was published and modified, as far as the page says, and how that was decided."""

    published: Stamp | None = None
    modified: Stamp | None = None
    losers: tuple[Stamp, ...] = ()


_DATA: tuple[tuple[str, Kind], ...] = (
    ("datePublished", "published"),
    ("dateCreated", "published"),
    ("uploadDate", "published"),
    ("dateModified", "modified"),
)


def _from_data(head: Head) -> Iterator[Stamp]:
    """Dates of the story in JSON-LD."""
    for name, kind in _DATA:
        if text := head.json_ld.dates.get(name):
            yield Stamp(kind, text, f"JSON-LD {name}")


@lru_cache(maxsize=1024)
def _meaning(name: str) -> tuple[Kind, bool] | None:
    """What a meta element of this name dates, and whether for sure; the same names come on every
    page.
    """
    if not _META_DATE.search(name):
        return None
    if _META_MODIFIED.search(name):
        return "modified", True
    if _META_PUBLISHED.fullmatch(name):
        return "published", True
    return ("published", False) if _META_MAYBE.search(name) else None


def _from_meta(head: Head, *, sure: bool) -> Iterator[Stamp]:
    """Dates in meta elements: those of whose meaning their names leave no doubt, or the others."""
    for name, values in head.meta.items():
        meaning = _meaning(name)
        if (
            meaning
            and meaning[1] == sure
            and len(values[0]) <= 60
            and any(map(str.isdigit, values[0]))
        ):
            yield Stamp(meaning[0], values[0], f"meta {name}")


def _from_title(head: Head) -> Iterator[Stamp]:
    """A date that stands as a part of its own in the title element, where papers file stories by
    day.
    """
    for piece in re.split(r"\s+[|·•–—-]\s+", head.title)[1:]:
        if sum(map(str.isdigit, piece)) >= 5:
            yield Stamp("published", piece, "title")


def _from_url(url: str, timezone: str) -> Iterator[Stamp]:
    found = _IN_URL.search(path(url))
    if found:
        year, month, day = int(found[1]), int(found[3] or found[5]), int(found[4] or found[6])
        try:
            yield Stamp(
                "published",
                found[0],
                "URL",
                at=datetime(year, month, day, tzinfo=zone_of(timezone)),
            )
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


def _shown(head: Head, around: list[Line], reader: VisibleDates) -> Iterator[Iterator[Stamp]]:
    """The dates that stand elsewhere, by trust: those of one kind of place after those of another."""
    nodes = times(head)
    near = (
        {node.mem_id: distance(line) for line in around if line.place >= -4 for node in line.times}
        if nodes
        else {}
    )
    yield in_times(nodes, near)
    yield _from_meta(head, sure=False)
    yield in_lines(around, reader)
    yield _from_url(head.url, reader.zone)
    yield _from_title(head)
    yield in_elements(head, nodes, reader)


def choose_dates(
    head: Head,
    lines: HeadlineLines,
    *,
    rules: tuple[str, ...] = (),
    timezone: str,
    now: datetime | None,
    thorough: bool = False,
) -> Dates:
    """When the page's story was published and modified.

    The first readable date by trust: the site's rules, JSON-LD, meta elements, `time` elements,
    text around the headline, the URL, other elements, a date alone below the headline (`below` is
    the index of the first block there). What is shown is looked at only where metadata has no date
    or a doubtful one, or to be `thorough` about the losers. A page that shows only when it was
    changed is dated by that.
    """
    below = lines.below
    reader = VisibleDates(zone_of(timezone).key, now, head.is_english)
    chosen: dict[str, Stamp] = {}
    losers: list[Stamp] = []
    for stamp in _stated(head, rules):
        _weigh(stamp, chosen, losers, reader)
    doubtful = _is_served(chosen) or _shows_older(head.page, below, chosen)
    for place in (
        _shown(head, lines.around, reader) if thorough or "published" not in chosen else ()
    ):
        for stamp in place:
            winner = chosen.get("published")
            # What stands in one element is weighed together: it may say when the story was changed
            # as well.
            if winner is None or (stamp.node is not None and stamp.node is winner.node):
                _weigh(stamp, chosen, losers, reader)
            elif thorough:
                losers.append(stamp)
            else:
                break
        if "published" in chosen and not thorough:
            break
    if doubtful and (
        first := _earlier(chosen["published"], lines.around, reader)
        or _before_change(chosen, losers)
    ):
        losers.append(chosen["published"])
        chosen["published"] = first
    published = chosen.get("published") or chosen.get("shown")
    if published:
        published = _as_addressed(_mended(published, lines, reader), head.url)
    else:
        if below >= 0 or any(block.good for block in head.page.blocks):
            published = alone(head.page.blocks[max(below, 0) :], reader)
        published = published or in_state(head.tree.raw_html or b"", reader)
    return Dates(published, chosen.get("modified"), tuple(losers))


def _is_served(chosen: dict[str, Stamp]) -> bool:
    """Whether a page states that it was changed when it was published, or before: some mean their
    last building.
    """
    published, modified = (
        chosen[kind].at if kind in chosen else None for kind in ("published", "modified")
    )
    return (
        published is not None
        and modified is not None
        and modified - published < timedelta(minutes=1)
    )


def _shows_older(page: PageBlocks, below: int, chosen: dict[str, Stamp]) -> bool:
    """Whether a page that states no change has an earlier year in a short line around the headline:
    it may have moved.

    `below` is the index of the first block below the headline.
    """
    at = chosen["published"].at if "published" in chosen and "modified" not in chosen else None
    if at is None or below < 0:
        return False
    short = (
        block.text for block in page.blocks[max(below - 4, 0) : below + 8] if block.chars <= _SHORT
    )
    return any(int(year) < at.year for text in short for year in _YEAR.findall(text))


def _earlier(stated: Stamp, around: list[Line], reader: VisibleDates) -> Stamp | None:
    """The publication that is shown beside the headline, if it is earlier by more than zones can
    make it.
    """
    for stamp in in_lines(
        [line for line in around if -4 <= line.place <= 8 and len(line.text) <= _SHORT], reader
    ):
        if stamp.kind == "published" and stamp.at is not None and stated.at is not None:
            return stamp if stated.at - stamp.at > timedelta(hours=36) else None
    return None


def _before_change(chosen: dict[str, Stamp], losers: list[Stamp]) -> Stamp | None:
    """Another stated publication, where the chosen one is days after the last change: that is when
    it was served.
    """
    published, modified = (
        chosen[kind].at if kind in chosen else None for kind in ("published", "modified")
    )
    if published is None or modified is None or published - modified < timedelta(days=2):
        return None
    stated = (s for s in losers if s.kind == "published" and s.source.startswith(_HIDDEN))
    return next((stamp for stamp in stated if stamp.at is not None and stamp.at <= modified), None)


def _weigh(
    stamp: Stamp, chosen: dict[str, Stamp], losers: list[Stamp], reader: VisibleDates
) -> None:
    """Choose a stamp for its kind if it is the first that can be read; "shown" is the first visible
    change.
    """
    at = stamp.at or reader.read(stamp.text, shown=stamp.node is not None)
    dated = Stamp(stamp.kind, stamp.text, stamp.source, stamp.node, at)
    changed = stamp.kind == "modified"
    served = (
        changed and at is not None and reader.now is not None and abs(reader.now - at) < _JUST_NOW
    )
    if at is not None and changed and not stamp.source.startswith(_HIDDEN):
        chosen.setdefault("shown", dated)
    if at is None or served or stamp.kind in chosen:
        losers.append(dated)
    else:
        chosen[stamp.kind] = dated


def _as_addressed(stamp: Stamp, url: str) -> Stamp:
    """A date in UTC, in a zone in which it has the day that the page's address has: the instant
    stays.

    Systems state the instant in UTC, and make addresses by the site's own day, which is what its
    readers are shown.
    """
    day = next(_from_url(url, "UTC"), None)
    at = stamp.at
    if (
        day is None
        or day.at is None
        or at is None
        or at.utcoffset()
        or not stamp.source.startswith(_HIDDEN)
    ):
        return stamp
    hours = {-1: -at.hour - 1, 1: 24 - at.hour}.get((day.at.date() - at.date()).days, 0)
    if not hours or not -12 <= hours <= 14 or not (at.hour or at.minute):
        return stamp
    return replace(
        stamp,
        at=at.astimezone(fixed(timedelta(hours=hours))),
        source=f"{stamp.source}, the day by the URL",
    )


def _mended(stamp: Stamp, lines: HeadlineLines, reader: VisibleDates) -> Stamp:
    """A date whose local time is labelled as UTC, put right where the page shows the same clock
    time without a zone.
    """
    at = stamp.at
    if at is None or at.utcoffset() or not stamp.source.startswith(_HIDDEN):
        return stamp
    local = at.replace(tzinfo=zone_of(reader.zone))
    if not local.utcoffset() or not (at.hour or at.minute):
        return stamp
    minute = local.replace(second=0, microsecond=0)
    for line in lines.around:
        if line.place >= -4 and len(line.text) <= 160 and ":" in line.text:
            shown = reader.find(line.text)
            if shown is not None and shown.replace(second=0, microsecond=0) == minute:
                return replace(stamp, at=local, source=f"{stamp.source}, local time labelled UTC")
    return stamp
