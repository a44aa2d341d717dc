"""The block of links under a heading, and the link behind a navigation label."""

from __future__ import annotations

from difflib import get_close_matches
from typing import TYPE_CHECKING

from feedmaker.listing import url_shape
from feedmaker.listing.headlines import count_words, squeeze
from feedmaker.model.errors import ListingError
from feedmaker.text import arabic, urls
from feedmaker.text import labels as text_labels

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from selectolax.lexbor import LexborNode

    from feedmaker.html.page_parts import Zone
    from feedmaker.listing.anchors import Anchor, Tree

_TAGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_HEADED = (
    ", ".join(_TAGS)
    + ", [class*=title], [class*=Title], [class*=head], legend, caption, th, dt, b, strong"
    ", [role=heading], [role=tab], a[href^='#']"
)
_OUTSIDE = frozenset({"body", "html", "head", "title", "script", "style", "-undef"})
_LONGEST = 80
_MANY = 200
_SMALL = 20
_DEEP = 40
_TRIED = 10
_NEAR = 5  # a list further off is another's; its own may be filled by a script
_LABELS = 8
_STATES = frozenset({"active", "current", "selected", "first", "last", "open", "show", "in"})


def block_under(tree: Tree, heading: str) -> list[Anchor]:
    """The story-like links under the heading with this text, in page order; [] where there is no
    such heading or link.

    Texts are compared as `arabic.fold` has them. The block ends where the next heading of the same
    kind begins.
    """
    for node in _named(tree, heading)[:_TRIED]:
        if block := block_of(tree, node):
            return block
    return []


def block_of(tree: Tree, heading: LexborNode, *, deep: int = _DEEP) -> list[Anchor]:
    """The links in the block that an element is the heading or the tab of, at most `deep` levels
    above it.
    """
    target = _target(tree, heading)
    if target is not None:
        return _inside(tree, target)
    own = {a.order for a in _inside(tree, heading)}
    start = _position(tree, heading)
    at, depth = heading.parent, 0
    while at is not None and at.tag != "-undef" and depth < deep:
        after = [a for a in _inside(tree, at) if a.order >= start and a.order not in own]
        if any(is_story(a) for a in after):
            ended = _until_next(tree, at, heading)
            return ended if any(is_story(a) for a in ended) else _pane(tree, heading)
        at, depth = at.parent, depth + 1
    return []


def mark_furniture(tree: Tree) -> None:
    """Note on links that they stand in a block whose heading says "related" or "most read"
    (`terms.label`).
    """
    done = 0
    for node in tree.tree.css(_HEADED)[: _MANY * 25]:
        text = _short_text(node)
        if not text or (kind := text_labels.label(text)) not in ("related", "most-read"):
            continue
        if kind == "related" and _inside(tree, node):
            continue  # a heading that leads to a page of its own («في الأخبار أيضا») is a section's
        zone: Zone = "related" if kind == "related" else "most-read"
        for anchor in block_of(tree, node, deep=_NEAR):
            anchor.zones = (*anchor.zones, (zone, node.mem_id))
        if (done := done + 1) >= _LABELS * 4:
            return


def _short_text(node: LexborNode) -> str:
    """The text of an element that is small enough to be a heading; '' of any other."""
    text = ""
    for count, one in enumerate(node.traverse(include_text=True)):
        text += one.text() if one.is_text_node else ""
        if count > _SMALL or len(text) > _LONGEST * 2:
            return ""
    text = squeeze(text)
    return text if len(text) <= _LONGEST else ""


def headings(tree: Tree) -> list[str]:
    """The texts of the page's headings that are no headlines of stories, to tell what could have
    been asked for.
    """
    found = {}
    for node in tree.tree.css(", ".join(_TAGS) + ", [class*=title], [class*=head]")[: _MANY * 5]:
        text = _short_text(node)
        if 0 < count_words(text) <= 5 and not _holds_story(tree, node):
            found[arabic.fold(text)] = text
    return list(found.values())


