"""The process that reads pages: its limits hold, and it ends with the run."""

from __future__ import annotations

import asyncio
import os
import pickle
import re
import signal
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

import pytest

from feedmaker.cli import build
from feedmaker.cli.build import ended_by_sigterm
from feedmaker.model import Code, Reason
from feedmaker.model.errors import ExtractError, PageError, PageLimitError
from feedmaker.pipeline import page_process
from feedmaker.pipeline.page_process import PageProcess

URL = "https://n.example/1"
HELD = []
pytestmark = pytest.mark.skipif(not PageProcess.is_limited, reason="this system has no limits")


def double(number):
    """Twice a number."""
    return 2 * number


def search_for_ever(_):
    """Compiled code that no signal handler interrupts."""
    return re.match(r"(a+)+$", "a" * 60 + "b")


def fill_memory(_):
    """Take more than a page may."""
    return len(bytearray(2 * page_process._MEMORY))


def hold_much(_):
    """Keep more than a process may keep."""
    HELD.append(bytearray(page_process._KEPT_MEMORY + 10_000_000))


def process_id(_):
    """Say who does the job."""
    return os.getpid()


def fail(_):
    """Fail as a page does."""
    raise ExtractError(URL, Reason.of(Code.NO_STORY))


def fail_oddly(_):
    """Fail as our own mistakes do."""
    raise KeyError("key")


def end_itself(_):
    """End as a crash of compiled code does."""
    os.kill(os.getpid(), signal.SIGSEGV)


def end_within_answer(_):
    """End after the first bytes of an answer, as by the system when memory is short."""
    (socket,) = (one for one in Path("/proc/self/fd").iterdir() if one.is_socket())
    os.write(int(socket.name), pickle.dumps(b"x" * 100_000)[:1000])
    os.kill(os.getpid(), signal.SIGKILL)


def sleep(seconds):
    """Wait."""
    time.sleep(seconds)


def local_zone(_):
    """Say in which zone times would be told."""
    return os.environ["TZ"]


def open_files(_):
    """Count the files that are open."""
    return len(list(Path("/proc/self/fd").iterdir()))


def do(*jobs, process=None):
    """The results of jobs one after the other, or their errors."""

    async def run(process):
        done = []
        for job in jobs:
            try:
                done.append(await process.call(URL, job, 21))
            except PageError as error:
                done.append(error)
        return done

    with closing(process or PageProcess()) as one:
        return asyncio.run(run(one))


def test_a_job_gives_its_result_and_its_own_errors():
    """Errors keep their type, their address and their reason."""
    result, error, bug = do(double, fail, fail_oddly)
    assert result == 42
    assert isinstance(error, ExtractError)
    assert (error.url, error.reason.code, str(error)) == (
        URL,
        Code.NO_STORY,
        f"{URL}: the page holds no story",
    )
    assert (bug.reason.code, "KeyError" in str(bug)) == (Code.BUG, True)


def test_no_time_zone_of_the_machine_is_looked_for(monkeypatch):
    """Babel would do so as it is imported, at the cost of reading a page."""
    monkeypatch.setenv("TZ", "Africa/Casablanca")
    assert do(local_zone) == ["UTC"]
    assert os.environ["TZ"] == "Africa/Casablanca"


@pytest.mark.parametrize(
    ("job", "code"),
    [
        (search_for_ever, Code.TOO_MUCH_TIME),
        (fill_memory, Code.TOO_MUCH_MEMORY),
        (end_itself, Code.PAGE_PROCESS_DIED),
    ],
)
def test_what_a_page_takes_beyond_its_limits_costs_that_page_alone(job, code, monkeypatch):
    """The next job is done by a fresh process."""
    monkeypatch.setattr(page_process, "_CPU_SECONDS", 0.2)
    limited, after = do(job, double)
    assert isinstance(limited, PageLimitError)
    assert (limited.url, limited.reason.code) == (URL, code)
    assert after == 42


def test_a_job_that_only_waits_is_ended_too(monkeypatch):
    """Time counts besides CPU."""
    monkeypatch.setattr(page_process, "_SECONDS", 0.3)
    limited, after = do(sleep, double)
    assert (limited.reason.code, after) == (Code.TOO_MUCH_TIME, 42)


def test_a_process_is_kept_warm_and_replaced_where_it_keeps_memory():
    """Replaced after the job, which is good."""
    first, second, held, third = do(process_id, process_id, hold_much, process_id)
    assert first == second != third
    assert held is None


def test_a_caller_that_waits_no_longer_mixes_up_nothing():
    """The next caller gets its own answer."""

    async def run(process):
        with pytest.raises(TimeoutError):
            async with asyncio.timeout(0.1):
                await process.call(URL, sleep, 0.5)
        return await process.call(URL, double, 21)

    with closing(PageProcess()) as process:
        assert asyncio.run(run(process)) == 42


def test_a_keeper_that_somebody_ended_is_replaced():
    """The page that was being read fails."""
    process = PageProcess()

    async def run():
        assert await process.call(URL, double, 21) == 42
        os.killpg(process._keeper, signal.SIGKILL)
        with pytest.raises(PageLimitError):
            await process.call(URL, double, 21)
        return await process.call(URL, double, 21)

    with closing(process):
        assert asyncio.run(run()) == 42


class Unreadable:
    """Something that only the run can pickle."""

    def __reduce__(self):
        return sys.exit, (3,)


