"""`source`: the feed, sitemap, REST API or data that a page or its site names, found by itself."""

from __future__ import annotations

import asyncio
import json
import re
from dataclasses import replace
from datetime import timedelta

import pytest
from machine import run
from news_site import NOW, article, listing
from servers import Reply, a_second_later, html

from feedmaker import pipeline
from feedmaker.model import Link
from feedmaker.policy.source_choice import SourceOffer, best_offer
from feedmaker.store import Store

TITLE = "افتتاح الحديقة رقم {} أمام الزوار بعد أعمال صيانة طويلة"
NUMBERS = (6, 5, 4, 3, 2, 1)


def feed(server, *numbers: int, ahead: int = 0) -> Reply:
    """A feed of these articles, dated before the first run or so many hours ahead of it."""
    at = f"{NOW + timedelta(hours=ahead or -48):%a, %d %b %Y %H:%M:%S} +0000"
    items = "".join(
        f"<item><title>{TITLE.format(n)}</title><pubDate>{at}</pubDate>"
        f"<link>{server.url(f'/{n}-garden-opens-again.html')}</link></item>"
        for n in numbers
    )
    # A warning of PHP before it, and a tag that is not closed.
    text = f"<br />\n<b>Warning</b>: x<?xml version='1.0'?><rss><channel><title>ق</title>{items}</channel></rss>"
    return Reply(text.encode(), headers={"Content-Type": "text/html", "ETag": f'"{hash(text)}"'})


def sitemap(server, *numbers: int) -> Reply:
    """A sitemap of news."""
    rows = "".join(
        f"<url><loc>{server.url(f'/{n}-garden-opens-again.html')}</loc></url>" for n in numbers
    )
    text = f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{rows}</urlset>'
    return Reply(text.encode(), headers={"Content-Type": "application/xml"})


def empty(*heads: str) -> Reply:
    """A page that its scripts would fill."""
    head = "".join(heads)
    body = '<div id="root"></div><script src="/app.js"></script>'
    text = f"<html><head><title>القسم</title>{head}</head><body>{body}</body></html>"
    return Reply(text.encode(), headers={"Content-Type": "text/html; charset=utf-8"})


def named(address: str, title: str = "") -> str:
    """The link to a feed in the head of a page."""
    return f'<link rel="alternate" type="application/rss+xml" title="{title}" href="{address}">'


@pytest.fixture
def paper(news):
    """A site of six articles, with what it says and how it is built."""
    news.publish(*NUMBERS)
    news.notes = []

    class Notes(pipeline.Progress):
        def note(self, line: str) -> None:
            news.notes.append(line)

    def build(hours: float = 0, **changes: object):
        news.now += timedelta(hours=hours)
        section = replace(news.site.sections[0], **changes)
        news.site = replace(news.site, sections=(section,))
        news.server.requests.clear()
        news.notes.clear()
        work = pipeline.build_feeds(news.settings, [news.site], now=news.now, progress=Notes())
        (report,) = asyncio.run(work)
        return report

    news.build = build
    return news


def test_a_feed_that_the_page_names_is_read_and_remembered(paper):
    """Its own one, not that of the site or of comments; the page is not asked again."""
    server = paper.server
    heads = (
        named("/comments/feed/", "تعليقات"),
        named("/feed/", "الموقع"),
        named("/all/feed/", "القسم"),
    )
    server.page("/all", empty(*heads))
    server.page("/feed/", feed(server, 9, 8, 7))
    server.page("/all/feed/", feed(server, *NUMBERS))
    report = paper.build(source="feed")
    assert (report.status, report.added) == ("published", 6)
    assert "/comments/feed/" not in server.paths()
    report = paper.build(1)
    assert (report.good, report.links) == (True, None)
    assert "/all" not in server.paths()
    assert server.requests[0].path == "/all/feed/"
    assert "if-none-match" in server.requests[0].headers
    server.page("/all/feed/", Reply(b"", 404))
    server.page("/all", empty(named("/all/rss", "القسم")))
    server.page("/all/rss", feed(server, *NUMBERS))
    assert not paper.build(1).good
    assert paper.build(1).good


