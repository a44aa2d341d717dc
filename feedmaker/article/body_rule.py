"""A rule for the story's body that does not match any more: what holds the same text now, as a
story known proves.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

from feedmaker.article import page_story
from feedmaker.article.body import matching_nodes
from feedmaker.html import parsing
from feedmaker.model import HealedRule
from feedmaker.model.errors import ExtractError
from feedmaker.text import arabic

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode

    from feedmaker.model import Rules

SURE = 0.92  # of the words that the known story and the one found again have in common, as F1
_BETTER = 0.03
_NAMED = "article, main, section, div, td, [itemprop=articleBody]"
_TRIED = 12


def stopped(page: bytes, rules: Rules) -> bool:
    """Whether a page, in UTF-8, has nothing that its rule for the body matches."""
    return bool(rules.body) and not matching_nodes(parsing.tree(page), rules.body)


def healed(rules: Rules, heal: HealedRule) -> Rules:
    """The rules with what was found in place of that for the body."""
    return replace(rules, body=(heal.name,) if heal.kind == "selectors" else ())


def heal(page: bytes, url: str, rules: Rules, known: str) -> HealedRule | None:
    """What to use in place of the rule for the body, by a page in UTF-8 whose story's text is
    `known`; None if unsure.

    Finding the story by itself is best; where that gives another text, the box that holds what is
    known.
    """
    wanted = Counter(arabic.fold(known).split())
    best, reached = "", _agreement(page, url, replace(rules, body=()), wanted)
    if reached < 1 - _BETTER:
        for name in _boxes(page, wanted)[:_TRIED]:
            score = _agreement(page, url, replace(rules, body=(name,)), wanted)
            if score > reached + _BETTER:
                best, reached = name, score
    if reached < SURE:
        return None
    before = ", ".join(rules.body)
    return HealedRule(
        what="body",
        before=before,
        kind="selectors" if best else "page",
        name=best,
        agreed=1,
        confidence=round(reached, 2),
    )


def _agreement(page: bytes, url: str, rules: Rules, wanted: Counter[str]) -> float:
    """How well the story that rules give agrees with the words that are wanted, as F1."""
    try:
        found = page_story(page, url, rules=rules, language=None, timezone="UTC", now=None)
    except ExtractError:
        return 0.0
    return _f1(Counter(arabic.fold(found.text).split()), wanted)


def _f1(found: Counter[str], wanted: Counter[str]) -> float:
    return 2 * (found & wanted).total() / max(1, found.total() + wanted.total())


def rule(page: bytes, url: str) -> str | None:
    """A selector of the box that the story of a page stands in; None where no lasting name tells it
    from others.
    """
    try:
        story = page_story(page, url, rules=_no_rules(), language=None, timezone="UTC", now=None)
    except ExtractError:
        return None
    return next(iter(_boxes(page, Counter(arabic.fold(story.text).split()))), None)


def _no_rules() -> Rules:
    from feedmaker.model import Rules

    return Rules()


def _boxes(page: bytes, wanted: Counter[str]) -> list[str]:
    """Selectors of one element each whose text agrees best with what is wanted."""
    tree = parsing.tree(page)
    tree.strip_tags(["script", "style", "noscript"])
    found: dict[str, float] = {}
    for node in tree.css(_NAMED)[:2000]:
        name = _name(node)
        if not name or name in found or len(tree.css(name)) != 1:
            continue
        words = Counter(arabic.fold(node.text(separator=" ")).split())
        if words.total() >= 0.5 * wanted.total():
            found[name] = _f1(words, wanted)
    return sorted((n for n, score in found.items() if score > 0.3), key=lambda n: -found[n])


def _name(node: LexborNode) -> str:
    attributes = node.attributes
    if attributes.get("itemprop") == "articleBody":
        return "[itemprop=articleBody]"
    own = attributes.get("id") or ""
    if own.replace("-", "").replace("_", "").isalpha() and own.isascii():
        return f"#{own}"
    classes = [
        c
        for c in (attributes.get("class") or "").split()
        if c.isascii() and c.replace("-", "").replace("_", "").isalpha()
    ]
    return f"{node.tag}.{'.'.join(classes[:3])}" if classes else ""
