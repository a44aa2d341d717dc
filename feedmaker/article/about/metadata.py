"""What a page says about its story: title, authors, dates, picture, category, tags, language."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from functools import partial
from itertools import chain, islice
from typing import TYPE_CHECKING, Final

from feedmaker.article.about.authors import choose_authors
from feedmaker.article.about.decisions import explain_others, explain_title
from feedmaker.article.about.publication_dates import complete_dates
from feedmaker.article.about.stated_dates import stated_dates
from feedmaker.article.about.title import choose_title
from feedmaker.html import class_names, pictures
from feedmaker.html.blocks import one_line
from feedmaker.html.json_ld import JsonLd, Statement
from feedmaker.html.page_head import (
    HeadlineLines,
    read_head,
    title_key,
    title_keys,
    url_path,
)
from feedmaker.text import arabic, urls
from feedmaker.text.label_words import HOME

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import datetime

    from selectolax.lexbor import LexborHTMLParser, LexborNode

    from feedmaker.html.blocks import Box, Medium, PageBlocks
    from feedmaker.html.page_head import Head, Line
    from feedmaker.model import Rules
    from feedmaker.model.trace import Trace


_LOGO: Final = re.compile(
    r"(?:^|[/_.-])"
    r"(?:logos?|favicon|icons?|sprites?|avatars?|placeholder|no-?image|noimage|blank|default)"
    r"(?=[/_.\-\d]|$)",
    re.IGNORECASE,
)
# An address that states less than 200 pixels each way: a portrait, or another story's picture.
_THUMBNAIL: Final = re.compile(r"(?<!\d)(?:[4-9]\d|1\d\d)x(?:[4-9]\d|1\d\d)(?!\d)")
_MOST_PICTURES: Final = 12  # of the page that are looked at
# Boxes of pictures that show writers, other stories and offers.
_OTHERS: Final = class_names.FURNITURE | class_names.AUTHOR | class_names.PROMO
_RTL: Final = re.compile(r"[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff]")
_LATIN: Final = re.compile(r"[A-Za-z\u00c0-\u024f]")
_LANGUAGE: Final = re.compile(r"[a-z]{2,3}")
_SEEN: Final = 300  # characters of a text that tell its script
_HOME: Final = title_keys(HOME)
# Home, and what systems put where a section should stand, and says nothing.
_NO_CATEGORY: Final = _HOME | title_keys(
    "|featured|uncategorized|uncategorised|general|article|articles|default|all|none|null"
    "|undefined|other|slider|post|posts|latest|غير مصنف|بدون تصنيف|عام|سلايدر|مقالات"
)
_CRUMBS: Final = re.compile(r"(?:(?<!\s)\s+)?(?:[»›>/|\\←→«‹]|::)+\s*|(?<!\s)\s+[-–]\s+")
_CRUMB_SIGN: Final = re.compile(r"[»›>/|\\←→«‹:–-]")  # one of which stands between any two
_LIST: Final = re.compile(r"[\s,;،؛|](?:(?<=\s)(?<!\s\s)\s*[,;،؛|]\s*|(?<=[,;،؛|])\s*)")
_MOST_TAGS: Final = 20
_FEW_WORDS: Final = 4  # of two headlines that have some in common where they are of one story
_MOST_TAG_LINKS: Final = 40
_LONGEST_TAG: Final = 60  # characters, also of a category


@dataclass(frozen=True, slots=True, kw_only=True)
class Metadata:
    """What a page says about its story.

    `raw_title` is the title as the page has it. `base` is what its addresses are relative to.
    `article`: the page says that it is an article, `news`: one of news. `ahead` is its date where
    that lies in the future. The nodes are the visible elements that show date and authors, where
    there are; they are no part of the story's body.
    """

    title: str = ""
    raw_title: str = ""
    base: str = ""
    authors: tuple[str, ...] = ()
    image: str | None = None
    published: datetime | None = None
    ahead: datetime | None = None
    modified: datetime | None = None
    category: str | None = None
    tags: tuple[str, ...] = ()
    language: str | None = None
    description: str = ""
    canonical: str | None = None
    article: bool = False
    news: bool = False
    site_names: tuple[str, ...] = ()
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
    if head.json_ld.headline and _is_of_another(head, title.text):
        head = replace(head, json_ld=JsonLd())
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
    picture = choose_picture(head, rules.image, lines.below)
    category = choose_category(head, title.text, lines)
    tags = choose_tags(head, title.text)
    spoken = choose_language(head, f"{title.text}\n{head.description}", language)
    if trace is not None:
        chosen = {"category": category, "image": picture, "language": spoken}
        trace.choices += explain_title(title, authors, dates)
        trace.choices += explain_others(head, chosen)
    known = spoken.text if spoken else None
    tidy = partial(arabic.tidy, language=known)
    return Metadata(
        title=tidy(title.text),
        raw_title=title.text,
        base=head.base,
        authors=tuple(map(tidy, authors.names)),
        image=picture.text if picture else None,
        published=dates.published.at,
        ahead=dates.ahead,
        modified=dates.modified.at,
        category=tidy(category.text) if category else None,
        tags=tuple(map(tidy, tags)),
        language=known,
        description=tidy(head.description),
        canonical=head.canonical,
        article=head.is_article,
        news=any("news" in kind for kind in head.json_ld.types),
        site_names=(*head.names, head.title.partition(f"{title.text} ")[2]),
        json_ld=head.json_ld,
        date_node=dates.published.node,
        author_nodes=authors.nodes,
    )


def _is_of_another(head: Head, title: str) -> bool:
    """Tell whether JSON-LD's headline has no word of all other titles, and so is another story's.

    It may be in another language than those.
    """
    headline = head.json_ld.headline
    texts = (title, head.title, head.titles["og:title"])
    others = {word for text in texts for word in title_key(text).split()}
    words = title_key(headline).split()
    are_long = min(len(words), len(title.split())) >= _FEW_WORDS
    return are_long and headline.isascii() == title.isascii() and others.isdisjoint(words)


# ---- the picture


def choose_picture(
    head: Head,
    rules: tuple[str, ...] = (),
    below: int = -1,
) -> Statement | None:
    """Return the address of the lead picture: what the page shares, else its first; no logo.

    `below` is the index of the first block below the headline, or -1.
    """
    if rules and (ruled := _ruled_picture(head, rules)):
        return ruled
    for stated in head.pictures():
        if _is_logo(head, stated.text):
            continue
        if url := urls.absolute(stated.text, head.url):
            return Statement(stated.source, url)
    return _first_picture(head, below) if head.page.media else None


def _first_picture(head: Head, below: int) -> Statement | None:
    """Return the address of the first picture between headline and text, else in the story."""
    coming = (block.index for block in head.page.blocks[max(below, 0) :] if block.good)
    lead = range(below, next(coming, below) + 1 if below >= 0 else below)
    media = head.page.media
    likely = sorted(media, key=lambda one: one.at not in lead)
    inside = (one for one in likely if _is_in_story(one.box, is_lead=one.at in lead))
    for medium in islice(inside, _MOST_PICTURES):
        url = _shown_picture(head, medium)
        if url and not _THUMBNAIL.search(url):
            return Statement("img", url)
    return None


def _ruled_picture(
    head: Head,
    rules: tuple[str, ...],
) -> Statement | None:
    """Return the address of the picture that the site's selectors find."""
    for selector in rules:
        for node in head.tree.css(selector):
            url = pictures.source(node, head.url)
            if not url:
                content = node.attributes.get("content") or ""
                url = urls.absolute(content, head.url)
            if url:
                return Statement(f"rules: {selector}", url)
    return None


