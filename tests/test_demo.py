"""The main job on the sample site: `feedmaker demo` as a stranger runs it, its feeds compared with
the truth.
"""

from __future__ import annotations

import os
import subprocess
import sys
from calendar import timegm
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import feedparser
import pytest
from selectolax.lexbor import LexborHTMLParser
from servers import a_second_later

from feedmaker import demo
from feedmaker.text import urls

if TYPE_CHECKING:
    from pathlib import Path

FORMATS = ("atom", "rss")
SECTIONS = ("local", "economy", "sport", "health", "culture", "science", "latest", "most-read")


def run(folder: Path, *options: str) -> str:
    """Run the demo there and return what it prints."""
    command = [sys.executable, "-m", "feedmaker", "demo", *options]
    environment = {
        name: value for name, value in os.environ.items() if not name.lower().endswith("_proxy")
    }
    done = subprocess.run(
        command, cwd=folder, capture_output=True, text=True, check=False, env=environment
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout + done.stderr


def files(folder: Path) -> dict[str, tuple[int, bytes]]:
    """Time and content of every file of `out/demo`."""
    out = folder / "out" / "demo"
    return {
        str(p.relative_to(out)): (p.stat().st_mtime_ns, p.read_bytes())
        for p in out.rglob("*")
        if p.is_file()
    }


@pytest.fixture(scope="module")
def runs(tmp_path_factory):
    """Three runs in one folder: what each printed, and the files after each."""
    folder = tmp_path_factory.mktemp("demo")
    made = []
    for _ in range(3):
        made.append((run(folder), files(folder)))
        a_second_later()
    return made


@pytest.fixture(scope="module")
def first(runs):
    """The feeds of the first run, parsed, by section and format."""
    made = runs[0][1]
    return {
        (s, f): feedparser.parse(made[f"almadar/{s}.{f}.xml"][1]) for s in SECTIONS for f in FORMATS
    }


def truth(section: str, *, corrected: bool = False) -> dict[str, demo.Article]:
    """The articles that a section's feed ought to hold, by canonical URL."""
    articles = [
        article for article in demo.articles(corrected=corrected) if section in article.sections
    ]
    return {urls.canonical(article.url): article for article in articles}


def squeeze(text: str) -> str:
    """The text with white space folded."""
    return " ".join(text.split())


def blocks(html: str) -> list[str]:
    """The paragraphs, headings, list items and table rows of a feed's content, in order."""
    found = []
    for node in LexborHTMLParser(html).css("p, h2, h3, h4, li, tr"):
        parts = node.css("th, td") if node.tag == "tr" else [node]
        found.append(squeeze(" ".join(part.text() for part in parts)))
    return found


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("section", SECTIONS)
def test_each_feed_holds_its_section_s_stories_and_no_other(first, section, form):
    """Every article of a section is in its feed once; what the page shows beside its list is not."""
    feed = first[section, form]
    assert not feed.bozo
    assert sorted(entry.link for entry in feed.entries) == sorted(truth(section))


@pytest.mark.parametrize("section", SECTIONS)
def test_every_story_is_whole_and_has_no_furniture(first, section):
    """Each paragraph of the truth is there, in order, a sentence cut by an advert is one;
    boilerplate is not.
    """
    wrong = []
    for entry in first[section, "atom"].entries:
        article, found = truth(section)[entry.link], blocks(entry.content[0].value)
        whole = " ".join(found)
        wanted = [squeeze(paragraph) for paragraph in article.paragraphs]
        wrong += [
            (article.title, "lost or cut", paragraph)
            for paragraph in wanted
            if paragraph not in found
        ]
        if [block for block in found if block in wanted] != wanted:
            wrong.append((article.title, "out of order", ""))
        wrong += [
            (article.title, "kept", snippet) for snippet in demo.BOILERPLATE if snippet in whole
        ]
    assert wrong == []


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("section", SECTIONS)
def test_titles_authors_and_dates_are_right(first, section, form):
    """In all markups and calendars; the one undated story has its first-seen time."""
    for entry in first[section, form].entries:
        article = truth(section)[entry.link]
        assert entry.title.removeprefix("\u200f") == article.title
        if article.authors:
            assert tuple(author["name"] for author in entry.authors) == article.authors
        shown = datetime.fromtimestamp(timegm(entry.published_parsed), UTC)
        if article.published:
            assert shown == article.published, article.title
        else:
            assert (datetime.now(UTC) - shown).total_seconds() < 3600


def test_direction_is_the_story_s_own(first):
    """Arabic stories stand in a right-to-left box, the French one in its own; the Latin-first title
    has one RLM.
    """
    boxes = {}
    for entry in first["culture", "atom"].entries + first["science", "atom"].entries:
        box = LexborHTMLParser(entry.content[0].value).css_first("div")
        article = next(a for a in demo.articles() if urls.canonical(a.url) == entry.link)
        boxes.setdefault(article.language, set()).add(
            (box.attributes["dir"], box.attributes["lang"])
        )
        latin_first = (
            article.language == "ar" and article.title[0].isascii() and article.title[0].isalpha()
        )
        assert entry.title.startswith("\u200f") is latin_first
    assert boxes == {"ar": {("rtl", "ar")}, "fr": {("ltr", "fr")}}


def test_a_page_without_a_story_gives_its_teaser(first):
    """The video page is in its feed with its own description, and marked as an excerpt."""
    (video,) = [article for article in truth("culture").values() if article.kind == "teaser"]
    (entry,) = [
        entry
        for entry in first["culture", "atom"].entries
        if entry.link == urls.canonical(video.url)
    ]
    assert squeeze(video.description) in blocks(entry.content[0].value)
    assert "مقتطف" in [tag["term"] for tag in entry.tags]


def test_the_planted_failures_are_named_and_nothing_else(runs):
    """404, 500 and the page closed by robots.txt are told with their URL and reason."""
    told = [line for line in runs[0][0].splitlines() if ": http" in line]
    assert len(told) == len(demo.failures()) == 3
    for url, reason in demo.failures().items():
        assert any(urls.canonical(url) in line and reason in line for line in told)


def test_the_second_run_changes_the_corrected_story_s_feeds_and_the_third_none(runs):
    """Same bytes and same times everywhere else; the corrected story keeps its id and has a later
    `updated`.
    """
    before, after, again = (made for _, made in runs)
    changed = {name for name in after if after[name] != before.get(name)}
    feeds = {name for name in changed if name.endswith((".xml", ".json"))}
    names = ("atom.xml", "rss.xml", "json")
    assert feeds == {
        f"almadar/{section}.{name}" for section in ("economy", "latest") for name in names
    }
    assert {
        name for name in again if again[name] != after.get(name)
    } == set()  # told by name: pages are long
    old, new = (
        feedparser.parse(made["almadar/economy.atom.xml"][1]).entries for made in (before, after)
    )
    moved = [(a, b) for a, b in zip(old, new, strict=True) if a != b]
    assert len(moved) == 1
    assert moved[0][0].id == moved[0][1].id
    assert moved[0][0].published == moved[0][1].published
    assert moved[0][0].updated_parsed < moved[0][1].updated_parsed
    article = truth("economy", corrected=True)[moved[0][1].link]
    assert {squeeze(paragraph) for paragraph in article.paragraphs} <= set(
        blocks(moved[0][1].content[0].value)
    )


def test_a_start_over_gives_the_same_feeds(runs, tmp_path):
    """Ids and bytes depend on the site alone, not on the port, the folder or the time, but for the
    undated story.
    """
    once, _ = run(tmp_path), None
    first_time = files(tmp_path)
    run(tmp_path, "--reset")
    undated = {
        section for section in SECTIONS if not all(a.published for a in truth(section).values())
    }
    assert once
    for name, (_, content) in files(tmp_path).items():
        if name.endswith(".xml") and name.split("/")[-1].split(".")[0] not in undated:
            assert (content == first_time[name][1], content == runs[0][1][name][1]) == (
                True,
                True,
            ), name
