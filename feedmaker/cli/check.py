"""`feedmaker check`: whether the configuration is right.

Read the configuration and name every problem in it, with file and key. Nothing is fetched, unless
with --live: then each section's listing is asked for once, conditionally and no article, and what
changed since it last worked is told. Nothing is kept of it. Golden cases that the app keeps in
cases/SITE/NAME, beside sites/, are read by the rules of today; one that fails is named.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from feedmaker import config
from feedmaker.cli import tell
from feedmaker.config import load

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace
    from collections.abc import Iterator

    from feedmaker.model import Settings


SHARED_OPTIONS = ("--config",)


def configure(parser: ArgumentParser) -> None:
    """Add the options."""
    parser.add_argument(
        "--live", action="store_true", help="ask each section's listing whether it still works"
    )
    text = (
        "write the JSON Schemas that editors complete and explain keys by (#:schema) into the"
        " folder"
    )
    parser.add_argument("--schema", action="store_true", help=text)


def run(options: Namespace) -> int:
    """Load the configuration."""
    settings, sites = load(options.config)
    if options.schema:
        for path in config.write_schemas(options.config):
            print(tell("wrote {path}", path=path))
    for line in _advice(settings):
        print(f"{options.config / 'feedmaker.toml'}: {line}")
    sections = sum(len(site.sections) for site in sites)
    right = "The configuration is right: {sites} sites, {sections} sections."
    print(tell(right, sites=len(sites), sections=sections))
    if (options.config / "cases").is_dir():
        # Reading pages takes longer to import than the rest, and most folders have no cases.
        from feedmaker.cli import case_check

        case_check.check_cases(options.config, sites)
    if not options.live:
        return 0
    # Fetching takes three times as long to import as the rest, which needs none of it.
    from feedmaker.cli import live_check

    return live_check.check(settings, sites)


def _advice(settings: Settings) -> Iterator[str]:
    """Return what is not wrong and should be there all the same."""
    if not settings.base_url:
        yield tell(
            "base_url: not set; feeds are written without a self link,"
            " and the OPML with relative addresses"
        )
    if not settings.contact:
        yield tell("contact: not set; site owners who see your requests cannot reach you")
