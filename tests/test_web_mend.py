"""Mending by pointing in the web app: over real HTTP, without script, and under attack."""

from __future__ import annotations

import asyncio
import re
import tomllib

import feedparser
import pytest
from promo_site import ADVERT, fill_promo, listing_page, promo_article
from servers import Server, html, redirect
from web_app import serving

from feedmaker import cli, config, pipeline


@pytest.fixture
def site():
    """A site on loopback."""
    with Server() as server:
        yield server


@pytest.fixture
def path(site, tmp_path):
    """The site's file; its section was built once."""
    path = fill_promo(site, tmp_path)
    build(tmp_path)
    return path


def build(folder) -> list:
    """One run."""
    settings, sites, _ = config.load_usable(folder / "config")
    asyncio.run(pipeline.build_feeds(settings, sites))
    feed = folder / "out" / "news" / "all.atom.xml"
    return feedparser.parse(feed.read_bytes()).entries


def check(folder) -> int:
    """The exit code of `feedmaker check`."""
    with pytest.raises(SystemExit) as ended:
        cli.main(["check", "--config", str(folder / "config")])
    return ended.value.code


def ask(browser, site, number=0):
    """Ask why a story is as it is."""
    browser.get("/app/why")
    browser.send("/why$", address=site.url(f"/{number}-garden-opens-again.html"))
    browser.wait()


def number_of(browser, words: str) -> str:
    """The number of the block with these words."""
    for label in browser.tree.css(".blocks label"):
        if words in label.text():
            return label.css_first("input").attributes["value"]
    raise AssertionError(browser.text)


def point(browser, words: str, part: str = "drop"):
    """Say what a block is, and wait for what comes of it."""
    browser.send("/mend$", block=number_of(browser, words), part=part)
    browser.wait()


def test_an_advert_is_clicked_away(tmp_path, site, path, capsys):
    """A rule by a name that is a word, tried on the newest ten, written, read again, and kept."""
    with serving(tmp_path / "config") as browser:
        ask(browser, site)
        assert ADVERT in browser.text
        point(browser, ADVERT[:40])
        chosen = browser.tree.css_first("textarea").text().strip()
        assert chosen == "div.library-line"
        assert "10 of 10 change." in browser.text
        assert len(browser.tree.css("del")) == 11
        assert {node.text() for node in browser.tree.css("del")} == {ADVERT}
        assert not browser.tree.css("ins")
        assert path.read_text("utf-8").count("library") == 0
        browser.send("/accept$")
        assert "Written." in browser.text
    text = path.read_text("utf-8")
    assert text.startswith("# A person's own words.\n")
    assert "delay = 0  # a site of our own" in text
    assert tomllib.loads(text)["rules"] == {"drop": ["div.library-line"]}
    entries = build(tmp_path)
    assert len(entries) == 12
    assert all(ADVERT[:40] not in entry.content[0].value for entry in entries)
    (case,) = (tmp_path / "config" / "cases" / "news").iterdir()
    assert check(tmp_path) == 0
    path.write_text(text.replace("div.library-line", "div.other"), "utf-8")
    capsys.readouterr()
    assert check(tmp_path) == 2
    (line,) = [one for one in capsys.readouterr().err.splitlines() if str(case) in one]
    assert "is too much" in line


def test_a_missed_headline_is_ticked_and_a_wrong_one_unticked(tmp_path, site, path):
    """Selectors of the section name what is ticked; its other keys and remarks stay."""
    wrong = '<div class="offers">' + "".join(
        f'<p class="offer"><a href="/2026/offers/{n}-garden-tools-for-sale.html">عرض خاص على أدوات'
        f" الحديقة رقم {n} حتى نهاية الشهر</a></p>"
        for n in range(8)
    )
    site.page("/all", listing_page(wrong + "</div>"))
    with serving(tmp_path / "config") as browser:
        browser.get("/app/sites/news")
        browser.send("/links$")
        browser.wait()
        boxes = {
            label.text().strip(): label.css_first("input").attributes
            for label in browser.tree.css(".blocks label")
        }
        stories = [given["value"] for text, given in boxes.items() if "افتتاح" in text]
        offers = [given["value"] for text, given in boxes.items() if "عرض" in text]
        assert (len(stories), len(offers)) == (12, 8)
        ticked = [given["value"] for given in boxes.values() if "checked" in given]
        other = stories[1:] if set(ticked) == set(stories) else stories
        browser.send("/mend$", take=other)
        browser.wait()
        browser.get(str(browser.page.url))
        if other == stories:
            assert "li.item" in browser.tree.css_first("textarea").text()
            browser.send("/accept$")
            assert "Written." in browser.text
            links = tomllib.loads(path.read_text("utf-8"))["sections"][0]["links"]
            assert links
            assert check(tmp_path) == 0


