"""What a page says about its story: title, authors, dates, picture, category, tags, language."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from feedmaker.article.about import authors, publication_date, topics
from feedmaker.article.about import headline_lines as around
from feedmaker.article.about import title as about_title
from feedmaker.html import json_ld, pictures
from feedmaker.html import page_head as heads
from feedmaker.model import Choice
from feedmaker.text import arabic, urls

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import datetime

    from selectolax.lexbor import LexborHTMLParser, LexborNode

    from feedmaker.html.blocks import Box, PageBlocks
    from feedmaker.model import Rules, Trace


_NONE = "none found"
_SMALL = 100  # pixels: below this a stated picture is an icon
_LOGO = re.compile(
    r"(?:^|[/_.-])(?:logos?|favicon|icons?|sprites?|avatars?|placeholder|no-?image|noimage|blank|default)(?=[/_.\-\d]|$)",
    re.IGNORECASE,
)
_IP = re.compile(r"[\d.]+|\[?[0-9a-f:]*:[0-9a-f:.]*\]?", re.IGNORECASE)
_RTL = re.compile(r"[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff]")
_LATIN = re.compile(r"[A-Za-z\u00c0-\u024f]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Metadata:
    """What a page says about its story.

    `article`: the page says that it is an article, `news`: one of news; `article_body`: the text
    that it states beside what it shows. The nodes are the visible elements that show date and
    authors, where there are; they are no part of the story's body.
    """

    title: str = ""
    raw_title: str = ""
    authors: tuple[str, ...] = ()
    image: str | None = None
    published: datetime | None = None
    modified: datetime | None = None
    category: str | None = None
    tags: tuple[str, ...] = ()
    language: str | None = None
    description: str = ""
    canonical: str | None = None
    article: bool = False
    news: bool = False
    article_body: str = ""
    date_node: LexborNode | None = None
    author_nodes: tuple[LexborNode, ...] = ()


def read(
    tree: LexborHTMLParser,
    url: str,
    *,
    rules: Rules,
    language: str | None,
    timezone: str,
    now: datetime | None,
    page: PageBlocks | None = None,
    trace: Trace | None = None,
) -> Metadata:
    """Read the metadata of a parsed page.

    `url` is where it was had; `language` and `timezone` are the site's; without `now` a relative
    date gives none. `page` is its outline, made where it is not given. `trace`, where given, is
    told how each field was decided.
    """
    head = heads.read(tree, url, page)
    title = about_title.choose(head, rules.title)
    shown = title.first >= 0
    before = cache(lambda: around.before(head.page, title.first) if shown else [])
    lines = cache(lambda: before() + around.after(head.page, title.last) if shown else [])
    writers = authors.choose(head, lines, title.last, rules.author, thorough=trace is not None)
    dates = publication_date.choose(
        head,
        lines,
        title.last,
        rules=rules.date,
        timezone=timezone,
        now=now,
        thorough=trace is not None,
    )
    section = topics.category(head, title.text, before)
    image = _image(head, rules.image)
    description = head.first("og:description", "description", "twitter:description")
    spoken = _language(head, f"{title.text}\n{description}", language)
    if trace is not None:
        others = {"category": section, "image": image, "language": spoken}
        stated = {"category": topics.stated(head), "image": _stated_images(head)}
        told = (_choice(name, chosen, stated.get(name, ())) for name, chosen in others.items())
        trace.choices.extend((*_choices(title, writers, dates), *told))
    known = spoken[0] if spoken else None
    kinds = json_ld.kinds(head.story)
    return Metadata(
        title=_tidy(title.text, known),
        raw_title=title.text,
        authors=tuple(_tidy(n, known) for n in writers.names),
        image=image[0] if image else None,
        published=dates.published.at if dates.published else None,
        modified=dates.modified.at if dates.modified else None,
        category=_tidy(section[0], known) if section else None,
        tags=tuple(_tidy(t, known) for t in topics.tags(head, title.text)),
        language=known,
        description=_tidy(description, known),
        canonical=_canonical(head),
        article=json_ld.is_article(kinds) or head.first("og:type").lower() in ("article", "news"),
        news=any("news" in kind for kind in kinds),
        article_body=json_ld.article_body(head.story),
        date_node=dates.published.node if dates.published else None,
        author_nodes=writers.nodes,
    )


def _tidy(text: str, language: str | None) -> str:
    """The text a person typed, see `arabic.tidy`, which has nothing to do for plain ASCII."""
    return text if text.isascii() and text.isprintable() else arabic.tidy(text, language)


def _image(head: heads.Head, rules: tuple[str, ...]) -> tuple[str, str] | None:
    """The lead picture's address and its source: what the page shares, else its first picture;
    never a logo.
    """
    for selector in rules:
        for node in head.tree.css(selector):
            address = pictures.source(node, head.url) or urls.absolute(
                node.attributes.get("content") or "", head.url
            )
            if address:
                return address, f"rules: {selector}"
    logo = head.data.resolve(head.story.get("publisher"))
    logos = {
        a
        for o in (logo, *head.data.of("organization", "newsmediaorganization"))
        if isinstance(o, dict)
        for a in _addresses(head, o.get("logo"))
    }
    for source, address in _stated_images(head):
        if address not in logos and not _is_logo(address):
            url = urls.absolute(address, head.url)
            if url:
                return url, source
    for medium in [medium for medium in head.page.media if _in_story(medium.box)][:12]:
        node = medium.node
        address = pictures.source(node, head.url) if node.tag == "img" else None
        if (
            address
            and address not in logos
            and not _is_logo(address)
            and not _LOGO.search(node.attributes.get("class") or "")
        ):
            return address, "img"
    return None


def _in_story(box: Box | None) -> bool:
    """Whether a box is inside of an element in which stories stand."""
    while box is not None and box.name not in ("article", "main", "figure"):
        box = box.parent
    return box is not None


def _is_logo(address: str) -> bool:
    """Whether the path of an address speaks of a logo, an icon or a placeholder."""
    return bool(_LOGO.search(address.partition("?")[0], address.find("/", 8) + 1))


def _stated_images(head: heads.Head) -> Iterator[tuple[str, str]]:
    """Addresses of the story's picture in metadata, with their source; one that is stated to be
    small is left out.
    """
    width = head.first("og:image:width")
    if not (width.isdecimal() and int(width) < _SMALL):
        yield from head.listed("og:image", "og:image:secure_url", "og:image:url")
    for address in _addresses(head, head.story.get("image")) + _addresses(
        head, head.story.get("thumbnailUrl")
    ):
        yield "JSON-LD image", address
    yield from head.listed("twitter:image", "twitter:image:src", "image", "thumbnail")


def _addresses(head: heads.Head, value: Any) -> list[str]:
    """The addresses in a JSON-LD picture: a string, an ImageObject, a reference, or a list of them."""
    value = head.data.resolve(value)
    if isinstance(value, list):
        return [a for v in value for a in _addresses(head, v)]
    if isinstance(value, dict):
        width = value.get("width")
        small = isinstance(width, int) and width < _SMALL
        return (
            [] if small else [a for k in ("url", "contentUrl") for a in json_ld.texts(value.get(k))]
        )
    return json_ld.texts(value)


def _language(head: heads.Head, text: str, usual: str | None) -> tuple[str, str] | None:
    """The story's language (BCP 47, without region) and its source.

    What the page states is believed where the script of `text` fits it: many an Arabic page says
    `en-US`. `usual` is the site's.
    """
    node = head.tree.root
    stated = (
        (node.attributes.get("lang") or node.attributes.get("xml:lang")) if node else ""
    ) or head.first("language", "content-language", "og:locale")
    stated = stated or json_ld.text(head.story.get("inLanguage"))
    claimed = re.split(r"[-_]", stated.strip().lower())[0]
    claimed = claimed if re.fullmatch(r"[a-z]{2,3}", claimed) else ""
    seen = "ltr" if text.isascii() else arabic.first_strong(text[:300])
    if seen == "ltr" and not text.isascii() and _RTL.search(text, 0, 300):
        seen = arabic.first_strong(_latin_names(text[:300]))
    for language, source in ((claimed, "stated"), ((usual or "").lower(), "site")):
        if language and (seen is None or arabic.direction(language) == seen):
            return language, source
    guessed = arabic.guess_language(text)
    return (guessed, "letters") if guessed else None


def _latin_names(text: str) -> str:
    """The text without its Latin words, if it has more letters of right-to-left scripts: a name may
    come first.
    """
    rtl = len(_RTL.findall(text))
    return _LATIN.sub("", text) if rtl > len(_LATIN.findall(text)) / 2 else text


def _canonical(head: heads.Head) -> str | None:
    """The address that the page says is its own.

    None where it cannot be believed: relative, a bare IP, another site, the site's home page.
    """
    link = head.tree.css_first('link[rel~="canonical" i]')
    stated = (link.attributes.get("href") if link else "", head.first("og:url"))
    for address in stated:
        if not address or not address.strip().lower().startswith(("http://", "https://")):
            continue
        url = urls.canonical(address)
        host = (urlsplit(url).hostname or "") if url else ""
        if (
            not url
            or _IP.fullmatch(host)
            or (urlsplit(url).path == "/" and not urlsplit(url).query)
        ):
            continue
        if not head.url or host == urlsplit(head.url).hostname or urls.same_site(url, head.url):
            return url
    return None


def _choice(name: str, chosen: tuple[str, str] | None, stated: Iterable[tuple[str, str]]) -> Choice:
    """How one field was decided; `stated` are sources and values that it was decided from."""
    value, source = chosen or ("", _NONE)
    losers = tuple(dict.fromkeys(one for one in stated if one != (source, value)))
    return Choice(name=name, value=value, source=source, losers=losers)


def _choices(
    title: about_title.Title, writers: authors.Authors, dates: publication_date.Dates
) -> Iterator[Choice]:
    """How the fields were decided, for whoever asks."""
    yield Choice(name="title", value=title.text, source=title.source, losers=title.losers)
    yield Choice(
        name="authors",
        value=", ".join(writers.names),
        source=writers.source or _NONE,
        losers=writers.losers,
    )
    losers = tuple((s.source, s.text) for s in dates.losers)
    for name, stamp in (("published", dates.published), ("modified", dates.modified)):
        yield Choice(
            name=name,
            value=stamp.text if stamp else "",
            source=stamp.source if stamp else _NONE,
            losers=losers,
        )
