"""The pages beside the feeds: right for people, for readers that discover feeds, and the same for
the same stories.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from base64 import b64encode
from dataclasses import replace
from datetime import UTC, date, datetime
from hashlib import sha256
from itertools import pairwise
from pathlib import Path
from typing import Any
from urllib.parse import urljoin
from xml.etree import ElementTree as ET

import jinja2
import pytest
from hypothesis import given
from hypothesis import strategies as st
from machine import needs_chromium
from newsroom import SECTION, feed, site, story
from records import phrase
from selectolax.lexbor import LexborHTMLParser

from feedmaker.model import FORMATS, Code, Event, Figures, Reason, Section, Site, State
from feedmaker.output import pages
from feedmaker.output.feed import render
from feedmaker.output.pages import SectionView
from feedmaker.output.pages.compiled_templates import open_template_cache
from feedmaker.text.translations import UI_LANGUAGES

WORLD = Section(
    slug="world",
    title="World & <Business>",
    urls=("https://news.example/world",),
    language="en",
    formats=("rss",),
)
EMPTY = Section(slug="empty", title="صحة وتغذية", urls=("https://news.example/health",))
SITE = site(SECTION, WORLD, EMPTY)
OTHER = site(
    SECTION, slug="other", name="صحيفة أخرى", home="https://other.example/", timezone="Asia/Baghdad"
)


def view(section: Section = SECTION, **fields: Any) -> SectionView:
    """A section with two stories."""
    known = {
        "site": SITE,
        "stories": (story(1), story(2)),
        "updated": datetime(2026, 11, 20, 13, tzinfo=UTC),
        "count": 50,
    }
    return SectionView(section=section, **known | fields)


VIEWS = (
    view(),
    view(
        WORLD,
        stories=(story(3, title="Rates & <rules>", language="en"), story(4, title="خبر عربي")),
    ),
    view(EMPTY, stories=(), updated=None, count=0),
    view(site=OTHER),
)


def overview(name: str, views: Any, base_url: str = "", ui: str = "ar") -> bytes:
    """A page of all sections, in Arabic."""
    return pages.overview_page(name, views, base_url, ui)


def section_page(view: SectionView, base_url: str = "", ui: str = "ar") -> bytes:
    """The page of a section, in Arabic."""
    return pages.section_page(view, base_url, ui)


def index(*views: SectionView) -> LexborHTMLParser:
    """The index page, parsed as browsers do."""
    return LexborHTMLParser(overview("index.html", views or VIEWS).decode())


def links(page: LexborHTMLParser, selector: str) -> list[str]:
    """Where the elements that match lead."""
    return [node.attributes["href"] for node in page.css(selector)]


def test_the_index_is_arabic_and_right_to_left():
    """A browser, a screen reader and a phone are told what the page is."""
    page = index()
    attributes = page.css_first("html").attributes
    assert (attributes["lang"], attributes["dir"]) == ("ar", "rtl")
    assert page.css_first("title").text()
    assert "width=device-width" in page.css_first('meta[name="viewport"]').attributes["content"]


def test_templates_compile_to_the_same_in_every_language():
    """So one may be kept for all."""
    folder = Path(pages.__file__).parent
    names = sorted(path.name for path in folder.glob("*.j2"))
    assert "index.html.j2" in names
    for name in names:
        source = (folder / name).read_text("utf-8")
        environments = map(pages.page_environment, UI_LANGUAGES)
        made = {one.compile(source, name, None, raw=True) for one in environments}
        assert len(made) == 1, name


def test_templates_are_compiled_once(tmp_path, monkeypatch):
    """What is kept is taken by the next process; a damaged file and a changed template are not."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    compiled = []

    class Counting(jinja2.Environment):
        def compile(self, source: Any, *others: Any, **named: Any) -> Any:
            compiled.append(source)
            return super().compile(source, *others, **named)

    def shown(text: str) -> str:
        loader = jinja2.DictLoader({"a.html.j2": text})
        environment = Counting(loader=loader, bytecode_cache=open_template_cache())
        return environment.get_template("a.html.j2").render(name="x")

    assert [shown("1 {{ name }}"), shown("1 {{ name }}")] == ["1 x", "1 x"]
    assert len(compiled) == 1
    assert [shown("2 {{ name }}"), shown("2 {{ name }}")] == ["2 x", "2 x"]
    (kept,) = (tmp_path / "cache" / "feedmaker").iterdir()
    whole = kept.read_bytes()
    for damaged in (b"", whole[:20], whole[:-50], whole[:-90] + b"?" * 90, whole[1:]):
        kept.write_bytes(damaged)
        assert shown("2 {{ name }}") == "2 x"
    assert len(compiled) == 7


