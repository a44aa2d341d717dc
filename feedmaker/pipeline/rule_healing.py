"""Self-healing: after a redesign, find again what a site's configuration names.

A rule or an address that does not match any more is replaced by what agrees with the stories
already known, above a stated confidence (`listing.list_healing`, `article.body_rule`). The store
remembers the replacement, `status` shows both, and it holds as long as the configuration says what
it said. Below that confidence the section fails, and its feed stays.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

from feedmaker.model import HealedRule
from feedmaker.model.errors import FetchError, ListingError, PageError
from feedmaker.output import health
from feedmaker.pipeline import page_work
from feedmaker.text import arabic, urls
from feedmaker.text.sayings import Saying, placed
from feedmaker.text.translations import ENGLISH, translation

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Sequence

    from feedmaker.model import HealedPart, Page, Section, Site, State
    from feedmaker.pipeline.section import SiteRun

    FetchPage = Callable[[str], Awaitable[Page]]

# The agreement of a page with a section's stories from which on it is its listing.
_SURE: Final = 0.6
# The share of known stories among all that the page lists, likewise.
KNOWN_SHARE: Final = 0.3
# Pages that are fetched where a section's address is gone.
_TRIED: Final = 6
# For so long an address must be gone before another takes its place.
_GONE: Final = timedelta(hours=6)
# How often an address that was replaced is asked again.
ASK_AGAIN: Final = timedelta(days=1)


def remember(run: SiteRun, section: str, rule: HealedRule) -> None:
    """Use a healed rule from now on; `section` is "" of the rule for the body."""
    known = run.healed.get((section, rule.what))
    rule = replace(rule, at=run.now)
    run.healed[section, rule.what] = rule
    run.store.sections.set_healed_rule(run.site.slug, section, rule, run.now)
    if known is None or (known.before, known.after) != (rule.before, rule.after):
        name = f"{run.site.slug}/{section}".rstrip("/")
        told = health.describe_heal(rule, translation(ENGLISH))
        run.progress.note(f"{name}: healed itself: {told}")


def _healed_name(run: SiteRun, section: str, what: HealedPart, configured: str) -> str:
    """What is used in place of a rule that the configuration still has; "" of no other."""
    rule = run.healed.get((section, what))
    return rule.name if rule and rule.before == configured else ""


async def listing_address(run: SiteRun, section: Section, url: str, fetch: FetchPage) -> str:
    """Return where a configured listing is now.

    The configured address is asked again once a day; where it answers, it holds again.
    """
    name = _healed_name(run, section.slug, "urls", url)
    if not name:
        return url
    rule = run.healed[section.slug, "urls"]
    if rule.at and run.now - rule.at < ASK_AGAIN:
        return name
    try:
        page = await fetch(url)
        is_there = urls.key(page.url) not in (urls.key(run.site.home), urls.key(name))
    except FetchError:
        is_there = False
    if not is_there:
        remember(run, section.slug, rule)
        return name
    del run.healed[section.slug, "urls"]
    run.store.sections.forget_healed_rule(run.site.slug, section.slug, "urls")
    again = Saying("{page} is there again, and is used again", page=url)
    run.progress.note(placed(f"{run.site.slug}/{section.slug}", again))
    return url


def may_have_moved(run: SiteRun, state: State) -> bool:
    """Whether a section's address is gone for so long that it may be looked for elsewhere."""
    if state.good or state.since is None or state.reason is None:
        return False
    status = dict(state.reason.parameters).get("status")
    return status in (404, 410) and run.now - state.since >= _GONE


async def find_moved_listing(
    run: SiteRun, section: Section, url: str, fetch: FetchPage
) -> Page | None:
    """Return the listing whose address is gone; None where there is none.

    It is a page that the home page leads to, with the section's stories on it.
    """
    try:
        home = await fetch(section.page or run.site.home)
    except FetchError:
        return None
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

    With it comes `rule`, a URL or a label, with the name and the agreement of that page.
    """
    known = run.store.links.newest(run.site.slug, section.slug)
    if not known:
        return None
    links = await run.process.call(home.url, page_work.labelled_links, home)
    taken = list_pages(run.site)
    for label, url in _possible_links(links, run.site, section, rule)[:_TRIED]:
        try:
            page = await fetch(url)
            job = page_work.agreement
            score, agreed, listed = await run.process.call(url, job, page, known)
        except PageError:
            continue
        is_ours = score >= _SURE and agreed >= KNOWN_SHARE * listed
        if is_ours and urls.key(page.url) not in taken:
            name = page.url if rule.kind == "url" else label
            confidence = round(score, 2)
            return page, replace(rule, name=name, agreed=agreed, confidence=confidence)
    return None


def list_pages(site: Site) -> set[str]:
    """The keys of the addresses of lists: the home page, the sections'."""
    taken = {urls.key(site.home)}
    for section in site.sections:
        taken.update(urls.key(url) for url in (*section.urls, section.page) if url)
    return taken


def _possible_links(
    links: Sequence[tuple[str, str]], site: Site, section: Section, rule: HealedRule
) -> list[tuple[str, str]]:
    """The labels and URLs of links that may lead to a section, the likeliest first.

    A page that takes the place of an address is labelled like that or like the section, and not
    only by the site's name: other pages may list its stories, too. So does one with all that is
    new, which only takes the place of another of them.
    """
    taken = list_pages(site)
    like = _last_words(rule.before) if rule.kind == "url" else rule.before
    wanted = set(arabic.fold(f"{like} {section.title} {section.slug}").split())
    wanted = wanted.difference(arabic.fold(site.name).split()) or wanted
    least = 1 if rule.kind == "url" else 0
    is_latest = _is_latest(section.slug, section.title.rpartition(":")[2], like)

    def likeness(link: tuple[str, str]) -> int:
        label, url = link
        return len(wanted & set(arabic.fold(f"{label} {_last_words(url)}").split()))

    possible = [
        (label, url)
        for label, url in links
        if urls.key(url) not in taken and (is_latest or not _is_latest(label, _last_words(url)))
    ]
    alike = [link for link in possible if likeness(link) >= least]
    return sorted(alike, key=likeness, reverse=True)


def _is_latest(*names: str) -> bool:
    """Whether one of the names of a page says that it lists all that is new."""
    from feedmaker.text import labels  # a twentieth of what a run imports, and few need it

    return any(labels.label(name) == "latest" for name in names)


def _last_words(url: str) -> str:
    """The last segment of a URL's path, as words."""
    last = urlsplit(url).path.rstrip("/").rpartition("/")[2]
    return last.replace("-", " ").replace("_", " ")
