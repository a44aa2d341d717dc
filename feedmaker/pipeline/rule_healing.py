"""Self-healing: after a redesign, find again what a site's configuration names.

A rule or an address that does not match any more is replaced by what agrees with the stories
already known, above a stated confidence (`listing.list_healing`, `article.body_rule`). The store
remembers the replacement, `status` shows both, and it holds as long as the configuration says what
it said. Below that confidence the section fails, and its feed stays.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

from feedmaker.model import HealedRule
from feedmaker.model.errors import FetchError, ListingError
from feedmaker.text import arabic, urls

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable
    from datetime import datetime

    from feedmaker.model import HealedPart, Link, Page, Rules, Section, Site
    from feedmaker.store import Store

    FetchPage = Callable[[str], Awaitable[Page]]

# The agreement of a page with a section's stories from which on it is its listing.
_SURE: Final = 0.6
# Pages that are fetched where a section's address is gone.
_TRIED: Final = 6


@dataclass(frozen=True, slots=True)
class _AgreeingPage:
    """A page that holds a section's stories, and the label of the link that leads to it."""

    page: Page
    label: str
    agreed: int
    confidence: float


class RuleHealer:
    """The self-healed rules of one site, and how to find more."""

    def __init__(self, site: Site, store: Store, now: datetime) -> None:
        self._site = site
        self._store = store
        self._now = now
        self._rules = {
            (section, rule.what): rule for section, rule in store.sections.healed_rules(site.slug)
        }

    def _in_place_of(self, section: str, what: HealedPart, configured: str) -> str:
        """What is used in place of a rule that the configuration still has; "" of no other."""
        rule = self._rules.get((section, what))
        return rule.name if rule and rule.before == configured else ""

    def _remember(self, section: str, rule: HealedRule) -> None:
        rule = replace(rule, at=self._now)
        self._rules[section, rule.what] = rule
        self._store.sections.set_healed_rule(self._site.slug, section, rule, self._now)

    # Lists

    def links(self, page: Page, section: Section, known: list[Link]) -> list[Link]:
        """Return the links of a section on a listing page. Raises ListingError."""
        # Importing the stages of articles and listings adds 39 % to the CPU of an unchanged run,
        # which needs none of them.
        from feedmaker.listing import section_links

        healed = [rule for (name, _), rule in self._rules.items() if name == section.slug]
        found = section_links(
            page,
            section,
            self._site.rules,
            known,
            healed=healed,
            limits=self._site.fetch.limits,
        )
        for rule in found.healed:
            self._remember(section.slug, rule)
        return list(found.links)

    # The rule for the body of articles

    @property
    def rules(self) -> Rules:
        """The site's rules, with what is used in place of that for the body."""
        rules = self._site.rules
        healed = self._rules.get(("", "body"))
        if healed and healed.before == ", ".join(rules.body):
            from feedmaker.article import body_rule  # likewise

            return body_rule.with_healed_body(rules, healed)
        return rules

    def heal_body_rule(self, page: Page, known_text: str) -> None:
        """Replace the rule for the body where it matches nothing on a page of a known story."""
        from feedmaker.article import body_rule  # likewise

        if known_text and body_rule.is_broken(page.utf8, self.rules):
            rule = body_rule.find_replacement(page.utf8, page.url, self._site.rules, known_text)
            if rule:
                self._remember("", rule)

    # Addresses

    def address(self, section: Section, url: str) -> str:
        """Return where a configured listing is now."""
        return self._in_place_of(section.slug, "urls", url) or url

    async def find_moved_listing(
        self, section: Section, url: str, fetch: FetchPage, error: FetchError
    ) -> Page:
        """Return the listing whose address is gone.

        It is a page that the home page leads to, with the section's stories on it. Raises `error`
        where there is none.
        """
        home = await fetch(section.page or self._site.home)
        found = await self._find_agreeing(section, home, _last_words(url), fetch)
        if found is None:
            raise error
        rule = HealedRule(
            what="urls",
            before=url,
            kind="url",
            name=found.page.url,
            agreed=found.agreed,
            confidence=found.confidence,
        )
        self._remember(section.slug, rule)
        return found.page

    async def find_labelled_page(
        self, section: Section, home: Page, known_url: str, fetch: FetchPage
    ) -> str:
        """Return the URL behind a section's navigation label.

        Where no link is labelled so, it is where the label led before (`known_url`, "" for
        nowhere), else the page that holds the section's stories. Raises ListingError.
        """
        from feedmaker.listing import nav_url  # likewise

        label = self._in_place_of(section.slug, "nav", section.nav) or section.nav
        try:
            return nav_url(home, label)
        except ListingError:
            rule = self._new_label(section, home, known_url)
            if rule is None:
                found = await self._find_agreeing(section, home, section.nav, fetch)
                if found is None:
                    raise
                known_url = found.page.url
                rule = HealedRule(
                    what="nav",
                    before=section.nav,
                    kind="label",
                    name=found.label,
                    agreed=found.agreed,
                    confidence=found.confidence,
                )
        self._remember(section.slug, rule)
        return known_url

    @staticmethod
    def _new_label(section: Section, home: Page, known_url: str) -> HealedRule | None:
        """Return the label of the link to a known URL, in place of the section's."""
        if not known_url:
            return None
        from feedmaker.listing import labels  # likewise

        for label, url in labels(home):
            if urls.key(url) == urls.key(known_url):
                return HealedRule(
                    what="nav",
                    before=section.nav,
                    kind="label",
                    name=label,
                    agreed=0,
                    confidence=1.0,
                )
        return None

    async def _find_agreeing(
        self, section: Section, home: Page, like: str, fetch: FetchPage
    ) -> _AgreeingPage | None:
        """Return the page behind one of a page's short links that holds the section's stories.

        Links that are labelled like `like`, or like the section, are tried first.
        """
        known = self._store.links.newest(self._site.slug, section.slug)
        if not known:
            return None
        from feedmaker.listing import agreement, labels  # likewise

        wanted = set(arabic.fold(f"{like} {section.title} {section.slug}").split())

        def likeness(labelled: tuple[str, str]) -> int:
            label, url = labelled
            return len(wanted & set(arabic.fold(f"{label} {_last_words(url)}").split()))

        by_likeness = sorted(labels(home), key=likeness, reverse=True)
        for label, url in by_likeness[:_TRIED]:
            try:
                page = await fetch(url)
            except FetchError:
                continue
            score, agreed = agreement(page, known)
            if score >= _SURE:
                return _AgreeingPage(page, label, agreed=agreed, confidence=round(score, 2))
        return None


def _last_words(url: str) -> str:
    """The last segment of a URL's path, as words."""
    last = urlsplit(url).path.rstrip("/").rpartition("/")[2]
    return last.replace("-", " ").replace("_", " ")
