"""Golden pages: a folder in `tests/golden` is a case, and adding a folder adds a test.

`page.html` is a page written for this project. `expected.json` says what a right extraction gives:
`text`, the story's paragraphs in order; `html` and `not_html`, what its HTML holds and does not;
`title` and `image`; or `error`, what the message says where the page holds no story, with the text
of its `teaser` or null; or `links`, the story links of a listing. `rules` are those of the site.
`feedmaker explain PAGE --record tests/golden/NAME` writes a case with `reviewed` false: it fails
until somebody has compared it with the page and taken that out.
"""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from feedmaker import extract, find_links
from feedmaker.model import Rules
from feedmaker.model.errors import ExtractError

CASES = sorted(path.parent for path in (Path(__file__).parent / "golden").glob("*/expected.json"))


def test_there_are_golden_cases():
    """The folder is found: the test below is not passing for want of cases."""
    assert len(CASES) > 5


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_golden(case: Path):
    """A page gives the story that its folder says."""
    want = json.loads((case / "expected.json").read_text(encoding="utf-8"))
    page = (case / "page.html").read_bytes()
    assert "reviewed" not in want, (
        "compare expected.json with the page by hand, then take `reviewed` out of it"
    )
    rules = Rules(**{name: tuple(selectors) for name, selectors in want.get("rules", {}).items()})
    if "links" in want:
        assert [link.url for link in find_links(page, want["url"], rules=rules)] == want["links"]
        return
    if "error" in want:
        with pytest.raises(ExtractError, match=want["error"]) as caught:
            extract(page, want["url"], rules=rules)
        teaser = caught.value.teaser
        assert (teaser.text if teaser else None) == want["teaser"]
        if teaser:
            assert teaser.teaser
            assert teaser.title == want["title"]
        return
    story = extract(page, want["url"], rules=rules)
    assert story.text.split("\n\n") == want["text"]
    assert story.title == want["title"]
    for part in want["html"]:
        assert part in story.html
    for part in want["not_html"]:
        assert part not in story.html
    if "image" in want:
        assert story.image == want["image"]
