"""A story whose text its page states in data, and shows in part or only once its scripts ran.

state, JSON-LD -> the object of this page's story -> its text as HTML -> a page -> Story
"""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import islice
from typing import TYPE_CHECKING, Final, NamedTuple
from urllib.parse import unquote, urlsplit

from selectolax.lexbor import LexborHTMLParser

from feedmaker.article.body import choose_story, render_story, stated_story
from feedmaker.html import page_state, state_objects, state_text
from feedmaker.html.blocks import read_blocks
from feedmaker.model import Rules
from feedmaker.model.trace import Choice
from feedmaker.text import arabic, urls
from feedmaker.text.dates import parse_date, read_timestamp

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from feedmaker.article.about import Metadata
    from feedmaker.html.state_objects import Object
    from feedmaker.model import Story
    from feedmaker.model.trace import Trace

_MOST_NODES: Final = 200_000  # values of a state that are walked through
_MOST_BODIES: Final = 60  # objects whose texts are compared
_LEAST: Final = 300  # characters of a stated text; less is a lead
_MORE: Final = 200  # characters that a page does not show, of a text that holds more than it
_SHARE: Final = 0.2  # of the text that is shown, at least as much
_SAME: Final = 0.6  # of what is shown, that stands in a text of the same story
_MOST_COMPARED: Final = 200  # paragraphs or sentences: each is looked for in a whole page
_TITLE_WORDS: Final = 3  # of a title, that tell it from others
_LONG_NUMBER: Final = 4  # digits; a shorter number is of anything
_PARTS: Final = re.compile(r"[._-]")
_BODY_KEYS: Final = frozenset(state_objects.BODIES)
_BODY: Final = Rules(body=("div.article-body",))


class Reading(NamedTuple):
    """How a page is read: its address, the zone of its dates (IANA), rules, and who is told how."""

    url: str
    timezone: str
    rules: Rules
    trace: Trace | None


class _Stated(NamedTuple):
    """A text that the page states: its object by plain keys, its HTML, and how long it is."""

    values: Object
    html: str
    length: int
    is_of_page: bool


def story_from_data(
    tree: LexborHTMLParser,
    story: Story,
    about: Metadata,
    reading: Reading,
) -> Story | None:
    """Return the story with the text that its page states in its state or JSON-LD.

    `story` has what is known of it without its text. None where nothing is stated of this page's
    story, or what is is not for all readers.
    """
    found = _stated_text(page_state.read_state(tree), about, reading.url)
    stated = about.json_ld.article_body
    if found is not None and found.length >= len(stated) * (1 - _SHARE):
        whole = _rendered(story, found, about, reading)
        if whole is not None:
            return _told(whole, "the page's state", reading.trace)
    is_article = about.article and about.title
    whole = stated_story(story, stated, about.description) if is_article else None
    return _told(whole, "JSON-LD articleBody", reading.trace) if whole else None


def fuller_story(
    tree: LexborHTMLParser,
    shown: Story,
    about: Metadata,
    reading: Reading,
) -> Story | None:
    """Return the story with a text that its page states, where that holds more than is shown.

    It must have what is `shown` in it, and more that stands nowhere on the page. None otherwise.
    """
    whole = story_from_data(tree, shown, about, reading._replace(trace=None))
    if whole is None or not holds_more(whole.text, shown.text, tree):
        return None
    return _told(whole, "the page's data, which holds more than it shows", reading.trace)


def _told(story: Story, source: str, trace: Trace | None) -> Story:
    if trace is not None:
        trace.choices.append(Choice(name="text", value=story.text, source=source))
    return story


def holds_more(whole: str, shown: str, tree: LexborHTMLParser) -> bool:
    """Whether a text has the shown one in it, and more that the page does not show."""
    if len(whole) < len(shown) + max(_MORE, len(shown) * _SHARE):
        return False
    if _share_within(shown.split("\n\n"), _letters(whole)) < _SAME:
        return False
    page = LexborHTMLParser(tree.html or "")
    page.strip_tags(["script", "style", "noscript", "template"])
    visible = _letters(page.body.text() if page.body else "")
    sentences = [part for line in whole.split("\n\n") for part in line.split(". ")]
    missing = (1 - _share_within(sentences, visible)) * len(_letters(whole))
    return missing >= max(_MORE, _SHARE * len(shown)) / 2


