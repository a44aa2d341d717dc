"""Which pictures, videos and posts a page shows, and which addresses are of the same picture.

Listings and articles both ask here. A page names its pictures in `src` and `srcset` (HTML
Standard), and more often in an attribute of its own, from which a script moves the address to
`src` once the reader comes near: "lazy loading".
"""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING, Final
from urllib.parse import unquote

from feedmaker.text.urls import absolute

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode

# Attributes that hold the address of a lazy picture; `src` is a placeholder beside them.
_LAZY_ATTRIBUTES: Final = (
    "data-src",  # lazysizes, lozad, vanilla-lazyload and many others
    "data-original",  # jQuery Lazy Load
    "data-lazy-src",  # WP Rocket, BJ Lazy Load, Jetpack
    "data-lazy",  # slick
    "data-image",  # Squarespace
    "data-url",
    "data-full-src",
    "data-img-src",
    "data-img-url",  # tagDiv themes
    "data-image-url",
    "data-original-src",
    "data-lazyload",
    "data-lazyimage-src",
    "data-gt-lazy-src",
    "data-delayed-url",  # LinkedIn
    "data-echo",  # Echo.js
    "data-cfsrc",  # Cloudflare Mirage
    "data-ezsrc",  # Ezoic
    "data-flickity-lazyload",  # Flickity
    "data-pagespeed-lazy-src",  # mod_pagespeed
    "data-wpfc-original-src",  # WP Fastest Cache
    "nitro-lazy-src",  # NitroPack
)
_SRCSET_ATTRIBUTES: Final = (
    "data-srcset",
    "data-lazy-srcset",
    "data-lazyimage-srcset",
    "data-flickity-lazyload-srcset",
    "nitro-lazy-srcset",
    "srcset",
)
# Names of the files that stand in for a picture until it is loaded. With words of its own behind
# it, the name is a real picture's: `empty-shelves.jpg`.
_PLACEHOLDER: Final = re.compile(
    r"(?:icon-)?(?:blank|spacer|transparent|placeholder|pixel|clear|gr[ea]y|loading|lazy|1x1|empty"
    r"|default)(?:\d+|er|img|image|trans)?"
    r"(?:[-_.]+(?:\d+(?:x\d+)?|[a-z]|load(?:er|ing)?|img|images?|pic|picture|photo|thumb(?:nail)?"
    r"|pixel|trans(?:parent)?|gif|default|placeholder|blank|news|post|article|bg|background|logo"
    r"|min|small|large|medium|wide|square))*"
    r"\.(?:gif|png|svg|jpe?g|webp)"
)
# Parts of the addresses of pictures that count visits and show nothing.
_PIXELS: Final = tuple(
    """
    1x1. /pixel? /pixel/ ?pixel &pixel //pixel. //px. /beacon /b?c1= /tr?id= /1.gif? /p.gif?
    /open.gif /imp? /impression //track. //tracking. /tracker. /track.gif /track? /collect?
    /counter. /count.gif /hit? //analytics. /analytics? /piwik.php /matomo.php doubleclick
    google-analytics.com googletagmanager.com googlesyndication googleadservices facebook.com/tr
    pixel.wp.com stats.wp.com scorecardresearch quantserve.com chartbeat.net mc.yandex
    counter.yadro hotjar.com bat.bing.com criteo. taboola.com outbrain.com amazon-adsystem
    adnxs.com adsrvr.org
    """.split()  # noqa: SIM905 - as a list these are fifty lines
)
_UNSEEN: Final = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*hidden|(?P<faded>opacity\s*:\s*+0(?:\.0+)?\s*+(?:;|$))"
    r"|(?:^|[;\s])(?:width|height)\s*:\s*+[012]?(?:\.\d+)?(?:px|em)?\s*+(?:;|!|$)",
    re.IGNORECASE,
)
_SMALL: Final = (
    48  # pixels: icons, avatars, smileys and counters are smaller than any story's picture
)
# Adverts by their sizes (IAB, "New Ad Portfolio", fixed sizes) and the folders of their files.
_ADVERT_SIZES: Final = frozenset(
    ["728x90", "970x90", "970x250", "468x60", "320x50", "300x50", "160x600", "120x600", "234x60"]
)
_ADVERT_FILE: Final = re.compile(
    r"/(?:ads?|adv|adverts?|banners?|sponsors?|adserver)/", re.IGNORECASE
)
_ADVERT_LINK: Final = re.compile(
    r"doubleclick\.|googleadservices\.|googlesyndication\.|//ads?\.|//adserver|/adclick|[?&]adurl="
)
_STYLED_SIZE: Final = re.compile(r"^\s*+width:\s*+(\d+)px;\s*+height:\s*+(\d+)px")
_LONGEST_STYLE: Final = 400  # characters of a style attribute, or of an address, that are looked at
_POST_LENGTH: Final = 1000  # characters of a post that are shown at most
_WIDEST: Final = 1600  # pixels: of several sizes the widest up to here is taken
_DENSITY_WIDTH: Final = 600  # pixels that a candidate with the density 1x is taken to have
# HTML Standard, "parse a srcset attribute": an address up to the next white space; where it does
# not end in a comma, its descriptors follow up to the next comma outside of parentheses.
_CANDIDATE: Final = re.compile(
    r"(?P<address>[^\s,]\S*+)(?:(?<!,)(?P<descriptors>(?:[^,(]++|\([^)]*+\)?)*+))?+"
)
_SIZE_DESCRIPTOR: Final = re.compile(r"(?<!\S)(?P<number>[\d.]++)(?P<unit>[wx])(?!\S)")
_MOST_CANDIDATES: Final = 200
_VIDEO: Final = re.compile(
    r"(?:youtube(?:-nocookie)?\.com|youtu\.be|vimeo\.com|dailymotion\.com|facebook\.com/plugins/video|twitch\.tv"
    r"|tiktok\.com|rumble\.com|aparat\.com|streamable\.com|ok\.ru/videoembed|brightcove\.net|jwplayer|odysee\.com)",
    re.IGNORECASE,
)
_YOUTUBE: Final = re.compile(r"youtube(?:-nocookie)?\.com/embed/([\w-]{11})")
_VIDEO_ID: Final = re.compile(r"[\w-]{11}")
_WATCH: Final = re.compile(r"https://www\.youtube\.com/watch\?v=([\w-]{11})")
_DAILYMOTION: Final = re.compile(r"//(?:www\.)?dailymotion\.com/(?:embed/)?video/(\w+)")
_VIMEO: Final = re.compile(r"player\.vimeo\.com/video/(\d+)")
# Where the addresses of one picture name its size: `-300x200.jpg`, `_640w.jpg`, `-scaled.jpg`, and
# the folders `/640x360/`, `/w_800,h_450/`.
_SIZE: Final = (
    r"\d{2,4}x\d{2,4}|[wh]\d{2,4}|\d{2,4}[wh]|[1-4]x"
    r"|scaled|original|large|medium|small|thumb(?:nail)?s?"
)
_SIZE_SUFFIX: Final = re.compile(rf"(?:[-_.@](?:{_SIZE})){{1,6}}$", re.IGNORECASE)
_SIZE_FOLDER: Final = re.compile(
    rf"{_SIZE}|\d{{1,5}}x\d{{1,5}}(?::\d+x\d+)?|(?:16|4|3|1)[-x:](?:9|4|3|2|1)"
    r"|resized?|styles|fit(?:-in)?|smart|filters:[^/]*|[a-z]{1,2}_[\w.:]+(?:,[a-z]{1,2}_[\w.:]+)*,?",
    re.IGNORECASE,
)
# In the name of a file: no date, and hardly in the name of another picture.
_IDENTITY: Final = re.compile(
    r"(?<!\d)(?!(?:19|20)\d{6}(?!\d))\d{6,}|(?<![0-9a-f])(?=[a-f]*\d)[0-9a-f]{12,}"
)
_DIGEST: Final = re.compile(r"[0-9a-f]{32,}")  # of the picture itself
# An address that states less than 100 pixels: what is shown until the picture is there.
_PREVIEW: Final = re.compile(
    r"[-_/?&,;](?:(?<![-_])(?:w|width|imwidth|resize)[=_]\d{1,2}(?!\d)"
    r"|(?<![?&,;])\d{1,2}x\d{1,2}(?![\dx]))"
)
_VIDEO_STILL: Final = re.compile(r"^(?:(?:maxres|hq|mq|sd)?default|[0-3])$")  # of YouTube
_WIDTH_SUFFIX: Final = re.compile(r"[-_]\d{3,4}$")
_PICTURE_FILE: Final = re.compile(r"\.(?:jpe?g|png|gif|webp|avif|bmp)(?=$|[/!@:&])", re.IGNORECASE)
_TELLING: Final = 12  # letters: no other picture of the story is likely to have a name as long


