"""Writes the HTML of a story block by block: paragraphs, lists, quotes, tables, pictures, and the
emphasis inside.
"""

from __future__ import annotations

import re
from html import escape
from typing import TYPE_CHECKING

from feedmaker.html import pictures
from feedmaker.html.blocks import tag_ids
from feedmaker.text.urls import absolute, canonical

if TYPE_CHECKING:
    from collections.abc import Sequence

    from feedmaker.html.blocks import Block, Box, Inline, Medium

_FRAMES = {
    "ul": "ul", "menu": "ul", "dir": "ul", "ol": "ol", "li": "li", "blockquote": "blockquote", "table": "table",
    "thead": "thead", "tbody": "tbody", "tfoot": "tbody", "tr": "tr", "td": "td", "th": "th",
}  # fmt: skip
_NEEDS = {
    "li": ("ul", "ol"), "td": ("tr",), "th": ("tr",), "tr": ("table", "thead", "tbody"), "thead": ("table",),
    "tbody": ("table",),
}  # fmt: skip
_FRAMED = 50  # lists, quotes and tables within each other that are kept
_TABLES = ("table", "thead", "tbody", "tr", "td", "th")
LEAVES = {"h1": "h2", "h2": "h2", "h3": "h3", "h4": "h4", "h5": "h4", "h6": "h4", "pre": "pre"}
_INLINE = tag_ids("a strong b em i code sub sup bdi span")
_CELL = 50  # characters that the cells of a table of facts have at most, on average
_DEEP = 10  # inline elements within each other that are kept
_AROUND = 100  # inline elements around a piece that are looked at
_COPIED = ("dir", "colspan", "rowspan", "start", "reversed")
# What no reader can take for the end of an attribute, however it reads (RFC 3986: none of these may
# stand in a URL).
_PLAIN_ADDRESS = re.compile(r"https?://[!#-;=?-Z\[\]_a-z~]+\Z")
_VALUE = re.compile(r"rtl|ltr|auto|-?\d{1,6}")  # of the attributes that are copied


