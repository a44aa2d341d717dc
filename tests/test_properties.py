"""Every parser on documents made of its own words, then broken: only documented errors, and what
the rest relies on.

Parts of documents are drawn and put together, so that most are nearly right; then up to four places
are cut, doubled or filled with odd pieces. `pytest --hypothesis-profile=search` looks on, with
other documents each time.
"""

from __future__ import annotations

import asyncio
import gzip
import json
import re
from contextlib import suppress
from dataclasses import fields
from datetime import UTC, datetime
from email.utils import format_datetime

import httpx
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser

import feedmaker
from feedmaker import config
from feedmaker.fetch.connections import parse_target
from feedmaker.fetch.politeness import Politeness
from feedmaker.html import block_pages
from feedmaker.html.sanitizer import sanitize
from feedmaker.listing import child_sitemaps, labels, section_links
from feedmaker.listing.other_sources import json_feed_links, xml_links
from feedmaker.model import Fetching, Page, Rules, Section, Settings, Site
from feedmaker.model.errors import ConfigError, ExtractError, ListingError
from feedmaker.text import arabic, urls
from feedmaker.text.charset import _CODEC_OF_LABEL, _ENCODING_OF_CODEC, decode, encoding, utf8

SITE = "https://news.example/"
NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
_ILLEGAL = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f]")


# ---- words that documents are made of

TEXT = (
    "الحكومة تعلن عن خطة جديدة في المدينة بعد اجتماع طويل والوزير يؤكد أن الميناء سيفتح قريبا"
    " port council opens new bridge after the storm says mayor of city"
)
WORDS = TEXT.split()
HEADLINES = st.lists(st.sampled_from(WORDS), min_size=4, max_size=9).map(" ".join)
SENTENCES = st.lists(st.sampled_from(WORDS), min_size=8, max_size=40).map(
    lambda words: " ".join(words) + "."
)
# Some of few stories, each written in several ways, and odd ones.
ADDRESSES = st.builds(
    "{}news.example/world/2026/11/20/story-of-the-day-{}{}".format,
    st.sampled_from(("https://", "http://", "https://www.", "//", " https://", "https://\N{ZERO WIDTH SPACE}")),
    st.integers(1, 6),
    st.sampled_from(("", "/", "?utm_source=x", "#top", "\n", "?b=خبر")),
) | st.sampled_from(
    (
        "/news/102152-خبر-اليوم", "//news.example/a/24906", "http://NEWS.example:80/a/../b?utm_source=x#top",
        "https://[::1]/7", "http://[", "javascript:alert(1)", "mailto:a@b", "data:,x", "", " ", "#", "?p=5",
        "http://u:p@news.example/5/x",
        "https://news.example/\n12345", "https://موقع.example/خبر", "https://news.example/%zz%e2", "http://a:99999/",
        "https://other.test/1187/084731-slug", "/tag/x", "https://news.example/",
    )
)  # fmt: skip
MOMENTS = st.datetimes(datetime.fromisoformat("1970-01-01"), timezones=st.just(UTC))
DATES = (
    MOMENTS.map(datetime.isoformat)
    | MOMENTS.map(format_datetime)
    | st.sampled_from(
        (
            "2026-11-20", "2026-11", "20261120T1010", "2026-99-99T99:99:99+99:99", "0001-01-01T00:00:00+14:00",
            "9999-12-31T23:59:59-14:00", "Fri, 20 Nov 2026 10:00:00 +9999", "Fri, 99 Foo 99999 99:99 GMT", "0",
            "9" * 5000, "Fri, 20 Nov 2026", "منذ 3 ساعات", "21 غشت 2026", "12 ربيع الأول 1448 هـ", "1e999",
            "\N{ARABIC-INDIC DIGIT TWO}",
        )
    )
)  # fmt: skip
# What breaks a document, whatever its language.
PIECES = st.sampled_from(
    (
        "<", ">", "</", "/>",
        '"', "'", "=", "&", "&#0;", "&#xd800;", "&#x110000;", "&nosuch;", "&lt;b&gt;", "\0", "\x0b",
        "\x85", "\ud800", "\ufffe", "\u202e", "\u2066", "\u2028", "\ufeff", "\u0301", "\r", "<!--", "-->",
        "<![CDATA[", "]]>",
        "<!DOCTYPE x [<!ENTITY a 'b'>]>", "&a;", "<?x", "{", "}", "[", "]", ",", ":", "\\ud800", "\\", "null",
        "NaN", "-1",
        "<script>", "</script>", "<style>", "<template>", "<svg><title>", "<math>", "<table>", "</p>", "</div>",
        "<plaintext>",
        "<select>", "<a href=x>", "<b><i>", "<base href=//x>", "<textarea>", "<noscript>", "<frameset>", "<title>",
    )
)  # fmt: skip


