"""Feeds read by the readers that people use, as Debian brings them."""

from __future__ import annotations

import shutil
import sqlite3
import subprocess

import pytest
from newsroom import feed, story

from feedmaker.feed import render

every_format = pytest.mark.parametrize("form", ["atom", "rss"])  # readers of Debian that read JSON Feed are none

STORIES = (
    story(1, title="AFP: القمة تنطلق في الرباط", authors=("سعاد بناني",)),
    story(2, title="المدرب: «سنفوز» <b>غدا</b>", authors=()),
    story(3, title="Parliament votes & leaves", html="<p>It voted.</p>", language="en", authors=("John Smith",)),
    story(4, title="2026: عام الكأس", html="<p>\u202eAFP\u000b – نص</p>", published=None, authors=("علي",)),
)
TITLES = ["\u200fAFP: القمة تنطلق في الرباط", "المدرب: «سنفوز» غدا", "Parliament votes & leaves", "2026: عام الكأس"]
AUTHORS = ["سعاد بناني", "بوابة الأخبار", "John Smith", "علي"]
TIMES = [int((s.published or s.first_seen).timestamp()) for s in STORIES]


@pytest.mark.skipif(shutil.which("newsboat") is None, reason="newsboat is not installed")
@every_format
def test_newsboat_reads_every_item_right_to_left(form, tmp_path):
    """Newsboat flags the feed as right to left and keeps each item's id, title, author, date and content, once."""
    path = tmp_path / f"feed.{form}.xml"
    path.write_bytes(render(feed(*STORIES), form))
    (tmp_path / "config").touch()
    (tmp_path / "urls").write_text(f"file://{path}\n")
    cache = tmp_path / "cache.db"
    command = ["newsboat", "-C", tmp_path / "config", "-u", tmp_path / "urls", "-c", cache, "-x", "reload"]
    environment = {"HOME": str(tmp_path), "PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8"}
    for _ in range(2):
        subprocess.run(command, check=True, capture_output=True, env=environment, timeout=60)
    with sqlite3.connect(cache) as database:
        assert database.execute("select is_rtl, title from rss_feed").fetchall() == [(1, "رياضة")]
        rows = database.execute("select guid, title, author, pubDate, content from rss_item order by guid").fetchall()
    database.close()
    assert [row[:4] for row in rows] == list(zip((s.id for s in STORIES), TITLES, AUTHORS, TIMES, strict=True))
    assert rows[0][4].startswith('<div dir="rtl" lang="ar"><p>فاز الفريق')
    assert rows[2][4] == '<div dir="ltr" lang="en"><p>It voted.</p></div>'


@pytest.mark.skipif(shutil.which("sfeed") is None, reason="sfeed is not installed")
@every_format
def test_sfeed_reads_every_item_in_order(form):
    """Sfeed gives a line for each item with its time, title, link, id, author and categories, in our order."""
    done = subprocess.run(["sfeed"], input=render(feed(*STORIES), form), check=True, capture_output=True, timeout=60)
    rows = [line.split("\t") for line in done.stdout.decode().splitlines()]
    assert [int(row[0]) for row in rows] == TIMES
    assert [row[1] for row in rows] == TITLES
    assert [row[2] for row in rows] == [s.url for s in STORIES]
    assert [row[5] for row in rows] == [s.id for s in STORIES]
    assert [row[6] for row in rows] == AUTHORS
    assert {row[8] for row in rows} == {"كرة القدم|البطولة|الكأس"}
