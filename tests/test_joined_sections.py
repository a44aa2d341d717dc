"""`sections_of`: a feed of the stories that other sections have, over the store, with its own filters."""

from __future__ import annotations

import asyncio
import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import feedparser
import pytest
from feed_validator import faults
from machine import run
from news_site import article, listing
from records import keep_story
from servers import Server

from feedmaker import config, pipeline
from feedmaker.model import Link, ListedLink, Section, Settings, Site, StoredLink, Story
from feedmaker.output import section_files
from feedmaker.output.feed.restore import read_stories
from feedmaker.pipeline.due_sites import run_sites
from feedmaker.store import Store
from feedmaker.text import urls

if TYPE_CHECKING:
    from pathlib import Path

NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
SITE = """
name = "{name}"
home = "{home}"
[fetch]
delay = 0
retries = 0
"""
SECTION = """
[[sections]]
slug = "{slug}"
title = "{title}"
urls = ["{url}"]
"""
JOINED = """
name = "متابعات"
home = "https://keywords.example/"
[[sections]]
slug = "gold"
title = "الذهب"
sections_of = ["madar/economy", "dyar/money", "madar/sport"]
include = ["الذهب"]
exclude = ["الميدالية"]
"""
TITLES = {
    "g1": "ارتفاع أسعار الذَّهب في الأسواق العالمية مع تراجع الدولار صباح اليوم",
    "g2": "مصرف يشتري ذهبًا ويرفع احتياطي الذهب إلى أعلى مستوى منذ سنوات طويلة",
    "g3": "العداء يفوز بالميدالية والذهب يلمع في ختام بطولة ألعاب القوى العربية",
    "m1": "اتفاق على خفض رسوم الشحن بين الموانئ بعد مفاوضات استمرت شهرين كاملين",
}


class Newsstand:
    """Two sites with sections, and a file of sections that draw on theirs."""

    def __init__(self, first: Server, second: Server, folder: Path) -> None:
        self.first, self.second, self.folder, self.now = first, second, folder, NOW
        self.titled = dict(TITLES)
        self.sites = folder / "config" / "sites"
        self.sites.mkdir(parents=True)
        (folder / "config" / "feedmaker.toml").write_text(
            'base_url = "https://feeds.example/"\nmax_age = 0\n'
        )
        self.list(first, "/economy", "g1", "m1")
        self.list(first, "/sport", "g3")
        self.list(second, "/money", "g2")
        self.write("madar", first, "صحيفة المدار", economy="اقتصاد", sport="رياضة")
        self.write("dyar", second, "صحيفة الديار", money="مال")
        (self.sites / "words.toml").write_text(JOINED, "utf-8")

    def list(self, server: Server, path: str, *names: str) -> None:
        """Put articles on a site and in a listing."""
        page = listing(*names)
        body = page.body.decode()
        for name in names:
            title = self.titled[name]
            body = body.replace(
                f"افتتاح الحديقة رقم {name} أمام الزوار بعد أعمال صيانة طويلة", title
            )
            date = f"2026-11-20T1{names.index(name)}:00:00+03:00"
            server.page(
                f"/{name}-garden-opens-again.html",
                article(name, text=f"{title} ", title=title, date=date),
            )
        server.page(
            path,
            replace(page, body=body.encode(), headers={"Content-Type": "text/html; charset=utf-8"}),
        )

    def write(self, slug: str, server: Server, name: str, **sections: str) -> None:
        """Write the file of a site."""
        text = SITE.format(name=name, home=server.url("/"))
        for one, title in sections.items():
            text += SECTION.format(slug=one, title=title, url=server.url(f"/{one}"))
        (self.sites / f"{slug}.toml").write_text(text, "utf-8")

    def run(self, *only: str) -> dict[str, object]:
        """One run: the reports by the names of their sections."""
        self.first.requests.clear()
        self.second.requests.clear()
        settings, sites, self.problems = config.load_usable(self.folder / "config")
        reports = asyncio.run(pipeline.build_feeds(settings, sites, only=only, now=self.now))
        return {f"{one.site}/{one.section}": one for one in reports}

    def file(self, form: str = "atom.xml", section: str = "gold") -> Path:
        """A feed of `words`."""
        return self.folder / "out" / "words" / f"{section}.{form}"

    def titles(self, section: str = "gold") -> list[str]:
        """The names of the stories of a feed, in its order."""
        entries = feedparser.parse(self.file(section=section).read_bytes()).entries
        return [one.link.rsplit("/", 1)[1].partition("-")[0] for one in entries]


@pytest.fixture
def stand(tmp_path):
    """Two sites, and a file of sections that draw on theirs."""
    with Server() as first, Server() as second:
        yield Newsstand(first, second, tmp_path)


def test_a_feed_of_a_word_over_sections_of_several_sites(stand):
    """In one run with these, though its file comes first; with its own filters."""
    (stand.sites / "madar.toml").rename(stand.sites / "zone.toml")
    text = JOINED.replace("madar", "zone")
    (stand.sites / "words.toml").write_text(text, "utf-8")
    reports = stand.run()
    assert not stand.problems
    assert reports["words/gold"].status == "published"
    assert (reports["words/gold"].links, reports["words/gold"].added) == (2, 2)
    assert set(stand.titles()) == {"g1", "g2"}


