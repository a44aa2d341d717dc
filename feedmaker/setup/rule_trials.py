"""Rules that others have written, tried on a page: what each finds beside what is found without."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from feedmaker.article import body_rule, read_page
from feedmaker.html import parsing
from feedmaker.html.element_selectors import matching_nodes
from feedmaker.model.errors import ExtractError
from feedmaker.text import arabic

if TYPE_CHECKING:
    from collections.abc import Mapping

    from feedmaker.model import Page, Rules, Site, Story

_SURE: Final = 0.92  # F1 of the words of both, as of a rule for the body that is found again
_MOST: Final = 200  # selectors of a key that are tried


@dataclass(frozen=True, slots=True)
class KeyTrial:
    """What the selectors for one key of `[rules]` are on a page.

    `matched` are those that name something; `agrees` says that the story is then what it is
    without them, or that there is none without.
    """

    matched: tuple[str, ...]
    agrees: bool


def try_on_page(
    page: Page, site: Site, selectors: Mapping[str, tuple[str, ...]]
) -> dict[str, KeyTrial]:
    """Return what selectors make of a page, by key; those that match nothing are left out.

    Of selectors for the body the first that matches counts.
    """
    tree = parsing.parse(page.utf8)
    ours = _read(page, site, site.rules)
    found = {}
    for key, given in selectors.items():
        matched = tuple(one for one in given[:_MOST] if matching_nodes(tree, (one,)))
        matched = matched[:1] if key == "body" else matched
        if matched:
            theirs = _read(page, site, replace(site.rules, **{key: matched}))
            found[key] = KeyTrial(matched, _agree(key, ours, theirs))
    return found


def _read(page: Page, site: Site, rules: Rules) -> Story | None:
    try:
        return read_page(
            page.utf8,
            page.url,
            rules=rules,
            language=site.language,
            timezone=site.timezone,
            now=page.fetched_at,
            limits=site.fetch.limits,
        ).story
    except ExtractError:
        return None


def _agree(key: str, ours: Story | None, theirs: Story | None) -> bool:
    """Whether a story by a rule says what it says without, or there is nothing without."""
    if ours is None or theirs is None:
        return theirs is not None
    if key == "title":
        return not ours.title or arabic.fold(ours.title) == arabic.fold(theirs.title)
    if key == "author":
        return not ours.authors or set(ours.authors) == set(theirs.authors)
    if key == "date":
        return not ours.published or ours.published == theirs.published
    return body_rule.likeness(ours.text, theirs.text) >= _SURE
