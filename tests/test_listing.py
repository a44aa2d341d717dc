"""Finding the story links of a page by itself: public pages against their gold, and pages made for
one claim each.
"""

from __future__ import annotations

import json
from datetime import UTC, datetime
from itertools import pairwise
from typing import TYPE_CHECKING
from urllib.parse import unquote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedmaker import find_links
from feedmaker.listing.page_links import PageLinks
from feedmaker.model import Link
from feedmaker.text import urls

if TYPE_CHECKING:
    from pathlib import Path

HOME = "https://news.example/"
HEADLINES = (
    "افتتاح معرض الكتاب في الرباط بمشاركة واسعة",
    "البرلمان يناقش مشروع قانون المالية للسنة المقبلة",
    "منتخب الناشئين يفوز بلقب البطولة الإقليمية للسباحة",
    "أمطار غزيرة تعيد الحياة إلى السدود في الشمال",
    "باحثون يطورون طريقة جديدة لتحلية مياه البحر",
    "مهرجان السينما يكرم رواد الإخراج في دورته العاشرة",
)


def path(number: int) -> str:
    """The path of a story's page."""
    return f"/news/{24000 + number}"


def found(body: str, url: str = HOME, **how: object) -> list[tuple[str, str]]:
    """What is found on a page with this body: (path, title) pairs."""
    html = f"<!DOCTYPE html><html><body>{body}</body></html>"
    return [
        (link.url.removeprefix(url.rstrip("/")), link.title)
        for link in find_links(html, url, **how)
    ]


def wanted(*numbers: int) -> list[tuple[str, str]]:
    """The (path, title) pairs of stories."""
    return [(path(n), HEADLINES[n]) for n in numbers]


def card(n: int, title: str = "", more: str = "") -> str:
    """A story's card as many sites write it."""
    return f'<div class="post"><h3><a href="{path(n)}">{title or HEADLINES[n]}</a></h3>{more}</div>'


def cards(*numbers: int) -> str:
    """A list of cards."""
    return f'<div class="posts">{"".join(card(n) for n in numbers)}</div>'


def test_public_listings(shared: Path) -> None:
    """On the public listing pages the found links are nearly all right, nearly none is missing, in
    the page's order.
    """
    scores = []
    for gold in sorted((shared / "data/arabic/listings").glob("*.json")):
        case = json.loads(gold.read_text(encoding="utf-8"))
        want = list(dict.fromkeys(unquote(urls.key(u)) for u in case["article_urls"]))
        free = {unquote(urls.key(u)) for u in case.get("also_acceptable", [])} - set(want)
        links = find_links(gold.with_suffix(".html").read_bytes(), case["url"])
        got = [key for link in links if (key := unquote(urls.key(link.url))) not in free]
        right = [want.index(key) for key in got if key in want]
        scores.append(2 * len(right) / (len(got) + len(want)))
        assert scores[-1] >= 0.85, gold.stem
        assert sum(a < b for a, b in pairwise(right)) >= 0.9 * (len(right) - 1), gold.stem
    assert sum(scores) / len(scores) >= 0.97


def test_public_titles(shared: Path) -> None:
    """Where the gold has the headlines, the titles are those, not decks, captions or «اقرأ المزيد»."""
    asked = right = 0
    for gold in sorted((shared / "data/arabic/listings").glob("*.json")):
        case = json.loads(gold.read_text(encoding="utf-8"))
        titles = {urls.key(u): title for u, title in case.get("titles", {}).items()}
        for link in find_links(gold.with_suffix(".html").read_bytes(), case["url"]):
            if title := titles.get(urls.key(link.url)):
                asked += 1
                right += set(title.split()) <= {*link.title.split(), "ــ"}
    assert asked >= 12
    assert right == asked


