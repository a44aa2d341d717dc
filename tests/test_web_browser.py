"""The app in a browser: from an empty folder to a feed that is there, by hand and by keyboard."""

from __future__ import annotations

import shutil

import feedparser
import pytest
from pressroom import PRESSES, fill
from servers import Server
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
