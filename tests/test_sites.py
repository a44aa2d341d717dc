"""What can be done with sites that are there: by `feedmaker sites`, and by the pages of the app."""

from __future__ import annotations

import asyncio
import tomllib
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from machine import run
from news_site import article, listing
from prometheus_client.openmetrics.parser import text_string_to_metric_families
from servers import Reply, Server
from web_app import serving

from feedmaker import cli, config, pipeline, setup
from feedmaker.model import Code, Reason, State
from feedmaker.model.errors import ConfigError
from feedmaker.output import health
from feedmaker.pipeline.due_sites import find_due_sites
from feedmaker.store import Store
from feedmaker.web.metrics import metrics_text

if TYPE_CHECKING:
    from pathlib import Path

HEAD = """\
# A person's own words.
name = "الموقع"  # why it is called so
home = "{home}"
"""
TABLES = """
# Found by: a person.
[[sections]]
slug = "all"   # in addresses
title = "كل الأخبار"
urls = ["{home}all"]

# Remarks on the second,
# in two lines.
[[sections]]
title = "رياضة"
slug = "sport"
urls = ["{home}sport"]

[fetch]
delay = 0  # a site of our own
retries = 0
"""
INLINE = """
sections = [
  {{ slug = "all", title = "كل", urls = ["{home}all"] }},  # the first
  {{ slug = "sport", title = "رياضة", urls = ["{home}sport"] }},
]
"""


def write(folder: Path, home: str = "https://news.example/", tables: str = TABLES) -> Path:
    """Write a configuration; return the file of its site."""
    path = folder / "config" / "sites" / "news.toml"
    path.parent.mkdir(parents=True)
    (folder / "config" / "feedmaker.toml").write_text("max_age = 0\n")
    path.write_text((HEAD + tables).format(home=home), "utf-8")
    return path


def sections(path: Path) -> dict[str, dict]:
    """The sections of a file by their slugs."""
    return {one["slug"]: one for one in tomllib.loads(path.read_text("utf-8"))["sections"]}


@pytest.mark.parametrize("tables", [TABLES, INLINE], ids=["tables", "inline"])
def test_a_pause_comes_and_goes_and_leaves_the_file_as_it_was(tmp_path, tables):
    """Of one section, and of all."""
    path = write(tmp_path, tables=tables)
    before = path.read_text("utf-8")
    folder = tmp_path / "config"
    setup.set_paused(folder, "news", "all", paused=True)
    assert [one.get("paused") for one in sections(path).values()] == [True, None]
    assert set(before.splitlines()) - set(path.read_text("utf-8").splitlines()) <= {
        line for line in before.splitlines() if "{" in line
    }
    setup.set_paused(folder, "news", "all", paused=True)
    setup.set_paused(folder, "news", paused=True)
    assert all(one["paused"] for one in sections(path).values())
    setup.set_paused(folder, "news", paused=False)
    assert path.read_text("utf-8") == before


@pytest.mark.parametrize("tables", [TABLES, INLINE], ids=["tables", "inline"])
def test_what_is_renamed_keeps_its_addresses_and_remarks(tmp_path, tables):
    """A name is one line, whatever is in it."""
    path = write(tmp_path, tables=tables)
    setup.rename(tmp_path / "config", "news", "sport", 'كرة "القدم"\x00\n[[sections]]')
    setup.rename(tmp_path / "config", "news", "", "اسم جديد")
    assert sections(path)["sport"]["title"] == 'كرة "القدم" [[sections]]'
    text = path.read_text("utf-8")
    assert 'name = "اسم جديد"  # why it is called so' in text
    assert text.startswith("# A person's own words.\n")
    with pytest.raises(ConfigError, match="title"):
        setup.rename(tmp_path / "config", "news", "sport", " \n ")
    assert path.read_text("utf-8") == text


