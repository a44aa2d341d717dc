"""The title of a story, by agreement of what its page calls it.

The sources are headings, Open Graph, JSON-LD and the title element.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from feedmaker.article.about.shown_titles import ShownText, box_around, find_shown
from feedmaker.article.about.title_parts import (
    SEPARATOR,
    cut_title,
    names_site,
    part_spans,
    title_runs,
)
from feedmaker.article.about.title_vote import news_source, source_by_vote, spelt_in_url
from feedmaker.html.headline_lines import box_text
from feedmaker.html.json_ld import Statement
from feedmaker.html.page_head import one_line, title_key

if TYPE_CHECKING:
    from collections.abc import Iterable

    from feedmaker.html.page_head import Head

_LONGEST_STATED: Final = 1000  # characters
_LONGEST_HEADING: Final = 300  # characters; a longer one is one that was never closed
_MOST_HEADINGS: Final = 12
_AGREE: Final = 0.5  # likeness from which a heading agrees with another source
# How much more of a title than of another one a URL must spell that no heading agrees with.
_SURELY: Final = 0.3


@dataclass(frozen=True, slots=True)
class Title:
    """A title with its source and the titles that lost.

    `first` and `last` say where the page shows it: `blocks[first:last]`, -1 where it does not.
    """

    text: str
    source: str
    losers: tuple[Statement, ...] = ()
    first: int = -1
    last: int = -1


def choose_title(
    head: Head,
    rules: tuple[str, ...] = (),
) -> Title:
    """Return the title of the page's story; an empty text where nothing names it.

    A newsroom (JSON-LD NewsArticle) writes a title of its own for search engines into the title
    element; there the title is what most other sources say. Elsewhere it is the first-level
    heading, unless that is a short label which nothing else on the page agrees with.
    """
    if rules and (ruled := _ruled_title(head, rules)):
        return ruled
    headings = _headings(head)
    titles = _stated_titles(head, headings)
    heading = _likeliest_heading(headings, titles.values())
    if not heading and titles.keys() <= {"title"}:
        return _title_of_element(head, titles.get("title", head.title))
    if heading and _is_title(heading, headings, titles.values()):
        key = title_key(heading.text)
        own = cut_title(
            heading.text,
            head.names,
            known=(),
            shown=(key,),
        )
        titles = {"h1": own, **titles}
    if heading and not titles:
        return Title(
            heading.text,
            "h1",
            first=heading.first,
            last=heading.last,
        )
    return _elect_title(head, titles, heading)


def _elect_title(
    head: Head,
    titles: dict[str, str],
    heading: ShownText | None,
) -> Title:
    """Return the one of these titles (source -> text) that is the story's."""
    source = news_source(head, titles) if head.json_ld.is_news else _source(head, titles)
    longer = _longer_title(head, titles[source]) if source != "h1" else None
    if longer:
        source = "title"
        titles = {**titles, "title": longer}
    shown = heading if "h1" in titles else None
    if shown is None:
        keys = set(map(title_key, titles.values()))
        shown = find_shown(head, keys) or heading
    others = dict(titles)
    title = others.pop(source)
    losers = [Statement(name, text) for name, text in others.items()]
    return Title(
        text=title,
        source=source,
        losers=tuple(losers),
        first=shown.first if shown else -1,
        last=shown.last if shown else -1,
    )


def _ruled_title(
    head: Head,
    rules: tuple[str, ...],
) -> Title | None:
    """Return the title that the site's selectors find, with the blocks of the box it stands in."""
    for selector in rules:
        for node in head.tree.css(selector):
            text = one_line(node.attributes.get("content") or node.text(separator=" "))
            if text:
                box = box_around(head, node)
                first, last = (box.first, box.last) if box else (-1, -1)
                return Title(
                    text,
                    f"rules: {selector}",
                    first=first,
                    last=last,
                )
    return None


# ---- what the page calls its story


def _headings(head: Head) -> list[ShownText]:
    """Return the first-level headings with a text that is not the site's name."""
    found = []
    boxes = [box for box in head.page.boxes if box.name == "h1"]
    for box in boxes[:_MOST_HEADINGS]:
        if box.chars <= _LONGEST_HEADING:
            text = box_text(head.page, box)
            if text and not names_site(text, head.names):
                found.append(
                    ShownText(
                        text,
                        box.node,
                        box.first,
                        box.last,
                    )
                )
    return found


