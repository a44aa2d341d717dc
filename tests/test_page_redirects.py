"""Pages that lead on to another at once, in place of a content."""

from __future__ import annotations

import pytest
from news_site import article, listing
from servers import Reply, html

from feedmaker.html.page_redirects import redirect_target

URL = "https://news.example/old"


def _page(head: str = "", body: str = "") -> bytes:
    return f"<!DOCTYPE html><html lang='ar'><head><title>x</title>{head}</head><body>{body}</body></html>".encode()


@pytest.mark.parametrize(
    "page",
    [
        _page('<meta http-equiv="refresh" content="0; url=/new">'),
        _page("<META HTTP-EQUIV=Refresh CONTENT=\"1;URL='https://news.example/new'\">"),
        _page('<meta content=" 0 ; URL = /new " http-equiv="ReFresh">'),
        _page('<meta http-equiv=Refresh content="0; /new">'),
        _page('<meta http-equiv=REFRESH content="0.0 url=&quot;/new&quot;">'),
        _page(
            '<meta http-equiv="refresh" content="0;url=/new">',
            "<p>إن لم تنتقل تلقائيا <a href=/new>اضغط هنا</a></p>",
        ),
        _page('<script>window.location.replace("/new");</script>'),
        _page("", "<script>location.href = 'https:\\/\\/news.example\\/new'</script>"),
        _page('<script>window.location = "/new"</script>'),
    ],
)
def test_a_page_that_only_leads_on_is_a_redirect(page):
    """By a refresh at once, or a bare line of script."""
    assert redirect_target(page, URL) == "https://news.example/new"


@pytest.mark.parametrize(
    ("header", "target"),
    [
        ("0; url=/new", "https://news.example/new"),
        ("1;URL='https://news.example/new'", "https://news.example/new"),
        ("300; url=/new", None),
        ("5", None),
        ("0; url=/old", None),
        ("x" * 4_000, None),
    ],
)
def test_a_header_leads_on_as_an_element_does(header, target):
    """Browsers take the one for the other."""
    assert redirect_target(_page(body="<p>moved</p>"), URL, header) == target
    assert redirect_target(_page(body="<p>" + "نص من الصفحة " * 40), URL, header) is None


@pytest.mark.parametrize(
    "page",
    [
        _page('<meta http-equiv="refresh" content="300; url=/new">'),
        _page('<meta http-equiv="refresh" content="0">'),
        _page('<meta http-equiv="refresh" content="0; url=/old">'),
        _page('<meta http-equiv="refresh" content="0; url=javascript:alert(1)">'),
        _page(
            '<meta http-equiv="refresh" content="0; url=/new">',
            "<p>" + "نص من الصفحة " * 40 + "</p>",
        ),
        _page('<script>if (screen.width < 500) { location.replace("/new"); }</script>'),
        _page('<script>function go() { location.href = "/new"; }</script>'),
        _page("<p>refresh, location</p>"),
        _page('<meta http-equiv="refresh" content="0; url=/new">', " " * 10_000),
        b"refresh",
    ],
)
def test_other_pages_are_none(page):
    """What waits, asks, goes nowhere else or shows something is the page itself."""
    assert redirect_target(page, URL) is None


def test_a_listing_and_an_article_are_had_where_they_lead(news):
    """Each is followed once; what it leads to is asked for whole."""
    old = Reply(_page('<meta http-equiv="refresh" content="0; url=/now">'), headers={"ETag": '"a"'})
    news.server.page("/all", old)
    news.server.page("/now", listing(1, 2))
    news.server.page(
        "/1-garden-opens-again.html", Reply(_page('<script>location.replace("/moved/1")</script>'))
    )
    news.server.page("/moved/1", article(1))
    (report,) = news.run()
    assert (report.status, report.added, report.failures) == ("published", 2, ())
    assert news.server.paths().count("/now") == 1


def test_a_listing_is_had_where_a_header_leads(news):
    """In place of an element that says so."""
    news.server.page("/all", html("<p>...</p>", Refresh="0; url=/now"))
    news.server.page("/now", listing(1, 2))
    (report,) = news.run()
    assert (report.status, report.added) == ("published", 2)


def test_two_pages_that_lead_to_each_other_end(news):
    """One step and no more."""
    news.server.page("/all", Reply(_page('<meta http-equiv="refresh" content="0; url=/b">')))
    news.server.page("/b", Reply(_page('<meta http-equiv="refresh" content="0; url=/all">')))
    (report,) = news.run()
    assert not report.good
    assert news.server.paths() == ["/all", "/b"]