def test_a_removed_section_takes_its_remarks_with_it_and_no_others(tmp_path):
    """The first, the last before another table, and the only one, which is the file."""
    path = write(tmp_path)
    setup.remove(tmp_path / "config", "news", "all")
    text = path.read_text("utf-8")
    assert "Found by" not in text
    assert "# Remarks on the second,\n# in two lines.\n[[sections]]" in text
    assert "delay = 0  # a site of our own" in text
    setup.remove(tmp_path / "config", "news", "sport")
    assert not path.exists()


def test_the_second_is_removed_from_tables_and_from_an_array(tmp_path):
    """What stands behind it stays."""
    for name, tables in (("a", TABLES), ("b", INLINE)):
        path = write(tmp_path / name, tables=tables)
        setup.remove(tmp_path / name / "config", "news", "sport")
        assert sections(path).keys() == {"all"}
        assert "Remarks" not in path.read_text("utf-8")
        assert ("retries = 0" in path.read_text("utf-8")) == (tables is TABLES)


def test_a_text_that_only_looks_like_a_header_is_none(tmp_path):
    """What is asked for is done all the same, or nothing is."""
    title = 'title = """\n[[sections]]\nslug = "x"\n"""'
    path = write(tmp_path, tables=TABLES.replace('title = "رياضة"', title))
    setup.set_paused(tmp_path / "config", "news", "sport", paused=True)
    assert sections(path)["sport"]["paused"] is True
    setup.remove(tmp_path / "config", "news", "all")
    assert sections(path).keys() == {"sport"}
    assert sections(path)["sport"]["title"] == '[[sections]]\nslug = "x"\n'


def test_what_is_not_there_is_named(tmp_path):
    """A site, a section, and a name that would lead elsewhere."""
    path = write(tmp_path)
    for site, section in (("none", ""), ("../feedmaker", ""), ("news", "none")):
        with pytest.raises(ConfigError, match="no such"):
            setup.set_paused(tmp_path / "config", site, section, paused=True)
        with pytest.raises(ConfigError, match="no such"):
            setup.rename(tmp_path / "config", site, section, "x")
    with pytest.raises(ConfigError, match="no such"):
        setup.remove(tmp_path / "config", "../feedmaker")
    assert path.exists()


@pytest.fixture
def site(tmp_path):
    """A site with two sections on loopback, and its configuration."""
    with Server() as server:
        for path, numbers in (("/all", range(9)), ("/sport", range(20, 29))):
            server.page(path, listing(*numbers))
            for number in numbers:
                server.page(f"/{number}-garden-opens-again.html", article(number))
        write(tmp_path, server.url("/"))
        yield server


def build(folder: Path) -> dict[str, str]:
    """One run; the statuses by section."""
    settings, sites, _ = config.load_usable(folder / "config")
    reports = asyncio.run(pipeline.build_feeds(settings, sites))
    return {report.section: report.status for report in reports}


def measured(folder: Path) -> dict[str, float]:
    """What monitors are told, by name and the values of labels, as a parser of theirs reads it."""
    settings, sites, _ = config.load_usable(folder / "config")
    families = text_string_to_metric_families(metrics_text(settings, sites).decode())
    samples = [sample for family in families for sample in family.samples]
    return {" ".join([one.name, *one.labels.values()]): one.value for one in samples}


def test_monitors_are_told_what_was_asked_and_how_long_it_took(tmp_path, site):
    """Requests by status and durations of all runs, sections by state, stories, what is due."""
    site.page("/25-garden-opens-again.html", Reply(b"gone", 410))
    assert measured(tmp_path) == {}
    build(tmp_path)
    first = measured(tmp_path)
    requests = len(site.paths(robots=True))
    build(tmp_path)
    told = measured(tmp_path)
    assert first["feedmaker_fetches_total news 410"] == 1
    assert first["feedmaker_fetch_duration_seconds_count"] == requests
    assert told["feedmaker_fetch_duration_seconds_count"] == len(site.paths(robots=True))
    assert told["feedmaker_fetch_duration_seconds_bucket +Inf"] > requests
    assert (
        first["feedmaker_run_duration_seconds_count"],
        told["feedmaker_run_duration_seconds_count"],
    ) == (1, 2)
    assert told["feedmaker_run_duration_seconds_sum"] > 0
    assert told["feedmaker_section_stories sport news"] == 8
    assert told["feedmaker_queue_due_sections"] == 0


