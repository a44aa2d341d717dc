"""`feedmaker worker`: the main job on many machines.

Work through the sites whose time has come, together with all other workers on the same PostgreSQL
store, until SIGTERM. Start one on each core of each machine; each takes what is next. Needs a
`store` that is a PostgreSQL URL, and `pip install "feedmaker[postgres]"`.
"""

from __future__ import annotations

import asyncio
import gc
from contextlib import closing
from typing import TYPE_CHECKING

from feedmaker.cli import console
from feedmaker.cli.build import GC_THRESHOLD, ended_by_sigterm
from feedmaker.pipeline import PageProcess

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace


SHARED_OPTIONS = ("--config", "--out", "--log")


def configure(parser: ArgumentParser) -> None:
    """Add no option of its own."""


def run(options: Namespace) -> int:
    """Work until told to stop."""
    # procrastinate and psycopg are an extra: they are there only where workers are wanted.
    from feedmaker.pipeline import job_queue

    gc.set_threshold(GC_THRESHOLD)
    console.start_log(options.log)
    configuration = job_queue.Configuration(options.config, options.out)
    progress = console.JsonProgress()
    with closing(PageProcess()) as process, ended_by_sigterm() as at_sigterm:
        work = job_queue.work_until_stopped(configuration, progress, process, at_sigterm)
        asyncio.run(work)
    return 0
