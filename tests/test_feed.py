"""Feeds as the specifications want them, and as readers take them: every trap known of feedgen and
of RSS and Atom.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from html import unescape
from pathlib import Path
from typing import Any

import feedparser
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from lxml import etree
from newsroom import SECTION, feed, story

from feedmaker.model import Enclosure, Feed, Section, Story
from feedmaker.output.entry_times import distinct_instants
from feedmaker.output.feed import render

ATOM = "{http://www.w3.org/2005/Atom}"
DC = "{http://purl.org/dc/elements/1.1/}"
CONTENT = "{http://purl.org/rss/1.0/modules/content/}encoded"
XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
UNREFERRED = 'referrerpolicy="no-referrer"'
RLM, LRM = "\u200f", "\u200e"

# The formats of XML; `test_feed_json.py` holds that the items of JSON are the same.
FORMATS = ("atom", "rss")
every_format = pytest.mark.parametrize("form", FORMATS)


def tree(made: Feed, form: str) -> Any:
    """The root element of Atom, the channel of RSS."""
    root = etree.fromstring(render(made, form))
    return root if form == "atom" else root.find("channel")


def items(made: Feed, form: str) -> list[Any]:
    """The elements that are the stories."""
    return tree(made, form).findall(f"{ATOM}entry" if form == "atom" else "item")


def text(item: Any, name: str) -> str:
    """The text of an item's child by its name in Atom, whichever format it is."""
    names = {
        f"{ATOM}entry": {
            n: ATOM + n for n in ("title", "summary", "content", "id", "published", "updated")
        },
        "item": {
            "title": "title",
            "summary": "description",
            "content": CONTENT,
            "id": "guid",
            "published": "pubDate",
        },
    }
    return item.findtext(names[item.tag][name])


def content(made: Feed, form: str = "atom") -> str:
    """The full text of the first story."""
    return text(items(made, form)[0], "content")


def spaced(html: str) -> str:
    """The HTML of a story of paragraphs and figures as it stands in a feed."""
    return html.replace("><p>", "> <p>").replace("><figure>", "> <figure>")


# ---- what a reader gets


@every_format
def test_a_reader_gets_every_story_whole_and_in_order(form):
    """Title, link, id, date, authors, categories, summary and full text of each story come out as
    they went in.
    """
    stories = [story(n) for n in (3, 1, 2)]
    read = feedparser.parse(render(feed(*stories), form))
    assert not read.bozo
    assert [entry.title for entry in read.entries] == [s.title for s in stories]
    assert [entry.link for entry in read.entries] == [s.url for s in stories]
    assert [entry.id for entry in read.entries] == [s.id for s in stories]
    for entry, given_story in zip(read.entries, stories, strict=True):
        assert datetime(*entry.published_parsed[:6], tzinfo=UTC) == given_story.published
        assert [author.name for author in entry.authors] == list(given_story.authors)
        assert [tag.term for tag in entry.tags] == ["كرة القدم", "البطولة", "الكأس"]
        assert entry.summary == given_story.summary + RLM
        assert spaced(given_story.html) in entry.content[0].value


@every_format
def test_the_feed_says_what_it_is(form):
    """Title, language, web page and the site's name are the section's; the language is exactly the
    one configured.
    """
    read = feedparser.parse(render(feed(story()), form)).feed
    assert (read.title, read.language, read.link) == (
        "بوابة الأخبار: رياضة",
        "ar",
        "https://news.example/%D8%B1%D9%8A%D8%A7%D8%B6%D8%A9",
    )
    assert read.subtitle == "بوابة الأخبار – news.example"


@every_format
@pytest.mark.parametrize(
    ("title", "name", "shown"),
    [
        ("رياضة", "صحيفة المدار", "صحيفة المدار: رياضة"),
        ("المدار: رياضة", "صحيفة المدار", "المدار: رياضة"),
        ("أخبار AFP", "AFP", "أخبار AFP"),
    ],
)
def test_the_title_says_which_paper_the_feed_is_of(form, title, name, shown):
    """Readers list feeds by their titles alone; no name stands there twice."""
    made = feed(section=replace(SECTION, title=title), name=name)
    assert feedparser.parse(render(made, form)).feed.title == shown


def test_each_format_has_the_same_ids_and_dates():
    """A reader that moves from one format to the other sees no story twice."""
    read = [feedparser.parse(render(feed(story(1), story(2)), form)).entries for form in FORMATS]
    assert [(e.id, e.published_parsed) for e in read[0]] == [
        (e.id, e.published_parsed) for e in read[1]
    ]


