"""A candidate becomes a `Link`: with the date and the picture that its card shows."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from feedmaker.html import pictures
from feedmaker.model import Link, TracedBlock

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode

    from feedmaker.listing.anchors import Tree
    from feedmaker.listing.candidates import Candidate

_MOST_PICTURES = 8  # of a card that are looked at


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
    """Return the first picture of a card that is no placeholder and no icon."""
    for node in box.css("img")[:_MOST_PICTURES]:
        if url := pictures.source(node, base, prefer_srcset=True):
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
