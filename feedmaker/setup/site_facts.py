"""What a site is called, which language it writes, and whether its pages need JavaScript."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

from feedmaker.html import page_head
from feedmaker.text import arabic, labels, urls
from feedmaker.text.sayings import Saying

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from selectolax.lexbor import LexborHTMLParser, LexborNode

    from feedmaker.html.page_head import Head
    from feedmaker.listing import PageLinks

_TITLE_PARTS: Final = re.compile(r"(?<!\s)\s+[-–—|•·:»/~]+\s+|(?:(?<!\s)\s+)?[|»]\s*|:\s+")
_LONGEST_NAME: Final = 60
_APPLICATION_NAMES: Final = ("application-name", "apple-mobile-web-app-title")
_LOGO_BOXES: Final = "header, [class*=logo], a[rel=home]"
_MOST_OF_LOGO: Final = 8
_MOST_LOGO_TEXTS: Final = 6
_LOGO_TEXTS: Final = "header h1, [class*=copyright], footer"
_LOGO_LENGTH: Final = 2000  # characters of a foot that are looked at
# Second levels below a country's domain that name no site, as in `www.bbc.co.uk`.
_SECOND_LEVEL: Final = frozenset(
    {"co", "com", "gov", "org", "net", "ac", "edu", "gob", "or", "ne", "mil", "info", "news"}
)
_NOT_SLUG: Final = re.compile(r"[^a-z0-9]+")
_LANGUAGE_META: Final = "meta[property='og:locale'], meta[http-equiv='content-language' i]"
_LANGUAGE_CODE: Final = re.compile(r"([a-z]{2,3})(?:[-_,; ]|$)")

# The empty elements that scripts put a page into.
_SHELLS: Final = (
    "#root, #app, #__next, #__nuxt, #___gatsby, app-root, [data-reactroot], [ng-app], #svelte"
)
_ENABLE_SCRIPT: Final = re.compile(
    r"java\s?script|جافا ?سكر[يب]|جاوا ?اسکریپت|جاواسکریپت", re.IGNORECASE
)
_TEXTS: Final = "p, a, li, h1, h2, h3, h4, td, div, span"
_MOST_TEXTS: Final = 2000
_FULL_LINKS: Final = 12  # links of the site that a page made by a server has at least,
_FULL_TEXT: Final = 3000  # or characters of text
_EMPTY: Final = 200  # characters and links; of a page with less, scripts alone are evidence


@dataclass(frozen=True, slots=True)
class SiteFact:
    """Something about a site, and what it was taken from.

    A person should check it where it is not `sure`.
    """

    value: str
    why: str
    sure: bool = True


def find_name(tree: LexborHTMLParser, url: str) -> SiteFact:
    """Return the site's own name, from its home page; at worst its host."""
    head = page_head.read_head(tree, url)
    parts = title_parts(head.title) + title_parts(head.first("og:title"))
    names = [part for part in parts if not labels.label(part)]
    return (
        _stated_name(head)
        or _name_of_logo(tree, names)
        or _application_name(head)
        or _name_of_title(names)
        or _name_of_host(url)
    )


def title_parts(title: str) -> list[str]:
    """Return the parts of a page's title: its own, and the site's name."""
    parts = map(arabic.tidy_line, _TITLE_PARTS.split(title))
    return [part for part in parts if part]


def _stated_name(head: Head) -> SiteFact | None:
    """Return what the page calls its site, for machines."""
    stated = [(head.first("og:site_name"), "og:site_name")]
    stated += [(title, "JSON-LD") for title in head.json_ld.site_titles]
    for text, source in stated:
        name = arabic.tidy_line(text)
        if len(text) > _LONGEST_NAME // 2:
            name = _first_part(text)
        if _is_name(name):
            return SiteFact(name, source)
    return None


def _first_part(title: str) -> str:
    first, *_ = _TITLE_PARTS.split(title, maxsplit=1)
    return arabic.tidy_line(first)


def _is_name(text: str) -> bool:
    """Whether a text may be a site's name: no host, and no label such as «الرئيسية»."""
    if not text or len(text) > _LONGEST_NAME or "." in text:
        return False
    return not labels.label(text)


def _name_of_logo(tree: LexborHTMLParser, names: Iterable[str]) -> SiteFact | None:
    """Return the part of the page's title that its logo or its foot shows too."""
    shown = _texts_of_logo(tree)
    folded = [arabic.fold(text[:_LOGO_LENGTH]) for text in shown]
    for name in names:
        key = arabic.fold(name)
        if any(key in text for text in folded):
            return SiteFact(name, Saying("the page's title and its logo or foot"))
    return None


