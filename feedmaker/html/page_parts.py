"""Which part of a page an element is, by its tag, role, class and id: a menu, a footer, a ticker, a
list of others.
"""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import pairwise
from typing import Literal

Zone = Literal[
    "navigation", "footer", "header", "sidebar", "ticker", "related", "most-read", "social",
    "comments", "advert", "tags", "popup",
]  # fmt: skip

_CAMEL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")
_TOKENS = re.compile(r"[A-Za-z]+")
# Class names that WordPress makes from a story's own tags and categories; they say nothing of the
# place.
_OWN_TERMS = re.compile(
    r"^(?:tag|category|cat|post_tag|tax|term|author|post|type|format|status)-", re.IGNORECASE
)
# Words that stand in the names, and pairs of words (with a +): `mostRead`, `most-read` and
# `most_read` are one pair.
_NAMES: dict[Zone, str] = {
    "navigation": """
        nav navbar navi navigation menu menus submenu subnav topnav megamenu breadcrumb breadcrumbs pagination pager
        paging pagenavi""",
    "footer": "footer foot ftr colophon copyright copyrights",
    "header": "masthead topbar siteheader site+header main+header page+header top+header top+bar",
    "sidebar": "sidebar sidebars aside rightbar leftbar sidecolumn side+bar",
    "ticker": "ticker newsticker tickerbox marquee marq breakingnews breaking+news",
    "related": """
        related relatednews relatedposts recommended recommendation recommendations youmaylike seealso readalso alsoread
        also+read read+also see+also""",
    "most-read": """
        popular mostread mostviewed mostpopular trending topread mostcommented mostshared most+read most+viewed
        most+view most+popular most+commented most+shared top+read more+read""",
    "social": "social share sharing shares sharer addthis follow followus",
    "comments": "comments commentlist disqus comment+list",
    "advert": """
        ad ads adv advert adverts advertise advertisement advertising adsense sponsor sponsored sponsors taboola
        outbrain mgid revcontent""",
    "tags": "tags tagcloud hashtags hashtag taglist tagbox tag+cloud tag+list tag+box",
    "popup": "modal popup cookie cookies consent gdpr lightbox",
}
_BY_NAME: dict[str, Zone] = {word: zone for zone, words in _NAMES.items() for word in words.split()}
# Words that say so only as the whole name: a "left-side" may be the main column, a "card-header" is
# a card's.
_WHOLE_NAMES: dict[str, Zone] = {"header": "header", "side": "sidebar"}
_BY_TAG: dict[str, Zone] = {
    "nav": "navigation", "menu": "navigation", "footer": "footer", "aside": "sidebar", "dialog": "popup",
    "marquee": "ticker",
}  # fmt: skip
_BY_ROLE: dict[str, Zone] = {
    "navigation": "navigation", "menubar": "navigation", "menu": "navigation", "search": "navigation",
    "marquee": "ticker", "contentinfo": "footer", "banner": "header", "complementary": "sidebar", "dialog": "popup",
}  # fmt: skip
_WHOLE_PAGE = frozenset({"body", "html", "main", "form"})
# What says most: "popular" within a sidebar's name is a list of popular stories.
_FIRST = ("most-read", "related")

_TITLES = frozenset(
    {"title", "titles", "headline", "headlines", "tit", "titre", "heading", "ttl", "hed", "caption"}
)
_DECK_WORDS = """
    sub subhead subheading deck dek desc description excerpt summary standfirst teaser intro introtext snippet abstract
    brief text lead lede more readmore btn button author byline writer date time meta cat category tag label kicker
    """
_DECKS = frozenset(_DECK_WORDS.split())


@lru_cache(maxsize=8192)
def text_kind(names: str) -> Literal["title", "deck"] | None:
    """Whether an element's class and id call its text a title, or a deck or another lesser text, or
    say nothing.
    """
    words = [w.lower() for w in _TOKENS.findall(_CAMEL.sub("-", names))]
    if any(w in _DECKS or w.endswith(("subtitle", "subheadline")) for w in words):
        return "deck"
    return (
        "title" if any(w in _TITLES or w.endswith(("title", "headline")) for w in words) else None
    )


@lru_cache(maxsize=8192)
def _named(names: str) -> Zone | None:
    """The part of a page that an element's class and id name, or None."""
    found: list[Zone] = []
    for name in names.split():
        if _OWN_TERMS.match(name):
            continue
        parts = [w.lower() for w in _TOKENS.findall(_CAMEL.sub("-", name))]
        found += [_BY_NAME[w] for w in (*parts, *map("+".join, pairwise(parts))) if w in _BY_NAME]
        if any(w.endswith(("menu", "navbar")) for w in parts):
            found.append("navigation")
        if any(w.startswith("sidebar") for w in parts):
            found.append("sidebar")
        if name.lower() in _WHOLE_NAMES:
            found.append(_WHOLE_NAMES[name.lower()])
    return min(found, key=lambda zone: zone not in _FIRST, default=None)


def zone(tag: str, role: str, names: str, *, in_card: bool) -> Zone | None:
    """The part of a page that an element is, or None; the `header` of a card is none (`in_card`)."""
    if tag in _WHOLE_PAGE:
        return None
    found = (
        "header"
        if tag == "header" and not in_card
        else _BY_TAG.get(tag) or _BY_ROLE.get(role.strip().lower())
    )
    named = _named(names) if names else None
    return named if named and found in (None, "sidebar", "header") else found
