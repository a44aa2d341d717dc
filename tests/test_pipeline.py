"""The main path over real HTTP: what is fetched when, what is kept, and what a failure leaves
alone.
"""

from __future__ import annotations

import asyncio
import subprocess
import sys
from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from time import sleep

import feedparser
import pytest
from news_site import NOW, SENTENCES, News, article, listing
from servers import Reply, Server, html, redirect

from feedmaker import pipeline
from feedmaker.model import Section
from feedmaker.model.errors import LockedError, StoreError
from feedmaker.output import overview
from feedmaker.pipeline import PageProcess
from feedmaker.store import Store, lock
from feedmaker.store.links import note_changed
from feedmaker.store.stories import Stories


def test_a_first_run_makes_a_feed_of_each_format_and_the_pages(news):
    """Listing and articles are fetched once each; feeds, index and OPML are out and parse."""
    (report,) = news.run()
    assert (report.status, report.links, report.added, report.failures) == ("published", 3, 3, ())
    assert sorted(news.server.paths()) == [
        "/1-garden-opens-again.html",
        "/2-garden-opens-again.html",
        "/3-garden-opens-again.html",
        "/all",
    ]
    for form in ("atom", "rss"):
        feed = feedparser.parse(news.path(form=form).read_bytes())
        assert not feed.bozo
        assert feed.entries[0].title.startswith("افتتاح الحديقة")
    assert (news.folder / "out" / "index.html").exists()
    assert not feedparser.parse((news.folder / "out" / "feeds.opml").read_bytes()).bozo


def test_an_unchanged_run_is_one_conditional_request_and_no_write(news):
    """304 for the listing, no robots.txt, no article, and no file touched."""
    news.run()
    times = {
        path: path.stat().st_mtime_ns for path in (news.folder / "out").rglob("*") if path.is_file()
    }
    (report,) = news.run()
    assert (report.status, report.links) == ("unchanged", None)
    assert news.server.paths(robots=True) == ["/all"]
    assert times == {
        path: path.stat().st_mtime_ns for path in (news.folder / "out").rglob("*") if path.is_file()
    }


def test_a_new_article_is_fetched_alone_and_comes_first(news):
    """Known articles are not asked for again within the hour."""
    news.run()
    news.publish(4, 3, 2, 1)
    news.server.page("/4-garden-opens-again.html", article(4, date="2026-11-21T10:00:00+03:00"))
    (report,) = news.run()
    assert (report.added, sorted(news.server.paths())) == (
        1,
        ["/4-garden-opens-again.html", "/all"],
    )
    assert news.links()[0] == "4"


def test_known_articles_are_asked_again_and_a_correction_keeps_the_id(news):
    """After an hour each is asked conditionally; the changed one has a new text and a later
    `updated`.
    """
    news.run()
    before = {entry.link: entry for entry in feedparser.parse(news.path().read_bytes()).entries}
    news.server.page("/2-garden-opens-again.html", article(2, text="مصحح "))
    news.now += timedelta(hours=1, minutes=1)
    (report,) = news.run()
    assert (report.changed, report.added) == (1, 0)
    assert len(news.server.paths()) == 4
    for entry in feedparser.parse(news.path().read_bytes()).entries:
        old = before[entry.link]
        assert (entry.id, entry.published) == (old.id, old.published)
        assert (entry.updated_parsed > old.updated_parsed) is entry.link.endswith(
            "/2-garden-opens-again.html"
        )


def test_a_failed_article_is_tried_again_though_the_listing_is_unchanged(news):
    """It is missing for the moment, told when it fails again, tried after pauses, and then in the
    feed.
    """
    good = article(2)
    news.server.page("/2-garden-opens-again.html", Reply(b"", 500))
    (report,) = news.run()
    assert [(f.url.rsplit("/")[-1], str(f.reason or ""), f.again) for f in report.failures] == [
        ("2-garden-opens-again.html", "status 500", False)
    ]
    assert "2" not in news.links()
    (report,) = news.run()
    assert news.server.paths() == ["/all"]
    news.now += timedelta(minutes=6)
    (report,) = news.run()
    assert [f.again for f in report.failures] == [True]
    news.server.page("/2-garden-opens-again.html", good)
    news.now += timedelta(minutes=21)
    (report,) = news.run()
    assert (report.added, sorted(news.links())) == (1, ["1", "2", "3"])


