"""The dates that a page states for machines, and how the dates of a page are ranked."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING, Final, Literal, NamedTuple
from zoneinfo import ZoneInfo

from feedmaker.html.json_ld import Statement
from feedmaker.text.dates import find_date, find_dates, parse_date, read_timestamp

if TYPE_CHECKING:
    from collections.abc import Iterator

    from selectolax.lexbor import LexborNode

    from feedmaker.html.page_head import Head, HeadlineLines
    from feedmaker.text.dates import LabelledDate

DateKind = Literal["published", "modified"]

_IN_DIGITS: Final = re.compile(r"\d[/.-]\d")  # what every such date has in it
_SHORT_YEAR: Final = re.compile(r"(?<![\d/.-])(\d\d([./])[01]\d\2)(\d\d)(?![\d/.-])(?!\s*[€$£%])")
_WEEKDAYS: Final = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_ISO: Final = re.compile(r"(?:19|20)\d\d-\d\d-\d\d(?:[T ]\d\d:\d\d|$)")
_NUMERIC: Final = re.compile(
    rf"(?:\b({'|'.join(_WEEKDAYS)})[a-z]*[,.]?\s+)?"
    r"(?<![\d/.-])(0?[1-9]|1[0-2])([/.-])(0?[1-9]|[12]\d|3[01])\3((?:19|20)\d\d)(?![\d/.-])",
    re.IGNORECASE,
)
_YEAR: Final = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_NUMBER: Final = re.compile(r"\d+")
_LONGEST_DATE: Final = 120  # characters
_LONGEST_META: Final = 60  # characters
_LONGEST_DATELINE: Final = 80  # characters of a line that is there for its date
_BEFORE_WEB: Final = 1994
_MOST_MONTHS: Final = 12
_HIDDEN: Final = ("JSON-LD", "meta")  # how sources begin that no reader sees
_JUST_NOW: Final = timedelta(minutes=2)
_AT_ONCE: Final = timedelta(minutes=1)

OF_FILM: Final = "JSON-LD uploadDate"

_DATA_KINDS: Final[dict[str, DateKind]] = {
    "datePublished": "published",
    "dateCreated": "published",
    "uploadDate": "published",
    "dateModified": "modified",
}
# Names of meta elements: what dates a publication for sure, and what may.
_META_DATE: Final = re.compile("date|time|publi|creat|issued|modif|revis")
_META_PUBLISHED: Final = re.compile(
    r"(?:(?:article|og|parsely|sailthru|citation|bt|cxenseparse)[:._-])?(?:recs:|article[:_.-])?"
    r"(?:published(?:[_.:-]?(?:time|date|at|on))?|pub[_-]?date|publish[_-]?(?:time|date)"
    r"|publication[_-]?date|date[._-]?(?:published|publish)|date)"
)
_META_MAYBE: Final = re.compile(
    r"publish(?!er)|publication|pub_?date|issued|created?\b|datecreated|upload|(?:^|[.:])date$"
)
_META_MODIFIED: Final = re.compile(r"modif|updat|revis")


class DateClaim(NamedTuple):
    """A date that a page gives: what it dates, the text, the source, and the element that shows it.

    `at` is the instant, where it is known before the text is read, or when it has been.
    """

    kind: DateKind
    text: str
    source: str
    node: LexborNode | None = None
    at: datetime | None = None

    @property
    def is_hidden(self) -> bool:
        """Whether no reader of the page sees it."""
        return self.source.startswith(_HIDDEN)

    @property
    def is_vague(self) -> bool:
        """Whether it is metadata called a date, which may be that of writing or of building."""
        return self.source.startswith("meta") and "pub" not in self.source

    @property
    def statement(self) -> Statement:
        """The text and its source."""
        return Statement(self.source, self.text)


NO_DATE: Final = DateClaim("published", "", "")


@dataclass(frozen=True, slots=True)
class DateReader:
    """Reads date texts for one page.

    `zone` holds where they name none, `now` for relative ones. On pages whose `locale` is English,
    a date such as 2/24/2026, which is none with the day first, has the month first; on American
    ones (en-us) also 2/4/2026; and anywhere one whose weekday fits in no other order.
    """

    zone: ZoneInfo
    now: datetime | None
    locale: str

    def read(
        self,
        text: str,
        *,
        shown: bool = False,
    ) -> datetime | None:
        """Return the instant a date text means; of a shown text, also among other words."""
        text = text.strip()[:_LONGEST_DATE]
        at = self._read_exact(text)
        if at is None and text:
            at = parse_date(
                self._year_first(text),
                timezone=self.zone.key,
                now=self.now,
            )
        if at is None and shown:
            return self.find(text)
        return self._plausible(at)

    def find(self, line: str) -> datetime | None:
        """Return the first date in a line."""
        at = find_date(
            self._year_first(line),
            timezone=self.zone.key,
            now=self.now,
        )
        return self._plausible(at)

    def find_all(self, line: str) -> list[LabelledDate]:
        """Return the dates in a line, with what their labels say of them."""
        dates = find_dates(
            self._year_first(line),
            timezone=self.zone.key,
            now=self.now,
        )
        return [date for date in dates if self._plausible(date.at)]

    def _year_first(self, text: str) -> str:
        """Return a text with American dates in digits in the order of ISO 8601.

        Other dates in digits have the day first, as `parse_date` reads them. Years of two digits
        are of this century; in English no order of such a date is sure.
        """
        if not _IN_DIGITS.search(text):
            return text
        if not self.locale.startswith("en"):
            text = _SHORT_YEAR.sub(r"\g<1>20\3", text, count=2)
        return _NUMERIC.sub(self._in_order, text)

    def _in_order(self, found: re.Match[str]) -> str:
        """Return a date in digits, in the order of ISO 8601 if it has the month first."""
        weekday, month, sign, day, year = found.groups()
        if weekday:
            is_american = _is_weekday(weekday, int(year), int(month), int(day))
        elif int(day) > _MOST_MONTHS:
            is_american = True
        else:
            is_american = sign == "/" and self.locale == "en-us"
        return f"{year}-{month}-{day}" if is_american else found[0]

    def _read_exact(self, text: str) -> datetime | None:
        """Return the instant of a text in the usual form of ISO 8601, or of a time stamp.

        Most dates are in that form, which needs no reader of all forms.
        """
        if not _ISO.match(text):
            return read_timestamp(text) if text[-1:].isdigit() or "Date" in text else None
        try:
            at = datetime.fromisoformat(text)
        except ValueError:
            return None
        return at if at.tzinfo else at.replace(tzinfo=self.zone)

    def _plausible(self, at: datetime | None) -> datetime | None:
        """Return the instant, if it can be a web page's: not before the web, not in the future."""
        if at is None or not _BEFORE_WEB <= at.year < 2100:
            return None
        if self.now is None:
            return at
        latest = self.now + timedelta(days=1)
        return None if at > latest else at


