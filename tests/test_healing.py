"""After a redesign: what the configuration names is found again by the stories known, or the
section stays.
"""

from __future__ import annotations

import json
import sqlite3
from datetime import datetime, timedelta

import pytest
from machine import run
from pressroom import COUNT, PRESSES, story
from redesigned import NEW, OTHERS, listed, page
from servers import Reply, Server, a_second_later, html

from feedmaker import find_links
from feedmaker.article import body_rule
from feedmaker.listing import list_healing
from feedmaker.listing.page_links import KnownLinks, PageLinks
from feedmaker.model import HealedRule, Link, Rules
from feedmaker.model.errors import ListingError

PRESS = PRESSES[0]
OLD = '<div class="old-card"><h3><a href="{}">{}</a></h3></div>'
UNKNOWN = "".join(
    f'<div class="old-card"><h3><a href="/sport/2026/01/{n}">خبر رياضي لا يعرفه أحد رقم {n}</a></h3></div>'
    for n in range(30_000, 30_060)
)


@pytest.fixture
def site(tmp_path):
    """A site with one section, and how to build it."""
    with Server() as server:
        for number in range(1, COUNT + 1):
            url, title = story(PRESS, 2, number)
            text = "".join(f"<p>{PRESS.text[k % 2]} {number} {k}</p>" for k in range(8))
            server.page(url, html(f'<h1>{title}</h1><div class="body-text">{text}</div>'))
        sites = tmp_path / "config" / "sites"
        sites.mkdir(parents=True)
        (tmp_path / "config" / "feedmaker.toml").write_text(
            "max_age = 0\n[fetch]\ndelay = 0\nretries = 0\nrecheck = [0]\n"
        )

        def configure(where: str, rules: str = "") -> None:
            head = f'name = "المدار"\nhome = "{server.url("/")}"\n{rules}\n[[sections]]\nslug = "sport"\ntitle = "المدار: رياضة"\n'
            (sites / "news.toml").write_text(head + where + "\n", "utf-8")

        def build(code: int = 0) -> str:
            out, err = run("build", "news", "-v", cwd=tmp_path, code=code)
            return out + err

        def status() -> dict:
            return json.loads(run("status", "--json", cwd=tmp_path)[0])["sections"][0]

        def age(table: str, column: str, *, hours: int) -> None:
            with sqlite3.connect(tmp_path / ".feedmaker" / "store.sqlite") as store:
                ((at,),) = store.execute(f"SELECT {column} FROM {table} LIMIT 1")
                earlier = datetime.fromisoformat(at) - timedelta(hours=hours)
                store.execute(f"UPDATE {table} SET {column} = ?", [earlier.isoformat()])

        server.configure, server.build, server.status = configure, build, status
        server.age = age
        server.check_live = lambda: run("check", "--live", cwd=tmp_path)[0]
        server.feed = tmp_path / "out" / "news" / "sport.atom.xml"
        yield server


def test_selectors_that_match_nothing_are_replaced(site):
    """The cards became rows of a table: the same stories are found, and status tells before and
    after.
    """
    site.configure(f'urls = ["{site.url("/sport")}"]', '[rules]\nlinks = ["div.old-card"]')
    site.page("/sport", page(listed()))
    assert f"{COUNT} new" in site.build()
    site.page("/sport", page(f"<table>{listed(NEW)}</table>"))
    told = site.build()
    assert f"{COUNT} links" in told
    heal = site.status()["heals"][0]
    assert (heal["what"], heal["before"], heal["agreed"]) == ("links", "div.old-card", COUNT)
    assert heal["confidence"] >= 0.9
    assert heal["after"]
    page_of_it = (site.feed.parent.parent / "status.html").read_text("utf-8")
    assert "<bdi>div.old-card</bdi>" in page_of_it
    assert "healed itself" in (site.feed.parent.parent / "health.atom.xml").read_text("utf-8")
    site.page("/sport", page(f"<table>{listed(NEW)}</table><p>يوم آخر</p>"))
    site.build()
    assert site.feed.read_text("utf-8").count("<entry>") == COUNT


def test_what_agrees_too_little_leaves_the_feed(site):
    """Another page stands in its place: exit code 1, the feed is as it was, and the line says how
    far it agrees.
    """
    site.configure(f'urls = ["{site.url("/sport")}"]', '[rules]\nlinks = ["div.old-card"]')
    site.page("/sport", page(listed()))
    site.build()
    before = site.feed.read_bytes()
    site.page("/sport", page(""))
    told = site.build(code=1)
    assert "div.old-card" in told
    assert "0 of the last" in told
    assert site.feed.read_bytes() == before


