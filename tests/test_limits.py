"""What a hostile server or page may cost: each limit by a real server, and the ceilings of 200 MB
and 2 s of CPU.

A section that had a feed is attacked; its report says which limit was reached, its last good feed
stays byte for byte, and the section beside it goes on. `test_fetch` has what is limited of one
page, `test_parsing` what is counted of one.
"""

from __future__ import annotations

import asyncio
import contextlib
import gzip
import multiprocessing
import random
import sys
import time
import zlib
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import brotli
import pytest
import zstandard
from machine import slowness
from news_site import SENTENCES, News, listing
from servers import Reply, Server, _Listener, html, redirect

import feedmaker
from feedmaker import pipeline
from feedmaker.model import Fetching, Report, Section
from feedmaker.model.errors import ExtractError

if TYPE_CHECKING:
    import socket
    from collections.abc import Callable, Iterator
    from multiprocessing.connection import Connection

MOST_MB, MOST_CPU = 200, 2.0  # of one hostile page
HUNDRED_MB = bytes(100_000_000)
TEXT = "".join(f"<p>{sentence}</p>" for sentence in SENTENCES)


class Attacked(News):
    """A site with two sections that have feeds: `all` is what the tests attack, `other` is the
    section beside it.
    """

    def __init__(self, server: Server, folder: Path) -> None:
        super().__init__(server, folder)
        other = Section(slug="other", title="أخرى", urls=(server.url("/other"),), max_age=0)
        self.site = replace(self.site, sections=(*self.site.sections, other))
        self.publish(3, 2, 1)
        self.publish(13, 12, 11, path="/other")
        assert all(report.good for report in self.run())

    def limit(self, **limits: float) -> None:
        """Set keys of the site's `fetch`."""
        self.site = replace(self.site, fetch=replace(self.site.fetch, **limits))

    def listing_is(self, answer: Reply | Callable) -> Report:
        """The report of the section when its listing answers so; whatever that is, the other
        section goes on.
        """
        good = {path: path.read_bytes() for path in (self.folder / "out" / "news").glob("all.*")}
        self.server.page("/all", answer)
        self.publish(14, 13, 12, 11, path="/other")
        attacked, other = self.run()
        assert len(good) == 4
        assert {path: path.read_bytes() for path in good} == good
        assert (other.status, other.added) == ("published", 1)
        return attacked

    def article_is(self, answer: Reply | Callable) -> Report:
        """The report of the section when it has one more article that answers so, and another that
        is a good one.
        """
        self.publish(5, 4, 3, 2, 1)
        self.server.page("/5-garden-opens-again.html", answer)
        attacked, _ = self.run()
        assert sorted(self.links()) == ["1", "2", "3", "4"]
        return attacked


@pytest.fixture
def news(tmp_path: Path) -> Iterator[Attacked]:
    """A site whose sections have feeds."""
    with Server() as server:
        yield Attacked(server, tmp_path)


def packed(data: bytes, coding: str) -> Reply:
    """A page with content codings, the last of them outermost."""
    pack = {
        "gzip": gzip.compress,
        "deflate": zlib.compress,
        "br": lambda data: brotli.compress(data, quality=1),
        "zstd": zstandard.compress,
    }
    for name in coding.split(", "):
        data = pack[name](data)
    return Reply(data, headers={"Content-Type": "text/html", "Content-Encoding": coding})


# ---- size


@pytest.mark.parametrize(
    "coding", ["gzip", "deflate", "br", "zstd", "gzip, gzip", "zstd, br", "br, gzip, zstd"]
)
def test_bombs_are_told_and_cost_no_feed(news: Attacked, coding: str) -> None:
    """A hundred megabytes behind a few bytes, packed once or in each other."""
    bomb = packed(HUNDRED_MB, coding)
    assert str(news.listing_is(bomb).reason or "").endswith("/all: larger than 5,000,000 bytes")
    (failure,) = news.article_is(bomb).failures
    assert failure.url.endswith("/5-garden-opens-again.html")
    assert str(failure.reason or "") == "larger than 5,000,000 bytes"


def test_max_bytes_is_of_the_configuration(news: Attacked) -> None:
    """A page that was read yesterday is too large for who says so today."""
    news.limit(max_bytes=3000)
    assert (
        str(news.article_is(html("x" * 3001)).failures[0].reason or "") == "larger than 3,000 bytes"
    )