@st.composite
def broken(draw, documents):
    """A document as it was made, or with up to four cuts, doublings and odd pieces in it."""
    text = draw(documents)
    for _ in range(draw(st.integers(0, 4))):
        start = draw(st.integers(0, len(text)))
        end = min(len(text), start + draw(st.integers(0, 60)))
        text = text[:start] + draw(PIECES | st.just(text[start:end] * 2) | st.just("")) + text[end:]
    return text


def page(text: str, content: bytes | None = None) -> Page:
    """A fetched page with this text."""
    raw = text.encode("utf-8", "replace") if content is None else content
    return Page(url=SITE + "x", content=raw, utf8=text.encode("utf-8", "replace"), fetched_at=NOW)


def check_links(links):
    """Links are absolute, canonical and unique, their titles lines of legal text, their dates have
    zones.
    """
    assert len({urls.key(link.url) for link in links}) == len(links)
    for link in links:
        assert link.url == urls.canonical(link.url)
        assert not _CONTROL.search(link.url + link.title)
        assert not _ILLEGAL.search(link.url + link.title)
        assert link.published is None or link.published.utcoffset() is not None
        assert link.image is None or urls.absolute(link.image) == link.image


# ---- the configuration

ODD = st.sampled_from(
    (
        "", " ", "ar", "x y", "https://news.example/", "http://u:p@news.example/", "javascript:1", "atom",
        "Africa/Casablanca",
        "../etc", "windows-1256", "(", "x{99999999999}", "(?P<a>x)(?P<a>y)", "h1.title", "div[", "a:has(", "\0",
        "a\nb", "a\u2028b", "🙂", "host:80", "host:99999", "postgresql://u:p@h/d", "all", "A_B", "x" * 300,
    )
) | st.text(st.characters(exclude_categories=("Cs",)), max_size=20)  # fmt: skip
SCALARS = (
    ODD.map(lambda text: '"' + "".join(f"\\U{ord(c):08x}" for c in text) + '"')
    | st.integers().map(str)
    | st.floats().map(repr)
    | st.sampled_from(
        (
            "true",
            "1979-05-27",
            "07:32:00",
            "1979-05-27T07:32:00Z",
            "0x" + "f" * 4000,
            "9" * 5000,
            "1e400",
        )
    )
)
KEYS = tuple(
    sorted(
        {key.name for kind in (Settings, Site, Section, Rules, Fetching) for key in fields(kind)}
    )
)
NAMES = st.sampled_from(
    (*KEYS, "titel", "base_ur", '"a b"', '"a\\nb"', '"a: b"', '""', "خبر".join('""'))
)
VALUES = st.recursive(
    SCALARS,
    lambda inner: (
        st.lists(inner, max_size=3).map(lambda values: f"[{', '.join(values)}]")
        | st.dictionaries(NAMES, inner, max_size=4).map(
            lambda values: (
                "{" + ", ".join(f"{key} = {value}" for key, value in values.items()) + "}"
            )
        )
    ),
    max_leaves=12,
)
# What is right for each key.
RIGHT = {
    Settings: {
        "base_url": '"https://feeds.example/"', "contact": '"a@news.example"', "out": '"out"', "sites_at_once": "2",
        "items": "7", "max_age": "3.5", "formats": '["rss"]', "fetch": "{ delay = 1 }",
    },
    Site: {
        "name": '"موقع"', "home": '"https://news.example/"', "language": '"ar"', "timezone": '"Asia/Riyadh"',
        "charset": '"windows-1256"', "headers": '{ "X-A" = "b" }', "cookies": '{ a = "b" }',
        "formerly": '["old.example"]',
        "connect_to": '"localhost:80"', "rules": '{ body = ["article"] }', "fetch": "{ recheck = [1, 6] }",
    },
    Section: {
        "slug": '"all"', "title": '"الكل"', "urls": '["https://news.example/all"]', "include": '["خبر"]',
        "exclude": '["x"]',
        "match": '"/\\\\d+"', "category": '["رياضة"]', "language": '"fr"', "items": "7", "max_age": "0",
        "formats": '["json"]',
    },
}  # fmt: skip


