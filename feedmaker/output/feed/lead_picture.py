"""Which pictures are one: the sizes, copies and proxies of a file have addresses of their own."""

from __future__ import annotations

import re
from html import unescape
from urllib.parse import unquote, urlsplit

_IMAGE = re.compile(r"""<img\b[^>]*?\ssrc=["']([^"']*)""")


def shows(html: str, start: int, image: str) -> bool:
    """Whether the story has the lead picture already: above its text, or as another size of the
    same file.

    `start` is where the text of the story begins in `html`.
    """
    if "<img" not in html:
        return False
    wanted = _picture(image)
    return any(
        found.start() < start or _picture(unescape(found[1])) == wanted
        for found in _IMAGE.finditer(html)
    )


# Where addresses of pictures say the size: `-300x200.jpg`, `_640w.jpg`, `-scaled.jpg`; `/640x360/`,
# `/w_800,h_450/`.
_SIZE = r"\d{2,4}x\d{2,4}|[wh]\d{2,4}|\d{2,4}[wh]|[1-4]x|scaled|original|large|medium|small|thumb(?:nail)?s?"
_SIZE_SUFFIX = re.compile(rf"(?:[-_.@](?:{_SIZE}))+$", re.IGNORECASE)
_SIZE_FOLDER = re.compile(rf"{_SIZE}|resized?|styles|(?:[a-z]{{1,2}}_[\w.:]+,?)+", re.IGNORECASE)
_WIDTH_SUFFIX = re.compile(r"[-_]\d{3,4}$")
_PICTURE_FILE = re.compile(r"\.(?:jpe?g|png|gif|webp|avif|bmp)(?=$|[/!@:])", re.IGNORECASE)
_TELLING = 12  # letters of a file name that no other picture of the story is likely to have


def _picture(url: str) -> str:
    """What the addresses of one picture have in common: its file's name, with its folders where
    that tells little.

    Host, size, file type and query differ between the sizes of one picture; where no file is named,
    the query tells.
    """
    try:
        parts = urlsplit(unquote(url))  # a proxy for pictures has the address escaped in its own
    except ValueError:
        return url
    file = _PICTURE_FILE.search(parts.path)
    if file is None:
        return f"{parts.path}?{parts.query}"
    *folders, name = parts.path[: file.start()].split("/")
    name = _SIZE_SUFFIX.sub("", name)
    telling = _WIDTH_SUFFIX.sub("", name)
    if len(telling) >= _TELLING:
        return telling
    return "/".join([*(f for f in folders if not _SIZE_FOLDER.fullmatch(f)), name])
