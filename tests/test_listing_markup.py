"""Sitemaps and feeds as listings, whole, broken and hostile; and what the form of a URL says."""

from __future__ import annotations

import gzip
from contextlib import suppress
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedmaker.listing import PageLinks, child_sitemaps, section_links
from feedmaker.listing.url_shape import shape, url_form
from feedmaker.model import Link, Page, Rules, Section
from feedmaker.model.errors import ListingError
from feedmaker.text import urls

SITE = "https://news.example/"
NOW = datetime(2026, 11, 22, tzinfo=UTC)


def page(text: str, content: bytes | None = None, url: str = SITE + "sitemap.xml") -> Page:
    """A fetched page with this text."""
    raw = text.encode("utf-8", "replace") if content is None else content
    return Page(url=url, content=raw, utf8=text.encode("utf-8", "replace"), fetched_at=NOW)


def links(text: str, content: bytes | None = None, **how: object) -> list[Link]:
    """The links of a page for a section."""
    found = section_links(page(text, content), Section(slug="s", title="S", **how), Rules())
    return list(found.links)


NEWS = """<?xml version="1.0" encoding="UTF-8"?>
<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:n="http://www.google.com/schemas/sitemap-news/0.9"
        xmlns:image="http://www.google.com/schemas/sitemap-image/1.1">
<url><loc>https://news.example/news/1</loc><n:news><n:publication><n:name>الأخبار</n:name><n:language>ar</n:language>
  </n:publication><n:publication_date>2026-11-20T08:00:00+01:00</n:publication_date>
  <n:title>خبر &amp; أول</n:title></n:news></url>
<url><loc> https://news.example/news/2?utm_source=x </loc><n:news><n:publication_date>2026-11-21</n:publication_date>
  <n:title><![CDATA[خبر ثان]]></n:title></n:news><image:image><image:loc>/i/2.jpg</image:loc></image:image></url>
</urlset>"""


def test_news_sitemap() -> None:
    """A news sitemap gives titles, dates and pictures, the newest story first, with canonical URLs."""
    assert links(NEWS) == [
        Link(
            url=f"{SITE}news/2",
            title="خبر ثان",
            published=datetime(2026, 11, 21, tzinfo=UTC),
            changed=datetime(2026, 11, 21, tzinfo=UTC),
            image=f"{SITE}i/2.jpg",
        ),
        Link(
            url=f"{SITE}news/1",
            title="خبر & أول",
            published=datetime.fromisoformat("2026-11-20T08:00:00+01:00"),
            changed=datetime.fromisoformat("2026-11-20T08:00:00+01:00"),
        ),
    ]


def test_plain_sitemap() -> None:
    """A sitemap without news gives its story URLs, the last changed first, and no date: a change is
    none.
    """
    text = f"""<urlset><url><loc>{SITE}</loc></url><url><loc>{SITE}tag/x</loc></url>
    <url><loc>{SITE}about-us/</loc></url>
    <url><loc>{SITE}sport/</loc></url><url><loc>{SITE}news/24001</loc><lastmod>2026-11-01</lastmod></url>
    <url><loc>{SITE}news/24003</loc><lastmod>2026-11-03T10:00:00Z</lastmod></url>
    <url><loc>{SITE}news/24002</loc></url></urlset>"""
    assert [(x.url[-5:], x.published) for x in links(text)] == [
        ("24003", None),
        ("24001", None),
        ("24002", None),
    ]


def test_packed_sitemap() -> None:
    """A sitemap file that is itself gzip is unpacked, in whatever encoding it declares."""
    packed = gzip.compress(NEWS.replace("UTF-8", "windows-1256").encode("windows-1256"))
    assert [x.title for x in links("\x1f\ufffd", packed)] == ["خبر ثان", "خبر & أول"]


def test_broken_gzip() -> None:
    """A gzip file that is cut short or no gzip is one clear error."""
    with pytest.raises(ListingError, match="gzip"):
        links("\x1f\ufffd", b"\x1f\x8b no gzip at all")
    with pytest.raises(ListingError, match=r"sitemap\.xml"):
        links("\x1f\ufffd", gzip.compress(NEWS.encode())[:12])


def test_sitemap_index() -> None:
    """The sitemaps of an index, newest first, those without a date after them in their order; no
    other page has any.
    """
    text = f"""<?xml version="1.0"?><sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">
    <sitemap><loc>{SITE}a.xml</loc></sitemap><sitemap><loc>{SITE}old.xml</loc><lastmod>2025-01-01</lastmod></sitemap>
    <sitemap><loc>/new.xml.gz</loc><lastmod>2026-11-21T23:00:00+01:00</lastmod></sitemap><sitemap/></sitemapindex>"""
    assert child_sitemaps(page(text)) == [f"{SITE}new.xml.gz", f"{SITE}old.xml", f"{SITE}a.xml"]
    others = (
        NEWS,
        "",
        "<p>sitemapindex</p>",
        "<?xml version='1.0'?><sitemapindex",
        '{"items": []}',
    )
    assert [child_sitemaps(page(other)) for other in others] == [[]] * 5