def navigation(tree: Tree, label: str) -> str:
    """The URL that a navigation label leads to; ListingError names the nearest labels where there
    is none.
    """
    target = arabic.fold(label)
    labels: dict[str, tuple[int, str, str]] = {}
    for a in tree.anchors:
        if (
            not (text := a.text.text or next((t.text for t in a.extra if t.text), ""))
            or len(text) > _LONGEST
        ):
            continue
        zones = {zone for zone, _ in a.zones}
        rank = 0 if "navigation" in zones else 1 if zones & {"header", "footer"} else 2
        if arabic.fold(text) not in labels or rank < labels[arabic.fold(text)][0]:
            labels[arabic.fold(text)] = (rank, text, a.url)
    if target in labels:
        return labels[target][2]
    near = (
        get_close_matches(target, labels, n=_LABELS, cutoff=0.5)
        or sorted(labels, key=lambda x: labels[x][0])[:_LABELS]
    )
    names = ", ".join(f"«{labels[x][1]}»" for x in near) or "none"
    raise ListingError(f"{tree.url}: no link is labelled «{label}»; the nearest labels are {names}")


def labelled(tree: Tree) -> list[tuple[str, str]]:
    """The short labels of the page's own links that are no headlines, with their URLs, those of
    menus first.
    """
    found: dict[str, tuple[bool, str, str]] = {}
    for a in tree.anchors:
        text = a.text.text
        if 0 < count_words(text) <= 5 and len(text) <= _LONGEST and urls.same_site(a.url, tree.url):
            found.setdefault(a.key, ("navigation" not in dict(a.zones), text, a.url))
    return [(text, url) for _, text, url in sorted(found.values(), key=lambda one: one[0])]


def _named(tree: Tree, heading: str) -> list[LexborNode]:
    """The outermost elements whose whole text is `heading`, real headings first and those in menus
    last.

    Where none is, those whose text begins with it and goes on for at most three words («اخر الاخبار
    (20)»).
    """
    target = arabic.fold(heading)
    if not target or tree.tree.root is None:
        return []
    texts = [
        (n, arabic.fold(n.text()[: _LONGEST * 4]))
        for n in tree.tree.root.traverse(include_text=True)
        if n.is_text_node
    ]
    hits = [n for n, t in texts if t == target][:_MANY] or [
        n for n, t in texts if t and target.startswith(t)
    ][:_MANY]
    exact = {n.mem_id: n for hit in hits if (n := _outermost(hit, target, 0)) is not None}
    if not exact:
        begun = [n for n, t in texts if t.startswith(target + " ")][:_MANY] or hits
        exact = {n.mem_id: n for hit in begun if (n := _outermost(hit, target, 3)) is not None}
    return sorted(exact.values(), key=lambda n: _unlikeness(tree, n))


def _outermost(text_node: LexborNode, target: str, more: int) -> LexborNode | None:
    """The largest element around a text that holds the target text and at most `more` further
    words.
    """
    best, at = None, text_node.parent
    while at is not None and at.tag not in _OUTSIDE:
        whole = arabic.fold(at.text()[: _LONGEST * 4])
        if whole == target or (
            more
            and whole.startswith(target + " ")
            and len(whole.split()) <= len(target.split()) + more
        ):
            best = at
        elif not target.startswith(whole):
            break
        at = at.parent
    return best


def _unlikeness(tree: Tree, node: LexborNode) -> int:
    """0 for a real heading, more for what is less of one."""
    zones = {zone for zone, _ in tree.place(node).zones}
    if zones & {"navigation", "footer", "header"}:
        return 3
    if node.tag in _TAGS or node.css_first(", ".join(_TAGS)) is not None:
        return 0
    return 1 if node.tag != "a" else 2


def is_story(anchor: Anchor) -> bool:
    """Whether a link may lead to a story, by its URL and words."""
    return url_shape.shape(anchor.url) > 0 or (
        url_shape.shape(anchor.url) > -1 and count_words(anchor.text.text) >= 5
    )


def _inside(tree: Tree, node: LexborNode) -> list[Anchor]:
    return [
        a for n in node.css("a[href], area[href]") if (a := tree.by_id.get(n.mem_id)) is not None
    ]


def in_link(tree: Tree, node: LexborNode) -> bool:
    """Whether an element stands in a link."""
    at, depth = node.parent, 0
    while at is not None and depth < 3:
        if at.mem_id in tree.by_id:
            return True
        at, depth = at.parent, depth + 1
    return False


