"""What a run costs: CPU, memory, requests and bytes, beside the tools it is made of, all in one
run.

    python tests/bench/cost.py [--rounds 5]

A server on loopback gives listings and articles. Each figure is the process time (user and system)
of a whole process and its children, the median of interleaved rounds; what matters are the ratios,
which hold on a noisy machine. The pages are the public ones where they are there
(FEEDMAKER_SHARED), else pages made up here.

What an article costs is a first run of 30 less the start-up of the same program, divided by 30, as
the peers' figures were taken that the limit comes from. Start-up is the import of all that the run
imports, and for httpx alone a client made. What the first articles cost more than later ones, as
connections and compiled expressions, is so shared by all 30; the same less an unchanged run, and a
further article of a long run, are told beside it. A run before has left what an installation that
was used has: compiled modules.
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import json
import os
import random
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import urlsplit

ROOT = Path(__file__).resolve().parents[2]
SHARED = Path(os.environ.get("FEEDMAKER_SHARED") or ROOT.parent / "shared")
PER_SECTION = 30
MANY = 110
_TITLE = re.compile(rb"<title[^>]*>([^<]+)")


def pages() -> list[bytes]:
    """Heavy article pages, as news sites serve them."""
    stored = sorted((SHARED / "data" / "news" / "html").glob("*.gz"))
    if stored:
        unpacked = [gzip.decompress(path.read_bytes()) for path in stored]
        return [page for page in unpacked if 150_000 < len(page) < 700_000]
    chance = random.Random(1)
    words = [
        "".join(chance.choices("ابتثجحدرسعفقكلمنهوي", k=chance.randint(2, 8))) for _ in range(3000)
    ]

    def text(count: int) -> str:
        return " ".join(chance.choices(words, k=count))

    box = "".join(
        f'<div class="card c{n}"><a href="/n/{n}"><b>{text(7)}</b></a></div>' for n in range(400)
    )
    made = []
    for n in range(MANY):
        date = (
            f'<meta property="article:published_time" content="2026-11-{1 + n % 20:02}T10:00:00Z">'
        )
        head = f"<!DOCTYPE html><html lang=ar><head><meta charset=utf-8><title>{text(8)}</title>{date}</head>"
        story = f"<article><h1>{text(9)}</h1>{''.join(f'<p>{text(60)}.</p>' for _ in range(9))}</article>"
        made.append(f"{head}<body><nav>{box}</nav>{story}{box * 3}</body></html>".encode())
    return made


class Server(ThreadingHTTPServer):
    """Listings at /s<n>?count=<articles>, articles at /s<n>/<number>-story.html; ETag, 304, and
    counts of all.
    """

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.pages = pages()
        self.titles = [_TITLE.search(page) for page in self.pages]
        self.asked: list[tuple[int, int]] = []
        threading.Thread(target=self.serve_forever, daemon=True).start()

    @property
    def home(self) -> str:
        """Its address."""
        return f"http://127.0.0.1:{self.server_port}/"

    def body(self, path: str, query: str) -> bytes:
        """The page at a path."""
        parts = path.strip("/").split("/")
        if len(parts) == 1:
            # Next to one another in a section there are different pages, under their own titles, as
            # on a site.
            first, count = (
                int(parts[0].removeprefix("s")),
                int(query.removeprefix("count=") or PER_SECTION),
            )
            rows = []
            for n in range(count):
                title = self.titles[(first + n) % len(self.pages)]
                shown = (
                    title[1].decode(errors="replace")
                    if title
                    else "خبر من أخبار المدينة وما حولها من القرى"
                )
                rows.append(
                    f'<li class="story"><a href="/{parts[0]}/{n}-story.html"><h3>{shown}</h3></a></li>'
                )
            return f"<!DOCTYPE html><html lang=ar><body><main><ul>{''.join(rows)}</ul></main></body></html>".encode()
        return self.pages[
            (int(parts[0].removeprefix("s")) + int(parts[1].partition("-")[0])) % len(self.pages)
        ]


class Handler(BaseHTTPRequestHandler):
    """Answers one connection."""

    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    server: Server

    def do_GET(self) -> None:
        """Give the page, or 304."""
        parts = urlsplit(self.path)
        body = self.server.body(parts.path, parts.query) if parts.path != "/robots.txt" else b""
        etag = f'"{hashlib.sha1(body).hexdigest()[:12]}"'
        status = 304 if self.headers.get("If-None-Match") == etag else 200
        self.server.asked.append((status, len(body) if status == 200 else 0))
        self.send_response(status)
        self.send_header("ETag", etag)
        self.send_header("Content-Type", "text/html; charset=utf-8" if body else "text/plain")
        self.send_header("Content-Length", str(len(body) if status == 200 else 0))
        self.end_headers()
        if status == 200:
            self.wfile.write(body)

    def log_message(self, *args: object) -> None:
        """Say nothing."""


def cost(command: list[str], folder: Path) -> tuple[float, float]:
    """CPU seconds and peak memory in MB of one process."""
    probe = (
        "import resource, subprocess, sys\n"
        "done = subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)\n"
        "used = resource.getrusage(resource.RUSAGE_CHILDREN)\n"
        "print(used.ru_utime + used.ru_stime, used.ru_maxrss / 1024)\n"
        "sys.stderr.buffer.write(done.stderr); sys.exit(done.returncode)"
    )
    # Compiled bytecode is what an installed program has; without it every start would measure the
    # compiler.
    environment = {
        name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"
    }
    probe_command = [sys.executable, "-c", probe, *command]
    done = subprocess.run(
        probe_command, cwd=folder, env=environment, capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise SystemExit(f"{command}: {done.stderr[-2000:]}")
    cpu, memory = done.stdout.split()
    return float(cpu), float(memory)


HTTPX = """
import asyncio, sys, httpx
async def main(urls):
    gate = asyncio.Semaphore(8)
    async with httpx.AsyncClient() as client:
        async def one(url):
            async with gate:
                return (await client.get(url)).content
        return await asyncio.gather(*map(one, urls))
