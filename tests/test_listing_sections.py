"""The links of one section: under a heading, by selectors, behind a navigation label, filtered; and
what errors say.
"""

from __future__ import annotations

import json
from contextlib import suppress
from datetime import UTC, datetime
from typing import TYPE_CHECKING
from urllib.parse import unquote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedmaker.html import parsing
from feedmaker.listing import Anchor, nav_url, section_links, wants
from feedmaker.listing.cards import TreePosition
from feedmaker.listing.link_doubts import judge_list
from feedmaker.listing.link_scores import Candidate
from feedmaker.model import Link, ListingDoubt, Page, Rules, Section
from feedmaker.model.errors import ListingError
from feedmaker.model.trace import Trace
from feedmaker.text import urls

if TYPE_CHECKING:
    from pathlib import Path

    from selectolax.lexbor import LexborNode

    from feedmaker.listing.link_scores import Drop

HOME = "https://news.example/"
TITLES = (
    "افتتاح معرض الكتاب في الرباط بمشاركة واسعة",
    "البرلمان يناقش مشروع قانون المالية للسنة المقبلة",
    "منتخب الناشئين يفوز بلقب البطولة الإقليمية للسباحة",
    "أمطار غزيرة تعيد الحياة إلى السدود في الشمال",
    "باحثون يطورون طريقة جديدة لتحلية مياه البحر",
    "مهرجان السينما يكرم رواد الإخراج في دورته العاشرة",
)


def page(body: str, url: str = HOME) -> Page:
    """A fetched page with this body."""
    text = f"<!DOCTYPE html><html><body>{body}</body></html>"
    now = datetime(2026, 11, 22, tzinfo=UTC)
    content = text.encode("utf-8", "replace")
    return Page(url=url, content=content, utf8=content, fetched_at=now)


def section(**how: object) -> Section:
    """A section with these keys."""
    return Section(**{"slug": "s", "title": "S", **how})


def items(*numbers: int) -> str:
    """List items of stories."""
    return "".join(f'<li><a href="/news/2400{n}">{TITLES[n]}</a></li>' for n in numbers)


def found(body: str, rules: Rules | None = None, **how: object) -> list[int]:
    """The numbers of the stories found."""
    return [
        int(link.url[-1])
        for link in section_links(page(body), section(**how), rules or Rules()).links
    ]


# Three blocks with their headings, of which the second is asked for; `{0}` to `{2}` are their
# stories.
LAYOUTS = {
    "a list after each heading": "<h2>سياسة</h2>{0}<h2>اخر الاخبار</h2>{1}<h2>رياضة</h2>{2}",
    "a box each": """<div><p><b>سياسة</b></p><ul>{0}</ul></div><div><p><b>آخر الأخبار</b></p><ul>{1}</ul></div>
        <div><p><b>رياضة</b></p><ul>{2}</ul></div>""",
    "heading and list in sibling wrappers": """<div class="h"><b>سياسة</b></div><div><ul>{0}</ul></div>
        <div class="h"><b>أخر الأخبار</b></div><div>{1}</div><div class="h"><b>رياضة</b></div><div>{2}</div>""",
    "headings that link to their pages": """<div class="t"><a href="/p">سياسة</a></div><ul>{0}</ul>
        <div class="t"><a href="/l">آخــر الأخبـار</a><a href="/l">المزيد</a></div><ul>{1}</ul>
        <div class="t"><a href="/s">رياضة</a></div><ul>{2}</ul>""",
    "headlines are headings of the same level": """<h2>سياسة</h2><h2>{0}</h2><h2>اخر الاخبار</h2><h2>{1}</h2>
        <h2>رياضة</h2><h2>{2}</h2>""",
    "cells of a table": """<table><tr><td>سياسة</td><td>اخر الاخبار</td><td>رياضة</td></tr>
        <tr><td>{0}</td><td>{1}</td><td>{2}</td></tr></table>""",
    "tabs that name their panes": """<ul><li><a href="#a">سياسة</a></li><li><a href="#b">اخر الاخبار</a></li>
        <li><a href="#c">رياضة</a></li></ul><div id="a">{0}</div><div id="b">{1}</div><div id="c">{2}</div>""",
    "tabs in the order of their panes": """<div><span>سياسة</span><span>اخر الاخبار</span><span>رياضة</span></div>
        <div><ul>{0}</ul><ul>{1}</ul><ul>{2}</ul></div>""",
    "a heading in parts": """<h2>سياسة</h2><ul>{0}</ul><h2><i></i> اخر <span>الاخبار</span></h2><ul>{1}</ul>
        <h2>رياضة</h2><ul>{2}</ul>""",
    "a heading with a number": "<h2>سياسة (2)</h2>{0}<h2>اخر الاخبار (2)</h2>{1}<h2>رياضة (2)</h2>{2}",
    "a menu with the same words": """<nav><a href="/l">آخر الأخبار</a></nav><h2>سياسة</h2><ul>{0}</ul>
        <h2>اخر الاخبار</h2><ul>{1}</ul><h2>رياضة</h2><ul>{2}</ul>""",
    "parts that would not count": """<h2>سياسة</h2><ul>{0}</ul><aside class="popular"><h2>اخر الاخبار</h2>
        <ul>{1}</ul></aside><h2>رياضة</h2><ul>{2}</ul>""",
}


