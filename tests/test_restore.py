"""A store that was lost or is corrupt: its feeds stay, and go on from what they show."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import feedparser
import pytest
from news_site import News, article
from newsroom import feed, story
from servers import Reply, Server

from feedmaker.model import FORMATS
from feedmaker.output import feed as feeds
from feedmaker.output.feed import restore
from feedmaker.store import Store


@pytest.fixture
def news(tmp_path):
    """A site that had twelve articles, ten of which are on the listing still."""
    with Server() as server:
        site = News(server, tmp_path)
        site.publish(*range(10, 0, -1))
        site.run()
        site.publish(*range(12, 2, -1))
        site.now += timedelta(hours=30)
        site.run()
        assert len(site.links()) == 12
        yield site


def damage(news: News, how: str) -> None:
    """Harm the store."""
    path = Path(news.settings.store)
    data = path.read_bytes()
    if how == "gone":
        path.unlink()
    elif how == "text":
        path.write_bytes(b"this is no database, but a text that somebody saved here " * 100)
    elif how == "empty":
        path.write_bytes(b"")
    elif how == "cut":
        path.write_bytes(data[: len(data) // 2])
    elif how == "holes":
        path.write_bytes(data[:4096] + b"\xa5" * (len(data) - 4096))


HARMS = ("gone", "text", "empty", "cut", "holes")


def files(news: News) -> dict[str, bytes]:
    """The feed files."""
    return {path.name: path.read_bytes() for path in (news.folder / "out" / "news").glob("all.*")}


@pytest.mark.parametrize("how", HARMS)
def test_feeds_outlive_their_store(news, how):
    """Not a byte of them changes, though two of their stories are on the listing no more; the store
    is moved aside.
    """
    good = files(news)
    damage(news, how)
    (report,) = news.run()
    assert report.good
    assert files(news) == good
    aside = list(news.folder.glob("store.sqlite.corrupt-*"))
    assert len(aside) == (how in ("text", "cut", "holes"))


@pytest.mark.parametrize("how", HARMS)
def test_feeds_outlive_their_store_while_the_site_is_down(news, how):
    """A run that has nothing but the files leaves them, and the next goes on from them."""
    good = files(news)
    damage(news, how)
    news.server.page("/all", Reply(b"", 503))
    news.run()
    assert files(news) == good
    news.publish(*range(13, 3, -1))
    news.run()
    assert sorted(map(int, news.links())) == list(range(1, 14))


@pytest.mark.parametrize(
    "harm",
    [
        *(f"DROP TABLE {table}" for table in ("links", "section_links", "stories", "listings", "sections", "events",
                                              "robots", "hosts", "pictures", "heals", "meta")),
        "DELETE FROM meta",
        "UPDATE meta SET value = 'x'",
        "UPDATE meta SET value = '0'",
        "UPDATE meta SET value = '1'",
        "ALTER TABLE meta RENAME COLUMN value TO text",
        "ALTER TABLE stories DROP COLUMN also",
        "PRAGMA writable_schema = ON; UPDATE sqlite_master SET sql = 'CREATE TABLE links (' WHERE name = 'links'",
    ],
)  # fmt: skip
def test_a_store_that_lost_a_part_is_begun_anew(news, harm):
    """A table, a column, the word of which version it is: the feeds go on, and the run after finds
    nothing amiss.
    """
    with closing(sqlite3.connect(news.settings.store)) as db:
        db.executescript(f"PRAGMA foreign_keys = OFF; {harm}")
    news.publish(*range(13, 3, -1))
    for _ in range(2):
        (report,) = news.run()
        assert report.good
        assert sorted(map(int, news.links())) == list(range(1, 14))
    assert len(list(news.folder.glob("store.sqlite.corrupt-*T??????"))) == 1


def test_a_corrected_story_keeps_its_id_through_the_loss(news):
    """What is newer than a day is asked again: a correction is a change, and nothing else is one."""
    before = {
        entry.id: entry.updated for entry in feedparser.parse(news.path().read_bytes()).entries
    }
    for number in range(3, 13):
        news.server.page(
            f"/{number}-garden-opens-again.html",
            article(number, date=(news.now - timedelta(hours=5)).isoformat()),
        )
    damage(news, "gone")
    for path in (news.folder / "out" / "news").glob("all.*"):
        text = path.read_text("utf-8").replace(
            "2026-11-20T07:00", f"{news.now - timedelta(hours=5):%Y-%m-%dT%H:%M}"
        )
        path.write_text(text, "utf-8")
    news.server.page("/12-garden-opens-again.html", article(12, text="نص مصحح "))
    news.run()
    after = {
        entry.id: entry.updated for entry in feedparser.parse(news.path().read_bytes()).entries
    }
    assert after.keys() == before.keys()


def test_a_store_that_is_damaged_while_it_is_used_is_begun_anew(news, monkeypatch):
    """A damaged page that only a write comes across ends the run, and it is begun again with a new
    store.
    """
    from feedmaker.model.errors import CorruptError
    from feedmaker.store.links import Links

    real = Links.note
    harmed = []

    def note_links(self, *given, **named):
        if not harmed:
            harmed.append(True)
            raise CorruptError("the store is corrupt (database disk image is malformed)")
        real(self, *given, **named)

    monkeypatch.setattr(Links, "note", note_links)
    news.publish(*range(13, 3, -1))
    (report,) = news.run()
    assert (report.status, len(news.links())) == ("published", 13)


def test_a_new_store_does_not_take_an_old_one_s_files_for_its_own(news):
    """Changes are counted from nothing in a new store: that the numbers agree by chance hides no
    story.
    """
    with Store(news.settings.store) as store:
        changed = store.sections.changed("news", "all")
    damage(news, "gone")
    number = 13
    while number < 40:
        news.publish(*range(number, 3, -1))
        news.now += timedelta(hours=1)
        news.run()
        with Store(news.settings.store) as store:
            now = store.sections.changed("news", "all")
        assert str(number) in news.links()
        if now > changed:
            break
        number += 1
    assert now > changed


@pytest.mark.parametrize("behind", ["all", "other"])
def test_of_two_sections_files_the_newer_form_of_a_story_is_taken(news, behind):
    """A run was killed between them, and then the store was lost: a correction that was had is
    never taken back.
    """
    (section,) = news.site.sections
    other = replace(section, slug="other", urls=(news.server.url("/other"),))
    news.site = replace(news.site, sections=(section, other))
    news.publish(13, 12, 11, path="/other")
    news.run()
    old = {path: path.read_bytes() for path in (news.folder / "out" / "news").glob(f"{behind}.*")}
    news.server.page("/12-garden-opens-again.html", article(12, text="مصحح "))
    news.now += timedelta(hours=1, minutes=1)
    assert [report.status for report in news.run()] == ["published", "published"]
    assert len(old) == 4
    for path, data in old.items():
        path.write_bytes(data)
    damage(news, "gone")
    news.run()
    news.now += timedelta(hours=2)
    news.run()
    for slug in ("all", "other"):
        entries = feedparser.parse(news.path(slug).read_bytes()).entries
        (text,) = (
            e.content[0].value for e in entries if e.link.endswith("/12-garden-opens-again.html")
        )
        assert "مصحح 12." in text


@pytest.mark.parametrize("form", FORMATS)
def test_what_was_written_is_read_again(form):
    """A feed rendered from what was read of it is the same feed, in each format."""
    stories = tuple(
        story(n, image=None, modified=None, **how)
        for n, how in enumerate(
            ({}, {"authors": ()}, {"title": "A & B <c> «ت»"}, {"language": "fr", "title": "Un titre"}, {"tags": ()},
             {"teaser": True, "category": None}, {"html": "<h2>عنوان</h2><ul><li>بند</li></ul><p>a<br>b &amp; c</p>"},
             {"summary": "42 نقطة & <ب>"},
             {"html": '<figure><img src="https://news.example/a.jpg" alt="ب"></figure><p>ن</p>'})
        )
    )  # fmt: skip
    if form == "rss":  # which has one date only
        stories = tuple(replace(one, updated=one.published) for one in stories)
    before = feed(*stories)
    data = feeds.render(before, form)
    read = restore.read_stories(data, before.site.name)
    assert len(read) == len(stories)
    after = feeds.render(replace(before, stories=tuple(read)), form)
    assert after == data


@pytest.mark.parametrize(
    "data",
    [b"", b"<feed", b"<feed/>", b"{}", b'{"items": [{}]}', b"\xff\xfe", b"<rss><item/></rss>"],
)
def test_what_is_no_feed_of_ours_gives_nothing(data):
    """Nothing is made of it, and nothing is raised."""
    assert restore.read_stories(data, "") == []
