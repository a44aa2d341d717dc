"""A story over several pages: the addresses of its next page, and of one page with all of it.

A further page has the address of the first with a number: behind the path (`/story/2`, WordPress's
`<!--nextpage-->`), in its last name (`story_2.html`), or in the query (`?page=2`). So "next
article" links, further pages of listings and pages of comments are none, whatever they are called.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final
from urllib.parse import parse_qsl, unquote, urlsplit

from feedmaker.html import class_names
from feedmaker.text import urls
from feedmaker.text.arabic import digits, fold

if TYPE_CHECKING:
    from collections.abc import Iterator
    from urllib.parse import SplitResult

    from selectolax.lexbor import LexborHTMLParser, LexborNode

# Parameters that number the pages of a story; those of comments have names of their own.
_PARAMETER_NAMES: Final = """
    page p pg pn pageno page_no pagenum page_num pagenumber page_number paged pagina seite sayfa
    strana part currentpage current_page story_page slide"""
_PARAMETERS: Final = frozenset(_PARAMETER_NAMES.split())
_PAGE_WORDS: Final = "page|pages|pg|p|part|seite|pagina|sayfa|صفحة|الصفحة"
# What stands between the path of the first page and the number of a further one. A hyphen alone is
# in the slugs of other stories, too.
_BEHIND: Final = re.compile(rf"(?:(/|[/_.,-](?:{_PAGE_WORDS})[/_.,=-]?)|([_.,-]))([1-9]\d{{0,2}})")
_FIRST: Final = re.compile(rf"[/_.,-](?:{_PAGE_WORDS})[/_.,=-]?1$")
_ENDING: Final = re.compile(r"\.[a-z]{3,5}$", re.IGNORECASE)
_SHOWN_NUMBER: Final = re.compile(r"(?:\D{0,12}\s)?(\d{1,3})")
_NEXT_PAGE: Final = frozenset(
    map(
        fold,
        (
            "next",
            "next page",
            "continue",
            "continued",
            "continue reading",
            "page suivante",
            "suivant",
            "suite",
            "nächste seite",
            "weiter",
            "página siguiente",
            "siguiente",
            "sonraki sayfa",
            "التالي",
            "التالية",
            "الصفحة التالية",
            "صفحة التالية",
            "تابع القراءة",
            "متابعة القراءة",
            "تتمة",
            "صفحه بعد",
            "صفحه بعدی",
            "بعدی",
            "اگلا صفحہ",
            "העמוד הבא",
            "לעמוד הבא",
        ),
    )
)
_ALL: Final = frozenset(
    ["all", "full", "single", "whole", "complete", "singlepage", "single-page", "onepage"]
)
_ON: Final = frozenset(("1", "true", "yes", "on"))
_ALL_NAMES: Final = """
    all full single whole singlepage single_page onepage fullpage showall show_all viewall
    view_all"""
_ALL_PARAMETERS: Final = frozenset(_ALL_NAMES.split())
# Furniture that numbers its own pages under the address of the story.
_OTHERS: Final = class_names.COMMENT | class_names.RELATED
_BOXES_ABOVE: Final = 8  # elements around a link that may say so
_MOST_LINKS: Final = 40  # of a page that are looked at
_MOST_LABEL: Final = 40  # characters
# How addresses with the number end: to look at those of all links would cost twice as much.
_ENDS: Final = (
    "a[href$='{number}'], a[href$='{number}/'], a[href*='{number}.htm'], a[href*='={number}&']"
)
_FROM_ZERO: Final = ", a[href$='=1']"
_WHOLE: Final = "a[href*='all' i], a[href*='full' i], a[href*='single' i], a[href*='whole' i]"


def next_page(tree: LexborHTMLParser, url: str, first: str, *, others: int = _OTHERS) -> str:
    """Return the address of the next page of a story, or of a listing; "" where there is none.

    `url` is that of the page in `tree`, `first` that of the first page. In boxes with hints of
    `others` stand pages of other things.
    """
    number = page_number(url, first)
    # Without a number the next is 2, or 1 where pages are counted from 0.
    wanted = (number + 1,) if number else (2, 1)
    found: dict[int, str] = {}
    for node in _links(tree, wanted):
        address = urls.canonical(node.attributes.get("href") or "", url) or ""
        at = page_number(address, first)
        if at in wanted and _leads_on(node, at, address, first, others):
            found.setdefault(at, address)
    return next((found[at] for at in wanted if at in found), "")


def whole_story_page(tree: LexborHTMLParser, url: str) -> str:
    """Return the address of one page with all of a story, which a page links to; "" for none."""
    for node in tree.css(_WHOLE)[:_MOST_LINKS]:
        address = urls.canonical(node.attributes.get("href") or "", url) or ""
        if _is_whole(address, url):
            return address
    return ""


def page_number(url: str, first: str) -> int:
    """Return which page of a story a URL is, by the URL of its first page; 0 for none.

    Both are canonical.
    """
    page, start = urlsplit(url), urlsplit(first)
    if _host(page) != _host(start):
        return 0
    if page.path.rstrip("/") == start.path.rstrip("/"):
        return _queried_number(page.query, start.query)
    found = _path_number(page, start)
    return int(found[3]) if found else 0


def _host(parts: SplitResult) -> str:
    return parts.netloc.removeprefix("www.")


def _queried_number(query: str, first: str) -> int:
    """The number of the one parameter that two queries differ in; 0 where they differ otherwise."""
    given = set(parse_qsl(query))
    other = given.symmetric_difference(parse_qsl(first))
    names = {name for name, _ in other}
    number = next((value for name, value in other if (name, value) in given), "")
    if len(names) != 1 or not _PARAMETERS.issuperset(map(str.lower, names)):
        return 0
    return int(number) if number.isdecimal() and len(number) <= 3 else 0


def _path_number(page: SplitResult, first: SplitResult) -> re.Match[str] | None:
    """What a path has more than that of the first page, where it is a number of a page."""
    if page.query != first.query:
        return None
    path, start = (unquote(one.path).rstrip("/") for one in (page, first))
    start = _FIRST.sub("", start)
    stem, ending = _ENDING.sub("", start), _ENDING.search(start)
    if not stem.strip("/"):
        return None  # of a home page
    for before, after in ((start, ""), (stem, ending[0] if ending else "")):
        if path.startswith(before) and path.endswith(after):
            found = _BEHIND.fullmatch(path[len(before) : len(path) - len(after)])
            if found:
                return found
    return None


def _links(tree: LexborHTMLParser, wanted: tuple[int, ...]) -> list[LexborNode]:
    """The links of a page that may lead to one of these pages, the one in its head first."""
    selector = _ENDS.format(number=wanted[0]) + (_FROM_ZERO if len(wanted) > 1 else "")
    named = tree.head.css("link[rel~=next i][href]") if tree.head is not None else []
    return [*named, *tree.css(selector)][:_MOST_LINKS]


def _leads_on(node: LexborNode, number: int, address: str, first: str, others: int) -> bool:
    """Whether a link with the address of a further page is one of the story's own pages."""
    shown = _shown_number(node)
    if number == 1 and shown == 1:
        return False  # the page itself
    if any(_is_others(box, others) for box in _around(node)):
        return False
    found = _path_number(urlsplit(address), urlsplit(first))
    if found is None or not found[2]:
        return True
    return shown == number or fold(node.text()[:_MOST_LABEL]) in _NEXT_PAGE


