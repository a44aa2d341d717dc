"""The ways to tell people: a program, a webhook, a topic of ntfy, and mail.

Each of `SENDERS` is given the keys of `[notify]` and a message, and raises NotSentError or
FetchError where it was not taken.
"""

from __future__ import annotations

import asyncio
import hashlib
import hmac
import json
import os
import signal
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import unquote, urlsplit

from feedmaker.fetch import post_json
from feedmaker.model import clean_line
from feedmaker.model.errors import NotSentError

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable
    from smtplib import SMTP

    from feedmaker.fetch import Fetcher
    from feedmaker.model import Notify

_COMMAND_SECONDS: Final = 15.0
_MAIL_SECONDS: Final = 10.0  # without an answer of the mail server
_SUBJECT: Final = 120  # characters
# A longer message ntfy turns into an attachment (docs.ntfy.sh, "Limitations"): 4,096 bytes.
_NTFY_BYTES: Final = 4_000


@dataclass(frozen=True, slots=True)
class Message:
    """What is told at once: lines for people, and the events as JSON takes them."""

    lines: tuple[str, ...]
    events: tuple[dict[str, Any], ...]

    @property
    def as_json(self) -> dict[str, Any]:
        """The message for programs."""
        return {"text": "\n".join(self.lines), "events": list(self.events)}


async def _send_command(notify: Notify, message: Message, fetcher: Fetcher) -> None:
    """Run the program with JSON as its input; it must end well within a quarter of a minute."""
    del fetcher
    try:
        process = await asyncio.create_subprocess_exec(
            *notify.command,
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.DEVNULL,
            stderr=asyncio.subprocess.DEVNULL,
            start_new_session=True,
        )
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or error
        raise NotSentError(f"{notify.command[0]} cannot be started: {why}") from error
    sent = json.dumps(message.as_json, ensure_ascii=False).encode()
    try:
        async with asyncio.timeout(_COMMAND_SECONDS):
            await process.communicate(sent)
    except TimeoutError:
        limit = f"{_COMMAND_SECONDS:g} s"
        raise NotSentError(f"{notify.command[0]} did not end within {limit}") from None
    finally:
        if process.returncode is None:
            with suppress(ProcessLookupError):  # with what it started
                os.killpg(process.pid, signal.SIGKILL)
    if process.returncode:
        raise NotSentError(f"{notify.command[0]} ended with code {process.returncode}")


async def _send_webhook(notify: Notify, message: Message, fetcher: Fetcher) -> None:
    """Post JSON, signed where there is a secret."""

    def sign(body: bytes) -> dict[str, str]:
        if not notify.webhook_secret:
            return {}
        signature = hmac.new(notify.webhook_secret.encode(), body, hashlib.sha256)
        return {"X-Feedmaker-Signature": f"sha256={signature.hexdigest()}"}

    await post_json(fetcher, notify.webhook, message.as_json, sign)


async def _send_ntfy(notify: Notify, message: Message, fetcher: Fetcher) -> None:
    """Publish as JSON, in which alone a title may be Arabic (docs.ntfy.sh, "Publish as JSON")."""
    server, _, topic = notify.ntfy.rstrip("/").rpartition("/")
    title, *others = message.lines
    text = "\n".join(others or [title]).encode()[:_NTFY_BYTES].decode(errors="ignore")
    published = {
        "topic": topic,
        "title": clean_line(title, _SUBJECT),
        "message": text,
        "tags": ["newspaper"],
    }
    allow = {"Authorization": f"Bearer {notify.ntfy_token}"} if notify.ntfy_token else {}
    await post_json(fetcher, f"{server}/", published, lambda _: allow)


async def _send_mail(notify: Notify, message: Message, fetcher: Fetcher) -> None:
    """Send a mail, in a thread: the standard library's client waits for each answer."""
    del fetcher
    await asyncio.to_thread(_deliver, notify, message)


def _deliver(notify: Notify, message: Message) -> None:
    import smtplib  # with the next one 30 ms of a run that tells nobody
    from email.message import EmailMessage
    from email.utils import formatdate, make_msgid

    sender = notify.mail_from or notify.mail[0]
    mail = EmailMessage()
    mail["Subject"] = clean_line(message.lines[0], _SUBJECT)
    mail["From"] = sender
    mail["To"] = ", ".join(notify.mail)
    mail["Date"] = formatdate()
    mail["Message-ID"] = make_msgid(domain=sender.rpartition("@")[2])
    mail["Auto-Submitted"] = "auto-generated"  # RFC 3834: nobody's absence is to answer it
    mail.set_content("\n\n".join(message.lines) + "\n")
    try:
        with _mail_server(notify.smtp) as server:
            server.send_message(mail)
    except (OSError, smtplib.SMTPException, ValueError) as error:
        host = urlsplit(notify.smtp).hostname
        raise NotSentError(f"the mail server {host} does not take it: {_told_by(error)}") from error


def _mail_server(url: str) -> SMTP:
    """Return the mail server at an smtp or smtps URL, logged in where the URL names a user."""
    import smtplib
    import ssl

    parts = urlsplit(url)
    host, tls = parts.hostname or "", ssl.create_default_context()
    server: SMTP
    if parts.scheme == "smtps":
        server = smtplib.SMTP_SSL(host, parts.port or 465, timeout=_MAIL_SECONDS, context=tls)
    else:
        server = smtplib.SMTP(host, parts.port or 25, timeout=_MAIL_SECONDS)
    if parts.username:
        if parts.scheme == "smtp":
            server.starttls(context=tls)
        server.login(unquote(parts.username), unquote(parts.password or ""))
    return server


def _told_by(error: Exception) -> str:
    """Say what went wrong: servers give a code and bytes."""
    answer = getattr(error, "smtp_error", b"")
    words = answer.decode(errors="replace") if isinstance(answer, bytes) else str(answer)
    return words or getattr(error, "strerror", None) or str(error) or type(error).__name__


SENDERS: Final[dict[str, Callable[[Notify, Message, Fetcher], Awaitable[None]]]] = {
    "command": _send_command,
    "webhook": _send_webhook,
    "ntfy": _send_ntfy,
    "mail": _send_mail,
}
