"""`feedmaker add`: a site from nothing but its URL.

Look at URL, the home page of a site or one of its sections, and propose a configuration: name,
language, time zone, and sections by navigation, headed blocks, feeds and sitemaps; show the story
links found in each and three stories of it; ask, and write config/sites/NAME.toml. Nothing is
overwritten without asking. In an empty folder `config/` is made.
"""

from __future__ import annotations

import asyncio
import sys
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

from feedmaker import config as configuration
from feedmaker import files, setup
from feedmaker.cli import add_dialogue
from feedmaker.cli.add_dialogue import FoundFacts
from feedmaker.fetch import Fetcher
from feedmaker.model import Code, Site
from feedmaker.model.errors import ConfigError, FeedmakerError, FetchError
from feedmaker.pipeline.preview import Preview
from feedmaker.setup import SectionCandidate
from feedmaker.text import urls
from feedmaker.text.printable import printable

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace
    from collections.abc import Sequence
    from pathlib import Path

    from feedmaker.model import Settings
    from feedmaker.setup import SectionSample, SiteHome

_MOST_SECTIONS: Final = 12  # taken when nobody is asked
_MOST_NAMED: Final = 20  # sections named to a person who asked for another
_REFUSED: Final = (401, 403, 429, 503)  # HTTP statuses of sites that keep programs out
_ROBOTS: Final = (Code.CLOSED_BY_ROBOTS, Code.NO_ROBOTS)
_MAIN: Final = """\
#:schema ./feedmaker.schema.json
# What holds for all sites; every key is optional, the README has them all.
# base_url = "https://example.org/feeds"  # where `out` is served: feeds then have a self link
# contact = "mailto:you@example.org"      # sent with each request, for site owners to reach you
"""

_Samples = dict[SectionCandidate, "SectionSample"]


SHARED_OPTIONS = ("--config",)


def configure(parser: ArgumentParser) -> None:
    """Add the options."""
    parser.add_argument("url", metavar="URL", help="the site's home page, or one of its sections")
    parser.add_argument(
        "--yes",
        "-y",
        action="store_true",
        help="take what is proposed, without asking",
    )
    parser.add_argument(
        "--section",
        "-s",
        action="append",
        default=[],
        metavar="SECTION",
        help="take this section only: its name, its number or its URL; may be given again",
    )
    parser.add_argument(
        "--name",
        default="",
        metavar="NAME",
        help="name of the file and of the folder in `out`",
    )
    parser.add_argument(
        "--connect-to",
        default="",
        metavar="HOST:PORT",
        help="connect there instead of what the host name resolves to (connect_to)",
    )


@dataclass(frozen=True, slots=True)
class _AddRequest:
    """What a person asked for, checked.

    `address` is canonical, `path` is the file to write. `sections` are words for sections that are
    wanted, none for those that are proposed. `asks` says that a person is asked.
    """

    address: str
    config: Path
    path: Path
    sections: tuple[str, ...]
    connect_to: str
    asks: bool


def run(options: Namespace) -> int:
    """Look, propose, ask, write."""
    request = _check_request(options)
    settings = configuration.load_settings(request.config)
    try:
        return asyncio.run(_add_site(request, settings))
    except FetchError as error:
        raise FeedmakerError(f"{error}; {_hint(error)}, and nothing is written") from None


def _check_request(options: Namespace) -> _AddRequest:
    """Check the command line. Raises ConfigError."""
    address = _site_address(options.url)
    if options.connect_to and not configuration.is_address(options.connect_to):
        raise ConfigError(
            [f"--connect-to: is {options.connect_to!r}; expected host:port, such as 127.0.0.1:8000"]
        )
    name = options.name or setup.site_slug(address)
    if not configuration.is_slug(name):
        expected = "a-z, 0-9 and hyphens, and no name of feedmaker's own in `out`"
        raise ConfigError([f"--name: is {name!r}; expected {expected}"])
    asks = not options.yes and not options.section
    if asks and not sys.stdin.isatty():
        raise ConfigError(
            ["there is no terminal to ask at; take all with --yes, or name sections with --section"]
        )
    path = options.config / "sites" / f"{name}.toml"
    _check_free(path, asks=asks)
    return _AddRequest(
        address=address,
        config=options.config,
        path=path,
        sections=tuple(options.section),
        connect_to=options.connect_to,
        asks=asks,
    )


