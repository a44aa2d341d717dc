"""No text makes a pattern or a reader of the package take more than time that grows as the text does.

What is measured is processor time; a factor of four in length may cost nine times, and quadratic
work costs sixteen.
"""

from __future__ import annotations

import contextlib
import time
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pattern_pumping
import pytest

import feedmaker
from feedmaker.article.about.name_words import CREDENTIAL
from feedmaker.fetch.connections import parse_target
from feedmaker.fetch.odd_headers import mended_head
from feedmaker.fetch.politeness import read_rules, retry_after
from feedmaker.html import block_pages
from feedmaker.html.sanitizer import sanitize
from feedmaker.model.errors import ExtractError
from feedmaker.text import arabic, charset, labels, urls

if TYPE_CHECKING:
    from collections.abc import Callable

NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
URL = "https://news.example/1447/news"
# Patterns that read nothing of a page: the package's own SQL.
OWN = {"feedmaker.store._END", "feedmaker.html.block_pages._NO_WORD"}
SIZES = (10_000, 20_000, 40_000)
MOST_GROWTH, MOST_DOUBLED = 9.0, 3.0
TELLING = 0.08  # seconds for the longest text below which nothing is slow
LETTERS = (
    " ", "\n", "\u00a0", "a", "A", "ا", "ـ", "\u0651", "1", "١", "-", ".", ",", "،", ":", "|", "(", ")", "[", "{", '"',
    "'", "&", "&amp;", "%", "%d8", "/", "//", "\\", "_", "a_", "a.", "A.", "a ", "و ", "1 ", "1:", "- ", "\u200f",
    "\u202e", "\ufffd", "é", "12/", "by ", "من ", "<", ">", "<b>", "</b>", "<a>", "<p>", "<!--", "<li>", "<td>", ";",
)  # fmt: skip
TEXT = "<p>قالت البلدية أمس إن الحديقة العامة ستفتح أبوابها قبل الصيف.</p>" * 5
PLACES = {
    "title": "<title>%s</title><h1>خبر</h1>",
    "headline": "<h1>%s</h1>",
    "byline": "<h1>خبر</h1><p class=author>%s</p>",
    "date": "<h1>خبر</h1><span class=date>%s</span>",
    "crumbs": "<h1>خبر</h1><nav class=breadcrumb>%s</nav>",
    "attribute": "<meta property='og:title' content='%s'><meta name=author content='%s'><h1>خبر</h1>",
    "data": '<script type=\'application/ld+json\'>{"@type": "NewsArticle", "headline": "%s"}</script>',
    "text": "<h1>خبر</h1><p>%s</p>",
}


def _article(place: str, text: str) -> None:
    html = f"<article>{PLACES[place].replace('%s', text)}{TEXT}</article>"
    with contextlib.suppress(ExtractError):
        feedmaker.extract(html, URL, now=NOW)


def _listing(text: str) -> None:
    cards = "".join(
        f"<li><h2><a href='/news/{n}-{text[:200]}'>خبر رقم {n} من أخبار المدينة</a></h2></li>"
        for n in range(10_000, 10_006)
    )
    feedmaker.find_links(f"<h2>{text}</h2><ul>{cards}</ul><p class='{text}'>{text}</p>", URL)