def test_of_feeds_without_a_name_the_one_with_the_pages_own_stories(paper):
    """Where the page lists some."""
    server = paper.server
    page = listing(3, 2, 1)
    heads = named("/feeds/1.xml") + named("/feeds/2.xml")
    body = page.body.replace(b"<html>", f"<html><head>{heads}</head>".encode())
    server.page("/all", replace(page, body=body))
    server.page("/feeds/1.xml", feed(server, 6, 5, 4))
    server.page("/feeds/2.xml", feed(server, 3, 2, 1))
    paper.build(source="feed")
    assert set(paper.links()) == {"3", "2", "1"}


@pytest.mark.parametrize("robots", ["Sitemap: {}\nSitemap: {}\n", ""])
def test_sitemaps_of_robots_txt_or_of_the_usual_places(paper, robots):
    """That of news first."""
    server = paper.server
    text = robots.format(server.url("/maps/posts.xml"), server.url("/maps/news.xml"))
    server.page("/robots.txt", Reply(text.encode(), headers={"Content-Type": "text/plain"}))
    server.page("/maps/posts.xml", sitemap(server, 1))
    server.page("/maps/news.xml" if robots else "/news-sitemap.xml", sitemap(server, 3, 2, 1))
    server.page("/all", empty())
    report = paper.build(source="sitemap")
    assert (report.status, report.added) == ("published", 3)


STATE = {
    "props": {
        "list": [
            {"title": TITLE.format(n), "url": f"/{n}-garden-opens-again.html"} for n in NUMBERS
        ]
    }
}


def test_the_page_alone_or_its_data_alone(paper):
    """Each is what it says; with `auto` what there is."""
    data = f'<script id="__NEXT_DATA__" type="application/json">{json.dumps(STATE)}</script>'
    page = empty()
    paper.server.page(
        "/all", replace(page, body=page.body.replace(b"</body>", f"{data}</body>".encode()))
    )
    report = paper.build(source="page")
    assert not report.good
    assert paper.build(source="state").added == 6
    assert paper.build(source="auto").good
    paper.server.page("/all", listing(*NUMBERS))
    report = paper.build(source="state")
    assert "carries no list of stories for its scripts" in str(report.reason)
    assert paper.build(source="page").good


@pytest.mark.parametrize(
    ("source", "told"),
    [
        ("feed", "names no feed with stories: give its address in `urls`"),
        ("sitemap", "names no sitemap with stories: give its address in `urls`"),
    ],
)
def test_a_source_that_is_not_there_is_told(paper, source, told):
    """In one line; it is looked for once a day, and a page that lists stories is read meanwhile."""
    server = paper.server
    server.page("/all", empty())
    report = paper.build(source=source)
    assert told in str(report.reason)
    assert "\n" not in str(report.reason)
    server.page("/all", listing(*NUMBERS))
    report = paper.build(1)
    assert report.added == 6
    assert f"`source = {source}` gives nothing, so the page itself is read" in str(report.notes[0])
    assert told in str(report.notes[0])
    assert set(server.paths()) == {"/all", *(f"/{n}-garden-opens-again.html" for n in NUMBERS)}


def test_a_feed_is_no_page(paper):
    """Said of what is named otherwise than it is."""
    paper.server.page("/all", feed(paper.server, *NUMBERS))
    assert "is no HTML page, so `source = page` finds nothing" in str(
        paper.build(source="page").reason
    )


# ---- another source


