"""Which pictures, videos and posts of a story are shown, and from where: lazy loading,
placeholders, pixels, frames.
"""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING

from feedmaker.text.urls import absolute

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode

# Where pages keep the address until a script moves it to `src`; the plain `src` comes last, being
# the placeholder.
_LAZY = (
    "data-src",
    "data-original",
    "data-lazy-src",
    "data-lazy",
    "data-image",
    "data-url",
    "data-full-src",
    "data-img-src",
)
_LAZY_SETS = ("data-srcset", "data-lazy-srcset", "srcset")
_PLACEHOLDER = re.compile(
    r"(?:blank|spacer|transparent|placeholder|pixel|clear|gr[ea]y|loading|lazy|1x1|empty|default)[\w.-]*"
    r"\.(?:gif|png|svg|jpe?g|webp)"
)
# What addresses of pictures have in them that count visits and show nothing.
_PIXELS = (
    "1x1.", "/pixel?", "/pixel/", "/beacon", "doubleclick",
    "/tr?id=", "scorecardresearch", "?pixel", "&pixel", "/b?c1=",
    "google-analytics.com", "googletagmanager.com", "googlesyndication", "googleadservices", "facebook.com/tr",
    "pixel.wp.com", "stats.wp.com", "//pixel.", "//px.",
    "quantserve.com", "chartbeat.net", "mc.yandex", "counter.yadro",
    "hotjar.com", "bat.bing.com", "criteo.", "taboola.com",
    "outbrain.com", "amazon-adsystem", "adnxs.com", "adsrvr.org",
    "//track.", "//tracking.", "/tracker.", "/track.gif", "/track?", "/collect?", "/counter.", "/count.gif", "/hit?",
    "//analytics.", "/analytics?", "/piwik.php", "/matomo.php",
    "/1.gif?", "/p.gif?", "/open.gif", "/imp?", "/impression",
)  # fmt: skip
_UNSEEN = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*hidden|opacity\s*:\s*0(?:\.0+)?\s*(?:;|$)"
    r"|(?:^|[;\s])(?:width|height)\s*:\s*[012]?(?:\.\d+)?(?:px)?\s*(?:;|!|$)",
    re.IGNORECASE,
)
_SMALL = 48  # pixels: icons, avatars, smileys and counters are smaller than any picture of a story
_POST = 1000  # characters of a post that are shown at most
_WIDEST = 1600  # pixels: of several sizes the widest up to here
# HTML Standard, "srcset attributes": an address, and what is said of it where it does not end in a
# comma.
_CANDIDATE = re.compile(r"([^\s,]\S*+)(?:(?<!,)\s++([\d.]++)([wx]))?+(?:(?<!,)[^,]*+)?+")
_MOST_SIZES = 200
_VIDEO = re.compile(
    r"(?:youtube(?:-nocookie)?\.com|youtu\.be|vimeo\.com|dailymotion\.com|facebook\.com/plugins/video|twitch\.tv"
    r"|tiktok\.com|rumble\.com|aparat\.com|streamable\.com|ok\.ru/videoembed|brightcove\.net|jwplayer|odysee\.com)",
    re.IGNORECASE,
)
_YOUTUBE = re.compile(r"youtube(?:-nocookie)?\.com/embed/([\w-]{11})")
_WATCH = re.compile(r"https://www\.youtube\.com/watch\?v=([\w-]{11})")
_DAILYMOTION = re.compile(r"//(?:www\.)?dailymotion\.com/(?:embed/)?video/(\w+)")
_VIMEO = re.compile(r"player\.vimeo\.com/video/(\d+)")


def source(node: LexborNode, base: str) -> str | None:
    """The absolute address of the picture that an `img` means to show; None for placeholders,
    pixels and icons.
    """
    attributes = node.attributes
    if (
        _small(attributes.get("width"))
        or _small(attributes.get("height"))
        or "hidden" in attributes
    ):
        return None
    if (style := attributes.get("style")) and _UNSEEN.search(style[:400]):
        return None
    for name in _LAZY:
        if (
            (value := attributes.get(name))
            and not _stands_in(value)
            and (url := absolute(value, base))
        ):
            return url
    plain = attributes.get("src") or ""
    if plain and not _stands_in(plain) and (url := absolute(plain, base)):
        return url
    for name in _LAZY_SETS:
        if (value := attributes.get(name)) and (url := widest(value, base)):
            return url
    parent = node.parent
    if parent is not None and parent.tag == "picture":
        for child in parent.iter():
            if child.tag == "source":
                sizes = child.attributes.get("srcset") or child.attributes.get("data-srcset")
                if sizes and (url := widest(sizes, base)):
                    return url
    return None


def widest(sizes: str, base: str) -> str | None:
    """The widest of the pictures in a `srcset` that is no wider than needed; the first where none
    tells its width.
    """
    best, best_width = None, -1.0
    for match in islice(_CANDIDATE.finditer(sizes), _MOST_SIZES):
        address, number, unit = match[1].rstrip(","), match[2], match[3]
        if _stands_in(address):
            continue
        try:
            width = float(number or 0) * (600 if unit == "x" else 1)
        except ValueError:
            width = 0.0
        if width > _WIDEST:
            width = 1 / width  # better than nothing, and the less wide the better
        if width > best_width and (url := absolute(address, base)):
            best, best_width = url, width
    return best


def video(node: LexborNode, base: str) -> str | None:
    """The address at which to watch the video that an `iframe` embeds; None where it embeds none."""
    attributes = node.attributes
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
    """The picture of a video by its address, where its host has one at a fixed place; None
    elsewhere.
    """
    if found := _WATCH.fullmatch(url):
        return f"https://i.ytimg.com/vi/{found[1]}/hqdefault.jpg"
    if found := _DAILYMOTION.search(url):
        return f"https://www.dailymotion.com/thumbnail/video/{found[1]}"
    return None


def post(node: LexborNode, base: str) -> tuple[str | None, str]:
    """The address of the post of a social network that a quotation embeds, and the text it shows of
    it.
    """
    links = [link.attributes.get("href") or "" for link in node.css("a[href]")]
    stated = node.attributes.get("data-instgrm-permalink") or node.attributes.get("cite")
    return absolute(stated or next(reversed(links), ""), base), " ".join(
        node.text(separator=" ").split()
    )[:_POST]


def _stands_in(address: str) -> bool:
    """Whether an address is of a placeholder or of a pixel that counts visits."""
    low = address[:400].lower()
    if low.startswith(("data:", "about:", "#")):
        return True
    name = low.partition("?")[0].rpartition("/")[2]
    return bool(_PLACEHOLDER.match(name)) or any(pixel in low for pixel in _PIXELS)


def _small(size: str | None) -> bool:
    """Whether an attribute gives a size in pixels too small for a picture of a story."""
    number = (size or "").strip().lower().removesuffix("px").partition(".")[0]
    return number.isdecimal() and int(number[:6]) < _SMALL