@st.composite
def tables(draw, kind, *, needed=()):
    """The lines of a table: right values for some of its keys, then one or two wrong or odd ones,
    or none.
    """
    chosen = {key: RIGHT[kind][key] for key in RIGHT[kind] if key in needed or draw(st.booleans())}
    chosen |= draw(st.dictionaries(st.sampled_from(tuple(RIGHT[kind])) | NAMES, VALUES, max_size=2))
    return "".join(f"{key} = {value}\n" for key, value in chosen.items())


SITES = st.builds(
    lambda site, sections: site + "".join(f"[[sections]]\n{section}" for section in sections),
    tables(Site, needed=("name", "home")),
    st.lists(tables(Section, needed=("slug", "title", "urls")), min_size=1, max_size=2),
) | st.builds(
    "{}sections = [{}]\n".format,
    tables(Site, needed=("name", "home")),
    st.lists(
        VALUES | tables(Section).map(lambda lines: f"{{{', '.join(lines.splitlines())}}}"),
        max_size=3,
    ).map(", ".join),
)


def load(folder, site: str, main: str):
    """What is read of one site's file and feedmaker.toml, and the problems told."""
    (folder / "sites").mkdir(exist_ok=True)
    (folder / "sites" / "news.toml").write_bytes(site.encode("utf-8", "replace"))
    (folder / "feedmaker.toml").write_bytes(main.encode("utf-8", "replace"))
    try:
        return config.load(folder), ()
    except ConfigError as error:
        return None, error.problems


@pytest.mark.filterwarnings("ignore:Possible nested set:FutureWarning")
@given(broken(SITES), broken(tables(Settings)))
def test_a_configuration_is_read_or_told_in_lines_that_name_file_and_key(
    tmp_path_factory, site, main
):
    """Whatever tables hold, there are settings and sites, or problems: each once, on one line, with
    its file first.
    """
    folder = tmp_path_factory.getbasetemp() / "any"
    folder.mkdir(exist_ok=True)
    read, problems = load(folder, site, main)
    assert (read is None) == bool(problems)
    assert len(set(problems)) == len(problems)
    for problem in problems:
        assert len(problem.split("\n")) == 1
        assert re.match(
            r"(sites/news|feedmaker)\.toml: [^:]+: .", problem.removeprefix(f"{folder}/")
        ), problem
    if read:
        settings, (found,) = read
        assert isinstance(settings, Settings)
        assert isinstance(found, Site)
        assert "\0" not in settings.out + settings.store


@given(st.sampled_from([(kind, key) for kind, keys in RIGHT.items() for key in keys]), st.data())
@example((Settings, "base_url"), None)
def test_one_mistake_is_one_problem_and_names_its_key(tmp_path_factory, place, data):
    """Of files that are right but for one value of a wrong type, that key is told of and nothing
    else.
    """
    kind, wrong = place
    folder = tmp_path_factory.getbasetemp() / "one"
    folder.mkdir(exist_ok=True)
    value = (
        "true"
        if data is None
        else data.draw(st.sampled_from(("true", "[[1]]", "[true]", "{ a = true }")))
    )
    lines = {
        made: "".join(
            f"{key} = {value if place == (made, key) else right}\n" for key, right in keys.items()
        )
        for made, keys in RIGHT.items()
    }
    main = 'hub = "https://hub.example/"\n' + lines[Settings]
    _, problems = load(folder, f"{lines[Site]}[[sections]]\n{lines[Section]}", main)
    (problem,) = problems
    name = f"sections[1].{wrong}" if kind is Section else wrong
    file = "feedmaker.toml" if kind is Settings else "sites/news.toml"
    assert re.match(rf"{re.escape(f'{folder}/{file}: {name}')}[:.\[]", problem)


