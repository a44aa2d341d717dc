"""What looks broken is not published: by what is known, over real HTTP, and healed by itself."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import feedparser
import pytest
from news_site import NOW, SENTENCES, News, article, listing
from records import phrase
from servers import Reply, Server, html

from feedmaker.model import Failure, Report, Section, State, StoredLink, Story
from feedmaker.policy import quarantine

SECTION = Section(slug="all", title="كل الأخبار", urls=("https://news.example/all",))
DAY = timedelta(days=1)


@pytest.fixture
def news(tmp_path):
    """A site with ten articles."""
    with Server() as server:
        site = News(server, tmp_path)
        site.publish(*range(10, 0, -1))
        yield site


def state(**how) -> State:
    """A section that is good and usually has 30 links."""
    return State(**{"status": "unchanged", "usual": 30, "since": NOW - 9 * DAY, **how})


# ---- what is decided


@pytest.mark.parametrize(
    ("count", "usual", "doubt"),
    [(30, 30, False), (11, 30, False), (10, 30, False), (9, 30, True), (1, 30, True), (1, 5, True), (1, 4, False),
     (1, 0, False), (400, 30, False)],
)  # fmt: skip
def test_a_listing_with_less_than_a_third_of_its_links_is_doubtful(count, usual, doubt):
    """Longer ones never are, and of short ones nothing is said."""
    assert bool(quarantine.listing_doubt(count, SECTION, state(usual=usual), NOW)) == doubt


def test_a_listing_that_stays_short_is_believed_after_two_days():
    """Then it is the site's new way, and its new length the usual one at once."""
    broken = state(status="quarantined", since=NOW - DAY)
    assert quarantine.listing_doubt(5, SECTION, broken, NOW)
    assert not quarantine.listing_doubt(5, SECTION, broken, NOW + DAY)
    good = Report(site="news", section="all", status="unchanged", links=5)
    assert quarantine.usual_links(broken, good) == 5
    assert not quarantine.listing_doubt(4, SECTION, state(usual=5), NOW)


def test_a_section_that_filters_by_words_has_no_usual_length():
    """There are as many links as there is news of its words."""
    assert not quarantine.listing_doubt(1, replace(SECTION, include=("زلزال",)), state(), NOW)


def test_the_usual_length_moves_with_good_runs_only():
    """By a fourth at a time; a run that failed or had no listing to read leaves it."""
    good = Report(site="news", section="all", status="published", links=50)
    assert quarantine.usual_links(state(usual=0), good) == 50
    assert quarantine.usual_links(state(), good) == 35
    assert quarantine.usual_links(state(), replace(good, links=None)) == 30
    assert quarantine.usual_links(state(), replace(good, status="kept")) == 30


def story(number: int, title: str = "", text: str = "") -> quarantine.FetchedStory:
    """A story and its link."""
    url = f"https://news.example/{number}"
    text = text or f"{SENTENCES[number % 4]} وهذا الخبر رقم {number}."
    headline = f"عنوان الخبر رقم {number}"
    link = StoredLink(url=url, key=url, story=url, title=headline, first_seen=NOW)
    return quarantine.FetchedStory(
        link,
        Story(url=url, title=title or f"عنوان الخبر رقم {number}", text=text),
    )


def test_stories_with_one_text_or_one_title_are_doubtful():
    """Three under different headlines; request numbers in the text do not make it another."""
    alike = [
        story(n, title="الموقع", text=f"لا يمكن عرض الصفحة الآن. رقم الطلب 8f2e{n}ab91")
        for n in range(3)
    ]
    good = [story(n) for n in (7, 8, 9)]
    assert set(quarantine.batch_doubts([*alike, *good], state(), NOW)) == {
        one.link.url for one in alike
    }
    titles = [story(n, title="صحيفة المدار") for n in range(3)]
    assert len(quarantine.batch_doubts(titles, state(), NOW)) == 3
    assert quarantine.batch_doubts(good, state(), NOW) == {}
    assert quarantine.batch_doubts(titles[:2], state(), NOW) == {}


