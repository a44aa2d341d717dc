"""Rules for what a person points at: found by lasting names, written beside a person's own words."""

from __future__ import annotations

import asyncio
import json
import os
import shutil
import signal
import sys
import tomllib
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest
from promo_site import ADVERT, CONFIG, listing_page, promo_article
from selectolax.lexbor import LexborHTMLParser

from feedmaker import config, setup
from feedmaker.html.element_selectors import is_of_words, word_selectors
from feedmaker.model import Page, Rules, Section, Site
from feedmaker.model.errors import ConfigError
from feedmaker.pipeline import PageProcess, page_work

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
SITE = Site(
    slug="news",
    name="الموقع",
    home="https://news.example/",
    sections=(Section(slug="all", title="كل", urls=("https://news.example/all",)),),
)


def page_of(reply, path="0-garden-opens-again.html") -> Page:
    """A page that was fetched."""
    url = f"https://news.example/{path}"
    return Page(url=url, content=b"", utf8=reply.body, fetched_at=NOW)


def number_of(page: Page, words: str) -> int:
    """The number of the block with these words."""
    blocks = page_work.trace_article(page, SITE).trace.blocks
    return next(number for number, block in enumerate(blocks) if words in block.text)


@pytest.mark.parametrize(
    ("part", "words", "selector"),
    [
        ("drop", ADVERT[:30], "div.library-line"),
        ("author", "سارة", "p.byline"),
        ("title", "افتتاح الحديقة", "h1"),
        ("body", "وقال مدير الأشغال", "div.story-text"),
    ],
)
def test_what_is_pointed_at_is_named_by_words(part, words, selector):
    """The shortest name that tells it from what was kept comes first."""
    page = page_of(promo_article(0))
    proposed = setup.propose_rules(page, SITE, part, number_of(page, words))
    assert proposed[0] == selector
    assert len(proposed) <= 3
    assert not any(":" in one or "sc-" in one for one in proposed)


def test_a_paragraph_without_a_name_of_its_own_has_no_rule():
    """One by its position would take away another paragraph on the next page."""
    page = page_of(promo_article(0))
    number = number_of(page, "وستفتح الأبواب")
    assert setup.propose_rules(page, SITE, "drop", number) == ()
    assert setup.propose_rules(page, SITE, "drop", -1) == ()
    assert setup.propose_rules(page, SITE, "drop", 10_000) == ()


def test_names_that_look_made_by_a_program_are_none():
    """Hashes, numbers and names of a moment; attributes that say what a box is for are names."""
    tree = LexborHTMLParser(
        '<div id="post-48213" class="sc-bdVaJa css-kqzxvw jsx-2871 active mb-4">'
        '<p class="k7 author-name" itemprop="author">x</p><time>1</time></div>'
    )
    assert word_selectors(tree.css_first("div")) == []
    assert word_selectors(tree.css_first("p"))[:2] == ["[itemprop=author]", "p.author-name"]
    assert word_selectors(tree.css_first("time"))[0] == "time"
    assert is_of_words("#main li.story-card > a")
    assert not is_of_words("li.story-card > a.x91k")


def test_a_rule_makes_a_difference_that_is_shown():
    """What is lost stands alone before, what is new after; the rest is in both."""
    page = page_of(promo_article(0))
    after = setup.with_rule(SITE, "all", "drop", ("div.library-line",), page)
    trial = setup.read_twice(page, SITE, after)
    assert trial.is_changed
    assert [line.text for line in trial.before.lines if line.is_alone] == [ADVERT]
    assert not any(line.is_alone for line in trial.after.lines)
    same = setup.read_twice(page, SITE, SITE)
    assert not same.is_changed


def test_rules_join_those_that_are_there():
    """What is dropped becomes more, the newest title comes first, a text takes another's place."""
    page = page_of(promo_article(0))
    rules = Rules(drop=("aside",), title=("h2",), body=("article.entry", "div.elsewhere"))
    site = Site(slug="n", name="n", home="https://n.example/", sections=(), rules=rules)
    assert setup.with_rule(site, "", "drop", ("p.x",), page).rules.drop == ("aside", "p.x")
    assert setup.with_rule(site, "", "title", ("h1",), page).rules.title == ("h1", "h2")
    body = setup.with_rule(site, "", "body", ("div.story-text",), page).rules.body
    assert body == ("div.story-text", "div.elsewhere")


