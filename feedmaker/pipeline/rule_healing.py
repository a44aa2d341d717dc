"""Self-healing: after a redesign, find again what a site's configuration names.

A rule or an address that does not match any more is replaced by what agrees with the stories
already known, above a stated confidence (`listing.list_healing`, `article.body_rule`). The store
remembers the replacement, `status` shows both, and it holds as long as the configuration says what
it said. Below that confidence the section fails, and its feed stays.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

from feedmaker.model import HealedRule
from feedmaker.model.errors import ListingError, PageError
from feedmaker.pipeline import page_work
from feedmaker.text import arabic, urls

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from feedmaker.model import HealedPart, Page, Section
    from feedmaker.pipeline.section import SiteRun

    FetchPage = Callable[[str], Awaitable[Page]]

# The agreement of a page with a section's stories from which on it is its listing.
_SURE: Final = 0.6
# Pages that are fetched where a section's address is gone.
_TRIED: Final = 6


def remember(run: SiteRun, section: str, rule: HealedRule) -> None:
    """Use a healed rule from now on; `section` is "" of the rule for the body."""
    rule = replace(rule, at=run.now)
    run.healed[section, rule.what] = rule
    run.store.sections.set_healed_rule(run.site.slug, section, rule, run.now)


def _healed_name(run: SiteRun, section: str, what: HealedPart, configured: str) -> str:
    """What is used in place of a rule that the configuration still has; "" of no other."""
    rule = run.healed.get((section, what))
    return rule.name if rule and rule.before == configured else ""


def listing_address(run: SiteRun, section: Section, url: str) -> str:
    """Return where a configured listing is now."""
    return _healed_name(run, section.slug, "urls", url) or url


async def find_moved_listing(
    run: SiteRun, section: Section, url: str, fetch: FetchPage
) -> Page | None:
    """Return the listing whose address is gone; None where there is none.

    It is a page that the home page leads to, with the section's stories on it.
    """
    home = await fetch(section.page or run.site.home)
    moved = HealedRule(what="urls", before=url, kind="url", agreed=0, confidence=0)
    found = await _find_agreeing(run, section, home, moved, fetch)
    if found is None:
        return None
    page, rule = found
    remember(run, section.slug, rule)
    return page


async def find_labelled_page(
    run: SiteRun, section: Section, home: Page, known_url: str, fetch: FetchPage
) -> str:
    """Return the URL behind a section's navigation label.

    Where no link is labelled so, it is where the label led before (`known_url`, "" for nowhere),
    else the page that holds the section's stories. Raises ListingError.
    """
    label = _healed_name(run, section.slug, "nav", section.nav) or section.nav
    try:
        return await run.process.call(home.url, page_work.labelled_url, home, label)
    except ListingError:
        new_label = HealedRule(
            what="nav",
            before=section.nav,
            kind="label",
            name=await _label_of(run, home, known_url),
            agreed=0,
            confidence=1.0,
        )
        if not new_label.name:
            found = await _find_agreeing(run, section, home, new_label, fetch)
            if found is None:
                raise
            page, new_label = found
            known_url = page.url
    remember(run, section.slug, new_label)
    return known_url


async def _label_of(run: SiteRun, home: Page, known_url: str) -> str:
    """Return the label of the link to a known URL; "" where there is none."""
    if not known_url:
        return ""
    links = await run.process.call(home.url, page_work.labelled_links, home)
    labelled = [label for label, url in links if urls.key(url) == urls.key(known_url)]
    return labelled[0] if labelled else ""


async def _find_agreeing(
    run: SiteRun, section: Section, home: Page, rule: HealedRule, fetch: FetchPage
) -> tuple[Page, HealedRule] | None:
    """Return the page behind one of a page's short links that holds the section's stories.

    With it comes `rule`, a URL or a label, with the name and the agreement of that page. Links that
    are labelled like what the rule was before, or like the section, are tried first.
    """
    known = run.store.links.newest(run.site.slug, section.slug)
    if not known:
        return None
    like = _last_words(rule.before) if rule.kind == "url" else rule.before
    wanted = set(arabic.fold(f"{like} {section.title} {section.slug}").split())

    def likeness(link: tuple[str, str]) -> int:
        label, url = link
        return len(wanted & set(arabic.fold(f"{label} {_last_words(url)}").split()))

    labelled = await run.process.call(home.url, page_work.labelled_links, home)
    by_likeness = sorted(labelled, key=likeness, reverse=True)
    for label, url in by_likeness[:_TRIED]:
        try:
            page = await fetch(url)
            score, agreed = await run.process.call(url, page_work.agreement, page, known)
        except PageError:
            continue
        if score >= _SURE:
            name = page.url if rule.kind == "url" else label
            confidence = round(score, 2)
            return page, replace(rule, name=name, agreed=agreed, confidence=confidence)
    return None


def _last_words(url: str) -> str:
    """The last segment of a URL's path, as words."""
    last = urlsplit(url).path.rstrip("/").rpartition("/")[2]
    return last.replace("-", " ").replace("_", " ")
