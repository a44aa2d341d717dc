"""The configuration as types: `config` reads TOML into them.

Each key's text and limits stand beside its default.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, fields
from typing import Any, ClassVar, Final, Literal, NamedTuple

Format = Literal["atom", "rss", "json"]
UiLanguage = Literal["ar", "en", "fa", "ur", "he", "fr"]
NotifiedEvent = Literal["broke", "recovered", "self_healed", "silent", "stories"]
CHANNELS: Final = ("command", "webhook", "ntfy", "mail")
FORMATS: tuple[Format, ...] = ("atom", "rss", "json")
MEDIA_TYPES: dict[Format, str] = {
    "atom": "application/atom+xml",
    "rss": "application/rss+xml",
    "json": "application/feed+json",
}
_MACHINE_READ = re.compile(r"\.(?:xml|rss|atom|rdf|json|gz)$|/(?:feed|rss|atom)/?$")


# What pydantic is to know of the classes below.
_STRICT = {"extra": "forbid"}
# A slug stands in file names and URLs.
SLUG = "[a-z0-9]+(-[a-z0-9]+)*"
LONGEST_SLUG = 100  # characters: a file system takes names of 255 bytes
_LONGEST_NAME = 20_000  # characters: ten million take all memory of the process that renders a feed
# BCP 47, as far as a regular expression can tell.
_LANGUAGE = "[a-zA-Z]{2,3}(-[a-zA-Z0-9]{1,8})*"
_NOT_BLANK = r"\S"
_PATH = r"^[^\x00]*[^\s\x00][^\x00]*$"
_MAIL = r"[^\s@<>,;]+@[^\s@<>,;]+"
_HOURS = r"^(([01]\d|2[0-3]):[0-5]\d-([01]\d|2[0-3]):[0-5]\d)?$"
_CONTACT = r"^(https?://\S+|(mailto:)?[^\s@]+@[^\s@]+)?$"


def _key(description: str, default: Any, **limits: Any) -> Any:
    """Return a configuration key: its text, its default, and its limits.

    Limits have the names of pydantic's `Field`, which reads them from the metadata; editors show
    all of it by the JSON Schema. So this module needs no import of pydantic, which takes longer
    than `feedmaker --help`.
    """
    return field(default=default, metadata={"description": description, **limits})


def _required(description: str, **limits: Any) -> Any:
    return field(metadata={"description": description, **limits})


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """CSS selectors for one site, all optional; one that matches nothing is passed over."""

    __pydantic_config__: ClassVar[dict[str, Any]] = _STRICT

    links: tuple[str, ...] = _key(
        "the story links of a listing, or the boxes that hold one each", ()
    )
    body: tuple[str, ...] = _key("the elements whose content is the story", ())
    drop: tuple[str, ...] = _key("elements never part of a story", ())
    title: tuple[str, ...] = _key("the story's title", ())
    date: tuple[str, ...] = _key("the element with the publication date, as text or attribute", ())
    author: tuple[str, ...] = _key("the authors' names", ())
    image: tuple[str, ...] = _key("the lead picture", ())


class Limits(NamedTuple):
    """What of a page is parsed, as the keys of `Fetching` say.

    With their defaults that is what 200 MB and 2 s of CPU can take. The longest of a thousand real
    pages has ten thousand tags. A parser's steps are the tags by the elements open at each: some
    hundred thousand of a real page, at most `tags` by `depth` here. Real elements have tens of
    attributes.
    """

    tags: int
    depth: int
    attributes: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Fetching:
    """How a site is asked: politeness and limits."""

    __pydantic_config__: ClassVar[dict[str, Any]] = _STRICT

    concurrency: int = _key("requests under way to one host at a time", 2, ge=1, le=100)
    delay: float = _key(
        "seconds between the starts of two requests to one host", 0.5, ge=0, le=3_600
    )
    timeout: float = _key(
        "seconds one page may take in all, redirects and further tries included",
        20.0,
        ge=0.1,
        le=600,
    )
    budget: float = _key(
        "seconds one site may take in a run; what is left is done by the next",
        120.0,
        ge=1,
        le=86_400,
    )
    retries: int = _key(
        "further tries after a connection error or a status 5xx but 503", 2, ge=0, le=10
    )
    max_bytes: int = _key(
        "bytes of a page after decompression", 5_000_000, ge=1_000, le=1_000_000_000
    )
    max_tags: int = _key(
        "tags of a page, opening and closing ones", 80_000, ge=1_000, le=10_000_000
    )
    max_depth: int = _key(
        "elements within each other, on average over a page of max_tags; "
        "a shorter one may be deeper",
        500,
        ge=20,
        le=10_000,
    )
    max_attributes: int = _key(
        "attributes of one element; the others are not read", 2_000, ge=1_000, le=1_000_000
    )
    max_redirects: int = _key("redirects followed for one page", 5, ge=0, le=50)
    max_links: int = _key(
        "links of one section that are looked at, the first of its listing",
        5_000,
        ge=1,
        le=100_000,
    )
    max_listing_pages: int = _key(
        "pages of one listing that are read where all it shows is new", 3, ge=1, le=100
    )
    max_pages: int = _key(
        "pages of one story that are joined; 1: its first alone", 20, ge=1, le=200
    )
    max_new: int = _key("new articles of one site fetched in one run", 200, ge=1, le=100_000)
    every: float = _key(
        "minutes at least between two runs of a section by workers", 15.0, ge=0.01, le=10_080
    )
    recheck: tuple[float, ...] = _key(
        "ages in hours at which a known article is asked again", (1, 6, 24)
    )

    @property
    def limits(self) -> Limits:
        """Return what of a page is parsed."""
        return Limits(self.max_tags, self.max_depth, self.max_attributes)


LIMITS = Fetching().limits


@dataclass(frozen=True, slots=True, kw_only=True)
class FetchLimits:
    """What the HTTP client must know to fetch on behalf of somebody: how much, how fast, as whom.

    `headers` and `cookies` go to the host of `home` and to hosts below it. `timeout` and `delay`
    are in seconds, and so is `budget`, the longest wait for a host that wants more time between
    two requests. `charset` is that of pages that declare none. `home` may be a private address,
    and requests to its host go to `connect_to` (`host:port`) where that is given.
    """

    home: str
    concurrency: int
    delay: float
    timeout: float
    budget: float
    retries: int
    max_bytes: int
    max_redirects: int
    charset: str = ""
    headers: dict[str, str] = field(default_factory=dict, hash=False)
    cookies: dict[str, str] = field(default_factory=dict, hash=False)
    connect_to: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """One section of a site: one feed.

    Its links are at `urls`, or under `heading` on `page`, or behind `nav`; or its stories are those
    of other sections, `sections_of`.
    """

    __pydantic_config__: ClassVar[dict[str, Any]] = _STRICT

    slug: str = _required(
        "name in file names: a-z, 0-9 and hyphens", pattern=f"^{SLUG}$", max_length=LONGEST_SLUG
    )
    title: str = _required(
        "what readers see as the feed's title", pattern=_NOT_BLANK, max_length=_LONGEST_NAME
    )
    urls: tuple[str, ...] = _key(
        "listing pages, (news) sitemaps or feeds that name the section's stories",
        (),
    )
    heading: str = _key("a heading on `page`; the block of headlines under it is the section", "")
    page: str = _key("the page that `heading` or `nav` stands on; without it the site's home", "")
    nav: str = _key("the label of a navigation link on `page` that leads to the listing", "")
    sections_of: tuple[str, ...] = _key(
        "sections, as site/section, whose stories it takes from the store, those that pass its own"
        " filters; nothing is fetched",
        (),
        json_schema_extra={"uniqueItems": True},
    )
    links: tuple[str, ...] = _key(
        "CSS selectors of the section's story links, or of boxes that hold one each; they take the"
        " place of those in `rules`",
        (),
    )
    source: Literal["auto", "page", "state", "wordpress", "feed", "sitemap"] = _key(
        "where its stories are had from: the list that its page shows, the data (state) that it"
        " carries for its scripts, or the REST API of WordPress, the feed or the sitemaps that it"
        " or its site names; auto: what there is, found anew where the section stops working",
        "auto",
    )
    include: tuple[str, ...] = _key("keep only stories with one of these words in the title", ())
    exclude: tuple[str, ...] = _key("drop stories with one of these words in the title", ())
    match: str = _key("keep only links whose URL this regular expression finds something in", "")
    category: tuple[str, ...] = _key("keep only stories of one of these categories of the site", ())
    language: str = _key(
        "language tag (BCP 47) of the section, where it is not the site's",
        "",
        pattern=f"^({_LANGUAGE})?$",
        examples=["ar", "fa", "he", "en"],
    )
    paused: bool = _key(
        "whether it is left alone: it is not asked, and its feed stays", default=False
    )
    items: int = _key("stories in the feed", 50, ge=1, le=1_000)
    max_age: float = _key(
        "days; links dated older are noted, not fetched; 0: no limit", 30.0, ge=0, le=100_000
    )
    keep_days: float = _key(
        "days that stories are remembered that neither feed nor listing shows; 0: for ever",
        0.0,
        ge=0,
        le=100_000,
    )
    formats: tuple[Format, ...] = _key(
        "feed files to write", FORMATS, min_length=1, json_schema_extra={"uniqueItems": True}
    )

    def file(self, site: Site, form: Format) -> str:
        """Return the name of the section's feed file, relative to `out` and to its base URL."""
        ending = form if form == "json" else f"{form}.xml"
        return f"{site.slug}/{self.slug}.{ending}"

    def html_file(self, site: Site) -> str:
        """Return the name of the page that shows the section's stories, beside its feeds."""
        return f"{site.slug}/{self.slug}.html"

    def pictures_folder(self, site: Site) -> str:
        """Return the name of the folder of small pictures for the section's pages."""
        return f"{site.slug}/pictures/{self.slug}"

    def archive_file(self, site: Site, month: str) -> str:
        """Return the name of the archive of one month, "2026-11" (RFC 5005)."""
        return f"{site.slug}/archive/{self.slug}-{month}.atom.xml"

    def web_page(self, site: Site) -> str:
        """Return the page that a person would open for the section.

        That is its listing, unless it is a sitemap or a feed.
        """
        if self.urls and not _MACHINE_READ.search(self.urls[0].partition("?")[0]):
            return self.urls[0]
        return self.page or site.home

    def keys(self) -> dict[str, Any]:
        """Return its configuration keys with their values."""
        return {key.name: getattr(self, key.name) for key in fields(Section)}


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceSection:
    """A section that another takes stories from, with the slug and the name of its site."""

    site: str
    site_name: str
    section: Section
    page: str


