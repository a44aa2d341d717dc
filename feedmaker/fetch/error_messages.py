"""The texts of all errors of `fetch`: what a person can act on, without address or password.

The constants are templates for `str.format`; `explain` puts an error of the network into words.
"""

from __future__ import annotations

import socket
import ssl
from typing import TYPE_CHECKING, Final

import h11
import httpcore

if TYPE_CHECKING:
    from collections.abc import Iterator

STATUS: Final = "status {status}"
NOT_A_URL: Final = "not an http(s) URL"
REDIRECT_NOT_A_URL: Final = "redirected to what is no http(s) URL"
REDIRECT_LOOP: Final = "redirect loop"
REDIRECT_TO_NOWHERE: Final = "status {status} without a Location"
TOO_MANY_REDIRECTS: Final = "too many redirects"
PRIVATE_ADDRESS: Final = "private address ({host})"
PRIVATE_HOME: Final = (
    "private address ({host}); if the site is meant to be at home there, set its `connect_to`"
)
CLOSED_BY_ROBOTS: Final = "closed by robots.txt"
NO_ROBOTS: Final = "robots.txt answers {answer}, so nothing is asked"
HOST_PAUSE: Final = "the host asks for a longer pause"
THROUGH_PROXY: Final = "{reason} (through the proxy)"
NO_ANSWER_IN_TIME: Final = "no whole answer within {seconds:g} s"
TOO_MUCH_HEADER: Final = "more than {size:,} bytes of headers"
TOO_MUCH_ON_WIRE: Final = "more than {size:,} bytes on the wire"
TOO_LARGE: Final = "larger than {size:,} bytes"
TOO_MANY_PIECES: Final = "sent in more than {count:,} pieces"
TOO_MANY_CODINGS: Final = "packed too many times"
BROKEN_CODING: Final = "broken {coding} body"
CUT_OFF: Final = "{coding} body cut off"
EMPTY: Final = "empty page"
NOT_A_PAGE: Final = "not a page: {kind}"

# What httpcore may raise for a request, at the start of TLS in Python's own words.
NETWORK_ERRORS = (
    httpcore.NetworkError,
    httpcore.TimeoutException,
    httpcore.ProtocolError,
    httpcore.ProxyError,
    httpcore.UnsupportedProtocol,
    ssl.SSLError,
)


def explain(error: BaseException) -> tuple[str, bool]:
    """Return the phrase for one of NETWORK_ERRORS, and whether trying again may help."""
    if isinstance(error, httpcore.ConnectTimeout):
        return "no connection in time", True
    for cause in _causes(error):
        if known := _explain_cause(cause):
            return known
    if isinstance(error, httpcore.ProxyError):
        answer = str(error)[:80].strip()
        return f"the proxy refuses ({answer or 'no reason given'})", answer.startswith("5")
    if isinstance(error, httpcore.LocalProtocolError):
        return "not a request that can be sent: see the site's headers and cookies", False
    if isinstance(error, httpcore.ConnectError):
        return "cannot connect", True
    return "the connection broke off", True


def _causes(error: BaseException) -> Iterator[BaseException]:
    """Yield an error, what caused it, and what caused that."""
    cause: BaseException | None = error
    while cause is not None:
        yield cause
        if isinstance(cause, BaseExceptionGroup):
            yield from cause.exceptions
        cause = cause.__cause__ or cause.__context__


def _explain_cause(error: BaseException) -> tuple[str, bool] | None:
    """Return what `explain` says of one link of the chain; None if it only says "failed"."""
    match error:
        case ssl.SSLWantReadError() | ssl.SSLWantWriteError():
            pass  # no faults: how TLS waits
        case ssl.SSLCertVerificationError():
            return f"TLS: certificate not accepted ({error.verify_message})", False
        case ssl.SSLError():
            fault = error.reason or "handshake failed"
            return f"TLS: {fault.lower().replace('_', ' ')}", True
        case socket.gaierror(errno=socket.EAI_AGAIN):
            return "the name server does not answer", True
        case socket.gaierror():
            return "no such host name", False
        case h11.RemoteProtocolError(error_status_hint=431):  # beyond the buffer that httpcore sets
            return "more than 100 kB of headers", False
        case ConnectionRefusedError():
            return "connection refused", True
        case ConnectionResetError():
            return "connection reset", True
    return None
