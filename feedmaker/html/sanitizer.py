"""Sanitize HTML that goes into a feed: only the tags and attributes that a story may have are left.

nh3 (https://nh3.readthedocs.io) parses as browsers do and writes anew what is allowed, so that the
result means the same in every reader: no script, style, frame, form or event, and no address but
http(s). Plain HTML that we wrote ourselves, in which it would change nothing, is seen to be so
without it. A story passes it once, when it is made from a page or restored from a feed. Whoever
shows the story adds only escaped text.
"""

from __future__ import annotations

import re
from html import escape
from typing import Final

import nh3

from feedmaker.text.media_types import MEDIA_TYPES_BY_NAME

# Tags that may have the attribute `dir`, and all others.
_DIRECTED: Final = frozenset(
    (
        "p",
        "h2",
        "h3",
        "h4",
        "ul",
        "ol",
        "li",
        "blockquote",
        "table",
        "tr",
        "td",
        "th",
        "bdi",
        "span",
        "pre",
    )
)
_TAGS: Final = _DIRECTED | frozenset(
    (
        "figure",
        "figcaption",
        "img",
        "a",
        "thead",
        "tbody",
        "caption",
        "strong",
        "em",
        "b",
        "i",
        "code",
        "br",
        "hr",
        "sub",
        "sup",
    )
)
_OWN_ATTRIBUTES: Final = {
    "a": {"href"},
    "img": {"src", "alt"},
    "ol": {"start", "reversed", "dir"},
    "td": {"colspan", "rowspan", "dir"},
    "th": {"colspan", "rowspan", "dir"},
}
_CLEANER: Final = nh3.Cleaner(
    tags=set(_TAGS),
    attributes={tag: {"dir"} for tag in _DIRECTED} | _OWN_ATTRIBUTES,
    tag_attribute_values={"a": {"type": set(MEDIA_TYPES_BY_NAME)}},
    link_rel=None,
    url_schemes={"http", "https"},
)

# nh3 looks to the end of a text for each `&` in it and each character up to U+00BF beyond ASCII («,
# a no-break space). The product of their number and the length is far smaller in any story.
_MOST_STEPS: Final = 3 * 10**10
_SLOW_CHARACTERS: Final = re.compile("[&\x80-\xbf]")

# HTML that nh3 gives back as it is, if its elements lie rightly within each other: of few tags, in
# the form that it writes. It takes a third of the time that nh3 takes.
_HOST: Final = r"(?:[a-z\d]+(?:-[a-z\d]+)*+\.)++[a-z]{2,24}"
_PATH: Final = r"(?:[!#$%()*+,./:;=?@~\w-]|&amp;)*+"
_ADDRESS: Final = rf"https?://{_HOST}(?:[/?]{_PATH})?+"
# Text is all but `<>&"`, control characters, the no-break space, which nh3 writes as a reference,
# and lone surrogates. A set that says what is in it is searched in two thirds of the time, and one
# of all characters takes 4 ms to compile: so what most texts are of has one, the rest is said by
# what it is not.
_FREQUENT: Final = "\t\n !#-%'-;=?-~\xa1-\u07ff\u2010-\u2027"
_OTHER: Final = r'[^\x00-\x08\x0b-\x1f"&<>\x7f-\xa0\ud800-\udfff]++'
_ALT: Final = rf"(?:{_OTHER}|&(?:amp|quot);)*+"
_DIR: Final = r' dir="(?:rtl|ltr|auto)"'
_SPANS: Final = r'(?: colspan="\d{1,6}")?(?: rowspan="\d{1,6}")?'
_OPENING_TAG: Final = (
    r"(?:p|li|strong|em|h[2-4]|[uo]l|blockquote|figure|figcaption|[bi]|code|su[bp]|br)>"
    rf'|a href="(?a:{_ADDRESS})">|img src="(?a:{_ADDRESS})" alt="{_ALT}">'
    rf"|(?:p|h[2-4]|[uo]l|li|blockquote|bdi|span|t[dhr]|table|pre){_DIR}>"
    rf'|ol(?:{_DIR})?(?: start="(?a:-?\d{{1,6}})")?>|t[dh](?:{_DIR})?(?a:{_SPANS})>'
)
_CLOSING_TAG: Final = (
    r"/(?:p|li|a|strong|em|h[2-4]|[uo]l|blockquote|figure|figcaption|[bi]|code|su[bp]|bdi|span)>"
)
_FINISHED: Final = re.compile(
    rf'(?:[{_FREQUENT}"]++'
    rf"|<(?:{_CLOSING_TAG}|{_OPENING_TAG}|(?P<placed>/?(?:t[dhr]|table|thead|tbody|pre)>))"
    rf"|&(?:amp|lt|gt);|{_OTHER})*+"
)
# What lies in a table and in no cell of it, a cell that lies in no row, and a line break that the
# parser leaves out.
_MISPLACED: Final = re.compile(
    r"<t(?:able[^<>]*+>(?!<t(?:head|body)>)|(?:head|body)>(?!<tr[ >])"
    r"|r(?: [^<>]*+)?>(?!<t[dh][ >]))"
    r"|</t(?:[dh]>(?!<t[dh][ >]|</tr>)|r>(?!<tr[ >]|</t(?:head|body)>)"
    r"|(?:head|body)>(?!<t(?:head|body)>|</table>))"
    r"|<pre[^<>]*+>\n"
)


def sanitize_balanced(html: str) -> str:
    """Do as `sanitize` for HTML that we wrote ourselves, each element closed within its own.

    Most of it has nothing that may not be, which is seen without parsing it.
    """
    found = _FINISHED.fullmatch(html)
    if found is None or (found["placed"] and _MISPLACED.search(html)):
        return sanitize(html)
    return html


def sanitize(html: str) -> str:
    """Return HTML with nothing in it but the tags and attributes that a story may have.

    Endless rows of the characters that nh3 is slow at would take minutes: they are left out.
    """
    slow = html.count("&") + html.encode("utf-8", "replace").count(b"\xc2")
    if slow * len(html) > _MOST_STEPS:
        html = _SLOW_CHARACTERS.sub("", html)
    return _CLEANER.clean(html)


def shorten(html: str, most: int, url: str) -> str:
    """Return the beginning of a story's HTML, and a link to its page in place of the rest.

    It has at most `most` characters before the link, and ends with a paragraph where it can.
    """
    end = html.rfind("</p>", 0, most)
    if end < most // 2:
        tag = html.rfind("<", 0, most)
        is_within_tag = tag > html.rfind(">", 0, most)
        end = tag if is_within_tag else most
    return f'{sanitize(html[:end])}<p><a href="{escape(url)}">…</a></p>'
