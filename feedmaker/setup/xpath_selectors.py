"""XPath 1.0 as CSS selectors, where both name exactly the same elements of an HTML page.

Understood are steps down, to what follows, and from an element up or to what stands before it, and
predicates on attributes, classes, positions and children. What asks for a text, computes a string
or goes another way has no selector that is exact.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import product
from typing import TYPE_CHECKING, Final

from feedmaker.text.sayings import Saying

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_LONGEST: Final = 2_000  # characters of an expression
_DEEPEST: Final = 12  # predicates within each other
_MOST: Final = 24  # selectors that one makes
_TOKEN: Final = re.compile(
    r"\s*(?:(?P<text>'[^']*'|\"[^\"]*\")|(?P<number>\d{1,6}(?![\w.]))"
    r"|(?P<name>[A-Za-z_][\w-]*(?:::)?)|(?P<sign>//|\.\.|!=|[./@|()\[\]=,*+<>:]))"
)
_ONE_WORD: Final = re.compile(r'" ([^\s"\\]+) "')
_BLANK: Final = re.compile(r"\s|^\"\"$")
_ELEMENT: Final = re.compile(r"[A-Za-z][\w-]*")
_TAG: Final = re.compile(r"\*|[a-z][\w-]*")
_AXES: Final = {
    "child::": " > ",
    "descendant::": " ",
    "following-sibling::": " ~ ",
    "parent::": "parent",
    "preceding-sibling::": "preceding",
    "ancestor::": "ancestor",
    "self::": "self",
}
# What an element has within it or behind it that leads to it.
_BACK: Final = {"parent": "> ", "preceding": "~ ", "ancestor": ""}
_FIRST: Final = re.compile(r"\((.*)\)\s*\[1\]|(?:normalize-space|string)\((.*)\)", re.DOTALL)


class NotExactError(ValueError):
    """An expression without selectors that name exactly the same."""


@dataclass(frozen=True, slots=True)
class Selected:
    """The selectors of an expression, and the attribute that it takes of the elements, or ""."""

    selectors: tuple[str, ...]
    attribute: str = ""


@dataclass(frozen=True, slots=True)
class _Step:
    """One step of a path: the axis that leads to it, and the elements by themselves, each a way."""

    axis: str  # " " for a descendant, " > " for a child, " ~ ", a word for another way
    ways: tuple[str, ...]


def translate(expression: str, *, first: bool = False) -> Selected:
    """Return the selectors of an XPath expression. Raises NotExactError.

    With `first` the first element that they name counts, with its text without blanks around it:
    then `(...)[1]` and `normalize-space(...)` say the same as what is in them.
    """
    if len(expression) > _LONGEST:
        raise NotExactError(Saying("too long"))
    within = _FIRST.fullmatch(expression.strip()) if first else None
    if within is not None:
        return _first_of(within[1] or within[2] or "")
    return _read_expression(expression)


def _read_expression(expression: str) -> Selected:
    """The selectors of all paths of an expression."""
    reader = _Reader(list(_tokens(expression)))
    selectors: list[str] = []
    attributes: set[str] = set()
    while True:
        found = reader.path()
        selectors += found.selectors
        attributes.add(found.attribute)
        if not reader.take("|"):
            break
    if not reader.at_end or len(attributes) > 1 or len(selectors) > _MOST:
        raise NotExactError(Saying("at {text}", text=reader.rest))
    return Selected(tuple(dict.fromkeys(selectors)), attributes.pop())


def _first_of(expression: str) -> Selected:
    """The selectors of an expression whose first element is meant: one, in the page's order."""
    found = translate(expression)
    if len(found.selectors) != 1:
        raise NotExactError(Saying("a position among other elements"))
    return found


def _tokens(expression: str) -> Iterator[str]:
    place, text = 0, expression.rstrip()
    while place < len(text):
        found = _TOKEN.match(text, place)
        if found is None:
            raise NotExactError(Saying("at {text}", text=text[place:][:20]))
        place = found.end()
        yield found[0].strip()


