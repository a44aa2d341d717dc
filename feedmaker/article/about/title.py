"""The title of a story, by agreement of what its page calls it.

The sources are headings, Open Graph, JSON-LD and the title element.
"""

from __future__ import annotations

import re
from functools import partial
from itertools import islice
from typing import TYPE_CHECKING, Final

from feedmaker.article.about.shown_titles import (
    IN_ORDER,
    ShownText,
    Title,
    find_shown,
    first_paragraph,
    heading_above_story,
    links_home,
    ruled_title,
)
from feedmaker.article.about.title_vote import news_source, source_by_vote, spelt_in_url
from feedmaker.html.blocks import HEADINGS, one_line
from feedmaker.html.json_ld import Statement
from feedmaker.html.page_head import box_text, title_key
from feedmaker.text.word_counts import count_words

if TYPE_CHECKING:
    from collections.abc import Collection

    from feedmaker.html.page_head import Head

_UNSPACED: Final = "\u0600-\u06ff\u3000-\u30ff\u3400-\u9fff\uac00-\ud7af\uff00-\uffef"
# Between a story's title and its site's or section's name. A hyphen or colon counts only with
# space around it, a hyphen or dash also beside Arabic, Chinese, Japanese and Korean letters, which
# join no words by it. Begins with a set of characters, so that it is quickly looked for.
_SEPARATOR: Final = re.compile(
    r"[\s|｜_»›>:–—•·-](?:(?<=\s)(?<!\s\s)\s*"
    rf"(?:[-–—|｜_•·»«›‹←:~/\\]+\s+|(?:[|｜_»›]|>>|::|[-–—•·]+(?=[{_UNSPACED}]))\s*)"
    rf"|(?:(?<=[|｜_»›])|(?<=>)>|(?<=:):|(?<=[{_UNSPACED}][-–—•·])[-–—•·]*)\s*)"
)
_SIGN: Final = re.compile(r"[-–—|｜_•·»«›‹←:~/\\>]")  # one of which every separator has
# All that may stand between names: of a title only what a page shows by itself is parted by it.
_ANY_SIGN: Final = re.compile(r"[]–—|｜丨_•·»«›‹<>←→:：~/／\\[【】()（）-]\W*")
_MOST_PARTS: Final = 12
_LONGEST_STATED: Final = 1000  # characters
_LONGEST_HEADING: Final = 300  # characters; a longer one is one that was never closed
_MOST_HEADINGS: Final = 12
_FEW_WORDS: Final = 4
_SECTION_WORDS: Final = 2
_FEW_PARAGRAPHS: Final = 3  # above a headline: a notice, a deck
_ELLIPSES: Final = ("...", "…")
_AGREE: Final = 0.5  # likeness from which a heading agrees with another source
# How much more of a title than of another one a URL must spell that no heading agrees with.
_SURELY: Final = 0.3


def choose_title(
    head: Head,
    rules: tuple[str, ...] = (),
) -> Title:
    """Return the title of the page's story; an empty text where nothing names it.

    A newsroom (JSON-LD NewsArticle) writes a title of its own for search engines into the title
    element; there the title is what most other sources say. Elsewhere it is the first-level
    heading, unless that is a short label which nothing else on the page agrees with.
    """
    if rules and (ruled := ruled_title(head, rules)):
        return ruled
    headings = _headings(head)
    titles = _stated_titles(head, headings)
    heading = _likeliest_heading(headings, titles.values())
    if heading and len(title_key(heading.text).split()) <= _SECTION_WORDS:
        is_label = _is_in_text(head, heading) or _is_section(head, heading)
        heading = None if is_label else heading
    usual = titles.get("title", head.title)
    is_title = heading is not None and _is_title(head, heading, headings, titles.values())
    if not is_title and {usual}.issuperset(titles.values()):
        is_site = title_key(usual) == title_key(head.first("og:site_name"))
        is_sure = len(titles) > 1 and not is_site
        title = _title_of_element(head, usual, is_sure=is_sure)
        if not heading or title.first >= 0:
            return title
    if heading and is_title:
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
    source = news_source(head, titles) if head.json_ld.is_news else _title_source(head, titles)
    longer = _longer_title(head, titles[source]) if source != "h1" else None
    if longer:
        source = "title"
        titles = {**titles, "title": longer}
    others = dict(titles)
    title = others.pop(source)
    shown = heading
    if "h1" not in titles and (found := _shown_title(head, titles, title)):
        shown = found
        title = found.text
    losers = [Statement(name, text) for name, text in others.items()]
    return Title(
        text=title,
        source=source,
        losers=tuple(losers),
        first=shown.first if shown else -1,
        last=shown.last if shown else -1,
    )


