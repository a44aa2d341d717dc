"""A story's HTML -> the content of its item: one element with its language and direction.

White space stands between the blocks, because Liferea and others show the text without its tags.
Each picture stands there once, the lead picture at the very address that is enclosed: FreshRSS adds
an enclosure below a story that does not hold its address.
"""

from __future__ import annotations

import re
from html import escape, unescape
from typing import TYPE_CHECKING, Final, NamedTuple

from feedmaker.html.pictures import picture_file, picture_key
from feedmaker.text import arabic

if TYPE_CHECKING:
    from collections.abc import Iterable

# Some servers answer a picture only to their own pages; without a referrer they cannot tell.
UNREFERRED: Final = ' referrerpolicy="no-referrer"'

_BLOCKS: Final = (
    "p|h[2-4]|ul|ol|li|blockquote|table|caption|thead|tbody|tr|td|th|pre|figure|figcaption|hr"
)
# Where blocks meet without white space, and where text meets a block. Both begin with a sign that
# is found at once: half of writing the content went into a search that did not.
_END: Final = re.compile(rf"<(?:/(?:{_BLOCKS})|[bh]r)>(?=\S)")
_START_AFTER_TEXT: Final = re.compile(rf"<(?<=[^\s>]<)(?=(?:{_BLOCKS})\b)")
_PUT_BETWEEN: Final = re.compile(rf"(</(?:{_BLOCKS})>|<[bh]r>) | (?=<(?:{_BLOCKS})\b)")
# Enough for what nh3 writes: lower-case tags, quoted attributes, `<` and `>` escaped.
_MARKUP: Final = re.compile(r"(?:\s|<[^>]*>)*")
_ELEMENT: Final = re.compile(r"<[^<>]*+>")
_TEXT_RUN: Final = re.compile(r"<[^>]*+>?|([^<]+)")
_FIGURE: Final = re.compile(r"<figure>|</figure>|<img\b[^>]*>")
_SOURCE: Final = re.compile(r"""\ssrc=["']([^"']*)["']""")


class Content(NamedTuple):
    """The content of an item, and the picture that it shows as the lead one."""

    html: str
    image: str | None


def write_content(html: str, language: str, image: str | None, *, shared: bool) -> Content:
    """Return a story's sanitized HTML as content, with its lead picture.

    `image` is its address; it is `shared` where other stories of the feed have the same. That is a
    picture of the site, which takes the place of no other.
    """
    direction = arabic.direction(language)
    markup = _MARKUP.match(html)
    start = markup.end() if markup else 0
    runs = (arabic.first_strong(unescape(run[1] or "")) for run in _TEXT_RUN.finditer(html, start))
    if next(filter(None, runs), direction) != direction:
        text = unescape(_ELEMENT.sub(" ", html))
        mark = arabic.lead(text, direction).removesuffix(text)
        html = html[:start] + mark + html[start:]
    shown = image
    if "<img" in html:
        html, shown = _with_pictures_once(html, start, image, shared=shared)
    elif image:
        html = _lead_figure(image) + html
    html = _START_AFTER_TEXT.sub(" <", _END.sub(_with_space, html))
    html = html.replace("<img ", f"<img{UNREFERRED} ")
    return Content(f'<div dir="{direction}" lang="{language}">{html}</div>', shown)


def _with_space(tag: re.Match[str]) -> str:
    return f"{tag[0]} "


def read_content(html: str) -> str:
    """Return a story's HTML from what `write_content` put around and between it."""
    return _PUT_BETWEEN.sub(r"\1", html.replace(UNREFERRED, ""))


def _lead_figure(image: str) -> str:
    return f'<figure><img src="{escape(image)}" alt=""></figure>'


class _Picture(NamedTuple):
    """A picture in the HTML of a story: where its tag stands, and the address."""

    start: int
    end: int
    url: str


def _with_pictures_once(
    html: str,
    start: int,
    image: str | None,
    *,
    shared: bool,
) -> tuple[str, str | None]:
    """Return HTML in which no picture stands twice, and the address of its lead picture.

    The text begins at `start`. A picture above it is the lead one, whatever it is called: pages
    name crops by numbers.
    """
    tags = list(_FIGURE.finditer(html))
    pictures = _pictures_of(tags)
    lead, image = _choose_lead(pictures, start, image, shared=shared)
    twice = _standing_twice(pictures, lead, image)
    parts = []
    done = 0
    for begin, end in _without_twice(tags, twice):
        parts.append(_pointed(html, done, begin, lead, image))
        done = end
    parts.append(_pointed(html, done, len(html), lead, image))
    if image and lead is None:
        parts.insert(0, _lead_figure(image))
    return "".join(parts), image


def _pictures_of(tags: list[re.Match[str]]) -> list[_Picture]:
    """The pictures among the tags of figures and pictures."""
    found = []
    for tag in tags:
        source = _SOURCE.search(tag[0])
        if source is not None:
            found.append(_Picture(*tag.span(), unescape(source[1])))
    return found


def _choose_lead(
    pictures: list[_Picture], start: int, image: str | None, *, shared: bool
) -> tuple[_Picture | None, str | None]:
    """The picture that is the lead one, where the story shows it, and the address that it gets."""
    same = _same_picture(pictures, image) if image else None
    opening = next((one for one in pictures if one.start < start), None)
    if same or opening is None:
        return same, image
    if image is None or shared:
        return opening, opening.url
    return opening, image


def _standing_twice(pictures: list[_Picture], lead: _Picture | None, image: str | None) -> set[int]:
    """Where pictures begin that stand in the story once more."""
    known = {picture_file(url) for url in (image, lead and lead.url) if url}
    twice = set()
    for one in pictures:
        file = picture_file(one.url)
        if one is not lead and file in known:
            twice.add(one.start)
        known.add(file)
    return twice


def _same_picture(pictures: list[_Picture], image: str) -> _Picture | None:
    """The first picture that is `image`, in any size or spelling: its file, else its name."""
    for key in (picture_file, picture_key):
        wanted = key(image)
        for one in pictures:
            if key(one.url) == wanted:
                return one
    return None


def _pointed(html: str, begin: int, end: int, lead: _Picture | None, image: str | None) -> str:
    """A piece of HTML, in which the lead picture has the address `image`."""
    if lead is None or image is None or not begin <= lead.start < end or lead.url == image:
        return html[begin:end]
    tag = _SOURCE.sub(lambda _: f' src="{escape(image)}"', html[lead.start : lead.end], count=1)
    return html[begin : lead.start] + tag + html[lead.end : end]


def _without_twice(tags: list[re.Match[str]], twice: set[int]) -> Iterable[tuple[int, int]]:
    """Where to cut out the pictures that begin at `twice`: with the figure that has no other."""
    opened: int | None = None
    inside: list[re.Match[str]] = []
    for tag in tags:
        if tag[0] == "<figure>":
            opened, inside = tag.start(), []
        elif tag[0] == "</figure>":
            if opened is not None:
                yield from _cuts(opened, tag.end(), inside, twice)
            opened = None
        elif opened is not None:
            inside.append(tag)
        elif tag.start() in twice:
            yield tag.span()


def _cuts(
    start: int, end: int, inside: list[re.Match[str]], twice: set[int]
) -> list[tuple[int, int]]:
    """What to cut out of a figure: all of it, or the pictures that stand twice."""
    cuts = [tag.span() for tag in inside if tag.start() in twice]
    return [(start, end)] if cuts and len(cuts) == len(inside) else cuts