def test_nothing_is_fetched_for_it(stand):
    """No listing, no article, no picture, no icon, no robots.txt; unchanged it costs no file."""
    stand.run()
    times = [stand.file(form).stat().st_mtime_ns for form in ("atom.xml", "rss.xml", "json")]
    report = stand.run("words")["words/gold"]
    assert (report.status, report.links, report.failures) == ("unchanged", None, ())
    assert stand.first.requests == stand.second.requests == []
    assert [
        stand.file(form).stat().st_mtime_ns for form in ("atom.xml", "rss.xml", "json")
    ] == times


def test_each_item_names_its_source(stand):
    """In all three formats, and no rule of the feeds is broken."""
    stand.run()
    for form in ("atom", "rss", "json"):
        path = stand.file(form if form == "json" else f"{form}.xml")
        assert faults(path.read_bytes(), form) == []
    by_name = {
        one.link.rsplit("/", 1)[1].partition("-")[0]: one.source
        for one in feedparser.parse(stand.file().read_bytes()).entries
    }
    assert "المدار" in by_name["g1"].title
    assert "الديار" in by_name["g2"].title
    assert by_name["g1"].id == "https://feeds.example/madar/economy.atom.xml"
    rss = stand.file("rss.xml").read_text("utf-8")
    assert '<source url="https://feeds.example/dyar/money.atom.xml">' in rss
    items = json.loads(stand.file("json").read_text("utf-8"))["items"]
    assert {one["_source"]["home_page_url"] for one in items} == {
        stand.first.url("/economy"),
        stand.second.url("/money"),
    }


def test_stories_read_back_from_such_a_feed_have_their_own_addresses(stand):
    """And titles, not those of their source."""
    stand.run()
    for form in ("atom.xml", "rss.xml", "json"):
        stories = read_stories(stand.file(form).read_bytes(), "متابعات")
        assert {one.url.rsplit("/", 1)[1][:2] for one in stories} == {"g1", "g2"}
        assert {one.title for one in stories} == {TITLES["g1"], TITLES["g2"]}


def test_new_stories_come_and_corrected_ones_change_or_go(stand):
    """A headline that loses the word leaves the feed, one that gains it comes in."""
    stand.run()
    stand.now += timedelta(hours=2)
    stand.titled = TITLES | {"g1": TITLES["m1"].replace("اتفاق", "اجتماع"), "m1": TITLES["g1"]}
    stand.list(stand.first, "/economy", "g1", "m1")
    report = stand.run()["words/gold"]
    assert report.status == "published"
    assert set(stand.titles()) == {"m1", "g2"}


def test_sections_of_such_sections(stand):
    """They are built after those, in the same run, wherever they stand."""
    more = """
[[sections]]
slug = "all"
title = "كل شيء"
sections_of = ["words/gold", "madar/sport"]

[[sections]]
slug = "ports"
title = "الموانئ"
sections_of = ["madar/economy"]
match = "/m1-"
"""
    text = (stand.sites / "words.toml").read_text("utf-8")
    head, _, rest = text.partition("[[sections]]")
    (stand.sites / "words.toml").write_text(f"{head}{more}\n[[sections]]{rest}", "utf-8")
    stand.run()
    assert set(stand.titles("all")) == {"g1", "g2", "g3"}
    assert stand.titles("ports") == ["m1"]


@pytest.mark.parametrize(
    ("sections_of", "told"),
    [
        (
            '["madar/ekonomy"]',
            "'madar/ekonomy' is no section; there are madar/economy, madar/sport",
        ),
        ('["elsewhere/x"]', "'elsewhere/x' is no section; there are dyar, madar, words"),
        ('["words/gold"]', "names itself: words/gold -> words/gold; take one of them out"),
        ('["words/second"]', "names itself: words/gold -> words/second -> words/gold"),
    ],
)
def test_a_name_that_leads_nowhere_is_told(stand, sections_of, told):
    """In one line with file and key; other sections run, and the feed of this one stays."""
    stand.run()
    had = stand.file().read_bytes()
    path = stand.sites / "words.toml"
    text = JOINED.replace('["madar/economy", "dyar/money", "madar/sport"]', sections_of)
    second = '\n[[sections]]\nslug = "second"\ntitle = "الثاني"\nsections_of = ["words/gold"]\n'
    path.write_text(text + second, "utf-8")
    reports = stand.run()
    (problem,) = stand.problems
    assert problem.startswith(f"{path}: sections[")
    assert "sections_of: " in problem
    assert told in problem
    assert set(reports) == {"dyar/money", "madar/economy", "madar/sport"}
    assert stand.file().read_bytes() == had


