"""What is read out of forms: single texts, and the addresses of an OPML file or a list."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from feedmaker.html import parsing

if TYPE_CHECKING:
    from starlette.datastructures import FormData

_LONGEST: Final = 2_000  # characters of a text
_MOST_TEXT: Final = 1_000_000  # characters of a list
_LINE_BREAKS: Final = re.compile(r"[\s,;،؛]+")


def text_of(form: FormData, name: str, longest: int = _LONGEST) -> str:
    """Return a text of a form, "" where it has none."""
    value = form.get(name, "")
    most = _MOST_TEXT if name == "addresses" else longest
    return value[:most] if isinstance(value, str) else ""


def find_addresses(text: str) -> list[str]:
    """Return the addresses in an OPML file, or of a list; each once, in their order.

    Of an outline that is the feed's address, else the site's.
    """
    text = text[:_MOST_TEXT]
    found: dict[str, None] = {}
    if "<outline" in text.lower():
        for outline in parsing.parse(text).css("outline"):
            attributes = outline.attributes  # as HTML has them: in small letters
            address = attributes.get("xmlurl") or attributes.get("htmlurl") or ""
            found |= {address.strip(): None}
    else:
        found |= dict.fromkeys(_LINE_BREAKS.split(text))
    return [address for address in found if "." in address or ":" in address]