def test_no_code_is_taken_from_a_folder_that_others_may_write(tmp_path, monkeypatch):
    """Nor from a link to one; without a folder templates are compiled, and nothing is told."""
    folder = tmp_path / "feedmaker"
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    assert open_template_cache() is not None
    assert folder.stat().st_mode & 0o777 == 0o700
    folder.chmod(0o770)
    assert open_template_cache() is None
    folder.rmdir()
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir(mode=0o700)
    folder.symlink_to(elsewhere)
    assert open_template_cache() is None
    monkeypatch.setenv("XDG_CACHE_HOME", "/dev/null/x")
    assert open_template_cache() is None
    monkeypatch.delenv("XDG_CACHE_HOME")
    monkeypatch.setenv("HOME", "/dev/null")
    assert open_template_cache() is None


def test_sites_and_sections_stand_in_the_order_given():
    """Each section stands under its site, with what it is called there."""
    page = index()
    assert [node.text(strip=True) for node in page.css(".site h2")] == [
        "بوابة الأخبار",
        "صحيفة أخرى",
    ]
    titles = [[n.text(strip=True) for n in part.css("h3")] for part in page.css("section.site")]
    assert titles == [["رياضة", "World & <Business>", "صحة وتغذية"], ["رياضة"]]


def test_each_section_has_its_feeds_once_as_button_and_once_for_discovery():
    """Buttons and `link rel=alternate` name the files that `publish` writes, relative to the page."""
    page = index()
    files = [
        "news/sport.atom.xml",
        "news/sport.rss.xml",
        "news/sport.json",
        "news/world.rss.xml",
        "other/sport.atom.xml",
        "other/sport.rss.xml",
        "other/sport.json",
    ]
    assert links(page, "a.feed") == files
    assert links(page, 'link[rel="alternate"]') == files
    types = [node.attributes["type"] for node in page.css('link[rel="alternate"]')]
    kinds = {
        "atom": "application/atom+xml",
        "rss": "application/rss+xml",
        "json": "application/feed+json",
    }
    assert types == [kinds[name.split(".")[1]] for name in files]


@pytest.mark.parametrize(
    ("base_url", "on_index", "on_section"),
    [
        ("", "news/sport.atom.xml", "sport.atom.xml"),
        ("https://feeds.example/x", *["https://feeds.example/x/news/sport.atom.xml"] * 2),
        ("https://feeds.example/x/", *["https://feeds.example/x/news/sport.atom.xml"] * 2),
    ],
)
def test_programs_find_a_feed_from_every_page(base_url, on_index, on_section):
    """Akregator and QuiteRSS read any relative address wrongly, `../` above all: it is whole where
    the base is known, and else the shortest from the page it stands on.
    """
    whole = parsed(overview("index.html", VIEWS, base_url))
    part = parsed(section_page(view(), base_url))
    assert links(whole, 'link[rel="alternate"]')[0] == on_index
    assert links(part, 'link[rel="alternate"]')[0] == on_section


def test_a_discovered_feed_is_called_by_its_site_and_section_once():
    """The site's name stands before a section's title that does not hold it."""
    named = Section(slug="s", title="المدار: رياضة", urls=("https://news.example/",))
    plain = Section(slug="p", title="ثقافة", urls=("https://news.example/",))
    paper = site(named, plain, name="صحيفة المدار")
    titles = [
        node.attributes["title"]
        for section in paper.sections
        for node in parsed(section_page(view(section, site=paper))).css("link[title]")
    ]
    assert titles[::3] == ["المدار: رياضة (Atom)", "صحيفة المدار: ثقافة (Atom)"]


@pytest.mark.parametrize("name", ["index.html", "status.html"])
def test_liferea_takes_no_page_for_a_feed(name):
    """It reads three `article` elements with headings as a feed, in place of the ones named."""
    page = parsed(overview(name, VIEWS))
    assert page.css("article") == parsed(section_page(view())).css("article") == []
    assert len(page.css("[role=article]")) == len(VIEWS)