def test_a_store_that_fails_while_articles_are_fetched_ends_the_run(news, monkeypatch):
    """It is no mistake of one section: the error is raised as it is."""
    news.run()
    news.server.page("/2-garden-opens-again.html", article(2, text="مصحح "))
    news.now += timedelta(hours=1, minutes=1)

    def fail(*_given):
        raise StoreError("the disk is gone")

    monkeypatch.setattr(Stories, "get", fail)
    with pytest.raises(StoreError, match="the disk is gone"):
        news.run()


def test_a_page_that_is_gone_is_not_asked_again_and_its_story_stays(news):
    """404 ends the asking; a story that was had is kept."""
    news.run()
    for number in (1, 2, 3):
        news.server.page(f"/{number}-garden-opens-again.html", Reply(b"", 404))
    news.now += timedelta(hours=2)
    (report,) = news.run()
    assert {str(failure.reason or "") for failure in report.failures} == {"status 404"}
    assert report.good
    news.now += timedelta(hours=30)
    news.run()
    assert news.server.paths() == ["/all"]
    assert sorted(news.links()) == ["1", "2", "3"]


@pytest.mark.parametrize(("status", "tries"), [(404, 5), (410, 1)])
def test_an_article_that_is_not_there_yet_is_asked_for_some_hours(news, status, tries):
    """404 may be a listing that is ahead of its site, and ends the asking after six hours; 410 ends
    it at once.
    """
    news.server.page("/2-garden-opens-again.html", Reply(b"", status))
    asked = 0
    for quarter in range(4 * 30):
        news.now = NOW + timedelta(minutes=15 * quarter)
        news.run()
        asked += news.server.paths().count("/2-garden-opens-again.html")
    assert asked == tries
    news.publish(4, 3, 2, 1)
    news.server.page("/4-garden-opens-again.html", Reply(b"", status))
    news.run()
    news.server.page("/4-garden-opens-again.html", article(4))
    news.now += timedelta(minutes=20)
    news.run()
    assert ("4" in news.links()) is (status == 404)


@pytest.mark.parametrize(
    "broken",
    [
        Reply(b"", 500),
        Reply(b"", 404),
        Reply(b"", hang_up=True),
        html("<h1>لا شيء هنا</h1>"),
        Reply(b"%PDF-1.7 x", headers={"Content-Type": "application/pdf"}),
    ],
)
def test_a_broken_listing_leaves_the_last_good_feed_and_heals(news, broken):
    """Whatever happens to the section page, the feed stays byte for byte; told when it fails again,
    daily, and when it heals.
    """
    news.run()
    good = news.path().read_bytes()
    news.server.page("/all", broken)
    told = []
    for hour in (1, 2, 3, 26, 27):
        news.now = NOW + timedelta(hours=hour)
        (report,) = news.run()
        told.append(report.told)
        assert (report.good, bool(str(report.reason or ""))) == (False, True)
        assert news.path().read_bytes() == good
    assert told == [False, True, False, True, False]
    news.publish(3, 2, 1)
    news.now += timedelta(hours=1)
    (report,) = news.run()
    assert (report.good, report.told) == (True, True)


def test_one_broken_section_or_site_stops_no_other(news):
    """A section that fails and a site that is down leave the rest as it should be."""
    (section,) = news.site.sections
    bad = replace(section, slug="bad", urls=(news.server.url("/none"),))
    site = replace(news.site, sections=(bad, section))
    down = replace(
        news.site,
        slug="down",
        home="http://127.0.0.1:9/",
        sections=(replace(section, urls=("http://127.0.0.1:9/",)),),
    )
    reports = asyncio.run(pipeline.build_feeds(news.settings, [down, site], now=NOW))
    assert [(r.site, r.section, r.good) for r in reports] == [
        ("down", "all", False),
        ("news", "bad", False),
        ("news", "all", True),
    ]
    assert sorted(news.links()) == ["1", "2", "3"]


