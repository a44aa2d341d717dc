"""What flows from a site to its feed: links, pages, listings and stories."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal, NamedTuple

if TYPE_CHECKING:
    from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """A story link found on a listing.

    `url` is canonical (`urls.canonical`), `title` is the headline as shown. `changed` is when its
    page changed last, as a sitemap says; `categories` are what a feed puts it under.
    """

    url: str
    title: str = ""
    published: datetime | None = None
    image: str | None = None
    changed: datetime | None = None
    categories: tuple[str, ...] = ()


HealedPart = Literal["links", "heading", "nav", "urls", "body", "source"]
HealedBy = Literal["selectors", "heading", "label", "url", "page", "source"]
_KIND_OF: Final[dict[str, HealedBy]] = {"nav": "label", "urls": "url", "source": "source"}
_BY_ITSELF: Final = "found by itself"  # how stores and pages write that no rule is needed


@dataclass(frozen=True, slots=True, kw_only=True)
class HealedRule:
    """A rule that stopped matching, and what is used in its place: it agrees with known stories.

    `before` is what the configuration says. `kind` and `name` are what is used instead: "selectors"
    (`name` is a CSS selector list), "heading", "label" (of a navigation link), "url", "source"
    (`name` is its kind, its address and which part of it), or "page": the list or the story is
    found without a rule. `agreed` counts the known stories that were found again, `confidence` (0
    to 1) says how well they agree, and `at` is when that was.
    """

    what: HealedPart
    before: str
    kind: HealedBy
    name: str = ""
    agreed: int
    confidence: float
    at: datetime | None = None

    @property
    def after(self) -> str:
        """What is used instead, as one text: the form that stores, health files and pages have."""
        if self.kind == "page":
            return _BY_ITSELF
        if self.what in ("links", "heading"):
            return f"{self.kind}: {self.name}"
        return self.name

    @classmethod
    def from_text(
        cls,
        *,
        what: HealedPart,
        before: str,
        after: str,
        agreed: int,
        confidence: float,
        at: datetime | None = None,
    ) -> HealedRule:
        """The rule whose `after` is this text."""
        kind, name = _KIND_OF.get(what, "selectors"), after
        if after == _BY_ITSELF:
            kind, name = "page", ""
        elif what in ("links", "heading"):
            prefix, _, name = after.partition(": ")
            kind = "heading" if prefix == "heading" else "selectors"
        return cls(
            what=what,
            before=before,
            kind=kind,
            name=name,
            agreed=agreed,
            confidence=confidence,
            at=at,
        )


@dataclass(frozen=True, slots=True)
class ListingDoubt:
    """Why the links of a listing may be wrong.

    "few": only `count` were found; "narrow": `count` of them were nearly taken for no stories;
    "outside": about `count` stories are expected among the links that were not taken; "alike":
    `count` of them have the title of another; "undated": none shows a date, which `count` of the
    other links do.
    """

    code: Literal["few", "narrow", "outside", "alike", "undated"]
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """What one listing page gave: its story links in page order, and how far to trust them.

    `confidence` is from 0 to 1. `source` is what the links were found by: `rules.links`, the
    section's heading, the lists of the page itself or of the data it carries, or a sitemap or feed
    in its place. `healed` are the rules that were replaced on this page; they should be remembered.
    """

    links: tuple[Link, ...]
    confidence: float = 1.0
    doubts: tuple[ListingDoubt, ...] = ()
    source: Literal["selectors", "heading", "page", "state", "sitemap", "feed"] = "page"
    healed: tuple[HealedRule, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Validators:
    """What a conditional request sends back (RFC 9110 section 13.1)."""

    etag: str | None = None
    last_modified: str | None = None


NO_VALIDATORS = Validators()


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """A fetched page: its URL after redirects, its bytes, and the same in UTF-8.

    `fetched_at` is aware, `link_header` and `refresh_header` what the server says beside it (RFC
    8288; as in a meta element, by the HTML Standard).
    """

    url: str
    content: bytes
    utf8: bytes
    content_type: str = ""
    fetched_at: datetime
    validators: Validators = NO_VALIDATORS
    link_header: str = ""
    refresh_header: str = ""

    @property
    def text(self) -> str:
        """Made anew each time: most of what looks at a page needs no more than the bytes."""
        return self.utf8.decode("utf-8", "replace")


class NotModified(NamedTuple):
    """The server's word that a page is what it was (304)."""

    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """What readers want of an article page.

    `html` is clean and absolute, `text` its paragraphs, headings and list items joined by blank
    lines, without the title. `published` and `modified` are aware. `category` is the page's own
    section, `also` those of other pages with a copy of it. `teaser` says that the page holds no
    story and only its own description could be had. The last three fields are the store's: the id
    fixed at first sight, when that was, and when what readers see last changed.
    """

    url: str
    title: str
    html: str = ""
    text: str = ""
    summary: str = ""
    authors: tuple[str, ...] = ()
    image: str | None = None
    published: datetime | None = None
    modified: datetime | None = None
    category: str | None = None
    also: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    language: str | None = None
    teaser: bool = False
    id: str = ""
    first_seen: datetime | None = None
    updated: datetime | None = None
