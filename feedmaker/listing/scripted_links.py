"""Boxes that are no links, and lead to a page by a script when they are clicked."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from feedmaker.html import parsing
from feedmaker.text import urls

if TYPE_CHECKING:
    from selectolax.lexbor import LexborHTMLParser, LexborNode

_ATTRIBUTES: Final = ("data-href", "data-url", "data-link")
_BOXES: Final = ", ".join(f"[{name}]" for name in (*_ATTRIBUTES, "onclick"))
_MOST: Final = 500  # boxes
_LONGEST_SCRIPT: Final = 2_000  # characters
_GOES_TO: Final = re.compile(
    r"(?:location(?:\.href)?\s{0,9}=|(?:location\.(?:assign|replace)|open)\()"
    r"\s{0,9}['\"]([^'\"\s]{1,1000})['\"]"
)


def with_links(tree: LexborHTMLParser, base: str) -> str:
    """Return the HTML of a page with links in the boxes that a click leads on from; "" of none."""
    if not any(urls.absolute(_target(box), base) for box in tree.css(_BOXES)[:_MOST]):
        return ""
    made = parsing.parse(tree.html or "")
    for box in made.css(_BOXES)[:_MOST]:
        url = urls.absolute(_target(box), base)
        if url and box.tag == "a":
            box.attrs["href"] = url
        elif url:
            link = made.create_node("a")
            link.attrs["href"] = url
            box.insert_child(link)
    return made.html or ""


def _target(box: LexborNode) -> str:
    """The address that a click on an element leads to, "" where it tells none."""
    attributes = box.attributes
    script = _GOES_TO.search((attributes.get("onclick") or "")[:_LONGEST_SCRIPT])
    stated = (attributes.get(name) for name in _ATTRIBUTES)
    return next(filter(None, stated), script[1] if script else "")
