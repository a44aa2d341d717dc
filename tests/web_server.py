"""`feedmaker serve` as a process of its own, for tests over real HTTP."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Self

import httpx

if TYPE_CHECKING:
    from collections.abc import Callable

FORM = re.compile(r'name="csrf" value="([^"]+)"')


class Served:
    """A server on a free port, its log and its children, for as long as the `with` block runs."""

    def __init__(self, folder: Path, *options: str) -> None:
        self.folder = folder
        self._log = folder / "serve.log"
        command = [sys.executable, "-m", "feedmaker", "serve", "--port", "0", *options]
        with self._log.open("w") as log:
            self.process = subprocess.Popen(command, cwd=folder, stderr=log)

    def __enter__(self) -> Self:
        found = self.wait(lambda: re.search(r"serving at http://\S+:(\d+)/", self.log()))
        self.port = int(found[1])
        self.client = httpx.Client(base_url=f"http://127.0.0.1:{self.port}", timeout=30)
        return self

    def __exit__(self, *_: object) -> None:
        self.client.close()
        if self.process.poll() is None:
            self.process.terminate()
            try:
                self.process.wait(20)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()

    def log(self) -> str:
        """What it logged."""
        return self._log.read_text()

    def wait(self, so: Callable[[], object], seconds: float = 60) -> object:
        """Wait until something is so; return what it is."""
        until = time.monotonic() + seconds
        while not (found := so()):
            assert self.process.poll() is None, self.log()
            assert time.monotonic() < until, self.log()
            time.sleep(0.02)
        return found

    def child(self) -> int:
        """The process that builds; 0 where there is none."""
        pid = self.process.pid
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
        return int(children[0]) if children else 0

    def token(self, client: httpx.Client | None = None, path: str = "/app/login") -> str:
        """The token of a client's forms."""
        return FORM.search((client or self.client).get(path).text)[1]

    def log_in(self, password: str, client: httpx.Client, **fields: str) -> httpx.Response:
        """Send the form of the login page."""
        data = {"csrf": self.token(client), "password": password, **fields}
        return client.post("/app/login", data=data)

    def raw(self, request: bytes) -> bytes:
        """What it answers to the very bytes of a request."""
        with socket.create_connection(("127.0.0.1", self.port), timeout=30) as peer:
            peer.sendall(request)
            parts = []
            while part := peer.recv(65536):
                parts.append(part)
        return b"".join(parts)

    def end(self, number: int = signal.SIGTERM) -> float:
        """Send a signal; return after how many seconds it ended."""
        started = time.monotonic()
        self.process.send_signal(number)
        self.process.wait(30)
        return time.monotonic() - started


def is_alive(pid: int) -> bool:
    """Whether a process is there, and no zombie."""
    try:
        os.kill(pid, 0)
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except (ProcessLookupError, FileNotFoundError):
        return False
