"""The title of a story by agreement of what a page calls it."""

from __future__ import annotations

import json
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser

from feedmaker.article.about.title import choose_title
from feedmaker.html.page_head import read_head, title_key

URL = "https://www.lamp-news.example/world/12345"


@given(st.one_of(st.text("aB_ -!\0\n", max_size=20), st.text(max_size=20)))
def test_titles_are_compared_by_their_letters_and_digits(text):
    """Whatever stands between these, of whatever script they are."""
    key = re.sub(r"[\W_]+", " ", text.casefold().replace("\xad", "")).strip()
    assert title_key(text) == key


def choose(html, url=URL):
    """The title of a page."""
    return choose_title(read_head(LexborHTMLParser(html), url))


def shown_in(html, url=URL):
    """The element whose text begins the blocks in which the page shows its title."""
    head = read_head(LexborHTMLParser(html), url)
    return head.page.blocks[choose_title(head).first].box.node


def news(headline, **more):
    """A JSON-LD block of a newsroom."""
    data = {"@type": "NewsArticle", "headline": headline, **more}
    return f'<script type="application/ld+json">{json.dumps(data, ensure_ascii=False)}</script>'


def meta(name, text):
    """A meta element."""
    return f"<meta property='{name}' content='{text}'>"


@pytest.mark.parametrize(
    "shown",
    [
        "Ceasefire begins at dawn - The Lamp",
        "Ceasefire begins at dawn | World | The Lamp",
        "The Lamp: Ceasefire begins at dawn",
        "Ceasefire begins at dawn – Lamp-News",
        "Ceasefire begins at dawn",
    ],
)
def test_the_sites_name_is_cut_off_by_evidence(shown):
    """The title element loses the site's name, stated or in the host, and what a second source has
    not.
    """
    extra = meta("og:site_name", "The Lamp") + meta("og:title", "Ceasefire begins at dawn")
    assert choose(f"<title>{shown}</title>{extra}").text == "Ceasefire begins at dawn"


def test_nothing_is_cut_without_evidence():
    """A dash in a title is no reason to cut it."""
    title = "Oil prices fall – what it means for the region"
    assert choose(f"<title>{title}</title>").text == title


def test_a_site_name_that_is_the_title_is_no_evidence():
    """Some pages give the whole title as the site's name; the site's own word in the host still
    cuts.
    """
    whole = "How to bake bread at home | Lamp-News"
    assert (
        choose(f"<title>{whole}</title>{meta('og:site_name', whole)}").text
        == "How to bake bread at home"
    )


def test_an_arabic_title_loses_the_papers_name():
    """Separators and names are the same in Arabic."""
    html = f"<title>افتتاح الجسر الجديد في المدينة - صحيفة المنارة</title>{meta('og:site_name', 'صحيفة المنارة')}"
    assert choose(html).text == "افتتاح الجسر الجديد في المدينة"


@pytest.mark.parametrize("logo", ["The Lamp", "LAMP-NEWS", "<a href=/><img alt=x> The Lamp </a>"])
def test_a_logo_is_no_headline(logo):
    """An h1 that holds the site's name is passed over for the story's."""
    html = f"<title>Ceasefire begins at dawn - The Lamp</title>{meta('og:site_name', 'The Lamp')}<h1>{logo}</h1>"
    assert choose(html).text == "Ceasefire begins at dawn"
    assert shown_in(html + "<h1>Ceasefire begins at dawn</h1>").text() == "Ceasefire begins at dawn"


def test_an_h1_that_names_a_section_is_no_headline():
    """A short h1 that nothing else on the page agrees with gives way to what the other sources say
    together.
    """
    html = f"<title>Ceasefire begins at dawn</title>{meta('og:title', 'Ceasefire begins at dawn')}<h1>World news</h1>"
    assert shown_in(html + "<h2>Ceasefire begins at dawn</h2>").tag == "h2"
    assert choose(html).text == "Ceasefire begins at dawn"


def test_an_h1_of_its_own_words_is_the_headline():
    """One long h1 is the title of a guide, though the title element was written for search engines."""
    html = "<title>Cheap bread recipes 2024 | Lamp-News</title><h1>What my grandmother taught me about flour</h1>"
    assert choose(html).text == "What my grandmother taught me about flour"


def test_a_kicker_in_the_headline_is_left_out():
    """A label before the title inside the h1 is no part of it, when another source has the title
    alone.
    """
    extra = meta("og:title", "Liverpool lose at Everton after an hour")
    for heading in (
        "<span>Premier League</span> Liverpool lose at Everton after an hour",
        "Blog: Liverpool lose at Everton after an hour",
    ):
        assert (
            choose(f"{extra}<h1>{heading}</h1>").text == "Liverpool lose at Everton after an hour"
        )
    assert choose(
        f"{extra}<h1>The day Liverpool lose at Everton after an hour</h1>"
    ).text.startswith("The day")


