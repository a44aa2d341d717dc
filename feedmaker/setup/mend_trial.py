"""Rules tried on pages before they are written: what each gave so far, and what it would give."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from feedmaker.model.errors import PageError
from feedmaker.pipeline import page_work
from feedmaker.text import urls

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from datetime import datetime

    from feedmaker.model import Link, Page, Reason, Section, Site, Story
    from feedmaker.pipeline.preview import Preview

TRIED_STORIES: Final = 10  # the newest of a section
_LONGEST_LINE: Final = 2_000  # characters of a paragraph that are shown
_MOST_LINES: Final = 400  # paragraphs of a story that are shown


@dataclass(frozen=True, slots=True)
class TriedLine:
    """A paragraph, and whether the other reading of its page has none such."""

    text: str
    is_alone: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class TriedStory:
    """A story as it is read by some rules; `reason` says why there is none."""

    title: str = ""
    published: datetime | None = None
    authors: tuple[str, ...] = ()
    lines: tuple[TriedLine, ...] = ()
    reason: Reason | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class StoryTrial:
    """What a page gave before and what it gives after; `reason` says why it could not be had."""

    url: str
    before: TriedStory = TriedStory()
    after: TriedStory = TriedStory()
    reason: Reason | None = None

    @property
    def is_changed(self) -> bool:
        """Whether the rules make a difference."""
        return self.before != self.after


@dataclass(frozen=True, slots=True, kw_only=True)
class ListingTrial:
    """What a listing gave before and what it gives after: the links of both, lost and gained.

    `known` are how many of the section's newest stories stand in it, before and after.
    """

    url: str
    same: int
    lost: tuple[Link, ...]
    gained: tuple[Link, ...]
    links: tuple[str, ...]
    known: tuple[int, int] = (0, 0)
    reason: Reason | None = None


def read_twice(page: Page, before: Site, after: Site) -> StoryTrial:
    """Read an article page by the rules of a site as they are and as they would be."""
    was, becomes = (page_work.trace_article(page, site) for site in (before, after))
    stories = (was.story, becomes.story)
    counts = [Counter(_paragraphs(story)) for story in stories]
    reads = [
        _tried(story, read.problem.reason if read.problem else None, other)
        for story, read, other in zip(stories, (was, becomes), reversed(counts), strict=True)
    ]
    return StoryTrial(url=page.url, before=reads[0], after=reads[1])


def _paragraphs(story: Story | None) -> list[str]:
    return story.text.split("\n\n") if story else []


def _tried(story: Story | None, reason: Reason | None, other: Counter[str]) -> TriedStory:
    """Return what is shown of a story; `other` has the paragraphs of the other reading."""
    if story is None:
        return TriedStory(reason=reason)
    left = Counter(other)
    lines = []
    for text in _paragraphs(story)[:_MOST_LINES]:
        lines.append(TriedLine(text[:_LONGEST_LINE], left[text] < 1))
        left[text] -= 1
    return TriedStory(
        title=story.title,
        published=story.published,
        authors=story.authors,
        lines=tuple(lines),
        reason=reason,
    )


def list_twice(
    page: Page, before: Site, after: Site, section: str, known: Sequence[Link]
) -> ListingTrial:
    """Read a listing page by the rules of a section as they are and as they would be.

    `known` are the section's newest stories.
    """
    was, becomes = (
        page_work.trace_listing(page, site, _section(site, section)) for site in (before, after)
    )
    old, new, recent = map(_by_key, (was.listing.links, becomes.listing.links, known))
    return ListingTrial(
        url=page.url,
        same=len(old.keys() & new.keys()),
        lost=tuple(link for key, link in old.items() if key not in new),
        gained=tuple(link for key, link in new.items() if key not in old),
        links=tuple(link.url for link in new.values()),
        known=(len(recent.keys() & old.keys()), len(recent.keys() & new.keys())),
        reason=becomes.problem.reason if becomes.problem else None,
    )


def _by_key(links: Iterable[Link]) -> dict[str, Link]:
    return {urls.key(link.url): link for link in links}


def _section(site: Site, slug: str) -> Section:
    return next(one for one in site.sections if one.slug == slug)


async def try_rules(
    preview: Preview, after: Site, addresses: Sequence[str], say: Callable[[int], None]
) -> list[StoryTrial]:
    """Fetch pages of the preview's site, and read each as it is read now and by the new rules.

    `say` is told how many were tried so far.
    """
    trials: list[StoryTrial] = []
    for url in addresses:
        say(len(trials))
        try:
            page = await preview.page(url)
            trial = await preview.work(url, read_twice, page, preview.site, after)
        except PageError as error:
            trial = StoryTrial(url=url, reason=error.full_reason)
        trials.append(trial)
    return trials