def test_a_heading_with_another_name(site):
    """The block of stories is found under its new heading."""
    site.configure('heading = "أخبار الملاعب"')
    site.page("/", page(listed()))
    site.build()
    site.page("/", page(listed(), heading="ساحة الرياضة"))
    site.build()
    heal = site.status()["heals"][0]
    assert heal["before"] == "أخبار الملاعب"
    assert site.status()["links"] == COUNT


def test_a_navigation_label_with_another_name(site):
    """It leads where it led before; where that has moved too, to the page with the section's
    stories.
    """
    site.configure('nav = "رياضة"')
    site.page("/", page(""))
    site.page("/sport", page(listed()))
    site.build()
    broken = page("", nav="ملاعب")
    site.page("/", broken)
    site.page("/sport", Reply(b"gone", 404))
    site.build(code=1)
    site.page("/sport", page(listed()))
    site.build()
    heal = site.status()["heals"][0]
    assert (heal["what"], heal["before"], heal["after"]) == ("nav", "رياضة", "ملاعب")


def test_a_listing_that_moved(site):
    """Its old address is gone for six hours; the home page leads to the new one. It is said, and
    the old one is used again when it is there again.
    """
    site.configure(f'urls = ["{site.url("/old/sport")}"]')
    site.page("/", page(""))
    site.page("/economy", page(OTHERS))
    site.page("/old/sport", page(listed()))
    site.build()
    site.page("/old/sport", Reply(b"gone", 404))
    site.page("/sport", page(listed()))
    site.build(code=1)
    site.age("sections", "since", hours=5)
    site.build(code=1)
    assert site.status()["heals"] == []
    site.age("sections", "since", hours=2)
    assert f"news/sport: healed itself: urls was «{site.url('/old/sport')}»" in site.build()
    heal = site.status()["heals"][0]
    assert (heal["what"], heal["after"]) == ("urls", site.url("/sport"))
    site.requests.clear()
    assert "healed itself" not in site.build()
    assert "news/sport: works: " in site.check_live()
    site.page("/old/sport", Reply(b"", 302, headers={"Location": "/"}))
    site.age("heals", "at", hours=25)
    site.build()
    assert site.status()["heals"][0]["after"] == site.url("/sport")
    site.page("/old/sport", page(listed()))
    site.build()
    assert site.status()["heals"][0]["after"] == site.url("/sport")
    site.age("heals", "at", hours=25)
    assert "is there again" in site.build()
    assert site.status()["heals"] == []


@pytest.mark.parametrize(
    ("label", "path", "rows"),
    [
        ("آخر الأخبار", "/latest", listed() + OTHERS),
        ("متفرقات", "/mixed", listed()),
        ("رياضة", "/", listed()),
        ("رياضة", "/second", listed()),
        ("رياضة", "/many", listed() + UNKNOWN),
        ("رياضة", "/latest", listed()),
        ("كل أخبار المدار", "/all", listed()),
    ],
)
def test_what_takes_no_place_of_an_address_that_is_gone(site, label, path, rows):
    """A list of all that is new, a page that is labelled otherwise, the home page, the page of
    another section, and one with many stories that nobody knows.
    """
    second = f'[[sections]]\nslug = "second"\ntitle = "ثان"\nurls = ["{site.url("/second")}"]'
    site.configure(f'urls = ["{site.url("/old/sport")}"]\n{second}')
    site.page("/old/sport", page(listed()))
    site.page("/second", page(OTHERS))
    site.page("/", page("", nav="لا شيء"))
    site.build()
    site.page("/old/sport", Reply(b"gone", 410))
    site.page("/second", page(rows if path == "/second" else OTHERS))
    home = html(f'<nav><a href="{path}">{label}</a> <a href="/a">شيء</a></nav>{rows}')
    site.page("/", home)
    if path not in ("/", "/second"):
        site.page(path, page(rows))
    site.build(code=1)
    site.age("sections", "since", hours=8)
    site.build(code=1)
    assert site.status()["heals"] == []


def test_a_rule_for_the_body_that_stopped_matching(site):
    """The story's text is known: what gives the same text is used instead, and told."""
    site.configure(f'urls = ["{site.url("/sport")}"]', '[rules]\nbody = ["div.body-text"]')
    site.page("/sport", page(listed()))
    site.build()
    for number in range(1, COUNT + 1):
        url, title = story(PRESS, 2, number)
        text = "".join(f"<p>{PRESS.text[k % 2]} {number} {k}</p>" for k in range(8))
        site.page(url, html(f'<h1>{title}</h1><article class="zz"><div>{text}</div></article>'))
    a_second_later()
    site.build()
    heal = site.status()["heals"][0]
    assert (heal["what"], heal["before"], heal["after"]) == (
        "body",
        "div.body-text",
        "found by itself",
    )


