"""The web app as a browser without script has it: pages over real HTTP, links and forms."""

from __future__ import annotations

import re
import threading
import time
from contextlib import contextmanager
from html import unescape
from typing import TYPE_CHECKING

import httpx
import uvicorn
from selectolax.lexbor import LexborHTMLParser

from feedmaker.web.application import ServeOptions, make_server

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


class Browser:
    """Follows links and sends forms with what they hold, and whatever else a person types."""

    def __init__(self, base: str, language: str = "en") -> None:
        self.base = base
        self.client = httpx.Client(
            base_url=base, headers={"Accept-Language": language}, follow_redirects=True, timeout=60
        )
        self.page = httpx.Response(200)

    def get(self, path: str) -> str:
        """Open a page; return its text."""
        self.page = self.client.get(path)
        return self.page.text

    @property
    def tree(self) -> LexborHTMLParser:
        """The page that is open."""
        return LexborHTMLParser(self.page.text)

    @property
    def text(self) -> str:
        """What the page shows; elements within a sentence part no words."""
        page = LexborHTMLParser(re.sub(r"</?(?:bdi|code)\b[^>]*>", "", self.page.text))
        return re.sub(r"\s+", " ", page.css_first("main").text(separator=" "))

    def fields(self, action: str) -> list[tuple[str, str]]:
        """What a form would send as it is."""
        form = next(
            one for one in self.tree.css("form") if re.search(action, one.attributes["action"])
        )
        found = []
        for node in form.css("input[name], textarea[name]"):
            given = node.attributes
            if given.get("type") in ("checkbox", "radio") and "checked" not in given:
                continue
            value = node.text() if node.tag == "textarea" else unescape(given.get("value") or "")
            found.append((given["name"], value))
        return found

    def send(self, action: str, to: str = "", **changed: str | list[str]) -> str:
        """Send the form whose address has `action` in it, with some fields changed, and follow."""
        form = next(
            one for one in self.tree.css("form") if re.search(action, one.attributes["action"])
        )
        data: dict[str, list[str]] = {}
        for name, value in self.fields(action):
            data.setdefault(name, []).append(value)
        for name, value in changed.items():
            data[name.replace("_", "-")] = value if isinstance(value, list) else [value]
        self.page = self.client.post(to or form.attributes["action"], data=data)
        return self.page.text

    def wait(self, seconds: float = 300) -> str:
        """Load the page again until it no longer refreshes itself."""
        end = time.monotonic() + seconds
        while self.tree.css_first("main[data-refresh]"):
            assert time.monotonic() < end, self.text
            time.sleep(0.1)
            self.get(str(self.page.url))
        return self.page.text


@contextmanager
def serving(configuration: Path, *allowed: str, language: str = "en") -> Iterator[Browser]:
    """Serve the app; yield a browser that is at its first page."""
    options = ServeOptions(configuration=configuration, allow_private=frozenset(allowed))
    settings = uvicorn.Config(
        make_server(options).application,
        host="127.0.0.1",
        port=0,
        log_config=None,
        access_log=False,
    )
    server = uvicorn.Server(settings)
    thread = threading.Thread(target=server.run)
    thread.start()
    try:
        while not server.started:
            time.sleep(0.01)
        port = server.servers[0].sockets[0].getsockname()[1]
        browser = Browser(f"http://127.0.0.1:{port}", language)
        browser.get("/app/")
        yield browser
        browser.client.close()
    finally:
        server.should_exit = True
        thread.join()
