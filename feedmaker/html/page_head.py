"""What a page says of itself: meta elements, JSON-LD, its site's names, lines at its headline."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from html import unescape
from itertools import pairwise
from typing import TYPE_CHECKING, Final, NamedTuple
from urllib.parse import unquote, urlsplit

from selectolax.lexbor import LexborHTMLParser, create_tag

from feedmaker.html import blocks
from feedmaker.html.blocks import one_line
from feedmaker.html.json_ld import JsonLd, Statement, read_json_ld
from feedmaker.text import arabic, labels, urls

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from selectolax.lexbor import LexborNode

    from feedmaker.html.blocks import Block, Box, Inline, PageBlocks, Piece

Meta = dict[str, list[str]]

_WORD: Final = re.compile(r"[^\W_]+")
# ASCII in the form of keys: looking it up takes a sixth of the time of looking for words.
_ASCII_KEYS: Final = bytes(
    [ord(chr(code).lower()) if chr(code).isalnum() else ord(" ") for code in range(128)]
) + bytes(128)
_SOFT_HYPHEN: Final = "\xad"  # shows where a word may be broken
_IP: Final = re.compile(r"[\d.]+|\[?[0-9a-f:]*:[0-9a-f:.]*\]?", re.IGNORECASE)
_LONGEST_TITLE: Final = 1000  # characters
_LONGEST_META: Final = 10_000  # characters of one; some hold the whole story
_MOST_SCRIPTS: Final = 100
_SMALL_WIDTH: Final = re.compile(r"0*\d{1,2}")  # pixels: below 100 a stated picture is an icon
_LONGEST_NAME: Final = 60  # characters of a site's name
_LONGEST_TOP_LABEL: Final = 3  # characters of `co` and `com` in a host

_FIRST_SITE_NAMES: Final = ("og:site_name", "application-name", "apple-mobile-web-app-title")
_SITE_NAMES: Final = ("twitter:site", "publisher", "dc.publisher", "al:ios:app_name")
_OTHER_TITLES: Final = ("twitter:title", "dc.title", "parsely-title", "sailthru.title")
_OPEN_GRAPH_PICTURES: Final = ("og:image", "og:image:secure_url", "og:image:url")
_OTHER_PICTURES: Final = ("twitter:image", "twitter:image:src", "image", "thumbnail")
_TEXTS: Final = ("title", "description")
_SECTIONS: Final = (
    "article:section",
    "og:article:section",
    "section",
    "parsely-section",
    "cxenseparse:category",
    "category",
    "dc.subject",
)

# All that is looked for in the whole tree, in one walk instead of four. Each selector is tried at
# every element: that of the title, which nearly all heads have, not below them.
_STATED_BELOW: Final = 'meta, base[href], script[type*="ld+json" i]'
_STATED: Final = f"title, {_STATED_BELOW}"
_META: Final = create_tag("meta").tag_id
_TITLE: Final = create_tag("title").tag_id
_BASE: Final = create_tag("base").tag_id
_SCRIPT: Final = create_tag("script").tag_id
_ARTICLE_TYPES: Final = ("article", "news")  # of Open Graph


@lru_cache(maxsize=512)
def title_key(text: str) -> str:
    """Return the form in which titles and names are compared: letters and digits, without case."""
    if text.isascii():
        return b" ".join(text.encode().translate(_ASCII_KEYS).split()).decode()
    return " ".join(_WORD.findall(text.casefold().replace(_SOFT_HYPHEN, "")))


def title_keys(text: str) -> frozenset[str]:
    """Return the keys of the phrases of a text that stand between upright strokes."""
    return frozenset(map(title_key, text.split("|")))


def url_path(url: str) -> str:
    """Return the unquoted path of a URL without a slash at its end; empty for what is no URL."""
    try:
        return unquote(urlsplit(url).path).rstrip("/")
    except ValueError:
        return ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """What a page says of itself outside its story.

    `url` is the page's own address as it was fetched, empty where it is no http(s) one; `path` is
    the unquoted path of that, `base` what the page's other addresses are relative to. `locale` is
    its language in small letters, with the region (`en-us`) where it is stated. `canonical` is the
    address that the page gives itself. `names` are the site's own names, as keys; `title` is the
    text of the title element, `titles` are what the page calls its story, by source. `sections`
    come in the order of trust.
    """

    tree: LexborHTMLParser
    page: PageBlocks
    url: str
    path: str
    base: str
    meta: Meta
    json_ld: JsonLd
    title: str
    names: frozenset[str]
    description: str
    language: str
    locale: str
    is_article: bool
    canonical: str | None
    titles: dict[str, str]
    sections: tuple[Statement, ...]

    def first(self, *names: str) -> str:
        """Return the first content of the first of these meta elements (lower case) there is."""
        return _first(self.meta, *names)

    def pictures(self) -> Iterator[Statement]:
        """Give the stated addresses of the story's picture, in the order of trust."""
        is_icon = _SMALL_WIDTH.fullmatch(_first(self.meta, "og:image:width"))
        if not is_icon:
            yield from _statements(self.meta, _OPEN_GRAPH_PICTURES)
        if self.json_ld.story:
            for picture in self.json_ld.pictures:
                yield Statement("JSON-LD image", picture)
        yield from _statements(self.meta, _OTHER_PICTURES)


