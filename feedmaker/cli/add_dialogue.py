"""What `feedmaker add` shows and asks."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from feedmaker import setup
from feedmaker.text.printable import printable

if TYPE_CHECKING:
    from collections.abc import Sequence

    from feedmaker.model import Story
    from feedmaker.setup import SectionCandidate, SectionSample, SiteFact, SiteHome


@dataclass(frozen=True, slots=True)
class FoundFacts:
    """What the file says of the site itself."""

    name: SiteFact
    language: SiteFact
    time_zone: SiteFact


def say(text: str = "") -> None:
    """Print lines; nothing of a page controls the terminal."""
    for line in text.split("\n"):
        print(printable(line))


def print_notes(home: SiteHome) -> None:
    """Say which page is looked at instead of the given one, and whether it needs JavaScript."""
    for note in home.notes:
        say(note)
    if script := setup.needs_script(home.links):
        say(
            f"{home.page.url} needs JavaScript: {script}.\n"
            "feedmaker reads what the server sends, so it looks for feeds and sitemaps.\n"
        )


def print_facts(facts: FoundFacts) -> None:
    """Say what the site is called, its language and its time zone."""
    rows = (
        ("name", facts.name),
        ("language", facts.language),
        ("time zone", facts.time_zone),
    )
    for title, fact in rows:
        check = "" if fact.sure else "PLEASE CHECK: "
        say(f"{title:10} {fact.value}   ({check}{fact.why})")


def print_sample(candidate: SectionCandidate, sample: SectionSample) -> None:
    """Say what was seen of a section."""
    say(f"{candidate.title}   {candidate.where}")
    if not sample.links:
        say(f"    left out: {sample.doubt}\n")
        return
    doubt = f"; IN DOUBT: {sample.doubt}" if sample.doubt else ""
    say(f"    {len(sample.links)} story links{doubt}")
    for proposal in sample.proposals:
        say(f"      a selector that could be meant: {proposal.selector}   {proposal.why}")
    for story in sample.stories:
        _print_story(story)
    for failure in sample.failures:
        say(f"    - no story: {failure}")
    say()


def _print_story(story: Story) -> None:
    date = story.published.isoformat(" ", "minutes") if story.published else "no date"
    authors = f", {', '.join(story.authors)}" if story.authors else ""
    length = f"{len(story.text.split())} words"
    if story.teaser:
        length = "no text, its page's own description"
    start = (story.text or story.summary)[:200]
    begins = " ".join(start.split())[:100]
    say(f"    - {story.title}\n      {date}{authors}, {length}: {begins}")


def ask_agreement(question: str, *, usual: bool) -> bool:
    """Ask a question; Enter gives the usual answer."""
    choice = "Y/n" if usual else "y/N"
    answer = input(f"{question} [{choice}] ").strip().lower()
    return answer in ("y", "yes", "نعم", "ن") or (usual and not answer)


def ask_sections(
    candidates: Sequence[SectionCandidate], usual: list[SectionCandidate]
) -> list[SectionCandidate]:
    """Show what the site offers, and ask until something of it is meant."""
    say("Sections (* is proposed):")
    for number, one in enumerate(candidates, start=1):
        mark = "*" if one in usual else " "
        say(f" {number:3} {mark} {one.title}   {one.where}   {one.why}")
    question = "\nWhich? Numbers or names, separated by commas, or Enter for those with *: "
    while True:
        answer = input(question).strip()
        words = [word.strip() for word in answer.replace("،", ",").split(",")]
        named = [word for word in words if word]
        if not named:
            return usual
        wanted: dict[SectionCandidate, None] = {}
        for word in named:
            wanted |= dict.fromkeys(setup.match_candidates(candidates, word))
        if wanted:
            return list(wanted)
        say(f"None of the sections is called {answer}.")