def _is_weekday(name: str, year: int, month: int, day: int) -> bool:
    """Tell whether a day has this weekday, given by the first three letters of its name."""
    try:
        return date(year, month, day).weekday() == _WEEKDAYS.index(name.lower())
    except ValueError:
        return False


class DateRanking(NamedTuple):
    """The winners among the dates of a page, each the first of its kind that can be read.

    `shown_change` is the first visible date of a change. `is_doubtful`: what is published by
    metadata may be the day when the page was served, or moved. `needs_page`: what the page shows
    must be looked at, for want of a date or its time, in doubt, or since UTC may not be what the
    site means.
    `ahead` is the first publication in the future: a mistake of the page, or of this clock.
    """

    reader: DateReader
    published: DateClaim = NO_DATE
    modified: DateClaim = NO_DATE
    shown_change: DateClaim = NO_DATE
    losers: tuple[DateClaim, ...] = ()
    is_doubtful: bool = False
    needs_page: bool = True
    ahead: datetime | None = None

    def with_claim(self, claim: DateClaim) -> DateRanking:
        """Return the ranking with one more date, less trusted than those before it."""
        is_shown = claim.node is not None
        at = claim.at or self.reader.read(claim.text, shown=is_shown)
        claim = claim._replace(at=at)
        if at is None:
            return self.with_ahead(claim).with_loser(claim)
        if claim.kind == "published":
            if self.published.at:
                return self.with_loser(claim)
            return self._replace(published=claim)
        ranking = self
        if not claim.is_hidden and not self.shown_change.at:
            ranking = self._replace(shown_change=claim)
        if self.modified.at or is_now(at, self.reader.now):
            return ranking.with_loser(claim)
        return ranking._replace(modified=claim)

    def with_ahead(self, claim: DateClaim) -> DateRanking:
        """Return the ranking with a date that may lie in the future."""
        if self.ahead or claim.kind != "published" or self.reader.now is None:
            return self
        return self._replace(ahead=replace(self.reader, now=None).read(claim.text))

    def with_loser(self, claim: DateClaim) -> DateRanking:
        """Return the ranking with one more date that lost."""
        return self._replace(losers=(*self.losers, claim))


