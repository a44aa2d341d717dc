"""The command line: the commands, how errors are told, and the exit codes."""

from __future__ import annotations

import sys

import click

from feedmaker._version import __version__
from feedmaker.commands.build import build
from feedmaker.commands.check import check
from feedmaker.commands.demo import demo
from feedmaker.commands.explain import explain
from feedmaker.commands.status import status
from feedmaker.errors import FeedmakerError


class _Group(click.Group):
    """Tells errors in their own line, without a traceback, and ends with their exit code."""

    def invoke(self, ctx: click.Context) -> object:
        try:
            return super().invoke(ctx)
        except FeedmakerError as error:
            click.echo(f"feedmaker: {error}", err=True)
            ctx.exit(error.exit_code)


@click.group(cls=_Group, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, "-V", "--version", message="feedmaker %(version)s")
def feedmaker() -> None:
    """Turn news sites, Arabic ones first, into full-text feeds that readers show right.

    Try `feedmaker demo`. Then describe your sites in config/sites/NAME.toml, see with `feedmaker check` that all is
    well, and let cron call `feedmaker build`: it writes one Atom and one RSS file per section to out/.

    \b
    Exit codes: 0  all sections are good (articles that failed are named, and tried again by later runs)
                1  a section failed; its last good feed stays
                2  the configuration or the command line is wrong
                3  another run is at work
    """  # noqa: D301 - \b is click's sign to keep the lines as they are


for command in (build, demo, check, explain, status):
    feedmaker.add_command(command)


def main() -> None:
    """Run the command line; never returns."""
    # A reader that closed the pipe (`feedmaker status | head`) wants no more lines and no complaint.
    try:
        feedmaker(prog_name="feedmaker")
    except BrokenPipeError:
        sys.stderr.close()
        sys.exit(0)
