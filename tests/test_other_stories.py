"""What on a story's page belongs to another story, or asks the reader for something."""

from __future__ import annotations

import pytest

from feedmaker import extract
from feedmaker.text import labels

TITLE = "Council votes for the new harbour plan"
LINES = [
    f"In part {number} of its plan the council says how the quay will be used, and who pays for it."
    for number in range(5)
]
STORY = "".join(f"<p>{line}</p>" for line in LINES)
OTHER = "".join(
    f"<p>Elsewhere the choir sang for {number} hours, as it does each year, and nobody left.</p>"
    for number in range(12)
)
CARD = f"<article><h3><a href=/2>A choir</a></h3>{OTHER[:84]}</article>"


def story(body):
    """The text of the story of a page with this body."""
    page = f"<html><head><title>{TITLE}</title></head><body>{body}</body></html>"
    return extract(page, "https://news.test/1").text


@pytest.mark.parametrize(
    "body",
    [
        f"<article><h1>{TITLE}</h1>{STORY}</article><div><article><h2>A choir</h2>{OTHER}</article></div>",
        f"<div class=s><h1>{TITLE}</h1>{STORY}</div><div class=s><h1>A choir</h1>{OTHER}</div>",
        f"<main><h1>{TITLE}</h1>{STORY}</main><div class=comments>{OTHER}</div>",
        f"<article><h1>{TITLE}</h1>{STORY}{CARD}</article>",
    ],
)
def test_what_has_another_headline_is_another_story(body):
    """The next article, the next story of endless scrolling, comments and cards, however long."""
    assert story(body) == "\n\n".join(LINES)


def test_articles_that_hold_most_of_the_text_are_parts_of_the_story():
    """An event's log has an `article` for each report."""
    log = "".join(
        f"<article><h3><a href=#{at}>At {at}</a></h3>{STORY}{at}</article>" for at in (1, 2)
    )
    assert story(f"<article><h1>{TITLE}</h1>{log}</article>").count("part 3") == 1


def test_a_part_of_the_story_goes_on_above_its_heading():
    """The sections of a page may be of one template, each with headings as large as the title."""
    own = f"<section><h1>{TITLE}</h1>{STORY}</section>"
    part = STORY.replace("quay", "crane")
    first, end, rest = part.partition("</p>")
    assert "crane" in story(f"{own}<section>{first}{end}<h1>What remains</h1>{rest}</section>")
    assert "crane" not in story(f"{own}<section><h1>What remains</h1>{part}</section>")


@pytest.mark.parametrize(
    "line",
    """Follow us on WhatsApp for breaking news
    Sign up here for our daily newsletter
    Get the best stories in your inbox every morning
    Abonnez-vous à notre newsletter
    Téléchargez notre application
    Únete a nuestro canal de WhatsApp
    Melden Sie sich für unseren Newsletter an
    Segui il nostro canale WhatsApp
    Siga nosso canal no WhatsApp
    Dołącz do nas na WhatsApp
    Bültenimize abone olun
    Подпишитесь на нашу рассылку
    Meld je aan voor onze nieuwsbrief
    انضموا إلى قناتنا على تلغرام
    انضم إلى قناة الموقع على تلغرام
    للاشتراك في خدمة الواتساب اضغط هنا
    به کانال تلگرام ما بپیوندید
    ہمارے واٹس ایپ چینل کو فالو کریں
    הצטרפו לערוץ הוואטסאפ שלנו
    يمكنكم متابعة المنارة على غوغل نيوز
    لا تنسوا الاشتراك في قناتنا على يوتيوب
    أهم الأخبار في بريدك كل صباح، سجّل الآن
    برای دریافت اخبار به کانال ما بپیوندید
    ہمیں فیس بک پر فالو کریں
    לעדכונים נוספים הורידו את האפליקציה
    Gabung di kanal WhatsApp kami""".splitlines(),
)
def test_a_line_that_advertises_the_site_is_a_request(line):
    """Newsletters, channels and applications, in the languages of the sites."""
    assert labels.requests([line.strip()]) == {line.strip(): "subscription"}


@pytest.mark.parametrize(
    "line",
    [
        "WhatsApp said on Tuesday that users can now follow channels of our friends",
        "The company launched an app that lets people get a taxi",
        "قالت الشركة إن تطبيق واتساب سيتيح لمستخدميه متابعة القنوات",
        "تابع المحققون الحساب على تلغرام قبل أن يغلقه الموقع نهائيا",
    ],
)
def test_news_about_such_services_are_no_request(line):
    """Somebody must be asked, for something of ours."""
    assert labels.requests([line]) == {}