RSS = f"""<rss version="2.0" xmlns:media="http://search.yahoo.com/mrss/"><channel><title>ق</title><link>{SITE}</link>
<item><title>خبر &lt;b&gt;أول&lt;/b&gt; &amp;quot;مهم&amp;quot;</title><link>
   /news/1?utm_medium=rss</link><pubDate>Sat, 21 Nov 2026 10:00:00 +0100</pubDate>
<media:content url="/i.jpg" medium="image"/></item>
<item><title>خبر ثان</title><guid>https://other.example/2</guid><enclosure type="image/png" url="{SITE}e.png"/></item>
<item><title>بلا عنوان</title><guid isPermaLink="false">tag:2</guid></item>
<item><title>خبر أول مكرر</title><link>{SITE}news/1</link></item></channel></rss>"""


def test_rss() -> None:
    """RSS gives its items in their order: the link, else a guid that is one; titles are plain text;
    each URL once.
    """
    assert links(RSS) == [
        Link(
            url=f"{SITE}news/1",
            title='خبر أول "مهم"',
            published=datetime.fromisoformat("2026-11-21T10:00:00+01:00"),
            image=f"{SITE}i.jpg",
        ),
        Link(url="https://other.example/2", title="خبر ثان", image=f"{SITE}e.png"),
    ]


def test_atom() -> None:
    """Atom gives the alternate link and the publication date before the date of a change."""
    text = f"""<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom"><entry><title type="html">خبر</title>
    <link rel="self" href="{SITE}x.atom"/><link rel="alternate" href="{SITE}news/1"/>
    <updated>2026-11-22T00:00:00Z</updated>
    <published>2026-11-21T00:00:00Z</published></entry></feed>"""
    assert links(text) == [
        Link(url=f"{SITE}news/1", title="خبر", published=datetime(2026, 11, 21, tzinfo=UTC))
    ]


def test_rdf() -> None:
    """RSS 1.0 is read too, with the date of Dublin Core."""
    text = f"""<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"
    xmlns:dc="http://purl.org/dc/elements/1.1/"><item><title>خبر</title><link>{SITE}news/1</link>
    <dc:date>2026-11-21T09:00+03:00</dc:date></item></rdf:RDF>"""
    assert [x.published and x.published.isoformat() for x in links(text)] == [
        "2026-11-21T09:00:00+03:00"
    ]


def test_json_feed() -> None:
    """JSON Feed is read; items of wrong types are passed over."""
    text = """{"version": "https://jsonfeed.org/version/1.1", "items": [{"url": "/news/1", "title": "خبر", "image": 5,
    "date_published": "2026-11-21T09:00:00Z"}, 7, {"url": 8}, {"external_url": "https://o.example/2"}]}"""
    assert links(text) == [
        Link(url=f"{SITE}news/1", title="خبر", published=datetime(2026, 11, 21, 9, tzinfo=UTC)),
        Link(url="https://o.example/2"),
    ]


def test_filters_apply() -> None:
    """A section's filters hold for sitemaps and feeds as for pages."""
    assert [x.title for x in links(RSS, include=("ثان",))] == ["خبر ثان"]
    assert [x.url for x in links(NEWS, match="news/1$")] == [f"{SITE}news/1"]


def test_mended() -> None:
    """A feed with a bare ampersand, an unknown entity or a missing end gives what can be read."""
    for broken, title in (
        (RSS.replace("خبر ثان", "خبر&nbsp;ثان"), "خبر ثان"),
        (RSS.replace("خبر ثان", "خبر & ثان"), "خبر ثان"),
        (RSS[: RSS.index("<item><title>بلا")], "خبر ثان"),
        ("\ufeff \n" + RSS, "خبر ثان"),
    ):
        read = links(broken)
        assert [x.url for x in read] == [f"{SITE}news/1", "https://other.example/2"]
        assert read[1].title == title


@pytest.mark.parametrize("halves", ["&#xD83D;&#xDE00;", "&#55357;&#56832;", "&#x0d800;"])
def test_halves_of_characters(halves: str) -> None:
    """References to halves of characters, which XML does not have, are left out of texts and names."""
    item = f"<item><title>خبر{halves} أول</title><link>https://news.example/news/1</link></item>"
    feed = f'<rss xmlns:n="{halves}https://n.example/"><channel><n:x/>{item}</channel></rss>'
    assert [link.title for link in links(feed)] == ["خبر أول"]


def test_entities_stay_closed() -> None:
    """Entities that a document defines are neither expanded (the billion laughs) nor fetched."""
    bomb = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 30))
    text = f"""<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY l0 "ضحك">{bomb}<!ENTITY f SYSTEM "file:///etc/hostname">]>
    <rss><channel><item><title>خبر &l29;&f;</title><link>{SITE}news/1</link></item></channel></rss>"""
    assert [x.title for x in links(text)] == ["خبر &l29;&f;"]


