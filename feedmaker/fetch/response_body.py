"""From a response to the bytes of a page: what is a page, how large it may be, and unpacking."""

from __future__ import annotations

import io
import re
import zlib
from typing import TYPE_CHECKING

import brotli  # type: ignore[import-untyped]
import zstandard

from feedmaker.model.errors import RefusedError
from feedmaker.model.reasons import Code, Reason

if TYPE_CHECKING:
    from collections.abc import AsyncIterable, AsyncIterator, Callable

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

_GZIP = b"\x1f\x8b\x08"
# Types that name nothing, or only how it is packed: the bytes must tell.
_UNTOLD = frozenset(
    {
        "",
        "application/octet-stream",
        "binary/octet-stream",
        "application/x-unknown",
        "unknown/unknown",
        "application/gzip",
        "application/x-gzip",
    }
)
# Types of pages, listings of other kinds among them; and words that are no type.
_PAGE_KIND = re.compile(
    r"[^/]*|text/.*|application/(?:rss|atom)"
    r"|(?!(?:image|audio|video|font)/).*[+/](?:xml|json)"
)
# How pages begin that servers call something else, and those that they call pictures.
_PAGE_START = re.compile(
    rb"(?:\xef\xbb\xbf)?\s{0,200}"
    rb"(?:<(?:!doctype html|html|head|body|\?xml|rss|feed|rdf:rdf|urlset|sitemapindex)\b"
    rb"|[{\[]\s{0,20}[\"{\[])",
    re.IGNORECASE,
)
_HTML_START = re.compile(rb"(?:\xef\xbb\xbf)?\s{0,200}<(?:!doctype html|html)\b", re.IGNORECASE)
_MEDIA_KIND = re.compile(r"(?:image|audio|video|font)/.*")
# How files begin that servers call pages all the same.
_MAGIC = {
    b"%PDF-": "application/pdf",
    b"PK\x03\x04": "application/zip",
    b"\xff\xd8\xff": "image/jpeg",
    b"\x89PNG\r\n": "image/png",
    b"GIF8": "image/gif",
}
_CONTROLS = re.compile(r"[\x00-\x1f\x7f-\x9f]")
_BOMS_16 = (b"\xfe\xff", b"\xff\xfe")
# WHATWG MIME Sniffing section 3: the bytes that no text has, and how far one looks.
_BINARY = bytes([*range(9), 0x0B, *range(0x0E, 0x1B), *range(0x1C, 0x20)])
_SNIFFED = 1445


async def read_raw(pieces: AsyncIterable[bytes], limit: int, most_pieces: int = _PIECES) -> bytes:
    """Return a body as it comes, up to the piece in which it grows beyond `limit` bytes.

    Raises RefusedError for one that is sent in more than `most_pieces`.
    """
    read, size = [], 0
    async for piece in pieces:
        read.append(piece)
        size += len(piece)
        if size > limit:
            break
        if len(read) > most_pieces:
            raise RefusedError(Reason.of(Code.TOO_MANY_PIECES, count=most_pieces))
    return b"".join(read)


async def read_page(pieces: AsyncIterable[bytes], headers: httpx.Headers, limit: int) -> bytes:
    """Return a page, unpacked; a gzip file (a sitemap's `.xml.gz`) is unpacked too.

    Raises RefusedError for what is no page, and for one of more than `limit` bytes, packed or
    unpacked, as soon as that is known.
    """
    kind = _kind_of(headers.get("content-type", ""))
    coding = headers.get("content-encoding", "")
    if not _is_page_kind(kind):
        pieces = aiter(pieces)
        first = await anext(pieces, b"")
        if not _is_page_start(kind, _beginning(first, coding)):
            raise RefusedError(Reason.of(Code.NOT_A_PAGE, kind=kind))
        pieces = _with_first(first, pieces)
    too_large = Reason.of(Code.TOO_LARGE, size=limit)
    declared = headers.get("content-length", "")
    if declared.isdecimal() and int(declared[:18]) > limit:
        raise RefusedError(too_large)
    content = await read_raw(pieces, limit)
    if len(content) > limit:
        raise RefusedError(too_large)
    if coding:
        content = unpack(content, coding, limit)
    if content.startswith(_GZIP):
        content = unpack(content, "gzip", limit)
    if len(content) > limit:
        raise RefusedError(too_large)
    if not content:
        raise RefusedError(Reason.of(Code.EMPTY_PAGE))
    _check_start(kind, content[:_SNIFFED])
    return content


async def _with_first(first: bytes, rest: AsyncIterable[bytes]) -> AsyncIterator[bytes]:
    """Give the pieces of a body, of which the first is at hand."""
    yield first
    async for piece in rest:
        yield piece


