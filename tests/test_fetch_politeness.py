"""Politeness, counted by the server: how many requests at a time, how far apart, and what robots.txt closes."""

from __future__ import annotations

import asyncio
import socket
import time
from collections import Counter
from itertools import pairwise

import pytest
from servers import Reply, Server, html, redirect

from feedmaker.errors import FetchError
from feedmaker.fetch import Fetcher, guard, limits
from feedmaker.fetch import fetcher as module
from feedmaker.model import Fetching, Page, Settings, Site

DAY = 86400


@pytest.fixture
def server():
    """A server with a good page at /a."""
    with Server() as running:
        running.page("/a")
        yield running


@pytest.fixture(autouse=True)
def quick(monkeypatch):
    """No backoff worth waiting for."""
    monkeypatch.setattr(module, "_BACKOFF", 0.01)


@pytest.fixture
def internet(monkeypatch):
    """All names under .test lead to loopback, which plays the open internet."""

    def resolve(host, port, *_, **__):
        if not host.endswith(".test"):
            raise socket.gaierror(socket.EAI_NONAME, "unknown")
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("127.0.0.1", port))]

    monkeypatch.setattr(socket, "getaddrinfo", resolve)
    monkeypatch.setattr(guard, "is_public", lambda _: True)


def site_of(server: Server, host: str = "127.0.0.1", **fetching) -> Site:
    """A site at home on a server."""
    keys = {"delay": 0.0, "timeout": 10.0} | fetching
    return Site(slug="s", name="s", home=server.url("/", host), sections=(), fetch=Fetching(**keys))


def fetch_all(site: Site, addresses: list[str], robots=None) -> list[Page | str]:
    """All addresses at once by one Fetcher: pages, and the reasons of failures."""

    async def one(fetcher: Fetcher, url: str):
        try:
            return await fetcher.get(url, site)
        except FetchError as error:
            return error.reason

    async def run():
        async with Fetcher(Settings(), robots) as fetcher:
            return await asyncio.gather(*(one(fetcher, url) for url in addresses))

    return asyncio.run(run())


def starts(server: Server) -> list[float]:
    """When requests came, robots.txt included."""
    return sorted(r.at for r in server.requests)


# ---- limits


def test_no_more_than_the_allowed_requests_at_a_time(server):
    """With three allowed, three are under way at the most, and also at some moment."""
    server.page("/slow", lambda _: time.sleep(0.1) or html())
    pages = fetch_all(site_of(server, concurrency=3), [server.url(f"/slow?{n}") for n in range(15)])
    assert all(isinstance(page, Page) for page in pages)
    assert server.most_at_once == 3


def test_requests_to_a_host_start_apart(server):
    """The delay is between the starts of any two requests to one host, robots.txt and failed ones included."""
    fetch_all(
        site_of(server, delay=0.15, concurrency=5), [server.url(path) for path in ("/a", "/none", "/a?2", "/a?3")]
    )
    came = starts(server)
    assert len(came) == 5
    # A moment between our start and the server's notice is the machine's.
    assert min(later - sooner for sooner, later in pairwise(came)) > 0.05
    assert came[-1] - came[0] > 4 * 0.15 - 0.05


@pytest.mark.usefixtures("internet")
def test_hosts_do_not_wait_for_each_other(server):
    """Twenty hosts with one request each do not stand in one queue; the cap on all of them holds."""
    server.page("/slow", lambda _: time.sleep(0.2) or html())
    site = site_of(server, "home.test", delay=60.0)
    robots = {server.url("", f"h{n}.test"): ("", time.time()) for n in range(20)}
    addresses = [server.url("/slow", f"h{n}.test") for n in range(20)]
    assert all(isinstance(page, Page) for page in fetch_all(site, addresses, robots))
    assert 5 <= server.most_at_once <= module.CONNECTIONS