def test_a_paused_section_is_not_asked_and_its_feed_stays(tmp_path, site):
    """No run and no worker asks it, and it is neither broken nor silent."""
    build(tmp_path)
    feed = (tmp_path / "out" / "news" / "sport.atom.xml").read_bytes()
    setup.set_paused(tmp_path / "config", "news", "sport", paused=True)
    site.requests.clear()
    assert build(tmp_path).keys() == {"all"}
    assert "/sport" not in site.paths()
    assert (tmp_path / "out" / "news" / "sport.atom.xml").read_bytes() == feed
    settings, sites, _ = config.load_usable(tmp_path / "config")
    with Store(settings.store) as store:
        now = datetime.now(UTC)
        broken = State(status="kept", reason=Reason.of(Code.STATUS, status=500), since=now)
        store.sections.set_state("news", "sport", broken, changed=True)
        store.sections.ask_now("news", "sport", now - timedelta(hours=1))
        store.sections.set_due("news", "all", now + timedelta(hours=1), 60)
        found = {one.name: one for one in health.read_health(settings, sites, store, now)}
    assert found["sport"].status == "paused"
    assert b'"good": true' in health.health_json(
        [health.health_lines(sites, list(found.values()), now)]
    )
    told = metrics_text(settings, sites).decode()
    assert 'feedmaker_section_good{section="sport",site="news"} 1.0' in told
    assert 'feedmaker_section_late_seconds{section="sport",site="news"} 0.0' in told
    site.requests.clear()
    out, _ = run("check", "--live", cwd=tmp_path)
    assert "news/sport: paused, not asked" in out
    assert "/sport" not in site.paths()
    assert find_due_sites(settings, sites) == []
    setup.set_paused(tmp_path / "config", "news", "sport", paused=False)
    settings, sites, _ = config.load_usable(tmp_path / "config")
    assert find_due_sites(settings, sites) == ["news"]


def test_a_listing_in_quarantine_can_be_accepted(tmp_path, site, monkeypatch, capsys):
    """By the command; it is refused where there is nothing to accept."""
    monkeypatch.chdir(tmp_path)
    build(tmp_path)
    site.page("/all", listing(1, 2))
    assert build(tmp_path)["all"] == "quarantined"
    for name, code in (("news/sport", 1), ("news/all", 0)):
        with pytest.raises(SystemExit) as ended:
            cli.main(["sites", "accept", name])
        assert ended.value.code == code
    assert "nothing to accept" in capsys.readouterr().err
    assert build(tmp_path)["all"] in ("published", "unchanged")


@pytest.mark.usefixtures("site")
def test_the_command_lists_pauses_renames_and_removes(tmp_path, monkeypatch, capsys):
    """With --files the feeds go, too, and with the last of them the icon of the site."""
    monkeypatch.chdir(tmp_path)
    build(tmp_path)
    icon = tmp_path / "out" / "news" / "icon.png"
    icon.write_bytes(b"icon")
    feed = tmp_path / "out" / "news" / "sport.atom.xml"

    def call(*words, code=0):
        with pytest.raises(SystemExit) as ended:
            cli.main(["sites", *words])
        assert ended.value.code == code, words
        return capsys.readouterr()

    call("pause", "news/sport")
    call("rename", "news/sport", "كرة")
    assert "news/sport   كرة   paused" in call("list").out
    call("resume", "news")
    call("rename", "news/all", code=2)
    call("pause", code=2)
    call("accept", "news", code=2)
    call("pause", "none", code=2)
    call("remove", "news/all")
    assert (tmp_path / "out" / "news" / "all.atom.xml").exists()
    assert icon.exists()
    assert str(feed.name) in call("remove", "news", "--files").out
    assert not feed.exists()
    assert not icon.exists()


