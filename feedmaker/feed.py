"""A feed to Atom 1.0 (RFC 4287) or RSS 2.0 bytes, such that readers show it right; the only door to feedgen.

The same stories give the same bytes: every date is a story's, and nothing here knows a clock, a folder or a version.
Direction goes by what readers look at: neither format has a place for it, so the language stands at the feed and at
each item in another one, the content is one `<div dir lang>`, and titles, summaries and bodies open with a letter of
their own direction, or one mark (W3C note Strings on the Web, "first-strong").
"""

from __future__ import annotations

import re
from datetime import UTC, datetime
from email.utils import format_datetime
from functools import lru_cache
from html import escape, unescape
from textwrap import shorten
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import unquote, urlsplit
from zlib import crc32

from feedmaker import arabic, urls

if TYPE_CHECKING:
    from feedmaker.model import Feed, Format, Story

_MEDIA_TYPE: dict[Format, str] = {"atom": "application/atom+xml", "rss": "application/rss+xml"}
_DC = "http://purl.org/dc/elements/1.1/"
_XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_LANGUAGE_TAG = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*")
_EXCERPT_LABEL = {"ar": "مقتطف", "fa": "گزیده", "ur": "اقتباس", "he": "תקציר"}
# Both formats want a date where there is no story yet to take one from; it only has to be older than any.
_BEFORE_ANY = datetime(2000, 1, 1, tzinfo=UTC)


def render(feed: Feed, form: Format) -> bytes:
    """The feed file of a section, in UTF-8.

    The stories must be as the store gives them: with `id`, and with `first_seen` or `published`; of two with one id
    the first is taken. Without a base URL there is no self link.
    """
    generator, contents = _built(feed)
    page = feed.section.web_page(feed.site)
    links = [{"href": urls.canonical(page) or page, "rel": "alternate", "type": "text/html"}]
    if feed.base_url:
        address = f"{feed.base_url.rstrip('/')}/{feed.section.file(feed.site, form)}"
        links.insert(0, {"href": address, "rel": "self", "type": _MEDIA_TYPE[form]})
    # The alternate one is the last, because feedgen makes the channel's link in RSS of the last it is given.
    generator.link(links, replace=True)
    if form == "atom":
        xml = generator.atom_str(pretty=True)
    else:
        xml = _RSS_TEXT.sub(_rss_profile, generator.rss_str(pretty=True))
    return _CONTENT.sub(lambda found: found[1] + contents[int(found[2])], xml)


@lru_cache(maxsize=1)  # a section's formats are rendered one after the other
def _built(feed: Feed) -> tuple[Any, list[bytes]]:
    """The feed as feedgen holds it, the same for all formats but for its links, and the contents of its entries.

    In place of its content an entry has its number there: the full texts are nine tenths of a feed, and feedgen would
    have them escaped and copied anew for each format.
    """
    from feedgen.feed import FeedGenerator

    direction = arabic.direction(feed.language)
    title = arabic.lead(_plain(feed.section.title), direction)
    name = arabic.lead(_plain(feed.site.name), direction)
    generator = FeedGenerator()
    generator.register_extension("repair", _FeedRepair, _EntryRepair)
    generator.id(_feed_id(feed))
    generator.title(title)
    generator.subtitle(f"{title} – {name}")
    generator.author(name=name)
    generator.generator("feedmaker")
    generator.language(feed.language)
    updated = _utc(feed.updated or _BEFORE_ANY)
    generator.updated(updated)
    generator.lastBuildDate(updated)
    stories: dict[str, Story] = {}
    for story in feed.stories:
        stories.setdefault(story.id, story)
    contents = []
    for number, story in enumerate(stories.values()):
        item = _item(story, feed)
        _fill(generator.add_entry(order="append"), story, item, number)
        contents.append(escape(item.content, quote=False).encode())
    return generator, contents


def _feed_id(feed: Feed) -> str:
    """An id by what the section is on its site: it outlives a new slug, base URL, folder, and http to https."""
    section, home = feed.section, feed.site.home
    place = section.urls[:1] or (section.page or home,)
    names = (section.heading, section.nav, section.match, *section.include, *section.category)
    return urls.urn("\n".join((urls.key(home), urls.key(place[0]), *filter(None, names))))


# ---- items


class _Item(NamedTuple):
    """A story as readers get it, clean and in its own language."""

    title: str
    summary: str
    content: str
    authors: tuple[str, ...]
    categories: tuple[str, ...]
    published: datetime
    language: str | None  # where it is not the feed's


