"""Servers that break rules or flood: what browsers read is read, what has no end is cut off, and a
server that has too much is left alone.
"""

from __future__ import annotations

import asyncio
import ssl
import threading
import time
from datetime import UTC, datetime
from itertools import pairwise

import h2.config
import h2.connection
import h2.events
import pytest
from hpack import Encoder
from hyperframe.frame import (
    AltSvcFrame,
    ContinuationFrame,
    DataFrame,
    HeadersFrame,
    PingFrame,
    PriorityFrame,
    PushPromiseFrame,
    RstStreamFrame,
    SettingsFrame,
    WindowUpdateFrame,
)
from servers import CERTIFICATE, TLS, Proxy, Reply, Server, _Listener, html

from feedmaker.fetch import Fetcher
from feedmaker.fetch import client as module
from feedmaker.fetch.odd_headers import ODD_LINE, mended_head
from feedmaker.model import (
    NO_VALIDATORS,
    Code,
    Fetching,
    NotModified,
    Page,
    Settings,
    Site,
    Validators,
)
from feedmaker.model.errors import FetchError

PAGE = b"<html><body><p>\xd9\x86\xd8\xb5</p></body></html>"


class RawServer(_Listener):
    """Answers every request with bytes as they are, and keeps what it was sent."""

    def __init__(self, *answers: bytes) -> None:
        super().__init__()
        self.asked: list[bytes] = []
        self._answers = list(answers)

    def url(self, path: str = "/a") -> str:
        """The URL of a path here."""
        return f"http://127.0.0.1:{self.port}{path}"

    def _serve(self, peer) -> None:
        while asked := peer.recv(65536):
            if b"/robots.txt" in asked:
                peer.sendall(b"HTTP/1.1 404 No\r\nContent-Length: 0\r\n\r\n")
                continue
            self.asked.append(asked)
            answer = self._answers.pop(0) if len(self._answers) > 1 else self._answers[0]
            peer.sendall(answer)
            if b"Content-Length: " not in answer:
                return


def site_of(home: str, **keys) -> Site:
    """A site without pauses; keys of its fetching are given flat."""
    limits = {"delay": 0.0, "timeout": 15.0, "retries": 0} | keys
    return Site(slug="s", name="s", home=home, sections=(), fetch=Fetching(**limits))


def fetch_all(
    *urls: str, validators: Validators = NO_VALIDATORS, pauses: dict | None = None, **keys
) -> list[Page | NotModified | FetchError]:
    """What comes of URLs that one Fetcher asks for, one after the other."""
    limits = site_of(urls[0], **keys).fetch_limits

    async def run() -> list[Page | NotModified | FetchError]:
        found: list[Page | NotModified | FetchError] = []
        async with Fetcher(Settings(), pauses=pauses) as fetcher:
            for url in urls:
                try:
                    found.append(await fetcher.get(url, limits, validators))
                except FetchError as error:
                    found.append(error)
        return found

    return asyncio.run(run())


# ---- heads


ODD_HEADS = {
    "a blank before the colon": b"X-Powered-By : PHP\r\n",
    "a blank in the name": b"Cache Control: no-cache\r\n",
    "no colon": b"garbage line\r\n",
    "no name": b": value\r\n",
    "an empty length": b"Content-Length:\r\n",
    "an identity transfer": b"Transfer-Encoding: identity\r\n",
    "a name that is no ASCII": "اسم: قيمة\r\n".encode(),
    "a line with quotes": b'"Server": "x"\r\n',
}


@pytest.mark.parametrize("before", [b"", b"HTTP/1.1 103 Early Hints\r\nLink : </a.css>\r\n\r\n"])
@pytest.mark.parametrize("kind", ODD_HEADS)
def test_odd_heads_are_read_as_browsers_read_them(kind, before):
    """A line of a head that breaks the rules costs no page, nor those after it."""
    length = (
        b"" if "length" in kind or "transfer" in kind else b"Content-Length: %d\r\n" % len(PAGE)
    )
    head = b"HTTP/1.1 200 OK\r\n" + ODD_HEADS[kind] + b"Content-Type: text/html\r\n" + length
    with RawServer(before + head + b"\r\n" + PAGE) as server:
        pages = fetch_all(server.url("/a"), server.url("/b"))
    assert [isinstance(page, Page) and page.content for page in pages] == [PAGE, PAGE]