def test_links_are_named_as_a_person_ticks_them():
    """Those of a list that is none are left out, those of one that was missed are taken in."""
    offers = "".join(
        f'<p class="offer"><a href="/2026/offers/{n}-garden-tools-for-sale.html">عرض خاص على أدوات'
        f" الحديقة رقم {n} حتى نهاية الشهر</a></p>"
        for n in range(8)
    )
    page = page_of(listing_page(f'<div class="offers">{offers}</div>'), "all")
    urls = [f"https://news.example/{n}-garden-opens-again.html" for n in range(12)]
    others = [f"https://news.example/2026/offers/{n}-garden-tools-for-sale.html" for n in range(8)]
    assert setup.propose_links(page, frozenset(urls), frozenset(others)) == ("li.item",)
    both = setup.propose_links(page, frozenset(urls + others), frozenset(others))
    assert set(both) == {"li.item", "p.offer"}
    assert setup.propose_links(page, frozenset({"https://else.example/"}), frozenset()) == ()
    after = setup.with_rule(SITE, "all", "links", ("li.item",), page)
    trial = setup.list_twice(page, SITE, after, "all", [])
    assert {link.url for link in trial.lost} <= set(others)
    assert trial.links == tuple(urls)


def site_file(folder: Path, more: str = "") -> Path:
    """The file of a site."""
    path = folder / "sites" / "news.toml"
    path.parent.mkdir(parents=True)
    path.write_text(CONFIG.format(home="https://news.example/") + more, "utf-8")
    return path


RULES = (
    "",
    '\n[rules]  # by hand\n# why\ndrop = [\n  "aside",  # adverts\n]\n',
    '\n[rules]\ndrop = ["aside"]\n',
    "\n[rules]\ntitle = ['h1']\n",
)


@pytest.mark.parametrize("more", RULES, ids=["none", "lines", "list", "other key"])
def test_a_rule_is_written_beside_what_stands_there(tmp_path, more):
    """Comments, order and the rest of the file stay."""
    path = site_file(tmp_path, more)
    before = path.read_text("utf-8")
    wanted = [*tomllib.loads(before).get("rules", {}).get("drop", []), "div.library-line"]
    setup.set_selectors(tmp_path, "news", "drop", wanted)
    text = path.read_text("utf-8")
    assert tomllib.loads(text)["rules"]["drop"] == wanted
    for line in before.splitlines():
        assert line in text or line.startswith('drop = ["aside"')
    setup.set_selectors(tmp_path, "news", "drop", ["div.library-line"])
    assert tomllib.loads(path.read_text("utf-8"))["rules"]["drop"] == ["div.library-line"]


def test_links_are_written_into_their_section(tmp_path):
    """Behind its slug, and another time in their place."""
    path = site_file(tmp_path)
    setup.set_selectors(tmp_path, "news", "links", ["li.item", "p.offer"], "all")
    setup.set_selectors(tmp_path, "news", "links", ["li.item"], "all")
    text = path.read_text("utf-8")
    assert tomllib.loads(text)["sections"][0]["links"] == ["li.item"]
    assert 'slug = "all"   # in addresses\n' in text
    with pytest.raises(ConfigError, match="no such"):
        setup.set_selectors(tmp_path, "news", "links", ["a"], "none")
    with pytest.raises(ConfigError, match="selector"):
        setup.set_selectors(tmp_path, "news", "drop", ["p["])
    assert path.read_text("utf-8") == text


def faults(folder: Path, *sites: Site) -> list[str]:
    """What is wrong with the cases."""
    with closing(PageProcess()) as process:
        return asyncio.run(setup.case_faults(folder, sites, process))


def test_a_case_says_when_its_page_is_read_otherwise(tmp_path):
    """In one line; one that cannot be read is named, and one of a site that is gone is left."""
    page = page_of(promo_article(0))
    after = setup.with_rule(SITE, "all", "drop", ("div.library-line",), page)
    case = setup.write_case(tmp_path, "news", page, setup.expected_story(page, after))
    assert setup.write_case(tmp_path, "news", page, setup.expected_story(page, after)) == case
    assert faults(tmp_path, after) == []
    (line,) = faults(tmp_path, SITE)
    assert line.startswith(f"{case}: text: ")
    assert line.endswith("is too much")
    listed = page_of(listing_page(), "all")
    links = page_work.trace_listing(listed, SITE, SITE.sections[0]).listing.links
    right = {"section": "all", "links": [link.url for link in links]}
    setup.write_case(tmp_path, "news", listed, right)
    assert faults(tmp_path, after) == []
    assert faults(tmp_path) == []
    for text in ("{", "[]", '{"url": 3}', json.dumps({"url": page.url, "fetched": "x"})):
        (case / "expected.json").write_text(text)
        (line,) = faults(tmp_path, after)
        assert "cannot be read" in line
    (case / "page.html").unlink()
    assert len(faults(tmp_path, after)) == 1


def test_a_selector_is_known_before_it_is_tried():
    """Nothing but a selector is one."""
    assert config.is_selector("div.a > p:not(.b)")
    assert not any(map(config.is_selector, ("p[", "", " ", "}{")))


