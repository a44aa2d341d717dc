"""What a page is looked through for before and while it is read: no HTML, too deep, too many
elements or attributes.

The time of an HTML parser (https://html.spec.whatwg.org/multipage/parsing.html) grows with the
square of the depth, since many a tag makes it look through all open elements; it opens `<b>` and
its like again in each element after the one that they were left open in, so that a few kilobytes
become millions of elements; and it copies a text for each piece of it that stands behind something
that is no element. `parsable` follows the elements of a suspicious page as the parser would, and
says where it has to stop. `Limits` are the site's.
"""

from __future__ import annotations

import gc
import re
from contextlib import contextmanager
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from feedmaker.model import LIMITS
from feedmaker.text import charset

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from selectolax.lexbor import LexborHTMLParser

    from feedmaker.model import Limits

_MADE = 2.5  # elements that the parser may make for each tag, opening formatting elements again: 160 bytes each
_TOO_MANY = "the page has too many elements to be read (max_tags: {:,})"
_TOO_DEEP = "the page nests its elements too deeply to be read (max_depth: {:,})"
_STRETCH = 10_000  # bytes; where as many have no tag in them, that is mostly a script, a style or a picture
_MOST_COPIED = 120_000_000  # bytes, which may not be given back before the page is
_SMALL = 20_000  # bytes: a shorter page cannot cost much
_LONG = (
    12_000  # bytes of all `html` and `body` tags together, of whose attributes not all are counted
)
_TOO_BROKEN = "the page breaks its text into too many pieces to be read"
_TOO_CROWDED = "the page has too many attributes to be read (max_attributes: {:,})"
_ATTRIBUTE = rb"""[\s/]*+(?:[^\s/>=]++|=)(?>\s*+=\s*+(?:"[^"]*+"|'[^']*+'|[^\s>]*+))?+"""
_ONE_ATTRIBUTE = re.compile(_ATTRIBUTE)
_REST = re.compile(rb"(?:%b)*+" % _ATTRIBUTE)


def encoded(html: str | bytes) -> bytes:
    """A page in UTF-8."""
    return html.encode("utf-8", "replace") if isinstance(html, str) else html


@contextmanager
def uncollected() -> Iterator[None]:
    """Keep the garbage collector from looking through the thousands of objects of a page, none of
    which is in a cycle.

    It takes a sixth of the time otherwise.
    """
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()


def unfit(page: bytes, limits: Limits = LIMITS) -> str:
    """Why a page is not to be parsed, as a phrase; empty where it is."""
    if b"<" not in page or charset.is_binary(page):
        return "the page holds no HTML"
    return parsable(page, limits)[1]


def tree(html: str | bytes, limits: Limits = LIMITS) -> LexborHTMLParser:
    """A page, in text or in UTF-8, parsed as far as it may be: all of it, unless it is hostile."""
    from selectolax.lexbor import LexborHTMLParser

    page = encoded(html)
    return LexborHTMLParser(uncrowded(page[: parsable(page, limits)[0]], limits))


@cache
def _crowd(attributes: int) -> re.Pattern[bytes]:
    """An element with more attributes than these."""
    return re.compile(rb"<[A-Za-z][^\s/>]*+(?:%b){%d}" % (_ATTRIBUTE, attributes))


def uncrowded(page: bytes, limits: Limits = LIMITS) -> bytes:
    """The page without an element's attributes beyond the limit.

    The parser looks through the attributes of an element at each new one, so that fifty thousand
    would take it ten seconds. Such an element is longer than two stretches, so that one of them has
    no `<`: that is quickly seen.
    """
    at = 0
    while 0 <= at < len(page) - _STRETCH:
        if page.find(b"<", at, at + _STRETCH) >= 0:
            at += _STRETCH
            continue
        start = max(0, page.rfind(b"<", 0, at))
        if found := _crowd(limits.attributes).match(page, start):
            rest = _REST.match(page, found.end())
            page = page[: found.end()] + page[rest.end() if rest else found.end() :]
        at = page.find(b"<", start + 1)
    return page


def parsable(page: bytes, limits: Limits = LIMITS) -> tuple[int, str]:
    """How many bytes of a page may be parsed, and why no more, as a phrase; all and "" of any page
    that is not hostile.

    A page of few tags cannot cost much, so most are not looked through.
    """
    tags = page.count(b"<")
    end = len(page)
    most_made, most_steps = _MADE * limits.tags, limits.tags * limits.depth
    if tags > limits.tags:
        end -= len(page.split(b"<", limits.tags)[-1]) + 1
    if tags * tags > 2 * most_steps or _is_suspicious(page, tags, most_made):
        now, at = _Open(), 0
        while tag := _TAG.search(page, at, end):
            at = now.take(tag)
            if now.made > most_made:
                return tag.start(), _TOO_MANY.format(limits.tags)
            if now.steps > most_steps:
                return tag.start(), _TOO_DEEP.format(limits.depth)
            if now.texts.copied > _MOST_COPIED:
                return tag.start(), _TOO_BROKEN
            if now.rooted > limits.attributes:
                return tag.start(), _TOO_CROWDED.format(limits.attributes)
    return end, _TOO_MANY.format(limits.tags) if tags > limits.tags else ""


