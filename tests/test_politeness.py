"""Politeness, counted by the servers: first of one fetcher, then of whole runs, then of runs that
are processes.

How many requests at a time, how far apart, what robots.txt closes, what is asked again, and what
that costs.
"""

from __future__ import annotations

import asyncio
import json
import socket
import subprocess
import sys
import threading
import time
import tracemalloc
from collections import Counter, defaultdict
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from itertools import pairwise
from typing import TYPE_CHECKING

import h11
import pytest
from h2.connection import H2Connection
from news_site import NOW, News, article, listing
from servers import CERTIFICATE, Http2Server, Reply, Request, Server, html, redirect

from feedmaker import pipeline
from feedmaker.fetch import Fetcher, connections, politeness
from feedmaker.fetch import client as module
from feedmaker.model import Fetching, Page, Section, Settings, Site
from feedmaker.model.errors import FetchError
from feedmaker.store import Store

if TYPE_CHECKING:
    from pathlib import Path

DAY = 86400
HOST, OTHER = "news.test", "other.test"


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
    monkeypatch.setattr(connections, "is_public", lambda _: True)


def site_of(server: Server, host: str = "127.0.0.1", **fetching) -> Site:
    """A site at home on a server."""
    keys = {"delay": 0.0, "timeout": 10.0} | fetching
    return Site(slug="s", name="s", home=server.url("/", host), sections=(), fetch=Fetching(**keys))


def fetch_all(site: Site, addresses: list[str], robots=None) -> list[Page | str]:
    """All addresses at once by one Fetcher: pages, and the reasons of failures."""

    async def one(fetcher: Fetcher, url: str):
        try:
            return await fetcher.get(url, site.fetch_limits)
        except FetchError as error:
            return str(error.reason or "")

    async def run():
        async with Fetcher(Settings(), robots) as fetcher:
            return await asyncio.gather(*(one(fetcher, url) for url in addresses))

    return asyncio.run(run())


@pytest.fixture
def sent(monkeypatch) -> dict[str, list[float]]:
    """When requests were sent to each host, robots.txt included.

    That is told by the libraries that write HTTP/1.1 and HTTP/2, and not by the servers: on a busy
    machine one request may come late, and the next at once.
    """
    times: dict[str, list[float]] = defaultdict(list)
    send, send_headers = h11.Connection.send, H2Connection.send_headers

    def note(headers, name: bytes) -> None:
        for key, value in headers:  # of an answer there is none: the server is in this process
            if key.lower() == name:
                times[value.decode().rpartition(":")[0]].append(time.monotonic())

    def by_h11(connection, event):
        if isinstance(event, h11.Request):
            note(event.headers, b"host")
        return send(connection, event)

    def by_h2(connection, stream, headers, **named):
        note(headers, b":authority")
        return send_headers(connection, stream, headers, **named)

    monkeypatch.setattr(h11.Connection, "send", by_h11)
    monkeypatch.setattr(H2Connection, "send_headers", by_h2)
    return times


def least_gap(times: list[float]) -> float:
    """The seconds between the two requests that are nearest to each other."""
    return min(later - sooner for sooner, later in pairwise(times))


# What is left of a delay of one second: timers are inexact, and times are taken after it.
ABOUT = 0.6


def gathering(server: Server | Http2Server, count: int):
    """A page that comes once so many of the server were asked for at a time, or after a while."""

    def answer(_: Request) -> Reply:
        until = time.monotonic() + 10
        while server.most_at_once < count and time.monotonic() < until:
            time.sleep(0.005)
        time.sleep(0.02)
        return html()

    return answer


# ---- limits


def test_no_more_than_the_allowed_requests_at_a_time(server):
    """With three allowed, three are under way at the most, and also at some moment."""
    server.page("/slow", gathering(server, 3))
    pages = fetch_all(site_of(server, concurrency=3), [server.url(f"/slow?{n}") for n in range(15)])
    assert all(isinstance(page, Page) for page in pages)
    assert server.most_at_once == 3


def test_requests_to_a_host_start_apart(server, sent):
    """The delay is between the starts of any two requests to one host, robots.txt and failed ones
    included.
    """
    fetch_all(
        site_of(server, delay=0.05, concurrency=5),
        [server.url(path) for path in ("/a", "/none", "/a?2", "/a?3")],
    )
    (times,) = sent.values()
    assert len(times) == 5
    assert least_gap(times) > 0.05 * ABOUT


