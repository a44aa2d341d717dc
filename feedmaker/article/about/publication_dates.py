"""When a story was published and changed, where metadata alone does not tell.

What the page shows fills the gaps, and corrects metadata that dates the serving of a page, or
calls the site's local time UTC.
"""

from __future__ import annotations

import re
from datetime import datetime, timedelta, timezone
from itertools import islice, pairwise
from typing import TYPE_CHECKING, Final
from zoneinfo import ZoneInfo

from feedmaker.article.about.stated_dates import OF_FILM, DateClaim, dates_in_meta, is_now
from feedmaker.article.about.visible_dates import (
    OTHERS,
    ZONES_APART,
    dates_at_headline,
    dates_in_elements,
    dates_in_lines,
    dates_in_times,
    is_another_day,
    marked_times,
    own_lines,
)
from feedmaker.text.dates import date_label

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from feedmaker.article.about.stated_dates import DateRanking, DateReader
    from feedmaker.html.blocks import Block
    from feedmaker.html.page_head import Head, HeadlineLines

_LONGEST_LINE: Final = 160  # characters
_LONGEST_NOTE: Final = 300  # characters of a block that says when a story was published
_NEAR: Final = range(-4, 9)  # places of lines right at the headline
_DAYS_LATER: Final = timedelta(days=2)
_UTC: Final = ZoneInfo("UTC")
_WESTMOST: Final = -12  # hours of a zone
_EASTMOST: Final = 14

_YEAR: Final = re.compile(r"\d{4}")
_CLOCK: Final = re.compile(r"(?:\w{2,9} )?[012]?\d[:.]\d\d(?::\d\d)?(?: ?[^\W\d_][.\w]{0,3})?")
_TITLE_PARTS: Final = re.compile(r"(?<!\s)\s+[|·•–—-]\s+")
# A year, a month and a day; behind a slash the day is a folder or all of the name, not the
# number that a title begins with.
_IN_URL: Final = re.compile(
    r"/(20\d\d)(?:(?:/[a-z_-]+)?(?:[/-](\d\d?)/(\d\d?)(?=[/.]|$)|-(\d\d?)-(\d\d?)(?!\d))"
    r"|(\d\d)(\d\d)(?=\D|$))"
)
# Begins with what is the same in all names, so that it is quickly looked for.
_IN_SCRIPTS: Final = re.compile(
    rb"""ublish(ed_?[Aa]t|_?[Dd]ate|ed)(?:&quot;|\\*+")\s*+:\s*+"""
    rb"""(?:&quot;|\\*+")((?:19|20)\d\d-\d\d-\d\d[T \d:.+Z-]{0,30})"""
)
_CODE: Final = re.compile(r"[\"'{}\[\];=]")  # of scripts, whose text is the page's as well
_MOST_LINES: Final = 100  # with a number like a year in them, looked through for the only date


def complete_dates(
    head: Head, lines: HeadlineLines, stated: DateRanking, *, thorough: bool
) -> DateRanking:
    """Return the dates of the page's story, from those stated and those that the page shows.

    The first readable date counts, by trust: what is stated, `time` elements, text around the
    headline, the URL, other elements, a date alone below the headline. What is shown is looked at
    only where nothing or something doubtful is stated, or to be `thorough` about the losers. A page
    that shows only when it was changed is dated by that.
    """
    dates = stated
    if thorough or not stated.published.at:
        dates = _with_visible(
            head,
            lines,
            stated,
            thorough=thorough,
        )
    if stated.is_doubtful and not _is_day_of_url(stated.published, head):
        dates = _with_surer(lines, dates)
    published = dates.published if dates.published.at else dates.shown_change
    if published.at:
        published = _with_stated_time(published, published.at, dates.losers)
        published = _in_local_time(published, lines, dates.reader)
        published = _in_zone_of_url(published, head)
        if published.node is not None:
            published = _with_clock(published, lines, dates.reader)
    else:
        published = _last_resort(head, lines, dates.reader) or published
    return dates._replace(published=published)


def _with_visible(
    head: Head, lines: HeadlineLines, dates: DateRanking, *, thorough: bool
) -> DateRanking:
    """Return the ranking with what the page shows, up to the first publication unless thorough."""
    is_looked_for = not dates.published.at
    for claims in _visible_dates(head, lines, dates.reader):
        for claim in claims:
            winner = dates.published
            # What stands in one element is ranked together: it may say when the story was changed
            # as well.
            is_same_element = claim.node is not None and claim.node is winner.node
            if is_looked_for and (not winner.at or is_same_element):
                dates = dates.with_claim(claim)
            elif thorough:
                dates = dates.with_loser(claim)
            else:
                break
        is_looked_for = not dates.published.at
        if not (is_looked_for or thorough):
            break
    return dates