def _share_within(parts: list[str], letters: str) -> float:
    """The share of some texts, by their letters, that stands within another; of many a sample."""
    sample = parts[:: len(parts) // _MOST_COMPARED + 1]
    keys = [_letters(part) for part in sample]
    same = sum(len(key) for key in keys if key in letters)
    return same / max(1, sum(map(len, keys)))


def _letters(text: str) -> str:
    """The letters and digits of a text, as they are compared."""
    return "".join(filter(str.isalnum, arabic.fold(text)))


# ---- which object


def _stated_text(values: list[object], about: Metadata, url: str) -> _Stated | None:
    """Return the text of the object that is this page's story; None for none."""
    found = list(islice(_texts(values, about, url), _MOST_BODIES))
    own = [one for one in found if one.is_of_page]
    if not own and about.article:
        own = _only_text(found)
    if any(state_objects.is_paid(one.values) for one in own):
        return None
    return max(own, key=lambda one: one.length, default=None)


def _texts(values: list[object], about: Metadata, url: str) -> Iterator[_Stated]:
    """Give the objects that have a text, in the order of the data."""
    for value in values:
        for node in state_objects.objects_below(value, _MOST_NODES):
            if _BODY_KEYS.isdisjoint(map(state_objects.plain_key, node)):
                continue
            plain = state_objects.by_plain_key(node)
            html, length = state_text.body_of(plain)
            if length >= _LEAST:
                yield _Stated(plain, html, length, _is_of_page(plain, about, url))


def _only_text(found: list[_Stated]) -> list[_Stated]:
    """The text that a state has but for parts of it; [] where it has several."""
    if not found:
        return []
    longest = max(found, key=lambda one: one.length)
    letters = _letters(longest.html)
    rest = [_letters(one.html) for one in found if one is not longest]
    is_only = all(text in letters or letters in text for text in rest)
    # What has a name of its own is another story, or a person.
    is_named = bool(state_objects.headline_of(longest.values))
    return [longest] if is_only and not is_named else []


def _is_title(text: str) -> bool:
    return len(text.split()) >= _TITLE_WORDS


def _is_of_page(values: Object, about: Metadata, url: str) -> bool:
    """Whether an object is this page's story, by its headline or its address."""
    headline = _letters(state_objects.headline_of(values))
    title = _letters(about.title) if _is_title(about.title) else ""
    if headline and title and (headline in title or title in headline):
        return True
    address = urls.absolute(state_objects.address_of(values), url)
    own = (urls.key(url), urls.key(about.canonical or url))
    return _stands_for(values, url) or (address is not None and urls.key(address) in own)


def _stands_for(values: Object, url: str) -> bool:
    """Whether an address has the slug, the words of the headline or the number of an object."""
    *folders, last = unquote(urlsplit(url).path).rstrip("/").split("/")
    slug = unquote(state_objects.slug_of(values))
    if slug and slug in (last, last.partition(".")[0]):
        return True
    headline = state_objects.headline_of(values)
    if _is_title(headline) and _letters(headline) == _letters(last.partition(".")[0]):
        return True
    number = state_objects.number_of(values)
    if len(number) < _LONG_NUMBER:
        return False
    # A folder of four digits may be a year, and one of words is a section.
    is_folder = len(number) > _LONG_NUMBER and number.isdigit() and number in folders
    return is_folder or number in _PARTS.split(last)


# ---- its story


def _rendered(
    story: Story,
    stated: _Stated,
    about: Metadata,
    reading: Reading,
) -> Story | None:
    """Return the story with a stated text, rendered as the page would show it; None for none."""
    headline = state_objects.headline_of(stated.values)
    title = about.title
    if _is_title(headline) and not about.article and _letters(title) != _letters(headline):
        title = headline
    html = f'<article><div class="article-body">{stated.html}</div></article>'
    tree = LexborHTMLParser(f"<!DOCTYPE html><html><body>{html}</body></html>")
    page = read_blocks(tree.body) if tree.body is not None else None
    if page is None:
        return None
    about = replace(about, title=title, article=True, date_node=None, author_nodes=())
    body = choose_story(tree, page, about, replace(_BODY, drop=reading.rules.drop))
    if body is None:
        return None
    authors = tuple(islice(state_objects.authors_of(stated.values), 10))
    picture = urls.absolute(state_objects.picture_of(stated.values), reading.url)
    known = replace(
        story,
        title=title,
        authors=story.authors or authors,
        image=story.image or picture,
        published=story.published or _date(stated.values, reading.timezone),
    )
    return render_story(known, body, reading.url, about.description)


def _date(values: Object, timezone: str) -> datetime | None:
    text = state_objects.date_of(values)
    return read_timestamp(text) or parse_date(text, timezone=timezone, now=None)