@every_format
def test_a_story_without_a_date_has_the_one_it_was_first_seen_at(form):
    """An undated story gets no invented date."""
    entry = feedparser.parse(render(feed(story(published=None)), form)).entries[0]
    assert datetime(*entry.published_parsed[:6], tzinfo=UTC) == story().first_seen


@every_format
def test_a_story_without_authors_is_the_sites(form):
    """Atom wants an author, and newsboat and sfeed do not pass the feed's down to its entries."""
    entry = feedparser.parse(render(feed(story(authors=())), form)).entries[0]
    assert entry.author == "بوابة الأخبار"


@every_format
@pytest.mark.parametrize(
    ("language", "label"), [("ar", "مقتطف"), ("fa", "گزیده"), ("en", "excerpt"), ("fr", "excerpt")]
)
def test_a_teaser_is_marked_in_the_feeds_language(form, language, label):
    """A page that holds only its own description says so in the item's first category."""
    made = feed(story(teaser=True), language=language)
    assert feedparser.parse(render(made, form)).entries[0].tags[0].term == label


@every_format
def test_an_id_is_given_once(form):
    """Of two stories of one id readers get the first: FreshRSS gives up on the ids of a feed that
    repeats one.
    """
    made = feed(story(1), story(2), story(1, title="مكرر"), story(3))
    assert [text(item, "title") for item in items(made, form)] == [
        story(n).title for n in (1, 2, 3)
    ]


@every_format
def test_a_feed_without_stories_is_a_feed(form):
    """An empty section gives a feed with all that its format requires, and without the time of day."""
    first, second = render(feed(), form), render(feed(), form)
    read = feedparser.parse(first)
    assert first == second
    assert (read.bozo, read.entries, read.feed.title) == (False, [], "بوابة الأخبار: رياضة")
    assert read.feed.updated_parsed[0] == 2000


# ---- the same stories, the same bytes

SCRIPT = """
import sys
from newsroom import feed, story
from feedmaker.output.feed import render
for form in sys.argv[1:]:
    sys.stdout.buffer.write(render(feed(story(1), story(2, language="fr", authors=())), form))
"""


@pytest.mark.parametrize(
    ("locale", "zone", "seed"), [("C", "UTC", "1"), ("ar_MA.UTF-8", "Africa/Casablanca", "2")]
)
def test_the_bytes_depend_on_nothing_but_the_stories(locale, zone, seed):
    """Another process, locale, time zone, hash seed and order of formats write the same bytes."""
    tests = Path(__file__).parent
    environment = os.environ | {
        "LC_ALL": locale,
        "TZ": zone,
        "PYTHONHASHSEED": seed,
        "PYTHONPATH": os.pathsep.join((str(tests.parent), str(tests))),
    }
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT, "rss", "atom"],
        capture_output=True,
        check=True,
        env=environment,
    )
    made = feed(story(1), story(2, language="fr", authors=()))
    atom = render(made, "atom")
    assert done.stdout == render(made, "rss") + atom


def test_a_changed_story_changes_its_own_item_only():
    """An edit leaves the bytes of the other items as they are."""
    before = items(feed(story(1), story(2)), "atom")
    after = items(feed(story(1, title="عنوان مصحح"), story(2)), "atom")
    assert etree.tostring(before[0]) != etree.tostring(after[0])
    assert etree.tostring(before[1]) == etree.tostring(after[1])


def test_the_zone_a_date_is_given_in_changes_no_byte():
    """The same instant is the same text, whichever clock the site wrote it by."""
    moved = replace(story(), published=story().published.astimezone(UTC))
    assert [render(feed(moved), form) for form in FORMATS] == [
        render(feed(story()), form) for form in FORMATS
    ]


def updated(*stories: Story) -> list[str]:
    """What the entries of a feed say of when they were updated."""
    return [text(item, "updated") for item in items(feed(*stories), "atom")]


def test_no_two_entries_are_updated_at_once():
    """The W3C validator warns of equal `updated`; stories dated to the same minute stay within
    their second, with three digits at most: ROME reads six as minutes.
    """
    instant = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)
    values = updated(*(story(n, updated=instant) for n in range(600)))
    assert len(set(values)) == 600
    assert values[-1] == "2026-11-20T09:00:00+00:00"
    assert {len(value) for value in values[:-1]} == {len("2026-11-20T09:00:00.123+00:00")}
    assert all(
        timedelta() <= datetime.fromisoformat(value) - instant < timedelta(seconds=1)
        for value in values
    )


