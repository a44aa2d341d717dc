"""Golden pages: a folder in `tests/golden` is a case, and adding a folder adds a test.

`page.html` is a page written for this project. `expected.json` says what a right extraction gives: `text`, the story's
paragraphs in order; `html` and `not_html`, what its HTML holds and does not; `title` and `image`; or `error`, what the
message says where the page holds no story, with the text of its `teaser` or null.
"""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from feedmaker import extract
from feedmaker.errors import ExtractError

CASES = sorted(path.parent for path in (Path(__file__).parent / "golden").glob("*/expected.json"))


def test_there_are_golden_cases():
    """The folder is found: the test below is not passing for want of cases."""
    assert len(CASES) > 5


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_golden(case: Path):
    """A page gives the story that its folder says."""
    want = json.loads((case / "expected.json").read_text(encoding="utf-8"))
    page = (case / "page.html").read_bytes()
    if "error" in want:
        with pytest.raises(ExtractError, match=want["error"]) as caught:
            extract(page, want["url"])
        teaser = caught.value.teaser
        assert (teaser.text if teaser else None) == want["teaser"]
        if teaser:
            assert teaser.teaser
            assert teaser.title == want["title"]
        return
    story = extract(page, want["url"])
    assert story.text.split("\n\n") == want["text"]
    assert story.title == want["title"]
    for part in want["html"]:
        assert part in story.html
    for part in want["not_html"]:
        assert part not in story.html
    if "image" in want:
        assert story.image == want["image"]
