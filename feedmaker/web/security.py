"""What stands around the whole server: who may ask, and what browsers may do with the answer.

    Host --> session --> login --> CSRF token --> app --> headers

Files in `out/` are public and need the first alone.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import quote

from python_multipart.exceptions import FormParserError
from starlette.datastructures import Headers, MutableHeaders
from starlette.exceptions import HTTPException
from starlette.formparsers import MultiPartException
from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse

from feedmaker.web import host_names, sessions

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

    from feedmaker.web.live_settings import LiveSettings
    from feedmaker.web.private_file import Private, PrivateFile
    from feedmaker.web.sessions import Session

_APP_POLICY: Final = (
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:;"
    " connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
# Of all pages of the app; each may have its own in their place.
_OF_THE_APP: Final = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Content-Security-Policy": _APP_POLICY,
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "no-store",
}
_FREE: Final = frozenset({"/app/login", "/app/app.css"})  # what is had without a password
_MAX_FORM: Final = 2 << 20  # bytes; an OPML of ten thousand feeds has about as many
_SAFE: Final = ("GET", "HEAD")


def is_own_path(path: str) -> bool:
    """Whether one may be sent there after a login: to a page of the app and nowhere else."""
    printable = path.isascii() and path.isprintable() and "\\" not in path
    return printable and (path == "/app" or path.startswith("/app/"))


@dataclass(frozen=True, slots=True)
class HostGuard:
    """Answers only to names that are the server's own."""

    app: ASGIApp
    live: LiveSettings

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request."""
        hosts = [value for name, value in scope["headers"] if name == b"host"]
        host = hosts[0].decode("latin-1") if len(hosts) == 1 else ""
        if host_names.is_allowed(host, self.live.host_names):
            await self.app(scope, receive, send)
            return
        text = "This server has another name; `feedmaker serve --host-name NAME` allows one.\n"
        await PlainTextResponse(text, 421)(scope, receive, send)


@dataclass(frozen=True, slots=True)
class AppGuard:
    """Gives each browser a session; asks for a password, and for a token where forms are sent."""

    app: ASGIApp
    private_file: PrivateFile
    may_be_open: bool  # where there is no password

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request."""
        private = self.private_file.read()
        cookies = Headers(scope=scope).get("cookie", "")
        known = sessions.read_session(cookies, private)
        session = known or sessions.new_session()
        state = scope.setdefault("state", {})
        state["session"] = session
        state["csrf"] = sessions.csrf_token(session, private)
        state["is_signed_in"] = session.is_signed_in
        # A login takes another session's place; `send_guarded` gives the browser what stands here.
        state["new_session"] = None if known else session

        async def send_guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                self._add_headers(message, scope, private)
            await send(message)

        try:
            receive = await self._admit(scope, receive, session, private)
        except HTTPException as refused:
            answer = _refusal(scope, refused)
            await answer(scope, receive, send_guarded)
            return
        await self.app(scope, receive, send_guarded)

    def _add_headers(self, message: Message, scope: Scope, private: Private) -> None:
        headers = MutableHeaders(scope=message)
        for name, value in _OF_THE_APP.items():
            headers.setdefault(name, value)
        given = scope["state"]["new_session"]
        if given:
            is_secure = scope["scheme"] == "https"
            headers.append("Set-Cookie", sessions.set_cookie(given, private, is_secure=is_secure))

    async def _admit(
        self, scope: Scope, receive: Receive, session: Session, private: Private
    ) -> Receive:
        """Return what the app receives. Raises HTTPException where it is not to be asked."""
        is_open = self.may_be_open and not private.password
        may_ask = is_open or session.is_signed_in or scope["path"] in _FREE
        if scope["method"] in _SAFE:
            if not may_ask:
                raise HTTPException(401)
            return receive
        if scope["method"] != "POST":
            raise HTTPException(405, headers={"Allow": "GET, HEAD, POST"})
        if not may_ask:
            raise HTTPException(403, "Log in first: this session is over.")
        body = await _read_body(receive)
        await _check_form(scope, body, session, private)
        return _replay(body)


async def _check_form(scope: Scope, body: bytes, session: Session, private: Private) -> None:
    """Raise HTTPException where a form was not sent by a page of this session."""
    headers = Headers(scope=scope)
    if headers.get("sec-fetch-site") == "cross-site":
        raise HTTPException(403, "Forms are taken from pages of this server alone.")
    token = headers.get("x-csrf-token") or await _form_token(scope, body)
    if not sessions.is_csrf_token(token, session, private):
        raise HTTPException(403, "This form is too old: load its page again, and send it then.")


def _refusal(scope: Scope, refused: HTTPException) -> ASGIApp:
    """Return what a browser is told that may not have what it asked for."""
    if refused.status_code != 401:
        return PlainTextResponse(f"{refused.detail}\n", refused.status_code, refused.headers)
    path = scope["path"]
    asked = f"?next={quote(path)}" if is_own_path(path) and path != "/app/" else ""
    return RedirectResponse(f"/app/login{asked}", 303)


async def _read_body(receive: Receive) -> bytes:
    """Return the whole body. Raises HTTPException where it is too long, or the browser left."""
    parts, size, more = [], 0, True
    while more:
        message = await receive()
        if message["type"] == "http.disconnect":
            raise HTTPException(400, "The form did not arrive whole.")
        part = message.get("body", b"")
        size += len(part)
        if size > _MAX_FORM:
            raise HTTPException(413, "This form is too long.")
        parts.append(part)
        more = message.get("more_body", False)
    return b"".join(parts)


async def _form_token(scope: Scope, body: bytes) -> str:
    """Return the field `csrf` of a form, "" where there is none."""
    try:
        async with Request(scope, _replay(body)).form(max_files=1) as form:
            token = form.get("csrf", "")
    except (HTTPException, MultiPartException, FormParserError, ValueError) as error:
        raise HTTPException(400, "This form cannot be read.") from error
    return token if isinstance(token, str) else ""


def _replay(body: bytes) -> Receive:
    """Return a `receive` that gives a body that was read already."""
    messages: list[dict[str, Any]] = [{"type": "http.request", "body": body, "more_body": False}]

    async def receive() -> Message:
        return messages.pop() if messages else {"type": "http.disconnect"}

    return receive