def test_an_entry_of_its_own_second_has_no_fraction():
    """And a new one leaves those of the same second as they are."""
    instant = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)
    same = [story(n, updated=instant) for n in (3, 2, 1)]
    assert updated(story(4)) == ["2026-11-20T12:56:00+00:00"]
    assert updated(*same)[1:] == updated(*same[1:])


def test_more_entries_than_milliseconds_are_no_endless_search():
    """A feed of a thousand stories of one second is written, as good as it can be."""
    instant = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)
    stamps = distinct_instants([(story(n).id, instant) for n in range(1002)])
    assert len(set(stamps)) == 1000


# ---- direction and language


@every_format
@pytest.mark.parametrize(
    ("title", "shown"),
    [
        ("AFP: القمة تنطلق في الرباط", RLM + "AFP: القمة تنطلق في الرباط"),
        ("القمة تنطلق في الرباط (AFP)", "القمة تنطلق في الرباط (AFP)"),
        ("2026: عام القمة", "2026: عام القمة"),
        ("القمة تنطلق اليوم!", f"القمة تنطلق اليوم!{RLM}"),
        ("«القمة» بنسبة 5%", f"«القمة» بنسبة 5%{RLM}"),
        ("«AFP» تنقل الخبر", RLM + "«AFP» تنقل الخبر"),
    ],
)
def test_a_title_opens_in_its_own_direction(form, title, shown):
    """One mark where the first strong character is Latin, one behind punctuation at the end."""
    item = items(feed(story(title=title, summary=title)), form)[0]
    assert (text(item, "title"), text(item, "summary")) == (shown, shown)


@every_format
@pytest.mark.parametrize(
    ("html", "shown"),
    [
        ("<p>الرباط</p><p>AFP</p>", "<p>الرباط</p> <p>AFP</p>"),
        ("<p>AFP – الرباط</p>", f"<p>{RLM}AFP – الرباط</p>"),
        (
            '<figure><img src="https://news.example/a.jpg" alt="x"></figure><p><b>A</b> الرباط</p>',
            f'<figure><img {UNREFERRED} src="https://news.example/a.jpg" alt="x"></figure> <p><b>{RLM}A</b> الرباط</p>',
        ),
        ("<p>2026 – <b>AFP</b>: الرباط</p>", f"<p>{RLM}2026 – <b>AFP</b>: الرباط</p>"),
        ("<p>12 &lt; 13</p>", "<p>12 &lt; 13</p>"),
        ("<p>AFP</p>", "<p>AFP</p>"),
    ],
)
def test_a_body_opens_in_its_own_direction(form, html, shown):
    """The mark stands in the text, where a sanitiser leaves it and it makes no empty line."""
    assert content(feed(story(html=html)), form) == f'<div dir="rtl" lang="ar">{shown}</div>'


@every_format
def test_a_foreign_story_keeps_its_language_and_direction(form):
    """An English story of an Arabic feed is left to right and says so; the Arabic one beside it
    says nothing.
    """
    english = story(
        1, title="Parliament votes", summary="It voted.", html="<p>It voted.</p>", language="en"
    )
    arabic_first = story(
        3, title="قطر Airways buys", html="<p>قطر Airways bought.</p>", language="en-GB"
    )
    foreign, own, led = items(feed(english, story(2), arabic_first), form)
    assert text(foreign, "content") == '<div dir="ltr" lang="en"><p>It voted.</p></div>'
    assert text(foreign, "title") == "Parliament votes"
    assert text(led, "title") == LRM + "قطر Airways buys"
    tags = [
        i.get(XML_LANG) if form == "atom" else i.findtext(f"{DC}language")
        for i in (foreign, own, led)
    ]
    assert tags == ["en", None, "en-GB"]


@every_format
@pytest.mark.parametrize("language", ["ar-MA", "ar_EG", "arabic", "", None, "العربية"])
def test_a_region_or_nonsense_is_the_feeds_language(form, language):
    """Readers such as newsboat know `ar` and no region of it; the validator wants a language tag or
    none.
    """
    item = items(feed(story(language=language)), form)[0]
    assert (item.get(XML_LANG), item.find(f"{DC}language")) == (None, None)
    assert text(item, "content").startswith('<div dir="rtl" lang="ar">')


@pytest.mark.parametrize(
    ("language", "direction"),
    [("fa", "rtl"), ("ur", "rtl"), ("he", "rtl"), ("en", "ltr"), ("fr", "ltr")],
)
def test_the_sites_language_decides_the_direction(language, direction):
    """Persian, Urdu and Hebrew sites work by their language alone; nothing is right to left by
    force.
    """
    made = feed(story(language=None), language=language)
    assert content(made).startswith(f'<div dir="{direction}" lang="{language}">')