def test_a_body_packed_too_often_is_not_unpacked(news: Attacked) -> None:
    """No real one is packed twice."""
    assert str(news.listing_is(packed(b"<p>", "gzip, gzip, gzip, gzip")).reason or "").endswith(
        "packed too many times"
    )


def test_of_a_robots_txt_of_50_megabytes_the_first_half_is_read(news: Attacked) -> None:
    """Its rules count as far as they are read (RFC 9309); the server cannot send us the rest."""
    lines = b"User-agent: *\nDisallow: /no\n" + b"Disallow: /%x\n" * 1000
    sent = []

    def endless() -> Iterator[bytes]:
        while sum(sent) < 50_000_000:
            sent.append(len(lines))
            yield lines

    news.server.page(
        "/robots.txt", lambda _: Reply(parts=endless(), headers={"Content-Type": "text/plain"})
    )
    (news.folder / "store.sqlite").unlink()
    assert all(report.good for report in news.run())
    assert sum(sent) < 20_000_000  # what sockets hold, at most


# ---- time


def drip(_: object) -> Reply:
    """A page that never ends, a few bytes at a time."""

    def parts() -> Iterator[bytes]:
        for _ in range(200):
            time.sleep(0.02)
            yield b"<p>.</p>"

    return Reply(parts=parts(), headers={"Content-Type": "text/html"})


def test_a_slow_page_has_its_time_and_no_more(news: Attacked) -> None:
    """`timeout` is of the whole page."""
    news.limit(timeout=0.5)
    started = time.monotonic()
    assert str(news.listing_is(drip).reason or "").endswith("/all: no whole answer within 0.5 s")
    assert time.monotonic() - started < 3


def test_a_slow_site_has_its_time_and_no_more(news: Attacked) -> None:
    """`budget` is of all its pages; what was had of them is published, and what was not is named."""
    news.publish(*range(30, 1, -1))
    for number in range(30, 5, -1):
        news.server.page(f"/{number}-garden-opens-again.html", drip)
    news.limit(budget=1.0)
    started = time.monotonic()
    report, _ = news.run()
    assert time.monotonic() - started < 4
    assert "not fetched within the site's 1 s" in str(report.failures[-1].reason or "")


# ---- redirects


def test_redirects_in_a_circle_and_without_end_are_told(news: Attacked) -> None:
    """A circle when it closes, a chain at the first too many."""
    news.server.page("/b", redirect("/all"))
    assert str(news.listing_is(redirect("/b")).reason or "").endswith("/all: redirect loop")
    assert news.server.paths().count("/all") == 1
    for number in range(10):
        news.server.page(f"/hop/{number}", redirect(f"/hop/{number + 1}"))
    told = str(news.article_is(redirect("/hop/0")).failures[0].reason or "")
    assert told == f"{news.server.url('/hop/5')}: too many redirects"
    assert (
        sum(path.startswith("/hop") for path in news.server.paths())
        == news.site.fetch.max_redirects
    )


# ---- the wire

HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n"


class Wire(_Listener):
    """A server that answers every request with the same bytes, for as long as the other side takes
    them.
    """

    def __init__(self, *parts: bytes, again: bytes = b"") -> None:
        super().__init__()
        self._parts, self._again = parts, again

    def _serve(self, peer: socket.socket) -> None:
        asked = peer.recv(65536)
        if b"/robots.txt" in asked:
            peer.sendall(
                b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
            )
            return
        for part in self._parts:
            peer.sendall(part)
        while self._again:
            peer.sendall(self._again)


WIRES = {
    "one header of a megabyte": ((HEAD + b"X-A: " + b"a" * 1_000_000 + b"\r\n\r\n",), b"", "kB of headers"),
    "five thousand headers": ((HEAD + (b"X-Header: " + b"v" * 50 + b"\r\n") * 5000 + b"\r\n",), b"", "kB of headers"),
    "a header line without end": ((HEAD + b"X-A: ",), b"a" * 100_000, "kB of headers"),
    "headers without end": ((HEAD,), b"X-A: a\r\n" * 10_000, "kB of headers"),
    "answers 1xx without end": ((), b"HTTP/1.1 103 Early Hints\r\nLink: </a.css>\r\n\r\n" * 1000, "bytes of headers"),
    "a chunk extension without end": (
        (HEAD + b"Transfer-Encoding: chunked\r\n\r\n1;a=",), b"a" * 100_000, "kB of headers"
    ),
    "chunk extensions without end": (
        (HEAD + b"Transfer-Encoding: chunked\r\n\r\n",), b"1;a=" + b"a" * 90_000 + b"\r\nx\r\n", "bytes on the wire"
    ),
    "a byte at a time": ((HEAD + b"Transfer-Encoding: chunked\r\n\r\n",), b"1\r\nx\r\n" * 10_000, "20,000 pieces"),
    "an error page a byte at a time": (
        (b"HTTP/1.1 404 No\r\nTransfer-Encoding: chunked\r\n\r\n",), b"1\r\nx\r\n" * 10_000, "status 404"
    ),
}  # fmt: skip