def _item(story: Story, feed: Feed) -> _Item:
    language = _language(story, feed)
    direction = arabic.direction(language)
    summary = _plain(story.summary) or _shorten(_plain(story.text), 300)
    title = _plain(story.title) or _shorten(summary, 90) or story.url
    summary = summary or title
    label = _EXCERPT_LABEL.get(_primary(feed.language), "excerpt") if story.teaser else ""
    return _Item(
        title=arabic.lead(title, direction),
        summary=arabic.lead(summary, direction),
        content=_content(story, summary, language, direction),
        authors=_distinct(story.authors) or (_plain(feed.site.name),),
        categories=_distinct((label, story.category or "", *story.also, *story.tags)),
        published=_utc(story.published or story.first_seen or _BEFORE_ANY),
        language=None if language == feed.language else language,
    )


def _fill(entry: Any, story: Story, item: _Item, number: int) -> None:
    """Tell feedgen one item."""
    entry.updated(_own_instant(_utc(story.updated or item.published), story.id))
    entry.id(story.id)
    entry.title(item.title)
    entry.link(href=story.url)
    # In this order each keeps its own: RSS gets the summary as HTML, as which `description` is read, Atom as text.
    entry.description(escape(item.summary, quote=False))
    entry.content(str(number), type="html")
    entry.summary(item.summary)
    entry.category([{"term": term} for term in item.categories])
    entry.author([{"name": name} for name in item.authors])
    entry.repair.item = item


def _language(story: Story, feed: Feed) -> str:
    """The story's language; the feed's where it has none that is one, or only another region of it."""
    language = (story.language or "").replace("_", "-")
    if not _LANGUAGE_TAG.fullmatch(language) or _primary(language) == _primary(feed.language):
        return feed.language
    return language


def _primary(language: str) -> str:
    return language.partition("-")[0].lower()


def _utc(instant: datetime) -> datetime:
    """One way to write an instant: readers show their own zone, and all know UTC and whole seconds."""
    return instant.astimezone(UTC).replace(microsecond=0)


def _own_instant(instant: datetime, story_id: str) -> datetime:
    """`instant` in a fraction of its second that is the story's own.

    Sites date to the minute, so that stories share their dates; the W3C validator warns of two entries updated at
    once, since a client can then not tell which is newer.
    """
    return instant.replace(microsecond=crc32(story_id.encode()) % 1_000_000)


# ---- text

# Markup that a site escaped once too often: `&lt;b&gt;` and `&quot;` shown as such.
_TAG = re.compile(
    r"</?(?:a|abbr|b|big|br|cite|code|del|div|em|font|h[1-6]|i|img|ins|mark|p|q|s|script|small|span|strong|style|sub|sup|u)"
    r"(?:\s+[\w:-]+\s*=[^<>]*)?\s*/?>",
    re.IGNORECASE,
)
_REFERENCE = re.compile(r"&#?\w+;")
# One such character makes the XML of the whole feed impossible, or turns the line around that it stands in. Stories
# come tidied from `extract`, so that looking for them is all that is mostly needed.
_DEBRIS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]")


def _clean(text: str) -> str:
    """Clean text; `isprintable` is the quicker question, and settles it for most."""
    return text if text.isprintable() or not _DEBRIS.search(text) else arabic.tidy(text)


def _line(text: str) -> str:
    """Clean text on one line."""
    return " ".join(_clean(text).split())


def _plain(text: str) -> str:
    """Clean text without markup: many readers take what is text for HTML, whatever the format says."""
    line = _line(text)
    if "&" in line or "<" in line:
        line = _line(_TAG.sub("", _REFERENCE.sub(lambda found: unescape(found[0]), line)))
    return line


def _shorten(text: str, length: int) -> str:
    """The first words of a line of text, in at most `length` characters."""
    return shorten(text[: 2 * length], length, placeholder="…")


def _distinct(names: tuple[str, ...]) -> tuple[str, ...]:
    """The names, clean, each once."""
    return tuple(dict.fromkeys(name for name in map(_plain, names) if name))


# ---- content

# Enough for what nh3 writes: lower-case tags, quoted attributes, `<` and `>` escaped.
_MARKUP = re.compile(r"(?:\s|<[^>]*>)*")
_ELEMENT = re.compile(r"<[^>]*>")
_TEXT_RUN = re.compile(r"([^<]+)(?:<[^>]*>|$)")
_IMAGE = re.compile(r"""<img\b[^>]*?\ssrc=["']([^"']*)""")


