"""Feeds read by the readers that people use, as Debian brings them."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
from calendar import timegm
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email import message_from_string
from email.header import decode_header, make_header
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import TYPE_CHECKING

import feedparser
import pytest
from news_site import News, article, listing
from newsroom import feed, story
from servers import Reply, Server, redirect

from feedmaker.output.feed import render

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

every_format = pytest.mark.parametrize(
    "form", ["atom", "rss"]
)  # readers of Debian that read JSON Feed are none

STORIES = (
    story(1, title="AFP: القمة تنطلق في الرباط", authors=("سعاد بناني",)),
    story(2, title="المدرب: «سنفوز» <b>غدا</b>", authors=()),
    story(
        3,
        title="Parliament votes & leaves",
        html="<p>It voted.</p>",
        language="en",
        authors=("John Smith",),
    ),
    story(
        4,
        title="2026: عام الكأس",
        html="<p>\u202eAFP\u000b – نص</p>",
        published=None,
        authors=("علي",),
    ),
)
TITLES = [
    "\u200fAFP: القمة تنطلق في الرباط",
    "المدرب: «سنفوز» غدا",
    "Parliament votes & leaves",
    "2026: عام الكأس",
]
AUTHORS = ["سعاد بناني", "بوابة الأخبار", "John Smith", "علي"]
TIMES = [int((s.published or s.first_seen).timestamp()) for s in STORIES]


@pytest.mark.skipif(shutil.which("newsboat") is None, reason="newsboat is not installed")
@every_format
def test_newsboat_reads_every_item_right_to_left(form, tmp_path):
    """Newsboat flags the feed as right to left and keeps each item's id, title, author, date and
    content, once.
    """
    path = tmp_path / f"feed.{form}.xml"
    path.write_bytes(render(feed(*STORIES), form))
    (tmp_path / "config").touch()
    (tmp_path / "urls").write_text(f"file://{path}\n")
    cache = tmp_path / "cache.db"
    command = [
        "newsboat",
        "-C",
        tmp_path / "config",
        "-u",
        tmp_path / "urls",
        "-c",
        cache,
        "-x",
        "reload",
    ]
    environment = {"HOME": str(tmp_path), "PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8"}
    for _ in range(2):
        subprocess.run(command, check=True, capture_output=True, env=environment, timeout=60)
    with sqlite3.connect(cache) as database:
        feeds = database.execute("select is_rtl, title from rss_feed").fetchall()
        assert feeds == [(1, "بوابة الأخبار: رياضة")]
        rows = database.execute(
            "select guid, title, author, pubDate, content from rss_item order by guid"
        ).fetchall()
    database.close()
    assert [row[:4] for row in rows] == list(
        zip((s.id for s in STORIES), TITLES, AUTHORS, TIMES, strict=True)
    )
    assert rows[0][4].startswith('<div dir="rtl" lang="ar"><p>فاز الفريق')
    assert rows[2][4] == '<div dir="ltr" lang="en"><p>It voted.</p></div>'


@pytest.mark.skipif(shutil.which("sfeed") is None, reason="sfeed is not installed")
@every_format
def test_sfeed_reads_every_item_in_order(form):
    """Sfeed gives a line for each item with its time, title, link, id, author and categories, in
    our order.
    """
    done = subprocess.run(
        ["sfeed"], input=render(feed(*STORIES), form), check=True, capture_output=True, timeout=60
    )
    rows = [line.split("\t") for line in done.stdout.decode().splitlines()]
    assert [int(row[0]) for row in rows] == TIMES
    assert [row[1] for row in rows] == TITLES
    assert [row[2] for row in rows] == [s.url for s in STORIES]
    assert [row[5] for row in rows] == [s.id for s in STORIES]
    assert [row[6] for row in rows] == AUTHORS
    assert {row[8] for row in rows} == {"كرة القدم|البطولة|الكأس"}


# ---- five runs with edits in between


class Served:
    """A folder over HTTP on loopback, for readers that fetch."""

    def __init__(self, folder: Path) -> None:
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(folder)))
        Thread(target=self.server.serve_forever, daemon=True).start()

    def url(self, path: str) -> str:
        """The address of a file."""
        return f"http://127.0.0.1:{self.server.server_port}/{path}"


class Quiet(SimpleHTTPRequestHandler):
    """Serves files and says nothing."""

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture
def paper(tmp_path):
    """A news site, and its `out` over HTTP."""
    with Server() as server:
        site = News(server, tmp_path)
        (tmp_path / "out").mkdir()
        served = Served(tmp_path / "out")
        site.publish(3, 2, 1)
        yield site, served
        served.server.shutdown()
        served.server.server_close()


def dated(number: int, **how: str) -> Reply:
    """An article of its own day of November."""
    return article(number, date=f"2026-11-{10 + number:02}T10:00:00+03:00", **how)


def five_runs(news: News, read: Callable[[], None]) -> None:
    """New stories, a correction, a new headline, tracking parameters and a new address; a reader
    looks after each.
    """
    for number in (1, 2, 3):
        news.server.page(f"/{number}-garden-opens-again.html", dated(number))
    written: dict[Path, int] = {}
    for run in range(5):
        if run == 1:
            news.publish(4, 3, 2, 1)
            news.server.page("/4-garden-opens-again.html", dated(4))
        if run == 2:  # a paragraph is corrected
            news.server.page("/2-garden-opens-again.html", dated(2, text="تصويب "))
        if run == 3:  # a headline is changed, and links come with where they were clicked
            news.server.page(
                "/3-garden-opens-again.html",
                dated(3, title="عنوان جديد تماما للخبر الثالث في الصحيفة"),
            )
            page = listing("5", "4", "3", "2", "1")
            news.server.page(
                "/all", replace(page, body=page.body.replace(b'.html"', b'.html?utm_source=front"'))
            )
            news.server.page("/5-garden-opens-again.html", dated(5))
        if run == 4:  # an article moves to a new address
            news.server.page("/all", listing("5", "4", "moved", "2", "1"))
            news.server.page(
                "/3-garden-opens-again.html", redirect("/moved-garden-opens-again.html", 301)
            )
            news.server.page(
                "/moved-garden-opens-again.html",
                dated(3, title="عنوان جديد تماما للخبر الثالث في الصحيفة"),
            )
        (report,) = news.run()
        assert report.good
        assert len(news.links()) == (3, 4, 4, 5, 5)[run]
        for path in news.path().parent.glob(
            "all.*"
        ):  # what was written now is of the run's time, hours after the last
            if path.stat().st_mtime_ns != written.get(path):
                os.utime(path, (news.now.timestamp(), news.now.timestamp()))
            written[path] = path.stat().st_mtime_ns
        read()
        news.now += timedelta(hours=2)


FINAL = [
    "افتتاح الحديقة رقم 5 أمام الزوار بعد أعمال صيانة طويلة",
    "افتتاح الحديقة رقم 4 أمام الزوار بعد أعمال صيانة طويلة",
    "عنوان جديد تماما للخبر الثالث في الصحيفة",
    "افتتاح الحديقة رقم 2 أمام الزوار بعد أعمال صيانة طويلة",
    "افتتاح الحديقة رقم 1 أمام الزوار بعد أعمال صيانة طويلة",
]
MARK = "_the_end_of_a_message_"
DATES = [int(datetime(2026, 11, 10 + n, 7, tzinfo=UTC).timestamp()) for n in (5, 4, 3, 2, 1)]


@every_format
def test_feedparser_has_each_story_once_after_five_runs(form, paper):
    """Ids never change from run to run; titles, order and dates are those of the site at the end."""
    news, _ = paper
    known: dict[str, set[int]] = {}

    def read() -> None:
        for entry in feedparser.parse(news.path(form=form).read_bytes()).entries:
            known.setdefault(entry.id, set()).add(timegm(entry.published_parsed))

    five_runs(news, read)
    entries = feedparser.parse(news.path(form=form).read_bytes()).entries
    assert [entry.title for entry in entries] == FINAL
    assert [timegm(entry.published_parsed) for entry in entries] == DATES
    assert (len(known), {len(times) for times in known.values()}) == (5, {1})


@pytest.mark.skipif(shutil.which("newsboat") is None, reason="newsboat is not installed")
@every_format
def test_newsboat_has_each_story_once_after_five_runs(form, paper, tmp_path):
    """Its cache grows by the new stories alone."""
    news, served = paper
    (tmp_path / "config").touch()
    (tmp_path / "urls").write_text(served.url(f"news/all.{form}.xml") + "\n")
    cache = tmp_path / "cache.db"
    command = [
        "newsboat",
        "-C",
        tmp_path / "config",
        "-u",
        tmp_path / "urls",
        "-c",
        cache,
        "-x",
        "reload",
    ]
    environment = {"HOME": str(tmp_path), "PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8"}
    five_runs(
        news,
        lambda: subprocess.run(
            command, check=True, capture_output=True, env=environment, timeout=60
        ),
    )
    with sqlite3.connect(cache) as database:
        rows = database.execute(
            "select title, pubDate from rss_item order by pubDate desc"
        ).fetchall()
        assert database.execute("select is_rtl from rss_feed").fetchall() == [(1,)]
    database.close()
    assert rows == list(zip(FINAL, DATES, strict=True))


@pytest.mark.skipif(shutil.which("sfeed") is None, reason="sfeed is not installed")
@every_format
def test_sfeed_has_each_story_once_after_five_runs(form, paper):
    """A line for each, newest first."""
    news, _ = paper
    five_runs(news, lambda: None)
    done = subprocess.run(
        ["sfeed"],
        input=news.path(form=form).read_bytes(),
        check=True,
        capture_output=True,
        timeout=60,
    )
    rows = [line.split("\t") for line in done.stdout.decode().splitlines()]
    assert [(row[1], int(row[0])) for row in rows] == list(zip(FINAL, DATES, strict=True))
    assert len({row[5] for row in rows}) == 5


@pytest.mark.skipif(shutil.which("r2e") is None, reason="rss2email is not installed")
@every_format
def test_rss2email_mails_each_story_once_in_five_runs(form, paper, tmp_path):
    """A message for each story, none for an edit, right to left, with the story's date and author."""
    news, served = paper
    box = tmp_path / "box"
    (tmp_path / "mail.sh").write_text(
        f"#!/bin/sh\ncat >> {box}\nprintf '\\n%s\\n' {MARK} >> {box}\n"
    )
    (tmp_path / "mail.sh").chmod(0o755)
    environment = {"HOME": str(tmp_path), "PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8"}
    r2e = ["r2e", "-c", str(tmp_path / "cfg"), "-d", str(tmp_path / "db.json")]

    def run(*words: str) -> None:
        subprocess.run([*r2e, *words], check=True, capture_output=True, env=environment, timeout=60)

    run("new", "me@example.org")
    config = (tmp_path / "cfg").read_text().replace("html-mail = False", "html-mail = True")
    lines = [
        f"sendmail = {tmp_path / 'mail.sh'}" if line.startswith("sendmail =") else line
        for line in config.split("\n")
    ]
    lines = ["date-header = True" if line.startswith("date-header =") else line for line in lines]
    (tmp_path / "cfg").write_text("\n".join(lines))
    run("add", "paper", served.url(f"news/all.{form}.xml"))
    five_runs(news, lambda: run("run"))
    mails = [
        message_from_string(text.lstrip()) for text in box.read_text().split(MARK) if text.strip()
    ]
    subjects = [str(make_header(decode_header(mail["Subject"]))) for mail in mails]
    assert sorted(subjects) == sorted(
        [*FINAL[:2], "افتتاح الحديقة رقم 3 أمام الزوار بعد أعمال صيانة طويلة", *FINAL[3:]]
    )
    for mail in mails:
        body = mail.get_payload(decode=True).decode()
        assert '<div dir="rtl" lang="ar">' in body