def test_a_newsroom_is_believed_against_its_search_title():
    """Where h1 and title element are written for search engines, the newsroom's own title stands
    elsewhere.
    """
    search = "Bridge opening 2024: date, road closures and map"
    title = "At last, the bridge"
    html = f"<title>{search}</title>{meta('og:title', title)}{news(title)}<h1>{search}</h1>"
    assert choose(html).text == title
    assert choose(html.replace("NewsArticle", "WebPage")).text == search


def test_a_departments_name_is_no_title():
    """og:title that names the department gives way to the longer part of the title element that
    holds the story's.
    """
    title = (
        "<title>إدارة التوعية - بنات>>التوعية بتعليم المدينة تقيم دورات تنشيطية للطالبات</title>"
    )
    html = title + meta("og:title", "التوعية")
    assert choose(html).text == "التوعية بتعليم المدينة تقيم دورات تنشيطية للطالبات"


def test_an_attribute_that_breaks_off_at_a_quotation_mark_is_not_believed():
    """An unescaped quotation mark ends an attribute; the whole title is taken from elsewhere."""
    whole = 'Marathon: record winner and "royal visit"'
    html = f'<title>{whole}</title><meta property="og:title" content="{whole}">'
    assert choose(html).text == whole


def test_a_title_shown_in_no_heading_is_found_in_the_text():
    """The element that shows the title is handed on, whatever its tag, so that the body can leave
    it out.
    """
    title = "افتتاح الجسر الجديد في المدينة"
    html = f"{meta('og:title', title)}<div><span>{title}</span></div>"
    assert shown_in(html).tag == "div"


def test_a_page_with_no_more_than_a_title_element_is_read_by_what_it_shows():
    """Old pages name site, section and story in one line; the part that stands on the page, not in
    a link, is it.
    """
    story = "بلدية المدينة تفتتح الجسر الجديد"
    html = (
        f"<title>صحيفة المصباح - محليات - {story}</title>"
        f"<table><tr><td><a href='/7'><font>{story}</font></a></td></tr>"
        f"<tr><td align=center><font size=5><b>{story}</b></font></td></tr></table>"
    )
    assert choose(html).text == story
    assert shown_in(html).attributes["align"] == "center"


@pytest.mark.parametrize(
    ("slug", "source"),
    [
        ("/a1/lights-out-trains-halted", "JSON-LD headline"),
        ("/a1/berlin-blackout-how-safe", "h1"),
        ("/a1", "h1"),
    ],
)
def test_the_address_has_a_vote_on_a_newsrooms_headline(slug, source):
    """A headline that only the data has wins where the page's address spells it; words for searches
    do not count.
    """
    title = "Berlin blackout: how safe is the grid?"
    html = news("Lights out, trains halted: is this the future?") + meta("og:title", title)
    found = choose(
        html + f"<title>{title}</title><h1>{title}</h1>", "https://www.lamp-news.example" + slug
    )
    assert found.source == source


def test_three_wordings_leave_the_datas_own():
    """Where heading, data and shared title all differ, the headline property says which is the
    headline.
    """
    html = news("Council votes for the bridge") + meta(
        "og:title", "What the bridge vote means for you"
    )
    found = choose(
        html + "<title>Bridge vote explained</title><h1>Bridge vote: council says yes at last</h1>"
    )
    assert found.text == "Council votes for the bridge"


@pytest.mark.parametrize(
    "heading", ["The bridge o<b>pens</b> today", "The bridge opens today <i>(lamp.example)</i>"]
)
def test_inline_elements_do_not_spoil_a_heading(heading):
    """An element inside of a word parts no word, and a note behind the title is none of it."""
    html = f"<title>The bridge opens today</title><h1>{heading}</h1>"
    assert choose(html).text == "The bridge opens today"


@pytest.mark.parametrize(
    ("slug", "source"),
    [
        ("what-do-people-love-about-bridges", "og:title"),
        ("p/7", "h1"),
        ("the-sense-of-being", "h1"),
    ],
)
def test_the_address_decides_where_a_guides_heading_is_unlike_all_else(slug, source):
    """A section's heading is taken for the story's unless the address spells what the page is
    called elsewhere.
    """
    title = "What do people love about bridges?"
    html = f"<title>{title}</title>{meta('og:title', title)}<h1>But what remains is the sense of being there</h1>"
    assert choose(html, f"https://www.lamp-news.example/{slug}").source == source