class _Reader:
    """Reads an expression token by token."""

    def __init__(self, tokens: list[str]) -> None:
        self._tokens = tokens
        self._at = 0
        self._depth = 0

    @property
    def at_end(self) -> bool:
        return self._at >= len(self._tokens)

    @property
    def rest(self) -> str:
        """What is not read yet, to be shown."""
        return " ".join(self._tokens[self._at :][:4]) or "its end"

    def _next(self, ahead: int = 0) -> str:
        place = self._at + ahead
        return self._tokens[place] if place < len(self._tokens) else ""

    def take(self, *tokens: str) -> bool:
        """Read these tokens if they come next."""
        if any(self._next(number) != token for number, token in enumerate(tokens)):
            return False
        self._at += len(tokens)
        return True

    def _need(self, *tokens: str) -> None:
        if not self.take(*tokens):
            raise NotExactError(Saying("at {text}", text=self.rest))

    def _read(self) -> str:
        token = self._next()
        self._at += 1
        return token

    # ---- paths

    def path(self) -> Selected:
        """Read a path from the root of the page."""
        self.take(".")
        steps: list[_Step] = []
        while self._next() in ("/", "//"):
            axis = " " if self._read() == "//" else " > "
            if self.take("@"):
                if axis == " ":
                    raise NotExactError(Saying("attributes of any element"))
                return Selected(_joined(steps), self._name())
            steps.append(self._step(axis if steps or axis == " " else "root"))
        return Selected(_joined(steps))

    def _relative(self) -> tuple[str, ...]:
        """Read a path from the element of a predicate: the argument of `:has()`."""
        axis = " > "
        if self.take("."):
            self._need("//")
            axis = " "
        steps = [self._step(axis)]
        while self._next() in ("/", "//"):
            axis = " " if self._read() == "//" else " > "
            if self.take("@"):
                steps.append(self._with_attribute(steps.pop(), axis))
                break
            steps.append(self._step(axis))
        return _relative_selectors(steps)

    def _with_attribute(self, step: _Step, axis: str) -> _Step:
        """A step whose elements have an attribute that is read."""
        if axis == " ":
            raise NotExactError(Saying("attributes of any element"))
        attribute = f"[{self._name()}]"
        return _Step(step.axis, tuple(f"{way}{attribute}" for way in step.ways))

    def _step(self, axis: str) -> _Step:
        if self.take(".."):
            return _Step("parent", ("*",))
        way = self._read() if self._next() in _AXES else ""
        axis = _axis_of(way, axis)
        is_counted = way in ("", "child::")
        name = self._read()
        if name != "*" and not _ELEMENT.fullmatch(name):
            raise NotExactError(Saying("at {text}", text=name))
        ways: tuple[str, ...] = (name.lower(),)
        while self.take("["):
            if axis == " ~ " and ways == ("*",) and self.take("1", "]"):
                axis = " + "
                continue
            ways = self._predicate(ways, name, may_count=is_counted)
            self._need("]")
        return _Step(axis, ways)

    def _predicate(self, ways: tuple[str, ...], name: str, *, may_count: bool) -> tuple[str, ...]:
        position = self._position()
        if not position:
            tests = self._any_of()
            return _limited(f"{way}{test}" for way in ways for test in tests)
        if not may_count or ways != (name.lower(),):  # lexbor counts `:nth-child(n of ...)` wrongly
            raise NotExactError(Saying("a position among other elements"))
        of = "child" if name == "*" else "of-type"
        what = f":last-{of}" if position == "last" else f":nth-{of}{position}"
        return tuple(f"{way}{what}" for way in ways)

    def _position(self) -> str:
        """Read a position: "(3)", "last" or ""."""
        if self._next().isdigit():
            return f"({self._read()})"
        return "last" if self.take("last", "(", ")") else ""

    # ---- predicates

    def _any_of(self) -> tuple[str, ...]:
        tests = list(self._all_of())
        while self.take("or"):
            tests += self._all_of()
        return _limited(tests)

    def _all_of(self) -> tuple[str, ...]:
        tests = self._test()
        while self.take("and"):
            others = self._test()
            tests = _limited(f"{one}{other}" for one in tests for other in others)
        return tests

    def _test(self) -> tuple[str, ...]:
        self._depth += 1
        if self._depth > _DEEPEST:
            raise NotExactError(Saying("predicates too deep in each other"))
        tests = self._one_test()
        self._depth -= 1
        return tests

    def _one_test(self) -> tuple[str, ...]:
        if self.take("("):
            tests = self._any_of()
            self._need(")")
            return tests
        if self.take("not", "("):
            tests = self._any_of()
            self._need(")")
            return (f":not({', '.join(tests)})",)
        for function, sign in (("contains", "*="), ("starts-with", "^=")):
            if self.take(function, "("):
                return self._compared(sign)
        if self.take("@"):
            name = self._name()
            return (f"[{name}={self._text()}]",) if self.take("=") else (f"[{name}]",)
        found = self._relative()
        return (f":has({', '.join(found)})",)

    def _compared(self, sign: str) -> tuple[str, ...]:
        """Read the arguments of `contains` or `starts-with`: an attribute, or a class as a word."""
        if self.take("concat", "("):
            return self._compared_words(sign)
        self._need("@")
        name = self._name()
        self._need(",")
        value = self._text()
        if value == '""':
            raise NotExactError(Saying("an empty text"))
        self._need(")")
        return (f"[{name}{sign}{value}]",)

    def _compared_words(self, sign: str) -> tuple[str, ...]:
        """Read the arguments behind `concat(`, which puts blanks around an attribute."""
        is_word = sign == "*=" and self._is_blank()
        self._need(",")
        is_normal = self.take("normalize-space", "(")
        self._need("@")
        name = self._name()
        if is_normal:
            self._need(")")
        self._need(",")
        is_word = self._is_blank() and is_word
        self._need(")", ",")
        value = self._text()
        self._need(")")
        word = _ONE_WORD.fullmatch(value)
        if not is_word or (word is None and _BLANK.search(value)):
            raise NotExactError(Saying("a part of several classes"))
        return (f"[{name}{sign}{value}]" if word is None else f'[{name}~="{word[1]}"]',)

    def _is_blank(self) -> bool:
        return self._text() == '" "'

    def _name(self) -> str:
        name = self._read()
        if not re.fullmatch(r"[A-Za-z_][\w-]*", name):
            raise NotExactError(Saying("at {text}", text=name))
        return name.lower()

    def _text(self) -> str:
        token = self._read()
        if token[:1] not in ("'", '"') or "\\" in token:
            raise NotExactError(Saying("at {text}", text=token))
        return _string(token[1:-1])


