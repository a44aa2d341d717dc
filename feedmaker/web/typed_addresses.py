"""Addresses that a person types into the app: guarded as those in pages are."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from feedmaker.fetch import is_private_host
from feedmaker.model import Code, Reason
from feedmaker.model.errors import ConfigError, FetchError
from feedmaker.setup import typed_address
from feedmaker.text.sayings import Saying

if TYPE_CHECKING:
    from collections.abc import Set as AbstractSet

_LONGEST = 2000  # characters


def check_address(given: str, allow_private: AbstractSet[str]) -> str:
    """Return the canonical URL that a person means.

    Raises ConfigError where it is none, and FetchError where its host is spelled as a private
    address that is not in `allow_private`. Names are checked when they are resolved.
    """
    words = given.strip()
    if not words or len(words) > _LONGEST:
        wrong = "{given}: no URL; expected the address of a site, such as https://example.org/"
        raise ConfigError([Saying(wrong, given=words[:80])])
    address = typed_address(words)
    host = host_of(address)
    if is_private_host(host) and host not in allow_private:
        raise FetchError(address, Reason.of(Code.PRIVATE_ADDRESS, host=host))
    return address


def connect_to(address: str, allow_private: AbstractSet[str]) -> str:
    """Return where to connect to for an address, "" where its name says it.

    A name that may lead to a private address is connected to as the operator's word.
    """
    host = host_of(address)
    if host not in allow_private or is_private_host(host):
        return ""
    parts = urlsplit(address)
    return f"{host}:{parts.port or (443 if parts.scheme == 'https' else 80)}"


def host_of(address: str) -> str:
    """Return the host of a canonical URL, without brackets and trailing dot."""
    return (urlsplit(address).hostname or "").rstrip(".")