@pytest.mark.parametrize(
    ("heading", "text"),
    [
        ("How bridges help us all | Opinion", "How bridges help us all"),
        ("How bridges help us all | Guides | Lamp Institute", "How bridges help us all"),
        ("Live | How bridges help us all", "Live | How bridges help us all"),
        ("How bridges help us all – The Lamp", "How bridges help us all"),
        ("The Lamp #18 – How bridges help us all", "The Lamp #18 – How bridges help us all"),
        ("How bridges help us all - part 1", "How bridges help us all - part 1"),
        (
            "<a href=/7>How bridges help us all</a> <i>(x.example)</i> <i>87</i>",
            "How bridges help us all",
        ),
    ],
)
def test_a_heading_is_cut_at_strokes_and_names_of_the_site(heading, text):
    """An upright stroke ends the longest part, the site's very name goes; issues and parts are the
    title's own.
    """
    html = f"{meta('og:site_name', 'The Lamp')}<h1>{heading}</h1>"
    title = text if "87" in heading else heading
    assert choose(f"<title>{title}</title>{html}").text == text


def test_the_heading_that_a_newsroom_repeats_in_its_data_is_the_headline():
    """What is shared may be a teaser; of three that differ, the data's is the headline."""
    shared = meta("og:title", "You will not believe what the mayor did")
    page = f"{shared}<title>Council votes for plan</title>{{}}<h1>Council votes for plan</h1>"
    assert choose(page.format(news("Council votes for plan"))).source == "h1"
    differs = choose(page.format(news("Plan for the harbour adopted by council")))
    assert differs.text == "Plan for the harbour adopted by council"


@pytest.mark.parametrize(
    "home", ["/", "https://www.lamp-news.example/", "https://www.lamp-news.example"]
)
def test_a_heading_that_links_home_is_the_name_of_the_site(home):
    """Blogs have their own name in the first-level heading, and the story's in a lesser one."""
    blog = "<h1><a href='{}'>The Grumpy Economist</a></h1>"
    title = "<title>The Grumpy Economist: Free market vaccines</title>"
    shared = meta("og:title", "Free market vaccines")
    page = f"{title}{shared}{blog.format(home)}<h3>Free market vaccines</h3><p>Text.</p>"
    assert choose(page).text == "Free market vaccines"
    assert choose(f"{blog.format('/world/12345')}<p>Text.</p>").text == "The Grumpy Economist"


@pytest.mark.parametrize(
    "trail",
    [
        "<ol><li><a href=/w>World</a></li><li class=breadcrumb-item><h1>{}</h1></li></ol>",
        "<div><h1 class=breadcrumb__headline>{}</h1></div>",
    ],
)
def test_a_heading_in_a_breadcrumb_trail_is_no_headline(trail):
    """Readers see another one, which the page shares."""
    trail = trail.format("Reactor towers blown up")
    shared = meta("og:title", "The end of a reactor: towers blown up")
    page = f"{shared}{news('Reactor towers blown up')}{trail}<h2>The end of a reactor: towers blown up</h2>"
    assert choose(page).text == "The end of a reactor: towers blown up"


def test_data_that_calls_the_story_by_the_name_of_the_site():
    """The part of the title element beside the heading is the site's name."""
    title = "<title>Old bridge opens after two years - The Coast</title>"
    heading = "<h1>Old bridge opens after two years</h1>"
    assert choose(title + news("The Coast") + heading).text == "Old bridge opens after two years"


def test_a_page_whose_title_element_is_the_name_of_the_site():
    """The heading above the first paragraph is the headline, unless the title is longer."""
    story = f"<p>{'The council voted for the plan of the old harbour on Tuesday. ' * 3}</p>"
    page = f"<title>Coast Online</title><h3>Council votes for the harbour</h3><p>16 May</p>{story}"
    assert choose(page).text == "Council votes for the harbour"
    longer = page.replace("Coast Online", "Why the harbour was rebuilt at last")
    assert choose(longer).text == "Why the harbour was rebuilt at last"


ARABIC = "البلدية تبدأ ترميم الجسر القديم"
CHINESE = "旧桥修缮工程下周开工 车辆需绕行"
JAPANESE = "古い橋の補修、来週から開始"
PARAGRAPHS = {
    ARABIC: "قال المهندس المشرف إن الأعمال ستستمر ستة أشهر، وإن الجسر يبقى مفتوحا للمشاة. " * 3,
    CHINESE: "市政府昨天宣布，旧桥的修缮工程将于下周开始，负责的工程师表示工程将持续六个月。" * 4,
    JAPANESE: "市は昨日、古い橋の補修工事を来週から始めると発表した。工事は六か月続くという。" * 4,
}