def test_a_worker_that_cannot_read_its_job_is_replaced():
    """The page that was to be read fails, and the next is read."""

    async def run(process):
        with pytest.raises(PageLimitError):
            await process.call(URL, double, Unreadable())
        return await process.call(URL, double, 21)

    with closing(PageProcess()) as process:
        assert asyncio.run(run(process)) == 42


@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
def test_half_an_answer_is_not_waited_for(monkeypatch):
    """What a worker wrote before it was ended stops no run; the next page is read."""
    monkeypatch.setattr(page_process, "_SILENCE", 0.5)
    ended, after = do(end_within_answer, double)
    assert isinstance(ended, PageLimitError)
    assert after == 42


def test_without_a_page_there_is_no_worker():
    """An unchanged run reads none."""
    with closing(PageProcess()) as process:
        for _ in range(3):
            assert children_of(process._keeper) == []
            time.sleep(0.05)
        assert asyncio.run(process.call(URL, double, 21)) == 42
        assert len(children_of(process._keeper)) == 1


@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
def test_it_has_no_file_of_the_run(tmp_path):
    """Neither its sockets nor its database: standard streams, the connection, and the listing."""
    with (tmp_path / "open").open("w"):
        assert do(open_files) == [5]


def children_of(parent):
    """The processes that a process started."""
    found = []
    for status in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = status.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        if int(fields[1]) == parent:
            found.append(int(status.parent.name))
    return found


@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
@pytest.mark.parametrize("how", ["close", "kill"])
def test_both_processes_end_with_the_run_and_leave_no_zombie(how, tmp_path):
    """Closed, also while a job is under way; or where the run is killed.

    Neither goes on in the run's own code, with an answer that nobody takes.
    """
    begun, left = tmp_path / "begun", tmp_path / "left"
    code = (
        "import asyncio, os, time\n"
        "from feedmaker.pipeline.page_process import PageProcess\n"
        "def job(seconds):\n"
        f"    open({str(begun)!r}, 'w').close()\n"
        "    time.sleep(seconds)\n"
        "async def run():\n"
        "    process = PageProcess()\n"
        "    task = asyncio.ensure_future(process.call('u', job, 15 if 'HOW' == 'close' else 1))\n"
        f"    while not os.path.exists({str(begun)!r}):\n"
        "        await asyncio.sleep(0.01)\n"
        "    print('ready', flush=True)\n"
        "    await asyncio.sleep(0 if 'HOW' == 'close' else 60)\n"
        "    task.cancel()\n"
        "    process.close()\n"
        "    print('closed', flush=True)\n"
        "    time.sleep(20)\n"
        "try:\n"
        "    asyncio.run(run())\n"
        "finally:\n"
        f"    open({str(left)!r}, 'w')\n"
    )
    with subprocess.Popen(
        [sys.executable, "-c", code.replace("HOW", how)], stdout=subprocess.PIPE, text=True
    ) as run:
        assert run.stdout.readline() == "ready\n"
        if how == "close":
            assert run.stdout.readline() == "closed\n"
            assert children_of(run.pid) == []
            run.kill()
            return
        (keeper,) = children_of(run.pid)
        (worker,) = children_of(keeper)
        run.kill()
        run.wait()
    until = time.monotonic() + 30
    while any(Path(f"/proc/{one}").exists() for one in (keeper, worker)):
        assert time.monotonic() < until
        time.sleep(0.02)
    assert not left.exists()


def terminated(code):
    """The exit code of a program that says that it is ready and is told to end, and what it says."""
    command = [sys.executable, "-c", code]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as run:
        assert run.stdout.readline() == "ready\n"
        run.terminate()
        out, err = run.communicate(timeout=30)
    return run.returncode, out, err


def test_sigterm_ends_a_process_that_looks_at_no_signal():
    """As one that waits for its database; within five seconds, with the exit code of a run."""
    assert build._GRACE < 4.5
    code = (
        "import time\n"
        "from feedmaker.cli import build\n"
        "build._GRACE = 0.2\n"
        "with build.ended_by_sigterm() as calls:\n"
        "    calls.append(lambda: print('told', flush=True))\n"
        "    print('ready', flush=True)\n"
        "    time.sleep(60)\n"
    )
    exit_code, out, err = terminated(code)
    assert (exit_code, out) == (143, "told\n")
    assert err == "feedmaker: told to end (SIGTERM) and ended at once; what was kept stays\n"


def test_sigterm_ends_a_process_whose_threads_go_on_after_the_run():
    """As those of a pool do that wait for the database: an interpreter waits for them."""
    code = (
        "import threading, time\n"
        "from feedmaker.cli import build\n"
        "build._GRACE = 0.2\n"
        "is_told = threading.Event()\n"
        "with build.ended_by_sigterm() as calls:\n"
        "    threading.Thread(target=time.sleep, args=(60,)).start()\n"
        "    calls.append(is_told.set)\n"
        "    print('ready', flush=True)\n"
        "    is_told.wait()\n"
    )
    exit_code, _, err = terminated(code)
    assert (exit_code, err) == (143, "")


def test_without_a_signal_nothing_is_called():
    """And the process listens to SIGTERM as before."""
    calls = []
    with ended_by_sigterm() as at_sigterm:
        at_sigterm.append(lambda: calls.append(1))
    assert calls == []
    assert signal.pthread_sigmask(signal.SIG_BLOCK, []) == set()