def _check_free(path: Path, *, asks: bool) -> None:
    """Raise ConfigError where a file is there that no person wants to replace."""
    if not path.exists():
        return
    question = f"{path} exists. Replace it?"
    if not (asks and add_dialogue.ask_agreement(question, usual=False)):
        raise ConfigError([f"{path} exists and is left as it is; choose another name with --name"])


def _site_address(given: str) -> str:
    """Return the canonical URL that a person means. Raises ConfigError."""
    address = urls.canonical(given if "://" in given else f"https://{given}")
    host = urlsplit(address or "").hostname or ""
    is_host = host == "localhost" or "." in host or ":" in host
    if address is None or not is_host:
        raise ConfigError(
            [f"{given}: no URL; expected the address of a site, such as https://example.org/"]
        )
    return address


def _hint(error: FetchError) -> str:
    """Say what a person can do about a page that could not be fetched."""
    if error.status in _REFUSED:
        return "the site seems to keep programs out"
    if error.status:
        return "look at the address in a browser"
    if error.reason.code in _ROBOTS:
        return "the site does not want programs there; ask its owners"
    return "is the address right, and the network there?"


async def _add_site(request: _AddRequest, settings: Settings) -> int:
    """Look at the site, and write its file where a person agrees. Raises FetchError."""
    site = Site(
        slug="",
        name="",
        home=urls.canonical("/", request.address) or request.address,
        sections=(),
        connect_to=request.connect_to,
        fetch=settings.fetch,
    )
    robots: dict[str, tuple[str, float]] = {}
    async with Fetcher(settings, robots) as fetcher:
        preview = Preview(fetcher, site)
        home = await setup.find_home(preview, request.address)
        add_dialogue.print_notes(home)
        texts = [text for text, _ in robots.values()]
        candidates = await setup.find_site_candidates(preview, home, texts)
        name = setup.find_name(home.links.tree, home.page.url)
        headlines = setup.headlines(home.page.text, home.page.url)
        language = setup.find_language(home.links.tree, headlines)
        add_dialogue.say(f"{home.page.url}: «{name.value}»\n")
        known = replace(
            site,
            slug=request.path.stem,
            language=language.value,
            home=home.page.url,
        )
        preview = replace(preview, site=known)
        samples = await _try_wanted(request, preview, home, candidates)
        time_zone = setup.find_time_zone(home.links, preview.texts(), language.value)
    facts = FoundFacts(name, language, time_zone)
    add_dialogue.print_facts(facts)
    return _finish(request, home, facts, samples)


def _finish(request: _AddRequest, home: SiteHome, facts: FoundFacts, samples: _Samples) -> int:
    """Ask whether to write, and write. Raises FeedmakerError where no section can be taken."""
    good = _good(samples)
    if not good:
        raise FeedmakerError(_why_nothing(home, samples))
    question = f"\nWrite {len(good)} sections to {request.path}?"
    if request.asks and not add_dialogue.ask_agreement(question, usual=True):
        add_dialogue.say("Nothing is written.")
        return 0
    _write_site(request, home, facts, good)
    add_dialogue.say(
        f"Wrote {request.path} with {len(good)} sections."
        f" `feedmaker build {request.path.stem} -v` makes the feeds."
    )
    return 0


def _good(samples: _Samples) -> _Samples:
    return {one: sample for one, sample in samples.items() if sample.links}


def _why_nothing(home: SiteHome, samples: _Samples) -> str:
    """Say why no section can be taken, and what to do."""
    url = home.page.url
    if script := setup.needs_script(home.links):
        return (
            f"{url} needs JavaScript ({script}), and no feed or sitemap was found;"
            " give the URL of one if you know it"
        )
    tried = [printable(f"{one.title}: {sample.doubt}") for one, sample in samples.items()]
    why = "; ".join(tried[:3]) or "its pages lead nowhere"
    return f"{url}: no section with story links was found ({why}); give the URL of a section"


# ---- which sections