# ---- sitemaps and feeds

_item = st.one_of(
    HEADLINES.map("<title>{}</title>".format),
    HEADLINES.map("<title type='html'>&lt;b&gt;{}&lt;/b&gt; &amp;amp;</title>".format),
    HEADLINES.map("<title><![CDATA[<i>{}</i>]]></title>".format),
    ADDRESSES.map("<link>{}</link>".format),
    st.builds('<link rel="{}" href="{}"/>'.format, st.sampled_from(("alternate", "self", "enclosure")), ADDRESSES),
    st.builds('<guid isPermaLink="{}">{}</guid>'.format, st.sampled_from(("true", "false", "x")), ADDRESSES),
    ADDRESSES.map("<feedburner:origLink>{}</feedburner:origLink>".format),
    st.builds("<{0}>{1}</{0}>".format, st.sampled_from(("pubDate", "published", "updated", "dc:date", "issued")),
    DATES),
    ADDRESSES.map('<media:thumbnail url="{}"/>'.format),
    st.builds('<enclosure type="{}" url="{}" length="x"/>'.format, st.sampled_from(("image/png", "audio/x", "")),
    ADDRESSES),
    SENTENCES.map("<description>&lt;p&gt;{}</description>".format),
    SENTENCES.map('<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>{}</p></div></content>'.format),
)  # fmt: skip
_SPACES = (
    'xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"'
    ' xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:media="http://search.yahoo.com/mrss/"'
    ' xmlns:feedburner="http://rssnamespace.org/feedburner/ext/1.0"'
)
_FEEDS = {
    "item": (
        f'<?xml version="1.0"?><rss version="2.0" {_SPACES}><channel><title>x</title>%s</channel></rss>',
        f'<rdf:RDF xmlns="http://purl.org/rss/1.0/" {_SPACES}>%s</rdf:RDF>',
    ),
    "entry": (f'<feed xmlns="http://www.w3.org/2005/Atom" {_SPACES}><link href="/"/>%s</feed>',),
}  # fmt: skip


_items = st.lists(_item, max_size=3).map("".join)
_link = st.one_of(
    ADDRESSES.map("<link>{}</link>".format),
    ADDRESSES.map('<link href="{}"/>'.format),
    ADDRESSES.map("<guid>{}</guid>".format),
)


@st.composite
def feeds(draw):
    """An RSS, RDF or Atom feed of a few items."""
    name = draw(st.sampled_from(tuple(_FEEDS)))
    items = draw(st.lists(st.builds("{1}{0}{2}".format, _link, _items, _items), max_size=5))
    made = "".join(f"<{name}>{item}</{name}>" for item in items)
    return draw(st.sampled_from(_FEEDS[name])).replace("%s", made)


_JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | ADDRESSES
    | DATES
    | HEADLINES
    | st.just("\ud800\0"),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(("url", "title", "x")), inner, max_size=3)
    ),
    max_leaves=4,
)
_JSON_ITEM = st.fixed_dictionaries(
    {},
    optional={
        "id": ADDRESSES, "url": ADDRESSES | _JSON, "external_url": ADDRESSES, "title": HEADLINES | _JSON,
        "image": ADDRESSES | _JSON, "banner_image": ADDRESSES, "date_published": DATES | _JSON,
        "content_html": SENTENCES,
    },
)  # fmt: skip
JSON_FEEDS = st.builds(
    lambda items, ascii_only: json.dumps(
        {"version": "https://jsonfeed.org/version/1.1", "title": "x", "items": items},
        ensure_ascii=ascii_only,
    ),
    st.lists(_JSON_ITEM | _JSON, max_size=5) | _JSON,
    st.booleans(),
)

_url = st.one_of(
    DATES.map("<lastmod>{}</lastmod>".format),
    ADDRESSES.map(
        "<image:image><image:loc>{}</image:loc><image:title>x</image:title></image:image>".format
    ),
    st.builds(
        "<n:news><n:publication><n:name>x</n:name></n:publication><n:publication_date>{}</n:publication_date>"
        "<n:title>{}</n:title></n:news>".format,
        DATES,
        HEADLINES,
    ),
    st.just("<changefreq>always</changefreq><priority>x</priority>"),
)
_SITEMAP = (
    ' xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:n="http://www.google.com/schemas/sitemap-news/0.9"'
    ' xmlns:image="http://www.google.com/schemas/sitemap-image/1.1"'
)


