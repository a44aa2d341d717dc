"""Keeping stories in a store as a run does, in one line."""

from __future__ import annotations

from feedmaker.model import Code, Reason, Validators
from feedmaker.store import StoryRecord


def keep_story(
    store, link, story, digest="digest", due=None, validators=None, signature="", site=""
):
    """Keep a story of a link."""
    record = StoryRecord(story=story, digest=digest, signature=signature, next_check=due)
    store.stories.save(link, record, site=site, validators=validators or Validators())


def phrase(text: str) -> Reason:
    """A reason of these words."""
    return Reason.of(Code.TEXT, text=text)
