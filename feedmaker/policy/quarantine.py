"""What came and looks broken: a listing that lost its links, pages that are not their stories.
Nothing is taken of it.

Pure, as `decide`: given what came, what is known, and `now`. A doubt is the reason in one phrase,
empty where there is none. What the pages of one kind of trouble say by themselves is known by
`walls`; here they are compared with what was expected of them, and with each other.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

from feedmaker.text import arabic
from feedmaker.text.word_matching import stem

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from feedmaker.model import Report, Section, State, Story

_SHRUNKEN = 3  # a listing with less than a third of its usual links
_USUAL = 5  # links: of a shorter listing a third says nothing
_ALIKE = 3  # stories with one title or text
_ENOUGH = 3  # articles in doubt, and no good one, before the section is
# A listing that stays short, or stories that keep one title, are the site's new way. Nothing else
# is ever believed.
_BELIEVED = timedelta(days=2)
_MOST = 200_000  # characters of a text that are looked at: more than any story has
_SHORT = 2_000  # characters: the pages that stand in for stories are shorter
_NOTE = 700  # characters: what a server says in place of a text is shorter
_SHARED = 0.2  # of a headline's words are in its story; all of them in most
_HEADED = 4  # words of a headline that its text ought to say one of
_KEPT = 0.2  # of a story's words are in the next form of it


def listing_doubt(count: int, section: Section, state: State, now: datetime) -> str:
    """Whether a listing with `count` links is strongly shrunken against what the section usually
    has.

    Sections that filter by words have as many links as there is news of them, so that no number is
    usual.
    """
    if (
        section.include
        or section.exclude
        or state.usual < _USUAL
        or count * _SHRUNKEN >= state.usual
    ):
        return ""
    return (
        ""
        if believed(state, now)
        else f"the listing holds {count} links instead of about {state.usual}"
    )


def believed(state: State, now: datetime) -> bool:
    """Whether the section is in quarantine for so long that what looks odd is the site's new way."""
    return (
        state.status == "quarantined" and state.since is not None and now - state.since >= _BELIEVED
    )


def usual(state: State, report: Report) -> int:
    """How many links the listing usually holds, after a good run: the last counts, the latest with
    a fourth.
    """
    if report.links is None or not report.good:
        return state.usual
    if not state.usual or report.links * _SHRUNKEN < state.usual:
        return report.links
    return round((3 * state.usual + report.links) / 4)


def story_doubt(
    story: Story, headline: str, old: Story | None, waited: timedelta = timedelta(0)
) -> str:
    """Whether what was taken of an article's page is another thing than its story.

    `headline` is the title of its link, `old` the story as it was had before, `waited` the time
    since the link was first seen.
    """
    # A page with a date of its own is an article, if under another headline than the listing's.
    if len(story.text) < _SHORT and story.published is None:
        words = _telling(headline)
        if len(words) >= _ALIKE and len(words & _said(story)) < len(words) * _SHARED:
            return "the page says nothing of its headline, so it is not its story"
    if old is None and not story.teaser and waited < _BELIEVED and _is_note(story, headline):
        return "the text says nothing of its headline"
    if old and not old.teaser and not story.teaser and len(story.text) < len(old.text):
        before = _telling(old.text)
        if len(before) >= 4 * _ALIKE and len(before & _said(story)) < len(before) * _KEPT:
            return "the page has lost its story"
    return ""


def _is_note(story: Story, headline: str) -> bool:
    """Whether a short text has hardly a word of its own title, nor of `headline`: a server says
    something in its place.

    Of what is written without spaces nothing can be told. One of 985 public pages has a story that
    is so short and does so, and it is no article.
    """
    title = _telling(story.title)
    if (
        len(title) < _HEADED
        or len(story.text) >= _NOTE
        or _UNSPACED.search(story.title + story.text)
    ):
        return False
    said = _telling(story.text)
    return all(
        len(words & said) < len(words) * _SHARED for words in (title, _telling(headline)) if words
    )


# Thai, Lao, Burmese, Khmer, Japanese, Chinese.
_UNSPACED = re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff]")


def _said(story: Story) -> set[str]:
    return _telling(f"{story.title} {story.summary} {story.text}")


def _telling(text: str) -> set[str]:
    return {
        stem(word) for word in arabic.fold(text[:_MOST]).split() if len(word) > 2 and word.isalpha()
    }


# Request numbers and the like; prices and temperatures make a story's own text.
_VARIABLE = re.compile(r"(?=\S*\d)\S{7,}")


def _beginning(story: Story) -> str:
    """The first whole words of a text, without such numbers."""
    return _constant(story.text[:60].rpartition(" ")[0])


def _constant(text: str) -> str:
    """What a text has in common with the like: its words without such numbers."""
    return " ".join(word for word in arabic.fold(text[:_MOST]).split() if not _VARIABLE.match(word))


def batch_doubts(
    stories: Sequence[tuple[str, str, Story]], state: State, now: datetime
) -> dict[str, str]:
    """Which of a run's new and changed stories are alike as no stories are; reasons by URL.

    `stories` are URL, headline and story. Several with one text under different headlines are one
    page that stands in for them, if it is short or there is little else; so it is where every one
    of them has the same title. A long text under a few headlines of many is a story that the site
    gives more than once.
    """
    # Few begin alike, and only those are looked through as a whole.
    begins = Counter(_beginning(story) for *_, story in stories)
    by_text: defaultdict[str, list[tuple[str, str]]] = defaultdict(list)
    for url, headline, story in stories:
        if begins[_beginning(story)] >= _ALIKE:
            by_text[_constant(story.text)].append((url, arabic.fold(headline)))
    titles = {arabic.fold(story.title) for *_, story in stories}
    doubts: dict[str, str] = {}
    for text, found in by_text.items():
        named = {headline for _, headline in found if headline}
        stands_in = len(text) < _SHORT or 2 * len(found) >= len(stories)
        if len(found) >= _ALIKE and len(named) != 1 and stands_in:
            doubts |= {url: f"{len(found)} articles have the same text" for url, _ in found}
    if len(stories) >= _ALIKE and len(titles) == 1 and not believed(state, now):
        doubts = {
            url: f"all {len(stories)} articles have the same title" for url, *_ in stories
        } | doubts
    return doubts


def verdict(report: Report, state: State, same: int) -> Report:
    """The report of a section whose articles were tried: quarantined where all that came of them is
    doubtful.

    `same` articles were had unchanged. So it stays until one is had again.
    """
    doubtful = [failure for failure in report.failures if failure.doubt]
    if report.added or report.changed or same:
        return report
    if len(doubtful) >= _ENOUGH or any(failure.doubt == "site" for failure in doubtful):
        others = f" ({len(doubtful) - 1} more like it)" if len(doubtful) > 1 else ""
        reason = f"{doubtful[0].url}: {doubtful[0].reason}{others}"
        return replace(report, status="quarantined", doubted="articles", reason=reason)
    if state.status == "quarantined" and state.doubted == "articles":
        return replace(report, status="quarantined", doubted="articles", reason=state.reason)
    return report
