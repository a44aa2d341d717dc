"""The blocks that were chosen -> clean HTML and plain text, which are always of one and the same
story.

The HTML is written anew (`markup`), from the few tags below, and goes through nh3
(https://nh3.readthedocs.io) as the last word. Nothing of the page's own markup but links, pictures,
emphasis, lists, tables and direction gets through.
"""

from __future__ import annotations

import re
from dataclasses import replace
from html import escape
from typing import TYPE_CHECKING

from feedmaker.article.body.html_writer import LEAVES, Writer
from feedmaker.html.sanitizer import sanitize
from feedmaker.text import arabic

if TYPE_CHECKING:
    from feedmaker.article.body.story_blocks import StoryBody
    from feedmaker.html.blocks import Block
    from feedmaker.model import Story

# A sentence that goes on in the next block: no closing mark at the end, no opening one at the
# start.
_OPEN_END = re.compile(r"[\w,،;؛]$")
_GOES_ON = re.compile(r"[^\W\d_]|[,،;؛]")
_SENTENCE_END = re.compile(r"(?<=[.!?؟。！？…۔])[\"'»”’)\]]*(?:\s+|(?<=[。！？])|$)")
_WHOLE = ("li", "td", "th", "dt", "dd", "figcaption")  # their text never goes on in another box
_STUMP = 40  # characters: what is shorter is a line of its own
_TAIL = 40  # characters at the end of a description that are looked for in the text
_LEAST = 300  # characters of a stated text; less is a lead
_SUMMARY = 300  # characters, about what readers show under a headline


def render(story: Story, body: StoryBody, base: str, description: str) -> Story:
    """The story with its HTML, its text and its summary.

    `body` is what was chosen of the page, `base` what its addresses are relative to, `description`
    the page's own.
    """
    html, text = write(body, base)
    return replace(story, html=html, text=text, summary=summary(description, text))


def teaser(story: Story, description: str) -> Story | None:
    """What can be shown of a page without a story: its own description, marked as a teaser; None
    where it has none.
    """
    text = arabic.tidy(" ".join(description.split()))
    if not text:
        return None
    html = sanitize(f"<p>{escape(text, quote=False)}</p>")
    return replace(story, html=html, text=text, summary=summary(text, text), teaser=True)


def stated(story: Story, body: str, description: str) -> Story | None:
    """A story with the text that its page states in its data and shows only by scripts; None where
    that is hardly one.

    `body` is the text, a line for each paragraph.
    """
    lines = [" ".join(line.split()) for line in body.splitlines()]
    text = arabic.tidy("\n\n".join(line for line in lines if line))
    if len(text) < _LEAST:
        return None
    html = sanitize("".join(f"<p>{escape(line, quote=False)}</p>" for line in text.split("\n\n")))
    return replace(story, html=html, text=text, summary=summary(description, text))


def write(body: StoryBody, base: str) -> tuple[str, str]:
    """HTML and text of what was chosen of a page. A sentence that something cut in two is joined
    again.
    """
    writer = Writer(base, body.captions)
    texts: list[str] = []
    waiting = list(reversed(body.media))
    for block in body.blocks:
        while waiting and waiting[-1].at <= block.index:
            writer.medium(waiting.pop())
        if block.index in body.cut and texts and _continues(writer.last, block):
            texts[-1] += " " + block.text
            writer.go_on(block)
        else:
            texts.append(block.text)
            writer.block(block)
    while waiting:
        writer.medium(waiting.pop())
    # Mended as a whole, which is many times as quick as piece by piece; addresses are ASCII and
    # stay as they are. Where the HTML needed no mending its text does not either.
    html, text = writer.finish(), "\n\n".join(texts)
    tidy = arabic.tidy(html)
    return sanitize(tidy), text if tidy == html else arabic.tidy(text)


def summary(description: str, text: str) -> str:
    """Whole sentences, about 300 characters of them, of the page's own description or else of the
    story's start.

    `text` is as `write` gives it. A description that breaks off is passed over for the story: it
    ends in dots, as those made by a program do, or within a word of the text.
    """
    description, text = " ".join(description.split()), text.replace("\n\n", " ")
    broken = (
        description.endswith(("...", "…", "[…]", "[...]"))
        or not description
        or _is_cut(description, text)
    )
    return _sentences(
        text if broken and text else description.rstrip(".…[] ") if broken else description
    )


def _is_cut(description: str, text: str) -> bool:
    """Whether a description ends within a word of the text that it is the beginning of."""
    at = text.find(description[-_TAIL:])
    end = at + len(description[-_TAIL:])
    return at >= 0 and text[end - 1 : end].isalnum() and text[end : end + 1].isalnum()


def _sentences(text: str) -> str:
    """The first sentences of a text; where the very first is too long, its words up to there and
    three dots.
    """
    if len(text) <= _SUMMARY:
        return text
    end = 0
    for match in _SENTENCE_END.finditer(text, 0, _SUMMARY + 60):
        if match.end() > _SUMMARY and end:
            break
        end = match.start() + len(match[0].rstrip())
    if end > 40:  # less is an initial or an abbreviation
        return text[:end]
    return (
        text[:_SUMMARY].rpartition(" ")[0].rstrip(",،;؛:") + "…"
        if " " in text[:_SUMMARY]
        else text[: _SUMMARY - 1] + "…"
    )


def _continues(last: Block | None, block: Block) -> bool:
    """Whether a block goes on with the sentence of the one before: running text side by side, or
    left over beside it.

    A browser ends a `p` where a box begins in it, so that the rest of its text lies in the box
    around.
    """
    if last is None or last.box.name in LEAVES or block.box.name in LEAVES:
        return False
    if last.box is not block.box and (last.box.name in _WHOLE or block.box.name in _WHOLE):
        return False
    beside = (
        block.box is last.box or block.box is last.box.parent or block.box.parent is last.box.parent
    )
    if not beside or last.chars <= _STUMP or block.text[:1].isupper():
        return False
    return bool(_OPEN_END.search(last.text)) and bool(_GOES_ON.match(block.text))