def test_prices_in_one_frame_of_words_are_stories():
    """Stories that differ in their numbers only are what such pages are; one headline for one text
    is one story.
    """
    prices = [
        story(n, text=f"سجل سعر الذهب اليوم {4000 + n} درهما للأوقية في المعاملات الفورية")
        for n in range(5)
    ]
    assert quarantine.batch_doubts(prices, state(), NOW) == {}
    copies = [
        quarantine.FetchedStory(replace(link, title="فوز الفريق"), replace(one, text="فاز الفريق."))
        for link, one in map(story, range(3))
    ]
    assert quarantine.batch_doubts(copies, state(), NOW) == {}
    long = [story(n, text="كلمات القصة الطويلة " * 150) for n in range(3)]
    assert quarantine.batch_doubts([*long, *(story(n) for n in range(10, 20))], state(), NOW) == {}
    assert len(quarantine.batch_doubts([*long, story(10)], state(), NOW)) == 3


def test_one_title_is_believed_after_two_days_and_one_text_never():
    """A section of bulletins has one title; nothing has one text."""
    long = state(status="quarantined", since=NOW - 3 * DAY)
    titles = [story(n, title="نشرة الأخبار") for n in range(3)]
    assert quarantine.batch_doubts(titles, long, NOW) == {}
    assert quarantine.batch_doubts([story(n, text="لا شيء") for n in range(3)], long, NOW) != {}


def test_a_page_that_says_nothing_of_its_headline_is_not_its_story():
    """Unless it is long, or the headline says too little to tell; articles and endings of words
    make no difference.
    """
    headline = "افتتاح الحديقة العامة أمام الزوار بعد أعمال الصيانة"
    wall = Story(
        url="u", title="Welcome", text="Please choose your edition of our newspaper to go on."
    )
    assert quarantine.story_doubt(wall, headline, None)
    assert not quarantine.story_doubt(replace(wall, text="other words " * 400), headline, None)
    assert not quarantine.story_doubt(replace(wall, published=NOW), headline, None), (
        "a dated page is an article"
    )
    assert not quarantine.story_doubt(wall, "شاهد الفيديو", None)
    assert not quarantine.story_doubt(
        Story(url="u", title="حديقة عامة تفتح للزوار", text="صيانة حديقة"), headline, None
    )


def test_a_note_under_the_article_s_own_title_is_not_its_story():
    """In whatever words; for two days, since a short story may say the same in other words than its
    title's.
    """
    title = "افتتاح الحديقة العامة أمام الزوار بعد أعمال الصيانة"
    note = "نحرص على سلامة من يتصفحون الجريدة، ولذلك نطلب الضغط على الزر أدناه قبل الدخول، ثم نعرض المادة مباشرة."
    page = Story(url="u", title=title, text=note, published=NOW)

    def doubt(page: Story, headline: str = title, waited: timedelta = timedelta(0)) -> object:
        link = StoredLink(url="u", key="u", story="u", title=headline, first_seen=NOW - waited)
        return quarantine.batch_doubts([quarantine.FetchedStory(link, page)], state(), NOW)

    assert doubt(page)
    assert doubt(page, "")
    assert not doubt(page, title, 2 * DAY)
    assert not doubt(page, "السلامة في الجريدة"), "the listing's headline says it"
    assert not doubt(replace(page, text=f"{note} وتفتح الحديقة أبوابها للزوار."))
    assert not doubt(replace(page, text=note * 8))
    assert not doubt(replace(page, title="كلمة المحرر"))
    japanese = "市長が新しい公園を来週 金曜日に 開園すると 発表した 市民も歓迎"
    assert not doubt(replace(page, title=japanese), "")


def test_what_a_site_writes_under_all_its_videos_is_no_note(news):
    """Three titles over one short text, at once or one after the other: each is a story."""
    titles = (
        "بالفيديو حريق كبير يلتهم سوق المدينة القديمة",
        "بالفيديو افتتاح جسر جديد فوق النهر الكبير",
        "بالفيديو فوز المنتخب الوطني بكأس الأمم",
        "بالفيديو أمطار غزيرة تغلق طريق الجبل",
    )
    text = (
        "بالفيديو لمشاهدة كل جديد المدينة والوطني والكبير يمكنكم متابعة قناتنا الرسمية وتفعيل زر"
        " الجرس حتى يصلكم كل جديد من البرامج والتقارير اليومية فور نشرها على الموقع."
    )
    addresses = [f"/{number}-video-of-the-day.html" for number in range(4)]
    for at, title in zip(addresses, titles, strict=True):
        news.server.page(at, html(f"<article><h1>{title}</h1><p>{text}</p></article>"))
    for count in range(1, 5):
        listed = [*zip(addresses[:count], titles, strict=False)][::-1]
        rows = "".join(f'<li><h3><a href="{at}">{title}</a></h3></li>' for at, title in listed)
        news.server.page("/all", html(f"<main><ul>{rows}</ul></main>"))
        (report,) = news.run()
        assert (report.good, report.added) == (True, 1)
        news.now += timedelta(minutes=20)


