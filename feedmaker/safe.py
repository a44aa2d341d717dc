"""The last word on HTML that goes into a feed: the few tags and attributes that a story may have, and nothing else.

nh3 (https://nh3.readthedocs.io) parses as browsers do and writes anew what is allowed, so that what it lets through
means the same in every reader: no script, style, frame, form, event, no address but http(s). A story passes it once,
where it is made of a page or recalled from a feed; whoever shows it adds only what is escaped.
"""

from __future__ import annotations

import nh3

_TAGS = {
    "p", "h2", "h3", "h4", "ul", "ol", "li", "blockquote", "figure", "figcaption", "img", "a", "table", "thead",
    "tbody", "tr", "th", "td", "caption", "strong", "em", "b", "i", "code", "pre", "br", "hr", "sub", "sup", "bdi",
    "span",
}  # fmt: skip
_DIRECTED = ("p", "h2", "h3", "h4", "ul", "ol", "li", "blockquote", "table", "tr", "td", "th", "bdi", "span", "pre")
_ATTRIBUTES = {tag: {"dir"} for tag in _DIRECTED} | {
    "a": {"href"}, "img": {"src", "alt"}, "ol": {"start", "reversed", "dir"},
    "td": {"colspan", "rowspan", "dir"}, "th": {"colspan", "rowspan", "dir"},
}  # fmt: skip


# Signs that are escaped by characters of the text they are in: nh3 looks to the end of it for each of them. No story
# comes near this.
_COSTLY = 10**11


def sanitise(html: str) -> str:
    """HTML with nothing in it but the tags and attributes that a story may have.

    Endless rows of `&` and no-break spaces, which would take minutes, are left out.
    """
    if (html.count("&") + html.count("\xa0")) * len(html) > _COSTLY:
        html = html.replace("&", "").replace("\xa0", " ")
    return nh3.clean(html, tags=_TAGS, attributes=_ATTRIBUTES, link_rel=None, url_schemes={"http", "https"})
