"""`find_sections`: what a home page leads to, as `feedmaker add` offers it."""

from __future__ import annotations

import pytest

import feedmaker

HOME = "https://news.example/"
MENU = "".join(
    f'<li><a href="/{path}">{title}</a>'
    for path, title in (("politics", "سياسة"), ("economy", "اقتصاد"), ("sport", "رياضة"))
)
STORIES = "".join(
    f'<div><a href="/2026/11/{number}">الحكومة تعلن خطة جديدة للمدارس في المدن رقم {number}</a></div>'
    for number in range(1000, 1005)
)
FEED = '<link rel="alternate" type="application/rss+xml" title="كل الأخبار" href="/rss.xml">'
PAGE = (
    f"<html lang='ar'><head><title>الشاطئ</title>{FEED}</head><body><nav><ul>{MENU}</ul></nav>"
    f"<main><section><h2>تحقيقات</h2>{STORIES}</section></main>"
)


def test_menu_blocks_the_page_itself_and_its_feeds():
    """Sections have a URL or a heading; what `add --yes` would not take is not usual."""
    found = feedmaker.find_sections(PAGE, HOME)
    assert [(one.title, one.url, one.heading, one.usual) for one in found] == [
        ("سياسة", f"{HOME}politics", None, True),
        ("اقتصاد", f"{HOME}economy", None, True),
        ("رياضة", f"{HOME}sport", None, True),
        ("تحقيقات", None, "تحقيقات", True),
        ("الشاطئ", HOME, None, False),
        ("كل الأخبار", f"{HOME}rss.xml", None, False),
    ]


def test_bytes_are_decoded_as_browsers_do():
    """A page in windows-1256 that says so gives what its text gives."""
    declared = PAGE.replace("<head>", '<head><meta charset="windows-1256">')
    assert feedmaker.find_sections(declared.encode("cp1256"), HOME) == feedmaker.find_sections(
        PAGE, HOME
    )


def test_a_page_without_sections_is_one_itself():
    """Its stories are all that there is."""
    found = feedmaker.find_sections(f"<title>الشاطئ</title><main>{STORIES}</main>", HOME)
    assert [(one.title, one.url, one.usual) for one in found] == [("الشاطئ", HOME, True)]


def test_the_feed_of_a_page_that_a_script_makes_is_usual():
    """The page itself has nothing to read."""
    shell = f'<title>الشاطئ</title>{FEED}<div id="root"></div><script></script>'
    found = feedmaker.find_sections(shell, HOME)
    assert [(one.url, one.usual) for one in found] == [(HOME, False), (f"{HOME}rss.xml", True)]


@pytest.mark.parametrize(
    "html",
    [
        "",
        b"",
        b"\x00\xff\xfe\x80" * 1000,
        "\ud800\x00",
        "<",
        "<div>" * 20_000,
        "<a href='http://['>x</a><a href='//'>y</a><a href='http://a:99999999/'>z</a>",
        "<base href='http://[::'>",
        "<link rel=alternate type=text/xml href='http://['>",
    ],
    ids=["empty", "no bytes", "binary", "surrogate", "cut", "deep", "URLs", "base", "feed"],
)
def test_what_is_no_page_has_no_sections(html):
    """Nothing is raised."""
    assert feedmaker.find_sections(html, HOME) == []


@pytest.mark.parametrize("url", ["", "news.example", "http://[", "mailto:a@news.example", "\ud800"])
def test_without_a_url_there_are_no_sections(url):
    """Links are relative to it, and the sections of other sites are not offered."""
    assert feedmaker.find_sections(PAGE, url) == []


def test_a_page_with_very_many_links_and_headings_is_bounded():
    """No more than forty sections are offered, beside the page itself."""
    many = "".join(f'<li><a href="/s{number}">قسم {number}</a>' for number in range(300))
    found = feedmaker.find_sections(f"<nav><ul>{many}</ul></nav>{'<h2>x</h2>' * 300}", HOME)
    assert len(found) == 41
