"""The recording that a page is about, where its story does not name it: of a podcast, mostly."""

from __future__ import annotations

from dataclasses import replace
from html import escape
from typing import TYPE_CHECKING, Final

from feedmaker.html.media_files import linked_media
from feedmaker.html.sanitizer import sanitize
from feedmaker.text.media_types import media_type
from feedmaker.text.urls import canonical

if TYPE_CHECKING:
    from selectolax.lexbor import LexborHTMLParser

    from feedmaker.model import Story

_MOST_LINKS: Final = 2000  # of a page that are looked at


def with_recording(story: Story, tree: LexborHTMLParser, base: str) -> Story:
    """Return the story with a link to the one sound file that its page links to, behind its text.

    Of a page with several none is taken: it lists others' recordings, too.
    """
    files = _sound_files(tree, base)
    if len(files) != 1:
        return story
    ((name, (address, words)),) = files.items()
    if name in map(_file_name, linked_media(story.html)):
        return story
    link = f'<p><a href="{escape(address)}">{escape(words or name, quote=False)}</a></p>'
    return replace(story, html=story.html + sanitize(link))


def _sound_files(tree: LexborHTMLParser, base: str) -> dict[str, tuple[str, str]]:
    """The sound files that a page links to, by name: the address, and the words of the link."""
    files: dict[str, tuple[str, str]] = {}
    for node in tree.css("a[href]")[:_MOST_LINKS]:
        address = canonical(node.attributes.get("href") or "", base)
        if address and (media_type(address) or "").startswith("audio/"):
            words = " ".join(node.text(separator=" ").split())
            files.setdefault(_file_name(address), (address, words))
    return files


def _file_name(url: str) -> str:
    return url.partition("?")[0].rpartition("/")[2]
