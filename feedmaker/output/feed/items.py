"""A feed as every format shows it: clean text, each story in its own language and direction, links.

No format has a place for the direction of a text, so it goes by what readers look at. The language
stands at the feed, and at each item in another one. The content is one `<div dir lang>`. Titles,
summaries and bodies open with a letter of their own direction, or with one mark (W3C note Strings
on the Web, "first-strong").
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from html import escape, unescape
from posixpath import dirname, relpath
from textwrap import shorten
from typing import TYPE_CHECKING, Final, NamedTuple

from feedmaker.html.media_files import linked_media
from feedmaker.model import MEDIA_TYPES, Code, Failure, Reason
from feedmaker.output.entry_times import distinct_instants
from feedmaker.output.feed.item_content import write_content
from feedmaker.text import arabic, urls
from feedmaker.text.site_names import full_title

if TYPE_CHECKING:
    from collections.abc import Iterable

    from feedmaker.model import Enclosure, Feed, Format, Story
    from feedmaker.text.arabic import Direction

# The first category of a teaser says that it is one, in the feed's language.
TEASER_LABELS: Final = {
    "ar": "مقتطف",
    "en": "excerpt",
    "fa": "گزیده",
    "he": "תקציר",
    "ur": "اقتباس",
}
_SLOGAN_TIMES: Final = 3  # stories of a feed with one summary: it tells of none of them
# Every format wants a date where there is no story to take one from; it must be older than any.
_BEFORE_ANY: Final = datetime(2000, 1, 1, tzinfo=UTC)
_LANGUAGE_TAG = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*")
_URI = re.compile(r"[a-z][a-z0-9+.-]*:[!#-;=?-Z\[\]_a-z~]+", re.IGNORECASE)  # RFC 3986


class OwnSource(NamedTuple):
    """Where an item is from: a name, the page for people, and the Atom feed where there is one."""

    title: str
    page: str
    feed: str


class Item(NamedTuple):
    """A story as readers get it, clean and in its own language."""

    id: str
    url: str
    title: str
    summary: str
    content: str
    authors: tuple[str, ...]
    categories: tuple[str, ...]
    published: datetime
    updated: datetime
    language: str | None  # where it is not the feed's
    image: str | None
    picture: Enclosure | None  # the lead one, as its server describes it
    files: tuple[Enclosure, ...]  # of sound and film, likewise
    source: OwnSource | None = None  # in a feed with several

    @property
    def enclosures(self) -> tuple[Enclosure, ...]:
        """What is enclosed, in the order of worth: RSS has room for one."""
        return (*self.files, self.picture) if self.picture else self.files


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedContent:
    """What all formats of a feed have in common.

    `feed` has only the stories that are shown, `left_out` names the others.
    """

    feed: Feed
    language: str
    title: str
    about: str
    site_name: str
    updated: datetime
    items: tuple[Item, ...]
    left_out: tuple[Failure, ...] = ()


def prepare(feed: Feed) -> FeedContent:
    """Make the items of a feed, in its order.

    Each id stands once: of two stories with one id the first is taken. A story without an id or
    without an address, and one that cannot be written, is left out and named.
    """
    items: dict[str, Item] = {}
    shown = []
    left_out = []
    language = feed.language
    often = _Often(
        Counter(story.image for story in feed.stories),
        Counter(story.summary for story in feed.stories),
    )
    for story in feed.stories:
        if story.id in items:
            continue
        try:
            items[story.id] = _item(story, feed, language, often)
            shown.append(story)
        except (ValueError, OverflowError) as error:  # OverflowError: of a date in the year 1
            reason = Reason.of(Code.LEFT_OUT, cause=Reason.of(Code.TEXT, text=str(error)))
            left_out.append(Failure(url=story.url, reason=reason))
    feed = replace(feed, stories=tuple(shown))
    site_name = plain_text(feed.site.name)
    title = full_title(plain_text(feed.section.title), site_name)
    about = filter(None, (site_name, urls.key(feed.site.home).partition("/")[0], feed.month))
    updated = utc(feed.updated or _BEFORE_ANY)
    direction = arabic.direction(language)
    return FeedContent(
        feed=feed,
        language=language,
        title=arabic.with_marks(title, direction),
        about=arabic.with_marks(" – ".join(about), direction),
        site_name=arabic.lead(site_name, direction),
        updated=updated,
        items=_with_own_instants(items.values()),
        left_out=tuple(left_out),
    )


class _Often(NamedTuple):
    """How often the stories of a feed have the same picture and summary: then it is the site's."""

    pictures: Counter[str | None]
    summaries: Counter[str]


