"""The chosen blocks of a story -> clean HTML, plain text and a summary.

The HTML is written anew from the few tags below, and goes through the sanitizer at the end. Of the
page's own markup only links, pictures, emphasis, lists, tables and direction get through.
"""

from __future__ import annotations

import re
from collections.abc import Callable  # noqa: TC003 - mypyc looks it up at run time
from dataclasses import dataclass, field, replace
from html import escape
from typing import TYPE_CHECKING, Final, Literal, TypeAlias
from urllib.parse import unquote

from feedmaker.html import pictures
from feedmaker.html.blocks import Block, Box, tag_ids
from feedmaker.html.media_files import played_file
from feedmaker.html.sanitizer import sanitize, sanitize_balanced
from feedmaker.text import arabic
from feedmaker.text.media_types import media_type
from feedmaker.text.urls import absolute, canonical

if TYPE_CHECKING:
    from collections.abc import Iterable

    from selectolax.lexbor import LexborNode

    from feedmaker.article.body.story_blocks import StoryBody
    from feedmaker.html.blocks import Inline, Medium, Piece
    from feedmaker.model import Story

_FRAMES: Final = {
    "ul": "ul",
    "menu": "ul",
    "dir": "ul",
    "ol": "ol",
    "li": "li",
    "blockquote": "blockquote",
    "table": "table",
    "thead": "thead",
    "tbody": "tbody",
    "tfoot": "tbody",
    "tr": "tr",
    "td": "td",
    "th": "th",
}
_PARENTS: Final = {
    "li": ("ul", "ol"),
    "td": ("tr",),
    "th": ("tr",),
    "tr": ("table", "thead", "tbody"),
    "thead": ("table",),
    "tbody": ("table",),
}
_MOST_FRAMES: Final = 50  # lists, quotes and tables within each other that are kept
_TABLES: Final = ("table", "thead", "tbody", "tr", "td", "th")
_CELLS: Final = ("li", "td", "th")
_TABLE_CELLS: Final = ("td", "th")
_PICTURES: Final = ("img", "amp-img")
_PLAYERS: Final = ("audio", "video")
_HOLD_FIGURES: Final = ("li", "td", "th", "blockquote")
LEAVES: Final = {
    "h1": "h2",
    "h2": "h2",
    "h3": "h3",
    "h4": "h4",
    "h5": "h4",
    "h6": "h4",
    "pre": "pre",
}
_INLINE: Final = tag_ids("a strong b em i code sub sup bdi span")
_DIRECTED: Final = ("span", "bdi")  # of which nothing but the direction is kept
_DIRECTIONS: Final = ("rtl", "ltr", "auto")
_CELL: Final = 50  # characters that the cells of a table of facts have at most, on average
_MOST_INLINE: Final = 10  # inline elements within each other that are kept
_AROUND: Final = 100  # inline elements around a piece that are looked at
_COPIED: Final = ("dir", "colspan", "rowspan", "start", "reversed")
_MAY_STAY: Final = frozenset(_COPIED)
_VALUE: Final = re.compile(r"rtl|ltr|auto|-?\d{1,6}")  # of the attributes that are copied
# No reader can take this for the end of an attribute, however it reads (RFC 3986: none of the other
# characters may stand in a URL).
_PLAIN_ADDRESS: Final = re.compile(r"https?://[!#-;=?-Z\[\]_a-z~]+\Z")

_SENTENCE_END: Final = re.compile(r"(?<=[.!?؟。！？…۔])[\"'»”’)\]]*(?:\s+|(?<=[。！？])|$)")
_TAIL: Final = 40  # characters at the end of a description that are looked for in the text
_STATED_LEAST: Final = 300  # characters of a stated text; less is a lead
_TELLING_TEXT: Final = 400  # characters of a text that uses the words of its description
# Of the longer words of a description that the story has, at least: 9 of 566 pages have less, and
# six of them describe their site.
_OF_STORY: Final = 0.34
_BEGINNING: Final = 2_000  # characters of a text in which its description is looked for first
_SUMMARY: Final = 300  # characters, about what readers show under a headline
_BROKEN_ENDS: Final = ("...", "…", "[…]", "[...]")

