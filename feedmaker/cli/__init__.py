"""The command line: the commands, how errors are told, and the exit codes."""

from __future__ import annotations

import argparse
import gc
import io
import os
import re
import sys
from contextlib import suppress
from functools import partial
from importlib import import_module

from feedmaker._version import __version__

TYPE_CHECKING = False  # that of `typing`, which takes a tenth of `feedmaker --help` to import
if TYPE_CHECKING:
    from pathlib import Path
    from typing import Any, Final, NoReturn

    from feedmaker.model import Reason
    from feedmaker.model.errors import FeedmakerError
    from feedmaker.text.translations import Translation

_ABOUT = """\
Turn news sites, Arabic ones first, into full-text feeds that readers show right.

Try `feedmaker demo`. Then let `feedmaker add URL` write config/sites/NAME.toml, see
with `feedmaker check` that all is well, and let cron call `feedmaker build`: it writes
one Atom and one RSS file per section to out/.
"""
_EXIT_CODES = """\
exit codes:
  0  all sections are good (articles that failed are named, and tried again by later runs)
  1  a section failed; its last good feed stays
  2  the command line or the configuration is wrong, be it of one site while the others ran
  3  another run is at work
  130, 143  the run was ended by SIGINT or SIGTERM; what was done is kept

`feedmaker COMMAND --help` tells of one command.
"""
COMMANDS = {
    "add": "propose the configuration of a site from its URL, and write it",
    "build": "bring the feeds up to date",
    "demo": "build the feeds of the sample site, offline",
    "check": "name every problem of the configuration",
    "explain": "show what is made of a page, and why",
    "status": "show how every section fares",
    "sites": "see, pause, rename and remove sites and their sections",
    "rules": "take rules for pages that others have written",
    "notify": "try who is told when a feed breaks",
    "store": "check, back up or move what is remembered",
    "serve": "serve the feeds, keep them up to date, and look after them in a browser",
    "password": "set the password of `feedmaker serve`",
    "key": "give out and revoke keys for feeds of any address",
    "worker": "keep the feeds up to date without cron, on one machine or many",
}


def _folder(name: str) -> Path:
    from pathlib import Path  # an eighth of `feedmaker --help`

    return Path(name)


# Options that several commands have: each command's `SHARED_OPTIONS` names its own.
_SHARED_OPTIONS: Final[dict[str, dict[str, Any]]] = {
    "--config": {
        "type": _folder,
        "default": "config",
        "metavar": "FOLDER",
        "help": "folder with feedmaker.toml and sites/*.toml (config)",
    },
    "--out": {
        "type": _folder,
        "metavar": "FOLDER",
        "help": "folder to write to, instead of what the configuration says",
    },
    "--log": {
        "choices": ("text", "json"),
        "default": "text",
        "help": "how to log to standard error: text, or json with an object a line",
    },
}


def parser(command: str = "") -> argparse.ArgumentParser:
    """Return the parser of the command line, with the options of `command`.

    Other commands are not imported: `feedmaker --help` would take ten times as long.
    """
    # argparse would ask `shutil` for the width, which takes a fifteenth of `--help` to import.
    given = os.environ.get("COLUMNS", "")
    columns = int(given[:4]) if given.isdecimal() else 0
    with suppress(OSError):  # no terminal
        columns = columns or os.get_terminal_size(1).columns
    formatter = partial(_HelpFormatter, width=(columns or 80) - 2)
    main = _Parser(
        "feedmaker",
        description=tell(_ABOUT),
        epilog=tell(_EXIT_CODES),
        formatter_class=formatter,
    )
    version = f"feedmaker {__version__}"
    about_version = "show program's version number and exit"
    main.add_argument("--version", "-V", action="version", version=version, help=about_version)
    commands = main.add_subparsers(title="commands", metavar="COMMAND", required=True)
    for name, about in COMMANDS.items():
        one = commands.add_parser(
            name, help=tell(about), formatter_class=formatter, is_asked=name == command
        )
        if name == command:
            module = import_module(f"feedmaker.cli.{name}")
            one.description = tell((module.__doc__ or "").partition("\n\n")[2])
            for option in module.SHARED_OPTIONS:
                one.add_argument(option, **_SHARED_OPTIONS[option])
            module.configure(one)
            one.set_defaults(run=module.run)
    return main


