"""What on a story's page belongs to another story, or asks the reader for something."""

from __future__ import annotations

import pytest

from feedmaker import ExtractError, extract
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
    Gabung di kanal WhatsApp kami
    للمزيد من الأخبار تابعونا على قناتنا في تليجرام
    تبرع الآن: ادعم الصحافة المستقلة
    اپلیکیشن ما را نصب کنید
    از روزنامه‌نگاری مستقل حمایت کنید
    ہمارے یوٹیوب چینل کو سبسکرائب کریں
    תמכו בעיתונות עצמאית
    Bağımsız gazeteciliğe destek olun
    Sostieni il giornalismo indipendente
    Subscreva a nossa newsletter
    Descarregue a nossa aplicação
    Поддержите нашу редакцию — оформите ежемесячное пожертвование
    Wesprzyj nas, jeśli cenisz niezależne dziennikarstwo
    Independent journalism needs you: become a member today""".splitlines(),
)
def test_a_line_that_advertises_the_site_is_a_request(line):
    """Newsletters, channels and applications, in the languages of the sites."""
    assert labels.requests([line.strip()]) == {line.strip(): "subscription"}


@pytest.mark.parametrize(
    ("line", "site", "asks"),
    [
        ("Follow The Harbour Post on WhatsApp for breaking news", "The Harbour Post", True),
        ("Follow The Harbour Post on WhatsApp for breaking news", "The Valley Mail", False),
        ("به کانال تلگرام کرانه بپیوندید", "روزنامه کرانه", True),
        ("حمّل تطبيق المرسى على هاتفك", "صحيفة المرسى", True),
        ("حمّل تطبيق المرسى على هاتفك", "صحيفة النهر", False),
        ("Ακολουθήστε τη Φωνή του Νησιού στο Google News", "Η Φωνή του Νησιού", True),
        ("Scarica l'app de La Voce", "La Voce di Montalto", True),
        ("Follow the channels of the port on WhatsApp", "The", False),
    ],
)
def test_what_bears_the_name_of_the_site_is_ours(line, site, asks):
    """It is enough if half of the longer words of the name stand there."""
    assert (line in labels.requests([line], [site])) == asks


@pytest.mark.parametrize("site", ["<meta property=og:site_name content='Harbour Post'>", ""])
def test_the_name_of_the_site_stands_in_its_head_or_behind_the_title(site):
    """Of another title than the story's, nothing is its name."""
    line = "<p>Follow Harbour Post on Telegram for all that is new</p>"
    title = TITLE if site else f"{TITLE} | Harbour Post"
    body = f"<body><h1>{TITLE}</h1>{STORY}{line}{STORY.replace('quay', 'pier')}</body>"
    told = extract(f"<html><head><title>{title}</title>{site}</head>{body}", "https://a.test/1")
    assert "Telegram" not in told.text
    other = f"<html><head><title>{TITLE}</title></head>{body}"
    assert "Telegram" in extract(other, "https://a.test/1").text


def test_an_article_above_the_headline_is_another_story():
    """It has a headline of its own that is a link, and may be the only `article`."""
    above = f"<article><h2><a href=/2>A choir</a></h2>{OTHER[:170]}</article>"
    assert story(f"<main>{above}<div><h1>{TITLE}</h1>{STORY}</div></main>") == "\n\n".join(LINES)


def test_the_words_before_a_link_may_announce_another_story():
    """With its excerpt below, in one box."""
    card = f"<div><div><span>Read also</span><a href=/2>A choir in the old harbour</a>{OTHER[:84]}</div></div>"
    halves = STORY.split("</p>", 2)
    body = f"<h1>{TITLE}</h1><div>{halves[0]}</p>{halves[1]}</p>{card}{halves[2]}</div>"
    assert story(body) == "\n\n".join(LINES)


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


@pytest.mark.parametrize(("words", "is_left"), [("إعلان", False), ("من أرشيف الميناء", True)])
def test_a_picture_in_a_box_that_says_advertisement_is_one(words, is_left):
    """And no more: whatever its file is called and wherever it leads."""
    after = STORY.replace("quay", "pier")
    box = f"<div><p>{words}</p><a href=https://b.test><img src=/offer.jpg></a></div>"
    page = f"<html><head><title>{TITLE}</title></head><h1>{TITLE}</h1>{STORY}{box}{after}"
    assert ("offer.jpg" in extract(page, "https://news.test/1").html) == is_left


def test_a_short_report_in_chinese_characters_is_a_story():
    """A character says what two letters of an alphabet do."""
    text = "県は十七日、沿岸部の津波注意報をすべて解除したと発表した。"
    head = f"<title>{TITLE}</title><meta property=og:type content=article>"
    page = f"<html lang=ja><head>{head}</head><h1>{TITLE}</h1><main><p>{text}</p></main>"
    assert extract(page, "https://news.test/1").text == text


def test_cards_may_stand_in_columns():
    """Each of the excerpts of a section's page stands in a box in a box of one template."""
    columns = "".join(
        f"<div class=col><div><h2><a href=/{at}>A choir</a></h2><p>{line}</p></div></div>"
        for at, line in enumerate(LINES)
    )
    with pytest.raises(ExtractError):
        story(f"<h1>Culture</h1><div class=row>{columns}</div>")
