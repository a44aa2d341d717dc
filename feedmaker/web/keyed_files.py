"""Files and metrics for who has a key or is logged in, where `feeds_key` says so."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final
from urllib.parse import parse_qs, quote

from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse

from feedmaker.web.sessions import read_session

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Receive, Scope, Send

    from feedmaker.web.live_settings import LiveSettings
    from feedmaker.web.private_file import PrivateFile


# A style tells nothing, and `/healthz` is asked by who restarts the server.
_FREE: Final = frozenset({"/feed.css", "/healthz"})


@dataclass(frozen=True, slots=True)
class KeyedFiles:
    """Asks for a key before `app` is asked; addresses in its files then have it, too."""

    app: ASGIApp
    live: LiveSettings
    private_file: PrivateFile
    may_be_open: bool

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request."""
        if not self.live.settings.feeds_key or scope["path"] in _FREE:
            await self.app(scope, receive, send)
            return
        query = parse_qs(scope["query_string"].decode("latin-1"), max_num_fields=100)
        key = query.get("key", [""])[0]
        private = self.private_file.read()
        if private.find_key(key):
            await self.app(dict(scope) | {"feeds_query": f"?key={quote(key)}"}, receive, send)
            return
        session = read_session(Headers(scope=scope).get("cookie", ""), private)
        is_open = self.may_be_open and not private.password
        if is_open or (session and session.is_signed_in):
            await self.app(scope, receive, send)
            return
        text = "These feeds need a key: ?key=KEY, which `feedmaker key add NAME` prints.\n"
        refused = PlainTextResponse(text, 403, {"Cache-Control": "no-store"})
        await refused(scope, receive, send)
