"""Real servers on loopback for tests: HTTP/1.1, HTTP/2 and a proxy; routes are functions, requests
recorded.
"""

from __future__ import annotations

import contextlib
import select
import socket
import ssl
import threading
import time
from collections import Counter
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from http.client import HTTPConnection
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import TYPE_CHECKING, Self
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from urllib.parse import SplitResult

TLS = Path(__file__).parent / "data" / "tls"
CERTIFICATE = (
    TLS / "cert.pem"
)  # for localhost, 127.0.0.1, news.test, www.news.test and other.test; signed by itself


@dataclass(frozen=True)
class Request:
    """One request as the server saw it; `at` is the monotonic time of its arrival, headers are in
    lower case.
    """

    path: str
    headers: Mapping[str, str]
    at: float
    method: str = "GET"
    body: bytes = b""

    @property
    def host(self) -> str:
        """The host that was asked for, without its port."""
        return (self.headers.get("host") or self.headers.get(":authority", "")).rpartition(":")[0]


@dataclass(frozen=True)
class Reply:
    """What a route answers; 304 takes its place where the request has its ETag.

    `parts` is a body sent piece by piece without a length; `hang_up` sends nothing at all.
    """

    body: bytes = b""
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    parts: Iterable[bytes] | None = None
    hang_up: bool = False


Route = "Callable[[Request], Reply]"


def a_second_later() -> None:
    """Wait until an article that a run asks again in the next one is due: the store keeps times to
    the second.
    """
    time.sleep(1.1)


def html(body: str = "<p>نص</p>", **headers: str) -> Reply:
    """A good page; header names are written with underscores."""
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return Reply(
        f"<html><body>{body}</body></html>".encode(),
        headers={"Content-Type": "text/html; charset=utf-8"} | named,
    )


def redirect(location: str, status: int = 302, **headers: str) -> Reply:
    """A redirect."""
    return Reply(
        b"moved",
        status,
        {"Location": location} | {name.replace("_", "-"): v for name, v in headers.items()},
    )


class _Book:
    """What all servers here share: routes by path (without query), requests and replies, how many
    at once.

    `most_by_host` is the same for each host that was asked for, by its name without a port.
    """

    def __init__(self) -> None:
        self.routes: dict[str, Route] = {}
        self.requests: list[Request] = []
        self.replies: list[tuple[Request, Reply]] = []
        self.at_once = 0
        self.most_at_once = 0
        self.most_by_host: Counter[str] = Counter()
        self._by_host: Counter[str] = Counter()
        self._lock = threading.Lock()

    def page(self, path: str, answer: Reply | Callable[[Request], Reply] | None = None) -> None:
        """Answer `path` with a reply, or with what a function makes of the request; else with a
        good page.
        """
        reply = html() if answer is None else answer
        self.routes[path] = reply if callable(reply) else lambda _: reply

    def paths(self, *, robots: bool = False) -> list[str]:
        """The paths asked for, in order; robots.txt apart, unless wanted."""
        return [r.path for r in self.requests if robots or r.path != "/robots.txt"]

    def forget(self) -> None:
        """Begin to count anew."""
        self.requests.clear()
        self.replies.clear()
        self.most_by_host.clear()
        self.most_at_once = 0

    def _answer(self, request: Request) -> Reply:
        """The reply to a request, which counts as under way until its reply can be sent."""
        host = request.host
        with self._lock:
            self.requests.append(request)
            self.at_once += 1
            self._by_host[host] += 1
            self.most_at_once = max(self.most_at_once, self.at_once)
            self.most_by_host[host] = max(self.most_by_host[host], self._by_host[host])
        try:
            reply = self.routes.get(
                urlsplit(request.path).path, lambda _: Reply(b"no such page", 404)
            )(request)
            tag = reply.headers.get("ETag")
            if reply.status == 200 and tag and tag == request.headers.get("if-none-match"):
                reply = Reply(status=304, headers=reply.headers)
        finally:
            with self._lock:
                self.at_once -= 1
                self._by_host[host] -= 1
        self.replies.append((request, reply))
        return reply


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    server: _Threads

    def do_GET(self) -> None:
        request = Request(
            self.path,
            {k.lower(): v for k, v in self.headers.items()},
            time.monotonic(),
            self.command,
            self.rfile.read(int(self.headers.get("Content-Length") or 0)),
        )
        reply = self.server.book._answer(request)
        if reply.hang_up:
            self.close_connection = True
            return
        self.send_response(reply.status)
        for name, value in reply.headers.items():
            self.send_header(name, value)
        if reply.parts is not None:
            self.send_header("Connection", "close")
        elif reply.status not in (204, 304):
            self.send_header("Content-Length", str(len(reply.body)))
        self.end_headers()
        for part in reply.parts if reply.parts is not None else (reply.body,):
            if self.command != "HEAD":
                self.wfile.write(part)

    do_HEAD = do_POST = do_GET  # noqa: N815 - the names http.server calls

    def handle(self) -> None:
        with contextlib.suppress(ConnectionError, TimeoutError, ssl.SSLError):
            super().handle()

    def log_message(self, *_: object) -> None:
        pass