def test_nothing_of_a_page_runs_in_what_is_shown(tmp_path, site):
    """Neither by a block's text nor by a selector; and each form needs its token."""
    fill_promo(site, tmp_path)
    attack = "&lt;script&gt;alert(1)&lt;/script&gt;&lt;img src=x onerror=alert(2)&gt; " + ADVERT
    site.page("/0-garden-opens-again.html", promo_article(0, attack))
    with serving(tmp_path / "config") as browser:
        ask(browser, site)
        job = str(browser.page.url).removeprefix(browser.base)
        assert "<script>alert(1)" in browser.text
        pages = [browser.page.text]
        point(browser, "alert(1)")
        mending = str(browser.page.url).removeprefix(browser.base)
        pages.append(browser.page.text)
        typed = '[class="</textarea><script>alert(3)</script>"]'
        browser.send("/again$", selectors=typed)
        browser.wait()
        assert browser.tree.css_first("textarea").text().strip() == typed
        pages.append(browser.page.text)
        for page in pages:
            assert "<script>alert" not in page
            assert "<img src=x" not in page
        for action in (
            f"{job}/mend",
            f"{mending}/again",
            f"{mending}/accept",
            "/app/sites/news/links",
        ):
            assert browser.client.post(action, data={"selectors": "p"}).status_code == 403
        frame = browser.client.get(f"{job}/page").headers["content-security-policy"]
        assert frame.startswith("sandbox allow-same-origin; default-src 'none'")
        assert "script" not in frame


def test_what_is_no_selector_or_no_block_is_refused(tmp_path, site):
    """In one line, and nothing is written."""
    path = fill_promo(site, tmp_path)
    before = path.read_text("utf-8")
    with serving(tmp_path / "config") as browser:
        ask(browser, site)
        page = str(browser.page.url)
        for wrong in (
            {"block": "99999", "part": "drop"},
            {"block": "-1", "part": "drop"},
            {"block": "1", "part": "links"},
            {"block": "x" * 9000, "part": "__class__"},
        ):
            browser.get(page)
            browser.send("/mend$", **wrong)
            assert browser.page.status_code == 422, wrong
            assert "choose a text of the page" in browser.text
        browser.get(page)
        point(browser, ADVERT[:40])
        mending = str(browser.page.url)
        for selector in ("p[", "p" * 301, ":not(" * 60, "\x00", "}{", " ", ">>>", "p{color:red}"):
            browser.get(mending)
            browser.send("/again$", selectors=selector)
            assert browser.page.status_code == 422, selector
            assert "Traceback" not in browser.page.text
        for nowhere in ("/app/mend/none", "/app/why/none/mend"):
            assert browser.client.get(nowhere).status_code in (404, 405)
        browser.get("/app/sites/news")
        browser.send("/links$", section="none")
        assert browser.page.status_code == 404
    assert path.read_text("utf-8") == before
    assert not (tmp_path / "config" / "cases").exists()


@pytest.mark.usefixtures("path")
def test_stories_at_private_addresses_are_not_fetched(tmp_path, site):
    """A page that leads on to one gives a reason, and nobody is asked."""
    with Server() as inner:
        inner.page("/secret", html("secret"))
        away = inner.url("/secret", host="localhost")
        site.page("/3-garden-opens-again.html", redirect(away))
        with serving(tmp_path / "config") as browser:
            ask(browser, site)
            point(browser, ADVERT[:40])
            assert "not to be had" in browser.text
            assert "private" in browser.text
        assert not inner.requests


def test_a_page_of_ten_thousand_blocks_is_shown_and_mended_in_time(tmp_path, site):
    """Of its blocks as many as a person can look through."""
    fill_promo(site, tmp_path)
    many = "".join(f'<p class="line">{ADVERT} {n}</p>' for n in range(10_000))
    site.page("/0-garden-opens-again.html", promo_article(0, f"</p>{many}<p>"))
    with serving(tmp_path / "config") as browser:
        ask(browser, site)
        assert 0 < len(browser.tree.css(".blocks input")) <= 1000
        assert len(browser.page.text) < 3_000_000
        point(browser, f"{ADVERT} 17")
        assert "Traceback" not in browser.page.text
        assert browser.page.status_code == 200


def test_a_page_of_no_site_is_explained_and_not_mended(tmp_path, site):
    """Its site is to be added first."""
    (tmp_path / "config").mkdir()
    site.page("/x", promo_article(1))
    with serving(tmp_path / "config", "127.0.0.1") as browser:
        browser.get("/app/why")
        browser.send("/why$", address=site.url("/x"))
        browser.wait()
        assert "Add the site of this page first" in browser.text
        token = re.search(r'name="csrf" value="([^"]+)"', browser.page.text)[1]
        answer = browser.client.post(f"{browser.page.url}/mend", data={"csrf": token, "block": "0"})
        assert answer.status_code == 404
