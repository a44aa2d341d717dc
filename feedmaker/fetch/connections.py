"""Connections: which URLs can be asked, by which route, and how much a server may send.

Names are resolved here, each address is checked, and the connection goes to the very address that
was checked; so a name that answers differently the second time (DNS rebinding) gains nothing. TLS
and the Host header stay by name.
"""

from __future__ import annotations

import asyncio
import os
import re
import select
from contextvars import ContextVar
from dataclasses import dataclass, field
from functools import lru_cache
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any, Literal, NamedTuple
from urllib.parse import urlsplit
from urllib.request import proxy_bypass

import httpcore
import httpx

from feedmaker.fetch.addresses import is_public, is_trustable, literal, resolve
from feedmaker.fetch.odd_headers import ODD_LINE, mended_head
from feedmaker.fetch.politeness import CONNECTIONS
from feedmaker.model.errors import FeedmakerError, RefusedError
from feedmaker.model.reasons import Code, Reason
from feedmaker.text import urls
from feedmaker.text.sayings import Saying, placed

if TYPE_CHECKING:
    import ssl
    from collections.abc import Callable, Mapping
    from socket import socket

    from feedmaker.model import FetchLimits

PROXIED = frozenset(
    {
        "http",
        "https",
        "all",
    }
)
# One address that swallows packets must not use up the time of those after it.
_SECONDS_AN_ADDRESS = 3.0
_ADDRESSES = 4
# RFC 9113 section 4.1: bytes before what a frame of HTTP/2 holds, which are its length (3), its
# kind and more; the kind of frames that hold content; and what each counts at least, since one that
# is short takes as long to read.
_FRAME_HEAD = 9
_DATA = 0
_FRAME_COST = 50
# The end of an answer's head; a head before the one that counts; the most bytes that are looked at.
_HEAD_END = re.compile(rb"\r?\n\r?\n")
_INTERIM = (b"HTTP/1.1 1", b"HTTP/1.0 1")
_MOST_HEAD = 64 * 1024
_WEB_PORTS = frozenset({80, 443})
# How long an idle connection is kept: a host with a crawl delay gets its next request on it too.
_KEPT_SECONDS = 30.0
# Sites have few homes, and each is looked at for every request.
_parsed_home = lru_cache(maxsize=256)(httpx.URL)


class Route(NamedTuple):
    """The way of one request: `to` is the proxy's URL, or the `host:port` to connect to instead."""

    way: Literal["open", "trusted", "proxy", "to"]
    to: str = ""


def parse_target(url: str, base: httpx.URL | None = None) -> httpx.URL | None:
    """Return a URL, from `base` where it is relative, as it will be sent.

    It is without fragment, and without user: passwords in URLs end up in logs. None where it is no
    http(s) URL, or its host cannot be looked up.
    """
    absolute = urls.absolute(url, str(base) if base else "")
    if not absolute:
        return None
    try:
        target = httpx.URL(absolute.partition("#")[0])
        if target.userinfo:
            target = target.copy_with(username=None, password=None)
        _ = target.host  # cookies read it; it fails for some names that begin with xn--
    except (httpx.InvalidURL, ValueError):
        return None
    # RFC 1035: no empty label, none longer than 63 bytes.
    is_host = all(0 < len(label) <= 63 for label in host_of(target).split("."))
    return target if is_host else None


def host_of(url: httpx.URL) -> str:
    """Return the host that is asked, as it is sent.

    It is without a trailing dot, which makes another name of the same host.
    """
    return url.raw_host.decode("ascii").rstrip(".").lower()


def is_own(url: httpx.URL, limits: FetchLimits) -> bool:
    """Whether the site's headers and cookies may go to a URL.

    They go to the host of its home and to those below it, and not from https to http.
    """
    home = _parsed_home(limits.home)
    host = host_of(url)
    own = host_of(home).removeprefix("www.")
    if host != own and not host.endswith("." + own):
        return False
    return url.scheme == "https" or home.scheme == "http"


def is_home(url: httpx.URL, limits: FetchLimits) -> bool:
    """Whether a URL is on the very server that the home URL names.

    That is the operator's word, not a page's.
    """
    home = _parsed_home(limits.home)
    if host_of(url) != host_of(home):
        return False
    ports = {one.port or (443 if one.scheme == "https" else 80) for one in (url, home)}
    return bool(limits.connect_to) or len(ports) == 1 or ports <= _WEB_PORTS


def choose_route(url: httpx.URL, limits: FetchLimits, proxies: Mapping[str, str]) -> Route:
    """Return the way to `url`. Raises RefusedError where it spells a private address.

    Only the home may be private, where the operator wrote the address itself or `connect_to`. What
    a name leads to is its owner's word, and is checked when it is resolved, unless a proxy does
    that. Hosts of NO_PROXY are asked directly.
    """
    at_home = is_home(url, limits)
    if at_home and limits.connect_to:
        return Route("to", limits.connect_to)
    host = host_of(url)
    address = literal(host)
    way: Literal["open", "trusted"] = "open"
    if address and at_home:
        way = "trusted"
    elif address and not is_public(address):
        raise RefusedError(Reason.of(Code.PRIVATE_ADDRESS, host=host))
    proxy = proxies.get(url.scheme) or proxies.get("all")
    if proxy and not proxy_bypass(host):
        return Route("proxy", proxy)
    return Route(way)


