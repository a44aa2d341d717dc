"""Sections of sections: the names in `sections_of` -> the sections of all sites that they mean."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final, NamedTuple

from feedmaker.config.error_lines import key_path
from feedmaker.model import JoinedSection, SourceSection
from feedmaker.text.sayings import Saying, placed

if TYPE_CHECKING:
    from collections.abc import Sequence

    from feedmaker.model import Section, Site

# Sections of sections of sections, and so on.
_DEEPEST: Final = 20


class NameProblem(NamedTuple):
    """What is wrong with the `sections_of` of a section of a site."""

    site: str
    text: str


class JoinedSites(NamedTuple):
    """All sites, their sections of sections with what these stand for; and what is wrong."""

    sites: tuple[Site, ...]
    problems: tuple[NameProblem, ...]


def join_sections(sites: Sequence[Site]) -> JoinedSites:
    """Look up what `sections_of` names.

    A section that names what is not there, or itself by way of others, is left alone; so is one of
    a site whose file cannot be used now. Its feed stays.
    """
    found = _Lookup(sites)
    new = []
    for site in sites:
        sections = tuple(
            found.section(f"{site.slug}/{one.slug}", ()) or replace(one, paused=True)
            for one in site.sections
        )
        new.append(site if sections == site.sections else replace(site, sections=sections))
    return JoinedSites(tuple(new), tuple(found.problems))


class _Lookup:
    """The sections of all sites by their names, each looked up once."""

    def __init__(self, sites: Sequence[Site]) -> None:
        self._sites = {site.slug: site for site in sites}
        self._places = {
            f"{site.slug}/{section.slug}": (site, section, number)
            for site in sites
            for number, section in enumerate(site.sections)
        }
        self._done: dict[str, Section | None] = {}
        self.problems: list[NameProblem] = []

    def section(self, name: str, asked_by: tuple[str, ...]) -> Section | None:
        """Return a section by its name, None where it cannot be used; `asked_by` led to it."""
        if name not in self._done:
            self._done[name] = self._look_up(name, asked_by)
        return self._done[name]

    def _look_up(self, name: str, asked_by: tuple[str, ...]) -> Section | None:
        _, section, _ = self._places[name]
        if not section.sections_of:
            return section
        way = (*asked_by, name)
        sources = [self._source(one, way) for one in section.sections_of]
        known = tuple(source for source in sources if source is not None)
        if len(known) < len(sources):
            return None
        return JoinedSection(**section.keys(), sources=known)

    def _source(self, name: str, way: tuple[str, ...]) -> SourceSection | None:
        """The section of a name in `sections_of` of the last one on the way."""
        if name in way:
            circle = " -> ".join((*way[way.index(name) :], name))
            itself = Saying("names itself: {circle}; take one of them out", circle=circle)
            self._note(way[-1], itself)
            return None
        if len(way) > _DEEPEST:
            deep = Saying("lies more than {most} sections deep; join fewer", most=_DEEPEST)
            self._note(way[-1], deep)
            return None
        if name not in self._places:
            slug = name.partition("/")[0]
            site = self._sites.get(slug)
            if site and not site.sections:  # its file has a mistake, which is told
                return None
            there = sorted(one for one in self._places if one.startswith(f"{slug}/"))
            known = ", ".join(there[:20] or sorted(self._sites)[:20])
            none = Saying("{name!r} is no section; there are {known}", name=name, known=known)
            self._note(way[-1], none)
            return None
        section = self.section(name, way)
        if section is None:
            return None
        site, _, _ = self._places[name]
        return SourceSection(
            site=site.slug, site_name=site.name, section=section, page=section.web_page(site)
        )

    def _note(self, name: str, text: str) -> None:
        site, _, number = self._places[name]
        key = key_path(("sections", number, "sections_of"))
        self.problems.append(NameProblem(site.slug, placed(key, text)))