def test_a_slow_connection_brings_no_two_requests_together(server, sent, monkeypatch):
    """The delay is between requests as they are sent, however long each connection took to be made."""
    real, waits = connections.GuardedBackend.connect_tcp, iter([0.0, 0.15, 0.0, 0.0])

    async def slow(*given, **named):
        await asyncio.sleep(next(waits, 0.0))
        return await real(*given, **named)

    monkeypatch.setattr(connections.GuardedBackend, "connect_tcp", slow)
    server.page("/a", lambda _: time.sleep(0.1) or html())
    pages = fetch_all(
        site_of(server, delay=0.06, concurrency=3), [server.url(f"/a?{n}") for n in range(4)]
    )
    assert all(isinstance(page, Page) for page in pages)
    (times,) = sent.values()
    assert least_gap(times) > 0.06 * ABOUT


@pytest.mark.usefixtures("internet")
def test_hosts_do_not_wait_for_each_other(server):
    """Twenty hosts with one request each do not stand in one queue; the cap on all of them holds."""
    server.page("/slow", gathering(server, 5))
    site = site_of(server, "home.test", delay=60.0)
    robots = {server.url("", f"h{n}.test"): ("", time.time()) for n in range(20)}
    addresses = [server.url("/slow", f"h{n}.test") for n in range(20)]
    assert all(isinstance(page, Page) for page in fetch_all(site, addresses, robots))
    assert 5 <= server.most_at_once <= politeness.CONNECTIONS


@pytest.mark.usefixtures("internet")
def test_article_hosts_have_their_own_limits(server):
    """The limit goes by the article's host: two hosts with one request at a time each have two
    under way.
    """
    server.page("/slow", gathering(server, 2))
    site = site_of(server, "home.test", concurrency=1)
    fetch_all(
        site, [server.url(f"/slow?{n}", host) for n in range(4) for host in ("a.test", "b.test")]
    )
    assert server.most_at_once == 2


def test_two_sites_share_the_limits_of_one_host(server):
    """A host that two sites link to sees the requests of both in one queue."""
    server.page("/slow", lambda _: time.sleep(0.02) or html())
    one, other = site_of(server, concurrency=1), site_of(server, concurrency=1, retries=0)

    async def run():
        async with Fetcher(Settings()) as fetcher:
            await asyncio.gather(
                *(
                    fetcher.get(server.url(f"/slow?{n}"), (one, other)[n % 2].fetch_limits)
                    for n in range(6)
                )
            )

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


@pytest.mark.parametrize(
    ("rules", "allowed"),
    [
        (b"User-agent: *\nDisallow: /\nAllow: /a", True),
        (b"User-agent: *\nAllow: /a\nDisallow: /", True),
        (b"User-agent: *\nAllow: /\nDisallow: /a", False),
        (b"User-agent: *\nDisallow: /a\nAllow: /a", True),
        (b"User-agent: *\nDisallow: /*a$", False),
        (b"User-agent: *\nDisallow: /a/", True),
        (b"User-agent: *\nDisallow:", True),
        (b"User-agent: *\nDisallow: /%61", False),
        (b"User-agent: other\nUser-agent: feedmaker\nDisallow: /a", False),
        (b"User-agent: feedmaker\nDisallow: /b\n\nUser-agent: *\nAllow: /\n\nUser-agent: feedmaker\nDisallow: /a", 0),
        (b"user-AGENT : feedmaker # us\r\ndisALLOW : /a # this\r\n", False),
        (b"User-agent: feedmakers\nDisallow: /a", True),
        (b"Disallow: /a", True),
    ],
)  # fmt: skip
def test_the_longest_rule_of_our_groups_counts(server, rules, allowed):
    """Of equals the one that allows; patterns, groups of several names, groups apart (RFC 9309
    section 2.2).
    """
    robots_of(server, rules)
    (page,) = fetch_all(site_of(server), [server.url("/a")])
    assert isinstance(page, Page) == allowed
    assert server.paths() == ["/a"] * allowed