def test_portal() -> None:
    """Of a portal's home page the lists of the main part count, in order; what frames them does
    not.
    """
    body = f"""
    <div class="top-bar"><a href="/login">تسجيل الدخول إلى حسابك الشخصي هنا</a></div>
    <nav><ul><li><a href="/politics">سياسة</a></li><li><a href="/sport">رياضة</a></li>
      <li><a href="/world/arab">أخبار العالم العربي والدولي اليوم</a></li></ul></nav>
    <div class="news-ticker"><a href="{path(5)}">{HEADLINES[5]}</a></div>
    <div id="main">
      <h2><a href="/politics">سياسة</a></h2>{cards(0, 1)}
      <a href="/politics">المزيد من أخبار السياسة والبرلمان في القسم</a>
      <h2><a href="/sport">رياضة</a></h2>{cards(2, 3)}
      <div class="tags"><a href="/tag/5">كأس العالم للأندية في المغرب</a></div>
      <a href="/author/77/ahmad">أحمد بن محمد بن عبد الله العلوي</a>
      <a href="https://www.facebook.com/news.example/posts/240012">تابعوا صفحتنا على فيسبوك كل يوم</a>
    </div>
    <h3>الأكثر قراءة</h3><div class="box"><a href="{path(4)}">{HEADLINES[4]}</a></div>
    <footer><a href="/about">من نحن وكيف نعمل في غرفة الأخبار</a></footer>"""
    assert found(body) == wanted(0, 1, 2, 3)


def test_one_link_a_story() -> None:
    """Picture, kicker, deck, headline and «اقرأ المزيد» of one story are one link, titled with the
    headline.
    """
    deck = "شهدت القاعة الكبرى حضورا كثيفا من الزوار والناشرين من مختلف البلدان"
    cell = "".join(
        f'<li><p class="sub"><a href="{path(n)}">{deck}</a></p>'
        f'<a href="{path(n)}"><img src="/i/{n}.jpg" alt="صورة من المكان في ساعة متأخرة من الليل"></a>'
        f'<h2 class="t"><a href="{path(n)}">{HEADLINES[n]}</a></h2><a href="{path(n)}#comments">12 تعليقا</a>'
        f'<a href="{path(n)}?utm_source=home">اقرأ المزيد</a></li>'
        for n in range(3)
    )
    links = find_links(f"<ul>{cell}</ul>", HOME)
    assert [(x.url, x.title) for x in links] == [(HOME[:-1] + p, t) for p, t in wanted(0, 1, 2)]
    assert [x.image for x in links] == [f"{HOME}i/{n}.jpg" for n in range(3)]


def test_slug_tells_headline_from_deck() -> None:
    """Without headings and telling classes, the text that the URL spells is the headline."""
    slugs = [f"/3{n}/24500{n}-{HEADLINES[n].replace(' ', '-')}" for n in range(4)]
    deck = "وقف الحاضرون دقيقة صمت ترحما على الضحايا"
    body = "".join(
        f'<div class="b"><a href="{slug}">{deck}</a><a href="{slug}">{HEADLINES[n]}</a></div>'
        for n, slug in enumerate(slugs)
    )
    assert [title for _, title in found(body)] == list(HEADLINES[:4])


def test_cut_headline() -> None:
    """A headline cut short on the page is taken whole from where the page has it whole."""
    body = "".join(
        f'<div><a href="{path(n)}" title="{HEADLINES[n]}">{HEADLINES[n][:24]}...</a></div>'
        for n in range(4)
    )
    assert found(body) == wanted(0, 1, 2, 3)


def test_picture_alone() -> None:
    """The words for a picture title a story that the page only shows a picture of."""
    body = "".join(
        f'<li><a href="{path(n)}"><img src="/{n}.jpg" alt="{HEADLINES[n]}"></a></li>'
        for n in range(4)
    )
    assert found(body) == wanted(0, 1, 2, 3)