def _shown_title(
    head: Head,
    titles: dict[str, str],
    title: str,
) -> ShownText | None:
    """Return `title` where the page shows one of the titles, else the part of it that is shown."""
    shown = find_shown(head, set(map(title_key, titles.values())))
    if shown is not None:
        return shown._replace(text=title)
    return _shown_run(head, title, _part_spans(title, _ANY_SIGN))


# ---- what the page calls its story


def _headings(head: Head) -> list[ShownText]:
    """Return the first-level headings with a text that is not the site's name.

    One that links to the site's home is its name; one in a breadcrumb trail is no headline.
    """
    found = []
    boxes = [box for box in head.page.heading_boxes if box.name == "h1"]
    boxes.sort(key=IN_ORDER)
    for box in boxes[:_MOST_HEADINGS]:
        if box.chars <= _LONGEST_HEADING:
            text = box_text(head.page, box)
            signs = f"{box.sign} {box.parent.sign}" if box.parent else box.sign
            is_other = "crumb" in signs or (box.linked and links_home(head, box.node))
            if text and not is_other and not _names_site(text, head.names):
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
    whole: dict[str, str] = {}
    for source, text in head.titles.items():
        if text:
            whole[source] = one_line(text[:_LONGEST_STATED])
    shown = {title_key(heading.text) for heading in headings}
    keys = shown.union(map(title_key, whole.values()))
    known = {key for key in keys if " " in key}
    cut: dict[str, str] = {}
    for text in set(whole.values()):
        title = cut_title(
            text,
            head.names,
            known,
            shown,
        )
        cut[text] = one_line(title)
    real = _real_titles(head, set(cut.values()), shown)
    titles: dict[str, str] = {}
    for source, text in whole.items():
        if cut[text] in real:
            titles[source] = cut[text]
    return titles


def _real_titles(
    head: Head,
    texts: set[str],
    shown: Collection[str],
) -> set[str]:
    """Return the texts that are not the site's name, nor broken off.

    An attribute breaks off at a quotation mark in it. The site's name is also what the title
    element has beside a heading that the page shows (`shown`, keys).
    """
    titles: set[str] = set()
    whole = title_key(head.title)
    headlines = [key for key in shown if key in whole and 2 * len(key) > len(whole)]
    beside = {whole.removeprefix(key).removesuffix(key).strip() for key in headlines}
    for text in texts:
        if title_key(text) in beside:
            continue
        if text.endswith(_ELLIPSES) and any(map(partial(_goes_on, text), texts)):
            continue
        longer = [title for title in texts if title.startswith(text)]
        rests = [title.removeprefix(text).lstrip() for title in longer]
        is_broken = any(rest.startswith('"') for rest in rests)
        if not is_broken and not _names_site(text, head.names):
            titles.add(text)
    return titles


def _goes_on(
    text: str,
    other: str,
) -> bool:
    """Tell whether a text ends in an ellipsis in place of the rest of another one."""
    return len(other) > len(text) and other.startswith(text.rstrip(".… "))


def _names_site(
    text: str,
    names: Collection[str],
) -> bool:
    """Tell whether a text is the site's name, made of its words, or its initials."""
    key = title_key(text)
    known = ("", *names)
    if key in known:
        return True
    words = key.split()
    joined = "".join(words)
    initials = "".join([word[0] for word in words])
    forms = (joined, initials) if len(words) > 2 else (joined,)
    for name in names:
        joined_name = name.replace(" ", "")
        if joined_name in forms:
            return True
        is_near = abs(len(name) - len(key)) < 12 and min(len(joined_name), len(joined)) > 3
        if is_near and (name in key or joined in joined_name):
            return True
    return False


def cut_title(
    text: str,
    names: Collection[str],
    known: Collection[str],
    shown: Collection[str],
) -> str:
    """Return a title without the parts that evidence shows to be the site's or section's name.

    A run of parts that equals a known title (`known`, keys) is the title; else parts that name the
    site are dropped from either end, and what follows an upright stroke, which no headline has in
    it. Of a text that a heading shows (`shown`, keys), only what is just the site's name is dropped
    so. Without evidence nothing is cut.
    """
    spans = _part_spans(text)
    if len(spans) == 1:
        return _before_stroke(text.strip())
    is_shown = title_key(text) in shown
    shorter = [] if is_shown else _title_runs(text, spans)[1:]
    for run in shorter:
        if title_key(run) in known:
            return _before_stroke(run)
    own: list[tuple[int, int]] = []
    for start, end in spans:
        part = text[start:end]
        is_site = title_key(part) in names if is_shown else _names_site(part, names)
        if not is_site:
            own.append((start, end))
    own = own or spans[:1]
    start, _ = own[0]
    _, end = own[-1]
    return _before_stroke(text[start:end].strip())


