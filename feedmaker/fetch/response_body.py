"""From a response to the bytes of a page: what is a page at all, how large it may be, and unpacking
within that.
"""

from __future__ import annotations

import io
import zlib
from typing import TYPE_CHECKING

import brotli  # type: ignore[import-untyped]
import zstandard

if TYPE_CHECKING:
    from collections.abc import Callable

    import httpx

# Members of one gzip body: a real one has one, a few where files were joined; each costs a copy of
# the rest.
_MEMBERS = 16
# Codings that one body may be wrapped in; a real one has one.
_CODINGS = 3
# RFC 9659: no zstd body of the web needs a window beyond 8 MB.
_ZSTD_WINDOW = 8 << 20

# Pieces that one body may come in: each costs some fifty microseconds, however short it is.
_PIECES = 20_000
# Bytes of an error page that are cheaper to read than a new connection is to make.
_DRAINED = 64 * 1024

_GZIP = b"\x1f\x8b\x08"
# Types that name nothing: the bytes must tell.
_UNTOLD = frozenset(
    {
        "",
        "application/octet-stream",
        "binary/octet-stream",
        "application/x-unknown",
        "unknown/unknown",
    }
)
_PAGES = frozenset(
    {
        "application/xhtml+xml",
        "application/xml",
        "application/json",
        "application/rss",
        "application/atom",
    }
)
_PACKED = frozenset({"application/gzip", "application/x-gzip"})
_NO_PAGES = ("image/", "audio/", "video/", "font/")
# How files begin that servers call pages all the same.
_MAGIC = {
    b"%PDF-": "application/pdf",
    b"PK\x03\x04": "application/zip",
    b"\xff\xd8\xff": "image/jpeg",
    b"\x89PNG\r\n": "image/png",
    b"GIF8": "image/gif",
}
_BOMS_16 = (b"\xfe\xff", b"\xff\xfe")
# WHATWG MIME Sniffing section 3: the bytes that no text has, and how far one looks.
_BINARY = bytes([*range(9), 0x0B, *range(0x0E, 0x1B), *range(0x1C, 0x20)])
_SNIFFED = 1445


class BodyError(Exception):
    """A body that is no page; its text is the reason."""


def check_type(content_type: str) -> None:
    """Raise BodyError where a Content-Type says that there is no page to come."""
    kind = content_type.partition(";")[0].strip().lower()
    if kind in _UNTOLD or kind in _PAGES or kind in _PACKED or "/" not in kind:
        return
    if kind.startswith("text/") or (
        kind.endswith(("+xml", "+json", "/xml", "/json")) and not kind.startswith(_NO_PAGES)
    ):
        return
    raise BodyError(f"not a page: {kind}")


def _check_bytes(content: bytes, content_type: str) -> None:
    """Raise BodyError where the bytes are plainly a file of another kind."""
    for magic, kind in _MAGIC.items():
        if content.startswith(magic):
            raise BodyError(f"not a page: {kind}")
    kind = content_type.partition(";")[0].strip().lower()
    if kind in _UNTOLD or kind in _PACKED:
        start = content[:_SNIFFED]
        if not start.startswith(_BOMS_16) and len(start.translate(None, _BINARY)) < len(start):
            raise BodyError("not a page: binary data")


def _gunzip(data: bytes, limit: int) -> tuple[bytes, bool]:
    out = bytearray()
    for _ in range(_MEMBERS):
        stream = zlib.decompressobj(wbits=31)
        out += stream.decompress(data, limit + 1 - len(out))
        data = stream.unused_data
        if not stream.eof or not data.startswith(_GZIP) or len(out) > limit:
            break
    return bytes(out), stream.eof


