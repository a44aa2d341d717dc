"""When a story was published and changed, by trust among what a page says."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta

import pytest
from selectolax.lexbor import LexborHTMLParser

from feedmaker.article.about import read_metadata
from feedmaker.model import Rules
from feedmaker.model.trace import Trace

URL = "https://lamp-news.example/world/12345"
TITLE = "<h1>افتتاح الجسر الجديد في المدينة</h1>"
DATA = "2024-05-04T10:30:00+03:00"
META = '<meta property="article:published_time" content="2024-05-05T10:30:00+03:00">'
TIME = '<time datetime="2024-05-06T10:30:00+03:00">x</time>'
TEXT = "<p>الثلاثاء 7 مايو 2024</p>"
IN_URL = "https://lamp-news.example/2024/05/08/bridge"


def read(html, url=URL, *, timezone="UTC", now=None, trace=None):
    """What a page says."""
    tree = LexborHTMLParser(html)
    return read_metadata(
        tree, url, rules=Rules(), language="ar", timezone=timezone, now=now, trace=trace
    )


def data(**dates):
    """A JSON-LD block with these dates."""
    block = {"@type": "NewsArticle", "headline": "H", **dates}
    return f'<script type="application/ld+json">{json.dumps(block, ensure_ascii=False)}</script>'


@pytest.mark.parametrize(
    ("html", "url", "day", "source"),
    [
        (data(datePublished=DATA) + META + TITLE + TIME + TEXT, IN_URL, 4, "JSON-LD datePublished"),
        (META + TITLE + TIME + TEXT, IN_URL, 5, "meta article:published_time"),
        (TITLE + TIME + TEXT, IN_URL, 6, "time"),
        (TITLE + TEXT, IN_URL, 7, "visible text"),
        (TITLE, IN_URL, 8, "URL"),
        (TITLE + "<p>نص</p>" * 40 + "<p class=post-date>9/5/2024</p>", URL, 9, "element"),
    ],
)
def test_trust_decides_between_dates(html, url, day, source):
    """JSON-LD, meta, time, visible text, URL: the first that is there wins, and the trace says
    which.
    """
    trace = Trace()
    assert read(html, url, trace=trace).published.day == day
    assert read(html, url).published.day == day
    assert next(c.source for c in trace.choices if c.name == "published") == source


def test_the_losing_dates_are_told():
    """Whoever asks sees every date of the page with its place, not only the winner."""
    trace = Trace()
    read(data(datePublished=DATA) + META + TITLE + TIME + TEXT, IN_URL, trace=trace)
    losers = {
        source for source, _ in next(c.losers for c in trace.choices if c.name == "published")
    }
    assert losers >= {"meta article:published_time", "time", "visible text", "URL"}


@pytest.mark.parametrize(
    "broken",
    [
        "",
        "yesterday evening",
        "0000-00-00T00:00:00",
        "0001-01-01T00:00:00Z",
        "9999-12-31",
        "2024-02-30",
    ],
)
def test_an_unreadable_or_absurd_date_gives_way_to_the_next(broken):
    """A date that is none is no winner: the next source is asked."""
    assert read(data(datePublished=broken) + META + TITLE).published.day == 5


@pytest.mark.parametrize(
    "shown",
    [
        "الأربعاء، 07 أكتوبر 2020 - 12:09 م",
        "1399/07/16 12:09",
        "2020-10-07T12:09:00",
        "2020-10-07 12:09",
        "7 October 2020, 12:09",
    ],
)
def test_published_time_may_hold_what_people_read(shown):
    """Arabic display strings and Persian solar dates stand in article:published_time; they are in
    the site's zone.
    """
    found = read(
        f'<meta property="article:published_time" content="{shown}">', timezone="Asia/Riyadh"
    )
    assert found.published == datetime.fromisoformat("2020-10-07T12:09:00+03:00")


def test_the_future_is_distrusted_when_now_is_known():
    """A date beyond tomorrow is no publication date; one that clocks may explain is."""
    now = datetime(2024, 5, 6, 12, tzinfo=UTC)
    assert read(data(datePublished="2024-05-09T10:00:00Z") + META, now=now).published.day == 5
    assert read(data(datePublished="2024-05-06T15:00:00Z") + META, now=now).published.day == 6


def test_local_time_labelled_utc_is_put_right():
    """Where the page shows the same clock time without a zone, the Z in its metadata is wrong."""
    html = data(datePublished="2024-05-04T10:30:00Z") + TITLE
    shown = html + "<p>السبت 4 مايو 2024 - 10:30</p>"
    right = datetime.fromisoformat("2024-05-04T10:30:00+03:00")
    assert read(shown, timezone="Asia/Riyadh").published == right
    assert read(html, timezone="Asia/Riyadh").published == right + timedelta(hours=3)
    assert read(shown, timezone="UTC").published == right + timedelta(hours=3)
    assert read(
        html + "<p>السبت 4 مايو 2024 - 13:30</p>", timezone="Asia/Riyadh"
    ).published == right + timedelta(hours=3)


@pytest.mark.parametrize(
    ("line", "published", "modified"),
    [
        ("آخر تحديث: 7 مايو 2024", 7, 7),
        ("نشر في 4 مايو 2024 - آخر تحديث 7 مايو 2024", 4, 7),
        ("May 4, 2024. Updated: May 7, 2024", 4, 7),
        ("Last updated on May 7, 2024", 7, 7),
        ("Published May 4, 2024", 4, None),
    ],
)
def test_what_a_line_dates(line, published, modified):
    """A line may say when the story was published, when changed, or both; a change dates it where
    nothing else does.
    """
    found = read(TITLE + f"<p>{line}</p>")
    assert found.published.day == published
    assert (found.modified.day if found.modified else None) == modified


def test_a_relative_date_needs_to_know_now():
    """«منذ ساعتين» dates a story when the time is known, and nothing otherwise."""
    now = datetime(2024, 5, 5, 10, 30, tzinfo=UTC)
    html = TITLE + "<p>منذ ساعتين</p><p>افتتح الملك الجسر.</p>"
    assert read(html, now=now).published == now - timedelta(hours=2)
    assert read(html).published is None


def test_a_hidden_change_date_dates_no_page():
    """A page that says only in metadata when it was last saved has no publication date."""
    found = read('<meta property="article:modified_time" content="2024-05-05T10:30:00Z">' + TITLE)
    assert found.published is None
    assert found.modified == datetime(2024, 5, 5, 10, 30, tzinfo=UTC)


def test_a_change_just_now_is_the_time_of_serving():
    """A last update that moves with each request says nothing about the story."""
    now = datetime(2024, 5, 5, 10, 31, tzinfo=UTC)
    html = data(datePublished="2024-05-04T10:30:00Z", dateModified="2024-05-05T10:30:40Z")
    assert read(html, now=now).modified is None
    assert read(html, now=now + timedelta(hours=1)).modified is not None


@pytest.mark.parametrize(
    "html",
    [
        TITLE + "<p>افتتح الملك الجسر.</p>",
        "<div>الاثنين 6 مايو 2024</div><p>1</p><p>2</p><p>3</p><p>4</p><p>5</p>"
        + TITLE
        + "<p>افتتح الملك الجسر.</p>",
        TITLE
        + "<p>الجسر القديم وقد بني على النهر الكبير وسط المدينة القديمة في 12 أبريل 1998 كما يبدو</p>",
        TITLE
        + "<p>نص</p>" * 40
        + "<div class=related><time datetime=2024-05-06>6 مايو</time></div>",
        "<title>x</title><p>الاثنين 6 مايو 2024</p>",
    ],
)
def test_a_page_without_a_date_has_none(html):
    """The page's clock, a date in a sentence and the dates of other stories are not the story's."""
    assert read(html).published is None


@pytest.mark.parametrize(
    ("url", "day"),
    [
        ("https://lamp.example/2024/05/08/bridge", 8),
        ("https://lamp.example/2024/5/8/bridge.html", 8),
        ("https://lamp.example/news/2024-05-08-bridge", 8),
        ("https://lamp.example/20240508/bridge", 8),
        ("https://lamp.example/2024/middle_east/5/8/bridge/index.html", 8),
        ("https://lamp.example/2024/05/bridge", None),
        ("https://lamp.example/2024/13/45/bridge", None),
        ("https://lamp.example/news/2024050812345", None),
    ],
)
def test_a_date_in_the_address(url, day):
    """Year, month and day in the path date a page; less than that does not."""
    found = read(TITLE, url).published
    assert (found.day if found else None) == day


def test_a_date_in_the_title_element():
    """A part of the title element that is a date and nothing else dates a page that has no other."""
    assert (
        read("<title>افتتاح الجسر الجديد | المنارة | 08.05.2024</title>" + TITLE).published.day == 8
    )
    assert read("<title>افتتاح الجسر 2024 - ماذا بعد؟</title>" + TITLE).published is None


def test_the_element_that_shows_the_date_is_handed_on():
    """The visible date's element is known, so that the body can leave it out."""
    assert read(TITLE + TIME).date_node.tag == "time"
    assert read(TITLE + TEXT).date_node.text() == "الثلاثاء 7 مايو 2024"