@pytest.mark.parametrize("layout", LAYOUTS)
def test_block_under_heading(layout: str) -> None:
    """The block under a heading is found in any layout, whatever the spelling, and no neighbour's
    story with it.
    """
    body = LAYOUTS[layout].format(items(0, 1), items(2, 3), items(4, 5))
    assert found(body, heading="اخر الاخبار") == [2, 3]


def test_last_and_first_block() -> None:
    """The first block ends at the second heading; the last one goes to the end of what holds it."""
    body = f"<section><h2>سياسة</h2><ul>{items(0, 1)}</ul><h2>رياضة</h2><ul>{items(2, 3)}</ul></section><p>{items(4)}</p>"
    assert found(body, heading="سياسة") == [0, 1]
    assert found(body, heading="رياضة") == [2, 3]


def test_most_read_when_asked_for() -> None:
    """«الأخبار الأكثر قراءة» is the section where it is asked for."""
    body = f"<div><ul>{items(0, 1, 2, 3)}</ul></div><div><h4>الأخبار الأكثر قراءة</h4><ul>{items(4, 5)}</ul></div>"
    assert found(body, heading="الاخبار الاكثر قراءه") == [4, 5]


def test_public_blocks(shared: Path) -> None:
    """On the public home pages each headed block has exactly the stories under its heading."""
    asked = 0
    for gold in sorted((shared / "data/arabic/listings").glob("*.json")):
        case = json.loads(gold.read_text(encoding="utf-8"))
        text = gold.with_suffix(".html").read_text(encoding="utf-8", errors="replace")
        for heading, want in case.get("blocks", {}).items():
            if heading.startswith("("):  # a block without a heading
                continue
            links = section_links(page(text, case["url"]), section(heading=heading), Rules()).links
            assert [unquote(urls.key(x.url)) for x in links] == [
                unquote(urls.key(u)) for u in want
            ], heading
            asked += 1
    assert asked >= 10


def test_excerpt_blocks(shared: Path) -> None:
    """The headed blocks of the first site's home page: their stories share a directory and nothing
    else has it.
    """
    text = (shared / "data/arabic/listings/almaghribtoday-home-2018-excerpt.html").read_text(
        encoding="utf-8"
    )
    for heading, directory, count in (
        ("أخبار الرياضة", "/417/", 3),
        ("في الأخبار أيضا", "/36/", 4),
    ):
        links = section_links(
            page(text, "http://www.almaghribtoday.net/"), section(heading=heading), Rules()
        ).links
        assert [directory in link.url for link in links] == [True] * count


