"""A site that a person wants, from its address: what it offers, and what of it is looked at."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

from feedmaker import config
from feedmaker.model import Site
from feedmaker.model.errors import ConfigError
from feedmaker.setup.section_candidates import headlines
from feedmaker.setup.site_facts import find_language, needs_script
from feedmaker.setup.site_look import find_home, find_site_candidates
from feedmaker.text import urls
from feedmaker.text.sayings import Saying

if TYPE_CHECKING:
    from collections.abc import Container, Mapping
    from pathlib import Path

    from feedmaker.model import Settings
    from feedmaker.pipeline.preview import Preview
    from feedmaker.setup.section_sources import SectionCandidate
    from feedmaker.setup.site_append import KnownSite
    from feedmaker.setup.site_look import SectionSample, SiteHome

MOST_SECTIONS: Final = 12  # taken when nobody is asked


@dataclass(frozen=True, slots=True, kw_only=True)
class WantedSite:
    """A site to add: a canonical `address` of it, and the file to write.

    `known` is what the file holds already, if it is of the same site.
    """

    address: str
    path: Path
    known: KnownSite | None = None
    connect_to: str = ""

    def to_try(self, settings: Settings) -> Site:
        """Return the site as it is configured, else a bare one. Raises ConfigError."""
        if self.known is not None:
            site = config.check_site(self.known.text, self.path)
            return replace(site, connect_to=self.connect_to or site.connect_to)
        return Site(
            slug="",
            name="",
            home=urls.canonical("/", self.address) or self.address,
            sections=(),
            connect_to=self.connect_to,
            fetch=settings.fetch,
        )


@dataclass(frozen=True, slots=True)
class SiteSurvey:
    """What the first page of a site shows; sections that are configured are left out."""

    preview: Preview
    home: SiteHome
    candidates: tuple[SectionCandidate, ...]

    @property
    def usual(self) -> list[SectionCandidate]:
        """The sections that are proposed."""
        return [one for one in self.candidates if one.usual][:MOST_SECTIONS]

    def shown_at_home(self, tried: Container[SectionCandidate]) -> list[SectionCandidate]:
        """Return what the home page itself shows of stories: then no listing is fetched.

        It is looked at where none of the `tried` sections is good.
        """
        left = [one for one in self.candidates if one not in tried]
        return [one for one in left if _is_shown_at_home(one, self.home)]


def _is_shown_at_home(candidate: SectionCandidate, home: SiteHome) -> bool:
    """Whether a section is the home page or a usual block of it."""
    if candidate.heading:
        return candidate.usual
    return candidate.url == home.page.url


def typed_address(given: str) -> str:
    """Return the canonical URL that a person means. Raises ConfigError."""
    address = urls.canonical(given if "://" in given else f"https://{given}")
    host = urlsplit(address or "").hostname or ""
    is_host = host == "localhost" or "." in host or ":" in host
    if address is None or not is_host:
        words = "{given}: no URL; expected the address of a site, such as https://example.org/"
        raise ConfigError([Saying(words, given=given)])
    return address


async def survey_site(
    preview: Preview, wanted: WantedSite, robots: Mapping[str, tuple[str, float]]
) -> SiteSurvey:
    """Look at the first page of a site. Raises FetchError.

    `robots` are the copies of robots.txt that the preview's fetcher keeps.
    """
    home = await find_home(preview, wanted.address)
    texts = [text for text, _ in robots.values()]
    candidates = await find_site_candidates(preview, home, texts)
    if wanted.known is not None:
        left = [one for one in candidates if not wanted.known.has(one)]
        return SiteSurvey(preview, home, tuple(left))
    language = find_language(home.links.tree, headlines(home.page.text, home.page.url))
    preview.site = replace(
        preview.site, slug=wanted.path.stem, language=language.value, home=home.page.url
    )
    return SiteSurvey(preview, home, tuple(candidates))


def why_nothing(home: SiteHome, samples: Mapping[SectionCandidate, SectionSample]) -> str:
    """Say why no section can be taken, and what to do."""
    url = home.page.url
    if script := needs_script(home.links):
        words = (
            "{page} needs JavaScript ({why}), and no feed or sitemap was found;"
            " give the URL of one if you know it"
        )
        return Saying(words, page=url, why=script)
    tried = [f"{one.title}: {sample.doubt}" for one, sample in samples.items()]
    why = "; ".join(tried[:3]) or Saying("its pages lead nowhere")
    words = "{page}: no section with story links was found ({why}); give the URL of a section"
    return Saying(words, page=url, why=why)