def test_an_article_in_two_sections_is_fetched_once_under_one_id(news):
    """The second section shows it without asking for it again."""
    news.server.page("/other", listing(2, 9))
    news.server.page("/9-garden-opens-again.html", article(9))
    (section,) = news.site.sections
    news.site = replace(
        news.site,
        sections=(section, replace(section, slug="other", urls=(news.server.url("/other"),))),
    )
    news.run()
    assert news.server.paths().count("/2-garden-opens-again.html") == 1
    ids = [
        {e.link: e.id for e in feedparser.parse(news.path(s).read_bytes()).entries}
        for s in ("all", "other")
    ]
    shared = ids[0].keys() & ids[1].keys()
    assert {link.rsplit("/", 1)[1] for link in shared} == {"2-garden-opens-again.html"}
    assert all(ids[0][link] == ids[1][link] for link in shared)


def test_a_page_of_several_blocks_is_asked_once_in_a_run(news):
    """Two sections on the home page, by heading, cost one request."""
    rows = "<li><a href=/{0}-garden-opens-again.html>افتتاح الحديقة رقم {0} أمام الزوار بعد صيانة</a></li>"
    block = "".join(
        f"<section><h2>{name}</h2><ul>{''.join(map(rows.format, numbers))}</ul></section>"
        for name, numbers in (("آخر الأخبار", (3, 2, 1)), ("الأكثر قراءة", (1, 3)))
    )
    news.server.page("/", html(block, ETag='"home"'))
    one = Section(slug="latest", title="آخر", heading="اخر الاخبار", max_age=0)
    two = Section(slug="most-read", title="الأكثر", heading="الأكثر قراءة", max_age=0)
    news.site = replace(news.site, sections=(one, two))
    news.run()
    assert news.server.paths().count("/") == 1
    assert (sorted(news.links("latest")), sorted(news.links("most-read"))) == (
        ["1", "2", "3"],
        ["1", "3"],
    )
    reports = news.run()
    assert news.server.paths() == ["/"]
    assert {report.status for report in reports} == {"unchanged"}


def test_a_section_behind_a_navigation_label_is_found_and_found_again(news):
    """The label leads to the listing; when that address breaks, the label is followed anew."""
    nav = '<nav><a href="/{0}">رياضة محلية</a> <a href="/x">اقتصاد</a></nav>'
    news.server.page("/", html(nav.format("all")))
    news.run(urls=(), nav="رياضة محلية")
    assert sorted(news.links()) == ["1", "2", "3"]
    news.run()
    assert news.server.paths() == ["/all"]
    news.server.page("/", html(nav.format("moved")))
    news.server.page("/all", Reply(b"", 404))
    news.publish(4, 3, 2, 1, path="/moved")
    (report,) = news.run()
    assert report.good
    assert sorted(news.links()) == ["1", "2", "3", "4"]


def test_a_redirected_link_and_its_target_are_one_story(news):
    """An old and a new address in one listing give one item."""
    news.server.page("/all", listing("old", "new", 1))
    news.server.page("/old-garden-opens-again.html", redirect("/new-garden-opens-again.html"))
    news.server.page("/new-garden-opens-again.html", article("new"))
    (report,) = news.run()
    assert sorted(news.links()) == ["1", "new"]
    assert report.added == 2