@pytest.mark.parametrize("text", ["10/31/2024", "Updated: 10/31/2024", "Thu, 10/31/2024 - 11:38"])
def test_the_month_comes_first_where_it_must_and_on_american_pages(text):
    """10/31/2024 is a date for English readers; 10/11/2024 is October for American ones only."""
    page = "<html lang={}><body><h1>The bridge opens today</h1><p>{}</p>"
    assert read(page.format("en", text)).published.date().isoformat() == "2024-10-31"
    assert read(page.format("en-US", text)).published.date().isoformat() == "2024-10-31"
    ambiguous = text.replace("31", "11").replace("Thu", "Fri")
    assert read(page.format("en-US", ambiguous)).published.date().isoformat() == "2024-10-11"


@pytest.mark.parametrize("lang", ["ar", "en", "en-GB"])
def test_a_weekday_says_in_which_order_a_date_is(lang):
    """11 October 2024 was a Friday, 10 November 2024 a Sunday; without a weekday the day is first."""
    page = f"<html lang={lang}><body><h1>The bridge opens today</h1><p>{{}}</p>"
    shown = {
        "10/11/2024 - 11:38": "2024-11-10",
        "Fri, 10/11/2024 - 11:38": "2024-10-11",
        "Sun, 10/11/2024 - 11:38": "2024-11-10",
    }
    for text, day in shown.items():
        assert read(page.format(text)).published.date().isoformat() == day


