"""The text of a story in a site's own data, as HTML: markup, or blocks that an editor writes.

Editors keep a text as objects within each other (ProseMirror, Contentful, Editor.js, Draft.js,
Slate, Lexical, Portable Text, Strapi, Arc): their keys differ, and agree in that a block has a type
or a style whose word says what it is, and its text or its parts under one of a few keys.
"""

from __future__ import annotations

import re
from html import escape, unescape
from typing import TYPE_CHECKING, Any, Final

from feedmaker.html import state_objects
from feedmaker.html.state_objects import by_plain_key, inner_text

if TYPE_CHECKING:
    from feedmaker.html.state_objects import Object

_HTML: Final = re.compile(
    r"<(?:p|br|div|h[1-6]|ul|ol|blockquote|figure|img|section|article)\b", re.IGNORECASE
)
_ESCAPED: Final = re.compile(r"&lt;(?:p|br|div|h[1-6])\b", re.IGNORECASE)
_LINES: Final = re.compile(r"(?:\r?\n\s*)+")
_LONGEST: Final = 1_500_000  # characters of HTML that are made
_MOST_PIECES: Final = 100  # of a link
_DEEPEST: Final = 40  # blocks within each other
_MOST_BLOCKS: Final = 20_000
# The first of these words that is in a block's type says what it is.
_KINDS: Final = (
    ("textitem", "p"),
    ("item", "li"),
    ("heading", "h"),
    ("header", "h"),
    ("title", "h"),
    ("ordered", "ol"),
    ("number", "ol"),
    ("bullet", "ul"),
    ("unordered", "ul"),
    ("list", "ul"),
    ("quote", "blockquote"),
    ("image", "img"),
    ("picture", "img"),
    ("photo", "img"),
    ("figure", "img"),
    ("asset", "img"),
    ("upload", "img"),
    ("media", "img"),
    ("code", "pre"),
    ("row", "tr"),
    ("cell", "td"),
    ("table", "table"),
    ("break", "br"),
    ("paragraph", "p"),
    ("unstyled", "p"),
    ("block", "p"),
    ("text", "p"),
    ("raw", "html"),
    ("html", "html"),
)
# Blocks that are no text of the story.
_OTHERS: Final = re.compile(
    r"related|readmore|alsoread|promo|newsletter|advert|\bad\b|ads|embed|iframe|gallery|poll|share"
    r"|comment|donat|subscri|outstream|player|video|tweet|instagram|interstitial|oembed|divider"
)
_CHILDREN: Final = (
    "content",
    "children",
    "blocks",
    "items",
    "contentelements",
    "rows",
    "nodes",
    "elements",
    "widgets",
    "fields",
    "childnodes",
    "bodyelements",
    "components",
    "stages",
    "stream",
    "paragraphs",
    "parts",
)
_TEXTS: Final = (
    "text",
    "html",
    "htmltext",
    "value",
    "content",
    "body",
    "code",
    "rendered",
    "processed",
    "data",
    "markup",
)
_KIND_KEYS: Final = ("nodetype", "type", "blocktype", "typename")
_WRAPPERS: Final = (
    "data",
    "model",
    "value",
    "attributes",
    "props",
)  # of what a block has beside its type
_PIECES: Final = ("text", "span", "fragment", "")  # types of a piece of text
_HOLDERS: Final = ("rendered", "processed", "html", "value", "json", "document", "doc", "root")
_TAGS: Final = frozenset(("p", "li", "ul", "ol", "blockquote", "pre", "table", "tr", "td", "br"))
_MARKS: Final = {"bold": "strong", "strong": "strong", "italic": "em", "em": "em"}
_HEADING: Final = re.compile(r"(?:h|heading|header)-?_?([1-6])")


def html_of(value: Any) -> str:
    """Return the HTML of a text, or of the blocks of an editor; "" where it is none of these."""
    writer = _BlockWriter()
    writer.write(value, _DEEPEST)
    return "".join(writer.parts)


