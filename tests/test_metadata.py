"""What a page says about its story: picture, category, tags, language, address, and how it all
comes together.
"""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser

from feedmaker.article.about import read_metadata
from feedmaker.model import Rules
from feedmaker.model.trace import Trace

URL = "https://news.example/world/2024/05/ceasefire-12345"
ARABIC = "https://akhbar.example/أخبار/12345-وقف-إطلاق-النار"


def read(html, url=URL, *, language=None, timezone="UTC", now=None, trace=None, **rules):
    """What a page says."""
    return read_metadata(
        LexborHTMLParser(html),
        url,
        rules=Rules(**rules),
        language=language,
        timezone=timezone,
        now=now,
        trace=trace,
    )


def page(head="", body="", lang="en"):
    """A page of these parts."""
    return f"<html lang='{lang}'><head>{head}</head><body>{body}</body></html>"


PLAIN = """
<html lang="ar"><head>
<title>وقف إطلاق النار يدخل حيز التنفيذ - صحيفة المنارة</title>
<meta property="og:site_name" content="صحيفة المنارة">
<meta property="og:title" content="وقف إطلاق النار يدخل حيز التنفيذ">
<meta property="og:type" content="article">
<meta property="og:image" content="/media/2024/ceasefire.jpg">
<meta property="article:published_time" content="2024-05-04T10:30:00+03:00">
<meta property="article:section" content="أخبار عربية">
<meta property="article:tag" content="غزة"><meta property="article:tag" content="هدنة">
<meta name="description" content="دخل الاتفاق حيز التنفيذ صباح السبت.">
<link rel="canonical" href="https://akhbar.example/news/12345">
</head><body><nav>الرئيسية</nav>
<article><h1>وقف إطلاق النار يدخل حيز التنفيذ</h1>
<p class="byline">كتب: أحمد علي</p><time datetime="2024-05-04T10:30:00+03:00">4 مايو 2024</time>
<p>دخل اتفاق وقف إطلاق النار حيز التنفيذ صباح اليوم السبت بعد مفاوضات طويلة.</p></article></body></html>"""


def test_a_plain_arabic_page_is_read_whole():
    """Every field of an ordinary Arabic article page is found, and the visible nodes are handed on."""
    found = read(PLAIN, ARABIC)
    assert found.title == "وقف إطلاق النار يدخل حيز التنفيذ"
    assert found.authors == ("أحمد علي",)
    assert found.published == datetime.fromisoformat("2024-05-04T10:30:00+03:00")
    assert found.image == "https://akhbar.example/media/2024/ceasefire.jpg"
    assert found.category == "أخبار عربية"
    assert found.tags == ("غزة", "هدنة")
    assert found.language == "ar"
    assert found.description == "دخل الاتفاق حيز التنفيذ صباح السبت."
    assert found.canonical == "https://akhbar.example/news/12345"
    assert found.article
    assert [node.text() for node in found.author_nodes] == ["كتب: أحمد علي"]


def test_a_page_without_anything_gives_nothing():
    """An empty page has no title, no authors, no date, no picture: nothing is made up."""
    found = read("<html><body></body></html>", "")
    assert (found.title, found.authors, found.published, found.image) == ("", (), None, None)
    assert (found.category, found.tags, found.language, found.canonical, found.article) == (
        None,
        (),
        None,
        None,
        False,
    )


def test_the_trace_tells_how_each_field_was_decided():
    """Whoever asks is told the source of each field, and which candidates lost."""
    trace = Trace()
    read(PLAIN, ARABIC, trace=trace)
    sources = {choice.name: choice.source for choice in trace.choices}
    assert sources["title"] == "h1"
    assert sources["authors"] == "byline"
    assert sources["published"] == "meta article:published_time"
    assert sources["category"] == "meta article:section"
    assert ("og:title", "وقف إطلاق النار يدخل حيز التنفيذ") in next(
        c for c in trace.choices if c.name == "title"
    ).losers


def test_a_trace_changes_nothing():
    """A date that is looked at for the losers alone says nothing of the story."""
    shown = "<h1>Ceasefire begins at dawn</h1><time class=published datetime=2024-05-06T09:35>"
    html = page(body=f"{shown}<span>Updated May 6, 2024</span></time><p>{'The truce holds. ' * 40}")
    found = read(html, trace=Trace())
    assert found.published == datetime(2024, 5, 6, 9, 35, tzinfo=UTC)
    assert found == read(html)


def test_rules_go_before_everything_and_fall_back():
    """A selector that matches decides; one that matches nothing changes nothing."""
    body = "<h1>Ceasefire begins at dawn</h1><b class=t>The rule's title</b><i class=a>Ann Lee</i>"
    html = page(body=body + "<u class=d>2024-05-06</u><img class=p src=/p.jpg>")
    found = read(html, title=(".t",), author=(".a",), date=(".d",), image=(".p",))
    assert (found.title, found.authors) == ("The rule's title", ("Ann Lee",))
    assert found.published == datetime(2024, 5, 6, tzinfo=UTC)
    assert found.image == "https://news.example/p.jpg"
    assert read(html, title=(".missing",)).title == "Ceasefire begins at dawn"


