"""In which order sections are built: those with pages first, then those of others' stories."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

from feedmaker.model import JoinedSection

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from feedmaker.model import Section, Site


class SitePart(NamedTuple):
    """Some sections of a site, to be built one after the other."""

    site: Site
    sections: tuple[Section, ...]


def site_rounds(sites: Iterable[Site], only: Collection[str]) -> list[list[SitePart]]:
    """Return the parts of sites that are built together, round by round, by the sections' depth.

    `only` are the slugs of those that are wanted; without any all are.
    """
    rounds: dict[int, list[SitePart]] = defaultdict(list)
    wanted = [site for site in sites if not only or site.slug in only]
    for site in wanted:
        by_depth: dict[int, list[Section]] = defaultdict(list)
        for section in site.sections:
            if not section.paused:
                by_depth[_depth(section)].append(section)
        for depth, sections in by_depth.items():
            rounds[depth].append(SitePart(site, tuple(sections)))
    return [rounds[depth] for depth in sorted(rounds)]


def _depth(section: Section) -> int:
    return section.depth if isinstance(section, JoinedSection) else 0
