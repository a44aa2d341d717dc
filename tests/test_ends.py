"""How runs end: killed at any moment, told to end, in the way of another, without room or right to
write.
"""

from __future__ import annotations

import errno
import json
import os
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import feedparser
import pytest
from lxml import etree
from machine import small_disk
from news_site import article, listing
from servers import Reply, Request, Server, a_second_later

if TYPE_CHECKING:
    from collections.abc import Iterable

# How many runs are killed at random; FEEDMAKER_KILLS=500 is what a release is tested with.
KILLS = int(os.environ.get("FEEDMAKER_KILLS", "15"))
SEED = int(os.environ.get("FEEDMAKER_SEED", "1447"))


class Paper:
    """A newspaper on loopback, configured in a folder, and runs of the program there.

    Each number is an article in one of three sections, every ninth in all; each may be corrected,
    again and again. All of them are asked again in each run that begins a second after the last.
    """

    def __init__(
        self, server: Server, folder: Path, sections: tuple[str, ...] = ("one", "two", "three")
    ) -> None:
        self.server, self.folder, self.sections = server, folder, sections
        self.slow = 0.0
        self.versions: dict[int, int] = {}
        self.ids: dict[str, tuple[str, str]] = {}
        self.begun = datetime.now(UTC)
        sites = folder / "config" / "sites"
        sites.mkdir(parents=True)
        ages = [round(second / 3600, 6) for second in range(1, 3600)]
        main = f"max_age = 0\nitems = 1000\n[fetch]\ndelay = 0\nretries = 0\nrecheck = {ages}\n"
        (folder / "config" / "feedmaker.toml").write_text(main)
        tables = "".join(
            f'[[sections]]\nslug = "{slug}"\ntitle = "{slug}"\nurls = ["{server.url(f"/{slug}")}"]\n'
            for slug in sections
        )
        (sites / "news.toml").write_text(
            f'name = "n"\nhome = "{server.url("/")}"\n{tables}', "utf-8"
        )

    def publish(self, first: int, last: int) -> None:
        """Have these numbers in the listings."""
        numbers = range(last, first - 1, -1)
        for slug in self.sections:
            self.server.page(f"/{slug}", listing(*(n for n in numbers if self.is_in(n, slug))))
        for number in numbers:
            self.versions.setdefault(number, 1)
            page = article(number, text=self.mark(number), date=self.begun.isoformat())
            self.server.page(f"/{number}-garden-opens-again.html", self._slowly(page))

    def is_in(self, number: int, slug: str) -> bool:
        """Whether an article is in a section."""
        return number % 3 == ("one", "two", "three").index(slug) or number % 9 == 0

    def mark(self, number: int) -> str:
        """What is in an article's newest form and in no earlier one."""
        return f"النسخة {self.versions[number]} من الخبر رقم "

    def correct(self, numbers: Iterable[int]) -> None:
        """Have another text in these articles, once they are published anew."""
        for number in numbers:
            self.versions[number] += 1

    def _slowly(self, reply: Reply):
        def answer(request: Request) -> Reply:
            time.sleep(self.slow)
            if request.headers.get("if-none-match") == reply.headers["ETag"]:
                return Reply(status=304)
            return reply

        return answer

    def start(self, *args: str, **how) -> subprocess.Popen[str]:
        """Begin a run."""
        command = [sys.executable, "-m", "feedmaker", "build", *args]
        return subprocess.Popen(
            command,
            cwd=self.folder,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            **how,
        )

    def run(self, *args: str) -> tuple[int, str]:
        """A whole run: its exit code and what it printed."""
        process = self.start(*args)
        out, err = process.communicate(timeout=120)
        assert "Traceback" not in out + err, err
        return process.returncode, out + err

    def numbers(self, slug: str) -> list[int]:
        """The articles in a section's feed; the same in each format."""
        folder = self.folder / "out" / "news"
        atom = [
            entry.link
            for entry in feedparser.parse((folder / f"{slug}.atom.xml").read_bytes()).entries
        ]
        assert atom == [
            item["url"] for item in json.loads((folder / f"{slug}.json").read_bytes())["items"]
        ]
        return sorted(int(link.rsplit("/", 1)[1].partition("-")[0]) for link in atom)

    def check_files(self, name: str = "out") -> int:
        """Every file in `out` is whole; how many there are."""
        paths = [
            path
            for path in (self.folder / name).rglob("*")
            if path.is_file() and ".tmp-" not in path.name
        ]
        for path in paths:
            data = path.read_bytes()
            if path.suffix == ".json":
                json.loads(data)
            elif path.suffix in (".xml", ".opml"):
                etree.fromstring(data)
            elif path.suffix == ".html":
                assert data.rstrip().endswith(b"</html>")
        return len(paths)

    def check_whole(self, first: int, last: int) -> None:
        """All stories are in their sections, each once, in its newest form, with one id and date
        wherever and ever.
        """
        for slug in self.sections:
            assert self.numbers(slug) == [n for n in range(first, last + 1) if self.is_in(n, slug)]
            for entry in feedparser.parse(
                (self.folder / "out" / "news" / f"{slug}.atom.xml").read_bytes()
            ).entries:
                number = int(entry.link.rsplit("/", 1)[1].partition("-")[0])
                assert self.ids.setdefault(entry.link, (entry.id, entry.published)) == (
                    entry.id,
                    entry.published,
                )
                assert f"{self.mark(number)}{number}." in entry.content[0].value
        assert len({one for one, _ in self.ids.values()}) == len(self.ids)
        store = self.folder / ".feedmaker" / "store.sqlite"
        with closing(sqlite3.connect(store)) as db:
            assert db.execute("PRAGMA integrity_check").fetchone() == ("ok",)
            assert db.execute("PRAGMA foreign_key_check").fetchall() == []


