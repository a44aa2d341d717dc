"""The pages of the web app, below `/app`."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from starlette.concurrency import run_in_threadpool
from starlette.routing import Route

from feedmaker import config
from feedmaker.web.page_templates import render

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response

    from feedmaker.model import Site
    from feedmaker.web.context import AppContext


def app_routes(context: AppContext) -> list[Route]:
    """Return the routes of the app; their paths are relative to `/app`."""
    return [Route("/", partial(show_sites, context), name="sites")]


async def show_sites(context: AppContext, request: Request) -> Response:
    """Show the sites of the configuration."""
    return render(request, "sites.html", sites=await run_in_threadpool(_read_sites, context))


def _read_sites(context: AppContext) -> tuple[Site, ...]:
    """Return the sites; none where there is no configuration yet."""
    if not (context.configuration / "sites").is_dir():
        return ()
    return config.load_usable(context.configuration).sites
