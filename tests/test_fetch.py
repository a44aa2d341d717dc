"""Fetching one page: what comes back, what is sent, and one clear reason for each way to fail."""

from __future__ import annotations

import asyncio
import contextlib
import gzip
import itertools
import logging
import socket
import time
import zlib
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import brotli
import pytest
import zstandard
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from servers import CERTIFICATE, Http2Server, Reply, Server, html, redirect

import feedmaker
from feedmaker.fetch import Fetcher, response_body
from feedmaker.fetch import client as module
from feedmaker.fetch.politeness import retry_after
from feedmaker.model import Fetching, NotModified, Page, Settings, Site, Validators
from feedmaker.model.errors import FetchError, RefusedError
from feedmaker.model.work_counts import WorkCounts

NONE = Validators()
FETCHING = set(Fetching.__dataclass_fields__)


@pytest.fixture
def server():
    """An HTTP server."""
    with Server() as running:
        yield running


@pytest.fixture(autouse=True)
def quick(monkeypatch):
    """Backoff in hundredths of a second; its random part is the longest."""
    monkeypatch.setattr(module, "_BACKOFF", 0.05)
    monkeypatch.setattr(module.random, "uniform", lambda _, high: high)


def site_of(home: str, **keys) -> Site:
    """A site; keys of its fetching are given flat."""
    limits = {"delay": 0.0, "timeout": 5.0} | {
        name: keys.pop(name) for name in list(keys) if name in FETCHING
    }
    return Site(slug="s", name="s", home=home, sections=(), fetch=Fetching(**limits), **keys)


def get(
    url: str, site: Site | None = None, validators: Validators = NONE, **keys
) -> Page | NotModified:
    """One page by a new Fetcher; without a site, on behalf of one at home there."""

    async def run() -> Page | NotModified:
        async with Fetcher(keys.pop("settings", Settings())) as fetcher:
            return await fetcher.get(url, (site or site_of(url, **keys)).fetch_limits, validators)

    return asyncio.run(run())


def failure(url: str, site: Site | None = None, **keys) -> FetchError:
    """The error instead of a page."""
    with pytest.raises(FetchError) as caught:
        get(url, site, **keys)
    return caught.value


def test_connections_of_a_site_are_its_own_and_closed_with_it(server):
    """None is left open for the rest of a run, and none of another site is looked through."""
    server.page("/a")
    site = site_of(server.url())

    async def run() -> tuple[int, int]:
        async with Fetcher(Settings()) as fetcher:
            async with fetcher.for_site(WorkCounts()) as own:
                await own.get(server.url("/a"), site.fetch_limits)
                (pool,) = own._pools.values()
                during = len(pool.connections)
            assert not fetcher._pools
            return during, len(pool.connections)

    assert asyncio.run(run()) == (1, 0)


def test_page_has_bytes_text_time_and_validators(server):
    """A page comes with its URL, bytes, decoded text, content type, validators and an aware time."""
    server.page("/a", html("<p>خبر</p>", ETag='"1"', Last_Modified="Fri, 22 Nov 2024 08:40:00 GMT"))
    page = get(server.url("/a#part"))
    assert (page.url, page.content_type) == (server.url("/a"), "text/html; charset=utf-8")
    assert page.content == page.text.encode()
    assert "<p>خبر</p>" in page.text
    assert page.validators == Validators(etag='"1"', last_modified="Fri, 22 Nov 2024 08:40:00 GMT")
    assert abs(page.fetched_at - datetime.now(UTC)) < timedelta(minutes=1)


def test_windows_1256_is_decoded_by_header_or_by_the_sites_usual(server):
    """The text is Arabic whether the server names the character set or only the site's config does."""
    words = "<p>قال الوزير إن الحكومة ستعلن عن خطة جديدة</p>"
    server.page(
        "/named",
        Reply(words.encode("cp1256"), headers={"Content-Type": "text/html; charset=windows-1256"}),
    )
    server.page("/silent", Reply(words.encode("cp1256"), headers={"Content-Type": "text/html"}))
    assert get(server.url("/named")).text == words
    assert get(server.url("/silent"), charset="windows-1256").text == words


