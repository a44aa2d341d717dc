"""Whether what was found by itself on a listing or an article may be wrong, and which selectors
would say otherwise.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from feedmaker.html import parsing
from feedmaker.listing import selectors
from feedmaker.listing.candidates import DOUBT, THRESHOLD
from feedmaker.listing.headlines import squeeze

if TYPE_CHECKING:
    from collections.abc import Sequence

    from feedmaker.listing.anchors import Tree
    from feedmaker.model import TracedBlock

_FEW = 3
_NARROW = 0.4  # of the links that stand within `DOUBT` of being none
_MOST_LINKED = 0.5


def doubt(blocks: Sequence[TracedBlock], found: int) -> str:
    """Why the links that were found on a listing may be wrong; '' where nothing speaks against
    them.

    `blocks` are the candidates as `section_links` traced them.
    """
    if not found:
        return "no story link was found"
    if found < _FEW:
        return f"only {found} story link{'s were' if found > 1 else ' was'} found"
    kept = [b for b in blocks if b.kept and b.features]
    narrow = [b for b in kept if b.score < THRESHOLD + DOUBT]
    if kept and len(narrow) > _NARROW * len(kept):
        return f"{len(narrow)} of the {found} links are near to being taken for none"
    return ""


def proposals(tree: Tree, *, most: int = 3) -> list[tuple[str, str]]:
    """Selectors of the page's likeliest lists, each with the evidence: how many links, how long
    their words.
    """
    found = []
    for one in selectors.lists(tree)[:most]:
        sample = "; ".join(f"«{title[:60]}»" for title in one.titles[:2])
        found.append(
            (one.selector, f"{len(one.keys)} links of {one.words:.0f} words on average: {sample}")
        )
    return found


def article_rule(pages: Sequence[str]) -> tuple[str, str] | None:
    """A selector for the story of article pages none was found on: the box with most text of its
    own in all of them.

    Returns it with the evidence; None where the pages have no such box in common.
    """
    best: dict[str, list[int]] = {}
    for text in pages:
        tree = parsing.parse(text)
        seen: dict[str, int] = {}
        for node in tree.css("article, main, section, div, td")[:3000]:
            step = selectors.step(node)
            own = sum(
                len(squeeze(p.text()))
                for p in node.iter()
                if p.tag in ("p", "br") or (p.tag == "div" and not p.css_first("div"))
            )
            if step and own > 200:
                linked = sum(len(a.text()) for a in node.css("a")[:200])
                if linked < _MOST_LINKED * own:
                    seen[step] = max(seen.get(step, 0), own)
        for step, size in seen.items():
            best.setdefault(step, []).append(size)
    common = {step: sizes for step, sizes in best.items() if len(sizes) == len(pages)}
    if not common:
        return None
    step = max(common, key=lambda s: min(common[s]))
    words = min(common[step]) // 6
    return (
        step,
        f"it holds some {words} words of running text or more on each of {len(pages)} pages",
    )