def test_of_a_field_that_is_sent_twice_the_first_counts():
    """Where it may stand once: one address, one date, one pause."""
    twice = b"HTTP/1.1 %b\r\nContent-Length: 0\r\n%b\r\n%b\r\n\r\n"
    with RawServer(
        twice % (b"302 Found", b"Location: /b", b"Location: /b"),
        twice.replace(b": 0", b": %d" % len(PAGE))
        % (b"200 OK", b"Last-Modified: then", b"Last-Modified: now")
        + PAGE,
        twice % (b"503 Busy", b"Retry-After: 120.5", b"Retry-After: 7200"),
    ) as server:
        page, error = fetch_all(server.url("/a"), server.url("/c"))
    assert (page.url, page.validators.last_modified) == (server.url("/b"), "then")
    assert 100 < (error.retry_at - datetime.now(UTC)).total_seconds() <= 120


def test_sound_heads_are_handed_on_as_they_are():
    """Only what is odd is mended; a value that goes on in the next line does."""
    sound = b'HTTP/1.1 200 OK\r\nA: b\r\n  c\r\nETag: "x"\r\n\r\n'
    assert not ODD_LINE.search(sound)
    odd = sound.replace(b"A:", b"A :")
    assert ODD_LINE.search(odd)
    assert mended_head(odd) == sound


def test_a_head_in_pieces_is_one_head():
    """A head that comes byte by byte is mended like another."""
    answer = b"HTTP/1.1 200 OK\r\nX : y\r\nContent-Length: %d\r\n\r\n" % len(PAGE)

    class Slow(RawServer):
        def _serve(self, peer) -> None:
            while asked := peer.recv(65536):
                if b"/robots.txt" in asked:
                    peer.sendall(b"HTTP/1.1 404 No\r\nContent-Length: 0\r\n\r\n")
                    continue
                for at in range(len(answer)):
                    peer.sendall(answer[at : at + 1])
                    time.sleep(0.001)
                peer.sendall(PAGE)

    with Slow(answer) as server:
        (page,) = fetch_all(server.url())
    assert isinstance(page, Page)
    assert page.content == PAGE


def test_markup_that_nobody_packed_is_read():
    """A gzip header over a plain page is a mistake of the server; over other bytes it is told."""
    with Server() as server:
        server.page(
            "/a", Reply(PAGE, headers={"Content-Type": "text/html", "Content-Encoding": "gzip"})
        )
        broken = b"no gzip at all"
        server.page(
            "/b", Reply(broken, headers={"Content-Type": "text/html", "Content-Encoding": "gzip"})
        )
        page, other = fetch_all(server.url("/a"), server.url("/b"))
    assert isinstance(page, Page)
    assert page.content == PAGE
    assert str(other.reason) == "broken gzip body"


def test_a_location_in_raw_utf8_is_followed_beside_a_header_in_latin1():
    """Each header has its own bytes: one in another encoding changes no address."""
    moved = "HTTP/1.1 301 X\r\nX-Name: caf\xe9\r\n".encode("latin-1")
    moved += "Location: /خبر\r\n".encode() + b"Content-Length: 0\r\n\r\n"
    good = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: %d\r\n\r\n" % len(PAGE)
    with RawServer(moved, good + PAGE) as server:
        (page,) = fetch_all(server.url())
    assert isinstance(page, Page)
    assert server.asked[-1].startswith(b"GET /%D8%AE%D8%A8%D8%B1 ")


# ---- validators


ODD_VALIDATORS = {
    "Latin-1": (b'"caf\xe9-1"', True),
    "raw UTF-8": ('"خبر-1"'.encode(), True),
    "a date in French": ("mar., 15 déc. 2026 10:00:00 GMT".encode(), True),
    "a control character": (b'"\x1b[31m"', False),
    "a tab": (b'"a\tb"', False),
    "20 kB": (b'"' + b"e" * 20_000 + b'"', False),
}


