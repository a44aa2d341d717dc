"""What a site is called, in which language it writes and in which time zone it dates, each with
what says so.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from feedmaker.html import page_head as heads
from feedmaker.text import arabic, urls
from feedmaker.text import labels as text_labels
from feedmaker.text.places import PLACES_OF_ZONES

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from selectolax.lexbor import LexborHTMLParser

    from feedmaker.listing import PageLinks

_PARTS = re.compile(r"\s+[-–—|•·:»/~]+\s+|\s*[|»]\s*|:\s+")
_LONGEST_NAME = 60
# An instant as pages write it for machines; one in UTC says nothing, since many programs write all
# of theirs in it.
_INSTANT = re.compile(r"\b(20\d\d-\d\d-\d\d)T\d\d:\d\d(?::\d\d)?(?:\.\d+)?([+-])(\d\d):?(\d\d)\b")
_PHONE = re.compile(r"tel:(?:\+|00)([1-9]\d{0,2})")
_CALLING = {
    "20": "EG", "211": "SS", "212": "MA", "213": "DZ", "216": "TN", "218": "LY", "222": "MR", "249": "SD", "252": "SO",
    "253": "DJ", "44": "GB", "90": "TR", "91": "IN", "92": "PK", "93": "AF", "961": "LB", "962": "JO", "963": "SY",
    "964": "IQ", "965": "KW", "966": "SA", "967": "YE", "968": "OM", "970": "PS", "971": "AE", "972": "IL", "973": "BH",
    "974": "QA", "98": "IR",
}  # fmt: skip
_OF_LANGUAGE = {
    "fa": "Asia/Tehran", "he": "Asia/Jerusalem", "ur": "Asia/Karachi", "ps": "Asia/Kabul", "tr": "Europe/Istanbul",
    "de": "Europe/Berlin", "fr": "Europe/Paris", "it": "Europe/Rome", "es": "Europe/Madrid", "ru": "Europe/Moscow",
}  # fmt: skip
# Where no language or country tells: first those of most Arabic sites, then any that pages name.
_LARGEST = (
    "Asia/Riyadh",
    "Africa/Cairo",
    "Asia/Dubai",
    "Africa/Algiers",
    "Africa/Casablanca",
    "Europe/London",
)
_NO_COUNTRY = frozenset(
    {"io", "tv", "me", "co", "ly", "ai", "fm", "am", "to", "cc", "gg", "la", "ws", "nu", "st"}
)
_SECOND_LEVEL = frozenset(
    {"co", "com", "gov", "org", "net", "ac", "edu", "gob", "or", "ne", "mil", "info", "news"}
)
_SHELLS = "#root, #app, #__next, #__nuxt, #___gatsby, app-root, [data-reactroot], [ng-app], #svelte"
_ENABLE = re.compile(r"java\s?script|جافا ?سكر[يب]|جاوا ?اسکریپت|جاواسکریپت", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Said:
    """A value and what it was taken from; where it is not `sure`, a person should look at it."""

    value: str
    why: str
    sure: bool = True


def site_name(tree: LexborHTMLParser, url: str) -> Said:
    """The site's own name, from its home page; at worst its host."""
    head = heads.read_head(tree, url)
    stated = [(head.first("og:site_name"), "og:site_name")]
    stated += [(text, "JSON-LD") for text in head.json_ld.site_titles]
    told = [part for text in (head.title, head.first("og:title")) for part in parts(text)]
    for text, source in stated:
        name = heads.one_line(_PARTS.split(text)[0] if len(text) > _LONGEST_NAME // 2 else text)
        if name and len(name) <= _LONGEST_NAME and not text_labels.label(name) and "." not in name:
            return Said(name, source)
    shown = [
        node.attributes.get("alt") or ""
        for node in tree.css("header img, [class*=logo] img, a[rel=home] img")[:8]
    ]
    shown += [
        node.text()
        for node in tree.css(
            "[class*=logo] a, a[class*=logo], header h1, [class*=copyright], footer"
        )[-6:]
    ]
    for name in told:
        if (
            name
            and not text_labels.label(name)
            and any(arabic.fold(name) in arabic.fold(text[:2000]) for text in shown)
        ):
            return Said(name, "the page's title and its logo or foot")
    for key in ("application-name", "apple-mobile-web-app-title"):
        if name := head.first(key):
            return Said(name, key)
    good = [name for name in told if not text_labels.label(name)]
    if good and len(good[0]) <= _LONGEST_NAME:
        return Said(good[0], "the page's title", sure=False)
    return Said(
        (urlsplit(url).hostname or url).removeprefix("www."),
        "its host: the page does not say",
        sure=False,
    )


def parts(title: str) -> list[str]:
    """The parts of a page's title: its own, and the site's name."""
    return [part for text in _PARTS.split(title) if (part := heads.one_line(text))]


def site_slug(url: str) -> str:
    """A name for a site's file, from its host: `bbc` of `www.bbc.co.uk`."""
    host = (urlsplit(url).hostname or "").removeprefix("www.")
    if not host or host.replace(".", "").isdigit() or ":" in host:
        return "site"
    labels = host.split(".")
    if len(labels) > 1:
        labels.pop()
    if len(labels) > 1 and labels[-1] in _SECOND_LEVEL:
        labels.pop()
    slug = re.sub(r"[^a-z0-9]+", "-", labels[-1].lower()).strip("-")
    return slug.removeprefix("xn--") or "site"


def language(tree: LexborHTMLParser, text: str) -> Said:
    """The language of a site, plain (`ar`, not `ar-SA`): what its headlines are written in, else
    what it says.
    """
    root = tree.root
    declared = (
        (root.attributes.get("lang") or root.attributes.get("xml:lang") or "")
        if root is not None
        else ""
    )
    source = f'<html lang="{declared}">'
    if not declared:
        node = tree.css_first("meta[property='og:locale'], meta[http-equiv='content-language' i]")
        declared = (node.attributes.get("content") or "") if node is not None else ""
        source = "its meta elements"
    stated = re.split(r"[-_,; ]", declared.strip())[0].lower()
    stated = stated if 2 <= len(stated) <= 3 and stated.isalpha() else ""
    guessed = arabic.guess_language(text)
    if guessed and guessed != stated:
        return Said(
            guessed, "the words of its headlines" + (f"; the page says {source}" if stated else "")
        )
    if stated:
        return Said(stated, source)
    return Said("ar", "a guess: nothing says it", sure=False)


def time_zone(tree: PageLinks, pages: Sequence[str], spoken: str) -> Said:
    """The IANA zone of dates that name none: from the offsets of dates, the country of the host,
    and the language.

    `pages` are the texts of pages of the site, `spoken` is its language.
    """
    offsets, day = _offsets(pages)
    for country, source in _countries(tree):
        zones = _zones().get(country, ())
        fitting = [zone for zone in zones if _offset(zone, day) in offsets]
        if fitting:
            return Said(
                fitting[0],
                f"dates of its pages with the offset {_shown(_offset(fitting[0], day))}, and {source}",
            )
        if zones and not offsets:
            return Said(
                zones[0], f"{source}: no date of its pages names an offset", sure=len(zones) == 1
            )
    named = _cities(tree)
    if named and (not offsets or _offset(named[0], day) in offsets):
        return Said(*named, sure=bool(offsets))
    usual = _OF_LANGUAGE.get(spoken)
    if usual and (not offsets or _offset(usual, day) in offsets):
        return Said(
            usual,
            "its language" + (" and the offset of its dates" if offsets else ""),
            sure=bool(offsets),
        )
    if offsets:
        offset = offsets.most_common(1)[0][0]
        known = (
            *_LARGEST,
            *(zone for zone in PLACES_OF_ZONES if "/" in zone),
        )
        if zone := next((zone for zone in known if _offset(zone, day) == offset), None):
            return Said(
                zone,
                f"dates with the offset {_shown(offset)}; other countries have it too",
                sure=False,
            )
    return Said("UTC", "nothing says it: dates without a zone will be taken for UTC", sure=False)


def _offsets(pages: Iterable[str]) -> tuple[Counter[int], datetime]:
    """The offsets of a site's dates in minutes, and the day of the last of them, since summer time
    changes them.
    """
    found: Counter[int] = Counter()
    last = "2026-01-15"
    for text in pages:
        for day, sign, hours, minutes in _INSTANT.findall(text):
            offset = (int(hours) * 60 + int(minutes)) * (-1 if sign == "-" else 1)
            if offset:
                found[offset] += 1
                last = max(last, day)
    try:
        return found, datetime.fromisoformat(last + "T12:00:00+00:00")
    except ValueError:
        return found, datetime.fromisoformat("2026-01-15T12:00:00+00:00")


def _offset(zone: str, day: datetime) -> int:
    delta = day.astimezone(ZoneInfo(zone)).utcoffset()
    return int(delta.total_seconds() // 60) if delta else 0


def _shown(offset: int) -> str:
    return f"{'-' if offset < 0 else '+'}{abs(offset) // 60:02}:{abs(offset) % 60:02}"


def _countries(tree: PageLinks) -> list[tuple[str, str]]:
    """Codes of the country a site is of (ISO 3166), surest first."""
    found = []
    top = (urlsplit(tree.url).hostname or "").rpartition(".")[2]
    if len(top) == 2 and top not in _NO_COUNTRY:
        found.append((("GB" if top == "uk" else top.upper()), f"its host ends with .{top}"))
    root = tree.tree.root
    lang = (root.attributes.get("lang") or "") if root is not None else ""
    locale = tree.tree.css_first("meta[property='og:locale']")
    for tag in (lang, (locale.attributes.get("content") or "") if locale is not None else ""):
        region = re.split("[-_]", tag)[-1].upper()
        if len(region) == 2 and region != "AR" and len(tag) > 3:
            found.append((region, f"its language tag {tag}"))
    for node in tree.tree.css("a[href^='tel:']")[:10]:
        match = _PHONE.match((node.attributes.get("href") or "").replace(" ", ""))
        for length in (3, 2) if match else ():
            if match and (country := _CALLING.get(match[1][:length])):
                found.append((country, f"its telephone number +{match[1][:length]}"))
                break
    return found


def _cities(tree: PageLinks) -> tuple[str, str] | None:
    """The zone of a country or city that the site's own name and description speak of."""
    head = heads.read_head(tree.tree, tree.url)
    text = (
        f"{head.title} {head.first('og:site_name')} {head.first('description', 'og:description')}"
    )
    words = f" {arabic.fold(text)} "
    for zone, names in PLACES_OF_ZONES.items():
        for name in names:
            if "/" in zone and len(name) > 3 and f" {arabic.fold(name)} " in words:
                return zone, f"its name or description speaks of {name}"
    return None


@cache
def _zones() -> dict[str, tuple[str, ...]]:
    """Country -> its zones as the time zone database lists them, the one of most people first."""
    found: dict[str, tuple[str, ...]] = {"EU": ("Europe/Brussels",)}
    for line in files("tzdata").joinpath("zoneinfo", "zone.tab").read_text("utf-8").splitlines():
        if line and line[0] != "#":
            country, _, zone = line.split("\t")[:3]
            found[country] = (*found.get(country, ()), zone)
    return found


def needs_script(tree: PageLinks) -> str:
    """Why a page seems to be made by a script in the browser, not sent by the server; '' of others."""
    body = tree.tree.body
    if body is None:
        return "the page has no body"
    own = sum(urls.same_site(a.url, tree.url) for a in tree.anchors)
    text = sum(
        len(node.text(deep=False).strip())
        for node in body.css("p, a, li, h1, h2, h3, h4, td, div, span")[:2000]
    )
    if own >= 12 or text > 3000 or not tree.tree.css("script"):
        return ""
    shell = tree.tree.css_first(_SHELLS)
    asks = any(
        _ENABLE.search(node.text() or node.html or "") for node in tree.tree.css("noscript")[:5]
    )
    if shell is None and not asks and own + text > 200:
        return ""
    why = "its <noscript> asks for JavaScript" if asks else "scripts stand where the text should be"
    return f"{text} characters of text and {own} links of its own, and {why}"