@pytest.mark.parametrize(
    ("keys", "told"),
    [
        ('sections_of = ["madar"]', "sections[1].sections_of: is 'madar'; expected site/section"),
        (
            'sections_of = ["madar/sport"]\nurls = ["https://a.example/"]',
            "sections[1].urls, heading, nav, sections_of: expected one of them",
        ),
        (
            'sections_of = ["madar/sport"]\npage = "https://a.example/"',
            "sections[1].page: goes with heading or nav, not with urls or sections_of",
        ),
        (
            'sections_of = ["madar/sport"]\nlinks = ["a"]',
            "sections[1].links: goes with urls, heading or nav, not with sections_of",
        ),
        (
            'sections_of = ["madar/sport"]\nsource = "wordpress"',
            "sections[1].source: ",
        ),
    ],
)
def test_a_wrong_key_is_told(stand, keys, told):
    """In one line."""
    head = 'name = "x"\nhome = "https://x.example/"\n[[sections]]\nslug = "x"\ntitle = "x"\n'
    (stand.sites / "words.toml").write_text(head + keys, "utf-8")
    stand.run()
    assert [problem for problem in stand.problems if told in problem], stand.problems


def test_a_mistake_in_the_file_of_a_source_leaves_the_feed(stand):
    """As it was, until the file is right again."""
    stand.run()
    had = stand.file().read_bytes()
    path = stand.sites / "dyar.toml"
    right = path.read_text("utf-8")
    path.write_text(right.replace("urls", "url"), "utf-8")
    reports = stand.run()
    assert "words/gold" not in reports
    assert not [one for one in stand.problems if "words.toml" in one]
    assert stand.file().read_bytes() == had
    path.write_text(right, "utf-8")
    assert stand.run()["words/gold"].good


def test_a_lost_store_loses_nothing(stand):
    """The feed goes on from its files."""
    stand.run()
    had = stand.file().read_bytes()
    for path in (stand.folder / ".feedmaker").glob("store*"):
        path.unlink()
    stand.list(stand.second, "/money", "m1")
    stand.run()
    assert set(stand.titles()) == {"g1", "g2"}
    for story in feedparser.parse(had).entries:
        assert story.id.encode() in stand.file().read_bytes()


def test_workers_run_it_by_itself(stand):
    """A worker knows what it draws on though only its own site is due."""
    stand.run()
    settings, sites, _ = config.load_usable(stand.folder / "config")
    (words,) = (site for site in sites if site.slug == "words")
    with Store(settings.store) as store:
        store.sections.ask_now("words", "", datetime.now(UTC))
    (report,) = asyncio.run(run_sites(settings, [words], pipeline.Progress()))
    assert (report.site, report.status) == ("words", "unchanged")


def test_check_live_asks_nothing_for_it(stand):
    """And names what it draws on."""
    stand.run()
    printed, _ = run("check", "--live", cwd=stand.folder)
    assert "words/gold: 2 stories of madar/economy, dyar/money, madar/sport; nothing" in printed


def test_addresses_of_several_hosts_in_one_section(tmp_path):
    """Each item says by its host where it is from; with one host none does."""
    places = ("https://a.example/economy", "https://b.example/money")
    section = Section(slug="both", title="معا", urls=places)
    one_host = replace(section, slug="one", urls=places[:1])
    site = Site(slug="words", name="الصحف", home="https://a.example/", sections=(section, one_host))
    settings = Settings(out=str(tmp_path / "out"), store=str(tmp_path / "store"))

    async def work(_, job, *given, **named):
        return job(*given, **named)

    with Store(settings.store) as store:
        for place in places:
            _keep(store, place.rpartition("/")[0] + "/1", "words", "both", "one")
        for one in site.sections:
            asyncio.run(section_files.publish_feed(settings, site, one, store, work=work))
    data = (tmp_path / "out/words/both.atom.xml").read_bytes()
    assert faults(data, "atom") == []
    assert {one.source.id for one in feedparser.parse(data).entries} == set(places)
    assert b"<source" not in (tmp_path / "out/words/one.atom.xml").read_bytes()


def _keep(store: Store, url: str, site: str, *sections: str) -> str:
    """Keep a story in sections of a site; return its id."""
    key = urls.key(url)
    story = Story(
        url=url, id=urls.urn(key), title="خبر", published=NOW, first_seen=NOW, updated=NOW
    )
    link = StoredLink(url=url, key=key, story=story.id, title="خبر", first_seen=NOW)
    listed = ListedLink(link=Link(url=url, title="خبر"), key=key, first_seen=NOW)
    for section in sections:
        store.links.note(site, section, [listed])
    keep_story(store, link, story)
    return story.id


def test_stories_are_taken_on_both_databases(where):
    """Once each; the feed of the section is stale where there are new ones."""
    with Store(where) as store:
        story = _keep(store, "https://a.example/1", "a", "x")
        for _ in range(2):
            store.links.take_stories("b", "y", [story], source=("a", "x"), now=NOW)
        assert [one.title for one in store.stories.of_section("b", "y")] == ["خبر"]
        assert store.sections.changed("b", "y") == 1
        assert store.stories.sections_with(story) == {("a", "x"), ("b", "y")}
        assert store.links.due("b", "y", NOW) == []