def test_selectors_that_name_what_is_none_of_the_sections():
    """They match another list now, while the section's stories stand elsewhere on the page."""
    known = [
        Link(url=f"https://x.example{story(PRESS, 2, n)[0]}", title=story(PRESS, 2, n)[1])
        for n in range(1, COUNT + 1)
    ]
    rules = Rules(links=("p.t",))
    text = page(listed(NEW)).body.decode()
    found = find_links(text, "https://x.example/", rules=rules, known=known)
    assert {link.url for link in found} == {link.url for link in known}
    assert len(find_links(text, "https://x.example/", rules=rules)) == 8


def test_stories_under_new_addresses_are_known_by_their_words():
    """Nothing of the URLs is left but the number at their end."""
    known = [Link(url=f"https://x.example/a/{n}00{n}00", title="") for n in range(1, 9)]
    new = "".join(
        f'<li><a href="/b/c/{n}00{n}00">{PRESS.headlines[n % 5]}</a></li>' for n in range(1, 9)
    )
    found = find_links(
        f"<ul>{new}</ul>{OTHERS}",
        "https://x.example/",
        rules=Rules(links=("div.gone",)),
        known=known,
    )
    assert len(found) == 8
    with pytest.raises(ListingError, match=r"div\.gone"):
        find_links(OTHERS, "https://x.example/", rules=Rules(links=("div.gone",)), known=known)


def test_a_body_that_agrees_too_little_is_not_healed():
    """Another text stands on the page."""
    text = "".join(f"<p>{PRESS.text[0]} {k}</p>" for k in range(8))
    known = " ".join(PRESSES[1].text * 4)
    assert (
        body_rule.find_replacement(
            f"<article>{text}</article>", "https://x.example/1", Rules(body=("#gone",)), known
        )
        is None
    )


@pytest.mark.parametrize(
    ("what", "kind", "name", "after"),
    [
        ("links", "selectors", "li > a.x: y", "selectors: li > a.x: y"),
        ("links", "page", "", "found by itself"),
        ("heading", "heading", "آخر: الأخبار", "heading: آخر: الأخبار"),
        ("heading", "selectors", "div.n", "selectors: div.n"),
        ("nav", "label", "ملاعب", "ملاعب"),
        ("urls", "url", "https://x.example/b", "https://x.example/b"),
        ("body", "selectors", "#story", "#story"),
        ("body", "page", "", "found by itself"),
    ],
)
def test_a_healed_rule_and_its_text_say_the_same(what, kind, name, after):
    """Stores, health files and pages have one text; the rule is made of it again."""
    rule = HealedRule(what=what, before="a", kind=kind, name=name, agreed=3, confidence=0.9)
    assert rule.after == after
    again = HealedRule.from_text(what=what, before="a", after=after, agreed=3, confidence=0.9)
    assert again == rule


def test_leads_between_the_cards_of_the_section_are_not_taken():
    """Boxes mix the section's cards with leads of others, which their elements tell apart.

    A known story that the page has under a second URL is one link.
    """
    known = []
    boxes = []
    for box in range(6):
        lead = f'<div><h2><a href="/world/2026/01/{box + 70_000}">قصة أولى من العالم لا يعرفها أحد رقم {box}</a></h2></div>'
        cards = []
        for n in range(box * 4 + 40_000, box * 4 + 40_004):
            title = f"خبر رياضي معروف من القسم رقم {n}"
            known.append(Link(url=f"https://site.example/sport/2026/01/{n}", title=title))
            cards.append(f'<li><p><a href="/sport/2026/01/{n}">{title}</a></p></li>')
        boxes.append(f"<section>{lead}<ul>{''.join(cards)}</ul></section>")
    twin = f'<section><p><a href="/video/{known[0].url[-5:]}">{known[0].title}</a></p></section>'
    page_text = f"<body>{''.join(boxes)}{twin}</body>"
    links = PageLinks(page_text, "https://site.example/")
    found = list_healing._without_rule(links, KnownLinks(known))
    stories = [one.url for one in found if not one.drop]
    assert stories == [link.url for link in known]


WORDS = "الحكومة تعلن عن خطة جديدة للمدارس في الجنوب رقم"
KNOWN = [Link(url=f"https://a.example/news/{41000 + n}", title=f"{WORDS} {n}") for n in range(6)]


def row(number: int, tag: str) -> str:
    """A row of a list: a story in a heading."""
    link = f'<a href="/news/{41000 + number}">{WORDS} {number}</a>'
    return f'<div class="row"><{tag} class="of-{tag}">{link}</{tag}></div>'


def test_selectors_are_not_put_together_to_fit_the_stories_known():
    """Two blocks with new stories, whose headings differ, are found whole."""
    names = ("sport", "arts", "world", "food", "cars", "film")
    menu = "".join(f'<div class="row"><a href="/c/{name}">{name}</a></div>' for name in names)
    first = "".join(row(number, "h1") for number in range(3)) + row(6, "h2")
    second = "".join(row(number, "h3") for number in range(3, 6)) + row(7, "h4")
    page_text = f"<main><div>{menu}</div><div>{first}</div><div>{second}</div></main>"
    found = find_links(
        page_text, "https://a.example/", rules=Rules(links=("div.old-card",)), known=KNOWN
    )
    assert len(found) == 8


