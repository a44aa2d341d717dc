"""Logging in and out, with a limit on tries."""

from __future__ import annotations

import asyncio
import time
from collections import deque
from typing import TYPE_CHECKING, Final

from starlette.concurrency import run_in_threadpool
from starlette.responses import RedirectResponse
from starlette.routing import Route

from feedmaker.web import sessions
from feedmaker.web.page_templates import render
from feedmaker.web.security import is_own_path

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response

    from feedmaker.web.private_file import PrivateFile

# Wrong passwords within ten minutes, of one address and of all: then nobody is asked further.
_WINDOW: Final = 600.0
_TRIES: Final = 5
_TRIES_OF_ALL: Final = 100
_LONGEST: Final = 1_024  # characters of a password


class LoginLimit:
    """Counts wrong passwords by address, of the last ten minutes."""

    def __init__(self) -> None:
        self._wrong: deque[tuple[float, str]] = deque()

    def is_reached(self, address: str) -> bool:
        """Whether this address, or all together, were wrong too often."""
        now = time.monotonic()
        while self._wrong and self._wrong[0][0] < now - _WINDOW:
            self._wrong.popleft()
        own = sum(who == address for _, who in self._wrong)
        return own >= _TRIES or len(self._wrong) >= _TRIES_OF_ALL

    def add(self, address: str) -> None:
        """Count a wrong password."""
        self._wrong.append((time.monotonic(), address))

    def forget(self, address: str) -> None:
        """Forget those of an address that knew it in the end."""
        self._wrong = deque(one for one in self._wrong if one[1] != address)


class Login:
    """The pages `/app/login` and `/app/logout`."""

    def __init__(self, private_file: PrivateFile) -> None:
        self._private_file = private_file
        self._limit = LoginLimit()
        # A hash takes 19 MB: one at a time, however many ask.
        self._turn = asyncio.Lock()

    def routes(self) -> list[Route]:
        """Return the routes, relative to `/app`."""
        return [
            Route("/login", self.show, methods=["GET"]),
            Route("/login", self.log_in, methods=["POST"]),
            Route("/logout", self.log_out, methods=["POST"]),
        ]

    async def show(self, request: Request) -> Response:
        """Show the form."""
        wanted = request.query_params.get("next", "")
        return render(request, "login.html", next=wanted if is_own_path(wanted) else "", refused=0)

    async def log_in(self, request: Request) -> Response:
        """Take the password; a session that is signed in has a new id (session fixation)."""
        form = await request.form()
        password, wanted = str(form.get("password", "")), str(form.get("next", ""))
        address = request.client.host if request.client else ""
        async with self._turn:
            is_reached = self._limit.is_reached(address)
            is_right = not is_reached and await self._is_right(password)
            if not is_right and not is_reached:
                self._limit.add(address)
        wanted = wanted if is_own_path(wanted) else "/app/"
        if is_right:
            self._limit.forget(address)
            request.state.new_session = sessions.new_session(is_signed_in=True)
            return RedirectResponse(wanted, 303)
        status = 429 if is_reached else 403
        return render(request, "login.html", status=status, next=wanted, refused=status)

    async def _is_right(self, password: str) -> bool:
        if len(password) > _LONGEST:
            return False
        return await run_in_threadpool(self._private_file.is_password, password)

    async def log_out(self, request: Request) -> Response:
        """End the session for good: its cookie opens nothing any more, wherever a copy of it is."""
        session = request.state.session
        await run_in_threadpool(self._private_file.end_session, session.id, session.expires)
        request.state.new_session = sessions.new_session()
        return RedirectResponse("/app/login", 303)
