"""Which names a server answers to: a page whose name leads to this machine is none of them.

A browser lets a page talk to the address that its own name leads to, and whoever owns the name may
change that to ours ("DNS rebinding"). The Host header then still has the page's name. An address
in its place is nobody's name.
"""

from __future__ import annotations

import re
from ipaddress import ip_address
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from collections.abc import Iterable

_HOST: Final = re.compile(r"(\[[0-9a-f:.]{2,45}\]|[a-z0-9._-]{1,253})(?::\d{1,5})?")
_LOOPBACK: Final = ("localhost", "localhost.localdomain")


def is_loopback(host: str) -> bool:
    """Whether a host that a server is bound to is reached from this machine alone."""
    try:
        return ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return host.lower() in _LOOPBACK


def allowed_names(bound: str, base_url: str, others: Iterable[str]) -> frozenset[str]:
    """Return the names that a server answers to, beside all addresses."""
    home = urlsplit(base_url).hostname or ""
    names = (*_LOOPBACK, bound, home, *others)
    return frozenset(name.lower().rstrip(".") for name in names if name)


def is_allowed(header: str, names: frozenset[str]) -> bool:
    """Whether a Host header has one of these names, or an address."""
    match = _HOST.fullmatch(header.lower())
    if not match:
        return False
    name = match[1].rstrip(".")
    try:
        ip_address(name.strip("[]"))
    except ValueError:
        return name in names
    return True
