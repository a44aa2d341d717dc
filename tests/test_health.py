"""The feed about the feeds, the machine file, and what `status` tells of a section's rhythm."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import feedparser
import pytest
from machine import run
from news_site import article, listing
from newsroom import site as make_site
from newsroom import story
from records import keep_story, phrase
from selectolax.lexbor import LexborHTMLParser
from servers import Server

from feedmaker.model import HealedRule, Link, Section, Settings, State, Validators
from feedmaker.output import health
from feedmaker.store import Store
from feedmaker.text.translations import translation

NOW = datetime(2026, 11, 25, 12, 0, tzinfo=UTC)
SPORT = Section(slug="sport", title="رياضة", urls=("https://news.example/sport",))


@pytest.fixture
def store(tmp_path, monkeypatch):
    """A store with one section that had a story every two hours, and a feed."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "out/news").mkdir(parents=True)
    (tmp_path / "out/news/sport.json").touch()
    with Store(tmp_path / "store.sqlite") as store:
        store.sections.set_state(
            "news", "sport", State(status="published", since=NOW - timedelta(days=9)), changed=True
        )
        for number in range(1, 12):
            at = NOW - timedelta(hours=2 * number)
            one = story(number, published=at, first_seen=at, updated=at)
            link = Link(url=one.url, title=one.title)
            (listed,) = store.links.listed("news", "sport", [link])
            store.links.note("news", "sport", [replace(listed, first_seen=at, next_check=at)])
            (seen,) = store.links.due("news", "sport", NOW)
            keep_story(
                store,
                seen,
                replace(one, id=seen.story),
                f"d{number}",
                None,
                Validators(),
                "",
                "news",
            )
        yield store


def made(store, now=NOW, ui="en"):
    """The feed as a reader has it, the machine file, and the bytes of both."""
    sites = [make_site(SPORT)]
    found = health.read_health(Settings(), sites, store, now)
    feed, machine = (
        health.health_feed(
            sites,
            health.read_entries(store, found),
            "https://feeds.example/",
            translation(ui),
        ),
        health.health_json([health.health_lines(sites, found, now)]),
    )
    return feedparser.parse(feed), json.loads(machine), feed + machine


def test_a_good_section_is_no_news(store):
    """Its first run is none either; what the clock alone changes changes no byte."""
    feed, machine, data = made(store)
    assert feed.entries == []
    assert machine["good"] is True
    assert machine["sections"][0]["usual_pause"] == 7200
    assert made(store, NOW + timedelta(minutes=30))[2] == data


def test_breaking_and_healing_are_one_entry_each_with_lasting_ids(store):
    """Ids are those of the events."""
    store.sections.set_state(
        "news", "sport", State(status="kept", reason=phrase("status 500"), since=NOW), changed=True
    )
    feed, machine, _ = made(store)
    assert [entry.title for entry in feed.entries] == ["\u200eبوابة الأخبار: رياضة broke"]
    assert (
        "status 500" in feed.entries[0].summary or "status 500" in feed.entries[0].content[0].value
    )
    assert machine["good"] is False
    store.sections.set_state(
        "news", "sport", State(status="published", since=NOW + timedelta(hours=1)), changed=True
    )
    again, machine, _ = made(store)
    assert [entry.title.rpartition(" ")[2] for entry in again.entries] == ["recovered", "broke"]
    assert again.entries[1].id == feed.entries[0].id
    assert len({entry.id for entry in again.entries}) == 2
    assert machine["good"] is True
    assert again.feed.links[0].href == "https://feeds.example/health.atom.xml"


@pytest.mark.parametrize(
    ("ui", "direction", "mark"), [("ar", "rtl", "\u200f"), ("en", "ltr", "\u200e")]
)
def test_an_entry_reads_right_in_every_program(store, ui, direction, mark):
    """The address has a line of its own; text and title hold where a program has another direction."""
    url = "https://news.example/%D8%B1?a=1&b=2"
    reason = replace(phrase("السبب"), url=url)
    state = State(status="kept", reason=reason, since=NOW, good_at=NOW)
    store.sections.set_state("news", "sport", state, changed=True)
    feed, _, data = made(store, ui=ui)
    (entry,) = feed.entries
    shown = LexborHTMLParser(entry.content[0].value)
    assert [node.attributes["dir"] for node in shown.css("p")] == [direction, "ltr"]
    assert shown.css_first("p").text() == entry.summary
    (link,) = shown.css("a")
    assert (link.attributes["href"], link.text()) == (url, "https://news.example/ر?a=1&b=2")
    assert "news.example" not in entry.summary
    assert entry.published == entry.updated
    assert (entry.title[0] == mark) is (ui == "en")  # the names are Arabic
    assert entry.summary.endswith("." + mark)
    assert b'<?xml-stylesheet type="text/css" href="feed.css"?>' in data


def test_what_was_mended_is_told_with_before_and_after(store):
    """In the feed, the machine file and so in `status`."""
    heal = HealedRule(
        what="links",
        before="div.old",
        kind="selectors",
        name="div.new",
        agreed=9,
        confidence=0.97,
    )
    store.sections.set_healed_rule("news", "sport", heal, NOW)
    feed, machine, _ = made(store)
    text = feed.entries[0].content[0].value
    assert "«div.old»" in text
    assert "«selectors: div.new»" in text
    assert machine["sections"][0]["heals"][0]["confidence"] == 0.97


def test_a_silence_longer_than_usual_is_told_once(store):
    """A day after the last story of a section that had one every two hours, and with the same id
    later.
    """
    assert made(store, NOW + timedelta(hours=20))[0].entries == []
    late = made(store, NOW + timedelta(hours=30))
    assert late[0].entries[0].title.endswith("is silent")
    assert late[1]["sections"][0]["silent"] is True
    assert made(store, NOW + timedelta(hours=60))[2] == late[2]


@pytest.mark.slow
def test_the_files_are_written_by_a_run(tmp_path):
    """`build` writes both, and an unchanged run leaves them alone."""
    with Server() as server:
        server.page("/all", listing(2, 1))
        for number in (1, 2):
            server.page(f"/{number}-garden-opens-again.html", article(number))
        sites = tmp_path / "config" / "sites"
        sites.mkdir(parents=True)
        (tmp_path / "config" / "feedmaker.toml").write_text(
            "max_age = 0\n[fetch]\ndelay = 0\nretries = 0\n"
        )
        section = f'[[sections]]\nslug = "all"\ntitle = "كل"\nurls = ["{server.url("/all")}"]\n'
        (sites / "news.toml").write_text(
            f'name = "م"\nhome = "{server.url("/")}"\n{section}', "utf-8"
        )
        run("build", cwd=tmp_path)
        paths = [tmp_path / "out" / name for name in ("health.json", "health.atom.xml")]
        before = [(path.read_bytes(), path.stat().st_mtime_ns) for path in paths]
        run("build", cwd=tmp_path)
        assert [(path.read_bytes(), path.stat().st_mtime_ns) for path in paths] == before