def is_now(at: datetime, now: datetime | None) -> bool:
    """Tell whether an instant is that at which the page was fetched: it was served then."""
    return now is not None and abs(now - at) < _JUST_NOW


def stated_dates(
    head: Head,
    lines: HeadlineLines,
    *,
    rules: tuple[str, ...],
    timezone: str,
    now: datetime | None,
) -> DateRanking:
    """Rank the dates that the site's rules, JSON-LD and the surest meta elements give.

    `timezone` (IANA) holds for dates that name none.
    """
    try:
        zone = ZoneInfo(timezone)
    except (ValueError, OSError):
        zone = ZoneInfo("UTC")
    ranking = DateRanking(reader=DateReader(zone, now, head.locale))
    claims = _ruled_dates(head, rules) if rules else []
    claims += [
        DateClaim(_DATA_KINDS[name], text, f"JSON-LD {name}")
        for name, text in head.json_ld.dates.items()
    ]
    claims += dates_in_meta(head, sure=True)
    # A film may be older than the story that it stands in.
    claims.sort(key=lambda claim: claim.source == OF_FILM)
    for claim in claims:
        ranking = ranking.with_claim(claim)
    published, modified = ranking.published.at, ranking.modified.at
    if published is None:
        return ranking
    if now is not None and is_now(published, now):
        is_doubtful = True
    elif modified is None:
        is_doubtful = _shows_another(head, lines, ranking.published, published)
    else:  # some systems mean their last building
        is_doubtful = modified - published < _AT_ONCE
    is_settled = all((not is_doubtful, published.utcoffset(), published.hour))
    return ranking._replace(is_doubtful=is_doubtful, needs_page=not is_settled)


def _ruled_dates(
    head: Head,
    rules: tuple[str, ...],
) -> list[DateClaim]:
    """Return the dates that the site's selectors find."""
    claims = []
    for selector in rules:
        for node in head.tree.css(selector):
            get = node.attributes.get
            stated = get("datetime") or get("content")
            text = stated or node.text(separator=" ").strip()
            claims.append(
                DateClaim(
                    "published",
                    text,
                    f"rules: {selector}",
                    node,
                )
            )
    return claims


def dates_in_meta(
    head: Head,
    *,
    sure: bool,
) -> Iterator[DateClaim]:
    """Give the dates in meta elements whose names leave no doubt (`sure`), or in the others."""
    for name, (text, *_) in head.meta.items():
        meaning = _meaning(name)
        if not meaning or meaning.sure != sure:
            continue
        if len(text) <= _LONGEST_META and any(map(str.isdigit, text)):
            yield DateClaim(meaning.kind, text, f"meta {name}")


class DateMeaning(NamedTuple):
    """What a meta element dates by its name, and whether for sure."""

    kind: DateKind
    sure: bool


@lru_cache(maxsize=1024)  # the same names come on every page
def _meaning(name: str) -> DateMeaning | None:
    if not _META_DATE.search(name):
        return None
    if _META_MODIFIED.search(name):
        return DateMeaning("modified", sure=True)
    if _META_PUBLISHED.fullmatch(name):
        return DateMeaning("published", sure=True)
    return DateMeaning("published", sure=False) if _META_MAYBE.search(name) else None


def _shows_another(
    head: Head,
    lines: HeadlineLines,
    claim: DateClaim,
    at: datetime,
) -> bool:
    """Tell whether a short line at the headline has an earlier year: the page may have moved.

    Beside a vague claim, also whether one has a year and not the day.
    """
    if lines.below < 0:
        return False
    start = max(lines.below - 4, 0)
    blocks = head.page.blocks[start : lines.below + 8]
    longest = _LONGEST_DATELINE
    dated = [one.text for one in blocks if one.chars <= longest and _YEAR.search(one.text)]
    if not dated:
        return False
    if any(int(year) < at.year for year in _YEAR.findall("\n".join(dated))):
        return True
    return claim.is_vague and any(at.day not in map(int, _NUMBER.findall(text)) for text in dated)