COPY = (
    "أعلنت شركة المياه أن خزان التل الجديد دخل الخدمة صباح اليوم بعد عامين من العمل المتواصل في حفر النفق وبناء السد.",
    "وقال المهندس المشرف إن الخزان يكفي أحياء المدينة الجنوبية ثلاثة أسابيع إذا انقطعت مياه النهر في أشهر الصيف.",
    "وأضاف أن فرق الصيانة استبدلت أنابيب قديمة تعود إلى سبعينيات القرن الماضي وكانت تتسرب منها كميات كبيرة كل يوم.",
    "وعبر سكان حي الزيتون عن ارتياحهم، وتذكر بعضهم مواسم كانوا ينتظرون فيها الصهاريج ساعات طويلة أمام المسجد.",
)


def copied(title: str, category: str, *paragraphs: str) -> Reply:
    """An article page in a section of its site."""
    head = f'<title>{title}</title><meta property="article:section" content="{category}">'
    text = "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)
    return html(
        f'<html lang="ar"><head>{head}</head><article><h1>{title}</h1>{text}</article></html>'
    )


def test_one_agency_copy_under_two_urls_is_one_item_in_the_categories_of_both(news):
    """In two sections, under two headlines, with a sentence more: one id, and the copy is not
    fetched again.
    """
    first = copied("خزان التل يدخل الخدمة بعد عامين من العمل", "محليات", *COPY)
    extra = "وكانت بلدية المدينة قد وعدت بافتتاح الخزان في الربيع."
    second = copied(
        "مياه تكفي المدينة ثلاثة أسابيع", "اقتصاد", f"المدار - {COPY[0]}", *COPY[1:], extra
    )
    for number, page in ((1, first), (2, second)):
        news.server.page(f"/{number}-garden-opens-again.html", page)
    news.publish(3)
    news.server.page("/all", listing(1, 3))
    news.server.page("/other", listing(2, 3))
    (section,) = news.site.sections
    other = replace(section, slug="other", urls=(news.server.url("/other"),))
    news.site = replace(news.site, sections=(section, other))
    reports = news.run()
    assert [report.added for report in reports] == [2, 0]
    assert (sorted(news.links()), sorted(news.links("other"))) == (["1", "3"], ["1", "3"])
    news.run()  # the first section was out before the second one's copy was had
    for slug in ("all", "other"):
        entries = {e.link: e for e in feedparser.parse(news.path(slug).read_bytes()).entries}
        (entry,) = (e for link, e in entries.items() if "/1-" in link)
        assert [tag.term for tag in entry.tags] == ["محليات", "اقتصاد"]
        assert entry.title.startswith("خزان التل")
    before = [news.path(slug).read_bytes() for slug in ("all", "other")]
    news.now += timedelta(hours=2)
    reports = news.run()
    assert "/2-garden-opens-again.html" not in news.server.paths()
    assert [report.status for report in reports] == ["unchanged", "unchanged"]
    assert before == [news.path(slug).read_bytes() for slug in ("all", "other")]


def test_a_corrected_original_keeps_the_categories_of_its_copy(news):
    """A correction changes the one item; its id and the copy's category stay."""
    news.server.page(
        "/1-garden-opens-again.html", copied("خزان التل يدخل الخدمة بعد عامين", "محليات", *COPY)
    )
    news.server.page("/all", listing(1))
    news.run()
    (entry,) = feedparser.parse(news.path().read_bytes()).entries
    news.server.page(
        "/2-garden-opens-again.html", copied("مياه تكفي المدينة ثلاثة أسابيع", "اقتصاد", *COPY)
    )
    news.server.page("/all", listing(2, 1))
    (report,) = news.run()
    assert (report.status, news.links()) == ("published", ["1"])
    fresh = (COPY[0].replace("عامين", "ثلاثة أعوام"), *COPY[1:])
    news.server.page(
        "/1-garden-opens-again.html", copied("خزان التل يدخل الخدمة بعد عامين", "محليات", *fresh)
    )
    news.now += timedelta(hours=2)
    (report,) = news.run()
    assert report.changed == 1
    (after,) = feedparser.parse(news.path().read_bytes()).entries
    assert (after.id, [tag.term for tag in after.tags]) == (entry.id, ["محليات", "اقتصاد"])
    assert "ثلاثة أعوام" in after.content[0].value


