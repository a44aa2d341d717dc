"""Feeds of an earlier version: they are written anew once, and no reader is shown a story twice."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest
from news_site import News
from newsroom import feed
from servers import Server

from feedmaker.model import FORMATS
from feedmaker.output import section_files
from feedmaker.output.feed import prepare, render
from feedmaker.output.feed.restore import read_stories

EARLIER = Path(__file__).parent / "data/earlier"  # as written before lead pictures were pointed
FILES = {"atom": "sport.atom.xml", "rss": "sport.rss.xml", "json": "sport.json"}
IDS = [f"urn:uuid:00000000-0000-4000-8000-{number:012}" for number in (1, 2, 3)]
every_format = pytest.mark.parametrize("form", FORMATS)


@every_format
def test_a_feed_of_an_earlier_version_is_read_back(form):
    """Its stories have the ids, addresses, titles, dates and pictures that they had."""
    stories = read_stories((EARLIER / FILES[form]).read_bytes(), "بوابة الأخبار")
    assert [story.id for story in stories] == IDS
    assert [story.title for story in stories] == [
        "AFP: الفريق يفوز!",
        "Le club gagne",
        "الفريق يفوز في المباراة رقم 3",
    ]
    assert stories[0].image == "https://news.example/uploads/team-300x200.jpg"
    assert stories[0].published.isoformat() == "2026-11-20T09:29:00+00:00"
    assert [story.teaser for story in stories] == [False, False, True]


@every_format
def test_what_is_written_of_it_keeps_every_id(form):
    """The new file has the stories of the old one, and read back it is written the same again."""
    before = read_stories((EARLIER / FILES[form]).read_bytes(), "بوابة الأخبار")
    made = feed(*before)
    data = render(made, form)
    assert [item.id for item in prepare(made).items] == IDS
    after = read_stories(data, "بوابة الأخبار")
    assert [story.id for story in after] == IDS
    assert [(story.url, story.published) for story in after] == [
        (story.url, story.published) for story in before
    ]
    assert render(replace(made, stories=tuple(after)), form) == data


def test_an_upgrade_writes_each_file_once(tmp_path, monkeypatch):
    """The first run of another version writes what it writes otherwise; the next one nothing."""
    with Server() as server:
        news = News(server, tmp_path)
        news.publish(3, 2, 1)
        news.run()
        feeds = sorted((news.folder / "out/news").glob("all.*"))
        ids = re.findall(r"<id>[^<]*</id>", news.path().read_text("utf-8"))
        for path in feeds:  # as an earlier version wrote them
            path.write_bytes(path.read_bytes().replace(b"/p&gt; &lt;p", b"/p&gt;&lt;p"))
        before = {path: path.read_bytes() for path in feeds}
        monkeypatch.setattr(section_files, "__version__", "999")
        news.run()
        changed = {path.name for path in feeds if path.read_bytes() != before[path]}
        assert {"all.atom.xml", "all.rss.xml"} <= changed
        assert re.findall(r"<id>[^<]*</id>", news.path().read_text("utf-8")) == ids
        times = [path.stat().st_mtime_ns for path in feeds]
        news.run()
        assert [path.stat().st_mtime_ns for path in feeds] == times
