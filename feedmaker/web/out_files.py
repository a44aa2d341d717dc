"""The files in `out/`, as a plain ASGI application that asks no store.

    GET /news/sport.atom.xml --> stat --> remembered? --> 304, or the file as it is, or by gzip

Each version of a file is read, hashed and compressed once, and kept in memory while there is room.
Neither dot files nor links to what lies elsewhere are served.
"""

from __future__ import annotations

import asyncio
import gzip
import os
from collections import OrderedDict
from dataclasses import dataclass
from email.utils import formatdate, parsedate_to_datetime
from hashlib import sha256
from typing import TYPE_CHECKING, Final

from feedmaker.web.self_links import with_addresses

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from starlette.types import Receive, Scope, Send

_MOST_BYTES: Final = 32 << 20  # of all files in memory, compressed: some thousand feeds
_MOST_FILES: Final = 4_096  # each at each name that the server is asked by
_TYPES: Final = {
    ".xml": b"application/xml; charset=utf-8",
    ".json": b"application/feed+json",
    ".opml": b"text/x-opml; charset=utf-8",
    ".css": b"text/css; charset=utf-8",
    ".html": b"text/html; charset=utf-8",
    ".png": b"image/png",
    ".jpg": b"image/jpeg",
    ".gif": b"image/gif",
    ".webp": b"image/webp",
    ".ico": b"image/x-icon",
    ".svg": b"image/svg+xml",
}
_PICTURES: Final = frozenset({".png", ".jpg", ".gif", ".webp"})
# Pages have policies of their own, and may not be framed; of a feed a browser loads its style.
_PAGE_POLICY: Final = b"frame-ancestors 'none'"
_FILE_POLICY: Final = b"default-src 'none'; style-src 'self'; frame-ancestors 'none'"
_COMMON: Final = [
    (b"vary", b"Accept-Encoding"),
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"no-referrer"),
]
_Version = tuple[int, int, int, int]
_Asked = tuple[str, str, str]  # a path, the address that it is asked at, and what ends addresses
_Headers = list[tuple[bytes, bytes]]


@dataclass(frozen=True, slots=True)
class _KeptFile:
    """One version of a file: its bytes, by gzip where that is shorter, and what is said of it."""

    version: _Version
    data: bytes
    is_gzip: bool
    etag: str
    modified: int
    headers: _Headers