def test_a_date_of_the_last_building_gives_way_to_an_earlier_one_shown():
    """A page changed at the very moment it was published was stamped by machine; one changed later
    was not.
    """
    shown = "<h1>The bridge opens today</h1><p>August 25, 2024</p>"
    first = "2025-06-24T10:00:00Z"
    stamped = data(headline="The bridge opens today", datePublished=first, dateModified=first)
    edited = data(
        headline="The bridge opens today", datePublished=first, dateModified="2025-06-25T10:00:00Z"
    )
    for trace in (None, Trace()):
        assert read(stamped + shown, trace=trace).published.year == 2024
        assert read(edited + shown, trace=trace).published.year == 2025
    assert read(stamped + shown.replace("August 25, 2024", "June 23, 2025")).published.month == 6


def test_a_page_is_not_published_after_its_last_change():
    """Of two publications that a page states, the one before its last change is one; a lone one is
    believed.
    """
    served = '<meta name="published-time" content="2026-03-09T08:45:32Z">'
    changed = '<meta name="modified-date" content="2024-07-30">'
    for trace in (None, Trace()):
        first = '<meta name="published-date" content="2021-02-16">'
        assert read(served + first + changed + TITLE, trace=trace).published.year == 2021
        assert read(served + changed + TITLE, trace=trace).published.year == 2026


def test_a_page_that_states_no_change_may_have_moved_since_it_was_published():
    """An earlier date in a short line below the headline is the publication's; in a sentence it is
    something else's.
    """
    moved = data(headline="The bridge opens today", datePublished="2024-08-07T12:01:51Z")
    assert read(f"{moved}<h1>The bridge opens today</h1><p>Dec 30, 2013</p>").published.year == 2013
    sentence = "<p>Earlier versions of this text have been here since they were first published on Dec 30, 2013.</p>"
    assert read(f"{moved}<h1>The bridge opens today</h1>{sentence}").published.year == 2024


@pytest.mark.parametrize(
    ("line", "day"),
    [
        (
            "<p>by Amanda · May 8, 2024 at 3:00 am · View all comments on this story of the bridge</p>",
            8,
        ),
        ("<p>Mi 08.05.24 | 14:07 Uhr | Von Ann Lee</p>", 8),
        ("<p>Version 08.05.24.1</p>", None),
        ("<figcaption>Radio of the city | May 8, 2024 | Picture: Bo Ek</figcaption>", None),
    ],
)
def test_a_date_among_other_parts_of_a_line(line, day):
    """A part of a line dates the story by itself, the year in two digits too; a picture's caption
    dates the picture.
    """
    found = read(f"<h1>The bridge opens today</h1>{line}").published
    assert (found.day if found else None) == day