@every_format
def test_neither_format_has_a_dir_attribute(form):
    """`dir` on an element of RSS or Atom is an error to the W3C validator."""
    assert [e.tag for e in tree(feed(story()), form).iter() if "dir" in e.attrib] == []


# ---- links and ids


@every_format
def test_links_are_whole(form):
    """The self link is the file's address, the channel's link the web page; an entry's link has
    `rel` and `type`.
    """
    root = tree(feed(story()), form)
    links = {link.get("rel"): dict(link.attrib) for link in root.findall(f"{ATOM}link")}
    assert links["self"]["href"] == f"https://feeds.example/news/sport.{form}.xml"
    assert links["self"]["type"] == f"application/{form}+xml"
    if form == "rss":
        assert root.findtext("link") == "https://news.example/%D8%B1%D9%8A%D8%A7%D8%B6%D8%A9"
    else:
        entry_link = root.find(f"{ATOM}entry")[0]  # some libraries open the first link
        assert dict(entry_link.attrib) == {
            "href": story().url,
            "rel": "alternate",
            "type": "text/html",
        }


@every_format
def test_without_a_base_url_there_is_no_self_link(form):
    """A self link that is not where the feed is would be wrong; the rest, ids above all, is the
    same.
    """
    with_base, without = render(feed(story()), form), render(feed(story(), base_url=""), form)
    assert b'rel="self"' not in without
    assert [
        line for line in with_base.splitlines() if b'rel="self"' not in line
    ] == without.splitlines()


@pytest.mark.parametrize(
    ("url", "page"),
    [
        ("https://news.example/sport/", "https://news.example/sport/"),
        ("https://news.example/sitemap-news.xml", "https://news.example/"),
        ("https://news.example/sport/feed/", "https://news.example/"),
        ("https://news.example/list.php?feed=1", "https://news.example/list.php?feed=1"),
    ],
)
def test_the_web_page_of_a_section_is_one_for_people(url, page):
    """A section found by a sitemap or a feed links to the home page."""
    made = feed(story(), section=Section(slug="sport", title="رياضة", urls=(url,)))
    assert tree(made, "rss").findtext("link") == page


def test_ids_are_no_addresses_in_rss():
    """A `urn:` as a permanent link is an error to the W3C validator."""
    guid = items(feed(story()), "rss")[0].find("guid")
    assert (guid.text, guid.get("isPermaLink")) == (story().id, "false")


def feed_id(section: Section = SECTION, **fields: Any) -> str:
    """The id of a section's feed."""
    return tree(feed(section=section, **fields), "atom").findtext(f"{ATOM}id")


@pytest.mark.parametrize(
    "changes",
    [
        {"base_url": "https://elsewhere.example/x/"},
        {"slug": "renamed"},
        {"headers": {"Accept-Language": "ar"}, "cookies": {"consent": "yes"}},
        {"name": "اسم جديد"},
        {"home": "http://www.news.example"},
        {"section": replace(SECTION, slug="sports", title="الرياضة", items=7)},
        {"section": replace(SECTION, urls=("http://news.example/رياضة/",))},
    ],
)
def test_a_feed_keeps_its_id(changes):
    """Slug, title, folder, base URL and http or https are not what a section is."""
    assert feed_id(**changes) == feed_id()


def test_two_sections_have_two_ids():
    """Blocks, labels and filtered parts of one page are feeds of their own."""
    sections = [
        SECTION,
        Section(slug="a", title="أ", heading="اخر الاخبار"),
        Section(slug="a", title="أ", heading="الأكثر قراءة"),
        Section(slug="a", title="أ", nav="اخر الاخبار", page="https://news.example/world"),
        replace(SECTION, category=("تنس",)),
        replace(SECTION, include=("الوداد",)),
        replace(SECTION, match="/tennis/"),
    ]
    assert len({feed_id(section) for section in sections}) == len(sections)


# ---- text


def test_a_summary_is_text_in_atom_and_html_in_rss():
    """RSS readers take `description` for HTML: a sign of text is escaped for it, before the full
    content.
    """
    made = feed(story(summary="الوداد < الرجاء & النتيجة"))
    item = items(made, "rss")[0]
    names = [child.tag for child in item]
    assert names.index("description") < names.index(CONTENT)
    assert text(item, "summary") == "الوداد &lt; الرجاء &amp; النتيجة"
    entry = items(made, "atom")[0]
    assert text(entry, "summary") == "الوداد < الرجاء & النتيجة"
    assert entry.find(f"{ATOM}content").get("type") == "html"