def _relative_selectors(steps: list[_Step]) -> tuple[str, ...]:
    """The steps of a predicate's path as arguments of `:has()`."""
    if any(step.axis in _BACK or step.axis == "self" for step in steps):
        raise NotExactError(Saying("a way up within a predicate"))
    axes = [step.axis for step in steps]
    pairs = [zip(axes, ways, strict=True) for ways in _products(steps)]
    return tuple("".join(map("".join, pair)).strip() for pair in pairs)


def _string(text: str) -> str:
    """A text as a CSS string."""
    return '"' + text.replace('"', '\\"') + '"'


def _limited(tests: Iterable[str]) -> tuple[str, ...]:
    found = tuple(dict.fromkeys(tests))
    if len(found) > _MOST:
        raise NotExactError(Saying("too many ways"))
    return found


def _axis_of(way: str, axis: str) -> str:
    """The axis of a step that names a way, or "" for none, behind one or two slashes."""
    if way and axis == " " and _AXES[way] not in (" ", " > "):
        raise NotExactError(Saying("a way up from a longer path"))
    return _AXES[way] if way and _AXES[way] != " > " else axis


def _merged(before: str, way: str) -> str:
    """The selector of elements that go both ways: of the same tag, or of any."""
    tags = [_TAG.match(one) for one in (before, way)]
    if None in tags:
        raise NotExactError(Saying("a way up from a longer path"))
    first, second = (tag[0] for tag in tags if tag)
    if "*" not in (first, second) and first != second:
        raise NotExactError(Saying("a way up from a longer path"))
    tag = second if first == "*" else first
    return f"{tag}{before[len(first) :]}{way[len(second) :]}"


def _products(steps: list[_Step]) -> list[tuple[str, ...]]:
    """The ways through all steps."""
    count = 1
    for step in steps:
        count *= len(step.ways)
    if count > _MOST:
        raise NotExactError(Saying("too many ways"))
    return list(product(*(step.ways for step in steps)))


def _joined(steps: list[_Step]) -> tuple[str, ...]:
    """The selectors of the steps of a path; a step to a parent is a box that has what led there."""
    if not steps:
        raise NotExactError(Saying("no path"))
    return tuple(_joined_way(steps, ways) for ways in _products(steps))


def _joined_way(steps: list[_Step], ways: tuple[str, ...]) -> str:
    """The selector of one way through the steps of a path."""
    selector = ""
    for number, (step, way) in enumerate(zip(steps, ways, strict=True)):
        if step.axis == "root":
            if way != "html":
                raise NotExactError(Saying("a path from another root"))
            selector = way
        elif step.axis in _BACK or step.axis == "self":
            if number != 1 or steps[0].axis != " ":
                raise NotExactError(Saying("a way up from a longer path"))
            selector = _way_back(step.axis, selector, way)
        else:
            selector = f"{selector}{step.axis}{way}" if selector else way
    return selector


def _way_back(axis: str, selector: str, way: str) -> str:
    """The selector of what an element leads back to, or of the element itself."""
    if axis != "self":
        return f"{way}:has({_BACK[axis]}{selector})"
    if " " in selector:
        raise NotExactError(Saying("a way up from a longer path"))
    return _merged(selector, way)