def _is_suspicious(page: bytes, tags: int, most_made: float) -> bool:
    """Whether a page of so many tags has to be followed, since it may make too much of a parser."""
    parted = (
        tags * len(page) > 2 * _MOST_COPIED
    )  # half of that is copied where the text grows evenly
    if tags * tags <= most_made and not parted and len(page) < _SMALL:
        return False
    found = (_SIGNS if parted else _FEW_SIGNS).findall(page)
    formats = [tag for tag in found if _FORMATTING.match(tag)]
    if sum(len(tag) for tag in found if tag[1:5].lower() in (b"html", b"body")) > _LONG:
        return True
    whole = b"".join(found).lower()
    apart = tags if b"<frameset" in whole else len(found) - len(formats)
    if b"<table" not in whole:  # comments part a text only in one, and after the page's end
        apart -= whole.count(b"<!-") + whole.count(b"<?")
    if apart * len(page) > 2 * _MOST_COPIED:
        return True
    each = 2 + min(
        len(formats), _ALIKE * len(set(formats))
    )  # itself, and a link, which lies in no other
    if each * tags <= most_made:
        return False
    # What is opened again was ended together with another element, and each of those began with a
    # tag of its own.
    begun = tags - page.count(b"</") - len(_EMPTY.findall(page))
    return each * begun + tags > most_made


def _named(names: Iterable[bytes], end: bytes) -> dict[bytes, bytes]:
    """A pattern of tags with these names by the first letter of each, in both cases, which are
    quicker than a flag.
    """
    rest: dict[bytes, list[bytes]] = {}
    for name in names:
        first, *others = (b"[%c%c]" % (letter, letter - 32) for letter in name)
        rest.setdefault(first, []).append(b"".join(others))
    return {
        first: b"(?:" + b"|".join(sorted(others, reverse=True)) + b")" + end
        for first, others in rest.items()
    }


# In a page's head, or nowhere: what stands before them and after is one text.
_APART = frozenset(
    b"html head body frame frameset form base basefont bgsound link meta noframes script style title template".split()
)
_ROWS = frozenset(b"col colgroup tbody tfoot thead tr".split())
_CELLS = frozenset(b"caption td th".split())
_FORMATS = frozenset(b"a b big code em font i nobr s small strike strong tt u".split())
_LASTING = _named(sorted(_FORMATS - {b"a"}), rb"(?:[\s/][^>]*+)?>")
_PARTING = _named(
    sorted((_APART | _ROWS | _CELLS | {b"table", b"input"}) - {b"html", b"body"}), rb"[\s/>]"
)
_ROOT = _named((b"html", b"body"), rb"(?=[\s/>])(?:%b)*+" % _ATTRIBUTE)


def _any_of(
    *named: dict[bytes, bytes], other: bytes = b"", never: bytes = b""
) -> re.Pattern[bytes]:
    """A pattern of tags of these names, or of something else; what `never` is one is passed over at
    a glance.
    """
    letters = dict.fromkeys(first for names in named for first in names)
    of = (
        first + b"(?:" + b"|".join(names[first] for names in named if first in names) + b")"
        for first in letters
    )
    return re.compile(b"<" + never + b"(?:" + other + b"|".join(of) + b")", re.DOTALL)


