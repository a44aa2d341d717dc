"""Feeds, sitemaps and JSON as listings, with the faults that real ones have."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest

from feedmaker.listing import section_links, source_kind
from feedmaker.model import Page, Rules, Section
from feedmaker.model.errors import ListingError

SITE = "https://news.example"
TITLES = (
    "بلدية الواحة تفتح ثلاث حدائق جديدة قبل بداية الصيف",
    "باحثون يوثقون طيور البحيرة الشمالية للمرة الأولى",
    "تأجيل مباراة القمة أسبوعا بسبب أمطار غزيرة",
    "مكتبة متنقلة تصل إلى القرى الجبلية البعيدة",
)
STORIES = [(f"{SITE}/news/{100000 + n}", title) for n, title in enumerate(TITLES)]
SECTION = Section(slug="all", title="الكل", urls=(f"{SITE}/source",))


def _page(content: str) -> Page:
    data = content.encode()
    return Page(url=f"{SITE}/source", content=data, utf8=data, fetched_at=datetime.now(UTC))


def _links(content: str) -> list[tuple[str, str]]:
    return [(one.url, one.title) for one in section_links(_page(content), SECTION, Rules()).links]


def _rss(item: str, before: str = "", attributes: str = "") -> str:
    items = "".join(
        f"<item>{item.format(url=url, title=title, path=url.removeprefix(SITE))}</item>"
        for url, title in STORIES
    )
    return f'{before}<?xml version="1.0"?><rss version="2.0" {attributes}><channel><title>x</title>{items}</channel></rss>'


def _atom(entry: str, attributes: str = "") -> str:
    entries = "".join(
        f"<entry>{entry.format(url=url, title=title, path=url.removeprefix(SITE + '/news/'))}</entry>"
        for url, title in STORIES
    )
    return (
        f'<feed xmlns="http://www.w3.org/2005/Atom" {attributes}><title>x</title>{entries}</feed>'
    )


def _sitemap(entry: str) -> str:
    image = 'xmlns:image="http://www.google.com/schemas/sitemap-image/1.1"'
    entries = "".join(f"<url>{entry.format(url=url)}</url>" for url, _ in STORIES)
    return f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" {image}>{entries}</urlset>'


PLAIN = "<title>{title}</title><link>{url}</link>"
SOURCES = {
    "rss": _rss(PLAIN),
    "unclosed markup in a text": _rss(
        "<title>{title}</title><description><p>x<br></p></description><link>{url}</link>"
    ),
    "markup left open beside a title": _rss(
        "<title>{title} <br></title><x:y>&nbsp;<b></x:y><link>{url}</link>"
    ),
    "a warning of PHP before": _rss(
        PLAIN, before="<br />\n<b>Warning</b>: session_start() in <b>x.php</b>\n"
    ),
    "a long document type": '<?xml version="1.0"?><!DOCTYPE r [<!ENTITY a "'
    + "a" * 9000
    + '">]>'
    + _rss(PLAIN)[21:],
    "xml:base": _atom('<title>{title}</title><link href="{path}"/>', f'xml:base="{SITE}/news/"'),
    "xml:base of an entry's": _atom(
        '<title>{title}</title><link xml:base="/news/" href="{path}"/>'
    ).replace("<entry>", '<entry xml:base="/news/">'),
    "a relation by its address": _atom(
        '<title>{title}</title><link rel="http://www.iana.org/assignments/relation/alternate" href="{url}"/>'
    ),
    "an id alone": _atom("<title>{title}</title><id>{url}</id>"),
    "rdf:about alone": '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"><channel/>'
    + "".join(f'<item rdf:about="{url}"><title>{title}</title></item>' for url, title in STORIES)
    + "</rdf:RDF>",
    "json feed, version last": json.dumps(
        {
            "title": "x" * 5000,
            "items": [{"id": url, "title": title} for url, title in STORIES],
            "version": "https://jsonfeed.org/version/1.1",
        }
    ),
    "wp-json": json.dumps(
        [
            {
                "id": n,
                "date_gmt": "2026-11-20T08:00:00",
                "link": url,
                "title": {"rendered": title},
                "content": {"rendered": "<p>x</p>"},
            }
            for n, (url, title) in enumerate(STORIES)
        ]
    ),
    "an api of infinite scrolling": json.dumps(
        {
            "ok": True,
            "html": "".join(
                f'<li class="card"><a href="{url}"><h3>{title}</h3></a><p>{"نص " * 100}</p></li>'
                for url, title in STORIES
            ),
        }
    ),
    "json with html that breaks off": json.dumps(
        {"posts": [{"url": url, "title": title} for url, title in STORIES]}
    )[:-4],
}


@pytest.mark.parametrize("name", SOURCES)
def test_a_source_with_a_fault_names_its_stories(name):
    """All stories, in order, with their headlines."""
    assert _links(SOURCES[name]) == STORIES


@pytest.mark.parametrize(
    "content",
    [
        _sitemap(
            "<image:image><image:loc>https://news.example/i.jpg</image:loc></image:image><loc>{url}</loc>"
        ),
        "\ufeff" + _sitemap("<loc>{url}</loc>"),
        "\n".join(url for url, _ in STORIES),
    ],
)
def test_sitemaps_name_pages(content):
    """Pictures before an address, a byte order mark, and lines of text."""
    assert [url for url, _ in _links(content)] == [url for url, _ in STORIES]


def test_dates_of_an_api_are_utc_where_it_says_so():
    """`date_gmt` of WordPress has no zone."""
    listing = section_links(_page(SOURCES["wp-json"]), SECTION, Rules())
    assert listing.links[0].published == datetime(2026, 11, 20, 8, tzinfo=UTC)
    assert listing.source == "state"


def test_a_sound_feed_may_be_empty():
    """A feed without items is no mistake of the configuration."""
    assert _links(_rss("").replace("<item></item>", "")) == []


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        ('{"error": "not found", "code": 404}', "JSON that names no stories"),
        ("[1, 2, 3]", "JSON that names no stories"),
        ("<rss><channel><item><title>x</title></item></channel></rss>", "names no pages"),
    ],
)
def test_what_names_no_stories_is_called_what_it_is(content, reason):
    """JSON is never read as HTML."""
    with pytest.raises(ListingError, match=reason):
        _links(content)


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        ("<!DOCTYPE html><html><body><p>&lt;rss&gt;</p></body></html>", "html"),
        ('<?xml version="1.0"?><!DOCTYPE html><html><body>x</body></html>', "html"),
        ("<ul><li><a href='/1'>x</a></li></ul>", "html"),
        ("https://news.example/ is our address, and this is a text", "html"),
        ("https://news.example/1\nhttps://news.example/2\n", "text"),
        ('{"a": 1}', "json"),
    ],
)
def test_a_page_is_known_by_its_first_words(content, kind):
    """Whatever its content type says."""
    assert source_kind(_page(content)) == kind