@pytest.mark.parametrize("base_url", ["", "https://feeds.example/"])
def test_a_list_without_whole_addresses_is_not_offered(base_url):
    """No reader can import relative addresses; the file itself says why."""
    offered = bool(base_url)
    found = [overview(n, VIEWS, base_url) for n in ("index.html", "status.html")]
    found.append(section_page(view(), base_url))
    assert [b"feeds.opml" in page for page in found] == [offered] * 3
    assert ("base_url" in opml(SITE, base_url=base_url).decode()) is not offered


def test_headlines_lead_to_the_stories_in_their_own_language():
    """A headline is text, with the language and direction of its story and a link to it."""
    cards = index().css(".card")
    shown = [
        [(n.text(), n.attributes["lang"], n.attributes["dir"]) for n in c.css(".headlines a")]
        for c in cards
    ]
    assert shown[0] == [(story(1).title, "ar", "rtl"), (story(2).title, "ar", "rtl")]
    assert shown[1] == [("Rates & <rules>", "en", "ltr"), ("خبر عربي", "ar", "rtl")]
    assert [n.attributes["href"] for n in cards[0].css(".headlines a")] == [
        story(1).url,
        story(2).url,
    ]


def test_dates_are_arabic_and_by_the_clocks_of_the_site():
    """One instant is 10:29 in Rabat and 12:29 in Baghdad; machines get it exactly."""
    page = index(view(), view(site=OTHER))
    times = [card.css_first(".headlines time") for card in page.css(".card")]
    assert [node.text() for node in times] == ["20 نوفمبر، 10:29", "20 نوفمبر، 12:29"]
    assert {node.attributes["datetime"] for node in times} == {"2026-11-20T09:29:00+00:00"}


def test_an_undated_story_shows_when_it_was_first_seen():
    """As its feed does."""
    page = index(view(stories=(story(published=None),)))
    assert page.css_first(".headlines time").text() == "20 نوفمبر، 13:00"


def test_a_section_without_stories_offers_no_feed():
    """Its file may not be there yet: a button would lead nowhere."""
    card = index(view(EMPTY, stories=(), updated=None, count=0)).css_first(".card")
    assert card.css("a.feed") == []
    assert "لم يُقرأ شيء بعد" in card.text()


@pytest.mark.parametrize(
    ("state", "words"),
    [
        (State(status="unchanged"), "max_age"),
        (State(status="kept", reason=Reason.of(Code.STATUS, status=404)), "الحالة 404"),
        (State(status="kept", reason=Reason.of(Code.STATUS, status=404)), "وأعطِ عنوانه الجديد"),
    ],
)
def test_an_empty_section_says_what_is_known_and_what_to_do(state, words):
    """Not only that nothing is there."""
    card = index(view(EMPTY, stories=(), updated=None, count=0, state=state)).css_first(".card")
    assert words in card.css_first(".empty").text()


def parsed(data: bytes) -> LexborHTMLParser:
    """A page, parsed as browsers do."""
    return LexborHTMLParser(data.decode())


BROKEN = State(
    status="kept", reason=phrase("https://news.example/: status 503"), since=datetime(2026, 11, 21, 8, tzinfo=UTC),
    good_at=datetime(2026, 11, 21, 7, 40, tzinfo=UTC),
)  # fmt: skip
FARES = (
    view(
        state=State(status="unchanged", since=datetime(2026, 11, 1, tzinfo=UTC)),
        days={
            date(2026, 11, 20): 4,
            date(2026, 11, 19): 1,
            date(2026, 10, 22): 2,
            date(2026, 10, 21): 9,
        },
        figures=Figures(stories=8, dated=8, signed=6, pictured=4, whole=7),
        events=(Event(at=datetime(2026, 11, 1, tzinfo=UTC), status="published", reason=None),),
    ),
    view(
        WORLD,
        state=BROKEN,
        events=(Event(at=BROKEN.since, status="kept", reason=BROKEN.reason),),
    ),
    view(EMPTY, stories=(), updated=None, count=0),
)
PAGES = {
    "index": overview("index.html", VIEWS),
    "section": section_page(
        view(
            stories=(
                story(1, html="<h2>عنوان</h2><p>نص <a href='https://x.example/'>رابط</a></p>"),
                story(2),
            )
        )
    ),
    "status": overview("status.html", FARES),
}
every_page = pytest.mark.parametrize("name", PAGES)


