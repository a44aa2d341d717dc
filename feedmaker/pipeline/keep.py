"""Keeping what was fetched: each story under one id, copies joined, nothing doubtful taken."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from operator import attrgetter
from typing import TYPE_CHECKING, Literal

from feedmaker.model import NO_VALIDATORS, Code, Failure, Reason
from feedmaker.model.errors import PageError, StoreError
from feedmaker.pipeline import page_work
from feedmaker.policy import near_duplicates, quarantine, schedule, selection
from feedmaker.policy.quarantine import FetchedStory
from feedmaker.store import StoryRecord
from feedmaker.text import arabic, urls

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from feedmaker.model import Report, State, StoredLink, Story
    from feedmaker.pipeline.article import FetchedArticle
    from feedmaker.pipeline.page_work import ReadArticle
    from feedmaker.pipeline.section import SiteRun

# A copy is published within days of the original: a story is compared with as many as a site has in
# those.
_COMPARED = 300
_Outcome = Literal["added", "changed", "same"]


async def keep_articles(
    run: SiteRun, report: Report, articles: Sequence[FetchedArticle], state: State
) -> Report:
    """Keep the stories of a section that were fetched in a run, and note what failed.

    None is kept of those that are alike as no stories are. `state` is the section's. Return the
    report with how many were added, changed or the same, and with what failed.
    """
    stories = [FetchedStory(one.link, one.read.story) for one in articles if one.read]
    doubts = quarantine.batch_doubts(stories, state, run.now)
    outcomes: Counter[_Outcome] = Counter()
    known = 0
    failures: list[Failure] = []
    copies: list[Reason] = []
    parts = filter(None, map(attrgetter("note"), articles))
    for article in articles:
        doubt = doubts.get(article.link.url)
        believed = article
        if doubt and not _is_known_note(run, article, doubt):
            believed = _doubted(run, article, doubt)
        outcome = await _keep_or_note_failure(run, believed)
        known += _was_known(believed, outcome)
        if isinstance(outcome, Failure):
            failures.append(outcome)
        elif isinstance(outcome, Reason):
            copies.append(outcome)
        else:
            outcomes[outcome] += 1
    return replace(
        report,
        added=outcomes["added"],
        changed=outcomes["changed"],
        same=outcomes["same"] + len(copies),
        known=known,
        failures=(*report.failures, *failures),
        notes=(*report.notes, *copies, *parts),
    )


def _is_known_note(run: SiteRun, article: FetchedArticle, doubt: Reason) -> bool:
    """Whether a text that looks like a note in place of a story is one that the site has had."""
    if article.read is None or doubt.code != Code.NOTE_INSTEAD:
        return False
    return article.read.signature in _known_stories(run).signed


def _was_known(article: FetchedArticle, outcome: _Outcome | Failure | Reason) -> bool:
    """Whether a new article turned out to be a story that is known by another address."""
    is_new = article.read is not None and not article.link.digest
    return is_new and not isinstance(outcome, Failure) and outcome != "added"


def _doubted(run: SiteRun, article: FetchedArticle, doubt: Reason) -> FetchedArticle:
    retry_at = schedule.retry_at(article.link, run.now)
    return replace(article, read=None, reason=doubt, retry_at=retry_at, blame="page")


async def _keep_or_note_failure(
    run: SiteRun, article: FetchedArticle
) -> _Outcome | Failure | Reason:
    try:
        if article.reason:
            return _note_failure(run, article, article.reason)
        if article.read:
            return await _keep_story(run, article, article.read)
        run.store.links.fetched(article.link, _next_check(run, article, article.link))
    except StoreError:
        raise
    except PageError as error:
        retry_at = schedule.retry_at(article.link, run.now)
        return _note_failure(run, replace(article, retry_at=retry_at), error.reason)
    except Exception as error:  # noqa: BLE001 - one story must never stop the rest
        retry_at = schedule.retry_at(article.link, run.now)
        reason = Reason.of(Code.BUG, text=repr(error)[:250])
        return _note_failure(run, replace(article, retry_at=retry_at), reason)
    return "same"


def _note_failure(run: SiteRun, article: FetchedArticle, reason: Reason) -> Failure:
    link = article.link
    if article.gone:
        run.store.links.gone(link)
    run.store.links.failed(run.site.slug, link, reason, article.retry_at)
    return Failure(
        url=link.url,
        reason=reason,
        first=not link.failures,
        again=link.failures == 1,
        is_new=not link.digest,
        blame=article.blame,
    )


async def _keep_story(
    run: SiteRun, article: FetchedArticle, read: ReadArticle
) -> _Outcome | Reason:
    """Keep a story under the id of its link, or of another link that leads to the same page.

    A reason is returned of a copy of another story.
    """
    stories = run.store.stories
    validators = article.validators or NO_VALIDATORS
    link, story = _identify(run, article, read.story)
    stored = stories.get(link.story)
    if stored is None:
        original = await _original_of(run, story, read.signature)
        if original:
            _join_copy(run, replace(article, link=link), story, original)
            return replace(Reason.of(Code.COPY, original=original.url), url=link.url)
    elif not schedule.replaces(story, stored, again=link.again):
        run.store.links.fetched(link, _next_check(run, article, link), validators)
        return "same"
    story = schedule.settle(story, link, stored, run.now)
    record = _record(run, replace(article, link=link), read, story)
    stories.save(link, record, site=run.site.slug, validators=validators)
    if run.known_stories:
        run.known_stories.add(story.id, read.signature)
    if stored is None:
        return "added"
    return "same" if story == stored else "changed"


def _identify(run: SiteRun, article: FetchedArticle, story: Story) -> tuple[StoredLink, Story]:
    """Return the link with the id that its story is kept under, and the story at its own URL."""
    link = article.link
    known_id, known_title = run.store.stories.title_at(story.url)
    if not known_id or known_id == link.story:
        return link, story
    if _is_same_page(article, story, known_title):
        run.store.links.alias(link, known_id)
        return replace(link, story=known_id), story
    # A canonical link that every page of a site carries says nothing.
    return link, replace(story, url=article.url)


def _record(run: SiteRun, article: FetchedArticle, read: ReadArticle, story: Story) -> StoryRecord:
    """What is stored of a story, which was read and then settled."""
    stated = read.story.published
    return StoryRecord(
        story=story,
        digest=read.digest if story.title == read.story.title else schedule.digest(story),
        signature=read.signature,
        next_check=_next_check(run, article, article.link),
        made_with=schedule.read_with(run.site),
        dated=stated if schedule.is_ahead(stated, run.now) else None,
    )


def _is_same_page(article: FetchedArticle, story: Story, known_title: str) -> bool:
    """Whether the known story at a story's own URL is this one: by a redirect, or by its title."""
    redirected = urls.key(article.url) == urls.key(story.url)
    return redirected or arabic.fold(known_title) == arabic.fold(story.title)


