"""The demo's feeds read by libraries that readers are built with: `make libraries`.

feedsmith and htmlparser2 come from npm, into a temporary folder. Each story must come out once, in
our order, with its id, title and own page, in every format.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

PACKAGES = ("feedsmith@3.0.1", "htmlparser2@12.0.0")
SCRIPT = Path(__file__).with_name("feed_libraries.mjs")


def wrong(found: dict, wanted: list[dict]) -> Iterator[str]:
    """What a library says otherwise than the JSON Feed of the same section."""
    where = f"{found['library']}, {Path(found['file']).name}"
    if not found["title"].startswith("صحيفة المدار"):
        yield f"{where}: the title is {found['title']!r}"
    for part in ("id", "title", "link"):
        names = [item[part] for item in found["items"]]
        if names != [item[{"link": "url"}.get(part, part)] for item in wanted]:
            yield f"{where}: {part} of the items: {names}"
    if found["library"] == "feedsmith" and any(item["enclosed"] > 1 for item in found["items"]):
        yield f"{where}: a picture is enclosed twice"


def main() -> int:
    """Build the demo and let the libraries read it."""
    missing = [name for name in ("node", "npm") if not shutil.which(name)]
    if missing:
        print(f"needs {', '.join(missing)}", file=sys.stderr)
        return 2
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        install = ["npm", "install", "--silent", "--no-audit", "--no-fund", *PACKAGES]
        subprocess.run(install, cwd=folder, check=True)
        demo = [sys.executable, "-m", "feedmaker", "demo"]
        subprocess.run(demo, cwd=folder, check=True, stdout=subprocess.DEVNULL)
        shutil.copy(SCRIPT, folder)
        feeds = sorted(map(str, (folder / "out/demo/almadar").glob("*.*")))
        files = [path for path in feeds if path.endswith((".xml", ".json"))]
        read = ["node", SCRIPT.name, *files]
        done = subprocess.run(read, cwd=folder, check=True, capture_output=True, text=True)
        faults = []
        lines = done.stdout.splitlines()
        for found in map(json.loads, lines):
            section = found["file"].removesuffix(".json").removesuffix(".xml")
            section = section.removesuffix(".atom").removesuffix(".rss")
            wanted = json.loads(Path(f"{section}.json").read_text("utf-8"))["items"]
            faults += wrong(found, wanted)
    print("\n".join(faults) or f"{len(lines)} readings of {len(files)} feeds are right")
    return 1 if faults or not lines else 0


if __name__ == "__main__":
    sys.exit(main())
