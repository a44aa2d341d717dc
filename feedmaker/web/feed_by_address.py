"""`GET /feed?url=...&key=...`: the full-text feed of any page or feed, for who has a key.

The first time the page is looked at, by a process of its own, and its feed waited for; from then on
a worker keeps it as it keeps all sections, and the answer is a file. Off while there is no key.
"""

from __future__ import annotations

import asyncio
import json
import logging
import sys
import time
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Final
from urllib.parse import parse_qs

from starlette.exceptions import HTTPException
from starlette.responses import PlainTextResponse

from feedmaker.model.errors import FeedmakerError
from feedmaker.web.asked_pages import AskedPage
from feedmaker.web.out_files import OutFiles
from feedmaker.web.typed_addresses import check_address, connect_to

if TYPE_CHECKING:
    from starlette.types import Receive, Scope, Send

    from feedmaker.web.asked_pages import AskedPages
    from feedmaker.web.build_process import BuildProcess
    from feedmaker.web.live_settings import LiveSettings
    from feedmaker.web.private_file import FeedKey, PrivateFile

_log = logging.getLogger(__name__)

# Seconds that a reader waits for the first feed; then it is told to come back.
_PATIENCE: Final = 10.0
_LOOK_EVERY: Final = 0.1
# Pages looked at at once, seconds that one may take, and seconds until one is looked at again that
# has no stories.
_AT_ONCE: Final = 2
_LONGEST: Final = 60.0
_PAUSE: Final = 600.0
_MOST_PAGES: Final = 2_000
_MOST_WAITING: Final = 50
_HOUR, _DAY = 3_600.0, 86_400.0
_MOST_WORDS: Final = 20
_MOST_ITEMS: Final = 100


@dataclass(slots=True)
class _Window:
    """What was counted since `begun`."""

    begun: float
    count: int = 0


