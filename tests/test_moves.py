"""Stories at new addresses: one id, one item, and a link that leads somewhere."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta
from zlib import crc32

import feedparser
import pytest
from news_site import News, article
from servers import Reply, Request, Server, html, redirect

from feedmaker.pipeline.moved_urls import same_headline
from feedmaker.text import urls

TITLE = "افتتاح الحديقة رقم {} أمام الزوار بعد أعمال صيانة طويلة"


def listing(*links: tuple[str, str]) -> Reply:
    """A section page with these addresses and headlines."""
    rows = "".join(
        f'<li class="item"><a href="{to}"><h3>{title}</h3></a></li>' for to, title in links
    )
    return html(
        f'<main><h1>القسم</h1><ul class="list">{rows}</ul></main>',
        ETag=f'"{crc32(repr(links).encode())}"',
    )


def entries(news: News) -> dict[str, str]:
    """Ids of the feed's items, by where they lead."""
    found = feedparser.parse(news.path().read_bytes()).entries
    assert len({entry.id for entry in found}) == len(found)
    return {entry.link.removeprefix(news.server.url("")): entry.id for entry in found}


def put(news: News, *links: tuple[str, int, str]) -> None:
    """Put articles at these addresses, with number and headline, and list them."""
    for to, number, title in links:
        news.server.page(to, article(number, title=title))
    news.server.page("/all", listing(*((to, title) for to, _, title in links)))


OLD = [(f"/1187/08473{n}-garden-opens", n, TITLE.format(n)) for n in (3, 2, 1)]


def test_another_slug_beside_the_same_number_is_the_same_story(news):
    """The headline was changed, and with it the address; the old one is gone."""
    put(news, *OLD)
    news.run()
    before = entries(news)
    title = "افتتاح الحديقة رقم 2 أمام الزوار اليوم"
    put(news, OLD[0], ("/1187/084732-opens-today", 2, title), OLD[2])
    news.server.page(OLD[1][0], Reply(b"", 404))
    news.now += timedelta(minutes=20)
    (report,) = news.run()
    assert (report.good, report.added) == (True, 0)
    after = entries(news)
    assert after.pop("/1187/084732-opens-today") == before.pop(OLD[1][0])
    assert after == before
    assert OLD[1][0] not in news.server.paths()


SHORT = "افتتحت البلدية الحديقة رقم {} صباح اليوم بعد أعمال صيانة طويلة شملت الممرات والأشجار وألعاب الأطفال، وحضر الافتتاح عدد كبير من سكان الحي."


def answer_shortly(request: Request) -> Reply:
    """A short article by its number, in the path or as a parameter."""
    number = re.search(r"garden-(\d+)|id=(\d+)", request.path)
    assert number
    which = number[1] or number[2]
    head = f"<h1>{TITLE.format(which)}</h1>"
    return html(f"<main><article>{head}<p>{SHORT.format(which)}</p></article></main>")


@pytest.mark.parametrize("form", ["/garden-{}?visit={}", "/story.php?id={}&visit={}"])
def test_a_parameter_of_each_visit_makes_no_other_story(news, form):
    """Of whatever name: each story is fetched once, and shown once, and the feed stays as it is."""
    for path in ("/story.php", *(f"/garden-{n}" for n in (1, 2, 3, 4))):
        news.server.page(path, answer_shortly)
    before = {}
    for visit, numbers in (("a1", (3, 2, 1)), ("b2", (4, 3, 2, 1)), ("c3", (4, 3, 2, 1))):
        rows = [(form.format(n, visit), TITLE.format(n)) for n in numbers]
        news.server.page("/all", listing(*rows))
        news.server.requests.clear()
        (report,) = news.run()
        new = {to for to, _ in rows[: report.added]}
        assert set(news.server.paths()) == {"/all", *new}
        after = entries(news)
        assert after == before | {to: after[to] for to in new}
        before = after
        news.now += timedelta(minutes=20)
    assert len(before) == 4


def test_a_headline_that_comes_again_under_another_number_is_another_story(news):
    """The price of gold is told every day; the number tells the stories of a listing apart."""
    gold = "أسعار الذهب اليوم في أسواق المدينة"
    news.server.page("/story.php", answer_shortly)
    for day in (7, 8):
        rows = [(f"/story.php?id={n}", gold if n == day else TITLE.format(n)) for n in (day, 2, 1)]
        news.server.page("/all", listing(*rows))
        news.run()
        news.now += timedelta(days=1)
    assert {"/story.php?id=7", "/story.php?id=8"} <= entries(news).keys()


def test_two_articles_in_one_listing_are_two(news):
    """A gallery beside the article has its number, and is another page."""
    put(news, *OLD)
    news.run()
    put(news, OLD[0], OLD[1], ("/1187/084732-pictures", 7, TITLE.format(2) + " بالصور"), OLD[2])
    news.now += timedelta(minutes=20)
    news.run()
    assert len(entries(news)) == 4


