"""Mutated real pages, feeds, sitemaps, JSON-LD and headers through every reader: only documented
errors come out, within time and memory.

    python tests/bench/fuzz.py [--pages 100000] [--first 0] [--seed 1447] [--processes 2] [--only NUMBER]

Two of five are pages: one of the public pages, mostly a part of it, with some of it broken: bytes
turned, tags doubled, moved, renamed or lost, pieces of other pages set in, data and entities
spoilt, other encodings than it says. It goes through `extract` and `find_links`, each third also
through the readers of sitemaps and feeds, the signs of quarantine and `find_sections`; a story that
comes of it goes into a feed, which must parse. One of five is a feed or sitemap of the links and
texts of a public page, one the JSON-LD of one, and one an answer of a server: its head, a packed
body and robots.txt. They are broken in the same ways. What comes out must hold what the rest relies
on: legal characters, absolute addresses, aware dates, and lines without control characters.

A page is made by its number and the seed alone: what fails, or costs one of these readers more than
a page may (2 s of processor time, 200 MB), is printed with its number, and `--only` runs that one
again. Numbers come in order, so that `--first` goes on.
"""

from __future__ import annotations

import argparse
import asyncio
import ctypes
import gzip
import json
import os
import random
import re
import sys
import time
import traceback
from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from multiprocessing import Pool
from multiprocessing import TimeoutError as NothingYet
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import httpcore
from lxml import etree

import feedmaker
from feedmaker import listing
from feedmaker.fetch import Fetcher, client
from feedmaker.fetch.connections import _GuardedStream
from feedmaker.html import block_pages
from feedmaker.model import Feed, Fetching, Page, Rules, Section, Settings, Site, Validators
from feedmaker.model.errors import ExtractError, FetchError, ListingError
from feedmaker.output import feed
from feedmaker.text.charset import decode, utf8

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from multiprocessing.pool import IMapIterator

    from feedmaker.model import Link, Story

ROOT = Path(__file__).resolve().parent.parent.parent
NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
URL = "https://news.example/1447/خبر"
SECTION = Section(slug="a", title="ب", urls=(URL,))
SITE = Site(slug="s", name="ص", home=URL, sections=(SECTION,))
SECONDS, MEGABYTES = 2.0, 200.0  # what a page may cost
HANGING = 300.0  # seconds without a result
LARGEST = 5_000_000  # bytes; `max_bytes` lets no larger one through
# The folders of pages, and how often one is taken of each: the few Arabic pages and listings shall
# be seen often.
SETS = {"news/html": 3, "wcxb-dev-articles/html": 3, "arabic/pages": 2, "arabic/listings": 2}
LABELS = (
    "utf-8", "windows-1256", "windows-1252", "iso-8859-6", "utf-16", "utf-16be", "utf-7", "gbk", "shift_jis", "euc-kr",
    "iso-2022-jp", "x-user-defined", "nosuch", "",
)  # fmt: skip
TOKENS = tuple(
    part.encode("utf-8", "surrogatepass")
    for part in (
        "<", ">", "</", "/>", "<!--", "-->", "<![CDATA[", "]]>", "<?xml version='1.0'?>", "<!DOCTYPE html>", "&",
        "&#0;", "&#x110000;", "&#xd800;", "&lt;", "&nosuch;", '"', "'", "`", "=", "\0", "\ud800", "\ufffe", "\u202e",
        "\u2066", "\ufeff", "<script>", "</script>", "<style>", "<template>", "<svg>", "<math>", "<title>",
        "</title>", "<textarea>", "<plaintext>", "<noscript>", "<iframe srcdoc='", "<table><tr><td>", "</table>",
        "<select><option>", "<form>", "<frameset>", "<body>", "<base href='http://[::1'>", "<base href=//>",
        "<article>", "</article>", "<h1>", "<p>", "</p>", "<a href='", "<li>", "<time datetime='99999-99-99'>",
        "<time datetime='2026-02-30T25:61:61+99:99'>", "<time>قبل 99999999999999999999 سنة</time>",
        "<meta property='article:published_time' content='0000-00-00'>", "<meta charset='utf-7'>",
        "<meta charset=nosuch>", "<meta http-equiv=refresh content='0;url=javascript:1'>",
        "<img src='data:image/png;base64,AAAA' srcset=',,, 9e999x'>", "<script type='application/ld+json'>",
        '{"@type":"NewsArticle","headline":[[[[1]]],"author":{"name":{"name":[]}},',
        '"datePublished":1e999,"image":[{"url":{}}],"articleBody":null}',
        '{"@graph":[null,1,"x",{"@type":["NewsArticle",null]}]}', "[" * 400, "{" * 400, "<div>" * 600, "<b>" * 300,
        "<table>" * 80, "<ul><li>" * 200, "&amp;" * 500, " x=1" * 3000, "ـ" * 3000, "\u0301" * 3000, "١٢/١٣/٩٩٩٩",
        "31 فبراير 2026", "12 ربيع الأول 9999 هـ", "منذ ٩٩٩٩٩٩٩٩٩٩ يوم", "9" * 400, "<url><loc>", "</loc></url>",
        "<urlset>", "<sitemapindex>", "<rss><channel><item>", "<link>", "<entry>", "<updated>",
        "<lastmod>2026-99-99</lastmod>", "<pubDate>Xxx, 99 Foo 99999 99:99:99 +9999</pubDate>", "xmlns:x='",
        "<!ENTITY a 'b'>", "http://[", "http://a:99999999/", "//", "javascript:alert(1)", "http://\u0660\u0661/",
        "http://a/" + "x" * 5000, "%", "%zz",
    )
)  # fmt: skip

