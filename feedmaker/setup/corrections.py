"""What a person says in a few words to correct a proposal: `zone Asia/Riyadh`, `title 2 Sport`."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from feedmaker.setup.site_facts import SiteFact

if TYPE_CHECKING:
    from feedmaker.setup.site_file import SectionChoice, SiteProposal

_LONGEST: Final = 300  # characters of a correction
_OF_SITE: Final = re.compile(
    r"(name|language|time ?zone|zone)(?:\s*[:=]\s*|\s+)(\S.*)", re.IGNORECASE
)
_OF_SECTION: Final = re.compile(
    r"(?:(title|slug)\s+(\d{1,3})|(\d{1,3})\s+(title|slug))(?:\s*[:=]\s*|\s+)(\S.*)", re.IGNORECASE
)
_DROP: Final = re.compile(r"drop\s+(\S.*)", re.IGNORECASE)
_RANGE: Final = re.compile(r"(\d{1,4})\s*-\s*(\d{1,4})")


def numbers_in(words: str, most: int) -> list[int] | None:
    """Return the numbers from 1 to `most` that «1,3-5» or «all» names; None of other words."""
    if words.strip().lower() in ("all", "الكل", "كل"):
        return list(range(1, most + 1))
    found: dict[int, None] = {}
    for part in re.split(r"[,،\s]+", words.strip()):
        ends = _RANGE.fullmatch(part)
        first, last = (ends[1], ends[2]) if ends else (part, part)
        if not (first.isdecimal() and last.isdecimal()):
            return None
        numbers = range(int(first), int(last) + 1)
        if not numbers or numbers[0] < 1 or numbers[-1] > most:
            return None
        found |= dict.fromkeys(numbers)
    return list(found)


def correct(proposal: SiteProposal, words: str) -> SiteProposal | None:
    """Return a proposal with what a person says corrected; None where that is no correction.

    What is corrected is not checked here.
    """
    said = words.strip()[:_LONGEST]
    if match := _OF_SITE.fullmatch(said):
        return _with_fact(proposal, match[1].lower(), SiteFact(match[2], "what you said"))
    if match := _DROP.fullmatch(said):
        return _without(proposal, match[1])
    if match := _OF_SECTION.fullmatch(said):
        number = int(match[2] or match[3])
        key = (match[1] or match[4]).lower()
        return _with_section(proposal, number, key, match[5])
    return None


def _with_fact(proposal: SiteProposal, key: str, fact: SiteFact) -> SiteProposal:
    if key == "name":
        return replace(proposal, name=fact)
    if key == "language":
        return replace(proposal, language=fact)
    return replace(proposal, time_zone=fact)


def _with_section(proposal: SiteProposal, number: int, key: str, value: str) -> SiteProposal | None:
    if not 0 < number <= len(proposal.sections):
        return None
    sections = list(proposal.sections)
    sections[number - 1] = _with_value(sections[number - 1], key, value)
    return replace(proposal, sections=tuple(sections))


def _with_value(section: SectionChoice, key: str, value: str) -> SectionChoice:
    if key == "slug":
        return replace(section, slug=value)
    return replace(section, candidate=replace(section.candidate, title=value))


def _without(proposal: SiteProposal, words: str) -> SiteProposal | None:
    """Return a proposal without some sections; None where no section would be left."""
    dropped = numbers_in(words, len(proposal.sections))
    if dropped is None or len(dropped) == len(proposal.sections):
        return None
    left = [one for number, one in enumerate(proposal.sections, start=1) if number not in dropped]
    return replace(proposal, sections=tuple(left))