def _holds_story(tree: Tree, node: LexborNode) -> bool:
    return in_link(tree, node) or any(
        is_story(a) and count_words(a.text.text) >= 3 for a in _inside(tree, node)
    )


def _position(tree: Tree, node: LexborNode) -> int:
    """How many links stand before an element."""
    before = 0
    root = tree.tree.root
    assert root is not None
    for one in root.traverse():
        if one.mem_id == node.mem_id:
            break
        before += one.mem_id in tree.by_id
    return before


def _target(tree: Tree, heading: LexborNode) -> LexborNode | None:
    """The pane that a tab names by its id."""
    for node in (heading, *heading.css("a, button, [data-target]")[:3]):
        attributes = node.attributes
        for name in ("href", "data-target", "data-bs-target", "aria-controls", "data-tab"):
            value = (attributes.get(name) or "").strip()
            if name == "href" and not value.startswith("#"):
                continue
            value = value.lstrip("#")
            if value and '"' not in value and "\\" not in value and "\n" not in value:
                target = tree.tree.css_first(f'[id="{value}"]')
                if target is not None and _inside(tree, target):
                    return target
    return None


def _kind(node: LexborNode) -> tuple[object, ...]:
    """What headings of one kind have in common: their tag and classes, and their parent's."""
    above = node.parent
    return tuple(
        (n.tag, frozenset((n.attributes.get("class") or "").split()) - _STATES)
        for n in (node, above)
        if n is not None
    )


def _until_next(tree: Tree, block: LexborNode, heading: LexborNode) -> list[Anchor]:
    """The links of `block` from its heading to the next heading of the same kind."""
    kind = _kind(heading)
    inner = heading if heading.tag in _TAGS else heading.css_first(", ".join(_TAGS))
    levels = _TAGS[: _TAGS.index(inner.tag or "h6") + 1] if inner is not None else ()
    within = {n.mem_id for n in heading.css("*")} | {heading.mem_id}
    found: list[Anchor] = []
    begun = False
    for node in block.css(
        ", ".join(dict.fromkeys(("a[href]", "area[href]", heading.tag or "*", *levels)))
    ):
        if node.mem_id in within:
            begun = True
            continue
        if not begun:
            continue
        if node.tag == heading.tag and _kind(node) == kind and not _holds_story(tree, node):
            if (
                text_labels.label(node.text()[:_LONGEST]) != "read-more"
            ):  # «المزيد» beside the heading
                break
            continue
        if (
            node.tag in levels
            and count_words(node.text()[:_LONGEST]) <= 5
            and not _holds_story(tree, node)
        ):
            break
        if (anchor := tree.by_id.get(node.mem_id)) is not None:
            found.append(anchor)
    return found


def _siblings(node: LexborNode) -> list[LexborNode]:
    """The element children of an element's parent."""
    return list(node.parent.iter()) if node.parent is not None else [node]


def _pane(tree: Tree, heading: LexborNode) -> list[Anchor]:
    """The links of the pane that goes with a tab title: the one in its place among as many panes
    after the titles.
    """
    at: LexborNode | None = heading
    for _ in range(4):
        if at is None or at.parent is None:
            break
        titles = [n for n in _siblings(at) if n.tag == at.tag]
        if len(titles) > 1:
            index = [n.mem_id for n in titles].index(at.mem_id)
            for panes in _following(at.parent):
                if len(panes) == len(titles):
                    return _inside(tree, panes[index])
        at = at.parent
    return []


def _following(node: LexborNode) -> Iterator[Sequence[LexborNode]]:
    """The element children of what follows an element, and what follows its parent; or its own
    further siblings.
    """
    at: LexborNode | None = node
    for _ in range(3):
        if at is None or at.tag in _OUTSIDE:
            return
        after: list[LexborNode] = []
        sibling = at.next
        while sibling is not None:
            if sibling.is_element_node:
                after.append(sibling)
            sibling = sibling.next
        for one in after[:4]:
            yield [n for n in one.iter() if n.css_first("a[href]") is not None]
        yield after
        at = at.parent


def label_list(labels: Sequence[str]) -> str:
    """Headings for an error message."""
    return ", ".join(f"«{x}»" for x in labels[: _LABELS * 2]) or "none"