@pytest.fixture
def paper(tmp_path):
    """A newspaper with thirty articles."""
    with Server() as server:
        made = Paper(server, tmp_path)
        made.publish(1, 30)
        yield made


def test_runs_killed_at_random_moments_lose_nothing_and_double_nothing(paper):
    """SIGKILL, again and again, while articles come and are corrected; often twice before a run is
    let through.

    All files are whole after each; after each whole run all stories are there once, each as it was
    corrected last.
    """
    chance = random.Random(SEED)
    begun = time.monotonic()
    assert paper.run()[0] == 0
    whole, last, killed, ended = time.monotonic() - begun, 30, 0, 0
    for kill in range(KILLS):
        last += chance.choice((0, 0, 1, 3))
        paper.correct(chance.sample(sorted(paper.versions), 3))
        paper.publish(1, last)
        if kill % 5 == 4:  # begin anew, so that first runs are killed, too
            shutil.rmtree(paper.folder / ".feedmaker")
        process = paper.start()
        time.sleep(chance.uniform(0.05, whole))
        process.kill()
        process.communicate()
        killed += process.returncode == -signal.SIGKILL
        assert paper.check_files() > 9
        if chance.random() < 0.6 or kill == KILLS - 1:
            a_second_later()
            code, text = paper.run()
            assert code == 0, text
            paper.check_whole(1, last)
            ended += 1
    print(
        f"{killed} runs were killed, {ended} let through; {last} stories, {sum(paper.versions.values())} forms of them"
    )
    assert killed >= KILLS * 0.4
    leftovers = [path for path in (paper.folder / "out").rglob("*") if ".tmp-" in path.name]
    assert len(leftovers) <= 3, leftovers  # of files that were not written again since


