"""A story as readers get it, the same in every format: clean, in its own language and direction,
whole.

Direction goes by what readers look at: no format has a place for it, so the language stands at the
feed and at each item in another one, the content is one `<div dir lang>`, and titles, summaries and
bodies open with a letter of their own direction, or one mark (W3C note Strings on the Web,
"first-strong").
"""

from __future__ import annotations

import re
from datetime import UTC, datetime
from functools import lru_cache
from html import escape, unescape
from typing import TYPE_CHECKING, NamedTuple
from zlib import crc32

from feedmaker.output.feed.feed_text import clean, distinct, first_words, plain
from feedmaker.output.feed.lead_picture import shows
from feedmaker.text import arabic, urls

if TYPE_CHECKING:
    from feedmaker.model import Enclosure, Feed, Story

_LANGUAGE_TAG = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*")
_EXCERPT_LABEL = {"ar": "مقتطف", "fa": "گزیده", "ur": "اقتباس", "he": "תקציר"}
# Every format wants a date where there is no story yet to take one from; it only has to be older
# than any.
BEFORE_ANY = datetime(2000, 1, 1, tzinfo=UTC)
# Some servers answer a picture only to their own pages; without a referrer they cannot tell.
_UNREFERRED = '<img referrerpolicy="no-referrer" '


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
    enclosure: Enclosure | None


@lru_cache(maxsize=1)  # a section's formats are rendered one after the other
def items(feed: Feed) -> list[Item]:
    """The stories of a feed, in its order; of two with one id the first."""
    stories: dict[str, Story] = {}
    for story in feed.stories:
        stories.setdefault(story.id, story)
    return [_item(story, feed) for story in stories.values()]


def _item(story: Story, feed: Feed) -> Item:
    language = _language(story, feed)
    direction = arabic.direction(language)
    summary = plain(story.summary) or first_words(plain(story.text), 300)
    title = plain(story.title) or first_words(summary, 90) or story.url
    summary = summary or title
    label = _EXCERPT_LABEL.get(_primary(feed.language), "excerpt") if story.teaser else ""
    published = utc(story.published or story.first_seen or BEFORE_ANY)
    image = _address(story.image) if story.image else None
    return Item(
        id=story.id,
        url=_address(story.url) or story.url,
        title=arabic.lead(title, direction),
        summary=arabic.lead(summary, direction),
        content=_content(story, image, summary, language, direction),
        authors=distinct(story.authors) or (plain(feed.site.name),),
        categories=distinct((label, story.category or "", *story.also, *story.tags)),
        published=published,
        updated=_own_instant(utc(story.updated or published), story.id),
        language=None if language == feed.language else language,
        image=image,
        enclosure=feed.enclosures.get(image or ""),
    )


# An address that is as feeds want it: ASCII, and nothing that would have to be escaped (RFC 3986).
_WHOLE = re.compile(
    r"https?://[a-z0-9.-]+(?::\d+)?/(?:[\w!$&'()*+,;=:@/?.~-]|%[0-9A-Fa-f]{2})*", re.ASCII
)


def _address(url: str) -> str | None:
    """A URL as feeds want it; None of what is none."""
    return url if _WHOLE.fullmatch(url) else urls.canonical(url)


def _language(story: Story, feed: Feed) -> str:
    """The story's language; the feed's where it has none that is one, or only another region of it."""
    language = (story.language or "").replace("_", "-")
    if not _LANGUAGE_TAG.fullmatch(language) or _primary(language) == _primary(feed.language):
        return feed.language
    return language


def _primary(language: str) -> str:
    return language.partition("-")[0].lower()


def utc(instant: datetime) -> datetime:
    """One way to write an instant: readers show their own zone, and all know UTC and whole seconds."""
    return instant.astimezone(UTC).replace(microsecond=0)


def _own_instant(instant: datetime, story_id: str) -> datetime:
    """`instant` in a fraction of its second that is the story's own.

    Sites date to the minute, so that stories share their dates; the W3C validator warns of two
    entries updated at once, since a client can then not tell which is newer.
    """
    return instant.replace(microsecond=crc32(story_id.encode("utf-8", "surrogatepass")) % 1_000_000)


# Enough for what nh3 writes: lower-case tags, quoted attributes, `<` and `>` escaped.
_MARKUP = re.compile(r"(?:\s|<[^>]*>)*")
_ELEMENT = re.compile(r"<[^>]*>")
_TEXT_RUN = re.compile(r"([^<]+)(?:<[^>]*>|$)")


def _content(
    story: Story, image: str | None, summary: str, language: str, direction: arabic.Direction
) -> str:
    """The whole story as HTML: picture and text in one element that states language and direction."""
    html = clean(story.html) or f"<p>{escape(summary, quote=False)}</p>"
    start = next(_MARKUP.finditer(html)).end()
    runs = (arabic.first_strong(unescape(run[1])) for run in _TEXT_RUN.finditer(html, start))
    if next(filter(None, runs), direction) != direction:
        text = unescape(_ELEMENT.sub(" ", html))
        html = html[:start] + arabic.lead(text, direction).removesuffix(text) + html[start:]
    figure = ""
    if image and not shows(html, start, image):
        figure = f'<figure><img src="{escape(image)}" alt=""></figure>'
    whole = f"{figure}{html}".replace("<img ", _UNREFERRED)
    return f'<div dir="{direction}" lang="{language}">{whole}</div>'