def test_pages_show_how_sites_fare_and_do_what_buttons_say(tmp_path, site):
    """Pause, resume, rename, accept, read again, build and remove, by forms without script."""
    build(tmp_path)
    site.page("/all", listing(1, 2))
    build(tmp_path)
    path = tmp_path / "config" / "sites" / "news.toml"
    attack = "<script>alert(1)</script>"
    with serving(tmp_path / "config") as browser:
        assert "in quarantine" in browser.text
        browser.get("/app/status")
        assert "in quarantine" in browser.text
        assert "a story about every" not in browser.text or "longest pause" in browser.text
        browser.get("/app/sites/news")
        assert "instead of about 9" in browser.text
        browser.send("/accept$", section="sport")
        assert browser.page.status_code == 409
        assert "nothing to accept" in browser.text
        browser.send("/accept$")
        assert build(tmp_path)["all"] in ("published", "unchanged")
        browser.get("/app/sites/news")
        assert "in quarantine" not in browser.text
        browser.send("/pause$", section="sport")
        assert sections(path)["sport"]["paused"] is True
        assert "paused" in browser.text
        browser.send("/resume$")
        browser.send("/rename$", section="sport", title=attack)
        assert sections(path)["sport"]["title"] == attack
        for page in ("/app/", "/app/status", "/app/sites/news", "/app/sites/news/remove"):
            assert "<script>alert" not in browser.get(page)
            assert not browser.tree.css("script:not([src]), [style], style")
        browser.get("/app/sites/news")
        site.requests.clear()
        browser.send("/again$", section="sport")
        build(tmp_path)
        assert "/20-garden-opens-again.html" in site.paths()
        browser.get("/app/sites/news/remove?section=sport")
        assert "Whoever subscribes keeps the stories that they have." in browser.text
        browser.send("/remove$", files="yes")
        assert sections(path).keys() == {"all"}
        assert not (tmp_path / "out" / "news" / "sport.atom.xml").exists()
        browser.get("/app/sites/news/remove")
        browser.send("/remove$")
        assert not path.exists()
        assert "There is no site yet." in browser.text
        assert browser.client.get("/app/sites/news").status_code == 404
        assert browser.client.get("/app/sites/..%2fx").status_code in (404, 405)


@pytest.mark.usefixtures("site")
def test_a_mistake_in_a_file_is_shown_in_the_app(tmp_path):
    """And the app goes on."""
    path = tmp_path / "config" / "sites" / "news.toml"
    path.write_text("name = <script>", "utf-8")
    with serving(tmp_path / "config") as browser:
        assert "news.toml" in browser.text
        assert browser.client.get("/app/status").status_code == 200


def test_why_shows_the_story_beside_its_page(tmp_path, site):
    """The page is drawn in a frame in which nothing runs."""
    evil = article(3, text="<img src=x onerror=alert(1)> ")
    site.page("/3-garden-opens-again.html", evil)
    with serving(tmp_path / "config") as browser:
        browser.get("/app/why")
        browser.send("/why$", address="http://10.0.0.1/")
        assert browser.page.status_code == 422
        browser.send("/why$", address=site.url("/3-garden-opens-again.html"))
        browser.wait()
        assert "افتتاح الحديقة رقم 3" in browser.text
        assert "<img src=x" not in browser.page.text
        frame = browser.tree.css_first("iframe[sandbox]").attributes["src"]
        assert "frame-src 'self'" in browser.page.headers["content-security-policy"]
        drawing = browser.client.get(frame)
        assert "fm-kept" in drawing.text
        assert drawing.headers["content-security-policy"].startswith(
            "sandbox allow-same-origin; default-src 'none'"
        )
        assert drawing.headers["x-frame-options"] == "SAMEORIGIN"
        browser.get("/app/why")
        browser.send("/why$", address=site.url("/none.html"))
        browser.wait()
        assert "404" in browser.text