# A run that kills itself at a step of its writing, each in a process of its own; and after it one
# that is let through.
AT_EACH_STEP = """
import os, shutil, signal, sys
from pathlib import Path
import fcntl, lxml.etree
import feedmaker.cli.console, feedmaker.output.feed, feedmaker.output.pages, feedmaker.pipeline
from feedmaker.cli import main
from feedmaker.store.sqlite import Sqlite

place, stop, taken = Path(sys.argv[1]), 0, []

def step(name):
    taken.append(name)
    if len(taken) == stop:
        Path("step").write_bytes(name.encode())
        os.kill(os.getpid(), signal.SIGKILL)

def before(owner, call, named):
    real = getattr(owner, call)
    def stepping(*given, **more):
        name = named(*given)
        if name:
            step(name)
        return real(*given, **more)
    setattr(owner, call, stepping)

class Halves:
    def __init__(self, file): self.file = file
    def __enter__(self): return self
    def __exit__(self, *error): self.file.close()
    def __getattr__(self, name): return getattr(self.file, name)
    def write(self, data):
        self.file.write(data[: len(data) // 2]), self.file.flush()
        step("half a file")
        self.file.write(data[len(data) // 2 :])

def halved(path, text, encoding):
    with open(path, "w", encoding=encoding) as file:
        step(f"no {path.name}"), file.write(text[: len(text) // 2]), file.flush(), step(f"half of {path.name}")
        file.write(text[len(text) // 2 :])

real_open = os.fdopen
os.fdopen = lambda *given, **more: Halves(real_open(*given, **more))
Path.write_text = halved
def opened(path, *_):
    if ".tmp-" in str(path):
        return "making a temporary file"
    return f"no {Path(path).name}" if "made" in str(path) else ""

before(os, "open", opened)
before(os, "fsync", lambda _: "flushing")
before(Path, "replace", lambda _, path: f"the rename to {path.name}")
before(Path, "mkdir", lambda path, *_: f"making {path.name}")
before(fcntl, "flock", lambda *_: "locking")
before(Sqlite, "execute", lambda _, sql, *__: sql if sql in ("BEGIN IMMEDIATE", "COMMIT") else "")

def run(folder, at):
    global stop
    child = os.fork()
    if child == 0:
        stop = at
        os.chdir(folder), taken.clear()
        sys.argv[:] = ["feedmaker", "build"]
        try:
            main()
        except SystemExit as end:
            code = end.code
        Path("steps").write_bytes("\\n".join(taken).encode())
        os._exit(code or 0)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])

def copied(name):
    shutil.copytree(place / "before", place / name)
    return place / name

whole = copied("whole")
assert run(whole, 0) == 0
names = (whole / "steps").read_text().splitlines()
firsts = [number for number, name in enumerate(names) if name not in names[:number]]
for number in range(len(names)) if sys.argv[2] == "all" else firsts:
    folder = copied(f"at-{number}")
    assert run(folder, number + 1) == -9
    if (folder / "out").exists():
        shutil.copytree(folder / "out", folder / "killed")
    print(number, run(folder, 0), (folder / "step").read_text(), sep="|", flush=True)
"""


@pytest.mark.parametrize("state", ["first run", "corrections"])
def test_a_run_killed_at_each_step_of_its_writing_is_made_good_by_the_next(tmp_path, state):
    """Lock, transactions, temporary files, flushes, renames and notes: before each of them, or in
    its middle.

    The first of each kind; all of them where many runs are to be killed.
    """
    with Server() as server:
        paper = Paper(server, tmp_path / "before", ("one",))
        last = 6
        paper.publish(1, last)
        if state == "corrections":
            assert paper.run()[0] == 0
            last = 9
            paper.correct((3,))
            paper.publish(1, last)
            time.sleep(1)
        command = [
            sys.executable,
            "-c",
            AT_EACH_STEP,
            str(tmp_path),
            "all" if KILLS >= 100 else "some",
        ]
        done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=600)
        assert (done.returncode, done.stderr) == (0, "")
        steps = [line.split("|") for line in done.stdout.splitlines()]
        assert len(steps) >= 15
        for at, code, name in steps:
            paper.folder = tmp_path / f"at-{at}"
            assert code == "0", name
            paper.check_files("killed")
            paper.check_files()
            paper.check_whole(1, last)
        print(f"{len(steps)} steps: " + ", ".join(dict.fromkeys(name for *_, name in steps)))


@pytest.mark.parametrize("state", ["articles", "hanging"])
def test_sigterm_ends_within_five_seconds_and_keeps_what_is_done(paper, state):
    """Exit code 143 and one line; what was had is in store and feed, and is not fetched again."""
    paper.slow = 0.15
    if state == "hanging":
        for number in range(1, 31, 3):
            paper.server.page(
                f"/{number}-garden-opens-again.html", lambda _: time.sleep(15) or Reply(b"")
            )
    process = paper.start()
    while len([r for r in paper.server.requests if "garden" in r.path]) < 8:
        time.sleep(0.02)
    told = time.monotonic()
    process.send_signal(signal.SIGTERM)
    out, err = process.communicate(timeout=10)
    assert time.monotonic() - told < 5
    assert (process.returncode, out) == (143, "")
    assert (
        err
        == "feedmaker: told to end (SIGTERM); what was done is kept, the next run goes on from it\n"
    )
    paper.check_files()
    with closing(sqlite3.connect(paper.folder / ".feedmaker" / "store.sqlite")) as db:
        had = {url for (url,) in db.execute("SELECT url FROM stories")}
    assert len(had) >= 2
    shown = feedparser.parse((paper.folder / "out" / "news" / "one.atom.xml").read_bytes()).entries
    assert shown
    assert {entry.link for entry in shown} <= had
    paper.slow = 0
    paper.publish(1, 30)
    paper.server.requests.clear()
    assert paper.run()[0] == 0
    asked = {
        paper.server.url(r.path) for r in paper.server.requests if "if-none-match" not in r.headers
    }
    assert not asked & had
    paper.check_whole(1, 30)