ENTITIES = (
    b"&#0;", b"&#x0b;", b"&#55296;", b"&#xDFFF;", b"&#xFFFF;", b"&#x1F600", b"&#99999999999999999999;", b"&amp;amp;",
    b"&lt;script&gt;", b"&nbsp;&zwnj;&rlm;&shy;", b"&notit;", b"&", b"&#", b"&#x", b"&#x202E;", b"&NewLine;&Tab;",
)  # fmt: skip
JSON = (
    b"null", b"[]", b"{}", b"[[[[[[1]]]]]]", b"1e999", b"-0", b'"\\ud800"', b'"\\u0000"', b"true",
    b'"' + b"x" * 9000 + b'"',
    b'{"@value":{}}', b'[null,{"@type":[]}]', b"NaN", b"'x'", b"// x\n1", b'"</script>"', b"[" * 3000,
)  # fmt: skip
# Heads of answers: a status and fields, of which some are taken.
STATUSES = (b"200 OK",) * 6 + (
    b"203 X",
    b"301 Moved",
    b"302 Found",
    b"304 X",
    b"404 X",
    b"429 X",
    b"503 X",
    b"103 Hints",
)
FIELDS = (
    b"Content-Type: text/html; charset=utf-8", b"Content-Type: text/html; charset=windows-1256",
    b"Content-Type: application/rss+xml", b"Content-Type: image/jpeg", b"Content-Length: 300", b"Content-Length:",
    b"Transfer-Encoding: chunked", b"Transfer-Encoding: identity", b"Content-Encoding: gzip",
    b"Content-Encoding: br, deflate", b"Content-Encoding: zstd", b'ETag: W/"v1-caf\xe9"',
    b"Last-Modified: Thu, 01 Jan 2026 00:00:00 GMT", b"Retry-After: 120", b"Retry-After: Fri, 31 Dec 1999 23:59:59 GMT",
    "Location: /أخبار".encode(), b"Location: //other.example/a?b#c", b"Set-Cookie: k=v; path=/; expires=Thu, 01 Jan 2099",
    "Set-Cookie: ك=ق; domain=.example".encode(), b"Link: </a.css>; rel=preload", b"X-Powered-By : PHP", b"no colon",
    b" folded", b"Connection: close", b"Keep-Alive: timeout=5",
)  # fmt: skip
ROBOTS = (
    b"User-agent: *\nDisallow: /private/\nAllow: /\nCrawl-delay: 0\nSitemap: https://news.example/map.xml\n",
    b"User-agent: feedmaker\nDisallow: /*?*$\nRequest-rate: 1/1s\n\nUser-agent: *\nDisallow:\n",
    b"\xef\xbb\xbfUser-agent: GPTBot\r\nDisallow: /\r\n",
)
_LINK = re.compile(rb"<a [^>]*?href=[\"']?([^\"'> ]{2,300})[^>]*>([^<]{8,200})<")
_TAG = re.compile(rb"<[^<>]{1,300}>")
_DATA = re.compile(rb"<script[^>]*ld\+json[^>]*>(.{1,50000}?)</script", re.DOTALL | re.IGNORECASE)
_VALUE = re.compile(rb':\s*("[^"]{0,400}"|[\[{]|\d+)')
_ILLEGAL = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f]")

