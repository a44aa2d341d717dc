"""`find_sections`: what a home page leads to, as `feedmaker add` offers it."""

from __future__ import annotations

import importlib.util
import statistics
import sys

import pytest

import feedmaker

HOME = "https://news.example/"
MENU = "".join(
    f'<li><a href="/{path}">{title}</a>'
    for path, title in (("politics", "سياسة"), ("economy", "اقتصاد"), ("sport", "رياضة"))
)
STORIES = "".join(
    f'<div><a href="/2026/11/{number}">الحكومة تعلن خطة جديدة للمدارس في المدن رقم {number}</a></div>'
    for number in range(1000, 1005)
)
FEED = '<link rel="alternate" type="application/rss+xml" title="كل الأخبار" href="/rss.xml">'
PAGE = (
    f"<html lang='ar'><head><title>الشاطئ</title>{FEED}</head><body><nav><ul>{MENU}</ul></nav>"
    f"<main><section><h2>تحقيقات</h2>{STORIES}</section></main>"
)


def test_menu_blocks_the_page_itself_and_its_feeds():
    """Sections have a URL or a heading; what `add --yes` would not take is not usual."""
    found = feedmaker.find_sections(PAGE, HOME)
    assert [(one.title, one.url, one.heading, one.usual) for one in found] == [
        ("سياسة", f"{HOME}politics", None, True),
        ("اقتصاد", f"{HOME}economy", None, True),
        ("رياضة", f"{HOME}sport", None, True),
        ("تحقيقات", None, "تحقيقات", True),
        ("الشاطئ", HOME, None, False),
        ("كل الأخبار", f"{HOME}rss.xml", None, False),
    ]


def test_bytes_are_decoded_as_browsers_do():
    """A page in windows-1256 that says so gives what its text gives."""
    declared = PAGE.replace("<head>", '<head><meta charset="windows-1256">')
    assert feedmaker.find_sections(declared.encode("cp1256"), HOME) == feedmaker.find_sections(
        PAGE, HOME
    )


def test_a_page_without_sections_is_one_itself():
    """Its stories are all that there is."""
    found = feedmaker.find_sections(f"<title>الشاطئ</title><main>{STORIES}</main>", HOME)
    assert [(one.title, one.url, one.usual) for one in found] == [("الشاطئ", HOME, True)]


def test_the_feed_of_a_page_that_a_script_makes_is_usual():
    """The page itself has nothing to read."""
    shell = f'<title>الشاطئ</title>{FEED}<div id="root"></div><script></script>'
    found = feedmaker.find_sections(shell, HOME)
    assert [(one.url, one.usual) for one in found] == [(HOME, False), (f"{HOME}rss.xml", True)]


@pytest.mark.parametrize(
    "html",
    [
        "",
        b"",
        b"\x00\xff\xfe\x80" * 1000,
        "\ud800\x00",
        "<",
        "<div>" * 20_000,
        "<a href='http://['>x</a><a href='//'>y</a><a href='http://a:99999999/'>z</a>",
        "<base href='http://[::'>",
        "<link rel=alternate type=text/xml href='http://['>",
    ],
    ids=["empty", "no bytes", "binary", "surrogate", "cut", "deep", "URLs", "base", "feed"],
)
def test_what_is_no_page_has_no_sections(html):
    """Nothing is raised."""
    assert feedmaker.find_sections(html, HOME) == []


@pytest.mark.parametrize("url", ["", "news.example", "http://[", "mailto:a@news.example", "\ud800"])
def test_without_a_url_there_are_no_sections(url):
    """Links are relative to it, and the sections of other sites are not offered."""
    assert feedmaker.find_sections(PAGE, url) == []


def test_a_page_with_very_many_links_and_headings_is_bounded():
    """No more than forty sections are offered, beside the page itself."""
    many = "".join(f'<li><a href="/s{number}">قسم {number}</a>' for number in range(300))
    found = feedmaker.find_sections(f"<nav><ul>{many}</ul></nav>{'<h2>x</h2>' * 300}", HOME)
    assert len(found) == 41


def listed(*entries: tuple[str, str]) -> str:
    """A list of links."""
    items = (f'<li><a href="{path}">{title}</a></li>' for path, title in entries)
    return f"<ul>{''.join(items)}</ul>"


def usual(html: str) -> list[str]:
    """The titles of the sections that are taken unasked."""
    return [one.title for one in feedmaker.find_sections(html, HOME) if one.usual]