def test_an_article_that_moved_without_a_trace_is_known_by_its_text(news):
    """No redirect, no number: the same text is the same story, and it leads to where it is now once
    the old is gone.
    """
    put(news, *((f"/old/garden-{n}", n, TITLE.format(n)) for n in (3, 2, 1)))
    news.run()
    before = entries(news)
    put(news, ("/old/garden-3", 3, TITLE.format(3)), ("/new/garden-two", 2, TITLE.format(2)))
    news.server.page("/old/garden-2", Reply(b"", 404))
    news.now += timedelta(hours=2)
    for _ in range(2):
        news.run()
        news.now += timedelta(minutes=20)
    after = entries(news)
    assert after["/new/garden-two"] == before["/old/garden-2"]
    assert len(after) == 3


@pytest.mark.parametrize("how", ["https to http", "www", "tracking", "slash"])
def test_what_makes_no_other_address(how):
    """One key, so one id from the beginning."""
    one = "https://news.example/1187/084731-slug"
    other = {
        "https to http": "http://news.example/1187/084731-slug",
        "www": "https://www.news.example/1187/084731-slug",
        "tracking": one + "?utm_source=x&fbclid=1",
        "slash": one + "/",
    }[how]
    assert urls.key(one) == urls.key(other)


def test_a_redirected_article_keeps_its_id(news):
    """The listing names the new address, which the old one leads to."""
    put(news, *((f"/old/garden-{n}", n, TITLE.format(n)) for n in (3, 2, 1)))
    news.run()
    before = entries(news)
    news.server.page("/old/garden-2", redirect("/new/garden-2", 301))
    put(
        news,
        ("/old/garden-3", 3, TITLE.format(3)),
        ("/new/garden-2", 2, TITLE.format(2) + " تحديث"),
    )
    news.now += timedelta(hours=2)
    news.run()
    after = entries(news)
    assert len(after) == 3
    assert set(after.values()) == set(before.values())


def test_a_site_at_another_host_keeps_its_ids(news):
    """With the old host under `formerly`, stories and the feed itself are what they were; their
    links are the new.
    """
    put(news, *OLD)
    news.run()
    before, feed_id = entries(news), feedparser.parse(news.path().read_bytes()).feed.id
    old_host = news.server.url("").removeprefix("http://")
    with Server() as other:
        moved = News(other, news.folder)
        moved.site = replace(moved.site, formerly=(old_host,))
        moved.now = news.now + timedelta(minutes=20)
        put(moved, *OLD)
        news.server.requests.clear()
        (report,) = moved.run()
        assert report.good
        assert entries(moved) == before
        assert feedparser.parse(moved.path().read_bytes()).feed.id == feed_id
        assert all(
            entry.link.startswith(other.url(""))
            for entry in feedparser.parse(moved.path().read_bytes()).entries
        )
        assert news.server.requests == []
        (report,) = moved.run()
        assert report.status == "unchanged"


def test_without_formerly_equal_texts_are_known_on_another_host(news):
    """The alias table learns of the move by the texts: no item is doubled."""
    put(news, *OLD)
    news.run()
    before = entries(news)
    with Server() as other:
        moved = News(other, news.folder)
        moved.now = news.now + timedelta(minutes=20)
        put(moved, *OLD)
        moved.run()
        found = feedparser.parse(moved.path().read_bytes()).entries
        assert {entry.id for entry in found} == set(before.values())


@pytest.mark.parametrize(
    ("url", "number"),
    [
        ("https://www.news.example/1187/084731-slug", "news.example/1187/084731"),
        ("https://news.example/1187/084731-another-slug/", "news.example/1187/084731"),
        ("https://news.example/news/slug-of-words-1234567.html", "news.example/news/1234567"),
        ("https://news.example/84731", "news.example/84731"),
        ("https://news.example/2026/11/20/slug", None),
        ("https://news.example/20261120-slug", None),
        ("https://news.example/20261120/slug-84731", "news.example/20261120/84731"),
        ("https://news.example/12345/67890-slug", None),
        ("https://news.example/slug84731", None),
        ("https://news.example/article?id=84731", None),
    ],
)
def test_the_number_in_an_address(url, number):
    """Host, folders and the one long number; a date is none."""
    assert urls.numbered(url) == number


def test_headlines_of_one_story_share_half_their_words():
    """What is left of a changed headline; nothing is said of none."""
    assert same_headline("الوداد يفوز على الرجاء بهدفين", "فوز الوداد على الرجاء في الديربي")
    assert not same_headline("الوداد يفوز على الرجاء", "أسعار النفط ترتفع")
    assert not same_headline("", "أسعار النفط")