def _shown_picture(
    head: Head,
    medium: Medium,
) -> str | None:
    """Return the address of an `img` element; None for logos and what shows no picture.

    One in a link shows what the link is about, but where it leads to the picture itself.
    """
    node = medium.node
    names = node.attributes.get("class") or ""
    if node.tag != "img" or _LOGO.search(names) or pictures.is_advert(node):
        return None
    if pictures.leads_elsewhere(node, head.url):
        return None
    url = pictures.source(node, head.url)
    return None if not url or _is_logo(head, url) else url


def _is_in_story(box: Box | None, *, is_lead: bool) -> bool:
    """Tell whether a box is in an element in which stories stand, and in no other one's there.

    Between headline and text (`is_lead`) it is the story's in any element.
    """
    while box is not None and box.name not in ("article", "main", "figure"):
        flags = box.flags
        if not box.sign:  # without text, it was not asked what it is called
            flags = class_names.read_hints(box.name, box.node.attributes)[0]
        if flags & _OTHERS:
            return False
        box = box.parent
    return is_lead or box is not None


def _is_logo(
    head: Head,
    url: str,
) -> bool:
    """Tell whether a picture is the site's logo, or has the path of a logo, icon or placeholder."""
    if url in head.json_ld.logos:
        return True
    address, _, _ = url.partition("?")
    path = address[max(address.find("/", 8), 0) :]
    # All pictures of many systems are in a folder of the default site, or size.
    return _LOGO.search(path.replace("/default/", "/")) is not None


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
    tag = head.language.strip().lower()
    stated = tag.replace("_", "-").partition("-")[0]
    if not _LANGUAGE.fullmatch(stated):
        stated = ""
    script = _script_direction(text)
    candidates = {"stated": stated, "site": (usual or "").lower()}
    for source, language in candidates.items():
        if language and script in (None, arabic.direction(language)):
            return Statement(source, language)
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
    if direction != "ltr":
        return direction
    if not _RTL.search(beginning):
        return direction
    rtl = _RTL.findall(beginning)
    latin = _LATIN.findall(beginning)
    if len(rtl) <= len(latin) / 2:
        return direction
    return arabic.first_strong(_LATIN.sub("", beginning))