@pytest.mark.parametrize(
    "text",
    [
        "<urlset></urlset>",
        "<?xml version='1.0'?><rss>",
        "<rss><channel><item/></channel></rss>",
        '{"x": "jsonfeed.org"',
    ],
)
def test_nothing_in_it(text: str) -> None:
    """A sitemap or feed without pages is an error that names it."""
    with pytest.raises(ListingError, match=r"^https://news\.example/sitemap\.xml: "):
        links(text)


@given(
    st.text(max_size=200),
    st.sampled_from(("<urlset>", "<rss>", "<feed>", "<?xml version='1.0'?><sitemapindex>")),
)
def test_any_text(text: str, opening: str) -> None:
    """Whatever follows the opening of a feed or sitemap, it gives links or a ListingError."""
    assert isinstance(child_sitemaps(page(opening + text)), list)
    with suppress(ListingError):
        assert links(opening + text)


STORIES = (
    "https://n.example/314/102152-الخلاف-يحبط-المساعي-لتوحيد-المؤسسة",
    "https://n.example/news/24906",
    "https://n.example/2026/11/20/world/slug.html",
    "https://n.example/world/2026/nov/20/some-story-of-the-day",
    "https://n.example/15-Jul-2026/1316382",
    "https://n.example/1448/05/22/خبر",
    "https://n.example/story.php?nn=13920724000207",
    "https://n.example/news/articles/cde51y0zgjyo",
    "https://n.example/fa/news/7349129/قیمت-روز-خودرو",
    "https://n.example/world/live/2026/nov/20/election-results-as-they-come-in",
    "https://n.example/a/p2xbfVD",
    "https://n.example/news/abcdefab-cdef-abcd-efab-cdefabcdefab",
    "https://n.example/ministers-agree-on-budget-for-next-year/",
)
OTHERS = (
    "https://n.example/",
    "https://n.example/index.html",
    "https://n.example/sport/",
    "https://n.example/cop28",
    "https://n.example/tag/20261120-election-results",
    "https://n.example/author/29/web-desk-of-the-paper",
    "https://n.example/تصنيف/أخبار-محلية-وعربية-وعالمية",
    "https://n.example/videos/latest",
    "https://n.example/uploads/2026/11/report-of-the-year.pdf",
    "https://n.example/search?q=some+words+in+a+row",
    "https://n.example/live",
    "https://n.example/weather/today",
    "https://www.facebook.com/n/posts/24900012345",
)


@pytest.mark.parametrize("url", STORIES)
def test_urls_of_stories(url: str) -> None:
    """Dates, long numbers, ids and slugs speak for a story."""
    assert shape(urls.canonical(url) or "") >= 0.5


@pytest.mark.parametrize("url", OTHERS)
def test_urls_of_others(url: str) -> None:
    """Roots, sections, files, networks, and paths named after tags, authors, videos and searches
    speak against it.
    """
    assert shape(urls.canonical(url) or "") <= -0.5


def test_an_index_is_its_folder() -> None:
    """A file called so leads where its folder leads; its date and its pattern are the folder's."""
    for folder in ("https://n.example/2026/11/", "https://n.example/sport/"):
        file = url_form(f"{folder}index.html")
        assert file == url_form(folder)
    assert url_form("https://n.example/index.xml").is_nowhere


@given(st.text(st.sampled_from("aخ-1/é"), min_size=1, max_size=20))
def test_letters_are_read_in_an_encoded_url(text: str) -> None:
    """The words of a slug are those that it was made of."""
    url = urls.canonical(f"https://n.example/x/{text}") or ""
    assert set(url_form(url).words) <= {*text.replace("/", "-").split("-"), "x"}


@given(st.text(max_size=60))
def test_any_url(text: str) -> None:
    """Any canonical URL has a shape within bounds."""
    url = urls.canonical(text, SITE)
    assert url is None or -3 <= shape(url) <= 1.5


@pytest.mark.parametrize(
    "base",
    ["https://n.example/news/", "http://n.example", "https://n.example:81/a/../b;c=d/e?f=/g"],
)
def test_an_address_leads_where_joining_leads(base: str) -> None:
    """What is put behind its host or folder as it is gives the URL that joining gives."""
    odd = (
        "a//b a/./b a/../b .. ../x ./x x?y=//z x#y x#!y/z /#!a/b //h.example //h.example/x#y"
        " //H.Example/x //h.example:80/x http:foo صفحة أ/ب /صفحة?x=ب a\\b /x?utm_source=1&y=2"
        " x?utm_source=1 x? /? ///x x;jsessionid=12 /x;a=b a/. /a/../b /a/%7e%zz a.html?u=http://e"
        " /a?b=c&t=1612345678901 //_x.example/y a%2f x?a?b http://a.example?x=1 http://a.example/x?"
    )
    for address in odd.split():
        found = PageLinks(f'<a href="{address}">x</a>', base)
        wanted = urls.canonical(address, base)
        kept = [] if wanted is None or urls.key(wanted) == urls.key(base) else [wanted]
        assert [anchor.url for anchor in found.anchors] == kept, address