_libc = ctypes.CDLL(None)
_pages: dict[str, list[bytes]] = {}
_sources: list[bytes] = []
_blocks: list[bytes] = []


def use(pages: dict[str, list[bytes]]) -> None:
    """Take pages by the name of their set, and what feeds, sitemaps and JSON-LD can be made of."""
    _pages.clear()
    _pages.update(pages)
    whole = [page for name in pages for page in pages[name]]
    _blocks[:] = [block[1] for page in whole for block in _DATA.finditer(page)]
    _sources[:] = [
        source for page in whole if (links := _LINK.findall(page)) for source in _made(links[:25])
    ]


def _made(links: list[tuple[bytes, bytes]]) -> Iterator[bytes]:
    """Yield a sitemap, an index of sitemaps, an RSS, an Atom and a JSON feed of links."""
    date = b"2026-11-21T10:00:00+03:00"
    rows = b"".join(
        b"<url><loc>%b</loc><lastmod>%b</lastmod></url>" % (url, date) for url, _ in links
    )
    yield (
        b'<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">%b</urlset>'
        % rows
    )
    rows = b"".join(b"<sitemap><loc>%b</loc></sitemap>" % url for url, _ in links)
    yield b"<sitemapindex>%b</sitemapindex>" % rows
    rows = b"".join(
        b"<item><title>%b</title><link>%b</link><pubDate>Sat, 21 Nov 2026 10:00:00 GMT</pubDate>"
        b"<description><![CDATA[%b]]></description></item>" % (text, url, text)
        for url, text in links
    )
    yield b'<rss version="2.0"><channel><title>x</title>%b</channel></rss>' % rows
    rows = b"".join(
        b'<entry><title>%b</title><link href="%b"/><updated>%b</updated></entry>'
        % (text, url, date)
        for url, text in links
    )
    yield b'<feed xmlns="http://www.w3.org/2005/Atom">%b</feed>' % rows
    items = [
        {"url": str(url, "latin-1"), "title": str(text, "utf-8", "replace")} for url, text in links
    ]
    yield json.dumps({"version": "https://jsonfeed.org/version/1.1", "items": items}).encode()


def load(shared: Path) -> int:
    """Read the public pages, as they were saved; how many there are."""
    found: dict[str, list[bytes]] = {}
    for name in SETS:
        paths = sorted(
            p for p in (shared / "data" / name).glob("*") if p.name.endswith((".html", ".html.gz"))
        )
        found[name] = [
            gzip.decompress(p.read_bytes()) if p.suffix == ".gz" else p.read_bytes() for p in paths
        ]
    use({name: pages for name, pages in found.items() if pages})
    return sum(map(len, _pages.values()))


# ---- making a page


def _taken(chance: random.Random) -> bytes:
    """One of the public pages."""
    weights = [SETS.get(name, 1) for name in _pages]
    return chance.choice(_pages[chance.choices(list(_pages), weights)[0]])


def mutated(number: int, seed: int) -> tuple[bytes, str]:
    """The page of a number, and the Content-Type that a server sends with it."""
    chance = random.Random(seed * 1_000_003 + number)
    data = bytearray(_taken(chance))
    if (
        chance.random() < 0.85
    ):  # most of the faults are found in a part as well as in the whole, and sooner
        length = chance.randint(2_000, 25_000)
        head = data.lower().find(b"</head>")
        start = chance.randrange(max(1, len(data) - length))
        data = (
            data[: head + 7 if 0 <= head < 30_000 and chance.random() < 0.7 else 0]
            + data[start : start + length]
        )
    for _ in range(chance.choice((1, 1, 2, 3, 5, 8, 20))):
        chance.choice(MUTATIONS)(data, chance)
    if chance.random() < 1 / 250:
        _swollen(data, chance)
    label = chance.choice(LABELS) if chance.random() < 0.2 else ""
    if label and chance.random() < 0.5:
        data = bytearray(_encoded(bytes(data), label))
    return bytes(data[:LARGEST]), f"text/html; charset={label}" if label else "text/html"