def test_unchanged_page_is_not_modified(server):
    """Validators go out as given, and 304 comes back as NotModified."""
    server.page(
        "/a", lambda r: Reply(status=304) if r.headers.get("if-none-match") == '"1"' else html()
    )
    known = Validators(etag='"1"', last_modified="Fri, 22 Nov 2024 08:40:00 GMT")
    assert get(server.url("/a"), None, known) == NotModified(url=server.url("/a"))
    assert server.requests[-1].headers["if-modified-since"] == known.last_modified


def test_not_modified_without_validators_is_a_failure(server):
    """A 304 that nobody asked for is no page and no "unchanged"."""
    server.page("/a", Reply(status=304))
    assert str(failure(server.url("/a")).reason or "") == "status 304"


@pytest.mark.parametrize(
    ("contact", "agent"),
    [
        ("", f"feedmaker/{feedmaker.__version__}"),
        ("https://me.example/bot", f"feedmaker/{feedmaker.__version__} (+https://me.example/bot)"),
    ],
)
def test_user_agent_says_who_asks(server, contact, agent):
    """The user agent is our name and version, with the contact where one is configured; robots.txt
    included.
    """
    server.page("/a")
    get(server.url("/a"), settings=Settings(contact=contact))
    assert {r.headers["user-agent"] for r in server.requests} == {agent}
    assert len(server.requests) == 2


def test_site_may_set_headers_and_cookies(server):
    """A site's headers (also instead of ours) and cookies are sent to its own host, Arabic letters
    as UTF-8.
    """
    server.page("/a")
    get(
        server.url("/a"),
        headers={"X-Key": "k1", "accept": "text/html"},
        cookies={"a": "1", "b": "ب"},
    )
    sent = server.requests[-1].headers
    assert (sent["x-key"], sent["accept"]) == ("k1", "text/html")
    assert sent["cookie"].encode("latin-1").decode() == "a=1; b=ب"


def test_header_that_cannot_be_sent_is_a_clear_failure(server):
    """A line break in a configured header does not become a second header."""
    server.page("/a")
    assert "headers and cookies" in str(
        failure(server.url("/a"), headers={"X-Key": "a\r\nX-Evil: b"}).reason or ""
    )
    assert server.requests == []


# ---- statuses and further tries


@pytest.mark.parametrize(
    ("status", "requests", "gone"),
    [
        *(
            (404, 1, True),
            (410, 1, True),
            (403, 1, False),
            (204, 1, False),
            (501, 1, False),
            (505, 1, False),
        ),
        *((status, 1, False) for status in (429, 503)),
        *((status, 3, False) for status in (500, 502, 504)),
    ],
)
def test_status_is_told_and_tried_again_where_that_may_help(server, status, requests, gone):
    """5xx but 503 are asked twice more, others never; the error has the status and knows whether
    the page is gone.
    """
    server.page("/a", Reply(status=status))
    error = failure(server.url("/a"))
    assert (str(error.reason or ""), error.status, error.gone) == (f"status {status}", status, gone)
    assert len(server.paths()) == requests


def test_growing_pauses_between_tries(server):
    """The second pause is twice the first."""
    server.page("/a", Reply(status=500))
    failure(server.url("/a"))
    first, second, third = (r.at for r in server.requests if r.path == "/a")
    assert second - first >= 0.05
    assert third - second >= 0.1


def test_trouble_that_passes_is_not_noticed(server):
    """After a dropped connection and a 502 the page comes all the same."""
    answers = iter([Reply(hang_up=True), Reply(status=502), html()])
    server.page("/a", lambda _: next(answers))
    assert isinstance(get(server.url("/a")), Page)


def test_dropped_connections_are_told(server):
    """A server that always hangs up is named as such."""
    server.page("/a", Reply(hang_up=True))
    assert str(failure(server.url("/a")).reason or "") == "the connection broke off"


def test_refused_connection_is_told():
    """A closed port says so."""
    with socket.create_server(("127.0.0.1", 0)) as closed:
        port = closed.getsockname()[1]
    assert str(failure(f"http://127.0.0.1:{port}/").reason or "") == "connection refused"


