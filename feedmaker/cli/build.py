"""`feedmaker build`: the main job, for cron.

Bring the feeds up to date: ask each section's listing whether it changed, fetch the new
articles, and rewrite the feed files that a new or corrected story changes. Nothing is printed
when all is well; what broke, recovered or failed for the first time is.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from feedmaker.cli import console
from feedmaker.cli.options import add_config, add_log, add_out, load
from feedmaker.model.errors import ConfigError
from feedmaker.output import section_files
from feedmaker.store import Store, lock

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace
    from collections.abc import Sequence

    from feedmaker.model import Settings, Site


def configure(parser: ArgumentParser) -> None:
    """Add the options."""
    parser.add_argument(
        "only", nargs="*", metavar="SITE", help="sites to run (files of config/sites/); all without"
    )
    add_config(parser)
    add_out(parser)
    add_log(parser)
    parser.add_argument(
        "--verbose",
        "-v",
        action="store_true",
        help="a line for each section, also when all is well",
    )
    parser.add_argument(
        "--publish-only",
        action="store_true",
        help="fetch nothing: write the feeds that changed in the store, and the pages",
    )
    parser.add_argument(
        "--prune", action="store_true", help="remove files of sections that left the configuration"
    )


def run(options: Namespace) -> int:
    """Run the pipeline."""
    settings, sites = load(options.config, options.out)
    known = [site.slug for site in sites]
    unknown = sorted(set(options.only).difference(known))
    if unknown:
        folder = options.config / "sites"
        raise ConfigError(
            [f"{name}: no such site in {folder}; there are {', '.join(known)}" for name in unknown]
        )
    show = console.show_publishing if options.publish_only else console.show_build
    reports = show(settings, sites, only=options.only, verbose=options.verbose, log=options.log)
    if options.prune:
        _prune(settings, sites)
    return 0 if all(report.good for report in reports) else 1


def _prune(settings: Settings, sites: Sequence[Site]) -> None:
    """Remove the files of sections that left the configuration, and forget them."""
    configured = {(site.slug, section.slug) for site in sites for section in site.sections}
    with lock(settings.store), Store(settings.store) as store:
        for name in sorted(store.sections.states().keys() - configured):
            for path in section_files.list_files(settings, *name):
                path.unlink()
                print(f"removed {path}")
            made = section_files.note_path(settings, *name)
            for note in (made, made.parent / "archive" / made.name):
                note.unlink(missing_ok=True)
            store.sections.forget(*name)
