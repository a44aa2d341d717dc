"""Find a section's list again after a redesign: the links that agree best with known stories.

What could be meant is tried: what is found without a rule, what stands under each heading, and what
the selectors of the known stories' own boxes name. The agreement of each is its F1: the share of
its links that are known, and of the known on the page that it has. Stories that are new count
little against a list, and links that are no stories much.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import replace
from functools import partial
from itertools import chain
from typing import TYPE_CHECKING, Final

from feedmaker.listing import cards, headings, link_selectors
from feedmaker.listing.page_links import ancestors, is_story
from feedmaker.model import HealedRule
from feedmaker.text import urls

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from collections.abc import Set as AbstractSet

    from feedmaker.listing.candidates import Candidate
    from feedmaker.listing.page_links import KnownLinks, PageLinks, TreePosition
    from feedmaker.model.story import HealedBy, HealedPart

    Score = Callable[[AbstractSet[str]], float]  # of a list, by the keys of its links
    ListTry = tuple[HealedBy, str, frozenset[str]]  # what names it, and the keys of its links

SURE: Final = 0.6  # the agreement from which on a list is taken for the section's
DEVIATING: Final = 0.8  # and from which on it is so against selectors that still name something
_LEAST: Final = 3  # known stories on the page
_RECENT: Final = 20  # stories that a listing holds, as the section had them last
_STILL_THERE: Final = 0.25  # of those
_NEW: Final = 0.2  # what a story that is not known counts against a list, of 1
_SHARE: Final = 0.25  # of known stories in a list that is the section's
_BETTER: Final = 0.02
_UNION: Final = 4  # selectors
_MOST_RATED: Final = 120
_MOST_HEADINGS: Final = 60
_ITEM: Final = re.compile(r'"(?:url|@id)"\s*:\s*"(http[^"\\]+)"')


def best_rule(page: PageLinks, known: KnownLinks, what: HealedPart, before: str) -> HealedRule:
    """What names the section's list best on a page where `before` does not name it any more.

    Its `confidence` is the agreement with the known stories, which the caller judges: 0 where too
    few of them are on the page.
    """
    found = HealedRule(what=what, before=before, kind="page", agreed=0, confidence=0.0)
    candidates = link_selectors.candidates_by_key(page)
    stories = _known_on_page(page, known, candidates)
    here = set(stories.values())
    if len(here) < _LEAST or not _are_recent(here, known):
        return replace(found, agreed=len(here))
    by_itself = _without_rule(page, known)
    ours = _keys_of(by_itself, ("", "other section")) | _keys_in_item_lists(page)
    score = partial(_agreement, known=stories, stories=ours)
    accepted = frozenset(one.anchors[0].key for one in by_itself if not one.drop)
    best, best_keys, reached = found, accepted, score(accepted)
    for kind, name, keys in _tries(
        page, candidates, stories, score, with_headings=what == "heading"
    ):
        # One selector that names all known stories is a list; a set of them may be made to fit.
        is_one = kind == "selectors" and ", " not in name
        is_whole = is_one and _count(keys, stories) == len(here)
        needed = reached - _BETTER if is_whole else reached + _BETTER
        if score(keys) > needed:
            best, best_keys, reached = replace(found, kind=kind, name=name), keys, score(keys)
    return replace(best, agreed=_count(best_keys, stories), confidence=reached)


def is_other_list(page: PageLinks, found: Iterable[Candidate], known: KnownLinks | None) -> bool:
    """Whether links are none of the section's though stories of it stand elsewhere on the page."""
    if known is None or len(known.recent) < _LEAST + 2:
        return False
    if any(known.any_of(one.anchors) for one in found):
        return False
    return sum(bool(known.story(anchor)) for anchor in page.anchors) >= _LEAST + 2


def apply_rule(page: PageLinks, rule: HealedRule, known: KnownLinks) -> list[Candidate]:
    """The candidates that a rule in place of another names."""
    if rule.kind == "selectors":
        return cards.find_selected(page, [rule.name], page.anchors)
    if rule.kind == "heading":
        return cards.find_under(page, headings.block_under(page, rule.name), known)
    return _without_rule(page, known)


def _without_rule(page: PageLinks, known: KnownLinks) -> list[Candidate]:
    """What is found without a rule, but for lists that hold next to no story of the section."""
    found = cards.find(page, known)
    stories = [one for one in found if not one.drop]
    ours = {one.url for one in stories if known.any_of(one.anchors, one.title)}
    groups: dict[TreePosition, list[Candidate]] = defaultdict(list)
    for one in stories:
        for place in _around(one):
            groups[place].append(one)
    for one in stories:
        if one.url not in ours and not _is_list_of(ours, _nearest_list(one, groups)):
            one.drop = "other section"
    return found