@pytest.mark.parametrize(
    ("head", "body", "image"),
    [
        (
            '<meta property="og:image" content="https://cdn.example/a.jpg">',
            "",
            "https://cdn.example/a.jpg",
        ),
        (
            '<meta property="og:image" content="//cdn.example/a.jpg">',
            "",
            "https://cdn.example/a.jpg",
        ),
        (
            '<meta property="og:image" content="/img/logo.png"><meta name="twitter:image" content="/img/fire.jpg">',
            "",
            "https://news.example/img/fire.jpg",
        ),
        (
            '<meta property="og:image" content="/img/x.jpg"><meta property="og:image:width" content="60">',
            '<article><img src="/img/big.jpg"></article>',
            "https://news.example/img/big.jpg",
        ),
        (
            "",
            '<article><img src="data:image/gif;base64,R0" data-src="/fire.jpg"></article>',
            "https://news.example/fire.jpg",
        ),
        ("", '<article><img src="/i.png" width="16" height="16"></article>', None),
        ('<meta property="og:image" content="javascript:alert(1)">', "", None),
    ],
)
def test_the_lead_picture(head, body, image):
    """The shared picture, absolute; never a logo, a pixel or an icon; else the story's first, lazy
    ones too.
    """
    assert read(page(head, body)).image == image


@pytest.mark.parametrize(
    ("url", "is_story"),
    [
        ("/sites/default/files/styles/og/public/2026-05/fire.jpg", True),
        ("/dims4/default/6732f88/crop/300x200/fire.jpg", True),
        ("/img/og-default.png", False),
        ("/default.jpg", False),
        ("/logo.png", False),
        ("/avatar/3010363eb660", False),
    ],
)
def test_a_folder_of_the_default_site_makes_no_logo(url, is_story):
    """Drupal's pictures are all in one; a file of that name stands in for a picture."""
    head = f'<meta property="og:image" content="https://cdn.example{url}">'
    assert read(page(head)).image == (f"https://cdn.example{url}" if is_story else None)


@pytest.mark.parametrize(
    "other", ['<img src="/other.jpg">', '<img src="/a.jpg"><img src="/portrait-150x150.jpg">']
)
def test_the_picture_below_the_headline_is_the_lead(other):
    """It is before all else in the story's box, and no small one is it."""
    text = "قال المهندس المشرف إن الأعمال ستستمر ستة أشهر وإن الجسر يبقى مفتوحا للمشاة. " * 3
    portrait = '<img src="/writer-150x150.jpg">'
    story = f'<h1>ترميم الجسر</h1>{portrait}<div><img src="/bridge.jpg"></div><p>{text}</p>'
    body = f"<article>{other}{story}</article>"
    assert read(page("", body)).image == "https://news.example/bridge.jpg"


def test_a_publishers_logo_is_no_lead_picture():
    """A picture that JSON-LD gives as somebody's logo is not the story's, whatever its name."""
    publisher = '{"@type":"Organization","name":"N","logo":{"url":"/m/brand.png"}}'
    data = (
        f'{{"@type":"NewsArticle","headline":"H","image":"/m/brand.png","publisher":{publisher}}}'
    )
    assert read(page(f'<script type="application/ld+json">{data}</script>')).image is None


@pytest.mark.parametrize(
    ("body", "category"),
    [
        ("<div>الرئيسية » أخبار محلية</div><h1>افتتاح الجسر الجديد في المدينة</h1>", "أخبار محلية"),
        (
            "<li><a href=/>الرئيسية</a><li><a href=/12>اقتصاد</a><li>الجسر الجديد يفتح<h1>الجسر الجديد يفتح</h1>",
            "اقتصاد",
        ),
        ("<p>Home / World / Middle East</p><h1>Ceasefire begins at dawn</h1>", "Middle East"),
        ("<p><a href=/world>World</a></p><h1>Ceasefire begins at dawn</h1>", "World"),
        ("<p><a href=/sports>Sports</a></p><h1>Ceasefire begins at dawn</h1>", None),
        ("<h1>Ceasefire begins at dawn</h1>", None),
    ],
)
def test_the_category_by_the_lines_before_the_headline(body, category):
    """The deepest crumb that is neither home nor the story, or a link above the story's own
    address; else none.
    """
    assert read(page(body=body)).category == category


def test_the_category_of_metadata_says_something():
    """A breadcrumb in JSON-LD goes before the section in meta; "featured" and the site's name are
    no categories.
    """
    crumbs = (
        '{"@type":"BreadcrumbList","itemListElement":[{"position":1,"name":"Home"},'
        '{"position":2,"item":{"@id":"/w","name":"World"}},{"position":3,"name":"Ceasefire begins at dawn"}]}'
    )
    head = f'<meta property="article:section" content="Politics"><script type="application/ld+json">{crumbs}</script>'
    title = "<h1>Ceasefire begins at dawn</h1>"
    assert read(page(head, title)).category == "World"
    assert (
        read(page('<meta property="article:section" content="Featured">', title)).category is None
    )
    site = '<meta property="og:site_name" content="The Lamp"><meta property="article:section" content="The Lamp">'
    assert read(page(site, title)).category is None