def _visible_dates(
    head: Head, lines: HeadlineLines, reader: DateReader
) -> Iterator[Iterable[DateClaim]]:
    """Give the dates that stand elsewhere than in sure metadata, by kind of place and by trust."""
    own = own_lines(lines, lines.around)
    yield dates_in_times(marked_times(head), own, reader)
    yield dates_in_meta(head, sure=False)
    yield dates_in_lines(own, reader)
    in_url = _date_in_url(head.path, reader.zone)
    yield [in_url] if in_url else []
    yield _dates_in_title(head)
    yield dates_in_elements(head, lines, reader)


def _date_in_url(
    path: str,
    zone: ZoneInfo,
) -> DateClaim | None:
    """Return the day in the path of a URL, as its beginning in a zone."""
    found = _IN_URL.search(path)
    if not found:
        return None
    year, month, day = map(int, filter(None, found.groups()))
    try:
        at = datetime(year, month, day, tzinfo=zone)
    except ValueError:
        return None
    return DateClaim(
        "published",
        found[0],
        "URL",
        at=at,
    )


def _is_day_of_url(claim: DateClaim, head: Head) -> bool:
    """Tell whether a date is the day of the page's URL, in whatever zone."""
    day = _date_in_url(head.path, _UTC)
    if not day or not day.at or not claim.at:
        return False
    return abs(claim.at - day.at) <= ZONES_APART


def _dates_in_title(head: Head) -> Iterator[DateClaim]:
    """Give a date that is a part of the title element, where papers file stories by day."""
    for piece in _TITLE_PARTS.split(head.title)[1:]:
        if sum(map(str.isdigit, piece)) >= 5:
            yield DateClaim("published", piece, "title")


def _with_surer(
    lines: HeadlineLines,
    dates: DateRanking,
) -> DateRanking:
    """Return the ranking with a publication that is surer than the stated one, if there is one.

    It is shown at the headline, or stated beside one that is days after the last change.
    """
    surer = _shown_instead(lines, dates) or _stated_before_change(dates)
    if surer is None:
        return dates
    return dates.with_loser(dates.published)._replace(published=surer)


def _shown_instead(
    lines: HeadlineLines,
    dates: DateRanking,
) -> DateClaim | None:
    """Return the publication shown at the headline, if it is another day than the stated one.

    A later one may be that of a change, unless what is stated is vague, and no change is.
    """
    stated = dates.published.at
    is_known = bool(dates.modified.at) or not dates.published.is_vague
    for claim in dates_at_headline(lines, dates.reader):
        if claim.kind == "published" and claim.at and stated:
            may_be_change = is_known and claim.at > stated
            is_other = not may_be_change and is_another_day(claim.text, claim.at, stated)
            return claim if is_other else None
    return None


def _stated_before_change(dates: DateRanking) -> DateClaim | None:
    """Return another stated publication, where the first is days after the last change.

    The first is then when the page was served; if it surely was, the change is all there is.
    """
    published, modified = dates.published.at, dates.modified.at
    if not published or not modified or published - modified < _DAYS_LATER:
        return None
    for claim in dates.losers:
        if claim.kind != "published" or not claim.is_hidden:
            continue
        if claim.at and claim.at <= modified:
            return claim
    return dates.modified if is_now(published, dates.reader.now) else None


def _last_resort(
    head: Head,
    lines: HeadlineLines,
    reader: DateReader,
) -> DateClaim | None:
    """Return the only date below the headline, labelled or alone, else that in scripts."""
    claim = None
    blocks = head.page.blocks
    if lines.below >= 0 or any(block.good for block in blocks):
        start = max(lines.below, 0)
        own = [block for block in blocks[start:] if not block.box.above & OTHERS]
        claim = _labelled_date(own, reader) or _lone_date(own, reader)
    return claim or _date_in_scripts(head.tree.raw_html or b"", reader)


def _labelled_date(
    blocks: Iterable[Block],
    reader: DateReader,
) -> DateClaim | None:
    """Return the one day that these blocks call that of publication; None where there are more."""
    notes = (block.text for block in blocks if block.chars <= _LONGEST_NOTE)
    short = (text for text in notes if text[-1] != ":")  # over a quotation it tells of that
    dated = filter(date_label, filter(_YEAR.search, short))
    only: DateClaim | None = None
    for text in islice(dated, _MOST_LINES):
        days = [at for label, at in reader.find_all(text) if label == "published"]
        if not days:
            continue
        if only is not None:
            return None
        only = DateClaim("published", text, "labelled text", at=days[0])
    return only