@dataclass(frozen=True, slots=True, kw_only=True)
class JoinedSection(Section):
    """A section of stories that other sections have: `sources` are those of `sections_of`.

    `depth` is 1 where none of these is such a section itself, else one more than theirs.
    """

    sources: tuple[SourceSection, ...] = ()

    @property
    def depth(self) -> int:
        """How many rounds of building it comes after."""
        sections = (source.section for source in self.sources)
        return 1 + max((one.depth for one in sections if isinstance(one, JoinedSection)), default=0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """One news site: a file in `config/sites/`, named after its slug."""

    __pydantic_config__: ClassVar[dict[str, Any]] = _STRICT

    slug: str = _required("taken from the file's name: a-z, 0-9 and hyphens", pattern=f"^{SLUG}$")
    name: str = _required("the site's own name", pattern=_NOT_BLANK, max_length=_LONGEST_NAME)
    home: str = _required(
        "URL of its home page", pattern=_NOT_BLANK, json_schema_extra={"format": "uri"}
    )
    sections: tuple[Section, ...] = _required(
        "its sections, one `[[sections]]` table each", min_length=1
    )
    language: str = _key(
        "language tag (BCP 47); plain `ar` is what readers understand",
        "ar",
        pattern=f"^{_LANGUAGE}$",
        examples=["ar", "fa", "he", "en"],
    )
    timezone: str = _key("IANA zone of dates that name none", "UTC")
    charset: str = _key("character set of pages that declare none and are not UTF-8", "")
    headers: dict[str, str] = field(
        default_factory=dict,
        hash=False,
        metadata={"description": "request headers for this site"},
    )
    cookies: dict[str, str] = field(
        default_factory=dict,
        hash=False,
        metadata={"description": "cookies for this site"},
    )
    formerly: tuple[str, ...] = _key(
        "hosts that the site was at before, the first one first; its stories keep their ids", ()
    )
    connect_to: str = _key(
        "`host:port` to connect to instead of what the home's host name resolves to", ""
    )
    rules: Rules = field(default_factory=Rules, metadata={"description": "selectors"})
    fetch: Fetching = field(
        default_factory=Fetching,
        metadata={"description": "politeness and limits, where they differ from feedmaker.toml"},
    )

    @property
    def fetch_limits(self) -> FetchLimits:
        """Return what the HTTP client must know of the site."""
        fetch = self.fetch
        return FetchLimits(
            home=self.home,
            concurrency=fetch.concurrency,
            delay=fetch.delay,
            timeout=fetch.timeout,
            budget=fetch.budget,
            retries=fetch.retries,
            max_bytes=fetch.max_bytes,
            max_redirects=fetch.max_redirects,
            charset=self.charset,
            headers=self.headers,
            cookies=self.cookies,
            connect_to=self.connect_to,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Notify:
    """Who is told, and of what: `[notify]` of `config/feedmaker.toml`."""

    __pydantic_config__: ClassVar[dict[str, Any]] = _STRICT

    events: tuple[NotifiedEvent, ...] = _key(
        "what is told", ("broke", "recovered", "self_healed", "silent"), min_length=1
    )
    command: tuple[str, ...] = _key("a program with its arguments; JSON is its input", ())
    webhook: str = _key("URL that JSON is posted to", "")
    webhook_secret: str = _key(
        "signs what is posted: `X-Feedmaker-Signature: sha256=` and the HMAC of the body", ""
    )
    ntfy: str = _key("URL of a topic of an ntfy server", "", examples=["https://ntfy.sh/my-feeds"])
    ntfy_token: str = _key("access token of that server", "")
    mail: tuple[str, ...] = _key("mail addresses", ())
    mail_from: str = _key(
        "the sender of mails; without it the first of `mail`", "", pattern=f"^({_MAIL})?$"
    )
    smtp: str = _key(
        "`smtp://` (STARTTLS where a user is named) or `smtps://` URL of the mail server",
        "smtp://localhost",
        examples=["smtps://user:password@mail.example"],
    )
    quiet_hours: str = _key(
        "nothing is sent in these; it goes out by the next run after them",
        "",
        pattern=_HOURS,
        examples=["22:00-07:00"],
    )
    timezone: str = _key("IANA zone of `quiet_hours`", "UTC")

    @property
    def channels(self) -> tuple[str, ...]:
        """The keys that name somebody to tell."""
        return tuple(name for name in CHANNELS if getattr(self, name))


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """`config/feedmaker.toml`: what holds for all sites."""

    __pydantic_config__: ClassVar[dict[str, Any]] = _STRICT

    base_url: str = _key("URL that `out` is served at; without it feeds have no self link", "")
    hub: str = _key("URL of a WebSub hub to tell of changed feeds; needs `base_url`", "")
    contact: str = _key(
        "URL or mail address sent with each request, for site owners to reach you",
        "",
        pattern=_CONTACT,
    )
    out: str = _key("folder to write feeds and pages to", "out", pattern=_PATH)
    ui: Literal["", "ar", "en", "fa", "ur", "he", "fr"] = _key(
        "language of the pages and the health feed; without it that of most sites", ""
    )
    thumbnails: bool = _key(
        "whether the pages show small pictures; needs `feedmaker[thumbnails]`", default=False
    )
    feeds_key: bool = _key(
        "whether `serve` gives files only to who has a key (`feedmaker key`) or is logged in",
        default=False,
    )
    store: str = _key(
        "file of the store, or a PostgreSQL URL", ".feedmaker/store.sqlite", pattern=_PATH
    )
    sites_at_once: int = _key("sites worked on side by side", 8, ge=1)
    items: int = _key("as in a section, for all of them", 50, ge=1, le=1_000)
    max_age: float = _key("as in a section, for all of them", 30.0, ge=0, le=100_000)
    keep_days: float = _key("as in a section, for all of them", 0.0, ge=0, le=100_000)
    formats: tuple[Format, ...] = _key(
        "as in a section, for all of them",
        FORMATS,
        min_length=1,
        json_schema_extra={"uniqueItems": True},
    )
    fetch: Fetching = field(
        default_factory=Fetching,
        metadata={"description": "politeness and limits for all sites"},
    )
    notify: Notify = field(
        default_factory=Notify, metadata={"description": "who is told when a feed breaks"}
    )
