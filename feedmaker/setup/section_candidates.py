"""All sections that a site may have, in the order in which they are offered."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from feedmaker.listing import PageLinks, find_links
from feedmaker.setup.section_sources import SectionCandidate, find_feeds, find_page_sections
from feedmaker.setup.site_facts import find_name, needs_script
from feedmaker.text import arabic, charset, urls

if TYPE_CHECKING:
    from collections.abc import Sequence


def find_sections(html: bytes | str, url: str) -> list[SectionCandidate]:
    """Return the sections that a home page at `url` leads to, as `feedmaker add` offers them.

    Each has `.title`, `.url` (None for a block of the page), `.heading` (of that block, else None)
    and `.usual`: whether `add --yes` takes it. `html` is the page, as bytes (decoded as browsers
    do) or text. First those of menus and blocks, then the page itself and its feeds. Raises
    nothing: no http(s) URL and a page that leads nowhere give [].
    """
    address = urls.canonical(url)
    if address is None:
        return []
    text = html if isinstance(html, str) else charset.utf8(html)
    page = PageLinks(text, address)
    return find_candidates(page) if page.anchors or find_feeds(page) else []


def find_candidates(
    page: PageLinks,
    given: SectionCandidate | None = None,
    sitemaps: Sequence[SectionCandidate] = (),
) -> list[SectionCandidate]:
    """Return all that a home page offers, the likeliest first.

    `given` is a section that was asked for: then the others are not usual. `sitemaps` are those
    known of the site. They and the feeds are usual only where the page leads nowhere.
    """
    sections = find_page_sections(page)
    has_listing = any(one.url for one in sections)
    home = SectionCandidate("", "the home page", url=page.url, usual=not has_listing)
    feeds = find_feeds(page)
    if leads_nowhere(page, sections):
        home = replace(home, usual=False)
        feeds = [replace(one, usual=True) for one in feeds]
        sitemaps = [
            replace(one, usual=number == 0 and not feeds) for number, one in enumerate(sitemaps)
        ]
    found = [*sections, home, *feeds, *sitemaps]
    if given is not None:
        found = [given, *(replace(one, usual=False) for one in found)]
    name = find_name(page.tree, page.url).value
    unique: dict[str, SectionCandidate] = {}
    for one in found:
        unique.setdefault(one.key, replace(one, title=one.title or name))
    return list(unique.values())


def leads_nowhere(page: PageLinks, sections: Sequence[SectionCandidate]) -> bool:
    """Whether a home page shows neither sections nor stories, as those that a script makes."""
    if sections:
        return False
    return bool(needs_script(page)) or not headlines(page.tree.html or "", page.url)


def headlines(html: bytes | str, url: str, most: int = 60) -> str:
    """Return the headlines of a page's first stories, in one text."""
    links = find_links(html, url)[:most]
    return " ".join(link.title for link in links)


def match_candidates(candidates: Sequence[SectionCandidate], words: str) -> list[SectionCandidate]:
    """Return the candidates that a person means by a number (from 1), a title or a URL."""
    if words.strip().isdecimal() and 0 < int(words) <= len(candidates):
        return [candidates[int(words) - 1]]
    url = urls.canonical(words)
    if url:
        return [one for one in candidates if one.key == urls.key(url)]
    return _match_titles(candidates, words)


def _match_titles(candidates: Sequence[SectionCandidate], words: str) -> list[SectionCandidate]:
    """Return the candidates with a title, else those that have it in theirs."""
    name = arabic.fold(words)
    exact = [one for one in candidates if arabic.fold(one.title) == name]
    if exact or not name:
        return exact
    return [one for one in candidates if name in arabic.fold(one.title)]