class Writer:
    """Writes HTML block by block, and opens and closes the lists, quotes and tables that the blocks
    stand in.
    """

    def __init__(self, base: str, captions: Sequence[Block]) -> None:
        self.base = base
        self.captions = captions
        self.parts: list[str] = []
        self.open: list[tuple[Box, str]] = []
        self.leaf = ""
        self.last: Block | None = None
        self.shown: set[str] = set()
        self.framed: dict[int, list[tuple[Box, str]]] = {}
        self.entered: list[tuple[Box, str]] | None = (
            None  # the frames that `open` holds, where it holds all of them
        )

    def block(self, block: Block) -> None:
        """Write a block as a paragraph, heading, list item or cell."""
        frames = self._frames(block.box)
        if frames is not self.entered:
            self._enter(frames)
        self._close_leaf()
        leaf = LEAVES.get(block.box.name, "p")
        if (
            leaf == "p"
            and frames
            and frames[-1][0].blocks == 1
            and frames[-1][1] in ("li", "td", "th")
        ):
            leaf = ""
        if leaf:
            self.parts.append(_tag(leaf, block.box))
            self.leaf = leaf
        self._pieces(block)
        self.last = block

    def go_on(self, block: Block) -> None:
        """Write a block into the paragraph that is open."""
        self.parts.append(" ")
        self._pieces(block)
        self.last = block

    def medium(self, medium: Medium) -> None:
        """Write a picture with its caption, a video as a link with its thumbnail, or a post; each
        address once.
        """
        node = medium.node
        if node.tag == "blockquote":
            address, text = pictures.post(node, self.base)
            url = _ascii(address)
            if not url or url in self.shown:
                return
            self._outside()
            link = f'<a href="{escape(url)}">{escape(url, quote=False)}</a>'
            shown = escape(text, quote=False)
            self.parts.append(
                f"<figure><blockquote>{shown}</blockquote><figcaption>{link}</figcaption></figure>"
            )
        elif node.tag == "iframe":
            url = _ascii(pictures.video(node, self.base))
            if not url or url in self.shown:
                return
            self._outside()
            title = escape((node.attributes.get("title") or "").strip() or url, quote=False)
            if thumbnail := pictures.thumbnail(url):
                shown = f'<img src="{escape(thumbnail)}" alt="">'
                self.parts.append(f'<figure><a href="{escape(url)}">{shown}</a></figure>')
            self.parts.append(f'<p><a href="{escape(url)}">{title}</a></p>')
        else:
            url = _ascii(pictures.source(node, self.base))
            if not url or url in self.shown:
                return
            self._outside()
            alt = escape((node.attributes.get("alt") or "").strip())
            caption = self._caption(medium)
            self.parts.append(f'<figure><img src="{escape(url)}" alt="{alt}">{caption}</figure>')
        self.shown.add(url)

    def finish(self) -> str:
        """Close what is open; the whole."""
        self._enter([])
        return "".join(self.parts)

    def _caption(self, medium: Medium) -> str:
        """The caption in the figure around a picture, as an element, or nothing."""
        box: Box | None = medium.box
        for _ in range(4):  # img, link, picture and a wrapper lie between a picture and its figure
            if box is None or box.name == "figure":
                break
            box = box.parent
        if (
            box is None or box.name != "figure" or box.images > 2
        ):  # the picture, and once more in a `noscript`
            return ""
        text = " ".join(
            block.text for block in self.captions if box.first <= block.index < box.last
        )
        return f"<figcaption>{escape(text, quote=False)}</figcaption>" if text else ""

    def _outside(self) -> None:
        """Close the open paragraph, and the list or table, where a figure may not stand."""
        self._close_leaf()
        self.entered = None
        while self.open and self.open[-1][1] not in ("li", "td", "th", "blockquote"):
            self.parts.append(f"</{self.open.pop()[1]}>")

    def _close_leaf(self) -> None:
        if self.leaf:
            self.parts.append(f"</{self.leaf}>")
            self.leaf = ""

    def _enter(self, frames: list[tuple[Box, str]]) -> None:
        """Close the open lists, quotes and tables that the next block is not in, and open those it
        is in.
        """
        same = 0
        while same < min(len(self.open), len(frames)) and self.open[same][0] is frames[same][0]:
            same += 1
        if same < len(self.open) or same < len(frames):
            self._close_leaf()
        while len(self.open) > same:
            self.parts.append(f"</{self.open.pop()[1]}>")
        for box, tag in frames[same:]:
            self.parts.append(_tag(tag, box))
            self.open.append((box, tag))
        self.entered = frames

    def _frames(self, box: Box) -> list[tuple[Box, str]]:
        """The lists, quotes and tables around a box and itself, outermost first; no part without
        its whole.
        """
        inner: list[Box] = []
        above: Box | None = box
        while above is not None and above.order not in self.framed:
            inner.append(above)
            above = above.parent
        frames = self.framed[above.order] if above is not None else []
        for next_in in reversed(
            inner
        ):  # not by recursion: hostile pages have thousands in each other
            tag = _FRAMES.get(
                next_in.name
            )  # without one the frames are those of the box around, the very same list
            if tag and not (tag in _TABLES and _layout(next_in)):
                needs = _NEEDS.get(tag)
                if len(frames) < _FRAMED and (needs is None or (frames and frames[-1][1] in needs)):
                    frames = [*frames, (next_in, tag)]
            self.framed[next_in.order] = frames
        return frames

    def _pieces(self, block: Block) -> None:
        """Write the text of a block with its inline elements; spaces are folded except in `pre`."""
        out = self.parts
        pieces = block.pieces
        verbatim = block.box.name == "pre"
        if len(pieces) == 1 and pieces[0][1][3] is None and not verbatim:
            out.append(_escaped(block.text))
            return
        end = len(pieces)
        while end and pieces[end - 1][0].isspace():
            end -= 1
        chain: list[tuple[Inline, str]] = []
        before: Inline | None = None
        for at, (text, inline) in enumerate(pieces[:end]):
            if inline is not before and (chain or inline[3] is not None):
                self._nest(chain, inline)
            before = inline
            if text == "\n" and not verbatim:
                out.append("<br>")
                continue
            if not verbatim:
                text = _folded(text, first=at == 0, last=at == end - 1)  # noqa: PLW2901 - the same text
            out.append(_escaped(text))
        while chain:
            out.append(f"</{chain.pop()[1].partition(' ')[0]}>")

    def _nest(self, chain: list[tuple[Inline, str]], inline: Inline) -> None:
        """Close and open inline elements, from those that are open to those around the next piece."""
        wanted = self._chain(inline)
        same = 0
        while same < min(len(chain), len(wanted)) and chain[same][0] is wanted[same][0]:
            same += 1
        while len(chain) > same:
            self.parts.append(f"</{chain.pop()[1].partition(' ')[0]}>")
        for entry in wanted[same:]:
            self.parts.append(f"<{entry[1]}>")
            chain.append(entry)

    def _chain(self, inline: Inline) -> list[tuple[Inline, str]]:
        """The inline elements around a piece that are kept, outermost first, as opening tags
        without brackets.
        """
        chain: list[tuple[Inline, str]] = []
        around: Inline | None = inline
        for _ in range(_AROUND):
            if around is None or around[3] is None or len(chain) == _DEEP:
                break
            node = around[4]
            tag = _INLINE.get(node.tag_id or 0)
            if tag is None:
                pass
            elif tag == "a":
                if url := self._address(node.attributes.get("href") or ""):
                    chain.append((around, f'a href="{url}"'))
            elif tag in ("span", "bdi"):
                direction = node.attributes.get("dir")
                if direction in ("rtl", "ltr", "auto"):
                    chain.append((around, f'{tag} dir="{direction}"'))
            else:
                chain.append((around, tag))
            around = around[3]
        chain.reverse()
        return chain

    def _address(self, href: str) -> str:
        """A link's address, absolute, in ASCII and escaped; empty where it leads nowhere or into
        the page itself.
        """
        if not _PLAIN_ADDRESS.match(href):
            if not href or href.startswith("#"):
                return ""
            href = _ascii(absolute(href, self.base))
        return escape(href)


