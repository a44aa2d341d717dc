"""`feedmaker build`: the main job, for cron."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from feedmaker.commands.options import config_option, load, out_option
from feedmaker.errors import ConfigError

if TYPE_CHECKING:
    from feedmaker.model import Settings, Site


@click.command()
@click.argument("only", nargs=-1, metavar="[SITE]...")
@config_option
@out_option
@click.option("--verbose", "-v", is_flag=True, help="A line for each section, also when all is well.")
@click.option("--prune", is_flag=True, help="Remove files of sections that are no longer in the configuration.")
def build(only: tuple[str, ...], config: Path, out: Path | None, verbose: bool, prune: bool) -> None:
    """Bring the feeds up to date.

    Asks each section's listing whether it changed, fetches the new articles and rewrites the feed files that a new or
    corrected story changes. Nothing is printed when all is well; what broke, healed or failed for the first time is.
    SITE names the sites to run (files of config/sites/); without it all are.
    """
    settings, sites = load(config, out)
    unknown = set(only) - {site.slug for site in sites}
    if unknown:
        known = ", ".join(site.slug for site in sites)
        raise ConfigError(
            [f"{name}: no such site in {config / 'sites'}; there are {known}" for name in sorted(unknown)]
        )
    from feedmaker.commands import watch

    reports = watch.run(settings, sites, only=only, verbose=verbose)
    if prune:
        _prune(settings, sites)
    if not all(report.good for report in reports):
        sys.exit(1)


def _prune(settings: Settings, sites: tuple[Site, ...]) -> None:
    from feedmaker.model import FORMATS, Section, Site
    from feedmaker.store import Store, lock

    with lock(Path(settings.store)), Store(Path(settings.store)) as store:
        configured = {(site.slug, section.slug) for site in sites for section in site.sections}
        for name in sorted(store.states().keys() - configured):
            site, section = Site(slug=name[0], name="", home="", sections=()), Section(slug=name[1], title="")
            for form in FORMATS:
                path = Path(settings.out) / section.file(site, form)
                if path.exists():
                    path.unlink()
                    click.echo(f"removed {path}")
            store.forget(*name)
