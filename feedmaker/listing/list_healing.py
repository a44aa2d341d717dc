"""Find a section's list again after a redesign: the links that agree best with known stories.

What could be meant is tried: what is found without a rule, what stands under each heading, and what
the selectors of the known stories' own boxes name. The agreement of each is its F1: the share of
its links that are known, and of the known on the page that it has. Stories that are new count
little against a list, and links that are no stories much.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Final

from feedmaker.html import page_state
from feedmaker.html.element_selectors import is_of_words
from feedmaker.listing import candidates, heading_blocks, headings, link_selectors, state_lists
from feedmaker.listing.cards import ancestors
from feedmaker.listing.link_scores import markup_around
from feedmaker.listing.page_links import is_story
from feedmaker.model import HealedRule
from feedmaker.text import urls

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
    from collections.abc import Set as AbstractSet

    from feedmaker.listing.cards import TreePosition
    from feedmaker.listing.link_scores import Candidate
    from feedmaker.listing.page_links import KnownLinks, PageLinks
    from feedmaker.model.story import HealedBy, HealedPart

    Score = Callable[[AbstractSet[str]], float]  # of a list, by the keys of its links
    ListTry = tuple[HealedBy, str, frozenset[str]]  # what names it, and the keys of its links

SURE: Final = 0.6  # the agreement from which on a list is taken for the section's
DEVIATING: Final = 0.8  # and from which on it is so against selectors that still name something
_LEAST: Final = 3  # known stories on the page
_ELSEWHERE: Final = 5  # known stories that other lists of the page hold
_PART: Final = 2 / 3  # of the usual number of links: a rule that names no more may name a part
_RECENT: Final = 20  # stories that a listing holds, as the section had them last
_STILL_THERE: Final = 0.25  # of those
_NEW: Final = 0.2  # what a story that is not known counts against a list, of 1
_SHARE: Final = 0.25  # of known stories in a list that is the section's
# Of the share of known stories in another list, where the same stories stand too: one with less has
# them by chance. By `tests/bench/redesigns.py` less lets other sections' stories in, and more loses
# some of the section's.
_EXPLAINED: Final = 0.6
_ALIKE: Final = 5  # links with equal elements around them, from which on these tell lists apart
_BETTER: Final = 0.02
_FITTED: Final = 0.04  # what each further selector has to gain: more of them fit anything
_UNION: Final = 4  # selectors
_MOST_RATED: Final = 120
_MOST_HEADINGS: Final = 60
_CORRECTED: Final = 10  # times that a link counts which a person corrected


def best_rule(
    page: PageLinks,
    known: KnownLinks,
    what: HealedPart,
    before: str,
) -> HealedRule:
    """What names the section's list best on a page where `before` does not name it any more.

    Tried are what is found without a rule, what stands under each heading, and selectors. Its
    `confidence` is the agreement with the known stories, which the caller judges: 0 where too few
    of them are on the page.
    """
    found = HealedRule(
        what=what,
        before=before,
        kind="page",
        agreed=0,
        confidence=0.0,
    )
    by_key = link_selectors.candidates_by_key(page)
    known_here = _known_on_page(page, known, by_key)
    stories = set(known_here.values())
    if not _are_enough(stories, known):
        return replace(found, agreed=len(stories))
    by_itself = _without_rule(page, known)
    ours = _keys_of(by_itself, ("", "other section"))
    listed = page_state.read_json_ld_values(page.tree)
    score = partial(
        _agreement,
        known=known_here,
        stories=ours | frozenset(map(urls.key, state_lists.listed_addresses(listed, page.url))),
    )
    best_keys = _keys_of(by_itself, ("",))
    best = replace(found, confidence=score(best_keys))
    tries = _tries(
        page,
        by_key,
        known_here,
        score,
        what,
    )
    for kind, name, keys in tries:
        # One selector that names all known stories is a list; a set of them may be made to fit.
        is_one = kind == "selectors" and ", " not in name
        count = _count(keys, known_here)
        is_whole = is_one and count == len(stories)
        better = -_BETTER if is_whole else _BETTER + _FITTED * name.count(", ")
        agreement = score(keys)
        if agreement > best.confidence + better:
            best_keys = keys
            best = replace(
                found,
                kind=kind,
                name=name,
                confidence=agreement,
            )
    agreed = _count(best_keys, known_here)
    return replace(best, agreed=agreed)


def is_other_list(
    page: PageLinks,
    found: Iterable[Candidate],
    known: KnownLinks | None,
) -> bool:
    """Whether links are none of the section's though stories of it stand elsewhere on the page.

    Where few stories of it are known, nothing can be told.
    """
    if known is None or len(known.recent) < _ELSEWHERE:
        return False
    if any(known.any_of(one.anchors) for one in found):
        return False
    return sum(map(bool, map(known.story, page.anchors))) >= _ELSEWHERE


def is_part_of_list(
    page: PageLinks,
    found: Sequence[Candidate],
    known: KnownLinks | None,
    usual: int,
) -> bool:
    """Whether links are few beside the `usual` number, and known stories stand beside them.

    Then the rule that named them may name a part of the section's list, as other links of it have
    other elements now. Where none of the links is known, or no number is usual (0), nothing can be
    told.
    """
    if known is None or len(found) > _PART * usual:
        return False
    taken = {one.place.key for one in found}
    have = {known.story(anchor) for anchor in page.anchors if anchor.key in taken} - {""}
    others = {known.story(anchor) for anchor in page.anchors if anchor.key not in taken}
    return bool(have) and len((others - have) & known.recent) >= _LEAST


def completes(whole: Iterable[Candidate], part: Iterable[Candidate], known: KnownLinks) -> bool:
    """Whether a list has the known stories of a part of it, and most of its others are known.

    A list of the whole site has them too, among more that are new. Where no story of the part is
    known, it is none.
    """
    others = {one.url: one for one in whole if not one.drop}
    ours = [one for one in part if known.any_of(one.anchors)]
    if not ours:
        return True
    if any(one.url not in others for one in ours):
        return False
    for one in part:
        others.pop(one.url, None)
    count = sum(known.any_of(one.anchors, one.title) for one in others.values())
    return 2 * count >= len(others)


def apply_rule(
    page: PageLinks,
    rule: HealedRule,
    known: KnownLinks,
) -> list[Candidate]:
    """The candidates that a rule in place of another names.

    A list that is found without a rule is less what holds next to no story of the section.
    """
    if rule.kind == "selectors":
        return link_selectors.find_selected(page, [rule.name], page.anchors)
    if rule.kind == "heading":
        block = heading_blocks.block_under(page, rule.name)
        return candidates.find(page, known, block)
    return _without_rule(page, known)


def _without_rule(page: PageLinks, known: KnownLinks) -> list[Candidate]:
    """What is found without a rule, but for lists that hold next to no story of the section.

    A known story is taken once, though the page has it under two URLs.
    """
    found = candidates.find(page, known)
    stories = _drop_twins(found, known)
    ours = {one.url for one in stories if known.any_of(one.anchors, one.title)}
    section = ours | _beside_known(stories, ours)
    for one in stories:
        if one.url not in section:
            one.drop = "other section"
    return found


def _beside_known(stories: Iterable[Candidate], ours: AbstractSet[str]) -> set[str]:
    """The URLs of stories one of whose links stands in a list of the section's, at `ours`.

    Another list may be mixed into the section's: equal elements around its links tell it apart,
    where none of them in the nearest list lead to known stories.
    """
    lists = _lists_of(stories)
    alike: dict[Hashable, set[str]] = defaultdict(set)
    together: dict[Hashable, set[str]] = defaultdict(set)
    for (place, markup), members in lists.items():
        alike[markup] |= members
        together[place] |= members
    shares = _known_shares(together, ours)
    found: set[str] = set()
    for (place, markup), members in lists.items():
        share = shares[place]
        if len(alike[markup]) >= _ALIKE and members.isdisjoint(ours):
            share = min(share, _share(alike[markup], ours))
        if share >= _SHARE:
            found |= members
    return found


def _known_shares(
    lists: Mapping[Hashable, AbstractSet[str]], ours: AbstractSet[str]
) -> dict[Hashable, float]:
    """The share of known stories in each list, but for those that another list explains better.

    What is new or popular on the whole site has stories of a section too: they stand in its own
    list among more of them.
    """
    shares = {place: _share(members, ours) for place, members in lists.items()}
    best: dict[str, float] = defaultdict(float)
    for place, members in lists.items():
        for url in members & ours:
            best[url] = max(best[url], shares[place])
    found: dict[Hashable, float] = {}
    for place, members in lists.items():
        own = [url for url in members & ours if shares[place] > _EXPLAINED * best[url]]
        found[place] = len(own) / len(members)
    return found


def _lists_of(
    stories: Iterable[Candidate],
) -> dict[tuple[Hashable, Hashable], set[str]]:
    """The URLs of stories by the smallest element that holds several of them, and their markup."""
    inside: dict[TreePosition, set[str]] = defaultdict(set)
    links = [(one.url, anchor) for one in stories for anchor in one.anchors]
    for url, anchor in links:
        for place in ancestors(anchor.place.above):
            if url in inside[place]:
                break
            inside[place].add(url)
    found: dict[tuple[Hashable, Hashable], set[str]] = defaultdict(set)
    for url, anchor in links:
        around = ancestors(anchor.place.above)
        nearest = next((at for at in around if len(inside[at]) >= _LEAST), None)
        found[nearest or url, markup_around(anchor.place)].add(url)
    return found


def _drop_twins(found: Iterable[Candidate], known: KnownLinks) -> list[Candidate]:
    """The stories found, each known one once: further URLs of it are dropped."""
    seen: set[str] = set()
    stories: list[Candidate] = []
    for one in found:
        if one.drop:
            continue
        named = (known.story(anchor, one.title) for anchor in one.anchors)
        story = next(filter(None, named), one.url)
        if story in seen:
            one.drop = "same story"
        else:
            seen.add(story)
            stories.append(one)
    return stories


def _share(listed: AbstractSet[str], ours: AbstractSet[str]) -> float:
    """The share of some URLs that lead to stories of the section."""
    return len(listed & ours) / len(listed)


def _known_on_page(
    page: PageLinks,
    known: KnownLinks,
    by_key: Mapping[str, Candidate],
) -> dict[str, str]:
    """The links of a page that lead to known stories: their keys, and those of the stories."""
    found: dict[str, str] = {}
    for anchor in page.anchors:
        title = by_key[anchor.key].title
        story = known.story(anchor, title)
        if story:
            found[anchor.key] = story
    return found


def _are_enough(here: set[str], known: KnownLinks) -> bool:
    """Whether enough known stories are on a page, and of the section's newest."""
    if len(here) < _LEAST:
        return False
    usual = min(_RECENT, len(known.recent))
    return len(known.recent & here) >= _STILL_THERE * usual


