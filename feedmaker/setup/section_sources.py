"""Where a site shows its sections: menus, headed blocks of its home page, feeds and sitemaps."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final
from urllib.parse import unquote, urlsplit

from feedmaker.listing import block_of, count_words, in_link, is_story, shape, squeeze
from feedmaker.setup.section_names import EDITIONS
from feedmaker.text import arabic, labels, urls
from feedmaker.text.path_words import NO_SECTION

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from selectolax.lexbor import LexborNode

    from feedmaker.listing import Anchor, PageLinks

_LONGEST_TITLE: Final = 40  # characters of a section's title
_MOST_WORDS: Final = 5  # of it
_MENU_LINKS: Final = 3  # links in a row that make a menu
_MENU_LEVELS: Final = 3  # elements from a link up to its list
_BLOCK_STORIES: Final = 3  # stories under a heading that make a section
_BLOCK_LEVELS: Final = 5  # elements from a heading up to its block
_MOST_SECTIONS: Final = 40
_MOST_HEADINGS: Final = 400
# Headings times elements of the page: the block of each heading is looked for in the whole page.
# The largest of the development pages has 1.7 million.
_MOST_STEPS: Final = 3_000_000
# What `shape` gives for networks, files and the like, and for most stories.
_SURELY_NO_STORY: Final = -3
_LIKELY_STORY: Final = 1.0
_MOST_FEEDS: Final = 50
_MOST_SITEMAPS: Final = 8
_FEED_TYPES: Final = (
    "application/rss+xml",
    "application/atom+xml",
    "application/feed+json",
    "text/xml",
    "application/xml",
)
_COMMENTS: Final = re.compile(r"comment|/comments/|تعليق|دیدگاه|תגובות|تبصر", re.IGNORECASE)
_SITEMAP: Final = re.compile(r"^\s*sitemap\s*:\s*(\S+)", re.IGNORECASE | re.MULTILINE)
_FILE_TYPE: Final = re.compile(r"\.\w{2,5}$")
_HEADINGS: Final = (
    "h1, h2, h3, h4, h5, h6, [class*=title], [class*=Title], [class*=head], [role=heading]"
)
_MENU_ZONES: Final = frozenset({"navigation", "header"})
_LISTS: Final = ("ul", "ol")
_MENU_TAGS: Final = (*_LISTS, "table", "nav")
# Parts of a page whose headings are not those of its stories.
_FURNITURE: Final = frozenset(
    {"navigation", "footer", "popup", "comments", "tags", "advert", "social"}
)
# Labels that a section may have, None for any other text; those of the first are taken unasked.
_USUAL_LABELS: Final = (None, "latest")
_BLOCK_LABELS: Final = (*_USUAL_LABELS, "most-read", "related")


@dataclass(frozen=True, slots=True)
class SectionCandidate:
    """A section that a site may have.

    `url` is the address of its listing; where it is None, its stories stand under `heading` on the
    home page. `why` says what it was found by, `usual` that it is taken when nobody is asked.
    """

    title: str
    why: str
    url: str | None = None
    heading: str | None = None
    usual: bool = True

    @property
    def where(self) -> str:
        """Its address or heading as a person reads it."""
        return unquote(self.url) if self.url else f"under «{self.heading}» on the home page"

    @property
    def key(self) -> str:
        """What two candidates for the same section have in common."""
        return urls.key(self.url) if self.url else f"«{arabic.fold(self.heading or '')}"


def find_page_sections(page: PageLinks) -> list[SectionCandidate]:
    """Return the sections of a home page's menus, then those of its headed blocks."""
    found: dict[str, SectionCandidate] = {}
    names: set[str] = set()
    for one in (*_menu_sections(page), *_block_sections(page)):
        name = arabic.fold(one.title)
        if one.key not in found and name not in names:
            found[one.key] = one
            names.add(name)
    return list(found.values())[:_MOST_SECTIONS]