def accept_a_rule(folder: Path) -> None:
    """As the app does."""
    setup.set_selectors(folder, "news", "drop", ("div.library-line",))
    setup.write_case(folder, "news", page_of(promo_article(0)), {"title": "x"})


def add_a_site(folder: Path) -> None:
    """As the app does."""
    path = folder / "sites" / "other.toml"
    setup.write_site(folder, path, CONFIG.format(home="https://other.example/"))


def test_who_changes_a_file_at_once_with_others_loses_nothing(tmp_path):
    """Buttons of the app that are pressed one after the other, and commands beside it."""
    slugs = [f"s{number}" for number in range(8)]
    more = "".join(SPORT.replace("sport", slug).replace("paused = true", "") for slug in slugs)
    path = site_file(tmp_path, more)
    with ThreadPoolExecutor(len(slugs)) as pool:
        list(pool.map(lambda slug: setup.set_paused(tmp_path, "news", slug, paused=True), slugs))
    sections = tomllib.loads(path.read_text("utf-8"))["sections"]
    assert [one["slug"] for one in sections if one.get("paused")] == slugs


SPORT = """
# A person's own sport.
[[sections]]
slug = "sport"
title = "رياضة"
urls = ["https://news.example/sport"]
paused = true
"""


def add_a_section(folder: Path) -> None:
    """As the app does with a site that is there."""
    path = folder / "sites" / "news.toml"
    text = path.read_text("utf-8") + SPORT.replace("sport", "culture")
    setup.write_site(folder, path, text)


WRITES = {
    "accept": accept_a_rule,
    "add": add_a_site,
    "add section": add_a_section,
    "links": lambda folder: setup.set_selectors(folder, "news", "links", ["li.item"], "all"),
    "pause": lambda folder: setup.set_paused(folder, "news", "all", paused=True),
    "resume": lambda folder: setup.set_paused(folder, "news", "sport", paused=False),
    "remove": lambda folder: setup.remove(folder, "news"),
    "remove section": lambda folder: setup.remove(folder, "news", "sport"),
    "rename": lambda folder: setup.rename(folder, "news", "all", "عنوان"),
    "rename site": lambda folder: setup.rename(folder, "news", "", "اسم"),
    "rules": lambda folder: setup.add_rules(folder, "news", {"drop": ["div.library-line"]}),
}
_CALLS = {"open", "os.rename", "os.remove", "os.mkdir", "fcntl.flock"}


def do_and_die(folder: Path, act: Callable[[Path], None], number: int) -> None:
    """Do something in a folder, and end before the so manieth call that changes files."""
    left = number

    def kill(event: str, given: object) -> None:
        nonlocal left
        if event in _CALLS and (event == "fcntl.flock" or str(folder) in str(given)):
            left -= 1
            if not left:
                os.kill(os.getpid(), signal.SIGKILL)

    try:
        sys.addaudithook(kill)
        act(folder)
        os._exit(0)
    finally:
        os._exit(1)


def left_by_kills(folder: Path, act: Callable[[Path], None]) -> Iterator[Path]:
    """Copies of a folder in which something was done that was killed before one of the calls that
    change files, each; the last is one that was let through.
    """
    code, number = -signal.SIGKILL, 0
    while code:
        number += 1
        copy = shutil.copytree(folder, folder.with_name(f"killed-{number}"))
        child = os.fork()
        if child == 0:
            do_and_die(copy, act, number)
        code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        assert code in (0, -signal.SIGKILL)
        yield copy


@pytest.mark.parametrize("write", WRITES)
def test_a_kill_at_any_moment_leaves_the_configuration_whole(tmp_path, write):
    """Each file is as it was or as it was to be, and all of them can be used; what a person wrote
    stays.
    """
    folder = tmp_path / "config"
    (folder / "sites").mkdir(parents=True)
    text = f"# A person's words.\n{CONFIG.format(home='https://news.example/')}{SPORT}"
    (folder / "sites" / "news.toml").write_text(text, "utf-8")
    (folder / "sites" / "last.toml").write_text(text, "utf-8")
    left = list(left_by_kills(folder, WRITES[write]))
    assert len(left) > (1 if write == "remove" else 4)
    done = {path.name: path.read_bytes() for path in left[-1].glob("sites/*.toml")}
    for one in left:
        assert not config.load_usable(one).problems
        for path in one.glob("sites/*.toml"):
            assert path.read_bytes() in (text.encode(), done.get(path.name))
    remarks = [line for line in CONFIG.splitlines() if "#" in line]
    written = done.get("news.toml", text.encode()).decode()
    assert all(remark.partition("#")[2] in written for remark in remarks)
    assert ("own sport" in written) == (write != "remove section")
    assert (written == text) == (write in ("add", "remove"))
    case = list(left[-1].glob("cases/*/*/expected.json"))
    assert len(case) == (write == "accept")