def checked_proxy(scheme: str, to: str) -> str:
    """Return the URL of a proxy variable.

    Raises FeedmakerError where it is none, without the password that may be in it.
    """
    to = to if "://" in to else f"http://{to}"
    variable = f"{scheme.upper()}_PROXY"
    try:
        kind = httpx.Proxy(to).url.scheme
    except (httpx.InvalidURL, ValueError) as error:
        problem = Saying("not the URL of a proxy, like http://host:port")
        raise FeedmakerError(placed(variable, problem)) from error
    if kind.startswith("socks") and find_spec("socksio") is None:
        problem = Saying("a SOCKS proxy needs one more package: pip install socksio")
        raise FeedmakerError(placed(variable, problem))
    return to


@dataclass(slots=True)
class Meter:
    """What a server may send of one answer, and has sent so far.

    That is `most` bytes on the wire, and `code` is the reason to refuse more. HTTP/2 lets several
    answers share a connection, and who reads one reads the others too: so `beside` bytes more may
    come there, of them no more than `most_framing` that are no content. `sent` is called when the
    request goes out.
    """

    sent: Callable[[], None]
    code: Code
    most: int
    beside: int
    most_framing: int
    read: int = 0
    framing: int = 0


# The meter of the request that the current task waits for.
METER: ContextVar[Meter | None] = ContextVar("METER", default=None)


@dataclass(slots=True)
class _GuardedStream(httpcore.AsyncNetworkStream):
    """A connection that reads no more than the current meter allows.

    `is_http2`: what is no content is counted by itself, for much of it costs more than its bytes.
    `rest` are bytes of the last frame that are still to come. `begun` is the begun head of the next
    frame; or of an answer of HTTP/1.1, which is handed on as a whole, mended as browsers mend it.
    `at_head` says that such a head comes next.
    """

    inner: httpcore.AsyncNetworkStream
    is_http2: bool = False
    rest: int = 0
    begun: bytes = b""
    at_head: bool = False
    own_socket: socket | None = None

    async def read(self, max_bytes: int, timeout: float | None = None) -> bytes:  # noqa: ASYNC109
        whole = b""
        while not whole:
            data = await self.inner.read(max_bytes, timeout)
            if meter := METER.get():
                self._count(meter, data)
            whole = self._whole_heads(data) if self.at_head and not self.is_http2 else data
            if not data:
                break
        return whole

    def _count(self, meter: Meter, data: bytes) -> None:
        """Raise RefusedError where the next bytes are more than the meter allows."""
        meter.read += len(data)
        most = meter.most
        if self.is_http2:
            most += meter.beside
            meter.framing += self._framing(data)
        if meter.read > most:
            raise RefusedError(Reason.of(meter.code, size=most))
        if meter.framing > meter.most_framing:
            raise RefusedError(Reason.of(Code.TOO_MUCH_HEADER, size=meter.most_framing))

    def _whole_heads(self, data: bytes) -> bytes:
        """Return the heads that are whole by the next bytes, and what follows the last of them.

        Those of status 1xx come before the answer's own. What ends without one, or has one that is
        too long, is handed on as it is.
        """
        begun = self.begun + data
        whole = b""
        while (end := _HEAD_END.search(begun)) and self.at_head:
            head, begun = begun[: end.end()], begun[end.end() :]
            self.at_head = head.startswith(_INTERIM)
            whole += mended_head(head) if ODD_LINE.search(head) else head
        if not self.at_head or not data or len(begun) > _MOST_HEAD:
            self.at_head = False
            whole, begun = whole + begun, b""
        self.begun = begun
        return whole

    def _framing(self, data: bytes) -> int:
        """Return how many of the next bytes are no content: of frames that begin in them."""
        data = self.begun + data
        at = self.rest
        framing = 0
        while at + _FRAME_HEAD <= len(data):
            length, kind = int.from_bytes(data[at : at + 3]), data[at + 3]
            framing += max(_FRAME_HEAD if kind == _DATA else _FRAME_HEAD + length, _FRAME_COST)
            at += _FRAME_HEAD + length
        self.rest = max(at - len(data), 0)
        self.begun = data[at:]
        return framing

    async def write(self, buffer: bytes, timeout: float | None = None) -> None:  # noqa: ASYNC109
        if meter := METER.get():
            meter.sent()
        self.at_head = True
        await self.inner.write(buffer, timeout)

    async def aclose(self) -> None:
        await self.inner.aclose()

    def get_extra_info(self, info: str) -> Any:
        # The pool asks this of each idle connection at each request, and anyio describes the whole
        # socket for it.
        if info == "is_readable":
            return self._is_readable()
        return self.inner.get_extra_info(info)

    def _is_readable(self) -> bool:
        """Whether there is something to read: of an idle connection, that the server closed it."""
        if self.own_socket is None:
            self.own_socket = self.inner.get_extra_info("socket")
        if self.own_socket is None or self.own_socket.fileno() < 0:
            return True
        poll = select.poll()
        poll.register(self.own_socket, select.POLLIN)
        return bool(poll.poll(0))

    async def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,  # noqa: ASYNC109 - httpcore's signature, as above
    ) -> httpcore.AsyncNetworkStream:
        try:
            stream = await self.inner.start_tls(ssl_context, server_hostname, timeout)
        except BaseException:  # cancelled: httpcore would leave the connection to the collector
            await self.inner.aclose()
            raise
        protocol = stream.get_extra_info("ssl_object").selected_alpn_protocol()
        return _GuardedStream(stream, is_http2=protocol == "h2")