@st.composite
def sitemaps(draw, root="urlset", one="url"):
    """A sitemap, plain or for news, or an index of sitemaps."""
    rows = draw(
        st.lists(
            st.builds("<loc>{}</loc>{}".format, ADDRESSES, st.lists(_url, max_size=3).map("".join)),
            max_size=6,
        )
    )
    head = draw(
        st.sampled_from(
            (
                "",
                '<?xml version="1.0" encoding="UTF-8"?>',
                '<?xml version="1.0" encoding="x"?>\n<!-- x -->',
            )
        )
    )
    return f"{head}<{root}{_SITEMAP}>{''.join(f'<{one}>{row}</{one}>' for row in rows)}</{root}>"


INDEXES = sitemaps("sitemapindex", "sitemap")


@given(broken(feeds() | JSON_FEEDS | sitemaps() | INDEXES))
def test_any_sitemap_or_feed_gives_whole_links_or_a_listing_error(text):
    """RSS, RDF, Atom, JSON Feed and sitemaps, right or broken: links that can be kept, and no other
    error.
    """
    made = page(text)
    for url in child_sitemaps(made):
        assert url == urls.canonical(url)
    with suppress(ListingError):
        check_links(xml_links(made)[1])
    with suppress(ListingError):
        check_links(section_links(made, Section(slug="s", title="S"), Rules()).links)


@given(broken(sitemaps() | INDEXES), st.integers(0, 400), st.binary(max_size=8), st.booleans())
def test_any_packed_sitemap_gives_whole_links_or_a_listing_error(text, at, noise, whole):
    """What begins like gzip may be cut or spoilt anywhere."""
    content = gzip.compress(text.encode("utf-8", "replace"), mtime=0)
    if not whole:
        content = content[:2] + (content[2 : 2 + at] + noise + content[2 + at + len(noise) :])
    made = page(content.decode("latin-1"), content)
    for url in child_sitemaps(made):
        assert url == urls.canonical(url)
    with suppress(ListingError):
        check_links(xml_links(made)[1])


_STORIES = st.lists(
    st.tuples(
        st.integers(10_000, 99_999).map("https://news.example/world/{}".format), HEADLINES, MOMENTS
    ),
    min_size=1,
    max_size=6,
    unique_by=lambda story: story[0],
)


def _rss(stories):
    return _FEEDS["item"][0].replace(
        "%s",
        "".join(
            f"<item><title>{title}</title><link>{url}</link><pubDate>{format_datetime(at)}</pubDate></item>"
            for url, title, at in stories
        ),
    )


def _rdf(stories):
    return _FEEDS["item"][1].replace(
        "%s",
        "".join(
            f"<item><title><![CDATA[{title}]]></title><link>{url}</link><dc:date>{at.isoformat()}</dc:date></item>"
            for url, title, at in stories
        ),
    )


def _atom(stories):
    return _FEEDS["entry"][0].replace(
        "%s",
        "".join(
            f'<entry><link rel="self" href="/x"/><link href="{url}"/><title>{title}</title>'
            f"<published>{at.isoformat()}</published><updated>{NOW.isoformat()}</updated></entry>"
            for url, title, at in stories
        ),
    )


def _json_feed(stories):
    items = [
        {"id": url, "url": url, "title": title, "date_published": at.isoformat()}
        for url, title, at in stories
    ]
    return json.dumps({"version": "https://jsonfeed.org/version/1.1", "items": items})


@given(_STORIES, st.sampled_from((_rss, _rdf, _atom, _json_feed)))
def test_what_a_feed_says_is_read_back(stories, form):
    """Address, title and time of each item, in the feed's order, in each format."""
    made = page(form(stories))
    if form is _json_feed:
        found = json_feed_links(json.loads(made.text), made.url) or []
    else:
        found = xml_links(made)[1]
    assert [(link.url, link.title) for link in found] == [(url, title) for url, title, _ in stories]
    for link, (_, _, at) in zip(found, stories, strict=True):
        assert link.published == (at.replace(microsecond=0) if form is _rss else at)