FOUR = (("/politics", "سياسة"), ("/economy", "اقتصاد"), ("/sport", "رياضة"), ("/arts", "فنون"))
NAMES = [title for _, title in FOUR]


@pytest.mark.parametrize(
    "beside",
    [
        '<div class="strip"><a href="/epaper-news">الورق</a><a href="/gulf">الخليج</a></div>',
        '<a class="logo" href="/front-page">صحيفة الشاطئ</a>',
        '<div><a href="/live">البث المباشر</a><a href="/login">دخول</a></div>',
    ],
    ids=["strip", "worded logo", "services"],
)
def test_the_main_menu_is_found_whatever_stands_beside_it(beside):
    """Bare links above a menu make it no part of another section."""
    page = f"<header>{beside}<nav>{listed(*FOUR)}</nav></header><main>{STORIES}</main>"
    assert usual(page) == NAMES


def test_a_menu_without_any_name_is_found_by_its_structure():
    """A row of links that the foot repeats, and whose addresses the stories' begin with."""
    row = "".join(f'<span><a href="{path}">{title}</a></span>' for path, title in FOUR)
    stories = STORIES.replace("/2026/11/", "/sport/2026/11/")
    page = f"<div class=x1>{row}</div><div>{stories}</div><div class=x2>{row}</div>"
    assert usual(page) == NAMES


def test_of_a_menu_of_dropdowns_the_first_level_is_taken():
    """The links of its sub-menus are offered as parts of sections."""
    entries = ""
    for path, title in FOUR:
        parts = listed(
            (f"{path}/a", f"{title} محلية"), (f"{path}/b", "أندية"), (f"{path}/c", "غيرها")
        )
        entries += f'<li><a href="{path}">{title}</a>{parts}</li>'
    page = f"<nav><ul>{entries}</ul></nav><main>{STORIES}</main>"
    assert usual(page) == NAMES
    parts = [one for one in feedmaker.find_sections(page, HOME) if "a part of" in one.why]
    assert "رياضة محلية" in [one.title for one in parts]


def test_a_dropdown_that_leads_to_its_first_entry_gives_all_of_them():
    """Its title has no page of its own."""
    news = listed(("/news/one", "سياسة"), ("/news/two", "اقتصاد"), ("/news/three", "رياضة"))
    more = listed(("/x/art", "فنون"), ("/x/food", "مطبخ"), ("/x/cars", "سيارات"))
    page = (
        f'<nav><ul><li><a href="/news/one">أخبار</a>{news}</li>'
        f'<li><a href="/x/art">منوعات</a>{more}</li><li><a href="/reports">تقارير</a></li></ul></nav>'
        f"<main>{STORIES}</main>"
    )
    assert usual(page) == ["سياسة", "اقتصاد", "رياضة", "فنون", "مطبخ", "سيارات", "تقارير"]


def test_an_overview_that_a_dropdown_begins_with_is_the_section_itself():
    """The other links of the dropdown lie below it."""
    entries = ""
    for path, title in FOUR:
        parts = listed(
            (f"{path}/index.html", "نظرة عامة"), (f"{path}/a", "أندية"), (f"{path}/b", "غيرها")
        )
        entries += f'<li><a href="{path}/index.html">{title}</a>{parts}</li>'
    assert usual(f"<nav><ul>{entries}</ul></nav><main>{STORIES}</main>") == NAMES


def test_names_of_blocks_are_their_own():
    """«More» glued to a name is left out; the page of a block is where «more» leads."""
    three = "".join(
        f'<div><a href="/2026/11/{number}">مجلس المدينة يقر ميزانية العام القادم رقم {number}</a></div>'
        for number in range(2000, 2004)
    )
    page = (
        f"<nav>{listed(*FOUR)}</nav><main>"
        f'<section><h2><a href="/health">صحة</a><a href="/health"><span>المزيد</span></a></h2>{STORIES}'
        f"</section><section><h2><span>حوارات</span><span>عرض الكل</span></h2>{three}</section></main>"
    )
    found = [one for one in feedmaker.find_sections(page, HOME) if one.usual][4:]
    assert [(one.title, one.url, one.heading) for one in found] == [
        ("صحة", f"{HOME}health", None),
        ("حوارات", None, "حوارات"),
    ]


def test_the_page_of_a_block_may_be_named_beside_its_heading():
    """A heading without a link, and «المزيد» in the same row."""
    row = '<div><h2>تحقيقات</h2><a href="/investigations">المزيد</a></div>'
    page = f"<main><section>{row}{STORIES}</section></main>"
    assert feedmaker.find_sections(page, HOME)[0].url == f"{HOME}investigations"


