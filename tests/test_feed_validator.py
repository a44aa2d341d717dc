"""Rendered feeds break no rule of the W3C validator, and what would be no feed is not published."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest
from feed_validator import faults
from feedgen.feed import FeedGenerator
from hypothesis import given
from hypothesis import strategies as st
from news_site import News
from newsroom import feed, story
from records import keep_story
from servers import Server

from feedmaker.model import FORMATS, Enclosure, Format, StoredLink, Validators
from feedmaker.output.feed import prepare, render
from feedmaker.store import Store

LEAD = "https://news.example/lead.jpg"
MADE = replace(
    feed(story(1, image=LEAD), story(2, language="fr"), story(3)),
    enclosures={LEAD: Enclosure(url=LEAD, type="image/jpeg", length=4711)},
)
SECOND = story(2).id


@pytest.mark.parametrize("form", FORMATS)
def test_what_we_render_has_no_fault(form):
    """Stories with picture, in another language, and none at all; with and without a base URL."""
    for made in (
        MADE,
        feed(),
        replace(MADE, base_url=""),
        replace(MADE, month="2026-10", previous="2026-09"),
    ):
        assert faults(render(made, form), form) == []


def where(data: bytes, old: bytes) -> int:
    """The line on which bytes stand."""
    return data.count(b"\n", 0, data.index(old)) + 1


ATOM = [
    (b"<id>" + SECOND.encode(), b"<id>" + story(1).id.encode(), "another item has"),
    (b"<id>" + SECOND.encode(), b"<id>two words", "no URI"),
    (b"+00:00</published>", b"</published>", "published is no date"),
    (b"<published>2026-11-20T09:28", b"<published>Fri, 20 Nov 2026 09:28", "published is no date"),
    (b"https://news.example/1187/2-match", "https://news.example/خبر".encode(), "no whole address"),
    (b"https://news.example/1187/2-match", b"/1187/2-match", "no whole address"),
    (b'length="4711"', b"", "without its length"),
    (b'type="image/jpeg" length', b"length", "an enclosure without"),
    (b'xml:lang="fr"', b'xml:lang="french language"', "language tag"),
    (b"<content", b"<body", "not XML"),
    (
        "الفريق يفوز في المباراة رقم 2".encode(),
        "الفريق &lt;b&gt;يفوز&lt;/b&gt;".encode(),
        "markup in the title",
    ),
]
RSS = [
    (SECOND.encode(), story(1).id.encode(), "another item has"),
    (b'isPermaLink="false">' + SECOND.encode(), b">" + SECOND.encode(), "permanent link"),
    (b"Fri, 20 Nov 2026 09:28:00 +0000", b"Sat, 20 Nov 2026 09:28:00 +0000", "pubDate is no date"),
    (b"Fri, 20 Nov 2026 09:28:00 +0000", b"2026-11-20T09:28:00Z", "pubDate is no date"),
    (b"Fri, 20 Nov 2026 09:28:00 +0000", "الجمعة 20 نونبر 2026".encode(), "pubDate is no date"),
    (b"<link>https://news.example/1187/2-match", b"<link>javascript:alert(1)", "no whole address"),
    (b'length="4711"/>', b"/>", "without its length"),
    (
        b"<enclosure ",
        b'<enclosure url="https://x.example/" type="a/b" length="1"/><enclosure ',
        "more than one",
    ),
    (b"<dc:language>fr", "<dc:language>فرنسية".encode(), "language tag"),
]
LINES = 20  # of an item of the feed, at most: some faults name where it begins
BOTH = [
    (b"&lt;p&gt;", b"&lt;script&gt;", "readers refuse"),
    (b"&lt;p&gt;", b"&lt;p&gt;&lt;iframe src=", "readers refuse"),
    (b'src="https://news.example/lead.jpg"', b'src="/lead.jpg"', "relative address"),
    (b"&lt;p&gt;", b'&lt;a href="page.html"&gt;', "relative address"),
    (b"&lt;p&gt;", b"&lt;p&gt;\x0b", "control character U+000B"),
    (b"&lt;p&gt;", b"&lt;p&gt;A&B", "not escaped"),
]


@pytest.mark.parametrize(
    ("form", "old", "new", "what"),
    [("atom", *row) for row in ATOM + BOTH] + [("rss", *row) for row in RSS + BOTH],
)
def test_a_broken_rule_is_found_on_its_line(form: Format, old, new, what):
    """Each is an error or a warning of the W3C validator, as noted with it; the line is where it
    stands.
    """
    good = render(MADE, form)
    assert old in good, old
    broken = good.replace(old, new, 1)
    found = faults(broken, form)
    assert any(what in fault.what for fault in found), found
    line = where(good, old)
    assert any(abs(fault.line - line) <= LINES for fault in found), (found, line)


@pytest.mark.parametrize(
    ("form", "tag"),
    [
        ("atom", "id"),
        ("atom", "updated"),
        ("atom", "summary"),
        ("rss", "guid"),
        ("rss", "description"),
        ("rss", "pubDate"),
    ],
)
def test_a_missing_part_is_found_with_its_item(form, tag):
    """By the id of the item that lacks it."""
    good = render(MADE, form)
    start = good.index(
        f"<{tag}".encode(),
        good.index(SECOND.encode()) - 8 if tag in ("id", "guid") else good.index(SECOND.encode()),
    )
    end = good.index(f"</{tag}>".encode(), start) + len(tag) + 3
    (fault, *_) = faults(good[:start] + good[end:], form)
    assert fault.what.startswith("no ") or "no URI" in fault.what
    assert tag in ("id", "guid") or fault.item in (SECOND, story(3).id)


@pytest.mark.parametrize(
    ("changes", "what"),
    [
        ({"url": "/relative"}, "no whole address"),
        ({"date_published": "yesterday"}, "date_published is no date"),
        ({"content_html": ""}, "no title and text"),
        ({"id": story(1).id}, "another item has"),
        ({"attachments": [{"url": LEAD, "mime_type": ""}]}, "attachment"),
    ],
)
def test_json_items_are_looked_through_too(changes, what):
    """On the line of their item."""
    lines = render(MADE, "json").split(b"\n")
    item = json.loads(lines[2].rstrip(b","))
    lines[2] = json.dumps(item | changes).encode() + b","
    (fault,) = faults(b"\n".join(lines), "json")
    assert what in fault.what
    assert fault.line == 3
    assert faults(b'{"items": [', "json")[0].what.startswith("not JSON")


wild = st.text(st.characters(exclude_categories=()), max_size=60)


@given(wild, wild, wild, wild, st.lists(wild, max_size=3), st.one_of(st.none(), wild))
def test_rendering_mends_whatever_text_it_is_given(title, summary, text, category, names, language):
    """Nothing that a page can say makes an invalid feed: it is repaired, not refused."""
    odd = story(1, title=title, summary=summary, text=text, html="", category=category, authors=tuple(names),
                tags=tuple(names), language=language, image=title)  # fmt: skip
    for form in FORMATS:
        assert faults(render(feed(odd, story(2)), form), form) == []


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"id": ""}, "its id is no URI: ''"),
        ({"id": "two words"}, "its id is no URI: 'two words'"),
        ({"url": "javascript:alert(1)"}, "its address is none of the web"),
        ({"published": datetime(1, 1, 1, tzinfo=timezone(timedelta(hours=3)))}, "out of range"),
    ],
)
def test_a_story_that_cannot_be_an_item_is_left_out_and_named(changes, reason):
    """The others are shown, in every format alike."""
    odd = story(2, **changes)
    made = feed(story(1), odd, story(3))
    (left_out,) = prepare(made).left_out
    assert left_out.url == odd.url
    assert str(left_out.reason or "").startswith("left out of the feed: ")
    assert reason in str(left_out.reason or "")
    for form in FORMATS:
        assert render(made, form) == render(feed(story(1), story(3)), form)


def test_a_story_that_is_left_out_is_reported_and_the_others_are_published(tmp_path):
    """The run says which and why; the page of the section does not show it either."""
    with Server() as server:
        news = News(server, tmp_path)
        news.publish(3, 2, 1)
        news.run()
        good = news.path().read_bytes()
        with Store(Path(news.settings.store)) as store:
            one = next(store.stories.of_section("news", "all"))
            seen = StoredLink(
                url=one.url, key="", story=one.id, title=one.title, first_seen=one.first_seen
            )
            odd = replace(one, url="javascript:alert(1)")
            keep_story(store, seen, odd, "x", None, Validators(), site="news")
        (report,) = news.run()
        assert report.good
        assert [(failure.url, str(failure.reason)) for failure in report.failures] == [
            ("javascript:alert(1)", "left out of the feed: its address is none of the web")
        ]
        for path in (news.path(), news.path(form="rss"), news.folder / "out/news/all.html"):
            assert one.title not in path.read_text("utf-8")
        with Store(Path(news.settings.store)) as store:
            keep_story(store, seen, one, "x", None, Validators(), site="news")
        (report,) = news.run()
        assert (report.good, report.failures) == (True, ())
        assert good == news.path().read_bytes()


def test_a_feed_that_is_no_xml_is_not_published_and_the_last_good_one_stays(
    tmp_path, monkeypatch, renew_process
):
    """The section is told to be broken, with file and line; every file stays byte for byte."""
    with Server() as server:
        news = News(server, tmp_path)
        news.publish(3, 2, 1)
        news.run()
        good = {form: news.path(form=form).read_bytes() for form in ("atom", "rss")}
        news.publish(4, 3, 2, 1)
        with monkeypatch.context() as patch:
            patch.setattr(FeedGenerator, "rss_str", lambda *_, **__: b"<rss>\n&</rss>")
            renew_process()
            (report,) = news.run()
        renew_process()
        assert not report.good
        assert "news/all.rss.xml: would be no valid XML" in str(report.reason or "")
        assert "line 2" in str(report.reason or "")
        assert good == {form: news.path(form=form).read_bytes() for form in ("atom", "rss")}
        (report,) = news.run()
        assert report.good
        assert good["atom"] != news.path().read_bytes()