@pytest.mark.parametrize("form", ["seconds", "date"])
def test_short_retry_after_is_waited_for(server, form):
    """Retry-After of a second or two, as a number or a date, is kept before the next try."""

    def busy(_):
        if len(server.paths()) > 1:
            return html()
        until = format_datetime(
            datetime.now(UTC).replace(microsecond=0) + timedelta(seconds=2), usegmt=True
        )
        return Reply(status=500, headers={"Retry-After": "1" if form == "seconds" else until})

    server.page("/a", busy)
    get(server.url("/a"))
    first, second = (r.at for r in server.requests if r.path == "/a")
    assert second - first >= 0.99


def test_long_retry_after_is_handed_on(server):
    """Nobody waits for an hour: the error says until when, after one request."""
    server.page("/a", Reply(status=503, headers={"Retry-After": "3600"}))
    error = failure(server.url("/a"))
    assert error.status == 503
    assert abs(error.retry_at - datetime.now(UTC) - timedelta(hours=1)) < timedelta(minutes=1)
    assert server.paths() == ["/a"]


def test_too_many_requests_holds_the_whole_host(server):
    """After a 429 with a long Retry-After no other page of that host is asked for."""
    server.page("/a", Reply(status=429, headers={"Retry-After": "3600"}))
    server.page("/b")
    site = site_of(server.url())

    async def run() -> list[str]:
        async with Fetcher(Settings()) as fetcher:
            reasons = []
            for path in "/a", "/b":
                with pytest.raises(FetchError) as caught:
                    await fetcher.get(server.url(path), site.fetch_limits)
                assert caught.value.retry_at > datetime.now(UTC) + timedelta(minutes=59)
                reasons.append(str(caught.value.reason or ""))
            return reasons

    assert asyncio.run(run()) == [
        "status 429",
        "the host asks for a longer pause: status 429",
    ]
    assert server.paths() == ["/a"]


@given(
    st.text()
    | st.integers().map(str)
    | st.datetimes().map(lambda d: format_datetime(d.replace(tzinfo=UTC)))
)
def test_any_retry_after_is_seconds_or_nothing(value):
    """Whatever a server writes there, we get seconds between none and a month, or None."""
    seconds = retry_after(value, datetime(2026, 11, 22, tzinfo=UTC))
    assert seconds is None or 0 <= seconds <= 30 * 86400


# ---- time


@pytest.mark.parametrize("kind", ["silent", "dripping"])
def test_one_request_takes_no_longer_than_its_time(server, kind):
    """A server that says nothing, or drips for ever, is given up when the time is over, and not
    asked again.
    """

    def drip():
        for _ in range(400):
            time.sleep(0.05)
            yield b"<p>.</p>"

    def silent(_):
        time.sleep(8)
        return Reply(hang_up=True)

    server.page(
        "/a",
        silent
        if kind == "silent"
        else lambda _: Reply(parts=drip(), headers={"Content-Type": "text/html"}),
    )
    started = time.monotonic()
    error = failure(server.url("/a"), timeout=0.5)
    assert str(error.reason or "") == "no whole answer within 0.5 s"
    assert time.monotonic() - started < 5
    assert server.paths() == ["/a"]


def test_tries_and_redirects_share_the_time(server):
    """Redirects that each stay within the time do not add up to more."""

    def slow(request):
        time.sleep(0.4)
        return redirect(request.path + "x")

    for length in range(8):
        server.page("/" + "x" * length, slow)
    started = time.monotonic()
    assert "no whole answer" in str(failure(server.url("/"), timeout=1.0).reason or "")
    assert time.monotonic() - started < 2.8


