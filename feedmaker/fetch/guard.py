"""The guard: which addresses we connect to, and how much a server may send.

Names are resolved here, each address is checked, and the connection goes to the very address that
was checked; so a name that answers differently the second time (DNS rebinding) gains nothing. TLS
and the Host header stay by name.
"""

from __future__ import annotations

import asyncio
import contextlib
import socket
import threading
from contextvars import ContextVar
from dataclasses import dataclass, field
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address, ip_network
from typing import TYPE_CHECKING, Any

import httpcore

from feedmaker.fetch.response_body import RefusedError
from feedmaker.model.reasons import Code, Reason

if TYPE_CHECKING:
    import ssl
    from collections.abc import Callable

Address = IPv4Address | IPv6Address

# IPv6 that is routed at all (IANA: 2000::/3), and NAT64's prefix, which carries an IPv4 address
# (RFC 6052).
_GLOBAL_V6 = IPv6Network("2000::/3")
_NAT64 = IPv6Network("64:ff9b::/96")
# What `is_global` of one Python version or another lets through: IETF assignments (Oracle's
# metadata service is among them), the 6to4 relay and 6to4 itself (RFC 7526), which hides an IPv4
# address, Azure's host service, documentation.
_CLOSED = (
    ip_network("192.0.0.0/24"),
    ip_network("192.88.99.0/24"),
    ip_network("168.63.129.16/32"),
    ip_network("2002::/16"),
    ip_network("2001:db8::/32"),
    ip_network("3fff::/20"),
)
# Where clouds answer questions about a machine's secrets, outside the link-local networks.
_METADATA = frozenset(
    {
        ip_address("100.100.100.200"),
        ip_address("168.63.129.16"),
        ip_address("192.0.0.192"),
        ip_address("fd00:ec2::254"),
        ip_address("fd20:ce::254"),
    }
)
# One address that swallows packets must not use up the time of those after it.
_SECONDS_AN_ADDRESS = 3.0
_ADDRESSES = 4


def _plain(address: Address) -> Address:
    """Return the IPv4 address inside an IPv6 one, else the address itself.

    It is there when mapped (RFC 4291) or behind NAT64 (RFC 6052).
    """
    if isinstance(address, IPv6Address):
        if address.ipv4_mapped:
            return address.ipv4_mapped
        if address in _NAT64:
            return IPv4Address(int(address) & 0xFFFFFFFF)
    return address


def is_public(address: Address) -> bool:
    """Whether an address is of the open internet (IANA's special-purpose registries, RFC 6890)."""
    address = _plain(address)
    if isinstance(address, IPv6Address) and address not in _GLOBAL_V6:
        return False
    if not address.is_global or address.is_multicast:
        return False
    return not any(address in network for network in _CLOSED)


def is_trustable(address: Address) -> bool:
    """Whether an operator who named a host may mean this address.

    That is any but a link-local or multicast one and a metadata service.
    """
    address = _plain(address)
    if isinstance(address, IPv6Address) and (address.sixtofour or address.teredo):
        return False  # tunnels, which hide an IPv4 address that nobody at home has
    return not (address.is_link_local or address.is_multicast or address in _METADATA)


def literal(host: str) -> Address | None:
    """Return the address that `host` spells in any form that `connect` reads; None for a name.

    Such forms are `127.1`, `2130706433`, `0x7f000001` and `[::1]`. A trailing dot and an IPv6 zone
    do not hide an address; `localhost` is one (RFC 6761).
    """
    host = host.rstrip(".").strip("[]").partition("%")[0].lower()
    if host == "localhost" or host.endswith(".localhost"):
        return IPv4Address("127.0.0.1")
    try:
        if ":" in host:
            return IPv6Address(host)
        if host[-1:].isdecimal() or host.rpartition(".")[2].startswith("0x"):
            return IPv4Address(socket.inet_aton(host))
    except (OSError, ValueError):
        return None
    return None


async def _resolve(host: str, port: int) -> list[Address]:
    """Return the addresses of a name, in the system's order of preference.

    The system is asked in a thread that nobody waits for: a run waits for asyncio's own threads at
    its end, and a dead name server would hold it up for half a minute.
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


@dataclass(slots=True)
class Meter:
    """What a server may still send of one answer, in bytes on the wire.

    `left` of `most` are left; `code` is the reason to refuse more. `sent` is called when the
    request goes out.
    """

    sent: Callable[[], None]
    code: Code
    most: int
    left: int


# The meter of the request that the current task waits for.
METER: ContextVar[Meter | None] = ContextVar("METER", default=None)


@dataclass(slots=True)
class _GuardedStream(httpcore.AsyncNetworkStream):
    """A connection that reads no more than the current meter allows.

    `shared`: of HTTP/2, where a task also reads what others wait for, so that nothing is counted.
    """

    inner: httpcore.AsyncNetworkStream
    shared: bool = False

    async def read(self, max_bytes: int, timeout: float | None = None) -> bytes:  # noqa: ASYNC109
        data = await self.inner.read(max_bytes, timeout)
        meter = METER.get()
        if meter and not self.shared:
            meter.left -= len(data)
            if meter.left < 0:
                raise RefusedError(Reason.of(meter.code, size=meter.most))
        return data

    async def write(self, buffer: bytes, timeout: float | None = None) -> None:  # noqa: ASYNC109
        if meter := METER.get():
            meter.sent()
        await self.inner.write(buffer, timeout)

    async def aclose(self) -> None:
        await self.inner.aclose()

    def get_extra_info(self, info: str) -> Any:
        return self.inner.get_extra_info(info)

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
        return _GuardedStream(stream, shared=protocol == "h2")


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
        addresses = [str(address) for address in await _resolve(host, port) if is_allowed(address)]
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
