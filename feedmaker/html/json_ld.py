"""What a page says of itself in JSON-LD (schema.org vocabulary; JSON-LD 1.1, W3C Recommendation)."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from html import unescape
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

    from selectolax.lexbor import LexborHTMLParser

Object = dict[str, Any]

_WRAPPING = re.compile(
    r"^\s*(?:<!--|//\s*<!\[CDATA\[|/\*\s*<!\[CDATA\[\s*\*/|<!\[CDATA\[)|(?:-->|//\s*\]\]>|/\*\s*\]\]>\s*\*/|\]\]>)\s*;?\s*$"
)
_TRAILING_COMMA = re.compile(r",(?=\s*[}\]])")
_MISSING_COMMA = re.compile(r'(?<=[}\]"])(\s*\n\s*)(?="[^"\n]{1,60}"\s*:)')
_HALF = re.compile(
    "[\ud800-\udfff]"
)  # of a character, as a text cut within an emoji has it in JSON
_BAD_ESCAPE = re.compile(r'\\(?!["\\/bfnrtu])')
# Objects below these keys are other stories, or not the page itself.
_ASIDE = {
    "about", "associatedmedia", "citation", "comment", "haspart", "isbasedon", "ispartof", "itemlistelement",
    "itemreviewed", "liveblogupdate", "mentions", "relatedlink", "review", "significantlink", "subjectof",
    "suggestedanswer", "video",
}  # fmt: skip
_ARTICLES = ("report", "review", "claimreview")
_DECODER = json.JSONDecoder(strict=False)
_MARKUP = re.compile(r"</?[A-Za-z][^<>]*>")
_MOST_OBJECTS = 3000
_MOST_BLOCKS = 100


@dataclass(slots=True)
class Data:
    """The objects of a page by type (lower case), in page order.

    `main` are those that may be its story, with their types; `by_id` all that have an id.
    """

    main: list[tuple[set[str], Object]] = field(default_factory=list)
    by_kind: dict[str, list[Object]] = field(default_factory=dict)
    by_id: dict[str, Object] = field(default_factory=dict)

    def of(self, *names: str) -> list[Object]:
        """All objects of one of these types."""
        return [o for name in names for o in self.by_kind.get(name, ())]

    def resolve(self, value: Any) -> Any:
        """A reference (an object that is only an `@id`) replaced by what it refers to."""
        if isinstance(value, dict) and "name" not in value and isinstance(value.get("@id"), str):
            return self.by_id.get(value["@id"], value)
        return value


def kinds(node: Object) -> set[str]:
    """The types of an object in lower case, without a vocabulary's prefix."""
    types = node.get("@type")
    if isinstance(types, str) and "/" not in types and ":" not in types:
        return {types.lower()}
    names = types if isinstance(types, list) else [types]
    return {n.rsplit("/", 1)[-1].rsplit(":", 1)[-1].lower() for n in names if isinstance(n, str)}


def is_article(types: set[str]) -> bool:
    """Whether an object of these types is an article: NewsArticle, BlogPosting, Report and their
    kin.
    """
    return any(
        (k.endswith(("article", "posting")) and k != "jobposting")
        or k in ("report", "review", "claimreview")
        for k in types
    )


def texts(value: Any) -> list[str]:
    """The strings of a value that may be a string, a list, or an object with a name or `@value`."""
    if isinstance(value, str):
        value = _HALF.sub("", unescape(value) if "&" in value else value).strip()
        return [value] if value else []
    if isinstance(value, list):
        return [t for v in value for t in texts(v)]
    if isinstance(value, dict):
        return texts(value.get("@value") or value.get("name"))
    return []


def text(value: Any) -> str:
    """The first string of a value; empty where there is none."""
    return next(iter(texts(value)), "")


def article_body(story: Object) -> str:
    """The text of a story as its data states it, without markup; empty where it states none, or not
    for all readers.
    """
    if str(story.get("isAccessibleForFree", True)).lower() in ("false", "0"):
        return ""
    stated = text(story.get("articleBody"))
    return unescape(_MARKUP.sub("\n", stated)) if "<" in stated else stated


def _loads(source: str) -> Any:
    """The value of one block; broken ones are repaired step by step, None where nothing helps."""
    source = source.strip()
    steps: tuple[Callable[[str], str], ...] = (
        lambda s: s,
        lambda s: _WRAPPING.sub("", _WRAPPING.sub("", s)).strip().rstrip(";"),
        lambda s: _TRAILING_COMMA.sub("", _BAD_ESCAPE.sub(r"\\\\", s)),
        lambda s: _MISSING_COMMA.sub(r",\1", s),
        lambda s: unescape(s) if "&quot;" in s else s,
    )
    for step in steps:
        source = step(source)
        if not source:
            return None
        try:
            return _DECODER.decode(source)
        except ValueError as error:
            if "Extra data" in str(error):
                try:
                    return _DECODER.raw_decode(source)[0]
                except ValueError:
                    continue
        except RecursionError:
            return None
    return None


def _collect(value: Any, data: Data) -> None:
    """Put every object below `value` into `data`; deep or endless structures are cut off."""
    stack: list[tuple[Any, bool]] = [(value, True)]
    seen = 0
    while stack and seen < _MOST_OBJECTS:
        node, main = stack.pop()
        seen += 1
        if isinstance(node, list):
            stack.extend(
                (child, main) for child in reversed(node) if isinstance(child, dict | list)
            )
        elif isinstance(node, dict):
            identity = node.get("@id")
            if isinstance(identity, str) and len(node) > 1:
                data.by_id.setdefault(identity, node)
            if "@type" in node:
                types = kinds(node)
                for name in types:
                    data.by_kind.setdefault(name, []).append(node)
                if main:
                    data.main.append((types, node))
            for key, child in reversed(node.items()):
                if isinstance(child, dict | list):
                    stack.append((child, main and key.lower() not in _ASIDE))


def read(tree: LexborHTMLParser) -> Data:
    """All JSON-LD of a page. Blocks that cannot be read are left out; nothing is raised."""
    data = Data()
    for script in tree.css('script[type*="ld+json" i]')[:_MOST_BLOCKS]:
        value = _loads(script.text())
        if value is not None:
            _collect(value, data)
    return data
