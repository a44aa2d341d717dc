"""What the links of a page's lists say of each other: which are stories, and which stand twice."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING, Final

from feedmaker.listing import url_shape
from feedmaker.listing.candidates import DOUBT, THRESHOLD
from feedmaker.listing.link_texts import TITLE_RANK
from feedmaker.text import arabic

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from feedmaker.listing.candidates import Candidate, Drop
    from feedmaker.listing.link_texts import TreePosition

    # The element that holds some cards among others; None of links without cards.
    Strip = TreePosition | None

LIST: Final = 3  # links that make a list
_NO_STORY: Final = -3  # what the URL of a search, a login or another site's profile weighs
_STRIP: Final = 4  # stories that make a strip
_REPEATED: Final = 0.6  # of a strip's stories, that richer lists have too
# Shares of a list's links that are clearly stories.
_MEDIA_SHARE: Final = 0.6
_STORY_SHARE: Final = 0.7
_FEW_SHARE: Final = 0.34
_KNOWN_SHARE: Final = 0.2
_LEAST_KNOWN: Final = 2


def judge_lists(candidates: Iterable[Candidate]) -> Iterator[tuple[Candidate, Drop]]:
    """What each list decides on its links: with the most, when the most are clear.

    A list is what the element around some cards holds.
    """
    lists: dict[TreePosition, list[Candidate]] = defaultdict(list)
    for one in candidates:
        if one.card is None or one.card.above is None:
            continue
        if url_shape.shape(one.url) > _NO_STORY:
            around = one.card.above
            lists[around].append(one)
    for members in lists.values():
        if len(members) >= LIST:
            drops = _judge_list(members)
            yield from zip(members, drops, strict=True)


def _judge_list(members: Sequence[Candidate]) -> list[Drop]:
    """Why each link of a list is no story, "" of those that are."""
    known = sum(one.is_known for one in members)
    many = max(_LEAST_KNOWN, len(members) * _KNOWN_SHARE)
    if known >= many:
        return [_drop_in_known_list(one) for one in members]
    likely = [one for one in members if one.score >= THRESHOLD]
    clear = [one for one in likely if one.drop != "media"]
    patterns = Counter(map(_wide_pattern, clear))
    headed = all(one.has_heading for one in clear)
    share = len(clear) / len(members)
    drops: list[Drop] = []
    for one in members:
        of_pattern = patterns[_wide_pattern(one)] > 1
        drop = _drop_in_list(
            one,
            share,
            headed=headed,
            of_pattern=of_pattern,
        )
        drops.append(drop)
    return drops


def _drop_in_known_list(one: Candidate) -> Drop:
    """Why a link is no story, in a list that held the section's stories before."""
    is_near = one.score >= THRESHOLD - 2 * DOUBT
    if is_near and one.title:
        return ""
    return one.drop


def _wide_pattern(one: Candidate) -> str:
    """The pattern that a link's URL has in common with those of other directories."""
    _, wide = url_shape.template(one.url)
    return wide


def _drop_in_list(
    one: Candidate,
    clear_share: float,
    *,
    headed: bool,
    of_pattern: bool,
) -> Drop:
    """Why a link is no story, in a list where so many links are clearly stories.

    `headed` says that all of those have headings, `of_pattern` that some have URLs like this one.
    """
    is_story = False
    if one.drop == "media":
        is_near = one.score >= THRESHOLD - DOUBT
        is_story = is_near and clear_share >= _MEDIA_SHARE
    elif one.drop:
        is_alike = _is_like_others(
            one,
            headed=headed,
            of_pattern=of_pattern,
        )
        is_story = is_alike and clear_share >= _STORY_SHARE
    elif clear_share <= _FEW_SHARE and one.score < THRESHOLD + DOUBT:
        return "list"
    if is_story and one.title:
        return ""
    return one.drop


def _is_like_others(
    one: Candidate,
    *,
    headed: bool,
    of_pattern: bool,
) -> bool:
    """Whether a doubtful link is like the stories of its list, by its URL or by its heading.

    A card like all others, whose heading has the words of a headline, counts whatever its URL looks
    like.
    """
    is_near = one.score >= THRESHOLD - DOUBT
    is_headed = headed and one.has_heading
    if is_headed and one.likeness >= 1:
        return True
    return is_near and (is_headed or of_pattern)


# ---- what stands twice


def repeating_links(candidates: Iterable[Candidate]) -> set[int]:
    """The links, by their order, of bare strips (tickers) that repeat stories of richer lists.

    A list is rich where links have pictures, headings, or a card with several of them.
    """
    strips, rich = _strips(candidates)
    in_rich: set[int] = set()
    for strip in rich:
        members = strips[strip].values()
        in_rich.update(map(id, members))
    repeating: set[int] = set()
    for strip, links in strips.items():
        if strip in rich:
            continue
        stories: set[int] = set()
        for one in links.values():
            if one.is_story_without(repeating):
                stories.add(id(one))
        if len(stories) < _STRIP:
            continue
        repeated = len(stories & in_rich)
        if repeated >= _REPEATED * len(stories):
            repeating.update(links)
    return repeating


def _strips(
    candidates: Iterable[Candidate],
) -> tuple[dict[Strip, dict[int, Candidate]], set[Strip]]:
    """The links by the element that holds their cards among others, and which of those are rich."""
    strips: dict[Strip, dict[int, Candidate]] = defaultdict(dict)
    rich: set[Strip] = set()
    for one in candidates:
        times = Counter(one.cards)
        for anchor, card in zip(one.anchors, one.cards, strict=True):
            strip = card.above if card is not None else None
            strips[strip][anchor.order] = one
            has_parts = times[card] > 1
            is_headed = anchor.rank >= TITLE_RANK
            if has_parts or is_headed or anchor.image:
                rich.add(strip)
    return strips, rich


def further_urls(candidates: Iterable[Candidate]) -> list[Candidate]:
    """The further URLs of one story: the same headline and the same long number."""
    found: list[Candidate] = []
    seen: set[tuple[str, str]] = set()
    in_order = sorted(
        candidates,
        key=lambda one: one.anchors[0].order,
    )
    for one in in_order:
        number = url_shape.long_number(one.url)
        if one.drop or not number:
            continue
        title = arabic.fold(one.title)
        story = (title, number)
        if story in seen:
            found.append(one)
        seen.add(story)
    return found