# A list, quote or table that is open or to be opened: its box and its tag.
Frame: TypeAlias = tuple[Box, str]
_NO_FRAMES: Final[list[Frame]] = []
# An inline element, its name and its opening tag.
InlineTag: TypeAlias = "tuple[Inline, str, str]"


def render_story(
    story: Story,
    body: StoryBody,
    base: str,
    description: str,
) -> Story:
    """Return the story with its HTML, its text and its summary.

    `body` is what was chosen of the page, `base` what its addresses are relative to, `description`
    the page's own. A sentence that something cut in two is joined again.
    """
    writer = _Writer(base, body.captions)
    texts: list[str] = []
    media = list(reversed(body.media))
    for block in body.blocks:
        while media and media[-1].at <= block.index:
            writer.write_medium(media.pop())
        if block.index in body.joined:
            texts[-1] += f" {block.text}"
            writer.continue_block(block)
        else:
            texts.append(block.text)
            writer.write_block(block)
    for medium in reversed(media):
        writer.write_medium(medium)
    writer.enter_frames(_NO_FRAMES)  # closes what is open
    html = "".join(writer.parts)
    text = "\n\n".join(texts)
    # Tidied as a whole, which is many times as quick as piece by piece; addresses are ASCII and
    # stay as they are. Where the HTML was tidy, so is the text.
    tidy = arabic.tidy(html)
    if tidy != html:
        text = arabic.tidy(text)
    return replace(
        story,
        html=sanitize_balanced(tidy),
        text=text,
        summary=summarize(description, text, story.title),
    )


def teaser_story(story: Story, description: str) -> Story | None:
    """Return what can be shown of a page without a story: its own description, marked as a teaser.

    None where it has none.
    """
    text = arabic.tidy(" ".join(description.split()))
    if not text:
        return None
    html = sanitize(f"<p>{_escape_text(text)}</p>")
    return replace(
        story,
        html=html,
        text=text,
        summary=summarize(text, text),
        teaser=True,
    )


def stated_story(story: Story, body: str, description: str) -> Story | None:
    """Return the story with the text that its page states in its data and shows only by scripts.

    `body` is the text, a line for each paragraph. None where that is hardly a story.
    """
    lines: list[str] = []
    for line in body.splitlines():
        words = line.split()
        if words:
            lines.append(" ".join(words))
    text = arabic.tidy("\n\n".join(lines))
    if len(text) < _STATED_LEAST:
        return None
    inside = _escape_text(text).replace("\n\n", "</p><p>")
    return replace(
        story,
        html=sanitize(f"<p>{inside}</p>"),
        text=text,
        summary=summarize(description, text, story.title),
    )


def summarize(description: str, text: str, title: str = "") -> str:
    """Return whole sentences, about 300 characters, of the page's description or of the story.

    `text` is a story's text. A description that breaks off is passed over for the story: it ends in
    dots, as those made by a program do, or within a word of the text. So is the slogan of a site.
    """
    description = " ".join(description.split())
    is_told = bool(description) and not _is_slogan(description, text, title)
    if is_told and not description.endswith(_BROKEN_ENDS) and not _is_cut(description, text):
        return _first_sentences(description)
    # No more of the text is read, even where each second character were a line break.
    beginning = text[: 3 * _SUMMARY].replace("\n\n", " ")
    return _first_sentences(beginning or description.rstrip(".…[] "))


def _is_cut(description: str, text: str) -> bool:
    """Whether a description ends within a word of the text that it is the beginning of."""
    tail = description[-_TAIL:]
    if not tail[-1].isalnum():  # as that of most
        return False
    _, found, rest = text.replace("\n\n", " ").partition(tail)
    return bool(found and rest) and rest[0].isalnum()


