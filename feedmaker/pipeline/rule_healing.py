"""What a run does when a site has changed its markup or addresses: find again what its
configuration names.

A rule that does not match any more is replaced by what agrees with the stories already known, above
a stated confidence (`listing.healing`, `extract.healing`); the store remembers it, `status` shows
it with before and after, and it holds as long as the configuration says what it said. Below that
confidence the section fails, and its feed stays.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from feedmaker import listing
from feedmaker.article import body_rule
from feedmaker.model import HealedRule
from feedmaker.model.errors import FetchError, ListingError
from feedmaker.text import arabic, urls

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable
    from datetime import datetime

    from feedmaker.model import Link, Page, Rules, Section, Site
    from feedmaker.store import Store

    Ask = Callable[[str], Awaitable[Page]]

_SURE = 0.6  # the agreement of a page with a section's stories from which on it is its listing
_TRIED = 6  # pages that are asked for when a section's address is gone


@dataclass
class RuleHealer:
    """What has been found again of one site, and how to find more."""

    site: Site
    store: Store
    now: datetime
    _heals: dict[tuple[str, str], HealedRule] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._heals = {
            (section, heal.what): heal
            for section, heal in self.store.sections.healed_rules(self.site.slug)
        }

    def _healed(self, section: str, what: str, before: str) -> str:
        heal = self._heals.get((section, what))
        return heal.name if heal and heal.before == before else ""

    def _keep(self, section: str, heal: HealedRule) -> None:
        heal = replace(heal, at=self.now)
        self._heals[section, heal.what] = heal
        self.store.sections.set_healed_rule(self.site.slug, section, heal, self.now)

    def links(self, page: Page, section: Section, known: list[Link]) -> list[Link]:
        """The links of a section on a listing page. Raises ListingError."""
        healed = [heal for (name, _), heal in self._heals.items() if name == section.slug]
        found = listing.section_links(
            page,
            section,
            self.site.rules,
            known,
            healed=healed,
            limits=self.site.fetch.limits,
        )
        for heal in found.healed:
            self._keep(section.slug, heal)
        return list(found.links)

    @property
    def rules(self) -> Rules:
        """The site's rules, with what was found in place of that for the body."""
        heal, rules = self._heals.get(("", "body")), self.site.rules
        return (
            body_rule.with_healed_body(rules, heal)
            if heal and heal.before == ", ".join(rules.body)
            else rules
        )

    def body(self, page: Page, known: str) -> None:
        """Look whether a page, whose story was `known` before, has what the rule for the body
        matches; else heal it.
        """
        rules = self.rules
        if known and body_rule.is_broken(page.utf8, rules):
            heal = body_rule.find_replacement(page.utf8, page.url, self.site.rules, known)
            if heal:
                self._keep("", heal)

    def address(self, section: Section, url: str) -> str:
        """Where a listing is now."""
        return self._healed(section.slug, "urls", url) or url

    async def moved(self, section: Section, url: str, ask: Ask, error: FetchError) -> Page:
        """The listing whose address is gone: a page that the home page leads to, with the section's
        stories on it.

        Raises `error` where there is none.
        """
        home = await ask(section.page or self.site.home)
        found = await self._agreeing(section, home, _last(url), ask)
        if found is None:
            raise error
        page, _, told = found
        self._keep(section.slug, replace(told, what="urls", before=url, kind="url", name=page.url))
        return page

    async def nav(self, section: Section, home: Page, had: str, ask: Ask) -> str:
        """The address behind a navigation label. Where no link is labelled so: where it led before,
        or what agrees.

        `had` is where the label led before, if it did. Raises ListingError.
        """
        label = self._healed(section.slug, "nav", section.nav) or section.nav
        try:
            return listing.nav_url(home, label)
        except ListingError:
            for text, url in listing.labels(home) if had else ():
                if urls.key(url) == urls.key(had):
                    self._keep(
                        section.slug,
                        HealedRule(
                            what="nav",
                            before=section.nav,
                            kind="label",
                            name=text,
                            agreed=0,
                            confidence=1.0,
                        ),
                    )
                    return url
            found = await self._agreeing(section, home, section.nav, ask)
            if found is None:
                raise
        page, text, told = found
        self._keep(
            section.slug, replace(told, what="nav", before=section.nav, kind="label", name=text)
        )
        return page.url

    async def _agreeing(
        self, section: Section, home: Page, like: str, ask: Ask
    ) -> tuple[Page, str, HealedRule] | None:
        """The page behind one of a page's short links that holds the section's stories; what is
        named alike first.
        """
        known = self.store.links.newest(self.site.slug, section.slug)
        if not known:
            return None
        wanted = set(arabic.fold(f"{like} {section.title} {section.slug}").split())

        def unlike(one: tuple[str, str]) -> int:
            return -len(wanted & set(arabic.fold(f"{one[0]} {_last(one[1])}").split()))

        for text, url in sorted(listing.labels(home), key=unlike)[:_TRIED]:
            try:
                page = await ask(url)
            except FetchError:
                continue
            score, agreed = listing.agreement(page, known)
            if score >= _SURE:
                return (
                    page,
                    text,
                    HealedRule(
                        what="urls",
                        before="",
                        kind="url",
                        name=page.url,
                        agreed=agreed,
                        confidence=round(score, 2),
                    ),
                )
        return None


def _last(url: str) -> str:
    """The last segment of a URL's path, as words."""
    return urlsplit(url).path.rstrip("/").rpartition("/")[2].replace("-", " ").replace("_", " ")