class _HelpFormatter(argparse.RawDescriptionHelpFormatter):
    """Leaves lines as they are, and speaks the language of the command line."""

    def add_usage(
        self, usage: str | None, actions: Any, groups: Any, prefix: str | None = None
    ) -> None:
        """Begin with how the command is called; argparse names commands by an empty `prefix`."""
        begins = tell("usage: ") if prefix is None else prefix
        super().add_usage(usage, actions, groups, begins)


class _Parser(argparse.ArgumentParser):
    """Says what its options do in the language of the command line.

    That of a command that is not asked for has no options: a tenth of `feedmaker --help`.
    """

    def __init__(self, *names: Any, is_asked: bool = True, **options: Any) -> None:
        if is_asked:
            super().__init__(*names, **options)

    def add_argument(self, *names: Any, **options: Any) -> argparse.Action:
        """Add an option or an argument."""
        if options.get("help"):
            options["help"] = tell(options["help"])
        return super().add_argument(*names, **options)

    def add_argument_group(self, title: str | None = None, *others: Any, **options: Any) -> Any:
        """Add a group of them under a title."""
        return super().add_argument_group(tell(title or ""), *others, **options)

    def error(self, message: str) -> NoReturn:
        """Say how the command is called, and what of the command line is wrong; exit with 2."""
        super().error(_usage_error(message))


# What argparse says is wrong (3.11 to 3.14), and what of it is said in another language.
_USAGE_ERRORS = {
    r"the following arguments are required: (?P<names>.+)": "still wanted: {names}",
    r"unrecognized arguments: (?P<names>.+)": "not understood: {names}",
    r"ambiguous option: (?P<name>.+) could match (?P<names>.+)": "{name}: may be {names}",
    r"argument (?P<name>.+?): expected .*argument.*": "{name}: wants a value behind it",
    r"argument (?P<name>.+?): ignored explicit argument .*": "{name}: takes no value",
    r"argument (?P<name>.+?): invalid choice: (?P<value>.+?) \(choose from (?P<names>.+)\)": (
        "{name}: is {value}; expected one of {names}"
    ),
    r"argument (?P<name>.+?): invalid .*value: (?P<value>.+)": "{name}: {value} is none",
}


def _usage_error(message: str) -> str:
    if _language() == "en":
        return message
    for pattern, english in _USAGE_ERRORS.items():
        if found := re.fullmatch(pattern, message, re.DOTALL):
            return tell(english, **found.groupdict())
    return message


def tell(english: str, **values: Any) -> str:
    """Return words with their values in the language of the command line."""
    return words().tell(english, **values) if _language() != "en" else english.format(**values)


def reason_line(reason: Reason | None) -> str:
    """Return why something failed, and of which page, in the language of the command line."""
    return words().reason_with_page(reason) if _language() != "en" else str(reason or "")


def told(text: str) -> str:
    """Return what was said in English, where it may be a `Saying`, in that language."""
    return words().told(text) if _language() != "en" else text


def error_line(error: FeedmakerError) -> str:
    """Return what is wrong, in that language: a line, or one for each of several problems."""
    return words().error(error) if _language() != "en" else str(error)


def broken_line(status: str, since: str, has_feed: bool, reason: Reason | None) -> str:
    """Say of a section that it is broken, since when and why."""
    what = tell("in quarantine" if status == "quarantined" else "broken")
    when = tell(" since {when}", when=since) if since else ""
    stays = tell("its last good feed stays" if has_feed else "there is no feed of it yet")
    return f"{what}{when}{tell(', ')}{stays}: {reason_line(reason)}"


def words() -> Translation:
    """Return the words of the command line: Arabic ones where a person asks for them, or English.

    `FEEDMAKER_LANG` asks, before the variables of the locale (POSIX, "Environment Variables").
    """
    from feedmaker.text.translations import translation  # not for an English `--help`

    return translation(_language())