def test_whole_card_is_link() -> None:
    """A link around a whole card is titled with the card's heading, and dated and pictured as the
    card says.
    """
    body = "".join(
        f'<a class="c" href="{path(n)}"><img src="data:image/gif;base64,R0" data-src="//img.example/{n}.webp">'
        f'<span>محليات</span><h3>{HEADLINES[n]}</h3><time datetime="2026-11-2{n}T08:30:00+01:00">قبل ساعة</time>'
        "<p>وقال المتحدث باسم الوزارة إن العمل جار على قدم وساق منذ أسابيع.</p></a>"
        for n in range(4)
    )
    links = find_links(body, HOME)
    assert [x.title for x in links] == list(HEADLINES[:4])
    assert [x.image for x in links] == [f"https://img.example/{n}.webp" for n in range(4)]
    assert [x.published and x.published.isoformat() for x in links] == [
        f"2026-11-2{n}T08:30:00+01:00" for n in range(4)
    ]


def test_title_called_so() -> None:
    """In a card without headings the part whose class calls it a title is the title, not what is
    called a subtitle.
    """
    body = "".join(
        f'<a href="{path(n)}"><span class="newsSubtitle">كواليس من قاعة الاجتماعات الكبرى</span>'
        f'<span class="newsTitle">{HEADLINES[n]}</span><span class="date">أمس</span></a>'
        for n in range(4)
    )
    assert found(body) == wanted(0, 1, 2, 3)


def test_link_beside_heading() -> None:
    """A link without words that lies over its card is titled with the card's heading."""
    body = "".join(
        f'<article><h3>{HEADLINES[n]}</h3><a class="overlay" href="{path(n)}"></a></article>'
        for n in range(4)
    )
    assert found(body) == wanted(0, 1, 2, 3)


def test_date_without_zone() -> None:
    """A date that names no zone is read in the site's, a bare day as its midnight."""
    body = "".join(card(n, more='<time datetime="2026-11-20">') for n in range(3))
    assert [link.published for link in find_links(body, HOME, timezone="Asia/Riyadh")] == [
        datetime(2026, 11, 19, 21, tzinfo=UTC)
    ] * 3


@pytest.mark.parametrize(
    "shown",
    [
        '<span class="when" datetime="2026-03-05T10:00:00Z">5 March</span>',
        "<time>5 March 2026</time>",
        '<span class="date">٥ مارس ٢٠٢٦</span>',
        "<small>5 March 2026 • 8:18 AM</small>",
        '<div class="post-info">By Anna Writer on March 5th, 2026 Category: News</div>',
    ],
)
def test_dates_of_cards(shown: str) -> None:
    """A date counts in `datetime` of any element, and in the text of a card, in any language."""
    links = find_links("".join(card(n, more=shown) for n in range(4)), HOME)
    assert [str(link.published)[:10] for link in links] == ["2026-03-05"] * 4


TITLED = {
    "date": '<a href="{}"><strong>{}</strong> <span> сегодня, 17:06 </span></a>',
    "kicker": '<h2><a href="{}"><span class="preface">Town and country</span> {}</a></h2>',
    "prefix": '<a href="{}"><div class="e title-prefix">He solved it all today</div><div class="e title">{}</div></a>',
    "suffix": '<a href="{}">{} <span class="title-suffix">It takes two years and money</span></a>',
    "category": '<a href="{}"><span class="cat">Local news</span><p class="ttl">{}</p></a>',
    "two headings": '<a href="{}"><h1>He said that it takes years</h1><h1>{}</h1></a>',
    "label": '<a href="{}"><h5 class="date">Evening Paper</h5><h3>{}</h3></a>',
    "deck": '<h2><a href="{}">{}<p class="deck">It takes two years and some money</p></a></h2>',
    "blocks": '<a href="{}"><div><b>{}</b></div><div><img src="/i.jpg">It takes two years.</div></a>',
    "leading date": '<a href="{}"><b>02/08</b> {}</a>',
}


@pytest.mark.parametrize("name", TITLED)
def test_title_without_what_stands_beside_it(name: str) -> None:
    """A title has no kicker, label, date, deck or section name."""
    body = "".join(f"<li>{TITLED[name].format(path(n), HEADLINES[n])}</li>" for n in range(6))
    assert found(f"<ul>{body}</ul>") == wanted(*range(6))


