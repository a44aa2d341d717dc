"""A sitemap index as a section's listing, over real HTTP."""

from __future__ import annotations

from datetime import timedelta

import pytest
from news_site import NOW, article
from servers import Reply

from feedmaker.listing.other_sources import named_sitemaps
from feedmaker.model import Code, Page


def _xml(content: str, **headers: str) -> Reply:
    return Reply(content.encode(), headers={"Content-Type": "application/xml", **headers})


def _map(news, *numbers: int, day: str = "2026-11-20") -> str:
    entries = "".join(
        f"<url><loc>{news.server.url(f'/{n}-garden-opens-again.html')}</loc><lastmod>{day}</lastmod></url>"
        for n in numbers
    )
    return f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{entries}</urlset>'


def _index(news, *paths: str) -> str:
    entries = "".join(f"<sitemap><loc>{news.server.url(path)}</loc></sitemap>" for path in paths)
    return f'<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{entries}</sitemapindex>'


@pytest.fixture
def indexed(news):
    """A site of which the section's listing is an index with a validator of its own."""
    for number in range(1, 9):
        news.server.page(f"/{number}-garden-opens-again.html", article(number))
    news.server.page("/all", _xml(_index(news, "/news.xml"), ETag='"index"'))
    news.server.page("/news.xml", _xml(_map(news, 1, 2), ETag='"one"'))
    return news


def test_a_static_index_freezes_nothing(indexed):
    """Its sitemaps are asked in every run, by their own validators."""
    (report,) = indexed.run()
    assert (report.links, report.added) == (2, 2)
    (report,) = indexed.run()
    assert (report.status, report.links) == ("unchanged", None)
    assert indexed.server.paths() == ["/all", "/news.xml"]
    indexed.server.page("/news.xml", _xml(_map(indexed, 1, 2, 3), ETag='"two"'))
    (report,) = indexed.run()
    assert (report.links, report.added) == (3, 1)


def test_a_sitemap_that_is_missing_empty_or_broken_stops_nothing(indexed):
    """It is named, and what the others give is taken."""
    indexed.server.page("/empty.xml", _xml(_map(indexed)))
    indexed.server.page("/all", _xml(_index(indexed, "/missing.xml", "/empty.xml", "/news.xml")))
    (report,) = indexed.run()
    assert (report.status, report.added) == ("published", 2)
    assert {one.url for one in report.failures} == {
        indexed.server.url(path) for path in ("/missing.xml", "/empty.xml")
    }


def test_an_index_within_an_index_is_read_and_circles_end(indexed):
    """Each sitemap is asked once; an index that names only itself names no pages."""
    indexed.server.page("/all", _xml(_index(indexed, "/inner.xml", "/all")))
    indexed.server.page("/inner.xml", _xml(_index(indexed, "/all", "/inner.xml", "/news.xml")))
    (report,) = indexed.run()
    assert (report.status, report.added) == ("published", 2)
    assert sorted(indexed.server.paths())[-3:] == ["/all", "/inner.xml", "/news.xml"]
    indexed.server.page("/all", _xml(_index(indexed, "/all")))
    (report,) = indexed.run()
    assert not report.good
    assert indexed.server.paths() == ["/all"]


def test_an_index_without_an_end_names_no_pages(indexed):
    """Each names another one: there is no first feed without a story, and no good section."""
    for number in range(30):
        indexed.server.page(f"/{number}.xml", _xml(_index(indexed, f"/{number + 1}.xml")))
    indexed.server.page("/all", _xml(_index(indexed, "/0.xml")))
    (report,) = indexed.run()
    assert (report.status, report.reason.code) == ("kept", Code.NO_PAGES_NAMED)
    assert not indexed.path().exists()


def test_what_changed_last_before_max_age_is_noted_and_not_fetched(indexed):
    """A page that has not changed for years is no news."""
    indexed.server.page(
        "/news.xml",
        _xml(
            _map(indexed, 1, 2).replace("</urlset>", "")
            + _map(indexed, 3, day="2015-03-01").split(">", 1)[1]
        ),
    )
    (report,) = indexed.run(max_age=30)
    assert (report.links, report.added) == (3, 2)
    indexed.now = NOW + timedelta(minutes=30)
    indexed.run()
    assert "/3-garden-opens-again.html" not in indexed.server.paths()


@pytest.mark.parametrize(
    ("names", "want"),
    [
        (["y2024", "y2025", "y2026"], ["y2026", "y2025", "y2024"]),
        (["y2026", "y2025"], ["y2026", "y2025"]),
        (["post-1", "post-2", "post-10", "page-1"], ["post-10", "page-1", "post-2", "post-1"]),
        (["b", "a"], ["b", "a"]),
    ],
)
def test_without_dates_the_sitemaps_with_the_highest_numbers_come_first(names, want):
    """Names count up as time goes; others keep their order."""
    entries = "".join(
        f"<sitemap><loc>https://news.example/{name}.xml</loc></sitemap>" for name in names
    )
    data = f"<sitemapindex>{entries}</sitemapindex>".encode()
    page = Page(url="https://news.example/index.xml", content=data, utf8=data, fetched_at=NOW)
    assert named_sitemaps(page) == [f"https://news.example/{name}.xml" for name in want]
