"""What many sections and many workers cost: one process on SQLite, then workers on PostgreSQL, some
of them killed.

    python tests/bench/scale.py [--sizes 10,100,1000] [--workers 1,2,4] [--kills 20] [--plot .github/scale.svg]

Process times (user and system) of whole processes; of unchanged runs also within one process, where
a start's noise is not in the way. Ends with 1 where a figure does not hold.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import shutil
import signal
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

sys.path[:0] = [str(Path(__file__).parent), str(Path(__file__).parents[1])]

import databases  # noqa: E402 - the tests' own modules need the path
from cost import cost  # noqa: E402
from load import Load, served  # noqa: E402
from plot import plot  # noqa: E402

if TYPE_CHECKING:
    from collections.abc import Callable

FEEDMAKER = [sys.executable, "-m", "feedmaker"]
ARTICLES = 30
WORKER_SECTIONS, WORKER_ARTICLES = 120, 10
ATOM = "{http://www.w3.org/2005/Atom}"
# So many unchanged runs in one process; the time of each, start-up and imports apart.
REPEATED = """
import asyncio, statistics, sys, time
from pathlib import Path
from feedmaker import config, pipeline
settings, sites = config.load(Path("config"))
taken = []
for _ in range(int(sys.argv[1])):
    started = time.process_time()
    asyncio.run(pipeline.build_feeds(settings, sites))
    taken.append(time.process_time() - started)