def test_headlines_writers_and_page_numbers_are_no_sections():
    """Opinions with their writers, and the numbers of further pages, in lists called navigation."""
    opinions = "".join(
        f'<article><h3><a href="/opinion/{number}/">{title}</a></h3>'
        f'<a href="/writer/name-{number}">كاتب {number}</a></article>'
        for number, title in enumerate(("ميناء بلا قوارب", "الجسر من جديد", "ماذا يقول المطر"), 100)
    )
    numbers = "".join(f'<li><a href="/?page={n}">الصفحة {n}</a></li>' for n in range(2, 9))
    page = (
        f'<nav>{listed(*FOUR)}</nav><main><div class="block pagination_nav">{opinions}</div>{STORIES}'
        f'<nav class="pager"><ul>{numbers}</ul></nav></main>'
    )
    assert usual(page) == NAMES
    assert "الصفحة 2" not in [one.title for one in feedmaker.find_sections(page, HOME)]


def test_two_blocks_with_the_same_stories_are_one():
    """A heading that is repeated for small screens, in other words."""
    page = f"<main><h2>أبرز ما اخترنا</h2><h3>اخترنا من الصحيفة</h3>{STORIES}</main>"
    headings = [one.heading for one in feedmaker.find_sections(page, HOME) if one.heading]
    assert headings == ["أبرز ما اخترنا"]


def test_days_are_no_sections():
    """Blogs put the stories of a day under its date."""
    days = "".join(
        f"<h2>{day} March 2026</h2>" + STORIES.replace("/2026/11/", f"/2026/03/{day}")
        for day in (5, 6, 7)
    )
    assert usual(f"<title>الشاطئ</title><main>{days}</main>") == ["الشاطئ"]


def test_block_headings_of_several_words_are_no_headlines():
    """Headings that stand over several stories each, and lead to a page with a long address."""
    blocks = "".join(
        f'<section><h2 class="t"><a href="/ctg/home-made/{slug}">{title}</a></h2>'
        + STORIES.replace("/2026/11/", f"/2026/{month}/")
        + "</section>"
        for month, (slug, title) in enumerate(
            (
                ("lessons-of-knitting-and-crochet", "دروس في حياكة الصوف"),
                ("tables-with-fruit-and-bread", "موائد من فاكهة وخبز"),
            ),
            10,
        )
    )
    assert usual(f"<main>{blocks}</main>") == ["دروس في حياكة الصوف", "موائد من فاكهة وخبز"]


@pytest.mark.parametrize("date", ["2026/11/04/", ""], ids=["dated", "slugs"])
def test_a_strip_of_the_day_s_topics_is_no_menu(date):
    """Short labels that lead to stories, above the menu."""
    strip = listed(
        (f"/sport/{date}the-final-of-the-cup-is-moved", "كأس العالم"),
        (f"/arts/{date}the-old-harbour-on-the-screen", "فيلم الميناء"),
        (f"/economy/{date}what-bread-will-cost-in-spring", "سعر الخبز"),
        (f"/politics/{date}the-council-votes-on-a-bridge", "الجسر الجديد"),
        (f"/sport/{date}a-runner-comes-home-to-the-coast", "سباق الساحل"),
    )
    page = f"<nav>{strip}</nav><nav>{listed(*FOUR)}</nav><main>{STORIES}</main>"
    assert usual(page) == NAMES


def test_the_regions_below_one_section_do_not_take_all_places():
    """One dropdown whose title leads to its first link, among sections with pages of their own."""
    regions = listed(*((f"/regions/{n}", f"إقليم {n}") for n in range(1, 15)))
    entries = "".join(f'<li><a href="{path}">{title}</a></li>' for path, title in FOUR)
    page = (
        f'<nav><ul>{entries}<li><a href="/regions/1">جهات</a>{regions}</li></ul></nav>'
        f"<main>{STORIES}</main>"
    )
    assert usual(page) == [*NAMES, "جهات"]


def test_a_few_service_links_above_the_menu_are_not_the_menu():
    """They stand first, and are much fewer."""
    services = listed(("/s/a", "جداول القنوات"), ("/s/b", "مركز الأرقام"), ("/s/c", "لوحة النتائج"))
    sections = listed(*((f"/t/{n}", f"قسم {name}") for n, name in enumerate("أبتثجحخد")))
    page = f"<header><nav>{services}</nav></header><nav>{sections}</nav><main>{STORIES}</main>"
    assert usual(page) == [f"قسم {name}" for name in "أبتثجحخد"]


