"""What a page says about its story: title, authors, dates, picture, category, tags, language."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING, Final

from feedmaker.article.about.authors import choose_authors
from feedmaker.article.about.publication_dates import complete_dates
from feedmaker.article.about.stated_dates import stated_dates
from feedmaker.article.about.title import choose_title
from feedmaker.article.about.topics import choose_category, choose_tags
from feedmaker.html import pictures
from feedmaker.html.headline_lines import HeadlineLines
from feedmaker.html.json_ld import JsonLd, Statement
from feedmaker.html.page_head import read_head
from feedmaker.model import Choice
from feedmaker.text import arabic, urls

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import datetime

    from selectolax.lexbor import LexborHTMLParser, LexborNode

    from feedmaker.article.about.authors import Authors
    from feedmaker.article.about.stated_dates import DateRanking
    from feedmaker.article.about.title import Title
    from feedmaker.html.blocks import Box, PageBlocks
    from feedmaker.html.page_head import Head
    from feedmaker.model import Rules, Trace


_LOGO: Final = re.compile(
    r"(?:^|[/_.-])"
    r"(?:logos?|favicon|icons?|sprites?|avatars?|placeholder|no-?image|noimage|blank|default)"
    r"(?=[/_.\-\d]|$)",
    re.IGNORECASE,
)
_MOST_PICTURES: Final = 12  # of the page that are looked at
_RTL: Final = re.compile(r"[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff]")
_LATIN: Final = re.compile(r"[A-Za-z\u00c0-\u024f]")
_LANGUAGE: Final = re.compile(r"[a-z]{2,3}")
_SEEN: Final = 300  # characters of a text that tell its script


@dataclass(frozen=True, slots=True, kw_only=True)
class Metadata:
    """What a page says about its story.

    `raw_title` is the title as the page has it. `article`: the page says that it is an article,
    `news`: one of news. The nodes are the visible elements that show date and authors, where there
    are; they are no part of the story's body.
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
    json_ld: JsonLd = field(default_factory=JsonLd)
    date_node: LexborNode | None = None
    author_nodes: tuple[LexborNode, ...] = ()