def _texts_of_logo(tree: LexborHTMLParser) -> list[str]:
    """Return what the page's logo and foot say."""
    # Found step by step: `[class*=logo] a` looks at all that is around each link.
    boxes = tree.css(_LOGO_BOXES)[:_MOST_OF_LOGO]
    pictures = [node for box in boxes for node in box.css("img")]
    links = [node for box in boxes if box.tag != "header" for node in box.css("a")]
    texts = links + tree.css(_LOGO_TEXTS)
    shown = [node.attributes.get("alt") or "" for node in pictures[:_MOST_OF_LOGO]]
    return shown + [node.text() for node in texts[-_MOST_LOGO_TEXTS:]]


def _application_name(head: Head) -> SiteFact | None:
    for key in _APPLICATION_NAMES:
        if name := head.first(key):
            return SiteFact(name, key)
    return None


def _name_of_title(names: Sequence[str]) -> SiteFact | None:
    if names and len(names[0]) <= _LONGEST_NAME:
        return SiteFact(names[0], Saying("the page's title"), sure=False)
    return None


def _name_of_host(url: str) -> SiteFact:
    host = urlsplit(url).hostname or url
    name = host.removeprefix("www.")
    return SiteFact(name, Saying("its host: the page does not say"), sure=False)


def site_slug(url: str) -> str:
    """Return a name for a site's file, from its host: `bbc` of `www.bbc.co.uk`."""
    host = (urlsplit(url).hostname or "").removeprefix("www.")
    if host.replace(".", "").isdigit() or ":" in host:
        return "site"
    names = host.split(".")
    if len(names) > 1:
        names.pop()
    if len(names) > 1 and names[-1] in _SECOND_LEVEL:
        names.pop()
    name = names[-1].lower()
    slug = _NOT_SLUG.sub("-", name).strip("-")
    return slug.removeprefix("xn--") or "site"


def find_language(tree: LexborHTMLParser, headlines: str) -> SiteFact:
    """Return the language of a site, plain (`ar`, not `ar-SA`).

    It is what its headlines are written in, else what its page says.
    """
    stated = _stated_language(tree)
    guessed = arabic.guess_language(headlines)
    if guessed and (stated is None or guessed != stated.value):
        why = Saying("the words of its headlines")
        if stated:
            why = Saying("the words of its headlines; the page says {stated}", stated=stated.why)
        return SiteFact(guessed, why)
    return stated or SiteFact("ar", Saying("a guess: nothing says it"), sure=False)


def _stated_language(tree: LexborHTMLParser) -> SiteFact | None:
    attributes = tree.root.attributes if tree.root is not None else {}
    tag = attributes.get("lang") or attributes.get("xml:lang") or ""
    source = f'<html lang="{tag}">'
    node = tree.css_first(_LANGUAGE_META)
    if not tag and node is not None:
        tag = node.attributes.get("content") or ""
        source = Saying("its meta elements")
    match = _LANGUAGE_CODE.match(tag.strip().lower())
    return SiteFact(match[1], source) if match else None


def needs_script(page: PageLinks) -> str:
    """Return why a page seems to be made by a script in the browser; '' of others."""
    tree = page.tree
    if tree.body is None:
        return Saying("the page has no body")
    links = _count_own_links(page)
    characters = _count_characters(tree.body)
    is_full = links >= _FULL_LINKS or characters > _FULL_TEXT
    if is_full or tree.css_first("script") is None:
        return ""
    asks = _asks_for_script(tree)
    is_shell = tree.css_first(_SHELLS) is not None
    if not asks and not is_shell and links + characters > _EMPTY:
        return ""
    why = Saying("scripts stand where the text should be")
    if asks:
        why = Saying("its <noscript> asks for JavaScript")
    return Saying(
        "{characters} characters of text and {links} links of its own, and {why}",
        characters=characters,
        links=links,
        why=why,
    )


def _count_own_links(page: PageLinks) -> int:
    return sum(urls.same_site(anchor.url, page.url) for anchor in page.anchors)


def _count_characters(body: LexborNode) -> int:
    nodes = body.css(_TEXTS)[:_MOST_TEXTS]
    return sum(len(node.text(deep=False).strip()) for node in nodes)


def _asks_for_script(tree: LexborHTMLParser) -> bool:
    for node in tree.css("noscript")[:5]:
        text = node.text() or node.html or ""
        if _ENABLE_SCRIPT.search(text):
            return True
    return False
