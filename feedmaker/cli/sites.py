"""`feedmaker sites`: see, pause, rename and remove sites and their sections.

ACTION is `list`, `pause`, `resume`, `rename`, `remove` or `accept`; NAME is a site, such as
almadar, or a section of it, such as almadar/sport. What is paused is not asked any more, and its
feed stays. What is removed leaves the configuration: its feed's file stays and gets nothing new,
with --files it goes too, and readers are told that there is none. `accept` takes a listing that is
in quarantine, since it lost most of its links, for the site's new way.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from feedmaker import config, setup
from feedmaker.cli import tell, told
from feedmaker.config import load_usable
from feedmaker.model.errors import ConfigError
from feedmaker.pipeline import section_orders
from feedmaker.store import SectionName, Store

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace

    from feedmaker.model import Site

SHARED_OPTIONS = ("--config",)
_ACTIONS: Final = ("list", "pause", "resume", "rename", "remove", "accept")


def configure(parser: ArgumentParser) -> None:
    """Add the options."""
    parser.add_argument("action", metavar="ACTION", choices=_ACTIONS, help="what is to be done")
    parser.add_argument("name", metavar="NAME", nargs="?", default="", help="SITE or SITE/SECTION")
    parser.add_argument(
        "title", metavar="TITLE", nargs="?", default="", help="with rename: what it is called then"
    )
    parser.add_argument(
        "--files", action="store_true", help="with remove: remove its files from `out`, too"
    )


def run(options: Namespace) -> int:
    """Do what is asked for."""
    if options.action == "list":
        return _list(options)
    site, _, section = options.name.partition("/")
    _check(options, section)
    if options.action in ("pause", "resume"):
        is_paused = options.action == "pause"
        setup.set_paused(options.config, site, section, paused=is_paused)
    elif options.action == "rename":
        setup.rename(options.config, site, section, options.title)
    elif options.action == "remove":
        _remove(options, site, section)
    else:
        settings = load_usable(options.config).settings
        section_orders.accept_listing(settings, site, section)
    print(tell(_DONE[options.action], name=options.name))
    return 0


_DONE: Final = {
    "pause": "{name} is paused; its feed stays",
    "resume": "{name} is asked again, by the next run",
    "rename": "{name} is renamed; its addresses stay",
    "remove": "{name} is removed",
    "accept": "{name}: its listing is taken as it is, by the next run",
}


def _check(options: Namespace, section: str) -> None:
    """Raise ConfigError where the action lacks something."""
    if not options.name:
        raise ConfigError(
            [tell("{action}: of which? Expected SITE or SITE/SECTION", action=options.action)]
        )
    if options.action == "rename" and not options.title.strip():
        raise ConfigError([tell("rename: expected a title behind {name}", name=options.name)])
    if options.action == "accept" and not section:
        raise ConfigError([tell("accept: expected SITE/SECTION")])


def _list(options: Namespace) -> int:
    settings, sites, problems = load_usable(options.config)
    del settings
    for site in sites:
        print(f"{site.slug}   {site.name}   {site.home}")
        for section in site.sections:
            paused = f"   {tell('paused')}" if section.paused else ""
            print(f"  {site.slug}/{section.slug}   {section.title}{paused}")
    for problem in problems:
        print(told(problem))
    return ConfigError.exit_code if problems else 0


def _remove(options: Namespace, site: str, section: str) -> None:
    settings = config.load_settings_in_place(options.config)
    names = _names(options, site, section) if options.files else []
    setup.remove(options.config, site, section)
    if not names:
        return
    left = [path.stem for path in (options.config / "sites").glob("*.toml")]
    with Store(settings.store) as store:
        for path in section_orders.remove_sections(settings, store, names, left):
            print(tell("removed {path}", path=path))


def _names(options: Namespace, site: str, section: str) -> list[SectionName]:
    """Return the sections that are meant."""
    sites: tuple[Site, ...] = load_usable(options.config).sites
    of_site = [one for known in sites if known.slug == site for one in known.sections]
    return [SectionName(site, one.slug) for one in of_site if section in ("", one.slug)]
