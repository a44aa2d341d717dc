"""What a person says is wrong on a page, and a rule against it, tried: a job of `job_process`."""

from __future__ import annotations

import zlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from feedmaker import config, setup
from feedmaker.fetch import Fetcher
from feedmaker.model import Page
from feedmaker.model.errors import FeedmakerError
from feedmaker.pipeline.preview import Preview
from feedmaker.store import Store, exists
from feedmaker.text import urls
from feedmaker.text.sayings import Saying
from feedmaker.web.page_question import find_section

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime
    from pathlib import Path

    from feedmaker.model import Link, Settings
    from feedmaker.pipeline import PageProcess
    from feedmaker.setup import ListingTrial, Part, StoryTrial


@dataclass(frozen=True, slots=True, kw_only=True)
class MendQuestion:
    """What is wrong on a page of a section.

    Of an article the block of this number is the `part`; of a listing `wanted` are the addresses of
    its stories, of which those `corrected` were missed, or taken and are none. Selectors that were
    `typed` are tried in place of those that are found.
    """

    configuration: Path
    url: str
    fetched_at: datetime
    packed: bytes
    site: str
    section: str
    part: Part
    block: int = -1
    wanted: frozenset[str] = frozenset()
    corrected: frozenset[str] = frozenset()
    typed: tuple[str, ...] = ()

    @property
    def page(self) -> Page:
        """The page; `packed` is its text, since many questions may be remembered."""
        text = zlib.decompress(self.packed)
        return Page(url=self.url, content=b"", utf8=text, fetched_at=self.fetched_at)


@dataclass(frozen=True, slots=True)
class TriedPages:
    """A step of the job: how many pages were tried, of how many."""

    done: int
    all: int


@dataclass(frozen=True, slots=True, kw_only=True)
class MendAnswer:
    """What the selectors give: on the page itself (`own`), and on the section's newest stories.

    `others` are further proposals. `expected` is what a golden case says of the page; None where
    nothing is to be had by these selectors.
    """

    selectors: tuple[str, ...]
    others: tuple[str, ...] = ()
    own: StoryTrial | None = None
    trials: tuple[StoryTrial, ...] = ()
    listing: ListingTrial | None = None
    expected: dict[str, Any] | None = None


async def answer_mending(
    question: MendQuestion, process: PageProcess, say: Callable[[object], None]
) -> MendAnswer:
    """Find selectors for what was pointed at, and try them. Raises FeedmakerError."""
    usable = config.load_usable(question.configuration)
    site, _ = find_section(usable.sites, question.site, question.section)
    known = _newest(usable.settings, question)
    async with Fetcher(usable.settings, {}) as fetcher:
        preview = Preview(fetcher, site, process)
        if question.part == "links":
            return await _try_links(preview, question, known)
        page = question.page
        proposed = question.typed or await preview.work(
            page.url,
            setup.propose_rules,
            page,
            site,
            question.part,
            question.block,
        )
        if not proposed:
            return MendAnswer(selectors=())
        return await _try_story(preview, question, proposed, known, say)


def _newest(settings: Settings, question: MendQuestion) -> list[Link]:
    """Return the newest stories of the section."""
    if not exists(settings.store):
        return []
    with Store(settings.store) as store:
        count = setup.TRIED_STORIES + 1  # one may be the page itself
        return store.links.newest(question.site, question.section, count)


async def _try_story(
    preview: Preview,
    question: MendQuestion,
    proposed: tuple[str, ...],
    known: list[Link],
    say: Callable[[object], None],
) -> MendAnswer:
    page, site = question.page, preview.site
    after = setup.with_rule(site, question.section, question.part, proposed[:1], page)
    own = await preview.work(page.url, setup.read_twice, page, site, after)
    others = [link.url for link in known if urls.key(link.url) != urls.key(page.url)]
    addresses = others[: setup.TRIED_STORIES]
    trials = await setup.try_rules(
        preview, after, addresses, lambda done: say(TriedPages(done, len(addresses)))
    )
    return MendAnswer(
        selectors=proposed[:1],
        others=proposed[1:],
        own=own,
        trials=tuple(trials),
        expected=await preview.work(page.url, setup.expected_story, page, after),
    )


async def _try_links(preview: Preview, question: MendQuestion, known: list[Link]) -> MendAnswer:
    page, site = question.page, preview.site
    selectors = question.typed or await preview.work(
        page.url, setup.propose_links, page, question.wanted, question.corrected
    )
    if not selectors:
        return MendAnswer(selectors=())
    after = setup.with_rule(site, question.section, "links", selectors, page)
    tried = await preview.work(
        page.url, setup.list_twice, page, site, after, question.section, known
    )
    expected = {"section": question.section, "links": list(tried.links)} if tried.links else None
    return MendAnswer(selectors=selectors, listing=tried, expected=expected)


def check_selectors(typed: tuple[str, ...]) -> None:
    """Raise FeedmakerError where a person typed none, what is no selector, or too long a one."""
    if not typed:
        raise FeedmakerError(Saying("there is no selector to try"))
    for selector in typed:
        is_right = selector.isprintable() and config.is_selector(selector)
        if len(selector) > setup.LONGEST_SELECTOR or not is_right:
            shown = selector[:80]
            raise FeedmakerError(Saying("{given}: no CSS selector, or too long", given=shown))