@pytest.mark.parametrize("header", [b"ETag", b"Last-Modified"])
@pytest.mark.parametrize("kind", ODD_VALIDATORS)
def test_validators_are_sent_back_as_they_came_or_not_at_all(kind, header):
    """Whatever a server sends, the next request can be sent; it holds the same bytes where any can
    hold them.
    """
    value, is_sent = ODD_VALIDATORS[kind]
    head = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: %d\r\n" % len(PAGE)
    with RawServer(head + header + b": " + value + b"\r\n\r\n" + PAGE) as server:
        (page,) = fetch_all(server.url())
        assert isinstance(page, Page)
        (again,) = fetch_all(server.url(), validators=page.validators)
    assert isinstance(again, Page)
    assert (value in server.asked[-1]) == is_sent


@pytest.mark.parametrize("value", ["خبر", "a\r\nX-Evil: b", "e" * 5000, "\ud800"])
def test_validators_of_older_stores_that_cannot_be_sent_are_left_out(value):
    """Then the page is asked for whole, and a 304 is no answer."""
    head = b"HTTP/1.1 304 X\r\nContent-Length: 0\r\n\r\n"
    with RawServer(head) as server:
        (error,) = fetch_all(server.url(), validators=Validators(etag=value))
    assert str(error.reason) == "status 304"
    assert b"If-None-Match" not in server.asked[-1]


def test_a_cookie_of_a_redirect_that_is_no_ascii_is_sent_back():
    """Its bytes come back, beside a cookie of the configuration in UTF-8."""
    moved = b"HTTP/1.1 302 X\r\nLocation: /b\r\nSet-Cookie: k=" + "قيمة".encode() + b"; path=/\r\n"
    good = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: %d\r\n\r\n" % len(PAGE)
    with RawServer(moved + b"Content-Length: 0\r\n\r\n", good + PAGE) as server:
        (page,) = fetch_all(server.url())
    assert isinstance(page, Page)
    assert "k=قيمة".encode() in server.asked[-1]


# ---- floods