@pytest.mark.slow
def test_sections_of_real_home_pages(shared):
    """Of 31 home pages what a person would choose: measured .907 found, and .80 of what is taken."""
    if not (shared / "data" / "listings").exists():
        pytest.skip("the public listing pages are not here")
    found = importlib.util.spec_from_file_location("score", shared / "tools" / "score.py")
    score = importlib.util.module_from_spec(found)
    sys.modules["score"] = score
    found.loader.exec_module(score)
    rows = score.sections(feedmaker.find_sections)
    assert statistics.fmean(row["recall"] for row in rows) >= 0.89
    assert statistics.fmean(row["share"] for row in rows) >= 0.79


def stories(*numbers: int) -> str:
    """Cards of stories."""
    return "".join(
        f'<div><a href="/2026/11/{number}">الحكومة تعلن خطة جديدة للمدارس في المدن رقم {number}</a></div>'
        for number in numbers
    )


def taken(html: str) -> list[tuple[str, str]]:
    """The titles and addresses of what `add --yes` takes of a home page."""
    found = feedmaker.find_sections(html, HOME)
    return [(one.title, one.url) for one in found if one.usual]


def test_a_block_that_leads_to_a_service_is_not_usual():
    """Videos and the like are none where they stand under a heading, as in a menu."""
    service = f'<section><h2>Videos</h2>{stories(1, 2, 3)}<a href="/v">More</a></section>'
    hidden = f'<section><h2>עוד סרטונים</h2>{stories(4, 5, 6)}<a href="/video">More</a></section>'
    named = f'<section><h2>Culture</h2>{stories(7, 8, 9)}<a href="/c">More</a></section>'
    assert taken(f"<main>{service}{hidden}{named}</main>") == [("Culture", f"{HOME}c")]


def test_a_block_that_a_script_fills_is_a_section_by_its_heading():
    """Its heading is made like those of blocks that hold stories, and leads to a page."""
    blocks = "".join(
        f'<section><h2 class="box"><a href="/{path}">{path}</a></h2>{cards}</section>'
        for path, cards in (
            ("politics", stories(1, 2, 3)),
            ("culture", ""),
            ("sport", stories(4, 5, 6)),
        )
    )
    named = ["politics", "culture", "sport"]
    assert taken(f"<main>{blocks}</main>") == [(path, HOME + path) for path in named]


def test_dropdowns_of_one_row_are_one_menu():
    """Their titles lead nowhere; three of them hold more sections than a menu needs."""
    names = [
        ["politics", "economy", "world"],
        ["health", "travel", "food"],
        ["rowing", "chess", "golf"],
    ]
    row = ""
    for group in names:
        links = "".join(f'<li><a href="/{name}">{name}</a></li>' for name in group)
        row += f'<li><a href="#">Group</a><ul>{links}</ul></li>'
    found = taken(f"<header><nav><ul>{row}</ul></nav></header><main>{stories(*range(6))}</main>")
    assert [title for title, _ in found] == [name for group in names for name in group]


def test_a_link_that_names_a_block_leads_to_its_page():
    """«See all climate stories» under «Climate» is no «more» of any list of words."""
    blocks = "".join(
        f'<section><h2>{name}</h2>{cards}<a href="/topics/{name}">See all {name} stories</a></section>'
        for name, cards in (("Climate", stories(1, 2, 3)), ("Oceans", stories(4, 5, 6)))
    )
    found = taken(f"<main>{blocks}</main>")
    assert found == [(name, f"{HOME}topics/{name}") for name in ("Climate", "Oceans")]


@pytest.mark.parametrize("title", ["News in English", "أخبار بالفرنسية", "ערוץ 7 בעברית"])
def test_stories_in_another_language_are_no_section(title: str):
    """They are for other readers."""
    blocks = f"<section><h2>{title}</h2>{stories(1, 2, 3)}</section>"
    blocks += f"<section><h2>تحقيقات</h2>{stories(4, 5, 6)}</section>"
    assert title not in [name for name, _ in taken(f"<main>{blocks}</main>")]


def test_beside_a_whole_menu_no_block_is_usual():
    """Not even one with a page of its own; the block of the latest stories is."""
    names = ("politics", "economy", "world", "health", "travel", "arts")
    menu = "".join(f'<li><a href="/{name}">{name}</a></li>' for name in names)
    opinion = f'<section><h2><a href="/o">Letters</a></h2>{stories(1, 2, 3)}</section>'
    latest = f"<section><h2>Latest news</h2>{stories(4, 5, 6)}</section>"
    found = taken(f"<nav><ul>{menu}</ul></nav><main>{opinion}{latest}</main>")
    assert [title for title, _ in found] == [*names, "Latest news"]


