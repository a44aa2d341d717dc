"""What a person makes of what was found of a site: names, a zone, and which sections."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final
from zoneinfo import ZoneInfo

from feedmaker import config
from feedmaker.model.configuration import SLUG
from feedmaker.setup.site_facts import SiteFact
from feedmaker.text.sayings import Saying
from feedmaker.web.form_texts import text_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from starlette.datastructures import FormData

    from feedmaker.setup import SiteProposal
    from feedmaker.setup.site_file import SectionChoice
    from feedmaker.web.site_search import SiteFound

_LONGEST_TITLE: Final = 200  # characters
_LONGEST_SLUG: Final = 60
_LANGUAGE: Final = re.compile(r"[a-zA-Z]{2,3}(-[a-zA-Z0-9]{1,8})*")
_SAID: Final = "what you said"


@dataclass(frozen=True, slots=True)
class ChosenSection:
    """A section as a person wants it; `number` is its place among those that were found."""

    number: int
    title: str
    slug: str
    is_taken: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ChosenSite:
    """A site as a person wants it. `used_slugs` are those of sections that it has already."""

    name: str
    language: str
    timezone: str
    folder: str
    sections: tuple[ChosenSection, ...]
    used_slugs: tuple[str, ...] = ()
    is_known: bool = False

    @property
    def zone_to_show(self) -> str:
        """The zone by whose clock stories are shown."""
        return self.timezone if _is_zone(self.timezone) else "UTC"

    def problems(self) -> tuple[str, ...]:
        """Return what is wrong with it, as lines to show."""
        return (*self._problems_of_site(), *self._problems_of_sections())

    def _problems_of_site(self) -> Iterator[str]:
        if self.is_known:
            return
        if not self.name:
            yield Saying("the site needs a name")
        if not _LANGUAGE.fullmatch(self.language):
            yield Saying("{value} is no language; expected one such as ar", value=self.language)
        if not _is_zone(self.timezone):
            yield Saying(
                "{value} is no time zone; expected one such as Asia/Riyadh", value=self.timezone
            )
        if not config.is_slug(self.folder):
            yield _slug_problem(self.folder)

    def _problems_of_sections(self) -> Iterator[str]:
        used = set(self.used_slugs)
        taken = [section for section in self.sections if section.is_taken]
        if not taken:
            yield Saying("no section is ticked")
        for section in taken:
            if not section.title:
                yield Saying("each section needs a title")
            if not re.fullmatch(SLUG, section.slug):
                yield _slug_problem(section.slug)
            elif section.slug in used:
                yield Saying(
                    "{value} is the name of two sections; choose another", value=section.slug
                )
            used.add(section.slug)

    def proposal(self, found: SiteProposal) -> SiteProposal:
        """Return what was found as it is wanted."""
        return replace(
            found,
            name=_corrected(found.name, self.name),
            language=_corrected(found.language, self.language),
            time_zone=_corrected(found.time_zone, self.timezone),
            sections=tuple(
                _as_wanted(found.sections[one.number], one) for one in self.sections if one.is_taken
            ),
        )


def untouched_choice(found: SiteFound) -> ChosenSite:
    """Return what is proposed: all sections but those in doubt."""
    sections = [
        ChosenSection(number, one.candidate.title, one.slug, is_taken=not one.doubt)
        for number, one in enumerate(found.proposal.sections)
    ]
    if sections and not any(one.is_taken for one in sections):
        sections = [replace(one, is_taken=True) for one in sections]
    known = found.wanted.known
    return ChosenSite(
        name=found.proposal.name.value,
        language=found.proposal.language.value,
        timezone=found.proposal.time_zone.value,
        folder=found.wanted.path.stem,
        sections=tuple(sections),
        used_slugs=known.slugs if known else (),
        is_known=known is not None,
    )


def read_choice(found: SiteFound, form: FormData) -> ChosenSite:
    """Return what a person says in the form; what it leaves out is as it is proposed."""
    proposed = untouched_choice(found)
    taken = {value for value in form.getlist("take") if isinstance(value, str)}
    sections = [
        ChosenSection(
            one.number,
            _line(form, f"title-{one.number}", one.title),
            _line(form, f"slug-{one.number}", one.slug)[:_LONGEST_SLUG],
            is_taken=str(one.number) in taken,
        )
        for one in proposed.sections
    ]
    return replace(
        proposed,
        name=_line(form, "name", proposed.name),
        language=_line(form, "language", proposed.language),
        timezone=_line(form, "timezone", proposed.timezone),
        folder=_line(form, "folder", proposed.folder),
        sections=tuple(sections),
    )


def _line(form: FormData, name: str, proposed: str) -> str:
    """Return a text of the form as one line, without what no line can hold."""
    if name not in form:
        return proposed
    text = text_of(form, name, _LONGEST_TITLE)
    return " ".join("".join(one if one.isprintable() else " " for one in text).split())


def _is_zone(name: str) -> bool:
    try:
        ZoneInfo(name)
    except (ValueError, OSError, KeyError):
        return False
    return True


def _slug_problem(slug: str) -> Saying:
    return Saying(
        "{value} is no name for files; expected a-z, 0-9 and hyphens, such as sport", value=slug
    )


def _corrected(fact: SiteFact, value: str) -> SiteFact:
    return fact if value == fact.value else SiteFact(value, _SAID)


def _as_wanted(found: SectionChoice, wanted: ChosenSection) -> SectionChoice:
    candidate = replace(found.candidate, title=wanted.title)
    return replace(found, candidate=candidate, slug=wanted.slug)