def _language() -> str:
    names = ("FEEDMAKER_LANG", "LC_ALL", "LC_MESSAGES", "LANG")
    asked = next(filter(None, map(os.environ.get, names)), "")
    return "ar" if re.fullmatch(r"ar([_.@-].*)?", asked, re.IGNORECASE) else "en"


# Commands whose work goes on when nobody takes their lines any more.
_RUNS = frozenset({"build", "demo", "worker"})
# What would turn a terminal's or a reader's line into something else, a line end apart: control
# characters, and the overrides of direction.
_CONTROL = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufffe\uffff]"
)


def print_json(value: Any) -> None:
    """Print a value as JSON whose strings stay what they are: control characters are escaped."""
    import json  # not for `--help`

    text = json.dumps(value, ensure_ascii=False, indent=2)
    print(_CONTROL.sub(lambda found: f"\\u{ord(found[0]):04x}", text))


class _LineStream(io.TextIOWrapper):
    """A standard stream that shows pages' words: no control character, and any character at all."""

    def write(self, text: str) -> int:
        """Write a text."""
        return super().write(_CONTROL.sub("\ufffd", text))


class _EndlessFile(io.FileIO):
    """A descriptor whose lines are lost where its reader is gone or its disk is full."""

    def write(self, data: Any) -> int:
        """Write bytes, or do without."""
        try:
            written = super().write(data)
        except OSError:
            written = None
        return len(data) if written is None else written


def _prepare_streams(command: str) -> None:
    """Make the standard streams fit for any text; a run goes on where they take nothing.

    A closed one leads nowhere. One that a caller put in its place is left alone.
    """
    descriptor = os.open(os.devnull, os.O_RDWR)
    while descriptor <= 2:  # else the next file that is opened would be written to by `print`
        descriptor = os.dup(descriptor)
    os.close(descriptor)
    kind = _EndlessFile if command in _RUNS else io.FileIO
    for number, name in ((1, "stdout"), (2, "stderr")):
        given = getattr(sys, name)
        if given is not getattr(sys, f"__{name}__"):
            continue
        stream = _LineStream(
            io.BufferedWriter(kind(number, "w", closefd=False)),
            encoding=given.encoding if given else "utf-8",
            errors="backslashreplace",
            line_buffering=given.line_buffering or given.write_through if given else True,
        )
        setattr(sys, name, stream)


def main(arguments: list[str] | None = None) -> None:
    """Run the command line and exit with its code."""
    # httpx imports its own command line, too, where click and rich are installed: 0.06 s of CPU.
    # None stands for a module that is not there (Python's reference, "The module cache").
    sys.modules.setdefault("httpx._main", None)  # type: ignore[arg-type]
    # We have no plugins for pydantic, which looks for them in every package that is installed.
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")
    given = sys.argv[1:] if arguments is None else arguments
    command = next((word for word in given if word in COMMANDS), "")
    _prepare_streams(command)
    # Imports make many objects and no garbage. Looking for it among them, while they are made, when
    # the first page is read and when the process ends, would be a quarter of an unchanged run.
    gc.disable()
    options = parser(command)
    gc.freeze()
    gc.enable()
    chosen = options.parse_args(given)
    # The model takes 40 ms to import, as long as all of `feedmaker --help`, which ends above.
    from feedmaker.model.errors import FeedmakerError

    try:
        code = chosen.run(chosen)
        sys.stdout.flush()
    except FeedmakerError as error:
        print(f"feedmaker: {error_line(error)}", file=sys.stderr)
        code = error.exit_code
    except BrokenPipeError:
        # A reader that closed the pipe (`feedmaker status | head`) wants no more lines and no
        # complaint.
        sys.stdout = None
        code = 0
    except OSError as error:
        print(f"feedmaker: {error}", file=sys.stderr)
        sys.stdout = None
        code = 1
    except KeyboardInterrupt:
        print(f"feedmaker: {tell('interrupted; what was done is kept')}", file=sys.stderr)
        code = 130  # as shells have it: 128 and the number of SIGINT
    gc.freeze()  # nor when the process ends: the rest is imported while it runs
    sys.exit(code)
