"""A feed of one page, for programs: the same as the first run of the commands gives."""

from __future__ import annotations

import asyncio
import json
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime
from functools import reduce
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from feedmaker import config
from feedmaker.fetch import Fetcher
from feedmaker.model import Code, Reason, Settings
from feedmaker.model.errors import ConfigError, FetchError
from feedmaker.pipeline import PageProcess, build_feeds
from feedmaker.pipeline.preview import Preview
from feedmaker.setup.site_facts import site_slug
from feedmaker.setup.site_file import format_site_file
from feedmaker.setup.site_look import try_sections
from feedmaker.setup.site_proposal import propose_site
from feedmaker.setup.site_survey import WantedSite, survey_site, typed_address, why_nothing

if TYPE_CHECKING:
    from feedmaker.model import Format
    from feedmaker.setup.site_survey import SiteSurvey


def feed(
    url: str,
    *,
    format: Format = "atom",  # noqa: A002 - what readers call it
    items: int = 20,
    language: str = "",
    timezone: str = "",
) -> bytes:
    """Fetch a listing page with its stories, and return them as a feed.

    `url` is a section of a site, its home page, a feed or a sitemap; `format` is "atom", "rss" or
    "json". The feed has the newest `items` stories, with the ids that the commands give them.
    `language` (BCP 47) and `timezone` (IANA) are found where they are not given. Requests are as
    polite as those of a run: half a second lies between two.

    Pages are read in a process of its own, which is forked: call it before threads are started.
    Nothing is kept but in a temporary folder, which is removed. In a program that has an event loop
    use `feed_async`.

    Raises FetchError where the page or its stories cannot be had, and ConfigError where an argument
    is wrong, before anything is fetched.
    """
    return asyncio.run(
        feed_async(url, format=format, items=items, language=language, timezone=timezone)
    )


async def feed_async(
    url: str,
    *,
    format: Format = "atom",  # noqa: A002 - what readers call it
    items: int = 20,
    language: str = "",
    timezone: str = "",
) -> bytes:
    """Do what `feed` does, beside other work of an event loop."""
    address = typed_address(url)
    _check_arguments(
        {"home": address, "language": language, "timezone": timezone},
        {"urls": [address], "formats": [format], "items": items},
    )
    with TemporaryDirectory(prefix="feedmaker-") as name, closing(PageProcess()) as process:
        folder = Path(name)
        settings = Settings(out=str(folder / "out"), store=str(folder / "store.sqlite"))
        text = await page_site_file(address, settings, process)
        found = config.check_site(text, Path(f"{site_slug(address)}.toml"))
        section = replace(found.sections[0], items=items, formats=(format,))
        site = replace(
            found,
            sections=(section,),
            language=language or found.language,
            timezone=timezone or found.timezone,
        )
        (report,) = await build_feeds(settings, [site], pages=False, process=process)
        path = folder / "out" / section.file(site, format)
        if not report.good or not path.exists():
            raise FetchError(address, report.reason or Reason.of(Code.NO_STORY))
        return path.read_bytes()


def _check_arguments(of_site: dict[str, object], of_section: dict[str, object]) -> None:
    """Raise ConfigError where they are none that a configuration may have; "" is not given."""
    site = {"name": "feed", **of_site}
    section = {"slug": "feed", "title": "feed", **of_section}
    # Texts, counts and lists of texts are written in JSON as they are in TOML.
    lines = [
        *(f"{key} = {json.dumps(value)}" for key, value in site.items() if value != ""),
        "[[sections]]",
        *(f"{key} = {json.dumps(value)}" for key, value in section.items()),
    ]
    path = Path("feed.toml")
    try:
        config.check_site("\n".join(lines), path)
    except ConfigError as error:  # of a file that there is not
        parts = (f"{path}: ", "sections[1].")
        problems = [reduce(str.removeprefix, parts, problem) for problem in error.problems]
        raise ConfigError(problems) from None


async def page_site_file(
    address: str, settings: Settings, process: PageProcess, connect_to: str = ""
) -> str:
    """Return the text of a site's file with one page as its only section.

    `address` is canonical; `connect_to` is where requests to its host go (`host:port`), "" where
    its name says it. Raises FetchError.
    """
    path = Path(f"{site_slug(address)}.toml")
    wanted = WantedSite(address=address, path=path, connect_to=connect_to)
    robots: dict[str, tuple[str, float]] = {}
    async with Fetcher(settings, robots) as fetcher:
        preview = Preview(fetcher, wanted.to_try(settings), process)
        survey = await survey_site(preview, wanted, robots)
        return await _propose(survey, wanted)


async def _propose(survey: SiteSurvey, wanted: WantedSite) -> str:
    """Return the file that `add` would write for the section that was asked for."""
    given = survey.home.given
    candidates = [given] if given else survey.shown_at_home(())
    tried = try_sections(survey.preview, candidates, survey.home, most=1)
    samples = {candidate: sample async for candidate, sample in tried}
    if not any(sample.links for sample in samples.values()):
        why = why_nothing(survey.home, samples)
        raise FetchError(wanted.address, Reason.of(Code.TEXT, text=why))
    proposal = propose_site(
        survey.home, samples, survey.preview.texts(), connect_to=wanted.connect_to
    )
    return format_site_file(proposal, datetime.now(UTC).date())