@pytest.mark.parametrize(
    ("title", "element"),
    [
        (ARABIC, "{} ‹ المنارة"),
        (ARABIC, "{}- صحيفة المنارة"),
        (ARABIC, "{} -صحيفة المنارة"),
        (ARABIC, "المنارة: محليات: {}"),
        (CHINESE, "{}_社会_明灯网"),
        (CHINESE, "{}-明灯网"),
        (CHINESE, "{}——明灯网"),
        (CHINESE, "{}丨明灯新闻"),
        (JAPANESE, "{}｜社会｜灯ニュース"),
        (JAPANESE, "{}：灯ニュース"),
        (JAPANESE, "{}【灯ニュース】"),
    ],
)
@pytest.mark.parametrize("shown", ["<h2>{}</h2>", "<div class=head>{}</div><p>2024-05-06</p>"])
def test_what_a_page_shows_above_its_text_is_parted_by_any_sign(title, element, shown):
    """Between a title and its site's name many languages put other signs, and no space."""
    page = f"<title>{element.format(title)}</title>{shown.format(title)}"
    assert choose(f"{page}<p>{PARAGRAPHS[title]}</p>").text == title


def test_a_heading_within_the_text_is_no_part_of_the_title():
    """A colon may be in a title, and what follows it the heading of a chapter."""
    title = "Oil prices fall: what it means for us"
    text = f"<p>{'The price of oil fell again on Monday, to the lowest of the year. ' * 3}</p>"
    page = f"<title>{title}</title>{text}<h2>What it means for us</h2>{text}"
    assert choose(page).text == title


@pytest.mark.parametrize(
    ("title", "site", "element"),
    [
        (CHINESE, "明灯网", "{}_社会_明灯网"),
        (CHINESE, "社会", "{}_社会_明灯网"),
        (CHINESE, "明灯网", "明灯网_{}"),
        (ARABIC, "صحيفة المنارة", "صحيفة المنارة - {}"),
        (ARABIC, "صحيفة المنارة", "{}- صحيفة المنارة"),
    ],
)
def test_a_first_level_heading_with_the_name_of_the_site(title, site, element):
    """It is a part of the title element, and the page shows another one below it."""
    page = f"<title>{element.format(title)}</title><h1>{site}</h1><h2>{title}</h2>"
    assert choose(f"{page}<p>{PARAGRAPHS[title]}</p>").text == title


def test_a_tagline_of_the_site_above_the_heading_is_no_story():
    """A handbook's page has a short name, and its head shows the longer one of the site."""
    text = f"<p>{'A review says what a book is about, and whether it is worth reading. ' * 3}</p>"
    page = "<title>Book Reviews – The Centre for Writing</title><div>The Centre for Writing</div>"
    assert choose(f"{page}<h1>Book Reviews</h1>{text}").text == "Book Reviews"


def test_soft_hyphens_part_no_words():
    """Pages have them in the headline that they show, and not in what they share."""
    title = "Erinnerung an die alte Brücke der Stadt"
    heading = "<h1><em>Gedenktag</em> Er\xadin\xadne\xadrung an die alte Brü\xadcke der Stadt</h1>"
    html = f"<title>{title}</title>{meta('og:title', title)}{heading}"
    assert choose(html).text.replace("\xad", "") == title


def test_titles_that_are_escaped_twice():
    """Systems escape what was escaped before; readers see it in no heading."""
    title = "City's bridge & harbour open again"
    shared = meta("og:title", "City&amp;#039;s bridge &amp;amp; harbour open again")
    assert choose(f"<title>The Lamp</title>{shared}").text == title


def test_a_title_element_for_searches_is_no_headline():
    """The address spells it as well, and readers see neither."""
    heading = "At last the council saves our bridge"
    page = f"<title>Bridge repairs 2024: date and closures</title><h1>{heading}</h1>"
    url = "https://www.lamp-news.example/bridge-repairs-date-closures"
    assert choose(page, url).text == heading


def test_a_short_heading_that_the_address_spells():
    """It is the headline, though all else calls the story otherwise."""
    shared = meta("og:title", "Lettering: how a typeface is drawn")
    page = (
        f"<title>Lettering: how a typeface is drawn</title>{shared}<h1>Making Lamp Sans Flex</h1>"
    )
    assert choose(page, "https://www.lamp.example/lamp-sans-flex").text == "Making Lamp Sans Flex"
    assert choose(page, "https://www.lamp.example/7").text != "Making Lamp Sans Flex"


def test_the_first_level_heading_of_a_chapter_is_no_headline():
    """One word of the title stands as a heading within the text."""
    title = "How we rebuilt Harbour, Market, and all of the old town"
    text = f"<p>{'The old town was rebuilt in four years by its own people. ' * 3}</p>"
    page = f"<title>{title}</title>{meta('og:title', title)}{text * 3}<h1>Market</h1>{text}"
    assert choose(page).text == title
    above = f"<title>Market | The Lamp</title><h1>Market</h1>{text * 3}"
    assert choose(above).text == "Market"
