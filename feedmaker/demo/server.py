"""The sample site over real HTTP on loopback: keep-alive, validators, 304, and a clean end."""

from __future__ import annotations

import socket
import threading
from contextlib import contextmanager, suppress
from datetime import UTC
from email.utils import format_datetime, parsedate_to_datetime
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

from feedmaker.demo.pages import Resource, resources

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping


class _Server(ThreadingHTTPServer):
    """A server that nothing outlives: it waits for its threads, and ends its connections."""

    daemon_threads = False
    request_queue_size = 64

    def __init__(self, pages: Mapping[str, Resource]) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.pages = pages
        self._open: set[socket.socket] = set()
        self._lock = threading.Lock()

    def process_request(self, request: Any, client_address: Any) -> None:
        with self._lock:
            self._open.add(request)
        super().process_request(request, client_address)

    def shutdown_request(self, request: Any) -> None:
        with self._lock:
            self._open.discard(request)
        super().shutdown_request(request)

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Say nothing: a client that hangs up in the middle is no news."""

    def end(self) -> None:
        """Stop serving.

        Connections that clients keep alive are ended too, which ends their threads.
        """
        self.shutdown()
        with self._lock:
            for connection in self._open:
                with suppress(OSError):
                    connection.shutdown(socket.SHUT_RDWR)
        self.server_close()


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: _Server
    wbufsize = -1  # head and body leave in one packet
    disable_nagle_algorithm = True

    def do_GET(self) -> None:
        path = unquote(self.path)
        page = self.server.pages.get(path)
        if page is None:
            self._answer(
                HTTPStatus.NOT_FOUND,
                b"404 Not Found\n",
                {"Content-Type": "text/plain; charset=utf-8"},
            )
        elif page.location:
            self._answer(HTTPStatus(page.status), page.body, {"Location": page.location})
        elif page.status != HTTPStatus.OK:
            self._answer(HTTPStatus(page.status), page.body, {"Content-Type": page.content_type})
        else:
            modified = format_datetime(page.modified.astimezone(UTC), usegmt=True)
            headers = {
                "ETag": page.etag,
                "Last-Modified": modified,
            }
            if self._is_unchanged(page):
                self._answer(HTTPStatus.NOT_MODIFIED, b"", headers)
            else:
                headers = {
                    "Content-Type": page.content_type,
                    **headers,
                }
                self._answer(HTTPStatus.OK, page.body, headers)

    do_HEAD = do_GET  # noqa: N815 - the name http.server calls

    def _is_unchanged(self, page: Resource) -> bool:
        """Whether the client's copy is still good.

        The tag decides, or where there is none the date (RFC 9110 section 13.2.2).
        """
        wanted = self.headers.get("If-None-Match")
        if wanted is not None:
            tags = [tag.strip().removeprefix("W/") for tag in wanted.split(",")]
            return page.etag in tags or tags == ["*"]
        since = self.headers.get("If-Modified-Since")
        try:
            return since is not None and page.modified <= parsedate_to_datetime(since)
        except (ValueError, TypeError):
            return False

    def _answer(
        self,
        status: HTTPStatus,
        body: bytes,
        headers: dict[str, str],
    ) -> None:
        self.send_response_only(status)
        for name, value in headers.items():
            self.send_header(name, value)
        if status != HTTPStatus.NOT_MODIFIED:
            self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - the base class's name
        """Stay quiet: the demo's own lines are what people should read."""


@contextmanager
def serve(*, corrected: bool) -> Iterator[tuple[str, int]]:
    """Serve the sample site on 127.0.0.1 while the context lasts; give host and port.

    The port is a free one. With `corrected` the site is as from the second run on: one story's text
    and date of change are put right.
    """
    server = _Server(resources(corrected=corrected))
    thread = threading.Thread(
        target=server.serve_forever,
        kwargs={"poll_interval": 0.05},
        name="sample site",
    )
    thread.start()
    try:
        host, port = server.server_address[:2]
        yield str(host), int(port)
    finally:
        server.end()
        thread.join()