def test_the_time_element_nearest_to_the_headline_dates_the_story():
    """What stands above may be news in brief, each with its own date."""
    brief = "".join(f"<p>Item {n} <time datetime='2025-12-{n}'>12/{n}</time></p>" for n in (10, 11))
    story = "<h1>The bridge opens today</h1><p><time datetime='2017-03-01'>March 1</time></p>"
    assert read(brief + story).published.year == 2017


@pytest.mark.parametrize(
    ("below", "day"),
    [
        ("<p>April 8, 2024</p>", 8),
        ("<p>April 8, 2024</p><p>May 9, 2024</p>", None),
        ("<p>Updated April 8, 2024</p>", 8),
    ],
)
def test_the_only_date_below_the_title_is_the_storys(below, day):
    """Alone in its line, and no other; one of a change dates a page that shows no other, as
    everywhere.
    """
    html = (
        "<p>May 1, 2024</p>"
        + "<p>x</p>" * 9
        + "<h1>The bridge opens today</h1>"
        + "<p>text</p>" * 40
        + below
    )
    found = read(html).published
    assert (found.day if found else None) == day


def test_an_only_date_dates_a_page_that_shows_no_title():
    """Where no line is the title there is no above and below; a page without paragraphs tells its
    clock.
    """
    text = "<p>The mayor opened the new bridge over the river today, and said that it had cost less than planned.</p>"
    assert read(f"<title>The bridge</title><p>April 8, 2024</p>{text}").published.day == 8
    assert read("<title>The bridge</title><p>April 8, 2024</p><p>Home</p>").published is None


@pytest.mark.parametrize(
    ("state", "day"),
    [
        ('<script>let page = {"datePublished":"2024-05-04T10:00:00Z","id":7}</script>', 4),
        ('<div data-page=\'{"published_at": "2024-05-04"}\'></div>', 4),
        ("<div data-page='{&quot;publishedAt&quot;:&quot;2024-05-04&quot;}'></div>", 4),
        ('<script>a({"publishedAt":"2024-05-04"}, {"publishedAt":"2024-05-05"})</script>', None),
        ('<script>a({"publisherSince":"2024-05-04"})</script>', None),
    ],
)
def test_the_state_of_a_page_dates_it_where_it_knows_one_day(state, day):
    """What scripts start from names the day of the story; where it names several, they are of other
    stories, too.
    """
    found = read(f"<h1>The bridge opens today</h1><p>text</p>{state}").published
    assert (found.day if found else None) == day


@pytest.mark.parametrize(
    ("url", "local"),
    [
        ("https://lamp-news.example/2024/05/03/bridge", "2024-05-03T23:30:00-03:00"),
        ("https://lamp-news.example/2024/05/04/bridge", "2024-05-04T02:30:00+00:00"),
        ("https://lamp-news.example/2024/05/01/bridge", "2024-05-04T02:30:00+00:00"),
        ("https://lamp-news.example/bridge", "2024-05-04T02:30:00+00:00"),
    ],
)
def test_an_instant_in_utc_has_the_day_of_the_pages_address(url, local):
    """The instant stays; only its zone is one in which it is the day that the address names, if
    there is one.
    """
    assert read(data(datePublished="2024-05-04T02:30:00Z"), url).published.isoformat() == local


def test_a_persian_year_in_iso_form_is_persian():
    """1403 is no year of the web; some pages of Iran write it in the form of ISO 8601."""
    published = read(data(datePublished="1403-09-03T10:15:00+03:30")).published
    assert published.date().isoformat() == "2024-11-23"


def test_what_a_time_element_shows_is_read_where_its_attribute_is_none():
    """«منشور في ...» in a `time` element whose attribute no one can read."""
    html = TITLE + "<time datetime='soon'>نشر بواسطة سارة علي - 6 مايو 2024</time>"
    assert read(html).published.date().isoformat() == "2024-05-06"


# ---- whose date it is