def source(node: LexborNode, base: str, *, prefer_srcset: bool = False) -> str | None:
    """Return the absolute address of the picture that an `img` shows to a reader.

    None for placeholders, for pixels that count visits, for icons and for what is hidden. Where the
    `img` itself names no picture, the sources of the `picture` around it are asked.

    `prefer_srcset` takes a `srcset` before `src`, which in the cards of listings is often a small
    thumbnail. In stories `src` is large enough, and of a type that every feed reader knows.
    """
    attributes = node.attributes
    url = _first_address(attributes, _LAZY_ATTRIBUTES, base)
    if _is_unseen(attributes, is_lazy=url is not None):
        return None
    if url is None and prefer_srcset:
        url = _widest_stated(attributes, base)
    if url is None:
        url = _first_address(attributes, ("src",), base)
        if url is None or _PREVIEW.search(url):
            url = _widest_stated(attributes, base) or url
    return url or _picture_source(node.parent, base)


def is_advert(node: LexborNode) -> bool:
    """Whether a picture is an advert, by its size, its file or the link around it."""
    attributes = node.attributes
    size = f"{attributes.get('width')}x{attributes.get('height')}"
    if style := _STYLED_SIZE.search(attributes.get("style") or ""):
        size = f"{style[1]}x{style[2]}"
    if size in _ADVERT_SIZES:
        return True
    addresses = filter(None, attributes.values())
    if any(map(_ADVERT_FILE.search, (text for text in addresses if "/" in text))):
        return True
    parent = node.parent
    return parent is not None and parent.tag == "a" and _advertises(parent.attributes)