class _Threads(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 128
    book: _Book

    def handle_error(self, *_: object) -> None:
        """A client that hangs up is what many tests are about."""


class Server(_Book):
    """An HTTP/1.1 server, with `tls` an HTTPS one, for as long as the `with` block runs."""

    scheme = "http"

    def __init__(self, *, tls: bool = False) -> None:
        super().__init__()
        self._server = _Threads(("127.0.0.1", 0), _Handler)
        self._server.book = self
        self.port = self._server.server_address[1]
        if tls:
            self.scheme = "https"
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            context.load_cert_chain(CERTIFICATE, TLS / "key.pem")
            self._server.socket = context.wrap_socket(
                self._server.socket, server_side=True, do_handshake_on_connect=False
            )

    def url(self, path: str = "/", host: str = "127.0.0.1") -> str:
        """The URL of a path here."""
        return f"{self.scheme}://{host}:{self.port}{path}"

    def __enter__(self) -> Self:
        self._thread = threading.Thread(
            target=self._server.serve_forever, args=(0.02,), daemon=True
        )
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()


class _Listener:
    """A listening socket whose connections are served by a thread each."""

    def __init__(self) -> None:
        super().__init__()
        self._socket = socket.create_server(("127.0.0.1", 0))
        self.port = self._socket.getsockname()[1]

    def __enter__(self) -> Self:
        threading.Thread(target=self._accept, daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self._socket.shutdown(socket.SHUT_RDWR)
        self._socket.close()

    def _accept(self) -> None:
        while True:
            try:
                peer, _ = self._socket.accept()
            except OSError:
                return
            threading.Thread(target=self._guarded, args=(peer,), daemon=True).start()

    def _guarded(self, peer: socket.socket) -> None:
        with peer, contextlib.suppress(OSError, EOFError):
            self._serve(peer)

    def _serve(self, peer: socket.socket) -> None:
        raise NotImplementedError


class Http2Server(_Listener, _Book):
    """An HTTP/2 server over TLS that answers the requests of a connection side by side.

    It counts connections, and with `lasts` ends each after so many requests.
    """

    def __init__(self, *, lasts: int = 0) -> None:
        super().__init__()
        self.connections = 0
        self._lasts = lasts
        self._context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        self._context.load_cert_chain(CERTIFICATE, TLS / "key.pem")
        self._context.set_alpn_protocols(["h2"])

    def url(self, path: str = "/", host: str = "localhost") -> str:
        """The URL of a path here."""
        return f"https://{host}:{self.port}{path}"

    def _serve(self, peer: socket.socket) -> None:
        self.connections += 1
        with (
            self._context.wrap_socket(peer, server_side=True) as stream,
            ThreadPoolExecutor(16) as hands,
        ):
            self._converse(stream, hands)

    def _converse(self, stream: ssl.SSLSocket, hands: ThreadPoolExecutor) -> None:
        import h2.config
        import h2.connection
        import h2.events

        state = h2.connection.H2Connection(
            h2.config.H2Configuration(client_side=False, header_encoding="utf-8")
        )
        state.initiate_connection()
        stream.sendall(state.data_to_send())
        made: dict[int, Future[Reply]] = {}
        unsent: dict[int, bytes] = {}
        served = 0
        while True:
            if stream.pending() or select.select([stream], [], [], 0.002)[0]:
                data = stream.recv(65536)
                if not data:
                    return
                for event in state.receive_data(data):
                    if isinstance(event, h2.events.RequestReceived):
                        named = dict(event.headers)
                        request = Request(named[":path"], named, time.monotonic(), named[":method"])
                        made[event.stream_id] = hands.submit(self._answer, request)
                        served += 1
                    elif isinstance(event, h2.events.StreamReset):
                        made.pop(event.stream_id, None)
                        unsent.pop(event.stream_id, None)
                    elif isinstance(event, h2.events.ConnectionTerminated):
                        return
            for number in [number for number, reply in made.items() if reply.done()]:
                unsent[number] = self._begin(state, number, made.pop(number).result())
            for number in list(unsent):
                self._push(state, number, unsent)
            over = not made and not unsent and served >= (self._lasts or served + 1)
            if over:
                state.close_connection()
            stream.sendall(state.data_to_send())
            if over:
                return

    @staticmethod
    def _begin(state, number: int, reply: Reply) -> bytes:
        named = [(name.lower(), value) for name, value in reply.headers.items()]
        state.send_headers(number, [(":status", str(reply.status)), *named])
        return reply.body

    @staticmethod
    def _push(state, number: int, unsent: dict[int, bytes]) -> None:
        """Send as much of a body as flow control lets through."""
        while room := min(
            state.local_flow_control_window(number),
            state.max_outbound_frame_size,
            len(unsent[number]),
        ):
            state.send_data(number, unsent[number][:room])
            unsent[number] = unsent[number][room:]
        if not unsent[number]:
            state.end_stream(number)
            del unsent[number]


class Proxy(_Listener):
    """An HTTP proxy: absolute-form requests and CONNECT. Names are its own affair: all lead to
    loopback.

    `asked` holds the request lines, `headers` the head of each; `refuses` is a status line it
    answers instead.
    """

    def __init__(self, *, refuses: str = "") -> None:
        super().__init__()
        self.asked: list[str] = []
        self.heads: list[str] = []
        self._refuses = refuses

    @property
    def url(self) -> str:
        """What the environment's variables say."""
        return f"http://127.0.0.1:{self.port}"

    def _serve(self, peer: socket.socket) -> None:
        head = b""
        while b"\r\n\r\n" not in head:
            head += peer.recv(65536) or self._end()
        line = head.split(b"\r\n", 1)[0].decode()
        self.asked.append(line)
        self.heads.append(head.decode())
        method, target, _ = line.split(" ")
        if self._refuses:
            peer.sendall(f"HTTP/1.1 {self._refuses}\r\nContent-Length: 0\r\n\r\n".encode())
            return
        parts = urlsplit(target if "://" in target else f"//{target}")
        if method != "CONNECT":
            self._forward(peer, parts, head)
            return
        with socket.create_connection(("127.0.0.1", parts.port or 443)) as origin:
            peer.sendall(b"HTTP/1.1 200 Connection established\r\n\r\n")
            self._relay(peer, origin)

    @staticmethod
    def _forward(peer: socket.socket, target: SplitResult, head: bytes) -> None:
        """Ask for a page and hand it back, closing the connection after it."""
        lines = head.decode("latin-1").split("\r\n")[1:-2]
        origin = HTTPConnection("127.0.0.1", target.port or 80)
        origin.request(
            "GET", target.path or "/", headers=dict(line.split(": ", 1) for line in lines)
        )
        response = origin.getresponse()
        body = response.read()
        origin.close()
        named = "".join(f"{name}: {value}\r\n" for name, value in response.getheaders())
        peer.sendall(
            f"HTTP/1.1 {response.status} OK\r\n{named}Connection: close\r\n\r\n".encode("latin-1")
            + body
        )

    @staticmethod
    def _end() -> bytes:
        raise EOFError

    @staticmethod
    def _relay(one: socket.socket, other: socket.socket) -> None:
        while True:
            for ready in select.select([one, other], [], [])[0]:
                data = ready.recv(65536)
                if not data:
                    return
                (other if ready is one else one).sendall(data)