def _nearest_list(
    one: Candidate, groups: Mapping[TreePosition, list[Candidate]]
) -> list[Candidate]:
    """The stories in the smallest element around a story that holds several."""
    around = (groups[place] for place in _around(one))
    return next((group for group in around if len(group) >= _LEAST), [one])


def _is_list_of(ours: set[str], group: Sequence[Candidate]) -> bool:
    return sum(one.url in ours for one in group) >= _SHARE * len(group)


def _around(one: Candidate) -> Iterable[TreePosition]:
    """The elements around a candidate's card, from the one that holds it among others."""
    return ancestors((one.card or one.anchors[0].place).above)


def _known_on_page(
    page: PageLinks, known: KnownLinks, candidates: Mapping[str, Candidate]
) -> dict[str, str]:
    """The links of a page that lead to known stories: their keys, and those of the stories."""
    found: dict[str, str] = {}
    for anchor in page.anchors:
        story = known.story(anchor, candidates[anchor.key].title)
        if story:
            found[anchor.key] = story
    return found


def _are_recent(here: set[str], known: KnownLinks) -> bool:
    """Whether enough of the section's newest stories are among those on a page."""
    recent = known.recent
    return len(recent & here) >= _STILL_THERE * min(_RECENT, len(recent))


def _count(keys: Iterable[str], known: Mapping[str, str]) -> int:
    """How many known stories a list has."""
    return len({known[key] for key in keys if key in known})


def _agreement(
    keys: AbstractSet[str], *, known: Mapping[str, str], stories: AbstractSet[str]
) -> float:
    """The F1 of a list against the known stories of a page; `stories` are all its stories."""
    had = sum(key in known for key in keys)
    if not had:
        return 0.0
    new = sum(key in stories and key not in known for key in keys)
    others = len(keys) - had - new
    precision = had / (had + _NEW * new + others)
    recall = _count(keys, known) / len(set(known.values()))
    return 2 * precision * recall / (precision + recall)


def _keys_of(candidates: Iterable[Candidate], drops: Sequence[str]) -> frozenset[str]:
    """The keys of all links of the candidates that have one of these reasons."""
    anchors = (one.anchors for one in candidates if one.drop in drops)
    return frozenset(anchor.key for anchor in chain.from_iterable(anchors))


def _tries(
    page: PageLinks,
    candidates: Mapping[str, Candidate],
    known: Mapping[str, str],
    score: Score,
    *,
    with_headings: bool,
) -> Iterator[ListTry]:
    """The lists of a page that could be meant, by their headings and by selectors."""
    for name in headings.heading_texts(page)[:_MOST_HEADINGS] if with_headings else ():
        block = headings.block_under(page, name)
        yield "heading", name, frozenset(anchor.key for anchor in block if is_story(anchor))
    yield _best_selectors(page, candidates, known, score)


def _best_selectors(
    page: PageLinks,
    candidates: Mapping[str, Candidate],
    known: Mapping[str, str],
    score: Score,
) -> ListTry:
    """The selectors that name the known stories best, as few as do it."""
    names = link_selectors.common_selectors(a for a in page.anchors if a.key in known)
    named = {
        name: frozenset(link_selectors.selected_keys(page, name, candidates)) for name in names
    }
    rated = sorted(
        filter(named.get, names), key=lambda name: (-round(score(named[name]), 2), len(name))
    )
    chosen: list[str] = []
    have: frozenset[str] = frozenset()
    reached = 0.0
    for _ in range(_UNION):
        gains = {name: score(have | named[name]) for name in rated[:_MOST_RATED]}
        best = min(gains, key=lambda name: (-round(gains[name], 2), len(name)), default="")
        if not best or gains[best] < reached + _BETTER:
            break
        reached = gains[best]
        chosen.append(best)
        have |= named[best]
    return "selectors", ", ".join(chosen), have


def _keys_in_item_lists(page: PageLinks) -> frozenset[str]:
    """The keys of pages that the page's own JSON-LD lists (schema.org ItemList)."""
    found: set[str] = set()
    for node in page.tree.css("script[type='application/ld+json']")[:20]:
        text = (node.text() or "").replace("\\/", "/")
        if "itemListElement" in text:
            listed = map(urls.canonical, _ITEM.findall(text))
            found.update(map(urls.key, filter(None, listed)))
    return frozenset(found)