@given(_STORIES, st.booleans())
def test_what_a_sitemap_says_is_read_back_newest_first(stories, packed):
    """Address, title and time of each page of a news sitemap, packed or not."""
    rows = "".join(
        f"<url><loc>{url}</loc><n:news><n:publication_date>{at.isoformat()}</n:publication_date>"
        f"<n:title>{title}</n:title></n:news></url>"
        for url, title, at in stories
    )
    text = f"<urlset{_SITEMAP}>{rows}</urlset>"
    found = xml_links(page(text, gzip.compress(text.encode()) if packed else None))[1]
    assert [(link.published, link.title, link.url) for link in found] == [
        (at, title, url)
        for url, title, at in sorted(stories, key=lambda story: story[2], reverse=True)
    ]


# ---- listing pages


def data(value):
    """A value as the JSON-LD of a page."""
    return f'<script type="application/ld+json">{json.dumps(value)}</script>'


_NAMES = st.sampled_from(
    (
        "card",
        "title",
        "nav",
        "related",
        "most-read",
        "story",
        "headline",
        "ads",
        "a b",
        "",
        "\u202e",
    )
)
_card = st.one_of(
    st.builds('<a href="{}">{}</a>'.format, ADDRESSES, HEADLINES),
    st.builds('<h2 class="{}"><a href="{}">{}</a></h2>'.format, _NAMES, ADDRESSES, HEADLINES),
    st.builds(
        '<a href="{}"><img src="{}" alt="{}"><h3>{}</h3></a>'.format,
        ADDRESSES,
        ADDRESSES,
        HEADLINES,
        HEADLINES,
    ),
    st.builds('<a href="{}" title="{}"></a>'.format, ADDRESSES, HEADLINES),
    st.builds('<img data-src="{}" srcset="{} 2x, ,,">'.format, ADDRESSES, ADDRESSES),
    st.builds('<time datetime="{}">{}</time>'.format, DATES, DATES),
    SENTENCES.map("<p>{}</p>".format),
)
_around = st.sampled_from(
    (
        "<ul>%s</ul>", "<li>%s</li>", "<div class=card>%s</div>", "<article>%s</article>", "<nav>%s</nav>",
        "<section><h2>آخر الأخبار</h2>%s</section>", "<aside class=related>%s</aside>", "<footer>%s</footer>",
        "<main>%s</main>",
        "<table><tr><td>%s</td></tr></table>", "<div hidden>%s</div>", "<header>%s</header>", "<ol>%s",
        "<template>%s</template>",
    )
)  # fmt: skip
_blocks = st.recursive(
    _card,
    lambda inner: st.builds(
        lambda box, parts: box.replace("%s", "".join(parts)), _around, st.lists(inner, max_size=5)
    ),
    max_leaves=20,
)
_LIST_DATA = st.lists(ADDRESSES, max_size=4).map(
    lambda found: data(
        {
            "@type": "ItemList",
            "itemListElement": [{"@type": "ListItem", "url": url} for url in found],
        }
    )
)
LISTINGS = st.builds(
    "<html lang=ar><head>{}<base href='{}'></head><body>{}</body></html>".format,
    _LIST_DATA,
    st.sampled_from(("/", "https://news.example/x/", "http://[", "")),
    st.lists(_blocks, min_size=1, max_size=6).map("".join),
)


@given(
    broken(LISTINGS),
    st.sampled_from(("", "آخر الأخبار", "الحكومة")),
    st.sampled_from(((), ("h2 a",), (".card",))),
)
def test_any_listing_page_gives_whole_links_or_a_listing_error(html, heading, selectors):
    """Cards, headings and navigation, right or broken, by themselves, under a heading or by
    selectors.
    """
    check_links(feedmaker.find_links(html, SITE + "x"))
    rules = Rules(links=selectors)
    with suppress(ListingError):
        listing = section_links(page(html), Section(slug="s", title="S", heading=heading), rules)
        titles = [link.title for link in listing.links]
        assert titles
        check_links(listing.links)
        # JSON-LD may name addresses alone.
        assert selectors or all(titles) or (listing.source == "state" and not any(titles))
    for label, url in labels(page(html)):
        assert label == " ".join(label.split()) != ""
        assert url == urls.canonical(url)


# ---- article pages