def _item(story: Story, feed: Feed, feed_language: str, often: _Often) -> Item:
    """One story as readers get it. Raises ValueError where it has no id or no address."""
    if not _URI.fullmatch(story.id):
        raise ValueError(f"its id is no URI: {story.id[:80]!r}")
    url = _address(story.url)
    if url is None:
        raise ValueError("its address is none of the web")
    language = _language(story, feed_language)
    direction = arabic.direction(language)
    title, summary = _title_and_summary(_without_slogan(story, often), url)
    published = utc(story.published or story.first_seen or _BEFORE_ANY)
    html = _html(story, summary)
    image = _address(story.image) if story.image else None
    content = write_content(html, language, image, shared=often.pictures[story.image] > 1)
    files = [_described(feed, file, ("audio/", "video/")) for file in linked_media(html)]
    return Item(
        id=story.id,
        url=url,
        title=arabic.with_marks(title, direction),
        summary=arabic.with_marks(summary, direction),
        content=content.html,
        authors=_distinct(story.authors) or (plain_text(feed.site.name),),
        categories=_categories(story, feed_language),
        published=published,
        updated=utc(story.updated) if story.updated else published,
        language=None if language == feed_language else language,
        image=content.image,
        picture=_described(feed, content.image, ("image/",)),
        files=tuple(filter(None, files)),
        source=_source(feed, story.id, direction),
    )


def _source(feed: Feed, story: str, direction: Direction) -> OwnSource | None:
    """Where a story is from, by its id; its feed has an address under a base URL alone."""
    source = feed.sources.get(story)
    page = _address(source.page) if source else None
    if source is None or page is None:
        return None
    file = _under(feed.base_url, source.file) if source.file and feed.base_url else ""
    return OwnSource(arabic.with_marks(plain_text(source.title), direction), page, file)


def _without_slogan(story: Story, often: _Often) -> Story:
    """The story, without a summary that several stories of the feed have."""
    if story.text and often.summaries[story.summary] >= _SLOGAN_TIMES:
        return replace(story, summary="")
    return story


def _html(story: Story, summary: str) -> str:
    """The HTML of a story without characters that no feed can hold; of none its summary."""
    html = story.html
    # Most are printable, which is told in a tenth of the time.
    if not html.isprintable() and _ILLEGAL.search(html):
        html = arabic.tidy(html)
    return html or f"<p>{escape(summary, quote=False)}</p>"


def _described(feed: Feed, url: str | None, kinds: tuple[str, ...]) -> Enclosure | None:
    """What is known of a file; None where it is not of these kinds."""
    file = feed.enclosures.get(url) if url else None
    return file if file and file.type.startswith(kinds) else None


def _with_own_instants(items: Iterable[Item]) -> tuple[Item, ...]:
    """The items, no two of them updated at once."""
    made = tuple(items)
    instants = distinct_instants([(item.id, item.updated) for item in made])
    return tuple(
        item if item.updated == instant else item._replace(updated=instant)
        for item, instant in zip(made, instants, strict=True)
    )


def _title_and_summary(story: Story, url: str) -> tuple[str, str]:
    """Title and summary of a story, neither of them empty."""
    summary = plain_text(story.summary) or first_words(plain_text(story.text), 300)
    title = plain_text(story.title) or first_words(summary, 90) or url
    return title, summary or title


def _categories(story: Story, feed_language: str) -> tuple[str, ...]:
    """The categories and tags of a story, after the label of a teaser."""
    names = (
        story.category or "",
        *story.also,
        *story.tags,
    )
    if not story.teaser:
        return _distinct(names)
    language = feed_language.partition("-")[0].lower()
    label = TEASER_LABELS.get(language, TEASER_LABELS["en"])
    return _distinct((label, *names))


# An address as feeds want it: ASCII, and nothing that would have to be escaped (RFC 3986).
_WHOLE = re.compile(
    r"https?://[a-z0-9.-]+(?::\d+)?/(?:[\w!$&'()*+,;=:@/?.~-]|%[0-9A-Fa-f]{2})*",
    re.ASCII,
)


def _address(url: str) -> str | None:
    """A URL as feeds want it; None of what is none."""
    return url if _WHOLE.fullmatch(url) else urls.canonical(url)


def _language(story: Story, feed_language: str) -> str:
    """The story's language; the feed's where the story has none, or only another region of it."""
    language = (story.language or "").replace("_", "-")
    primary = language.partition("-")[0].lower()
    if not _LANGUAGE_TAG.fullmatch(language) or primary == feed_language.partition("-")[0].lower():
        return feed_language
    return language