@pytest.mark.parametrize("kind", WIRES)
def test_what_is_no_page_is_read_no_further_than_its_limit(news: Attacked, kind: str) -> None:
    """Headers, interim answers and the framing of bodies have limits of their own, long before the
    time is over.
    """
    parts, again, reason = WIRES[kind]
    good = news.path().read_bytes()
    with Wire(*parts, again=again) as wire:
        home = f"http://127.0.0.1:{wire.port}/"
        section, other = news.site.sections
        fetch = replace(news.site.fetch, timeout=20, retries=2)
        attacked = replace(
            news.site, home=home, sections=(replace(section, urls=(home,)),), fetch=fetch
        )
        beside = replace(news.site, slug="beside", sections=(other,))
        before = time.process_time()
        report, healthy = asyncio.run(
            pipeline.build_feeds(news.settings, [attacked, beside], now=news.now)
        )
        spent = time.process_time() - before
    assert str(report.reason or "").startswith(f"{home}: ")
    assert reason in str(report.reason or "")
    assert news.path().read_bytes() == good
    assert healthy.status == "published"
    assert spent < 2 * MOST_CPU * slowness()  # the server's is in it


# ---- links


def test_of_twenty_thousand_links_the_first_are_taken(news: Attacked) -> None:
    """As many as `max_links` are noted, and of those as many as `max_new` are fetched."""

    def of(numbers: range) -> Reply:
        return Reply(listing(*numbers).body, headers={"Content-Type": "text/html"})

    news.limit(max_links=20, max_new=2)
    news.server.page("/all", of(range(100_000, 120_000)))
    assert news.run()[0].links == 20
    news.limit(max_links=Fetching().max_links)
    news.server.page("/all", of(range(20_000)))
    assert news.run()[0].links == 5000
    assert (
        sum("garden" in path for path in news.server.paths()) <= 3 * 2
    )  # new ones, and those that failed before


# ---- XML


def sitemap(*numbers: int, before: str = "", inside: str = "", doctype: str = "") -> Reply:
    """A sitemap of articles, with something hostile before them and in one of their addresses."""
    rows = "".join(
        f"<url><loc>/{number}-garden-opens-again.html{inside}</loc></url>" for number in numbers
    )
    text = f'<?xml version="1.0"?>{doctype}<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{before}{rows}</urlset>'
    return Reply(text.encode(), headers={"Content-Type": "application/xml"})


def feed(*numbers: int, before: str = "", inside: str = "", doctype: str = "") -> Reply:
    """The same as an RSS feed."""
    rows = "".join(
        f"<item><title>{number} {inside}</title><link>/{number}-garden-opens-again.html</link></item>"
        for number in numbers
    )
    text = (
        f'<?xml version="1.0"?>{doctype}<rss version="2.0"><channel>{before}{rows}</channel></rss>'
    )
    return Reply(text.encode(), headers={"Content-Type": "application/rss+xml"})


LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 30))
XML = {
    "a billion laughs": {"doctype": f'<!DOCTYPE x [<!ENTITY l0 "ha">{LAUGHS}]>', "inside": "&l29;"},
    "quadratic blowup": {
        "doctype": f'<!DOCTYPE x [<!ENTITY l "{"a" * 100_000}">]>',
        "inside": "&l;" * 20_000,
    },
    "an external entity": {"doctype": '<!DOCTYPE x [<!ENTITY l SYSTEM "%s">]>', "inside": "&l;"},
    "an external document type": {"doctype": '<!DOCTYPE x SYSTEM "%s">'},
    "deep nesting": {"before": "<a>" * 100_000},
    "a long attribute": {"before": f'<a b="{"c" * 4_000_000}"/>'},
    "many elements": {"before": "<a/>" * 1_000_000},
}