def read_head(
    tree: LexborHTMLParser,
    url: str,
    page: PageBlocks | None = None,
) -> Head:
    """Gather the head of a page.

    `url` is where it was fetched; what is no http(s) address counts as none. `page` are its
    blocks, read here where they are not given.
    """
    if page is None:
        body = tree.body
        page = blocks.read_blocks(body) if body is not None else blocks.PageBlocks()
    title, base, meta, scripts = _read_stated(tree, url)
    try:
        parts = urlsplit(url)
        host = parts.hostname or ""
        is_web = parts.scheme in ("http", "https")
    except ValueError:
        host, is_web = "", False
    if not (host and is_web):
        url = host = ""
    og_title = _first(meta, "og:title")
    keys = {title_key(title), title_key(og_title)}
    json_ld = read_json_ld(scripts[:_MOST_SCRIPTS], keys, title_key) if scripts else JsonLd()
    names = _site_names(meta, json_ld, host)
    root = tree.root.attributes if tree.root else {}
    locale = root.get("lang") or ""
    shared_locale = _first(meta, "og:locale")
    if shared_locale.startswith(locale):  # says more: the region
        locale = shared_locale
    if arabic.first_strong(title) == "rtl":
        locale = ""  # many an Arabic page says `en-US`
    languages = (
        root.get("lang"),
        root.get("xml:lang"),
        _first(
            meta,
            "language",
            "content-language",
            "og:locale",
        ),
        json_ld.language,
    )
    stated_sections = [Statement("JSON-LD articleSection", text) for text in json_ld.sections]
    is_article = json_ld.is_article or _first(meta, "og:type").lower() in _ARTICLE_TYPES
    return Head(
        tree=tree,
        page=page,
        url=url,
        path=url_path(url),
        base=base,
        meta=meta,
        json_ld=json_ld,
        title=title,
        names=names.difference(keys, ("",)),  # some call the page the site
        description=_first(
            meta,
            "og:description",
            "description",
            "twitter:description",
        ),
        language=next(filter(None, languages), ""),
        locale=locale.lower().replace("_", "-"),
        is_article=is_article,
        canonical=_canonical(tree, meta, url, host),
        titles={
            "JSON-LD headline": json_ld.headline,
            "og:title": og_title,
            "twitter:title": _first(meta, *_OTHER_TITLES),
            "title": title,
        },
        sections=(*stated_sections, *_statements(meta, _SECTIONS, "meta ")),
    )


class _HeadElements(NamedTuple):
    title: str
    base: str
    meta: Meta
    scripts: list[LexborNode]


