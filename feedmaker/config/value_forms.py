"""Forms of single values: what a selector, a header or a host looks like."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from feedmaker.model.configuration import SLUG
from feedmaker.text.urls import is_postgres_url


def is_selector(text: str) -> bool:
    """Whether a text is a CSS selector."""
    from selectolax.lexbor import LexborHTMLParser, SelectolaxError  # 2 ms, and few sites have one

    try:
        LexborHTMLParser("<p>").css_first(text)
    except (SelectolaxError, ValueError):
        return False
    return bool(text.strip())


def is_address(text: str) -> bool:
    """Whether a text is `host:port`."""
    match = _ADDRESS.fullmatch(text)
    return bool(match and 0 < int(match[2]) < 65_536)


def is_growing(hours: list[float]) -> bool:
    """Whether ages in hours are within their limits and each is more than the one before."""
    return hours == sorted(set(hours)) and all(0 <= age <= 10_000 for age in hours)


def is_mail_server(url: str) -> bool:
    """Whether a URL names a mail server: smtp or smtps, a host, perhaps a user and a port."""
    parts = urlsplit(url)
    return parts.scheme in ("smtp", "smtps") and bool(parts.hostname) and parts.port != 0


def is_store(text: str) -> bool:
    """Whether a text is the path of a file or a PostgreSQL URL.

    Not one of another database, nor what libpq reads beside URLs ("host=... password=..."): folders
    would be made that have the password as a name.
    """
    return is_postgres_url(text) or not _CONNECTION.search(text)


# How a rule fails: of a value that is not what it must be, or of a wrong type.
FAILURES = (
    ValueError,
    TypeError,
    KeyError,  # no such time zone
    OSError,  # a folder of time zones
    re.error,
    OverflowError,
    RecursionError,
)
_ADDRESS = re.compile(r"(\[[0-9a-fA-F:.]+\]|[^\s:/\[\]]+):(\d{1,5})")
_CONNECTION = re.compile(r"://|(?:^|\s)(?:host|hostaddr|dbname|user|password|service)\s*=")
USER = re.compile(r"(?<=//)[^/?#]*@")
TOKEN = re.compile(r"[!-~]+")
MAIL = re.compile(r"[^\s@<>,;]+@[^\s@<>,;]+")
SECTION = re.compile(f"{SLUG}/{SLUG}")
HOST = re.compile(r"[a-z0-9-]+(\.[a-z0-9-]+)*(:\d{1,5})?")
# A name by RFC 9110 section 5.6.2, token, and what may be sent after it.
HEADER = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+\n[ -~]*")
COOKIE = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+\n[ -:<-~]*")
