"""The private-address guard: what a page of the web may make us connect to.

Names are resolved here, each address is checked, and the connection goes to the very address that
was checked; so a name that answers differently the second time (DNS rebinding) gains nothing. TLS
and the Host header stay by name.
"""

from __future__ import annotations

import asyncio
import contextlib
import math
import socket
import threading
from contextvars import ContextVar
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address, ip_network
from typing import TYPE_CHECKING, Any

import httpcore

if TYPE_CHECKING:
    import ssl

Address = IPv4Address | IPv6Address

# IPv6 that is routed at all (IANA: 2000::/3), and NAT64's prefix, which carries an IPv4 address
# (RFC 6052).
_GLOBAL_V6 = IPv6Network("2000::/3")
_NAT64 = IPv6Network("64:ff9b::/96")
# What `is_global` of one Python version or another lets through: IETF assignments (Oracle's
# metadata service is among them), the 6to4 relay and 6to4 itself (RFC 7526), which hides an IPv4
# address, Azure's host service, documentation.
_CLOSED = tuple(
    map(
        ip_network,
        (
            "192.0.0.0/24",
            "192.88.99.0/24",
            "168.63.129.16/32",
            "2002::/16",
            "2001:db8::/32",
            "3fff::/20",
        ),
    )
)
# Where clouds answer questions about a machine's secrets, outside the link-local networks.
_METADATA = frozenset(
    map(
        ip_address,
        ("100.100.100.200", "168.63.129.16", "192.0.0.192", "fd00:ec2::254", "fd20:ce::254"),
    )
)
# One address that swallows packets must not use up the time of those after it.
_SECONDS_AN_ADDRESS = 3.0
_ADDRESSES = 4


class PrivateAddressError(Exception):
    """A host that may not be connected to: loopback, link-local, private, metadata, or not an
    address at all.
    """


def _plain(address: Address) -> Address:
    """The IPv4 address inside an IPv6 one (mapped, RFC 4291; NAT64, RFC 6052), else the address
    itself.
    """
    if isinstance(address, IPv6Address):
        if address.ipv4_mapped:
            return address.ipv4_mapped
        if address in _NAT64:
            return IPv4Address(int(address) & 0xFFFFFFFF)
    return address


def is_public(address: Address) -> bool:
    """Whether an address is one of the open internet (IANA's special-purpose registries, RFC 6890)."""
    address = _plain(address)
    if isinstance(address, IPv6Address) and address not in _GLOBAL_V6:
        return False
    return (
        address.is_global
        and not address.is_multicast
        and not any(address in network for network in _CLOSED)
    )


def is_trustable(address: Address) -> bool:
    """Whether an operator who named a host may mean this address: not link-local, multicast or a
    metadata service.
    """
    address = _plain(address)
    if isinstance(address, IPv6Address) and (address.sixtofour or address.teredo):
        return False  # tunnels, which hide an IPv4 address that nobody at home has
    return not (address.is_link_local or address.is_multicast or address in _METADATA)


def literal(host: str) -> Address | None:
    """The address that `host` spells, in any form `connect` reads: `127.1`, `2130706433`,
    `0x7f000001`, `[::1]`.

    None for a name. A trailing dot and an IPv6 zone do not hide an address; `localhost` is one (RFC
    6761).
    """
    host = host.rstrip(".").strip("[]").partition("%")[0].lower()
    if host == "localhost" or host.endswith(".localhost"):
        return IPv4Address("127.0.0.1")
    if (
        ":" not in host
        and not host[-1:].isdecimal()
        and not host.rpartition(".")[2].startswith("0x")
    ):
        return None
    try:
        return IPv6Address(host) if ":" in host else IPv4Address(socket.inet_aton(host))
    except (OSError, ValueError):
        return None