def test_heading_that_is_not_there() -> None:
    """An unknown heading is told with the headings that the page has."""
    body = f"<h2>سياسة</h2><ul>{items(0, 1)}</ul><h2>رياضة</h2><ul>{items(2)}</ul>"
    with pytest.raises(ListingError, match=r"news\.example.*«اقتصاد».*«سياسة», «رياضة»") as raised:
        found(body, heading="اقتصاد")
    assert "\n" not in str(raised.value)


@pytest.mark.parametrize(
    ("body", "says"),
    [
        ("<p>نص</p>", "holds no links"),
        ('<a href="/about">من نحن</a>', "none of its 1 links"),
        ("", "holds no links"),
    ],
)
def test_page_without_stories(body: str, says: str) -> None:
    """A page without story links is an error that says what there is and what to do."""
    with pytest.raises(ListingError, match=says):
        found(body)


def test_selectors_for_links() -> None:
    """Selectors may name the links themselves; nothing else of the page is taken."""
    body = f'<ul class="a">{items(0, 1)}</ul><ul class="b">{items(2, 3)}</ul>'
    assert found(body, Rules(links=(".b a",))) == [2, 3]
    assert found(body, Rules(links=(".b a", ".a li:first-child a"))) == [0, 2, 3]


def test_selectors_for_boxes() -> None:
    """Selectors may name boxes: each gives its likeliest link, titled with its headline."""
    box = """<div class="x"><a href="/c/1">محليات</a><a href="/news/2400{0}"><img src="/p.jpg"></a>
        <b><a href="/news/2400{0}">{1}</a></b></div>"""
    body = "".join(box.format(n, TITLES[n]) for n in range(3))
    links = section_links(page(body), section(), Rules(links=("div.x",))).links
    assert [(link.url, link.title) for link in links] == [
        (f"{HOME}news/2400{n}", TITLES[n]) for n in range(3)
    ]


def test_selectors_for_headings_in_links() -> None:
    """A selector for the heading within a link stands for the link."""
    body = "".join(f'<a href="/news/2400{n}"><h3>{TITLES[n]}</h3></a>' for n in range(3))
    assert found(body, Rules(links=("a h3",))) == [0, 1, 2]


def test_selectors_under_heading() -> None:
    """Selectors are the site's, the heading is the section's: both hold."""
    body = f"<h2>سياسة</h2><ul>{items(0, 1)}</ul><h2>رياضة</h2><ul>{items(2, 3)}</ul>"
    assert found(body, Rules(links=("li:first-child a",)), heading="رياضة") == [2]


def test_no_selector() -> None:
    """What is no selector is told as such."""
    with pytest.raises(ListingError, match=r"`links`.*\[\[bad"):
        found(f"<ul>{items(0, 1)}</ul>", Rules(links=("[[bad",)))


def test_selectors_that_went_stale() -> None:
    """Where the selectors match nothing any more, the page's own lists are found without them."""
    assert found(f"<ul>{items(0, 1, 2)}</ul>", Rules(links=(".gone a",))) == [0, 1, 2]


def test_navigation_label() -> None:
    """The listing behind a label of the menu is found in any spelling; the menu is asked before the
    page's text.
    """
    body = '<p><a href="/story/1">رياضة</a></p><nav><a href="/سياسة">سياسة</a><a href="/sport/">ريـاضـة</a></nav>'
    assert nav_url(page(body), "رياضه") == f"{HOME}sport/"


def test_navigation_label_that_is_not_there() -> None:
    """An unknown label is told with the nearest ones."""
    body = '<nav><a href="/a">صحة وتغذية</a><a href="/b">سياسة</a></nav>'
    with pytest.raises(ListingError, match=r"«صحة و تغذيه».*«صحة وتغذية»"):
        nav_url(page(body), "صحة و تغذيه")
    with pytest.raises(ListingError, match="none"):
        nav_url(page("<p>"), "سياسة")