@every_page
def test_nothing_is_loaded_from_elsewhere(name):
    """No style sheet, picture, font or script of others; and the page forbids it, but for its own
    by their hashes.
    """
    page = parsed(PAGES[name])
    assert (
        page.css("iframe, img, object, link[rel=stylesheet], script[src], [style], [onclick]") == []
    )
    (style,), (script,) = page.css("style"), page.css("script")
    assert not re.search(r"url\(|@import", style.text())
    policy = page.css_first('meta[http-equiv="Content-Security-Policy"]').attributes["content"]
    assert policy.startswith("default-src 'none'; ")
    for node, kind in ((style, "style-src"), (script, "script-src")):
        digest = b64encode(sha256(node.text().encode()).digest()).decode()
        assert f"{kind} 'sha256-{digest}'" in policy
    assert links(page, 'link:not([rel="alternate"])') == ["data:,"]


@every_page
def test_the_page_can_be_used_by_keyboard_and_screen_reader(name):
    """Every part has a name, ids are unique, each link has text, headings descend one level at a
    time.
    """
    page = parsed(PAGES[name])
    ids = [node.attributes["id"] for node in page.css("[id]")]
    assert len(ids) == len(set(ids))
    named = [node.attributes["aria-labelledby"] for node in page.css("[aria-labelledby]")]
    assert set(named) <= set(ids)
    assert len(named) == len(page.css("section, [role=article]"))
    assert all(
        (node.attributes.get("aria-label") or node.text(strip=True))
        for node in page.css("a, button, summary")
    )
    levels = [int(node.tag[1]) for node in page.css("h1, h2, h3, h4, h5")]
    assert levels[0] == 1
    assert all(later - earlier <= 1 for earlier, later in pairwise(levels))
    skip = page.css_first("a").attributes["href"]
    assert page.css_first(skip) is not None
    attributes = page.css_first("html").attributes
    assert (attributes["lang"], attributes["dir"]) == ("ar", "rtl")
    here = [node.attributes["href"] for node in page.css("nav [aria-current]")]
    assert here == {"index": ["index.html"], "status": ["status.html"], "section": []}[name]


@every_page
def test_without_a_script_the_copy_buttons_are_not_there(name):
    """They are hidden until the script shows them; the feeds' links serve without."""
    page = parsed(PAGES[name])
    assert all("hidden" in node.attributes for node in page.css("button"))
    assert [n.attributes["data-feed"] for n in page.css("input[readonly]")] == [
        box.css_first("a.feed").attributes["href"] for box in page.css(".feeds")
    ]
    assert all("hidden" in label.attributes for label in page.css(".filter"))


# ---- a section's page


def test_a_section_s_page_shows_its_stories_whole():
    """Title, date, authors, summary and text, in the story's own direction; pictures are elsewhere
    and left out with their captions.
    """
    html = '<h2>فرعي</h2><p>نص الخبر</p><figure><img src="https://x.example/a.jpg"><figcaption>تعليق</figcaption></figure>'
    made = view(stories=(story(1, html=html), story(2, title="Rates", language="en", teaser=True)))
    page = parsed(section_page(made))
    first, second = page.css("[role=article]")
    assert first.css_first("h2 a").attributes["href"] == story(1).url
    assert [n.text() for n in first.css("details h3, details p, details figcaption")] == [
        "فرعي",
        "نص الخبر",
    ]
    assert "سعاد بناني" in first.css_first(".note").text()
    assert story(1).summary in [node.text() for node in first.css("p")]
    assert (second.attributes["lang"], second.attributes["dir"]) == ("en", "ltr")
    assert second.css("details") == []
    assert links(page, "nav a") == ["../index.html", "../status.html", "../index.html#how"]


@pytest.mark.parametrize(
    ("html", "shown"),
    [
        ('<p>ا</p><p><a href="https://x.example/"><img src="https://x.example/a.jpg"></a></p>', "<p>ا</p>"),
        ('<p>ا <a href="https://x.example/">ب</a></p>', '<p>ا <a href="https://x.example/">ب</a></p>'),
        ('<figure><img src="https://x.example/a.jpg"><figcaption>ت</figcaption></figure><p>ا</p>', "<p>ا</p>"),
        ("<figure><table></table><figcaption>ت</figcaption></figure>", "<figure><table></table><figcaption>ت</figcaption></figure>"),
    ],
)  # fmt: skip
def test_nothing_of_a_picture_is_left_without_it(html, shown):
    """No link without a text, as thumbnails of videos leave them, and no caption of nothing."""
    assert pages.reading(html) == shown