def _lone_date(
    blocks: Iterable[Block],
    reader: DateReader,
) -> DateClaim | None:
    """Return the one date that is all of a block, somewhere in these; None where there are more."""
    short = (block.text for block in blocks if 6 <= block.chars <= 36)
    dated = (text for text in short if _YEAR.search(text) and not _CODE.search(text))
    only: DateClaim | None = None
    for text in islice(dated, _MOST_LINES):
        at = reader.read(text) if date_label(text) != "other" else None
        if at is not None:
            if only is not None:
                return None
            only = DateClaim(
                "published",
                text,
                "the page's only date",
                at=at,
            )
    return only


def _date_in_scripts(
    page: bytes,
    reader: DateReader,
) -> DateClaim | None:
    """Return the day of publication in a page's scripts, where they all know only one."""
    found = [
        match[2]
        for match in _IN_SCRIPTS.finditer(page)
        if match[1] != b"ed" or page[match.start() - 5 : match.start()].lower() == b"datep"
    ]
    if len({day[:10] for day in found}) != 1:
        return None
    text = found[0].decode("ascii")
    at = reader.read(text)
    return (
        DateClaim(
            "published",
            text,
            "the page's state",
            at=at,
        )
        if at is not None
        else None
    )


def _with_stated_time(
    claim: DateClaim,
    day: datetime,
    others: Iterable[DateClaim],
) -> DateClaim:
    """Return a statement with the time of day for one of the day alone, where there is such."""
    if day.hour or day.minute or not claim.is_hidden:
        return claim
    for other in others:
        if other.kind != "published" or other.source == OF_FILM or not other.at:
            continue
        if other.at.date() == day.date() and other.at != day:
            return other
    return claim


def _with_clock(claim: DateClaim, lines: HeadlineLines, reader: DateReader) -> DateClaim:
    """Return a shown day with the time of day that stands in a line of its own beside it."""
    at = claim.at
    if at is None or at.hour or at.minute:
        return claim
    for line, other in pairwise(lines.around):
        texts = (line.text, other.text)
        clocks = [text for text in texts if _CLOCK.fullmatch(text)]
        if clocks and claim.text in texts:
            exact = reader.find(f"{claim.text} {clocks[0]}")
            return claim._replace(at=exact) if exact else claim
    return claim


# ---- corrections of metadata in UTC


def _is_utc_clock(claim: DateClaim) -> bool:
    """Tell whether metadata gives a time of day in UTC."""
    at = claim.at
    if at is None or at.utcoffset() or not claim.is_hidden:
        return False
    return bool(at.hour or at.minute)


def _in_local_time(claim: DateClaim, lines: HeadlineLines, reader: DateReader) -> DateClaim:
    """Return a date whose local time is labelled UTC with the site's zone.

    It is where the page shows the same clock time without a zone.
    """
    if claim.at is None or not _is_utc_clock(claim):
        return claim
    local = claim.at.replace(tzinfo=reader.zone)
    if not local.utcoffset():
        return claim
    minute = local.replace(second=0, microsecond=0)
    for line in lines.around:
        if line.place < _NEAR.start or len(line.text) > _LONGEST_LINE:
            continue
        shown = reader.find(line.text) if ":" in line.text else None
        if shown is None:
            continue
        if shown.replace(second=0, microsecond=0) == minute:
            return claim._replace(
                at=local,
                source=f"{claim.source}, local time labelled UTC",
            )
    return claim


def _in_zone_of_url(
    claim: DateClaim,
    head: Head,
) -> DateClaim:
    """Return a date in UTC in a zone in which it has the day of the page's URL.

    The instant stays. Systems state the instant in UTC, and make URLs by the site's own day, which
    is what its readers are shown.
    """
    day = _date_in_url(head.path, _UTC)
    if not claim.at or not day or not day.at or not _is_utc_clock(claim):
        return claim
    days = (day.at.date() - claim.at.date()).days
    if days not in (-1, 1):
        return claim
    hours = 24 - claim.at.hour if days == 1 else -1 - claim.at.hour
    if not _WESTMOST <= hours <= _EASTMOST:
        return claim
    zone = timezone(timedelta(hours=hours))
    return claim._replace(
        at=claim.at.astimezone(zone),
        source=f"{claim.source}, the day by the URL",
    )
