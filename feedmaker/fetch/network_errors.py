"""Errors of the network as reasons that a person can act on, without address or password."""

from __future__ import annotations

import socket
import ssl
from typing import TYPE_CHECKING

import h2.exceptions
import h11
import httpcore

from feedmaker.model.reasons import Code, Reason

if TYPE_CHECKING:
    from collections.abc import Iterator

# What httpcore may raise for a request, at the start of TLS in Python's own words, and of a body
# by HTTP/2 in those of h2.
NETWORK_ERRORS = (
    httpcore.NetworkError,
    httpcore.TimeoutException,
    httpcore.ProtocolError,
    httpcore.ProxyError,
    httpcore.UnsupportedProtocol,
    h2.exceptions.H2Error,
    ssl.SSLError,
)


def explain(error: BaseException, *, is_answered: bool = False) -> tuple[Reason, bool]:
    """Return the reason of one of NETWORK_ERRORS, and whether trying again may help.

    `is_answered` says that some of an answer came: what breaks the rules then is the answer. By
    HTTP/2 httpcore calls that too an error of the request.
    """
    if isinstance(error, httpcore.ConnectTimeout):
        return Reason.of(Code.NO_CONNECTION_IN_TIME), True
    for cause in _causes(error):
        if known := _explain_cause(cause):
            return known
    if isinstance(error, httpcore.ProxyError):
        answer = str(error)[:80].strip()
        reason = Reason.of(Code.PROXY_REFUSES, answer=answer or "no reason given")
        return reason, answer.startswith("5")
    if isinstance(error, httpcore.LocalProtocolError) and not is_answered:
        return Reason.of(Code.CANNOT_BE_SENT), False
    if isinstance(error, httpcore.ConnectError):
        return Reason.of(Code.CANNOT_CONNECT), True
    return Reason.of(Code.CONNECTION_BROKEN), True


def _causes(error: BaseException) -> Iterator[BaseException]:
    """Yield an error, what caused it, and what caused that."""
    cause: BaseException | None = error
    while cause is not None:
        yield cause
        if isinstance(cause, BaseExceptionGroup):
            yield from cause.exceptions
        cause = cause.__cause__ or cause.__context__


def _explain_cause(error: BaseException) -> tuple[Reason, bool] | None:
    """Return what `explain` says of one link of the chain; None if it only says "failed"."""
    match error:
        case ssl.SSLWantReadError() | ssl.SSLWantWriteError():
            pass  # no faults: how TLS waits
        case ssl.SSLCertVerificationError():
            return Reason.of(Code.CERTIFICATE, fault=error.verify_message), False
        case ssl.SSLError():
            fault = error.reason or "handshake failed"
            return Reason.of(Code.TLS, fault=fault.lower().replace("_", " ")), True
        case socket.gaierror(errno=socket.EAI_AGAIN):
            return Reason.of(Code.NAME_SERVER), True
        case socket.gaierror():
            return Reason.of(Code.NO_SUCH_HOST), False
        case h11.RemoteProtocolError(error_status_hint=431):  # beyond the buffer that httpcore sets
            return Reason.of(Code.LARGE_HEADER, size=100), False
        case ConnectionRefusedError():
            return Reason.of(Code.CONNECTION_REFUSED), True
        case ConnectionResetError():
            return Reason.of(Code.CONNECTION_RESET), True
    return None