def _is_slogan(description: str, text: str, title: str) -> bool:
    """Whether a description is of the site, not of the story: hardly a word of it is the story's.

    A text that is short may say it in other words.
    """
    beginning = f" {text} "[:_BEGINNING].replace("\n", " ")
    if len(text) < _TELLING_TEXT or f" {description} " in beginning:
        return False
    words = {word for word in arabic.fold_words(description) if len(word) > 3}
    least = _OF_STORY * len(words)
    # Most descriptions have enough words that stand in the story as they are, and most of those
    # in its beginning: it is not folded.
    alike: set[str] = set()
    for word in description.split():
        if len(alike) >= least:
            return False
        if len(word) > 3 and f" {word} " in beginning:
            alike.update(words.intersection(arabic.fold_words(word)))
    return not _say((title, *text.split("\n\n")), words - alike, least - len(alike))


def _say(lines: Iterable[str], words: set[str], least: float) -> bool:
    """Whether lines have some of these folded words, at least so many, in any form."""
    forms = [(form, word) for word in words for form in (word, arabic.stem(word))]
    found: set[str] = set()
    for line in lines:
        known = frozenset(arabic.fold_words(line))
        found.update([word for form, word in forms if form in known])
        if len(found) >= least:
            return True
    return False


def _first_sentences(text: str) -> str:
    """The first sentences of a text; of one that is too long its first words and three dots."""
    if len(text) <= _SUMMARY:
        return text
    end = 0
    for match in _SENTENCE_END.finditer(text, 0, _SUMMARY + 60):
        if match.end() > _SUMMARY and end:
            break
        end = match.start() + len(match[0].rstrip())
    if end > 40:  # less is an initial or an abbreviation
        return text[:end]
    start = text[:_SUMMARY]
    if " " in start:
        return start.rpartition(" ")[0].rstrip(",،;؛:") + "…"
    return start[:-1] + "…"


