"""Selectors of elements by what a person named them: none by position, or by what a script made up.

matching_nodes(tree, selectors) --> the elements that they match
selectors_of(link) --> "div.card > h3", "#latest h3", ... of it and the boxes around it
word_selectors(element) --> of it alone, by names that are words; own_word_selectors by its own
"""

from __future__ import annotations

import re
from contextlib import suppress
from itertools import islice
from typing import TYPE_CHECKING, Final

from selectolax.lexbor import SelectolaxError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from selectolax.lexbor import LexborHTMLParser, LexborNode


_HIGH: Final = 7  # elements above a link that its card may be
_WIDE: Final = 6  # elements above those that may be named to tell its list from others
_NAME: Final = re.compile(r"[A-Za-z_][A-Za-z0-9_-]*")
# Names that change from story to story, or by script.
_PASSING: Final = re.compile(
    r"[-_]\d{4,}|^(?:active|current|selected|first|last|odd|even|open|show|lazy\w*|loaded|new"
    r"|hidden|swiper-slide-\w+|slick-\w+|post-[^\W\d]*\d\w*|category-.+|tag-.+|wow|animated|clearfix"
    r"|rtl|ltr)$"
)
_LONGEST_NAME: Final = 60  # characters
_MOST_NAMES: Final = 20  # classes of an element that are looked at
_MOST_WORDS: Final = 4  # of those, by which it is named
_PARTS: Final = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])")
_VOWEL: Final = re.compile("[aeiouy]")
_CONSONANTS: Final = re.compile(r"[bcdfghjklmnpqrstvwxz]{5}")
_SHORT_PART: Final = 2  # letters
# What elements are by themselves (HTML Standard), and attributes that say what they are for.
_TELLING_TAGS: Final = frozenset(
    {"h1", "time", "address", "article", "main", "aside", "figure", "figcaption", "blockquote"}
)
_TELLING: Final = (
    "itemprop",
    "property",
    "rel",
    "role",
    "data-component",
    "data-type",
    "data-role",
)
_NAMED: Final = re.compile(r"[.#]([A-Za-z0-9_-]+)")


def matching_nodes(tree: LexborHTMLParser, selectors: Iterable[str]) -> list[LexborNode]:
    """Return the elements that selectors match.

    One that is no selector matches nothing: the check of the configuration reports it.
    """
    found: list[LexborNode] = []
    for selector in selectors:
        with suppress(SelectolaxError, ValueError):
            found += tree.css(selector)
    return found


def boxes_around(node: LexborNode | None) -> Iterator[LexborNode]:
    """Yield an element, or that of a text, and those around it, within the body."""
    if node is not None and node.is_text_node:
        node = node.parent
    while node is not None and node.tag not in ("body", "html", "-undef"):
        yield node
        node = node.parent


def element_selector(node: LexborNode) -> str:
    """An element by its own id or lasting classes, as a selector; '' of one that has none."""
    name = node.attributes.get("id") or ""
    if _NAME.fullmatch(name) and not _PASSING.search(name):
        return f"#{name}"
    classes = _lasting_classes(node)
    if not classes:
        return ""
    joined = ".".join(classes[:2])
    return f"{node.tag}.{joined}"


def selectors_of(node: LexborNode) -> Iterator[str]:
    """The selectors that a link, or a box around it, can be named by; those of itself first."""
    for box in islice(boxes_around(node), _HIGH):
        own = _own_names(box)
        yield from own
        yield from _selectors_from_above(box, own, element_selector)


def word_selectors(node: LexborNode) -> list[str]:
    """The selectors of an element whose names are words, the nearest first."""
    own = own_word_selectors(node)
    return list(dict.fromkeys([*own, *_selectors_from_above(node, own, _first_word)]))


def own_word_selectors(node: LexborNode) -> list[str]:
    """An element by its id, the attributes that say what it is for, its classes, and its tag."""
    attributes = node.attributes
    given = [(f"[{name}={{}}]", attributes.get(name) or "") for name in _TELLING]
    named = [("#{}", attributes.get("id") or ""), *given]
    own = [form.format(value) for form, value in named if _is_word(value)]
    classes = (attributes.get("class") or "").split()[:_MOST_NAMES]
    words = list(filter(_is_word, classes))[:_MOST_WORDS]
    own += [f"{node.tag}.{name}" for name in words]
    if len(words) > 1:
        joined = ".".join(words[:2])
        own.append(f"{node.tag}.{joined}")
    return [*own, node.tag] if node.tag in _TELLING_TAGS else own


def is_of_words(selector: str) -> bool:
    """Whether all ids and classes in a selector are words."""
    return all(map(_is_word, _NAMED.findall(selector)))


def _is_word(name: str) -> bool:
    """Whether a name is made of words, or of what is short for them: no number, no hash.

    Of a hash little can be said: most have a digit, a long part without a vowel, or letters large
    and small in no order.
    """
    bare = name.replace("-", "").replace("_", "")
    if not (bare.isascii() and bare.isalpha()) or len(name) > _LONGEST_NAME:
        return False
    return not _PASSING.search(name) and _reads_as_words(_PARTS.findall(name))


def _reads_as_words(parts: list[str]) -> bool:
    """Whether the parts of a name, as hyphens and capitals divide it, can be said aloud."""
    words = [part.lower() for part in parts if len(part) > _SHORT_PART or len(parts) == 1]
    shouted = [part for part in parts if len(part) > 1 and part.isupper()]
    if shouted or 2 * len(words) < len(parts) or any(map(_CONSONANTS.search, words)):
        return False
    return any(map(_VOWEL.search, words))


def _own_names(node: LexborNode) -> list[str]:
    """An element by each of its lasting classes, and by two of them."""
    classes = _lasting_classes(node)
    own = [f"{node.tag}.{name}" for name in classes[:3]]
    if len(classes) > 1:
        joined = ".".join(classes[:2])
        own.append(f"{node.tag}.{joined}")
    return own


def _first_word(node: LexborNode) -> str:
    return next(iter(own_word_selectors(node)), "")


def _lasting_classes(node: LexborNode) -> list[str]:
    """The classes of an element that do not change from story to story, or by script."""
    classes = node.attributes.get("class") or ""
    names = filter(_NAME.fullmatch, classes.split())
    return [name for name in names if not _PASSING.search(name)]


def _selectors_from_above(
    box: LexborNode, own: list[str], name_of: Callable[[LexborNode], str]
) -> Iterator[str]:
    """The selectors of a box that name elements around it as well.

    `own` are the selectors that name the box by itself, `name_of` names one around it.
    """
    path = own[0] if own else box.tag or ""
    named = False
    for around in islice(boxes_around(box.parent), _WIDE):
        name = name_of(around)
        if name:
            if not named:
                yield f"{name} > {path}"
                path = path.rpartition(" > ")[2]
            yield f"{name} {path}"
            named = True
        elif not named:
            path = f"{around.tag} > {path}"
    if not (own or named) and " > " in path:
        yield path
