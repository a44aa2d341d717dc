"""What monitors ask: `/healthz`, whether the server does its work, and `/metrics`."""

from __future__ import annotations

import time
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Final

from starlette.concurrency import run_in_threadpool
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from feedmaker import config
from feedmaker.model.errors import FeedmakerError
from feedmaker.web.metrics import METRICS_TYPE, metrics_text

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from starlette.requests import Request

    from feedmaker.web.build_process import BuildProcess

# Seconds that an answer is given again: of very many sections it takes seconds to make.
_KEPT_FOR: Final = 10.0


@dataclass(slots=True)
class _Kept:
    """What a function returned, for ten seconds."""

    make: Callable[[], bytes]
    made_at: float = float("-inf")
    text: bytes = b""

    async def get(self) -> bytes:
        """Return it, made in a thread where it is old."""
        if time.monotonic() - self.made_at > _KEPT_FOR:
            self.text = await run_in_threadpool(self.make)
            self.made_at = time.monotonic()
        return self.text


def monitoring_routes(folder: Path, out: Path | None, builds: BuildProcess) -> list[Route]:
    """Return the routes. Feeds and `status.html` are public, and these say no more than they do."""
    problems = _Kept(partial(_find_problems, folder, out))
    metrics = _Kept(partial(_read_metrics, folder, out))

    async def show_health(request: Request) -> Response:
        del request
        if await problems.get():
            return PlainTextResponse("The configuration is wrong: see the log.\n", 503)
        if builds.problem and builds.is_configured:
            return PlainTextResponse("Nothing is built at the moment: see the log.\n", 503)
        return PlainTextResponse("ok\n")

    async def show_metrics(request: Request) -> Response:
        del request
        try:
            return Response(await metrics.get(), media_type=METRICS_TYPE)
        except FeedmakerError:
            return PlainTextResponse("The store cannot be read: see the log.\n", 503)

    return [Route("/healthz", show_health), Route("/metrics", show_metrics)]


def _find_problems(folder: Path, out: Path | None) -> bytes:
    """Return what is wrong with the configuration; a folder without sites is not begun yet."""
    if not any((folder / "sites").glob("*.toml")):
        return b""
    try:
        return "\n".join(config.load_usable(folder, out).problems).encode()
    except FeedmakerError as error:
        return str(error).encode()


def _read_metrics(folder: Path, out: Path | None) -> bytes:
    if not any((folder / "sites").glob("*.toml")):
        return metrics_text(config.load_settings_in_place(folder, out), ())
    usable = config.load_usable(folder, out)
    return metrics_text(usable.settings, usable.sites)