def test_labels_in_a_list_of_known_stories_are_not_taken():
    """The list is the section's for certain; what heads its parts is no story for that."""
    names = ("آراء", "حول العالم", "رياضة", "سياسة")
    labels = "".join(
        f'<div class="row"><a href="/cat-{number}">{name}</a></div>'
        for number, name in enumerate(names)
    )
    rows = "".join(row(number, "h3") for number in range(6))
    found = find_links(f"<main><div>{labels}{rows}</div></main>", "https://a.example/", known=KNOWN)
    assert [link.url for link in found] == [link.url for link in KNOWN]


def test_new_stories_that_are_in_a_list_of_the_whole_site_alone_are_not_taken():
    """A list of what is new has stories of the section too, which its own list explains better.

    A new story of the section that stands in both is one.
    """
    section = "".join(row(number, "h3") for number in range(7))
    others = [f'<li><a href="/news/{52000 + n}">{OTHER_WORDS} {n}</a></li>' for n in range(4)]
    ours = [f'<li><a href="/news/{41000 + n}">{WORDS} {n}</a></li>' for n in (6, 0, 1, 2)]
    page_text = f"<body><ul>{''.join(ours + others)}</ul><main>{section}</main></body>"
    found = find_links(
        page_text, "https://a.example/", rules=Rules(links=("div.old-card",)), known=KNOWN
    )
    assert sorted(link.url[-5:] for link in found) == [str(41000 + n) for n in range(7)]


OTHER_WORDS = "المزارعون في الشمال يبيعون القمح والزيتون للتجار بعد المطر رقم"
SIX = '<div class="of-section"><h3><a href="/news/{0}">{1}</a></h3></div>'


def half(left: str, rest: str) -> str:
    """A page two of whose six stories have the old markup."""
    cards = "".join(SIX.format(41000 + n, f"{WORDS} {n}") for n in range(2))
    return f'<main><div>{cards}</div><table>{left}</table></main><ul class="all">{rest}</ul>'


def test_selectors_that_name_a_part_of_the_list_are_replaced():
    """Two of six cards are left as they were: the other known ones stand beside them as rows."""
    rows = "".join(NEW.format(f"/news/{41000 + n}", f"{WORDS} {n}") for n in range(2, 7))
    rules = Rules(links=("div.of-section",))
    found = find_links(half(rows, ""), "https://a.example/", rules=rules, known=KNOWN)
    assert [link.url[-5:] for link in found] == [str(41000 + n) for n in range(7)]


@pytest.mark.parametrize("missing", [4, 2])
def test_a_short_list_beside_those_of_the_whole_site_stays(missing):
    """The selectors name fewer than before: what is known of the rest stands among the site's."""
    old = [f'<li><a href="/news/{41000 + n}">{WORDS} {n}</a></li>' for n in range(2, 2 + missing)]
    new = [f'<li><a href="/news/{52000 + n}">{OTHER_WORDS} {n}</a></li>' for n in range(9)]
    rules = Rules(links=("div.of-section",))
    text = half("", "".join(old + new))
    found = find_links(text, "https://a.example/", rules=rules, known=KNOWN)
    assert [link.url[-5:] for link in found] == ["41000", "41001"]


def test_a_box_of_the_newest_stories_is_no_part_of_the_list_below(site):
    """It has as many as ever, though the section's older stories stand on the page too."""
    site.configure(f'urls = ["{site.url("/sport")}"]', '[rules]\nlinks = ["div.old-card"]')
    for first in (1, 3, 5):
        box = "".join(OLD.format(*story(PRESS, 2, n)) for n in range(first, first + 3))
        below = "".join(NEW.format(*story(PRESS, 2, n)) for n in range(1, first))
        site.page("/sport", page(f"<div>{box}</div><table>{below}</table>"))
        assert "3 links" in site.build()
        a_second_later()
    assert site.status()["heals"] == []


def test_a_section_whose_selectors_name_a_part_is_healed(site):
    """The store knows how many links are usual; the whole list is read again."""
    site.configure(f'urls = ["{site.url("/sport")}"]', '[rules]\nlinks = ["div.old-card"]')
    site.page("/sport", page(listed()))
    assert f"{COUNT} new" in site.build()
    cards = "".join(OLD.format(*story(PRESS, 2, number)) for number in (1, 2, 3))
    site.page("/sport", page(f"<div>{cards}</div><table>{listed(NEW, 4)}</table>"))
    assert f"{COUNT} links" in site.build()
    assert site.status()["heals"][0]["agreed"] == COUNT
