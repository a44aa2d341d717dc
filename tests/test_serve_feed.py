"""`/feed?url=...`: the feed of any page, for who has a key, and for nobody else."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor

import feedparser
import httpx
import pytest
from news_site import article, listing
from servers import Server
from web_server import Served

pytest.importorskip("uvicorn", reason="the extra is missing: feedmaker[serve]")
pytest.importorskip("argon2", reason="the extra is missing: feedmaker[serve]")

from feedmaker.web.asked_pages import AskedPage, AskedPages


def key_command(folder, *words):
    """`feedmaker key`."""
    command = [sys.executable, "-m", "feedmaker", "key", *words]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)


@pytest.fixture(scope="module")
def news():
    """A site with a section of five articles."""
    with Server() as server:
        numbers = (11, 12, 13, 14, 15)
        server.page("/all", listing(*numbers))
        for number in numbers:
            server.page(f"/{number}-garden-opens-again.html", article(number))
        yield server


@pytest.fixture(scope="module")
def served(tmp_path_factory):
    """A server that may fetch from loopback, and two keys."""
    folder = tmp_path_factory.mktemp("feeds")
    with Served(folder, "--allow-private", "127.0.0.1") as server:
        assert server.client.get("/feed?url=http://example.org/").status_code == 404  # no key yet
        server.key = key_command(folder, "add", "reader").stdout.strip()
        server.narrow = key_command(
            folder, "add", "narrow", "--requests", "3", "--addresses", "0"
        ).stdout.strip()
        yield server


def ask(served, url, key="", **more):
    """Ask for the feed of an address."""
    return served.client.get("/feed", params={"url": url, "key": key or served.key, **more})


def test_a_page_becomes_a_feed_and_is_kept_like_a_section(served, news):
    """Whole stories, by the next requests as a file with validators; words choose among them."""
    got = ask(served, news.url("/all"))
    while got.status_code == 503:  # a busy machine takes longer
        assert got.headers["Retry-After"]
        got = ask(served, news.url("/all"))
    assert got.status_code == 200, got.text
    four = feedparser.parse(got.content).entries
    assert len(four) in (4, 5)  # what can be had soon, and the rest

    def whole():
        found = ask(served, news.url("/all"))
        return len(feedparser.parse(found.content).entries) == 5 and found

    got = served.wait(whole)
    entries = feedparser.parse(got.content).entries
    assert "زرعوا مئتي شجرة" in entries[0].content[0].value
    asked = len(news.paths())
    again = served.client.get(got.url, headers={"If-None-Match": got.headers["ETag"]})
    assert again.status_code == 304
    assert len(news.paths()) == asked
    some = {"include": ["رقم 12", "رقم 13"], "exclude": "رقم 13"}
    chosen = served.wait(
        lambda: (found := ask(served, news.url("/all"), **some)).is_success and found
    )
    (entry,) = feedparser.parse(chosen.content).entries
    assert entry.title.startswith("افتتاح الحديقة رقم 12 ")


def test_a_page_without_stories_is_told_once(served, news):
    """Why, and not looked at again for every request."""
    news.page("/empty")
    got = served.wait(
        lambda: (found := ask(served, news.url("/empty"))).status_code != 503 and found
    )
    assert got.status_code == 502
    assert got.text.count("\n") == 1
    asked = len(news.paths())
    assert ask(served, news.url("/empty")).status_code == 502
    assert len(news.paths()) == asked


def test_strange_questions(served):
    """Each is answered in a line."""
    for url in ("", "x", "file:///etc/passwd", "http://", "http://a.test:99999/", "a" * 3_000):
        assert ask(served, url).status_code == 400
    for items in ("0", "-1", "1000", "x", "²"):
        assert ask(served, "http://example.org/", items=items).status_code == 400
    assert served.client.post("/feed").status_code == 405
    for key in ("", "x", served.key[:-1], "é"):
        got = served.client.get("/feed", params={"url": "http://example.org/", "key": key})
        assert got.status_code == 403


def test_a_key_has_limits_and_can_be_revoked(served, news):
    """Requests an hour, new addresses a day; what is kept of it is a hash, and no log names it."""
    new = ask(served, "http://example.org/new", served.narrow)
    assert (new.status_code, new.text) == (429, "Too often for this key.\n")
    known = ask(served, news.url("/empty"), served.narrow).status_code
    assert known in (502, 503, 429)
    answers = [ask(served, news.url("/all"), served.narrow) for _ in range(2)]
    assert answers[-1].status_code == 429
    assert int(answers[-1].headers["Retry-After"]) > 3_000
    assert "narrow: 3 requests an hour, 0 new" in key_command(served.folder, "list").stdout
    assert key_command(served.folder, "remove", "narrow").returncode == 0
    assert key_command(served.folder, "remove", "narrow").returncode == 2
    assert key_command(served.folder, "add").returncode == 2
    assert ask(served, news.url("/all"), served.narrow).status_code == 403
    kept = (served.folder / ".feedmaker" / "serve.json").read_text()
    assert served.key not in kept + served.log()


def test_a_thousand_requests_at_once_are_answered(served):
    """Of keys that are none, and of one that is."""
    # The client closes no connection between two requests: it might be one just taken up again.
    limits = httpx.Limits(max_keepalive_connections=50)
    with ThreadPoolExecutor(50) as pool, httpx.Client(timeout=60, limits=limits) as client:
        url = f"{served.client.base_url}feed".replace(f"{served.port}feed", f"{served.port}/feed")

        def one(number):
            key = served.key if number % 10 == 0 else f"wrong{number}"
            return client.get(url, params={"url": "http://127.1/", "key": key}).status_code

        statuses = list(pool.map(one, range(1_000)))
    assert set(statuses) <= {400, 403, 429}
    assert statuses.count(403) == 900


def test_what_nobody_asks_for_is_forgotten(tmp_path):
    """After 30 days, with its feed; what was asked for yesterday stays."""
    pages = AskedPages(tmp_path)
    old, new = AskedPage("http://a.test/old"), AskedPage("http://a.test/new")
    for page in (old, new):
        pages.site_file(page).parent.mkdir(parents=True, exist_ok=True)
        pages.site_file(page).write_text("x")
        folder = pages.out / page.slug
        folder.mkdir(parents=True)
        (folder / "all.atom.xml").write_text("feed")
        pages.note_use(page)
    for page, days in ((old, 31), (new, 29)):
        at = time.time() - days * 86_400
        os.utime(tmp_path / "used" / page.slug, (at, at))
    assert pages.forget_unused() == 1
    assert pages.feed_file(old) is None
    assert pages.feed_file(new)
    assert pages.count() == 1
    assert pages.forget_unused() == 0