def _stated_titles(
    head: Head,
    headings: list[ShownText],
) -> dict[str, str]:
    """Return the titles that the page states outside of its headings, without the site's name."""
    whole = {
        source: one_line(text[:_LONGEST_STATED]) for source, text in head.titles.items() if text
    }
    shown = {title_key(heading.text) for heading in headings}
    known = {key for key in (*shown, *map(title_key, whole.values())) if " " in key}
    cut = {
        text: one_line(
            cut_title(
                text,
                head.names,
                known,
                shown,
            )
        )
        for text in set(whole.values())
    }
    titles = _real_titles(head, set(cut.values()))
    return {source: cut[text] for source, text in whole.items() if cut[text] in titles}


def _real_titles(
    head: Head,
    texts: set[str],
) -> set[str]:
    """Return the texts that are not the site's name, nor broken off.

    An attribute breaks off at a quotation mark in it.
    """
    titles = set()
    for text in texts:
        rests = [title[len(text) :].lstrip() for title in texts if title.startswith(text)]
        is_broken = any(rest.startswith('"') for rest in rests)
        if not is_broken and not names_site(text, head.names):
            titles.add(text)
    return titles


# ---- which of them is the title


def _likeness(
    key: str,
    other: str,
) -> float:
    """Return how much two keys have in common, 0 to 1.

    It is the share of the shorter's words that are in the longer, damped by the difference in
    length.
    """
    if key == other:
        return 1.0 if key else 0.0
    words, others = set(key.split()), set(other.split())
    if not words or not others:
        return 0.0
    shorter = min(len(words), len(others))
    longer = max(len(words), len(others))
    return len(words & others) / shorter * (0.5 + 0.5 * shorter / longer)


def _likeliest_heading(
    headings: list[ShownText],
    titles: Iterable[str],
) -> ShownText | None:
    """Return the heading most like one of the titles; the first of equals."""
    best: ShownText | None = None
    keys = [title_key(title) for title in titles]
    for heading in headings:
        own = title_key(heading.text)
        likeness = max((_likeness(own, key) for key in keys), default=1.0)
        if best is None or likeness > best.likeness + 0.01:
            best = heading._replace(likeness=likeness)
    return best


def _is_title(
    heading: ShownText,
    headings: list[ShownText],
    titles: Iterable[str],
) -> bool:
    """Tell whether a heading is the story's title, and no label with or without a title."""
    key = title_key(heading.text)
    is_only = {title_key(one.text) for one in headings} == {key}
    is_sentence = 5 <= len(key.split()) <= 25 and not heading.text.endswith(":")
    if heading.likeness < _AGREE and not (is_only and is_sentence):
        return False
    return not any(_is_labelled(heading, title) for title in titles)


def _is_labelled(
    heading: ShownText,
    title: str,
) -> bool:
    """Tell whether a heading is a title with labels: a kicker, a section, a date or a count.

    Or with an inline element inside of a word.
    """
    text = heading.text
    if " " not in title or text == title:
        return False
    if text.replace(" ", "") == title.replace(" ", ""):
        return True
    if text.endswith(title) and text.removesuffix(title).strip()[-1:] in ("", *":|–—-"):
        return True
    if not text.startswith(title) and not text.endswith(title):
        return False
    label = text.removesuffix(title).removeprefix(title).strip()
    inside = (one_line(child.text(separator=" ")) for child in heading.node.traverse())
    return any(part in (label, title) for part in inside)


def _source(
    head: Head,
    titles: dict[str, str],
) -> str:
    """Return the source of another page's title: its heading, where it has one that is a title.

    Unless it is unlike all else that the page calls its story, and the URL spells one of those.
    """
    if "h1" not in titles:
        return source_by_vote(head, titles)
    keys = {source: title_key(title) for source, title in titles.items()}
    heading = keys.pop("h1")
    if max((_likeness(heading, key) for key in keys.values()), default=1.0) > _AGREE:
        return "h1"
    spelt = spelt_in_url(head, {heading, *keys.values()}, clearly=_SURELY)
    return next((source for source, key in keys.items() if key == spelt != heading), "h1")


def _longer_title(
    head: Head,
    title: str,
) -> str | None:
    """Return the title element's story, where `title` names no more than the department."""
    longest = max(SEPARATOR.split(head.title), key=len)
    is_department = len(title.split()) <= 3 and len(longest.split()) >= 5
    return longest if is_department and title_key(title) in title_key(longest) else None


def _title_of_element(
    head: Head,
    usual: str,
) -> Title:
    """Return the title of a page that has no more than a title element.

    It is the part of it that the page shows, else `usual`.
    """
    runs = sorted(title_runs(head.title, part_spans(head.title)), key=len)
    long = {title_key(run): run for run in runs if len(run.split()) > 2}
    found = find_shown(head, set(long)) if long else None
    if found is None:
        return Title(usual, "title")
    shown = long.get(title_key(found.text))
    text = shown if shown and shown != head.title else usual
    return Title(
        text,
        "title",
        (),
        found.first,
        found.last,
    )