def _part_spans(
    text: str,
    separator: re.Pattern[str] = _SEPARATOR,
) -> list[tuple[int, int]]:
    """Return where the parts of a title between separators begin and end."""
    if separator is _SEPARATOR and not _SIGN.search(text):
        return [(0, len(text))]
    spans: list[tuple[int, int]] = []
    start = 0
    for found in islice(separator.finditer(text), _MOST_PARTS):
        spans.append((start, found.start()))
        start = found.end()
    spans.append((start, len(text)))
    return spans


def _title_runs(
    text: str,
    spans: list[tuple[int, int]],
) -> list[str]:
    """Return the runs of parts of a title, the longest first: all of it."""
    runs: list[str] = []
    for length in range(len(spans), 0, -1):
        lasts = spans[length - 1 :]
        for first, last in zip(spans, lasts, strict=False):
            start, _ = first
            _, end = last
            runs.append(text[start:end])
    return runs


def _before_stroke(text: str) -> str:
    """Return what stands before the first upright stroke, if it is the longest part; else all."""
    first, *others = text.split("|")
    if not others or len(first) <= max(map(len, others)):
        return text
    first = first.strip()
    return first if " " in first else text


# ---- which of them is the title


def _likeness(
    key: str,
    other: str,
) -> float:
    """Return how much two keys that differ have in common, 0 to 1.

    It is the share of the shorter's words that are in the longer, damped by the difference in
    length.
    """
    words = set(key.split())
    others = set(other.split())
    if not words or not others:
        return 0.0
    shorter, longer = sorted((len(words), len(others)))
    common = len(words & others)
    damping = 0.5 + 0.5 * shorter / longer
    return common / shorter * damping