base, count = sys.argv[1], int(sys.argv[2])
asyncio.run(main([f"{base}s0?count={count}"] + [f"{base}s0/{n}-story.html" for n in range(count)]))
"""
CLIENT = "import httpx; httpx.AsyncClient()"
# A first run that writes down what it imports, and a process that imports just that.
TRACED = """
import contextlib, sys
before, told = set(sys.modules), sys.argv[1]
sys.argv = ["feedmaker", "build"]
from feedmaker.cli import main
with contextlib.suppress(SystemExit):
    main()
open(told, "w").write(" ".join(name for name in sys.modules if name not in before))
"""
IMPORTS = """
import contextlib, importlib, sys
for name in open(sys.argv[1]).read().split():
    with contextlib.suppress(ImportError):  # a few packages put modules there that only they can make
        importlib.import_module(name)
"""
TRAFILATURA_IMPORTS = "import trafilatura; from feedgen.feed import FeedGenerator"
TRAFILATURA = (
    HTTPX.replace(
        "import asyncio, sys, httpx", f"import asyncio, sys, httpx; {TRAFILATURA_IMPORTS}"
    ).replace("asyncio.run(main(", "pages = asyncio.run(main(")
    + """
feed = FeedGenerator(); feed.id(base); feed.title("t"); feed.link(href=base); feed.description("d")
for n, page in enumerate(pages[1:]):
    found = trafilatura.bare_extraction(page, with_metadata=True)
    entry = feed.add_entry(order="append"); entry.id(f"{base}{n}"); entry.title((found and found.title) or "t")
    entry.content((found and found.text) or "", type="html")
open("rss.xml", "wb").write(feed.rss_str()); open("atom.xml", "wb").write(feed.atom_str())
"""
)


def configure(folder: Path, home: str, sections: int, count: int) -> None:
    """A folder with one site of so many sections of so many articles."""
    shutil.rmtree(folder, ignore_errors=True)
    (folder / "config" / "sites").mkdir(parents=True)
    tables = "".join(
        f'[[sections]]\nslug = "s{n}"\ntitle = "قسم {n}"\nurls = ["{home}s{n}?count={count}"]\n'
        for n in range(sections)
    )
    site = f'name = "موقع"\nhome = "{home}"\n[fetch]\ndelay = 0\nconcurrency = 8\nbudget = 600\nmax_new = 100000\n{tables}'
    (folder / "config" / "sites" / "site.toml").write_text(site, "utf-8")
    (folder / "config" / "feedmaker.toml").write_text(
        'items = 1000\nmax_age = 0\ncontact = "me@example.org"\n', "utf-8"
    )


def main() -> None:
    """Measure, print, and end with 1 when a figure does not hold."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--json", action="store_true")
    args = parser.parse_args()
    server = Server()
    base = Path(tempfile.mkdtemp())
    folder, single, imported = base / "run", base / "single", base / "imports"
    python, feedmaker = sys.executable, [sys.executable, "-m", "feedmaker"]
    figures: dict[str, list[tuple[float, float]]] = {}
    traffic: dict[str, tuple[int, int, int]] = {}

    def take(name: str, command: list[str], where: Path = folder) -> None:
        server.asked.clear()
        figures.setdefault(name, []).append(cost(command, where))
        given = [size for status, size in server.asked]
        traffic[name] = (len(given), sum(status == 304 for status, _ in server.asked), sum(given))

    try:
        configure(folder, server.home, 1, PER_SECTION)
        cost([python, "-c", TRACED, str(imported)], folder)
        for _ in range(args.rounds):
            take("bare interpreter", [python, "-c", "pass"])
            take("feedmaker --help", [*feedmaker, "--help"])
            take("import httpx, one client", [python, "-c", CLIENT])
            take(
                "import trafilatura and feedgen, one client",
                [python, "-c", f"{CLIENT}; {TRAFILATURA_IMPORTS}"],
            )
            take("import all of a first run", [python, "-c", IMPORTS, str(imported)])
            for count in (MANY, PER_SECTION):
                take(
                    f"httpx alone, {count} articles", [python, "-c", HTTPX, server.home, str(count)]
                )
                configure(folder, server.home, 1, count)
                take(f"feedmaker first run, {count} articles", [*feedmaker, "build"])
            take("feedmaker unchanged run, 1 section", [*feedmaker, "build"])
            take(
                f"httpx + trafilatura + feedgen, {PER_SECTION} articles",
                [python, "-c", TRAFILATURA, server.home, str(PER_SECTION)],
            )
        configure(folder, server.home, 100, PER_SECTION)
        take("feedmaker first run, 100 sections of 30", [*feedmaker, "build"])
        # There are fewer pages than articles: a copy met in a later section has the earlier feed
        # rendered once more.
        take("feedmaker second run, 100 sections", [*feedmaker, "build"])
        configure(single, server.home, 1, PER_SECTION)
        cost([*feedmaker, "build"], single)
        for _ in range(args.rounds):
            take("feedmaker unchanged run, 1 section beside", [*feedmaker, "build"], single)
            take("feedmaker unchanged run, 100 sections", [*feedmaker, "build"])
    finally:
        server.shutdown()
        shutil.rmtree(base, ignore_errors=True)
    report(figures, traffic, statistics.fmean(map(len, server.pages)), as_json=args.json)


