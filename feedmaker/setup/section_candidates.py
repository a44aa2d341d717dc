"""Which sections a site has: by its navigation, by the headed blocks of its home page, by feeds and
sitemaps.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

from feedmaker.listing import block_of, count_words, in_link, is_story, shape, squeeze
from feedmaker.setup.section_words import EDITIONS, ENGLISH, LETTERS
from feedmaker.text import arabic, labels, urls
from feedmaker.text.path_words import NO_SECTION

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from feedmaker.listing import Anchor, PageLinks

_LONGEST = 40  # characters of a section's name
_WORDS = 5
_RUN = 3  # links in a row that make a menu
_LEAST = 3  # stories under a heading that make a section
_NEAR = 5
_MOST = 40
_FEED_TYPES = (
    "application/rss+xml",
    "application/atom+xml",
    "application/feed+json",
    "text/xml",
    "application/xml",
)
_COMMENTS = re.compile(r"comment|/comments/|تعليق|دیدگاه|תגובות|تبصر", re.IGNORECASE)
_SITEMAP = re.compile(r"^\s*sitemap\s*:\s*(\S+)", re.IGNORECASE | re.MULTILINE)
_GENERIC = re.compile(
    r"(?:index|default|page|sections?|categor(?:y|ies)|channel|list|listnews|news|home|rss|feed|sitemap).*"
)
_FILLERS = frozenset(
    map(arabic.fold, ("أخبار", "الأخبار", "اخبار", "قسم", "خبرهای", "news", "خبریں", "חדשות"))
)
_HEADINGS = "h1, h2, h3, h4, h5, h6, [class*=title], [class*=Title], [class*=head], [role=heading]"


@dataclass(frozen=True, slots=True)
class Offer:
    """A section that could be: its name, where its stories are (`urls` or a `heading` of the home
    page), and why.

    `usual` says that it is taken when nobody is asked.
    """

    title: str
    why: str
    urls: tuple[str, ...] = ()
    heading: str = ""
    usual: bool = True

    @property
    def where(self) -> str:
        """Its address or heading as a person reads it."""
        return unquote(self.urls[0]) if self.urls else f"under «{self.heading}» on the home page"


def offers(tree: PageLinks) -> list[Offer]:
    """The sections that a home page leads to: its navigation's in their order, then its headed
    blocks.
    """
    found: dict[str, Offer] = {}
    names: set[str] = set()
    for one in (*_navigation(tree), *_blocks(tree)):
        mark = urls.key(one.urls[0]) if one.urls else f"«{arabic.fold(one.heading)}"
        if mark in found or (arabic.fold(one.title) in names):
            continue
        found[mark] = one
        names.add(arabic.fold(one.title))
    return list(found.values())[:_MOST]


def feeds(tree: PageLinks) -> list[Offer]:
    """The feeds that a page names in its head (RSS autodiscovery), without those of comments."""
    found: dict[str, Offer] = {}
    for node in tree.tree.css("link[rel~=alternate i][href]")[:50]:
        attributes = node.attributes
        kind = (attributes.get("type") or "").partition(";")[0].strip().lower()
        url = urls.canonical(attributes.get("href") or "", tree.base)
        title = squeeze(attributes.get("title") or "")
        if kind in _FEED_TYPES and url and not _COMMENTS.search(f"{title} {unquote(url)}"):
            found[urls.key(url)] = Offer(
                title or "Feed", "a feed that the page names", (url,), usual=False
            )
    return list(found.values())


def sitemaps(robots: str) -> list[Offer]:
    """The sitemaps that a robots.txt names (sitemaps.org), those of news first."""
    found = {u: None for line in _SITEMAP.findall(robots) if (u := urls.canonical(line))}
    ranked = sorted(found, key=lambda url: ("news" not in url.lower(), "post" not in url.lower()))
    return [
        Offer("Latest", "a sitemap that robots.txt names", (url,), usual=False)
        for url in ranked[:8]
    ]


def slugs(chosen: Sequence[Offer]) -> list[str]:
    """A name for the files of each section: from its URL, by its meaning, or its letters written in
    Latin ones.
    """
    used: list[str] = []
    for number, one in enumerate(chosen, 1):
        base = _slug(one) or f"section-{number}"
        slug, more = base, 2
        while slug in used:
            slug, more = f"{base}-{more}", more + 1
        used.append(slug)
    return used


def _slug(one: Offer) -> str:
    title = arabic.fold(one.title)
    bare = " ".join(word for word in title.split() if word not in _FILLERS)
    if slug := ENGLISH.get(title) or ENGLISH.get(bare):
        return slug
    path = (
        unquote(urlsplit(one.urls[0]).path, errors="replace")
        if one.urls and one.urls[0] != one.heading
        else ""
    )
    for segment in reversed(path.lower().split("/")):
        if re.fullmatch(r"[a-z][a-z0-9_-]{2,30}(?:\.html?)?", segment) and not _GENERIC.match(
            segment
        ):
            return re.sub(r"[^a-z0-9]+", "-", segment.partition(".")[0]).strip("-")
    return re.sub(r"[^a-z0-9]+", "-", "-".join(map(_latin, title.split()[:4])))[:40].strip("-")


def _latin(word: str) -> str:
    return "".join(LETTERS.get(letter, letter if letter.isascii() else "") for letter in word)


def _navigation(tree: PageLinks) -> list[Offer]:
    """The links of the page's menus that lead to lists of stories; those of its foot only where
    there are no others.
    """
    runs: list[list[Anchor]] = [[]]
    for anchor in tree.anchors:
        if not _may_be_section(tree, anchor):
            if not (0 < count_words(_text(anchor)) <= _WORDS or not _text(anchor)):
                runs.append([])
            continue
        if runs[-1] and _menu(runs[-1][-1]) != _menu(anchor):
            runs.append([])
        runs[-1].append(anchor)
    menus = [run for run in runs if len({a.key for a in run}) >= _RUN]
    head = [run for run in menus if not any("footer" in dict(a.zones) for a in run)]
    named = [
        run for run in head if any({"navigation", "header"} & {z for z, _ in a.zones} for a in run)
    ]
    chosen = (
        named or [run for run in head if not any(a.zones for a in run)][:1] or head[:1] or menus
    )
    found: dict[str, Offer] = {}
    for anchor in (a for run in chosen for a in run):
        deep = _depth(anchor) > min(
            _depth(a) for run in chosen for a in run if _menu(a) == _menu(anchor)
        )
        why = "navigation, a part of another section" if deep else "navigation"
        found.setdefault(anchor.key, Offer(_text(anchor), why, (anchor.url,), usual=not deep))
    return list(found.values())


def _text(anchor: Anchor) -> str:
    return anchor.text or next(filter(None, anchor.extra), "")


def _menu(anchor: Anchor) -> int:
    """The element that a link's menu is: its outermost part of the page, else the list it stands
    in.
    """
    if anchor.zones:
        return anchor.zones[0][1]
    place = anchor.place
    for _ in range(3):
        if place.above is not None and place.node.tag not in ("ul", "ol", "table", "nav"):
            place = place.above
    return place.node.mem_id


def _depth(anchor: Anchor) -> int:
    """How many lists a link stands in."""
    depth, place = 0, anchor.place.above
    while place is not None:
        depth += place.node.tag in ("ul", "ol")
        place = place.above
    return depth


def _may_be_section(tree: PageLinks, anchor: Anchor) -> bool:
    """Whether a link could lead to a list of stories of the site, by its few words and its URL."""
    text = _text(anchor)
    if not text or len(text) > _LONGEST or not 0 < count_words(text) <= _WORDS:
        return False
    if not urls.same_site(anchor.url, tree.url) or (labels.label(text) or "latest") != "latest":
        return False
    if arabic.fold(text) in EDITIONS:
        return False
    host, home = urlsplit(anchor.url), urlsplit(tree.url)
    if (
        not host.path.strip("/")
        and not host.query
        and host.netloc.removeprefix("www.") == home.netloc.removeprefix("www.")
    ):
        return False
    segments = {s.casefold() for s in unquote(host.path, errors="replace").split("/") if s}
    segments |= {re.sub(r"\.\w{2,5}$", "", s) for s in segments}
    if segments & NO_SECTION or shape(anchor.url) == -3:
        return False
    return shape(anchor.url) < 1.0 or count_words(text) <= 2


def _blocks(tree: PageLinks) -> list[Offer]:
    """The headings of a page that stories stand under. One that leads to a page of its own is that
    page's section.
    """
    found = []
    for node in tree.tree.css(_HEADINGS)[:400]:
        text = squeeze(node.text()[:200])
        if not 0 < count_words(text) <= _WORDS or len(text) > _LONGEST or _in_furniture(tree, node):
            continue
        kind = labels.label(text)
        if kind not in (None, "latest", "most-read", "related"):
            continue
        own = [
            a
            for n in (node, *node.css("a[href]")[:2])
            if (a := tree.by_id.get(n.mem_id)) is not None
        ]
        if any(is_story(a) and count_words(a.text) >= 3 for a in own) or in_link(tree, node):
            continue
        block = block_of(tree, node, deep=_NEAR)
        stories = {a.key for a in block if is_story(a)}
        if len(stories) < _LEAST:
            continue
        usual = kind in (None, "latest")
        why = f"a block of the home page with {len(stories)} stories"
        lead = next((a for a in own if _may_be_section(tree, a)), None)
        if lead is not None:
            found.append(Offer(text, why, (lead.url,), usual=usual))
        else:
            found.append(Offer(text, why, heading=text, usual=usual))
    return found


def _in_furniture(tree: PageLinks, node: object) -> bool:
    zones = {zone for zone, _ in tree.place(node).zones}  # type: ignore[arg-type]
    return bool(zones & {"navigation", "footer", "popup", "comments", "tags", "advert", "social"})


def by_words(all_offers: Iterable[Offer], wanted: str) -> list[Offer]:
    """The offers that a person means by a number, a name or a URL."""
    folded, address_key = (
        arabic.fold(wanted),
        urls.key(url) if (url := urls.canonical(wanted)) else None,
    )
    listed = list(all_offers)
    if wanted.strip().isdigit() and 0 < int(wanted) <= len(listed):
        return [listed[int(wanted) - 1]]
    exact = [
        o
        for o in listed
        if arabic.fold(o.title) == folded or (address_key and address_key in map(urls.key, o.urls))
    ]
    return exact or [o for o in listed if folded and folded in arabic.fold(o.title)]