def _folded(text: str, *, first: bool, last: bool) -> str:
    """A piece of a paragraph with its spaces folded, and without those at the paragraph's ends."""
    if not text.isprintable() or "  " in text:
        before, after = text[0].isspace(), text[-1].isspace()
        text = " ".join(text.split())
        text = f"{' ' if before else ''}{text}{' ' if after and text else ''}"
    if first:
        text = text.lstrip()
    return text.rstrip() if last else text


def _escaped(text: str) -> str:
    """Text as HTML; most has nothing to escape, and looking is quicker than replacing."""
    return escape(text, quote=False) if "&" in text or "<" in text or ">" in text else text


def _ascii(url: str | None) -> str:
    """An address in ASCII, as it is sent; empty for none."""
    if not url or _PLAIN_ADDRESS.match(url):
        return url or ""
    return canonical(url) or ""


def _layout(box: Box) -> bool:
    """Whether a table, or the table a part belongs to, only lays the page out: its cells hold
    running text.
    """
    while box.parent is not None and box.name != "table":
        box = box.parent
    return box.headings > 1 or (box.paragraphs > 1 and box.chars > _CELL * box.blocks)


def _tag(tag: str, box: Box) -> str:
    """An opening tag, with the attributes of the page's element that may stay."""
    if box.attributes.keys().isdisjoint(_COPIED):
        return f"<{tag}>"
    values = ((name, (box.attributes.get(name) or "").strip().lower()) for name in _COPIED)
    kept = [f'{name}="{value}"' for name, value in values if _VALUE.fullmatch(value)]
    return f"<{tag} {' '.join(kept)}>" if kept else f"<{tag}>"