def test_an_article_that_leads_home_is_no_story(news):
    """A removed article that redirects to the home page is named, not published."""
    news.server.page("/", article("home"))
    news.server.page("/2-garden-opens-again.html", redirect("/"))
    (report,) = news.run()
    (failure,) = report.failures
    assert str(failure.reason) == f"{news.server.url('/')}: leads to the home page"
    assert sorted(news.links()) == ["1", "3"]


def test_an_article_that_leads_to_a_section_is_no_story(news):
    """Nor is one that redirects to the list that it stood in, which might be read as a story."""
    news.server.page("/2-garden-opens-again.html", redirect("/all"))
    news.server.page("/3-garden-opens-again.html", redirect("/sport/"))
    news.server.page("/sport/", article("sport"))
    sport = replace(news.site.sections[0], slug="sport", urls=(news.server.url("/sport"),))
    news.site = replace(news.site, sections=(news.site.sections[0], sport))
    report, _ = news.run()
    assert {str(failure.reason) for failure in report.failures} == {
        f"{news.server.url('/all')}: leads to a section's page",
        f"{news.server.url('/sport/')}: leads to a section's page",
    }
    assert news.links() == ["1"]


def test_the_cap_of_new_articles_leaves_the_rest_for_the_next_run(news):
    """`max_new` holds for the site; nothing is lost, also when the listing answers 304."""
    news.site = replace(news.site, fetch=replace(news.site.fetch, max_new=2))
    (report,) = news.run()
    assert (report.added, report.waiting) == (2, 1)
    (report,) = news.run()
    assert (report.added, report.waiting) == (1, 0)
    assert sorted(news.links()) == ["1", "2", "3"]


def test_a_site_that_takes_too_long_keeps_what_it_has(news):
    """When the budget is used up the late articles are named, the others are published, and the
    next run goes on.
    """
    slow = [True]

    def answer(_):
        if slow[0]:
            sleep(4)
        return article(2)

    news.server.page("/2-garden-opens-again.html", answer)
    news.site = replace(news.site, fetch=replace(news.site.fetch, budget=2.5))
    (report,) = news.run()
    assert report.good
    assert [
        ("2-garden" in failure.url, "next run" in str(failure.reason or ""))
        for failure in report.failures
    ] == [(True, True)]
    assert sorted(news.links()) == ["1", "3"]
    slow[0] = False
    (report,) = news.run()
    assert sorted(news.links()) == ["1", "2", "3"]


def test_filters_choose_the_stories_of_a_section(news):
    """`match` by URL, `include` and `exclude` by words of the title."""
    for number, title in (
        (1, "فوز كبير للفريق الأول في البطولة"),
        (2, "خسارة ثقيلة للفريق الأول في البطولة"),
    ):
        news.server.page(f"/{number}-garden-opens-again.html", article(number, title=title))
    news.run(exclude=("خسارة",), match=r"/[12]-garden")
    assert news.links() == ["1"]
    news.run(exclude=(), include=("الرابطة", "خسارة"), match=r"/[12]-garden")
    assert news.links() == ["2"]


def test_a_sitemap_and_a_feed_do_as_listings(news):
    """Their links are taken, and the full stories are fetched."""
    urls = "".join(
        f"<url><loc>{news.server.url(f'/{n}-garden-opens-again.html')}</loc></url>" for n in (1, 2)
    )
    head = '<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">'
    news.server.page(
        "/map.xml",
        Reply(f"{head}{urls}</urlset>".encode(), headers={"Content-Type": "application/xml"}),
    )
    index = f"<?xml version='1.0'?><sitemapindex><sitemap><loc>{news.server.url('/map.xml')}</loc></sitemap></sitemapindex>"
    news.server.page(
        "/index.xml", Reply(index.encode(), headers={"Content-Type": "application/xml"})
    )
    link = news.server.url("/3-garden-opens-again.html")
    item = f"<item><title>عنوان</title><link>{link}</link><description>قصير</description></item>"
    rss = f'<?xml version="1.0"?><rss version="2.0"><channel><title>t</title>{item}</channel></rss>'
    news.server.page("/rss", Reply(rss.encode(), headers={"Content-Type": "application/rss+xml"}))
    news.run(urls=(news.server.url("/index.xml"), news.server.url("/rss")))
    assert sorted(news.links()) == ["1", "2", "3"]
    texts = [entry.content[0].value for entry in feedparser.parse(news.path().read_bytes()).entries]
    assert all(sentence in text for text in texts for sentence in SENTENCES)


