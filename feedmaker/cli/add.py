"""`feedmaker add`: a site from nothing but its URL.

Look at URL, the home page of a site or one of its sections, and propose a configuration: name,
language, time zone, and sections by navigation, headed blocks, feeds and sitemaps; show the story
links found in each and three stories of it; ask, and write config/sites/NAME.toml. Further sections
of a site that is configured already are written behind those that its file has. Nothing is
overwritten without asking. In an empty folder `config/` is made.
"""

from __future__ import annotations

import asyncio
import sys
from contextlib import closing
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final

from feedmaker import config, files, setup
from feedmaker.cli import add_dialogue, print_json
from feedmaker.cli.add_dialogue import LeftError
from feedmaker.cli.add_draft import SiteDraft
from feedmaker.cli.add_request import add_options, check_request
from feedmaker.fetch import Fetcher
from feedmaker.model import Site
from feedmaker.model.errors import ConfigError, FeedmakerError, FetchError
from feedmaker.pipeline import PageProcess
from feedmaker.pipeline.preview import Preview
from feedmaker.setup import SectionCandidate
from feedmaker.text import urls

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace
    from collections.abc import Sequence

    from feedmaker.cli.add_request import AddRequest
    from feedmaker.model import Settings
    from feedmaker.setup import SectionSample, SelectorProposal, SiteHome

_MOST_SECTIONS: Final = 12  # taken when nobody is asked
_MOST_NAMED: Final = 20  # sections named to a person who asked for another
_INTERRUPTED: Final = 130  # as shells have it: 128 and the number of SIGINT
_MAIN: Final = """\
#:schema ./feedmaker.schema.json
# What holds for all sites; every key is optional, the README has them all.
# base_url = "https://example.org/feeds"  # where `out` is served: feeds then have a self link
# contact = "mailto:you@example.org"      # sent with each request, for site owners to reach you
"""

SHARED_OPTIONS = ("--config",)

_Samples = dict[SectionCandidate, "SectionSample"]


@dataclass(frozen=True, slots=True)
class _SiteLook:
    """What the first page of a site shows; sections that are configured are left out."""

    preview: Preview
    home: SiteHome
    candidates: tuple[SectionCandidate, ...]


def configure(parser: ArgumentParser) -> None:
    """Add the options."""
    add_options(parser)


def run(options: Namespace) -> int:
    """Look, propose, ask, write."""
    try:
        request = check_request(options)
        settings = config.load_settings(request.config)
        # Questions are asked while the event loop rests, so that Ctrl-C ends them.
        with closing(PageProcess()) as process, asyncio.Runner() as runner:
            return _add_site(request, settings, runner, process)
    except FetchError as error:
        what = setup.what_to_do(error)
        raise FeedmakerError(f"{error}; {what}. Nothing is written.") from None
    except LeftError:
        print("Nothing is written.")
        return 0
    except KeyboardInterrupt:
        print("\nfeedmaker: interrupted; nothing is written", file=sys.stderr)
        return _INTERRUPTED


def _add_site(
    request: AddRequest, settings: Settings, runner: asyncio.Runner, process: PageProcess
) -> int:
    """Look at the site, and write its file where a person agrees. Raises FetchError."""
    robots: dict[str, tuple[str, float]] = {}
    fetcher = Fetcher(settings, robots)
    preview = Preview(fetcher, _site_to_try(request, settings), process)
    try:
        look = runner.run(_look_at_site(request, preview, robots))
        if request.lists:
            _print_list(request, look)
            return 0
        wanted = _choose_sections(request, look)
        samples = runner.run(_try_wanted(request, look, wanted))
        rule = _settle_doubts(request, look, samples, runner)
    finally:
        runner.run(fetcher.aclose())
    if not any(sample.links for sample in samples.values()):
        raise FeedmakerError(_why_nothing(look.home, samples))
    proposal = setup.propose_site(
        look.home,
        samples,
        preview.texts(),
        used_slugs=request.known.slugs if request.known else (),
        connect_to=request.connect_to,
    )
    proposal = replace(proposal, links_rule=rule)
    draft = SiteDraft(path=request.path, proposal=proposal, settings=settings, known=request.known)
    if request.asks:
        text = add_dialogue.agree(draft)
    else:
        add_dialogue.print_draft(draft)
        text = draft.text
    _write_site(request, text)
    print(
        f"\nWrote {request.path} with {len(proposal.sections)} sections."
        f" `feedmaker build {request.path.stem} -v` makes the feeds."
    )
    return 0


# ---- the site


def _site_to_try(request: AddRequest, settings: Settings) -> Site:
    """Return the site as it is configured, else a bare one. Raises ConfigError."""
    if request.known is not None:
        site = config.check_site(request.known.text, request.path)
        return replace(site, connect_to=request.connect_to or site.connect_to)
    return Site(
        slug="",
        name="",
        home=urls.canonical("/", request.address) or request.address,
        sections=(),
        connect_to=request.connect_to,
        fetch=settings.fetch,
    )


async def _look_at_site(
    request: AddRequest, preview: Preview, robots: dict[str, tuple[str, float]]
) -> _SiteLook:
    """Look at the first page of a site. Raises FetchError."""
    home = await setup.find_home(preview, request.address)
    if not request.lists:
        add_dialogue.print_notes(home)
    texts = [text for text, _ in robots.values()]
    candidates = await setup.find_site_candidates(preview, home, texts)
    known = request.known
    if known is not None:
        left = [one for one in candidates if not known.has(one)]
        return _SiteLook(preview, home, tuple(left))
    name = setup.find_name(home.links.tree, home.page.url)
    language = setup.find_language(home.links.tree, setup.headlines(home.page.text, home.page.url))
    if not request.lists:
        print(f"{home.page.url}: «{name.value}»\n")
    preview.site = replace(
        preview.site, slug=request.path.stem, language=language.value, home=home.page.url
    )
    return _SiteLook(preview, home, tuple(candidates))


