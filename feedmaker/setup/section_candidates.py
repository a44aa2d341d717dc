"""All sections that a site may have, in the order in which they are offered."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from feedmaker.listing import PageLinks, find_links
from feedmaker.setup.corrections import numbers_in
from feedmaker.setup.section_sources import SectionCandidate, feed_candidates, find_page_sections
from feedmaker.setup.site_facts import find_name, needs_script
from feedmaker.text import arabic, charset, urls
from feedmaker.text.sayings import Saying

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
    if not page.anchors and not feed_candidates(page):
        return []
    return find_candidates(page)


def find_candidates(
    page: PageLinks,
    given: SectionCandidate | None = None,
    sitemaps: Sequence[SectionCandidate] = (),
) -> list[SectionCandidate]:
    """Return all that a home page offers, the likeliest first.

    `given` is a section that was asked for: then the others are not usual. `sitemaps` are those
    known of the site. They and the feeds are usual only where the page leads nowhere.
    """
    name = find_name(page.tree, page.url).value
    sections = find_page_sections(page)
    feeds = feed_candidates(page)
    home = SectionCandidate(name, Saying("the home page"), url=page.url)
    found = [*sections, home, *feeds, *sitemaps]
    usual = [one for one in sections if one.usual]
    if not any(one.url for one in sections):
        usual.append(home)
    if leads_nowhere(page, sections):
        usual = feeds or list(sitemaps[:1])
    if given is not None:
        found.insert(0, given)
        usual = [given]
    unique: dict[str, SectionCandidate] = {}
    for one in found:
        offered = replace(one, title=one.title or name, usual=one in usual)
        unique.setdefault(one.key, offered)
    return list(unique.values())


def leads_nowhere(page: PageLinks, sections: Sequence[SectionCandidate]) -> bool:
    """Whether a home page shows neither sections nor stories, as those that a script makes."""
    if sections:
        return False
    if needs_script(page):
        return True
    html = page.tree.html or ""
    return not headlines(html, page.url)


def headlines(html: bytes | str, url: str, most: int = 60) -> str:
    """Return the headlines of a page's first stories, in one text."""
    links = find_links(html, url)[:most]
    return " ".join(link.title for link in links)


def match_candidates(candidates: Sequence[SectionCandidate], words: str) -> list[SectionCandidate]:
    """Return the candidates that a person means by numbers (from 1), a title or a URL.

    A URL that is none of theirs gives a candidate without a title.
    """
    numbers = numbers_in(words, len(candidates))
    if numbers is not None:
        return [candidates[number - 1] for number in numbers]
    url = urls.canonical(words)
    if url is None:
        return _match_titles(candidates, words)
    key = urls.key(url)
    known = [one for one in candidates if one.key == key]
    return known or [SectionCandidate("", Saying("the URL you gave"), url=url)]


def _match_titles(candidates: Sequence[SectionCandidate], words: str) -> list[SectionCandidate]:
    """Return the candidates with a title, else those that have it in theirs."""
    name = arabic.fold(words)
    exact = []
    near = []
    for one in candidates:
        title = arabic.fold(one.title)
        if title == name:
            exact.append(one)
        elif name and name in title:
            near.append(one)
    return exact or near