_FORMATTING = _any_of(_LASTING)
_FEW_SIGNS = _any_of(_LASTING, _ROOT)
# With what may part a text that goes on behind it, see `_Texts`: a tag by name, an end tag with
# attributes or of the page, and what is no tag. Two thirds of all tags begin as none of these does,
# or are end tags as they should be.
assert not {b"a", b"d", b"p"} & {*_LASTING, *_ROOT, *_PARTING}
_SIGNS = _any_of(
    _LASTING,
    _ROOT,
    _PARTING,
    other=rb"/(?:[A-Za-z0-9]++(?:[^>]|(?<=/[hH][tT][mM][lL])>)|[^A-Za-z])|[!?].{0,2}|",
    never=rb"(?!/[a-gi-z][a-z0-9]*+>|[adp])",
)
_EMPTY = re.compile(rb"<(?:!--|(?:br|hr|img|meta)[\s/>])", re.IGNORECASE)
_CDATA_END = re.compile(rb"\]\]>")
_ALIKE = 3  # of a formatting tag are opened again at most
_TAG = re.compile(
    rb"<!--(?:-?>|.*?(?:--!?>|\Z))|<!\[CDATA\[|<(?:[!?]|/(?![a-z]))[^>]*"
    rb"|<(/?)([a-z][^\s/>]*+)(?:%b)*+([\s/]*+)(?:>|\Z)" % _ATTRIBUTE,
    re.IGNORECASE | re.DOTALL,
)
# Elements that are not followed: they have no content, or lie directly in others that are.
_PASSED = frozenset(
    b"area base basefont bgsound br col embed frame hr img input link meta param source track wbr"
    b" html head body caption tr td th thead tbody tfoot colgroup option".split()
)
_ENDED = frozenset((b"p", b"li", b"dd", b"dt"))  # by the next of their kind
# Those whose content is text.
_TEXTS = {
    name: re.compile(b"</" + name, re.IGNORECASE)
    for name in b"script style textarea title xmp iframe noembed noframes".split()
}
# Those that only another element around may end, or a table and its like around.
_SPECIAL = frozenset(
    b"address applet article aside blockquote button center details dialog dir div dl fieldset figcaption"
    b" figure footer form frameset h1 h2 h3 h4 h5 h6 header hgroup iframe listing main marquee menu nav noscript object"
    b" ol pre search section select summary table template ul foreignobject desc title annotation-xml mi mo mn ms"
    b" mtext".split()
)
_BARS = _SPECIAL | _ENDED
# SVG and MathML, where HTML goes on within them, and what ends them.
_FOREIGN = frozenset((b"svg", b"math"))
_AT_HOME = frozenset(b"foreignobject desc title annotation-xml mi mo mn ms mtext".split())
_SCOPES = _AT_HOME | frozenset(b"applet marquee object table template".split())
# What each end tag does not end anything outside of; any other `_BARS`.
_BARRED: dict[bytes, frozenset[bytes]] = {
    **dict.fromkeys((b"li", b"dd", b"dt"), _BARS - {b"p"}),
    **dict.fromkeys(_FORMATS, frozenset()),
    **dict.fromkeys(_SPECIAL - _AT_HOME, _SCOPES),
}
_BREAKS_OUT = frozenset(
    b"b big blockquote body br center code dd div dl dt em embed h1 h2 h3 h4 h5 h6 head hr i img li listing menu meta"
    b" nobr ol p pre ruby s small span strong strike sub sup table tt u ul var".split()
)


class _Element(NamedTuple):
    name: bytes
    format: bytes  # its whole tag, if it is one that is opened again
    foreign: bool  # its content is SVG or MathML


class _Open:
    """The open elements of a page, as the parser has them after each tag, or rather some more."""

    def __init__(self) -> None:
        self.elements: list[_Element] = []
        self.lost: dict[
            _Element, int
        ] = {}  # formatting elements that are to be opened again, and how many of each
        self.at = 0  # bytes
        self.made = 0  # elements
        self.steps = 0
        self.texts = _Texts()
        self.rooted = (
            0  # attributes of `html` and `body`, of which all tags add to the same element
        )

    def take(self, tag: re.Match[bytes]) -> int:
        """Go on by one tag; where the next may be."""
        name = (tag[2] or b"").lower()
        self.steps += len(self.elements)
        since = self.at
        if name in (b"html", b"body") and not tag[1]:
            self.rooted += len(_ONE_ATTRIBUTE.findall(tag[0], len(name) + 1))
        inline = (
            name
            and not tag[1]
            and name not in _SPECIAL
            and name not in _ENDED
            and name not in _PASSED
        )
        if self.lost and (inline or tag.start() > self.at):
            self._again()
        self.at = tag.end()
        if not name:
            if tag[0] == b"<![CDATA[" and self._foreign():
                self.at = _after(_CDATA_END, tag)
        elif tag[1]:
            self._close(name)
        else:
            self._begin(name, tag)
        self.texts.take(tag, name, since)
        return self.at

    def _begin(self, name: bytes, tag: re.Match[bytes]) -> None:
        while name in _BREAKS_OUT and self._foreign():
            self._pop()
        foreign = self._foreign()
        if not foreign and self.texts.tables:
            self._clear(name, self.texts.tables[-1])
        if not foreign and (name == b"a" or name in _ENDED):
            self._close(name)
        if (
            name == b"a"
        ):  # links do not lie in each other, but what the last one left open is around this one
            self._again()
        if not foreign and name in _TEXTS:
            self.at = _after(_TEXTS[name], tag)
        elif not (tag[3].endswith(b"/") if foreign else name in _PASSED):
            within = name in _FOREIGN or (foreign and name not in _AT_HOME)
            self._push(_Element(name, tag[0] if name in _FORMATS else b"", within))

    def _clear(self, name: bytes, table: _OpenTable) -> None:
        """End what is open in a table at its next part, or at a table outside of its cells, which
        ends it as well.

        What a cell has open is not opened again. End tags end only what they find, so they are left
        out here.
        """
        another = name == b"table" and not table.cell
        if table.template or not (another or name in _ROWS or name in _CELLS):
            return
        for back, element in enumerate(reversed(self.elements)):
            self.steps += 4
            if element.name == b"table":
                for _ in range(back):
                    if table.cell:
                        self.elements.pop()
                    else:
                        self._pop()
                if another:
                    self.elements.pop()
                return

    def _again(self) -> None:
        """Open the formatting elements again that something around them ended."""
        for element, count in self.lost.items():
            for _ in range(count):
                self._push(element)
        self.lost.clear()

    def _foreign(self) -> bool:
        return bool(self.elements) and self.elements[-1].foreign

    def _push(self, element: _Element) -> None:
        self.elements.append(element)
        self.made += 1

    def _pop(self) -> None:
        element = self.elements.pop()
        if element.format:
            self.lost[element] = min(_ALIKE, self.lost.get(element, 0) + 1)

    def _close(self, name: bytes) -> None:
        """End the innermost element of a name, if there is one, and with it what is open in it."""
        while name in (b"p", b"br") and self._foreign():
            self._pop()
        barred = _BARRED.get(name, _BARS)
        for back, element in enumerate(reversed(self.elements)):
            self.steps += 4
            within = element.name == name and element.format and back
            within = within and any(one.name in _BARS for one in self.elements[-back:])
            if within or element.name == name == b"form":  # what is open in it stays open
                del self.elements[-1 - back]
                return
            if element.name == name:
                for _ in range(back):
                    self._pop()
                self.elements.pop()
                return
            if element.name in barred:
                return