def _beginning(piece: bytes, coding: str) -> bytes:
    """Return how a body begins, by its first piece as it was sent."""
    unpack_one = _UNPACK.get(coding.strip().lower())
    if unpack_one is None:
        return piece[:_SNIFFED]
    try:
        return unpack_one(piece, _SNIFFED)[0]
    except (zlib.error, brotli.error, zstandard.ZstdError):
        return b""


def _kind_of(content_type: str) -> str:
    return _CONTROLS.sub("", content_type.partition(";")[0]).strip().lower()


def _is_page_kind(kind: str) -> bool:
    """Whether a Content-Type is that of a page, or says nothing."""
    return kind in _UNTOLD or _PAGE_KIND.fullmatch(kind) is not None


def _is_page_start(kind: str, start: bytes) -> bool:
    """Whether a body begins as a page does that its server calls something else.

    A picture may be XML (SVG), no picture is HTML.
    """
    opening = _HTML_START if _MEDIA_KIND.fullmatch(kind) else _PAGE_START
    return opening.match(start) is not None


def _check_start(kind: str, start: bytes) -> None:
    """Raise RefusedError where the bytes of a body say that it is no page."""
    file_kinds = [name for magic, name in _MAGIC.items() if start.startswith(magic)]
    is_untold = kind in _UNTOLD
    if is_untold and not start.startswith(_BOMS_16) and start.translate(None, _BINARY) != start:
        file_kinds.append("binary data")
    if file_kinds:
        raise RefusedError(Reason.of(Code.NOT_A_PAGE, kind=file_kinds[0]))


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
    """Unpack a zlib stream (RFC 9110 section 8.4.1.2), or the bare one that some servers send."""
    stream = zlib.decompressobj()
    try:
        out = stream.decompress(data, limit + 1)
    except zlib.error:
        stream = zlib.decompressobj(-zlib.MAX_WBITS)
        out = stream.decompress(data, limit + 1)
    return out, stream.eof


def _unbrotli(data: bytes, limit: int) -> tuple[bytes, bool]:
    stream = brotli.Decompressor()
    # The limit is where brotli stops to grow its buffer, which may be a little later.
    out = stream.process(data, output_buffer_limit=limit + 1)
    return bytes(out[: limit + 1]), stream.is_finished()


def _unzstd(data: bytes, limit: int) -> tuple[bytes, bool]:
    unpacker = zstandard.ZstdDecompressor(max_window_size=_ZSTD_WINDOW)
    reader = unpacker.stream_reader(io.BytesIO(data), read_across_frames=True)
    out = reader.read(limit + 1)
    return out, len(out) > limit or _is_whole_zstd(unpacker, data)


def _is_whole_zstd(unpacker: zstandard.ZstdDecompressor, data: bytes) -> bool:
    """Whether the frames of a body end, which its reader does not say; it unpacks to little."""
    for _ in range(_MEMBERS):
        frame = unpacker.decompressobj()
        frame.decompress(data)
        data = frame.unused_data
        if not frame.eof or not data:
            break
    return frame.eof


# Each returns at most `limit` + 1 bytes, and whether the stream came to its end.
_UNPACK: dict[str, Callable[[bytes, int], tuple[bytes, bool]]] = {
    "gzip": _gunzip,
    "x-gzip": _gunzip,
    "deflate": _inflate,
    "br": _unbrotli,
    "zstd": _unzstd,
}


def unpack(data: bytes, codings: str, limit: int) -> bytes:
    """Return `data` without its content codings (RFC 9110 section 8.4), at most `limit` + 1 bytes.

    It never takes more memory than that, whatever a body would grow to. An unknown coding is taken
    for none, as browsers do. Raises RefusedError for a body that is not what its coding says.
    """
    names = [name.strip().lower() for name in codings.split(",")]
    if len(names) > _CODINGS:
        raise RefusedError(Reason.of(Code.TOO_MANY_CODINGS))
    for name in reversed(names):
        if name in _UNPACK and data:
            data = _unpack_one(data, name, limit)
    return data


def _unpack_one(data: bytes, name: str, limit: int) -> bytes:
    """Return what `unpack` makes of one coding; plain markup is taken for what nobody packed."""
    try:
        unpacked, whole = _UNPACK[name](data, limit)
    except (zlib.error, brotli.error, zstandard.ZstdError) as error:
        if data.lstrip().startswith(b"<"):
            return data
        raise RefusedError(Reason.of(Code.BROKEN_CODING, coding=name)) from error
    # Some servers leave the last bytes of a stream out; then the page is there up to its last tag.
    if not whole and len(unpacked) <= limit and not unpacked.rstrip().endswith(b">"):
        raise RefusedError(Reason.of(Code.CUT_OFF, coding=name))
    return unpacked