_HEAD = st.one_of(
    HEADLINES.map("<title>{} - الأخبار</title>".format),
    HEADLINES.map('<meta property="og:title" content="{}">'.format),
    SENTENCES.map('<meta name="description" content="{}">'.format),
    ADDRESSES.map('<meta property="og:image" content="{}">'.format),
    ADDRESSES.map('<link rel=canonical href="{}">'.format),
    DATES.map('<meta property="article:published_time" content="{}">'.format),
    st.just('<meta property="og:type" content="article">'),
    ADDRESSES.map('<base href="{}">'.format),
    st.builds(
        lambda headline, date, author, image, body: data(
            {
                "@type": "NewsArticle", "headline": headline, "datePublished": date, "author": author, "image": image,
                "articleBody": body, "keywords": author,
            }
        ),
        HEADLINES | _JSON, DATES | _JSON, HEADLINES | _JSON, ADDRESSES | _JSON, SENTENCES | _JSON,
    ),
)  # fmt: skip
_inline = st.one_of(
    SENTENCES,
    SENTENCES,
    st.builds('<a href="{}" onclick="x()">{}</a>'.format, ADDRESSES, HEADLINES),
    st.builds("<{0}>{1}</{0}>".format, st.sampled_from(("b", "em", "span", "font", "bdi", "sup", "code", "u")),
    HEADLINES),
    st.sampled_from(("<br>", "<br><br>", "&nbsp;", "&amp;", "&lt;script&gt;", "\u200f", "\u202b", "<wbr>",
    "<script>x</script>")),
    st.builds('<img src="{}" alt="{}" onerror=x>'.format, ADDRESSES, HEADLINES),
    st.sampled_from(("ﻓﻲ ﺍﻟﻤﺪﻳﻨﺔ", "مـــدينة", "a\u0301", "\x85", "â€œ", "&#0;", "&#1;", "&#xfffe;")),
)  # fmt: skip
_paragraphs = st.lists(_inline, min_size=1, max_size=4).map(" ".join)
_block = st.one_of(
    st.builds(
        "<{0} dir=rtl>{1}</{0}>".format,
        st.sampled_from(("p", "p", "p", "p", "h2", "blockquote", "pre", "div")),
        _paragraphs,
    ),
    st.lists(_paragraphs, max_size=3).map(
        lambda rows: f"<ul>{''.join(f'<li>{row}</li>' for row in rows)}</ul>"
    ),
    st.lists(_paragraphs, max_size=3).map(
        lambda rows: f"<table><tr>{''.join(f'<td>{row}' for row in rows)}</table>"
    ),
    st.builds(
        "<figure><img src='{}'><figcaption>{}</figcaption></figure>".format, ADDRESSES, HEADLINES
    ),
    st.builds(
        "<div class=related><h3>اقرأ أيضا</h3><a href='{}'>{}</a></div>".format,
        ADDRESSES,
        HEADLINES,
    ),
    st.builds("<p class=byline>By {} <time>{}</time></p>".format, HEADLINES, DATES),
    st.sampled_from(
        (
            "<iframe src=x></iframe>",
            "<div hidden>x</div>",
            "<form><input></form>",
            "<svg><p>x</svg>",
            "<template><p>x</template>",
        )
    ),
)
ARTICLES = st.builds(
    "<html lang=ar><head>{}</head><body><nav><a href=/>الرئيسية</a></nav><article><h1>{}</h1>{}</article>".format,
    st.lists(_HEAD, max_size=4).map("".join),
    HEADLINES,
    st.lists(_block, min_size=2, max_size=8).map("".join),
)  # fmt: skip


def letters(text: str) -> str:
    """A text without spaces and marks, for looking words up that elements part."""
    return arabic.fold(text).replace(" ", "")


def check_story(story):
    """A story is what feeds rely on: legal text, clean HTML of the same words, absolute addresses,
    dates with zones.
    """
    lines = (story.title, story.category or "", *story.authors, *story.tags)
    for text in (*lines, story.html, story.text, story.summary):
        assert not _ILLEGAL.search(text)
    for text in lines:
        assert not _CONTROL.search(text)
    assert sanitize(story.html) == story.html
    for when in (story.published, story.modified):
        assert when is None or when.utcoffset() is not None
    for address in (story.url, story.image):
        assert address is None or urls.absolute(address) == address


