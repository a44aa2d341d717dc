"""Sessions by signed cookies, and the tokens that forms send back against forgery (CSRF).

    cookie = id . expires . signed in . signature

Nothing of a session is kept here but which ones were logged out. A token is the signature of its
session's id, so that a page of another site, which cannot read the cookie, cannot know it.
"""

from __future__ import annotations

import time
from base64 import urlsafe_b64encode
from dataclasses import dataclass
from hmac import compare_digest, digest
from http.cookies import CookieError, SimpleCookie
from secrets import token_urlsafe
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from feedmaker.web.private_file import Private

COOKIE: Final = "feedmaker_session"
_SECONDS: Final = 30 * 86_400


@dataclass(frozen=True, slots=True)
class Session:
    """One browser's visits: until it expires, in seconds of the epoch."""

    id: str
    expires: int
    is_signed_in: bool = False


def new_session(*, is_signed_in: bool = False) -> Session:
    """Return a session of a new id, which nobody can have chosen for another."""
    return Session(token_urlsafe(18), int(time.time()) + _SECONDS, is_signed_in)


def read_session(cookies: str, private: Private) -> Session | None:
    """Return the session of a Cookie header; None where it has none that is ours and valid."""
    try:
        found = SimpleCookie(cookies).get(COOKIE)
    except CookieError:
        return None
    parts = found.value.split(".") if found else []
    if len(parts) != 4 or not parts[1].isdecimal() or len(parts[1]) > 12:
        return None
    session = Session(parts[0], int(parts[1]), parts[2] == "1")
    if not compare_digest(_cookie_value(session, private).encode(), found.value.encode()):  # type: ignore[union-attr]
        return None
    is_over = session.expires <= time.time() or session.id in private.ended
    return None if is_over else session


def set_cookie(session: Session, private: Private, *, is_secure: bool) -> str:
    """Return the Set-Cookie header that gives a browser its session."""
    secure = "; Secure" if is_secure else ""
    value = _cookie_value(session, private)
    return f"{COOKIE}={value}; Path=/; Max-Age={_SECONDS}; HttpOnly; SameSite=Lax{secure}"


def csrf_token(session: Session, private: Private) -> str:
    """Return the token of a session's forms."""
    return _sign(f"csrf {session.id}", private)


def is_csrf_token(token: str, session: Session, private: Private) -> bool:
    """Whether a form was sent by a page of this session."""
    return compare_digest(token.encode(), csrf_token(session, private).encode())


def _cookie_value(session: Session, private: Private) -> str:
    text = f"{session.id}.{session.expires}.{int(session.is_signed_in)}"
    return f"{text}.{_sign(f'session {text}', private)}"


def _sign(text: str, private: Private) -> str:
    signature = digest(private.signing_key, text.encode(), "sha256")
    return urlsafe_b64encode(signature).decode().rstrip("=")
