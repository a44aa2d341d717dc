"""Why something failed or looks doubtful: a code with parameters and a severity.

A reason is made where the failure is found, and words are put to it where it is shown: `str` gives
them in English, `words` in any language that `text.translations` has. Stores, health files and
notifications group by `code`, which never changes.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

Parameter = str | int | float
Kind = tuple[object, ...]
_Text = TypeVar("_Text", bound=str)


class Severity(StrEnum):
    """How bad it is: a note for a person, one page that failed, or something that is wrong."""

    NOTE = "note"
    WARNING = "warning"
    ERROR = "error"


class Code(StrEnum):
    """What happened."""

    TEXT = "text"  # a phrase of an older store, or of a library
    BUG = "bug"
    # A section
    BUDGET_USED_UP = "budget-used-up"
    UNUSABLE = "unusable"
    LISTING_SHRUNKEN = "listing-shrunken"
    NOT_WRITTEN = "not-written"
    INVALID_FEED = "invalid-feed"
    LEFT_OUT = "left-out"
    # A listing
    NO_LINKS_ON_PAGE = "no-links-on-page"
    NO_STORY_LINKS = "no-story-links"
    NOTHING_UNDER_HEADING = "nothing-under-heading"
    NO_STORIES_UNDER_HEADING = "no-stories-under-heading"
    NO_SUCH_LABEL = "no-such-label"
    SELECTORS_MATCH_NOTHING = "selectors-match-nothing"
    NOT_A_SELECTOR = "not-a-selector"
    NO_PAGES_NAMED = "no-pages-named"
    FEED_NAMED = "feed-named"
    FEW_LINKS = "few-links"
    NARROW_LINKS = "narrow-links"
    LINKS_OUTSIDE = "links-outside"
    TITLES_ALIKE = "titles-alike"
    LINKS_UNDATED = "links-undated"
    BROKEN_SOURCE = "broken-source"
    BROKEN_GZIP = "broken-gzip"
    JSON_WITHOUT_STORIES = "json-without-stories"
    NO_POSTS = "no-posts"
    NOT_HTML = "not-html"
    NO_STATE = "no-state"
    NO_SUCH_SOURCE = "no-such-source"
    REST_CLOSED = "rest-closed"
    SOURCE_EMPTY = "source-empty"
    # An article
    COPY = "copy"
    NOT_IN_TIME = "not-in-time"
    HOME_PAGE = "home-page"
    SECTION_PAGE = "section-page"
    LEADS_ELSEWHERE = "leads-elsewhere"
    PAGE_MISSING = "page-missing"
    MORE_PAGES = "more-pages"
    NO_STORY = "no-story"
    OTHER_THAN_HEADLINE = "other-than-headline"
    NOTE_INSTEAD = "note-instead"
    STORY_LOST = "story-lost"
    SAME_TEXT = "same-text"
    SAME_TITLE = "same-title"
    # Another page came in place of the one that was asked for: the kinds of `block_pages.toml`
    CHALLENGE = "block-page-challenge"
    CONSENT_PAGE = "block-page-consent"
    LOGIN_PAGE = "block-page-login"
    CLOSED_FOR_WORKS = "block-page-works"
    SERVER_WITHOUT_SITE = "block-page-empty"
    ERROR_PAGE = "block-page-error"
    SUBSCRIPTION_PAGE = "block-page-subscription"
    BROWSER_DEMAND = "block-page-browser"
    NETWORK_PAGE = "block-page-network"
    UNFILLED_PAGE = "block-page-unfilled"
    # A page that cannot be parsed, or only in part
    NO_HTML = "no-html"
    TOO_MANY_TAGS = "too-many-tags"
    TOO_DEEP = "too-deep"
    TOO_MANY_PARTS = "too-many-parts"
    TOO_MANY_ATTRIBUTES = "too-many-attributes"
    TOO_MUCH_TIME = "too-much-time"
    TOO_MUCH_MEMORY = "too-much-memory"
    PAGE_PROCESS_DIED = "page-process-died"
    # A request
    STATUS = "status"
    CHALLENGED = "challenged"
    ARTICLES_FAIL = "articles-fail"
    NOT_A_URL = "not-a-url"
    REDIRECT_NOT_A_URL = "redirect-not-a-url"
    REDIRECT_LOOP = "redirect-loop"
    REDIRECT_TO_NOWHERE = "redirect-to-nowhere"
    TOO_MANY_REDIRECTS = "too-many-redirects"
    PRIVATE_ADDRESS = "private-address"
    PRIVATE_HOME = "private-home"
    CLOSED_BY_ROBOTS = "closed-by-robots"
    NO_ROBOTS = "no-robots"
    HOST_PAUSE = "host-pause"
    CRAWL_DELAY = "crawl-delay"
    NO_ANSWER_IN_TIME = "no-answer-in-time"
    TOO_MUCH_HEADER = "too-much-header"
    LARGE_HEADER = "large-header"
    TOO_MUCH_ON_WIRE = "too-much-on-wire"
    TOO_LARGE = "too-large"
    TOO_MANY_PIECES = "too-many-pieces"
    TOO_MANY_CODINGS = "too-many-codings"
    BROKEN_CODING = "broken-coding"
    CUT_OFF = "cut-off"
    EMPTY_PAGE = "empty-page"
    NOT_A_PAGE = "not-a-page"
    NO_CONNECTION_IN_TIME = "no-connection-in-time"
    CERTIFICATE = "certificate"
    TLS = "tls"
    NAME_SERVER = "name-server"
    NO_SUCH_HOST = "no-such-host"
    CONNECTION_REFUSED = "connection-refused"
    CONNECTION_RESET = "connection-reset"
    CANNOT_CONNECT = "cannot-connect"
    CONNECTION_BROKEN = "connection-broken"
    PROXY_REFUSES = "proxy-refuses"
    THROUGH_PROXY = "through-proxy"
    CANNOT_BE_SENT = "cannot-be-sent"


_NOTE: Final = Severity.NOTE
_WARN: Final = Severity.WARNING
_ERROR: Final = Severity.ERROR
_WORDS: Final[dict[Code, tuple[Severity, str]]] = {
    Code.TEXT: (_ERROR, "{text}"),
    Code.BUG: (_ERROR, "error in feedmaker, please report it: {text}"),
    Code.BUDGET_USED_UP: (_WARN, "the site's {seconds:g} s were used up before it"),
    Code.UNUSABLE: (
        _ERROR,
        "the file of its site has a mistake, see `feedmaker check`; its feeds stay",
    ),
    Code.LISTING_SHRUNKEN: (_ERROR, "the listing holds {links} links instead of about {usual}"),
    Code.NOT_WRITTEN: (_ERROR, "{text}"),
    Code.INVALID_FEED: (_ERROR, "{text}"),
    Code.LEFT_OUT: (_WARN, "left out of the feed"),
    Code.NO_LINKS_ON_PAGE: (
        _ERROR,
        "the page holds no links; it may be made by a script: try its sitemap or feed in `urls`",
    ),
    Code.NO_STORY_LINKS: (
        _ERROR,
        (
            "none of its {links} links is one of a story;"
            " give selectors in `rules.links`, or another URL"
        ),
    ),
    Code.NOTHING_UNDER_HEADING: (
        _ERROR,
        "no story links under the heading «{heading}»; the page's headings are {headings}",
    ),
    Code.NO_STORIES_UNDER_HEADING: (
        _ERROR,
        (
            "the links under the heading «{heading}» are none of stories;"
            " name another heading, or the listing's own URL"
        ),
    ),
    Code.NO_SUCH_LABEL: (
        _ERROR,
        "no link is labelled «{label}»; the nearest labels are {nearest}",
    ),
    Code.SELECTORS_MATCH_NOTHING: (
        _ERROR,
        (
            "`rules.links` match nothing; the best list has {agreed} of the last {recent} stories,"
            " an agreement of {agreement:.2f} where {needed} is needed:"
            " see `explain --links` ({selectors})"
        ),
    ),
    Code.NOT_A_SELECTOR: (_ERROR, "`links` holds what is no CSS selector: {selectors}"),
    Code.NO_PAGES_NAMED: (
        _ERROR,
        "the sitemap or feed names no pages; check the section's `urls`",
    ),
    Code.FEED_NAMED: (_ERROR, "lists no stories, but names a feed: try {feed} in `urls`"),
    Code.FEW_LINKS: (_NOTE, "only {count} story links were found"),
    Code.LINKS_OUTSIDE: (
        _NOTE,
        (
            "about {count} stories may be among the links beside the {found} that were taken;"
            " look at the page with `feedmaker explain --links`"
        ),
    ),
    Code.TITLES_ALIKE: (
        _NOTE,
        (
            "{count} of the {found} links have the title of another;"
            " look at the page with `feedmaker explain --links`"
        ),
    ),
    Code.LINKS_UNDATED: (
        _NOTE,
        (
            "none of the {found} links shows a date, and {count} others of the page do;"
            " look at the page with `feedmaker explain --links`"
        ),
    ),
    Code.NARROW_LINKS: (
        _NOTE,
        (
            "{count} of the {found} links are only just taken for stories;"
            " look at the page with `feedmaker explain --links`"
        ),
    ),
    Code.BROKEN_SOURCE: (_ERROR, "neither a sitemap nor a feed that can be read: {fault}"),
    Code.BROKEN_GZIP: (_ERROR, "a broken gzip file: {fault}"),
    Code.JSON_WITHOUT_STORIES: (_ERROR, "JSON that names no stories"),
    Code.NO_POSTS: (_ERROR, "no posts of WordPress's REST API"),
    Code.NOT_HTML: (_ERROR, "is no HTML page, so `source = {source}` finds nothing in it"),
    Code.NO_STATE: (_ERROR, "carries no list of stories for its scripts: try another `source`"),
    Code.NO_SUCH_SOURCE: (
        _ERROR,
        "names no {source} with stories: give its address in `urls`, or try another `source`",
    ),
    Code.REST_CLOSED: (_NOTE, "the REST API gives nothing, so its pages are read"),
    Code.SOURCE_EMPTY: (_NOTE, "`source = {source}` gives nothing, so the page itself is read"),
    Code.COPY: (_NOTE, "a copy of {original}, and shown as one with it"),
    Code.NOT_IN_TIME: (
        _WARN,
        "not fetched within the site's {seconds:g} s; left for the next run",
    ),
    Code.HOME_PAGE: (_WARN, "leads to the home page"),
    Code.SECTION_PAGE: (_WARN, "leads to a section's page"),
    Code.LEADS_ELSEWHERE: (_WARN, "leads to another page"),
    Code.PAGE_MISSING: (_NOTE, "page {number} of a story failed, and it is shown up to there"),
    Code.MORE_PAGES: (_NOTE, "the story has more than the {count} pages that are joined"),
    Code.NO_STORY: (_WARN, "the page holds no story"),
    Code.OTHER_THAN_HEADLINE: (
        _WARN,
        "the page says nothing of its headline, so it is not its story",
    ),
    Code.NOTE_INSTEAD: (_WARN, "the text says nothing of its headline"),
    Code.STORY_LOST: (_WARN, "the page has lost its story"),
    Code.SAME_TEXT: (_WARN, "{count} articles have the same text"),
    Code.SAME_TITLE: (_WARN, "all {count} articles have the same title"),
    Code.CHALLENGE: (_WARN, "a challenge for robots, not the page"),
    Code.CONSENT_PAGE: (_WARN, "a question for consent, not the page"),
    Code.LOGIN_PAGE: (_WARN, "a login, not the page"),
    Code.CLOSED_FOR_WORKS: (_WARN, "the site is closed for works"),
    Code.SERVER_WITHOUT_SITE: (_WARN, "a server without a site: its default or parking page"),
    Code.ERROR_PAGE: (_WARN, "an error page with status 200"),
    Code.SUBSCRIPTION_PAGE: (_WARN, "a subscription or an app is asked for, not the page"),
    Code.BROWSER_DEMAND: (_WARN, "a demand on the reader's browser, not the page"),
    Code.NETWORK_PAGE: (_WARN, "a page of the network between, not the page"),
    Code.UNFILLED_PAGE: (_WARN, "a page that only its scripts would fill"),
    Code.NO_HTML: (_WARN, "the page holds no HTML"),
    Code.TOO_MANY_TAGS: (
        _WARN,
        "the page has too many elements to be read (max_tags: {most:,})",
    ),
    Code.TOO_DEEP: (
        _WARN,
        "the page nests its elements too deeply to be read (max_depth: {most:,})",
    ),
    Code.TOO_MANY_PARTS: (_WARN, "the page breaks its text into too many pieces to be read"),
    Code.TOO_MANY_ATTRIBUTES: (
        _WARN,
        "the page has too many attributes to be read (max_attributes: {most:,})",
    ),
    Code.TOO_MUCH_TIME: (_WARN, "the page takes too much time to read"),
    Code.TOO_MUCH_MEMORY: (_WARN, "the page takes more than {size} MB of memory to read"),
    Code.PAGE_PROCESS_DIED: (
        _WARN,
        "reading the page ended the process that reads pages (signal {signal})",
    ),
    Code.STATUS: (_ERROR, "status {status}"),
    Code.CHALLENGED: (
        _ERROR,
        "status {status} with a challenge for robots: the site keeps programs away",
    ),
    Code.ARTICLES_FAIL: (_ERROR, "its last {count} new articles failed"),
    Code.NOT_A_URL: (_ERROR, "not an http(s) URL"),
    Code.REDIRECT_NOT_A_URL: (_ERROR, "redirected to what is no http(s) URL"),
    Code.REDIRECT_LOOP: (_ERROR, "redirect loop"),
    Code.REDIRECT_TO_NOWHERE: (_ERROR, "status {status} without a Location"),
    Code.TOO_MANY_REDIRECTS: (_ERROR, "too many redirects"),
    Code.PRIVATE_ADDRESS: (_ERROR, "private address ({host})"),
    Code.PRIVATE_HOME: (
        _ERROR,
        "private address ({host}); if the site is meant to be at home there, set its `connect_to`",
    ),
    Code.CLOSED_BY_ROBOTS: (_ERROR, "closed by robots.txt"),
    Code.NO_ROBOTS: (_ERROR, "robots.txt cannot be had, so nothing is asked"),
    Code.HOST_PAUSE: (_ERROR, "the host asks for a longer pause"),
    Code.CRAWL_DELAY: (
        _WARN,
        "left for a later run: the host is to have {seconds:g} s between two requests",
    ),
    Code.NO_ANSWER_IN_TIME: (_ERROR, "no whole answer within {seconds:g} s"),
    Code.TOO_MUCH_HEADER: (_ERROR, "more than {size:,} bytes of headers"),
    Code.LARGE_HEADER: (_ERROR, "more than {size} kB of headers"),
    Code.TOO_MUCH_ON_WIRE: (_ERROR, "more than {size:,} bytes on the wire"),
    Code.TOO_LARGE: (_ERROR, "larger than {size:,} bytes"),
    Code.TOO_MANY_PIECES: (_ERROR, "sent in more than {count:,} pieces"),
    Code.TOO_MANY_CODINGS: (_ERROR, "packed too many times"),
    Code.BROKEN_CODING: (_ERROR, "broken {coding} body"),
    Code.CUT_OFF: (_ERROR, "{coding} body cut off"),
    Code.EMPTY_PAGE: (_ERROR, "empty page"),
    Code.NOT_A_PAGE: (_ERROR, "not a page: {kind}"),
    Code.NO_CONNECTION_IN_TIME: (_ERROR, "no connection in time"),
    Code.CERTIFICATE: (_ERROR, "TLS: certificate not accepted ({fault})"),
    Code.TLS: (_ERROR, "TLS: {fault}"),
    Code.NAME_SERVER: (_ERROR, "the name server does not answer"),
    Code.NO_SUCH_HOST: (_ERROR, "no such host name"),
    Code.CONNECTION_REFUSED: (_ERROR, "connection refused"),
    Code.CONNECTION_RESET: (_ERROR, "connection reset"),
    Code.CANNOT_CONNECT: (_ERROR, "cannot connect"),
    Code.CONNECTION_BROKEN: (_ERROR, "the connection broke off"),
    Code.PROXY_REFUSES: (_ERROR, "the proxy refuses ({answer})"),
    Code.THROUGH_PROXY: (_ERROR, "through the proxy"),
    Code.CANNOT_BE_SENT: (
        _ERROR,
        "not a request that can be sent: see the site's headers and cookies",
    ),
}


# What a person can do about it, where the words do not say so.
_REMEDIES: Final[dict[Code, str]] = {
    Code.NO_SUCH_HOST: "check the address; if the site has moved, give the new one",
    Code.NAME_SERVER: "check this machine's network",
    Code.CONNECTION_REFUSED: "look whether the site is up",
    Code.CERTIFICATE: "open it in a browser: the site's certificate is wrong, or this clock is",
    Code.CLOSED_BY_ROBOTS: "the site wants no program to read it: ask it, or take the section out",
    Code.NO_ANSWER_IN_TIME: "if it is always slow, raise `timeout`",
    Code.TOO_LARGE: "raise `max_bytes`, or name another address",
    Code.BUDGET_USED_UP: "raise `budget`, or run more often",
    Code.MORE_PAGES: "raise `max_pages`",
    Code.NOT_IN_TIME: "raise `budget`, or run more often",
    Code.CHALLENGE: "ask the site to let programs in, or for a feed",
    Code.LOGIN_PAGE: "`cookies` may let it in",
    Code.CONSENT_PAGE: "a cookie of the consent, in `cookies`, may let it in",
    Code.LISTING_SHRUNKEN: "if it is right, it is believed after two days",
    Code.REDIRECT_LOOP: "open it in a browser, and give the address that it ends at",
    Code.TOO_MANY_REDIRECTS: "open it in a browser, and give the address that it ends at",
}
_NEW_ADDRESS: Final = "open it in a browser, and give its new address"
_STATUS_REMEDIES: Final = {
    401: "`headers` may let it in",
    402: "`cookies` of a subscription may let it in",
    403: "open it in a browser: it may want `headers` or `cookies`, or keep programs away",
    404: _NEW_ADDRESS,
    410: _NEW_ADDRESS,
    429: "raise `delay`, or run less often",
    451: "the site may show it in other countries only",
}
# Parameters that say how many or how much: no part of a kind.
_COUNTS: Final = frozenset({"count", "links", "usual", "found", "agreed", "recent", "agreement"})
_WITH_CAUSE: Final = "{words}: {cause}"
_MORE: Final = " ({more} more like it)"
_LONGEST: Final = 200  # characters of a reason, and of a text in it; a long address comes on top
_LEAST: Final = 80  # characters of the words beside the address
_LONGEST_URL: Final = 500
_to_json: Final = json.JSONEncoder(ensure_ascii=False).encode
# No line of a terminal, a log or a mail, and no XML, is to have them: control characters, line
# ends, overrides of direction, and what is no character.
_UNPRINTABLE: Final = re.compile(
    "[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]"
)


def clean_line(text: str, longest: int = 0) -> str:
    """Return text of a page or a server as one line that anything can show.

    It is cut to `longest` characters, if that is given.
    """
    text = _UNPRINTABLE.sub("\ufffd", " ".join(text.split()))
    if longest and len(text) > longest:
        text = f"{text[: longest - 1].rstrip()}…"
    return text


@dataclass(frozen=True, slots=True)
class Reason:
    """A code with the parameters that its words need.

    `url` is the page that it is about, where that is not said beside it; `more` counts the like.
    `cause` is another reason that it has.
    """

    code: Code
    parameters: tuple[tuple[str, Parameter], ...] = ()
    url: str = ""
    more: int = 0
    cause: Reason | None = None

    @classmethod
    def of(cls, code: Code, cause: Reason | None = None, **parameters: Parameter) -> Reason:
        """Return the reason with these parameters."""
        cleaned = {
            name: clean_line(value, _LONGEST) if isinstance(value, str) else value
            for name, value in parameters.items()
        }
        return cls(code, tuple(cleaned.items()), cause=cause)

    @property
    def severity(self) -> Severity:
        """How bad it is."""
        return _WORDS[self.code][0]

    @property
    def kind(self) -> Kind:
        """The same for all that failed for the same reason, wherever and however often."""
        told = tuple(one for one in self.parameters if one[0] not in _COUNTS)
        return self.code, told, self.cause and self.cause.kind

    @property
    def remedy(self) -> str:
        """What a person can do about it, "" where the words say so, or it passes by itself."""
        if self.code is Code.STATUS:
            status = dict(self.parameters).get("status")
            return _STATUS_REMEDIES.get(status, "") if isinstance(status, int) else ""
        if self.code is Code.HOST_PAUSE and self.cause:
            return self.cause.remedy
        if self.code is Code.ARTICLES_FAIL and self.cause:
            return self.cause.article_remedy
        return _REMEDIES.get(self.code, "")

    @property
    def article_remedy(self) -> str:
        """The same of an article; one that is not found has no address that a person could give."""
        return "" if self.remedy == _NEW_ADDRESS else self.remedy

    def words(self, translate: Callable[[str], str] = str, longest: int = _LONGEST) -> str:
        """Return the words without the URL, cut to `longest` characters.

        `translate` puts English words with the places of their values into another language.
        """

        def tell(english: str, **values: Any) -> str:
            return translate(english).format(**values)

        others = tell(_MORE, more=self.more) if self.more else ""
        own = (replace(self, more=0) if self.more else self).compose(tell)
        return f"{clean_line(own, longest - len(others))}{others}"

    def compose(self, tell: Callable[..., _Text]) -> _Text:
        """Return the words without the URL, as `tell` makes them of English words and values."""
        words: Any = tell(_WORDS[self.code][1], **dict(self.parameters))
        if self.cause is not None:
            words = tell(_WITH_CAUSE, words=words, cause=self.cause.compose(tell))
        if self.more:
            words += tell(_MORE, more=self.more)
        return words  # type: ignore[no-any-return]

    def __str__(self) -> str:
        page = clean_line(self.url, _LONGEST_URL)
        words = self.words(longest=max(_LONGEST - len(page), _LEAST))
        if not page:
            return words
        if self.code is Code.ARTICLES_FAIL:  # of them all the address is an example
            return f"{words}, such as {page}"
        return f"{page}: {words}"

    def to_text(self) -> str:
        """Return the reason as one line of JSON, as stores keep it."""
        return _to_json(_to_values(self))


@lru_cache(maxsize=1_000)  # a run reads what it remembers of a section more than once
def read_reason(text: str) -> Reason | None:
    """Return the reason that `Reason.to_text` wrote; None of "", and any other text as a phrase."""
    if not text:
        return None
    try:
        reason = _from_values(json.loads(text))
        reason.compose(str.format)  # a later version's parameters may be others
    except (ValueError, TypeError, AttributeError, KeyError, RecursionError):
        return Reason.of(Code.TEXT, text=text)
    return reason


def _to_values(reason: Reason) -> dict[str, Any]:
    values: dict[str, Any] = {
        "code": reason.code,
        "parameters": dict(reason.parameters),
        "url": reason.url,
        "more": reason.more,
    }
    return values | ({"cause": _to_values(reason.cause)} if reason.cause else {})


def _from_values(values: dict[str, Any]) -> Reason:
    cause = values.get("cause")
    return Reason(
        code=Code(values["code"]),
        parameters=tuple(values["parameters"].items()),
        url=str(values["url"]),
        more=values["more"],
        cause=_from_values(cause) if cause else None,
    )


def english_words() -> Iterator[str]:
    """Yield all words of reasons and remedies in English, for who translates them."""
    yield from (words for _, words in _WORDS.values())
    yield from _REMEDIES.values()
    yield from _STATUS_REMEDIES.values()
    yield from (_WITH_CAUSE, _MORE)