def test_sigterm_while_another_program_holds_the_store(paper):
    """A statement that waits for the database does not hold the end up."""
    assert paper.run()[0] == 0
    paper.publish(1, 33)
    with closing(
        sqlite3.connect(paper.folder / ".feedmaker" / "store.sqlite", isolation_level=None)
    ) as db:
        db.execute("BEGIN EXCLUSIVE")
        process = paper.start()
        time.sleep(1)
        told = time.monotonic()
        process.send_signal(signal.SIGTERM)
        _, err = process.communicate(timeout=10)
        assert time.monotonic() - told < 5
        assert process.returncode in (1, 143, -signal.SIGTERM)
        assert "Traceback" not in err
        db.execute("ROLLBACK")
    assert paper.run()[0] == 0
    paper.check_whole(1, 33)


def blocks_sigterm(pid: int) -> bool:
    """Whether a process takes care of SIGTERM itself, as a run does before it opens its store."""
    status = Path(f"/proc/{pid}/status").read_text().splitlines()
    (blocked,) = (int(line.split()[1], 16) for line in status if line.startswith("SigBlk:"))
    return bool(blocked >> signal.SIGTERM - 1 & 1)


def is_at_work(pid: int) -> bool:
    """Whether a process is there, and not only its exit code."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
def test_sigterm_ends_publishing_while_another_program_holds_the_store(paper):
    """Exit code 143 and one line; what is published stays whole."""
    assert paper.run()[0] == 0
    with closing(
        sqlite3.connect(paper.folder / ".feedmaker" / "store.sqlite", isolation_level=None)
    ) as db:
        db.execute("PRAGMA locking_mode = EXCLUSIVE")  # readers too are kept out
        db.execute("BEGIN EXCLUSIVE")
        process = paper.start("--publish-only")
        while not blocks_sigterm(process.pid):
            time.sleep(0.02)
        time.sleep(0.3)
        told = time.monotonic()
        process.send_signal(signal.SIGTERM)
        _, err = process.communicate(timeout=10)
        assert time.monotonic() - told < 5
        assert process.returncode in (1, 143)
        assert err.count("\n") == 1
        assert "told to end (SIGTERM)" in err or "another program is writing" in err
        db.execute("ROLLBACK")
    assert paper.run("--publish-only")[0] == 0
    paper.check_files()


@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
def test_sigterm_ends_publishing_while_a_feed_is_rendered(paper):
    """The process that renders ends with it."""
    assert paper.run()[0] == 0
    for note in (paper.folder / "out" / "news").glob(".*.made"):
        note.unlink()
    code = (
        "import os, sys, time\n"
        "from feedmaker.cli import main\n"
        "from feedmaker.output import section_files\n"
        "def render_section(shown):\n"
        "    open('rendering', 'w').write(str(os.getpid()))\n"
        "    time.sleep(15)\n"
        "section_files.render_section = render_section\n"
        "main(['build', '--publish-only'])\n"
    )
    with subprocess.Popen(
        [sys.executable, "-c", code], cwd=paper.folder, stderr=subprocess.PIPE, text=True
    ) as process:
        begun = paper.folder / "rendering"
        while not (begun.exists() and begun.read_text()):
            time.sleep(0.02)
        worker = int(begun.read_text())
        told = time.monotonic()
        process.send_signal(signal.SIGTERM)
        _, err = process.communicate(timeout=10)
    assert time.monotonic() - told < 5
    assert process.returncode == 143
    assert err.startswith("feedmaker: told to end (SIGTERM)")
    assert not is_at_work(worker)


def test_the_second_of_two_runs_ends_at_once_and_a_killed_one_blocks_nothing(paper):
    """Exit code 3 and one line, without a request; the lock of a killed run is none."""
    paper.slow = 1.0
    first = paper.start()
    while not paper.server.requests:
        time.sleep(0.02)
    code, text = paper.run()
    assert code == 3
    assert first.poll() is None, "it waited for the other run"
    assert text.count("\n") == 1
    assert "another run is at work" in text
    first.kill()
    first.communicate()
    paper.slow = 0
    assert paper.run()[0] == 0
    paper.check_whole(1, 30)


@pytest.mark.parametrize("where", ["out", ".feedmaker"])
@pytest.mark.parametrize("size", [64, 300])
def test_a_full_disk_loses_nothing(paper, where, size):
    """`out` or the store on a file system that is too small: exit code 1 and the reason; with room
    all is well.
    """
    paper.run()
    paper.publish(1, 48)
    kept = {
        path.name: path.read_bytes() for path in (paper.folder / where).rglob("*") if path.is_file()
    }
    moved = paper.folder / "moved"
    (paper.folder / where).rename(moved)
    with small_disk(paper.folder / where, size):
        code, text = paper.run()
        assert code == 1, text
        assert "space" in text or "full" in text, text
        paper.check_files()
        assert paper.run()[0] == 1
    (paper.folder / where).rmdir()
    moved.rename(paper.folder / where)
    assert {
        path.name: path.read_bytes() for path in (paper.folder / where).rglob("*") if path.is_file()
    } == kept
    assert paper.run()[0] == 0
    paper.check_whole(1, 48)


def test_a_disk_that_fills_up_in_the_middle_keeps_the_last_good_files(paper):
    """The feeds that are there stay byte for byte while their new ones do not fit."""
    out = paper.folder / "out"
    with small_disk(out, 1000):
        assert paper.run()[0] == 0
        good = {
            path: path.read_bytes() for path in out.rglob("*.xml") if path.name != "health.atom.xml"
        }
        free = os.statvfs(out)
        (out / "filler").write_bytes(b"x" * (free.f_bavail * free.f_frsize - 12_000))
        paper.publish(1, 60)
        code, text = paper.run()
        assert code == 1
        assert os.strerror(errno.ENOSPC) in text
        assert {path: path.read_bytes() for path in good} == good
        paper.check_files()
        (out / "filler").unlink()
        assert paper.run()[0] == 0
        paper.check_whole(1, 60)


def test_an_out_that_may_not_be_written_is_told(paper):
    """A read-only file system under `out`: the store goes on, the feeds are written when it is
    writable again.
    """
    out = paper.folder / "out"
    with small_disk(out, 2000):
        assert paper.run()[0] == 0
        good = {
            path: path.read_bytes() for path in out.rglob("*.xml") if path.name != "health.atom.xml"
        }
        subprocess.run(["mount", "-o", "remount,ro", out], check=True)
        paper.publish(1, 33)
        code, text = paper.run()
        assert code == 1
        assert os.strerror(errno.EROFS) in text
        assert {path: path.read_bytes() for path in good} == good
        subprocess.run(["mount", "-o", "remount,rw", out], check=True)
        assert paper.run()[0] == 0
        paper.check_whole(1, 33)


FAULTS = """
import os, random, sys
chance = random.Random(int(sys.argv.pop(1)))
real_write, real_sync, real_replace = os.write, os.fsync, os.replace
def failing(call, *given):
    if chance.random() < 0.15:
        raise OSError(28, os.strerror(28))
    return call(*given)
