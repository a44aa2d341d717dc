"""The way of one page: is it allowed, its turn, the request, further tries, redirects, the body."""

from __future__ import annotations

import asyncio
import logging
import random
import re
from contextlib import AsyncExitStack, suppress
from copy import copy
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING, Final, Literal, NamedTuple
from urllib.request import getproxies

import httpcore
import httpx

from feedmaker._version import __version__
from feedmaker.fetch.connections import (
    METER,
    PROXIED,
    Meter,
    Route,
    checked_proxy,
    choose_route,
    host_of,
    is_home,
    is_own,
    make_pool,
    parse_target,
)
from feedmaker.fetch.network_errors import NETWORK_ERRORS, explain
from feedmaker.fetch.politeness import (
    MAX_ROBOTS_BYTES,
    PATIENCE,
    PRODUCT,
    TOO_MANY,
    Politeness,
    retry_after,
)
from feedmaker.fetch.response_body import read_page, read_raw, unpack
from feedmaker.model import NO_VALIDATORS, NotModified, Page, Validators
from feedmaker.model.errors import FetchError, RefusedError
from feedmaker.model.reasons import Code, Reason
from feedmaker.model.work_counts import WorkCounts

if TYPE_CHECKING:
    from collections.abc import Callable

    from feedmaker.fetch.politeness import KeptValues
    from feedmaker.model import FetchLimits, Settings

_log = logging.getLogger(__name__)

_ACCEPT: Final = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
_REDIRECTS: Final = frozenset({301, 302, 303, 307, 308})
# A server that cannot serve us now: asking again at once would be one more of what is too much.
_BUSY: Final = frozenset({TOO_MANY, 503})
# Worth another try: server errors but those that say that the request will never do (501, 505).
_TRANSIENT: Final = frozenset(range(500, 600)) - {501, 505} - _BUSY
_GOOD: Final = frozenset({200, 203})
# How sites keep programs away: the page that comes with it says so.
_REFUSING: Final = frozenset({403, TOO_MANY, 503})
# Seconds that a first further try waits at most; doubled for each next one.
_BACKOFF = 1.0
_CONNECT_SECONDS: Final = 10.0
# Bytes of an answer's headers, with all answers of status 1xx before it: as browsers have it.
_MOST_HEADERS: Final = 256 * 1024
# Bytes and pieces of an error page that are cheaper to read than a new connection is to make.
_DRAINED: Final = 64 * 1024
_DRAINED_PIECES: Final = 2_000
_LONGEST_LINKS: Final = 4_000  # characters of a Link or Refresh header that are kept
# Validators that can be sent back as they came (RFC 9110 section 8.8.3), and are no longer than
# anyone needs. Headers are bytes: as Latin-1 they stay what they are.
_VALIDATOR: Final = re.compile(r"[\x20-\x7e\x80-\xff]{1,1000}")


class Answer(NamedTuple):
    """What a server said: `content` is unpacked; empty unless the status is one of success."""

    url: httpx.URL
    status: int
    headers: httpx.Headers
    content: bytes


@dataclass(slots=True)
class _Request:
    """What is asked for, and what may still be spent on it: seconds, turns not counted, and tries.

    `url` is where redirects have led, and `cookies` are those that they set on the way. A form is
    sent to the operator's own hub: no robots.txt is asked, no redirect followed.
    """

    url: str
    limits: FetchLimits
    seconds_left: float
    tries_left: int
    headers: dict[str, str]
    wanted: Literal["page", "picture", "robots", "headers", "form"] = "page"
    method: str = "GET"
    content: bytes = b""
    cookies: httpx.Cookies = field(default_factory=httpx.Cookies)

    def failed(
        self,
        reason: Reason,
        status: int | None = None,
        retry_at: datetime | None = None,
        body: bytes = b"",
    ) -> FetchError:
        return FetchError(
            self.url,
            reason,
            status=status,
            retry_at=retry_at,
            body=body,
        )