def test_a_section_that_stops_goes_on_by_the_feed_that_its_page_names(paper):
    """After six hours, said as a rule that healed; its page is used again once it lists stories."""
    server = paper.server
    assert paper.build().added == 6
    server.page("/all", empty(named("/all/feed/")))
    server.page("/7-garden-opens-again.html", article(7))
    server.page("/all/feed/", feed(server, *NUMBERS))
    had = paper.path().read_bytes()
    report = paper.build(1)
    assert not report.good
    assert not paper.notes
    assert paper.path().read_bytes() == had
    assert not paper.build(3).good
    server.page("/all/feed/", feed(server, *NUMBERS))
    report = paper.build(4)
    assert report.good
    (note,) = paper.notes
    assert note.startswith("news/all: healed itself: source was «")
    assert f"is now «feed {server.url('/all/feed/')}»: 6 known stories, agreement 1.00" in note
    # It is remembered, and asked conditionally.
    server.page("/all/feed/", feed(server, 7, *NUMBERS))
    assert paper.build(1).added == 1
    assert "/all" not in server.paths()
    assert not paper.notes
    # The page is looked at once a day.
    assert paper.build(25).good
    assert server.paths().count("/all") == 1
    server.page("/all", listing(7, *NUMBERS))
    assert paper.build(25).good
    assert paper.notes[0].endswith("lists stories again, and is used again")


def test_a_feed_with_others_stories_is_not_taken(paper):
    """Stories that the section did not list when it was read: they are of other sections."""
    server = paper.server
    paper.build()
    server.page("/all", empty(named("/feed/")))
    server.page("/feed/", feed(server, *NUMBERS, 21, 22, 23))
    for hours in (1, 4, 4, 30):
        report = paper.build(hours)
        assert not report.good
    assert len(paper.links()) == 6
    assert not paper.notes


def test_a_host_that_is_down_is_waited_for(paper):
    """Nothing is asked of its feeds."""
    paper.build()
    paper.server.page("/all", Reply(b"", 500))
    for hours in (1, 4, 4):
        assert not paper.build(hours).good
    assert set(paper.server.paths()) == {"/all"}


def test_what_robots_txt_closes_is_no_source(paper):
    """Of feeds as of pages."""
    server = paper.server
    closed = Reply(b"User-agent: *\nDisallow: /all/", headers={"Content-Type": "text/plain"})
    server.page("/robots.txt", closed)
    paper.build()
    server.page("/all", empty(named("/all/feed/")))
    server.page("/all/feed/", feed(server, *NUMBERS))
    for hours in (25, 4, 4):
        assert not paper.build(hours).good
    assert "/all/feed/" not in server.paths()


def test_a_configured_source_is_not_replaced(paper):
    """Somebody wanted it so."""
    server = paper.server
    paper.build(source="page")
    server.page("/all", empty(named("/all/feed/")))
    server.page("/all/feed/", feed(server, *NUMBERS))
    for hours in (1, 4, 4):
        assert not paper.build(hours).good


def test_the_api_is_worth_more_than_a_feed(paper):
    """It gives whole texts; a feed that agrees as well is left."""
    server = paper.server
    paper.build()
    api = '<link rel="https://api.w.org/" href="/wp-json/">'
    own = '<link rel="alternate" type="application/json" href="/wp-json/wp/v2/categories/5">'
    server.page("/all", empty(named("/all/feed/"), api, own))
    server.page("/all/feed/", feed(server, *NUMBERS))
    posts = [
        {
            "id": n,
            "link": f"/{n}-garden-opens-again.html",
            "date_gmt": "2026-11-20T07:00:00",
            "modified_gmt": "2026-11-20T07:00:00",
            "title": {"rendered": TITLE.format(n)},
        }
        for n in NUMBERS
    ]
    headers = {"Content-Type": "application/json; charset=UTF-8"}
    server.page("/wp-json/wp/v2/posts", Reply(json.dumps(posts).encode(), headers=headers))
    reports = [paper.build(hours) for hours in (1, 4, 4)]
    assert [report.good for report in reports] == [False, False, True]
    assert f"is now «wordpress {server.url('/wp-json/')} categories=5»" in paper.notes[0]
    assert paper.build(1).good
    assert [path.partition("?")[0] for path in server.paths()] == ["/wp-json/wp/v2/posts"]
    with Store(paper.settings.store) as store:
        ((_, rule),) = store.sections.healed_rules("news")
    assert (rule.what, rule.kind, rule.agreed) == ("source", "source", 6)


def _links(*numbers: int, dated: bool = False) -> tuple[Link, ...]:
    at = NOW - timedelta(days=1) if dated else None
    return tuple(Link(url=f"https://a.example/{n}-story", published=at) for n in numbers)