def test_a_number_is_no_clock() -> None:
    """What begins a headline with a point in it is a number; a time of day is left out."""
    titles = ("1.000 boxes of food reach the port", "12.50 euros is the new price of the bus")
    links = find_links(
        card(0, titles[0]) + card(1, titles[1]) + card(2, "17:30 " + HEADLINES[2]), HOME
    )
    assert [link.title for link in links] == [*titles, HEADLINES[2]]


def test_shown_dates() -> None:
    """With the time of the page, the dates that cards show count, read in the site's zone."""
    now = datetime(2026, 11, 22, 12, tzinfo=UTC)
    shown = ("منذ ساعتين", "20 نوفمبر 2026 - 08:30", "خبر بلا تاريخ")
    body = "".join(
        card(n, more=f'<span class="date">{text}</span>') for n, text in enumerate(shown)
    )
    links = find_links(body, HOME, timezone="Asia/Riyadh", now=now)
    assert [link.published for link in links] == [
        datetime(2026, 11, 22, 10, tzinfo=UTC),
        datetime(2026, 11, 20, 5, 30, tzinfo=UTC),
        None,
    ]
    plain = card(0, more='<time datetime="2026-11-20 08:30">') + card(1) + card(2)
    (dated, *_) = find_links(plain, HOME, timezone="Asia/Riyadh", now=now)
    assert dated.published == datetime(2026, 11, 20, 5, 30, tzinfo=UTC)
    assert find_links(body, HOME)[0].published is None


def test_tables() -> None:
    """Stories in the cells of layout tables, without a single class, are found and the menu's cells
    are not.
    """
    menu = "".join(
        f'<td><a href="/{name}.php">{name}</a></td>' for name in ("home", "sport", "arts")
    )
    rows = "".join(
        f'<tr><td><a href="story.php?id=8{n}77"><img src="p{n}.jpg" width="90"></a></td>'
        f'<td><font size="4"><a href="story.php?id=8{n}77">{HEADLINES[n]}</a></font><br>نص قصير</td></tr>'
        for n in range(4)
    )
    body = f"<table><tr>{menu}</tr></table><table>{rows}</table>"
    assert found(body) == [(f"/story.php?id=8{n}77", HEADLINES[n]) for n in range(4)]


def test_short_headlines() -> None:
    """Headlines of two or three words count where the other links of their kind are plainly
    stories'.
    """
    short = [card(4, "غلاء الأسعار"), card(5, "أسعار الذهب اليوم")]
    assert found(f"<div>{card(0)}{card(1)}{card(2)}{card(3)}{''.join(short)}</div>") == [
        *wanted(0, 1, 2, 3),
        (path(4), "غلاء الأسعار"),
        (path(5), "أسعار الذهب اليوم"),
    ]


def test_videos() -> None:
    """A video among the stories of a list is one of its links."""
    video = '<div class="post"><h3><a href="/video/70012">شاهد لحظة وصول المنتخب إلى المطار</a></h3></div>'
    stories = "".join(card(n) for n in range(4))
    assert [p for p, _ in found(f"<div>{stories}{video}</div>")] == [
        *(path(n) for n in range(4)),
        "/video/70012",
    ]


def test_labels_in_cards() -> None:
    """The section and the author that each card names are no stories, though their URLs hold
    numbers.
    """
    names = (
        "عبد الرحمن الفاسي",
        "خالد بن سعيد العلوي",
        "مريم بناني",
        "يوسف الإدريسي",
        "سعاد بنت أحمد",
        "ليلى العمراني",
    )
    body = "".join(
        card(n, more=f'<a href="/w/8{n}12">{names[n]}</a><a href="/c/3{n}44">أخبار محلية</a>')
        for n in range(6)
    )
    assert found(body) == wanted(*range(6))


def test_other_hosts() -> None:
    """A page whose lists lead to another site is a listing too; a lone advert to another site is no
    story.
    """
    theirs = "".join(
        f'<li><a href="https://agency.example/a/9900{n}">{HEADLINES[n]}</a></li>' for n in range(5)
    )
    advert = '<p><a href="https://shop.example/offers">أفضل العروض على الهواتف الذكية هذا الأسبوع</a></p>'
    links = find_links(f"<ul>{theirs}</ul>{advert}", HOME)
    assert [link.url for link in links] == [f"https://agency.example/a/9900{n}" for n in range(5)]