def utc(instant: datetime) -> datetime:
    """Return an instant in the one way all readers know: UTC and whole seconds."""
    return instant.astimezone(UTC).replace(microsecond=0)


# ---- text

# Markup that a site escaped once too often: `&lt;b&gt;` and `&quot;` shown as such.
_TAG = re.compile(
    r"</?(?:a|abbr|b|big|br|cite|code|del|div|em|font|h[1-6]|i|img|ins|mark|p|q|s|script|small|span"
    r"|strong|style|sub|sup|u)"
    r"(?:\s+[\w:-]+\s*=[^<>]*+)?\s*+/?>",
    re.IGNORECASE,
)
# What is left and would begin an element or a comment (HTML, 13.2.5.6) in a reader that takes text
# for HTML.
# Some take any letter for the name of an element: QuiteRSS and RSS Guard lose «<الهدف>».
_OTHER_TAG = re.compile(r"<((?:[^\W\d_]|[/!?])[^<>]*)>")
_OPENING = re.compile(r"<(?=[^\W\d_]|[/!?])")
_REFERENCE = re.compile(r"&#?\w+;")
# One such character makes the XML of the whole feed impossible, or turns the direction of its line.
_ILLEGAL = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]"
)


def plain_text(text: str) -> str:
    """Return text without markup: many readers take text for HTML, whatever the format says.

    Tags that format text are taken out. Of others, which a headline may be about, the brackets
    become ones that are no markup.
    """
    line = arabic.tidy_line(text)
    if "&" not in line and "<" not in line:
        return line
    line = _REFERENCE.sub(lambda found: unescape(found[0]), line)
    line = arabic.tidy_line(_TAG.sub("", line))
    return _OPENING.sub("‹", _OTHER_TAG.sub(r"‹\1›", line))


def first_words(text: str, length: int) -> str:
    """Return the first words of a line of text, in at most `length` characters."""
    return shorten(text[: 2 * length], length, placeholder="…")


def _distinct(names: tuple[str, ...]) -> tuple[str, ...]:
    """The names, clean, each once."""
    return tuple(dict.fromkeys(filter(None, map(plain_text, names))))


# ---- links


def links(feed: Feed, form: Format) -> list[dict[str, str]]:
    """Return the links of a feed file: itself, the hub, its history, last the section's web page.

    Each is a dictionary with `href`, `rel` and mostly `type`. A link to itself needs a base URL.
    The history is that of RFC 5005: the live feed leads to the newest archive, an archive to those
    before and after it and to the feed that is `current`.
    """
    section = feed.section
    site = feed.site
    atom = MEDIA_TYPES["atom"]
    found = []
    if feed.base_url:
        kind = atom if feed.month else MEDIA_TYPES[form]
        found.append({"href": address(feed, form), "rel": "self", "type": kind})
        if feed.hub and not feed.month:
            found.append({"href": feed.hub, "rel": "hub"})
    if feed.month:
        live = section.formats[0]
        href = _link_to(feed, section.file(site, live))
        found.append({"href": href, "rel": "current", "type": MEDIA_TYPES[live]})
    for rel, month in (("prev-archive", feed.previous), ("next-archive", feed.following)):
        if month:
            href = _link_to(feed, section.archive_file(site, month))
            found.append({"href": href, "rel": rel, "type": atom})
    page = section.web_page(site)
    found.append({"href": urls.canonical(page) or page, "rel": "alternate", "type": "text/html"})
    return found


def address(feed: Feed, form: Format) -> str:
    """Return the URL that a feed file is served at; its place in `out` without a base URL."""
    section, site = feed.section, feed.site
    file = section.archive_file(site, feed.month) if feed.month else section.file(site, form)
    return _under(feed.base_url, file)


def icon_address(feed: Feed) -> str:
    """Return the URL of the icon of a feed's site; "" of an archive, and where it has none."""
    if not (feed.icon and feed.base_url) or feed.month:
        return ""
    return _under(feed.base_url, f"{feed.site.slug}/{feed.icon}")


def _link_to(feed: Feed, file: str) -> str:
    """The address of another file: under the base URL, or relative to this one without it."""
    if feed.base_url:
        return _under(feed.base_url, file)
    return relpath(file, dirname(address(feed, "atom")))


def _under(base_url: str, file: str) -> str:
    return f"{base_url.rstrip('/')}/{file}" if base_url else file