NOW = datetime(2026, 3, 18, 12, 40, tzinfo=UTC)
STORY = (
    "<p>أعلنت بلدية المدينة انتهاء أعمال ترميم الجسر القديم الذي يربط ضفتي الوادي، بعد عامين من"
    " إغلاقه أمام السيارات.</p>"
)
SHORT_COMMENT = "<p>شكرا لكم</p>"


@pytest.mark.parametrize(
    "above",
    [
        '<div class="hdr-date">الأربعاء 18 مارس 2026</div>',
        '<div><time datetime="2026-03-18">الأربعاء 18 مارس 2026</time></div>',
        '<div><time datetime="2026-03-18T12:39:00Z">15:39</time></div>',
        '<span class="current-date">18/03/2026</span>',
    ],
)
def test_the_clock_above_the_headline_dates_no_story(above):
    """Today's date at the top of a page is the reader's; the story's own counts, or none."""
    page = f"<body>{above}<article>{TITLE}{{}}{STORY}</article>"
    assert read(page.format(""), now=NOW).published is None
    assert read(page.format("<p>16 مارس 2026</p>"), now=NOW).published.day == 16
    assert read(page.format("<p>18 مارس 2026</p>"), now=NOW).published.day == 18


def test_the_date_in_the_pages_header_dates_no_story():
    """It is the day of the visit, also where nobody says which day that is."""
    header = '<header><a href="/">الأفق</a><span>الخميس 12 مارس 2026</span></header>'
    page = f"<body>{header}<main><article>{{}}{TITLE}{STORY}</article></main>"
    assert read(page.format("")).published is None
    assert read(page.format("<header>16 مارس 2026</header>")).published.day == 16


@pytest.mark.parametrize(
    "below",
    [
        f'<section class="comments"><time datetime="2026-03-17">أمس</time>{SHORT_COMMENT}</section>',
        f'<section id="comments"><span class="date">17 مارس 2026</span>{SHORT_COMMENT}</section>',
        '<div class="sidebar"><ul><li>خبر آخر 17 مارس 2026</li></ul></div>',
        '<aside><a href="/1">خبر آخر</a> <time datetime="2026-03-17">أمس</time></aside>',
        '<div><ul><li><a href="/1">خبر آخر في المدينة</a> <b class="date">17/03/2026</b></ul></div>',
    ],
)
def test_dates_of_comments_and_of_other_stories_date_no_story(below):
    """They lose to what the story shows, marked or not, and are not taken in its place."""
    page = f"<body><main><article>{TITLE}{{}}{STORY}</article>{below}</main>"
    assert read(page.format("")).published is None
    assert read(page.format("<p>نشر في: 16 مارس 2026</p>")).published.day == 16


@pytest.mark.parametrize(
    "shown",
    [
        '<time datetime="1773729000"></time>',
        '<time datetime="1773729000123">أمس</time>',
        '<span class="ago" data-time="1773729000">منذ يوم</span>',
        '<span class="post-date" data-date="2026-03-17T09:30:00+03:00"></span>',
        '<abbr class="published" title="2026-03-17T06:30:00Z">أمس</abbr>',
        data(datePublished=1773729000000),
        data(datePublished="/Date(1773729000000)/"),
        '<meta property="article:published_time" content="1773729000">',
    ],
)
def test_what_a_page_states_for_machines_in_other_forms(shown):
    """Seconds and milliseconds since 1970, ASP.NET's form, and attributes that scripts read."""
    found = read(f"<body><article>{TITLE}{shown}{STORY}</article>", now=NOW).published
    assert found.replace(second=0, microsecond=0).isoformat().startswith("2026-03-17T")
    assert found.astimezone(UTC).strftime("%H:%M") == "06:30"


@pytest.mark.parametrize(
    ("shown", "published", "modified"),
    [
        ("更新日：2026年3月16日 公開日：2026年3月15日10:05", "15T10:05", "16T00:00"),
        ("입력 2026.03.15. 오후 3:20 수정 2026.03.16. 오전 9:00", "15T15:20", "16T09:00"),
        ("时间：2026-03-15 10:05:12 来源：本报", "15T10:05", None),
        ("עודכן: 16.03.2026 | פורסם: 15.03.2026, 10:05", "15T10:05", "16T00:00"),
        ("Giriş: 15.03.2026 - 10:05 Güncelleme: 15.03.2026 - 11:20", "15T10:05", "15T11:20"),
        ("Δημοσίευση: 15 Μαρτίου 2026, 10:05 | Ενημέρωση: 16 Μαρτίου 2026", "15T10:05", "16T00:00"),
        ("آخر تحديث: 15 مارس 2026 10:05 - نشر: 14 مارس 2026 09:00", "14T09:00", "15T10:05"),
        ("15.03.26, 10:05 Uhr", "15T10:05", None),
    ],
)
def test_labels_tell_which_date_is_which(shown, published, modified):
    """In each language, and in either order."""
    found = read(f"<body><article>{TITLE}<p>{shown}</p>{STORY}</article>")
    assert found.published.isoformat()[8:16] == published
    assert (found.modified.isoformat()[8:16] if found.modified else None) == modified