def test_robots_txt_that_does_not_come_closes_the_host_for_now(server):
    """Neither silence nor a connection that breaks off says that one may ask."""
    is_over = threading.Event()
    server.page("/robots.txt", lambda _: is_over.wait(30) and Reply(b""))
    silent = fetch_all(
        site_of(server, timeout=0.2, retries=0), [server.url("/a"), server.url("/a?2")]
    )
    is_over.set()
    reason = "robots.txt cannot be had, so nothing is asked: no whole answer within 0.2 s"
    assert silent == [reason] * 2
    server.page("/robots.txt", Reply(hang_up=True))
    broken = fetch_all(site_of(server, retries=0), [server.url("/a")])
    assert broken == ["the connection broke off"]
    assert server.paths() == []


@pytest.mark.parametrize("status", [401, 403, 404, 410])
def test_no_robots_txt_allows_everything(server, status):
    """A 4xx means that there are no rules (RFC 9309 section 2.3.1.3)."""
    robots_of(server, status=status)
    assert isinstance(fetch_all(site_of(server), [server.url("/a")])[0], Page)


@pytest.mark.parametrize("status", [500, 503, 501])
def test_broken_robots_txt_closes_the_host_for_now(server, status):
    """A 5xx means that nothing may be asked (RFC 9309 section 2.3.1.4); it is tried once for all
    pages of the run.
    """
    robots_of(server, status=status)
    kept: dict[str, tuple[str, float]] = {}
    site = site_of(server, retries=0)
    reasons = fetch_all(site, [server.url("/a"), server.url("/a?2")], kept)
    assert set(reasons) == {f"robots.txt cannot be had, so nothing is asked: status {status}"}
    assert server.paths(robots=True) == ["/robots.txt"]
    assert kept == {}


def test_host_that_is_down_is_asked_once():
    """The reason is the host's, not its robots.txt's, and a second page of it costs no second try."""
    with socket.create_server(("127.0.0.1", 0)) as closed:
        port = closed.getsockname()[1]
    with Server() as server:
        server.port = port
        assert (
            fetch_all(site_of(server, retries=0), [server.url("/a"), server.url("/b")])
            == ["connection refused"] * 2
        )


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
    """After a day robots.txt is asked for again; while it cannot be had, the old copy holds (RFC
    9309 section 2.4).
    """
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


def test_crawl_delay_is_kept(server, sent):
    """The larger of the site's delay and the host's own crawl delay is between two starts."""
    robots_of(server, b"User-agent: *\nCrawl-delay: 0.1\n")
    fetch_all(site_of(server, delay=0.01, concurrency=5), [server.url(f"/a?{n}") for n in range(3)])
    (times,) = sent.values()
    assert len(times) == 1 + 3
    assert least_gap(times[1:]) > 0.1 * ABOUT


@pytest.mark.parametrize("delay", ["36000", "1e300"])
def test_very_long_crawl_delay_is_left_to_later_runs(server, monkeypatch, delay):
    """Nobody sleeps for hours: the first page comes, the second says that it has to wait, a day at
    most.
    """
    monkeypatch.setattr(politeness, "PATIENCE", 0.2)
    # robots.txt was asked for in another run, so that the first page need not wait.
    kept = {server.url(""): (f"User-agent: *\nCrawl-delay: {delay}", time.time())}
    results = fetch_all(site_of(server), [server.url("/a"), server.url("/a?2")], kept)
    assert isinstance(results[0], Page)
    seconds = f"{min(float(delay), DAY):g}"
    assert (
        results[1] == f"left for a later run: the host is to have {seconds} s between two requests"
    )


def test_redirects_are_under_robots_txt_too(server):
    """A redirect to a closed path is not followed."""
    robots_of(server)
    server.page("/go", redirect("/private/b"))
    server.page("/private/b")
    assert fetch_all(site_of(server), [server.url("/go")]) == ["closed by robots.txt"]
    assert server.paths() == ["/go"]


def test_robots_txt_may_be_redirected(server):
    """A redirected robots.txt counts; one that leads in a circle is none (RFC 9309 section
    2.3.1.2).
    """
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


