"""Page -> Story: what an article page says of itself, and its story as clean HTML and text.

    page --parse--> tree --read_blocks--> blocks        boxes, and the runs of text in them
                    tree, blocks --about--> Metadata    title, authors, dates, picture, topics
                    blocks --body--> StoryBody          block classifier, then post-filters
                    StoryBody, Metadata --body--> Story HTML writer, sanitizer, summary

`read_page` is the whole of it. A page is parsed once and walked once; all that follows works on a
few hundred blocks. `body_rule` replaces a site's rule for the body that stopped matching. Where a
story goes on is found by `page_numbers`; `joined_story` puts its pages together.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Final, NamedTuple

from selectolax.lexbor import LexborHTMLParser

from feedmaker.article.about import read_metadata
from feedmaker.article.body import (
    choose_story,
    is_cut_off,
    render_story,
    teaser_story,
    with_recording,
)
from feedmaker.article.joined_story import whole_instead, with_page
from feedmaker.article.page_numbers import next_page, page_number, whole_story_page
from feedmaker.article.stated_body import Reading, fuller_story, holds_more, story_from_data
from feedmaker.html import parsing
from feedmaker.html.blocks import PageBlocks, read_blocks
from feedmaker.html.page_state import NAMED_STATE_MARKS, STATE_MARKS, may_state
from feedmaker.model import LIMITS, Code, Reason, Rules, Story
from feedmaker.model.errors import ExtractError
from feedmaker.text.charset import utf8

if TYPE_CHECKING:
    from datetime import datetime

    from feedmaker.article.about import Metadata
    from feedmaker.model import Limits
    from feedmaker.model.trace import Trace

_SHORT: Final = 1_500  # characters of a story that its page may state at greater length
_MORE_STATED: Final = 1.2  # of the text that is shown
# Most pages have no such link. Reading all addresses takes half the time of selectors for each of
# these, and a tenth of that of looking for them in the bytes of a page.
_SOUND_ENDING: Final = re.compile(r"\.(?:mp3|m4a|aac|og[ga]|opus)")
# A page about a video says so, and has a title and a description: a teaser.
_VIDEO_PAGE: Final = "meta[property='og:type' i][content^=video i]"

__all__ = [
    "body_rule",
    "extract",
    "next_page",
    "page_number",
    "read_page",
    "teaser_story",
    "whole_instead",
    "whole_story_page",
    "with_page",
]


class ParsedStory(NamedTuple):
    """The story of a page, and the page's tree, in which the story's next page may be named."""

    story: Story
    tree: LexborHTMLParser


def extract(
    html: bytes | str,
    url: str = "",
    *,
    rules: Rules | None = None,
    language: str | None = None,
    timezone: str = "UTC",
    now: datetime | None = None,
) -> Story:
    """Return the story of an article page.

    `html` is the page as bytes (decoded as browsers do) or text, `url` its address. `rules` are
    selectors that take precedence; `language` and `timezone` (IANA) hold where the page names none.
    Without `now`, a relative date gives none. Raises ExtractError where the page holds no story,
    ZoneInfoNotFoundError where there is no such zone, and nothing else.
    """
    return read_page(
        html if isinstance(html, str) else utf8(html),
        url,
        rules=rules or Rules(),
        language=language,
        timezone=timezone,
        now=now,
    ).story


def read_page(  # noqa: PLR0913 - each says by itself how a page is read
    html: str | bytes,
    url: str,
    *,
    rules: Rules,
    language: str | None,
    timezone: str,
    now: datetime | None,
    trace: Trace | None = None,
    limits: Limits = LIMITS,
    may_be_behind: bool = False,
) -> ParsedStory:
    """Return the story of a page in text or in UTF-8, and its tree; see `extract`.

    Where the clock that says `now` `may_be_behind`, a date in the future is better than none.

    A story that goes on for subscribers only is marked as a teaser.
    `trace` is filled with how the story was decided. `limits` say how much of the page is parsed.
    The ExtractError of an article page without a story has its teaser: title, picture and the
    page's own description.
    """
    markup = parsing.within_limits(html, limits)
    if markup.problem:
        raise ExtractError(url, markup.problem)
    tree = LexborHTMLParser(markup.content)
    page = read_blocks(tree.body) if tree.body is not None else PageBlocks()
    about = read_metadata(
        tree,
        url,
        rules=rules,
        language=language,
        timezone=timezone,
        now=now,
        page=page,
        trace=trace,
    )
    story = Story(
        url=about.canonical or url,
        title=about.title,
        authors=about.authors,
        image=about.image,
        published=about.published or (about.ahead if may_be_behind else None),
        modified=about.modified,
        category=about.category,
        tags=about.tags,
        language=about.language or language,
    )
    body = choose_story(tree, page, about, rules, trace)
    reading = Reading(url, timezone, rules, trace)
    if body is None:
        shown = parsing.with_shadow_roots(markup.content)
        if shown != markup.content:
            return read_page(
                shown,
                url,
                rules=rules,
                language=language,
                timezone=timezone,
                now=now,
                trace=trace,
                limits=limits,
                may_be_behind=may_be_behind,
            )
        return ParsedStory(_story_without_body(tree, story, about, reading), tree)
    rendered = render_story(story, body, about.base, about.description)
    said = about.json_ld.story
    may_go_on = len(rendered.text) < _SHORT and (
        any(map(markup.content.__contains__, STATE_MARKS))
        or NAMED_STATE_MARKS.search(markup.content) is not None
    )
    if may_go_on or "articleBody" in said or "isAccessibleForFree" in said:
        is_cut = is_cut_off(page, body)
        rendered = _completed_story(
            tree, rendered, about, reading, may_go_on=may_go_on, is_cut=is_cut
        )
    links = [link.attrs.sget("href") or "" for link in tree.tags("a")]
    if _SOUND_ENDING.search("\n".join(links).lower()):
        rendered = with_recording(rendered, tree, about.base)
    return ParsedStory(rendered, tree)


def _is_paid(about: Metadata) -> bool:
    """Whether a page says that its story is not for all readers."""
    return str(about.json_ld.story.get("isAccessibleForFree", True)).lower() in ("false", "0")


def _completed_story(
    tree: LexborHTMLParser,
    shown: Story,
    about: Metadata,
    reading: Reading,
    *,
    may_go_on: bool,
    is_cut: bool,
) -> Story:
    """Return the story as it is shown, or with a fuller text that its page states.

    It is looked for where the story `may_go_on` in the page's state, or its JSON-LD holds more. One
    that is not for all readers is a teaser where it `is_cut` off.
    """
    if _is_paid(about):
        return replace(shown, teaser=True) if is_cut else shown
    stated = about.json_ld.article_body
    is_longer = len(stated) > len(shown.text) * _MORE_STATED
    if not (may_go_on and may_state(tree, shown.text)) and not (
        is_longer and holds_more(stated, shown.text, tree)
    ):
        return shown
    return fuller_story(tree, shown, about, reading) or shown


def _story_without_body(
    tree: LexborHTMLParser, story: Story, about: Metadata, reading: Reading
) -> Story:
    """Return the story that a page states in its data only.

    Raises ExtractError where it states none, with the teaser of an article's page.
    """
    is_video = tree.css_first(_VIDEO_PAGE) is not None or "videoobject" in about.json_ld.types
    about = replace(about, article=is_video or about.article)
    stated = None if _is_paid(about) else story_from_data(tree, story, about, reading)
    if stated is not None:
        return stated
    if not (about.article and about.title):
        raise ExtractError(reading.url, Reason.of(Code.NO_STORY))
    description = about.description or about.json_ld.story.get("description")
    teaser = teaser_story(story, str(description or ""))
    raise ExtractError(reading.url, Reason.of(Code.NO_STORY), teaser=teaser)