@dataclass(slots=True)
class GuardedBackend(httpcore.AsyncNetworkBackend):
    """Connections of the HTTP client, to checked addresses.

    `trusted`: the operator named the host, so it may be a private one. `connect_to`: host and port
    to connect to whatever the URL says (as curl's --connect-to), unchecked for the same reason.
    """

    trusted: bool = False
    connect_to: tuple[str, int] | None = None
    inner: httpcore.AsyncNetworkBackend = field(default_factory=httpcore.AnyIOBackend)

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,  # noqa: ASYNC109 - httpcore's signature
        *_: Any,
        **__: Any,
    ) -> httpcore.AsyncNetworkStream:
        """Resolve, check, connect: to the first address that answers."""
        try:
            async with asyncio.timeout(timeout):
                if self.connect_to:
                    return _GuardedStream(await self.inner.connect_tcp(*self.connect_to))
                return _GuardedStream(await self._connect_checked(host, port))
        except TimeoutError as error:
            raise httpcore.ConnectTimeout from error
        except (OSError, ValueError) as error:  # the name: gaierror, or no name at all
            raise httpcore.ConnectError(str(error)) from error

    async def _connect_checked(self, host: str, port: int) -> httpcore.AsyncNetworkStream:
        is_allowed = is_trustable if self.trusted else is_public
        addresses = [str(address) for address in await resolve(host, port) if is_allowed(address)]
        if not addresses:
            raise RefusedError(Reason.of(Code.PRIVATE_ADDRESS, host=host))
        *first, last = addresses[:_ADDRESSES]
        for address in first:
            try:
                return await self.inner.connect_tcp(address, port, _SECONDS_AN_ADDRESS)
            except (httpcore.ConnectError, httpcore.ConnectTimeout):
                continue
        return await self.inner.connect_tcp(last, port)

    async def sleep(self, seconds: float) -> None:
        """Wait; httpcore's signature."""
        await asyncio.sleep(seconds)


def make_pool(route: Route, scheme: str) -> httpcore.AsyncConnectionPool:
    """Return the connections of a route, none of them made yet. Raises FeedmakerError."""
    proxy = None
    connect_to = None
    if route.way == "to":
        place = urlsplit(f"//{route.to}")
        connect_to = place.hostname or "", place.port or 80
    elif route.way == "proxy":
        proxy = _make_proxy(route.to)
        connect_to = proxy.url.host.decode("ascii"), proxy.url.origin.port
    return httpcore.AsyncConnectionPool(
        ssl_context=_tls() if scheme == "https" else None,
        proxy=proxy,
        max_connections=CONNECTIONS,
        keepalive_expiry=_KEPT_SECONDS,
        http2=True,
        network_backend=GuardedBackend(
            trusted=route.way == "trusted",
            connect_to=connect_to,
        ),
    )


def _make_proxy(to: str) -> httpcore.Proxy:
    proxy = httpx.Proxy(to)
    return httpcore.Proxy(
        url=str(proxy.url),
        auth=proxy.raw_auth,
        ssl_context=_tls() if proxy.url.scheme == "https" else None,
    )


def _tls() -> ssl.SSLContext:
    """Return what the environment's SSL_CERT_FILE and SSL_CERT_DIR say of certificates."""
    try:
        return _context(os.environ.get("SSL_CERT_FILE", ""), os.environ.get("SSL_CERT_DIR", ""))
    except OSError as error:
        problem = Saying("SSL_CERT_FILE or SSL_CERT_DIR cannot be used: {why}", why=error)
        raise FeedmakerError(problem) from error


@lru_cache(maxsize=2)
def _context(_file: str, _folder: str) -> ssl.SSLContext:
    """Make one context for all runs of a process: making it costs more than a page."""
    return httpx.create_ssl_context()