def _advertises(link: dict[str, str | None]) -> bool:
    """Whether a link is paid for, by what it says or by whom it counts its readers."""
    is_counted = _ADVERT_LINK.search(link.get("href") or "") is not None
    return is_counted or "sponsored" in (link.get("rel") or "")


def leads_elsewhere(node: LexborNode, page_url: str) -> bool:
    """Whether a picture stands in a link, and that neither to its page nor to a picture's file."""
    link = node.parent
    if link is not None and link.tag == "picture":
        link = link.parent
    if link is None or link.tag != "a":
        return False
    target = absolute(link.attributes.get("href") or "", page_url) or page_url
    return target != page_url and _PICTURE_FILE.search(target) is None


def _picture_source(parent: LexborNode | None, base: str) -> str | None:
    """Return the address that a source in a `picture` element names."""
    if parent is None or parent.tag != "picture":
        return None
    for child in parent.iter():
        if child.tag == "source" and (url := _widest_stated(child.attributes, base)):
            return url
    return None


def _is_unseen(attributes: dict[str, str | None], *, is_lazy: bool) -> bool:
    """Whether an element is hidden, or too small for a picture of a story.

    A lazy picture fades in once it is there.
    """
    if "hidden" in attributes:
        return True
    if _is_small(attributes.get("width")) or _is_small(attributes.get("height")):
        return True
    style = attributes.get("style")
    if not style:  # as most pictures
        return False
    unseen = _UNSEEN.search(style[:_LONGEST_STYLE])
    return unseen is not None and not (is_lazy and unseen["faded"])


def _is_small(size: str | None) -> bool:
    """Whether an attribute gives a size in pixels too small for a picture of a story."""
    if not size:
        return False
    number = size.strip().lower().removesuffix("px").partition(".")[0]
    return number.isdecimal() and int(number[:6]) < _SMALL


def _first_address(
    attributes: dict[str, str | None], names: tuple[str, ...], base: str
) -> str | None:
    """Return the first address in attributes of these names that is no placeholder."""
    if attributes.keys().isdisjoint(names):  # most pictures have none of two dozen
        return None
    for name in names:
        value = attributes.get(name)
        if value and not _is_placeholder(value) and (url := absolute(value, base)):
            return url
    return None


def _widest_stated(attributes: dict[str, str | None], base: str) -> str | None:
    """Return the best address of the first `srcset` of an element that has one."""
    for name in _SRCSET_ATTRIBUTES:
        value = attributes.get(name)
        if value and (url := widest(value, base)):
            return url
    return None


def widest(srcset: str, base: str) -> str | None:
    """Return the widest picture of a `srcset` that is no wider than needed.

    It is the first where none states its width, and the narrowest where all are too wide.
    """
    widths: dict[str, float] = {}
    for candidate in islice(_CANDIDATE.finditer(srcset), _MOST_CANDIDATES):
        width = _stated_width(candidate["descriptors"])
        address = candidate["address"].rstrip(",")
        width = 1 / width if width > _WIDEST else width
        widths[address] = max(width, widths.get(address, 0.0))
    likely = sorted(widths, key=widths.__getitem__, reverse=True)
    absolutes = (absolute(address, base) for address in likely if not _is_placeholder(address))
    return next(filter(None, absolutes), None)


