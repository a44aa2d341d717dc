"""The whole server as one ASGI application."""

from __future__ import annotations

from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

from starlette.applications import Starlette
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.routing import Mount, Route

from feedmaker.model.errors import ConfigError, FeedmakerError
from feedmaker.output import overview
from feedmaker.text.sayings import Saying
from feedmaker.web.app_routes import app_routes
from feedmaker.web.asked_pages import AskedPages
from feedmaker.web.build_process import BuildProcess
from feedmaker.web.context import AppContext
from feedmaker.web.feed_by_address import FeedsByAddress
from feedmaker.web.host_names import is_loopback
from feedmaker.web.keyed_files import KeyedFiles
from feedmaker.web.live_settings import LiveSettings
from feedmaker.web.login import Login
from feedmaker.web.monitoring import monitoring_routes
from feedmaker.web.out_files import OutFiles
from feedmaker.web.private_file import PrivateFile, private_folder
from feedmaker.web.security import AppGuard, HostGuard

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.types import ASGIApp, Receive, Scope, Send


@dataclass(frozen=True, slots=True, kw_only=True)
class ServeOptions:
    """How `serve` was called. `out` replaces what the configuration says.

    `behind_proxy` says that a proxy tells of the browser by X-Forwarded- headers, and asks for a
    password where none is set; `host_names` are further names that the server answers to, and
    `allow_private` hosts whose private addresses may be fetched.
    """

    configuration: Path
    out: Path | None = None
    host: str = "127.0.0.1"
    port: int = 8000
    behind_proxy: bool = False
    host_names: tuple[str, ...] = ()
    allow_private: frozenset[str] = frozenset()
    log: str = "text"


_REFUSED_START: Final = (
    "{host} can be reached by others: set a password by `feedmaker password`, or say by"
    " --behind-proxy that a proxy asks for one"
)


class WebServer(NamedTuple):
    """The application, and what runs beside it: processes that build, and what forgets pages."""

    application: ASGIApp
    builds: tuple[BuildProcess, ...]
    feeds: FeedsByAddress


def make_server(options: ServeOptions) -> WebServer:
    """Return the server. Raises ConfigError where it may not or cannot be started so."""
    live = LiveSettings(options.configuration, options.out, options.host, options.host_names)
    settings = live.settings
    builds = BuildProcess(
        options.configuration, options.out, options.log, lambda: live.settings.store
    )
    private_file = PrivateFile(options.configuration, settings)
    has_password = bool(private_file.read().password)
    names = (options.host, *options.host_names)  # a further name is one that others use
    known_to_others = [name for name in names if not is_loopback(name)]
    may_be_open = options.behind_proxy or not known_to_others
    if not has_password and not may_be_open:
        raise ConfigError([Saying(_REFUSED_START, host=known_to_others[0])])
    context = AppContext(
        configuration=options.configuration,
        out=Path(settings.out),
        builds=builds,
        allow_private=options.allow_private,
        is_open=not has_password,
    )
    routes = [
        Route("/app.css", style_sheet),
        *Login(private_file).routes(),
        *app_routes(context),
    ]
    app = Starlette(
        routes=[Mount("/app", routes=routes)],
        exception_handlers={FeedmakerError: tell_error},
    )
    guarded = AppGuard(app, private_file, may_be_open)
    monitoring = monitoring_routes(options.configuration, options.out, builds)
    pages = AskedPages(private_folder(options.configuration, settings) / "asked")
    asked_builds = BuildProcess(pages.configuration, None, options.log, lambda: pages.store)
    feeds = FeedsByAddress(pages, private_file, live, asked_builds, options.allow_private)
    public = PublicDoors(OutFiles(lambda: live.out), Starlette(routes=monitoring))
    doors = Doors(guarded, KeyedFiles(public, live, private_file, may_be_open), feeds)
    return WebServer(HostGuard(doors, live), (builds, asked_builds), feeds)


@dataclass(frozen=True, slots=True)
class Doors:
    """The way to the app, or to the files: these are most of what is asked for, so it is short."""

    app: ASGIApp
    public: ASGIApp
    feeds: ASGIApp

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request."""
        path = scope["path"]
        if path == "/app":
            await RedirectResponse("/app/", 308)(scope, receive, send)
        elif path.startswith("/app/"):
            await self.app(scope, receive, send)
        elif path == "/feed":
            await self.feeds(scope, receive, send)
        else:
            await self.public(scope, receive, send)


@dataclass(frozen=True, slots=True)
class PublicDoors:
    """The way to the files, and to what monitors ask."""

    files: ASGIApp
    monitoring: ASGIApp

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request."""
        is_asked_by_monitors = scope["path"] in ("/healthz", "/metrics")
        await (self.monitoring if is_asked_by_monitors else self.files)(scope, receive, send)


async def style_sheet(request: Request) -> Response:
    """The style of the app: that of the pages in `out/`, and what forms need."""
    del request
    own = (files(__package__) / "templates" / "app.css").read_text("utf-8")
    return Response(overview.page_style() + own, media_type="text/css")


async def tell_error(request: Request, error: Exception) -> Response:
    """Say in one line what could not be done, as the command line does."""
    del request
    return PlainTextResponse(f"{error}\n", 500)