class Fetcher(AsyncExitStack):
    """Fetches pages for all sites of a run.

        async with Fetcher(settings, robots) as fetcher:
            page = await fetcher.get(url, site.fetch_limits, validators)

    `robots` keeps robots.txt files from run to run, `pauses` what hosts ask for with Retry-After.
    """

    def __init__(
        self,
        settings: Settings,
        robots: KeptValues[tuple[str, float]] | None = None,
        pauses: KeptValues[float] | None = None,
    ) -> None:
        super().__init__()
        contact = " ".join(settings.contact.split())
        agent = f"{PRODUCT}/{__version__}"
        self._headers = httpx.Headers(
            {
                "User-Agent": f"{agent} (+{contact})" if contact else agent,
                "Accept": _ACCEPT,
                "Accept-Encoding": "gzip, br, zstd",
            },
            encoding="utf-8",
        )
        self._politeness = Politeness(
            copies={} if robots is None else robots,
            pauses={} if pauses is None else pauses,
        )
        # httpx reads the proxy variables only where it makes the connections itself; so they are
        # read here, by the same public functions of urllib.
        proxies = getproxies()
        self._proxies = {
            kind: checked_proxy(kind, proxies[kind]) for kind in PROXIED & proxies.keys()
        }
        self._pools: dict[tuple[Route, str], httpcore.AsyncConnectionPool] = {}
        self.counts = WorkCounts()

    def for_site(self, counts: WorkCounts) -> Fetcher:
        """Return a fetcher of the same politeness that notes its requests in `counts`.

        It has connections of its own, to be closed once the site is done: for each request all that
        are open are looked through.
        """
        other = copy(self)
        AsyncExitStack.__init__(other)
        other._pools = {}  # noqa: SLF001 - its own
        other.counts = counts
        return other

    async def get(
        self,
        url: str,
        limits: FetchLimits,
        validators: Validators = NO_VALIDATORS,
    ) -> Page | NotModified:
        """Return the page at an http(s) URL.

        With `validators` the request is conditional (RFC 9110 section 13), and NotModified says
        that the page is what it was. Takes at most `limits.timeout` seconds, redirects and further
        tries included, besides waiting for the host's turn. Raises FetchError: no page, not allowed
        to ask, or not now.
        """
        conditions = {
            "If-None-Match": validators.etag or "",
            "If-Modified-Since": validators.last_modified or "",
        }
        headers = {name: value for name, value in conditions.items() if _VALIDATOR.fullmatch(value)}
        request = _Request(
            url,
            limits,
            limits.timeout,
            limits.retries,
            headers,
        )
        answer = await self._follow(request)
        if answer.status == 304 and headers:
            return NotModified(url=str(answer.url))
        if answer.status not in _GOOD:
            reason = Reason.of(Code.STATUS, status=answer.status)
            raise request.failed(reason, answer.status, body=answer.content)
        from feedmaker.text import charset  # 1.6 ms, and no page that has not changed needs it

        content_type = answer.headers.get("content-type", "")
        etag = _VALIDATOR.fullmatch(answer.headers.get("etag", ""))
        last_modified = _VALIDATOR.fullmatch(_first(answer.headers, "last-modified"))
        return Page(
            url=str(answer.url),
            content=answer.content,
            utf8=charset.utf8(answer.content, content_type, usual=limits.charset),
            content_type=content_type,
            fetched_at=datetime.now(UTC),
            link_header=answer.headers.get("link", "")[:_LONGEST_LINKS],
            refresh_header=_first(answer.headers, "refresh")[:_LONGEST_LINKS],
            validators=Validators(
                etag=etag and etag[0],
                last_modified=last_modified and last_modified[0],
            ),
        )

    def robots(self, url: str) -> str:
        """Return the robots.txt that holds for a URL that was fetched; "" where there is none."""
        target = parse_target(url)
        return self._politeness.known_robots(target) if target else ""

    async def head(
        self,
        url: str,
        limits: FetchLimits,
        headers: dict[str, str],
        *,
        seconds: float,
        method: str = "HEAD",
    ) -> Answer:
        """Return status and headers of what is at `url`, asked once and with these headers.

        Takes at most `seconds` besides waiting for the host's turn. Raises FetchError, as `get`
        does.
        """
        request = _Request(
            url,
            limits,
            seconds_left=min(seconds, limits.timeout),
            tries_left=0,
            headers=headers,
            wanted="headers",
            method=method,
        )
        return await self._follow(request)

    async def picture(
        self,
        url: str,
        limits: FetchLimits,
        *,
        seconds: float,
        most: int,
    ) -> bytes:
        """Return the bytes of a picture, asked once; at most `most` of them.

        Takes at most `seconds` besides waiting for the host's turn. Raises FetchError, as `get`
        does.
        """
        request = _Request(
            url,
            replace(limits, max_bytes=most),
            seconds_left=min(seconds, limits.timeout),
            tries_left=0,
            headers={"Accept": "image/*", "Accept-Encoding": "identity"},
            wanted="picture",
        )
        answer = await self._follow(request)
        if answer.status != 200:
            reason = Reason.of(Code.STATUS, status=answer.status)
            raise request.failed(reason, answer.status)
        return answer.content

    async def post(
        self,
        url: str,
        limits: FetchLimits,
        body: bytes,
        headers: dict[str, str],
    ) -> None:
        """Send a form or JSON to a URL of the operator's. Raises FetchError where it is refused."""
        request = _Request(
            url,
            limits,
            seconds_left=limits.timeout,
            tries_left=limits.retries,
            headers=headers,
            wanted="form",
            method="POST",
            content=body,
        )
        answer = await self._follow(request)
        if not 200 <= answer.status < 300:
            reason = Reason.of(Code.STATUS, status=answer.status)
            raise request.failed(reason, answer.status)

    def known_delay(self, url: str) -> float:
        """Return the Crawl-delay of a URL's host, as far as its robots.txt is at hand."""
        target = parse_target(url)
        return self._politeness.known_delay(target) if target else 0.0

    async def _follow(self, request: _Request) -> Answer:
        """Return the answer at the end of all redirects.

        Each hop stands under the same rules as the first.
        """
        target = parse_target(request.url)
        if target is None:
            raise request.failed(Reason.of(Code.NOT_A_URL))
        if "@" in request.url:
            request.url = str(target)  # no password in messages
        seen: set[tuple[str, str]] = set()
        status = None
        for _ in range(request.limits.max_redirects + 1):
            # A page may send a request back to itself to set its cookie.
            step = (str(target), str(request.cookies))
            if step in seen:
                raise request.failed(Reason.of(Code.REDIRECT_LOOP), status)
            seen.add(step)
            answer = await self._ask(request, target)
            status = answer.status
            if status not in _REDIRECTS or request.wanted == "form":
                return answer
            location = _first(answer.headers, "location")
            if not location:
                reason = Reason.of(Code.REDIRECT_TO_NOWHERE, status=status)
                raise request.failed(reason, status)
            with suppress(UnicodeDecodeError):  # raw UTF-8 is common there, as browsers know
                location = location.encode("latin-1").decode("utf-8")
            target = parse_target(location, target)
            if target is None:
                raise request.failed(Reason.of(Code.REDIRECT_NOT_A_URL))
            request.url = str(target)
        raise request.failed(Reason.of(Code.TOO_MANY_REDIRECTS), status)

    async def _ask(self, request: _Request, target: httpx.URL) -> Answer:
        """Return one URL's answer; ask again, with growing pauses, while that may help."""
        delay = request.limits.delay
        if request.wanted in ("page", "picture", "headers"):
            fetch_text = partial(self._robots_txt, request.limits)
            try:
                asked_delay = await self._politeness.crawl_delay(target, fetch_text)
            except FetchError as error:
                raise _without_robots(request, target, error) from error
            if asked_delay is None:
                raise request.failed(Reason.of(Code.CLOSED_BY_ROBOTS))
            delay = max(delay, asked_delay)
        backoff = _BACKOFF
        while True:
            outcome = await self._try(request, target, delay)
            if isinstance(outcome, Answer):
                return outcome
            pause = random.uniform(0.0, backoff)  # noqa: S311 - full jitter, no secret
            if outcome.retry_at:
                asked_for = outcome.retry_at - datetime.now(UTC)
                pause = max(pause, asked_for.total_seconds())
            is_late = pause > min(request.seconds_left, PATIENCE)
            if outcome.status in _BUSY or is_late or not request.tries_left:
                raise outcome
            _log.debug(
                "%s: %s; asked again in %.1f s",
                target,
                outcome.reason,
                pause,
            )
            request.tries_left -= 1
            request.seconds_left -= pause
            backoff *= 2
            await asyncio.sleep(pause)

    async def _robots_txt(self, limits: FetchLimits, url: httpx.URL) -> str:
        """Return the text of a robots.txt; "" where the server has none (RFC 9309 section 2.3.1).

        Raises FetchError where that cannot be known.
        """
        request = _Request(
            str(url),
            limits,
            limits.timeout,
            limits.retries,
            {},
            wanted="robots",
        )
        try:
            answer = await self._follow(request)
        except FetchError as error:
            if error.status in _REDIRECTS:
                return ""
            reason = error.reason  # of the host, but where it answers, or begins to
            is_moved = request.url != str(url) or reason.code == Code.REDIRECT_NOT_A_URL
            if error.status or is_moved or reason.code == Code.NO_ANSWER_IN_TIME:
                reason = Reason.of(Code.NO_ROBOTS, cause=reason)
            raise request.failed(reason, retry_at=error.retry_at) from error
        if 400 <= answer.status < 500:
            return ""
        if not 200 <= answer.status < 300:
            status = Reason.of(Code.STATUS, status=answer.status)
            raise request.failed(Reason.of(Code.NO_ROBOTS, cause=status))
        return answer.content.decode("utf-8-sig", "replace")

    async def _try(
        self,
        request: _Request,
        target: httpx.URL,
        delay: float,
    ) -> Answer | FetchError:
        """Ask one URL once, in its host's turn.

        Returns the answer, or an error that another try may cure. Raises any other FetchError.
        """
        host = host_of(target)
        try:
            route = choose_route(target, request.limits, self._proxies)
            async with self._politeness.turn(host, request.limits, delay) as sent:
                answer = await self._send(
                    request,
                    target,
                    route,
                    sent,
                )
        except RefusedError as error:
            raise _refused(request, target, error) from error
        except NETWORK_ERRORS as error:
            meter = METER.get()
            is_answered = meter is not None and meter.read > 0
            reason, is_transient = explain(error, is_answered=is_answered)
            if route.way == "proxy":
                reason = Reason.of(Code.THROUGH_PROXY, cause=reason)
            failure = request.failed(reason)
            if is_transient:
                return failure
            raise failure from error
        if answer.status in _TRANSIENT or answer.status in _BUSY:
            return self._put_off(request, answer, host)
        return answer

    def _put_off(
        self,
        request: _Request,
        answer: Answer,
        host: str,
    ) -> FetchError:
        """Return the error of a server that cannot answer now, and wait as long as it asks for."""
        now = datetime.now(UTC)
        wait = retry_after(_first(answer.headers, "retry-after"), now)
        if answer.status in _BUSY:
            self._politeness.put_off(host, answer.status, wait)
        retry_at = None if wait is None else now + timedelta(seconds=wait)
        reason = Reason.of(Code.STATUS, status=answer.status)
        return request.failed(reason, answer.status, retry_at, answer.content)

    async def _send(
        self,
        request: _Request,
        target: httpx.URL,
        route: Route,
        sent: Callable[[], None],
    ) -> Answer:
        """Send one request and read its answer, within what time the request has left.

        `sent` is called as it goes out.
        """
        limits = request.limits
        message = self._message(request, target)
        most_of_body = 2 * max(limits.max_bytes, _MOST_HEADERS)
        meter = Meter(
            sent=sent,
            code=Code.TOO_MUCH_HEADER,
            most=_MOST_HEADERS,
            beside=(limits.concurrency - 1) * most_of_body,
            most_framing=limits.concurrency * _MOST_HEADERS,
        )
        METER.set(meter)
        key = route, target.scheme
        if key not in self._pools:
            self._pools[key] = make_pool(*key)
            self.push_async_exit(self._pools[key])  # closed at the end
        pool = self._pools[key]
        status = None
        clock = asyncio.get_running_loop().time
        started = clock()
        try:
            async with asyncio.timeout(request.seconds_left):
                response = await pool.handle_async_request(message)
                status = response.status
                headers = httpx.Headers(response.headers, encoding="latin-1")
                meter.code = Code.TOO_MUCH_ON_WIRE
                meter.most = most_of_body
                meter.read = 0
                try:
                    content = await _read_content(request, response, headers)
                finally:
                    await response.aclose()
        except TimeoutError as error:
            reason = Reason.of(Code.NO_ANSWER_IN_TIME, seconds=limits.timeout)
            raise request.failed(reason) from error
        except RefusedError as error:
            raise _refused(
                request,
                target,
                error,
                status,
            ) from error
        finally:
            took = clock() - started
            request.seconds_left -= took
            self.counts.note_fetch(status, took)
        _log.debug(
            "%s: status %d, %d bytes",
            target,
            status,
            len(content),
        )
        if status in _REDIRECTS and "set-cookie" in headers:
            asked = httpx.Request(request.method, target)
            set_cookies = [("set-cookie", value) for value in headers.get_list("set-cookie")]
            set_by = httpx.Headers(set_cookies, encoding="latin-1")
            answered = httpx.Response(status, headers=set_by, request=asked)
            answered.headers.encoding = "latin-1"
            request.cookies.extract_cookies(answered)
        return Answer(
            target,
            status,
            headers,
            content,
        )

    def _message(self, request: _Request, target: httpx.URL) -> httpcore.Request:
        """Return a request as it is sent; a site's headers and cookies go to its own hosts only."""
        limits = request.limits
        headers = self._headers.copy()
        headers.update(httpx.Headers(request.headers, encoding="latin-1"))
        is_ours = is_own(target, limits)
        if is_ours:
            headers.update(httpx.Headers(limits.headers, encoding="utf-8"))
        draft = httpx.Request(
            request.method,
            target,
            headers=headers,
            content=request.content or None,
        )
        draft.headers.encoding = "latin-1"
        if request.cookies:
            request.cookies.set_cookie_header(draft)
        if is_ours and limits.cookies:
            known = draft.headers.get("cookie")
            cookies = [known] if known else []
            own = [f"{name}={value}" for name, value in limits.cookies.items()]
            cookies += [cookie.encode().decode("latin-1") for cookie in own]
            draft.headers["Cookie"] = "; ".join(cookies)
        url = httpcore.URL(
            scheme=target.raw_scheme,
            host=target.raw_host,
            port=target.port,
            target=target.raw_path,
        )
        connect_seconds = min(_CONNECT_SECONDS, limits.timeout / 2)
        return httpcore.Request(
            request.method,
            url,
            headers=draft.headers.raw,
            content=request.content or None,
            extensions={"timeout": {"connect": connect_seconds}},
        )