def test_base_and_own_address() -> None:
    """Relative links are read from `base`; the page itself and the site's home never count."""
    own = "".join(
        f'<a href="{href}">بوابة الأخبار العربية الأولى في المغرب</a>'
        for href in ("", "/", "#top", "/ar/")
    )
    body = f'<base href="/ar/">{own}' + "".join(
        f'<h2><a href="24{n}11/x">{HEADLINES[n]}</a></h2>' for n in range(4)
    )
    assert [p for p, _ in found(body, HOME + "ar/")] == [f"/24{n}11/x" for n in range(4)]


def test_name_of_whole_page() -> None:
    """A class that says "sidebar" or "popular" is not believed of the element that holds most of
    the page's stories.
    """
    for name in ("right_sidebar", "popular", "header", "social-news", "with-ads"):
        assert found(f'<div class="{name}">{cards(0, 1, 2, 3)}</div>') == wanted(0, 1, 2, 3), name


def test_parts_of_cards() -> None:
    """What each card calls its "header" or "footer" is no header or footer of the page."""
    for name in ("header", "card footer", "social"):
        body = "".join(
            f'<div><div class="{name}"><a href="{path(n)}">{HEADLINES[n]}</a></div></div>'
            for n in range(5)
        )
        assert found(body) == wanted(0, 1, 2, 3, 4), name


def test_words_beside_link() -> None:
    """A card whose link holds only a picture and whose words stand beside it is titled with those
    words.
    """
    body = "".join(
        f'<p><a href="{path(n)}"><img src="/{n}.jpg"></a><br>{HEADLINES[n]}</p>' for n in range(4)
    )
    assert found(body) == wanted(0, 1, 2, 3)


def story_list(first: int, count: int, *, rich: bool) -> str:
    """A list of stories: cards with pictures, or bare links."""
    bare = '<li><a href="/news/{n}">{title}</a></li>'
    card_of = (
        '<article><a href="/news/{n}"><img src="/{n}.jpg"></a>'
        '<h3><a href="/news/{n}">{title}</a></h3><p>سطر عن الخبر</p></article>'
    )
    return "".join(
        (card_of if rich else bare).format(n=n, title=f"{HEADLINES[n % 6]} {n}")
        for n in range(first, first + count)
    )


@pytest.mark.parametrize(
    "beside",
    [
        '<aside class="sidebar"><h3>آراء</h3><ul>{}</ul></aside>',
        '<div class="sidebar"><h4>الأكثر قراءة</h4><ul>{}</ul></div>',
        '<div class="most-read"><h4>Most read</h4><ol>{}</ol></div>',
        "<div><h4>الأكثر قراءة</h4><ul>{}</ul></div>",
        "<div><h4>پربازدیدترین‌ها</h4><ul>{}</ul></div>",
        "<div><h4>הכי נקראות</h4><ul>{}</ul></div>",
        "<div><h4>よく読まれている記事</h4><ul>{}</ul></div>",
    ],
)
def test_poorer_list_beside_the_main_one(beside: str) -> None:
    """A few bare links in a sidebar, or under "most read", are no stories of a page of cards."""
    body = f"<main>{story_list(24000, 12, rich=True)}</main>" + beside.format(
        story_list(25000, 4, rich=False)
    )
    assert [p for p, _ in found(body)] == [f"/news/{n}" for n in range(24000, 24012)]


