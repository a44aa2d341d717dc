"""The HTTP client and the ways a request can take: guarded and direct, through the environment's
proxy, or re-aimed.
"""

from __future__ import annotations

import logging
import os
from functools import lru_cache
from importlib.util import find_spec
from typing import TYPE_CHECKING, Literal, NamedTuple
from urllib.parse import urlsplit
from urllib.request import getproxies, proxy_bypass

import httpx

from feedmaker.fetch.guard import GuardedBackend, PrivateAddressError, is_public, literal
from feedmaker.fetch.transport import CONNECTIONS, Pool
from feedmaker.model.errors import FeedmakerError

if TYPE_CHECKING:
    import ssl

    from feedmaker.model import FetchLimits

_PROXIED = frozenset({"http", "https", "all"})
_WEB_PORTS = frozenset({80, 443})
# These loggers write every request's address, and at their lowest level its headers, cookies
# included.
_LOGGERS = ("httpx", "httpcore", "hpack", "h2")


class Route(NamedTuple):
    """The way of one request: `to` is the proxy's URL, or the `host:port` to connect to instead."""

    way: Literal["open", "trusted", "proxy", "to"]
    to: str = ""


def host_of(url: httpx.URL) -> str:
    """The host that is asked, as it is sent; without a trailing dot, which makes another name of
    the same host.
    """
    return url.raw_host.decode("ascii").rstrip(".").lower()


def is_host(name: str) -> bool:
    """Whether a host name can be looked up at all: no empty label, none longer than 63 bytes (RFC
    1035).
    """
    return all(0 < len(label) <= 63 for label in name.split("."))


def _port(url: httpx.URL) -> int:
    return url.port or (443 if url.scheme == "https" else 80)


@lru_cache(maxsize=256)
def _home(url: str) -> httpx.URL:
    return httpx.URL(url)


def is_own(url: httpx.URL, limits: FetchLimits) -> bool:
    """Whether the site's headers and cookies may go there: its own host or one below it, and not
    from https to http.
    """
    home = _home(limits.home)
    host, own = host_of(url), host_of(home).removeprefix("www.")
    return (host == own or host.endswith("." + own)) and (
        url.scheme == "https" or home.scheme == "http"
    )


def is_home(url: httpx.URL, limits: FetchLimits) -> bool:
    """Whether a URL is on the very server that the site's home URL names: the operator's word, not
    a page's.
    """
    home = _home(limits.home)
    if host_of(url) != host_of(home):
        return False
    return (
        bool(limits.connect_to)
        or _port(url) == _port(home)
        or {_port(url), _port(home)} <= _WEB_PORTS
    )


@lru_cache(maxsize=2)
def _context(_file: str, _folder: str) -> ssl.SSLContext:
    """One for all runs of a process, a worker's too, by what the environment says of certificates."""
    return httpx.create_ssl_context()


def _proxy_url(scheme: str, to: str) -> str:
    """The URL of a proxy variable. FeedmakerError where it is none, without the password that may
    be in it.
    """
    to = to if "://" in to else f"http://{to}"
    try:
        kind = httpx.Proxy(to).url.scheme
    except (httpx.InvalidURL, ValueError) as error:
        raise FeedmakerError(
            f"{scheme.upper()}_PROXY: not the URL of a proxy, like http://host:port"
        ) from error
    if kind.startswith("socks") and find_spec("socksio") is None:
        raise FeedmakerError(
            f"{scheme.upper()}_PROXY: a SOCKS proxy needs one more package: pip install socksio"
        )
    return to


class Wire(httpx.AsyncBaseTransport):
    """Sends each request by its route, on connections made when first needed.

    httpx reads the proxy variables of the environment only where it makes the transport itself; so
    they are read here, by the same public functions of urllib, NO_PROXY included.
    """

    def __init__(self) -> None:
        for name in _LOGGERS:
            logging.getLogger(name).setLevel(logging.WARNING)
        self._proxies = {
            scheme: _proxy_url(scheme, to)
            for scheme, to in getproxies().items()
            if scheme in _PROXIED
        }
        self._bypassed: dict[str, bool] = {}
        self._transports: dict[tuple[Route, str], httpx.AsyncBaseTransport] = {}

    def route(self, url: httpx.URL, limits: FetchLimits) -> Route:
        """The way to `url` within `limits`. Raises PrivateAddressError where the URL itself
        spells a private one.

        Only the site's own home may be private, where the operator wrote the address itself or
        `connect_to`; what a name leads to is its owner's word, and is checked when it is resolved,
        unless a proxy does that.
        """
        home = is_home(url, limits)
        if home and limits.connect_to:
            return Route("to", limits.connect_to)
        host = host_of(url)
        address = literal(host)
        if address and not home and not is_public(address):
            raise PrivateAddressError(host)
        proxy = self._proxy(url.scheme, host)
        if proxy:
            return Route("proxy", proxy)
        return Route("trusted" if home and address else "open")

    def _proxy(self, scheme: str, host: str) -> str:
        proxy = self._proxies.get(scheme) or self._proxies.get("all") or ""
        if not proxy:
            return ""
        if host not in self._bypassed:
            self._bypassed[host] = bool(proxy_bypass(host))
        if self._bypassed[host]:
            return ""
        return proxy

    def _tls(self) -> ssl.SSLContext:
        """One context for all: making it costs more than a page. It honours SSL_CERT_FILE and
        SSL_CERT_DIR.
        """
        try:
            return _context(os.environ.get("SSL_CERT_FILE", ""), os.environ.get("SSL_CERT_DIR", ""))
        except OSError as error:
            raise FeedmakerError(
                f"SSL_CERT_FILE or SSL_CERT_DIR cannot be used: {error}"
            ) from error

    def _make(self, route: Route, scheme: str) -> httpx.AsyncBaseTransport:
        if route.way == "proxy":
            limits = httpx.Limits(max_connections=CONNECTIONS)
            return httpx.AsyncHTTPTransport(
                verify=self._tls(), http2=True, limits=limits, proxy=route.to
            )
        context = self._tls() if scheme == "https" else None
        if route.way == "to":
            parts = urlsplit(f"//{route.to}")
            return Pool(
                GuardedBackend(connect_to=(parts.hostname or "", parts.port or 80)), context
            )
        return Pool(GuardedBackend(trusted=route.way == "trusted"), context)

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Send by `request.extensions["route"]`."""
        key = request.extensions["route"], request.url.scheme
        transport = self._transports.get(key)
        if transport is None:
            transport = self._transports[key] = self._make(*key)
        return await transport.handle_async_request(request)

    async def aclose(self) -> None:
        """Close all connections."""
        for transport in self._transports.values():
            await transport.aclose()