print(min(taken[1:]))
"""


def rows(store: Path) -> dict[str, int]:
    """How many rows each table has."""
    with sqlite3.connect(store) as db:
        tables = [
            name for (name,) in db.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
        ]
        return {name: db.execute(f"SELECT count(*) FROM {name}").fetchone()[0] for name in tables}


def files(folder: Path) -> dict[str, int]:
    """When each file in `out` was last written."""
    return {
        str(path): path.stat().st_mtime_ns for path in (folder / "out").rglob("*") if path.is_file()
    }


def single(load: Load, sizes: list[int], rounds: int) -> dict[int, dict[str, float]]:
    """First and unchanged runs of so many sections in one process on SQLite."""
    found: dict[int, dict[str, float]] = {}
    for size in [1, *sizes]:
        folder = Path(tempfile.mkdtemp())
        load.configure(folder, size, ARTICLES)
        load.counts()
        first, memory = [], 0.0
        for _ in range(rounds if size <= 10 else 2 if size <= 100 else 1):
            shutil.rmtree(folder / "out", ignore_errors=True)
            shutil.rmtree(folder / ".feedmaker", ignore_errors=True)
            load.counts()
            taken, memory = cost([*FEEDMAKER, "build"], folder)
            first.append(taken)
        asked = load.counts()
        cost([*FEEDMAKER, "build"], folder)  # another version's bytecode, caches of the disk
        before = files(folder)
        load.counts()
        again = [cost([*FEEDMAKER, "build"], folder) for _ in range(rounds)]
        same = load.counts()
        assert files(folder) == before, "an unchanged run wrote a file"
        repeats = 40 if size <= 10 else 10
        within = subprocess.run(
            [sys.executable, "-c", REPEATED, str(repeats)],
            cwd=folder,
            capture_output=True,
            text=True,
            check=True,
        )
        found[size] = {
            "first": min(first), "first_mb": memory, "requests": asked["requests"], "bytes": asked["bytes"],
            "unchanged": min(one[0] for one in again), "unchanged_mb": max(one[1] for one in again),
            "unchanged_requests": same["requests"] / rounds, "unchanged_304": same.get("304", 0) / rounds,
            "within": float(within.stdout), "store_mb": (folder / ".feedmaker/store.sqlite").stat().st_size / 1e6,
            **{f"rows {name}": count for name, count in rows(folder / ".feedmaker/store.sqlite").items()},
        }  # fmt: skip
        shutil.rmtree(folder)
    one = found[1]
    for size, of in found.items():
        of["first_each"] = (of["first"] - one["first"]) / max(size - 1, 1)
        of["unchanged_each"] = (of["unchanged"] - one["unchanged"]) / max(size - 1, 1)
        of["within_each"] = (of["within"] - one["within"]) / max(size - 1, 1)
    return found


class Crowd:
    """Workers on a PostgreSQL store, and what they log."""

    def __init__(self, folder: Path, store: str) -> None:
        import psycopg

        self.folder, self._db = folder, psycopg.connect(store, autocommit=True)
        self.workers: list[subprocess.Popen[bytes]] = []
        self._logs = 0

    def start(self, count: int = 1) -> None:
        """Start so many."""
        for _ in range(count):
            self._logs += 1
            with (self.folder / f"log{self._logs}").open("wb") as log:
                command = [*FEEDMAKER, "worker", "--log", "json"]
                self.workers.append(subprocess.Popen(command, cwd=self.folder, stderr=log))

    def kill(self, worker: subprocess.Popen[bytes]) -> None:
        """SIGKILL, in the middle of whatever it does."""
        self.workers.remove(worker)
        worker.kill()
        worker.wait()

    def stop(self) -> float:
        """SIGTERM all, and return the CPU seconds that they took."""
        before = os.times()
        for worker in self.workers:
            worker.send_signal(signal.SIGTERM)
        for worker in self.workers:
            worker.wait(30)
        self.workers.clear()
        after = os.times()
        return (
            after.children_user
            + after.children_system
            - before.children_user
            - before.children_system
        )

    def logged(self, event: str) -> list[dict]:
        """The lines of an event."""
        lines = [
            line for log in self.folder.glob("log*") for line in log.read_text("utf-8").splitlines()
        ]
        return [
            told
            for line in lines
            if line.endswith("}") and (told := json.loads(line)).get("event") == event
        ]

    def forget_logs(self) -> None:
        """Begin anew."""
        for log in self.folder.glob("log*"):
            log.unlink()

    def ask(self, sql: str) -> list[tuple]:
        """A question to the database."""
        cursor = self._db.execute(sql)
        return cursor.fetchall() if cursor.description else []


def wait(so: Callable[[], bool], seconds: float) -> float:
    """Wait for `so`; return the seconds it took."""
    started = time.monotonic()
    while not so():
        if time.monotonic() - started > seconds:
            raise SystemExit("it takes too long")
        time.sleep(0.1)
    return time.monotonic() - started


def overlaps(lines: list[dict]) -> int:
    """How often a site was worked on by two at once, by their logs."""
    spans = defaultdict(list)
    for line in lines:
        end = datetime.fromisoformat(line["at"]).timestamp()
        spans[line["site"]].append((end - line["seconds"], end))
    return sum(
        later[0] < earlier[1] - 0.01
        for of in spans.values()
        for earlier, later in zip(sorted(of), sorted(of)[1:], strict=False)
    )


def spent(
    workers: Crowd, postgres: databases.Postgres, before: dict[str, float] | None = None
) -> dict[str, float]:
    """What the database has done, since `before`: CPU seconds, transactions, megabytes of its log."""
    asked = "SELECT sum(xact_commit), pg_current_wal_lsn() - '0/0'::pg_lsn FROM pg_stat_database"
    commits, log = workers.ask(asked)[0]
    now = {"db_cpu": postgres.cpu(), "commits": float(commits), "log_mb": float(log) / 1e6}
    return {name: value - before[name] for name, value in now.items()} if before else now


def crowd(load: Load, postgres: databases.Postgres, count: int) -> dict[str, float]:
    """The first run and an unchanged one by so many workers, and a load that half of their power
    would do.
    """
    folder, store = Path(tempfile.mkdtemp()), postgres.url()
    load.configure(
        folder, WORKER_SECTIONS, WORKER_ARTICLES, per_site=4, main=f'store = "{store}"\n'
    )
    workers = Crowd(folder, store)
    try:
        before = spent(workers, postgres)
        workers.start(count)
        stories = WORKER_SECTIONS * WORKER_ARTICLES
        done = "SELECT count(*) FROM sections WHERE due > to_char(now() AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS')"
        wait(lambda: bool(workers.ask("SELECT to_regclass('sections')")[0][0]), 60)
        first = wait(lambda: workers.ask(done)[0][0] == WORKER_SECTIONS, 600)
        found = {"first": first, "stories": workers.ask("SELECT count(*) FROM stories")[0][0]}
        assert found["stories"] == stories, found
        found["cpu"] = workers.stop()
        found |= {
            f"first_{name}": value for name, value in spent(workers, postgres, before).items()
        }
        found["store_mb"] = workers.ask(
            "SELECT sum(pg_total_relation_size(oid)) / 1e6 FROM pg_class "
            "WHERE relkind = 'r' AND relnamespace = current_schema()::regnamespace"
        )[0][0]
        workers.forget_logs()
        workers.ask("UPDATE sections SET due = ''")
        before = spent(workers, postgres)
        workers.start(count)
        wait(lambda: bool(workers.logged("section")), 60)
        wait(lambda: workers.ask(done)[0][0] == WORKER_SECTIONS, 600)
        ends = [
            datetime.fromisoformat(line["at"]).timestamp() for line in workers.logged("section")
        ]
        found["unchanged"] = max(ends) - min(ends)
        found["unchanged_cpu"] = workers.stop()
        found |= {
            f"unchanged_{name}": value for name, value in spent(workers, postgres, before).items()
        }
        workers.forget_logs()
        # Steady work: each section every 30 s, the times spread evenly.
        span = 30
        path = folder / "config" / "feedmaker.toml"
        path.write_text(path.read_text("utf-8") + f"every = {span / 60}\n", "utf-8")
        workers.ask(
            "UPDATE sections SET every = 0, due = to_char(now() AT TIME ZONE 'UTC' + interval '5 s' + "
            f"(abs(hashtext(site)) % {span}) * interval '1 s', 'YYYY-MM-DD\"T\"HH24:MI:SS+00:00')"
        )
        workers.start(count)
        time.sleep(60)
        workers.stop()
        sites = workers.logged("site")
        late = sorted(line["late"] for line in sites)
        taken = sorted(line["seconds"] for line in sites)
        found |= {
            "late": statistics.median(late), "late_95": late[int(len(late) * 0.95)],
            "seconds": statistics.median(taken), "seconds_95": taken[int(len(taken) * 0.95)],
            "runs": len(sites), "overlaps": overlaps(sites),
        }  # fmt: skip
        return found
    finally:
        for worker in list(workers.workers):
            workers.kill(worker)
        shutil.rmtree(folder)


def kills(load: Load, postgres: databases.Postgres, count: int) -> dict[str, int]:
    """Three workers, of whom one after the other is killed and replaced, so many times; then what
    there is.
    """
    folder, store = Path(tempfile.mkdtemp()), postgres.url()
    load.configure(
        folder, WORKER_SECTIONS, WORKER_ARTICLES, per_site=4, main=f'store = "{store}"\n'
    )
    # Polite enough to be in the middle of something whenever it is killed.
    for path in (folder / "config" / "sites").glob("*.toml"):
        path.write_text(
            path.read_text("utf-8").replace(
                "[[sections]]", "[fetch]\ndelay = 0.1\n[[sections]]", 1
            ),
            "utf-8",
        )
    workers, chance = Crowd(folder, store), random.Random(8)
    try:
        workers.start(3)
        wait(lambda: bool(workers.ask("SELECT to_regclass('stories')")[0][0]), 60)
        busy = 0
        for _ in range(count):
            time.sleep(chance.uniform(0.5, 3))
            busy += bool(
                workers.ask(
                    "SELECT 1 FROM procrastinate_jobs WHERE task_name = 'site' AND status = 'doing'"
                )
            )
            workers.kill(chance.choice(workers.workers))
            workers.start()
        wanted = WORKER_SECTIONS * WORKER_ARTICLES
        ended = "SELECT count(*) FROM procrastinate_jobs WHERE task_name = 'site'"
        wait(
            lambda: (
                workers.ask("SELECT count(*) FROM stories")[0][0] >= wanted
                and not workers.ask(ended)[0][0]
            ),
            600,
        )
        workers.stop()
        return {
            "kills": count,
            "busy": busy,
            "stories": workers.ask("SELECT count(*) FROM stories")[0][0],
        } | feeds(folder)
    finally:
        for worker in list(workers.workers):
            workers.kill(worker)
        shutil.rmtree(folder)


def feeds(folder: Path) -> dict[str, int]:
    """What the feeds hold: how many entries are lost, and how many doubled."""
    lost = doubled = 0
    for number in range(WORKER_SECTIONS):
        path = folder / "out" / f"site{number // 4}" / f"s{number}.atom.xml"
        ids = (
            [entry.findtext(f"{ATOM}id") for entry in ET.parse(path).iter(f"{ATOM}entry")]
            if path.exists()
            else []
        )
        lost += WORKER_ARTICLES - len(set(ids))
        doubled += len(ids) - len(set(ids))
    return {"lost": lost, "doubled": doubled}


def main() -> None:
    """Measure, print, plot."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--sizes", default="10,100,1000")
    parser.add_argument("--workers", default="1,2,4")
    parser.add_argument("--kills", type=int, default=20)
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--plot", type=Path)
    args = parser.parse_args()
    sizes = [int(size) for size in args.sizes.split(",") if size]
    good = True
    with served() as load:
        alone = single(load, sizes, args.rounds) if sizes else {}
        for size, of in alone.items():
            print(
                f"{size} sections: "
                + ", ".join(f"{name} {value:.4g}" for name, value in of.items()),
                flush=True,
            )
        for name in ("first_each", "within_each") if len(sizes) > 1 else ():
            each = [alone[size][name] for size in sizes]
            ratio = (
                max(each) / min(each) if min(each) > 0 else float("inf")
            )  # noise may be more than ten sections
            good &= ratio <= 1.2
            print(f"{'ok  ' if ratio <= 1.2 else 'MISS'} {name}: {', '.join(f'{one * 1000:.2f} ms' for one in each)}; "
                  f"largest by smallest {ratio:.2f} (at most 1.2)")  # fmt: skip
        with databases.postgres() as postgres:
            many = {
                int(count): crowd(load, postgres, int(count))
                for count in args.workers.split(",")
                if count
            }
            for count, of in many.items():
                print(
                    f"{count} workers: "
                    + ", ".join(f"{name} {value:.4g}" for name, value in of.items()),
                    flush=True,
                )
                good &= not of["overlaps"]
            if args.kills:
                left = kills(load, postgres, args.kills)
                print(left)
                good &= not left["lost"] and not left["doubled"]
    if args.plot and alone and many:
        args.plot.write_text(plot(alone, many, WORKER_SECTIONS), "utf-8")
    sys.exit(0 if good else 1)


if __name__ == "__main__":
    main()