@pytest.mark.usefixtures("internet")
def test_article_hosts_have_their_own_limits(server):
    """The limit goes by the article's host: two hosts with one request at a time each have two under way."""
    server.page("/slow", lambda _: time.sleep(0.1) or html())
    site = site_of(server, "home.test", concurrency=1)
    fetch_all(site, [server.url(f"/slow?{n}", host) for n in range(4) for host in ("a.test", "b.test")])
    assert server.most_at_once == 2


def test_two_sites_share_the_limits_of_one_host(server):
    """A host that two sites link to sees the requests of both in one queue."""
    server.page("/slow", lambda _: time.sleep(0.1) or html())
    one, other = site_of(server, concurrency=1), site_of(server, concurrency=1, retries=0)

    async def run():
        async with Fetcher(Settings()) as fetcher:
            await asyncio.gather(*(fetcher.get(server.url(f"/slow?{n}"), (one, other)[n % 2]) for n in range(6)))

    asyncio.run(run())
    assert server.most_at_once == 1


# ---- robots.txt

CLOSED = b"User-agent: *\nDisallow: /private/\n"


def robots_of(server: Server, text: bytes = CLOSED, **keys) -> None:
    """Give the server a robots.txt."""
    server.page("/robots.txt", Reply(text, headers={"Content-Type": "text/plain"}, **keys))


def test_closed_paths_are_not_asked_for(server):
    """What robots.txt closes gives an error that says so, without a request."""
    robots_of(server)
    page, reason = fetch_all(site_of(server), [server.url("/a"), server.url("/private/b")])
    assert isinstance(page, Page)
    assert reason == "closed by robots.txt"
    assert Counter(r.path for r in server.requests) == {"/robots.txt": 1, "/a": 1}


def test_rules_for_our_name_come_before_those_for_all(server):
    """A group that names feedmaker is ours, whatever is said to others (RFC 9309 section 2.2.1)."""
    robots_of(server, b"User-agent: *\nDisallow: /\n\nUser-agent: FeedMaker\nDisallow: /b\n")
    page, reason = fetch_all(site_of(server), [server.url("/a"), server.url("/b")])
    assert isinstance(page, Page)
    assert reason == "closed by robots.txt"


@pytest.mark.parametrize("status", [401, 403, 404, 410])
def test_no_robots_txt_allows_everything(server, status):
    """A 4xx means that there are no rules (RFC 9309 section 2.3.1.3)."""
    robots_of(server, status=status)
    assert isinstance(fetch_all(site_of(server), [server.url("/a")])[0], Page)


@pytest.mark.parametrize("status", [500, 503, 501])
def test_broken_robots_txt_closes_the_host_for_now(server, status):
    """A 5xx means that nothing may be asked (RFC 9309 section 2.3.1.4); it is tried once for all pages of the run."""
    robots_of(server, status=status)
    kept: dict[str, tuple[str, float]] = {}
    site = site_of(server, retries=0)
    reasons = fetch_all(site, [server.url("/a"), server.url("/a?2")], kept)
    assert set(reasons) == {f"robots.txt answers status {status}, so nothing is asked"}
    assert server.paths(robots=True) == ["/robots.txt"]
    assert kept == {}


def test_host_that_is_down_is_asked_once():
    """The reason is the host's, not its robots.txt's, and a second page of it costs no second try."""
    with socket.create_server(("127.0.0.1", 0)) as closed:
        port = closed.getsockname()[1]
    with Server() as server:
        server.port = port
        assert fetch_all(site_of(server, retries=0), [server.url("/a"), server.url("/b")]) == ["connection refused"] * 2


def test_robots_txt_is_kept_from_run_to_run(server):
    """A copy younger than a day serves the next run, which then asks for nothing but its page."""
    robots_of(server)
    kept: dict[str, tuple[str, float]] = {}
    fetch_all(site_of(server), [server.url("/a")], kept)
    origin = server.url("")
    assert kept[origin][0] == CLOSED.decode()
    assert abs(kept[origin][1] - time.time()) < 60
    before = dict(kept)
    fetch_all(site_of(server), [server.url("/a"), server.url("/private/b")], kept)
    assert kept == before
    assert server.paths(robots=True) == ["/robots.txt", "/a", "/a"]


