"""How much is taken of what a page says: titles, names, words, blanks, addresses, JSON-LD."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest

import feedmaker
from feedmaker.listing import section_links
from feedmaker.model import Page, Rules, Section
from feedmaker.model.errors import ListingError

SITE = "https://news.example"
NOW = datetime(2026, 11, 22, tzinfo=UTC)
ADDRESS = f"{SITE}/news/{'a' * 100_000}"
LONG = {
    "words": "كلمة " * 20_000,
    "one word": "ك" * 100_000,
    "blanks": (" \u00a0" * 50_000).join(("كلمة", "أخرى ثم كلمة")),
    "names": "علي حسن، " * 20_000,
    "marks": ("\u0651\u0650" * 50_000).join(("كلمة", " أخرى ثم كلمة")),
}
TEXT = "".join(
    f"<p>قالت البلدية أمس إن الحديقة العامة رقم {n} ستفتح أبوابها قبل الصيف بعد أعمال صيانة.</p>"
    for n in range(9)
)
MOST = {
    "title": 1000,
    "summary": 400,
    "category": 60,
    "text": 402_000,
    "url": 4000,
    "image": 10_000,
}


@pytest.mark.parametrize("kind", LONG)
def test_of_whatever_an_article_says_without_end_the_beginning_is_taken(kind):
    """In its head, its JSON-LD and its text; the story itself is read."""
    long = LONG[kind]
    data = {
        "@type": "NewsArticle",
        "headline": long,
        "description": long,
        "articleSection": long,
        "keywords": [long, "حدائق"],
        "author": [{"@type": "Person", "name": long}, {"@type": "Person", "name": "أحمد علي"}],
        "image": ADDRESS,
        "datePublished": long,
        "publisher": {"name": long},
    }
    names = ("og:title", "og:site_name", "author", "article:section", "article:tag", "description")
    head = "".join(f"<meta property='{name}' content='{long}'>" for name in names)
    head += f"<meta property='og:image' content='{ADDRESS}'><link rel=canonical href='{ADDRESS}'>"
    story = feedmaker.extract(
        f"<html lang=ar><head><title>{long}</title>{head}"
        f"<script type=application/ld+json>{json.dumps(data)}</script></head>"
        f"<body><article><h1>{long}</h1><p class=author>{long}</p><time>{long}</time>{TEXT}"
        f"<p>{long}</p><a href='{ADDRESS}'>{long}</a><img src='{ADDRESS}' alt='{long}'></article>",
        f"{SITE}/news/1",
        now=NOW,
    )
    assert "رقم 8 ستفتح" in story.text
    for field, most in MOST.items():
        assert len(getattr(story, field) or "") <= most, field
    assert max(map(len, (*story.authors, *story.tags, *story.also, ""))) <= 60
    assert len(story.html) < 404_000


def _html(long: str) -> str:
    cards = [
        f"<li><h2><a href='/news/{n}-x'>{n} {long}</a></h2><p>{long}</p></li>" for n in range(6)
    ]
    cards += [
        f"<li><h2><a href='/news/{n}?{'a' * 5000}'>{n} {long}</a></h2></li>" for n in range(20, 26)
    ]
    return f"<html lang=ar><ul>{''.join(cards)}</ul>"


def _rss(long: str) -> str:
    items = [
        f"<item><title>خبر رقم {n} {long}</title><description>{long}</description>"
        f"<link>{SITE}/n/{n}?{'a' * length}</link></item>"
        for n, length in enumerate((1, 1, 1, 5000))
    ]
    return f"<rss version='2.0'><channel><title>x</title>{''.join(items)}</channel></rss>"


def _sitemap(long: str) -> str:
    news = "http://www.google.com/schemas/sitemap-news/0.9"
    entries = [
        f"<url><loc>{SITE}/n/{n}?{'a' * length}</loc>"
        f"<news:news><news:title>خبر رقم {n} {long}</news:title></news:news></url>"
        for n, length in enumerate((1, 1, 1, 5000))
    ]
    spaces = f"xmlns='http://www.sitemaps.org/schemas/sitemap/0.9' xmlns:news='{news}'"
    return f"<urlset {spaces}>{''.join(entries)}</urlset>"


@pytest.mark.parametrize("source", [_html, _rss, _sitemap])
@pytest.mark.parametrize("kind", LONG)
def test_of_whatever_a_listing_says_without_end_the_beginning_is_taken(source, kind):
    """An address beyond all measure is no link's."""
    data = source(LONG[kind]).encode()
    page = Page(url=f"{SITE}/source", content=data, utf8=data, fetched_at=NOW)
    section = Section(slug="all", title="الكل", urls=(page.url,))
    try:
        links = section_links(page, section, Rules()).links
    except ListingError:
        assert source is _html  # such headlines are none
        return
    assert links
    assert max(len(link.url) for link in links) <= 4000
    assert max(len(link.title) for link in links) <= 1000