def _stated_elements(tree: LexborHTMLParser) -> dict[int | None, list[LexborNode]]:
    """Return the elements that state something, by the number of their tag."""
    found: dict[int | None, list[LexborNode]] = {_META: [], _TITLE: [], _BASE: [], _SCRIPT: []}
    for part in filter(None, (tree.head, tree.body)):
        for node in part.css(_STATED_BELOW if found[_TITLE] else _STATED):
            found[node.tag_id].append(node)
    return found


def _read_stated(tree: LexborHTMLParser, url: str) -> _HeadElements:
    """Return the title's text, the base of addresses, meta elements and JSON-LD scripts.

    The contents of all meta elements are by property, name or itemprop, in lower case.
    """
    found = _stated_elements(tree)
    meta: Meta = {}
    for node in found[_META]:
        attributes = node.attributes
        content = (attributes.get("content") or "")[:_LONGEST_META].strip()
        name = attributes.get("property") or attributes.get("name") or attributes.get("itemprop")
        if name and content:
            key = name.lower()
            if key.endswith(_TEXTS):  # many are escaped twice
                content = unescape(content)
            meta.setdefault(key, []).append(content)
    titles = [one_line(node.text()[:_LONGEST_TITLE]) for node in found[_TITLE][:1]]
    bases = [urls.absolute(node.attrs.sget("href", ""), url) for node in found[_BASE][:1]]
    base = next(filter(None, bases), url)
    return _HeadElements("".join(titles), base, meta, found[_SCRIPT])


def _first(meta: Meta, *names: str) -> str:
    for name in names:
        if name in meta:
            return meta[name][0]
    return ""


def _site_names(
    meta: Meta,
    json_ld: JsonLd,
    host: str,
) -> frozenset[str]:
    """Return the keys of the names a site goes by: those it states, and the labels of its host."""
    stated = [_first(meta, name) for name in _FIRST_SITE_NAMES]
    stated += [text.lstrip("@") for _, text in _statements(meta, _SITE_NAMES)]
    stated += json_ld.site_names
    names = [text for text in stated if len(text) < _LONGEST_NAME and "://" not in text]
    name = host.removeprefix("www.")
    names.append(name)
    labels = name.split(".")[:-1]
    if len(labels) > 1:
        labels = [label for label in labels if len(label) > _LONGEST_TOP_LABEL]
    names += labels
    return frozenset(map(title_key, names))


def _canonical(
    tree: LexborHTMLParser,
    meta: Meta,
    page_url: str,
    page_host: str,
) -> str | None:
    """Return the address that the page says is its own.

    None where it cannot be believed: relative, a bare IP, another site, the site's home page.
    """
    link = tree.css_first('link[rel~="canonical" i]')
    link_url = link.attributes.get("href") if link else ""
    for stated in dict.fromkeys((link_url or "", _first(meta, "og:url"))):
        start = stated.strip().lower()
        if not start.startswith(("http://", "https://")):
            continue
        url = urls.canonical(stated)
        if not url or not _is_page(url):
            continue
        if not page_host or page_host == urlsplit(url).hostname or urls.same_site(url, page_url):
            return url
    return None


def _is_page(url: str) -> bool:
    """Tell whether a URL is a page's on a host with a name, and not the home page."""
    parts = urlsplit(url)
    is_home = parts.path == "/" and not parts.query
    return not is_home and not _IP.fullmatch(parts.hostname or "")


def _statements(
    meta: Meta,
    names: Iterable[str],
    prefix: str = "",
) -> Iterator[Statement]:
    """Give all contents of these meta elements, with the name of each as its source."""
    for name in names:
        for text in meta.get(name, ()):
            yield Statement(prefix + name, text)


# ---- the lines around the headline

_LINK: Final = create_tag("a").tag_id
_RUBY: Final = create_tag("ruby").tag_id
_BEFORE: Final = 8  # lines before a headline
_AFTER: Final = 18  # lines after it
_LONGEST_LABELS: Final = 600  # characters; no block of labels, bylines or datelines is so long


