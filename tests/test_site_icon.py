"""The icon of a site in its feeds: found on its home page, fetched once, kept, and no one's worry."""

from __future__ import annotations

import asyncio
import json
from dataclasses import replace
from datetime import timedelta

import feedparser
import pytest
from lxml import etree
from news_site import News
from selectolax.lexbor import LexborHTMLParser
from servers import Reply, Server, html

from feedmaker import pipeline
from feedmaker.cli import build
from feedmaker.html.site_icons import icon_addresses, icon_ending
from feedmaker.store import Store

PNG = b"\x89PNG\r\n\x1a\n" + b"picture" * 20
ATOM = "{http://www.w3.org/2005/Atom}"
HOME = "https://news.example/"


@pytest.fixture
def news(tmp_path):
    """A site with three stories, whose feeds have addresses."""
    with Server() as server:
        site = News(server, tmp_path)
        site.settings = replace(site.settings, base_url="https://feeds.example/")
        site.publish(3, 2, 1)
        server.page("/", html('<link rel="apple-touch-icon" href="/touch.png"><h1>الموقع</h1>'))
        server.page("/touch.png", Reply(PNG, headers={"Content-Type": "image/png"}))
        yield site


def test_every_format_names_the_icon_that_lies_beside_it(news):
    """Atom has it as icon and logo, RSS as the channel's image with the feed's own title and link,
    JSON Feed as icon and favicon.
    """
    news.run()
    assert (news.folder / "out/news/icon.png").read_bytes() == PNG
    address = "https://feeds.example/news/icon.png"
    atom = etree.fromstring(news.path().read_bytes())
    assert (atom.findtext(f"{ATOM}icon"), atom.findtext(f"{ATOM}logo")) == (address, address)
    channel = etree.fromstring(news.path(form="rss").read_bytes()).find("channel")
    image = {child.tag: child.text for child in channel.find("image")}
    assert image == {
        "url": address,
        "title": channel.findtext("title"),
        "link": channel.findtext("link"),
    }
    feed = json.loads((news.folder / "out/news/all.json").read_bytes())
    assert (feed["icon"], feed["favicon"]) == (address, address)
    assert feedparser.parse(news.path().read_bytes()).feed.icon == address


def test_it_is_fetched_once(news):
    """A later run asks for the listing alone, and for the articles that it has to."""
    news.run()
    assert {"/", "/touch.png"} <= set(news.server.paths())
    times = news.path().stat().st_mtime_ns
    for _ in range(2):
        news.now += timedelta(minutes=20)
        news.run()
        assert news.server.paths() == ["/all"]
    assert news.path().stat().st_mtime_ns == times


@pytest.mark.parametrize(
    "reply",
    [
        Reply(b"", 404),
        Reply(b"", hang_up=True),
        Reply(b"<html>not found", headers={"Content-Type": "image/png"}),
        Reply(PNG + bytes(300_000), headers={"Content-Type": "image/png"}),
        Reply(b"<svg onload='alert(1)'/>", headers={"Content-Type": "image/svg+xml"}),
        Reply(b"", 302, headers={"Location": "http://169.254.169.254/icon.png"}),
    ],
)
def test_a_site_without_one_is_asked_again_in_a_month(news, reply):
    """No failure of the run, and no element in the feeds."""
    news.server.page("/touch.png", reply)
    (report,) = news.run()
    assert report.good
    assert b"<icon>" not in news.path().read_bytes()
    assert list((news.folder / "out/news").glob("icon.*")) == []
    news.now += timedelta(minutes=20)
    news.run()
    assert news.server.paths() == ["/all"]
    news.server.page("/touch.png", Reply(PNG, headers={"Content-Type": "image/png"}))
    news.now += timedelta(days=31)
    news.run()
    assert b"<icon>" in news.path().read_bytes()


def test_without_a_base_url_there_is_none(news):
    """Its address in a feed would lead nowhere, so nothing is asked for."""
    news.settings = replace(news.settings, base_url="")
    news.run()
    assert "/touch.png" not in news.server.paths()
    assert list((news.folder / "out/news").glob("icon.*")) == []


def test_a_lost_file_is_written_again_with_the_feed(news):
    """A folder of another host gets it from the store."""
    news.run()
    for path in (news.folder / "out/news").glob("*"):
        path.unlink()
    news.run()
    assert (news.folder / "out/news/icon.png").read_bytes() == PNG


@pytest.mark.parametrize(
    ("head", "addresses"),
    [
        ("", ["/favicon.ico"]),
        ('<link rel="shortcut icon" href="/s.ico">', ["/s.ico", "/favicon.ico"]),
        (
            ('<link rel="icon" href="/16.png" sizes="16x16"><link rel="icon" href="/192.png"'
            ' sizes="192x192"><link rel="apple-touch-icon" href="a.png">'),
            ["/192.png", "/a.png", "/favicon.ico"],
        ),
        ('<link rel="icon" href="/huge.png" sizes="2048x2048">', ["/huge.png", "/favicon.ico"]),
        ('<link rel="icon" href="/i.svg" type="image/svg+xml">', ["/favicon.ico"]),
        ('<link rel="icon" href="data:,"><link rel="icon" href="javascript:1">', ["/favicon.ico"]),
        ('<link rel="mask-icon" href="/m.png"><link rel="stylesheet" href="/a.css">', ["/favicon.ico"]),
        ("".join(f'<link rel="icon" href="/{n}.png">' for n in range(900)), ["/0.png", "/1.png", "/favicon.ico"]),
    ],
)  # fmt: skip
def test_a_home_page_names_its_icons(head, addresses):
    """Large ones first, drawings and what is no address left out, at last where browsers look."""
    found = icon_addresses(LexborHTMLParser(f"<head>{head}</head>"), HOME)
    assert [url.removeprefix(HOME.rstrip("/")) for url in found] == addresses


@pytest.mark.parametrize(
    ("data", "ending"),
    [
        (PNG, "png"),
        (b"\xff\xd8\xff\xe0", "jpg"),
        (b"GIF89a", "gif"),
        (b"RIFF\x01\x02\x03\x04WEBPVP8", "webp"),
        (b"\x00\x00\x01\x00\x01", "ico"),
        (b"<svg>", None),
        (b"", None),
    ],
)
def test_a_picture_is_known_by_its_bytes(data, ending):
    """Whatever its server calls it."""
    assert icon_ending(data) == ending


def test_it_goes_with_the_site(news):
    """`build --prune` removes the icon of a site that left the configuration, and no other's."""
    news.run()
    other = replace(news.site, slug="other", home=news.server.url("/other/"))
    news.server.page("/other/", html('<link rel="icon" href="/touch.png">'))
    asyncio.run(pipeline.build_feeds(news.settings, [news.site, other], now=news.now))
    paths = [news.folder / "out" / site / "icon.png" for site in ("news", "other")]
    assert [path.exists() for path in paths] == [True, True]
    build._prune(news.settings, [news.site])
    assert [path.exists() for path in paths] == [True, False]
    with Store(news.settings.store) as store:
        assert (store.icons.name("news"), store.icons.name("other")) == ("icon.png", "")
        assert store.icons.is_due("other", news.now)