def test_rules_for_many_agents_cost_no_more_than_for_one():
    """A file with as many agents as rules takes no rule once for each of them."""
    agents = "".join(f"User-agent: a{number}\nUseragent f*{number}\n" for number in range(1000))
    rules = "".join(f"Disallow: /{number}\n" for number in range(1000))
    tracemalloc.start()
    known = politeness.read_rules(f"{agents}User-agent: FEED*\n{rules}")
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert most < 5_000_000
    assert not known.can_fetch("http://news.test/7", "feedmaker")
    assert known.can_fetch("http://news.test/a", "feedmaker")


@pytest.mark.parametrize(
    "line",
    ["User-agent: *", "user agent : **", "USERAGENT *", "User-agent feedmaker", "User-agent: f*"],
)
def test_our_groups_are_found_however_they_are_spelled(line):
    """As Protego reads them; one without a name begins a group that is for nobody."""
    known = politeness.read_rules(f"User-agent: other\nAllow: /\n{line} # us\nDisallow: /a")
    assert not known.can_fetch("http://news.test/a", "feedmaker")
    nobody = politeness.read_rules("User-agent: *\nDisallow: /b\nUser-agent:\nDisallow: /a")
    assert nobody.can_fetch("http://news.test/a", "feedmaker")


@pytest.mark.parametrize(
    "text", [bytes(range(256)) * 40, b"<html><p>no rules</p></html>", b"Crawl-delay: x\nDisallow"]
)
def test_nonsense_in_robots_txt_closes_nothing(server, text):
    """What is no rule is none."""
    robots_of(server, text)
    assert isinstance(fetch_all(site_of(server), [server.url("/a")])[0], Page)


# ---- whole runs


@pytest.fixture(params=["HTTP/1.1", "HTTP/2"])
def town(request, monkeypatch, internet):  # noqa: ARG001 - it leads the names here
    """A server of either kind for all hosts under .test."""
    monkeypatch.setenv("SSL_CERT_FILE", str(CERTIFICATE))
    with Server() if request.param == "HTTP/1.1" else Http2Server() as running:
        yield running


def sites_of(server: Server | Http2Server, **fetching) -> list[Site]:
    """Two sites at home on one host, and one on another whose listing links to that host, too."""
    fetch = Fetching(**{"delay": 0.0, "retries": 2} | fetching)

    def site(slug: str, host: str, *sections: str) -> Site:
        made = tuple(
            Section(slug=s, title=s, urls=(server.url(f"/{s}", host),), max_age=0) for s in sections
        )
        return Site(slug=slug, name=slug, home=server.url("/", host), sections=made, fetch=fetch)

    return [site("one", HOST, "a", "b"), site("two", HOST, "c"), site("three", OTHER, "d")]


def fill(server: Server | Http2Server, at_once: int = 0) -> None:
    """38 articles on the first host in the sections a to d, of which a and b share two.

    An article comes once so many were asked for at a time, or after a while.
    """

    def gathered(reply: Reply):
        def answer(_: Request) -> Reply:
            until = time.monotonic() + 10
            while server.most_by_host[HOST] < at_once and time.monotonic() < until:
                time.sleep(0.005)
            time.sleep(0.005 if at_once else 0)
            return reply

        return answer

    for slug, first in (("a", 0), ("b", 8), ("c", 20), ("d", 30)):
        numbers = range(first, first + 10)
        names = [f"{n}-garden-opens-again.html" for n in numbers]
        base = server.url("/", HOST)
        body = listing(*numbers).body.replace(b'href="/', f'href="{base}'.encode())
        server.page(f"/{slug}", html(body.decode(), ETag=f'"{slug}"'))
        for number, name in zip(numbers, names, strict=True):
            server.page(f"/{name}", gathered(article(number)))


def run_all(folder: Path, sites: list[Site], now: datetime = NOW) -> list:
    """One run over all sites, with a fetcher of its own and the store of the runs before."""
    settings = Settings(out=str(folder / "out"), store=str(folder / "store.sqlite"), max_age=0)
    return asyncio.run(pipeline.build_feeds(settings, sites, now=now))