def find_feeds(page: PageLinks) -> list[SectionCandidate]:
    """Return the feeds that a page names in its head (RSS autodiscovery), without comments."""
    found: dict[str, SectionCandidate] = {}
    for node in page.tree.css("link[rel~=alternate i][href]")[:_MOST_FEEDS]:
        attributes = node.attributes
        kind, _, _ = (attributes.get("type") or "").partition(";")
        url = urls.canonical(attributes.get("href") or "", page.base)
        if url is None or kind.strip().lower() not in _FEED_TYPES:
            continue
        title = squeeze(attributes.get("title") or "")
        if not _COMMENTS.search(f"{title} {unquote(url)}"):
            found[urls.key(url)] = SectionCandidate(
                title=title or "Feed",
                why="a feed that the page names",
                url=url,
                usual=False,
            )
    return list(found.values())


def find_sitemaps(robots: str) -> list[SectionCandidate]:
    """Return the sitemaps that a robots.txt names (sitemaps.org), those of news first."""
    named = map(urls.canonical, _SITEMAP.findall(robots))
    unique = dict.fromkeys(url for url in named if url)
    ranked = sorted(unique, key=_sitemap_rank)
    return [
        SectionCandidate("Latest", "a sitemap that robots.txt names", url=url, usual=False)
        for url in ranked[:_MOST_SITEMAPS]
    ]


def _sitemap_rank(url: str) -> int:
    """Return 0 for a sitemap of news, more for others."""
    address = url.lower()
    if "news" in address:
        return 0
    return 1 if "post" in address else 2


# ---- menus


def _menu_sections(page: PageLinks) -> list[SectionCandidate]:
    """Return the sections that the page's main menus lead to.

    A link that stands deeper in lists than others of its menu leads to a part of a section.
    """
    anchors = [anchor for menu in _main_menus(page) for anchor in menu]
    least: dict[int, int] = {}
    for anchor in anchors:
        depth = _list_depth(anchor)
        menu = _menu_id(anchor)
        least[menu] = min(depth, least.get(menu, depth))
    found: dict[str, SectionCandidate] = {}
    for anchor in anchors:
        is_part = _list_depth(anchor) > least[_menu_id(anchor)]
        section = SectionCandidate(
            title=_link_text(anchor),
            why="navigation, a part of another section" if is_part else "navigation",
            url=anchor.url,
            usual=not is_part,
        )
        found.setdefault(anchor.key, section)
    return list(found.values())


def _main_menus(page: PageLinks) -> list[list[Anchor]]:
    """Return the menus that the page marks as such; else the first; at worst those of the foot."""
    menus = _find_menus(page)
    above = [menu for menu in menus if "footer" not in _zones_of(menu)]
    named = [menu for menu in above if _zones_of(menu) & _MENU_ZONES]
    unmarked = [menu for menu in above if not _zones_of(menu)]
    return named or unmarked[:1] or above[:1] or menus


def _find_menus(page: PageLinks) -> list[list[Anchor]]:
    """Return the runs of links in one menu that may lead to sections; a headline ends a run."""
    runs: list[list[Anchor]] = [[]]
    for anchor in page.anchors:
        if _may_be_section(page, anchor):
            run = runs[-1]
            if run and _menu_id(run[-1]) != _menu_id(anchor):
                runs.append([])
            runs[-1].append(anchor)
        elif _is_wordy(_link_text(anchor)):
            runs.append([])
    return [run for run in runs if _count_targets(run) >= _MENU_LINKS]


def _count_targets(anchors: Iterable[Anchor]) -> int:
    """Return how many pages links lead to."""
    return len({anchor.key for anchor in anchors})


def _is_wordy(text: str) -> bool:
    """Whether a link's text is no label of a menu: too many words, or none but signs."""
    return bool(text) and not 0 < count_words(text) <= _MOST_WORDS


def _zones_of(menu: Sequence[Anchor]) -> set[str]:
    """Return the parts of the page that hold links of a menu."""
    return {zone for anchor in menu for zone, _ in anchor.zones}


def _link_text(anchor: Anchor) -> str:
    return anchor.text or next(filter(None, anchor.extra), "")