@every_format
@pytest.mark.parametrize(
    ("title", "shown"),
    [
        ("<b>عاجل</b> الوداد يفوز", "عاجل الوداد يفوز"),
        ("&lt;span class=&quot;x&quot;&gt;عاجل&lt;/span&gt; AT&amp;T", "عاجل AT&T"),
        ("شركة AT&T &copyright &#1575;", "شركة AT&T &copyright ا"),
        ("خبر\n  على\tسطرين\u00a0", "خبر على سطرين"),
        ("الذهب < النفط و 5 > 3", "الذهب < النفط و 5 > 3"),
        ("وسم <iframe src=x> قديم", "وسم ‹iframe src=x› قديم"),
        ("خبر <svg/onload=x <!-- آخر", "خبر ‹svg/onload=x ‹!-- آخر"),
        ("فيلم <الهدف> في القاعات", "فيلم ‹الهدف› في القاعات"),
        ("فيلم &lt;الهدف", "فيلم ‹الهدف"),
    ],
)
def test_titles_are_plain_text(form, title, shown):
    """Markup that a site escaped once too often is taken out; signs that mean themselves stay."""
    assert text(items(feed(story(title=title)), form)[0], "title") == shown


def test_signs_of_markup_are_written_for_careless_readers():
    """`&` and `<` in plain text of RSS are hexadecimal references, as the RSS profile advises."""
    data = render(
        feed(story(title="Q&A: 1<2>1", tags=("R&D",), authors=("A & B",))), "rss"
    ).decode()
    assert "Q&#x26;A: 1&#x3C;2&#x3E;1" in data
    assert "<category>R&#x26;D</category>" in data
    assert "<dc:creator>A &#x26; B</dc:creator>" in data


@every_format
def test_a_story_of_nothing_but_a_link_is_an_item(form):
    """Both formats require a title and a text: the address stands in for them."""
    bare = story(
        title="", html="", text="", summary="", authors=("",), category=None, tags=("", " ")
    )
    item = items(feed(bare), form)[0]
    assert text(item, "title").endswith(bare.url)
    assert text(item, "summary")
    assert f"{bare.url}</p>" in text(item, "content")


@every_format
def test_a_missing_summary_is_made_of_whole_words(form):
    """Without a description of its own a story is summed up by its first words, none cut."""
    words = "قال المدرب بعد المباراة إنه راض عن أداء اللاعبين " * 20
    summary = text(items(feed(story(summary="", text=words)), form)[0], "summary")
    assert summary.endswith(RLM)
    summary = summary.removesuffix(RLM)
    assert len(summary) <= 300
    assert words.startswith(summary.removesuffix("…"))
    assert summary.removesuffix("…").split()[-1] in words.split()


def test_a_summary_that_many_stories_have_tells_of_none():
    """A site's slogan gives way to the first words of each story; two may be of one matter."""
    slogan = "نرى القريب ونسمع البعيد"
    made = [story(n, summary=slogan) for n in range(1, 5)]
    shown = [text(item, "summary") for item in items(feed(*made), "atom")]
    assert shown[0] == f"{made[0].text.replace(chr(10) * 2, ' ')}{RLM}"
    assert len(set(shown)) == 4
    assert {text(item, "summary") for item in items(feed(*made[:2]), "atom")} == {slogan}


wild = st.text(st.characters(exclude_categories=()), max_size=60)


@example(*["خبر \x00\x08\x0b\x1f\ud800\udfff\ufffe\uffff\u202e"] * 4, [], None, None, False)
@given(
    wild,
    wild,
    wild,
    wild,
    st.lists(wild, max_size=3),
    st.one_of(st.none(), wild),
    st.one_of(st.none(), wild),
    st.booleans(),
)
def test_any_text_gives_a_feed(title, html, summary, category, names, language, image, teaser):
    """No string of a story, lone surrogates and control characters included, can break the feed it
    is in.
    """
    odd = story(
        1,
        title=title,
        html=html,
        text=html,
        summary=summary,
        category=category,
        authors=tuple(names),
        tags=tuple(names),
        language=language,
        image=image,
        teaser=teaser,
    )
    made = feed(
        odd, story(2), section=replace(SECTION, title="رياضة" + title), name="بوابة" + summary
    )
    for form in FORMATS:
        first, second = items(made, form)
        assert text(first, "title").strip()
        assert text(first, "summary").strip()
        assert text(first, "content").startswith("<div dir=")
        assert text(second, "title") == story(2).title
        overrides = "\u202a\u202b\u202c\u202d\u202e"
        assert not set(overrides) & set(text(first, "title") + text(first, "content"))


