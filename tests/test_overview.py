"""The pages that tell of all sections: by site where there are many, and only where they are stale."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import feedparser
import pytest
from newsroom import site as make_site
from newsroom import story
from records import phrase
from selectolax.lexbor import LexborHTMLParser

from feedmaker.model import Section, Settings, State
from feedmaker.output import overview, overview_parts
from feedmaker.policy import schedule
from feedmaker.store import Store, StoryRecord

NOW = datetime(2026, 11, 25, 12, 0, tzinfo=UTC)
SLUGS = ("lamp", "garden", "harbour")


class Fleet:
    """Three sites of a section each, with a story every two hours."""

    def __init__(self, folder, store):
        self.out = folder / "out"
        self.store = store
        self.settings = Settings(out=str(self.out), ui="en")
        self.sites = [
            make_site(
                Section(slug="all", title=f"All of {slug}", urls=(f"https://{slug}.example/",)),
                slug=slug,
            )
            for slug in SLUGS
        ]
        for slug in SLUGS:
            state = State(status="published", since=NOW - timedelta(days=9))
            store.sections.set_state(slug, "all", state, changed=True)
            self.add(slug, *(self.story(slug, number) for number in range(1, 12)))
            for ending in ("atom.xml", "rss.xml", "json"):
                path = self.out / slug / f"all.{ending}"
                path.parent.mkdir(parents=True, exist_ok=True)
                path.touch()

    def story(self, slug, number):
        """The story of so many two hours ago."""
        at = NOW - timedelta(hours=2 * number)
        url = f"https://{slug}.example/{number}"
        return replace(
            story(number, published=at, first_seen=at, updated=at),
            url=url,
            id=f"urn:{slug}-{number}",
        )

    def add(self, slug, *stories):
        """Have stories in a site's section, and its feed changed."""
        records = [
            StoryRecord(story=one, digest=schedule.digest(one), signature="", next_check=None)
            for one in stories
        ]
        self.store.stories.restore(slug, "all", records)

    def publish(self, now=NOW):
        """Publish the pages; return the names of the files written."""
        before = self.times()
        overview.publish_pages(self.settings, self.sites, self.store, now)
        after = self.times()
        return {name for name in before | after if before.get(name) != after.get(name)}

    def times(self):
        """When each file was written."""
        return {path.name: path.stat().st_mtime_ns for path in self.out.glob("*") if path.is_file()}

    def page(self, name):
        """A page of `out`."""
        return LexborHTMLParser((self.out / name).read_text("utf-8"))

    def health(self):
        """What `health.json` says."""
        return json.loads((self.out / "health.json").read_bytes())


@pytest.fixture
def fleet(tmp_path):
    """Three sites, of which each has pages of its own once `many` is used."""
    with Store(tmp_path / "store.sqlite") as store:
        yield Fleet(tmp_path, store)


@pytest.fixture
def many(monkeypatch):
    """Three sections are many."""
    monkeypatch.setattr(overview_parts, "_MOST_ON_A_PAGE", 2)


def links(page):
    """The addresses that a page links to."""
    return [node.attributes["href"] for node in page.css("main a")]


def test_few_sections_share_one_page(fleet):
    """And nothing is written twice."""
    assert {"index.html", "status.html", "feeds.opml", "health.json"} <= fleet.publish()
    assert [node.text() for node in fleet.page("index.html").css("h3")] == [
        f"All of {slug}" for slug in SLUGS
    ]
    assert fleet.publish() == set()
    assert not list(fleet.out.glob("index-*"))


@pytest.mark.usefixtures("many")
def test_of_many_sections_each_site_has_its_pages_and_the_first_ones_name_the_sites(fleet):
    """All that they lead to is there."""
    fleet.publish()
    for page, own in (("index.html", "index-{}.html"), ("status.html", "status-{}.html")):
        led = links(fleet.page(page))
        assert {own.format(slug) for slug in SLUGS} <= {link.partition("#")[0] for link in led}
    targets = [link for link in links(fleet.page("index.html")) if "#" in link]
    for file, _, anchor in (link.partition("#") for link in targets):
        assert fleet.page(file).css_first(f"#{anchor}") is not None
    own = fleet.page("index-garden.html")
    assert own.css_first("h1").text() == fleet.sites[1].name
    assert [node.text() for node in own.css("h3")] == ["All of garden"]
    opml = (fleet.out / "feeds.opml").read_text("utf-8")
    assert all(f"{slug}/all.atom.xml" in opml for slug in SLUGS)
    assert [row["site"] for row in fleet.health()["sections"]] == [*SLUGS]


