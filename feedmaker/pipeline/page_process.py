"""The process that reads pages: what is too costly there is one failed page, never a stopped run.

    run --job--> page process --result--> run

Pages are written by strangers, and compiled code cannot be interrupted from within. So all work on
a page is a job (`page_work`) of a process that the kernel ends where the job takes too much CPU or
time, and that gets no more memory than a page may need. It is forked before a run opens anything,
so that the modules which both need are imported once. Between it and the run stands a keeper, which
does nothing but fork the next one where one was ended.

    run > keeper (waits) > worker (one job after the other)

Results and errors are pickled, by our own code on both sides. Both processes end with the run: the
worker reads the end of the connection, and a job under way is ended by its own limits.
"""

from __future__ import annotations

import asyncio
import gc
import os
import pickle
import signal
import socket
import sys
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, NoReturn, ParamSpec, TypeVar

from feedmaker.model import Code, Reason
from feedmaker.model.errors import FeedmakerError, PageError, PageLimitError
from feedmaker.pipeline import page_work
from feedmaker.text.sayings import Saying

if TYPE_CHECKING:
    from collections.abc import Callable
    from io import BufferedRWPair

    from feedmaker.pipeline.section import Progress
    from feedmaker.store import Store

try:
    import resource
except ImportError:  # not a Unix: there is neither a limit nor a fork
    resource = None  # type: ignore[assignment]

_P = ParamSpec("_P")
_T = TypeVar("_T")

# Seconds of CPU and of time that one page may take. Of the 150 largest of 1,556 real pages the
# costliest takes 0.4; a small computer may be ten times slower, and one that is busy with other
# work may leave a process a tenth of a core.
_CPU_SECONDS: Final = 4.0
_SECONDS: Final = 60.0
# Seconds beyond these after which the process itself hangs.
_GRACE: Final = 60.0
# Seconds without a byte of an answer that has begun, or of a job that is sent: who wrote is gone.
_SILENCE: Final = 10.0
# Bytes of memory that a page may take beside what the process had before its first one.
_MEMORY: Final = 256 * 1024 * 1024
# A process that has kept more than this of a job is replaced by a fresh one.
_KEPT_MEMORY: Final = _MEMORY // 2

_RENEW: Final = 1  # exit code of a worker that wants to be replaced, its last job done
_FAILED: Final = 2  # exit code of a keeper or worker that met an error of its own
_PROTOCOL: Final = pickle.HIGHEST_PROTOCOL
_ANY: Final = 0  # in place of a job's number: of whichever is under way
_MOST_FILES: Final = 1 << 20


class PageProcess:
    """Runs the jobs of `page_work`, one at a time, under limits.

        with closing(PageProcess()) as process:
            story = await process.call(page.url, page_work.read_article, page, ...)

    Make it before anything else is opened, and close it at the end. Where the system has no limits
    (`is_limited`), jobs run in this process.
    """

    is_limited: Final = resource is not None

    def __init__(self) -> None:
        self._number = 0  # of the newest job
        self._answered = 0  # the newest one whose answer was taken
        self._turn = asyncio.Lock()
        self._socket, theirs = socket.socketpair()
        self._socket.settimeout(_SILENCE)
        self._connection = self._socket.makefile("rwb")
        self._keeper = os.fork() if self.is_limited else 0
        if self.is_limited and not self._keeper:
            try:
                _keep(theirs)
            finally:  # no error of theirs, such as a run that is gone, may go on in the run's code
                os._exit(_FAILED)
        theirs.close()

    def tell_of_no_limits(self, store: Store, progress: Progress) -> None:
        """Say once in a store's life that jobs have no limits, where they have none."""
        if not self.is_limited and not store.meta("no limits"):
            store.set_meta("no limits", "told")
            unlimited = "this system cannot limit a process: a page may take any time and memory"
            progress.note(Saying(unlimited))

    def close(self) -> None:
        """End the process and whatever it does."""
        with suppress(OSError):
            self._connection.close()
        self._socket.close()
        if self._keeper:
            if self._answered != self._number:  # else both end by themselves, at once
                for end in (os.killpg, os.kill):  # it has no group yet where it just began
                    with suppress(ProcessLookupError, PermissionError):
                        end(self._keeper, signal.SIGKILL)
            with suppress(ChildProcessError):
                os.waitpid(self._keeper, 0)
            self._keeper = 0

    async def call(
        self, url: str, job: Callable[_P, _T], *arguments: _P.args, **named: _P.kwargs
    ) -> _T:
        """Return what a job makes of the page at `url`.

        A job is any function of a module, whose arguments and result can be pickled.

        Raises the job's own FeedmakerError, PageLimitError where it takes more than a page may, and
        PageError with Code.BUG for any other exception.
        """
        if not self.is_limited:
            return job(*arguments, **named)
        # Whoever waits may be cancelled; the answer must be taken all the same.
        exchange = self._exchange(job, arguments, named)
        outcome, value = await asyncio.shield(asyncio.ensure_future(exchange))
        if outcome == "result":
            return value  # type: ignore[no-any-return]
        if outcome == "error":
            raise value
        raise PageLimitError(url, value) if outcome == "limit" else PageError(url, value)

    async def _exchange(
        self, job: Callable[..., Any], arguments: Any, named: Any
    ) -> tuple[str, Any]:
        """Send a job, and return its answer once it comes."""
        async with self._turn:
            self._number += 1
            loop, connection = asyncio.get_running_loop(), self._connection
            answered = asyncio.Event()
            try:
                pickle.dump((self._number, job, arguments, named), connection, _PROTOCOL)
                connection.flush()
                loop.add_reader(self._socket, answered.set)
                try:
                    async with asyncio.timeout(_SECONDS + _GRACE):
                        await answered.wait()
                finally:
                    loop.remove_reader(self._socket)
                number = -1
                while number not in (self._number, _ANY):
                    number, outcome, value = pickle.load(connection)  # noqa: S301 - our own
            except (OSError, EOFError, pickle.UnpicklingError):  # it hangs, or somebody ended it
                self.close()
                self.__init__()  # type: ignore[misc]
                return "limit", Reason.of(Code.PAGE_PROCESS_DIED, signal=signal.SIGKILL)
            self._answered = self._number
        return outcome, value