@pytest.mark.parametrize("allowed", [1, 2, 5])
def test_runs_keep_to_the_requests_allowed_at_a_time(town, tmp_path, allowed):
    """Sections, sites and other sites' articles on one host together, in a first run and when all
    is asked again.
    """
    fill(town, allowed)
    sites = sites_of(town, concurrency=allowed)
    for hours in (0, 2):
        town.forget()
        assert all(report.good for report in run_all(tmp_path, sites, NOW + timedelta(hours=hours)))
        assert len(town.requests) >= 38 + 4
        assert town.most_by_host[HOST] == allowed


def test_two_requests_at_a_time_and_half_a_second_apart_is_what_is_allowed_by_default():
    """What the manual promises where the configuration says nothing."""
    assert (Fetching().concurrency, Fetching().delay) == (2, 0.5)


def test_runs_start_all_requests_to_a_host_apart(town, sent, tmp_path):
    """robots.txt, listings, articles, redirects, further tries, pages that are gone, pictures, and
    all asked again.
    """
    fill(town)
    failures = iter([Reply(status=502), Reply(status=500)])
    good = article(3)
    town.page("/3-garden-opens-again.html", lambda _: next(failures, good))
    town.page("/5-garden-opens-again.html", redirect("/moved"))
    town.page("/moved", redirect("/moved-again"))
    town.page("/moved-again", article(5))
    town.page("/7-garden-opens-again.html", Reply(status=410))
    for number in (10, 11, 12):
        picture = (
            f'<article><img src="{town.url(f"/{number}.jpg", HOST)}" width="800" height="500">'
        )
        page = article(number)
        town.page(f"/{number}-garden-opens-again.html",
                  replace(page, body=page.body.replace(b"<article>", picture.encode())))  # fmt: skip
        town.page(
            f"/{number}.jpg",
            Reply(b"\xff\xd8\xff" + b"x" * 99, headers={"Content-Type": "image/jpeg"}),
        )
    sites = sites_of(town, delay=0.05)
    for hours in (0, 2):
        town.forget()
        sent.clear()
        run_all(tmp_path, sites, NOW + timedelta(hours=hours))
        paths = [request.path for request in town.requests if request.host == HOST]
        assert len(sent[HOST]) == len(paths) > 36
        if not hours:
            assert paths.count("/3-garden-opens-again.html") == 3
            assert {"/robots.txt", "/moved-again", "/10.jpg"} <= set(paths)
        assert least_gap(sent[HOST]) > 0.05 * ABOUT


def test_unchanged_sites_cost_304s(town, tmp_path):
    """Asked again, each page is asked with what it was had with, and not one body is sent;
    robots.txt is not asked.
    """
    fill(town)
    sites = sites_of(town)
    run_all(tmp_path, sites)
    first = len(town.replies)
    assert sum(len(reply.body) for _, reply in town.replies) > 10_000
    for minutes, articles in ((20, 0), (65, 38), (90, 0), (400, 38)):
        town.forget()
        reports = run_all(tmp_path, sites, NOW + timedelta(minutes=minutes))
        assert {report.status for report in reports} == {"unchanged"}
        assert [reply.status for _, reply in town.replies] == [304] * (4 + articles)
        assert all("if-none-match" in request.headers for request in town.requests)
        assert sum(len(reply.body) for _, reply in town.replies) == 0
    assert first == 4 + 38 + 2


def test_runs_leave_alone_what_robots_txt_closes(town, sent, tmp_path):
    """Closed articles are never asked for, on whosever behalf; each robots.txt is asked once a day."""
    fill(town)
    rules = b"User-agent: *\nDisallow: /1\nAllow: /10-\nCrawl-delay: 0.05\n"
    town.page("/robots.txt", Reply(rules, headers={"Content-Type": "text/plain"}))
    sites = sites_of(town)
    for minutes in (0, 20, 70):
        sent.clear()
        run_all(tmp_path, sites, NOW + timedelta(minutes=minutes))
        pages = sent[HOST][0 if minutes else 1 :]  # the first is for robots.txt
        assert least_gap(pages) > 0.05 * ABOUT
    asked = {request.path for request in town.requests}
    closed = [f"/{n}-garden-opens-again.html" for n in (1, *range(11, 20))]
    assert asked.isdisjoint(closed)
    assert {"/10-garden-opens-again.html", "/2-garden-opens-again.html"} <= asked
    assert sorted(r.host for r in town.requests if r.path == "/robots.txt") == [HOST, OTHER]