os.fsync = lambda *given: failing(real_sync, *given)
import pathlib, io
path_replace = pathlib.Path.replace
pathlib.Path.replace = lambda *given: failing(path_replace, *given)
real_fdopen = os.fdopen
class Short:
    def __init__(self, file): self.file = file
    def __enter__(self): return self
    def __exit__(self, *e): self.file.close()
    def __getattr__(self, name): return getattr(self.file, name)
    def write(self, data):
        if chance.random() < 0.15:
            self.file.write(data[: len(data) // 2]); self.file.flush()
            raise OSError(5, os.strerror(5))
        return self.file.write(data)
os.fdopen = lambda *given, **named: Short(real_fdopen(*given, **named))
from feedmaker.cli import main
main()
"""


def test_short_and_failing_writes_lose_nothing(paper):
    """Writes that end in the middle, flushes and renames that fail, at random: the run after them
    makes all good.
    """
    last, failed = 30, 0
    for seed in range(12):
        last += 2
        paper.publish(1, last)
        done = subprocess.run(
            [sys.executable, "-c", FAULTS, str(SEED + seed), "build"],
            cwd=paper.folder,
            capture_output=True,
            text=True,
            check=False,
        )
        assert "Traceback" not in done.stderr, done.stderr
        assert done.returncode in (0, 1)
        failed += done.returncode
        paper.check_files()
    assert failed >= 6
    assert paper.run()[0] == 0
    paper.check_whole(1, last)
