"""Whether a story shows its lead picture already."""

from __future__ import annotations

import re
from html import unescape

from feedmaker.html.pictures import picture_key

_IMAGE = re.compile(r"""<img\b[^>]*?\ssrc=["']([^"']*)""")


def shows(html: str, start: int, image: str) -> bool:
    """Whether the story has the lead picture already: above its text, or as another size of the
    same file.

    `start` is where the text of the story begins in `html`.
    """
    if "<img" not in html:
        return False
    wanted = picture_key(image)
    return any(
        found.start() < start or picture_key(unescape(found[1])) == wanted
        for found in _IMAGE.finditer(html)
    )