async def _resolve(host: str, port: int) -> list[Address]:
    """The addresses of a name, in the system's order of preference.

    In a thread of its own that nobody waits for: asyncio's own threads are waited for at the end of
    a run, and a dead name server would hold it up for half a minute.
    """
    loop = asyncio.get_running_loop()
    answer: asyncio.Future[list[Address]] = loop.create_future()

    def tell(found: list[Address], error: Exception | None) -> None:
        if not answer.done():
            answer.set_exception(error) if error else answer.set_result(found)

    def ask() -> None:
        found: dict[Address, None] = {}
        trouble = None
        try:
            for entry in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM):
                found[ip_address(str(entry[4][0]).partition("%")[0])] = None
        except (OSError, ValueError) as error:
            trouble = error
        with contextlib.suppress(RuntimeError):  # the run is over
            loop.call_soon_threadsafe(tell, list(found), trouble)

    threading.Thread(target=ask, name=f"name of {host}", daemon=True).start()
    return await answer


class FloodError(Exception):
    """A server sends more than the answer that it was asked for."""


@dataclass(slots=True)
class Allowance:
    """The bytes that a server may yet send, as they come over the wire; `what` they are is told
    where it sends more.
    """

    left: float = math.inf
    what: str = ""


# That of the request which the current task waits for.
allowance: ContextVar[Allowance | None] = ContextVar("allowance", default=None)


class _Stream(httpcore.AsyncNetworkStream):
    """A connection that reads no more than the current `allowance`.

    It is closed when its TLS handshake is cancelled, which httpcore's own leaves to the collector.
    """

    def __init__(self, inner: httpcore.AsyncNetworkStream) -> None:
        self._inner = inner

    async def read(self, max_bytes: int, timeout: float | None = None) -> bytes:  # noqa: ASYNC109 - httpcore's signature
        data = await self._inner.read(max_bytes, timeout)
        if allowed := allowance.get():
            allowed.left -= len(data)
            if allowed.left < 0:
                raise FloodError(allowed.what)
        return data

    async def write(self, buffer: bytes, timeout: float | None = None) -> None:  # noqa: ASYNC109
        await self._inner.write(buffer, timeout)

    async def aclose(self) -> None:
        await self._inner.aclose()

    def get_extra_info(self, info: str) -> Any:
        return self._inner.get_extra_info(info)

    async def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,  # noqa: ASYNC109
    ) -> httpcore.AsyncNetworkStream:
        try:
            return _Stream(await self._inner.start_tls(ssl_context, server_hostname, timeout))
        except BaseException:
            await self._inner.aclose()
            raise


class GuardedBackend(httpcore.AsyncNetworkBackend):
    """Connections of the HTTP client, by checked address.

    `trusted`: the host was named by the operator, so that it may be a private one. `connect_to`:
    host and port to connect to whatever the URL says (as curl's --connect-to), unchecked for the
    same reason.
    """

    def __init__(self, *, trusted: bool = False, connect_to: tuple[str, int] | None = None) -> None:
        self._allows = is_trustable if trusted else is_public
        self._connect_to = connect_to
        self._inner = httpcore.AnyIOBackend()

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
                if self._connect_to:
                    return _Stream(await self._inner.connect_tcp(*self._connect_to))
                return _Stream(await self._connect(host, port))
        except TimeoutError as error:
            raise httpcore.ConnectTimeout from error
        except (OSError, ValueError) as error:  # the name: gaierror, or no name at all
            raise httpcore.ConnectError(str(error)) from error

    async def _connect(self, host: str, port: int) -> httpcore.AsyncNetworkStream:
        allowed = [str(address) for address in await _resolve(host, port) if self._allows(address)][
            :_ADDRESSES
        ]
        if not allowed:
            raise PrivateAddressError(host)
        for address in allowed[:-1]:
            try:
                return await self._inner.connect_tcp(address, port, _SECONDS_AN_ADDRESS)
            except (httpcore.ConnectError, httpcore.ConnectTimeout):
                continue
        return await self._inner.connect_tcp(allowed[-1], port)

    async def sleep(self, seconds: float) -> None:
        """Wait; httpcore's signature."""
        await asyncio.sleep(seconds)
