"""The last word on HTML that goes into a feed: the few tags and attributes that a story may have,
and nothing else.

nh3 (https://nh3.readthedocs.io) parses as browsers do and writes anew what is allowed, so that what
it lets through means the same in every reader: no script, style, frame, form, event, no address but
http(s). A story passes it once, where it is made of a page or recalled from a feed; whoever shows
it adds only what is escaped.
"""

from __future__ import annotations

import re

import nh3

_TAGS = {
    "p", "h2", "h3", "h4", "ul", "ol", "li", "blockquote", "figure", "figcaption", "img", "a", "table", "thead",
    "tbody", "tr", "th", "td", "caption", "strong", "em", "b", "i", "code", "pre", "br", "hr", "sub", "sup", "bdi",
    "span",
}  # fmt: skip
_DIRECTED = (
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
_ATTRIBUTES = {tag: {"dir"} for tag in _DIRECTED} | {
    "a": {"href"}, "img": {"src", "alt"}, "ol": {"start", "reversed", "dir"},
    "td": {"colspan", "rowspan", "dir"}, "th": {"colspan", "rowspan", "dir"},
}  # fmt: skip
_CLEANER = nh3.Cleaner(
    tags=_TAGS, attributes=_ATTRIBUTES, link_rel=None, url_schemes={"http", "https"}
)

# nh3 looks to the end of a text for each `&` in it and each character up to U+00BF beyond ASCII («,
# a no-break space). No story comes near this many times as long a text.
_COSTLY = 3 * 10**10
_SIGNS = re.compile("[&\x80-\xbf]")


def sanitize(html: str) -> str:
    """HTML with nothing in it but the tags and attributes that a story may have.

    Endless rows of such signs, which would take minutes, are left out.
    """
    if (html.count("&") + html.encode("utf-8", "replace").count(b"\xc2")) * len(html) > _COSTLY:
        html = _SIGNS.sub("", html)
    return _CLEANER.clean(html)