@pytest.mark.parametrize(
    ("word", "text", "held"),
    [
        ("المغرب", "والمغرب يستضيف البطولة", True),
        ("المغرب", "فوز ثمين للمغرب", True),
        ("المغرب", "بالمغرب وخارجه", True),
        ("المغرب", "المنتخب المغربي يتأهل", False),
        ("مغرب", "صلاة المغرب", True),
        ("رياضة", "وبالرياضه نحيا", True),
        ("يد", "وليد يسجل هدفا", False),
        ("يد", "كرة اليد", True),
        ("كرة القدم", "نجوم كره القدم", True),
        ("كرة القدم", "كرة السلة على القدم", False),
        ("إيران", "ايران توقع الاتفاق", True),
        ("ממשלה", "הממשלה אישרה", True),
        ("Trump", "trump wins", True),
        ("Trump", "The trumpet sounds", False),
        ("", "نص", False),
    ],
)
def test_words(word: str, text: str, held: bool) -> None:
    """Words are found whole, in any spelling, behind what Arabic and Hebrew write onto them; parts
    of words are not.
    """
    link = Link(url=HOME, title=text)
    assert wants(section(include=(word,)), link) is held
    assert wants(section(exclude=(word,)), link) is not held


def test_filters() -> None:
    """`match` sees the URL as it is and decoded; words say nothing of a link without a title; all
    may apply at once.
    """
    link = Link(url=urls.canonical(f"{HOME}رياضة/240001") or "", title="فوز المنتخب")
    assert wants(section(match=r"/رياضة/\d+$"), link)
    assert wants(section(match="^https://news"), link)
    assert not wants(section(match="/politics/"), link)
    assert wants(section(include=("سباحة",)), Link(url=HOME))
    assert not wants(section(include=("فوز",), exclude=("المنتخب",)), link)


def test_filters_let_none_pass() -> None:
    """That no story has the asked word today is no error."""
    assert found(f"<ul>{items(0, 1, 2)}</ul>", include=("زلزال",)) == []


def test_a_listing_says_where_its_links_are_from_and_how_sure_they_are() -> None:
    """Selectors, a heading or the page itself; few links and narrow ones are doubted."""
    body = f'<main><h2>محليات</h2><ul class="x">{items(0, 1, 2, 3)}</ul></main>'
    by_page = section_links(page(body), section(), Rules())
    assert (by_page.source, by_page.doubts, by_page.healed) == ("page", (), ())
    assert by_page.confidence > 0.9
    assert section_links(page(body), section(heading="محليات"), Rules()).source == "heading"
    assert section_links(page(body), section(), Rules(links=("ul.x",))).source == "selectors"
    own = section_links(page(body), section(links=("ul.x a",)), Rules(links=("ul.y",)))
    assert (own.source, len(own.links)) == ("selectors", 4)
    few = section_links(page(f"<ul>{items(0)}</ul>"), section(), Rules())
    assert few.doubts == (ListingDoubt("few", 1),)
    assert few.confidence < by_page.confidence
    assert section_links(page(f"<ul>{items(0, 1)}</ul>"), section(), Rules()).doubts == ()


def test_a_few_links_of_a_form_are_doubted() -> None:
    """Their words alone read like headlines."""
    links = """<a href=/forgot>Forgot your password or user name?</a>
        <a href=/register>Create a new account with us today</a>
        <a href=/help>Help and frequently asked questions</a>"""
    body = f"<main><h1>Log in</h1><form><input></form>{links}</main>"
    assert section_links(page(body), section(), Rules()).doubts == (ListingDoubt("few", 3),)


def weighed(score: float, title: str, box: LexborNode, drop: Drop = "") -> Candidate:
    """A candidate whose card is an element."""
    place = TreePosition(box, None, "li", "", "", in_card=True, zones=(), links=0)
    anchor = Anchor(box, HOME, title, 0, place, title, 1, (), image=False, prose=False, zones=())
    made = Candidate(url=HOME, anchors=[anchor], place=anchor, title=title, score=score, drop=drop)
    made.card = place
    return made