def _keys_of(
    listed: Iterable[Candidate],
    drops: Sequence[str],
) -> frozenset[str]:
    """The keys of the candidates that have one of these reasons."""
    return frozenset(one.place.key for one in listed if one.drop in drops)


def _count(
    keys: Iterable[str],
    known: Mapping[str, str],
) -> int:
    """How many known stories a list has."""
    return len({known[key] for key in keys if key in known})


def _agreement(
    keys: AbstractSet[str],
    *,
    known: Mapping[str, str],
    stories: AbstractSet[str],
) -> float:
    """The F1 of a list against the known stories of a page; `stories` are all its stories.

    A link to another story counts little against the list, one to no story in full.
    """
    old = len(keys & known.keys())
    if not old:
        return 0.0
    new = len(keys & stories - known.keys())
    others = len(keys) - old - new
    precision = old / (old + _NEW * new + others)
    known_stories = set(known.values())
    recall = _count(keys, known) / len(known_stories)
    return 2 * precision * recall / (precision + recall)


def _tries(
    page: PageLinks,
    by_key: Mapping[str, Candidate],
    known: Mapping[str, str],
    score: Score,
    what: HealedPart,
) -> Iterator[ListTry]:
    """The lists of a page that could be meant, by selectors, and by headings if `what` is one."""
    if what == "heading":
        names = headings.heading_texts(page)
        for name in names[:_MOST_HEADINGS]:
            block = heading_blocks.block_under(page, name)
            stories = filter(is_story, block)
            yield "heading", name, frozenset(anchor.key for anchor in stories)
    ours = [anchor for anchor in page.anchors if anchor.key in known]
    names = link_selectors.common_selectors(ours)
    yield _by_selectors(page, by_key, names, score)