@pytest.mark.parametrize(
    "part",
    [
        '<section class="seealso"><h2>Top Stories</h2>{}</section>',
        '<section class="js-nav-hover-1"><h2>More Articles</h2>{}</section>',
        '<section class="item has-sidebar sidebar-left"><h2>مختارات</h2>{}</section>',
        '<section class="jeg_pagination_nav_1">{}</section>',
        '<section class="el el-1ad1a891"><h2>Sport</h2>{}</section>',
    ],
)
def test_no_name_and_no_label_drops_a_block_of_cards(part: str) -> None:
    """A block of several cards like those of the other blocks counts, whatever it is called."""
    body = f"<main><section><h2>News</h2>{story_list(24000, 8, rich=True)}</section>"
    body += part.format(story_list(25000, 8, rich=True)) + "</main>"
    assert len(found(body)) == 16


def test_strip_that_repeats() -> None:
    """A bare strip that repeats the stories of the lists adds nothing and does not change their
    order.
    """
    strip = "".join(f'<li><a href="{path(n)}">{HEADLINES[n]}</a></li>' for n in (3, 2, 1, 0))
    assert found(f"<ul>{strip}</ul>{cards(0, 1, 2, 3, 4)}") == wanted(0, 1, 2, 3, 4)


def test_same_story_twice() -> None:
    """One story under two URLs with one number and one headline is one link."""
    other = "".join(f'<li><a href="/full?id={24000 + n}">{HEADLINES[n]}</a></li>' for n in (0, 1))
    assert found(f"{cards(0, 1, 2, 3)}<ul>{other}</ul>") == wanted(0, 1, 2, 3)


LANGUAGES = {
    "fa": "کاهش قیمت نفت در بازارهای جهانی|تیم ملی والیبال ایران به نیمه‌نهایی رسید|نمایشگاه کتاب تهران باز شد",
    "ur": "ملک بھر میں بارشوں کا نیا سلسلہ شروع|قومی کرکٹ ٹیم کا اعلان کر دیا گیا|کتاب میلہ آج سے شروع ہوگا",
    "he": "הכנסת אישרה את תקציב המדינה|הגשמים חזרו: שלג ראשון בחרמון הבוקר|נבחרת הנוער ניצחה במשחק הפתיחה",
    "en": "Ministers agree on next year's budget|Rain returns to the north after a dry autumn|A book fair opens today",
    "ja": "来年度の予算案を閣議決定へ調整|北部で三か月ぶりのまとまった雨|図書展が過去最多の来場者で開幕",
}


@pytest.mark.parametrize("language", LANGUAGES)
def test_other_languages(language: str) -> None:
    """The same page is read in Persian, Urdu, Hebrew, English and Japanese."""
    titles = LANGUAGES[language].split("|")
    items = "".join(
        f'<li><a href="/{language}/2026/11/{20 + i}/s{i}">{t}</a></li>'
        for i, t in enumerate(titles)
    )
    menu = "".join(
        f'<li><a href="/{language}/{name}">{name}</a></li>' for name in ("news", "sport", "culture")
    )
    assert [t for _, t in found(f"<ul>{menu}</ul><ul>{items}</ul>")] == titles


def test_known_stories_after_redesign() -> None:
    """A list in a part that would not count is the section's after a redesign, if it holds stories
    known to be its.
    """
    titles = (*HEADLINES[4:], "نتائج القرعة النهائية")
    new = "".join(f'<li><a href="/s/x{n}y">{title}</a></li>' for n, title in enumerate(titles))
    body = f"{cards(0, 1, 2, 3)}<aside><ul>{new}</ul></aside>"
    known = [
        Link(url=f"https://old.example/{n}", title=title) for n, title in enumerate(HEADLINES[4:])
    ]
    assert found(body) == wanted(0, 1, 2, 3)
    assert found(body, known=known) == [
        *wanted(0, 1, 2, 3),
        *((f"/s/x{n}y", t) for n, t in enumerate(titles)),
    ]


def test_equal_cards_with_one_name_are_no_part() -> None:
    """What all cards are called is no part of the page, beside a menu and a footer full of words."""
    boxes = "".join(
        f'<div class="box-with-share share-off">{card(n)}<a href="/t/{n}">قسم</a></div>'
        for n in range(6)
    )
    links = "".join(f'<li><a href="/guide/{n}">دليل القارئ {n}</a></li>' for n in range(20))
    body = f'<div>{boxes}</div><div class="footer"><ul>{links}</ul></div>'
    assert found(body) == wanted(*range(6))