def _content(story: Story, summary: str, language: str, direction: arabic.Direction) -> str:
    """The whole story as HTML: picture and text in one element that states language and direction."""
    html = _clean(story.html) or f"<p>{escape(summary, quote=False)}</p>"
    start = next(_MARKUP.finditer(html)).end()
    runs = (arabic.first_strong(unescape(run[1])) for run in _TEXT_RUN.finditer(html, start))
    if next(filter(None, runs), direction) != direction:
        text = unescape(_ELEMENT.sub(" ", html))
        html = html[:start] + arabic.lead(text, direction).removesuffix(text) + html[start:]
    image = urls.absolute(story.image or "")
    figure = ""
    if image and not _shows(html, start, image):
        figure = f'<figure><img src="{escape(image)}" alt="" referrerpolicy="no-referrer"></figure>'
    return f'<div dir="{direction}" lang="{language}">{figure}{html}</div>'


def _shows(html: str, start: int, image: str) -> bool:
    """Whether the story has the lead picture already: above its text, or as another size of the same file."""
    if "<img" not in html:
        return False
    wanted = _picture(image)
    return any(found.start() < start or _picture(unescape(found[1])) == wanted for found in _IMAGE.finditer(html))


# Where addresses of pictures say the size: `-300x200.jpg`, `_640w.jpg`, `-scaled.jpg`; `/640x360/`, `/w_800,h_450/`.
_SIZE = r"\d{2,4}x\d{2,4}|[wh]\d{2,4}|\d{2,4}[wh]|[1-4]x|scaled|original|large|medium|small|thumb(?:nail)?s?"
_SIZE_SUFFIX = re.compile(rf"(?:[-_.@](?:{_SIZE}))+$", re.IGNORECASE)
_SIZE_FOLDER = re.compile(rf"{_SIZE}|resized?|styles|(?:[a-z]{{1,2}}_[\w.:]+,?)+", re.IGNORECASE)
_WIDTH_SUFFIX = re.compile(r"[-_]\d{3,4}$")
_PICTURE_FILE = re.compile(r"\.(?:jpe?g|png|gif|webp|avif|bmp)(?=$|[/!@:])", re.IGNORECASE)
_TELLING = 12  # letters of a file name that no other picture of the story is likely to have


def _picture(url: str) -> str:
    """What the addresses of one picture have in common: its file's name, with its folders where that tells little.

    Host, size, file type and query differ between the sizes of one picture; where no file is named, the query tells.
    """
    try:
        parts = urlsplit(unquote(url))  # a proxy for pictures has the address escaped in its own
    except ValueError:
        return url
    file = _PICTURE_FILE.search(parts.path)
    if file is None:
        return f"{parts.path}?{parts.query}"
    *folders, name = parts.path[: file.start()].split("/")
    name = _SIZE_SUFFIX.sub("", name)
    telling = _WIDTH_SUFFIX.sub("", name)
    if len(telling) >= _TELLING:
        return telling
    return "/".join([*(f for f in folders if not _SIZE_FOLDER.fullmatch(f)), name])


# ---- what feedgen leaves out or writes wrong


class _FeedRepair:
    """A feedgen extension that adds nothing but a namespace to the feed itself."""

    def extend_ns(self) -> dict[str, str]:
        return {"dc": _DC}

    def extend_atom(self, feed: Any) -> Any:
        return feed

    def extend_rss(self, rss: Any) -> Any:
        return rss


class _EntryRepair:
    """A feedgen extension that sets right what feedgen makes of an item; `item` is given to it after it is made."""

    item: _Item

    def extend_atom(self, entry: Any) -> Any:
        """Give the link the attributes that feedgen loses, and the entry its date and language."""
        from lxml.etree import SubElement

        link = entry.find("link")
        link.set("rel", "alternate")
        link.set("type", "text/html")
        SubElement(entry, "published").text = self.item.published.isoformat()
        if self.item.language:
            entry.set(_XML_LANG, self.item.language)
        return entry

    def extend_rss(self, item: Any) -> Any:
        """Name the authors, whom feedgen drops where they have no mail address, the date and the language.

        feedgen would write the date, too, by switching the locale of the whole process there and back.
        """
        from lxml.etree import SubElement

        SubElement(item, "pubDate").text = format_datetime(self.item.published)
        for name in self.item.authors:
            SubElement(item, f"{{{_DC}}}creator").text = name
        if self.item.language:
            SubElement(item, f"{{{_DC}}}language").text = self.item.language
        return item


_CONTENT = re.compile(rb'(<content(?: type="html"|:encoded)>)(\d+)')
_RSS_TEXT = re.compile(rb"<(?:title|category|dc:creator)>[^<]*&[^<]*<")


def _rss_profile(match: re.Match[bytes]) -> bytes:
    """Plain text of RSS with `&`, `<` and `>` as hexadecimal references, which most readers take for text.

    (RSS Advisory Board, Best Practices Profile, "Character Data"; the W3C validator warns of others.)
    """
    return match[0].replace(b"&amp;", b"&#x26;").replace(b"&lt;", b"&#x3C;").replace(b"&gt;", b"&#x3E;")
