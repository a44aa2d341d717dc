"""The objects in the JSON-LD of a page, by type and by id, and the values in them.

JSON-LD 1.1 (W3C Recommendation). Blocks that are no sound JSON are repaired.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from html import unescape
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Callable

Object = dict[str, Any]

_WRAPPING: Final = re.compile(
    r"^\s*(?:<!--|//\s*<!\[CDATA\[|/\*[^*]*\*/|<!\[CDATA\[)"
    r"|(?:-->|//\s*\]\]>|/\*\s*\]\]>\s*\*/|\]\]>)\s*+;?\s*+$"
)
_TRAILING_COMMA: Final = re.compile(r",(?=\s*[}\]])")
_MISSING_COMMA: Final = re.compile(r'(?<=[}\]"])([^\S\n]*+\n\s*+)(?="[^"\n]{1,60}"\s*:)')
_BAD_ESCAPE: Final = re.compile(r'\\(?!["\\/bfnrtu])')
# Half of a character: JSON has one where a text was cut within an emoji.
_SURROGATE: Final = re.compile("[\ud800-\udfff]")
_DECODER: Final = json.JSONDecoder(strict=False)
_MOST_OBJECTS: Final = 3000
_LONGEST_REPAIRED: Final = 1_000_000  # characters: a repair may take thirty bytes for each
_CONTAINERS: Final = (dict, list)
_SMALL: Final = 100  # pixels: below this a stated picture is an icon

# Objects below these keys are other stories, or not the page itself.
_OTHER_STORIES: Final = frozenset(
    (
        "about",
        "associatedmedia",
        "citation",
        "comment",
        "haspart",
        "isbasedon",
        "ispartof",
        "itemlistelement",
        "itemreviewed",
        "liveblogupdate",
        "mentions",
        "relatedlink",
        "review",
        "significantlink",
        "subjectof",
        "suggestedanswer",
        "video",
    )
)


@dataclass(slots=True)
class JsonLdObjects:
    """The objects of a page: by type (lower case) and by id, in page order.

    `main` are those that may be its story, with their types.
    """

    main: list[tuple[frozenset[str], Object]] = field(default_factory=list)
    by_kind: dict[str, list[Object]] = field(default_factory=dict)
    by_id: dict[str, Object] = field(default_factory=dict)

    def collect(self, value: Any) -> None:
        """Add every object below `value`; deep or endless structures are cut off."""
        stack: list[tuple[Any, bool]] = [(value, True)]
        seen = 0
        while stack and seen < _MOST_OBJECTS:
            node, is_main = stack.pop()
            seen += 1
            if isinstance(node, list):
                stack += [(one, is_main) for one in reversed(node) if isinstance(one, _CONTAINERS)]
            elif isinstance(node, dict):
                self._add(node, is_main=is_main)
                for key, one in reversed(node.items()):
                    if isinstance(one, _CONTAINERS):
                        is_story = is_main and key.lower() not in _OTHER_STORIES
                        stack.append((one, is_story))

    def _add(
        self,
        node: Object,
        *,
        is_main: bool,
    ) -> None:
        identity = node.get("@id")
        if isinstance(identity, str) and len(node) > 1:
            self.by_id.setdefault(identity, node)
        if "@type" not in node:
            return
        types = kinds(node)
        for name in types:
            self.by_kind.setdefault(name, []).append(node)
        if is_main:
            self.main.append((types, node))

    def of(self, *names: str) -> list[Object]:
        """Return all objects of one of these types."""
        found: list[Object] = []
        for name in names:
            found += self.by_kind.get(name, ())
        return found

    def resolve(self, value: Any) -> Any:
        """Return what a reference (an object that is only an `@id`) refers to, else the value."""
        if not isinstance(value, dict) or "name" in value:
            return value
        identity = value.get("@id")
        return self.by_id.get(identity, value) if isinstance(identity, str) else value

    def addresses(self, value: Any) -> list[str]:
        """Return the addresses of a picture: a string, an ImageObject, a reference, or a list."""
        value = self.resolve(value)
        found: list[str] = []
        if isinstance(value, str):
            found = strings(value)
        elif isinstance(value, list):
            for one in value:
                found += self.addresses(one)
        elif isinstance(value, dict):
            width = value.get("width")
            is_icon = isinstance(width, int) and width < _SMALL
            if not is_icon:
                found += strings(value.get("url"))
                found += strings(value.get("contentUrl"))
        return found


def kinds(node: Object) -> frozenset[str]:
    """Return the types of an object in lower case, without a vocabulary's prefix."""
    stated = node.get("@type")
    if isinstance(stated, str):
        return frozenset((_local_name(stated),))
    names = stated if isinstance(stated, list) else ()
    return frozenset([_local_name(name) for name in names if isinstance(name, str)])


def _local_name(name: str) -> str:
    """Return the name of a type without its vocabulary: `article` of `schema:Article`."""
    if "/" in name or ":" in name:
        name = name.replace(":", "/").rpartition("/")[-1]
    return name.lower()


def strings(value: Any) -> list[str]:
    """Return the strings of a string, a list, or an object with a name or `@value`."""
    if isinstance(value, str):
        text = unescape(value) if "&" in value else value
        text = (text if text.isascii() else _SURROGATE.sub("", text)).strip()
        return [text] if text else []
    if isinstance(value, dict):
        return strings(value.get("@value") or value.get("name"))
    found: list[str] = []
    if isinstance(value, list):
        for one in value:
            found += strings(one)
    return found


def first_string(value: Any) -> str:
    """Return the first string of a value; empty where there is none."""
    found = strings(value)
    return found[0] if found else ""


def parse_json_ld(source: str) -> Any:
    """Return the value of one block, repaired step by step; None where no repair helps.

    What follows the value is ignored.
    """
    repairs: tuple[Callable[[str], str], ...] = (
        str.strip,
        lambda s: _WRAPPING.sub("", _WRAPPING.sub("", s)).strip().rstrip(";"),
        lambda s: _TRAILING_COMMA.sub("", _BAD_ESCAPE.sub(r"\\\\", s)),
        lambda s: _MISSING_COMMA.sub(r",\1", s),
        lambda s: unescape(s) if "&quot;" in s else s,
    )
    for repair in repairs:
        source = repair(source)
        if not source:
            return None
        try:
            return _DECODER.raw_decode(source)[0]
        except ValueError:
            if len(source) > _LONGEST_REPAIRED:
                return None
        except RecursionError:
            return None
    return None