@pytest.mark.parametrize("title", ["<a href='#'>المزيد</a>", "<button>More</button>"])
def test_sections_under_more_are_of_the_main_menu(title: str):
    """The menu has no room for them; what hangs under a section is a part of that."""
    names = ("سياسة", "اقتصاد", "رياضة", "ثقافة", "صحة")
    bar = "".join(f"<li><a href='/s{n}'>{name}</a></li>" for n, name in enumerate(names))
    parts = "".join(f"<a href='/s9/{n}'>قسم {name}</a>" for n, name in enumerate(names))
    more = "".join(
        f"<a href='/m{n}'>{name}</a>" for n, name in enumerate(("تعليم", "سيارات", "علوم"))
    )
    menu = (
        f"{bar}<li><a href='/s9'>مجتمع</a><div class=drop>{parts}</div></li>"
        f"<li>{title}<div class=drop>{more}</div></li>"
    )
    found = feedmaker.find_sections(f"<nav><ul>{menu}</ul></nav><main>{STORIES}</main>", HOME)
    usual = [one.title for one in found if one.usual]
    assert usual == [*names, "مجتمع", "تعليم", "سيارات", "علوم"]


def field(*choices: tuple[str, str]) -> str:
    """A page whose menu, if it is one, is a field to select from."""
    options = "".join(f'<option value="{value}">{label}</option>' for value, label in choices)
    menu = f'<select onchange="location = this.value"><option>الأقسام</option>{options}</select>'
    return f"<title>الشاطئ</title><header>{menu}</header><main><h2>تحقيقات</h2>{STORIES}</main>"


SECTIONS = (("/politics", "سياسة"), ("https://news.example/arts", "ثقافة"), ("/sport", "رياضة"))


def test_a_field_to_select_from_may_be_the_menu():
    """Its choices are addresses; services among them are none of the sections."""
    assert usual(field(*SECTIONS, ("/contact", "اتصل بنا")))[:3] == ["سياسة", "ثقافة", "رياضة"]
    with_menu = field(*SECTIONS).replace("<main>", f"<nav><ul>{MENU}</ul></nav><main>")
    assert "ثقافة" not in usual(with_menu)


@pytest.mark.parametrize(
    "choices",
    [
        (("/2026/11/", "نوفمبر 2026"), ("/2026/10/", "أكتوبر 2026"), ("/2026/09/", "سبتمبر 2026")),
        (("/fr/", "Français"), ("/en/", "English"), ("/de/", "Deutsch")),
        (("12", "سياسة"), ("13", "ثقافة"), ("14", "رياضة")),
        (*SECTIONS, ("all", "الكل")),
        SECTIONS[:2],
    ],
)
def test_a_field_that_is_no_menu(choices):
    """Months of an archive, languages, numbers that a form sends, two choices."""
    assert not {"سياسة", "ثقافة", "Français", "نوفمبر 2026"} & set(usual(field(*choices)))


def test_a_menu_may_unfold_from_a_template():
    """A script shows it on small screens; where the page has a menu, that is the one."""
    template = f"<template><ul>{MENU}</ul></template>"
    page = (
        f"<title>الشاطئ</title><header><button>☰</button>{template}</header><main>{STORIES}</main>"
    )
    assert usual(page) == ["سياسة", "اقتصاد", "رياضة"]
    links = "".join(f'<li><a href="/{word}">{word}</a></li>' for word in ("arts", "world", "local"))
    with_menu = page.replace("<main>", f"<nav><ul>{links}</ul></nav><main>")
    assert usual(with_menu) == ["arts", "world", "local"]


def test_categories_beside_the_posts_of_a_blog_are_its_sections():
    """Their addresses say that they are categories; its menu leads to pages about it."""
    pages = '<li><a href="/about">عن المدونة</a></li><li><a href="/contact">راسلني</a></li>'
    names = (("programming", "برمجة"), ("travel", "سفر"), ("days", "يوميات"))
    items = "".join(f'<li><a href="/category/{path}">{name}</a></li>' for path, name in names)
    body = f"<nav><ul>{pages}</ul></nav><main>{STORIES}</main><aside><h3>التصنيفات</h3><ul>{items}"
    assert usual(f"<title>مدونة</title>{body}</ul></aside>") == ["برمجة", "سفر", "يوميات"]
