"""CSS selectors of a page's lists: which there are, and which links each of them names."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from statistics import fmean
from typing import TYPE_CHECKING

from selectolax.lexbor import SelectolaxError

from feedmaker.listing import url_shape
from feedmaker.listing.candidates import weigh
from feedmaker.listing.headlines import count_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from selectolax.lexbor import LexborNode

    from feedmaker.listing.anchors import Anchor, Tree

_HIGH = 7  # elements above a link that its card may be
_WIDE = 6  # elements above those that may be named to tell its list from others
_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_-]*")
# Names that change from story to story, or by script.
_PASSING = re.compile(
    r"[-_]\d{4,}|^(?:active|current|selected|first|last|odd|even|open|show|lazy\w*|loaded|new|hidden|swiper-slide-\w+|slick-\w+"
    r"|post-\w*\d\w*|category-.+|tag-.+|wow|animated|clearfix|rtl|ltr)$"
)
_TRIED = 300


@dataclass(frozen=True, slots=True)
class Group:
    """What one selector names: the keys of its links in page order, their titles, and the mean
    number of words.
    """

    selector: str
    keys: tuple[str, ...]
    titles: tuple[str, ...]
    words: float


def _names(node: LexborNode) -> list[str]:
    classes = (node.attributes.get("class") or "").split()
    return [c for c in classes if _NAME.fullmatch(c) and not _PASSING.search(c)]


def step(node: LexborNode) -> str:
    """An element by its own id or lasting classes, as a selector; '' of one that has none."""
    name = node.attributes.get("id") or ""
    if _NAME.fullmatch(name) and not _PASSING.search(name):
        return f"#{name}"
    classes = _names(node)
    return f"{node.tag}.{'.'.join(classes[:2])}" if classes else ""


def of(anchor: Anchor) -> Iterator[str]:
    """The selectors that a link, or a box around it, can be named by; those of itself first."""
    at: LexborNode | None = anchor.node
    for _ in range(_HIGH):
        if at is None or at.tag in ("body", "html", "-undef"):
            return
        classes = _names(at)
        own = [f"{at.tag}.{name}" for name in classes[:3]]
        if len(classes) > 1:
            own.append(f"{at.tag}.{'.'.join(classes[:2])}")
        yield from own
        path = own[0] if own else at.tag or ""
        above, loose = at.parent, " > "
        for _ in range(_WIDE):
            if above is None or above.tag in ("body", "html", "-undef"):
                break
            if name := step(above):
                yield f"{name}{loose}{path}"
                if loose == " > ":
                    yield f"{name} {path.rpartition(' > ')[2]}"
                loose = " "
            elif loose == " > ":
                path = f"{above.tag} > {path}"
            above = above.parent
        if not own and " > " in path and loose == " > ":
            yield path
        at = at.parent


class SelectorReader:
    """Which links selectors name on one page, as `cards.within` would take them: of each box its
    likeliest link.
    """

    def __init__(self, tree: Tree) -> None:
        self.tree = tree
        self.candidates = {a.key: one for one in weigh(tree, tree.anchors) for a in one.anchors}
        self._known: dict[str, tuple[str, ...]] = {}

    def keys(self, selector: str) -> tuple[str, ...]:
        """The keys of the links that a selector names, in page order, each once."""
        if selector not in self._known:
            self._known[selector] = tuple(dict.fromkeys(self._read(selector)))
        return self._known[selector]

    def _read(self, selector: str) -> Iterator[str]:
        try:
            nodes = self.tree.tree.css(selector)
        except SelectolaxError:
            return
        for node in nodes[:500]:
            own = self.tree.by_id.get(node.mem_id)
            inside = (
                [own]
                if own
                else [a for n in node.css("a[href]")[:60] if (a := self.tree.by_id.get(n.mem_id))]
            )
            if not inside:
                at = node.parent
                for _ in range(4):
                    if at is not None and at.mem_id in self.tree.by_id:
                        inside = [self.tree.by_id[at.mem_id]]
                        break
                    at = at.parent if at is not None else None
            if inside:
                yield max(inside, key=lambda a: self.candidates[a.key].score).key

    def all(self, anchors: Iterable[Anchor]) -> list[str]:
        """The selectors of some links, those that name most of them first."""
        found = Counter(name for anchor in anchors for name in dict.fromkeys(of(anchor)))
        return [name for name, _ in found.most_common(_TRIED)]


def lists(tree: Tree) -> list[Group]:
    """The page's likeliest lists of stories, best first, each by one selector and no two of the
    same links.
    """
    reader = SelectorReader(tree)
    anchors = [
        a
        for a in tree.anchors
        if count_words(a.text.text) >= 3 and url_shape.shape(a.url) > -2 and not a.zones
    ]
    groups: dict[frozenset[str], Group] = {}
    for name in reader.all(anchors):
        keys = reader.keys(name)
        titles = [reader.candidates[key].title for key in keys]
        words = fmean([min(count_words(title), 15) for title in titles]) if titles else 0.0
        if len(keys) < 4 or words < 3:
            continue
        known = groups.get(frozenset(keys))
        if known is None or len(name) < len(known.selector):
            groups[frozenset(keys)] = Group(name, keys, tuple(titles), words)
    ranked = sorted(groups.values(), key=lambda g: -(g.words * min(len(g.keys), 30) ** 0.5))
    chosen: list[Group] = []
    for one in ranked:
        if all(len(set(one.keys) & set(other.keys)) < 0.5 * len(one.keys) for other in chosen):
            chosen.append(one)
    return chosen