def test_lists_with_titles_alike_or_without_dates_are_doubted() -> None:
    """Four of ten titles that are another's, and no date where three other cards of the page have
    one, are signs of a wrong list; so are neither three alike nor two others that are dated.
    """
    plain = parsing.parse("<li>x</li>" * 30).css("li")
    dated = parsing.parse("<li><time>1 May</time></li>" * 3).css("li")
    for count, doubts in ((3, ()), (4, (ListingDoubt("alike", 4),))):
        titles = [*map(str, range(10 - count)), *["0"] * count]
        taken = [weighed(9, title, plain[at]) for at, title in enumerate(titles)]
        assert judge_list(taken).doubts == doubts
    taken = [weighed(9, str(at), plain[at]) for at in range(10)]
    for count, doubts in ((2, ()), (3, (ListingDoubt("undated", 3),))):
        others = [weighed(-9, "x", one, "score") for one in dated[:count]]
        assert judge_list([*taken, *others]).doubts == doubts
        assert judge_list([weighed(9, "y", dated[0]), *taken, *others]).doubts == ()


SHORT_NAMES = (
    "سدود",
    "علماء المناخ",
    "خريطة المدينة القديمة",
    "سوق السمك",
    "قطار الشمال السريع",
    "معرض الكتاب هذا العام",
    "ملاعب",
    "أسعار الخبز",
    "جسر النهر الجديد",
)


def cards(*numbers: int) -> str:
    """Cards of stories, with headings and pictures."""
    return "".join(
        f'<article><img src="/{n}.jpg"><h2><a href="/news/2400{n}">{TITLES[n]}</a></h2></article>'
        for n in numbers
    )


def short_links(path: str) -> str:
    """Links that may be stories, by few words and plain addresses."""
    return "".join(
        f'<div class="item"><a href="{path}{number}">{name}</a></div>'
        for number, name in enumerate(SHORT_NAMES)
    )


def doubts(body: str) -> tuple[ListingDoubt, ...]:
    """Why the links of a page with this body may be wrong."""
    return section_links(page(body), section(), Rules()).doubts


def test_a_list_beside_others_that_may_be_stories_is_doubted() -> None:
    """The cards alone are sure; beside links that are nearly stories they may be too few."""
    assert doubts(cards(0, 1, 2)) == ()
    (doubt,) = doubts(cards(0, 1, 2) + short_links("/x/y/"))
    assert doubt.code == "outside"
    assert 1 <= doubt.count <= len(SHORT_NAMES)


def test_links_that_are_only_just_stories_are_doubted() -> None:
    """Few words are all that speaks for them, and they stand beside a menu."""
    menu = "".join(f'<a href="/s/{number}">قسم {number}</a>' for number in range(12))
    (doubt,) = doubts(f"<nav>{menu}</nav>{short_links('/p/')}")
    assert doubt.code == "narrow"
    assert 1 <= doubt.count <= len(SHORT_NAMES)


def test_trace_tells_all() -> None:
    """The trace has each link once, those that were taken and the others with the reason."""
    trace = Trace()
    body = f'<nav><a href="/sport">رياضة</a></nav><ul>{items(0, 1, 2)}</ul><a href="/tag/x">وسم</a>'
    links = section_links(page(body), section(), Rules(), trace=trace).links
    assert [b.text.split(" <")[0] for b in trace.blocks if b.kept] == [link.title for link in links]
    assert {b.reason for b in trace.blocks if not b.kept} == {
        "in the page's navigation",
        "no words stand for it",
    }
    assert all(b.path for b in trace.blocks)


@given(st.text(max_size=40), st.text(max_size=80))
def test_any_heading(heading: str, text: str) -> None:
    """Any heading on any page gives links or a ListingError of one line."""
    body = f"<h2>{text}</h2><ul>{items(0)}</ul><h2>{heading}</h2>"
    with suppress(ListingError):
        assert len(section_links(page(body), section(heading=heading), Rules()).links) == 1
