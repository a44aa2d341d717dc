"""`feedmaker key`: who may ask `feedmaker serve` for the feed of any address.

While there is a key, `/feed?url=ADDRESS&key=KEY` is the full-text feed of a page or a feed. `add`
prints a new key, once; what is kept of it is a hash, beside the store. `list` shows whose there
are, and `remove` revokes one at once.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from feedmaker.cli import tell
from feedmaker.config import load_settings_in_place
from feedmaker.model.errors import ConfigError

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace

    from feedmaker.web import PrivateFile

SHARED_OPTIONS = ("--config",)
_NAME: Final = re.compile(r"[\w.@-]{1,64}")


def configure(parser: ArgumentParser) -> None:
    """Add the options."""
    parser.add_argument("what", choices=("add", "list", "remove"), help="what to do")
    parser.add_argument("name", nargs="?", default="", metavar="NAME", help="whose key it is")
    parser.add_argument(
        "--requests", type=int, default=600, metavar="N", help="requests an hour (600)"
    )
    parser.add_argument(
        "--addresses", type=int, default=20, metavar="N", help="new addresses a day (20)"
    )


def run(options: Namespace) -> int:
    """Do it."""
    from feedmaker.web import PrivateFile  # argon2 is of the extra `serve`

    private_file = PrivateFile(options.config, load_settings_in_place(options.config))
    if options.what == "list":
        _show(private_file)
        return 0
    if not _NAME.fullmatch(options.name):
        missing = "key {what}: a name of letters and digits is missing"
        raise ConfigError([tell(missing, what=options.what)])
    if options.what == "remove":
        if not private_file.remove_key(options.name):
            raise ConfigError([tell("{name}: nobody of that name has a key", name=options.name)])
        print(tell("The key is revoked."))
        return 0
    if min(options.requests, options.addresses) < 0:
        raise ConfigError([tell("--requests, --addresses: expected 0 or more")])
    key = private_file.add_key(options.name, requests=options.requests, addresses=options.addresses)
    print(key)
    return 0


def _show(private_file: PrivateFile) -> None:
    """Print whose keys there are, a line each."""
    for name, key in sorted(private_file.read().keys.items()):
        limits = tell(
            "{requests} requests an hour, {addresses} new addresses a day",
            requests=key.requests,
            addresses=key.addresses,
        )
        print(f"{name}: {limits}")