def _known_stories(run: SiteRun) -> near_duplicates.KnownStories:
    if run.known_stories is None:
        signatures = run.store.stories.signatures(run.site.slug, _COMPARED)
        run.known_stories = near_duplicates.KnownStories(signatures.items())
    return run.known_stories


async def _original_of(run: SiteRun, story: Story, signature: str) -> Story | None:
    """Return the story of this site that a new one is a copy of; None mostly."""
    if story.teaser or not signature:
        return None
    known_stories = _known_stories(run)
    for candidate in known_stories.candidates(signature):
        known = run.store.stories.get(candidate)
        usual_lines = known_stories.usual_lines()
        if known is None:
            continue
        job = page_work.is_copy
        is_copy = await run.process.call(story.url, job, known, story, usual_lines)
        if is_copy:
            return known
    return None


def _join_copy(run: SiteRun, article: FetchedArticle, copy: Story, original: Story) -> None:
    """Make a copy's link an alias of the original, which gets the copy's category.

    The copy is never asked for again: what it says in other words would be a change of the
    original, and the next one a change back.
    """
    run.store.links.alias(article.link, original.id)
    original = run.store.stories.get(original.id) or original
    record = StoryRecord(
        story=selection.joined(original, copy),
        digest=schedule.digest(original),
        signature=near_duplicates.signature(original),
        next_check=None,
    )
    validators = article.validators or NO_VALIDATORS
    run.store.stories.save(article.link, record, site=run.site.slug, validators=validators)


def _next_check(run: SiteRun, article: FetchedArticle, link: StoredLink) -> datetime | None:
    """When the page of an article is asked again; None of what its listing tells the changes of."""
    if article.is_stated:
        return None
    return schedule.next_check(link.first_seen, link.checks, run.site.fetch.recheck, run.now)