# ---- category and tags


def choose_category(
    head: Head,
    title: str,
    lines: HeadlineLines,
) -> Statement | None:
    """Return the story's own section on its site; None where nothing says it."""
    story = title_key(title)
    no_category = _NO_CATEGORY.union(head.names, (story,))
    for trail in head.json_ld.crumbs:
        if name := _deepest_crumb(trail, story, no_category):
            return Statement("JSON-LD breadcrumb", name)
    for stated in head.sections:
        first = _LIST.split(stated.text, maxsplit=1)[0]
        if name := _deepest_crumb([first], story, no_category):
            return Statement(stated.source, name)
    before = [line for line in lines.around if line.place < 0]
    for shown in _visible_trails(head, before, no_category):
        if name := _deepest_crumb(shown, story, no_category):
            return Statement("breadcrumb", name)
    return None


def _deepest_crumb(
    trail: Iterable[str],
    story: str,
    no_category: frozenset[str],
) -> str | None:
    """Return the last crumb that is a category: not home, nor the story itself in other words."""
    found = None
    title_words = story.split()
    for crumb in map(one_line, trail):
        key = title_key(crumb)
        words = key.split()
        if len(crumb) > _LONGEST_TAG or key in no_category:
            continue
        in_title = sum(word in title_words for word in words)
        is_headline = len(words) >= 4 and in_title >= len(words) / 2
        if not is_headline:
            found = crumb
    return found


def _visible_trails(
    head: Head,
    before: list[Line],
    no_category: frozenset[str],
) -> Iterator[Iterable[str]]:
    """Give the breadcrumb trails that the page shows, the likeliest first."""
    if before:
        trail = _trail_from_home(before)
        if trail is None:
            trail = _trail_of_link_above(head, before, no_category)
        yield trail
    bars = head.tree.tags("nav") if head.page.asides else []
    for bar in bars:
        get = bar.attributes.get
        names = f"{get('class')} {get('id')} {get('aria-label')}"
        if "crumb" in names.lower():
            links = bar.css("a")
            yield [link.text(separator=" ") for link in links]
            return


def _trail_from_home(before: list[Line]) -> list[str] | None:
    """Return the crumbs behind home in the lines before the headline; None where no line is one."""
    below: list[str] = []
    for line in reversed(before):
        parts = _CRUMBS.split(line.text) if _CRUMB_SIGN.search(line.text) else [line.text]
        crumbs = list(filter(None, parts))
        if crumbs and len(crumbs[0]) <= _LONGEST_TAG and title_key(crumbs[0]) in _HOME:
            return crumbs[1:] or below
        below.insert(0, line.text)
    return None


def _trail_of_link_above(
    head: Head,
    before: list[Line],
    no_category: frozenset[str],
) -> list[str]:
    """Return the crumbs of the nearest line above that links to a folder of the page's URL."""
    for line in reversed(before[-5:]):
        if len(line.text) > _LONGEST_TAG or title_key(line.text) in no_category:
            continue
        paths = filter(None, map(url_path, line.links))
        folders = [path + "/" for path in paths]
        if head.path.startswith(tuple(folders)):
            return _CRUMBS.split(line.text)
    return []


def choose_tags(
    head: Head,
    title: str,
) -> tuple[str, ...]:
    """Return the story's tags, of the first source that has any, at most twenty.

    The site's own names are no tags; nor is the title, cut into words.
    """
    words = set(title_key(title).split())
    for texts in _tag_sources(head):
        tags: dict[str, str] = {}
        lists = map(_LIST.split, map(one_line, texts))
        for part in chain.from_iterable(lists):
            tag = part.strip("# ")
            key = title_key(tag)
            is_name = not key or key in head.names
            if 1 < len(tag) <= _LONGEST_TAG and not is_name:
                tags.setdefault(key, tag)
        is_cut_title = len(tags) > 3 and words.issuperset(tags)
        if tags and not is_cut_title:
            chosen = list(tags.values())
            return tuple(chosen[:_MOST_TAGS])
    return ()


def _tag_sources(head: Head) -> Iterator[Iterable[str]]:
    yield head.meta.get("article:tag", ())
    if head.json_ld.story:
        yield head.json_ld.keywords
    yield head.meta.get("news_keywords", ())
    links = head.tree.css("a[rel~=tag]")
    yield [link.text() for link in links[:_MOST_TAG_LINKS]]
    yield head.meta.get("keywords", ())