def test_stories_in_the_menu_are_no_list_of_the_page() -> None:
    """A menu shows a few stories of each section, in all more than the page's own list."""
    menu = "".join(
        f'<li><a href="/s/{n}">قسم {n}</a><div>{story_list(26000 + 10 * n, 3, rich=False)}</div></li>'
        for n in range(3)
    )
    body = f"<nav><ul>{menu}</ul></nav><main>{story_list(24000, 8, rich=True)}</main>"
    assert [p for p, _ in found(body)] == [f"/news/{n}" for n in range(24000, 24008)]


@pytest.mark.parametrize("price", ["€ 20.00", "1,250 ريال", "$19.90", "35 zł", "Rs. 1500"])
def test_goods_are_no_stories(price: str) -> None:
    """Cards that show a price are a shop's; stories beside them stay, with prices in their words."""
    goods = "".join(
        f'<div class="product"><a href="/p/{n}"><img src="/{n}.jpg"></a>'
        f'<h3><a href="/p/{n}">Cotton shirt with long sleeves {n}</a></h3><b>{price}</b></div>'
        for n in range(6)
    )
    assert found(f"<div>{goods}</div>") == []
    stories = "".join(card(n, more=f"<p>It costs {price} now.</p>") for n in range(6))
    assert found(f"<main>{stories}</main><section>{goods}</section>") == wanted(*range(6))


def test_nothing_to_find() -> None:
    """A page without stories gives an empty list: no text, no links, only menus, or only a script."""
    pages = (
        "",
        "<p>نص</p>",
        "<nav><a href='/sport'>رياضة</a></nav>",
        "<script>var links = ['/news/24001']</script>",
    )
    assert [find_links(page, HOME) for page in pages] == [[]] * 4


BROKEN = (
    "http://[1::bad/%zz",
    "//",
    "http://:99999/a",
    "http://a:b@c:d/",
    "\x00/\ud800",
    "%%%",
    "?",
    "://",
)
HOSTILE = {
    "nested blocks": "<div>" * 60_000 + cards(0, 1, 2),
    "nested lists": "<ul><li>" * 60_000,
    "nested links": "<span>".join(f'<a href="{path(n)}">{HEADLINES[0]}</a>' for n in range(9000)),
    "many links": "".join(
        f'<li><a href="/n/{n}">{HEADLINES[0]} {n}</a></li>' for n in range(30_000)
    ),
    "one link many times": f'<i><a href="{path(0)}">{HEADLINES[0]}</a></i>' * 30_000,
    "many labels": f'<h2>الأكثر قراءة</h2><a href="{path(0)}">{HEADLINES[0]}</a>' * 20_000,
    "long names": f'<div class="{"a-b c_d " * 100_000}">{cards(0, 1, 2)}</div>',
    "broken addresses": "".join(f'<a href="{href}">{HEADLINES[0]}</a>' for href in BROKEN),
}


@pytest.mark.slow
@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_pages(name: str) -> None:
    """Pages made to break readers end in a list of bounded size."""
    assert len(find_links(HOSTILE[name], HOME)) <= 5000


TAGS = st.sampled_from(
    ("a", "div", "ul", "li", "h2", "nav", "table", "td", "p", "img", "time", "base")
)
ATTRIBUTES = st.sampled_from(("href", "class", "id", "src", "alt", "title", "datetime", "role"))
VALUES = st.text(max_size=30) | st.sampled_from(
    (path(1), "/tag/x", "#x", "http://[", "related", "nav", "2026-11-20T00:00Z")
)


@given(
    st.lists(
        st.tuples(TAGS, ATTRIBUTES, VALUES, st.text(max_size=60) | st.sampled_from(HEADLINES)),
        max_size=30,
    )
)
def test_any_markup(parts: list[tuple[str, str, str, str]]) -> None:
    """Whatever the markup, the links are unique, canonical, titled and not the page itself."""
    html = "".join(f'<{tag} {name}="{value}">{text}' for tag, name, value, text in parts)
    links = find_links(html, HOME)
    assert len({urls.key(link.url) for link in links}) == len(links)
    for link in links:
        assert urls.canonical(link.url) == link.url
        assert link.title
        assert urls.key(link.url) != urls.key(HOME)


