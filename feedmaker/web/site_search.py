"""What `feedmaker add` finds of a site, found for the app: a job of `job_process`."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from feedmaker import config, setup
from feedmaker.fetch import Fetcher
from feedmaker.model.errors import FeedmakerError
from feedmaker.pipeline.preview import Preview
from feedmaker.setup import SectionCandidate, SectionSample, SiteProposal, WantedSite

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path

    from feedmaker.pipeline import PageProcess
    from feedmaker.setup import SiteHome, SiteSurvey

_SECONDS: Final = 120.0  # for the sections; those that were not reached are offered unseen


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteSearch:
    """A site to look at: its canonical address, and where the configuration is.

    `also` are the keys of sections that a person wants beside those that are proposed.
    """

    configuration: Path
    address: str
    connect_to: str = ""
    also: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class HomeSeen:
    """The first page of a site was read: its name, its address, and how many sections follow."""

    name: str
    url: str
    sections: int


@dataclass(frozen=True, slots=True)
class SectionSeen:
    """A section was looked at."""

    candidate: SectionCandidate
    sample: SectionSample


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteFound:
    """What was found of a site.

    `proposal` has the sections with links, in the order of those of `seen`; without any, all that
    is proposed is configured already. `others` were not looked at. `notes` are lines to show.
    """

    wanted: WantedSite
    proposal: SiteProposal
    seen: tuple[SectionSeen, ...]
    others: tuple[SectionCandidate, ...]
    notes: tuple[str, ...]


async def search_site(
    search: SiteSearch, process: PageProcess, say: Callable[[object], None]
) -> SiteFound:
    """Look at a site and some of its sections. Raises FeedmakerError.

    `say` is told each step: HomeSeen, then SectionSeen.
    """
    settings = config.load_settings(search.configuration)
    wanted = _wanted_site(search)
    robots: dict[str, tuple[str, float]] = {}
    async with Fetcher(settings, robots) as fetcher:
        preview = Preview(fetcher, wanted.to_try(settings), process)
        survey = await setup.survey_site(preview, wanted, robots)
        chosen = _choose(survey, search.also)
        home = survey.home
        name = setup.find_name(home.links.tree, home.page.url).value
        say(HomeSeen(name, home.page.url, len(chosen)))
        seen = await _see_sections(survey, chosen, say)
    samples = {one.candidate: one.sample for one in seen}
    if chosen or wanted.known is None:
        _check_found(home, samples)
    proposal = setup.propose_site(
        home,
        samples,
        preview.texts(),
        used_slugs=wanted.known.slugs if wanted.known else (),
        connect_to=wanted.connect_to,
    )
    keys = {candidate.key for candidate in samples}
    return SiteFound(
        wanted=wanted,
        proposal=proposal,
        seen=tuple(seen),
        others=tuple(one for one in survey.candidates if one.key not in keys),
        notes=home.notes,
    )


def _choose(survey: SiteSurvey, also: Sequence[str]) -> list[SectionCandidate]:
    """Return the sections to look at: those that a person asked for, and those proposed."""
    chosen = [one for one in survey.candidates if one.key in also]
    return chosen + [one for one in survey.usual if one not in chosen]


def _check_found(home: SiteHome, samples: Mapping[SectionCandidate, SectionSample]) -> None:
    """Raise FeedmakerError where no section can be taken."""
    if not any(sample.links for sample in samples.values()):
        raise FeedmakerError(setup.why_nothing(home, samples))


def _wanted_site(search: SiteSearch) -> WantedSite:
    """Return the site, with the file that it has, or a name for one that is free."""
    folder = search.configuration / "sites"
    known = setup.find_known_site(folder, search.address)
    if known is not None:
        return WantedSite(address=search.address, path=known.path, known=known)
    name = setup.site_slug(search.address)
    path, number = folder / f"{name}.toml", 1
    while path.exists() or not config.is_slug(path.stem):
        number += 1
        path = folder / f"{name}-{number}.toml"
    return WantedSite(address=search.address, path=path, connect_to=search.connect_to)


async def _see_sections(
    survey: SiteSurvey, chosen: Sequence[SectionCandidate], say: Callable[[object], None]
) -> list[SectionSeen]:
    """Look at sections as long as there is time; at what the home page shows where none is good."""
    seen: list[SectionSeen] = []

    async def see(candidates: Sequence[SectionCandidate]) -> None:
        found = setup.try_sections(survey.preview, candidates, survey.home, len(candidates))
        async for candidate, sample in found:
            seen.append(SectionSeen(candidate, sample))
            say(seen[-1])

    try:
        async with asyncio.timeout(_SECONDS):
            await see(chosen)
            if not any(one.sample.links for one in seen):
                await see(survey.shown_at_home({one.candidate for one in seen}))
    except TimeoutError:
        pass
    return seen
