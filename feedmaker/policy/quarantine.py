"""What came and looks broken: listings that lost their links, pages that are not their stories.

Pure decisions: they are given what came, what is known, and `now`. A doubt is a Reason; None says
that there is none. What the pages of one kind of trouble say by themselves is known by
`html.block_pages`; here they are compared with what was expected of them, and with each other.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from dataclasses import replace
from datetime import timedelta
from functools import cache
from typing import TYPE_CHECKING, Final, NamedTuple

from feedmaker.model import Code, Reason
from feedmaker.text import arabic

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from feedmaker.model import Failure, Report, Section, State, StoredLink, Story

# A listing with less than a third of its usual links has shrunk.
_SHRUNKEN: Final = 3
# Links: of a listing with fewer a third says nothing.
_USUAL: Final = 5
# Stories with one title or text, and words of a headline, from which on that is no chance.
_ALIKE: Final = 3
# Articles in doubt, and no good one, before their section is.
_ENOUGH: Final = 3
# A listing that stays short, or stories that keep one title, are the site's new way. Nothing else
# is ever believed.
_BELIEVED: Final = timedelta(days=2)
# Characters of a text that are looked at: more than any story has.
_MOST: Final = 200_000
# Characters: pages that stand in for stories are shorter.
_SHORT: Final = 2_000
# Characters: what a server says in place of a text is shorter.
_NOTE: Final = 700
# The share of a headline's words that are in its story; all of them in most.
_SHARED: Final = 0.2
# Words of a headline that its text ought to say one of.
_HEADED: Final = 4
# The share of a story's words that are in its next form.
_KEPT: Final = 0.2


def listing_doubt(count: int, section: Section, state: State, now: datetime) -> Reason | None:
    """Whether a listing with `count` links has shrunk against what the section usually has.

    Sections that filter by words have as many links as there is news of them: no number is usual.
    """
    if section.include or section.exclude or state.usual < _USUAL:
        return None
    if count * _SHRUNKEN >= state.usual or is_believed(state, now):
        return None
    return Reason.of(Code.LISTING_SHRUNKEN, links=count, usual=state.usual)


def is_believed(state: State, now: datetime) -> bool:
    """Whether a section is in quarantine for so long that what looks odd is the site's new way."""
    if state.status != "quarantined" or state.since is None:
        return False
    return now - state.since >= _BELIEVED


def usual_links(state: State, report: Report) -> int:
    """How many links a listing usually holds after this run: a running mean, the newest a quarter.

    Only good runs count, and a number three times smaller begins anew.
    """
    if report.links is None or not report.good:
        return state.usual
    if not state.usual or report.links * _SHRUNKEN < state.usual:
        return report.links
    return round((3 * state.usual + report.links) / 4)


def story_doubt(story: Story, headline: str, stored: Story | None) -> Reason | None:
    """Whether what an article's page gave is another thing than its story.

    `headline` is the title of its link, `stored` the story as it was before.
    """
    if _is_other_page(story, headline):
        return Reason.of(Code.OTHER_THAN_HEADLINE)
    if stored and _has_lost_its_text(story, stored):
        return Reason.of(Code.STORY_LOST)
    return None


def _is_other_page(story: Story, headline: str) -> bool:
    """Whether a short undated page has hardly a word of its headline.

    A page with a date of its own is an article, if under another headline than the listing's.
    """
    if len(story.text) >= _SHORT or story.published is not None:
        return False
    words = _telling_words(headline)
    shared = words & _all_words(story)
    return len(words) >= _ALIKE and len(shared) < len(words) * _SHARED


def _has_lost_its_text(story: Story, stored: Story) -> bool:
    if stored.teaser or story.teaser or len(story.text) >= len(stored.text):
        return False
    before = _telling_words(stored.text)
    kept = before & _all_words(story)
    return len(before) >= 4 * _ALIKE and len(kept) < len(before) * _KEPT


def _is_note(story: Story, headline: str) -> bool:
    """Whether a short text has hardly a word of its title, nor of `headline`.

    Then a server says something in the story's place. Of what is written without spaces nothing can
    be told. One of 985 public pages has so short a story that does so, and it is no article.
    """
    title = _telling_words(story.title)
    if len(title) < _HEADED or len(story.text) >= _NOTE:
        return False
    if _unspaced_letter().search(story.title + story.text):
        return False
    text = _telling_words(story.text)
    for words in (title, _telling_words(headline)):
        if words and len(words & text) >= len(words) * _SHARED:
            return False
    return True


@cache
def _unspaced_letter() -> re.Pattern[str]:
    """Thai, Lao, Burmese, Khmer, Japanese, Chinese; it takes 3 ms to compile."""
    return re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff]")


def _all_words(story: Story) -> set[str]:
    return _telling_words(f"{story.title} {story.summary} {story.text}")


def _telling_words(text: str) -> set[str]:
    words = arabic.fold(text[:_MOST]).split()
    return {arabic.stem(word) for word in words if len(word) > 2 and word.isalpha()}


_DIGITS: Final = re.compile(r"\d+")
# Request numbers and the like; prices and temperatures make a story's own text.
_VARIABLE: Final = re.compile(r"(?=\S*\d)\S{7,}")


def _beginning(story: Story) -> str:
    """The first whole words of a text, without such numbers."""
    return _constant_words(story.text[:60].rpartition(" ")[0])


def _constant_words(text: str) -> str:
    """The words of a text, without such numbers."""
    words = arabic.fold(text[:_MOST]).split()
    return " ".join(word for word in words if not _VARIABLE.match(word))


class FetchedStory(NamedTuple):
    """A story that a run fetched, and its link."""

    link: StoredLink
    story: Story


