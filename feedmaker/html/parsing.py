"""Parse a page, as far as a parser can without using too much time or memory.

The time of an HTML parser (https://html.spec.whatwg.org/multipage/parsing.html) grows with the tags
times the elements that are open, since many a tag makes it look through all of them. It opens `<b>`
and its like again in each element after the one that they were left open in, compares all
attributes of an element, and copies a text for each piece that goes on behind a tag that makes no
element: a few kilobytes can cost minutes or gigabytes. A suspicious page is therefore followed
tag by tag, as a parser would, to where it costs too much.
"""

from __future__ import annotations

import re
from functools import cache
from itertools import filterfalse, pairwise
from typing import TYPE_CHECKING, Final, NamedTuple

from selectolax.lexbor import LexborHTMLParser

from feedmaker.model import LIMITS, Code, Reason
from feedmaker.text import charset

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from feedmaker.model import Limits


_MADE_PER_TAG: Final = 2.5  # elements that a parser may make on average
_ELEMENT: Final = 80  # bytes of attributes that take as much as one: they are written out, too
# The parser looks through the options of a list at each further one: 6,000 that are all selected
# take it .4 s.
_OPTIONS_LIKE_ONE: Final = 100  # what so many take is told as one element more
_MOST_COPIED: Final = 120_000_000  # bytes of text: they may not be freed before the page is
_SAME_FORMATS: Final = 3  # equal formatting elements that a parser opens again ("Noah's Ark")
_LOOKS: Final = 4  # at what is left of a page while it is followed, after each further part of it
# NULs, which have no meaning: each takes the parser twenty bytes, five million 100 MB.
_MOST_NULS: Final = 10_000
_STRETCH: Final = 3_000  # bytes: so many without a tag are mostly a script, a style or a picture
_PLAIN_LINK: Final = 2_200  # bytes; `_PLAIN_END` matches no more
# How often a page may be gone through for its longest tags: a real one is not even once.
_MOST_FOLLOWED: Final = 8
# Of all `html` and `body` tags, whose attributes need no count then.
_MOST_ROOTS: Final = 8
_MOST_ROOT_BYTES: Final = 12_000
_SMALL: Final = 20_000  # bytes: a shorter page cannot cost much

_FROM_NAME: Final = rb"""(?:[^\s/>=]++|=)(?>\s*+=\s*+(?:"[^"]*+"|'[^']*+'|[^\s>]*+))?+"""
_ATTRIBUTE: Final = rb"[\s/]*+" + _FROM_NAME
_ONE_ATTRIBUTE: Final = re.compile(_FROM_NAME)
_ROOT: Final = re.compile(rb"<(?i:html|body)(?=[\s/])(?:%b)*+" % _ATTRIBUTE)
_TAG: Final = re.compile(
    rb"<!--(?:-?>|.*?(?:--!?>|\Z))|<!\[CDATA\[|<(?:[!?]|/(?![a-z]))[^>]*"
    rb"|<(?P<end>/?)(?P<name>[a-z][^\s/>]*+)(?:%b)*+(?P<close>[\s/]*+)(?:>|\Z)"
    rb"(?:(?=(?P<leaf>[^<]*+</(?P=name)>))|)" % _ATTRIBUTE,
    re.IGNORECASE | re.DOTALL,
)
_TAG_BEGINS: Final = re.compile(rb"<[A-Za-z/]")
_NO_BREAKS: Final = bytes(set(range(256)).difference(b" \t\n\v\f\r/\"'"))
_CDATA_END: Final = re.compile(rb"\]\]>")
_NEAR: Final = 8  # innermost open elements that are looked through one by one