def test_months_that_have_an_archive_are_linked():
    """The newest first, as the archives lie beside the page."""
    page = parsed(section_page(view(archived=("2026-09", "2026-10"))))
    assert links(page, ".months a") == [
        "../news/archive/sport-2026-10.atom.xml",
        "../news/archive/sport-2026-09.atom.xml",
    ]
    assert page.css_first(".months a").text() == "أكتوبر 2026"


def test_a_day_is_said_once():
    """The first headline of a day has its day, the others their time; another year is said."""
    days = [(2026, 9), (2026, 8), (2025, 8)]
    stories = tuple(
        story(number, published=datetime(year, 11, 20, hour, tzinfo=UTC))
        for number, (year, hour) in enumerate(days)
    )
    times = index(view(stories=stories)).css(".headlines time")
    assert [time.text() for time in times] == [
        "20 نوفمبر، 10:00",
        "09:00",
        "20 نوفمبر 2025، 09:00",
    ]


# ---- how sections fare


def test_the_status_page_tells_what_broke_and_when():
    """Broken sections stand first, with their reason and the time of the last success."""
    page = parsed(overview("status.html", FARES))
    alert = page.css_first(".alert")
    assert links(alert, "a") == ["#news-world"]
    assert str(BROKEN.reason or "") in alert.text()
    card = page.css_first("#news-world")
    assert "متوقف منذ 21 نوفمبر 2026، 09:00" in card.css_first(".badge").text()
    assert "آخر نجاح 21 نوفمبر 2026، 08:40" in card.text()
    assert [node.text(strip=True) for node in page.css(".badge")][2] == "لم يُشغَّل بعد"
    assert "قسم واحد متوقف" in page.css_first("header").text()
    assert parsed(overview("status.html", FARES[:1])).css(".alert") == []


def test_a_site_has_its_icon_or_its_letter_before_its_name():
    """The icon is a file of our own; the letter is the first one that tells the site from others."""
    shown = parsed(overview("index.html", (view(icon="news/icon.png"), view(site=OTHER))))
    icon, letter = shown.css(".mark")
    assert (icon.tag, icon.attributes["src"], icon.attributes["alt"]) == (
        "img",
        "news/icon.png",
        "",
    )
    assert (letter.text(), letter.attributes["aria-hidden"]) == ("أ", "true")


@pytest.mark.parametrize(
    ("reason", "shown"),
    [
        (
            Reason.of(Code.TLS, fault="[SSL: WRONG] (_ssl.c:1006)."),
            "TLS: <bdi>[SSL: WRONG] (_ssl.c:1006).</bdi>",
        ),
        (Reason.of(Code.NOT_WRITTEN, text="disk '<full>'"), "<bdi>disk '&lt;full&gt;'</bdi>"),
        (
            Reason.of(Code.NOT_HTML, source="state"),
            'ليست صفحة HTML، فلا يجد فيها <code dir="ltr">source = <bdi>state</bdi></code> شيئًا',
        ),
        (
            Reason.of(Code.COPY, original="https://a.example/%D8%B1/1?x=\u0645"),
            (
                'نسخة من <bdi dir="ltr">https://a.example/<bdi>ر</bdi>/1?x=<bdi>م</bdi></bdi>، '
                "وتُعرض معه خبرًا واحدًا"
            ),
        ),
        (
            replace(
                Reason.of(Code.ARTICLES_FAIL, count=8, cause=Reason.of(Code.TLS, fault="x.")),
                more=2,
            ),
            "فشلت آخر المقالات الجديدة، وعددها 8: TLS: <bdi>x.</bdi> (ومثلها 2)",
        ),
    ],
    ids=lambda value: str(value.code) if isinstance(value, Reason) else "",
)
def test_what_a_reason_quotes_reads_in_its_own_direction(reason, shown):
    """Latin text among Arabic keeps its brackets and full stop, addresses the order of their parts."""
    state = replace(BROKEN, status="kept", reason=replace(reason, url="https://a.example/خبر/2"))
    alert = parsed(overview("status.html", (view(state=state),))).css_first(".alert")
    assert alert.css_first(".reason").inner_html == shown
    page = alert.css_first("a.page[dir=ltr]")
    assert page.inner_html == "https://a.example/<bdi>خبر</bdi>/2"