@pytest.mark.usefixtures("many")
def test_a_changed_story_among_many_sections_costs_the_pages_of_its_site(fleet):
    """And the machine file, which counts stories; nothing of other sites is read or rendered."""
    fleet.publish()
    fleet.add("garden", replace(fleet.story("garden", 0), title="A new bridge"))
    publication = overview._Publication(fleet.settings, fleet.sites, fleet.store, NOW)
    assert [shown.part for shown in publication.stale()] == ["garden"]
    assert fleet.publish() == {
        "index-garden.html", "status-garden.html", "health.json", ".pages.made"
    }  # fmt: skip
    assert "A new bridge" in fleet.page("index-garden.html").css_first(".headlines").text()
    assert [row["stories"] for row in fleet.health()["sections"]] == [11, 12, 11]
    assert fleet.publish() == set()


@pytest.mark.usefixtures("many")
def test_a_section_that_breaks_among_many_is_told_on_the_first_pages(fleet):
    """In the health feed and the machine file, too, and no more when it works again."""
    fleet.publish()
    reason = replace(phrase("status 500"), url="https://harbour.example/")
    broken = State(status="kept", reason=reason, since=NOW, told=NOW)
    fleet.store.sections.set_state("harbour", "all", broken, changed=True)
    written = fleet.publish()
    assert {"index.html", "status.html", "health.atom.xml", "status-harbour.html"} <= written
    assert "index-lamp.html" not in written
    assert "status-harbour.html#harbour-all" in links(fleet.page("status.html"))
    assert "status-harbour.html#harbour-all" in links(fleet.page("index-harbour.html"))
    assert len(feedparser.parse((fleet.out / "health.atom.xml").read_bytes()).entries) == 1
    assert fleet.health()["good"] is False
    good = State(status="published", since=NOW + timedelta(hours=1), told=NOW)
    fleet.store.sections.set_state("harbour", "all", good, changed=True)
    fleet.publish()
    assert fleet.health()["good"] is True
    assert not [link for link in links(fleet.page("status.html")) if "#" in link]


@pytest.mark.parametrize("most", [2, 100])
def test_a_section_that_falls_silent_by_the_clock_alone_is_told(fleet, monkeypatch, most):
    """Though nothing in the store changed; of one page and of many."""
    monkeypatch.setattr(overview_parts, "_MOST_ON_A_PAGE", most)
    fleet.publish()
    fleet.add("garden", replace(fleet.story("garden", -2), title="A new bridge"))
    fleet.publish(NOW + timedelta(hours=10))
    late = NOW + timedelta(hours=22, minutes=30)  # a day after the last story of the others
    fleet.publish(late)
    assert [row["silent"] for row in fleet.health()["sections"]] == [True, False, True]
    assert len(feedparser.parse((fleet.out / "health.atom.xml").read_bytes()).entries) == 2
    assert fleet.publish(late + timedelta(minutes=5)) == set()


@pytest.mark.usefixtures("many")
@pytest.mark.parametrize("name", ["index-lamp.html", "health.json", ".pages.made", "status.html"])
def test_what_is_lost_is_written_again(fleet, name):
    """The same bytes, and nothing else."""
    fleet.publish()
    before = {path: path.read_bytes() for path in fleet.out.glob("*.*")}
    (fleet.out / name).unlink()
    assert fleet.publish() <= {name, ".pages.made"}
    assert {path: path.read_bytes() for path in fleet.out.glob("*.*")} == before


def test_pages_of_sites_are_removed_once_they_share_one_page_again(fleet, monkeypatch):
    """As those of a site that left the configuration."""
    monkeypatch.setattr(overview_parts, "_MOST_ON_A_PAGE", 1)
    fleet.publish()
    fleet.sites.pop()
    fleet.publish()
    assert sorted(path.name for path in fleet.out.glob("index*")) == [
        "index-garden.html", "index-lamp.html", "index.html"
    ]  # fmt: skip
    fleet.sites.pop()
    fleet.publish()
    assert not list(fleet.out.glob("*-*.html"))
    assert [node.text() for node in fleet.page("index.html").css("h3")] == ["All of lamp"]


@pytest.mark.usefixtures("many")
def test_what_an_article_failed_with_is_told_though_nothing_else_changed(fleet):
    """In the machine file."""
    fleet.publish()
    db = fleet.store._db
    db.execute("UPDATE links SET failures = 1 WHERE url = :url", url="https://lamp.example/3")
    db.execute("UPDATE section_links SET tried = 1 WHERE site = :site", site="lamp")
    fleet.publish()
    (failed,) = fleet.health()["sections"][0]["failed_articles"]
    assert failed["url"] == "https://lamp.example/3"