_FORMATS: Final = frozenset(b"a b big code em font i nobr s small strike strong tt u".split())
# What is read of a tag (a sign) begins with its name and ends at a `>`. It may be but the beginning
# of one, of which a value has that `>`: no quote follows the one before that value.
_BEGUN_SIGN: Final = re.compile(rb"""=\s*+(?:"[^"]*+|'[^']*+)\Z""")
_LINK_TAG: Final = re.compile(rb"<[aA](?=[\s/])(?:%b)*+" % _ATTRIBUTE)
_LINK_SIGN: Final = re.compile(rb"[aA]")  # no other sign begins with these
_ROOT_SIGN: Final = re.compile(rb"(?i:html|body)[\s/>]")
_FRAMESET_SIGN: Final = re.compile(rb"(?i:frameset)[\s/>]")
_TABLE: Final = re.compile(rb"<(?i:table)")
# Elements without content, and those that lie directly in others that are counted.
_EMPTY_BLOCKS: Final = frozenset(
    b"base basefont bgsound col frame hr link meta param source track html head body tr"
    b" tbody thead tfoot colgroup".split()
)
_EMPTY: Final = _EMPTY_BLOCKS | frozenset(b"area br embed image img input option wbr".split())
_ENDED_BY_NEXT: Final = frozenset((b"p", b"li", b"dd", b"dt"))
_ROWS: Final = frozenset(b"col colgroup tbody tfoot thead tr".split())
_CELLS: Final = frozenset(b"caption td th".split())
_TABLE_PARTS: Final = _ROWS | _CELLS
# Start tags after which a text may go on as if they were not there: they are ignored in some
# places, or their element is put elsewhere.
_APART: Final = frozenset(
    b"html head body frame frameset form base basefont bgsound link meta noframes script"
    b" style title template input".split()
)


def _any_of(names: Iterable[bytes]) -> bytes:
    """Return an expression for some names in either case.

    In one that ignores case all branches are tried at each tag: here those of small letters are
    passed over by the first.
    """
    rest: dict[bytes, list[bytes]] = {}
    for name in sorted(names):
        rest.setdefault(name[:1], []).append(name[1:])
    small = [b"%b(?i:%b)" % (first, b"|".join(ends)) for first, ends in rest.items()]
    return rb"(?:%b|(?=[A-Z])(?i:%b))(?=[\s/>])" % (b"|".join(small), b"|".join(sorted(names)))


