"""Where a site shows its sections: menus, headed blocks of its home page, feeds and sitemaps."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal
from urllib.parse import unquote

from feedmaker.listing import PageLinks, find_feeds, find_sitemaps
from feedmaker.setup.headed_blocks import find_blocks
from feedmaker.setup.menus import menu_sections
from feedmaker.setup.section_labels import link_text
from feedmaker.setup.select_menus import select_menu
from feedmaker.text import arabic, labels, urls
from feedmaker.text.sayings import Saying

if TYPE_CHECKING:
    from feedmaker.setup.headed_blocks import HeadedBlock
    from feedmaker.setup.menus import MenuSection

_TEMPLATE: Final = re.compile(r"<(/?)template\b", re.IGNORECASE)
_MENU: Final = Saying("navigation")
_PART: Final = Saying("navigation, a part of another section")
_SITEMAP_NAMED: Final = Saying("a sitemap that robots.txt names")
# Sections of menus, beside which no block of the home page is usual: without and with a page of
# its own.
_FEW: Final = 5
_FEW_FOR_PAGES: Final = 6
_MOST_SECTIONS: Final = 40


@dataclass(frozen=True, slots=True)
class SectionCandidate:
    """A section that a site may have.

    `url` is the address of its listing; where it is None, its stories stand under `heading` on the
    home page. `why` says what it was found by, `usual` that it is taken when nobody is asked.
    `posts` are the root of the REST API and the query that ask for its posts, None where there is
    none; `source` is what its stories are best had from, `match` and `category` what part of it.
    """

    title: str
    why: str
    url: str | None = None
    heading: str | None = None
    usual: bool = True
    posts: tuple[str, str] | None = None
    source: Literal["auto", "wordpress", "feed", "sitemap"] = "auto"
    match: str = ""
    category: str = ""

    @property
    def where(self) -> str:
        """Its address or heading as a person reads it."""
        if self.url:
            return unquote(self.url)
        return Saying("under «{heading}» on the home page", heading=self.heading)

    @property
    def key(self) -> str:
        """What two candidates for the same section have in common."""
        return urls.key(self.url) if self.url else f"«{arabic.fold(self.heading or '')}"


def find_page_sections(page: PageLinks) -> list[SectionCandidate]:
    """Return the sections of a home page's menus, then those of its headed blocks.

    One that a script shows from a template, or else a field to select from, is a menu where there
    is no other. A block is usual where it holds the
    latest stories, or where the menus lead to few sections; one with a page of its own beside one
    section more.
    """
    in_menus = [_menu_candidate(one) for one in menu_sections(page)]
    count = sum(one.usual for one in in_menus)
    if not count:
        in_menus += _other_menus(page)
        count = sum(one.usual for one in in_menus)
    in_blocks = [_block_candidate(one, count) for one in find_blocks(page)]
    found: dict[str, SectionCandidate] = {}
    names: dict[str, str] = {}
    usual_first = sorted((*in_menus, *in_blocks), key=lambda one: not one.usual)
    for one in usual_first:
        name = arabic.fold(one.title)
        if one.key not in found and name not in names:
            found[one.key] = one
            names[name] = one.key
    return list(found.values())[:_MOST_SECTIONS]


def _other_menus(page: PageLinks) -> list[SectionCandidate]:
    """Return the sections of menus that a script shows from templates, else of a field."""
    html = page.tree.html or ""
    shown = _TEMPLATE.sub(r"<\1div", html)
    menus = menu_sections(PageLinks(shown, page.url)) if shown != html else []
    if menus:
        return [_menu_candidate(one) for one in menus]
    return [SectionCandidate(title, _MENU, url=url) for title, url in select_menu(page)]


def _menu_candidate(section: MenuSection) -> SectionCandidate:
    return SectionCandidate(
        title=link_text(section.anchor),
        why=_PART if section.is_part else _MENU,
        url=section.anchor.url,
        usual=section.usual,
    )


def _block_candidate(block: HeadedBlock, in_menus: int) -> SectionCandidate:
    """Return the section of a block, beside as many usual ones of menus."""
    few = in_menus < (_FEW_FOR_PAGES if block.url else _FEW)
    is_latest = labels.label(block.title) == "latest"
    return SectionCandidate(
        title=block.title,
        why=Saying("a block of the home page with {stories} stories", stories=len(block.stories)),
        url=block.url,
        heading=None if block.url else block.title,
        usual=block.usual and (few or is_latest),
    )


def feed_candidates(page: PageLinks) -> list[SectionCandidate]:
    """Return the feeds that a page names in its head, without comments."""
    return [
        SectionCandidate(
            title=one.title or "Feed",
            why=Saying("a feed that the page names"),
            url=one.url,
            usual=False,
        )
        for one in find_feeds(page)
    ]


def sitemap_candidates(robots: str) -> list[SectionCandidate]:
    """Return the sitemaps that a robots.txt names, those of news first."""
    return [
        SectionCandidate("Latest", _SITEMAP_NAMED, url=url, usual=False)
        for url in find_sitemaps(robots)
    ]
