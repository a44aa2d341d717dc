"""The pages of the demo in a browser, by axe-core: `make browser`.

axe-core and playwright-core come from npm, into a temporary folder, and the browser is Debian's;
the pages are served on loopback. `browser.cjs` says what is looked at.
"""

from __future__ import annotations

import functools
import shutil
import subprocess
import sys
import tempfile
import threading
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

PACKAGES = ("axe-core@4.14.1", "playwright-core@1.65.1")


class Quiet(SimpleHTTPRequestHandler):
    """Serves files and says nothing."""

    def log_message(self, *_: object) -> None:
        """Say nothing."""


def main() -> int:
    """Build the demo, break a section of it, serve it and look."""
    missing = [name for name in ("chromium", "node", "npm") if not shutil.which(name)]
    if missing:
        print(f"needs {', '.join(missing)}", file=sys.stderr)
        return 2
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        npm = ["npm", "install", "--no-audit", "--no-fund", "--silent", "--prefix", name, *PACKAGES]
        subprocess.run(npm, check=True)
        command = [sys.executable, "-m", "feedmaker", "demo"]
        subprocess.run(
            command, cwd=folder, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        handler = functools.partial(Quiet, directory=str(folder / "out" / "demo"))
        with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
            threading.Thread(target=server.serve_forever, daemon=True).start()
            root = f"http://127.0.0.1:{server.server_port}"
            pages = [
                f"{root}/{page}" for page in ("index.html", "status.html", "almadar/science.html")
            ]
            script = Path(__file__).with_name("browser.cjs")
            done = subprocess.run(
                ["node", str(script), str(folder / "node_modules"), *pages], check=False
            )
            server.shutdown()
    return done.returncode


if __name__ == "__main__":
    sys.exit(main())