def test_sites_that_close_all_get_no_request_but_for_robots_txt(town, tmp_path):
    """Nor does a site whose robots.txt is broken; both fail, and say why."""
    fill(town)
    town.page(
        "/robots.txt",
        lambda r: (
            Reply(b"User-agent: feedmaker\nDisallow: /") if r.host == HOST else Reply(b"", 500)
        ),
    )
    reports = run_all(tmp_path, sites_of(town, retries=0))
    *closed, broken = (str(report.reason or "").partition(": ")[2] for report in reports)
    assert closed == ["closed by robots.txt"] * 3
    assert broken == "robots.txt cannot be had, so nothing is asked: status 500"
    assert {request.path for request in town.requests} == {"/robots.txt"}
    assert len(town.requests) == 2


# ---- those that fail


@pytest.fixture
def news(tmp_path, server):
    """A site with ten articles."""
    site = News(server, tmp_path)
    site.publish(*range(10, 0, -1))
    return site


def test_a_section_that_stays_broken_is_asked_ever_more_rarely(news):
    """Runs every 20 minutes for two days ask less and less; naming the site asks at once, and so
    does a new setting.
    """
    news.run()
    news.server.page("/all", Reply(b"", 500))
    asked = []
    for run in range(144):
        news.now = NOW + timedelta(minutes=20 * (run + 1))
        (report,) = news.run()
        assert not report.good
        asked.append(len(news.server.requests))
    per_day = [sum(asked[:72]), sum(asked[72:])]
    assert per_day[0] > per_day[1] * 1.5
    assert sum(asked[:10]) == 10
    news.now = NOW + timedelta(minutes=20 * 144, seconds=1)
    with Store(news.settings.store) as store:
        assert store.sections.state("news", "all").next_poll > news.now
    news.run()
    assert news.server.requests == []
    news.run(title="عنوان جديد")
    assert [request.path for request in news.server.requests] == ["/all"]


@pytest.mark.parametrize(
    ("ahead", "broken"),
    [(timedelta(days=2), timedelta(hours=5)), (timedelta(days=4000), timedelta(0))],
)
def test_a_section_that_failed_while_the_clock_was_ahead_does_not_rest_until_then(
    news, ahead, broken
):
    """Once the clock is set back it is asked, and then ever more rarely again, as if it broke now."""
    news.run()
    news.server.page("/all", Reply(b"", 500))
    if broken:
        news.run()
    news.now = NOW + broken + ahead
    news.run()
    asked = []
    for run in range(72):
        news.now = NOW + timedelta(hours=6, minutes=20 * run)
        (report,) = news.run()
        assert report.since <= news.now
        asked.append(len(news.server.requests))
    assert sum(asked[:5]) == 5
    assert 20 < sum(asked) < 60
    news.publish(*range(11, 1, -1))
    news.now += timedelta(hours=6)
    (report,) = news.run()
    assert report.status == "published"


def test_a_pause_that_the_listing_asks_for_is_kept_by_the_next_runs(news):
    """503 with Retry-After: nothing is asked before, though the runs are others."""
    news.run()
    news.server.page("/all", Reply(b"", 503, {"Retry-After": "7200"}))
    now = news.now = datetime.now(UTC)
    news.run()
    for minutes in (20, 60, 110):
        news.now = now + timedelta(minutes=minutes)
        news.run()
        assert news.server.requests == []
    news.now = now + timedelta(minutes=125)
    news.run()
    assert [request.path for request in news.server.requests] == ["/all"]


def test_a_pause_of_days_that_the_listing_asks_for_is_kept_for_one(news):
    """It is longer than any rest of ours, and no clock that was ahead."""
    news.run()
    now = news.now = datetime.now(UTC)
    news.server.page("/all", Reply(b"", 503, {"Retry-After": str(3 * 86400)}))
    news.run()
    for hours in (1, 12, 23):
        news.now = now + timedelta(hours=hours)
        news.run()
        assert news.server.requests == []
    news.now = now + timedelta(hours=25)
    news.run()
    assert [request.path for request in news.server.requests] == ["/all"]