class FeedsByAddress:
    """The ASGI application of `/feed`."""

    def __init__(
        self,
        pages: AskedPages,
        private_file: PrivateFile,
        live: LiveSettings,
        builds: BuildProcess,
        allow_private: frozenset[str],
    ) -> None:
        self._pages = pages
        self._private_file = private_file
        self._live = live
        self._builds = builds
        self._allow_private = allow_private
        self._files = OutFiles(lambda: pages.out, names_itself=False)
        self._windows: dict[tuple[str, float], _Window] = {}
        self._looks: dict[str, asyncio.Task[None]] = {}
        self._failed: dict[str, tuple[float, str]] = {}
        self._at_once = asyncio.Semaphore(_AT_ONCE)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request."""
        try:
            page = await self._find(scope)
        except HTTPException as refused:
            headers = {"Cache-Control": "no-store", "X-Content-Type-Options": "nosniff"}
            headers |= dict(refused.headers or {})
            text = f"{refused.detail}\n"
            await PlainTextResponse(text, refused.status_code, headers)(scope, receive, send)
            return
        await self._files(dict(scope) | {"path": f"/{page}"}, receive, send)

    async def _find(self, scope: Scope) -> str:
        """Return the file that a request asks for. Raises HTTPException."""
        if scope["method"] not in ("GET", "HEAD"):
            raise HTTPException(405, "GET it.", {"Allow": "GET, HEAD"})
        query = parse_qs(scope["query_string"].decode("latin-1"), max_num_fields=100)
        name, key = self._find_key(query.get("key", [""])[0])
        self._count(name, key.requests, _HOUR)
        page = self._asked_page(query)
        if self._pages.feed_file(page) is None:
            await self._look_at(page, name, key)
        path = self._pages.feed_file(page)
        if path is None:
            raise HTTPException(503, "Its first feed is being made.", {"Retry-After": "30"})
        await asyncio.to_thread(self._note_use, page)
        return f"{page.slug}/{path.name}"

    def _note_use(self, page: AskedPage) -> None:
        """Note that a feed was given out, and have the rest of its first stories fetched now."""
        try:
            if self._pages.note_use(page):
                self._builds.request(page.slug)
        except (FeedmakerError, OSError) as error:
            _log.warning("the rest of %s comes later: %s", page.url, error)

    def _find_key(self, given: str) -> tuple[str, FeedKey]:
        private = self._private_file.read()
        if not private.keys:
            raise HTTPException(404, "There is no such file.")
        name = private.find_key(given)
        if not name:
            raise HTTPException(403, "This key is none.")
        return name, private.keys[name]

    def _count(self, name: str, most: int, seconds: float) -> None:
        """Count something of a key. Raises HTTPException where that is too often."""
        now = time.monotonic()
        window = self._windows.get((name, seconds))
        if window is None or now - window.begun >= seconds:
            window = self._windows[name, seconds] = _Window(now)
        if window.count >= most:
            wait = int(window.begun + seconds - now) + 1
            raise HTTPException(429, "Too often for this key.", {"Retry-After": str(wait)})
        window.count += 1

    def _asked_page(self, query: dict[str, list[str]]) -> AskedPage:
        items = query.get("items", ["20"])[0]
        if not (items.isascii() and items.isdecimal() and 1 <= int(items[:4]) <= _MOST_ITEMS):
            raise HTTPException(400, f"items: expected 1 to {_MOST_ITEMS}.")
        try:
            url = check_address(query.get("url", [""])[0], self._allow_private)
        except FeedmakerError as error:
            raise HTTPException(400, str(error).splitlines()[0]) from error
        include, exclude = (
            tuple(word.strip()[:100] for word in query.get(name, ())[:_MOST_WORDS] if word.strip())
            for name in ("include", "exclude")
        )
        return AskedPage(url, include, exclude, int(items[:4]))

    async def _look_at(self, page: AskedPage, name: str, key: FeedKey) -> None:
        """Look at a page where nobody did, and wait a little for its feed. Raises HTTPException."""
        slug = page.slug
        until, why = self._failed.get(slug, (0.0, ""))
        if time.monotonic() < until:
            raise HTTPException(502, why, {"Retry-After": str(int(_PAUSE))})
        if slug not in self._looks and not self._pages.site_file(page).exists():
            if len(self._looks) >= _MOST_WAITING or self._pages.count() >= _MOST_PAGES:
                raise HTTPException(503, "Too much to look at.", {"Retry-After": "60"})
            self._count(name, key.addresses, _DAY)
            task = self._looks[slug] = asyncio.ensure_future(self._write_site(page))
            task.add_done_callback(lambda _: self._looks.pop(slug, None))
        patience = time.monotonic() + _PATIENCE
        while time.monotonic() < patience and self._pages.feed_file(page) is None:
            if slug in self._failed and slug not in self._looks:
                raise HTTPException(502, self._failed[slug][1], {"Retry-After": str(int(_PAUSE))})
            await asyncio.sleep(_LOOK_EVERY)

    async def _write_site(self, page: AskedPage) -> None:
        """Have a process look at a page and write its site file; remember why it did not."""
        self._failed.pop(page.slug, None)
        job = {
            "page": asdict(page),
            "path": str(self._pages.site_file(page)),
            "contact": self._live.settings.contact,
            "connect_to": connect_to(page.url, self._allow_private),
        }
        async with self._at_once:
            await asyncio.to_thread(self._pages.write_settings, self._live.settings)
            why = await _run(json.dumps(job).encode())
        if why:
            if len(self._failed) >= _MOST_PAGES:
                self._failed.clear()
            self._failed[page.slug] = (time.monotonic() + _PAUSE, why)

    async def forget_unused(self) -> None:
        """Forget, once an hour, what nobody asks for; ends when cancelled."""
        while True:
            try:
                count = await asyncio.to_thread(self._pages.forget_unused)
                if count and not self._pages.count():
                    self._builds.begin_anew()  # a worker keeps the last configuration that it had
            except (FeedmakerError, OSError) as error:
                _log.warning("pages that nobody asks for are not forgotten: %s", error)
            await asyncio.sleep(_HOUR)


async def _run(job: bytes) -> str:
    """Run the process; return why it wrote nothing, "" where it did."""
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "feedmaker.web.asked_page_process",
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        start_new_session=True,
    )
    try:
        said, _ = await asyncio.wait_for(process.communicate(job), _LONGEST)
    except TimeoutError:
        return "The page took too long."
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()
    if process.returncode:
        return "The page could not be looked at: see the server's log."
    return said.decode("utf-8", "replace").strip()