@dataclass
class _Writer:
    """Writes HTML block by block, within the lists, quotes and tables that the blocks stand in."""

    base: str
    captions: list[Block]
    parts: list[str] = field(default_factory=list)
    # The elements that are open: lists, quotes and tables, then perhaps a paragraph.
    open: list[Frame] = field(default_factory=list)
    # The lists, quotes and tables of the block before, if all of them are open.
    inside: list[Frame] | None = None
    shown: set[str] = field(default_factory=set)  # addresses of media
    cell: LexborNode | None = None  # of a table's row, written last
    framed: dict[int, list[Frame]] = field(default_factory=dict)  # of a box, by its order

    def write_block(self, block: Block) -> None:
        """Write a block as a paragraph, heading, list item or cell."""
        box = block.box
        frames = self._frames(box)
        if frames is not self.inside:
            self.enter_frames(frames)
        elif len(self.open) > len(frames):  # by the paragraph before
            self.parts.append(f"</{self.open.pop()[1]}>")
        leaf = LEAVES.get(box.name, "p")
        if leaf == "p" and frames:
            innermost, tag = frames[-1]
            if innermost.blocks == 1 and tag in _CELLS:
                leaf = ""
        if leaf:
            self.parts.append(_opening_tag(leaf, box))
            self.open.append((box, leaf))
        self._write_pieces(block)

    def continue_block(self, block: Block) -> None:
        """Write a block into the paragraph that is open."""
        self.parts.append(" ")
        self._write_pieces(block)

    def write_medium(self, medium: Medium) -> None:
        """Write a picture with its caption, a video as a link with its thumbnail, or a post.

        Each address is written once.
        """
        node = medium.node
        if node.tag in _PLAYERS:
            self._write_player(medium)
            return
        text = ""
        if node.tag == "blockquote":
            address, text = pictures.post(node, self.base)
        elif node.tag in _PICTURES:
            address = pictures.source(node, self.base)
        else:
            address = pictures.video(node, self.base)
        url = _ascii_address(address)
        if url and url not in self.shown:
            self.shown.add(url)
            self._leave_text()
            self.parts.append(self._figure(medium, url, text))

    def _figure(self, medium: Medium, url: str, text: str) -> str:
        """The figure of a picture or a video at `url`, or of a post with its `text`."""
        node = medium.node
        if node.tag == "blockquote":
            return _post_figure(url, text)
        if node.tag in _PICTURES:
            alt = node.attrs.sget("alt") or ""
            return _picture_figure(url, alt.strip(), self._caption(medium.box))
        title = node.attributes.get("title") or node.attributes.get("playlabel") or ""
        return _video_figure(url, title.strip())

    def _write_player(self, medium: Medium) -> None:
        """Write a file of sound or film as a link, by its caption, title or name."""
        node = medium.node
        file = played_file(node, self.base)
        url = _ascii_address(file.url) if file else ""
        if not file or not url or url in self.shown:
            return
        self.shown.add(url)
        self._leave_text()
        get = node.attributes.get
        words = self._caption(medium.box) or get("title") or get("aria-label") or ""
        poster = _ascii_address(absolute(get("poster") or "", self.base)) if get("poster") else ""
        self.parts.append(_file_figure(url, " ".join(words.split()), file.type, poster))

    def _leave_text(self) -> None:
        """Close the open paragraph, and the list or table, where a figure may not stand."""
        self.inside = None
        while self.open and self.open[-1][1] not in _HOLD_FIGURES:
            self._close()

    def _close(self) -> None:
        """Close the innermost open element."""
        _, tag = self.open.pop()
        if tag == "tr" and self.cell is not None:
            self._write_empty_cells(self.cell.next, "next")
        self.parts.append(f"</{tag}>")

    def _write_empty_cells(self, node: LexborNode | None, way: Literal["prev", "next"]) -> None:
        """Write the cells of a row that hold nothing, up to the last one written or the row's end.

        Without them the values behind would stand under the wrong heading.
        """
        while node is not None and (self.cell is None or node.mem_id != self.cell.mem_id):
            if node.tag in _TABLE_CELLS:
                self.parts.append(f"<{node.tag}></{node.tag}>")
            node = node.prev if way == "prev" else node.next

    def enter_frames(self, frames: list[Frame]) -> None:
        """Close what is open but these lists, quotes and tables, and open those that are not."""
        same = 0
        for (opened, _), (box, _) in zip(self.open, frames, strict=False):
            if opened is not box:  # an open paragraph's box has no frame, or it stands before
                break
            same += 1
        while len(self.open) > same:
            self._close()
        for frame in frames[same:]:
            box, tag = frame
            if tag == "tr":
                self.cell = None
            elif tag in _TABLE_CELLS:
                self._write_empty_cells(box.node.prev, "prev")
                self.cell = box.node
            self.parts.append(_opening_tag(tag, box))
            self.open.append(frame)
        self.inside = frames

    def _caption(self, box: Box | None) -> str:
        """The caption in the figure around a picture, or nothing."""
        for _ in range(4):  # img, link, picture and a wrapper lie between a picture and its figure
            if box is None or box.name == "figure":
                break
            box = box.parent
        if box is None or box.name != "figure":
            return ""
        if box.images > 2:  # two are one picture, and the same once more in a `noscript`
            return ""
        return " ".join(
            block.text for block in self.captions if box.first <= block.index < box.last
        )

    def _frames(self, box: Box) -> list[Frame]:
        """The lists, quotes and tables around a box and itself, outermost first.

        There is no part without its whole: no item without a list, no cell without a row.
        """
        # Not by recursion: hostile pages have thousands in each other.
        inner: list[Box] = []
        known: list[Frame] | None = None
        above: Box | None = box if box.name in _FRAMES else box.parent or box
        while above is not None and (known := self.framed.get(above.order)) is None:
            inner.append(above)
            above = above.parent
        frames = _NO_FRAMES if known is None else known
        for around in reversed(inner):
            tag = _FRAMES.get(around.name)
            # Without one the frames are those of the box around, the very same list.
            if tag is not None and _may_open(tag, frames) and not _is_layout(tag, around):
                frames = [*frames, (around, tag)]
            self.framed[around.order] = frames
        return frames

    def _write_pieces(self, block: Block) -> None:
        """Write the text of a block with its inline elements."""
        text = block.text
        # Most blocks have nothing to be escaped, which is seen in a third of the time.
        has_markup = "&" in text or "<" in text or ">" in text
        escaped = _escape_text if has_markup else str
        pieces = block.pieces
        if len(pieces) == 1 and pieces[0][1] is None and block.box.name != "pre":
            self.parts.append(escaped(text))
        else:
            self._write_inline(block, escaped)

    def _write_inline(self, block: Block, escaped: Callable[[str], str]) -> None:
        """Write the pieces of a block and the inline elements around them.

        Spaces are folded except in `pre`.
        """
        parts = self.parts
        verbatim = block.box.name == "pre"
        pieces = _without_blank_end(block.pieces)
        if not verbatim:
            pieces[0] = (pieces[0][0].lstrip(), pieces[0][1])
            pieces[-1] = (pieces[-1][0].rstrip(), pieces[-1][1])
        chain: list[InlineTag] = []
        before: Inline | None = None
        for text, inline in pieces:
            if inline is not before:
                self._nest(chain, inline)
                before = inline
            if text == "\n" and not verbatim:
                parts.append("<br>")
            elif verbatim or (text.isprintable() and "  " not in text):
                parts.append(escaped(text))
            else:
                parts.append(escaped(_fold_spaces(text)))
        self._nest(chain, None)

    def _nest(self, chain: list[InlineTag], inline: Inline | None) -> None:
        """Close the inline elements that end before the next piece, and open those around it.

        `chain` are those that are open, outermost first.
        """
        wanted = [] if inline is None else self._tags_around(inline)
        same = 0
        if chain and wanted:
            for (opened, _, _), (element, _, _) in zip(chain, wanted, strict=False):
                if opened is not element:
                    break
                same += 1
        while len(chain) > same:
            _, name, _ = chain.pop()
            self.parts.append(f"</{name}>")
        for entry in wanted[same:] if same else wanted:
            self.parts.append(entry[2])
            chain.append(entry)

    def _tags_around(self, inline: Inline) -> list[InlineTag]:
        """The inline element of a piece and those around it that are kept, outermost first."""
        around: Inline | None = inline
        wanted: list[InlineTag] = []
        left = _AROUND
        while around is not None and left and len(wanted) < _MOST_INLINE:
            name = _INLINE.get(around.node.tag_id or 0)
            if name is not None and (opening := self._inline_tag(name, around.node)):
                wanted.append((around, name, opening))
            around = around.around
            left -= 1
        if len(wanted) > 1:
            wanted.reverse()
        return wanted

    def _inline_tag(self, name: str, node: LexborNode) -> str:
        """The opening tag of an inline element; empty where it is left out."""
        if name == "a":
            url = self._link_address(node.attrs.sget("href") or "")
            return f'<a href="{url}">' if url else ""
        if name in _DIRECTED:
            direction = node.attrs.sget("dir")
            return f'<{name} dir="{direction}">' if direction in _DIRECTIONS else ""
        return f"<{name}>"

    def _link_address(self, href: str) -> str:
        """A link's address, absolute, in ASCII and escaped; empty where it leads nowhere."""
        if _PLAIN_ADDRESS.match(href):
            return href.replace("&", "&amp;")  # there is nothing else to be escaped in one
        if not href or href.startswith("#"):
            return ""
        return _escape_value(_ascii_address(absolute(href, self.base)))