@dataclass(slots=True)  # frozen ones take four times as long to make
class Line:
    """A line of text near the headline; `place` is negative before it.

    A block is one line, or several where it has line breaks.
    """

    place: int
    box: Box
    pieces: list[Piece]
    text: str

    @property
    def parts(self) -> list[str]:
        """The texts of its text nodes."""
        return [text.strip() for text, _ in self.pieces if not text.isspace()]

    @property
    def links(self) -> list[str]:
        """The addresses of the links in it."""
        linked = [piece for piece in self.pieces if piece[1] is not None and piece[1].is_link]
        elements = inline_elements(linked) if linked else ()
        nodes = [node for node in elements if node.tag_id == _LINK]
        return [node.attributes.get("href") or "" for node in nodes]


@dataclass(slots=True)
class HeadlineLines:
    """The lines of text around a page's headline, `blocks[first:below]`, in page order.

    `first` and `below` are -1, and there are no lines, where no headline is shown. The text is
    split into lines when they are first asked for: every third page has all in its metadata.
    """

    page: PageBlocks
    first: int
    below: int
    _around: list[Line] | None = None

    @property
    def around(self) -> list[Line]:
        """The lines before the headline, and those after it."""
        if self._around is not None:
            return self._around
        blocks = self.page.blocks
        start = max(0, self.first - _BEFORE)
        above = _split_lines(blocks[start : self.first])[-_BEFORE:]
        below = blocks[self.below : self.below + _AFTER]
        has_text = False
        for at, block in enumerate(below):
            # A heading over comments ends them; one above the text but counts comments.
            if has_text and not block.good and labels.label(block.text) == "comments":
                below = below[:at]
                break
            has_text |= bool(block.good)
        under = _split_lines(below)[:_AFTER]
        before = [Line(place, *line) for place, line in enumerate(above, -len(above))]
        after = [Line(place, *line) for place, line in enumerate(under, 1)]
        self._around = before + after if self.first >= 0 else []
        return self._around


def _split_lines(blocks: Iterable[Block]) -> list[tuple[Box, list[Piece], str]]:
    """Return the lines of some blocks, without those shown only where no scripts run."""
    lines: list[tuple[Box, list[Piece], str]] = []
    for block in blocks:
        box = block.box
        pieces = block.pieces
        if box.name == "noscript":
            continue
        if len(pieces) == 1 or block.chars > _LONGEST_LABELS:
            lines.append((box, pieces, block.text))
            continue
        texts = [text for text, _ in pieces]
        breaks = [at for at, text in enumerate(texts) if text == "\n"] if "\n" in texts else []
        edges = [-1, *breaks, len(pieces)]
        for start, end in pairwise(edges):
            part = pieces[start + 1 : end]
            text = spaced_text(part)
            if text:
                lines.append((box, part, text))
    return lines


def spaced_text(pieces: Iterable[Piece]) -> str:
    """Return the text of some pieces on one line, with a space between any two.

    Pages set a kicker and a headline apart by style that have no space between them. Words with
    their reading (`ruby`) stand within others.
    """
    spaced: list[str] = []
    had_reading = False
    for text, inline in pieces:
        has_reading = inline is not None and inline.node.tag_id == _RUBY
        if not has_reading and not had_reading:
            spaced.append(" ")
        spaced.append(text)
        had_reading = has_reading
    return " ".join("".join(spaced).split())


def box_text(
    page: PageBlocks,
    box: Box,
) -> str:
    """Return the text of a box on one line."""
    inside = page.blocks[max(box.first, 0) : box.last]
    if len(inside) == 1 and len(inside[0].pieces) == 1:
        return inside[0].text
    return spaced_text([piece for block in inside for piece in block.pieces])


def inline_elements(pieces: list[Piece]) -> Iterator[LexborNode]:
    """Give the inline elements that some pieces of text stand in, inner ones first, once each."""
    seen: set[Inline] = set()
    for _, innermost in pieces:
        around = innermost
        while around is not None:
            if around in seen:
                break
            seen.add(around)
            yield around.node
            around = around.around
