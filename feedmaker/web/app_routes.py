"""The pages of the web app, below `/app`."""

from __future__ import annotations

from importlib.resources import files
from typing import TYPE_CHECKING, Final

from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from feedmaker.web.add_pages import AddPages
from feedmaker.web.jobs import JobBoard
from feedmaker.web.mend_pages import MendPages
from feedmaker.web.page_templates import LANGUAGE_COOKIE, LANGUAGES
from feedmaker.web.security import is_own_path
from feedmaker.web.site_pages import SitePages
from feedmaker.web.why_pages import WhyPages

if TYPE_CHECKING:
    from starlette.requests import Request

    from feedmaker.web.context import AppContext

_YEAR: Final = 365 * 86_400  # seconds


def app_routes(context: AppContext) -> list[Route]:
    """Return the routes of the app; their paths are relative to `/app`."""
    board = JobBoard()
    return [
        Route("/app.js", script),
        Route("/language/{language}", choose_language),
        *AddPages(context, board).routes(),
        *MendPages(context, board).routes(),
        *SitePages(context).routes(),
        *WhyPages(context, board).routes(),
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