# ---- the lead picture

LEAD = "https://news.example/uploads/2026/11/team-300x200.jpg?w=300&q=80"
PICTURE = Enclosure(url=LEAD, type="image/jpeg", length=48213)
OPENING = '<figure><img src="https://cdn.example/crop/8812.jpg" alt=""></figure><p>فاز الفريق.</p>'


def pictures(html: str) -> list[str]:
    """The addresses of the pictures that a content shows, in its order."""
    return [unescape(address) for address in re.findall(r'<img [^>]*src="([^"]*)"', html)]


FIGURE = '<figure><img referrerpolicy="no-referrer" src="{}" alt=""></figure>'


@every_format
def test_the_lead_picture_opens_the_content(form):
    """A picture that the story does not hold is put above its text, with its address escaped and no
    referrer sent.
    """
    shown = content(feed(story(image=LEAD)), form)
    assert (
        shown
        == f'<div dir="rtl" lang="ar">{spaced(FIGURE.format(LEAD.replace("&", "&amp;")) + story().html)}</div>'
    )


@pytest.mark.parametrize(
    "source",
    [
        LEAD,
        "https://news.example/uploads/2026/11/team.jpg",
        "https://cdn.news.example/uploads/2026/11/team-1200x800.webp",
        "https://news.example/uploads/2026/11/team-scaled.jpg?x=1",
        "https://news.example/resize/640x360/uploads/2026/11/team.jpg",
        "https://news.example/w_800,h_450/uploads/2026/11/team_800w.jpg",
    ],
)
def test_the_lead_picture_is_shown_once(source):
    """Another size of the same file, on any host, is the same picture, and gets its address."""
    html = f'<p>فاز الفريق.</p><figure><img src="{source.replace("&", "&amp;")}" alt="x"></figure>'
    shown = content(feed(story(html=html, image=LEAD)))
    assert pictures(shown) == [LEAD]
    assert shown.index("فاز") < shown.index('alt="x"')


@pytest.mark.parametrize(
    "source",
    [
        "https://news.example/uploads/2026/11/coach.jpg",
        "https://news.example/uploads/2026/10/team.jpg",
        "https://news.example/uploads/2026/11/team-2.jpg",
        "https://news.example/picture?id=team",
    ],
)
def test_another_picture_is_no_lead(source):
    """A picture further down that is not the lead one does not keep it out."""
    html = f'<p>فاز الفريق.</p><figure><img src="{source}" alt=""></figure>'
    shown = content(feed(story(html=html, image=LEAD)))
    assert shown.index("team-300x200.jpg") < shown.index(source)


@pytest.mark.parametrize(
    ("lead", "source"),
    [
        (
            "https://i.example/6236752/948/match-in-rabat-1.jpeg",
            "https://i.example/6236752/624/match-in-rabat-1.jpeg",
        ),
        (
            "https://i.example/4099_17574225_v16_1600.jpg",
            "https://i.example/4099_17574225_v16_1200.webp",
        ),
        (
            "https://i.example/a/match-in-rabat.jpg",
            "https://proxy.example/x/fit/960/https%3A%2F%2Fi.example%2Fmatch-in-rabat.jpg",
        ),
        (
            "https://i.example/match-in-rabat.jpg",
            "https://i.example/match-in-rabat.jpg/v1/fill/w_20/x.jpg",
        ),
    ],
)
def test_a_telling_name_is_the_picture(lead, source):
    """A long file name is the same picture under another folder or width, and inside the address of
    a proxy.
    """
    html = f'<p>فاز الفريق.</p><figure><img src="{source}" alt=""></figure>'
    assert pictures(content(feed(story(html=html, image=lead)))) == [lead]


def test_a_story_that_opens_with_a_picture_gets_no_second():
    """What stands above the text is the lead picture, whatever it is called: pages name crops by
    numbers.
    """
    assert pictures(content(feed(story(html=OPENING, image=LEAD)))) == [LEAD]


@every_format
def test_a_picture_that_stories_share_takes_no_ones_place(form):
    """What several stories have as their lead picture is the site's; they keep their own, and
    nothing is enclosed that the story does not show.
    """
    made = feed(story(1, html=OPENING, image=LEAD), story(2, image=LEAD))
    own, bare = items(replace(made, enclosures={LEAD: PICTURE}), form)
    assert pictures(text(own, "content")) == ["https://cdn.example/crop/8812.jpg"]
    assert pictures(text(bare, "content")) == [LEAD]
    enclosed = [b"enclosure" in etree.tostring(item) for item in (own, bare)]
    assert enclosed == [False, True]