def test_the_moment_of_rendering_loses_to_the_date_shown():
    """Some systems state when they served the page."""
    stated = '<meta property="article:published_time" content="2026-03-18T12:39:58+00:00">'
    shown = '<time datetime="2026-03-10T09:00:00+03:00">10 مارس</time>'
    page = f"{stated}<body><article>{TITLE}{{}}{STORY}</article>"
    assert read(page.format(shown), now=NOW).published.day == 10
    assert read(page.format(""), now=NOW).published.day == 18


def test_a_date_in_a_box_called_a_teaser_is_the_storys_own_beside_its_headline():
    """Some themes give the parts of a story the names of cards."""
    meta = "<div class=listing-meta>Paddy · 16 مارس 2026</div>"
    page = f"<body><article>{TITLE}{{}}{STORY}</article>{{}}"
    assert read(page.format(meta, "")).published.day == 16
    assert read(page.format("", meta)).published is None


@pytest.mark.parametrize(
    ("name", "shown", "day"),
    [
        ("date", "20.11.2024", 20),
        ("date", "28.11.2024", 28),
        ("date", "Aktualisiert: 28.11.2024", 24),
        ("date", "25.11.2024", 24),  # may be the same day elsewhere
        ("article:published_time", "28.11.2024", 24),  # may be a change
    ],
)
def test_metadata_that_is_called_a_date_gives_way_to_another_day_shown(name, shown, day):
    """It may be the day of writing or of building; a publication is called so."""
    stated = f'<html lang=de><meta name="{name}" content="2024-11-24T09:00:00+01:00">'
    page = f"{stated}<body><article><h1>Die Brücke ist offen</h1><p>{shown}</p>{STORY}</article>"
    for trace in (None, Trace()):
        assert read(page, trace=trace).published.day == day


def test_a_stated_day_shown_with_the_month_first_is_no_other_day():
    """11/01/2024 is the first of November where that is stated, and the dots are never so."""
    stamp = "2024-11-01T05:00:14+01:00"
    stated = data(headline="Die Brücke ist offen", datePublished=stamp, dateModified=stamp)
    page = f"<html lang=de>{stated}<h1>Die Brücke ist offen</h1>"
    assert read(f"{page}<p>11/01/2024</p>").published.isoformat() == stamp
    assert read(f"{page}<p>11.01.2024</p>").published.month == 1


def test_the_day_of_the_url_ends_the_doubt_about_the_stated_one():
    """An older date at the headline is then of something else."""
    stamp = "2024-05-08T16:45:00+03:00"
    stated = data(headline="The bridge opens today", datePublished=stamp, dateModified=stamp)
    page = f"{stated}<h1>The bridge opens today</h1><p>May 2, 2024</p>"
    assert read(page).published.day == 2
    assert read(page, IN_URL).published.day == 8


@pytest.mark.parametrize(
    ("path", "day"),
    [
        ("/local/2024-05/08/c_17.htm", 8),
        ("/2024/05/08", 8),
        ("/2024/05/08.html", 8),
        ("/2024-05-08-bridge", 8),
        ("/20240508/bridge", 8),
        ("/2024/05/8-questions-about-the-bridge", None),
        ("/2024-05/12-questions-about-the-bridge", None),
    ],
)
def test_the_number_that_a_title_begins_with_is_no_day(path, day):
    """A day in a URL is a folder, or joined to its month."""
    found = read(TITLE, f"https://lamp-news.example{path}").published
    assert (found.day if found else None) == day


def test_a_time_that_says_when_it_was_published_is_believed_before_its_attribute():
    """Systems put the last change there."""
    page = TITLE + '<time datetime="2024-05-09T10:00:00Z">{} 4 مايو 2024</time>' + STORY
    assert read(page.format("نُشر في")).published.day == 4
    assert read(page.format("")).published.day == 9