@given(st.binary(max_size=400))
def test_any_bytes(content: bytes) -> None:
    """Bytes that are no page at all give a list too."""
    assert isinstance(find_links(content, HOME), list)


def test_links_in_links_in_links_are_none():
    """HTML allows no link in a link, and SVG has any number: each would be looked through again."""
    links = "".join(f'<a href="/news/{n}-city-opens-garden">' for n in range(100))
    assert len(PageLinks(f"<svg>{links}", "https://news.example/").anchors) == 4


def test_a_link_of_a_drawing_is_a_link():
    """SVG named its address `xlink:href` before it took HTML's name."""
    drawing = '<svg><a xlink:href="/news/1">رسم</a></svg>'
    (anchor,) = PageLinks(drawing, "https://news.example/").anchors
    assert anchor.url == "https://news.example/news/1"
    assert find_links(drawing, "https://news.example/") == []
    table = f'<a href="/x"><table><tr><td>{"".join(f"<a href=/{n}>خبر</a>" for n in range(9))}'
    assert len(PageLinks(table, "https://news.example/").anchors) == 10


def test_links_to_comments_are_no_stories() -> None:
    """One that says how many there are takes no headline from the card that it stands in."""
    cards = "".join(
        f'<article><header><a href="{path(at)}">{title}</a></header><div>10 Hours Ago - <b>The'
        f' harbour council</b> - <a href="/forums/node/{16170 + at}">{at + 2} Comments</a></div>'
        "</article>"
        for at, title in enumerate(HEADLINES)
    )
    found = find_links(f"<main>{cards}</main>", HOME)
    assert [link.title for link in found] == list(HEADLINES)


def test_readings_are_no_part_of_a_headline():
    """Japanese pages set how a word is read above it."""
    ruby = "<ruby>灯台<rp>(</rp><rt>とうだい</rt><rp>)</rp></ruby>が百年を迎える、町の人々は準備を始めた"
    cards = [f"<li><a href='/news/471{n}'>{n}、{ruby}</a></li>" for n in range(6)]
    found = find_links(f"<main><ul>{''.join(cards)}</ul></main>", "https://news.example/")
    assert found[0].title == "0、灯台が百年を迎える、町の人々は準備を始めた"


def test_a_label_before_a_headline_is_no_part_of_it():
    """A mark stands in the link: "LIVE", «عاجل»."""
    items = [
        f"<li><a href='/news/471{n}'><b>LIVE</b> Ferry {n} to run for ten more years</a></li>"
        for n in range(6)
    ]
    found = find_links(f"<main><ul>{''.join(items)}</ul></main>", "https://news.example/")
    assert found[0].title == "Ferry 0 to run for ten more years"


def test_links_that_are_labels_do_not_take_the_text_around_them():
    """A foot of three links is no list of stories, even on a page without any."""
    foot = "<a href='/about'>من نحن</a> <a href='/contact'>اتصل بنا</a> <a href='/privacy'>سياسة الخصوصية</a>"
    assert find_links(f"<main>نص</main><footer>{foot}</footer>", "https://news.example/") == []


def test_the_pictures_of_an_album_are_no_stories():
    """They are links without words to one page, which differ in their query."""
    posts = [
        f"<div><h2><a href='/topics/{n}'>Old ferry number {n} sails on</a></h2></div>"
        for n in range(5)
    ]
    album = [
        f"<a href='/album/ferry?pid={n}' title='The ferry at dawn, number {n}'><img src='/{n}.jpg'></a>"
        for n in range(9)
    ]
    found = find_links(f"<main>{''.join(posts + album)}</main>", "https://news.example/")
    assert [link.url.rpartition("/")[2] for link in found] == list("01234")