def _title_source(
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
    if heading in keys.values():
        return "h1"
    grades = [_likeness(heading, key) for key in keys.values()]
    if max(grades, default=1.0) > _AGREE:
        return "h1"
    spelt = spelt_in_url(head, {heading, *keys.values()}, clearly=_SURELY)
    keys.pop("title", None)  # is written for searches, and so is the URL
    return next((source for source, key in keys.items() if key == spelt), "h1")


def _likeliest_heading(
    headings: list[ShownText],
    titles: Collection[str],
) -> ShownText | None:
    """Return the heading most like one of the titles, without kicker; the first of equals."""
    best: ShownText | None = None
    keys = [title_key(title) for title in titles]
    for heading in headings:
        own = title_key(heading.text)
        grades = [1.0 if own == key else _likeness(own, key) for key in keys]
        grade = max(grades, default=1.0)
        if best is None or grade > best.likeness + 0.01:
            best = heading._replace(likeness=grade)
    has_kicker = best is not None and any(best.node.iter(include_text=False))
    return _without_kicker(best, titles) if best is not None and has_kicker else best


def _is_in_text(
    head: Head,
    heading: ShownText,
) -> bool:
    """Tell whether a short heading stands below paragraphs, and is not all of a title."""
    if heading.likeness == 1.0:
        return False
    above = sum(block.good > 0 for block in head.page.blocks[: heading.first])
    return above >= _FEW_PARAGRAPHS


def _is_section(
    head: Head,
    heading: ShownText,
) -> bool:
    """Tell whether a short first-level heading names the section or site, and another the story.

    The title element has both, and the page shows the story above its text.
    """
    key = title_key(heading.text)
    if not key or key not in title_key(head.title):
        return False
    spans = _part_spans(head.title, _ANY_SIGN)
    parts = [title_key(head.title[start:end]) for start, end in spans]
    if key not in parts:
        return False
    at = parts.index(key)
    for side in (spans[:at], spans[at + 1 :]):
        shown = _shown_run(head, head.title, side)
        if shown is not None and shown.first > heading.first:
            return len(shown.text) > len(heading.text)
    return False


def _is_title(
    head: Head,
    heading: ShownText,
    headings: list[ShownText],
    titles: Collection[str],
) -> bool:
    """Tell whether a heading is the story's title, and no label with or without a title."""
    if heading.likeness < _AGREE:
        key = title_key(heading.text)
        words = key.split()
        is_sentence = 5 <= len(words) <= 25 and not heading.text.endswith(":")
        if len(words) < 5:
            is_sentence = spelt_in_url(head, {key, *map(title_key, titles)}) == key
        beside = {title_key(one.text) for one in headings} - {key}
        if not is_sentence or any(len(other.split()) > 3 for other in beside):
            return False
    others = set(titles) - {heading.text}
    return not any(_is_labelled(heading, title) for title in others)


def _without_kicker(
    heading: ShownText,
    titles: Collection[str],
) -> ShownText:
    """Return a heading without the element before its text, where a stated title begins behind."""
    children = heading.node.iter(include_text=False)
    kicker = next((one_line(child.text(separator=" ")) for child in children), "")
    rest = heading.text.removeprefix(kicker).strip(" :|–—-")
    key = title_key(rest)
    stated = list(map(title_key, titles))
    if not 0 < 2 * len(kicker) <= len(rest) or len(key.split()) < _FEW_WORDS:
        return heading
    is_stated = any(key in map(title_key, _SEPARATOR.split(title)) for title in titles)
    if not is_stated and title_key(heading.text) not in stated:
        is_stated = any(title.startswith(key) or title.endswith(key) for title in stated)
    return heading._replace(text=rest) if is_stated else heading


def _is_labelled(
    heading: ShownText,
    title: str,
) -> bool:
    """Tell whether a heading is a title with labels: a kicker, a section, a date or a count.

    Or with an inline element inside of a word.
    """
    text = heading.text
    if " " not in title:
        return False
    if text.replace(" ", "") == title.replace(" ", ""):
        return True
    before = text.removesuffix(title)
    if before != text and before.strip()[-1:] in ":|–—-":  # or nothing at all
        return True
    label = before.removeprefix(title)
    if label == text:
        return False
    labels = (label.strip(), title)
    for child in heading.node.traverse():
        inside = child.text(separator=" ")
        if one_line(inside) in labels:
            return True
    return False


def _title_of_element(
    head: Head,
    usual: str,
    *,
    is_sure: bool,
) -> Title:
    """Return the title of a page whose title element says all that it calls its story.

    It is the part of it that the page shows, else `usual`, unless that may be the site's name: it
    is not (`is_sure`) where another source says the same.
    """
    long = _long_runs(head, usual, is_sure=is_sure)
    found = find_shown(head, set(long)) if long else None
    if found is None:
        found = _headline_of_page(head, usual, most=1 if is_sure else _FEW_WORDS)
        usual = found.text if found else usual
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


def _headline_of_page(
    head: Head,
    usual: str,
    *,
    most: int,
) -> ShownText | None:
    """Return what the page shows of its usual title, else the heading above its story.

    The latter where the title of at most so many words may be the site's name.
    """
    shown = _shown_run(head, usual, _part_spans(usual, _ANY_SIGN))
    if shown is None and len(usual.split()) <= most:
        return heading_above_story(head.page)
    return shown


def _long_runs(
    head: Head,
    usual: str,
    *,
    is_sure: bool,
) -> dict[str, str]:
    """Return the runs of parts of the title element that may be the story's title, by their key."""
    spans = _part_spans(head.title)
    runs = sorted(_title_runs(head.title, spans), key=len)
    if is_sure:  # the site's name is shown, too
        runs = [run for run in runs if head.title.startswith(run) and _is_most(run, head.title)]
        runs.append(usual)
    return {title_key(run): run for run in runs if count_words(run) > _SECTION_WORDS}


def _shown_run(
    head: Head,
    title: str,
    spans: list[tuple[int, int]],
) -> ShownText | None:
    """Return the longest part of a title, or a run of parts with it, that is shown above the story.

    One of no more words than a section's name has is none.
    """
    longest = max((end - start for start, end in spans), default=0)
    runs = [run for run in _title_runs(title, spans) if len(run) >= longest]
    keys = {title_key(run) for run in runs if count_words(run) > _SECTION_WORDS}
    shown = find_shown(head, keys) if keys else None
    below = first_paragraph(head.page)
    if shown is None or (below is not None and shown.first > below):
        return None
    if shown.node.tag == "h1":  # that was looked at before, and is no headline
        return None
    is_heading = shown.node.tag in HEADINGS
    return shown if is_heading or not head.page.blocks[shown.first].linked else None


def _is_most(run: str, title: str) -> bool:
    return 2 * len(run) > len(title)


def _longer_title(
    head: Head,
    title: str,
) -> str | None:
    """Return the title element's story, where `title` names no more than the department."""
    if len(title.split()) > 3:
        return None
    longest = max(_SEPARATOR.split(head.title), key=len)
    shown = find_shown(head, {title_key(title)})
    is_headed = shown is not None and shown.node.tag in HEADINGS
    is_story = len(longest.split()) >= 5 and not is_headed
    return longest if is_story and title_key(title) in title_key(longest) else None
