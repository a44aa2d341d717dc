"""Heads of answers that break the rules of HTTP/1.1 (RFC 9112 section 5), as browsers read them."""

from __future__ import annotations

import re

# Lines of a head that h11 does not read, and browsers pass over or read: without a colon or a name,
# with blanks in it or before the colon; and what says nothing of where the body ends.
_HEADER_NAME = re.compile(rb"[!#$%&'*+.^_`|~0-9A-Za-z-]+")
ODD_LINE = re.compile(
    rb"\n(?![!#$%&'*+.^_`|~0-9A-Za-z-]+:|[ \t\r\n]|\Z)"
    rb"|\n(?:content-length:[ \t]*|transfer-encoding:[ \t]*identity[ \t]*)\r?\n",
    re.IGNORECASE,
)
_EMPTY_FRAMING = frozenset({b"content-length:", b"transfer-encoding:identity"})


def mended_head(head: bytes) -> bytes:
    """Return the head of an answer without lines that browsers pass over, and odd blanks."""
    status, *lines = head.splitlines()
    mended = [status]
    for line in lines:
        name, colon, value = line.partition(b":")
        is_next_line = line[:1] in (b" ", b"\t")  # the value goes on (RFC 9112 section 5.2)
        if not line or is_next_line:
            mended.append(line)
        elif colon and _HEADER_NAME.fullmatch(name.rstrip()):
            field_line = name.rstrip() + b":" + value
            if field_line.lower().replace(b" ", b"") not in _EMPTY_FRAMING:
                mended.append(field_line)
    return b"\r\n".join(mended) + b"\r\n"