def test_cancelled_requests_leave_the_fetcher_sound(server):
    """Requests cancelled by an outer time limit give their turns back, again and again."""
    server.page("/slow", lambda _: time.sleep(0.3) or html())
    server.page("/a")
    site = site_of(server.url(), concurrency=1)

    async def run() -> Page | NotModified:
        async with Fetcher(Settings()) as fetcher:
            await fetcher.get(server.url("/a"), site.fetch_limits)
            for _ in range(20):
                with pytest.raises(TimeoutError):
                    async with asyncio.timeout(0.02):
                        await asyncio.gather(
                            *(fetcher.get(server.url("/slow"), site.fetch_limits) for _ in range(3))
                        )
            return await asyncio.wait_for(fetcher.get(server.url("/a"), site.fetch_limits), 5)

    assert isinstance(asyncio.run(run()), Page)


# ---- size

PACKERS = {
    "gzip": gzip.compress,
    "deflate": zlib.compress,
    "br": lambda data: brotli.compress(data, quality=5),
    "zstd": zstandard.compress,
}


@pytest.mark.parametrize("coding", PACKERS)
def test_packed_pages_are_unpacked(server, coding):
    """Each coding that we say we accept, and deflate, gives the page."""
    text = "<p>نص الخبر</p>" * 1000
    server.page(
        "/a",
        Reply(
            PACKERS[coding](text.encode()),
            headers={"Content-Encoding": coding, "Content-Type": "text/html"},
        ),
    )
    assert get(server.url("/a")).text == text
    offered = server.requests[-1].headers["accept-encoding"]
    assert coding in offered or coding == "deflate"


def test_bare_deflate_and_joined_gzip_are_unpacked():
    """Two things servers do: deflate without the zlib wrapper, and gzip members one after the
    other.
    """
    squeeze = zlib.compressobj(wbits=-15)
    assert (
        response_body.unpack(squeeze.compress(b"a" * 99) + squeeze.flush(), "deflate", 1000)
        == b"a" * 99
    )
    assert (
        response_body.unpack(gzip.compress(b"one ") + gzip.compress(b"two"), "gzip", 1000)
        == b"one two"
    )


def test_frames_of_zstandard_are_one_body():
    """As of gzip; what stands between them, or behind them, is passed over."""
    skipped = (0x184D2A50).to_bytes(4, "little") + (3).to_bytes(4, "little") + b"abc"
    one, two = zstandard.compress(b"one "), zstandard.compress(b"two")
    for data in (one + two, one + skipped + two, one + two + skipped):
        assert response_body.unpack(data, "zstd", 1000) == b"one two"
    assert response_body.unpack(zstandard.compress(b"x") * 1000, "zstd", 5000) == b"x" * 1000
    with pytest.raises(RefusedError, match="cut off"):
        response_body.unpack(one + two[:-2], "zstd", 1000)


@pytest.mark.parametrize("coding", PACKERS)
def test_bombs_are_cut_off(server, coding):
    """A body that would unpack to 100 MB is refused, and never more than the limit is unpacked of
    it.
    """
    bomb = PACKERS[coding](bytes(100_000_000))
    assert len(response_body.unpack(bomb, coding, 1_000_000)) == 1_000_001
    server.page(
        "/a", Reply(bomb, headers={"Content-Encoding": coding, "Content-Type": "text/html"})
    )
    assert str(failure(server.url("/a")).reason or "") == "larger than 5,000,000 bytes"


def test_bomb_inside_a_bomb_is_cut_off():
    """Packing twice does not get around the limit, and packing many times is refused outright."""
    twice = gzip.compress(gzip.compress(bytes(100_000_000)))
    assert len(response_body.unpack(twice, "gzip, gzip", 50_000)) == 50_001
    with pytest.raises(RefusedError, match="too many"):
        response_body.unpack(twice, "gzip, gzip, gzip, gzip", 50_000)


def test_many_tiny_gzip_members_cost_nothing():
    """Each member of a gzip body costs a copy of the rest; after a few of them nobody looks
    further.
    """
    assert len(response_body.unpack(gzip.compress(b"x") * 100_000, "gzip", 1_000_000)) <= 16