def test_too_many_requests_holds_the_host_across_runs(news):
    """429 with Retry-After of one article: the next run asks that host for nothing at all."""
    news.server.page("/3-garden-opens-again.html", Reply(b"", 429, {"Retry-After": "3600"}))
    news.site = replace(news.site, fetch=replace(news.site.fetch, concurrency=1))
    news.run()
    (report,) = news.run()
    assert news.server.requests == []
    assert "longer pause" in str(report.reason or "")
    assert report.next_poll is not None


# ---- by the command line, each run a process


def paper(server: Server, folder: Path, **fetching: object) -> None:
    """The configuration of a site with two sections."""
    (folder / "config" / "sites").mkdir(parents=True)
    keys = {"delay": 0, "retries": 0} | fetching
    fetch = "".join(f"{name} = {value}\n" for name, value in keys.items())
    (folder / "config" / "feedmaker.toml").write_text(f"max_age = 0\n[fetch]\n{fetch}", "utf-8")
    sections = "".join(
        f'[[sections]]\nslug = "{s}"\ntitle = "{s}"\nurls = ["{server.url(f"/{s}")}"]\n'
        for s in "ab"
    )
    text = f'name = "n"\nhome = "{server.url("/")}"\n{sections}'
    (folder / "config" / "sites" / "news.toml").write_text(text, "utf-8")
    server.page("/a", listing(3, 2, 1))
    server.page("/b", listing(6, 5, 4))
    for number in range(1, 7):
        server.page(f"/{number}-garden-opens-again.html", article(number))


def feedmaker(folder: Path, *arguments: str) -> tuple[int, str]:
    """Exit code and all that a command prints."""
    command = [sys.executable, "-m", "feedmaker", *arguments]
    done = subprocess.run(
        command, cwd=folder, check=False, capture_output=True, text=True, timeout=60
    )
    return done.returncode, done.stdout + done.stderr


def retry_after(form: str, seconds: int) -> str:
    """The header's value, in either form."""
    return (
        str(seconds)
        if form == "seconds"
        else format_datetime(datetime.now(UTC) + timedelta(seconds=seconds), True)
    )


@pytest.mark.slow
def test_a_pause_of_an_hour_is_kept_by_other_processes_and_told(server, tmp_path):
    """429: the host is asked for nothing more, not in later runs either; `status` says why and
    until when.
    """
    paper(server, tmp_path)
    assert feedmaker(tmp_path, "build")[0] == 0
    server.page("/a", lambda _: Reply(status=429, headers={"Retry-After": "3600"}))
    told = datetime.now(UTC)
    assert feedmaker(tmp_path, "build")[0] == 1
    server.forget()
    for arguments in (["build"], ["build", "news"]):
        code, text = feedmaker(tmp_path, *arguments)
        assert (code, server.requests) == (1, []), text
    (a, b) = json.loads(feedmaker(tmp_path, "status", "--json")[1])["sections"]
    assert (a["status"], b["status"]) == ("kept", "kept")
    for row in (a, b):
        pause = datetime.fromisoformat(row["next_poll"]) - told
        assert timedelta(minutes=59) < pause < timedelta(minutes=61)
    text = feedmaker(tmp_path, "status")[1]
    assert "news/a: broken since" in text
    assert f"not asked before {a['next_poll'][:16].replace('T', ' ')} UTC" in text


@pytest.mark.slow
@pytest.mark.parametrize(("status", "form"), [(429, "seconds"), (503, "date")])
def test_a_short_pause_is_over_when_it_is_over(server, tmp_path, status, form):
    """The next processes do not ask before, and the first one after it does; the section is good
    again.
    """
    paper(server, tmp_path)
    assert feedmaker(tmp_path, "build")[0] == 0
    refused: list[float] = []

    def answer(_: Request) -> Reply:
        if refused:
            return listing(3, 2, 1)
        refused.append(time.monotonic())
        return Reply(status=status, headers={"Retry-After": retry_after(form, 3)})

    server.page("/a", answer)
    assert feedmaker(tmp_path, "build")[0] == 1
    server.forget()
    while time.monotonic() < refused[0] + 30:
        code, _ = feedmaker(tmp_path, "build")
        if "/a" in server.paths():
            break
    assert code == 0
    asked = next(request.at for request in server.requests if request.path == "/a")
    assert asked - refused[0] > 2  # a date has whole seconds
