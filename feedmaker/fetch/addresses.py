"""Addresses: of which kind each is, what spells one, and which ones a name has."""

from __future__ import annotations

import asyncio
import contextlib
import socket
import threading
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address, ip_network

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


def is_private_host(host: str) -> bool:
    """Whether a host spells an address that is not of the open internet."""
    address = literal(host)
    return address is not None and not is_public(address)


async def resolve(host: str, port: int) -> list[Address]:
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
