"""The templates of the web app, in the language of its reader.

    render(request, "sites.html", sites=...) --> HTMLResponse

Everything is escaped. Templates know `request`, `csrf` (the token that each form sends back as
`csrf`), `words`, `tell` and `counted` as the pages in `out/` do. The app speaks Arabic and English.
"""

from __future__ import annotations

import re
from functools import cache, partial
from typing import TYPE_CHECKING, Any, Final

import jinja2
from markupsafe import Markup
from starlette.responses import HTMLResponse

from feedmaker.model.errors import FetchError, PageError
from feedmaker.output.pages import page_environment
from feedmaker.setup import what_to_do

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from starlette.requests import Request

    from feedmaker.model import UiLanguage
    from feedmaker.model.errors import FeedmakerError

LANGUAGES: Final[dict[UiLanguage, str]] = {"ar": "العربية", "en": "English"}
LANGUAGE_COOKIE: Final = "feedmaker_language"
_RANGE: Final = re.compile(r"\s*([a-zA-Z]{1,8})")


def ui_language(accepted: str) -> UiLanguage:
    """Return the first language of an Accept-Language header that the app speaks; else English."""
    for part in accepted[:200].split(","):
        found = _RANGE.match(part)
        for language in LANGUAGES:
            if found and found[1].lower() == language:
                return language
    return "en"


def reader_language(request: Request) -> UiLanguage:
    """Return the language that a reader chose, or that their browser asks for."""
    chosen = request.cookies.get(LANGUAGE_COOKIE, "")
    accepted = request.headers.get("accept-language", "")
    return ui_language(f"{chosen},{accepted}")


def render(request: Request, template: str, *, status: int = 200, **values: Any) -> HTMLResponse:
    """Return a page of the app, in the language that its reader chose, or their browser asks for.

    `headers` among the values are those of the answer.
    """
    language = reader_language(request)
    state = request.state
    headers = values.pop("headers", {})
    page = (
        _environment(language)
        .get_template(template)
        .render(
            request=request,
            csrf=getattr(state, "csrf", ""),
            is_signed_in=getattr(state, "is_signed_in", False),
            **values,
        )
    )
    headers = {"Content-Language": language, "Vary": "Accept-Language, Cookie"} | headers
    return HTMLResponse(page, status, headers)


@cache
def _environment(language: str) -> jinja2.Environment:
    """The Jinja environment of a language; it escapes everything."""
    pages = page_environment(language)
    environment = pages.overlay()
    own = jinja2.PackageLoader("feedmaker.web", "templates")
    environment.loader = jinja2.ChoiceLoader(
        [own, jinja2.PackageLoader("feedmaker.output", "pages")]
    )
    environment.globals = {**pages.globals, "languages": LANGUAGES}
    environment.filters = {
        **pages.filters,
        "trouble": partial(_trouble, filters=pages.filters),
    }
    return environment


def _trouble(error: FeedmakerError, filters: Mapping[str, Callable[..., Markup]]) -> list[Markup]:
    """Return why something could not be done, and what can be, as lines."""
    told = filters["told"]
    if not isinstance(error, PageError):
        return [told(line) for line in error.args]
    full = error.full_reason
    page = Markup('<bdi dir="ltr">{}</bdi>').format(filters["address_text"](full.url))
    lines = [Markup("{} {}").format(filters["why"](full), page if full.url else "").rstrip()]
    return [*lines, told(what_to_do(error))] if isinstance(error, FetchError) else lines
