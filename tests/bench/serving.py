"""What serving costs: `feedmaker serve` beside nginx, with builds under way.

200 connections ask together for each of 300 feeds ten times a minute, 50 requests a second, half
of them with the tag that they had. Prints latency, memory and CPU of both; takes SECONDS (60) each.

    python tests/bench/serving.py [SECONDS]
"""

from __future__ import annotations

import asyncio
import os
import random
import re
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from news_site import article, listing
from servers import Server
from web_server import Served

FEEDS, CONNECTIONS, EACH_SECOND = 300, 200, 50
WORDS = ("خبر", "مدينة", "اليوم", "أعلنت", "الحديقة", "صباح")
SERVER = """daemon off; worker_processes 1; pid {folder}/pid; error_log stderr error;
events {{ worker_connections 512; }}
http {{ include /etc/nginx/mime.types; access_log off; gzip on; gzip_types application/xml text/xml;
  client_body_temp_path {folder}/b; proxy_temp_path {folder}/p; fastcgi_temp_path {folder}/f;
  uwsgi_temp_path {folder}/u; scgi_temp_path {folder}/s;
  server {{ listen 127.0.0.1:{port}; root {out}; }} }}
"""


def write_feeds(out: Path) -> list[str]:
    """Write feeds of some 100 kB; return their paths."""
    words = random.Random(1)
    paths = []
    for number in range(FEEDS):
        entries = "".join(
            f"<entry><id>{number}-{n}</id><content>{' '.join(words.choices(['خبر', 'مدينة', 'اليوم', 'أعلنت', 'الحديقة', 'صباح'], k=180))}</content></entry>"
            for n in range(50)
        )
        path = out / f"site{number % 30}" / f"section{number}.atom.xml"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f'<feed><link href="http://a.test/"/>{entries}</feed>', "utf-8")
        paths.append(f"/{path.relative_to(out)}")
    return paths


async def ask(port: int, paths: list[str], seconds: float) -> tuple[list[float], dict[str, int]]:
    """Ask by all connections; return how long each answer took, and how many of each status."""
    took: list[float] = []
    statuses: dict[str, int] = {}
    tags: dict[str, str] = {}
    pause = CONNECTIONS / EACH_SECOND
    until = time.monotonic() + seconds

    async def one(number: int) -> None:
        await asyncio.sleep(pause * number / CONNECTIONS)
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        turn = number
        while time.monotonic() < until:
            path = paths[turn % len(paths)]
            tag = tags.get(path) if turn % 2 else None
            known = f"If-None-Match: {tag}\r\n" if tag else ""
            head = f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nAccept-Encoding: gzip\r\n{known}\r\n"
            started = time.monotonic()
            writer.write(head.encode())
            answer = (await reader.readuntil(b"\r\n\r\n")).decode()
            status = answer[9:12]
            length = re.search(r"(?i)content-length: (\d+)", answer)
            if length:
                await reader.readexactly(int(length[1]))
            elif status != "304":
                while size := int(await reader.readline(), 16):
                    await reader.readexactly(size + 2)
                await reader.readline()
            took.append(time.monotonic() - started)
            statuses[status] = statuses.get(status, 0) + 1
            found = re.search(r"(?i)\netag: (\S+)", answer)
            if found:
                tags[path] = found[1]
            turn += CONNECTIONS + 1
            await asyncio.sleep(max(0.0, pause - (time.monotonic() - started)))
        writer.close()

    await asyncio.gather(*map(one, range(CONNECTIONS)))
    return took, statuses


def used(pid: int) -> tuple[float, float]:
    """Seconds of CPU of a process, and its memory in MB."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    memory = re.search(r"VmHWM:\s+(\d+)", Path(f"/proc/{pid}/status").read_text())
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK"), int(memory[1]) / 1024


def measure(name: str, pid: int, port: int, paths: list[str], seconds: float) -> float:
    """Ask a server and print what it took; return its CPU seconds."""
    asyncio.run(ask(port, paths, 6))  # each file once, before it counts
    before, _ = used(pid)
    took, statuses = asyncio.run(ask(port, paths, seconds))
    after, memory = used(pid)
    took.sort()
    p50, p99 = (took[int(len(took) * part)] * 1000 for part in (0.5, 0.99))
    print(
        f"{name}: {len(took)} answers {statuses}, p50 {p50:.1f} ms, p99 {p99:.1f} ms,"
        f" longest {took[-1] * 1000:.0f} ms, CPU {after - before:.2f} s, memory {memory:.0f} MB"
    )
    return after - before


def main() -> None:
    """Measure both."""
    seconds = float(sys.argv[1]) if len(sys.argv) > 1 else 60.0
    folder = Path(tempfile.mkdtemp())
    paths = write_feeds(folder / "out")
    with Server() as site:
        numbers = range(10, 40)
        site.page("/all", lambda _: listing(*random.sample(numbers, 30)))
        for number in numbers:
            site.page(f"/{number}-garden-opens-again.html", article(number))
        sites = folder / "config" / "sites"
        sites.mkdir(parents=True)
        (sites / "news.toml").write_text(
            f'name = "n"\nhome = "{site.url("/")}"\n[fetch]\ndelay = 0\nevery = 0.02\n'
            f'[[sections]]\nslug = "all"\ntitle = "t"\nurls = ["{site.url("/all")}"]\nmax_age = 0\n',
            "utf-8",
        )
        with Served(folder) as served:
            ours = measure("serve", served.process.pid, served.port, paths, seconds)
            built = served.log().count("news/all")
            print(f"runs of a section meanwhile: {built}; children {served.child()}")
    port = 18_912
    (folder / "nginx.conf").write_text(
        SERVER.format(folder=folder, port=port, out=folder / "out"), "utf-8"
    )
    program = shutil.which("nginx", path=f"{os.environ['PATH']}:/usr/sbin")
    if program is None:
        return
    folder.chmod(0o755)
    nginx = subprocess.Popen([program, "-c", folder / "nginx.conf", "-g", "master_process off;"])
    try:
        time.sleep(1)
        theirs = measure("nginx", nginx.pid, port, paths, seconds)
        print(f"CPU of serve as a multiple of nginx: {ours / max(theirs, 0.01):.1f}")
    finally:
        nginx.terminate()
        nginx.wait()
        shutil.rmtree(folder)


if __name__ == "__main__":
    main()