READERS: dict[str, Callable[[str], object]] = {
    **{f"extract: {place}": (lambda text, place=place: _article(place, text)) for place in PLACES},
    "find_links": _listing,
    "find_sections": lambda text: feedmaker.find_sections(
        f"<h2>{text}</h2><a href=/a>{text}</a>", URL
    ),
    "parse_date": lambda text: feedmaker.parse_date(text, now=NOW),
    "label": labels.label,
    "byline": labels.byline,
    "tidy": arabic.tidy,
    "fold": arabic.fold,
    "canonical": lambda text: urls.canonical("https://news.example/" + text),
    "relative": lambda text: urls.canonical(text, URL),
    "numbered": lambda text: urls.numbered("https://news.example/" + text),
    "target": parse_target,
    "charset": lambda text: charset.decode(text.encode(), "text/html; charset=" + text),
    "meta charset": lambda text: charset.decode(b"<meta " + text.encode() + b"<meta charset"),
    "head": lambda text: mended_head(b"HTTP/1.1 200 OK\r\n" + text.encode() + b"\r\n\r\n"),
    "retry-after": lambda text: retry_after(text, NOW),
    "robots": lambda text: read_rules("User-agent: *\nDisallow: /" + text),
    "agents of robots": lambda text: read_rules("User-agent: " + text),
    "block page": lambda text: block_pages.at_sight(f"<title>{text}</title><h1>{text}</h1>"),
    "block words": block_pages.by_words,
    "sanitizer": sanitize,
}


def seconds(reader: Callable[[str], object], text: str, tries: int = 2) -> float:
    """The least processor time of some tries."""
    least = float("inf")
    for _ in range(tries):
        began = time.process_time()
        reader(text)
        least = min(least, time.process_time() - began)
    return least


@pytest.mark.slow
def test_every_pattern_is_linear():
    """All compiled expressions of the package, pumped at each of their repetitions."""
    found = pattern_pumping.uses()
    assert len(found) > 250
    slow = {}
    for use in found:
        for method in use.methods:
            grown, text = pattern_pumping.growth(use.pattern, method)
            if grown > pattern_pumping.MOST_GROWTH and use.where not in OWN:
                slow[f"{use.where}.{method}"] = (grown, text[:40])
    assert slow == {}


@pytest.mark.parametrize("pattern", [r"\s+-", r"(?:a+)+b", r"(?:a|aa)+$", r"a*a*b"])
def test_patterns_that_are_not_linear_are_found(pattern):
    """The checker sees what it is there for."""
    assert pattern_pumping.growth(pattern_pumping.re.compile(pattern), "search")[0] > 9


@pytest.mark.parametrize("pattern", [r"(?<!\s)\s+-", r"[a-z]+\d", r"^\s*a", r"(?<!\w)\w++;"])
def test_patterns_that_are_linear_are_none(pattern):
    """A run of letters that is tried from its beginning only costs no more than its length."""
    method = "match" if pattern.startswith("[") else "search"
    assert pattern_pumping.growth(pattern_pumping.re.compile(pattern), method)[0] < 9


def test_a_name_of_capitals_ends():
    """Sixty capitals took a lifetime: a title behind a name was tried in every way to part it."""
    assert CREDENTIAL.fullmatch("A" * 60 + "!") is None
    assert CREDENTIAL.fullmatch("A." + "A" * 60 + "!") is None
    assert all(map(CREDENTIAL.fullmatch, ("PhD", "M.D.", "R.N.", "MSc-RD", "B.A.Ed.", "CPA")))


@pytest.mark.slow
@pytest.mark.parametrize("name", READERS)
def test_every_reader_is_linear(name):
    """Ten, twenty and forty thousand letters of each kind that is hard on some reader."""
    reader = READERS[name]
    slow = {}
    for letter in LETTERS:
        first, *_, last = (letter * (size // len(letter)) + "\u0001" for size in SIZES)
        most = seconds(reader, last)
        if most > TELLING and (growth := most / seconds(reader, first)) > MOST_GROWTH:
            # A longer page may be looked at more closely, and for longer: that is a step or two,
            # and no slope.
            most = seconds(reader, last, 5)
            longer = [letter * (times * SIZES[-1] // len(letter)) + "\u0001" for times in (2, 4)]
            grown = [seconds(reader, text, 5) / most for text in longer]
            if grown[0] > MOST_DOUBLED and grown[1] > 3 * MOST_DOUBLED:
                slow[letter] = (round(growth, 1), *grown)
    assert slow == {}
