"""The time zone in which a site dates its stories, for dates that name none.

It is found by the offsets of dates that name one, and by the country of the site. Either alone
leaves some doubt: neighbours share an offset, and a country may have several zones.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from feedmaker.html import page_head
from feedmaker.setup.site_facts import SiteFact
from feedmaker.text import arabic
from feedmaker.text.places import PLACES_OF_ZONES
from feedmaker.text.sayings import Saying

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from selectolax.lexbor import LexborHTMLParser

    from feedmaker.listing import PageLinks

# An instant as pages write it for machines.
_INSTANT: Final = re.compile(
    r"\b(20\d\d-\d\d-\d\d)T\d\d:\d\d(?::\d\d)?(?:\.\d+)?([+-])(\d\d):?(\d\d)\b"
)
_SOME_DAY: Final = "2026-01-15"  # in winter, where no date tells the season
_MOST_TELEPHONES: Final = 10
_TELEPHONE: Final = re.compile(r"tel:(?:\+|00)([1-9]\d{0,2})")
# Calling codes and their countries (ITU-T E.164, ISO 3166).
_CALLING_CODES: Final = """
    20:EG 211:SS 212:MA 213:DZ 216:TN 218:LY 222:MR 249:SD 252:SO 253:DJ 44:GB 90:TR 91:IN
    92:PK 93:AF 961:LB 962:JO 963:SY 964:IQ 965:KW 966:SA 967:YE 968:OM 970:PS 971:AE 972:IL
    973:BH 974:QA 98:IR
    """
_COUNTRY_OF_CODE: Final = dict(pair.split(":") for pair in _CALLING_CODES.split())
_ZONES_OF_LANGUAGES: Final = {
    "fa": "Asia/Tehran",
    "he": "Asia/Jerusalem",
    "ur": "Asia/Karachi",
    "ps": "Asia/Kabul",
    "tr": "Europe/Istanbul",
    "de": "Europe/Berlin",
    "fr": "Europe/Paris",
    "it": "Europe/Rome",
    "es": "Europe/Madrid",
    "ru": "Europe/Moscow",
}
# Those of most Arabic sites, tried first where an offset is all that is known.
_LARGEST: Final = (
    "Asia/Riyadh",
    "Africa/Cairo",
    "Asia/Dubai",
    "Africa/Algiers",
    "Africa/Casablanca",
    "Europe/London",
)
# Domains of countries that sites of any country use.
_NO_COUNTRY: Final = frozenset(
    {"io", "tv", "me", "co", "ly", "ai", "fm", "am", "to", "cc", "gg", "la", "ws", "nu", "st"}
)


@dataclass(frozen=True, slots=True)
class _DateOffsets:
    """How often a site's dates have which offset from UTC, in minutes.

    Zero is not counted: many programs write all their dates in UTC. `day` is that of the latest
    date, since summer time changes the offset of a zone.
    """

    counts: Counter[int]
    day: datetime

    def of_zone(self, zone: str) -> int:
        """Return the offset of a zone on the day, in minutes."""
        delta = self.day.astimezone(ZoneInfo(zone)).utcoffset()
        return int(delta.total_seconds() // 60) if delta else 0

    def have(self, zone: str) -> bool:
        """Whether a date has the offset of a zone."""
        return self.of_zone(zone) in self.counts

    def allow(self, zone: str) -> bool:
        """Whether no date speaks against a zone."""
        return not self.counts or self.have(zone)


def find_time_zone(page: PageLinks, texts: Iterable[str], language: str) -> SiteFact:
    """Return the zone (IANA) of a site's dates that name none.

    `page` is its home page, `texts` are those of some of its pages, `language` is its language.
    """
    offsets = _count_offsets(texts)
    return (
        _zone_of_country(page, offsets)
        or _zone_of_place(page, offsets)
        or _zone_of_language(language, offsets)
        or _zone_of_offsets(offsets)
        or SiteFact(
            value="UTC",
            why=Saying("nothing says it: dates without a zone will be taken for UTC"),
            sure=False,
        )
    )


def _count_offsets(texts: Iterable[str]) -> _DateOffsets:
    counts: Counter[int] = Counter()
    last = _SOME_DAY
    for text in texts:
        for day, sign, hours, minutes in _INSTANT.findall(text):
            offset = int(hours) * 60 + int(minutes)
            if offset:
                counts[-offset if sign == "-" else offset] += 1
                last = max(last, day)
    try:
        noon = datetime.fromisoformat(f"{last}T12:00:00+00:00")
    except ValueError:  # 2026-99-99 of a broken page
        noon = datetime.fromisoformat(f"{_SOME_DAY}T12:00:00+00:00")
    return _DateOffsets(counts, noon.astimezone(UTC))


def _shown_offset(offset: int) -> str:
    hours, minutes = divmod(abs(offset), 60)
    return f"{'-' if offset < 0 else '+'}{hours:02}:{minutes:02}"


# ---- by the site's country


def _zone_of_country(page: PageLinks, offsets: _DateOffsets) -> SiteFact | None:
    for country in _countries(page):
        zones = _zones_of_countries().get(country.value, ())
        fitting = next(filter(offsets.have, zones), None)
        if fitting:
            offset = _shown_offset(offsets.of_zone(fitting))
            words = "dates of its pages with the offset {offset}, and {country}"
            why = Saying(words, offset=offset, country=country.why)
            return SiteFact(fitting, why)
        if zones and not offsets.counts:
            why = Saying("{country}: no date of its pages names an offset", country=country.why)
            return SiteFact(zones[0], why, sure=len(zones) == 1)
    return None


def _countries(page: PageLinks) -> Iterator[SiteFact]:
    """Yield codes of the country that a site may be of (ISO 3166), surest first."""
    host = urlsplit(page.url).hostname or ""
    domain = host.rpartition(".")[2]
    if len(domain) == 2 and domain not in _NO_COUNTRY:
        code = "GB" if domain == "uk" else domain.upper()
        yield SiteFact(code, Saying("its host ends with .{domain}", domain=domain))
    yield from _countries_of_languages(page.tree)
    yield from _countries_of_telephones(page.tree)


def _countries_of_languages(tree: LexborHTMLParser) -> Iterator[SiteFact]:
    for tag in _language_tags(tree):
        region = re.split("[-_]", tag)[-1].upper()
        if len(region) == 2 and region != "AR" and len(tag) > 3:
            yield SiteFact(region, Saying("its language tag {tag}", tag=tag))


def _countries_of_telephones(tree: LexborHTMLParser) -> Iterator[SiteFact]:
    for node in tree.css("a[href^='tel:']")[:_MOST_TELEPHONES]:
        number = (node.attributes.get("href") or "").replace(" ", "")
        match = _TELEPHONE.match(number)
        code = match[1] if match else ""
        if code not in _COUNTRY_OF_CODE:
            code = code[:2]
        if code in _COUNTRY_OF_CODE:
            yield SiteFact(
                _COUNTRY_OF_CODE[code], Saying("its telephone number +{code}", code=code)
            )


def _language_tags(tree: LexborHTMLParser) -> list[str]:
    """Return what the page says of its language, such as `ar-MA` or `ar_MA`."""
    tags = []
    if tree.root is not None:
        tags.append(tree.root.attributes.get("lang"))
    locale = tree.css_first("meta[property='og:locale']")
    if locale is not None:
        tags.append(locale.attributes.get("content"))
    return [tag for tag in tags if tag]


@cache
def _zones_of_countries() -> dict[str, tuple[str, ...]]:
    """Return the zones of each country as the time zone database has them, the largest first."""
    found: dict[str, tuple[str, ...]] = {"EU": ("Europe/Brussels",)}
    table = files("tzdata").joinpath("zoneinfo", "zone.tab").read_text("utf-8")
    for line in table.splitlines():
        if line and line[0] != "#":
            country, _, zone = line.split("\t")[:3]
            found[country] = (*found.get(country, ()), zone)
    return found


# ---- by what else is known of it


def _zone_of_place(page: PageLinks, offsets: _DateOffsets) -> SiteFact | None:
    """Return the zone of a city or country that the site's name or description speaks of."""
    place = _named_place(page)
    if place is None or not offsets.allow(place.value):
        return None
    return SiteFact(place.value, place.why, sure=offsets.have(place.value))