@pytest.mark.parametrize("kind", XML)
@pytest.mark.parametrize("listed", [sitemap, feed])
def test_xml_that_is_made_to_burst_costs_no_feed(
    news: Attacked, listed: Callable[..., Reply], kind: str
) -> None:
    """Entities are neither expanded nor fetched; what is nested or repeated without end is read up
    to a limit.
    """
    parts = {
        name: part.replace("%s", news.server.url("/secret")) for name, part in XML[kind].items()
    }
    before = time.process_time()
    report = news.listing_is(listed(3, 2, 1, **parts))
    assert (report.links, str(report.reason or "")) == (3, "") or str(
        report.reason or ""
    ).startswith(news.server.url("/all: "))
    assert "/secret" not in news.server.paths()
    spent = time.process_time() - before
    assert spent < 2 * MOST_CPU * slowness()  # the server's is in it


# ---- pages


def page(inside: str = "", attribute: str = "") -> bytes:
    """An article with a story, and something hostile before it or in its attributes."""
    title = "افتتاح الحديقة العامة بعد أعمال صيانة طويلة"
    head = (
        f"<html lang=ar><head><title>{title}</title><meta property=og:type content=article></head>"
    )
    return f"{head}<body><article {attribute}><h1>{title}</h1>{inside}{TEXT}</article></body></html>".encode()


def bytes_that_are_no_text(least: int = 0) -> bytes:
    """Five megabytes of noise from a byte on."""
    noise = random.Random(6).randbytes(5_000_000)
    return noise.translate(None, bytes(range(least)))


PAGES: dict[str, Callable[[], bytes]] = {
    "100,000 nested tags": lambda: page("<div>" * 100_000),
    "100,000 nested tags of all kinds": lambda: page(
        "<section><ul><li><b><a href=/x><svg><desc>" * 15_000
    ),
    "formatting left open": lambda: page(
        "".join(f"<b id={n}>" for n in range(1000)) + "<p>x" * 90_000
    ),
    "a million elements": lambda: page("<i>x</i>" * 550_000),
    "an attribute of 5 MB": lambda: page(attribute=f'class="{"a-b c_d " * 600_000}"'),
    "a picture's address of 5 MB": lambda: page(f'<img src="/{"a" * 4_900_000}">'),
    "a srcset of 1 MB": lambda: page(
        f'<img src=/a.jpg srcset="{", ".join(f"/{n}.jpg {n}w" for n in range(60_000))}">'
    ),
    "a text parted by end tags of nothing": lambda: page("a piece of text</z a=b c=d>" * 90_000),
    "a text parted by rows": lambda: page(
        "<table>" + "a piece of text<tr><td>x</td></tr>" * 24_000
    ),
    "a text parted by comments behind the page": lambda: (
        page() + b"a piece of text</html><!-- a -->" * 45_000
    ),
    "spaces parted by what belongs into the head": lambda: (
        b"<head></head>" + b" " * 99 + b"          <meta a=b>" * 90_000
    ),
    "attributes of many bodies": lambda: page(
        "".join(f"<body a{n}-1 a{n}-2 a{n}-3>" for n in range(45_000))
    ),
    "50,000 attributes": lambda: page(attribute=" ".join(f"data-{n}={n}" for n in range(50_000))),
    "5 MB of noise": bytes_that_are_no_text,
    "5 MB of noise without controls": lambda: bytes_that_are_no_text(0x20),
    "5 MB of high noise": lambda: bytes_that_are_no_text(0x80),
    "noise after a story": lambda: page() + bytes_that_are_no_text()[:4_900_000],
    "5 MB of text read twice": lambda: page("الخبر ".encode().decode("cp1252", "ignore") * 200_000),
    "a heading of emoji": lambda: page(f"<h1>{'😀' * 1_200_000}</h1>"),
    "a paragraph of emoji": lambda: page(f"<p>{'😀' * 1_200_000}</p>"),
    "a story of 5 MB": lambda: page(
        "".join(f"<p>{n} {SENTENCES[n % 4]}</p>" for n in range(26_000))
    ),
    "5 MB of words": lambda: page(f"<p>{'خبر عاجل ' * 290_000}</p>"),
    "5 MB of ampersands": lambda: page("&amp;" * 990_000),
    "JSON in JSON": lambda: page(f'<script type="application/ld+json">{"[" * 2_000_000}</script>'),
    "20,000 links": lambda: listing(*range(20_000)).body,
    "a link of 5 MB": lambda: page(f"<a href=/1>{'خبر عاجل ' * 290_000}</a>"),
}