def _inflate(data: bytes, limit: int) -> tuple[bytes, bool]:
    """RFC 9110 section 8.4.1.2 means a zlib stream by "deflate"; some servers send the bare one."""
    stream = zlib.decompressobj()
    try:
        out = stream.decompress(data, limit + 1)
    except zlib.error:
        stream = zlib.decompressobj(-zlib.MAX_WBITS)
        out = stream.decompress(data, limit + 1)
    return out, stream.eof


def _unbrotli(data: bytes, limit: int) -> tuple[bytes, bool]:
    # The limit is where brotli stops to grow its buffer, which may be a little later.
    stream = brotli.Decompressor()
    return bytes(
        stream.process(data, output_buffer_limit=limit + 1)[: limit + 1]
    ), stream.is_finished()


def _unzstd(data: bytes, limit: int) -> tuple[bytes, bool]:
    reader = zstandard.ZstdDecompressor(max_window_size=_ZSTD_WINDOW).stream_reader(
        io.BytesIO(data), read_across_frames=True
    )
    return reader.read(limit + 1), True  # which does not tell


_UNPACK: dict[str, Callable[[bytes, int], tuple[bytes, bool]]] = {
    "gzip": _gunzip,
    "x-gzip": _gunzip,
    "deflate": _inflate,
    "br": _unbrotli,
    "zstd": _unzstd,
}


def unpack(data: bytes, codings: str, limit: int) -> bytes:
    """`data` without its content codings (RFC 9110 section 8.4); of more than `limit` bytes, the
    first `limit` + 1.

    Never more memory than that, whatever a body would grow to. A coding nobody knows is taken for
    none, as browsers do. Raises BodyError for a body that is not what its coding says.
    """
    names = [name.strip().lower() for name in codings.split(",")]
    if len(names) > _CODINGS:
        raise BodyError("packed too many times")
    for name in reversed(names):
        if name in _UNPACK and data:
            try:
                data, whole = _UNPACK[name](data, limit)
            except (zlib.error, brotli.error, zstandard.ZstdError) as error:
                raise BodyError(f"broken {name} body") from error
            # Some servers leave the last bytes of a stream out; then the page is there up to its
            # last tag.
            if not whole and len(data) <= limit and not data.rstrip().endswith(b">"):
                raise BodyError(f"{name} body cut off")
    return data


async def read(response: httpx.Response, limit: int, *, cut: bool = False) -> bytes:
    """The whole body, unpacked, of at most `limit` bytes packed and unpacked.

    Raises BodyError for a larger one, as soon as that is known; with `cut`, gives its first `limit`
    bytes instead.
    """
    coding = response.headers.get("content-encoding", "")
    declared = response.headers.get("content-length", "")
    too_large = BodyError(f"larger than {limit:,} bytes")
    if not cut and declared.isdecimal() and int(declared[:18]) > limit:
        raise too_large
    chunks, size = [], 0
    async for chunk in response.aiter_raw():
        chunks.append(chunk)
        size += len(chunk)
        if size > limit:
            break
        if len(chunks) > _PIECES:
            raise BodyError(f"sent in more than {_PIECES:,} pieces")
    if size > limit and not cut:
        raise too_large
    content = unpack(b"".join(chunks), coding, limit)
    if len(content) > limit and not cut:
        raise too_large
    return content[:limit]


async def drain(response: httpx.Response) -> None:
    """Read a short body to its end, so that the connection serves again; a long one is not worth
    it.
    """
    size = count = 0
    async for chunk in response.aiter_raw():
        size, count = size + len(chunk), count + 1
        if size > _DRAINED or count > _PIECES // 10:
            return


def page_bytes(content: bytes, content_type: str, limit: int) -> bytes:
    """`content` if it is a page; unpacked, if it is a gzip file (a sitemap's `.xml.gz`). Raises
    BodyError.
    """
    if content.startswith(_GZIP):
        content = unpack(content, "gzip", limit)
        if len(content) > limit:
            raise BodyError(f"larger than {limit:,} bytes")
    if not content:
        raise BodyError("empty page")
    _check_bytes(content, content_type)
    return content