def selectors_for(
    page: PageLinks, wanted: AbstractSet[str], corrected: AbstractSet[str]
) -> tuple[str, ...]:
    """Return the selectors that name just the links that a person wants, or nearly so.

    Both sets are keys of links; those `corrected`, which were missed or are none, count most.
    """
    by_key = link_selectors.candidates_by_key(page)
    ours = [anchor for anchor in page.anchors if anchor.key in wanted]
    names = filter(is_of_words, link_selectors.common_selectors(ours))

    def weight(keys: AbstractSet[str]) -> int:
        return len(keys) + (_CORRECTED - 1) * len(keys & corrected)

    def score(keys: AbstractSet[str]) -> float:
        return 2 * weight(keys & wanted) / max(1, weight(keys) + weight(wanted))

    _, joined, _ = _by_selectors(page, by_key, names, score)
    return tuple(filter(None, joined.split(", ")))


def _by_selectors(
    page: PageLinks,
    by_key: Mapping[str, Candidate],
    names: Iterable[str],
    score: Score,
) -> ListTry:
    """The selectors among some that name a list best, as few as do it.

    Each that is added has to gain something.
    """
    named: dict[str, frozenset[str]] = {}
    for name in names:
        keys = link_selectors.selected_keys(page, name, by_key)
        if keys:
            named[name] = frozenset(keys)
    alone = {name: score(keys) for name, keys in named.items()}
    tried = _best_first(alone)[:_MOST_RATED]
    chosen: list[str] = []
    have: frozenset[str] = frozenset()
    reached = 0.0
    for _ in range(_UNION):
        together = {name: score(have | named[name]) for name in tried}
        best = next(iter(_best_first(together)), "")
        if not best or together[best] < reached + _BETTER:
            break
        reached = together[best]
        chosen.append(best)
        have |= named[best]
    return "selectors", ", ".join(chosen), have


def _best_first(agreements: Mapping[str, float]) -> list[str]:
    """Selectors by their agreement, of those with about the same the shortest first."""

    def rank(name: str) -> tuple[float, int]:
        agreement = round(agreements[name], 2)
        return -agreement, len(name)

    return sorted(agreements, key=rank)