def test_one_cause_is_said_once():
    """Sections of a site that broke of the same stand together."""
    other = replace(BROKEN, reason=replace(BROKEN.reason, url="https://news.example/b"))
    views = (view(state=BROKEN), view(WORLD, state=other), view(site=OTHER, state=BROKEN))
    alert = parsed(overview("status.html", views)).css_first(".alert")
    assert [links(item, 'a[href^="#"]') for item in alert.css("li")] == [
        ["#news-sport", "#news-world"],
        ["#other-sport"],
    ]


@pytest.mark.parametrize("ui", UI_LANGUAGES)
@pytest.mark.parametrize("name", ["index.html", "status.html"])
def test_pages_speak_the_language_that_is_named(name, ui):
    """With its direction; the plot ends where a line of it does."""
    page = parsed(overview(name, FARES, ui=ui))
    root = page.css_first("html").attributes
    assert (root["lang"], root["dir"]) == (ui, "ltr" if ui in ("en", "fr") else "rtl")
    assert (
        page.css_first("h1").text()
        == {
            "ar": {"index.html": "خلاصات الأخبار", "status.html": "حالة الخلاصات"},
            "en": {"index.html": "News feeds", "status.html": "Status of the feeds"},
            "fa": {"index.html": "خوراک‌های خبری", "status.html": "وضعیت خوراک‌ها"},
            "ur": {"index.html": "خبروں کی فیڈ", "status.html": "فیڈ کی حالت"},
            "he": {"index.html": "פידים של חדשות", "status.html": "מצב הפידים"},
            "fr": {"index.html": "Flux d'actualités", "status.html": "État des flux"},
        }[ui][name]
    )
    bars = [int(bar.attributes["x"]) for bar in page.css(".plot rect")]
    assert bars == (sorted(bars) if root["dir"] == "rtl" else sorted(bars, reverse=True))


def test_the_plot_shows_thirty_days_to_the_newest_story():
    """A bar a day, the newest at the left; what is older is not in it."""
    card = parsed(overview("status.html", FARES)).css_first("#news-sport")
    bars = [(int(n.attributes["x"]), int(n.attributes["height"])) for n in card.css(".plot rect")]
    assert bars == [(1, 28), (11, 7), (291, 14)]
    assert card.css_first(".plot rect title").text() == "20 نوفمبر 2026: 4 أخبار"
    assert card.css_first("svg").attributes["role"] == "img"


def test_the_shares_are_of_a_hundred():
    """Date, author, picture, full text."""
    card = parsed(overview("status.html", FARES)).css_first("#news-sport")
    shares = {
        div.css_first("dt").text(): div.css_first("dd").text().strip("\u200e\u200f")
        for div in card.css(".shares div")
    }
    assert shares == {"تاريخ": "100%", "كاتب": "75%", "صورة": "50%", "نص كامل": "88%"}


def luminance(colour: str) -> float:
    """Relative luminance of `#rrggbb` (WCAG 2.2)."""
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def test_colours_have_contrast_in_light_and_dark():
    """Each pair of text and ground has 4.5 : 1 or more (WCAG 2.2, 1.4.3), in both schemes."""
    style = index().css_first("style").text()
    light, dark = (
        dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6})", block))
        for block in re.findall(r":root \{([^}]*)\}", style)[:2]
    )
    pairs = [(text, ground) for text in ("ink", "quiet", "accent") for ground in ("paper", "card")]
    pairs += [("accent-ink", "accent"), ("band-ink", "band")]
    for scheme in (light, dark):
        for text, ground in pairs:
            brighter, darker = sorted(
                (luminance(scheme[text]), luminance(scheme[ground])), reverse=True
            )
            assert (brighter + 0.05) / (darker + 0.05) >= 4.5, (text, ground)


def test_the_same_stories_give_the_same_pages():
    """No page knows the time of day."""
    assert overview("index.html", VIEWS) == overview("index.html", VIEWS)
    assert opml(SITE) == opml(SITE)


# ---- feeds.opml


def opml(*sites: Site, base_url: str = "") -> bytes:
    """The list of feeds of these sites."""
    views = [SectionView(site=site, section=section) for site in sites for section in site.sections]
    return overview("feeds.opml", views, base_url)


