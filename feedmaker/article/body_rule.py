"""Self-healing of a site's rule for the body that stopped matching.

A story that was read before the site changed shows what is to be found again: the replacement is
what gives the same text on the page of today.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from feedmaker.article import read_page
from feedmaker.html import parsing
from feedmaker.html.element_selectors import matching_nodes, own_word_selectors
from feedmaker.model import HealedRule, Rules
from feedmaker.model.errors import ExtractError
from feedmaker.text import arabic

if TYPE_CHECKING:
    from collections.abc import Iterator

    from selectolax.lexbor import LexborHTMLParser, LexborNode

_SURE: Final = 0.92  # F1 of the words of the known story and of the one found again, at least
_BETTER: Final = 0.03  # F1 by which a selector must be better than no rule, or another selector
_CANDIDATES: Final = "article, main, section, div, td, [itemprop=articleBody]"
_MOST_CANDIDATES: Final = 2000  # elements of a page that are looked at
_MOST_TRIED: Final = 12  # selectors that are tried on the page, best first
_LEAST_WORDS: Final = 0.5  # of the known story's words, that an element has to hold
_LEAST_F1: Final = 0.3  # of an element's words and the known story's, to be tried
_NO_RULES: Final = Rules()


def is_broken(page: bytes, rules: Rules) -> bool:
    """Whether a page, in UTF-8, has nothing that its rule for the body matches."""
    if not rules.body:
        return False
    return not matching_nodes(parsing.parse(page), rules.body)


def with_healed_body(rules: Rules, healed: HealedRule) -> Rules:
    """Return the rules with the self-healed one for the body."""
    body = (healed.name,) if healed.kind == "selectors" else ()
    return replace(rules, body=body)


def find_replacement(page: bytes, url: str, rules: Rules, known: str) -> HealedRule | None:
    """Return what to use in place of the rule for the body; None if unsure.

    `page` is in UTF-8, `known` the text of its story as it was read before. Finding the story
    without a rule is best; where that gives another text, the element that holds the known one.
    """
    wanted = _count_words(known)
    best = ""
    unruled = replace(rules, body=())
    reached = _agreement(page, url, unruled, wanted)
    if reached < 1 - _BETTER:
        for selector in _selectors(page, wanted)[:_MOST_TRIED]:
            ruled = replace(rules, body=(selector,))
            f1 = _agreement(page, url, ruled, wanted)
            if f1 > reached + _BETTER:
                best = selector
                reached = f1
    if reached < _SURE:
        return None
    return HealedRule(
        what="body",
        before=", ".join(rules.body),
        kind="selectors" if best else "page",
        name=best,
        agreed=1,
        confidence=round(reached, 2),
    )


def body_selector(page: bytes, url: str) -> str | None:
    """Return a selector of the element that holds a page's story.

    None where no lasting name tells it from other elements.
    """
    story = _page_text(page, url, _NO_RULES)
    if not story:
        return None
    selectors = _selectors(page, _count_words(story))
    return selectors[0] if selectors else None


def _agreement(page: bytes, url: str, rules: Rules, wanted: Counter[str]) -> float:
    """How well the story that rules give agrees with the words that are wanted, as F1."""
    found = _page_text(page, url, rules)
    return _f1(_count_words(found), wanted)


def _page_text(page: bytes, url: str, rules: Rules) -> str:
    """The text of a page's story; empty where it holds none."""
    try:
        story = read_page(
            page,
            url,
            rules=rules,
            language=None,
            timezone="UTC",
            now=None,
        ).story
    except ExtractError:
        return ""
    return story.text


def likeness(text: str, other: str) -> float:
    """Return the F1 of the words of two texts."""
    return _f1(_count_words(text), _count_words(other))


def _count_words(text: str) -> Counter[str]:
    """Each folded word with how often it stands in a text."""
    return Counter(arabic.fold(text).split())


def _f1(found: Counter[str], wanted: Counter[str]) -> float:
    """The F1 of words found and words wanted, each as often as it stands there."""
    common = (found & wanted).total()
    total = found.total() + wanted.total()
    return 2 * common / max(1, total)


def _selectors(page: bytes, wanted: Counter[str]) -> list[str]:
    """Selectors of one element each whose text agrees with what is wanted, best first."""
    tree = parsing.parse(page)
    tree.strip_tags(["script", "style", "noscript"])
    agreement: dict[str, float] = {}
    for node, selector in _only_ones(tree):
        words = _count_words(node.text(separator=" "))
        if words.total() >= _LEAST_WORDS * wanted.total():
            agreement[selector] = _f1(words, wanted)
    found = [selector for selector, f1 in agreement.items() if f1 > _LEAST_F1]
    return sorted(found, key=agreement.__getitem__, reverse=True)


def _only_ones(tree: LexborHTMLParser) -> Iterator[tuple[LexborNode, str]]:
    """Elements that may hold a story, each with the first selector that names no other."""
    is_only: dict[str, bool] = {}
    for node in tree.css(_CANDIDATES)[:_MOST_CANDIDATES]:
        for selector in own_word_selectors(node):
            if selector not in is_only:
                is_only[selector] = len(tree.css(selector)) == 1
            if is_only[selector]:
                yield node, selector
                break
