"""Rules that others have written, taken into the file of a site where they say what is found here.

A file of ftr-site-config is a hint: what it names is compared, on some pages of the site, with what
is found without it. It is taken where both agree, or nothing is found without it.
"""

from __future__ import annotations

from dataclasses import dataclass, field, fields, replace
from typing import TYPE_CHECKING, Final

from feedmaker.model import Rules
from feedmaker.model.errors import PageError
from feedmaker.setup import rule_trials
from feedmaker.text import urls

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from feedmaker.model import Site
    from feedmaker.pipeline.preview import Preview
    from feedmaker.setup.rule_trials import KeyTrial
    from feedmaker.setup.site_config_files import SiteConfigFile

_KEYS: Final = tuple(key.name for key in fields(Rules))
_TRIED: Final = 3  # pages of a site
_ASKED: Final = 6  # addresses until so many are had


@dataclass(frozen=True, slots=True, kw_only=True)
class RulesTrial:
    """What became of the selectors of a file on the pages of a site.

    `taken` are selectors by the keys of `[rules]`. Keys that `differ` say something else than is
    found without them, those that are `unmatched` name nothing on these pages, and `own` has the
    site already.
    """

    pages: int
    taken: dict[str, tuple[str, ...]] = field(default_factory=dict)
    differ: tuple[str, ...] = ()
    unmatched: tuple[str, ...] = ()
    own: tuple[str, ...] = ()


async def try_rule_file(
    preview: Preview, found: SiteConfigFile, known: Iterable[str] = ()
) -> RulesTrial:
    """Try the selectors of a file on pages of a site: `known` ones, then those that it names.

    Raises nothing.
    """
    site = preview.site
    own = tuple(key for key in found.selectors if getattr(site.rules, key))
    wanted = {key: one for key, one in found.selectors.items() if key not in own}
    trials: list[dict[str, KeyTrial]] = []
    for url in _addresses(site, found, known):
        if len(trials) == _TRIED:
            break
        try:
            page = await preview.page(url)
            trials.append(await preview.work(page.url, rule_trials.try_on_page, page, site, wanted))
        except PageError:
            continue
    return replace(_judged(wanted, trials), own=own)


def _addresses(site: Site, found: SiteConfigFile, known: Iterable[str]) -> list[str]:
    """The pages to try a file on: those that are known, then its own of the same site."""
    tests = filter(None, map(urls.canonical, found.tests))
    own = (url for url in tests if urls.same_site(url, site.home))
    return list(dict.fromkeys((*known, *own)))[:_ASKED]


def _judged(
    wanted: Mapping[str, tuple[str, ...]], trials: Sequence[dict[str, KeyTrial]]
) -> RulesTrial:
    """What is taken of selectors after trials of them: keys in the order of `[rules]`."""
    found = RulesTrial(pages=len(trials))
    for key in filter(wanted.__contains__, _KEYS):
        tried = [trial[key] for trial in trials if key in trial]
        if not tried:
            found = replace(found, unmatched=(*found.unmatched, key))
        elif not all(one.agrees for one in tried):
            found = replace(found, differ=(*found.differ, key))
        else:
            found = replace(found, taken={**found.taken, key: _matched(wanted[key], tried)})
    return found


def _matched(selectors: Sequence[str], trials: Sequence[KeyTrial]) -> tuple[str, ...]:
    """Those selectors that named something in one of the trials."""
    named = {selector for one in trials for selector in one.matched}
    return tuple(selector for selector in selectors if selector in named)