def test_what_died_between_saving_and_publishing_is_healed(news):
    """Stories in the store whose feed was never written are published by the next run, listing
    unchanged or not.
    """
    news.run()
    with Store(Path(news.settings.store)) as store:
        note_changed(store._db, next(store.stories.of_section("news", "all")).id)
    news.path().unlink()
    (report,) = news.run()
    assert (report.status, sorted(news.links())) == ("published", ["1", "2", "3"])


def test_a_lost_store_costs_no_feed(news):
    """With the store gone and the site down the files stay; with the site up they are the same
    again.
    """
    news.run()
    good = news.path().read_bytes()
    Path(news.settings.store).unlink()
    news.server.page("/all", Reply(b"", 503))
    news.run()
    assert news.path().read_bytes() == good
    news.publish(3, 2, 1)
    news.run()
    assert news.path().read_bytes() == good


def test_a_changed_configuration_is_seen_though_the_site_is_unchanged(news):
    """A new title is in the feed at once; fewer items too."""
    news.run()
    (report,) = news.run(title="عنوان جديد", items=2)
    assert report.status == "published"
    feed = feedparser.parse(news.path().read_bytes())
    assert (feed.feed.title, len(feed.entries)) == ("الموقع: عنوان جديد", 2)


def test_a_run_while_another_is_at_work_ends_at_once(news):
    """The lock is the store's."""
    with lock(Path(news.settings.store)), pytest.raises(LockedError):
        news.run()
    assert news.server.paths() == []