def test_a_known_story_that_is_gone_from_its_page_is_not_replaced():
    """A correction keeps most words; another text in its place is no form of it."""
    old = Story(url="u", title="عنوان", text="\n\n".join(SENTENCES))
    assert quarantine.story_doubt(replace(old, text="مرحبا بكم في موقعنا الجديد"), "", old)
    assert not quarantine.story_doubt(replace(old, text="\n\n".join(SENTENCES[:2])), "", old)
    assert not quarantine.story_doubt(
        replace(old, text="\n\n".join((*SENTENCES, "تحديث"))), "", old
    )


def test_the_verdict_on_a_section_goes_by_what_came_of_its_articles():
    """One page at fault is a failed article; three, or one that the site puts before all, are a
    broken section.
    """
    page, site = (Failure(url="u", reason=phrase("r"), blame=blame) for blame in ("page", "site"))
    report = Report(site="news", section="all", status="unchanged")

    def status(*failures, before=None, **how):
        return quarantine.judge_articles(
            replace(report, failures=failures, **how), before or state()
        ).status

    assert status(page, page) == "unchanged"
    assert status(page, page, page) == "quarantined"
    assert status(site) == "quarantined"
    assert status(site, added=1) == "unchanged"
    assert status(page, page, page, same=1) == "unchanged"
    assert status(before=state(status="quarantined", doubted="articles")) == "quarantined"
    assert status(before=state(status="quarantined", doubted="listing")) == "unchanged"
    assert status(before=state(status="quarantined", doubted="articles"), same=1) == "unchanged"


# ---- over HTTP

NO_STORY = {
    "challenge": "<html><head><title>Just a moment...</title></head><body><script>window._cf_chl_opt={}</script>"
    "<h1>news.example</h1><p>Enable JavaScript and cookies to continue</p></body></html>",
    "challenge-ar": "<html><head><title>المدار</title></head><body><h1>المدار</h1>"
    "<p>نحتاج إلى التحقق من أنك إنسان قبل أن تتابع، يرجى الانتظار بضع ثوان ثم إعادة تحميل الصفحة.</p></body></html>",
    "consent": "<html><head><title>خصوصيتك تهمنا</title></head><body><h1>خصوصيتك تهمنا</h1><p>نحن وشركاؤنا نستخدم"
    " ملفات تعريف الارتباط لتخزين بياناتك. اضغط موافق للمتابعة.</p><a href='/privacy'>التفاصيل</a></body></html>",
    "login": "<html><head><title>تسجيل الدخول - المدار</title></head><body><form><input name=u>"
    "<input type=password name=p><button>دخول</button></form></body></html>",
    "error": "<html><head><title>المدار</title></head><body><h1>خطأ 404</h1><p>عذرا، الصفحة التي تبحث عنها غير موجودة"
    " أو تم نقلها إلى مكان آخر.</p><a href='/'>العودة إلى الصفحة الرئيسية</a></body></html>",
    "works": "<html><head><title>المدار</title></head><body><p>الموقع تحت الصيانة، سنعود قريبا.</p></body></html>",
    "frame": "<html><head><title>المدار</title></head><body><nav><a href='/'>الرئيسية</a></nav>"
    "<h1>عفوا، لا يمكننا إيجاد ما طلبته</h1><aside><ul>"
    + "".join(
        f"<li><a href='/{n}-garden-opens-again.html'>افتتاح الحديقة رقم {n} أمام الزوار بعد أعمال صيانة طويلة</a></li>"
        for n in range(60, 69)
    )
    + "</ul></aside></body></html>",
    "soft-404": "<html><head><title>المدار</title></head><body><h1><a href='/'>المدار</a></h1>"
    "<div><h1><span>القسم</span> غير موجود</h1></div><section><h2>آخر الأخبار</h2><ul>"
    + "".join(
        f"<li><a href='/world/{n}-x.html'>خبر من قسم آخر رقم {n} في هذا اليوم</a></li>"
        for n in range(70, 80)
    )
    + "</ul></section></body></html>",
    "shell": "<html><head><title>المدار</title><script src='/app.js'></script></head><body><p></p></body></html>",
    "php": "<br><b>Warning</b>: mysqli_connect(): (HY000/2002): No such file or directory in <b>/home/u/db.php</b> on"
    " line <b>7</b><br>Connection failed: No such file or directory, and nothing else can be said of it.",
    "unknown": "<html><head><title>Edition</title></head><body><article><h1>Choose your edition</h1><p>Dear reader,"
    " please choose the edition of our newspaper that you want to go on with; it takes a moment, thank you very much."
    "</p></article></body></html>",
}


