"""A candidate becomes a `Link`: with the date and the picture that its card shows."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from feedmaker.model import Link, TracedBlock
from feedmaker.text import urls

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode

    from feedmaker.listing.anchors import Tree
    from feedmaker.listing.candidates import Candidate

_SOURCES = (
    "data-src",
    "data-original",
    "data-lazy-src",
    "data-lazy",
    "data-image",
    "data-srcset",
    "srcset",
    "src",
)
_EMPTY = ("data:", "about:", "blob:")


def to_link(tree: Tree, one: Candidate) -> Link:
    """The link of a candidate. A date counts as `<time datetime>` (HTML Standard) with a zone;
    others need one.
    """
    box = one.card.node if one.card is not None else one.anchors[0].node
    return Link(url=one.url, title=one.title, published=_date(box), image=_image(box, tree.base))


def to_block(one: Candidate) -> TracedBlock:
    """What `explain` shows of a candidate."""
    return TracedBlock(
        path=_path(one.anchors[0].node), text=f"{one.title or one.anchors[0].text.text} <{one.url}>",
        kept=not one.reason,        score=round(one.score, 2),
        reason=one.reason or "one of the page's own stories", features=one.features,
    )  # fmt: skip


def _date(box: LexborNode) -> datetime | None:
    for node in box.css("time[datetime]")[:3]:
        try:
            found = datetime.fromisoformat((node.attributes.get("datetime") or "").strip())
        except ValueError:
            continue
        if found.tzinfo is not None:
            return found
    return None


def _image(box: LexborNode, base: str) -> str | None:
    """The first picture of a card, as lazy loaders and `srcset` name it; no placeholders and no
    icons.
    """
    for node in box.css("img, source[srcset]")[:8]:
        attributes = node.attributes
        if any(
            (attributes.get(side) or "").strip("px ") in ("0", "1") for side in ("width", "height")
        ):
            continue
        for name in _SOURCES:
            value = (attributes.get(name) or "").strip()
            if name.endswith("srcset"):
                value = (
                    value.split(",")[-1].split()[0]
                    if value and value.split(",")[-1].split()
                    else ""
                )
            if value and not value.startswith(_EMPTY) and (url := urls.absolute(value, base)):
                return url
    return None


def _path(node: LexborNode) -> str:
    """Where an element stands, as a selector of its last few ancestors."""
    parts: list[str] = []
    at: LexborNode | None = node
    while at is not None and at.tag not in ("body", "html", "-undef") and len(parts) < 5:
        classes = "".join("." + c for c in (at.attributes.get("class") or "").split()[:2])
        parts.append(f"{at.tag}{classes}")
        at = at.parent
    return " > ".join(reversed(parts))
