"""What `feedmaker add` shows and asks."""

from __future__ import annotations

import os
import shlex
import subprocess
import tempfile
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

from feedmaker import config, setup
from feedmaker.cli import tell, told
from feedmaker.model.errors import ConfigError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from feedmaker.model import Story
    from feedmaker.setup import (
        SectionCandidate,
        SectionSample,
        SelectorProposal,
        SiteDraft,
        SiteHome,
    )

_YES: Final = ("y", "yes", "نعم", "ن")
_NO: Final = ("n", "no", "q", "quit", "exit", "لا", "خروج")
_HELP: Final = ("?", "h", "help")
_SECTIONS_HELP: Final = """\
Numbers (1,4), ranges (1-3), names, URLs, or several of them with commas between; `all` for all.
Enter takes those with *. q, or Ctrl-D, leaves, and nothing is written."""
_DRAFT_HELP: Final = """\
Enter or y   writes the file
e            opens its text in your editor first ($VISUAL or $EDITOR)
n, q         leaves, and nothing is written; so do Ctrl-D and Ctrl-C
name NAME, zone Asia/Riyadh, language ar     corrects what the file says of the site
title 2 TITLE, slug 2 NAME, drop 2 or 3-5    corrects sections, by their numbers"""


class LeftError(Exception):
    """A person wants nothing to be written."""


def ask(question: str) -> str:
    """Return what a person answers. Raises LeftError at the end of the input (Ctrl-D)."""
    try:
        return input(question).strip()
    except EOFError:
        print()
        raise LeftError from None


def ask_agreement(question: str) -> bool:
    """Ask a question; Enter means no."""
    return ask(f"{question} [y/N] ").lower() in _YES


# ---- what was found


def print_notes(home: SiteHome) -> None:
    """Say which page is looked at instead of the given one, and whether it needs JavaScript."""
    for note in home.notes:
        print(told(note))
    if script := setup.needs_script(home.links):
        print(tell("{page} needs JavaScript: {why}.", page=home.page.url, why=told(script)))
        reads = "feedmaker reads what the server sends, so it looks for feeds and sitemaps."
        print(tell(reads) + "\n")


def print_candidates(
    candidates: Sequence[SectionCandidate], usual: Sequence[SectionCandidate]
) -> None:
    """Show what a site offers; those that are proposed have a star."""
    print(tell("Sections (* is proposed):"))
    for number, one in enumerate(candidates, start=1):
        mark = "*" if one in usual else " "
        print(f" {number:3} {mark} {one.title}   {one.where}   {told(one.why)}")


def print_sample(candidate: SectionCandidate, sample: SectionSample) -> None:
    """Say what was seen of a section: what it was found by, and which source is taken and why."""
    print(f"{candidate.title}   {candidate.where}")
    print(f"    {told(candidate.why)}")
    if not sample.links:
        print(f"    {tell('left out: {why}', why=told(sample.doubt))}")
        _print_lists(sample)
        print()
        return
    doubt = tell("; IN DOUBT: {why}", why=told(sample.doubt)) if sample.doubt else ""
    print(f"    {tell('{count} story links', count=len(sample.links))}{doubt}")
    _print_lists(sample)
    for story in sample.stories:
        _print_story(story)
    for failure in sample.failures:
        print(f"    - {tell('no story: {why}', why=told(failure))}")
    print()


def _print_lists(sample: SectionSample) -> None:
    for number, one in enumerate(sample.proposals, start=1):
        meant = tell("list {number} that could be meant", number=number)
        print(f"      {meant}: {one.selector}   {told(one.why)}")


def ask_list(candidate: SectionCandidate, sample: SectionSample) -> SelectorProposal | None:
    """Ask which list of a doubtful page is meant; None for what was found. Raises LeftError."""
    in_doubt = "{section} is in doubt: {why}. It could be one of these lists:"
    print(tell(in_doubt, section=candidate.title, why=told(sample.doubt)))
    for number, one in enumerate(sample.proposals, start=1):
        print(f" {number:3}   {told(one.why)}")
    most = len(sample.proposals)
    while True:
        which = tell("Which? 1 to {most}, or Enter to leave it as it was found: ", most=most)
        answer = ask(f"\n{which}")
        if not answer:
            return None
        if answer.lower() in _NO:
            raise LeftError
        if answer.isdecimal() and 0 < int(answer) <= most:
            return sample.proposals[int(answer) - 1]