def _print_list(request: AddRequest, look: _SiteLook) -> None:
    """Show what a site offers, as text or as JSON."""
    taken = _usual(look)
    if request.lists == "text":
        add_dialogue.print_candidates(look.candidates, taken)
        return
    slugs = setup.section_slugs(look.candidates, request.known.slugs if request.known else ())
    rows: list[dict[str, Any]] = [
        {
            "name": one.title,
            "where": one.where,
            "url": one.url,
            "heading": one.heading,
            "slug": slug,
            "why": one.why,
            "taken": one in taken,
        }
        for one, slug in zip(look.candidates, slugs, strict=True)
    ]
    print_json(rows)


def _why_nothing(home: SiteHome, samples: _Samples) -> str:
    """Say why no section can be taken, and what to do."""
    url = home.page.url
    if script := setup.needs_script(home.links):
        return (
            f"{url} needs JavaScript ({script}), and no feed or sitemap was found;"
            " give the URL of one if you know it"
        )
    tried = [f"{one.title}: {sample.doubt}" for one, sample in samples.items()]
    why = "; ".join(tried[:3]) or "its pages lead nowhere"
    return f"{url}: no section with story links was found ({why}); give the URL of a section"


# ---- which sections


def _usual(look: _SiteLook) -> list[SectionCandidate]:
    return [one for one in look.candidates if one.usual][:_MOST_SECTIONS]


def _choose_sections(request: AddRequest, look: _SiteLook) -> list[SectionCandidate]:
    """Return the sections to look at: named on the command line, usual, or what a person says."""
    if request.sections:
        return _named_sections(request.sections, look.candidates)
    usual = _usual(look)
    if request.known and not usual:
        print(f"{request.path} has what is proposed already.")
        raise LeftError
    if request.asks:
        return add_dialogue.ask_sections(look.candidates, usual)
    left = len(look.candidates) - len(usual)
    more = f"; {left} more could be had with --section" if left else ""
    print(f"{len(usual)} sections are looked at{more}")
    return [one for one in look.candidates if one.usual]


def _named_sections(
    named: Sequence[str], candidates: Sequence[SectionCandidate]
) -> list[SectionCandidate]:
    """Return the sections of `--section`. Raises ConfigError where one names none."""
    wanted: dict[SectionCandidate, None] = {}
    for words in named:
        meant = setup.match_candidates(candidates, words)
        if not meant:
            names = ", ".join(f"«{one.title}»" for one in candidates[:_MOST_NAMED])
            raise ConfigError([f"--section: no section is called «{words}»; there are {names}"])
        wanted |= dict.fromkeys(meant)
    return list(wanted)


async def _try_wanted(
    request: AddRequest, look: _SiteLook, wanted: Sequence[SectionCandidate]
) -> _Samples:
    """Look at the wanted sections; where none is good, at what the home page itself shows."""
    most = len(wanted) if request.asks or request.sections else _MOST_SECTIONS
    samples = await _try_sections(look, wanted, most)
    if request.sections or any(sample.links for sample in samples.values()):
        return samples
    print("None of them; what the home page itself shows is looked at.\n")
    left = [one for one in look.candidates if one not in samples]
    shown = [one for one in left if _is_shown_at_home(one, look.home)]
    return samples | await _try_sections(look, shown, _MOST_SECTIONS)


def _is_shown_at_home(candidate: SectionCandidate, home: SiteHome) -> bool:
    """Whether a section is the home page or a usual block of it: then no listing is fetched."""
    if candidate.heading:
        return candidate.usual
    return candidate.url == home.page.url


async def _try_sections(look: _SiteLook, wanted: Sequence[SectionCandidate], most: int) -> _Samples:
    """Look at each section, and show at once what was seen."""
    samples = {}
    async for candidate, sample in setup.try_sections(look.preview, wanted, look.home, most):
        samples[candidate] = sample
        add_dialogue.print_sample(candidate, sample)
    return samples


def _settle_doubts(
    request: AddRequest, look: _SiteLook, samples: _Samples, runner: asyncio.Runner
) -> SelectorProposal | None:
    """Ask which list is meant where a first look is doubtful; return the rule that finds it.

    What is seen by the rule takes the place of the sample. A rule holds for all sections, so the
    first that a person chooses is the last; what a file has already is left to its owner.
    """
    if not request.asks or request.known is not None:
        return None
    for candidate, sample in samples.items():
        rule = add_dialogue.ask_list(candidate, sample) if sample.proposals else None
        if rule is None:
            continue
        site = look.preview.site
        rules = replace(site.rules, links=(rule.selector,))
        look.preview.site = replace(site, rules=rules)
        samples[candidate] = runner.run(setup.try_section(look.preview, candidate, look.home))
        add_dialogue.print_sample(candidate, samples[candidate])
        return rule
    return None


# ---- what is written


def _write_site(request: AddRequest, text: str) -> None:
    """Write the site's file; in an empty folder the main file and the schemas too.

    Raises ConfigError where the text is not right: it would stop all sites.
    """
    config.check_site(text, request.path)
    main = request.config / "feedmaker.toml"
    request.path.parent.mkdir(parents=True, exist_ok=True)
    if not main.exists():
        main.write_text(_MAIN, "utf-8")
        config.write_schemas(request.config)
    files.write_file(request.path, text.encode())