def test_the_source_with_the_sections_stories_is_best():
    """By known stories, strangers, whole texts and dates."""
    known = _links(*range(20))
    ours = SourceOffer("feed", "ours", _links(*range(10)))
    dated = SourceOffer("feed", "dated", _links(*range(10), dated=True))
    posts = SourceOffer("wordpress", "posts", _links(*range(10)))
    mixed = SourceOffer("feed", "mixed", _links(*range(8), 50, 51, 52))
    other = SourceOffer("sitemap", "other", _links(*range(50, 70)))
    few = SourceOffer("feed", "few", _links(0, 1))
    new = tuple(replace(link, published=NOW) for link in _links(60, 61))
    later = SourceOffer("feed", "later", (*new, *_links(*range(8))))

    def best(*offers):
        found = best_offer(offers, known, NOW - timedelta(hours=2))
        return found.offer.address if found else ""

    assert best(other, ours, dated) == "dated"
    assert best(dated, posts) == "posts"
    assert best(mixed, other, few) == ""
    assert best(later) == "later"
    assert best() == ""


@pytest.mark.parametrize(
    ("page", "title", "part"),
    [
        ("https://a.example/ar/city", "", "/ar/city/"),
        ("https://a.example/topics/city.html", "", "/city/"),
        ("https://a.example/7", "المدينة", "المدينه"),
        ("https://a.example/7", "الثقافة", ""),
    ],
)
def test_the_part_of_a_sites_source_is_called_as_the_section(page, title, part):
    """By a folder of its addresses or a category of its feed; all of it is none's."""
    mixed = []
    for number in range(9):
        place = ("city", "sport", "world")[number % 3]
        category = ("المدينة", "الرياضة", "العالم")[number % 3]
        url = f"https://a.example/ar/{place}/{number}-story"
        mixed.append(Link(url=url, published=NOW, title="ع", categories=(category,)))
    offer = SourceOffer("feed", "https://a.example/feed", tuple(mixed))
    for known in ((), tuple(mixed[::3])):
        best = best_offer([offer], known, page=page, title=title)
        assert (best.offer.part if best else "") == part
        assert not best or set(best.offer.links) == set(mixed[::3])


def test_a_section_goes_on_by_its_part_of_the_sites_feed(town):
    """It is looked for once a day, and the stories of other sections are left."""
    server = town.server
    server.page("/all", html(_cards(*town.city)))
    assert town.build(title="المدينة").added == 6
    server.page("/all", empty())
    assert not town.build(1).good
    assert not town.build(8).good
    assert "/feed/" in server.paths()
    items = [(path, "المدينة") for path in town.city] + [(path, "") for path in town.sport]
    server.page("/feed/", _items(server, *items))
    assert not town.build(1).good
    assert set(server.paths()) == {"/all"}
    report = town.build(24)
    assert report.good
    assert f"is now «feed {server.url('/feed/')} المدينه»" in town.notes[0]
    with Store(town.settings.store) as store:
        assert len(store.links.newest("news", "all", 99)) == 6


# ---- commands


def _write(paper, source: str) -> None:
    folder = paper.folder / "config" / "sites"
    folder.mkdir(parents=True, exist_ok=True)
    server = paper.server
    (folder.parent / "feedmaker.toml").write_text("max_age = 0\n[fetch]\ndelay = 0\nretries = 0\n")
    (folder / "news.toml").write_text(
        f'name = "ن"\nhome = "{server.url("/")}"\n[[sections]]\nslug = "all"\ntitle = "ق"\n'
        f'urls = ["{server.url("/all")}"]\nsource = "{source}"\n',
        "utf-8",
    )