def outlines(base_url: str) -> list[tuple[str, list[dict[str, str]]]]:
    """Sites with their feeds, as an XML parser reads them."""
    root = ET.fromstring(opml(SITE, OTHER, base_url=base_url))
    assert (root.tag, root.get("version")) == ("opml", "2.0")
    assert root.findtext("head/title")
    return [
        (group.attrib["text"], [dict(o.attrib) for o in group])
        for group in root.findall("body/outline")
    ]


@pytest.mark.parametrize("base_url", ["https://feeds.example/x", "https://feeds.example/x/", ""])
def test_the_opml_names_one_feed_of_each_section(base_url):
    """A reader that imports it has every section once, grouped by site; addresses are whole where
    the base is known.
    """
    (name, sections), (other, _) = outlines(base_url)
    assert (name, other) == ("بوابة الأخبار", "صحيفة أخرى")
    assert (
        [s["text"] for s in sections]
        == [s["title"] for s in sections]
        == ["رياضة", "World & <Business>", "صحة وتغذية"]
    )
    root = "https://feeds.example/x/" if base_url else ""
    files = ["news/sport.atom.xml", "news/world.rss.xml", "news/empty.atom.xml"]
    assert [s["xmlUrl"] for s in sections] == [root + file for file in files]
    assert [s["language"] for s in sections] == ["ar", "en", "ar"]
    assert {s["type"] for s in sections} == {"rss"}
    assert sections[0]["htmlUrl"] == "https://news.example/%D8%B1%D9%8A%D8%A7%D8%B6%D8%A9"


def test_the_opml_names_only_feeds_that_are_there():
    """Of a section whose first format is missing another is named; a site with none is left out."""
    atom = frozenset({"atom"})
    views = [
        view(absent=atom),
        view(WORLD, absent=frozenset({"rss"})),
        view(site=OTHER, absent=atom),
    ]
    none = [replace(one, absent=frozenset(FORMATS)) for one in views[2:]]
    root = ET.fromstring(overview("feeds.opml", [*views[:2], *none]))
    assert [o.get("xmlUrl") for o in root.iter("outline") if o.get("type")] == [
        "news/sport.rss.xml"
    ]
    assert len(root.findall("body/outline")) == 1
    (empty,) = ET.fromstring(overview("feeds.opml", none)).iter("outline")  # the body has one
    assert empty.attrib == {"text": "خلاصات الأخبار"}


wild = st.text(st.characters(exclude_categories=()), max_size=40)


@given(wild, wild, wild)
def test_any_text_gives_pages(title, name, headline):
    """No title, name or headline breaks a page: what is in it is text, and the OPML stays XML."""
    odd = site(Section(slug="s", title=title, urls=("https://news.example/",)), name=name)
    ET.fromstring(opml(odd))
    page = index(
        SectionView(site=odd, section=odd.sections[0], stories=(story(title=headline),), count=1)
    )
    assert len(page.css(".card")) == len(page.css(".headlines li")) == 1
    assert page.css("img, b, style ~ style, script ~ script") == []


def chromium(tmp_path, *options: str) -> str:
    """Run chromium without a window; what it prints."""
    flags = [
        "--headless",
        "--no-sandbox",
        "--disable-gpu",
        "--no-first-run",
        "--disable-background-networking",
    ]
    flags += ["--allow-file-access-from-files", f"--user-data-dir={tmp_path / 'profile'}"]
    done = subprocess.run(
        ["chromium", *flags, *options], capture_output=True, text=True, timeout=120, check=True
    )
    return done.stdout


@needs_chromium
@pytest.mark.parametrize("width", [390, 1280])
@every_page
def test_the_page_fits_its_window(name, width, tmp_path):
    """In chromium nothing is wider than the window, on a phone and on a desk."""
    long = PAGES[name].decode().replace("رقم 1", "ر" * 200)
    (tmp_path / "page.html").write_text(long)
    frame = f'<iframe src="page.html" width="{width}" height="900"></iframe>'
    measure = "document.title = document.querySelector('iframe').contentDocument.documentElement.scrollWidth"
    (tmp_path / "frame.html").write_text(
        f"<!DOCTYPE html>{frame}<script>onload = () => {{ {measure} }}</script>"
    )
    printed = chromium(tmp_path, "--dump-dom", urljoin("file://", str(tmp_path / "frame.html")))
    found = re.search(r"<title>(\d+)</title>", printed)
    assert found
    assert int(found[1]) <= width


