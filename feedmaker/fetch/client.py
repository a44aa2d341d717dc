"""The way of one page: allowed? its turn? asked, asked again, redirected, read."""

from __future__ import annotations

import asyncio
import logging
import random
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, NamedTuple, Self

import httpx

from feedmaker._version import __version__
from feedmaker.fetch.error_messages import WIRE_ERRORS, reason
from feedmaker.fetch.guard import Allowance, FloodError, PrivateAddressError, allowance
from feedmaker.fetch.response_body import BodyError, check_type, drain, page_bytes, read
from feedmaker.fetch.robots import MAX_BYTES, PRODUCT, Copies, Robots, crawl_delay
from feedmaker.fetch.routes import Route, Wire, host_of, is_home, is_host, is_own
from feedmaker.fetch.transport import CONNECTIONS
from feedmaker.fetch.turns import PATIENCE, BusyError, Host, Hosts, retry_after
from feedmaker.model import NotModified, Page, Validators
from feedmaker.model.errors import FetchError
from feedmaker.text import charset, urls

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import TracebackType

    from feedmaker.fetch.turns import HostPauses
    from feedmaker.model import FetchLimits, Settings

_log = logging.getLogger(__name__)

_ACCEPT = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
# Worth another try: too many requests, and server errors but those that say that the request will
# never do (501, 505).
_TRANSIENT = frozenset({429, *range(500, 600)} - {501, 505})
_GOOD = frozenset({200, 203})
# Seconds that a first further try waits at most; doubled for each next one.
_BACKOFF = 1.0
_CONNECT_SECONDS = 10.0
# Bytes of an answer's headers, with all answers of status 1xx before it: as browsers have it.
_MOST_HEADERS = 256 * 1024
_UNKNOWN = Validators()


class _Answer(NamedTuple):
    """What a server said: `content` is unpacked; empty unless the status is one of success."""

    url: httpx.URL
    status: int
    headers: httpx.Headers
    content: bytes


@dataclass(slots=True)
class _Errand:
    """One page on its way: what was asked for, on whose behalf, and what may still be spent on it."""

    url: str
    limits: FetchLimits
    left: float  # seconds, without waiting for turns
    tries: int
    headers: dict[str, str] = field(default_factory=dict)
    robots: bool = False  # it is for robots.txt itself
    method: str = "GET"
    form: bytes = b""  # what a POST sends
    unread: bool = False  # the headers are all that is wanted
    cookies: httpx.Cookies = field(default_factory=httpx.Cookies)  # set by redirects on the way

    def failed(
        self, why: str, status: int | None = None, retry_at: datetime | None = None
    ) -> FetchError:
        return FetchError(self.url, why, status=status, retry_at=retry_at)