# The rest of a link's start tag, if it is whole, as four of five are: what stands in quotes may
# have a `>` in it. It is bounded: whether a longer one is whole is looked at by itself.
_PLAIN_END: Final = (
    rb"""(?:\s{1,40}+[A-Za-z0-9_:-]{1,30}+"""
    rb"""(?:=(?:"[^"]{0,200}+"|'[^']{0,200}+'|[^\s"'>]{1,200}+))?+){0,8}+[\s/]{0,9}+>"""
)
# Formatting that may be left open any number of times: a link ends the one before it.
_FORMAT_NAMES: Final = b"|".join(sorted(_FORMATS - {b"a"}))
_FORMAT_SIGN: Final = re.compile(rb"(?i:%b)[\s/>]" % _FORMAT_NAMES)
# The same tags on a page, without those of elements with but a short text, which are not left open.
_OPEN_FORMAT: Final = re.compile(
    rb"<(?=[bcefinstuBCEFINSTU])(?!((?i:%b))%b[^<]{0,400}+</\1>)(?i:%b)(?=[\s/>])[^>]*+>"
    % (_FORMAT_NAMES, _PLAIN_END, _FORMAT_NAMES)
)
_NAMED: Final = (_FORMATS - {b"a"}) | {b"html", b"body"}
# Formatting, links that are not plain, and roots, on a page that is too short for its texts to be
# parted at much cost. What most other tags begin with is passed over first.
_FEW_SIGNS: Final = re.compile(
    rb"<(?=[abcefhinstuABCEFHINSTU])(?!a(?:[^\s/]|%b)|h[1-6]|im|s[cepv])"
    rb"((?:%b|[aA](?=[\s/]))[^>]*+>?)" % (_PLAIN_END, _any_of(_NAMED))
)
# The same signs, and an empty one for each other tag that may part a text: all but those of the
# most frequent names behind which none goes on as if they were not there.
_SIGNS: Final = re.compile(
    rb"<(?!/(?:div|a|p|li|span|ul|h[1-6]|(?!(?i:html|body)>)[A-Za-z][A-Za-z0-9]*+)>"
    rb"|a(?:[^\s/]|%b)|[dgjkopqrv-z]|li[ >]|s(?:p|ec|o|v)|br|bu|fig|foot|h[1-6r]|img|la|main|nav|ul"
    rb"|[^A-Za-z!?/])((?:%b|[aA](?=[\s/]))[^>]*+>?|)"
    % (_PLAIN_END, _any_of(_NAMED | {b"frameset"}))
)
# The tags behind which a text may go on. Tried with 45 names of HTML, in fourteen places, the
# parser copies it behind these only.
_PARTING: Final = re.compile(
    rb"<(?:[!?]|/(?!(?!(?i:html|body)>)[A-Za-z][^\s/>]*+>)|%b)"
    % _any_of(_APART | _TABLE_PARTS | {b"image"})
)
_RAW_TEXT: Final = {
    name: re.compile(b"</" + name, re.IGNORECASE)
    for name in b"script style textarea title xmp iframe noembed noframes".split()
}
# SVG and MathML: within these elements HTML goes on.
_FOREIGN: Final = frozenset((b"svg", b"math"))
_HTML_AGAIN: Final = frozenset(b"foreignobject desc title annotation-xml mi mo mn ms mtext".split())
_ENDS_FOREIGN: Final = frozenset(
    b"b big blockquote body br center code dd div dl dt em embed h1 h2 h3 h4 h5 h6 head hr"
    b" i img li listing menu meta nobr ol p pre ruby s small span strong strike sub sup"
    b" table tt u ul var".split()
)
# Elements that an end tag of another name does not end, and those that fewer end tags pass.
_SPECIAL: Final = _HTML_AGAIN | frozenset(
    b"address applet article aside blockquote button caption center details dialog dir div"
    b" dl fieldset figcaption figure footer form frameset h1 h2 h3 h4 h5 h6 header hgroup"
    b" iframe listing main marquee menu nav noscript object ol pre search section select"
    b" summary table td template th ul".split()
)
_BARS: Final = _SPECIAL | _ENDED_BY_NEXT
_SCOPES: Final = _HTML_AGAIN | frozenset(
    b"applet caption marquee object table td template th".split()
)
_BARS_OF: Final[dict[bytes, frozenset[bytes]]] = {
    **dict.fromkeys((b"li", b"dd", b"dt"), _BARS - {b"p"}),
    **dict.fromkeys(_FORMATS | (_SPECIAL - _HTML_AGAIN), _SCOPES),
    **dict.fromkeys(_CELLS, frozenset((b"table", b"template"))),
    b"table": frozenset((b"template",)),
}
# Start tags whose element may not be one of a mere text.
_NO_LEAVES: Final = (
    _APART | _TABLE_PARTS | _EMPTY | _FOREIGN | frozenset(_RAW_TEXT) | {b"select", b"table"}
)
# Start tags before which lost formatting is not opened again.
_NOT_INLINE: Final = _BARS | _EMPTY_BLOCKS


# HTML Standard, "The template element": with this attribute it is what a browser shows.
_SHADOW_ROOT: Final = b"shadowrootmode"
_TEMPLATE: Final = re.compile(
    rb"<(?P<end>/?)template(?=[\s/>])(?P<attributes>[^<>]*+)>", re.IGNORECASE
)


class Markup(NamedTuple):
    """What of a page may be parsed, in UTF-8, and why it is not all of it."""

    content: bytes
    problem: Reason | None


def parse(html: str | bytes, limits: Limits = LIMITS) -> LexborHTMLParser:
    """Parse a page, in text or in UTF-8: all of it, or of a hostile one as much as is safe."""
    return LexborHTMLParser(with_shadow_roots(within_limits(html, limits).content))


def with_shadow_roots(page: bytes) -> bytes:
    """Return a page with boxes in place of the templates that a browser shows (shadow roots)."""
    if _SHADOW_ROOT not in page:
        return page
    opened: list[bool] = []

    def as_box(tag: re.Match[bytes]) -> bytes:
        is_shown = _SHADOW_ROOT in tag["attributes"].lower()
        if not tag["end"]:
            opened.append(is_shown)
        elif opened:
            is_shown = opened.pop()
        return b"<%bdiv>" % tag["end"] if is_shown else tag[0]

    return _TEMPLATE.sub(as_box, page)