def page(kind: str) -> Reply:
    """Such a page, with status 200."""
    return Reply(NO_STORY[kind].encode(), headers={"Content-Type": "text/html; charset=utf-8"})


def files(news: News) -> dict[str, tuple[bytes, int]]:
    """The feed files: bytes and time."""
    return {
        p.name: (p.read_bytes(), p.stat().st_mtime_ns)
        for p in (news.folder / "out" / "news").iterdir()
    }


@pytest.mark.parametrize("kind", NO_STORY)
def test_a_wall_before_the_whole_site_publishes_nothing_and_heals(news, kind):
    """Listing and articles answer with it: the files stay as they are, and since when is told; then
    it is over.
    """
    news.run()
    good = files(news)
    for path in list(news.server.routes):
        news.server.page(path, page(kind))
    broke = news.now = NOW + timedelta(hours=2)
    (report,) = news.run()
    assert (report.good, report.since, report.told, bool(str(report.reason or ""))) == (
        False,
        broke,
        False,
        True,
    )
    news.now += timedelta(hours=1)
    (report,) = news.run()
    assert (report.good, report.since, report.told) == (False, broke, True)
    assert files(news) == good
    news.publish(*range(11, 0, -1))
    news.now += timedelta(hours=1)
    (report,) = news.run()
    assert (report.status, report.told) == ("published", True)
    assert news.links()[0] == "11"


@pytest.mark.parametrize("kind", NO_STORY)
def test_a_wall_before_the_articles_alone_publishes_nothing_and_heals(news, kind):
    """The listing is there, with four new links: none becomes an item, and none is lost."""
    news.run()
    good = files(news)
    news.server.page("/all", listing(*range(14, 0, -1)))
    for number in range(11, 15):
        news.server.page(f"/{number}-garden-opens-again.html", page(kind))
    news.now += timedelta(minutes=20)
    (report,) = news.run()
    assert report.status == "quarantined", report
    assert len(report.failures) == 4
    news.now += timedelta(seconds=1)  # nothing is due: it is still broken
    assert news.run()[0].status == "quarantined"
    assert files(news) == good
    news.publish(*range(14, 0, -1))
    news.now += timedelta(hours=1)
    (report,) = news.run()
    assert (report.good, report.told, report.added) == (True, True, 4)
    assert sorted(map(int, news.links())) == list(range(1, 15))


@pytest.mark.parametrize("kind", NO_STORY)
def test_a_first_run_before_a_wall_writes_no_feed(news, kind):
    """Neither an error as an item nor an empty feed."""
    for path in list(news.server.routes):
        if path != "/all":
            news.server.page(path, page(kind))
    (report,) = news.run()
    assert report.status == "quarantined"
    assert not news.path().exists()
    news.publish(*range(10, 0, -1))
    news.now += timedelta(minutes=20)
    assert news.run()[0].status == "published"
    assert len(news.links()) == 10


@pytest.mark.parametrize("kind", NO_STORY)
def test_a_known_article_behind_a_wall_keeps_its_story(news, kind):
    """Asked again after an hour, its page is a wall: its story is no worse for it."""
    news.run()
    good = files(news)
    news.server.page("/3-garden-opens-again.html", page(kind))
    news.now += timedelta(hours=1, minutes=1)
    (report,) = news.run()
    assert [failure.url for failure in report.failures] == [
        news.server.url("/3-garden-opens-again.html")
    ]
    assert files(news) == good


