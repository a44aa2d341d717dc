"""What class names, ids and roles say about a box, as bits. They are hints: no bit alone ever drops
a block.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

_WORDS = {
    "comment": r"comments?(?!ary)|disqus|(?:^|[-_ ])respond|livefyre|replies|reactions?(?:$|[-_ ])",
    "related": (
        r"relat(?!iv)|recommend|read[-_]?(?:more|also|next)|more[-_]?(?:from|on|news|stor|article)|trending"
        r"|popular|most[-_]|similar|next[-_]?(?:post|article|story)|prev[-_]?(?:post|article|story)|teaser|outbrain|taboola|latest"
        r"|recirc|suggest|see-?also|promoted|mgid|crosslink|inline-?link|upnext|up-next|further|interlink"
        r"|zergnet|listing"
    ),
    "share": (
        r"(?:^|[-_ ])shar(?:e|ing)|social|follow(?!ing)|facebook|twitter|whatsapp|addthis|telegram"
        r"|(?:^|[-_ ])sns|bookmark"
    ),
    "caption": r"caption|credit|legend|photo(?!n)|figure|image|(?:^|[-_ ])img|picture|thumb|media",
    "author": r"auth?or|byline|(?:^|[-_ ])bio(?:$|[-_ ])|writer|contributor|avatar|reporter|journalist|kateb",
    "nav": (
        r"(?:^|[-_ ])nav(?:$|[-_ i])|(?:^|[-_ ])main-?nav(?:$|[-_ i])|(?:^|[-_ ])sub-?nav(?:$|[-_ i])"
        r"|(?:^|[-_ ])site-?nav(?:$|[-_ i])|(?:^|[-_ ])top-?nav(?:$|[-_ i])|(?:^|[-_ ])page-?nav(?:$|[-_ i])"
        r"|(?:^|[-_ ])global-?nav(?:$|[-_ i])|navbar|(?<!context)menu|breadcrumb"
        r"|pagination|(?:^|[-_ ])pager|(?:^|[-_ ])toc(?:$|[-_ ])|table-?of-?contents|skip-?(?:to|link|nav)"
        r"|topbar|toolbar|crumb"
    ),
    "foot": (
        r"(?:^|[-_ ])foot(?:er|note)?s?(?:$|[-_ ])|sitefoot(?:er)?(?:$|[-_ ])|pagefoot(?:er)?(?:$|[-_ ])"
        r"|postfoot(?:er)?(?:$|[-_ ])|articlefoot(?:er)?(?:$|[-_ ])|entryfoot(?:er)?(?:$|[-_ ])|legal|disclaim|colophon"
        r"|copyright|imprint"
    ),
    "promo": (
        r"newsletter|subscri|sign-?up|(?:^|[-_ ])promo|advert(?!orial)|(?:^|[-_ ])ads?(?:$|[-_ 0-9])|sponsor"
        r"|(?:^|[-_ ])cta|banner|donat|modal|popup|pop-up|overlay|adslot|adsense|dfp|(?:^|[-_ ])gpt|marketing"
        r"|abo(?:$|[-_ ])"
    ),
    "side": r"side-?bar|(?:^|[-_ ])rail|aside|complementary|(?:^|[-_ ])secondary",
    "tags": (
        r"(?:^|[-_ ])tags?(?:$|[-_ ])|topics?|keyword|categor|(?:^|[-_ ])label|chips?(?:$|[-_ ])|badge"
        r"|(?:^|[-_ ])pill|taglist"
    ),
    "meta": (
        r"(?:^|[-_ ])date|(?:^|[-_ ])time(?!r)|(?:^|[-_ ])meta|publish|posted|stamp|(?:^|[-_ ])views|duration"
        r"|updated|dateline"
    ),
    "body": (
        r"article-?_?-?(?:body|content|text|detail|main)|entry|post-?_?-?(?:body|content|text)|story|content"
        r"|rich-?text|prose|body|paragraph|wysiwyg|markdown|text|main|detail|articlebody|editor"
    ),
    "lead": (
        r"lead|deck|standfirst|intro|summary|excerpt|sub-?tit|sub-?head|abstract|(?:^|[-_ ])dek|chapo|strap"
        r"|description|vorspann"
    ),
    "hidden": (
        r"(?<!label-)(?<!overflow-)hidden|(?:^|[-_ ])hide|sr-only|visually|screen-?reader|d-none|offscreen"
        r"|invisible"
    ),
    "player": (
        r"video|player|audio|galler|carousel|(?:^|[-_ ])slide|slider|swiper|embed|podcast|listen|iframe"
        r"|lightbox"
    ),
    "card": r"(?:^|[-_ ])cards?(?:$|[-_ ])|(?:^|[-_ ])tile|grid|(?:^|[-_ ])item|(?:^|[-_ ])list|thumb",
    "key": (
        r"key-?(?:take|point|fact)|highlight|tl-?dr|takeaway|faq|accordion|fact|question|answer|infobox"
        r"|info-?box|bullet"
    ),
    "form": (
        r"(?:^|[-_ ])forms?(?:$|[-_ ])|search|login|(?:^|[-_ ])regist|(?:^|[-_ ])poll|vote|quiz|survey|rating"
        r"|(?:^|[-_ ])button|(?:^|[-_ ])btn"
    ),
    "head": r"(?:^|[-_ ])head|title|hero|masthead",
    "shop": r"product|(?:^|[-_ ])buy|pric(?:e|ing)|affiliate|(?:^|[-_ ])shop|(?:^|[-_ ])deal|offer",
    "consent": r"cookie|consent|gdpr|onetrust|(?:^|[-_ ])ot-|didomi|(?:^|[-_ ])cmp|privacy|usercentrics|sp_message",
    "box": r"widget|(?:^|[-_ ])box|notice|alert|callout|block|module|panel|(?:^|[-_ ])note",
    "wall": r"paywall|piano|premium|premi|subscriber|locked",
}
# Words that say nothing about what an element is: states, utility classes («md:hidden», «w-[20em]»)
# and what a content management system says of the whole article («category-sport»,
# «has-post-thumbnail»).
_STATE = re.compile(
    r"\b(?:category|tag|type|status|has|no|format|is|not|with|without|overflow|position)-\S*"
)
_BIT = {name: 1 << at for at, name in enumerate(_WORDS)}
(
    COMMENT,
    RELATED,
    SHARE,
    CAPTION,
    AUTHOR,
    NAV,
    FOOT,
    PROMO,
    SIDE,
    TAGS,
    META,
    BODY,
    LEAD,
    HIDDEN,
    PLAYER,
    CARD,
    KEY,
    FORM,
    HEAD,
    SHOP,
    CONSENT,
    BOX,
    WALL,
) = _BIT.values()
PROP = 1 << len(_BIT)  # itemprop="articleBody"
FURNITURE = COMMENT | NAV | FOOT | SHARE | FORM | CONSENT | RELATED
NAMES = (*_WORDS, "prop")


def _alternatives(words: str) -> Iterator[str]:
    """The parts of a regular expression that the bars outside of its brackets part."""
    depth, start = 0, 0
    for at, sign in enumerate(words):
        depth += (sign in "([") - (sign in ")]")
        if sign == "|" and not depth:
            yield words[start:at]
            start = at + 1
    yield words[start:]


def _compiled() -> tuple[re.Pattern[str], list[int]]:
    """All words as one expression, and the bit of each of its groups.

    The words stand in branches by their first letter, which the matcher passes over at a glance
    where another letter stands, and each ends in an empty group that tells which it was: a twelfth
    of the time that named groups take. What a word must begin after is looked for once its letter
    is there.
    """
    branches: dict[str, list[tuple[str, int]]] = {}
    for name, words in _WORDS.items():
        for word in _alternatives(words):
            start = word.startswith(_START)
            rest = word.removeprefix(_START)
            behind = _BEHIND.findall(rest)
            rest = _BEHIND.sub("", rest)
            letter = rest[0]
            assert letter.isalpha(), f"{word}: a word must begin with a letter"
            edge = "".join(
                f"(?<!{before}{letter})" for before in (*behind, *(["[^-_ ]"] if start else ()))
            )
            branches.setdefault(letter, []).append((f"{edge}{rest[1:]}()", _BIT[name]))
    pattern = "|".join(
        f"{letter}(?:{'|'.join(word for word, _ in words)})" for letter, words in branches.items()
    )
    return re.compile(pattern), [0, *(bit for words in branches.values() for _, bit in words)]


_START = "(?:^|[-_ ])"
_BEHIND = re.compile(r"\(\?<!(\w+-?)\)")
_PATTERN, _BITS = _compiled()
_BY_NAME = {
    "nav": NAV, "menu": NAV, "footer": FOOT, "aside": SIDE, "form": FORM, "button": FORM, "figure": CAPTION,
    "figcaption": CAPTION, "noscript": HIDDEN, "dialog": PROMO, "fieldset": FORM, "header": HEAD, "address": AUTHOR,
}  # fmt: skip
_BY_ROLE = {
    "navigation": NAV, "menu": NAV, "menubar": NAV, "contentinfo": FOOT, "complementary": SIDE, "search": FORM,
    "dialog": PROMO, "banner": NAV, "form": FORM, "alertdialog": PROMO, "button": FORM,
}  # fmt: skip
_UNSEEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden")
# By the hash of what is read, a fifth of the memory that the strings themselves take: those of
# hundreds of sites.
_cache: dict[int, int] = {}
_CACHED = 80_000  # ten megabytes


def read(name: str, attributes: dict[str, str | None]) -> tuple[int, str]:
    """The hints of an element with this tag name and these attributes, and its sign: its name and
    classes.
    """
    if not attributes:
        return _BY_NAME.get(name, 0), name
    classes = attributes.get("class")
    identity = attributes.get("id")
    key = hash((name, classes, identity))
    flags = _cache.get(key)
    if flags is None:
        if len(_cache) >= _CACHED:
            _cache.clear()
        flags = _cache[key] = _BY_NAME.get(name, 0) | _words(f"{classes or ''} {identity or ''}")
    if len(attributes) > (classes is not None) + (identity is not None):
        flags |= _others(attributes)
    return flags, f"{name} {classes}" if classes else name


def _words(known: str) -> int:
    """The hints of a class string and id: of all their names."""
    flags = 0
    for name in known[:400].split():
        flags |= _name(name)
    return flags


@lru_cache(maxsize=10_000)
def _name(name: str) -> int:
    """The hints of one class name; the answers are kept, since sites have many names in common."""
    text = name.lower()
    if ":" in text or "[" in text:  # a utility class
        return 0
    flags = 0
    if "-" in text:
        text = _STATE.sub(" ", text)
    for match in _PATTERN.finditer(text):
        flags |= _BITS[match.lastindex or 0]
    return flags


def _others(attributes: dict[str, str | None]) -> int:
    """The hints of role, itemprop, data attributes and being hidden."""
    flags = 0
    if "role" in attributes:
        flags |= _BY_ROLE.get(attributes["role"] or "", 0)
    if "itemprop" in attributes:
        prop = attributes["itemprop"]
        if prop == "articleBody":
            flags |= PROP
        elif prop:
            flags |= _words(prop)
    if "hidden" in attributes or attributes.get("aria-hidden") == "true":
        flags |= HIDDEN
    style = attributes.get("style")
    if style and ("none" in style or "hidden" in style) and _UNSEEN.search(style):
        flags |= HIDDEN
    return flags


_ADVERT = re.compile(
    r"(?:^|[-_ ])adv?s?(?:$|[-_ 0-9])|(?:^|[-_ ])adv?(?:box|block|slot|unit|space|area|zone|banner|container|wrap)"
    r"|advert(?!orial)|adsense|adsbygoogle|sponsor|(?:^|[-_ ])dfp"
)
_adverts: dict[str, bool] = {}
_ADVERTS = 10_000


def is_advert(attributes: dict[str, str | None]) -> bool:
    """Whether an inline element is an advert by its class or id: adverts are put right into
    sentences.
    """
    known = f"{attributes.get('class') or ''} {attributes.get('id') or ''}"
    found = _adverts.get(known)
    if found is None:
        if len(_adverts) >= _ADVERTS:
            _adverts.clear()
        found = _adverts[known] = bool(_ADVERT.search(known.lower()))
    return found


_POST = re.compile(
    r"(?:twitter-(?:tweet|video)|instagram-media|tiktok-embed|bluesky-embed|mastodon-embed|reddit-(?:embed-bq|card)"
    r"|text-post-media|fb-xfbml-parse-ignore|imgur-embed-pub)(?:\s|$)"
)


def is_post(attributes: dict[str, str | None]) -> bool:
    """Whether a quotation is a post of a social network, by the class that the network's own embed
    code gives it.
    """
    return bool(_POST.match(attributes.get("class") or ""))
