"""The templates of the web app, in the language of its reader.

    render(request, "sites.html", sites=...) --> HTMLResponse

Everything is escaped. Templates know `request`, `csrf` (the token that each form sends back as
`csrf`), `words` and `tell` as the pages in `out/` do.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Any, Final

import jinja2
from markupsafe import Markup
from starlette.responses import HTMLResponse

from feedmaker.text import arabic
from feedmaker.text.translations import translation

if TYPE_CHECKING:
    from starlette.requests import Request

_LANGUAGES: Final = ("ar", "en", "fa", "ur", "he", "fr")
_RANGE: Final = re.compile(r"\s*([a-zA-Z]{1,8})")


def ui_language(accepted: str, default: str = "en") -> str:
    """Return the first language of an Accept-Language header that the app speaks."""
    for part in accepted[:200].split(","):
        found = _RANGE.match(part)
        if found and found[1].lower() in _LANGUAGES:
            return found[1].lower()
    return default


def render(request: Request, template: str, *, status: int = 200, **values: Any) -> HTMLResponse:
    """Return a page of the app, in the language that the browser asks for."""
    language = ui_language(request.headers.get("accept-language", ""))
    state = request.state
    shown = _environment(language).get_template(template)
    page = shown.render(
        request=request,
        csrf=getattr(state, "csrf", ""),
        is_signed_in=getattr(state, "is_signed_in", False),
        **values,
    )
    headers = {"Content-Language": language, "Vary": "Accept-Language, Cookie"}
    return HTMLResponse(page, status, headers)


@cache
def _environment(language: str) -> jinja2.Environment:
    """The Jinja environment of a language; it escapes everything."""
    environment = jinja2.Environment(
        loader=jinja2.PackageLoader("feedmaker.web", "templates"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    words = translation(language)

    def tell(english: str, **values: object) -> Markup:
        return Markup.escape(words.words(english)).format(**values)

    environment.globals.update(words=words, tell=tell)
    environment.filters.update(direction=arabic.direction, tidy=arabic.tidy_line)
    return environment