def source(number: int, seed: int) -> bytes:
    """The mutated feed or sitemap of a number."""
    chance = random.Random(seed * 1_000_003 + number)
    data = bytearray(chance.choice(_sources))
    for _ in range(chance.choice((1, 1, 2, 3, 8))):
        chance.choice(MUTATIONS)(data, chance)
    if chance.random() < 1 / 250:
        _swollen(data, chance)
    return bytes(data[:LARGEST])


def with_data(number: int, seed: int) -> bytes:
    """A page with the mutated JSON-LD of a number, and a text of its own in some of them."""
    chance = random.Random(seed * 1_000_003 + number)
    data = bytearray(b"<script type=ld+json>" + chance.choice(_blocks) + b"</script>")
    for _ in range(chance.choice((1, 1, 2, 3, 8))):
        chance.choice((_spoilt, _spoilt, _spoilt, *MUTATIONS))(data, chance)
    block = bytes(data[:LARGEST]).replace(b"type=ld+json", b"type='application/ld+json'")
    text = (
        "<h1>عنوان الخبر اليوم</h1>"
        + "<p>قالت البلدية أمس إن الحديقة العامة ستفتح قبل الصيف.</p>" * 9
    )
    return block + (text.encode() if chance.random() < 0.7 else b"")


def answer(number: int, seed: int) -> tuple[bytes, bytes]:
    """The mutated answer of a server of a number, and its robots.txt."""
    chance = random.Random(seed * 1_000_003 + number)
    fields = chance.sample(FIELDS, chance.randint(1, 8))
    head = bytearray(b"HTTP/1.1 %b\r\n%b\r\n" % (chance.choice(STATUSES), b"\r\n".join(fields)))
    robots = bytearray(chance.choice(ROBOTS))
    for data in (head, robots):
        for _ in range(chance.choice((0, 1, 1, 2, 5))):
            chance.choice((_token, _noise, _flipped, _cut, _doubled, _zeros, _entity))(data, chance)
    body = bytearray(_taken(chance)[: chance.randint(0, 3_000)])
    packed = bytearray(gzip.compress(body)) if chance.random() < 0.5 else body
    if chance.random() < 0.5:
        chance.choice((_flipped, _truncated, _noise))(packed, chance)
    return bytes(head) + b"\r\n" + bytes(packed), bytes(robots)


def _token(data: bytearray, chance: random.Random) -> None:
    at = chance.randrange(len(data) + 1)
    data[at:at] = chance.choice(TOKENS) * (1 if chance.random() < 0.9 else chance.randint(2, 50))


def _entity(data: bytearray, chance: random.Random) -> None:
    at = chance.randrange(len(data) + 1)
    data[at:at] = b"".join(chance.choices(ENTITIES, k=chance.choice((1, 1, 5, 50))))


def _length(data: bytearray, chance: random.Random) -> int:
    """Mostly short, now and then half of the page."""
    return int(chance.paretovariate(0.7)) % (len(data) // 2 + 1)


def _cut(data: bytearray, chance: random.Random) -> None:
    at = chance.randrange(len(data) + 1)
    del data[at : at + _length(data, chance)]


def _doubled(data: bytearray, chance: random.Random) -> None:
    at = chance.randrange(len(data) + 1)
    data[at:at] = data[chance.randrange(len(data) + 1) :][: _length(data, chance)]


def _spliced(data: bytearray, chance: random.Random) -> None:
    at, length, other = chance.randrange(len(data) + 1), _length(data, chance), _taken(chance)
    data[at : at + length] = other[chance.randrange(len(other)) :][: length * 2]


def _noise(data: bytearray, chance: random.Random) -> None:
    at = chance.randrange(len(data) + 1)
    for place in range(at, min(len(data), at + _length(data, chance) % 200)):
        data[place] = chance.randrange(256)


def _flipped(data: bytearray, chance: random.Random) -> None:
    for _ in range(chance.randint(1, 30) if data else 0):
        data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)


def _truncated(data: bytearray, chance: random.Random) -> None:
    del data[chance.randrange(len(data) + 1) :]


