"""`feedmaker demo`: the main job on the sample site, offline.

Build the feeds of a small Arabic news portal that feedmaker serves to itself, over real HTTP.
Writes to out/demo and keeps its store in .feedmaker/demo. The first run makes all feeds; in the
second one story has been corrected on the site and only its feeds change; a third run changes
nothing. Articles that fail there (404, 500, closed by robots.txt) are planted.
"""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from feedmaker import demo
from feedmaker.cli import tell
from feedmaker.cli.build import show_build
from feedmaker.config import load

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace


SHARED_OPTIONS = ("--out",)


def configure(parser: ArgumentParser) -> None:
    """Add the options."""
    parser.add_argument("--reset", action="store_true", help="forget earlier runs and start over")


def run(options: Namespace) -> int:
    """Serve the sample site and run the pipeline on it."""
    out = (options.out or Path("out/demo")).resolve()
    state = Path(".feedmaker/demo").resolve()
    if options.reset:
        shutil.rmtree(out, ignore_errors=True)
        shutil.rmtree(state, ignore_errors=True)
    settings, sites = load(demo.CONFIG)
    store = state / "store.sqlite"
    settings = replace(settings, out=str(out), store=str(store))
    with demo.serve(corrected=store.exists()) as (host, port):
        here = tuple(replace(site, connect_to=f"{host}:{port}") for site in sites)
        reports = show_build(settings, here, verbose=True)
    opened = "Open {page} in a browser, or give a reader one of the feeds beside it."
    print(f"\n{tell(opened, page=out / 'index.html')}")
    return 0 if all(report.good for report in reports) else 1
