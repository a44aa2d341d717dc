"""`feedmaker serve`: the files in `out/`, and beside them an app to look after them.

    browser --> host_names --> out_files                       what readers subscribe to
                           --> security --> login, app_routes  below /app

`serve` is the door; the app's pages begin in `app_routes`.
"""

from __future__ import annotations

import asyncio
import logging
import os
import socket
import threading
from typing import TYPE_CHECKING, Final

from feedmaker.model.errors import FeedmakerError, StoreError
from feedmaker.text.sayings import Saying

try:
    import uvicorn

    from feedmaker.web.application import ServeOptions, make_server
    from feedmaker.web.metrics import metrics_text
    from feedmaker.web.private_file import PrivateFile
except ImportError as error:
    needs = "`serve` needs more packages ({why}): pip install 'feedmaker[serve]'"
    raise StoreError(Saying(needs, why=error)) from error

if TYPE_CHECKING:
    from collections.abc import Iterable
    from types import FrameType

    from feedmaker.web.build_process import BuildProcess

# Below the 1,024 files that a process may usually have open: more are told to come back (503).
_MOST_CONNECTIONS: Final = 900
# Seconds from SIGTERM until it ends whatever it waits for: the building processes are killed after
# three of them, and all that it writes is whole at any moment.
_LONGEST_END: Final = 4.0
_log = logging.getLogger(__name__)

__all__ = ["PrivateFile", "ServeOptions", "metrics_text", "serve"]


def serve(options: ServeOptions) -> None:
    """Serve, and build beside it, until SIGTERM or SIGINT.

    Raises ConfigError where it may not or cannot be started so.
    """
    asyncio.run(_serve(options))


async def _serve(options: ServeOptions) -> None:
    application, builds, feeds = make_server(options)
    server = _HttpServer(
        uvicorn.Config(
            application,
            host=options.host,
            port=options.port,
            http="httptools",
            ws="none",
            lifespan="off",
            log_config=None,
            access_log=False,  # addresses may hold a key
            server_header=False,
            proxy_headers=options.behind_proxy,
            forwarded_allow_ips="*" if options.behind_proxy else None,
            timeout_keep_alive=20,
            limit_concurrency=_MOST_CONNECTIONS,
            timeout_graceful_shutdown=1,
        ),
        builds,
    )
    listening = _listen(options.host, options.port)  # before anything is built
    _tell(options, listening.getsockname()[1])
    beside = [asyncio.ensure_future(one.run()) for one in builds]
    beside.append(asyncio.ensure_future(feeds.forget_unused()))
    try:
        await server.serve([listening])
    finally:
        await asyncio.gather(*(one.wait_until_ended() for one in builds))
        for task in beside:
            task.cancel()


def _tell(options: ServeOptions, port: int) -> None:
    """Say where the server is, and what it is allowed."""
    host = f"[{options.host}]" if ":" in options.host else options.host
    _log.info("serving at http://%s:%d/, the app at http://%s:%d/app/", *(host, port) * 2)
    for name in sorted(options.allow_private):
        _log.warning("the app may fetch from %s, though its address is private", name)


def _listen(host: str, port: int) -> socket.socket:
    """Return a socket that listens. Raises FeedmakerError where it cannot, as on a port in use."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        return socket.create_server((host, port), family=family)
    except OSError as error:
        why = (error.strerror or "").partition(" (while")[0]  # it names the address again
        taken = "cannot listen at {host}, port {port}: {why}; name another by --port or --host"
        raise FeedmakerError(Saying(taken, host=host, port=port, why=why)) from None


def _end_now() -> None:
    """End though a thread waits for something, such as a database or a site that is built."""
    _log.warning("ended at once: what it waited for took too long")
    os._exit(0)


class _HttpServer(uvicorn.Server):
    """Tells the building processes to end as soon as it is told itself."""

    def __init__(self, configuration: uvicorn.Config, builds: Iterable[BuildProcess]) -> None:
        super().__init__(configuration)
        self._builds = builds

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        """Take SIGTERM or SIGINT."""
        del sig, frame
        for one in self._builds:
            one.tell_to_end()
        if not self.should_exit:
            last = threading.Timer(_LONGEST_END, _end_now)
            last.daemon = True
            last.start()
        self.should_exit = True
