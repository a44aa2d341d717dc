"""A small part of what `bench/fuzz.py` does, with the golden pages: only documented errors come out
of mutated pages, feeds, sitemaps, JSON-LD and answers of servers, and no line that a terminal obeys.
"""

from __future__ import annotations

import importlib.util
from pathlib import Path

import pytest

import feedmaker
from feedmaker.html import parsing
from feedmaker.model import Code
from feedmaker.setup.site_look import _path_title

HERE = Path(__file__).parent
COUNT = 400


@pytest.fixture(scope="module")
def fuzz():
    """The fuzzer as a module, with the golden pages to begin with."""
    spec = importlib.util.spec_from_file_location("fuzz", HERE / "bench" / "fuzz.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    pages = [path.read_bytes() for path in sorted((HERE / "golden").glob("*/page.html"))]
    make_pool = module.client.make_pool
    module.use({"golden": pages})
    yield module
    module.client.make_pool = make_pool


@pytest.mark.slow
@pytest.mark.parametrize("part", range(4))
def test_mutated_input_raises_only_what_is_documented(fuzz, part):
    """Each is made by its number: `bench/fuzz.py --only` runs one of the public pages again."""
    for number in range(part * COUNT // 4, (part + 1) * COUNT // 4):
        for read in fuzz._readings(number, 15):
            read()


def test_a_page_with_binary_data_has_the_limits_of_any_other():
    """NULs do not let a page past what may be parsed: twenty thousand lists took five seconds."""
    page = b"<p>" + bytes(1_000) + b"<ul><li>" * 20_000
    found = parsing.within_limits(page)
    assert found.problem is not None
    assert found.problem.code == Code.NO_HTML
    assert found.content.count(b"<") < 10_000


def test_a_redirect_with_a_cookie_and_a_coding_is_followed(fuzz):
    """What its empty body is said to be packed with is no matter."""
    head = (
        b"HTTP/1.1 302 X\r\nLocation: /b\r\nSet-Cookie: a=b\r\nContent-Encoding: zstd\r\n"
        b"Content-Length: 0\r\n\r\n"
    )
    assert fuzz._answer(head, b"") == "refused"  # it leads to itself, again and again


def test_a_feed_without_end_is_read_at_its_ends():
    """Of tens of thousands of items the first and the last are links."""
    from feedmaker.listing import section_links
    from feedmaker.model import Page, Rules, Section

    rows = "".join(
        f"<url><loc>https://news.example/news/{n}-garden-opens-again</loc></url>"
        for n in range(100_000, 120_000)
    )
    text = f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{rows}</urlset>'.encode()
    url = "https://news.example/sitemap.xml"
    page = Page(url=url, content=text, utf8=text, content_type="text/xml", fetched_at=None)
    section = Section(slug="a", title="ب", urls=(url,))
    links = [link.url for link in section_links(page, section, Rules()).links]
    assert len(links) == 5_000
    assert any("100000" in link for link in links)
    assert any("119999" in link for link in links)


def test_no_name_of_a_site_holds_what_a_terminal_obeys():
    """Neither that of a page's head nor the last words of an address."""
    page = "<meta property='og:site_name' content='ص\x01حيفة\x1b[31m'><title>أ | ب</title><a href=/a>خبر</a>"
    for found in feedmaker.find_sections(page, "https://news.example/"):
        assert found.title.isprintable()
    assert _path_title("https://news.example/a%1b%5b31m-b%00").isprintable()


def test_a_heading_whose_tag_no_selector_can_name_is_survived():
    """What stands under it is found as under any other."""
    links = "".join(
        f'<li><a href="/news/{n}-city-opens-garden">خبر اليوم عن المدينة القديمة {n}</a></li>'
        for n in range(8)
    )
    for tag in ('di"v', "di?", "h2:x"):
        page = f'<main><{tag} class="heading title"><b>رياضة</b></{tag}><ul>{links}</ul></main>'
        feedmaker.find_sections(page * 2, "https://news.example/")


def test_the_name_of_an_organisation_is_one_line():
    """As all names of JSON-LD are."""
    block = (
        '{"@type": "NewsArticle", "headline": "Garden", "author":'
        ' {"@type": "Organization", "name": "The\\n\\tRiver"}}'
    )
    text = "<p>The council opened the public garden again this morning.</p>" * 9
    page = f"<script type='application/ld+json'>{block}</script><h1>Garden</h1>{text}"
    assert feedmaker.extract(page, "https://news.example/a").authors == ("The River",)