def within_limits(html: str | bytes, limits: Limits = LIMITS) -> Markup:
    """Return what of a page, in text or in UTF-8, may be parsed."""
    page = html.encode("utf-8", "replace") if isinstance(html, str) else html
    if b"<" not in page:
        return Markup(page, Reason(Code.NO_HTML))
    problem = Reason(Code.NO_HTML) if charset.is_binary(page) else None
    if b"\0" in page and page.count(b"\0") > _MOST_NULS:
        page = page.replace(b"\0", b"")
    # Bytes are replaced at four times the speed at which they are counted.
    tags = len(page) - len(page.replace(b"<", b""))
    if len(page) < _SMALL and tags * tags <= _MADE_PER_TAG * limits.tags:
        return Markup(page, problem)
    parts = _parts_with_tags(page)
    end, reached = _reach(page, tags, parts, limits)
    content, crowd = _uncrowded(page[:end], parts, limits.attributes)
    return Markup(content, problem or reached or crowd)


def _reach(
    page: bytes, tags: int, parts: list[_TaggedPart], limits: Limits
) -> tuple[int, Reason | None]:
    """Return how many bytes of a page may be parsed, and why no more."""
    end: int = len(page)
    problem: Reason | None = None
    if tags > limits.tags:
        end -= len(page.split(b"<", limits.tags)[-1]) + 1
        problem = Reason.of(Code.TOO_MANY_TAGS, most=limits.tags)
    if not _is_suspicious(page, tags, parts, _NOTHING_OPEN, limits):
        return end, problem
    followed = _OpenElements()
    last = _last_root(page, end, limits.attributes)
    if last < end:
        end = last
        problem = Reason.of(Code.TOO_MANY_ATTRIBUTES, most=limits.attributes)
    most_made, most_steps = _MADE_PER_TAG * limits.tags, limits.tags * limits.depth
    at = 0
    stretch = look = end // _LOOKS
    while tag := _TAG.search(page, at, end):
        at = followed.take(tag, at)
        if followed.made > most_made:
            return tag.start(), Reason.of(Code.TOO_MANY_TAGS, most=limits.tags)
        if followed.steps > most_steps:
            return tag.start(), Reason.of(Code.TOO_DEEP, most=limits.depth)
        if followed.copied > _MOST_COPIED:
            return tag.start(), Reason(Code.TOO_MANY_PARTS)
        if at > look:
            rest = page[at:end]
            whole = [_TaggedPart(0, len(rest))]
            if not _is_suspicious(rest, rest.count(b"<"), whole, followed, limits):
                break
            look += stretch
    return end, problem


def _last_root(page: bytes, end: int, most: int) -> int:
    """Return where the `html` or `body` tag begins with which they have more attributes than these.

    The parser adds them all to one element. Without such a tag it is the end.
    """
    count = 0
    for root in _ROOT.finditer(page, 0, end):
        count += len(_ONE_ATTRIBUTE.findall(root[0], 5))
        if count > most:
            return root.start()
    return end


def _is_suspicious(
    page: bytes,
    tags: int,
    parts: list[_TaggedPart],
    before: _OpenElements,
    limits: Limits,
) -> bool:
    """Whether a page, or the rest of one, may make too much work for a parser.

    It has to be followed, then. `before` is what was followed of it: what that left open counts as
    if it stood in the rest. Of 1,556 real pages 19 are.
    """
    many = tags + len(before.elements) + sum(before.lost.values())
    length = len(page) + before.text + before.text_outside
    if many * many > 2 * (limits.tags * limits.depth - before.steps):
        return True
    most_parted = 2 * (_MOST_COPIED - before.copied)  # half of the text is copied each time
    may_part = many * length > most_parted
    pattern = _SIGNS if may_part else _FEW_SIGNS
    signs: list[bytes] = []
    for part in parts:
        signs += pattern.findall(page, part.start, part.end)
    named = list(filter(None, signs))
    if len(parts) > 1 and b"".join(named).count(b">") < len(named):  # one goes on behind its part
        return _is_suspicious(page, tags, [_TaggedPart(0, len(page))], before, limits)
    links = list(filter(_LINK_SIGN.match, named))
    others = list(filterfalse(_LINK_SIGN.match, named))
    roots = list(filter(_ROOT_SIGN.match, others))
    hidden = list(filter(_BEGUN_SIGN.search, roots))
    if len(hidden) > _MOST_ROOTS or sum(map(len, roots)) > _MOST_ROOT_BYTES:
        return True
    if _opens_much_again(page, links, others, many, before, limits):
        return True
    if not may_part or any(map(_FRAMESET_SIGN.match, others)):
        return may_part
    return len(signs) * length > most_parted and _parts_text(page, parts, before)