@given(broken(ARTICLES))
def test_any_article_page_gives_a_clean_story_or_an_extract_error(html):
    """Whatever an article is made of, its story can be shown and kept, and has no word that the
    page has not.
    """
    try:
        story = feedmaker.extract(html, SITE + "1447/12345", timezone="Asia/Riyadh", now=NOW)
    except ExtractError as error:
        if error.teaser:
            check_story(error.teaser)
        return
    check_story(story)
    whole = LexborHTMLParser(html.encode("utf-8", "replace")).root.text()
    there = letters(arabic.tidy(whole))
    shown = letters(LexborHTMLParser(story.html).text(separator=" "))
    for word in story.text.split():
        assert letters(word) in there, word
        assert letters(word) in shown, word


@given(broken(ARTICLES | LISTINGS), HEADLINES)
def test_any_page_can_be_looked_at_for_walls(html, headline):
    """Signs of quarantine are a phrase with what it is of, or nothing."""
    for wall in (block_pages.at_sight(html, headline), block_pages.without_content(html, headline)):
        assert wall is None or str(wall.reason or "")


# ---- robots.txt

_PATHS = st.sampled_from(
    (
        "/",
        "",
        "/a",
        "/*",
        "/*.php$",
        "*",
        "%",
        "/%zz",
        "/خبر",
        "/" + "a*" * 30,
        "//",
        "/a?b#c",
        "$",
        "\ud800",
    )
)
_LINE = st.one_of(
    st.sampled_from(("feedmaker", "*", "FEEDMAKER/1.0", "other", "")).map("User-agent: {}".format),
    st.builds("{}: {}".format, st.sampled_from(("Disallow", "Allow", "disallow ", "Sitemap", "Noindex",
    "\ufeffAllow")), _PATHS),
    (st.floats().map(str) | st.sampled_from(("1e300", "1e999", "-5", "nan", "x", "", "٣",
    "9" * 5000))).map("Crawl-delay: {}".format),
    st.sampled_from(("Request-rate: 1/0", "Request-rate: 9/9s 9-9", "Visit-time: 99-1", "Host: x", "# x", ":", "",
    "<html>")),
)  # fmt: skip


@given(broken(st.lists(_LINE, max_size=12).map("\n".join)), ADDRESSES)
@example("User-agent: *\nCrawl-delay: 1e300", SITE)
def test_any_robots_txt_gives_an_answer_and_a_delay(text, address):
    """Whether a URL may be asked for is said of every one, and between two requests is no longer
    than a month.
    """

    async def ask(url: httpx.URL) -> str:
        assert url.path == "/robots.txt"
        return text.encode("utf-8", "replace").decode()  # as it comes of bytes

    target = parse_target(address, httpx.URL(SITE)) or httpx.URL(SITE)
    delay = asyncio.run(Politeness({}, {}).crawl_delay(target, ask))
    assert delay is None or 0 <= delay <= 30 * 86_400


# ---- bytes

LABELS = st.sampled_from(
    (*_ENCODING_OF_CODEC, *_CODEC_OF_LABEL, "utf-7", "rot13", "hex", "idna", "punycode", "unicode_escape", "undefined", "mbcs", "\0",
    "x" * 300)
) | st.text(max_size=12)  # fmt: skip


@given(
    st.lists(
        st.binary(max_size=40) | st.builds(lambda text, codec: text.encode(codec[1], "replace"), SENTENCES,
        st.sampled_from(tuple(_ENCODING_OF_CODEC.values()))),
        max_size=6,
    ).map(b" ".join),
    LABELS, LABELS, LABELS, st.sampled_from((b"", b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")),
)  # fmt: skip
def test_any_bytes_under_any_labels_are_text(content, header, meta, usual, mark):
    """Whatever header, page and site say, there is text that can be written, and the name of a
    known encoding.
    """
    declared = f'<meta charset="{meta}">'.encode("utf-8", "replace")
    text, name = decode(mark + declared + content, f"text/html; charset={header}", usual=usual)
    text.encode()
    assert encoding(name) is not None
    assert utf8(mark + declared + content) == decode(mark + declared + content)[0].encode()
