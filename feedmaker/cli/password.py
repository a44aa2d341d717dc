"""`feedmaker password`: who may use the app of `feedmaker serve`.

Set the password that the app asks for, by typing it twice; a program sends it as the only line of
standard input. It is kept as a hash (Argon2id), beside the store. Whoever is logged in by another
password is so no more.
"""

from __future__ import annotations

import getpass
import sys
from typing import TYPE_CHECKING, Final

from feedmaker.cli import tell
from feedmaker.config import load_settings_in_place
from feedmaker.model.errors import ConfigError

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace

SHARED_OPTIONS = ("--config",)
# As NIST SP 800-63B asks for; the longest is what a login takes.
_SHORTEST: Final = 8
_LONGEST: Final = 1_024


def configure(parser: ArgumentParser) -> None:
    """Add no option of its own."""


def run(options: Namespace) -> int:
    """Ask for the password, and keep it."""
    from feedmaker.web import PrivateFile  # argon2 is of the extra `serve`

    settings = load_settings_in_place(options.config)
    password = _ask()
    if not _SHORTEST <= len(password) <= _LONGEST:
        length = "a password has {least} to {most} characters; nothing was changed"
        raise ConfigError([tell(length, least=_SHORTEST, most=_LONGEST)])
    PrivateFile(options.config, settings).set_password(password)
    print(tell("The password is set."))
    return 0


def _ask() -> str:
    """Return what was typed, or sent. Raises ConfigError where it was not typed twice alike."""
    if not sys.stdin.isatty():
        return sys.stdin.readline().rstrip("\r\n")
    password = getpass.getpass(tell("Password") + ": ")
    if getpass.getpass(tell("The same again") + ": ") != password:
        raise ConfigError([tell("the two are not the same; nothing was changed")])
    return password