def _escape_text(text: str) -> str:
    return escape(text, quote=False)


def _escape_value(text: str) -> str:
    """A text as the value of an attribute within double quotes, as the sanitizer writes it."""
    return _escape_text(text).replace('"', "&quot;")


def _picture_figure(url: str, alt: str, caption: str) -> str:
    """A picture over its caption, if it has one."""
    picture = f'<img src="{_escape_value(url)}" alt="{_escape_value(alt)}">'
    if not caption:
        return f"<figure>{picture}</figure>"
    words = _escape_text(caption)
    return f"<figure>{picture}<figcaption>{words}</figcaption></figure>"


def _post_figure(url: str, text: str) -> str:
    """A post of a social network: its text over its address."""
    link = f'<a href="{_escape_value(url)}">{_escape_text(url)}</a>'
    quote = f"<blockquote>{_escape_text(text)}</blockquote>"
    return f"<figure>{quote}<figcaption>{link}</figcaption></figure>"


def _video_figure(url: str, title: str) -> str:
    """A video: its thumbnail, where its host has one, over a link to it."""
    figure = ""
    thumbnail = pictures.thumbnail(url)
    if thumbnail:
        picture = f'<img src="{_escape_value(thumbnail)}" alt="">'
        figure = f'<figure><a href="{_escape_value(url)}">{picture}</a></figure>'
    words = _escape_text(title or url)
    return f'{figure}<p><a href="{_escape_value(url)}">{words}</a></p>'