class OutFiles:
    """Serves the folder that `folder` returns.

    With `names_itself` a feed that does not say where it is names the address that it is asked at.
    """

    def __init__(self, folder: Callable[[], Path], *, names_itself: bool = True) -> None:
        self._folder = folder
        self._names_itself = names_itself
        self._kept: OrderedDict[_Asked, _KeptFile] = OrderedDict()
        self._size = 0
        self._making: dict[tuple[str, str, str, _Version], asyncio.Future[_KeptFile | None]] = {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request."""
        del receive
        if scope["method"] not in ("GET", "HEAD"):  # no Range either: files are small
            await _answer(send, 405, [(b"allow", b"GET, HEAD")])
            return
        asked = {name: value.decode("latin-1") for name, value in scope["headers"]}
        path = scope["path"][1:] or "index.html"
        base = f"{scope['scheme']}://{asked.get(b'host', '')}/" if self._names_itself else ""
        file = await self._file(path, base, scope.get("feeds_query", ""))
        if file is None and path == "index.html":  # nothing is built yet
            await _answer(send, 307, [(b"location", b"/app/"), (b"cache-control", b"no-store")])
        elif file is None:
            await _answer(
                send, 404, [(b"content-type", b"text/plain")], b"There is no such file.\n"
            )
        elif _has_it(file, asked):
            await _answer(send, 304, [*file.headers, _etag_header(file, asked)])
        else:
            await _send_file(send, scope["method"], file, asked)

    async def _file(self, path: str, base: str, query: str) -> _KeptFile | None:
        """Return a file of the folder; None where there is none that is to be served.

        Addresses in it lie below `base`, and end in `query`.
        """
        if any(not part or part[0] == "." for part in path.split("/")) or "\0" in path:
            return None
        folder = self._folder()
        try:
            stat = (folder / path).stat()
        except (OSError, ValueError):
            return None
        version = _version(stat)
        kept = self._kept.get((path, base, query))
        if kept and kept.version == version:
            self._kept.move_to_end((path, base, query))
            return kept
        key = (path, base, query, version)
        making = self._making.get(key)
        if making is None:
            work = asyncio.to_thread(_read_file, folder, path, base, query)
            making = self._making[key] = asyncio.ensure_future(work)
            making.add_done_callback(lambda _: self._making.pop(key, None))
        file = await asyncio.shield(making)
        if file:
            self._keep((path, base, query), file)
        return file

    def _keep(self, key: _Asked, file: _KeptFile) -> None:
        """Keep a file in memory, in place of its last version and of what was asked for last."""
        before = self._kept.pop(key, None)
        self._size += len(file.data) - (len(before.data) if before else 0)
        self._kept[key] = file
        while self._size > _MOST_BYTES or len(self._kept) > _MOST_FILES:
            _, oldest = self._kept.popitem(last=False)
            self._size -= len(oldest.data)


def _read_file(folder: Path, path: str, base: str, query: str) -> _KeptFile | None:
    """Read a file, with its own address in it; None where it is none, or lies elsewhere."""
    try:
        real = (folder / path).resolve()
        if not real.is_relative_to(folder.resolve()) or not real.is_file():
            return None
        with real.open("rb") as opened:  # what is renamed over it meanwhile is the next version
            stat = os.fstat(opened.fileno())
            data = opened.read()
    except OSError:
        return None
    data = with_addresses(data, path, base, query) if base else data
    ending = real.suffix
    packed = b"" if ending in _PICTURES else gzip.compress(data, 6, mtime=0)
    is_gzip = bool(packed) and len(packed) < len(data)
    etag = sha256(data).hexdigest()[:32]
    modified = int(stat.st_mtime)
    headers = [
        *_COMMON,
        (b"content-type", _media_type(path, ending)),
        (b"last-modified", formatdate(modified, usegmt=True).encode()),
        (b"cache-control", b"no-cache" if ending in (".html", ".css") else b"max-age=300"),
        (b"content-security-policy", _PAGE_POLICY if ending == ".html" else _FILE_POLICY),
    ]
    return _KeptFile(
        version=_version(stat),
        data=packed if is_gzip else data,
        is_gzip=is_gzip,
        etag=etag,
        modified=modified,
        headers=headers,
    )


def _version(stat: os.stat_result) -> _Version:
    """Return what another version of a file differs in."""
    return stat.st_mtime_ns, stat.st_size, stat.st_ino, stat.st_dev


def _media_type(path: str, ending: str) -> bytes:
    if path == "health.json":
        return b"application/json"
    return _TYPES.get(ending, b"application/octet-stream")


def _has_it(file: _KeptFile, asked: dict[bytes, str]) -> bool:
    """Whether the client has this version (RFC 9110, 13.2.2); compressed or not is the same."""
    tags = asked.get(b"if-none-match")
    if tags is not None:
        known = {tag.strip().removeprefix("W/").strip('"') for tag in tags.split(",")}
        return bool(known & {"*", file.etag, f"{file.etag}-gz"})
    since = asked.get(b"if-modified-since", "")
    try:
        return bool(since) and file.modified <= parsedate_to_datetime(since).timestamp()
    except (ValueError, OverflowError):
        return False


def _takes_gzip(asked: dict[bytes, str]) -> bool:
    """Whether a client takes gzip (RFC 9110, 12.5.3)."""
    for part in asked.get(b"accept-encoding", "").lower().split(","):
        name, _, weight = part.replace(" ", "").partition(";q=")
        if name in ("gzip", "x-gzip", "*"):
            return not weight or weight.strip("0.") != ""
    return False


def _etag_header(file: _KeptFile, asked: dict[bytes, str]) -> tuple[bytes, bytes]:
    """Return the strong tag of the bytes that a client gets: those of gzip are others."""
    packed = "-gz" if file.is_gzip and _takes_gzip(asked) else ""
    return b"etag", f'"{file.etag}{packed}"'.encode()


async def _send_file(send: Send, method: str, file: _KeptFile, asked: dict[bytes, str]) -> None:
    data = file.data
    headers = [*file.headers, _etag_header(file, asked)]
    if file.is_gzip and _takes_gzip(asked):
        headers.append((b"content-encoding", b"gzip"))
    elif file.is_gzip:
        data = gzip.decompress(data)
    await _answer(send, 200, headers, data, is_head=method == "HEAD")


async def _answer(
    send: Send, status: int, headers: _Headers, data: bytes = b"", *, is_head: bool = False
) -> None:
    length = [] if status == 304 else [(b"content-length", b"%d" % len(data))]
    start = {"type": "http.response.start", "status": status, "headers": [*headers, *length]}
    await send(start)
    await send({"type": "http.response.body", "body": b"" if is_head else data})
