"""The app in a browser: from an empty folder to a feed that is there, by hand and by keyboard."""

from __future__ import annotations

import shutil
import sqlite3
import subprocess

import feedparser
import pytest
from pressroom import PRESSES, fill
from promo_site import ADVERT, fill_promo, promo_article, title
from servers import Server, html
from web_server import Served

playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
CHROMIUM = shutil.which("chromium")


@pytest.fixture(scope="module")
def chromium():
    """Debian's browser."""
    if CHROMIUM is None:
        pytest.skip("chromium is not installed")
    with playwright.sync_playwright() as started:
        browser = started.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.mark.parametrize("script", [True, False], ids=["script", "no script"])
def test_from_an_empty_folder_to_a_feed(tmp_path, chromium, script):
    """Paste, tick, write, build; the address shown is that of a feed with the site's stories."""
    press = PRESSES[0]
    with Server() as site, Served(tmp_path, "--allow-private", "127.0.0.1") as served:
        fill(site, press)
        phone = {"width": 390, "height": 844}
        window = chromium.new_context(locale="ar", viewport=phone, java_script_enabled=script)
        page = window.new_page()
        page.set_default_timeout(120_000)
        told = []
        page.on("console", lambda message: told.append(message.text))
        page.goto(f"http://127.0.0.1:{served.port}/app/")
        assert page.locator("html").get_attribute("dir") == "rtl"
        page.get_by_label("عنوان موقع أخبار").fill(site.url("/"))
        page.keyboard.press("Enter")
        page.get_by_text("ستكون خلاصته في").first.wait_for()
        page.get_by_label("سياسة").uncheck()
        page.get_by_label("رياضة").press("Space")
        page.get_by_role("button", name="اكتب").click()
        page.get_by_role("link", name="خلاصته").nth(2).wait_for()
        addresses = [one.input_value() for one in page.locator(".address input").all()]
        names = [address.rpartition("/")[2] for address in addresses]
        assert names == ["economy.atom.xml", "culture.atom.xml", "latest.atom.xml"]
        feed = feedparser.parse(served.client.get(addresses[0]).content)
        assert len(feed.entries) == 9
        assert press.text[0][:40] in feed.entries[0].content[0].value
        width = page.evaluate("document.documentElement.scrollWidth") if script else phone["width"]
        assert width <= phone["width"]
        assert not told
        window.close()


def redesign(site) -> None:
    """The same stories and a new one, in other markup."""
    rows = "".join(
        f'<tr><td class="cell"><a href="/{n}-garden-opens-again.html"><b>{title(n)}</b></a></td></tr>'
        for n in (20, *range(12))
    )
    site.page("/all", html(f"<h1>القسم</h1><table>{rows}</table>"))
    site.page("/20-garden-opens-again.html", promo_article(20))


def entries_of(served) -> list:
    """The stories of the feed as it is now."""
    return feedparser.parse(served.client.get("/news/all.atom.xml").content).entries


def test_a_block_is_clicked_away_and_a_redesign_survived(tmp_path, chromium):
    """In the page itself by a click; a section renamed; newsboat reads what comes of it."""
    with Server() as site:
        fill_promo(site, tmp_path)
        with Served(tmp_path, "--allow-private", "127.0.0.1") as served:
            served.wait(lambda: len(entries_of(served)) == 12, 300)
            assert all(ADVERT in entry.content[0].value for entry in entries_of(served))
            window = chromium.new_context(locale="en", viewport={"width": 1280, "height": 900})
            page = window.new_page()
            page.set_default_timeout(300_000)
            told = []
            page.on("console", lambda message: told.append(message.text))
            address = site.url("/0-garden-opens-again.html")
            page.goto(f"http://127.0.0.1:{served.port}/app/why?address={address}")
            page.get_by_role("button", name="Explain").click()
            frame = page.frame_locator("iframe")
            frame.get_by_text(ADVERT[:40]).click()
            assert page.locator(".blocks :checked").count() == 1
            page.get_by_role("button", name="Find a rule").click()
            page.get_by_text("10 of 10 change.").wait_for()
            page.get_by_role("button", name="Accept the rule").click()
            page.get_by_text("Written.").wait_for()
            served.wait(lambda: ADVERT not in str(entries_of(served)), 300)
            redesign(site)
            page.goto(f"http://127.0.0.1:{served.port}/app/sites/news")
            page.get_by_role("button", name="Build now").click()
            served.wait(lambda: len(entries_of(served)) == 13, 300)
            assert ADVERT not in str(entries_of(served))
            page.get_by_text("Rename").nth(2).click()
            page.get_by_label("Title of the feed").fill("حدائق المدينة")
            page.keyboard.press("Enter")
            page.get_by_role("heading", name="حدائق المدينة").wait_for()
            served.wait(
                lambda: "حدائق المدينة" in served.client.get("/news/all.atom.xml").text, 300
            )
            assert not told
            window.close()
            if shutil.which("newsboat"):
                feed = f"http://127.0.0.1:{served.port}/news/all.atom.xml"
                assert read_by_newsboat(tmp_path, feed) == (13, 13)


def read_by_newsboat(folder, feed) -> tuple[int, int]:
    """How many stories newsboat has of a feed, and how many are unread."""
    (folder / "urls").write_text(f"{feed}\n")
    files = ["-u", folder / "urls", "-c", folder / "cache.db"]
    subprocess.run(["newsboat", *files, "-x", "reload"], check=True, timeout=120)
    said = subprocess.run(
        ["newsboat", *files, "-x", "print-unread"], check=True, timeout=120, capture_output=True
    )
    with sqlite3.connect(folder / "cache.db") as cache:
        (count,) = cache.execute("SELECT count(*) FROM rss_item").fetchone()
    return count, int(said.stdout.split()[0])