@pytest.mark.slow
def test_check_live_asks_the_source_and_not_the_page(paper):
    """The API's index of a WordPress section, though its page lists nothing."""
    server = paper.server
    api = '<link rel="https://api.w.org/" href="/wp-json/">'
    own = '<link rel="alternate" type="application/json" href="/wp-json/wp/v2/categories/5">'
    server.page("/all", empty(api, own, named("/all/feed/")))
    server.page("/all/feed/", feed(server, 2, 1))
    posts = [{"id": n, "link": f"/{n}-garden-opens-again.html", "title": "خبر"} for n in NUMBERS]
    headers = {"Content-Type": "application/json; charset=UTF-8"}
    server.page("/wp-json/wp/v2/posts", Reply(json.dumps(posts).encode(), headers=headers))
    _write(paper, "wordpress")
    assert "news/all: works: 6 links" in run("check", "--live", cwd=paper.folder)[0]
    _write(paper, "feed")
    assert "news/all: works: 2 links" in run("check", "--live", cwd=paper.folder)[0]
    server.page("/wp-json/wp/v2/posts", Reply(b"{}", 401, headers))
    _write(paper, "wordpress")
    assert "news/all: does not work" in run("check", "--live", cwd=paper.folder, code=1)[0]


def _items(server, *items: tuple[str, str], ahead: int = -48) -> Reply:
    """A feed with these paths and categories."""
    at = f"{NOW + timedelta(hours=ahead):%a, %d %b %Y %H:%M:%S} +0000"
    rows = "".join(
        f"<item><title>{TITLE.format(path)}</title><pubDate>{at}</pubDate>"
        f"<link>{server.url(path)}</link><category>{category}</category></item>"
        for path, category in items
    )
    text = f"<rss version='2.0'><channel><title>ق</title>{rows}</channel></rss>"
    return Reply(text.encode(), headers={"Content-Type": "application/rss+xml"})


def _cards(*paths: str) -> str:
    rows = "".join(f'<li><a href="{path}"><h3>{TITLE.format(path)}</h3></a></li>' for path in paths)
    return f"<main><h1>القسم</h1><ul>{rows}</ul></main>"


def _add(paper, path: str) -> str:
    """The file that `add` writes for a page of a site."""
    folder = paper.folder / "config"
    folder.mkdir(exist_ok=True)
    (folder / "feedmaker.toml").write_text("[fetch]\ndelay = 0\nretries = 0\n")
    (folder / "sites" / "site.toml").unlink(missing_ok=True)
    paper.server.requests.clear()
    out, _ = run("add", paper.server.url(path), "--yes", "--name", "site", cwd=paper.folder)
    text = (folder / "sites" / "site.toml").read_text("utf-8")
    found_by = re.findall(r"# Found by: (.{20})", text)
    assert found_by
    assert all(why in out for why in found_by)  # the screen says which source and why, too
    return text


@pytest.fixture
def town(paper):
    """A site with two sections, whose feed and sitemap are those of the whole site."""
    server = paper.server
    paper.sport = [f"/sport/{n}-the-team-wins-again" for n in range(1, 7)]
    paper.city = [f"/city/{n}-garden-opens-again" for n in range(1, 7)]
    for number, path in enumerate((*paper.sport, *paper.city)):
        server.page(path, article(number))
    menu = '<nav><a href="/city">المدينة</a><a href="/sport">الرياضة</a></nav>'
    server.page("/", html(menu))
    robots = f"Sitemap: {server.url('/news.xml')}\n"
    server.page("/robots.txt", Reply(robots.encode(), headers={"Content-Type": "text/plain"}))
    return paper


@pytest.mark.slow
def test_add_takes_the_source_that_gives_most_of_a_section(town):
    """A feed with the same stories and their dates; not one with others' or fewer stories."""
    server = town.server
    both = [(path, "") for pair in zip(town.sport, town.city, strict=True) for path in pair]
    server.page("/news.xml", sitemap(server))
    server.page("/feed/", _items(server, *both[:6]))
    server.page("/city/feed/", _items(server, *((path, "") for path in town.city)))
    heads = named("/feed/") + named("/city/feed/")
    page = html(_cards(*town.city))
    whole = page.body.replace(b"<body>", f"<head>{heads}</head><body>".encode())
    server.page("/city", replace(page, body=whole))
    text = _add(town, "/city")
    assert 'source = "feed"' in text
    told = "says more of the same stories than its page: 6, 6 with dates"
    assert f"its feed {server.url('/city/feed/')} {told}" in text
    server.page("/city/feed/", _items(server, *((path, "") for path in town.city[:3])))
    text = _add(town, "/city")
    assert "source =" not in text
    assert "its page gives most, of" in text
    server.page("/city/feed/", _items(server, *both))
    assert "source =" not in _add(town, "/city")
    # What is the whole site's is asked once, and each thing once.
    paths = server.paths()
    assert len(paths) == len(set(paths))


