"""`feedmaker demo`: the main job on the sample site, offline."""

from __future__ import annotations

import shutil
import sys
from dataclasses import replace
from pathlib import Path

import click

from feedmaker.commands.options import load, out_option


@click.command()
@out_option
@click.option("--reset", is_flag=True, help="Forget earlier runs and start over.")
def demo(out: Path | None, reset: bool) -> None:
    """Build the feeds of a small Arabic news portal that feedmaker serves to itself, over real HTTP.

    Writes to out/demo and keeps its store in .feedmaker/demo. The first run makes all feeds; in the second one story
    has been corrected on the site and only its feeds change; a third run changes nothing. Articles that fail there
    (404, 500, closed by robots.txt) are planted.
    """
    from feedmaker import demo as sample
    from feedmaker.commands import watch

    out, state = (out or Path("out/demo")).resolve(), Path(".feedmaker/demo").resolve()
    if reset:
        shutil.rmtree(out, ignore_errors=True)
        shutil.rmtree(state, ignore_errors=True)
    settings, sites = load(sample.CONFIG)
    store = state / "store.sqlite"
    settings = replace(settings, out=str(out), store=str(store))
    with sample.serve(corrected=store.exists()) as (host, port):
        here = tuple(replace(site, connect_to=f"{host}:{port}") for site in sites)
        reports = watch.run(settings, here, verbose=True)
    click.echo(f"\nOpen {out / 'index.html'} in a browser, or give a reader one of the feeds beside it.")
    if not all(report.good for report in reports):
        sys.exit(1)