def _first(headers: httpx.Headers, name: str) -> str:
    """Return the first field of a name, "" for none: servers send twice what is to stand once."""
    return next(iter(headers.get_list(name)), "")


async def _read_content(
    request: _Request,
    response: httpcore.Response,
    headers: httpx.Headers,
) -> bytes:
    """Return the unpacked body of a page or a robots.txt.

    Of another answer nothing, but a short one is read to its end, so that the connection serves
    again. Raises RefusedError.
    """
    pieces = response.aiter_stream()
    if request.wanted == "headers":
        return b""
    if request.wanted == "page" and response.status in _GOOD:
        return await read_page(pieces, headers, request.limits.max_bytes)
    if request.wanted == "picture" and response.status == 200:
        most = request.limits.max_bytes
        content = await read_raw(pieces, most)
        if len(content) > most:
            raise RefusedError(Reason.of(Code.TOO_LARGE, size=most))
        return content
    if request.wanted == "robots" and 200 <= response.status < 300:
        most = MAX_ROBOTS_BYTES
        packed = await read_raw(pieces, most)
        coding = headers.get("content-encoding", "")
        text = unpack(packed[:most], coding, most)
        return text[:most]
    with suppress(RefusedError):
        packed = await read_raw(pieces, _DRAINED, _DRAINED_PIECES)
        if response.status in _REFUSING:
            coding = headers.get("content-encoding", "")
            return unpack(packed[:_DRAINED], coding, _DRAINED)
    return b""


def _without_robots(request: _Request, target: httpx.URL, error: FetchError) -> FetchError:
    """Return the error of a page without a robots.txt: of the other host where that one failed."""
    moved_to = parse_target(error.url)
    if moved_to and moved_to.netloc != target.netloc:
        request.url = error.url
    return request.failed(error.reason, retry_at=error.retry_at)


def _refused(
    request: _Request,
    target: httpx.URL,
    error: RefusedError,
    status: int | None = None,
) -> FetchError:
    """Return the error of what was refused; of a home's address with what to do about it."""
    reason = error.reason
    if reason.code == Code.PRIVATE_ADDRESS and is_home(target, request.limits):
        reason = replace(reason, code=Code.PRIVATE_HOME)
    return request.failed(reason, status, error.retry_at)