def test_a_film_may_be_older_than_its_story():
    """What else is stated of the publication comes first."""
    film = data(uploadDate="2015-01-16T14:53:35+01:00")
    assert read(film + META + TITLE).published.isoformat() == "2024-05-05T10:30:00+03:00"
    assert read(film + TITLE).published.year == 2015


def test_a_stated_day_gets_its_time_from_another_statement():
    """Only where that is of the same day, and states a time."""
    day = data(headline="The bridge opens today", datePublished="2024-05-05")
    page = f"{day}<h1>The bridge opens today</h1>"
    for trace in (None, Trace()):
        exact = read(META + page, trace=trace).published
        assert exact.isoformat() == "2024-05-05T10:30:00+03:00"
    other = META.replace("05-05", "05-06")
    assert read(other + page).published.isoformat() == "2024-05-05T00:00:00+00:00"
    bare = META.replace("T10:30:00+03:00", "")
    assert read(bare + page).published.isoformat() == "2024-05-05T00:00:00+00:00"


def test_a_quoted_post_does_not_date_the_story():
    """Nor do the marked times of other stories, where one stands at the headline."""
    post = "<blockquote><p>A post</p><time datetime=2023-10-01T10:00Z>Oct 1</time></blockquote>"
    assert read(TITLE + STORY + post).published is None
    cards = "<ul>" + 3 * "<li><b>Other</b><time pubdate datetime=2024-05-01>1</time></li>" + "</ul>"
    assert read(f"{cards}<article>{TITLE}{TIME}{STORY}</article>").published.day == 6


def test_a_date_in_rdfa_is_one():
    """As Drupal states it, in elements that nobody sees."""
    hidden = '<span property="schema:dateCreated" content="2024-05-08T12:45:46+00:00"></span>'
    assert read(TITLE + STORY + hidden).published.day == 8
    assert read(TITLE + STORY + hidden.replace("schema:date", "schema:")).published is None


@pytest.mark.parametrize(
    ("note", "day"),
    [
        ("آخر تعديل: 9 مايو 2024<br>تاريخ النشر: 7 مايو 2024<br>القراءات: 61", 7),
        ("This entry was posted on Tuesday, May 7th, 2024 at 10:00 am and is filed under News", 7),
        ("Veröffentlicht: 7.5.2024<p>Veröffentlicht: 8.5.2024", None),
        ("Posted on the growers' forum on 2024-05-07:", None),
    ],
)
def test_a_note_below_the_story_says_when_it_was_published(note, day):
    """Where it is the only one, and nothing else dates the story."""
    found = read(f"<article>{TITLE}{20 * STORY}<p>{note}</p></article>").published
    assert (found.day if found else None) == day


@pytest.mark.parametrize(
    "line",
    ["Deadline: 2 مايو 2024", "Registriert: 2.5.2008", "عضو منذ 2 مايو 2019", "Born: 2 May 1969"],
)
def test_a_date_that_is_called_something_else_is_no_publication(line):
    """An event, a member, a person: the date behind it may be the story's."""
    page = f"<article>{TITLE}<div>{line}</div>{{}}{STORY}</article>"
    assert read(page.format("")).published is None
    assert read(page.format("<div>7 مايو 2024</div>")).published.day == 7


def test_a_header_of_the_story_is_not_that_of_the_page():
    """It holds the headline; a date beside that is no clock, nor is one in the story's own card."""
    date_line = "<div>8 مايو 2024</div>"
    own = f"<header>{date_line}{TITLE}<p>{'كلام المقدمة الطويلة هنا ' * 9}</p></header>{STORY}"
    assert read(f"<article>{own}</article>").published.day == 8
    page = f"<header>{date_line}</header><article>{TITLE}{STORY}</article>"
    assert read(page).published is None


def test_signs_of_a_date_are_no_words_of_its_line():
    """«2024年5月8日 08時00分» beside the name of a desk is a line that is there for its date."""
    line = "<p>ランプ 新聞 編集部 国際 経済 2024年05月08日 08時00分</p>"
    later = "<p>2017年6月8日に他の新聞に掲載</p>"
    assert read(f"<article>{TITLE}{line}{STORY}{later}</article>").published.year == 2024
