"""The command line of `feedmaker add`, checked."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING

from feedmaker import config, setup
from feedmaker.cli import add_dialogue, tell
from feedmaker.model.errors import ConfigError
from feedmaker.setup import WantedSite
from feedmaker.text import urls

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace
    from pathlib import Path

    from feedmaker.setup import KnownSite


def add_options(parser: ArgumentParser) -> None:
    """Add the options of `feedmaker add`."""
    parser.add_argument("url", metavar="URL", help="the site's home page, or one of its sections")
    parser.add_argument(
        "--yes",
        "-y",
        action="store_true",
        help="take what is proposed, without asking",
    )
    parser.add_argument(
        "--section",
        "-s",
        action="append",
        default=[],
        metavar="SECTION",
        help="take this section only: its name, its number or its URL; may be given again",
    )
    parser.add_argument(
        "--list",
        "-l",
        action="store_true",
        help="show what the site offers, and write nothing",
    )
    parser.add_argument("--json", action="store_true", help="with --list: as JSON")
    parser.add_argument(
        "--name",
        default="",
        metavar="NAME",
        help="name of the file and of the folder in `out`",
    )
    parser.add_argument(
        "--connect-to",
        default="",
        metavar="HOST:PORT",
        help="connect there instead of what the host name resolves to (connect_to)",
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class AddRequest:
    """What a person asked for.

    `sections` are words for sections that are wanted, none for those that are proposed. `asks` says
    that a person is asked; `lists` is the form of a list after which nothing is written, "text" or
    "json", and "" otherwise.
    """

    site: WantedSite
    config: Path
    sections: tuple[str, ...]
    asks: bool
    lists: str


def check_request(options: Namespace) -> AddRequest:
    """Check the command line. Raises ConfigError, and LeftError where a person leaves."""
    address = setup.typed_address(options.url)
    _check_values(options)
    asks = not (options.yes or options.section or options.list)
    if asks and not sys.stdin.isatty():
        raise ConfigError(
            [
                tell(
                    "there is no terminal to ask at; take all with --yes, or name sections with"
                    " --section"
                )
            ]
        )
    path, known = _file_of_site(options, address)
    if known is None and not options.list:
        _check_free(path, asks=asks)
    return AddRequest(
        site=WantedSite(address=address, path=path, known=known, connect_to=options.connect_to),
        config=options.config,
        sections=tuple(options.section),
        asks=asks,
        lists=_list_form(options),
    )


def _check_values(options: Namespace) -> None:
    """Raise ConfigError where an option is wrong by itself."""
    if options.connect_to and not config.is_address(options.connect_to):
        problem = tell(
            "--connect-to: is {value!r}; expected host:port, such as 127.0.0.1:8000",
            value=options.connect_to,
        )
        raise ConfigError([problem])
    if options.json and not options.list:
        raise ConfigError([tell("--json: goes with --list")])


def _list_form(options: Namespace) -> str:
    if not options.list:
        return ""
    return "json" if options.json else "text"


def _file_of_site(options: Namespace, address: str) -> tuple[Path, KnownSite | None]:
    """Return the file of a site, and what it holds if it is of that site. Raises ConfigError."""
    sites = options.config / "sites"
    name = options.name or setup.site_slug(address)
    if not config.is_slug(name):
        problem = tell(
            "--name: is {name!r}; expected a-z, 0-9 and hyphens, and no name of feedmaker's own in"
            " `out`",
            name=name,
        )
        raise ConfigError([problem])
    path = sites / f"{name}.toml"
    if options.name:
        known = setup.read_known_site(path)
        is_same = known is not None and urls.same_site(known.home, address)
        return path, known if is_same else None
    known = setup.find_known_site(sites, address)
    return (known.path, known) if known else (path, None)


def _check_free(path: Path, *, asks: bool) -> None:
    """Raise ConfigError where a file of another site is there that no person wants to replace."""
    if not path.exists():
        return
    question = tell("{path} exists, and is not of this site. Replace it?", path=path)
    if not (asks and add_dialogue.ask_agreement(question)):
        left = "{path} exists and is left as it is; choose another name with --name"
        raise ConfigError([tell(left, path=path)])
