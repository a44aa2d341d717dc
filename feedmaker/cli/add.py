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
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

from feedmaker import config, setup
from feedmaker.cli import add_dialogue, error_line, print_json, tell, told
from feedmaker.cli.add_dialogue import LeftError
from feedmaker.cli.add_request import add_options, check_request
from feedmaker.fetch import Fetcher
from feedmaker.model.errors import ConfigError, FeedmakerError, FetchError
from feedmaker.pipeline import PageProcess
from feedmaker.pipeline.preview import Preview
from feedmaker.setup import SectionCandidate, SiteDraft

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace
    from collections.abc import Sequence

    from feedmaker.cli.add_request import AddRequest
    from feedmaker.model import Settings
    from feedmaker.setup import SectionSample, SiteSurvey

_MOST_NAMED: Final = 20  # sections named to a person who asked for another
_INTERRUPTED: Final = 130  # as shells have it: 128 and the number of SIGINT

SHARED_OPTIONS = ("--config",)

_Samples = dict[SectionCandidate, "SectionSample"]


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
        what = told(setup.what_to_do(error))
        why = f"{error_line(error)}; {what}. {tell('Nothing is written.')}"
        raise FeedmakerError(why) from None
    except LeftError:
        print(tell("Nothing is written."))
        return 0
    except KeyboardInterrupt:
        print(f"\nfeedmaker: {tell('interrupted; nothing is written')}", file=sys.stderr)
        return _INTERRUPTED


def _add_site(
    request: AddRequest, settings: Settings, runner: asyncio.Runner, process: PageProcess
) -> int:
    """Look at the site, and write its file where a person agrees. Raises FetchError."""
    robots: dict[str, tuple[str, float]] = {}
    fetcher = Fetcher(settings, robots)
    preview = Preview(fetcher, request.site.to_try(settings), process)
    try:
        look = runner.run(_look_at_site(request, preview, robots))
        if request.lists:
            _print_list(request, look)
            return 0
        wanted = _choose_sections(request, look)
        samples = runner.run(_try_wanted(request, look, wanted))
        if request.asks:
            _settle_doubts(look, samples, runner)
    finally:
        runner.run(fetcher.aclose())
    if not any(sample.links for sample in samples.values()):
        raise FeedmakerError(setup.why_nothing(look.home, samples))
    proposal = setup.propose_site(
        look.home,
        samples,
        preview.texts(),
        used_slugs=request.site.known.slugs if request.site.known else (),
        connect_to=request.site.connect_to,
    )
    site = request.site
    draft = SiteDraft(path=site.path, proposal=proposal, settings=settings, known=site.known)
    if request.asks:
        text = add_dialogue.agree(draft)
    else:
        add_dialogue.print_draft(draft)
        text = draft.text
    setup.write_site(request.config, request.site.path, text)
    wrote = tell(
        "Wrote {path} with {count} sections. `feedmaker build {site} -v` makes the feeds.",
        path=request.site.path,
        count=len(proposal.sections),
        site=request.site.path.stem,
    )
    print(f"\n{wrote}")
    return 0


# ---- the site


async def _look_at_site(
    request: AddRequest, preview: Preview, robots: dict[str, tuple[str, float]]
) -> SiteSurvey:
    """Look at the first page of a site, and say what it is. Raises FetchError."""
    look = await setup.survey_site(preview, request.site, robots)
    if not request.lists:
        home = look.home
        add_dialogue.print_notes(home)
        if request.site.known is None:
            name = setup.find_name(home.links.tree, home.page.url)
            print(f"{home.page.url}: «{name.value}»\n")
    return look


def _print_list(request: AddRequest, look: SiteSurvey) -> None:
    """Show what a site offers, as text or as JSON."""
    taken = look.usual
    if request.lists == "text":
        add_dialogue.print_candidates(look.candidates, taken)
        return
    slugs = setup.section_slugs(
        look.candidates, request.site.known.slugs if request.site.known else ()
    )
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


# ---- which sections


def _choose_sections(request: AddRequest, look: SiteSurvey) -> list[SectionCandidate]:
    """Return the sections to look at: named on the command line, usual, or what a person says."""
    if request.sections:
        return _named_sections(request.sections, look.candidates)
    usual = look.usual
    if request.site.known and not usual:
        print(tell("{path} has what is proposed already.", path=request.site.path))
        raise LeftError
    if request.asks:
        return add_dialogue.ask_sections(look.candidates, usual)
    left = len(look.candidates) - len(usual)
    more = tell("; {count} more could be had with --section", count=left) if left else ""
    print(tell("{count} sections are looked at", count=len(usual)) + more)
    return [one for one in look.candidates if one.usual]


def _named_sections(
    named: Sequence[str], candidates: Sequence[SectionCandidate]
) -> list[SectionCandidate]:
    """Return the sections of `--section`. Raises ConfigError where one names none."""
    wanted: dict[SectionCandidate, None] = {}
    for words in named:
        meant = setup.match_candidates(candidates, words)
        if not meant:
            names = tell(", ").join(f"«{one.title}»" for one in candidates[:_MOST_NAMED])
            none = "--section: no section is called «{words}»; there are {names}"
            raise ConfigError([tell(none, words=words, names=names)])
        wanted |= dict.fromkeys(meant)
    return list(wanted)


async def _try_wanted(
    request: AddRequest, look: SiteSurvey, wanted: Sequence[SectionCandidate]
) -> _Samples:
    """Look at the wanted sections; where none is good, at what the home page itself shows."""
    most = len(wanted) if request.asks or request.sections else setup.MOST_SECTIONS
    samples = await _try_sections(look, wanted, most)
    if request.sections or any(sample.links for sample in samples.values()):
        return samples
    print(tell("None of them; what the home page itself shows is looked at.") + "\n")
    shown = look.shown_at_home(samples)
    return samples | await _try_sections(look, shown, setup.MOST_SECTIONS)


async def _try_sections(
    look: SiteSurvey, wanted: Sequence[SectionCandidate], most: int
) -> _Samples:
    """Look at each section, and show at once what was seen."""
    samples = {}
    async for candidate, sample in setup.try_sections(look.preview, wanted, look.home, most):
        samples[candidate] = sample
        add_dialogue.print_sample(candidate, sample)
    return samples


def _settle_doubts(look: SiteSurvey, samples: _Samples, runner: asyncio.Runner) -> None:
    """Ask of each section whose first look is doubtful which list is meant.

    What is seen by the rule that finds it takes the place of the sample.
    """
    site = look.preview.site
    for candidate, sample in samples.items():
        rule = add_dialogue.ask_list(candidate, sample) if sample.proposals else None
        if rule is None:
            continue
        rules = replace(site.rules, links=(rule.selector,))
        look.preview.site = replace(site, rules=rules)
        seen = runner.run(setup.try_section(look.preview, candidate, look.home))
        look.preview.site = site
        samples[candidate] = replace(seen, rule=rule)
        add_dialogue.print_sample(candidate, seen)