def test_tags_come_from_one_source_without_the_site_and_the_title_cut_up():
    """Tags keep their order, once each; the title cut into words is no list of tags."""
    head = '<meta property="og:site_name" content="المنارة"><meta name="keywords" content="غزة، هدنة، المنارة, #غزة">'
    assert read(page(head)).tags == ("غزة", "هدنة")
    cut = '<meta name="keywords" content="افتتاح,الجسر,الجديد,في,المدينة">'
    assert read(page(cut, "<h1>افتتاح الجسر الجديد في المدينة</h1>")).tags == ()


@pytest.mark.parametrize(
    ("lang", "title", "usual", "language"),
    [
        ("en-US", "افتتاح الجسر الجديد في المدينة القديمة", None, "ar"),
        ("en-US", "افتتاح الجسر الجديد في المدينة القديمة", "ar", "ar"),
        ("ar", "افتتاح الجسر الجديد في المدينة القديمة", "fa", "ar"),
        ("ar-MA", "iPhone جديد يباع في المغرب بسعر منخفض", None, "ar"),
        ("fa-IR", "گزارش تازه از مهریز", "ar", "fa"),
        ("ar", "The new bridge was opened in the old town by the king", "ar", "en"),
        ("de", "Die neue Brücke in der Stadt", "ar", "de"),
    ],
)
def test_the_language_is_believed_where_the_letters_fit(lang, title, usual, language):
    """`en-US` on an Arabic page is wrong, and so is `ar` on an English one; the site's language
    stands in.
    """
    assert read(page(body=f"<h1>{title}</h1>", lang=lang), language=usual).language == language


@pytest.mark.parametrize(
    ("link", "canonical"),
    [
        ("https://news.example/world/12345?utm_source=x", "https://news.example/world/12345"),
        ("https://www.news.example/world/12345", "https://www.news.example/world/12345"),
        ("http://192.0.2.7/world/12345", None),
        ("http://[2001:db8::7]/world/12345", None),
        ("/world/12345", None),
        ("https://other.example/world/12345", None),
        ("https://news.example/", None),
        ("", None),
    ],
)
def test_a_canonical_address_is_believed_or_not(link, canonical):
    """An address that is a bare IP, relative, of another site or the home page is not the story's."""
    assert read(page(f'<link rel="canonical" href="{link}">')).canonical == canonical


def test_og_url_stands_in_for_a_canonical_link_that_cannot_be_believed():
    """Where the link is relative the address for sharing is taken, by the same rules."""
    head = '<link rel="canonical" href="/x"><meta property="og:url" content="https://news.example/world/12345">'
    assert read(page(head)).canonical == "https://news.example/world/12345"


def test_presentation_forms_and_bidi_marks_are_tidied_but_kept_raw():
    """The title shown is what a person typed; the raw one is kept beside it."""
    found = read(page(body="<h1>\u202eﺍﻓﺘﺘﺎﺡ ﺍﻟﺠﺴﺮ ﻓﻲ ﺍﻟﻤﺪﻳﻨﺔ\u202c</h1>", lang="ar"))
    assert found.title == "افتتاح الجسر في المدينة"
    assert "ﺍﻓﺘﺘﺎﺡ" in found.raw_title


TEXT = st.text(max_size=40)
ARTICLE = '{"@type":"NewsArticle","headline":"{}","author":"{}","url":[1,{}]}'
SNIPPET = st.sampled_from(
    (
        "<h1>{}</h1>",
        "<title>{}</title>",
        '<meta property="og:title" content="{}">',
        "<time>{}</time>",
        "<p class=byline>By {}</p>",
        '<script type="application/ld+json">{}</script>',
        f'<script type="application/ld+json">{ARTICLE}</script>',
        '<meta name="author" content="{}">',
        '<link rel=canonical href="{}">',
        '<meta property="og:image" content="{}">',
        '<meta property="article:published_time" content="{}">',
        "<a rel=tag>{}</a>",
    )
)


@settings(max_examples=150, deadline=None)
@given(
    st.lists(st.tuples(SNIPPET, TEXT), max_size=8),
    st.sampled_from([URL, ARABIC, "", "http://[", "x"]),
)
def test_no_page_breaks_the_reader(parts, url):
    """Whatever stands in a page, reading gives metadata with whole fields and raises nothing."""
    found = read("".join(snippet.replace("{}", text) for snippet, text in parts), url)
    assert all(name.strip() == name and name for name in found.authors)
    assert found.published is None or found.published.tzinfo is not None
    assert found.image is None or found.image.startswith(("http://", "https://"))


@pytest.mark.parametrize(
    ("language", "title"), [("ar", "رئيس الحكومة في المدينة"), ("fa", "رئیس الحكومة فی المدینة")]
)
def test_letters_of_another_keyboard_are_repaired_on_arabic_pages_only(language, title):
    """Persian yeh in an Arabic title is a slip of the keyboard; in a Persian one it is the letter."""
    html = f"<html lang={language}><title>رئیس الحكومة فی المدینة</title><h1>رئیس الحكومة فی المدینة</h1>"
    assert read(html).title == title
