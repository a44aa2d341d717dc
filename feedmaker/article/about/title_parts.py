"""The parts of a title between separators, of which some name the site or the section."""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING, Final

from feedmaker.html.page_head import title_key

if TYPE_CHECKING:
    from collections.abc import Collection

# Between a story's title and its site's or section's name. A hyphen or colon counts only with
# space around it.
SEPARATOR: Final = re.compile(r"\s+(?:[-–—|•·»«›:~/\\]|::|\|\|)+\s+|\s*(?:[|»›]|>>|::)\s*")
_SIGN: Final = re.compile(r"[-–—|•·»«›:~/\\>]")  # one of which every separator has
_MOST_PARTS: Final = 12


def names_site(
    text: str,
    names: Collection[str],
) -> bool:
    """Tell whether a text is the site's name, made of its words, or its initials."""
    key = title_key(text)
    if key in ("", *names):
        return True
    words = key.split()
    joined = "".join(words)
    initials = "".join([word[0] for word in words])
    forms = (joined, initials) if len(words) > 2 else (joined,)
    for name in names:
        joined_name = name.replace(" ", "")
        is_near = min(len(joined_name), len(joined)) > 3 and abs(len(name) - len(key)) < 12
        if joined_name in forms or (is_near and (name in key or joined in joined_name)):
            return True
    return False


def cut_title(
    text: str, names: Collection[str], known: Collection[str], shown: Collection[str]
) -> str:
    """Return a title without the parts that evidence shows to be the site's or section's name.

    A run of parts that equals a known title (`known`, keys) is the title; else parts that name the
    site are dropped from either end, and what follows an upright stroke, which no headline has in
    it. Of a text that a heading shows (`shown`, keys), only what is just the site's name is dropped
    so. Without evidence nothing is cut.
    """
    spans = part_spans(text)
    parts = [text[start:end] for start, end in spans]
    if title_key(text) in shown:
        own = [
            span for span, part in zip(spans, parts, strict=True) if title_key(part) not in names
        ]
    else:
        for run in title_runs(text, spans)[1:]:
            if title_key(run) in known:
                return _before_stroke(run)
        own = [span for span, part in zip(spans, parts, strict=True) if not names_site(part, names)]
    own = own or spans[:1]
    start, _ = own[0]
    _, end = own[-1]
    return _before_stroke(text[start:end].strip())


def part_spans(text: str) -> list[tuple[int, int]]:
    """Return where the parts of a title between separators begin and end."""
    if not _SIGN.search(text):
        return [(0, len(text))]
    breaks = [found.span() for found in islice(SEPARATOR.finditer(text), _MOST_PARTS)]
    starts = [0, *(end for _, end in breaks)]
    ends = [*(start for start, _ in breaks), len(text)]
    return list(zip(starts, ends, strict=True))


def title_runs(
    text: str,
    spans: list[tuple[int, int]],
) -> list[str]:
    """Return the runs of parts of a title, the longest first: all of it."""
    runs = []
    for length in range(len(spans), 0, -1):
        for (start, _), (_, end) in zip(spans, spans[length - 1 :], strict=False):
            runs.append(text[start:end])
    return runs


def _before_stroke(text: str) -> str:
    """Return what stands before the first upright stroke, if it is the longest part; else all."""
    first, *others = text.split("|")
    if others and len(first) > max(map(len, others)) and " " in first.strip():
        return first.strip()
    return text
