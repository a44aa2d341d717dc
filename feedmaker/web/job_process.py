"""The child of a background job: what `jobs` starts.

A job is read from standard input, pickled by our own code. Steps and the result go to standard
output, each pickled behind its length. The end of standard input means that nobody waits any more.
"""

from __future__ import annotations

import asyncio
import os
import pickle
import sys
import threading
from contextlib import closing
from functools import partial
from typing import TYPE_CHECKING, Final, TypeAlias

from feedmaker.model.errors import FeedmakerError
from feedmaker.pipeline import PageProcess
from feedmaker.web.mend_question import MendQuestion, answer_mending
from feedmaker.web.page_question import PageQuestion, answer_question
from feedmaker.web.site_search import SiteSearch, search_site

if TYPE_CHECKING:
    from typing import BinaryIO

LENGTH_BYTES: Final = 8
JobRequest: TypeAlias = SiteSearch | PageQuestion | MendQuestion


def main() -> None:
    """Do one job."""
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # whatever prints is not to be taken for an answer
    job: JobRequest = pickle.load(sys.stdin.buffer)  # noqa: S301 - see above
    # Before the thread: a process with threads is not forked.
    with closing(PageProcess()) as process:
        threading.Thread(target=_end_with_parent, daemon=True).start()
        result = asyncio.run(_do(job, process, answers))
    _send(answers, result)


async def _do(job: JobRequest, process: PageProcess, answers: BinaryIO) -> object:
    """Return what comes of a job: its result, or the error that ended it."""
    try:
        if isinstance(job, SiteSearch):
            return await search_site(job, process, partial(_send, answers))
        if isinstance(job, MendQuestion):
            return await answer_mending(job, process, partial(_send, answers))
        return await answer_question(job, process)
    except FeedmakerError as error:
        return error


def _send(answers: BinaryIO, value: object) -> None:
    data = pickle.dumps(value)
    answers.write(len(data).to_bytes(LENGTH_BYTES) + data)
    answers.flush()


def _end_with_parent() -> None:
    os.read(0, 1)
    os._exit(1)
