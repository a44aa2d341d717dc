"""What a server says of a file to enclose, without fetching it: its media type and its length."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from feedmaker.model import Enclosure
from feedmaker.model.errors import FetchError
from feedmaker.text import urls
from feedmaker.text.media_types import media_type

if TYPE_CHECKING:
    import httpx

    from feedmaker.fetch.client import Fetcher
    from feedmaker.model import FetchLimits

_SECONDS = 5.0  # a file is worth no longer wait
_TYPE = re.compile(r"(?:image|audio|video)/[\w.+-]+")
# What servers call files that they do not know; there the name tells.
_UNTOLD = frozenset({"", "application/octet-stream", "binary/octet-stream"})
_RANGE = re.compile(r"bytes \d+-\d+/(\d+)")
_NOT_SO = frozenset({403, 405, 501})  # servers that do not know HEAD, or keep it from strangers


async def describe(fetcher: Fetcher, url: str, limits: FetchLimits) -> Enclosure | None:
    """Return the type and length of the file at `url`; None where the server does not say.

    It is asked by HEAD, and where that is refused or gives no length, for the picture's first byte
    (RFC 9110 section 14).
    """
    address = urls.canonical(url)
    if address is None:
        return None
    # The length is to be the file's own, not that of a packed one.
    headers = {
        "Accept": "image/*, audio/*, video/*",
        "Accept-Encoding": "identity",
    }
    try:
        answer = await fetcher.head(
            address,
            limits,
            headers,
            seconds=_SECONDS,
        )
        is_unsized = answer.status == 200 and not _length(answer.headers)
        if answer.status in _NOT_SO or is_unsized:
            headers["Range"] = "bytes=0-0"
            answer = await fetcher.head(
                address,
                limits,
                headers,
                seconds=_SECONDS,
                method="GET",
            )
    except FetchError:
        return None
    kind = _kind(answer.headers, address)
    length = _length(answer.headers)
    if answer.status not in (200, 206) or not length or not _TYPE.fullmatch(kind):
        return None
    return Enclosure(
        url=address,
        type=kind,
        length=length,
    )


def _kind(headers: httpx.Headers, address: str) -> str:
    """Return the media type of a file, by its name where the server does not know it."""
    kind = headers.get("content-type", "").partition(";")[0].strip().lower()
    return (media_type(address) or "") if kind in _UNTOLD else kind


def _length(headers: httpx.Headers) -> int:
    """Return the bytes of the whole file; 0 where the server does not say."""
    if part := headers.get("content-range"):
        found = _RANGE.fullmatch(part.strip())
        return int(found[1]) if found else 0
    length = headers.get("content-length", "")
    if not length.isdecimal() or headers.get("content-encoding"):
        return 0
    return int(length[:15])