async def _try_wanted(
    request: _AddRequest,
    preview: Preview,
    home: SiteHome,
    candidates: Sequence[SectionCandidate],
) -> _Samples:
    """Look at the wanted sections; where none is good, at what the home page itself shows."""
    wanted = _choose_sections(request, candidates)
    samples = await _try_sections(preview, wanted, home)
    if request.sections or _good(samples):
        return samples
    add_dialogue.say("None of them; what the home page itself shows is looked at.\n")
    left = [one for one in candidates if one not in samples]
    shown = [one for one in left if _is_shown_at_home(one, home)]
    return samples | await _try_sections(preview, shown[:_MOST_SECTIONS], home)


def _is_shown_at_home(candidate: SectionCandidate, home: SiteHome) -> bool:
    """Whether a section is the home page or a usual block of it: then no listing is fetched."""
    if candidate.heading:
        return candidate.usual
    return candidate.url == home.page.url


def _choose_sections(
    request: _AddRequest, candidates: Sequence[SectionCandidate]
) -> list[SectionCandidate]:
    """Return the sections to look at: named on the command line, usual, or what a person says."""
    if request.sections:
        return _named_sections(request.sections, candidates)
    usual = [one for one in candidates if one.usual][:_MOST_SECTIONS]
    if request.asks:
        return add_dialogue.ask_sections(candidates, usual)
    left = len(candidates) - len(usual)
    more = f"; {left} more could be had with --section" if left else ""
    add_dialogue.say(f"{len(usual)} sections are looked at{more}")
    return usual


def _named_sections(
    named: Sequence[str], candidates: Sequence[SectionCandidate]
) -> list[SectionCandidate]:
    """Return the sections of `--section`. Raises ConfigError where one names none."""
    wanted: dict[SectionCandidate, None] = {}
    for words in named:
        meant = setup.match_candidates(candidates, words)
        if not meant and "://" in words:
            title = words.rstrip("/").rpartition("/")[2]
            meant = [SectionCandidate(title, "the URL you gave", url=words)]
        if not meant:
            titles = (printable(one.title) for one in candidates[:_MOST_NAMED])
            names = ", ".join(f"«{title}»" for title in titles)
            raise ConfigError([f"--section: no section is called «{words}»; there are {names}"])
        wanted |= dict.fromkeys(meant)
    return list(wanted)


async def _try_sections(
    preview: Preview, wanted: Sequence[SectionCandidate], home: SiteHome
) -> _Samples:
    """Look at each section, and show at once what was seen."""
    samples = {}
    for candidate in wanted:
        samples[candidate] = await setup.try_section(preview, candidate, home)
        add_dialogue.print_sample(candidate, samples[candidate])
    return samples


# ---- what is written


def _write_site(request: _AddRequest, home: SiteHome, facts: FoundFacts, good: _Samples) -> None:
    """Write the site's file; in an empty folder the main file and the schemas too."""
    proposal = setup.SiteProposal(
        home=home.page.url,
        name=facts.name,
        language=facts.language,
        time_zone=facts.time_zone,
        sections=_section_choices(good),
        body_rule=_body_rule(list(good.values())),
        connect_to=request.connect_to,
    )
    text = setup.format_site_file(proposal, datetime.now(UTC).date())
    # Read as `check` would before it is there: a mistake in it would stop all sites.
    configuration.check_site(text, request.path)
    main = request.config / "feedmaker.toml"
    request.path.parent.mkdir(parents=True, exist_ok=True)
    if not main.exists():
        main.write_text(_MAIN, "utf-8")
        configuration.write_schemas(request.config)
    files.write_file(request.path, text.encode())


def _section_choices(good: _Samples) -> tuple[setup.SectionChoice, ...]:
    slugs = setup.section_slugs(list(good))
    choices = []
    for (candidate, sample), slug in zip(good.items(), slugs, strict=True):
        links, stories = len(sample.links), len(sample.stories)
        choice = setup.SectionChoice(
            candidate=candidate,
            slug=slug,
            evidence=f"{links} story links and {stories} of {setup.SAMPLES} stories were read.",
            doubt=sample.doubt,
            proposals=sample.proposals,
        )
        choices.append(choice)
    return tuple(choices)


def _body_rule(samples: Sequence[SectionSample]) -> setup.SelectorProposal | None:
    """Return a rule for the site's articles where as many gave no story as gave one."""
    storyless = [text for sample in samples for text in sample.storyless]
    read = sum(len(sample.stories) for sample in samples)
    if len(storyless) < 2 or len(storyless) < read:
        return None
    return setup.propose_body_rule(storyless)