@pytest.mark.parametrize(
    ("first", "again", "shown"),
    [
        ("/a/garden.jpg", "/a/garden.jpg", 1),
        ("/a/garden.jpg", "/a/garden-300x200.jpg?w=300", 1),
        ("/a/garden.jpg", "/a/16-9/garden.webp", 1),
        ("/s/4099175742.jpg", "/xxs/4099175742.jpg", 1),
        ("/image?url=/a/garden.jpg&amp;w=640", "/image?url=/a/garden.jpg&amp;w=1080", 1),
        ("/a/garden.jpg", "/b/garden.jpg", 2),
        ("/a1/the-council-opens-a-garden.jpg", "/b2/the-council-opens-a-garden.jpg", 2),
        ("/a/the-council-opens-7169.jpg", "/a/the-council-opens-6730.jpg", 2),
        ("/image?id=1", "/image?id=2", 2),
    ],
)
def test_a_picture_stands_once_in_a_story(first, again, shown):
    """Twice the same file in any size is once; a site may give all pictures of a story one name."""
    figures = [
        f'<figure><img src="https://n.example{path}" alt=""><figcaption>تعليق {n}</figcaption></figure>'
        for n, path in enumerate((first, again))
    ]
    html = f"<p>فاز الفريق.</p>{figures[0]}<p>نص.</p>{figures[1]}<p>نص.</p>"
    made = content(feed(story(html=html)))
    assert (len(pictures(made)), made.count("<figure>"), made.count("تعليق")) == (shown,) * 3
    assert made.count("<p>") == 3


def test_of_a_figure_only_what_stands_twice_is_left_out():
    """Its other picture stays, and so does what stands outside of figures."""
    a, b, c = (f'<img src="https://n.example/{name}.jpg" alt="">' for name in "abc")
    html = f"<p>نص.</p><figure>{a}{b}</figure><figure>{a}{c}</figure><p>{b}{b} نص</p>"
    shown = content(feed(story(html=html)))
    assert [url[-5] for url in pictures(shown)] == ["a", "b", "c"]
    assert shown.count("<figure>") == 2


def test_an_opening_picture_of_another_lead_in_the_text_stays():
    """Where the lead picture stands further down, the one above the text is another."""
    html = f'{OPENING}<figure><img src="{LEAD.partition("?")[0]}" alt=""></figure>'
    shown = pictures(content(feed(story(html=html, image=LEAD))))
    assert shown == ["https://cdn.example/crop/8812.jpg", LEAD]


# ---- white space


@every_format
@pytest.mark.parametrize(
    ("html", "shown"),
    [
        ("<p>في المتجر</p><p>يصل غدا</p>", "<p>في المتجر</p> <p>يصل غدا</p>"),
        ("<p>سطر<br>سطر</p>", "<p>سطر<br> سطر</p>"),
        ("<ul><li>أ<ul><li>ب</li></ul></li></ul>", "<ul><li>أ <ul><li>ب</li> </ul> </li> </ul>"),
        ("<p>أ <b>ب</b><i>ج</i></p>", "<p>أ <b>ب</b><i>ج</i></p>"),
        ("<pre>أ\n  ب</pre><p>ج</p>", "<pre>أ\n  ب</pre> <p>ج</p>"),
        ("<p>أ</p>\n<p>ب</p>", "<p>أ</p>\n<p>ب</p>"),
    ],
)
def test_white_space_stands_between_blocks(form, html, shown):
    """Liferea and others show the text without its tags, and words would grow together."""
    assert content(feed(story(html=html)), form) == f'<div dir="rtl" lang="ar">{shown}</div>'


@pytest.mark.parametrize(
    "image", [None, "", "javascript:alert(1)", "data:image/png;base64,AAAA", "http://[broken"]
)
def test_what_is_no_address_is_no_picture(image):
    """Only http and https pictures are shown."""
    assert "<img" not in content(feed(story(image=image)))


@every_format
def test_a_text_of_a_number_is_no_place_for_a_content(form):
    """Titles, summaries and texts that are numbers stay what they are."""
    odd = story(title="1", summary="0", html="<p>1</p>", tags=("0",), authors=("1",))
    first, second = items(feed(odd, story(2)), form)
    assert (text(first, "title"), text(first, "summary")) == ("1", "0")
    assert text(first, "content") == '<div dir="rtl" lang="ar"><p>1</p></div>'
    assert spaced(story(2).html) in text(second, "content")


