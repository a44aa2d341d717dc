"""The pages of the web app, below `/app`."""

from __future__ import annotations

from functools import partial
from importlib.resources import files
from typing import TYPE_CHECKING, Final

from starlette.concurrency import run_in_threadpool
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from feedmaker import config
from feedmaker.web.add_pages import AddPages
from feedmaker.web.jobs import JobBoard
from feedmaker.web.page_templates import LANGUAGE_COOKIE, LANGUAGES, render
from feedmaker.web.security import is_own_path

if TYPE_CHECKING:
    from starlette.requests import Request

    from feedmaker.model import Site
    from feedmaker.web.context import AppContext

_YEAR: Final = 365 * 86_400  # seconds


def app_routes(context: AppContext) -> list[Route]:
    """Return the routes of the app; their paths are relative to `/app`."""
    board = JobBoard()
    return [
        Route("/", partial(show_sites, context), name="sites"),
        Route("/app.js", script),
        Route("/language/{language}", choose_language),
        *AddPages(context, board).routes(),
    ]


async def script(request: Request) -> Response:
    """The little script of the app, without which everything works."""
    del request
    text = (files(__package__) / "templates" / "app.js").read_text("utf-8")
    return Response(text, media_type="text/javascript")


async def choose_language(request: Request) -> Response:
    """Remember the language of a reader, and show the page that they came from."""
    back = request.query_params.get("back", "")
    answer = RedirectResponse(back if is_own_path(back) else "/app/", 303)
    language = request.path_params["language"]
    if language in LANGUAGES:
        answer.set_cookie(
            LANGUAGE_COOKIE, language, max_age=_YEAR, path="/app", httponly=True, samesite="lax"
        )
    return answer


async def show_sites(context: AppContext, request: Request) -> Response:
    """Show the sites of the configuration."""
    return render(request, "sites.html", sites=await run_in_threadpool(_read_sites, context))


def _read_sites(context: AppContext) -> tuple[Site, ...]:
    """Return the sites; none where there is no configuration yet."""
    if not (context.configuration / "sites").is_dir():
        return ()
    return config.load_usable(context.configuration).sites