def batch_doubts(stories: Sequence[FetchedStory], state: State, now: datetime) -> dict[str, Reason]:
    """Return which of a run's new and changed stories are alike as no stories are, by URL.

    A note stands in for a story, unless it stands under several titles: then it is what the site
    writes under its videos. Several articles with one title are one page that stands in for them,
    and so are several with one text and title among others, or with one long text where there is
    little else. A long text under a few headlines of many is a story that the site gives more than
    once.
    """
    texts = _by_text(stories)
    doubts = _note_doubts(stories, texts, now)
    if len(stories) < _ALIKE:
        return doubts
    if len({arabic.fold(one.story.title) for one in stories}) == 1 and not is_believed(state, now):
        same_title = Reason.of(Code.SAME_TITLE, count=len(stories))
        doubts |= {one.link.url: same_title for one in stories}
    for text, found in texts.items():
        if len(found) >= _ALIKE and _stand_in(found, len(text), len(stories)):
            same_text = Reason.of(Code.SAME_TEXT, count=len(found))
            doubts |= {one.link.url: same_text for one in found}
    return doubts


def _note_doubts(
    stories: Sequence[FetchedStory], texts: dict[str, list[FetchedStory]], now: datetime
) -> dict[str, Reason]:
    usual = {text for text, found in texts.items() if len(_distinct_titles(found)) >= _ALIKE}
    notes = [one for one in stories if _is_new_note(one, now)]
    return {
        one.link.url: Reason.of(Code.NOTE_INSTEAD)
        for one in notes
        if _constant_words(one.story.text) not in usual
    }


def _stand_in(found: Sequence[FetchedStory], length: int, count: int) -> bool:
    """Whether stories of one text of this length are one page, among `count` of a run."""
    headlines = {arabic.fold(one.link.title) for one in found} - {""}
    if len(headlines) == 1:
        return False
    return len(_distinct_titles(found)) == 1 if length < _SHORT else 2 * len(found) >= count


def _is_new_note(one: FetchedStory, now: datetime) -> bool:
    """Whether a note stands in place of a new story: for two days, then it is believed."""
    if one.link.digest or one.story.teaser or now - one.link.first_seen >= _BELIEVED:
        return False
    return _is_note(one.story, one.link.title)


def _distinct_titles(stories: Sequence[FetchedStory]) -> set[str]:
    """The titles of stories; those that differ in a number only are one."""
    return {_DIGITS.sub("", arabic.fold(one.story.title)) for one in stories}


def _by_text(stories: Sequence[FetchedStory]) -> dict[str, list[FetchedStory]]:
    """Group the stories whose beginnings are alike by their whole texts."""
    beginnings = Counter(_beginning(one.story) for one in stories)
    by_text: defaultdict[str, list[FetchedStory]] = defaultdict(list)
    for one in stories:
        if beginnings[_beginning(one.story)] >= _ALIKE:
            by_text[_constant_words(one.story.text)].append(one)
    return by_text


def judge_articles(report: Report, state: State, *, had_none: bool = False) -> Report:
    """Return the report of a section whose articles were tried.

    It is quarantined where all that came is doubtful, until an article is good again. It is broken
    where its last new articles, three or more, all failed, until one is had: then the commonest
    reason is told once, in place of them all. One that `had_none` ever is broken once one of them
    failed again: it may have no third.
    """
    failed = [failure for failure in report.failures if failure.is_new]
    is_one_had = report.added or report.known
    count = 0 if is_one_had else state.failing + sum(failure.first for failure in failed)
    report = _with_doubt(replace(report, failing=count), state)
    if not report.good or not _are_failing(failed, state, count, had_none=had_none):
        return report
    others = tuple(failure for failure in report.failures if not failure.is_new)
    reason = _why_failing(failed, state, count)
    return replace(report, status="kept", reason=reason, failures=others)


def _are_failing(failed: Sequence[Failure], state: State, count: int, *, had_none: bool) -> bool:
    """Whether enough articles failed in a row, `count` in all, for their section to be broken."""
    if had_none and (_is_failing(state) or any(failure.again for failure in failed)):
        return count > 0
    return count >= _ENOUGH


def _is_failing(state: State) -> bool:
    """Whether a section is broken because its articles fail."""
    return state.reason is not None and state.reason.code == Code.ARTICLES_FAIL


def _with_doubt(report: Report, state: State) -> Report:
    """The report of a section, in quarantine where all that came is doubtful."""
    if report.added or report.changed or report.same:
        return report
    doubtful = [failure for failure in report.failures if failure.blame]
    reason = state.reason
    if _are_enough(doubtful):
        first = doubtful[0]
        reason = replace(first.full_reason, more=len(doubtful) - 1)
    elif state.status != "quarantined" or state.doubted != "articles":
        return report
    return replace(report, status="quarantined", doubted="articles", reason=reason)


def _are_enough(doubtful: Sequence[Failure]) -> bool:
    """Whether failures put a section in quarantine: several, or one that is of the whole site."""
    return len(doubtful) >= _ENOUGH or any(failure.blame == "site" for failure in doubtful)


def _why_failing(failed: Sequence[Failure], state: State, count: int) -> Reason:
    """Why new articles fail: what most of those of this run say, else what was said before."""
    if failed:
        kinds = Counter(failure.reason.kind for failure in failed)
        commonest = max(kinds, key=kinds.__getitem__)
        one = next(failure for failure in failed if failure.reason.kind == commonest)
        reason = Reason.of(Code.ARTICLES_FAIL, count=count, cause=replace(one.reason, url=""))
        if state.reason and state.reason.kind == reason.kind:  # the example stays
            return replace(reason, url=state.reason.url)
        return replace(reason, url=one.full_reason.url)
    if state.reason and _is_failing(state):
        return state.reason
    return Reason.of(Code.ARTICLES_FAIL, count=count)