@needs_chromium
def test_the_pages_own_script_may_run_and_shows_the_buttons(tmp_path):
    """The policy lets the script and the style through by their hashes; on localhost copying is
    allowed.
    """
    (tmp_path / "index.html").write_bytes(PAGES["index"])
    shown = chromium(tmp_path, "--dump-dom", urljoin("file://", str(tmp_path / "index.html")))
    buttons = LexborHTMLParser(shown).css("button.copy")
    assert len(buttons) == 3
    assert not any("hidden" in button.attributes for button in buttons)


@needs_chromium
@pytest.mark.parametrize("form", ["atom", "rss"])
def test_a_feed_opened_in_a_browser_is_a_page(form, tmp_path):
    """The style sheet beside it is applied: right to left, titles and summaries shown, ids and full
    texts not.
    """
    (tmp_path / "news").mkdir()
    (tmp_path / "feed.css").write_bytes(overview("feed.css", ()))
    english = story(2, title="Parliament votes", language="en")
    (tmp_path / "news" / "sport.xml").write_bytes(render(feed(story(1), english), form))
    names = {
        "atom": ("entry", "id", "content", "summary"),
        "rss": ("item", "guid", "encoded", "description"),
    }[form]
    look = """
onload = () => {
  const made = document.querySelector("iframe").contentDocument, style = (one) => getComputedStyle(one);
  const [item, id, content, summary] = NAMES.map((name) => made.getElementsByTagNameNS("*", name));
  const title = item[0].getElementsByTagNameNS("*", "title")[0];
  const last = (list) => list[list.length - 1];
  document.title = [style(made.documentElement).direction, style(title).display, style(last(id)).display,
    style(content[0]).display, style(last(summary)).display, style(title).unicodeBidi].join(" ");
}""".replace("NAMES", str(list(names)))
    frame = '<iframe src="news/sport.xml" width="800" height="900"></iframe>'
    (tmp_path / "frame.html").write_text(f"<!DOCTYPE html>{frame}<script>{look}</script>")
    printed = chromium(tmp_path, "--dump-dom", urljoin("file://", str(tmp_path / "frame.html")))
    found = re.search(r"<title>(.*?)</title>", printed)
    assert found
    assert found[1] == "rtl block none none block plaintext"


@needs_chromium
def test_an_archive_opened_in_a_browser_is_not_offered_as_the_feed(tmp_path):
    """Who subscribed to a month would never get a new story."""
    (tmp_path / "news" / "archive").mkdir(parents=True)
    (tmp_path / "feed.css").write_bytes(overview("feed.css", (), ui="en"))
    made = feed(story(1))
    (tmp_path / "news" / "live.xml").write_bytes(render(made, "atom"))
    month = replace(made, month="2026-11", previous="2026-10")
    (tmp_path / "news" / "archive" / "month.xml").write_bytes(render(month, "atom"))
    look = """
onload = () => {
  const frames = [...document.querySelectorAll("iframe")];
  const roots = frames.map((one) => one.contentDocument.documentElement);
  document.title = roots.map((root) => getComputedStyle(root, "::before").content).join(" | ");
}"""
    frames = "".join(
        f'<iframe src="news/{name}.xml"></iframe>' for name in ("live", "archive/month")
    )
    (tmp_path / "frame.html").write_text(f"<!DOCTYPE html>{frames}<script>{look}</script>")
    printed = chromium(tmp_path, "--dump-dom", urljoin("file://", str(tmp_path / "frame.html")))
    live, archived = re.search(r"<title>(.*?)</title>", printed)[1].split(" | ")
    assert "copy its address from the address bar" in live
    assert archived.startswith('"This is one month of a news feed')


def test_rendering_writes_nothing_beside_the_code(tmp_path):
    """Nothing but Python's own compiled modules stands where Python keeps them."""
    code = "from feedmaker.output import pages; print(pages.overview_page('index.html', (), ui='ar').decode())"
    done = subprocess.run(
        [sys.executable, "-c", code],
        env={"PATH": os.environ["PATH"], "PYTHONPYCACHEPREFIX": str(tmp_path)},
        capture_output=True,
        check=True,
    )
    assert "خلاصات الأخبار" in done.stdout.decode()
    written = {path.suffix for path in tmp_path.rglob("*") if path.is_file()}
    assert written == {".pyc"}