def _html_of_text(text: str) -> str:
    """The HTML of a text: as it is where it is markup, else a paragraph for each line."""
    if _HTML.search(text):
        return text
    if _ESCAPED.search(text):
        return unescape(text)
    lines = (line.strip() for line in _LINES.split(text))
    return "".join(f"<p>{_inline(line)}</p>" for line in lines if line)


def _inline(text: str) -> str:
    """A text within a block: the markup of editors that keep it in the text stays."""
    return text if "<" in text and ">" in text else escape(text, quote=False)


class _BlockWriter:
    """Writes the blocks of an editor as HTML."""

    def __init__(self) -> None:
        self.parts: list[str] = []
        self._length = 0
        self._blocks = 0

    def write(self, value: Any, deep: int, *, within: bool = False) -> None:
        """Write a value: a text, a block, or a list of them; `within` another block."""
        if isinstance(value, str):
            self._add(_html_of_text(value))
        elif deep > 0 and self._blocks < _MOST_BLOCKS:
            if isinstance(value, list):
                for one in value:
                    self.write(one, deep - 1)
            elif isinstance(value, dict):
                self._blocks += 1
                self._write_block(by_plain_key(value), deep - 1, within=within)

    def _add(self, html: str) -> None:
        self._length += len(html)
        if self._length <= _LONGEST:
            self.parts.append(html)

    def _write_block(self, block: Object, deep: int, *, within: bool) -> None:
        kind, style = _kind_words(block)
        if _OTHERS.search(f"{kind} {style}"):
            return
        tag = _tag(block, style) or _tag(block, kind)
        inner = _unwrapped(block)
        if tag == "img":
            self._write_picture(inner, deep)
        elif tag == "html":
            self._add(_first_string(inner))
        elif tag == "br":
            self._add("<br>")
        elif _is_inline(inner, kind, within=within):
            self._add(_marked(inner))
        elif tag:
            self._add(f"<{tag}>")
            self._write_inside(inner, tag, deep)
            self._add(f"</{tag}>")
        else:
            self._write_holder(inner, deep)

    def _write_inside(self, block: Object, tag: str, deep: int) -> None:
        """Write what a block holds: its parts, else its text."""
        for name in _CHILDREN:
            parts = block.get(name)
            if isinstance(parts, list):
                for one in parts:
                    if isinstance(one, str):
                        text = _inline(one)
                        self._add(f"<li>{text}</li>" if tag in ("ul", "ol") else text)
                    else:
                        self.write(one, deep, within=True)
                return
        text = _first_string(block)
        if text:
            self._add(_inline(text))
        else:
            self._write_holder(block, deep)

    def _write_holder(self, block: Object, deep: int) -> None:
        """Write what an object holds that is no block itself."""
        for name in (*_HOLDERS, *_CHILDREN, *_TEXTS):
            if isinstance(block.get(name), (str, list, dict)):
                self.write(block[name], deep)
                return

    def _write_picture(self, block: Object, deep: int) -> None:
        """Write a picture with its caption; what is called media and is none is passed over."""
        places = [block, *(by_plain_key(one) for one in block.values() if isinstance(one, dict))]
        for place in places:
            address = _picture_address(place)
            if "/" in address and " " not in address:
                caption = inner_text(block.get("caption"))
                below = f"<figcaption>{_inline(caption)}</figcaption>" if caption else ""
                self._add(f'<figure><img src="{escape(address)}" alt="">{below}</figure>')
                return
        if _has_children(block):
            self._write_inside(block, "p", deep)


def _unwrapped(block: Object) -> Object:
    """A block with what stands in an object beside its type: `{"type": ..., "data": {...}}`."""
    for name in _WRAPPERS:
        inner = block.get(name)
        if isinstance(inner, dict):
            block = {**block, name: None, **by_plain_key(inner)}
    return block


def _has_children(block: Object) -> bool:
    return any(isinstance(block.get(name), list) for name in _CHILDREN)


def _picture_address(place: Object) -> str:
    return inner_text(place.get("src") or place.get("url") or place.get("file"))