def _opens_much_again(
    page: bytes,
    links: list[bytes],
    others: list[bytes],
    tags: int,
    before: _OpenElements,
    limits: Limits,
) -> bool:
    """Whether formatting that a page leaves open, or of which it cannot be said, makes too much.

    It is told by the signs of `links` that are not plain, and of `others`.
    """
    most = _MADE_PER_TAG * limits.tags - before.made
    open_before = (*before.elements, *before.lost)
    left = _SAME_FORMATS * [one.formatting[1:] for one in open_before if one.formatting]
    formats = list(filter(_FORMAT_SIGN.match, others)) + left
    if any(map(_BEGUN_SIGN.search, set(formats))):
        return True
    # Of 600 real pages the longest link has 430 bytes on average, and 4,800 at most.
    longest = max([_PLAIN_LINK, *map(len, links)])
    # Each further look takes as long as all before it, and few pages need it.
    if any(map(_BEGUN_SIGN.search, links)) or _is_much(formats, longest, tags, most):
        longest = max(map(len, _LINK_TAG.findall(page)), default=0)
    if not _is_much(formats, longest, tags, most):
        return False
    # What is opened again was ended with another element, which began with a tag of its own.
    formats = [found[0] for found in _OPEN_FORMAT.finditer(page)] + left
    return _is_much(formats, longest, tags - page.count(b"</"), most - tags)


def _is_much(formats: list[bytes], longest_link: int, tags: int, most: float) -> bool:
    """Whether formatting that is opened again at each tag makes too many elements, or too long.

    A link ends the one before it: it is but one that is opened again, with all its attributes.
    """
    distinct = set(formats)
    each = 2 + min(len(formats), _SAME_FORMATS * len(distinct))
    copied = longest_link + _SAME_FORMATS * sum(map(len, distinct))
    return each * tags > most or copied * tags > _ELEMENT * most


def _parts_text(page: bytes, parts: list[_TaggedPart], before: _OpenElements) -> bool:
    """Whether a page may part a text so often that too much is copied.

    At a tag that is all before it, or half of the page at each on average.
    """
    places: list[int] = []
    for part in parts:
        places += [tag.start() for tag in _PARTING.finditer(page, part.start, part.end)]
    is_much = _copies_much(page, places, before)
    if is_much and not (before.places.get(b"table") or _TABLE.search(page)):
        # Comments part a text only in a table, and behind an end tag.
        places = [at for at in places if not page.startswith(b"<!--", at)]
        return _copies_much(page, places, before)
    return is_much