def _print_story(story: Story) -> None:
    date = story.published.isoformat(" ", "minutes") if story.published else tell("no date")
    length = tell("{count} words", count=len(story.text.split()))
    if story.teaser:
        length = tell("no text, its page's own description")
    facts = tell(", ").join([date, *story.authors, length])
    start = (story.text or story.summary)[:200]
    begins = " ".join(start.split())[:100]
    print(f"    - {story.title}\n      {facts}: {begins}")


def ask_sections(
    candidates: Sequence[SectionCandidate], usual: list[SectionCandidate]
) -> list[SectionCandidate]:
    """Show what the site offers, and ask until something of it is meant. Raises LeftError."""
    print_candidates(candidates, usual)
    while True:
        which = tell("Which? Numbers or names, Enter for those with *, ? for help: ")
        answer = ask(f"\n{which}")
        if not answer:
            return usual
        if answer.lower() in _NO:
            raise LeftError
        if answer.lower() in _HELP:
            print(tell(_SECTIONS_HELP))
            continue
        wanted = _meant_sections(candidates, answer)
        if wanted:
            return wanted


def _meant_sections(candidates: Sequence[SectionCandidate], answer: str) -> list[SectionCandidate]:
    """Return the sections that an answer means; [] where a part of it means none, which is said."""
    wanted: dict[SectionCandidate, None] = {}
    for words in answer.replace("،", ",").split(","):
        meant = setup.match_candidates(candidates, words)
        if not meant and words.strip():
            none = "None of the sections is called «{words}»; ? says what can be answered."
            print(tell(none, words=words.strip()))
            return []
        wanted |= dict.fromkeys(meant)
    return list(wanted)


# ---- what is written


def print_draft(draft: SiteDraft) -> None:
    """Show what the file would say: the site, and each section with its feed."""
    if draft.known is None:
        facts = (
            (tell("name"), draft.proposal.name),
            (tell("language"), draft.proposal.language),
            (tell("time zone"), draft.proposal.time_zone),
        )
        for title, fact in facts:
            check = "" if fact.sure else tell("PLEASE CHECK: ")
            print(f"{title:10} {fact.value}   ({check}{told(fact.why)})")
    for number, section in enumerate(draft.proposal.sections, start=1):
        print(f" {number:3}  {section.candidate.title}   {draft.feed_name(section.slug)}")


def agree(draft: SiteDraft) -> str:
    """Show a draft, and ask until it is to be written; return its text. Raises LeftError."""
    print_draft(draft)
    while True:
        count = len(draft.proposal.sections)
        write = "Write {count} sections to {path}? [Y/n/e/?] or a correction: "
        answer = ask(f"\n{tell(write, count=count, path=draft.path)}")
        if answer.lower() in ("", *_YES):
            return draft.text
        if answer.lower() in _NO:
            raise LeftError
        draft = _changed(draft, answer)


def _changed(draft: SiteDraft, answer: str) -> SiteDraft:
    """Return a draft with what a person says; as it is where that is no correction, or wrong."""
    if answer.lower() in _HELP:
        print(tell(_DRAFT_HELP))
        return draft
    if answer.lower() in ("e", "edit"):
        return _edited(draft)
    if draft.by_hand:
        print(tell("The text was edited by hand; e opens it again."))
        return draft
    proposal = setup.correct(draft.proposal, answer)
    if proposal is None:
        print(tell("«{words}» is no correction; ? says what can be answered.", words=answer))
        return draft
    return _checked(replace(draft, proposal=proposal), draft)


def _checked(draft: SiteDraft, before: SiteDraft) -> SiteDraft:
    """Return a draft if its text is right, else the one before, and say what is wrong."""
    try:
        config.check_site(draft.text, draft.path)
    except ConfigError as error:
        for problem in error.problems:
            print(told(problem))
        return before
    if not draft.by_hand:
        print_draft(draft)
    return draft


def _edited(draft: SiteDraft) -> SiteDraft:
    """Return a draft as a person leaves it in the editor."""
    editor = os.environ.get("VISUAL") or os.environ.get("EDITOR") or "vi"
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / draft.path.name
        path.write_text(draft.text, "utf-8")
        try:
            command = [*shlex.split(editor), str(path)]
            done = subprocess.run(command, check=False)  # noqa: S603 - the person's own editor
            text = path.read_text("utf-8")
        except (OSError, ValueError) as error:
            failed = "The editor {name} could not be used ({why}); set $EDITOR to another."
            print(tell(failed, name=repr(editor), why=error))
            return draft
    if done.returncode:
        ended = "The editor ended with code {code}; the text is as before."
        print(tell(ended, code=done.returncode))
        return draft
    return _checked(replace(draft, by_hand=text), draft)