def _tags(data: bytearray, chance: random.Random) -> None:
    """Some tags in a stretch of the page change places, are doubled, or get lost."""
    start = chance.randrange(len(data) + 1)
    spans = [match.span() for match in _TAG.finditer(data, start, start + 20_000)][:200]
    for _ in range(min(len(spans), chance.choice((1, 2, 10)))):
        kind, (first, end) = chance.randrange(3), chance.choice(spans)
        if kind == 0:
            data[first:end] = b" " * (end - first)
        elif kind == 1:
            data[first:end] = data[slice(*chance.choice(spans))][: end - first].ljust(end - first)
        else:
            name = chance.choice(
                (
                    b"div",
                    b"a",
                    b"p",
                    b"table",
                    b"svg",
                    b"li",
                    b"h1",
                    b"script",
                    b"select",
                    b"template",
                )
            )
            data[first:end] = (b"<" + name)[: end - first - 1].ljust(end - first - 1) + b">"


def _attributes(data: bytearray, chance: random.Random) -> None:
    """Garbage among the attributes of a tag."""
    match = _TAG.search(data, chance.randrange(len(data) + 1))
    if match:
        garbage = (
            b" class='" + b"x " * chance.choice((1, 100, 20_000)) + b"'", b" style=display:none", b" hidden", b' "',
            b" =", b" id=" + b"9" * chance.choice((1, 100_000)), b" href=//[", b" class", b" dir=rtl lang=\xff",
            b" itemscope itemtype=http://schema.org/NewsArticle", b" itemprop=datePublished content=x", b"\0",
            b" src=x srcset='" + b"a 1x," * chance.choice((1, 5_000)) + b"'", b" x" * chance.choice((1, 5_000)),
            b" datetime='2026-13-45'",
        )  # fmt: skip
        data[match.end() - 1 : match.end() - 1] = b"".join(
            chance.choices(garbage, k=chance.choice((1, 2, 5)))
        )


def _nested(data: bytearray, chance: random.Random) -> None:
    """A tag many times, with or without its end."""
    at = chance.randrange(len(data) + 1)
    name = chance.choice(
        (
            b"div",
            b"b",
            b"a",
            b"blockquote",
            b"ul><li",
            b"table><tr><td",
            b"svg",
            b"span",
            b"font",
            b"dl",
        )
    )
    count = chance.choice((10, 300, 3_000, 20_000))
    inside = data[at : at + chance.choice((0, 1_000))]
    data[at:at] = (
        b"<%b>" % name * count
        + inside
        + (b"</%b>" % name * count if chance.random() < 0.3 else b"")
    )


def _spoilt(data: bytearray, chance: random.Random) -> None:
    """JSON-LD with other values than it had, or broken."""
    block = _DATA.search(data)
    values = [m.span(1) for m in _VALUE.finditer(data, *block.span(1))] if block else []
    for first, end in sorted(
        chance.sample(values, min(len(values), chance.choice((1, 2, 8)))), reverse=True
    ):
        data[first:end] = chance.choice(JSON)


def _zeros(data: bytearray, chance: random.Random) -> None:
    """NULs, one by one or in a row."""
    for _ in range(chance.choice((1, 20))):
        at = chance.randrange(len(data) + 1)
        data[at:at] = b"\0" * chance.choice((1, 1, 100))