class Fetcher:
    """Fetches pages for all sites of a run.

        async with Fetcher(settings, robots) as fetcher:
            page = await fetcher.get(url, limits, validators)

    `robots` keeps robots.txt files from run to run, `pauses` what hosts ask for with Retry-After.
    """

    def __init__(
        self, settings: Settings, robots: Copies | None = None, pauses: HostPauses | None = None
    ) -> None:
        contact = " ".join(settings.contact.split())
        agent = f"{PRODUCT}/{__version__}" + (f" (+{contact})" if contact else "")
        self._headers = httpx.Headers(
            {"User-Agent": agent, "Accept": _ACCEPT, "Accept-Encoding": "gzip, br, zstd"},
            encoding="utf-8",
        )
        self._robots = Robots({} if robots is None else robots)
        self._hosts = Hosts({} if pauses is None else pauses)
        self._total = asyncio.Semaphore(CONNECTIONS)
        self._wire = Wire()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        await self._wire.aclose()

    async def get(
        self, url: str, limits: FetchLimits, validators: Validators = _UNKNOWN
    ) -> Page | NotModified:
        """Return the page at an http(s) URL.

        With `validators` the request is conditional (RFC 9110 section 13), and NotModified says
        that the page is what it was. Takes at most `limits.timeout` seconds, redirects and
        further tries included, besides waiting for the host's turn. Raises FetchError: no page, not
        allowed to ask, or not now.
        """
        errand = _Errand(url, limits, limits.timeout, limits.retries)
        if validators.etag:
            errand.headers["If-None-Match"] = validators.etag
        if validators.last_modified:
            errand.headers["If-Modified-Since"] = validators.last_modified
        answer = await self._follow(errand)
        if answer.status == 304 and validators:
            return NotModified(url=str(answer.url))
        if answer.status not in _GOOD:
            raise errand.failed(f"status {answer.status}", answer.status)
        content_type = answer.headers.get("content-type", "")
        try:
            content = page_bytes(answer.content, content_type, limits.max_bytes)
        except BodyError as error:
            raise errand.failed(str(error), answer.status) from error
        return Page(
            url=str(answer.url),
            content=content,
            utf8=charset.utf8(content, content_type, usual=limits.charset),
            content_type=content_type,
            fetched_at=datetime.now(UTC),
            validators=Validators(
                etag=answer.headers.get("etag"), last_modified=answer.headers.get("last-modified")
            ),
        )

    async def head(
        self,
        url: str,
        limits: FetchLimits,
        headers: dict[str, str],
        *,
        seconds: float,
        method: str = "HEAD",
    ) -> tuple[int, httpx.Headers]:
        """Status and headers of what is at `url`, within `limits`, asked once and with these
        request headers.

        Takes at most `seconds` besides waiting for the host's turn. Raises FetchError, as `get`
        does.
        """
        seconds = min(seconds, limits.timeout)
        errand = _Errand(url, limits, seconds, tries=0, headers=headers, method=method, unread=True)
        answer = await self._follow(errand)
        return answer.status, answer.headers

    async def post(self, url: str, limits: FetchLimits, form: bytes) -> None:
        """Send a form to a URL of the operator's. Raises FetchError where it is not taken, or
        redirected.
        """
        kind = {"Content-Type": "application/x-www-form-urlencoded"}
        errand = _Errand(
            url,
            limits,
            limits.timeout,
            limits.retries,
            headers=kind,
            method="POST",
            form=form,
        )
        answer = await self._follow(errand)
        if not 200 <= answer.status < 300:
            raise errand.failed(f"status {answer.status}", answer.status)

    async def _follow(self, errand: _Errand) -> _Answer:
        """The answer at the end of all redirects; each hop stands under the same rules as the
        first.
        """
        target = self._parsed(errand, errand.url)
        seen: set[tuple[str, str]] = set()
        status = None
        for _ in range(errand.limits.max_redirects + 1):
            step = (
                str(target),
                str(errand.cookies),
            )  # a page may send one in a circle to set its cookie
            if step in seen:
                raise errand.failed("redirect loop", status)
            seen.add(step)
            route = self._routed(errand, target)
            delay = errand.limits.delay
            if not errand.robots and errand.method != "POST":
                delay = max(delay, await self._permitted(errand, target))
            answer = await self._ask(errand, target, route, delay)
            if answer.status not in _REDIRECTS or errand.method == "POST":
                return answer
            status = answer.status
            location = answer.headers.get("location", "")
            if not location:
                raise errand.failed(f"status {status} without a Location", status)
            target = self._parsed(errand, location, target)
        raise errand.failed("too many redirects", status)

    def _parsed(self, errand: _Errand, url: str, base: httpx.URL | None = None) -> httpx.URL:
        """The URL as it will be sent, without fragment and without user: passwords in URLs end up
        in logs.
        """
        wrong = "redirected to what is no http(s) URL" if base else "not an http(s) URL"
        whole = urls.absolute(url, str(base) if base else "")
        try:
            target = httpx.URL((whole or "").partition("#")[0])
            if target.userinfo:
                target = target.copy_with(username=None, password=None)
                errand.url = errand.url if base else str(target)
            _ = (
                target.host
            )  # which httpx reads later, and cannot of every name that begins with xn--
        except (httpx.InvalidURL, ValueError) as error:
            raise errand.failed(wrong) from error
        if not whole or not is_host(host_of(target)):
            raise errand.failed(wrong)
        return target

    def _routed(self, errand: _Errand, target: httpx.URL) -> Route:
        try:
            return self._wire.route(target, errand.limits)
        except PrivateAddressError as error:
            raise errand.failed(_private(error, target, errand.limits)) from error

    async def _permitted(self, errand: _Errand, target: httpx.URL) -> float:
        """The seconds between requests that robots.txt asks for; FetchError where it closes the
        URL.
        """

        async def ask(url: httpx.URL) -> str:
            return await self._robots_txt(str(url), errand.limits)

        try:
            rules = await self._robots.rules(target, ask)
        except FetchError as error:
            raise errand.failed(error.reason, retry_at=error.retry_at) from error
        if not rules.can_fetch(str(target), PRODUCT):
            raise errand.failed("closed by robots.txt")
        return crawl_delay(rules)

    async def _robots_txt(self, url: str, limits: FetchLimits) -> str:
        """The text of a robots.txt; "" where the server has none (RFC 9309 section 2.3.1).
        FetchError: no saying.
        """
        errand = _Errand(url, limits, limits.timeout, limits.retries, robots=True)
        try:
            answer = await self._follow(errand)
        except FetchError as error:
            if error.status in _REDIRECTS:
                return ""
            why = (
                f"robots.txt answers {error.reason}, so nothing is asked"
                if error.status
                else error.reason
            )
            raise errand.failed(why, retry_at=error.retry_at) from error
        if 400 <= answer.status < 500:
            return ""
        if not 200 <= answer.status < 300:
            raise errand.failed(f"robots.txt answers status {answer.status}, so nothing is asked")
        return answer.content.decode("utf-8-sig", "replace")

    async def _ask(self, errand: _Errand, target: httpx.URL, route: Route, delay: float) -> _Answer:
        """One URL's answer, asked for again with growing pauses while that may help."""
        host = self._hosts[host_of(target)]
        backoff = _BACKOFF
        while True:
            pause = random.uniform(0.0, backoff)  # noqa: S311 - full jitter, no secret
            try:
                async with host.turn(errand.limits.concurrency, delay, self._total) as start:
                    answer = await self._send(errand, target, route, start)
            except BusyError as error:
                until = datetime.now(UTC) + timedelta(seconds=error.seconds)
                raise errand.failed("the host asks for a longer pause", retry_at=until) from error
            except WIRE_ERRORS as error:
                why, again = reason(error)
                failure = errand.failed(
                    f"{why} (through the proxy)" if route.way == "proxy" else why
                )
            else:
                if answer.status not in _TRANSIENT:
                    return answer
                failure, wait = self._put_off(errand, answer, host)
                pause, again = max(pause, wait), True
            if not again or not errand.tries or pause > min(errand.left, PATIENCE):
                raise failure
            _log.debug("%s: %s; asked again in %.1f s", target, failure.reason, pause)
            errand.tries -= 1
            errand.left -= pause
            backoff *= 2
            await asyncio.sleep(pause)

    def _put_off(self, errand: _Errand, answer: _Answer, host: Host) -> tuple[FetchError, float]:
        """What a server that cannot answer now leaves us with: the error, and the seconds it asks
        us to wait.
        """
        now = datetime.now(UTC)
        wait = retry_after(answer.headers.get("retry-after", ""), now)
        until = None if wait is None else now + timedelta(seconds=wait)
        if wait and answer.status == 429:
            self._hosts.hold(host, wait)  # it is our pace that was too quick, not this one page
        return errand.failed(f"status {answer.status}", answer.status, until), wait or 0.0

    async def _send(
        self, errand: _Errand, target: httpx.URL, route: Route, start: Callable[[], None]
    ) -> _Answer:
        """One request and its whole answer, within what time the errand has left; `start` is called
        as it is sent.
        """
        request = self._request(errand, target, route)
        allowed = Allowance()
        allowance.set(allowed)

        async def trace(event: str, _: object) -> None:  # an extension of httpcore's
            if event.endswith(".send_request_headers.started"):
                start()
            elif (
                event == "http11.receive_response_headers.started"
            ):  # of HTTP/2 a task reads what others wait for, too
                allowed.left, allowed.what = (
                    _MOST_HEADERS,
                    f"more than {_MOST_HEADERS:,} bytes of headers",
                )
            elif event == "http11.receive_response_headers.complete":
                most = 2 * max(errand.limits.max_bytes, _MOST_HEADERS)
                allowed.left, allowed.what = most, f"more than {most:,} bytes on the wire"

        request.extensions["trace"] = trace
        clock = asyncio.get_running_loop().time
        started = clock()
        try:
            async with asyncio.timeout(errand.left):
                response = await self._wire.handle_async_request(request)
                try:
                    content = await self._body(errand, response)
                finally:
                    await response.aclose()
        except TimeoutError as error:
            raise errand.failed(f"no whole answer within {errand.limits.timeout:g} s") from error
        except FloodError as error:
            raise errand.failed(str(error)) from error
        except PrivateAddressError as error:
            raise errand.failed(_private(error, target, errand.limits)) from error
        finally:
            errand.left -= clock() - started
        _log.debug("%s: status %d, %d bytes", target, response.status_code, len(content))
        if response.has_redirect_location and "set-cookie" in response.headers:
            response.request = request
            errand.cookies.extract_cookies(response)
        return _Answer(target, response.status_code, response.headers, content)

    def _request(self, errand: _Errand, target: httpx.URL, route: Route) -> httpx.Request:
        limits = errand.limits
        headers = self._headers.copy()
        headers.update(errand.headers)
        own = is_own(target, limits)
        if own:
            headers.update(httpx.Headers(limits.headers, encoding="utf-8"))
        connect = min(_CONNECT_SECONDS, limits.timeout / 2)
        extensions = {"route": route, "timeout": {"connect": connect}}
        request = httpx.Request(
            errand.method,
            target,
            headers=headers,
            content=errand.form or None,
            extensions=extensions,
        )
        if errand.cookies:
            errand.cookies.set_cookie_header(request)
        if own and limits.cookies:
            request.headers.encoding = "utf-8"
            cookies = [
                request.headers.get("cookie"),
                *(f"{name}={value}" for name, value in limits.cookies.items()),
            ]
            request.headers["Cookie"] = "; ".join(filter(None, cookies))
        return request

    async def _body(self, errand: _Errand, response: httpx.Response) -> bytes:
        """The unpacked body of a page; of another answer nothing, but a short one is read, to keep
        the connection.
        """
        limit = errand.limits.max_bytes
        if errand.unread:
            return b""
        try:
            if not response.is_success:
                await drain(response)
                return b""
            if errand.robots:
                return await read(response, MAX_BYTES, cut=True)
            check_type(response.headers.get("content-type", ""))
            return await read(response, limit)
        except BodyError as error:
            raise errand.failed(str(error), response.status_code) from error


def _private(error: PrivateAddressError, target: httpx.URL, limits: FetchLimits) -> str:
    """Why an address was not asked, and for a home what to do if it is meant."""
    remedy = (
        "; if the site is meant to be at home there, set its `connect_to`"
        if is_home(target, limits)
        else ""
    )
    return f"private address ({error}){remedy}"
