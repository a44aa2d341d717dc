"""The recording that a page is about, where its story does not name it: of a podcast, mostly."""

from __future__ import annotations

from dataclasses import replace
from html import escape
from typing import TYPE_CHECKING, Final

from feedmaker.html.media_files import linked_media
from feedmaker.html.sanitizer import sanitize
from feedmaker.text.media_types import media_type
from feedmaker.text.urls import absolute, canonical

if TYPE_CHECKING:
    from selectolax.lexbor import LexborHTMLParser

    from feedmaker.model import Story

_MOST_LINKS: Final = 2000  # of a page that are looked at


def with_recording(story: Story, tree: LexborHTMLParser, base: str) -> Story:
    """Return the story with a link to the one sound file that its page links to, behind its text.

    Of a page with several none is taken: it lists others' recordings, too.
    """
    files: dict[str, tuple[str, str]] = {}
    for node in tree.css("a[href]")[:_MOST_LINKS]:
        url = absolute(node.attributes.get("href") or "", base)
        if url and (media_type(url) or "").startswith("audio/"):
            name = url.partition("?")[0].rpartition("/")[2]
            files.setdefault(name, (url, " ".join(node.text(separator=" ").split())))
    if len(files) != 1:
        return story
    ((name, (url, words)),) = files.items()
    address = canonical(url)
    shown = {other.partition("?")[0].rpartition("/")[2] for other in linked_media(story.html)}
    if address is None or name in shown:
        return story
    link = f'<p><a href="{escape(address)}">{escape(words or name, quote=False)}</a></p>'
    return replace(story, html=story.html + sanitize(link))