def _menu_id(anchor: Anchor) -> int:
    """Return the id of a link's menu: the outermost part of the page around it, else its list."""
    if anchor.zones:
        _, outermost = anchor.zones[0]
        return outermost
    place = anchor.place
    for _ in range(_MENU_LEVELS):
        if place.above is not None and place.node.tag not in _MENU_TAGS:
            place = place.above
    return place.node.mem_id


def _list_depth(anchor: Anchor) -> int:
    """Return how many lists a link stands in."""
    depth = 0
    place = anchor.place.above
    while place is not None:
        depth += place.node.tag in _LISTS
        place = place.above
    return depth


# ---- what may be a section


def _may_be_section(page: PageLinks, anchor: Anchor) -> bool:
    """Whether a link could lead to a list of stories of the site, by its few words and its URL."""
    text = _link_text(anchor)
    if not _is_section_title(text) or labels.label(text) not in _USUAL_LABELS:
        return False
    if arabic.fold(text) in EDITIONS or not _is_section_url(anchor.url, page.url):
        return False
    return shape(anchor.url) < _LIKELY_STORY or count_words(text) <= 2


def _is_section_title(text: str) -> bool:
    if len(text) > _LONGEST_TITLE:
        return False
    return 0 < count_words(text) <= _MOST_WORDS


def _is_section_url(url: str, home: str) -> bool:
    """Whether a URL is of the site, not its home page, and has no word that is no section's."""
    if not urls.same_site(url, home) or shape(url) == _SURELY_NO_STORY:
        return False
    parts = urlsplit(url)
    is_root = not parts.path.strip("/") and not parts.query
    if is_root and _plain_host(url) == _plain_host(home):
        return False
    path = unquote(parts.path, errors="replace").casefold()
    segments = set(filter(None, path.split("/")))
    segments |= {_FILE_TYPE.sub("", segment) for segment in segments}
    return segments.isdisjoint(NO_SECTION)


def _plain_host(url: str) -> str:
    return urlsplit(url).netloc.removeprefix("www.")


# ---- headed blocks


def _block_sections(page: PageLinks) -> list[SectionCandidate]:
    """Return the sections of the headings that stories stand under."""
    elements = len(page.tree.css("*"))
    most = min(_MOST_HEADINGS, _MOST_STEPS // max(elements, 1))
    headings = page.tree.css(_HEADINGS)[:most]
    found = (_block_section(page, heading) for heading in headings)
    return [section for section in found if section is not None]


def _block_section(page: PageLinks, heading: LexborNode) -> SectionCandidate | None:
    """Return the section of a heading: the page that it leads to, else the block under it."""
    text = squeeze(heading.text()[:200])
    if not _is_section_title(text) or labels.label(text) not in _BLOCK_LABELS:
        return None
    links = _links_of_heading(page, heading)
    if _is_in_furniture(page, heading) or in_link(page, heading):
        return None
    if any(map(_is_headline, links)):
        return None
    stories = _count_stories(page, heading)
    if stories < _BLOCK_STORIES:
        return None
    listings = (anchor.url for anchor in links if _may_be_section(page, anchor))
    url = next(listings, None)
    return SectionCandidate(
        title=text,
        why=f"a block of the home page with {stories} stories",
        url=url,
        heading=None if url else text,
        usual=labels.label(text) in _USUAL_LABELS,
    )


def _links_of_heading(page: PageLinks, heading: LexborNode) -> list[Anchor]:
    """Return the link that a heading is, and the first two in it."""
    nodes = (heading, *heading.css("a[href]")[:2])
    links = (page.by_id.get(node.mem_id) for node in nodes)
    return [anchor for anchor in links if anchor is not None]


def _count_stories(page: PageLinks, heading: LexborNode) -> int:
    """Return how many stories the block under a heading leads to."""
    block = block_of(page, heading, deep=_BLOCK_LEVELS)
    return _count_targets(filter(is_story, block))


def _is_headline(anchor: Anchor) -> bool:
    return is_story(anchor) and count_words(anchor.text) >= 3


def _is_in_furniture(page: PageLinks, node: LexborNode) -> bool:
    zones = page.place(node).zones
    return any(zone in _FURNITURE for zone, _ in zones)
