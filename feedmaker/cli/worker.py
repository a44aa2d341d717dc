"""`feedmaker worker`: the main job by itself, without cron, on one machine or many.

Work through the sites whose time has come, each section by its own rhythm, until SIGTERM. On a
store that is a file there is one, and `feedmaker build` can run between its sites. On a PostgreSQL
store start one on each core of each machine; each takes what is next. That needs
`pip install "feedmaker[postgres]"`.
"""

from __future__ import annotations

import asyncio
import gc
import os
from contextlib import closing
from typing import TYPE_CHECKING

from feedmaker.cli import console
from feedmaker.cli.build import GC_THRESHOLD, ended_by_sigterm
from feedmaker.pipeline import PageProcess, due_sites, own_planner
from feedmaker.store import is_shared

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace
    from collections.abc import Callable


SHARED_OPTIONS = ("--config", "--out", "--log")
# How far a child is behind the program that it works for (nice): people wait for that one.
_BEHIND = 5
# Seconds between two looks at the configuration: what is written in the app is built at once.
_LOOK_EVERY = 1.0


def configure(parser: ArgumentParser) -> None:
    """Add the options."""
    parser.add_argument(
        "--end-with-input",
        action="store_true",
        help="end when standard input does, as the child of a program that holds its other end",
    )


def run(options: Namespace) -> int:
    """Work until told to stop."""
    if options.end_with_input:
        os.nice(_BEHIND)
    gc.set_threshold(GC_THRESHOLD)
    console.start_log(options.log)
    configuration = due_sites.Configuration(options.config, options.out, _LOOK_EVERY)
    with closing(PageProcess()) as process, ended_by_sigterm() as at_sigterm:
        asyncio.run(_work(configuration, process, at_sigterm, options))
    return 0


async def _work(
    configuration: due_sites.Configuration,
    process: PageProcess,
    at_sigterm: list[Callable[[], object]],
    options: Namespace,
) -> None:
    """Work as the store asks for."""
    if options.end_with_input:
        own_planner.end_with_input()
    if is_shared(configuration.settings.store):
        # procrastinate and psycopg are an extra: they are there only where workers are wanted.
        from feedmaker.pipeline.job_queue import work_until_stopped
    else:
        from feedmaker.pipeline.own_planner import work_until_stopped
    await work_until_stopped(configuration, console.JsonProgress(), process, at_sigterm)