def _stated_width(descriptors: str | None) -> float:
    """Return the width in pixels that the descriptors of a `srcset` candidate state, or 0."""
    size = _SIZE_DESCRIPTOR.search(descriptors or "")
    if size is None:
        return 0.0
    try:
        number = float(size["number"])
    except ValueError:
        return 0.0
    return number * _DENSITY_WIDTH if size["unit"] == "x" else number


def _is_placeholder(address: str) -> bool:
    """Whether an address is of a placeholder, of a pixel that counts visits, or none at all.

    A value without slash and dot is a flag, such as `data-lazy="true"`; some are JSON.
    """
    low = address[:_LONGEST_STYLE].lower()
    if "/" not in low and "." not in low:
        return True
    if low.startswith(("data:", "about:", "#", "{", "[")):
        return True
    name = low.partition("?")[0].rpartition("/")[2]
    return bool(_PLACEHOLDER.match(name)) or any(map(low.__contains__, _PIXELS))


def picture_key(url: str) -> str:
    """Return what addresses of one picture have in common, also of crops of it.

    It is the name of its file, with its folders where the name is short. Host, size, file type and
    query differ between the sizes of one picture. Of an address without a file, the
    query counts. A site may call all pictures of a story by its headline: see `picture_file`.
    """
    file = picture_file(url)
    telling = _WIDTH_SUFFIX.sub("", file.rpartition("/")[2])
    return telling if len(telling) >= _TELLING and "?" not in file else file


def picture_file(url: str) -> str:
    """Return the path of a picture without its sizes: equal paths are one picture for certain.

    It is the name alone where that holds a long number or digest. Of an address without a file type
    the query counts too, but for one that ends in a digest: what is asked of that is a size.
    """
    # A proxy for pictures has the address of the picture within its own, mostly escaped.
    address = unquote(url).rpartition("://")[2].partition("#")[0]
    path, _, query = address.partition("/")[2].partition("?")
    file = _PICTURE_FILE.search(path)
    if file is None and (file := _PICTURE_FILE.search(query)):  # `/image?url=/a/b.jpg&w=640`
        path = query
    named = path[: file.start()] if file else path.rstrip("/")
    *folders, name = named.rpartition("=")[2].split("/")
    kept = [folder for folder in folders if folder and not _SIZE_FOLDER.fullmatch(folder)]
    name = _SIZE_SUFFIX.sub("", _VIDEO_STILL.sub("", name))
    key = name if _IDENTITY.search(name) else "/".join([*kept, name])
    return key if file or _DIGEST.fullmatch(name) else f"{key}?{query}"


def video(node: LexborNode, base: str) -> str | None:
    """Return the address at which to watch the video that an element embeds, if it embeds one.

    The element is an `iframe`, or one of the custom elements that load YouTube's player.
    """
    attributes = node.attributes
    identity = attributes.get("videoid") or attributes.get("data-videoid") or ""
    if _VIDEO_ID.fullmatch(identity):
        return f"https://www.youtube.com/watch?v={identity}"
    for name in ("src", "data-src", "data-lazy-src"):
        value = attributes.get(name)
        url = absolute(value, base) if value else None
        if url is None or not _VIDEO.search(url):
            continue
        if found := _YOUTUBE.search(url):
            return f"https://www.youtube.com/watch?v={found[1]}"
        if found := _VIMEO.search(url):
            return f"https://vimeo.com/{found[1]}"
        return url
    return None


def thumbnail(url: str) -> str | None:
    """Return the picture of a video by its address, where its host keeps one at a fixed place."""
    if found := _WATCH.fullmatch(url):
        return f"https://i.ytimg.com/vi/{found[1]}/hqdefault.jpg"
    if found := _DAILYMOTION.search(url):
        return f"https://www.dailymotion.com/thumbnail/video/{found[1]}"
    return None


def post(node: LexborNode, base: str) -> tuple[str | None, str]:
    """Return the address and the text of the post of a social network that a quotation embeds."""
    attributes = node.attributes
    stated = attributes.get("data-instgrm-permalink") or attributes.get("cite")
    if not stated:
        links = node.css("a[href]")
        stated = links[-1].attributes.get("href") if links else None
    text = " ".join(node.text(separator=" ").split())
    return absolute(stated or "", base), text[:_POST_LENGTH]