DEMANDS = {
    "subscribe-ar": "<p>هذا المقال متاح للمشتركين فقط.</p><p>لمواصلة القراءة اشترك الآن في باقة المدار بلس ابتداء من"
    " ثلاثة دولارات شهريا، واحصل على جميع المقالات والتحليلات بلا إعلانات.</p>",
    "blocker-ar": "<p>يبدو أنك تستخدم مانع إعلانات. الإعلانات هي مصدر دخلنا الوحيد، فالمرجو تعطيل مانع الإعلانات ثم"
    " تحديث الصفحة.</p>",
    "login-ar": "<p>يجب تسجيل الدخول لقراءة هذا الخبر كاملا. ليس لديك حساب؟ أنشئ حسابا مجانيا في أقل من دقيقة وتابع"
    " القراءة.</p>",
    "en": "<p>This article is for subscribers only.</p><p>To continue reading, subscribe now for one dollar.</p>",
    "fr": "<p>Cet article est réservé à nos abonnés.</p><p>Il vous reste 85 % de cet article à lire. Déjà abonné ?</p>",
}


@pytest.mark.parametrize("kind", DEMANDS)
def test_a_demand_in_place_of_the_text_alone_makes_a_teaser_and_heals(news, kind):
    """Title, date and the page's own description are the article's; the full text takes its place
    once it is there.
    """
    whole = article(11)
    said = "وافتتحت البلدية الحديقة رقم 11 صباح اليوم أمام سكان الحي."
    head = f'<head><meta property="og:type" content="article"><meta name="description" content="{said}">'
    before = whole.body.decode().partition("</h1>")[0].replace("<head>", head)
    body = f"{before}</h1><div>{DEMANDS[kind]}</div></article></body></html>"
    closed = replace(whole, body=body.encode(), headers={**whole.headers, "ETag": '"closed"'})
    news.publish(*range(11, 0, -1))
    news.server.page("/11-garden-opens-again.html", closed)
    assert news.run()[0].status == "published"
    (entry,) = (e for e in feedparser.parse(news.path().read_bytes()).entries if "/11-" in e.link)
    assert said in entry.content[0].value
    assert entry.tags[0].term == "مقتطف"
    assert "القراءة" not in news.path().read_text("utf-8")
    assert "subscribe" not in news.path().read_text("utf-8")
    news.server.page("/11-garden-opens-again.html", whole)
    news.now += timedelta(hours=1, minutes=1)
    assert news.run()[0].changed == 1
    (entry,) = (e for e in feedparser.parse(news.path().read_bytes()).entries if "/11-" in e.link)
    assert SENTENCES[3] in entry.content[0].value


def test_a_shrunken_listing_is_not_taken_until_it_is_whole_again(news):
    """Three links where there were ten: nothing of it is fetched or published."""
    news.run()
    good = files(news)
    news.publish("a", "b", "c")
    news.now += timedelta(hours=1)
    (report,) = news.run()
    assert (report.status, "3 links instead of about 10" in str(report.reason or "")) == (
        "quarantined",
        True,
    )
    assert news.server.paths() == ["/all"]
    assert files(news) == good
    news.publish(*range(11, 0, -1))
    news.now += timedelta(hours=1)
    (report,) = news.run()
    assert (report.status, report.told) == ("published", False)  # one blip is no news


def test_stories_that_are_all_the_same_text_are_not_published(news):
    """Whatever it says and whatever their links say."""
    news.run()
    good = files(news)
    news.server.page("/all", listing(*range(15, 0, -1)))
    for number in range(11, 16):
        same = "".join(f"<p>{sentence}</p>" for sentence in SENTENCES)
        title = f"افتتاح الحديقة رقم {number} أمام الزوار بعد أعمال صيانة طويلة"
        news.server.page(
            f"/{number}-garden-opens-again.html", html(f"<article><h1>{title}</h1>{same}</article>")
        )
    news.now += timedelta(minutes=20)
    (report,) = news.run()
    assert (report.status, "the same text" in str(report.reason or "")) == ("quarantined", True)
    assert files(news) == good


def test_stories_whose_titles_are_all_alike_are_not_published(news):
    """A redesign that puts the site's name where the titles were."""
    news.run()
    good = files(news)
    news.server.page("/all", listing(*range(15, 0, -1)))
    for number in range(11, 16):
        news.server.page(
            f"/{number}-garden-opens-again.html",
            article(number, title="صحيفة المدار اليومية المستقلة"),
        )
    news.now += timedelta(minutes=20)
    (report,) = news.run()
    assert (report.status, "the same title" in str(report.reason or "")) == ("quarantined", True)
    assert files(news) == good