def read_metadata(
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

    `url` is where it was fetched; `language` and `timezone` are the site's; without `now` a
    relative date gives none. `page` are its blocks, read here where they are not given. `trace`
    receives how each field was decided.
    """
    thorough = trace is not None
    head = read_head(tree, url, page)
    title = choose_title(head, rules.title)
    lines = HeadlineLines(head.page, title.first, title.last)
    authors = choose_authors(
        head,
        lines,
        rules.author,
        thorough=thorough,
    )
    dates = stated_dates(
        head,
        lines,
        rules=rules.date,
        timezone=timezone,
        now=now,
    )
    if thorough or dates.needs_page:
        dates = complete_dates(
            head,
            lines,
            dates,
            thorough=thorough,
        )
    picture = choose_picture(head, rules.image)
    category = choose_category(head, title.text, lines)
    tags = choose_tags(head, title.text)
    spoken = choose_language(head, f"{title.text}\n{head.description}", language)
    if trace is not None:
        trace.choices += _title_choices(title, authors, dates)
        trace.choices += (
            _choice("category", category, _others(category, head.sections)),
            _choice("image", picture, _others(picture, head.pictures())),
            _choice("language", spoken, ()),
        )
    known = spoken.text if spoken else None
    tidy = partial(arabic.tidy, language=known)
    return Metadata(
        title=tidy(title.text),
        raw_title=title.text,
        authors=tuple(map(tidy, authors.names)),
        image=picture.text if picture else None,
        published=dates.published.at,
        modified=dates.modified.at,
        category=tidy(category.text) if category else None,
        tags=tuple(map(tidy, tags)),
        language=known,
        description=tidy(head.description),
        canonical=head.canonical,
        article=head.is_article,
        news=any("news" in kind for kind in head.json_ld.types),
        json_ld=head.json_ld,
        date_node=dates.published.node,
        author_nodes=authors.nodes,
    )


def _title_choices(
    title: Title,
    authors: Authors,
    dates: DateRanking,
) -> Iterator[Choice]:
    """Give how title, authors and dates were decided."""
    names = Statement(authors.source, ", ".join(authors.names))
    losing_dates = [date.statement for date in dates.losers]
    yield _choice("title", Statement(title.source, title.text), title.losers)
    yield _choice("authors", names, authors.losers)
    yield _choice("published", dates.published.statement, losing_dates)
    yield _choice("modified", dates.modified.statement, losing_dates)


def _choice(
    name: str,
    chosen: Statement | None,
    losers: Iterable[Statement],
) -> Choice:
    """Return how one field was decided."""
    source, value = chosen if chosen and chosen.source else ("none found", "")
    return Choice(
        name=name,
        value=value,
        source=source,
        losers=tuple(losers),
    )


def _others(
    chosen: Statement | None,
    stated: Iterable[Statement],
) -> dict[Statement, None]:
    """Return what the page states beside the chosen one, each once."""
    return dict.fromkeys(one for one in stated if one != chosen)


# ---- the picture


def choose_picture(
    head: Head,
    rules: tuple[str, ...] = (),
) -> Statement | None:
    """Return the address of the lead picture: what the page shares, else its first; no logo."""
    if rules and (ruled := _ruled_picture(head, rules)):
        return ruled
    for stated in head.pictures():
        if not _is_logo(head, stated.text) and (url := urls.absolute(stated.text, head.url)):
            return Statement(stated.source, url)
    inside = [medium.node for medium in head.page.media if _is_in_story(medium.box)]
    for node in inside[:_MOST_PICTURES]:
        if url := _shown_picture(head, node):
            return Statement("img", url)
    return None


def _ruled_picture(
    head: Head,
    rules: tuple[str, ...],
) -> Statement | None:
    """Return the address of the picture that the site's selectors find."""
    for selector in rules:
        for node in head.tree.css(selector):
            content = node.attributes.get("content") or ""
            url = pictures.source(node, head.url) or urls.absolute(content, head.url)
            if url:
                return Statement(f"rules: {selector}", url)
    return None


def _shown_picture(
    head: Head,
    node: LexborNode,
) -> str | None:
    """Return the address of an `img` element; None for logos and what shows no picture."""
    url = pictures.source(node, head.url) if node.tag == "img" else None
    if not url or _is_logo(head, url) or _LOGO.search(node.attributes.get("class") or ""):
        return None
    return url


def _is_in_story(box: Box | None) -> bool:
    """Tell whether a box is inside of an element in which stories stand."""
    while box is not None and box.name not in ("article", "main", "figure"):
        box = box.parent
    return box is not None


def _is_logo(
    head: Head,
    url: str,
) -> bool:
    """Tell whether a picture is the site's logo, or has the path of a logo, icon or placeholder."""
    path_start = url.find("/", 8) + 1
    return url in head.json_ld.logos or bool(_LOGO.search(url.partition("?")[0], path_start))


# ---- the language


def choose_language(
    head: Head,
    text: str,
    usual: str | None,
) -> Statement | None:
    """Return the story's language (BCP 47, without region).

    What the page states is believed where the script of `text` fits it: many an Arabic page says
    `en-US`. `usual` is the site's.
    """
    stated = re.split(r"[-_]", head.language.strip().lower())[0]
    script = _script_direction(text)
    candidates = (
        Statement("stated", stated if _LANGUAGE.fullmatch(stated) else ""),
        Statement("site", (usual or "").lower()),
    )
    for candidate in candidates:
        language = candidate.text
        if language and (script is None or arabic.direction(language) == script):
            return candidate
    guessed = arabic.guess_language(text)
    return Statement("letters", guessed) if guessed else None


def _script_direction(text: str) -> str | None:
    """Return the direction ("ltr", "rtl") in which a text is written; None where none shows.

    A Latin name may come first in a right-to-left text: it does not count where the text has more
    letters of right-to-left scripts.
    """
    if text.isascii():
        return "ltr"
    beginning = text[:_SEEN]
    direction = arabic.first_strong(beginning)
    rtl = len(_RTL.findall(beginning)) if direction == "ltr" else 0
    if rtl > len(_LATIN.findall(beginning)) / 2:
        return arabic.first_strong(_LATIN.sub("", beginning))
    return direction