def _named_place(page: PageLinks) -> SiteFact | None:
    head = page_head.read_head(page.tree, page.url)
    name = head.first("og:site_name")
    description = head.first("description", "og:description")
    words = f" {arabic.fold(f'{head.title} {name} {description}')} "
    for zone, places in PLACES_OF_ZONES.items():
        if "/" not in zone:
            continue
        for place in places:
            if len(place) > 3 and f" {arabic.fold(place)} " in words:
                return SiteFact(
                    zone, Saying("its name or description speaks of {place}", place=place)
                )
    return None


def _zone_of_language(language: str, offsets: _DateOffsets) -> SiteFact | None:
    zone = _ZONES_OF_LANGUAGES.get(language)
    if zone is None or not offsets.allow(zone):
        return None
    if offsets.counts:
        return SiteFact(zone, Saying("its language and the offset of its dates"))
    return SiteFact(zone, Saying("its language"), sure=False)


def _zone_of_offsets(offsets: _DateOffsets) -> SiteFact | None:
    """Return the likeliest zone with the offset that most dates have."""
    if not offsets.counts:
        return None
    ((offset, _),) = offsets.counts.most_common(1)
    zones = (*_LARGEST, *(zone for zone in PLACES_OF_ZONES if "/" in zone))
    for zone in zones:
        if offsets.of_zone(zone) == offset:
            words = "dates with the offset {offset}; other countries have it too"
            why = Saying(words, offset=_shown_offset(offset))
            return SiteFact(zone, why, sure=False)
    return None