@pytest.mark.parametrize("coding", PACKERS)
def test_packed_page_that_is_cut_off_is_no_page(server, coding):
    """Half a story is none, though what came of it unpacks; only the stream's own last bytes may be
    missing.
    """
    whole = (
        b"<html><body>"
        + b"".join(b"<p>word %d of the story</p>" % n for n in range(20_000))
        + b"</body></html>"
    )
    packed = PACKERS[coding](whole)
    headers = {"Content-Encoding": coding, "Content-Type": "text/html"}
    server.page("/a", Reply(packed[: len(packed) * 3 // 5], headers=headers))
    assert str(failure(server.url("/a"), retries=0).reason or "") == f"{coding} body cut off"
    if coding in ("gzip", "deflate"):  # others pack the end with the rest
        server.page("/a", Reply(packed[:-3], headers=headers))
        assert get(server.url("/a")).content == whole


@pytest.mark.parametrize("coding", PACKERS)
@given(data=st.binary(max_size=200))
def test_broken_packing_is_a_clear_failure(coding, data):
    """Bytes that are not what their coding says give a BodyError or some bytes, nothing else."""
    try:
        unpacked = response_body.unpack(data, coding, 1000)
    except RefusedError:
        return
    assert len(unpacked) <= 1001


def test_declared_size_is_believed_at_once(server):
    """A page that says that it is too large is not read."""
    server.page("/a", Reply(b"x" * 3000, headers={"Content-Type": "text/html"}))
    assert str(failure(server.url("/a"), max_bytes=2000).reason or "") == "larger than 2,000 bytes"


def test_endless_page_is_cut_off(server):
    """A body without a length is read up to the limit and no further."""
    sent = itertools.count()

    def endless():
        while True:
            next(sent)
            yield b"<p>x</p>" * 10_000

    server.page("/a", lambda _: Reply(parts=endless(), headers={"Content-Type": "text/html"}))
    assert (
        str(failure(server.url("/a"), max_bytes=500_000).reason or "")
        == "larger than 500,000 bytes"
    )
    assert next(sent) * 80_000 < 20_000_000  # what sockets hold, at most


# ---- kinds of content


@pytest.mark.parametrize(
    "kind",
    [
        "text/html",
        "application/xhtml+xml",
        "application/rss+xml",
        "text/xml; charset=utf-8",
        "application/ld+json",
        "text/plain",
        "",
        "application/octet-stream",
        "html",
    ],
)
def test_pages_are_accepted_by_type(server, kind):
    """HTML, XML, JSON and text are pages; where the type tells nothing, text is one."""
    server.page("/a", Reply("<p>نص</p>".encode(), headers={"Content-Type": kind} if kind else {}))
    assert get(server.url("/a")).text == "<p>نص</p>"


@pytest.mark.parametrize(
    "kind", ["application/pdf", "image/svg+xml", "video/mp4", "application/zip", "font/woff2"]
)
def test_files_are_refused_by_type(server, kind):
    """A file of another kind is refused by name, before its body is read."""

    def endless():
        while True:
            yield bytes(100_000)

    server.page("/a", lambda _: Reply(parts=endless(), headers={"Content-Type": kind}))
    assert str(failure(server.url("/a")).reason or "") == f"not a page: {kind}"


@pytest.mark.parametrize(
    ("kind", "body", "is_page"),
    [
        ("application/javascript", b'{"version": "https://jsonfeed.org/version/1.1"}', True),
        ("application/msword", b"\xef\xbb\xbf\n<!DOCTYPE HTML><p>x", True),
        ("application/x-httpd-php", b"<HTML><p>x", True),
        ("image/jpeg", b"<!doctype html><p>x", True),
        ("image/svg+xml", b"<?xml version='1.0'?><svg/>", False),
        ("application/javascript", b"{const a = 1}", False),
        ("application/pdf", b"%PDF-1.7 <html>", False),
        ("application/msword", b"", False),
    ],
)
@pytest.mark.parametrize("coding", ["", "gzip"])
def test_a_page_is_known_by_its_beginning_whatever_its_server_calls_it(
    server, kind, body, is_page, coding
):
    """HTML, XML and JSON; of what is called a picture only HTML."""
    sent = gzip.compress(body, mtime=0) if coding else body
    headers = {"Content-Type": kind} | ({"Content-Encoding": coding} if coding else {})
    server.page("/a", Reply(sent, headers=headers))
    if is_page:
        assert get(server.url("/a")).content == body
    else:
        assert str(failure(server.url("/a")).reason) == f"not a page: {kind}"


@pytest.mark.parametrize(
    ("content", "kind", "reason"),
    [
        (b"%PDF-1.7\n" + bytes(99), "text/html", "not a page: application/pdf"),
        (b"\xff\xd8\xff\xe0" + bytes(99), "text/html", "not a page: image/jpeg"),
        (b"\x01\x02\x03\x04", "", "not a page: binary data"),
        (b"", "text/html", "empty page"),
        (gzip.compress(b"", mtime=0), "application/gzip", "empty page"),
        (gzip.compress(bytes(99), mtime=0), "application/gzip", "not a page: binary data"),
    ],
)
def test_bytes_that_are_no_page_are_refused(server, content, kind, reason):
    """A wrong label does not make a page of a file, and nothing is no page."""
    server.page("/a", Reply(content, headers={"Content-Type": kind} if kind else {}))
    assert str(failure(server.url("/a")).reason or "") == reason


@pytest.mark.parametrize(
    "kind",
    ["application/gzip", "application/x-gzip", "application/xml", "application/octet-stream"],
)
def test_packed_sitemaps_are_unpacked(server, kind):
    """A `.xml.gz` file comes as the XML inside it, whatever it is called."""
    sitemap = '<?xml version="1.0" encoding="UTF-8"?><urlset/>'
    server.page(
        "/sitemap.xml.gz", Reply(gzip.compress(sitemap.encode()), headers={"Content-Type": kind})
    )
    assert get(server.url("/sitemap.xml.gz")).text == sitemap


def test_packed_sitemap_has_the_same_limit(server):
    """A sitemap that unpacks beyond the limit is refused."""
    bomb = gzip.compress(b"<a/>" * 1_000_000)
    server.page("/sitemap.xml.gz", Reply(bomb, headers={"Content-Type": "application/gzip"}))
    assert (
        str(failure(server.url("/sitemap.xml.gz"), max_bytes=100_000).reason or "")
        == "larger than 100,000 bytes"
    )


# ---- redirects


def test_redirects_lead_to_the_page(server):
    """Relative, absolute and raw Arabic locations are followed; the page has the last URL."""
    server.page("/a", redirect("b", 301))
    server.page("/b", redirect(server.url("/c/./d#part"), 307))
    server.page("/c/d", redirect("/خبر".encode().decode("latin-1"), 308))
    server.page("/%D8%AE%D8%A8%D8%B1")
    assert get(server.url("/a")).url == server.url("/%D8%AE%D8%A8%D8%B1")


def test_redirect_loop_is_told(server):
    """A circle is noticed when it closes."""
    server.page("/a", redirect("/b"))
    server.page("/b", redirect("/a"))
    assert str(failure(server.url("/a")).reason or "") == "redirect loop"
    assert server.paths() == ["/a", "/b"]


def test_redirects_are_limited(server):
    """No more are followed than the config says."""
    server.page("/0", redirect("/1"))
    server.page("/1", redirect("/2"))
    server.page("/2")
    assert isinstance(get(server.url("/0"), max_redirects=2), Page)
    assert str(failure(server.url("/0"), max_redirects=1).reason or "") == "too many redirects"


def test_circle_that_sets_a_cookie_is_walked(server):
    """A page that sends one back to itself to see its cookie is had; the cookie ends with the page."""
    server.page(
        "/a",
        lambda r: (
            html()
            if "seen=1" in r.headers.get("cookie", "")
            else redirect("/a", Set_Cookie="seen=1")
        ),
    )
    server.page("/b")
    site = site_of(server.url(), cookies={"own": "2"})

    async def run() -> None:
        async with Fetcher(Settings()) as fetcher:
            for path in "/a", "/b":
                await fetcher.get(server.url(path), site.fetch_limits)

    asyncio.run(run())
    assert [r.headers["cookie"] for r in server.requests[1:]] == ["own=2", "seen=1; own=2", "own=2"]


@pytest.mark.parametrize(
    "location", ["ftp://127.0.0.1/", "file:///etc/passwd", "javascript:alert(1)", "http://["]
)
def test_redirects_elsewhere_are_refused(server, location):
    """Only http and https are followed."""
    server.page("/a", redirect(location))
    assert str(failure(server.url("/a")).reason or "").startswith("redirected to")


def test_redirect_without_location_is_told(server):
    """A redirect to nowhere is no page."""
    server.page("/a", Reply(status=302))
    assert str(failure(server.url("/a")).reason or "") == "status 302 without a Location"


# ---- URLs and secrets


@pytest.mark.parametrize(
    "url",
    [
        "",
        "x",
        "ftp://x/",
        "mailto:a@b",
        "http://",
        "http://[::1",
        "http://a:99999/",
        "http://a b/",
        "https://.test/",
        f"https://{'a' * 64}.test/",
        "http://XN--",
        "https://www.xn--a-.test/",
    ],
)
def test_what_is_no_web_address_is_refused(url):
    """A URL that cannot be asked for gives a FetchError that names it."""
    error = failure(url, site_of("http://127.0.0.1/"))
    assert error.url == url
    assert str(error.reason or "")


@settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=200
)
@given(
    st.text(max_size=30),
    st.sampled_from(["", "http://", "https://x.test/", "http://x.test:", "http://u:p@"]),
)
def test_wild_urls_give_fetch_errors_only(monkeypatch, text, prefix):
    """No text is so strange that asking for it raises anything else."""

    def unknown(*_, **__):
        raise socket.gaierror(socket.EAI_NONAME, "unknown")

    with monkeypatch.context() as patched:
        patched.setattr(socket, "getaddrinfo", unknown)
        failure(prefix + text, site_of("http://home.test/"))


def test_nothing_secret_is_logged_or_told(server, caplog):
    """At the most talkative level neither log nor error shows a cookie, a header's value or a
    password.
    """
    caplog.set_level(logging.DEBUG, "feedmaker")
    server.page("/a", Reply(status=500, headers={"Set-Cookie": "hush-4"}))
    address = server.url("/a").replace("//", "//user:hush-1@")
    error = failure(
        address, site_of(server.url(), headers={"X-Key": "hush-2"}, cookies={"c": "hush-3"})
    )
    assert "hush" not in caplog.text + str(error) + repr(error.__cause__)
    assert "status 500" in caplog.text
    assert "authorization" not in server.requests[-1].headers


# ---- TLS and HTTP/2


def test_pages_over_http2(monkeypatch):
    """Over TLS HTTP/2 is spoken: many pages, larger than one window, on few connections."""
    monkeypatch.setenv("SSL_CERT_FILE", str(CERTIFICATE))
    text = "<p>نص</p>" * 30_000
    with Http2Server() as server:
        server.page("/a", html(text))
        site = site_of(server.url())

        async def run() -> list[Page | NotModified]:
            async with Fetcher(Settings()) as fetcher:
                await fetcher.get(server.url("/a"), site.fetch_limits)
                return await asyncio.gather(
                    *(fetcher.get(server.url(f"/a?{n}"), site.fetch_limits) for n in range(10))
                )

        pages = asyncio.run(run())
        assert all(text in page.text for page in pages)
        assert server.connections == 1


def test_http2_connections_that_end_are_replaced(monkeypatch):
    """A server that ends its connections after two requests each costs no page."""
    monkeypatch.setenv("SSL_CERT_FILE", str(CERTIFICATE))
    with Http2Server(lasts=2) as server:
        server.page("/a")
        site = site_of(server.url())

        async def run() -> list[Page | NotModified]:
            async with Fetcher(Settings()) as fetcher:
                return [
                    await fetcher.get(server.url(f"/a?{n}"), site.fetch_limits) for n in range(6)
                ]

        assert len(asyncio.run(run())) == 6
        assert 3 <= server.connections <= 5


def test_http2_survives_requests_that_are_cut_off(monkeypatch):
    """Pages that are too large, and requests cancelled on the way, leave the shared connection or a
    new one to use.
    """
    monkeypatch.setenv("SSL_CERT_FILE", str(CERTIFICATE))
    with Http2Server() as server:
        server.page("/a")
        server.page("/large", html("x" * 200_000))
        site = site_of(server.url(), max_bytes=100_000, concurrency=4)

        async def run() -> Page | NotModified:
            async with Fetcher(Settings()) as fetcher:
                await fetcher.get(server.url("/a"), site.fetch_limits)
                for _ in range(10):
                    await asyncio.gather(
                        *(fetcher.get(server.url("/large"), site.fetch_limits) for _ in range(4)),
                        return_exceptions=True,
                    )
                    with contextlib.suppress(TimeoutError):
                        await asyncio.wait_for(
                            fetcher.get(server.url("/large"), site.fetch_limits), 0.001
                        )
                return await fetcher.get(server.url("/a"), site.fetch_limits)

        assert isinstance(asyncio.run(run()), Page)


def test_silent_tls_server_is_given_up():
    """A server that takes the connection and never says hello costs the time of a connection, no
    more.
    """
    with socket.create_server(("127.0.0.1", 0)) as silent:
        address = f"https://127.0.0.1:{silent.getsockname()[1]}/"
        assert str(failure(address, timeout=0.6, retries=0).reason or "") == "no connection in time"


def test_handshake_that_is_cancelled_leaves_no_connection_behind():
    """A run that ends in the middle of a TLS handshake closes the connection at once."""

    async def run(address: str) -> None:
        async with Fetcher(Settings()) as fetcher:
            with pytest.raises(TimeoutError):
                await asyncio.wait_for(fetcher.get(address, site_of(address).fetch_limits), 0.2)

    with socket.create_server(("127.0.0.1", 0)) as silent:
        asyncio.run(run(f"https://127.0.0.1:{silent.getsockname()[1]}/"))
        silent.settimeout(2)
        peer, _ = silent.accept()
        with peer:
            peer.settimeout(2)
            while peer.recv(65536):
                pass  # the client's hello, then the end


@pytest.mark.parametrize("trusted", [True, False])
def test_certificates_are_checked(monkeypatch, trusted):
    """A certificate counts if SSL_CERT_FILE knows it; else the error says what is wrong, after one
    try.
    """
    if trusted:
        monkeypatch.setenv("SSL_CERT_FILE", str(CERTIFICATE))
    with Server(tls=True) as server:
        server.page("/a")
        if trusted:
            assert isinstance(get(server.url("/a")), Page)
        else:
            assert str(failure(server.url("/a")).reason or "").startswith(
                "TLS: certificate not accepted (self"
            )
            assert server.requests == []


def test_kept_connection_that_the_server_ended_is_replaced(server):
    """A server that closes idle connections costs neither a page nor another try."""

    class Impatient(server._server.RequestHandlerClass):
        timeout = 0.1

    server._server.RequestHandlerClass = Impatient
    server.page("/a")
    site = site_of(server.url(), retries=0)

    async def run() -> None:
        async with Fetcher(Settings()) as fetcher:
            for _ in range(3):
                await fetcher.get(server.url("/a"), site.fetch_limits)
                await asyncio.sleep(0.3)

    asyncio.run(run())
    assert server.paths() == ["/a"] * 3


def test_connections_are_used_again(server):
    """One connection serves pages, errors and unchanged pages one after the other."""
    server.page("/a", lambda r: Reply(status=304) if "if-none-match" in r.headers else html())
    site = site_of(server.url())
    peers = set()
    handler = server._server.RequestHandlerClass

    async def run() -> None:
        async with Fetcher(Settings()) as fetcher:
            await fetcher.get(server.url("/a"), site.fetch_limits)
            await fetcher.get(server.url("/a"), site.fetch_limits, Validators(etag='"1"'))
            with pytest.raises(FetchError):
                await fetcher.get(server.url("/none"), site.fetch_limits)
            await fetcher.get(server.url("/a"), site.fetch_limits)

    class Watched(handler):
        def handle(self) -> None:
            peers.add(self.client_address)
            super().handle()

    server._server.RequestHandlerClass = Watched
    asyncio.run(run())
    assert len(server.requests) == 5
    assert len(peers) == 1
