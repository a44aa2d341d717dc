"""Long stories and costly ones: what is shown of them, and what a run holds of them."""

from __future__ import annotations

import re
import signal

import pytest
from news_site import SENTENCES, News, article
from servers import Reply, Server

from feedmaker.html.sanitizer import shorten
from feedmaker.model import Code, Story
from feedmaker.output import feed, section_files
from feedmaker.pipeline import page_work

URL = "https://n.example/1?a=1&b=2"
LINK = '<p><a href="https://n.example/1?a=1&amp;b=2">…</a></p>'


@pytest.fixture
def news(tmp_path):
    """A site with three articles."""
    with Server() as server:
        site = News(server, tmp_path)
        site.publish(3, 2, 1)
        yield site


@pytest.mark.parametrize(
    ("html", "most", "beginning"),
    [
        ("<p>one</p><p>two</p>", 12, "<p>one</p>"),
        ("<p>one</p><ul><li>two</li></ul>", 20, "<p>one</p><ul><li>tw</li></ul>"),
        ("<p>a long paragraph</p>", 10, "<p>a long </p>"),
        ('<p>text <a href="https://n.example/">link</a></p>', 20, "<p>text </p>"),
        ("<p>" + "x" * 50 + "</p><p>y</p>", 55, "<p>" + "x" * 50 + "</p>"),
    ],
)
def test_a_long_story_ends_where_it_can_be_cut(html, most, beginning):
    """At a paragraph, or between tags; what is open is closed, and a link leads on."""
    assert shorten(html, most, URL) == beginning + LINK


def test_a_story_that_is_too_long_is_shown_as_its_beginning(news):
    """With a link to its page, in the store and in the feed; the others whole."""
    long = article(2).body.replace(
        b"</article>",
        "".join(f"<p>{SENTENCES[n % 4]} {n}.</p>" for n in range(6_000)).encode(),
    )
    news.server.page("/2-garden-opens-again.html", Reply(long + b"</article>"))
    (report,) = news.run()
    assert report.good
    text = news.path().read_text("utf-8")
    assert len(text) < 2 * page_work.MOST_OF_STORY
    assert len(re.findall("…&lt;/a&gt;|…</a>", text)) == 1
    assert f"{SENTENCES[0]} 100." in text
    assert f"{SENTENCES[3]} 5999." not in text


def test_a_feed_that_grows_too_large_shows_summaries(monkeypatch):
    """Its first stories are whole."""
    monkeypatch.setattr(section_files, "_MOST_OF_FILE", 25)
    stories = [Story(url=URL, title=str(n), html="<p>1234567</p>") for n in range(3)]
    shown = section_files._within_size(iter(stories))
    assert [story.html for story in shown] == ["<p>1234567</p>", "", ""]


def test_a_run_holds_no_more_stories_than_it_can(news, monkeypatch):
    """The others wait for the next run, and nothing is held against them."""
    monkeypatch.setattr("feedmaker.pipeline.due_articles._MOST_HELD", 1)
    (report,) = news.run()
    assert (report.good, report.failures) == (True, ())
    assert report.added + report.waiting == 3
    assert 1 <= report.added <= 2
    (report,) = news.run()
    assert len(news.links()) == 3 - report.waiting


def test_a_story_that_is_too_costly_to_render_is_left_out_and_named(news, monkeypatch):
    """The other stories are in the feed. The signal is that of the CPU's limit."""
    prepare = feed.prepare

    def costly(shown):
        if any("رقم 2 " in story.title for story in shown.stories):
            signal.raise_signal(signal.SIGPROF)
        return prepare(shown)

    monkeypatch.setattr(feed, "prepare", costly)
    (report,) = news.run()
    assert report.status == "published"
    assert sorted(news.links()) == ["1", "3"]
    (failure,) = report.failures
    assert failure.url.endswith("/2-garden-opens-again.html")
    assert failure.reason.code == Code.LEFT_OUT
    assert "takes too much time" in str(failure.reason)
