"""Direct requests: httpcore's connection pool, with connections that `guard` checks, as a transport
of httpx.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import httpcore
import httpx

if TYPE_CHECKING:
    import ssl
    from collections.abc import AsyncIterator

    from feedmaker.fetch.guard import GuardedBackend

# Requests under way to all hosts together.
CONNECTIONS = 16
# How long an idle connection is kept: a host with a crawl delay gets its next request on the same
# one.
_KEPT_SECONDS = 30.0


class _ResponseStream(httpx.AsyncByteStream):
    """A response's body; its end gives the connection back."""

    def __init__(self, response: httpcore.Response) -> None:
        self._response = response

    async def __aiter__(self) -> AsyncIterator[bytes]:
        async for chunk in self._response.aiter_stream():
            yield chunk

    async def aclose(self) -> None:
        await self._response.aclose()


class Pool(httpx.AsyncBaseTransport):
    """HTTP/1.1 and (over TLS) HTTP/2 on connections made by `backend`.

    httpx's own transport does the same but has no place for a backend.
    """

    def __init__(self, backend: GuardedBackend, context: ssl.SSLContext | None) -> None:
        self._pool = httpcore.AsyncConnectionPool(
            ssl_context=context,
            max_connections=CONNECTIONS,
            keepalive_expiry=_KEPT_SECONDS,
            http2=True,
            network_backend=backend,
        )

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Send one request. Raises httpcore's exceptions."""
        url = request.url
        target = httpcore.URL(
            scheme=url.raw_scheme, host=url.raw_host, port=url.port, target=url.raw_path
        )
        message = httpcore.Request(
            request.method,
            target,
            headers=request.headers.raw,
            content=request.content or None,
            extensions=request.extensions,
        )
        response = await self._pool.handle_async_request(message)
        return httpx.Response(
            response.status,
            headers=response.headers,
            stream=_ResponseStream(response),
            extensions=response.extensions,
        )

    async def aclose(self) -> None:
        """Close all connections."""
        await self._pool.aclose()
