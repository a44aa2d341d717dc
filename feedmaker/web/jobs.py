"""Jobs in the background: each in a process of its own, few at once, none for ever.

    handler --start--> Job (waits) --> child process --steps, result--> Job (done) --> handler

A job's pages and processes cannot harm the server: what takes too long is ended, and what a child
leaves behind ends with it.
"""

from __future__ import annotations

import asyncio
import pickle
import secrets
import sys
import time
import zlib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from feedmaker.model.errors import FeedmakerError
from feedmaker.text.sayings import Saying
from feedmaker.web.job_process import LENGTH_BYTES

if TYPE_CHECKING:
    from asyncio.subprocess import Process

    from feedmaker.web.job_process import JobRequest

_CHILD: Final = "from feedmaker.web.job_process import main; main()"
_AT_ONCE: Final = 2  # child processes
_MOST_WAITING: Final = 250
_MOST_KEPT: Final = 300
_KEPT_SECONDS: Final = 6 * 3600.0
_SECONDS: Final = 200.0  # of one job; a search ends by itself before
_MOST_BYTES: Final = 64 << 20  # of one step: a story is at most as long as its page


_UNKNOWN: Final = FeedmakerError(
    Saying("the process that did the work ended too early; the log of the server may say why")
)


class TooManyJobsError(FeedmakerError):
    """There is no room for another job."""


@dataclass(slots=True, eq=False)
class Job:
    """Something that is done in the background, for as long as it is remembered.

    `steps` came so far. Once `is_done`, there is a `result`, or an `error` that ended it; the
    result is kept packed, as many stories may wait for a person. `notes` are for who started it.
    """

    id: str
    request: JobRequest
    begun: float
    steps: list[Any] = field(default_factory=list)
    packed: bytes = b""
    error: FeedmakerError | None = None
    is_running: bool = False
    is_done: bool = False
    notes: dict[str, Any] = field(default_factory=dict)

    @property
    def result(self) -> Any:
        """What came of it; None where nothing did."""
        return pickle.loads(zlib.decompress(self.packed)) if self.packed else None  # noqa: S301


class JobBoard:
    """All jobs of the server."""

    def __init__(self) -> None:
        self._jobs: dict[str, Job] = {}
        self._tasks: set[asyncio.Task[None]] = set()
        self._turns = asyncio.Semaphore(_AT_ONCE)

    def get(self, job_id: str) -> Job | None:
        """Return a job that is remembered."""
        return self._jobs.get(job_id)

    def all(self) -> list[Job]:
        """Return all of them, the newest first."""
        return list(reversed(self._jobs.values()))

    def start(self, request: JobRequest) -> Job:
        """Begin a job, or return the one that does the same just now. Raises TooManyJobsError."""
        for job in self._jobs.values():
            if job.request == request and not job.is_done:
                return job
        self._forget_old()
        waiting = sum(not job.is_done for job in self._jobs.values())
        if waiting >= _MOST_WAITING:
            much = "too much is looked at already; try again in some minutes"
            raise TooManyJobsError(Saying(much))
        job = Job(secrets.token_urlsafe(12), request, time.monotonic())
        self._jobs[job.id] = job
        task = asyncio.get_running_loop().create_task(self._work(job))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return job

    def _forget_old(self) -> None:
        """Forget what was done long ago, and of very much the oldest."""
        done = [job for job in self._jobs.values() if job.is_done]
        surplus = len(self._jobs) - _MOST_KEPT + 1
        long_ago = time.monotonic() - _KEPT_SECONDS
        for number, job in enumerate(done):
            if number < surplus or job.begun < long_ago:
                del self._jobs[job.id]

    async def _work(self, job: Job) -> None:
        try:
            async with self._turns:
                job.is_running = True
                await _run(job)
        finally:
            if not (job.packed or job.error):
                job.error = _UNKNOWN
            job.is_done = True


async def _run(job: Job) -> None:
    """Do a job in a child process, and keep what came of it."""
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-c",
        _CHILD,
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
    )
    try:
        async with asyncio.timeout(_SECONDS):
            await _converse(job, process)
    except TimeoutError:
        words = "it took longer than {seconds:.0f} seconds; try again later"
        job.error = FeedmakerError(Saying(words, seconds=_SECONDS))
    except (OSError, EOFError, pickle.UnpicklingError):
        job.error = _UNKNOWN
    finally:
        if process.returncode is None:
            process.kill()
        await process.wait()


async def _converse(job: Job, process: Process) -> None:
    assert process.stdin is not None
    assert process.stdout is not None
    process.stdin.write(pickle.dumps(job.request))
    await process.stdin.drain()  # and stays open: its end would end the child
    last: Any = None
    data = b""
    while True:
        try:
            head = await process.stdout.readexactly(LENGTH_BYTES)
        except asyncio.IncompleteReadError:
            break
        length = int.from_bytes(head)
        if length > _MOST_BYTES:
            raise EOFError
        data = await process.stdout.readexactly(length)
        last = pickle.loads(data)  # noqa: S301 - our own code
        job.steps.append(last)
    if not job.steps:
        raise EOFError
    if isinstance(last, FeedmakerError):
        job.error = last
        job.steps.pop()
    elif await process.wait():
        raise EOFError
    else:
        job.packed = zlib.compress(data)
        job.steps.clear()