@pytest.mark.slow
def test_add_takes_the_part_of_a_sites_source_that_is_the_sections(town):
    """By the folder of its addresses, or its category in the feed; else nothing is taken."""
    server = town.server
    server.page("/city", empty())
    server.page("/news.xml", sitemap(server))
    both = [(path, "") for pair in zip(town.sport, town.city, strict=True) for path in pair]
    server.page("/feed/", _items(server, *both))
    server.page("/", html('<nav><a href="/city">المدينة</a></nav>'))
    text = _add(town, "/city")
    assert 'source = "feed"\nmatch = "/city/"\n' in text
    a_second_later()
    assert "6 links, 6 new" in run("build", "-v", cwd=town.folder)[0]
    flat = {path.replace("/city/", "/").replace("/sport/", "/"): path for path, _ in both}
    for number, path in enumerate(flat):
        page = article(number)
        category = "المدينة" if flat[path] in town.city else "الرياضة"
        meta = f'<meta property="article:section" content="{category}"></head>'
        server.page(path, replace(page, body=page.body.replace(b"</head>", meta.encode())))
    items = [(path, "المدينة" if whole in town.city else "الرياضة") for path, whole in flat.items()]
    server.page("/feed/", _items(server, *items))
    text = _add(town, "/city")
    assert 'source = "feed"\ncategory = ["المدينة"]\n' in text
    a_second_later()
    assert "6 links" in run("build", "-v", cwd=town.folder)[0]
    server.page("/feed/", _items(server, *((path, "") for path in flat)))
    text = _add(town, "/city")  # the home page instead
    assert "المدينة" not in text
    assert server.url("/city") not in text


@pytest.mark.slow
def test_add_takes_the_feed_of_a_page_that_lists_nothing(paper):
    """And says so; a feed of the whole site is not a section's."""
    server = paper.server
    server.page("/", html('<nav><a href="/all">كل الأخبار</a></nav>'))
    server.page("/all", empty(named("/feed/"), named("/all/feed/")))
    server.page("/feed/", feed(server, 9, 8, 7))
    server.page("/all/feed/", feed(server, *NUMBERS))
    (paper.folder / "config").mkdir()
    (paper.folder / "config" / "feedmaker.toml").write_text("[fetch]\ndelay = 0\nretries = 0\n")
    run("add", server.url("/all"), "--yes", "--name", "site", cwd=paper.folder)
    text = (paper.folder / "config" / "sites" / "site.toml").read_text("utf-8")
    assert 'source = "feed"' in text
    assert f"its page lists no stories, its feed {server.url('/all/feed/')} gives 6" in text
    a_second_later()
    out, _ = run("build", "-v", cwd=paper.folder)
    assert "6 new" in out


@pytest.mark.slow
def test_add_says_that_a_list_is_in_the_state_of_its_page(paper):
    """The page itself shows none."""
    server = paper.server
    data = f'<script id="__NEXT_DATA__" type="application/json">{json.dumps(STATE)}</script>'
    server.page("/", html('<nav><a href="/all">كل الأخبار</a></nav>'))
    page = empty()
    server.page(
        "/all", replace(page, body=page.body.replace(b"</body>", f"{data}</body>".encode()))
    )
    (paper.folder / "config").mkdir()
    (paper.folder / "config" / "feedmaker.toml").write_text("[fetch]\ndelay = 0\nretries = 0\n")
    run("add", server.url("/all"), "--yes", "--name", "site", cwd=paper.folder)
    text = (paper.folder / "config" / "sites" / "site.toml").read_text("utf-8")
    assert "its stories are in the page's state" in text
