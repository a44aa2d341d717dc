"""The pages of the demo and of the app in a browser, by axe-core: `make browser`.

axe-core and playwright-core come from npm, into a temporary folder, and the browser is Debian's;
the pages are served on loopback, those of the app by `feedmaker serve`. `browser.cjs` says what is looked at. With a folder as argument each
view is kept there as a picture.
"""

from __future__ import annotations

import functools
import io
import shutil
import subprocess
import sys
import tempfile
import threading
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from dataclasses import replace
from datetime import UTC, datetime
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import TYPE_CHECKING

from pressroom import PRESSES, fill
from promo_site import ADVERT, fill_promo
from servers import Server
from web_app import Browser
from web_server import Served

from feedmaker import config, demo
from feedmaker.cli.build import show_build
from feedmaker.model import Code, Reason, State
from feedmaker.output import overview
from feedmaker.store import Store

if TYPE_CHECKING:
    from collections.abc import Iterator

LANGUAGES = ("ar", "en")
PAGES = ("index.html", "status.html", "almadar/science.html")
PACKAGES = ("axe-core@4.14.1", "playwright-core@1.65.1")


class Quiet(SimpleHTTPRequestHandler):
    """Serves files and says nothing."""

    def log_message(self, *_: object) -> None:
        """Say nothing."""


def build(folder: Path, ui: str) -> None:
    """Build the demo in a language, with a section that is broken and one without stories.

    Its feeds hold less than there is, so there are archives; the pages in Arabic have thumbnails.
    """
    settings, (site,) = config.load(demo.CONFIG)
    store = str(folder / f"{ui}.sqlite")
    thumbnails = ui == "ar"
    settings = replace(settings, ui=ui, out=str(folder / ui), store=store, thumbnails=thumbnails)
    with demo.serve(corrected=False) as (host, port):
        short = tuple(replace(section, items=6) for section in site.sections)
        empty = replace(short[0], slug="empty", title="قسم فارغ", match="nothing")
        sections = (*short[:4], empty, *short[4:])
        here = replace(site, connect_to=f"{host}:{port}", sections=sections)
        with redirect_stdout(io.StringIO()), redirect_stderr(io.StringIO()):
            show_build(settings, [here])
    reason = Reason.of(Code.STATUS, status=403)
    now = datetime(2026, 11, 28, 9, tzinfo=UTC)
    broken = State(
        status="kept", reason=replace(reason, url=f"{here.home}أخبار?id=3"), since=now, good_at=now
    )
    with Store(settings.store) as opened:
        for section in here.sections[1:3]:
            opened.sections.set_state(here.slug, section.slug, broken, changed=True)
        overview.publish_pages(settings, [here], opened, now)


@contextmanager
def app_pages(folder: Path) -> Iterator[list[str]]:
    """Serve the app with a site that is built, one that is looked at, and a rule that is tried;
    yield the addresses of its pages.
    """
    folder.mkdir()
    with (
        Server() as site,
        Server() as other,
        Served(folder, "--allow-private", "127.0.0.1") as served,
    ):
        fill(other, PRESSES[0])
        browser = Browser(f"http://127.0.0.1:{served.port}")
        browser.get("/app/add")
        browser.send("/app/add$", address=other.url("/"))
        browser.wait()
        pages = [browser.page.url.path]
        fill_promo(site, folder)  # after that: a site of the same host is not offered again
        served.wait(lambda: served.client.get("/news/all.atom.xml").status_code == 200, 300)
        pages += ["/app/", "/app/sites/news", "/app/sites/news/remove", "/app/status"]
        pages.append("/app/import")
        browser.get(f"/app/why?address={site.url('/0-garden-opens-again.html')}")
        browser.send("/app/why$")
        browser.wait()
        pages.append(browser.page.url.path)
        number = next(
            one.css_first("input").attributes["value"]
            for one in browser.tree.css(".blocks li")
            if ADVERT[:30] in one.text()
        )
        browser.send("/mend$", block=number, part="drop")
        browser.wait()
        pages += [browser.page.url.path, "/app/add"]
        yield [f"{browser.base}{page}#{ui}" for page in pages for ui in LANGUAGES]


def main() -> int:
    """Build the demo in two languages, serve it and look; then at the app."""
    missing = [name for name in ("chromium", "node", "npm") if not shutil.which(name)]
    if missing:
        print(f"needs {', '.join(missing)}", file=sys.stderr)
        return 2
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        npm = ["npm", "install", "--no-audit", "--no-fund", "--silent", "--prefix", name, *PACKAGES]
        subprocess.run(npm, check=True)
        for ui in LANGUAGES:
            build(folder, ui)
        handler = functools.partial(Quiet, directory=name)
        with (
            ThreadingHTTPServer(("127.0.0.1", 0), handler) as server,
            app_pages(folder / "app") as of_app,
        ):
            threading.Thread(target=server.serve_forever, daemon=True).start()
            root = f"http://127.0.0.1:{server.server_port}"
            pages = [f"{root}/{ui}/{page}" for ui in LANGUAGES for page in PAGES] + of_app
            script = Path(__file__).with_name("browser.cjs")
            command = ["node", str(script), str(folder / "node_modules"), *pages]
            done = subprocess.run([*command, *sys.argv[1:]], check=False)
            server.shutdown()
    return done.returncode


if __name__ == "__main__":
    sys.exit(main())