def memory(what: str) -> float:
    """What this process takes in megabytes: VmRSS now, VmHWM at most since that was forgotten."""
    status = Path("/proc/self/status").read_text("ascii")
    return int(status.partition(f"{what}:")[2].split()[0]) / 1024


def cost(kind: str, told: Connection) -> None:
    """What `extract` and `find_links` take of a page in a process of their own: seconds of CPU, and
    added megabytes. The seconds are those of the usual machine.
    """
    sys.settrace(None)  # what coverage.py costs is none of the page's
    content, costs, times = PAGES[kind](), [], slowness()
    for read in feedmaker.extract, feedmaker.find_links:
        read(page(), "https://sea.test/a")  # what is read once, as the weights, is no page's
        Path("/proc/self/clear_refs").write_text("5", "ascii")  # forgets VmHWM
        before, start = memory("VmRSS"), time.process_time()
        with contextlib.suppress(ExtractError):
            read(content, "https://sea.test/a")
        costs.append(((time.process_time() - start) / times, memory("VmHWM") - before))
    told.send(costs)


UNREAD = {
    "100,000 nested tags": "nests its elements too deeply to be read (max_depth: 500)",
    "a million elements": "has too many elements to be read (max_tags: 80,000)",
    "5 MB of noise": "holds no HTML",
}


@pytest.mark.parametrize(
    ("limit", "most", "inside", "reason"),
    [
        ("max_tags", 1000, "<i>x</i>" * 600, "has too many elements to be read (max_tags: 1,000)"),
        (
            "max_depth",
            20,
            "<div>" * 8000,
            "nests its elements too deeply to be read (max_depth: 20)",
        ),
    ],
)
def test_what_is_parsed_is_of_the_configuration(
    news: Attacked, limit: str, most: int, inside: str, reason: str
) -> None:
    """A page that all can read is too much for who says so, and the other way round."""
    answer = Reply(page(inside), headers={"Content-Type": "text/html"})
    news.limit(**{limit: most})
    assert str(news.article_is(answer).failures[0].reason or "") == f"the page {reason}"
    news.limit(**{limit: getattr(Fetching(), limit)})
    news.now += timedelta(hours=1)
    assert news.run()[0].failures == ()
    assert "/5-garden-opens-again.html" in news.server.paths()
    listed = Reply(
        page("<i>x</i>" * 60_000) + listing(6, 4, 3, 2, 1).body,
        headers={"Content-Type": "text/html"},
    )
    assert "max_tags: 80,000" in str(news.listing_is(listed).reason or "")
    news.limit(max_tags=200_000)
    news.now += timedelta(days=1)
    assert "max_tags" not in str(news.run()[0].reason or "")


@pytest.mark.parametrize("kind", UNREAD)
def test_pages_that_cannot_be_read_say_why(news: Attacked, kind: str) -> None:
    """As a listing and as an article; the rest of the section, and the section beside it, go on."""
    answer = Reply(PAGES[kind](), headers={"Content-Type": "text/html"})
    assert str(news.listing_is(answer).reason or "").endswith(f"/all: the page {UNREAD[kind]}")
    (failure,) = news.article_is(answer).failures
    assert failure.url.endswith("/5-garden-opens-again.html")
    assert str(failure.reason or "") == f"the page {UNREAD[kind]}"


@pytest.mark.skipif(
    not Path("/proc/self/clear_refs").exists(),
    reason="needs Linux: peaks of memory are read in /proc",
)
@pytest.mark.parametrize("kind", PAGES)
def test_no_page_costs_more_than_its_ceilings(kind: str) -> None:
    """200 MB and 2 s of CPU, whatever is on it."""
    ours, theirs = multiprocessing.Pipe(duplex=False)
    child = multiprocessing.get_context("spawn").Process(target=cost, args=(kind, theirs))
    child.start()
    theirs.close()
    costs = ours.recv()
    child.join()
    assert max(seconds for seconds, _ in costs) < MOST_CPU
    assert max(megabytes for _, megabytes in costs) < MOST_MB