def _file_figure(url: str, words: str, kind: str, poster: str) -> str:
    """A file of sound or film: its still picture, where it has one, over a link to it.

    The link says of which type the file is where its name does not.
    """
    hint = "" if media_type(url) else f' type="{_escape_value(kind)}"'
    name = unquote(url.partition("?")[0].rpartition("/")[2])
    link = f'<a href="{_escape_value(url)}"{hint}>'
    figure = ""
    if poster:
        figure = f'<figure>{link}<img src="{_escape_value(poster)}" alt=""></a></figure>'
    return f"{figure}<p>{link}{_escape_text(words or name or url)}</a></p>"


def _without_blank_end(pieces: list[Piece]) -> list[Piece]:
    """The pieces of a block up to the last one that is no space."""
    last = len(pieces)
    while last > 1 and pieces[last - 1][0].isspace():
        last -= 1
    return pieces[:last]


def _fold_spaces(text: str) -> str:
    """A piece of a paragraph with single spaces."""
    before = " " if text[0].isspace() else ""
    after = " " if text[-1].isspace() else ""
    text = " ".join(text.split())
    return f"{before}{text}{after}" if text else before


def _ascii_address(url: str | None) -> str:
    """An address in ASCII, as it is sent; empty for none."""
    if not url or _PLAIN_ADDRESS.match(url):
        return url or ""
    return canonical(url) or ""


def _may_open(tag: str, frames: list[Frame]) -> bool:
    """Whether a list, quote or table, or a part of one, may stand in these."""
    if len(frames) >= _MOST_FRAMES:
        return False
    parents = _PARENTS.get(tag)
    if parents is None:
        return True
    return bool(frames) and frames[-1][1] in parents


def _is_layout(tag: str, box: Box) -> bool:
    """Whether a part of a table that only lays out the page: its cells hold running text."""
    if tag not in _TABLES:
        return False
    while box.parent is not None and box.name != "table":
        box = box.parent
    if box.headings > 1:
        return True
    return box.paragraphs > 1 and box.chars > _CELL * box.blocks


def _opening_tag(tag: str, box: Box) -> str:
    """An opening tag, with the attributes of the page's element that may stay."""
    attributes = box.attributes
    if not attributes or _MAY_STAY.isdisjoint(attributes):
        return f"<{tag}>"
    kept = [tag]
    for name in _COPIED:
        stated = attributes.get(name) or ""
        value = stated.strip().lower()
        if _VALUE.fullmatch(value):
            kept.append(f'{name}="{value}"')
        elif name == "reversed" and name in attributes:
            kept.append(name)
    return f"<{' '.join(kept)}>"
