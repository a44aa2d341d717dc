"""`feedmaker.feed`: from Python a page's feed, as the commands make it."""

from __future__ import annotations

import asyncio
import json
import tempfile

import feedparser
import pytest
from servers import Reply, html

import feedmaker
from feedmaker import cli


@pytest.fixture
def site(news):
    """The news site with a home page that leads to its section."""
    news.server.page(
        "/",
        html(
            '<html lang="ar"><title>الموقع</title><nav><a href="/all">كل الأخبار</a>'
            '<a href="/sport">رياضة</a><a href="/world">العالم</a></nav>'
        ),
    )
    return news


def test_it_is_the_feed_of_the_commands(site, tmp_path, monkeypatch, capsys):
    """The same stories with the same ids, dates and language as `add` and `build` give."""
    address = site.server.url("/all")
    feed = feedparser.parse(feedmaker.feed(address))
    assert len(feed.entries) == 3
    assert feed.feed.language == "ar"
    monkeypatch.chdir(tmp_path)
    for command in (["add", address, "--yes", "--section", "كل الأخبار"], ["build"]):
        with pytest.raises(SystemExit) as ended:
            cli.main(command)
        assert ended.value.code == 0, capsys.readouterr()
    (path,) = (tmp_path / "out").glob("*/*.atom.xml")
    own = feedparser.parse(path.read_bytes())
    for one, other in zip(feed.entries, own.entries, strict=True):
        assert one.id == other.id
        assert one.published == other.published
        assert one.content == other.content
    assert feed.feed.id == own.feed.id


def test_formats_counts_and_what_is_known_better(site, monkeypatch, tmp_path):
    """JSON Feed with the newest; nothing is left behind."""
    (tmp_path / "temporary").mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "temporary"))
    made = feedmaker.feed(site.server.url("/all"), format="json", items=2, language="ar-MA")
    feed = json.loads(made)
    assert feed["language"] == "ar-MA"
    assert len(feed["items"]) == 2
    assert not any((tmp_path / "temporary").iterdir())


def test_it_runs_beside_other_work(site):
    """In an event loop."""

    async def both() -> tuple[bytes, int]:
        ticks = 0
        task = asyncio.create_task(feedmaker.feed_async(site.server.url("/all"), items=1))
        while not task.done():
            ticks += 1
            await asyncio.sleep(0.05)
        return await task, ticks

    feed, ticks = asyncio.run(both())
    assert len(feedparser.parse(feed).entries) == 1
    assert ticks > 5


def test_what_cannot_be_had_is_told(site):
    """Always as an error that a program can tell from others."""
    site.server.page("/empty", html("<h1>فارغ</h1>"))
    site.server.page("/refused", Reply(b"no", 403))
    with pytest.raises(feedmaker.FetchError, match="no section with story links"):
        feedmaker.feed(site.server.url("/empty"))
    with pytest.raises(feedmaker.FetchError, match="status 403"):
        feedmaker.feed(site.server.url("/refused"))
    with pytest.raises(feedmaker.ConfigError, match="no URL"):
        feedmaker.feed("nothing")


@pytest.mark.parametrize(
    ("argument", "problem"),
    [
        ({"format": "xml"}, "formats[1]: is \"xml\"; expected 'atom', 'rss' or 'json'"),
        ({"items": 0}, "items: is 0; expected 1 to 1000 (stories in the feed)"),
        ({"timezone": "Rabat"}, "timezone: is 'Rabat'; expected an IANA name"),
        ({"language": "Arabic!"}, 'language: is "Arabic!"; expected language tag'),
    ],
)
def test_a_wrong_argument_is_told_before_anything_is_fetched(site, argument, problem):
    """As the configuration tells it, without a file that there is not."""
    site.server.requests.clear()
    with pytest.raises(feedmaker.ConfigError) as told:
        feedmaker.feed(site.server.url("/all"), **argument)
    assert str(told.value).startswith(problem)
    assert site.server.requests == []