class _OpenTable:
    """A table that is open, or a template; `cell`: what comes next is in a cell, or may stand there
    as it is.
    """

    def __init__(self, before: int, *, template: bool = False) -> None:
        self.before = before  # bytes of the text that stands before the table, to which goes all that no cell holds
        self.template = template
        self.cell = template


class _Texts:
    """What a parser copies of the texts of a page, in bytes.

    It appends to the text before, in whose place there is no room any more once it has made
    something else. Most tags begin a new text, but not those that end nothing, or are put
    elsewhere, or are none at all; and all that stands in a table between its cells is put before it
    (HTML Standard, "foster parent"). Twenty thousand of them within half a megabyte take a
    gigabyte. In doubt a text counts as going on.
    """

    def __init__(self) -> None:
        self.copied = 0
        self.joined = 0  # bytes of the text that goes on
        self.moved = False  # something was made since it was appended to
        self.tables: list[_OpenTable] = []

    def take(self, tag: re.Match[bytes], name: bytes, since: int) -> None:
        """Go on by one tag with the text before it, which begins at `since`."""
        table = self.tables[-1] if self.tables else None
        length = tag.start() - since
        if (
            length > 0
            and table is not None
            and not table.cell
            and tag.string[since : tag.start()].strip()
        ):
            table.before += length
            self.copied += table.before
        elif length > 0:
            self.joined += length
            self.copied += self.joined * self.moved
            self.moved = False
        if not name:
            self.moved = True
        elif (
            name == b"frameset" and not tag[1]
        ):  # from here on all tags may be none, those of scripts too
            self.copied += tag.string.count(b"<", tag.end()) * (len(tag.string) - tag.end())
        elif tag[1]:
            self._end(name, table)
            self.moved = self.moved or tag.end(2) < tag.start(3)
        else:
            self._begin(name, table)

    def _end(self, name: bytes, table: _OpenTable | None) -> None:
        if name == b"template":
            while self.tables and not self.tables.pop().template:
                pass
        elif table is not None and name == b"table" and not table.template:
            self.tables.pop()
            self.joined = 0
        elif table is not None and not table.template and (name in _CELLS or name in _ROWS):
            table.cell = False

    def _begin(self, name: bytes, table: _OpenTable | None) -> None:
        if name in _APART or (
            (table is None or table.template) and (name in _CELLS or name in _ROWS)
        ):
            self.moved = True
            if name == b"template":
                self.tables.append(_OpenTable(0, template=True))
            return
        if name == b"table":
            if table is not None and not table.cell:
                self.tables.pop()
            self.tables.append(_OpenTable(self.joined))
        elif table is not None and (name in _CELLS or name in _ROWS):
            table.cell = name in _CELLS
        elif table is not None and not table.cell:  # put before the table, in which spaces go on
            self.moved = True
            return
        self.joined, self.moved = 0, False


def _after(end: re.Pattern[bytes], tag: re.Match[bytes]) -> int:
    """Where a text ends that begins with a tag."""
    found = end.search(tag.string, tag.end())
    return found.start() if found else len(tag.string)
