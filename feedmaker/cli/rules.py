"""`feedmaker rules`: take rules for pages that others have written.

`import FOLDER` reads a copy of ftr-site-config (github.com/fivefilters/ftr-site-config, public
domain): for each configured site the file of its host. What a file names is tried on a few pages of
the site. It goes into `[rules]` of config/sites/NAME.toml where it agrees with what is found
without it, or nothing is found without it; the rest is named, and so are lines that are not
understood. What a site has of rules stays.
"""

from __future__ import annotations

import asyncio
from contextlib import closing, nullcontext
from pathlib import Path
from typing import TYPE_CHECKING, Final

from feedmaker import setup
from feedmaker.cli import tell, told
from feedmaker.config import load_usable
from feedmaker.fetch import Fetcher
from feedmaker.model.errors import ConfigError
from feedmaker.pipeline import PageProcess
from feedmaker.pipeline.preview import Preview
from feedmaker.store import Store, exists

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace
    from collections.abc import Iterator, Sequence

    from feedmaker.model import Settings, Site
    from feedmaker.setup import RulesTrial, SiteConfigFile

SHARED_OPTIONS = ("--config",)
_KNOWN: Final = 5  # stories of a site on whose pages rules are tried


def configure(parser: ArgumentParser) -> None:
    """Add the options."""
    parser.add_argument("action", metavar="ACTION", choices=("import",), help="what is to be done")
    parser.add_argument("folder", metavar="FOLDER", type=Path, help="a copy of ftr-site-config")
    parser.add_argument("only", nargs="*", metavar="SITE", help="sites; all without")


def run(options: Namespace) -> int:
    """Take what agrees, and say what does not."""
    files = setup.list_rule_files(options.folder)
    settings, sites, problems = load_usable(options.config)
    for site in _named_sites(options.only, sites):
        _take_rules(options, settings, site, files)
    for problem in problems:
        print(told(problem))
    return ConfigError.exit_code if problems else 0


def _named_sites(names: Sequence[str], sites: Sequence[Site]) -> list[Site]:
    """The sites of these names, all without, that can be used. Raises ConfigError."""
    known = [site.slug for site in sites]
    unknown = [name for name in names if name not in known]
    if unknown:
        raise ConfigError([tell("{name}: no such site", name=name) for name in unknown])
    return [site for site in sites if site.sections and site.slug in (names or known)]


def _take_rules(options: Namespace, settings: Settings, site: Site, files: dict[str, Path]) -> None:
    """Take what agrees of the file for a site, and say what became of it."""
    path = setup.rule_file_of(files, site.home)
    if path is None:
        words = "{name}: {folder} has no file for it"
        print(tell(words, name=site.slug, folder=options.folder))
        return
    found = setup.read_rule_file(path)
    trial = asyncio.run(_try(settings, site, found))
    if trial.taken:
        setup.add_rules(options.config, site.slug, trial.taken)
    for line in _lines(found, trial):
        print(f"{site.slug}: {found.name}: {line}")


async def _try(settings: Settings, site: Site, found: SiteConfigFile) -> RulesTrial:
    """Try a file on pages of a site, those of its newest stories first."""
    with (
        closing(PageProcess()) as process,
        Store(settings.store) if exists(settings.store) else nullcontext() as store,
    ):
        known = []
        for section in site.sections if store else ():
            assert store is not None
            known += [link.url for link in store.links.newest(site.slug, section.slug, 1)]
        async with Fetcher(settings, store.robots if store else {}) as fetcher:
            return await setup.try_rule_file(Preview(fetcher, site, process), found, known[:_KNOWN])


def _lines(found: SiteConfigFile, trial: RulesTrial) -> Iterator[str]:
    """What became of a file, a line each."""
    comma = tell(", ")
    if not trial.pages:
        yield tell("none of its pages could be fetched, so nothing is taken")
        return
    for key, selectors in trial.taken.items():
        words = "taken, as on {count} pages without it: {key} = {selectors}"
        yield tell(words, count=trial.pages, key=key, selectors=comma.join(selectors))
    for words, keys in (
        ("not taken, since it says something else than is found without it: {keys}", trial.differ),
        ("not taken, since it names nothing on the pages tried: {keys}", trial.unmatched),
        ("not taken, since the site has a rule of its own: {keys}", trial.own),
    ):
        if keys:
            yield tell(words, keys=comma.join(keys))
    for name, value in found.headers.items():
        yield tell(
            "it wants the header {header}: write it into `headers` if you do",
            header=f"{name}: {value}",
        )
    for line in found.unknown:
        words = "line {number} is not understood ({why}): {text}"
        yield tell(words, number=line.number, why=told(line.why), text=line.text)