@pytest.mark.slow
def test_a_killed_run_loses_nothing_and_doubles_nothing(news, tmp_path):
    """SIGKILL at many points of a run, then a run: every file parses all along, and all stories are
    there once.
    """
    numbers = list(range(30, 0, -1))
    news.publish(*numbers)
    config = tmp_path / "config"
    (config / "sites").mkdir(parents=True)
    (config / "feedmaker.toml").write_text("max_age = 0\n[fetch]\ndelay = 0\n", "utf-8")
    section = f'[[sections]]\nslug = "all"\ntitle = "كل"\nurls = ["{news.server.url("/all")}"]\n'
    (config / "sites" / "news.toml").write_text(
        f'name = "n"\nhome = "{news.server.url("/")}"\n{section}', "utf-8"
    )
    command = [sys.executable, "-m", "feedmaker", "build", "--config", str(config)]
    for tenths in range(4, 16):
        process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        try:
            process.wait(tenths / 10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        for path in (tmp_path / "out").rglob("*.xml"):
            assert not feedparser.parse(path.read_bytes()).bozo
    assert subprocess.run(command, check=False).returncode == 0
    assert sorted(map(int, news.links())) == sorted(numbers)
    ids = [entry.id for entry in feedparser.parse(news.path().read_bytes()).entries]
    assert len(set(ids)) == len(ids)


@pytest.fixture
def stored(tmp_path, where):
    """The same site, on each of the two databases."""
    with Server() as server:
        site = News(server, tmp_path, where)
        site.publish(3, 2, 1)
        yield site


def test_the_main_path_is_the_same_on_both_databases(stored):
    """First run, unchanged run, a new article, a correction, a failure that heals."""
    (report,) = stored.run()
    assert (report.status, report.added) == ("published", 3)
    (report,) = stored.run()
    assert (report.status, stored.server.paths(robots=True)) == ("unchanged", ["/all"])
    stored.publish(4, 3, 2, 1)
    stored.server.page("/4-garden-opens-again.html", article(4, date="2026-11-21T10:00:00+03:00"))
    (report,) = stored.run()
    assert (report.added, stored.links()[0]) == (1, "4")
    stored.now += timedelta(hours=2)
    stored.server.page("/2-garden-opens-again.html", article(2, text="تصحيح "))
    (report,) = stored.run()
    assert (report.changed, len(stored.links())) == (1, 4)
    stored.server.page("/all", Reply(status=500))
    (report,) = stored.run()
    assert report.status == "kept"
    stored.publish(5, 4, 3, 2, 1)
    stored.now += timedelta(days=1)
    (report,) = stored.run()
    assert (report.status, report.told, len(stored.links())) == ("published", False, 5)


def test_another_folder_is_published_from_the_store_alone(stored):
    """A web host asks no site: its feeds are the same bytes, written once, and again only where
    something changed.
    """
    stored.run()
    stored.server.requests.clear()
    host = replace(stored.settings, out=str(stored.folder / "host"))

    async def publish_all() -> list[str]:
        with closing(PageProcess()) as process, Store(host.store) as store:
            published = overview.publish_all(host, [stored.site], store, NOW, work=process.call)
            return [report.status async for report in published]

    def publish() -> list[str]:
        return asyncio.run(publish_all())

    assert publish() == ["published"]
    assert publish() == ["unchanged"]
    ours, theirs = stored.folder / "out", stored.folder / "host"
    for path in ours.rglob("*"):
        if path.is_file():
            assert path.read_bytes() == (theirs / path.relative_to(ours)).read_bytes()
    assert stored.server.paths(robots=True) == []
    stored.publish(4, 3, 2, 1)
    stored.run()
    assert publish() == ["published"]
    assert stored.path().read_bytes() == (theirs / "news" / "all.atom.xml").read_bytes()
    times = {path: path.stat().st_mtime_ns for path in theirs.rglob("*")}
    assert publish() == ["unchanged"]
    assert times == {path: path.stat().st_mtime_ns for path in theirs.rglob("*")}


def test_a_site_that_another_run_is_at_is_left_to_it_and_the_others_are_done(postgres, tmp_path):
    """Of a shared store, that is; the run says so in the end, by exit code 3."""
    with Server() as server:
        news = News(server, tmp_path, postgres.url())
        news.publish(1)
        other = replace(news.site, slug="other")
        with (
            Store(news.settings.store) as store,
            store.site_lock("news"),
            pytest.raises(LockedError, match="news: another"),
        ):
            asyncio.run(pipeline.build_feeds(news.settings, [news.site, other], now=NOW))
        assert not news.path().exists()
        assert (tmp_path / "out" / "other" / "all.atom.xml").exists()


def test_a_database_restarted_in_the_middle_of_a_run_is_a_pause(postgres, tmp_path):
    """The articles that come after it are kept as those before."""
    with Server() as server:
        news = News(server, tmp_path, postgres.url())
        news.publish(3, 2, 1)

        def restarting(_request):
            postgres.restart()
            return article(2)

        server.page("/2-garden-opens-again.html", restarting)
        (report,) = news.run()
        assert (report.status, report.added, report.failures) == ("published", 3, ())
        assert sorted(news.links()) == ["1", "2", "3"]


def test_a_system_without_limits_is_told_once(tmp_path, monkeypatch):
    """In the first run; its pages are read in the run itself."""
    monkeypatch.setattr(PageProcess, "is_limited", False)
    said = []
    progress = pipeline.Progress()
    progress.note = said.append
    with Server() as server:
        news = News(server, tmp_path)
        news.publish(2, 1)
        for _ in range(2):
            run = pipeline.build_feeds(news.settings, [news.site], now=news.now, progress=progress)
            asyncio.run(run)
    assert news.links() == ["2", "1"]
    (line,) = said
    assert "cannot limit" in line
