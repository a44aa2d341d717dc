"""A cheap news server for load: any number of hosts and sections, small pages, in a process of its
own.

    python tests/bench/load.py        prints its port, and serves until it is killed

/s<section>?<count> is a listing of so many articles, /s<section>/<number>.html an article, no two
alike. Listings have an ETag and answer 304. /counts gives what was asked since it was last asked:
requests by status, bytes, and articles.
"""

from __future__ import annotations

import asyncio
import json
import random
import subprocess
import sys
from collections import Counter
from contextlib import contextmanager
from functools import lru_cache
from typing import TYPE_CHECKING
from urllib.request import urlopen

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_CHANCE = random.Random(1)
_WORDS = [
    "".join(_CHANCE.choices("ابتثجحدرسعفقكلمنهوي", k=_CHANCE.randint(3, 8))) for _ in range(4000)
]
_COUNTS: Counter[str] = Counter()


def _text(chance: random.Random, count: int) -> str:
    return " ".join(chance.choices(_WORDS, k=count))


def _title(article: str) -> str:
    return _text(random.Random(f"title of {article}"), 8)


@lru_cache(maxsize=4000)
def _article(path: str) -> bytes:
    chance, title = random.Random(path), _title(path)
    body = "".join(f"<p>{_text(chance, 45)}.</p>" for _ in range(6))
    at = f"2026-11-{chance.randint(1, 20):02}T{chance.randint(0, 23):02}:{chance.randint(0, 59):02}:00Z"
    return (
        f"<!DOCTYPE html><html lang=ar><head><meta charset=utf-8><title>{title}</title><meta property="
        f'"article:published_time" content="{at}"></head><body><nav><a href="/">الرئيسية</a></nav>'
        f"<article><h1>{title}</h1>{body}</article><footer>جميع الحقوق محفوظة</footer></body></html>"
    ).encode()


@lru_cache(maxsize=4000)
def _listing(path: str, count: int) -> bytes:
    articles = [f"{path}/{1000 + n}.html" for n in range(count)]
    rows = "".join(
        f'<li class=story><a href="{one}"><h3>{_title(one)}</h3></a></li>' for one in articles
    )
    return f"<!DOCTYPE html><html lang=ar><body><main><ul>{rows}</ul></main></body></html>".encode()


def _answer(path: str, head: str) -> bytes:
    place, _, count = path.partition("?")
    if place == "/counts":
        body = json.dumps(_COUNTS).encode()
        _COUNTS.clear()
        return b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n" % len(body) + body
    _COUNTS["requests"] += 1
    if place == "/robots.txt":
        _COUNTS["robots"] += 1
        return b"HTTP/1.1 404 No\r\nContent-Length: 0\r\n\r\n"
    if place.endswith(".html"):
        _COUNTS["articles"] += 1
        body, more = _article(place), b""
    else:
        etag = f'"{count}"'
        if etag in head:
            _COUNTS["304"] += 1
            return b"HTTP/1.1 304 Same\r\nETag: %s\r\n\r\n" % etag.encode()
        body, more = _listing(place, int(count)), b"ETag: %s\r\n" % etag.encode()
    _COUNTS["bytes"] += len(body)
    kind = b"Content-Type: text/html; charset=utf-8\r\n"
    return b"HTTP/1.1 200 OK\r\n%s%sContent-Length: %d\r\n\r\n" % (kind, more, len(body)) + body


class _Connection(asyncio.Protocol):
    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport, self._held = transport, b""

    def data_received(self, data: bytes) -> None:
        self._held += data
        while b"\r\n\r\n" in self._held:
            head, _, self._held = self._held.partition(b"\r\n\r\n")
            text = head.decode("latin-1")
            self._transport.write(_answer(text.split(" ", 2)[1], text))


async def _serve() -> None:
    server = await asyncio.get_running_loop().create_server(
        _Connection, "127.0.0.1", 0, backlog=1000
    )
    print(server.sockets[0].getsockname()[1], flush=True)
    await server.serve_forever()


class Load:
    """The server, seen from outside."""

    def __init__(self, port: int) -> None:
        self.port = port

    def counts(self) -> dict[str, int]:
        """What was asked since this was last called."""
        with urlopen(f"http://127.0.0.1:{self.port}/counts") as answer:
            return json.load(answer)

    def configure(
        self, folder: Path, sections: int, articles: int, *, per_site: int = 10, main: str = ""
    ) -> None:
        """A configuration of so many sections, on a host for each `per_site`; the hosts' names lead
        here.
        """
        sites = folder / "config" / "sites"
        sites.mkdir(parents=True, exist_ok=True)
        (folder / "config" / "feedmaker.toml").write_text(
            f'max_age = 0\ncontact = "me@example.org"\nformats = ["atom", "rss"]\n{main}'
            "[fetch]\ndelay = 0\nconcurrency = 4\nbudget = 3600\nmax_new = 100000\n",
            "utf-8",
        )
        for first in range(0, sections, per_site):
            home = f"http://site{first // per_site}.example:{self.port}"
            tables = "".join(
                f'[[sections]]\nslug = "s{n}"\ntitle = "قسم {n}"\nurls = ["{home}/s{n}?{articles}"]\n'
                for n in range(first, min(first + per_site, sections))
            )
            (sites / f"site{first // per_site}.toml").write_text(
                f'name = "موقع"\nhome = "{home}/"\nconnect_to = "127.0.0.1:{self.port}"\n{tables}',
                "utf-8",
            )


@contextmanager
def served() -> Iterator[Load]:
    """The server, for as long as the block runs."""
    with subprocess.Popen([sys.executable, __file__], stdout=subprocess.PIPE, text=True) as process:
        try:
            yield Load(int(process.stdout.readline()))
        finally:
            process.kill()


if __name__ == "__main__":
    asyncio.run(_serve())