class FloodServer(_Listener):
    """An HTTP/2 server that answers a request for a page with `begin`, then `again` for ever."""

    def __init__(self, begin: bytes, again: bytes) -> None:
        super().__init__()
        self._begin, self._again = begin, again
        self.flooded = 0  # bytes
        self._context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        self._context.load_cert_chain(CERTIFICATE, TLS / "key.pem")
        self._context.set_alpn_protocols(["h2"])

    def _serve(self, peer) -> None:
        with self._context.wrap_socket(peer, server_side=True) as stream:
            state = h2.connection.H2Connection(h2.config.H2Configuration(client_side=False))
            state.initiate_connection()
            stream.sendall(state.data_to_send())
            while data := stream.recv(65536):
                for event in state.receive_data(data):
                    if isinstance(event, h2.events.RequestReceived):
                        path = dict(event.headers)[b":path"]
                        if path != b"/robots.txt":
                            self._flood(stream, event.stream_id)
                            return
                        state.send_headers(event.stream_id, [(":status", "404")], end_stream=True)
                stream.sendall(state.data_to_send())

    def _flood(self, stream, number: int) -> None:
        stream.sendall(numbered(self._begin, number))
        flood = numbered(self._again, number) * (65536 // len(self._again))
        threading.Thread(target=self._listen, args=(stream,), daemon=True).start()
        while True:
            stream.sendall(flood)
            self.flooded += len(flood)

    @staticmethod
    def _listen(stream) -> None:
        """Take what the other side answers, so that it never waits."""
        try:
            while stream.recv(65536):
                pass
        except OSError:
            pass


def numbered(frame: bytes, number: int) -> bytes:
    """A frame of stream 1 as one of another stream."""
    return frame[:5] + number.to_bytes(4, "big") + frame[9:] if frame[8:9] == b"\x01" else frame


HEAD = Encoder().encode([(":status", "200"), ("content-type", "text/html")])
GOOD_HEAD = HeadersFrame(1, data=HEAD, flags=["END_HEADERS"]).serialize()
HINTS = HeadersFrame(1, data=Encoder().encode([(":status", "103")]), flags=["END_HEADERS"])
PROMISE = Encoder().encode(
    [(":method", "GET"), (":path", "/"), (":scheme", "https"), (":authority", "x")]
)
FLOODS = {
    "103 without end": (b"", HINTS.serialize()),
    "empty DATA": (GOOD_HEAD, DataFrame(1, data=b"").serialize()),
    "padding": (GOOD_HEAD, DataFrame(1, data=b"", pad_length=255, flags=["PADDED"]).serialize()),
    "PRIORITY": (GOOD_HEAD, PriorityFrame(1, depends_on=3, stream_weight=7).serialize()),
    "PRIORITY before the head": (b"", PriorityFrame(1, depends_on=3, stream_weight=7).serialize()),
    "PING": (b"", PingFrame(0, opaque_data=b"12345678").serialize()),
    "unknown frames": (GOOD_HEAD, b"\x00\x00\x00\x77\x00\x00\x00\x00\x01"),
    "large unknown frames": (b"", b"\x00\x10\x00\x77\x00\x00\x00\x00\x00" + bytes(4096)),
    "one byte of DATA": (
        GOOD_HEAD,
        DataFrame(1, data=b"<", pad_length=255, flags=["PADDED"]).serialize(),
    ),
    "a head in pieces": (
        HeadersFrame(1, data=HEAD).serialize(),
        ContinuationFrame(1, data=b"").serialize(),
    ),
    "SETTINGS": (b"", SettingsFrame(0, settings={4: 65535}).serialize()),
    "WINDOW_UPDATE": (GOOD_HEAD, WindowUpdateFrame(0, window_increment=1).serialize()),
    "RST_STREAM": (GOOD_HEAD, RstStreamFrame(1, error_code=8).serialize()),
    "PUSH_PROMISE": (
        GOOD_HEAD,
        PushPromiseFrame(1, promised_stream_id=2, data=PROMISE, flags=["END_HEADERS"]).serialize(),
    ),
    "ALTSVC": (GOOD_HEAD, AltSvcFrame(1, field=b"h3=:443").serialize()),
}


@pytest.mark.parametrize(
    ("kind", "way"),
    [*((kind, "direct") for kind in FLOODS), ("103 without end", "proxy"), ("padding", "proxy")],
)
def test_floods_of_http2_are_cut_off(kind, way, monkeypatch):
    """What holds no content has a limit long before the time is over, by a proxy too."""
    monkeypatch.setenv("SSL_CERT_FILE", str(CERTIFICATE))
    with FloodServer(*FLOODS[kind]) as server, Proxy() as proxy:
        if way == "proxy":
            monkeypatch.setenv("HTTPS_PROXY", proxy.url)
            monkeypatch.setenv("NO_PROXY", "")
        (error,) = fetch_all(f"https://localhost:{server.port}/a", timeout=60.0)
        assert bool(proxy.asked) == (way == "proxy")
    assert isinstance(error, FetchError)
    assert error.reason.code not in (Code.NO_ANSWER_IN_TIME, Code.CANNOT_BE_SENT)
    assert server.flooded < 30_000_000  # the buffers of the sockets hold most of it


# ---- a server that has too much


@pytest.mark.parametrize(("status", "asked"), [(429, 1), (503, 2)])
def test_a_busy_host_is_left_alone_for_the_rest_of_the_run(status, asked):
    """The first 429 of a run holds its host, the second 503 does; the next run asks again."""
    with Server() as server:
        pages = [server.url(f"/{number}") for number in range(8)]
        for number in range(8):
            server.page(f"/{number}", Reply(status=status))
        pauses: dict[str, float] = {}
        found = fetch_all(*pages, pauses=pauses, retries=3)
        assert [error.reason.code for error in found] == [
            *[Code.STATUS] * asked,
            *[Code.HOST_PAUSE] * (8 - asked),
        ]
        assert len(server.paths()) == asked
        assert pauses == {}
        server.page("/0", html())
        assert isinstance(fetch_all(pages[0], pauses=pauses)[0], Page)


def test_one_503_is_of_its_page():
    """The host's other pages come, also where it asked for a pause."""
    with Server() as server:
        server.page("/a", Reply(status=503, headers={"Retry-After": "3600"}))
        server.page("/b")
        error, page = fetch_all(server.url("/a"), server.url("/b"))
    assert error.retry_at is not None
    assert isinstance(page, Page)


def test_short_pauses_are_believed_once():
    """A host that says 429 again after the second that it asked for has no further request."""
    with Server() as server:
        for number in range(5):
            server.page(f"/{number}", Reply(status=429, headers={"Retry-After": "1"}))
        found = fetch_all(*(server.url(f"/{number}") for number in range(5)))
        assert len(server.paths()) == 2
    assert [error.reason.code for error in found[2:]] == [Code.HOST_PAUSE] * 3


@pytest.mark.parametrize("value", ["2592000", "Fri, 01 Jan 2100 00:00:00 GMT"])
def test_no_host_is_left_alone_for_longer_than_a_day(value):
    """A pause of a month may be a mistake: it is kept for a day."""
    with Server() as server:
        server.page("/a", Reply(status=429, headers={"Retry-After": value}))
        pauses: dict[str, float] = {}
        fetch_all(server.url("/a"), pauses=pauses)
    (until,) = pauses.values()
    assert 86_000 < until - time.time() <= 86_400


def test_a_long_crawl_delay_is_waited_for(monkeypatch):
    """It is kept between any two pages, and by the next run too."""
    monkeypatch.setattr("feedmaker.fetch.politeness.PATIENCE", 0.3)
    with Server() as server:
        server.page("/robots.txt", Reply(b"User-agent: *\nCrawl-delay: 0.6\n"))
        for path in ("/a", "/b", "/c"):
            server.page(path)
        pauses: dict[str, float] = {}
        assert all(
            isinstance(page, Page)
            for page in fetch_all(server.url("/a"), server.url("/b"), pauses=pauses)
        )
        assert isinstance(fetch_all(server.url("/c"), pauses=pauses)[0], Page)
        came = sorted(request.at for request in server.requests if request.path != "/robots.txt")
    assert all(later - sooner > 0.55 for sooner, later in pairwise(came))


def test_a_page_follows_robots_txt_at_once_whatever_the_crawl_delay(monkeypatch):
    """One as long as the site's budget must not use up the budget of a first run."""
    monkeypatch.setattr("feedmaker.fetch.politeness.PATIENCE", 0.3)
    with Server() as server:
        server.page("/robots.txt", Reply(b"User-agent: *\nCrawl-delay: 60\n"))
        server.page("/a")
        began = time.monotonic()
        assert isinstance(fetch_all(server.url("/a"))[0], Page)
    assert time.monotonic() - began < 30


def test_a_held_host_is_told_with_what_it_said():
    """All pages that it holds back have the same reason, and what can be done."""
    with Server() as server:
        server.page("/a", Reply(status=429))
        _, held = fetch_all(server.url("/a"), server.url("/b"))
    assert str(held.reason) == "the host asks for a longer pause: status 429"
    assert "delay" in held.reason.remedy


def test_the_address_that_failed_is_named(monkeypatch):
    """After a redirect that is the one it led to; of a robots.txt that does not come it is said."""
    monkeypatch.setattr(module, "_BACKOFF", 0.01)
    with Server() as server:
        server.page("/a", Reply(status=302, headers={"Location": "/gone"}))
        server.page("/robots.txt", lambda _: time.sleep(1) or Reply(status=404))
        (slow,) = fetch_all(server.url("/a"), timeout=0.4)
        server.page("/robots.txt", Reply(status=404))
        (gone,) = fetch_all(server.url("/a"))
        assert str(gone.full_reason) == f"{server.url('/gone')}: status 404"
    assert "robots.txt cannot be had" in str(slow.reason)


@pytest.mark.parametrize(
    ("location", "url", "cause"),
    [
        ("http://10.0.0.1/robots.txt", "http://10.0.0.1/robots.txt", "private address (10.0.0.1)"),
        ("file:///robots.txt", "/a", "redirected to what is no http(s) URL"),
    ],
)
def test_a_robots_txt_that_leads_elsewhere_is_told_from_its_page(monkeypatch, location, url, cause):
    """The page's host answers: nothing is wrong with its address or its name."""
    monkeypatch.setattr(module, "_BACKOFF", 0.01)
    with Server() as server:
        server.page("/a", Reply(b"<p>x"))
        server.page("/robots.txt", Reply(status=302, headers={"Location": location}))
        (error,) = fetch_all(server.url("/a"))
        told = server.url("/a") if url == "/a" else url
    assert str(error.full_reason) == (
        f"{told}: robots.txt cannot be had, so nothing is asked: {cause}"
    )