def _kind_words(block: Object) -> tuple[str, str]:
    """What a block calls itself: its type, and its style."""
    kind = block.get(_kind_key(block)) or ""
    style = block.get("style") or block.get("tag") or block.get("tagname") or ""
    kind, style = (str(one).lower() if isinstance(one, str) else "" for one in (kind, style))
    if kind == "list" and state_objects.word(block.get("listtype")).lower().startswith(
        ("num", "ord")
    ):
        kind = "ordered"
    return kind, style


def _kind_key(block: Object) -> str:
    """The key under which a block says what it is; "" for none."""
    known = (name for name in _KIND_KEYS if name in block)
    return next(known, "") or next((name for name in block if name.endswith("type")), "")


def _tag(block: Object, word: str) -> str:
    """The HTML element that a type or style means; "" for none."""
    named = _HEADING.search(word)
    if named:
        return f"h{named[1]}"
    tag = word if word in _TAGS else next((tag for part, tag in _KINDS if part in word), "")
    if tag != "h":
        return tag
    for place in (block, block.get("attrs"), block.get("data")):
        level = place.get("level") if isinstance(place, dict) else None
        if isinstance(level, int) and 1 <= level <= 6:
            return f"h{level}"
    return "h3"


def _is_inline(block: Object, kind: str, *, within: bool) -> bool:
    """Whether a block is a piece of text within another."""
    if "link" in kind and _has_children(block):
        return True
    if kind in _PIECES and isinstance(block.get("text", block.get("value")), str):
        text = block.get("text") or block.get("value") or ""
        return not _HTML.search(text) and (within or "marks" in block or kind != "text")
    return False


def _marked(block: Object, deep: int = _DEEPEST) -> str:
    """The HTML of a piece of text, with what it is marked with; "" of one that lies too deep."""
    block = _unwrapped(block)
    html = _unmarked(block, deep - 1) if deep else ""
    for name in _mark_names(block):
        tag = _MARKS.get(name)
        html = f"<{tag}>{html}</{tag}>" if tag else html
    address = _link_address(block)
    return f'<a href="{escape(address)}">{html}</a>' if address else html


def _unmarked(block: Object, deep: int) -> str:
    """The HTML of what a piece of text holds: its pieces, or its words."""
    children = next((block[name] for name in _CHILDREN if isinstance(block.get(name), list)), None)
    if children is None:
        return escape(state_objects.word(block.get("text") or block.get("value")), quote=False)
    pieces = (one for one in children[:_MOST_PIECES] if isinstance(one, dict))
    return "".join(_marked(by_plain_key(one), deep) for one in pieces)


def _mark_names(block: Object) -> list[str]:
    """What a piece of text is marked as: by a list of marks, or by keys that are true."""
    marks = block.get("marks")
    listed = marks if isinstance(marks, list) else []
    names = [str(one.get("type") if isinstance(one, dict) else one).lower() for one in listed]
    return names + [name for name in _MARKS if block.get(name) is True]


def _link_address(block: Object) -> str:
    """The address that a piece of text links to; "" for none."""
    places: list[Any] = [block, block.get("data"), block.get("attrs"), block.get("fields")]
    marks = block.get("marks")
    if isinstance(marks, list):
        places += [one.get("attrs") for one in marks if isinstance(one, dict)]
    for place in places:
        if isinstance(place, dict):
            values = by_plain_key(place)
            address = values.get("href") or values.get("uri") or values.get("url")
            if isinstance(address, str):
                return address
    return ""


def _first_string(block: Object) -> str:
    texts = (block.get(name) for name in _TEXTS)
    return next((text for text in texts if isinstance(text, str)), "")


def body_of(values: Object) -> tuple[str, int]:
    """Return the HTML of the longest text of an object by its plain keys, and its length.

    The length is that of its words, without markup; ("", 0) for an object without a text.
    """
    best, longest = "", 0
    for name in state_objects.BODIES:
        value = values.get(name)
        if value is None or (isinstance(value, str) and len(value) <= longest):
            continue
        html = html_of(value)
        length = len(state_objects.without_markup(html))
        if length > longest:
            best, longest = html, length
    return best, longest