def _copies_much(page: bytes, places: list[int], before: _OpenElements) -> bool:
    """Whether too much is copied of a text that is parted at some places of a page."""
    copied = min(sum(places), len(places) * len(page) // 2)
    copied += len(places) * (before.text + before.text_outside)
    return copied > _MOST_COPIED - before.copied


@cache
def _long_tag(attributes: int) -> re.Pattern[bytes]:
    """Return a pattern for a tag: what is `read` of it, so many attributes, and the rest."""
    parts = rb"</?[A-Za-z][^\s/>]*+(?P<read>(?:%b){0,%d}+)(?P<rest>(?:%b)*+)"
    return re.compile(parts % (_ATTRIBUTE, attributes, _ATTRIBUTE))


def _uncrowded(page: bytes, parts: list[_TaggedPart], most: int) -> Markup:
    """Return the page without the attributes that an element has beyond the limit.

    The parser looks through the attributes of an element at each new one: fifty thousand take it
    six seconds. The page ends where too much of it may be a tag within another.
    """
    kept: list[bytes] = []
    done = followed = 0
    for at in sorted(_crowded_tags(page, parts, most)):
        tag = _long_tag(most).match(page, at) if at >= done else None
        if tag is None:
            continue
        followed += tag.end() - at  # what seems to be a tag in another one, or in a script, too
        if followed > _MOST_FOLLOWED * len(page):
            kept.append(page[done:at])
            return Markup(b"".join(kept), Reason.of(Code.TOO_MANY_ATTRIBUTES, most=most))
        if tag["rest"]:
            kept.append(page[done : tag.end("read")])
            done = tag.end()
    return Markup(b"".join((*kept, page[done:])) if kept else page, None)


def _crowded_tags(page: bytes, parts: list[_TaggedPart], most: int) -> Iterator[int]:
    """Give where tags may begin that have more attributes than these.

    An attribute takes two bytes at least, so that such a tag has a long stretch without a `>` or,
    where that stands in its values, one without a `<`. Those whose values have many of both go
    unseen: the page process ends them.
    """
    least = 2 * most
    for part, behind in pairwise(parts):
        last = part.end - _STRETCH
        if behind.start - last >= least and page.find(b">", last, last + least) >= 0:
            yield last
    for last, following in _bare_stretches(page, b">", least):
        if page.find(b"<", last, following - least) < 0:
            continue
        tag = _TAG_BEGINS.search(page, last, following - least)
        # Scripts seem to have tags; few have so much of what parts attributes.
        if tag and len(page[tag.start() : following].translate(None, _NO_BREAKS)) > most:
            yield tag.start()


class _TaggedPart(NamedTuple):
    """A part of a page, from the byte `start` to before the byte `end`."""

    start: int
    end: int


def _parts_with_tags(page: bytes) -> list[_TaggedPart]:
    """Return the parts of a page that have its tags, without the long stretches that have none.

    These are half of the bytes of news pages: scripts, styles and pictures. A part has the first
    bytes of the one behind it.
    """
    parts: list[_TaggedPart] = []
    begin = 0
    for last, following in _bare_stretches(page, b"<", _STRETCH):
        parts.append(_TaggedPart(begin, last + _STRETCH))
        begin = following
    return [*parts, _TaggedPart(begin, len(page))]


def _bare_stretches(page: bytes, sign: bytes, least: int) -> Iterator[tuple[int, int]]:
    """Give where a sign stands before and behind each stretch of a page that has none of it.

    It has at least so many bytes, and may begin or end with the page.
    """
    last = at = 0
    while at < len(page) - least:
        found = page.rfind(sign, at, at + least)
        if found >= 0:
            last = found
            at = found + 1
            continue
        following = page.find(sign, at + least)
        at = following if following >= 0 else len(page)
        yield last, at
        last = at


class _Element(NamedTuple):
    name: bytes
    formatting: bytes  # the whole tag of an element that is opened again, or b""
    foreign: bool  # its content is SVG or MathML


class _OpenElements:
    """The elements that a parser has open after each tag of a page, or some more than those."""

    def __init__(self) -> None:
        self.elements: list[_Element] = []
        self.places: dict[bytes, list[int]] = {}  # of the open elements, by their names
        self.lost: dict[_Element, int] = {}  # formatting to be opened again, and how often
        self.made = 0  # elements
        self.options = 0  # of the last list to choose from
        self.steps = 0  # elements that the parser looked through
        self.copied = 0  # bytes of text
        self.text = 0  # bytes of the text that goes on
        self.text_outside = 0  # bytes of the text in tables outside of cells: it goes before them
        self.changes = 0  # of the open elements: what follows is a new text

    # More than ten branches: with functions of their own for what a plain tag needs, following the
    # tags of 90 real pages took a fifth longer.
    def take(self, tag: re.Match[bytes], since: int) -> int:
        """Go on by one tag and the text before it, from `since`; return where the next may be."""
        name = (tag["name"] or b"").lower()
        is_start = bool(name and not tag["end"])
        self.steps += len(self.elements)
        start = tag.start()
        is_inline = is_start and name not in _NOT_INLINE
        if self.lost and (start > since or is_inline):  # texts and inline tags open it again
            self._reopen()
        if start > since:
            self._add_text(tag.string, since, start)
        if is_start and tag["leaf"] and self._is_leaf(name):
            self._pass_leaf()
            return tag.end("leaf")
        before = self.changes
        at = tag.end()
        if is_start:
            at = self._start(name, tag)
        elif name:
            self._end(name)
        elif tag[0] == b"<![CDATA[" and self._is_foreign():
            at = _find_end(_CDATA_END, tag)
        if self.changes != before and name not in _APART:
            self.text = 0
        return at

    def _add_text(self, page: bytes, start: int, end: int) -> None:
        """Go on by the text `page[start:end]`."""
        length = end - start
        if self._is_outside_cells() and page[start:end].strip():
            self.text_outside += length
            self.copied += self.text_outside
            return
        if self.text:
            self.copied += self.text + length
        self.text += length

    def _is_leaf(self, name: bytes) -> bool:
        """Whether an element of this name that has but a text in it changes nothing around it."""
        if name in _NO_LEAVES or self.lost or self._is_foreign():
            return False
        is_ended = name == b"a" or name in _ENDED_BY_NEXT
        return not (is_ended and self.places.get(name))

    def _pass_leaf(self) -> None:
        """Go on by an element that has but a text in it, and by its end tag.

        The parser looks for one of its name that is open, and through all that are at its end.
        """
        self.made += 1
        self.steps += 5 * (len(self.elements) + 1)
        self.text = 0

    def _is_outside_cells(self) -> bool:
        return bool(self.elements) and self.elements[-1].name == b"table"

    def _is_foreign(self) -> bool:
        return bool(self.elements) and self.elements[-1].foreign

    def _start(self, name: bytes, tag: re.Match[bytes]) -> int:
        """Go on by a start tag; return where the next tag may be."""
        is_foreign = self._is_foreign()
        while is_foreign and name in _ENDS_FOREIGN:
            self._end_from(len(self.elements) - 1)
            is_foreign = self._is_foreign()
        if is_foreign:
            if not tag["close"].endswith(b"/"):
                self._push(_Element(name, b"", foreign=name not in _HTML_AGAIN))
        elif name in _RAW_TEXT:
            self.changes += 1
            return _find_end(_RAW_TEXT[name], tag)
        elif name in _TABLE_PARTS:
            self._start_cell(name)
        elif name in _EMPTY:
            self._pass_empty(name)
        elif name not in _FOREIGN or not tag["close"].endswith(b"/"):
            self._start_element(name, tag)
        return tag.end()

    def _pass_empty(self, name: bytes) -> None:
        """Go on by an element that nothing lies in."""
        self.changes += not self._is_outside_cells()
        if name == b"option" and self.places.get(b"select"):
            self.options += 1
            self.made += self.options // _OPTIONS_LIKE_ONE

    def _start_cell(self, name: bytes) -> None:
        """Open a cell, or begin another row; it ends all that is open in the table."""
        table = self._find(b"table", _BARS_OF[b"table"])
        if table < 0:
            return
        self._end_from(table + 1)
        self.changes += 1
        if name in _CELLS:
            self._push(_Element(name, b"", foreign=False))

    def _start_element(self, name: bytes, tag: re.Match[bytes]) -> None:
        if name == b"frameset":  # no tag after it may count, not even those in scripts
            self.copied += tag.string.count(b"<", tag.end()) * (len(tag.string) - tag.end())
        elif name == b"table":
            outer = self._find(name, _SCOPES - {name})
            if outer >= 0:  # outside of its cells
                self._end_from(outer)
            self.text_outside += self.text
        elif name == b"a" or name in _ENDED_BY_NEXT:
            self._end(name)
        elif name == b"select":
            self.options = 0
        if name == b"a":  # links lie in no other, but what the last one left open is around this
            self._reopen()
        self._push(_Element(name, tag[0] if name in _FORMATS else b"", name in _FOREIGN))

    def _end(self, name: bytes) -> None:
        """End the innermost element of a name, if there is one, and with it what is open in it."""
        while name in (b"p", b"br") and self._is_foreign():
            self._end_from(len(self.elements) - 1)
        at = self._find(name, _BARS_OF.get(name, _BARS))
        if at < 0:
            return
        if at + 1 < len(self.elements) and not self._stays_open(name, at + 1):
            self._end_from(at + 1)
        for element in self._close_from(at)[1:]:
            self._open(element)
        self.changes += 1

    def _stays_open(self, name: bytes, at: int) -> bool:
        """Whether what is open from `at` on, in an element of this name, outlives its end tag."""
        if not self.elements[at - 1].formatting:
            return name == b"form"
        self._count_again(name)
        return self._bars_from(at) > 0

    def _count_again(self, name: bytes) -> None:
        """Count what an end tag makes again of formatting that is not the innermost element.

        One is made in each block around, if not at once. Of equal ones the parser knows but three,
        so that it may be any that is open, also the outermost and the longest.
        """
        places = self.places[name]
        longest = max((self.elements[at] for at in places), key=_tag_length)
        self._count(longest, self._bars_from(places[0] + 1))

    def _bars_from(self, at: int) -> int:
        return sum(element.name in _BARS for element in self.elements[at:])

    def _find(self, name: bytes, bars: frozenset[bytes]) -> int:
        """Return where the innermost element of a name is that no bar hides, or -1.

        The parser looks through all that are open in it. Here only the innermost are looked
        through, which is enough for most pages and the quickest; then the places by name tell.
        """
        elements = self.elements
        start = max(len(elements) - _NEAR, 0)
        for at in range(len(elements) - 1, start - 1, -1):
            own = elements[at].name
            if own == name or own in bars:
                self.steps += 4 * (len(elements) - at)
                return at if own == name else -1
        if start:
            return self._find_far(name, bars)
        self.steps += 4 * len(elements)
        return -1

    def _find_far(self, name: bytes, bars: frozenset[bytes]) -> int:
        """Do the same by the places of all names."""
        places = self.places
        found = places[name][-1] if places.get(name) else -1
        bar = -1
        if found < len(self.elements) - 1:
            bar = max((places[one][-1] for one in bars if places.get(one)), default=-1)
        self.steps += 4 * (len(self.elements) - max(found, bar, 0))
        return found if found >= bar else -1

    def _push(self, element: _Element) -> None:
        self._open(element)
        self._count(element)
        self.changes += 1

    def _count(self, element: _Element, times: int = 1) -> None:
        """Count an element that is made, by its size: only attributes of formatting are copied."""
        self.made += times * (1 + len(element.formatting) // _ELEMENT)

    def _open(self, element: _Element) -> None:
        self.places.setdefault(element.name, []).append(len(self.elements))
        self.elements.append(element)

    def _close_from(self, at: int) -> list[_Element]:
        """Take the elements from one on away; return them."""
        closed = self.elements[at:]
        for element in closed:
            self.places[element.name].pop()
        del self.elements[at:]
        return closed

    def _reopen(self) -> None:
        """Open the formatting elements again that something around them ended."""
        for element, count in self.lost.items():
            for _ in range(count):
                self._push(element)
        self.lost.clear()

    def _end_from(self, at: int) -> None:
        """End the elements from one on; formatting is lost, unless it stood in an ended cell."""
        for element in self._close_from(at):
            if element.name in _CELLS:
                break
            if element.formatting:
                count = self.lost.get(element, 0) + 1
                self.lost[element] = min(_SAME_FORMATS, count)
            self.changes += 1


def _tag_length(element: _Element) -> int:
    return len(element.formatting)


_NOTHING_OPEN: Final = _OpenElements()  # before the first tag


def _find_end(end: re.Pattern[bytes], tag: re.Match[bytes]) -> int:
    """Return where a text ends that begins with a tag."""
    found = end.search(tag.string, tag.end())
    return found.start() if found else len(tag.string)