def _shown_number(node: LexborNode) -> int:
    """The number that a link shows, as «الصفحة ٢» does; 0 for none."""
    found = _SHOWN_NUMBER.fullmatch(digits(node.text()[:_MOST_LABEL]).strip())
    return int(found[1]) if found else 0


def _around(node: LexborNode) -> Iterator[LexborNode]:
    above = node.parent
    for _ in range(_BOXES_ABOVE):
        if above is None or above.tag in ("body", "html"):
            return
        yield above
        above = above.parent


def _is_others(box: LexborNode, others: int) -> bool:
    hints, _ = class_names.read_hints(box.tag or "", box.attributes)
    return bool(hints & others) and not hints & class_names.BODY


def _is_whole(address: str, url: str) -> bool:
    """Whether an address is that of a page, with a word for all of it in path or query."""
    whole, page = urlsplit(address), urlsplit(url)
    if _host(whole) != _host(page):
        return False
    path, own = whole.path.rstrip("/"), page.path.rstrip("/")
    if path != own:
        return path.startswith(f"{own}/") and path[len(own) + 1 :].lower() in _ALL
    return any(
        value.lower() in _ALL or (name.lower() in _ALL_PARAMETERS and value.lower() in _ON)
        for name, value in set(parse_qsl(whole.query)).difference(parse_qsl(page.query))
    )