@pytest.mark.parametrize(("status", "text"), [(200, CLOSED.decode()), (404, ""), (503, "old")])
def test_old_copy_is_renewed_or_used_for_want_of_a_new_one(server, status, text):
    """After a day robots.txt is asked for again; while it cannot be had, the old copy holds (RFC 9309 section 2.4)."""
    robots_of(server, status=status)
    origin = server.url("")
    kept = {origin: ("old", time.time() - DAY - 60)}
    assert isinstance(fetch_all(site_of(server, retries=0), [server.url("/a")], kept)[0], Page)
    assert kept[origin][0] == text
    assert "/robots.txt" in server.paths(robots=True)


def test_copy_from_the_future_is_not_believed(server):
    """A clock that was wrong once does not keep a robots.txt for ever."""
    robots_of(server)
    kept = {server.url(""): ("User-agent: *\nDisallow: /", time.time() + 10 * DAY)}
    assert isinstance(fetch_all(site_of(server), [server.url("/a")], kept)[0], Page)


def test_crawl_delay_is_kept(server):
    """The larger of the site's delay and the host's own crawl delay is between two starts."""
    robots_of(server, b"User-agent: *\nCrawl-delay: 0.3\n")
    fetch_all(site_of(server, delay=0.01, concurrency=5), [server.url(f"/a?{n}") for n in range(3)])
    came = sorted(r.at for r in server.requests if r.path != "/robots.txt")
    assert min(later - sooner for sooner, later in pairwise(came)) > 0.2


def test_very_long_crawl_delay_is_left_to_later_runs(server, monkeypatch):
    """Nobody sleeps for hours: the first page comes, the second says that it has to wait."""
    monkeypatch.setattr(limits, "PATIENCE", 0.2)
    robots_of(server, b"User-agent: *\nCrawl-delay: 36000\n")
    # robots.txt was asked for in another run, so that the first page need not wait.
    kept = {server.url(""): ("User-agent: *\nCrawl-delay: 36000", time.time())}
    results = fetch_all(site_of(server), [server.url("/a"), server.url("/a?2")], kept)
    assert isinstance(results[0], Page)
    assert results[1] == "the host asks for a longer pause"


def test_redirects_are_under_robots_txt_too(server):
    """A redirect to a closed path is not followed."""
    robots_of(server)
    server.page("/go", redirect("/private/b"))
    server.page("/private/b")
    assert fetch_all(site_of(server), [server.url("/go")]) == ["closed by robots.txt"]
    assert server.paths() == ["/go"]


def test_robots_txt_may_be_redirected(server):
    """A redirected robots.txt counts; one that leads in a circle is none (RFC 9309 section 2.3.1.2)."""
    server.page("/robots.txt", redirect("/rules.txt"))
    server.page("/rules.txt", Reply(b"\xef\xbb\xbf" + CLOSED))
    assert fetch_all(site_of(server), [server.url("/private/b")]) == ["closed by robots.txt"]
    server.page("/robots.txt", redirect("/robots.txt"))
    assert isinstance(fetch_all(site_of(server), [server.url("/a")])[0], Page)


def test_huge_robots_txt_counts_as_far_as_it_is_read(server):
    """The rules at its start hold, and the rest costs nothing."""
    robots_of(server, CLOSED + b"# nothing\n" * 1_000_000)
    kept: dict[str, tuple[str, float]] = {}
    assert fetch_all(site_of(server), [server.url("/private/b")], kept) == ["closed by robots.txt"]
    assert len(kept[server.url("")][0]) == 512 * 1024


@pytest.mark.parametrize("text", [bytes(range(256)) * 40, b"<html><p>no rules</p></html>", b"Crawl-delay: x\nDisallow"])
def test_nonsense_in_robots_txt_closes_nothing(server, text):
    """What is no rule is none."""
    robots_of(server, text)
    assert isinstance(fetch_all(site_of(server), [server.url("/a")])[0], Page)
