"""What went wrong on the wire, in one phrase that a person can act on; no address, header or
password in it.
"""

from __future__ import annotations

import socket
import ssl
from typing import TYPE_CHECKING

import h11
import httpcore
import httpx

if TYPE_CHECKING:
    from collections.abc import Iterator

# What sending a request may raise: our own direct ways raise httpcore's errors, ways through a
# proxy httpx's.
WIRE_ERRORS = (
    httpcore.NetworkError,
    httpcore.TimeoutException,
    httpcore.ProtocolError,
    httpcore.ProxyError,
    httpcore.UnsupportedProtocol,
    httpx.TransportError,
    ssl.SSLError,
)
_CONNECT_TIMEOUTS = (httpcore.ConnectTimeout, httpx.ConnectTimeout)
_CONNECT_ERRORS = (httpcore.ConnectError, httpx.ConnectError)
_PROXY_ERRORS = (httpcore.ProxyError, httpx.ProxyError)
_OUR_FAULTS = (httpcore.LocalProtocolError, httpx.LocalProtocolError)


def _causes(error: BaseException) -> Iterator[BaseException]:
    """An error, what caused it, and what caused that."""
    cause: BaseException | None = error
    while cause is not None:
        yield cause
        if isinstance(cause, BaseExceptionGroup):
            yield from cause.exceptions
        cause = cause.__cause__ or cause.__context__


def _cause(error: BaseException) -> tuple[str, bool] | None:
    """The same for one link of the chain, if it says more than "something failed"."""
    match error:
        case ssl.SSLWantReadError() | ssl.SSLWantWriteError():  # no faults: how TLS waits
            return None
        case ssl.SSLCertVerificationError():
            return f"TLS: certificate not accepted ({error.verify_message})", False
        case ssl.SSLError():
            return f"TLS: {(error.reason or 'handshake failed').lower().replace('_', ' ')}", True
        case socket.gaierror(errno=socket.EAI_AGAIN):
            return "the name server does not answer", True
        case socket.gaierror():
            return "no such host name", False
        case h11.RemoteProtocolError(
            error_status_hint=431
        ):  # "Receive buffer too long": as httpcore sets it
            return "more than 100 kB of headers", False
        case ConnectionRefusedError() | ConnectionResetError():
            return (
                f"connection {'refused' if isinstance(error, ConnectionRefusedError) else 'reset'}",
                True,
            )
    return None


def reason(error: BaseException) -> tuple[str, bool]:
    """The phrase for an error of WIRE_ERRORS, and whether trying again may help."""
    if isinstance(error, _CONNECT_TIMEOUTS):
        return "no connection in time", True
    for cause in _causes(error):
        if told := _cause(cause):
            return told
    if isinstance(error, _PROXY_ERRORS):
        word = str(error)[:80].strip()
        return f"the proxy refuses ({word or 'no reason given'})", word.startswith("5")
    if isinstance(error, _OUR_FAULTS):
        return "not a request that can be sent: see the site's headers and cookies", False
    if isinstance(error, _CONNECT_ERRORS):
        return "cannot connect", True
    return "the connection broke off", True