@every_format
def test_content_survives_its_wrapping(form):
    """What goes into the feed is what comes out, the end of a CDATA section and references
    included.
    """
    html = '<p>نص ]]&gt; &amp;amp; &lt;script&gt; <a href="https://news.example/?a=1&amp;b=2">رابط</a></p>'
    assert html in content(feed(story(html=html)), form)
    assert unescape(html) not in content(feed(story(html=html)), form)


@every_format
def test_no_picture_sends_a_referrer(form):
    """Servers that show pictures to their own pages only cannot tell."""
    html = '<p>نص</p><figure><img src="https://news.example/a.jpg" alt=""></figure><p><img src="/b.jpg" alt=""></p>'
    shown = content(feed(story(html=html, image=LEAD)), form)
    assert shown.count("<img") == shown.count('<img referrerpolicy="no-referrer" src=') == 3


MEDIA = "{http://search.yahoo.com/mrss/}"


@every_format
def test_the_lead_picture_is_enclosed_with_its_true_type_and_length(form):
    """As enclosure and as Media RSS; a story whose picture nobody could describe has none.

    The thumbnail has no prefix: QuiteRSS would show a `media:thumbnail` below the story again.
    """
    made = feed(story(1, image=LEAD), story(2, image="https://news.example/unknown.jpg"), story(3))
    known, *others = items(replace(made, enclosures={LEAD: PICTURE}), form)
    if form == "atom":
        (link,) = (
            dict(link.attrib)
            for link in known.findall(f"{ATOM}link")
            if link.get("rel") == "enclosure"
        )
        assert link.pop("rel") == "enclosure"
        link["url"] = link.pop("href")
    else:
        link = dict(known.find("enclosure").attrib)
    assert link == {"url": LEAD, "type": "image/jpeg", "length": "48213"}
    thumbnail = known.find(f"{MEDIA}thumbnail")
    assert (dict(thumbnail.attrib), thumbnail.prefix) == ({"url": LEAD}, None)
    assert known.find(f"{MEDIA}content") is None
    for item in others:
        assert (item.find(f"{MEDIA}thumbnail"), item.find("enclosure")) == (None, None)
        assert [link.get("rel") for link in item.findall(f"{ATOM}link")] == ["alternate"] * (
            form == "atom"
        )


# ---- when to ask again, the hub, and what there was before

SY = "{http://purl.org/rss/1.0/modules/syndication/}"


@every_format
def test_a_feed_says_how_often_it_is_worth_asking_for(form):
    """Minutes in RSS, and the syndication module in both."""
    root = tree(replace(feed(story()), ttl=240), form)
    assert (root.findtext(f"{SY}updatePeriod"), root.findtext(f"{SY}updateFrequency")) == (
        "daily",
        "6",
    )
    assert root.findtext("ttl") == ("240" if form == "rss" else None)


def rels(made: Feed, form: str) -> dict[str, str]:
    """Where the links of a feed lead, by relation."""
    return {link.get("rel"): link.get("href") for link in tree(made, form).findall(f"{ATOM}link")}


@every_format
def test_the_hub_is_named_where_subscribers_look(form):
    """With a base URL only: a hub that is told of no address helps nobody."""
    hub = "https://hub.example/?a=1&b=2"
    assert rels(replace(feed(story()), hub=hub), form)["hub"] == hub
    assert "hub" not in rels(replace(feed(story(), base_url=""), hub=hub), form)


@every_format
@pytest.mark.parametrize("base", ["https://feeds.example/", ""])
def test_history_leads_from_archive_to_archive(form, base):
    """RFC 5005: the live feed to the newest archive, an archive to the one before and to the live
    feed.
    """
    live = replace(feed(story(), base_url=base), previous="2026-10")
    archive = replace(live, month="2026-10", previous="2026-08")
    root = f"{base}news/" if base else ""
    assert rels(live, form)["prev-archive"] == f"{root}archive/sport-2026-10.atom.xml"
    found = rels(archive, "atom")
    assert found["prev-archive"] == (f"{root}archive/" if base else "") + "sport-2026-08.atom.xml"
    assert found["current"] == (root or "../") + "sport.atom.xml"
    assert found.get("self") == (f"{root}archive/sport-2026-10.atom.xml" if base else None)
    mark = "{http://purl.org/syndication/history/1.0}archive"
    assert tree(archive, "atom").find(mark) is not None
    assert tree(live, form).find(mark) is None


@every_format
def test_a_feed_brings_its_style(form):
    """A browser shows it with the style sheet that lies in `out`."""
    made = feed(story())
    assert b'<?xml-stylesheet type="text/css" href="../feed.css"?>' in render(made, form)[:120]
    assert b'href="../../feed.css"?>' in render(replace(made, month="2026-10"), "atom")[:120]