def _swollen(data: bytearray, chance: random.Random) -> None:
    """A piece of the page again and again, up to megabytes."""
    at = chance.randrange(len(data) + 1)
    piece = data[at : at + chance.choice((3, 30, 300, 3_000))] or b"<p>"
    data[at:at] = piece * (chance.choice((100_000, 1_000_000, LARGEST)) // len(piece))


def _encoded(data: bytes, label: str) -> bytes:
    """A page in another encoding, which may not be what is said of it."""
    try:
        return data.decode("utf-8", "replace").encode(label, "replace")
    except LookupError:
        return data.decode("utf-8", "replace").encode("utf-16")


MUTATIONS: tuple[Callable[[bytearray, random.Random], None], ...] = (
    _token, _token, _token, _entity, _cut, _doubled, _spliced, _noise, _flipped, _truncated, _tags, _tags, _attributes,
    _nested, _spoilt, _zeros,
)  # fmt: skip


# ---- looking at what comes of it


class Found(NamedTuple):
    """What came of a page: a word, seconds of processor time, megabytes of memory, the traceback of
    an error.
    """

    number: int
    word: str
    seconds: float
    megabytes: float
    error: str


def tried(number: int, seed: int) -> Found:
    """What becomes of the page of a number; what it costs is that of the reader that it costs most."""
    words, error, seconds, megabytes = [], "", 0.0, 0.0
    for read in _readings(number, seed):
        before = _reset()
        began = time.process_time()
        try:
            words.append(read())
        except Exception:  # noqa: BLE001 - that none comes is what is tested
            words, error = ["ERROR"], traceback.format_exc()
        seconds = max(seconds, time.process_time() - began)
        megabytes = max(megabytes, _memory("VmHWM") - before)
    return Found(number, " ".join(filter(None, words)), seconds, megabytes, error)


def _readings(number: int, seed: int) -> list[Callable[[], str]]:
    """What is done with the input of a number: two of five are pages, the others one of each kind."""
    kind = number % 5
    if kind == 2:
        data = source(number, seed)
        return [partial(_section, data), partial(_listing, data)]
    if kind == 3:
        return [partial(_article, with_data(number, seed))]
    if kind == 4:
        return [partial(_answer, *answer(number, seed))]
    page, content_type = mutated(number, seed)
    html = page if content_type == "text/html" else decode(page, content_type)[0]
    return [partial(reader, html) for reader in (READERS if number % 3 == 0 else READERS[:2])]


class _Wire(httpcore.AsyncNetworkBackend):
    """A network on which every server sends the same bytes."""

    def __init__(self, answer: bytes) -> None:
        self._answer = answer

    async def connect_tcp(self, *_, **__) -> httpcore.AsyncNetworkStream:
        """Connect to nobody."""
        return _GuardedStream(httpcore.AsyncMockStream([self._answer]))


def _answer(answer: bytes, robots: bytes) -> str:
    """An answer as the fetcher reads it, with all that it does for a page."""
    kept = {"http://news.example": (robots.decode("utf-8-sig", "replace"), time.time())}
    limits = replace(SITE, fetch=Fetching(delay=0, retries=0, timeout=60.0)).fetch_limits

    async def run() -> str:
        async with Fetcher(Settings(), kept) as fetcher:
            try:
                page = await fetcher.get("http://news.example/a", limits, Validators(etag='"x"'))
            except FetchError as error:
                _check_line(str(error))
                return "refused"
            return "page" if isinstance(page, Page) else "unchanged"

    client.make_pool = lambda *_: httpcore.AsyncConnectionPool(network_backend=_Wire(answer))
    return asyncio.run(run())


def _article(html: bytes | str) -> str:
    try:
        _check_story(feedmaker.extract(html, URL, timezone="Asia/Riyadh", now=NOW))
    except ExtractError as error:
        _check_line(str(error))
        if error.teaser:
            _check_story(error.teaser)
        return "teaser" if error.teaser else "none"
    return "story"


def _listing(html: bytes | str) -> str:
    _check_links(feedmaker.find_links(html, URL))
    return ""


def _quarantine(html: bytes | str) -> str:
    text = html if isinstance(html, str) else decode(html)[0]
    block_pages.at_sight(text)
    block_pages.without_content(text)
    return ""


def _section(html: bytes | str) -> str:
    """As a server may call it: what begins like one is read as a sitemap or feed."""
    content = html if isinstance(html, bytes) else html.encode("utf-8", "replace")
    page = Page(
        url=URL, content=content, utf8=utf8(content), content_type="text/xml", fetched_at=NOW
    )
    for url in listing.child_sitemaps(page):
        assert url.startswith(("http://", "https://"))
    try:
        _check_links(listing.section_links(page, SECTION, Rules()).links)
    except ListingError as error:
        _check_line(str(error))
    return ""


def _sections(html: bytes | str) -> str:
    for found in feedmaker.find_sections(html, URL):
        for line in (found.title, found.url, found.heading):
            _check_line(line)
    return ""


READERS: tuple[Callable[[bytes | str], str], ...] = (
    _article, _listing, _quarantine, _section, _sections,
)  # fmt: skip


def _check_line(line: str | None) -> None:
    """What is shown in a line holds nothing that a terminal or log obeys."""
    assert not _CONTROL.search(line or ""), f"control character: {line!r:.200}"


def _check_story(story: Story) -> None:
    """What a story must hold, and that each feed of it parses."""
    lines = (story.title, story.category, *story.authors, *story.tags)
    for text in (*lines, story.text, story.html, story.summary):
        assert not _ILLEGAL.search(text or ""), f"illegal character: {text!r:.200}"
    for line in lines:
        _check_line(line)
    for when in (story.published, story.modified):
        assert when is None or when.utcoffset() is not None, f"date without a zone: {when}"
    for address in (story.image, story.url):
        assert not address or address.startswith(("http://", "https://")), (
            f"no address: {address!r:.200}"
        )
    whole = replace(story, id="urn:uuid:0", first_seen=NOW, updated=story.modified or NOW)
    made = Feed(site=SITE, section=SECTION, stories=(whole,))
    for form in ("atom", "rss"):
        etree.fromstring(feed.render(made, form))
    json.loads(feed.render(made, "json"))


def _check_links(links: list[Link]) -> None:
    """Links are absolute and unique, their titles lines of text."""
    assert len({link.url for link in links}) == len(links)
    for link in links:
        assert link.url.startswith(("http://", "https://")), f"no address: {link.url!r:.200}"
        assert not _ILLEGAL.search(link.title + link.url), f"illegal character: {link!r:.200}"
        _check_line(link.title)
        assert link.published is None or link.published.utcoffset() is not None


# ---- memory, as Linux tells it


def _memory(name: str) -> float:
    """A figure of this process in megabytes: VmRSS, or VmHWM, its highest since `_reset_peak`."""
    found = re.search(rf"{name}:\s+(\d+)", Path("/proc/self/status").read_text("ascii"))
    return int(found[1]) / 1024 if found else 0.0


def _reset() -> float:
    """Give back what is free and begin a new peak; what the process has, in megabytes."""
    _libc.malloc_trim(0)
    Path("/proc/self/clear_refs").write_text("5", "ascii")
    return _memory("VmRSS")


# ---- the run


def _prepare(shared: Path) -> None:
    load(shared)
    tried(0, 0)  # imports what a page needs


def _task(task: tuple[int, int]) -> Found:
    return tried(*task)


def main() -> None:
    """Run, and print what was found; exit code 1 where an error came out or a page cost too much."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--pages", type=int, default=100_000)
    parser.add_argument("--first", type=int, default=0)
    parser.add_argument("--seed", type=int, default=1447)
    parser.add_argument("--processes", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--only", type=int)
    options = parser.parse_args()
    shared = Path(os.environ.get("FEEDMAKER_SHARED") or ROOT.parent / "shared")
    if not (count := load(shared)):
        sys.exit(f"{shared}: no pages; set FEEDMAKER_SHARED to their folder")
    if options.only is not None:
        _prepare(shared)
        print(*tried(options.only, options.seed))
        return
    words: Counter[str] = Counter()
    slowest = largest = Found(0, "", 0.0, 0.0, "")
    kinds: set[str] = set()
    costly = 0
    tasks = (
        (number, options.seed) for number in range(options.first, options.first + options.pages)
    )
    with Pool(options.processes, _prepare, (shared,)) as pool:
        for found in _all(pool.imap(_task, tasks), options.first):
            words[found.word] += 1
            slowest, largest = (
                max(slowest, found, key=_seconds),
                max(largest, found, key=_megabytes),
            )
            if found.seconds > SECONDS or found.megabytes > MEGABYTES:
                costly += 1
                print(
                    f"page {found.number}: {found.seconds:.2f} s, {found.megabytes:.0f} MB",
                    flush=True,
                )
            if found.error and (place := found.error.strip().rsplit("File ", 1)[-1]) not in kinds:
                kinds.add(place)
                print(f"page {found.number}:\n{found.error}", flush=True)
            if words.total() % 5000 == 0:
                print(_summary(words, slowest, largest), flush=True)
    print(
        f"of {count} pages: {_summary(words, slowest, largest)}; {len(kinds)} kinds of errors, {costly} too costly"
    )
    sys.exit(1 if kinds or costly else 0)


def _all(results: IMapIterator[Found], number: int) -> Iterator[Found]:
    """What is found, page by page; the end where one does not end."""
    while True:
        try:
            found = results.next(timeout=HANGING)
        except StopIteration:
            return
        except NothingYet:
            sys.exit(f"page {number} or one of the next does not end")
        number = found.number + 1
        yield found


def _seconds(found: Found) -> float:
    return found.seconds


def _megabytes(found: Found) -> float:
    return found.megabytes


def _summary(words: Counter[str], slowest: Found, largest: Found) -> str:
    return (
        f"{words.total()} mutated pages {dict(words)}; most time {slowest.seconds:.2f} s (page {slowest.number}),"
        f" most memory {largest.megabytes:.0f} MB (page {largest.number})"
    )


if __name__ == "__main__":
    main()