# ---- the keeper and the worker


def _keep(connection: socket.socket) -> NoReturn:
    """Fork a worker, wait for it, say what ended it, and fork the next; end with the run."""
    _leave_the_run(connection)
    while True:
        # A run that finds nothing new has no page to read, and needs no worker.
        if not connection.recv(1, socket.MSG_PEEK):
            os._exit(0)
        worker = os.fork()
        file = connection.makefile("rwb")
        if not worker:
            _work(file)
        _, status = os.waitpid(worker, 0)
        code = os.waitstatus_to_exitcode(status)
        if code in (
            0,
            _FAILED,
        ):  # the run is gone, or the connection is out of step: it begins anew
            os._exit(0)
        if code < 0:
            try:
                pickle.dump((_ANY, "limit", _why_ended(-code)), file, _PROTOCOL)
                file.flush()
            except OSError:  # the run is gone, too
                os._exit(0)


def _leave_the_run(connection: socket.socket) -> None:
    """Give up all that is the run's: its signals, terminal, files, sockets and database.

    And the local time zone, in which nothing is told: Babel wants to know it as soon as it is
    imported, and to find one by its name costs 8 ms.
    """
    os.environ["TZ"] = "UTC"
    gc.freeze()  # nothing of the run is ever looked at, and its memory stays shared
    os.setsid()  # no signal of the terminal, and one group to be ended
    signal.set_wakeup_fd(-1)
    own = (signal.SIGINT, signal.SIGTERM, signal.SIGCHLD, signal.SIGPROF, signal.SIGALRM)
    for number in own:
        signal.signal(number, signal.SIG_DFL)
    signal.pthread_sigmask(signal.SIG_SETMASK, [])
    nothing = os.open(os.devnull, os.O_RDWR)
    for standard in range(3):
        os.dup2(nothing, standard)
    kept = connection.fileno()
    os.closerange(3, kept)
    most = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    os.closerange(kept + 1, most if 0 < most < _MOST_FILES else _MOST_FILES)


def _work(connection: BufferedRWPair) -> NoReturn:
    """Do one job after the other until the run is gone."""
    before = _memory_in_use()
    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    if before and (hard == resource.RLIM_INFINITY or before + _MEMORY < hard):
        resource.setrlimit(resource.RLIMIT_AS, (before + _MEMORY, hard))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    while True:
        try:
            number, job, arguments, named = pickle.load(connection)  # noqa: S301 - the run's
        except EOFError:
            os._exit(0)
        pages = page_work.prepare(job)
        signal.setitimer(signal.ITIMER_PROF, pages * _CPU_SECONDS)
        signal.setitimer(signal.ITIMER_REAL, _SECONDS)
        answer = _answer(number, job, arguments, named)
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.setitimer(signal.ITIMER_REAL, 0)
        connection.write(answer)
        connection.flush()
        if _memory_in_use() - before > _KEPT_MEMORY:
            os._exit(_RENEW)


def _answer(number: int, job: Callable[..., Any], arguments: Any, named: Any) -> bytes:
    """Do a job; return its number with its result or its error, pickled."""
    try:
        result = job(*arguments, **named)
        return pickle.dumps((number, "result", result), _PROTOCOL)
    except FeedmakerError as error:
        return pickle.dumps((number, "error", error), _PROTOCOL)
    except MemoryError:
        outcome, reason = "limit", Reason.of(Code.TOO_MUCH_MEMORY, size=_MEMORY >> 20)
    except Exception as error:  # noqa: BLE001 - one page that fails must never stop the rest
        outcome, reason = "bug", Reason.of(Code.BUG, text=repr(error)[:250])
    return pickle.dumps((number, outcome, reason), _PROTOCOL)


def _why_ended(number: int) -> Reason:
    """Say what ended a worker, by the number of the signal."""
    if number in (signal.SIGPROF, signal.SIGALRM):
        return Reason.of(Code.TOO_MUCH_TIME)
    return Reason.of(Code.PAGE_PROCESS_DIED, signal=number)


def _memory_in_use() -> int:
    """The bytes of address space that this process has; 0 where the system does not say."""
    if sys.platform != "linux":
        return 0
    pages = int(Path("/proc/self/statm").read_bytes().split()[0])
    return pages * os.sysconf("SC_PAGE_SIZE")
