"""The types that flow through feedmaker: frozen, without I/O and without a clock.

`Settings`, `Site`, `Section`, `Rules` and `Fetching` are also the configuration: `config` reads TOML straight into
them, and each key's text stands here, in `doc`, beside its default.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, ClassVar, Literal, NamedTuple

Format = Literal["atom", "rss", "json"]
FORMATS: tuple[Format, ...] = ("atom", "rss", "json")
MEDIA_TYPES: dict[Format, str] = {
    "atom": "application/atom+xml",
    "rss": "application/rss+xml",
    "json": "application/feed+json",
}
_MACHINE_READ = re.compile(r"\.(?:xml|rss|atom|rdf|json|gz)$|/(?:feed|rss|atom)/?$")


def _key(doc: str, default: Any) -> Any:
    """A configuration key: its text, and its default."""
    return field(default=default, metadata={"doc": doc})


def _required(doc: str) -> Any:
    return field(metadata={"doc": doc})


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """CSS selectors for one site, all optional: where one matches nothing, finding goes on without it."""

    __pydantic_config__: ClassVar[dict[str, Any]] = {"extra": "forbid"}

    links: tuple[str, ...] = _key("the story links of a listing, or the boxes that hold one each", ())
    body: tuple[str, ...] = _key("the elements whose content is the story", ())
    drop: tuple[str, ...] = _key("elements never part of a story", ())
    title: tuple[str, ...] = _key("the story's title", ())
    date: tuple[str, ...] = _key("the element with the publication date, as text or attribute", ())
    author: tuple[str, ...] = _key("the authors' names", ())
    image: tuple[str, ...] = _key("the lead picture", ())


class Limits(NamedTuple):
    """What of a page is parsed, as the keys of `Fetching` say: with their defaults what 200 MB and 2 s of CPU can take.

    The longest of a thousand real pages has ten thousand tags. A parser's steps are the tags by the elements open at
    each: some hundred thousand of a real page, at most `tags` by `depth` here. Real elements have tens of attributes.
    """

    tags: int
    depth: int
    attributes: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Fetching:
    """How a site is asked: politeness and limits."""

    __pydantic_config__: ClassVar[dict[str, Any]] = {"extra": "forbid"}

    concurrency: int = _key("requests under way to one host at a time", 2)
    delay: float = _key("seconds between the starts of two requests to one host", 0.5)
    timeout: float = _key("seconds one page may take in all, redirects and further tries included", 20.0)
    budget: float = _key("seconds one site may take in a run; what is left is done by the next", 120.0)
    retries: int = _key("further tries after a connection error, 429 or 5xx", 2)
    max_bytes: int = _key("bytes of a page after decompression", 5_000_000)
    max_tags: int = _key("tags of a page, opening and closing ones", 80_000)
    max_depth: int = _key(
        "elements within each other, on average over a page of max_tags; a shorter one may be deeper", 500
    )
    max_attributes: int = _key("attributes of one element; the others are not read", 2_000)
    max_redirects: int = _key("redirects followed for one page", 5)
    max_links: int = _key("links of one section that are looked at, the first of its listing", 5_000)
    max_new: int = _key("new articles of one site fetched in one run", 200)
    every: float = _key("minutes at least between two runs of a section by workers", 15.0)
    recheck: tuple[float, ...] = _key("ages in hours at which a known article is asked again", (1, 6, 24))

    @property
    def limits(self) -> Limits:
        """What of a page is parsed."""
        return Limits(self.max_tags, self.max_depth, self.max_attributes)


LIMITS = Fetching().limits


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """One section of a site: one feed. Its links are at `urls`, or under `heading` on `page`, or behind `nav`."""

    __pydantic_config__: ClassVar[dict[str, Any]] = {"extra": "forbid"}

    slug: str = _required("name in file names: a-z, 0-9 and hyphens")
    title: str = _required("what readers see as the feed's title")
    urls: tuple[str, ...] = _key("listing pages, (news) sitemaps or feeds that name the section's stories", ())
    heading: str = _key("a heading on `page`; the block of headlines under it is the section", "")
    page: str = _key("the page that `heading` or `nav` stands on; without it the site's home", "")
    nav: str = _key("the label of a navigation link on `page` that leads to the listing", "")
    include: tuple[str, ...] = _key("keep only stories with one of these words in the title", ())
    exclude: tuple[str, ...] = _key("drop stories with one of these words in the title", ())
    match: str = _key("keep only links whose URL this regular expression finds something in", "")
    category: tuple[str, ...] = _key("keep only stories of one of these categories of the site", ())
    language: str = _key("language of the section, where it is not the site's (BCP 47)", "")
    items: int = _key("stories in the feed", 50)
    max_age: float = _key("days; links dated older are noted, not fetched; 0: no limit", 30.0)
    formats: tuple[Format, ...] = _key("feed files to write", FORMATS)

    def file(self, site: Site, form: Format) -> str:
        """The name of the section's feed file, relative to `out` and to the base URL it is served at."""
        return f"{site.slug}/{self.slug}.{form}" + ("" if form == "json" else ".xml")

    def html_file(self, site: Site) -> str:
        """The name of the page that shows the section's stories, beside its feeds."""
        return f"{site.slug}/{self.slug}.html"

    def archive_file(self, site: Site, month: str) -> str:
        """The name of the archive of one month, "2026-11" (RFC 5005)."""
        return f"{site.slug}/archive/{self.slug}-{month}.atom.xml"

    def web_page(self, site: Site) -> str:
        """The page that a person would open for the section: its listing, unless that is a sitemap or a feed."""
        if self.urls and not _MACHINE_READ.search(self.urls[0].partition("?")[0]):
            return self.urls[0]
        return self.page or site.home


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """One news site: a file in `config/sites/`, named after its slug."""

    __pydantic_config__: ClassVar[dict[str, Any]] = {"extra": "forbid"}

    slug: str = _required("taken from the file's name")
    name: str = _required("the site's own name")
    home: str = _required("URL of its home page")
    sections: tuple[Section, ...] = _required("its sections, one `[[sections]]` table each")
    language: str = _key("BCP 47; plain `ar` is what readers understand", "ar")
    timezone: str = _key("IANA zone of dates that name none", "UTC")
    charset: str = _key("character set of pages that declare none and are not UTF-8", "")
    headers: dict[str, str] = field(default_factory=dict, hash=False, metadata={"doc": "request headers for this site"})
    cookies: dict[str, str] = field(default_factory=dict, hash=False, metadata={"doc": "cookies for this site"})
    formerly: tuple[str, ...] = _key(
        "hosts that the site was at before, the first one first; its stories keep their ids", ()
    )
    connect_to: str = _key("`host:port` to connect to instead of what the home's host name resolves to", "")
    rules: Rules = field(default_factory=Rules, metadata={"doc": "selectors"})
    fetch: Fetching = field(
        default_factory=Fetching, metadata={"doc": "politeness and limits, where they differ from feedmaker.toml"}
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """`config/feedmaker.toml`: what holds for all sites."""

    __pydantic_config__: ClassVar[dict[str, Any]] = {"extra": "forbid"}

    base_url: str = _key("URL that `out` is served at; without it feeds have no self link", "")
    hub: str = _key("URL of a WebSub hub to tell of changed feeds; needs `base_url`", "")
    contact: str = _key("URL or mail address sent with each request, for site owners to reach you", "")
    out: str = _key("folder to write feeds and pages to", "out")
    store: str = _key("file of the store, or a PostgreSQL URL", ".feedmaker/store.sqlite")
    sites_at_once: int = _key("sites worked on side by side", 8)
    items: int = _key("as in a section, for all of them", 50)
    max_age: float = _key("as in a section, for all of them", 30.0)
    formats: tuple[Format, ...] = _key("as in a section, for all of them", FORMATS)
    fetch: Fetching = field(default_factory=Fetching, metadata={"doc": "politeness and limits for all sites"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """A story link found on a listing. `url` is canonical (`urls.canonical`); `title` is the headline as shown."""

    url: str
    title: str = ""
    published: datetime | None = None
    image: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Validators:
    """What a conditional request sends back (RFC 9110 section 13.1)."""

    etag: str | None = None
    last_modified: str | None = None

    def __bool__(self) -> bool:
        return bool(self.etag or self.last_modified)


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """A fetched page: `url` after redirects, the bytes, the same in UTF-8, and when it was had (aware)."""

    url: str
    content: bytes
    utf8: bytes
    content_type: str = ""
    fetched_at: datetime
    validators: Validators = Validators()

    @property
    def text(self) -> str:
        """Made anew each time: most of what looks at a page needs no more than the bytes."""
        return self.utf8.decode("utf-8", "replace")


@dataclass(frozen=True, slots=True, kw_only=True)
class NotModified:
    """The server's word that a page is what it was (304)."""

    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """What readers want of an article page.

    `html` is clean and absolute, `text` its paragraphs, headings and list items joined by blank lines, without the
    title. `published` and `modified` are aware. `category` is the page's own section, `also` those of other pages with
    a copy of it. `teaser` says that the page holds no story and only its own description could be had. The last three
    fields are the store's: the id fixed at first sight, when that was, and when what readers see last changed.
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
    raw_title: str = ""
    teaser: bool = False
    id: str = ""
    first_seen: datetime | None = None
    updated: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Rhythm:
    """How often a section has something new: the usual and the longest pause between stories, and the present one."""

    usual: timedelta
    longest: timedelta
    quiet: timedelta

    @property
    def overdue(self) -> bool:
        """Whether it has been quiet for so long that something may be wrong: twice its longest pause, and a day."""
        return self.quiet > max(2 * self.longest, timedelta(days=1))


@dataclass(frozen=True, slots=True, kw_only=True)
class Enclosure:
    """A picture as its server describes it: its address, media type, and length in bytes."""

    url: str
    type: str
    length: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Feed:
    """A section with the stories to show, newest first. It knows no clock: `updated` is the newest story's.

    `month` ("2026-11") says that it is the archive of that month; `previous` and `following` are the months around
    it that have archives. `ttl` is in minutes, 0 for none; `enclosures` are lead pictures by their addresses.
    """

    site: Site
    section: Section
    stories: tuple[Story, ...]
    base_url: str = ""
    hub: str = ""
    ttl: int = 0
    month: str = ""
    previous: str = ""
    following: str = ""
    enclosures: dict[str, Enclosure] = field(default_factory=dict, hash=False)

    @property
    def language(self) -> str:
        """The section's language, else the site's."""
        return self.section.language or self.site.language

    @property
    def updated(self) -> datetime | None:
        """When the newest change among the stories was; None of an empty feed."""
        return max((s.updated for s in self.stories if s.updated), default=None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Failure:
    """One URL that gave no story, and why; `first` when it did so for the first time in a row.

    `doubt` says that a page came and looks like something else: "page" where it is this one's own fault, "site" where
    the site puts something before its pages (a challenge, a consent, a login).
    """

    url: str
    reason: str
    first: bool = True
    doubt: Literal["", "page", "site"] = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """A link as the store remembers it: `key` is `urls.key` of its URL, `story` the id fixed at first sight.

    `checks` counts the times the article was had since, `failures` the failures in a row; `digest` is of the stored
    story (`decide.digest`), empty where there is none.
    """

    url: str
    key: str
    story: str
    title: str
    first_seen: datetime
    checks: int = 0
    failures: int = 0
    validators: Validators = Validators()
    digest: str = ""


Status = Literal["published", "unchanged", "kept", "quarantined"]
BROKEN: tuple[Status, ...] = ("kept", "quarantined")


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """A section as the store remembers it: how its last run went and what its feed files were made with.

    `usual` is how many links its listing usually holds. One that failed is not asked before `next_poll`, unless its
    configuration is another than `asked_with`; `doubted` is what put it in quarantine. `note` is what a person should
    know of it though it is good.
    """

    status: Status | Literal[""] = ""
    reason: str = ""
    since: datetime | None = None
    told: datetime | None = None
    good_at: datetime | None = None
    links: int = 0
    nav_from: str = ""
    nav_url: str = ""
    changed: int = 0
    every: int = 0
    due: datetime | None = None
    usual: int = 0
    next_poll: datetime | None = None
    asked_with: str = ""
    doubted: Literal["", "listing", "articles"] = ""
    note: str = ""

    @property
    def good(self) -> bool:
        """Whether the section did what it should in its last run; so it is before its first."""
        return self.status not in BROKEN


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """A section broke ("kept") or healed (another status) at an instant."""

    at: datetime
    status: Status
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """Of so many newest stories of a section, how many have a date of their own, authors, a picture, a full text."""

    stories: int = 0
    dated: int = 0
    signed: int = 0
    pictured: int = 0
    whole: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Heal:
    """A rule that did not match any more, and what was found in its place by agreeing with known stories.

    `what` is "links", "heading", "nav", "urls" or "body"; `before` is as configured, `after` what is used instead;
    `agreed` counts the known stories that were found again, `confidence` (0 to 1) says how well they agree, and `at`
    is when that was.
    """

    what: str
    before: str
    after: str
    agreed: int
    confidence: float
    at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """What a run made of one section.

    `status`: "published" (feed files were written), "unchanged" (nothing to write), "kept" (the section failed and its
    last good feed stays; `reason` says why), "quarantined" (something came that looks broken; the last good feed stays
    and nothing is taken of it). `links` is what the listing held, None when it was not modified; `waiting` counts
    articles left for the next run. `since` is when the section broke or healed; `told` says that a person is to be
    told: it broke or healed in this run, or is still broken after another day. `next_poll` is when a section that fails
    is asked again, `doubted` what put one in quarantine; `note` what a person should know though it is good.
    """

    site: str
    section: str
    status: Status
    reason: str = ""
    links: int | None = None
    added: int = 0
    changed: int = 0
    waiting: int = 0
    failures: tuple[Failure, ...] = ()
    since: datetime | None = None
    told: bool = False
    next_poll: datetime | None = None
    doubted: Literal["", "listing", "articles"] = ""
    note: str = ""

    @property
    def good(self) -> bool:
        """Whether the section did what it should; failed articles are tried again and do not count."""
        return self.status not in BROKEN


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """How one field of a story was decided: the value, where it came from, and the candidates that lost."""

    name: str
    value: str
    source: str
    losers: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """One block of a page as `extract` saw it: kept or dropped, with its score, features and the reason."""

    path: str
    text: str
    kept: bool
    score: float
    reason: str
    features: dict[str, float] = field(default_factory=dict)


@dataclass(slots=True)
class Trace:
    """Filled by the stages as they decide, when someone asks why; the one type here that changes."""

    choices: list[Choice] = field(default_factory=list)
    blocks: list[Block] = field(default_factory=list)