def report(
    figures: dict[str, list[tuple[float, float]]],
    traffic: dict[str, tuple[int, int, int]],
    size: float,
    *,
    as_json: bool,
) -> None:
    """Print the table and what it says of the targets."""
    cpu = {name: statistics.median(row[0] for row in rows) for name, rows in figures.items()}
    peak = {name: max(row[1] for row in rows) for name, rows in figures.items()}
    starts = {
        "httpx alone": "import httpx, one client",
        "httpx + trafilatura + feedgen": "import trafilatura and feedgen, one client",
        "feedmaker first run": "import all of a first run",
    }
    each = {
        tool: (cpu[f"{tool}, {PER_SECTION} articles"] - cpu[start]) / PER_SECTION
        for tool, start in starts.items()
    }
    beyond = (
        cpu[f"feedmaker first run, {PER_SECTION} articles"]
        - cpu["feedmaker unchanged run, 1 section"]
    ) / PER_SECTION
    slope = {
        tool: (cpu[f"{tool}, {MANY} articles"] - cpu[f"{tool}, {PER_SECTION} articles"])
        / (MANY - PER_SECTION)
        for tool in ("httpx alone", "feedmaker first run")
    }
    further = (
        cpu["feedmaker unchanged run, 100 sections"]
        - cpu["feedmaker unchanged run, 1 section beside"]
    ) / 99
    one, hundred = (
        traffic["feedmaker unchanged run, 1 section"],
        traffic["feedmaker unchanged run, 100 sections"],
    )
    targets = {
        "CPU per article, times httpx alone (at most 4)": (each["feedmaker first run"] / each["httpx alone"], 4),
        "unchanged run of 1 section, times import httpx + client (at most 2.5)": (
            cpu["feedmaker unchanged run, 1 section"] / cpu["import httpx, one client"], 2.5),
        "ms of CPU for each further unchanged section (at most 3)": (further * 1000, 3),
        "--help, times a bare interpreter (at most 3)": (cpu["feedmaker --help"] / cpu["bare interpreter"], 3),
        "peak MB of a first run of 30 articles (at most 80)": (peak["feedmaker first run, 30 articles"], 80),
        "requests of an unchanged run of 1 section (at most 1)": (one[0], 1),
        "requests of an unchanged run of 100 sections (at most 100)": (hundred[0], 100),
        "bytes of pages in the unchanged runs (at most 0)": (one[2] + hundred[2], 0),
    }  # fmt: skip
    if as_json:
        print(json.dumps({"cpu": cpu, "peak": peak, "traffic": traffic, "targets": targets}))
    else:
        print(f"articles of {size / 1000:.0f} kB on average\n")
        print(f"{'':48} {'CPU s':>7} {'peak MB':>8} {'requests':>9} {'of them 304':>12} {'MB':>7}")
        for name, seconds in cpu.items():
            asked, same, given = traffic[name]
            print(
                f"{name:48} {seconds:7.3f} {peak[name]:8.0f} {asked:9} {same:12} {given / 1e6:7.2f}"
            )
        print(
            f"\nms of CPU per article: {_listed(each)} ({beyond * 1000:.2f} beyond an unchanged run)"
        )
        print(f"ms of CPU per further article of a run of {MANY}: {_listed(slope)}")
        for name, (value, limit) in targets.items():
            print(f"{'ok  ' if value <= limit else 'MISS'} {value:8.2f}  {name}")
    if any(value > limit for value, limit in targets.values()):
        sys.exit(1)


def _listed(seconds: dict[str, float]) -> str:
    return ", ".join(f"{tool} {value * 1000:.2f}" for tool, value in seconds.items())


if __name__ == "__main__":
    main()
